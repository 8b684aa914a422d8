"""Whether a sentence tells what a claim says is done, how it puts that, and whether it differs by a name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from lagebild.audit.acts import Act, pair_same
from lagebild.audit.comparison import Comparison, Match
from lagebild.audit.finding import Difference
from lagebild.audit.items import Item, is_among, is_mostly, is_name, is_person
from lagebild.audit.reading import Reading
from lagebild.audit.retrieval import EvidenceIndex
from lagebild.audit.vocabulary import SAME, list_concepts, read_beside
from lagebild.coder import read_language
from lagebild.core import Reference, ids, is_day

# --- Names Where the Words Are the Same ---
# A sentence that says nearly the same word by word may differ in one name, or have the sides exchanged.

WORDED = 0.75  # share of its words but names from which on a sentence says the same
FEWEST_SHARED = 3  # words, at least
GAP = 4  # letters between the words of one name: Abu Musab al-Zarqawi


def check_names(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare who is named where a sentence says a claim's other words, with its main verb, or the one beneath it.

    Whom the sentence lacks another stands for in the same place (both act, or neither does); or who does it there is
    whom it is done to in the claim.
    """
    here = {one.item.start for one in seen.of("word") if one.where == "here" and not one.item.proper}
    verbs = [
        (one, one.other)
        for one in seen.of("word")
        if one.item.verb and one.where == "here" and one.other and one.other.verb
    ]
    if any(one.verb and one.clause in claim.mains for one in claim.of("word")):
        verbs = [pair for pair in verbs if pair[0].item.clause in claim.mains]
    if seen.words < WORDED or len(here) < FEWEST_SHARED or not verbs:
        return
    told = seen.told.reading
    lacking = [one.item for one in seen.of("name", "word") if is_name(one.item) and _is_lacking(one, told)]
    lacking.sort(key=lambda one: one.start)
    if lacking:
        if all(other.start - one.end <= GAP for one, other in pairwise(lacking)):
            yield from _find_substitute(claim, told, lacking[0])
        return
    mutual = list_concepts(reference, "turns", "mutual")
    if any(one.item.also & mutual for one, _ in verbs):
        return
    yield from _find_exchanged(claim, told, [(one.item, other) for one, other in verbs if one.fit == SAME])


def _find_substitute(claim: Reading, told: Reading, lacking: Item) -> Iterator[Difference]:
    """Yield that a sentence names another in the place of whom it lacks; in that of a person another person."""
    alike = [one for one in _list_names(told) if (one.kind, one.acting) == (lacking.kind, lacking.acting)]
    others = [one for one in alike if not _is_meant(one, lacking, claim)]
    others = [one for one in others if is_person(one)] if is_person(lacking) else others
    if others:
        yield Difference("sides", _name(claim, lacking), _name(told, others[0]))


def _find_exchanged(claim: Reading, told: Reading, verbs: Iterable[tuple[Item, Item]]) -> Iterator[Difference]:
    """Yield that others do the same there, with whom a claim names as acting nowhere beside, or on the other side."""
    for verb, other in verbs:
        mine, theirs = _list_acting(claim, verb.clause), _list_acting(told, other.clause)
        beside = [one for one in told.items if told.roots[one.clause] == told.roots[other.clause]]
        if mine and theirs and not any(is_among(one, beside) for one in mine):
            yield Difference("sides", _name(claim, mine[0]), _name(told, theirs[0]))
            return
    (agents, others), (doers, rest) = _part(claim), _part(told)
    swapped = agents and all(is_among(one, rest) and not is_among(one, doers) for one in agents)
    if swapped and any(is_among(one, others) for one in doers):
        yield Difference("sides", _name(claim, agents[0]), _name(told, doers[0]))


def _is_lacking(one: Match, told: Reading) -> bool:
    """Whether a sentence, and what stands near it, does not name somebody; of a person, also if only his state."""
    if is_person(one.item) and one.fit < SAME:
        return not any(other.key in one.item.also and other.acting == one.item.acting for other in told.of("name"))
    return one.where not in (("here",) if one.item.acting and one.item.proper else ("here", "near"))


def _list_names(reading: Reading) -> list[Item]:
    return [one for one in reading.items if is_name(one) and one.end > one.start]


def _list_acting(reading: Reading, clause: int) -> list[Item]:
    return [one for one in _list_names(reading) if one.acting and one.clause == clause]


def _part(reading: Reading) -> tuple[list[Item], list[Item]]:
    """Return who acts in the main clauses of a sentence, and whom else it names."""
    names = _list_names(reading)
    acting = [one for one in names if one.acting and one.clause in reading.mains]
    return acting, [one for one in names if not one.acting]


def _is_meant(one: Item, lacking: Item, claim: Reading) -> bool:
    """Whether somebody in a sentence is named in a claim too, or his state, other than by the name that it lacks."""
    others = [other for other in claim.items if other.kind in ("name", "word") and other is not lacking]
    if one.kind == "name":
        return any(other.key == one.key or other.key in one.also or one.key in other.also for other in others)
    return is_among(one, others)


def _name(reading: Reading, item: Item) -> str:
    return item.key if item.kind == "name" else reading.quote(item)


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


# --- Standing ---
# A sentence puts what a claim says as a fact, as somebody's word, as a plan, or not at all.

DONE = ("asserted", "reported")
WEAKER = ("hypothetical", "open")
NEXT = 4  # words between a noun and the verb that tells of what it is


class _Shared(NamedTuple):
    """A word of a claim, the one of a sentence that says the same, and how much it weighs."""

    item: Item
    other: Item
    weight: float


def check_standing(
    reference: Reference, evidence: EvidenceIndex, claim: Reading, seen: Comparison
) -> Iterator[Difference]:
    """Compare how both put the act of a claim: by what people coded, else by what they share in each of its clauses.

    An act beneath what a main clause tells (freed those whom rebels had taken) counts only where nothing else differs.
    """
    pairs = pair_same(reference, claim.acts, seen.told.acts)
    if first := [pair for pair in pairs if _is_main(claim, pair[0])]:
        words = _compare_words(reference, claim, seen)
        denied = (one for one in words if one.kind == "denied")  # nobody was told of the attack
        yield from [*_compare_acts(reference, evidence, claim, seen, first)] or denied
        return
    yield from [*_compare_words(reference, claim, seen)] or _compare_acts(reference, evidence, claim, seen, pairs)


def _is_main(claim: Reading, act: Act) -> bool:
    """Whether an act of a claim is told in a main clause, if it has any."""
    word = claim.find_word(act.start)
    return not claim.mains or (word is not None and word.clause in claim.mains)


def _compare_acts(
    reference: Reference, evidence: EvidenceIndex, claim: Reading, seen: Comparison, pairs: Sequence[tuple[Act, Act]]
) -> Iterator[Difference]:
    """Yield how the evidence puts the same acts otherwise than a claim."""
    statuses = [
        (one.status, "asserted" if other.stance == "supports" and other.event_id in evidence.facts else other.status)
        for one, other in pairs
    ]
    found = {kind for mine, theirs in statuses if (kind := _weaken(mine, theirs)) is not None}
    if any(one.verb and one.also & list_concepts(reference, "turns", "contrary") for one in claim.of("word")):
        found.discard("denied")  # disputed that they had asked
    if found and "" not in found and not (_is_voiced(claim, seen) and "status-reported" in found):
        yield Difference(sorted(found)[0].partition("-")[0], pairs[0][0].status, pairs[0][1].status)


def _compare_words(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Yield how a sentence puts otherwise what it shares with a clause of a claim: by its verbs, else by its nouns."""
    contrary, future = (list_concepts(reference, "turns", value) for value in ("contrary", "future"))
    turned = [one for one in claim.of("word") if one.verb and one.also & contrary]
    hedged = any(one.status in WEAKER or one.also & future for one in claim.items)
    told = seen.told.reading
    for clause, shared in sorted(_group_shared(reference, claim, seen).items()):
        verbs = [one for one in seen.of("word") if one.item.clause == clause and one.item.verb and not one.item.light]
        if 2 * sum(one.where == "here" for one in verbs) < len(verbs):
            continue
        if not verbs and not any(one.item.verb for one in shared):
            shared = _keep_denied(shared)
        if not shared:
            continue
        weights: dict[tuple[str, str], float] = {}
        spoken = [one for one in shared if one.item.verb and one.other.verb]
        for one in spoken or shared:
            both = _stand(reference, claim, one.item), _stand(reference, told, one.other)
            weights[both] = weights.get(both, 0.0) + one.weight
        (mine, theirs), most = max(weights.items(), key=lambda pair: pair[1])
        kind = _weaken(mine, theirs) if 2 * most > sum(weights.values()) else None
        nouns = [one for one in shared if not one.item.verb and not one.other.verb]
        nouns = [one for one in nouns if one.item.denied != one.other.denied]
        if spoken and nouns and kind in ("", "status-reported"):  # contained nothing on defence
            kind = "denied"
            mine, theirs = ("negated", theirs) if nouns[0].item.denied else (mine, "negated")
        said = [one.item for one in spoken]
        if kind == "denied" and all(one in said for one in turned):
            yield Difference("denied", mine, theirs)
        elif kind == "status" and mine == "reported" and not is_literal(seen):
            continue  # another may have heard more than this one expects
        elif (kind == "status" and not hedged) or (kind == "status-reported" and not _is_voiced(claim, seen)):
            yield Difference("status", mine, theirs)


def _group_shared(reference: Reference, claim: Reading, seen: Comparison) -> dict[int, list[_Shared]]:
    """Return the words that a sentence shares with a claim by the clauses of that; light ones if they alone differ."""
    grouped: dict[int, list[_Shared]] = {}
    for match in seen.of("word"):
        item, other = match.item, match.other
        if other is None or match.fit < SURE:
            continue
        carries = item.verb and other.verb and item.clause in claim.mains - claim.full  # could not confirm that …
        weaker = carries and item.status in DONE and _stand(reference, seen.told.reading, other) not in DONE
        if not item.light or weaker:
            grouped.setdefault(item.clause, []).append(_Shared(item, other, match.weight))
    return grouped


def _keep_denied(shared: Sequence[_Shared]) -> list[_Shared]:
    """Return of nouns those that are denied themselves, if any is (no compromise came of it), else what none denies."""
    denied = [one for one in shared if one.item.denied or one.other.denied]
    return denied or [one for one in shared if "negated" not in (one.item.status, one.other.status)]


def _stand(reference: Reference, reading: Reading, item: Item) -> str:
    """Return how a thing is put: as its clause is, or as what the verb above it plans, asks for or refuses.

    What a denied verb is about is not denied itself: hardly gained from the easing; that for which there are no grounds
    is: no evidence of Iran seeking weapons.
    """
    if item.status in DONE and item.verb:
        if _lacks_grounds(reference, reading, item):
            return "negated"
        contrary, future = (list_concepts(reference, "turns", value) for value in ("contrary", "future"))
        above = reading.above(item.clause)
        if any(is_mostly(one, contrary) for one in above):
            return "negated"
        return "hypothetical" if any(is_mostly(one, future) for one in above) else item.status
    return "asserted" if item.status == "negated" and not (item.verb or item.denied) else item.status


def _lacks_grounds(reference: Reference, reading: Reading, verb: Item) -> bool:
    """Whether a verb tells that for which there are no grounds: no evidence of Iran seeking weapons."""
    grounds = list_concepts(reference, "turns", "grounds")
    for one in reading.of("word"):
        between = reading.text[one.end - reading.start : verb.start - reading.start]
        near = one.end < verb.start and len(between.split()) <= NEXT and not re.search(r"[.,;:–]", between)
        if near and one.denied and one.also & grounds and one.clause != verb.clause:
            return True
    return False


def _weaken(mine: str, theirs: str) -> str | None:
    """Return in what the standing of a sentence differs from that of a claim; empty if in nothing; None: no telling."""
    if (mine in DONE and theirs == "negated") or (mine == "negated" and theirs in DONE):
        return "denied"
    if mine in DONE and theirs in WEAKER:
        return "status"
    if mine == "asserted" and theirs == "reported":
        return "status-reported"
    return "" if mine == theirs or mine in WEAKER or mine == "reported" else None


def _is_voiced(claim: Reading, seen: Comparison) -> bool:
    """Whether a claim says that somebody says so, or names who says it in the sentence, if it names anybody."""
    named = {key for one in claim.of("name", "word") for key in (one.key, *one.also)}
    coded = {speaker for row in seen.told.mentions for speaker in ids(row["speaker"])}
    quoted = any(one.where == "here" for one in seen.of("quote"))
    speakers = seen.told.reading.speakers | coded
    return claim.said or quoted or not speakers or bool(named & speakers)


def is_turned(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a verb above or beside what a sentence shares with a claim turns it into its contrary, or is denied."""
    contrary = list_concepts(reference, "turns", "contrary")
    told = seen.told.reading
    clauses = {one.other.clause for one in seen.of("word") if one.other is not None and not one.item.light}
    if any(one.verb and (one.also & contrary or one.status == "negated") for one in claim.of("word")):
        return False
    above = [one for clause in sorted(clauses) for one in told.above(clause)]
    beside = [one for one in told.of("word") if one.verb and one.clause in clauses and one.clause >= 0]
    used = {id(one.other) for one in seen.of("word") if one.other is not None}
    return any(is_mostly(one, contrary) for one in (*above, *beside) if id(one) not in used) or any(
        one.status == "negated" and not one.light for one in beside if id(one) not in used
    )


def is_unsettled(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a claim tells as done what a sentence denies, plans or leaves open, by most of the acts they share."""
    acts = list_concepts(reference, "kind", "act")
    pairs = [(one, one.other) for one in seen.of("word") if one.other is not None and one.item.also & acts]
    told = seen.told.reading
    pairs = [(one, other) for one, other in pairs if not one.item.light and _stand(reference, claim, one.item) in DONE]
    weaker = [
        one.weight
        for one, other in pairs
        if (other.status if one.item.verb else _stand(reference, told, other)) in (*WEAKER, "negated")
    ]
    return 2 * sum(weaker) > sum(one.weight for one, _ in pairs)
