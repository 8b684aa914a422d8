"""The words that a reader sees, in the reader's language; the words themselves are `data/reference/words.csv`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import Formatter
from typing import Any

from babel.core import Locale, get_global
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from lagebild.core.edtf import parse
from lagebild.core.errors import InputError
from lagebild.core.reference import Reference
from lagebild.core.schema import ids

UNKNOWN_PUBLISHER = "[unknown publisher]"  # as `sources.csv` says it, whose words are those of the files
LOCALES = {"de": "de_DE", "en": "en_GB"}
THIRDS = {("01", "10"): "early", ("11", "20"): "mid"}  # what "early" and "mid" of a month mean; the rest is "late"
# What the same mean of a year, by the months in which it begins and ends.
QUARTERS = {("01", "03"): "early", ("05", "08"): "mid", ("10", "12"): "late"}
NTH = {"one": "date.nth.one", "two": "date.nth.two", "few": "date.nth.few", "other": "date.nth.other"}


class Filler(Formatter):
    """Fills words in and spells numbers out: `{n:count}` up to twelve, `{n:Count}` with a capital.

    Forms may follow for none, one and more of them, where `*` is the number: `{n:count/no ties/one tie/* ties}`.
    """

    def __init__(self, numbers: list[str]) -> None:
        """Keep the words for the numbers from zero on."""
        self.numbers = numbers

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value in words if its place asks for that, and as ever if not."""
        kind, *forms = format_spec.split("/")
        if kind.lower() != "count":
            return str(super().format_field(value, format_spec))
        word = self.numbers[value] if value < len(self.numbers) else str(value)
        text: str = (forms or ["*"])[min(value, max(len(forms) - 1, 0))].replace("*", word)
        return text[:1].upper() + text[1:] if kind == "Count" else text


@dataclass(frozen=True)
class Labels:
    """Everything that turns ids, codes and dates into words of one language."""

    language: str
    words: dict[str, str]
    actors: dict[str, str]
    types: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for a key, filled in; those of ``KEY_one`` if the language's plural rules call `n` one.

        Raises
        ------
        InputError
            If the table of words has no such key, or its words hold a name for which there is no value.
        """
        if isinstance(n := values.get("n"), int):
            form = f"{key}_{self._locale.plural_form(n)}"
            key = form if form in self.words else key
        if key not in self.words:
            raise InputError(f"data/reference/words.csv has no row {key}: add it, in every language.")
        try:
            return self._filler.vformat(self.words[key], (), values)
        except (KeyError, IndexError) as gap:
            raise InputError(
                f"data/reference/words.csv, {key}: it holds {gap}, but nothing fills it: leave it out."
            ) from gap

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(LOCALES[self.language])

    @cached_property
    def _dates(self) -> dict[str, str]:
        return {}  # a report tells the same few days again and again

    @cached_property
    def _filler(self) -> Filler:
        return Filler(self.words.get("number.words", "").split())

    def actor(self, actor_id: str) -> str:
        """Return the name of an actor."""
        return self.actors.get(actor_id, actor_id)

    def names(self, cell: str | Iterable[str]) -> str:
        """Return the names behind a list of actor ids, as one enumeration."""
        return self.enumerate([self.actor(actor_id) for actor_id in (ids(cell) if isinstance(cell, str) else cell)])

    def voice(self, by: str, value: str) -> str:
        """Return the words for a property of a source: its country, the standing of its publisher, or its grade."""
        if by == "country" and value in self.actors:
            return self.actor(value)
        if by == "country":
            alias = get_global("territory_aliases").get(value, [value])[0]
            return str(self._locale.territories.get(alias, value)) or self("standing.unknown")
        return self(f"standing.{value or 'unknown'}") if by == "standing" else value

    def tongue(self, code: str) -> str:
        """Return the name of a language in this one, such as "German"; its code if it has none."""
        return str(self._locale.languages.get(code, code))

    def outlet(self, name: str) -> str:
        """Return the name of a publisher, or the words for one that nobody knows."""
        return self("publisher.unknown") if name == UNKNOWN_PUBLISHER else name

    def enumerate(self, items: Iterable[str]) -> str:
        """Return items as one enumeration, such as "A, B and C"."""
        return format_list(list(items), locale=self._locale)

    def number(self, value: float, signed: bool = False) -> str:
        """Return a number with at most one decimal; a true minus sign, and a plus sign if `signed`."""
        value = round(value, 1) or 0.0  # there is no minus zero
        text = format_decimal(value, format="#,##0.#", locale=self._locale).replace("-", "−")
        return "+" + text if signed and value > 0 else text

    def percent(self, share: float) -> str:
        """Return a share as whole per cent."""
        return str(format_percent(share, locale=self.language))

    def day(self, iso: str) -> str:
        """Return a day in full, such as "16 June 2025"."""
        return format_date(date.fromisoformat(iso), format="long", locale=self._locale)

    def date(self, edtf: str) -> str:
        """Return an EDTF date in words that are exactly as vague as it is."""
        if edtf not in self._dates:
            self._dates[edtf] = self._format(edtf) if edtf else self("date.unknown")
        return self._dates[edtf]

    def _format(self, edtf: str) -> str:
        span = parse(edtf)
        if not span.earliest:
            return self("date.until", end=self._format_part(span.end, 1) or self._format_end(span.end))
        if not span.latest:
            return self("date.since", start=self._format_part(span.start, 0) or self._format_end(span.start))
        if span.start == span.end:
            return self._format_end(span.start)
        if third := self._format_third(span.start, span.end):
            return third
        start, end = span.start.rstrip("~"), span.end.rstrip("~")
        if len(start) == len(span.start) == len(end) == 10 and start[:7] == end[:7]:
            first = self("date.day_only", day=int(start[8:]))
            return self("date.days", start=first, end=self._format_end(span.end))
        return self("date.range", start=self._format_end(span.start), end=self._format_end(span.end))

    def _format_end(self, edtf: str) -> str:
        plain = edtf.rstrip("~?%")
        year, month = plain[:4], plain[5:7]
        if len(plain) == 10:
            words = self.day(plain)
        elif len(plain) == 7 and int(month) > 12:
            words = self(f"date.part.{month}", year=year)
        elif len(plain) == 7:
            words = f"{get_month_names(locale=self._locale)[int(month)]} {year}"
        elif plain.endswith("XX"):
            number = int(plain[:2]) + 1
            nth = NTH[self._locale.ordinal_form(number)]
            words = self("date.century", nth=self(nth, number=number))
        elif plain.endswith("X"):
            words = self("date.decade", year=f"{plain[:3]}0")
        else:
            words = year
        return self("date.about", date=words) if edtf != plain else words

    def _format_third(self, start: str, end: str) -> str:
        if not (start.endswith("~") and end.endswith("~") and len(start) == len(end)):
            return ""
        if len(start) == 8 and start[:4] == end[:4]:
            part, whole = QUARTERS.get((start[5:7], end[5:7]), ""), start[:4]
        elif len(start) == 11 and start[:7] == end[:7]:
            part, whole = THIRDS.get((start[8:10], end[8:10]), "late" if start[8:10] == "21" else ""), start[:7]
        else:
            return ""
        return self(f"date.{part}", month=self._format_end(whole)) if part else ""

    def _format_part(self, bound: str, at: int) -> str:
        """Return the part of a year that a bound means, the first or the last month of one: until mid-2025."""
        part = next((part for months, part in QUARTERS.items() if bound[4:] == f"-{months[at]}~"), "")
        return self(f"date.{part}", month=bound[:4]) if part else ""


def read_labels(reference: Reference, language: str) -> Labels:
    """Return the labels of a language of the report."""

    def column(table: str, key: str, name: str) -> dict[str, str]:
        return {row[key]: row[name] for row in reference.rows(table)}

    return Labels(
        language,
        column("words", "key", language),
        column("actors", "actor_id", f"name_{language}"),
        column("event_types", "event_type", f"name_{language}"),
    )
