"""In what a sentence differs by who does what: another act, against instead of for, other sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.analysis.audit.acts import OPPOSED, SWAPPED, relate
from lagebild.analysis.audit.acts import SAME as ALIKE
from lagebild.analysis.audit.comparison import Comparison
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.items import Item, is_mostly, is_name
from lagebild.analysis.audit.parties import list_mutual, part_sides, part_speakers, share_any
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.telling import SURE, tells_act
from lagebild.analysis.audit.vocabulary import SAME, list_concepts, read_opposites, read_vocabulary
from lagebild.core.reference import Reference


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
