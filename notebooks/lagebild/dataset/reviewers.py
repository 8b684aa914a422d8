"""How far two reviewers agree who decided on the same rows, each in a copy of the case, before the copies were merged.

Only what each decided since the copies parted is compared: neither saw it of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagebild.core.offices import Offices
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.dataset.decisions import in_force_on_mentions
from lagebild.dataset.recoding import Pairs, note_pair, tally
from lagebild.dataset.review import MOVES, field_of

COLUMNS = list(TABLES["case/agreement"].columns)
CATEGORIES = ("verdict", "event_type", "status")  # of which kappa means something


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
    here, there = (_judge(copy, common, rows) for copy in (mine, theirs))
    both = sorted(here.keys() & there.keys())
    pairs: dict[str, Pairs] = {name: [] for name in ("verdict", "event_type", "sides", "date", "status")}
    for one, other in ((here[name], there[name]) for name in both):
        pairs["verdict"].append((one["verdict"], other["verdict"]))
        if "reject" not in (one["verdict"], other["verdict"]):
            is_act = bool(one["event_type"] or other["event_type"])  # else both tell a condition
            note_pair(pairs, one, other, offices, is_act)
    if not both:
        return pd.DataFrame(columns=COLUMNS, dtype=str)
    who = [", ".join(sorted({found[name]["by"] for name in both})) for found in (here, there)]
    day = max(found[name]["decided"] for found in (here, there) for name in both)
    cells = [[*who, day, name, n, alike, kappa] for name, n, alike, kappa in tally(pairs, CATEGORIES) if n]
    return pd.DataFrame(cells, columns=COLUMNS)


def _judge(
    decisions: pd.DataFrame, common: set[str], rows: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the rows on which a copy decided since the copies parted, as it leaves them, with verdict, who and when.

    A row that it added itself is left out: the other copy does not have it.
    """
    standing = in_force_on_mentions(decisions)
    touched = set(standing.loc[~standing["decision_id"].isin(common) & ~standing["action"].isin(MOVES), "row"])
    found: dict[str, dict[str, Any]] = {}
    for decision in records(standing[standing["row"].isin(touched & rows.keys())]):
        row = found.setdefault(decision["row"], {**rows[decision["row"]]})
        if decision["action"] in ("edit", *MOVES):
            row[field_of(decision)] = decision["value"]
        if decision["action"] not in MOVES:
            verdict = "reject" if decision["action"] == "reject" else "keep"
            row |= {"verdict": verdict, "by": decision["by"], "decided": decision["date"]}
    return found
