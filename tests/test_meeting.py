"""Two desks at once: what the other decided meanwhile is told before an act counts, and nothing is written twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import open_case, tiny
from known import REFERENCE
from lagebild.core.labels import read_labels
from lagebild.core.tables import append_case, read_case
from lagebild.interactive.review_queue import open_queue
from lagebild.interactive.review_widget import ReviewWidget
from lagebild.interactive.widget import find_meetings
from test_decisions import table

EN = read_labels(REFERENCE, "en")


def send(desk: ReviewWidget, act: Any, **seen: str) -> dict[str, Any]:
    """Return what the kernel of a desk answers to an act."""
    answers: list[dict[str, Any]] = []
    desk.send = answers.append
    desk._answer(None, {"ask": "decide", "act": act.to_dict("records"), "seen": seen, "number": "1"}, None)
    return answers[0]


@pytest.mark.parametrize(
    ("others", "seen", "met"),
    [
        ([], "", []),
        (["t02 accept"], "", ["accept"]),
        (["t02 accept"], "b1", []),
        (["t02 accept"], "gone", ["accept"]),
        (["t02 accept", "t02 reject"], "b1", ["reject"]),
        (["t02 accept", "t02 undo b1"], "", []),
        (["t02 accept", "t02 undo b1"], "b1", ["undo"]),
        (["t03 accept"], "", []),
    ],
)
def test_only_what_a_desk_has_not_shown_and_still_counts_is_met(others: list[str], seen: str, met: list[str]) -> None:
    found = find_meetings(table(*others, by="B"), table("t02 accept"), {"t02": seen}, EN)
    assert [one[0] for one in found.get("t02", [])] == met


def test_what_a_desk_wrote_itself_it_knows() -> None:
    act, own = table("t02 reject"), table("t02 accept", "t02 merge E5")
    own["decision_id"], act["decision_id"] = ["r1-1.1", "r1-1.2"], ["r1-2.1"]
    assert find_meetings(own, act, {"t02": ""}, EN) == {}
    assert find_meetings(own, act.assign(decision_id="r2-1.1"), None, EN).keys() == {"t02"}


def test_of_two_desks_at_once_the_second_is_told_what_the_first_decided(root: Path) -> None:
    one, other = (ReviewWidget(open_queue(open_case(tiny(root)), EN), by) for by in ("A", "B"))
    assert "met" not in send(one, table("t02 accept"))
    answer = send(other, table("t02 reject", by="B"))
    assert answer["met"] == {"t02": [["accept", "", "", "A", "25 November 2026"]]}
    assert answer["whole"]
    columns = other.queue["columns"]
    (row,) = [row for row in answer["rows"] if row[0] == "t02"]
    latest = row[columns.index("latest")]
    assert (latest, row[columns.index("state")]) == ("a1", "accepted")
    assert list(read_case(tiny(root), "decisions")["decision_id"]) == ["d1", "a1"]
    for _ in range(2):  # an act whose answer was lost is sent again
        assert "met" not in send(other, table("t02 reject", by="B"), t02=latest)
    assert list(read_case(tiny(root), "decisions")["decision_id"]) == ["d1", "a1", "b1"]


def test_who_writes_between_reading_and_writing_is_met_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ReviewWidget(open_queue(open_case(tiny(root)), EN), "A")
    others = iter([table("t02 reject", by="B"), table("t03 reject", by="B", start=2)])

    def come_between(paths: Any, name: str, frame: Any, known: int | None = None) -> tuple[int, int]:
        if (row := next(others, None)) is not None:
            append_case(paths, name, row)
        return append_case(paths, name, frame, known)

    monkeypatch.setattr("lagebild.core.tables.append_case", come_between)
    assert send(desk, table("t02 accept"))["met"].keys() == {"t02"}
    assert "met" not in send(desk, table("t04 accept"))
    assert list(read_case(tiny(root), "decisions")["decision_id"]) == ["d1", "b1", "b2", "a1"]


def test_a_title_of_yesterday_is_known_and_one_that_was_met_can_be_replaced(root: Path) -> None:
    def entitle(name: str, value: str = "A title", **cells: str) -> pd.DataFrame:
        given = {"decision_id": name, "row": "E1", "action": "title", "field": "summary_en", "value": value, **cells}
        return table("E1 title").assign(**given)

    append_case(tiny(root), "decisions", entitle("r1-1.1"))
    one, other = (ReviewWidget(open_queue(open_case(tiny(root)), EN), by) for by in ("A", "B"))
    assert "met" not in send(one, entitle("r2-1.1", "Another"), E1="")
    assert send(other, entitle("r3-1.1", "A third"), E1="")["met"]["E1"][0][2] == "Another"
    assert "met" not in send(other, entitle("r3-2.1", "A third"), E1="")
    assert "met" not in send(other, entitle("r3-3.1", "r3-2.1", action="undo", field=""), E1="")


def test_what_others_wrote_is_told_though_an_act_could_not_be_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ReviewWidget(open_queue(open_case(tiny(root)), EN), "A")
    append_case(tiny(root), "decisions", table("t03 reject", by="B"))
    with monkeypatch.context() as full:
        full.setattr("lagebild.core.tables.append_case", lambda *_: 1 / 0)
        assert "ZeroDivisionError" in send(desk, table("t02 accept"))["wait"]
    assert send(desk, table("t02 accept"))["whole"]


def test_rows_that_come_back_are_told_though_somebody_writes_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ReviewWidget(open_queue(open_case(tiny(root)), EN), "A")
    (tiny(root).inputs / "decisions.csv").unlink()
    others = iter([table("t03 reject", by="B")])

    def come_between(paths: Any, name: str, frame: Any, known: int | None = None) -> tuple[int, int]:
        if known is not None and (row := next(others, None)) is not None:
            append_case(paths, name, row)
        return append_case(paths, name, frame, known)

    monkeypatch.setattr("lagebild.core.tables.append_case", come_between)
    assert "1" in send(desk, table("t02 accept"))["note"]
