"""An audit as tables and as lines of JSON: each claim of the report, and the sentences on which its verdict rests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.audit.finding import Audit, Difference, Finding
from lagebild.core import TABLES, InputError, Labels, parse, validate

Span = tuple[int, int]
SAID = ("judged", "unsettled", "not-found", "opinion")  # reasons that a model gives in its own words
DRAFTED = {  # words that are others where nobody reviewed the case
    "audit.verdict.contested": "audit.draft.verdict",
    "audit.answer.contested": "audit.draft.answer",
    "audit.meaning.contested": "audit.draft.meaning",
}


def give_reason(finding: Finding, labels: Labels) -> str:
    """Return in a sentence why a claim has its verdict; what a model says of it stands in quotation marks behind."""
    values, reason = dict[str, Any](finding.values), finding.reason
    if one := finding.difference:
        claimed, told = tell_difference(one, labels)
        values |= {"claimed": claimed, "told": told}
        reason = "done" if reason == "denied" and one.claimed == "negated" else reason
    if finding.why and reason in SAID:
        return labels("audit.says", model=finding.judge, why=finding.why)
    if finding.judge and reason == "supported":
        return labels("audit.borne", **values)  # its sentences may each say a part
    return labels(f"audit.reason.{reason}", **values)


def give_remark(finding: Finding, labels: Labels) -> str:
    """Return what the rules read otherwise than the model that judged; empty if nothing."""
    if finding.remark is None:
        return ""
    rules = replace(finding, reason=finding.remark.kind, difference=finding.remark, why="")
    return labels("audit.remark", said=give_reason(rules, labels))


def tell_difference(one: Difference, labels: Labels) -> tuple[str, str]:
    """Return in words what a report says, and what is told in the evidence."""
    return _tell(one.kind, one.claimed, labels), _tell(one.kind, one.told, labels)


def _tell(kind: str, value: str, labels: Labels) -> str:
    if kind in ("denied", "status"):
        return labels.words.get(f"status.{value}", value)
    if kind == "sides":
        return labels.enumerate([labels.actor(one) for one in value.split(";")])
    if kind == "act":
        return labels.types.get(value, value)
    return labels.enumerate([_tell_day(one, labels) for one in value.split(";")]) if kind == "day" else value


def _tell_day(value: str, labels: Labels) -> str:
    try:
        parse(value)
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
                "remark": give_remark(one, labels),
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
    rows = [
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
        for one in audit.findings
        for witness in one.witnesses or one.shown
    ]
    return _check(rows, "audit/evidence")


def _check(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    table = TABLES[name]
    return validate(pd.DataFrame(rows, columns=list(table.columns)), table, Path(table.file))


def write_lines(audit: Audit, labels: Labels, place: Callable[[Span], Span]) -> Iterator[str]:
    """Yield each claim as a line of JSON; `place` leads from the text that was read to the text of the file."""
    for one in audit.findings:
        start, end = place((one.start, one.end))
        told = [(each.kind, *tell_difference(each, labels)) for each in (one.difference,) if each]
        line = {
            "id": one.claim_id,
            "claim": one.claim,
            "start": start,
            "end": end,
            "verdict": one.verdict,
            "reason": give_reason(one, labels),
            "publishers": one.publishers,
            "differences": [{"kind": kind, "claimed": claimed, "told": held} for kind, claimed, held in told],
            "evidence": [*dict.fromkeys(witness.name for witness in one.sentences)],
            "nearest": one.near.name if one.near else "",
            "judge": one.judge or "rules",
        }
        yield json.dumps(line, ensure_ascii=False)
