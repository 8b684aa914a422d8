"""A table to which desks append decisions: what this one knows of it, and what somebody else wrote meanwhile."""

from __future__ import annotations

import hashlib

import pandas as pd

from lagebild.core.appending import append_case
from lagebild.core.paths import Paths
from lagebild.core.schema import TABLES
from lagebild.core.tables import read_case

UNREAD = (-1, -1)  # the stamp of no file


class Ledger:
    """The `rows` of such a table, called ``case/`` and `table`, as they were read last, and the name of its `file`."""

    def __init__(self, paths: Paths, table: str) -> None:
        self._paths, self._table = paths, table
        self.file = TABLES[f"case/{table}"].file
        self._stamp, self.rows = self._find_stamp(), read_case(paths, table)

    def _find_stamp(self) -> tuple[int, int]:
        """Return what changes when somebody else writes the file: its length and when it was written."""
        file = self._paths.inputs / self.file
        if not file.is_file():
            return 0, 0
        found = file.stat()
        return found.st_size, found.st_mtime_ns

    def forget(self) -> None:
        """Read the file again before the next answer, whatever it is."""
        self._stamp = UNREAD

    def refresh(self) -> tuple[bool, int]:
        """Read what others wrote meanwhile; return whether they did, and how many rows of ours they had lost.

        Rows of ours that somebody lost by writing an older copy come back.
        """
        if self._stamp == self._find_stamp():
            return False, 0
        stamp, found = self._find_stamp(), read_case(self._paths, self._table)
        lost = self.rows[~self.rows["decision_id"].isin(found["decision_id"])]
        if not lost.empty:
            append_case(self._paths, self._table, lost)
            stamp, found = self._find_stamp(), read_case(self._paths, self._table)
        self._stamp, self.rows = stamp, found
        return True, len(lost)

    def append(self, new: pd.DataFrame) -> bool:
        """Append rows; return whether they are there, and nobody came in between: else refresh and try again."""
        before, after = append_case(self._paths, self._table, new, self._stamp[0])
        stamp = self._find_stamp()
        if after <= before or (before, after) != (self._stamp[0], stamp[0]):
            return False
        self._stamp, self.rows = stamp, pd.concat([self.rows, new], ignore_index=True)
        return True


def name_folder(paths: Paths) -> str:
    """Return by which digits a browser keeps apart what was decided in the folders of different cases."""
    return hashlib.sha256(str(paths.inputs.resolve()).encode()).hexdigest()[:16]
