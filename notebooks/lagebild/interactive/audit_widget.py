"""The widget in which people read an audit beside the report, and overrule it: each verdict is appended at once.

As at the review desk, the browser keeps every verdict until the kernel has said that it is on the disk, and sends it
again to the next kernel otherwise; see `widgets/desk-talk.js`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import traitlets

from lagebild.core.paths import InputError
from lagebild.core.reference import read_reference
from lagebild.interactive.audit_desk import AuditDesk, admit_verdicts, as_acts, lay_out, show_states
from lagebild.interactive.desk import LONGEST, Desk
from lagebild.interactive.ledger import Ledger
from lagebild.interactive.meeting import find_meetings
from lagebild.interactive.review_queue import list_acts

WORDS = ("audit.", "desk.", "stance.", "status.")


class AuditWidget(Desk):
    """The text of a report with its claims marked by verdict, and the card of one claim.

    Messages from the browser, each with a `number` that its answer repeats:

    - ``{"ask": "rows"}``, when a page shows the desk: how all claims stand, `states`, and what can be `taken` back;
    - ``{"ask": "language", "language": code}``: the same, and the desk in the other language: its `words` and `audit`;
    - ``{"ask": "decide", "act": [verdict, …], "seen": {claim: decision_id}}``: answered once all of the act are on the
      disk, with `states`; with `met`, if somebody else decided on one of the claims since the reviewer saw it, so that
      nothing was written; with `fault`, if a verdict does not fit; or with `wait`, if it could not be written, so that
      the browser keeps it and tries again.

    A verdict is sent in the columns of decisions: `row` is the claim, `action` the verdict, `value` what it undoes.
    """

    audit = traitlets.Dict().tag(sync=True)  # as the browser draws it

    def __init__(self, desk: AuditDesk, reviewer: str = "") -> None:
        self._desk = desk
        super().__init__("audit", desk.labels, WORDS, Ledger(desk.paths, "verdicts"), reviewer, audit=lay_out(desk))

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        match message.get("ask"):
            case "rows":
                return self._refresh() | self._show_all()
            case "language":
                return self._show_in(str(message.get("language", "")))
        return self._decide(message.get("act"), message.get("seen"))

    def _refresh(self) -> dict[str, Any]:
        """Read what others wrote meanwhile, and return what to say of it."""
        return self._read_others(self._desk.labels)[1]

    def _show_all(self) -> dict[str, Any]:
        verdicts = self._ledger.rows
        return {
            "states": show_states(self._desk, verdicts),
            "taken": list_acts(as_acts(self._desk, verdicts), LONGEST),
        }

    def _show_in(self, language: str) -> dict[str, Any]:
        self._desk = replace(self._desk, labels=self._speak(read_reference(self._desk.paths), language))
        self.audit = lay_out(self._desk)
        told = {"language": language, "words": self.words, "audit": self.audit}
        return self._refresh() | self._show_all() | told

    def _decide(self, act: Any, seen: Any) -> dict[str, Any]:
        told = dict[str, Any]()
        while True:
            told |= self._refresh()
            try:
                new = admit_verdicts(self._desk, self._ledger.rows, act)
            except InputError as fault:
                return {"fault": str(fault)} | told | self._show_all()
            known, wanted = (as_acts(self._desk, rows) for rows in (self._ledger.rows, new))
            if not new.empty and (met := find_meetings(known, wanted, seen, self._desk.labels)):
                return {"met": met} | told | self._show_all()
            if new.empty or self._ledger.append(new):  # or it is there already
                return told | self._show_all()
            # somebody else came in between: read it first
