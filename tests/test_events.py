"""Mentions become events: the best told first, the narrowest date, what is contested, who is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import append, events, faults_in, mentions, names, sources, tiny
from known import REFERENCE
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.dataset.coreference import describe_actors, grade_mentions, merge_conditions, merge_events

AS_OF = "2025-06-16"
NO_CONDITIONS = pd.DataFrame({"actors": []}, dtype=str)


def merged(reported: pd.DataFrame, pages: pd.DataFrame | None = None) -> dict[str, Any]:
    """Merge mentions of one event."""
    (event,) = records(
        merge_events(grade_mentions(reported, sources({}) if pages is None else pages), names("events", "E1"), AS_OF)
    )
    return event


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"stance": "supports"}, {"stance": "differs"}),
        ({"stance": "differs"}, {"stance": "denies"}),
        ({"status": "asserted"}, {"status": "reported"}),
        ({"status": "reported"}, {"status": "hypothetical"}),
        ({"status": "hypothetical"}, {"status": "negated"}),
        ({"status": "negated"}, {"status": "open"}),
        ({"credibility": "1"}, {"credibility": "2"}),
        ({"credibility": "5"}, {"credibility": "6"}),
        ({"source_id": "S1"}, {"source_id": "S2"}),  # reliability A before B
        ({"source_id": "S2"}, {"source_id": "S3"}),  # both B, but S2 came a day earlier
        # what stands first in the order outweighs all that follows
        ({"stance": "supports", "status": "open", "credibility": "6"}, {"stance": "differs", "credibility": "1"}),
        ({"status": "asserted", "credibility": "6"}, {"status": "reported", "credibility": "1"}),
        ({"credibility": "1", "source_id": "S3"}, {"credibility": "2", "source_id": "S1"}),
    ],
)
def test_the_best_told_mention_comes_first(better: dict[str, str], worse: dict[str, str]) -> None:
    pages = sources({"reliability": "A"}, {"reliability": "B"}, {"reliability": "B", "known_from": "2025-01-19"})
    for reported in (
        mentions(better | {"mention_id": "good"}, worse),
        mentions(worse, better | {"mention_id": "good"}),
    ):
        assert grade_mentions(reported, pages).iloc[0]["mention_id"] == "good"


def test_the_best_told_mention_gives_type_actors_and_status() -> None:
    event = merged(
        mentions(
            {"event_type": "AGREE", "source_actors": "IRN", "status": "reported", "speaker": "IRN"},
            {"event_type": "SUPPORT", "source_actors": "RUS", "status": "asserted"},
        )
    )
    assert [event[name] for name in ("event_type", "source_actors", "status")] == ["SUPPORT", "RUS", "asserted"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2025", "2025-01", "2025-01-17"], "2025-01-17"),
        (["2025-01-17", "2025"], "2025-01-17"),
        (["", "2025-01"], "2025-01"),
        (["../2025-01-18", "2025-01"], "2025-01"),
        (["../2025-01-18", ""], "../2025-01-18"),
        (["2025-01-10/2025-01-20", "2025-01"], "2025-01-10/2025-01-20"),
        (["", ""], ""),
    ],
)
def test_the_narrowest_date_that_supporting_mentions_state_is_the_date(dates: list[str], expected: str) -> None:
    assert merged(mentions(*({"date": date} for date in dates)))["date"] == expected


def test_a_mention_that_differs_or_denies_never_gives_the_date() -> None:
    event = merged(
        mentions(
            {"date": "2025-01"},
            {"date": "2025-01-20", "stance": "differs"},
            {"date": "2025-01-21", "stance": "denies", "status": "negated"},
        )
    )
    assert event["date"] == "2025-01"


def test_a_better_told_mention_with_a_vaguer_date_takes_the_narrower_date_of_another() -> None:
    event = merged(
        mentions(
            {"date": "2025-01", "status": "asserted", "date_basis": "stated"},
            {"date": "2025-01-17", "status": "reported", "date_basis": "relative"},
        )
    )
    assert (event["date"], event["date_basis"], event["status"]) == ("2025-01-17", "relative", "asserted")


@pytest.mark.parametrize(
    ("stances", "contested", "by"),
    [
        (["supports"], "no", ""),
        (["supports", "supports"], "no", ""),
        (["supports", "differs"], "particulars", "m2"),
        (["supports", "denies"], "occurrence", "m2"),
        (["supports", "differs", "denies"], "occurrence", "m2;m3"),
        (["differs", "denies"], "occurrence", "m1;m2"),
        # nobody else tells it: there is nothing to differ from or to deny
        (["differs"], "no", ""),
        (["denies"], "no", ""),
        (["denies", "denies"], "no", ""),
    ],
)
def test_an_event_is_contested_if_somebody_differs_or_denies(stances: list[str], contested: str, by: str) -> None:
    event = merged(mentions(*({"stance": stance} for stance in stances)))
    assert (event["contested"], event["contested_by"]) == (contested, by)


@pytest.mark.parametrize(
    ("reported", "publishers"),
    [
        (["Agency A"], 1),
        (["Agency A", "Agency A"], 1),
        (["Agency A", "Agency B"], 2),
        (["Agency A", "Agency B", "Agency A"], 2),
    ],
)
def test_publishers_are_counted_by_whose_report_it_is(reported: list[str], publishers: int) -> None:
    pages = sources(*({"reporter": reporter} for reporter in reported))
    event = merged(mentions(*({"source_id": f"S{number}"} for number in range(1, len(reported) + 1))), pages)
    assert (event["n_publishers"], event["n_mentions"]) == (publishers, len(reported))


def test_a_publisher_that_only_denies_does_not_count_as_telling_it() -> None:
    pages = sources({"reporter": "Agency A"}, {"reporter": "Agency B"})
    event = merged(mentions({"source_id": "S1"}, {"source_id": "S2", "stance": "denies"}), pages)
    assert event["n_publishers"] == 1


def test_one_sentence_in_two_languages_is_one_mention() -> None:
    twice = {"mention_id": "m1", "sentence_no": 1}
    event = merged(mentions(twice | {"language": "de"}, twice | {"language": "en"}))
    assert (event["n_mentions"], event["n_publishers"], event["mention_ids"]) == (1, 1, "m1")


def test_two_mentions_in_one_sentence_are_one_sentence_that_tells_it() -> None:
    event = merged(mentions({"sentence_no": 1}, {"sentence_no": 1}, {"sentence_no": 2}))
    assert (event["n_mentions"], event["mention_ids"]) == (2, "m1;m2;m3")


def test_an_event_is_known_from_the_first_page_that_tells_it() -> None:
    pages = sources({"known_from": "2025-01-20"}, {"known_from": "2025-01-18"})
    assert merged(mentions({"source_id": "S1"}, {"source_id": "S2"}), pages)["known_from"] == "2025-01-18"


def test_mentions_of_two_events_stay_two_events() -> None:
    reported = grade_mentions(mentions({"event_id": "E1"}, {"event_id": "E2"}, {"event_id": "E1"}), sources({}))
    assert list(merge_events(reported, names("events", "E1", "E2"), AS_OF)["mention_ids"]) == ["m1;m3", "m2"]


def test_a_mention_of_a_condition_makes_no_event() -> None:
    reported = grade_mentions(mentions({"event_id": "", "condition_id": "C1"}), sources({}))
    assert merge_events(reported, names("events", "E1"), AS_OF).empty
    assert list(merge_conditions(reported, names("conditions", "C1"), AS_OF)["condition_id"]) == ["C1"]


@pytest.mark.parametrize("merge", [merge_events, merge_conditions])
def test_no_mention_makes_an_empty_table_with_all_columns(merge: Any) -> None:
    table = merge.__name__.removeprefix("merge_")
    made = merge(grade_mentions(mentions(), sources({})), names(table), AS_OF)
    assert made.empty
    assert list(made.columns) == list(TABLES[table].columns)


def test_merging_changes_none_of_its_tables() -> None:
    reported, pages, summaries = mentions({}, {"stance": "denies"}), sources({}), names("events", "E1")
    before = [frame.copy() for frame in (reported, pages, summaries)]
    merge_events(grade_mentions(reported, pages), summaries, AS_OF)
    for frame, copy in zip((reported, pages, summaries), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.parametrize(
    ("as_of", "acts_for", "office"),
    [
        ("2024-11-07", "", ""),
        ("2025-01-20", "USA", "President of the United States"),
        ("2020-01-01", "USA", "President of the United States"),
        ("2021-01-21", "", ""),
    ],
)
def test_an_actor_is_described_by_the_office_held_on_the_as_of_date(as_of: str, acts_for: str, office: str) -> None:
    reported = events({"source_actors": "trump"})
    actors = describe_actors(REFERENCE, reported, NO_CONDITIONS, mentions(), as_of).set_index("actor_id")
    assert list(actors.loc["trump", ["acts_for", "office_en"]]) == [acts_for, office]


def test_no_office_shows_an_end_that_lies_after_the_as_of_date() -> None:
    reported = events({"source_actors": "khamenei"})
    actors = describe_actors(REFERENCE, reported, NO_CONDITIONS, mentions(), "2025-06-16")
    assert list(actors.set_index("actor_id").loc[["khamenei"], "to"]) == [""]


def test_actors_are_counted_as_doer_target_and_speaker_once_per_event_and_mention() -> None:
    reported = events(
        {"source_actors": "RUS;IRN", "target_actors": "IRN"}, {"source_actors": "RUS", "target_actors": ""}
    )
    spoken = {"speaker": "kremlin", "mention_id": "m1"}
    said = mentions(spoken | {"language": "de"}, spoken | {"language": "en"})
    actors = describe_actors(REFERENCE, reported, NO_CONDITIONS, said, AS_OF).set_index("actor_id")
    counts = actors[["n_source", "n_target", "n_speaker"]]
    assert {str(name): list(row) for name, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)} == {
        "RUS": [2, 0, 0],
        "IRN": [1, 1, 0],
        "kremlin": [0, 0, 1],
    }


def test_an_event_and_a_condition_with_one_id_are_a_fault(root: Path) -> None:
    append(tiny(root).inputs / "conditions.csv", condition_id="E1")
    assert faults_in(tiny(root)) == [
        "data/cases/tiny/conditions.csv, row 3: an event has the id E1 too; give the condition another."
    ]
