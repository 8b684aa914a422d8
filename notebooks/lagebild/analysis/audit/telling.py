"""Whether a sentence tells what a claim says is done."""

from __future__ import annotations

from collections.abc import Mapping

from lagebild.analysis.audit.acts import pair_same
from lagebild.analysis.audit.comparison import Comparison, Match
from lagebild.analysis.audit.items import Item
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import list_concepts, read_beside
from lagebild.coder.lang import read_language
from lagebild.core.edtf import is_day
from lagebild.core.reference import Reference

SURE = 0.85  # fit from which on two words say the same
HALF = 0.5  # share of a claim from which on what is exact vouches for an act whose verb is in no table
LITERAL, MANY = 0.75, 3  # share, and number of names and words, from which on a sentence says nearly the same
SMALL = 10  # numbers below it, of nothing that is counted in units, stand in many sentences


def tells_act(reference: Reference, claim: Reading, seen: Comparison, *, strict: bool = False) -> bool:
    """Whether a sentence tells what a claim says is done, in each of its main clauses; if none says so, in the others.

    It does if the verb of the clause is there, or the noun of the act where the verb only carries it (gave consent).
    Of a verb that stands in no table the sentence must hold what can hardly stand there by chance: the quotation, a
    number, the day. Where both hold the same act, of one type between the same sides, other words for it will do. If
    `strict`, not where that act is a noun beside another verb; and a verb that often only carries must be there too
    unless the clause has a noun for it to carry.
    """
    same = find_same(reference, claim, seen, strict=strict)
    found = {id(one.item): one for one in seen.of("word")}
    numbers = {one.clause for one in claim.items}

    def tell(clause: int) -> bool | None:
        return _tells(reference, claim, seen, found, clause, same=clause in same, strict=strict)

    told = [tell(one) for one in sorted(numbers & claim.mains)]
    if all(one is None for one in told):
        told = [tell(one) for one in sorted(numbers - claim.mains)]
    if all(one is None for one in told):
        return is_anchored(seen)
    return all(one is not False for one in told)


def find_same(reference: Reference, claim: Reading, seen: Comparison, *, strict: bool = False) -> set[int]:
    """Return the clauses of a claim whose act a sentence tells: of one type, between the same sides.

    If `strict`, the sentence must name the target that the claim names, and the act be no noun beside another verb.
    """
    pairs = pair_same(reference, claim.acts, seen.told.acts)
    pairs = [(one, other) for one, other in pairs if not strict or not one.target or one.target & other.target]
    return {_find_clause(claim, one.start, strict=strict) for one, other in pairs if one.kind == other.kind}


def _find_clause(claim: Reading, place: int, *, strict: bool) -> int:
    """Return the clause in which a word of a claim stands; if `strict`, -1 where it is a noun beside another verb."""
    word = claim.find_word(place)
    if word is None:
        return -1
    other = any(one.verb and not one.light and one.clause == word.clause for one in claim.of("word"))
    return -1 if strict and other and not word.verb else word.clause


def _tells(
    reference: Reference,
    claim: Reading,
    seen: Comparison,
    found: Mapping[int, Match],
    clause: int,
    *,
    same: bool,
    strict: bool,
) -> bool | None:
    """Return whether a sentence tells what is done in a clause of a claim; None if the clause does not say."""
    inside = [found[id(one)] for one in claim.of("word") if one.clause == clause and id(one) in found]
    inside = [one for one in inside if not one.item.proper]
    acting = list_concepts(reference, "kind", "act")
    inside = [one for one in inside if one.item.verb or not _is_attribute(reference, claim, one.item)]
    carried = any(not one.item.verb and not one.item.light and one.item.also & acting for one in inside)
    verbs = [one for one in inside if one.item.verb and not one.item.light]
    above = {claim.parents[one.clause] for one in claim.items if one.verb and 0 <= one.clause < len(claim.parents)}
    if strict and not verbs and not carried and not is_anchored(seen) and clause not in above:
        verbs = [one for one in inside if one.item.verb and one.item.also & acting]
    inside = [one for one in inside if not one.item.light]
    if any(
        one.where == "here" and not (strict and _only_qualifies(reference, seen.told.reading, one.other))
        for one in verbs
    ):
        return True
    nouns = [one for one in inside if not one.item.verb]
    behind = read_beside(reference, claim.language)["carry"]
    borne = [one for one in nouns if not verbs and behind.search(claim.text[: one.item.start - claim.start])]
    if strict and borne and not is_anchored(seen) and not any(one.where == "here" for one in borne):
        return False  # took them into custody
    nouns = [one for one in nouns if one.item.also & acting] or ([] if clause in above else nouns)
    if any(one.item.also for one in verbs):
        return same and (not nouns or any(one.where == "here" for one in nouns))
    if verbs:
        return same or (is_anchored(seen) and seen.share >= HALF)
    if nouns:
        held = sum(one.weight for one in nouns if one.where == "here")
        return held > 0 or is_anchored(seen)
    return any(one.where == "here" and one.item.clause == clause for one in seen.of("quote")) or None


def _is_attribute(reference: Reference, reading: Reading, word: Item) -> bool:
    """Whether a word is what a verb makes of a noun behind it: enriched uranium, die gekauften Flugzeuge."""
    text = reading.quote(word)
    if read_language(reference, reading.language).capital_nouns:
        return text.islower() and text.endswith(("en", "er", "em", "es", "e"))
    return text.endswith("ed") and text != word.key


def _only_qualifies(reference: Reference, told: Reading, word: Item | None) -> bool:
    """Whether a noun of a sentence only says which kind the next one is, in the plural: delivery dates."""
    if word is None or word.verb:
        return False
    if read_language(reference, told.language).capital_nouns:
        return next(one for one in told.of("word") if one.start == word.start) is not word  # first part of a compound
    behind = [one for one in told.of("word") if one.start == word.end + 1 and not one.verb and not one.proper]
    return any(one.key != told.quote(one).lower() for one in behind)


def lacks_object(claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence has the verb of a clause only by another word, and less than half of its nouns."""
    for clause in sorted({one.clause for one in claim.items if one.clause >= 0}):
        inside = [one for one in seen.of("word") if one.item.clause == clause and not one.item.light]
        verbs = [one for one in inside if one.item.verb]
        nouns = [one for one in inside if not one.item.verb and not one.item.proper and one.item.also]
        loose = not any(one.other and one.other.verb and one.where == "here" for one in verbs)
        held = sum(one.weight for one in nouns if one.where in ("here", "near"))
        if verbs and nouns and loose and 2 * held < sum(one.weight for one in nouns):
            return True
    return False


def is_anchored(seen: Comparison) -> bool:
    """Whether a sentence holds what can hardly stand there by chance: the quotation of a claim, a number, its day."""
    numbers = [one for one in seen.of("number") if one.item.value >= SMALL or one.counts_same]
    days = [one for one in seen.of("date") if is_day(one.item.key) and one.item.rough != "weekday"]
    return any(one.where == "here" for one in (*numbers, *days, *seen.of("quote")))


def is_literal(seen: Comparison) -> bool:
    """Whether a sentence says nearly all that a claim says, word by word, and that is not little."""
    heavy = [one for one in seen.of("name", "word") if not one.item.light and one.where == "here"]
    return seen.here >= LITERAL and len({one.item.start for one in heavy}) >= MANY


def list_open(seen: Comparison) -> list[Match]:
    """Return the numbers, dates and quotations of a claim that nothing near a sentence bears out."""
    return [one for one in seen.of("number", "quote", "date") if not one.where]
