"""How likely a draft is right: a logistic model over what can be seen of it, its weights in the table `weights`.

The weights are fitted on drafts from real news (`tests/fit_confidence.py`). A draft counts from a probability on, below
it is a candidate; `A` is the surer part of what counts. One that lacks a side that its frame needs has to be surer than
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp

from lagebild.coder.factuality import Standing
from lagebild.coder.lexicon import Frame
from lagebild.coder.roles import INFERRED, VIOLENT, Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Sides
from lagebild.core.reference import Reference, derived

BANDS = (("A", 0.65), ("B", 0.34), ("C", 0.0))  # from which probability on
LACKING = 0.65  # what lacks a side that its frame needs counts only if it is of the surer part
JOINT = ("AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "SUPPORT", "THREATEN")  # acts that take two
LONG = 25  # tokens of a sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """Where and how an act is told: its clause, the token of its verb or noun, and the voice (`noun` for a noun)."""

    clause: Clause
    token: int
    voice: str


def find_features(
    s: Sentence, frame: Frame, roles: Roles, standing: Standing, at: Mention, codes: Sequence[str]
) -> tuple[str, ...]:
    """Return what holds of a draft, by the names of the table `weights`; `codes` are those of both sides."""
    former = any(phrase.former for _, phrase in (*roles.source, *roles.target))  # der frühere Präsident Biden
    private = ("private", not former and any(code.startswith("PER:") for code in codes))
    found = (private, *_of_act(s, frame, standing, at), *_of_sides(s, frame, roles, at))
    return tuple(name for name, holds in found if holds)


def _of_act(s: Sentence, frame: Frame, standing: Standing, at: Mention) -> Iterator[tuple[str, bool]]:
    yield "noun", at.voice == "noun"
    yield "participle", at.voice == "attr"
    yield "relative", at.clause.kind == "rel"
    yield "conditional", s.words.has(at.clause.opener, "if", "whether")
    yield "reported", standing.status == "reported"
    yield "lengthy", len(s.tokens) > LONG


def _of_sides(s: Sentence, frame: Frame, roles: Roles, at: Mention) -> Iterator[tuple[str, bool]]:
    half = not roles.both and not _meets_itself(frame, roles, at)
    yield "alone", half and frame.event_type in JOINT
    struck = half and not roles.source and frame.event_type in VIOLENT
    yield "struck", struck
    yield "incomplete", not struck and is_incomplete(frame, roles, at)
    yield "target-missing", half and not roles.target
    for side, filled in (("source", roles.source), ("target", roles.target)):
        yield f"{side}-inferred", bool(filled) and roles.how.get(side, "") in INFERRED
    yield "owner", bool(roles.source) and roles.how.get("source", "") in ("gen", "adj")
    yield "citizen", any(name.kind == "inhabitant" for name, _ in roles.source)
    yield "coloured", any(name in phrase.adjectives and not phrase.kind for name, phrase in roles.source)
    yield "agreed", _read_by_order(s, roles, at)


def is_incomplete(frame: Frame, roles: Roles, at: Mention) -> bool:
    """Whether a side is missing that an act of this kind needs."""
    lacks = frame.both_sides and not roles.both and not (roles.addressed and frame.event_type != "CONSULT")
    return lacks and not _meets_itself(frame, roles, at)


def _meets_itself(frame: Frame, roles: Roles, at: Mention) -> bool:
    """Whether the members of an organisation meet each other: the ministers of the EU conferred."""
    inside = bool(roles.source) and all(name.type == "organisation" for name, _ in roles.source)
    meeting = frame.mutual and frame.event_type == "CONSULT" and at.voice == "active"
    return inside and meeting and roles.how.get("source") == "subj" and not (roles.target or roles.addressed)


def _read_by_order(s: Sentence, roles: Roles, at: Mention) -> bool:
    """Whether a second reading, which knows no grammar, finds the same sides: the first named acts on the next one."""
    places = {k: side for side, filled in enumerate((roles.source, roles.target)) for k in _find_places(filled)}
    named = dict.fromkeys(places.get(k, s.tokens[k].low) for k in at.clause.tokens if s.tokens[k].names)
    first, second = (*named, None, None)[:2]
    acts, hit = 0, 1 if roles.target else None
    return (second, first) == (acts, hit) if at.voice in ("passive", "attr") else (first, second) == (acts, hit)


def _find_places(side: Sides) -> Iterator[int]:
    """Yield the tokens of the phrases of a side."""
    for _, phrase in side:
        yield from range(phrase.first, phrase.last + 1)


@derived
def _weights(reference: Reference) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in reference.rows("weights")}


def rate(reference: Reference, features: Iterable[str]) -> float:
    """Return the probability that a draft has its type and both sides right."""
    weights = _weights(reference)
    return 1 / (1 + exp(-weights["intercept"] - sum(weights.get(one, 0.0) for one in features)))


def band(probability: float, *, incomplete: bool) -> str:
    """Return the band of a probability: A and B count, C is a candidate."""
    return "C" if incomplete and probability < LACKING else next(name for name, begin in BANDS if probability >= begin)
