"""Acts that verbs describe."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from lagebild.coder.drafts import Anchor, Draft, draft_event
from lagebild.coder.factuality import Standing, assess, find_day, is_no_more
from lagebild.coder.frames import find_ending, find_frames, is_coded, is_of_nature
from lagebild.coder.model import Clause, Frame, Phrase, Predicate, Sides
from lagebild.coder.nominal import NounSlots, fill_noun
from lagebild.coder.roles import Roles, fill
from lagebild.coder.sentence import Fired, Sentence
from lagebild.coder.syntax import ids_of
from lagebild.core import is_organisation

LOGGER = logging.getLogger(__name__)
HARMS = ("ASSAULT", "COERCE", "SANCTION")  # acts of which those are accused who did them
PLANNED = ("hypothetical", "attempted")  # what a verb above an act says of its truth


@dataclass(frozen=True, slots=True)
class VerbAct:
    """The act that a verb describes, with its sides; `ended` is the verb above it that ends it: stopped supplying."""

    predicate: Predicate
    frame: Frame
    roles: Roles
    ended: Predicate | None


def draft_verbs(sentence: Sentence) -> tuple[list[Draft], Fired]:
    """Return the events that the verbs of a sentence describe, and the frames that fired in each clause.

    What hangs on a clause is read after it, for the complement of an act is not coded.
    """
    drafts: list[Draft] = []
    fired: dict[Clause, list[Frame]] = {}
    for clause in sentence.clauses:
        for predicate in clause.predicates:
            act = read_verb(sentence, predicate, fired)
            if act is None:
                continue
            if predicate.voice != "attr" and (act.roles.source or act.roles.target):
                fired.setdefault(clause, []).append(act.frame)
            if draft := _draft(sentence, act, fired):
                drafts.append(draft)
    return drafts, fired


def read_verb(sentence: Sentence, predicate: Predicate, fired: Fired) -> VerbAct | None:
    """Return the act that a verb describes; None if no frame fits it, or what it describes is not coded."""
    clause = predicate.clause
    best = _find_best(sentence, predicate, fired)
    if best is None:
        return None
    frame, roles = best
    if not is_coded(sentence, clause, fired):
        LOGGER.debug("%s: not coded, the complement of an act: %s", frame.frame_id, sentence.text_of(clause))
        return None
    if why := _find_objection(sentence, frame, roles, predicate):
        LOGGER.debug("%s: no act, %s: %s", frame.frame_id, why, sentence.text_of(clause))
        return None
    ended = find_ending(sentence, clause) if frame.event_type == "AID" else None
    if ended or (frame.event_type == "AID" and is_no_more(sentence, clause)):
        frame = replace(frame, event_type="SANCTION", type_alt=("AID",))
    roles = _correct_sides(sentence, frame, roles, predicate)
    if frame.mode == "feeling" and not roles.target:
        return None  # was dismayed at the attack, mourned its victims: no act on anybody
    return VerbAct(predicate, frame, roles, ended)


def _draft(sentence: Sentence, act: VerbAct, fired: Fired) -> Draft | None:
    clause = act.predicate.clause
    standing = _assess(sentence, act, fired)
    at = Anchor(clause, act.predicate.token, act.predicate.voice)
    span = find_evidence(sentence, clause)
    return draft_event(sentence, act.frame, act.roles, span, standing, find_day(sentence, clause), at)


def _find_best(sentence: Sentence, predicate: Predicate, fired: Fired) -> tuple[Frame, Roles] | None:
    """Return the first frame whose sides are there, else the first that fits; with its roles."""
    best = None
    below = sentence.below(predicate.clause) if predicate.lemma in sentence.words.operators else ()
    if any(c.kind in ("inf", "ing") or sentence.words.has(c.opener, "complementizer", "whether") for c in below):
        return None  # denied having …: the clause that hangs on the verb describes the act
    if is_of_nature(sentence, predicate):
        return None
    for frame in find_frames(sentence, predicate, fired):
        roles = fill(frame, predicate, sentence)
        members = [is_organisation(sentence.reference, name.actor_id) for name, _ in roles.target]
        if frame.organisation and not any(members):
            continue
        if not frame.both_sides or roles.both:
            return frame, roles
        best = best or (frame, roles)
    return best


def _find_objection(sentence: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> str:
    """Return why what a frame fits is no act of one side on another, by who or what its sides are; empty if it is."""
    subject = predicate.clause.subject if predicate.voice == "active" else None
    if frame.event_type == "CONSULT" and any(name.kind == "inhabitant" for name, _ in roles.source):
        return "citizen_travels"  # eine Italienerin reiste nach Syrien: no act of Italy
    if predicate.voice == "attr" and not roles.source:
        return "participle_without_agent"  # der bewaffnete Konflikt im Sudan: what something is like
    if frame.event_type == "ASSAULT" and _is_other_act(subject):
        return "other_act_hits"  # sanctions hit Russian banks
    if roles.source:
        return ""
    if frame.event_type == "THREATEN" and subject is not None and subject.head is not None and subject.head.word.nouns:
        return "act_looms"  # a war threatens Lebanon
    return "plan_of_nobody" if sentence.parse.find_intent(predicate.clause) is not None else ""


def _is_other_act(phrase: Phrase | None) -> bool:
    head = phrase.head if phrase is not None and not phrase.kind else None
    types = {frame.event_type for frame in head.acts} if head is not None else set()
    return bool(types) and "ASSAULT" not in types


def _correct_sides(sentence: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> Roles:
    """Return the sides of an act as its nouns, too, name them."""
    roles = _turn_sides(sentence, frame, roles, predicate)
    if frame.event_type == "ASSAULT" and not roles.source and predicate.voice != "attr":
        passive = predicate.voice == "passive" or "subj" not in frame.source
        return _name_attackers(sentence, predicate.clause, roles, passive=passive)
    if frame.event_type == "ACCUSE" and roles.target:
        return _spare_victims(sentence, predicate.clause, roles)
    return roles


def _turn_sides(sentence: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> Roles:
    """Return the sides, corrected for those who act together, and for an army that is put on alert."""
    if roles.source:
        return roles
    if frame.mutual and any(sentence.words.has(p.prep, "reciprocal") for _, p in roles.target):
        # between them a truce was agreed
        return replace(
            roles, source=roles.target, source_slot=roles.target_slot, target=[], target_slot=None, mutual=True
        )
    if frame.event_type == "MOBILIZE" and predicate.voice == "passive":
        return replace(roles, source=roles.target, source_slot=roles.target_slot, target=[], target_slot=None)
    return roles


def _name_attackers(sentence: Sentence, clause: Clause, roles: Roles, *, passive: bool) -> Roles:
    """Return the sides of an attack with who carried it out, where a noun of its clause names the attack.

    That is the subject (strikes by Turkey hit …) or stands behind a preposition (were killed in a Turkish air strike).
    """
    for phrase in clause.phrases:
        by = passive and phrase.prep and "sequence" not in sentence.words.word(phrase.prep).classes
        if phrase.head is None or not (by or phrase is clause.subject):
            continue
        act = next((frame for frame in phrase.head.acts if frame.event_type == "ASSAULT"), None)
        if act is None:
            continue
        attack = fill_noun(NounSlots(sentence, act, phrase, clause, len(sentence.tokens)))
        if attack.mutual:
            return attack
        if attack.source:
            return replace(roles, source=attack.source, source_slot="prep", target=_choose_hit(sentence, roles, attack))
    return roles


def _choose_hit(sentence: Sentence, roles: Roles, attack: Roles) -> Sides:
    """Return who is hit, as the verb or the noun of an attack names him: a place of the verb gives way."""
    own = ids_of(attack.source)
    placed = bool(roles.target) and sentence.words.has(roles.target[0][1].prep, "location")
    hit = attack.target if placed and attack.target else roles.target
    return [pair for pair in hit if pair[0].actor_id not in own] or attack.target


def _spare_victims(sentence: Sentence, clause: Clause, roles: Roles) -> Roles:
    """Return the sides of a charge with those who did the harm that is condemned, not those who were hit by it.

    Condemned the attack on Israel by Hamas; where nobody did it, nobody is accused.
    """
    name, phrase = roles.target[0]
    for other in clause.phrases:
        if other.head is None or other.first >= phrase.first:
            continue
        harm = next((frame for frame in other.head.word.nouns if frame.event_type in HARMS), None)
        if harm is not None:
            harmed = fill_noun(NounSlots(sentence, harm, other, clause, len(sentence.tokens)))
            if name.actor_id in ids_of(harmed.target) and (harmed.source or harm.event_type == "ASSAULT"):
                return replace(roles, target=harmed.source, target_slot="gen" if harmed.source else None)
    return roles


def _assess(sentence: Sentence, act: VerbAct, fired: Fired) -> Standing:
    """Return how the sentence puts the act of a clause, by its verb or the one that ends it."""
    clause, frame = act.predicate.clause, act.frame
    judged = act.ended or act.predicate
    standing = assess(sentence, judged.clause, judged, frame.event_type, fired)
    if frame.mode == "inaction":
        return standing._replace(status="negated")
    if frame.mode == "avowal" and standing.status == "asserted":  # claimed responsibility: they say it
        return standing._replace(status="reported", speaker=standing.speaker or sentence.subject_of(clause))
    return standing


def find_evidence(s: Sentence, clause: Clause) -> tuple[int, int]:
    """Return the place in the text of what describes the act of a clause: of a plan to do it, the plan too."""
    if clause.kind == "inf" and clause.parent is not None and s.operator(clause.parent) in PLANNED:
        start, end = find_evidence(s, clause.parent)
        return min(start, s.tokens[clause.tokens[0]].start), max(end, s.tokens[clause.tokens[-1]].end)
    return s.span_of(clause)
