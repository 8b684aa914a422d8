"""Who and what to show of a case: the parties that matter, the pairs whose course is worth a picture, and from when on.

All is chosen from the data by rules that know no name, so that any case gets pictures of its own.
"""

from __future__ import annotations

import pandas as pd

from lagebild.analysis.firmness import undirected
from lagebild.core import records

PARTIES = 8  # as many columns as hold a bar and its number on a page
PANELS = 6  # dyads whose course is traced
EARLIER = 1 / 3  # of the events of all courses at most, that lie before their picture begins


def choose_parties(relations: pd.DataFrame, ties: pd.DataFrame, subject: str) -> list[str]:
    """Return at most eight parties that matter, the heaviest first; before them all the subject, if it has a tie.

    A party weighs the sum of what is done to and by it on its solid ties: all intensities, of cooperation and of
    conflict alike, so that the enemy in a war weighs more than a partner in talks, though of a war there may be few
    acts on record. Solid is a tie that more than one act and more than one outlet carry; thin ones make no party, but
    where there are no others. Bodies have no ties (see `firmness.tie_states`), so they are no parties either, and
    persons are only where they are not counted for their state.
    """
    chosen = _keep_solid(ties)
    force = relations["cooperation"] - relations["conflict"]
    by_pair = force.groupby([undirected(relations)[end] for end in ("one", "other")]).sum()
    weight: dict[str, float] = {}
    for one, other in zip(chosen["one"], chosen["other"], strict=True):
        for party in (one, other):
            weight[party] = weight.get(party, 0.0) + float(by_pair.get((one, other), 0.0))
    ranked = sorted(weight, key=lambda party: (-round(weight[party], 1), party))
    first = [subject] if subject in {*ties["one"], *ties["other"]} else []
    return list(dict.fromkeys([*first, *ranked]))[:PARTIES]


def choose_dyads(ties: pd.DataFrame, subject: str) -> list[tuple[str, str]]:
    """Return at most six dyads whose course is worth a picture, the subject first in its own.

    A course needs steps: they are the ties on which most acts lie, and of equally many those that weigh more; a thin
    tie has no course, and is taken only where there is no other.
    """
    heavy = sorted(
        records(_keep_solid(ties)),
        key=lambda tie: (-tie["n_events"], -abs(tie["net"]), tie["one"], tie["other"]),
    )[:PANELS]
    pairs = [sorted((tie["one"], tie["other"]), key=lambda actor: (actor != subject, actor)) for tie in heavy]
    return [(one, other) for one, other in pairs]


def _keep_solid(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that are not thin, or all if there are no others."""
    solid = ties[ties["strength"] != "thin"]
    return ties if solid.empty else solid


def find_start(series: pd.DataFrame, earliest: str) -> str:
    """Return the day with which the picture of courses begins: a new year, or the month of the first event.

    It is the last new year before which no more than a third of the events lie, so that those that count are not
    crowded into the edge; but no day before the month of the first event, nor before `earliest`.
    """
    days = sorted(series.drop_duplicates("event_id")["day"])
    if not days:
        return earliest
    return max(f"{days[int(len(days) * EARLIER)][:4]}-01-01", f"{days[0][:7]}-01", earliest)


def find_turning_points(course: pd.DataFrame, start: str) -> list[str]:
    """Return the ids of the events since a day that made the course of a dyad, the most important first.

    First come those that turned the sign of a direction round, then the others; of these as of those the largest step
    first, then the earliest. A stage that adds nothing made nothing.
    """
    rated: dict[str, tuple[bool, float, str, str]] = {}
    for _, way in course.groupby("source_actor"):
        sign = 0
        for row in records(way.sort_values(["day", "event_id"])):
            now = (row["net"] > 0) - (row["net"] < 0)
            turned = bool(now and sign and now != sign)
            sign = now or sign
            if row["day"] >= start and row["intensity"]:
                rank = (not turned, -abs(row["intensity"]), str(row["day"]), str(row["event_id"]))
                rated[row["event_id"]] = min(rated.get(row["event_id"], rank), rank)
    return sorted(rated, key=lambda event: rated[event])
