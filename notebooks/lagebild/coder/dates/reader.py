"""A text while its dates are read, with its sentences and tenses; and what names a date of the calendar."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthcalendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple, Protocol

from dateutil.easter import easter

from lagebild.coder.dates.patterns import Calendar
from lagebild.coder.model import Span
from lagebild.core import edtf as calendar

Match = re.Match[str]
SOON = 92  # a date without a year and a tense is the next one if it is at most so many days ahead …
FAR = 270  # … and never one that is farther ahead than this: one would name the year
WORD = re.compile(r"[^\s\W][^\s]*|[^\W_]")


class TensedSentence(Protocol):
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
    """A text while it is read."""

    text: str
    day: date
    grammar: Calendar
    birthdays: Mapping[str, str]
    sentences: Sequence[TensedSentence]
    anchor: str = ""  # the last date before the place that is read
    named: tuple[int, int] = (-1, 0)  # the sentence and the year of the last full one

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
        sentence = self.sentences[self.number(place)]
        return sentence.start, sentence.end

    def tense(self, start: int, end: int) -> bool | None:
        """Return true for the future, false for the past, None if nothing shows."""
        (word, place), text = self.lead(start) or ("", start), self.text
        opens, closes = self.value("opens", word), self.value("closes", word)
        if closes == "since" or (closes and not self.grammar.context("ranged").search(text[start : end + 5])):
            return False  # "der Brief vom 5. Mai", "die Wahl von Sonntag"
        sentence = self.sentences[self.number(start)]
        if word and self.has_article(place) and not sentence.is_relative(start):  # "die am Freitag geplante Wahl"
            return any(self.knows("planned", w.strip(".,")) for w in text[end : end + 40].split()[:3])
        tense = sentence.tense(start, end)
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
        begun = [d for d in dates if calendar.ends(d)[0] <= today]
        ahead = [d for d in dates if calendar.ends(d)[1] >= today]
        soon, far = (f"{self.day + timedelta(n)}" for n in (SOON, FAR))
        if not begun or not ahead:
            return (begun[-1:] + ahead[:1] + [""])[0]
        first = calendar.ends(ahead[0])[0]
        return ahead[0] if first <= far and (tense or (tense is None and today < first <= soon)) else begun[-1]


# --- What a match names: None if it is no date, an empty date if it is vague, recurs or hangs on an event ---


class Value(NamedTuple):
    """What a reading makes of a match: `loose` is what the text leaves open, "year" or "week", or a count, "+2D"."""

    edtf: str
    stated: bool = False
    loose: str = ""


def get(match: Match, group: str) -> str:
    """Return a group of a match; empty if the pattern has none."""
    return match.groupdict().get(group) or ""


def _no_date(match: Match, reader: Reader) -> Value:
    return Value("")


def _no_match(match: Match, reader: Reader) -> None:
    """Return nothing: a name that holds the words of a date."""


def known_year(match: Match, reader: Reader) -> int | None:
    """Return the year that a match names or counts."""
    if year := get(match, "y"):
        year = year.lstrip("'’")
        full = int(year) if len(year) == 4 else 100 * (reader.day.year // 100) + int(year)
        return full if len(year) == 4 or full <= reader.day.year + 10 else full - 100
    step = reader.value("rel", get(match, "yr"))
    return reader.day.year + int(step) if step.lstrip("-").isdigit() else None


def _date(match: Match, reader: Reader) -> Value | None:
    named, weekday = reader.value("month", match["m"]), reader.value("dayname", get(match, "w"))

    def make(year: int) -> str:
        return _make_days(match, year, named or match["m"])

    if year := known_year(match, reader):
        return Value(edtf, bool(get(match, "y"))) if (edtf := make(year)) else None
    if not named and not weekday and not reader.before(match.start()) and not reader.listed(match.start()):
        return None  # "Kapitel 3.2."
    dates = [d for n in (0, -1, 1) if (d := make(reader.day.year + n))]
    fits = [d for d in dates if weekday and date.fromisoformat(d[:10]).isoweekday() == int(weekday)]
    edtf = fits[0] if fits else reader.pick(match, make)
    return Value(edtf, False, "year") if edtf else None


def _make_days(match: Match, year: int, month: str) -> str:
    """Return the one or two days of a match in a month; empty if it has none such."""
    days = [int(d) for d in (match["d"], get(match, "d2")) if d]
    try:
        return "/".join(f"{date(year, int(month), day)}" for day in days if days == sorted(days))
    except ValueError:
        return ""


def _numbers(match: Match, reader: Reader) -> Value | None:  # a day only if one of the numbers can be no month
    low, high = sorted((int(match["a"]), int(match["b"])))
    if not (1 <= low <= 12 and high <= 31):
        return None
    return Value(f"{match['y']}-{low:02}-{high:02}" if high > 12 or low == high else match["y"], True)


def _yearly(match: Match, reader: Reader, make: Callable[[int], str]) -> Value:
    """Return a yearly date: with the year of the text, or the one that "last", "this", "next" or the tense asks for."""
    if year := known_year(match, reader):
        return Value(make(year), bool(get(match, "y")))
    relative, today = get(match, "r"), reader.day.isoformat()
    if not relative:
        return Value(reader.pick(match, make), False, "year")
    step, dates = reader.value("rel", relative), [make(reader.day.year + n) for n in range(-3, 4)]
    if not step.lstrip("-").isdigit():
        return Value("")
    if int(step) < 0:
        return Value([d for d in dates if calendar.ends(d)[1] < today][int(step)])
    return Value([d for d in dates if calendar.ends(d)[0] > today][int(step) - 1] if int(step) else dates[3])


def _month(match: Match, reader: Reader) -> Value | None:
    month, start = reader.value("month", match["m"]), match.start()
    pair = reader.grammar.context("paired").search(reader.text[max(0, start - 24) : start])
    relative = get(match, "r")
    pointing = reader.grammar.context("pointing").fullmatch(relative)  # that May
    stated = get(match, "y") or get(match, "yr") or (relative and not pointing)
    stated = stated or bool(pair and reader.value("month", pair[1])) or (not get(match, "r") and reader.dated(start))
    if not stated and reader.knows("shy", match["m"]) and not reader.follows("pairing", match.end()):
        return None  # a name, or a verb
    return _yearly(match, reader, lambda year: f"{year}-{month}")


def _season(match: Match, reader: Reader) -> Value | None:
    season = reader.value("season", match["s"])
    if not (get(match, "y") or get(match, "yr")):
        if not get(match, "r") and not reader.dated(match.start()):
            return None  # "summer camp", "Prager Frühling"
        if reader.knows("shyseason", match["s"]) and reader.follows("shyseason", match.end()):
            return None  # "the fall of Kabul", "this fall in prices"
    return _yearly(match, reader, lambda year: f"{year}-{season}")


def _quarter(match: Match, reader: Reader) -> Value | None:
    number = int(reader.value("ordinal", get(match, "q")) or get(match, "q2"))
    if get(match, "half") and 0 < number < 3:
        return _yearly(match, reader, lambda year: f"{year}-{6 * number - 5:02}/{year}-{6 * number:02}")
    return _yearly(match, reader, lambda year: f"{year}-{32 + number}") if 0 < number < 5 else None


def _holiday(match: Match, reader: Reader) -> Value | None:
    rule = reader.value("holiday", get(match, "h"))
    if not rule:  # "am letzten Sonntag im Mai"
        number = reader.value("ordinal", match["q"]).replace("-1", "5")
        rule = f"{reader.value('month', match['m'])}-{reader.value('weekday', match['w'])}-{number}"
    elif not (reader.dated(match.start()) or any(get(match, g) for g in ("y", "yr", "r"))):
        return None  # "Christmas market"
    return _yearly(match, reader, lambda year: "/".join(_find_holiday(r, year) for r in rule.split("/")))


def _find_holiday(rule: str, year: int) -> str:
    """Return the day of a feast: 12-24, or 11-4-4 (November, Thursday, the fourth; 5 is the last), or easter+49."""
    if rule.startswith("easter"):
        return f"{easter(year) + timedelta(int(rule[6:]))}"
    month, day, *nth = (int(n) for n in rule.split("-"))
    if nth:
        days = [week[day - 1] for week in monthcalendar(year, month) if week[day - 1]]
        day = days[-1] if nth[0] == 5 else days[nth[0] - 1]
    return f"{year}-{month:02}-{day:02}"


def _birthday(match: Match, reader: Reader) -> Value | None:
    name = match["name"]
    known = reader.birthdays.get(name) or reader.birthdays.get(name.removesuffix("s"))
    if not known:
        return Value("") if re.search(r"(s|['’]s?) ", match[0]) else None  # "Am Geburtstag"
    return Value(reader.pick(match, lambda year: f"{year}-{known}~"))


def _decade(match: Match, reader: Reader) -> Value:
    if year := get(match, "y"):
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
    year, dated = int(match["y"]), reader.dated(match.start())
    unlikely = not 1500 <= year <= 2100 or (year % 100 == 0 and not dated)
    if match["c"]:
        return Value(match["y"], True)
    if unlikely or _is_numbered(match, reader) or _opens_amount(match, reader) or _counts(match, reader, year, dated):
        return None
    return Value(match["y"], True)


def _is_numbered(match: Match, reader: Reader) -> bool:  # Resolution 2231, 0471 1955
    before = reader.text[max(0, match.start() - 30) : match.start()].split()
    if len(before) > 1 and re.fullmatch(r"[12]\d{3}", before[-2]):
        return False  # "from 2015 to 2018"
    return bool(before) and (reader.knows("numbered", before[-1]) or before[-1].isdigit())


def _opens_amount(match: Match, reader: Reader) -> bool:  # between 2000 and 2500 soldiers
    more = reader.grammar.context("amount").match(reader.text, match.end())
    return more is not None and (int(more[1]) > 2100 or reader.knows("counted", more[2]))


def _counts(match: Match, reader: Reader, year: int, dated: bool) -> bool:
    after = reader.text[match.end() : match.end() + 60].split(" ", 3)
    noun = re.sub(r"\W+$", "", after[1]) if len(after) > 1 and not after[0] else ""
    adjective, plural = (reader.grammar.context(name).fullmatch(noun) for name in ("adjective", "plural"))
    if year % 50 == 0 and len(after) > 2 and adjective and after[2][:1].isupper():
        return True  # "2000 neue Soldaten"
    if reader.grammar.capital_nouns and noun[:1].isupper() and (year % 50 == 0 or not dated):
        return True  # "2014 Soldaten"
    return reader.knows("counted", noun) or (plural is not None and not dated)


DATES = (_date, _numbers, _month, _season, _quarter, _holiday, _birthday, _decade, _century, _years, _year)
READINGS: dict[str, Callable[[Match, Reader], Value | None]] = {
    **{read.__name__[1:]: read for read in DATES},
    **dict.fromkeys(("recurring", "daypart", "clock", "now"), _no_date),
    "name": _no_match,
}
