"""Finds the dates in a text and says them in EDTF, levels 0 and 1: never more exact than the text.

All words come from the table `calendar`; the rules at the end only put them together, and say what to make of a match.
A phrase is found by a rule, widened by the words before it (seit, Ende, in der Nacht zum …), and joined to the one
before it where both are the ends of a range.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from lagebild.sources import split_sentences
from lagebild.store import read_reference, records

SOON = 92  # a date without a year and a tense is the next one if it is at most so many days ahead …
FAR = 270  # … and never one that is farther ahead than this: one would name the year
PLAIN = ("clock", "now")  # phrases that no word before them changes
LATE = ("clock", "daypart")  # phrases that take their day from the other dates of their sentence
ENDINGS = ("", "e", "en", "er", "em", "es")  # what * stands for in the table
FIRST_MONTH = {"21": 3, "22": 6, "23": 9, "24": 12, "33": 1, "34": 4, "35": 7, "36": 10}
# Beginning, middle and end: months of a year, years of a decade and of a century, days of a month and of a week.
PARTS = {
    "start": ((1, 3), (0, 3), (0, 33), (1, 10), (0, 1)),
    "mid": ((5, 8), (4, 6), (34, 66), (11, 20), (2, 3)),
    "end": ((10, 12), (7, 9), (67, 99), (21, 31), (4, 6)),
}
SPLIT = re.compile(r"[,;:!?()„“”\"»«\n]|\.(?=\s|$)|\s[–—-]\s")  # where a clause ends
# "soll am Freitag gesagt haben" is hearsay about the past.
PERFECT = re.compile(r"\b(?:\w{0,4}ge|be(?!reit)|ver|er|ent|zer)\w+(?:t|en) (?:haben|worden sein)\W*$")
ARTICLE = re.compile(r"\b(?:d(?:ie|er|as|en|em|es)|eine?[nrms]?)\s$")
RANGED = re.compile(r"bis|[–-]|\san\b")
FROM = re.compile(r"(?i)zwischen|between|vo[nm]\b|from")
AMOUNT = re.compile(r"\s*(?:and|to|und|bis|[-–])\s*(\d{4,})\b\s*(\w*)")
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


class Value(NamedTuple):
    """What a rule makes of a match: `loose` is what the text leaves open, "year" or "week", or a count, "+2D"."""

    edtf: str
    stated: bool = False
    loose: str = ""


Match = re.Match[str]
Future = Callable[[int, int], bool]
Rule = Callable[[Match, "Reader"], Value | None]
Phrases = list[tuple[DatePhrase, str]]


@dataclass(frozen=True)
class Grammar:
    """The compiled calendar of one language."""

    words: Mapping[str, Mapping[str, str]]
    hint: re.Pattern[str]
    prefix: re.Pattern[str]
    pair: re.Pattern[str]
    cue: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str], Rule], ...]


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
    sentences: list[tuple[int, int]]
    anchor: str = ""
    named: tuple[int, int] = (-1, 0)

    def knows(self, kind: str, word: str) -> bool:
        """Return whether the calendar lists a word under a kind."""
        return word.casefold() in self.grammar.words.get(kind, {})

    def value(self, kind: str, word: str) -> str:
        """Return what the calendar says of a word; empty if nothing."""
        return self.grammar.words[kind].get(re.sub(r"\s+", " ", word).casefold(), "") if word else ""

    def prefix(self, start: int, least: int = 0) -> Match | None:
        """Return the word before `start` that may belong to a date."""
        return self.grammar.prefix.search(self.text, max(least, start - 40), start)

    def lead(self, start: int) -> Match | None:
        """Return the word before `start` and its article that may belong to a date."""
        word = self.prefix(start)
        while word and self.value("prefix", word[1]) == "skip":
            word = self.prefix(word.start())
        return word

    def dated(self, start: int) -> bool:
        """Return whether a word before `start` stands before dates more than before names."""
        word = self.lead(start)
        return word is not None and bool(self.value("part", word[1]) or self.value("prefix", word[1]) != "night")

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place."""
        return next((s for s in self.sentences if s[0] <= place <= s[1]), (0, len(self.text)))

    def tense(self, start: int, end: int) -> bool | None:
        """Return true for the future, false for the past, None if nothing tells."""
        if self.future is not None and self.future(start, end):
            return True
        word, text = self.lead(start), self.text
        closed = self.value("closes", word[1]) if word else ""
        if closed == "since" or (closed and not RANGED.search(text[start : end + 5])):
            return False  # "der Brief vom 5. Mai", "die Wahl von Sonntag"
        if word and ARTICLE.search(text, max(0, word.start() - 8), word.start()):  # "die am Freitag geplante Wahl"
            return any(self.knows("planned", w.strip(".,")) for w in text[end : end + 40].split()[:3])
        first, last = self.sentence(start)
        breaks = [m.end() for m in SPLIT.finditer(text, first, start)]
        after = [m.start() for m in SPLIT.finditer(text, end, last) if text[end : m.start()].strip()]
        left, right = breaks[-1] if breaks else first, after[0] if after else last
        if PERFECT.search(text, left, right):
            return False
        for a, b in ((left, right), (first, last)):  # the clause, or else the sentence; the verb before, or else after
            cues = [m for m in self.grammar.cue.finditer(text, a, b) if m.lastgroup and not start <= m.start() < end]
            if cues:
                cue = ([c for c in cues if c.start() < start] or cues[:1])[-1]
                return cue.lastgroup == "future" and self.future is None
        opened = word and (self.value("opens", word[1]) or (closed and text.startswith(" an ", end)))
        return True if opened else None

    def pick(self, match: Match, make: Callable[[int], str]) -> str:
        """Return that of the dates `make` gives for the years around the publication that the tense asks for."""
        dates = [d for n in (-1, 0, 1) if (d := make(self.day.year + n))]
        tense, today = self.tense(*match.span()), self.day.isoformat()
        if tense is not True and self.named[0] == self.sentence(match.start())[0] and self.named[1] < self.day.year:
            return make(self.named[1])  # "im Mai 2014 …, im Juni …"
        begun = [d for d in dates if _reach(d)[0] <= today]
        ahead = [d for d in dates if _reach(d)[1] >= today]
        soon, far = (f"{self.day + timedelta(n)}" for n in (SOON, FAR))
        if not begun or not ahead:
            return (begun[-1:] + ahead[:1] + [""])[0]
        first = _reach(ahead[0])[0]
        return ahead[0] if first <= far and (tense or (tense is None and today < first <= soon)) else begun[-1]


def find_dates(
    text: str,
    language: str,
    published: str,
    future: Future | None = None,
    birthdays: Mapping[str, str] | None = None,
) -> list[DatePhrase]:
    """Return the dates in a text, in its order, without overlap.

    `future` says whether the clause around two offsets is in the future; without it the tense is guessed from the
    words nearby. `birthdays` maps surnames to MM-DD.
    """
    grammar = _grammar(language)
    if not grammar.hint.search(text):
        return []
    reader = Reader(text, date.fromisoformat(published), grammar, future, birthdays or {}, split_sentences(text))
    taken, matches = bytearray(len(text)), []
    for name, pattern, rule in grammar.rules:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match[0])
                matches.append((match, name, rule))
    phrases: Phrases = []
    for match, name, rule in sorted(matches, key=lambda m: m[0].start()):
        if (value := rule(match, reader)) is not None:
            least = phrases[-1][0].end if phrases else 0
            phrases = _join(phrases, _widen(match, name, value, reader, least), value.loose, reader)
            last = phrases[-1][0]
            reader.anchor = last.edtf if re.fullmatch(r"[\dX-]+", last.edtf) else reader.anchor
            if (
                last.rule in ("date", "month")
                and last.basis == "stated"
                and not ARTICLE.search(text, last.start - 8 if last.start > 8 else 0, last.start)
            ):
                reader.named = reader.sentence(last.start)[0], int(last.edtf.strip("./")[:4])
    found = [p for p, _ in phrases]
    return [_late(p, found, reader) if p.rule in LATE else p for p in found]


def _reach(edtf: str) -> tuple[str, str]:
    """Return the first and the last day of a date as text that compares; the last of a month is always the 31st."""
    ends = [part.strip("~") for part in edtf.split("/")]
    return _fill(ends[0], 0), _fill(ends[-1], 1)


def _fill(part: str, side: int) -> str:
    if part == "..":
        return ("0000", "9999")[side]
    if part[5:] in FIRST_MONTH and len(part) == 7:
        part = _shift(date(int(part[:4]), FIRST_MONTH[part[5:]], 1), "M", 2 * side)
    tail = {4: ("-01-01", "-12-31"), 7: ("-01", "-31")}.get(len(part), ("", ""))[side]
    return part.replace("X", "09"[side]) + tail


def _shift(day: date, unit: str, n: int) -> str:
    """Return the unit of time that lies `n` units after the one of `day`."""
    if unit in "DN":
        moved = day + timedelta(n)
        return f"{moved}" if unit == "D" else f"{moved - timedelta(1)}/{moved}"
    if unit in "WE":
        monday = day + timedelta(7 * n - day.weekday())
        return f"{monday + timedelta(5 * (unit == 'E'))}/{monday + timedelta(6)}"
    if unit in "QM":
        size = 4 if unit == "Q" else 12
        count = day.year * size + (day.month - 1) * size // 12 + n
        return f"{count // size:04}-{count % size + (33 if unit == 'Q' else 1):02}"
    return {"Y": f"{day.year + n:04}", "X": f"{day.year // 10 + n:03}X"}.get(unit, f"{day.year // 100 + n:02}XX")


def _away(day: date, unit: str, n: int) -> str:
    """Return the date `n` units from `day`, as vague as the unit is; hours and the like hold no date."""
    if unit in ("h", "m", "E", "Q", ""):
        return ""
    if unit in "DW":
        return f"{day + timedelta(n)}" if unit == "D" else f"{day + timedelta(7 * n)}~"
    years = n * {"X": 10, "C": 100}.get(unit, 1)
    return "" if not 1 <= day.year + years <= 9999 else _shift(day, "Y" if unit in "XC" else unit, years) + "~"


def _today(day: date, unit: str) -> str:
    """Return the day, month or year of `day` that ends or begins a stretch of such units."""
    return _shift(day, {"D": "D", "W": "D", "M": "M"}.get(unit, "Y"), 0)


def _in_year(edtf: str, year: int) -> str:
    """Return a date in another year; the 29th of February stays where it is."""
    moved = f"{year:04}{edtf[4:]}"
    return edtf if moved[4:10] == "-02-29" and year % 4 else moved


def _part(edtf: str, part: str) -> str:
    """Return the beginning, middle or end of a date; of a day, the day."""
    if part not in PARTS or not edtf:
        return edtf
    months, decade, century, days, week = PARTS[part]
    low, high = (_reach(edtf)[side] for side in (0, 1))
    if edtf.endswith("X"):
        head, (a, b) = edtf.rstrip("X"), century if edtf.endswith("XX") else decade
        return f"{head}{a:0{4 - len(head)}}~/{head}{b:0{4 - len(head)}}~"
    if len(edtf) == 4:
        return f"{edtf}-{months[0]:02}~/{edtf}-{months[1]:02}~"
    if re.fullmatch(r"\d{4}-(0\d|1[0-2])", edtf):
        return f"{edtf}-{days[0]:02}~/{_last_day(edtf) if part == 'end' else f'{edtf}-{days[1]:02}'}~"
    if len(edtf) == 21 and (monday := date.fromisoformat(low)) + timedelta(6) == date.fromisoformat(high):
        return f"{monday + timedelta(week[0])}~/{monday + timedelta(week[1])}~"
    return edtf if low == high else _about(edtf)


def _last_day(month: str) -> str:
    return f"{date.fromisoformat(_shift(date.fromisoformat(f'{month}-01'), 'M', 1) + '-01') - timedelta(1)}"


def _about(edtf: str) -> str:
    return "/".join(p if p.endswith(("~", "..", "X")) else f"{p}~" for p in edtf.split("/")) if edtf else ""


def _is_day(edtf: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d~?", edtf) is not None


def _apply(edtf: str, change: str) -> str:
    """Return what a word before a date makes of it."""
    if not edtf or change in ("at", "skip") or ".." in edtf:
        return edtf
    if edtf.endswith("X") and change in ("since", "until", "before", "after"):
        edtf = "/".join(end[:4] for end in _reach(edtf))
    first, last = edtf.split("/")[0], edtf.split("/")[-1]
    if change == "near":
        return f"{first[:7]}~" if len(first) >= 10 else _about(first)
    if change == "night":
        return _shift(date.fromisoformat(edtf), "N", 0) if len(edtf) == 10 else edtf
    opened = {"since": f"{first}/..", "until": f"../{last}", "before": f"../{first}", "after": f"{last}/.."}
    return opened.get(change) or (_about(edtf) if change == "about" else _part(edtf, change))


def _widen(match: Match, name: str, value: Value, reader: Reader, least: int) -> DatePhrase:
    """Return the phrase of a match with the words before it that belong to it."""
    text, edtf, start, end = reader.text, value.edtf, match.start(), match.end()
    place, owned = start, text[end : end + 2] in ("'s", "’s")  # "after Friday's attack" dates the attack
    while name not in PLAIN and (word := reader.prefix(place, least)):
        change = reader.value("prefix", word[1]) or reader.value("part", word[1])
        if change in ("before", "after") and (owned or name == "later"):
            break
        if change == "since" and _get(match, "d2"):
            change = "at"  # "from June 12 to 14"
        place = word.start()
        start, edtf = start if change == "skip" else place, _apply(edtf, change)
    if edtf and "/" not in edtf:
        if name in ("year", "month", "date", "ago") and (event := SINCE_EVENT.search(text[least:start])):
            start, edtf = least + event.start(), f"{edtf}/.."
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
    if last.rule == "count" and OF_EVENT.fullmatch(gap) and _is_day(new.edtf.split("/")[0]):
        edtf = _away(date.fromisoformat(new.edtf[:10]), open_[-1], int(open_[:-1])) if open_ else ""
        return [*phrases[:-1], (replace(whole, edtf=edtf, rule="count", basis=new.basis if edtf else ""), "")]
    if new.rule == "count" and loose and _is_day(last.edtf) and gap == ", ":  # "on Monday, a day after …"
        edtf = _away(date.fromisoformat(last.edtf[:10]), loose[-1], -int(loose[:-1]))
        return [*phrases, (replace(new, edtf=edtf, basis="relative"), "")]
    dated = _in_year(last.edtf, int(new.edtf[:4])) if open_ == "year" and new.edtf[:4].isdigit() else ""
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
    low = _reach(low)[0][:4] if "X" in low else low  # an interval of decades is no EDTF of level 1
    high = _reach(high)[1][:4] if "X" in high else high
    if open_ == "year" and new.basis == "stated":  # "von Dezember bis Februar 2025"
        low = next((d for n in (0, 1) if _reach(d := _in_year(low, int(high[:4]) - n)) <= _reach(high)), low)
    if _reach(low) > _reach(high):
        if open_ == loose == "week":
            ahead = low > reader.day.isoformat()
            low = low if ahead else f"{date.fromisoformat(low) - timedelta(7)}"
            high = f"{date.fromisoformat(high) + timedelta(7)}" if ahead else high
        elif loose == "year":
            high = _in_year(high, int(high[:4]) + 1)
    if _reach(low) > _reach(high):
        return [*phrases, (new, loose)]
    return [*phrases[:-1], (replace(whole, edtf=f"{low}/{high}", rule="range"), "")]


def _late(phrase: DatePhrase, found: list[DatePhrase], reader: Reader) -> DatePhrase:
    """Return a part of a day with its day: that of its sentence, of the story so far, or in a listing today."""
    first, last = reader.sentence(phrase.start)
    today, others = reader.day.isoformat(), [p for p in found if p.rule not in (*LATE, "now")]
    earlier = [p for p in others if p.end <= phrase.start]
    near = [p for p in others if first <= p.start < last and (_is_day(p.edtf) or not p.edtf)]
    edtf = ""
    if near:
        edtf = ([p for p in near if p in earlier] or near[:1])[-1].edtf
    elif reader.tense(phrase.start, phrase.end) is False:
        edtf = next((p.edtf for p in reversed(earlier) if _is_day(p.edtf) and p.edtf <= today), "")
    elif phrase.rule == "clock":
        edtf = today
    edtf = edtf if _is_day(edtf) else ""
    return replace(phrase, edtf=edtf, basis="relative" if edtf else "")


def _get(match: Match, group: str) -> str:
    return match.groupdict().get(group) or ""


def _no_date(match: Match, reader: Reader) -> Value:
    return Value("")


def _known_year(match: Match, reader: Reader) -> int | None:
    """Return the year that a match names or counts."""
    if year := _get(match, "y"):
        full = int(year) if len(year) == 4 else 100 * (reader.day.year // 100) + int(year)
        return full if len(year) == 4 or full <= reader.day.year + 10 else full - 100
    step = reader.value("rel", _get(match, "yr"))
    return reader.day.year + int(step) if step.lstrip("-").isdigit() else None


def _date(match: Match, reader: Reader) -> Value | None:
    """Return a day of a month, or a range of them."""
    named, weekday = reader.value("month", match["m"]), reader.value("weekday", _get(match, "w"))
    days = [int(d) for d in (match["d"], _get(match, "d2")) if d]

    def make(year: int) -> str:
        try:
            return "/".join(f"{date(year, int(named or match['m']), day)}" for day in days if days == sorted(days))
        except ValueError:
            return ""

    if year := _known_year(match, reader):
        return Value(edtf, bool(_get(match, "y"))) if (edtf := make(year)) else None
    if not named and not weekday and not reader.prefix(match.start()):
        return None  # "Kapitel 3.2."
    dates = [d for n in (0, -1, 1) if (d := make(reader.day.year + n))]
    fits = [d for d in dates if weekday and date.fromisoformat(d[:10]).isoweekday() == int(weekday)]
    edtf = fits[0] if fits else reader.pick(match, make)
    return Value(edtf, False, "year") if edtf else None


def _numbers(match: Match, reader: Reader) -> Value | None:
    """Return what 5/6/2025 says: a day only if one of the numbers can be no month."""
    low, high = sorted((int(match["a"]), int(match["b"])))
    if not (1 <= low <= 12 and high <= 31):
        return None
    return Value(f"{match['y']}-{low:02}-{high:02}" if high > 12 or low == high else match["y"], True)


def _yearly(match: Match, reader: Reader, make: Callable[[int], str]) -> Value:
    """Return a yearly date: with the year of the text, or the one that "last", "this", "next" or the tense asks for."""
    if year := _known_year(match, reader):
        return Value(make(year), bool(_get(match, "y")))
    relative, today = _get(match, "r"), reader.day.isoformat()
    if not relative:
        return Value(reader.pick(match, make), False, "year")
    step, dates = reader.value("rel", relative), [make(reader.day.year + n) for n in range(-3, 4)]
    if not step.lstrip("-").isdigit():
        return Value("")
    if int(step) < 0:
        return Value([d for d in dates if _reach(d)[1] < today][int(step)])
    return Value([d for d in dates if _reach(d)[0] > today][int(step) - 1] if int(step) else dates[3])


def _month(match: Match, reader: Reader) -> Value | None:
    month, start = reader.value("month", match["m"]), match.start()
    pair = re.search(r"(\w+\.?)\s*(?:und|bis|oder|and|to|or|[-–/])\s*$", reader.text[max(0, start - 24) : start])
    told = _get(match, "y") or _get(match, "yr") or (_get(match, "r") not in ("", "that"))
    told = told or bool(pair and reader.value("month", pair[1])) or (not _get(match, "r") and reader.dated(start))
    if not told and reader.knows("shy", match["m"]):
        return None  # a name, or a verb
    return _yearly(match, reader, lambda year: f"{year}-{month}")


def _season(match: Match, reader: Reader) -> Value | None:
    season, after = reader.value("season", match["s"]), reader.text[match.end() : match.end() + 4]
    if not (_get(match, "y") or _get(match, "yr")):
        if not _get(match, "r") and not reader.dated(match.start()):
            return None  # "summer camp", "Prager Frühling"
        if reader.knows("shyseason", match["s"]) and after in (" of ", " in ", " fro"):
            return None  # "the fall of Kabul", "this fall in prices"
    return _yearly(match, reader, lambda year: f"{year}-{season}")


def _quarter(match: Match, reader: Reader) -> Value | None:
    number = int(reader.value("ordinal", _get(match, "q")) or _get(match, "q2"))
    if _get(match, "half") and 0 < number < 3:
        return _yearly(match, reader, lambda year: f"{year}-{6 * number - 5:02}/{year}-{6 * number:02}")
    return _yearly(match, reader, lambda year: f"{year}-{32 + number}") if 0 < number < 5 else None


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar."""
    century, moon = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * moon + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - moon) // 11))
    offset = epact - (year + year // 4 + epact + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(offset)


def _feast(rule: str, year: int) -> str:
    """Return the day of a feast: 12-24, or 11-4-4 (November, Thursday, the fourth; 5 is the last), or easter+49."""
    if rule.startswith("easter"):
        return f"{_easter(year) + timedelta(int(rule[6:]))}"
    month, day, *nth = (int(n) for n in rule.split("-"))
    if not nth:
        return f"{year}-{month:02}-{day:02}"
    days = [date(year, month, 1) + timedelta(n) for n in range(31)]
    fits = [d for d in days if d.month == month and d.isoweekday() == day]
    return f"{fits[-1] if nth[0] == 5 else fits[nth[0] - 1]}"


def _holiday(match: Match, reader: Reader) -> Value | None:
    rule = reader.value("holiday", _get(match, "h"))
    if not rule:  # "am letzten Sonntag im Mai"
        number = reader.value("ordinal", match["q"]).replace("-1", "5")
        rule = f"{reader.value('month', match['m'])}-{reader.value('weekday', match['w'])}-{number}"
    elif not (reader.dated(match.start()) or any(_get(match, g) for g in ("y", "yr", "r"))):
        return None  # "Christmas market"
    return _yearly(match, reader, lambda year: "/".join(_feast(r, year) for r in rule.split("/")))


def _birthday(match: Match, reader: Reader) -> Value | None:
    name = match["name"]
    known = reader.birthdays.get(name) or reader.birthdays.get(name.removesuffix("s"))
    if not known:
        return Value("") if re.search(r"(s|['’]s?) ", match[0]) else None  # "Am Geburtstag"
    return Value(reader.pick(match, lambda year: f"{year}-{known}~"))


def _weekday(match: Match, reader: Reader) -> Value:
    """Return a weekday: the last one, today included, or in the future the next one."""
    number, day = int(reader.value("weekday", match["w"])), reader.day
    step, week = (reader.value("rel", _get(match, group)) for group in ("r", "rw"))
    back, ahead = (day.isoweekday() - number) % 7, (number - day.isoweekday()) % 7
    if not (week or step or "0").lstrip("-").isdigit():
        return Value("")
    if week or step == "0":
        return Value(f"{day + timedelta(number - day.isoweekday() + 7 * int(week or 0))}")
    if step:
        return Value(f"{day + timedelta((ahead or 7) if int(step) > 0 else -(back or 7))}")
    edtf = f"{day + timedelta(ahead if reader.tense(*match.span()) else -back)}"
    return Value(_apply(edtf, "night")) if _get(match, "night") else Value(edtf, False, "week")


def _deictic(match: Match, reader: Reader) -> Value | None:
    """Return gestern, heuer, over night: a unit and a number of them from today."""
    before = reader.text[reader.sentence(match.start())[0] : match.start()].strip(" \"„“”»«'(")
    if match[0].startswith("Morgen") and before:
        return None  # "Guten Morgen"
    value, span = reader.value("deictic", match["k"]), match.span()
    loose = value == "D0" and reader.knows("nowadays", before.split(" ")[-1]) and reader.tense(*span) is not True
    if loose and not reader.text.startswith(" an ", span[1]):
        return Value("")  # "auch heute", "die Welt von heute"
    return Value("" if _get(match, "vague") else _shift(reader.day, value[0], int(value[1:])))


def _base(reader: Reader, unit: str) -> date | None:
    """Return the day to count from in the last date of the text, if that is as exact as the unit."""
    need, anchor = {"D": 10, "W": 10, "E": 10, "M": 7, "Y": 4}.get(unit, 99), reader.anchor
    exact = len(anchor) >= need and "X" not in anchor and anchor[5:7] < "13"
    return date.fromisoformat(_reach(anchor)[0]) if exact else None


def _unit(match: Match, reader: Reader) -> Value | None:
    """Return this, the last or the next week, month or year, or that of the last date in the text."""
    unit, relative, day = reader.value("unit", match["u"]), _get(match, "r"), reader.day
    step = reader.value("rel", relative)
    if unit == "D":  # "am nächsten Tag", "an diesem Tag"
        step = {"0": "same", "1": "after", "-1": ""}.get(step, step)
    if step in ("same", "after", "before"):
        base = _base(reader, unit)
        return Value(_shift(base, unit, {"same": 0, "after": 1, "before": -1}[step]) if base else "")
    if relative.casefold() == "past" and unit not in "EQ":
        return Value(f"{_about(_away(day, unit, -1))}/{_today(day, unit)}")
    if unit == "E":  # from Monday to Friday the next weekend is that of this week
        if not step and not reader.prefix(match.start()):
            return None
        tense, free = reader.tense(*match.span()), day.weekday() > 4
        over = {"": not free and not tense, "0": not free and tense is False, "1": not free}.get(step, False)
        return Value(_shift(day, unit, int(step or 0) - over))
    return Value(_shift(day, unit, int(step))) if step else None


def _partly(match: Match, reader: Reader) -> Value | None:
    """Return the beginning, middle or end of the current year, month or week, or of a year."""
    unit, part = reader.value("unit", _get(match, "u")), reader.value("part", _get(match, "part"))
    if not unit:
        unit, part = reader.value("bound", match["b"]).split()
    if unit == "D" and part != "at":
        return None  # "at the end of the day"
    if year := _known_year(match, reader):
        return Value(_part(f"{year}", part), True)
    edtf, day = _part(_shift(reader.day, unit, 0), part), reader.day
    late = _reach(edtf)[0] > day.isoformat() and reader.tense(*match.span()) is False
    return Value(_part(_shift(day, unit, -1), part) if late else edtf)


def _elapsed(match: Match, reader: Reader) -> Value | None:
    """Return "earlier this month": from its first day until yesterday; "later": from tomorrow on."""
    unit, day = reader.value("unit", match["u"]), reader.day
    if unit not in "WMY":
        return None
    current = _shift(day, unit, 0)
    low, high = _reach(f"{current}-01/{_last_day(current)}" if unit == "M" else current)
    if reader.value("later", match["k"]) == "-1":
        high = max(low, f"{day - timedelta(1)}")
    else:
        low = min(high, f"{day + timedelta(1)}")
    size = 7 if unit == "Y" else 10
    return Value(f"{low[:size]}~/{high[:size]}~")


def _count(match: Match, reader: Reader) -> tuple[int, str]:
    """Return the number and the unit of "drei Tagen"; 0 if the number is vague."""
    word, unit = _get(match, "n"), _get(match, "u") or _get(match, "u2")
    return int(word) if word.isdigit() else int(reader.value("number", word) or 0), reader.value("anyunit", unit)


def _ago(match: Match, reader: Reader) -> Value:
    n, unit = _count(match, reader)
    edtf = _away(reader.day, unit, -n) if n else ""
    edtf = _about(edtf) if reader.value("hedge", _get(match, "hedge")) else edtf
    return Value(_apply(edtf, reader.value("prefix", match[0].split()[0])) if _get(match, "since") else edtf)


def _ahead(match: Match, reader: Reader) -> Value:
    n, unit = _count(match, reader)
    return Value(_away(reader.day, unit, n) if n and reader.tense(*match.span()) is not False else "")


def _stretch(match: Match, reader: Reader) -> Value:
    """Return the last or the next three months, today's included."""
    (n, unit), step = _count(match, reader), reader.value("rel", match["r"])
    edge = _about(_away(reader.day, unit, n * int(step))) if n and step in ("-1", "1") else ""
    here = _today(reader.day, unit)
    return Value("" if not edge else f"{edge}/{here}" if step == "-1" else f"{here}/{edge}")


def _later(match: Match, reader: Reader) -> Value:
    """Return "zwei Tage später", "tags darauf", "im Jahr darauf", counted from the last date in the text."""
    if _get(match, "day"):
        base, step = _base(reader, "D"), reader.value("dayafter", match["day"])
        return Value(_shift(base, "D", int(step)) if base else "")
    (n, unit), step = _count(match, reader), reader.value("later", match["k"])
    base = _base(reader, unit)
    if base and not match["n"] and reader.value("unit", match["u"]):
        return Value(_shift(base, unit, int(step)))
    return Value(_away(base, unit, n * int(step)) if n and base else "")


def _counted(match: Match, reader: Reader) -> Value:
    """Return "zwei Tage nach …": without a date unless one follows."""
    n, unit = _count(match, reader)
    sign = "+" if reader.value("prefix", match["k"]) == "after" else "-"
    return Value("", False, f"{sign}{n}{unit}" if n and unit in "DWMY" else "")


def _decade(match: Match, reader: Reader) -> Value:
    if year := _get(match, "y"):
        return Value(f"{year[:3]}X", True)
    tens = reader.value("tens", match["t"]) or match["t"][0]
    return Value(f"19{tens}X" if tens not in "012" else "")  # "die 20er Jahre" may be of either century


def _century(match: Match, reader: Reader) -> Value | None:
    number = int(reader.value("ordinal", match["c"]) or (match["c"] if match["c"].isdigit() else 0))
    return Value(f"{number - 1:02}XX", True) if 0 < number < 23 else None


def _years(match: Match, reader: Reader) -> Value | None:
    first, last = match["y"], match["y"][: 4 - len(match["y2"])] + match["y2"]
    return Value(f"{first}/{last}", True) if 0 < int(last) - int(first) < 30 else None


def _year(match: Match, reader: Reader) -> Value | None:
    """Return a year unless the number counts or numbers something."""
    text, start, end = reader.text, match.start(), match.end()
    before, after = text[max(0, start - 30) : start].split(), text[end : end + 60].split(" ", 3)
    noun = re.sub(r"\W+$", "", after[1]) if len(after) > 1 and not after[0] else ""
    year, dated, more = int(match["y"]), reader.dated(start), AMOUNT.match(text, end)
    ranged = len(before) > 1 and re.fullmatch(r"[12]\d{3}", before[-2])  # "from 2015 to 2018"
    if match["c"]:
        return Value(match["y"], True)
    if not 1500 <= year <= 2100 or (year % 100 == 0 and not dated) or reader.knows("counted", noun):
        return None
    if before and reader.knows("numbered", before[-1]) and not ranged:
        return None  # "Resolution 2231"
    if more and (int(more[1]) > 2100 or reader.knows("counted", more[2])):
        return None  # "between 2000 and 2500 soldiers"
    if year % 50 == 0 and len(after) > 2 and re.fullmatch(r"[a-zäöüß]+e[nrs]?", noun) and after[2][:1].isupper():
        return None  # "2000 neue Soldaten"
    if reader.knows("weekday", "Montag") and noun[:1].isupper() and (year % 50 == 0 or not dated):
        return None  # "2014 Soldaten"
    return None if re.fullmatch(r"[a-z]{3,}[a-rt-z]s", noun) and not dated else Value(match["y"], True)


# In a pattern, <kind> stands for any word of that kind in the table, <name:kind> also names the group, and these:
MACROS = {
    "NUMBER": r"(?:(?:<hedge:hedge>\s+)*(?P<n>\d{1,3}|<number>|<vague>)\s+)",
    "TH": r"(?:st|nd|rd|th)?",
    "OPTREL": r"(?:<r:rel>\s+)?",
    "CLOCK": r"(?<![\d.,:])\d{1,2}(?:[.:]\d\d)?",
    "ANYDAY": r"(?:<weekday>|<unit>|<units>|<time>|<season>)",
    "DEDAY": r"(?:<w:weekday>(?:<daypart>)?,?\s+(?:de[nmr]\s+)?)?(?<![\d.])(?P<d>\d{1,2})\.",
    "ENDAY": r"(?:<w:weekday>,?\s+(?:the\s+)?)?",
    "DIGITS": r"(?<![\w.,:/$€£#])(?:(?<=[Mm]id-)|(?<!\D-))(?P<y>[12]\d{3})(?![\w%€$£°]|[.,:]\d|-[A-Za-zÄÖÜäöü])",
}
YEAR = {
    "de": r"(?:\s+(?:im\s+Jahre?\s+)?(?P<y>[12]\d{3})(?![.,]?\d|\w)|\s+(?:des\s+)?(?P<yr><rel>)\s+Jahres)?",
    "en": r"(?:(?:,\s*|\s+(?:of\s+)?)(?P<y>[12]\d{3})(?![.,]?\d|\w)|(?:\s+of)?\s+(?P<yr>last|this|next)\s+year)?",
}
DE, EN, BOTH = ("de",), ("en",), ("de", "en")
# The first rule that claims a place has it.
RULES: list[tuple[str, tuple[str, ...], str, Rule]] = [
    ("recurring", DE, r"<every>\s+(?:\w+\s+)?ANYDAY\w*(?:\s+im\s+(?:Monat|<month>))?|(?<!des )<weekly>", _no_date),
    ("recurring", EN, r"<every>\s+(?:\w+\s+)?ANYDAY(?:\s+<time>|\s+in\s+<month>)?|<weekly>", _no_date),
    ("iso", BOTH, r"(?P<y>[12]\d{3})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)", _date),
    ("date", DE, r"DEDAY\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>\d{4}|\d\d)(?![\d.:]|\s*Uhr))?(?!\d|\s?Uhr)", _date),
    (
        "date",
        DE,
        r"DEDAY(?:,\s*\d{1,2}\.)*\s*(?:<to>|<and>|/)\s*(?:de[nm]\s+)?(?P<d2>\d{1,2})\.\s*<m:month>YEAR",
        _date,
    ),
    ("date", DE, r"DEDAY\s*<m:month>YEAR", _date),
    ("date", EN, r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>[12]\d{3})(?!\d)", _numbers),
    (
        "date",
        EN,
        r"ENDAY<m:month>\s+(?:the\s+)?(?P<d>\d{1,2})TH(?:\s*(?:<to>|<and>)\s*(?:the\s+)?(?P<d2>\d{1,2})TH)?"
        r"(?![.,:]?\d|\s*(?:[ap]\.?m|percent|people))YEAR",
        _date,
    ),
    (
        "date",
        EN,
        r"ENDAY(?<![\d.,])(?P<d>\d{1,2})TH(?:\s*(?:<to>|<and>)\s*(?:the\s+)?(?P<d2>\d{1,2})TH)?\s+(?:of\s+)?"
        r"<m:month>YEAR",
        _date,
    ),
    ("date", BOTH, r"<q:ordinal>\s+<w:weekday>\s+(?:im|in|of)\s+<m:month>YEAR", _holiday),
    ("birthday", DE, r"Geburtstage?s?\s+von\s+(?:[A-ZÄÖÜ]\w+\s+)*(?P<name>[A-ZÄÖÜ]\w+)", _birthday),
    ("birthday", DE, r"(?P<name>[A-ZÄÖÜ]\w+)['’]?\s+(?:\d+\.\s+)?Geburtstage?s?", _birthday),
    ("birthday", EN, r"(?P<name>[A-Z]\w+)['’]s?\s+(?:\d+TH\s+)?birthday", _birthday),
    ("ago", DE, r"(?:(?:[Hh]eute\s+)?[Vv]or|(?P<since>[Ss]eit))\s+NUMBER?<u:anyunit>", _ago),
    ("ago", EN, r"NUMBER?<u:anyunit>\s+ago", _ago),
    ("ahead", BOTH, r"(?<!time )[Ii]n\s+NUMBER<u:anyunit>(?!['’])", _ahead),
    ("stretch", BOTH, r"<r:rel>\s+NUMBER<u:anyunit>", _stretch),
    ("stretch", BOTH, r"<r:rel>\s+<u:units>", _stretch),
    ("later", BOTH, r"<day:dayafter>", _later),
    (
        "daypart",
        DE,
        r"(?:[Aa]m|[Gg]egen|[Ii]n\s+de[rn])\s+(?:(?:früh|spät)e[nr]\s+)?<time>(?!\s+(?:de[sr]|zu[mr]?|auf|vo[mn])\b)",
        _no_date,
    ),
    (
        "daypart",
        EN,
        r"(?:[Ii]n|[Oo]n|[Bb]y|[Dd]uring|[Aa]t|[Aa]round|[Aa]bout)\s+(?:the\s+)?(?:early\s+|late\s+)?<time>"
        r"(?!\s+(?:of|before|after)\b)",
        _no_date,
    ),
    (
        "weekday",
        EN,
        r"(?P<night>[Oo]vernight\s+(?:into|to|on)|night\s+from\s+<weekday>\s+to|<weekday>(?:\s+night)?\s+into)\s+"
        r"<w:weekday>",
        _weekday,
    ),
    (
        "deictic",
        DE,
        r"<k:deictic>(?:\s+(?:<daypart>|<weekday>(?:<daypart>)?|Tage?s?))?"
        r"(?P<vague>\s+(?:noch|längst|nicht\s+mehr|meist|oft)\b)?",
        _deictic,
    ),
    ("deictic", EN, r"<k:deictic>(?:\s+<daypart>)?(?!\s+(?:stay|train|trip|bus))", _deictic),
    (
        "count",
        DE,
        r"(?:NUMBER<u:anyunit>|<u2:units>)\s+(?P<k>nach|vor)(?=\s+(?:de[rmn]|(?:sein|ihr|ein|dies)e[rmn]|[A-ZÄÖÜ\d]))",
        _counted,
    ),
    ("count", EN, r"NUMBER?<u:anyunit>\s+(?P<k>after|before)(?=\s+\w)", _counted),
    ("later", BOTH, r"NUMBER?<u:anyunit>\s+<k:later>", _later),
    ("quarter", DE, r"<q:ordinal>\s+(?:Quartal|(?P<half>Halbjahr|Jahreshälfte))s?YEAR", _quarter),
    (
        "quarter",
        EN,
        r"(?:<q:ordinal>(?:\s+|-)(?:quarter|(?P<half>half))(?=\s+(?:of\s+)?(?:[12]\d{3}|last|this|next))|Q(?P<q2>[1-4]))"
        r"YEAR",
        _quarter,
    ),
    ("decade", DE, r"(?P<y>\d{3}0)er(?:[-\s]Jahre?n?)?|(?P<t>\d0er|<tens>)[-\s]?[jJ]ahre?n?", _decade),
    (
        "decade",
        EN,
        r"(?P<y>\d{3}0)['’]?s|(?:(?<=the )|(?<=late )|(?<=early )|(?<=mid-))['’]?(?P<t>\d0s|<tens>)",
        _decade,
    ),
    ("century", DE, r"(?P<c>\d{1,2})\.\s+(?:Jahrhunderts?|Jh\.)", _century),
    ("century", EN, r"(?P<c>\d{1,2}(?=st|nd|rd|th)|<ordinal>)TH[-\s]century", _century),
    ("holiday", BOTH, r"OPTREL<h:holiday>YEAR", _holiday),
    ("season", BOTH, r"OPTREL<s:season>YEAR(?:/\d\d(?:\d\d)?)?", _season),
    ("month", BOTH, r"OPTREL<m:month>YEAR", _month),
    ("weekday", DE, r"(?P<night>Nacht\s+vo[nm]\s+<weekday>\s+(?:auf|zum))\s+<w:weekday>", _weekday),
    ("weekday", DE, r"<rw:rel>\s+Woche\s+(?:am\s+)?<w:weekday>(?:\s?<daypart>)?", _weekday),
    ("weekday", DE, r"OPTREL<w:weekday>(?:\s?<daypart>)?(?:,?\s+(?:(?:in\s+)?der\s+)?<rw:rel>\s+Woche)?", _weekday),
    ("weekday", EN, r"OPTREL<w:weekday>(?:\s+<daypart>)?(?:\s+(?:of\s+)?<rw:rel>\s+week)?", _weekday),
    ("part", BOTH, r"<b:bound>(?:\s+(?P<y>[12]\d{3})(?:/\d\d(?:\d\d)?)?)?", _partly),
    ("part", BOTH, r"<part:part>\s+(?:des|der|(?:in\s+)?the)\s+<u:unit>(?:\s+(?P<y>[12]\d{3}))?", _partly),
    ("elapsed", BOTH, r"<k:later>\s+(?:(?:in\s+)?this|in\s+the|in\s+diese[mr])\s+<u:unit>", _elapsed),
    ("unit", BOTH, r"<r:rel>\s+<u:unit>", _unit),
    ("unit", BOTH, r"<u:weekend>(?!\s+of)", _unit),
    ("nth", DE, r"der\s+<ordinal>\s+Woche", _no_date),
    ("years", BOTH, r"(?<![\d.,/])(?P<y>[12]\d{3})/\s?(?P<y2>\d{4}|\d\d)(?![./]?\d)", _years),
    ("year", BOTH, r"(?P<c>(?:[Ii]m|des)\s+Jahre?s?\s+|[Aa]nno\s+|(?:[Ii]n\s+t|T|t)he\s+year\s+)?DIGITS", _year),
    ("clock", DE, r"CLOCK(?:(?=(?:\s*(?:[-–?/]|bis|und)\s*\d{1,2}(?:[.:]\d\d)?)+\s*[Uu]hr)|\s*[Uu]hr)", _no_date),
    ("clock", EN, r"CLOCK(?:\s?(?:[ap]\.m\.|[ap]m)|\s*o['’]clock)", _no_date),
    ("now", BOTH, r"<now>", _no_date),
]
# The kinds of words of which a text without a date has none, and what numbers look like in a date.
HINTS = (
    "month",
    "weekday",
    "weekly",
    "deictic",
    "season",
    "holiday",
    "anyunit",
    "time",
    "dayafter",
    "bound",
    "now",
    "tens",
)
DIGITS = r"\d{4}|\d\d?(?:\.\s?\d|:\d|er\b|\s?[ap]\.?m|/\d|\s*Uhr)"
MIXED = {"anyunit": ("unit", "units"), "before": ("prefix", "part")}  # kinds that are read together


def _calendar(language: str) -> list[dict[str, str]]:
    return [row for row in records(read_reference("calendar")) if row["language"] == language]


def _pattern(form: str) -> str:
    """Return the pattern of a form of the table; its first letter may be a capital one at the start of a sentence."""
    plain = re.escape(form.rstrip("*")).replace(r"\ ", r"\s+")
    head = f"[{form[0]}{form[0].upper()}]{plain[1:]}" if form[0].islower() else plain
    return head + ("(?:e[nrms]?)?" if form.endswith("*") else "")


def _any(forms: Iterable[str]) -> str:
    return "(?:" + "|".join(_pattern(f) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"


@cache
def _grammar(language: str) -> Grammar:
    """Return the compiled calendar of a language."""
    forms: dict[str, list[str]] = {}
    words: dict[str, dict[str, str]] = {}
    rows = _calendar(language)
    rows += [{**row, "kind": kind} for kind, kinds in MIXED.items() for row in rows if row["kind"] in kinds]
    for row in rows:
        for form in row["words"].split("|"):
            forms.setdefault(row["kind"], []).append(form)
            for ending in ENDINGS if form.endswith("*") else ("",):
                words.setdefault(row["kind"], {})[form.rstrip("*").casefold() + ending] = row["value"]
    choice = {kind: _any(alternatives) for kind, alternatives in forms.items()}

    def expand(pattern: str) -> str:
        for macro, text in {**MACROS, "YEAR": YEAR[language]}.items():
            pattern = re.sub(rf"(?<![A-Z]){macro}(?![A-Z]{{2}})", text.replace("\\", r"\\"), pattern)
        pattern = re.sub(r"<(\w+):(\w+)>", r"(?P<\1><\2>)", pattern)
        return re.sub(r"(?<!\?P)<(\w+)>", lambda m: choice[m[1]], pattern)

    stems: dict[str, list[str]] = {}  # by first letter: one look at a letter rules out most words at once
    for form in sorted({f.rstrip("*") for kind in HINTS for f in forms[kind]}):
        for first in {form[0], form[0].upper()}:
            stems.setdefault(first, []).append(re.escape(form[1:]).replace(r"\ ", r"\s+"))
    hints = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(stems.items()))
    ending = {"de": r"[a-zäöüß]+t(?:e|en)", "en": r"[a-z]+ed"}[language]
    past = rf"(?<!be )(?:{choice['past']}|{ending})(?! w(?:erden|ird|erde)\b)"
    cues = rf"{choice['nopast']}|(?P<future>{choice['future']}|zu [a-zäöüß]+en)|(?P<past>{past})"
    rules = [rule for rule in RULES if language in rule[1]]
    return Grammar(
        words,
        re.compile(rf"\b(?:{DIGITS}|Geburtstag|birthday|{hints})"),
        re.compile(rf"(?<!\w)({choice['before']})(?:\s+|(?<=-))$"),
        re.compile(rf"\s*(?:{choice['to']}|(?P<and>{choice['and']}))\s*(?:(?:dem|den|der|the)\s+)?"),
        re.compile(rf"(?<!\w)(?:{cues})(?!\w)"),
        tuple((n, re.compile(rf"(?<!\w)(?:{expand(p)})(?!\w)"), rule) for n, spoken, p, rule in rules),
    )
