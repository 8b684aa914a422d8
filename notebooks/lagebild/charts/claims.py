"""The chart of claims: who says that a contested event happened, who says it otherwise, and who denies it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.chart import COLOURS, INK, RULE, Chart, escape
from lagebild.charts.matrix import draw_spots, frame_matrix
from lagebild.core.labels import Labels
from lagebild.core.schema import ids
from lagebild.core.tables import records

FORMS = {"claimed": "circle", "differs": "circle-open", "denied": "x-thin-open"}  # different without colour
SHIFTS = {"claimed": -0.22, "differs": 0.0, "denied": 0.22}  # where somebody is on several sides
GROUPS = ("occurrence", "particulars", "parties")
TEXTS, OTHERS = "", "*"  # columns beside those of speakers; no id of an actor is one of these
LEFT, WIDE, HIGH, MOST = 252, 36, 31, 12  # pixels; columns of speakers
LENGTH = 18  # events that fit a page below the names of speakers, with a line for each group; the table holds all
LINE = {"color": RULE, "width": 1}


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
    spots: list[tuple[float, float, str, str, str]] = []
    lines: list[tuple[int, str]] = []
    for row in shown:
        if row["group"] not in {group for _, group in lines}:
            lines.append((len(names), row["group"]))
            names.append("")
        spots += _find_spots(row, columns, len(names), str(summary[row["event_id"]]), labels)
        names.append(str(summary[row["event_id"]]))
    figure = go.Figure()
    for y in range(len(names)):
        if names[y]:
            figure.add_shape(type="line", x0=-0.5, x1=len(columns) - 0.5, y0=y, y1=y, line=LINE, layer="below")
    for side, symbol in FORMS.items():
        look = {"color": COLOURS[-1] if side == "denied" else INK, "width": 2.2 if side == "denied" else 1.8}
        marks = [spot[:4] for spot in spots if spot[4] == side]
        figure.add_trace(draw_spots(marks, symbol=symbol, size=11, color=look["color"], line=look))
    words = {TEXTS: labels("claims.texts"), OTHERS: labels("claims.others")}
    heads = [words.get(one) or labels.actor(one) for one in columns]
    frame_matrix(figure, names, heads, labels("claims.key"), HIGH, LEFT, WIDE)
    for y, group in lines:
        text = f"<b>{labels(f'claims.{group}')}</b>"
        figure.add_annotation(
            x=0, xref="paper", xshift=-LEFT + 2, y=y, yshift=-4, text=text, showarrow=False, xanchor="left"
        )
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
    return Chart("saying-claims", figure, claims, labels("figure.claims"), alt)


def _group(row: dict[str, Any]) -> str:
    return "parties" if row["contested"] == "no" else str(row["contested"])


def _choose_columns(rows: list[dict[str, Any]]) -> list[str]:
    """Return the speakers that take most sides, the texts themselves, and a column for all others if there are any."""
    count = Counter(speaker for row in rows for side in FORMS for speaker in ids(row[f"{side}_by"]))
    ranked = sorted(count, key=lambda speaker: (-count[speaker], speaker))
    texts = [TEXTS] if any(row[f"{side}_publishers"] for row in rows for side in FORMS) else []
    return [*ranked[: MOST - 2], *texts, *([OTHERS] if len(ranked) > MOST - 2 else [])]


def _find_spots(
    row: dict[str, Any], columns: list[str], y: int, summary: str, labels: Labels
) -> list[tuple[float, float, str, str, str]]:
    """Return the marks of one event: place, words on hovering, id, side."""
    voices: dict[tuple[str, str], list[str]] = {}
    for side in FORMS:
        for speaker in ids(row[f"{side}_by"]):
            column = speaker if speaker in columns else OTHERS
            voices.setdefault((column, side), []).append(labels.actor(speaker))
        if publishers := ids(row[f"{side}_publishers"]):
            voices[TEXTS, side] = list(publishers)
    sides = Counter(column for column, _ in voices)
    spots: list[tuple[float, float, str, str, str]] = []
    for (column, side), who in voices.items():
        x = columns.index(column) + (SHIFTS[side] if sides[column] > 1 else 0.0)
        named = {"who": escape(labels.enumerate(who)), "label": escape(summary)}
        spots.append((x, y, labels("hover.claim", side=labels(f"claims.{side}"), **named), row["event_id"], side))
    return spots
