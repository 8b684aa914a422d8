"""Which of the acts that a language model reads are admitted: the gate asks what can be checked without understanding.

A model invents, and may be told to. So its quotation must stand in one sentence to the letter, and each name there,
before it, or in the title. A name that the tables know is that actor; any other is an unknown one, which is kept. A
date stands only if our reader of dates bears it out, else the act stays without. An act is never put more surely than
the words around it allow. Who acts on whom, and what the words mean, is the model's to say.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple
from unicodedata import bidirectional, combining

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from lagebild.coder import (
    LONGEST_PARSED,
    Draft,
    Sentence,
    Span,
    assess_clause,
    list_sentences,
)
from lagebild.core import STATUSES, Reference, characters
from lagebild.corpus import find_stops, split_sentences
from lagebild.reader.naming import (
    NamedSide,
    describe_unknown,
    find_full_names,
    is_known,
    is_private,
    list_names,
    list_persons,
    look_up,
    read_name,
)
from lagebild.reader.request import FIELDS, FOREIGN, LISTS, AskedText

LOGGER = logging.getLogger(__name__)

MANY = 10  # names on a side
MOST = 100  # acts of one answer that are looked at
LEAST = 2  # words of a quotation
ENDING, SHORTEST = 2, 3  # letters of the name of a state that its endings may change, and that must stand
PREFIX = 3  # letters that a language may write before it in one word: an article, a preposition
RULE = "model:"  # before the name of the model, as the rule of what it reads
SIDES = ("source_actors", "target_actors")
WEAKER = ("reported", "hypothetical")  # readings of a clause that make no fact of an act
SPEECH = ("direct", "indirect", "free")  # kinds of attribution that give the words of a speaker
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
        The others: the quotation, and why, one of `quote`, `actor`, `private`, `type`, `status`,
        `twice`, `form`, `many`.
    undated
        How many were admitted without the date that the model gives.
    unknown
        The actors of the admitted ones whom no table knows; columns as in ``case/unknown``.
    """

    admitted: tuple[Draft, ...]
    refused: tuple[tuple[str, str], ...]
    undated: int
    unknown: tuple[Mapping[str, str], ...] = ()


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
    text = _Text(reference, article, (act for _, act in acts))
    admitted, refused, undated = list[Draft](), list[tuple[str, str]](), 0
    told = Counter[Span]()
    for part, act in acts:
        told[part] += 1
        try:
            if told[part] > MOST:
                raise Refused("many")
            draft, dropped = text.read(part, act, model)
            if any(_is_same(draft, other) for other in admitted):
                raise Refused("twice")
            admitted.append(draft)
            undated += dropped
        except Refused as why:
            quote = act.get("quote")
            LOGGER.debug("an act of %s is refused (%s): %.80r", model, why, quote)
            refused.append((quote[:LONGEST_PARSED] if isinstance(quote, str) else "", str(why)))
    drafts = sorted(admitted, key=lambda draft: (draft.start, draft.end, draft.event_type))
    unknown: dict[str, Mapping[str, str]] = {}
    for draft in drafts:
        for code in draft.unknown:
            unknown[code] = text.unknown[code]
    return Gated(tuple(drafts), tuple(refused), undated, tuple(unknown.values()))


def _is_same(draft: Draft, other: Draft) -> bool:
    """Whether two drafts tell one act by words that they share."""
    same = all(getattr(draft, name) == getattr(other, name) for name in ("event_type", *SIDES))
    return same and draft.start < other.end and other.start < draft.end


class NamedActor(NamedTuple):
    """An actor on a side of an act; `far` if another sentence names it, `mapped` if the model alone says who it is."""

    code: str
    far: bool
    mapped: bool


class _Text:
    """A text as our readers of sentences, names and dates see it, against which acts are held."""

    def __init__(self, reference: Reference, article: AskedText, acts: Iterable[Mapping[str, Any]]) -> None:
        self.reference, self.article = reference, article
        self.tables = article.language in reference.languages
        self.text, self.title = FoldedText(article.text), FoldedText(article.title)
        self.full = find_full_names(name for act in acts for name in list_persons(act) if self._holds(name))
        self.unknown: dict[str, dict[str, str]] = {}
        self.types = {row["event_type"] for row in reference.rows("event_types")}
        parsed = {one.parse.start: one for one in self._parse()}
        starts = sorted(parsed)
        self.sentences: list[tuple[int, int, Sentence | None]] = []
        for start, end in split_sentences(article.text, find_stops(reference, article.language)):
            first = bisect_left(starts, start)
            is_parsed = first < len(starts) and starts[first] < end
            self.sentences.append((start, end, parsed[starts[first]] if is_parsed else None))

    def _parse(self) -> Iterable[Sentence]:
        article = self.article
        return list_sentences(self.reference, article.text, article.language, article.published)

    def read(self, part: Span, act: Mapping[str, Any], model: str) -> tuple[Draft, bool]:
        """Return an act as a draft, and whether its date was dropped."""
        fields, names = _check_form(act)
        for name, known in (("type", self.types), ("status", STATUSES)):
            if fields[name] not in known:
                raise Refused(name)
        (start, end), near, sentence = self._find_quote(part, fields["quote"])
        date, words, basis = find_date(sentence, fields["date_text"])
        source, target, far, mapped = self._name_sides(names, fields["type"], near, date)
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
            unknown=tuple(code for code in (*source, *target) if not is_known(self.reference, code)),
        )
        return draft, bool((fields["date"] or fields["date_text"]) and not date)

    def _find_quote(self, part: Span, quote: str) -> tuple[Span, Span, Sentence | None]:
        """Return the place of a quotation, and that of its sentence with it, the first if several hold it."""
        for start, end in self.text.find(quote) if len(quote.split()) >= LEAST else ():
            begin, stop, sentence = self.sentences[bisect(self.sentences, start, key=itemgetter(0)) - 1]
            if part[0] <= start and end <= part[1] and begin <= start and end <= stop:
                return (start, end), (begin, stop), sentence
        raise Refused("quote")

    def _name_sides(
        self, names: Mapping[str, Sequence[str]], kind: str, near: Span, day: str
    ) -> tuple[tuple[str, ...], ...]:
        """Return whom both sides stand for, which of them other sentences name, and which the model alone maps."""
        if is_private(names, kind):
            raise Refused("private")
        sides, far, mapped = dict[str, list[str]](), list[str](), list[str]()
        for side in ("source", "target"):
            listed = list_names(names, side, self.full, self.tables, kind)
            named = list(self._name_side(listed, near, day))
            sides[side] = list(dict.fromkeys(one.code for one in named))
            if any(one.far for one in named):
                far.append(side)
            if any(one.mapped for one in named):
                mapped.append(side)
        source, target = sides["source"], sides["target"]
        inside = len(source) == len(target) == 1 and names["source"] != names["target"]  # a state and its own citizen
        if ({*source} != {*target} or len(source) == 1) and not inside:
            target = [code for code in target if code not in source]
        if not source and not target:
            raise Refused("actor")
        return tuple(source), tuple(target), tuple(far), tuple(mapped)

    def _name_side(self, listed: Iterable[NamedSide], near: Span, day: str) -> Iterator[NamedActor]:
        """Yield whom the names of a side stand for."""
        for named in listed:
            places = [place for place in self.text.find(named.words) if place[1] <= near[1]]
            if not places and not any(self.title.find(named.words)):
                raise Refused("actor")
            known = look_up(self.reference, named.english, self.article, day)
            for code in read_name(self.reference, named, known, self.article, day):
                if not is_known(self.reference, code):
                    self.unknown[code] = describe_unknown(self.reference, named, self.article)
                borne_out = code in known if self.tables else self._names_state(code, named.words)
                mapped = not borne_out and is_known(self.reference, code)
                yield NamedActor(code, not any(near[0] <= start for start, _ in places), mapped)

    def _names_state(self, code: str, words: str) -> bool:
        """Whether words of a language without tables name a state as CLDR does, whatever the ending of the word."""
        territory = get_global("territory_aliases").get(code, [""])[0]
        with suppress(UnknownLocaleError, ValueError):
            name = Locale.parse(self.article.language, sep="-").territories.get(territory, "")
            stem = name[: max(len(name) - ENDING, SHORTEST)]
            return bool(territory and name) and bool(re.search(rf"\b\w{{,{PREFIX}}}{re.escape(stem)}", words))
        return False

    def _holds(self, words: str) -> bool:
        return any(self.text.find(words)) or any(self.title.find(words))


def _check_form(act: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the texts of an act, and its lists of names, if each is a text as one could stand there.

    Many models write `null` for what there is none of: it is read as if the field were missing.
    """
    fields = {"date_text": "", "date": "", "speaker": ""}
    names: dict[str, list[str]] = {"source": [], "target": []}
    for name in (*FIELDS, *FOREIGN):
        cell = act.get(name)
        if cell is None or cell == [None]:
            continue
        if name not in LISTS:
            fields[name] = _check_words(cell)
        elif isinstance(cell, list) and len(cell) <= MANY:
            names[name] = [_check_words("" if words is None else words) for words in cell]
        else:
            raise Refused("form")
    if not fields.keys() >= {"quote", "type", "status"}:
        raise Refused("form")
    return fields, names


def _check_words(cell: object) -> str:
    if isinstance(cell, str) and len(cell) <= LONGEST_PARSED:
        return cell
    raise Refused("form")


class FoldedText:
    """A text in which words are looked for to the letter, but for typography."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self.places = characters.fold_typography(text)

    def find(self, words: str) -> Iterator[Span]:
        """Yield where words stand, not inside a word."""
        wanted = characters.fold_typography(words)[0].strip()
        for match in re.finditer(re.escape(wanted), self.folded) if wanted else ():
            start, end = self.places[match.start()], self.places[match.end() - 1] + 1
            around = self.text[max(start - 1, 0) : start] + self.text[end : end + 1]  # an apostrophe ends a word
            if not any(sign.isalnum() or combining(sign) for sign in around) or is_joined(self.text[start:end]):
                yield start, end


def find_words(text: str, words: str) -> Span | None:
    """Return where words stand in a text first."""
    return next(FoldedText(text).find(words), None)


def is_joined(words: str) -> bool:
    """Whether words are of a script that writes articles and prepositions with the word behind them, as Arabic does."""
    return all(bidirectional(sign) in ("R", "AL") for sign in words if sign.isalpha())


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

    That is so if the clause that is quoted holds words of possibility or hearsay, or stands in what somebody says; but
    an act of words is done by what is said ("they must end it", Amnesty said). What a negation denies needs
    understanding ("no question, …"), so that is the model's to say.
    """
    if status != "asserted" or sentence is None:
        return status
    said = {one.kind for one in sentence.attributions if one.content[0] < quote[1] and quote[0] < one.content[1]}
    if kind in SPOKEN_ACTS and said & {*SPEECH}:
        return status
    reading = _assess_quoted(sentence, quote)
    if reading in WEAKER:
        return reading
    return "reported" if said else status


def _assess_quoted(sentence: Sentence, quote: Span) -> str:
    """Return the status of the first clause of a sentence that is quoted; empty if there is none."""
    for clause in sentence.clauses:
        if any(quote[0] <= sentence.tokens[i].start < quote[1] for i in clause.tokens):
            return assess_clause(sentence, clause).status
    return ""
