"""The phases of a case behind a chart of time: shaded in turn, and named once above it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lagebild.charts.axis import Axis
from lagebild.charts.drawing import Drawing, Text, draw_line, make_box
from lagebild.charts.look import COLOURS, LEADING
from lagebild.charts.text_metrics import break_lines, measure_text
from lagebild.core.case import Turn
from lagebild.core.labels import Labels

BAND = "#EEECE6"  # pale, but seen in greyscale
APART = 10.0  # pixels between the names of two phases


def draw_phases(
    turns: Sequence[Turn], axis: Axis, width: float, high: float, size: float, labels: Labels
) -> tuple[Drawing, float]:
    """Draw the phases that begin at `turns` in the time of an axis, and return them with where they begin from the top.

    A phase ends where the next begins, so each second one is shaded, the first among them; what is before the first
    turn has no name. `high` are the pixels below the names.
    """
    days = [*sorted({turn.day for turn in turns if turn.day <= axis.end}), ""]
    phases = [(max(day, axis.start), later) for day, later in pairwise(days) if not later or later > axis.start]
    if not phases:
        return Drawing(), 2.0
    named = {max(turn.day, axis.start): turn.name[labels.language] for turn in turns if turn.day in days}
    room = width / len(phases) - APART
    names = [tuple(break_lines(named[start], room, size)) for start, _ in phases]
    spans = [(axis.at(start, 0), axis.at(later, 0) if later else axis.right) for start, later in phases]
    widths = [max(measure_text(line, size) for line in lines) for lines in names]
    lefts = _spread([(x0 + x1 - wide) / 2 for (x0, x1), wide in zip(spans, widths, strict=True)], widths, width)
    top = size * LEADING * max(map(len, names)) + 6
    drawing = Drawing()
    for number, ((x0, x1), lines, left) in enumerate(zip(spans, names, lefts, strict=True)):
        if number % 2 == 0:
            drawing += Drawing((make_box(x0, top, x1, top + high, BAND),))
        drawing += draw_line(x0, top, x1 - 1, top, COLOURS[0], 2.5)
        middle = top - 5 - size * LEADING * len(lines) / 2
        drawing += Drawing(words=(Text(round(left, 2), round(middle, 2), lines, size, colour=COLOURS[0]),))
    return drawing, top + 2


def _spread(lefts: list[float], widths: list[float], width: float) -> list[float]:
    """Return the left edges of names moved so that none overlaps the next, nor leaves the paper."""
    moved, free = list(lefts), 0.0
    for n, wide in enumerate(widths):
        moved[n] = max(moved[n], free)
        free = moved[n] + wide + APART
    free = width
    for n in reversed(range(len(widths))):
        moved[n] = min(moved[n], free - widths[n])
        free = moved[n] - APART
    return moved
