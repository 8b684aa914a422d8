"""Who does what to whom, and in which order, in a claim and a sentence: by acts, by verbs and beside nouns.

Where the two differ, that bars the sentence from support, or is a difference that the audit names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from lagebild.audit.acts import OPPOSED, SAME as ALIKE, SWAPPED, Act, relate
from lagebild.audit.comparison import LONG, Comparison, Match
from lagebild.audit.finding import Difference
from lagebild.audit.items import Item, is_among, is_mostly, is_name, is_person
from lagebild.audit.reading import Reading
from lagebild.audit.same_act import SURE, tells_act
from lagebild.audit.vocabulary import SAME, list_concepts, read_beside, read_opposites, read_orders, read_vocabulary
from lagebild.core import Reference

# --- Which of Two Acts Comes First ---

NEXT = 2  # things behind a word that tells an order, of which one is put in order


def check_sequence(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare the order of two acts: signed before the council had agreed is not signed after it had."""
    told = seen.told.reading
    mine, theirs = (_find_order(reference, one, _opens_clause) for one in (claim, told))
    pairs = [(one.item, one.other) for one in seen.of("word") if one.other is not None and not one.item.light]
    mains = [other.clause in told.mains for one, other in pairs if one.clause in claim.mains]
    others = [other.clause not in told.mains for one, other in pairs if one.clause not in claim.mains]
    turned = sorted((*mine, *theirs)) == ["after", "before"] and bool(mine and theirs)
    if turned and mains and others and all(mains) and all(others):
        yield Difference("day", *mine.values(), *theirs.values())


def lacks_sequence(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence tells no order of two acts where a claim does (before, only after), or before for after."""
    mine = _find_order(reference, claim, lambda told, one, place: _is_act(one) or _opens_clause(told, one, place))
    theirs = [name for name, one in read_orders(reference, seen.told.language).items() if one.search(seen.told.text)]
    turned = "after" in mine and theirs == ["before"]
    return turned or ("before" in mine and not theirs) or ("only" in mine and "after" not in theirs)


def _find_order(reference: Reference, reading: Reading, fits: Callable[..., bool]) -> dict[str, str]:
    """Return the words of a sentence that tell an order, by what they tell, if what stands next behind them fits."""
    found: dict[str, str] = {}
    for name, pattern in read_orders(reference, reading.language).items():
        for match in pattern.finditer(reading.text):
            place = reading.start + match.end()
            behind = sorted((one for one in reading.items if one.start >= place), key=lambda one: one.start)[:NEXT]
            if len(behind) == NEXT and behind[0].kind == "name" and behind[1].start <= behind[0].end + 1:
                del behind[0]  # after the Iranian attack
            if behind and fits(reading, behind[0], place):
                found.setdefault(name, match[0])
    return found


def _is_act(one: Item) -> bool:
    """Whether a thing may be an act: after the war, not after Moscow, nor in German according to him (nach Angaben)."""
    return one.kind == "word" and not (one.light or one.proper)


def _opens_clause(reading: Reading, item: Item, place: int) -> bool:
    """Whether a clause, and no main one, begins at a place with a thing."""
    inside = [one for one in reading.items if one.clause == item.clause and one.end > one.start]
    return item.clause not in reading.mains and all(one.start >= place for one in inside)


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


# --- Differences in Acts, Stances and Sides ---


def check_acts(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare what is done, by the acts of both, then by verbs that contradict each other."""
    related = [(relate(reference, mine, theirs), mine, theirs) for mine in claim.acts for theirs in seen.told.acts]
    both = list_mutual(reference, claim)
    if not any(kind == ALIKE for kind, _, _ in related):
        for kind, mine, theirs in related:
            if kind == SWAPPED and mine not in both:  # who is received has met the host, too
                yield Difference("sides", ";".join(sorted(mine.source)), ";".join(sorted(theirs.source)))
                return
            if kind == OPPOSED and not tells_act(reference, claim, seen):
                yield Difference("act", mine.kind, theirs.kind)
                return
    against = read_opposites(reference)
    acts = list_concepts(reference, "kind", "act")
    used = {id(match.other) for match in seen.of("word") if match.fit >= SURE}
    told = [one for one in seen.told.reading.of("word") if id(one) not in used]
    for match in seen.of("word"):
        if match.other and match.item.verb and _is_contrary(reference, match.item, match.other, seen.told.reading):
            yield Difference("act", claim.quote(match.item), seen.told.reading.quote(match.other))
            return
        if (match.where == "here" and match.fit >= SURE) or not match.item.also & acts:
            continue
        opposed = {concept for one in match.item.also for concept in against.get(one, ())}
        agents = [one for one in claim.items if one.clause == match.item.clause and one.acting]
        for other in told:
            doers = [one for one in seen.told.reading.items if one.clause == other.clause and one.acting]
            if agents and doers and not share_any(agents, doers):
                continue
            if other.also & opposed and (match.item.status == "negated") == (other.status == "negated"):
                yield Difference("act", claim.quote(match.item), seen.told.reading.quote(other))
                return


def _is_contrary(reference: Reference, verb: Item, other: Item, told: Reading) -> bool:
    """Whether one verb is put in two ways that contradict each other: vote for, vote against; not where both stand."""
    against, phrases = read_opposites(reference), read_vocabulary(reference, told.language).phrases
    mine, theirs = verb.also - other.also, other.also - verb.also
    if not any(theirs & against.get(one, frozenset()) for one in mine):
        return False
    words = [word for word, concept in phrases.get(other.key, ()) if concept in mine]
    return not any(re.search(rf"\bda{word}\b|\b{word}[,.;]", told.text.lower()) for word in words)


def check_stances(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare whether who acts shows favour: praised is no other word for rebuked, nor accepts for does not."""
    against = {name: list_concepts(reference, "stance", name) for name in ("favour", "against")}
    used = {id(match.other) for match in seen.of("word") if match.fit >= SURE}

    def take(one: Item) -> int:
        found = (bool(one.also & against["favour"]) - bool(one.also & against["against"])) if one.verb else 0
        return -found if one.status == "negated" else found

    theirs = [(take(one), one) for one in seen.told.reading.of("word") if id(one) not in used]
    for match in seen.of("word"):
        mine = take(match.item)
        if not mine or match.where in ("here", "near"):
            continue
        agents, _ = part_sides(claim, match.item.clause)
        for stance, other in theirs:
            doers, _ = part_sides(seen.told.reading, other.clause)
            if stance == -mine and agents and share_any(agents, doers):
                yield Difference("act", claim.quote(match.item), seen.told.reading.quote(other))
                return


def check_sides(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare who says what is quoted, and who acts in the clauses whose acts are the same."""
    speakers, others = part_speakers(claim, seen)
    if speakers:
        yield Difference("sides", _join(speakers), _join(others))
    acts, mutual = list_concepts(reference, "kind", "act"), list_concepts(reference, "turns", "mutual")
    clauses = {
        (one.item.clause, one.other.clause)
        for one in seen.of("word")
        if one.other is not None and one.fit >= SURE and one.item.also & acts
        if not one.item.light or one.item.clause not in claim.full
        if one.item.verb and one.other.verb and not is_mostly(one.item, mutual)
    }
    told = seen.told.reading
    for mine, theirs in sorted(clauses):
        if swapped := _find_swapped(claim, seen, mine, theirs, named=mine not in claim.full):
            yield Difference("sides", *swapped)
        if swapped or mine not in claim.full:
            continue
        agents, others = part_sides(claim, mine)
        doers, _ = part_sides(told, theirs)
        if share_any(agents, doers):
            continue
        if {one.kind for one in agents}.isdisjoint(one.kind for one in doers):
            continue  # nobody is named, or “several African members” who are named one by one there
        nowhere = not any(one.where in ("here", "near") for one in seen.of("name", "word") if one.item in agents)
        if share_any(others, doers) or nowhere:  # it is done by whom it is done to in the claim, or by somebody else
            yield Difference("sides", _join(agents), _join(doers))


def _find_swapped(claim: Reading, seen: Comparison, mine: int, theirs: int, *, named: bool) -> tuple[str, str] | None:
    """Return who acts in a clause of a claim and in the same of a sentence, where each is on the other side there.

    Unless they must be `named`, these may be words, too: the court, the customers, the opposition.
    """
    told = seen.told.reading
    inside = [one for one in seen.of("name", "word") if one.item.clause == mine]
    counted = any(one.acting and one.clause == mine for one in claim.of("number"))  # 39 children among them
    if counted or any(one.item.verb and one.where != "here" for one in inside):
        return None
    pairs = [(one.item, one.other) for one in inside if one.other is not None and one.fit >= SURE]
    pairs = [(one, other) for one, other in pairs if not one.verb and not one.light and (is_name(one) or not named)]
    away = [one for one, other in pairs if one.acting and other.clause == theirs and not other.acting]
    if not away or any(one.acting and other.acting for one, other in pairs):
        return None
    alone = not any(one.acting and one.clause == theirs for one in told.items)  # sanctioned firms and called off …
    alone = alone and not any(one.item.verb and one.fit < SAME for one in inside)  # died is no other word for killed
    turned = [other for one, other in pairs if other.acting and not one.acting and (other.clause == theirs or alone)]
    return (claim.quote(away[0]), told.quote(turned[0])) if turned else None


def _join(items: Sequence[Item]) -> str:
    return ";".join(dict.fromkeys(one.key for one in items))
