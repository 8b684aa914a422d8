"""The desk at which people read an audit beside its report and overrule it: claims, what was decided on them, widget.

Each verdict is appended at once. As at the review desk, the browser keeps every verdict until the kernel has said that
it is on the disk, and sends it again to the next kernel otherwise; see `widgets/src/desk/queue.js`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from lagebild.audit.audit_page import compare_quotations
from lagebild.audit.audit_tables import give_reason, name_verdicts
from lagebild.audit.auditor import CaseEvidence, audit_text, weigh_claims
from lagebild.audit.finding import VERDICTS, Audit, Finding, apply_verdicts
from lagebild.audit.report_text import read_report
from lagebild.audit.search import read_evidence
from lagebild.core import (
    ANSWERS,
    TABLES,
    Answers,
    InputError,
    Labels,
    Paths,
    Reference,
    disk,
    read_case_file,
    read_labels,
    read_reference,
    tables,
)
from lagebild.corpus import read_today
from lagebild.dataset import COLUMNS, as_decisions, find_faulty_verdicts, hash_claim, hash_report, load_dataset
from lagebild.interactive import LONGEST, Desk, Ledger, find_meetings, follow, list_acts, name_folder

TABLE = TABLES["case/verdicts"]


@dataclass(frozen=True)
class AuditDesk:
    """What an audit itself found of a report, the case that it was held against, and the words of the reader."""

    audit: Audit
    paths: Paths
    labels: Labels

    @cached_property
    def report(self) -> str:
        """By which digits the report is known again."""
        return hash_report(self.audit.text)

    @cached_property
    def claims(self) -> dict[str, str]:
        """By which digits each claim is known again, by its id."""
        return {one.claim_id: hash_claim(one.claim) for one in self.audit.findings}


EXAMPLE = "audited.md"  # somebody else's report that lies with a case, to show what an audit finds


def open_audit(reference: Reference, paths: Paths, report: str = "") -> AuditDesk:
    """Hold a report against an edition; how far it is, is shown to who watches.

    `report` is its file, a name that is looked for in the working folder first, and then in the project. If it is empty
    it is that which lies with the case, `audited.md`, or else our own report of the edition as Word.

    Raises
    ------
    InputError
        If the report cannot be read, or the edition was not built, with the command that builds it.
    """
    data, own = load_dataset(paths), paths.report("docx")
    named = (Path(report), paths.home / report) if report else (paths.inputs / EXAMPLE, own)
    file = next((one for one in named if one.is_file()), named[0] if report else None)
    if file is None:
        raise InputError(
            f"{disk.short_path(own)} is missing: name a report, or run "
            f"`lagebild run {paths.case} --as-of {paths.as_of} --language {paths.language}`."
        )
    told = read_report(file, read_today(), reference)
    evidence = CaseEvidence(reference, data, paths.case, paths.as_of, read_evidence(reference, data, follow))
    weighed = weigh_claims(evidence, told, follow)
    reader = read_case_file(paths).reader
    answers = Answers(paths.inputs / ANSWERS).kept if reader else {}
    audit = audit_text(told, evidence, weighed, reader.model if reader else "", answers)
    return AuditDesk(audit, paths, name_verdicts(audit, read_labels(reference, paths.language)))


def lay_out(desk: AuditDesk) -> dict[str, Any]:
    """Return what the browser is given once: the text, and of each claim all that its card says."""
    return {
        "text": desk.audit.text,
        "language": desk.audit.language,
        "verdicts": list(VERDICTS),
        "claims": [_describe(desk, one) for one in desk.audit.findings],
        "place": f"{name_folder(desk.paths)}-{desk.report}",
    }


def _describe(desk: AuditDesk, one: Finding) -> dict[str, Any]:
    labels = desk.labels
    return {
        "id": one.claim_id,
        "hash": desk.claims[one.claim_id],
        "start": one.start,
        "end": one.end,
        "claim": one.claim,
        "verdict": one.verdict,
        "reason": give_reason(one, labels),
        "publishers": _count_publishers(one.publishers, labels),
        "pieces": compare_quotations(one.difference),
        "witnesses": [
            {
                "name": witness.name,
                "language": witness.language,
                "text": witness.text,
                "publisher": labels.outlet(witness.publisher),
                "day": labels.date(witness.published),
                "grade": witness.reliability,
                "stance": witness.stance,
                "status": witness.status,
            }
            for witness in one.shown
        ],
    }


def _count_publishers(n: int, labels: Labels) -> str:
    if n == 1:
        return labels("annex.publisher")
    return labels("annex.publishers", n=n) if n else ""


def show_states(desk: AuditDesk, verdicts: pd.DataFrame) -> list[list[str]]:
    """Return how each claim stands now: its id, its verdict, who overruled the audit, why, and the latest decision.

    The latest decision is given by its id, also if it takes another one back: a desk that has not seen it is told.
    """
    here = verdicts[verdicts["report"] == desk.report]
    latest = dict(zip(here["claim"], here["decision_id"], strict=True))
    now = apply_verdicts(desk.audit, here).findings
    return [[one.claim_id, one.verdict, *one.overruled[:2], latest.get(desk.claims[one.claim_id], "")] for one in now]


def as_acts(desk: AuditDesk, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the verdicts on the report in the columns of decisions, as the browser keeps and sends them."""
    return as_decisions(verdicts[verdicts["report"] == desk.report])[COLUMNS]


def admit_verdicts(desk: AuditDesk, verdicts: pd.DataFrame, act: Any) -> pd.DataFrame:
    """Return those verdicts of one act that are not among `verdicts`, if all of the act fit.

    `act` holds rows in the columns of decisions: the claim, the verdict, and of an undo what it takes back.

    Raises
    ------
    InputError
        If a verdict of the act does not fit.
    """
    rows = act if isinstance(act, list) else [act]
    wanted = []
    for row in rows:
        cells = [row.get(name, "") for name in COLUMNS] if isinstance(row, dict) else [None]
        if not all(isinstance(cell, str) for cell in cells):
            raise InputError("A decision must be a row of texts; reload the page and decide again.")
        sent = dict(zip(COLUMNS, [str(cell).strip() for cell in cells], strict=True))
        if sent["row"] not in desk.claims.values():
            raise InputError("The report has no such claim; reload the page and decide again.")
        as_verdict = {"report": desk.report, "claim": sent["row"], "verdict": sent["action"], "undoes": sent["value"]}
        told = sent | as_verdict
        wanted.append({name: told[name] for name in TABLE.columns})
    new = tables.check_rows(wanted, TABLE, desk.paths.inputs / TABLE.file)
    new = new[~new["decision_id"].isin(verdicts["decision_id"])]
    names = set(new["decision_id"])
    for _, name, fault in find_faulty_verdicts(pd.concat([verdicts, new], ignore_index=True)):
        if name in names:
            raise InputError(fault)
    return new


# --- The Widget ---

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
        labels = self._speak(read_reference(self._desk.paths), language)
        self._desk = replace(self._desk, labels=name_verdicts(self._desk.audit, labels))
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
            known, wanted = as_acts(self._desk, self._ledger.rows), as_acts(self._desk, new)
            if not new.empty and (met := find_meetings(known, wanted, seen, self._desk.labels)):
                return {"met": met} | told | self._show_all()
            if new.empty or self._ledger.append(new):  # or it is there already
                return told | self._show_all()
            # somebody else came in between: read it first
