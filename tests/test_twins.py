"""Twins of two languages, suggestions to merge, titles of events: what the desk knows of events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import PROJECT, dataset_of, edition_of, faults_in, open_case
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.core.tables import append_case, read_case, records
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.dataset.decisions import COLUMNS, decide, find_conflicts, read_titles
from lagebild.dataset.matching import pair_twins
from lagebild.dataset.merge_suggestions import suggest_merges
from lagebild.dataset.quotes import locate_evidence
from lagebild.interactive.review_queue import ReviewQueue, open_queue, read_decisions
from lagebild.interactive.review_widget import add_name, list_doubts, list_titles, list_twins, name_event
from lagebild.report import details as appendix, edition

ENGLISH = (
    "Israel attacked Iran on Friday. Russia condemned Israel. China supplied Iran with weapons. "
    "Turkey threatened Japan with war."
)
GERMAN = (
    "Israel hat am Freitag den Iran angegriffen. Russland verurteilte Israel. China lieferte dem Iran Waffen. "
    "Die Türkei drohte Japan mit Krieg."
)
STORY = (  # two deliveries that may be one, and two threats that are taken for one
    "China supplied Iran with missile engines on 3 June 2025. China supplied Iran with missile engines on 5 June 2025. "
    "Turkey threatened Japan with war. The weather was fine. Turkey threatened Japan with another war.",
    "China lieferte dem Iran am 3. Juni 2025 Motoren. China lieferte dem Iran am 5. Juni 2025 Motoren. "
    "Die Türkei drohte Japan mit Krieg. Das Wetter war gut. Die Türkei drohte Japan mit einem weiteren Krieg.",
)


def make_twins(root: Path, english: str = ENGLISH, german: str = GERMAN) -> Paths:
    """Make a case of one text that is held in two languages."""
    (root / "data" / "cases").mkdir(parents=True)
    (root / "a.txt").write_text(english, encoding="utf-8")
    make_case("twins", [str(root / "a.txt")], Given("2025-06-18", "en"), "", str(root))
    paths = Paths("twins", "2025-06-18", "en", str(root))
    (held,) = paths.texts.glob("*.en.txt")
    (held.parent / held.name.replace(".en.", ".de.")).write_text(german, encoding="utf-8")
    return paths


def open_desk(paths: Paths, language: str = "en") -> ReviewQueue:
    """Open the desk of a case."""
    return open_queue(open_case(paths), read_labels(REFERENCE, language))


def titled(*rows: tuple[str, str, str], by: str = "A") -> pd.DataFrame:
    """Return decisions that give events titles: event, field and title of each."""
    made = [
        (f"{by}{n}", event, "title", field, title, "why", by, "2026-11-27")
        for n, (event, field, title) in enumerate(rows)
    ]
    return pd.DataFrame(made, columns=COLUMNS, dtype=str)


# --- twins


def test_drafts_of_one_sentence_in_two_languages_are_twins_and_the_surer_leads(tmp_path: Path) -> None:
    for language in ("en", "de"):
        queue = open_desk(make_twins(tmp_path / language), language)
        twins = list_twins(queue)
        drafts = {row["draft_id"]: row for row in records(queue.drafts)}
        assert len(twins) == 4
        for follower, lead in twins.items():
            one, other = drafts[follower], drafts[lead]
            assert one["language"] != other["language"]
            assert (one["sentence_no"], one["event_type"]) == (other["sentence_no"], other["event_type"])
            assert (other["confidence"], other["language"] != language) <= (
                one["confidence"],
                one["language"] != language,
            )


DRAFT = {
    "source_id": "S1", "sentence_no": 1, "event_type": "AID", "type_alt": "", "source_actors": "RUS",
    "target_actors": "IRN", "mutual": "no", "date": "", "status": "asserted", "confidence": "A",
}  # fmt: skip


@pytest.mark.parametrize(
    ("other", "leads"),
    [
        ({}, {"d": "e"}),
        ({"target_actors": ""}, {"d": "e"}),
        ({"confidence": "B"}, {"d": "e"}),
        ({"event_type": "COOPERATE"}, {}),
        ({"event_type": "COOPERATE", "type_alt": "AID"}, {"d": "e"}),
        ({"source_actors": "CHN", "target_actors": "ISR"}, {}),
        ({"source_actors": "IRN", "target_actors": "RUS"}, {}),
        ({"source_actors": "putin"}, {"d": "e"}),
        ({"sentence_no": 2}, {}),
        ({"source_id": "S2"}, {}),
    ],
)
def test_twins_share_sentence_type_and_an_actor_on_a_side(other: dict[str, Any], leads: dict[str, str]) -> None:
    rows = [DRAFT | {"draft_id": "e", "language": "en"}, DRAFT | {"draft_id": "d", "language": "de"} | other]
    days = {"S1": "2025-06-18", "S2": "2025-06-18"}
    assert pair_twins(REFERENCE, pd.DataFrame(rows), days, "en") == leads


def test_of_several_drafts_of_a_sentence_those_most_alike_are_twins() -> None:
    rows = [
        DRAFT | {"draft_id": f"{language}{number}", "language": language, "status": status}
        for language, one, two in (("en", "asserted", "negated"), ("de", "negated", "asserted"))
        for number, status in ((1, one), (2, two))
    ]
    assert pair_twins(REFERENCE, pd.DataFrame(rows), {"S1": "2025-06-18"}, "de") == {"en1": "de2", "en2": "de1"}


# --- suggestions

TOLD = {"mutual": "no", "type_alt": "", "status": "asserted", "state": "open", "rule": "en-v-x"}
SENTENCES = pd.DataFrame(
    [
        ("S1", "en", 1, "The Rosatom reactor treaty was signed."),
        ("S2", "en", 1, "A reactor by Rosatom is agreed."),
        ("S3", "en", 1, "Nothing else happened."),
        ("S3", "de", 1, "Sonst geschah nichts."),
    ],
    columns=["source_id", "language", "sentence_no", "text"],
)
DAYS = {"S1": "2025-06-18", "S2": "2025-06-19", "S3": "2025-09-01"}


def told(name: str, event: str, source: str, **cells: str) -> dict[str, Any]:
    """Return a mention."""
    sides = {"event_type": "AGREE", "source_actors": "RUS", "target_actors": "IRN", "date": ""}
    return TOLD | sides | {"mention_id": name, "event_id": event, "source_id": source, "sentence_no": 1} | cells


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ({}, {}, 2),
        ({"date": "2025-06-17"}, {"date": "2025-06-17"}, 2),
        ({"date": "2025-06"}, {"date": "2025-06-17"}, 2),
        ({"date": "2025-06-15"}, {"date": "2025-06-17"}, 2),
        ({"date": "2025-06-10"}, {"date": "2025-06-17"}, None),
        ({"date": "../2025-06-18"}, {"date": "2025-06-17"}, 2),
        ({"source_actors": "putin"}, {}, 2),
        ({"source_actors": "CHN"}, {}, None),
        ({"target_actors": ""}, {"target_actors": ""}, None),
        ({"event_type": "SUPPORT"}, {}, None),
        ({"event_type": "SUPPORT", "type_alt": "AGREE"}, {}, 2),
        ({}, {"event_id": "V1"}, None),
        ({}, {"source_id": "S3"}, None),
        ({"source_id": "S3", "date": "2025-06-17"}, {"date": "2025-06-17"}, 0),
        ({"source_id": "S3", "date": "2025-06"}, {"date": "2025-06-17"}, None),  # vague, and no word in common
    ],
)
def test_two_events_may_be_one(one: dict[str, str], other: dict[str, str], words: int | None) -> None:
    rows = [told("m1", "V1", "S1") | one, told("m2", "V2", "S2") | other]
    found = suggest_merges(REFERENCE, rows, SENTENCES, DAYS)
    expected = [] if words is None else [("m1", "m2", ("Rosatom", "reactor")[:words])]
    assert [tuple(suggestion) for suggestion in found] == expected


def test_of_what_is_suggested_on_the_coded_case_most_is_right() -> None:
    inputs = open_case(Paths("russia-iran", "2026-06-30", "en", str(PROJECT)))
    coded = locate_evidence(decide(inputs.mentions, inputs.decisions), inputs.corpus.sentences)
    events = {row["mention_id"]: row for row in records(coded[(coded["event_id"] != "") & (coded["language"] == "en")])}
    hidden = [row | {"event_id": f"X-{name}", "type_alt": ""} for name, row in events.items()]
    days = dict(zip(inputs.corpus.sources["source_id"], inputs.corpus.sources["known_from"], strict=True))
    found = suggest_merges(inputs.reference, hidden, inputs.corpus.sentences, days)
    right = sum(events[one.row]["event_id"] == events[one.other]["event_id"] for one in found)
    assert len(found) >= 40
    assert right / len(found) >= 0.85


def test_the_desk_tells_why_in_words_and_leaves_alone_what_a_person_moved(tmp_path: Path) -> None:
    queue = open_desk(make_twins(tmp_path, *STORY))
    (doubt,) = list_doubts(queue, read_decisions(queue), list_twins(queue))
    assert doubt["why"] == "same sides and same type, rarer words in common: engines, missile, supplied"
    assert (doubt["row"], doubt["other"]) == ("D-S001-en-1.1", "D-S001-en-2.1")
    moved = ("d2", "D-S001-en-1.1", "merge", "", "V-S001-de-2.1", "why", "A", "2026-11-27")
    assert list_doubts(queue, pd.DataFrame([moved], columns=COLUMNS), list_twins(queue)) == []


# --- titles


def test_a_title_given_on_the_desk_stands_in_the_tables_and_can_be_taken_back(tmp_path: Path) -> None:
    paths = make_twins(tmp_path)
    event = records(dataset_of(paths).events)[0]
    names = {event["event_id"]: (event["summary_de"], event["summary_en"])}
    append_case(paths, "decisions", titled((event["event_id"], "summary_en", "Strike on Iran")))
    data = dataset_of(paths)
    row = data.events.set_index("event_id").loc[event["event_id"]]
    assert (row["summary_en"], row["summary_de"]) == ("Strike on Iran", names[event["event_id"]][0])
    assert set(data.mentions["reviewed"]) == {"no"}  # to name an event reviews none of its mentions
    queue = open_desk(paths)
    assert list_titles(queue, read_decisions(queue)) == {event["event_id"]: "Strike on Iran"}
    called = name_event(queue, read_decisions(queue), event["event_id"], event["mention_ids"].split(";"))
    assert called == {"de": names[event["event_id"]][0], "en": "Strike on Iran"}
    undo = titled((event["event_id"], "", "A0")).assign(decision_id="A9", action="undo")
    append_case(paths, "decisions", undo)
    assert dataset_of(paths).events["summary_en"][0] == event["summary_en"]


def test_the_report_prints_the_title_and_who_gave_it_why(tmp_path: Path) -> None:
    paths = make_twins(tmp_path)
    event = dataset_of(paths).events["event_id"][0]
    append_case(paths, "decisions", titled((event, "summary_en", "Strike <i>on</i> Iran")))
    edition_of(paths)
    text = appendix.annex(edition.gather_edition(REFERENCE, paths)).html
    assert "Strike &lt;i&gt;on&lt;/i&gt; Iran" in text
    assert "decision A0 (A, 27 November 2026): why" in text


@pytest.mark.parametrize(
    ("event", "field", "title", "fault"),
    [
        ("V-none", "summary_en", "A title", "there is no event 'V-none'"),
        ("", "summary_fr", "Un titre", "'summary_fr' is no title"),
        ("", "summary_en", "x" * 121, "one line of up to 120 characters"),
        ("", "summary_en", "", "one line of up to 120 characters"),
    ],
)
def test_a_title_that_does_not_fit_is_named(tmp_path: Path, event: str, field: str, title: str, fault: str) -> None:
    paths = make_twins(tmp_path)
    known = event or next(iter(open_desk(paths).proposed["event_id"]))
    append_case(paths, "decisions", titled((known, field, title)))
    (found,) = faults_in(paths)
    assert found.startswith("data/cases/twins/decisions.csv, row 2 (A0): ")
    assert fault in found


def test_two_copies_that_call_an_event_differently_are_in_conflict() -> None:
    mine, theirs = titled(("V1", "summary_en", "One")), titled(("V1", "summary_en", "Other"), by="B")
    (conflict,) = find_conflicts(mine, theirs)
    assert conflict.says == "summary_en is 'One' by A, 'Other' by B"
    assert find_conflicts(mine, titled(("V1", "summary_en", "One"), by="B")) == []
    assert read_titles(pd.concat([mine, theirs])) == {"V1": {"summary_en": "Other"}}


# --- names


def test_another_name_of_an_actor_is_added_to_the_case_and_read_from_then_on(tmp_path: Path) -> None:
    paths = make_twins(tmp_path)
    queue, actor = add_name(open_desk(paths), "  the  Golden Hall ", "IRN")
    assert actor[0] == "IRN"
    assert "the Golden Hall" in actor[3]
    (row,) = records(read_case(paths, "names"))
    assert (row["name"], row["kind"], row["actor_id"]) == ("the Golden Hall", "name", "IRN")
    for name, actor_id, fault in (
        ("the Golden Hall", "IRN", "is a name of IRN already"),
        ("Tehran", "IRN", "is a name of IRN already"),
        ("", "IRN", "needs a name"),
        ("somebody", "nobody", "Choose whom the words name"),
    ):
        with pytest.raises(InputError, match=fault):
            add_name(queue, name, actor_id)
