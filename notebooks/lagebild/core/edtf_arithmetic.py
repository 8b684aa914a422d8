"""Arithmetic with EDTF, levels 0 and 1: what lies before, after or around a date, and its parts."""

from __future__ import annotations

import re
from datetime import date, timedelta

FIRST_MONTH = {"21": 3, "22": 6, "23": 9, "24": 12, "33": 1, "34": 4, "35": 7, "36": 10}
# Beginning, middle and end: months of a year, years of a decade and of a century, days of a month and of a week.
PARTS = {
    "start": ((1, 3), (0, 3), (0, 33), (1, 10), (0, 1)),
    "mid": ((5, 8), (4, 6), (34, 66), (11, 20), (2, 3)),
    "end": ((10, 12), (7, 9), (67, 99), (21, 31), (4, 6)),
}


def bounds(edtf: str) -> tuple[str, str]:
    """Return the first and the last day of a date as text that compares; the last of a month is always the 31st."""
    ends = [part.strip("~") for part in edtf.split("/")]
    return _fill(ends[0], 0), _fill(ends[-1], 1)


def _fill(part: str, side: int) -> str:
    if part == "..":
        return ("0000", "9999")[side]
    if part[5:] in FIRST_MONTH and len(part) == 7:
        part = shift(date(int(part[:4]), FIRST_MONTH[part[5:]], 1), "M", 2 * side)
    tail = {4: ("-01-01", "-12-31"), 7: ("-01", "-31")}.get(len(part), ("", ""))[side]
    return part.replace("X", "09"[side]) + tail


def shift(day: date, unit: str, n: int) -> str:
    """Return the unit of time that lies `n` units after the one of `day`."""
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


def in_year(edtf: str, year: int) -> str:
    """Return a date in another year; the 29th of February stays where it is."""
    moved = f"{year:04}{edtf[4:]}"
    return edtf if moved[4:10] == "-02-29" and year % 4 else moved


def part_of(edtf: str, part: str) -> str:
    """Return the beginning, middle or end of a date; of a day, the day."""
    if part not in PARTS or not edtf:
        return edtf
    months, decade, century, days, week = PARTS[part]
    low, high = (bounds(edtf)[side] for side in (0, 1))
    if edtf.endswith("X"):
        head, (a, b) = edtf.rstrip("X"), century if edtf.endswith("XX") else decade
        return f"{head}{a:0{4 - len(head)}}~/{head}{b:0{4 - len(head)}}~"
    if len(edtf) == 4:
        return f"{edtf}-{months[0]:02}~/{edtf}-{months[1]:02}~"
    if re.fullmatch(r"\d{4}-(0\d|1[0-2])", edtf):
        return f"{edtf}-{days[0]:02}~/{last_day(edtf) if part == 'end' else f'{edtf}-{days[1]:02}'}~"
    if len(edtf) == 21 and (monday := date.fromisoformat(low)) + timedelta(6) == date.fromisoformat(high):
        return f"{monday + timedelta(week[0])}~/{monday + timedelta(week[1])}~"
    return edtf if low == high else about(edtf)


def last_day(month: str) -> str:
    """Return the last day of a month."""
    return f"{date.fromisoformat(shift(date.fromisoformat(f'{month}-01'), 'M', 1) + '-01') - timedelta(1)}"


def about(edtf: str) -> str:
    """Return a date as an approximate one."""
    return "/".join(p if p.endswith(("~", "..", "X")) else f"{p}~" for p in edtf.split("/")) if edtf else ""


def is_day(edtf: str) -> bool:
    """Return whether a date is a day."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d~?", edtf) is not None


def apply(edtf: str, change: str) -> str:
    """Return what a word before a date makes of it."""
    if not edtf or change in ("at", "skip") or ".." in edtf:
        return edtf
    if edtf.endswith("X") and change in ("since", "until", "before", "after"):
        edtf = "/".join(end[:4] for end in bounds(edtf))
    first, last = edtf.split("/")[0], edtf.split("/")[-1]
    if change == "near":
        return f"{first[:7]}~" if len(first) >= 10 else about(first)
    if change == "night":
        return shift(date.fromisoformat(edtf), "N", 0) if len(edtf) == 10 else edtf
    opened = {"since": f"{first}/..", "until": f"../{last}", "before": f"../{first}", "after": f"{last}/.."}
    return opened.get(change) or (about(edtf) if change == "about" else part_of(edtf, change))


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar."""
    century, moon = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * moon + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - moon) // 11))
    offset = epact - (year + year // 4 + epact + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(offset)


def holiday(rule: str, year: int) -> str:
    """Return the day of a feast: 12-24, or 11-4-4 (November, Thursday, the fourth; 5 is the last), or easter+49."""
    if rule.startswith("easter"):
        return f"{_easter(year) + timedelta(int(rule[6:]))}"
    month, day, *nth = (int(n) for n in rule.split("-"))
    if not nth:
        return f"{year}-{month:02}-{day:02}"
    days = [date(year, month, 1) + timedelta(n) for n in range(31)]
    fits = [d for d in days if d.month == month and d.isoweekday() == day]
    return f"{fits[-1] if nth[0] == 5 else fits[nth[0] - 1]}"
