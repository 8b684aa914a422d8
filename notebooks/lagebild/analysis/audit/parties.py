"""Who does what to whom in a sentence, by acts, by verbs and beside nouns; and whether that bars it from support."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lagebild.analysis.audit.acts import Act
from lagebild.analysis.audit.comparison import LONG, Comparison, Match
from lagebild.analysis.audit.items import Item, is_among, is_name, is_person
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import list_concepts, read_beside
from lagebild.core.reference import Reference

OWNED = re.compile(r"(?:['’]s?|\w{0,2})\s(?:\w+\s)?")  # Israel's (air) strikes, iranische(n) Angriffe
STATE = re.compile("[A-Z]{3}")  # the id of a state


def part_sides(reading: Reading, clause: int) -> tuple[list[Item], list[Item]]:
    """Return who acts in a clause, and whom else it names."""
    inside = [one for one in reading.items if one.clause == clause and is_name(one)]
    acting, others = [one for one in inside if one.acting], [one for one in inside if not one.acting]
    people = [one for one in acting if one.kind == "word" or not STATE.fullmatch(one.key)]
    return people or acting, others  # Romania's premier Ponta is not Romania


def share_any(some: Sequence[Item], others: Sequence[Item]) -> bool:
    """Whether anybody is named in both."""
    return any(is_among(one, others) for one in some)


def list_mutual(reference: Reference, claim: Reading) -> list[Act]:
    """Return the acts of a claim that both sides do alike: they met."""
    mutual = list_concepts(reference, "turns", "mutual")
    told = {one.clause for one in claim.of("word") if one.verb and not one.light and not one.also & mutual}
    words = [one for one in claim.of("word") if one.also & mutual and one.clause not in told]
    return [act for act in claim.acts if any(one.start <= act.start < one.end for one in words)]


def is_of_others(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence tells what a claim says of others: by acts, by verbs, or by whose act a noun names.

    This bars a sentence from supporting a claim; that the claim is wrong takes more, see `check_sides`.
    """
    if _differ_in_acts(reference, claim, seen) or _lacks_agent(claim, seen) or _does_else(reference, claim, seen):
        return True
    far = any(one.where != "here" and len(one.item.key.split()) >= LONG for one in seen.of("quote"))
    if far or any(part_speakers(claim, seen)) or _belongs_elsewhere(reference, claim, seen):
        return True
    acts, mutual = list_concepts(reference, "kind", "act"), list_concepts(reference, "turns", "mutual")
    told, verbs = seen.told.reading, []
    for match in seen.of("word"):
        other = match.other
        light = match.item.light and (match.item.clause in claim.full or not match.item.verb or claim.said)
        if other is None or light or not match.item.also & acts or match.item.also & mutual:
            continue
        agents, patients = _find_parties(reference, claim, match.item)
        doers, rest = _find_parties(reference, told, other)
        if match.item.verb and other.verb:
            if not doers and not share_any(agents, rest):
                doers = [one for one in told.items if one.acting]
            verbs.append(bool(agents and doers) and not share_any(agents, doers))
            continue
        for mine, theirs in ((agents, doers), (patients, rest)):
            if mine and theirs and not share_any(mine, theirs):
                return True
    return bool(verbs) and all(verbs)


def part_speakers(claim: Reading, seen: Comparison) -> tuple[list[Item], list[Item]]:
    """Return who says what a claim quotes, in it and in a sentence, if that names only others; else nobody."""
    mine, theirs = _list_speakers(claim), _list_speakers(seen.told.reading)
    quoted = any(one.where == "here" for one in seen.of("quote"))
    return (mine, theirs) if quoted and mine and theirs and not share_any(mine, theirs) else ([], [])


def _list_speakers(reading: Reading) -> list[Item]:
    """Return the names of who says so in a sentence; a person is not the state or body he speaks for."""
    named = [one for one in reading.items if is_name(one) and one.key in reading.speakers]
    return [one for one in named if one.kind == "word" or is_person(one)] or named


def _belongs_elsewhere(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a noun of a claim is another's in a sentence, by the names right behind it: supporters of Mousavi."""
    told = seen.told.reading
    for match in seen.of("word"):
        if match.other is not None and not (match.item.verb or match.other.verb):
            mine, theirs = _list_owners(reference, claim, match.item), _list_owners(reference, told, match.other)
            if mine and theirs and not share_any(mine, theirs):
                return True
    return False


def _list_owners(reference: Reference, reading: Reading, noun: Item) -> list[Item]:
    owners, _ = _find_parties(reference, reading, noun)
    return [one for one in owners if one.start >= noun.end]


def _does_else(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether to whom somebody does something in a claim is named in a sentence only as who does something else.

    Israel attacked Russia, beside Russia's condemnation of the Israeli attacks.
    """
    acts, told = list_concepts(reference, "kind", "act"), seen.told.reading
    used = {id(one.other) for one in seen.of("word")}
    others = [one for one in told.of("word") if one.also & acts and not one.verb and id(one) not in used]
    verbs = [one.item for one in seen.of("word") if one.item.verb and not one.item.light and one.where == "here"]
    agents = [one.item for one in seen.of("name") if one.item.acting]
    verbs = [verb for verb in verbs if any(one.clause == verb.clause for one in agents)]
    patients = [
        one.item
        for one in seen.of("name")
        if not one.item.acting and any(_is_object(claim, one.item, verb) for verb in verbs)
    ]

    def does(name: Item) -> bool:
        between = [told.text[name.end - told.start : one.start - told.start] for one in others if one.start >= name.end]
        return any(OWNED.fullmatch(text) for text in between)

    named = ([one for one in told.of("name") if one.key == patient.key] for patient in patients)
    return any(names and all(does(one) for one in names) for names in named)


def _is_object(claim: Reading, name: Item, verb: Item) -> bool:
    """Whether a name stands right beside a verb, with no preposition between them."""
    between = claim.text[min(name.end, verb.end) - claim.start : max(name.start, verb.start) - claim.start]
    return name.clause == verb.clause and not between.strip()


def _differ_in_acts(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether both hold acts of one type, with states on both sides, but between others, and share no second act."""
    mutual = list_mutual(reference, claim)
    mine, theirs = (
        [
            (one.kind, source, target)
            for one in acts
            if (source := _states(one.source)) and (target := _states(one.target))
        ]
        for acts in ([one for one in claim.acts if one not in mutual], seen.told.acts)
    )
    shared = [(one, other[0]) for one in mine for other in theirs if one[1] & other[1] and one[2] & other[2]]
    return any(
        any(one[0] == other[0] for other in theirs)
        and not any(act is not one or act[0] == kind for act, kind in shared)
        for one in mine
    )


def _states(ids: Iterable[str]) -> set[str]:
    return set(filter(STATE.fullmatch, ids))


def _lacks_agent(claim: Reading, seen: Comparison) -> bool:
    """Whether who acts in a main clause of a claim is not named in a sentence that names others as acting."""
    doers = [one for one in seen.told.reading.of("name") if one.acting]
    return bool(doers) and any(one.where != "here" for one in _list_agents(claim, seen))


def _list_agents(claim: Reading, seen: Comparison) -> list[Match]:
    """Return who acts in the main clauses of a claim, beside a sentence."""
    return [one for one in seen.of("name") if one.item.acting and one.item.clause in claim.mains]


def misses_party(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence lacks one of several who act together in a claim, all of several persons, or its place.

    Or it names another, where one of the claim is named only elsewhere on its page.
    """
    mine, theirs = _find_places(reference, claim), _find_places(reference, seen.told.reading)
    if (mine and theirs and not mine & theirs) or _names_another(claim, seen):
        return True
    agents = _list_agents(claim, seen)
    joint = len({one.item.also for one in agents}) > 1
    if joint and any(one.where != "here" for one in agents):
        return True
    people = [one for one in seen.of("name") if is_person(one.item)]
    named = any((one.other and one.other.key == one.item.key) or one.where == "near" for one in people)
    return len({one.item.key for one in people}) > 1 and not named


def _names_another(claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence names somebody of whom a claim does not speak, and one of its own stands only far from it."""
    far = [one.item for one in seen.of("name", "word") if one.where == "page" and is_name(one.item)]
    told = [one for one in seen.told.reading.items if is_name(one) and not STATE.fullmatch(one.key)]
    return any(not STATE.fullmatch(one.key) for one in far) and not all(is_among(one, claim.items) for one in told)


def _find_places(reference: Reference, reading: Reading) -> set[str]:
    """Return the states in which, or in whose towns, something is said to happen."""
    states = [one for one in reading.of("name") if STATE.fullmatch(one.key)]
    inside = read_beside(reference, reading.language)["in"]
    return {one.key for one in states if inside.search(reading.text[: one.start - reading.start])}


def _find_parties(reference: Reference, reading: Reading, word: Item) -> tuple[list[Item], list[Item]]:
    """Return who does what a word says and to whom: of a verb those in its clause, of a noun those right beside it."""
    if word.verb:
        return part_sides(reading, word.clause)
    beside = read_beside(reference, reading.language)
    doers, others = [], []
    for one in reading.of("name"):
        between = reading.text[min(one.end, word.end) - reading.start : max(one.start, word.start) - reading.start]
        behind = word.end <= one.start < one.end
        if (beside["by"] if behind else OWNED).fullmatch(between):
            doers.append(one)
        elif behind and beside["against"].fullmatch(between):
            others.append(one)
    return doers, others
