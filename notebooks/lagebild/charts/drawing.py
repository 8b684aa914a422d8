"""What a chart consists of: shapes, marks on them and words on top, and axes of time, all in pixels from the top left.

What is drawn here becomes an SVG for paper, page and notebook (`svg`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import starmap
from typing import NamedTuple

from babel.dates import format_date

from lagebild.charts.style import GRID, INK, TEXT, measure_text
from lagebild.core import LOCALES, Labels

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
    """A mark at a pixel, the id of what it stands for, and its particulars on hovering; `svg` draws the symbols."""

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

    def __add__(self, other: Drawing | Shape | Mark | Text) -> Drawing:
        """Return both together, `other` on top, which may be a single shape, mark or text."""
        if isinstance(other, Shape):
            other = Drawing((other,))
        elif isinstance(other, Mark):
            other = Drawing(marks=(other,))
        elif isinstance(other, Text):
            other = Drawing(words=(other,))
        return Drawing(self.shapes + other.shapes, self.marks + other.marks, self.words + other.words)

    def lower(self, by: float, right: float = 0.0) -> Drawing:
        """Return the same so many pixels lower, and so many further to the right."""

        def move(x: float, y: float) -> Point:
            return (round(x + right, 2) if right else x), round(y + by, 2)

        shapes, marks, words = [], [], []
        for shape in self.shapes:
            shapes.append(shape._replace(points=tuple(starmap(move, shape.points))))
        for mark in self.marks:
            x, y = move(mark.x, mark.y)
            marks.append(mark._replace(x=x, y=y))
        for text in self.words:
            x, y = move(text.x, text.y)
            words.append(text._replace(x=x, y=y))
        return Drawing(tuple(shapes), tuple(marks), tuple(words))


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


def spread(places: Sequence[float], steps: Sequence[float], low: float, high: float) -> list[float]:
    """Return places moved between `low` and `high` so that each lies its step at least behind the one before it."""
    moved = list(places)
    for n, place in enumerate(moved):
        moved[n] = max(place, moved[n - 1] + steps[n] if n else low)
    for n in reversed(range(len(moved))):
        moved[n] = min(moved[n], moved[n + 1] - steps[n + 1] if n + 1 < len(moved) else high)
    return moved


# --- Axes of time ---

WIDE = 36.0  # pixels from which on a day has room for a word


@dataclass(frozen=True)
class Axis:
    """An axis of time: its first and last day, and the pixels at which the one begins and the other ends."""

    start: str
    end: str
    left: float
    right: float

    def at(self, day: str, part: float = 0.5) -> float:
        """Return the pixel of a day, in its middle unless `part` says otherwise; one outside stands at the edge."""
        first = date.fromisoformat(self.start).toordinal()
        days = date.fromisoformat(self.end).toordinal() - first + 1
        share = (date.fromisoformat(day).toordinal() - first + part) / days
        return round(self.left + (self.right - self.left) * min(max(share, 0.0), 1.0), 2)


def ticks(start: str, end: str, labels: Labels) -> tuple[list[str], list[str]]:
    """Return about eight tick positions and their words: days, months or years, whichever fits."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = (last - first).days
    if days <= 70:
        step = max(1, round(days / 8))
        marks = [first + timedelta(days=i) for i in range(0, days + 1, step)]
        pattern = {"de": "d. MMM", "en": "d MMM"}[labels.language]
    else:
        month = first.year * 12 + first.month - 1
        months = last.year * 12 + last.month - 1 - month
        step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / size <= 9), 12_000)
        marks = [date(m // 12, m % 12 + 1, 1) for m in range(-(-month // step) * step, month + months + 1, step)]
        pattern = "yyyy" if step >= 12 else "MMM yyyy"
    kept = [mark for mark in marks if (first - mark).days <= 20]  # one further out would stand off the axis
    words = [format_date(mark, pattern, locale=LOCALES[labels.language]) for mark in kept]
    return [mark.isoformat() for mark in kept], words


def draw_ticks(
    axis: Axis, y: float, top: float, bottom: float, labels: Labels, free: float = 4, size: float = TEXT - 1
) -> Drawing:
    """Draw words for days, months or years at the height `y`, as many as fit, and a line under each.

    `free` are the pixels beside the axis into which a word may reach, `size` is that of their letters. Where days are
    wide, each has its word in its middle, between two lines: under a line, it would read as the name of the night.
    """
    drawing, taken = Drawing(), axis.left - free
    for day, word in zip(*ticks(axis.start, axis.end, labels), strict=True):
        if not axis.start <= day <= axis.end:
            continue
        x, half = axis.at(day, 0), measure_text(word, size) / 2
        drawing += draw_line(x, top, x, bottom, GRID)
        if axis.at(day, 1) - x >= WIDE:
            x = axis.at(day)
        if x - half > taken and x + half <= axis.right + free:
            drawing += Text(x, y, (word,), size, "center")
            taken = x + half + 8
    return drawing
