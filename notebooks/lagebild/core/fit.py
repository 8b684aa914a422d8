"""Whether the cells of a table fit its schema, in plain Python: each table that is read or written is looked at here.

Pandera says the same, and in which words a table is refused (`refusal`); to import it takes longer than to read all
tables of the reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from lagebild.core.schema import Table, write_form

Cells = Mapping[str, Sequence[Any]]  # the columns of a table by their names
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?(e-?[0-9]{1,2})?")  # how we write one; pandera may know other forms
COUNT = re.compile("[0-9]{1,15}")


def read_numbers(cells: Mapping[str, Sequence[str]], table: Table) -> dict[str, Sequence[Any]] | None:
    """Return the columns of a table as it is written with the cells of its numbers as numbers, an empty one as NaN.

    None if a cell is no number.
    """
    found: dict[str, Sequence[Any]] = {}
    for name, field in table.columns.items():
        column = cells[name]
        if field["type"] == "integer":
            if not all(map(COUNT.fullmatch, column)):
                return None
            found[name] = [*map(int, column)]
        elif field["type"] == "number":
            if not all(NUMBER.fullmatch(cell) for cell in column if cell):
                return None
            found[name] = [float(cell or "nan") for cell in column]
        else:
            found[name] = column
    return found


def fits(cells: Cells, table: Table) -> bool:
    """Whether the columns of a table fit its schema: their names and order, every cell, and the key of every row.

    Numbers are int or float; a cell without one is NaN.
    """
    if [*cells] != [*table.columns]:
        return False
    keys = [*zip(*(cells[name] for name in table.key), strict=True)]
    return len({*keys}) == len(keys) and all(find_rule(table, name)(cells[name]) for name in cells)


@cache
def find_rule(table: Table, name: str) -> Callable[[Iterable[Any]], bool]:
    """Return what says whether all cells of a column fit."""
    field = table.columns[name]
    kind, limits = field["type"], field["constraints"]
    required = limits.get("required", False)
    if kind == "number":
        return lambda column: not required or all(cell == cell for cell in column)  # NaN is not itself
    if kind == "integer":
        return lambda column: min(column, default=0) >= limits["minimum"]
    if "enum" in limits:
        allowed = {*limits["enum"], *([] if required else [""])}
        return allowed.issuperset
    if form := write_form(field):
        match = re.compile(form).match
        return lambda column: all(map(match, {*column}))
    return (lambda column: "" not in column) if required else lambda column: True
