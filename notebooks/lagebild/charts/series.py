"""The course of dyads over time: small panels, one per dyad, both directions in each.

An event enters on the last day that its date allows; where that is not the only one, its mark is hollow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from lagebild.charts.axis import Axis, draw_ticks
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Shape, Text, draw_line, escape
from lagebild.charts.look import INK, TEXT, WHITE, WIDTH
from lagebild.core.labels import Labels
from lagebild.core.schema import ids
from lagebild.core.tables import records

PANEL, GAP = 92, 34  # pixels: the height of a panel, and of the room above it for its name
LEFT, RIGHT, BOTTOM = 44, 150, 30
APART = 15.0  # pixels between the words at the ends of two lines
LOOKS = ((INK, "", "———"), ("#6B6B6B", "5,2", "– – –"))  # different in greyscale, too


def draw_series(series: pd.DataFrame, events: pd.DataFrame, days: tuple[str, str], labels: Labels) -> Chart:
    """Draw the running net of each direction of each dyad from the first of two days to the second.

    An empty first day means that of the first event. The step at the left edge is what earlier events had added.
    """
    summary = dict(zip(events["event_id"], events[f"summary_{labels.language}"], strict=True))
    start, end = days[0] or min(series["day"], default=days[1]), max([*series["day"], days[1]])
    panels = [(str(dyad), _find_ways(rows)) for dyad, rows in series.groupby("dyad", sort=False)]
    panels.sort(key=lambda panel: (-sum(len(way) for way in panel[1]), panel[0]))
    height = max(len(panels), 1) * (PANEL + GAP) + BOTTOM
    axis = Axis(start, end, LEFT, WIDTH - RIGHT)
    drawing = draw_ticks(axis, height - BOTTOM + 12, GAP, height - BOTTOM, labels, free=LEFT)
    for number, (dyad, ways) in enumerate(panels):
        title = " – ".join(map(labels.actor, ids(dyad)))
        drawing += _draw_panel(title, ways, axis, summary, labels).lower(number * (PANEL + GAP) + GAP)
    reported = "; ".join(_way_words(way, labels) for _, ways in panels for way in ways)
    alt = labels("alt.series", n=len(panels), start=labels.day(start), end=labels.day(end), nets=reported or "–")
    return Chart("relation-series", Picture(drawing, WIDTH, height), series, labels("figure.series"), alt)


def _find_ways(dyad: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of each direction in the order of time, the one of the actor named first before the other."""
    first = ids(dyad["dyad"].iloc[0])[0]
    ways = [rows.sort_values(["day", "event_id"]) for _, rows in dyad.groupby("source_actor")]
    return sorted(ways, key=lambda way: str(way["source_actor"].iloc[0]) != first)


def _draw_panel(title: str, ways: list[pd.DataFrame], axis: Axis, summary: dict[str, str], labels: Labels) -> Drawing:
    """Draw a panel from its own top: the line of zero, both directions, the least and the greatest net beside it."""
    nets = [0.0, *(net for way in ways for net in way["net"])]
    pad = (max(nets) - min(nets)) * 0.1 + 0.5
    high, span = max(nets) + pad, max(nets) - min(nets) + 2 * pad

    def place(net: float) -> float:
        return float(round((high - net) / span * PANEL, 2))

    drawing = draw_line(axis.left, place(0), axis.right, place(0), INK, 0.7)
    shown = [net for net in (min(nets), max(nets)) if abs(place(net) - place(0)) > 14]
    words = [
        Text(axis.left - 4, place(net), (labels.number(net, signed=True),), TEXT, "right") for net in [*shown, 0.0]
    ]
    drawing += Drawing(words=(Text(axis.left, -8, (title,), TEXT, bold=True), *words))
    for way, (colour, dash, _) in zip(ways, LOOKS, strict=False):
        drawing += _draw_way(way, axis, place, colour, dash, summary, labels)
    return drawing + _name_ends(ways, axis.right, place, labels)


def _draw_way(
    way: pd.DataFrame,
    axis: Axis,
    place: Callable[[float], float],
    colour: str,
    dash: str,
    summary: dict[str, str],
    labels: Labels,
) -> Drawing:
    """Draw one direction as a line of steps, with a mark for each event that is not earlier than the first day."""
    before, shown = way[way["day"] < axis.start], records(way[way["day"] >= axis.start])
    y = place(float(before["net"].iloc[-1]) if len(before) else 0.0)
    points, marks = [(axis.left, y)], []
    for row in shown:
        x = axis.at(row["day"])
        points += [(x, y), (x, y := place(row["net"]))]
        fill, hover = WHITE if row["vague"] == "yes" else colour, _hover(row, summary, labels)
        marks.append(Mark(x, y, "circle", fill, 7, row["event_id"], hover, colour, 1.4))
    line = Shape("line", (*points, (axis.right, y)), "", colour, 1.6, dash)
    return Drawing((line,), tuple(marks))


def _name_ends(ways: list[pd.DataFrame], right: float, place: Callable[[float], float], labels: Labels) -> Drawing:
    """Write beside the end of each line who acts and the net; a line's look goes with it."""
    nets = [float(way["net"].iloc[-1]) for way in ways]
    places = [place(net) for net in nets]
    if len(places) == 2 and abs(places[0] - places[1]) < APART:
        middle, down = sum(places) / 2, 1 if places[0] > places[1] else -1
        places = [round(middle + down * APART / 2, 2), round(middle - down * APART / 2, 2)]
    ends = [
        f"{look} {labels.actor(way['source_actor'].iloc[0])} {labels.number(net, signed=True)}"
        for way, net, (_, _, look) in zip(ways, nets, LOOKS, strict=False)
    ]
    return Drawing(words=tuple(Text(right + 8, y, (end,), TEXT) for y, end in zip(places, ends, strict=True)))


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
