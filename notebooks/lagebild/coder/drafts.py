"""What the draft coder proposes: events, and statements that are no acts; each with its evidence and its rule.

How likely a draft is right says a logistic model over what can be seen of it, with the weights of the table `weights`,
fitted on drafts from real news (`tests/fit_confidence.py`). A draft counts from a probability on, below it is a
candidate; `A` is the surer part of what counts. One that lacks a side that its frame needs has to be surer than others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.factuality import Standing
from lagebild.coder.model import OFFICES, Clause, Frame, Name, Phrase
from lagebild.coder.roles import INFERRED, VIOLENT, Roles
from lagebild.coder.sentence import Sentence
from lagebild.core import Reference, derived, parse, stands_for

BANDS = (("A", 0.65), ("B", 0.34), ("C", 0.0))  # from which probability on
ONE_SIDED_THRESHOLD = 0.65  # what lacks a side that its frame needs counts only if it is of the surer part
JOINT = ("AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "SUPPORT", "THREATEN")  # acts that take two
LONG = 25  # tokens of a sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """Where and how an act is told: its clause, the token of its verb or noun, and the voice (`noun` for a noun)."""

    clause: Clause
    token: int
    voice: str


def find_features(
    sentence: Sentence, frame: Frame, roles: Roles, standing: Standing, at: Mention, codes: Sequence[str]
) -> tuple[str, ...]:
    """Return what holds of a draft, by the names of the table `weights`; `codes` are those of both sides."""
    former = any(phrase.former for _, phrase in (*roles.source, *roles.target))  # der frühere Präsident Biden
    private = ("private", not former and any(code.startswith("PER:") for code in codes))
    found = (private, *_of_act(sentence, frame, standing, at), *_of_sides(sentence, frame, roles, at))
    return tuple(name for name, holds in found if holds)


def _of_act(sentence: Sentence, frame: Frame, standing: Standing, at: Mention) -> Iterator[tuple[str, bool]]:
    yield "noun", at.voice == "noun"
    yield "participle", at.voice == "attr"
    yield "relative", at.clause.kind == "rel"
    yield "conditional", sentence.words.has(at.clause.opener, "if", "whether")
    yield "reported", standing.status == "reported"
    yield "lengthy", len(sentence.tokens) > LONG


def _of_sides(sentence: Sentence, frame: Frame, roles: Roles, at: Mention) -> Iterator[tuple[str, bool]]:
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
    yield "agreed", _read_by_order(sentence, roles, at)


def is_incomplete(frame: Frame, roles: Roles, at: Mention) -> bool:
    """Whether a side is missing that an act of this kind needs."""
    lacks = frame.both_sides and not roles.both and not (roles.addressed and frame.event_type != "CONSULT")
    return lacks and not _meets_itself(frame, roles, at)


def _meets_itself(frame: Frame, roles: Roles, at: Mention) -> bool:  # the ministers of the EU conferred
    inside = bool(roles.source) and all(name.type == "organisation" for name, _ in roles.source)
    meeting = frame.mutual and frame.event_type == "CONSULT" and at.voice == "active"
    return inside and meeting and roles.how.get("source") == "subj" and not (roles.target or roles.addressed)


def _read_by_order(sentence: Sentence, roles: Roles, at: Mention) -> bool:
    """Whether a second reading, which knows no grammar, finds the same sides: the first named acts on the next one."""
    sides = [(side, p) for side, filled in enumerate((roles.source, roles.target)) for _, p in filled]
    places = {k: side for side, p in sides for k in range(p.first, p.last + 1)}
    named = dict.fromkeys(places.get(k, sentence.tokens[k].low) for k in at.clause.tokens if sentence.tokens[k].names)
    first, second = (*named, None, None)[:2]
    acts, hit = 0, 1 if roles.target else None
    return (second, first) == (acts, hit) if at.voice in ("passive", "attr") else (first, second) == (acts, hit)


@derived
def _weights(reference: Reference) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in reference.rows("weights")}


def rate(reference: Reference, features: Iterable[str]) -> float:
    """Return the probability that a draft has its type and both sides right."""
    weights = _weights(reference)
    return 1 / (1 + exp(-weights["intercept"] - sum(weights.get(feature, 0.0) for feature in features)))


def band(probability: float, *, incomplete: bool) -> str:
    """Return the band of a probability: A and B count, C is a candidate."""
    return (
        "C"
        if incomplete and probability < ONE_SIDED_THRESHOLD
        else next(name for name, begin in BANDS if probability >= begin)
    )


DIGITS = 2  # of a probability
# Acts whose words sport uses for its own.
FOUGHT = ("ASSAULT", "COERCE", "CONCEDE", "MOBILIZE", "REJECT", "RETREAT", "SUPPORT", "THREATEN")


@dataclass(frozen=True, slots=True)
class Draft:
    """One event as a text describes it, drafted by rule.

    Attributes
    ----------
    event_type, type_alt
        PLOVER root type, and the types that are defensible too.
    source_actors, target_actors
        ISO alpha-3 codes, ``ORG:NATO`` or ``PER:Name`` for a person who acts for no state on the day of the act.
    date, date_text, date_basis
        EDTF or empty, the phrase, and how it is known.
    status, speaker, cue
        How the text puts it, who says so, and the words that decided.
    start, end
        Evidence, as offsets into the text.
    confidence
        Band of the probability that type and both sides are right: A or B; C is a candidate.
    readers
        Who reads it: ``rules``, ``model``, or both.
    mapped
        Sides whose name no table knows: the model says for whom they act.
    unknown
        Those of the actors whom the model names and no table knows.
    other_source, other_target
        The sides as the rules have them where the model reads others.
    """

    event_type: str
    type_alt: tuple[str, ...]
    source_actors: tuple[str, ...]
    target_actors: tuple[str, ...]
    mutual: bool
    date: str
    date_text: str
    date_basis: str
    status: str
    speaker: str
    cue: str
    start: int
    end: int
    rule: str
    confidence: str
    mode: str = ""
    inferred: tuple[str, ...] = ()
    trigger: tuple[int, int] = (0, 0)
    features: tuple[str, ...] = ()
    probability: float = 0.0
    readers: tuple[str, ...] = ("rules",)
    mapped: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    other_source: tuple[str, ...] = ()
    other_target: tuple[str, ...] = ()


def drop_unknown(draft: Draft) -> Draft:
    """Return a draft as the coding rules have it: with those actors alone whom the tables know."""
    sides = (
        tuple(code for code in side if code not in draft.unknown) for side in (draft.source_actors, draft.target_actors)
    )
    source, target = sides
    return replace(draft, source_actors=source, target_actors=target) if draft.unknown else draft


@dataclass(frozen=True, slots=True)
class Statement:
    """What is no act: a fact that lasts (`condition`), or what a choice would bring (`option`), for better or worse."""

    kind: str
    sign: str
    actors: tuple[str, ...]
    date: str
    status: str
    speaker: str
    start: int
    end: int
    rule: str


def draft_event(
    sentence: Sentence,
    frame: Frame,
    roles: Roles,
    span: tuple[int, int],
    standing: Standing,
    phrase: DatePhrase | None,
    at: Mention,
) -> list[Draft]:
    """Return the event that a frame with its roles describes, if anybody acts in it, and remember its sides."""
    day, trigger = phrase.edtf if phrase else "", sentence.tokens[at.token]
    source, target = _find_codes(sentence, roles, day)
    if roles.target and not target and not roles.mutual:
        roles.how.pop("target", None)
    if not source and not target:
        return []
    if frame.event_type in FOUGHT and any(sentence.words.has(token.low, "contest") for token in sentence.tokens):
        return []  # a quarter-final is no battle
    standing = _put_off(sentence, standing, phrase)
    if len({*source, *target}) > 1 and frame.event_type != "ASSAULT":
        sentence.memory.pair = [*roles.source, *roles.target]
        sentence.memory.dealing = (roles.source, roles.target)
    mutual = roles.mutual and len(source) > 1
    features = find_features(sentence, frame, roles, standing, at, (*source, *target))
    probability = rate(sentence.reference, features)
    draft = Draft(
        event_type=frame.event_type,
        type_alt=frame.type_alt,
        source_actors=source,
        target_actors=target,
        mutual=mutual,
        date=day,
        date_text=phrase.text if phrase else "",
        date_basis=phrase.basis if phrase else "",
        status=standing.status,
        speaker=standing.speaker,
        cue=standing.cue,
        start=span[0],
        end=span[1],
        rule=frame.frame_id,
        confidence=band(probability, incomplete=is_incomplete(frame, roles, at)),
        mode=frame.mode,
        inferred=_find_inferred(roles),
        trigger=(trigger.start, trigger.end),
        features=features,
        probability=round(probability, DIGITS),
    )
    return [draft]


def _find_codes(s: Sentence, roles: Roles, day: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whom the sides stand for, none of them on both: but a government and its own parliament are two."""
    source, target = to_codes(s, roles.source, day), to_codes(s, roles.target, day)
    if any(phrase.kind in OFFICES for _, phrase in roles.target):
        return source, target
    return source, tuple(code for code in target if code not in source)


def _put_off(s: Sentence, standing: Standing, phrase: DatePhrase | None) -> Standing:
    """Return the standing of an act on a day; what is asserted of a day to come is a thought."""
    if standing.status != "asserted" or phrase is None or not phrase.edtf:
        return standing
    ahead = (parse(phrase.edtf).earliest or "") > s.published
    return standing._replace(status="hypothetical", cue=phrase.text) if ahead else standing


def _find_inferred(roles: Roles) -> tuple[str, ...]:
    return tuple(sorted(side for side, how in roles.how.items() if how in INFERRED))


def to_codes(sentence: Sentence, pairs: Iterable[tuple[Name, Phrase]], day: str) -> tuple[str, ...]:
    """Return whom named actors stand for on a day, each once; `day` empty is that of the publication."""
    codes = []
    for name, phrase in pairs:
        state = next((one.actor_id for one in phrase.adjectives if one is not name), "")
        code = stands_for(sentence.reference, name.actor_id, day or sentence.published, state, phrase.former)
        if code.startswith("PER:") and day > sentence.published:  # who is in office today, of what is to come
            code = stands_for(sentence.reference, name.actor_id, sentence.published, state, phrase.former)
        codes.append(code)
    return tuple(dict.fromkeys(codes))
