"""Articles to rows of `sources.csv` and to text files: in a new case, or in one that there is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from lagebild.core.characters import show
from lagebild.core.files import write_bytes
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.core.schema import TABLES
from lagebild.core.tables import complete
from lagebild.corpus.copies import find_copied
from lagebild.corpus.intake import Article
from lagebild.corpus.sentences import find_stops, split_sentences

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
