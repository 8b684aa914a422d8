"""When an article was published: the day that its file marks, or else the best witness among what stands in and on it.

A wrong day is worse than none. So days that contradict each other date nothing unless another witness settles which of
them it is, and nothing was published after the day of its last change. A day is as exact as what is written: without a
year it is none, and 06/07/2023 stays two days until something else settles which.

Below are three kinds of words that date an article: days in lines and names of files, the lines that say when it was
published, and its dateline.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from lagebild.core import Reference, derived, edtf
from lagebild.corpus.page import EARLIEST, Page, parse_day
from lagebild.corpus.plaintext import ENDED

# --- Days as People Write Them ---
# Such as 15. Juni 2023, June 15, 2023, 15.6.23 and 2023-06-15, in a line or in the name of a file.

SHORT = 3  # letters to which the name of a month is cut
CENTURY = 2000  # of a year with two digits
YEAR = r"(?P<{0}>(?:19|20)\d\d)"
ORDINAL = r"(?:\.|[^\W\d_]{2}(?![^\W\d_]))?"  # 15., 15th


@dataclass(frozen=True)
class WrittenDay:
    """A day that stands at text[start:end]; `days` are those that it can be, ISO 8601, in their order."""

    start: int
    end: int
    days: tuple[str, ...]


@derived
def find_months(reference: Reference, language: str) -> dict[str, int]:
    """Return the number of each name of a month in small letters; those of the language itself prevail."""
    months: dict[str, int] = {}
    for spoken in (*(known for known in reference.languages if known != language), language):
        whole, short = _list_calendar(reference, spoken, "month"), defaultdict(set)
        for word, number in whole.items():
            short[word[:SHORT]].add(number)
        months |= {word: numbers.pop() for word, numbers in short.items() if len(numbers) == 1 and len(word) == SHORT}
        months |= whole
    return months


@derived
def find_weekdays(reference: Reference, language: str) -> dict[str, int]:
    """Return the number of each name of a day of the week, 1 for Monday, in small letters."""
    return _list_calendar(reference, language, "weekday", "shortday")


def _list_calendar(reference: Reference, language: str, *kinds: str) -> dict[str, int]:
    """Return the number of each name of some kinds in small letters."""
    numbers = {}
    for row in reference.rows("calendar", language):
        if row["kind"] in kinds:
            for word in row["words"].split("|"):
                numbers[word.casefold().rstrip(".")] = int(row["value"])
    return numbers


@derived
def _make_day_patterns(reference: Reference, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how a day is written in a line, and how in the name of a file; `_resolve_days` reads the groups."""
    month = make_alternation(find_months(reference, language))
    week = rf"(?:(?P<week>{make_alternation(find_weekdays(reference, language))})\.?,? (?:[^\W\d_]{{1,3}} )?)?"
    line = "|".join(
        (
            YEAR.format("y1") + r"(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?=T\d|\b)",
            r"(?P<d2>\d{1,2})\. ?(?P<m2>\d{1,2})\. ?(?P<y2>\d{4}|\d\d)",
            r"(?P<a3>\d{1,2})(?P<s3>[-/])(?P<b3>\d{1,2})(?P=s3)(?P<y3>\d{4}|\d\d)",
            rf"(?P<d4>\d{{1,2}}){ORDINAL}[ -]?(?:[^\W\d_]{{1,3}} )?(?P<m4>{month})\.?,?[ -]?(?:[^\W\d_]{{1,3}} )?"
            + YEAR.format("y4"),
            rf"(?P<m5>{month})\.? ?(?P<d5>\d{{1,2}}){ORDINAL},? {YEAR.format('y5')}",
        )
    )
    named = "|".join(
        (
            YEAR.format("y1") + r"(?P<s1>[- .])(?P<m1>\d\d)(?P=s1)(?P<d1>\d\d)",
            r"(?<!\d )" + YEAR.format("y6") + r"(?P<m6>\d\d)(?P<d6>\d\d)",
            r"(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4})",
            r"(?P<a3>\d{1,2})(?P<s3>[- ])(?P<b3>\d{1,2})(?P=s3)(?P<y3>\d{4})",
            rf"(?P<d4>\d{{1,2}}){ORDINAL}[- ]*(?P<m4>{month})\.?[- ]*{YEAR.format('y4')}",
            rf"(?P<m5>{month})\.?[- ]*(?P<d5>\d{{1,2}}){ORDINAL}[- ,]+{YEAR.format('y5')}",
        )
    )
    alone = r"(?<![\w+.])(?<!\d[.-])"  # no part of a longer number, such as a telephone's or a version's
    until = r"[.-](?:19|20)\d\d(?:\d{4}|[. -]\d)"  # nor the beginning of a stretch of time
    return (
        re.compile(rf"(?i)\b{week}(?<![\d./-])(?:{line})(?![\d/]|[.-]\d)(?!(?-i:[a-zß-ÿ]))"),
        re.compile(rf"(?i){alone}(?:{named})(?!\d|[.-]\d{{1,3}}(?!\d)|{until}|[^\W\dT_])"),
    )


def make_alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def find_written_dates(reference: Reference, language: str, row: str, latest: str) -> Iterator[WrittenDay]:
    """Yield the days up to the `latest` that stand in a line, in their order."""
    lines, _ = _make_day_patterns(reference, language)
    for match in lines.finditer(row):
        if days := _resolve_days(reference, language, match, latest):
            yield WrittenDay(match.start(), match.end(), days)


def find_days_in_name(reference: Reference, language: str, name: str, latest: str) -> tuple[str, ...]:
    """Return the days that the name of a file can mean, up to the `latest`; none if it names several."""
    _, names = _make_day_patterns(reference, language)
    plain = unicodedata.normalize("NFC", name).replace("_", " ")
    named = {days for match in names.finditer(plain) if (days := _resolve_days(reference, language, match, latest))}
    return named.pop() if len(named) == 1 else ()


def _resolve_days(reference: Reference, language: str, match: re.Match[str], latest: str) -> tuple[str, ...]:
    """Return the days that a match can be: in the past, on the day of the week that stands beside."""
    named = {key: value for key, value in match.groupdict().items() if value}
    part = {key[0]: value for key, value in named.items() if key != "week"}
    year = int(part["y"])
    if year < 100:
        year += CENTURY if CENTURY + year <= int(latest[:4]) else CENTURY - 100
    if "a" in part:  # the day or the month comes first
        first, second = int(part["a"]), int(part["b"])
        dates = [(second, first), (first, second)]
    else:
        word = part["m"].casefold()
        dates = [(int(word) if word.isdecimal() else find_months(reference, language)[word], int(part["d"]))]
    days = set()
    for month, number in dates:
        with suppress(ValueError):  # 31 June
            day = date(year, month, number)
            week = find_weekdays(reference, language).get(named.get("week", "").casefold(), day.isoweekday())
            if day.isoweekday() == week and EARLIEST <= day.isoformat() <= latest:
                days.add(day.isoformat())
    return tuple(sorted(days))


# --- Lines with the Day of Publication ---
# Such a line has a day with a byline, a place, a time or such words around it. A day within a sentence is one that the
# report tells of, and that in the line of a picture is the picture's.

LONGEST = 120  # characters of such a line
PROSE = 80  # characters: a longer line that ends like a sentence is running text
HEAD = 15  # lines of a text among which its first ones are, as far as its second paragraph of prose
FOOT = 3  # lines at its end
NAMES = r"[^\W\d_a-zß-ÿ][\w.'’&-]*(?: [^\W\d_a-zß-ÿ][\w.'’&-]*){0,3}"  # each begins with a capital
DAY = "\x01"


@dataclass(frozen=True)
class DayLine:
    """A day in a line that says when an article was published; `days` are those that it can be, ISO 8601.

    It may be `updated`, that of a change; `labelled`, if a word or an agency before it says whose day it is; or `bare`,
    if nothing else stands in the line, as in a chronicle.
    """

    days: tuple[str, ...]
    updated: bool
    labelled: bool
    bare: bool


@derived
def read_imprint(reference: Reference, language: str, kind: str) -> str:
    """Return a pattern for the words of one kind in the table `imprint` of a language."""
    words = list[str]()
    for row in reference.rows("imprint", language):
        if row["kind"] == kind:
            words += row["words"].split("|")
    return make_alternation(words)


@derived
def _make_line_patterns(reference: Reference, language: str) -> tuple[re.Pattern[str], ...]:
    """Return what may stand beside a day, what says whose it is, and how names and bylines are written."""
    issued, updated, byline, source, clock, beside, picture = (
        read_imprint(reference, language, kind)
        for kind in ("issued", "updated", "byline", "source", "clock", "beside", "picture")
    )
    calendar = [(row, word) for row in reference.rows("calendar", language) for word in row["words"].split("|")]
    article, before = (
        make_alternation(word for row, word in calendar if row["kind"] == "prefix" and row["value"] in values)
        for values in (("skip",), ("skip", "at"))
    )
    units = make_alternation({word for row, word in calendar if row["kind"] in ("unit", "units")})
    agency = make_alternation({row["agency"] for row in reference.rows("agencies")})
    time = rf"\d{{1,2}}(?:[:.]\d\d){{0,2}} ?(?:{clock})(?!\w)|\d{{1,2}}:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?"
    label = rf"(?:{issued}|{updated}|{source})(?!\w)(?: ?:|(?: (?:{before}))+(?!\w))?"
    weekday = make_alternation(find_weekdays(reference, language))
    beside = rf"{label}|(?<=, )(?:{article})(?!\w)|(?:{beside}|{units}|{weekday})(?!\w)\.?"
    known = (
        rf"(?i:\bT?(?:{time})(?: ?\(?(?-i:[A-Z]{{2,5}})(?!\w)\)?)?|(?<!\w)(?:{beside}))"
        rf"|(?<!\w)(?:{agency}|\d{{1,3}})(?!\w)"
    )
    return (
        re.compile(known),
        re.compile(rf"(?i)(?<!\w)(?:{updated})(?!\w)"),
        re.compile(rf"(?i:(?<!\w)(?:{issued})(?!\w))|(?<!\w)(?:{agency})(?!\w)"),
        re.compile(rf"(?i)(?<!\w)(?:{picture})(?!\w)"),
        re.compile(rf"(?i:{byline}):?(?: [^\s{DAY}]+){{1,8}}(?: ?{DAY})?"),
        re.compile(rf"(?:{NAMES})?|{DAY}"),
    )


def read_dayline(reference: Reference, language: str, row: str, latest: str) -> Iterator[DayLine]:
    """Yield the days in a line up to the `latest`, if it is one that says when an article was published."""
    known, updated, issued, picture, signed, named = _make_line_patterns(reference, language)
    dates = list(find_written_dates(reference, language, row, latest)) if len(row) <= LONGEST else []
    if not dates or picture.search(row):
        return
    rest, last, lines = "", 0, []
    for written in dates:
        before = row[last : written.start]
        changed = bool(updated.search(before))
        bare = (written.start, written.end) == (0, len(row))
        lines.append(DayLine(written.days, changed, changed or bool(issued.search(before)), bare))
        rest, last = f"{rest}{before}{DAY}", written.end
    parts = re.split(r"[,|·•/()\[\]©–—\t;]| -+ |\s-+|-+\s", known.sub("|", rest + row[last:]))
    plain = [part.strip(" .:*_#>") for part in parts]
    if all(named.fullmatch(part) or signed.fullmatch(part) for part in plain):
        yield from lines


def find_head(rows: Sequence[str]) -> list[str]:
    """Return the first lines of a text: headline, teaser, byline, and the text as far as its second paragraph."""
    prose = [n for n, row in enumerate(rows) if len(row) >= PROSE and ENDED.search(row)]
    return list(rows[: min(HEAD, prose[1] if len(prose) > 1 else HEAD)])


def find_daylines(reference: Reference, language: str, rows: Sequence[str], latest: str) -> tuple[list[DayLine], ...]:
    """Return the days in the first lines of a text, and those of its last lines that are said to be of publication."""
    head = find_head(rows)
    lines = list[tuple[int, DayLine]]()
    for n, row in enumerate(rows):
        for line in read_dayline(reference, language, row, latest):
            lines.append((n, line))
    labelled = [n for n, line in lines if line.labelled]
    signs = [n for n in labelled if n >= max(len(head), len(rows) - FOOT)]
    if len(rows) > FOOT:  # a short text is signed in its last line, though all of it is among the first ones
        signs += [n for n in labelled if n == len(rows) - 1]
    top = [line for n, line in lines if n < len(head) and n not in signs]
    if any(line.bare for line in top):  # the days of a chronicle contradict each other
        top += [line for n, line in lines if n >= len(head) and line.bare]
    return top, [line for n, line in lines if line.labelled and n in signs]


# --- Datelines ---
# Such as: Kyiv, 12 June (Agency) –.

PLACE = r"[^\W\d_a-z][^\d\n()–—:.]{0,60}"  # begins with a capital


@dataclass(frozen=True)
class DatelineDay:
    """The day of a dateline; the year is 0 if it names none."""

    year: int
    month: int
    day: int


@derived
def _make_dateline_pattern(reference: Reference, language: str) -> re.Pattern[str]:
    """Return how a dateline with a day begins in a language."""
    month = make_alternation(find_months(reference, language))
    day = (
        rf"(?:(?P<d1>\d{{1,2}})\.? (?P<m1>{month})\.?|(?P<m2>{month})\.? (?P<d2>\d{{1,2}})|"
        r"(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.)(?:,? ?(?P<year>\d{4}))?"
    )
    signed = r"(?:\([^()\n]{2,40}\)|\. /[^/\n]{2,40}/) ?[–—:.-]+"
    opening = r"""\s+["„“”»«'‘]?[^\W\d_a-zäöü]"""
    return re.compile(rf"(?i:(?:(?-i:{PLACE}), )?{day})(?:, {PLACE}?)? ?(?:{signed}|[–—]|--?){opening}")


def find_dateline_day(reference: Reference, language: str, rows: Sequence[str]) -> DatelineDay | None:
    """Return the day in the first dateline among the first lines of a text."""
    form = _make_dateline_pattern(reference, language)
    match = next((match for row in rows if (match := form.match(row))), None)
    if match is None:
        return None
    named = match.groupdict(default="")
    word, number = named["m1"] or named["m2"], int(named["d1"] or named["d2"] or named["d3"])
    month = find_months(reference, language)[word.casefold()] if word else int(named["m3"])
    return DatelineDay(int(named["year"] or 0), month, number)


def resolve_dateline_day(day: DatelineDay, latest: str, near: timedelta) -> str:
    """Return the day of a dateline, ISO 8601: without a year, the last such one up to the `latest`, if that is near.

    It is the empty string if there is no such day, or if it is later.
    """
    last = date.fromisoformat(latest)
    for year in (day.year,) if day.year else (last.year, last.year - 1):
        with suppress(ValueError):  # 31 June
            resolved = date(year, day.month, day.day)
            if resolved <= last and (day.year or last - resolved <= near) and resolved.isoformat() >= EARLIEST:
                return resolved.isoformat()
    return ""


# --- The Best Witness ---

NEAR = timedelta(days=180)  # from a dateline without a year to the day that the user gives
CLOSE = timedelta(days=31)  # to a day in the text or of the file, which may have been saved much later
NAMED_YEAR = re.compile(r"(?<![\d.+])(?<!\d[ _-])(?:19|20)\d\d(?![\d.]|[ _-]\d)")
GIVEN = "given with --published by the user; the file names no day"
FOUND = "the only day found in it, taken with --days-found by the user"
ALONE = " is the only day found in it"


@dataclass(frozen=True)
class DayWitness:
    """Where a day stands, and the days that it can be: none, the one, or several that contradict each other."""

    place: str
    days: tuple[str, ...]


def find_publication(
    reference: Reference, page: Page, language: str, file: str, given: str, today: str, days_found: bool = False
) -> tuple[str, str, str]:
    """Return when an article was published, and how that is known.

    The day that the page marks as that of its publication goes before all else. The name of a `file` of many articles
    dates none of them. The only day that merely stands in the page dates it if the user takes such `days_found`. The
    day that the user has `given` is for files that name none. Nothing was published later than `today`, the day of
    reading.

    Returns
    -------
    tuple[str, str, str]
        The day, ISO 8601 (empty if nothing dates it), its basis (``stated`` or ``estimated``), and the reason; of an
        undated article the days that merely stand in its page.

    Raises
    ------
    InputError
        If the day that is given, and needed, is none.
    """
    if page.published:
        return page.published, "stated", page.reason + f"; last changed on {page.changed}" * is_changed_later(page)
    rows = page.text.split("\n")
    name = "" if page.place else Path(file).stem
    witnesses = _list_witnesses(reference, page, rows, language, name, today)
    published, reason = _read_dateline(reference, rows, language, witnesses, name, given, today)
    if not published:
        published, reason = _choose_day(witnesses)
    if published:
        return published, "estimated", reason
    hinted = _read_hint(reference, page.hint, language, today)
    found = sorted(hinted.union(*(witness.days for witness in witnesses)))
    if days_found and len(found) == 1:
        return found[0], "estimated", FOUND
    if given:
        return edtf.day(given, "--published"), "estimated", GIVEN
    return "", "estimated", _name_days(found) or (f"{page.hint} is no clear day" if page.hint else "")


def _read_hint(reference: Reference, hint: str, language: str, today: str) -> set[str]:
    """Return the days that a hint can mean."""
    if known := parse_day(hint, today):
        return {known}
    days = set[str]()
    for written in find_written_dates(reference, language, hint, today):
        days.update(written.days)
    return days


def _name_days(days: Sequence[str]) -> str:
    if len(days) == 1:
        return f"{days[0]}{ALONE}"
    return f"{', '.join(days)} contradict each other" if days else ""


def is_changed_later(page: Page) -> bool:
    """Whether a page was changed so long after its publication that it may tell what nobody knew on that day."""
    late = date.fromisoformat(page.published) + CLOSE if page.published and page.changed else date.max
    return bool(page.changed) and page.changed > late.isoformat()


def _list_witnesses(
    reference: Reference, page: Page, rows: list[str], language: str, name: str, today: str
) -> list[DayWitness]:
    """Return the witnesses below the dateline, the best first; those that say nothing are left out."""
    top, bottom = find_daylines(reference, language, rows, today)
    changed = _combine(line for line in top if line.updated)
    latest = changed[0] if len(changed) == 1 else today
    witnesses = [
        DayWitness("first lines of the text", _combine(line for line in top if line.labelled and not line.updated)),
        DayWitness("first lines of the text", _combine(line for line in top if not line.updated)),
        DayWitness("last lines of the text", _combine(line for line in bottom if not line.updated)),
        DayWitness("name of the file", find_days_in_name(reference, language, name, latest)),
        DayWitness("first lines of the text, of its last change", changed),
        DayWitness("metadata of the file", (created,) if (created := parse_day(page.created, latest)) else ()),
    ]
    past = []
    for witness in witnesses:
        if days := tuple(day for day in witness.days if day <= latest):
            past.append(DayWitness(witness.place, days))
    return past


def _combine(lines: Iterable[DayLine]) -> tuple[str, ...]:
    """Return the days that all lines can mean, or, if they contradict each other, those that any of them can."""
    days = [set(line.days) for line in lines]
    return tuple(sorted(days[0].intersection(*days) or days[0].union(*days))) if days else ()


def _choose_day(witnesses: list[DayWitness]) -> tuple[str, str]:
    """Return the day of the best witness; if that is of several minds, the one that another witness names, too."""
    if not witnesses:
        return "", ""
    best, *rest = witnesses
    confirmed = {witness.days[0] for witness in rest if len(witness.days) == 1}
    days = best.days if len(best.days) == 1 else tuple(day for day in best.days if day in confirmed)
    return (days[0], f"day in the {best.place}") if len(days) == 1 else ("", "")


def _read_dateline(
    reference: Reference,
    rows: list[str],
    language: str,
    witnesses: list[DayWitness],
    name: str,
    given: str,
    today: str,
) -> tuple[str, str]:
    """Return the day in the dateline; its year, if it names none, is what a day nearby or the name of the file says."""
    head = find_dateline_day(reference, language, find_head(rows))
    reason = "day in the dateline of the text"
    if head is None:
        return "", ""
    if head.year:
        published = resolve_dateline_day(head, today, NEAR)
        return published, reason if published else ""
    for witness in witnesses:
        if len(witness.days) == 1 and (published := resolve_dateline_day(head, witness.days[0], CLOSE)):
            return published, f"{reason}, its year in the {witness.place}"
    years = set(NAMED_YEAR.findall(name))
    for year in years if len(years) == 1 else ():
        published = resolve_dateline_day(head, min(f"{year}-12-31", today), NEAR * 3)
        if published.startswith(year):
            return published, f"{reason}, its year in the name of the file"
    published = resolve_dateline_day(head, edtf.day(given, "--published"), NEAR) if given else ""
    return published, f"{reason}, its year given with --published by the user" if published else ""
