"""How sure it is that an event took place as it is told: a word that a printed rule gives, from the mentions alone.

The words are those of ICD 203 (2015), which calls confidence high, moderate or low by the quality and the number of its
sources and by their agreement, and keeps it apart from likelihood. Reliability is the letter of the Admiralty code
(NATO AJP-2.1): A and B are sources that can be relied on. The rule itself stands in the report (`confidence.rule.*`).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

RELIABLE = ("A", "B")
MANY, SEVERAL = 3, 2  # independent publishers
HAPPENED = ("asserted", "reported")


def rate_event(reported: pd.DataFrame, contested: str) -> str:
    """Return the confidence that an event took place as told; empty if nobody tells that it took place.

    Parameters
    ----------
    reported
        The graded mentions of one event, the best told first: stance, status, reporter, reliability.
    contested
        Whether its particulars or its occurrence are contested, as in the table `events`.

    Returns
    -------
    str
        *high*: at least three independent publishers tell it as fact, one of them of reliability A or B, and nothing
        about it is contested. *moderate*: two publishers tell it, as fact or attributed, or one of reliability A or B
        tells it as fact; its occurrence is not contested. *low*: the rest of what is told to have happened. Plans,
        denials and open questions get no word, for there is nothing that could have happened as told.
    """
    if reported.iloc[0]["status"] not in HAPPENED:
        return ""
    affirming = reported[(reported["stance"] != "denies") & reported["status"].isin(HAPPENED)]
    facts = affirming[affirming["status"] == "asserted"]
    reliable = bool(facts["reliability"].isin(RELIABLE).any())
    if contested == "no" and reliable and facts["reporter"].nunique() >= MANY:
        return "high"
    if contested != "occurrence" and (reliable or affirming["reporter"].nunique() >= SEVERAL):
        return "moderate"
    return "low"


def rate_cell(firm: float, n_publishers: int, n_contested: int, words: Iterable[str]) -> str:
    """Return the confidence in the sign of a cell of the relation matrix; empty if nothing weighs in it.

    Parameters
    ----------
    firm
        Share of the weight that remains without the most important publisher; see `robustness`.
    n_publishers, n_contested
        As in the table `relations`.
    words
        Confidence of each event that weighs.

    Returns
    -------
    str
        *high*: at least three publishers, no event left out as contested, at most a quarter of the events of low
        confidence, and more than half of the weight remains without any one publisher. *moderate*: at least two
        publishers, some weight remains without any one of them, and at most half of the events are of low confidence.
        *low*: the rest.
    """
    rated = list(words)
    if not rated:
        return ""
    low = rated.count("low") / len(rated)
    if n_publishers >= MANY and not n_contested and low <= 0.25 and firm > 0.5:
        return "high"
    return "moderate" if n_publishers >= SEVERAL and low <= 0.5 and firm > 0 else "low"
