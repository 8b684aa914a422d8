"""The patterns of dates: what the words of the table `calendar` form, and where in a sentence each is looked for.

All words and patterns are those of the tables; what a language lacks is never found. The table `date_patterns` says
which; of two that claim a place that of the lower rank has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lagebild.coder.lexicon import read_language
from lagebild.core import Reference, derived

NOTHING = "(?!)"  # matches nowhere
NEVER = re.compile(NOTHING)
SHORT = 3  # letters that a word in capitals has at least
TOKEN = re.compile(r"\d+|[^\W\d_]+")
NUMBERS = {"D", "DD", "DDD", "YYYY", "*"}  # what stands for numbers, and for any word, where a pattern needs or starts
KINDS = {
    "anyunit": ("unit", "units"),
    "before": ("prefix", "part"),
    "dayname": ("weekday", "shortday"),
}  # kinds that are read together


@dataclass(frozen=True)
class DatePattern:
    """A pattern with its name and the reading of its matches; it is tried at the kinds of words it starts with."""

    name: str
    reading: str
    starts: tuple[str, ...]
    form: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern itself, compiled at first use: a short text needs few of them."""
        return re.compile(self.form)


@dataclass(frozen=True)
class Calendar:
    """The compiled calendar of one language."""

    words: Mapping[str, Mapping[str, str]]
    needed: Mapping[str, frozenset[int]]  # numbers of the patterns that a word makes possible
    starting: Mapping[str, frozenset[str]]  # kinds that a word starts
    patterns: tuple[DatePattern, ...]
    contexts: Mapping[str, re.Pattern[str]]  # what is looked for around a date
    capital_nouns: bool

    def context(self, name: str) -> re.Pattern[str]:
        """Return what is looked for around a date under a name; a language may have none."""
        return self.contexts.get(name, NEVER)


def _pattern(form: str, endings: Sequence[str]) -> str:
    """Return the pattern of a form of the table, which may begin with a capital letter, or be written in capitals."""
    plain = re.escape(form.rstrip("*")).replace(r"\ ", r"\s+")
    head = f"[{form[0]}{form[0].upper()}]{plain[1:]}" if form[0].islower() else plain
    tail = f"(?:{'|'.join(endings)})?" if form.endswith("*") else ""
    if len(form) < SHORT:
        return head + tail
    return f"(?:{head}{tail}|{re.escape(form.rstrip('*').upper()).replace(chr(92) + ' ', '[ ]+')}{tail.upper()})"


def _any(forms: Iterable[str], endings: Sequence[str]) -> str:
    return "(?:" + "|".join(_pattern(f, endings) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"


def _full(form: str, endings: Sequence[str]) -> list[str]:
    return [form.rstrip("*") + ending for ending in (("", *endings) if form.endswith("*") else ("",))]


def _tokens(
    forms: Mapping[str, list[str]],
    tails: Mapping[str, str],  # what may hang on the words of a kind: neunzigerjahre
    patterns: Iterable[Mapping[str, str]],
    endings: Sequence[str],
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the kinds of which a word is the longest, and those of which it is the first word of a form."""
    longest: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    entries = [(kind, full) for kind, many in forms.items() for form in many for full in _full(form, endings)]
    entries += [*_find_literal(forms, patterns), *_list_numbers()]
    days, parts = (forms.get(kind, ()) for kind in ("weekday", "daypart"))
    entries += [(kind, day + part) for kind in ("weekday", "dayname") for day in days for part in parts]  # Montagabend
    entries += [(kind, form + tail) for tail, kind in tails.items() for form in forms.get(kind, ())]
    for kind, full in entries:
        tokens = TOKEN.findall(full)
        for table, token in ((longest, max(tokens, key=len, default="")), (first, tokens[0] if tokens else "")):
            for word in (token, token[:1].upper() + token[1:], token.upper()):
                table.setdefault(word, set()).add(kind)
    return longest, first


def _find_literal(forms: Mapping[str, list[str]], patterns: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the words that patterns name themselves, as their own kind, each as it is written."""
    named = {word for row in patterns for word in f"{row['needs']} {row['starts']}".split()}
    for word in named - forms.keys() - NUMBERS:
        yield word, word
        yield word, word.capitalize()


def _list_numbers() -> Iterator[tuple[str, str]]:
    yield from (("D" * len(n), n) for i in range(1000) for n in {f"{i}", f"{i:02}"})
    yield from (("YYYY", f"{year}") for year in range(1000, 3000))


@derived
def grammar(reference: Reference, language: str) -> Calendar:
    """Return the compiled calendar of a language."""
    rows = reference.rows("calendar", language)
    tails = _read_kind(rows, "tail")
    endings = sorted(_read_kind(rows, "ending"), key=len, reverse=True)  # what * stands for, the longest first
    forms, words = _read_words([row for row in rows if row["kind"] not in ("tail", "ending")], endings)
    choice = {kind: _any(alternatives, endings) for kind, alternatives in forms.items()}
    spoken: dict[str, list[dict[str, Any]]] = {"part": [], "context": [], "pattern": []}
    for row in sorted(reference.rows_for("date_patterns", language), key=lambda row: row["rank"]):
        spoken[row["kind"]].append(row)
    parts = {row["name"]: row["pattern"] for row in spoken["part"]}
    contexts = {row["name"]: _expand(row["pattern"], parts, choice) for row in spoken["context"]}
    longest, first = _tokens(forms, tails, spoken["pattern"], endings)
    needs = [set(row["needs"].split()) for row in spoken["pattern"]]
    needed = {word: frozenset(n for n, need in enumerate(needs) if need & kinds) for word, kinds in longest.items()}
    patterns = [(row, rf"(?<!\w)(?:{_expand(row['pattern'], parts, choice)})(?!\w)") for row in spoken["pattern"]]
    return Calendar(
        words,
        {word: numbers for word, numbers in needed.items() if numbers},
        {word: frozenset(kinds) for word, kinds in first.items()},
        tuple(DatePattern(row["name"], row["reading"], tuple(row["starts"].split()), form) for row, form in patterns),
        {name: re.compile(pattern) for name, pattern in contexts.items()},
        read_language(reference, language).capital_nouns,
    )


def _read_kind(rows: Iterable[Mapping[str, str]], kind: str) -> dict[str, str]:
    return {form: row["value"] for row in rows if row["kind"] == kind for form in row["words"].split("|")}


def _read_words(
    rows: Iterable[Mapping[str, str]], endings: Sequence[str]
) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """Return the forms of each kind as they are written, and what each of them means in small letters."""
    forms: dict[str, list[str]] = {}
    words: dict[str, dict[str, str]] = {}
    again = [(kind, row) for kind, kinds in KINDS.items() for row in rows if row["kind"] in kinds]
    for kind, row in [*((row["kind"], row) for row in rows), *again]:
        for form in row["words"].split("|"):
            forms.setdefault(kind, []).append(form)
            for full in _full(form, endings):
                words.setdefault(kind, {})[full.casefold()] = row["value"]
    return forms, words


def _expand(pattern: str, parts: Mapping[str, str], choice: Mapping[str, str]) -> str:
    """Return a pattern of the table with the parts and kinds of words that it names."""
    for name, text in parts.items():
        pattern = re.sub(rf"(?<![A-Z]){name}(?![A-Z]{{2}})", text.replace("\\", r"\\"), pattern)
    pattern = re.sub(r"<(\w+):(\w+)>", r"(?P<\1><\2>)", pattern)
    return re.sub(r"(?<!\?P)<(\w+)>", lambda kind: choice.get(kind[1], NOTHING), pattern)
