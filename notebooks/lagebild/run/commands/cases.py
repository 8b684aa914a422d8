"""Commands on a case as it lies on the disk: `example`, `new`, `add`, `check`, `merge`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lagebild.core import LANGUAGES, InputError, Paths, folders, locate, make_printable, schema
from lagebild.run.options import (
    ANY_DAY,
    CASE,
    QUIET,
    ROOT,
    ReaderWords,
    announce,
    day_option,
    forecast_reading,
    show_progress,
    takes_reader,
)

if TYPE_CHECKING:
    from lagebild.corpus import FilingResult

Command = Callable[..., Any]
FILES = click.argument("files", nargs=-1, metavar="FILE…", type=click.Path())


def _check_language(context: click.Context, option: click.Parameter, value: str) -> str:
    if value and not schema.is_language_tag(value):
        raise click.UsageError("--language must be the code of a language, such as de, en or ru.", context)
    return value


def _intake(command: Command) -> Command:
    """Add the options that say of files what they do not say themselves."""
    for option in (
        click.option("--publisher", default="", help="Publisher of files that name none."),
        click.option(
            "--language",
            default="",
            metavar="LANGUAGE",
            callback=_check_language,
            help="de or en, or the code of another one that a model reads; without it, found from each text.",
        ),
        click.option("--days-found", is_flag=True, help="Take the only day found in a file that marks none."),
        day_option("published", "Day of publication of files that give none, YYYY-MM-DD; others keep theirs."),
    ):
        command = option(command)
    return command


def _selection(command: Command) -> Command:
    """Add the options that say which articles of a corpus become the case."""
    pair = "such as RUS;IRN, RUS>IRN for who acts towards whom, RUS~IRN for both ways"
    for option in (
        click.option(
            "--most", type=click.IntRange(1), default=None, help="With --corpus: so many articles at most, 200."
        ),
        click.option("--publishers", default="", help="With --corpus: only what these tell, joined by ;."),
        click.option("--types", default="", help="With --corpus: PLOVER types, such as ASSAULT;THREATEN."),
        click.option(
            "--words", default="", help="With --corpus: only articles with one of these, joined by semicolons."
        ),
        day_option("until", "With --corpus: only what was published up to this day."),
        day_option("since", "With --corpus: only what was published from this day on."),
        click.option("--actors", default="", help=f"With --corpus: only mentions of these, {pair}."),
        click.option(
            "--corpus", default="", metavar="DIR", help="Take the articles from a corpus, instead of from files."
        ),
    ):
        command = option(command)
    return command


@click.command()
@ROOT
@QUIET
def example(root: str, quiet: bool) -> None:
    """Copy the example case, Russia and Iran 2025 and 2026, into the project."""
    from lagebild.corpus import copy_example

    _echo(quiet, f"Made: {os.path.relpath(copy_example(root).inputs)}", f"Next: lagebild run {folders.EXAMPLE.name}")


@click.command()
@click.argument("case")
@FILES
@click.option("--title", default="", help="Title of the case; without it, its name.")
@click.option("--question", default="", help="What the case asks; without it, who did what to whom.")
@click.option(
    "--subject",
    default="",
    metavar="ACTOR",
    help="Who stands in the middle, such as EGY or Egypt; without it, whoever takes part in most events.",
)
@_intake
@_selection
@takes_reader
@ROOT
@QUIET
def new(
    case: str,
    files: tuple[str, ...],
    title: str,
    question: str,
    subject: str,
    published: str,
    days_found: bool,
    language: str,
    publisher: str,
    corpus: str,
    most: int | None,
    reader: ReaderWords,
    root: str,
    quiet: bool,
    **selection: str,
) -> None:
    """Make the case CASE from articles: files, or folders of them, or what is selected of a corpus.

    They may be saved web pages, PDF, Word, mail, Markdown or plain text, web archives, feeds, or the export of a
    library such as Zotero.
    """
    from lagebild.core import UnknownActor
    from lagebild.corpus import Given, make_case

    if not files and not corpus:
        raise click.UsageError(f"Name the articles: lagebild new {make_printable(case, 60)} FILE…, files or folders.")
    if corpus and any((files, published, days_found, language, publisher)):
        raise click.UsageError(
            "--corpus DIR brings the articles and all about them: leave files and their options out."
        )
    if not corpus and any((most, *selection.values())):
        raise click.UsageError("--actors and the like select from a corpus: name it with --corpus DIR.")
    home = Path(folders.choose_project(root))
    is_new = not (home / "data" / "cases").is_dir()
    given = Given(published, language, publisher, bool(reader.model), days_found)
    try:
        if corpus:
            made = _harvest(case, corpus, selection, most, root, title=title, question=question, subject=subject)
        else:
            follow = partial(_follow, quiet=quiet)
            made = make_case(case, files, given, title, root, question=question, subject=subject, follow=follow)
    except UnknownActor as fault:
        raise click.UsageError(f"--subject: {fault}") from None
    if is_new:
        _echo(quiet, f"{home} is a project now: cases in data/cases, reports in reports.", err=True)
    elif not root and home != Path.cwd():
        _echo(quiet, f"The case lies in the project {home}.", err=True)
    if missing := [name for name, value in (("--title", title), ("--question", question)) if not value]:
        them = "them" if len(missing) > 1 else "it"
        made.notes.append(f"No {' and no '.join(missing)} was given: write {them} in data/cases/{case}/case.yml.")
    _finish(made, locate(case, ANY_DAY, root=root), reader, quiet)


def _follow(files: list[str], quiet: bool) -> Iterator[str]:
    """Yield files to be read, say before what that takes, and meanwhile how far it is."""
    announce(forecast_reading(files), quiet)
    with show_progress(len(files), "Reading", "file", quiet) as tell:
        for file in files:
            yield file
            tell(1)


def _finish(made: FilingResult, paths: Paths, reader: ReaderWords, quiet: bool) -> None:
    """Say what was filed, have a model read it, and say what comes next and what is still to be mended."""
    from lagebild.run.asking import ask_case

    _echo_filed(made, quiet)
    ask_case(paths, reader, quiet)
    _echo(quiet, f"Next: lagebild run {paths.case}")
    if made.left:
        count = "1 article is" if len(made.filed) == 1 else f"{len(made.filed)} articles are"
        raise InputError(
            f"{count} in data/cases/{paths.case}; what is named above is not: mend it, then "
            f"`lagebild add {paths.case} FILE…`."
        )


def _harvest(
    case: str, corpus: str, asked: dict[str, str], most: int | None, root: str, **outline: str
) -> FilingResult:
    from lagebild.archive import MOST, Outline, choose_mentions, harvest_case, open_archive, read_selection
    from lagebild.core import read_labels, read_reference

    held = open_archive(corpus)
    actors = read_labels(read_reference(Paths("", "", root=root)), LANGUAGES[-1]).actors
    chosen = choose_mentions(held, read_selection(asked, actors, held))
    return harvest_case(chosen, Outline(case, most=most or MOST, **outline), root)


@click.command()
@CASE
@FILES
@day_option("as-of", "Also add an edition of this day to the case, YYYY-MM-DD.")
@_intake
@takes_reader
@ROOT
@QUIET
def add(
    case: str,
    files: tuple[str, ...],
    as_of: str,
    published: str,
    days_found: bool,
    language: str,
    publisher: str,
    reader: ReaderWords,
    root: str,
    quiet: bool,
) -> None:
    """Add articles to CASE, and with --as-of an edition; ids and decisions stay."""
    from lagebild.core import read_case_file
    from lagebild.corpus import Given, add_articles, read_today

    if not files and not as_of:
        raise click.UsageError(f"Name the articles: lagebild add {case} FILE…, or an edition with --as-of DATE.")
    paths = locate(case, ANY_DAY, root=root)
    foreign = bool(reader.model or read_case_file(paths).model)
    made = add_articles(
        paths, files, Given(published, language, publisher, foreign, days_found), as_of, partial(_follow, quiet=quiet)
    )
    notes = list(made.notes)
    if as_of > read_today():
        notes.append(f"{as_of} is still to come: until then an edition of it knows what is known today.")
    if as_of:
        notes.append(f"data/cases/{case}/case.yml has the edition {as_of}.")
    last = max(read_case_file(paths).editions)
    later = [row for row in made.filed if row.article.published > last]
    if later:
        newest = max(row.article.published for row in later)
        notes.append(
            f"{', '.join(row.source_id for row in later)}: published after the last edition, {last}; "
            f"`lagebild add {case} --as-of {newest}` adds one that knows them."
        )
    _finish(replace(made, notes=notes), paths, reader, quiet)


@click.command()
@CASE
@ROOT
@QUIET
def check(case: str, root: str, quiet: bool) -> None:
    """Check every table, id, evidence span and report of CASE; name each fault by file and row."""
    from lagebild.run.checks import check_case

    faults = 0
    for line in check_case(locate(case, ANY_DAY, root=root)):
        faults += line.is_fault
        if line.is_fault or not quiet:
            click.echo(make_printable(line.text), err=line.is_fault)
    if faults:
        raise InputError(f"{faults} fault{'s' * (faults != 1)} in the case {case}.")


@click.command()
@CASE
@click.argument("file", type=click.Path())
@click.option(
    "--keep", type=click.Choice(("mine", "theirs", "neither")), help="Whose decisions count where both differ."
)
@ROOT
def merge(case: str, file: str, keep: str | None, root: str) -> None:
    """Merge FILE, the decisions.csv or verdicts.csv of another copy of CASE, into the one here; name conflicts."""
    from lagebild.dataset import merge_copies

    merged = merge_copies(locate(case, ANY_DAY, root=root), Path(file), keep or "")
    _echo(False, *(f"{conflict.row}: {conflict.says}" for conflict in merged.conflicts), *merged.beside, err=True)
    _echo(False, *merged.agreed)
    if not merged.written:
        count = "1 conflict" if len(merged.conflicts) == 1 else f"{len(merged.conflicts)} conflicts"
        raise InputError(
            f"{count}, nothing written: add --keep mine, --keep theirs or --keep neither, "
            "which opens these rows again: `lagebild review` shows what both decided, side by side."
        )
    click.echo(
        make_printable(f"{merged.n_new} decisions of {Path(file).name} added to data/cases/{case}/{merged.file}")
    )


def _echo(quiet: bool, *lines: str, err: bool = False) -> None:
    for line in () if quiet else lines:
        click.echo(make_printable(line), err=err)


def _echo_filed(made: FilingResult, quiet: bool) -> None:
    """Say what was filed, what is a copy, and what was left out."""
    for row in made.filed:
        article, about = row.article, [f"{row.sentences} sentence{'s' * (row.sentences != 1)}"]
        about += [f"a report of {row.reporter}"] if row.reporter != article.publisher else []
        about += [article.reason] if article.basis != "stated" and "--published" not in article.reason else []
        _echo(quiet, f"{row.source_id}  {article.language}  {article.published}  {article.title}  ({'; '.join(about)})")
    _echo(quiet, *made.notes)
    for line in made.left:
        click.echo(make_printable(line), err=True)
