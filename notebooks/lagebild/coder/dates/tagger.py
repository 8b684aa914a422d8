"""Finds the dates in a text and says them in EDTF, levels 0 and 1: never more exact than the text.

All words come from the table `calendar`; `grammar` puts them together, `rules` and `counts` say what they mean. A
phrase is widened by the words before it (seit, Ende, in der Nacht zum …), and joined to the one before it where both
are the ends of a range.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from lagebild.coder.dates.counts import COUNTS
from lagebild.coder.dates.grammar import NEVER, TOKEN, grammar
from lagebild.coder.dates.reader import Match, Reader, Told
from lagebild.coder.dates.rules import READINGS, Value, get
from lagebild.coder.syntax import Span
from lagebild.core.edtf import apply, ends, in_year, is_day, offset
from lagebild.core.reference import Reference

READ = {**READINGS, **COUNTS}
PLAIN = ("clock", "now", "era")  # phrases that no word before them changes
LATE = ("clock", "daypart")  # phrases that take their day from the other dates of their sentence
ANCHOR = re.compile(r"[\dX-]+")


@dataclass(frozen=True)
class DatePhrase:
    """A date in a text.

    `edtf` is empty if the phrase recurs, is vague, or counts from an event without a date; `basis` is "stated" if the
    text gives the year, "relative" if it was counted from the publication or another date. `rule` is the rule that
    fired: "clock" and "now" hold no date of their own. `weekday` is true if the direction hangs on the tense alone.
    """

    start: int
    end: int
    text: str
    edtf: str
    basis: str
    rule: str
    weekday: bool = False


Phrases = list[tuple[DatePhrase, str]]


def find_dates(
    reference: Reference,
    text: str,
    language: str,
    published: str,
    sentences: Sequence[Told],
    birthdays: Mapping[str, str],
) -> list[DatePhrase]:
    """Return the dates in a text, in its order, without overlap.

    `sentences` are those of the text: in which direction a bare weekday lies is a question of tense. `birthdays` maps
    surnames to MM-DD.
    """
    reader = Reader(text, date.fromisoformat(published), grammar(reference, language), birthdays, sentences)
    phrases: Phrases = []
    for match, name, reading in _matches(reader):
        if (value := READ[reading](match, reader)) is not None:
            least = phrases[-1][0].end if phrases else 0
            phrases = _join(phrases, _widen(match, name, value, reader, least), value.loose, reader)
            last = phrases[-1][0]
            reader.anchor = last.edtf if ANCHOR.fullmatch(last.edtf) else reader.anchor
            full = last.rule in ("date", "month") and last.basis == "stated"
            if full and not reader.has_article(last.start):
                reader.named = reader.sentence(last.start)[0], int(last.edtf.strip("./")[:4])
    return _date_late([p for p, _ in phrases], reader)


def _date_late(found: list[DatePhrase], reader: Reader) -> list[DatePhrase]:
    """Give the times and parts of a day among the dates of a text their day."""
    others = [p for p in found if p.rule not in (*LATE, *PLAIN)]
    near = [p for p in others if is_day(p.edtf) or not p.edtf]
    past = [p for p in others if is_day(p.edtf) and p.edtf <= reader.day.isoformat()]
    return [_late(p, near, past, reader) if p.rule in LATE else p for p in found]


def _matches(reader: Reader) -> list[tuple[Match, str, str]]:
    """Return the matches in a text with the names of their patterns and readings, in its order, without overlap."""
    text, known, found = reader.text, reader.grammar, []
    taken = bytearray(len(text))
    for sentence in reader.sentences:
        possible = known.needed.keys() & TOKEN.findall(text, sentence.start, sentence.end)
        if not possible:
            continue
        places = _index_words(reader, sentence)
        for number in sorted(frozenset().union(*(known.needed[word] for word in possible))):
            pattern = known.patterns[number]
            kinds = [kind for kind in pattern.starts if kind in places]
            for place in places[kinds[0]] if len(kinds) == 1 else sorted({p for kind in kinds for p in places[kind]}):
                match = None if taken[place] else pattern.regex.match(text, place)
                if match and not any(taken[place : match.end()]):
                    taken[place : match.end()] = b"\1" * len(match[0])
                    found.append((match, pattern.name, pattern.reading))
    return sorted(found, key=lambda one: one[0].start())


def _index_words(reader: Reader, sentence: Told) -> dict[str, list[int]]:
    """Return where in a sentence the words of each kind begin, and all words, from left to right."""
    places: dict[str, list[int]] = {"*": []}
    for token in TOKEN.finditer(reader.text, sentence.start, sentence.end):
        places["*"].append(token.start())
        for kind in reader.grammar.starting.get(token[0], ()):
            places.setdefault(kind, []).append(token.start())
    return places


def _widen(match: Match, name: str, value: Value, reader: Reader, least: int) -> DatePhrase:
    """Return the phrase of a match with the words around it that belong to it."""
    edtf, start, end = value.edtf, match.start(), match.end()
    place, owned = start, reader.follows("owner", end)  # "after Friday's attack" dates the attack
    while name not in PLAIN and (word := reader.before(place, least)):
        change = reader.value("prefix", word[0]) or reader.value("part", word[0])
        if change in ("before", "after") and (owned or name == "later"):
            break
        if change == "since" and get(match, "d2"):
            change = "at"  # "from June 12 to 14"
        place = word[1]
        start, edtf = start if change == "skip" else place, apply(edtf, change)
    if edtf and "/" not in edtf and (whole := _find_open((start, end), name, reader, least)):
        (start, end), edtf = whole, f"{edtf}/.."
    basis = "" if not edtf else "stated" if value.stated else "relative"
    return DatePhrase(start, end, reader.text[start:end], edtf, basis, name, value.loose == "week")


def _find_open(span: Span, name: str, reader: Reader, least: int) -> Span | None:
    """Return the place of a date with the words that say that it only begins there; None if none do."""
    start, end = span
    since = reader.grammar.context("since") if name in ("year", "month", "date", "ago") else NEVER
    if event := since.search(reader.text, max(least, start - 80), start):
        return event.start(), end  # "seit seinem Amtsantritt im Januar 2025"
    dated = reader.value("closes", reader.text[start:end].split(" ")[0]) == "dated"
    return (start, end + 3) if dated and reader.follows("onward", end) else None


@dataclass(frozen=True)
class _Pair:
    """Two phrases that follow each other, and what the text leaves `open` of the last one, and `loose` of the new."""

    last: DatePhrase
    open: str
    new: DatePhrase
    loose: str
    reader: Reader

    @cached_property
    def gap(self) -> str:
        """The text between them."""
        return self.reader.text[self.last.end : self.new.start]

    @cached_property
    def link(self) -> Match | None:
        """The words between them if they join two dates: bis, und."""
        return self.reader.grammar.context("pair").fullmatch(self.gap)

    @cached_property
    def begun(self) -> bool:
        """Whether the last one begins as a range does: von, zwischen."""
        return self.reader.grammar.context("opened").match(self.last.text) is not None

    @cached_property
    def moved(self) -> str:
        """The last one in the year of the new one, if it has none of its own; else nothing."""
        year = self.new.edtf[:4]
        return in_year(self.last.edtf, int(year)) if self.open == "year" and year.isdigit() else ""

    def joined(self, edtf: str, rule: str, basis: str) -> Phrases:
        """Return both as one phrase."""
        text = self.reader.text[self.last.start : self.new.end]
        return [(DatePhrase(self.last.start, self.new.end, text, edtf, basis, rule), "")]


def _join(phrases: Phrases, new: DatePhrase, loose: str, reader: Reader) -> Phrases:
    """Return the phrases with a new one, which may end the range or the count that the last one began."""
    if not phrases:
        return [(new, loose)]
    pair = _Pair(*phrases[-1], new, loose, reader)
    joined = next((found for join in JOINS if (found := join(pair))), [phrases[-1], (new, loose)])
    return [*phrases[:-1], *joined]


def _count_on(pair: _Pair) -> Phrases | None:
    """Count from a date behind: zwei Tage nach dem 5. Mai, ein Jahr nach dem Angriff vom 7. Oktober 2023."""
    new, count = pair.new, pair.open
    counted = pair.last.rule == "count" and pair.reader.grammar.context("event").fullmatch(pair.gap)
    if not counted or not is_day(new.edtf.split("/")[0]):
        return None
    edtf = offset(date.fromisoformat(new.edtf[:10]), count[-1], int(count[:-1])) if count else ""
    return pair.joined(edtf, "count", new.basis if edtf else "")


def _count_back(pair: _Pair) -> Phrases | None:
    """Count to a date before: on Monday, a day after …."""
    last, new, count = pair.last, pair.new, pair.loose
    if new.rule != "count" or not count or pair.gap != ", " or not is_day(last.edtf):
        return None
    edtf = offset(date.fromisoformat(last.edtf[:10]), count[-1], -int(count[:-1]))
    return [(last, pair.open), (replace(new, edtf=edtf, basis="relative"), "")]


def _give_year(pair: _Pair) -> Phrases | None:
    """Give a date the year behind it: im August vor zwei Jahren, im Mai des Vorjahres."""
    new = pair.new
    close = not pair.gap.strip() or (pair.gap.count(" ") == 2 and pair.reader.has_article(new.start))
    if new.rule in ("ago", "deictic") and len(new.edtf.rstrip("~")) == 4 and close and pair.moved:
        return pair.joined(pair.moved, new.rule, new.basis)
    return None


def _share_year(pair: _Pair) -> Phrases | None:
    """Give a date the year of the one that und joins to it: im April und Mai 2024."""
    last, new = pair.last, pair.new
    joined = pair.link is not None and pair.link["joined"] and not pair.begun
    if joined and new.basis == "stated" and last.rule == new.rule and pair.moved:
        return [(replace(last, edtf=pair.moved), ""), (new, pair.loose)]
    return None


def _make_range(pair: _Pair) -> Phrases | None:
    """Join the ends of a range: von Dezember bis Februar 2025."""
    low, high = pair.last.edtf.split("/")[0], pair.new.edtf.split("/")[-1]
    if not _is_range(pair) or not low or not high or ".." in (low, high):
        return None
    low = ends(low)[0][:4] if "X" in low else low  # an interval of decades is no EDTF of level 1
    high = ends(high)[1][:4] if "X" in high else high
    if pair.open == "year" and pair.new.basis == "stated":  # "von Dezember bis Februar 2025"
        low = next((d for n in (0, 1) if ends(d := in_year(low, int(high[:4]) - n)) <= ends(high)), low)
    if ends(low) > ends(high):
        low, high = _turn(pair, low, high)
    return pair.joined(f"{low}/{high}", "range", pair.new.basis) if ends(low) <= ends(high) else None


def _is_range(pair: _Pair) -> bool:
    """Whether the words around two dates make them the ends of a range."""
    last, new, link = pair.last, pair.new, pair.link
    if {last.rule, new.rule} & {*PLAIN, *LATE}:
        return False
    linked = link is not None and (pair.begun or (not link["joined"] and len(last.edtf) == len(new.edtf)))
    return linked or (not pair.gap.strip() and new.edtf.startswith("../"))


def _turn(pair: _Pair, low: str, high: str) -> tuple[str, str]:
    """Return the ends of a range that would end before it begins, the one moved that the text leaves open."""
    if pair.open == pair.loose == "week":
        if low > pair.reader.day.isoformat():
            return low, f"{date.fromisoformat(high) + timedelta(7)}"
        return f"{date.fromisoformat(low) - timedelta(7)}", high
    return low, in_year(high, int(high[:4]) + 1) if pair.loose == "year" else high


JOINS = (_count_on, _count_back, _give_year, _share_year, _make_range)  # the first that fits


def _late(phrase: DatePhrase, near: list[DatePhrase], past: list[DatePhrase], reader: Reader) -> DatePhrase:
    """Return a part of a day with its day: that of its sentence, of the story so far, or in a listing today.

    `near` are the days, and dates of no known day, that its sentence may name; `past` are the days up to today.
    """
    first, last = reader.sentence(phrase.start)
    place = bisect_left(near, first, key=lambda p: p.start)
    before = bisect_right(near, phrase.start, key=lambda p: p.end)
    edtf = ""
    if place < len(near) and near[place].start < last:  # the one before it, or else the first of the sentence
        edtf = near[max(place, before - 1)].edtf
    elif reader.tense(phrase.start, phrase.end) is False:
        earlier = bisect_right(past, phrase.start, key=lambda p: p.end)
        edtf = past[earlier - 1].edtf if earlier else ""
    elif phrase.rule == "clock":
        edtf = reader.day.isoformat()
    edtf = edtf if is_day(edtf) else ""
    return replace(phrase, edtf=edtf, basis="relative" if edtf else "")
