"""How likely each judgement is: the band of probability that its term of ICD 203 stands for, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture, Text, draw_line, make_box
from lagebild.charts.look import COLOURS, GRID, INK, SOFT, TEXT, WHITE, WIDTH
from lagebild.charts.text_metrics import break_lines, measure_text
from lagebild.core.judgements import LIKELIHOODS, Entry, Judgements
from lagebild.core.labels import Labels

NAME, BLUE = "likelihoods", COLOURS[1]
LEFT, END, SIZE, LINE, BAR, TOP = 300.0, 590.0, 11.0, 14.0, 12.0, 34.0  # pixels


def draw_likelihoods(judgements: Judgements, known: Collection[str], labels: Labels) -> list[Chart]:
    """Draw the likelihood of the answer, the key judgements and the open scenarios; nothing if nobody stated one.

    A scenario that events or conditions among `known` have answered is no longer open. The chart's frame has entry,
    heading, low, high (per cent) and confidence.
    """
    stated = [
        {
            "entry": entry.entry_id,
            "heading": _name(entry, labels),
            "low": LIKELIHOODS[entry.likelihood][0],
            "high": LIKELIHOODS[entry.likelihood][1],
            "confidence": entry.confidence,
        }
        for entry in (*judgements.answers, *judgements.key_judgements, *judgements.scenarios)
        if entry.likelihood and not (entry.answered_by and set(entry.answered_by) <= set(known))
    ]
    if not stated:
        return []
    frame = pd.DataFrame(stated)
    said = [f"{row['heading']} ({labels('band', low=row['low'], high=row['high'])})" for row in stated]
    title = labels("figure.likelihoods")
    return [Chart(NAME, _lay_out(stated, labels), frame, title, f"{title}: {'; '.join(said)}.")]


def _name(entry: Entry, labels: Labels) -> str:
    heading = entry.heading.get(labels.language) or labels("column.answer")
    return f"{entry.entry_id} {heading}"


def _lay_out(rows: Sequence[dict[str, Any]], labels: Labels) -> Picture:
    rules, drawing, y = Drawing(), Drawing(), TOP
    for row in rows:
        lines = tuple(break_lines(row["heading"], LEFT - 12, SIZE))
        high = max(22.0, 8 + LINE * len(lines))
        rules += draw_line(0, y, WIDTH, y, GRID, 0.8)
        drawing += _draw_band(row["low"], row["high"], y + high / 2, labels)
        sure = labels(f"confidence.{row['confidence']}") if row["confidence"] else ""
        drawing += Drawing(words=(Text(0, y + high / 2, lines, SIZE), Text(END + 24, y + high / 2, (sure,), SIZE)))
        y += high
    for mark in (0, 25, 50, 75, 100):
        rules += draw_line(_at(mark), TOP, _at(mark), y, INK if mark == 50 else SOFT, 0.6, "" if mark == 50 else "2,3")
        drawing += Drawing(words=(Text(_at(mark), TOP - 9, (labels.percent(mark / 100),), TEXT - 1, "center"),))
    for x, key in ((LEFT, "column.likelihood"), (END + 24, "column.confidence")):
        drawing += Drawing(words=(Text(x, 8, (labels(key),), TEXT, bold=True),))
    return Picture(rules + drawing, WIDTH, round(y + 6))


def _draw_band(low: int, high: int, y: float, labels: Labels) -> Drawing:
    """Draw a band and, on white beside it, its numbers: at the right, or where there is no room, at the left."""
    words, start, end = labels("band", low=low, high=high), _at(low), _at(high)
    wide = measure_text(words, SIZE)
    left = end + 5 if end + 5 + wide < END else start - 5 - wide
    shapes = (
        make_box(left - 2, y - 7, left + wide + 2, y + 7, WHITE),
        make_box(start, y - BAR / 2, end, y + BAR / 2, BLUE),
    )
    return Drawing(shapes, words=(Text(round(left, 2), y, (words,), SIZE),))


def _at(percent: float) -> float:
    """Return the pixel of a probability in per cent."""
    return round(LEFT + (END - LEFT) * percent / 100, 2)
