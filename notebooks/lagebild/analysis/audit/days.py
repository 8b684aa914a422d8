"""Days of a claim beside those of the evidence, as EDTF: what bears out which, and what may be meant."""

from __future__ import annotations

from datetime import date, timedelta

from lagebild.analysis.audit.items import Item
from lagebild.core.edtf import ends, parse, shift_day
from lagebild.core.edtf import in_year as put_in_year

VAGUE = 31  # days that a date of the evidence may allow and still bear out a day
ENDLESS = 10**7
FRESH = 7  # days before its publication of which a page tells if it names none
WEEK = 7


def in_year(one: Item, other: str) -> str:
    """Return the date of a claim in the year of a date of the evidence, or in its week, if the claim gives none."""
    if one.rough == "weekday":
        return _find_weekday(one.key, other) or one.key
    year = next((end[:4] for end in ends(other) if end[:4] not in ("0000", "9999")), "")
    if one.rough != "yearless" or not year.isdigit() or "X" in one.key:
        return one.key
    return "/".join(part if part == ".." else put_in_year(part, int(year)) for part in one.key.split("/"))


def _find_weekday(day: str, other: str) -> str:
    """Return the first day of a date that has the weekday of another; empty if none has."""
    span = parse(other)
    if not span.earliest or not span.latest:
        return ""
    first, last = date.fromisoformat(span.earliest), date.fromisoformat(span.latest)
    found = first + timedelta((date.fromisoformat(day).weekday() - first.weekday()) % WEEK)
    return found.isoformat() if found <= last else ""


def is_fresh(one: Item, day: str) -> bool:
    """Whether a date of a claim is of the days before one of publication."""
    fresh = f"{shift_day(day, -FRESH)}/{day}"
    meant = in_year(one, fresh if one.rough == "weekday" else day)
    return may_meet(meant, fresh) and not parse(meant).earliest > day


def lies_ahead(one: Item, day: str) -> bool:
    """Whether a date, in the year of a day unless it gives its own, begins after that day; of until when it ends."""
    first, last = ends(in_year(one, day))
    return (last if one.key.startswith("../") else first) > day


def meet(one: str, other: str) -> bool:
    """Whether the evidence bears out a date: it may be the same, and is not far vaguer."""
    one, other = _close(one, other)
    return parse(one).meets(parse(other)) and measure(other) <= max(VAGUE, measure(one))


def may_meet(one: str, other: str) -> bool:
    """Whether a date of the evidence allows one of a claim; of until and since their closed end counts."""
    one, other = _close(one, other)
    return parse(one).meets(parse(other))


def _close(one: str, other: str) -> tuple[str, str]:
    for end in ("../", "/.."):
        if end in one:
            one, other = one.replace(end, ""), other.replace(end, "")
    return one, other


def measure(edtf: str) -> int:
    """Return how many days a date allows."""
    span = parse(edtf)
    if not span.earliest or not span.latest:
        return ENDLESS
    return (date.fromisoformat(span.latest) - date.fromisoformat(span.earliest)).days + 1
