"""In what a sentence differs that says nearly the same, word by word: one name, or the sides exchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lagebild.analysis.audit.comparison import Comparison, Match
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.items import Item, is_among, is_name, is_person
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import SAME, list_concepts
from lagebild.core.reference import Reference

WORDED = 0.75  # share of its words but names from which on a sentence says the same
MANY = 3  # words, at least
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
    if seen.words < WORDED or len(here) < MANY or not verbs:
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
