"""Events become relations and sayings: folded on the day, both ways if mutual, and only what happened weighs."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from examples import events, mentions, sources
from lagebild.relations import collect_sayings, dyads, relate
from lagebild.schema import STATUSES, TABLES
from lagebild.store import read_reference, records

OFFICES, TYPES = read_reference("offices"), read_reference("event_types")


def related(*rows: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the relations that events make, each told by one mention, by pair."""
    told = events(*rows)
    by = mentions(*({"event_id": event["event_id"], "source_id": "S1"} for event in records(told)))
    frame = relate(told, by, sources({}), OFFICES, TYPES, "2025-06-16")
    return {(row["source_actor"], row["target_actor"]): row for row in records(frame)}


def pairs(**cells: str) -> set[tuple[str, str]]:
    """Return the directed pairs that one event ties."""
    frame = dyads(events(cells), OFFICES)
    return set(zip(frame["source_actor"], frame["target_actor"], strict=True))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"source_actors": "RUS", "target_actors": "IRN"}, {("RUS", "IRN")}),
        ({"source_actors": "RUS", "target_actors": "IRN;ISR"}, {("RUS", "IRN"), ("RUS", "ISR")}),
        ({"source_actors": "RUS;CHN", "target_actors": "IRN"}, {("RUS", "IRN"), ("CHN", "IRN")}),
        # a day decides for whom a person stands
        (
            {"source_actors": "putin", "target_actors": "trump", "latest": "2024-11-07"},
            {("RUS", "trump")},
        ),
        ({"source_actors": "putin", "target_actors": "trump", "latest": "2025-02-12"}, {("RUS", "USA")}),
        # of a span of days its last counts, of an undated event the day on which it was first told
        (
            {"source_actors": "trump", "target_actors": "RUS", "earliest": "2025-01-10", "latest": "2025-01-20"},
            {("USA", "RUS")},
        ),
        (
            {
                "source_actors": "trump",
                "target_actors": "RUS",
                "earliest": "",
                "latest": "",
                "known_from": "2024-12-01",
            },
            {("trump", "RUS")},
        ),
        # mutual: both ways between all, however the sides are written
        ({"source_actors": "RUS;IRN", "target_actors": "RUS;IRN", "mutual": "yes"}, {("RUS", "IRN"), ("IRN", "RUS")}),
        ({"source_actors": "RUS", "target_actors": "IRN", "mutual": "yes"}, {("RUS", "IRN"), ("IRN", "RUS")}),
        (
            {"source_actors": "RUS;IRN;CHN", "target_actors": "", "mutual": "yes"},
            {("RUS", "IRN"), ("IRN", "RUS"), ("RUS", "CHN"), ("CHN", "RUS"), ("IRN", "CHN"), ("CHN", "IRN")},
        ),
        # nobody is tied to himself, nor to anybody who is not named
        ({"source_actors": "putin", "target_actors": "lavrov"}, set()),
        ({"source_actors": "RUS;IRN", "target_actors": "IRN;RUS"}, {("RUS", "IRN"), ("IRN", "RUS")}),
        ({"source_actors": "RUS", "target_actors": ""}, set()),
        ({"source_actors": "", "target_actors": "IRN"}, set()),
    ],
)
def test_an_event_ties_the_states_behind_its_actors(cells: dict[str, str], expected: set[tuple[str, str]]) -> None:
    assert pairs(**cells) == expected


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("contested", ["no", "particulars", "occurrence"])
def test_only_what_happened_or_is_said_to_have_happened_weighs(status: str, contested: str) -> None:
    made = related({"status": status, "contested": contested})
    if status not in ("asserted", "reported"):
        assert made == {}
    elif contested == "occurrence":
        row = made["RUS", "IRN"]
        assert (row["net"], row["sign"], row["n_events"], row["event_ids"]) == (0, "0", 0, "")
        assert (row["n_contested"], row["contested_ids"]) == (1, "E1")
    else:
        row = made["RUS", "IRN"]
        assert (row["net"], row["sign"], row["n_events"], row["event_ids"]) == (3.5, "+", 1, "E1")
        assert (row["n_contested"], row["contested_ids"]) == (0, "")


@pytest.mark.parametrize(
    ("types", "cooperation", "conflict", "net", "sign"),
    [
        (["SUPPORT"], 3.5, 0.0, 3.5, "+"),
        (["ASSAULT"], 0.0, -9.5, -9.5, "-"),
        (["SUPPORT", "SUPPORT"], 7.0, 0.0, 7.0, "+"),
        (["AID", "ASSAULT"], 7.0, -9.5, -2.5, "-"),
        (["AGREE", "REJECT"], 4.0, -4.0, 0.0, "0"),
        (["REQUEST"], 0.0, 0.0, 0.0, "0"),
        (["ACCUSE"], 0.0, -2.0, -2.0, "-"),  # not the +3 that the manual prints
    ],
)
def test_events_add_the_intensities_of_their_types(
    types: list[str], cooperation: float, conflict: float, net: float, sign: str
) -> None:
    row = related(*({"event_type": name} for name in types))["RUS", "IRN"]
    assert (row["cooperation"], row["conflict"], row["net"], row["sign"]) == (cooperation, conflict, net, sign)
    assert row["n_events"] == len(types)


def test_many_small_numbers_add_up_to_the_decimal() -> None:
    row = related(*({"event_type": "SUPPORT"} for _ in range(3)), *({"event_type": "MOBILIZE"} for _ in range(3)))
    assert row["RUS", "IRN"]["net"] == round(3 * 3.5 - 3 * 7.2, 1)


def test_a_pair_of_which_nothing_is_known_has_no_row() -> None:
    assert set(related({}, {"source_actors": "IRN", "target_actors": "ISR"})) == {("RUS", "IRN"), ("IRN", "ISR")}


def test_one_direction_says_nothing_about_the_other() -> None:
    assert ("IRN", "RUS") not in related({})


def test_a_call_before_the_office_ties_the_person_not_the_state() -> None:
    call = {"event_type": "CONSULT", "source_actors": "putin;trump", "target_actors": "putin;trump", "mutual": "yes"}
    assert set(related(call | {"latest": "2024-11-07"})) == {("RUS", "trump"), ("trump", "RUS")}


def test_publishers_of_a_relation_are_counted_once_and_without_those_who_deny() -> None:
    told = events({}, {})
    pages = sources({"reporter": "A"}, {"reporter": "A"}, {"reporter": "B"}, {"reporter": "C"})
    by = mentions(
        {"event_id": "E1", "source_id": "S1"},
        {"event_id": "E1", "source_id": "S1", "mention_id": "m1", "language": "de"},
        {"event_id": "E2", "source_id": "S2"},
        {"event_id": "E2", "source_id": "S3", "stance": "differs"},
        {"event_id": "E2", "source_id": "S4", "stance": "denies"},
    )
    (row,) = records(relate(told, by, pages, OFFICES, TYPES, "2025-06-16"))
    assert row["n_publishers"] == 2


def said(told: pd.DataFrame, by: pd.DataFrame) -> dict[tuple[str, str], tuple[float, int, int, str]]:
    """Return the sayings by speaker and actor: tone, claims, contested ones, events."""
    return {
        (row["speaker"], row["actor"]): (row["tone"], row["n_claims"], row["n_contested"], row["event_ids"])
        for row in records(collect_sayings(told, by, OFFICES, TYPES))
    }


def test_a_claim_about_somebody_is_a_saying_without_a_tone() -> None:
    told = events({"event_type": "ASSAULT", "source_actors": "ISR", "target_actors": "IRN", "status": "reported"})
    by = mentions({"event_type": "ASSAULT", "source_actors": "ISR", "target_actors": "IRN", "speaker": "araghchi"})
    assert said(told, by) == {("IRN", "ISR"): (0.0, 1, 0, "E1")}


def test_a_denial_is_no_praise() -> None:
    told = events({"event_type": "ASSAULT", "source_actors": "ISR", "target_actors": "IRN", "contested": "occurrence"})
    by = mentions({"event_type": "ASSAULT", "source_actors": "ISR", "status": "negated", "speaker": "kremlin"})
    assert said(told, by) == {("RUS", "ISR"): (0.0, 1, 1, "E1")}


@pytest.mark.parametrize(
    ("kind", "tone"),
    [("ACCUSE", -2.0), ("REJECT", -4.0), ("SUPPORT", 3.5), ("CONSULT", None), ("ASSAULT", None), ("AID", None)],
)
def test_a_verbal_act_is_a_saying_and_a_talk_or_a_deed_is_none(kind: str, tone: float | None) -> None:
    made = said(events({"event_type": kind}), mentions({"event_type": kind}))
    assert made == ({} if tone is None else {("RUS", "IRN"): (tone, 1, 0, "E1")})


def test_what_somebody_says_about_himself_is_no_saying_about_another() -> None:
    told = events({"event_type": "AID", "source_actors": "IRN", "target_actors": "RUS"})
    assert said(told, mentions({"event_type": "AID", "source_actors": "IRN", "speaker": "IRN"})) == {}


def test_one_claim_in_two_languages_or_sentences_is_one_claim() -> None:
    told = events({"event_type": "ASSAULT", "source_actors": "ISR", "target_actors": "IRN"})
    claim = {"event_type": "ASSAULT", "source_actors": "ISR", "speaker": "RUS"}
    by = mentions(claim, claim | {"mention_id": "m1", "language": "de"}, claim)
    assert said(told, by) == {("RUS", "ISR"): (0.0, 1, 0, "E1")}


def test_the_tone_is_the_mean_of_what_is_said() -> None:
    told = events({"event_type": "SUPPORT"}, {"event_type": "REJECT"})
    assert said(told, mentions({}, {"event_id": "E2"}))["RUS", "IRN"] == (-0.2, 2, 0, "E1;E2")


def test_no_events_make_empty_tables_with_all_columns() -> None:
    for name, made in (
        ("relations", relate(events(), mentions(), sources(), OFFICES, TYPES, "2025-06-16")),
        ("sayings", collect_sayings(events(), mentions(), OFFICES, TYPES)),
    ):
        assert made.empty
        assert list(made.columns) == list(TABLES[name].columns)


def test_relating_changes_none_of_its_tables() -> None:
    inputs = [events({}, {"mutual": "yes"}), mentions({"speaker": "IRN"}), sources({}), OFFICES, TYPES]
    copies = [frame.copy() for frame in inputs]
    relate(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], "2025-06-16")
    collect_sayings(inputs[0], inputs[1], inputs[3], inputs[4])
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
