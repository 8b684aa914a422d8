"""A table on paper: caption, head and rows apart, and how its columns share the room that it has."""

from __future__ import annotations

import re
from math import fsum, sqrt
from typing import Any

from lagebild.charts.text_metrics import BLANKS, measure_text

COLUMN, GUTTER, LETTERS = 493.0, 5.7, 8.0  # points: between the margins of A4, between columns of a table, of its words
LONGEST = 90.0  # points: a word that is longer is hyphenated
MUCH = 200.0  # points: what a cell says beyond it counts less
NAMES = 110.0  # points: a column most of whose cells are shorter should hold these on one line
FIXED = {"n", "mark"}  # classes of columns that are as wide as what stands in them
EVEN = 0.24  # of the room: the first column of a table whose others are to be alike
LINES = 40  # a cell with more lines may break over pages
DIGIT = re.compile(r"\d")


def words_of(node: Any) -> str:
    """Return the words of a node, without those of its notes."""
    if isinstance(node, str):
        return node
    return "" if "footnote" in node.get("k", ()) else "".join(map(words_of, node["c"]))


def part_table(table: dict[str, Any], narrow: bool) -> None:
    """Keep caption, head and rows of a table apart, fill up short rows, and say how the columns share the room.

    A `narrow` table has a third of the column of the page. A cell that is too long for a page is marked as `tall`.
    """
    parts = [part for part in table["c"] if isinstance(part, dict)]
    table["caption"] = [part for part in parts if part["t"] == "caption"]
    table["head"] = [row for part in parts if part["t"] == "thead" for row in _find_rows(part)]
    table["c"] = [row for part in parts if part["t"] != "thead" for row in _find_rows(part)]
    rows = table["head"] + table["c"]
    wide = max(map(_count_columns, rows), default=1)
    for row in rows:
        row["c"] += [{"t": "td", "c": []} for _ in range(wide - _count_columns(row))]
    room = COLUMN / 3 if narrow else COLUMN
    even = "signs" in table.get("k", ()) and wide > 1
    table["cols"] = [EVEN, *[(1 - EVEN) / (wide - 1)] * (wide - 1)] if even else _share(rows, wide, room)
    for row in table["c"]:
        for cell, share in zip(row["c"], table["cols"], strict=False):
            if measure_text(words_of(cell), LETTERS) > LINES * room * share:
                cell["tall"] = True


def _count_columns(row: dict[str, Any]) -> int:
    return sum(cell.get("span", 1) for cell in row["c"])


def _find_rows(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row, or the rows of a part of a table, each with its cells alone."""
    if part["t"] == "tr":
        return [part | {"c": [cell for cell in part["c"] if isinstance(cell, dict)]}]
    return [row for child in part["c"] if isinstance(child, dict) and child["t"] == "tr" for row in _find_rows(child)]


def _share(rows: list[dict[str, Any]], wide: int, room: float) -> list[float]:
    """Return the share of the width that each column gets: its longest word fits, the rest goes by how much it says.

    A column of numbers or marks gets what stands in it on one line, and no more.
    """
    columns: list[list[dict[str, Any]]] = [[] for _ in range(wide)]
    for row in rows:
        at = 0
        for cell in row["c"]:
            columns[at].append(cell)
            at += cell.get("span", 1)
    measured = [*map(_measure_column, columns)]
    spare = max(room - GUTTER * (wide - 1) - fsum(need for need, _ in measured), 0.0)
    wanted = max(fsum(want for _, want in measured), 1.0)
    shares = [need + spare * want / wanted for need, want in measured]
    whole = fsum(shares)
    return [round(share / whole, 4) if whole else round(1 / wide, 4) for share in shares]


def _measure_column(cells: list[dict[str, Any]]) -> tuple[float, float]:
    """Return how wide a column, head first, has to be, and how much wider it would be with all that it says."""
    fixed = bool(cells) and bool(FIXED & set(cells[-1].get("k", ())))
    texts = [words_of(cell) for cell in cells[1:]]
    texts = [DIGIT.sub("4", text) for text in texts] if fixed else texts  # set in figures of one width, that of 4
    widths = [measure_text(text, LETTERS) for text in texts]
    words = [measure_text(word, LETTERS, bold=True) for cell in cells[:1] for word in BLANKS.split(words_of(cell))]
    words += widths if fixed else [measure_text(word, LETTERS) for text in texts for word in BLANKS.split(text)]
    need = min(max(words, default=0.0), LONGEST)
    if fixed:
        return need, 0.0
    # of a few long cells and many short ones, the long ones decide
    usual = sqrt(fsum(width * width for width in widths) / len(widths)) if widths else 0.0
    usual = max(usual, min(sorted(widths)[len(widths) * 9 // 10], NAMES)) if widths else usual
    return need, max(min(usual, MUCH) + max(usual - MUCH, 0) / 3 - need, 1.0)
