"""Candidates that a language model proposes for a text: which are admitted, and why the others are not.

A model invents. So what it proposes counts only if the text bears it out to the letter: its quotation stands in one
sentence, whom it names stands there as our rules read it, its date is the one that they read there. It never becomes
more than a candidate, which a person decides on. Where our own rules draft the same, theirs stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from lagebild.coder.coder import DraftedText, list_sentences
from lagebild.coder.drafts import Draft
from lagebild.coder.factuality import assess_clause
from lagebild.coder.parse import LONGEST
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Span
from lagebild.coder.tokens import Token
from lagebild.core.characters import HALF
from lagebild.core.edtf import ends
from lagebild.core.reference import Reference
from lagebild.core.schema import STATUSES
from lagebild.dataset.copied import Refused, find_date, find_quote, list_clauses, name_sides
from lagebild.dataset.request import ASKED

SAYING = {"ACCUSE", "REJECT", "REQUEST", "THREATEN"}  # acts that are about another act
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
    acts = list(acts)
    read = list_sentences(reference, text, language, published) if acts else ()
    sentences = [one for one in read if one.parse.readable]
    admitted, agreed, refused = list[tuple[int, Draft]](), 0, list[tuple[str, str]]()
    for act in acts:
        try:
            place, draft = _check(reference, sentences, act, model)
            start, end = sentences[place].parse.start, sentences[place].parse.end
            ours = [one for one in (*drafted.events, *drafted.candidates) if start <= one.start < end]
            said = {one.event_type for one in ours if draft.event_type not in (one.event_type, *one.type_alt)}
            if draft.status == "asserted" and said & SAYING:
                draft = replace(draft, status="reported")  # accused of having outfoxed, urged to outfox
            if _is_drafted(draft, ours):
                agreed += 1
            elif any(place == other and _list_sides(draft) == _list_sides(one) for other, one in admitted):
                raise Refused("twice")
            else:
                admitted.append((place, draft))
        except Refused as why:
            quote = act.get("quote")
            refused.append((HALF.sub("?", quote)[:LONGEST] if isinstance(quote, str) else "", str(why)))
    drafts = sorted((one for _, one in admitted), key=lambda one: (one.start, one.end, one.event_type))
    return Proposed(tuple(drafts), agreed, tuple(refused))


def _check(
    reference: Reference, sentences: Sequence[Sentence], act: Mapping[str, Any], model: str
) -> tuple[int, Draft]:
    """Return an act as a candidate, with the number of its sentence."""
    told, sides = _read(act)
    quote, kind, date_text, date, status = (told[name] for name in ("quote", "type", "date_text", "date", "status"))
    if kind not in {row["event_type"] for row in reference.rows("event_types")}:
        raise Refused("type")
    if status not in STATUSES:
        raise Refused("status")
    place, start, end = find_quote(sentences, quote)
    sentence = sentences[place]
    date, date_text, basis = find_date(sentence, date_text, date)
    clauses = list_clauses(sentence, start, end)
    source, target = (tuple(name_sides(sentence, clauses, names, date, acts=k == 0)) for k, names in enumerate(sides))
    if not {*source, *target} or {*source} & {*target}:
        raise Refused("actor")
    draft = Draft(
        event_type=kind,
        type_alt=(),
        source_actors=source,
        target_actors=target,
        mutual=False,
        date=date,
        date_text=date_text,
        date_basis=basis,
        status=_rate(sentence, clauses, (start, end), status, date),
        speaker="",
        cue="",
        start=start,
        end=end,
        rule=f"model:{model}",
        confidence="C",
        trigger=(start, end),
    )
    return place, draft


def _read(act: Mapping[str, Any]) -> tuple[dict[str, str], list[list[str]]]:
    """Return the texts of an act, and the names on its sides, if each is a text as one could stand there."""
    told = {name: act.get(name) for name in ASKED}
    sides = [one for side in ("source", "target") if isinstance(one := told.pop(side), list) and len(one) <= MANY]
    words = [*told.values(), *(name for one in sides for name in one)] if len(sides) == 2 else [None]
    if not all(isinstance(one, str) and len(one) <= LONGEST and not HALF.search(one) for one in words):
        raise Refused("form")
    return {name: str(text) for name, text in told.items()}, sides


def _rate(sentence: Sentence, clauses: Sequence[Clause], place: Span, status: str, date: str) -> str:
    """Return how an act is put: what a model takes for a fact is none where our rules read it otherwise."""
    if status != "asserted":
        return status
    found = {assess_clause(sentence, one).status for one in clauses}
    words = [sentence.tokens[i] for i in (clauses[0].tokens if clauses else ())]  # of a verb that no table knows
    found |= {"negated" for one in words if one.has("negator")}
    if _is_planned(words) or (date and ends(date)[0] > sentence.published):
        found.add("hypothetical")
    said = any(one.content[0] < place[1] and place[0] < one.content[1] for one in sentence.attributions)
    return next(
        (one for one in ("negated", "open", "hypothetical") if one in found), "reported" if said else "asserted"
    )


def _is_planned(words: Sequence[Token]) -> bool:
    """Whether words hold a modal verb, or a sign of the infinitive before a word that may be one: to outfox."""
    marked = (one.has("infinitive") and _may_be_verb(behind) for one, behind in pairwise(words))
    return any(marked) or any(one.has("modal") for one in words)


def _may_be_verb(word: Token) -> bool:
    return word.text.islower() and not word.has("determiner")


def _list_sides(draft: Draft) -> tuple[str, str, frozenset[str], frozenset[str]]:
    return draft.event_type, draft.date, frozenset(draft.source_actors), frozenset(draft.target_actors)


def _is_drafted(draft: Draft, ours: Iterable[Draft]) -> bool:
    """Whether our rules draft the same; what they read with its sides exchanged, or put otherwise, is refused."""
    _, _, *mine = _list_sides(draft)
    faults = set[str]()
    for one in ours:
        _, _, *theirs = _list_sides(one)
        alike = draft.event_type in (one.event_type, *one.type_alt)
        if alike and (mine == theirs or (one.mutual and mine[0] | mine[1] == theirs[0] | theirs[1])):
            if draft.status == one.status:
                return True
            faults.add("status")
        if not one.mutual and _is_turned(draft, one, alike):
            faults.add("sides")
    if faults:
        raise Refused(min(faults))
    return False


def _is_turned(draft: Draft, one: Draft, alike: bool) -> bool:
    """Whether a draft tells one of ours with its sides exchanged; with both of them whatever the type, else if alike.

    It need not be told by the same words, but by some of them.
    """
    _, _, *mine = _list_sides(draft)
    _, _, *theirs = _list_sides(one)
    turned, back = mine[0] & theirs[1], mine[1] & theirs[0]
    exchanged = (turned and back) or (alike and (turned or back) and not all(mine))
    return bool(exchanged) and draft.start < one.end and one.start < draft.end
