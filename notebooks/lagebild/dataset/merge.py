"""Two copies of a case to one: the decisions of both, with what they disagree on named, and how far they agree.

So are the verdicts of both on the claims of audited reports, a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagebild.core.appending import append_case
from lagebild.core.offices import read_offices
from lagebild.core.paths import InputError, Paths
from lagebild.core.rows import find_table
from lagebild.core.schema import TABLES
from lagebild.core.tables import read_case, read_table, records
from lagebild.corpus.inputs import read_inputs
from lagebild.dataset.decisions import KEEPS, Conflict, find_conflicts, merge_decisions
from lagebild.dataset.drafts import code
from lagebild.dataset.faults import find_faulty_decisions, list_known
from lagebild.dataset.reviewers import COLUMNS, compare_reviewers
from lagebild.dataset.verdicts import as_edits, find_faulty_verdicts, read_edits

MERGED = ("case/decisions", "case/verdicts")  # the tables in which people decide


@dataclass(frozen=True)
class Merged:
    """What became of a merge of two copies: the conflicts, whether it was written, how many decisions are new here.

    `agreement` says how far those agree who decided apart, in the columns of the table `case/agreement`; nothing of
    verdicts. `file` is the table that was merged, and `beside` says that the copy's other one lies there, too.
    """

    conflicts: list[Conflict]
    written: bool
    n_new: int
    agreement: pd.DataFrame
    file: str
    beside: list[str]

    @property
    def agreed(self) -> list[str]:
        """How far they agree, in a line for each field."""
        return [
            f"{row['field']}: {row['first']} and {row['second']} agree on {row['agree']} of {row['compared']} rows"
            + (f", kappa {row['kappa']:.2f}" if row["kappa"] == row["kappa"] else "")
            for row in records(self.agreement)
        ]


def merge_copies(paths: Paths, file: Path, keep: str = "") -> Merged:
    """Merge the decisions or the verdicts in `file` into those of the case; without `keep`, a conflict stops it.

    Raises
    ------
    InputError
        If a decision of the other copy does not fit this case, or reads differently here.
    """
    name = find_table(file, MERGED)
    theirs = read_table(file, name)
    conflicts, new, agreement = (_merge_verdicts if name == MERGED[1] else _merge_decisions)(paths, file, theirs, keep)
    written = bool(keep or not conflicts)
    if written:
        if not agreement.empty:  # once the decisions are there, nobody can tell any more who took them apart: so first
            append_case(paths, "agreement", agreement.map(lambda cell: "" if cell != cell else str(cell)))
        append_case(paths, name.partition("/")[2], new)
    n_new = int(new["decision_id"].isin(theirs["decision_id"]).sum())
    return Merged(conflicts, written, n_new, agreement, TABLES[name].file, _name_other(paths, file, name))


def _name_other(paths: Paths, file: Path, name: str) -> list[str]:
    """Return how to merge the other table of a copy, if it lies beside the one that was merged."""
    beside = [file.with_name(TABLES[one].file) for one in MERGED if one != name]
    is_copy = file.resolve().parent != paths.inputs.resolve()
    held = [one for one in beside if is_copy and one.is_file()]
    return [f"Beside it lies {one.name}: `lagebild merge {paths.case} {one}` merges it." for one in held]


def _merge_decisions(
    paths: Paths, file: Path, theirs: pd.DataFrame, keep: str
) -> tuple[list[Conflict], pd.DataFrame, pd.DataFrame]:
    """Return the conflicts of both copies, the decisions that the case lacks, and how far both agree."""
    inputs = read_inputs(paths)
    mine, known = inputs.decisions, list_known(inputs, code(inputs))
    _refuse_own(paths, "decisions.csv", find_faulty_decisions(mine, known))
    events = {name: str(row["event_id"]) for name, row in known.mentions.items()}
    conflicts = find_conflicts(mine, theirs, events)
    merged = merge_decisions(mine, theirs, keep or KEEPS[0], events)
    _refuse_merged(file, find_faulty_decisions(merged, known))
    agreement = compare_reviewers(mine, theirs, known.mentions, read_offices(inputs.reference))
    return conflicts, merged[~merged["decision_id"].isin(mine["decision_id"])], agreement


def _merge_verdicts(
    paths: Paths, file: Path, theirs: pd.DataFrame, keep: str
) -> tuple[list[Conflict], pd.DataFrame, pd.DataFrame]:
    """Return the conflicts of both copies, the verdicts that the case lacks, and no agreement."""
    mine = read_case(paths, "verdicts")
    _refuse_own(paths, "verdicts.csv", find_faulty_verdicts(mine))
    here, there = as_edits(mine), as_edits(theirs)
    conflicts = [
        one._replace(row="claim {1} of report {0}".format(*one.row.split("."))) for one in find_conflicts(here, there)
    ]
    merged = read_edits(merge_decisions(here, there, keep or KEEPS[0]))
    _refuse_merged(file, find_faulty_verdicts(merged))
    new = merged[~merged["decision_id"].isin(mine["decision_id"])]
    return conflicts, new, pd.DataFrame(columns=COLUMNS, dtype=str)


def _refuse_own(paths: Paths, name: str, faults: Iterable[tuple[int, str, str]]) -> None:
    for number, one, fault in faults:
        raise InputError(f"data/cases/{paths.case}/{name}, row {number} ({one}): {fault}")


def _refuse_merged(file: Path, faults: Iterable[tuple[int, str, str]]) -> None:
    for number, one, fault in faults:
        raise InputError(f"{file.name}, decision {one} (row {number} of the merged table): {fault}")
