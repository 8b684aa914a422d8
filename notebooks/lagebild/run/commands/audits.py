"""The command on somebody else's report: `audit`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from lagebild.core.characters import show, spell
from lagebild.core.paths import LANGUAGES, PAPERS, InputError, locate
from lagebild.run.options import ANY_DAY, CASE, ROOT, checked, day_option


def _split_verdicts(text: str) -> tuple[str, ...]:
    """Return the verdicts in a list, joined by commas."""
    from lagebild.analysis.audit.finding import VERDICTS

    asked = tuple(one.strip() for one in text.split(","))
    if not any(asked):  # a gate that lets everything pass, which nobody asks for on purpose
        raise InputError(f"{show(text)} names no verdict (--fail-on): choose among {', '.join(VERDICTS)}.")
    for one in filter(None, asked):
        if one not in VERDICTS:
            raise InputError(f"{show(one)} is no verdict (--fail-on): choose among {', '.join(VERDICTS)}.")
    return asked


def _name_report(context: click.Context, argument: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.UsageError(f"{show(value)} names no report: give its file.", context)
    return value


@click.command()
@click.argument("report", callback=_name_report)
@CASE
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
@click.option("--paper", default=PAPERS[0], type=click.Choice(PAPERS, case_sensitive=False), help="Size of the PDF.")
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
    root: str,
) -> None:
    """Check REPORT, somebody else's, claim by claim against the evidence of CASE.

    REPORT is a file in German or English. Each claim is supported, differs, contested, not-found or not-checked.
    """
    from lagebild.report.audit_tables import write_lines
    from lagebild.run.audits import check_report, count_failing, write_audit
    from lagebild.run.workbench import last_edition

    paths = locate(case, as_of or ANY_DAY, root=root, output=output)
    paths = paths if as_of else replace(paths, as_of=last_edition(paths))
    found = check_report(Path(report), paths, language)
    if jsonl:
        for line in write_lines(found.audited.audit, found.labels, found.place):
            click.echo(line)
        where = "the lines above"
    else:
        files = write_audit(found, paths, paper)
        for file in files:
            click.echo(os.path.relpath(file))
        counts = found.audited.audit.count()
        click.echo(spell(f"{sum(counts.values())} claims: " + ", ".join(f"{n} {name}" for name, n in counts.items())))
        where = os.path.relpath(files[0])
    if counted := count_failing(found, failing or ()):
        said = ", ".join(f"{n} {name}" for name, n in counted.items())
        raise InputError(f"The audit of {show(found.audited.file)} fails (--fail-on): {said}; see {where}.")
