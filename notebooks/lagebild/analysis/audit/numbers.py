"""Numbers in a text, with what they count: 1.7 billion dollars, 500 Verba launchers, ten of the fifteen members.

Digits are read as the language writes them (1.700 is one thousand seven hundred in German, 1.7 in English one and
seven tenths), words by the table `calendar`, and both are multiplied by what follows: Mio., billion.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from lagebild.analysis.audit.vocabulary import is_function
from lagebild.coder.tokens import Token
from lagebild.core.reference import Reference, derived

DIGITS = re.compile(r"\d+(?:[.,'’ ]\d{3})*(?:[.,]\d+)?")
ABOUT = 0.1  # how far a rough number may lie beside the exact one
FAR = 0.3  # how far above "more than" something may lie
HALF = 0.5
REACH = 3  # words between a number and what it counts


class Number(NamedTuple):
    """A number at a place of a text: its tokens, its value, and the first words behind it.

    `rough` says how it is meant: empty to the letter, about, more (than), less, or several of it.
    """

    first: int
    last: int
    value: float
    counted: tuple[str, ...]
    rough: str = ""


def find_numbers(reference: Reference, language: str, tokens: Sequence[Token], skip: frozenset[int]) -> list[Number]:
    """Return the numbers among the tokens of a sentence; `skip` are tokens of dates and names."""
    words, times = _words(reference, language), _times(reference, language)
    rough, units = _rough(reference, language), read_units(reference, language)
    ends = _ends(reference, language)
    found: list[Number] = []
    i = 0
    while i < len(tokens):
        value = None if i in skip else _read(tokens[i].text, language, words)
        before = [rough[one.low] for one in tokens[max(i - 2, 0) : i] if one.low in rough]
        if value is None and i not in skip and tokens[i].low in times and (before or i + 1 < len(tokens)):
            value = times[tokens[i].low]  # a thousand lashes, several million
        if value is None:
            if i not in skip and (compound := _read_compound(tokens[i].low, language, words, times, units, ends)):
                found.append(Number(i, i, compound[0], (compound[1],)))
            i += 1
            continue
        last = i
        if value == HALF and tokens[i + 2 : i + 3] and tokens[i + 2].low.rstrip(".") in times:
            last = i + 1  # half a billion
        while last + 1 < len(tokens) and (factor := times.get(tokens[last + 1].low.rstrip("."))):
            value, last = value * factor, last + 1
            if last + 1 < len(tokens) and tokens[last + 1].text == ".":
                last += 1
        near = [one for one in tokens[last + 1 : last + 1 + REACH] if one.text.isalpha() or one.text in "%€$"]
        behind = [one.text for one in near if not is_function(one)]
        found.append(Number(i, last, value, tuple(behind), before[-1] if before else ""))
        i = last + 1
    return [one for one in found if one.value not in (0, 1) or tokens[one.first].text.isdigit()]


def agree(one: float, rough: str, other: float) -> bool:
    """Whether a number of a claim may be meant by one of the evidence: more than 500 by 515, about 100 by 98.7."""
    if rough == "several":
        return 2 * one <= other < 10 * one
    if one == other:
        return True
    if rough == "more":
        return one <= other <= one * (1 + FAR)
    if rough == "less":
        return one * (1 - FAR) <= other <= one
    return abs(one - other) <= (ABOUT if rough else 0.0) * max(abs(one), abs(other))


def _read(text: str, language: str, words: Mapping[str, float]) -> float | None:
    text = text.strip(".$€£%")
    if text.lower() in words:
        return words[text.lower()]
    if not DIGITS.fullmatch(text):
        return None
    point = "," if language == "de" else "."
    whole, _, part = text.rpartition(point) if point in text else (text, "", "")
    digits = re.sub(r"\D", "", whole)
    if point in text and not whole:
        return None
    return float(f"{digits}.{part or 0}")


def _read_compound(
    text: str,
    language: str,
    words: Mapping[str, float],
    times: Mapping[str, float],
    units: Collection[str],
    ends: re.Pattern[str],
) -> tuple[float, str] | None:
    """Return the number and the unit that a word is made of: four-week, 25-billion-dollar, vierwöchige; else None."""
    head, *rest = text.split("-")
    if match := ends.fullmatch(text):
        head, rest = match[1], [f"*{match[2]}"]
    value = _read(head, language, words) if rest and rest[-1] in units else None
    if value is None or any(one not in times for one in rest[:-1]):
        return None
    return value * prod(times[one] for one in rest[:-1]), rest[-1]


@derived
def _words(reference: Reference, language: str) -> dict[str, float]:
    rows = [row for row in reference.rows("calendar", language) if row["kind"] == "number"]
    rows += [row for row in reference.rows("amounts", language) if row["kind"] in ("number", "part")]
    return {form: float(row["value"]) for row in rows for form in _forms(row)}


@derived
def _times(reference: Reference, language: str) -> dict[str, float]:
    rows = [row for row in reference.rows("amounts", language) if row["kind"] == "times"]
    return {form.rstrip("."): float(row["value"]) for row in rows for form in _forms(row)}


@derived
def read_units(reference: Reference, language: str) -> dict[str, str]:
    """Return the names of units by their words, in small letters; a word with * is the end of others: vierwöchig."""
    rows = [row for row in reference.rows("amounts", language) if row["kind"] == "unit"]
    return {form: row["value"] for row in rows for form in _forms(row)}


@derived
def _ends(reference: Reference, language: str) -> re.Pattern[str]:
    """Return the pattern of words that end in a unit: vierwöchige."""
    stems = [one[1:] for one in read_units(reference, language) if one.startswith("*")]
    return re.compile(rf"(.+?)-?({'|'.join(stems)})\w{{0,2}}" if stems else r"(?!)")


@derived
def _rough(reference: Reference, language: str) -> dict[str, str]:
    rows = [row for row in reference.rows("amounts", language) if row["kind"] in ("about", "less", "more", "several")]
    return {form: row["kind"] for row in rows for form in _forms(row)}


def _forms(row: dict[str, Any]) -> list[str]:
    return [form.lower() for form in row["words"].split("|")]
