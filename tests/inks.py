"""Reads what is inked in a figure of plotly: fills, marks and texts, each with its colour, its form and its ground.

Everything is read from the figure itself, so that a new chart is looked at without being named here; a kind of trace
that this module cannot read is refused, not skipped. Words on hovering are left out: plotly sees to their contrast.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, product
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from colours import Colour, blend, contrast, is_grey, is_paper, name_colour, read_colour, same_hue
from drawings import plain, width
from lagebild.charts.style import TEXT

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
OUTSIDE = (-1.0, -1.0, -1.0, -1.0)  # of words beside an axis: they stand on the paper, wherever that is


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

    def __str__(self) -> str:
        return f"{self.kind} {self.form!r} {name_colour(self.colour)} on {[*map(name_colour, self.grounds)]}"


class Sheet:
    """What is drawn in a figure, from the bottom to the top: fills, then marks, then texts."""

    def __init__(self, figure: go.Figure) -> None:
        self.layout = figure.layout
        self.paper = read_colour(self.layout.plot_bgcolor or "white")[0]
        self._values: dict[str, list[float]] = {}
        self._spans: dict[str, tuple[float, float, float, float]] = {}  # asking plotly takes its time
        self._ranges: dict[str, tuple[float, float]] = {}
        for trace in figure.data:
            for axis, values in ((trace.xaxis or "x", trace.x), (trace.yaxis or "y", trace.y)):
                self._values.setdefault(axis, []).extend(_number(value) for value in _list(values) if value is not None)
        self.fills: list[Ink] = []  # each stands on those before it
        self.shapes: list[Ink] = []  # fills and lines, in the order in which they are drawn
        self.lines = 0
        self.marks: list[Ink] = []
        self.rules: list[Box] = []  # grey lines: they part rows, or are what bars stand on
        shapes = self.layout.to_plotly_json().get("shapes", ())
        for shape in sorted(shapes, key=lambda shape: shape.get("layer") != "below"):
            self._read_shape(defaultdict(lambda: None, shape))
        self.lines = len(self.marks)  # what follows is drawn by traces, above all shapes
        for trace in figure.data:
            self.marks.extend(self._read_trace(trace))
        self.texts = [*self._read_notes(), *self._read_ticks()]
        for trace in figure.data:
            self.texts.extend(self._read_text(trace))

    def reported(self, fill: Ink) -> list[Ink]:
        """Return what tells the same as a fill: the marks in it, or those of its colour in its row; else words in it.

        A bar may be drawn in pieces, and its mark stands in one of them.
        """
        row = replace(fill, box=(-np.inf, fill.box[1], np.inf, fill.box[3]))
        found = (
            [mark for mark in self.marks if fill.holds(mark)],
            [mark for mark in self.marks if row.holds(mark) and same_hue(mark.colour, fill.colour)],
            [text for text in self.texts if fill.holds(text)],
        )
        return next((inks for inks in found if inks), [])

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

    def place(self, axis: str, value: Any) -> float:
        """Return where a value stands, in pixels from the left or the top.

        `axis` is an axis such as ``x`` or ``y2``; with ``domain`` or ``paper`` after it, the value is a share of that.
        """
        name, _, of = axis.partition(" ")
        if name not in self._spans:
            self._spans[name] = self._span(name)
        start, length, low, high = self._spans[name]
        if of == "paper":
            share = float(value)
        elif of == "domain":
            share = low + float(value) * (high - low)
        else:
            if name not in self._ranges:
                self._ranges[name] = self._range(name)
            first, last = self._ranges[name]
            share = low + (_number(value) - first) / (last - first) * (high - low)
        return float(start + (share if name[0] == "x" else 1 - share) * length)

    def _span(self, name: str) -> tuple[float, float, float, float]:
        """Return where the plot starts on the side of an axis, how long it is, and which part of it the axis takes."""
        layout, margin = self.layout, self.layout.margin
        low, high = layout[f"{name[0]}axis{name[1:]}"].domain or (0.0, 1.0)
        if name[0] == "x":
            return float(margin.l), float(layout.width - margin.l - margin.r), low, high
        return float(margin.t), float(layout.height - margin.t - margin.b), low, high

    def _range(self, name: str) -> tuple[float, float]:
        given = self.layout[f"{name[0]}axis{name[1:]}"].range or (min(self._values[name]), max(self._values[name]))
        low, high = map(_number, given)
        return (low, high) if low != high else (low - 1, high + 1)

    def _grounds(self, box: Box, kind: str) -> tuple[Colour, ...]:
        """Return the colours that lie beneath a box: fills, and under a text the marks as well."""
        left, top, right, bottom = box
        below = self._under_texts if kind == "text" else self.fills
        below = [ink for ink in below if ink.box[0] <= right and ink.box[2] >= left]
        found = {}
        for across, down in product((0.05, 0.25, 0.5, 0.75, 0.95), (0.25, 0.5, 0.75)):
            x, y = left + across * (right - left), top + down * (bottom - top)
            seen = next((ink.colour for ink in reversed(below) if ink.covers(x, y)), self.paper)
            found[name_colour(seen)] = seen
        return tuple(found.values())

    @cached_property
    def _under_texts(self) -> list[Ink]:
        """All shapes and what traces ink above them; texts are read last."""
        return [*self.shapes, *chain.from_iterable(map(_inked, self.marks[self.lines :]))]

    def _ink(self, kind: str, colour: Any, opacity: float | None, form: str, box: Box) -> Ink:
        if not isinstance(colour, str):
            raise ValueError(f"tests/inks.py cannot read the colour of a {kind}, {form!r}: {colour!r}")
        grounds = self._grounds(box, kind)
        pure, alpha = read_colour(colour)
        return Ink(kind, blend(pure, alpha * (1.0 if opacity is None else opacity), grounds[0]), form, box, grounds)

    def _read_shape(self, shape: Mapping[str, Any]) -> None:
        """Keep a shape: a fill, or a mark if it is an outline or a coloured line, or a rule if it is a grey one."""
        xref, yref = _ref("x", shape["xref"]), _ref("y", shape["yref"])
        form = str(shape["type"])
        xs: tuple[Any, ...] = (shape["x0"], shape["x1"])
        ys: tuple[Any, ...] = (shape["y0"], shape["y1"])
        if shape["type"] == "path":
            points = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", shape["path"])]
            xs, ys = zip(*points, strict=True)
            form += f" {_outline(xs)} {_outline(ys)}"
        across, down = ([self.place(ref, value) for value in values] for ref, values in ((xref, xs), (yref, ys)))
        box = (min(across), min(down), max(across), max(down))
        line = defaultdict(lambda: None, shape["line"] or {})
        stroke = f"{line['dash']} {line['width']}" if line["width"] else ""
        if shape["type"] != "line" and shape["fillcolor"]:
            pale = " " in xref + yref or is_paper(read_colour(shape["fillcolor"])[0])  # from edge to edge, or a stripe
            kind = "shade" if pale else "fade" if (shape["opacity"] or 1.0) < 1 else "fill"
            self.fills.append(self._ink(kind, shape["fillcolor"], shape["opacity"], stroke, box))
            self.shapes.append(self.fills[-1])
        elif shape["type"] == "line" and is_grey(read_colour(line["color"] or "black")[0]):
            self.rules.append(box)
        else:
            for piece in _pieces(across, down) if shape["type"] == "line" else [box]:
                self.marks.append(self._ink("mark", line["color"], shape["opacity"], f"{form} {stroke}", piece))
                self.shapes.extend(_inked(self.marks[-1]))

    def _read_trace(self, trace: Any) -> Iterator[Ink]:
        """Yield the marks of a trace: its markers, its bars, its line."""
        if trace.type not in ("scatter", "bar"):
            raise ValueError(f"teach tests/inks.py to read the colours of a trace of type {trace.type}")
        spots = self._spots(trace)
        if trace.type == "bar" or "markers" in (trace.mode or ""):
            for number, (x, y) in spots:
                colour, opacity = (_nth(trace.marker[key], number) for key in ("color", "opacity"))
                opacity = (1.0 if opacity is None else opacity) * (1.0 if trace.opacity is None else trace.opacity)
                form, box = self._bar(trace, number, x, y) if trace.type == "bar" else _marker(trace, number, x, y)
                if opacity and not (isinstance(colour, str) and read_colour(colour)[1] == 0):
                    edge = _nth(trace.marker.line.color, number) or colour  # all that is seen of a hollow mark
                    looks = [(colour, form), *([(edge, f"{form} edged")] if edge != colour else [])]
                    yield max((self._ink("mark", look, opacity, name, box) for look, name in looks), key=Ink.contrast)
        if trace.type == "scatter" and "lines" in (trace.mode or ""):
            for _, (x, y) in spots:  # the ground changes on its way
                yield self._ink("mark", trace.line.color, trace.opacity, f"line {trace.line.dash}", (x, y, x, y))

    def _spots(self, trace: Any) -> list[tuple[int, tuple[float, float]]]:
        """Return the points of a trace with their number, in pixels."""
        points = enumerate(zip(_list(trace.x), _list(trace.y), strict=True))
        return [
            (number, (self.place(trace.xaxis or "x", x), self.place(trace.yaxis or "y", y)))
            for number, (x, y) in points
            if x is not None and y is not None
        ]

    def _bar(self, trace: Any, number: int, x: float, y: float) -> tuple[str, Box]:
        """Return the form of a bar and its box from zero; the side of zero on which it stands is a form, too."""
        lying = trace.orientation == "h"
        zero = self.place(trace.xaxis or "x", 0) if lying else self.place(trace.yaxis or "y", 0)
        side = "below" if (x < zero if lying else y > zero) else "above"
        (left, right), (top, bottom) = (sorted((zero, x)), (y, y)) if lying else ((x, x), sorted((zero, y)))
        return f"bar {side} {_nth(trace.marker.pattern.shape, number) or ''}", (left, top, right, bottom)

    def _read_text(self, trace: Any) -> Iterator[Ink]:
        """Yield the texts that a trace prints at its points."""
        if trace.text is not None and (trace.type == "bar" or "text" in (trace.mode or "")):
            for number, at in self._spots(trace):
                colour, size = (_nth(trace.textfont[key], number) for key in ("color", "size"))
                place = _nth(trace.textposition, number) or ""  # plotly names where the text stands, not its edge
                xanchor = "right" if "left" in place else "left" if "right" in place else "center"
                yanchor = "bottom" if "top" in place else "top" if "bottom" in place else "middle"
                yield self._text(str(_nth(trace.text, number)), colour, size, at, xanchor, yanchor)

    def _read_notes(self) -> Iterator[Ink]:
        for note in self.layout.annotations:
            if note.text:
                x, y = self.place(_ref("x", note.xref), note.x), self.place(_ref("y", note.yref), note.y)
                at = x + (note.xshift or 0), y - (note.yshift or 0)
                look = note.font.color, note.font.size
                yield self._text(note.text, *look, at, note.xanchor, note.yanchor, bool(note.textangle))

    def _read_ticks(self) -> Iterator[Ink]:
        """Yield the words beside the axes, and the title."""
        paper, plainly = read_colour(self.layout.paper_bgcolor or "white")[0], self.layout.font.color
        words = [(self.layout.title.text, self.layout.title.font.color)]
        for axis in (self.layout[name] for name in self.layout if re.fullmatch(r"[xy]axis\d*", name)):
            if axis.visible is not False and axis.showticklabels is not False:
                words += [(text, axis.tickfont.color) for text in axis.ticktext or ()]
                words.append((axis.title.text, axis.title.font.color))
        for text, colour in words:
            if text:
                yield Ink("text", read_colour(colour or plainly)[0], plain(text), OUTSIDE, (paper,))

    def _text(
        self,
        text: str,
        colour: str | None,
        size: float | None,
        at: tuple[float, float],
        xanchor: str | None = None,
        yanchor: str | None = None,
        turned: bool = False,
    ) -> Ink:
        lines, size = text.split("<br>"), size or self.layout.font.size or TEXT
        wide, high = max(width(line, round(size)) for line in lines), len(lines) * size * 1.3
        wide, high = (high, wide) if turned else (wide, high)
        left = at[0] - {"left": 0.0, "right": wide}.get(xanchor or "", wide / 2)
        top = at[1] - {"top": 0.0, "bottom": high}.get(yanchor or "", high / 2)
        box = (left, top, left + wide, top + high)
        return self._ink("text", colour or self.layout.font.color, 1.0, " ".join(map(plain, lines)), box)


def _marker(trace: Any, number: int, x: float, y: float) -> tuple[str, Box]:
    reach = (_nth(trace.marker.size, number) or 6) / 2
    return f"marker {_nth(trace.marker.symbol, number)}", (x - reach, y - reach, x + reach, y + reach)


def _pieces(across: list[float], down: list[float]) -> Iterator[Box]:
    """Yield the boxes of a straight line; one that slants is read in pieces, for its box holds much besides it."""
    steps = max(1, round(min(abs(across[1] - across[0]), abs(down[1] - down[0])) / 2))
    for step in range(steps):
        x, y = (sorted(low + (high - low) * (step + n) / steps for n in (0, 1)) for low, high in (across, down))
        yield x[0], y[0], x[1], y[1]


def _inked(mark: Ink) -> Iterator[Ink]:
    """Yield the parts of a mark that it fills whatever its form: its inner part, or of a hollow one its rim alone."""
    left, top, right, bottom = mark.box
    share = 0.0 if mark.form.startswith("bar") else 0.2
    wide, high = (right - left) * share, (bottom - top) * share
    boxes = [(left + wide, top + high, right - wide, bottom - high)]
    if mark.form.endswith("-open") and "thin" not in mark.form:  # a thin one is all lines, which cross in its middle
        boxes = [(left, top, left + wide, bottom), (right - wide, top, right, bottom)]
        boxes += [(left, top, right, top + high), (left, bottom - high, right, bottom)]
    yield from (replace(mark, box=box, grounds=()) for box in boxes)


def _outline(values: tuple[float, ...]) -> list[float]:
    low, high = min(values), max(values)
    return [round((value - low) / (high - low or 1.0), 1) for value in values]


def _ref(letter: str, ref: str | None) -> str:
    return f"{letter} paper" if ref == "paper" else ref or letter


def _list(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def _nth(value: Any, number: int) -> Any:
    """Return what of a property belongs to a point: it may be given for all of them at once."""
    return value[number] if isinstance(value, (list, tuple, np.ndarray)) else value


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float, np.number)) else pd.Timestamp(value).timestamp()
