"""Extended Date/Time Format (EDTF, ISO 8601-2:2019), levels 0 and 1: what a date allows, and what lies around it.

Units of time are letters: D day, N night, W week, E weekend, M month, Q quarter, Y year, X decade, C century; h and m,
hour and minute, hold no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from lagebild.core.characters import show
from lagebild.core.errors import InputError

FIRST_PRINT, LAST_PRINT = "1600-01-01", "2999-12-31"  # no page is older than the press, and none lies far ahead
OPEN = ""  # an end that the date leaves open
LAST = "9999"  # sorts behind every day
# Year, month and day of level 0; seasons 21-24 of level 1, and the quarters 33-36 that news need; decades and centuries
# (199X, 19XX); one mark at the end.
PART = re.compile(r"(?:[0-9]{3}X|[0-9]{2}XX)|[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?|-2[1-4]|-3[3-6])?[~?%]?")

FIRST_MONTH = {"21": 3, "22": 6, "23": 9, "24": 12, "33": 1, "34": 4, "35": 7, "36": 10}  # of three
MARKS = "~?%"  # approximate, uncertain, both
# Beginning, middle and end: months of a year, years of a decade and of a century, days of a month and of a week.
PARTS = {
    "start": ((1, 3), (0, 3), (0, 33), (1, 10), (0, 1)),
    "mid": ((5, 8), (4, 6), (34, 66), (11, 20), (2, 3)),
    "end": ((10, 12), (7, 9), (67, 99), (21, 31), (4, 6)),
}


@dataclass(frozen=True)
class Interval:
    """The days that a date allows.

    `earliest` and `latest` are ISO days, `OPEN` where the date leaves that end open. `approximate` is true if the text
    was vague (``~``). `start` and `end` are the two EDTF expressions of an interval, the same one for a single date.
    """

    earliest: str
    latest: str
    approximate: bool
    start: str
    end: str

    def meets(self, other: Interval) -> bool:
        """Return whether a day is allowed by both; an open end allows all days on its side."""
        return self.earliest <= (other.latest or LAST) and other.earliest <= (self.latest or LAST)


@lru_cache(2**16)
def parse(edtf: str) -> Interval:
    """Return the days that an EDTF expression allows.

    Raises
    ------
    InputError
        If `edtf` is no EDTF of level 0 or 1, or ends before it starts.
    """
    start, _, end = edtf.partition("/") if "/" in edtf else (edtf, "", edtf)
    span = Interval(_parse_end(start, edtf, 0), _parse_end(end, edtf, 1), "~" in edtf or "%" in edtf, start, end)
    if span.earliest and span.latest and span.earliest > span.latest:
        raise InputError(f"The date {show(edtf)} ends before it starts: swap its two ends.")
    return span


def bounds(edtf: str, as_of: str) -> tuple[str, str]:
    """Return the earliest and latest day of an act as seen on `as_of`; empty where nothing is known.

    What has begun ends today at the latest; what is planned for later stays as vague as it was reported.
    """
    if not edtf:
        return "", ""
    span = parse(edtf)
    if span.earliest > as_of:
        return span.earliest, span.latest or parse(span.start).latest
    return span.earliest, min(span.latest or as_of, as_of)


def day(text: str, name: str) -> str:
    """Return a text that is an ISO day, or empty.

    Raises
    ------
    InputError
        If `text` is no day; the message calls it `name`.
    """
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError(f"The {name} date {show(text)} {_explain_day(text)}") from None


def _explain_day(text: str) -> str:
    """Return what is wrong with a day that is none in ISO 8601, and how to write it."""
    with suppress(ValueError):
        meant = datetime.strptime(text, "%d.%m.%Y").date()
        return f"is a day written the German way: write {meant.isoformat()}."
    return "is no day: write it as YYYY-MM-DD, for example 2025-06-16."


def day_of_print(text: str) -> str:
    """Return the ISO day of a publication, from which the dates in its text are counted.

    Raises
    ------
    InputError
        If `text` is no day, or one on which nothing can have been published.
    """
    published = day(text, "published")
    if not FIRST_PRINT <= published <= LAST_PRINT:
        raise InputError(
            f"The published date {show(text)} must lie between {FIRST_PRINT} and {LAST_PRINT}: correct it."
        )
    return published


def _parse_end(part: str, edtf: str, side: int) -> str:
    if part in ("..", "") and "/" in edtf and edtf not in ("/", "../..", "../", "/.."):
        return OPEN
    try:
        if not PART.fullmatch(part):
            raise ValueError
        return date.fromisoformat(_fill(part, side)).isoformat()
    except ValueError:
        raise InputError(
            f"The date {show(edtf)} is no EDTF: write 2025-06-13, 2025-06, 2025-06~ or 2025-06/2025-07."
        ) from None


def ends(edtf: str) -> tuple[str, str]:
    """Return the first and the last day of a date as text that compares: an open end lies before or after all days."""
    start, _, end = edtf.partition("/")
    return ("0000" if start == ".." else _fill(start, 0)), ("9999" if end == ".." else _fill(end or start, 1))


def _fill(part: str, side: int) -> str:
    """Return the first or the last day of a date that is no interval."""
    part = part.rstrip(MARKS)
    if part.endswith("X"):
        part = part.replace("X", "09"[side])
    if part[5:] in FIRST_MONTH and len(part) == 7:
        part = shift(date(int(part[:4]), FIRST_MONTH[part[5:]], 1), "M", 2 * side)
    if len(part) == 7:
        return last_day(part) if side else f"{part}-01"
    return part + ("-01-01", "-12-31")[side] if len(part) == 4 else part


def shift(day: date, unit: str, n: int) -> str:
    """Return the unit of time that lies `n` units after the one of `day`; nights, weeks and weekends as intervals."""
    if unit in "DN":
        moved = day + timedelta(n)
        return f"{moved}" if unit == "D" else f"{moved - timedelta(1)}/{moved}"
    if unit in "WE":
        monday = day + timedelta(7 * n - day.weekday())
        return f"{monday + timedelta(5 * (unit == 'E'))}/{monday + timedelta(6)}"
    if unit in "QM":
        size = 4 if unit == "Q" else 12
        count = day.year * size + (day.month - 1) * size // 12 + n
        return f"{count // size:04}-{count % size + (33 if unit == 'Q' else 1):02}"
    return {"Y": f"{day.year + n:04}", "X": f"{day.year // 10 + n:03}X"}.get(unit, f"{day.year // 100 + n:02}XX")


def shift_day(day: str, days: int) -> str:
    """Return the ISO day that lies `days` later than another, as far as there are days with a year of four digits."""
    moved = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(moved, 1), date.max.toordinal())).isoformat()


def offset(day: date, unit: str, n: int) -> str:
    """Return the date `n` units from `day`, as vague as the unit is; hours and the like hold no date."""
    if unit in ("h", "m", "E", "Q", ""):
        return ""
    if unit in "DW":
        return f"{day + timedelta(n)}" if unit == "D" else f"{day + timedelta(7 * n)}~"
    years = n * {"X": 10, "C": 100}.get(unit, 1)
    return "" if not 1 <= day.year + years <= 9999 else shift(day, "Y" if unit in "XC" else unit, years) + "~"


def current(day: date, unit: str) -> str:
    """Return the day, month or year of `day` that ends or begins a stretch of such units."""
    return shift(day, {"D": "D", "W": "D", "M": "M"}.get(unit, "Y"), 0)


def move_to_year(edtf: str, year: int) -> str:
    """Return a date in another year; the 29th of February stays where it is."""
    moved = f"{year:04}{edtf[4:]}"
    return edtf if moved[4:10] == "-02-29" and year % 4 else moved


def part_of(edtf: str, part: str) -> str:
    """Return the beginning, middle or end of a date; of a day, the day."""
    if part not in PARTS or not edtf:
        return edtf
    months, decade, century, days, week = PARTS[part]
    low, high = (ends(edtf)[side] for side in (0, 1))
    if edtf.endswith("X"):
        head, years = edtf.rstrip("X"), century if edtf.endswith("XX") else decade
        return "/".join(f"{head}{year:0{4 - len(head)}}~" for year in years)
    if len(edtf) == 4:
        return f"{edtf}-{months[0]:02}~/{edtf}-{months[1]:02}~"
    if re.fullmatch(r"\d{4}-(0\d|1[0-2])", edtf):
        return f"{edtf}-{days[0]:02}~/{last_day(edtf) if part == 'end' else f'{edtf}-{days[1]:02}'}~"
    if len(edtf) == 21 and (monday := date.fromisoformat(low)) + timedelta(6) == date.fromisoformat(high):
        return f"{monday + timedelta(week[0])}~/{monday + timedelta(week[1])}~"
    return edtf if low == high else about(edtf)


def last_day(month: str) -> str:
    """Return the last day of a month, YYYY-MM, as an ISO day."""
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]}"


def about(edtf: str) -> str:
    """Return a date as an approximate one."""
    return "/".join(end if end.endswith(("~", "..", "X")) else f"{end}~" for end in edtf.split("/")) if edtf else ""


def is_day(edtf: str) -> bool:
    """Return whether a date is a day."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d~?", edtf) is not None


def apply_modifier(edtf: str, change: str) -> str:
    """Return what a word before a date makes of it.

    `change` is one of at, skip, near, night, since, until, before, after, about, and the parts start, mid and end.
    """
    if not edtf or change in ("at", "skip") or ".." in edtf:
        return edtf
    if edtf.endswith("X") and change in ("since", "until", "before", "after"):
        edtf = "/".join(end[:4] for end in ends(edtf))
    first, last = edtf.split("/")[0], edtf.split("/")[-1]
    if change == "near":
        return f"{first[:7]}~" if len(first) >= 10 else about(first)
    if change == "night":
        return shift(date.fromisoformat(edtf), "N", 0) if len(edtf) == 10 else edtf
    opened = {"since": f"{first}/..", "until": f"../{last}", "before": f"../{first}", "after": f"{last}/.."}
    return opened.get(change) or (about(edtf) if change == "about" else part_of(edtf, change))
