"""What reviewers decided: rows that are only ever appended, taken back by other rows, and merged from two copies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from lagebild.core.characters import show
from lagebild.core.paths import InputError
from lagebild.core.schema import PLACE, TABLES
from lagebild.core.tables import records

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
    """A mention of which two copies make something else, in words, and the mentions that are settled with it."""

    row: str
    says: str
    rows: tuple[str, ...]


def in_force(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions that nobody took back, in the order in which they were taken."""
    undone = set(decisions.loc[decisions["action"] == "undo", "value"])
    return decisions[(decisions["action"] != "undo") & ~decisions["decision_id"].isin(undone)]


def in_force_on_mentions(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return those in force that are about mentions; a title is about an event, and reviews none."""
    return in_force(decisions[decisions["action"] != "title"])


def read_place(value: str) -> Place | None:
    """Return the place that the value of an `add` names; nothing if it names none."""
    found = re.fullmatch(PLACE, value)
    return Place(found[1], found[2], int(found[3]), int(found[4])) if found else None


def find_conflicts(
    mine: pd.DataFrame, theirs: pd.DataFrame, events: Mapping[str, str] = MappingProxyType({})
) -> list[Conflict]:
    """Return the mentions on which both copies decided since they parted, with another outcome.

    Accepting a mention as it stands is an outcome, too: it differs from editing one field of it; so is taking back what
    both had decided. Two mentions of one type that both added to the same sentence are a conflict as well: they
    probably are one. So are two merges of which one empties the event into which the other moves a mention; `events`
    says to which event each mention belonged before.

    Raises
    ------
    InputError
        If one decision reads differently in the two copies.
    """
    _refuse_changed(mine, theirs)
    common = set(mine["decision_id"]) & set(theirs["decision_id"])
    here, there = (_outcomes(copy, common) for copy in (mine, theirs))
    found = []
    for name, one in here.items():
        if name in there and one.fields != there[name].fields:
            found.append(Conflict(name, one.differ(there[name]), (name,)))
        twins = [twin for twin, other in there.items() if one.added and other.added == one.added and twin != name]
        if twins:
            by = there[twins[0]].by
            says = f"added {one.by}, and as {', '.join(twins)} {by}: the same type in the same sentence"
            found.append(Conflict(name, says, (name, *twins)))
        crossed = [other for other, move in there.items() if other != name and _cross(name, one, other, move, events)]
        if crossed:
            says = f"merged into {one.into} {one.by}, but {', '.join(crossed)} of it into {there[crossed[0]].into}"
            found.append(Conflict(name, f"{says} {there[crossed[0]].by}", (name, *crossed)))
    return found


def merge_decisions(
    mine: pd.DataFrame, theirs: pd.DataFrame, keep: str, events: Mapping[str, str] = MappingProxyType({})
) -> pd.DataFrame:
    """Return the decisions of both copies; on mentions in conflict, those of one copy end up in force.

    `keep` is ``mine``, ``theirs``, or ``neither``, which leaves what both copies share. Nothing is deleted: rows take
    back what is not kept, and state anew what the other copy had taken back.
    """
    if keep not in KEEPS:
        raise InputError(f"--keep is {show(keep)}, but must be one of {', '.join(KEEPS)}.")
    both = pd.concat([mine, theirs[~theirs["decision_id"].isin(mine["decision_id"])]], ignore_index=True)
    kept = in_force(theirs if keep == "theirs" else mine)
    if keep == "neither":
        kept = kept[kept["decision_id"].isin(in_force(theirs)["decision_id"])]
    standing, new = in_force(both), list[dict[str, Any]]()
    for name in sorted({row for conflict in find_conflicts(mine, theirs, events) for row in conflict.rows}):
        stands, wanted = (records(rows[rows["row"] == name]) for rows in (standing, kept))
        left = [row for row in stands if row in wanted]
        while left != wanted[: len(left)]:  # they stand in another order
            left.pop()
        new += [_take_back(row, max(both["date"])) for row in reversed(stands) if row not in left]
        new += [_name(row, "again") for row in wanted[len(left) :]]
    return pd.concat([both, pd.DataFrame(new, columns=COLUMNS, dtype=str)], ignore_index=True)


def _take_back(row: dict[str, Any], day: str) -> dict[str, Any]:
    undo = {"row": row["row"], "action": "undo", "field": "", "value": row["decision_id"], "date": day}
    return _name({"decision_id": row["decision_id"], "reason": "conflict of two copies", "by": MERGER} | undo, "undo")


def _name(row: dict[str, Any], verb: str) -> dict[str, Any]:
    """Return a decision under a name that says what it does, and that no other one has that reads differently."""
    digest = hashlib.sha256("\x1f".join(row[column] for column in COLUMNS).encode()).hexdigest()[:8]
    return row | {"decision_id": f"{verb}-{row['decision_id']}-{digest}"}


class _Outcome(NamedTuple):
    """What one copy makes of a mention: its fields as decided, by whom, into which event, and what it added."""

    fields: dict[str, str]
    by: str
    into: str
    added: tuple[str, int, str] | None

    def get(self, key: str) -> str:
        """Return an aspect in words."""
        return show(self.fields[key]) if key in self.fields else "as it stood"

    def differ(self, other: _Outcome) -> str:
        """Return in words where another outcome differs."""
        aspects = [
            key for key in sorted({*self.fields, *other.fields}) if self.fields.get(key) != other.fields.get(key)
        ]
        return "; ".join(f"{key} is {self.get(key)} {self.by}, {other.get(key)} {other.by}" for key in aspects)


def _outcomes(decisions: pd.DataFrame, common: set[str]) -> dict[str, _Outcome]:
    """Return what a copy makes of the mentions on which its decisions are not those of when the copies parted."""
    before, now = (
        {str(name): records(rows) for name, rows in in_force(part).groupby("row")}
        for part in (decisions[decisions["decision_id"].isin(common)], decisions)
    )
    found = {}
    for name in sorted(name for name in {*before, *now} if before.get(name) != now.get(name)):
        rows = now.get(name, [])
        fields, into = _sum_up(rows)
        place = next((read_place(row["value"]) for row in rows if row["action"] == "add"), None)
        added = (place.source_id, place.sentence_no, fields.get("event_type", "")) if place else None
        deciders = rows or [
            row for row in records(decisions) if row["row"] == name and row["decision_id"] not in common
        ]
        by = ", ".join(dict.fromkeys(row["by"] for row in deciders))
        found[str(name)] = _Outcome(fields if rows else {"review": "open"}, f"by {by}", into, added)
    return found


def _sum_up(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, str], str]:
    """Return what decisions on a mention make of its fields, and into which event they merge it."""
    fields, into = dict[str, str](), ""
    for row in rows:
        if row["action"] in ("merge", "split"):
            fields["event_id"], into = row["value"], row["value"] * (row["action"] == "merge")
        elif row["action"] != "title":
            fields["review"] = "reject" if row["action"] == "reject" else "accept"
        if row["action"] in ("edit", "title"):
            fields[row["field"]] = row["value"]
    return fields, into


def _cross(name: str, one: _Outcome, other: str, move: _Outcome, events: Mapping[str, str]) -> bool:
    """Whether one copy merges a mention into an event out of which the other merges one, or the other way round."""
    if not (one.into and move.into) or one.into == move.into:
        return False
    return events.get(other) == one.into or events.get(name) == move.into


def _refuse_changed(mine: pd.DataFrame, theirs: pd.DataFrame) -> None:
    known = {row["decision_id"]: row for row in records(mine)}
    for row in records(theirs):
        if known.get(row["decision_id"], row) != row:
            raise InputError(
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
