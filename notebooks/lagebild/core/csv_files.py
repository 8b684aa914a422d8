"""Reads CSV files as columns and rows, each checked against its schema, without pandas: the draft coder needs no more.

Nothing but this and `tables` opens a table. No cell that is written can run as a formula in a spreadsheet, every cell
is read back as it was, and tables have a hash. What does not fit is refused with file, row and remedy.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagebild.core.characters import LONGEST_ADDRESS, LONGEST_WORD, SHOWN, find_unfit, make_printable, show
from lagebild.core.disk import read_text, short_path
from lagebild.core.errors import InputError
from lagebild.core.schema import TABLES, Table, describe_rule, write_form

if TYPE_CHECKING:
    import pandas as pd

# --- The Form of the CSV Files ---

# A spreadsheet runs a cell that starts so as a formula (OWASP, CSV injection), be it in full width or after blanks;
# signs alone and numbers are harmless. One that starts with apostrophes before that gets one more, so that reading
# gives back what was written.
FORMULA = re.compile(r"^'*(?=(?:\s*[=+\-@＝＋－＠]|[\t\r\n]).)(?!\s*[+-]?[0-9]+(\.[0-9]+)?$)", re.DOTALL)
SEPARATORS = {"\t": "tabs", "|": "vertical lines"}  # that spreadsheets part cells by, too, and that are not read
HEAD = re.compile(r'[\w" ]*([,;])')  # no name of a column holds one of them: the first one in a file parts its cells
TURNED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")  # what a German spreadsheet makes of 2025-06-18
FEW = 3  # columns of which more is said than their names
APOSTROPHE = re.compile("[,;\r\n\"]'")  # before a cell, in the text of a table; most tables have none


def to_csv(frame: pd.DataFrame, separator: str = ",", end: str = "\n") -> str:
    """Return a table as CSV text in which no cell can run as a spreadsheet formula; `end` ends each line."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerow(frame.columns)
    writer.writerows(zip(*(map(_guard, frame[name].tolist()) for name in frame), strict=True))
    return text.getvalue()


def _guard(cell: object) -> object:
    """Return a cell as it is written: with an apostrophe where it would run, empty where nothing is known."""
    if isinstance(cell, str):
        return "'" + cell if FORMULA.match(cell) else cell
    return "" if cell is None or cell != cell else cell


def find_form(text: str) -> tuple[str, str]:
    """Return what parts the cells of CSV text, a comma or a semicolon, and what ends its first line.

    A spreadsheet that writes the decimal comma, such as a German one, parts by semicolons. That leaves no doubt: it
    puts a list of ids, which holds semicolons itself, in quotation marks.
    """
    head = HEAD.match(text)
    return head[1] if head else ",", "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


def parse_csv(text: str, file: Path) -> list[list[str]]:
    """Return the cells of CSV text, row by row; days that a German spreadsheet turned around are turned back.

    Raises
    ------
    InputError
        If it is no valid CSV.
    """
    separator, _ = find_form(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        where = f"{error}, up to line {reader.line_num}"
        raise InputError(f"{short_path(file)} is no valid CSV ({where}): check its quotation marks.") from None
    return rows if separator == "," else [[*map(_turn_back, row)] for row in rows]


def _turn_back(cell: str) -> str:
    """Return a cell that is a day, D.M.YYYY, as YYYY-MM-DD."""
    day = TURNED.fullmatch(cell)
    return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else cell


def check_header(header: list[str], wanted: list[str], file: Path, may_lack: Collection[str] = ()) -> None:
    """Refuse a table whose first row does not name its columns, in their order; some of them it `may_lack`.

    Raises
    ------
    InputError
        Saying what parts the cells if it is neither comma nor semicolon, or which column is missing or not known.
    """
    if header == [name for name in wanted if name in header or name not in may_lack]:
        return
    where = f"{short_path(file)}, row 1"
    for sign, name in SEPARATORS.items():
        cells = set(",".join(header).split(sign))
        if len(cells.intersection(wanted)) > len(wanted) / 2:
            raise InputError(
                f"{where}: the cells are parted by {name}; save the table with commas, in a spreadsheet as "
                "'CSV UTF-8 (comma delimited)'."
            )
    absent = [name for name in wanted if name not in header]
    lacking = [name for name in absent if name not in may_lack]
    strange = [name for name in header if name not in wanted]
    wrong = sorted({*lacking, *strange}) or ["their order"]
    details = [f"the columns do not fit ({make_printable(', '.join(wrong), SHOWN)})"]
    if lacking and header:
        details.append(f"{', '.join(lacking)} missing")
    for name in strange[:FEW]:
        near = "".join(f" (is {match} meant?)" for match in get_close_matches(name, absent, 1))
        details.append(f"{show(name, 30)} is not known here{near}")
    raise InputError(f"{where}: {'; '.join(details)}; they must be {', '.join(wanted)}.")


def drop_guards(rows: list[list[str]], text: str) -> list[list[str]]:
    """Return the cells of CSV text without the apostrophes by which `to_csv` keeps formulas from running."""
    if not APOSTROPHE.search(text):
        return rows
    return [list(map(_drop_guard, row)) for row in rows]


def _drop_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def hash_tables(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return one SHA-256 over named tables: the fingerprint of a dataset, printed in all that is made from it."""
    return hash_texts({name: to_csv(frame) for name, frame in frames.items()})


def hash_texts(texts: Mapping[str, str]) -> str:
    """Return the fingerprint of named tables that are written as CSV text already."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\n{text}\n".encode())
    return digest.hexdigest()


# --- Whether Cells Fit the Schema ---

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
    columns = {name: _parse_numbers(cells[name], field) for name, field in table.columns.items()}
    if faults := [*_find_faults(columns, table)]:
        row, fault = min(faults, key=itemgetter(0))
        raise InputError(f"{short_path(file)}, row {row + 2}: {fault}")
    return columns


def _parse_numbers(column: Sequence[Any], field: Mapping[str, Any]) -> Sequence[Any]:
    """Return the cells of a column with numbers, if it holds any, as numbers; what is no number stays as it is."""
    if (reader := READERS.get(field["type"])) is None:
        return column
    required = field["constraints"].get("required", False)
    parsed = [*column]
    for k, cell in enumerate(column):
        try:
            parsed[k] = reader("nan" if cell in ("", None) and not required else cell)
        except (TypeError, ValueError, OverflowError):
            continue
    return parsed


def _find_faults(cells: Cells, table: Table) -> Iterator[tuple[int, str]]:
    """Yield the first fault of the key and of each column: in which row it is, and what."""
    seen = set[tuple[Any, ...]]()
    for row, key in enumerate(zip(*(cells[name] for name in table.key), strict=True)):
        if key in seen:
            yield row, f"{', '.join(table.key)} must be unique, and this row repeats one; give it its own."
            break
        seen.add(key)
    for name, column in cells.items():
        fits = find_rule(table, name)
        if fits(column):  # a whole column at once: most have no fault
            continue
        for row, cell in enumerate(column):
            if not fits([cell]):
                yield row, f"{name} is {show(str(cell))}, but must be {describe_rule(table.columns[name])}."
                break


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


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off: its walks over millions of cells take as long as reading them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_garbage_collection()
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
    for name in names:
        if header and header <= set(TABLES[name].columns):
            return name
    return names[0]


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
    columns: dict[str, list[str]] = {}
    for position, name in enumerate(header):
        columns[name] = [row[position] for row in plain]
        if separator == ";" and table.columns[name]["type"] == "number":  # such a file has the decimal comma
            columns[name] = [cell.replace(",", ".") for cell in columns[name]]
    return fill_up(columns, table, len(plain))


def fill_up(columns: Mapping[str, list[str]], table: Table, number: int) -> dict[str, list[str]]:
    """Return the columns of a table of so many rows with those that it lacks, each saying what its default says."""
    filled = dict(columns)
    for name, value in table.defaults.items():
        if name not in columns:
            filled[name] = filled[value[1:-1]] if value.startswith("<") else [value] * number
    return {name: filled[name] for name in table.columns}


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
