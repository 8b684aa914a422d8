"""The sentences of a case as an audit reads them, and which of them say what a claim says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log
from typing import Any

from lagebild.audit.acts import Act, list_acts
from lagebild.audit.items import Item, agree, fold_quotation, is_name, is_person, split_quotation
from lagebild.audit.reading import Reading, read_sentences
from lagebild.audit.vocabulary import MEANT, SAME, STEM, compare_spelling, read_list
from lagebild.core import Reference, ends, ids, move_to_year as put_in_year, parse, records, shift_day
from lagebild.dataset import SIDES, Dataset, find_principal

# --- Days of a Claim beside Those of the Evidence, as EDTF ---

VAGUE = 31  # days that a date of the evidence may allow and still bear out a day
ENDLESS = 10**7
FRESH = 7  # days before its publication of which a page tells if it names none
WEEK = 7


def in_year(one: Item, other: str) -> str:
    """Return the date of a claim in the year of a date of the evidence, or in its week, if the claim gives none."""
    if one.rough == "weekday":
        return _find_weekday(one.key, other) or one.key
    year = next((end[:4] for end in ends(other) if end[:4] not in ("0000", "9999")), "")
    if one.rough != "yearless" or not year.isdigit() or "X" in one.key:
        return one.key
    return "/".join(part if part == ".." else put_in_year(part, int(year)) for part in one.key.split("/"))


def _find_weekday(day: str, other: str) -> str:
    """Return the first day of a date that has the weekday of another; empty if none has."""
    span = parse(other)
    if not span.earliest or not span.latest:
        return ""
    first, last = date.fromisoformat(span.earliest), date.fromisoformat(span.latest)
    found = first + timedelta((date.fromisoformat(day).weekday() - first.weekday()) % WEEK)
    return found.isoformat() if found <= last else ""


def is_fresh(one: Item, day: str) -> bool:
    """Whether a date of a claim is of the days before one of publication."""
    fresh = f"{shift_day(day, -FRESH)}/{day}"
    meant = in_year(one, fresh if one.rough == "weekday" else day)
    return may_meet(meant, fresh) and not parse(meant).earliest > day


def meet(one: str, other: str) -> bool:
    """Whether the evidence bears out a date: it may be the same, and is not far vaguer."""
    one, other = _close(one, other)
    return parse(one).meets(parse(other)) and measure(other) <= max(VAGUE, measure(one))


def may_meet(one: str, other: str) -> bool:
    """Whether a date of the evidence allows one of a claim; of until and since their closed end counts."""
    one, other = _close(one, other)
    return parse(one).meets(parse(other))


def _close(one: str, other: str) -> tuple[str, str]:
    for end in ("../", "/.."):
        if end in one:
            one, other = one.replace(end, ""), other.replace(end, "")
    return one, other


def measure(edtf: str) -> int:
    """Return how many days a date allows."""
    span = parse(edtf)
    if not span.earliest or not span.latest:
        return ENDLESS
    return (date.fromisoformat(span.latest) - date.fromisoformat(span.earliest)).days + 1


PRINCIPAL = 0.8  # how much it says that the state is named for whom somebody acts, or the other way round
COLLEAGUE = 0.4  # that somebody else is named who acts for the same
BETWEEN = re.compile(r", (?:[a-zäöü]+ )?| [a-zäöü]+ ")  # names of a list


@dataclass(frozen=True, eq=False)
class EvidenceSentence:
    """A sentence of the evidence: its place, how it reads, what is coded in it, the acts it tells, its page's day."""

    source_id: str
    language: str
    sentence_no: int
    text: str
    reading: Reading
    mentions: tuple[Mapping[str, Any], ...]
    acts: tuple[Act, ...] = ()
    day: str = ""  # of publication
    listed: frozenset[int] = frozenset()  # how many things it lists: Fordow, Natanz and Isfahan

    def rules_out(self, date: Item) -> bool:
        """Whether it dates an event so vaguely as to allow a date, which others who tell the event do not."""
        told = [row for row in self.mentions if row["date"] and may_meet(in_year(date, row["date"]), row["date"])]
        known = [row.get("known") or row["date"] for row in told]
        return bool(known) and not any(may_meet(in_year(date, day), day) for day in known)


class EvidenceIndex:
    """All sentences of an edition, found by what they say."""

    def __init__(self, told: Iterable[EvidenceSentence]) -> None:
        self.told = list(told)
        # events that anybody tells as a fact
        self.facts = {
            row["event_id"]
            for one in self.told
            for row in one.mentions
            if row["status"] == "asserted" and row["stance"] == "supports"
        }
        self._words: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._concepts: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._also: dict[str, list[int]] = defaultdict(list)
        self._letters: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
        for n, one in enumerate(self.told):
            for item in one.reading.items:
                if item.kind == "word":
                    self._words[one.language][item.key].append(n)
                    self._letters[item.key[:1]].add((one.language, item.key, item.proper))
                    for concept in item.also:
                        self._concepts[concept].append(n)
                elif item.kind == "name":
                    self._names[item.key].append(n)
                    for actor in item.also:
                        self._also[actor].append(n)
        self._numbers: dict[float, list[int]] = defaultdict(list)
        self.sources: dict[tuple[str, str], list[int]] = defaultdict(list)
        for n, one in enumerate(self.told):
            self.sources[one.source_id, one.language].append(n)
            for item in one.reading.of("number"):
                self._numbers[item.value].append(n)

    def find(self, item: Item, language: str) -> dict[int, float]:
        """Return the sentences that hold a name or a word, by their number, each with how well it fits."""
        found: dict[int, float] = {}

        def note(rows: Iterable[int], fit: float) -> None:
            for n in rows:
                found[n] = max(found.get(n, 0.0), fit)

        if item.kind == "name":
            for actor in item.also:
                note(self._also.get(actor, ()), COLLEAGUE if item.key != actor else PRINCIPAL)
                note(self._names.get(actor, ()), PRINCIPAL)
            note(self._names.get(item.key, ()), SAME)
        elif item.kind == "word":
            for concept in item.also:
                note(self._concepts.get(concept, ()), MEANT)
            for spoken, key, proper in self._letters.get(item.key[:1], ()):
                fit = compare_spelling(item.key, key, name=item.proper and proper)
                if fit and (spoken == language or fit == SAME or len(key) > 5):
                    note(self._words[spoken][key], fit)
        return found

    def hold(self, item: Item) -> list[int]:
        """Return the sentences that hold a number or a quotation."""
        if item.kind == "number":
            return list(self._numbers[item.value])
        return [n for n, told in enumerate(self.told) if self.quotes(told, item)]

    def quotes(self, told: EvidenceSentence, item: Item) -> bool:
        """Whether a sentence holds the words of a quotation, quoted or not."""
        text = f" {fold_quotation(told.reading.text)} "
        parts = split_quotation(item.key)
        return bool(parts) and all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for part in parts)

    def around(self, n: int, close: int) -> list[int]:
        """Return the sentences that stand near one on its page, in its language, the nearest first."""
        told = self.told[n]
        rows = self.sources[told.source_id, told.language]
        at = rows.index(n)
        return sorted(rows[max(at - close, 0) : at + close + 1], key=lambda k: abs(k - n))

    def pair(self, item: Item, reading: Reading, language: str) -> Item | None:
        """Return what of a sentence fits a name or a word of a claim best."""
        rated = [(self._rate(item, one, reading.language == language), one) for one in reading.of(item.kind)]
        best = max(
            rated, key=lambda pair: (pair[0], pair[1].verb == item.verb, pair[1].clause == 0), default=(0.0, None)
        )
        return best[1] if best[0] else None

    def _rate(self, item: Item, other: Item, alike: bool) -> float:
        if item.key == other.key and (alike or item.kind == "name"):
            return SAME
        if item.kind == "name" and item.also & other.also:
            return PRINCIPAL if {item.key, other.key} & item.also & other.also else COLLEAGUE
        if item.also & other.also:
            return MEANT
        return compare_spelling(item.key, other.key, name=item.proper and other.proper) if item.kind == "word" else 0.0

    def list_exact(self, told: EvidenceSentence, kind: str) -> list[Item]:
        """Return the numbers, dates or quotations of a sentence, with the dates of what people coded in it."""
        items = told.reading.of(kind)
        if kind == "date":
            dates = [row["date"] for row in told.mentions if row["date"] and row["event_id"]]
            items += [Item("date", one, 0, 0) for one in dates if measure(one) <= VAGUE]
        return items

    def weigh(self, found: Mapping[int, float]) -> float:
        """Return how much it tells that a sentence holds a thing which these hold (inverse document frequency)."""
        return log((len(self.told) + 1) / (len(found) + 1)) + 0.1


def fits(one: Item, other: Item) -> float:
    """Return how far two things are the same, 0 to 1: numbers, dates and quotations."""
    if one.kind == other.kind == "number":
        if one.value == other.value:
            return SAME
        return STEM if agree(one.value, one.rough, other.value) else 0.0
    if one.kind == other.kind == "date":
        return SAME if meet(in_year(one, other.key), other.key) else 0.0
    if one.kind == other.kind == "quote":
        return SAME if f" {fold_quotation(one.key)} " in f" {fold_quotation(other.key)} " else 0.0
    return 0.0


Follow = Callable[[Collection[Any]], Iterable[Any]]  # yields what it is given, and may show how far it is


def read_evidence(reference: Reference, data: Dataset, follow: Follow = iter) -> EvidenceIndex:
    """Return the evidence of an edition: its sentences in every language in which they are held."""
    days = {row["source_id"]: row["known_from"] for row in records(data.sources)}
    events = data.events[data.events["contested"] == "no"]
    known = dict(zip(events["event_id"], events["date"], strict=True))  # as the most exact of its mentions dates it
    coded: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in records(data.mentions.drop_duplicates("mention_id")):
        coded[row["source_id"], row["sentence_no"]].append(row | {"known": known.get(row["event_id"], "")})
    drafted: dict[tuple[str, str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in records(data.drafts):
        drafted[row["source_id"], row["language"], row["sentence_no"]].append(row)
    pages: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in records(data.sentences):
        pages[row["source_id"], row["language"]].append(row)
    told = []
    for (name, language), rows in follow(pages.items()):
        readings = read_sentences(reference, _join(rows), language, days[name])
        starts = [one.start for one in readings]
        for row in rows:
            k = bisect_left(starts, row["start"])
            if k < len(readings) and readings[k].start < row["end"]:
                mentions = tuple(coded[name, row["sentence_no"]])
                reading = _add_coded(reference, readings[k], mentions, days[name])
                listed = frozenset(_count_listed(reference, readings[k]))
                acts = list_acts(reference, mentions or drafted[name, language, row["sentence_no"]], days[name])
                place = name, language, row["sentence_no"], row["text"]
                told.append(EvidenceSentence(*place, reading, mentions, tuple(acts), days[name], listed))
    return EvidenceIndex(told)


def _count_listed(reference: Reference, reading: Reading) -> Iterator[int]:
    """Yield how many places or things of a name of their own a sentence lists; not persons, not states."""
    for match in read_list(reference, reading.language).finditer(reading.text):
        first, last = (reading.start + place for place in match.span())
        named = [one for one in reading.items if is_name(one) and first <= one.start < last]
        states = {one.key for one in named if one.kind == "name"}
        count = len(BETWEEN.split(match[0]))
        if len(states) < 2 and not any(map(is_person, named)) and count <= len({one.start for one in named}):
            yield count


def _join(sentences: Sequence[Mapping[str, Any]]) -> str:
    """Return a text of its sentences, each at its place."""
    text = ""
    for row in sorted(sentences, key=lambda row: row["start"]):
        gap = row["start"] - len(text)
        text += (" " if gap == 1 else "\n" * gap) + row["text"]
    return text


def _add_coded(reference: Reference, reading: Reading, mentions: Iterable[Mapping[str, Any]], day: str) -> Reading:
    """Return a sentence with whom people coded in it and its words do not name: he, the two states."""
    known = {one.key for one in reading.of("name")}
    named = {key for one in reading.of("name") for key in (one.key, *one.also)}
    coded = {actor for row in mentions for side in SIDES for actor in ids(row[side])} - known
    items = [
        Item("name", actor, reading.end, reading.end, frozenset([principal]))
        for actor in sorted(coded)
        if (principal := find_principal(reference, actor, day)) != actor or actor not in named
    ]
    return replace(reading, items=(*reading.items, *items))
