"""A text while its dates are read: its words of dates, its sentences, its tense."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lagebild.coder.dates.grammar import Grammar
from lagebild.coder.syntax import Span
from lagebild.core.edtf import ends

Match = re.Match[str]
Future = Callable[[int, int], bool]
SOON = 92  # a date without a year and a tense is the next one if it is at most so many days ahead …
FAR = 270  # … and never one that is farther ahead than this: one would name the year
WORD = re.compile(r"[^\s\W][^\s]*|[^\W_]")
SPLIT = re.compile(r"[,;:!?()„“”\"»«\n]|\.(?=\s|$)|\s[–—-]\s")  # where a clause ends


@dataclass
class Reader:
    """A text while it is read.

    `anchor` is the last date before the place that is read, `named` the sentence and the year of the last full one.
    What the dates of one sentence or clause share is found once: its `breaks`, its `cues`, and where it is in the
    perfect, if it is one of the `perfects`.
    """

    text: str
    day: date
    grammar: Grammar
    future: Future | None
    birthdays: Mapping[str, str]
    sentences: Sequence[tuple[int, int]]
    anchor: str = ""
    named: tuple[int, int] = (-1, 0)
    breaks: dict[Span, list[Span]] = field(default_factory=dict)
    cues: dict[Span, list[tuple[int, str]]] = field(default_factory=dict)
    perfects: dict[Span, int] = field(default_factory=dict)

    def knows(self, kind: str, word: str) -> bool:
        """Return whether the calendar lists a word under a kind."""
        return word.casefold() in self.grammar.words.get(kind, {})

    def value(self, kind: str, word: str) -> str:
        """Return what the calendar says of a word; empty if nothing."""
        return self.grammar.words.get(kind, {}).get(" ".join(word.casefold().split()), "") if word else ""

    def follows(self, name: str, place: int) -> bool:
        """Return whether a context of the table `date_patterns` stands at a place."""
        return self.grammar.context(name).match(self.text, place) is not None

    def before(self, start: int, least: int = 0) -> tuple[str, int] | None:
        """Return the words before `start` that may belong to a date, and where they start."""
        text, known = self.text, self.grammar.words.get("before", {})
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

    def has_article(self, start: int) -> bool:
        """Return whether an article stands right before a place."""
        return self.grammar.context("article").search(self.text, max(0, start - 8), start) is not None

    def dated(self, start: int) -> bool:
        """Return whether a word before `start` stands before dates more than before names."""
        word = self.lead(start)
        return word is not None and bool(self.value("part", word[0]) or self.value("prefix", word[0]) != "night")

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place."""
        n = bisect_right(self.sentences, (place, len(self.text))) - 1
        return self.sentences[n] if n >= 0 and place <= self.sentences[n][1] else (0, len(self.text))

    def clause(self, start: int, end: int) -> Span:
        """Return the clause around a date: from the last break before it to the first one behind a word after it."""
        text, (first, last) = self.text, self.sentence(start)
        if (first, last) not in self.breaks:
            self.breaks[first, last] = [m.span() for m in SPLIT.finditer(text, first, last)]
        breaks = self.breaks[first, last]
        before = bisect_right(breaks, start, key=lambda span: span[1])
        left = breaks[before - 1][1] if before else first
        behind = (breaks[k][0] for k in range(bisect_left(breaks, end, key=lambda span: span[0]), len(breaks)))
        return left, next((place for place in behind if text[end:place].strip()), last)

    def find_cues(self, part: Span) -> list[tuple[int, str]]:
        """Return the places in a part of a sentence whose words show the tense, with what they show."""
        if part not in self.cues:
            found = self.grammar.cue.finditer(self.text, *part)
            self.cues[part] = [(m.start(), m.lastgroup) for m in found if m.lastgroup]
        return self.cues[part]

    def find_perfect(self, clause: Span) -> int:
        """Return where a clause ends like one in the perfect (soll gesagt haben), about the past; -1 if it does not."""
        if clause not in self.perfects:
            found = self.grammar.context("perfect").search(self.text, *clause)
            self.perfects[clause] = found.start() if found else -1
        return self.perfects[clause]

    def tense(self, start: int, end: int) -> bool | None:
        """Return true for the future, false for the past, None if nothing shows."""
        if self.future is not None and self.future(start, end):
            return True
        word, text = self.lead(start), self.text
        closed = self.value("closes", word[0]) if word else ""
        if closed == "since" or (closed and not self.grammar.context("ranged").search(text[start : end + 5])):
            return False  # "der Brief vom 5. Mai", "die Wahl von Sonntag"
        if word and self.has_article(word[1]):  # "die am Freitag geplante Wahl"
            return any(self.knows("planned", w.strip(".,")) for w in text[end : end + 40].split()[:3])
        sentence, clause = self.sentence(start), self.clause(start, end)
        ended = sentence[0] < start and text[start - 1] == "."  # one before it, though no blank follows
        least = start if ended else clause[0]
        if self.find_perfect(clause) >= least:
            return False
        # the clause, or else the sentence; the verb before, or else after
        for part, low in ((clause, least), (sentence, sentence[0])):
            cues = self.find_cues(part)
            first, before, behind = (bisect_left(cues, (place, "")) for place in (low, start, end))
            if first < before or behind < len(cues):
                return cues[before - 1 if first < before else behind][1] == "future" and self.future is None
        opened = word and (self.value("opens", word[0]) or (closed and self.follows("onward", end)))
        return True if opened else None

    def pick(self, match: Match, make: Callable[[int], str]) -> str:
        """Return that of the dates `make` gives for the years around the publication that the tense asks for."""
        dates = [d for n in (-1, 0, 1) if (d := make(self.day.year + n))]
        tense, today = self.tense(*match.span()), self.day.isoformat()
        if tense is not True and self.named[0] == self.sentence(match.start())[0] and self.named[1] < self.day.year:
            return make(self.named[1])  # "im Mai 2014 …, im Juni …"
        begun = [d for d in dates if ends(d)[0] <= today]
        ahead = [d for d in dates if ends(d)[1] >= today]
        soon, far = (f"{self.day + timedelta(n)}" for n in (SOON, FAR))
        if not begun or not ahead:
            return (begun[-1:] + ahead[:1] + [""])[0]
        first = ends(ahead[0])[0]
        return ahead[0] if first <= far and (tense or (tense is None and today < first <= soon)) else begun[-1]
