"""How firm each finding is: what of it remains when one page, one publisher or all media of one country are left out.

A finding is a cell of the relation matrix, a triad, or an entry of the analyst with the ids that it cites. Its one
number is the smallest share that remains without any one publisher (see `firmness` for the method): 0 hangs on one
publisher, 1 loses nothing. Of a cell it is the share of its net that keeps the sign; of a triad that of the weakest of
its three ties, both directions together; of an entry the share of the ids that it cites which keep their support.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.analysis.firmness import Jackknife, undirected
from lagebild.analysis.relations import PAIR
from lagebild.core import TABLES, Entry, Judgements, group_rows, ids, records

Effect = tuple[str, float, str]  # replicate_id, share that remains, what happens to the reading
HOLDS, GOES, TURNS = "holds", "goes", "turns"
SIGNS = {"+", "-", "0"}
UNSAID = ("confidence", "strength", "single", "outlook")  # of some kinds of findings


def rate_findings(
    jackknife: Jackknife,
    conditions: pd.DataFrame,
    relations: pd.DataFrame,
    cells: pd.DataFrame,
    triads: pd.DataFrame,
    judgements: Judgements,
) -> pd.DataFrame:
    """Return what remains of each finding in the worst case; columns as in the table `robustness`.

    `cells` are what `firmness.cell_states` returns.
    """
    thought = frozenset(conditions.loc[conditions["kind"] == "hypothesis", "condition_id"])
    kind = dict(zip(jackknife.replicates["replicate_id"], jackknife.replicates["kind"], strict=True))
    touched: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for tie in records(jackknife.ties):
        touched.setdefault((tie["source_actor"], tie["target_actor"]), []).append(tie)
    both = _join_directions(relations, jackknife.ties)
    parts = (judgements.key_judgements, "judgement"), (judgements.answers, "answer"), (judgements.options, "option")
    rows = []
    for entries, name in parts:
        rows += [_rate_entry(entry, name, jackknife.lost, kind, thought) for entry in entries]
    rows += [_rate_triad(triad, both, kind) for triad in records(triads)]
    firm = relations.merge(cells[[*PAIR, "strength"]], on=PAIR, how="left").fillna({"strength": ""})
    for cell in records(firm):
        rows.append(_rate_cell(cell, touched.get((cell["source_actor"], cell["target_actor"]), []), kind))
    rows = [dict.fromkeys(UNSAID, "") | row for row in rows]
    return pd.DataFrame(rows, columns=list(TABLES["robustness"].columns))


def count_changes(jackknife: Jackknife, robustness: pd.DataFrame) -> pd.DataFrame:
    """Return the replicates with the findings that each changes; columns as in the table `jackknife`."""
    changed: dict[str, list[str]] = {}
    for row in records(robustness.sort_values(["kind", "finding"], kind="stable")):
        for replicate in ids(row["changes"]):
            changed.setdefault(replicate, []).append(row["finding"])
    findings = [changed.get(replicate, []) for replicate in jackknife.replicates["replicate_id"]]
    return jackknife.replicates.assign(changed=list(map(";".join, findings)), n_changed=list(map(len, findings)))


def _rate_entry(
    entry: Entry, name: str, lost: pd.DataFrame, kind: dict[str, str], thought: frozenset[str]
) -> dict[str, Any]:
    cited = entry.cited - set(entry.against)
    outlook = cited & thought
    gone = {
        str(replicate): set(rows) for replicate, rows in lost[lost["row"].isin(cited)].groupby("replicate_id")["row"]
    }
    by_publisher = {replicate: rows for replicate, rows in gone.items() if kind[replicate] == "publisher"}
    effects = [(replicate, 1 - len(rows) / len(cited), GOES) for replicate, rows in gone.items()]
    return {
        "kind": name,
        "finding": entry.entry_id,
        "value": str(len(cited)),
        "confidence": entry.confidence,
        "single": ";".join(sorted(set().union(*by_publisher.values()))),
        "outlook": min(
            (replicate for replicate, rows in by_publisher.items() if outlook and outlook <= rows), default=""
        ),
        **_summarise(effects, kind),
    }


def _rate_cell(cell: dict[str, Any], replicates: list[dict[str, Any]], kind: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": "cell",
        "finding": f"{cell['source_actor']}>{cell['target_actor']}",
        "value": _get_reading(cell),
        "strength": cell["strength"],
        **_summarise([(row["replicate_id"], *_measure_remainder(cell, row)) for row in replicates], kind),
    }


def _rate_triad(triad: dict[str, Any], both: pd.DataFrame, kind: dict[str, str]) -> dict[str, Any]:
    actors = sorted([triad["a"], triad["b"], triad["c"]])
    effects = []
    inside = both[both["one"].isin(actors) & both["other"].isin(actors)]
    for replicate, ties in group_rows(inside, "replicate_id").items():
        share = min(min(max(tie["left"] / tie["net"], 0.0), 1.0) for tie in ties)
        odd = sum(tie["left"] * tie["net"] < 0 for tie in ties) % 2
        effects.append((replicate, share, GOES if not all(tie["left"] for tie in ties) else TURNS if odd else HOLDS))
    return {
        "kind": "triad",
        "finding": "~".join(actors),
        "value": "balanced" if triad["balanced"] == "yes" else "unbalanced",
        **_summarise(effects, kind),
    }


def _join_directions(relations: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Return the touched ties with both directions together: replicate_id, one, other, net of the whole, net left."""
    whole = relations[[*PAIR, "net"]]
    change = ties[["replicate_id", *PAIR, "net"]].merge(whole, on=PAIR, how="left", suffixes=("_left", "")).fillna(0.0)
    change = undirected(change.assign(change=change["net_left"] - change["net"]))
    by_tie = change.groupby(["replicate_id", "one", "other"])["change"].sum().reset_index()
    net = undirected(whole).groupby(["one", "other"])["net"].sum().round(1).reset_index()
    joined = by_tie.merge(net[net["net"] != 0], on=["one", "other"])
    return joined.assign(left=(joined["net"] + joined["change"]).round(1))


def _summarise(effects: list[Effect], kind: dict[str, str]) -> dict[str, Any]:
    """Return what is said of every finding: trials, the worst share among publishers, and what changes it."""
    effects = sorted(effects)
    by_publisher = (effect for effect in effects if kind[effect[0]] == "publisher")
    worst = min(by_publisher, key=lambda effect: effect[1], default=("", 1.0, HOLDS))
    changes = [replicate for replicate, _, effect in effects if effect != HOLDS]
    return {
        "n_replicates": len(kind),
        "n_holds": len(kind) - len(changes),
        "share_left": round(worst[1], 2) + 0.0,  # there is no minus zero
        "weakest_link": worst[0] if worst[1] < 1 else "",
        "changes": ";".join(changes),
        "turns": ";".join(replicate for replicate, _, effect in effects if effect == TURNS),
        "n_changes": len(changes),
    }


def _measure_remainder(cell: dict[str, Any], remaining: dict[str, Any]) -> tuple[float, str]:
    """Return the share of a cell that remains, and what happens to its reading.

    A sign is measured by its net; where that is zero, by its events, or by its contested events if there are no other.
    """
    if _get_reading(remaining) != _get_reading(cell):
        return 0.0, TURNS if {_get_reading(cell), _get_reading(remaining)} <= SIGNS else GOES
    size = {"0": "n_events", "?": "n_contested"}.get(_get_reading(cell), "net")
    return min(1.0, remaining[size] / cell[size]), HOLDS


def _get_reading(cell: dict[str, Any]) -> str:
    """Return what a reader sees in a cell: its sign, ``?`` if only contested events are left, empty without any."""
    if cell["n_events"]:
        return "+" if cell["net"] > 0 else "-" if cell["net"] < 0 else "0"
    return "?" if cell["n_contested"] else ""
