"""Which of the acts that a language model reads are admitted: the gate asks what can be checked without understanding.

A model invents, and may be told to. So its quotation must stand in one sentence to the letter, and each name somewhere
in the text. A name that the tables know is that actor; any other is an unknown one, which is kept. A date stands only
if our reader of dates bears it out, else the act stays without. An act is never put more surely than the words around
it allow. Who acts on whom, and what the words mean, is the model's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from unicodedata import bidirectional, combining, normalize

from babel import Locale, UnknownLocaleError
from babel.core import get_global

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
from lagebild.core import HALF, STATUSES, Reference, derived, fold_typography, stands_for
from lagebild.corpus import find_stops, split_sentences
from lagebild.reader.request import LISTS, NEEDED, AskedText

MANY = 10  # names on a side
LEAST = 2  # words of a quotation
ENDING, SHORTEST = 2, 3  # letters of the name of a state that its endings may change, and that must stand
RULE = "model:"  # before the name of the model, as the rule of what it reads
SIDES = ("source_actors", "target_actors")
SPOKEN_ACTS = ("ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN")  # … are done by words


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
    text = _Text(reference, article, find_full_names(act for _, act in acts))
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

    def __init__(self, reference: Reference, article: AskedText, full: Mapping[str, str]) -> None:
        self.reference, self.article, self.full = reference, article, full
        self.types = {row["event_type"] for row in reference.rows("event_types")}
        spans = split_sentences(article.text, find_stops(reference, article.language))
        parsed = [*list_sentences(reference, article.text, article.language, article.published)]
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
        source, target, far, mapped = self._name_sides(names, near, date)
        status = decide_status(sentence, (start, end), fields["type"], fields["status"])
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
            speaker=fields["speaker"] if status != "asserted" and self._holds(fields["speaker"]) else "",
            cue="",
            start=start,
            end=end,
            rule=f"{RULE}{model}",
            confidence="C",
            inferred=far,
            trigger=(start, end),
            readers=("model",),
            mapped=mapped,
            unknown=tuple(code for code in (*source, *target) if not _is_known(self.reference, code)),
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

    def _name_sides(self, names: Mapping[str, Sequence[str]], near: str, day: str) -> tuple[tuple[str, ...], ...]:
        """Return whom both sides stand for, which of them other sentences name, and which the model alone maps."""
        named = {side: [*self._name_side(names, side, near, day)] for side in ("source", "target")}
        source, target = (tuple(dict.fromkeys(code for code, *_ in side)) for side in named.values())
        inside = len(source) == len(target) == 1 and names["source"] != names["target"]  # a state and its own citizen
        if ({*source} != {*target} or len(source) == 1) and not inside:
            target = tuple(code for code in target if code not in source)
        if not source and not target:
            raise Refused("actor")
        marks = (tuple(name for name, side in named.items() if any(one[k] for one in side)) for k in (1, 2))
        return source, target, *marks

    def _name_side(
        self, names: Mapping[str, Sequence[str]], side: str, near: str, day: str
    ) -> Iterator[tuple[str, bool, bool]]:
        """Yield whom the names of a side stand for, whether another sentence names him, and whether no table does."""
        for named in list_names(names, side, self.full):
            elsewhere = not find_words(near, named.words)
            if elsewhere and not self._holds(named.words):
                raise Refused("actor")
            known = self._names_state(named.principal) or _look_up(self.reference, named.english, self.article, day)
            mapped = bool(named.principal) and not known
            for code in read_name(self.reference, named, self.article, day):
                yield code, elsewhere, mapped

    def _names_state(self, code: str) -> bool:
        """Whether a text in a language without tables names a state as CLDR does, whatever the ending of the word."""
        language, territory = self.article.language, get_global("territory_aliases").get(code, [""])[0]
        if language in self.reference.languages or not territory:
            return False
        with suppress(UnknownLocaleError, ValueError):
            name = Locale.parse(language, sep="-").territories.get(territory, "")
            stem = name[: max(len(name) - ENDING, SHORTEST)]
            return bool(name) and stem in self.article.text
        return False

    def _holds(self, words: str) -> bool:
        """Whether words stand somewhere in the text or its title: a headline is told in full below it."""
        return bool(find_words(self.article.text, words) or find_words(self.article.title, words))


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
        start, end = places[match.start()], places[match.end() - 1] + 1
        around = text[:start][-1:] + text[end:][:1]  # an apostrophe ends a word
        if not any(sign.isalnum() or combining(sign) for sign in around) or is_joined(text[start:end]):
            return start, end
    return None


def is_joined(words: str) -> bool:
    """Whether words are of a script that writes articles and prepositions with the word behind them, as Arabic does."""
    return all(bidirectional(sign) in ("R", "AL") for sign in words if sign.isalpha())


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


def find_full_names(acts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the full names of persons who are also called by their last name alone, where only one has it."""
    named = {name for act in acts for name in _list_persons(act)}
    full: dict[str, list[str]] = {}
    for name in sorted(named):
        full.setdefault(name.split()[-1], []).append(name)
    return {last: longer[0] for last, each in full.items() if len(longer := [one for one in each if one != last]) == 1}


def _list_persons(act: Mapping[str, Any]) -> list[str]:
    cell = act.get("persons")
    return [name for name in cell if isinstance(name, str) and name.strip()] if isinstance(cell, list) else []


def list_names(names: Mapping[str, Sequence[str]], side: str, full: Mapping[str, str]) -> Iterator[NamedSide]:
    """Yield the names on a side of an act, with what stands for each in lists of one length beside them."""
    english, principals = names.get(f"{side}_en", ()), names.get(f"{side}_for", ())
    for k, words in enumerate(names[side]):
        known, principal = (cells[k] if len(cells) == len(names[side]) else "" for cells in (english, principals))
        yield NamedSide(words, known or full.get(words, words), principal, words in names.get("persons", ()))


def read_name(reference: Reference, named: NamedSide, article: AskedText, day: str) -> tuple[str, ...]:
    """Return for whom a name stands on a day.

    It is whom the model says that it acts for, if the tables know that one; without that, the actor of the tables; else
    an unknown person or organisation, if it is a name at all.
    """
    known = _look_up(reference, named.english, article, day)
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
    acts = list(acts)
    full = find_full_names(acts)
    for act in acts:
        try:
            _, names = _check_form(act)
        except Refused:
            continue
        for named in (*list_names(names, "source", full), *list_names(names, "target", full)):
            for code in read_name(reference, named, article, article.published):
                if not _is_known(reference, code):
                    name = trim_name(reference, named.english, article.language)
                    kind = "person" if named.person else "organisation"
                    yield {"actor_id": make_slug(name), "type": kind, "name": name}


def _is_known(reference: Reference, code: str) -> bool:
    kind, _, name = code.partition(":")
    return not name or (name.lower() if kind == "ORG" else name) in _list_known(reference)


@derived
def _list_known(reference: Reference) -> frozenset[str]:
    """Return ids and names of the actors of the tables; who stands in `unknown.csv` of a case is none of them."""
    nobody = set(reference.case.unknown["actor_id"]) if reference.case else set()
    known = (row for row in reference.rows("actors") if row["actor_id"] not in nobody)
    return frozenset(cell for row in known for cell in (row["actor_id"], row["name_en"]))


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


def decide_status(sentence: Sentence | None, quote: Span, kind: str, status: str) -> str:
    """Return how an act is put: what a model takes for a fact is none where the words around it say otherwise.

    An act of words is a fact if it was spoken, whatever it says: who threatens to attack has threatened. What a
    negation denies needs understanding ("no question, …"), so that is the model's to say.
    """
    if status != "asserted" or sentence is None or kind in SPOKEN_ACTS:
        return status
    starts = [[sentence.tokens[i].start for i in clause.tokens] for clause in sentence.clauses]
    clause = next((k for k, places in enumerate(starts) if any(quote[0] <= at < quote[1] for at in places)), -1)
    reading = assess_clause(sentence, sentence.clauses[clause]).status if clause >= 0 else status
    said = any(said.content[0] < quote[1] and quote[0] < said.content[1] for said in sentence.attributions)
    weaker = reading if reading in ("reported", "hypothetical") else status
    return "reported" if said and weaker == status else weaker
