"""Decisions and faults: what reviewers change, and how each row that does not fit is named."""

from __future__ import annotations

import re
from dataclasses import replace as with_
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import append, changes_of, dataset_of, edit, faults_in, open_case, read_rows, tiny
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.schema import TABLES
from lagebild.core.tables import read_case, records
from lagebild.dataset.decisions import decide
from lagebild.dataset.quotes import locate_evidence
from lagebild.run.pipeline import build_dataset


def decided(paths: Paths, *decisions: tuple[str, str, str, str]) -> dict[str, dict[str, Any]]:
    """Return the coded mentions of the tiny case after decisions, each row, action, field and value."""
    columns = list(TABLES["case/decisions"].columns)
    taken = [(f"d{number}", *what, "why", "who", "2026-11-24") for number, what in enumerate(decisions, start=1)]
    return {
        row["mention_id"]: row
        for row in records(decide(read_case(paths, "mentions"), pd.DataFrame(taken, columns=columns)))
    }


def test_what_nobody_decided_on_stands_as_it_was_coded(root: Path) -> None:
    row = decided(tiny(root))["t01"]
    assert (row["origin"], row["reviewed"], row["rule"]) == ("added", "yes", "coded by hand: Lagebild tests 2026-11-24")


def test_an_accepted_mention_stays_as_it_is(root: Path) -> None:
    assert decided(tiny(root), ("t01", "accept", "", "")) == decided(tiny(root))


def test_a_rejected_mention_is_gone_and_no_other(root: Path) -> None:
    assert set(decided(tiny(root))) - set(decided(tiny(root), ("t02", "reject", "", ""))) == {"t02"}


def test_an_edit_changes_one_field_and_says_which_decision_did(root: Path) -> None:
    before, row = decided(tiny(root))["t02"], decided(tiny(root), ("t02", "edit", "status", "asserted"))["t02"]
    assert row == before | {"status": "asserted", "origin": "edited", "rule": "d1"}


@pytest.mark.parametrize("action", ["merge", "split"])
def test_a_mention_is_moved_to_another_event(root: Path, action: str) -> None:
    assert decided(tiny(root), ("t11", action, "", "E6"))["t11"]["event_id"] == "E6"


@pytest.mark.parametrize(
    ("decisions", "there", "status"),
    [
        ([("edit", "status", "asserted"), ("edit", "status", "open")], True, "open"),
        ([("reject", "", ""), ("reject", "", "")], False, ""),
        ([("reject", "", ""), ("accept", "", "")], True, "reported"),
        ([("reject", "", ""), ("edit", "status", "asserted")], True, "asserted"),
        ([("edit", "status", "asserted"), ("reject", "", "")], False, ""),
        ([("accept", "", ""), ("reject", "", ""), ("accept", "", ""), ("reject", "", "")], False, ""),
    ],
)
def test_of_several_decisions_on_a_mention_the_last_counts(
    root: Path, decisions: list[tuple[str, str, str]], there: bool, status: str
) -> None:
    left = decided(tiny(root), *(("t02", *decision) for decision in decisions))
    assert ("t02" in left) is there
    assert len(left) == 12 - (not there)
    if there:
        assert left["t02"]["status"] == status
        assert left["t02"]["source_id"] == "T1"


def test_decisions_change_neither_of_their_tables(root: Path) -> None:
    coded = read_case(tiny(root), "mentions")
    copy = coded.copy()
    decide(
        coded,
        pd.DataFrame([("d1", "t02", "reject", "", "", "", "", "")], columns=list(TABLES["case/decisions"].columns)),
    )
    pd.testing.assert_frame_equal(coded, copy)


def test_evidence_is_found_to_the_character_in_each_language(root: Path) -> None:
    paths = tiny(root)
    sentences = open_case(paths).corpus.sentences
    found = locate_evidence(decide(read_case(paths, "mentions"), read_case(paths, "decisions")), sentences)
    assert len(found) == 5 * 2 + 3 + 4
    for row in records(found):
        text = (paths.texts / f"{row['source_id']}.{row['language']}.txt").read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["evidence"]


@pytest.mark.parametrize(
    ("language", "evidence", "cue"),
    [
        (
            "de",
            "sprachen Putin und Trump zwischen dem 13. und dem 15. Januar 2025 am Telefon",
            "Nach Angaben des Kremls",
        ),
        ("en", "Putin and Trump spoke by phone between 13 and 15 January 2025", "According to the Kremlin"),
    ],
)
def test_a_mention_has_evidence_and_cue_of_the_language_it_is_read_in(
    root: Path, language: str, evidence: str, cue: str
) -> None:
    mentions = dataset_of(tiny(root)).mentions.set_index(["mention_id", "language"])
    assert list(mentions.loc[("t02", language), ["evidence", "cue"]]) == [evidence, cue]


def test_a_mention_without_a_quote_has_its_whole_sentence_as_evidence(root: Path) -> None:
    mentions = dataset_of(tiny(root)).mentions.set_index(["mention_id", "language"])
    assert mentions["evidence"]["t04", "de"] == "Chamenei lobte Russland."


@pytest.mark.parametrize(
    ("as_of", "events", "conditions", "sources"),
    [
        ("2025-01-17", [], [], []),
        ("2025-01-18", ["E1", "E2", "E3", "E4"], ["C1"], ["T1"]),
        ("2025-01-25", ["E1", "E2", "E3", "E4"], ["C1"], ["T1"]),
        ("2025-01-26", ["E1", "E2", "E3", "E4", "E5"], ["C1"], ["T1", "T2"]),
        ("2025-06-15", ["E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8"], ["C1"], ["T1", "T2", "T3"]),
    ],
)
def test_an_edition_knows_what_its_sources_tell(
    root: Path, as_of: str, events: list[str], conditions: list[str], sources: list[str]
) -> None:
    data = dataset_of(tiny(root, as_of))
    assert list(data.events["event_id"]) == events
    assert list(data.conditions["condition_id"]) == conditions
    assert list(data.sources["source_id"]) == sources
    assert set(data.sentences["source_id"]) | set(data.mentions["source_id"]) <= set(sources)


@pytest.mark.parametrize(
    ("since", "left_out"),
    [
        ("", set()),
        ("2025-01-15", set()),
        ("2025-01-16", {"E2"}),
        ("2025-01-18", {"E1", "E2"}),
        ("2025-06-01", {"E1", "E2", "E3", "E5", "E7"}),
    ],
)
def test_since_leaves_out_what_had_ended_before_and_keeps_what_has_no_date(
    root: Path, since: str, left_out: set[str]
) -> None:
    every, some = dataset_of(tiny(root)), dataset_of(tiny(root), since)
    assert set(every.events["event_id"]) - set(some.events["event_id"]) == left_out
    assert set(some.conditions["condition_id"]) == {"C1"}
    assert not set(some.mentions["event_id"]) & left_out


def test_the_first_edition_has_no_changes(root: Path) -> None:
    changes = changes_of(tiny(root), "")
    assert changes.empty
    assert list(changes.columns) == list(TABLES["changes"].columns)


def test_a_later_edition_lists_what_is_new_and_what_changed_with_the_mentions_that_did_it(root: Path) -> None:
    changes = records(changes_of(tiny(root), "2025-01-31"))
    assert {
        (row["row"], row["change"], row["field"], row["before"], row["after"], row["reason"])
        for row in changes
        if row["table"] == "events"
    } == {
        ("E5", "changed", "density", "sparse", "medium", "t11"),
        ("E5", "changed", "n_publishers", "1", "2", "t11"),
        ("E6", "new", "", "", "", "t09"),
        ("E7", "new", "", "", "", "t10"),
        ("E8", "new", "", "", "", "t12"),
    }


def test_a_case_without_faults_has_none(root: Path) -> None:
    assert faults_in(tiny(root)) == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"event_id": ""}, "it must tell either an event or a condition"),
        ({"condition_id": "C1"}, "it must tell either an event or a condition"),
        ({"event_type": ""}, "an event needs an event_type"),
        ({"event_id": "E99"}, "there is no event_id 'E99'; add it to events.csv"),
        ({"event_id": "", "condition_id": "C99"}, "there is no condition_id 'C99'; add it to conditions.csv"),
        ({"source_actors": "putin;nobody"}, "source_actors names the unknown actor 'nobody'"),
        ({"target_actors": "nobody"}, "target_actors names the unknown actor 'nobody'"),
        ({"speaker": "nobody"}, "speaker names the unknown actor 'nobody'"),
        ({"date": "mid-January"}, "The date 'mid-January' is no EDTF"),
        ({"date": "2025-01-15/2025-01-13"}, "The date '2025-01-15/2025-01-13' ends before it starts"),
        ({"source_id": "T9"}, "T9 is not in sources.csv"),
        ({"sentence_no": "9"}, "the texts of source 'T1' have no sentence 9"),
        ({"sentence_no": "0"}, "the texts of source 'T1' have no sentence 0"),
        ({"quote_de": "Putin traf Trump"}, "the evidence 'Putin traf Trump' does not stand once in sentence 2"),
        ({"quote_en": "Putin met Trump"}, "the evidence 'Putin met Trump' does not stand once in sentence 2"),
        ({"quote_en": "n"}, "the evidence 'n' does not stand once in sentence 2"),
        ({"quote_en": "Putin and trump"}, "the evidence 'Putin and trump' does not stand once"),
        ({"cue_de": "laut Kreml"}, "the cue 'laut Kreml' does not stand once in sentence 2 of texts/T1.de.txt"),
        ({"cue_en": "reportedly"}, "the cue 'reportedly' does not stand once in sentence 2 of texts/T1.en.txt"),
    ],
)
def test_a_mention_that_does_not_fit_names_file_row_and_fault(root: Path, cells: dict[str, str], fault: str) -> None:
    edit(tiny(root).inputs / "mentions.csv", "t02", **cells)
    found = faults_in(tiny(root))
    assert any(line.startswith("data/cases/tiny/mentions.csv, row 3 (t02): ") and fault in line for line in found)
    assert all(line.startswith("data/cases/tiny/mentions.csv, row 3 (t02): ") for line in found)
    with pytest.raises(InputError, match=r"^data/cases/tiny/mentions\.csv, row 3 \(t02\): "):
        dataset_of(tiny(root))


def test_a_quote_in_a_language_that_the_source_has_not_is_a_fault(root: Path) -> None:
    edit(tiny(root).inputs / "mentions.csv", "t08", quote_de="Israel traf ein Ziel")
    assert [line[:46] for line in faults_in(tiny(root))] == ["data/cases/tiny/mentions.csv, row 9 (t08): the"]


def test_a_sentence_says_what_to_do_about_every_fault(root: Path) -> None:
    edit(tiny(root).inputs / "mentions.csv", "t02", source_actors="nobody", quote_de="x y z", date="soon")
    found = faults_in(tiny(root))
    assert len(found) == 3
    for line in found:
        assert re.search(r"(; (add|copy|correct|fill|choose)|: write) .+\.$", line)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"row": "t99"}, "there is no mention 't99'"),
        ({"action": "edit", "field": "colour", "value": "x"}, "'colour' is no field that an edit can change"),
        ({"action": "edit", "field": "", "value": "x"}, "'' is no field that an edit can change"),
        ({"action": "merge", "value": "E99"}, "there is no event_id 'E99'; add it to events.csv"),
        ({"action": "split", "value": ""}, "it must tell either an event or a condition"),
        # what an edit puts in must fit as if it had been coded so
        ({"action": "edit", "field": "source_actors", "value": "nobody"}, "unknown actor 'nobody'"),
        ({"action": "edit", "field": "date", "value": "soon"}, "The date 'soon' is no EDTF"),
        ({"action": "edit", "field": "status", "value": "certain"}, "status is 'certain', but must be one of"),
        ({"action": "edit", "field": "event_id", "value": "E99"}, "there is no event_id 'E99'"),
        ({"action": "edit", "field": "source_id", "value": "T9"}, "'source_id' is no field"),
        ({"action": "edit", "field": "sentence_no", "value": "2"}, "'sentence_no' is no field"),
        ({"action": "edit", "field": "quote_en", "value": "not there"}, "the evidence 'not there' does not stand once"),
        ({"row": "t05", "action": "merge", "value": "E1"}, "either an event or a condition"),
    ],
)
def test_a_decision_that_does_not_fit_names_file_row_and_fault(root: Path, cells: dict[str, str], fault: str) -> None:
    append(tiny(root).inputs / "decisions.csv", decision_id="d2", **cells)
    with pytest.raises(InputError) as raised:
        dataset_of(tiny(root))
    assert str(raised.value).startswith("data/cases/tiny/decisions.csv, row 3 (d2): ")
    assert fault in str(raised.value)


def test_a_fault_of_a_source_that_is_not_known_yet_is_found_all_the_same(root: Path) -> None:
    edit(tiny(root).inputs / "mentions.csv", "t09", source_actors="nobody")
    with pytest.raises(InputError, match=r"mentions\.csv, row 10 \(t09\)"):
        dataset_of(tiny(root, "2025-01-31"))


def test_an_event_that_no_mention_tells_is_left_out(root: Path) -> None:
    append(tiny(root).inputs / "events.csv", event_id="E9")
    assert "E9" not in set(dataset_of(tiny(root)).events["event_id"])


def test_building_reads_and_changes_nothing(root: Path) -> None:
    paths = tiny(root)
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    for as_of in ("2025-06-16", "2025-01-31"):
        build_dataset(open_case(with_(paths, as_of=as_of)))
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_the_tables_do_not_depend_on_the_order_of_rows_in_the_files(root: Path) -> None:
    before = {name: frame.to_csv() for name, frame in dataset_of(tiny(root)).tables().items()}
    file = tiny(root).inputs / "mentions.csv"
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, *reversed(lines)]) + "\n", encoding="utf-8")
    assert len(read_rows(file)) == 12
    after = dataset_of(tiny(root)).tables()
    assert after["events"].to_csv() == before["events"]
    assert after["conditions"].to_csv() == before["conditions"]
    assert after["actors"].to_csv() == before["actors"]
