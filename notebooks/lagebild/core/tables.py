"""Reads, writes and appends to the tables, each checked against its schema; nothing but this and `rows` opens one.

Every file is written beside its place and moved into it, so that a run that fails leaves what was there before, and
no row is lost, doubled or written by half. Here, too, are the foreign keys: which references lead nowhere.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.core.characters import LONGEST_SENTENCE
from lagebild.core.csv_files import (
    check_cells,
    check_columns,
    check_header,
    drop_guards,
    fill_up,
    find_form,
    list_rows,
    parse_csv,
    read_columns,
    to_csv,
)
from lagebild.core.disk import lock_folder, short_path, write_bytes
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.schema import ADDED, TABLES, ForeignKey, Table, ids


@dataclass(frozen=True)
class BrokenKey:
    """A reference that leads nowhere: in which table and row (as a spreadsheet counts), what it says, and by which key.

    `values` are those of the key's columns; of a cell that lists ids, the one that leads nowhere.
    """

    table: str
    row: int
    values: tuple[str, ...]
    key: ForeignKey

    @property
    def message(self) -> str:
        """What is wrong and what mends it, for the words after file and row."""
        target = TABLES[self.key.table]
        columns, values = ", ".join(self.key.columns), ", ".join(self.values)
        return (
            f"{columns} is {values!r}, which {target.folder}/{target.file} does not have; add it there, or correct it."
        )


def find_broken_keys(
    tables: Mapping[str, pd.DataFrame], beside: Mapping[str, pd.DataFrame] | None = None
) -> Iterator[BrokenKey]:
    """Yield every reference of these tables (by their names in the schema) that leads nowhere.

    An empty cell refers to nothing. A key to a table that is neither among them nor `beside` them is not looked at.
    """
    targets = {**(beside or {}), **tables}
    for name, frame in tables.items():
        for key in TABLES[name].foreign_keys:
            if key.table not in targets:
                continue
            known = set(_rows(targets[key.table], key.referred))
            for row, cells in enumerate(_rows(frame, key.columns), start=2):
                for values in _list_references(cells, key):
                    if values not in known:
                        yield BrokenKey(name, row, values, key)


def _list_references(cells: tuple[str, ...], key: ForeignKey) -> list[tuple[str, ...]]:
    """Return what the cells of a key refer to: nothing if one is empty, each id if they list some."""
    if key.is_list:
        return [(name,) for name in ids(cells[0])]
    return [cells] if all(cells) else []


def _rows(frame: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[column].astype(str) for column in columns), strict=True)


# Tables of a case are small and looked at cell by cell: texts that Arrow holds are copied for each look, a third of the
# time of an edition. Set for all of them, since a table mixed of both is copied more often still.
pd.set_option("mode.string_storage", "python")

WRITTEN_LATER = ("mentions", "events")
MAY_LACK = ("conditions", "decisions", "verdicts", "consistency", "recoding", "searches", "agreement", *ADDED)


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
    """Return a table that a run has built, such as ``events``; columns as in the schema of that name.

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
    """Write a built table, sorted by its key, and return what was written.

    Raises
    ------
    InputError
        On the first cell that does not fit its schema.
    """
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
    """Return the table in a CSV file, read strictly and checked against the schema called `name`.

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
    """Check a table against its schema and return it, columns of numbers as numbers.

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


def group_rows(frame: pd.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each group as `records` gives them, in their order, by its name in the column `key`.

    The groups are sorted by their names. What has no name there belongs to none. A table for each of many small groups
    would cost more than what is in it.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in records(frame[frame[key] != ""]):
        groups.setdefault(row[key], []).append(row)
    return dict(sorted(groups.items()))


def append_case(paths: Paths, name: str, frame: pd.DataFrame, known: int | None = None) -> tuple[int, int]:
    """Append rows to a table that people write for the case, each once: a row whose key is there already is left out.

    The table is written beside its place, flushed to the disk and moved into place under a lock, so that neither a
    crash nor a second writer on this machine can lose a row or leave half of one. What stands there is not touched, but
    columns that it lacks are added to it; separators and ends of lines are those of the file.
    Of a file that is not as long as `known`, if that is given, nothing is changed: somebody else wrote meanwhile.
    Returns how long the file was before and is now, in bytes.

    Raises
    ------
    InputError
        If a row does not fit the schema or could not be read again, or the table cannot be read or written.
    """
    table = TABLES[f"case/{name}"]
    file = (paths.inputs / table.file).resolve()
    frame = check_rows(records(frame), table, file)
    try:
        with lock_folder(file.parent):
            before = file.read_bytes() if file.is_file() else b""
            if known not in (None, len(before)):
                return len(before), len(before)
            old = before or to_csv(frame[:0]).encode()
            columns = [list(table.columns).index(name) for name in table.key]
            form = find_form(text := old.decode("utf-8-sig"))
            rows = parse_csv(text, file)
            if set(rows[0]) < set(table.columns):
                old = BOM_UTF8 * old.startswith(BOM_UTF8) + to_csv(read_table(file, table.name), *form).encode()
                rows = parse_csv(old.decode("utf-8-sig"), file)
            keys = set[tuple[str, ...]]()
            for row in drop_guards(rows, text):
                if len(row) > max(columns):
                    keys.add(tuple(map(row.__getitem__, columns)))
            new = to_csv(frame[[key not in keys for key in _rows(frame, table.key)]], *form).partition("\n")[2]
            for half in file.parent.glob(f".{file.name}.*"):  # of a program that died before it moved it into place
                half.unlink()
            if not new:
                return len(before), len(before)
            content = old + form[1].encode() * (not old.endswith(b"\n")) + new.encode()
            write_bytes(file, content, lasting=True)
            return len(before), len(content)
    except UnicodeDecodeError:
        raise InputError(f"{short_path(file)} is not UTF-8: save it as CSV in UTF-8.") from None
    except OSError as error:
        why = f"{short_path(file)} cannot be written ({error.strerror})"
        raise InputError(f"{why}: check rights and free space.") from None


def check_rows(rows: list[dict[str, Any]], table: Table, file: Path) -> pd.DataFrame:
    """Return rows that people give, as a table that fits its schema and can be read again once it is written.

    Raises
    ------
    InputError
        On the first row that does not fit.
    """
    for row in rows:  # before pandas sees them, which holds no halves of a character
        check_cells(row, where := f"{short_path(file)}, {row[table.key[0]]}")
        for column, cell in row.items():
            if len(cell) > LONGEST_SENTENCE or "\r" in cell:
                raise InputError(
                    f"{where}: {column} holds more than {LONGEST_SENTENCE:,} characters or \\r; shorten it."
                )
    return validate(pd.DataFrame(rows, columns=list(table.columns), dtype=str), table, file)
