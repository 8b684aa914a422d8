"""The widget in which people review: it shows the desk, and appends each decision at once.

The browser keeps every decision until the kernel has said that it is on the disk, and sends it again to the next
kernel otherwise; see `widgets/review.js`.
"""

from __future__ import annotations

import getpass
from typing import Any

import traitlets

from lagebild.desk import Desk, lay_out, read_decisions, record, show_rows, tell_date
from lagebild.paths import Fault
from lagebild.schema import TABLES
from lagebild.store import records
from lagebild.widget import Widget

WORDS = ("desk.", "status.", "stance.")
KEPT = 500  # of the last decisions in the browser, for undo


class Reviewer(Widget):
    """One drafted row at a time beside its text.

    Messages from the browser: ``{"ask": "decide", "act": [decision, …], "number": n}`` and ``{"ask": "date", "text":
    edtf, "number": n}``. Each is answered by a message with the same number; a decision is answered once it is on the
    disk, with the rows as they are now, or with the fault for which it was refused.
    """

    desk = traitlets.Dict().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    taken: traitlets.List[Any] = traitlets.List().tag(sync=True)
    reviewer = traitlets.Unicode().tag(sync=True)

    def __init__(self, desk: Desk, reviewer: str = "") -> None:
        self._desk = desk
        self._file = desk.paths.inputs / TABLES["case/decisions"].file
        self._read()
        super().__init__(
            "review",
            desk.labels,
            WORDS,
            desk=lay_out(desk),
            rows=show_rows(desk, self._decisions),
            taken=records(self._decisions.tail(KEPT)),
            reviewer=reviewer or find_login(),
        )
        self.on_msg(self._answer)

    def _read(self) -> None:
        self._stamp = self._find_stamp()
        self._decisions = read_decisions(self._desk)

    def _find_stamp(self) -> tuple[int, int]:
        """Return what changes when somebody else writes the file of decisions."""
        if not self._file.is_file():
            return 0, 0
        found = self._file.stat()
        return found.st_mtime_ns, found.st_size

    def _answer(self, _: Any, message: dict[str, Any], __: Any) -> None:
        answer = {"number": message.get("number"), "fault": ""}
        if message.get("ask") == "date":
            answer |= tell_date(self._desk, str(message.get("text", "")))
        else:
            answer |= self._decide(message.get("act", []))
        self.send(answer)

    def _decide(self, act: list[dict[str, str]]) -> dict[str, Any]:
        try:
            if self._stamp != self._find_stamp():  # another reviewer, a merge, an editor
                self._read()
                self.rows, self.taken = show_rows(self._desk, self._decisions), records(self._decisions.tail(KEPT))
            self._decisions = record(self._desk, self._decisions, act)
            self._stamp = self._find_stamp()
        except Fault as fault:
            return {"fault": str(fault)}
        names = {row["row"] for row in act}
        return {"rows": show_rows(self._desk, self._decisions, names), "names": sorted(names)}


def find_login() -> str:
    """Return the name under which the reviewer is logged in; empty if the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
