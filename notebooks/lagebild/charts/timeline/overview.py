"""The whole time as counts with a scale: above the periods that it numbers, or above the week that it marks."""

from __future__ import annotations

from functools import partial

import pandas as pd

from lagebild.charts.axis import Axis, draw_ticks
from lagebild.charts.drawing import Drawing, Shape, Text, draw_line, make_box
from lagebild.charts.look import INK, LEADING, PALE, RULE, SOFT, WIDTH
from lagebild.charts.text_metrics import measure_text
from lagebild.charts.timeline.counts import HIGH, choose_unit, count_events, draw_counts
from lagebild.charts.timeline.panels import FIGURES, Panel, draw_as_of, make_axis, set_name, set_small
from lagebild.charts.timeline.periods import Period, span_whole
from lagebild.core.case import Case
from lagebild.core.labels import Labels

STRIP = 2 * HIGH + 4  # pixels of height of the bars
WEDGE = 18.0  # … and of what leads from the week in the whole time down to the week by itself
NARROWEST = 3.0  # pixels of a week that many years make too narrow to be seen


def draw_overview(
    placed: pd.DataFrame,
    periods: list[Period],
    span: tuple[str, str],
    as_of: str,
    labels: Labels,
    width: float,
    size: float,
) -> Panel:
    """Draw how many events there are over the whole time, and which stretch each numbered panel below shows."""
    axis = make_axis(*span, width, FIGURES)
    name, top = _name_counts(axis, width, size, labels)
    top += 18.0
    seen = [(number, period) for number, period in enumerate(periods, start=1) if period.end >= axis.start]
    spans = [(axis.at(max(period.start, axis.start), 0), axis.at(period.end, 1)) for _, period in seen]
    under, over = Drawing(), Drawing()
    for (number, _), (x0, x1), x in zip(
        seen, spans, _spread([sum(span) / 2 for span in spans], axis, size), strict=True
    ):
        under += Drawing((make_box(x0, top - 14, x1, top + STRIP, PALE),) if number % 2 == 0 else ())
        over += Drawing(words=(Text(x, top - 7, (str(number),), size, "center", True),))
    strip = partial(_draw_strip, placed, axis, as_of, top, labels, size)
    return Panel(lambda: under + strip() + over + name, top + STRIP + 22)


def draw_phases(
    placed: pd.DataFrame,
    week: Period,
    case: Case,
    as_of: str,
    labels: Labels,
    width: float,
    size: float,
) -> Panel:
    """Draw how many events there are over the whole time, the turns of the case, and where in it the week lies."""
    axis = make_axis(*span_whole(placed, case, as_of), width, FIGURES)
    name, y = _name_counts(axis, width, size, labels)
    small = set_small(size)
    turns = [turn for turn in case.turns if axis.start < turn.day <= min(as_of, axis.end)]
    top = y + len(turns) * small * LEADING + 6
    base, drawing = top + STRIP, Drawing()
    named = [(axis.at(turn.day, 0), turn.name[labels.language]) for turn in turns]
    for words, x, middle in _place_turns(named, axis, y, small):
        drawing += draw_line(x, middle - small * LEADING / 2, x, base, SOFT, 0.8) + Drawing(words=(words,))
    x0, x1 = axis.at(week.start, 0), axis.at(week.end, 1)
    x0, x1 = (x0, x1) if x1 - x0 >= NARROWEST else ((x0 + x1 - NARROWEST) / 2, (x0 + x1 + NARROWEST) / 2)
    foot, end = base + 18, base + 18 + WEDGE
    left = axis.left if width == WIDTH else 4.0
    wedge = Shape("area", ((x0, foot), (x1, foot), (axis.right, end), (left, end)), RULE, opacity=0.45)
    marked = Drawing((wedge, make_box(x0, base, x1, base + 4, INK)))
    strip = partial(_draw_strip, placed, axis, as_of, top, labels, size)
    return Panel(lambda: marked + strip() + drawing + name, end)


def _draw_strip(placed: pd.DataFrame, axis: Axis, as_of: str, top: float, labels: Labels, size: float) -> Drawing:
    """Draw the counts of the events that the axis holds, and its words below."""
    shown = placed[placed["latest"] >= axis.start] if len(placed) else placed
    counts = count_events(shown, choose_unit(axis.start, axis.end))
    base, small = top + STRIP, set_small(size)
    ticks = draw_ticks(axis, base + 9, top, base, labels, size=small)
    return ticks + draw_counts(counts, axis, top, labels, [], small) + draw_as_of(axis, as_of, top - 4, base)


def _name_counts(axis: Axis, width: float, size: float, labels: Labels) -> tuple[Drawing, float]:
    """Return what is counted per which unit, in the gutter of a wide chart or above a narrow one, and its height."""
    name = set_name(labels(f"timeline.per.{choose_unit(axis.start, axis.end)}"), width, size, FIGURES)
    high = len(name.lines) * name.size * LEADING
    if width == WIDTH:
        return Drawing(words=(name._replace(y=18.0 + HIGH),)), 0.0
    return Drawing(words=(name._replace(y=high / 2),)), high


def _place_turns(
    turns: list[tuple[float, str]], axis: Axis, top: float, size: float
) -> list[tuple[Text, float, float]]:
    """Return the names of turns, each in a row of its own, with the pixel of its line and the middle of its row.

    A name stands right of its line, or left of it if the line of a later turn would run through it. Those on the left
    stand above the others, the latest on top: so no line, which begins at its name, runs through another name.
    """
    sides, limit = [], axis.right
    for x, name in reversed(turns):
        right = x + 4 + measure_text(name, size) <= limit or x - 4 - measure_text(name, size) < 0
        sides.append((x, name, right))
        limit = limit if right else min(limit, x - 2)
    rows = [one for one in sides if not one[2]] + [one for one in reversed(sides) if one[2]]
    placed = []
    for row, (x, name, right) in enumerate(rows):
        y = round(top + (row + 0.5) * size * LEADING, 2)
        placed.append((Text(x + 4 if right else x - 4, y, (name,), size, "left" if right else "right"), x, y))
    return placed


def _spread(middles: list[float], axis: Axis, size: float) -> list[float]:
    """Return where the numbers of periods stand: in their middle, but side by side where periods are short."""
    wide = measure_text("88", size, bold=True) + 1
    places: list[float] = []
    for middle in middles:
        places.append(max(middle, places[-1] + wide if places else axis.left + wide / 2))
    for at in reversed(range(len(places))):
        places[at] = min(places[at], places[at + 1] - wide if at + 1 < len(places) else axis.right - wide / 2)
    return [round(place, 2) for place in places]
