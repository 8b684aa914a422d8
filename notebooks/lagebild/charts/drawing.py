"""What a chart consists of: shapes, marks on them and words on top, all reckoned in pixels from the top left corner.

What is drawn here becomes an SVG for paper and screen (`svg`), and a figure of plotly to explore (`figure`).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import NamedTuple

from lagebild.charts.look import INK

Point = tuple[float, float]


class Shape(NamedTuple):
    """A form under the marks; `hover` is what it tells on hovering, `name` the id of what it leads to.

    A `rect` and a `circle` have two corners of their box as points, a `line` its ends and bends, an `area` its corners.
    """

    form: str
    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 1
    dash: str = ""  # lengths of strokes and gaps
    opacity: float = 1  # of the fill
    name: str = ""
    hover: str = ""


class Mark(NamedTuple):
    """A mark at a pixel, the id of what it stands for, and its particulars on hovering; plotly names the symbols."""

    x: float
    y: float
    symbol: str
    colour: str
    size: float
    name: str
    hover: str
    edge: str = ""  # its colour, if it is another one
    width: float = 1.5  # of the edge


class Text(NamedTuple):
    """Lines of text round a pixel; `anchor` is the edge of the text that lies there: left, right or center.

    What is turned by -90 degrees runs upwards; its left edge is then the lower one.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    anchor: str = "left"
    bold: bool = False
    colour: str = INK
    name: str = ""
    hover: str = ""
    angle: int = 0


@dataclass(frozen=True)
class Drawing:
    """What is drawn, from the bottom to the top."""

    shapes: tuple[Shape, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Text, ...] = ()

    def __add__(self, other: Drawing) -> Drawing:
        """Return both together, `other` on top."""
        return Drawing(self.shapes + other.shapes, self.marks + other.marks, self.words + other.words)

    def lower(self, by: float, right: float = 0.0) -> Drawing:
        """Return the same so many pixels lower, and so many further to the right."""

        def move(x: float, y: float) -> Point:
            return (round(x + right, 2) if right else x), round(y + by, 2)

        return Drawing(
            tuple(one._replace(points=tuple(move(*point) for point in one.points)) for one in self.shapes),
            tuple(one._replace(x=move(one.x, one.y)[0], y=move(one.x, one.y)[1]) for one in self.marks),
            tuple(one._replace(x=move(one.x, one.y)[0], y=move(one.x, one.y)[1]) for one in self.words),
        )


class Picture(NamedTuple):
    """A drawing with the size of its paper."""

    drawing: Drawing
    width: int
    height: int


def draw_line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 1, dash: str = "") -> Drawing:
    """Draw a straight line under the marks."""
    return Drawing((Shape("line", ((x0, y0), (x1, y1)), "", colour, width, dash),))


def make_box(x0: float, y0: float, x1: float, y1: float, fill: str, opacity: float = 1) -> Shape:
    """Return a filled rectangle without an outline."""
    return Shape("rect", ((round(x0, 2), round(y0, 2)), (round(x1, 2), round(y1, 2))), fill, opacity=opacity)


def escape(text: str) -> str:
    """Return text in which plotly finds no markup: what shows on hovering is a small set of HTML."""
    return html.escape(text, quote=False)
