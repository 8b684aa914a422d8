"""A report on the Russia–Iran case, made up, with findings of every verdict made by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lagebild.audit.finding import Audit, Difference, Finding, Witness

REPORT = Path(__file__).parent / "data" / "report-en.md"
TOLD = "Putin called it “a completely unprovoked aggression against Iran”."
SAID: dict[str, tuple[Any, Any]] = {  # by how a sentence begins: verdict, and in what it differs
    "On 17 January": ("supported", ()),
    "On 13 June": ("supported", ()),
    "Iran attacked": ("differs", (Difference("number", "20", "200"),)),
    "On 22 June": ("supported", ()),
    "Vladimir Putin": ("differs", (Difference("quotation", "an entirely unprovoked", "a completely unprovoked"),)),
    "Donald Trump": ("differs", (Difference("day", "2025-06-18", "2025-06-19"),)),
    "According to": ("contested", ()),
    "China condemned": ("not-found", ()),
    "North Korea": ("not-found", ()),
}


def make_audit(case: str = "russia-iran", as_of: str = "2026-06-30", times: int = 1) -> Audit:
    """Return the audit of the report, or of one that says the same many times."""
    text = "\n".join(f"Part {n}.\n{REPORT.read_text(encoding='utf-8')}" for n in range(times))
    findings = []
    for n, found in enumerate(re.finditer(r"[A-Z<][^.\n]+[.”\"]+(?= |\n|$)", text), start=1):
        verdict: Any
        verdict, differences = next((what for start, what in SAID.items() if found[0].startswith(start)), ("", ()))
        stances: tuple[Any, ...] = {"contested": ("supports", "denies"), "not-found": ()}.get(
            verdict, ("supports",) if verdict else ()
        )
        witnesses = tuple(
            Witness(
                source_id=f"S00{at}",
                language="en",
                sentence_no=at,
                text=TOLD,
                publisher="<b>Example Post",
                published="2025-06",
                reliability="B",
                status="reported",
                stance=stance,
            )
            for at, stance in enumerate(stances, start=1)
        )
        verdict = verdict or "not-checked"
        reason: Any = differences[0].kind if differences else {"not-checked": "nothing-to-check"}.get(verdict, verdict)
        findings.append(
            Finding(
                claim_id=f"c{n}",
                start=found.start(),
                end=found.end(),
                claim=found[0],
                verdict=verdict,
                reason=reason,
                publishers=len(witnesses),
                witnesses=witnesses,
                difference=next(iter(differences), None),
            )
        )
    return Audit(text=text, language="en", case=case, as_of=as_of, findings=findings)
