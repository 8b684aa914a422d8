"""Days of a claim beside those of the evidence, as EDTF; a claim may leave out the year, or name a weekday alone."""

from __future__ import annotations

from datetime import date, timedelta

from lagebild.core import edtf as dates

VAGUE = 31  # days that a date of the evidence may allow and still bear out a day
ENDLESS = 10**7
FRESH = 7  # days before its publication of which a page tells if it names none
WEEK = 7


def complete_date(day: str, rough: str, other: str) -> str:
    """Return the date of a claim in the year of a date of the evidence, or in its week, if the claim gives none.

    `rough` says what the claim leaves out: ``yearless`` or ``weekday``.
    """
    if rough == "weekday":
        return _find_weekday(day, other) or day
    if rough != "yearless" or "X" in day:
        return day
    for end in dates.ends(other):
        year = end[:4]
        if year.isdigit() and year not in ("0000", "9999"):
            return "/".join(part if part == ".." else dates.move_to_year(part, int(year)) for part in day.split("/"))
    return day


def _find_weekday(day: str, other: str) -> str:
    """Return the first day of a date that has the weekday of another; empty if none has."""
    span = dates.parse(other)
    if not span.earliest or not span.latest:
        return ""
    first, last = date.fromisoformat(span.earliest), date.fromisoformat(span.latest)
    found = first + timedelta((date.fromisoformat(day).weekday() - first.weekday()) % WEEK)
    return found.isoformat() if found <= last else ""


def is_fresh(day: str, rough: str, published: str) -> bool:
    """Whether a date of a claim is of the days before one of publication."""
    fresh = f"{dates.shift_day(published, -FRESH)}/{published}"
    meant = complete_date(day, rough, fresh if rough == "weekday" else published)
    return may_meet(meant, fresh) and not dates.parse(meant).earliest > published


def meet(one: str, other: str) -> bool:
    """Whether the evidence bears out a date: it may be the same, and is not far vaguer."""
    return may_meet(one, other) and count_days(_close(other, one)) <= max(VAGUE, count_days(_close(one, one)))


def may_meet(one: str, other: str) -> bool:
    """Whether a date of the evidence allows one of a claim; of until and since their closed end counts."""
    return dates.parse(_close(one, one)).meets(dates.parse(_close(other, one)))


def _close(day: str, claimed: str) -> str:
    """Return a date without the open end that the date of the claim has."""
    for end in ("../", "/.."):
        if end in claimed:
            day = day.replace(end, "")
    return day


def count_days(edtf: str) -> int:
    """Return how many days a date allows."""
    span = dates.parse(edtf)
    if not span.earliest or not span.latest:
        return ENDLESS
    return (date.fromisoformat(span.latest) - date.fromisoformat(span.earliest)).days + 1
