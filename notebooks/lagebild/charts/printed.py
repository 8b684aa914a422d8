"""A figure of plotly as a picture for paper: what an exporter shows that runs no script.

plotly draws in a browser, and no notebook should need one to leave a picture behind. What analysts draw here are
stacked bars, marks, lines and heatmaps on one pair of axes of time, numbers or names; of these a plain picture is
drawn. What it cannot draw as it is (groups of bars, several axes, logarithms, other traces) it does not draw at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from itertools import groupby
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.colors import unlabel_rgb

from lagebild.charts.drawing import Drawing, Mark, Picture, Shape, Text, draw_line, make_box
from lagebild.charts.style import COLOURS, GRID, SOFT, TEXT, WHITE, WIDTH, find_ink, measure_text, mix_colours

HEIGHT, TOP, EDGE, GAP = 360, 40, 12, 6  # pixels: of a figure that names none, above it, around it, beside words
BAND = 0.8  # share of its place that a bar fills
LONGEST, SHORT = 34, 18  # characters of a name on an axis; of one that is turned
PLAIN = ((0.0, WHITE), (1.0, COLOURS[1]))  # scale of a heatmap that names none
MARK = 8  # pixels that a mark is wide
DASHES = {"dash": "6 4", "dot": "2 3"}
SYMBOLS = ("circle", "triangle-up", "triangle-down", "x-thin")


@dataclass(frozen=True)
class Scale:
    """An axis: what a value is in its units, which of them it shows, and the pixels of both ends."""

    names: tuple[str, ...]  # of an axis of names
    is_time: bool
    low: float
    high: float
    ends: tuple[float, float] = (0.0, 1.0)

    def read(self, value: Any) -> float:
        """Return a value in units of the axis: days, numbers, or the place of a name; NaN if it has none."""
        if self.names:
            return float(self.names.index(str(value))) if str(value) in self.names else np.nan
        if _is_empty(value):
            return np.nan
        return pd.Timestamp(value).timestamp() / 86_400 if self.is_time else float(value)

    def at(self, unit: float) -> float:
        """Return the pixel of a unit; one outside what is shown stands at the edge."""
        share = (min(max(unit, self.low), self.high) - self.low) / ((self.high - self.low) or 1)
        return round(self.ends[0] + share * (self.ends[1] - self.ends[0]), 2)

    def ticks(self) -> list[tuple[float, str]]:
        """Return units with their words, about eight of an axis of time or numbers."""
        if self.names:
            return [(float(n), _shorten(name, LONGEST)) for n, name in enumerate(self.names)]
        if self.is_time:
            first, last = (pd.Timestamp(day * 86_400, unit="s") for day in (self.low, self.high))
            months = (self.high - self.low) / 30.4
            freq = f"{max(1, round(months / 8))}MS" if months > 4 else f"{max(1, round((self.high - self.low) / 8))}D"
            days = pd.date_range(first.normalize(), last, freq=freq)
            return [(day.timestamp() / 86_400, f"{day:%Y-%m}" if months > 4 else f"{day:%m-%d}") for day in days]
        rough = (self.high - self.low or 1) / 6
        size = 10.0 ** np.floor(np.log10(rough))
        step = float(next(size * times for times in (1, 2, 5, 10) if size * times >= rough))
        return [(n * step, f"{n * step:g}") for n in range(int(np.ceil(self.low / step)), int(self.high // step) + 1)]


@dataclass
class Paper:
    """What the traces of a figure share: its layout, half of what a bar is wide, and how high bars stand already."""

    layout: Any
    half: float
    stacked: dict[tuple[float, bool], float] = field(default_factory=dict)


class NotDrawn(Exception):
    """A figure holds what is not drawn here."""


def print_figure(figure: go.Figure) -> Picture:
    """Draw a figure of plotly: its bars, marks, lines, areas and cells, with axes, legend and title.

    Parameters
    ----------
    figure
        Of traces ``bar`` (stacked), ``scatter`` and ``heatmap`` on one pair of axes.

    Raises
    ------
    NotDrawn
        If it holds anything else.
    """
    traces, layout = _list_traces(figure), figure.layout
    height = int(layout.height or HEIGHT)
    legend = [trace for trace in traces if trace.name and trace.showlegend is not False and trace.type != "heatmap"]
    across, up = (_find_scale(traces, side, layout[f"{side}axis"]) for side in "xy")
    level = _list_levels(up, layout.yaxis)
    left = EDGE + max((measure_text(text, TEXT) for _, text in level), default=0.0) + GAP
    turned = _find_turned(across, (WIDTH - left) / max(1, len(across.names)))
    bottom = height - EDGE - round(18 * (2.5 + bool(legend) + len(legend) // 5) + turned)
    up = replace(up, ends=(TOP, bottom) if layout.yaxis.autorange == "reversed" else (bottom, TOP))
    across = replace(across, ends=(left, WIDTH - EDGE))
    drawing = _draw_level(level, up, left)
    if layout.xaxis.visible is not False:
        drawing += _draw_ticks(across, (TOP, bottom), bool(turned))
    paper = Paper(layout, _find_half(traces, across, up))
    for trace in traces:
        drawing += DRAWN[trace.type](trace, across, up, paper)
    drawing += _draw_titles(layout, left, bottom, bool(turned)) + _draw_legend(legend, height)
    return Picture(drawing, WIDTH, height)


def _list_traces(figure: go.Figure) -> list[Any]:
    """Return the traces that are seen, if all of them can be drawn."""
    seen = [trace for trace in figure.data if trace.visible in (None, True)]
    others = {trace.type for trace in seen} - set(DRAWN)
    axes = {(trace.xaxis or "x", trace.yaxis or "y") for trace in seen if not others} - {("x", "y")}
    grouped = figure.layout.barmode in ("group", "overlay") and sum(trace.type == "bar" for trace in seen) > 1
    based = any(trace.type == "bar" and trace.base is not None for trace in seen)
    scaled = "log" in (figure.layout.xaxis.type, figure.layout.yaxis.type)
    if others or axes or grouped or based or scaled:
        raise NotDrawn
    return seen


def _list_levels(up: Scale, axis: Any) -> list[tuple[float, str]]:
    """Return the units of the upright axis that have words, which a figure may name itself."""
    if axis.visible is False:
        return []
    named = zip(_list(axis.tickvals), _list(axis.ticktext), strict=False)
    return [(up.read(value), _shorten(text, LONGEST)) for value, text in named] or up.ticks()


def _find_turned(across: Scale, room: float) -> float:
    """Return how many pixels names below the picture take that have to be turned; 0 if they fit."""
    if not across.names or max(measure_text(_shorten(name, LONGEST), TEXT) for name in across.names) <= room:
        return 0.0
    return max(measure_text(_shorten(name, SHORT), TEXT - 1) for name in across.names)


def _find_scale(traces: Sequence[Any], side: str, axis: Any) -> Scale:
    """Return the scale of an axis: from its range, or else from all that the traces hold."""
    values = [
        value for trace in traces for value in _list_side(trace, side) if value is not None and not pd.isna(value)
    ]
    if any(
        not isinstance(value, Real | pd.Timestamp | np.datetime64 | date) and not _is_day(value) for value in values
    ):
        names = tuple(dict.fromkeys(map(str, values)))
        return Scale(names, False, -0.5, len(names) - 0.5)
    scale = Scale((), bool(values) and not isinstance(values[0], Real), 0.0, 1.0)
    if axis.range and None not in axis.range:
        low, high = sorted(map(scale.read, axis.range))
        return Scale((), scale.is_time, low, high)
    units = [*map(scale.read, values), *_list_totals(traces, side)]
    low, high = min(units, default=0.0), max(units, default=1.0)
    edge = 0.5 if any(trace.type == "heatmap" for trace in traces) else (high - low or 1) * 0.04
    return Scale((), scale.is_time, low - edge, high + edge)


def _list_side(trace: Any, side: str) -> list[Any]:
    """Return the values of a trace on an axis."""
    if trace.type == "heatmap":
        return _list_cells(trace)["xy".index(side)]
    flat = trace.type == "bar" and trace.orientation == "h"
    return _list_places(trace, flat)["yx".index(side) if flat else "xy".index(side)]


def _list_cells(trace: Any) -> tuple[list[Any], list[Any], Any]:
    """Return the columns, the rows and the numbers of a heatmap; without names they are counted."""
    rows = [[np.nan if cell is None else cell for cell in row] for row in _list(trace.z)]
    numbers = np.array(rows, dtype=float).reshape(len(rows), len(rows[0]) if rows else 0)
    return _list(trace.x) or [*range(numbers.shape[1])], _list(trace.y) or [*range(numbers.shape[0])], numbers


def _is_empty(value: Any) -> bool:
    return value is None or (not isinstance(value, str | tuple | list) and bool(pd.isna(value)))


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(re.match(r"\d{4}-\d{2}-\d{2}", value))


def _list_totals(traces: Sequence[Any], side: str) -> Iterator[float]:
    """Yield what bars stack up to on the axis of their values, both ways, and its zero."""
    sums: dict[tuple[str, bool], float] = {}
    for trace in traces:
        if trace.type == "bar" and (trace.orientation == "h") == (side == "x"):
            yield 0.0
            for place, value in zip(*_list_places(trace, side == "x"), strict=True):
                if not _is_empty(value):
                    key = (str(place), float(value) < 0)
                    sums[key] = sums.get(key, 0.0) + float(value)
    yield from sums.values()


def _list(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def _draw_level(level: Sequence[tuple[float, str]], up: Scale, left: float) -> Drawing:
    drawing = Drawing()
    for unit, text in level:
        y = up.at(unit)
        drawing += draw_line(left, y, WIDTH - EDGE, y, GRID)
        drawing += Text(left - GAP, y, (text,), TEXT, "right")
    return drawing


def _draw_ticks(across: Scale, frame: tuple[float, float], turned: bool) -> Drawing:
    drawing, (top, bottom) = Drawing(), frame
    for unit, text in across.ticks():
        if across.low <= unit <= across.high:
            x = across.at(unit)
            drawing += draw_line(x, top, x, bottom, GRID)
            words, angle, anchor = (_shorten(text, SHORT), -90, "right") if turned else (text, 0, "center")
            drawing += Text(x, bottom + 12, (words,), TEXT - 1, anchor, angle=angle)
    return drawing


def _draw_titles(layout: Any, left: float, bottom: float, turned: bool) -> Drawing:
    """Draw the title of a figure and those of its axes; turned names leave that of theirs no room."""
    places = [(left, TOP - 10.0, layout.yaxis, "left"), (WIDTH - EDGE, bottom + 28, layout.xaxis, "right")]
    drawing = Drawing()
    for x, y, axis, anchor in places[: 1 if turned else 2]:
        if axis.title.text and axis.visible is not False:
            drawing += Text(x, y, (_shorten(axis.title.text, 2 * LONGEST),), TEXT - 1, anchor, colour=SOFT)
    title = _shorten(re.sub("<br>", " ", layout.title.text or ""), 3 * LONGEST).strip()
    return drawing + Text(WIDTH / 2, EDGE, (title,), TEXT + 2, "center", bold=True) if title else drawing


def _draw_bars(trace: Any, across: Scale, up: Scale, paper: Paper) -> Drawing:
    flat = trace.orientation == "h"
    along, value = (up, across) if flat else (across, up)
    drawing = Drawing()
    for at, number in zip(*_list_places(trace, flat), strict=True):
        place, far = along.read(at), value.read(number)
        if np.isnan(place) or np.isnan(far):
            continue
        start = paper.stacked.get((place, far < 0), 0.0)
        paper.stacked[place, far < 0] = start + far
        sides = sorted((along.at(place - paper.half), along.at(place + paper.half)))
        ends = sorted((value.at(start), value.at(start + far)))
        box = (ends[0], sides[0], ends[1], sides[1]) if flat else (sides[0], ends[0], sides[1], ends[1])
        drawing += make_box(*box, _colour(trace.marker.color))
    return drawing


def _list_places(trace: Any, flat: bool = False) -> tuple[list[Any], list[Any]]:
    """Return where the values of a trace stand, and the values; without a place they stand one after the other."""
    places, values = (_list(trace[side]) for side in (("y", "x") if flat else ("x", "y")))
    return places or list(range(len(values))), values or [None] * len(places)


def _find_half(traces: Sequence[Any], across: Scale, up: Scale) -> float:
    """Return half of what a bar is wide, in units of its axis: bars of all traces stand beside each other."""
    places = set[float]()
    for trace in traces:
        if trace.type == "bar":
            flat = trace.orientation == "h"
            places |= {(up if flat else across).read(value) for value in _list_places(trace, flat)[0]}
    gaps = np.diff(sorted(place for place in places if not np.isnan(place)))
    return BAND * (float(gaps.min()) if len(gaps) else 1.0) / 2


def _draw_scatter(trace: Any, across: Scale, up: Scale, _: Paper) -> Drawing:
    """Draw lines, areas, marks and words of a trace; what lies outside the axes is left out."""
    units = [(across.read(x), up.read(y)) for x, y in zip(*_list_places(trace), strict=True)]
    mode, drawing = trace.mode or "lines", Drawing()
    if "lines" in mode:
        for known, run in groupby(units, key=lambda unit: not (np.isnan(unit[0]) or np.isnan(unit[1]))):
            points = tuple((across.at(x), up.at(y)) for x, y in run)
            drawing += _draw_run(trace, points, up) if known and len(points) > 1 else Drawing()
    for n, (x, y) in enumerate(units):
        if not np.isnan(y) and across.low <= x <= across.high:
            drawing += _draw_mark(trace, n, across.at(x), up.at(y)) if "markers" in mode else Drawing()
            drawing += _draw_word(trace, n, across.at(x), up.at(y)) if "text" in mode else Drawing()
    return drawing


def _draw_run(trace: Any, points: tuple[tuple[float, float], ...], up: Scale) -> Drawing:
    """Draw a line through points, and what lies below it if the trace is an area."""
    full = _colour(trace.line.color or trace.marker.color)
    colour = mix_colours(((0.0, WHITE), (1.0, full)), float(trace.opacity or 1))
    line = Shape("line", points, "", colour, float(trace.line.width or 1.5), DASHES.get(trace.line.dash, ""))
    if not trace.stackgroup:
        return Drawing((line,))
    base = up.at(0.0)
    return Drawing((Shape("area", (*points, (points[-1][0], base), (points[0][0], base)), colour, opacity=0.3), line))


def _draw_mark(trace: Any, n: int, x: float, y: float) -> Mark:
    colour = _colour(_pick(trace.marker.color, n))
    return Mark(x, y, _find_symbol(trace, n), colour, _find_size(trace, n), "", "")


def _find_size(trace: Any, n: int) -> float:
    """Return how wide a mark is: its size, or its area if the sizes of a trace are numbers to compare."""
    size = trace.marker.size
    if size is None or isinstance(size, Real):
        return float(size or MARK)
    number = float(_pick(size, n) or 0)
    per = float(trace.marker.sizeref or 1)
    return max((number / per) ** 0.5 if trace.marker.sizemode == "area" else number / per, 3.0)


def _draw_word(trace: Any, n: int, x: float, y: float) -> Text:
    is_right, words = "right" in str(_pick(trace.textposition, n)), _shorten(_pick(trace.text, n) or "", LONGEST)
    return Text(x + (10 if is_right else -10), y, (words.strip(),), TEXT, "left" if is_right else "right")


def _find_symbol(trace: Any, n: int) -> str:
    """Return the symbol of a mark, of those that are drawn; any other becomes a circle."""
    symbol = str(_pick(trace.marker.symbol, n) or "circle")
    kind = next((known for known in SYMBOLS if symbol.startswith(known)), "circle")
    return f"{kind}-open" if "open" in symbol and kind != "x-thin" else kind


def _draw_cells(trace: Any, across: Scale, up: Scale, paper: Paper) -> Drawing:
    shared = paper.layout[trace.coloraxis] if trace.coloraxis else None
    scale = [(place, _colour(colour)) for place, colour in (shared or trace).colorscale or PLAIN]
    columns, rows, numbers = _list_cells(trace)
    low, high = _find_ends((shared.cmin, shared.cmax) if shared else (trace.zmin, trace.zmax), numbers)
    drawing = Drawing()
    for row, column in np.argwhere(~np.isnan(numbers)):
        number = float(numbers[row, column])
        middles = across.read(columns[column]), up.read(rows[row])
        (left, right), (top, bottom) = (
            sorted((axis.at(middle - 0.48), axis.at(middle + 0.48)))
            for axis, middle in zip((across, up), middles, strict=True)
        )
        fill = mix_colours(scale, min(max((number - low) / ((high - low) or 1), 0.0), 1.0))
        drawing += make_box(left, top, right, bottom, fill)
        if trace.texttemplate:
            words = f"{number:+.3g}" if "+" in trace.texttemplate else f"{round(number, 1):g}"
            drawing += Text((left + right) / 2, (top + bottom) / 2, (words,), TEXT - 2, "center", colour=find_ink(fill))
    return drawing


def _find_ends(given: tuple[Any, Any], numbers: Any) -> tuple[float, float]:
    """Return the numbers at both ends of a scale of colours: as given, or else those that there are."""
    known = numbers[~np.isnan(numbers)]
    low, high = (known.min(initial=0.0) if given[0] is None else given[0]), given[1]
    return float(low), float(known.max(initial=1.0) if high is None else high)


def _draw_legend(legend: Sequence[Any], height: int) -> Drawing:
    drawing, x, y = Drawing(), float(EDGE), height - EDGE - 18.0 * (len(legend) // 5)
    for trace in legend:
        wide = measure_text(_shorten(trace.name, LONGEST), TEXT) + 34
        if x + wide > WIDTH:
            x, y = float(EDGE), y + 18
        is_line = trace.type.startswith("scatter") and not (trace.marker.symbol is not None or trace.stackgroup)
        if is_line:
            line = ((x, y), (x + 14, y))
            drawing += Shape("line", line, "", _colour(trace.line.color), 2, DASHES.get(trace.line.dash, ""))
        elif trace.type.startswith("scatter") and "markers" in (trace.mode or ""):
            drawing += _draw_mark(trace, 0, x + 6, y)
        else:
            drawing += make_box(x, y - 5, x + 11, y + 6, _colour(_pick(trace.marker.color, 0) or trace.marker.color))
        drawing += Text(x + 18, y, (_shorten(trace.name, LONGEST),), TEXT)
        x += wide
    return drawing


def _shorten(text: Any, most: int) -> str:
    """Return text as it is read, cut where it is too long; a figure holds it escaped."""
    plain = unescape(re.sub("</?(b|i|br)>", "", str(text)))
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _pick(values: Any, n: int) -> Any:
    """Return what a property says of one point: all points may share it."""
    if values is None or isinstance(values, str | Real):
        return values
    return values[n] if n < len(values) else None


def _colour(colour: Any) -> str:
    """Return a colour as ``#rrggbb``: plotly writes some as ``rgb(r, g, b)``."""
    text = str(colour) if isinstance(colour, str) else SOFT if colour is None else COLOURS[1]
    if text.startswith("rgb"):
        red, green, blue = (round(float(part)) for part in unlabel_rgb(text)[:3])
        return f"#{red:02X}{green:02X}{blue:02X}"
    return text if re.fullmatch("#[0-9A-Fa-f]{6}", text) else SOFT


DRAWN: dict[str, Callable[..., Drawing]] = {
    "bar": _draw_bars,
    "heatmap": _draw_cells,
    "scatter": _draw_scatter,
    "scattergl": _draw_scatter,  # what plotly.express draws of more than a thousand marks
}
