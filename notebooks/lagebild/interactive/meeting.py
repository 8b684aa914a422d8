"""What somebody else decided meanwhile on the rows of an act: it is shown before the act counts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.core.labels import Labels
from lagebild.core.tables import records


def find_meetings(decisions: pd.DataFrame, new: pd.DataFrame, seen: Any, labels: Labels) -> dict[str, list[Any]]:
    """Return the decisions of other desks on the rows of an act that whoever took it had not seen, by row.

    `decisions` are those in the file, `new` those of the act, `seen` the id of the latest decision on each row that the
    desk had shown. The desk is the first part of an id, ``DESK-NUMBER.NUMBER``: what it wrote itself, it knows. What
    was decided and taken back since then leaves the row as it was. Each decision is given by action, field, value, who,
    and when in words.
    """
    known = seen if isinstance(seen, dict) else {}
    found: dict[str, list[Any]] = {}
    for name in new["row"].unique():
        rows = records(decisions[decisions["row"] == name])
        ids = [row["decision_id"] for row in rows]
        start = ids.index(known[name]) + 1 if known.get(name) in ids else 0
        later = [row for row in rows[start:] if _desk(row["decision_id"]) != _desk(new["decision_id"].iloc[0])]
        there = {row["decision_id"] for row in later}
        back = {row["value"] for row in later if row["action"] == "undo"} & there
        left = [row for row in later if row["decision_id"] not in back and row["value"] not in back]
        if left:
            found[str(name)] = [
                [row["action"], row["field"], row["value"], row["by"], labels.date(row["date"])] for row in left
            ]
    return found


def know_titles(decisions: pd.DataFrame, seen: Any) -> dict[str, Any]:
    """Return what a desk had seen, with the latest decision among `decisions` on each event that has a title.

    A desk shows the titles that its kernel has read, but no ids of the decisions on them.
    """
    titled = decisions[decisions["row"].isin(decisions.loc[decisions["action"] == "title", "row"])]
    told = dict(zip(titled["row"], titled["decision_id"], strict=True))
    return told | {row: last for row, last in (seen if isinstance(seen, dict) else {}).items() if last}


def _desk(decision: str) -> str:
    return decision.partition("-")[0]
