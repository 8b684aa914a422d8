"""Who acts on whom: the slots of a verb's frame filled from the phrases of its clause, and which sides are named.

A slot (table `frames`) is the subject, the object, a genitive, an adjective or a preposition, read by case, order and
voice. A side whose slot is empty, or holds a pronoun, stays empty.

A side counts only if the words of the act name it. In news of all desks a strict reader found something false in every
second draft with a side from elsewhere: the state of the place (detained in Miami), whoever was named before (they, the
government), the state of a word that a name only colours (the Paris attacks, a British press report), or of a citizen.
Of the other drafts it was every fifth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from lagebild.coder.model import Frame, Name, Phrase, Predicate, Sides
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import find_shared, ids_of
from lagebild.coder.thresholds import ADDRESSED

SlotKind = Literal["subj", "obj", "gen", "adj", "prep"]
PLAIN: dict[str, SlotKind] = {"subj": "subj", "obj": "obj", "gen": "gen", "adj": "adj"}  # slots without a preposition
PLACES = ("seat", "place")  # kinds of names of cities
VAGUE = ("location", "genitive", "origin", "direction")  # classes of prepositions behind which a place may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The two sides of an act, with the kind of slot in which each was found; None for a side that is empty.

    `addressed` says that the other side is named, but is no actor that the tables know; `phrases` are those around a
    noun of an act that filled a slot.
    """

    source: Sides
    target: Sides
    source_slot: SlotKind | None = None
    target_slot: SlotKind | None = None
    mutual: bool = False
    addressed: bool = False
    phrases: tuple[Phrase, ...] = ()

    @property
    def both(self) -> bool:
        """Whether it is known who acts and on whom."""
        return self.mutual or bool(self.source and self.target)


class Filling(NamedTuple):
    """Who fills a slot, and its kind."""

    actors: Sides
    slot: SlotKind | None


EMPTY = Filling([], None)


def kind_of(slot: str) -> SlotKind:
    """Return the kind of a slot of a frame."""
    return PLAIN.get(slot, "prep")


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
        hanging: set[Phrase] = set()
        for phrase in self.phrases:
            hanging.update(phrase.joined)
        compared = self._find_compared()
        self.roots = [p for p in self.phrases if p not in hanging and not (p.prep and p.first in compared)]
        self.others = [phrase for phrase in self.roots if phrase is not self.subject]

    def _find_compared(self) -> set[int]:
        """Return where phrases begin that only say what is compared: in contrast to Poland."""
        found = set()
        for phrase in self.phrases:
            if phrase.head is not None and self.sentence.words.has(phrase.head.low, "contrast"):
                found.add(phrase.last + 2)
        return found

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
            own = self.find_own()
            return [p for p in among if p.adjectives and not p.prep and p not in own]
        return self._find_behind(slot)

    def _find_genitives(self) -> list[Phrase]:
        """Return what says whose something is, then what it is said of."""
        wishes = self.find_wishes()
        own = [*self.find_own(), *wishes]
        genitives = []
        for phrase in self.phrases:
            led = phrase.case == "gen" and phrase.prep  # wegen des Angriffs: that is no genitive of anything
            if self.sentence.is_genitive(phrase) and not led and phrase not in own:
                genitives.append(phrase)
        return genitives + [p for p in self.others if p.owners and p not in wishes]

    def _find_behind(self, prep: str) -> list[Phrase]:
        """Return the phrases behind a preposition."""
        words = self.sentence.words
        phrases = [p for p in self.roots if p.prep == prep and not self.hangs(p)]
        if words.has(prep, "location"):  # killed in Israeli air strikes: an act is no place
            phrases = [p for p in phrases if p.head is None or not p.head.acts]
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
        found = []
        for phrase in agents:
            after = self.sentence.tokens[min(phrase.last + 1, len(self.sentence.tokens) - 1)]
            # von der Türkei gelieferte Drohnen wurden …: that von belongs to the participle
            if not any(a.form == "attr" for a in after.word.verbs) and not self.hangs(phrase):
                found.append(phrase)
        return found

    def is_addressed(self, slot: str, phrases: Iterable[Phrase]) -> bool:
        """Whether a slot, which names no place, holds people whom the tables do not know: against a suspect."""
        if slot in PLAIN or slot in self.language.agents or self.sentence.words.has(slot, *VAGUE):
            return False
        for phrase in phrases:
            crowd = phrase.head is not None and phrase.head.has("crowd")
            if crowd or phrase.kind in ("office", "body", "member"):
                near = [q for q in self.phrases if phrase.last < q.first <= phrase.last + ADDRESSED]
                if not any(q.actors for q in near):
                    return True
        return False

    def find_own(self) -> list[Phrase]:
        """Return the subject with the genitives that hang on it: der Bericht des Büros der OSZE."""
        if self.subject is None or not self.acts or (self.subject.head and self.subject.head.word.nouns):
            return []
        own = [self.subject]
        own += [p for p in self.subject.owners if not p.prep or self.sentence.is_genitive(p)]
        for phrase in self.phrases:
            if phrase.first in (own[-1].last + 1, own[-1].last + 2) and self.sentence.is_genitive(phrase):
                own.append(phrase)
        return own

    def find_wishes(self) -> list[Phrase]:
        """Return the phrases that say whose wish an act follows: nach dem Vorschlag Omans."""
        wishes = []
        for phrase in self.phrases:
            if phrase.head is None or not self.sentence.words.has(phrase.prep, "topic"):
                continue
            if any(act.event_type in ("AGREE", "REQUEST") for act in phrase.head.word.nouns):
                wishes += [phrase, *phrase.owners]
        return wishes

    def hangs(self, phrase: Phrase) -> bool:
        """Whether what looks like an agent belongs to the noun before it: Läden von Chinesen, Täter von Paris."""
        if phrase.prep not in self.language.agents:
            return False
        before = next((p for p in self.phrases if p.head is not None and p.last == phrase.first - 2), None)
        if before is None or before.head is None:
            return False
        if self.language.fixed_order:  # freed after its occupation by X
            return bool(before.head.word.nouns) and "sequence" in self.sentence.words.word(before.prep).classes
        if phrase.prep != self.language.agents[0] and any(phrase.prep in act.source for act in before.head.acts):
            return True  # nach der Androhung von Sanktionen durch X wurde Y entlassen
        return _is_bare_city(phrase) or (before is self.subject and self._stands_first(phrase, before))

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


def _is_bare_city(phrase: Phrase) -> bool:
    return bool(phrase.names) and all(name.kind in PLACES for name in phrase.names) and not phrase.head


VIOLENT = ("ASSAULT", "COERCE", "PROTEST")  # acts of which often only who is hit is known
AFFECTED = ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID")  # acts whose victim may be any citizen or company


def fill(frame: Frame, predicate: Predicate, sentence: Sentence) -> Roles:
    """Return who stands in the slots of a verb's frame."""
    slots = Slots(sentence, predicate, frame)
    names = _order_targets(frame, slots)
    source = _pick_source(frame, slots)
    target = _pick_target(frame, names, slots, source.actors)
    acting = {id(name) for name, _ in source.actors}
    twins = [phrase for name, phrase in target.actors if id(name) in acting]
    if twins:  # a name that stands once stands on one side: three leaders of X were hit, the minister was taken by X
        if sentence.tokens[twins[0].first].has("this"):
            target = EMPTY
        else:
            source = EMPTY
    roles = Roles(
        source=source.actors,
        target=target.actors,
        source_slot=source.slot,
        target_slot=target.slot,
        mutual=frame.mutual and not target.actors and len(source.actors) > 1,
    )
    return replace(roles, addressed=_is_addressed(frame, names, slots, roles))


def _order_targets(frame: Frame, slots: Slots) -> tuple[str, ...]:
    """Return the slots of the other side, the receiver first if one is named: gab die Inseln an Mauritius zurück."""
    names, given = frame.target, slots.language.given
    if names[:1] != ("obj",) or given not in names:
        return names
    act = any(p.actors and p.head is not None and p.head.word.nouns for p in slots.find("obj"))
    to = not act and any(p.prep == given and p.actors for p in slots.roots)  # not: hailed X's offer to Y
    return (given, *(slot for slot in names if slot != given)) if to else names


def _pick_source(frame: Frame, slots: Slots) -> Filling:
    """Return who fills the first slot of those who act that names somebody."""
    for slot in frame.source:
        phrases = slots.find(slot)
        for phrase in phrases:
            if actors := phrase.actors or _name_owners(slot, phrase):
                return Filling(actors, kind_of(slot))
        if slot == "subj" and slots.predicate.voice != "passive" and phrases:
            break
    return EMPTY


def _pick_target(frame: Frame, names: Iterable[str], slots: Slots, source: Sides) -> Filling:
    """Return who fills the first slot of the other side that names somebody but those who act."""
    for slot in names:
        phrases = slots.find(slot)
        for phrase in phrases:
            if slot == "obj" and phrase.pronoun not in ("", "rel", "own"):
                return EMPTY  # hit him: nobody else was hit
            actors = phrase.actors or _name_affected(frame, phrase) or _name_owners(slot, phrase)
            if actors := _without(actors, source):
                return Filling(actors, kind_of(slot))
        if slot == "subj" and slots.predicate.voice != "passive" and phrases:
            break
        if slots.is_addressed(slot, phrases):
            break  # gegen einen Verdächtigen: nobody whom the tables know
    return EMPTY


def _name_affected(frame: Frame, phrase: Phrase) -> Sides:
    """Return whose citizen or firm is hit, though it acts for no state: arrested a German reporter."""
    if frame.event_type not in AFFECTED or phrase.kind != "none":
        return []
    return [(name, phrase) for name in phrase.names or phrase.adjectives]


def _name_owners(slot: str, phrase: Phrase) -> Sides:
    owners: Sides = []
    if slot == "gen":
        for owner in phrase.owners:
            owners += owner.actors
    return owners


def _without(actors: Sides, other: Sides) -> Sides:
    """Return who is not on the other side: Mosul is no victim of Iraq, but its parliament may be."""
    names, phrases = ids_of(other), {phrase for _, phrase in other}
    kept = []
    for name, phrase in actors:
        own = name.actor_id in names and phrase.kind not in ("office", "body")
        if phrase not in phrases and not own:
            kept.append((name, phrase))
    return kept


def _is_addressed(frame: Frame, names: Sequence[str], slots: Slots, roles: Roles) -> bool:
    """Whether the text names another side that is no actor of the tables: protesters, a company."""
    free, verb = not slots.language.fixed_order, slots.predicate.token
    if roles.source:
        for name in names:
            if name not in ("gen", "adj") and any(p.first > verb or free for p in slots.find(name)):
                return True
    elif roles.target and frame.event_type in VIOLENT:
        for name in frame.source:  # they act, but for no state
            if any(p.head is not None and p.head.has("crowd") for p in slots.find(name)):
                return True
    return False


# --- Whom the Words of an Act Name ---

PERSONS = ("office", "force", "member")  # kinds of heads that mean persons
ACTING = ("office", "body", "force", "object", "member")  # kinds of heads that act, or are hit, for a state or group


def keep_named(sentence: Sentence, roles: Roles, token: int) -> Roles:
    """Return the sides of an act with those alone whom its words name; `token` is its verb or noun."""
    named = [pair for pair in roles.source if _is_named(sentence, *pair, token)]
    source = [pair for pair in named if not _is_anybody(sentence, pair[1])]
    target = [pair for pair in roles.target if _is_named(sentence, *pair, token)]
    return replace(
        roles,
        source=source,
        target=target,
        source_slot=roles.source_slot if source else None,
        target_slot=roles.target_slot if target else None,
        mutual=roles.mutual and len(source) > 1,
    )


def _is_named(sentence: Sentence, name: Name, phrase: Phrase, token: int) -> bool:
    if name.kind == "inhabitant" or _is_local(sentence, phrase):
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


def _is_anybody(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase means persons who act for themselves: some politicians, a soldier."""
    first = sentence.tokens[phrase.first]
    return phrase.kind in PERSONS and first.has("determiner") and not first.has("this", "possessive")


def _is_attack(name: Name, phrase: Phrase) -> bool:
    """Whether a name says whose an attack is in which somebody was hit: were killed in Turkish air strikes."""
    acts = phrase.head.acts if phrase.head is not None else ()
    return name in phrase.adjectives and any(frame.event_type == "ASSAULT" for frame in acts)


def _is_local(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase only says where: in Syria, in the north of Syria; an act is no place: in Turkish air strikes."""
    if _is_place_phrase(sentence, phrase):
        return True
    for clause in sentence.clauses:
        for other in clause.phrases:
            owned = any(phrase is owner for owner in other.owners)
            if owned and _is_place_phrase(sentence, other):
                return True
    return False


def _is_place_phrase(sentence: Sentence, phrase: Phrase) -> bool:
    act = phrase.head is not None and bool(phrase.head.acts)
    return sentence.words.has(phrase.prep, "location") and not act


def _stands_alone(sentence: Sentence, name: Name, phrase: Phrase) -> bool:
    """Whether a name stands for itself, and does not only colour another word: the EU, President Macron."""
    token = next((token for token in sentence.tokens if name in token.names), None)
    if token is None or name not in phrase.names or phrase.kind:
        return False
    coloured = phrase.head is not None and name not in phrase.head.names and name.type != "person"
    return not coloured and not token.loose and not token.tail.low
