"""The command line: `python -m lagebild run CASE` and its companions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from lagebild import __version__
from lagebild.core.characters import spell
from lagebild.core.paths import LANGUAGES, PAPERS, REFERENCE, InputError, locate
from lagebild.run.options import checked, checked_day
from lagebild.run.steps import Step, steps_from

# Commands import what they need where they need it: pandas and papermill would make `--help` wait for seconds.

STOPPED = 128 + 2  # the exit code of a program that SIGINT stopped, as a shell counts it


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="lagebild", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn news texts into a situation report that a reader can audit."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command()
@click.argument("case")
@click.option(
    "--as-of",
    default="",
    metavar="DATE",
    callback=checked_day("as-of"),
    help="Last day of knowledge, YYYY-MM-DD; without it, every edition of the case.",
)
@click.option(
    "--since",
    default="",
    metavar="DATE",
    callback=checked_day("since"),
    help="Leave out events that ended before this day, YYYY-MM-DD.",
)
@click.option("--lanes", default="dyad", type=click.Choice(("dyad", "actor", "type")), help="Lanes of the timeline.")
@click.option(
    "--actors",
    default="folded",
    type=click.Choice(("folded", "persons", "states")),
    help="folded: persons count for their state; persons: for themselves; states: states alone.",
)
@click.option(
    "--compare",
    default="",
    metavar="DATE",
    callback=checked_day("compare"),
    help="Day with which today is compared; without it, the previous edition, or a year ago.",
)
@click.option("--language", default="all", type=click.Choice((*LANGUAGES, "all")), help="Language of the reports.")
@click.option(
    "--paper", default=PAPERS[0], type=click.Choice((*PAPERS, "all"), case_sensitive=False), help="Size of the PDF."
)
@click.option(
    "--from",
    "steps",
    default="",
    metavar="STEP",
    callback=checked(steps_from),
    help="Start at a step, such as 03, with the tables built before.",
)
@click.option(
    "--output", default="", metavar="DIR", help="Folder for data/built, figures and reports; without it, the project."
)
def run(
    case: str,
    as_of: str,
    since: str,
    lanes: str,
    actors: str,
    compare: str,
    language: str,
    paper: str,
    steps: tuple[Step, ...],
    output: str,
) -> None:
    """Run the notebooks of CASE and export its reports."""
    from lagebild.core.case import Parameters, read_case_file
    from lagebild.run.runner import run_steps

    papers = PAPERS if paper == "all" else (paper,)
    languages = LANGUAGES if language == "all" else (language,)
    output = str(Path(output).absolute()) if output else ""
    first = locate(case, as_of or "1980-01-01", languages[0], output=output)
    dates = (as_of,) if as_of else read_case_file(first).editions
    if not dates:
        raise InputError(
            f"data/cases/{case}/case.yml: 'editions' is empty; give it an as-of date, or run with --as-of."
        )
    editions = [locate(case, date, spoken, output=output) for date in dates for spoken in languages]
    for made in run_steps(editions, steps, Parameters(since, lanes, actors, compare), papers):
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
@click.option("--published", default="", metavar="DATE", help="Day of publication of files that name none, YYYY-MM-DD.")
@click.option("--language", default="", help="de or en; without it, found from the words of each text.")
@click.option("--publisher", default="", help="Publisher of files that name none.")
def new(case: str, files: tuple[str, ...], title: str, published: str, language: str, publisher: str) -> None:
    """Make the case CASE from articles: saved web pages, PDF, Markdown or plain text."""
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
    from lagebild.dataset.merge import merge_copies

    merged = merge_copies(locate(case, "1980-01-01"), Path(file), keep)
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
    from lagebild.core.reference import Reference

    assert jsonl
    refused: list[InputError] = []

    def refuse(fault: InputError) -> None:
        refused.append(fault)
        click.echo(f"lagebild: {spell(str(fault))}", err=True)

    for line in draft_lines(Reference(REFERENCE), sys.stdin.buffer, refuse):
        click.echo(line)
    if refused:
        count = "1 line was" if len(refused) == 1 else f"{len(refused)} lines were"
        raise InputError(f"{count} left out of the drafts: correct what is named above, and draft them again.")


@cli.command()
@click.option("--gold", default="", metavar="DIR", help="Measure again, on the gold sentences in DIR: tests/gold.")
@click.option(
    "--texts",
    default="",
    metavar="DIR",
    help="The texts of real news that --gold codes are in DIR: measure on them, too.",
)
@click.option("--write", is_flag=True, help="Write what was measured again into data/reference/quality.csv.")
@click.option("--case", default="", help="Also draft the texts of CASE and compare its two languages.")
def quality(gold: str, texts: str, write: bool, case: str) -> None:
    """Print how good the draft coder is: as it was measured, or with --gold as it is now, on real news with --texts."""
    import pandas as pd

    from lagebild.coder import evaluation
    from lagebild.coder.quality import NEWS, hash_rules, rate
    from lagebild.coder.realnews import measure_news
    from lagebild.core.reference import Reference
    from lagebild.core.tables import write_reference
    from lagebild.corpus.inputs import pair_texts, read_inputs

    if write and not gold:
        raise click.UsageError("--write needs --gold DIR, the sentences to measure on.")
    reference = Reference(REFERENCE)
    table = reference.table("quality")
    news = table[table["split"] == NEWS]
    if gold:
        news = measure_news(reference, Path(gold), Path(texts)) if texts else news
        table = pd.concat([news, evaluation.measure(reference, Path(gold))], ignore_index=True)
    if write:
        write_reference(reference.folder, "quality", table)
    if set(table["rules"]) != {hash_rules(reference)}:
        click.echo("The rules have changed since this was measured: --gold tests/gold measures again.", err=True)
    click.echo(rate(table).to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    if case:
        german, english, both = evaluation.agree(
            reference, pair_texts(read_inputs(locate(case, "1980-01-01"), reference))
        )
        shared = 2 * both / max(german + english, 1)
        click.echo(f"{case}: {german} events drafted in German, {english} in English, {both} alike (F1 {shared:.3f})")


@cli.command(name="dictionary")
def print_dictionary() -> None:
    """Print the data dictionary, data/README.md."""
    from lagebild.core.dictionary import dictionary

    click.echo(dictionary(), nl=False)


def main() -> None:
    """Run the command line; what is wrong is one line on standard error.

    The exit code is 2 if a word of the command line is wrong, 1 if a case or a file is, 130 if the user stopped it.
    """
    try:
        cli(standalone_mode=False)
    except InputError as fault:
        _end(spell(str(fault)), 1)
    except click.ClickException as error:
        _end(spell(error.format_message(), 300), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped; earlier outputs are as they were.", STOPPED)


def _end(line: str, code: int) -> None:
    click.echo(f"lagebild: {line}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
