"""Articles to the folder of a new case: `case.yml`, `sources.csv` and the texts; nothing in it is judged yet."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import yaml

from lagebild.core import (
    CASE_FORM,
    CASE_NAME,
    EXAMPLE,
    LANGUAGES,
    TABLES,
    InputError,
    Paths,
    Reference,
    append_case,
    choose_project,
    complete,
    day,
    lock_folder,
    look_up_actor,
    make_folder,
    read_case_file,
    read_reference,
    show,
    to_csv,
    validate,
    write_bytes,
)
from lagebild.corpus.copies import find_copied
from lagebild.corpus.inputs import Inputs, read_inputs
from lagebild.corpus.intake import TITLE_LENGTH, Article, Batch, Given, read_articles
from lagebild.corpus.plaintext import line
from lagebild.corpus.sentences import find_stops, split_sentences

# --- Articles to rows of `sources.csv` and to text files ---
# in a new case, or in one that there is.


SOURCES = TABLES["case/sources"]


@dataclass(frozen=True)
class Held:
    """A source that a case holds: its id, whose report it is, and its text."""

    source_id: str
    reporter: str
    text: str


@dataclass(frozen=True)
class Filed:
    """One article with its id in the case, whose report it is, and its number of sentences."""

    source_id: str
    article: Article
    reporter: str
    sentences: int


def file_articles(
    reference: Reference, articles: Sequence[Article], held: Sequence[Held] = (), first: int = 1
) -> list[Filed]:
    """Give articles their ids, from the number `first` on, and say whose report each is: also of those `held`."""
    whose = _find_reporters(articles, held)
    return [
        Filed(f"S{number:03}", one, who, len(split_sentences(one.text, find_stops(reference, one.language))))
        for number, (one, who) in enumerate(zip(articles, whose, strict=True), first)
    ]


def _find_reporters(articles: Sequence[Article], held: Sequence[Held]) -> list[str]:
    """Return whose report each article is: that of a held text that it copies, an agency's, or its publisher's.

    The agency of any of several copies is that of all.
    """
    copied = find_copied([*(one.text for one in held), *(one.text for one in articles)])[len(held) :]
    wired = {k: one.agency for k, one in reversed([*zip(copied, articles, strict=True)]) if one.agency}
    own = [*(one.reporter for one in held), *(one.publisher for one in articles)]
    return [own[k] if k < len(held) else wired.get(k) or own[k] for k in copied]


def tabulate(filed: Sequence[Filed], today: str) -> pd.DataFrame:
    """Return the rows of `sources.csv`; nobody has judged the pages yet."""
    return complete(pd.DataFrame([_source(row, today) for row in filed], dtype=str), SOURCES)


def write_texts(folder: Path, filed: Sequence[Filed]) -> None:
    """Write the texts of articles into the folder of a case."""
    for row in filed:
        write_bytes(folder / "texts" / f"{row.source_id}.{row.article.language}.txt", f"{row.article.text}\n".encode())


def read_today() -> str:
    """Return today, or the day of ``SOURCE_DATE_EPOCH`` if that is set: then the same files give the same case.

    Raises
    ------
    InputError
        If ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH is {show(epoch)}: give seconds since 1970, or unset it.") from None


def _source(row: Filed, today: str) -> dict[str, str]:
    article = row.article
    return {
        "source_id": row.source_id,
        "title": article.title,
        "publisher": article.publisher,
        "reporter": row.reporter,
        "author": article.author,
        "published": article.published,
        "published_basis": article.basis,
        "published_reason": article.reason,
        "retrieved": today,
        "url": article.url,
        "language": article.language,
    }


# --- The example ---
# the case that comes with the program, Russia and Iran 2025 and 2026, coded by hand.


def copy_example(root: str = "") -> Paths:
    """Copy the example below a root, or into the project, and return where it lies; a fault leaves nothing behind.

    Raises
    ------
    InputError
        If there is such a case, or nothing can be written.
    """
    paths = Paths(EXAMPLE.name, "", root=choose_project(root))
    if os.path.lexists(paths.inputs):
        raise InputError(f"data/cases/{EXAMPLE.name} is there already: run it with `lagebild run {EXAMPLE.name}`.")
    with make_folder(paths.inputs) as beside:
        shutil.copytree(EXAMPLE, beside, ignore=shutil.ignore_patterns(".*", "local"))
    return paths


QUESTION = {"de": "Wer hat wem was getan?", "en": "Who did what to whom?"}
QUESTION_LENGTH = 300


@dataclass(frozen=True)
class FilingResult:
    """What became of the files that a user gave: those filed, and a sentence on each that was left out or is a copy."""

    filed: list[Filed]
    left: list[str]
    notes: list[str]


def make_case(
    case: str,
    files: Iterable[str],
    given: Given,
    title: str = "",
    root: str = "",
    *,
    question: str = "",
    subject: str = "",
) -> FilingResult:
    """Read files and write them as a new case; a fault leaves nothing behind.

    Parameters
    ----------
    case
        Name of the new case.
    files
        Files and folders as the user names them.
    given
        What holds for files that do not say it themselves.
    title
        Title of the case; empty for its name.
    root
        Folder that holds ``data/cases``; empty for the project.
    question
        What the case asks; empty for who did what to whom.
    subject
        Who stands in the middle, an id of `actors` or a name in it; empty for whoever takes part in most events.

    Raises
    ------
    InputError
        If there is such a case, its name is none, nobody is called as the subject, or a file is no article.
    """

    def read(reference: Reference, today: str) -> Batch:
        return read_articles(reference, files, given, today)

    return write_case(case, read, title, root, question=question, subject=subject)


def write_case(
    case: str,
    read: Callable[[Reference, str], Batch],
    title: str = "",
    root: str = "",
    *,
    question: str = "",
    subject: str = "",
    origin: str = "",
) -> FilingResult:
    """Write articles as a new case; see `make_case`.

    They are what `read` returns for what the method knows and the day of reading, which it is only asked for if the
    case can be made. `origin` are lines of comment that stand on top of `case.yml`.
    """
    if not CASE_NAME.fullmatch(case):
        raise InputError(f"{show(case)} is no name of a case: write {CASE_FORM}, such as red-sea.")
    paths = Paths(case, "", root=choose_project(root))
    if os.path.lexists(paths.inputs):
        raise InputError(
            f"data/cases/{case} exists already: choose another name, remove that folder, or add to it with "
            f"`lagebild add {case} FILE…`."
        )
    today = read_today()
    reference = read_reference(paths)
    about: dict[str, object] = {
        "title": dict.fromkeys(LANGUAGES, line(title)[:TITLE_LENGTH] or case.replace("-", " ").capitalize()),
        "question": dict.fromkeys(LANGUAGES, asked) if (asked := line(question)[:QUESTION_LENGTH]) else QUESTION,
    }
    if subject:
        about["subject"] = look_up_actor(reference, subject)
    batch = read(reference, today)
    filed = file_articles(reference, batch.articles)
    with make_folder(paths.inputs) as beside:
        _write(beside, filed, about, today, origin)
    return FilingResult(filed, batch.left, batch.notes)


def _write(folder: Path, filed: list[Filed], about: dict[str, object], today: str, origin: str) -> None:
    content = about | {"editions": [max(row.article.published for row in filed)], "draft": True}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    head = "# Made by `lagebild new`; title and question are yours to write, and `draft: true` says so.\n"
    write_bytes(folder / "case.yml", (head + origin + text).encode())
    file = folder / SOURCES.file
    write_bytes(file, to_csv(validate(tabulate(filed, today), SOURCES, file)).encode())
    write_texts(folder, filed)


# --- Articles to a case that there is ---
# new sources behind the old ones, and a new edition; nothing that stands is touched.
# Ids never change, so that what people decided stays valid.


LINE_END = re.compile(r"\r?\n|\Z")
NUMBER = re.compile(r"S(\d{1,6})(?=\.|\Z)")  # of a source, in its id or in the name of its text


def add_articles(paths: Paths, files: Sequence[str], given: Given, as_of: str = "") -> FilingResult:
    """Add files to a case, and the edition `as_of` if it is given.

    Texts are written first and rows last: whoever stops the program between the two leaves files that no row names, and
    the next addition takes other numbers.

    Raises
    ------
    InputError
        If the case cannot be read, a file is no article, or all of them are there already.
    """
    edition = day(as_of, "as-of") if as_of else ""
    try:
        with lock_folder(paths.texts):  # who adds at the same time waits: both would give the same numbers
            made = _add(read_inputs(paths), files, given) if files else FilingResult([], [], [])
            if edition and edition not in read_case_file(paths).editions:
                add_edition(paths, edition)
    except OSError as error:
        raise InputError(
            f"data/cases/{paths.case}/texts cannot be written ({error.strerror}): check rights and free space."
        ) from None
    return made


def _add(inputs: Inputs, files: Sequence[str], given: Given) -> FilingResult:
    today = read_today()
    held = {f"{source} of the case": text for (source, _), text in sorted(inputs.texts.items())}
    batch = read_articles(inputs.reference, files, given, today, held)
    filed = file_articles(inputs.reference, batch.articles, _list_held(inputs), _count(inputs) + 1)
    write_texts(inputs.paths.inputs, filed)
    append_case(inputs.paths, "sources", tabulate(filed, today))
    return FilingResult(filed, batch.left, batch.notes)


def add_edition(paths: Paths, as_of: str) -> None:
    """Write an edition into `case.yml` behind those that stand there; nothing else in it changes, comments neither.

    Raises
    ------
    InputError
        If the file cannot be read or written.
    """
    file = paths.inputs / "case.yml"
    text = file.read_bytes().decode("utf-8-sig")
    found = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(found, yaml.MappingNode)  # it was read before
    node = next(value for key, value in found.value if key.value == "editions")
    last = node.value[-1]
    place, between, quote = last.end_mark.index, ", ", last.style or ""  # as the others are written
    if not node.flow_style:  # a comment may stand behind the last one
        end = LINE_END.search(text, place)
        assert end is not None
        place, between = end.start(), (end[0] or "\n") + " " * node.start_mark.column + "- "
    try:
        write_bytes(file, f"{text[:place]}{between}{quote}{as_of}{quote}{text[place:]}".encode(), lasting=True)
    except OSError as error:
        raise InputError(
            f"data/cases/{paths.case}/case.yml cannot be written ({error.strerror}): check rights."
        ) from None


def _list_held(inputs: Inputs) -> list[Held]:
    rows = inputs.corpus.sources
    reporters = dict(zip(rows["source_id"], rows["reporter"], strict=True))
    return [Held(source, reporters[source], text) for (source, _), text in sorted(inputs.texts.items())]


def _count(inputs: Inputs) -> int:
    """Return the highest number of a source: of a row, or of a text that no row names."""
    names = [*inputs.corpus.sources["source_id"], *(file.name for file in inputs.paths.texts.glob("S*.txt"))]
    return max((int(found[1]) for name in names if (found := NUMBER.match(name))), default=0)
