"""The day of an act: the date in its clause, or one that is counted from that of another clause."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_day(s: Sentence, clause: Clause, *, noun: bool = False) -> DatePhrase | None:
    """Return the date of the act of a verb, or of a noun; None if the text gives none."""
    inside = [d for d in s.dates if _is_in(s, d, clause) and (noun or not _colours(s, d))]
    if not inside and clause.after and clause.tokens and clause.finite < clause.tokens[0]:
        before = s.clauses[s.clauses.index(clause) - 1]
        inside = [d for d in s.dates if _is_in(s, d, before)]
    return next((d for d in inside if d.edtf and not _is_planned(s, d)), None) or _count_day(s, clause)


def find_day_near(s: Sentence, clause: Clause, last: int) -> DatePhrase | None:
    """Return the date of the act of a noun that ends at token `last`: one beside it if the verb describes one too."""
    if clause not in s.fired:
        return find_day(s, clause, noun=True)
    end = s.tokens[last].end
    return next((d for d in s.dates if d.edtf and 0 <= d.start - end <= 1), None)


def _count_day(s: Sentence, clause: Clause) -> DatePhrase | None:
    """Return a day that is counted from that of another clause: on Monday, a day after he flew to Baku."""
    opener = clause.opener if clause.kind == "sub" else ""
    step = s.words.word(opener).classes.get("sequence", "")  # a day after he came: he came a day before
    if not step or not clause.tokens:
        return None
    first, last = clause.tokens[0], clause.tokens[-1]
    places = (*range(first, -1, -1), *range(first, last))  # bereits bevor: not the first word of its clause
    place = next((i for i in places if s.tokens[i].low == opener), 0)
    if place < 2:
        return None
    number, unit = s.tokens[place - 2], s.tokens[place - 1]
    days = number.word.classes.get("number", "")
    if not days or not unit.has("dayunit"):
        return None
    for other in s.clauses:
        whole = (d for d in s.dates if other is not clause and _is_in(s, d, other) and DAY.fullmatch(d.edtf))
        if found := next(whole, None):
            day = date.fromisoformat(found.edtf) + timedelta(int(days) * int(step))
            return replace(found, edtf=day.isoformat(), basis="relative", rule=f"{found.rule}:counted")
    return None


def _colours(s: Sentence, phrase: DatePhrase) -> bool:
    """Whether the day is that of a participle before an object: traf den am Montag verhafteten Mann.

    That of a report is also the day of what it says: der gestern veröffentlichte Bericht kritisiert ….
    """
    participles = [(p.token, c) for c in s.clauses for p in c.predicates if p.voice == "attr"]
    place = next(((i, c) for i, c in participles if s.tokens[i].start == phrase.end + 1), None)
    if place is None:
        return False
    i, clause = place
    return any(p.first <= i <= p.last and not p.prep and p is not clause.subject for p in clause.phrases)


def _is_planned(s: Sentence, phrase: DatePhrase) -> bool:
    """Whether the day is that of something planned for it: der für Oktober geplante Besuch."""
    before = s.text[max(0, phrase.start - 8) : phrase.start].lower().split()
    first, blank, _ = phrase.text.lower().partition(" ")
    led = bool(before) and before[-1] in s.words.listed("purpose")
    return led or (bool(blank) and (first in s.words.listed("purpose") or first in s.words.listed("dating")))


def _is_in(s: Sentence, phrase: DatePhrase, clause: Clause) -> bool:
    tokens = (s.tokens[i] for i in clause.tokens)
    return any(phrase.start <= token.start < phrase.end or token.start <= phrase.start < token.end for token in tokens)
