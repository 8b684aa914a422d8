"""Acts and what they weigh: the stages of a process once, an offer like a talk, and who acts together is tied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from benchmark import make_events
from examples import edit, events, faults_in, mentions, sources, tiny
from known import REFERENCE
from lagebild.analysis.relations import ACTORS, PAIR, change_relations, relate, trace_relations, weigh_ties
from lagebild.core.offices import read_offices
from lagebild.core.tables import records

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
BACK = {"source_actors": "IRN", "target_actors": "RUS"}
Pair = tuple[str, str]


def stage(kind: str, day: str = "2025-01-17", **cells: str) -> dict[str, str]:
    """Return a stage of the one process of these tests."""
    return {"event_type": kind, "date": day, "earliest": day, "latest": day, "process": "treaty"} | cells


def related(*rows: dict[str, Any], actors: str = "folded") -> dict[Pair, dict[str, Any]]:
    """Return the relations that events make, each told by one mention, by pair."""
    reported = events(*rows)
    by = mentions(*({"event_id": event["event_id"], "source_id": "S1"} for event in records(reported)))
    frame = relate(reported, by, sources({}), OFFICES, TYPES, "2025-06-16", actors)
    return {(row["source_actor"], row["target_actor"]): row for row in records(frame)}


def nets(*rows: dict[str, Any], actors: str = "folded") -> dict[Pair, float]:
    """Return the net of each pair."""
    return {pair: row["net"] for pair, row in related(*rows, actors=actors).items()}


# --- the stages of a process ---


@pytest.mark.parametrize(
    ("stages", "net", "n_events"),
    [
        # one stage weighs like an event without a process
        ([stage("SUPPORT")], 3.5, 1),
        # talks, signing, in force: the strongest counts, whichever comes first
        ([stage("CONSULT"), stage("SUPPORT", "2025-02-01"), stage("AID", "2025-03-01")], 7.0, 1),
        ([stage("AID"), stage("SUPPORT", "2025-02-01"), stage("CONSULT", "2025-03-01")], 7.0, 1),
        ([stage("SUPPORT"), stage("AID", "2025-02-01"), stage("CONSULT", "2025-03-01")], 7.0, 1),
        # a stage that comes again adds nothing
        ([stage("SUPPORT"), stage("SUPPORT", "2025-02-01")], 3.5, 1),
        # a demand weighs nothing, and is an act all the same
        ([stage("REQUEST")], 0.0, 1),
        ([stage("REQUEST"), stage("SUPPORT", "2025-02-01")], 3.5, 1),
        # stages of opposite signs: the strongest of all, not the sum
        ([stage("SUPPORT"), stage("REJECT", "2025-02-01")], -4.0, 1),
        ([stage("REJECT"), stage("SUPPORT", "2025-02-01")], -4.0, 1),
        # as strong with the other sign: the first of them stands
        ([stage("REJECT"), stage("AGREE", "2025-02-01", mutual="yes")], -4.0, 1),
        ([stage("AGREE", mutual="yes"), stage("SANCTION", "2025-02-01")], 4.0, 1),
        # of one day: in the order of their ids
        ([stage("SANCTION"), stage("AGREE", mutual="yes")], -4.0, 1),
        ([stage("AGREE", mutual="yes"), stage("SANCTION")], 4.0, 1),
        # a contested stage weighs nothing and leaves the others as they are
        ([stage("AID", contested="occurrence"), stage("SUPPORT", "2025-02-01")], 3.5, 1),
        ([stage("SUPPORT"), stage("AID", "2025-02-01", contested="occurrence")], 3.5, 1),
        ([stage("SUPPORT"), stage("ASSAULT", "2025-02-01", contested="occurrence")], 3.5, 1),
        ([stage("AID", contested="occurrence")], 0.0, 0),
        # so does one that is only planned or denied
        ([stage("SUPPORT"), stage("AID", "2025-02-01", status="hypothetical")], 3.5, 1),
        ([stage("SUPPORT"), stage("AID", "2025-02-01", status="negated")], 3.5, 1),
        # an undated stage stands on the day on which it was first told
        ([stage("REJECT", ""), stage("AGREE", "2025-01-17", mutual="yes")], 4.0, 1),
        # two processes, and what is no stage, add up
        ([stage("SUPPORT"), stage("AID", process="arms"), stage("CONSULT", process="")], 11.5, 3),
        ([stage("SUPPORT", process=""), stage("SUPPORT", process="")], 7.0, 2),
    ],
)
def test_the_stages_of_a_process_weigh_once_with_the_strongest(
    stages: list[dict[str, str]], net: float, n_events: int
) -> None:
    row = related(*stages)["RUS", "IRN"]
    assert (row["net"], row["n_events"]) == (net, n_events)
    assert (row["cooperation"], row["conflict"]) == pytest.approx((max(net, 0.0), min(net, 0.0)))
    assert row["cooperation"] + row["conflict"] == row["net"]


def test_every_stage_that_weighs_is_listed_and_every_contested_one_apart() -> None:
    stages = stage("CONSULT"), stage("SUPPORT"), stage("AID", contested="occurrence"), stage("AID", status="open")
    row = related(*stages)["RUS", "IRN"]
    assert (row["event_ids"], row["contested_ids"]) == ("E1;E2", "E3")
    assert (row["n_events"], row["n_contested"]) == (1, 1)


def test_stages_in_two_directions_weigh_once_in_each() -> None:
    stages = stage("SUPPORT"), stage("AID", "2025-02-01", **BACK), stage("CONSULT", "2025-03-01", **BACK)
    assert nets(*stages) == {("RUS", "IRN"): 3.5, ("IRN", "RUS"): 7.0}


def test_a_stage_towards_several_weighs_for_each_what_it_adds_there() -> None:
    stages = stage("SUPPORT"), stage("AID", "2025-02-01", target_actors="IRN;CHN")
    assert nets(*stages) == {("RUS", "IRN"): 7.0, ("RUS", "CHN"): 7.0}
    added = weigh_ties(events(*stages), OFFICES, TYPES).set_index(["event_id", *PAIR])["adds"]
    assert added.to_dict() == {("E1", "RUS", "IRN"): 3.5, ("E2", "RUS", "IRN"): 3.5, ("E2", "RUS", "CHN"): 7.0}


def test_the_order_of_the_rows_changes_nothing() -> None:
    stages = [
        stage("SUPPORT", event_id="E3"),
        stage("REJECT", "2025-02-01", event_id="E1"),
        stage("AID", event_id="E2"),
    ]
    forth, back = (weigh_ties(events(*rows), OFFICES, TYPES) for rows in (stages, stages[::-1]))
    pd.testing.assert_frame_equal(forth, back)


@pytest.mark.parametrize(
    ("process", "taken"),
    [
        ("E1", "an event"),
        ("C1", "a condition"),
        ("AGREE", "a type of event"),
        ("page-T1", "what the trials of a run are called"),
        ("publisher-T1", "what the trials of a run are called"),
        ("country-RUS", "what the trials of a run are called"),
    ],
)
def test_a_process_must_have_a_name_that_nothing_else_has(root: Path, process: str, taken: str) -> None:
    edit(tiny(root).inputs / "events.csv", "E4", process=process)
    assert faults_in(tiny(root)) == [
        f"data/cases/tiny/events.csv, row 5 (E4): the process {process} is {taken}, but must have a name of its own"
    ]


@pytest.mark.parametrize("process", ["agree", "page", "treaty-2025", "country2"])
def test_a_process_may_have_any_other_name(root: Path, process: str) -> None:
    edit(tiny(root).inputs / "events.csv", "E4", process=process)
    assert faults_in(tiny(root)) == []


@pytest.mark.parametrize(
    ("since", "before", "added", "n_before", "n_since"),
    [
        ("2024-12-31", None, -4.0, 0, 1),
        ("2025-01-31", 1.0, -5.0, 1, 0),  # the act had begun: nothing new happened, but it weighs otherwise
        ("2025-02-28", 3.5, -7.5, 1, 0),
        ("2025-03-31", -4.0, 0.0, 1, 0),
        ("2025-04-30", -4.0, 0.0, 1, 0),
    ],
)
def test_the_halves_of_a_change_add_up_however_the_stages_are_parted(
    since: str, before: float | None, added: float, n_before: int, n_since: int
) -> None:
    stages = (
        stage("CONSULT"),
        stage("SUPPORT", "2025-02-01"),
        stage("REJECT", "2025-03-01"),
        stage("CONSULT", "2025-04-01"),
    )
    (row,) = records(change_relations(weigh_ties(events(*stages), OFFICES, TYPES), TYPES, since))
    assert (None if pd.isna(row["net_before"]) else row["net_before"], row["net_since"]) == (before, added)
    assert (row["n_before"], row["n_since"], row["net_now"]) == (n_before, n_since, -4.0)
    assert row["flipped"] == ("yes" if added and before and since > "2025-01-31" else "no")  # by then they only met


def test_a_course_steps_by_what_each_stage_adds_and_ends_at_the_net() -> None:
    stages = (
        stage("CONSULT"),
        stage("SUPPORT", "2025-02-01"),
        stage("REJECT", "2025-03-01"),
        stage("CONSULT", "2025-04-01"),
    )
    course = trace_relations(weigh_ties(events(*stages), OFFICES, TYPES), events(*stages), [("RUS", "IRN")])
    assert list(course["intensity"]) == [1.0, 2.5, -7.5, 0.0]
    assert list(course["net"]) == [1.0, 3.5, -4.0, -4.0]


@pytest.mark.parametrize("n", [60, 300])
@pytest.mark.parametrize("actors", ACTORS)
def test_over_time_whatever_happened_adds_up_to_the_net(n: int, actors: str) -> None:
    tables = make_events(n)
    ties = relate(tables.events, tables.mentions, tables.sources, OFFICES, TYPES, "2026-01-01", actors)
    ties = ties[ties["n_events"] > 0].set_index(PAIR)
    for since in ("2016-06-30", "2020-06-30", "2024-12-31"):
        change = change_relations(weigh_ties(tables.events, OFFICES, TYPES, actors), TYPES, since).set_index(PAIR)
        assert (change["net_now"] == ties["net"]).all()
        assert ((change["net_before"].fillna(0) + change["net_since"] - ties["net"]).abs() < 0.05).all()
        assert (change["n_before"] + change["n_since"] == ties["n_events"]).all()
        earlier = tables.events[tables.events["latest"] <= since]
        then = relate(earlier, tables.mentions, tables.sources, OFFICES, TYPES, since, actors).set_index(PAIR)
        was = then.loc[then["n_events"] > 0, "net"]
        assert (change["net_before"].dropna() == was).all()  # the first half is what was so on that day
    chosen = [(str(a), str(b)) for a, b in ties.index[:8]]
    course = trace_relations(weigh_ties(tables.events, OFFICES, TYPES, actors), tables.events, chosen)
    assert set(chosen) <= set(zip(course["source_actor"], course["target_actor"], strict=True))
    ends = course.groupby(PAIR)["net"].last()
    assert (ends == ties.loc[ends.index, "net"]).all()


# --- offers, and those who act together ---


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, {("RUS", "IRN"): 1.0}),
        (BACK, {("IRN", "RUS"): 1.0}),
        ({"mutual": "yes"}, {("RUS", "IRN"): 4.0, ("IRN", "RUS"): 4.0}),
        ({"target_actors": "IRN;CHN"}, {("RUS", "IRN"): 1.0, ("RUS", "CHN"): 1.0}),
        # two make one offer to a third: one-sided to it, and their speaking with one voice is a talk
        (
            {"source_actors": "RUS;CHN"},
            {("RUS", "IRN"): 1.0, ("CHN", "IRN"): 1.0, ("RUS", "CHN"): 1.0, ("CHN", "RUS"): 1.0},
        ),
    ],
)
def test_an_offer_of_one_side_weighs_like_a_talk_and_an_agreement_in_full(
    cells: dict[str, str], expected: dict[Pair, float]
) -> None:
    assert nets({"event_type": "AGREE"} | cells) == expected


def test_an_offer_that_is_taken_up_weighs_in_full_on_the_day_it_is() -> None:
    stages = stage("AGREE"), stage("AGREE", "2025-02-01", mutual="yes")
    assert nets(*stages) == {("RUS", "IRN"): 4.0, ("IRN", "RUS"): 4.0}
    course = trace_relations(weigh_ties(events(*stages), OFFICES, TYPES), events(*stages), [("RUS", "IRN")])
    assert list(course.loc[course["source_actor"] == "RUS", "net"]) == [1.0, 4.0]


@pytest.mark.parametrize("kind", [kind for kind in TYPES["event_type"] if kind != "AGREE"])
def test_only_an_agreement_weighs_otherwise_if_it_is_one_sided(kind: str) -> None:
    one, both = (nets({"event_type": kind, "mutual": mutual})["RUS", "IRN"] for mutual in ("no", "yes"))
    assert one == both == float(TYPES.set_index("event_type")["intensity"][kind])


QUADS = dict(zip(TYPES["event_type"], TYPES["quad"], strict=True))


@pytest.mark.parametrize("kind", sorted(QUADS))
def test_those_who_act_together_are_tied_by_the_kind_of_act(kind: str) -> None:
    together = 6.0 if QUADS[kind].startswith("material") else 1.0  # joint words presuppose a talk, and no more
    made = nets({"event_type": kind, "source_actors": "USA;ISR", "target_actors": "IRN"})
    assert (made["USA", "ISR"], made["ISR", "USA"]) == (together, together)
    assert set(made) == {("USA", "ISR"), ("ISR", "USA"), ("USA", "IRN"), ("ISR", "IRN")}
    assert made["USA", "IRN"] == made["ISR", "IRN"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # three who strike: each is tied to each
        (
            {"source_actors": "USA;ISR;GBR", "target_actors": ""},
            {(a, b): 6.0 for a in ("USA", "ISR", "GBR") for b in ("USA", "ISR", "GBR") if a != b},
        ),
        # who does something to each other does it against each other, not together
        (
            {"source_actors": "ISR;IRN", "target_actors": "ISR;IRN", "mutual": "yes"},
            {("ISR", "IRN"): -9.5, ("IRN", "ISR"): -9.5},
        ),
        (
            {"source_actors": "ISR;IRN", "target_actors": "", "mutual": "yes"},
            {("ISR", "IRN"): -9.5, ("IRN", "ISR"): -9.5},
        ),
        # who is named on both sides is a target first
        ({"source_actors": "ISR;IRN", "target_actors": "IRN"}, {("ISR", "IRN"): -9.5, ("IRN", "ISR"): 6.0}),
        # two persons of one state are one state
        ({"source_actors": "putin;lavrov", "target_actors": "UKR"}, {("RUS", "UKR"): -9.5}),
        ({"source_actors": "putin;RUS", "target_actors": "UKR"}, {("RUS", "UKR"): -9.5}),
        # persons of two states are two states
        (
            {"source_actors": "putin;araghchi", "target_actors": "UKR"},
            {("RUS", "UKR"): -9.5, ("IRN", "UKR"): -9.5, ("RUS", "IRN"): 6.0, ("IRN", "RUS"): 6.0},
        ),
        # those to whom it is done are not tied by it
        ({"source_actors": "USA", "target_actors": "IRN;SYR"}, {("USA", "IRN"): -9.5, ("USA", "SYR"): -9.5}),
    ],
)
def test_acting_together_ties_states_that_are_not_each_others_targets(
    cells: dict[str, str], expected: dict[Pair, float]
) -> None:
    assert nets({"event_type": "ASSAULT"} | cells) == expected


def test_persons_of_one_state_who_act_together_are_tied_if_nobody_is_folded() -> None:
    made = nets({"event_type": "ACCUSE", "source_actors": "putin;lavrov", "target_actors": "UKR"}, actors="persons")
    assert (made["putin", "lavrov"], made["lavrov", "putin"]) == (1.0, 1.0)


def test_only_agreements_are_weighed_by_side_and_acting_together_never_ties_against_each_other() -> None:
    assert list(TYPES.loc[TYPES["one_sided"].notna(), "event_type"]) == ["AGREE"]
    assert (TYPES.set_index("event_type")["intensity"][TYPES["joint"]] > 0).all()


# --- persons before, in and after office ---


@pytest.mark.parametrize(
    ("day", "folded"),
    [
        ("2016-12-01", {}),  # elected, not sworn in
        ("2017-01-20", {("USA", "RUS"): 3.5}),
        ("2021-01-20", {("USA", "RUS"): 3.5}),  # the last day of an office belongs to it
        ("2021-01-21", {}),
        ("2024-12-01", {}),
        ("2025-01-20", {("USA", "RUS"): 3.5}),
    ],
)
def test_a_person_ties_his_state_only_while_in_office(day: str, folded: dict[Pair, float]) -> None:
    praise = {"source_actors": "trump", "target_actors": "RUS", "earliest": day, "latest": day}
    assert nets(praise) == folded
    assert nets(praise, actors="states") == folded
    assert nets(praise, actors="persons") == {("trump", "RUS"): 3.5}


@pytest.mark.parametrize(
    ("sources_", "targets", "expected"),
    [
        # the one without an office is left out, and the others are tied as if he were not there
        ("trump;GBR", "RUS", {("GBR", "RUS"): 3.5}),
        ("GBR", "trump;RUS", {("GBR", "RUS"): 3.5}),
        # a body without an office holder is an actor of its own
        ("iaea", "RUS", {("iaea", "RUS"): 3.5}),
    ],
)
def test_who_holds_no_office_on_that_day_ties_nobody(sources_: str, targets: str, expected: dict[Pair, float]) -> None:
    day = {"earliest": "2024-12-01", "latest": "2024-12-01"}
    assert nets({"source_actors": sources_, "target_actors": targets} | day) == expected


def test_no_folded_relation_names_a_person_and_none_of_states_a_body() -> None:
    tables = make_events(400)
    made = [weigh_ties(tables.events, OFFICES, TYPES, actors) for actors in ("folded", "states")]
    named: Sequence[set[str]] = [set(ties["source_actor"]) | set(ties["target_actor"]) for ties in made]
    assert not named[0] & OFFICES.persons
    assert not named[1] & (OFFICES.persons | OFFICES.bodies)
