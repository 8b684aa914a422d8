"""A claim beside a sentence of the evidence, measured once: what of it stands there, what stands there otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lagebild.audit.acts import OPPOSED, SAME as ALIKE, SWAPPED, Act, pair_same, relate
from lagebild.audit.comparison import Comparison, Match
from lagebild.audit.finding import Difference
from lagebild.audit.items import Item, agree, find_nearest, fold_quotation, is_among, is_mostly, is_name, is_person
from lagebild.audit.reading import Reading
from lagebild.audit.retrieval import PRINCIPAL, EvidenceIndex, in_year, may_meet
from lagebild.audit.vocabulary import SAME as LETTERS, list_concepts, read_inside, read_opposites, read_orders
from lagebild.core import Reference

# How a sentence has what a claim says: the same, another in its place, beside it, not at all; or the claim says none.
SAME, OTHER, BESIDE, LACKING, UNSAID = "same", "other", "beside", "lacking", ""
WEAKER = "weaker"  # planned, possible or open, of what a claim tells as done
OPEN, DONE = ("hypothetical", "open"), ("asserted", "reported")
SURE = 0.85  # fit from which on two words say the same
FEWEST, WORDED = 3, 0.75  # words that a sentence shares with a claim where it names another in one's place; their share
STRANGE, BORNE, COUNTED = 0.1, 0.15, 0.1  # how much less likely a name makes it that it lacks, likelier what is exact
SIGHT = 0.7  # how much counts what stands beside
NEXT = 4  # words between a noun and the verb that tells of what it is


@dataclass(frozen=True)
class Signals:
    """How a sentence stands to a claim.

    Attributes
    ----------
    share, words
        How much of its names and words is said there or near, and of its words alone there, 0 to 1 each.
    rank
        How likely the sentence is the one that tells it, by which sentences are ordered.
    names, act, sides, day, number, quotation, order
        Who is named, what is done, who does it to whom, when, how much, in which words, in which order of acts:
        `SAME`, `OTHER`, `BESIDE`, `LACKING` or `UNSAID`.
    polarity
        Whether both say that it happened, or both that it did not: `SAME`, `OTHER`, or `LACKING` if that is unclear.
    standing
        Whether the sentence puts it as surely: `SAME`, `WEAKER`, ``reported`` (somebody's word), `LACKING`.
    told
        Whether a main clause of the claim tells something as done or not done, with a verb.
    differences
        What both say of each in which they differ.
    """

    share: float
    words: float
    rank: float
    names: str
    act: str
    sides: str
    day: str
    number: str
    quotation: str
    order: str
    polarity: str
    standing: str
    told: bool = True
    differences: tuple[Difference, ...] = ()

    def differ(self, kind: str) -> Difference | None:
        """Return the difference of a kind."""
        return next((one for one in self.differences if one.kind == kind), None)


def measure(reference: Reference, evidence: EvidenceIndex, claim: Reading, seen: Comparison) -> Signals:
    """Return how a sentence stands to a claim.

    Parameters
    ----------
    reference, evidence
        The tables of words, and all sentences of the edition.
    claim, seen
        The claim, and the sentence beside it.
    """
    pair = _Beside(reference, evidence, claim, seen)
    quotation, quoted = pair.check_quotations()
    number, counted = pair.check_numbers()
    day, dated = pair.check_days()
    sides, sided = pair.check_sides()
    names, named = pair.check_names()
    act, acted = pair.check_act()
    polarity, standing, stood = pair.check_standing()
    told = quoted, counted, dated, sided, named, acted, stood
    return Signals(
        seen.share,
        seen.words,
        pair.rank(),
        names,
        act,
        sides,
        day,
        number,
        quotation,
        pair.check_order(),
        polarity,
        standing,
        pair.is_told(),
        tuple(one for one in told if one is not None),
    )


Found = tuple[str, Difference | None]


class _Shared(NamedTuple):
    """A word of a claim, the one of a sentence that says the same, and how much it tells."""

    item: Item
    other: Item
    weight: float


class _Beside:
    """A claim beside a sentence."""

    def __init__(self, reference: Reference, evidence: EvidenceIndex, claim: Reading, seen: Comparison) -> None:
        self.reference, self.evidence, self.claim, self.seen = reference, evidence, claim, seen
        self.told = seen.told.reading
        self.names = [one for one in seen.of("name", "word") if is_name(one.item) and one.item.end > one.item.start]
        self.words = [one for one in seen.of("word") if not one.item.proper]
        self.shared = [
            _Shared(one.item, one.other, one.weight)
            for one in self.words
            if one.other is not None and one.fit >= SURE and not one.item.light
        ]
        self.acting = self.concepts("kind", "act")
        self.related = [(relate(reference, one, other), one, other) for one in claim.acts for other in seen.told.acts]

    def concepts(self, column: str, value: str) -> frozenset[str]:
        return list_concepts(self.reference, column, value)

    def rank(self) -> float:
        exact = self.seen.of("number", "date", "quote")
        borne = sum(1.0 if one.where == "here" else SIGHT if one.where == "near" else 0.0 for one in exact)
        far = [one for one in self.names if one.where not in ("here", "near")]
        strange = [one for one in far if one.item.acting or not one.where]
        units = {unit for one in self.seen.of("number") for unit in one.item.also if unit.startswith("unit:")}
        counted = any(units & one.also for one in self.told.of("number"))  # the sum that the claim has wrong
        return self.seen.share + BORNE * borne + COUNTED * counted - STRANGE * len(strange)

    def is_told(self) -> bool:
        """Whether a main clause of the claim tells something as done or not done: no heading, no outlook."""
        verbs = [one for one in self.claim.of("word") if one.verb and one.clause in self.claim.mains]
        return any(one.status in (*DONE, "negated") for one in verbs) and bool(self.claim.tense)

    # --- Who ---

    def check_names(self) -> Found:
        """Compare who is named; in the place of the one whom the sentence lacks it may name another."""
        lacking = [one.item for one in self.names if not _is_named(one)]
        if self._is_elsewhere():
            return LACKING, None
        if not lacking:
            return (SAME if self.names else UNSAID), None
        here = {one.item.start for one in self.words if one.where == "here"}
        alone = len({one.start for one in lacking}) == 1 and not is_among(lacking[0], _list_names(self.told))
        if alone and self.seen.words >= WORDED and len(here) >= FEWEST:
            return self._find_substitute(lacking[0])
        return LACKING, None

    def _is_elsewhere(self) -> bool:
        """Whether both name a place, and another one: signed in Tehran."""
        mine, theirs = (_list_places(self.reference, one) for one in (self.claim, self.told))
        return bool(mine and theirs) and not mine & theirs

    def _find_substitute(self, lacking: Item) -> Found:
        """Return whom a sentence names in the place of the one whom it lacks."""
        named = _list_names(self.claim)
        for other in _list_names(self.told):
            alike = (is_person(other), other.acting) == (is_person(lacking), lacking.acting)
            if alike and not is_among(other, named):
                return OTHER, Difference("sides", _name(self.claim, lacking), _name(self.told, other))
        return LACKING, None

    def check_sides(self) -> Found:
        """Compare who does it to whom: by the acts of both, else by who stands where beside the verb."""
        apart = [one for one in self.related if not self._is_mutual(one[1])]
        if any(kind == ALIKE and mine.target & theirs.target for kind, mine, theirs in apart):
            return SAME, None
        if swapped := next(((mine, theirs) for kind, mine, theirs in apart if kind == SWAPPED), None):
            return self._check_swapped(*swapped)
        agents = [one for one in self.names if one.item.acting and one.item.clause in self.claim.mains]
        if not self._keeps_subject() or not self._keeps_order([one for one in self.names if one not in agents]):
            return LACKING, None
        if agents:
            return self._compare_roles(agents)
        return (SAME if any(kind == ALIKE for kind, *_ in apart) else UNSAID), None

    def _check_swapped(self, mine: Act, theirs: Act) -> Found:
        """Return that others do it than the claim says, unless the evidence tells that as well."""
        sources = _name_source(mine, self.claim), _name_source(theirs, self.told)
        told = self._is_told() or sources[0] == sources[1]
        return (LACKING, None) if told else (OTHER, Difference("sides", *sources))

    def _keeps_subject(self) -> bool:
        """Whether a thing that acts in the claim acts there: the treaty obliges Russia is not Russia promised."""
        inside = [one for one in self.words if one.item.acting and one.item.clause in self.claim.mains]
        things = [one for one in inside if not one.item.verb]
        return all(one.where == "here" and one.other is not None and one.other.acting for one in things)

    def _compare_roles(self, agents: list[Match]) -> Found:
        """Compare who acts beside the verb that both share."""
        mutual = any(map(self._is_mutual, self.claim.acts))
        here, along = all(one.where == "here" for one in agents), [one for one in agents if self._acts(one)]
        turned = self._find_turned([one.item for one in agents])
        if turned and here and not along and not mutual and self._shares_verb() and not self._is_told():
            return OTHER, Difference("sides", _name(self.claim, agents[0].item), _name(self.told, turned))
        same = len(along) == len(agents) and not turned
        return (SAME if same or (mutual and here) else LACKING), None

    def _find_turned(self, agents: list[Item]) -> Item | None:
        """Return who acts in the sentence and does not in the claim, though it names him."""
        others = [one for one in self.names if not one.item.acting and not is_among(one.item, agents)]
        return next((one.other for one in others if one.where == "here" and one.other and one.other.acting), None)

    def _acts(self, agent: Match) -> bool:
        """Whether who acts in the claim acts in the sentence, with the verb that both share."""
        if agent.where != "here" or agent.other is None:
            return False
        pairs = [(one.item, one.other) for one in self.shared if one.item.verb and one.other.verb]
        pairs = [pair for pair in pairs if pair[0].clause == agent.item.clause] or pairs
        verbs = {other.clause for _, other in pairs}
        found = [one for one in self.told.items if is_name(one) and one.acting and _is_same(agent.item, one)]
        coded = agent.other.start == agent.other.end  # people coded him there
        return coded or any(one.clause in verbs for one in found)

    def _is_told(self) -> bool:
        """Whether any sentence of the evidence tells an act of the claim, between the same."""
        return any(pair_same(self.reference, self.claim.acts, one.acts) for one in self.evidence.told)

    def _keeps_order(self, names: list[Match]) -> bool:
        """Whether a sentence has some names of the claim in the order of the claim."""
        pairs = sorted((one.item.start, one.other.start) for one in names if one.other is not None)
        return all(one[1] <= other[1] for one, other in pairwise(pairs))

    def _shares_verb(self) -> bool:
        return any(one.where == "here" and one.other and one.other.verb for one in self._list_verbs())

    def _is_mutual(self, act: Act) -> bool:
        word, mutual = self.claim.find_word(act.start), self.concepts("turns", "mutual")
        return word is not None and is_mostly(word, mutual)

    # --- What ---

    def _list_verbs(self) -> list[Match]:
        return [one for one in self.words if one.item.verb and not one.item.light]

    def check_act(self) -> Found:
        """Compare what is done: by the acts of both, by verbs, else by nouns of acts; and what contradicts them."""
        if self._is_contrary():
            return LACKING, None  # which of both a verb has, for or against, is not certain
        if self._tells_act():
            return SAME, None
        opposed = next(((mine, theirs) for kind, mine, theirs in self.related if kind == OPPOSED), None)
        if opposed is not None:
            return OTHER, Difference("act", *(act.kind for act in opposed))
        found = self._find_opposite()
        return (OTHER, Difference("act", *found)) if found else (LACKING, None)

    def _tells_act(self) -> bool:
        """Whether a sentence has all verbs of the claim, or its nouns of acts if these only carry them, or its act."""
        same = {mine.start for kind, mine, theirs in self.related if kind == ALIKE and mine.kind == theirs.kind}
        nouns = [one for one in self.words if not one.item.light and one.item.also & self.acting]
        borne = [one for one in self.words if one.item.verb and one.item.clause in self.claim.mains]
        needed = self._list_verbs() or [*nouns, *borne]
        lacking = [one.item for one in needed if one.where != "here" or one.fit < SURE or not self._is_verb(one)]
        return bool(needed) and all(any(one.start <= place < one.end for place in same) for one in lacking)

    def _is_verb(self, one: Match) -> bool:
        """Whether a verb of an act is one in the sentence, too; a noun of the claim may be either."""
        return not (one.item.verb and one.item.also & self.acting) or (one.other is not None and one.other.verb)

    def _is_contrary(self) -> bool:
        """Whether both share a verb in two ways that contradict each other: vote for, vote against."""
        against = read_opposites(self.reference)
        for one, other, _ in self.shared:
            mine, theirs = one.also - other.also, other.also - one.also
            if one.verb and other.verb and any(theirs & against.get(concept, frozenset()) for concept in mine):
                return True
        return False

    def _find_opposite(self) -> tuple[str, str] | None:
        """Return a verb of the claim and one of the sentence that contradict each other, of one who acts in both."""
        against, used = read_opposites(self.reference), {id(one.other) for one in self.shared}
        free = [one for one in self.told.of("word") if one.verb and id(one) not in used]
        for verb in (one.item for one in self._list_verbs() if one.where != "here"):
            opposed = {concept for one in verb.also for concept in against.get(one, ())}
            for other in (other for other in free if other.also & opposed):
                alike = self._denies(self.claim, verb) == self._denies(self.told, other)
                if alike and self._share_agent(verb, other):
                    return self.claim.quote(verb), self.told.quote(other)
        return None

    def _share_agent(self, verb: Item, other: Item) -> bool:
        """Whether somebody acts in the clauses of both verbs."""
        doers = [one for one in _list_names(self.told) if one.clause == other.clause and one.acting]
        agents = [one for one in _list_names(self.claim) if one.clause == verb.clause and one.acting]
        return any(is_among(one, doers) for one in agents)

    # --- Whether ---

    def check_standing(self) -> tuple[str, str, Difference | None]:
        """Compare whether both say that it happened, and as surely: by what people coded, else by what they share."""
        pairs = self._list_standings()
        if not pairs:
            return LACKING, LACKING, None
        polarity, denied = self._compare_polarity(pairs)
        if denied is not None:
            return polarity, SAME, denied
        weaker = [one for one in pairs if one[0] in DONE and one[1] in OPEN]
        if sum(one[2] for one in weaker) > _halve(pairs):
            return polarity, WEAKER, Difference("status", *weaker[0][:2])
        surer = [one for one in pairs if one[0] in OPEN and one[1] in DONE]
        if weaker or surer or self.told.says_another(self.claim.voices):
            return polarity, LACKING, None
        return polarity, "reported" if any(one[:2] == ("asserted", "reported") for one in pairs) else SAME, None

    def _list_standings(self) -> list[tuple[str, str, float]]:
        """Return how both put what they share, with how much it tells: acts, else verbs, nouns of acts, other words."""
        pairs = [(mine.status, self._find_status(theirs), 1.0) for kind, mine, theirs in self.related if kind == ALIKE]
        verbs = [one for one in self.shared if one.item.verb and one.other.verb]
        told = verbs or [one for one in self.shared if one.item.also & self.acting] or self.shared
        return pairs or [(self._stand(self.claim, x), self._stand(self.told, y), weight) for x, y, weight in told]

    def _compare_polarity(self, pairs: list[tuple[str, str, float]]) -> Found:
        denied = [one for one in pairs if (one[0] == "negated") != (one[1] == "negated")]
        certain = all(set(one[:2]) <= {"negated", *DONE} for one in denied) and self._deny_unlike()
        if certain and sum(one[2] for one in denied) > _halve(pairs):
            return OTHER, Difference("denied", *denied[0][:2])
        return (LACKING if denied or self._is_denied_apart() or self._is_turned() else SAME), None

    def _find_status(self, act: Act) -> str:
        """Return how people coded an act; one that any source tells as a fact is told so."""
        known = act.stance == "supports" and act.event_id in self.evidence.facts
        return "asserted" if known else act.status

    def _is_denied_apart(self) -> bool:
        """Whether a thing is denied in the claim or in the sentence alone: without condition, no compromise."""
        pairs = [(one.item, one.other) for one in self.words]
        verbs = [(one, other) for one, other in pairs if one.verb and other is not None and other.verb]
        return any(one.denied != (other is not None and other.denied) for one, other in pairs) or any(
            (one.status == "negated") != (other.status == "negated") for one, other in verbs
        )

    def _is_turned(self) -> bool:
        """Whether a verb above or beside what both share, of which the claim has none, denies, refuses or plans it."""
        turning = self.concepts("turns", "contrary") | self.concepts("turns", "future")
        used = {id(one.other) for one in self.words if one.fit >= SURE}
        clauses = {one.other.clause for one in self.shared if one.other.clause >= 0}
        beside = [one for one in self.told.of("word") if one.verb and one.clause in clauses]
        above = [one for clause in sorted(clauses) for one in self.told.above(clause)]
        return any(id(one) not in used and (one.also & turning or one.status == "negated") for one in (*beside, *above))

    def _deny_unlike(self) -> bool:
        """Whether one of both denies more than the other."""
        return self._count_turns(self.claim) != self._count_turns(self.told)

    def _count_turns(self, reading: Reading) -> int:
        """Return how many clauses and things of a sentence are denied, and how many of its verbs deny something."""
        contrary = self.concepts("turns", "contrary")
        clauses = {one.clause for one in reading.items if one.status == "negated" and (one.verb or not one.denied)}
        words = {one.start for one in reading.of("word") if one.verb and is_mostly(one, contrary)}
        return len(clauses) + len(words | {one.start for one in reading.items if one.denied and not one.verb})

    def _denies(self, reading: Reading, item: Item) -> bool:
        return self._stand(reading, item) == "negated"

    def _stand(self, reading: Reading, item: Item) -> str:
        """Return how a thing is put: as its clause is, or as the verbs above it deny, refuse, plan or ask for it."""
        if not item.verb:
            return "negated" if item.denied else "asserted" if item.status == "negated" else item.status
        contrary, future = self.concepts("turns", "contrary"), self.concepts("turns", "future")
        above = reading.above(item.clause)
        turns = sum(is_mostly(one, contrary) for one in above) + (item.status == "negated")
        if (turns + self._lacks_grounds(reading, item)) % 2:
            return "negated"
        if item.status in DONE and any(is_mostly(one, future) for one in above):
            return "hypothetical"
        return "asserted" if item.status == "negated" else item.status

    def _lacks_grounds(self, reading: Reading, verb: Item) -> bool:
        """Whether a verb tells that for which there are no grounds: no evidence of Iran seeking weapons."""
        grounds = self.concepts("turns", "grounds")
        for one in reading.of("word"):
            between = reading.text[one.end - reading.start : verb.start - reading.start]
            near = one.end < verb.start and len(between.split()) <= NEXT and not re.search(r"[.,;:–]", between)
            if near and one.denied and one.also & grounds and one.clause != verb.clause:
                return True
        return False

    def check_order(self) -> str:
        """Compare the order of two acts: before, after."""
        mine, theirs = (_list_orders(self.reference, one) for one in (self.claim, self.told))
        if not mine:
            return UNSAID
        return SAME if mine <= theirs else LACKING

    # --- When, How Much, in Which Words ---

    def check_days(self) -> Found:
        """Compare days with those of the sentence and of what people coded in it."""
        dates, own = self.seen.of("date"), self.evidence.list_exact(self.seen.told, "date")
        stated = [other for other in own if not other.rough]
        for one in dates:
            meets = any(may_meet(in_year(one.item, other.key), other.key) for other in own)
            if one.where != "here" and stated and not meets and not any(other.where == "here" for other in dates):
                said = self.claim.quote(one.item) if one.item.rough else one.item.key
                return OTHER, Difference("day", said, ";".join(dict.fromkeys(other.key for other in stated)))
        ruled_out = any(self.seen.told.rules_out(one.item) for one in dates)
        return LACKING if ruled_out else _sum_up(dates), None

    def check_numbers(self) -> Found:
        """Compare numbers with those that count the same."""
        numbers = self.seen.of("number")
        used = {id(one.other) for one in numbers}
        for one in (one for one in numbers if one.where != "here"):
            units = _list_units(one.item)
            for other in (other for other in self.told.of("number") if id(other) not in used):
                theirs = _list_units(other)
                alike = units == theirs if units or theirs else bool(one.item.also & other.also)
                if alike and not agree(one.item.value, "about", other.value):
                    return OTHER, Difference("number", self.claim.quote(one.item), self.told.quote(other))
        found = _sum_up(numbers)
        return (found if all(map(_counts_same, numbers)) else LACKING), None

    def check_quotations(self) -> Found:
        """Compare quotations to the letter; no case holds the words of one in another language."""
        quotes = self.seen.of("quote")
        for one in quotes:
            if one.where or self.evidence.hold(one.item) or len(fold_quotation(one.item.key).split()) == 1:
                continue
            near = find_nearest(one.item.key, self.told.text, [other.key for other in self.told.of("quote")])
            if near and self.told.language == self.claim.language:
                return OTHER, Difference("quotation", one.item.key, near)
        return (SAME if all(one.where == "here" for one in quotes) else LACKING) if quotes else UNSAID, None


def _halve(pairs: list[tuple[str, str, float]]) -> float:
    return sum(weight for *_, weight in pairs) / 2


def _sum_up(found: list[Match]) -> str:
    if all(one.where == "here" for one in found):
        return SAME if found else UNSAID
    return BESIDE if all(one.where for one in found) else LACKING


def _is_named(one: Match) -> bool:
    """Whether a sentence names somebody: a person himself, a state also by who acts for it."""
    least = LETTERS if is_person(one.item) else SURE if one.item.proper else PRINCIPAL
    return one.where == "here" and one.fit >= least


def _is_same(one: Item, other: Item) -> bool:
    """Whether a person is the same, or a state that of whom it names."""
    return one.key == other.key if is_person(one) else is_among(one, [other])


def _counts_same(one: Match) -> bool:
    """Whether a number counts the same in both, as far as both say what."""
    return one.counts_same or not one.item.also or one.other is None or not one.other.also


def _list_units(item: Item) -> set[str]:
    return {unit for unit in item.also if unit.startswith("unit:")}


def _list_names(reading: Reading) -> list[Item]:
    return [one for one in reading.items if is_name(one) and one.end > one.start]


def _list_places(reference: Reference, reading: Reading) -> set[str]:
    """Return the states in which, or in whose towns, something is said to happen."""
    inside = read_inside(reference, reading.language)
    states = [one for one in reading.of("name") if {one.key} == one.also]
    return {one.key for one in states if inside.search(reading.text[: one.start - reading.start])}


def _list_orders(reference: Reference, reading: Reading) -> frozenset[str]:
    return frozenset(name for name, one in read_orders(reference, reading.language).items() if one.search(reading.text))


def _name_source(act: Act, reading: Reading) -> str:
    """Return who does an act, by the name that acts in a sentence, if it is his."""
    names = [one for one in reading.of("name") if one.acting and one.also & act.source]
    people = [one.key for one in names if is_person(one)]
    return next(iter([*people, *(one.key for one in names)]), ";".join(sorted(act.source)))


def _name(reading: Reading, item: Item) -> str:
    return item.key if item.kind == "name" else reading.quote(item)
