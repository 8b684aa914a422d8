"""How a sentence puts what a claim says: as a fact, as somebody's word, as a plan, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lagebild.analysis.audit.acts import Act, pair_same
from lagebild.analysis.audit.comparison import Comparison
from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.items import Item, is_mostly
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.telling import SURE, is_literal
from lagebild.analysis.audit.vocabulary import list_concepts
from lagebild.core.reference import Reference
from lagebild.core.schema import ids

DONE = ("asserted", "reported")
WEAKER = ("hypothetical", "open")
NEXT = 4  # words between a noun and the verb that tells of what it is


class _Shared(NamedTuple):
    """A word of a claim, the one of a sentence that says the same, and how much it weighs."""

    item: Item
    other: Item
    weight: float


def check_standing(reference: Reference, evidence: Evidence, claim: Reading, seen: Comparison) -> Iterator[Difference]:
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
    reference: Reference, evidence: Evidence, claim: Reading, seen: Comparison, pairs: Sequence[tuple[Act, Act]]
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
