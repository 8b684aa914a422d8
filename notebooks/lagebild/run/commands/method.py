"""Commands on what the method knows and what the machine has: `draft`, `quality`, `doctor`, `dictionary`."""

from __future__ import annotations

import sys
from math import isnan
from pathlib import Path

import click

from lagebild.core import InputError, Paths, locate, make_printable
from lagebild.run.options import ANY_DAY, ROOT


@click.command()
@click.option("--jsonl", is_flag=True, required=True, expose_value=False, help="One JSON object per line, in and out.")
@click.option("--case", default="", help="Also know the actors and names that CASE adds.")
@click.option("--model", default="", metavar="NAME", help="Also admit candidates that this language model proposes.")
@click.option("--kept", default="", metavar="FILE", help="Keep what the model is asked and answers; it is asked once.")
@click.option(
    "--endpoint", default="", metavar="URL", help="Its OpenAI-compatible server, such as http://127.0.0.1:8080/v1."
)
@click.option(
    "--timeout", default=120.0, metavar="SECONDS", type=click.FloatRange(0.1, 86_400), help="Wait so long for it."
)
@click.option("--remote", is_flag=True, help="Allow a server on another machine: the texts go to it.")
@ROOT
def draft(case: str, model: str, kept: str, endpoint: str, timeout: float, remote: bool, root: str) -> None:
    """Draft events, dates and attributions of the texts on standard input: id, text, language, published per line."""
    from lagebild.coder import draft_lines
    from lagebild.core import read_reference
    from lagebild.run.answers import ask_model

    if isnan(timeout):
        raise click.UsageError("--timeout must be a number of seconds.")
    refused: list[InputError] = []

    def refuse(fault: InputError) -> None:
        refused.append(fault)
        click.echo(f"lagebild: {make_printable(str(fault))}", err=True)

    paths = locate(case, ANY_DAY, root=root) if case else Paths("", "", root=root)
    reference, unasked = read_reference(paths), list[str]()
    propose = None
    if model or kept or endpoint:
        propose = ask_model(reference, model, kept, endpoint, timeout, remote=remote, unasked=unasked)
    for line in draft_lines(reference, sys.stdin.buffer, refuse, propose):
        click.echo(line)
    if refused:
        count = "1 line was" if len(refused) == 1 else f"{len(refused)} lines were"
        raise InputError(f"{count} left out of the drafts: correct what is named above, and draft them again.")
    if unasked:
        count = "1 text was" if len(unasked) == 1 else f"{len(unasked)} texts were"
        raise InputError(f"{count} drafted by the rules alone; the first: {unasked[0]}")


@click.command()
@click.option("--gold", default="", metavar="DIR", help="Measure again, on the gold sentences in DIR: tests/gold.")
@click.option(
    "--texts",
    default="",
    metavar="DIR",
    help="The texts of real news that --gold codes are in DIR: measure on them, too.",
)
@click.option("--write", is_flag=True, help="Write what was measured again into data/reference/quality.csv.")
@click.option("--case", default="", help="Also draft the texts of CASE and compare its two languages.")
@ROOT
def quality(gold: str, texts: str, write: bool, case: str, root: str) -> None:
    """Print how good the draft coder is: as it was measured, or with --gold as it is now, on real news with --texts."""
    import pandas as pd

    from lagebild.coder import NEWS, agree, hash_rules, measure, measure_news, rate
    from lagebild.core import read_reference, write_reference
    from lagebild.corpus import pair_texts, read_inputs

    if write and not gold:
        raise click.UsageError("--write needs --gold DIR, the sentences to measure on.")
    reference = read_reference(Paths("", "", root=root))
    table = reference.table("quality")
    news = table[table["split"] == NEWS]
    if gold:
        news = measure_news(reference, Path(gold), Path(texts)) if texts else news
        table = pd.concat([news, measure(reference, Path(gold))], ignore_index=True)
    if write:
        write_reference(reference.folder, "quality", table)
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
    from lagebild.core import dictionary

    click.echo(dictionary(), nl=False)
