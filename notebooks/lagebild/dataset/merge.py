"""Two copies of a case to one: the decisions of both, with what they disagree on named, and how far they agree.

So are the verdicts of both on the claims of audited reports, a table of its own. Agreement is that of two reviewers who
decided on the same rows before the copies were merged: only what each decided since the copies parted is compared, for
neither saw it of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.core import TABLES, InputError, Offices, Paths, csv_files, read_case, read_offices, records, tables
from lagebild.corpus import read_inputs
from lagebild.dataset.case_drafts import draft_case
from lagebild.dataset.decisions import (
    KEEPS,
    MOVES,
    Conflict,
    as_edits,
    field_of,
    find_conflicts,
    find_faulty_verdicts,
    in_force_on_mentions,
    merge_decisions,
    read_edits,
)
from lagebild.dataset.faults import find_faulty_decisions, list_known
from lagebild.dataset.matching import Pairs, pair_values, tally

COLUMNS = list(TABLES["case/agreement"].columns)
CATEGORIES = ("verdict", "event_type", "status")  # of which kappa means something
MERGED = ("case/decisions", "case/verdicts")  # the tables in which people decide


def compare_reviewers(
    mine: pd.DataFrame, theirs: pd.DataFrame, rows: Mapping[str, Mapping[str, Any]], offices: Offices
) -> pd.DataFrame:
    """Return how often the decisions of two copies agree; columns as in the table `case/agreement`.

    The verdict, to keep a row or to reject it, is compared on all rows on which both decided, fields where both keep
    it: as each leaves them, changed or as they stood in `rows`. Sides are compared as the states behind the actors, and
    dates where both give one: they agree if they share a day. To move a row to another event decides nothing about it.
    Empty if both decided on no row.
    """
    common = set(mine["decision_id"]) & set(theirs["decision_id"])
    here, there = (_list_verdicts(copy, common, rows) for copy in (mine, theirs))
    both = sorted(here.keys() & there.keys())
    pairs: dict[str, Pairs] = {name: [] for name in ("verdict", "event_type", "sides", "date", "status")}
    for my, their in ((here[name], there[name]) for name in both):
        pairs["verdict"].append((my["verdict"], their["verdict"]))
        if "reject" not in (my["verdict"], their["verdict"]):
            is_act = bool(my["event_type"] or their["event_type"])  # else both tell a condition
            for name, values in pair_values(my, their, offices, is_act).items():
                pairs[name].append(values)
    if not both:
        return pd.DataFrame(columns=COLUMNS, dtype=str)
    who = [", ".join(sorted({rows_of[name]["by"] for name in both})) for rows_of in (here, there)]
    day = max(rows_of[name]["decided"] for rows_of in (here, there) for name in both)
    cells = [[*who, day, name, n, alike, kappa] for name, n, alike, kappa in tally(pairs, CATEGORIES) if n]
    return pd.DataFrame(cells, columns=COLUMNS)


def _list_verdicts(
    decisions: pd.DataFrame, common: set[str], rows: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the rows on which a copy decided since the copies parted, as it leaves them, with verdict, who and when.

    A row that it added itself is left out: the other copy does not have it.
    """
    standing = in_force_on_mentions(decisions)
    touched = set(standing.loc[~standing["decision_id"].isin(common) & ~standing["action"].isin(MOVES), "row"])
    judged: dict[str, dict[str, Any]] = {}
    for decision in records(standing[standing["row"].isin(touched & rows.keys())]):
        row = judged.setdefault(decision["row"], {**rows[decision["row"]]})
        if decision["action"] in ("edit", *MOVES):
            row[field_of(decision)] = decision["value"]
        if decision["action"] not in MOVES:
            verdict = "reject" if decision["action"] == "reject" else "keep"
            row |= {"verdict": verdict, "by": decision["by"], "decided": decision["date"]}
    return judged


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
    name = csv_files.find_table(file, MERGED)
    theirs = tables.read_table(file, name)
    conflicts, new, agreement = (_merge_verdicts if name == MERGED[1] else _merge_decisions)(paths, file, theirs, keep)
    written = bool(keep or not conflicts)
    if written:
        if not agreement.empty:  # once the decisions are there, nobody can tell any more who took them apart: so first
            tables.append_case(paths, "agreement", agreement.map(lambda cell: "" if cell != cell else str(cell)))
        tables.append_case(paths, name.partition("/")[2], new)
    n_new = int(new["decision_id"].isin(theirs["decision_id"]).sum())
    return Merged(conflicts, written, n_new, agreement, TABLES[name].file, _find_other_tables(paths, file, name))


def _find_other_tables(paths: Paths, file: Path, name: str) -> list[str]:
    """Return how to merge the other table of a copy, if it lies beside the one that was merged."""
    beside = [file.with_name(TABLES[table].file) for table in MERGED if table != name]
    is_copy = file.resolve().parent != paths.inputs.resolve()
    copies = [other for other in beside if is_copy and other.is_file()]
    return [f"Beside it lies {copy.name}: `lagebild merge {paths.case} {copy}` merges it." for copy in copies]


def _merge_decisions(
    paths: Paths, file: Path, theirs: pd.DataFrame, keep: str
) -> tuple[list[Conflict], pd.DataFrame, pd.DataFrame]:
    """Return the conflicts of both copies, the decisions that the case lacks, and how far both agree."""
    inputs = read_inputs(paths)
    mine, known = inputs.decisions, list_known(inputs, draft_case(inputs))
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
        conflict._replace(row="claim {1} of report {0}".format(*conflict.row.split(".")))
        for conflict in find_conflicts(here, there)
    ]
    merged = read_edits(merge_decisions(here, there, keep or KEEPS[0]))
    _refuse_merged(file, find_faulty_verdicts(merged))
    new = merged[~merged["decision_id"].isin(mine["decision_id"])]
    return conflicts, new, pd.DataFrame(columns=COLUMNS, dtype=str)


def _refuse_own(paths: Paths, name: str, faults: Iterable[tuple[int, str, str]]) -> None:
    for number, row_id, fault in faults:
        raise InputError(f"data/cases/{paths.case}/{name}, row {number} ({row_id}): {fault}")


def _refuse_merged(file: Path, faults: Iterable[tuple[int, str, str]]) -> None:
    for number, name, fault in faults:
        raise InputError(f"{file.name}, decision {name} (row {number} of the merged table): {fault}")
