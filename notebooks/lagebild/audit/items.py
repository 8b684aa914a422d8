"""What a sentence holds, thing by thing: names, words, numbers, dates, quotations; and a sentence with all of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from lagebild.audit.numbers import Amounts, Number, find_numbers, read_amounts
from lagebild.audit.vocabulary import Vocabulary, is_function, is_word, lemmatize, list_concepts, read_vocabulary
from lagebild.coder import OFFICES, QUOTATION, QUOTES, Parse, Token, find_names, parse_text
from lagebild.core import Reference, characters, edtf
from lagebild.dataset import find_principal

Kind = Literal["name", "word", "number", "date", "quote"]
ROUGH = {"date": "yearless", "month": "yearless", "weekday": "weekday", "later": "later"}  # by the rule that reads it
UNDATED = ("era", "recurring", "now")  # rules that read no day
MODEL = re.compile(r"([A-ZÄÖÜ]\w{0,3}-\d+)(?:s?$|-)")  # S-400, Su-35s, MiG-29-Flugzeuge
SHORTEST = 3  # letters of a word that counts
VERB_REACH = 16  # tokens behind a verb among which stands what belongs to it: voted on Monday in the council against
PHRASE_ALIKE = 0.5  # share of its words from which on a stretch of a text is another wording of a quotation
OMITTED = re.compile(r"\s*(?:\[[^\]]*\]|\(\s*(?:\.\.\.|…)\s*\)|…|\.\.\.)\s*")


class Item(NamedTuple):
    """One thing that a sentence says.

    Attributes
    ----------
    kind
        What it is.
    key
        The actor, the lemma, the value, the EDTF date, or the words.
    start, end
        Its place in the text.
    also
        For whom an actor stands, the concepts of a word, or what a number counts.
    proper
        Whether a word looks like a name.
    light
        Whether it says little by itself: a title, an office, a word that a paraphrase leaves out.
    value, rough
        Of a number. Of a date, `rough` is ``yearless``, ``weekday`` or ``relative`` if the text does not give its year,
        ``later`` if it counts from a day before it: the same day.
    """

    kind: Kind
    key: str
    start: int
    end: int
    also: frozenset[str] = frozenset()
    proper: bool = False
    light: bool = False
    value: float = 0.0
    rough: str = ""


def is_name(item: Item) -> bool:
    """Whether a thing is a name, known or not."""
    return item.kind == "name" or item.proper


def is_person(item: Item) -> bool:
    """Whether a name is that of somebody who acts for a state or an organisation."""
    return item.kind == "name" and item.key not in item.also


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence: its place in the text, its words, its language, what it says, and whether it has a finite verb."""

    start: int
    end: int
    text: str
    language: str
    items: tuple[Item, ...]
    has_verb: bool = True

    def of(self, *kinds: Kind) -> list[Item]:
        """Return its items of some kinds."""
        return [one for one in self.items if one.kind in kinds]

    def quote(self, item: Item) -> str:
        """Return the words of a thing as they stand."""
        return self.text[item.start - self.start : item.end - self.start]


def read_claims(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a report, each with the days of which it is certain which it means."""
    claims: list[Reading] = []
    before: Reading | None = None
    for claim in read_sentences(reference, text, language, day):
        known = [one for one in claim.items if one.kind != "date" or _is_known(one, claim, before, text)]
        claims.append(replace(claim, items=tuple(known)))
        before = claim
    return claims


def _is_known(one: Item, claim: Reading, before: Reading | None, text: str) -> bool:
    """Whether it is certain which day a claim means: one that counts from another needs the sentence before."""
    if one.rough != "later" or before is None:
        return one.rough not in ("relative", "later")
    days = [other for other in before.of("date") if not other.rough and edtf.is_day(other.key)]
    return len(days) == 1 and "\n" not in text[before.end : claim.start]


def read_sentences(reference: Reference, text: str, language: str, day: str) -> list[Reading]:
    """Return the sentences of a text as an audit compares them; `day` is that from which its dates are counted."""
    readings = []
    for parse in parse_text(reference, text, language, day):
        items = tuple(_ItemReader(reference, parse, language, day).list_items())
        has_verb = parse.readable and any(clause.finite >= 0 for clause in parse.clauses)
        readings.append(Reading(parse.start, parse.end, text[parse.start : parse.end], language, items, has_verb))
    return readings


class _ItemReader:
    """Reads the items of one sentence."""

    def __init__(self, reference: Reference, parse: Parse, language: str, day: str) -> None:
        self.reference, self.parse, self.day = reference, parse, day
        self.vocabulary: Vocabulary = read_vocabulary(reference, language)
        self.amounts: Amounts = read_amounts(reference, language)
        self.light = list_concepts(reference, "light") | list_concepts(reference, "carrier")
        self.carriers = list_concepts(reference, "carrier")
        self.particles = _find_particles(parse) if self.vocabulary.compounds else {}

    def list_items(self) -> Iterator[Item]:
        """Yield what the sentence holds."""
        tokens, language = self.parse.tokens, self.vocabulary.language
        yield from self._list_dates()
        for match in QUOTATION.finditer(self.parse.text, self.parse.start, self.parse.end):
            yield Item("quote", match[0], *match.span())
        dated = self._find_dated()
        numbers = list(find_numbers(self.amounts, language, tokens, frozenset(dated - _find_lasting(self.parse))))
        for number in numbers:
            start, end = tokens[number.first].start, tokens[number.last].end
            counts = frozenset(self._list_counted(number.counted))
            yield Item("number", f"{number.value:g}", start, end, counts, value=number.value, rough=number.rough)
        skipped = self._find_counted(numbers)
        for i, token in enumerate(tokens):
            if i not in skipped and (i not in dated or token.names):
                yield from self._read_token(i, token, dated=i in dated)

    def _list_dates(self) -> Iterator[Item]:
        for one in self.parse.dates:
            if not one.edtf or one.rule in UNDATED:
                continue
            rough = "" if one.basis == "stated" else ROUGH.get(one.rule, "relative")
            if rough == "weekday" and not edtf.is_day(one.edtf):
                rough = "relative"  # until Monday
            yield Item("date", one.edtf, one.start, one.end, rough=rough)

    def _find_dated(self) -> set[int]:
        """Return the tokens of dates."""
        dated = set[int]()
        for one in self.parse.dates:
            for i, token in enumerate(self.parse.tokens):
                if one.start <= token.start and token.end <= one.end:
                    dated.add(i)
        return dated

    def _find_counted(self, numbers: Iterable[Number]) -> set[int]:
        """Return the tokens of numbers and of their units, but for what stands behind two-week."""
        tokens, found = self.parse.tokens, set[int]()
        for number in numbers:
            found.update(range(number.first, number.last + 1))
            behind = tokens[number.last + 1 : number.last + 2]
            if any(token.text in number.counted[:1] and token.low in self.amounts.units for token in behind):
                found.add(number.last + 1)
        return found

    def _list_counted(self, counted: Sequence[str]) -> Iterator[str]:
        """Yield what a number counts: the name of its unit, or the words and concepts behind it."""
        for word in counted:
            if word.lower() in self.amounts.units:
                yield f"unit:{self.amounts.units[word.lower()]}"
                return
        for word in counted:
            lemma = lemmatize(word, self.vocabulary.language)
            yield lemma
            yield from self.vocabulary.find(lemma, noun=True)[0]

    def _read_token(self, i: int, token: Token, *, dated: bool) -> Iterator[Item]:
        """Yield the names that a token holds, and what it says beside them."""
        for name in token.names:
            if not dated or name.type != "person":  # 3 May is no day of Theresa May
                yield self._name(name.actor_id, name.start, name.end)
        words = self._read_word(i, token)
        if not token.names:
            yield from words
        elif "-" in token.text and max(name.end for name in token.names) < token.end:
            yield from list(words)[:1]  # of US-Sanktionen the part that is no name

    def _name(self, actor: str, start: int, end: int) -> Item:
        return Item("name", actor, start, end, frozenset([find_principal(self.reference, actor, self.day)]))

    def _read_word(self, i: int, token: Token) -> Iterator[Item]:
        """Yield what a word says: itself, and the first part of a compound, which may be a name: Kremlchef."""
        if not token.text[0].isalpha() or len(token.text) < SHORTEST:
            return
        if i in self.particles.values() or is_function(token):
            return
        whole = token.text.replace("‑", "-")
        if model := MODEL.match(whole):
            yield Item("word", model[1].lower(), token.start, token.start + model.end(), proper=True)
            whole = whole[model.end() :]
        *before, text = whole.split("-")
        if not text:
            return
        lemma = self._find_lemma(i, token, text)
        concepts, head = self.vocabulary.find(lemma, noun=text[:1].isupper())
        concepts |= self._find_phrase(i, lemma)
        proper = not concepts and self._looks_proper(token, text)
        light = token.word.head in OFFICES or bool(concepts & self.light)
        if lemma:
            yield Item("word", lemma, token.start, token.end, concepts - self.carriers, proper=proper, light=light)
        for part in (*before, head):
            if part:
                yield from self._read_part(part, token)

    def _find_lemma(self, i: int, token: Token, text: str) -> str:
        """Return the lemma of the last part of a token, of a verb by what the tables know of it."""
        vocabulary = self.vocabulary
        lemma = lemmatize(text, vocabulary.language)
        known = ""
        if text == token.text:
            known = next((verb.lemma for verb in token.word.verbs if not verb.particle), "")
        if known and not vocabulary.find(lemma)[0] and (text[:1].islower() or not vocabulary.compounds):
            lemma = known.replace("|", "")
        if lemma not in vocabulary.words:
            lemma = vocabulary.find_verb(text.lower()) or lemma
        if i in self.particles:
            lemma = self.parse.tokens[self.particles[i]].low + lemma
        return lemma

    def _find_phrase(self, i: int, lemma: str) -> frozenset[str]:
        """Return the concepts of a verb with the particle that stands next behind it: voted for, not against."""
        behind = [token.low for token in self.parse.tokens[i + 1 : i + 1 + VERB_REACH]]
        nearest, found = VERB_REACH, set[str]()
        for particle, concept in self.vocabulary.phrases.get(lemma, ()):
            place = behind.index(particle) if particle in behind else VERB_REACH
            if place < nearest:
                nearest, found = place, set()
            if place == nearest < VERB_REACH:
                found.add(concept)
        return frozenset(found)

    def _looks_proper(self, token: Token, text: str) -> bool:
        """Whether a word without a concept looks like a name."""
        if not text[:1].isupper() or self.parse.tokens[0].start == token.start:
            return False
        short = sum(map(str.isupper, text)) > 1  # AfD, PSOE
        return short or not self.vocabulary.compounds or not is_word(text, self.vocabulary.language)

    def _read_part(self, part: str, token: Token) -> Iterator[Item]:
        """Yield whom the first part of a compound names, or what it says."""
        language, named = self.vocabulary.language, False
        for name in find_names(self.reference, part.capitalize(), language, self.day):
            if name.type != "person":  # a Kernaussage is not by a man called Kern
                named = True
                yield self._name(name.actor_id, token.start, token.end)
        if not named:
            lemma = lemmatize(part, language)
            concepts = self.vocabulary.find(lemma, noun=True)[0]
            yield Item("word", lemma, token.start, token.end, concepts, proper=part[:1].isupper())


def _find_lasting(parse: Parse) -> set[int]:
    """Return the tokens of dates that say how long something lasts: since, in 25 years; not in the five years."""
    found = set[int]()
    for date in parse.dates:
        if date.rule == "ahead" or (date.rule == "ago" and ".." in date.edtf):
            span = [i for i, token in enumerate(parse.tokens) if date.start <= token.start < date.end]
            if not any(parse.tokens[i].has("determiner") for i in span):
                found.update(span)
    return found


def _find_particles(parse: Parse) -> Mapping[int, int]:
    """Return the place of the separable part of each finite verb: schloss … aus, regte an, … zu prüfen."""
    found = dict[int, int]()
    if not parse.readable:
        return found
    for clause in parse.clauses:
        for i in clause.tokens:
            if i > clause.finite >= 0 and parse.tokens[i].has("prefix") and _ends_clause(parse.tokens, i):
                found[clause.finite] = i
                break
    return found


def _ends_clause(tokens: Sequence[Token], i: int) -> bool:
    if i + 1 >= len(tokens):
        return True
    after = tokens[i + 1]
    return after.has("coordinator") or not (after.text[0].isalnum() or after.text in QUOTES)


# --- Quotations ---
# They are compared letter by letter, whatever their typography.


@lru_cache(2**12)
def fold_quotation(text: str) -> str:
    """Return the words of a quotation without its typography: marks, dashes, white space, the dot at its end."""
    return normalize("NFC", characters.fold_typography(text)[0].strip(" ,.;:!?-").casefold())


def split_quotation(text: str) -> list[str]:
    """Return the parts of a quotation between what it leaves out, folded."""
    return [part for part in map(fold_quotation, OMITTED.split(text)) if part]


def share_words(quotation: str, text: str) -> float:
    """Return how many of the words of a quotation stand in a text, 0 to 1."""
    words = fold_quotation(quotation).split()
    held = set(fold_quotation(text).split())
    return sum(word in held for word in words) / len(words) if words else 0.0


def find_wording(quotation: str, text: str, quoted: Iterable[str]) -> str:
    """Return what comes nearest to a quotation: of what a text quotes, else of its words; empty if they share none."""
    best = max(quoted, key=lambda one: share_words(quotation, one), default="")
    if share_words(quotation, best):
        return best
    words, long = text.split(), len(quotation.split())
    parts = [" ".join(words[n : n + long]) for n in range(max(len(words) - long, 0) + 1)]
    best = max(parts, key=lambda one: share_words(quotation, one))
    return best if share_words(quotation, best) >= PHRASE_ALIKE else ""
