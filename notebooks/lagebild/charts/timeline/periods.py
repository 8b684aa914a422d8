"""Periods: the stretches of time into which the events of a case fall, each with a panel of its own."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from lagebild.core.case import Case
from lagebild.core.edtf import parse, shift_day
from lagebild.core.tables import records

DENSE = 0.15  # a stretch no longer than this share of the whole time …
CROWD = 0.4  # … that holds at least this share of the events gets a panel of its own if the case names no focus


class Period(NamedTuple):
    """A stretch of time, both days included, and the events that stand in it."""

    start: str
    end: str
    events: pd.DataFrame

    @property
    def edtf(self) -> str:
        """The stretch as EDTF."""
        return self.start if self.start == self.end else f"{self.start}/{self.end}"


def split_periods(events: pd.DataFrame, case: Case, as_of: str) -> list[Period]:
    """Return the periods of the case that hold events.

    The focus periods of `case.yml` are periods of their own, and so is what lies before, between and after them; a case
    that names none has one where its events crowd (`find_focus`). An event belongs to the period that its date covers
    most; each event stands in exactly one.
    """
    if events.empty:
        return []
    first, last = find_ends(events, as_of)
    cuts = [first]
    for focus in case.focus or find_focus(events):
        span = parse(focus)
        cuts += [day for day in (span.earliest, shift_day(span.latest, 1)) if first < day <= last]
    return _fill_periods([*cuts, shift_day(last, 1)], events)


def find_ends(events: pd.DataFrame, as_of: str) -> tuple[str, str]:
    """Return the first and the last day of events: what is planned may lie after the as-of date."""
    first = events["earliest"].where(events["earliest"] != "", events["latest"]).min()
    return first, max(as_of, events["latest"].max())


def span_whole(events: pd.DataFrame, case: Case, as_of: str) -> tuple[str, str]:
    """Return the first and the last day of the whole time: from the start of the case, or its first event if later."""
    first, last = find_ends(events, as_of) if len(events) else (as_of, as_of)
    return max(case.start, min(first, as_of)), last


def halve_period(period: Period) -> list[Period]:
    """Return a period as two with about as many events each; as the one that it is if all of them lie on one day."""
    days = sorted(last_day(event) for event in records(period.events))
    cuts = sorted(set(days) - {period.start}, key=lambda day: (abs(2 * days.index(day) - len(days)), day))
    cut = next((day for day in cuts if period.start < day <= period.end), "")
    return _fill_periods([period.start, cut, shift_day(period.end, 1)], period.events) if cut else [period]


def find_focus(events: pd.DataFrame) -> tuple[str, ...]:
    """Return the stretch in which the events crowd, as EDTF intervals: none, if they are spread over the whole time.

    It is the shortest that holds `CROWD` of the days of the events, and only counts if it is shorter than `DENSE` of
    the whole.
    """
    days = sorted(last_day(event) for event in records(events))
    held = max(5, round(len(days) * CROWD))
    if held > len(days):
        return ()
    first, last = min(zip(days, days[held - 1 :], strict=False), key=lambda span: (count_days_between(*span), span))
    return (
        (f"{first}/{last}",) if count_days_between(first, last) <= DENSE * count_days_between(days[0], days[-1]) else ()
    )


def first_day(event: dict[str, Any]) -> str:
    """Return the first day of an event; its last one if the date leaves open since when."""
    return str(event["earliest"] or event["latest"])


def last_day(event: dict[str, Any]) -> str:
    """Return the last day of an event; the last one of its beginning if the date leaves open until when."""
    span = parse(event["date"])
    return str(min(event["latest"], parse(span.start).latest) if span.earliest and not span.latest else event["latest"])


def count_days_between(start: str, end: str) -> int:
    """Return how many days there are from `start` to `end`, both included."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _fill_periods(edges: list[str], events: pd.DataFrame) -> list[Period]:
    """Return the periods that hold events, from each of these days to the day before the next one."""
    spans = [(start, shift_day(end, -1)) for start, end in pairwise(edges)]
    home = [max(spans, key=lambda span: (_overlap(event, *span), span)) for event in records(events)]
    periods = [Period(*span, events[[span == at for at in home]]) for span in spans]
    return [period for period in periods if not period.events.empty]


def _overlap(event: dict[str, Any], start: str, end: str) -> int:
    return max(0, count_days_between(max(first_day(event), start), min(last_day(event), end)))
