"""Whether the cells of a table fit its schema, and in which words it is refused if they do not.

Each table that is read or written is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from lagebild.core.characters import show
from lagebild.core.files import short_path
from lagebild.core.paths import InputError
from lagebild.core.schema import Table, describe_rule, write_form

Cells = Mapping[str, Sequence[Any]]  # the columns of a table by their names
END = 2**63  # what pandas holds as an integer is less
READERS: dict[str, Callable[[Any], Any]] = {"integer": int, "number": float}


def check_columns(cells: Cells, table: Table, file: Path) -> dict[str, Sequence[Any]]:
    """Return the columns of a table with the cells of its numbers as numbers; one that may be empty and is, as NaN.

    Raises
    ------
    InputError
        On the first row with a cell that does not fit, or with a key that a row before it has.
    """
    read = {name: _read_numbers(cells[name], field) for name, field in table.columns.items()}
    if faults := [*_find_faults(read, table)]:
        row, fault = min(faults, key=itemgetter(0))
        raise InputError(f"{short_path(file)}, row {row + 2}: {fault}")
    return read


def _read_numbers(column: Sequence[Any], field: Mapping[str, Any]) -> Sequence[Any]:
    """Return the cells of a column with numbers, if it holds any, as numbers; what is no number stays as it is."""
    if (reader := READERS.get(field["type"])) is None:
        return column
    required = field["constraints"].get("required", False)
    read = [*column]
    for k, cell in enumerate(column):
        try:
            read[k] = reader("nan" if cell in ("", None) and not required else cell)
        except (TypeError, ValueError, OverflowError):
            continue
    return read


def _find_faults(cells: Cells, table: Table) -> Iterator[tuple[int, str]]:
    """Yield the first fault of the key and of each column: in which row it is, and what."""
    keys = [*zip(*(cells[name] for name in table.key), strict=True)]
    seen = dict[tuple[Any, ...], int]()
    if len({*keys}) < len(keys):
        row = next(row for row, key in enumerate(keys) if seen.setdefault(key, row) < row)
        yield row, f"{', '.join(table.key)} must be unique, and this row repeats one; give it its own."
    for name, column in cells.items():
        if not (fits := find_rule(table, name))(column):
            row, cell = next((row, cell) for row, cell in enumerate(column) if not fits([cell]))
            yield row, f"{name} is {show(str(cell))}, but must be {describe_rule(table.columns[name])}."


@cache
def find_rule(table: Table, name: str) -> Callable[[Iterable[Any]], bool]:
    """Return what says whether all cells of a column fit, those of numbers as numbers."""
    field = table.columns[name]
    kind, limits = field["type"], field["constraints"]
    required = limits.get("required", False)
    if kind == "number":  # NaN is not itself
        return lambda column: all(isinstance(cell, (int, float)) and (cell == cell or not required) for cell in column)
    if kind == "integer":
        return lambda column: all(isinstance(cell, int) and limits["minimum"] <= cell < END for cell in column)
    if "enum" in limits:
        allowed = {*limits["enum"], *([] if required else [""])}
        return allowed.issuperset
    if form := write_form(field):
        match = re.compile(form).match
        return lambda column: _is_text(column) and all(map(match, {*column}))
    return lambda column: _is_text(column) and not (required and "" in column)


def _is_text(column: Iterable[Any]) -> bool:
    return all(issubclass(kind, str) for kind in {*map(type, column)})
