"""The chart of the parties that matter: who backs or opposes whom, how much, and how firmly that stands.

A bar in each cell runs from its middle line to the right for cooperation, to the left for conflict, and is as long as
the net; form, not colour, says how firm the tie of the two is. Its number stands above it.
"""

from __future__ import annotations

from functools import partial
from math import copysign
from typing import Any

import pandas as pd

from lagebild.analysis import undirected
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture, Text, draw_line, make_box
from lagebild.charts.matrix import describe_ends, describe_pair, find_row, hover_relation
from lagebild.charts.style import (
    COLOURS,
    INK,
    LEADING,
    NARROW,
    PALE,
    PHONE,
    RULE,
    TEXT,
    WHITE,
    WIDTH,
    break_lines,
    measure_text,
    measure_word,
)
from lagebild.core import Labels, records

NAME = "parties"
ROW, BAR, PAD = 36.0, 10.0, 4.0  # pixels: the height of a row and of a bar, and what is free beside a name
LEAST = 3.0  # pixels of the shortest bar, which would else not be seen; its number says how much it is
WIDEST = 110.0  # pixels of a column where there are few
SMALL = 9.5  # pixels: 6.5 points on A4
SCREEN = 12.0  # pixels of letters on a small screen
LINE = SMALL * LEADING
DASHES = {"undecided": "2,2"}  # of the outline of a bar


def draw_parties(relations: pd.DataFrame, ties: pd.DataFrame, parties: list[str], labels: Labels) -> list[Chart]:
    """Draw how each of the parties acts towards each other, for the page and for a small screen.

    There is nothing to draw if nothing is known between any two. The row acts, the column is acted upon. `parties` say
    in which order they stand: no line parts them into groups, for a state may be a partner of two that are at war.
    """
    both = relations["source_actor"].isin(parties) & relations["target_actor"].isin(parties)
    pairs = undirected(relations[both]).merge(ties[["one", "other", "strength"]], on=["one", "other"], how="left")
    frame = pairs.drop(columns=["one", "other"]).fillna({"strength": ""})
    if frame.empty:
        return []
    acting = {*frame["source_actor"], *frame["target_actor"]}
    order = [actor for actor in parties if actor in acting]
    ranked = records(frame.sort_values("net", kind="stable"))
    known = set(zip(frame["source_actor"], frame["target_actor"], strict=True))
    alone = [f"{labels.actor(a)} → {labels.actor(b)}" for a, b in sorted(known) if (b, a) not in known]
    alt = labels(
        "alt.parties",
        n=len(frame),
        possible=len(order) * (len(order) - 1),
        parties=labels.names(order),
        positive=(frame["sign"] == "+").sum(),
        negative=(frame["sign"] == "-").sum(),
        best=describe_pair(ranked[-1], labels),
        worst=describe_pair(ranked[0], labels),
        alone=labels.enumerate(alone) or "–",
    )
    told = labels("figure.parties"), alt, describe_ends(ranked, labels)
    return [
        Chart(NAME, partial(_draw_picture, frame, order, labels), frame, *told),
        Chart(NAME + NARROW, partial(_draw_narrow, frame, order, labels), frame, *told),
    ]


def _draw_picture(frame: pd.DataFrame, order: list[str], labels: Labels) -> Picture:
    """Return the picture: the names, a cell for each pair, and below how to read it."""
    names = {actor: labels.actor(actor) for actor in order}
    full = float(frame["net"].abs().max())
    left = max(96.0, *(measure_word(name, TEXT, True) + 2 * PAD for name in names.values()))
    wide = min((WIDTH - left - 2) / len(order), WIDEST)
    heads = {actor: break_lines(names[actor], wide - 6, TEXT, True) for actor in order}
    corner = [f"{labels('matrix.acts')} ↓", f"{labels('matrix.acted')} →"]
    top = max(*(TEXT * LEADING * len(lines) for lines in heads.values()), LINE * len(corner)) + 8
    right, bottom = left + wide * len(order), top + ROW * len(order)
    drawing = Drawing(words=(Text(PAD, top - 6 - LINE * len(corner) / 2, tuple(corner), SMALL),))
    for n, actor in enumerate(order):
        x, y = left + wide * (n + 0.5), top + ROW * (n + 0.5)
        head, name = heads[actor], break_lines(names[actor], left - 2 * PAD, TEXT, True)
        head_at = top - 6 - TEXT * LEADING * len(head) / 2
        drawing += Drawing(
            (make_box(x - wide / 2, y - ROW / 2, x + wide / 2, y + ROW / 2, PALE),),
            words=(
                Text(round(x, 2), round(head_at, 2), tuple(head), TEXT, "center", True),
                Text(left - PAD, y, tuple(name), TEXT, "right", True),
            ),
        )
        drawing += draw_line(x - wide / 2, y - ROW / 2, x + wide / 2, y + ROW / 2, RULE)
    for n in range(len(order) + 1):
        drawing += draw_line(left + wide * n, top, left + wide * n, bottom, RULE, 0.6)
        drawing += draw_line(left, top + ROW * n, right, top + ROW * n, RULE, 0.6)
    scale = (wide / 2 - 3) / (full or 1.0)
    for row in records(frame):
        x = left + wide * (order.index(row["target_actor"]) + 0.5)
        drawing += _draw_cell(row, x, top + ROW * order.index(row["source_actor"]), scale, labels)
    key = _draw_key(frame, "blank", bottom + 8, (full, full * scale, SMALL, WIDTH), labels)
    return key._replace(drawing=drawing + key.drawing)


def _draw_cell(row: dict[str, Any], x: float, y: float, scale: float, labels: Labels) -> Drawing:
    """Draw what one party does to another: its number, and under it the bar from the middle line `x`."""
    side, name = (row["net"] > 0) - (row["net"] < 0), find_row(row)
    strength = f"\n{labels('parties.' + row['strength'])}" if row["strength"] else ""
    hover = hover_relation(row, labels) + strength
    bar = _draw_bar(round(x, 2), y + 21 + BAR / 2, _measure_bar(row["net"], scale), row["strength"], name, hover)
    text = (_write_net(row, labels),)
    firm = row["strength"] == "firm"
    return bar + Text(round(x, 2), y + 10, text, TEXT, "center", firm, COLOURS[side], name, hover)


def _measure_bar(net: float, scale: float) -> float:
    """Return how long a bar is, with the sign of its net; what is too short to be seen is a little longer."""
    side = (net > 0) - (net < 0)
    return round(max(abs(net) * scale, LEAST) * side, 2)


def _draw_bar(x: float, y: float, length: float, strength: str, name: str = "", hover: str = "") -> Drawing:
    """Draw a bar and the middle line it starts from: filled if the tie is firm, hollow if thin, dashed if undecided."""
    line = draw_line(x, y - BAR / 2 - 3, x, y + BAR / 2 + 3, INK, 0.8)
    if not length:
        return line
    colour, dash = COLOURS[round(copysign(1, length))], DASHES.get(strength, "")
    x0, x1 = sorted((x, x + length))
    box = make_box(x0, y - BAR / 2, x1, y + BAR / 2, {"firm": colour}.get(strength, WHITE))
    return Drawing((box._replace(stroke=colour, width=1.2, dash=dash, name=name, hover=hover),)) + line


def _write_net(row: dict[str, Any], labels: Labels) -> str:
    """Return the net of a cell, if anything weighs, with * if something contested is left out and ? if undecided."""
    text = ""
    if row["n_events"]:
        text = labels.number(row["net"], signed=True)
    if row["n_contested"]:
        text += "*"
    if row["strength"] == "undecided":
        text += " ?"
    return text


def _draw_narrow(frame: pd.DataFrame, order: list[str], labels: Labels) -> Picture:
    """Return the same for a small screen: below each party those it acts towards, each with bar and number."""
    full = float(frame["net"].abs().max())
    left, middle, half = 12.0, 200.0, 68.0
    drawing, y = Drawing(), 0.0
    for actor in order:
        rows = sorted(records(frame[frame["source_actor"] == actor]), key=lambda row: order.index(row["target_actor"]))
        if not rows:
            continue
        y += 24.0
        drawing += Text(0, y - 10, (f"{labels.actor(actor)} →",), SCREEN, bold=True)
        drawing += draw_line(0, y, PHONE, y, RULE, 0.6)
        for row in rows:
            name = break_lines(labels.actor(row["target_actor"]), middle - half - left - 6, SCREEN)
            high = max(20.0, SCREEN * LEADING * len(name) + 4)
            drawing += _draw_bar(middle, y + high / 2, _measure_bar(row["net"], half / (full or 1.0)), row["strength"])
            side, firm = (row["net"] > 0) - (row["net"] < 0), row["strength"] == "firm"
            number = Text(PHONE - 2, y + high / 2, (_write_net(row, labels),), SCREEN, "right", firm, COLOURS[side])
            drawing += Drawing(
                words=(Text(left, y + high / 2, tuple(name), SCREEN), number._replace(name=find_row(row)))
            )
            y += high
    key = _draw_key(frame, "absent", y + 10, (full, half, SCREEN, PHONE), labels)
    return key._replace(drawing=drawing + key.drawing)


def _draw_key(
    frame: pd.DataFrame, note: str, y: float, scale: tuple[float, float, float, int], labels: Labels
) -> Picture:
    """Draw how to read a bar, and a `note` on the whole; what does not occur is left out.

    `scale` is the net of a full bar, its length, the size of letters and the width of the paper.
    """
    full, length, size, width = scale
    sides = [
        (_draw_bar(0, 0, length, "firm"), length + 6, labels("parties.right", n=labels.number(full))),
        (_draw_bar(length, 0, -length, "firm"), length + 6, labels("parties.left")),
    ]
    strengths = [strength for strength in ("firm", "thin", "undecided") if strength in set(frame["strength"])]
    forms = [(_draw_bar(0, 0, 20, strength), 26.0, labels(f"parties.{strength}")) for strength in strengths]
    occurs = {"contested": frame["n_contested"].any(), note: True, "both": bool(strengths)}
    notes = [key for key, there in occurs.items() if there]
    drawing, line = Drawing(), size * LEADING
    for row in (sides, forms, [(Drawing(), 0.0, labels(f"parties.{key}")) for key in notes]):
        x = PAD
        for sample, room, text in row:
            lines = break_lines(text, width - PAD - room, size)
            needed = room + measure_text(lines[0], size)
            if x > PAD and x + needed > width:
                x, y = PAD, y + line + 4
            at = y + line * len(lines) / 2
            drawing += sample.lower(y + line / 2, x) + Text(x + room, at, tuple(lines), size)
            y += line * (len(lines) - 1)
            x += needed + 16
        if row:
            y += line + 4
    return Picture(drawing, width, round(y))
