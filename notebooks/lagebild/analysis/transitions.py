"""When each triad came to its state: the events in the order of time, and the ties whose sign they turn."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any, TypeAlias

import pandas as pd

from lagebild.analysis.balance import is_balanced
from lagebild.analysis.frustration import Tie
from lagebild.core.edtf import parse
from lagebild.core.schema import TABLES
from lagebild.core.tables import records

Triad: TypeAlias = tuple[str, str, str]


def find_transitions(weighed: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return every change of state of every triad; columns as in the table `transitions`.

    `weighed` is what `relations.weigh_ties` makes of the events.

    The events that weigh add up in the order of the last day that their dates allow, and those of one day together; an
    event without a date enters on the first day on which it was told. A triad has a state while its three ties have
    signs. The events named are those of the day that gave one of its ties its new sign. Where the order of the events
    is vague, so is the date: it is a month only if every day that the event's date allows lies in it.
    """
    dates = {event["event_id"]: _month(event) for event in records(events)}
    weights = weighed[weighed["adds"] != 0]
    nets: dict[Tie, float] = defaultdict(float)
    signs: dict[Tie, str] = {}
    states: dict[Triad, str] = {}
    rows = []
    for day, of_day in weights.groupby("day", sort=True):
        moved = _add_up(nets, records(of_day))
        turned = _turn(signs, nets, moved)
        for triad in sorted({triad for tie in turned for triad in _triads(tie, signs)}):
            ties = list(combinations(triad, 2))
            of_ties = [signs.get(tie, "") for tie in ties]
            was, state = states.get(triad, ""), ""
            if all(of_ties):
                state = "balanced" if is_balanced(of_ties) else "unbalanced"
            if state != was:
                states[triad] = state
                by = sorted({event for tie in ties for event in turned.get(tie, ())})
                date = max((dates[event] for event in by), key=lambda edtf: (_span(edtf), edtf))
                rows.append((*triad, day, date, was, state, ";".join(by)))
    return pd.DataFrame(rows, columns=list(TABLES["transitions"].columns))


def date_triads(triads: pd.DataFrame, transitions: pd.DataFrame) -> pd.DataFrame:
    """Return the triads with the last change that led to their state; columns as in the table `triads`."""
    last = transitions.sort_values("latest", kind="stable").drop_duplicates(["a", "b", "c"], keep="last")
    history = last.rename(columns={"date": "turned", "event_ids": "turned_by"})
    dated = triads.merge(history, on=["a", "b", "c"], how="left", validate="one_to_one")
    return dated[list(TABLES["triads"].columns)].astype(dict.fromkeys(("was", "turned", "turned_by"), str))


def _add_up(nets: dict[Tie, float], of_day: list[dict[str, Any]]) -> dict[Tie, dict[str, float]]:
    """Add what the events of a day weigh to the nets, both directions of a pair together, and return it by event."""
    moved: dict[Tie, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in of_day:
        a, b = sorted((row["source_actor"], row["target_actor"]))
        nets[a, b] += row["adds"]
        moved[a, b][row["event_id"]] += row["adds"]
    return moved


def _turn(signs: dict[Tie, str], nets: dict[Tie, float], moved: dict[Tie, dict[str, float]]) -> dict[Tie, list[str]]:
    """Give the ties that moved the signs of their nets; return the events that turned one, by the tie."""
    turned = {}
    for tie, by_event in moved.items():
        before, net = signs.get(tie, ""), round(nets[tie], 1)
        signs[tie] = "+" if net > 0 else "-" if net < 0 else ""
        if signs[tie] != before:
            upwards = signs[tie] == "+" or before == "-"
            turned[tie] = [event for event, weight in by_event.items() if (weight > 0) == upwards]
    return turned


def _triads(tie: Tie, signs: dict[Tie, str]) -> list[Triad]:
    """Return the triads that a tie closes with ties that have or had a sign."""
    near = [{x for pair in signs if end in pair for x in pair} - set(tie) for end in tie]
    return [_sorted(*tie, other) for other in near[0] & near[1]]


def _sorted(*actors: str) -> Triad:
    a, b, c = sorted(actors)
    return a, b, c


def _month(event: dict[str, Any]) -> str:
    """Return the month of an event as EDTF, its own date if that is vaguer, or that it was before it was told."""
    if not event["date"]:
        return f"../{event['known_from']}"
    span = parse(event["date"])
    to_the_day = len(span.start.rstrip("~?%")) == 10 and span.earliest and span.earliest[:7] == span.latest[:7]
    return span.earliest[:7] if to_the_day else str(event["date"])


def _span(edtf: str) -> int:
    """Return how many days a date spans; an open end counts as endless."""
    span = parse(edtf)
    if not (span.earliest and span.latest):
        return 10**6
    return (pd.Timestamp(span.latest) - pd.Timestamp(span.earliest)).days
