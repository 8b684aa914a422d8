"""What reviewers decided on the claims of audited reports: appended, taken back, as on the mentions of a case.

A report of somebody else is no part of the case: it and its claims are told by their digests, and held nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pandas as pd

from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.dataset.decisions import COLUMNS, in_force, name_undone

DIGITS = 12  # of a digest; the schema asks for as many


def hash_report(text: str) -> str:
    """Return by which digits a report is known again: those of its text as it was read."""
    return _digest(text)


def hash_claim(sentence: str) -> str:
    """Return by which digits a claim is known again, wherever its lines broke."""
    return _digest(" ".join(sentence.split()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def as_decisions(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return verdicts in the columns of decisions: `row` is the claim, `action` the verdict, `value` what it undoes."""
    return verdicts.assign(
        row=verdicts["claim"], action=verdicts["verdict"], field="", value=verdicts["undoes"]
    ).reset_index(drop=True)


def as_edits(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return verdicts as decisions that edit a field of a row, the claim of a report: so two copies can be merged."""
    undone = verdicts["verdict"] == "undo"
    return as_decisions(verdicts).assign(
        row=verdicts["report"] + "." + verdicts["claim"],
        action=verdicts["verdict"].where(undone, "edit"),
        field=undone.map({True: "", False: "verdict"}),
        value=verdicts["undoes"].where(undone, verdicts["verdict"]),
    )[COLUMNS]


def read_edits(edits: pd.DataFrame) -> pd.DataFrame:
    """Return decisions of the kind that `as_edits` returns as verdicts."""
    undone = edits["action"] == "undo"
    return edits.assign(
        report=edits["row"].str[:DIGITS],
        claim=edits["row"].str[DIGITS + 1 :],
        verdict=edits["value"].mask(undone, "undo"),
        undoes=edits["value"].where(undone, ""),
    )[list(TABLES["case/verdicts"].columns)]


def verdicts_in_force(verdicts: pd.DataFrame, report: str) -> pd.DataFrame:
    """Return the verdicts on the claims of a report that nobody took back, the last one of each claim."""
    standing = in_force(as_decisions(verdicts[verdicts["report"] == report]))
    return standing.drop_duplicates("claim", keep="last")[list(verdicts.columns)].reset_index(drop=True)


def find_faulty_verdicts(verdicts: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Yield row, id and a sentence for each verdict that does not fit, with what to do."""
    taken_back = dict(name_undone(as_decisions(verdicts.assign(claim=verdicts["report"] + "." + verdicts["claim"]))))
    for number, row in enumerate(records(verdicts), start=2):
        if number in taken_back:
            yield number, row["decision_id"], taken_back[number]
        elif row["undoes"] and row["verdict"] != "undo":
            fault = f"the verdict {row['verdict']} undoes nothing; leave undoes empty, or make the verdict undo."
            yield number, row["decision_id"], fault
