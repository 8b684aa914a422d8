"""Peaks: stretches of time in which far more is told than usual, and sentences that stand for what was told then."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagebild.analysis.tellings import Tied

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
        Counts by pair and unit of time, see `tellings.follow_pairs`; a unit without a row has none.
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
    found = [_find_in_pair(str(pair), rows, course, unit) for pair, rows in pairs]
    peaks = pd.DataFrame([row for rows in found for row in rows], columns=COLUMNS)
    peaks = peaks.sort_values(["score", "pair", "start"], ascending=[False, True, True], kind="stable").head(most)
    peaks = peaks.sort_values(["top", "pair"], kind="stable").reset_index(drop=True)
    return peaks.assign(number=np.arange(1, len(peaks) + 1))[["number", *COLUMNS]]


COLUMNS = ["pair", "start", "end", "top", "n", "usual", "score"]


def _find_in_pair(pair: str, rows: pd.DataFrame, course: pd.DataFrame, unit: str) -> list[tuple[object, ...]]:
    units = pd.period_range(course["start"].min(), course["end"].max(), freq=unit)
    starts = [f"{one.start_time:%Y-%m-%d}" for one in units]
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
    told = base.execute(TOLD, asked | {"most": most}).df()
    quoted = base.execute(QUOTE, [told["article_id"].tolist()]).df()
    table = told.merge(quoted, on=["article_id", "n"]).sort_values(["number", "published", "article_id", "n"])
    shown = table.assign(published=pd.to_datetime(table["published"]).dt.strftime("%Y-%m-%d")).reset_index(drop=True)
    return shown[["number", "published", "publisher", "n_publishers", "event_type", "evidence", "url"]]
