"""Charts of time: the whole of it as counts, and each period with every event labelled, on pages that print.

Up to `LEGIBLE` events are drawn each on its own, packed so that nothing overlaps; more are counted per unit of time,
with the peaks named. An event without a date is listed in the report, never placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import inf

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture
from lagebild.charts.look import NARROW, PHONE, WIDTH
from lagebild.charts.timeline.counts import Peak, choose_unit, count_events, find_peaks, name_peak
from lagebild.charts.timeline.filling import Part, fill_pages
from lagebild.charts.timeline.lanes import place_conditions, place_events, unplace
from lagebild.charts.timeline.legend import draw_legend
from lagebild.charts.timeline.overview import draw_overview
from lagebild.charts.timeline.panels import SMALL_SCREEN, Panel, draw_bands, draw_period, draw_rows
from lagebild.charts.timeline.periods import (
    Period,
    count_days_between,
    find_ends,
    halve_period,
    span_whole,
    split_periods,
)
from lagebild.charts.timeline.weight import mark_weightiest
from lagebild.core.case import Case
from lagebild.core.labels import Labels
from lagebild.core.offices import Offices

LEGIBLE = 400  # events that somebody reads one by one, on a dozen pages
PAGE = 940  # pixels of height that a page of A4 leaves for a chart of full width, beside its caption …
FIRST = 820  # … and the first of several, below its heading and the words that explain it
KEY = 20  # … of which the key to the marks takes these
SIZE = 11.0  # pixels of labels: 7.5 points on A4, and on a screen that shows the chart larger at least twelve
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
        placed = unplace(placed)
        dated = placed[placed["earliest"] != ""]
        span = dated["earliest"].min(), dated["latest"].max()
        counts = count_events(placed, choose_unit(*span))
        peaks = find_peaks(placed, counts)
        return [_draw_counted(counts, peaks, span, as_of, labels, width, name) for width, name in _sizes()]
    span = span_whole(placed, case, as_of)
    sure = _keep_dated(placed)
    top = draw_overview(sure, [], span, as_of, labels, WIDTH, SIZE).height if len(sure) else 0
    bare = FIRST - top  # what the first page has for a panel
    periods = [
        part
        for number, whole in enumerate(split_periods(placed, case, as_of))
        for part in _fit_page(whole, (PAGE if number else bare) - KEY, as_of, labels)
    ]
    standing = place_conditions(conditions, labels)
    bands = _fit_bands(standing, span, as_of, labels) if len(standing) else []
    charts = []
    for width, name in _sizes():
        for number, (panels, rows) in enumerate(_paginate(placed, periods, bands, span, as_of, labels, width), start=1):
            title = labels("figure.timeline" if number == 1 else "figure.timeline_next")
            alt = _describe_page(number, placed, rows, periods, as_of, labels)
            page = partial(stack, panels, width)
            charts.append(Chart(name if number == 1 else f"{name}-{number}", page, rows, title, alt))
    return charts


def _sizes() -> tuple[tuple[int, str], ...]:
    return (WIDTH, "timeline"), (PHONE, f"timeline{NARROW}")


def _paginate(
    placed: pd.DataFrame,
    periods: list[Period],
    bands: list[pd.DataFrame],
    span: tuple[str, str],
    as_of: str,
    labels: Labels,
    width: float,
) -> list[tuple[list[Panel], pd.DataFrame]]:
    """Return the panels of each page with the rows that they draw."""
    size, rooms = (SIZE, [FIRST - KEY, PAGE - KEY]) if width == WIDTH else (SMALL_SCREEN, [inf])
    sure = _keep_dated(placed)  # what nobody dates is in no count of a time
    whole = draw_overview(sure, periods, span, as_of, labels, width, size) if len(sure) else Panel(Drawing(), 0)
    period = partial(draw_period, as_of=as_of, labels=labels, width=width, size=size)
    band = partial(draw_bands, span, as_of=as_of, labels=labels, width=width, size=size)
    parts = [Part(placed.head(0), lambda *_: whole)]
    parts += [Part(one.events, partial(period, number, one)) for number, one in enumerate(periods, start=1)]
    parts += [Part(some, partial(band, len(some))) for some in bands]
    pages = [(panels, pd.concat(rows)) for panels, rows in fill_pages(parts, rooms)]
    return [([*panels, draw_legend(rows, labels, width, size)], tabulate([rows])) for panels, rows in pages]


def _fit_page(period: Period, room: float, as_of: str, labels: Labels) -> list[Period]:
    """Return a period in as many parts as its events need, so that no panel is higher than `room`."""
    period = period._replace(events=mark_weightiest(period.events))
    if draw_period(0, period, period.events, False, as_of, labels, WIDTH, SIZE).height <= room:
        return [period]
    halves = halve_period(period)
    return [part for half in halves for part in _fit_page(half, room, as_of, labels)] if len(halves) > 1 else halves


def _fit_bands(bands: pd.DataFrame, span: tuple[str, str], as_of: str, labels: Labels) -> list[pd.DataFrame]:
    """Return bands in as many parts as they need, so that the panel of each fits a page."""
    if len(bands) < 2 or draw_bands(span, len(bands), bands, False, as_of, labels, WIDTH, SIZE).height <= PAGE - KEY:
        return [bands]
    half = len(bands) // 2
    halves = bands.iloc[:half], bands.iloc[half:]
    return [part for some in halves for part in _fit_bands(some, span, as_of, labels)]


def _draw_counted(
    counts: pd.DataFrame, peaks: list[Peak], span: tuple[str, str], as_of: str, labels: Labels, width: int, name: str
) -> Chart:
    """Return the chart of many events, which is one of counts."""
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
    return Chart(name, page, counts, labels("figure.counts"), alt)


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
    number: int,
    placed: pd.DataFrame,
    rows: pd.DataFrame,
    periods: list[Period],
    as_of: str,
    labels: Labels,
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
        busiest = max(periods, key=lambda one: (len(one.events) / count_days_between(one.start, one.end), one.start))
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
    up, down = (int((inside["side"] == side).sum()) for side in (1, -1))
    key = "alt.lanes" if lanes else "alt.no_events"
    return labels(key, n=len(inside), cooperation=up, conflict=down, lanes=lanes)


def tabulate(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return what a page draws as one table: its events, then its conditions, each in the order of time."""
    reported = [part for part in parts if len(part)]
    if not reported:
        return pd.DataFrame(columns=list(SHOWN), dtype=str)
    table = pd.concat([unplace(part)[list(SHOWN)] for part in reported])
    band = table["event_type"] == ""
    return (
        table.assign(_band=band)
        .sort_values(["_band", "earliest", "latest", "event_id"])
        .drop(columns="_band")
        .reset_index(drop=True)
    )
