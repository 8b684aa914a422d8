"""The day in the dateline of a text, for a file that does not say when it was published: Kyiv, 12 June (Agency) –."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from lagebild.core.reference import Reference, derived
from lagebild.corpus.page import EARLIEST

NEAR = timedelta(days=180)
LINES = 3  # of a text: a headline and a teaser may stand before its dateline
PLACE = r"[^\W\d_a-z][^\d\n()–—:.]{0,60}"  # begins with a capital


@derived
def _find_forms(reference: Reference, language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return how a dateline with a day begins in a language, and the number of each month."""
    rows = [row for row in reference.rows("calendar", language) if row["kind"] == "month"]
    months = {word.casefold().rstrip("."): int(row["value"]) for row in rows for word in row["words"].split("|")}
    month = "|".join(sorted(months, key=len, reverse=True))
    day = (
        rf"(?:(?P<d1>\d{{1,2}})\.? (?P<m1>{month})\.?|(?P<m2>{month})\.? (?P<d2>\d{{1,2}})|"
        r"(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.)(?:,? ?(?P<year>\d{4}))?"
    )
    signed = r"\([^()\n]{2,40}\) ?[–—:.-]+"
    opening = r"""\s+["„“”»«'‘]?[^\W\d_a-zäöü]"""
    return re.compile(rf"(?i:(?:(?-i:{PLACE}), )?{day})(?:, {PLACE}?)? ?(?:{signed}|[–—]|--?){opening}"), months


def find_dateline_day(reference: Reference, text: str, language: str, given: str, today: str) -> str:
    """Return the day in the dateline of a text, ISO 8601, up to `today`; the empty string if there is none.

    One without a year is the last such day up to the day that is `given`, if that is near; else none.
    """
    form, months = _find_forms(reference, language)
    found = next((one for row in text.split("\n")[:LINES] if (one := form.match(row))), None)
    named = found.groupdict(default="") if found is not None else {}
    if not named or not (named["year"] or given):
        return ""
    word, number = named["m1"] or named["m2"], int(named["d1"] or named["d2"] or named["d3"])
    month = months[word.casefold()] if word else int(named["m3"])
    latest = date.fromisoformat(today if named["year"] else given)
    for year in (int(named["year"]),) if named["year"] else (latest.year, latest.year - 1):
        with suppress(ValueError):  # 31 June
            day = date(year, month, number)
            near = named["year"] or latest - day <= NEAR
            if near and day <= latest and day.isoformat() >= EARLIEST:
                return day.isoformat()
    return ""
