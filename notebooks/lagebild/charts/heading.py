"""What makes a chart stand alone when somebody copies it: what it shows above it, and below it where it is from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture, Text
from lagebild.charts.style import INK, LEADING, SOFT, WIDTH, break_lines
from lagebild.core import Case, Labels

SIZES = {True: (14.0, 10.0, 9.5), False: (15.0, 12.0, 12.0)}  # of finding, unit and source: on a page, a small screen
APART = 6.0  # pixels between these and the drawing


def name_source(case: Case, as_of: str, labels: Labels) -> str:
    """Return the line that stands at the foot of each chart of an edition."""
    key = "figure.source_draft" if case.draft else "figure.source"
    return labels(key, title=case.title[labels.language], day=labels.day(as_of))


def stand_alone(chart: Chart, source: str) -> Chart:
    """Return a chart with its finding as its title, what it counts below that, and its source at its foot.

    A chart without a finding has its title alone.
    """
    return replace(chart, drawn=partial(_frame, chart, source))


def _frame(chart: Chart, source: str) -> Picture:
    drawing, width, height = chart.picture
    large, middle, small = SIZES[width >= WIDTH]
    parts = [(chart.finding or chart.title, large, True, INK)]
    if chart.finding:
        parts.append((chart.title, middle, False, SOFT))
    head, y = Drawing(), 0.0
    for text, size, bold, colour in parts:
        written, y = _write(text, size, bold, colour, y, width)
        head += written
    foot, end = _write(source, small, False, SOFT, y + height + 2 * APART, width)
    return Picture(head + drawing.lower(y + APART) + foot, width, round(end + 2))


def _write(text: str, size: float, bold: bool, colour: str, y: float, width: int) -> tuple[Drawing, float]:
    """Return a text in lines that start at the left edge, and where the next may stand."""
    line, drawing = size * LEADING, Drawing()
    for part in break_lines(text, width - 4, size, bold):
        drawing += Text(0, round(y + line / 2, 2), (part,), size, "left", bold, colour)
        y += line
    return drawing, round(y, 2)
