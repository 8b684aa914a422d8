"""A claim to its verdict: supported, differs, contested, not found, or not checked; each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagebild.analysis.audit.acts import SAME, relate
from lagebild.analysis.audit.checks import find_differences, is_anchored, list_open, tells_act
from lagebild.analysis.audit.comparison import Comparison, compare
from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.reading import Reading, split_claim
from lagebild.core.reference import Reference

TOLD = 0.38  # share of a claim from which on a sentence may tell the same
SAID = 0.45  # from which on it says it, if nothing differs
FOREIGN = 0.06  # how much less it takes across languages, whose words are found less often
MUCH = 0.55  # from which on it does, whatever is done in it
WORDED = 0.4  # share of its words from which on a sentence may say them otherwise
LONG = 3  # words of a quotation that hardly anybody else says
EASE = 0.1  # how much less it takes where a number, a day or a quotation is the same
NOWHERE = 0.4  # below which no page tells it
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
    whole = _judge_part(reference, evidence, claim)
    parts = split_claim(claim)
    if whole.verdict == "supported" or len(parts) == 1 or not whole.seen:
        return whole
    pages = frozenset(one.told.source_id for one in compare(evidence, claim))
    judged = [_judge_part(reference, evidence, part, pages) for part in parts]
    if all(one.verdict == "supported" for one in judged):
        seen = list(dict.fromkeys(found for one in judged for found in one.seen))
        return Judged("supported", "supported", seen)
    differing = [one for one in judged if one.verdict == "differs"]
    if differing and whole.verdict != "differs":
        return differing[0]
    return whole


def _judge_part(
    reference: Reference, evidence: Evidence, claim: Reading, pages: frozenset[str] = frozenset()
) -> Judged:
    seen = compare(evidence, claim, pages)
    if not seen:
        return Judged("not-found", "not-found")
    least = max(TOLD - EASE, RIVAL * seen[0].share)  # what tells of that day, not of another one, comes first
    seen = sorted(seen, key=lambda one: -_count_borne_out(one) if one.share >= least else 1)
    judged = [_judge(reference, evidence, claim, one) for one in seen if one.score >= RIVAL * seen[0].score]
    supported = next((one for one in judged if one.verdict == "supported"), None)
    return supported or judged[0]


def _count_borne_out(seen: Comparison) -> int:
    """Return how many of the numbers, days and quotations of a claim a sentence bears out."""
    return sum(one.where == "here" for one in seen.of("number", "date", "quote"))


def _judge(reference: Reference, evidence: Evidence, claim: Reading, best: Comparison) -> Judged:
    """Return what one sentence says of a claim."""
    share = best.share + (FOREIGN if best.told.language != claim.language else 0.0)
    anchored, told = is_anchored(best), tells_act(reference, claim, best)
    if share < NOWHERE and not anchored:
        return Judged("not-found", "not-found", [best])
    differences = find_differences(reference, evidence, claim, best)
    same = any(relate(reference, one, other) == SAME for one in claim.acts for other in best.told.acts)
    strange = [one for one in best.of("name") if one.where not in ("here", "near")]
    strange += [one for one in best.of("word") if one.item.proper and one.item.acting and not one.where]
    grave = [one for one in differences if one.kind in ("quotation", "number", "sides") or same or not strange]
    grave = [one for one in grave if one.kind in ("quotation", "number") or best.words >= WORDED]
    if grave and share >= TOLD and (told or anchored or not strange or share >= MUCH):
        return Judged("differs", grave[0].kind, [best], grave)
    left = list_open(best)
    named = not [one for one in strange if not one.where or one.item.acting]
    quoted = any(one.where == "here" and len(one.item.key.split()) >= LONG for one in best.of("quote"))
    if quoted and named and not left and not differences:
        return Judged("supported", "supported", [best])
    if share >= SAID - (EASE if anchored else 0.0) and told and named and not left and not differences:
        return Judged("supported", "supported", [best])
    return Judged("not-checked", "unsure", [best], differences)
