"""From events to the signed relation matrix, and to the matrix of who says what about whom."""

from __future__ import annotations

from itertools import product

import pandas as pd

from lagebild.names import fold_all
from lagebild.schema import TABLES, ids

# Only what happened, or is said to have happened, weighs: plans, denials and open questions tie nobody to anybody.
WEIGHING = ("asserted", "reported")


def dyads(events: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """Return one row per event and directed pair of actors, persons folded into the state they acted for on that day.

    Columns: those of `events`, and source_actor, target_actor. A pair of one actor with itself is left out.
    """
    rows = []
    for event in events.to_dict("records"):
        day = event["latest"] or event["known_from"]
        sources, targets = (fold_all(offices, ids(event[f"{side}_actors"]), day) for side in ("source", "target"))
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

    Each event adds the intensity of its PLOVER type to the directed pairs it ties (see `data/reference/event_types.csv`).
    An event whose occurrence is contested is listed, but does not weigh. A pair without an event has no row: unknown is
    not zero.
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

    Two kinds of saying count: what a speaker claims or denies that somebody did (tone: the intensity of the act told,
    turned round by a denial), and verbal acts such as praise, condemnation or refusal (tone: the intensity of the act).
    """
    intensity = types.set_index("event_type")["intensity"]
    verbal = set(types.loc[types["quad"].str.startswith("verbal"), "event_type"]) - {"CONSULT"}
    event = events.set_index("event_id")
    rows = []
    for mention in mentions.drop_duplicates("mention_id").to_dict("records"):
        if mention["event_id"] and mention["speaker"]:
            day = event.at[mention["event_id"], "latest"] or event.at[mention["event_id"], "known_from"]
            turn = -1 if mention["status"] == "negated" else 1
            for speaker, actor in product(ids(mention["speaker"]), ids(mention["source_actors"])):
                pair = *fold_all(offices, [speaker], day), *fold_all(offices, [actor], day)
                rows.append((*pair, mention["event_id"], turn * float(intensity[mention["event_type"]])))
    acts = dyads(events[events["event_type"].isin(verbal) & events["status"].isin(WEIGHING)], offices)
    for act in acts.to_dict("records"):
        rows.append((act["source_actor"], act["target_actor"], act["event_id"], float(intensity[act["event_type"]])))
    said = pd.DataFrame(rows, columns=["speaker", "actor", "event_id", "tone"])
    said = said[said["speaker"] != said["actor"]].drop_duplicates(["speaker", "actor", "event_id"])
    result = []
    for (speaker, actor), group in said.groupby(["speaker", "actor"], sort=True):
        told = sorted(set(group["event_id"]))
        disputed = int((event.loc[told, "contested"] == "occurrence").sum())
        tone = round(float(group["tone"].mean()), 1)
        result.append((speaker, actor, tone, len(told), disputed, ";".join(told)))
    return pd.DataFrame(result, columns=list(TABLES["sayings"].columns))
