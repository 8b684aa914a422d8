"""Reads what a chart draws: where its marks, bars, labels, cells and names stand, in pixels."""

from __future__ import annotations

from functools import cache

from lagebild.charts.drawing import Picture, Shape, Text
from lagebild.charts.style import FONTS, TEXT
from lagebild.charts.timeline.pages import KEY
from PIL import ImageFont


@cache
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    """Return Inter as the charts set it."""
    font = ImageFont.truetype(FONTS / "Inter[opsz,wght].ttf", size)
    font.set_variation_by_axes([14, 700 if bold else 400])
    return font


def width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Return how wide a label is set."""
    return _font(size, bold).getlength(text)


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


def marks(picture: Picture) -> dict[str, tuple[float, float, str]]:
    """Return the marks of a timeline by event: pixel, height and symbol; those with a dashed outline are "dashed"."""
    dashed = [shape for shape in picture.drawing.shapes if shape.dash and shape.form in ("area", "circle")]
    middles = {round(sum(min_max(shape, 0)) / 2, 1) for shape in dashed}
    found = {}
    for mark in picture.drawing.marks:
        if mark.name:
            is_dashed = round(mark.x, 1) in middles and mark.symbol == "circle"
            found[mark.name] = mark.x, mark.y, "dashed" if is_dashed else mark.symbol
    return found


def bars(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Return the bars and bands of a timeline: left, right, middle, opacity; one for each, its widest layer.

    What stands in the key at the foot is none.
    """
    found: dict[float, tuple[float, float, float, float]] = {}
    for shape in picture.drawing.shapes:
        (left, right), (top, bottom) = min_max(shape, 0), min_max(shape, 1)
        if shape.form == "rect" and shape.opacity in (0.07, 0.12, 0.3) and bottom < picture.height - KEY:
            y = (top + bottom) / 2
            old = found.get(y, (left, right, y, shape.opacity))  # it may have a gap
            found[y] = min(left, old[0]), max(right, old[1]), y, shape.opacity
    return list(found.values())


def min_max(shape: Shape, axis: int) -> tuple[float, float]:
    """Return the least and the greatest pixel of a shape on an axis."""
    values = [point[axis] for point in shape.points]
    return min(values), max(values)
