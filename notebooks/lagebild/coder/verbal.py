"""Acts that verbs describe, and what their surroundings tell of the sides that their clause leaves open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from lagebild.coder.drafts import JOINT, Draft, Mention, draft_event
from lagebild.coder.factuality import Standing, assess, find_day, is_no_more
from lagebild.coder.frames import find_ending, find_frames, is_coded, is_of_nature
from lagebild.coder.inferred_roles import (
    fill_noun,
    infer_asked,
    infer_committed,
    infer_helped,
    infer_hit,
    infer_home,
    infer_place,
    infer_protested,
    infer_sender,
    infer_unrest,
)
from lagebild.coder.model import Clause, Frame, Phrase, Predicate
from lagebild.coder.roles import INFERRED, Roles, Slots, fill
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import find_bare, ids_of
from lagebild.core import is_organisation

HARMS = ("ASSAULT", "COERCE", "SANCTION")  # acts of which those are accused who did them
PLANNED = ("hypothetical", "attempted")  # what a verb above an act says of its truth
JUSTICE = ("execute", "court", "probe", "warrant")  # modes of acts that the state of the place is behind
# Acts whose other side may stand in the infinitive after them.
COMMITTING = ("AGREE", "THREATEN", "REJECT", "CONCEDE", "SUPPORT")


def draft_verb(sentence: Sentence, predicate: Predicate) -> list[Draft]:
    """Return the event that a verb describes, if a frame fits it, and note it on its clause."""
    clause = predicate.clause
    best = _find_best(sentence, predicate)
    if best is None or not is_coded(sentence, clause) or _is_no_act(sentence, *best, predicate):
        return []
    frame, roles = best
    ended = find_ending(sentence, clause) if frame.event_type == "AID" else None
    if ended or (frame.event_type == "AID" and is_no_more(sentence, clause)):
        frame = replace(frame, event_type="SANCTION", type_alt=("AID",))
    frame = infer_helped(sentence, frame, roles, clause)
    _complete(_Act(sentence, frame, roles, predicate, clause, predicate.voice))
    if frame.mode == "feeling" and not roles.target:
        return []  # was dismayed at the attack, mourned its victims: no act on anybody
    _note(sentence, frame, roles, predicate)
    if _is_recalled(frame, roles) and not any(token.names for token in sentence.tokens):
        return []  # die Regierung sagte den Bauern Hilfe zu: nobody is named
    standing = _assess(sentence, frame, clause, ended or predicate)
    at = Mention(clause, predicate.token, predicate.voice)
    span = find_evidence(sentence, clause)
    return draft_event(sentence, frame, roles, span, standing, find_day(sentence, clause), at)


def _is_no_act(sentence: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> bool:
    """Whether what a frame fits is no act of one side on another, by who or what its sides are."""
    subject = predicate.clause.subject if predicate.voice == "active" else None
    if frame.event_type == "CONSULT" and any(name.kind == "inhabitant" for name, _ in roles.source):
        return True  # eine Italienerin reiste nach Syrien: no act of Italy
    if predicate.voice == "attr" and (not roles.source or roles.how.get("source") in INFERRED):
        return True  # der bewaffnete Konflikt im Sudan: what something is like is no act, unless it says whose
    if frame.event_type == "ASSAULT" and _is_other_act(subject):
        return True  # sanctions hit Russian banks
    head = subject.head if subject is not None else None
    looms = frame.event_type == "THREATEN" and head is not None and bool(head.word.nouns)  # a war threatens Lebanon
    # a plan that is nobody's
    return not roles.source and (looms or sentence.parse.find_intent(predicate.clause) is not None)


def _note(s: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> None:
    if predicate.voice != "attr" and (roles.source or roles.target):
        s.fired.setdefault(predicate.clause, []).append(frame)
    if roles.source and roles.target:
        s.sides[predicate.clause] = (roles.source, roles.target)


def _is_recalled(frame: Frame, roles: Roles) -> bool:
    """Whether no word of an act that takes two stands for a side of it."""
    return not roles.both and not (set(roles.how.values()) - {*INFERRED}) and frame.event_type in JOINT


def _assess(sentence: Sentence, frame: Frame, clause: Clause, predicate: Predicate) -> Standing:
    """Return how the sentence puts the act of a clause, by its verb or the one that ends it."""
    standing = assess(sentence, predicate.clause, predicate, frame.event_type)
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


def _find_best(sentence: Sentence, predicate: Predicate) -> tuple[Frame, Roles] | None:
    """Return the first frame whose sides are there, else the first that fits; with its roles."""
    best = None
    below = sentence.below(predicate.clause) if predicate.lemma in sentence.words.operators else ()
    if any(c.kind in ("inf", "ing") or sentence.words.has(c.opener, "complementizer", "whether") for c in below):
        return None  # denied having …: the clause that hangs on the verb describes the act
    if is_of_nature(sentence, predicate):
        return None
    for frame in find_frames(sentence, predicate):
        roles = fill(frame, predicate, sentence)
        members = (is_organisation(sentence.reference, name.actor_id) for name, _ in roles.target)
        if frame.organisation and not any(members):
            continue
        if not frame.both_sides or roles.both:
            return frame, roles
        best = best or (frame, roles)
    return best


@dataclass(frozen=True, slots=True)
class _Act:
    """What a verb tells, with the sides that its own clause shows: one of them may be open."""

    sentence: Sentence
    frame: Frame
    roles: Roles
    predicate: Predicate
    clause: Clause
    voice: str

    @property
    def of_police(self) -> bool:
        """Whether the subject coerces somebody in the name of a state: the police, a court."""
        subject = self.clause.subject
        if self.frame.event_type != "COERCE" or subject is None:
            return False
        return subject.kind == "body" or (
            subject.head is not None and self.sentence.words.has(subject.head.low, "home")
        )

    @property
    def placed(self) -> bool:
        """Whether the other side is only the place of the act: in Syria."""
        return self.sentence.words.has(_first_prep(self.roles), "location")


def _turn_sides(act: _Act) -> None:
    """Correct the sides of those who act together, where the police act in a place, and of an army put on alert."""
    sentence, roles, kind = act.sentence, act.roles, act.frame.event_type
    if roles.source:
        return
    if act.frame.mutual and any(sentence.words.has(p.prep, "reciprocal") for _, p in roles.target):
        roles.source, roles.target, roles.mutual = roles.target, [], True  # between them a truce was agreed
        roles.how["source"] = roles.how.pop("target")
    elif kind in ("ASSAULT", "COERCE") and act.voice == "active" and roles.how.get("target") == "prep" and act.placed:
        if act.of_police or _does_something_else(act.clause):
            roles.target = []
            del roles.how["target"]
    elif kind == "MOBILIZE" and act.voice == "passive":
        roles.source, roles.target = roles.target, []


def _infer_attacker(act: _Act) -> None:
    """Infer who attacked from the attack that did it."""
    sentence, roles, clause = act.sentence, act.roles, act.clause
    if act.frame.event_type != "ASSAULT" or roles.source or act.voice not in ("active", "passive"):
        return
    _infer_cause(sentence, clause, roles, passive=act.voice == "passive" or "subj" not in act.frame.source)


def _infer_state(act: _Act) -> None:
    """Infer who arrests, is hit, or expels from the state of the place, or the one that the text is about."""
    sentence, frame, roles = act.sentence, act.frame, act.roles
    if act.voice == "passive" and (frame.event_type == "COERCE" or frame.mode in JUSTICE):
        if not roles.source and not Slots(sentence, act.predicate, frame).is_done_by_strangers():
            _infer_jailer(act, home=True)  # in Moskau sind Dutzende festgenommen worden
    elif act.of_police and not roles.source:  # ein Gericht in Mali bestätigte das Urteil
        _infer_jailer(act, home=not any(sentence.words.has(p.prep, "location") for p in act.clause.phrases))
    elif act.frame.event_type in ("ASSAULT", "COERCE"):
        _infer_victim(act)
    elif act.frame.event_type == "SANCTION" and act.voice == "passive" and not roles.source:
        infer_sender(sentence, act.clause, roles)


def _infer_jailer(act: _Act, *, home: bool) -> None:
    infer_place(act.sentence, act.clause, act.roles, state_is_hit=False)
    if home and not act.roles.source:
        infer_home(act.sentence, act.roles, "source")


def _infer_victim(act: _Act) -> None:
    """Infer who is hit from the place; of a nameless crowd, from the state that the text is about."""
    sentence, roles, clause = act.sentence, act.roles, act.clause
    if roles.target or roles.mutual:
        return
    if not _does_something_else(clause):
        infer_place(sentence, clause, roles, state_is_hit=not act.of_police)  # Police arrested three men in Brussels
    heads = [p.head for p in clause.phrases if p.head is not None]
    crowd = any(token.has("crowd") for token in heads) and not any(token.word.nouns for token in heads)
    if act.frame.event_type == "ASSAULT" and not roles.target and not roles.source and crowd:
        infer_home(sentence, roles, "target")


def _infer_from_surroundings(act: _Act) -> None:
    """Infer whom a protest is against, who summons an envoy, and whom an attack in a place hits."""
    if act.frame.event_type == "PROTEST":
        if not act.roles.target or act.placed:  # gegen den Krieg Russlands
            infer_protested(act.sentence, act.frame, act.roles, act.clause)
        if not act.roles.target:  # unrest in Dublin
            infer_unrest(act.sentence, act.clause, act.roles)
    if act.frame.mode == "summon" and act.voice == "passive" and act.roles.target and not act.roles.source:
        infer_place(act.sentence, act.clause, act.roles, state_is_hit=False)  # ins Außenministerium in Prag zitiert
    if act.frame.event_type == "ASSAULT" and act.roles.source and act.placed:
        infer_hit(act.sentence, act.frame, act.roles, act.clause)  # in Syria, … using jets against IS


def _infer_refused(act: _Act) -> None:
    """Infer whom somebody refuses from who dealt with him last: X accused Y. Y rejected that, and names nobody else."""
    roles, clause = act.roles, act.clause
    if act.frame.event_type != "REJECT" or not roles.source or roles.target:
        return
    acting, hit = act.sentence.memory.dealing
    alike = ids_of(roles.source) == ids_of(hit)
    rest = [p for p in clause.phrases if p is not clause.subject]
    acts = all(p.prep or p.pronoun or p.head is None or p.head.word.nouns for p in rest)
    if alike and acts and not any(p.actors for p in rest):
        roles.target, roles.how["target"] = acting, "context"


def _infer_blamed(act: _Act) -> None:
    """Who condemns an attack accuses those who attacked, not those who were hit: the attack on Israel by Hamas."""
    sentence, roles, clause, aims = act.sentence, act.roles, act.clause, act.frame.target
    if act.frame.event_type != "ACCUSE" or roles.mutual:
        return
    hit = {phrase.prep or phrase.case for _, phrase in roles.target}
    for phrase in clause.phrases if roles.target else ():
        harm = _find_harm(phrase, hit) if not phrase.prep or phrase.prep in aims else None  # alarm at the attack on X
        if harm is not None and roles.target and phrase.first < roles.target[0][1].first:
            harmed = fill_noun(harm, phrase, clause, sentence, len(sentence.tokens))
            if harmed.source or harm.event_type == "ASSAULT":
                roles.target, roles.how["target"] = harmed.source, "gen"


def _find_harm(phrase: Phrase, hit: Collection[str]) -> Frame | None:
    """Return the harmful act that a phrase means, if who is hit stands in one of its slots."""
    nouns = phrase.head.word.nouns if phrase.head is not None else ()
    return next((frame for frame in nouns if frame.event_type in HARMS and not {*frame.target}.isdisjoint(hit)), None)


def _infer_addressed(act: _Act) -> None:
    """Infer to whom a demand goes from the place; of dissenters, to their state: die Opposition verlangt Neuwahlen."""
    sentence, roles, subject = act.sentence, act.roles, act.clause.subject
    if act.frame.event_type == "REQUEST" and roles.source and not roles.target:
        infer_place(sentence, act.clause, roles)
    who = sentence.tokens[subject.first : subject.last + 1] if subject is not None and act.voice == "active" else ()
    dissent = any(sentence.words.has(token.low, "dissent") for token in who)
    if dissent and act.frame.event_type in ("REQUEST", "ACCUSE") and not roles.source:
        if not roles.target:
            infer_place(sentence, act.clause, roles)
        if not roles.target:
            infer_home(sentence, roles, "target")
        roles.addressed = roles.addressed or bool(roles.target)  # who asks is told, though it is no actor


def _infer_from_below(act: _Act) -> None:
    """Infer the other side of a promise, a demand, a charge or praise from the clauses that say what it is about."""
    sentence, roles, kind = act.sentence, act.roles, act.frame.event_type
    carried = kind == "ASSAULT" and act.predicate.lemma in sentence.words.light  # launched a raid to free …
    if (carried or kind in COMMITTING) and roles.source and not (roles.target or roles.addressed):
        infer_committed(sentence, act.frame, roles, act.clause)
    named = act.clause.subject is not None and act.voice == "active"  # unions demand that Peru …
    asking = named and kind == "REQUEST" and sentence.words.language.fixed_order
    if kind in ("REQUEST", "ACCUSE", "SUPPORT") and (roles.source or asking) and not roles.target:
        infer_asked(sentence, act.frame, roles, act.clause)


def _complete(act: _Act) -> None:
    """Fill what the clause itself leaves open but its surroundings show, in this order: each builds on those before."""
    _turn_sides(act)
    _infer_attacker(act)
    _infer_state(act)
    _infer_from_surroundings(act)
    _infer_refused(act)
    _infer_blamed(act)
    _infer_addressed(act)
    _infer_from_below(act)


def _does_something_else(clause: Clause) -> bool:  # campers blew up a mattress
    if clause.subject is None or not _is_unlikely(clause.subject):
        return False
    objects = [p for p in find_bare(clause) if p is not clause.subject and p.head is not None and p.pronoun != "rel"]
    return all(p.kind == "nature" or _is_unlikely(p) for p in objects)


def _is_other_act(phrase: Phrase | None) -> bool:
    head = phrase.head if phrase is not None and not phrase.kind else None
    types = {frame.event_type for frame in (*head.word.nouns, *head.tail.nouns)} if head is not None else set()
    return bool(types) and "ASSAULT" not in types


def _is_unlikely(phrase: Phrase) -> bool:
    """Whether a phrase means neither people, nor weapons, nor what belongs to a state, nor an act."""
    head = phrase.head
    if head is None or phrase.kind not in ("", "none") or phrase.actors or phrase.pronoun:
        return False
    return not (head.has("crowd") or head.word.nouns or head.tail.nouns)


def _infer_cause(sentence: Sentence, clause: Clause, roles: Roles, *, passive: bool) -> None:
    """Infer who attacked from the attack that is named: were killed in a Turkish air strike; strikes by Turkey hit."""
    for phrase in clause.phrases:
        by = passive and phrase.prep and "sequence" not in sentence.words.word(phrase.prep).classes
        act = _find_attack(phrase) if by or phrase is clause.subject else None
        attack = fill_noun(act, phrase, clause, sentence, len(sentence.tokens)) if act is not None else Roles()
        if attack.mutual:
            roles.source, roles.target, roles.mutual = attack.source, [], True
        elif attack.source:
            own = ids_of(attack.source)
            roles.source, roles.how["source"] = attack.source, "prep"
            placed = sentence.words.has(_first_prep(roles), "location")  # strikes on rebels in Mali killed
            hit = attack.target if placed and attack.target else roles.target or attack.target
            roles.target = [pair for pair in hit if pair[0].actor_id not in own] or attack.target


def _find_attack(phrase: Phrase) -> Frame | None:  # a Turkish air strike
    nouns = (*phrase.head.word.nouns, *phrase.head.tail.nouns) if phrase.head is not None else ()
    return next((frame for frame in nouns if frame.event_type == "ASSAULT"), None)


def _first_prep(roles: Roles) -> str:
    return roles.target[0][1].prep if roles.target else ""
