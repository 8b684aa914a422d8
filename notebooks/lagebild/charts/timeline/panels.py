"""The panels of a timeline, each drawn from its own top left corner: counts, periods, bands, rows of bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from lagebild.charts.axis import Axis, draw_ticks
from lagebild.charts.drawing import Drawing, Text, draw_line, make_box
from lagebild.charts.event_marks import aim, describe, draw_bar, draw_mark
from lagebild.charts.look import COLOURS, INK, LEADING, PALE, RULE, TEXT, WIDTH
from lagebild.charts.text_metrics import break_lines, measure_text
from lagebild.charts.timeline.counts import HIGH, Peak, choose_unit, count_events, draw_counts, name_peak
from lagebild.charts.timeline.packing import MARK, NEAR, Place, pack
from lagebild.charts.timeline.periods import Period, count_days_between
from lagebild.core.case import Case
from lagebild.core.edtf import shift_day
from lagebild.core.labels import Labels
from lagebild.core.tables import records

SMALLEST = 9.5  # pixels of the smallest letters: 6.5 points on A4
GUTTER = 100.0  # for the names of lanes, left of a wide chart


class Panel(NamedTuple):
    """A part of a chart, drawn from its own top left corner, and how high it is."""

    drawing: Drawing
    height: float


def draw_overview(
    placed: pd.DataFrame, periods: list[Period], case: Case, as_of: str, labels: Labels, width: float
) -> Panel:
    """Draw how many events there are over the whole time, and which stretch each numbered panel below shows."""
    axis, shown = _whole(placed, periods, case, as_of, width)
    counts = count_events(shown, choose_unit(axis.start, axis.end))
    top, base = 18.0, 18.0 + 2 * HIGH + 4
    drawing = draw_counts(counts, axis, top, HIGH, labels, [])
    seen = [(number, period) for number, period in enumerate(periods, start=1) if period.end >= axis.start]
    spans = [(axis.at(max(period.start, axis.start), 0), axis.at(period.end, 1)) for _, period in seen]
    for (number, _), (x0, x1), x in zip(seen, spans, _spread([sum(span) / 2 for span in spans], axis), strict=True):
        shade = (make_box(x0, top - 14, x1, base, PALE),) if number % 2 == 0 else ()
        drawing = Drawing(shade, (), (Text(x, top - 7, (str(number),), TEXT, "center", True),)) + drawing
    drawing += draw_ticks(axis, base + 9, top - 14, base, labels) + _draw_as_of(axis, as_of, top - 14, base)
    name = _lane_name(labels("timeline.counts"), width, TEXT)
    return Panel(drawing + Drawing(words=(name._replace(y=top + HIGH),) if width == WIDTH else ()), base + 22)


def draw_period(number: int, period: Period, as_of: str, labels: Labels, width: float, size: float) -> Panel:
    """Draw every event of one period with its label, packed into rows, in lanes."""
    start, end = _widen(period.start, period.end)
    axis = _make_axis(start, end, width)
    heading = labels("timeline.period", number=number, span=labels.date(period.edtf), n=len(period.events))
    lanes = [(str(name), records(inside)) for name, inside in period.events.groupby("lane_name", sort=False)]
    return _draw_lanes(heading, lanes, axis, as_of, labels, width, size)


def draw_bands(
    bands: pd.DataFrame, case: Case, periods: list[Period], as_of: str, labels: Labels, width: float, size: float
) -> Panel:
    """Draw the standing conditions as bands over the whole time."""
    axis, _ = _whole(bands.iloc[:0], periods, case, as_of, width)
    heading = labels("timeline.bands", n=len(bands))
    lanes = [(str(name), records(inside)) for name, inside in bands.groupby("lane_name", sort=False)]
    return _draw_lanes(heading, lanes, axis, as_of, labels, width, size)


def draw_rows(
    counts: pd.DataFrame, peaks: list[Peak], span: tuple[str, str], as_of: str, labels: Labels, width: float
) -> Panel:
    """Draw many events as counts, one row of bars for each lane, the peaks numbered and named below."""
    axis = _make_axis(*span, width)
    drawing, y = draw_ticks(axis, 10, 20, 20, labels), 22.0
    whole = (labels("timeline.all"), counts, peaks)
    lanes: list[tuple[str, pd.DataFrame, list[Peak]]] = [
        (str(lane), inside, []) for lane, inside in counts.groupby("lane_name", sort=False)
    ]
    for lane, inside, named in [whole, *lanes]:
        title = _lane_name(f"{lane} ({labels.number(float(inside['n'].sum()))})", width, TEXT)
        titled = len(title.lines) * TEXT * LEADING
        y += 0 if width == WIDTH else titled
        place = y + HIGH + 10 if width == WIDTH else y - titled / 2
        drawing += draw_counts(inside, axis, y + 12, HIGH, labels, named)
        drawing += Drawing(words=(title._replace(y=place),))
        y += 2 * HIGH + 18
    drawing += _draw_as_of(axis, as_of, 20, y)
    for peak in peaks:
        lines = tuple(break_lines(name_peak(peak, labels), width - 8, TEXT))
        high = len(lines) * TEXT * LEADING
        drawing += Drawing(words=(Text(4, y + high / 2 + 4, lines, TEXT),))
        y += high + 3
    return Panel(drawing, y + 8)


def _draw_lanes(
    heading: str,
    lanes: Sequence[tuple[str, list[dict[str, Any]]]],
    axis: Axis,
    as_of: str,
    labels: Labels,
    width: float,
    size: float,
) -> Panel:
    """Draw one panel: its heading, its axis, and each lane with its events packed into rows."""
    high, wide = size * LEADING, width == WIDTH
    planned = any(event["latest"] > as_of for _, inside in lanes for event in inside)
    end = axis.right if planned or as_of > axis.end else axis.at(as_of, 1) - NEAR  # no label runs into the dashed line
    lines = tuple(break_lines(heading, width - 8, size + 1, bold=True))
    y = 6 + len(lines) * (size + 1) * LEADING
    drawing = Drawing(words=(Text(4, 6 + len(lines) * high / 2, lines, size + 1, bold=True),))
    ticks_at, top = y + 6, y + 14
    y = top + 2
    for name, inside in lanes:
        title = _lane_name(name, width, size)
        titled = len(title.lines) * title.size * LEADING
        drawing += draw_line(0, y, width, y, RULE, 0.6)
        if not wide:
            drawing += Drawing(words=(title._replace(y=y + titled / 2 + 2),))
            y += titled + 2
        places, n = pack(inside, axis, size, end)
        room = max(n * high, titled if wide else 0) + 3
        if wide:
            drawing += Drawing(words=(title._replace(y=y + 2 + titled / 2),))
        for place in places:
            drawing += _draw_place(place, y + 2 + high * (place.row + 0.5), size, labels)
        y += room
    under = draw_ticks(axis, ticks_at, top, y, labels) + _draw_as_of(axis, as_of, top, y)
    return Panel(under + drawing, y + 8)


def _draw_place(place: Place, y: float, size: float, labels: Labels) -> Drawing:
    event, extent, high = place.event, place.extent, size * LEADING
    hover = describe(event, labels)
    drawing = Drawing()
    if extent.bar:
        drawing = draw_bar(extent.first, extent.last, y, size * 0.85, COLOURS[aim(event)], extent.soft, extent.about)
    if event["event_type"]:
        drawing += draw_mark(event, round(extent.mark, 2), y, MARK, hover)
    middle = y + high * (place.below + (len(place.lines) - 1) / 2)
    said = "" if event["event_type"] else hover  # otherwise the mark says it
    label = Text(
        round(place.x, 2), round(middle, 2), place.lines, size, place.anchor, False, INK, event["event_id"], said
    )
    return drawing + Drawing(words=(label,))


def _whole(
    placed: pd.DataFrame, periods: list[Period], case: Case, as_of: str, width: float
) -> tuple[Axis, pd.DataFrame]:
    """Return the axis of the whole time from the start of the case on, and the events that it holds."""
    shown = placed[placed["latest"] >= case.start] if len(placed) else placed
    start = max(case.start, min((period.start for period in periods), default=as_of))
    end = max((period.end for period in periods), default=as_of)  # later than the as-of date if something is planned
    return _make_axis(start, max(end, as_of), width), shown


def _spread(middles: list[float], axis: Axis) -> list[float]:
    """Return where the numbers of periods stand: in their middle, but side by side where periods are short."""
    wide = measure_text("88", TEXT, bold=True) + 1
    places: list[float] = []
    for middle in middles:
        places.append(max(middle, places[-1] + wide if places else axis.left + wide / 2))
    for at in reversed(range(len(places))):
        places[at] = min(places[at], places[at + 1] - wide if at + 1 < len(places) else axis.right - wide / 2)
    return [round(place, 2) for place in places]


def _make_axis(start: str, end: str, width: float) -> Axis:
    """Return the axis of a chart: right of the gutter of a wide one, over all of a narrow one."""
    return Axis(start, end, GUTTER if width == WIDTH else 4.0, width - 4.0)


def _draw_as_of(axis: Axis, as_of: str, top: float, bottom: float) -> Drawing:
    if not axis.start <= as_of <= axis.end:
        return Drawing()
    x = axis.at(as_of, 1)
    return draw_line(x, top, x, bottom, INK, 1, "3,2")


def _lane_name(name: str, width: float, size: float) -> Text:
    """Return the name of a lane: in the gutter of a wide chart, above the lane in a narrow one."""
    room = GUTTER - 10 if width == WIDTH else width - 8
    size = max(size - 1, SMALLEST)
    return Text(4, 0, tuple(break_lines(name, room, size, bold=True)), size, "left", True)


def _widen(start: str, end: str) -> tuple[str, str]:
    """Return a little more than the time between two days, so that no mark sticks to the edge."""
    pad = max(1, round(count_days_between(start, end) * 0.015))
    return shift_day(start, -pad), shift_day(end, pad)
