"""The sentences of a case, and which of them say most of what a claim says: by words, names, numbers, days, quotations.

One index of all sentences is searched for what each thing of a claim says; the nearest are compared with it in full.
What is said two sentences away counts less than what is said here, and what is said on the page still less.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any, Literal, NamedTuple

from lagebild.audit.days import VAGUE, complete_date, count_days, is_fresh, meet
from lagebild.audit.items import (
    Item,
    Kind,
    Reading,
    fold_quotation,
    is_name,
    is_person,
    read_sentences,
    share_words,
    split_quotation,
)
from lagebild.audit.numbers import agree
from lagebild.audit.vocabulary import MEANT, SAME, STEM, compare_spelling
from lagebild.core import Reference, derived, ids, read_sets, records
from lagebild.dataset import SIDES, Dataset, find_principal

Where = Literal["here", "near", "page", ""]
COUNTS: dict[Where, float] = {"here": 1.0, "near": 0.7, "page": 0.4, "": 0.0}  # how much it counts where it is said
CLOSE = 2  # sentences that stand near one
BEST = 40  # sentences that are compared in full
KEPT = 6  # that are judged
PRINCIPAL = 0.8  # how much it says that the state is named for whom somebody acts, or the other way round
COLLEAGUE = 0.4  # that somebody else is named who acts for the same
UNSEEN = 4.0  # weight of what no sentence holds
LIGHT = 0.3  # how much less a title or an office does, or a word that a paraphrase leaves out
NAMED = 1.3  # how much more a name tells than a word
STALE = 0.5  # how far a page that names no day bears out one of the days before it came out
LONG = 3  # words of a quotation that hardly anybody else says
EXACT: dict[Kind, float] = {"number": 2.0, "date": 2.0, "quote": 4.0}  # weights of what is compared as it is
BORNE, COUNTED, STRANGE = (
    0.15,
    0.1,
    0.1,
)  # by what a sentence is likelier the one: exact things, a unit, a name it lacks
NAME = r"[A-ZÄÖÜ][\w’'-]*(?: [A-ZÄÖÜ][\w’'-]*){0,2}"
BETWEEN = re.compile(r", (?:[a-zäöü]+ )?| [a-zäöü]+ ")  # names of a list
Follow = Callable[[Collection[Any]], Iterable[Any]]  # yields what it is given, and may show how far it is
Page = tuple[str, str]  # a source and a language


@dataclass(frozen=True, eq=False, kw_only=True)
class EvidenceSentence:
    """A sentence of the evidence.

    Attributes
    ----------
    source_id, language, sentence_no, text
        Its place in the case, and its words.
    reading
        What it says, with whom people coded in it.
    mentions
        What is coded in it, rows of the table `mentions`.
    day
        On which its page was published.
    listed
        How many places or things it lists: Fordow, Natanz and Isfahan are three.
    """

    source_id: str
    language: str
    sentence_no: int
    text: str
    reading: Reading
    mentions: tuple[Mapping[str, Any], ...] = ()
    day: str = ""
    listed: frozenset[int] = frozenset()

    @property
    def page(self) -> Page:
        """Its source, in its language."""
        return self.source_id, self.language

    def list_exact(self, kind: Kind) -> list[Item]:
        """Return its numbers, dates or quotations, with the dates of what people coded in it."""
        items = self.reading.of(kind)
        if kind == "date":
            for row in self.mentions:
                if row["date"] and row["event_id"] and count_days(row["date"]) <= VAGUE:
                    items.append(Item("date", row["date"], 0, 0))
        return items

    def quotes(self, item: Item) -> bool:
        """Whether it holds the words of a quotation, quoted or not."""
        text = f" {fold_quotation(self.reading.text)} "
        parts = split_quotation(item.key)
        return bool(parts) and all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for part in parts)


class Match(NamedTuple):
    """A thing of a claim, how much it weighs, and what of the evidence fits it how far; `where` is empty if nothing."""

    item: Item
    weight: float
    fit: float = 0.0
    where: Where = ""
    other: Item | None = None  # of a number, a date or a quotation


@dataclass(frozen=True, eq=False)
class Comparison:
    """A claim beside a sentence.

    Attributes
    ----------
    told
        The sentence.
    matches
        What of it is said there or near.
    score
        The sum of that by weight, by which sentences are found.
    share
        How much of its names and words is said there or near, 0 to 1.
    words
        How much of its words but light ones, 0 to 1.
    """

    told: EvidenceSentence
    matches: Sequence[Match]
    score: float
    share: float
    words: float

    def of(self, *kinds: Kind) -> list[Match]:
        """Return the matches of things of some kinds."""
        return [one for one in self.matches if one.item.kind in kinds]

    @property
    def rank(self) -> float:
        """How likely the sentence is the one that decides: what is exact speaks for it, a name it lacks against."""
        rank, units = self.share, set[str]()
        for one in self.matches:
            if one.item.kind in EXACT and one.where != "page":
                rank += BORNE * COUNTS[one.where]
            if is_name(one.item) and not one.where and one.item.end > one.item.start:
                rank -= STRANGE
            if one.item.kind == "number":
                units |= {unit for unit in one.item.also if unit.startswith("unit:")}
        if any(units & one.also for one in self.told.reading.of("number")):
            rank += COUNTED  # the sum that the claim has wrong
        return rank


class EvidenceIndex:
    """All sentences of an edition, found by what they say."""

    def __init__(self, told: Iterable[EvidenceSentence]) -> None:
        self.told = list(told)
        self._lemmas: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._concepts: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._principals: dict[str, list[int]] = defaultdict(list)
        self._numbers: dict[float, list[int]] = defaultdict(list)
        self._letters: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
        self._pages: dict[Page, list[int]] = defaultdict(list)
        for n, one in enumerate(self.told):
            self._pages[one.page].append(n)
            for item in one.reading.items:
                self._add(n, one.language, item)

    def _add(self, n: int, language: str, item: Item) -> None:
        if item.kind == "word":
            self._lemmas[language][item.key].append(n)
            self._letters[item.key[:1]].add((language, item.key, item.proper))
            for concept in item.also:
                self._concepts[concept].append(n)
        elif item.kind == "name":
            self._names[item.key].append(n)
            for actor in item.also:
                self._principals[actor].append(n)
        elif item.kind == "number":
            self._numbers[item.value].append(n)

    def find(self, item: Item, language: str) -> dict[int, float]:
        """Return the sentences that hold a name or a word, by their number, each with how well it fits."""
        found: dict[int, float] = {}
        options = self._list_names(item) if item.kind == "name" else self._list_words(item, language)
        for rows, fit in options:
            for n in rows:
                found[n] = max(found.get(n, 0.0), fit)
        return found

    def _list_names(self, item: Item) -> Iterator[tuple[Sequence[int], float]]:
        for actor in item.also:
            yield self._principals.get(actor, ()), PRINCIPAL if item.key == actor else COLLEAGUE
            yield self._names.get(actor, ()), PRINCIPAL
        yield self._names.get(item.key, ()), SAME

    def _list_words(self, item: Item, language: str) -> Iterator[tuple[Sequence[int], float]]:
        for concept in item.also:
            yield self._concepts.get(concept, ()), MEANT
        for spoken, lemma, proper in self._letters.get(item.key[:1], ()):
            fit = compare_spelling(item.key, lemma, name=item.proper and proper)
            if fit and (spoken == language or fit == SAME or len(lemma) > 5):
                yield self._lemmas[spoken][lemma], fit

    def hold(self, item: Item) -> list[int]:
        """Return the sentences that hold a number or a quotation."""
        if item.kind == "number":
            return list(self._numbers[item.value])
        return [n for n, told in enumerate(self.told) if told.quotes(item)]

    def list_page(self, n: int) -> list[int]:
        """Return the sentences of the page on which one stands, in its language."""
        return self._pages[self.told[n].page]

    def list_near(self, n: int) -> list[int]:
        """Return the sentences that stand near one on its page, the nearest first."""
        rows = self.list_page(n)
        at = rows.index(n)
        near = [k for k in rows[max(at - CLOSE, 0) : at + CLOSE + 1] if k != n]
        return sorted(near, key=lambda k: abs(k - n))

    def compare(self, claim: Reading) -> list[Comparison]:
        """Return the sentences that say most of what a claim says, the nearest first, each in one language."""
        things = [self._search(item, claim.language) for item in _list_words(claim)]
        first: dict[int, float] = defaultdict(float)
        for thing in things:
            for n, fit in thing.found.items():
                first[n] += thing.weight * fit
        for item in claim.of("number", "quote"):
            for n in self.hold(item):
                first[n] += EXACT[item.kind]
        nearest = sorted(first, key=lambda n: (-first[n], n))[:BEST]
        compared = [self._compare(claim, n, things) for n in nearest]
        compared.sort(key=lambda one: (-one.score, one.told.language != claim.language))
        kept: dict[tuple[str, int], Comparison] = {}
        for one in compared:
            kept.setdefault((one.told.source_id, one.told.sentence_no), one)  # of both its languages
        return list(kept.values())[:KEPT]

    def _search(self, item: Item, language: str) -> _Thing:
        """Return a name or a word with where it is said, and how much it tells (inverse document frequency)."""
        found = self.find(item, language)
        weight = log((len(self.told) + 1) / (len(found) + 1)) + 0.1 if found else UNSEEN
        if item.light:
            weight *= LIGHT
        elif is_name(item):
            weight *= NAMED
        pages: dict[Page, float] = defaultdict(float)
        for n, fit in found.items():
            page = self.told[n].page
            pages[page] = max(pages[page], fit)
        return _Thing(item, weight, found, pages)

    def _compare(self, claim: Reading, n: int, things: Iterable[_Thing]) -> Comparison:
        told, near = self.told[n], self.list_near(n)
        matches = [_match_word(thing, n, near, told.page) for thing in things]
        total = sum(one.weight for one in matches)
        said = sum(one.weight * one.fit * COUNTS[one.where] for one in matches)
        words = _measure_words(matches)
        bonus = 0.0
        for item in claim.of("number", "date", "quote"):
            match = self._match_exact(item, n, near)
            matches.append(match)
            if match.where:
                bonus += match.weight * match.fit * (COUNTS["here"] if match.where == "here" else COUNTS["near"])
            elif item.kind == "quote":
                bonus += match.weight * share_words(item.key, told.reading.text)
        return Comparison(told, matches, said + bonus, said / max(total, 1e-9), words)

    def _match_exact(self, item: Item, n: int, near: Sequence[int]) -> Match:
        """Return where a number, a date or a quotation of a claim is said."""
        weight, told = EXACT[item.kind], self.told[n]
        if match := _match_here(item, weight, told):
            return match
        for k in near:
            if found := _find_same(item, weight, self.told[k], "near"):
                return found
        page = [self.told[k] for k in self.list_page(n)]
        if item.kind == "quote" and len(item.key.split()) >= LONG and any(one.quotes(item) for one in page):
            return Match(item, weight, SAME, "page")
        beside = [self.told[k].list_exact("date") for k in (n, *near)]
        if item.kind == "date" and not any(beside) and is_fresh(item.key, item.rough, told.day):
            return Match(item, weight, STALE, "page")  # news of the days before it came out, if it gives no day
        return Match(item, weight)


class _Thing(NamedTuple):
    """A name or a word of a claim: its weight, the sentences that say it, and how well their pages do."""

    item: Item
    weight: float
    found: Mapping[int, float]
    pages: Mapping[Page, float]


def _list_words(claim: Reading) -> list[Item]:
    """Return the names and words of a claim, those of quotations only if there are no others."""
    quoted = claim.of("quote")
    words = claim.of("name", "word")
    outside = words
    for quote in quoted:
        outside = [one for one in outside if not quote.start <= one.start < quote.end]
    return outside or words


def _match_word(thing: _Thing, n: int, near: Iterable[int], page: Page) -> Match:
    """Return where a name or a word is said best: in a sentence, near it, or on its page."""
    beside = max((thing.found.get(k, 0.0) for k in near), default=0.0)
    options: dict[Where, float] = {
        "here": thing.found.get(n, 0.0),
        "near": beside,
        "page": thing.pages.get(page, 0.0),
    }
    where = max(options, key=lambda one: options[one] * COUNTS[one])
    fit = options[where]
    return Match(thing.item, thing.weight, fit, where if fit else "")


def _measure_words(matches: Iterable[Match]) -> float:
    """Return how much of the words of a claim is said in a sentence or near, 0 to 1; of none, the half."""
    total = held = 0.0
    for one in matches:
        if one.item.kind == "word" and not one.item.light:
            total += one.weight
            held += one.weight * one.fit * COUNTS[one.where] * (one.where != "page")
    return held / max(total, 1e-9) if total else 0.5


def _match_here(item: Item, weight: float, told: EvidenceSentence) -> Match | None:
    """Return what fits a number, a date or a quotation in a sentence, also if it only lists as many things."""
    counted = [other for other in told.reading.of("number") if item.also & other.also]
    if item.kind == "number" and item.also and item.value in told.listed and not counted:
        return _find_same(item, weight, told, "here") or Match(item, weight, STEM, "here")
    return _find_same(item, weight, told, "here")


def _find_same(item: Item, weight: float, told: EvidenceSentence, where: Where) -> Match | None:
    """Return what fits a number, a date or a quotation in a sentence."""
    for other in told.list_exact(item.kind):
        if fit := _fit_exact(item, other):
            return Match(item, weight, fit, where, other)
    if item.kind == "quote" and told.quotes(item):
        return Match(item, weight, SAME, where)
    return None


def _fit_exact(one: Item, other: Item) -> float:
    """Return how far two numbers, dates or quotations are the same, 0 to 1."""
    if one.kind == "number":
        if one.value == other.value:
            return SAME
        return STEM if agree(one.value, one.rough, other.value) else 0.0
    if one.kind == "date":
        return SAME if meet(complete_date(one.key, one.rough, other.key), other.key) else 0.0
    return SAME if f" {fold_quotation(one.key)} " in f" {fold_quotation(other.key)} " else 0.0


# --- The Evidence of an Edition ---


def read_evidence(reference: Reference, data: Dataset, follow: Follow = iter) -> EvidenceIndex:
    """Return the evidence of an edition: its sentences in every language in which they are held.

    Parameters
    ----------
    reference
        The tables of words, names and offices, with what the case adds.
    data
        The dataset of the edition.
    follow
        Is given the pages, to show how far the work is.
    """
    coded: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in records(data.mentions.drop_duplicates("mention_id")):
        coded[row["source_id"], row["sentence_no"]].append(row)
    pages: dict[Page, list[Mapping[str, Any]]] = defaultdict(list)
    for row in records(data.sentences):
        pages[row["source_id"], row["language"]].append(row)
    days = {row["source_id"]: row["known_from"] for row in records(data.sources)}
    told: list[EvidenceSentence] = []
    for (source, language), rows in follow(pages.items()):
        readings = read_sentences(reference, _join(rows), language, days[source])
        starts = [one.start for one in readings]
        for row in rows:
            k = bisect_left(starts, row["start"])
            if k < len(readings) and readings[k].start < row["end"]:
                mentions = tuple(coded[source, row["sentence_no"]])
                told.append(_make_sentence(reference, row, readings[k], mentions, days[source]))
    return EvidenceIndex(told)


def _make_sentence(
    reference: Reference, row: Mapping[str, Any], reading: Reading, mentions: tuple[Mapping[str, Any], ...], day: str
) -> EvidenceSentence:
    return EvidenceSentence(
        source_id=row["source_id"],
        language=row["language"],
        sentence_no=row["sentence_no"],
        text=row["text"],
        reading=_add_coded(reference, reading, mentions, day),
        mentions=mentions,
        day=day,
        listed=frozenset(_count_listed(reference, reading)),
    )


def _join(sentences: Sequence[Mapping[str, Any]]) -> str:
    """Return a text of its sentences, each at its place."""
    text = ""
    for row in sorted(sentences, key=lambda row: row["start"]):
        gap = row["start"] - len(text)
        text += (" " if gap == 1 else "\n" * gap) + row["text"]
    return text


def _add_coded(reference: Reference, reading: Reading, mentions: Iterable[Mapping[str, Any]], day: str) -> Reading:
    """Return a sentence with whom people coded in it and its words do not name: he, the two states."""
    named, known = set[str](), set[str]()
    for one in reading.of("name"):
        known.add(one.key)
        named |= {one.key, *one.also}
    coded = set[str]()
    for row in mentions:
        for side in SIDES:
            coded |= set(ids(row[side]))
    items = list(reading.items)
    for actor in sorted(coded - known):
        principal = find_principal(reference, actor, day)
        if principal != actor or actor not in named:
            items.append(Item("name", actor, reading.end, reading.end, frozenset([principal])))
    return replace(reading, items=tuple(items))


@derived
def _make_list_pattern(reference: Reference, language: str) -> re.Pattern[str]:
    """Return the pattern of a list of names: Fordow, Natanz and Isfahan."""
    joint = read_sets(reference, "beside", language)["and"]
    return re.compile(rf"{NAME}(?:, {NAME})*,? (?:{joint}) {NAME}")


def _count_listed(reference: Reference, reading: Reading) -> Iterator[int]:
    """Yield how many places or things of a name of their own a sentence lists; not persons, not states."""
    for match in _make_list_pattern(reference, reading.language).finditer(reading.text):
        first, last = reading.start + match.start(), reading.start + match.end()
        named = [one for one in reading.items if is_name(one) and first <= one.start < last]
        states = {one.key for one in named if one.kind == "name"}
        count = len(BETWEEN.split(match[0]))
        if len(states) < 2 and not any(map(is_person, named)) and count <= len({one.start for one in named}):
            yield count
