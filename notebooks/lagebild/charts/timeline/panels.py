"""The panels of a timeline, each drawn from its own top left corner: periods, bands, rows of bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from lagebild.charts.drawing import Axis, Drawing, Text, draw_line, draw_ticks
from lagebild.charts.style import COLOURS, INK, LEADING, RULE, SOFT, TEXT, WIDTH, break_lines
from lagebild.charts.timeline.counts import HIGH, Peak, draw_counts, name_peak
from lagebild.charts.timeline.lanes import Period, count_days_between
from lagebild.charts.timeline.placement import (
    MARK,
    NEAR,
    Placement,
    describe_event,
    draw_band,
    draw_bar,
    draw_mark,
    find_direction,
    pack,
)
from lagebild.core import Labels, edtf, records

SMALLEST = 9.5  # pixels of the smallest letters: 6.5 points on A4
SMALL_SCREEN = 12.0  # of all letters on a small screen
GUTTER = 100.0  # for the names of lanes, left of a wide chart
FIGURES = 26.0  # for the numbers of a scale


@dataclass(frozen=True)
class Panel:
    """A part of a chart, drawn from its own top left corner, and how high it is.

    It is drawn when somebody looks: to fill pages with panels, many are laid out and few are shown.
    """

    drawn: Drawing | Callable[[], Drawing]
    height: float

    @cached_property
    def drawing(self) -> Drawing:
        """What is drawn."""
        return self.drawn() if callable(self.drawn) else self.drawn


@dataclass(frozen=True)
class Layout:
    """What the panels of a chart share: the as-of date, the words of a language, the width, and the size of labels."""

    as_of: str
    labels: Labels
    width: int
    size: float


class _Lane(NamedTuple):
    """A lane in its place: the pixels at which it and its first row begin, its name, and where its events stand."""

    top: float
    first: float
    title: Text
    places: list[Placement]


def draw_period(layout: Layout, number: int, period: Period, events: pd.DataFrame, again: bool) -> Panel:
    """Draw events of one period with their labels, packed into rows, in lanes.

    `again` says that others of the period stand on the page before.
    """
    labels = layout.labels
    pad = max(1, round(count_days_between(period.start, period.end) * 0.015))  # so that no mark sticks to the edge
    axis = make_axis(edtf.shift_day(period.start, -pad), edtf.shift_day(period.end, pad), layout.width)
    heading = labels("timeline.period", number=number, span=labels.date(period.edtf), n=len(period.events))
    return draw_lanes(labels("timeline.continued", heading=heading) if again else heading, events, axis, layout)


def draw_bands(layout: Layout, span: tuple[str, str], held: int, bands: pd.DataFrame, again: bool) -> Panel:
    """Draw some of `held` standing conditions as bands over a span of time; `again` if others stand a page before."""
    heading = layout.labels("timeline.bands_more") if again else layout.labels("timeline.bands", n=held)
    return draw_lanes(heading, bands, make_axis(*span, layout.width), layout)


def draw_rows(
    counts: pd.DataFrame, peaks: list[Peak], span: tuple[str, str], as_of: str, labels: Labels, width: float
) -> Panel:
    """Draw many events as counts, one row of bars for each lane, the peaks numbered and named below."""
    axis = make_axis(*span, width, FIGURES)
    drawing, y = draw_ticks(axis, 10, 20, 20, labels), 22.0
    whole = (labels("timeline.all"), counts, peaks)
    lanes: list[tuple[str, pd.DataFrame, list[Peak]]] = [
        (str(lane), inside, []) for lane, inside in counts.groupby("lane_name", sort=False)
    ]
    for lane, inside, named in [whole, *lanes]:
        title = make_lane_name(f"{lane} ({labels.number(float(inside['n'].sum()))})", width, TEXT, FIGURES)
        titled = len(title.lines) * TEXT * LEADING
        y += 0 if width == WIDTH else titled
        place = y + HIGH + 10 if width == WIDTH else y - titled / 2
        drawing += draw_counts(inside, axis, y + 12, labels, named)
        drawing += title._replace(y=place)
        y += 2 * HIGH + 18
    drawing += draw_as_of(axis, as_of, 20, y)
    for peak in peaks:
        lines = tuple(break_lines(name_peak(peak, labels), width - 8, TEXT))
        high = len(lines) * TEXT * LEADING
        drawing += Text(4, y + high / 2 + 4, lines, TEXT)
        y += high + 3
    return Panel(drawing, y + 8)


def draw_lanes(heading: str, rows: pd.DataFrame, axis: Axis, layout: Layout) -> Panel:
    """Draw one panel: its heading, its axis, and each lane with its events packed into rows."""
    as_of, labels, width, size = layout.as_of, layout.labels, layout.width, layout.size
    high, wide = size * LEADING, width == WIDTH
    lanes: dict[str, list[dict[str, Any]]] = {}
    for row in records(rows):
        lanes.setdefault(row["lane_name"], []).append(row)
    planned = (rows["latest"] > as_of).any()
    end = axis.right if planned or as_of > axis.end else axis.at(as_of, 1) - NEAR  # no label runs into the dashed line
    lines = tuple(break_lines(heading, width - 8, size + 1, bold=True))
    y = 6 + len(lines) * (size + 1) * LEADING
    head = Text(4, 6 + len(lines) * high / 2, lines, size + 1, bold=True)
    ticks_at, top = y + 6, y + 14
    y, laid = top + 2, list[_Lane]()
    for name, inside in lanes.items():
        title = make_lane_name(name, width, size)
        titled = len(title.lines) * title.size * LEADING
        first = y if wide else y + (titled + 2)
        places, n = pack(inside, axis, size, end)
        laid.append(_Lane(y, first, title._replace(y=first + 2 + titled / 2 if wide else y + titled / 2 + 2), places))
        y = first + (max(n * high, titled if wide else 0) + 3)

    def draw() -> Drawing:
        under = draw_ticks(axis, ticks_at, top, y, labels, size=find_small_size(size)) + draw_as_of(axis, as_of, top, y)
        drawing = Drawing(words=(head,))
        for lane in laid:
            drawing += draw_line(0, lane.top, width, lane.top, RULE, 0.6) + lane.title
            for place in lane.places:
                drawing += _draw_place(place, lane.first + 2 + high * (place.row + 0.5), size, labels)
        return under + drawing

    return Panel(draw, y + 8)


def _draw_place(place: Placement, y: float, size: float, labels: Labels) -> Drawing:
    event, extent, high = place.event, place.extent, size * LEADING
    hover = describe_event(event, labels)
    happened, bold = bool(event["event_type"]), event.get("bold", False)
    drawing = Drawing()
    for first, last, soft in _split_bar(place) if extent.bar else []:
        if happened:
            drawing += draw_bar(first, last, y, size * 0.85, COLOURS[find_direction(event)], soft, extent.about)
        else:
            drawing += draw_band(first, last, y, soft, extent.about)
    if happened:
        drawing += draw_mark(event, round(extent.mark, 2), y, MARK, hover)
    middle, colour = y + high * (len(place.lines) - 1) / 2, SOFT if happened and not bold else INK
    tip = "" if happened else hover  # otherwise the mark says it
    label = Text(
        round(place.x, 2), round(middle, 2), place.lines, size, place.anchor, bold, colour, event["event_id"], tip
    )
    return drawing + label


def _split_bar(place: Placement) -> list[tuple[float, float, tuple[bool, bool]]]:
    """Return the pieces of a bar before and behind the gap for its label, and which of their ends are soft."""
    first, last, (start, end) = place.extent.first, place.extent.last, place.extent.soft
    if place.gap[0] == place.gap[1]:
        return [(first, last, (start, end))]
    return [(first, place.gap[0], (start, False)), (place.gap[1], last, (False, end))]


def make_axis(start: str, end: str, width: float, free: float = 4.0) -> Axis:
    """Return the axis of a chart: right of the gutter of a wide one, over all of a narrow one but for `free` pixels."""
    return Axis(start, end, GUTTER if width == WIDTH else free, width - 4.0)


def draw_as_of(axis: Axis, as_of: str, top: float, bottom: float) -> Drawing:
    """Draw the dashed line of the as-of date, if the axis holds it."""
    if not axis.start <= as_of <= axis.end:
        return Drawing()
    x = axis.at(as_of, 1)
    return draw_line(x, top, x, bottom, INK, 1, "3,2")


def make_lane_name(name: str, width: float, size: float, free: float = 0.0) -> Text:
    """Return the name of a lane: in the gutter of a wide chart, above the lane in a narrow one.

    `free` are the pixels that the gutter keeps for the numbers of a scale.
    """
    room, small = GUTTER - 10 - free if width == WIDTH else width - 8, find_small_size(size)
    return Text(4, 0, tuple(break_lines(name, room, small, bold=True)), small, "left", True)


def find_small_size(size: float) -> float:
    """Return the size of the words beside labels of a size: a little smaller, if print or the small screen allows."""
    return size if size == SMALL_SCREEN else max(size - 0.5, SMALLEST)
