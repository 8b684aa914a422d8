"""The form of our CSV files: no cell can run as a formula, every cell is read back as it was, and data has a hash."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from lagebild.core.files import short_path
from lagebild.core.paths import InputError

# A spreadsheet runs a cell that starts so as a formula (OWASP, CSV injection), be it in full width or after blanks;
# signs alone and numbers are harmless. One that starts with apostrophes before that gets one more, so that reading
# gives back what was written.
FORMULA = re.compile(r"^'*(?=(?:\s*[=+\-@＝＋－＠]|[\t\r\n]).)(?!\s*[+-]?[0-9]+(\.[0-9]+)?$)", re.DOTALL)
APOSTROPHE = re.compile("[,\r\n\"]'")  # before a cell, in the text of a table; most tables have none


def to_csv(frame: pd.DataFrame) -> str:
    """Return a table as CSV text in which no cell can run as a spreadsheet formula."""
    safe = frame.map(lambda cell: "'" + cell if isinstance(cell, str) and FORMULA.match(cell) else cell)
    return str(safe.to_csv(index=False, lineterminator="\n"))


def parse_csv(text: str, file: Path) -> list[list[str]]:
    """Return the cells of CSV text as they stand in it, row by row.

    Raises
    ------
    InputError
        If it is no valid CSV.
    """
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(f"{short_path(file)} is no valid CSV ({error}): check its quotation marks.") from None


def drop_guards(rows: list[list[str]], text: str) -> list[list[str]]:
    """Return the cells of CSV text without the apostrophes by which `to_csv` keeps formulas from running."""
    if not APOSTROPHE.search(text):
        return rows
    return [[cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in row] for row in rows]


def data_hash(frames: Mapping[str, pd.DataFrame] | Iterable[tuple[str, pd.DataFrame]]) -> str:
    """Return one SHA-256 over named tables: the fingerprint of a dataset, printed in all that is made from it."""
    digest = hashlib.sha256()
    for name, frame in sorted(dict(frames).items()):
        digest.update(f"{name}\n{to_csv(frame)}\n".encode())
    return digest.hexdigest()
