"""What reviewers say of the claims of an audited report: appended, taken back, checked, and set in its audit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from examples import tiny
from lagebild.audit.finding import VERDICTS, Audit, Finding, apply_verdicts
from lagebild.core.csv_files import to_csv
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.schema import TABLES
from lagebild.core.tables import append_case, read_case
from lagebild.dataset.decisions import hash_claim, hash_report, verdicts_in_force
from lagebild.dataset.merge import Merged, merge_copies
from lagebild.run.checks import check_case as check
from runs import Call

TEXT = "Russia attacked Iran.\nIran thanked  Russia.\nRussia attacked Iran."
CLAIMS = ("Russia attacked Iran.", "Iran thanked  Russia.", "Russia attacked Iran.")
REPORT, ATTACKED, THANKED = hash_report(TEXT), hash_claim(CLAIMS[0]), hash_claim(CLAIMS[1])
FINDINGS = [
    Finding(claim_id=f"c{n}", start=0, end=len(claim), claim=claim, verdict="not-found", reason="not-found")
    for n, claim in enumerate(CLAIMS, start=1)
]
AUDIT = Audit(text=TEXT, language="en", case="tiny", as_of="2025-06-16", findings=FINDINGS)


def verdicts(*rows: str, report: str = REPORT) -> pd.DataFrame:
    """Return a table of verdicts, each written as: id, claim, verdict, and what it undoes."""
    columns = list(TABLES["case/verdicts"].columns)
    cells = [(*row.split(), "")[:4] for row in rows]
    full = [(name, report, claim, what, undoes, "why", "A", "2026-11-27") for name, claim, what, undoes in cells]
    return pd.DataFrame(full, columns=columns, dtype=str)


def said(table: pd.DataFrame) -> list[str]:
    """Return the verdict on each claim."""
    return [one.verdict for one in apply_verdicts(AUDIT, table).findings]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), ["not-found"] * 3),
        ((f"d1 {THANKED} supported",), ["not-found", "supported", "not-found"]),
        ((f"d1 {ATTACKED} differs",), ["differs", "not-found", "differs"]),  # the sentence stands there twice
        ((f"d1 {THANKED} supported", f"d2 {THANKED} differs"), ["not-found", "differs", "not-found"]),
        ((f"d1 {THANKED} supported", f"d2 {THANKED} undo d1"), ["not-found"] * 3),
        (
            (f"d1 {THANKED} supported", f"d2 {THANKED} differs", f"d3 {THANKED} undo d2"),
            ["not-found", "supported", "not-found"],
        ),
    ],
)
def test_the_last_verdict_that_nobody_took_back_counts(rows: tuple[str, ...], expected: list[str]) -> None:
    assert said(verdicts(*rows)) == expected


def test_an_overruled_finding_says_by_whom_why_and_what_the_audit_said() -> None:
    audited = apply_verdicts(AUDIT, verdicts(f"d1 {THANKED} supported"))
    assert audited.findings[1].overruled == ("A", "why", "not-found")
    assert audited.findings[0].overruled == ("", "", "")
    assert audited.count()["supported"] == 1
    assert AUDIT.count()["supported"] == 0


def test_a_verdict_on_another_report_changes_nothing() -> None:
    assert said(verdicts(f"d1 {THANKED} supported", report=hash_report("Another one."))) == ["not-found"] * 3


def test_a_claim_is_known_again_wherever_its_lines_broke_and_not_by_other_words() -> None:
    assert hash_claim("Iran thanked\nRussia.") == THANKED
    assert hash_claim("Iran thanked Russia!") != THANKED


def test_the_table_knows_the_verdicts_of_an_audit_and_holds_no_sentence(root: Path) -> None:
    columns = TABLES["case/verdicts"].columns
    assert tuple(columns["verdict"]["constraints"]["enum"]) == (*VERDICTS, "undo")
    paths, given = tiny(root), verdicts(f"d1 {THANKED} supported", f"d2 {THANKED} undo d1")
    assert read_case(paths, "verdicts").empty  # a case without the file is as before
    append_case(paths, "verdicts", given)
    assert read_case(paths, "verdicts").to_csv() == given.to_csv()
    assert verdicts_in_force(read_case(paths, "verdicts"), REPORT).empty
    assert not [line for line in check(paths) if "verdicts" in line.text]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((f"d1 {THANKED} undo d0",), "row 2 (d1): there is no decision 'd0' before it that it could undo"),
        ((f"d1 {THANKED} undo",), "row 2 (d1): there is no decision '' before it"),
        ((f"d1 {THANKED} supported", f"d2 {ATTACKED} undo d1"), "row 3 (d2): it undoes a decision on "),
        ((f"d1 {THANKED} differs", f"d2 {THANKED} supported d1"), "row 3 (d2): the verdict supported undoes nothing"),
    ],
)
def test_a_verdict_that_does_not_fit_names_file_row_and_remedy(root: Path, rows: tuple[str, ...], fault: str) -> None:
    append_case(tiny(root), "verdicts", verdicts(*rows))
    (found,) = [line.text for line in check(tiny(root)) if line.is_fault]
    assert found.startswith(f"data/cases/tiny/verdicts.csv, {fault}")
    assert found.endswith("undo.") or "; correct " in found


@pytest.mark.parametrize(("what", "fault"), [("true", "verdict is 'true', but must be one of supported, differs, ")])
def test_a_verdict_that_no_audit_knows_is_refused(root: Path, what: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        append_case(tiny(root), "verdicts", verdicts(f"d1 {THANKED} {what}"))


def merged(paths: Paths, rows: tuple[str, ...], keep: str = "") -> Merged:
    """Merge a copy of the case in which somebody else decided so, under ids of their own."""
    folder = paths.home / "copy"
    folder.mkdir(exist_ok=True)
    (folder / "verdicts.csv").write_text(to_csv(verdicts(*rows).assign(by="B")), encoding="utf-8")
    return merge_copies(paths, folder / "verdicts.csv", keep)


@pytest.mark.parametrize(
    ("theirs", "conflicts", "keep", "expected"),
    [
        ((f"t1 {THANKED} supported",), 0, "", ["differs", "supported", "differs"]),
        ((f"t1 {ATTACKED} differs",), 0, "", ["differs", "not-found", "differs"]),  # both say the same
        ((f"t1 {ATTACKED} supported",), 1, "", ["differs", "not-found", "differs"]),  # nothing is written
        ((f"t1 {ATTACKED} supported",), 1, "mine", ["differs", "not-found", "differs"]),
        ((f"t1 {ATTACKED} supported",), 1, "theirs", ["supported", "not-found", "supported"]),
        ((f"t1 {ATTACKED} supported",), 1, "neither", ["not-found"] * 3),
        ((f"t1 {ATTACKED} supported", f"t2 {ATTACKED} undo t1"), 0, "", ["differs", "not-found", "differs"]),
    ],
)
def test_the_verdicts_of_two_copies_are_merged_as_decisions_are(
    root: Path, theirs: tuple[str, ...], conflicts: int, keep: str, expected: list[str]
) -> None:
    paths = tiny(root)
    append_case(paths, "verdicts", verdicts(f"d1 {ATTACKED} differs"))
    for _ in range(2):  # a second time changes nothing
        found = merged(paths, theirs, keep)
        assert said(read_case(paths, "verdicts")) == expected
        assert (found.written, found.file, found.agreed) == (bool(keep or not conflicts), "verdicts.csv", [])
    assert not [line.text for line in check(paths) if line.is_fault]
    first = verdicts(f"d1 {ATTACKED} differs")
    assert read_case(paths, "verdicts")[:1].to_csv() == first.to_csv()


def test_a_conflict_names_report_claim_and_what_each_decided(root: Path) -> None:
    append_case(tiny(root), "verdicts", verdicts(f"d1 {ATTACKED} differs"))
    (conflict,) = merged(tiny(root), (f"t1 {ATTACKED} supported",)).conflicts
    assert conflict.row == f"claim {ATTACKED} of report {REPORT}"
    assert conflict.says == "verdict is 'differs' by A, 'supported' by B"


def test_a_copy_that_does_not_fit_writes_nothing(root: Path) -> None:
    paths = tiny(root)
    append_case(paths, "verdicts", verdicts(f"d1 {ATTACKED} differs"))
    with pytest.raises(InputError, match="The decision d1 reads differently in the two copies"):
        merged(paths, (f"d1 {ATTACKED} supported",))
    with pytest.raises(InputError, match=r"verdicts\.csv, decision t1 .+there is no decision 't0' before it"):
        merged(paths, (f"t1 {THANKED} undo t0",))
    assert len(read_case(paths, "verdicts")) == 1


def test_the_command_tells_the_table_by_its_columns_and_names_the_other_one_of_the_copy(root: Path, call: Call) -> None:
    paths, copy = tiny(root), root / "theirs"
    copy.mkdir()
    (copy / "them.csv").write_text(to_csv(verdicts(f"t1 {THANKED} supported")), encoding="utf-8")
    (copy / "decisions.csv").write_text(to_csv(read_case(paths, "decisions")), encoding="utf-8")
    code, printed, noted = call("merge", "tiny", "theirs/them.csv", project=root)
    assert (code, printed) == (0, "1 decisions of them.csv added to data/cases/tiny/verdicts.csv\n")
    assert noted == "Beside it lies decisions.csv: `lagebild merge tiny theirs/decisions.csv` merges it.\n"
    assert said(read_case(paths, "verdicts")) == ["not-found", "supported", "not-found"]
    (copy / "them.csv").write_text("a,b\n", encoding="utf-8")
    assert call("merge", "tiny", "theirs/them.csv", project=root)[0] == 1
