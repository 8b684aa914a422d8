"""Acts that nouns describe: the visit, an attack on, Gespräche mit.

A noun of an act has its sides before it or hanging on it. One that a verb only carries has the subject of that verb
for who acts: Israel setzte die Angriffe auf Gaza fort.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lagebild.coder.drafts import Anchor, Draft, draft_event, to_codes
from lagebild.coder.factuality import assess_noun, find_day_near
from lagebild.coder.frames import is_coded
from lagebild.coder.model import Clause, Frame, Phrase, Sides, Token
from lagebild.coder.roles import AFFECTED, EMPTY, Filling, Roles, kind_of
from lagebild.coder.sentence import Fired, Sentence
from lagebild.coder.syntax import find_antecedent, ids_of
from lagebild.coder.thresholds import HANGING

OPEN_STATUS = ("hypothetical", "negated", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noun:
    """A noun of an act, the token `place`, with its phrase and the sides that its own words name."""

    sentence: Sentence
    clause: Clause
    fired: Fired
    place: int
    phrase: Phrase
    frame: Frame
    roles: Roles
    owned: frozenset[int]  # tokens that hang on it with of: the suspension of aid is one act


def draft_nouns(sentence: Sentence, clause: Clause, fired: Fired, drafted: Sequence[Draft]) -> list[Draft]:
    """Return the events that the nouns of a clause describe; `drafted` are those of the sentence so far."""
    drafts: list[Draft] = []
    inner: set[int] = set()
    for i in clause.tokens:
        noun = _read_noun(sentence, clause, fired, i) if i not in inner else None
        if noun is None:
            continue
        carried = _carry(noun)
        roles = carried or noun.roles
        several = bool(drafted) or bool(drafts)
        alone = several and (carried is None or not carried.source)  # only what has both sides, beside other acts
        if not roles.both and (alone or not (roles.source or roles.target)):
            continue
        noun = replace(noun, roles=roles)
        if any(_is_repeated(noun, draft) for draft in drafted):
            continue
        inner |= noun.owned
        if draft := _draft(noun):
            drafts.append(draft)
    return drafts


def _read_noun(sentence: Sentence, clause: Clause, fired: Fired, i: int) -> _Noun | None:
    """Return the noun of an act that a token of a clause is, with the sides that hang on it."""
    phrase = _find_phrase(sentence, clause, fired, i)
    frame = _find_frame(sentence, clause, i) if phrase is not None else None
    if phrase is None or frame is None or _is_complement(sentence, clause, fired):
        return None
    owned: set[int] = set()
    for owner in phrase.owners:
        owned.update(range(owner.first, owner.last + 1))
    stop = _find_stop(sentence, clause, i, owned)
    hanging = [p for p in find_hanging(phrase, clause) if p.first < stop]
    if any(p.kind == "nature" for p in (*phrase.owners, *hanging)):
        return None  # the attack of bark beetles, the war on snails
    roles = fill_noun(NounSlots(sentence, frame, phrase, clause, stop))
    if frame.event_type == "CONSULT" and sentence.words.has(phrase.prep, "errand") and sentence.operator(clause):
        frame = replace(frame, event_type="AGREE", type_alt=("CONSULT",))  # ist zu Gesprächen bereit
    return _Noun(
        sentence=sentence,
        clause=clause,
        fired=fired,
        place=i,
        phrase=phrase,
        frame=frame,
        roles=roles,
        owned=frozenset(owned),
    )


def _find_stop(s: Sentence, clause: Clause, i: int, owned: Collection[int]) -> int:
    """Return the next verb or noun of an act behind a noun, past which nothing belongs to it."""
    verbs = {p.token for p in clause.predicates} | {clause.finite}
    for k in clause.tokens:
        if k > i and k not in owned and (k in verbs or (s.tokens[k].word.nouns and _find_frame(s, clause, k))):
            return k
    return len(s.tokens)


def _draft(noun: _Noun) -> Draft | None:
    sentence, clause, phrase, roles = noun.sentence, noun.clause, noun.phrase, noun.roles
    standing = assess_noun(sentence, clause, phrase, noun.place, noun.fired)
    has, prep = sentence.words.has, phrase.prep
    if prep and not roles.source and not roles.mutual and standing.status in OPEN_STATUS:
        return None  # would take no part in any attack on Iran
    if clause.finite >= 0 and has(prep, "topic") and has(prep, "place") and not roles.both:
        return None  # spoke about the war in Sudan
    if prep and roles.mutual and has(sentence.tokens[noun.place].low, "standing") and not has(prep, "location"):
        return None  # prices rose because of the war between X and Y
    last = max([phrase.last, *(p.last for p in roles.phrases)])
    span = (sentence.tokens[phrase.first].start, sentence.tokens[last].end)
    day = find_day_near(sentence, clause, last, noun.fired)
    return draft_event(sentence, noun.frame, roles, span, standing, day, Anchor(clause, noun.place, "noun"))


def _is_repeated(noun: _Noun, other: Draft) -> bool:
    """Whether an attack was drafted from the verb already: wurden bei einem Luftangriff der USA getötet."""
    if not noun.frame.event_type == other.event_type == "ASSAULT" or not other.source_actors:
        return False
    inside = other.start <= noun.sentence.tokens[noun.place].start < other.end
    return inside and to_codes(noun.sentence, noun.roles.source, other.date) == other.source_actors


def _find_phrase(sentence: Sentence, clause: Clause, fired: Fired, i: int) -> Phrase | None:
    """Return the phrase of a noun that may describe an act of its own; None if it may not."""
    token = sentence.tokens[i]
    if not token.acts or sentence.grammar.verb_form(i):
        return None
    phrase = next((p for p in clause.phrases if p.first <= i <= p.last), None)
    if phrase is None or _is_consumed(sentence, token, clause, fired):
        return None
    if token.names and clause.finite < 0 and sentence.tokens[i + 1 : i + 2] and sentence.tokens[i + 1].text == ":":
        return None  # Irak-Krieg: …: what a headline is about
    colours = phrase.head is not None and phrase.head.start > token.start  # attack helicopters
    if colours and not sentence.words.language.capital_nouns:
        return None
    return None if _is_aside(sentence, phrase, clause) else phrase


def _is_aside(s: Sentence, phrase: Phrase, clause: Clause) -> bool:
    """Whether a noun only names a circumstance: am Rande des Gipfels, on the sidelines of the summit."""
    margins = s.words.listed("margin")
    return any(phrase in p.owners and p.head is not None and p.head.low in margins for p in clause.phrases)


def _find_frame(sentence: Sentence, clause: Clause, i: int) -> Frame | None:
    """Return the frame of a noun that fits in its clause, the most specific one."""
    token, text = sentence.tokens[i], sentence.text_of(clause)
    fitting = []
    for frame in token.word.nouns or token.tail.nouns:
        before = tuple(token.low for token in sentence.tokens[i - len(frame.particles) : i])
        ruled_out = frame.blocked is not None and frame.blocked.search(text)
        if before == frame.particles and not ruled_out and (frame.object is None or frame.object.search(text)):
            fitting.append(frame)
    return max(fitting, key=lambda frame: (len(frame.particles), frame.object is not None), default=None)


def _is_complement(s: Sentence, clause: Clause, fired: Fired) -> bool:
    """Whether a clause says what an act above it is about: promised to halt war games (conventions, 8)."""
    above = clause.parent if s.words.language.fixed_order and clause.kind == "inf" else None
    while above is not None and above.kind == "inf" and above not in fired:
        above = above.parent  # asked Qatar to get Kenya to end its attacks
    return above is not None and above in fired


def _is_consumed(sentence: Sentence, token: Token, clause: Clause, fired: Fired) -> bool:
    """Whether the noun is the object by which a verb's frame was recognized."""
    for one in (clause, *sentence.below(clause)):
        phrase = find_antecedent(one) if one is not clause else None
        if one is not clause and (phrase is None or phrase.head is not token):
            continue
        for frame in fired.get(one, ()):
            if frame.object is not None and frame.object.search(token.text):
                return True
    return False


# --- Who Acts by the Verb That Carries a Noun ---


def _carry(noun: _Noun) -> Roles | None:
    """Return the sides of a noun with the subject of the verb that only carries it: Israel setzte die Angriffe fort.

    None if no verb carries it.
    """
    sentence, roles, clause = noun.sentence, noun.roles, noun.clause
    dependent = clause.kind in ("inf", "ing")
    ends = any(predicate.lemma in sentence.words.endings for predicate in clause.predicates)
    if ends and not noun.phrase.prep and roles.target and not roles.source and dependent:
        subject = clause.subject.actors if clause.subject is not None else []
        return replace(roles, source=subject, source_slot="subj") if subject else None
    if dependent and not is_coded(sentence, clause, noun.fired):
        return None  # accused of planning an attack: the complement of an act is not coded
    light = [predicate for predicate in clause.predicates if predicate.lemma in sentence.words.light]
    if not light or noun.phrase.prep or clause in noun.fired:
        return None
    return _take_subject(noun, light[0].voice)


def _take_subject(noun: _Noun, voice: str) -> Roles:
    """Return the sides of a noun with the subject of the verb that carries it, if that is active."""
    roles, subject, mutual = noun.roles, noun.clause.subject, noun.frame.mutual
    if subject is not None and subject is not noun.phrase:
        if mutual and not roles.target and not roles.mutual:  # talks with Chad: who holds them is the other side
            slot = roles.source_slot or "prep"
            roles = replace(roles, source=[], source_slot=None, target=roles.source, target_slot=slot)
        if not roles.source and voice == "active":
            roles = replace(roles, source=subject.actors, source_slot="subj")
    return replace(roles, mutual=roles.mutual or (mutual and not roles.target and len(roles.source) > 1))


# --- The Phrases Around a Noun ---


class NounSlots:
    """The phrases around a noun of an act, by slot; nothing past the token `stop` belongs to it."""

    def __init__(self, s: Sentence, frame: Frame, phrase: Phrase, clause: Clause, stop: int) -> None:
        self.sentence, self.frame, self.phrase, self.clause = s, frame, phrase, clause
        self.fixed_order = s.words.language.fixed_order
        joined: set[Phrase] = set()
        for other in clause.phrases:
            joined.update(other.joined)
        self.after = [p for p in find_hanging(phrase, clause) if p.first < stop and p not in joined]

    def find(self, slot: str) -> list[Sides]:
        """Return who may fill a slot, the likeliest first."""
        if slot in ("adj", "gen"):
            return self._find_whose(slot)
        behind = self._find_behind(slot)
        citizens = slot in self.frame.target and not self.sentence.words.has(slot, "location")
        if self.sentence.words.has(slot, "genitive") or (citizens and self.frame.event_type in AFFECTED):
            return [self._name_sides(p, citizens=True) for p in behind]  # a raid on tourists
        if self.sentence.words.has(slot, "foregoing"):
            behind += [p for p in self.clause.phrases if p.prep == slot and p.last < self.phrase.first]
        return [p.actors for p in behind]

    def _find_whose(self, slot: str) -> list[Sides]:
        """Return whose an act is, or on whom: Russia's invasion, die Ablehnung des Plans der USA."""
        phrase = self.phrase
        if slot == "adj" or self.fixed_order:  # what follows *of* has its own slot
            return [[(name, phrase) for name in (phrase.adjectives or phrase.names)]]
        near = takewhile(self.sentence.is_genitive, self.after)
        return [self._name_sides(p, citizens="gen" not in self.frame.source) for p in (*phrase.owners, *near)]

    def _find_behind(self, prep: str) -> list[Phrase]:
        of = self.sentence.words.has(prep, "genitive")
        chain = takewhile(self.sentence.is_genitive, self.after) if of else self.after
        owned: set[Phrase] = set()
        if prep in self.sentence.words.language.agents:  # not who owns another: of the emir of Qatar
            for other in self.clause.phrases:
                if other is not self.phrase:
                    owned.update(other.owners)
        return [p for p in chain if p.prep == prep and p not in owned]

    def _name_sides(self, phrase: Phrase, *, citizens: bool) -> Sides:
        """Return whom a phrase names; also whose citizen, if that may be hit: the arrest of a Turkish journalist."""
        if phrase.actors or not (citizens and self.frame.event_type in AFFECTED and phrase.kind == "none"):
            return phrase.actors
        return [(name, phrase) for name in (phrase.names or phrase.adjectives)]


def fill_noun(slots: NounSlots) -> Roles:
    """Return who stands in the slots of a noun of an act."""
    frame = slots.frame
    between = slots.sentence.words.listed("reciprocal") if frame.mutual else ()
    source = _pick_source(slots, between)
    two = bool(between) and len(source.actors) > 1
    target = EMPTY if two else _pick_target(slots, source.actors)
    if frame.event_type == "ASSAULT" and not target.actors and any(p.kind == "object" for _, p in source.actors):
        source, target = EMPTY, source  # der Beschuss von Stellungen der YPG
    mutual = frame.mutual and not target.actors and len(source.actors) > 1
    if frame.event_type == "PROTEST" and ids_of(source.actors) == ids_of(target.actors):
        source = EMPTY  # bei Protesten gegen die Regierung in Togo: it does not protest itself
    return Roles(
        source=source.actors,
        target=target.actors,
        source_slot=source.slot,
        target_slot=target.slot,
        mutual=mutual,
        phrases=_find_used(slots, [*source.actors, *target.actors]),
    )


def _find_used(slots: NounSlots, sides: Sides) -> tuple[Phrase, ...]:
    """Return the phrases around a noun that name its sides."""
    used = {phrase for _, phrase in sides}
    return tuple(p for p in slots.after if p in used or any(phrase in used for _, phrase in p.actors))


def _pick_source(slots: NounSlots, between: Collection[str]) -> Filling:
    """Return who acts, from the first slot that names somebody: `between` two, or one of the frame."""
    sources, targets = slots.frame.source, slots.frame.target
    if "gen" in sources and "gen" in targets and not slots.fixed_order:
        rest = [name for name in targets if name != "gen"]
        if not any(any(slots.find(name)) for name in rest):  # Unterstützung des Iran: he receives it
            sources = tuple(name for name in sources if name != "gen")
    for name in (*between, *sources):
        for actors in slots.find(name):
            if len(actors) > 1 or (actors and name not in between):
                return Filling(actors, kind_of(name))
    return EMPTY


def _pick_target(slots: NounSlots, source: Sides) -> Filling:
    """Return on whom somebody acts, from the first slot that names another than him."""
    acting = [name for name, _ in source]
    for name in slots.frame.target:
        shared = bool(source) and name in ("gen", "adj") and name in slots.frame.source
        for actors in slots.find(name):
            if actors and (actors[0][0] not in acting if shared else actors != source):
                return Filling(actors, kind_of(name))
    return EMPTY


def find_hanging(phrase: Phrase, clause: Clause) -> list[Phrase]:
    """Return the phrases that follow a noun phrase without a gap."""
    phrases: list[Phrase] = []
    last = phrase.last
    for other in clause.phrases if phrase.inner else [p for p in clause.phrases if not p.inner]:
        hangs = bool(other.prep) or other.case == "gen" or other.root is not None
        if other.first > phrase.first and other.first <= last + HANGING and hangs:
            phrases.append(other)
            last = max(last, other.last)
        elif other.first > phrase.last:
            break
    return phrases
