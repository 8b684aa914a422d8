"""Foreign keys: what the tables refer to in each other, and which references lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from lagebild.core.schema import TABLES, ForeignKey, ids


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
        other = TABLES[self.key.table]
        columns, values = ", ".join(self.key.columns), ", ".join(self.values)
        return f"{columns} is {values!r}, which {other.folder}/{other.file} does not have; add it there, or correct it."


def find_broken_keys(
    tables: Mapping[str, pd.DataFrame], beside: Mapping[str, pd.DataFrame] | None = None
) -> Iterator[BrokenKey]:
    """Yield every reference of these tables (by their names in the schema) that leads nowhere.

    An empty cell refers to nothing. A key to a table that is neither among them nor `beside` them is not looked at.
    """
    there = {**(beside or {}), **tables}
    for name, frame in tables.items():
        for key in TABLES[name].foreign_keys:
            if (other := there.get(key.table)) is not None:
                known = set(_rows(other, key.referred))
                for row, cells in enumerate(_rows(frame, key.columns), start=2):
                    referring = ((one,) for one in ids(cells[0])) if key.is_list else [cells] if all(cells) else []
                    yield from (BrokenKey(name, row, values, key) for values in referring if values not in known)


def _rows(frame: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return zip(*(frame[column].astype(str) for column in columns), strict=True)
