"""The day on which a web page says that it was published; not one that merely stands in it, nor that of an update."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lagebild.corpus.linked import Data, texts_of
from lagebild.corpus.page import find_day

# The names under which the head of a page gives its day of publication, the surest first.
NAMES = (
    r"(?:og:|article[:.])?publish(?:ed)?[_-]?(?:time|date|at)|publication[_-]?date|datepublished|published",
    r"(?:\w+[.:-])*pub(?:lish)?[_-]?(?:date|time)|sailthru\.date|citation_(?:publication_)?date",
    r"dc(?:terms)?[.:](?:date(?:\.(?:issued|created))?|created|issued)|date\.(?:issued|created)|date",
)
IN_URL = re.compile(r"/(\d{4})[/-]?(\d\d)[/-]?(\d\d)(?=[/_-]|$)")
IN_BROKEN = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]*)")
UPDATED = re.compile(r"(?i)modified|updated|aktualisiert")


def find_marked_day(page: str, tree: Any, data: Data, url: str, today: str) -> tuple[str, str]:
    """Return the day that a web page marks as that of its publication, and where; empty if it marks none.

    The day is the one that the page writes, in the time of its place: if it gives the same moment twice, in that time
    and in UTC, the former counts.
    """
    marks = [
        (day, moment, reason) for text, reason in _list_marks(page, tree, data, url) for day, moment in [_read(text)]
    ]
    known = [mark for mark in marks if find_day(mark[0], today)]
    if not known:
        return "", ""
    day, moment, reason = known[0]
    if moment is not None and not moment.utcoffset():
        same = (one for one, other, _ in known if other is not None and other == moment and other.utcoffset())
        day = next(same, day)
    return day, reason


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
    for time in tree.xpath("(//h1)[1]/following::time[@datetime]")[:3]:
        if not UPDATED.search(f"{time.get('itemprop', '')} {time.get('class', '')}"):
            yield time.get("datetime"), "day marked below the headline"


def _read(text: str) -> tuple[str, datetime | None]:
    """Return the day that a text gives, ISO 8601, and its moment if it has one with an offset from UTC."""
    from dateutil.parser import parse

    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
        return moment.date().isoformat(), moment if moment.tzinfo is not None else None
    except ValueError:
        pass
    days = []
    for missing in (datetime(2000, 1, 1), datetime(2001, 2, 2)):  # what lacks a part of its day gives two
        try:
            days.append(parse(text[:60], default=missing, dayfirst="." in text, ignoretz=True).date().isoformat())
        except (ValueError, OverflowError):
            return "", None
    return (days[0], None) if days[0] == days[1] else ("", None)
