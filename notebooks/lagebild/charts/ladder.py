"""The ladder from words to force: how far an actor went for an attacked partner, on one day or on two."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.analysis.ladder import Ladder
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Text, draw_line, escape, make_box
from lagebild.charts.look import COLOURS, INK, LEADING, NARROW, RULE, TEXT, WIDTH
from lagebild.charts.text_metrics import break_lines
from lagebild.core.labels import Labels
from lagebild.core.tables import records

NAME = "ladder"
PHONE = 344
LEFT, ROW, HEAD, FOOT = 176.0, 36.0, 26.0, 30.0  # pixels: the names of rungs, height of a rung, of the days, of the key
SMALL = TEXT - 1
# Different in form, so that greyscale is enough.
SIGNS = {"done": "circle", "said": "circle-open", "denied": "x-thin-open", "floated": "circle-open", "none": ""}
SHADES = {"done": 0.22, "said": 0.07}


def draw_ladder(ladder: Ladder | None, events: pd.DataFrame, rungs: pd.DataFrame, labels: Labels) -> list[Chart]:
    """Draw the ladder for the page and for a small screen; nothing if there is none.

    Force stands at the top, words at the bottom. Each rung says for each day whether somebody reached it, is said to
    have reached it, or has not on record; the event named is the one that says it best. A small screen shows the last
    day.
    """
    if ladder is None:
        return []
    named = dict(zip(rungs["rung_id"], rungs[f"name_{labels.language}"], strict=True))
    summary = {row["event_id"]: _name(row, labels) for row in records(events)}
    who = {"helper": labels.actor(ladder.helper), "partner": labels.actor(ladder.partner)}
    last = max(ladder.rungs["day"])
    said = [
        f"{named[row['rung_id']]}: {labels('rung.' + row['standing'])}"
        for row in reversed(records(ladder.rungs[ladder.rungs["day"] == last]))
    ]
    alt = labels("alt.ladder", day=labels.day(last), rungs="; ".join(said), **who)
    title = labels("figure.ladder", **who)
    charts = []
    for name, width in ((NAME, WIDTH), (NAME + NARROW, PHONE)):
        shown = ladder.rungs if width == WIDTH else ladder.rungs[ladder.rungs["day"] == last]
        charts.append(Chart(name, _lay_out(shown, named, summary, width, labels), ladder.rungs, title, alt))
    return charts


def _name(event: dict[str, Any], labels: Labels) -> str:
    """Return what an event was, and in which year."""
    year = event["latest"][:4]
    return str(event[f"summary_{labels.language}"]) + (f" ({year})" if year else "")


def _lay_out(
    shown: pd.DataFrame, named: dict[str, str], summary: dict[str, str], width: int, labels: Labels
) -> Picture:
    days, order = list(dict.fromkeys(shown["day"])), list(dict.fromkeys(shown["rung_id"]))[::-1]
    left = LEFT if width == WIDTH else 104.0
    wide = (width - left - 2) / len(days)
    drawing = Drawing()
    for at, rung in enumerate(order):
        y = HEAD + ROW * at
        lines = tuple(break_lines(named[rung], left - 14, TEXT, bold=True))
        drawing += draw_line(0, y, width, y, RULE, 0.6)
        drawing += Drawing(words=(Text(left - 10, y + ROW / 2, lines, TEXT, "right", True),))
    drawing += draw_line(0, HEAD + ROW * len(order), width, HEAD + ROW * len(order), RULE, 0.6)
    for number, day in enumerate(days):
        x = left + wide * number
        head = labels("ladder.by", day=labels.day(day))
        drawing += Drawing(words=(Text(x + 4, HEAD / 2, (head,), TEXT, "left", True),))
        for row in records(shown[shown["day"] == day]):
            y = HEAD + ROW * order.index(row["rung_id"])
            drawing += _draw_rung(row, x, y, wide, summary, labels)
    key = labels("ladder.key")
    lines = tuple(break_lines(key, width - 8, SMALL))
    foot = HEAD + ROW * len(order) + 8 + SMALL * LEADING * len(lines) / 2
    drawing += Drawing(words=(Text(4, foot, lines, SMALL),))
    return Picture(drawing, width, round(foot + SMALL * LEADING * len(lines) / 2 + 4))


def _draw_rung(
    row: dict[str, Any], x: float, y: float, wide: float, summary: dict[str, str], labels: Labels
) -> Drawing:
    standing, shown = row["standing"], row["shown"]
    middle = y + ROW / 2
    if standing == "none":
        nothing = Text(x + 24, middle, (labels("ladder.none"),), SMALL, colour=COLOURS[0])
        return Drawing(words=(Text(x + 12, middle, ("–",), TEXT + 2, "center", True, COLOURS[0]), nothing))
    colour = COLOURS[-1] if standing == "denied" else COLOURS[1]
    more = row["n_acts"] - 1
    text = summary[shown] + (f" {labels('egonet.more', n=more)}" if more else "")
    room = wide - 32
    lines = break_lines(text, room, SMALL)
    if len(lines) > 2:
        lines = break_lines(summary[shown], room, SMALL)[:2]
    hover = f"{labels('rung.' + standing)}: {escape(summary[shown])}"
    box = make_box(x + 1, y + 1, x + wide - 3, y + ROW - 1, COLOURS[1], SHADES.get(standing, 0.0))
    shade = (box,) if standing in SHADES else ()
    mark = Mark(x + 12, middle, SIGNS[standing], colour, 11, shown, hover, width=2.0)
    return Drawing(shade, (mark,), (Text(x + 24, middle, tuple(lines), SMALL, colour=INK, name=shown),))
