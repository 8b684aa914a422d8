"""Which events weigh most, so that a reader who only skims sees these first.

What more independent outlets report weighs more; among equals, what is more intense in the scale of the event types.
One act counts once, however many steps of it are coded. What did not happen, may not have happened, or is contested as
such is never put first: bold letters would say more than the sources do.
"""

from __future__ import annotations

import pandas as pd

from lagebild.analysis.relations import keep_counting, name_acts
from lagebild.core.schema import HAPPENED

BOLD = 5  # events of a panel that stand out at most: about as many as one takes in at a glance
SHARE = 3  # … and at most one in so many, or nothing would stand out


def rank_events(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the same events, the weightiest first.

    Reads the columns event_id, earliest, latest, status, contested, n_publishers, and force (the intensity of the type
    without its sign); what is uncertain comes behind what is told to have happened.
    """
    doubt = ~placed["status"].isin(HAPPENED) | (placed["contested"] == "occurrence")
    order = placed.assign(_doubt=doubt, _day=placed["earliest"].where(placed["earliest"] != "", placed["latest"]))
    by = ["_doubt", "n_publishers", "force", "_day", "event_id"]
    ranked = order.sort_values(by, ascending=[True, False, False, True, True], kind="stable")
    return ranked.drop(columns=["_doubt", "_day"])


def mark_weightiest(placed: pd.DataFrame) -> pd.DataFrame:
    """Return events with a column `bold`: whether each is one of the weightiest among them."""
    ranked = rank_events(placed)
    sure = keep_counting(ranked)
    first = sure.loc[~name_acts(sure).duplicated(), "event_id"].head(min(BOLD, -(-len(placed) // SHARE)))
    return placed.assign(bold=placed["event_id"].isin(set(first)))
