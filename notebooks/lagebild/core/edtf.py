"""Extended Date/Time Format (EDTF, ISO 8601-2:2019), levels 0 and 1: what a date allows, no more and no less."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from lagebild.core.characters import show
from lagebild.core.paths import InputError

FIRST_PRINT, LAST_PRINT = "1600-01-01", "2999-12-31"  # no page is older than the press, and none lies far ahead
OPEN = ""  # an end that the date leaves open
# Year, month and day of level 0; seasons 21-24 of level 1, and the quarters 33-36 that news need; decades and centuries
# (199X, 19XX); one mark at the end.
PART = re.compile(r"(?:[0-9]{3}X|[0-9]{2}XX)|[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?|-2[1-4]|-3[3-6])?[~?%]?")

PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Span:
    """The days that a date allows.

    `earliest` and `latest` are ISO days, `OPEN` where the date leaves that end open. `approximate` is true if the text
    was vague (``~``). `start` and `end` are the two EDTF expressions of an interval, the same one for a single date.
    """

    earliest: str
    latest: str
    approximate: bool
    start: str
    end: str


@lru_cache(2**16)
def parse(edtf: str) -> Span:
    """Return the days that an EDTF expression allows.

    Raises
    ------
    InputError
        If `edtf` is no EDTF of level 0 or 1, or ends before it starts.
    """
    start, _, end = edtf.partition("/") if "/" in edtf else (edtf, "", edtf)
    span = Span(_bound(start, edtf, 0), _bound(end, edtf, 1), "~" in edtf or "%" in edtf, start, end)
    if span.earliest and span.latest and span.earliest > span.latest:
        raise InputError(f"The date {show(edtf)} ends before it starts: swap its two ends.")
    return span


def bounds(edtf: str, as_of: str) -> tuple[str, str]:
    """Return the earliest and latest day of an act as seen on `as_of`; empty where nothing is known.

    What has begun ends today at the latest; what is planned for later stays as vague as it was told.
    """
    if not edtf:
        return "", ""
    span = parse(edtf)
    if span.earliest > as_of:
        return span.earliest, span.latest or parse(span.start).latest
    return span.earliest, min(span.latest or as_of, as_of)


def day(text: str, name: str) -> str:
    """Return an ISO day, or the empty string for one.

    Raises
    ------
    InputError
        If `text` is no day; the message calls it `name`.
    """
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError(
            f"The {name} date {show(text)} is no day: write it as YYYY-MM-DD, for example 2025-06-16."
        ) from None


def day_of_print(text: str) -> str:
    """Return the ISO day of a publication, from which the dates in its text are counted.

    Raises
    ------
    InputError
        If `text` is no day, or one on which nothing can have been published.
    """
    found = day(text, "published")
    if not FIRST_PRINT <= found <= LAST_PRINT:
        raise InputError(
            f"The published date {show(text)} must lie between {FIRST_PRINT} and {LAST_PRINT}: correct it."
        )
    return found


def _bound(part: str, edtf: str, side: int) -> str:
    if part in ("..", "") and "/" in edtf and edtf not in ("/", "../..", "../", "/.."):
        return OPEN
    try:
        if not PART.fullmatch(part):
            raise ValueError
        if plain := PLAIN.fullmatch(part):  # most dates: the library takes 5 ms for each
            year, month, day_ = (int(one) if one else 0 for one in plain.groups())
            last = monthrange(year, month or 12)[1]
            return date(year, month or (1, 12)[side], day_ or (1, last)[side]).isoformat()
        found = parse_edtf(part.rstrip("~?%"))  # the library knows no approximate seasons; the strict days are the same
        bound = (found.lower_strict, found.upper_strict)[side]()
        return date(*bound[:3]).isoformat()
    except (EDTFParseException, ValueError, TypeError):
        raise InputError(
            f"The date {show(edtf)} is no EDTF: write 2025-06-13, 2025-06, 2025-06~ or 2025-06/2025-07."
        ) from None
