"""What `judgements.yml` must hold, and what it must not; and whether `consistency.csv` rates what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import dataset_of, open_case, replace, tiny
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.judgements import read_judgements
from lagebild.report.integrity import find_strangers, find_unknown, find_unrated

FILE = "data/cases/tiny/judgements.yml"
RATINGS = "data/cases/tiny/consistency.csv"
BOTH = "{de: Wort, en: Word}"
GRID = {
    "heading": BOTH,
    "columns": f"[{{id: asked, name: {BOTH}}}]",
    "rows": f"[{{name: {BOTH}, cells: {{asked: {BOTH}}}, evidence: [E1]}}]",
}
# An entry of each part in which nothing is missing; Z1 stands under the part that a test names.
WHOLE = {
    "answers": {},
    "key_judgements": {},
    "hypotheses": {"heading": BOTH, "refuted_by": BOTH},
    "options": {"heading": BOTH, "actor": "RUS"},
    "scenarios": {"heading": BOTH},
    "indicators": {"heading": BOTH, "threshold": BOTH, "where": BOTH, "otherwise": "[S1]"},
    "questions": {},
    "consequences": {"heading": BOTH},
    "comparisons": GRID,
    "interests": GRID,
}


def write(paths: Paths, part: str, **changed: str) -> None:
    """Write judgements with one entry, Z1, whole but for what is changed; an empty value leaves a field out."""
    cells = {"as_of": "2025-01-31", "text": BOTH, "evidence": "[E1]"} | WHOLE[part] | changed
    entry = "".join(f"    {name}: {value}\n" for name, value in cells.items() if value)
    criteria = "criteria:\n  - {id: means, name: {de: Mittel, en: Means}}\n"
    head = f"by: {BOTH}\nwritten: 2025-06-16\n{criteria}"
    (paths.inputs / "judgements.yml").write_text(f"{head}{part}:\n  - id: Z1\n{entry}", encoding="utf-8")


def refused(paths: Paths, fault: str) -> None:
    """Check that the judgements are refused with a sentence that starts so."""
    with pytest.raises(InputError, match="^" + re.escape(fault)):
        read_judgements(paths)


@pytest.mark.parametrize("part", WHOLE)
def test_an_entry_with_all_its_parts_is_read(root: Path, part: str) -> None:
    write(tiny(root), part)
    assert [entry.entry_id for entry in read_judgements(tiny(root)).entries()] == ["Z1"]


@pytest.mark.parametrize(("part", "name"), [(part, name) for part, cells in WHOLE.items() for name in cells])
def test_an_entry_that_lacks_what_its_part_needs_is_refused(root: Path, part: str, name: str) -> None:
    write(tiny(root), part, **{name: ""})
    refused(tiny(root), f"{FILE}, entry Z1: {name!r} is missing, which each entry under {part} has")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"answered_by": "[E6]"}, "entry Z1: 'answer' is missing, though answered_by names"),
        ({"likelyhood": "likely"}, "entry Z1: 'likelyhood' is no name that belongs here"),
        ({"act": "{type: AID, target: IRN}"}, "entry Z1: 'act' is no name that belongs here"),
        ({"stakes": "[{criterion: means, effect: '?', weight: 1}]"}, "entry Z1, stakes: 'weight' is no name that"),
        (
            {"stakes": "[{criterion: means, effect: '+', evidence: [E1]}]"},
            "entry Z1: the stake by the criterion 'means' has no text",
        ),
        (
            {"stakes": f"[{{criterion: means, effect: '0', text: {BOTH}}}]"},
            "entry Z1: the stake by the criterion 'means' has no evidence",
        ),
        (
            {"stakes": "[{criterion: means, effect: '?'}, {criterion: means, effect: '?'}]"},
            "entry Z1: the stake by the criterion 'means' stands there twice",
        ),
        (
            {"rows": f"[{{name: {BOTH}, cells: {{asked: {BOTH}}}, evidence: [E1]}}]"},
            "entry Z1: a row has 'asked' where the columns have not",
        ),
        ({"stakes": "[{criterion: gain, effect: '?'}]"}, "entry Z1: 'gain' is no criterion"),
    ],
)
def test_an_entry_that_says_too_much_or_too_little_is_refused(root: Path, changed: dict[str, str], fault: str) -> None:
    write(tiny(root), "options", **changed)
    refused(tiny(root), f"{FILE}, {fault}")


def test_what_is_not_documented_needs_no_words(root: Path) -> None:
    write(tiny(root), "options", stakes="[{criterion: means, effect: '?'}]")
    (entry,) = read_judgements(tiny(root)).options
    assert [(stake.effect, stake.text, stake.evidence) for stake in entry.stakes] == [("?", {}, ())]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("criteria:\n", "Criteria:\n", ": 'Criteria' is no name that belongs here"),
        ("questions:\n", "question:\n", ": 'question' is no name that belongs here"),
        ("criteria:\n", "consistency: []\ncriteria:\n", ": 'consistency' is no name that belongs here"),
        ("{id: means, name", "{id: means, weight: 1, name", ", criteria: 'weight' is no name that belongs here"),
        ("{id: means, name", "{id: israel, name", ", criteria: another criterion has the id israel too"),
    ],
)
def test_what_stands_beside_the_entries_is_read_as_strictly(root: Path, old: str, new: str, fault: str) -> None:
    replace(tiny(root).inputs / "judgements.yml", old, new)
    refused(tiny(root), FILE + fault)


# --- the ratings of evidence ---


def rate(paths: Paths, *rows: str) -> None:
    """Write ratings of evidence; a row is evidence and hypothesis."""
    lines = "".join(f"{row},neutral,Grund,reason\n" for row in rows)
    header = "evidence,hypothesis,rating,reason_de,reason_en\n"
    (paths.inputs / "consistency.csv").write_text(header + lines, encoding="utf-8")


def faults(paths: Paths) -> Iterator[str]:
    """Yield what does not fit in the judgements of an edition."""
    inputs, judgements, data = open_case(paths), read_judgements(paths), dataset_of(paths)
    yield from find_strangers(inputs.reference, paths, inputs.case, judgements)
    yield from find_unknown(paths, judgements, data)
    yield from find_unrated(paths, judgements, data)


def explain(paths: Paths) -> None:
    """Write two explanations: H1 at once, and H2 only for the last edition."""
    whole = f"heading: {BOTH}, text: {BOTH}, refuted_by: {BOTH}"
    entries = [
        f"  - {{id: {name}, as_of: {day}, {whole}, evidence: [E1]}}\n"
        for name, day in (("H1", "2025-01-31"), ("H2", "2025-06-16"))
    ]
    text = f"by: {BOTH}\nwritten: 2025-06-16\nhypotheses:\n{''.join(entries)}"
    (paths.inputs / "judgements.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("written", [True, False])
def test_a_rating_of_a_hypothesis_that_nobody_wrote_names_its_row(root: Path, written: bool) -> None:
    explain(tiny(root))
    if not written:
        (tiny(root).inputs / "judgements.yml").unlink()
    rate(tiny(root), "E1,H1", "E1,H9")
    name, row = ("H9", 3) if written else ("H1", 2)
    refused(tiny(root), f"{RATINGS}, row {row}: {name!r} is no entry under hypotheses in judgements.yml")


@pytest.mark.parametrize(
    ("as_of", "rows", "found"),
    [
        ("2025-06-16", ["E1,H1", "E1,H2"], []),
        ("2025-01-31", ["E1,H1"], []),  # H2 comes later
        ("2025-01-31", ["E1,H1", "E6,H2"], []),  # so does E6
        ("2025-01-31", ["E1,H1", "E9,H1"], [f"{RATINGS}, row 3: E9 is neither an event nor a condition of the case"]),
        ("2025-06-16", ["E1,H1"], [f"{FILE}, entry H2: no evidence known on 2025-06-16 is rated against it"]),
        (
            "2025-06-16",
            ["E1,H1", "E1,H2", "C1,H2"],
            [f"{RATINGS}, row 4: C1 is not rated against H1, which is in force on 2025-06-16"],
        ),
        (
            "2025-06-16",
            [],
            [f"{FILE}, entry {name}: no evidence known on 2025-06-16 is rated against it" for name in ("H1", "H2")],
        ),
        ("2025-01-31", ["E6,H1"], [f"{FILE}, entry H1: no evidence known on 2025-01-31 is rated against it"]),
    ],
)
def test_each_piece_of_evidence_is_rated_against_each_hypothesis_in_force(
    root: Path, as_of: str, rows: list[str], found: list[str]
) -> None:
    paths = tiny(root, as_of)
    explain(paths)
    rate(paths, *rows)
    for fault, start in zip(faults(paths), found, strict=True):
        assert fault.startswith(start)


# --- ids ---


@pytest.mark.parametrize("name", ["E2", "C1"])
def test_an_entry_must_not_have_the_id_of_an_event_or_condition(root: Path, name: str) -> None:
    replace(tiny(root).inputs / "judgements.yml", "id: J1", f"id: {name}")
    (fault,) = faults(tiny(root))
    assert fault.startswith(f"{FILE}, entry {name}: an event, condition or source of the case has this id too")
