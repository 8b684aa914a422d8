"""The command line: `python -m lagebild run CASE` and its companions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from lagebild.core.case import View, read_case_file
from lagebild.core.characters import show, spell
from lagebild.core.edtf import day
from lagebild.core.paths import LANGUAGES, PAPERS, InputError, locate
from lagebild.core.schema import dictionary
from lagebild.run.runner import run_steps
from lagebild.run.steps import steps_from


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Turn news texts into a situation report that a reader can audit."""


@cli.command()
@click.argument("case")
@click.option("--as-of", default="", help="Last day of knowledge, YYYY-MM-DD; without it, every edition of the case.")
@click.option("--since", default="", help="Leave out events that ended before this day, YYYY-MM-DD.")
@click.option("--lanes", default="dyad", help="Lanes of the timeline: dyad, actor or type.")
@click.option("--actors", default="folded", help="folded: persons count for their state; persons; states.")
@click.option("--compare", default="", help="Day with which today is compared; without it, the previous edition.")
@click.option("--language", default="all", help="de, en or all.")
@click.option("--paper", default=PAPERS[0], help="Size of the PDF: A4, Letter or all.")
@click.option(
    "--from", "start", default="", metavar="STEP", help="Start at a step, such as 03, with the tables built before."
)
@click.option("--output", default="", help="Folder for data/built, figures and reports; without it, the project.")
def run(
    case: str,
    as_of: str,
    since: str,
    lanes: str,
    actors: str,
    compare: str,
    language: str,
    paper: str,
    start: str,
    output: str,
) -> None:
    """Run the notebooks of CASE and export its reports."""
    papers = PAPERS if paper == "all" else tuple(size for size in PAPERS if size.lower() == paper.lower())
    if not papers:
        raise InputError(f"The paper {show(paper)} is unknown: choose {', '.join(PAPERS)} or all.")
    languages = LANGUAGES if language == "all" else (language,)
    output = str(Path(output).absolute()) if output else ""
    first = locate(case, as_of or "1980-01-01", languages[0], output=output)
    dates = (as_of,) if as_of else read_case_file(first).editions
    if not dates:
        raise InputError(
            f"data/cases/{case}/case.yml: 'editions' is empty; give it an as-of date, or run with --as-of."
        )
    editions = [locate(case, date, spoken, output=output) for date in dates for spoken in languages]
    run_steps(editions, steps_from(start), View(day(since, "since"), lanes, actors, day(compare, "compare")), papers)
    for paths in editions:
        for made in (paths.report("html"), *(paths.report("pdf", size) for size in papers)):
            click.echo(os.path.relpath(made))


@cli.command()
@click.argument("case")
def check(case: str) -> None:
    """Check every table, id, evidence span and report of CASE; name each fault by file and row."""
    from lagebild.run import checks as audit

    found = 0
    for line in audit.audit(locate(case, "1980-01-01")):
        found += line.is_fault
        click.echo(spell(line.text), err=line.is_fault)
    if found:
        raise InputError(f"{found} faults in the case {case}.")


@cli.command()
@click.argument("case")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--title", default="", help="Title of the case; without it, its name.")
@click.option("--published", default="", help="Day of publication of files that name none, YYYY-MM-DD.")
@click.option("--language", default="", help="de or en; without it, found from the words of each text.")
@click.option("--publisher", default="", help="Publisher of files that name none.")
def new(case: str, files: tuple[str, ...], title: str, published: str, language: str, publisher: str) -> None:
    """Make the case CASE from articles: .txt, .md, .html and .pdf files."""
    from lagebild.corpus import intake, newcase

    for row in newcase.make_case(case, files, intake.Given(published, language, publisher), title):
        article, number = row.article, f"{row.sentences} sentence{'s' * (row.sentences != 1)}"
        click.echo(f"{row.source_id}  {article.language}  {article.published}  {article.title}  ({number})")
    click.echo(f"Next: python -m lagebild run {case}")


@cli.command()
@click.argument("case")
@click.argument("file")
@click.option("--keep", default="", help="Whose decisions count where both differ: mine, theirs, or neither.")
def merge(case: str, file: str, keep: str) -> None:
    """Merge FILE, the decisions.csv of another copy of CASE, into the one here; name each conflict."""
    from lagebild.interactive import review_queue as queue

    merged = queue.merge_copies(locate(case, "1980-01-01"), Path(file), keep)
    for conflict in merged.conflicts:
        click.echo(spell(f"{conflict.row}: {conflict.says}"), err=True)
    if not merged.written:
        raise InputError(
            f"{len(merged.conflicts)} conflicts, nothing written: add --keep mine, --keep theirs or --keep neither, "
            "which takes these rows back to what both copies share."
        )
    click.echo(f"{merged.n_new} decisions of {Path(file).name} added to data/cases/{case}/decisions.csv")


@cli.command()
@click.option("--jsonl", is_flag=True, required=True, help="One JSON object per line, in and out.")
def draft(jsonl: bool) -> None:
    """Draft events, dates and attributions of the texts on standard input: id, text, language, published per line."""
    from lagebild.coder.coder import draft_lines

    assert jsonl
    for line in draft_lines(sys.stdin):
        click.echo(line)


@cli.command()
@click.option("--case", default="russia-iran", help="The case whose texts in two languages are compared.")
def quality(case: str) -> None:
    """Measure the draft coder on the gold sentences, and its two languages against each other."""
    from lagebild.coder import evaluation as measured
    from lagebild.dataset.matching import read_pairs

    table = measured.measure()
    click.echo(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    german, english, both = measured.agree(read_pairs(locate(case, "1980-01-01")))
    shared = 2 * both / max(german + english, 1)
    click.echo(f"{case}: {german} events drafted in German, {english} in English, {both} alike (F1 {shared:.3f})")


@cli.command(name="dictionary")
def print_dictionary() -> None:
    """Print the data dictionary, data/README.md."""
    click.echo(dictionary(), nl=False)


def main() -> None:
    """Run the command line; a fault is one line on standard error and exit code 1."""
    try:
        cli(standalone_mode=False)
    except InputError as fault:
        sys.exit(f"lagebild: {spell(str(fault))}")
    except click.ClickException as error:
        sys.exit(f"lagebild: {spell(error.format_message(), 300)}")
    except (click.Abort, KeyboardInterrupt):
        sys.exit("lagebild: stopped; earlier outputs are as they were.")


if __name__ == "__main__":
    main()
