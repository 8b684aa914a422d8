"""What a sentence holds, thing by thing: names, words, numbers, dates, quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from math import prod
from typing import Any, NamedTuple
from unicodedata import normalize

from lagebild.audit.vocabulary import Vocabulary, compare_spelling, is_function, is_word, lemmatize, list_concepts
from lagebild.coder import OFFICES, QUOTATION, QUOTES, Parse, Token, find_names
from lagebild.core import Reference, derived, fold_typography, is_day
from lagebild.dataset import find_principal

# --- Numbers, with What They Count ---
# Such are 1.7 billion dollars, 500 Verba launchers, ten of the fifteen members. Digits are read as the language writes
# them (1.700 is one thousand seven hundred in German, 1.7 in English one and seven tenths), words by the table
# `calendar`, and both are multiplied by what follows: Mio., billion.


DIGITS = re.compile(r"\d+(?:[.,'’ ]\d{3})*(?:[.,]\d+)?")
ABOUT = 0.1  # how far a rough number may lie beside the exact one
FAR = 0.3  # how far above "more than" something may lie
HALF = 0.5
NUMBER_REACH = 3  # words between a number and what it counts


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
        near = [one for one in tokens[last + 1 : last + 1 + NUMBER_REACH] if one.text.isalpha() or one.text in "%€$"]
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
    """Return the number and the unit with which a word begins: four-week, 25-billion-dollar, vierwöchige."""
    head, *rest = [part for part in text.split("-") if part != "us"] or [""]
    if match := ends.fullmatch(text):
        head, rest = match[1], [f"*{match[2]}"]
    value = _read(head, language, words) if rest else None
    factors = [*takewhile(times.__contains__, rest)]
    unit = next(iter(rest[len(factors) :]), "")
    if value is None or not (unit in units or factors):
        return None
    return value * prod(times[one] for one in factors), unit


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


# --- Quotations ---
# They are compared letter by letter, whatever their typography.

ALIKE = 0.5  # share of its words from which on a stretch of a text is another wording of a quotation
OMITTED = re.compile(r"\s*(?:\[[^\]]*\]|\(\s*(?:\.\.\.|…)\s*\)|…|\.\.\.)\s*")


@lru_cache(2**12)
def fold_quotation(text: str) -> str:
    """Return the words of a quotation without its typography: marks, dashes, white space, the dot at its end."""
    return normalize("NFC", fold_typography(text)[0].strip(" ,.;:!?-").casefold())


def split_quotation(text: str) -> list[str]:
    """Return the parts of a quotation between what it leaves out, folded."""
    return [part for part in map(fold_quotation, OMITTED.split(text)) if part]


def overlap(quotation: str, text: str) -> float:
    """Return how many of the words of a quotation stand in a text, 0 to 1."""
    words = fold_quotation(quotation).split()
    held = set(fold_quotation(text).split())
    return sum(word in held for word in words) / len(words) if words else 0.0


def find_nearest(quotation: str, text: str, quoted: Iterable[str]) -> str:
    """Return what comes nearest to a quotation: of what a text quotes, else of its words; empty if they share none."""
    best = max(quoted, key=lambda one: overlap(quotation, one), default="")
    if overlap(quotation, best):
        return best
    words, long = text.split(), len(quotation.split())
    parts = [" ".join(words[n : n + long]) for n in range(max(len(words) - long, 0) + 1)]
    best = max(parts, key=lambda one: overlap(quotation, one))
    return best if overlap(quotation, best) >= ALIKE else ""


ROUGH = {"date": "yearless", "month": "yearless", "weekday": "weekday", "later": "later"}  # by the rule that reads it
MODEL = re.compile(r"([A-ZÄÖÜ]\w{0,3}-\d+)(?:s?$|-)")  # S-400, Su-35s, MiG-29-Flugzeuge
SHORTEST = 3  # letters of a word that counts
VERB_REACH = 16  # tokens behind a verb among which stands what belongs to it: voted on Monday in the council against


# --- The Items of a Sentence ---


class Item(NamedTuple):
    """One thing that a sentence says.

    Attributes
    ----------
    kind
        ``name``, ``word``, ``number``, ``date`` or ``quote``.
    key
        The actor, the lemma, the value, the EDTF date, or the words.
    start, end
        Its place in the text.
    also
        For whom an actor stands, the concepts of a word, or what a number counts.
    clause
        The number of the clause it stands in, -1 if in none.
    status
        How the sentence puts that clause: asserted, reported, hypothetical, negated or open.
    acting, verb
        Whether it is who acts in the clause, or tells what is done.
    proper
        Whether a word looks like a name.
    light
        Whether it says little by itself: a title, an office, a word that a paraphrase leaves out.
    denied
        Whether a negation stands before it: no compromise.
    value, rough
        Of a number. Of a date, `rough` is ``yearless``, ``weekday`` or ``relative`` if the text does not give its year,
        ``later`` if it counts from a day before it: the same day.
    """

    kind: str
    key: str
    start: int
    end: int
    also: frozenset[str] = frozenset()
    clause: int = 0
    status: str = "asserted"
    acting: bool = False
    proper: bool = False
    light: bool = False
    verb: bool = False
    denied: bool = False
    value: float = 0.0
    rough: str = ""


def is_name(item: Item) -> bool:
    """Whether a thing is a name, known or not."""
    return item.kind == "name" or item.proper


def is_person(item: Item) -> bool:
    """Whether a name is that of somebody who acts for a state or an organisation."""
    return item.kind == "name" and item.key not in item.also


def is_mostly(verb: Item, concepts: frozenset[str]) -> bool:
    """Whether most of what a verb may mean is among some concepts: refuse, but not strike (down)."""
    return bool(verb.also) and 2 * len(verb.also & concepts) >= len(verb.also)


def is_among(one: Item, others: Iterable[Item]) -> bool:
    """Whether somebody is named among others, also if written otherwise, or by the name of whom he acts for."""
    return any(
        {one.key, *one.also} & {other.key, *other.also}
        or (one.kind == other.kind == "word" and compare_spelling(one.key, other.key, name=True))
        for other in others
    )


def list_items(reference: Reference, one: Parse, vocabulary: Vocabulary, day: str) -> Iterator[tuple[Item, int]]:
    """Yield what a sentence holds, each thing with its token."""
    tokens, language = one.tokens, vocabulary.language
    starts = [token.start for token in tokens]
    dates = [date for date in one.dates if date.edtf and date.rule not in ("era", "recurring", "now")]
    dated = {
        i for date in one.dates for i, token in enumerate(tokens) if date.start <= token.start and token.end <= date.end
    }
    for date in dates:
        rough = "" if date.basis == "stated" else ROUGH.get(date.rule, "relative")
        rough = "relative" if rough == "weekday" and not is_day(date.edtf) else rough  # until Monday
        yield Item("date", date.edtf, date.start, date.end, rough=rough), max(bisect_right(starts, date.start) - 1, 0)
    for match in QUOTATION.finditer(one.text, one.start, one.end):
        yield Item("quote", match[0], *match.span()), max(bisect_right(starts, match.start()) - 1, 0)
    numbers = find_numbers(reference, language, tokens, frozenset(dated - _find_lasting(one)))
    units = read_units(reference, language)
    counted = {i for number in numbers for i in range(number.first, number.last + 1)}
    behind = [(number.last + 1, number.counted[:1]) for number in numbers]  # not what stands behind two-week
    behind = [(i, unit) for i, unit in behind if i < len(tokens) and tokens[i].text in unit]
    counted |= {i for i, _ in behind if tokens[i].low in units}
    for number in numbers:
        start, end = tokens[number.first].start, tokens[number.last].end
        also = frozenset(_count(units, vocabulary, number.counted))
        yield (
            Item("number", f"{number.value:g}", start, end, also, value=number.value, rough=number.rough),
            number.first,
        )
    particles = _find_particles(one) if vocabulary.compounds else {}
    for i, token in enumerate(tokens):
        if i in counted or (i in dated and not token.names):
            continue
        for name in token.names:
            if i in dated and name.type == "person":
                continue  # 3 May is no day of Theresa May
            principal = find_principal(reference, name.actor_id, day)
            yield Item("name", name.actor_id, name.start, name.end, frozenset([principal])), i
        read = _read_word(reference, i, one, vocabulary, particles, day)
        if not token.names:
            yield from ((item, i) for item in read)
        elif "-" in token.text and all(name.end < token.end for name in token.names):
            yield from ((item, i) for item in islice(read, 1))  # of US-Sanktionen the part that is no name


def _find_lasting(one: Parse) -> set[int]:
    """Return the tokens of dates that say how long something lasts: since, in 25 years; not in the five years."""
    lasting = [date for date in one.dates if date.rule == "ahead" or (date.rule == "ago" and ".." in date.edtf)]
    spans = [[i for i, token in enumerate(one.tokens) if date.start <= token.start < date.end] for date in lasting]
    return {i for span in spans for i in span if not any(one.tokens[k].has("determiner") for k in span)}


def _read_word(
    reference: Reference, i: int, one: Parse, vocabulary: Vocabulary, particles: dict[int, int], day: str
) -> Iterator[Item]:
    """Yield what a word says: itself, and the first part of a compound, which may be a name: Kremlchef."""
    token = one.tokens[i]
    if not token.text[0].isalpha() or len(token.text) < SHORTEST or i in particles.values():
        return
    if is_function(token):
        return
    whole = token.text.replace("‑", "-")
    if model := MODEL.match(whole):
        yield Item("word", model[1].lower(), token.start, token.start + model.end(), proper=True)
        whole = whole[model.end() :]
    *before, text = whole.split("-")
    if not text:
        return
    lemma = lemmatize(text, vocabulary.language)
    known = next((verb.lemma for verb in token.word.verbs if not verb.particle), "") if text == token.text else ""
    if known and not vocabulary.find(lemma)[0] and (text[:1].islower() or not vocabulary.compounds):
        lemma = known.split("|")[-1] if "|" not in known else known.replace("|", "")
    if lemma not in vocabulary.words and (verb := vocabulary.find_verb(text.lower())):
        lemma = verb
    if i in particles:
        lemma = one.tokens[particles[i]].low + lemma
    concepts, head = vocabulary.find(lemma, noun=text[:1].isupper())
    behind = [other.low for other in one.tokens[i + 1 : i + 1 + VERB_REACH]]
    phrases = [(behind.index(particle), c) for particle, c in vocabulary.phrases.get(lemma, ()) if particle in behind]
    concepts |= {c for place, c in phrases if place == min(phrases)[0]}  # voted for lifting what was against them
    capital = text[:1].isupper() and one.tokens[0].start != token.start
    short = sum(map(str.isupper, text)) > 1  # AfD, PSOE
    common = vocabulary.compounds and not short and is_word(text, vocabulary.language)
    proper = capital and not concepts and not common
    slight = (list_concepts(reference, *one) for one in (("weight", "light"), ("kind", "office")))
    light = token.word.head in OFFICES or any(concepts & one for one in slight)
    concepts -= list_concepts(reference, "kind", "carrier")
    if lemma:
        yield Item("word", lemma, token.start, token.end, concepts, proper=proper, light=light)
    for part in (*before, head):
        found = find_names(reference, part.capitalize(), vocabulary.language, day) if part else ()
        names = [name for name in found if name.type != "person"]  # a Kernaussage is not by a man called Kern
        for name in names:
            principal = find_principal(reference, name.actor_id, day)
            yield Item("name", name.actor_id, token.start, token.end, frozenset([principal]))
        if part and not names:
            first = lemmatize(part, vocabulary.language)
            yield Item(
                "word", first, token.start, token.end, vocabulary.find(first, noun=True)[0], proper=part[:1].isupper()
            )


def _find_particles(one: Parse) -> dict[int, int]:
    """Return the place of the separable part of each finite verb: schloss … aus, regte an, … zu prüfen."""
    found = {}
    for clause in one.clauses if one.readable else ():
        behind = [i for i in clause.tokens if i > clause.finite] if clause.finite >= 0 else []
        for i in behind:
            after = one.tokens[i + 1] if i + 1 < len(one.tokens) else None
            ends = after is None or after.has("coordinator") or not (after.text[0].isalnum() or after.text in QUOTES)
            if one.tokens[i].has("prefix") and ends:
                found[clause.finite] = i
                break
    return found


def _count(units: Mapping[str, str], vocabulary: Vocabulary, counted: Sequence[str]) -> Iterator[str]:
    """Yield what a number counts: the name of its unit, or the words and concepts behind it."""
    for word in counted:
        if word.lower() in units:
            yield f"unit:{units[word.lower()]}"
            return
    for word in counted:
        lemma = lemmatize(word, vocabulary.language)
        yield lemma
        yield from vocabulary.find(lemma, noun=True)[0]
