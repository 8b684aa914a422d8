"""Articles to the folder of a new case: `case.yml`, `sources.csv` and the texts; nothing in it is judged yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import yaml

from lagebild.core.characters import show
from lagebild.core.csv_form import to_csv
from lagebild.core.files import write_bytes
from lagebild.core.paths import CASE_FORM, CASE_NAME, InputError, Paths
from lagebild.core.reference import Reference, read_reference
from lagebild.core.schema import TABLES
from lagebild.core.tables import validate
from lagebild.corpus.agencies import find_agency
from lagebild.corpus.copies import find_copied
from lagebild.corpus.intake import TITLE_LENGTH, Article, Given, read_articles
from lagebild.corpus.plaintext import line
from lagebild.corpus.sentences import find_stops, split_sentences

QUESTION = {"de": "Wer hat wem was getan?", "en": "Who did what to whom?"}
UNGRADED = {"de": "Niemand hat diese Seite bisher beurteilt.", "en": "Nobody has graded this page yet."}


@dataclass(frozen=True)
class Filed:
    """One article with its id in the new case and its number of sentences."""

    source_id: str
    article: Article
    sentences: int


def make_case(case: str, files: Iterable[str], given: Given, title: str = "", root: str = "") -> list[Filed]:
    """Read files and write them as a new case; a fault leaves nothing behind.

    Parameters
    ----------
    case
        Name of the new case.
    files
        Files as the user names them.
    given
        What holds for files that do not say it themselves.
    title
        Title of the case; empty for its name.
    root
        Folder that holds ``data/cases``; empty for the project itself.

    Raises
    ------
    InputError
        If there is such a case, its name is none, or a file is no article.
    """
    if not CASE_NAME.fullmatch(case):
        raise InputError(f"{show(case)} is no name of a case: write {CASE_FORM}, such as red-sea.")
    folder = Paths(case, "", root=root).inputs
    if os.path.lexists(folder):
        raise InputError(f"data/cases/{case} exists already: choose another name, or remove that folder first.")
    today = read_today()
    reference = read_reference(Paths(case, "", root=root))
    articles = read_articles(reference, files, given, today)
    filed = [
        Filed(f"S{number:03}", article, len(split_sentences(article.text, find_stops(reference, article.language))))
        for number, article in enumerate(articles, start=1)
    ]
    beside = folder.with_name(f".run-{case}-{os.getpid()}")
    try:
        _write(
            beside,
            filed,
            _find_reporters(reference, articles),
            line(title)[:TITLE_LENGTH] or case.replace("-", " ").capitalize(),
            today,
        )
        beside.rename(folder)
    except OSError as error:
        raise InputError(
            f"data/cases/{case} cannot be written ({error.strerror}): check rights and free space."
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return filed


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


def _find_reporters(reference: Reference, articles: Sequence[Article]) -> list[str]:
    """Return whose report each article is: an agency's, that of an article that it copies, or its publisher's."""
    agencies = [find_agency(reference, one.text, one.author, one.publisher) for one in articles]
    first = find_copied([one.text for one in articles])
    wired = {k: name for k, name in reversed([*zip(first, agencies, strict=True)]) if name}
    return [wired.get(k) or articles[k].publisher for k in first]


def _write(folder: Path, filed: list[Filed], reporters: list[str], title: str, today: str) -> None:
    content = {
        "title": {"de": title, "en": title},
        "question": QUESTION,
        "editions": [max(row.article.published for row in filed)],
        "draft": True,
    }
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    head = "# Made by `python -m lagebild new`; title and question are yours to write, and `draft: true` says so.\n"
    write_bytes(folder / "case.yml", (head + text).encode())
    table = TABLES["case/sources"]
    found = [_source(row, today, who) for row, who in zip(filed, reporters, strict=True)]
    rows = pd.DataFrame(found, columns=list(table.columns), dtype=str)
    write_bytes(folder / table.file, to_csv(validate(rows, table, folder / table.file)).encode())
    for row in filed:
        file = folder / "texts" / f"{row.source_id}.{row.article.language}.txt"
        write_bytes(file, f"{row.article.text}\n".encode())


def _source(row: Filed, today: str, reporter: str) -> dict[str, str]:
    article = row.article
    return {
        "source_id": row.source_id,
        "title": article.title,
        "title_basis": "stated",
        "publisher": article.publisher,
        "reporter": reporter,
        "author": article.author,
        "published": article.published,
        "published_basis": article.basis,
        "published_reason": article.reason,
        "retrieved": today,
        "url": article.url,
        "language": article.language,
        "kind": "article",
        "country": "",
        "standing": "",
        "reliability": "F",
        "reliability_reason_de": UNGRADED["de"],
        "reliability_reason_en": UNGRADED["en"],
        "wording": "original",
    }
