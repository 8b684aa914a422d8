"""Whether a sentence tells what a claim says is done."""

from __future__ import annotations

from collections.abc import Mapping

from lagebild.analysis.audit.acts import SAME, relate
from lagebild.analysis.audit.comparison import Comparison, Match
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import list_concepts
from lagebild.core.edtf import is_day
from lagebild.core.reference import Reference

SURE = 0.85  # fit from which on two words say the same
HALF = 0.5  # share of a claim from which on what is exact vouches for an act whose verb is in no table
SMALL = 10  # numbers below it, of nothing that is counted in units, stand in many sentences


def tells_act(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence tells what a claim says is done, in each of its main clauses that says what is done.

    It does if the verb of the clause is there, or the noun of the act where the verb only carries it (gave consent).
    Of a verb that stands in no table the sentence must hold what can hardly stand there by chance: the quotation, a
    number, the day. Where both hold the same act, of one type between the same sides, other words for it will do.
    """
    same = {
        _find_clause(claim, one.start)
        for one in claim.acts
        for other in seen.told.acts
        if relate(reference, one, other) == SAME and one.kind == other.kind
    }
    found = {id(one.item): one for one in seen.of("word")}
    numbers = {one.clause for one in claim.items}
    told = [_tells(reference, claim, seen, found, one, same=one in same) for one in sorted(numbers & claim.mains)]
    if all(one is None for one in told):
        rest = (_tells(reference, claim, seen, found, one, same=one in same) for one in sorted(numbers - claim.mains))
        told = [next((one for one in rest if one is not None), None)]
    if all(one is None for one in told):
        return is_anchored(seen)
    return all(one is not False for one in told)


def _find_clause(claim: Reading, place: int) -> int:
    """Return the clause in which a word of a claim stands."""
    return next((one.clause for one in claim.of("word") if one.start <= place < one.end), -1)


def _tells(
    reference: Reference, claim: Reading, seen: Comparison, found: Mapping[int, Match], clause: int, *, same: bool
) -> bool | None:
    """Return whether a sentence tells what is done in a clause of a claim; None if the clause does not say."""
    inside = [found[id(one)] for one in claim.of("word") if one.clause == clause and id(one) in found]
    inside = [one for one in inside if not one.item.light and not one.item.proper]
    verbs = [one for one in inside if one.item.verb]
    if any(one.where == "here" for one in verbs):
        return True
    nouns = [one for one in inside if not one.item.verb]
    nouns = [one for one in nouns if one.item.also & list_concepts(reference, "kind", "act")] or nouns
    if any(one.item.also for one in verbs):
        return same and (not nouns or any(one.where == "here" for one in nouns))
    if verbs:
        return same or (is_anchored(seen) and seen.share >= HALF)
    if nouns:
        held = sum(one.weight for one in nouns if one.where == "here")
        return held > 0 or is_anchored(seen)
    return None


def is_anchored(seen: Comparison) -> bool:
    """Whether a sentence holds what can hardly stand there by chance: the quotation of a claim, a number, its day."""
    numbers = [one for one in seen.of("number") if one.item.value >= SMALL or one.item.also]
    days = [one for one in seen.of("date") if is_day(one.item.key)]
    return any(one.where == "here" for one in (*numbers, *days, *seen.of("quote")))


def list_open(seen: Comparison) -> list[Match]:
    """Return the numbers, dates and quotations of a claim that nothing near a sentence bears out."""
    return [one for one in seen.of("number", "quote", "date") if not one.where]
