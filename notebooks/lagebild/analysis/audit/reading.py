"""A sentence as an audit compares it: what it names, counts, dates, quotes and says, each thing with its standing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lagebild.analysis.audit.numbers import find_numbers, read_units
from lagebild.analysis.audit.vocabulary import Vocabulary, lemmatize, read_vocabulary
from lagebild.coder.attribution import find_attributions
from lagebild.coder.gazetteer import find_names
from lagebild.coder.factuality import Standing, assess
from lagebild.coder.memory import Memory
from lagebild.coder.parse import Parse, parse
from lagebild.coder.sentence import Sentence, deal
from lagebild.coder.speech import QUOTATION
from lagebild.coder.syntax import Clause, Predicate
from lagebild.core.reference import Reference
from lagebild.dataset.codes import find_principal

# Classes of the table `grammar` whose words say nothing by themselves.
FUNCTION = frozenset(
    "determiner preposition subordinator coordinator relative pronoun possessive modal be have become been adverb "
    "neutral negator question complementizer infinitive reflexive personal fused number prefix this there us him "
    "continuing whether maybe hearsay".split()
)
SHORTEST = 3  # letters of a word that counts


class Item(NamedTuple):
    """One thing that a sentence says.

    `kind` is name, word, number, date or quote; `key` the actor, the lemma, the value, the EDTF date or the words;
    `also` for whom an actor stands, the concepts of a word, or what a number counts. `status` is how the sentence puts
    the clause it stands in, `subject` whether it is who acts there, `proper` whether a word looks like a name.
    """

    kind: str
    key: str
    start: int
    end: int
    also: frozenset[str] = frozenset()
    clause: int = 0
    status: str = "asserted"
    subject: bool = False
    proper: bool = False
    value: float = 0.0
    rough: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence: its place in the text, its language, and what it says."""

    start: int
    end: int
    text: str
    language: str
    items: tuple[Item, ...]
    speaker: bool = False  # whether somebody says it, or part of it
    hedged: bool = False  # whether part of it is told as possible, planned or hearsay
    kinds: frozenset[str] = field(default=frozenset())

    def of(self, *kinds: str) -> list[Item]:
        """Return its items of some kinds."""
        return [one for one in self.items if one.kind in kinds]


def read_sentences(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a text as an audit compares them; `day` is that from which its dates are counted."""
    parses = parse(reference, text, language, day)
    vocabulary, memory = read_vocabulary(reference, language), Memory()
    spoken = deal(parses, find_attributions(text, parses)) if parses else []
    return [
        _read(reference, one, vocabulary, Sentence(one, said, day, memory), day)
        for one, said in zip(parses, spoken, strict=True)
    ]


def _read(reference: Reference, one: Parse, vocabulary: Vocabulary, sentence: Sentence, day: str) -> Reading:
    clauses = one.clauses if one.readable else []
    at = {i: n for n, clause in enumerate(clauses) for i in clause.tokens}
    standings = [_rate(sentence, clause) for clause in clauses]
    items = []
    for item, i in _list_items(reference, one, vocabulary, day):
        n = at.get(i, -1)
        standing = _attribute(sentence, standings[n] if n >= 0 else Standing("asserted"), item.start)
        subject = n >= 0 and _is_subject(clauses[n], i)
        items.append(item._replace(clause=n, status=standing, subject=subject))
    statuses = {item.status for item in items}
    return Reading(
        one.start,
        one.end,
        one.text[one.start : one.end],
        vocabulary.language,
        tuple(items),
        bool(sentence.attributions),
        bool(statuses & {"hypothetical", "open", "reported"}),
    )


def _rate(s: Sentence, clause: Clause) -> Standing:
    """Return how a sentence puts a clause: by its verb, known or not, and what stands above it."""
    if not clause.tokens:
        return Standing("asserted")
    found = [assess(s, clause, one) for one in clause.predicates]
    if found:
        return max(found, key=lambda one: one.status != "asserted")
    place = clause.finite if clause.finite >= 0 else min(clause.tokens)
    return assess(s, clause, Predicate("", place, "active", clause, frozenset(s.grammar.read_marks(clause))))


def _attribute(s: Sentence, standing: Standing, place: int) -> str:
    """Return the standing of what stands at a place: reported, if somebody says it there."""
    if standing.status != "asserted":
        return standing.status
    said = any(one.content[0] <= place < one.content[1] for one in s.attributions)
    return "reported" if said else "asserted"


def _is_subject(clause: Clause, i: int) -> bool:
    phrase = clause.subject
    if phrase is None:
        return False
    return any(one.first <= i <= one.last for one in (phrase, *phrase.joined))


def _list_items(reference: Reference, one: Parse, vocabulary: Vocabulary, day: str) -> Iterator[tuple[Item, int]]:
    """Yield what a sentence holds, each thing with its token."""
    tokens, language = one.tokens, vocabulary.language
    starts = [token.start for token in tokens]
    dates = [date for date in one.dates if date.edtf and date.rule not in ("era", "recurring", "now")]
    dated = {
        i for date in one.dates for i, token in enumerate(tokens) if date.start <= token.start and token.end <= date.end
    }
    for date in dates:
        yield Item("date", date.edtf, date.start, date.end), max(bisect_right(starts, date.start) - 1, 0)
    for match in QUOTATION.finditer(one.text, one.start, one.end):
        yield Item("quote", match[0], *match.span()), max(bisect_right(starts, match.start()) - 1, 0)
    numbers = find_numbers(reference, language, tokens, frozenset(dated))
    counted = {i for number in numbers for i in range(number.first, number.last + 1)}
    for number in numbers:
        start, end = tokens[number.first].start, tokens[number.last].end
        units = frozenset(_count(reference, vocabulary, number.counted))
        key = f"{number.value:g}"
        yield Item("number", key, start, end, units, value=number.value, rough=number.rough), number.first
    particles = _find_particles(one) if vocabulary.compounds else {}
    for i, token in enumerate(tokens):
        if i in counted or (i in dated and not token.names):
            continue
        for name in token.names:
            principal = find_principal(reference, name.actor_id, day)
            yield Item("name", name.actor_id, name.start, name.end, frozenset([principal])), i
        if not token.names:
            for item in _read_word(reference, i, one, vocabulary, particles, day):
                yield item, i


def _read_word(
    reference: Reference, i: int, one: Parse, vocabulary: Vocabulary, particles: dict[int, int], day: str
) -> Iterator[Item]:
    """Yield what a word says: itself, and the first part of a compound, which may be a name: Kremlchef."""
    token = one.tokens[i]
    if not token.text[0].isalpha() or len(token.text) < SHORTEST or i in particles.values():
        return
    if not token.word.classes.keys().isdisjoint(FUNCTION) and not token.word.nouns:
        return
    *before, text = token.text.replace("‑", "-").split("-") if vocabulary.compounds else (token.text,)
    lemma = lemmatize(text, vocabulary.language)
    if i in particles:
        lemma = one.tokens[particles[i]].low + lemma
    concepts, head = vocabulary.find(lemma)
    behind = [other.low for other in one.tokens[i + 1 : i + 6]]
    concepts |= {c for particle, c in vocabulary.phrases.get(lemma, ()) if particle in behind}
    capital = text[:1].isupper() and one.tokens[0].start != token.start
    proper = capital and not concepts and (not vocabulary.compounds or lemma == text.lower())
    if lemma:
        yield Item("word", lemma, token.start, token.end, concepts, proper=proper)
    for part in (*before, head):
        names = find_names(reference, part.capitalize(), vocabulary.language, day) if part else ()
        for name in names:
            principal = find_principal(reference, name.actor_id, day)
            yield Item("name", name.actor_id, token.start, token.end, frozenset([principal]))
        if part and not names:
            first = lemmatize(part, vocabulary.language)
            yield Item("word", first, token.start, token.end, vocabulary.find(first)[0], proper=part[:1].isupper())


def _find_particles(one: Parse) -> dict[int, int]:
    """Return the place of the separable part of each finite verb: schloss … aus."""
    found = {}
    for clause in one.clauses if one.readable else ():
        last = next((i for i in reversed(clause.tokens) if one.tokens[i].text[0].isalpha()), -1)
        if clause.finite >= 0 and last > clause.finite and one.tokens[last].has("prefix"):
            found[clause.finite] = last
    return found


def _count(reference: Reference, vocabulary: Vocabulary, counted: Sequence[str]) -> Iterator[str]:
    """Yield what a number counts: the name of its unit, and the words and concepts behind it."""
    units = read_units(reference, vocabulary.language)
    for word in counted:
        if word in units:
            yield f"unit:{units[word]}"
            return
    for word in counted:
        lemma = lemmatize(word, vocabulary.language)
        yield lemma
        yield from vocabulary.find(lemma)[0]
