"""From events to the signed relation matrix, and to the matrix of who says what about whom."""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd

from lagebild.names import fold, fold_all
from lagebild.schema import TABLES, ids
from lagebild.store import records

# Only what happened, or is said to have happened, weighs: plans, denials and open questions tie nobody to anybody.
WEIGHING = ("asserted", "reported")


def dyads(events: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """Return one row per event and directed pair of actors, persons folded into the state they acted for on that day.

    Columns: those of `events`, and source_actor, target_actor. A pair of one actor with itself is left out.
    """
    rows = []
    for event in records(events):
        sources, targets = (
            fold_all(offices, ids(event[f"{side}_actors"]), _day(event)) for side in ("source", "target")
        )
        pairs = {(a, b) for a, b in product(sources, targets) if a != b}
        if event["mutual"] == "yes":
            together = list(dict.fromkeys(sources + targets))
            pairs |= {(a, b) for a, b in product(together, together) if a != b}
        rows += [event | {"source_actor": a, "target_actor": b} for a, b in sorted(pairs)]
    return pd.DataFrame(rows, columns=[*events.columns, "source_actor", "target_actor"])


def relate(
    events: pd.DataFrame,
    mentions: pd.DataFrame,
    sources: pd.DataFrame,
    offices: pd.DataFrame,
    types: pd.DataFrame,
    as_of: str,
) -> pd.DataFrame:
    """Return the relation matrix in long form; columns as in the table `relations`.

    Each event adds the intensity of its PLOVER type (in `data/reference/event_types.csv`) to the directed pairs that it
    ties. An event whose occurrence is contested is listed, but does not weigh. A pair without an event has no row:
    unknown is not zero.
    """
    intensity = types.set_index("event_type")["intensity"]
    publisher = mentions[mentions["stance"] != "denies"].merge(sources[["source_id", "reporter"]], on="source_id")
    publishers = publisher.groupby("event_id")["reporter"].agg(set)
    rows = []
    acts = dyads(events[events["status"].isin(WEIGHING)], offices)
    for (source, target), told in acts.groupby(["source_actor", "target_actor"], sort=True):
        contested = told["contested"] == "occurrence"
        weighing = told[~contested]
        scores = weighing["event_type"].map(intensity)
        net = round(float(scores.sum()), 1)
        rows.append(
            {
                "as_of": as_of,
                "source_actor": source,
                "target_actor": target,
                "cooperation": round(float(scores[scores > 0].sum()), 1),
                "conflict": round(float(scores[scores < 0].sum()), 1),
                "net": net,
                "sign": "+" if net > 0 else "-" if net < 0 else "0",
                "n_events": len(weighing),
                "n_contested": int(contested.sum()),
                "n_publishers": len(set().union(*(publishers.get(e, set()) for e in weighing["event_id"]))),
                "event_ids": ";".join(sorted(weighing["event_id"])),
                "contested_ids": ";".join(sorted(told.loc[contested, "event_id"])),
            }
        )
    return pd.DataFrame(rows, columns=list(TABLES["relations"].columns))


def collect_sayings(
    events: pd.DataFrame, mentions: pd.DataFrame, offices: pd.DataFrame, types: pd.DataFrame
) -> pd.DataFrame:
    """Return who says what about whom; columns as in the table `sayings`.

    Two kinds of saying count: what a speaker claims or denies that somebody did, and verbal acts such as praise,
    condemnation or refusal. Only the second have a tone, the intensity of the act: to report a deed is not to do one.
    """
    intensity = types.set_index("event_type")["intensity"]
    verbal = set(types.loc[types["quad"].str.startswith("verbal"), "event_type"]) - {"CONSULT"}
    event = {row["event_id"]: row for row in records(events)}
    rows: list[tuple[str, str, str, float | None]] = []
    for mention in records(mentions.drop_duplicates("mention_id")):
        if mention["event_id"] and mention["speaker"]:
            day = _day(event[mention["event_id"]])
            for pair in product(ids(mention["speaker"]), ids(mention["source_actors"])):
                speaker, actor = (fold(offices, one, day) for one in pair)
                rows.append((speaker, actor, mention["event_id"], None))
    acts = dyads(events[events["event_type"].isin(verbal) & events["status"].isin(WEIGHING)], offices)
    for act in records(acts):
        rows.append((act["source_actor"], act["target_actor"], act["event_id"], float(intensity[act["event_type"]])))
    said = pd.DataFrame(rows, columns=["speaker", "actor", "event_id", "tone"]).astype({"tone": float})
    said = said[said["speaker"] != said["actor"]].sort_values("tone", kind="stable")
    said = said.drop_duplicates(["speaker", "actor", "event_id"])  # the row with a tone comes first
    result = []
    for ends, group in said.groupby(["speaker", "actor"], sort=True):
        told = sorted(group["event_id"])
        disputed = sum(event[event_id]["contested"] == "occurrence" for event_id in told)
        result.append(
            (
                *ends,
                round(float(group["tone"].mean()), 1) if group["tone"].notna().any() else 0.0,
                len(told),
                disputed,
                ";".join(told),
            )
        )
    return pd.DataFrame(result, columns=list(TABLES["sayings"].columns))


def _day(event: dict[str, Any]) -> str:
    """Return the day whose offices count for an event: its last, or the first on which an undated one was told."""
    return str(event["latest"] or event["known_from"])
