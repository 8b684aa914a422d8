"""How far an actor went for an attacked partner: the rungs of a ladder from words to force, and what stands on each.

The picture is that of escalation ladders (Kahn 1965), read from the side of the helper. Rungs and the PLOVER types that
reach them are the table `rungs`; nothing else decides.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from lagebild.analysis.relations import dyads
from lagebild.core.offices import Offices
from lagebild.core.schema import HAPPENED
from lagebild.core.tables import records

# What stands on a rung, the firmest first; what no event reaches is "none".
STANDINGS = {"asserted": "done", "reported": "said", "negated": "denied", "hypothetical": "floated", "open": "floated"}


class Ladder(NamedTuple):
    """Who helps whom against whom, and what stands on each rung on each day; columns as `climb` has them."""

    helper: str
    partner: str
    rungs: pd.DataFrame


def climb(
    events: pd.DataFrame,
    ties: pd.DataFrame,
    subject: str,
    offices: Offices,
    rungs: pd.DataFrame,
    days: list[str],
) -> Ladder | None:
    """Return the ladder of the subject of a case; nothing if no partner of it is attacked.

    The partner is whoever the subject has the strongest firm good tie with of those who are attacked (ASSAULT, told as
    fact or attributed); the attackers are all who do that.

    Parameters
    ----------
    days
        As-of dates: on each, what was known by then.

    Returns
    -------
    Ladder
        Its rungs, from words to force, by day: day, rung_id, standing (done, said, denied, floated, none), n_acts
        (those told as fact or attributed; the stages of a process are one), shown (the event that says it best: the
        firmest, then that of most publishers, then the latest) and event_ids (of all, what was only floated too).
    """
    acts = dyads(events, offices)
    acts = acts[~acts["joint"]]
    assaults = acts[(acts["event_type"] == "ASSAULT") & acts["status"].isin(HAPPENED)]
    friends = [
        (tie["net"], tie["other"] if tie["one"] == subject else tie["one"])
        for tie in records(ties)
        if tie["strength"] == "firm" and tie["sign"] == "+" and subject in (tie["one"], tie["other"])
    ]
    partner = max((friend for friend in friends if friend[1] in set(assaults["target_actor"])), default=(0.0, ""))[1]
    if not partner:
        return None
    attackers = set(assaults.loc[assaults["target_actor"] == partner, "source_actor"]) - {subject}
    own = acts[acts["source_actor"] == subject]
    rows = []
    for day in days:
        known = own[own["known_from"] <= day]
        for rung in records(rungs.sort_values("rank")):
            towards = {partner} if rung["whom"] == "partner" else attackers
            fits = known["target_actor"].isin(towards) & known["event_type"].isin(rung["event_types"].split(";"))
            found = known[fits].drop_duplicates("event_id")
            doubtful = (found["contested"] == "occurrence") & (found["status"] == "asserted")
            rank = found["status"].where(~doubtful, "reported").map(dict(zip(STANDINGS, range(9), strict=False)))
            found = found.assign(rank=rank.astype(int))
            best = records(
                found.sort_values(["rank", "n_publishers", "latest"], ascending=[True, False, False]).head(1)
            )
            standing = list(STANDINGS.values())[int(best[0]["rank"])] if best else "none"
            shown = best[0]["event_id"] if best else ""
            told = found[found["status"].isin(HAPPENED) | (found["event_id"] == shown)]
            n_acts = told["process"].where(told["process"] != "", told["event_id"]).nunique()
            rows.append((day, rung["rung_id"], standing, n_acts, shown, ";".join(sorted(found["event_id"]))))
    columns = ["day", "rung_id", "standing", "n_acts", "shown", "event_ids"]
    return Ladder(subject, partner, pd.DataFrame(rows, columns=columns))
