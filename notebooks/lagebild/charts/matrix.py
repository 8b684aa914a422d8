"""A matrix of cells: what stands in each, in which order and frame, with the names beside it.

A cell is blank where nothing is known: unknown is not zero. Its number is the one of its colour, and nothing else
stands in it but a mark for what is contested: a reader would take a count beside a sign for the sum. Counts are told on
hovering, in the words below and in the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from lagebild.charts.chart import COLOURS, INK, RULE, TEXT, WIDTH, style, wrap
from lagebild.charts.text_metrics import measure_text
from lagebild.core.labels import Labels

SCALE = [[0, COLOURS[-1]], [0.5, "#FFFFFF"], [1, COLOURS[1]]]
SATURATION = 20.0  # a net this strong has the full colour; about two attacks or six acts of support
CELL, HEIGHT, LEFT = 44, 900, 168  # pixels: the widest cell, the tallest figure that fits a page, the names of rows
LINE, ROWS = 27, 18  # height of a row, and how many stand below their words on one page, in letters of 6.5 points
MOST = 18  # columns, so that a cell is at least 30 pixels wide, as two lines of a name above it need


@dataclass(frozen=True)
class Cell:
    """What one cell of a matrix shows: its value as colour, its text, its words on hovering, the id behind it.

    `frame` is a line round the cell, "bold" or "dot".
    """

    value: float
    text: str
    hover: str
    anchor: str
    frame: str = ""


Cells = dict[tuple[str, str], Cell]


def draw_cells(cells: Cells, blocs: list[list[str]], corner: str, labels: Labels) -> go.Figure:
    """Draw cells by row and column, both in the order of the blocs, with a thin line between these.

    Cells are shapes, so that they stay vectors in the PDF, under markers that carry hover and anchor.
    """
    figure = go.Figure()
    order = [actor for bloc in blocs for actor in bloc]
    rows, columns = ([actor for actor in order if actor in {pair[end] for pair in cells}] for end in (0, 1))
    spots = [
        (x, y, cells[row, column])
        for y, row in enumerate(rows)
        for x, column in enumerate(columns)
        if (row, column) in cells
    ]
    shapes = [_draw_cell(x, y, cell) for x, y, cell in spots]
    notes = [_write_cell(x, y, cell) for x, y, cell in spots]
    for y, row in enumerate(rows):
        if row in columns:
            shapes.append(_draw_shape("line", (columns.index(row), y), (0.4, 0.4), {"color": RULE, "width": 1}))
    home = {actor: number for number, bloc in enumerate(blocs) for actor in bloc}
    for shown, axis, across in ((columns, "x", "y"), (rows, "y", "x")):
        for n, (one, other) in enumerate(pairwise(shown)):
            if home[one] != home[other]:
                at = {f"{axis}0": n + 0.5, f"{axis}1": n + 0.5, f"{across}0": 0, f"{across}1": 1}
                line = {"color": INK, "width": 0.8}
                shapes.append({"type": "line", f"{across}ref": "paper", **at, "line": line, "layer": "below"})
    figure.update_layout(shapes=shapes, annotations=notes)  # at once: plotly takes its time for each that is added
    figure.add_trace(draw_spots([(x, y, cell.hover, cell.anchor) for x, y, cell in spots]))
    frame_matrix(figure, [labels.actor(row) for row in rows], [labels.actor(c) for c in columns], corner, LINE)
    return figure


def limit_actors(cells: Cells, weight: pd.Series) -> tuple[Cells, int]:
    """Return the cells of the heaviest actors, as many as fit a page, and how many other actors have cells, too."""
    widest = max((measure_text(cell.text, TEXT, bold=True) for cell in cells.values()), default=0.0)
    columns = min(MOST, int((WIDTH - LEFT - 12) / (widest + 5)))
    kept = []
    for end, most in ((0, ROWS), (1, columns)):
        ends = {pair[end] for pair in cells}
        kept.append(set(sorted(ends, key=lambda actor: (-weight.get(actor, 0.0), actor))[:most]))
    shown = {(row, column): cell for (row, column), cell in cells.items() if row in kept[0] and column in kept[1]}
    everybody, seen = ({actor for pair in pairs for actor in pair} for pairs in (cells, shown))
    return shown, len(everybody - seen)


def weigh_actors(frame: pd.DataFrame, count: str, ends: tuple[str, ...]) -> pd.Series:
    """Return how much is counted for each actor at one of these ends of a row."""
    weight = pd.concat([frame.groupby(end)[count].sum() for end in ends])
    return pd.Series(weight.groupby(level=0).sum())


def add_more(alt: str, more: int, labels: Labels) -> str:
    """Return an alternative text that also says how many actors a matrix had no room for."""
    return f"{alt} {labels('alt.more', n=more)}" if more else alt


def write_number(value: float, labels: Labels) -> str:
    """Return a number with its sign, or the word for one that is unknown."""
    return labels.number(value, signed=True) if pd.notna(value) else labels("number.unknown")


def write_value(value: float, known: bool, contested: int, labels: Labels) -> str:
    """Return what stands in a cell: its number as the table has it, or ?, and * if something contested is left out."""
    return (labels.number(value, signed=True) if known else "?") + ("*" if contested else "")


def draw_spots(spots: list[tuple[float, float, str, str]], **marker: Any) -> go.Scatter:
    """Return the marks of a matrix: place, words on hovering, id behind it; invisible unless `marker` says how."""
    return go.Scatter(
        x=[x for x, *_ in spots],
        y=[y for _, y, *_ in spots],
        mode="markers",
        showlegend=False,
        marker=marker or {"symbol": "square", "size": 26, "opacity": 0},
        hovertext=[hover for *_, hover, _ in spots],
        customdata=[[anchor] for *_, anchor in spots],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def frame_matrix(
    figure: go.Figure, rows: list[str], columns: list[str], corner: str, high: int, left: int = LEFT, wide: int = CELL
) -> None:
    """Give a figure of cells its size, the names of its rows and columns, and the words in its corner.

    `high` is the height of a row in pixels, `wide` the greatest width of a column, `left` what the names of rows take.
    """
    names = [wrap(column, 24) for column in columns]
    lines = [line for name in names for line in name.split("<br>")]
    top = max(16 + round(6.4 * max(map(len, lines), default=1)), 16 + 15 * (corner.count("<br>") + 1))
    width = left + 12 + min(wide, (WIDTH - left - 12) // max(len(columns), 1)) * len(columns)
    style(figure, width, top + 8 + high * len(rows), left=left, right=12, top=top, bottom=8)
    figure.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=names,
        side="top",
        tickangle=-90,
        showgrid=False,
        zeroline=False,
        range=[-0.5, len(columns) - 0.5],
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[wrap(row, round(26 * left / LEFT)) for row in rows],
        showgrid=False,
        zeroline=False,
        range=[len(rows) - 0.5, -0.5],
        fixedrange=True,
    )
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        xshift=-8,
        yshift=6,
        align="right",
        text=corner,
        showarrow=False,
        font={"size": TEXT - 1},
    )


def _fill(cell: Cell) -> str:
    strength = min(abs(cell.value) / SATURATION, 1.0)
    return str(sample_colorscale(SCALE, [0.5 + 0.5 * strength * (1 if cell.value > 0 else -1)])[0])


def _draw_cell(x: int, y: int, cell: Cell) -> dict[str, Any]:
    line = {
        "": {"color": RULE, "width": 1},
        "dot": {"color": INK, "width": 1, "dash": "dot"},
        "bold": {"color": INK, "width": 2.5},
    }[cell.frame]
    return _draw_shape("rect", (x, y), (0.46, 0.44), line, fillcolor=_fill(cell), layer="below")


def _write_cell(x: int, y: int, cell: Cell) -> dict[str, Any]:
    font = {"size": TEXT, "color": _ink(_fill(cell))}
    text = f"<b>{cell.text}</b>" if cell.frame == "bold" else cell.text
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font}


def _ink(fill: str) -> str:
    """Return black or white, whichever stands out more from a colour such as "rgb(0, 114, 178)" (WCAG 2.1, 1.4.3)."""
    parts = [float(part) / 255 for part in re.findall(r"[\d.]+", fill)[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "white"


def _draw_shape(
    kind: str, at: tuple[int, int], reach: tuple[float, float], line: dict[str, Any], **look: Any
) -> dict[str, Any]:
    """Return a rectangle or a diagonal line round the middle of a cell."""
    (x, y), (wide, high) = at, reach
    return {"type": kind, "x0": x - wide, "x1": x + wide, "y0": y - high, "y1": y + high, "line": line, **look}
