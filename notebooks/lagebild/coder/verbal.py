"""Acts that verbs describe."""

from __future__ import annotations

from dataclasses import replace

from lagebild.coder.complements import is_attack, take_asked, take_avowed, take_committed, take_helped, take_strike
from lagebild.coder.confidence import JOINT, Mention
from lagebild.coder.days import find_day
from lagebild.coder.drafts import Draft, draft_event
from lagebild.coder.factuality import assess, is_no_more
from lagebild.coder.frames import find_ending, find_frames, is_coded, is_of_nature, is_reflexive
from lagebild.coder.lexicon import Frame
from lagebild.coder.noun_roles import fill_noun
from lagebild.coder.places import take_hit, take_home, take_place, take_protested, take_sender, take_unrest
from lagebild.coder.roles import INFERRED, Roles, fill
from lagebild.coder.sentence import Sentence
from lagebild.coder.slots import Slots
from lagebild.coder.syntax import Clause, Phrase, Predicate, find_bare, ids_of
from lagebild.core.offices import is_organisation

HARMS = ("ASSAULT", "COERCE", "SANCTION")  # acts of which those are accused who did them
PLANNED = ("hypothetical", "attempted")  # what a verb above an act says of its truth
JUSTICE = ("execute", "court", "probe", "warrant")  # modes of acts that the state of the place is behind
# Acts whose other side may stand in the infinitive after them.
COMMITTING = ("AGREE", "THREATEN", "REJECT", "CONCEDE", "SUPPORT")


def draft_verb(s: Sentence, predicate: Predicate) -> list[Draft]:
    """Return the event that a verb describes, if a frame fits it, and note it on its clause."""
    clause = predicate.clause
    if predicate.lemma in s.words.operators and any(
        c.parent is clause and (c.kind in ("inf", "ing") or s.words.has(c.opener, "complementizer", "whether"))
        for c in s.clauses
    ):
        return []  # denied having …: the act is described by the clause that hangs on it
    best = None if is_of_nature(s, predicate) else _find_best(s, predicate)
    if best is None or not is_coded(s, clause):
        return []
    frame, roles = best
    if frame.event_type == "CONSULT" and any(name.kind == "inhabitant" for name, _ in roles.source):
        return []  # eine Italienerin reiste nach Syrien: no act of Italy
    if predicate.voice == "attr" and (not roles.source or roles.how.get("source") in INFERRED):
        return []  # der bewaffnete Konflikt im Sudan: what something is like is no act, unless it says whose
    if frame.event_type == "ASSAULT" and predicate.voice == "active" and _is_other_act(clause.subject):
        return []  # sanctions hit Russian banks
    subject = clause.subject.head if clause.subject is not None and predicate.voice == "active" else None
    looms = frame.event_type == "THREATEN" and subject is not None and subject.word.nouns  # a war threatens Lebanon
    if not roles.source and (looms or s.parse.find_intent(clause) is not None):
        return []  # nor is a plan that is nobody's
    ended = find_ending(s, clause) if frame.event_type == "AID" else None
    if ended or (frame.event_type == "AID" and is_no_more(s, clause)):
        frame = replace(frame, event_type="SANCTION", type_alt=("AID",))
    frame = take_helped(s, frame, roles, clause)
    _complete(s, frame, roles, predicate)
    if frame.mode == "feeling" and not roles.target:
        return []  # was dismayed at the attack, mourned its victims: no act on anybody
    if predicate.voice != "attr" and (roles.source or roles.target):
        s.fired.setdefault(clause, []).append(frame)
    if roles.source and roles.target:
        s.sides[clause] = (roles.source, roles.target)
    recalled = not roles.both and not (set(roles.how.values()) - {*INFERRED}) and frame.event_type in JOINT
    if recalled and not any(token.names for token in s.tokens):
        return []  # die Regierung sagte den Bauern Hilfe zu: nobody is named
    standing = assess(s, (ended or predicate).clause, ended or predicate, frame.event_type)
    if frame.mode == "inaction":
        standing = standing._replace(status="negated")
    elif frame.mode == "avowal" and standing.status == "asserted":  # claimed responsibility: they say it
        standing = standing._replace(status="reported", speaker=standing.speaker or s.subject_of(clause))
    at = Mention(clause, predicate.token, predicate.voice)
    return draft_event(s, frame, roles, find_evidence(s, clause), standing, find_day(s, clause), at)


def find_evidence(s: Sentence, clause: Clause) -> tuple[int, int]:
    """Return the place in the text of what describes the act of a clause: of a plan to do it, the plan too."""
    if clause.kind == "inf" and clause.parent is not None and s.operator(clause.parent) in PLANNED:
        start, end = find_evidence(s, clause.parent)
        return min(start, s.tokens[clause.tokens[0]].start), max(end, s.tokens[clause.tokens[-1]].end)
    return s.span_of(clause)


def _find_best(s: Sentence, predicate: Predicate) -> tuple[Frame, Roles] | None:
    """Return the first frame whose sides are there, else the first that fits; with its roles."""
    best = None
    for frame in find_frames(s, predicate):
        roles = fill(frame, predicate, s)
        if frame.organisation and not any(is_organisation(s.reference, name.actor_id) for name, _ in roles.target):
            continue
        if _is_done_to_itself(s, predicate, frame, roles):
            continue
        if not frame.both_sides or roles.both:
            return frame, roles
        best = best or (frame, roles)
    return best


def _is_done_to_itself(s: Sentence, predicate: Predicate, frame: Frame, roles: Roles) -> bool:
    """Whether the object of a verb is *sich*: schützte sich vor der Sonne is no protection of anybody."""
    if frame.reflexive or frame.target[:1] != ("obj",) or roles.source or roles.target:
        return False
    clause = predicate.clause
    return is_reflexive(s, clause) and not any(p.head and p is not clause.subject for p in find_bare(clause))


def _complete(s: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> None:
    """Fill what the clause itself leaves open but its surroundings show."""
    if frame.mutual and not roles.source and any(s.words.has(p.prep, "reciprocal") for _, p in roles.target):
        roles.source, roles.target, roles.mutual = roles.target, [], True  # between them a truce was agreed
        roles.how["source"] = roles.how.pop("target")
    harmed = frame.event_type in ("ASSAULT", "COERCE") and predicate.voice == "active" and not roles.source
    located = roles.how.get("target") == "prep" and s.words.has(_first_prep(roles), "location")
    subject = predicate.clause.subject
    home = subject is not None and subject.head is not None and s.words.has(subject.head.low, "home")
    police = frame.event_type == "COERCE" and subject is not None and (subject.kind == "body" or home)
    if harmed and located and (police or _does_something_else(predicate.clause)):
        roles.target = []
        del roles.how["target"]
    if frame.event_type == "MOBILIZE" and predicate.voice == "passive" and not roles.source:
        roles.source, roles.target = roles.target, []  # whose army was put on alert
    if frame.event_type == "ASSAULT" and not roles.source and predicate.voice in ("active", "passive"):
        undergone = predicate.voice == "passive" or "subj" not in frame.source
        _take_cause(s, predicate.clause, roles, passive=undergone)
        if not roles.source and predicate.voice == "passive":
            take_strike(s, predicate.clause, roles)
        elif not roles.source and is_attack(predicate.clause.subject):
            take_avowed(s, predicate.clause, roles)
    if (frame.event_type == "COERCE" or frame.mode in JUSTICE) and predicate.voice == "passive":
        if not roles.source and not Slots(s, predicate, frame).is_done_by_strangers():
            take_place(s, predicate.clause, roles, state_is_hit=False)  # in Moskau sind Dutzende festgenommen worden
            if not roles.source:
                take_home(s, roles, "source")
    elif police and not roles.source:
        take_place(s, predicate.clause, roles, state_is_hit=False)  # ein Gericht in Mali bestätigte das Urteil
        if not roles.source and not any(s.words.has(p.prep, "location") for p in predicate.clause.phrases):
            take_home(s, roles, "source")
    elif frame.event_type in ("ASSAULT", "COERCE") and not roles.target and not roles.mutual:
        if not _does_something_else(predicate.clause):
            take_place(s, predicate.clause, roles, state_is_hit=not police)  # Police arrested three men in Brussels
        heads = [p.head for p in predicate.clause.phrases if p.head is not None]
        victim = any(one.has("crowd") for one in heads) and not any(one.word.nouns for one in heads)
        if frame.event_type == "ASSAULT" and not roles.target and not roles.source and victim:
            take_home(s, roles, "target")
    elif frame.event_type == "SANCTION" and predicate.voice == "passive" and not roles.source:
        take_sender(s, predicate.clause, roles)
    if frame.event_type == "PROTEST" and (not roles.target or s.words.has(_first_prep(roles), "location")):
        take_protested(s, frame, roles, predicate.clause)
    if frame.mode == "summon" and predicate.voice == "passive" and roles.target and not roles.source:
        take_place(s, predicate.clause, roles, state_is_hit=False)  # ins Außenministerium in Prag zitiert
    if frame.event_type == "REJECT" and roles.source and not roles.target:
        _take_refused(s, predicate.clause, roles)
    if frame.event_type == "PROTEST" and not roles.target:
        take_unrest(s, predicate.clause, roles)
    if frame.event_type == "ASSAULT" and roles.source and s.words.has(_first_prep(roles), "location"):
        take_hit(s, frame, roles, predicate.clause)
    if frame.event_type == "ACCUSE" and not roles.mutual:
        _take_blamed(s, predicate.clause, frame, roles)
    _complete_said(s, frame, roles, predicate)


def _complete_said(s: Sentence, frame: Frame, roles: Roles, predicate: Predicate) -> None:
    """Fill whom a demand, a charge, praise or a promise is addressed to."""
    subject = predicate.clause.subject
    saying = frame.event_type in ("REQUEST", "ACCUSE", "SUPPORT")
    if frame.event_type == "REQUEST" and roles.source and not roles.target:
        take_place(s, predicate.clause, roles)
    active = subject is not None and predicate.voice == "active"
    who = s.tokens[subject.first : subject.last + 1] if subject is not None and active else ()
    said = saying and frame.event_type != "SUPPORT"
    if said and not roles.source and any(s.words.has(one.low, "dissent") for one in who):
        if not roles.target:
            take_place(s, predicate.clause, roles)
        if not roles.target:
            take_home(s, roles, "target")  # die Opposition verlangt Neuwahlen
        roles.addressed = roles.addressed or bool(roles.target)  # who asks is told, though it is no actor
    carried = frame.event_type == "ASSAULT" and predicate.lemma in s.words.light  # launched a raid to free
    commits = (carried or frame.event_type in COMMITTING) and bool(roles.source)
    if commits and not (roles.target or roles.addressed):
        take_committed(s, frame, roles, predicate.clause)
    # unions demand that Peru …
    asking = frame.event_type == "REQUEST" and active and s.words.language.fixed_order
    if saying and (roles.source or asking) and not roles.target:
        take_asked(s, frame, roles, predicate.clause)


def _take_refused(s: Sentence, clause: Clause, roles: Roles) -> None:
    """Take whom somebody refuses from who dealt with him last: X accused Y. Y rejected that, and names nobody else."""
    acting, hit = s.memory.dealing
    alike = ids_of(roles.source) == ids_of(hit)
    rest = [p for p in clause.phrases if p is not clause.subject]
    told = all(p.prep or p.pronoun or p.head is None or p.head.word.nouns for p in rest)
    if alike and told and not any(p.actors for p in rest):
        roles.target, roles.how["target"] = acting, "context"


def _does_something_else(clause: Clause) -> bool:
    """Whether neither who acts nor what it is done to is of the kind that attacks have: campers blew up a mattress."""
    if clause.subject is None or not _is_unlikely(clause.subject):
        return False
    objects = [p for p in find_bare(clause) if p is not clause.subject and p.head is not None and p.pronoun != "rel"]
    return all(p.kind == "nature" or _is_unlikely(p) for p in objects)


def _is_other_act(phrase: Phrase | None) -> bool:
    """Whether a phrase means an act that is no attack."""
    head = phrase.head if phrase is not None and not phrase.kind else None
    types = {one.event_type for one in (*head.word.nouns, *head.tail.nouns)} if head is not None else set()
    return bool(types) and "ASSAULT" not in types


def _is_unlikely(phrase: Phrase) -> bool:
    """Whether a phrase means neither people, nor weapons, nor what belongs to a state, nor an act."""
    head = phrase.head
    if head is None or phrase.kind not in ("", "none") or phrase.actors or phrase.pronoun:
        return False
    return not (head.has("crowd") or head.word.nouns or head.tail.nouns)


def _take_cause(s: Sentence, clause: Clause, roles: Roles, *, passive: bool) -> None:
    """Take who attacked from the attack that is named: were killed in a Turkish air strike; strikes by Turkey hit."""
    for phrase in clause.phrases:
        by = passive and phrase.prep and "sequence" not in s.words.word(phrase.prep).classes
        told = by or phrase is clause.subject
        nouns = (*phrase.head.word.nouns, *phrase.head.tail.nouns) if phrase.head is not None and told else ()
        act = next((one for one in nouns if one.event_type == "ASSAULT"), None)
        found = fill_noun(act, phrase, clause, s, len(s.tokens)) if act is not None else Roles()
        if found.mutual:
            roles.source, roles.target, roles.mutual = found.source, [], True
        elif found.source:
            own = ids_of(found.source)
            roles.source, roles.how["source"] = found.source, "prep"
            placed = s.words.has(_first_prep(roles), "location") and found.target  # strikes on rebels in Mali killed
            hit = found.target if placed else roles.target or found.target
            roles.target = [one for one in hit if one[0].actor_id not in own] or found.target


def _first_prep(roles: Roles) -> str:
    return roles.target[0][1].prep if roles.target else ""


def _take_blamed(s: Sentence, clause: Clause, frame: Frame, roles: Roles) -> None:
    """Who condemns an attack accuses those who attacked, not those who were hit: the attack on Israel by Hamas."""
    hit = {phrase.prep or phrase.case for _, phrase in roles.target}
    for phrase in clause.phrases if roles.target else ():
        told = phrase.head is not None and (not phrase.prep or phrase.prep in frame.target)  # alarm at the attack on X
        frames = phrase.head.word.nouns if phrase.head is not None and told else ()
        act = next((one for one in frames if one.event_type in HARMS and hit & {*one.target}), None)
        if act is not None and roles.target and phrase.first < roles.target[0][1].first:
            found = fill_noun(act, phrase, clause, s, len(s.tokens))
            if found.source or act.event_type == "ASSAULT":
                roles.target, roles.how["target"] = found.source, "gen"
