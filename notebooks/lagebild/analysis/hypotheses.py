"""Rival explanations against the evidence: the analysis of competing hypotheses.

After Heuer (1999, Psychology of Intelligence Analysis, ch. 8): each piece of evidence is rated against each explanation
as what one would expect if that explanation alone were true. What counts is the evidence *against*: an explanation is
held as long as little contradicts it, for what fits one often fits all. A piece that speaks against some explanations
and not against others is *diagnostic*. The ratings are people's, with reasons (`consistency.csv`); the rest is
counting.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagebild.core.judgements import Judgements
from lagebild.core.offices import Offices, fold
from lagebild.core.schema import RELIABILITY, TABLES, ids

WEAK = RELIABILITY[RELIABILITY.index("D") :]  # Admiralty: not usually reliable or worse, or not to be judged
AGAINST = "inconsistent"


def find_counting(
    mentions: pd.DataFrame,
    sources: pd.DataFrame,
    events: pd.DataFrame,
    conditions: pd.DataFrame,
    claims: pd.DataFrame,
    offices: Offices,
) -> set[str]:
    """Return the ids of the events and conditions that count as evidence.

    A piece counts unless its occurrence is contested, nobody but its parties tells it (an event in `claims`, or what
    only those say whom it is about), or no page that supports it has a better grade than D: what only a weak page
    carries decides nothing.
    """
    told = mentions[mentions["stance"] != "denies"].merge(sources[["source_id", "reliability"]], on="source_id")
    good = told[~told["reliability"].isin(WEAK)]
    alone = set(claims.loc[(claims["only_parties"] == "yes") & (claims["asserted"] == "no"), "event_id"])
    alone |= _find_self_serving(mentions, offices)
    undisputed = {
        name
        for frame, key in ((events, "event_id"), (conditions, "condition_id"))
        for name in frame.loc[frame["contested"] != "occurrence", key]
    }
    return ({*good["event_id"], *good["condition_id"]} & undisputed) - alone


def rate_evidence(
    judgements: Judgements, events: pd.DataFrame, conditions: pd.DataFrame, counting: set[str]
) -> pd.DataFrame:
    """Return the ratings of the evidence that an edition knows; columns as in the table `consistency`.

    `counting` is what `find_counting` returns.
    """
    rated = judgements.consistency
    known, explained = {*events["event_id"], *conditions["condition_id"]}, {e.entry_id for e in judgements.hypotheses}
    rated = rated[rated["evidence"].isin(known) & rated["hypothesis"].isin(explained)]
    against = (rated["rating"] == AGAINST).groupby(rated["evidence"])
    diagnostic, counts = against.transform("any") & ~against.transform("all"), rated["evidence"].isin(counting)
    flags = {name: np.where(flag, "yes", "no") for name, flag in (("counts", counts), ("diagnostic", diagnostic))}
    return rated.assign(**flags).sort_values(["evidence", "hypothesis"])[list(TABLES["consistency"].columns)]


def _find_self_serving(mentions: pd.DataFrame, offices: Offices) -> set[str]:
    """Return the events and conditions that nobody tells but speakers of those whom they are about.

    It matters not which office a speaker holds, nor whether he tells it as done, planned or open.
    """
    told = mentions[mentions["stance"] != "denies"]
    about = told["source_actors"] + ";" + told["target_actors"].fillna("")
    alone = [_is_about_itself(*row, offices) for row in zip(told["speaker"], about, strict=True)]
    piece = told["event_id"].where(told["event_id"] != "", told["condition_id"])
    by_piece = pd.Series(alone, index=piece, dtype=bool).groupby(level=0).all()
    return set(by_piece.index[by_piece])


def _is_about_itself(speaker: str, actors: str, offices: Offices) -> bool:
    said, about = ({fold(offices.held, name, "") for name in ids(cell)} for cell in (speaker, actors))
    return bool(said) and said <= about


def rank_hypotheses(judgements: Judgements, consistency: pd.DataFrame) -> pd.DataFrame:
    """Return the explanations, least contradicted first; columns as in the table `hypotheses`.

    `consistency` is what `rate_evidence` returns. Those with as much against them share a rank.
    """
    rows = []
    for entry in judgements.hypotheses:
        mine = consistency[consistency["hypothesis"] == entry.entry_id]
        number = mine["rating"].value_counts()
        against = mine[mine["rating"] == AGAINST]
        counted = int((against["counts"] == "yes").sum())
        numbers = [int(number.get(rating, 0)) for rating in ("consistent", "neutral", AGAINST)]
        rows.append((entry.entry_id, *numbers, counted, ";".join(sorted(against["evidence"]))))
    columns = [name for name in TABLES["hypotheses"].columns if name != "rank"]
    table = pd.DataFrame(rows, columns=columns)
    order = list(zip(table["n_counted"], table["n_inconsistent"], strict=True))
    ranks = [1 + sum(other < mine for other in order) for mine in order]
    ranked = table.assign(rank=np.array(ranks, dtype=int)).sort_values(["rank", "hypothesis"], ignore_index=True)
    return ranked[list(TABLES["hypotheses"].columns)]
