"""Reads and writes the tables, each checked against its schema; nothing but this and `rows` opens one.

Every file is written beside its place and moved into it, so that a run that fails leaves what was there before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.core.csv_form import check_header, to_csv
from lagebild.core.files import short_path, write_bytes
from lagebild.core.fit import check_columns
from lagebild.core.paths import InputError, Paths
from lagebild.core.rows import fill_up, list_rows, read_columns
from lagebild.core.schema import OWN, TABLES, Table

# Tables of a case are small and looked at cell by cell: texts that Arrow holds are copied for each look, a third of the
# time of an edition. Set for all of them, since a table mixed of both is copied more often still.
pd.set_option("mode.string_storage", "python")

WRITTEN_LATER = ("mentions", "events")
MAY_LACK = ("conditions", "decisions", "verdicts", "consistency", "recoding", "agreement", *OWN)


def read_case(paths: Paths, name: str, draft: bool = False) -> pd.DataFrame:
    """Return a table that people wrote for the case, such as ``sources``.

    A missing one of `MAY_LACK` is an empty one; so are `mentions` and `events` in a `draft` case, for which nobody has
    written them yet.
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
    return tabulate(read_columns(file, name), TABLES[name])


def tabulate(columns: Mapping[str, Sequence[Any]], table: Table) -> pd.DataFrame:
    """Return the columns of a table as pandas has them."""
    return pd.DataFrame({name: pd.Series(cells, dtype=_find_type(table, name)) for name, cells in columns.items()})


def _find_type(table: Table, name: str) -> type:
    return {"number": float, "integer": int}.get(table.columns[name]["type"], str)


def complete(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return a table that people write with the columns that it lacks, each saying what its default says."""
    return pd.DataFrame(fill_up({str(name): frame[name].tolist() for name in frame}, table, len(frame)), dtype=str)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping of column names to plain Python values."""
    return list_rows({str(name): frame[name].tolist() for name in frame})  # five times as fast as frame.to_dict


def validate(frame: pd.DataFrame, table: Table, file: Path) -> pd.DataFrame:
    """Check a table against its schema.

    Raises
    ------
    InputError
        On the first cell that does not fit.
    """
    check_header([*map(str, frame)], [*table.columns], file)
    cells = check_columns({str(name): frame[name].tolist() for name in frame}, table, file)
    types = {name: _find_type(table, name) for name in table.columns}
    if frame.empty:  # without a row, pandas knows no types
        return frame.astype(types)
    numbers = [name for name, kind in types.items() if kind is not str]
    return frame.assign(**{name: pd.Series(cells[name], frame.index, types[name]) for name in numbers})
