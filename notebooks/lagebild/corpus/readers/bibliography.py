"""Lists of sources (Zotero and its like): one item of any of them to what is known of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lagebild.corpus.page import Page, address, find_day, find_read_language
from lagebild.corpus.plaintext import line, paragraphs
from lagebild.corpus.readers.blocks import strip_html

TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
URL = re.compile(r"https?://(?:(?!;\s*https?:)[^\s{}])+")
DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:[T ].*|/\D*)?")
SHORTEST = 120  # characters; a note that has less says something about the article, such as its section


@dataclass(frozen=True)
class Item:
    """One item of a list: what the list says of an article, and the files that may hold its text."""

    page: Page
    files: tuple[str, ...] = ()


def make_item(
    number: int,
    today: str,
    *,
    title: str = "",
    publishers: Sequence[str] = (),
    authors: Sequence[str] = (),
    dates: Sequence[str] = (),
    urls: Sequence[str] = (),
    language: str = "",
    note: str = "",
    abstract: str = "",
    files: Sequence[str] = (),
) -> Item:
    """Return an item from the words that a list has for it; of several of a kind the first that will do counts."""
    written = [shown for date in dates if (shown := _write_date(date))]
    published = next((day for date in written if len(date) == 10 and (day := find_day(date, today))), "")
    noted = _plain(note)
    page = Page(
        noted if len(noted) >= SHORTEST else _plain(abstract),
        _one(title),
        next((name for text in publishers if (name := _one(text)) and not address(name)), ""),
        "; ".join(name for author in authors if (name := _one(author))),
        published,
        "day given in the list of sources" if published else "",
        next((url for text in urls for found in URL.findall(text) if (url := address(found))), ""),
        find_read_language(language),
        "" if published else max(written, key=len, default="")[:40],
        f"item {number}",
    )
    return Item(page, tuple(name for file in files if (name := file.strip())))


def _write_date(text: str) -> str:
    """Return a date as ISO 8601 writes it, as exact as it is; any other text as it stands."""
    found = DATE.fullmatch(line(text))
    return "-".join(f"{int(part):02}" for part in found.groups() if part) if found else line(text)


def _one(text: str) -> str:
    return line(TAG.sub("", text))


def _plain(text: str) -> str:
    return strip_html(text) if TAG.search(text) else paragraphs(text)
