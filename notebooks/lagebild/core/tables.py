"""Reads and writes the tables, each checked against its schema; nothing else opens a table.

Every file is written beside its place and moved into it, so that a run that fails leaves what was there before.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors

from lagebild.core.characters import LONGEST_ADDRESS, LONGEST_WORD, find_unfit, show
from lagebild.core.csv_form import check_header, drop_guards, parse_csv, to_csv
from lagebild.core.files import read_text, short_path, write_bytes
from lagebild.core.paths import InputError, Paths
from lagebild.core.schema import OWN, TABLES, Table

WRITTEN_LATER = ("mentions", "events", "conditions")
MAY_LACK = ("decisions", "consistency", "recoding", *OWN)


def read_case(paths: Paths, name: str, draft: bool = False) -> pd.DataFrame:
    """Return a table that people wrote for the case, such as ``sources``.

    A missing one of `MAY_LACK` is an empty one; so are `mentions`, `events` and `conditions` in
    a `draft` case, for which nobody has written them yet.
    """
    table = TABLES[f"case/{name}"]
    file = paths.inputs / table.file
    if not file.is_file() and (name in MAY_LACK or (draft and name in WRITTEN_LATER)):
        return pd.DataFrame(columns=list(table.columns), dtype=str)
    return read_table(file, table.name)


def load(paths: Paths, name: str) -> pd.DataFrame:
    """Return a table that a run has built.

    Raises
    ------
    InputError
        If the step that builds it has not run for this edition.
    """
    file = paths.built / TABLES[name].file
    if not file.is_file():
        raise InputError(
            f"{short_path(file)} is missing: run the steps before this one, "
            f"`lagebild run {paths.case} --as-of {paths.as_of}`."
        )
    return read_table(file, name)


def save(paths: Paths, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Write a built table, sorted by its key, and return what was written."""
    table = TABLES[name]
    file = paths.built / table.file
    sorted_frame = frame.sort_values(list(table.key), kind="stable").reset_index(drop=True)
    checked = validate(sorted_frame[list(table.columns)], table, file)
    write_bytes(file, to_csv(checked).encode())
    return checked


def write_reference(folder: Path, name: str, frame: pd.DataFrame) -> None:
    """Write a table of `data/reference` that is measured, not written by people."""
    table = TABLES[f"reference/{name}"]
    file = folder / table.file
    write_bytes(file, to_csv(validate(frame, table, file)).encode())


def read_table(file: Path, name: str) -> pd.DataFrame:
    """Read a CSV file strictly and check it against the schema called `name`.

    Raises
    ------
    InputError
        Naming the file, the row as a spreadsheet counts it, and what to do.
    """
    table = TABLES[name]
    text = read_text(file, "CSV", f"write it with the columns {', '.join(table.columns)}")
    rows = parse_csv(text, file)
    header = rows[0] if rows else []
    check_header(header, list(table.columns), file)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise InputError(
                f"{short_path(file)}, row {number}: {len(row)} cells where {len(header)} belong; "
                "put a cell that holds a comma in quotation marks."
            )
        if "/" in name and find_unfit("\n".join(row)):  # people wrote it; most rows need no second look
            check_cells(dict(zip(header, row, strict=True)), f"{short_path(file)}, row {number}")
    plain = drop_guards(rows[1:], text)
    numbers = [name for name, column in table.columns.items() if column.nullable]
    frame = pd.DataFrame(plain, columns=header, dtype=str)
    return validate(frame.assign(**{name: frame[name].replace("", None) for name in numbers}), table, file)


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


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping of column names to plain Python values."""
    columns = [str(name) for name in frame]
    values = zip(*(frame[name].tolist() for name in columns), strict=True)  # five times as fast as frame.to_dict
    return [dict(zip(columns, row, strict=True)) for row in values]


def validate(frame: pd.DataFrame, table: Table, file: Path) -> pd.DataFrame:
    """Check a table against its schema.

    Raises
    ------
    InputError
        On the first cell that does not fit.
    """
    if frame.empty:  # without a row, pandas knows no types
        frame = frame.astype({name: str(column.dtype) for name, column in table.columns.items()})
    try:
        return pd.DataFrame(table.schema.validate(frame, lazy=True))
    except pandera.errors.SchemaErrors as errors:
        case = errors.failure_cases.sort_values("index", kind="stable").iloc[0]
    place = f"{short_path(file)}, row {int(case['index']) + 2}" if pd.notna(case["index"]) else short_path(file)
    if "unique" in str(case["check"]):
        raise InputError(f"{place}: {', '.join(table.key)} must be unique, and this row repeats one; give it its own.")
    raise InputError(f"{place}: {case['column']} is {show(str(case['failure_case']))}, but must be {case['check']}.")
