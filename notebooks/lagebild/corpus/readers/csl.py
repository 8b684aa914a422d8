"""CSL-JSON, as Zotero, Mendeley and Pandoc exchange it; it has no files, so the text is that of note or abstract."""

from __future__ import annotations

import json
from typing import Any

from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import Page
from lagebild.corpus.readers.bibliography import Item, make_item


def read_csl(content: bytes, today: str) -> list[Item]:
    """Read a list of sources in CSL-JSON."""
    try:
        found = json.loads(decode(content))
    except (ValueError, RecursionError):  # no JSON, a number without end, or nested without end
        raise InputError("this is no JSON that can be read; export the list as CSL-JSON again.") from None
    items = found.get("items") if isinstance(found, dict) else found
    if not isinstance(items, list) or not any(isinstance(one, dict) and "title" in one for one in items):
        raise InputError("this is no list of sources in CSL-JSON; export it from Zotero in that format.")
    return [_read(one, number, today) for number, one in enumerate(items, start=1)]


def _read(item: Any, number: int, today: str) -> Item:
    if not isinstance(item, dict):
        return Item(Page("", place=f"item {number}", fault="this item is no source; leave it out."))
    authors = item.get("author")
    return make_item(
        number,
        today,
        title=_text(item.get("title")),
        publishers=[_text(item.get(name)) for name in ("container-title", "publisher")],
        authors=[_name(one) for one in authors] if isinstance(authors, list) else [],
        dates=[_date(item.get("issued"))],
        urls=[_text(item.get("URL"))],
        language=_text(item.get("language")),
        note=_text(item.get("note")),
        abstract=_text(item.get("abstract")),
    )


def _text(value: Any) -> str:
    """Return a word or a number as text; nothing for what is no word."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _name(person: Any) -> str:
    if not isinstance(person, dict):
        return ""
    parts = [_text(person.get(name)) for name in ("given", "non-dropping-particle", "family", "suffix")]
    return _text(person.get("literal")) or " ".join(filter(None, parts))


def _date(issued: Any) -> str:
    """Return a date as it is written in parts or as a text; of a stretch of time the whole, which is no day."""
    if not isinstance(issued, dict):
        return ""
    ends = issued.get("date-parts")
    if not isinstance(ends, list) or not ends:
        return _text(issued.get("raw")) or _text(issued.get("literal"))
    return "/".join("-".join(map(_text, end)) for end in ends if isinstance(end, list))
