"""A text while its dates are read: its words of dates, its sentences, its tense."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Protocol

from lagebild.coder.dates.grammar import Grammar
from lagebild.coder.syntax import Span
from lagebild.core.edtf import ends

Match = re.Match[str]
SOON = 92  # a date without a year and a tense is the next one if it is at most so many days ahead …
FAR = 270  # … and never one that is farther ahead than this: one would name the year
WORD = re.compile(r"[^\s\W][^\s]*|[^\W_]")


class Told(Protocol):
    """A sentence of a text that knows its tenses."""

    start: int
    end: int

    def tense(self, start: int, end: int) -> str:
        """Return the tense of the clause around a place: past, future, present, or nothing."""

    def lasts(self, place: int) -> bool:
        """Whether the clause around a place tells in the present what lasts."""

    def is_relative(self, place: int) -> bool:
        """Whether a place lies in a relative clause, so that an article before it may be none."""


@dataclass
class Reader:
    """A text while it is read.

    `anchor` is the last date before the place that is read, `named` the sentence and the year of the last full one.
    """

    text: str
    day: date
    grammar: Grammar
    birthdays: Mapping[str, str]
    sentences: Sequence[Told]
    anchor: str = ""
    named: tuple[int, int] = (-1, 0)

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

    def listed(self, start: int) -> bool:
        """Return whether a place opens a line or a list, or goes on with one of dates."""
        return self.grammar.context("listed").search(self.text, max(0, start - 20), start) is not None

    def lasts(self, place: int) -> bool:
        """Return whether the clause around a place tells in the present what lasts."""
        return self.sentences[self.number(place)].lasts(place)

    def number(self, place: int) -> int:
        """Return the number of the sentence around a place."""
        return max(0, bisect_right(self.sentences, place, key=attrgetter("start")) - 1)

    def sentence(self, place: int) -> Span:
        """Return the sentence around a place."""
        one = self.sentences[self.number(place)]
        return one.start, one.end

    def tense(self, start: int, end: int) -> bool | None:
        """Return true for the future, false for the past, None if nothing shows."""
        (word, place), text = self.lead(start) or ("", start), self.text
        opens, closes = self.value("opens", word), self.value("closes", word)
        if closes == "since" or (closes and not self.grammar.context("ranged").search(text[start : end + 5])):
            return False  # "der Brief vom 5. Mai", "die Wahl von Sonntag"
        told = self.sentences[self.number(start)]
        if word and self.has_article(place) and not told.is_relative(start):  # "die am Freitag geplante Wahl"
            return any(self.knows("planned", w.strip(".,")) for w in text[end : end + 40].split()[:3])
        tense = told.tense(start, end)
        if tense == "future":
            return True
        if opens == "planned":
            return None
        if tense == "past":
            return False
        return True if opens or (closes and self.follows("onward", end)) else None

    def planned(self, start: int) -> bool:
        """Return whether a date is that of what is planned: "kündigte für Freitag Gespräche an"."""
        word = self.lead(start)
        return word is not None and self.value("opens", word[0]) == "planned"

    def comes(self, start: int, end: int) -> bool | None:
        """Return what `tense` does, and true for the present too: "Am Freitag fliegt er"."""
        tense = self.tense(start, end)
        word = self.lead(start)
        if tense is not None or (word and self.knows("still", word[0])):
            return tense  # "Noch am Freitag trifft er ein": he has arrived
        return True if self.sentences[self.number(start)].tense(start, end) == "present" else None

    def pick(self, match: Match, make: Callable[[int], str]) -> str:
        """Return that of the dates `make` gives for the years around the publication that the tense asks for."""
        dates = [d for n in (-1, 0, 1) if (d := make(self.day.year + n))]
        tense, today = self.comes(*match.span()), self.day.isoformat()
        if tense is not True and self.named[0] == self.sentence(match.start())[0] and self.named[1] < self.day.year:
            return make(self.named[1])  # "im Mai 2014 …, im Juni …"
        begun = [d for d in dates if ends(d)[0] <= today]
        ahead = [d for d in dates if ends(d)[1] >= today]
        soon, far = (f"{self.day + timedelta(n)}" for n in (SOON, FAR))
        if not begun or not ahead:
            return (begun[-1:] + ahead[:1] + [""])[0]
        first = ends(ahead[0])[0]
        return ahead[0] if first <= far and (tense or (tense is None and today < first <= soon)) else begun[-1]
