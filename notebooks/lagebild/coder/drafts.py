"""What the draft coder proposes: events, and statements that are no acts; each with its evidence and its rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lagebild.coder.confidence import Mention, band, find_features, is_incomplete, rate
from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.factuality import Standing
from lagebild.coder.gazetteer import Name
from lagebild.coder.lexicon import Frame
from lagebild.coder.roles import INFERRED, Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import OFFICES, Phrase
from lagebild.core.edtf import parse
from lagebild.core.offices import stands_for

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
    s: Sentence,
    frame: Frame,
    roles: Roles,
    span: tuple[int, int],
    standing: Standing,
    phrase: DatePhrase | None,
    at: Mention,
) -> list[Draft]:
    """Return the event that a frame with its roles describes, if anybody acts in it, and remember its sides."""
    day, trigger = phrase.edtf if phrase else "", s.tokens[at.token]
    source, target = _find_codes(s, roles, day)
    if roles.target and not target and not roles.mutual:
        roles.how.pop("target", None)
    if not source and not target:
        return []
    if frame.event_type in FOUGHT and any(s.words.has(token.low, "contest") for token in s.tokens):
        return []  # a quarter-final is no battle
    standing = _put_off(s, standing, phrase)
    if len({*source, *target}) > 1 and frame.event_type != "ASSAULT":
        s.memory.pair = [*roles.source, *roles.target]
        s.memory.dealing = (roles.source, roles.target)
    mutual = roles.mutual and len(source) > 1
    features = find_features(s, frame, roles, standing, at, (*source, *target))
    probability = rate(s.reference, features)
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
    """Return the sides that no word of the clause stands for."""
    return tuple(sorted(side for side, how in roles.how.items() if how in INFERRED))


def to_codes(s: Sentence, pairs: Iterable[tuple[Name, Phrase]], day: str) -> tuple[str, ...]:
    """Return whom named actors stand for on a day, each once; `day` empty is that of the publication."""
    codes = []
    for name, phrase in pairs:
        state = next((one.actor_id for one in phrase.adjectives if one is not name), "")
        code = stands_for(s.reference, name.actor_id, day or s.published, state, phrase.former)
        if code.startswith("PER:") and day > s.published:  # who is in office today, of what is to come
            code = stands_for(s.reference, name.actor_id, s.published, state, phrase.former)
        codes.append(code)
    return tuple(dict.fromkeys(codes))
