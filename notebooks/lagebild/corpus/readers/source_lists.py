"""Lists of sources in CSL-JSON, which Zotero, Mendeley and Pandoc exchange, to the articles in them.

The text is that of the note or of the abstract, for such a list refers to no files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lagebild.core import InputError
from lagebild.corpus.page import Page, address, find_read_language, parse_day
from lagebild.corpus.plaintext import clean_line, decode, paragraphs
from lagebild.corpus.readers.column import strip_html

TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
SHORTEST = 120  # characters; a note that has less says something about the article, such as its section


def read_csl(content: bytes, today: str) -> list[Page]:
    """Read a list of sources; one without text is given back without, so that it can be named.

    Raises
    ------
    InputError
        If it is none.
    """
    try:
        data = json.loads(decode(content))
    except (ValueError, RecursionError):  # no JSON, a number without end, or nested without end
        raise InputError("this is no JSON that can be read; export the list as CSL-JSON again.") from None
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not any(isinstance(item, dict) and "title" in item for item in items):
        raise InputError("this is no list of sources in CSL-JSON; export it from Zotero in that format.")
    return [_read_item(item, f"item {number}", today) for number, item in enumerate(items, start=1)]


def _read_item(item: Any, place: str, today: str) -> Page:
    if not isinstance(item, dict):
        return Page("", place=place, fault="this item is no source; leave it out.")
    note = _read_paragraphs(item.get("note"))
    date = _read_date(item.get("issued"))
    published = parse_day(date, today) if len(date) == len("2025-06-16") else ""
    return Page(
        text=note if len(note) >= SHORTEST else _read_paragraphs(item.get("abstract")),
        title=_read_line(item.get("title")),
        publisher=_read_line(item.get("container-title")) or _read_line(item.get("publisher")),
        author="; ".join(filter(None, _list_authors(item.get("author")))),
        published=published,
        reason="day given in the list of sources" if published else "",
        url=address(_read_text(item.get("URL"))),
        language=find_read_language(_read_text(item.get("language"))),
        hint="" if published else date[:40],
        place=place,
    )


def _read_text(value: Any) -> str:
    """Return a word or a number as text; nothing for what is no word."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _read_line(value: Any) -> str:
    return clean_line(TAG.sub("", _read_text(value)))


def _read_paragraphs(value: Any) -> str:
    text = _read_text(value)
    return strip_html(text) if TAG.search(text) else paragraphs(text)


def _list_authors(persons: Any) -> Iterator[str]:
    for person in persons if isinstance(persons, list) else []:
        if isinstance(person, dict):
            parts = map(_read_text, map(person.get, ("given", "non-dropping-particle", "family", "suffix")))
            yield _read_line(person.get("literal")) or clean_line(" ".join(parts))


def _read_date(issued: Any) -> str:
    """Return a date as exact as it is: ISO 8601 if it gives its parts, else as it stands; both ends of a stretch."""
    if not isinstance(issued, dict):
        return ""
    ends = issued.get("date-parts")
    if not isinstance(ends, list) or not ends:
        text = clean_line(_read_text(issued.get("raw")) or _read_text(issued.get("literal")))
        return text[:10] if re.match(r"\d{4}-\d\d-\d\d(?:[T ]|$)", text) else text
    dates = []
    for end in ends:
        if isinstance(end, list):
            dates.append("-".join(_read_text(part).zfill(2) for part in end))
    return "/".join(dates)
