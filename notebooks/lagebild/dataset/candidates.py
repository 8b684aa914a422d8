"""Candidates that a language model proposes for a text: which are admitted, and why the others are not.

A model invents. So what it proposes counts only if the text bears it out to the letter: its quotation stands in one
sentence, whom it names stands there as our rules read it, its date is the one that they read there. It never becomes
more than a candidate, which a person decides on. Where our own rules draft the same, theirs stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from lagebild.coder.attribution import find_attributions
from lagebild.coder.coder import HALF, DraftedText
from lagebild.coder.drafts import Draft, to_codes
from lagebild.coder.factuality import assess_clause
from lagebild.coder.memory import Memory
from lagebild.coder.parse import LONGEST, parse
from lagebild.coder.sentence import Sentence, deal
from lagebild.core.characters import fold_typography
from lagebild.core.edtf import ends
from lagebild.core.reference import Reference
from lagebild.core.schema import STATUSES
from lagebild.dataset.request import ASKED

LEAST = 2  # words of a quotation
MANY = 10  # names on a side


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of the acts that a model proposes for a text.

    Attributes
    ----------
    admitted
        Candidates; `rule` is ``model:`` and the name of the model.
    agreed
        How many our rules had drafted themselves.
    refused
        The others: the quotation, and why, one of `quote`, `actor`, `date`, `type`, `status`, `sides`, `twice`, `form`.
    """

    admitted: tuple[Draft, ...]
    agreed: int
    refused: tuple[tuple[str, str], ...]


class _Refused(Exception):
    """Why a proposal is not admitted."""


def admit(
    reference: Reference,
    text: str,
    language: str,
    published: str,
    drafted: DraftedText,
    acts: Iterable[Mapping[str, Any]],
    model: str,
) -> Proposed:
    """Return which acts of a model are admitted as candidates.

    Parameters
    ----------
    reference, text, language, published
        As for `draft_text`.
    drafted
        What our rules draft from the text.
    acts
        What the model proposes, each with the texts of `ASKED`; `source` and `target` are lists of names.
    model
        Its name.
    """
    sentences = _read_sentences(reference, text, language, published)
    admitted, agreed, refused = list[tuple[int, Draft]](), 0, list[tuple[str, str]]()
    for act in acts:
        try:
            place, draft = _check(reference, sentences, act, model)
            start, end = sentences[place].parse.start, sentences[place].parse.end
            ours = [one for one in (*drafted.events, *drafted.candidates) if start <= one.start < end]
            if _is_drafted(draft, ours):
                agreed += 1
            elif any(place == other and _list_sides(draft) == _list_sides(one) for other, one in admitted):
                raise _Refused("twice")
            else:
                admitted.append((place, draft))
        except _Refused as why:
            quote = act.get("quote")
            refused.append((HALF.sub("?", quote)[:LONGEST] if isinstance(quote, str) else "", str(why)))
    drafts = sorted((one for _, one in admitted), key=lambda one: (one.start, one.end, one.event_type))
    return Proposed(tuple(drafts), agreed, tuple(refused))


def _read_sentences(reference: Reference, text: str, language: str, published: str) -> list[Sentence]:
    """Return the sentences of a text that can be read."""
    parses, memory = parse(reference, text, language, published), Memory()
    spoken = deal(parses, find_attributions(text, parses)) if parses else []
    return [Sentence(one, said, published, memory) for one, said in zip(parses, spoken, strict=True) if one.readable]


def _check(
    reference: Reference, sentences: Sequence[Sentence], act: Mapping[str, Any], model: str
) -> tuple[int, Draft]:
    """Return an act as a candidate, with the number of its sentence."""
    told = {name: act.get(name) for name in ASKED}
    sides = [one for side in ("source", "target") if isinstance(one := told.pop(side), list) and len(one) <= MANY]
    words = [*told.values(), *(name for one in sides for name in one)] if len(sides) == 2 else [None]
    if not all(isinstance(one, str) and len(one) <= LONGEST and not HALF.search(one) for one in words):
        raise _Refused("form")
    quote, kind, date_text, date, status = (
        str(told[name]) for name in ("quote", "type", "date_text", "date", "status")
    )
    if kind not in {row["event_type"] for row in reference.rows("event_types")}:
        raise _Refused("type")
    if status not in STATUSES:
        raise _Refused("status")
    place, start, end = _find_quote(sentences, quote)
    sentence = sentences[place]
    date, date_text, basis = _find_date(sentence, date_text, date)
    source, target = (tuple(_name(sentence, names, date)) for names in sides)
    if not {*source, *target} or {*source} & {*target}:
        raise _Refused("actor")
    draft = Draft(
        event_type=kind,
        type_alt=(),
        source_actors=source,
        target_actors=target,
        mutual=False,
        date=date,
        date_text=date_text,
        date_basis=basis,
        status=_rate(sentence, start, end, status, date),
        speaker="",
        cue="",
        start=start,
        end=end,
        rule=f"model:{model}",
        confidence="C",
        trigger=(start, end),
    )
    return place, draft


def _find_quote(sentences: Sequence[Sentence], quote: str) -> tuple[int, int, int]:
    """Return the number of the one sentence that holds a quotation, and its place in the text."""
    found = [(k, *span) for k, one in enumerate(sentences) for span in _find(one, quote)]
    if len(quote.split()) < LEAST or len({k for k, _, _ in found}) != 1:
        raise _Refused("quote")
    return found[0]


def _find(sentence: Sentence, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a sentence, to the letter but for typography."""
    first = sentence.parse.start
    text, places = fold_typography(sentence.text[first : sentence.parse.end])
    wanted = fold_typography(normalize("NFC", words))[0].strip()
    for match in re.finditer(re.escape(wanted), text) if wanted else ():
        around = text[: match.start()][-1:] + " " + text[match.end() :][:1]
        if not any(sign.isalnum() for sign in around):
            yield first + places[match.start()], first + places[match.end() - 1] + 1


def _find_date(sentence: Sentence, words: str, edtf: str) -> tuple[str, str, str]:
    """Return the date that our rules read where a model reads one; it must be the same."""
    if not words and not edtf:
        return "", "", ""
    spans = [*_find(sentence, words)]
    for phrase in sentence.dates:
        if phrase.edtf == edtf != "" and any(start < phrase.end and phrase.start < end for start, end in spans):
            return phrase.edtf, phrase.text, phrase.basis
    raise _Refused("date")


def _name(sentence: Sentence, names: Iterable[str], day: str) -> Iterator[str]:
    """Yield for whom those named in a sentence act, as our rules read the phrase in which each stands.

    Critics of a president are not he, nor is who once was one; the ambassador of Chile acts for Chile.
    """
    heads = [one for clause in sentence.parse.clauses for one in clause.phrases]
    owners = {id(owner) for head in heads for one in (head, *head.joined) for owner in one.owners}
    phrases = [one for head in heads for one in (head, *head.joined) if id(one) not in owners]
    codes = dict[str, None]()
    for name in names:
        found = set[str]()
        for start, end in _find(sentence, name):
            for phrase in phrases:
                last = max(one.last for one in (phrase, *phrase.owners))
                around = sentence.tokens[phrase.first].start <= start and end <= sentence.tokens[last].end
                if around and any(start <= one.start and one.end <= end for one in phrase.own):
                    found.update(to_codes(sentence, [(one, phrase) for one in phrase.own], day))
        if len(found) != 1:
            raise _Refused("actor")
        codes |= dict.fromkeys(found)
    yield from codes


def _rate(sentence: Sentence, start: int, end: int, status: str, date: str) -> str:
    """Return how an act is put: what a model takes for a fact is none where our rules read it otherwise."""
    if status != "asserted":
        return status
    if date and ends(date)[0] > sentence.published:
        return "hypothetical"
    clauses = [one for one in sentence.parse.clauses if one.finite >= 0]
    inside = [one for one in clauses if start <= sentence.tokens[one.finite].start < end]
    inside = inside or [one for one in clauses if any(start <= sentence.tokens[i].start < end for i in one.tokens)]
    found = {assess_clause(sentence, one).status for one in inside}
    words = [sentence.tokens[i] for one in inside for i in one.tokens]  # of a verb that no table knows
    found |= {"negated" for one in words if one.has("negator")} | {"hypothetical" for one in words if one.has("modal")}
    said = any(one.content[0] < end and start < one.content[1] for one in sentence.attributions)
    return next(
        (one for one in ("negated", "open", "hypothetical") if one in found), "reported" if said else "asserted"
    )


def _list_sides(draft: Draft) -> tuple[str, frozenset[str], frozenset[str]]:
    return draft.event_type, frozenset(draft.source_actors), frozenset(draft.target_actors)


def _is_drafted(draft: Draft, ours: Iterable[Draft]) -> bool:
    """Whether our rules draft the same; what they read with its sides exchanged, or put otherwise, is refused."""
    _, *mine = _list_sides(draft)
    faults = set[str]()
    for one in ours:
        if draft.event_type not in (one.event_type, *one.type_alt):
            continue
        _, *theirs = _list_sides(one)
        if mine == theirs or (one.mutual and mine[0] | mine[1] == theirs[0] | theirs[1]):
            if draft.status == one.status:
                return True
            faults.add("status")
        elif mine == theirs[::-1]:
            faults.add("sides")
    if faults:
        raise _Refused(min(faults))
    return False
