"""RIS, as Zotero, EndNote and the archives of newspapers export it."""

from __future__ import annotations

import re
from typing import Any

from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import Page, address
from lagebild.corpus.readers.bibliography import Item, make_item

START = re.compile(r"(?m)^TY  - ")
LONGEST = 500_000  # characters of an item; the library adds line to line, which takes time by their square
MANY = ["A1", "AB", "AU", "L1", "L2", "L4", "N1", "N2", "UR"]  # tags that stand more than once, or over several lines


def read_ris(content: bytes, today: str) -> list[Item]:
    """Read a list of sources in RIS."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    starts = [found.start() for found in START.finditer(text)]
    if not starts:
        raise InputError("this is no list of sources in RIS; export it from Zotero in that format.")
    parts = [
        text[start : min(end, start + LONGEST)] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    return [_read(part, number, today) for number, part in enumerate(parts, start=1)]


def _read(text: str, number: int, today: str) -> Item:
    """Read one item: each alone, so that a broken one does not stop the others, and an end may be missing."""
    import rispy

    try:
        (item, *_) = rispy.loads(f"{text}\nER  - ", list_tags=MANY, delimiter_tags_mapping={}, skip_unknown_tags=True)
    except Exception:  # the library takes lines by their form, and files write them in any
        return Item(Page("", place=f"item {number}", fault="this item cannot be read; export it again."))
    files = _list(item, "file_attachments1", "file_attachments2", "figure")
    return make_item(
        number,
        today,
        title=_first(item, "title", "primary_title", "translated_title"),
        publishers=_list(item, "alternate_title3", "journal_name", "secondary_title", "publisher", "alternate_title2"),
        authors=[_turn(name) for name in _list(item, "authors") or _list(item, "first_authors")],
        dates=_list(item, "date", "publication_year", "year"),
        urls=_list(item, "urls"),
        language=_first(item, "language"),
        note="\n".join(_list(item, "notes")),
        abstract="\n".join(_list(item, "abstract") or _list(item, "notes_abstract")),
        files=[file for file in files if not address(file)],  # some exports give the page's address there
    )


def _list(item: Any, *names: str) -> list[str]:
    """Return all texts that stand under some names."""
    found = [item[name] for name in names if name in item]
    return [text for value in found for text in (value if isinstance(value, list) else [value]) if text]


def _first(item: Any, *names: str) -> str:
    return next(iter(_list(item, *names)), "")


def _turn(name: str) -> str:
    """Return *Eva Muster* for *Muster, Eva*."""
    return " ".join(reversed([part.strip() for part in name.split(",", 1)]))
