"""How far a second, independent coding agrees with the first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import faults_in, tiny
from known import REFERENCE
from lagebild.core.csv_files import to_csv
from lagebild.core.offices import read_offices
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.dataset.matching import measure_agreement

OFFICES = read_offices(REFERENCE)
FIRST = dict.fromkeys(TABLES["case/mentions"].columns, "") | {
    "mention_id": "m1",
    "event_id": "E1",
    "event_type": "CONSULT",
    "source_actors": "putin",
    "target_actors": "IRN",
    "mutual": "no",
    "date": "2025-06-13",
    "status": "asserted",
}
SECOND = {name: FIRST.get(name, "") for name in TABLES["case/recoding"].columns} | {"kind": "event"}


def measured(one: dict[str, str] | None = None, other: dict[str, str] | None = None) -> dict[str, tuple[int, int]]:
    """Return how many were compared and how many agree, by field, of one mention that two people coded."""
    first, second = pd.DataFrame([FIRST | (one or {})]), pd.DataFrame([SECOND | (other or {})])
    return {row["field"]: (row["compared"], row["agree"]) for row in records(measure_agreement(second, first, OFFICES))}


def test_the_same_coding_agrees_in_every_field() -> None:
    assert set(measured().values()) == {(1, 1)}


@pytest.mark.parametrize(
    ("one", "other", "field", "agrees"),
    [
        ({}, {"event_type": "AGREE"}, "event_type", 0),
        ({}, {"source_actors": "RUS"}, "sides", 1),  # a person in office is the state
        ({}, {"source_actors": "IRN", "target_actors": "RUS"}, "sides", 0),
        (
            {"mutual": "yes", "source_actors": "RUS;IRN", "target_actors": "RUS;IRN"},
            {"mutual": "yes", "source_actors": "IRN", "target_actors": "RUS"},
            "sides",
            1,
        ),
        ({"mutual": "yes"}, {}, "sides", 0),
        ({}, {"date": "2025-06"}, "date", 1),  # a month holds the day
        ({}, {"date": "2025-06-14"}, "date", 0),
        ({}, {"status": "reported"}, "status", 0),
        ({"speaker": "peskov"}, {"speaker": "RUS"}, "speaker", 1),
        ({"speaker": "peskov"}, {}, "speaker", 0),
        ({}, {"kind": "condition"}, "kind", 0),
    ],
)
def test_fields_are_compared_as_states_and_spans(
    one: dict[str, str], other: dict[str, str], field: str, agrees: int
) -> None:
    assert measured(one, other)[field] == (1, agrees)


def test_a_date_that_one_coder_does_not_give_is_not_compared() -> None:
    assert measured({}, {"date": ""})["date"] == (0, 0)


def test_type_and_sides_of_what_one_coder_takes_for_no_event_are_not_compared() -> None:
    made = measured({}, {"kind": "condition"})
    assert made["event_type"] == made["sides"] == (0, 0)


@pytest.mark.parametrize(
    ("second", "kappa"),
    [
        (["asserted", "asserted", "reported", "reported"], 1.0),
        (["asserted", "asserted", "asserted", "asserted"], 0.0),  # half agree, as chance would have it
        (["reported", "reported", "asserted", "asserted"], -1.0),
    ],
)
def test_kappa_takes_off_what_chance_would_give(second: list[str], kappa: float) -> None:
    statuses = ["asserted", "asserted", "reported", "reported"]
    firsts = pd.DataFrame([FIRST | {"mention_id": f"m{n}", "status": one} for n, one in enumerate(statuses)])
    seconds = pd.DataFrame([SECOND | {"mention_id": f"m{n}", "status": one} for n, one in enumerate(second)])
    rows: dict[str, dict[str, Any]] = {r["field"]: r for r in records(measure_agreement(seconds, firsts, OFFICES))}
    assert rows["status"]["kappa"] == kappa
    assert rows["event_type"]["kappa"] == 1.0  # one and the same type throughout


def test_without_a_second_coding_there_is_no_row() -> None:
    nothing = pd.DataFrame(columns=list(TABLES["case/recoding"].columns), dtype=str)
    made = measure_agreement(nothing, pd.DataFrame([FIRST]), OFFICES)
    assert made.empty
    assert list(made.columns) == list(TABLES["agreement"].columns)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({}, ""),
        ({"kind": "condition", "event_type": "", "date": ""}, ""),
        ({"mention_id": "t99"}, "mention_id is 't99', which data/cases/tiny/mentions.csv does not have"),
        ({"source_actors": "RUS;nobody"}, "source_actors is 'nobody', which data/reference/actors.csv does not have"),
        ({"target_actors": "nobody"}, "target_actors is 'nobody', which data/reference/actors.csv does not have"),
        ({"speaker": "nobody"}, "speaker is 'nobody', which data/reference/actors.csv does not have"),
        ({"date": "June 2025"}, "The date 'June 2025' is no EDTF"),
        ({"event_type": ""}, "an event needs an event_type"),
    ],
)
def test_a_second_coding_that_does_not_fit_names_file_and_row(root: Path, cells: dict[str, str], fault: str) -> None:
    plain = SECOND | {"mention_id": "t01", "by": "tests", "added": "2026-11-26"}
    table = pd.DataFrame([plain, plain | {"mention_id": "t02"} | cells])
    (tiny(root).inputs / "recoding.csv").write_text(to_csv(table), encoding="utf-8")
    found = faults_in(tiny(root))
    assert len(found) == bool(fault)
    assert not fault or found[0].startswith(f"data/cases/tiny/recoding.csv, row 3: {fault}")
