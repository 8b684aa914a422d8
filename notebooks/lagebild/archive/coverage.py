"""What a corpus tells: how much, of whom, when, who tells it, and its peaks. Mentions are counted; events only roughly.

Many articles tell one event, and to take reports for events is the classic fault of this field. So every count says
what it counts. An event is reckoned roughly: mentions of the same type between the same sides on the same day are one,
told by so many publishers; the day is that of publication where the text gives none. That joins two attacks of one day,
and parts an event of which articles give different days. What only repeats another article counts nowhere, and what
did not happen, or is only planned, not beyond the totals.

Persons who act for nobody, and mentions without a second side, tie nobody to anybody, as in the matrix of an edition.
Other than there, nobody has contested or joined anything: each stage of a process weighs for itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lagebild.analysis import PAIR, rate_ties
from lagebild.archive.query import Chosen

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


def count_selected(chosen: Chosen) -> Totals:
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


def relate_mentions(tied: Tied, types: pd.DataFrame) -> pd.DataFrame:
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
    acts = _rate(tied.ask(COURSE, UNITS[unit], UNITS[unit], list(pairs)), types)
    acts["side"] = np.sign(acts["intensity"]).astype(int)
    parts = acts.groupby(["pair", "start", "side"])
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
    acts = _rate(chosen.base.execute(KINDS).df(), types)
    acts = acts.assign(weight=acts["intensity"] * acts["n"])
    sums = acts.groupby("publisher")[["n", "weight"]].sum()
    kinds = acts.groupby(["publisher", "event_type"])["n"].sum().reset_index()
    often = kinds.sort_values(["n", "event_type"], ascending=[False, True]).drop_duplicates("publisher")
    table = chosen.base.execute(PUBLISHERS).df().set_index("publisher")
    table["n_mentions"] = sums["n"].reindex(table.index, fill_value=0)
    table["tone"] = (sums["weight"] / sums["n"]).round(1) + 0.0
    table["often"] = often.set_index("publisher")["event_type"].reindex(table.index, fill_value="")
    return table.reset_index()


def _rate(acts: pd.DataFrame, types: pd.DataFrame) -> pd.DataFrame:
    """Return acts with their intensity; see `relations.rate_ties`."""
    return rate_ties(acts.assign(mutual=np.where(acts["mutual"], "yes", "no")), types)


# --- Peaks ---
# A peak is a stretch of time in which far more is told than usual; sentences stand for what was told then.

FAR = 3.5  # robust standard deviations, as Iglewicz and Hoaglin (1993) advise for outliers
FEWEST = 8  # units of time of which something can be said to be usual
ECHO = 3  # units below the bar that part no two peaks: news comes back to what it told
MOST = 9  # peaks that are named, the highest of all; one digit numbers each in a chart

# The events of each peak of which most publishers tell, each by who told it first.
TOLD = """
WITH asked AS (
  SELECT unnest($number) AS number, unnest($pair) AS pair, unnest($start)::DATE AS start, unnest($end)::DATE AS last
), inside AS (
  SELECT DISTINCT number, chosen.* FROM asked
  JOIN ties ON least(source, target) || ';' || greatest(source, target) = pair
  JOIN chosen ON chosen.id = ties.id AND published BETWEEN start AND last
), event AS (
  SELECT number, count(DISTINCT publisher) AS n_publishers, count(*) AS n_mentions,
    arg_min({'article_id': article_id, 'n': n}, (published, article_id, n)) AS first
  FROM inside GROUP BY number, event_type, mutual, sources, targets, day
)
SELECT number, first.article_id, first.n, n_publishers FROM event
QUALIFY row_number() OVER (
  PARTITION BY number ORDER BY n_publishers DESC, n_mentions DESC, first.article_id, first.n) <= $most"""
QUOTE = """
SELECT article_id, n, event_type, e.published, e.publisher, evidence, url
FROM events AS e JOIN articles USING (article_id)
WHERE article_id IN (SELECT unnest(?)) AND NOT candidate"""


def find_peaks(course: pd.DataFrame, unit: str, most: int = MOST) -> pd.DataFrame:
    """Return the peaks of each pair, numbered in the order of time; of many the highest.

    A unit of time stands out if it lies more than `FAR` robust standard deviations above the median of its pair: the
    modified z-score of Iglewicz and Hoaglin (1993, How to Detect and Handle Outliers), by the median absolute deviation
    (Hampel 1974, JASA 69). Counts scatter the more the greater they are; their roots do not (Anscombe 1948, Biometrika
    35): so 2·√(n + 3/8) is compared, whose deviation is 1 if mentions come independently, and is never taken to be
    smaller. What one publisher alone tells stands out nowhere, if there are others that could have told it. Units that
    stand out with at most `ECHO` others between them are one peak. What is usual is what is usual in the whole period:
    choose a shorter one to see what stands out in a year of war.

    Parameters
    ----------
    course
        Counts by pair and unit of time, see `follow_pairs`; a unit without a row has none.
    unit
        The unit, as pandas names it.
    most
        How many peaks.

    Returns
    -------
    pd.DataFrame
        number, pair, start, end, top (first day of its highest unit), n (mentions in that), usual (the median), score
        (robust standard deviations above it).
    """
    pairs = course[course["pair"] != ""].groupby("pair")
    by_pair = [_find_in_pair(str(pair), rows, course, unit) for pair, rows in pairs]
    peaks = pd.DataFrame([row for rows in by_pair for row in rows], columns=COLUMNS)
    peaks = peaks.sort_values(["score", "pair", "start"], ascending=[False, True, True], kind="stable").head(most)
    peaks = peaks.sort_values(["top", "pair"], kind="stable").reset_index(drop=True)
    return peaks.assign(number=np.arange(1, len(peaks) + 1))[["number", *COLUMNS]]


COLUMNS = ["pair", "start", "end", "top", "n", "usual", "score"]


def _find_in_pair(pair: str, rows: pd.DataFrame, course: pd.DataFrame, unit: str) -> list[tuple[object, ...]]:
    units = pd.period_range(course["start"].min(), course["end"].max(), freq=unit)
    starts = [f"{period.start_time:%Y-%m-%d}" for period in units]
    parts = rows.groupby("start").agg(n=("n", "sum"), one=("one", "min"), other=("other", "max")).reindex(starts)
    n = parts["n"].fillna(0).to_numpy()
    if len(n) < FEWEST:
        return []
    root = 2 * np.sqrt(n + 3 / 8)
    centre = np.median(root)
    score = (root - centre) / max(1.0, 1.4826 * float(np.median(np.abs(root - centre))))
    heard = parts["one"].ne(parts["other"]).to_numpy() | (course["one"].min() == course["other"].max())
    high = np.flatnonzero((score > FAR) & heard)
    runs = np.split(high, np.flatnonzero(np.diff(high) > ECHO + 1) + 1) if len(high) else []
    tops = [run[np.argmax(n[run])] for run in runs]
    return [
        (
            pair,
            starts[run[0]],
            f"{units[run[-1]].end_time:%Y-%m-%d}",
            starts[top],
            int(n[top]),
            float(np.median(n)),
            round(float(score[top]), 1),
        )
        for run, top in zip(runs, tops, strict=True)
    ]


def quote_peaks(tied: Tied, peaks: pd.DataFrame, most: int = 2) -> pd.DataFrame:
    """Return sentences of each peak: of the events that most publishers tell in it, each as it was told first.

    Columns: number (of the peak), published, publisher, n_publishers (that tell this event in the peak), event_type,
    evidence, url.
    """
    base = tied.chosen.base
    asked = {name: peaks[name].tolist() for name in ("number", "pair", "start", "end")}
    events = base.execute(TOLD, asked | {"most": most}).df()
    quoted = base.execute(QUOTE, [events["article_id"].tolist()]).df()
    table = events.merge(quoted, on=["article_id", "n"]).sort_values(["number", "published", "article_id", "n"])
    shown = table.assign(published=pd.to_datetime(table["published"]).dt.strftime("%Y-%m-%d")).reset_index(drop=True)
    return shown[["number", "published", "publisher", "n_publishers", "event_type", "evidence", "url"]]
