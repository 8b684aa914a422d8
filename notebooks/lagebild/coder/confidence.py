"""How likely a draft is right: a logistic model over what can be seen of it, its weights in the table `weights`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp

from lagebild.coder.factuality import Standing
from lagebild.coder.lexicon import Frame
from lagebild.coder.roles import INFERRED, PLACES, Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause
from lagebild.core.reference import Reference, derived

SPEECH = ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "AGREE")  # acts that are words
JOINT = ("AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "SUPPORT", "THREATEN")  # acts that take two
VIOLENT = ("ASSAULT", "COERCE", "PROTEST")  # acts of which often only who is hit is known
CLAUSES = {"rel": "relative", "sub": "subordinate", "inf": "infinitive", "ing": "infinitive"}
LONG, FAR, CROWDED = 25, 8, 3  # tokens of a sentence, tokens between an act and its side, actors of a sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """Where and how an act is told: its clause, the token of its verb or noun, and the voice (`noun` for a noun)."""

    clause: Clause
    token: int
    voice: str


def find_features(
    s: Sentence, frame: Frame, roles: Roles, standing: Standing, at: Mention, codes: Sequence[str]
) -> tuple[str, ...]:
    """Return what holds of a draft, by the names of the table `weights`."""
    private = ("private", any(code.startswith("PER:") for code in codes))  # somebody who acts for no state
    found = (private, *_of_act(s, frame, standing, at), *_of_sides(s, frame, roles, at))
    return tuple(name for name, holds in found if holds)


def _of_act(s: Sentence, frame: Frame, standing: Standing, at: Mention) -> Iterator[tuple[str, bool]]:
    yield at.voice, at.voice != "active"
    yield CLAUSES.get(at.clause.kind, ""), at.clause.kind in CLAUSES
    yield "speech", frame.event_type in SPEECH
    yield "specific", frame.object is not None or bool(frame.particles)
    yield standing.status, standing.status != "asserted"
    yield "conditional", s.words.has(at.clause.opener, "if", "whether")
    yield "lengthy", len(s.tokens) > LONG
    yield "headline", s.tokens[-1].text[-1].isalnum()
    yield "crowded", len({name.actor_id for token in s.tokens for name in token.names}) > CROWDED


def _of_sides(s: Sentence, frame: Frame, roles: Roles, at: Mention) -> Iterator[tuple[str, bool]]:
    for side, filled in (("source", roles.source), ("target", roles.target)):
        how = roles.how.get(side, "")
        names = [name for name, _ in filled]
        yield f"{side}-missing", not filled and not roles.mutual
        yield f"{side}-inferred", bool(filled) and how in INFERRED
        yield f"{side}-pronoun", bool(filled) and how == "pronoun"
        yield f"{side}-owner", bool(filled) and how in ("gen", "adj")
        yield f"{side}-citizen", any(name.kind == "inhabitant" for name in names)
        yield f"{side}-seat", bool(names) and all(name.kind in PLACES for name in names)
        yield f"{side}-coloured", any(name in phrase.adjectives and not phrase.kind for name, phrase in filled)
        yield f"{side}-distant", bool(filled) and min(abs(p.last - at.token) for _, p in filled) > FAR
    names = [name for name, _ in (*roles.source, *roles.target)]
    half = not (roles.source and roles.target) and not roles.mutual
    yield "struck", half and not roles.source and frame.event_type in VIOLENT
    yield "incomplete", half and frame.both_sides and not (roles.addressed and frame.event_type != "CONSULT")
    yield "alone", half and frame.event_type in JOINT
    yield "person", any(name.type == "person" for name in names)
    yield "group", any(name.type in ("organisation", "group") for name in names)
    yield "inferred", len([side for side, how in roles.how.items() if how in INFERRED]) > 1
    yield "mutual", roles.mutual
    yield "addressed", roles.addressed
    yield "agreed", _read_by_order(s, roles, at)


def _read_by_order(s: Sentence, roles: Roles, at: Mention) -> bool:
    """Whether a second reading, which knows no grammar, finds the same sides: the first named acts on the next one."""
    named = [token.names[0].actor_id for token in (s.tokens[i] for i in at.clause.tokens) if token.names]
    first, second = (*dict.fromkeys(named), "", "")[:2]
    source, target = ([name.actor_id for name, _ in side[:1]] for side in (roles.source, roles.target))
    if at.voice in ("passive", "attr"):
        return [second] == source and [first] == target
    return [first] == source and ([second] == target if target else not second)


@derived
def _weights(reference: Reference) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in reference.rows("weights")}


def rate(reference: Reference, features: Iterable[str]) -> float:
    """Return the probability that a draft has its type and both sides right."""
    weights = _weights(reference)
    return 1 / (1 + exp(-weights["intercept"] - sum(weights.get(one, 0.0) for one in features)))
