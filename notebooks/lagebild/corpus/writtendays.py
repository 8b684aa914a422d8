"""Days as people write them in a line or in the name of a file: 15. Juni 2023, June 15, 2023, 15.6.23, 2023-06-15.

A day is as exact as what is written: without a year it is none, and 06/07/2023 stays two days until something else
settles which.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from lagebild.core.reference import Reference, derived
from lagebild.corpus.page import EARLIEST

SHORT = 3  # letters to which the name of a month is cut
CENTURY = 2000  # of a year with two digits
YEAR = r"(?P<{0}>(?:19|20)\d\d)"
ORDINAL = r"(?:\.|[^\W\d_]{2}(?![^\W\d_]))?"  # 15., 15th


@dataclass(frozen=True)
class Written:
    """A day that stands at text[start:end]; `days` are those that it can be, ISO 8601, in their order."""

    start: int
    end: int
    days: tuple[str, ...]


@derived
def find_months(reference: Reference, language: str) -> dict[str, int]:
    """Return the number of each name of a month in small letters; those of the language itself come first."""
    months: dict[str, int] = {}
    for one in (*(other for other in reference.languages if other != language), language):
        rows = [row for row in reference.rows("calendar", one) if row["kind"] == "month"]
        whole = {word.casefold().rstrip("."): int(row["value"]) for row in rows for word in row["words"].split("|")}
        short = defaultdict(set)
        for word, number in whole.items():
            short[word[:SHORT]].add(number)
        months |= {word: numbers.pop() for word, numbers in short.items() if len(numbers) == 1 and len(word) == SHORT}
        months |= whole
    return months


@derived
def find_weekdays(reference: Reference, language: str) -> dict[str, int]:
    """Return the number of each name of a day of the week, 1 for Monday, in small letters."""
    rows = [row for row in reference.rows("calendar", language) if row["kind"] in ("weekday", "shortday")]
    return {word.casefold().rstrip("."): int(row["value"]) for row in rows for word in row["words"].split("|")}


@derived
def _find_forms(reference: Reference, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how a day is written in a line, and how in the name of a file; the groups of a line are `_read`'s."""
    month = any_of(find_months(reference, language))
    week = rf"(?:(?P<week>{any_of(find_weekdays(reference, language))})\.?,? (?:[^\W\d_]{{1,3}} )?)?"
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


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def find_written(reference: Reference, language: str, row: str, latest: str) -> Iterator[Written]:
    """Yield the days up to the `latest` that stand in a line, in their order."""
    lines, _ = _find_forms(reference, language)
    for found in lines.finditer(row):
        if days := _read(reference, language, found, latest):
            yield Written(found.start(), found.end(), days)


def find_named(reference: Reference, language: str, name: str, latest: str) -> tuple[str, ...]:
    """Return the days that the name of a file can mean, up to the `latest`; none if it names several."""
    _, names = _find_forms(reference, language)
    plain = unicodedata.normalize("NFC", name).replace("_", " ")
    read = {days for found in names.finditer(plain) if (days := _read(reference, language, found, latest))}
    return read.pop() if len(read) == 1 else ()


def _read(reference: Reference, language: str, found: re.Match[str], latest: str) -> tuple[str, ...]:
    """Return the days that a match can be: in the past, on the day of the week that stands beside."""
    named = {key: value for key, value in found.groupdict().items() if value}
    part = {key[0]: value for key, value in named.items() if key != "week"}
    year = int(part["y"])
    if year < 100:
        year += CENTURY if CENTURY + year <= int(latest[:4]) else CENTURY - 100
    if "a" in part:  # the day or the month comes first
        first, second = int(part["a"]), int(part["b"])
        read = [(second, first), (first, second)]
    else:
        word = part["m"].casefold()
        read = [(int(word) if word.isdecimal() else find_months(reference, language)[word], int(part["d"]))]
    days = set()
    for month, number in read:
        with suppress(ValueError):  # 31 June
            day = date(year, month, number)
            week = find_weekdays(reference, language).get(named.get("week", "").casefold(), day.isoweekday())
            if day.isoweekday() == week and EARLIEST <= day.isoformat() <= latest:
                days.add(day.isoformat())
    return tuple(sorted(days))
