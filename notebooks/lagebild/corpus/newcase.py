"""Articles to the folder of a new case, or of one that there is: `case.yml`, `sources.csv` and the texts.

Nothing in it is judged yet. An addition puts new sources behind the old ones, and perhaps a new edition; nothing that
stands is touched, and ids never change, so that what people decided stays valid. The example is copied as it is.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import yaml

from lagebild.core import (
    LANGUAGES,
    TABLES,
    InputError,
    ModelReader,
    Paths,
    Reference,
    csv_files,
    disk,
    edtf,
    folders,
    look_up_actor,
    read_case_file,
    read_reference,
    show,
    tables,
)
from lagebild.corpus.inputs import Inputs, read_inputs
from lagebild.corpus.intake import TITLE_LENGTH, Article, Batch, Follow, Given, find_copied, read_articles
from lagebild.corpus.plaintext import clean_line
from lagebild.corpus.sentences import find_stops, split_sentences

SOURCES = TABLES["case/sources"]


@dataclass(frozen=True)
class HeldSource:
    """A source that a case holds: its id, whose report it is, and its text."""

    source_id: str
    reporter: str
    text: str


@dataclass(frozen=True)
class FiledSource:
    """One article with its id in the case, whose report it is, and its number of sentences."""

    source_id: str
    article: Article
    reporter: str
    sentences: int


def file_articles(
    reference: Reference, articles: Sequence[Article], held: Sequence[HeldSource] = (), first: int = 1
) -> list[FiledSource]:
    """Give articles their ids, from the number `first` on, and say whose report each is: also of those `held`."""
    filed = []
    for number, (article, reporter) in enumerate(zip(articles, _find_reporters(articles, held), strict=True), first):
        sentences = split_sentences(article.text, find_stops(reference, article.language))
        filed.append(FiledSource(f"S{number:03}", article, reporter, len(sentences)))
    return filed


def _find_reporters(articles: Sequence[Article], held: Sequence[HeldSource]) -> list[str]:
    """Return whose report each article is: that of a held text that it copies, an agency's, or its publisher's.

    The agency of any of several copies is that of all.
    """
    copied = find_copied([*(source.text for source in held), *(article.text for article in articles)])[len(held) :]
    pairs = reversed([*zip(copied, articles, strict=True)])
    agencies = {k: article.agency for k, article in pairs if article.agency}
    own = [*(source.reporter for source in held), *(article.publisher for article in articles)]
    return [own[k] if k < len(held) else agencies.get(k) or own[k] for k in copied]


def tabulate_sources(filed: Sequence[FiledSource], today: str) -> pd.DataFrame:
    """Return the rows of `sources.csv`; nobody has judged the pages yet."""
    rows = [
        {
            "source_id": source.source_id,
            "title": source.article.title,
            "title_basis": source.article.title_basis,
            "publisher": source.article.publisher,
            "reporter": source.reporter,
            "author": source.article.author,
            "published": source.article.published,
            "published_basis": source.article.basis,
            "published_reason": source.article.reason,
            "retrieved": today,
            "url": source.article.url,
            "language": source.article.language,
        }
        for source in filed
    ]
    return tables.complete(pd.DataFrame(rows, dtype=str), SOURCES)


def write_texts(folder: Path, filed: Sequence[FiledSource]) -> None:
    """Write the texts of articles into the folder of a case."""
    for source in filed:
        file = folder / "texts" / f"{source.source_id}.{source.article.language}.txt"
        disk.write_bytes(file, f"{source.article.text}\n".encode())


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


def copy_example(root: str = "") -> Paths:
    """Copy the example below a root, or into the project, and return where it lies; a fault leaves nothing behind.

    It is the case that comes with the program, Russia and Iran 2025 and 2026, coded by hand.

    Raises
    ------
    InputError
        If there is such a case, or nothing can be written.
    """
    paths = Paths(folders.EXAMPLE.name, "", root=folders.choose_project(root))
    if os.path.lexists(paths.inputs):
        raise InputError(
            f"data/cases/{folders.EXAMPLE.name} is there already: run it with `lagebild run {folders.EXAMPLE.name}`."
        )
    with disk.make_folder(paths.inputs) as folder:
        shutil.copytree(folders.EXAMPLE, folder, ignore=shutil.ignore_patterns(".*", "local"))
    return paths


QUESTION = {"de": "Wer hat wem was getan?", "en": "Who did what to whom?"}
QUESTION_LENGTH = 300


@dataclass(frozen=True)
class FilingResult:
    """What became of the files that a user gave: those filed, and a sentence on each that was left out or is a copy."""

    filed: list[FiledSource]
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
    follow: Follow = iter,
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
    follow
        What yields the names of the files, and so can say how far it is.

    Raises
    ------
    InputError
        If there is such a case, its name is none, nobody is called as the subject, or a file is no article.
    """

    def read(reference: Reference, today: str) -> Batch:
        return read_articles(reference, files, given, today, follow=follow)

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

    Raises
    ------
    InputError
        If there is such a case, its name is none, nobody is called as the subject, or `read` refuses.
    """
    if not folders.CASE_NAME.fullmatch(case):
        raise InputError(f"{show(case)} is no name of a case: write {folders.CASE_FORM}, such as red-sea.")
    paths = Paths(case, "", root=folders.choose_project(root))
    if os.path.lexists(paths.inputs):
        raise InputError(
            f"data/cases/{case} exists already: choose another name, remove that folder, or add to it with "
            f"`lagebild add {case} FILE…`."
        )
    today = read_today()
    reference = read_reference(paths)
    about: dict[str, object] = {
        "title": dict.fromkeys(LANGUAGES, clean_line(title)[:TITLE_LENGTH] or case.replace("-", " ").capitalize()),
        "question": dict.fromkeys(LANGUAGES, asked) if (asked := clean_line(question)[:QUESTION_LENGTH]) else QUESTION,
    }
    if subject:
        about["subject"] = look_up_actor(reference, subject)
    batch = read(reference, today)
    filed = file_articles(reference, batch.articles)
    about |= {"editions": [max(source.article.published for source in filed)], "draft": True}
    head = "# Made by `lagebild new`; title and question are yours to write, and `draft: true` says so.\n"
    with disk.make_folder(paths.inputs) as folder:
        text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=1000)
        disk.write_bytes(folder / "case.yml", (head + origin + text).encode())
        file = folder / SOURCES.file
        disk.write_bytes(
            file, csv_files.to_csv(tables.validate(tabulate_sources(filed, today), SOURCES, file)).encode()
        )
        write_texts(folder, filed)
    return FilingResult(filed, batch.left, batch.notes)


# --- Additions to a Case ---

LINE_END = re.compile(r"\r?\n|\Z")
NUMBER = re.compile(r"S(\d{1,6})(?=\.|\Z)")  # of a source, in its id or in the name of its text


def add_articles(
    paths: Paths, files: Sequence[str], given: Given, as_of: str = "", follow: Follow = iter
) -> FilingResult:
    """Add files to a case, and the edition `as_of` if it is given; `follow` yields the names of the files.

    Texts are written first and rows last: whoever stops the program between the two leaves files that no row names, and
    the next addition takes other numbers.

    Raises
    ------
    InputError
        If the case cannot be read, a file is no article, or all of them are there already.
    """
    edition = edtf.day(as_of, "as-of") if as_of else ""
    try:
        with disk.lock_folder(paths.texts):  # who adds at the same time waits: both would give the same numbers
            made = _add(read_inputs(paths), files, given, follow) if files else FilingResult([], [], [])
            if edition and edition not in read_case_file(paths).editions:
                add_edition(paths, edition)
    except OSError as error:
        raise InputError(
            f"data/cases/{paths.case}/texts cannot be written ({error.strerror}): check rights and free space."
        ) from None
    return made


def _add(inputs: Inputs, files: Sequence[str], given: Given, follow: Follow) -> FilingResult:
    today = read_today()
    rows = inputs.corpus.sources
    reporters = dict(zip(rows["source_id"], rows["reporter"], strict=True))
    held = [HeldSource(source, reporters[source], text) for (source, _), text in sorted(inputs.texts.items())]
    texts = {f"{source.source_id} of the case": source.text for source in held}
    batch = read_articles(inputs.reference, files, given, today, texts, follow)
    filed = file_articles(inputs.reference, batch.articles, held, _find_last_number(inputs) + 1)
    write_texts(inputs.paths.inputs, filed)
    tables.append_case(inputs.paths, "sources", tabulate_sources(filed, today))
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
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)  # it was read before
    node = next(value for key, value in root.value if key.value == "editions")
    last = node.value[-1]
    place, between, quote = last.end_mark.index, ", ", last.style or ""  # as the others are written
    if not node.flow_style:  # a comment may stand behind the last one
        end = LINE_END.search(text, place)
        assert end is not None
        place, between = end.start(), (end[0] or "\n") + " " * node.start_mark.column + "- "
    _rewrite(paths, f"{text[:place]}{between}{quote}{as_of}{quote}{text[place:]}")


def set_reader(paths: Paths, reader: ModelReader) -> None:
    """Write into `case.yml` which model reads the case, in place of what it says of that, or at its end.

    Raises
    ------
    InputError
        If the file cannot be read or written.
    """
    text = (paths.inputs / "case.yml").read_bytes().decode("utf-8-sig")
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)  # it was read before
    said = {name: value for name, value in vars(reader).items() if value}
    block = yaml.safe_dump({"reader": said}, allow_unicode=True, sort_keys=False, width=1000)
    old = next(((key, value) for key, value in root.value if key.value == "reader"), None)
    if old is None:
        changed = f"{text.rstrip()}\n{block}"
    else:
        last = old[1] if getattr(old[1], "flow_style", True) else old[1].value[-1][1]  # a comment may stand behind it
        changed = f"{text[: old[0].start_mark.index]}{block.rstrip()}{text[last.end_mark.index :]}"
    with suppress(yaml.YAMLError):
        if yaml.safe_load(changed) == yaml.safe_load(text) | {"reader": said}:
            _rewrite(paths, changed)
            return
    raise InputError(
        f"data/cases/{paths.case}/case.yml cannot be added to as it is written: put `reader:` there yourself."
    )


def _rewrite(paths: Paths, text: str) -> None:
    try:
        disk.write_bytes(paths.inputs / "case.yml", text.encode(), lasting=True)
    except OSError as error:
        raise InputError(
            f"data/cases/{paths.case}/case.yml cannot be written ({error.strerror}): check rights."
        ) from None


def _find_last_number(inputs: Inputs) -> int:
    """Return the highest number of a source: of a row, or of a text that no row names."""
    names = [*inputs.corpus.sources["source_id"], *(file.name for file in inputs.paths.texts.glob("S*.txt"))]
    return max((int(match[1]) for name in names if (match := NUMBER.match(name))), default=0)
