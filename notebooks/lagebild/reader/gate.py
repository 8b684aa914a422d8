"""Which of the acts that a language model reads are admitted: the gate asks what can be checked without understanding.

A model invents, and may be told to. So its quotation must stand in one sentence to the letter, and each name somewhere
in the text. A name that the tables know is that actor; any other is an unknown one, which is kept. A date stands only
if our reader of dates bears it out, else the act stays without. An act is never put more surely than the words around
it allow. Who acts on whom, and what the words mean, is the model's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from lagebild.coder import (
    LONGEST_PARSED,
    OFFICES,
    Draft,
    Name,
    Sentence,
    Span,
    assess_clause,
    find_names,
    list_sentences,
    read_language,
    read_lexicon,
)
from lagebild.core import HALF, STATUSES, Reference, derived, ends, fold_typography, stands_for
from lagebild.corpus import find_stops, split_sentences
from lagebild.reader.request import LISTS, NEEDED, AskedText

MANY = 10  # names on a side
LEAST = 2  # words of a quotation
RULE = "model:"  # before the name of the model, as the rule of what it reads
SIDES = ("source_actors", "target_actors")


class Refused(Exception):
    """Why an act is not admitted."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What became of the acts that a model reads in a text.

    Attributes
    ----------
    admitted
        Drafts in the order of the text, without a probability yet; `rule` is ``model:`` and the name of the model.
    refused
        The others: the quotation, and why, one of `quote`, `actor`, `type`, `status`, `twice`, `form`.
    undated
        How many were admitted without the date that the model gives.
    """

    admitted: tuple[Draft, ...]
    refused: tuple[tuple[str, str], ...]
    undated: int


def admit_acts(
    reference: Reference, article: AskedText, acts: Iterable[tuple[Span, Mapping[str, Any]]], model: str
) -> Gated:
    """Return which acts of a model are admitted.

    Parameters
    ----------
    reference
        The tables of names and words.
    article
        What the model was asked about.
    acts
        Each act that it answers with the part of the text that it was asked about; fields as in `request`.
    model
        Its name.
    """
    acts = list(acts)
    if not acts:
        return Gated((), (), 0)
    text = _Text(reference, article)
    admitted, refused, undated = list[Draft](), list[tuple[str, str]](), 0
    for part, act in acts:
        try:
            draft, dropped = text.read(part, act, model)
            if any(_is_same(draft, other) for other in admitted):
                raise Refused("twice")
            admitted.append(draft)
            undated += dropped
        except Refused as why:
            quote = act.get("quote")
            refused.append((HALF.sub("?", quote)[:LONGEST_PARSED] if isinstance(quote, str) else "", str(why)))
    drafts = sorted(admitted, key=lambda draft: (draft.start, draft.end, draft.event_type))
    return Gated(tuple(drafts), tuple(refused), undated)


def _is_same(draft: Draft, other: Draft) -> bool:
    """Whether two drafts tell one act by words that they share."""
    same = all(getattr(draft, name) == getattr(other, name) for name in ("event_type", *SIDES))
    return same and draft.start < other.end and other.start < draft.end


class _Text:
    """A text as our readers of sentences, names and dates see it, against which acts are held."""

    def __init__(self, reference: Reference, article: AskedText) -> None:
        self.reference, self.article = reference, article
        self.types = {row["event_type"] for row in reference.rows("event_types")}
        spans = split_sentences(article.text, find_stops(reference, article.language))
        read: Iterable[Sentence] = ()
        if article.language in reference.languages:
            read = list_sentences(reference, article.text, article.language, article.published)
        parsed = [*read]  # without a dateline before, and what a ticker adds behind
        inside = ((s for s in parsed if start <= s.parse.start < end) for start, end in spans)
        self.sentences = [(*span, next(found, None)) for span, found in zip(spans, inside, strict=True)]

    def read(self, part: Span, act: Mapping[str, Any], model: str) -> tuple[Draft, bool]:
        """Return an act as a draft, and whether its date was dropped."""
        fields, names = _check_form(act)
        for name, known in (("type", self.types), ("status", STATUSES)):
            if fields[name] not in known:
                raise Refused(name)
        start, end, sentence, near = self._find_quote(part, fields["quote"])
        date, words, basis = find_date(sentence, fields["date_text"])
        source, target, far = self._name_sides(names, near, date)
        status = decide_status(sentence, (start, end), fields["status"], date)
        draft = Draft(
            event_type=fields["type"],
            type_alt=(),
            source_actors=source,
            target_actors=target,
            mutual=len(source) > 1 and {*source} == {*target},
            date=date,
            date_text=words,
            date_basis=basis,
            status=status,
            speaker=self._find_speaker(sentence, (start, end), fields["speaker"], status),
            cue="",
            start=start,
            end=end,
            rule=f"{RULE}{model}",
            confidence="C",
            inferred=far,
            trigger=(start, end),
            readers=("model",),
        )
        return draft, bool((fields["date"] or fields["date_text"]) and not date)

    def _find_quote(self, part: Span, quote: str) -> tuple[int, int, Sentence | None, str]:
        """Return the place of a quotation and its sentence, the first if several hold it."""
        if len(quote.split()) >= LEAST:
            for start, end, sentence in self.sentences:
                words = self.article.text[start:end]
                if part[0] <= start < part[1] and (found := find_words(words, quote)):
                    return start + found[0], start + found[1], sentence, words
        raise Refused("quote")

    def _name_sides(
        self, names: Mapping[str, Sequence[str]], near: str, day: str
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return whom both sides stand for, and which of them the sentence of the act does not name."""
        named = {side: [*self._name_side(names, side, near, day)] for side in ("source", "target")}
        source, target = (tuple(dict.fromkeys(code for code, _ in side)) for side in named.values())
        if {*source} != {*target} or len(source) == 1:
            target = tuple(code for code in target if code not in source)
        if not source and not target:
            raise Refused("actor")
        return source, target, tuple(name for name, side in named.items() if any(elsewhere for _, elsewhere in side))

    def _name_side(
        self, names: Mapping[str, Sequence[str]], side: str, near: str, day: str
    ) -> Iterator[tuple[str, bool]]:
        """Yield whom the names of a side stand for, and whether the sentence of the act does not name him."""
        for named in list_names(names, side):
            elsewhere = not find_words(near, named.words)
            if elsewhere and not self._holds(named.words):
                raise Refused("actor")
            for code in read_name(self.reference, named, self.article, day):
                yield code, elsewhere

    def _holds(self, words: str) -> bool:
        """Whether words stand somewhere in the text or its title: a headline is told in full below it."""
        return bool(find_words(self.article.text, words) or find_words(self.article.title, words))

    def _find_speaker(self, sentence: Sentence | None, quote: Span, named: str, status: str) -> str:
        """Return who says so, if the words stand in the text: as the model names him, else as our rules do."""
        if status == "asserted":
            return ""
        if named and self._holds(named):
            return named
        said = [one for one in _list_sayings(sentence, quote) if one] if sentence else []
        return said[0] if said else ""


def _check_form(act: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the texts of an act, and its lists of names, if each is a text as one could stand there."""
    names = {name: act[name] for name in LISTS if act.get(name) is not None}
    fields = {name: act.get(name) for name in (*NEEDED, "speaker") if name not in LISTS}
    fields["speaker"] = fields["speaker"] or ""
    if not {"source", "target"} <= names.keys():
        raise Refused("form")
    if not all(isinstance(cell, list) and len(cell) <= MANY for cell in names.values()):
        raise Refused("form")
    words = [*fields.values(), *(one for cell in names.values() for one in cell)]
    if not all(isinstance(word, str) and len(word) <= LONGEST_PARSED and not HALF.search(word) for word in words):
        raise Refused("form")
    return {name: str(word) for name, word in fields.items()}, names


def find_words(text: str, words: str) -> Span | None:
    """Return where words stand in a text first, to the letter but for typography; not inside a word."""
    folded, places = fold_typography(text)
    wanted = fold_typography(words)[0].strip()
    for match in re.finditer(re.escape(wanted), folded) if wanted else ():
        around = folded[: match.start()][-1:] + " " + folded[match.end() :][:1]
        if not any(sign.isalnum() or combining(sign) for sign in around):
            return places[match.start()], places[match.end() - 1] + 1
    return None


# --- Names ---

WORD = re.compile(r"[^\W_]+")
LATIN = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "ə": "e"}
SPOKEN = "en"  # language of the names that a model gives for those of a text in a language without tables


class NamedSide(NamedTuple):
    """A name as an act has it: its words in the text, in English, for whom it acts by the model, and its kind."""

    words: str
    english: str
    principal: str
    person: bool


def list_names(names: Mapping[str, Sequence[str]], side: str) -> Iterator[NamedSide]:
    """Yield the names on a side of an act, as far as they are lists of one length."""
    english, principals = names.get(f"{side}_en", ()), names.get(f"{side}_for", ())
    for k, words in enumerate(names[side]):
        known, principal = (cells[k] if len(cells) == len(names[side]) else "" for cells in (english, principals))
        yield NamedSide(words, known or words, principal, words in names.get("persons", ()))


def read_name(reference: Reference, named: NamedSide, article: AskedText, day: str) -> tuple[str, ...]:
    """Return for whom a name stands on a day.

    An organisation or group of the tables is itself, and so is a person who holds no office on that day. Else it is
    whom the model says that it acts for; without that, the actor of the tables; else an unknown person or organisation,
    if it is a name at all.
    """
    known = _look_up(reference, named.english, article, day)
    if any(":" in code for code in known) or not (named.principal or known or named.english):
        return known
    if named.principal in _list_states(reference):
        return (named.principal,)
    if named.principal and (principal := _look_up(reference, named.principal, replace(article, language=SPOKEN), day)):
        return principal
    name = trim_name(reference, named.english, article.language)
    if known or not (slug := make_slug(name)):
        return known
    return (f"PER:{name}" if named.person else f"ORG:{slug.upper()}",)


def trim_name(reference: Reference, name: str, language: str) -> str:
    """Return a name without an article before it; empty if what is left is no name: the rebels, die Opposition, He."""
    words = name.split()
    spoken = language if language in reference.languages else SPOKEN
    known = read_lexicon(reference, spoken)
    led = bool(words) and "determiner" in known.word(words[0]).classes
    kept = words[1:] if led else words
    alone = led and len(kept) < LEAST and read_language(reference, spoken).capital_nouns
    named = any(any(map(str.isupper, word)) and not known.word(word).classes for word in kept)
    described = kept[:1] and kept[0].isalpha() and kept[0].islower()  # mutmaßlicher Anhänger, suspected gunmen
    return "" if alone or described or not named else " ".join(kept)


@derived
def _list_states(reference: Reference) -> frozenset[str]:
    return frozenset(row["actor_id"] for row in reference.rows("actors") if row["type"] == "state")


def _look_up(reference: Reference, name: str, article: AskedText, day: str) -> tuple[str, ...]:
    """Return the actors of the tables for whom a name stands; nobody if other words make it another name.

    Beside a known name only words may stand that leave it who it is: president, of, the. *Critics of X* are not X.
    """
    language = article.language if article.language in reference.languages else SPOKEN
    known = find_names(reference, name, language, article.published)
    if known and known[0].start == 0 and known[0].type in ("organisation", "group"):
        known, beside = known[:1], []  # Islamic State of Iraq and the Levant
    else:
        beside = _list_beside(reference, name, known, language)
    states = [one.actor_id for one in known if one.type == "state"] if not beside else []
    standing = (_stand(reference, one.actor_id, day, article, states) for one in known if not beside)
    return tuple(dict.fromkeys(standing))


def _list_beside(reference: Reference, name: str, known: Sequence[Name], language: str) -> list[str]:
    """Return the words beside the known names of a name that may make it another one."""
    words, spans = read_lexicon(reference, language), [(one.start, one.end) for one in known]
    rest = (w[0] for w in WORD.finditer(name) if not any(start <= w.start() < end for start, end in spans))
    small = ("determiner", "coordinator", "preposition")
    return [
        word
        for word in rest
        if word != "s"
        and (known_word := words.word(word)).head not in OFFICES
        and not known_word.classes.keys() & {*small}
    ]


def _stand(reference: Reference, actor_id: str, day: str, article: AskedText, states: Sequence[str]) -> str:
    state = next((one for one in states if one != actor_id), "")
    code = stands_for(reference, actor_id, day or article.published, state)
    if code.startswith("PER:") and day > article.published:  # who is in office today, of what is to come
        code = stands_for(reference, actor_id, article.published, state)
    return code


def make_slug(name: str) -> str:
    """Return a name as an id: small letters without accents, digits and hyphens."""
    plain = "".join(LATIN.get(sign, sign) for sign in normalize("NFKD", name.lower()))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not combining(sign))))


def list_unknown(
    reference: Reference, article: AskedText, acts: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, str]]:
    """Yield the actors whom acts name and no table knows; columns as in ``case/unknown``."""
    for act in acts:
        try:
            _, names = _check_form(act)
        except Refused:
            continue
        for named in (*list_names(names, "source"), *list_names(names, "target")):
            for code in read_name(reference, named, article, article.published):
                if not _is_listed(reference, code):
                    name = trim_name(reference, named.english, article.language)
                    kind = "person" if named.person else "organisation"
                    yield {"actor_id": make_slug(name), "type": kind, "name": name}


def _is_listed(reference: Reference, code: str) -> bool:
    kind, _, name = code.partition(":")
    return not name or (name.lower() if kind == "ORG" else name) in _list_known(reference)


@derived
def _list_known(reference: Reference) -> frozenset[str]:
    return frozenset(cell for row in reference.rows("actors") for cell in (row["actor_id"], row["name_en"]))


# --- Dates and Status ---


def find_date(sentence: Sentence | None, words: str) -> tuple[str, str, str]:
    """Return the date that our reader finds in words of a sentence, the phrase, and how it is known; else nothing."""
    if sentence is None:  # of a language without tables
        return "", "", ""
    place = find_words(sentence.text[sentence.parse.start : sentence.parse.end], words)
    start, end = (sentence.parse.start + at for at in place or (0, 0))
    for phrase in sentence.dates if place else ():
        if phrase.edtf and start < phrase.end and phrase.start < end:
            return phrase.edtf, phrase.text, phrase.basis
    return "", "", ""


def decide_status(sentence: Sentence | None, quote: Span, status: str, date: str) -> str:
    """Return how an act is put: what a model takes for a fact is none where our rules read it otherwise."""
    if status != "asserted" or sentence is None:
        return status
    if OPT["status"] == "model":
        return status
    clauses = [
        clause
        for clause in sentence.clauses
        if any(quote[0] <= sentence.tokens[i].start < quote[1] for i in clause.tokens)
    ]
    readings = {assess_clause(sentence, clause).status for clause in clauses[: 1 if OPT["status"] == "first" else None]}
    if date and ends(date)[0] > sentence.published:
        readings.add("hypothetical")
    attributed = bool([*_list_sayings(sentence, quote)])
    if OPT["status"] == "said":
        return "reported" if attributed else "asserted"
    return next(
        (r for r in ("negated", "open", "hypothetical") if r in readings), "reported" if attributed else "asserted"
    )


OPT = {"status": "model"}


def _list_sayings(sentence: Sentence, quote: Span) -> Iterator[str]:
    """Yield who says what stands at a place, as our rules read it; an empty text if the sentence does not name him."""
    for saying in sentence.attributions:
        if saying.content[0] < quote[1] and quote[0] < saying.content[1]:
            yield sentence.text[slice(*saying.source)] if saying.source else ""
