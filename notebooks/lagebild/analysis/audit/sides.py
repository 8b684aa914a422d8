"""Who does what in a claim and in a sentence: another act, against instead of for, other sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.analysis.audit.acts import OPPOSED, SAME, SWAPPED, relate
from lagebild.analysis.audit.comparison import Comparison
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.items import Item
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.telling import SURE, tells_act
from lagebild.analysis.audit.vocabulary import compare_spelling, list_concepts, read_opposites
from lagebild.core.reference import Reference

STATE = re.compile("[A-Z]{3}")  # the id of a state


def check_acts(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare what is done, by the acts of both, then by verbs that contradict each other."""
    related = [(relate(reference, mine, theirs), mine, theirs) for mine in claim.acts for theirs in seen.told.acts]
    if not any(kind == SAME for kind, _, _ in related):
        for kind, mine, theirs in related:
            if kind == SWAPPED:
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
        if (match.where == "here" and match.fit >= SURE) or not match.item.also & acts:
            continue
        opposed = {concept for one in match.item.also for concept in against.get(one, ())}
        agents = [one for one in claim.items if one.clause == match.item.clause and one.acting]
        for other in told:
            doers = [one for one in seen.told.reading.items if one.clause == other.clause and one.acting]
            if agents and doers and not _meet(agents, doers):
                continue
            if other.also & opposed and (match.item.status == "negated") == (other.status == "negated"):
                yield Difference("act", claim.quote(match.item), seen.told.reading.quote(other))
                return


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
        if not mine or match.where == "here":
            continue
        agents, _ = _part_sides(claim, match.item.clause)
        for stance, other in theirs:
            doers, _ = _part_sides(seen.told.reading, other.clause)
            if stance == -mine and agents and _meet(agents, doers):
                yield Difference("act", claim.quote(match.item), seen.told.reading.quote(other))
                return


def check_sides(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare who acts in the clauses whose acts are the same."""
    acts, mutual = list_concepts(reference, "kind", "act"), list_concepts(reference, "turns", "mutual")
    clauses = {
        (one.item.clause, one.other.clause)
        for one in seen.of("word")
        if one.other is not None and one.fit >= SURE and one.item.also & acts and not one.item.light
        if one.item.verb and one.other.verb and not one.item.also & mutual
    }
    told = seen.told.reading
    for mine, theirs in sorted(clauses):
        agents, others = _part_sides(claim, mine)
        doers, rest = _part_sides(told, theirs)
        if _meet(agents, doers):
            continue
        if agents and not doers and theirs in told.passives and mine not in claim.passives and _meet(agents, rest):
            yield Difference("sides", _join(agents), _join(others))  # it is done to who does it in the claim
            continue
        if not agents or not doers:
            continue
        nowhere = not any(one.where in ("here", "near") for one in seen.of("name", "word") if one.item in agents)
        if _meet(others, doers) or nowhere:  # who does it there is whom it is done to in the claim, or somebody else
            yield Difference("sides", _join(agents), _join(doers))


def _part_sides(reading: Reading, clause: int) -> tuple[list[Item], list[Item]]:
    """Return who acts in a clause, and whom else it names."""
    inside = [one for one in reading.items if one.clause == clause and (one.kind == "name" or one.proper)]
    acting, others = [one for one in inside if one.acting], [one for one in inside if not one.acting]
    people = [one for one in acting if one.kind == "word" or not STATE.fullmatch(one.key)]
    return people or acting, others  # Romania's premier Ponta is not Romania


def _meet(some: Sequence[Item], others: Sequence[Item]) -> bool:
    """Whether anybody is named in both, also if written otherwise."""
    return any(
        {one.key, *one.also} & {other.key, *other.also}
        or (one.kind == other.kind == "word" and compare_spelling(one.key, other.key, name=True))
        for one in some
        for other in others
    )


def _join(items: Sequence[Item]) -> str:
    return ";".join(dict.fromkeys(one.key for one in items))


def is_by_another(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence names others as those who do what a claim says is done, in each clause that tells it."""
    acts, mutual = list_concepts(reference, "kind", "act"), list_concepts(reference, "turns", "mutual")
    told, found = seen.told.reading, []
    for match in seen.of("word"):
        if match.other is None or match.item.light or not match.item.also & acts or match.item.also & mutual:
            continue
        if match.item.verb and match.other.verb:
            agents, (doers, rest) = _part_sides(claim, match.item.clause)[0], _part_sides(told, match.other.clause)
            if not doers and not _meet(agents, rest):
                doers = [one for one in told.items if one.acting]
            found.append(bool(agents and doers) and not _meet(agents, doers))
    return bool(found) and all(found)
