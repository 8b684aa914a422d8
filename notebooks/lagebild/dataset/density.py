"""How densely an event is attested: a word that a printed rule gives, from the mentions alone.

It says how much of our collection tells the event, not how likely it took place: a war that one page of ours tells is
thinly attested here. Reliability is the letter of the Admiralty code (NATO AJP-2.1): A and B are sources that can be
relied on. The rule itself stands in the report (`density.rule.*`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagebild.core.schema import HAPPENED

RELIABLE = ("A", "B")
MANY, SEVERAL = 3, 2  # independent publishers


def rate_density(reported: Sequence[Mapping[str, str]], contested: str) -> str:
    """Return how densely an event is attested; empty if nobody tells that it took place.

    Parameters
    ----------
    reported
        The graded mentions of one event, the best told first: stance, status, reporter, reliability.
    contested
        Whether its particulars or its occurrence are contested, as in the table `events`.

    Returns
    -------
    str
        *dense*: at least three independent publishers tell it as fact, one of them of reliability A or B, and nothing
        about it is contested. *medium*: two publishers tell it, as fact or attributed, or one of reliability A or B
        tells it as fact; its occurrence is not contested. *sparse*: the rest of what is told to have happened. Plans,
        denials and open questions get no word, for there is nothing that could have happened as told.
    """
    if reported[0]["status"] not in HAPPENED:
        return ""
    affirming = [row for row in reported if row["stance"] != "denies" and row["status"] in HAPPENED]
    facts = [row for row in affirming if row["status"] == "asserted"]
    reliable = any(row["reliability"] in RELIABLE for row in facts)
    if contested == "no" and reliable and _count_publishers(facts) >= MANY:
        return "dense"
    if contested != "occurrence" and (reliable or _count_publishers(affirming) >= SEVERAL):
        return "medium"
    return "sparse"


def _count_publishers(mentions: Sequence[Mapping[str, str]]) -> int:
    return len({row["reporter"] for row in mentions})
