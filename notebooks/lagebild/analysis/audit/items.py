"""What a sentence holds, thing by thing: names, words, numbers, dates, quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lagebild.analysis.audit.numbers import find_numbers, read_units
from lagebild.analysis.audit.vocabulary import (
    Vocabulary,
    compare_spelling,
    is_function,
    is_word,
    lemmatize,
    list_concepts,
)
from lagebild.coder.gazetteer import find_names
from lagebild.coder.parse import Parse
from lagebild.coder.speech import QUOTATION
from lagebild.coder.syntax import OFFICES
from lagebild.coder.tokens import QUOTES
from lagebild.core.edtf import is_day
from lagebild.core.reference import Reference
from lagebild.dataset.codes import find_principal

ROUGH = {"date": "yearless", "month": "yearless", "weekday": "weekday", "later": "later"}  # by the rule that reads it
MODEL = re.compile(r"([A-ZÄÖÜ]\w{0,3}-\d+)(?:s?$|-)")  # S-400, Su-35s, MiG-29-Flugzeuge
SHORTEST = 3  # letters of a word that counts
REACH = 16  # tokens behind a verb among which stands what belongs to it: voted on Monday in the council against


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
    behind = [other.low for other in one.tokens[i + 1 : i + 1 + REACH]]
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
