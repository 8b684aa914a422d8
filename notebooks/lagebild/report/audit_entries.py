"""What the page of an audit shows of each claim, of the text round it, and of what the report cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from lagebild.analysis.audit.citations import Cited as Checked
from lagebild.analysis.audit.citations import cited_at
from lagebild.analysis.audit.finding import Audit, Difference, Finding
from lagebild.core.labels import Labels
from lagebild.report.audit_tables import give_reason, tell_difference
from lagebild.report.identifiers import escape_address
from lagebild.report.worddiff import compare_words

Entry = dict[str, Any]


class Cited(NamedTuple):
    """What a report cites: in its words, its address, the source of the case that it is, the claims that cite it."""

    label: str
    url: str
    source_id: str  # empty if the case does not hold it
    claims: tuple[str, ...]  # ids of findings


def describe_claim(number: int, one: Finding, addresses: Mapping[str, str], labels: Labels) -> Entry:
    """Return a claim as the templates show it: with a number from 1, words, and addresses that may be followed."""
    return {
        "n": number,
        "anchor": f"c{number}",
        "claim": one.claim,
        "verdict": one.verdict,
        "reason": give_reason(one, labels),
        "read": one.read,
        "publishers": one.publishers,
        "is_claim": one.is_claim,
        "overruled": one.overruled,
        "witnesses": [(each, _follow(addresses.get(each.source_id, ""))) for each in one.shown],
        "differences": [describe_difference(each, labels) for each in one.differences],
    }


def describe_difference(one: Difference, labels: Labels) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Return the kind of a difference, what the report says, what is told, and both wordings piece by piece."""
    return one.kind, *tell_difference(one, labels), [*compare_words(one.told, one.claimed)]


def _follow(url: str) -> str:
    """Return an address that a link may lead to; empty for any other."""
    try:
        return escape_address(url) if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def group_reasons(entries: Sequence[Entry]) -> list[tuple[str, list[int]]]:
    """Return the reasons why claims were not checked, the most frequent first, each with the numbers of the claims."""
    grouped: dict[str, list[int]] = {}
    for entry in entries:
        grouped.setdefault(entry["reason"], []).append(entry["n"])
    return sorted(grouped.items(), key=lambda item: (-len(item[1]), item[1]))


def part_text(audit: Audit, entries: Sequence[Entry]) -> Iterator[list[tuple[str, list[Entry]]]]:
    """Yield the paragraphs of a report, each as its pieces in order: words, and the claims that they make.

    A paragraph ends with its line, unless a claim goes on beyond that.
    """
    pieces: list[tuple[str, list[Entry]]] = []
    at = 0
    for one, entry in sorted(zip(audit.findings, entries, strict=True), key=lambda pair: pair[0].start):
        if one.start < at:
            pieces[-1][1].append(entry)  # another act of the same sentence
            continue
        pieces += [(audit.text[at : one.start], []), (audit.text[one.start : one.end], [entry])]
        at = one.end
    lines: list[list[tuple[str, list[Entry]]]] = [[]]
    for words, made in [*pieces, (audit.text[at:], [])]:
        first, *others = [words] if made else words.split("\n")
        lines[-1].append((first, made))
        lines += [[(other, [])] for other in others]
    yield from (line for line in lines if any(words.strip() for words, _ in line))


def name_citations(audit: Audit, checked: Iterable[Checked]) -> list[Cited]:
    """Return what a report cites, each once, with the claims that cite it; of several sources meant, the first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in checked:
        label = one.citation.title or one.citation.url or one.citation.label
        claims = found.setdefault((label, one.citation.url, next(iter(one.source_ids), "")), [])
        claims += [
            finding.claim_id
            for finding in audit.findings
            if cited_at([one.citation], finding.start, finding.end) and finding.claim_id not in claims
        ]
    return [Cited(*key, tuple(claims)) for key, claims in found.items()]


def judge_citation(one: Cited, findings: Sequence[Finding], sources: pd.DataFrame) -> Entry:
    """Return what a report cites with its verdict: ``held``, ``not-held``, or ``not-said`` if a claim finds no support.

    Claims that were not checked say nothing about what they cite.
    """
    numbers = {finding.claim_id: n for n, finding in enumerate(findings, start=1)}
    citing = [finding for finding in findings if finding.claim_id in one.claims]
    said = all(
        any(witness.source_id == one.source_id and witness.stance == "supports" for witness in finding.witnesses)
        for finding in citing
        if finding.verdict != "not-checked"
    )
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    return {
        "label": one.label,
        "url": _follow(one.url),
        "source_id": one.source_id,
        "title": titles.get(one.source_id, ""),
        "verdict": "not-held" if not one.source_id else "held" if said else "not-said",
        "numbers": [numbers[finding.claim_id] for finding in citing],
    }
