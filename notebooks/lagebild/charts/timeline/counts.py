"""Many events in time: counted per day, week, month, quarter or year, with the peaks named.

An event whose date is coarser than the unit is in no bar: it would have to be put somewhere, and nobody knows where. It
is counted, and the chart says how many there are.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pandas as pd

from lagebild.charts.drawing import Axis, Drawing, Mark, Text, draw_line, make_box
from lagebild.charts.style import CLEAR, COLOURS, LEADING, RULE, TEXT, measure_text
from lagebild.charts.timeline.lanes import count_days_between
from lagebild.core import Labels

UNITS = ("D", "W-SUN", "M", "Q-DEC", "Y-DEC")  # pandas' names of a day, a week, a month, a quarter, a year
BARS = 66  # at most: a bar is then about ten pixels wide
HIGH = 34.0  # half the height of the bars in pixels, up and down together
PEAKS = 5
FILLS = COLOURS | {0: "#8A8A8A"}  # stacked on cooperation: lighter than the mark, so that greyscale parts the two


class Peak(NamedTuple):
    """A unit of time in which many events stand, and what most of them are."""

    number: int
    start: str
    end: str
    n: int
    event_type: str
    source_actors: str
    target_actors: str


def choose_unit(start: str, end: str, most: int = BARS) -> str:
    """Return the smallest unit of which `most` cover the time between two days; the largest if none does."""
    days = count_days_between(start, end)
    lengths = dict(zip(UNITS, (1, 7, 30.4, 91.3, 365.2), strict=True))
    return next((unit for unit, length in lengths.items() if days / length <= most), UNITS[-1])


def count_events(placed: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return how many events stand in each unit, per lane and side.

    Columns: lane, lane_name, start and end (first and last day of the unit), side, n; events dated more coarsely than
    the unit have an empty start and end.
    """
    days = pd.unique(pd.concat([placed["earliest"], placed["latest"]]))
    spans = {day: pd.Period(day, freq=unit) for day in days if day}  # a corpus has few days, however many events
    bounds = {day: (f"{span.start_time:%Y-%m-%d}", f"{span.end_time:%Y-%m-%d}") for day, span in spans.items()}
    first, last = (placed[column].map(bounds).astype(object) for column in ("earliest", "latest"))
    exact = first == last
    day, end = first.where(exact).str[0].fillna(""), first.where(exact).str[1].fillna("")
    keys = ["lane", "lane_name", "start", "end", "side"]
    counted = placed.assign(start=day, end=end).groupby(keys, sort=True).size()
    return counted.rename("n").reset_index()


def find_peaks(placed: pd.DataFrame, counts: pd.DataFrame, most: int = PEAKS) -> list[Peak]:
    """Return the units with the most events, in the order of time, each with its most frequent type and pair."""
    whole = counts[counts["start"] != ""].groupby(["start", "end"])["n"].sum().reset_index()
    top = whole.sort_values(["n", "start"], ascending=[False, True], kind="stable").head(most).sort_values("start")
    peaks = []
    for number, (start, end, n) in enumerate(zip(top["start"], top["end"], top["n"], strict=True), start=1):
        inside = placed[(placed["earliest"] >= start) & (placed["latest"] <= end) & (placed["earliest"] != "")]
        kinds = inside.groupby(["event_type", "source_actors", "target_actors"]).size()
        kind, source, target = kinds.sort_index().idxmax()
        peaks.append(Peak(number, start, end, int(n), str(kind), str(source), str(target)))
    return peaks


def draw_counts(
    counts: pd.DataFrame,
    axis: Axis,
    top: float,
    labels: Labels,
    peaks: list[Peak],
    size: float = TEXT - 1,
    counted: str = "hover.count",
) -> Drawing:
    """Draw the counts as bars: cooperation and what is neither upwards, conflict downwards, numbers on the peaks.

    `top` is the pixel at which the highest bar may begin, `size` that of the numbers left of the axis, `counted` the
    key of the words that say on hovering what is counted.
    """
    bars = counts[counts["start"] != ""]
    table = bars.pivot_table(index=["start", "end"], columns="side", values="n", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=[1, 0, -1], fill_value=0)
    above, below = (int(n) for n in ((table[1] + table[0]).max(), table[-1].max())) if len(table) else (0, 0)
    unit = 2 * HIGH / max(1, above + below)  # pixels of one event
    middle = round(top + above * unit, 2)
    drawing = _draw_scale(axis, middle, above, below, unit, size, labels)
    for start, end, plus, none, minus in table.reset_index().itertuples(index=False):
        x0, x1 = axis.at(start, 0.06), axis.at(min(end, axis.end), 0.94)
        up, flat, down = plus * unit, none * unit, minus * unit
        parts = [(1, middle - up, middle), (0, middle - up - flat, middle - up), (-1, middle, middle + down)]
        shapes = [make_box(x0, y0, max(x1, x0 + 1), y1, FILLS[side]) for side, y0, y1 in parts if abs(y1 - y0) > 0]
        hover = labels(counted, span=name_span(start, end, labels), n=plus + none + minus, up=plus, down=minus)
        spot = Mark((x0 + x1) / 2, middle, "circle", CLEAR, 8, "", hover)
        drawing += Drawing(tuple(shapes), (spot,))
    for peak in peaks:
        upwards = bars.loc[(bars["start"] == peak.start) & (bars["side"] >= 0), "n"].sum()
        y = middle - int(upwards) * unit - TEXT * 0.7
        text = str(peak.number)
        x = (axis.at(peak.start, 0) + axis.at(min(peak.end, axis.end), 1)) / 2
        half = measure_text(text, TEXT, bold=True) / 2
        x = min(max(x, axis.left + half), axis.right - half)
        drawing += Text(x, y, (text,), TEXT, "center", bold=True)
    return drawing


def _draw_scale(axis: Axis, middle: float, above: int, below: int, unit: float, size: float, labels: Labels) -> Drawing:
    """Draw the scale of the counts: each round number that is reached, up or down, left of a short line."""
    rounded = (factor * 10**power for power, factor in product(range(9), (1, 2, 5)))
    step = next(step for step in rounded if step * unit >= size * LEADING)  # no number touches the next
    drawing = Drawing()
    for n in [*range(-(below // step) * step, 0, step), *range(0, above + 1, step)]:
        y = round(middle - n * unit, 2)
        drawing += draw_line(axis.left - 3, y, axis.left if n else axis.right, y, RULE)
        drawing += Text(axis.left - 5, y, (labels.number(abs(n)),), size, "right")
    return drawing


def name_peak(peak: Peak, labels: Labels) -> str:
    """Return a peak in words: when, how many events, and what most of them are."""
    who = labels.names(peak.source_actors) or "–"
    whom = labels.names(peak.target_actors) or "–"
    return labels(
        "peak",
        number=peak.number,
        span=name_span(peak.start, peak.end, labels),
        n=peak.n,
        kind=labels.types[peak.event_type],
        pair=f"{who} → {whom}",
    )


def name_span(start: str, end: str, labels: Labels) -> str:
    """Return a unit in words: a day, a month, a quarter or a year as such, a week from day to day."""
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if start == end:
        return labels.date(start)
    if first.day == 1 and last == first + pd.offsets.MonthEnd(1):
        return labels.date(start[:7])
    if first.day == 1 and last == first + pd.offsets.QuarterEnd(1) and first.month % 3 == 1:
        return labels.date(f"{start[:4]}-{first.quarter + 32}")  # EDTF: 33 is the first quarter
    if start[4:] == "-01-01" and end == f"{start[:4]}-12-31":
        return labels.date(start[:4])
    return labels.date(f"{start}/{end}")
