"""The ladder from words to force: whom it is about, what stands on which rung, when, and how it is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from examples import mentions
from known import REFERENCE
from lagebild.analysis.ladder import Ladder, affirm_own_acts, build_ladder
from lagebild.charts.ladder_chart import SIGNS, draw_ladder
from lagebild.charts.style import NARROW
from lagebild.core.case import Case, Turn, read_case_file
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.core.offices import read_offices
from lagebild.core.schema import EVENT_TYPES, TABLES

RUNGS = REFERENCE.table("rungs")
SEARCHES = pd.DataFrame(  # every rung, for the whole time
    [dict.fromkeys(TABLES["case/searches"].columns, "x") | {"rung": rung, "start": ""} for rung in RUNGS["rung_id"]]
)
CASE = read_case_file(Paths("russia-iran", "2026-06-30", "en"))
FIRM = {"one": "IRN", "other": "RUS", "strength": "firm", "sign": "+", "net": 9.0}


def event(number: int, kind: str, target: str = "IRN", **more: Any) -> dict[str, Any]:
    """Return an event: what Russia does on a day of the war unless `more` says otherwise."""
    usual = {
        "event_id": f"E{number}",
        "event_type": kind,
        "source_actors": "RUS",
        "target_actors": target,
        "mutual": "no",
        "status": "asserted",
        "contested": "no",
        "context": "military",
        "credibility": "2",
        "n_publishers": 1,
        "date": "2025-06-14",
        "earliest": "2025-06-14",
        "latest": "2025-06-14",
        "known_from": "2025-06-14",
        "process": "",
        "summary_en": f"Event {number}",
        "summary_de": f"Ereignis {number}",
    }
    return usual | more


RUSSIA = {"source_actors": "RUS", "target_actors": "IRN", "mutual": "no", "stance": "supports"}
ATTACK = event(0, "ASSAULT", source_actors="ISR", date="2025-06-13", latest="2025-06-13")


def go(*events: dict[str, Any], ties: Any = (FIRM,), case: Case = CASE, as_of: str = "2025-06-16") -> Ladder | None:
    """Return the ladder of an attack and these events."""
    told = pd.DataFrame([ATTACK, *events])
    types = REFERENCE.table("event_types")
    pairs = pd.DataFrame(list(ties))
    searches = SEARCHES.assign(end=as_of)
    return build_ladder(told, pairs, case, read_offices(REFERENCE), types, RUNGS, searches, as_of)


def stands(ladder: Ladder | None, rung: str) -> list[str]:
    """Return what stands on a rung in each stretch of time."""
    assert ladder
    return list(ladder.rungs.loc[ladder.rungs["rung_id"] == rung, "standing"])


def test_the_rungs_are_ranked_and_no_type_reaches_two_towards_the_same_side_in_the_same_field() -> None:
    assert sorted(RUNGS["rank"]) == list(range(1, len(RUNGS) + 1))
    reached = [(row.whom, kind, row.contexts) for row in RUNGS.itertuples() for kind in str(row.event_types).split(";")]
    assert len(reached) == len(set(reached))
    assert {kind for _, kind, _ in reached} <= set(EVENT_TYPES)


def test_goods_stand_below_arms_and_what_both_do_together_is_no_delivery() -> None:
    ladder = go(event(1, "AID", context="aid"), event(2, "COOPERATE", mutual="yes"))
    assert (stands(ladder, "supply")[-1], stands(ladder, "deliver")[-1]) == ("done", "none")
    assert stands(go(event(1, "AID")), "supply")[-1] == "none"  # it stands on the higher rung


def test_nothing_found_stands_only_where_somebody_searched() -> None:
    searched = SEARCHES[SEARCHES["rung"] != "fight"].assign(start="2025-06-13", end="2025-06-16")
    types, offices = REFERENCE.table("event_types"), read_offices(REFERENCE)
    told = pd.DataFrame([ATTACK, event(1, "CONSULT")])
    ladder = build_ladder(told, pd.DataFrame([FIRM]), CASE, offices, types, RUNGS, searched, "2025-06-16")
    assert stands(ladder, "press") == ["unsearched", "none"]  # no search for the time before
    assert stands(ladder, "fight") == ["unsearched", "unsearched"]
    both = searched.assign(rung="press;fight").head(1)
    ladder = build_ladder(told, pd.DataFrame([FIRM]), CASE, offices, types, RUNGS, both, "2025-06-16")
    assert stands(ladder, "fight") == ["unsearched", "none"]


def test_what_is_about_somebody_else_reaches_no_rung() -> None:
    escort = event(1, "MOBILIZE", "ISR")
    assert stands(go(escort), "press")[-1] == "done"
    assert stands(go(escort, case=replace(CASE, elsewhere=("E1",))), "press")[-1] == "none"


@pytest.mark.parametrize(
    ("speaker", "kind", "status"),
    [
        ("peskov", "AGREE", "asserted"),  # the Kremlin on its own offer
        ("araghchi", "AGREE", "reported"),
        ("peskov", "AID", "reported"),  # that something arrived is not true because who sent it says so
        ("", "AGREE", "reported"),
    ],
)
def test_what_the_doer_of_an_act_of_words_says_on_record_is_done(speaker: str, kind: str, status: str) -> None:
    told = pd.DataFrame([event(1, kind, status="reported")])
    by = mentions({"event_id": "E1", "speaker": speaker, "status": "reported", "event_type": kind} | RUSSIA)
    made = affirm_own_acts(told, by, read_offices(REFERENCE), REFERENCE.table("event_types"))
    assert list(made["status"]) == [status]
    contested = affirm_own_acts(
        told.assign(contested="occurrence"), by, read_offices(REFERENCE), REFERENCE.table("event_types")
    )
    assert list(contested["status"]) == ["reported"]


@pytest.mark.parametrize(
    "ties",
    [
        [FIRM | {"strength": "thin"}],
        [FIRM | {"sign": "-", "net": -3.0}],
        [FIRM | {"one": "PRK"}],
        [FIRM | {"other": "CHN"}],
    ],
)
def test_without_a_firm_friend_who_is_attacked_there_is_no_ladder(ties: list[dict[str, Any]]) -> None:
    assert go(event(1, "CONSULT"), ties=ties) is None
    assert draw_ladder(None, pd.DataFrame(), RUNGS, read_labels(REFERENCE, "en")) == []


def test_a_vote_in_a_body_stands_on_a_rung_of_its_own() -> None:
    ladder = go(event(1, "REJECT", "un-security-council"), event(2, "REJECT", "USA"))
    assert stands(ladder, "object")[-1] == "done"
    assert ladder
    assert "E2" not in ";".join(ladder.rungs["event_ids"])


def test_of_equally_good_events_the_first_is_named() -> None:
    ladder = go(event(1, "CONSULT", earliest="2025-06-15", latest="2025-06-15"), event(2, "CONSULT"))
    assert ladder
    assert set(ladder.rungs["shown"]) - {""} == {"E2"}


def test_a_case_without_a_subject_has_no_ladder() -> None:
    assert go(case=replace(CASE, subject="")) is None


def test_words_to_the_partner_and_against_the_attacker_reach_their_rungs() -> None:
    ladder = go(event(1, "CONSULT"), event(2, "ACCUSE", "ISR"), event(3, "ACCUSE", "USA"), event(4, "AID", "ISR"))
    assert ladder
    assert (ladder.helper, ladder.partner) == ("RUS", "IRN")
    assert stands(ladder, "talk")[-1] == "done"
    assert stands(ladder, "condemn")[-1] == "done"
    assert {standing for rung in ("deliver", "press", "fight") for standing in stands(ladder, rung)} == {"none"}
    assert (
        ladder.rungs.loc[ladder.rungs["rung_id"] == "condemn", "event_ids"].iloc[-1] == "E2"
    )  # not of one who is none


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, "done"),
        ({"contested": "occurrence"}, "disputed"),
        ({"contested": "occurrence", "status": "reported"}, "disputed"),
        ({"status": "reported", "credibility": "4"}, "doubted"),
        ({"contested": "particulars"}, "done"),
        ({"status": "reported"}, "said"),
        ({"status": "negated"}, "denied"),
        ({"status": "hypothetical"}, "floated"),
        ({"status": "open"}, "floated"),
    ],
)
def test_what_stands_on_a_rung_is_what_its_firmest_event_says(more: dict[str, str], standing: str) -> None:
    assert stands(go(event(1, "AID", **more)), "deliver")[-1] == standing
    assert stands(go(event(1, "AID", **more), event(2, "AID")), "deliver")[-1] == "done"


def test_an_offer_of_one_side_is_a_talk_and_an_agreement_is_none() -> None:
    assert stands(go(event(1, "AGREE")), "talk")[-1] == "done"
    assert stands(go(event(1, "AGREE")), "back")[-1] == "none"
    assert stands(go(event(1, "AGREE", mutual="yes")), "back")[-1] == "done"


def test_each_event_stands_in_one_stretch_of_time() -> None:
    before = event(1, "AID", latest="2025-06-12", date="2025")
    later = event(2, "AID", latest="2026-03-06", known_from="2026-03-06")
    turns = tuple(Turn(day, {"de": f"nach {day}", "en": f"after {day}"}) for day in ("2025-06-13", "2025-06-25"))
    case = replace(CASE, turns=turns)
    assert stands(go(before, case=case), "deliver") == ["done", "none"]
    ladder = go(before, later, case=case, as_of="2026-06-30")
    assert ladder
    assert stands(ladder, "deliver") == ["done", "none", "done"]
    spans = list(dict.fromkeys(zip(ladder.rungs["start"], ladder.rungs["end"], strict=True)))
    assert spans == [("", "2025-06-12"), ("2025-06-13", "2025-06-24"), ("2025-06-25", "2026-06-30")]
    wide, _ = draw_ladder(ladder, pd.DataFrame([ATTACK, before, later]), RUNGS, read_labels(REFERENCE, "en"))
    said = [" ".join(text.lines) for text in wide.picture.drawing.words]
    assert {"Until 12 June 2025", "after 2025-06-13", "13–24 June 2025", "after 2025-06-25"} <= set(said)


def test_the_event_named_certainly_lies_in_its_stretch_of_time() -> None:
    vague = event(1, "SUPPORT", n_publishers=9, earliest="2025-01-01")
    assert go(vague, event(2, "SUPPORT")).rungs["shown"].max() == "E2"  # type: ignore[union-attr]
    assert go(vague, event(2, "SUPPORT", status="reported")).rungs["shown"].max() == "E1"  # type: ignore[union-attr]


def test_without_a_turn_the_first_attack_parts_before_and_after() -> None:
    ladder = go(event(1, "CONSULT"), case=replace(CASE, turns=()))
    assert ladder
    assert list(dict.fromkeys(ladder.rungs["start"])) == ["", "2025-06-13"]


def test_the_stages_of_a_process_are_one_act_and_what_was_only_floated_is_none() -> None:
    stages = [event(number, "SUPPORT", process="treaty") for number in (1, 2, 3)]
    ladder = go(*stages, event(4, "AGREE", mutual="yes"), event(5, "AGREE", mutual="yes", status="hypothetical"))
    assert ladder
    (row,) = ladder.rungs[(ladder.rungs["rung_id"] == "back") & (ladder.rungs["end"] == "2025-06-16")].itertuples()
    assert row.n_acts == 2
    assert row.event_ids == "E1;E2;E3;E4;E5"


def test_the_event_named_is_that_of_most_outlets() -> None:
    ladder = go(event(1, "CONSULT"), event(2, "CONSULT", n_publishers=3), event(3, "CONSULT", status="reported"))
    assert ladder
    assert set(ladder.rungs["shown"]) - {""} == {"E2"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_drawing_names_every_rung_and_the_signs_that_occur(language: str) -> None:
    labels, told = read_labels(REFERENCE, language), [event(1, "CONSULT"), event(2, "AID", status="reported")]
    wide, narrow = draw_ladder(go(*told), pd.DataFrame([ATTACK, *told]), RUNGS, labels)
    for chart in (wide, narrow):
        words = [" ".join(text.lines) for text in chart.picture.drawing.words]
        for name in RUNGS[f"name_{language}"]:
            assert name in words
        reached = [name in chart.alt for name in RUNGS[f"name_{language}"]]
        assert reached == list(RUNGS["rung_id"].isin(["talk", "deliver"]))
        assert f"{labels('ladder.said')} {told[1][f'summary_{language}']}" in " ".join(words)
        assert {mark.symbol for mark in chart.picture.drawing.marks} == {SIGNS["done"], SIGNS["said"]}
        assert labels("rung.denied") not in words
        least = 12 if chart.name.endswith(NARROW) else 9.5  # what a small screen needs; 6.5 points on A4
        assert all(text.size >= least for text in chart.picture.drawing.words)


def test_a_day_is_said_once_and_a_longer_time_by_its_years() -> None:
    told = [
        event(1, "CONSULT", summary_en="Call of 14 June 2025"),
        event(2, "AID", date="2023-09-01~/2023-09-03", earliest="2023-09-01", latest="2023-09-03"),
        event(3, "ACCUSE", "ISR", date="2023-12~/2024-01", earliest="2023-12-01", latest="2024-01-31"),
    ]
    wide, _ = draw_ladder(go(*told), pd.DataFrame([ATTACK, *told]), RUNGS, read_labels(REFERENCE, "en"))
    said = [" ".join(text.lines) for text in wide.picture.drawing.words]
    assert "Call of 14 June 2025" in said
    assert "Event 2 (2023)" in said
    assert "Event 3 (2023–2024)" in said
