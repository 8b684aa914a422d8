"""Commands on what the method knows, `draft`, `quality` and the like, and the engines: `audit`, `corpus`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from lagebild.core import LANGUAGES, InputError, Paths, folders, locate, make_printable, show
from lagebild.run.options import (
    ANY_DAY,
    CASE,
    QUIET,
    ROOT,
    ReaderWords,
    checked,
    day_option,
    last_edition,
    takes_reader,
)


@click.command()
@click.option("--jsonl", is_flag=True, required=True, expose_value=False, help="One JSON object per line, in and out.")
@click.option("--case", default="", help="Also know the actors and names that CASE adds.")
@takes_reader
@ROOT
def draft(case: str, reader: ReaderWords, root: str) -> None:
    """Draft events, dates and attributions of the texts on standard input: id, text, language, published per line."""
    from lagebild.coder import draft_lines
    from lagebild.core import read_reference

    refused: list[InputError] = []

    def refuse(fault: InputError) -> None:
        refused.append(fault)
        click.echo(f"lagebild: {make_printable(str(fault))}", err=True)

    paths = locate(case, ANY_DAY, root=root) if case else Paths("", "", root=root)
    reference = read_reference(paths)
    lines: Iterable[bytes] = sys.stdin.buffer
    read = None
    if reader.given:
        from lagebild.run.asking import ask_lines, tell_faults

        lines = [*lines]
        read, missing = ask_lines(reference, lines, reader)
    for line in draft_lines(reference, lines, refuse, read):
        click.echo(line)
    if refused:
        count = "1 line was" if len(refused) == 1 else f"{len(refused)} lines were"
        raise InputError(f"{count} left out of the drafts: correct what is named above, and draft them again.")
    if read:
        tell_faults(missing, reader, "the rules read alone", "the same command asks for the rest")


@click.command()
@click.option("--gold", default="", metavar="DIR", help="Measure again, on the gold sentences in DIR: tests/gold.")
@click.option("--write", is_flag=True, help="Write what was measured again into data/reference/quality.csv.")
@click.option("--case", default="", help="Also draft the texts of CASE and compare its two languages.")
@takes_reader
@ROOT
def quality(gold: str, write: bool, case: str, reader: ReaderWords, root: str) -> None:
    """Print how good the readers are: as it was measured, or with --gold as it is now.

    With --model and --gold, a language model reads the gold sentences that nobody tuned to, and is measured beside the
    rules and with them: what it is worth, in some minutes.
    """
    import pandas as pd

    from lagebild.coder import NEWS, READ_TOO, agree, hash_rules, measure, rate
    from lagebild.core import read_reference, tables
    from lagebild.corpus import pair_texts, read_inputs

    if write and not gold:
        raise click.UsageError("--write needs --gold DIR, the sentences to measure on.")
    if reader.given and (write or not gold):
        raise click.UsageError("--model is measured on --gold DIR, such as tests/gold, and nothing of it is written.")
    reference = read_reference(Paths("", "", root=root))
    if reader.given:
        from lagebild.run.asking import measure_model, tell_faults

        shown, missing = measure_model(reference, Path(gold), reader)
        click.echo(rate(shown).to_string(index=False, float_format=lambda value: f"{value:.3f}"))
        tell_faults(missing, reader, "nothing is counted", "the same command asks for the rest")
        return
    table = reference.table("quality")
    news = table[table["split"].isin((NEWS, READ_TOO))]  # measured where the texts are, see tests/gold/README.md
    if gold:
        table = pd.concat([news, measure(reference, Path(gold))], ignore_index=True)
    if write:
        tables.write_reference(reference.folder, "quality", table)
    if set(table["rules"]) != {hash_rules(reference)}:
        click.echo("The rules have changed since this was measured: --gold tests/gold measures again.", err=True)
    click.echo(rate(table).to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    if case:
        german, english, both = agree(reference, pair_texts(read_inputs(locate(case, ANY_DAY, root=root), reference)))
        shared = 2 * both / max(german + english, 1)
        click.echo(f"{case}: {german} events drafted in German, {english} in English, {both} alike (F1 {shared:.3f})")


@click.command()
@ROOT
def doctor(root: str) -> None:
    """Say what a run needs, one line each: what is there, what is missing, and the remedy."""
    from lagebild.run.doctor import examine

    missing = 0
    for diagnosis in examine(root):
        missing += bool(diagnosis.remedy)
        mark, remedy = ("--", f"; {diagnosis.remedy}") if diagnosis.remedy else ("ok", "")
        click.echo(make_printable(f"{mark}  {diagnosis.thing:<11} {diagnosis.says}{remedy}"))
    if missing:
        raise InputError(f"{missing} of these things {'is' if missing == 1 else 'are'} missing: see the lines with --.")


@click.command(name="dictionary")
def print_dictionary() -> None:
    """Print the data dictionary, data/README.md."""
    from lagebild.core import schema

    click.echo(schema.dictionary(), nl=False)


@click.command()
@click.argument("names", metavar="IN… OUT", nargs=-1, required=True)
@click.option("--workers", type=click.IntRange(0, 512), metavar="N", help="Processes; without it, one for each core.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Work on the Dask cluster there; it shares OUT.")
@QUIET
@ROOT
def corpus(names: tuple[str, ...], workers: int | None, scheduler: str, quiet: bool, root: str) -> None:
    """Draft the articles of files into a folder of parquet tables, a million if need be.

    IN are .jsonl, .jsonl.gz or .parquet files, or folders of them; a row has id, text, published, and may have
    language, title, publisher, url, author. What has been made before in OUT is not made again.
    """
    from lagebild.archive import code_corpus
    from lagebild.run.options import count_cores

    *inputs, out = names
    if not inputs:
        raise click.UsageError("Name the files of the articles, and after them the folder to write to.")
    if workers is not None and scheduler:
        raise click.UsageError("--workers and --scheduler exclude each other: a scheduler has workers of its own.")
    folder = Path(out)
    count = count_cores() if workers is None else workers
    coded = code_corpus(inputs, folder, Paths("", "", root=root).reference, count, scheduler, quiet)
    if not quiet:
        click.echo(
            make_printable(
                f"{coded.articles:,} articles ({coded.copies:,} near-duplicates), {coded.events:,} events in {out}; "
                f"shards: {coded.made:,} made, {coded.kept:,} kept."
            )
        )
    if coded.lost:
        raise InputError(
            f"Shards that ended their workers again and again were left out ({', '.join(coded.lost)}): "
            f"see {folder / 'faults.csv'}, and run this again."
        )
    if coded.faults:
        rows = "1 row was" if coded.faults == 1 else f"{coded.faults:,} rows were"
        raise InputError(f"{rows} left out: {folder / 'faults.csv'} names file, row and remedy of each.")


def _split_verdicts(text: str) -> tuple[str, ...]:
    from lagebild.audit import VERDICTS

    asked = tuple(verdict.strip() for verdict in text.split(","))
    if not any(asked):  # a gate that lets everything pass, which nobody asks for on purpose
        raise InputError(f"{show(text)} names no verdict (--fail-on): choose among {', '.join(VERDICTS)}.")
    for verdict in filter(None, asked):
        if verdict not in VERDICTS:
            raise InputError(f"{show(verdict)} is no verdict (--fail-on): choose among {', '.join(VERDICTS)}.")
    return asked


def _name_report(context: click.Context, argument: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.UsageError(f"{show(value)} names no report: give its file.", context)
    return value


def _place_case(context: click.Context, option: click.Parameter, value: str) -> None:
    if value:
        said = f"The case has no option: write lagebild audit REPORT CASE, with {show(value)} as CASE."
        raise click.UsageError(said, context)


@click.command()
@click.argument("report", callback=_name_report)
@CASE
@click.option("--case", "misplaced", hidden=True, expose_value=False, is_eager=True, callback=_place_case,
              help="Says where the name of the case stands.")  # fmt: skip
@day_option("as-of", "Edition to audit against, YYYY-MM-DD; without it, the last one.")
@click.option("--language", default="", type=click.Choice(("", *LANGUAGES)), help="Language of the audit, de or en; "
              "without it, that of the report.", metavar="LANGUAGE")  # fmt: skip
@click.option("--jsonl", is_flag=True, help="Print one claim a line as JSON, and write no files.")
@click.option("--output", default="", metavar="DIR", help="Folder for reports/CASE/audits; without it, the project.")
@click.option(
    "--fail-on",
    "failing",
    default=None,
    metavar="VERDICTS",
    callback=checked(_split_verdicts),
    help="End with exit code 1 if a claim has one of these verdicts, such as differs,not-found.",
)
@click.option(
    "--paper",
    default=folders.PAPERS[0],
    type=click.Choice(folders.PAPERS, case_sensitive=False),
    help="Size of the PDF.",
)
@QUIET
@takes_reader
@ROOT
def audit(
    report: str,
    case: str,
    as_of: str,
    language: str,
    jsonl: bool,
    output: str,
    failing: tuple[str, ...] | None,
    paper: str,
    quiet: bool,
    reader: ReaderWords,
    root: str,
) -> None:
    """Check REPORT, somebody else's, claim by claim against the evidence of CASE.

    REPORT is a file in German or English. Each claim is supported, differs, contested, not-found or not-checked.
    Without a model other quotations, numbers and days alone are told; with --model a language model judges.
    """
    from lagebild.audit import write_lines
    from lagebild.run.audits import audit_report, check_report

    paths = locate(case, as_of or ANY_DAY, root=root, output=output)
    paths = paths if as_of else replace(paths, as_of=last_edition(paths))
    file = Path(report)
    if jsonl:
        result = check_report(file, paths, language, reader, quiet)
        counts, where = result.audited.audit.count(), "the lines above"
        for line in write_lines(result.audited.audit, result.labels, result.place):
            click.echo(line)
    else:
        files, counts = audit_report(file, paths, language, paper, reader, quiet)
        where = os.path.relpath(files[0])
        for made in files:
            click.echo(os.path.relpath(made))
        click.echo(f"{sum(counts.values())} claims: " + ", ".join(f"{n} {name}" for name, n in counts.items()))
    if failures := [f"{counts[verdict]} {verdict}" for verdict in failing or () if counts[verdict]]:
        raise InputError(f"The audit of {show(file.name)} fails (--fail-on): {', '.join(failures)}; see {where}.")
