"""Reads what a chart draws: where its marks, bars, labels, cells and names stand, in pixels."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io
from lagebild.charts.drawing import Picture, Shape, Text
from lagebild.charts.style import FONTS, TEXT
from lagebild.charts.timeline.pages import KEY
from PIL import ImageFont


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Return Inter as the charts set it."""
    font = ImageFont.truetype(FONTS / "Inter[opsz,wght].ttf", size)
    font.set_variation_by_axes([14, 700 if bold else 400])
    return font


def plain(text: str) -> str:
    """Return the words of a label of plotly, without its markup."""
    return html.unescape(re.sub(r"</?b>", "", text))


def width(text: str, size: int = TEXT) -> float:
    """Return how wide a label is set."""
    return _font(size, "<b>" in text).getlength(plain(text))


def rows_of(picture: Picture) -> dict[float, str]:
    """Return the names of the rows of a matrix by their height."""
    (corner,) = corners_of(picture)
    named = [one for one in picture.drawing.words if one.anchor == "right" and one != corner]
    return {one.y: " ".join(one.lines) for one in named}


def columns_of(picture: Picture) -> dict[float, str]:
    """Return the names of the columns of a matrix by their place."""
    return {one.x: " ".join(one.lines) for one in turned(picture)}


def turned(picture: Picture) -> list[Text]:
    """Return the words that run upwards."""
    return [one for one in picture.drawing.words if one.angle]


def corners_of(picture: Picture) -> list[Text]:
    """Return the words in the corner of a matrix, which are smaller than the others."""
    return [one for one in picture.drawing.words if one.size < TEXT]


def cells_of(picture: Picture) -> list[tuple[Shape, Text]]:
    """Return the cells of a matrix, each with the words in its middle."""
    middles = {(one.x, one.y): one for one in picture.drawing.words}
    return [(one, middles[middle_of(one)]) for one in picture.drawing.shapes if one.form == "rect"]


def middle_of(shape: Shape) -> tuple[float, float]:
    """Return the middle of a shape with two corners."""
    (x0, y0), (x1, y1) = shape.points
    return round((x0 + x1) / 2, 2), round((y0 + y1) / 2, 2)


def as_json(figure: go.Figure) -> str:
    """Return a figure as JSON, to compare it."""
    return str(plotly.io.to_json(figure, remove_uids=True))


def marks(figure: go.Figure) -> dict[str, tuple[float, float, str]]:
    """Return the marks of a timeline by event: pixel, height and symbol (dashed ones are drawn as shapes)."""
    trace = next((one for one in figure.data if one.mode == "markers"), None)
    if trace is None:
        return {}
    dashed = {round((box[0] + box[2]) / 2, 1) for box in map(_outline, figure.layout.shapes) if box}
    return {
        name: (float(x), float(y), "dashed" if round(float(x), 1) in dashed and symbol == "circle" else symbol)
        for [name], x, y, symbol in zip(trace.customdata, trace.x, trace.y, trace.marker.symbol, strict=True)
        if name
    }


def bars(figure: go.Figure) -> list[tuple[float, float, float, float]]:
    """Return the bars and bands of a timeline: left, right, middle, opacity; one for each, its widest layer.

    What stands in the key at the foot is none.
    """
    found: dict[tuple[float, float], tuple[float, float, float]] = {}
    for shape in figure.layout.shapes:
        if shape.type == "rect" and shape.opacity in (0.07, 0.12, 0.3) and shape.y1 < figure.layout.height - KEY:
            found.setdefault((shape.x0, (shape.y0 + shape.y1) / 2), (shape.x0, shape.x1, shape.opacity))
    firsts: dict[float, tuple[float, float, float]] = {}
    for (_, y), bar in found.items():
        old = firsts.get(y)
        firsts[y] = bar if old is None else (min(bar[0], old[0]), max(bar[1], old[1]), bar[2])  # it may have a gap
    return [(left, right, y, opacity) for y, (left, right, opacity) in firsts.items()]


def _outline(shape: Any) -> tuple[float, float, float] | None:
    if shape.type == "path" and shape.line.dash:
        xs = [float(point) for point in re.findall(r"(-?[\d.]+),", shape.path)]
        return min(xs), 0.0, max(xs)
    return (shape.x0, 0.0, shape.x1) if shape.type == "circle" else None
