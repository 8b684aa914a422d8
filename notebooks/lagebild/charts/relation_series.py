"""The course of dyads over time: small panels under one axis, both directions in each, and what made them turn.

An event enters on the last day that its date allows; where that is not the only one, its mark is hollow. Behind the
panels the phases of the case are shaded in turn, and named once above them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from lagebild.analysis import find_start, find_turning_points
from lagebild.charts.callouts import Box, Callout, draw_callouts, find_obstacles
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import (
    Axis,
    Drawing,
    Mark,
    Picture,
    Point,
    Shape,
    Text,
    draw_line,
    draw_ticks,
    escape,
    make_box,
)
from lagebild.charts.style import (
    COLOURS,
    INK,
    LEADING,
    NARROW,
    PHONE,
    TEXT,
    WHITE,
    WIDTH,
    break_lines,
    measure_text,
    measure_word,
)
from lagebild.core import Case, Labels, Turn, ids, records

# --- The panel of one dyad ---

TITLE, GAP = 18.0, 8.0  # pixels: the name of a panel, and what is free below it
LEAST = 12.0  # a panel spans so much at least, a little more than an attack: small steps shall look small
NAMED, TRIED = 2, 3  # events named in a panel, and those that may be if there is no place for one
SAMPLE = 16.0  # pixels of line beside its name


class Look(NamedTuple):
    """How a direction is drawn: colour and width of its line, size of its marks."""

    colour: str
    width: float
    mark: float


LOOKS = (Look(INK, 1.7, 5.0), Look("#7A7A7A", 5.0, 8.0))  # the first lies visibly on the other, in greyscale, too


@dataclass(frozen=True)
class Sheet:
    """The paper of the chart in pixels: its width, what is free beside the axis, a panel's height, the size of letters.

    Where nothing is free on the right, who acts stands above the panel. `rooms` are widths that a name may have.
    """

    width: int
    left: float
    right: float
    panel: float
    size: float
    rooms: tuple[float, ...]

    @property
    def line(self) -> float:
        """How high a line of text is."""
        return self.size * LEADING

    @property
    def narrow(self) -> bool:
        """Whether there is no room for names beside the axis."""
        return self.right < TEXT


def draw_panel(ways: list[pd.DataFrame], axis: Axis, summary: dict[str, str], sheet: Sheet, labels: Labels) -> Picture:
    """Draw the panel of a dyad, its name on top: `ways` are the rows of `relation_series` of each of its directions."""
    name = " – ".join(map(labels.actor, ids(ways[0]["dyad"].iloc[0])))
    title = Text(0, TITLE / 2, (name,), max(TEXT, sheet.size), bold=True)
    heads, head = _draw_heads(ways, sheet, labels) if sheet.narrow else (Drawing(), TITLE)
    low, high = _find_range(ways, axis)
    pad = max((LEAST - (high - low)) / 2, (high - low) * 0.1)

    def place(net: float) -> float:
        return float(round((high + pad - net) / (high - low + 2 * pad) * sheet.panel, 2))

    zero = ((axis.left, place(0)), (axis.right, place(0)))
    lines = [_find_line(way, axis, place) for way in ways]
    marks = [_find_marks(way, axis, place, look, summary, labels) for way, look in zip(ways, LOOKS, strict=False)]
    panel = draw_line(*zero[0], *zero[1], INK, 0.7)
    for line, look in reversed(list(zip(lines, LOOKS, strict=False))):
        panel += Shape("line", tuple(line), "", look.colour, look.width)
    panel += Drawing(marks=tuple(mark for of_way in reversed(marks) for mark in of_way))
    for net in [0.0, *(net for net in (low, high) if abs(place(net) - place(0)) > sheet.size + 2)]:
        number = (labels.number(net, signed=True),)
        panel += Text(axis.left - 4, place(net), number, sheet.size, "right")
    obstacles = find_obstacles(lines, LOOKS[1].width) + find_obstacles([zero], 1)
    obstacles += [_find_box(mark) for of_way in marks for mark in of_way]
    obstacles.append(Box(0, -TITLE, measure_text(name, title.size, True), 0))
    frame = Box(axis.left + 3, 0 if sheet.narrow else -TITLE / 2, axis.right - 3, sheet.panel + GAP / 2)
    wanted = _list_callouts(pd.concat(ways), axis, marks, summary)
    panel += draw_callouts(wanted, obstacles, frame, sheet.rooms, sheet.size, NAMED)
    panel += Drawing() if sheet.narrow else _name_ends(ways, axis.right, place, sheet, labels)
    drawing = Drawing(words=(title,)) + heads + panel.lower(head)
    return Picture(drawing, sheet.width, round(head + sheet.panel + GAP))


def _find_range(ways: list[pd.DataFrame], axis: Axis) -> tuple[float, float]:
    """Return the least and the greatest net that the axis shows, zero among them."""
    shown = [0.0]
    for way in ways:
        shown += [*way.loc[way["day"] < axis.start, "net"].tail(1), *way.loc[way["day"] >= axis.start, "net"]]
    return min(shown), max(shown)


def _find_line(way: pd.DataFrame, axis: Axis, place: Callable[[float], float]) -> list[Point]:
    """Return the line of one direction: steps from the sum of what was earlier, at the left edge, to the right."""
    before = way[way["day"] < axis.start]
    y = place(float(before["net"].iloc[-1]) if len(before) else 0.0)
    points = [(axis.left, y)]
    for row in records(way[way["day"] >= axis.start]):
        x = axis.at(row["day"])
        points += [(x, y), (x, y := place(row["net"]))]
    return [*points, (axis.right, y)]


def _find_marks(
    way: pd.DataFrame,
    axis: Axis,
    place: Callable[[float], float],
    look: Look,
    summary: dict[str, str],
    labels: Labels,
) -> list[Mark]:
    """Return a mark for each event of one direction that is not earlier than the axis."""
    marks = []
    for row in records(way[way["day"] >= axis.start]):
        fill, hover = WHITE if row["vague"] == "yes" else look.colour, _describe_event(row, summary, labels)
        at = axis.at(row["day"]), place(row["net"])
        marks.append(Mark(*at, "circle", fill, look.mark, row["event_id"], hover, look.colour, 1.2))
    return marks


def _find_box(mark: Mark) -> Box:
    half = mark.size / 2
    return Box(mark.x - half, mark.y - half, mark.x + half, mark.y + half)


def _list_callouts(course: pd.DataFrame, axis: Axis, marks: list[list[Mark]], summary: dict[str, str]) -> list[Callout]:
    """Return the points of the events that made the course, each with its name; of those of one day the first."""
    at = {mark.name: (mark.x, mark.y) for of_way in reversed(marks) for mark in of_way}
    wanted: dict[float, Callout] = {}
    for event in find_turning_points(course, axis.start):
        wanted.setdefault(at[event][0], Callout(at[event], summary[event], event))
    return list(wanted.values())[:TRIED]


def _name_ends(
    ways: list[pd.DataFrame], right: float, place: Callable[[float], float], sheet: Sheet, labels: Labels
) -> Drawing:
    """Write beside the end of each line who acts and the net; a line's look goes with it."""
    texts, width = [_describe_end(way, labels) for way in ways], sheet.right - SAMPLE - 11
    size = TEXT if max(measure_word(text, TEXT) for text in texts) <= width else sheet.size  # rather than break a word
    ends = [tuple(break_lines(text, width, size)) for text in texts]
    places = [place(float(way["net"].iloc[-1])) for way in ways]
    room = size * LEADING * max(map(len, ends)) + 1
    if len(places) == 2 and abs(places[0] - places[1]) < room:
        middle, down = sum(places) / 2, 1 if places[0] > places[1] else -1
        places = [round(middle + down * room / 2, 2), round(middle - down * room / 2, 2)]
    drawing, x = Drawing(), right + 6
    for y, end, look in zip(places, ends, LOOKS, strict=False):
        drawing += draw_line(x, y, x + SAMPLE, y, look.colour, look.width)
        drawing += Text(x + SAMPLE + 5, y, end, size)
    return drawing


def _draw_heads(ways: list[pd.DataFrame], sheet: Sheet, labels: Labels) -> tuple[Drawing, float]:
    """Write below the name of a panel who acts and the net, and return it with where it ends."""
    drawing, x, y = Drawing(), 0.0, TITLE + sheet.line / 2
    for way, look in zip(ways, LOOKS, strict=False):
        end = _describe_end(way, labels)
        room = SAMPLE + 5 + measure_text(end, sheet.size)
        if x and x + room > sheet.width:
            x, y = 0.0, y + sheet.line
        drawing += draw_line(x, y, x + SAMPLE, y, look.colour, look.width)
        drawing += Text(x + SAMPLE + 5, y, (end,), sheet.size)
        x += room + 16
    return drawing, y + sheet.line / 2 + 2


def _describe_end(way: pd.DataFrame, labels: Labels) -> str:
    last = records(way)[-1]
    return f"{labels.actor(last['source_actor'])}: {labels.number(last['net'], signed=True)}"


def _describe_event(row: dict[str, Any], summary: dict[str, str], labels: Labels) -> str:
    return labels(
        "hover.series",
        label=escape(summary[row["event_id"]]),
        date=labels.date(row["date"]),
        source=escape(labels.actor(row["source_actor"])),
        target=escape(labels.actor(row["target_actor"])),
        intensity=labels.number(row["intensity"], signed=True),
        net=labels.number(row["net"], signed=True),
    )


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
    days = [*sorted({turn.day for turn in turns if turn.day <= axis.end}), ""]
    phases = [(max(day, axis.start), later) for day, later in pairwise(days) if not later or later > axis.start]
    if not phases:
        return Drawing(), 2.0
    named = {max(turn.day, axis.start): turn.name[labels.language] for turn in turns if turn.day in days}
    room = width / len(phases) - APART
    names = [tuple(break_lines(named[start], room, size)) for start, _ in phases]
    spans = [(axis.at(start, 0), axis.at(later, 0) if later else axis.right) for start, later in phases]
    widths = [max(measure_text(line, size) for line in lines) for lines in names]
    lefts = _spread([(x0 + x1 - wide) / 2 for (x0, x1), wide in zip(spans, widths, strict=True)], widths, width)
    top = size * LEADING * max(map(len, names)) + 6
    drawing = Drawing()
    for number, ((x0, x1), lines, left) in enumerate(zip(spans, names, lefts, strict=True)):
        if number % 2 == 0:
            drawing += make_box(x0, top, x1, top + high, BAND)
        drawing += draw_line(x0, top, x1 - 1, top, COLOURS[0], 2.5)
        middle = top - 5 - size * LEADING * len(lines) / 2
        drawing += Text(round(left, 2), round(middle, 2), lines, size, colour=COLOURS[0])
    return drawing, top + 2


def _spread(lefts: list[float], widths: list[float], width: float) -> list[float]:
    """Return the left edges of names moved so that none overlaps the next, nor leaves the paper."""
    moved, free = list(lefts), 0.0
    for n, wide in enumerate(widths):
        moved[n] = max(moved[n], free)
        free = moved[n] + wide + APART
    free = width
    for n in reversed(range(len(widths))):
        moved[n] = min(moved[n], free - widths[n])
        free = moved[n] - APART
    return moved


# --- The chart ---

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
    nets = "; ".join(_describe_way(way, labels) for ways in courses for way in ways)
    alt = labels("alt.series", n=len(courses), start=labels.day(start), end=labels.day(end), nets=nets)
    title = labels("figure.series")
    return [
        Chart(name, partial(_draw_sheet, courses, summary, case, (start, end), sheet, labels), series, title, alt)
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
    panels = [draw_panel(ways, axis, summary, sheet, labels) for ways in courses]
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
    ways = [rows.sort_values(["day", "event_id"]) for _, rows in dyad.groupby("source_actor")]
    return sorted(ways, key=lambda way: str(way["source_actor"].iloc[0]) != first)


def _describe_way(way: pd.DataFrame, labels: Labels) -> str:
    last = records(way)[-1]
    net = labels.number(last["net"], signed=True)
    return f"{labels.actor(last['source_actor'])} → {labels.actor(last['target_actor'])} ({net})"
