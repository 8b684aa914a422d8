"""Finds the dates in a text and says them in EDTF, levels 0 and 1: never more exact than the text.

All words come from the table `calendar`; `timex_grammar` puts them together, `timex_rules` and `timex_counts` say what
they mean. A phrase is widened by the words before it (seit, Ende, in der Nacht zum …), and joined to the one before it
where both are the ends of a range.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lagebild.sources import split_sentences
from lagebild.timex_counts import COUNTS
from lagebild.timex_edtf import apply, away, in_year, is_day, reach
from lagebild.timex_grammar import TOKEN, Grammar, grammar
from lagebild.timex_rules import READINGS, Match, Value, get

READ = {**READINGS, **COUNTS}
SOON = 92  # a date without a year and a tense is the next one if it is at most so many days ahead …
FAR = 270  # … and never one that is farther ahead than this: one would name the year
PLAIN = ("clock", "now")  # phrases that no word before them changes
LATE = ("clock", "daypart")  # phrases that take their day from the other dates of their sentence
WORD = re.compile(r"[^\s\W][^\s]*|[^\W_]")
ANCHOR = re.compile(r"[\dX-]+")
SPLIT = re.compile(r"[,;:!?()„“”\"»«\n]|\.(?=\s|$)|\s[–—-]\s")  # where a clause ends
# "soll am Freitag gesagt haben" is hearsay about the past.
PERFECT = re.compile(r"\b(?:\w{0,4}ge|be(?!reit)|ver|er|ent|zer)\w+(?:t|en) (?:haben|worden sein)\W*$")
ARTICLE = re.compile(r"\b(?:d(?:ie|er|as|en|em|es)|eine?[nrms]?)\s$")
RANGED = re.compile(r"bis|[–-]|\san\b")
FROM = re.compile(r"(?i)zwischen|between|vo[nm]\b|from")
# "zwei Tage nach dem 5. Mai", "ein Jahr nach dem Angriff vom 7. Oktober 2023"
OF_EVENT = re.compile(r"\s+(?:(?:de[mnr]|the|an?|eine[mr])\s+(?:(?:[a-zäöüß]+\s+)?[\w-]+\s+)?)?")
# "seit seinem Amtsantritt im Januar 2025"
SINCE_EVENT = re.compile(
    r"(?<!\w)(?:[Ss]eit (?:[a-zäöüß]+ ){0,2}[A-ZÄÖÜ][\w-]+ (?:de[rs] [A-ZÄÖÜ]\w+ )?"
    r"|[Ss]ince (?!then|last|the past)(?:\w+ ){1,6})$"
)


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


Future = Callable[[int, int], bool]
Phrases = list[tuple[DatePhrase, str]]


@dataclass
class Reader:
    """A text while it is read.

    `anchor` is the last date before the place that is read, `named` the sentence and the year of the last full one.
    """

    text: str
    day: date
    grammar: Grammar
    future: Future | None
    birthdays: Mapping[str, str]
    sentences: Sequence[tuple[int, int]]
    anchor: str = ""
    named: tuple[int, int] = (-1, 0)

    def knows(self, kind: str, word: str) -> bool:
        """Return whether the calendar lists a word under a kind."""
        return word.casefold() in self.grammar.words.get(kind, {})

    def value(self, kind: str, word: str) -> str:
        """Return what the calendar says of a word; empty if nothing."""
        return self.grammar.words[kind].get(" ".join(word.casefold().split()), "") if word else ""

    def before(self, start: int, least: int = 0) -> tuple[str, int] | None:
        """Return the words before `start` that may belong to a date, and where they start."""
        text, known = self.text, self.grammar.words["before"]
        if not start or not (text[start - 1].isspace() or text[start - 1] == "-"):
            return None
        words = list(WORD.finditer(text, max(least, start - 40), start))[-5:]
        for word in words:
            if (form := " ".join(text[word.start() : start].split())).casefold() in known:
                return form, word.start()
        return None

    def lead(self, start: int) -> tuple[str, int] | None:
        """Return the word before `start` and its article that may belong to a date."""
        word = self.before(start)
        while word and self.value("prefix", word[0]) == "skip":
            word = self.before(word[1])
        return word

    def dated(self, start: int) -> bool:
        """Return whether a word before `start` stands before dates more than before names."""
        word = self.lead(start)
        return word is not None and bool(self.value("part", word[0]) or self.value("prefix", word[0]) != "night")

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place."""
        n = bisect_right(self.sentences, (place, len(self.text))) - 1
        return self.sentences[n] if n >= 0 and place <= self.sentences[n][1] else (0, len(self.text))

    def tense(self, start: int, end: int) -> bool | None:
        """Return true for the future, false for the past, None if nothing tells."""
        if self.future is not None and self.future(start, end):
            return True
        word, text = self.lead(start), self.text
        closed = self.value("closes", word[0]) if word else ""
        if closed == "since" or (closed and not RANGED.search(text[start : end + 5])):
            return False  # "der Brief vom 5. Mai", "die Wahl von Sonntag"
        if word and ARTICLE.search(text, max(0, word[1] - 8), word[1]):  # "die am Freitag geplante Wahl"
            return any(self.knows("planned", w.strip(".,")) for w in text[end : end + 40].split()[:3])
        first, last = self.sentence(start)
        breaks = [m.end() for m in SPLIT.finditer(text, first, start)]
        after = next((m.start() for m in SPLIT.finditer(text, end, last) if text[end : m.start()].strip()), last)
        left = breaks[-1] if breaks else first
        if PERFECT.search(text, left, after):
            return False
        for a, b in ((left, after), (first, last)):  # the clause, or else the sentence; the verb before, or else after
            cues = [m for m in self.grammar.cue.finditer(text, a, b) if m.lastgroup and not start <= m.start() < end]
            if cues:
                cue = ([c for c in cues if c.start() < start] or cues[:1])[-1]
                return cue.lastgroup == "future" and self.future is None
        opened = word and (self.value("opens", word[0]) or (closed and text.startswith(" an ", end)))
        return True if opened else None

    def pick(self, match: Match, make: Callable[[int], str]) -> str:
        """Return that of the dates `make` gives for the years around the publication that the tense asks for."""
        dates = [d for n in (-1, 0, 1) if (d := make(self.day.year + n))]
        tense, today = self.tense(*match.span()), self.day.isoformat()
        if tense is not True and self.named[0] == self.sentence(match.start())[0] and self.named[1] < self.day.year:
            return make(self.named[1])  # "im Mai 2014 …, im Juni …"
        begun = [d for d in dates if reach(d)[0] <= today]
        ahead = [d for d in dates if reach(d)[1] >= today]
        soon, far = (f"{self.day + timedelta(n)}" for n in (SOON, FAR))
        if not begun or not ahead:
            return (begun[-1:] + ahead[:1] + [""])[0]
        first = reach(ahead[0])[0]
        return ahead[0] if first <= far and (tense or (tense is None and today < first <= soon)) else begun[-1]


def find_dates(
    text: str,
    language: str,
    published: str,
    future: Future | None = None,
    birthdays: Mapping[str, str] | None = None,
    sentences: Sequence[tuple[int, int]] | None = None,
) -> list[DatePhrase]:
    """Return the dates in a text, in its order, without overlap.

    `future` says whether the clause around two offsets is in the future; without it the tense is guessed from the
    words nearby. `birthdays` maps surnames to MM-DD. `sentences` are those of the text if they are known.
    """
    spans = split_sentences(text) if sentences is None else sentences
    reader = Reader(text, date.fromisoformat(published), grammar(language), future, birthdays or {}, spans)
    phrases: Phrases = []
    for match, name, reading in _matches(reader):
        if (value := READ[reading](match, reader)) is not None:
            least = phrases[-1][0].end if phrases else 0
            phrases = _join(phrases, _widen(match, name, value, reader, least), value.loose, reader)
            last = phrases[-1][0]
            reader.anchor = last.edtf if ANCHOR.fullmatch(last.edtf) else reader.anchor
            full = last.rule in ("date", "month") and last.basis == "stated"
            if full and not ARTICLE.search(text, max(0, last.start - 8), last.start):
                reader.named = reader.sentence(last.start)[0], int(last.edtf.strip("./")[:4])
    found = [p for p, _ in phrases]
    return [_late(p, found, reader) if p.rule in LATE else p for p in found]


def _matches(reader: Reader) -> list[tuple[Match, str, str]]:
    """Return the matches in a text with the names of their patterns and readings, in its order, without overlap."""
    text, known, found = reader.text, reader.grammar, []
    taken = bytearray(len(text))
    for start, end in reader.sentences:
        possible = known.needed.keys() & TOKEN.findall(text, start, end)
        if not possible:
            continue
        places: dict[str, list[int]] = {}
        for token in TOKEN.finditer(text, start, end):
            for kind in known.starting.get(token[0], ()):
                places.setdefault(kind, []).append(token.start())
            places.setdefault("*", []).append(token.start())
        for number in sorted(frozenset().union(*(known.needed[word] for word in possible))):
            pattern = known.patterns[number]
            for place in sorted({p for kind in pattern.starts for p in places.get(kind, ())}):
                match = None if taken[place] else pattern.regex.match(text, place)
                if match and not any(taken[place : match.end()]):
                    taken[place : match.end()] = b"\1" * len(match[0])
                    found.append((match, pattern.name, pattern.reading))
    return sorted(found, key=lambda one: one[0].start())


def _widen(match: Match, name: str, value: Value, reader: Reader, least: int) -> DatePhrase:
    """Return the phrase of a match with the words before it that belong to it."""
    text, edtf, start, end = reader.text, value.edtf, match.start(), match.end()
    place, owned = start, text[end : end + 2] in ("'s", "’s")  # "after Friday's attack" dates the attack
    while name not in PLAIN and (word := reader.before(place, least)):
        change = reader.value("prefix", word[0]) or reader.value("part", word[0])
        if change in ("before", "after") and (owned or name == "later"):
            break
        if change == "since" and get(match, "d2"):
            change = "at"  # "from June 12 to 14"
        place = word[1]
        start, edtf = start if change == "skip" else place, apply(edtf, change)
    if edtf and "/" not in edtf:
        if name in ("year", "month", "date", "ago") and (
            event := SINCE_EVENT.search(text, max(least, start - 80), start)
        ):
            start, edtf = event.start(), f"{edtf}/.."
        elif text[start : start + 4].casefold() in ("von ", "vom ") and text.startswith(" an ", end):
            edtf, end = f"{edtf}/..", end + 3
    basis = "" if not edtf else "stated" if value.stated else "relative"
    return DatePhrase(start, end, text[start:end], edtf, basis, name, value.loose == "week")


def _join(phrases: Phrases, new: DatePhrase, loose: str, reader: Reader) -> Phrases:
    """Return the phrases with a new one, which may end the range or the count that the last one began."""
    if not phrases:
        return [(new, loose)]
    (last, open_), gap = phrases[-1], reader.text[phrases[-1][0].end : new.start]
    whole = replace(new, start=last.start, text=reader.text[last.start : new.end], weekday=False)
    if last.rule == "count" and OF_EVENT.fullmatch(gap) and is_day(new.edtf.split("/")[0]):
        edtf = away(date.fromisoformat(new.edtf[:10]), open_[-1], int(open_[:-1])) if open_ else ""
        return [*phrases[:-1], (replace(whole, edtf=edtf, rule="count", basis=new.basis if edtf else ""), "")]
    if new.rule == "count" and loose and is_day(last.edtf) and gap == ", ":  # "on Monday, a day after …"
        edtf = away(date.fromisoformat(last.edtf[:10]), loose[-1], -int(loose[:-1]))
        return [*phrases, (replace(new, edtf=edtf, basis="relative"), "")]
    dated = in_year(last.edtf, int(new.edtf[:4])) if open_ == "year" and new.edtf[:4].isdigit() else ""
    if dated and new.rule == "ago" and len(new.edtf) == 5 and not gap.strip():
        return [*phrases[:-1], (replace(whole, edtf=dated), "")]  # "im August vor zwei Jahren"
    pair, opened = reader.grammar.pair.fullmatch(gap), FROM.match(last.text)
    if pair and pair["and"] and not opened and dated and new.basis == "stated" and last.rule == new.rule:
        return [*phrases[:-1], (replace(last, edtf=dated), ""), (new, loose)]  # "im April und Mai 2024"
    linked = pair and (opened or (not pair["and"] and len(last.edtf) == len(new.edtf)))
    ends = linked or (not gap.strip() and new.edtf.startswith("../"))
    low, high = last.edtf.split("/")[0], new.edtf.split("/")[-1]
    if not ends or not low or not high or ".." in (low, high) or {last.rule, new.rule} & {*PLAIN, *LATE}:
        return [*phrases, (new, loose)]
    low = reach(low)[0][:4] if "X" in low else low  # an interval of decades is no EDTF of level 1
    high = reach(high)[1][:4] if "X" in high else high
    if open_ == "year" and new.basis == "stated":  # "von Dezember bis Februar 2025"
        low = next((d for n in (0, 1) if reach(d := in_year(low, int(high[:4]) - n)) <= reach(high)), low)
    if reach(low) > reach(high):
        if open_ == loose == "week":
            ahead = low > reader.day.isoformat()
            low = low if ahead else f"{date.fromisoformat(low) - timedelta(7)}"
            high = f"{date.fromisoformat(high) + timedelta(7)}" if ahead else high
        elif loose == "year":
            high = in_year(high, int(high[:4]) + 1)
    if reach(low) > reach(high):
        return [*phrases, (new, loose)]
    return [*phrases[:-1], (replace(whole, edtf=f"{low}/{high}", rule="range"), "")]


def _late(phrase: DatePhrase, found: list[DatePhrase], reader: Reader) -> DatePhrase:
    """Return a part of a day with its day: that of its sentence, of the story so far, or in a listing today."""
    first, last = reader.sentence(phrase.start)
    today, others = reader.day.isoformat(), [p for p in found if p.rule not in (*LATE, "now")]
    earlier = [p for p in others if p.end <= phrase.start]
    near = [p for p in others if first <= p.start < last and (is_day(p.edtf) or not p.edtf)]
    edtf = ""
    if near:
        edtf = ([p for p in near if p in earlier] or near[:1])[-1].edtf
    elif reader.tense(phrase.start, phrase.end) is False:
        edtf = next((p.edtf for p in reversed(earlier) if is_day(p.edtf) and p.edtf <= today), "")
    elif phrase.rule == "clock":
        edtf = today
    edtf = edtf if is_day(edtf) else ""
    return replace(phrase, edtf=edtf, basis="relative" if edtf else "")
