"""Events in time: which stretch, lane and label each has, and which weigh most.

So that a reader who only skims sees the weightiest first, an event weighs by its effect (the intensity of its type), by
how many independent outlets tell it, and by who does it: a deputy's word is no leading event, however often it is
printed. One act counts once, however many steps of it are coded.
What did not happen, may not have happened, or is contested as such is never put first: bold letters would say more than
the sources do.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import log2
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lagebild.analysis import DOUBTFUL, dyads, keep_counting, name_acts
from lagebild.core import HAPPENED, Case, InputError, Labels, Offices, edtf, ids, records

# --- Which events weigh most ---

BOLD = 5  # events of a panel that stand out at most: about as many as one takes in at a glance
SHARE = 3  # … and at most one in so many, or nothing would stand out
OUTLETS = 2.0  # twice as many outlets weigh as much as so many points of intensity, of 10: set by hand


def rank_events(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the same events, the weightiest first.

    Reads the columns event_id, earliest, latest, status, contested, credibility and weight (`place_events`); what is
    uncertain or doubtful comes behind what is told to have happened.
    """
    doubt = _is_doubtful(placed) | ~placed["status"].isin(HAPPENED) | (placed["contested"] == "occurrence")
    order = placed.assign(_doubt=doubt, _day=placed["earliest"].where(placed["earliest"] != "", placed["latest"]))
    by = ["_doubt", "weight", "_day", "event_id"]
    ranked = order.sort_values(by, ascending=[True, False, True, True], kind="stable")
    return ranked.drop(columns=["_doubt", "_day"])


def _is_doubtful(events: pd.DataFrame) -> pd.Series:
    """Whether an event is somebody's word that no page makes more than doubtful."""
    return (events["status"] == "reported") & events["credibility"].isin(DOUBTFUL)


def mark_weightiest(placed: pd.DataFrame) -> pd.DataFrame:
    """Return events with a column `bold`: whether each is one of the weightiest among them."""
    ranked = rank_events(placed)
    sure = keep_counting(ranked[~_is_doubtful(ranked)])
    first = sure.loc[~name_acts(sure).duplicated(), "event_id"].head(min(BOLD, -(-len(placed) // SHARE)))
    return placed.assign(bold=placed["event_id"].isin(set(first)))


# --- Periods: the stretches of time into which events fall, each with a panel of its own ---

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

    @property
    def events_a_day(self) -> float:
        """How many events there are for each of its days."""
        return len(self.events) / count_days_between(self.start, self.end)


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
        span = edtf.parse(focus)
        cuts += [day for day in (span.earliest, edtf.shift_day(span.latest, 1)) if first < day <= last]
    return _fill_periods([*cuts, edtf.shift_day(last, 1)], events)


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
    return _fill_periods([period.start, cut, edtf.shift_day(period.end, 1)], period.events) if cut else [period]


def find_focus(events: pd.DataFrame) -> tuple[str, ...]:
    """Return the stretch in which the events crowd, as EDTF intervals: none, if they are spread over the whole time.

    It is the shortest that holds `CROWD` of the days of the events, and only counts if it is shorter than `DENSE` of
    the whole.
    """
    days = sorted(last_day(event) for event in records(events))
    crowd = max(5, round(len(days) * CROWD))
    if crowd > len(days):
        return ()
    first, last = min(zip(days, days[crowd - 1 :], strict=False), key=lambda span: (count_days_between(*span), span))
    dense = count_days_between(first, last) <= DENSE * count_days_between(days[0], days[-1])
    return (f"{first}/{last}",) if dense else ()


def first_day(event: dict[str, Any]) -> str:
    """Return the first day of an event; its last one if the date leaves open since when."""
    return str(event["earliest"] or event["latest"])


def last_day(event: dict[str, Any]) -> str:
    """Return the last day of an event; the last one of its beginning if the date leaves open until when."""
    span = edtf.parse(event["date"])
    return str(
        min(event["latest"], edtf.parse(span.start).latest) if span.earliest and not span.latest else event["latest"]
    )


def count_days_between(start: str, end: str) -> int:
    """Return how many days there are from `start` to `end`, both included."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _fill_periods(edges: list[str], events: pd.DataFrame) -> list[Period]:
    """Return the periods that hold events, from each of these days to the day before the next one."""
    spans = [(start, edtf.shift_day(end, -1)) for start, end in pairwise(edges)]
    home = [_find_home(event, spans) for event in records(events)]
    periods = []
    for place, span in enumerate(spans):
        if place in home:
            periods.append(Period(*span, events[np.equal(home, place)]))
    return periods


def _find_home(event: dict[str, Any], spans: list[tuple[str, str]]) -> int:
    """Return the place of the span that shares most days with an event, of equals the last."""
    shared = [max(0, count_days_between(max(first_day(event), a), min(last_day(event), b))) for a, b in spans]
    return max(range(len(spans)), key=lambda place: (shared[place], place))


# --- Lanes and labels ---

NOTED = ("negated", "hypothetical", "open")  # the label of such an event says so: the form of a mark is easily missed
LANES = ("dyad", "actor", "type")
BUSIEST = 6  # lanes of actors, and of pairs if the case names none; the rest is one lane more


def place_events(
    events: pd.DataFrame, case: Case, offices: Offices, types: pd.DataFrame, labels: Labels, lanes: str = "dyad"
) -> pd.DataFrame:
    """Return the dated events with their lane and their label, in the order in which they are drawn.

    Of a machine draft most events are undated: they stand on the day on which they were first reported, and are marked
    so (`told` is "yes"); see `drop_report_days`.

    `lanes` says what a lane holds: the events between the pairs that `case.yml` names (``dyad``; without such a list
    the busiest pairs), those of one acting side (``actor``), or those of one PLOVER type (``type``). Persons and bodies
    are folded into the state they acted for on that day.

    Columns: those of `events`, and lane (number), lane_name, side (1 cooperation, -1 conflict, 0 neither), weight
    (`rank_events`), label, verbal (yes, no; empty if it has no side).

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
        pairs = dyads(dated, offices)[["event_id", "source_actor", "target_actor"]]
        home, names = _split_by_actor(pairs, labels) if lanes == "actor" else _split_by_pair(pairs, case, labels)
        names = [*names, labels("lane.other")]
        first = home.groupby(pairs["event_id"]).min()
        lane = dated["event_id"].map(first).fillna(len(names) - 1).astype(int)
    summary = f"summary_{labels.language}"
    named = records(dated[[summary, "status", "contested"]])
    noted = [event[summary] + note_status(event, labels) for event in named]
    name = lane.map(dict(enumerate(names))).astype(str)
    side, weight = np.sign(intensity).astype(int), _weigh(dated, intensity.abs(), offices)
    quad = dated["event_type"].map(types.set_index("event_type")["quad"])
    verbal = quad.str.startswith("verbal").map({True: "yes", False: "no"}).where(side != 0, "")
    placed = dated.assign(lane=lane.astype(int), lane_name=name, side=side, weight=weight, label=noted, verbal=verbal)
    return placed.sort_values(["lane", "earliest", "latest", "event_id"], kind="stable").reset_index(drop=True)


def _weigh(events: pd.DataFrame, force: pd.Series, offices: Offices) -> pd.Series:
    """Return how much each event weighs: its intensity and its outlets, times the rank of the highest who does it."""
    weights = []
    for doers, day in zip(events["source_actors"], events["latest"], strict=True):
        weights.append(max((offices.weigh(who, day) for who in ids(doers)), default=1.0))
    return (force + OUTLETS * events["n_publishers"].clip(lower=1).map(log2)).mul(weights)


def drop_report_days(placed: pd.DataFrame) -> pd.DataFrame:
    """Return placed events without a date where they have none: the day of a report dates no event."""
    if "told" not in placed:
        return placed
    days = ["date", "earliest", "latest"]
    return placed.assign(**{name: placed[name].mask(placed["told"] == "yes", "") for name in days})


def place_conditions(conditions: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Return the dated conditions in the form of events: a band has no type, no direction and no mark."""
    dated = conditions[(conditions["kind"] == "condition") & (conditions["date"] != "")]
    themes = dated["theme"].map(lambda theme: labels(f"theme.{theme}")).astype(str)
    named = dated.rename(columns={"condition_id": "event_id", "actors": "source_actors"}).assign(
        event_type="",
        target_actors="",
        mutual="no",
        side=0,
        label=dated[f"summary_{labels.language}"],
        lane_name=themes.str[:1].str.upper() + themes.str[1:],
    )
    return named.sort_values(["theme", "earliest", "latest", "event_id"], kind="stable")


def add_evidence(events: pd.DataFrame, mentions: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the events with a column `evidence`: the words of a mention that does not deny, in `language` if held."""
    affirmed = mentions[(mentions["event_id"] != "") & (mentions["stance"] != "denies")]
    order = affirmed.assign(_own=affirmed["language"] != language).sort_values(["_own", "mention_id"], kind="stable")
    words = order.drop_duplicates("event_id").set_index("event_id")["evidence"]
    return events.assign(evidence=events["event_id"].map(words).fillna(""))


def _split_by_pair(pairs: pd.DataFrame, case: Case, labels: Labels) -> tuple[pd.Series, list[str]]:
    """Return the lane of each row by its undirected pair, NaN for the rest, and the names of the lanes."""
    a, b = pairs["source_actor"], pairs["target_actor"]
    pair = a.where(a < b, b) + ";" + b.where(a < b, a)
    if case.lanes:
        number: dict[str, int] = {}
        for place, lane in enumerate(case.lanes):
            for dyad in lane.dyads:
                number.setdefault(";".join(sorted(dyad)), place)
        return pair.map(number), [lane.name[labels.language] for lane in case.lanes]
    count = pairs.groupby(pair)["event_id"].nunique()
    busiest = sorted(count.index, key=lambda pair_id: (-count[pair_id], pair_id))[:BUSIEST]
    names = [" – ".join(map(labels.actor, pair_id.split(";"))) for pair_id in busiest]
    return pair.map(dict(zip(busiest, range(BUSIEST), strict=False))), names


def _split_by_actor(pairs: pd.DataFrame, labels: Labels) -> tuple[pd.Series, list[str]]:
    """Return the lane of each row by who acts, NaN for the rest, and the names of the lanes."""
    count = pairs.groupby("source_actor")["event_id"].nunique()
    busiest = sorted(count.index, key=lambda actor: (-count[actor], actor))[:BUSIEST]
    home = pairs["source_actor"].map(dict(zip(busiest, range(BUSIEST), strict=False)))
    return home, list(map(labels.actor, busiest))


def _date_reports(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with the column `told`: "yes" for an undated one, which gets the day of its first report."""
    bare = events["date"] == ""
    days = {name: events[name].mask(bare, events["known_from"]) for name in ("date", "earliest", "latest")}
    return events.assign(**days, told=np.where(bare, "yes", "no"))


def note_status(event: dict[str, Any], labels: Labels) -> str:
    """Return what a label adds to an event that is not simply reported to have happened, such as " (contested)"."""
    notes = []
    if event["status"] in NOTED:
        notes.append(event["status"])
    if event["contested"] == "occurrence":
        notes.append("contested")
    return "".join(f" ({labels(f'mark.{note}')})" for note in notes)
