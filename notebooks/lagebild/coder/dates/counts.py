"""What a match of a pattern says that counts: from the day of publication, or from the last date in the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from lagebild.coder.dates.reader import Match, Reader
from lagebild.coder.dates.rules import Value, get, known_year
from lagebild.core.edtf import about, apply, current, ends, last_day, offset, part_of, shift


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
    return Value(apply(edtf, "night")) if get(match, "night") else Value(edtf, False, "week")


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
        return Value(shift(reader.day, "N", reader.tense(*span) is not False))
    return Value("" if get(match, "vague") else shift(reader.day, value[0], int(value[1:])))


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
    return date.fromisoformat(ends(anchor)[0]) if exact else None


def _unit(match: Match, reader: Reader) -> Value | None:
    """Return this, the last or the next week, month or year, or that of the last date in the text."""
    unit, relative, day = reader.value("unit", match["u"]), get(match, "r"), reader.day
    step = reader.value("rel", relative)
    if unit == "D":  # "am nächsten Tag", "an diesem Tag"
        step = {"0": "same", "1": "after", "-1": ""}.get(step, step)
    if step in ("same", "after", "before"):
        base = _base(reader, unit)
        return Value(shift(base, unit, {"same": 0, "after": 1, "before": -1}[step]) if base else "")
    if reader.knows("running", relative) and unit not in "EQ":
        return Value(f"{about(offset(day, unit, -1))}/{current(day, unit)}")
    if unit == "E":  # from Monday to Friday the next weekend is that of this week
        if not step and not reader.before(match.start()):
            return None
        tense, free = reader.comes(*match.span()), day.weekday() > 4
        over = {"": not free and not tense, "0": not free and tense is False, "1": not free}.get(step, False)
        return Value(shift(day, unit, int(step or 0) - over))
    return Value(shift(day, unit, int(step))) if step else None


def _nth(match: Match, reader: Reader) -> Value:
    """Return "die dritte Woche" of the month that the last date in the text lies in; a week belongs to its Thursday."""
    number, base = int(reader.value("ordinal", match["q"])), _base(reader, "M")
    if base is None or number < 1:
        return Value("")
    return Value(shift(base.replace(day=1), "W", number - (base.replace(day=1).weekday() < 4)))


def _partly(match: Match, reader: Reader) -> Value | None:
    """Return the beginning, middle or end of the current year, month or week, or of a year."""
    unit, part = reader.value("unit", get(match, "u")), reader.value("part", get(match, "part"))
    if not unit:
        unit, part = reader.value("bound", match["b"]).split()
    if unit == "D" and part != "at":
        return None  # "at the end of the day"
    if year := known_year(match, reader):
        return Value(part_of(f"{year}", part), True)
    edtf, day = part_of(shift(reader.day, unit, 0), part), reader.day
    late = ends(edtf)[0] > day.isoformat() and reader.tense(*match.span()) is False
    return Value(part_of(shift(day, unit, -1), part) if late else edtf)


def _elapsed(match: Match, reader: Reader) -> Value | None:
    """Return "earlier this month": from its first day until yesterday; "later": from tomorrow on."""
    unit, day = reader.value("unit", match["u"]), reader.day
    if unit not in "WMY":
        return None
    current = shift(day, unit, 0)
    low, high = ends(f"{current}-01/{last_day(current)}" if unit == "M" else current)
    if reader.value("later", match["k"]) == "-1":
        high = max(low, f"{day - timedelta(1)}")
    else:
        low = min(high, f"{day + timedelta(1)}")
    size = 7 if unit == "Y" else 10
    return Value(f"{low[:size]}~/{high[:size]}~")


def _count(match: Match, reader: Reader) -> tuple[int, str]:
    """Return the number and the unit of "drei Tagen"; 0 if the number is vague."""
    word, unit = get(match, "n"), get(match, "u") or get(match, "u2")
    return int(word) if word.isdigit() else int(reader.value("number", word) or 0), reader.value("anyunit", unit)


def _ago(match: Match, reader: Reader) -> Value:
    n, unit = _count(match, reader)
    edtf = offset(reader.day, unit, -n) if n else ""
    edtf = about(edtf) if reader.value("hedge", get(match, "hedge")) else edtf
    return Value(apply(edtf, reader.value("prefix", match[0].split()[0])) if get(match, "since") else edtf)


def _ahead(match: Match, reader: Reader) -> Value:
    n, unit = _count(match, reader)
    return Value(offset(reader.day, unit, n) if n and reader.tense(*match.span()) is not False else "")


def _stretch(match: Match, reader: Reader) -> Value:
    """Return the last or the next three months, today's included."""
    (n, unit), step = _count(match, reader), reader.value("rel", match["r"])
    edge = about(offset(reader.day, unit, n * int(step))) if n and step in ("-1", "1") else ""
    here = current(reader.day, unit)
    return Value("" if not edge else f"{edge}/{here}" if step == "-1" else f"{here}/{edge}")


def _later(match: Match, reader: Reader) -> Value:
    """Return "zwei Tage später", "tags darauf", "im Jahr darauf", counted from the last date in the text."""
    if get(match, "day"):
        base, step = _base(reader, "D"), reader.value("dayafter", match["day"])
        return Value(shift(base, "D", int(step)) if base else "")
    (n, unit), step = _count(match, reader), reader.value("later", match["k"])
    base = _base(reader, unit)
    if base and not match["n"] and reader.value("unit", match["u"]):
        return Value(shift(base, unit, int(step)))
    return Value(offset(base, unit, n * int(step)) if n and base else "")


def _counted(match: Match, reader: Reader) -> Value:
    """Return "zwei Tage nach …": without a date unless one follows."""
    n, unit = _count(match, reader)
    sign = "+" if reader.value("prefix", match["k"]) == "after" else "-"
    return Value("", False, f"{sign}{n}{unit}" if n and unit in "DWMY" else "")


COUNTS: dict[str, Callable[[Match, Reader], Value | None]] = {
    "weekday": _weekday,
    "deictic": _deictic,
    "unit": _unit,
    "part": _partly,
    "elapsed": _elapsed,
    "ago": _ago,
    "ahead": _ahead,
    "stretch": _stretch,
    "later": _later,
    "count": _counted,
    "nth": _nth,
}
