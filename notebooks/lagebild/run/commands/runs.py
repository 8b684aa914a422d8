"""Commands that make or open something from a case: `run`, `explore`, `review`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from lagebild.core import LANGUAGES, InputError, Paths, folders, locate, make_printable
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
from lagebild.run.steps import Step, steps_from

SPOKEN = click.option("--language", default="en", type=click.Choice(LANGUAGES), help="Language of what is shown.")
EDITION = day_option("as-of", "Edition to open, YYYY-MM-DD; without it, the last one that a run has built.")
COPY = click.option("--no-open", is_flag=True, help="Only lay the notebooks out, do not start JupyterLab.")


@click.command()
@CASE
@day_option("as-of", "Last day of knowledge, YYYY-MM-DD; without it, every edition of the case.")
@day_option("since", "Leave out events that ended before this day, YYYY-MM-DD.")
@click.option("--lanes", default="dyad", type=click.Choice(("dyad", "actor", "type")), help="Lanes of the timeline.")
@click.option(
    "--actors",
    default="folded",
    type=click.Choice(("folded", "persons", "states")),
    help="folded: persons count for their state; persons: for themselves; states: states alone.",
)
@day_option("compare", "Day with which today is compared; without it, the previous edition, or a year ago.")
@click.option("--language", default="all", type=click.Choice((*LANGUAGES, "all")), help="Language of the reports.")
@click.option(
    "--paper",
    default=folders.PAPERS[0],
    type=click.Choice((*folders.PAPERS, "all"), case_sensitive=False),
    help="Size of the PDF.",
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
    "--output",
    default="",
    metavar="DIR",
    help="Folder for data/built, figures and reports; without it, the project.",
)
@click.option("--force", is_flag=True, help="Make every part anew, also what has not changed since the last run.")
@click.option(
    "--workers",
    default=0,
    metavar="N",
    type=click.IntRange(min=0),
    help="Notebooks at a time; without it, as many as processors.",
)
@takes_reader
@ROOT
@QUIET
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
    force: bool,
    workers: int,
    reader: ReaderWords,
    root: str,
    quiet: bool,
) -> None:
    """Run the notebooks of CASE and export its reports."""
    from lagebild.core import Parameters, read_case_file
    from lagebild.run.asking import ask_case
    from lagebild.run.runner import run_steps

    papers = folders.PAPERS if paper == "all" else (paper,)
    languages = LANGUAGES if language == "all" else (language,)
    output = str(Path(output).absolute()) if output else ""
    if as_of and since > as_of:
        raise click.UsageError(f"--since {since} lies after --as-of {as_of}: no event would be left.")
    content = read_case_file(locate(case, ANY_DAY, root=root))
    dates = (as_of,) if as_of else content.editions
    editions = [locate(case, date, spoken, root, output) for date in dates for spoken in languages]
    ask_case(locate(case, ANY_DAY, root=root), reader, quiet)
    asked = Parameters(since, lanes, actors, compare)
    made = run_steps(editions, steps, asked, papers, quiet, workers=workers, force=force)
    for file in () if quiet else made:
        click.echo(os.path.relpath(file))
    if content.draft and not (content.reader or reader.model or quiet):
        alone = "The rules read alone, and overlook most acts; a language model would not: `lagebild doctor` says how."
        click.echo(alone, err=True)


def _bench(command: Callable[..., None]) -> Callable[..., None]:
    """Add the words of a command that opens an edition in JupyterLab."""
    for word in (ROOT, COPY, SPOKEN, EDITION, CASE):
        command = word(command)
    return command


def _view(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option that writes a page, and those that say what it shows at first."""
    pair = "such as RUS;IRN, RUS>IRN for who acts towards whom, RUS~IRN for both ways; ! before one leaves it out"
    for option in (
        click.option("--undated", is_flag=True, flag_value="yes", default="", help="With --page: only undated events."),
        click.option("--words", default="", help='With --page: only events with all these, such as drone "no help".'),
        click.option("--publishers", default="", help="With --page: only what these tell, joined by ;."),
        click.option("--status", default="", help="With --page: only what is asserted;reported;negated or the like."),
        click.option("--types", default="", help="With --page: PLOVER types, such as ASSAULT;THREATEN."),
        click.option("--actors", default="", help=f"With --page: only events of these, {pair}."),
        day_option("until", "With --page: only what may have begun up to this day."),
        day_option("since", "With --page: only what may have ended from this day on."),
        click.option(
            "--page",
            default="",
            metavar="FILE.html",
            callback=checked(_check_page),
            help="Write the explorer as one page that needs no JupyterLab, to hand it on.",
        ),
    ):
        command = option(command)
    return command


def _check_page(name: str) -> str:
    if name and Path(name).suffix != ".html":
        raise InputError("--page writes a page of HTML: give its file a name that ends in .html.")
    return name


@click.command()
@_view
@_bench
def explore(page: str, case: str, as_of: str, language: str, no_open: bool, root: str, **asked: str) -> None:
    """Roam the events of an edition in JupyterLab, or in one page for a browser alone.

    The notebooks are copied into the project if it lacks them.
    """
    if not page and any(asked.values()):
        raise click.UsageError("--since and the like say what a page shows: name it with --page FILE.html.")
    if not page:
        return _open("explore", case, as_of, language, no_open, root)
    _write_handout(Path(page), _find_edition(case, as_of, language, root), asked)


@click.command()
@_bench
def review(**words: Any) -> None:
    """Decide on the drafts of a case in JupyterLab; the notebooks are copied into the project if it lacks them."""
    _open("review", **words)


def _find_edition(case: str, as_of: str, language: str, root: str) -> Paths:
    paths = locate(case, as_of or ANY_DAY, language, root)
    return paths if as_of else replace(paths, as_of=last_edition(paths))


def _write_handout(file: Path, paths: Paths, asked: dict[str, str]) -> None:
    """Write the explorer of an edition as one page, with what it shows at first."""
    from lagebild.core import disk, filters, read_reference
    from lagebild.interactive import open_evidence, write_handout

    held = open_evidence(read_reference(paths), paths)
    page = write_handout(held, filters.read_filters(asked, held.actors, held.publishers))
    try:
        disk.write_bytes(file, page.encode())
    except OSError as error:
        raise InputError(f"{file.name} cannot be written ({error.strerror}): check rights and free space.") from None
    click.echo(make_printable(os.path.relpath(file)))


def _open(name: str, case: str, as_of: str, language: str, no_open: bool, root: str) -> None:
    from lagebild.run.workbench import copy_notebooks

    paths = _find_edition(case, as_of, language, root)
    bench = copy_notebooks(paths, name)
    if bench.copied:
        click.echo(f"Copied to notebooks/: {', '.join(bench.copied)}")
    if bench.other:
        click.echo(
            make_printable(f"Not those of this version, and left as they are: {', '.join(bench.other)}"), err=True
        )
    click.echo(os.path.relpath(bench.notebook))
    if no_open:
        return
    from lagebild.run.workbench import OPTION

    words = [sys.executable, "-m", "jupyterlab", str(bench.notebook), OPTION]
    words += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    code = subprocess.run(words, cwd=paths.home, check=False).returncode
    if code:
        raise InputError(f"JupyterLab ended with code {code}: `lagebild doctor` says what it may lack.")
