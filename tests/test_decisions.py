"""Decisions: taken back, added to what was drafted, appended without loss, merged from two copies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import PROJECT, append, dataset_of, edition_of, faults_in, open_case, read_rows, tiny
from known import REFERENCE
from lagebild.core.csv_files import to_csv
from lagebild.core.disk import write_bytes
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.core.offices import read_offices
from lagebild.core.tables import append_case, read_case, read_table, records
from lagebild.dataset.decisions import (
    COLUMNS,
    find_conflicts,
    in_force,
    list_parted,
    merge_decisions,
    name_undone,
    read_place,
)
from lagebild.dataset.merge import compare_reviewers, merge_copies
from lagebild.interactive.review_queue import (
    SHOWN,
    ReviewQueue,
    admit,
    list_acts,
    list_parted_rows,
    open_queue,
    read_decisions,
    show_rows,
)
from lagebild.report.details import quality
from lagebild.report.edition import gather_edition
from lagebild.run.checks import check_case
from runs import Call


def table(*rows: str, by: str = "A", start: int = 1) -> pd.DataFrame:
    """Return decisions, each written as ``ROW ACTION [FIELD] [VALUE]``; undo and moves have no field."""
    made = []
    for number, row in enumerate(rows, start=start):
        name, action, *rest = row.split()
        field = rest.pop(0) if action == "edit" else ""
        made.append((f"{by.lower()}{number}", name, action, field, " ".join(rest), "why", by, "2026-11-25"))
    return pd.DataFrame(made, columns=COLUMNS, dtype=str)


def join(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return tables below each other."""
    return pd.concat(parts, ignore_index=True)


def decide(paths: Paths, *rows: str) -> None:
    """Write decisions as those of the case."""
    write_bytes(paths.inputs / "decisions.csv", to_csv(table(*rows)).encode())


# --- taking back


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        (["t1 accept"], ["a1"]),
        (["t1 accept", "t1 undo a1"], []),
        (["t1 accept", "t2 reject", "t1 undo a1"], ["a2"]),
        (["t1 edit status open", "t1 edit date 2025", "t1 undo a2"], ["a1"]),
        (["t1 accept", "t1 undo a1", "t1 reject"], ["a3"]),
    ],
)
def test_what_was_taken_back_is_not_in_force(rows: list[str], left: list[str]) -> None:
    assert list(in_force(table(*rows))["decision_id"]) == left


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["t1 undo a9"], "no decision 'a9' before it"),
        (["t1 undo a2", "t1 accept"], "no decision 'a2' before it"),
        (["t1 accept", "t1 undo a1", "t1 undo a2"], "no decision 'a2' before it"),
        (["t1 accept", "t2 undo a1"], "undoes a decision on t1, not on t2"),
    ],
)
def test_only_an_earlier_decision_on_the_same_mention_can_be_taken_back(rows: list[str], fault: str) -> None:
    ((number, said),) = name_undone(table(*rows))
    assert fault in said
    assert number == len(rows) + 1 - (rows[-1] == "t1 accept")


def test_the_dataset_is_as_before_once_a_decision_is_taken_back(root: Path) -> None:
    before = dataset_of(tiny(root)).mentions
    decide(tiny(root), "t02 edit status asserted", "t08 reject")
    assert set(before["mention_id"]) - set(dataset_of(tiny(root)).mentions["mention_id"]) == {"t08"}
    decide(tiny(root), "t02 edit status asserted", "t08 reject", "t08 undo a2", "t02 undo a1")
    pd.testing.assert_frame_equal(dataset_of(tiny(root)).mentions, before)


def test_a_bad_value_that_was_taken_back_is_no_fault(root: Path) -> None:
    decide(tiny(root), "t02 edit date nonsense")
    assert len(faults_in(tiny(root))) == 1
    decide(tiny(root), "t02 edit date nonsense", "t02 undo a1")
    assert faults_in(tiny(root)) == []


# --- adding

ADDED = [
    "A1 add T2:en:3:107",
    "A1 edit quote_en Israel hit a target in Iran",
    "A1 edit event_type ASSAULT",
    "A1 edit source_actors ISR",
    "A1 edit target_actors IRN",
    "A1 edit date 2025-01-22",
    "A1 split V-A1",
]


def added_at(root: Path) -> list[str]:
    """Return the decisions that add a mention, at the place where its words stand."""
    start = (tiny(root).texts / "T2.en.txt").read_text(encoding="utf-8").index("Israel hit")
    return [ADDED[0].rpartition(":")[0] + f":{start}", *ADDED[1:]]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("S001:en:3:120", ("S001", "en", 3, 120)),
        ("a.b-c_d:de:1:0", ("a.b-c_d", "de", 1, 0)),
        ("S001:F:3:120", None),
        ("S001:en:0:120", None),
        ("S001:en:3", None),
        ("S001:en:3:12x", None),
        ("../x:en:3:12", None),
        ("S001:en:3:120\n", None),
    ],
)
def test_a_place_names_source_language_sentence_and_character(value: str, place: Any) -> None:
    assert read_place(value) == place


def test_an_added_mention_stands_in_the_dataset_where_it_was_selected(root: Path) -> None:
    decide(tiny(root), *added_at(root))
    assert faults_in(tiny(root)) == []
    data = dataset_of(tiny(root))
    (row,) = records(data.mentions[data.mentions["mention_id"] == "A1"])
    text = (tiny(root).texts / "T2.en.txt").read_text(encoding="utf-8")
    assert text[row["start"] : row["end"]] == row["evidence"] == "Israel hit a target in Iran"
    assert (row["origin"], row["reviewed"], row["language"], row["rule"]) == ("added", "yes", "en", "a1")
    (event,) = records(data.events[data.events["event_id"] == "V-A1"])
    assert (event["event_type"], event["source_actors"], event["date"]) == ("ASSAULT", "ISR", "2025-01-22")
    assert event["summary_en"] == "Israel hit a target in Iran"


def test_an_added_mention_can_tell_an_event_that_is_there(root: Path) -> None:
    decide(tiny(root), *added_at(root)[:-1], "A1 merge E5")
    data = dataset_of(tiny(root))
    assert "A1" in data.events.set_index("event_id")["mention_ids"]["E5"].split(";")
    assert "V-A1" not in set(data.events["event_id"])


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["A1 add nowhere"], "it adds at 'nowhere', but must say where"),
        (["A1 add T9:en:1:0"], "T9 is not in sources.csv"),
        (["A1 add T2:en:99:0"], "texts/T2.en.txt has no sentence 99"),
        (["t01 add T2:en:3:107"], "there is a mention 't01' already"),
        (["A1 add T2:en:3:107"], "fill exactly one of event_id and condition_id"),
        (["A1 add T2:en:3:107", "A1 split V-A1"], "an event needs an event_type"),
        (["A1 add T2:en:3:107", "A1 edit event_type FIGHT"], "event_type is 'FIGHT'"),
        ([*ADDED[:1], "A1 edit quote_en Not there", *ADDED[2:]], "does not stand once"),
        ([*ADDED[:-1], "A1 merge E99"], "there is no event_id 'E99'"),
    ],
)
def test_an_addition_that_does_not_fit_is_a_fault(root: Path, rows: list[str], fault: str) -> None:
    decide(tiny(root), *rows)
    found = faults_in(tiny(root))
    assert any(fault in line for line in found), found


def test_words_that_stand_twice_in_a_sentence_can_be_added_at_their_place(root: Path) -> None:
    text = (tiny(root).texts / "T1.en.txt").read_text(encoding="utf-8")
    start = text.index("January")  # of two in the second sentence
    second = text.index("13 and 15 January")
    for at, fits in ((text.index("and", second), True), (start, False)):
        decide(
            tiny(root), f"A1 add T1:en:2:{at}", "A1 edit quote_en and", "A1 edit event_type CONSULT", "A1 split V-A1"
        )
        assert (not faults_in(tiny(root))) is fits


def test_a_day_that_no_calendar_has_is_a_fault(root: Path) -> None:
    write_bytes(tiny(root).inputs / "decisions.csv", to_csv(table("t01 accept").assign(date="2025-02-31")).encode())
    (fault,) = faults_in(tiny(root))
    assert "row 2 (a1): The date '2025-02-31' is no EDTF" in fault


def test_what_was_added_goes_when_every_decision_on_it_is_taken_back(root: Path) -> None:
    before, rows = dataset_of(tiny(root)).mentions, added_at(root)
    decide(tiny(root), *rows, *(f"A1 undo a{number}" for number in range(1, len(rows) + 1)))
    assert faults_in(tiny(root)) == []
    pd.testing.assert_frame_equal(dataset_of(tiny(root)).mentions, before)


def test_a_draft_that_no_coded_mention_takes_up_counts_once_it_is_accepted(root: Path) -> None:
    coded = read_case(tiny(root), "mentions")
    write_bytes(tiny(root).inputs / "mentions.csv", to_csv(coded[coded["mention_id"] != "t12"]).encode())
    data = dataset_of(tiny(root))
    rest = data.drafts[data.drafts["decision"] == "rejected"]
    name = rest["draft_id"].iloc[0]
    decide(tiny(root), f"{name} accept")
    now = dataset_of(tiny(root))
    (row,) = records(now.mentions[now.mentions["mention_id"] == name])
    assert (row["origin"], row["reviewed"]) == ("drafted", "yes")
    assert now.drafts.set_index("draft_id").loc[name, "decision"] == "accepted"
    assert set(now.mentions["mention_id"]) - set(data.mentions["mention_id"]) == {name}


def test_a_draft_that_a_coded_mention_takes_up_is_decided_through_the_mention(root: Path) -> None:
    drafts = dataset_of(tiny(root)).drafts
    taken = drafts.loc[drafts["mention_id"] != "", "draft_id"].iloc[0]
    decide(tiny(root), f"{taken} accept")
    assert "there is no mention" in faults_in(tiny(root))[0]


# --- appending


def test_rows_are_appended_and_nothing_else_is_touched(root: Path) -> None:
    paths = tiny(root)
    file = paths.inputs / "decisions.csv"
    odd = file.read_bytes().rstrip(b"\n") + b'\r\nx1,t02,accept,,,"he said ""no"", twice",B,2026-11-24'
    file.write_bytes(odd)
    append_case(paths, "decisions", table("t03 reject", "t04 accept"))
    assert file.read_bytes().startswith(odd + b"\n")
    assert list(read_case(paths, "decisions")["decision_id"]) == ["d1", "x1", "a1", "a2"]


def test_a_row_that_is_there_is_not_appended_again(root: Path) -> None:
    paths = tiny(root)
    for _ in range(3):
        append_case(paths, "decisions", table("t03 reject", "t04 accept"))
    append_case(paths, "decisions", table("t03 reject", "t04 accept", "t05 accept"))
    assert list(read_case(paths, "decisions")["decision_id"]) == ["d1", "a1", "a2", "a3"]


def test_the_first_decision_makes_the_file(root: Path) -> None:
    paths = tiny(root)
    (paths.inputs / "decisions.csv").unlink()
    append_case(paths, "decisions", table("t03 reject"))
    assert (paths.inputs / "decisions.csv").read_text(encoding="utf-8") == to_csv(table("t03 reject"))


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "+1+1", "@x", 'a "b", c', "ümlaut – Strich"])
def test_a_reason_reaches_the_file_as_text(root: Path, reason: str) -> None:
    append_case(tiny(root), "decisions", table("t03 reject").assign(reason=reason))
    assert read_case(tiny(root), "decisions")["reason"].iloc[-1] == reason
    assert read_rows(tiny(root).inputs / "decisions.csv")[-1]["reason"][:1] not in "=+@"


@pytest.mark.parametrize(
    "cells",
    [
        {"reason": ""},
        {"by": ""},
        {"action": "delete"},
        {"date": "today"},
        {"reason": "a\x00b"},
        {"reason": "a\rb"},
        {"value": "too long " * 20_000},
    ],
)
def test_a_row_that_could_not_be_read_again_is_not_appended(root: Path, cells: dict[str, str]) -> None:
    before = (tiny(root).inputs / "decisions.csv").read_bytes()
    with pytest.raises(InputError):
        append_case(tiny(root), "decisions", table("t03 reject").assign(**cells))
    assert (tiny(root).inputs / "decisions.csv").read_bytes() == before


def test_a_line_break_in_a_reason_is_no_row(root: Path) -> None:
    append_case(tiny(root), "decisions", table("t03 reject").assign(reason="so\na2,"))
    append_case(tiny(root), "decisions", table("t03 reject", "t04 accept"))
    assert list(read_case(tiny(root), "decisions")["decision_id"]) == ["d1", "a1", "a2"]


@pytest.mark.posix
def test_the_rights_of_the_file_stay(root: Path) -> None:
    file = tiny(root).inputs / "decisions.csv"
    file.chmod(0o664)
    append_case(tiny(root), "decisions", table("t03 reject"))
    assert file.stat().st_mode & 0o777 == 0o664


def test_what_a_dead_program_left_beside_the_file_is_removed(root: Path) -> None:
    left = tiny(root).inputs / ".decisions.csv.12345"
    left.write_text("half a ro")
    append_case(tiny(root), "decisions", table("t03 reject"))
    assert not left.exists()


def save_as_excel(file: Path, table: pd.DataFrame) -> bytes:
    """Write a table as a German spreadsheet does: a mark, semicolons, days turned around, ends of lines of its own."""
    text = re.sub(r"(?<![/\d])(\d{4})-(\d\d)-(\d\d)(?=;|\r)", r"\3.\2.\1", to_csv(table, ";", "\r\n"))
    file.write_bytes(text.encode("utf-8-sig"))
    return file.read_bytes()


@pytest.mark.parametrize("name", ["mentions", "sources", "events", "conditions", "decisions"])
def test_what_a_german_spreadsheet_saved_is_read_as_it_was(root: Path, name: str) -> None:
    before = read_case(tiny(root), name)
    save_as_excel(tiny(root).inputs / f"{name}.csv", before)
    pd.testing.assert_frame_equal(read_case(tiny(root), name), before)


@pytest.mark.parametrize("name", ["sources", "decisions"])
def test_what_a_german_spreadsheet_saved_keeps_its_form(root: Path, name: str) -> None:
    before = read_case(tiny(root), name)
    row = before.tail(1).assign(**{before.columns[0]: "z9"})
    saved = save_as_excel(file := tiny(root).inputs / f"{name}.csv", before)
    append_case(tiny(root), name, row)
    held = file.read_bytes()
    assert held.startswith(saved)
    assert held.count(b"\n") == held.count(b"\r\n") == saved.count(b"\n") + 1
    pd.testing.assert_frame_equal(read_case(tiny(root), name), join(before, row))


def test_a_german_spreadsheet_writes_the_decimal_comma(root: Path) -> None:
    file = tiny(root).inputs / "agreement.csv"
    file.write_text("first;second;day;field;compared;agree;kappa\nA;B, C;2.1.2025;verdict;4;3;0,5\n", encoding="utf-8")
    (row,) = records(read_case(tiny(root), "agreement"))
    assert (row["second"], row["day"], row["kappa"]) == ("B, C", "2025-01-02", 0.5)


def test_columns_that_a_table_of_semicolons_lacks_are_added_in_its_form(root: Path) -> None:
    held = read_case(tiny(root), "events")
    file = tiny(root).inputs / "events.csv"
    file.write_bytes(b"\xef\xbb\xbf" + to_csv(held.drop(columns="note"), ";", "\r\n").encode())
    append_case(tiny(root), "events", held.tail(1).assign(event_id="E99"))
    first, *rest = file.read_bytes().split(b"\r\n")
    assert first.decode("utf-8-sig").split(";") == list(held.columns)
    assert len(rest) == len(held) + 2


@pytest.mark.slow
def test_two_programs_that_append_at_once_lose_no_row(root: Path) -> None:
    program = """import sys
import pandas as pd
from lagebild.core.tables import append_case
from lagebild.core.folders import locate
for number in range(1, 31):
    row = f"{sys.argv[2]}{number}", "t03", "accept", "", "", "why", sys.argv[2], "2026-11-25"
    append_case(locate("tiny", "2025-06-16", root=sys.argv[1]), "decisions", pd.DataFrame([row], columns=sys.argv[3:]))
"""
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "notebooks")}
    both = [
        subprocess.Popen([sys.executable, "-c", program, str(root), by, *COLUMNS], env=environment) for by in ("A", "B")
    ]
    assert [one.wait(120) for one in both] == [0, 0]
    assert len(read_case(tiny(root), "decisions")) == 1 + 60


# --- the desk


def look(queue: ReviewQueue) -> dict[str, dict[str, Any]]:
    """Return the rows of a desk by name."""
    shown = show_rows(queue, read_decisions(queue))
    return {row[0]: dict(zip(SHOWN, row, strict=True)) for row in shown}


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], "open"),
        (["t02 accept"], "accepted"),
        (["t02 edit status open"], "edited"),
        (["t02 edit status open", "t02 reject"], "rejected"),
        (["t02 edit status open", "t02 reject", "t02 accept"], "edited"),
        (["t02 reject", "t02 accept"], "accepted"),
        (["t02 merge E5"], "open"),
        (["t02 reject", "t02 merge E5"], "rejected"),
        (["t02 accept", "t02 split V-x"], "accepted"),
    ],
)
def test_the_desk_says_what_was_decided_on_a_row(root: Path, rows: list[str], state: str) -> None:
    decide(tiny(root), *rows)
    queue = open_queue(open_case(tiny(root)), read_labels(REFERENCE, "en"))
    assert look(queue)["t02"]["state"] == state
    assert ("t02" in set(dataset_of(tiny(root)).mentions["mention_id"])) is (state != "rejected")


def test_a_move_to_another_event_reviews_no_draft(root: Path) -> None:
    case = root / "data" / "cases" / "tiny" / "case.yml"
    case.write_text(case.read_text(encoding="utf-8") + "draft: true\n", encoding="utf-8")
    for name in ("mentions", "events", "conditions"):
        (tiny(root).inputs / f"{name}.csv").unlink()
    (tiny(root).inputs / "judgements.yml").unlink()
    (tiny(root).inputs / "decisions.csv").unlink()
    drafted = dataset_of(tiny(root))
    first, second, *_ = drafted.mentions.drop_duplicates("event_id")["mention_id"]
    event = drafted.mentions.set_index("mention_id").loc[first, "event_id"]
    decide(tiny(root), f"{second} merge {event}")
    data = dataset_of(tiny(root))
    row = data.mentions.set_index("mention_id").loc[second]
    assert (row["event_id"], row["origin"], row["reviewed"]) == (event, "edited", "no")
    assert data.drafts.set_index("draft_id").loc[second, "decision"] == "open"


@pytest.mark.parametrize(
    ("rows", "act", "fault"),
    [
        ([], "t99 accept", "there is no mention 't99'"),
        ([], "t02 edit date 2025-13", "is no EDTF"),
        (["t02 edit date nonsense"], "t02 accept", ""),  # the fault was there before
        (["A1 add T2:en:3:{at}", *ADDED[2:], "A1 accept"], "A1 undo a1", "there is no mention 'A1'"),
        (["t02 accept"], "t02 undo a1", ""),
    ],
)
def test_the_desk_admits_only_what_brings_no_new_fault(root: Path, rows: list[str], act: str, fault: str) -> None:
    at = (tiny(root).texts / "T2.en.txt").read_text(encoding="utf-8").index("Israel hit")
    decide(tiny(root), *(row.format(at=at) for row in rows))
    queue = open_queue(open_case(tiny(root)), read_labels(REFERENCE, "en"))
    new = records(table(act, by="B"))
    if fault:
        with pytest.raises(InputError, match=fault):
            admit(queue, read_decisions(queue), new)
    else:
        assert len(admit(queue, read_decisions(queue), new)) == 1


@pytest.mark.parametrize("act", [None, "x", [None], [{"row": 1}], [{"row": "t02"}], [{"reason": "\ud800"}]])
def test_a_message_that_is_no_decision_is_refused_in_a_sentence(root: Path, act: Any) -> None:
    queue = open_queue(open_case(tiny(root)), read_labels(REFERENCE, "en"))
    with pytest.raises(InputError, match=r"[.;]"):
        admit(queue, read_decisions(queue), act)


def test_what_can_be_taken_back_is_cut_between_acts() -> None:
    rows = table("t1 accept", "t2 accept", "t3 accept", "t4 accept", "t4 undo a4")
    rows["decision_id"] = ["x-1.1", "x-1.2", "x-2.1", "a4", "x-3.1"]
    assert [row["decision_id"] for row in list_acts(rows, 2)] == ["x-1.1", "x-1.2", "x-2.1"]
    assert [(row["act"], row["decision_id"]) for row in list_acts(rows, 1)] == [("x-2", "x-2.1")]


# --- merging

COMMON = table("t01 accept", by="C")


@pytest.mark.parametrize(
    ("mine", "theirs", "says"),
    [
        (["t02 accept"], ["t03 reject"], []),
        (["t02 accept"], ["t02 accept"], []),
        (["t02 edit status open"], ["t02 edit status open"], []),
        (["t02 reject"], ["t02 accept", "t02 reject"], []),
        (["t02 edit status open", "t02 undo a1"], ["t02 reject"], []),
        (["t01 undo c1"], ["t01 undo c1"], []),
        (["t01 undo c1"], ["t01 edit status open"], ["t01: review is 'open' by A, 'accept' by C, B; status is"]),
        (["t02 merge E5"], ["t02 reject"], ["t02: event_id is 'E5' by A, as it stood by B; review is as it stood"]),
        (["t02 merge E5"], ["t02 split E5"], []),
        (["t02 accept"], ["t02 reject"], ["t02: review is 'accept' by A, 'reject' by B"]),
        (["t02 accept"], ["t02 edit status open"], ["t02: status is as it stood by A, 'open' by B"]),
        (["t02 edit status open"], ["t02 edit status reported"], ["t02: status is 'open' by A, 'reported' by B"]),
        (["t02 edit date 2025"], ["t02 edit status open"], ["t02: date is '2025' by A, as it stood by B; status is"]),
        (["t02 merge E5"], ["t02 merge E6"], ["t02: event_id is 'E5' by A, 'E6' by B"]),
        (["t01 reject"], ["t01 edit status open"], ["t01: review is 'reject' by C, A, 'accept' by C, B; status is"]),
        (["t02 accept", "t03 reject"], ["t03 accept", "t02 reject"], ["t02: review is", "t03: review is"]),
    ],
)
def test_two_copies_conflict_where_the_outcomes_differ(mine: list[str], theirs: list[str], says: list[str]) -> None:
    found = find_conflicts(join(COMMON, table(*mine)), join(COMMON, table(*theirs, by="B")))
    assert len(found) == len(says)
    for conflict, start in zip(found, says, strict=True):
        assert f"{conflict.row}: {conflict.says}".startswith(start)


def test_one_missed_event_that_both_added_is_a_conflict() -> None:
    rows = ["A1 add T2:en:3:107", "A1 edit event_type ASSAULT", "A1 split V-A1"]
    other = [row.replace("A1", "B1").replace(":107", ":110") for row in rows]
    (conflict,) = find_conflicts(table(*rows), table(*other, by="B"))
    assert conflict.says == "added by A, and as B1 by B: the same type in the same sentence"
    assert not find_conflicts(table(*rows), table(*[row.replace("ASSAULT", "AID") for row in other], by="B"))
    assert not find_conflicts(table(*rows), table(*[row.replace(":3:", ":2:") for row in other], by="B"))


@pytest.mark.parametrize(
    ("keep", "left"),
    [("mine", ["c1", "a1", "a2", "b2"]), ("theirs", ["c1", "a1", "b1", "b2"]), ("neither", ["c1", "a1", "b2"])],
)
def test_the_copy_that_is_not_kept_is_taken_back_and_nothing_is_lost(keep: str, left: list[str]) -> None:
    mine, theirs = (
        join(COMMON, table("t03 accept", "t02 accept")),
        join(COMMON, table("t02 reject", "t04 accept", by="B")),
    )
    merged = merge_decisions(mine, theirs, keep)
    assert set(mine["decision_id"]) | set(theirs["decision_id"]) <= set(merged["decision_id"])
    assert list(in_force(merged)["decision_id"]) == left
    assert not list(name_undone(merged))
    pd.testing.assert_frame_equal(merge_decisions(merged, theirs, keep), merged)


def test_what_two_decided_differently_is_listed_until_somebody_settles_it() -> None:
    mine, theirs = table("t02 edit date 2025", "t03 accept"), table("t02 reject", "t03 accept", by="B")
    assert list_parted(join(mine, theirs)) == {}
    merged = merge_decisions(mine, theirs, "neither")
    ((name, taken),) = list_parted(merged).items()
    assert (name, [(row["by"], row["action"]) for row in taken]) == ("t02", [("A", "edit"), ("B", "reject")])
    assert list_parted_rows(merged)["t02"][0][3:] == ["edit", [["date", "2025"]]]
    assert list_parted(merge_decisions(mine, theirs, "mine")) == {}
    assert list_parted(join(merged, table("t02 accept", by="C"))) == {}


@pytest.mark.parametrize(
    ("mine", "theirs", "rows"),
    [
        (["r1 merge E2"], ["r2 merge E1"], ["r1", "r2"]),  # both meant one event, and would be swapped
        (["r1 merge E2"], ["r2 merge E3"], ["r1", "r2"]),  # a chain: r1 would be left behind
        (["r2 merge E3"], ["r1 merge E2"], ["r1", "r2"]),
        (["r1 merge E3"], ["r2 merge E3"], []),
        (["r1 merge E2"], ["r2 split V-r2"], []),
        (["r1 merge E2"], ["r3 merge E1"], ["r1", "r3"]),
        (["r1 merge E2"], ["r3 accept"], []),
    ],
)
def test_merges_that_cross_are_a_conflict(mine: list[str], theirs: list[str], rows: list[str]) -> None:
    events = {"r1": "E1", "r2": "E2", "r3": "E3"}
    if rows == ["r1", "r3"]:
        events["r3"] = "E2"
    one, other = table(*mine), table(*theirs, by="B")
    found = find_conflicts(one, other, events)
    assert sorted({row for conflict in found for row in conflict.rows}) == rows
    for keep, left in (("mine", one), ("theirs", other), ("neither", one[:0])):
        merged = in_force(merge_decisions(one, other, keep, events))
        assert list(merged["row"]) == (list(left["row"]) if rows else [*one["row"], *other["row"]])


@pytest.mark.parametrize("first", ["mine", "theirs"])
@pytest.mark.parametrize("second", ["mine", "theirs"])
@pytest.mark.parametrize("last", ["mine", "theirs", "neither"])
def test_copies_that_were_settled_apart_can_be_settled_together(first: str, second: str, last: str) -> None:
    mine, theirs = join(COMMON, table("t02 edit date 2025", "t02 accept")), join(COMMON, table("t02 reject", by="B"))
    here, there = merge_decisions(mine, theirs, first), merge_decisions(theirs, mine, second)
    assert bool(find_conflicts(here, there)) is (first == second)  # mine there is theirs here
    settled = merge_decisions(here, there, last)
    outcome = {"mine": first, "theirs": {"mine": "theirs", "theirs": "mine"}[second], "neither": "neither"}[last]
    wanted = {"mine": ["edit", "accept"], "theirs": ["reject"], "neither": []}[outcome if first == second else first]
    rows = in_force(settled)
    assert list(rows.loc[rows["row"] == "t02", "action"]) == wanted
    assert not list(name_undone(settled))
    assert not settled["decision_id"].duplicated().any()
    pd.testing.assert_frame_equal(merge_decisions(settled, there, last), settled)


def test_a_decision_that_reads_differently_in_the_copies_is_refused() -> None:
    with pytest.raises(InputError, match="The decision c1 reads differently in the two copies"):
        find_conflicts(COMMON, COMMON.assign(reason="another"))


def test_merging_in_either_order_gives_the_same_dataset(root: Path) -> None:
    mine, theirs = table("t02 edit status asserted", "t08 reject"), table("t03 accept", "t09 edit date 2025-06", by="B")
    data = []
    for one, other in ((mine, theirs), (theirs, mine)):
        write_bytes(tiny(root).inputs / "decisions.csv", to_csv(merge_decisions(one, other, "mine")).encode())
        data.append(dataset_of(tiny(root)).mentions)
    pd.testing.assert_frame_equal(data[0], data[1])


def test_a_merge_that_does_not_fit_the_case_writes_nothing(root: Path) -> None:
    other = root / "theirs.csv"
    write_bytes(other, to_csv(table("t99 accept", by="B")).encode())
    before = (tiny(root).inputs / "decisions.csv").read_bytes()
    with pytest.raises(InputError, match=r"theirs\.csv, decision b1 .+there is no mention 't99'"):
        merge_copies(tiny(root), other)
    assert (tiny(root).inputs / "decisions.csv").read_bytes() == before


def test_two_who_reviewed_apart_are_compared_where_both_decided(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, other = tiny(root), root / "theirs.csv"
    decide(paths, "t01 accept", "t02 accept", "t03 accept", "t04 reject", "t08 edit status open", "t05 accept")
    theirs = ["t01 accept", "t02 accept", "t03 reject", "t04 reject", "t08 accept", "t07 accept", "t05 merge E1"]
    write_bytes(other, to_csv(join(read_case(paths, "decisions")[:1], table(*theirs[1:], by="B"))).encode())
    for keep in ("", "mine"):
        found = merge_copies(paths, other, keep)
        rows = {row["field"]: row for row in records(found.agreement)}
        assert (rows["verdict"]["first"], rows["verdict"]["second"], rows["verdict"]["day"]) == ("A", "B", "2026-11-25")
        compared = {name: (row["agree"], row["compared"]) for name, row in rows.items()}
        assert compared == {"verdict": (3, 4), "event_type": (2, 2), "sides": (2, 2), "date": (2, 2), "status": (1, 2)}
        assert rows["verdict"]["kappa"] == 0.5
        kept = read_case(paths, "agreement")
        assert found.written is bool(keep) is bool(len(kept))
    pd.testing.assert_frame_equal(kept, found.agreement, check_dtype=False)
    assert merge_copies(paths, other).agreement.empty  # by now, each has seen what the other decided
    edition_of(paths)
    monkeypatch.setattr("lagebild.report.document.read_svg", lambda *_: "")  # no figure is drawn here
    told = quality(gather_edition(REFERENCE, paths)).html
    for words in ("A and B, to 25 November 2026", '3 of 4</td><td class="n">0.5</td>'):
        assert words in told


def test_of_two_merges_on_one_day_both_agreements_are_kept(root: Path) -> None:
    paths, other = tiny(root), root / "theirs.csv"
    mine = table("t02 accept", "t03 accept", "t04 accept", by="@anna")
    write_bytes(paths.inputs / "decisions.csv", to_csv(mine.assign(decision_id=["m1", "m2", "m3"])).encode())
    theirs = table("t02 reject", "t03 reject", "t04 reject", by="B")
    for n in (1, 3):
        write_bytes(other, to_csv(theirs[:n]).encode())
        append_case(paths, "agreement", merge_copies(paths, other, "mine").agreement.astype(str))  # each row once
    held = read_case(paths, "agreement")
    assert [(row["first"], row["second"], row["compared"]) for row in records(held)] == [
        ("@anna", "B", 1),
        ("@anna", "B", 2),
    ]


def test_a_merge_whose_agreement_cannot_be_kept_writes_nothing_and_check_says_why(root: Path) -> None:
    paths, other = tiny(root), root / "theirs.csv"
    decide(paths, "t02 accept")
    write_bytes(other, to_csv(table("t02 reject", by="B")).encode())
    (paths.inputs / "agreement.csv").write_text('first,second\n"x', encoding="utf-8")
    with pytest.raises(InputError, match=r"agreement\.csv is no valid CSV"):
        merge_copies(paths, other, "mine")
    assert list(read_case(paths, "decisions")["decision_id"]) == ["a1"]
    assert [line.text.partition(" is no")[0] for line in check_case(paths)] == ["data/cases/tiny/agreement.csv"]


def test_a_title_is_no_verdict_on_a_mention_of_the_same_id() -> None:
    blank = dict.fromkeys(("event_type", "date", "source_actors", "target_actors"), "")
    rows = {"1": blank | {"mutual": "no", "status": "asserted"}}
    mine, theirs = table("1 title"), table("1 accept", by="B")
    assert compare_reviewers(mine, theirs, rows, read_offices(REFERENCE)).empty


def test_the_command_line_names_each_conflict_and_writes_only_what_is_settled(
    call: Call, project: Path, tmp_path: Path
) -> None:
    file, other = project / "data" / "cases" / "tiny" / "decisions.csv", tmp_path / "theirs.csv"
    append(file, decision_id="a1", row="t02", action="accept")
    write_bytes(other, to_csv(table("t02 reject", "t03 accept", by="B")).encode())
    before = file.read_bytes()
    for words, code, said in (
        ([], 1, "1 conflict, nothing written"),
        (["--keep", "hers"], 2, "'hers' is not one of 'mine', 'theirs', 'neither'"),
        (["--keep", "neither"], 0, ""),
    ):
        assert file.read_bytes() == before
        found, printed, complained = call("merge", "tiny", str(other), *words, project=project)
        assert found == code
        assert said in complained
        assert ("t02: review is 'accept'" in complained) is ("hers" not in words)
        assert ("lagebild merge --help" in complained) is ("hers" in words)
        assert ("verdict: Lagebild tests and B agree on 0 of 1 rows, kappa 0.00" in printed) is ("hers" not in words)
    assert "2 decisions of theirs.csv added" in printed
    merged = read_table(file, "case/decisions")
    assert set(in_force(merged)["row"]) == {"t01", "t03"}
