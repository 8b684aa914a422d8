"""Who acts on whom in a noun of an act: what stands before it and what hangs on it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile

from lagebild.coder.lexicon import Frame
from lagebild.coder.roles import AFFECTED, Roles, as_how
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Phrase, Sides, ids_of

NEAR = 4  # tokens after a phrase within which another hangs on it


class NounSlots:
    """The phrases around a noun of an act, by slot; nothing past the token `stop` belongs to it."""

    def __init__(self, s: Sentence, frame: Frame, phrase: Phrase, clause: Clause, stop: int) -> None:
        self.sentence, self.frame, self.phrase, self.clause = s, frame, phrase, clause
        self.fixed_order = s.words.language.fixed_order
        joined = {one for p in clause.phrases for one in p.joined}
        self.after = [p for p in find_hanging(phrase, clause) if p.first < stop and p not in joined]

    def find(self, slot: str) -> list[Sides]:
        """Return who may fill a slot, the likeliest first."""
        if slot in ("adj", "gen"):
            return self._find_whose(slot)
        behind = self._find_behind(slot)
        citizens = slot in self.frame.target and not self.sentence.words.has(slot, "location")
        if self.sentence.words.has(slot, "genitive") or (citizens and self.frame.event_type in AFFECTED):
            return [self._take(p, citizens=True) for p in behind]  # the arrest of a Turkish actor, a raid on tourists
        if self.sentence.words.has(slot, "foregoing"):
            behind += [p for p in self.clause.phrases if p.prep == slot and p.last < self.phrase.first]
        return [p.actors for p in behind]

    def _find_whose(self, slot: str) -> list[Sides]:
        """Return whose act it is without a preposition: Russia's invasion, die Ablehnung des Plans der USA."""
        phrase = self.phrase
        if slot == "adj" or self.fixed_order:  # what follows *of* has its own slot
            return [[(one, phrase) for one in (phrase.adjectives or phrase.names)]]
        near = takewhile(self.sentence.is_genitive, self.after)
        return [self._take(p, citizens="gen" not in self.frame.source) for p in (*phrase.owners, *near)]

    def _find_behind(self, prep: str) -> list[Phrase]:
        """Return the phrases behind the noun that a preposition ties to it."""
        of = self.sentence.words.has(prep, "genitive")
        chain = takewhile(self.sentence.is_genitive, self.after) if of else self.after
        agents = prep in self.sentence.words.language.agents  # not who owns another: of the emir of Qatar
        owned = {one for p in self.clause.phrases if agents and p is not self.phrase for one in p.owners}
        return [p for p in chain if p.prep == prep and p not in owned]

    def _take(self, phrase: Phrase, *, citizens: bool) -> Sides:
        """Return whom a phrase names; of one that acts for no state, who is hit: the arrest of a Turkish journalist."""
        affected = citizens and self.frame.event_type in AFFECTED and phrase.kind == "none"
        return phrase.actors or ([(one, phrase) for one in (phrase.names or phrase.adjectives)] if affected else [])


def fill_noun(frame: Frame, phrase: Phrase, clause: Clause, s: Sentence, stop: int) -> Roles:
    """Fill the slots of a noun of an act from what hangs on it; nothing past the token `stop` belongs to it."""
    roles, slots = Roles(), NounSlots(s, frame, phrase, clause, stop)
    between = s.words.listed("reciprocal") if frame.mutual else ()
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
    """Return the phrases behind a noun that hold a side."""
    used = {one for _, one in (*roles.source, *roles.target)}
    return [p for p in slots.after if used & {one for _, one in p.actors} or p in used]


def _fill_source(slots: NounSlots, roles: Roles, between: Collection[str]) -> None:
    """Take who acts from the first slot that names somebody: `between` two, or that of the frame."""
    sources, targets = slots.frame.source, slots.frame.target
    if "gen" in sources and "gen" in targets and not slots.fixed_order:
        others = [name for name in targets if name != "gen"]
        if not any(one for name in others for one in slots.find(name)):  # Unterstützung des Iran: he receives it
            sources = tuple(name for name in sources if name != "gen")
    for name in (*between, *sources):
        if found := next((one for one in slots.find(name) if one and (name not in between or len(one) > 1)), None):
            roles.source, roles.how["source"] = found, as_how(name)
            return


def _fill_target(slots: NounSlots, roles: Roles) -> None:
    """Take on whom somebody acts from the first slot that names another than him."""
    acting = [one for one, _ in roles.source]
    for name in slots.frame.target:
        shared = name in ("gen", "adj") and roles.source and name in slots.frame.source
        sides = (one for one in slots.find(name) if one)
        if found := next((one for one in sides if (one[0][0] not in acting if shared else one != roles.source)), None):
            roles.target, roles.how["target"] = found, as_how(name)
            return


def find_hanging(phrase: Phrase, clause: Clause) -> list[Phrase]:
    """Return the phrases that follow a noun phrase without a gap."""
    found: list[Phrase] = []
    last = phrase.last
    for one in clause.phrases if phrase.inner else [p for p in clause.phrases if not p.inner]:
        hangs = bool(one.prep) or one.case == "gen" or one.root is not None
        if one.first > phrase.first and one.first <= last + NEAR and hangs:
            found.append(one)
            last = max(last, one.last)
        elif one.first > phrase.last:
            break
    return found
