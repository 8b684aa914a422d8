"""In what a claim differs from a sentence that tells the same: quotation, number, day, standing, act, sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lagebild.analysis.audit.acts import OPPOSED, SAME, SWAPPED, relate
from lagebild.analysis.audit.comparison import Comparison, Match
from lagebild.analysis.audit.evidence import Evidence, in_year, may_meet
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.numbers import agree
from lagebild.analysis.audit.quotations import fold_quotation
from lagebild.analysis.audit.reading import Item, Reading
from lagebild.analysis.audit.vocabulary import compare_spelling, list_concepts, read_opposites
from lagebild.core.edtf import is_day
from lagebild.core.reference import Reference
from lagebild.core.schema import ids

SURE = 0.85  # fit from which on two words say the same
DONE = ("asserted", "reported")
HALF = 0.5
STATE = re.compile("[A-Z]{3}")  # the id of a state
SMALL = 10  # numbers below it, of nothing that is counted in units, stand in many sentences
WEAKER = ("hypothetical", "open")


def find_differences(reference: Reference, evidence: Evidence, claim: Reading, seen: Comparison) -> list[Difference]:
    """Return in what a claim differs from a sentence, the gravest first."""
    checks = (
        _check_quotations(evidence, claim, seen),
        _check_numbers(claim, seen),
        _check_days(evidence, claim, seen),
        _check_standing(reference, evidence, claim, seen),
        _check_acts(reference, claim, seen),
        _check_stances(reference, claim, seen),
        _check_sides(reference, claim, seen),
    )
    return [difference for check in checks for difference in check]


def tells_act(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence tells what a claim says is done, in each of its main clauses that says what is done.

    It does if the verb of the clause is there, or the noun of the act where the verb only carries it (gave its consent).
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


def _check_quotations(evidence: Evidence, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare quotations to the letter; one in another language than the sentence, by what its words mean."""
    told = seen.told.reading
    for match in seen.of("quote"):
        if match.where or evidence.hold(match.item):
            continue
        if len(fold_quotation(match.item.key).split()) == 1 and not told.of("quote"):
            continue  # a word of the author in quotation marks
        if told.language != claim.language:
            words = [one for one in claim.of("word") if match.item.start <= one.start < match.item.end and not one.light]
            strange = [one for one in words if evidence.pair(one, told, claim.language) is None]
            if not strange or len(strange) == len(words) or not all(one.also for one in strange):
                continue  # what no table knows may well stand there
        yield Difference("quotation", match.item.key, told.text)


def _check_numbers(claim: Reading, seen: Comparison) -> Iterator[Difference]:
    told = seen.told.reading.of("number")
    used = {id(match.other) for match in seen.of("number")}
    for match in seen.of("number"):
        if match.where:
            continue
        units = {unit for unit in match.item.also if unit.startswith("unit:")}
        for other in told:
            theirs = {unit for unit in other.also if unit.startswith("unit:")}
            alike = units == theirs if units or theirs else bool(match.item.also & other.also)
            if alike and id(other) not in used and not agree(match.item.value, "about", other.value):
                yield Difference("number", _words(claim, match.item), _words(seen.told.reading, other))
                break


def _check_days(evidence: Evidence, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    own = evidence.list_exact(seen.told, "date")
    dates = seen.of("date")
    shared = [one.item for one in seen.of("word") if one.where == "here" and not one.item.light]
    roots = {claim.roots[one.clause] for one in shared if 0 <= one.clause < len(claim.roots)}
    dates = [one for one in dates if claim.roots and claim.roots[max(one.item.clause, 0)] in roots]
    for match in () if any(one.where == "here" for one in dates) else dates:
        if match.where == "here" or not own or any(may_meet(in_year(match.item, one.key), one.key) for one in own):
            continue
        yield Difference("day", match.item.key, ";".join(dict.fromkeys(one.key for one in own)))


def _check_standing(
    reference: Reference, evidence: Evidence, claim: Reading, seen: Comparison
) -> Iterator[Difference]:
    """Compare how both put the act of a claim: by what people coded, else by what they share in each of its clauses."""
    pairs = [(one, other) for one in claim.acts for other in seen.told.acts if relate(reference, one, other) == SAME]
    if pairs:
        told = [
            (one.status, "asserted" if other.stance == "supports" and other.event_id in evidence.facts else other.status)
            for one, other in pairs
        ]
        found = {kind for mine, theirs in told if (kind := _weaken(mine, theirs)) is not None}
        voiced = _is_voiced(claim, seen)
        if any(one.also & list_concepts(reference, "turns", "contrary") for one in claim.of("word")):
            found.discard("denied")  # disputed that they had asked
        if found and "" not in found and not (voiced and "status-reported" in found):
            kind = sorted(found)[0]
            yield Difference(kind.partition("-")[0], pairs[0][0].status, pairs[0][1].status)
        return
    contrary, future = (list_concepts(reference, "turns", value) for value in ("contrary", "future"))
    turned = any(one.also & contrary for one in claim.of("word"))
    hedged = any(one.status in WEAKER or one.also & future for one in claim.items)
    by_clause: dict[int, list[Match]] = {}
    for match in seen.of("word"):
        if match.other is not None and match.fit >= SURE and not match.item.light:
            by_clause.setdefault(match.item.clause, []).append(match)
    for clause, shared in sorted(by_clause.items()):
        verbs = [one for one in seen.of("word") if one.item.clause == clause and one.item.verb and not one.item.light]
        if verbs and not any(one.where == "here" for one in verbs):
            continue
        if not verbs:  # no compromise came of it: only what is itself denied
            shared = [
                one for one in shared if one.item.denied or (one.other is not None and one.other.denied)
            ] or shared
            if not any(one.item.denied or (one.other and one.other.denied) for one in shared):
                shared = [one for one in shared if "negated" not in (one.item.status, one.other and one.other.status)]
        if not shared:
            continue
        weights: dict[tuple[str, str], float] = {}
        spoken = [one for one in shared if one.item.verb and one.other is not None and one.other.verb]
        for one in spoken or shared:
            both = _stand(one.item), _stand(one.other) if one.other else ""
            weights[both] = weights.get(both, 0.0) + one.weight
        (mine, theirs), most = max(weights.items(), key=lambda pair: pair[1])
        kind = _weaken(mine, theirs) if 2 * most > sum(weights.values()) else None
        if kind == "denied" and not turned:
            yield Difference("denied", mine, theirs)
        elif (kind == "status" and not hedged) or (kind == "status-reported" and not _is_voiced(claim, seen)):
            yield Difference("status", mine, theirs)


def _stand(item: Item) -> str:
    """Return how a thing is put: what a denied verb is about is not denied itself (hardly gained from the easing)."""
    return "asserted" if item.status == "negated" and not (item.verb or item.denied) else item.status


def _weaken(mine: str, theirs: str) -> str | None:
    """Return in what the standing of a sentence differs from that of a claim; empty if in nothing; None: no telling."""
    if (mine in DONE and theirs == "negated") or (mine == "negated" and theirs in DONE):
        return "denied"
    if mine == "asserted" and theirs in WEAKER:
        return "status"
    if mine == "asserted" and theirs == "reported":
        return "status-reported"
    return "" if mine == theirs or mine in WEAKER or mine == "reported" else None


def _is_voiced(claim: Reading, seen: Comparison) -> bool:
    """Whether a claim says that somebody says so, or names who says it in the sentence."""
    named = {key for one in claim.of("name", "word") for key in (one.key, *one.also)}
    coded = {speaker for row in seen.told.mentions for speaker in ids(row["speaker"])}
    quoted = any(one.where == "here" for one in seen.of("quote"))
    return claim.said or quoted or bool(named & (seen.told.reading.speakers | coded))


def _check_acts(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    related = [(relate(reference, mine, theirs), mine, theirs) for mine in claim.acts for theirs in seen.told.acts]
    if not any(kind == SAME for kind, _, _ in related):
        for kind, mine, theirs in related:
            if kind == SWAPPED:
                yield Difference("sides", ";".join(sorted(mine.source)), ";".join(sorted(theirs.source)))
                return
            if kind == OPPOSED:
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
                yield Difference("act", _words(claim, match.item), _words(seen.told.reading, other))
                return


def _check_stances(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare whether who acts shows favour: praised is no other word for rebuked, nor recognised for did not accept."""
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
                yield Difference("act", _words(claim, match.item), _words(seen.told.reading, other))
                return


def _check_sides(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
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


def is_turned(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a verb above what a sentence shares with a claim turns it into its contrary: refused to grant."""
    contrary = list_concepts(reference, "turns", "contrary")
    told = seen.told.reading
    shared = [one.other for one in seen.of("word") if one.other is not None and not one.item.light]
    clauses = {one.clause for one in shared}
    roots = {told.roots[n] for n in clauses if 0 <= n < len(told.roots)}
    used = {id(one.other) for one in seen.of("word") if one.other is not None}
    mine = any(one.also & contrary or one.status == "negated" for one in claim.of("word"))
    return not mine and any(
        one.verb
        and id(one) not in used
        and (
            (one.also & contrary and told.roots[one.clause] in roots)
            or (one.status == "negated" and not one.light and one.clause in clauses)
        )
        for one in told.of("word")
        if 0 <= one.clause < len(told.roots)
    )


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


def _words(reading: Reading, item: Item) -> str:
    """Return the words of a thing as they stand."""
    start = item.start - reading.start
    return reading.text[start : item.end - reading.start]
