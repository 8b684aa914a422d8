"""Events in time: in which lane each stands, and into which periods a case falls."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from lagebild.case import Case
from lagebild.dates import parse
from lagebild.labels import Labels
from lagebild.relations import dyads
from lagebild.store import records

NOTED = ("negated", "hypothetical", "open")  # the label of such an event says so: the form of a mark is easily missed


class Period(NamedTuple):
    """A stretch of time, both days included, and the events that stand in it."""

    start: str
    end: str
    events: pd.DataFrame


def place_events(
    events: pd.DataFrame, case: Case, offices: pd.DataFrame, types: pd.DataFrame, labels: Labels
) -> pd.DataFrame:
    """Return the dated events with their lane and their label, in the order in which they are drawn.

    Columns: those of `events`, and lane (number), lane_name, side (1 cooperation, -1 conflict, 0 neither), label.
    """
    told = defaultdict(set)
    for dyad in records(dyads(events, offices)):
        told[dyad["event_id"]].add(frozenset((dyad["source_actor"], dyad["target_actor"])))
    names = [*(lane.name[labels.language] for lane in case.lanes), labels("lane.other")]
    intensity = types.set_index("event_type")["intensity"]
    rows = []
    for event in records(events[events["date"] != ""]):
        pairs, score = told[event["event_id"]], intensity[event["event_type"]]
        lane = next((i for i, lane in enumerate(case.lanes) if pairs & set(lane.dyads)), len(case.lanes))
        placed = {
            "lane": lane,
            "lane_name": names[lane],
            "side": int(score > 0) - int(score < 0),
            "label": event[f"summary_{labels.language}"] + note_status(event, labels),
        }
        rows.append(event | placed)
    columns = [*events.columns, "lane", "lane_name", "side", "label"]
    return pd.DataFrame(rows, columns=columns).sort_values(["lane", "earliest", "latest", "event_id"], kind="stable")


def note_status(event: dict[str, Any], labels: Labels) -> str:
    """Return what a label adds to an event that is not simply told to have happened, such as " (contested)"."""
    notes = [event["status"]] if event["status"] in NOTED else []
    notes += ["contested"] if event["contested"] == "occurrence" else []
    return "".join(f" ({labels(f'mark.{note}')})" for note in notes)


def split_periods(events: pd.DataFrame, case: Case, as_of: str) -> list[Period]:
    """Return the periods of the case that hold events.

    The focus periods of `case.yml` are periods of their own, and so is what lies before, between and after them. An
    event belongs to the period that its date covers most; each event stands in exactly one.
    """
    if events.empty:
        return []
    first = min(first_day(event) for event in records(events))
    last = max(as_of, events["latest"].max())  # what is planned may lie after the as-of date
    cuts = [first]
    for focus in case.focus:
        span = parse(focus)
        cuts += [day for day in (span.earliest, shift(span.latest, 1)) if first < day <= last]
    edges = [*cuts, shift(last, 1)]
    spans = [(start, shift(end, -1)) for start, end in pairwise(edges)]
    home = [max(spans, key=lambda span: (_overlap(event, *span), span)) for event in records(events)]
    periods = [Period(*span, events[[span == at for at in home]]) for span in spans]
    return [period for period in periods if not period.events.empty]


def first_day(event: dict[str, Any]) -> str:
    """Return the first day of an event; its last one if the date leaves open since when."""
    return str(event["earliest"] or event["latest"])


def last_day(event: dict[str, Any]) -> str:
    """Return the last day of an event; the last one of its beginning if the date leaves open until when."""
    span = parse(event["date"])
    return str(min(event["latest"], parse(span.start).latest) if span.earliest and not span.latest else event["latest"])


def count_days(start: str, end: str) -> int:
    """Return how many days there are from `start` to `end`, both included."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def shift(day: str, days: int) -> str:
    """Return the day that lies `days` later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _overlap(event: dict[str, Any], start: str, end: str) -> int:
    return max(0, count_days(max(first_day(event), start), min(last_day(event), end)))
