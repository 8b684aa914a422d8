"""Reads and writes the tables, each checked against its schema; nothing else opens a table.

Every file is written beside its place and moved into it, so that a run that fails leaves what was there before.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors

from lagebild.core.characters import (
    LONGEST_ADDRESS,
    LONGEST_SENTENCE,
    LONGEST_WORD,
    SHOWN,
    find_unfit,
    line_of,
    show,
    spell,
)
from lagebild.core.paths import REFERENCE, WIDGETS, InputError, Paths
from lagebild.core.schema import TABLES, Table
from lagebild.core.yaml_files import parse_yaml

# A spreadsheet runs a cell that starts so as a formula (OWASP, CSV injection), be it in full width or after blanks;
# signs alone and numbers are harmless. One that starts with apostrophes before that gets one more, so that reading
# gives back what was written.
FORMULA = re.compile(r"^'*(?=(?:\s*[=+\-@＝＋－＠]|[\t\r\n]).)(?!\s*[+-]?[0-9]+(\.[0-9]+)?$)", re.DOTALL)
APOSTROPHE = re.compile("[,\r\n\"]'")  # before a cell, in the text of a table; most tables have none

WRITTEN_LATER = ("mentions", "events", "conditions")


def read_reference(name: str) -> pd.DataFrame:
    """Return a table of `data/reference`, such as ``actors``."""
    return read_table(REFERENCE / f"{name}.csv", f"reference/{name}")


def read_case(paths: Paths, name: str) -> pd.DataFrame:
    """Return a table that people wrote for the case, such as ``sources``.

    A missing `decisions` is an empty one; in a draft case nobody has written `mentions`, `events` or `conditions` yet.
    """
    table = TABLES[f"case/{name}"]
    file = paths.inputs / table.file
    if not file.is_file() and (name == "decisions" or (name in WRITTEN_LATER and is_draft(paths))):
        return pd.DataFrame(columns=list(table.columns), dtype=str)
    return read_table(file, table.name)


def is_draft(paths: Paths) -> bool:
    """Whether `case.yml` says that nobody has reviewed the case yet.

    Raises
    ------
    Fault
        If it says neither true nor false.
    """
    file = paths.inputs / "case.yml"
    value = read_yaml(file).get("draft", False) if file.is_file() else False
    if not isinstance(value, bool):
        raise InputError(f"{_short(file)}: draft is {show(str(value), 40)}, but must be true or false.")
    return value


def load(paths: Paths, name: str) -> pd.DataFrame:
    """Return a table that a run has built.

    Raises
    ------
    Fault
        If the step that builds it has not run for this edition.
    """
    file = paths.built / TABLES[name].file
    if not file.is_file():
        raise InputError(
            f"{_short(file)} is missing: run the steps before this one, "
            f"`python -m lagebild run {paths.case} --as-of {paths.as_of}`."
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


def to_csv(frame: pd.DataFrame) -> str:
    """Return a table as CSV text in which no cell can run as a spreadsheet formula."""
    safe = frame.map(lambda cell: "'" + cell if isinstance(cell, str) and FORMULA.match(cell) else cell)
    return str(safe.to_csv(index=False, lineterminator="\n"))


def read_table(file: Path, name: str) -> pd.DataFrame:
    """Read a CSV file strictly and check it against the schema called `name`.

    Raises
    ------
    Fault
        Naming the file, the row as a spreadsheet counts it, and what to do.
    """
    table = TABLES[name]
    text = _read(file, "CSV", f"write it with the columns {', '.join(table.columns)}")
    rows = _parse(text, file)
    header = rows[0] if rows else []
    if header != list(table.columns):
        wrong = sorted(set(header) ^ set(table.columns)) or ["their order"]
        raise InputError(
            f"{_short(file)}, row 1: the columns do not fit ({spell(', '.join(wrong), SHOWN)}); "
            f"they must be {', '.join(table.columns)}."
        )
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise InputError(
                f"{_short(file)}, row {number}: {len(row)} cells where {len(header)} belong; "
                "put a cell that holds a comma in quotation marks."
            )
        if "/" in name and find_unfit("\n".join(row)):  # people wrote it; most rows need no second look
            _check_cells(dict(zip(header, row, strict=True)), f"{_short(file)}, row {number}")
    plain = rows[1:]
    if APOSTROPHE.search(text):
        plain = [[cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in row] for row in plain]
    numbers = [name for name, column in table.columns.items() if column.nullable]
    frame = pd.DataFrame(plain, columns=header, dtype=str)
    return validate(frame.assign(**{name: frame[name].replace("", None) for name in numbers}), table, file)


def _parse(text: str, file: Path) -> list[list[str]]:
    """Return the cells of CSV text; a fault says what to do if it is none."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"{_short(file)} is no valid CSV ({error}): check its quotation marks.") from None


def _check_cells(row: Mapping[str, str], where: str) -> None:
    """Refuse a row in which a cell holds what no text may hold."""
    for column, cell in row.items():
        if unfit := find_unfit(cell, LONGEST_ADDRESS if column == "url" else LONGEST_WORD):
            raise InputError(f"{where}: {column} {unfit[1]}.")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping of column names to plain Python values."""
    rows: list[Any] = frame.to_dict("records")  # pandas allows any hashable as a column name; our tables have strings
    return rows


def validate(frame: pd.DataFrame, table: Table, file: Path) -> pd.DataFrame:
    """Check a table against its schema.

    Raises
    ------
    Fault
        On the first cell that does not fit.
    """
    if frame.empty:  # without a row, pandas knows no types
        frame = frame.astype({name: str(column.dtype) for name, column in table.columns.items()})
    try:
        return pd.DataFrame(table.schema.validate(frame, lazy=True))
    except pandera.errors.SchemaErrors as errors:
        case = errors.failure_cases.sort_values("index", kind="stable").iloc[0]
    place = f"{_short(file)}, row {int(case['index']) + 2}" if pd.notna(case["index"]) else _short(file)
    if "unique" in str(case["check"]):
        raise InputError(f"{place}: {', '.join(table.key)} must be unique, and this row repeats one; give it its own.")
    raise InputError(f"{place}: {case['column']} is {show(str(case['failure_case']))}, but must be {case['check']}.")


def read_yaml(file: Path) -> dict[str, Any]:
    """Read a YAML mapping.

    Raises
    ------
    Fault
        If the file is missing, is no mapping or holds what no text may hold, with the line of the error.
    """
    text = _read(file, "plain text", "see README.md, how to add a case")
    if unfit := find_unfit(text, 0):
        raise InputError(f"{_short(file)}, line {line_of(text, unfit[0])}: it {unfit[1]}.")
    try:
        content = parse_yaml(text, _check_value)
    except InputError as fault:
        raise InputError(f"{_short(file)}, {fault}") from None
    if not isinstance(content, dict):
        raise InputError(f"{_short(file)}: a mapping of names to values belongs here.")
    return content


def _check_value(text: str) -> str:
    """Say what a value of a YAML file holds that no text may hold, now that its escapes are read."""
    unfit = find_unfit(text)
    return f"a value {unfit[1]}" if unfit else ""


def read_lines(file: Path) -> list[str]:
    """Return the lines of a text file that hold something.

    Raises
    ------
    Fault
        If the file is missing.
    """
    if not file.is_file():
        raise InputError(f"{_short(file)} is missing: take it from the repository again.")
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_widget(name: str, kind: str) -> str:
    """Return the script (``js``) or the style (``css``) of a widget: what all share, its parts, the whole."""
    files = [WIDGETS / f"shared.{kind}", *sorted(WIDGETS.glob(f"{name}-*.{kind}")), WIDGETS / f"{name}.{kind}"]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _read(file: Path, kind: str, missing: str) -> str:
    """Return the text of a file; a fault says what to do if it is missing or of another kind."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{_short(file)} is missing: {missing}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{_short(file)} is not UTF-8: save it as {kind} in UTF-8.") from None
    except OSError as error:
        raise InputError(f"{_short(file)} cannot be read ({error.strerror}): put a file there.") from None


def write_bytes(file: Path, content: bytes, lasting: bool = False) -> None:
    """Write a file beside its place and move it there, so that no reader ever sees half of it.

    If it shall be `lasting`, it is on the disk before it is moved: not even a power cut leaves less than before.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with beside.open("wb") as opened:
        opened.write(content)
        if lasting:
            opened.flush()
            os.fsync(opened.fileno())
    if lasting and file.exists():
        shutil.copymode(file, beside)
    beside.replace(file)


def append_case(paths: Paths, name: str, frame: pd.DataFrame) -> tuple[int, int]:
    """Append rows to a table that people write for the case, each once: a row whose key is there already is left out.

    The table is written beside its place, flushed to the disk and moved into place under a lock, so that neither a
    crash nor a second writer on this machine can lose a row or leave half of one. What stands there is not touched.
    Returns how long the file was before and is now, in bytes.

    Raises
    ------
    Fault
        If a row does not fit the schema or could not be read again, or the table cannot be read or written.
    """
    table = TABLES[f"case/{name}"]
    file = (paths.inputs / table.file).resolve()
    frame = check_rows(records(frame), table, file)
    try:
        with _lock(file.parent):
            before = file.read_bytes() if file.is_file() else b""
            held = before or to_csv(frame[:0]).encode()
            there = {row[0] for row in _parse(held.decode("utf-8-sig"), file) if row}
            new = to_csv(frame[~frame[table.key[0]].isin(there)]).partition("\n")[2]
            for left in file.parent.glob(f".{file.name}.*"):  # by a program that died before it moved it into place
                left.unlink()
            if not new:
                return len(before), len(before)
            content = held + b"\n" * (not held.endswith(b"\n")) + new.encode()
            write_bytes(file, content, lasting=True)
            return len(before), len(content)
    except UnicodeDecodeError:
        raise InputError(f"{_short(file)} is not UTF-8: save it as CSV in UTF-8.") from None
    except OSError as error:
        raise InputError(f"{_short(file)} cannot be written ({error.strerror}): check rights and free space.") from None


def check_rows(rows: list[dict[str, Any]], table: Table, file: Path) -> pd.DataFrame:
    """Return rows that people give, as a table that fits its schema and can be read again once it is written.

    Raises
    ------
    Fault
        On the first row that does not fit.
    """
    for row in rows:  # before pandas sees them, which holds no halves of a character
        _check_cells(row, where := f"{_short(file)}, {row[table.key[0]]}")
        for column, cell in row.items():
            if len(cell) > LONGEST_SENTENCE or "\r" in cell:
                raise InputError(
                    f"{where}: {column} holds more than {LONGEST_SENTENCE:,} characters or \\r; shorten it."
                )
    return validate(pd.DataFrame(rows, columns=list(table.columns), dtype=str), table, file)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Let nobody else append to the tables of a folder meanwhile, and put on the disk which files it holds then.

    The system lifts the lock of a program that died.
    """
    if sys.platform == "win32":  # has no such lock: one reviewer at a time in one copy
        yield
        return
    import fcntl

    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
        os.fsync(held)
    finally:
        os.close(held)


def data_hash(frames: Mapping[str, pd.DataFrame] | Iterable[tuple[str, pd.DataFrame]]) -> str:
    """Return one SHA-256 over named tables: the fingerprint of a dataset, printed in all that is made from it."""
    digest = hashlib.sha256()
    for name, frame in sorted(dict(frames).items()):
        digest.update(f"{name}\n{to_csv(frame)}\n".encode())
    return digest.hexdigest()


def hash_files(files: Iterable[Path]) -> str:
    """Return one SHA-256 over the names and contents of files; empty if none of them is there."""
    found = [file for file in files if file.is_file()]
    digest = hashlib.sha256()
    for file in found:
        digest.update(f"{file.name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest() if found else ""


def _short(file: Path) -> str:
    """Return a path from `data` or `reports` on, so that messages read the same on every machine."""
    parts = file.parts
    starts = [i for i, part in enumerate(parts) if part in ("data", "figures", "reports")]
    return "/".join(parts[starts[-1] :]) if starts else file.name


def read_svg(file: Path, data: str) -> str:
    """Return a figure as svg that fits its data.

    Raises
    ------
    Fault
        If the figure is missing, or was drawn from other data than `data` (a hash).
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if f"<!-- data {data} -->" not in text:
        raise InputError(f"{_short(file)} is missing or older than its data: run steps 03 and 04 again.")
    return text.partition("-->\n")[2]


def read_report(paths: Paths) -> str:
    """Return the HTML report of an edition; empty if it was not built."""
    file = paths.report("html")
    return file.read_text(encoding="utf-8") if file.is_file() else ""
