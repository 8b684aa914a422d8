"""Numbers of a text with what they count: 1.7 billion dollars, 500 Verba launchers, ten of the fifteen members.

Digits are read as the language writes them (1.700 is one thousand seven hundred in German, 1.7 in English one and seven
tenths), words by the table `amounts` and the calendar, and both are multiplied by what follows: Mio., billion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lagebild.audit.vocabulary import is_function
from lagebild.coder import Token
from lagebild.core import Reference, derived

DIGITS = re.compile(r"\d+(?:[.,'’ ]\d{3})*(?:[.,]\d+)?")
ROUGH = ("about", "less", "more", "several")
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


@dataclass(frozen=True)
class Amounts:
    """The words of a language for amounts, in small letters.

    Attributes
    ----------
    numbers, times
        The values of numbers, and by what others multiply the number before them.
    rough
        How a word before a number makes it meant: one of `ROUGH`.
    units
        The names of units; a word with * is the end of others: vierwöchig.
    ends
        The pattern of words that end in a unit.
    """

    numbers: dict[str, float]
    times: dict[str, float]
    rough: dict[str, str]
    units: dict[str, str]
    ends: re.Pattern[str]


@derived
def read_amounts(reference: Reference, language: str) -> Amounts:
    """Return the words of a language for amounts."""
    numbers, times = dict[str, float](), dict[str, float]()
    rough, units = dict[str, str](), dict[str, str]()
    rows = [row for row in reference.rows("calendar", language) if row["kind"] == "number"]
    for row in [*rows, *reference.rows("amounts", language)]:
        kind, value = row["kind"], row["value"]
        for form in row["words"].lower().split("|"):
            if kind == "times":
                times[form.rstrip(".")] = float(value)
            elif kind == "unit":
                units[form] = value
            elif kind in ROUGH:
                rough[form] = kind
            else:
                numbers[form] = float(value)
    stems = "|".join(form[1:] for form in units if form.startswith("*"))
    ends = rf"(.+?)-?({stems})\w{{0,2}}" if stems else r"(?!)"
    return Amounts(numbers, times, rough, units, re.compile(ends))


def find_numbers(amounts: Amounts, language: str, tokens: Sequence[Token], skip: frozenset[int]) -> Iterator[Number]:
    """Yield the numbers among the tokens of a sentence; `skip` are tokens of dates and names."""
    i = 0
    while i < len(tokens):
        found = None
        if i not in skip:
            found = _read_at(amounts, language, tokens, i)
        if found is None:
            i += 1
            continue
        if found.value not in (0, 1) or tokens[i].text.isdigit():
            yield found
        i = found.last + 1


def _read_at(amounts: Amounts, language: str, tokens: Sequence[Token], i: int) -> Number | None:
    """Return the number that begins at a token, if one does."""
    rough = ""
    for token in tokens[max(i - 2, 0) : i]:
        rough = amounts.rough.get(token.low, rough)
    value = _read_value(tokens[i].text, language, amounts)
    if value is None and (rough or i + 1 < len(tokens)):
        value = amounts.times.get(tokens[i].low)  # a thousand lashes, several million
    if value is None:
        compound = _read_compound(tokens[i].low, language, amounts)
        return Number(i, i, compound[0], (compound[1],)) if compound else None
    value, last = _multiply(amounts, tokens, i, value)
    return Number(i, last, value, _list_counted(tokens[last + 1 : last + 1 + REACH]), rough)


def _multiply(amounts: Amounts, tokens: Sequence[Token], i: int, value: float) -> tuple[float, int]:
    """Return a number times all that follows, as billions do, and its last token."""
    factors = [amounts.times.get(token.low.rstrip(".")) for token in tokens[i + 1 :]]
    last = i
    if value == HALF and factors[1:2] not in ([], [None]):
        last = i + 1  # half a billion
    while last - i < len(factors):
        factor = factors[last - i]
        if factor is None:
            break
        value, last = value * factor, last + 1
        if tokens[last + 1 : last + 2] and tokens[last + 1].text == ".":
            last += 1
    return value, last


def _list_counted(behind: Sequence[Token]) -> tuple[str, ...]:
    """Return the first words behind a number that say something."""
    words = [one for one in behind if one.text.isalpha() or one.text in "%€$"]
    return tuple(one.text for one in words if not is_function(one))


def _read_value(text: str, language: str, amounts: Amounts) -> float | None:
    text = text.strip(".$€£%")
    if text.lower() in amounts.numbers:
        return amounts.numbers[text.lower()]
    if not DIGITS.fullmatch(text):
        return None
    point = "," if language == "de" else "."
    whole, _, part = text.partition(point)
    if point in text:
        whole, _, part = text.rpartition(point)
    return float(f"{re.sub('[^0-9]', '', whole)}.{part or 0}")


def _read_compound(text: str, language: str, amounts: Amounts) -> tuple[float, str] | None:
    """Return the number and the unit with which a word begins: four-week, 25-billion-dollar, vierwöchige."""
    parts = [part for part in text.split("-") if part != "us"]
    match = amounts.ends.fullmatch(text)
    if match:
        parts = [match[1], f"*{match[2]}"]
    if len(parts) < 2:
        return None
    value, known = _read_value(parts[0], language, amounts), False
    for part in parts[1:]:
        if value is None or part not in amounts.times:
            break
        value, known = value * amounts.times[part], True
        parts.remove(part)
    unit = parts[1] if len(parts) > 1 else ""
    if value is None or not (known or unit in amounts.units):
        return None
    return value, unit


def agree(one: float, rough: str, other: float) -> bool:
    """Whether a number of a claim can be meant by one of the evidence: more than 500 by 515, about 100 by 98.7."""
    if rough == "several":
        return 2 * one <= other < 10 * one
    if one == other:
        return True
    if rough == "more":
        return one <= other <= one * (1 + FAR)
    if rough == "less":
        return one * (1 - FAR) <= other <= one
    return bool(rough) and abs(one - other) <= ABOUT * max(abs(one), abs(other))
