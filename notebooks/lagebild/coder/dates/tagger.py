"""Finds the dates in a text and says them in EDTF, levels 0 and 1: never more exact than the text.

All words come from the table `calendar`, which `patterns` puts together; what names a date of it is read in `reader`,
what counts from the day of publication or the last date of the text here. A phrase is widened by the words before it
(seit, Ende, in der Nacht zum …), and joined to the one before it where both are the ends of a range.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from lagebild.coder.dates.patterns import NEVER, TOKEN, grammar
from lagebild.coder.dates.reader import READINGS, Match, Reader, TensedSentence, Value, get, known_year
from lagebild.coder.model import Span
from lagebild.core import Reference, edtf as dates


def _weekday(match: Match, reader: Reader) -> Value:
    """Return a weekday: the last one, today included, or in the future the next one."""
    number, day = int(reader.value("weekday", match["w"])), reader.day
    step, week = (reader.value("rel", get(match, group)) for group in ("r", "rw"))
    back, ahead = (day.isoweekday() - number) % 7, (number - day.isoweekday()) % 7
    if not (week or step or "0").lstrip("-").isdigit():
        return Value("")
    if week or step == "0":
        return Value(f"{day + timedelta(number - day.isoweekday() + 7 * int(week or 0))}")
    if step:
        return Value(f"{day + timedelta((ahead or 7) if int(step) > 0 else -(back or 7))}")
    later = reader.planned(match.start()) or reader.comes(*match.span())
    edtf = f"{day + timedelta(ahead if later else -back)}"
    return Value(dates.apply_modifier(edtf, "night")) if get(match, "night") else Value(edtf, False, "week")


def _deictic(match: Match, reader: Reader) -> Value | None:
    """Return gestern, heuer, over night: a unit and a number of them from today."""
    before = reader.text[reader.sentence(match.start())[0] : match.start()].strip(" \"„“”»«'(")
    if before and reader.follows("morning", match.start()):
        return None  # "Guten Morgen"
    value, span = reader.value("deictic", match["k"]), match.span()
    loose = value == "D0" and reader.knows("nowadays", before.split(" ")[-1]) and reader.tense(*span) is not True
    if (loose and not reader.follows("onward", span[1])) or _is_nowadays(match, reader):
        return Value("")  # "auch heute", "die Welt von heute"
    if get(match, "night") and value == "D0":  # "heute Nacht": the last one, or the next
        return Value(dates.shift(reader.day, "N", reader.tense(*span) is not False))
    return Value("" if get(match, "vague") else dates.shift(reader.day, value[0], int(value[1:])))


def _is_nowadays(match: Match, reader: Reader) -> bool:
    """Whether "heute" is these times rather than this day: it dates what lasts, or something that does not happen."""
    start, end = match.span()
    alone = reader.knows("broad", match[0]) and not (reader.follows("timed", end) or reader.follows("onward", end))
    if not alone:
        return False
    if reader.grammar.context("attribute").fullmatch(match[0]):  # "die heutige Türkei"
        return not reader.follows("happening", end)
    word = reader.lead(start)
    return reader.lasts(start) and (word is None or reader.value("prefix", word[0]) == "at")


def _base(reader: Reader, unit: str) -> date | None:
    """Return the day to count from in the last date of the text, if that is as exact as the unit."""
    need, anchor = {"D": 10, "W": 10, "E": 10, "M": 7, "Y": 4}.get(unit, 99), reader.anchor
    exact = len(anchor) >= need and "X" not in anchor and anchor[5:7] < "13"
    return date.fromisoformat(dates.ends(anchor)[0]) if exact else None


def _unit(match: Match, reader: Reader) -> Value | None:
    unit, relative, day = reader.value("unit", match["u"]), get(match, "r"), reader.day
    step = reader.value("rel", relative)
    if unit == "D":  # "am nächsten Tag", "an diesem Tag"
        step = {"0": "same", "1": "after", "-1": ""}.get(step, step)
    if step in ("same", "after", "before"):
        base = _base(reader, unit)
        return Value(dates.shift(base, unit, {"same": 0, "after": 1, "before": -1}[step]) if base else "")
    if reader.knows("running", relative) and unit not in "EQ":
        return Value(f"{dates.about(dates.offset(day, unit, -1))}/{dates.current(day, unit)}")
    if unit == "E":  # from Monday to Friday the next weekend is that of this week
        if not step and not reader.before(match.start()):
            return None
        tense, free = reader.comes(*match.span()), day.weekday() > 4
        over = {"": not free and not tense, "0": not free and tense is False, "1": not free}.get(step, False)
        return Value(dates.shift(day, unit, int(step or 0) - over))
    return Value(dates.shift(day, unit, int(step))) if step else None


def _nth(match: Match, reader: Reader) -> Value:
    """Return "die dritte Woche" of the month that the last date in the text lies in; a week belongs to its Thursday."""
    number, base = int(reader.value("ordinal", match["q"])), _base(reader, "M")
    if base is None or number < 1:
        return Value("")
    return Value(dates.shift(base.replace(day=1), "W", number - (base.replace(day=1).weekday() < 4)))


def _part(match: Match, reader: Reader) -> Value | None:
    unit, part = reader.value("unit", get(match, "u")), reader.value("part", get(match, "part"))
    if not unit:
        unit, part = reader.value("bound", match["b"]).split()
    if unit == "D" and part != "at":
        return None  # "at the end of the day"
    if year := known_year(match, reader):
        return Value(dates.part_of(f"{year}", part), True)
    edtf, day = dates.part_of(dates.shift(reader.day, unit, 0), part), reader.day
    late = dates.ends(edtf)[0] > day.isoformat() and reader.tense(*match.span()) is False
    return Value(dates.part_of(dates.shift(day, unit, -1), part) if late else edtf)


def _elapsed(match: Match, reader: Reader) -> Value | None:
    """Return "earlier this month": from its first day until yesterday; "later": from tomorrow on."""
    unit, day = reader.value("unit", match["u"]), reader.day
    if unit not in "WMY":
        return None
    current = dates.shift(day, unit, 0)
    low, high = dates.ends(f"{current}-01/{dates.last_day(current)}" if unit == "M" else current)
    if reader.value("later", match["k"]) == "-1":
        high = max(low, f"{day - timedelta(1)}")
    else:
        low = min(high, f"{day + timedelta(1)}")
    size = 7 if unit == "Y" else 10
    return Value(f"{low[:size]}~/{high[:size]}~")


def _read_count(match: Match, reader: Reader) -> tuple[int, str]:
    """Return the number and the unit of "drei Tagen"; 0 if the number is vague."""
    word, unit = get(match, "n"), get(match, "u") or get(match, "u2")
    return int(word) if word.isdigit() else int(reader.value("number", word) or 0), reader.value("anyunit", unit)


def _ago(match: Match, reader: Reader) -> Value:
    n, unit = _read_count(match, reader)
    edtf = dates.offset(reader.day, unit, -n) if n else ""
    edtf = dates.about(edtf) if reader.value("hedge", get(match, "hedge")) else edtf
    return Value(
        dates.apply_modifier(edtf, reader.value("prefix", match[0].split()[0])) if get(match, "since") else edtf
    )


def _ahead(match: Match, reader: Reader) -> Value:
    n, unit = _read_count(match, reader)
    return Value(dates.offset(reader.day, unit, n) if n and reader.tense(*match.span()) is not False else "")


def _stretch(match: Match, reader: Reader) -> Value:
    (n, unit), step = _read_count(match, reader), reader.value("rel", match["r"])
    edge = dates.about(dates.offset(reader.day, unit, n * int(step))) if n and step in ("-1", "1") else ""
    here = dates.current(reader.day, unit)
    return Value("" if not edge else f"{edge}/{here}" if step == "-1" else f"{here}/{edge}")


def _later(match: Match, reader: Reader) -> Value:
    """Return "zwei Tage später", "tags darauf", "im Jahr darauf", counted from the last date in the text."""
    if get(match, "day"):
        base, step = _base(reader, "D"), reader.value("dayafter", match["day"])
        return Value(dates.shift(base, "D", int(step)) if base else "")
    (n, unit), step = _read_count(match, reader), reader.value("later", match["k"])
    base = _base(reader, unit)
    if base and not match["n"] and reader.value("unit", match["u"]):
        return Value(dates.shift(base, unit, int(step)))
    return Value(dates.offset(base, unit, n * int(step)) if n and base else "")


def _count(match: Match, reader: Reader) -> Value:  # without a date unless one follows
    n, unit = _read_count(match, reader)
    sign = "+" if reader.value("prefix", match["k"]) == "after" else "-"
    return Value("", False, f"{sign}{n}{unit}" if n and unit in "DWMY" else "")


COUNTS = (_weekday, _deictic, _unit, _part, _elapsed, _ago, _ahead, _stretch, _later, _count, _nth)
READ = READINGS | {read.__name__[1:]: read for read in COUNTS}
PLAIN = ("clock", "now", "era")  # phrases that no word before them changes
LATE = ("clock", "daypart")  # phrases that take their day from the other dates of their sentence
ANCHOR = re.compile(r"[\dX-]+")


@dataclass(frozen=True)
class DatePhrase:
    """A date in a text."""

    start: int
    end: int
    text: str
    edtf: str  # empty if the phrase recurs, is vague, or counts from an event without a date
    basis: str  # stated if the text gives the year, relative if counted from the publication or another date
    rule: str  # that fired: clock and now hold no date of their own
    weekday: bool = False  # whether the direction hangs on the tense alone


Phrases = list[tuple[DatePhrase, str]]


def find_dates(
    reference: Reference,
    text: str,
    language: str,
    published: str,
    sentences: Sequence[TensedSentence],
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
            new, loose = _widen(match, name, value, reader, least), value.loose
            if phrases:  # the new one may end the range or the count that the last one began
                pair = _Pair(*phrases.pop(), new, loose, reader)
                joined = (both for join in JOINS if (both := join(pair)))
                phrases += next(joined, [(pair.last, pair.open), (new, loose)])
            else:
                phrases = [(new, loose)]
            last = phrases[-1][0]
            reader.anchor = last.edtf if ANCHOR.fullmatch(last.edtf) else reader.anchor
            full = last.rule in ("date", "month") and last.basis == "stated"
            if full and not reader.has_article(last.start):
                reader.named = reader.sentence(last.start)[0], int(last.edtf.strip("./")[:4])
    return _date_late([date_phrase for date_phrase, _ in phrases], reader)


def _date_late(date_phrases: list[DatePhrase], reader: Reader) -> list[DatePhrase]:
    """Give the times and parts of a day among the dates of a text their day."""
    others = [p for p in date_phrases if p.rule not in (*LATE, *PLAIN)]
    near = [p for p in others if dates.is_day(p.edtf) or not p.edtf]
    past = [p for p in others if dates.is_day(p.edtf) and p.edtf <= reader.day.isoformat()]
    return [_late(p, near, past, reader) if p.rule in LATE else p for p in date_phrases]


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
    return sorted(found, key=lambda match: match[0].start())


def _index_words(reader: Reader, sentence: TensedSentence) -> dict[str, list[int]]:
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
        start, edtf = start if change == "skip" else place, dates.apply_modifier(edtf, change)
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
        return dates.move_to_year(self.last.edtf, int(year)) if self.open == "year" and year.isdigit() else ""

    def joined(self, edtf: str, rule: str, basis: str) -> Phrases:
        """Return both as one phrase."""
        text = self.reader.text[self.last.start : self.new.end]
        return [(DatePhrase(self.last.start, self.new.end, text, edtf, basis, rule), "")]


def _count_on(pair: _Pair) -> Phrases | None:
    """Count from a date behind: zwei Tage nach dem 5. Mai, ein Jahr nach dem Angriff vom 7. Oktober 2023."""
    new, count = pair.new, pair.open
    counted = pair.last.rule == "count" and pair.reader.grammar.context("event").fullmatch(pair.gap)
    if not counted or not dates.is_day(new.edtf.split("/")[0]):
        return None
    edtf = dates.offset(date.fromisoformat(new.edtf[:10]), count[-1], int(count[:-1])) if count else ""
    edtf = dates.about(edtf) if edtf and new.edtf.split("/")[0].endswith("~") else edtf
    return pair.joined(edtf, "count", new.basis if edtf else "")


def _count_back(pair: _Pair) -> Phrases | None:  # on Monday, a day after ….
    last, new, count = pair.last, pair.new, pair.loose
    if new.rule != "count" or not count or pair.gap != ", " or not dates.is_day(last.edtf):
        return None
    edtf = dates.offset(date.fromisoformat(last.edtf[:10]), count[-1], -int(count[:-1]))
    return [(last, pair.open), (replace(new, edtf=edtf, basis="relative"), "")]


def _give_year(pair: _Pair) -> Phrases | None:  # im August vor zwei Jahren, im Mai des Vorjahres
    new = pair.new
    close = not pair.gap.strip() or (pair.gap.count(" ") == 2 and pair.reader.has_article(new.start))
    if new.rule in ("ago", "deictic") and len(new.edtf.rstrip("~")) == 4 and close and pair.moved:
        return pair.joined(pair.moved, new.rule, new.basis)
    return None


def _share_year(pair: _Pair) -> Phrases | None:  # im April und Mai 2024
    last, new = pair.last, pair.new
    joined = pair.link is not None and pair.link["joined"] and not pair.begun
    if (joined or _goes_on(pair)) and new.basis == "stated" and last.rule == new.rule and pair.moved:
        return [(replace(last, edtf=pair.moved), ""), (new, pair.loose)]
    return None


WEEKS = 14  # days within which a sentence goes on from one day to the next


def _goes_on(pair: _Pair) -> bool:
    """Whether a sentence goes on from one day to one soon after it: visited X on 4 April and Y on 6 April 2016."""
    first, then, sentence = pair.moved[:10], pair.new.edtf[:10], pair.reader.sentence
    if not (dates.is_day(first) and dates.is_day(then)) or sentence(pair.last.start) != sentence(pair.new.start):
        return False
    if abs(int(first[:4]) - int(pair.last.edtf[:4])) > 1:
        return False  # on 4 April they marked the attack of 7 April 1990
    return timedelta(0) < date.fromisoformat(then) - date.fromisoformat(first) <= timedelta(WEEKS)


def _make_range(pair: _Pair) -> Phrases | None:
    """Join the ends of a range: von Dezember bis Februar 2025."""
    low, high = pair.last.edtf.split("/")[0], pair.new.edtf.split("/")[-1]
    if not _is_range(pair) or {"", ".."} & {low, high}:
        return None
    low = dates.ends(low)[0][:4] if "X" in low else low  # an interval of decades is no EDTF of level 1
    high = dates.ends(high)[1][:4] if "X" in high else high
    if pair.open == "year" and pair.new.basis == "stated":  # "von Dezember bis Februar 2025"
        low = next(
            (d for n in (0, 1) if dates.ends(d := dates.move_to_year(low, int(high[:4]) - n)) <= dates.ends(high)), low
        )
    if dates.ends(low) > dates.ends(high):  # move the end that the text leaves open
        if pair.open == pair.loose == "week" and low > pair.reader.day.isoformat():
            high = _move_days(high, 7)
        elif pair.open == pair.loose == "week":
            low = _move_days(low, -7)
        elif pair.loose == "year":
            high = dates.move_to_year(high, int(high[:4]) + 1)
    return pair.joined(f"{low}/{high}", "range", pair.new.basis) if dates.ends(low) <= dates.ends(high) else None


def _move_days(day: str, days: int) -> str:
    """Return the day so many days later, about as exact as the first."""
    return f"{date.fromisoformat(day[:10]) + timedelta(days)}{day[10:]}"


def _is_range(pair: _Pair) -> bool:
    last, new, link = pair.last, pair.new, pair.link
    if {last.rule, new.rule} & {*PLAIN, *LATE}:
        return False
    linked = link is not None and (pair.begun or (not link["joined"] and len(last.edtf) == len(new.edtf)))
    return linked or (not pair.gap.strip() and new.edtf.startswith("../"))


JOINS = (_count_on, _count_back, _give_year, _share_year, _make_range)  # the first that fits


def _late(phrase: DatePhrase, near: list[DatePhrase], past: list[DatePhrase], reader: Reader) -> DatePhrase:
    """Return a part of a day with its day: that of its sentence, of the story so far, or in a listing today.

    `near` are the days, and dates of no known day, that its sentence may name; `past` are the days up to today.
    """
    first, last = reader.sentence(phrase.start)
    place = bisect_left(near, first, key=lambda date_phrase: date_phrase.start)
    before = bisect_right(near, phrase.start, key=lambda date_phrase: date_phrase.end)
    edtf = ""
    if place < len(near) and near[place].start < last:  # the one before it, or else the first of the sentence
        edtf = near[max(place, before - 1)].edtf
    elif reader.tense(phrase.start, phrase.end) is False:
        earlier = bisect_right(past, phrase.start, key=lambda date_phrase: date_phrase.end)
        edtf = past[earlier - 1].edtf if earlier else ""
    elif phrase.rule == "clock":
        edtf = reader.day.isoformat()
    edtf = edtf if dates.is_day(edtf) else ""
    return replace(phrase, edtf=edtf, basis="relative" if edtf else "")
