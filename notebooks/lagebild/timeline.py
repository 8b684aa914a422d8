"""Charts of time: the whole of it at a glance, and each period with every event labelled.

An event without a date is listed in the report, never placed.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.case import Case
from lagebild.charts import FONT, PALE, TEXT, WIDTH, Chart, escape, style, ticks
from lagebild.labels import Labels
from lagebild.marks import draw_event, draw_mark
from lagebild.periods import Period, count_days, first_day, last_day, place_events, shift, split_periods
from lagebild.store import records

ROW = 17
SHOWN = (
    "event_id",
    "date",
    "earliest",
    "latest",
    "lane_name",
    "event_type",
    "source_actors",
    "target_actors",
    "status",
)


def draw_timeline(
    events: pd.DataFrame, case: Case, offices: pd.DataFrame, types: pd.DataFrame, as_of: str, labels: Labels
) -> list[Chart]:
    """Draw the whole time, and then each of its periods with every event labelled."""
    placed = place_events(events, case, offices, types, labels)
    periods = split_periods(placed, case, as_of)
    overview = draw_overview(placed, periods, case.start, as_of, labels)
    return [overview, *(draw_period(number, period, labels) for number, period in enumerate(periods, start=1))]


def draw_period(number: int, period: Period, labels: Labels) -> Chart:
    """Draw every event of one period on a row of its own, with its label beside it, in lanes."""
    start, end, events = period
    lanes = list(events.groupby("lane_name", sort=False))
    figure = go.Figure()
    row = 0
    for lane, inside in lanes:
        row += 1
        figure.add_annotation(
            x=0,
            xref="paper",
            y=-row,
            text=f"<b>{escape(str(lane))}</b>",
            showarrow=False,
            xanchor="left",
            font={"size": TEXT + 1},
        )
        for event in records(inside):
            row += 1
            draw_event(figure, event, -row, _widen(start, end), labels)
    _draw_time(figure, (row + 1) * ROW + 46, (start, end), labels, {"left": 0, "top": 40, "bottom": 4}, side="top")
    figure.update_yaxes(range=[-row - 0.8, -0.2], visible=False)
    span = labels.date(f"{start}/{end}" if start != end else start)
    alt = labels(
        "alt.period",
        period=span,
        n=len(events),
        conflict=int((events["side"] < 0).sum()),
        cooperation=int((events["side"] > 0).sum()),
        lanes=labels.enumerate(f"{lane} ({len(inside)})" for lane, inside in lanes),
    )
    return Chart(f"timeline-{number}", figure, _table(events), labels("figure.period", period=span), alt)


def draw_overview(placed: pd.DataFrame, periods: list[Period], start: str, as_of: str, labels: Labels) -> Chart:
    """Draw all events from `start` on as small marks, stacked where they crowd; periods are numbered and shaded."""
    figure = go.Figure()
    events = placed[placed["latest"] >= start]
    start = max(start, min((period.start for period in periods), default=as_of))
    end = max((period.end for period in periods), default=as_of)  # later than the as-of date if something is planned
    low, high = _widen(start, end)
    rows = list(events.groupby("lane_name", sort=False))
    left = 24 + round(6.4 * max((len(f"{lane} ({len(inside)})") for lane, inside in rows), default=0))
    scale = (WIDTH - left) / (count_days(low, high) - 1)
    base, lanes = 0.0, []
    for lane, inside in rows:
        levels: list[float] = []  # where the last mark of each level stands
        for event in records(inside):
            at = _middle(first_day(event), last_day(event))
            x = (count_days(low, at) - 1) * scale
            level = next((i for i, taken in enumerate(levels) if x - taken >= 9), len(levels))
            levels[level : level + 1] = [x]
            figure.add_trace(draw_mark(event, at, -base - level, 8, labels))
        lanes.append((-base - (len(levels) - 1) / 2, f"{escape(str(lane))} ({len(inside)})"))
        base += len(levels) + 1
    for number, period in enumerate(periods, start=1):
        if period.end >= start:
            _number_period(figure, number, max(period.start, start), period.end)
    _draw_time(figure, int(base * 11) + 66, (start, end), labels, {"left": left, "top": 22, "bottom": 24})
    figure.update_yaxes(
        range=[-base + 0.2, 1],
        tickvals=[y for y, _ in lanes],
        ticktext=[text for _, text in lanes],
        showgrid=False,
        zeroline=False,
    )
    peak, dense = "", 0
    if periods:
        busiest = max(periods, key=lambda period: len(period.events) / count_days(period.start, period.end))
        peak, dense = labels.date(f"{busiest.start}/{busiest.end}"), len(busiest.events)
    alt = labels("alt.overview", n=len(events), start=labels.day(start), end=labels.day(as_of), peak=peak, m=dense)
    if len(events) < len(placed):
        alt += " " + labels("alt.before", n=len(placed) - len(events))
    return Chart("timeline", figure, _table(events), labels("figure.overview"), alt)


def _number_period(figure: go.Figure, number: int, start: str, end: str) -> None:
    """Write the number of a period above the chart, and shade every second period."""
    if number % 2 == 0:
        figure.add_vrect(x0=start, x1=shift(end, 1), fillcolor=PALE, line_width=0, layer="below")
    at, text = _middle(start, end), f"<b>{number}</b>"
    figure.add_annotation(x=at, y=1, yref="y domain", yanchor="bottom", showarrow=False, text=text)


def _table(events: pd.DataFrame) -> pd.DataFrame:
    return events.sort_values(["earliest", "latest", "event_id"])[
        [*SHOWN, "contested", "n_publishers", "label"]
    ].reset_index(drop=True)


def _draw_time(
    figure: go.Figure, height: int, days: tuple[str, str], labels: Labels, margins: dict[str, int], **axis: Any
) -> None:
    """Style a figure whose horizontal axis is the time between two days."""
    low, high = _widen(*days)
    scale = (WIDTH - margins["left"] - 2) / (count_days(low, high) - 1)
    shown = []
    for value, word in zip(*ticks(*days, labels), strict=True):
        x, half = (count_days(low, value) - 1) * scale, len(word) * 3.4
        if half - margins["left"] <= x <= WIDTH - margins["left"] - half:  # a word at the edge would be cut
            shown.append((value, word))
    style(figure, WIDTH, height, right=2, hoverlabel={"font": {"family": FONT}}, **margins)
    figure.update_xaxes(
        ticks="",
        showline=False,
        zeroline=False,
        fixedrange=True,
        range=[low, high],
        tickvals=[value for value, _ in shown],
        ticktext=[word for _, word in shown],
        **axis,
        showgrid=True,
        gridcolor="#E8E8E8",
    )
    figure.update_yaxes(fixedrange=True)


def _widen(start: str, end: str) -> tuple[str, str]:
    """Return a little more than the time between two days, so that no mark sticks to the edge."""
    pad = max(1, round(count_days(start, end) * 0.02))
    return shift(start, -pad), shift(end, pad + 1)


def _middle(start: str, end: str) -> str:
    return (pd.Timestamp(start) + (pd.Timestamp(end) - pd.Timestamp(start)) / 2).date().isoformat()
