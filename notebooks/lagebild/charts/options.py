"""The dilemma as one picture: which ties each option of an actor would move, and what that would do to the balance.

An arrow shows by its form which way a tie would move, filled if its sign would flip; a letter beside it says on whose
word. The picture is reckoned in pixels, so that nothing overlaps.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.charts.chart import COLOURS, MARKS, RULE, SIGNS, TEXT, WIDTH, Chart, escape, rank_actors
from lagebild.charts.drawing import Drawing, Mark, Text, assemble, draw_line
from lagebild.charts.text_metrics import break_lines, measure_text
from lagebild.core.case import Entry, Judgements
from lagebild.core.labels import Labels
from lagebild.core.schema import BASES, ids
from lagebild.core.tables import records

SIDE = 140.0  # pixels for the names of the options, at the left
FACTS = {"settles": 56.0, "upsets": 56.0, "frustration": 78.0, "binds": 76.0}  # columns at the right, in pixels
LINE, ARROW, ROW = 14.0, 15.0, 46.0
NARROW = 30.0  # of a column for a tie, in pixels: further ties are in the table only


def draw_options(options: pd.DataFrame, outcomes: pd.DataFrame, judgements: Judgements, labels: Labels) -> Chart:
    """Draw which ties each option would move, and what it would do to triads, frustration and hands.

    The frame of the chart is `options` with the columns of `outcomes` beside each tie; an option that moves no tie has
    one row without a tie.
    """
    moves = {name: records(rows) for name, rows in options.groupby("option_id")}
    facts = {row["option_id"]: row for row in records(outcomes)}
    entries = [entry for entry in judgements.options if entry.entry_id in facts]
    most = int((WIDTH - SIDE - sum(FACTS.values())) // NARROW)
    targets = rank_actors(options["target"].value_counts())[:most]
    ties, right = _lay_out(targets)
    drawing, y = _draw_heads(targets, ties, right, labels)
    for entry in entries:
        name = break_lines(_heading(entry, labels), SIDE - 14, TEXT)
        high = max(ROW, len(name) * LINE + 12)
        middle = y + high / 2
        drawing += draw_line(0, y, WIDTH, y, RULE)
        heading = Text(4, middle, tuple(name), TEXT, name=entry.entry_id, hover=escape(" ".join(name)))
        drawing += Drawing(words=(heading,))
        for target in targets:
            here = [move for move in moves.get(entry.entry_id, []) if move["target"] == target]
            drawing += _draw_cell(here, entry, ties[target], middle, labels)
        for column, text in _describe_facts(facts[entry.entry_id]).items():
            drawing += Drawing(words=(Text(right[column], middle, (text,), TEXT, "center"),))
        y += high
    legend, height = _draw_legend(y, labels)
    frame = outcomes.merge(options, on="option_id", how="left", suffixes=("", "_tie")).fillna("")
    described = [
        _describe_option(entry, moves.get(entry.entry_id, []), facts[entry.entry_id], labels) for entry in entries
    ]
    alt = " ".join([labels("alt.options", n=len(entries)), *described])
    figure = assemble(drawing + legend, WIDTH, height)
    return Chart("options", figure, frame, labels("figure.options"), alt)


def describe_move(move: dict[str, Any], current: bool, labels: Labels) -> str:
    """Return in words how an option would move a tie, or how the present course moves it."""
    way = "up" if move["change"] == "+" else "down"
    return labels(
        f"option.current.{way}" if current else f"option.change.{way}",
        a=labels.actor(move["actor"]),
        b=labels.actor(move["target"]),
        today=labels(f"sign.{move['today'] or 'unknown'}"),
    )


def _lay_out(targets: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the middles of the columns: of the ties by actor, of the facts by name."""
    room = WIDTH - SIDE - sum(FACTS.values())
    step = min(room / max(len(targets), 1), 90.0)
    ties = {target: SIDE + (number + 0.5) * step for number, target in enumerate(targets)}
    right, x = {}, WIDTH - sum(FACTS.values())
    for name, wide in FACTS.items():
        right[name] = x + wide / 2
        x += wide
    return ties, right


def _draw_heads(
    targets: list[str], ties: dict[str, float], right: dict[str, float], labels: Labels
) -> tuple[Drawing, float]:
    """Draw the heads of the columns, and return the pixel below them."""
    step = (WIDTH - SIDE - sum(FACTS.values())) / max(len(targets), 1)
    heads = [(ties[target], break_lines(labels.actor(target), min(step, 90.0) - 4, TEXT)) for target in targets]
    heads += [(right[name], break_lines(labels(f"option.column.{name}"), FACTS[name] - 4, TEXT)) for name in FACTS]
    high = max(len(lines) for _, lines in heads) * LINE
    words = [Text(x, 6 + high - len(lines) * LINE / 2, tuple(lines), TEXT, "center") for x, lines in heads]
    return Drawing(words=tuple(words)), high + 12


def _draw_cell(moves: list[dict[str, Any]], entry: Entry, x: float, y: float, labels: Labels) -> Drawing:
    """Draw the arrows of a tie side by side, each with the letter of its basis, above its sign today and after."""
    drawing = Drawing()
    for number, move in enumerate(moves):
        at = x + (number - (len(moves) - 1) / 2) * 28 - 5
        way = 1 if move["change"] == "+" else -1
        symbol = MARKS[way] + ("" if move["flips"] == "yes" else "-open")
        hover = escape(f"{describe_move(move, entry.current, labels)} ({labels('basis.' + move['basis'])})")
        letter = labels(f"basis.{move['basis']}.mark")
        drawing += Drawing(
            marks=(Mark(at, y - 9, symbol, COLOURS[way], ARROW, entry.entry_id, hover),),
            words=(Text(at + 10, y - 9, (letter,), TEXT - 1),),
        )
    if moves:
        today, flips = moves[0]["today"], any(move["flips"] == "yes" for move in moves)
        after = next(move["change"] for move in moves if move["flips"] == "yes") if flips else today
        text = f"{SIGNS[today]} → {SIGNS[after]}" if today else SIGNS[""]
        drawing += Drawing(words=(Text(x, y + 11, (text,), TEXT, "center", bold=flips),))
    return drawing


def _draw_legend(y: float, labels: Labels) -> tuple[Drawing, float]:
    """Draw what every form and letter means, and return the height of the whole picture."""
    forms = [
        (MARKS[1], COLOURS[1], labels("legend.up.flips")),
        (MARKS[1] + "-open", COLOURS[1], labels("legend.up.stays")),
        (MARKS[-1], COLOURS[-1], labels("legend.down.flips")),
        (MARKS[-1] + "-open", COLOURS[-1], labels("legend.down.stays")),
    ]
    drawing, x, y = draw_line(0, y, WIDTH, y, RULE), 12.0, y + 18
    for symbol, colour, text in forms:
        wide = measure_text(text, TEXT) + 38
        if x > 12 and x + wide > WIDTH:
            x, y = 12.0, y + LINE + 6
        drawing += Drawing(
            marks=(Mark(x, y, symbol, colour, ARROW - 2, "", escape(text)),), words=(Text(x + 13, y, (text,), TEXT),)
        )
        x += wide
    letters = "; ".join(f"{labels(f'basis.{basis}.mark')}: {labels('basis.' + basis)}" for basis in BASES)
    lines = [
        line
        for text in (letters, labels("legend.signs"), labels("legend.both"), labels("legend.facts"))
        for line in break_lines(text, WIDTH - 12, TEXT)
    ]
    top = y + LINE + 2
    words = tuple(Text(5, top + number * LINE, (line,), TEXT) for number, line in enumerate(lines))
    return drawing + Drawing(words=words), top + len(lines) * LINE


def _describe_facts(fact: dict[str, Any]) -> dict[str, str]:
    """Return what stands in the columns at the right of an option."""
    bound = "" if fact["exact"] == "yes" else "≤ "
    before, after = (f"{bound}{fact[f'frustration_{when}']}" for when in ("before", "after"))
    counts = {name: str(len(ids(fact[name]))) for name in FACTS if name != "frustration"}
    return {name: counts.get(name, f"{before} → {after}") for name in FACTS}


def _describe_option(entry: Entry, moves: list[dict[str, Any]], fact: dict[str, Any], labels: Labels) -> str:
    """Return in words what the row of an option shows."""
    moved = [f"{describe_move(move, entry.current, labels)} ({labels('basis.' + move['basis'])})" for move in moves]
    facts = [f"{labels(f'option.column.{name}')} {text}" for name, text in _describe_facts(fact).items()]
    return f"{_heading(entry, labels)}: {'; '.join(moved + facts)}."


def _heading(entry: Entry, labels: Labels) -> str:
    return entry.heading.get(labels.language, entry.entry_id)
