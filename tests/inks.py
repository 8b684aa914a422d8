"""Reads what is inked in a picture: fills, marks and texts, each with its colour, its form and its ground.

Everything is read from the picture itself, so that a new chart is looked at without being named here. Words on hovering
are left out: the browser sees to their contrast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
from colours import WHITE, Colour, blend, contrast, is_grey, is_paper, name_colour, read_colour, same_hue
from lagebild.charts.drawing import Mark, Picture, Shape, Text
from lagebild.charts.style import TEXT, measure_text

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


@dataclass(frozen=True)
class Ink:
    """Something drawn, as it is seen: its colour on its ground, its form without colour, and the colours beneath it."""

    kind: str  # shade (of the paper), fade (a fill that lets its ground through), fill, mark or text
    colour: Colour
    form: str
    box: Box
    grounds: tuple[Colour, ...]

    def covers(self, x: float, y: float) -> bool:
        """Return whether a point lies within this one."""
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]

    def holds(self, other: Ink) -> bool:
        """Return whether the middle of another lies within this one."""
        left, top, right, bottom = other.box
        return self.covers((left + right) / 2, (top + bottom) / 2)

    def contrast(self) -> float:
        """Return the least contrast with what lies beneath."""
        return min(contrast(self.colour, ground) for ground in self.grounds)


class Sheet:
    """What is drawn in a picture, from the bottom to the top: fills, then marks, then texts."""

    def __init__(self, picture: Picture) -> None:
        self.fills: list[Ink] = []  # each stands on those before it
        self.marks: list[Ink] = []
        self.texts: list[Ink] = []
        self.rules: list[Box] = []  # grey lines: they part rows, or are what bars stand on
        self.inked: list[Ink] = []  # all that a text may stand on, in the order in which it is drawn
        for shape in picture.drawing.shapes:
            self._read_shape(shape)
        for mark in picture.drawing.marks:
            self._read_mark(mark)
        for text in picture.drawing.words:
            self.texts.append(self._ink("text", text.colour, 1.0, " ".join(text.lines), _measure(text)))

    def reported(self, fill: Ink) -> list[Ink]:
        """Return what tells the same as a fill: the marks in it, or those of its colour in its row; else words in it.

        A bar may be drawn in pieces, and its mark stands in one of them.
        """
        row = replace(fill, box=(-np.inf, fill.box[1], np.inf, fill.box[3]))
        marks = [mark for mark in self.marks if fill.holds(mark)]
        marks = marks or [mark for mark in self.marks if row.holds(mark) and same_hue(mark.colour, fill.colour)]
        return marks or [text for text in self.texts if fill.holds(text)]

    def named(self, fill: Ink) -> list[Ink]:
        """Return the words beside a bar: those that reach into its row or stand in the next line."""
        _, top, _, bottom = fill.box
        return [text for text in self.texts if text.box[1] < bottom + TEXT and top - TEXT < text.box[3]]

    def form(self, ink: Ink) -> str:
        """Return what tells a fill or a mark from others without colour: its form, and what is printed in it.

        Numbers are left out of words: they say how much, not what. Those of an outline say which way it points.
        """
        filled = ink.kind in ("fill", "fade")
        inside = self.reported(ink) if filled else [text for text in self.texts if ink.holds(text)]
        words = sorted({re.sub(r"[\d.,\s]+", "", one.form) if one.kind == "text" else one.form for one in inside})
        return " ".join([ink.form, self._side(ink) if filled else "", *words])

    def _side(self, bar: Ink) -> str:
        """Return on which side of a rule a bar stands, be it on top of another bar."""
        left, top, right, bottom = bar.box
        for x0, y0, x1, y1 in sorted(self.rules, key=lambda rule: rule[1] != rule[3]):  # those that lie come first
            if x0 <= left and right <= x1 and y0 == y1 and min(abs(y0 - top), abs(y0 - bottom)) < 1:
                return "above" if abs(y0 - bottom) < abs(y0 - top) else "below"
            if y0 <= top and bottom <= y1 and x0 == x1 and min(abs(x0 - left), abs(x0 - right)) < 1:
                return "left" if abs(x0 - right) < abs(x0 - left) else "right"
        below = [fill for fill in self.fills if fill.box[0] == left and abs(fill.box[1] - bottom) < 0.1 < bottom - top]
        return self._side(below[0]) if below else ""

    def _ink(self, kind: str, colour: str, opacity: float, form: str, box: Box) -> Ink:
        left, top, right, bottom = box
        below = [one for one in (self.inked if kind == "text" else self.fills) if one.box[0] <= right]
        grounds: dict[str, Colour] = {}
        for across, down in product((0.05, 0.25, 0.5, 0.75, 0.95), (0.25, 0.5, 0.75)):
            x, y = left + across * (right - left), top + down * (bottom - top)
            ground = next((one.colour for one in reversed(below) if one.covers(x, y)), WHITE)
            grounds[name_colour(ground)] = ground
        pure, alpha = read_colour(colour)
        under = tuple(grounds.values())
        return Ink(kind, blend(pure, alpha * opacity, under[0]), form, box, under)

    def _read_shape(self, shape: Shape) -> None:
        """Keep a shape: a fill, or a mark if it is an outline or a coloured line, or a rule if it is a grey one."""
        xs, ys = zip(*shape.points, strict=True)
        box = min(xs), min(ys), max(xs), max(ys)
        stroke = f"{shape.dash} {shape.width}" if shape.stroke else ""
        if shape.fill:
            pale = is_paper(read_colour(shape.fill)[0])
            kind = "shade" if pale else "fade" if shape.opacity < 1 else "fill"
            self.fills.append(self._ink(kind, shape.fill, shape.opacity, stroke, box))
            self.inked.append(self.fills[-1])
        elif shape.form == "line":
            for start, end in pairwise(shape.points):
                if is_grey(read_colour(shape.stroke)[0]):
                    (x0, y0), (x1, y1) = sorted((start, end))
                    self.rules.append((x0, min(y0, y1), x1, max(y0, y1)))
                    continue
                for piece in _split(*start, *end):
                    self._add_mark(self._ink("mark", shape.stroke, 1.0, f"line {stroke}", piece))
        else:
            points = [_normalize(xs), _normalize(ys)] if shape.form == "area" else ""
            self._add_mark(self._ink("mark", shape.stroke, 1.0, f"{shape.form} {points} {stroke}", box))

    def _read_mark(self, mark: Mark) -> None:
        """Keep a mark in the colour that stands out more, of its fill or its edge."""
        if read_colour(mark.colour)[1] == 0:
            return
        reach = mark.size / 2
        box = mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach
        inks = [self._ink("mark", mark.colour, 1.0, f"marker {mark.symbol}", box)]
        if mark.edge not in ("", mark.colour):
            inks.append(self._ink("mark", mark.edge, 1.0, f"marker {mark.symbol} edged", box))
        self._add_mark(max(inks, key=Ink.contrast))

    def _add_mark(self, mark: Ink) -> None:
        """Keep a mark, and what it fills whatever its form: its inner part, or of a hollow one its rim alone."""
        self.marks.append(mark)
        left, top, right, bottom = mark.box
        wide, high = (right - left) * 0.2, (bottom - top) * 0.2
        boxes = [(left + wide, top + high, right - wide, bottom - high)]
        if mark.form.endswith("-open") and "thin" not in mark.form:  # a thin one is all lines, crossing in its middle
            boxes = [(left, top, left + wide, bottom), (right - wide, top, right, bottom)]
            boxes += [(left, top, right, top + high), (left, bottom - high, right, bottom)]
        self.inked += [replace(mark, box=box) for box in boxes]


def _measure(text: Text) -> Box:
    """Return the box of a text; what is turned runs upwards, from its left edge."""
    wide = max(measure_text(line, text.size, text.bold) for line in text.lines)
    high = len(text.lines) * text.size * 1.3
    before = wide * {"left": 0.0, "center": 0.5, "right": 1.0}[text.anchor]
    if text.angle:
        return text.x - high / 2, text.y - wide + before, text.x + high / 2, text.y + before
    return text.x - before, text.y - high / 2, text.x - before + wide, text.y + high / 2


def _split(x0: float, y0: float, x1: float, y1: float) -> Iterator[Box]:
    """Yield the boxes of a straight line; one that slants is read in pieces, for its box holds much besides it."""
    steps = max(1, round(min(abs(x1 - x0), abs(y1 - y0)) / 2))
    xs, ys = np.linspace(x0, x1, steps + 1), np.linspace(y0, y1, steps + 1)
    for step in range(steps):
        x, y = sorted(xs[step : step + 2]), sorted(ys[step : step + 2])
        yield x[0], y[0], x[1], y[1]


def _normalize(values: tuple[float, ...]) -> list[float]:
    """Return values as shares of their span."""
    return [round(float(share), 1) for share in (np.array(values) - min(values)) / (max(values) - min(values) or 1.0)]
