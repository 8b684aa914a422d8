"""The patterns of dates: what the words of the table `calendar` form, and where in a sentence each is looked for.

All words and patterns are those of the tables; what a language lacks is never found. The table `date_patterns` says
which; of two that claim a place that of the lower rank has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

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


@derived
def grammar(reference: Reference, language: str) -> Calendar:
    """Return the compiled calendar of a language."""
    rows = reference.rows("calendar", language)
    tails = _read_kind(rows, "tail")
    endings = sorted(_read_kind(rows, "ending"), key=len, reverse=True)  # what * stands for, the longest first
    forms, words = _read_words([row for row in rows if row["kind"] not in ("tail", "ending")], endings)
    choice = {kind: _any(alternatives, endings) for kind, alternatives in forms.items()}
    rules = sorted(reference.rows_for("date_patterns", language), key=itemgetter("rank"))
    parts = {row["name"]: row["pattern"] for row in rules if row["kind"] == "part"}
    contexts: dict[str, re.Pattern[str]] = {}
    patterns: list[DatePattern] = []
    asking: dict[str, set[int]] = defaultdict(set)  # numbers of the patterns that need a word of a kind
    named: set[str] = set()  # the kinds that patterns need or start with
    for row in rules:
        if row["kind"] == "context":
            contexts[row["name"]] = re.compile(_expand(row["pattern"], parts, choice))
        elif row["kind"] == "pattern":
            starts, needs = row["starts"].split(), row["needs"].split()
            for kind in needs:
                asking[kind].add(len(patterns))
            named.update(starts, needs)
            form = rf"(?<!\w)(?:{_expand(row['pattern'], parts, choice)})(?!\w)"
            patterns.append(DatePattern(row["name"], row["reading"], tuple(starts), form))
    needed: dict[str, set[int]] = defaultdict(set)
    starting: dict[str, set[str]] = defaultdict(set)
    for kind, full in [*_list_entries(forms, tails, endings), *_list_literals(named - forms.keys()), *_list_numbers()]:
        tokens = TOKEN.findall(full) or [""]
        for word in _spell(tokens[0]):
            starting[word].add(kind)
        if kind in asking:
            for word in _spell(max(tokens, key=len)):
                needed[word] |= asking[kind]
    return Calendar(
        words=words,
        needed={word: frozenset(numbers) for word, numbers in needed.items()},
        starting={word: frozenset(kinds) for word, kinds in starting.items()},
        patterns=tuple(patterns),
        contexts=contexts,
        capital_nouns=read_language(reference, language).capital_nouns,
    )


def _read_kind(rows: Iterable[Mapping[str, str]], kind: str) -> dict[str, str]:
    """Return the words of a kind, each with its value."""
    found: dict[str, str] = {}
    for row in rows:
        if row["kind"] == kind:
            found |= dict.fromkeys(row["words"].split("|"), row["value"])
    return found


def _read_words(
    rows: Sequence[Mapping[str, str]], endings: Sequence[str]
) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """Return the forms of each kind as they are written, and what each of them means in small letters."""
    entries = [(row["kind"], row) for row in rows]
    for kind, kinds in KINDS.items():
        entries += [(kind, row) for row in rows if row["kind"] in kinds]
    forms: dict[str, list[str]] = defaultdict(list)
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, row in entries:
        for form in row["words"].split("|"):
            forms[kind].append(form)
            for full in _full(form, endings):
                words[kind][full.casefold()] = row["value"]
    return dict(forms), dict(words)


def _full(form: str, endings: Sequence[str]) -> list[str]:
    """Return a form with each of its endings."""
    stem = form.rstrip("*")
    return [stem, *(stem + ending for ending in endings)] if form.endswith("*") else [stem]


def _any(forms: Iterable[str], endings: Sequence[str]) -> str:
    """Return the pattern of any of some forms, the longest first."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(_pattern(form, endings) for form in longest_first)})"


def _pattern(form: str, endings: Sequence[str]) -> str:
    """Return the pattern of a form of the table, which may begin with a capital letter, or be written in capitals."""
    stem = form.rstrip("*")
    head = re.escape(stem).replace(r"\ ", r"\s+")
    if form[0].islower():
        head = f"[{form[0]}{form[0].upper()}]{head[1:]}"
    tail = f"(?:{'|'.join(endings)})?" if form.endswith("*") else ""
    if len(form) < SHORT:
        return head + tail
    capitals = re.escape(stem.upper()).replace(r"\ ", "[ ]+")
    return f"(?:{head}{tail}|{capitals}{tail.upper()})"


def _expand(pattern: str, parts: Mapping[str, str], choice: Mapping[str, str]) -> str:
    """Return a pattern of the table with the parts and kinds of words that it names."""
    for name, text in parts.items():
        pattern = re.sub(rf"(?<![A-Z]){name}(?![A-Z]{{2}})", text.replace("\\", r"\\"), pattern)
    pattern = re.sub(r"<(\w+):(\w+)>", r"(?P<\1><\2>)", pattern)
    return re.sub(r"(?<!\?P)<(\w+)>", lambda kind: choice.get(kind[1], NOTHING), pattern)


def _list_entries(
    forms: Mapping[str, Sequence[str]], tails: Mapping[str, str], endings: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield kinds of words, each with a form that is written in full."""
    for kind, many in forms.items():
        for form in many:
            for full in _full(form, endings):
                yield kind, full
    for day in forms.get("weekday", ()):
        for part in forms.get("daypart", ()):  # Montagabend
            yield "weekday", day + part
            yield "dayname", day + part
    for tail, kind in tails.items():
        for form in forms.get(kind, ()):  # neunzigerjahre
            yield kind, form + tail


def _list_literals(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that patterns name themselves, each as its own kind, and as it is written."""
    for word in words:
        if word not in NUMBERS:
            yield word, word
            yield word, word.capitalize()


def _list_numbers() -> Iterator[tuple[str, str]]:
    """Yield numbers with the letters that stand for them in the patterns: D for each digit, YYYY for a year."""
    for number in range(1000):
        for written in {f"{number}", f"{number:02}"}:
            yield "D" * len(written), written
    for year in range(1000, 3000):
        yield "YYYY", f"{year}"


def _spell(word: str) -> set[str]:
    """Return how a word may be written: in small letters, with a capital, in capitals."""
    return {word, word[:1].upper() + word[1:], word.upper()}
