"""A claim to its verdict: supported, differs, contested, not found, or not checked; each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagebild.analysis.audit.checks import find_differences, list_open, tells_act
from lagebild.analysis.audit.comparison import Comparison, compare
from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.reading import Reading
from lagebild.core.reference import Reference

TOLD = 0.38  # share of a claim from which on a sentence may tell the same
SAID = 0.45  # from which on it says it, if nothing differs
FOREIGN = 0.06  # how much less it takes across languages, whose words are found less often
NOWHERE = 0.34  # below which no page tells it
RIVAL = 0.85  # of the score of the nearest sentence, from which on another one is looked at


@dataclass(frozen=True, eq=False)
class Judged:
    """A verdict with the key of its reason, the sentences it rests on, and in what they differ."""

    verdict: str
    reason: str
    seen: Sequence[Comparison] = ()
    differences: Sequence[Difference] = ()


def judge(reference: Reference, evidence: Evidence, claim: Reading) -> Judged:
    """Return what the evidence says of a claim."""
    if not claim.of("name", "number", "date", "quote") and not any(one.proper for one in claim.items):
        return Judged("not-checked", "nothing-to-check")
    seen = compare(evidence, claim)
    if not seen:
        return Judged("not-found", "not-found")
    judged = [_judge(reference, evidence, claim, one) for one in seen if one.score >= RIVAL * seen[0].score]
    supported = next((one for one in judged if one.verdict == "supported"), None)
    return supported or judged[0]


def _judge(reference: Reference, evidence: Evidence, claim: Reading, best: Comparison) -> Judged:
    """Return what one sentence says of a claim."""
    ease = FOREIGN if best.told.language != claim.language else 0.0
    quoted = [one for one in best.of("quote") if one.where]
    if best.share + ease < NOWHERE and not quoted:
        return Judged("not-found", "not-found", [best])
    differences = find_differences(reference, evidence, claim, best)
    if differences and best.share + ease >= TOLD:
        return Judged("differs", differences[0].kind, [best], differences)
    left = list_open(best)
    if best.share + ease >= SAID and not left and not differences and tells_act(reference, claim, best):
        return Judged("supported", "supported", [best])
    return Judged("not-checked", "unsure", [best], differences)
