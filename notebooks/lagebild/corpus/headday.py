"""The day in the dateline of a text, for a file that does not say when it was published: Kyiv, 12 June (Agency) –."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from lagebild.core.reference import Reference, derived
from lagebild.corpus.page import EARLIEST
from lagebild.corpus.writtendays import any_of, find_months

PLACE = r"[^\W\d_a-z][^\d\n()–—:.]{0,60}"  # begins with a capital


@dataclass(frozen=True)
class HeadDay:
    """The day of a dateline; the year is 0 if it names none."""

    year: int
    month: int
    day: int


@derived
def _find_form(reference: Reference, language: str) -> re.Pattern[str]:
    """Return how a dateline with a day begins in a language."""
    month = any_of(find_months(reference, language))
    day = (
        rf"(?:(?P<d1>\d{{1,2}})\.? (?P<m1>{month})\.?|(?P<m2>{month})\.? (?P<d2>\d{{1,2}})|"
        r"(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.)(?:,? ?(?P<year>\d{4}))?"
    )
    signed = r"(?:\([^()\n]{2,40}\)|\. /[^/\n]{2,40}/) ?[–—:.-]+"
    opening = r"""\s+["„“”»«'‘]?[^\W\d_a-zäöü]"""
    return re.compile(rf"(?i:(?:(?-i:{PLACE}), )?{day})(?:, {PLACE}?)? ?(?:{signed}|[–—]|--?){opening}")


def find_headday(reference: Reference, language: str, rows: Sequence[str]) -> HeadDay | None:
    """Return the day in the first dateline among the first lines of a text."""
    form = _find_form(reference, language)
    found = next((one for row in rows if (one := form.match(row))), None)
    if found is None:
        return None
    named = found.groupdict(default="")
    word, number = named["m1"] or named["m2"], int(named["d1"] or named["d2"] or named["d3"])
    month = find_months(reference, language)[word.casefold()] if word else int(named["m3"])
    return HeadDay(int(named["year"] or 0), month, number)


def date_headday(day: HeadDay, latest: str, near: timedelta) -> str:
    """Return the day of a dateline, ISO 8601: without a year, the last such one up to the `latest`, if that is near.

    It is the empty string if there is no such day, or if it is later.
    """
    last = date.fromisoformat(latest)
    for year in (day.year,) if day.year else (last.year, last.year - 1):
        with suppress(ValueError):  # 31 June
            found = date(year, day.month, day.day)
            if found <= last and (day.year or last - found <= near) and found.isoformat() >= EARLIEST:
                return found.isoformat()
    return ""
