"""The reliability diagram: how often a draft of a probability is right (Murphy and Winkler 1977)."""

from __future__ import annotations

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Text, draw_line
from lagebild.charts.look import COLOURS, INK, RULE, TEXT, WIDTH
from lagebild.core.labels import Labels
from lagebild.core.tables import records

SIDE, LEFT, TOP, BOTTOM = 220, 52, 12, 44  # pixels: a square at the left, where a phone shows it whole
AREA = 1.4  # of the diameter of a circle in pixels, per root of drafts: its area counts the drafts


def draw_reliability(reliability: pd.DataFrame, labels: Labels) -> Chart:
    """Draw the share of drafts that is right against their mean probability, for the half that nobody read.

    The frame of the chart has the columns of the table, `expected` and `right` as whole per cent.

    Parameters
    ----------
    reliability
        The reference table: half, begins, drafts, expected, right.
    """
    unread = reliability[reliability["half"] == "unread"].reset_index(drop=True)
    drafts = unread["drafts"].astype(int)
    expected = (100 * unread["expected"].astype(float)).round().astype(int)
    right = (100 * unread["right"].astype(int) / drafts).round().astype(int)
    frame = pd.DataFrame({"begins": unread["begins"], "drafts": drafts, "expected": expected, "right": right})
    base, end = TOP + SIDE, LEFT + SIDE
    drawing = draw_line(LEFT, base, end, TOP, RULE, 1.2, "9,9")
    drawing += draw_line(LEFT, base, end, base, RULE) + draw_line(LEFT, base, LEFT, TOP, RULE)
    for mark in (0, 25, 50, 75, 100):
        word, part = labels.percent(mark / 100), SIDE * mark / 100
        drawing += Drawing(words=(Text(LEFT + part, base + 10, (word,), TEXT, "center"),))
        drawing += Drawing(words=(Text(LEFT - 4, base - part, (word,), TEXT, "right"),))
    middle = Text(LEFT + SIDE / 2, base + 32, (labels("column.expected"),), TEXT + 2, "center")
    upright = Text(8, TOP + SIDE / 2, (labels("column.right"),), TEXT + 2, "center", angle=-90)
    marks = [
        Mark(
            round(LEFT + SIDE * row["expected"] / 100, 2),
            round(base - SIDE * row["right"] / 100, 2),
            "circle",
            COLOURS[1],
            round(AREA * row["drafts"] ** 0.5, 2),
            f"reliability-{row['begins']}",
            labels("hover.reliability", **row),
            INK,
            0.8,
        )
        for row in records(frame)
    ]
    picture = Picture(drawing + Drawing(marks=tuple(marks), words=(middle, upright)), WIDTH, base + BOTTOM)
    said = labels.enumerate([labels("alt.reliability_row", **row) for row in records(frame)])
    alt = labels("alt.reliability", drafts=sum(drafts), n=len(frame), rows=said)
    return Chart("reliability", picture, frame, labels("figure.reliability"), alt)
