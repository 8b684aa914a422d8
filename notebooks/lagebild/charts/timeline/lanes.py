"""Events in lanes: in which one each stands, under which label."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lagebild.analysis.relations import dyads
from lagebild.core.case import Case
from lagebild.core.labels import Labels
from lagebild.core.offices import Offices
from lagebild.core.paths import InputError

NOTED = ("negated", "hypothetical", "open")  # the label of such an event says so: the form of a mark is easily missed
LANES = ("dyad", "actor", "type")
BUSIEST = 6  # lanes of actors, and of pairs if the case names none; the rest is one lane more


def place_events(
    events: pd.DataFrame,
    case: Case,
    offices: Offices,
    types: pd.DataFrame,
    labels: Labels,
    lanes: str = "dyad",
) -> pd.DataFrame:
    """Return the dated events with their lane and their label, in the order in which they are drawn.

    Of a machine draft most events are undated: they stand on the day on which they were first reported, and are marked
    so (`told` is "yes"); see `unplace`.

    `lanes` says what a lane holds: the events between the pairs that `case.yml` names (``dyad``; without such a list
    the busiest pairs), those of one acting side (``actor``), or those of one PLOVER type (``type``). Persons and bodies
    are folded into the state they acted for on that day.

    Columns: those of `events`, and lane (number), lane_name, side (1 cooperation, -1 conflict, 0 neither), force
    (intensity of the type without its sign), label.

    Raises
    ------
    InputError
        If `lanes` is none of the three.
    """
    if lanes not in LANES:
        raise InputError(f"The parameter lanes is {lanes[:40]!r}, but must be one of {', '.join(LANES)}.")
    dated = _date_reports(events) if case.draft else events[events["date"] != ""]
    intensity = dated["event_type"].map(types.set_index("event_type")["intensity"]).astype(float)
    if lanes == "type":
        order = types.sort_values("intensity", ascending=False, kind="stable")["event_type"]
        names = [labels.types[kind] for kind in order]
        lane = dated["event_type"].map({kind: number for number, kind in enumerate(order)})
    else:
        reported = dyads(dated, offices)[["event_id", "source_actor", "target_actor"]]
        home, names = _by_actor(reported, labels) if lanes == "actor" else _by_pair(reported, case, labels)
        names = [*names, labels("lane.other")]
        first = home.groupby(reported["event_id"]).min()
        lane = dated["event_id"].map(first).fillna(len(names) - 1).astype(int)
    noted = [
        summary if status not in NOTED and contested != "occurrence" else summary + _note(status, contested, labels)
        for summary, status, contested in zip(
            dated[f"summary_{labels.language}"], dated["status"], dated["contested"], strict=True
        )
    ]
    name = lane.map(dict(enumerate(names))).astype(str)
    side, force = np.sign(intensity).astype(int), intensity.abs()
    placed = dated.assign(lane=lane.astype(int), lane_name=name, side=side, force=force, label=noted)
    return placed.sort_values(["lane", "earliest", "latest", "event_id"], kind="stable").reset_index(drop=True)


def unplace(placed: pd.DataFrame) -> pd.DataFrame:
    """Return placed events without a date where they have none: the day of a report dates no event."""
    if "told" not in placed:
        return placed
    days = ["date", "earliest", "latest"]
    return placed.assign(**{name: placed[name].mask(placed["told"] == "yes", "") for name in days})


def place_conditions(conditions: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Return the dated conditions in the form of events: a band has no type, no direction and no mark."""
    dated = conditions[(conditions["kind"] == "condition") & (conditions["date"] != "")]
    named = dated.rename(columns={"condition_id": "event_id", "actors": "source_actors"}).assign(
        event_type="",
        target_actors="",
        mutual="no",
        side=0,
        label=dated[f"summary_{labels.language}"],
        lane_name=[name[:1].upper() + name[1:] for name in (labels(f"theme.{theme}") for theme in dated["theme"])],
    )
    return named.sort_values(["theme", "earliest", "latest", "event_id"], kind="stable")


def add_evidence(events: pd.DataFrame, mentions: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the events with a column `evidence`: the words of a mention that does not deny, in `language` if held."""
    reported = mentions[(mentions["event_id"] != "") & (mentions["stance"] != "denies")]
    order = reported.assign(_own=reported["language"] != language).sort_values(["_own", "mention_id"], kind="stable")
    words = order.drop_duplicates("event_id").set_index("event_id")["evidence"]
    return events.assign(evidence=events["event_id"].map(words).fillna(""))


def _by_pair(reported: pd.DataFrame, case: Case, labels: Labels) -> tuple[pd.Series, list[str]]:
    """Return the lane of each row by its undirected pair, NaN for the rest, and the names of the lanes."""
    a, b = reported["source_actor"], reported["target_actor"]
    pair = a.where(a < b, b) + ";" + b.where(a < b, a)
    if case.lanes:
        number = {";".join(sorted(dyad)): i for i, lane in reversed([*enumerate(case.lanes)]) for dyad in lane.dyads}
        return pair.map(number), [lane.name[labels.language] for lane in case.lanes]
    count = reported.groupby(pair)["event_id"].nunique()
    busiest = sorted(count.index, key=lambda one: (-count[one], one))[:BUSIEST]
    names = [" – ".join(labels.actor(actor) for actor in one.split(";")) for one in busiest]
    return pair.map({one: i for i, one in enumerate(busiest)}), names


def _by_actor(reported: pd.DataFrame, labels: Labels) -> tuple[pd.Series, list[str]]:
    """Return the lane of each row by who acts, NaN for the rest, and the names of the lanes."""
    count = reported.groupby("source_actor")["event_id"].nunique()
    busiest = sorted(count.index, key=lambda one: (-count[one], one))[:BUSIEST]
    return reported["source_actor"].map({one: i for i, one in enumerate(busiest)}), [
        labels.actor(one) for one in busiest
    ]


def _date_reports(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with the column `told`: "yes" for an undated one, which gets the day of its first report."""
    bare = events["date"] == ""
    days = {name: events[name].mask(bare, events["known_from"]) for name in ("date", "earliest", "latest")}
    return events.assign(**days, told=np.where(bare, "yes", "no"))


def note_status(event: dict[str, Any], labels: Labels) -> str:
    """Return what a label adds to an event that is not simply reported to have happened, such as " (contested)"."""
    return _note(event["status"], event["contested"], labels)


def _note(status: str, contested: str, labels: Labels) -> str:
    notes = [status] if status in NOTED else []
    notes += ["contested"] if contested == "occurrence" else []
    return "".join(f" ({labels(f'mark.{note}')})" for note in notes)
