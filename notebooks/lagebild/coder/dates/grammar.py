"""The patterns of dates: what the words of the table `calendar` form, and where in a sentence each is looked for.

The table `date_patterns` says which; of two that claim a place that of the lower rank has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lagebild.coder.lang import read_language
from lagebild.core.reference import Reference, derived

ENDINGS = ("", "e", "en", "er", "em", "es")  # what * stands for in the table
TOKEN = re.compile(r"\d+|[^\W\d_]+")
NUMBERS = {"D", "DD", "DDD", "YYYY", "*"}  # what stands for numbers, and for any word, where a pattern needs or starts
KINDS = {"anyunit": ("unit", "units"), "before": ("prefix", "part")}  # kinds that are read together


@dataclass(frozen=True)
class Pattern:
    """A pattern with its name and the reading of its matches; it is tried at the kinds of words it starts with."""

    name: str
    reading: str
    starts: tuple[str, ...]
    regex: re.Pattern[str]


@dataclass(frozen=True)
class Grammar:
    """The compiled calendar of one language.

    `needed` gives the numbers of the patterns that a word makes possible, `starting` the kinds that a word starts.
    """

    words: Mapping[str, Mapping[str, str]]
    needed: Mapping[str, frozenset[int]]
    starting: Mapping[str, frozenset[str]]
    patterns: tuple[Pattern, ...]
    pair: re.Pattern[str]
    cue: re.Pattern[str]
    capital_nouns: bool


def _pattern(form: str) -> str:
    """Return the pattern of a form of the table; its first letter may be a capital one at the start of a sentence."""
    plain = re.escape(form.rstrip("*")).replace(r"\ ", r"\s+")
    head = f"[{form[0]}{form[0].upper()}]{plain[1:]}" if form[0].islower() else plain
    return head + ("(?:e[nrms]?)?" if form.endswith("*") else "")


def _any(forms: Iterable[str]) -> str:
    return "(?:" + "|".join(_pattern(f) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"


def _full(form: str) -> list[str]:
    return [form.rstrip("*") + ending for ending in (ENDINGS if form.endswith("*") else ("",))]


def _tokens(
    forms: Mapping[str, list[str]], patterns: Iterable[Mapping[str, str]]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the kinds of which a word is the longest, and those of which it is the first word of a form."""
    longest: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    named = {word for row in patterns for word in f"{row['needs']} {row['starts']}".split()}
    literal = {word for word in named if word not in forms and word not in NUMBERS}
    entries = [(kind, full) for kind, many in forms.items() for form in many for full in _full(form)]
    entries += [(word, written) for word in literal for written in (word, word.capitalize())]
    entries += [("D" * len(n), n) for i in range(1000) for n in {f"{i}", f"{i:02}"}]
    entries += [("YYYY", f"{year}") for year in range(1000, 3000)]
    entries += [("weekday", day + part) for day in forms["weekday"] for part in forms["daypart"]]  # Montagabend
    entries += [("tens", tens + years) for tens in forms["tens"] for years in ("jahre", "jahren")]
    for kind, full in entries:
        tokens = TOKEN.findall(full)
        for table, token in ((longest, max(tokens, key=len, default="")), (first, tokens[0] if tokens else "")):
            for word in (token, token[:1].upper() + token[1:]):
                table.setdefault(word, set()).add(kind)
    return longest, first


@derived
def grammar(reference: Reference, language: str) -> Grammar:
    """Return the compiled calendar of a language."""
    forms: dict[str, list[str]] = {}
    words: dict[str, dict[str, str]] = {}
    rows = [*reference.rows("calendar", language)]
    rows += [{**row, "kind": kind} for kind, kinds in KINDS.items() for row in rows if row["kind"] in kinds]
    for row in rows:
        for form in row["words"].split("|"):
            forms.setdefault(row["kind"], []).append(form)
            for full in _full(form):
                words.setdefault(row["kind"], {})[full.casefold()] = row["value"]
    choice = {kind: _any(alternatives) for kind, alternatives in forms.items()}
    spoken = sorted(reference.rows_for("date_patterns", language), key=lambda row: row["rank"])
    parts = {row["name"]: row["pattern"] for row in spoken if row["kind"] == "part"}
    spoken = [row for row in spoken if row["kind"] == "pattern"]
    past = rf"(?<!be )(?:{choice['past']}|{parts['PAST']})(?! w(?:erden|ird|erde)\b)"
    cues = rf"{choice['nopast']}|(?P<future>{choice['future']}|zu [a-zäöüß]+en)|(?P<past>{past})"
    longest, first = _tokens(forms, spoken)
    needs = [set(row["needs"].split()) for row in spoken]
    needed = {word: frozenset(n for n, need in enumerate(needs) if need & kinds) for word, kinds in longest.items()}
    return Grammar(
        words,
        {word: numbers for word, numbers in needed.items() if numbers},
        {word: frozenset(kinds) for word, kinds in first.items()},
        tuple(_compile(row, parts, choice) for row in spoken),
        re.compile(rf"\s*(?:{choice['to']}|(?P<and>{choice['and']}))\s*(?:(?:dem|den|der|the)\s+)?"),
        re.compile(rf"(?<!\w)(?:{cues})(?!\w)"),
        read_language(reference, language).capital_nouns,
    )


def _compile(row: Mapping[str, str], parts: Mapping[str, str], choice: Mapping[str, str]) -> Pattern:
    """Return a pattern of the table, in which parts and kinds of words are named."""
    pattern = row["pattern"]
    for name, text in parts.items():
        pattern = re.sub(rf"(?<![A-Z]){name}(?![A-Z]{{2}})", text.replace("\\", r"\\"), pattern)
    pattern = re.sub(r"<(\w+):(\w+)>", r"(?P<\1><\2>)", pattern)
    pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda kind: choice[kind[1]], pattern)
    return Pattern(
        row["name"], row["reading"], tuple(row["starts"].split()), re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    )
