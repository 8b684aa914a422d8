"""What is new: between two editions, and between two runs of the same edition, each with its cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from examples import append, changes_of, dataset_of, edit, edition_of, events, relations, tiny, visible
from known import REFERENCE
from lagebild.analysis.changes import (
    Row,
    compare,
    compare_relations,
    describe_revisions,
    find_answered,
    find_fresh,
    last_revisions,
    list_inputs,
    revise,
)
from lagebild.core import tables as store
from lagebild.core.case import read_case_file
from lagebild.core.folders import Paths, locate
from lagebild.core.judgements import Entry
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.report import details as report, edition
from lagebild.run.pipeline import note_revisions

pytestmark = pytest.mark.slow  # whole editions

NO_CONDITIONS = events().rename(columns={"event_id": "condition_id"})


def test_what_differs_between_two_editions_is_one_row_each() -> None:
    before = events({}, {"status": "reported"}, {})
    now = events({}, {"status": "asserted", "mention_ids": "m1;m9"}, {"event_id": "E4", "mention_ids": "m4"})
    new, old = ({"events": table, "conditions": NO_CONDITIONS} for table in (now, before))
    assert [tuple(change) for change in compare(new, old, lambda has, had: "time" if has and had else "source")] == [
        ("events", "E2", "changed", "status", "reported", "asserted", "m9", "time"),
        ("events", "E3", "gone", "", "", "", "", "source"),
        ("events", "E4", "new", "", "", "", "m4", "source"),
    ]


def test_the_same_edition_twice_differs_in_nothing(root: Path) -> None:
    assert changes_of(tiny(root), "2025-06-16").empty


@pytest.mark.parametrize(
    ("published", "known_from", "cause"),
    [
        ("2025-02-01", "2025-02-01", "source"),
        ("2025-02-01/2025-02-05", "2025-02-05", "source"),
        ("2025-01-31/2025-02-05", "2025-02-05", "time"),  # perhaps known on the day of the edition
        ("2025-01", "2025-02-05", "time"),
        ("2025-01-31", "2025-01-31", None),
    ],
)
def test_a_page_is_a_cause_only_if_it_was_certainly_published_later(
    published: str, known_from: str, cause: str | None
) -> None:
    pages = pd.DataFrame([{"source_id": "S1", "published": published, "known_from": known_from}])
    assert find_fresh(pages, "2025-01-31").get("S1") == cause


def cells(*rows: dict[str, object]) -> dict[tuple[str, str], Row]:
    """Return cells of a relation matrix."""
    return {(row["source_actor"], row["target_actor"]): row for row in records(relations(*rows))}


@pytest.mark.parametrize(
    ("before", "now", "change", "signs", "nets", "reason"),
    [
        ([], [{}], "new", ("", "+"), ("", "3.5"), "E1"),
        ([{}], [], "gone", ("+", ""), ("3.5", ""), "E1"),
        ([{}], [{"sign": "-", "net": -2.0, "event_ids": "E1;E2"}], "changed", ("+", "-"), ("3.5", "-2.0"), "E2"),
        ([{}], [{"sign": "0", "net": 0.0, "event_ids": "E3"}], "changed", ("+", "0"), ("3.5", "0.0"), "E1;E3"),
    ],
)
def test_a_cell_that_flipped_appeared_or_vanished_is_told_with_sign_net_and_the_events_that_moved(
    before: list[dict[str, object]],
    now: list[dict[str, object]],
    change: str,
    signs: tuple[str, str],
    nets: tuple[str, str],
    reason: str,
) -> None:
    assert [tuple(found) for found in compare_relations(cells(*now), cells(*before), {})] == [
        ("relations", "RUS;IRN", change, "sign", *signs, reason, "time"),
        ("relations", "RUS;IRN", change, "net", *nets, reason, "time"),
    ]


def test_a_cell_that_only_grew_is_not_told() -> None:
    assert compare_relations(cells({"net": 9.0, "event_ids": "E1;E2"}), cells({}), {}) == []


@pytest.mark.parametrize(("causes", "cause"), [({"E2": "source"}, "source"), ({"E2": "time"}, "time"), ({}, "time")])
def test_a_cell_flips_for_the_cause_of_its_events(causes: dict[str, str], cause: str) -> None:
    now = cells({"sign": "-", "event_ids": "E1;E2"})
    assert {change.cause for change in compare_relations(now, cells({}), causes)} == {cause}


@pytest.mark.parametrize(
    ("answered_by", "known", "was_known", "answered"),
    [
        (("E1",), {"E1"}, set(), True),
        (("E1", "C1"), {"E1", "C1"}, {"E1"}, True),
        (("E1", "C1"), {"E1"}, set(), False),
        (("E1",), {"E1"}, {"E1"}, False),
        ((), {"E1"}, set(), False),
    ],
)
def test_a_question_is_answered_once_all_that_answers_it_is_known(
    answered_by: tuple[str, ...], known: set[str], was_known: set[str], answered: bool
) -> None:
    entry = Entry("Q1", "2025-01-31", {}, (), answered_by=answered_by)
    found = find_answered([entry], known, was_known, {"E1": "source"})
    assert [(change.row, change.change, change.reason) for change in found] == [
        ("Q1", "answered", ";".join(answered_by))
    ] * answered


def test_a_later_edition_tells_events_cells_and_questions_with_their_causes(root: Path) -> None:
    found = records(changes_of(tiny(root), "2025-01-31"))
    assert {row["cause"] for row in found} == {"source"}
    assert {(row["table"], row["row"], row["change"]) for row in found} == {
        ("events", "E5", "changed"),
        ("events", "E6", "new"),
        ("events", "E7", "new"),
        ("events", "E8", "new"),
        ("relations", "ISR;RUS", "new"),
        ("relations", "RUS;ISR", "new"),
        ("questions", "Q1", "answered"),
    }


def test_a_page_whose_day_is_estimated_enters_by_time(root: Path) -> None:
    now = tiny(root, "2025-01-26")  # T2 was published between 23 and 26 January
    found = records(changes_of(now, "2025-01-24"))
    assert {row["cause"] for row in found if row["row"] == "E5"} == {"time"}
    assert {row["cause"] for row in records(changes_of(now, "2025-01-22"))} == {"source"}


def test_what_an_earlier_edition_left_out_by_its_date_is_new_by_time(root: Path) -> None:
    now = tiny(root, "2025-02-10")  # C1 lasts: on 31 January it had not reached February yet
    found = records(changes_of(now, "2025-01-31", "2025-02-01"))
    assert ("conditions", "C1", "new", "time") in {
        (row["table"], row["row"], row["change"], row["cause"]) for row in found
    }


def _section(paths: Paths) -> str:
    edition_of(paths)
    return visible(report.changes(edition.gather_edition(REFERENCE, paths)).html)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Since the edition of 31 January 2025: three new events, one changed entry and one answered question."),
        (
            "de",
            "Gegenüber der Ausgabe vom 31. Januar 2025: drei neue Ereignisse, ein geänderter Eintrag "
            "und eine beantwortete Frage.",
        ),
    ],
)
def test_the_report_counts_in_whole_words(root: Path, language: str, words: str) -> None:
    text = _section(tiny(root, language=language))
    assert words in text
    assert ("Yes, in June." if language == "en" else "Ja, im Juni.") in text


def test_the_first_edition_has_nothing_to_compare_with(root: Path) -> None:
    assert _section(tiny(root, "2025-01-31")) == ""


def test_an_edition_in_which_nothing_is_new_says_so(root: Path) -> None:
    case = root / "data" / "cases" / "tiny" / "case.yml"
    case.write_text(case.read_text(encoding="utf-8").replace('"2025-06-16"', '"2025-06-16", "2025-06-17"'), "utf-8")
    assert "Since the edition of 16 June 2025, nothing has changed." in _section(tiny(root, "2025-06-17"))


def test_the_first_case_has_a_flipped_cell_and_answered_questions(real_tables: Path) -> None:
    now = locate("russia-iran", "2026-06-30", output=str(real_tables))
    found = store.load(now, "changes")
    assert {"new", "changed"} <= set(found.loc[found["table"] == "relations", "change"])
    assert (found["table"] == "questions").any()
    assert set(found["previous"]) == {read_case_file(now).previous(now.as_of)}


# --- two runs of the same edition ---


def _add_page(inputs: Path) -> None:
    append(inputs / "sources.csv", source_id="T4", published="2025-02-01", published_basis="stated")
    (inputs / "texts" / "T4.en.txt").write_text("Israel hit Iran again on 30 January 2025.\n", encoding="utf-8")
    names = {"event_id": "E9", "summary_de": "Noch ein Angriff", "summary_en": "One more attack"}
    append(inputs / "events.csv", **names)
    reported = {"event_type": "ASSAULT", "source_actors": "ISR", "target_actors": "IRN", "mutual": "no"}
    append(
        inputs / "mentions.csv",
        mention_id="t13",
        event_id="E9",
        source_id="T4",
        sentence_no="1",
        date="2025-01",
        **reported,
    )


def _recode(inputs: Path) -> None:
    edit(inputs / "mentions.csv", "t09", status="reported", speaker="IRN")


def _rewrite(inputs: Path) -> None:
    text = inputs / "texts" / "T3.de.txt"
    text.write_text(text.read_text(encoding="utf-8") + "Ein Satz mehr.\n", encoding="utf-8")
    edit(inputs / "mentions.csv", "t12", credibility="3")


def _save(paths: Paths, since: str = "") -> Paths:
    data = dataset_of(paths, since)
    for name in ("sources", "mentions", "events", "conditions"):
        store.save(paths, name, data.tables()[name])
    store.save(paths, "inputs", list_inputs(paths, since))
    return paths


@pytest.mark.parametrize(
    ("spoil", "revised", "line"),
    [
        (_add_page, {("E9", "new", "source", "t13")}, "1 event (1 source)"),
        (_recode, {("E6", "changed", "decision", "t09")}, "1 event (1 decision)"),
        (_rewrite, {("E8", "changed", "source", "t12")}, "1 event (1 source)"),
        (lambda inputs: None, set(), ""),
    ],
)
def test_a_run_says_what_it_changed_against_the_run_before(
    root: Path, tmp_path: Path, spoil: Callable[[Path], None], revised: set[tuple[str, ...]], line: str
) -> None:
    before = _save(replace(tiny(root), output=str(tmp_path / "before")))
    spoil(root / "data" / "cases" / "tiny")
    now = _save(replace(tiny(root), output=str(tmp_path / "now")))
    found = revise(before, now)
    assert {(row["row"], row["change"], row["cause"], row["reason"]) for row in records(found)} == revised
    assert describe_revisions(found) == line
    store.save(now, "revisions", found)
    assert last_revisions(now) == line


@pytest.mark.parametrize(("decided", "cause"), [(False, "rule"), (True, "decision")])
def test_what_neither_a_page_nor_a_decision_explains_is_a_rule(
    root: Path, tmp_path: Path, decided: bool, cause: str
) -> None:
    before, now = (_save(replace(tiny(root), output=str(tmp_path / run))) for run in ("before", "now"))
    store.save(now, "events", store.load(now, "events").replace({"status": {"asserted": "reported"}}))
    inputs = store.load(now, "inputs")
    touched = (inputs["name"] == "program") | ((inputs["name"] == "mentions.csv") & decided)
    store.save(now, "inputs", inputs.assign(value=inputs["value"].mask(touched, "0" * 64)))
    if decided:  # a person said so: the mentions differ, and they are reviewed
        mentions = store.load(now, "mentions")
        store.save(now, "mentions", mentions.replace({"status": {"asserted": "reported"}}))
    assert set(revise(before, now)["cause"]) == {cause}


def test_runs_that_cannot_be_compared_say_nothing(root: Path, tmp_path: Path) -> None:
    before = replace(tiny(root), output=str(tmp_path / "before"))
    now = _save(replace(tiny(root), output=str(tmp_path / "now")), "2025-06-01")
    assert revise(before, now).empty  # no run before
    _save(before)
    assert revise(before, now).empty  # narrowed to what touches June
    assert list(revise(before, now).columns) == list(TABLES["revisions"].columns)


def test_a_run_writes_its_revisions_and_says_them_in_one_line(root: Path, tmp_path: Path) -> None:
    before = _save(replace(tiny(root), output=str(tmp_path / "before")))
    _recode(root / "data" / "cases" / "tiny")
    now = _save(replace(tiny(root), output=str(tmp_path / "now")))
    assert note_revisions(before, now) == "1 event (1 decision)"
    assert list(store.load(now, "revisions")["row"]) == ["E6"]
    assert note_revisions(now, now) == ""  # the same again
    assert store.load(now, "revisions").empty


def test_no_report_depends_on_what_was_built_before(root: Path) -> None:
    edition_of(tiny(root))
    assert not {"revisions", "inputs"} & {*edition.gather_edition(REFERENCE, tiny(root)).tables}


def test_a_run_starts_from_the_tables_of_every_language(root: Path) -> None:
    names = set(list_inputs(tiny(root))["name"])
    assert {"reference/names.csv", "reference/lang/de/frames.csv", "reference/lang/en/language.csv"} <= names
    assert "reference/quality.csv" not in names
