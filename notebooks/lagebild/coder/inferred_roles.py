"""The sides of an act that no slot of a verb holds: from its nouns, from its place, from clauses that hang on it.

A noun of an act has its sides before it or hanging on it. Where only the place or the text names who is hit, or arrests
somebody, the state of that place is taken; a promise or a demand may name the other side in its infinitive: vowed to
bomb Iran.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import takewhile

from lagebild.coder.frames import find_complements, is_next
from lagebild.coder.model import Clause, Frame, Phrase, Sides
from lagebild.coder.pronouns import resolve
from lagebild.coder.roles import AFFECTED, Roles, as_how
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import frames_of, ids_of, opens_with_verb

NEAR = 4  # tokens after a phrase within which another hangs on it


class NounSlots:
    """The phrases around a noun of an act, by slot; nothing past the token `stop` belongs to it."""

    def __init__(self, s: Sentence, frame: Frame, phrase: Phrase, clause: Clause, stop: int) -> None:
        self.sentence, self.frame, self.phrase, self.clause = s, frame, phrase, clause
        self.fixed_order = s.words.language.fixed_order
        joined = {member for p in clause.phrases for member in p.joined}
        self.after = [p for p in find_hanging(phrase, clause) if p.first < stop and p not in joined]

    def find(self, slot: str) -> list[Sides]:
        """Return who may fill a slot, the likeliest first."""
        if slot in ("adj", "gen"):
            return self._find_whose(slot)
        behind = self._find_behind(slot)
        citizens = slot in self.frame.target and not self.sentence.words.has(slot, "location")
        if self.sentence.words.has(slot, "genitive") or (citizens and self.frame.event_type in AFFECTED):
            return [
                self._name_sides(p, citizens=True) for p in behind
            ]  # the arrest of a Turkish actor, a raid on tourists
        if self.sentence.words.has(slot, "foregoing"):
            behind += [p for p in self.clause.phrases if p.prep == slot and p.last < self.phrase.first]
        return [p.actors for p in behind]

    def _find_whose(self, slot: str) -> list[Sides]:  # Russia's invasion, die Ablehnung des Plans der USA
        phrase = self.phrase
        if slot == "adj" or self.fixed_order:  # what follows *of* has its own slot
            return [[(name, phrase) for name in (phrase.adjectives or phrase.names)]]
        near = takewhile(self.sentence.is_genitive, self.after)
        return [self._name_sides(p, citizens="gen" not in self.frame.source) for p in (*phrase.owners, *near)]

    def _find_behind(self, prep: str) -> list[Phrase]:
        of = self.sentence.words.has(prep, "genitive")
        chain = takewhile(self.sentence.is_genitive, self.after) if of else self.after
        agents = prep in self.sentence.words.language.agents  # not who owns another: of the emir of Qatar
        owned = {phrase for p in self.clause.phrases if agents and p is not self.phrase for phrase in p.owners}
        return [p for p in chain if p.prep == prep and p not in owned]

    def _name_sides(self, phrase: Phrase, *, citizens: bool) -> Sides:  # the arrest of a Turkish journalist
        affected = citizens and self.frame.event_type in AFFECTED and phrase.kind == "none"
        return phrase.actors or ([(name, phrase) for name in (phrase.names or phrase.adjectives)] if affected else [])


def fill_noun(frame: Frame, phrase: Phrase, clause: Clause, sentence: Sentence, stop: int) -> Roles:
    """Fill the slots of a noun of an act from what hangs on it; nothing past the token `stop` belongs to it."""
    roles, slots = Roles(), NounSlots(sentence, frame, phrase, clause, stop)
    between = sentence.words.listed("reciprocal") if frame.mutual else ()
    _fill_source(slots, roles, between)
    if not (between and len(roles.source) > 1):
        _fill_target(slots, roles)
    if frame.event_type == "ASSAULT" and not roles.target and any(p.kind == "object" for _, p in roles.source):
        roles.source, roles.target = [], roles.source  # der Beschuss von Stellungen der YPG
        roles.how["target"] = roles.how.pop("source")
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    if frame.event_type == "PROTEST" and ids_of(roles.source) == ids_of(roles.target):
        roles.source = []  # bei Protesten gegen die Regierung in Togo: it does not protest itself
    roles.phrases = _find_used(slots, roles)
    return roles


def _find_used(slots: NounSlots, roles: Roles) -> list[Phrase]:
    used = {phrase for _, phrase in (*roles.source, *roles.target)}
    return [p for p in slots.after if used & {phrase for _, phrase in p.actors} or p in used]


def _fill_source(slots: NounSlots, roles: Roles, between: Collection[str]) -> None:
    """Find who acts in the first slot that names somebody: `between` two, or that of the frame."""
    sources, targets = slots.frame.source, slots.frame.target
    if "gen" in sources and "gen" in targets and not slots.fixed_order:
        rest = [name for name in targets if name != "gen"]
        if not any(side for name in rest for side in slots.find(name)):  # Unterstützung des Iran: he receives it
            sources = tuple(name for name in sources if name != "gen")
    for name in (*between, *sources):
        if actors := next((side for side in slots.find(name) if side and (name not in between or len(side) > 1)), None):
            roles.source, roles.how["source"] = actors, as_how(name)
            return


def _fill_target(slots: NounSlots, roles: Roles) -> None:
    """Find on whom somebody acts in the first slot that names another than him."""
    acting = [name for name, _ in roles.source]
    for name in slots.frame.target:
        shared = name in ("gen", "adj") and roles.source and name in slots.frame.source
        sides = (side for side in slots.find(name) if side)
        if actors := next(
            (side for side in sides if (side[0][0] not in acting if shared else side != roles.source)), None
        ):
            roles.target, roles.how["target"] = actors, as_how(name)
            return


def find_hanging(phrase: Phrase, clause: Clause) -> list[Phrase]:
    """Return the phrases that follow a noun phrase without a gap."""
    phrases: list[Phrase] = []
    last = phrase.last
    for other in clause.phrases if phrase.inner else [p for p in clause.phrases if not p.inner]:
        hangs = bool(other.prep) or other.case == "gen" or other.root is not None
        if other.first > phrase.first and other.first <= last + NEAR and hangs:
            phrases.append(other)
            last = max(last, other.last)
        elif other.first > phrase.last:
            break
    return phrases


# --- Places, and what the text is about ---

BEYOND = 4  # tokens: the border with Jordan


def infer_hit(sentence: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Infer who is hit from what hangs on a clause that tells only the place: in Syria, … using jets against IS."""
    for phrase in [p for c in sentence.below(clause, "ing", "rel") if c.finite < 0 for p in c.phrases]:
        if phrase.actors and phrase.prep in frame.target and not sentence.words.has(phrase.prep, "location"):
            roles.target, roles.how["target"] = phrase.actors, "prep"
            return


def infer_unrest(sentence: Sentence, clause: Clause, roles: Roles) -> None:
    """Infer that a crowd protests against the state of the place, if nobody else is named: unrest in Dublin."""
    if roles.source and sentence.words.has(roles.source[0][1].prep, "location"):
        roles.target, roles.how["target"] = roles.source, "place"
        roles.source = []
        del roles.how["source"]
    elif not roles.source:
        infer_place(sentence, clause, roles)


def infer_protested(sentence: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Infer whom a protest is against from whose act or policy it opposes: gegen den Krieg Russlands."""
    for phrase in clause.phrases:
        if phrase.head is not None and phrase.prep in frame.target and not sentence.words.has(phrase.prep, "location"):
            owned = [pair for owner in phrase.owners for pair in owner.actors]
            act = next(iter(phrase.head.word.nouns), None)
            whose = fill_noun(act, phrase, clause, sentence, len(sentence.tokens)).source if act else owned
            if whose:
                roles.target, roles.how["target"] = whose, "gen"


def infer_home(sentence: Sentence, roles: Roles, side: str) -> None:
    """Infer who is hit (gunmen stormed the hotel), or arrests somebody, from the state that the text is about."""
    if sentence.ordinary:
        return  # the police arrested a thief: no act of a state
    names = [name for token in sentence.tokens for name in token.names]
    others = [name for name, _ in (*roles.source, *roles.target)]
    borders = [i for i, token in enumerate(sentence.tokens) if sentence.words.has(token.low, "border")]
    beyond = {name.actor_id for i in borders for token in sentence.tokens[i : i + BEYOND] for name in token.names}
    actors = sentence.memory.find_home(sentence.reference, names, sentence.published, others)
    if actors and not beyond & ids_of(actors):
        setattr(roles, side, actors)
        roles.how[side] = "context"


def infer_place(sentence: Sentence, clause: Clause, roles: Roles, *, state_is_hit: bool = True) -> None:
    """Infer who is hit from the place, if it is all that is said of it: positions in Pakistan, an attack in Iraq."""
    places = [p for p in clause.phrases if sentence.words.has(p.prep, "location") and not sentence.is_border(p)]
    found = [phrase.actors or [(name, phrase) for name in phrase.names] for phrase in places]
    hit = [sides for sides in found if sides]
    states = {name.actor_id for sides in hit for name, _ in sides}
    # who is arrested or executed somewhere is so by the state of the place
    side, other = ("target", roles.source) if state_is_hit else ("source", roles.target)
    if len(states) == 1 and not states & ids_of(other):
        setattr(roles, side, hit[0])
        roles.how[side] = "place"


def infer_sender(sentence: Sentence, clause: Clause, roles: Roles) -> None:
    """Infer who expelled somebody from the place: der Botschafter wurde aus Nepal ausgewiesen."""
    hit = ids_of(roles.target)
    has = sentence.words.has
    left = [p for p in clause.phrases if has(p.prep, "origin") and not has(p.prep, "location")]
    if actors := next((p.actors for p in left if p.actors and not hit & ids_of(p.actors)), None):
        roles.source, roles.how["source"] = actors, "place"


VAGUE = ("location", "genitive", "origin")  # prepositions behind which who is meant may be no side


def infer_asked(sentence: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Infer the other side from what is said of it: demands that Beijing stop, welcomes the news that Libya stopped."""
    for other in sentence.clauses:  # also before: Mali müsse abziehen, forderte Niger
        asked = other.subject.actors if other.subject is not None else []
        if asked and asked != roles.source and _is_asked(sentence, frame, clause, other):
            roles.target, roles.how["target"] = asked, "subclause"


def _is_asked(sentence: Sentence, frame: Frame, clause: Clause, other: Clause) -> bool:
    """Whether a clause says what is demanded or welcomed: with *that*, or beside it by its mood alone."""
    below = other.parent is clause and sentence.words.has(other.opener, "complementizer")
    if below and not (frame.event_type == "SUPPORT" and frame.mutual):
        return True  # not: agreed that …
    if frame.event_type != "REQUEST" or not other.kind == clause.kind == "main" or other.finite < 0:
        return False
    before = other.finite < clause.finite and opens_with_verb(sentence.tokens, clause)
    follows = before or (other.finite > clause.finite and is_next(clause, other))
    return follows and sentence.grammar.find_mood(other.finite) == "subj1"


def infer_committed(sentence: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Infer the other side of a promise from its infinitive: vowed to retaliate against Israel, to bomb the country."""
    gerunds = [c for c in sentence.below(clause, "ing") if sentence.words.has(c.opener, "argument")]
    for complement in (*find_complements(sentence, clause, "infinitive"), *gerunds):  # apologised for killing
        for phrase in _find_concerned(sentence, frame, complement):
            actors, how = resolve(sentence, phrase, roles.source)
            if actors and actors[0][0].actor_id not in ids_of(roles.source):
                roles.target, roles.how["target"] = actors, "subclause"
                return
            if how == "pronoun":
                return


def _find_concerned(sentence: Sentence, frame: Frame, complement: Clause) -> list[Phrase]:
    """Return the phrases of an infinitive that may name the other side: to retaliate against Israel, to bomb Iran."""
    inner = {name for act in frames_of(sentence.words, complement) for name in act.target}
    phrases = [p for p in complement.phrases if p.root is None and p.pronoun != "own"]
    return [
        p
        for p in phrases
        if not p.prep or p.prep in frame.target or (p.prep in inner and not sentence.words.has(p.prep, *VAGUE))
    ]


def infer_helped(sentence: Sentence, frame: Frame, roles: Roles, clause: Clause) -> Frame:
    """Infer who is helped from what the help is for: sent soldiers to protect Estonia.

    That is aid, whatever the frame says of soldiers that are sent somewhere (conventions, 16).
    """
    if frame.event_type not in ("AID", "MOBILIZE") or roles.target or not roles.source:
        return frame
    own = ids_of(roles.source)
    for purpose in sentence.below(clause, "inf"):
        frames = frames_of(sentence.words, purpose)
        if not any(helping.event_type in ("AID", "SUPPORT") and helping.target[:1] == ("obj",) for helping in frames):
            continue
        first = next((p for p in purpose.phrases if p is not purpose.subject and p.prep in ("", purpose.opener)), None)
        actors = resolve(sentence, first, roles.source)[0] if first is not None else []
        if actors and not own & ids_of(actors):
            roles.target, roles.how["target"] = actors, "subclause"
            aid = "AID" in frame.type_alt
            return replace(frame, event_type="AID", type_alt=(frame.event_type,)) if aid else frame
    return frame
