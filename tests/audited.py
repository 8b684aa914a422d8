"""A report on the Russia–Iran case, made up, with findings of every verdict made by hand."""

from __future__ import annotations

import re
from pathlib import Path

from lagebild.audit.finding import Audit, Difference, Finding, Witness

REPORT = Path(__file__).parent / "data" / "report-en.md"
TOLD = "Putin called it “a completely unprovoked aggression against Iran”."
SAID = {  # by how a sentence begins: verdict, and in what it differs
    "On 17 January": ("supported", ()),
    "On 13 June": ("supported", ()),
    "Iran attacked": ("differs", (Difference("sides", "IRN", "ISR"),)),
    "On 22 June": ("supported", ()),
    "Vladimir Putin": ("differs", (Difference("quotation", "an entirely unprovoked", "a completely unprovoked"),)),
    "Donald Trump": ("differs", (Difference("status", "asserted", "negated"),)),
    "According to": ("contested", ()),
    "China condemned": ("not-found", ()),
    "North Korea": ("not-found", ()),
}


def make_audit(case: str = "russia-iran", as_of: str = "2026-06-30", times: int = 1) -> Audit:
    """Return the audit of the report, or of one that says the same many times."""
    text = "\n".join(f"Part {n}.\n{REPORT.read_text(encoding='utf-8')}" for n in range(times))
    findings = []
    for n, found in enumerate(re.finditer(r"[A-Z<][^.\n]+[.”\"]+(?= |\n|$)", text), start=1):
        verdict, differences = next((what for start, what in SAID.items() if found[0].startswith(start)), ("", ()))
        stances = {"contested": ("supports", "denies"), "not-found": ()}.get(verdict, ("supports",) if verdict else ())
        witnesses = tuple(
            Witness(f"S00{at}", "en", at, TOLD, "<b>Example Post", "2025-06", "B", "reported", stance)
            for at, stance in enumerate(stances, start=1)
        )
        verdict = verdict or "not-checked"
        reason = differences[0].kind if differences else {"not-checked": "nothing-to-check"}.get(verdict, verdict)
        findings.append(
            Finding(
                f"c{n}", found.start(), found.end(), found[0], verdict, reason, {"n": 1}, len(witnesses), witnesses,
                next(iter(differences), None),
            )
        )  # fmt: skip
    return Audit(text, "en", case, as_of, findings)
