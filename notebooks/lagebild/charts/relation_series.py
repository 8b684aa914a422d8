"""The course of dyads over time: what each side did to the other in each quarter, on one scale, under one axis.

Sums of a quarter, not running totals: those can only climb, and a long story then looks like a close one. A quarter is
cut where a phase of the case begins, so that no bar stands in the wrong war. All panels have one scale, so that a bar
twice as high is twice as much. An event counts on the last day that its date allows. Behind the panels the phases are
shaded in turn, and named once above them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Any

import pandas as pd

from lagebild.analysis import find_start
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Axis, Drawing, Picture, Text, draw_line, draw_ticks, make_box, spread
from lagebild.charts.matrix import name_way
from lagebild.charts.style import (
    COLOURS,
    INK,
    LEADING,
    NARROW,
    PHONE,
    TEXT,
    WIDTH,
    break_lines,
    measure_lines,
    measure_text,
)
from lagebild.core import Case, Labels, Turn, edtf, ids, records

# --- What each side did in each stretch of time ---

STEPS = (("Q", 500), ("M", 90), ("W", 0))  # quarters, months or weeks, for what takes at least so many days
COLUMNS = ["dyad", "source_actor", "target_actor", "start", "end", "sum", "n_events", "event_ids"]
LEAST = 14  # days of a piece of a quarter: a shorter one goes with the next


def add_up(series: pd.DataFrame, start: str, end: str, turns: Iterable[str] = ()) -> pd.DataFrame:
    """Return what each direction of each dyad adds up to in each quarter; of a short time, in each month or week.

    What was before `start` is left out. On the days `turns` a quarter is cut.

    Columns: dyad, source_actor, target_actor, start, end (days), sum, n_events, event_ids (the weightiest first).
    """
    days = (pd.Timestamp(end) - pd.Timestamp(start)).days
    step = next(step for step, least in STEPS if days >= least)
    way = ["dyad", "source_actor", "target_actor"]
    rows = series.sort_values(["day", "event_id"])
    rows = rows.assign(adds=rows["net"] - rows.groupby(way)["net"].shift(fill_value=0.0))
    rows = rows[rows["day"] >= start]
    edges = _list_edges(start, end, step, turns)
    places = [bisect_right(edges, day) for day in rows["day"]]
    rows = rows.assign(
        start=[edges[place - 1] for place in places],
        end=[edtf.shift_day(edges[place], -1) for place in places],
        weight=-rows["adds"].abs(),
    )
    rows = rows.sort_values([*way, "start", "weight", "day", "event_id"])
    summed = rows.groupby([*way, "start", "end"], sort=True).agg(
        sum=("adds", "sum"), n_events=("event_id", "nunique"), event_ids=("event_id", lambda some: ";".join(some))
    )
    return summed.reset_index().round({"sum": 1})[COLUMNS]


def _list_edges(start: str, end: str, step: str, turns: Iterable[str]) -> list[str]:
    """Return the days on which a stretch of time begins, and the day after the last."""
    spans = pd.period_range(start, end, freq=step)
    begins = [span.start_time.strftime("%Y-%m-%d") for span in [*spans, spans[-1] + 1]]
    if step != STEPS[0][0]:
        return begins
    cuts = {day for day in turns if start < day <= end}
    for cut in cuts:
        begins = [day for day in begins if not edtf.shift_day(day, -LEAST) < cut < day]
    return sorted(cuts.union(begins))


# --- The panel of one dyad ---

TITLE, GAP = 18.0, 6.0  # pixels: the name of a panel, and what is free below it
LOWEST = 16.0  # pixels: a panel in which little happened
FILLS = (INK, "#808080")  # of the two directions, told apart in greyscale, too
SAMPLE = 9.0  # pixels of fill beside the name of who acts


@dataclass(frozen=True)
class Sheet:
    """The paper of the chart in pixels: width, what is free beside the axis, height of the panels, size of letters."""

    width: int
    left: float
    right: float
    panels: float
    size: float

    @property
    def line(self) -> float:
        """How high a line of text is."""
        return self.size * LEADING


def draw_panel(
    ways: list[pd.DataFrame], axis: Axis, scale: float, summary: dict[str, str], sheet: Sheet, labels: Labels
) -> Picture:
    """Draw the panel of a dyad, its name on top: `ways` are the rows of `add_up` of each of its directions.

    `scale` are the pixels of one point of intensity.
    """
    name = " – ".join(map(labels.actor, ids(ways[0]["dyad"].iloc[0])))
    letters = max(TEXT, sheet.size)
    sums = pd.concat(ways)["sum"]
    above, below = max(sums.max() * scale, LOWEST / 2), max(-sums.min() * scale, LOWEST / 2)
    zero = TITLE + sheet.size + above
    panel = Drawing(words=(Text(0, TITLE / 2, (name,), letters, bold=True),))
    panel += _draw_heads(ways, measure_text(name, letters, True) + 14, sheet, labels)
    panel += draw_line(axis.left, zero, axis.right, zero, INK, 0.7)
    panel += Text(axis.left - 4, zero, (labels.number(0.0, signed=True),), sheet.size, "right")
    bars = []
    for n, way in enumerate(ways):
        for row in records(way):
            bars.append((row, _find_room(row, n, axis)))
            panel += _draw_bar(*bars[-1], zero, scale, FILLS[n], summary, labels)
    ranked = sorted(bars, key=lambda bar: (bar[0]["sum"], bar[0]["start"]))
    for (row, room), sign in ((ranked[-1], 1), (ranked[0], -1)):
        if row["sum"] * sign > 0:
            y = zero - row["sum"] * scale - sign * sheet.size * 0.6
            number = (labels.number(row["sum"], signed=True),)
            panel += Text(round(sum(room) / 2, 2), round(y, 2), number, sheet.size, "center")
    return Picture(panel, sheet.width, round(zero + below + sheet.size + GAP))


def _find_room(row: dict[str, Any], n: int, axis: Axis) -> tuple[float, float]:
    """Return the left and the right edge of a bar: the first side has the left half of a stretch of time."""
    left, right = axis.at(row["start"], 0), axis.at(min(row["end"], axis.end), 1)
    half = (right - left) * 0.4
    x0 = left + (right - left) * 0.1 + n * half
    return x0, x0 + half - 0.5


def _draw_bar(
    row: dict[str, Any],
    room: tuple[float, float],
    zero: float,
    scale: float,
    fill: str,
    summary: dict[str, str],
    labels: Labels,
) -> Drawing:
    """Draw what one side did in one stretch of time; what adds up to nothing is a line."""
    top = zero - row["sum"] * scale
    names = ids(row["event_ids"])
    box = make_box(room[0], min(top, zero), room[1], max(top, zero, min(top, zero) + 0.8), fill)
    return Drawing((box._replace(name=names[0], hover=_describe_bar(row, names, summary, labels)),))


def _describe_bar(row: dict[str, Any], names: Sequence[str], summary: dict[str, str], labels: Labels) -> str:
    return labels(
        "hover.series",
        label=summary[names[0]],
        n=row["n_events"],
        date=labels.date(f"{row['start']}/{row['end']}"),
        source=labels.actor(row["source_actor"]),
        target=labels.actor(row["target_actor"]),
        sum=labels.number(row["sum"], signed=True),
    )


def _draw_heads(ways: list[pd.DataFrame], x: float, sheet: Sheet, labels: Labels) -> Drawing:
    """Write beside the name of a panel who acts, with the fill of his bars."""
    drawing = Drawing()
    for way, fill in zip(ways, FILLS, strict=False):
        name = labels.actor(way["source_actor"].iloc[0])
        if x + SAMPLE + measure_text(name, sheet.size) > sheet.width:
            break
        y = TITLE / 2
        drawing += Drawing((make_box(x, y - SAMPLE / 2, x + SAMPLE, y + SAMPLE / 2, fill),))
        drawing += Text(x + SAMPLE + 4, y, (name,), sheet.size)
        x += SAMPLE + 4 + measure_text(name, sheet.size) + 14
    return drawing


# --- The phases of a case ---

BAND = "#EEECE6"  # pale, but seen in greyscale
APART = 10.0  # pixels between the names of two phases


def draw_phases(
    turns: Sequence[Turn], axis: Axis, width: float, high: float, size: float, labels: Labels
) -> tuple[Drawing, float]:
    """Draw the phases that begin at `turns` in the time of an axis, and return them with where they begin from the top.

    A phase ends where the next begins, so each second one is shaded, the first among them; what is before the first
    turn has no name. `high` are the pixels below the names.
    """
    named = {max(turn.day, axis.start): turn.name[labels.language] for turn in turns if turn.day <= axis.end}
    if not named:
        return Drawing(), 2.0
    starts = sorted(named)
    edges = [*(axis.at(start, 0) for start in starts), axis.right]
    spans, names, widths, lefts = list(pairwise(edges)), [], [], []
    for start, (x0, x1) in zip(starts, spans, strict=True):
        names.append(tuple(break_lines(named[start], width / len(starts) - APART, size)))
        widths.append(measure_lines(names[-1], size))
        lefts.append((x0 + x1 - widths[-1]) / 2)
    steps = [0.0, *(wide + APART for wide in widths)]
    lefts = spread(lefts, steps, 0.0, width - widths[-1])
    top = size * LEADING * max(map(len, names)) + 6
    drawing = Drawing()
    for number, ((x0, x1), lines, left) in enumerate(zip(spans, names, lefts, strict=True)):
        if number % 2 == 0:
            drawing += make_box(x0, top, x1, top + high, BAND)
        drawing += draw_line(x0, top, x1 - 1, top, COLOURS[0], 2.5)
        middle = top - 5 - size * LEADING * len(lines) / 2
        drawing += Text(round(left, 2), round(middle, 2), lines, size, colour=COLOURS[0])
    return drawing, top + 2


# --- The chart ---

NAME = "relation-series"
AXIS = 24.0  # pixels that the words of the axis take
SHEETS = {NAME: Sheet(WIDTH, 30.0, 4.0, 200.0, 9.5), NAME + NARROW: Sheet(PHONE, 30.0, 4.0, 330.0, 12.0)}


def draw_series(series: pd.DataFrame, events: pd.DataFrame, case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Draw what each direction of each dyad did in each quarter, for the page and a small screen; or nothing.

    The picture begins where the story does (see `parties.find_start`). The dyads of the subject stand first, then those
    with most events.
    """
    if series.empty:
        return []
    summary = dict(zip(events["event_id"], events[f"summary_{labels.language}"], strict=True))
    start, end = find_start(series, case.start), max([*series["day"], as_of])
    sums = add_up(series, start, end, [turn.day for turn in case.turns])
    if sums.empty:
        return []
    count = series.groupby("dyad").size()
    dyads = sorted(sums["dyad"].unique(), key=lambda dyad: (case.subject not in ids(dyad), -count[dyad], dyad))
    courses = [_find_ways(sums[sums["dyad"] == dyad]) for dyad in dyads]
    nets = "; ".join(_describe_sum(records(way)[-1], labels) for way in chain(*courses))
    alt = labels("alt.series", n=len(courses), start=labels.day(start), end=labels.day(end), nets=nets)
    most = max(records(sums), key=lambda row: (abs(row["sum"]), row["start"]))
    told = labels("figure.series"), alt, labels("series.most", way=_describe_sum(most, labels))
    return [
        Chart(name, partial(_draw_sheet, courses, summary, case, (start, end), sheet, labels), sums, *told)
        for name, sheet in SHEETS.items()
    ]


def _draw_sheet(
    courses: list[list[pd.DataFrame]],
    summary: dict[str, str],
    case: Case,
    days: tuple[str, str],
    sheet: Sheet,
    labels: Labels,
) -> Picture:
    axis = Axis(*days, sheet.left, sheet.width - sheet.right)
    high = 0.0
    for ways in courses:
        sums = pd.concat(ways)["sum"]
        high += max(0.0, sums.max()) - min(0.0, sums.min())
    scale = sheet.panels / max(high, 1.0)
    panels = [draw_panel(ways, axis, scale, summary, sheet, labels) for ways in courses]
    drawing, y = draw_phases(case.turns, axis, sheet.width, sum(panel.height for panel in panels), sheet.size, labels)
    for panel in panels:
        drawing += panel.drawing.lower(y)
        y += panel.height
    drawing += draw_line(axis.left, y, axis.right, y, INK, 0.7)
    drawing += draw_ticks(axis, y + 7 + sheet.size / 2, y, y + 4, labels, sheet.left, max(sheet.size, TEXT - 1))
    y += AXIS
    for line in break_lines(labels("series.note", day=labels.day(days[0])), sheet.width - 8, sheet.size):
        drawing += Text(0, y + sheet.line / 2, (line,), sheet.size)
        y += sheet.line
    return Picture(drawing, sheet.width, round(y + 4))


def _find_ways(dyad: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of each direction in the order of time, the one of the actor named first before the other."""
    first = ids(dyad["dyad"].iloc[0])[0]
    ways = [rows.sort_values("start") for _, rows in dyad.groupby("source_actor")]
    return sorted(ways, key=lambda way: str(way["source_actor"].iloc[0]) != first)


def _describe_sum(row: dict[str, Any], labels: Labels) -> str:
    net = labels.number(row["sum"], signed=True)
    span = labels.date(f"{row['start']}/{row['end']}")
    return f"{name_way(row, labels)} ({net}, {span})"
