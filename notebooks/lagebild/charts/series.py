"""The course of dyads over time: small panels, one per dyad, both directions in each.

An event enters on the last day that its date allows; where that is not the only one, its mark is hollow.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.chart import INK, RULE, TEXT, WIDTH, Chart, escape, style, ticks
from lagebild.core.labels import Labels
from lagebild.core.schema import ids
from lagebild.core.tables import records

PANEL, GAP = 92, 34  # pixels: the height of a panel, and of the room above it for its name
LEFT, RIGHT, BOTTOM = 44, 150, 30
LOOKS = ((INK, "solid", "———"), ("#6B6B6B", "5px,2px", "– – –"))  # different in greyscale, too
PLAIN = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": "", "showline": False}


def draw_series(series: pd.DataFrame, events: pd.DataFrame, days: tuple[str, str], labels: Labels) -> Chart:
    """Draw the running net of each direction of each dyad from the first of two days to the second.

    An empty first day means that of the first event. The step at the left edge is what earlier events had added.
    """
    summary = dict(zip(events["event_id"], events[f"summary_{labels.language}"], strict=True))
    start, end = days[0] or min(series["day"], default=days[1]), max([*series["day"], days[1]])
    panels = [(str(dyad), _find_ways(rows)) for dyad, rows in series.groupby("dyad", sort=False)]
    panels.sort(key=lambda panel: (-sum(len(way) for way in panel[1]), panel[0]))
    figure, height = go.Figure(), max(len(panels), 1) * (PANEL + GAP) + BOTTOM
    style(figure, WIDTH, height, left=LEFT, right=RIGHT, top=0, bottom=BOTTOM)
    for number, (dyad, ways) in enumerate(panels, start=1):
        high = 1 - ((number - 1) * (PANEL + GAP) + GAP) / (height - BOTTOM)
        nets = [0.0, *(net for way in ways for net in way["net"])]
        pad = (max(nets) - min(nets)) * 0.1 + 0.5
        low, top = min(nets) - pad, max(nets) + pad
        span = (top - low) / PANEL  # of the axis per pixel
        marks = [mark for mark in (min(nets), max(nets)) if abs(mark) > 14 * span] + [0.0]
        look = {"domain": [max(high - PANEL / (height - BOTTOM), 0), high], "range": [low, top], "tickvals": marks}
        words = [labels.number(mark, signed=True) for mark in marks]
        figure.update_layout({f"yaxis{number}": PLAIN | look | {"ticktext": words}})
        axis = f"y{number}" if number > 1 else "y"
        zero = {"color": INK, "width": 0.7}
        figure.add_shape(type="line", x0=start, x1=end, y0=0, y1=0, yref=axis, line=zero, layer="below")
        _write(figure, start, top, axis, f"<b>{escape(' – '.join(map(labels.actor, ids(dyad))))}</b>", yanchor="bottom")
        for way, (colour, dash, _) in zip(ways, LOOKS, strict=False):
            _draw_way(figure, way, (start, end), axis, {"color": colour, "dash": dash}, summary, labels)
        _name_ends(figure, ways, end, 15 * span, axis, labels)
    _draw_time(figure, start, end, len(panels), labels)
    reported = "; ".join(_way_words(way, labels) for _, ways in panels for way in ways)
    alt = labels("alt.series", n=len(panels), start=labels.day(start), end=labels.day(end), nets=reported or "–")
    return Chart("relation-series", figure, series, labels("figure.series"), alt)


def _find_ways(dyad: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of each direction in the order of time, the one of the actor named first before the other."""
    first = ids(dyad["dyad"].iloc[0])[0]
    ways = [rows.sort_values(["day", "event_id"]) for _, rows in dyad.groupby("source_actor")]
    return sorted(ways, key=lambda way: str(way["source_actor"].iloc[0]) != first)


def _draw_way(
    figure: go.Figure,
    way: pd.DataFrame,
    days: tuple[str, str],
    axis: str,
    line: dict[str, str],
    summary: dict[str, str],
    labels: Labels,
) -> None:
    """Draw one direction as a line of steps, with a mark for each event that is not earlier than the first day."""
    start, end = days
    before, shown = way[way["day"] < start], way[way["day"] >= start]
    base = float(before["net"].iloc[-1]) if len(before) else 0.0
    figure.add_trace(
        go.Scatter(
            x=[start, *shown["day"], end],
            y=[base, *shown["net"], float(way["net"].iloc[-1])],
            yaxis=axis,
            mode="lines",
            line=line | {"shape": "hv", "width": 1.6},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    hollow = [row["vague"] == "yes" for row in records(shown)]
    figure.add_trace(
        go.Scatter(
            x=list(shown["day"]),
            y=list(shown["net"]),
            yaxis=axis,
            mode="markers",
            showlegend=False,
            marker={
                "size": 7,
                "symbol": "circle",
                "color": ["white" if vague else line["color"] for vague in hollow],
                "line": {"width": 1.4, "color": line["color"]},
            },
            hovertext=[_hover(row, summary, labels) for row in records(shown)],
            customdata=[[event] for event in shown["event_id"]],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )


def _name_ends(figure: go.Figure, ways: list[pd.DataFrame], end: str, room: float, axis: str, labels: Labels) -> None:
    """Write beside the end of each line who acts and the net, at least `room` apart; a line's look goes with it."""
    ends = [
        (float(way["net"].iloc[-1]), f"{look} {escape(labels.actor(way['source_actor'].iloc[0]))}")
        for way, (_, _, look) in zip(ways, LOOKS, strict=False)
    ]
    places = [net for net, _ in ends]
    if len(places) == 2 and abs(places[0] - places[1]) < room:
        middle, up = sum(places) / 2, 1 if places[0] >= places[1] else -1
        places = [middle + up * room / 2, middle - up * room / 2]
    for (net, name), place in zip(ends, places, strict=True):
        _write(figure, end, place, axis, f"{name} {labels.number(net, signed=True)}", xshift=8, yanchor="middle")


def _write(figure: go.Figure, x: str, y: float, axis: str, text: str, **place: Any) -> None:
    figure.add_annotation(x=x, y=y, yref=axis, text=text, showarrow=False, xanchor="left", font={"size": TEXT}, **place)


def _draw_time(figure: go.Figure, start: str, end: str, panels: int, labels: Labels) -> None:
    """Draw the one axis of time under the lowest panel, with a line through all of them at each tick."""
    low, high = pd.Timestamp(start), pd.Timestamp(end)
    scale = (WIDTH - LEFT - RIGHT) / max((high - low).days, 1)
    shown = [
        (value, word)
        for value, word in zip(*ticks(start, end, labels), strict=True)
        if 0 <= (pd.Timestamp(value) - low).days * scale <= WIDTH - LEFT - RIGHT
    ]
    figure.update_xaxes(
        range=[start, end],
        anchor=f"y{panels}" if panels > 1 else "y",
        tickvals=[value for value, _ in shown],
        ticktext=[word for _, word in shown],
        **PLAIN | {"showgrid": True, "gridcolor": "#E8E8E8"},
    )
    for value, _ in shown:  # the grid of an axis reaches one panel only
        line = {"color": RULE, "width": 0.5}
        figure.add_shape(type="line", x0=value, x1=value, y0=0, y1=1, yref="paper", line=line, layer="below")


def _hover(row: dict[str, Any], summary: dict[str, str], labels: Labels) -> str:
    return labels(
        "hover.series",
        label=escape(summary[row["event_id"]]),
        date=labels.date(row["date"]),
        source=escape(labels.actor(row["source_actor"])),
        target=escape(labels.actor(row["target_actor"])),
        intensity=labels.number(row["intensity"], signed=True),
        net=labels.number(row["net"], signed=True),
    )


def _way_words(way: pd.DataFrame, labels: Labels) -> str:
    last = records(way)[-1]
    net = labels.number(last["net"], signed=True)
    return f"{labels.actor(last['source_actor'])} → {labels.actor(last['target_actor'])} ({net})"
