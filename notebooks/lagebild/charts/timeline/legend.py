"""The key to the marks of a timeline: one line at the foot of a chart, with what occurs in it.

What a reader need not tell apart at first sight is one item: a mark that is hollow, dashed, a cross or a question mark
says that something is not certain, and the label says in words what it is.
"""

from __future__ import annotations

import pandas as pd

from lagebild.charts.drawing import Drawing, Text
from lagebild.charts.event_marks import AIMLESS, draw_band, draw_bar, draw_mark
from lagebild.charts.look import COLOURS, LEADING
from lagebild.charts.text_metrics import measure_text
from lagebild.charts.timeline.packing import MARK
from lagebild.charts.timeline.panels import Panel, set_small
from lagebild.core.labels import Labels

BESIDE, BEHIND = 5.0, 12.0  # pixels between a sign and its word, and behind a word at least
STEP = MARK + 4  # from mark to mark in one item
LONG = 26.0  # of a bar
SIDES = {"cooperation": 1, "conflict": -1, "neither": 0}


def draw_legend(rows: pd.DataFrame, labels: Labels, width: float, size: float) -> Panel:
    """Draw the key to the marks with which `rows` are drawn, beside labels of a size.

    Reads the columns event_type (empty for a condition), side, status, earliest, latest, and told if there is one.
    """
    unsure, size = _find_unsure(rows), set_small(size)
    drawing, x, y = Drawing(), 4.0, size * LEADING / 2
    for key in _find_items(rows):
        word = labels(f"legend.{key}")
        room = {"unsure": STEP * len(unsure) - 4, "vague": LONG, "band": LONG}.get(key, MARK)
        wide = room + BESIDE + measure_text(word, size)
        if x > 4 and x + wide > width - 2:
            x, y = 4.0, y + size * LEADING + 2
        drawing += _draw_sign(key, x, y, unsure)
        drawing += Drawing(words=(Text(round(x + room + BESIDE, 2), round(y, 2), (word,), size),))
        x += wide + BEHIND
    return Panel(drawing, round(y + size * LEADING / 2 + 2, 2))


def _find_items(rows: pd.DataFrame) -> list[str]:
    """Return the items that are needed."""
    events = rows[rows["event_type"] != ""]
    aimed = set(events.loc[~events["status"].isin(AIMLESS), "side"])
    needed = {key: side in aimed for key, side in SIDES.items()} | {
        "unsure": bool(_find_unsure(rows)),
        "told": "told" in rows and bool((rows["told"] == "yes").any()),
        "vague": bool((events["earliest"] != events["latest"]).any()),
        "band": len(events) < len(rows),
    }
    return [key for key, here in needed.items() if here]


def _find_unsure(rows: pd.DataFrame) -> list[str]:
    """Return one status for each form of what is not certain; a plan is drawn hollow, like what is reported."""
    statuses = set(rows.loc[rows["event_type"] != "", "status"])
    hollow = ["reported"] if statuses & {"reported", "hypothetical"} else []
    return hollow + [status for status in AIMLESS if status in statuses]


def _draw_sign(key: str, x: float, y: float, unsure: list[str]) -> Drawing:
    if key == "vague":
        return draw_bar(x, x + LONG, y, MARK, COLOURS[0], (True, True), False)
    if key == "band":
        return draw_band(x, x + LONG, y, (False, False), False)
    drawing = Drawing()
    for number, status in enumerate(unsure if key == "unsure" else ["asserted"]):
        told = "yes" if key == "told" else "no"
        sample = {"event_id": "", "status": status, "side": SIDES.get(key, 1), "told": told}
        drawing += draw_mark(sample, round(x + MARK / 2 + STEP * number, 2), round(y, 2), MARK, "")
    return drawing
