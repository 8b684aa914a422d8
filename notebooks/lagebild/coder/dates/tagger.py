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

from lagebild.coder.dates.counts import COUNTS
from lagebild.coder.dates.grammar import NEVER, TOKEN, grammar
from lagebild.coder.dates.reader import Match, Reader, Told
from lagebild.coder.dates.rules import READINGS, Value, get
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
    found = [p for p, _ in phrases]
    others = [p for p in found if p.rule not in (*LATE, *PLAIN)]
    near = [p for p in others if is_day(p.edtf) or not p.edtf]
    past = [p for p in others if is_day(p.edtf) and p.edtf <= reader.day.isoformat()]
    return [_late(p, near, past, reader) if p.rule in LATE else p for p in found]


def _matches(reader: Reader) -> list[tuple[Match, str, str]]:
    """Return the matches in a text with the names of their patterns and readings, in its order, without overlap."""
    text, known, found = reader.text, reader.grammar, []
    taken = bytearray(len(text))
    for start, end in ((one.start, one.end) for one in reader.sentences):
        possible = known.needed.keys() & TOKEN.findall(text, start, end)
        if not possible:
            continue
        places: dict[str, list[int]] = {"*": []}  # where the words of each kind begin, from left to right
        for token in TOKEN.finditer(text, start, end):
            place = token.start()
            places["*"].append(place)
            for kind in known.starting.get(token[0], ()):
                places.setdefault(kind, []).append(place)
        for number in sorted(frozenset().union(*(known.needed[word] for word in possible))):
            pattern = known.patterns[number]
            kinds = [kind for kind in pattern.starts if kind in places]
            for place in places[kinds[0]] if len(kinds) == 1 else sorted({p for kind in kinds for p in places[kind]}):
                match = None if taken[place] else pattern.regex.match(text, place)
                if match and not any(taken[place : match.end()]):
                    taken[place : match.end()] = b"\1" * len(match[0])
                    found.append((match, pattern.name, pattern.reading))
    return sorted(found, key=lambda one: one[0].start())


def _widen(match: Match, name: str, value: Value, reader: Reader, least: int) -> DatePhrase:
    """Return the phrase of a match with the words before it that belong to it."""
    text, edtf, start, end = reader.text, value.edtf, match.start(), match.end()
    place, owned = start, reader.follows("owner", end)  # "after Friday's attack" dates the attack
    while name not in PLAIN and (word := reader.before(place, least)):
        change = reader.value("prefix", word[0]) or reader.value("part", word[0])
        if change in ("before", "after") and (owned or name == "later"):
            break
        if change == "since" and get(match, "d2"):
            change = "at"  # "from June 12 to 14"
        place = word[1]
        start, edtf = start if change == "skip" else place, apply(edtf, change)
    if edtf and "/" not in edtf:
        since = reader.grammar.context("since") if name in ("year", "month", "date", "ago") else NEVER
        if event := since.search(text, max(least, start - 80), start):  # "seit seinem Amtsantritt im Januar 2025"
            start, edtf = event.start(), f"{edtf}/.."
        elif reader.value("closes", text[start:end].split(" ")[0]) == "dated" and reader.follows("onward", end):
            edtf, end = f"{edtf}/..", end + 3
    basis = "" if not edtf else "stated" if value.stated else "relative"
    return DatePhrase(start, end, text[start:end], edtf, basis, name, value.loose == "week")


def _join(phrases: Phrases, new: DatePhrase, loose: str, reader: Reader) -> Phrases:
    """Return the phrases with a new one, which may end the range or the count that the last one began."""
    if not phrases:
        return [(new, loose)]
    (last, open_), gap = phrases[-1], reader.text[phrases[-1][0].end : new.start]
    whole = replace(new, start=last.start, text=reader.text[last.start : new.end], weekday=False)
    # "zwei Tage nach dem 5. Mai", "ein Jahr nach dem Angriff vom 7. Oktober 2023"
    counted = last.rule == "count" and reader.grammar.context("event").fullmatch(gap)
    if counted and is_day(new.edtf.split("/")[0]):
        edtf = offset(date.fromisoformat(new.edtf[:10]), open_[-1], int(open_[:-1])) if open_ else ""
        return [*phrases[:-1], (replace(whole, edtf=edtf, rule="count", basis=new.basis if edtf else ""), "")]
    if new.rule == "count" and loose and is_day(last.edtf) and gap == ", ":  # "on Monday, a day after …"
        edtf = offset(date.fromisoformat(last.edtf[:10]), loose[-1], -int(loose[:-1]))
        return [*phrases, (replace(new, edtf=edtf, basis="relative"), "")]
    dated = in_year(last.edtf, int(new.edtf[:4])) if open_ == "year" and new.edtf[:4].isdigit() else ""
    close = not gap.strip() or (gap.count(" ") == 2 and reader.has_article(new.start))
    if dated and new.rule in ("ago", "deictic") and len(new.edtf.rstrip("~")) == 4 and close:
        return [*phrases[:-1], (replace(whole, edtf=dated), "")]  # "im August vor zwei Jahren", "im Mai des Vorjahres"
    pair, opened = reader.grammar.context("pair").fullmatch(gap), reader.grammar.context("opened").match(last.text)
    if pair and pair["joined"] and not opened and dated and new.basis == "stated" and last.rule == new.rule:
        return [*phrases[:-1], (replace(last, edtf=dated), ""), (new, loose)]  # "im April und Mai 2024"
    linked = pair and (opened or (not pair["joined"] and len(last.edtf) == len(new.edtf)))
    closed = linked or (not gap.strip() and new.edtf.startswith("../"))
    low, high = last.edtf.split("/")[0], new.edtf.split("/")[-1]
    if not closed or not low or not high or ".." in (low, high) or {last.rule, new.rule} & {*PLAIN, *LATE}:
        return [*phrases, (new, loose)]
    low = ends(low)[0][:4] if "X" in low else low  # an interval of decades is no EDTF of level 1
    high = ends(high)[1][:4] if "X" in high else high
    if open_ == "year" and new.basis == "stated":  # "von Dezember bis Februar 2025"
        low = next((d for n in (0, 1) if ends(d := in_year(low, int(high[:4]) - n)) <= ends(high)), low)
    if ends(low) > ends(high):
        if open_ == loose == "week":
            ahead = low > reader.day.isoformat()
            low = low if ahead else f"{date.fromisoformat(low) - timedelta(7)}"
            high = f"{date.fromisoformat(high) + timedelta(7)}" if ahead else high
        elif loose == "year":
            high = in_year(high, int(high[:4]) + 1)
    if ends(low) > ends(high):
        return [*phrases, (new, loose)]
    return [*phrases[:-1], (replace(whole, edtf=f"{low}/{high}", rule="range"), "")]


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
