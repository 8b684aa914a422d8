"""Mentions become sayings and claims: who says what about whom, apart from what happened, and who denies it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import events, mentions, sources
from known import REFERENCE
from lagebild.analysis.statements_by_actor import collect_claims, collect_sayings
from lagebild.core.csv_files import hash_tables
from lagebild.core.errors import InputError
from lagebild.core.folders import locate
from lagebild.core.offices import read_offices
from lagebild.core.schema import TABLES
from lagebild.core.tables import load, records, save, validate

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
ATTACK = {"event_type": "ASSAULT", "source_actors": "ISR", "target_actors": "IRN"}


def said(reported: pd.DataFrame, by: pd.DataFrame, actors: str = "folded") -> dict[tuple[str, str], dict[str, Any]]:
    """Return the sayings by speaker and actor; what is unknown is None."""
    frame = collect_sayings(reported, by, OFFICES, TYPES, actors)
    validate(frame, TABLES["sayings"], Path("sayings.csv"))
    frame = frame.astype(object).where(frame.notna(), None)
    return {(row["speaker"], row["actor"]): row for row in records(frame)}


def counts(row: dict[str, Any]) -> tuple[int, int, int, int]:
    """Return how many claims, denials, words and contested events a saying has."""
    return row["n_claims"], row["n_denials"], row["n_words"], row["n_contested"]


def test_a_claim_has_the_tone_of_the_event_spoken_of() -> None:
    made = said(
        events(ATTACK | {"status": "reported"}), mentions(ATTACK | {"status": "reported", "speaker": "araghchi"})
    )
    (row,) = made.values()
    assert list(made) == [("IRN", "ISR")]
    assert counts(row) == (1, 0, 0, 0)
    assert (row["tone_claims"], row["tone_words"], row["tone"]) == (-9.5, None, -9.5)
    assert row["event_ids"] == "E1"


@pytest.mark.parametrize(("status", "stance"), [("negated", "supports"), ("negated", "denies"), ("open", "denies")])
def test_a_denial_is_no_claim_and_has_no_tone(status: str, stance: str) -> None:
    by = mentions(ATTACK | {"status": status, "stance": stance, "speaker": "kremlin"})
    row = said(events(ATTACK | {"contested": "occurrence"}), by)["RUS", "ISR"]
    assert counts(row) == (0, 1, 0, 1)
    assert (row["tone_claims"], row["tone"], row["difference"]) == (None, None, None)


@pytest.mark.parametrize("status", ["hypothetical", "open"])
def test_what_a_speaker_thinks_of_or_leaves_open_is_no_saying(status: str) -> None:
    assert said(events(ATTACK | {"status": status}), mentions(ATTACK | {"status": status, "speaker": "RUS"})) == {}


@pytest.mark.parametrize(
    ("kind", "tone"),
    [("ACCUSE", -2.0), ("REJECT", -4.0), ("SUPPORT", 3.5), ("CONSULT", None), ("ASSAULT", None), ("AID", None)],
)
def test_a_verbal_act_is_a_saying_and_a_talk_or_a_deed_is_none(kind: str, tone: float | None) -> None:
    made = said(events({"event_type": kind}), mentions({"event_type": kind}))
    if tone is None:
        assert made == {}
    else:
        row = made["RUS", "IRN"]
        assert counts(row) == (0, 0, 1, 0)
        assert (row["tone_words"], row["tone"], row["tone_claims"]) == (tone, tone, None)


def test_a_verbal_act_that_may_not_have_been_done_is_listed_and_has_no_tone() -> None:
    row = said(events({"contested": "occurrence"}), mentions({}))["RUS", "IRN"]
    assert counts(row) == (0, 0, 0, 1)
    assert (row["tone"], row["event_ids"]) == (None, "E1")


def test_a_contested_claim_keeps_its_tone_for_it_is_said() -> None:
    row = said(events(ATTACK | {"contested": "occurrence"}), mentions(ATTACK | {"speaker": "IRN"}))["IRN", "ISR"]
    assert (row["tone"], row["n_contested"], row["happened"], row["difference"]) == (-9.5, 1, None, None)


def test_the_difference_is_what_was_said_minus_what_happened() -> None:
    reported = events(ATTACK, {"event_type": "CONCEDE", "source_actors": "ISR", "target_actors": "RUS"})
    by = mentions(ATTACK | {"speaker": "IRN"}, {"event_id": "E2"})
    row = said(reported, by)["IRN", "ISR"]
    assert (row["tone"], row["happened"], row["difference"]) == (-9.5, -2.2, -7.3)


def test_what_happened_counts_an_event_once_however_many_it_is_done_to() -> None:
    reported = events(
        ATTACK | {"target_actors": "IRN;SYR;LBN"}, ATTACK | {"event_type": "AID"}, ATTACK | {"status": "negated"}
    )
    row = said(reported, mentions(ATTACK | {"speaker": "RUS"}))["RUS", "ISR"]
    assert row["happened"] == -1.2


def test_who_does_something_together_says_nothing_about_each_other() -> None:
    act = {"event_type": "ACCUSE", "source_actors": "RUS;CHN", "target_actors": "ISR"}
    assert set(said(events(act), mentions(act))) == {("RUS", "ISR"), ("CHN", "ISR")}


def test_what_two_did_together_to_a_third_is_what_they_did_to_it_not_to_each_other() -> None:
    act = {"event_type": "ASSAULT", "source_actors": "GBR;USA", "target_actors": "YEM"}
    made = said(events(act), mentions(act | {"speaker": "RUS"}))
    assert (made["RUS", "GBR"]["happened"], made["RUS", "USA"]["happened"]) == (-9.5, -9.5)


def test_an_offer_weighs_as_one_as_a_word_as_a_claim_and_as_what_happened() -> None:
    act = {"event_type": "AGREE"}
    made = said(events(act), mentions(act, act | {"event_id": "E1", "speaker": "ISR"}))
    assert made["RUS", "IRN"]["tone_words"] == 1.0
    assert [made["ISR", "RUS"][name] for name in ("tone_claims", "happened", "difference")] == [1.0, 1.0, 0.0]


def test_what_somebody_says_about_himself_is_no_saying_about_another() -> None:
    reported = events({"event_type": "AID", "source_actors": "IRN", "target_actors": "RUS"})
    assert said(reported, mentions({"event_type": "AID", "source_actors": "IRN", "speaker": "IRN"})) == {}


def test_who_tells_of_a_mutual_act_speaks_of_the_other_side() -> None:
    act = {"event_type": "COOPERATE", "source_actors": "IRN", "target_actors": "RUS", "mutual": "yes"}
    assert set(said(events(act), mentions(act | {"speaker": "IRN"}))) == {("IRN", "RUS")}


def test_one_claim_in_two_languages_or_sentences_is_one_claim() -> None:
    claim = ATTACK | {"speaker": "RUS"}
    by = mentions(claim, claim | {"mention_id": "m1", "language": "de"}, claim)
    assert counts(said(events(ATTACK), by)["RUS", "ISR"]) == (1, 0, 0, 0)


def test_an_act_that_is_done_in_words_and_told_by_its_doer_is_one_word() -> None:
    act = {"mutual": "yes", "source_actors": "RUS;IRN", "target_actors": "RUS;IRN"}
    row = said(events(act), mentions(act | {"speaker": "RUS"}))["RUS", "IRN"]
    assert counts(row) == (0, 0, 1, 0)


def test_the_tone_is_the_mean_over_claims_and_words() -> None:
    reported = events(
        {}, {"event_type": "REJECT"}, {"event_type": "AID", "source_actors": "IRN", "target_actors": "ISR"}
    )
    by = mentions(
        {}, {"event_id": "E2"}, {"event_id": "E3", "event_type": "AID", "source_actors": "IRN", "speaker": "RUS"}
    )
    row = said(reported, by)["RUS", "IRN"]
    assert counts(row) == (1, 0, 2, 0)
    assert (row["tone_claims"], row["tone_words"], row["tone"]) == (7.0, -0.2, 2.2)
    assert row["event_ids"] == "E1;E2;E3"


def test_a_publisher_who_is_not_named_as_a_speaker_says_nothing() -> None:
    assert said(events(ATTACK), mentions(ATTACK)) == {}


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ("folded", {("RUS", "ISR"), ("anonymous", "ISR")}),
        ("persons", {("peskov", "netanyahu"), ("anonymous", "netanyahu")}),
        ("states", {("RUS", "ISR")}),
    ],
)
def test_a_parameter_says_for_whom_a_speaker_counts(actors: str, expected: set[tuple[str, str]]) -> None:
    act = ATTACK | {"source_actors": "netanyahu"}
    assert set(said(events(act), mentions(act | {"speaker": "peskov;anonymous"}), actors)) == expected


def test_an_unknown_way_to_count_actors_is_refused() -> None:
    with pytest.raises(InputError, match="'all'"):
        collect_sayings(events({}), mentions({}), OFFICES, TYPES, "all")
    with pytest.raises(InputError, match="'all'"):
        collect_claims(events({}), mentions({}), sources({}), OFFICES, "all")


def test_an_unknown_number_is_an_empty_cell_that_comes_back_unknown(tmp_path: Path) -> None:
    paths = locate("russia-iran", "2025-06-16", output=str(tmp_path))
    by = mentions(ATTACK | {"status": "negated", "speaker": "RUS"})
    made = collect_sayings(events(ATTACK, {}), by, OFFICES, TYPES)
    saved = save(paths, "sayings", made)
    pd.testing.assert_frame_equal(load(paths, "sayings"), saved)
    assert list(saved["tone"].isna()) == [False, True]
    assert ",ISR,0,,1,0,,,-9.5,," in (paths.built / "sayings.csv").read_text(encoding="utf-8")
    assert hash_tables({"sayings": load(paths, "sayings")}) == hash_tables({"sayings": made})


def claimed(reported: pd.DataFrame, by: pd.DataFrame, actors: str = "folded") -> list[dict[str, Any]]:
    """Return the claims, told by pages of agencies A and B."""
    pages = sources({"reporter": "Agency A"}, {"reporter": "Agency B"})
    frame = collect_claims(reported, by, pages, OFFICES, actors)
    validate(frame, TABLES["claims"], Path("claims.csv"))
    return records(frame)


def test_a_contested_event_names_both_sides() -> None:
    by = mentions(
        ATTACK | {"event_id": "E1", "status": "reported", "speaker": "araghchi;anonymous"},
        ATTACK | {"event_id": "E1", "status": "negated", "stance": "denies", "speaker": "netanyahu"},
        ATTACK | {"event_id": "E1", "stance": "differs", "speaker": "RUS"},
        ATTACK | {"event_id": "E1", "source_id": "S2"},
        ATTACK | {"event_id": "E1", "stance": "denies", "status": "open", "source_id": "S1"},
    )
    (row,) = claimed(events(ATTACK | {"contested": "occurrence"}), by)
    assert (row["claimed_by"], row["denied_by"], row["differs_by"]) == ("IRN;anonymous", "ISR", "RUS")
    assert (row["claimed_publishers"], row["denied_publishers"], row["differs_publishers"]) == (
        "Agency B",
        "Agency A",
        "",
    )
    assert (row["asserted"], row["only_parties"], row["contested"]) == ("yes", "no", "occurrence")


@pytest.mark.parametrize(
    ("speakers", "listed"),
    [
        (["netanyahu"], True),
        (["IRN", "ISR"], True),
        (["IRN", "RUS"], False),  # a witness who takes no part
        (["IRN;anonymous"], False),
        (["IRN", ""], False),  # a text that tells it itself
    ],
)
def test_an_event_that_only_its_parties_claim_is_listed(speakers: list[str], listed: bool) -> None:
    by = mentions(*(ATTACK | {"event_id": "E1", "status": "reported", "speaker": one} for one in speakers))
    assert [row["only_parties"] for row in claimed(events(ATTACK), by)] == (["yes"] if listed else [])


@pytest.mark.parametrize("status", ["hypothetical", "negated", "open"])
def test_what_nobody_claims_to_have_happened_is_no_claim_of_its_parties(status: str) -> None:
    act = ATTACK | {"status": status}
    assert claimed(events(act), mentions(act | {"speaker": "ISR"})) == []


def test_leaving_out_all_but_states_makes_no_party_the_only_witness() -> None:
    by = mentions(ATTACK | {"status": "reported", "speaker": "IRN;anonymous"})
    assert claimed(events(ATTACK), by, "states") == []


def test_a_text_that_attributes_without_a_speaker_tells_no_fact() -> None:
    (row,) = claimed(events(ATTACK | {"contested": "occurrence"}), mentions(ATTACK | {"status": "reported"}))
    assert (row["claimed_publishers"], row["asserted"]) == ("Agency A", "no")


def test_no_events_make_empty_tables_with_all_columns() -> None:
    for name, made in (
        ("sayings", collect_sayings(events(), mentions(), OFFICES, TYPES)),
        ("claims", collect_claims(events(), mentions(), sources(), OFFICES)),
    ):
        assert made.empty
        assert list(made.columns) == list(TABLES[name].columns)


def test_collecting_changes_none_of_its_tables() -> None:
    inputs = [events({}, {"mutual": "yes"}), mentions({"speaker": "IRN"}), sources({})]
    copies = [frame.copy() for frame in inputs]
    collect_sayings(inputs[0], inputs[1], OFFICES, TYPES)
    collect_claims(inputs[0], inputs[1], inputs[2], OFFICES)
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
