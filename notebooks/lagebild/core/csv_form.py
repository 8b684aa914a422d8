"""The form of our CSV files: no cell can run as a formula, every cell is read back as it was, and data has a hash."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from lagebild.core.characters import SHOWN, show, spell
from lagebild.core.files import short_path
from lagebild.core.paths import InputError

if TYPE_CHECKING:  # who only reads need not wait for pandas
    import pandas as pd

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
    found = HEAD.match(text)
    return found[1] if found else ",", "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


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
    if sign := _find_separator(header, wanted):
        raise InputError(
            f"{where}: the cells are parted by {sign}; save the table with commas, in a spreadsheet as "
            "'CSV UTF-8 (comma delimited)'."
        )
    lacking = [name for name in wanted if name not in header and name not in may_lack]
    absent = [name for name in wanted if name not in header]
    strange = [name for name in header if name not in wanted]
    wrong = sorted({*lacking, *strange}) or ["their order"]
    says = [f"{', '.join(lacking)} missing"] if lacking and header else []
    for name in strange[:FEW]:
        near = "".join(f" (is {one} meant?)" for one in get_close_matches(name, absent, 1))
        says.append(f"{show(name, 30)} is not known here{near}")
    raise InputError(
        f"{where}: the columns do not fit ({spell(', '.join(wrong), SHOWN)}){''.join(f'; {one}' for one in says)}; "
        f"they must be {', '.join(wanted)}."
    )


def _find_separator(header: list[str], wanted: list[str]) -> str:
    """Return what parts the cells of a table that has the columns `wanted`, if it is none of what we read; else ""."""
    parted = {name: {*",".join(header).split(sign)} for sign, name in SEPARATORS.items()}
    return next((name for name, cells in parted.items() if len(cells & set(wanted)) > len(wanted) / 2), "")


def drop_guards(rows: list[list[str]], text: str) -> list[list[str]]:
    """Return the cells of CSV text without the apostrophes by which `to_csv` keeps formulas from running."""
    if not APOSTROPHE.search(text):
        return rows
    return [[cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in row] for row in rows]


def data_hash(frames: Mapping[str, pd.DataFrame] | Iterable[tuple[str, pd.DataFrame]]) -> str:
    """Return one SHA-256 over named tables: the fingerprint of a dataset, printed in all that is made from it."""
    return text_hash({name: to_csv(frame) for name, frame in dict(frames).items()})


def text_hash(texts: Mapping[str, str]) -> str:
    """Return the fingerprint of named tables that are written as CSV text already."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\n{text}\n".encode())
    return digest.hexdigest()
