"""When a triad came to its state: walked step by step by hand, and against the graph of the last day."""

from __future__ import annotations

import pandas as pd
import pytest
from examples import dataset_of, events
from known import REFERENCE
from lagebild.analysis.balance import date_triads, find_transitions, find_triads, signed_graph
from lagebild.analysis.relations import relate, weigh_ties
from lagebild.core.folders import locate
from lagebild.core.offices import read_offices
from lagebild.core.schema import ids
from lagebild.core.tables import records
from lagebild.dataset.dataset import Dataset

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")


def act(kind: str, source: str, target: str, date: str, **more: str) -> dict[str, str]:
    """Return an event of one day, or of another EDTF with the last day given."""
    sides = {"event_type": kind, "source_actors": source, "target_actors": target}
    return sides | {"date": date, "earliest": date, "latest": date} | more


FRIENDS = (
    act("AID", "RUS", "IRN", "2025-01-10"),
    act("ASSAULT", "ISR", "IRN", "2025-02-10"),
)


def walk(*acts: dict[str, str]) -> list[tuple[str, ...]]:
    """Return the changes of state of all triads: when, before, after, by which events."""
    rows = records(find_transitions(weigh_ties(events(*acts), OFFICES, TYPES), events(*acts)))
    return [(row["date"], row["was"], row["state"], row["event_ids"]) for row in rows]


def test_a_triad_has_a_state_once_its_third_tie_has_a_sign() -> None:
    assert walk(*FRIENDS) == []
    assert walk(*FRIENDS, act("CONSULT", "RUS", "ISR", "2025-03-05")) == [("2025-03", "", "unbalanced", "E3")]
    assert walk(*FRIENDS, act("ACCUSE", "RUS", "ISR", "2025-03-05")) == [("2025-03", "", "balanced", "E3")]


def test_only_the_event_that_turns_the_sign_tips_a_triad() -> None:
    acts = (
        *FRIENDS,
        act("CONSULT", "RUS", "ISR", "2025-03-05"),  # +1
        act("CONSULT", "ISR", "RUS", "2025-04-05"),  # +2
        act("ACCUSE", "RUS", "ISR", "2025-05-05"),  # 0: the tie has no sign
        act("ACCUSE", "RUS", "ISR", "2025-06-05"),  # -2
        act("ACCUSE", "RUS", "ISR", "2025-07-05"),  # -4
    )
    assert walk(*acts) == [
        ("2025-03", "", "unbalanced", "E3"),
        ("2025-05", "unbalanced", "", "E5"),
        ("2025-06", "", "balanced", "E6"),
    ]


def test_the_events_of_one_day_tip_together_and_only_those_that_moved_the_sign_are_named() -> None:
    day = "2025-03-05"
    acts = (
        *FRIENDS,
        act("ACCUSE", "RUS", "ISR", day),
        act("SUPPORT", "RUS", "ISR", day),
        act("CONSULT", "ISR", "RUS", day),
        act("CONSULT", "RUS", "IRN", day),  # a tie that keeps its sign
    )
    assert walk(*acts) == [("2025-03", "", "unbalanced", "E4;E5")]


@pytest.mark.parametrize(
    ("date", "earliest", "latest", "turned"),
    [
        ("2025-03-05", "2025-03-05", "2025-03-05", "2025-03"),
        ("2025-03-05/2025-03-09", "2025-03-05", "2025-03-09", "2025-03"),
        ("2025-03-11~/2025-03-20~", "2025-03-11", "2025-03-20", "2025-03"),
        ("2025-03", "2025-03-01", "2025-03-31", "2025-03"),
        ("2025-03~", "2025-03-01", "2025-03-31", "2025-03~"),
        ("2025-03-30/2025-04-02", "2025-03-30", "2025-04-02", "2025-03-30/2025-04-02"),
        ("2025-21", "2025-03-01", "2025-05-31", "2025-21"),
        ("2025", "2025-01-01", "2025-12-31", "2025"),
        ("2025-03/..", "2025-03-01", "2025-06-16", "2025-03/.."),
        ("../2025-03-05", "", "2025-03-05", "../2025-03-05"),
    ],
)
def test_a_transition_is_dated_to_the_month_or_as_vaguely_as_its_event(
    date: str, earliest: str, latest: str, turned: str
) -> None:
    third = act("CONSULT", "RUS", "ISR", date, earliest=earliest, latest=latest)
    assert [row[0] for row in walk(*FRIENDS, third)] == [turned]


def test_an_event_without_a_date_enters_when_it_was_told_and_is_dated_before_that_day() -> None:
    third = act("CONSULT", "RUS", "ISR", "", known_from="2025-03-07")
    later = act("ACCUSE", "RUS", "ISR", "2025-03-08")
    assert walk(*FRIENDS, third, later) == [
        ("../2025-03-07", "", "unbalanced", "E3"),
        ("2025-03", "unbalanced", "balanced", "E4"),
    ]


def test_of_several_events_the_vaguest_dates_the_transition() -> None:
    vague = {"earliest": "2025-01-01", "latest": "2025-03-31"}
    acts = (act("CONSULT", "RUS", "ISR", "2025-03-31"), act("CONSULT", "ISR", "RUS", "2025-01/2025-03", **vague))
    assert walk(*FRIENDS, *acts) == [("2025-01/2025-03", "", "unbalanced", "E3;E4")]


@pytest.mark.parametrize(
    "spoilt",
    [{"status": "hypothetical"}, {"status": "negated"}, {"status": "open"}, {"contested": "occurrence"}],
)
def test_what_does_not_weigh_tips_nothing(spoilt: dict[str, str]) -> None:
    assert walk(*FRIENDS, act("CONSULT", "RUS", "ISR", "2025-03-05") | spoilt) == []


def test_a_triad_is_dated_by_its_last_change() -> None:
    acts = (*FRIENDS, act("CONSULT", "RUS", "ISR", "2025-03-05"), act("ASSAULT", "RUS", "ISR", "2025-05-05"))
    reported = events(*acts)
    triads = pd.DataFrame([("IRN", "ISR", "RUS")], columns=["a", "b", "c"]).assign(
        sign_ab="-", sign_ac="+", sign_bc="-", balanced="yes", weak="yes", n_events=1, event_ids="E1"
    )
    (row,) = records(date_triads(triads, find_transitions(weigh_ties(reported, OFFICES, TYPES), reported)))
    assert (row["was"], row["turned"], row["turned_by"]) == ("unbalanced", "2025-05", "E4")


@pytest.fixture(scope="module")
def data() -> Dataset:
    """Return the dataset of the last edition of the real case."""
    return dataset_of(locate("russia-iran", "2026-06-30"))


@pytest.mark.parametrize("actors", ["folded", "persons", "states"])
def test_every_triad_is_dated_whoever_counts_for_whom(actors: str, data: Dataset) -> None:
    ties = relate(data.events, data.mentions, data.sources, OFFICES, TYPES, "2026-06-30", actors)
    triads = find_triads(signed_graph(ties))
    assert len(triads) > 0
    dated = date_triads(triads, find_transitions(weigh_ties(data.events, OFFICES, TYPES, actors), data.events))
    assert (dated["turned"] != "").all()
    assert (dated["turned_by"] != "").all()


@pytest.mark.parametrize("end", [*range(1, 60, 8), 1000])
def test_the_walk_up_to_any_event_ends_in_the_triads_of_that_day(end: int, data: Dataset) -> None:
    order = data.events.assign(day=data.events["latest"].where(data.events["latest"] != "", data.events["known_from"]))
    some = order.sort_values(["day", "event_id"]).head(end).drop(columns="day")
    ties = relate(some, data.mentions, data.sources, OFFICES, TYPES, "2026-06-30")
    triads, transitions = find_triads(signed_graph(ties)), find_transitions(weigh_ties(some, OFFICES, TYPES), some)
    last = transitions.sort_values("latest", kind="stable").drop_duplicates(["a", "b", "c"], keep="last")
    walked = {(row["a"], row["b"], row["c"]): row["state"] for row in records(last) if row["state"]}
    states = {"yes": "balanced", "no": "unbalanced"}
    assert walked == {(row["a"], row["b"], row["c"]): states[row["balanced"]] for row in records(triads)}
    for row in records(date_triads(triads, transitions)):
        assert set(ids(row["turned_by"])) <= set(ids(row["event_ids"]))
        assert row["turned_by"]
