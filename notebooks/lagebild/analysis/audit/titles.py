"""Whom an office stands for: the Russian president is Putin in 2025, and Medvedev in 2010.

Only of offices that one person at a time holds in a state (concepts of the kind `office`), by the table `offices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.analysis.audit.items import Item, is_person
from lagebild.analysis.audit.vocabulary import Vocabulary, lemmatize, list_concepts, read_beside, read_vocabulary
from lagebild.coder.tokens import Token
from lagebild.core.edtf import ends, shift_day
from lagebild.core.offices import read_term
from lagebild.core.reference import Reference, derived

STEADY = 365  # days before a text for which somebody must have held an office that a sentence without a day names
NEAR = 30  # letters before an office among which a word says that somebody holds it no longer, or is but the deputy
PERSON = re.compile(r"\W{1,3}(?:\w+\W+){0,2}")  # between an office and who holds it: President Vladimir Putin
SEATED = {"leader": "president", "spokesperson": "spokesperson"}  # who leads the Kremlin, and who speaks for it
OWNER = re.compile(r"(?:['’]s?|\w{0,2})[\s-](?:\w+\s)?|-?")  # Iran's, russische, US-, and nothing within a compound


def find_holders(
    reference: Reference, text: str, language: str, items: Sequence[Item], tokens: Sequence[Token], day: str
) -> Iterator[Item]:
    """Yield who holds each office that items of a sentence name with its state, as items at the place of the office.

    `text` is that in which the items have their places; `day` counts where the sentence has none.
    """
    offices = list_concepts(reference, "kind", "office")
    states = [one for one in items if one.kind == "name" and {one.key} == one.also]
    people = [one for one in items if is_person(one)]
    days = [ends(one.key)[0] for one in items if one.kind == "date"]
    beside, known = read_beside(reference, language), {one.key for one in people}
    of = re.compile(rf"(?:\s\w+)?{beside['by'].pattern}")  # minister of the
    for office in items:
        if office.kind != "word" or not office.also & (offices | SEATED.keys()) or _is_past(office, tokens):
            continue
        if any(PERSON.fullmatch(text[office.end : one.start]) for one in people if one.start >= office.end):
            continue  # President Putin
        for state in states:
            before = state.end <= office.end and OWNER.fullmatch(text[state.end : max(state.end, office.start)])
            if not before and not (state.start >= office.end and of.fullmatch(text[office.end : state.start])):
                continue
            held = office.also & offices
            if beside["seat"].match(text, state.start):
                held |= {SEATED[one] for one in office.also & SEATED.keys()}
            for concept in sorted(held):
                if (actor := _find_holder(reference, state.key, concept, days[:1], day)) and actor not in known:
                    yield office._replace(kind="name", key=actor, also=frozenset([state.key]), light=False)
            break


def _is_past(office: Item, tokens: Sequence[Token]) -> bool:
    """Whether a word before an office says that it is held no longer, or by a deputy."""
    before = [one for one in tokens if office.start - NEAR <= one.start and one.end <= office.start]
    return any(one.has("former") or one.low.startswith(("deput", "vice", "vize", "stellvertret")) for one in before)


def _find_holder(reference: Reference, state: str, concept: str, days: Sequence[str], day: str) -> str:
    """Return who alone held an office of a state on the first of some days, or steadily until `day`; empty if none."""
    first, last = (days[0], days[0]) if days else (shift_day(day, -STEADY), day)
    terms = _read_terms(reference).get((state, concept), ())
    held = {actor for start, end, actor in terms if start <= first and last <= end}
    others = {actor for start, end, actor in terms if start <= last and first <= end}
    return held.pop() if len(held) == 1 and held == others else ""


@derived
def _read_terms(reference: Reference) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Return first and last day and actor of each term, by state and concept of the office."""
    offices, vocabulary = list_concepts(reference, "kind", "office"), read_vocabulary(reference, "de")
    seat = read_beside(reference, "de")["seat"]
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in reference.rows("offices"):
        concepts = _name_office(vocabulary, row["office_de"])
        speaks = concepts & {"spokesperson"} if seat.search(row["office_de"]) else frozenset()
        for concept in (concepts & offices) | speaks:
            terms.setdefault((row["acts_for"], concept), []).append((*read_term(row), row["actor_id"]))
    return terms


def _name_office(vocabulary: Vocabulary, title: str) -> frozenset[str]:
    """Return the concepts of a title: of its first word, or of its first two."""
    first, *rest = title.split()
    lemma = lemmatize(first, vocabulary.language)
    paired = {c for word, c in vocabulary.phrases.get(lemma, ()) if word in [one.lower() for one in rest[:1]]}
    return vocabulary.find(lemma, noun=True)[0] | paired
