"""Charts of time: the whole of it as counts, and each period with every event labelled, on pages that print.

Up to `LEGIBLE` events are drawn each on its own, packed so that nothing overlaps; more are counted per unit of time,
with the peaks named. An event without a date is listed in the report, never placed. So that no page stays half empty, a
panel that does not fit goes on with its next lane overleaf.

The key to the marks is one line at the foot of a chart, with what occurs in it. What a reader need not tell apart at
first sight is one item: a mark that is hollow, dashed, a cross or a question mark says that something is not certain,
and the label says in words what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from typing import NamedTuple

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Axis, Drawing, Picture, Shape, Text, draw_line, draw_ticks, make_box, spread
from lagebild.charts.style import COLOURS, INK, LEADING, NARROW, PALE, PHONE, RULE, SOFT, WIDTH, measure_text
from lagebild.charts.timeline.counts import HIGH, Peak, choose_unit, count_events, draw_counts, find_peaks, name_peak
from lagebild.charts.timeline.lanes import (
    Period,
    drop_report_days,
    find_ends,
    halve_period,
    mark_weightiest,
    place_conditions,
    place_events,
    span_whole,
    split_periods,
)
from lagebild.charts.timeline.panels import (
    FIGURES,
    SMALL_SCREEN,
    Layout,
    Panel,
    draw_as_of,
    draw_bands,
    draw_period,
    draw_rows,
    find_small_size,
    make_axis,
    make_lane_name,
)
from lagebild.charts.timeline.placement import AIMLESS, MARK, draw_band, draw_bar, draw_mark
from lagebild.core import Case, Labels, Offices, records

# --- Panels on pages ---

EMPTY = 0.2  # share of a page that may stay empty before a panel is split


class PanelPart(NamedTuple):
    """What a panel draws, and what draws some of it; whether it goes on from the page before is told as well."""

    rows: pd.DataFrame
    draw: Callable[[pd.DataFrame, bool], Panel]


def fill_pages(parts: Sequence[PanelPart], rooms: Sequence[float]) -> list[tuple[list[Panel], list[pd.DataFrame]]]:
    """Return the panels of each page, and the rows that each of them draws.

    `rooms` are the pixels of height of the first page, the second and so on; the last holds for all that follow. A
    panel that does not fit stands on the next page, or, if too much would stay empty, is split between two lanes.
    """
    pages: list[tuple[list[Panel], list[pd.DataFrame]]] = [([], [])]
    for part in parts:
        rest, again = part.rows, False
        while True:
            whole = rooms[min(len(pages), len(rooms)) - 1]
            room = whole - sum(panel.height for panel in pages[-1][0])
            drawn, panel = rest, part.draw(rest, again)
            if panel.height > room and pages[-1][0]:
                drawn = rest.head(0)
                if room > EMPTY * whole:
                    drawn, panel = _fill_room(part, rest, again, room, panel)
            if len(drawn) or panel.height <= room:
                pages[-1][0].append(panel)
                pages[-1][1].append(drawn)
                rest, again = rest[~rest["event_id"].isin(set(drawn["event_id"]))], True
            if rest.empty:
                break
            pages.append(([], []))
    return pages


def _fill_room(
    part: PanelPart, rows: pd.DataFrame, again: bool, room: float, panel: Panel
) -> tuple[pd.DataFrame, Panel]:
    """Return the rows of as many lanes as there is room for, and the panel that draws them; `panel` draws all."""
    lanes = list(rows["lane_name"].unique())
    best = rows.head(0), panel
    for n in range(1, len(lanes)):
        shown = rows[rows["lane_name"].isin(lanes[:n])]
        panel = part.draw(shown, again)
        if panel.height > room:
            break
        best = shown, panel
    return best


# --- The whole time as counts, above the periods that it numbers or the week that it marks ---

STRIP = 2 * HIGH + 4  # pixels of height of the bars
WEDGE = 18.0  # … and of what leads from the week in the whole time down to the week by itself
NARROWEST = 3.0  # pixels of a week that many years make too narrow to be seen


def draw_overview(placed: pd.DataFrame, periods: list[Period], span: tuple[str, str], layout: Layout) -> Panel:
    """Draw how many events there are over the whole time, and which stretch each numbered panel below shows."""
    axis, size = make_axis(*span, layout.width, FIGURES), layout.size
    name, top = _name_counts(axis, layout)
    top += 18.0
    shown = [(number, period) for number, period in enumerate(periods, start=1) if period.end >= axis.start]
    spans = [(axis.at(max(period.start, axis.start), 0), axis.at(period.end, 1)) for _, period in shown]
    under, over = Drawing(), Drawing()
    wide = measure_text("88", size, bold=True) + 1
    places = [sum(span) / 2 for span in spans]
    middles = spread(places, [wide] * len(places), axis.left + wide / 2, axis.right - wide / 2)
    for (number, _), (x0, x1), x in zip(shown, spans, middles, strict=True):
        if number % 2 == 0:
            under += make_box(x0, top - 14, x1, top + STRIP, PALE)
        over += Text(round(x, 2), top - 7, (str(number),), size, "center", True)
    strip = partial(_draw_strip, placed, axis, top, layout)
    return Panel(lambda: under + strip() + over + name, top + STRIP + 22)


def draw_phases(placed: pd.DataFrame, week: Period, case: Case, layout: Layout) -> Panel:
    """Draw how many events there are over the whole time, the turns of the case, and where in it the week lies."""
    axis = make_axis(*span_whole(placed, case, layout.as_of), layout.width, FIGURES)
    name, y = _name_counts(axis, layout)
    small = find_small_size(layout.size)
    turns = [turn for turn in case.turns if axis.start < turn.day <= min(layout.as_of, axis.end)]
    top = y + len(turns) * small * LEADING + 6
    base, drawing = top + STRIP, Drawing()
    named = [(axis.at(turn.day, 0), turn.name[layout.labels.language]) for turn in turns]
    for words, x, middle in _place_turns(named, axis, y, small):
        drawing += draw_line(x, middle - small * LEADING / 2, x, base, SOFT, 0.8) + words
    x0, x1 = axis.at(week.start, 0), axis.at(week.end, 1)
    if x1 - x0 < NARROWEST:
        x0, x1 = (x0 + x1 - NARROWEST) / 2, (x0 + x1 + NARROWEST) / 2
    foot, end = base + 18, base + 18 + WEDGE
    left = axis.left if layout.width == WIDTH else 4.0
    wedge = Shape("area", ((x0, foot), (x1, foot), (axis.right, end), (left, end)), RULE, opacity=0.45)
    marked = Drawing((wedge, make_box(x0, base, x1, base + 4, INK)))
    strip = partial(_draw_strip, placed, axis, top, layout)
    return Panel(lambda: marked + strip() + drawing + name, end)


def _draw_strip(placed: pd.DataFrame, axis: Axis, top: float, layout: Layout) -> Drawing:
    """Draw the counts of the events that the axis holds, and its words below."""
    shown = placed[placed["latest"] >= axis.start] if len(placed) else placed
    counts = count_events(shown, choose_unit(axis.start, axis.end))
    base, small = top + STRIP, find_small_size(layout.size)
    ticks = draw_ticks(axis, base + 9, top, base, layout.labels, size=small)
    bars = draw_counts(counts, axis, top, layout.labels, [], small)
    return ticks + bars + draw_as_of(axis, layout.as_of, top - 4, base)


def _name_counts(axis: Axis, layout: Layout) -> tuple[Drawing, float]:
    """Return what is counted per which unit, in the gutter of a wide chart or above a narrow one, and its height."""
    counted = layout.labels(f"timeline.per.{choose_unit(axis.start, axis.end)}")
    name = make_lane_name(counted, layout.width, layout.size, FIGURES)
    high = len(name.lines) * name.size * LEADING
    if layout.width == WIDTH:
        return Drawing(words=(name._replace(y=18.0 + HIGH),)), 0.0
    return Drawing(words=(name._replace(y=high / 2),)), high


def _place_turns(
    turns: list[tuple[float, str]], axis: Axis, top: float, size: float
) -> list[tuple[Text, float, float]]:
    """Return the names of turns, each in a row of its own, with the pixel of its line and the middle of its row.

    A name stands right of its line, or left of it if the line of a later turn would run through it. Those on the left
    stand above the others, the latest on top: so no line, which begins at its name, runs through another name.
    """
    lefts, rights, limit = [], [], axis.right
    for x, name in reversed(turns):
        if x + 4 + measure_text(name, size) <= limit or x - 4 - measure_text(name, size) < 0:
            rights.append((x, Text(x + 4, 0, (name,), size)))
        else:
            lefts.append((x, Text(x - 4, 0, (name,), size, "right")))
            limit = min(limit, x - 2)
    placed = []
    for row, (x, words) in enumerate([*lefts, *reversed(rights)]):
        y = round(top + (row + 0.5) * size * LEADING, 2)
        placed.append((words._replace(y=y), x, y))
    return placed


# --- The key to the marks ---

BESIDE, BEHIND = 5.0, 12.0  # pixels between a sign and its word, and behind a word at least
STEP = MARK + 4  # from mark to mark in one item
LONG = 26.0  # of a bar
SIDES = {"cooperation": 1, "conflict": -1, "neither": 0}


def draw_legend(rows: pd.DataFrame, layout: Layout) -> Panel:
    """Draw the key to the marks with which `rows` are drawn.

    Reads the columns event_type (empty for a condition), side, status, earliest, latest, verbal, and told if there is
    one.
    """
    unsure, size = _find_unsure(rows), find_small_size(layout.size)
    drawing, x, y = Drawing(), 4.0, size * LEADING / 2
    for key in _find_items(rows):
        word = layout.labels(f"legend.{key}")
        room = {"unsure": STEP * len(unsure) - 4, "vague": LONG, "band": LONG}.get(key, MARK)
        wide = room + BESIDE + measure_text(word, size)
        if x > 4 and x + wide > layout.width - 2:
            x, y = 4.0, y + size * LEADING + 2
        drawing += _draw_sign(key, x, y, unsure)
        drawing += Text(round(x + room + BESIDE, 2), round(y, 2), (word,), size)
        x += wide + BEHIND
    return Panel(drawing, round(y + size * LEADING / 2 + 2, 2))


def _find_items(rows: pd.DataFrame) -> list[str]:
    events = rows[rows["event_type"] != ""]
    aimed = set(events.loc[~events["status"].isin(AIMLESS), "side"])
    needed = {key: side in aimed for key, side in SIDES.items()} | {
        "words": set(rows.get("verbal", ())) >= {"yes", "no"},
        "unsure": bool(_find_unsure(rows)),
        "told": "told" in rows and bool((rows["told"] == "yes").any()),
        "vague": bool((events["earliest"] != events["latest"]).any()),
        "band": len(events) < len(rows),
    }
    return [key for key, is_needed in needed.items() if is_needed]


def _find_unsure(rows: pd.DataFrame) -> list[str]:
    """Return one status for each form of what is not certain; a plan is drawn hollow, like what is reported."""
    statuses = set(rows.loc[rows["event_type"] != "", "status"])
    hollow = ["reported"] if statuses & {"reported", "hypothetical"} else []
    return hollow + [status for status in AIMLESS if status in statuses]


def _draw_sign(key: str, x: float, y: float, unsure: list[str]) -> Drawing:
    if key == "vague":
        return draw_bar(x, x + LONG, y, MARK, COLOURS[0], (True, True), False)
    if key == "band":
        return draw_band(x, x + LONG, y, (False, False), False)
    drawing, undated = Drawing(), "yes" if key == "told" else "no"
    samples = {"unsure": [(status, "") for status in unsure], "words": [("asserted", "yes")]}
    for number, (status, verbal) in enumerate(samples.get(key, [("asserted", "")])):
        sample = {"event_id": "", "status": status, "side": SIDES.get(key, 1), "told": undated, "verbal": verbal}
        drawing += draw_mark(sample, round(x + MARK / 2 + STEP * number, 2), round(y, 2), MARK, "")
    return drawing


# --- The charts ---

LEGIBLE = 500  # events that somebody reads one by one, on a dozen pages
PAGE = 940  # pixels of height that a page of A4 leaves for a chart of full width, beside its caption …
FIRST = 820  # … and the first of several, below its heading and the words that explain it
KEY = 20  # … of which the key to the marks takes these
SIZE = 11.0  # pixels of labels: 7.5 points on A4, and on a screen that shows the chart larger at least twelve
SIZES = ((WIDTH, "timeline"), (PHONE, f"timeline{NARROW}"))
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
    "contested",
    "n_publishers",
    "label",
)


def draw_timeline(
    events: pd.DataFrame,
    conditions: pd.DataFrame,
    case: Case,
    offices: Offices,
    types: pd.DataFrame,
    as_of: str,
    labels: Labels,
    lanes: str = "dyad",
) -> list[Chart]:
    """Draw the events of a case in time: pages as wide as the text column, and one chart for a small screen.

    The first chart begins with the counts of the whole time; below it each period has a panel with a scale of its own.
    Standing conditions that are dated are bands under the events. `lanes` is explained at `lanes.place_events`;
    `events` may have a column `evidence`, a sentence that shows on hovering.
    """
    placed = place_events(events, case, offices, types, labels, lanes)
    if len(placed) > LEGIBLE:
        placed = drop_report_days(placed)
        dated = placed[placed["earliest"] != ""]
        span = dated["earliest"].min(), dated["latest"].max()
        counts = count_events(placed, choose_unit(*span))
        peaks = find_peaks(placed, counts)
        return [_draw_counted(counts, peaks, span, as_of, labels, width, name) for width, name in SIZES]
    span = span_whole(placed, case, as_of)
    sure, page = _keep_dated(placed), Layout(as_of, labels, WIDTH, SIZE)
    top = draw_overview(sure, [], span, page).height if len(sure) else 0
    bare = FIRST - top  # what the first page has for a panel
    periods: list[Period] = []
    for whole in split_periods(placed, case, as_of):
        room = PAGE if periods else bare
        periods += _fit_page(whole, room - KEY, page)
    standing = place_conditions(conditions, labels)
    bands = _fit_bands(standing, span, page) if len(standing) else []
    charts = []
    for width, name in SIZES:
        layout = Layout(as_of, labels, width, SIZE if width == WIDTH else SMALL_SCREEN)
        for number, (panels, rows) in enumerate(_paginate(placed, periods, bands, span, layout), start=1):
            title = labels("figure.timeline" if number == 1 else "figure.timeline_next")
            alt = _describe_page(number, placed, rows, periods, as_of, labels)
            picture = partial(stack, panels, width)
            charts.append(Chart(name if number == 1 else f"{name}-{number}", picture, rows, title, alt))
    return charts


def _paginate(
    placed: pd.DataFrame, periods: list[Period], bands: list[pd.DataFrame], span: tuple[str, str], layout: Layout
) -> list[tuple[list[Panel], pd.DataFrame]]:
    rooms = [FIRST - KEY, PAGE - KEY] if layout.width == WIDTH else [inf]
    sure = _keep_dated(placed)  # what nobody dates is in no count of a time
    whole = draw_overview(sure, periods, span, layout) if len(sure) else Panel(Drawing(), 0)
    draw, band = partial(draw_period, layout), partial(draw_bands, layout, span)
    parts = [PanelPart(placed.head(0), lambda *_: whole)]
    parts += [PanelPart(period.events, partial(draw, number, period)) for number, period in enumerate(periods, start=1)]
    parts += [PanelPart(conditions, partial(band, len(conditions))) for conditions in bands]
    pages = [(panels, pd.concat(rows)) for panels, rows in fill_pages(parts, rooms)]
    return [([*panels, draw_legend(rows, layout)], tabulate(rows)) for panels, rows in pages]


def _fit_page(period: Period, room: float, layout: Layout) -> list[Period]:
    """Return a period in as many parts as its events need, so that no panel is higher than `room`."""
    period = period._replace(events=mark_weightiest(period.events))
    if draw_period(layout, 0, period, period.events, False).height <= room:
        return [period]
    halves = halve_period(period)
    if len(halves) == 1:
        return halves
    return [*_fit_page(halves[0], room, layout), *_fit_page(halves[1], room, layout)]


def _fit_bands(bands: pd.DataFrame, span: tuple[str, str], layout: Layout) -> list[pd.DataFrame]:
    """Return bands in as many parts as they need, so that the panel of each fits a page."""
    if len(bands) < 2 or draw_bands(layout, span, len(bands), bands, False).height <= PAGE - KEY:
        return [bands]
    half = len(bands) // 2
    return [*_fit_bands(bands.iloc[:half], span, layout), *_fit_bands(bands.iloc[half:], span, layout)]


def _draw_counted(
    counts: pd.DataFrame, peaks: list[Peak], span: tuple[str, str], as_of: str, labels: Labels, width: int, name: str
) -> Chart:
    coarse = int(counts.loc[counts["start"] == "", "n"].sum())
    alt = labels(
        "alt.counts",
        n=labels.number(float(counts["n"].sum())),
        start=labels.day(span[0]),
        end=labels.day(span[1]),
        coarse=labels.number(float(coarse)),
        peaks="; ".join(name_peak(peak, labels) for peak in peaks),
    )
    page = stack([draw_rows(counts, peaks, span, as_of, labels, width)], width)
    whole = counts[counts["start"] != ""].groupby(["start", "end"])["n"].sum().reset_index()
    busiest = max(records(whole), key=lambda unit: (unit["n"], unit["start"]))
    when = labels.date(f"{busiest['start']}/{busiest['end']}")
    finding = labels("timeline.finding", n=labels.number(float(counts["n"].sum())), span=when)
    return Chart(name, page, counts, labels("figure.counts"), alt, finding)


def _keep_dated(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the events that stand on a day of their own."""
    return placed[placed["told"] != "yes"] if "told" in placed else placed


def stack(panels: Sequence[Panel], width: int) -> Picture:
    """Return one picture of panels that stand below each other."""
    whole, y = Drawing(), 0.0
    for panel in panels:
        whole += panel.drawing.lower(y)
        y += panel.height
    return Picture(whole, width, round(max(y, 40)))


def _describe_page(
    number: int, placed: pd.DataFrame, rows: pd.DataFrame, periods: list[Period], as_of: str, labels: Labels
) -> str:
    """Return what a page shows: on the first the whole time, on the others what stands there."""
    inside = placed[placed["event_id"].isin(set(rows["event_id"]))]
    parts = []
    if number == 1 and len(placed):
        dated = len(known := _keep_dated(placed))
        if dated:
            first, last = find_ends(known, as_of)
            parts.append(labels("alt.timeline", n=dated, start=labels.day(first), end=labels.day(last)))
        if dated < len(placed):
            parts.append(labels("alt.told", n=len(placed) - dated))
        busiest = max(periods, key=lambda period: (period.events_a_day, period.start))
        parts.append(labels("alt.densest", span=labels.date(busiest.edtf), n=len(busiest.events)))
    if len(inside) or not len(placed):
        parts.append(describe_lanes(inside, labels))
    bands = len(rows) - len(inside)
    if bands:
        parts.append(labels("alt.bands", n=bands))
    return " ".join(parts)


def describe_lanes(inside: pd.DataFrame, labels: Labels) -> str:
    """Return how many events are shown, of which side, and in which lanes."""
    lanes = labels.enumerate(f"{lane} ({len(part)})" for lane, part in inside.groupby("lane_name", sort=False))
    up, down = int((inside["side"] == 1).sum()), int((inside["side"] == -1).sum())
    key = "alt.lanes" if lanes else "alt.no_events"
    return labels(key, n=len(inside), cooperation=up, conflict=down, lanes=lanes)


def tabulate(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a page draws as a table: its events, then its conditions, each in the order of time."""
    if rows.empty:
        return pd.DataFrame(columns=list(SHOWN), dtype=str)
    table = drop_report_days(rows)[list(SHOWN)]
    order = table.assign(_band=table["event_type"] == "").sort_values(["_band", "earliest", "latest", "event_id"])
    return order.drop(columns="_band").reset_index(drop=True)
