"""Candidates that a language model proposes for a text: which are admitted, and why the others are not.

A model invents. So what it proposes counts only if the text bears it out to the letter: its quotation stands in one
sentence, whom it names stands there by a name that the tables know, its date is the one that our rules read there. It
never becomes more than a candidate, which a person decides on. Where our own rules read the same, theirs stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lagebild.coder.coder import DraftedText
from lagebild.coder.drafts import Draft
from lagebild.coder.parse import Parse, parse
from lagebild.core.offices import stands_for
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.core.schema import STATUSES

ASKED = ("quote", "type", "source", "target", "date_text", "date", "status")  # what is asked of each act
LEAST = 2  # words of a quotation
MOST = 100  # acts of one text that are looked at
# One character may stand for another of its kind: what was typed for what is printed.
ALIKE = ("\"'„“”‚‘’«»‹›", "-‐‑‒–—−")


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
    reference: Reference, text: str, language: str, published: str, drafted: DraftedText, answer: str, model: str
) -> Proposed:
    """Return which acts of an answer are admitted as candidates.

    Parameters
    ----------
    reference, text, language, published
        As for `draft_text`.
    drafted
        What our rules draft from the text.
    answer
        What the model answered: JSON, an object whose `acts` are objects with the texts of `ASKED`; `source` and
        `target` are lists of names.
    model
        Its name.

    Raises
    ------
    InputError
        If the answer is none.
    """
    sentences = [one for one in parse(reference, text, language, published) if one.readable]
    admitted, agreed, refused = list[Draft](), 0, list[tuple[str, str]]()
    for act in _read(answer):
        quote = str(act.get("quote", ""))
        try:
            draft, sentence = _check(reference, sentences, published, act, model)
            if _is_drafted(draft, _list_beside(drafted, sentence)):
                agreed += 1
            elif any(_is_same(draft, one) for one in admitted):
                raise _Refused("twice")
            else:
                admitted.append(_weaken(draft, drafted))
        except _Refused as why:
            refused.append((quote, str(why)))
    return Proposed(
        tuple(sorted(admitted, key=lambda one: (one.start, one.end, one.event_type))), agreed, tuple(refused)
    )


def _read(answer: str) -> list[Mapping[str, Any]]:
    try:
        acts = json.loads(answer)["acts"]
    except (ValueError, TypeError, KeyError, RecursionError):
        acts = None
    if not isinstance(acts, list):
        raise InputError("the answer is no JSON object with a list `acts`, or was cut off.")
    return [one if isinstance(one, Mapping) else {} for one in acts[:MOST]]


def _check(
    reference: Reference, sentences: Sequence[Parse], published: str, act: Mapping[str, Any], model: str
) -> tuple[Draft, Parse]:
    """Return an act as a candidate, with its sentence."""
    told, sides = {name: act.get(name) for name in ASKED}, list[list[str]]()
    for side in ("source", "target"):
        names = told.pop(side)
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            raise _Refused("form")
        sides.append(names)
    if not all(isinstance(one, str) for one in told.values()):
        raise _Refused("form")
    if told["type"] not in {row["event_type"] for row in reference.rows("event_types")}:
        raise _Refused("type")
    if told["status"] not in STATUSES:
        raise _Refused("status")
    sentence, start, end = _find_quote(sentences, str(told["quote"]))
    date, date_text, basis = _find_date(sentence, str(told["date_text"]), str(told["date"]))
    source, target = (tuple(_name(reference, sentence, names, date or published)) for names in sides)
    if not {*source, *target} or {*source} & {*target}:
        raise _Refused("actor")
    kind = str(told["type"])
    draft = Draft(
        kind, (), source, target, False, date, date_text, basis, str(told["status"]), "", "", start, end,
        rule=f"model:{model}", confidence="C", trigger=(start, end),
    )  # fmt: skip
    return draft, sentence


def _find_quote(sentences: Iterable[Parse], quote: str) -> tuple[Parse, int, int]:
    """Return the one sentence that holds a quotation, and its place."""
    found = [(one, *match.span()) for one in sentences for match in _find(one, quote)]
    if len(quote.split()) < LEAST or len({one.start for one, _, _ in found}) != 1:
        raise _Refused("quote")
    return found[0]


def _find(sentence: Parse, words: str) -> Iterator[re.Match[str]]:
    """Yield where words stand in a sentence, to the letter but for typography."""
    classes = {sign: f"[{re.escape(kind)}]" for kind in ALIKE for sign in kind}
    parts = ("".join(classes.get(sign, re.escape(sign)) for sign in part) for part in words.split())
    pattern = r"\s+".join(parts)
    if pattern:
        yield from re.compile(rf"(?<!\w){pattern}(?!\w)").finditer(sentence.text, sentence.start, sentence.end)


def _find_date(sentence: Parse, words: str, edtf: str) -> tuple[str, str, str]:
    """Return the date that our rules read where a model reads one; it must be the same."""
    if not words and not edtf:
        return "", "", ""
    spans = [match.span() for match in _find(sentence, words)]
    for phrase in sentence.dates:
        if phrase.edtf == edtf != "" and any(start < phrase.end and phrase.start < end for start, end in spans):
            return phrase.edtf, phrase.text, phrase.basis
    raise _Refused("date")


def _name(reference: Reference, sentence: Parse, names: Iterable[str], day: str) -> Iterator[str]:
    """Yield for whom those named in a sentence act."""
    codes = dict[str, None]()
    for name in names:
        spans = [match.span() for match in _find(sentence, name)]
        inside = [one for one in sentence.names if any(start <= one.start and one.end <= end for start, end in spans)]
        people = [one for one in inside if one.type == "person"] or inside
        states = [one.actor_id for one in inside if one.type == "state"]
        found = {
            stands_for(reference, one.actor_id, day, states[0] if one.type == "person" and states else "")
            for one in people
        }
        if len(found) != 1:
            raise _Refused("actor")
        codes |= dict.fromkeys(found)
    yield from codes


def _list_beside(drafted: DraftedText, sentence: Parse) -> list[Draft]:
    """Return what our rules draft from a sentence."""
    return [one for one in (*drafted.events, *drafted.candidates) if sentence.start <= one.start < sentence.end]


def _is_drafted(draft: Draft, ours: Iterable[Draft]) -> bool:
    """Whether our rules draft the same; an act that they read with its sides exchanged is refused."""
    turned = False
    for one in ours:
        if draft.event_type in (one.event_type, *one.type_alt):
            mine, theirs = (
                (set(draft.source_actors), set(draft.target_actors)),
                (set(one.source_actors), set(one.target_actors)),
            )
            if mine == theirs or (one.mutual and {*mine[0], *mine[1]} == {*theirs[0], *theirs[1]}):
                return True
            turned |= mine == theirs[::-1]
    if turned:
        raise _Refused("sides")
    return False


def _is_same(one: Draft, other: Draft) -> bool:
    near = one.start < other.end and other.start < one.end
    return near and (one.event_type, one.source_actors, one.target_actors) == (
        other.event_type,
        other.source_actors,
        other.target_actors,
    )


def _weaken(draft: Draft, drafted: DraftedText) -> Draft:
    """Return an act that stands in what somebody is said to say as reported, not as a fact."""
    said = any(one.content[0] <= draft.start < one.content[1] for one in drafted.attributions)
    return replace(draft, status="reported") if said and draft.status == "asserted" else draft
