"""A claim to its verdict: supported, differs, contested, not found, or not checked; each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagebild.analysis.audit.checks import find_differences, list_open
from lagebild.analysis.audit.comparison import Comparison, Match, compare
from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import list_acts
from lagebild.core.reference import Reference

TOLD = 0.38  # share of a claim from which on a sentence may tell the same
SAID = 0.45  # from which on it says it, if nothing differs
FOREIGN = 0.06  # how much less it takes across languages, whose words are found less often
NOWHERE = 0.34  # below which no page tells it


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
    acts = [one for one in claim.of("word") if one.also & list_acts(reference)]
    if not acts:
        return Judged("not-checked", "no-act")
    seen = compare(evidence, claim)
    if not seen:
        return Judged("not-found", "not-found")
    best = seen[0]
    ease = FOREIGN if best.told.language != claim.language else 0.0
    quoted = [one for one in best.of("quote") if one.where]
    if best.share + ease < NOWHERE and not quoted:
        return Judged("not-found", "not-found", seen[:1])
    differences = find_differences(reference, evidence, claim, best)
    if differences and best.share + ease >= TOLD:
        return Judged("differs", differences[0].kind, [best], differences)
    left = list_open(best)
    matched = [one for one in best.of("word") if one.item in acts and one.where == "here"]
    if best.share + ease >= SAID and not left and not differences and matched:
        return Judged("supported", "supported", [best])
    return Judged("not-checked", "unsure", [best], differences)
