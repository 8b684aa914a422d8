"""An audit as tables and as lines of JSON: each claim of the report, and the sentences on which its verdict rests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.audit.finding import Audit, Difference, Finding, Reason
from lagebild.core import TABLES, InputError, Labels, edtf, tables

Span = tuple[int, int]
SAID: tuple[Reason, ...] = (
    "judged",
    "unsettled",
    "not-found",
    "opinion",
)  # reasons that a model gives in its own words
DRAFTED = {  # words that are others where nobody reviewed the case
    "audit.verdict.contested": "audit.draft.verdict",
    "audit.answer.contested": "audit.draft.answer",
    "audit.meaning.contested": "audit.draft.meaning",
}


def give_reason(finding: Finding, labels: Labels) -> str:
    """Return in a sentence why a claim has its verdict; what a model says of it stands in quotation marks behind."""
    values: dict[str, Any] = {"n": finding.publishers}
    if finding.difference:
        claimed, told = tell_difference(finding.difference, labels)
        values |= {"claimed": claimed, "told": told}
    if finding.why and finding.reason in SAID:
        return labels("audit.says", model=finding.judge, why=finding.why)
    if finding.judge and finding.reason == "supported":
        return labels("audit.borne", **values)  # its sentences may each say a part
    return labels(f"audit.reason.{finding.reason}", **values)


def tell_difference(one: Difference, labels: Labels) -> tuple[str, str]:
    """Return in words what a report says, and what is told in the evidence."""
    if one.kind != "day":
        return one.claimed, one.told
    told = [_tell_day(day, labels) for day in one.told.split(";")]
    return _tell_day(one.claimed, labels), labels.enumerate(told)


def _tell_day(value: str, labels: Labels) -> str:
    try:
        edtf.parse(value)
    except (InputError, ValueError):
        return value  # words of the text itself
    return labels.date(value)


def name_verdicts(audit: Audit, labels: Labels) -> Labels:
    """Return the words for an audit: in a case that nobody reviewed, what is contested at best is called so."""
    if audit.coded:
        return labels
    return replace(labels, words=labels.words | {key: labels.words[other] for key, other in DRAFTED.items()})


def tabulate_claims(audit: Audit, labels: Labels) -> pd.DataFrame:
    """Return the claims of a report, columns as in the table `audit/claims`."""
    rows = []
    for one in audit.findings:
        by, why, before = one.overruled
        rows.append(
            {
                "claim_id": one.claim_id,
                "start": one.start,
                "end": one.end,
                "claim": one.claim,
                "verdict": one.verdict,
                "reason": give_reason(one, labels),
                "difference": one.difference.kind if one.difference else "",
                "judge": one.judge,
                "n_publishers": one.publishers,
                "evidence": ";".join(dict.fromkeys(witness.name for witness in one.sentences)),
                "overruled_by": by,
                "overruled_why": why,
                "verdict_before": before,
            }
        )
    return _check(rows, "audit/claims")


def tabulate_evidence(audit: Audit, addresses: Mapping[str, str]) -> pd.DataFrame:
    """Return the sentences on which the verdicts rest, columns as in the table `audit/evidence`.

    `addresses` are those of the sources by their ids.
    """
    rows = []
    for one in audit.findings:
        for witness in one.witnesses or one.shown:
            rows.append(
                {
                    "claim_id": one.claim_id,
                    "evidence_id": witness.name,
                    "language": witness.language,
                    "stance": witness.stance,
                    "status": witness.status,
                    "text": witness.text,
                    "publisher": witness.publisher,
                    "published": witness.published,
                    "reliability": witness.reliability,
                    "mentions": ";".join(witness.mentions),
                    "share": float(witness.share),
                    "url": addresses.get(witness.source_id, ""),
                }
            )
    return _check(rows, "audit/evidence")


def _check(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    table = TABLES[name]
    return tables.validate(pd.DataFrame(rows, columns=list(table.columns)), table, Path(table.file))


def write_lines(audit: Audit, labels: Labels, place: Callable[[Span], Span]) -> Iterator[str]:
    """Yield each claim as a line of JSON; `place` leads from the text that was read to the text of the file."""
    for one in audit.findings:
        start, end = place((one.start, one.end))
        differences = []
        if one.difference:
            claimed, told = tell_difference(one.difference, labels)
            differences.append({"kind": one.difference.kind, "claimed": claimed, "told": told})
        line = {
            "id": one.claim_id,
            "claim": one.claim,
            "start": start,
            "end": end,
            "verdict": one.verdict,
            "reason": give_reason(one, labels),
            "publishers": one.publishers,
            "differences": differences,
            "evidence": [*dict.fromkeys(witness.name for witness in one.sentences)],
            "nearest": one.near.name if one.near else "",
            "judge": one.judge or "rules",
        }
        yield json.dumps(line, ensure_ascii=False)
