"""The day on which a web page says that it was published; not one that merely stands in it, nor that of an update."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any

from lagebild.corpus.page import find_clear_day, find_day
from lagebild.corpus.readers.linked import Data, texts_of

# The names under which the head of a page gives its day of publication, the surest first.
NAMES = (
    r"(?:og:|article[:.])?publish(?:ed)?[_-]?(?:time|date|at)|publication[_-]?date|datepublished|published",
    r"(?:\w+[.:-])*pub(?:lish)?[_-]?(?:date|time)|sailthru\.date|citation_(?:publication_)?date",
    r"dc(?:terms)?[.:](?:date(?:\.(?:issued|created))?|created|issued)|date\.(?:issued|created)|date",
)
IN_URL = re.compile(r"/(\d{4})[/-]?(\d\d)[/-]?(\d\d)(?=[/_-]|$)")
IN_BROKEN = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]*)")
CHANGED = re.compile(r"(?:article:|og:)?(?:modified|updated)_time|last-?modified|datemodified")
FARTHEST, OFFSETS = timedelta(hours=14), timedelta(minutes=15)  # of a place from UTC, and steps between places
LONGEST = 60  # characters of a time
UPDATED = re.compile(r"(?i)modified|updated|aktualisiert")


def find_marked_day(page: str, tree: Any, data: Data, url: str, today: str) -> tuple[str, str]:
    """Return the day that a web page marks as that of its publication, and where; empty if it marks none.

    If the surest mark is in UTC and another one gives the same moment in the time of the place, the day is that of the
    place.
    """
    marks = [(_read(text), reason) for text, reason in _list_marks(page, tree, data, url)]
    known = [(one, reason) for one, reason in marks if one and find_day(one.isoformat(), today)]
    if not known:
        return "", ""
    moment, reason = known[0]
    local = next((one for one, _ in known if _is_local(one, moment)), moment)
    return local.date().isoformat(), reason


def find_last_change(data: Data, today: str) -> str:
    """Return the last day on which a web page says that it was changed; empty if it names none."""
    said = [*texts_of(data.article, ["dateModified"]), *(text for name, text in data.metas if CHANGED.fullmatch(name))]
    days = [one.date().isoformat() for text in said if (one := _read(text))]
    return max((one for one in days if find_day(one, today)), default="")


def _is_local(other: datetime, moment: datetime) -> bool:
    """Whether a time is the same moment as one in UTC, in the time of a place, the offset of which it may not name."""
    if moment.tzinfo is None or moment.utcoffset():
        return False
    if other.tzinfo is not None:
        return bool(other.utcoffset()) and abs(other - moment) < timedelta(minutes=1)
    gap = other - moment.replace(tzinfo=None)
    return abs(gap) <= FARTHEST and not gap % OFFSETS


def _list_marks(page: str, tree: Any, data: Data, url: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that give a day of publication, the surest first, and where each stands."""
    for text in texts_of(data.article, ["datePublished"]):
        yield text, "day marked in the data of the page"
    for form in NAMES:
        for name, text in data.metas:
            if re.fullmatch(form, name):
                yield text, "day marked in the head of the page"
    for text in IN_BROKEN.findall(page):
        yield text, "day marked in the data of the page"
    for parts in IN_URL.findall(url):
        yield "-".join(parts), "day given in the address"
    for element in tree.xpath("(//h1)[1]/following::time[@datetime]")[:3]:
        if not UPDATED.search(f"{element.get('itemprop', '')} {element.get('class', '')}"):
            yield element.get("datetime"), "day marked below the headline"


def _read(text: str) -> datetime | None:
    """Return the time that a text gives, as it writes it; nothing if its day is not clear."""
    text = text.strip()[:LONGEST]
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    found = find_clear_day(text)
    return datetime.combine(found, time()) if found else None
