"""What reviewers decided: rows that are only ever appended, taken back by other rows, and merged from two copies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from lagebild.characters import show
from lagebild.paths import Fault
from lagebild.schema import PLACE, TABLES
from lagebild.store import records

COLUMNS = list(TABLES["case/decisions"].columns)
KEEPS = ("mine", "theirs", "neither")
MERGER = "merge of two copies"  # who takes a decision back that lost against another


class Place(NamedTuple):
    """Where the evidence of an added mention stands: sentence, and first character in the text file."""

    source_id: str
    language: str
    sentence_no: int
    start: int


class Conflict(NamedTuple):
    """Two outcomes of the review of one mention, each with its decisions."""

    row: str
    says: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def in_force(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions that nobody took back, in the order in which they were taken."""
    undone = set(decisions.loc[decisions["action"] == "undo", "value"])
    return decisions[(decisions["action"] != "undo") & ~decisions["decision_id"].isin(undone)]


def read_place(value: str) -> Place | None:
    """Return the place that the value of an `add` names; nothing if it names none."""
    found = re.fullmatch(PLACE, value)
    return Place(found[1], found[2], int(found[3]), int(found[4])) if found else None


def find_conflicts(mine: pd.DataFrame, theirs: pd.DataFrame) -> list[Conflict]:
    """Return the mentions on which both copies decided since they parted, with another outcome.

    Accepting a mention as it stands is an outcome, too: it differs from editing one field of it. Two mentions of one
    type that both added to the same sentence are a conflict as well: they probably are one.

    Raises
    ------
    Fault
        If one decision reads differently in the two copies.
    """
    _refuse_changed(mine, theirs)
    common = set(mine["decision_id"]) & set(theirs["decision_id"])
    sides = [_outcomes(copy, common) for copy in (mine, theirs)]
    found = []
    for name in [name for name in sides[0] if name in sides[1]]:
        one, other = (side[name] for side in sides)
        if one.fields != other.fields:
            aspects = [key for key in sorted({*one.fields, *other.fields}) if one.get(key) != other.get(key)]
            says = "; ".join(f"{key} is {one.get(key)} {one.by}, {other.get(key)} {other.by}" for key in aspects)
            found.append(Conflict(name, says, one.decided, other.decided))
    added = {other.added: (twin, other) for twin, other in sides[1].items() if other.added}
    for name, one in sides[0].items():
        twin, other = added.get(one.added, (name, one)) if one.added else (name, one)
        if twin != name:
            says = f"added {one.by}, and as {twin} {other.by}: the same type in the same sentence"
            found.append(Conflict(name, says, one.decided, other.decided))
    return found


def merge_decisions(mine: pd.DataFrame, theirs: pd.DataFrame, keep: str) -> pd.DataFrame:
    """Return the decisions of both copies; where they conflict, those that `keep` leaves out are taken back by rows.

    `keep` is ``mine``, ``theirs``, or ``neither``, which leaves the mentions in conflict open for another review.
    """
    if keep not in KEEPS:
        raise Fault(f"--keep is {show(keep)}, but must be one of {', '.join(KEEPS)}.")
    both = pd.concat([mine, theirs[~theirs["decision_id"].isin(mine["decision_id"])]], ignore_index=True)
    lost = {
        name: f"conflict, kept: {keep}"
        for conflict in find_conflicts(mine, theirs)
        for side in ("mine", "theirs")
        if side != keep
        for name in getattr(conflict, side)
    }
    undone = [
        {
            "decision_id": f"undo-{decision['decision_id']}",
            "row": decision["row"],
            "action": "undo",
            "field": "",
            "value": decision["decision_id"],
            "reason": lost[decision["decision_id"]],
            "by": MERGER,
            "date": max(both["date"]),
        }
        for decision in records(both)
        if decision["decision_id"] in lost
    ]
    return pd.concat([both, pd.DataFrame(undone, columns=COLUMNS, dtype=str)], ignore_index=True)


class _Outcome(NamedTuple):
    """What one copy makes of a mention: its fields as decided, by whom, by which decisions, and what it added."""

    fields: dict[str, str]
    by: str
    decided: tuple[str, ...]
    added: tuple[str, int, str] | None

    def get(self, key: str) -> str:
        """Return an aspect in words."""
        return show(self.fields[key]) if key in self.fields else "as it stood"


def _outcomes(decisions: pd.DataFrame, common: set[str]) -> dict[str, _Outcome]:
    """Return what a copy makes of the mentions on which it decided since the copies parted."""
    new = {row["row"] for row in records(decisions) if row["decision_id"] not in common}
    found = {}
    for name, part in in_force(decisions[decisions["row"].isin(new)]).groupby("row", sort=True):
        rows, fields, added = records(part), {"review": "accept"}, None
        for row in rows:
            fields["review"] = "reject" if row["action"] == "reject" else "accept"
            if row["action"] == "edit":
                fields[row["field"]] = row["value"]
            elif row["action"] in ("merge", "split"):
                fields["event_id"] = row["value"]
        place = next((read_place(row["value"]) for row in rows if row["action"] == "add"), None)
        if place:
            added = (place.source_id, place.sentence_no, fields.get("event_type", ""))
        who = ", ".join(dict.fromkeys(row["by"] for row in rows))
        decided = tuple(row["decision_id"] for row in rows if row["decision_id"] not in common)
        found[str(name)] = _Outcome(fields, f"by {who}", decided, added)
    return found


def _refuse_changed(mine: pd.DataFrame, theirs: pd.DataFrame) -> None:
    known = {row["decision_id"]: row for row in records(mine)}
    for row in records(theirs):
        if known.get(row["decision_id"], row) != row:
            raise Fault(
                f"The decision {row['decision_id']} reads differently in the two copies: decisions are only appended, "
                "so give it back its old wording, or the newer one an id of its own."
            )


def name_undone(decisions: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield the number of each row that takes back what cannot be taken back, from 2, and a sentence that says why."""
    before: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(records(decisions), start=2):
        if row["action"] == "undo":
            undone = before.get(row["value"])
            if undone is None or undone["action"] == "undo":
                yield number, f"there is no decision {show(row['value'])} before it that it could undo; correct the id."
            elif undone["row"] != row["row"]:
                yield number, f"it undoes a decision on {undone['row']}, not on {row['row']}; correct one of the ids."
        before[row["decision_id"]] = row
