"""The course of dyads over time: small panels under one axis, both directions in each, and what made them turn.

An event enters on the last day that its date allows; where that is not the only one, its mark is hollow.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from lagebild.analysis.parties import find_start
from lagebild.charts.axis import Axis, draw_ticks
from lagebild.charts.chart import Chart
from lagebild.charts.courses import Sheet, draw_panel
from lagebild.charts.drawing import Drawing, Picture, Text, draw_line
from lagebild.charts.look import INK, NARROW, PHONE, TEXT, WIDTH
from lagebild.charts.phases import draw_phases
from lagebild.charts.text_metrics import break_lines
from lagebild.core.case import Case
from lagebild.core.labels import Labels
from lagebild.core.schema import ids
from lagebild.core.tables import records

NAME = "relation-series"
AXIS = 24.0  # pixels that the words of the axis take
SHEETS = {
    NAME: Sheet(WIDTH, 38.0, 140.0, 46.0, 9.5, (230.0, 150.0, 110.0, 90.0)),
    NAME + NARROW: Sheet(PHONE, 34.0, 4.0, 92.0, 12.0, (200.0, 140.0, 100.0)),
}


def draw_series(series: pd.DataFrame, events: pd.DataFrame, case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Draw the running net of each direction of each dyad, for the page and for a small screen; nothing if none is.

    The picture begins where the story does (see `parties.find_start`); a line begins with what earlier events added.
    The dyads of the subject stand first, then those with most events. Named are up to two events of each, of those that
    `parties.find_turning_points` puts first.
    """
    if series.empty:
        return []
    summary = dict(zip(events["event_id"], events[f"summary_{labels.language}"], strict=True))
    start, end = find_start(series, case.start), max([*series["day"], as_of])
    dyads = [(str(dyad), rows) for dyad, rows in series.groupby("dyad", sort=False)]
    dyads.sort(key=lambda dyad: (case.subject not in ids(dyad[0]), -len(dyad[1]), dyad[0]))
    courses = [_find_ways(rows) for _, rows in dyads]
    reported = "; ".join(_way_words(way, labels) for ways in courses for way in ways)
    alt = labels("alt.series", n=len(courses), start=labels.day(start), end=labels.day(end), nets=reported)
    title = labels("figure.series")
    return [
        Chart(name, partial(_lay_out, courses, summary, case, (start, end), sheet, labels), series, title, alt)
        for name, sheet in SHEETS.items()
    ]


def _lay_out(
    courses: list[list[pd.DataFrame]],
    summary: dict[str, str],
    case: Case,
    days: tuple[str, str],
    sheet: Sheet,
    labels: Labels,
) -> Picture:
    axis = Axis(*days, sheet.left, sheet.width - sheet.right)
    panels = [draw_panel(ways, axis, summary, sheet, labels) for ways in courses]
    drawing, y = draw_phases(case.turns, axis, sheet.width, sum(one.height for one in panels), sheet.size, labels)
    for panel in panels:
        drawing += panel.drawing.lower(y)
        y += panel.height
    drawing += draw_line(axis.left, y, axis.right, y, INK, 0.7)
    drawing += draw_ticks(axis, y + 7 + sheet.size / 2, y, y + 4, labels, sheet.left, max(sheet.size, TEXT - 1))
    y += AXIS
    for line in break_lines(labels("series.note", day=labels.day(days[0])), sheet.width - 8, sheet.size):
        drawing += Drawing(words=(Text(0, y + sheet.line / 2, (line,), sheet.size),))
        y += sheet.line
    return Picture(drawing, sheet.width, round(y + 4))


def _find_ways(dyad: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of each direction in the order of time, the one of the actor named first before the other."""
    first = ids(dyad["dyad"].iloc[0])[0]
    ways = [rows.sort_values(["day", "event_id"]) for _, rows in dyad.groupby("source_actor")]
    return sorted(ways, key=lambda way: str(way["source_actor"].iloc[0]) != first)


def _way_words(way: pd.DataFrame, labels: Labels) -> str:
    last = records(way)[-1]
    net = labels.number(last["net"], signed=True)
    return f"{labels.actor(last['source_actor'])} → {labels.actor(last['target_actor'])} ({net})"
