"""Who acts on whom: the slots of a verb's frame filled from the phrases of its clause.

A slot (table `frames`) is the subject, the object, a genitive, an adjective or a preposition, read by case, order and
voice. A side that no slot holds is inferred only where one name is left over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from lagebild.coder.gazetteer import Name
from lagebild.coder.lexicon import Frame
from lagebild.coder.pronouns import resolve
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Phrase, Predicate, Sides

PLAIN = ("subj", "obj", "gen", "adj")  # slots that are no preposition
PLACES = ("seat", "place")  # kinds of names of cities
INFERRED = ("office", "place", "leftover", "subclause", "context")  # how a side is found that no word of the act names
VIOLENT = ("ASSAULT", "COERCE", "PROTEST")  # acts of which often only who is hit is known
AFFECTED = ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID")  # acts whose victim may be any citizen or company


@dataclass(slots=True)
class Roles:
    """The two sides of an act.

    `how` says of a side (source, target) how it was found: in a slot (`subj`, `obj`, `gen`, `adj`, or `prep`), by a
    `pronoun`, or inferred: `office` (the government: of which state), `place` (where it happened), `leftover` (the one
    name left over), `subclause` (what hangs on it), `context` (the sentences before).
    """

    source: Sides = field(default_factory=list)
    target: Sides = field(default_factory=list)
    how: dict[str, str] = field(default_factory=dict)
    mutual: bool = False
    addressed: bool = False  # the other side is named, but is no actor that the tables know
    phrases: list[Phrase] = field(default_factory=list)  # those that filled a slot

    @property
    def both(self) -> bool:
        """Whether it is known who acts and on whom."""
        return self.mutual or bool(self.source and self.target)


def as_how(slot: str) -> str:
    """Return how a side was found that a slot of a frame holds."""
    return slot if slot in PLAIN else "prep"


class Slots:
    """The phrases of the clause of a verb, by slot."""

    def __init__(self, s: Sentence, predicate: Predicate, frame: Frame) -> None:
        self.sentence, self.predicate, self.language = s, predicate, s.words.language
        self.subject = predicate.clause.subject
        self.acts = predicate.voice == "active" and "subj" in frame.source  # whether the subject is who acts
        self.phrases = predicate.clause.phrases
        joined = {one for phrase in self.phrases for one in phrase.joined}
        self.roots = [p for p in self.phrases if p not in joined]
        self.others = [p for p in self.roots if p is not self.subject]

    def find(self, slot: str) -> list[Phrase]:
        """Return the phrases that may fill a slot, the likeliest first."""
        if slot == "subj":
            return self._find_agents() if self.predicate.voice != "active" else self._present(self.subject)
        if slot == "obj" and self.predicate.voice != "attr":
            return self._find_objects()
        if self.predicate.voice == "attr":  # von der Türkei belieferte Rebellen: no other word belongs to it
            return [p for p in self.phrases if slot == "obj" and p.first <= self.predicate.token <= p.last]
        if slot == "gen":
            whose, own = self.sentence.is_genitive, self.find_own()
            # wegen des Angriffs: that is no genitive of anything
            genitives = [p for p in self.phrases if whose(p) and not (p.case == "gen" and p.prep) and p not in own]
            return genitives + [p for p in self.others if p.owners]
        if slot == "adj":
            return [p for p in self.others if p.adjectives and not p.prep and p not in self.find_own()]
        found = [p for p in self.roots if p.prep == slot and not (slot in self.language.agents and self._hangs(p))]
        if self.sentence.words.has(slot, "location"):  # killed in Israeli air strikes: an act is no place
            found = [p for p in found if p.head is None or not (p.head.word.nouns or p.head.tail.nouns)]
        if found and self.sentence.words.has(slot, "direction"):  # to a place or a state, not to its people
            found = [p for p in found if not p.names or any(one.kind != "inhabitant" for one in p.names)]
        if found and self.language.fixed_order and not self.sentence.words.has(slot, "fronted"):
            found = [p for p in found if p.first > self.predicate.token]
        return found

    def _present(self, phrase: Phrase | None) -> list[Phrase]:
        return [phrase] if phrase is not None else []

    def _find_agents(self) -> list[Phrase]:
        """Return who acts in the passive, or by a participle before its noun: von der Türkei gelieferte Drohnen."""
        agents = [p for p in self.roots if p.prep in self.language.agents]
        if self.predicate.voice == "attr":
            return [p for p in agents if p.last < self.predicate.token]
        tokens = self.sentence.tokens
        follows = [(p, tokens[min(p.last + 1, len(tokens) - 1)].word.verbs) for p in agents]
        # von der Türkei gelieferte Drohnen wurden …: that von belongs to the participle
        return [p for p, verbs in follows if not any(one.form == "attr" for one in verbs) and not self._hangs(p)]

    def is_addressing(self, slot: str) -> bool:
        """Whether who stands in a slot is the other side, and nobody else: a preposition that names no place."""
        words = self.sentence.words
        vague = ("location", "genitive", "origin", "direction")
        return slot not in PLAIN and slot not in self.language.agents and not words.has(slot, *vague)

    def is_somebody(self, phrase: Phrase) -> bool:
        """Whether a phrase means people, though nobody whom the tables know, nor what hangs on it: a suspect."""
        crowd = phrase.head is not None and phrase.head.has("crowd")
        hanging = any(p.actors for p in self.phrases if phrase.last < p.first <= phrase.last + 3)
        return (crowd or phrase.kind in ("office", "body", "member")) and not hanging

    def find_own(self) -> list[Phrase]:
        """Return the subject with the genitives that hang on it: der Bericht des Büros der OSZE."""
        head = self.subject.head if self.subject is not None else None
        own = self._present(self.subject) if self.acts and (head is None or not head.word.nouns) else []
        own += [p for p in own[0].owners if not p.prep or self.sentence.is_genitive(p)] if own else []
        for p in self.phrases:
            if own and p.first in (own[-1].last + 1, own[-1].last + 2) and self.sentence.is_genitive(p):
                own.append(p)
        return own

    def _hangs(self, phrase: Phrase) -> bool:
        """Whether what looks like an agent belongs to the noun before it: Läden von Chinesen, Täter von Paris."""
        before = next((p for p in self.phrases if p.head is not None and p.last == phrase.first - 2), None)
        if before is None or self.language.fixed_order:
            return False
        seats = bool(phrase.names) and all(one.kind in PLACES for one in phrase.names) and not phrase.head
        first = self.predicate.clause.kind == "main" and phrase.last < self.predicate.clause.finite
        return (before is self.subject and first) or seats

    def _find_objects(self) -> list[Phrase]:
        if self.predicate.voice == "passive":
            return self._present(self.subject)
        bare = [p for p in self.others if not p.prep and p.case != "gen"]
        if self.language.fixed_order:
            bare = [p for p in bare if p.first > self.predicate.token or p.pronoun == "rel"]
        return bare


def fill(frame: Frame, predicate: Predicate, s: Sentence) -> Roles:
    """Fill the slots of a verb's frame."""
    roles, slots = Roles(), Slots(s, predicate, frame)
    roles.source, held = _pick(frame, "source", frame.source, slots, roles)
    given = slots.language.given
    names = frame.target
    if names[:1] == ("obj",) and given in names and any(p.prep == given and p.actors for p in slots.roots):
        names = (given, *(one for one in names if one != given))  # gab die Inseln an Mauritius zurück
    roles.target, _ = _pick(frame, "target", names, slots, roles)
    if roles.how.get("source") == "office" and {one for one, _ in roles.source} & {one for one, _ in roles.target}:
        roles.source = []
        roles.source, _ = _pick(frame, "source", frame.source, slots, roles)  # of another state then
    _part_twins(roles, slots)
    roles.addressed = _is_addressed(frame, names, slots, roles)
    _infer(frame, slots, roles, held)
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    return roles


def _part_twins(roles: Roles, slots: Slots) -> None:
    """Let a name that stands once stand on one side: three leaders of X were hit, the minister was taken by X."""
    acting = {id(name) for name, _ in roles.source}
    twins = [phrase for name, phrase in roles.target if id(name) in acting]
    if twins:
        side = "target" if slots.sentence.tokens[twins[0].first].has("this") else "source"
        setattr(roles, side, [])
        del roles.how[side]


def _pick(frame: Frame, side: str, names: Iterable[str], slots: Slots, roles: Roles) -> tuple[Sides, bool]:
    """Return who fills the first slot of a side that names somebody but the source, and whether one was taken."""
    other = roles.source if side == "target" else roles.target
    taken_phrases = {phrase for _, phrase in other}
    taken_names = {name.actor_id for name, _ in other}
    for name in names:
        phrases = slots.find(name)
        for phrase in phrases:
            found, how = resolve(slots.sentence, phrase, other)
            if not found and how == "pronoun" and name == "obj" and phrase.pronoun != "rel":
                roles.how[side] = how
                return [], True  # hit him: nobody else was hit
            if not found and side == "target" and frame.event_type in AFFECTED and phrase.kind == "none":
                found = [(one, phrase) for one in (phrase.names or phrase.adjectives)]  # arrested a German reporter
            if name == "gen" and not found:
                found = [pair for owner in phrase.owners for pair in owner.actors]
            found = [pair for pair in found if pair[1] not in taken_phrases and _is_another(*pair, taken_names)]
            if found:
                roles.phrases.append(phrase)
                roles.how[side] = how or as_how(name)
                return found, True
        if name == "subj" and slots.predicate.voice != "passive" and phrases:
            return [], True
        if side == "target" and slots.is_addressing(name) and any(map(slots.is_somebody, phrases)):
            roles.how[side] = "prep"
            return [], True  # gegen einen Verdächtigen: nobody whom the tables know
    return [], False


def _is_another(name: Name, phrase: Phrase, taken: Collection[str]) -> bool:
    """Whether a name is not that of the other side: Mosul is no victim of Iraq, but its parliament may be."""
    return name.actor_id not in taken or phrase.kind in ("office", "body")


def _is_addressed(frame: Frame, names: Sequence[str], slots: Slots, roles: Roles) -> bool:
    """Whether the text names another side that is no actor of the tables: protesters, a company."""
    free, verb = not slots.language.fixed_order, slots.predicate.token
    targets = (p for name in names if name not in ("gen", "adj") for p in slots.find(name))
    if roles.source and any(p.first > verb or free for p in targets):
        return True
    if roles.target and not roles.source and frame.event_type in VIOLENT:
        crowds = (p for name in frame.source for p in slots.find(name))
        return any(p.head is not None and p.head.has("crowd") for p in crowds)  # they act, but for no state
    return False


def _infer(frame: Frame, slots: Slots, roles: Roles, held: bool) -> None:
    """Give a missing side the one name that is left over; `held` says whether a slot of the source was taken."""
    left = _find_left(frame, slots, roles)
    if len(left) != 1:
        return
    bare = not held and slots.subject is None and slots.predicate.voice != "passive"
    if not roles.target and "target" not in roles.how and frame.target and roles.source and not frame.mutual:
        side = "target"
    elif not roles.source and bare and frame.source == ("subj",):
        side = "source"
    else:
        return
    setattr(roles, side, left[0].actors)
    roles.how[side] = "leftover"
    roles.phrases.append(left[0])


def _find_left(frame: Frame, slots: Slots, roles: Roles) -> list[Phrase]:
    """Return the phrases that name somebody, no topic and no place, and that fill no slot."""
    if slots.predicate.voice == "attr":
        return []
    used = {phrase for _, phrase in (*roles.source, *roles.target)} | {*slots.find_own()}
    word = slots.sentence.words.word
    left = [
        p
        for p in slots.others
        if p.actors
        and p not in used
        and not used & {one for _, one in p.actors}
        and word(p.prep).classes.keys().isdisjoint(("topic", "place"))
    ]
    if frame.event_type == "ASSAULT":
        return [p for p in left if p.prep]  # sent Russia drones: no act against it
    return left
