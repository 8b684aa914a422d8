"""Who acts on whom: the slots of a verb's frame filled from the phrases of its clause, and which sides are named.

A slot (table `frames`) is the subject, the object, a genitive, an adjective or a preposition, read by case, order and
voice. A side that no slot holds is inferred only where one name is left over.

Before a person has looked, only those count whom the words of an act name. In news of all desks a strict reader found
something false in every second draft with a side from elsewhere: the state of the place (detained in Miami), whoever
was named before (they, the government), the state of a word that a name only colours (the Paris attacks, a British
press report), or of a citizen. Of the other drafts it was every fifth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lagebild.coder.model import OFFICES, Frame, Name, Phrase, Predicate, Sides
from lagebild.coder.pronouns import resolve
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import find_shared, ids_of

PLAIN = ("subj", "obj", "gen", "adj")  # slots that are no preposition
PLACES = ("seat", "place")  # kinds of names of cities


class Slots:
    """The phrases of the clause of a verb, by slot."""

    def __init__(self, sentence: Sentence, predicate: Predicate, frame: Frame) -> None:
        self.sentence, self.predicate, self.language = sentence, predicate, sentence.words.language
        self.subject = predicate.clause.subject
        self.subjects = [self.subject] if self.subject is not None else []
        self.acts = predicate.voice == "active" and "subj" in frame.source  # whether the subject is who acts
        self.phrases = [phrase for phrase in predicate.clause.phrases if predicate.voice == "attr" or not phrase.inner]
        if predicate.form == "apposed":
            self.phrases = [p for p in predicate.clause.phrases if p.first == predicate.token + 2 or p is self.subject]
        if self.language.fixed_order:
            self.phrases += find_shared(sentence.clauses, predicate, self.language.agents)
        hanging = {member for phrase in self.phrases for member in phrase.joined}
        compared = self._find_compared()
        self.roots = [p for p in self.phrases if p not in hanging and not (p.prep and p.first in compared)]
        self.others = [phrase for phrase in self.roots if phrase is not self.subject]

    def _find_compared(self) -> set[int]:  # in contrast to Poland
        heads = ((p.last + 2, p.head) for p in self.phrases if p.head is not None)
        return {first for first, head in heads if self.sentence.words.has(head.low, "contrast")}

    def find(self, slot: str) -> list[Phrase]:
        """Return the phrases that may fill a slot, the likeliest first."""
        if slot == "subj":
            return self._find_agents() if self.predicate.voice != "active" else self.subjects
        if slot == "obj" and self.predicate.voice != "attr":
            return self._find_objects()
        if self.predicate.voice == "attr":  # von der Türkei belieferte Rebellen: no other word belongs to it
            return [p for p in self.phrases if slot == "obj" and p.first <= self.predicate.token <= p.last]
        if slot == "gen":
            return self._find_genitives()
        if slot == "adj":
            among = self.roots if self.predicate.voice == "passive" else self.others
            return [p for p in among if p.adjectives and not p.prep and p not in self.find_own()]
        return self._find_behind(slot)

    def _find_genitives(self) -> list[Phrase]:
        """Return what says whose something is, then what it is said of."""
        whose, wishes = self.sentence.is_genitive, self.find_wishes()
        own = [*self.find_own(), *wishes]
        # wegen des Angriffs: that is no genitive of anything
        genitives = [p for p in self.phrases if whose(p) and not (p.case == "gen" and p.prep) and p not in own]
        return genitives + [p for p in self.others if p.owners and p not in wishes]

    def _find_behind(self, prep: str) -> list[Phrase]:
        words = self.sentence.words
        phrases = [p for p in self.roots if p.prep == prep and not self.hangs(p)]
        if words.has(prep, "location"):  # killed in Israeli air strikes: an act is no place
            phrases = [p for p in phrases if p.head is None or not (p.head.word.nouns or p.head.tail.nouns)]
        if words.has(prep, "direction"):  # to a place or a state, not to its people
            phrases = [p for p in phrases if not p.names or any(name.kind != "inhabitant" for name in p.names)]
        if self.language.fixed_order and not words.has(prep, "fronted"):
            phrases = [p for p in phrases if p.first > self.predicate.token]
        return phrases

    def _find_agents(self) -> list[Phrase]:
        """Return who acts in the passive, or by a participle before its noun: von der Türkei gelieferte Drohnen."""
        agents = [p for p in self.roots if p.prep in self.language.agents]
        if self.predicate.voice == "attr":
            return [p for p in agents if p.last < self.predicate.token]
        if self.language.fixed_order:  # the attack by X was condemned by Y
            return [p for p in agents if p.first > self.predicate.token and not self.hangs(p)]
        tokens = self.sentence.tokens
        follows = [(p, tokens[min(p.last + 1, len(tokens) - 1)].word.verbs) for p in agents]
        # von der Türkei gelieferte Drohnen wurden …: that von belongs to the participle
        return [p for p, verbs in follows if not any(a.form == "attr" for a in verbs) and not self.hangs(p)]

    def is_addressed(self, slot: str, phrases: Iterable[Phrase]) -> bool:
        """Whether a slot, which names no place, holds people whom the tables do not know: against a suspect."""
        vague = ("location", "genitive", "origin", "direction")
        if slot in PLAIN or slot in self.language.agents or self.sentence.words.has(slot, *vague):
            return False
        people = (p for p in phrases if (p.head and p.head.has("crowd")) or p.kind in ("office", "body", "member"))
        return any(not any(q.actors for q in self.phrases if p.last < q.first <= p.last + 3) for p in people)

    def is_done_by_strangers(self) -> bool:
        """Whether a passive says who acts, but nobody whom the tables know: von Unbekannten, von einem Arzt."""
        agents = self.find("subj")
        return any(p.head is not None and not p.actors and p.kind not in OFFICES for p in agents)

    def find_own(self) -> list[Phrase]:
        """Return the subject with the genitives that hang on it: der Bericht des Büros der OSZE."""
        head = self.subject.head if self.subject is not None else None
        own = self.subjects if self.acts and (head is None or not head.word.nouns) else []
        own += [p for p in own[0].owners if not p.prep or self.sentence.is_genitive(p)] if own else []
        for phrase in self.phrases:
            if own and phrase.first in (own[-1].last + 1, own[-1].last + 2) and self.sentence.is_genitive(phrase):
                own.append(phrase)
        return own

    def find_wishes(self) -> list[Phrase]:
        """Return the phrases that say whose wish an act follows: nach dem Vorschlag Omans."""
        led = [p for p in self.phrases if p.head is not None and self.sentence.words.has(p.prep, "topic")]
        asked = [p for p in led if p.head and any(act.event_type in ("AGREE", "REQUEST") for act in p.head.word.nouns)]
        return [phrase for p in asked for phrase in (p, *p.owners)]

    def hangs(self, phrase: Phrase) -> bool:
        """Whether what looks like an agent belongs to the noun before it: Läden von Chinesen, Täter von Paris."""
        before = next((p for p in self.phrases if p.head is not None and p.last == phrase.first - 2), None)
        if before is None or before.head is None or phrase.prep not in self.language.agents:
            return False
        if self.language.fixed_order:  # freed after its occupation by X
            return bool(before.head.word.nouns) and "sequence" in self.sentence.words.word(before.prep).classes
        if phrase.prep != self.language.agents[0] and phrase.prep in _list_agents(before):
            return True  # nach der Androhung von Sanktionen durch X wurde Y entlassen
        seats = bool(phrase.names) and all(name.kind in PLACES for name in phrase.names) and not phrase.head
        return (before is self.subject and self._stands_first(phrase, before)) or seats

    def _stands_first(self, phrase: Phrase, before: Phrase) -> bool:
        """Whether a phrase stands before the verb of a main clause; of one without a verb, whether it owns another."""
        place = self.predicate.clause.finite
        first = phrase.last < place if place >= 0 else phrase in before.owners and not before.adjectives
        return self.predicate.clause.kind == "main" and first

    def _find_objects(self) -> list[Phrase]:
        if self.predicate.voice == "passive":  # dem Minister wird Bestechung vorgeworfen: the dative stays one
            return self.subjects + [p for p in self.others if not p.prep and p.case == "dat"]
        bare = [p for p in self.others if not p.prep and p.case != "gen"]
        if self.language.fixed_order:
            bare = [p for p in bare if p.first > self.predicate.token or p.pronoun == "rel"]
        return bare


INFERRED = ("office", "place", "leftover", "subclause", "context")  # how a side is found that no word of the act names
VIOLENT = ("ASSAULT", "COERCE", "PROTEST")  # acts of which often only who is hit is known
TALKING = ("CONSULT", "REJECT", "REQUEST", "SUPPORT")  # acts that may be about a hostile one
HOSTILE = ("ACCUSE", "ASSAULT", "COERCE", "PROTEST", "SANCTION", "THREATEN")
KIND = ("AGREE", "AID", "CONSULT", "COOPERATE", "SUPPORT")  # acts that are for somebody
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


def _list_agents(phrase: Phrase) -> set[str]:
    """Return the slots in which the noun of an act names who acts."""
    nouns = (*phrase.head.word.nouns, *phrase.head.tail.nouns) if phrase.head is not None else ()
    return {slot for frame in nouns for slot in frame.source}


def as_how(slot: str) -> str:
    """Return how a side was found that a slot of a frame holds."""
    return slot if slot in PLAIN else "prep"


def fill(frame: Frame, predicate: Predicate, sentence: Sentence) -> Roles:
    """Fill the slots of a verb's frame."""
    roles, slots = Roles(), Slots(sentence, predicate, frame)
    roles.source, held = _pick(frame, "source", frame.source, slots, roles)
    names = _order_targets(frame, slots)
    roles.target, _ = _pick(frame, "target", names, slots, roles)
    alike = {name for name, _ in roles.source} & {name for name, _ in roles.target}
    if roles.how.get("source") == "office" and (alike or not roles.target):  # of another state than the other side
        roles.source = []
        named = [slot for slot in names if not sentence.words.has(slot, "location")]
        roles.target, _ = (roles.target, True) if alike else _pick(frame, "target", named, slots, roles)
        roles.source, _ = _pick(frame, "source", frame.source, slots, roles)
    acting = {id(name) for name, _ in roles.source}
    twins = [phrase for name, phrase in roles.target if id(name) in acting]
    if twins:  # a name that stands once stands on one side: three leaders of X were hit, the minister was taken by X
        side = "target" if sentence.tokens[twins[0].first].has("this") else "source"
        setattr(roles, side, [])
        del roles.how[side]
    roles.addressed = _is_addressed(frame, names, slots, roles)
    _infer(frame, slots, roles, held)
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    return roles


def _order_targets(frame: Frame, slots: Slots) -> tuple[str, ...]:
    """Return the slots of the other side, the receiver first if one is named: gab die Inseln an Mauritius zurück."""
    names, given = frame.target, slots.language.given
    if names[:1] != ("obj",) or given not in names:
        return names
    act = any(p.actors and p.head is not None and p.head.word.nouns for p in slots.find("obj"))
    to = not act and any(p.prep == given and p.actors for p in slots.roots)  # not: hailed X's offer to Y
    return (given, *(slot for slot in names if slot != given)) if to else names


def _pick(frame: Frame, side: str, names: Iterable[str], slots: Slots, roles: Roles) -> tuple[Sides, bool]:
    """Return who fills the first slot of a side that names somebody but the source, and whether one was taken."""
    other = roles.source if side == "target" else roles.target
    for name in names:
        phrases = slots.find(name)
        for phrase in phrases:
            actors, how = resolve(slots.sentence, phrase, other)
            if not actors and _is_him(name, phrase):
                roles.how[side] = how
                return [], True  # hit him: nobody else was hit
            if actors := _without(actors or _name_beyond(frame, side, name, phrase), other):
                roles.phrases.append(phrase)
                roles.how[side] = how or as_how(name)
                return actors, True
        if name == "subj" and slots.predicate.voice != "passive" and phrases:
            return [], True
        if side == "target" and slots.is_addressed(name, phrases):
            roles.how[side] = "prep"
            return [], True  # gegen einen Verdächtigen: nobody whom the tables know
    return [], False


def _is_him(slot: str, phrase: Phrase) -> bool:  # him, but not whom, or their country
    return slot == "obj" and phrase.pronoun not in ("", "rel", "own")


def _name_beyond(frame: Frame, side: str, slot: str, phrase: Phrase) -> Sides:
    """Return whose citizen or firm is hit, though it acts for no state (arrested a German reporter), or the owner."""
    affected = side == "target" and frame.event_type in AFFECTED and phrase.kind == "none"
    if affected and (names := phrase.names or phrase.adjectives):
        return [(name, phrase) for name in names]
    return [pair for owner in phrase.owners for pair in owner.actors] if slot == "gen" else []


def _without(actors: Sides, other: Sides) -> Sides:
    """Return who is not on the other side: Mosul is no victim of Iraq, but its parliament may be."""
    names, phrases = ids_of(other), {phrase for _, phrase in other}
    return [
        (name, phrase)
        for name, phrase in actors
        if phrase not in phrases and (name.actor_id not in names or phrase.kind in ("office", "body"))
    ]


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


def _find_act(phrase: Phrase, phrases: Iterable[Phrase]) -> tuple[str, Sequence[Frame]]:
    """Return the preposition and the acts of the noun on which a phrase may hang: demanded sanctions against Russia."""
    before = next((p for p in phrases if p.last == phrase.first - 2 and p.head is not None), None)
    return (before.prep, before.head.word.nouns) if before is not None and before.head is not None else ("", ())


def _find_left(frame: Frame, slots: Slots, roles: Roles) -> list[Phrase]:
    """Return the phrases that name somebody, no topic and no place, and that fill no slot."""
    if slots.predicate.voice == "attr":
        return []
    used = {phrase for _, phrase in (*roles.source, *roles.target)} | {*slots.find_own(), *slots.find_wishes()}
    # attacked villages on the border with Jordan
    borders = {p.last for p in slots.phrases if frame.event_type == "ASSAULT" and slots.sentence.is_border(p)}
    left = [
        phrase
        for phrase in slots.others
        if phrase.actors
        and phrase.first - 2 not in borders
        and not (phrase in used or slots.hangs(phrase))
        and not used & {holder for _, holder in phrase.actors}
        and not _is_of_another_act(phrase, frame, slots)
        and not _is_topic(phrase, frame, slots)
    ]
    # sent Russia drones: no act against it
    return [phrase for phrase in left if phrase.prep or frame.event_type != "ASSAULT"]


def _is_of_another_act(phrase: Phrase, frame: Frame, slots: Slots) -> bool:
    """Whether a phrase names who has his part in the act of a noun: whose it is, who is hit by it, or for whom."""
    prep, acts = _find_act(phrase, slots.phrases)
    hit = any(act.event_type in HOSTILE and phrase.prep in act.target for act in acts)
    helping = bool(prep) and any(act.event_type in ("AID", "SUPPORT") for act in acts)
    return (
        (frame.event_type in TALKING and hit)  # demanded sanctions against Russia
        or (frame.event_type in HOSTILE and helping)  # imposed sanctions in support of Ukraine
        # under pressure from Chile, Peru left the pact
        or (phrase.last < slots.predicate.token and bool(prep) and any(phrase.prep in act.source for act in acts))
    )


def _is_topic(phrase: Phrase, frame: Frame, slots: Slots) -> bool:
    """Whether a phrase names only what an act is about, against whom, or where."""
    words = slots.sentence.words
    if words.has(phrase.prep, "topic", "place") or (frame.event_type in KIND and words.has(phrase.prep, "adverse")):
        return True
    # because of the Ukraine war
    return bool(phrase.names) and phrase.head is not None and bool(phrase.head.word.nouns)


# --- Whom the Words of an Act Name ---

PERSONS = ("office", "force", "member")  # kinds of heads that mean persons
ACTING = ("office", "body", "force", "object", "member")  # kinds of heads that act, or are hit, for a state or group
FOUND = ("context", "leftover", "office", "place", "pronoun")  # how a side is found that no word of the act names


def drop_unnamed(sentence: Sentence, roles: Roles, token: int) -> Roles:
    """Return the sides of an act with those alone whom its words name; `token` is its verb or noun."""
    source, target = (_keep_named(sentence, roles, side, token) for side in ("source", "target"))
    mutual = roles.mutual and len(source) > 1
    how = {side: how for side, how in roles.how.items() if {"source": source, "target": target}[side]}
    return replace(roles, source=source, target=target, how=how, mutual=mutual)


def _keep_named(sentence: Sentence, roles: Roles, side: str, token: int) -> Sides:
    filled = roles.source if side == "source" else roles.target
    if roles.how.get(side, "") in FOUND:
        return []
    acts = side == "source"
    return [
        (name, phrase)
        for name, phrase in filled
        if _is_named(sentence, name, phrase, token) and not (acts and _is_anybody(sentence, phrase))
    ]


def _is_named(sentence: Sentence, name: Name, phrase: Phrase, token: int) -> bool:
    inside = sentence.parse.start <= name.start < sentence.parse.end
    if not inside or name.kind == "inhabitant" or _is_local(sentence, phrase):
        return False
    head = phrase.head
    if phrase.first <= token <= phrase.last or _is_attack(name, phrase):
        return not _is_place(sentence, name)  # a Turkish air strike, but not the Paris attacks
    if phrase.kind in ACTING:  # its tankers, but not the Indonesian Hospital
        own = phrase.kind != "object" or sentence.words.language.capital_nouns or head is None or head.text.islower()
        return own or name not in phrase.adjectives
    return _stands_alone(sentence, name, phrase)


def _is_place(s: Sentence, name: Name) -> bool:
    """Whether a name of an act says where it was: a city, or what German derives from one with a capital (Pariser)."""
    derived = name.kind == "adjective" and s.words.language.capital_nouns and s.text[name.start].isupper()
    return name.kind in PLACES or derived


def _is_anybody(sentence: Sentence, phrase: Phrase) -> bool:  # some politicians, a soldier act for themselves
    first = sentence.tokens[phrase.first]
    return phrase.kind in PERSONS and first.has("determiner") and not first.has("this", "possessive")


def _is_attack(name: Name, phrase: Phrase) -> bool:  # were killed in Turkish air strikes
    nouns = (*phrase.head.word.nouns, *phrase.head.tail.nouns) if phrase.head is not None else ()
    return name in phrase.adjectives and any(frame.event_type == "ASSAULT" for frame in nouns)


def _is_local(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase only says where: in Syria, in the north of Syria; an act is no place: in Turkish air strikes."""
    around = (p for clause in sentence.clauses for p in clause.phrases if any(phrase is owner for owner in p.owners))
    return any(sentence.words.has(p.prep, "location") and not _tells_act(p) for p in (phrase, *around))


def _tells_act(phrase: Phrase) -> bool:
    return phrase.head is not None and bool(phrase.head.word.nouns or phrase.head.tail.nouns)


def _stands_alone(sentence: Sentence, name: Name, phrase: Phrase) -> bool:
    """Whether a name stands for itself, and does not only colour another word: the EU, President Macron."""
    token = next((token for token in sentence.tokens if name in token.names), None)
    if token is None or name not in phrase.names or phrase.kind:
        return False
    coloured = phrase.head is not None and name not in phrase.head.names and name.type != "person"
    return not coloured and not token.loose and not token.tail.low
