"""A matrix of cells, with the names beside it, and that of all relations: who does what to whom, in blocs.

A cell is blank where nothing is known: unknown is not zero. Its number is the one of its colour, and nothing else
stands in it but a mark for what is contested: a reader would take a count beside a sign for the sum. Counts are told on
hovering, in the words below and in the table. The blocs are those that the signs of the relations make.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise, product
from math import ceil
from typing import Any, NamedTuple

import pandas as pd

from lagebild.analysis import PAIR, find_blocs, keep_firm, signed_graph, tie_graph
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture, Shape, Text, draw_line
from lagebild.charts.style import (
    COLOURS,
    INK,
    RULE,
    TEXT,
    WHITE,
    WIDTH,
    break_lines,
    find_ink,
    measure_lines,
    mix_colours,
)
from lagebild.core import Labels, records

SATURATION = 20.0  # a net this strong has the full colour; about two attacks or six acts of support
CELL, HEIGHT, LEFT = 44, 900, 168  # pixels: the widest cell, the tallest figure that fits a page, the names of rows
LINE, ROWS = 27, 18  # height of a row, and how many stand below their words on one page, in letters of 6.5 points
MOST = 18  # columns, so that a cell is at least 30 pixels wide, as two lines of a name above it need
HEAD, RIGHT, BOTTOM = 150, 12, 8  # pixels: the longest line of a name above a column, and what is left free


@dataclass(frozen=True)
class Cell:
    """What one cell of a matrix shows: its value as colour, its text, its words on hovering, the id behind it."""

    value: float
    text: str
    hover: str
    anchor: str


Cells = dict[tuple[str, str], Cell]


class Grid(NamedTuple):
    """Rows and columns in pixels: how many there are, how wide and high each is, and where the first ones begin."""

    columns: int
    rows: int
    left: int
    top: int
    wide: int
    high: int

    @property
    def right(self) -> int:
        """Where the last column ends."""
        return self.left + self.wide * self.columns

    @property
    def bottom(self) -> int:
        """Where the last row ends."""
        return self.top + self.high * self.rows

    def at(self, column: float, row: float) -> tuple[float, float]:
        """Return the middle of a cell."""
        return round(self.left + self.wide * (column + 0.5), 2), round(self.top + self.high * (row + 0.5), 2)


def draw_cells(cells: Cells, blocs: list[list[str]], corner: str, labels: Labels) -> Picture:
    """Draw cells by row and column, both in the order of the blocs, with a thin line between these.

    `corner` says how to read them, above the names of the rows; its lines are parted by line breaks.
    """
    acting, acted = {row for row, _ in cells}, {column for _, column in cells}
    rows = [actor for actor in chain(*blocs) if actor in acting]
    columns = [actor for actor in chain(*blocs) if actor in acted]
    grid, drawing = _name_grid(list(map(labels.actor, rows)), list(map(labels.actor, columns)), corner)
    for (y, row), (x, column) in product(enumerate(rows), enumerate(columns)):
        if (row, column) in cells:
            drawing += _draw_cell(grid, x, y, cells[row, column])
    for y, row in enumerate(rows):
        if row in columns:
            (x0, y0), (x1, y1) = _find_corners(grid, columns.index(row), y, 0.4, 0.4)
            drawing += draw_line(x0, y0, x1, y1, RULE)
    home: dict[str, int] = {}
    for number, bloc in enumerate(blocs):
        home |= dict.fromkeys(bloc, number)
    drawing += _draw_borders(grid, _find_borders(columns, home), _find_borders(rows, home))
    return Picture(drawing, grid.right + RIGHT, grid.bottom + BOTTOM)


def limit_actors(cells: Cells, weight: pd.Series) -> tuple[Cells, int]:
    """Return the cells of the heaviest actors, as many as fit a page, and how many other actors have cells, too."""
    widest = measure_lines((cell.text for cell in cells.values()), TEXT)
    columns = min(MOST, int((WIDTH - LEFT - RIGHT) / (widest + 5)))
    kept = []
    for end, most in ((0, ROWS), (1, columns)):
        ends = {pair[end] for pair in cells}
        kept.append(set(sorted(ends, key=lambda actor: (-weight.get(actor, 0.0), actor))[:most]))
    shown = {(row, column): cell for (row, column), cell in cells.items() if row in kept[0] and column in kept[1]}
    return shown, len(set(chain(*cells)) - set(chain(*shown)))


def rank_actors(weight: pd.Series, first: str = "") -> list[str]:
    """Return the actors in the index of `weight`, the heaviest first; before them all the one called `first`."""
    return sorted(map(str, weight.index), key=lambda actor: (actor != first, -weight[actor], actor))


def weigh_actors(relations: pd.DataFrame) -> pd.Series:
    """Return how many events each actor has, as who acts and as who is acted upon."""
    weight = pd.concat([relations.groupby(end)["n_events"].sum() for end in PAIR])
    return pd.Series(weight.groupby(level=0).sum())


def add_more(alt: str, more: int, labels: Labels) -> str:
    """Return an alternative text that also says how many actors a matrix had no room for."""
    return f"{alt} {labels('alt.more', n=more)}" if more else alt


def write_value(value: float, known: bool, contested: int, labels: Labels) -> str:
    """Return what stands in a cell: its number, whole from 100 on, or ?, and * if something contested is left out."""
    shown = round(value) if abs(value) >= 100 else value
    return (labels.number(shown, signed=True) if known else "?") + ("*" if contested else "")


def _name_grid(rows: list[str], columns: list[str], corner: str) -> tuple[Grid, Drawing]:
    """Return the grid of a matrix, with the names of its rows and columns, and the lines of words in its corner."""
    heads = [tuple(break_lines(name, HEAD, TEXT)) for name in columns]
    notes = tuple(corner.split("\n"))
    longest = measure_lines(chain(*heads), TEXT)
    top = max(12 + ceil(longest), 16 + 15 * len(notes))
    wide = min(CELL, (WIDTH - LEFT - RIGHT) // max(len(columns), 1))
    grid = Grid(len(columns), len(rows), LEFT, top, wide, LINE)
    drawing = Drawing()
    for x, lines in enumerate(heads):
        drawing += Text(grid.at(x, 0)[0], top - 4, lines, TEXT, angle=-90)
    for y, name in enumerate(rows):
        drawing += Text(LEFT - 4, grid.at(0, y)[1], tuple(break_lines(name, LEFT - 12, TEXT)), TEXT, "right")
    return grid, drawing + Text(LEFT - 8, top - 6 - 6.5 * len(notes), notes, TEXT - 1, "right")


def _find_borders(shown: list[str], home: dict[str, int]) -> list[int]:
    """Return how many actors stand before each border of two blocs."""
    return [n for n, (before, behind) in enumerate(pairwise(shown), start=1) if home[before] != home[behind]]


def _draw_borders(grid: Grid, across: list[int], down: list[int]) -> Drawing:
    """Draw lines behind so many columns, and below so many rows."""
    drawing = Drawing()
    for n in across:
        x = grid.left + grid.wide * n
        drawing += draw_line(x, grid.top, x, grid.bottom, INK, 0.8)
    for n in down:
        y = grid.top + grid.high * n
        drawing += draw_line(grid.left, y, grid.right, y, INK, 0.8)
    return drawing


def _draw_cell(grid: Grid, x: int, y: int, cell: Cell) -> Drawing:
    fill = _find_fill(cell.value)
    corners = _find_corners(grid, x, y, 0.46, 0.44)
    shape = Shape("rect", corners, fill, RULE, name=cell.anchor, hover=cell.hover)
    number = Text(*grid.at(x, y), (cell.text,), TEXT, "center", colour=find_ink(fill))
    return Drawing((shape,), words=(number,))


def _find_corners(
    grid: Grid, x: int, y: int, across: float, down: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return two corners of a box round the middle of a cell that reaches these shares of it to each side."""
    return grid.at(x - across, y - down), grid.at(x + across, y + down)


def _find_fill(value: float) -> str:
    """Return white for nothing, and the more of the colour of its side the stronger a value is."""
    return mix_colours(((0.0, WHITE), (1.0, COLOURS[1 if value > 0 else -1])), min(abs(value) / SATURATION, 1.0))


# --- The matrix of relations ---


def order_blocs(relations: pd.DataFrame, subject: str, ties: pd.DataFrame | None = None) -> list[list[str]]:
    """Return the actors by blocs found in the data, the bloc of the subject first and the subject first in it.

    A bloc is a faction of the signed graph (`balance`), of firm ties alone if `ties` say which are; inside one the
    actors stand by how much is known about them. Who has no such tie with a sign stands last.
    """
    graph = signed_graph(relations) if ties is None else keep_firm(tie_graph(ties))
    graph.add_nodes_from({*relations["source_actor"], *relations["target_actor"]})
    weight = weigh_actors(relations)
    known = rank_actors(weight, subject)
    blocs = []
    for bloc in sorted(find_blocs(graph), key=lambda bloc: subject not in bloc):
        if any(map(graph.degree, bloc)):
            blocs.append([actor for actor in known if actor in bloc])
    blocs.append([actor for actor in known if not graph.degree(actor)])
    return list(filter(None, blocs))


def draw_relations(relations: pd.DataFrame, subject: str, labels: Labels, ties: pd.DataFrame | None = None) -> Chart:
    """Draw the directed, signed relation matrix: row acts, column is acted upon; `ties` as in `order_blocs`."""
    cells: Cells = {}
    for row in records(relations):
        text = write_value(row["net"], row["n_events"] > 0, row["n_contested"], labels)
        ends = row["source_actor"], row["target_actor"]
        cells[ends] = Cell(row["net"], text, hover_relation(row, labels), find_row(row))
    blocs = order_blocs(relations, subject, ties)
    shown, more = limit_actors(cells, weigh_actors(relations))
    corner = f"{labels('matrix.acts')} ↓\N{EM SPACE}{labels('matrix.acted')} →\n{labels('matrix.numbers')}"
    picture = partial(draw_cells, shown, blocs, corner, labels)
    ranked = records(relations.sort_values("net", kind="stable"))
    worst, best = (describe_pair(ranked[end], labels) if ranked else "–" for end in (0, -1))
    actors = sum(map(len, blocs))
    alt = labels(
        "alt.relations",
        n=len(relations),
        possible=actors * (actors - 1),
        positive=(relations["sign"] == "+").sum(),
        negative=(relations["sign"] == "-").sum(),
        best=best,
        worst=worst,
    )
    named = [f"({number}) {labels.names(bloc)}" for number, bloc in enumerate(blocs, start=1)]
    alt += " " + labels("alt.blocs", blocs="; ".join(named)) if named else ""
    told = labels("figure.relations"), add_more(alt, more, labels), describe_ends(ranked, labels)
    return Chart("relation-matrix", picture, relations, *told)


def describe_ends(ranked: Sequence[dict[str, Any]], labels: Labels) -> str:
    """Return who does most good and most harm to whom; `ranked` are rows of `relations` in the order of their net."""
    parts = []
    for row, sign, key in zip([*ranked[-1:], *ranked[:1]], (1, -1), ("relation.most", "relation.least"), strict=False):
        if row["net"] * sign > 0:
            parts.append(labels(key, pair=name_way(row, labels), net=labels.number(row["net"], signed=True)))
    told = "; ".join(parts)
    return told[:1].upper() + told[1:]


def name_way(row: dict[str, Any], labels: Labels) -> str:
    """Return who acts towards whom."""
    return f"{labels.actor(row['source_actor'])} → {labels.actor(row['target_actor'])}"


def find_row(row: dict[str, Any]) -> str:
    """Return the id of the row of a relation in the report."""
    return f"rel-{row['source_actor']}-{row['target_actor']}"


def hover_relation(row: dict[str, Any], labels: Labels) -> str:
    """Return what a cell tells on hovering of a row of `relations`."""
    return labels(
        "hover.relation",
        source=labels.actor(row["source_actor"]),
        target=labels.actor(row["target_actor"]),
        net=labels.number(row["net"], signed=True),
        n=row["n_events"],
        publishers=row["n_publishers"],
        contested=row["n_contested"],
    )


def describe_pair(row: dict[str, Any], labels: Labels) -> str:
    """Return a row of `relations` in words: who acts towards whom, the net, and how many events and outlets."""
    net, counts = labels.number(row["net"], signed=True), {"n": row["n_events"], "publishers": row["n_publishers"]}
    return labels("alt.relation", pair=name_way(row, labels), net=net, **counts)
