"""Appending to the tables that people write for a case: no row is lost, doubled or written by half."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.core.characters import LONGEST_SENTENCE
from lagebild.core.csv_form import drop_guards, find_form, parse_csv, to_csv
from lagebild.core.files import lock_folder, remove_halves, short_path, write_bytes
from lagebild.core.paths import InputError, Paths
from lagebild.core.rows import check_cells
from lagebild.core.schema import TABLES, Table
from lagebild.core.tables import read_table, records, validate


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
            held = before or to_csv(frame[:0]).encode()
            columns = [list(table.columns).index(name) for name in table.key]
            form = find_form(text := held.decode("utf-8-sig"))
            rows = parse_csv(text, file)
            if set(rows[0]) < set(table.columns):
                held = BOM_UTF8 * held.startswith(BOM_UTF8) + to_csv(read_table(file, table.name), *form).encode()
                rows = parse_csv(held.decode("utf-8-sig"), file)
            lines = (row for row in drop_guards(rows, text) if len(row) > max(columns))
            there = {tuple(row[k] for k in columns) for row in lines}
            keys = zip(*(frame[name].astype(str) for name in table.key), strict=True)
            new = to_csv(frame[[key not in there for key in keys]], *form).partition("\n")[2]
            remove_halves(file)
            if not new:
                return len(before), len(before)
            content = held + form[1].encode() * (not held.endswith(b"\n")) + new.encode()
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
