"""Which pairs a machine draft may relate at all: what one guess, or one sentence, says is no relation."""

from __future__ import annotations

import pandas as pd

from lagebild.analysis.firmness import ENDS, undirected
from lagebild.analysis.relations import PAIR

SURE = "A"  # the band of drafts that are surer than others
LEAST = 2  # mentions


def find_sure(drafts: pd.DataFrame) -> set[str]:
    """Return the ids of the drafts that are surer than others."""
    return set(drafts.loc[drafts["confidence"] == SURE, "draft_id"])


def find_supported(weighed: pd.DataFrame, mentions: pd.DataFrame, drafts: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the pairs, in one order, between which drafted acts may stand as a relation.

    Either somebody has reviewed a mention of an act between the two, or at least `LEAST` mentions tell such acts, one
    of them drafted in band A. `weighed` is what `relations.weigh_ties` returns.
    """
    told = mentions[mentions["stance"] != "denies"].drop_duplicates("mention_id")
    sure = told["mention_id"].isin(find_sure(drafts))
    told = told.assign(sure=sure, read=told["reviewed"] == "yes")[["event_id", "mention_id", "sure", "read"]]
    between = undirected(weighed[weighed["weighs"]])[[*ENDS, "event_id"]].drop_duplicates().merge(told, on="event_id")
    pairs = between.groupby(ENDS).agg(n=("mention_id", "nunique"), sure=("sure", "any"), read=("read", "any"))
    kept = pairs[pairs["read"] | ((pairs["n"] >= LEAST) & pairs["sure"])]
    return set(kept.index)


def keep_pairs(table: pd.DataFrame, pairs: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the rows of a table of directed pairs, or of pairs as `ENDS`, whose pair is one of these."""
    ends = undirected(table) if PAIR[0] in table else table
    held = [pair in pairs for pair in zip(ends["one"], ends["other"], strict=True)]
    return table[pd.Series(held, table.index, dtype=bool)].reset_index(drop=True)
