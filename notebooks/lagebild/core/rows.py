"""Reads the tables as rows, each checked against its schema, without pandas: the draft coder needs no more.

Nothing but this and `tables` opens a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lagebild.core.characters import LONGEST_ADDRESS, LONGEST_WORD, find_unfit
from lagebild.core.csv_form import check_header, drop_guards, find_form, parse_csv
from lagebild.core.files import read_text, short_path
from lagebild.core.fit import check_columns
from lagebild.core.paths import InputError
from lagebild.core.schema import TABLES, Table


def read_columns(file: Path, name: str) -> Mapping[str, Sequence[Any]]:
    """Read a CSV file strictly and return its columns, checked against the schema called `name`.

    Raises
    ------
    InputError
        Naming the file, the row as a spreadsheet counts it, and what to do.
    """
    table = TABLES[name]
    return check_columns(_read_cells(file, table), table, file)


def find_table(file: Path, names: Sequence[str]) -> str:
    """Return which of some tables a CSV file holds, by its header; the first of them if it is the header of none.

    Raises
    ------
    InputError
        If the file cannot be read as CSV.
    """
    rows = parse_csv(read_text(file, "CSV", f"write it with the columns {', '.join(TABLES[names[0]].columns)}"), file)
    header = set(rows[0] if rows else ())
    return next((name for name in names if header and header <= set(TABLES[name].columns)), names[0])


def read_rows(file: Path, name: str) -> list[dict[str, Any]]:
    """Read a CSV file as `read_columns` does and return its rows, as mappings of column names to plain values."""
    return list_rows(read_columns(file, name))


def list_rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return the rows of a table that is given by its columns."""
    names = [*columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _read_cells(file: Path, table: Table) -> dict[str, list[str]]:
    """Return the columns of a table as they are written, and those that its file may lack."""
    text = read_text(file, "CSV", f"write it with the columns {', '.join(table.columns)}")
    rows = parse_csv(text, file)
    header = rows[0] if rows else []
    check_header(header, [*table.columns], file, table.defaults)
    separator, _ = find_form(text)
    doubtful = "/" in table.name and find_unfit(text)  # people wrote it; most tables need no second look
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            sign = {",": "comma", ";": "semicolon"}[separator]
            raise InputError(
                f"{short_path(file)}, row {number}: {len(row)} cells where {len(header)} belong; "
                f"put a cell that holds a {sign} in quotation marks."
            )
        if doubtful:
            check_cells(dict(zip(header, row, strict=True)), f"{short_path(file)}, row {number}")
    plain = drop_guards(rows[1:], text)
    given = (
        dict(zip(header, map(list, zip(*plain, strict=True)), strict=True)) if plain else {one: [] for one in header}
    )
    if separator == ";":  # what parts by semicolons writes the decimal comma
        numbers = [name for name in given if table.columns[name]["type"] == "number"]
        given |= {name: [cell.replace(",", ".") for cell in given[name]] for name in numbers}
    return fill_up(given, table, len(plain))


def fill_up(columns: Mapping[str, list[str]], table: Table, number: int) -> dict[str, list[str]]:
    """Return the columns of a table of so many rows with those that it lacks, each saying what its default says."""
    given = dict(columns)
    for name, value in table.defaults.items():
        if name not in columns:
            given[name] = given[value[1:-1]] if value.startswith("<") else [value] * number
    return {name: given[name] for name in table.columns}


def check_cells(row: Mapping[str, str], where: str) -> None:
    """Refuse a row that people wrote in which a cell holds what no text may hold.

    Raises
    ------
    InputError
        On the first such cell; `where` says in which row of which file.
    """
    for column, cell in row.items():
        if unfit := find_unfit(cell, LONGEST_ADDRESS if column == "url" else LONGEST_WORD):
            raise InputError(f"{where}: {column} {unfit[1]}.")
