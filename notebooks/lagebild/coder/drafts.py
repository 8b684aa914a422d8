"""What the draft coder proposes: events, and statements that are no acts; each with its evidence and its rule.

How likely a strict reader finds nothing false in a draft says a logistic model over what can be seen of it, with the
weights of the table `weights`, fitted on drafts that were judged or coded (`tests/fit_confidence.py`). A draft counts
from a probability on, below it is a candidate; so is, however likely, an act of which the words name nobody, of a
person without office, of somebody on himself, or of long ago. `A` is what counts and has both sides.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp

from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.factuality import Standing
from lagebild.coder.model import OFFICES, Clause, Frame, Name, Phrase
from lagebild.coder.roles import VIOLENT, Roles, keep_named
from lagebild.coder.sentence import Sentence
from lagebild.coder.thresholds import BOTH, HISTORY, LENGTHY, THRESHOLD
from lagebild.coder.tokens import QUOTES
from lagebild.core import Reference, derived, edtf, stands_for

LOGGER = logging.getLogger(__name__)
JOINT = ("AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "SUPPORT", "THREATEN")  # acts that take two
Codes = tuple[tuple[str, ...], tuple[str, ...]]  # of who acts, and on whom
NOBODY: Codes = (), ()
UNDATED = DatePhrase(0, 0, "", "", "", "")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where and how an act is told: its clause, the token of its verb or noun, and the voice (`noun` for a noun)."""

    clause: Clause
    token: int
    voice: str


def find_features(
    sentence: Sentence, frame: Frame, roles: Roles, standing: Standing, at: Anchor, codes: Sequence[str]
) -> tuple[str, ...]:
    """Return what holds of a draft, by the names of the table `weights`; `codes` are those of both sides."""
    sides = (*roles.source, *roles.target)
    meant = any(phrase.former or name.actor_id in _list_added(sentence.reference) for name, phrase in sides)
    private = ("private", not meant and any(code.startswith("PER:") for code in codes))  # not: der frühere Präsident
    found = (private, *_of_act(sentence, frame, standing, at), *_of_sides(sentence, frame, roles, at))
    return tuple(name for name, holds in found if holds)


def _of_act(sentence: Sentence, frame: Frame, standing: Standing, at: Anchor) -> Iterator[tuple[str, bool]]:
    yield frame.event_type.lower(), True
    yield "noun", at.voice == "noun"
    yield "passive", at.voice == "passive"
    yield "participle", at.voice == "attr"
    yield "relative", at.clause.kind == "rel"
    yield "conditional", sentence.words.has(at.clause.opener, "if", "whether")
    yield standing.status, standing.status in ("hypothetical", "negated", "reported")
    yield "lengthy", len(sentence.tokens) > LENGTHY


def _of_sides(sentence: Sentence, frame: Frame, roles: Roles, at: Anchor) -> Iterator[tuple[str, bool]]:
    half = not roles.both and not _meets_itself(frame, roles, at)
    yield "alone", half and frame.event_type in JOINT
    struck = half and not roles.source and frame.event_type in VIOLENT
    yield "struck", struck
    yield "incomplete", not struck and _is_incomplete(frame, roles, at)
    yield "target-missing", half and not roles.target
    yield "behind", roles.target_slot == "prep"
    yield "owner", roles.source_slot in ("gen", "adj")
    yield "officer", any(phrase.kind in ("office", "body") for _, phrase in (*roles.source, *roles.target))
    yield "agreed", _read_by_order(sentence, roles, at)


def _is_incomplete(frame: Frame, roles: Roles, at: Anchor) -> bool:
    """Whether a side is missing that an act of this kind needs."""
    lacks = frame.both_sides and not roles.both and not (roles.addressed and frame.event_type != "CONSULT")
    return lacks and not _meets_itself(frame, roles, at)


def _meets_itself(frame: Frame, roles: Roles, at: Anchor) -> bool:  # the ministers of the EU conferred
    inside = bool(roles.source) and all(name.type == "organisation" for name, _ in roles.source)
    meeting = frame.mutual and frame.event_type == "CONSULT" and at.voice == "active"
    return inside and meeting and roles.source_slot == "subj" and not (roles.target or roles.addressed)


def _read_by_order(sentence: Sentence, roles: Roles, at: Anchor) -> bool:
    """Whether a second reading, which knows no grammar, finds the same sides: the first named acts on the next one."""
    sides = [(side, p) for side, filled in enumerate((roles.source, roles.target)) for _, p in filled]
    places = {k: side for side, p in sides for k in range(p.first, p.last + 1)}
    named = dict.fromkeys(places.get(k, sentence.tokens[k].low) for k in at.clause.tokens if sentence.tokens[k].names)
    first, second = (*named, None, None)[:2]
    acts, hit = 0, 1 if roles.target else None
    return (second, first) == (acts, hit) if at.voice in ("passive", "attr") else (first, second) == (acts, hit)


@derived
def _list_added(reference: Reference) -> frozenset[str]:
    """Return the actors that the case itself adds: what they do is what it asks for."""
    return frozenset(reference.case.actors["actor_id"]) if reference.case else frozenset()


@derived
def _weights(reference: Reference) -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in reference.rows("weights")}


def rate(reference: Reference, features: Iterable[str]) -> float:
    """Return the probability that a strict reader finds nothing false in a draft."""
    weights = _weights(reference)
    return 1 / (1 + exp(-weights["intercept"] - sum(weights.get(feature, 0.0) for feature in features)))


def find_band(probability: float, *, both: bool) -> str:
    """Return the band of a draft that is safe: A and B count, C is a candidate."""
    if probability >= THRESHOLD:
        return "A" if both else "B"
    return "B" if both and probability >= BOTH else "C"


DIGITS = 2  # of a probability
# Acts whose words sport uses for its own.
FOUGHT = ("ASSAULT", "COERCE", "CONCEDE", "MOBILIZE", "REJECT", "RETREAT", "SUPPORT", "THREATEN")


@dataclass(frozen=True, slots=True, kw_only=True)
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
        A counts and has both sides, B counts, C is a candidate.
    probability
        That a strict reader finds nothing false in it.
    readers
        Who reads it: ``rules``, ``model``, or both.
    mapped
        Sides whose name no table knows: the model says for whom they act.
    unknown
        Those of the actors whom the model names and no table knows.
    inferred
        Sides on which somebody stands whom another sentence names, as a model reads it.
    other_source, other_target
        The sides as they stand in the slots where the draft leaves one open, or as the rules have them where the model
        reads others.
    is_safe
        Whether it may count unreviewed, if it is likely enough.
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
    is_safe: bool = True


def lower(draft: Draft) -> Draft:
    """Return a draft as it counts in a text that reports no acts: a side more has to be named, and it is not sure."""
    return replace(draft, confidence="B" if draft.confidence == "A" else "C")


def take_offers(draft: Draft) -> Draft:
    """Return a draft of the rules with those, too, whom it only offers for a side that it leaves open."""
    source, target = draft.other_source, draft.other_target
    if not (source or target):
        return draft
    mutual = draft.mutual or (len(source) > 1 and not target)
    return replace(draft, source_actors=source, target_actors=target, mutual=mutual, other_source=(), other_target=())


def drop_unknown(draft: Draft) -> Draft:
    """Return a draft as the coding rules have it: with those actors alone whom the tables know."""
    if not draft.unknown:
        return draft
    source = tuple(code for code in draft.source_actors if code not in draft.unknown)
    target = tuple(code for code in draft.target_actors if code not in draft.unknown)
    return replace(draft, source_actors=source, target_actors=target)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    at: Anchor,
) -> Draft | None:
    """Return the event that a frame with its roles describes; None if nobody stands in its slots.

    It has those sides alone whom its words name. Whoever else stands in a slot is offered beside it; where nobody is
    named at all, a candidate has them.
    """
    when, trigger = phrase or UNDATED, sentence.tokens[at.token]
    every = _find_codes(sentence, roles, when.edtf)
    if every == NOBODY or _is_contest(sentence, frame):
        LOGGER.debug("%s: nobody is named, or it is a contest: %s", frame.frame_id, sentence.text[slice(*span)])
        return None
    named = keep_named(sentence, roles, at.token)
    codes = _find_codes(sentence, named, when.edtf)
    sure = codes != NOBODY
    if not sure:  # a citizen, a place, a name that only colours a word: a person may decide that it is meant
        named, codes = roles, every
    if named.target and not codes[1] and not named.mutual:
        named = replace(named, target=[], target_slot=None)  # all of them act, too
    standing = _put_off(sentence, standing, phrase)
    features = find_features(sentence, frame, named, standing, at, (*codes[0], *codes[1]))
    probability = rate(sentence.reference, features)
    safe = sure and not (_is_unsafe(sentence, codes, features, phrase) or _is_doubted(sentence, at))
    return Draft(
        event_type=frame.event_type,
        type_alt=frame.type_alt,
        source_actors=codes[0],
        target_actors=codes[1],
        mutual=named.mutual and len(codes[0]) > 1,
        date=when.edtf,
        date_text=when.text,
        date_basis=when.basis,
        status=standing.status,
        speaker=standing.speaker,
        cue=standing.cue,
        start=span[0],
        end=span[1],
        rule=frame.frame_id,
        confidence=find_band(probability, both=named.both) if safe else "C",
        mode=frame.mode,
        trigger=(trigger.start, trigger.end),
        features=features,
        probability=round(probability, DIGITS),
        other_source=every[0] if codes != every else (),
        other_target=every[1] if codes != every else (),
        is_safe=safe,
    )


def _is_contest(s: Sentence, frame: Frame) -> bool:  # a quarter-final is no battle
    return frame.event_type in FOUGHT and any(s.words.has(token.low, "contest") for token in s.tokens)


def _is_unsafe(sentence: Sentence, codes: Codes, features: Sequence[str], phrase: DatePhrase | None) -> bool:
    """Whether a draft never counts unreviewed: of a person without office, of one on both sides, of long ago."""
    return "private" in features or bool({*codes[0]} & {*codes[1]}) or _is_history(sentence, phrase)


def _is_doubted(s: Sentence, at: Anchor) -> bool:
    """Whether the word of an act stands in quotation marks alone (his “war”), or as a thought (a friend of an exit)."""
    start, end = s.tokens[at.token].start, s.tokens[at.token].end
    if {s.text[max(start - 1, 0)], s.text[end : end + 1]} <= QUOTES:
        return True
    owned = {phrase for p in at.clause.phrases for phrase in p.owners} if at.voice == "noun" else set()
    whose = next((phrase for phrase in owned if phrase.first <= at.token <= phrase.last), None)
    first = s.tokens[whose.first] if whose is not None else None
    return first is not None and first.has("determiner") and not first.has("this", "possessive")


def _is_history(sentence: Sentence, phrase: DatePhrase | None) -> bool:
    """Whether an act lies long before the day of publication; one without a date, if its sentence names such a time."""
    dated = [phrase] if phrase is not None and phrase.edtf else sentence.dates
    latest = [edtf.parse(one.edtf).latest for one in dated if one.edtf]
    begin = f"{int(sentence.published[:4]) - HISTORY}{sentence.published[4:]}"
    return any(day is not None and day < begin for day in latest)


def _find_codes(s: Sentence, roles: Roles, day: str) -> Codes:
    """Return whom the sides stand for, none of them on both: but a government and its own parliament are two."""
    source, target = to_codes(s, roles.source, day), to_codes(s, roles.target, day)
    if any(phrase.kind in OFFICES for _, phrase in roles.target):
        return source, target
    return source, tuple(code for code in target if code not in source)


def _put_off(s: Sentence, standing: Standing, phrase: DatePhrase | None) -> Standing:
    """Return the standing of an act on a day; what is asserted of a day to come is a thought."""
    if standing.status != "asserted" or phrase is None or not phrase.edtf:
        return standing
    ahead = (edtf.parse(phrase.edtf).earliest or "") > s.published
    return standing._replace(status="hypothetical", cue=phrase.text) if ahead else standing


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
