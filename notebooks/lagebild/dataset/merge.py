"""Two copies of a case to one: the decisions of both, with what they disagree on named, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagebild.core.appending import append_case
from lagebild.core.offices import read_offices
from lagebild.core.paths import InputError, Paths
from lagebild.core.tables import read_table, records
from lagebild.corpus.inputs import read_inputs
from lagebild.dataset.decisions import KEEPS, Conflict, find_conflicts, merge_decisions
from lagebild.dataset.drafts import code
from lagebild.dataset.faults import find_faulty_decisions, list_known
from lagebild.dataset.reviewers import compare_reviewers


@dataclass(frozen=True)
class Merged:
    """What became of a merge of two copies: the conflicts, whether it was written, how many decisions are new here.

    `agreement` says how far those agree who decided apart, in the columns of the table `case/agreement`.
    """

    conflicts: list[Conflict]
    written: bool
    n_new: int
    agreement: pd.DataFrame

    @property
    def agreed(self) -> list[str]:
        """How far they agree, in a line for each field."""
        return [
            f"{row['field']}: {row['first']} and {row['second']} agree on {row['agree']} of {row['compared']} rows"
            + (f", kappa {row['kappa']:.2f}" if row["kappa"] == row["kappa"] else "")
            for row in records(self.agreement)
        ]


def merge_copies(paths: Paths, file: Path, keep: str = "") -> Merged:
    """Merge the decisions in `file` into those of the case; without `keep`, a conflict lets nothing be written.

    Raises
    ------
    InputError
        If a decision of the other copy does not fit this case, or reads differently here.
    """
    inputs, theirs = read_inputs(paths), read_table(file, "case/decisions")
    mine, known = inputs.decisions, list_known(inputs, code(inputs))
    for number, name, fault in find_faulty_decisions(mine, known):
        raise InputError(f"data/cases/{paths.case}/decisions.csv, row {number} ({name}): {fault}")
    events = {name: str(row["event_id"]) for name, row in known.mentions.items()}
    conflicts = find_conflicts(mine, theirs, events)
    merged = merge_decisions(mine, theirs, keep or KEEPS[0], events)
    for number, name, fault in find_faulty_decisions(merged, known):
        raise InputError(f"{file.name}, decision {name} (row {number} of the merged table): {fault}")
    new = merged[~merged["decision_id"].isin(mine["decision_id"])]
    agreement = compare_reviewers(mine, theirs, known.mentions, read_offices(inputs.reference))
    written = bool(keep or not conflicts)
    if written:
        # once the decisions are there, nobody can tell any more who took them apart: so this first
        append_case(paths, "agreement", agreement.map(lambda cell: "" if cell != cell else str(cell)))
        append_case(paths, "decisions", new)
    return Merged(conflicts, written, int(new["decision_id"].isin(theirs["decision_id"]).sum()), agreement)
