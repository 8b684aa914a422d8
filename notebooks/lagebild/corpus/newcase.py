"""Articles to the folder of a new case: `case.yml`, `sources.csv` and the texts; nothing in it is judged yet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from lagebild.core.characters import show
from lagebild.core.csv_form import to_csv
from lagebild.core.files import make_folder, write_bytes
from lagebild.core.names import look_up_actor
from lagebild.core.paths import CASE_FORM, CASE_NAME, LANGUAGES, InputError, Paths, choose_project
from lagebild.core.reference import Reference, read_reference
from lagebild.core.tables import validate
from lagebild.corpus.filing import SOURCES, Filed, file_articles, read_today, tabulate, write_texts
from lagebild.corpus.intake import TITLE_LENGTH, Batch, Given, read_articles
from lagebild.corpus.plaintext import line

QUESTION = {"de": "Wer hat wem was getan?", "en": "Who did what to whom?"}
QUESTION_LENGTH = 300


@dataclass(frozen=True)
class Made:
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
) -> Made:
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
) -> Made:
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
    return Made(filed, batch.left, batch.notes)


def _write(folder: Path, filed: list[Filed], about: dict[str, object], today: str, origin: str) -> None:
    content = about | {"editions": [max(row.article.published for row in filed)], "draft": True}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    head = "# Made by `lagebild new`; title and question are yours to write, and `draft: true` says so.\n"
    write_bytes(folder / "case.yml", (head + origin + text).encode())
    file = folder / SOURCES.file
    write_bytes(file, to_csv(validate(tabulate(filed, today), SOURCES, file)).encode())
    write_texts(folder, filed)
