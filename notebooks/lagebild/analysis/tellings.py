"""What a corpus tells: how much, of whom, when, and who tells it. Mentions are counted; events only roughly.

Many articles tell one event, and to take reports for events is the classic fault of this field. So every count says
what it counts. An event is reckoned roughly: mentions of the same type between the same sides on the same day are one,
told by so many publishers; the day is that of publication where the text gives none. That joins two attacks of one day,
and parts an event of which articles give different days. What only repeats another article counts nowhere, and what
did not happen, or is only planned, not beyond the totals.

Persons who act for nobody, and mentions without a second side, tie nobody to anybody, as in `analysis.relations`. Other
than there, nobody has contested or joined anything: each stage of a process weighs for itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lagebild.analysis.relations import PAIR, rate_ties
from lagebild.corpus.selection import Chosen

ENDS = ("start_time", "end_time")
UNITS = {"D": "day", "W-SUN": "week", "M": "month", "Q-DEC": "quarter", "Y-DEC": "year"}  # pandas' names and DuckDB's

TOTALS = """
SELECT count(DISTINCT article_id), count(DISTINCT article_id) FILTER (WHERE copied), count(DISTINCT publisher),
  count(*) FILTER (WHERE NOT copied), count(*) FILTER (WHERE NOT copied AND happened), (
    SELECT count(*) FROM (
      SELECT DISTINCT event_type, mutual, sources, targets, day,
        CASE WHEN len(sources) + len(targets) = 0 THEN id END AS alone  -- of no side anything can be told
      FROM chosen WHERE happened)
  ), min(published), max(published)
FROM found"""
# Most mentions have two sides of one actor each, which needs no sorting out. Those who act together are tied, too.
TIES = """
CREATE TEMP TABLE ties AS
WITH several AS (
  SELECT id, mutual, sources, targets, unnest(sources) AS source FROM chosen
  WHERE happened AND (mutual OR len(sources) > 1 OR len(targets) > 1)
), each_to_each AS (
  SELECT id, source, unnest(targets) AS target, false AS joint FROM several
  UNION ALL SELECT id, source, unnest(sources), true FROM several WHERE NOT mutual AND len(sources) > 1
), tied AS (
  SELECT id, sources[1] AS source, targets[1] AS target, false AS joint FROM chosen
  WHERE happened AND NOT mutual AND len(sources) = 1 AND len(targets) = 1
  UNION ALL SELECT id, source, target, bool_and(joint) FROM each_to_each GROUP BY id, source, target
)
SELECT * FROM tied WHERE source <> target
  AND source NOT IN (SELECT unnest($persons)) AND target NOT IN (SELECT unnest($persons))"""
RANKS = """
SELECT pair, count(*) AS n  -- a talk ties both ways, and is one mention
FROM (SELECT DISTINCT id, least(source, target) || ';' || greatest(source, target) AS pair FROM ties)
GROUP BY pair ORDER BY n DESC, pair LIMIT ?"""
ACTS = """
SELECT source AS source_actor, target AS target_actor, event_type, joint, mutual, count(DISTINCT day) AS n_events,
  count(*) AS n_mentions
FROM ties JOIN chosen USING (id) GROUP BY ALL ORDER BY ALL"""
VOICES = """
SELECT source AS source_actor, target AS target_actor, count(DISTINCT publisher) AS n_publishers
FROM ties JOIN chosen USING (id) GROUP BY ALL ORDER BY ALL"""
COURSE = """
SELECT '' AS pair, date_trunc(?, published) AS start, event_type, mutual, false AS joint, count(*) AS n,
  min(publisher) AS one, max(publisher) AS other
FROM chosen WHERE happened GROUP BY ALL
UNION ALL
SELECT least(source, target) || ';' || greatest(source, target) AS pair, date_trunc(?, published), event_type, mutual,
  joint, count(DISTINCT id), min(publisher), max(publisher)
FROM ties JOIN chosen USING (id) WHERE list_contains(?, least(source, target) || ';' || greatest(source, target))
GROUP BY ALL ORDER BY ALL"""
PUBLISHERS = """
SELECT publisher, count(DISTINCT article_id) AS n_articles,
  count(DISTINCT article_id) FILTER (WHERE copied) AS n_copies
FROM found GROUP BY publisher ORDER BY n_articles DESC, publisher"""
KINDS = """
SELECT publisher, event_type, mutual, false AS joint, count(*) AS n
FROM chosen WHERE happened GROUP BY ALL ORDER BY ALL"""


@dataclass(frozen=True)
class Totals:
    """How much a selection tells.

    Parameters
    ----------
    articles, copies
        Articles with a mention, and how many of them only repeat another one.
    publishers
        Outlets of these articles.
    mentions, happened
        Mentions without those of copies, and how many of them tell something as having happened.
    events
        How many events the latter are, roughly.
    start, end
        First and last day of publication.
    """

    articles: int
    copies: int
    publishers: int
    mentions: int
    happened: int
    events: int
    start: str
    end: str


@dataclass(frozen=True, eq=False)
class Tied:
    """A selection whose `base` has the table `ties`, too: who acts towards whom in each mention that happened."""

    chosen: Chosen

    def ask(self, question: str, *values: Any) -> pd.DataFrame:
        """Return the answer to a question of this module, with values for its gaps."""
        return self.chosen.base.execute(question, list(values)).df()


def count_tellings(chosen: Chosen) -> Totals:
    """Return how much a selection tells."""
    *counts, start, end = chosen.base.execute(TOTALS).fetchall()[0]
    articles, copies, publishers, mentions, happened, events = map(int, counts)
    return Totals(articles, copies, publishers, mentions, happened, events, start.isoformat(), end.isoformat())


def tie_mentions(chosen: Chosen, persons: Collection[str]) -> Tied:
    """Find who acts towards whom in the mentions of a selection; `persons` act for nobody, and tie nobody.

    In a corpus who holds an office stands for his state already (see `core.offices.stands_for`).
    """
    chosen.base.execute(TIES, {"persons": sorted(persons)})
    return Tied(chosen)


def rank_pairs(tied: Tied, most: int) -> list[str]:
    """Return the pairs of which most mentions tell, in either direction, each as two ids joined by ``;``."""
    return list(tied.ask(RANKS, most)["pair"])


def relate_tellings(tied: Tied, types: pd.DataFrame) -> pd.DataFrame:
    """Return who acts how towards whom, as told; the strongest pairs first.

    An event weighs once in each pair, however often it is told, with the intensity of its type as in
    `analysis.relations.weigh_ties`. As sums grow with what is told, `tone` is the mean: it compares between pairs.

    Columns: source_actor, target_actor, cooperation, conflict, net (sums of intensities), tone (mean intensity of an
    event), n_events (roughly, see above), n_mentions, n_publishers.
    """
    acts = _rate(tied.ask(ACTS), types)
    weight = acts["intensity"] * acts["n_events"]
    parts = acts.assign(cooperation=weight.clip(lower=0), conflict=weight.clip(upper=0), net=weight)
    columns = ["cooperation", "conflict", "net", "n_events", "n_mentions"]
    table = parts.groupby(PAIR)[columns].sum().reset_index().merge(tied.ask(VOICES), on=PAIR)
    table["tone"] = (table["net"] / table["n_events"]).round(1) + 0.0
    table = table.round({"cooperation": 1, "conflict": 1, "net": 1})
    order = [*PAIR, "cooperation", "conflict", "net", "tone", "n_events", "n_mentions", "n_publishers"]
    ranked = table.sort_values(["n_events", *PAIR], ascending=[False, True, True], kind="stable")
    return ranked[order].reset_index(drop=True)


def follow_pairs(tied: Tied, pairs: Collection[str], types: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return how many mentions each unit of time has, by the day of publication: of all, and of each of some pairs.

    Columns: pair (two ids joined by ``;``; empty for all), start and end (first and last day of the unit, one of
    `UNITS`), side (1 for cooperation, -1 for conflict, 0 for neither), n, one and other (the first and the last of the
    publishers by name: the same if nobody else tells of it). A unit without a mention has no row.
    """
    found = _rate(tied.ask(COURSE, UNITS[unit], UNITS[unit], list(pairs)), types)
    found["side"] = np.sign(found["intensity"]).astype(int)
    parts = found.groupby(["pair", "start", "side"])
    counted = parts.agg(n=("n", "sum"), one=("one", "min"), other=("other", "max")).reset_index()
    spans = {start: pd.Period(start, freq=unit) for start in pd.unique(counted["start"])}
    first, last = ({start: f"{getattr(it, end):%Y-%m-%d}" for start, it in spans.items()} for end in ENDS)
    days = {"start": counted["start"].map(first), "end": counted["start"].map(last)}
    return counted.assign(**days)[["pair", "start", "end", "side", "n", "one", "other"]]


def list_publishers(chosen: Chosen, types: pd.DataFrame) -> pd.DataFrame:
    """Return what each publisher tells, the one with most articles first.

    Columns: publisher, n_articles, n_copies (how many of these only repeat others), n_mentions (of what happened,
    without those of copies), tone (their mean intensity), often (the type of most of them).
    """
    told = _rate(chosen.base.execute(KINDS).df(), types)
    told = told.assign(weight=told["intensity"] * told["n"])
    sums = told.groupby("publisher")[["n", "weight"]].sum()
    kinds = told.groupby(["publisher", "event_type"])["n"].sum().reset_index()
    often = kinds.sort_values(["n", "event_type"], ascending=[False, True]).drop_duplicates("publisher")
    table = chosen.base.execute(PUBLISHERS).df().set_index("publisher")
    table["n_mentions"] = sums["n"].reindex(table.index, fill_value=0)
    table["tone"] = (sums["weight"] / sums["n"]).round(1) + 0.0
    table["often"] = often.set_index("publisher")["event_type"].reindex(table.index, fill_value="")
    return table.reset_index()


def _rate(acts: pd.DataFrame, types: pd.DataFrame) -> pd.DataFrame:
    """Return acts with their intensity; see `relations.rate_ties`."""
    return rate_ties(acts.assign(mutual=np.where(acts["mutual"], "yes", "no")), types)
