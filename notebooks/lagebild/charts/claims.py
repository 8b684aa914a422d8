"""The chart of claims: who says that a contested event happened, who says it otherwise, and who denies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Text, draw_line, escape
from lagebild.charts.look import COLOURS, INK, RULE, TEXT
from lagebild.charts.matrix import Grid, lay_out
from lagebild.core.labels import Labels
from lagebild.core.schema import ids
from lagebild.core.tables import records

FORMS = {"claimed": "circle", "differs": "circle-open", "denied": "x-thin-open"}  # different without colour
LOOKS = {"claimed": (INK, 1.8), "differs": (INK, 1.8), "denied": (COLOURS[-1], 2.2)}
APART = 12  # pixels from mark to mark where somebody is on several sides
GROUPS = ("occurrence", "particulars", "parties")
TEXTS, OTHERS = "", "*"  # columns beside those of speakers; no id of an actor is one of these
LEFT, WIDE, HIGH, MOST = 252, 36, 31, 12  # pixels; columns of speakers
LENGTH = 18  # events that fit a page below the names of speakers, with a line for each group; the table holds all


def draw_claims(claims: pd.DataFrame, events: pd.DataFrame, labels: Labels) -> Chart:
    """Draw contested events against those who claim, change or deny them; events that only parties report come last.

    Where a text names no speaker, it speaks itself, in a column of its own; so do the speakers that there is no room
    for.
    """
    rows = [row | {"group": _group(row)} for row in records(claims)]
    summary = events.set_index("event_id")[f"summary_{labels.language}"]
    rows.sort(key=lambda row: (GROUPS.index(row["group"]), row["event_id"]))
    shown = rows[:LENGTH]
    columns = _choose_columns(shown)
    names: list[str] = []
    headings: dict[str, int] = {}
    for row in shown:
        if row["group"] not in headings:
            headings[row["group"]] = len(names)
            names.append("")
        names.append(str(summary[row["event_id"]]))
    words = {TEXTS: labels("claims.texts"), OTHERS: labels("claims.others")}
    heads = [words.get(one) or labels.actor(one) for one in columns]
    grid, drawing = lay_out(names, heads, labels("claims.key"), HIGH, LEFT, WIDE)
    events_at = [y for y, name in enumerate(names) if name]
    for row, at in zip(shown, events_at, strict=True):
        y = grid.at(0, at)[1]
        drawing += draw_line(grid.left, y, grid.right, y, RULE)
        drawing += Drawing(marks=tuple(_find_marks(row, columns, grid, at, names[at], labels)))
    for group, at in headings.items():
        y = grid.at(0, at)[1] + 4
        drawing += Drawing(words=(Text(2, y, (labels(f"claims.{group}"),), TEXT, bold=True),))
    loudest = {side: Counter(name for row in rows for name in ids(row[f"{side}_by"])) for side in FORMS}
    most = {side: min(count, key=lambda name: (-count[name], name), default="") for side, count in loudest.items()}
    alt = labels(
        "alt.claims",
        n=len(rows),
        contested=sum(row["group"] == "occurrence" for row in rows),
        particulars=sum(row["group"] == "particulars" for row in rows),
        parties=sum(row["group"] == "parties" for row in rows),
        claims=labels.actor(most["claimed"]) or "–",
        denies=labels.actor(most["denied"]) or "–",
    )
    alt += f" {labels('alt.more_events', n=len(rows) - len(shown))}" if len(rows) > len(shown) else ""
    return Chart("saying-claims", grid.frame(drawing), claims, labels("figure.claims"), alt)


def _group(row: dict[str, Any]) -> str:
    return "parties" if row["contested"] == "no" else str(row["contested"])


def _choose_columns(rows: list[dict[str, Any]]) -> list[str]:
    """Return the speakers that take most sides, the texts themselves, and a column for all others if there are any."""
    count = Counter(speaker for row in rows for side in FORMS for speaker in ids(row[f"{side}_by"]))
    ranked = sorted(count, key=lambda speaker: (-count[speaker], speaker))
    texts = [TEXTS] if any(row[f"{side}_publishers"] for row in rows for side in FORMS) else []
    return [*ranked[: MOST - 2], *texts, *([OTHERS] if len(ranked) > MOST - 2 else [])]


def _find_marks(
    row: dict[str, Any], columns: list[str], grid: Grid, at: int, summary: str, labels: Labels
) -> Iterator[Mark]:
    """Yield the marks of one event, which stands in the row `at`."""
    voices: dict[tuple[str, str], list[str]] = {}
    for side in FORMS:
        for speaker in ids(row[f"{side}_by"]):
            column = speaker if speaker in columns else OTHERS
            voices.setdefault((column, side), []).append(labels.actor(speaker))
        if publishers := ids(row[f"{side}_publishers"]):
            voices[TEXTS, side] = list(publishers)
    sides = {column: [side for side in FORMS if (column, side) in voices] for column, _ in voices}
    for (column, side), who in voices.items():
        x, y = grid.at(columns.index(column), at)
        x += (sides[column].index(side) - (len(sides[column]) - 1) / 2) * APART
        named = {"who": escape(labels.enumerate(who)), "label": escape(summary)}
        hover = labels("hover.claim", side=labels(f"claims.{side}"), **named)
        colour, width = LOOKS[side]
        yield Mark(x, y, FORMS[side], colour, 11, row["event_id"], hover, width=width)
