"""Who acts on whom in a noun of an act: what stands before it and what hangs on it."""

from __future__ import annotations

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
        phrase = self.phrase
        if slot == "adj" or (
            slot == "gen" and self.fixed_order
        ):  # Russia's invasion; what follows *of* has its own slot
            return [[(one, phrase) for one in (phrase.adjectives or phrase.names)]]
        if slot == "gen":
            near = takewhile(self.sentence.is_genitive, self.after)  # die Ablehnung des Plans der USA
            return [self._take(p, citizens="gen" not in self.frame.source) for p in (*phrase.owners, *near)]
        of = self.sentence.words.has(slot, "genitive")
        chain = takewhile(self.sentence.is_genitive, self.after) if of else self.after
        agents = slot in self.sentence.words.language.agents  # not who owns another: of the emir of Qatar
        owned = {one for p in self.clause.phrases if agents and p is not phrase for one in p.owners}
        behind = [p for p in chain if p.prep == slot and p not in owned]
        citizens = slot in self.frame.target and not self.sentence.words.has(slot, "location")
        if of or (citizens and self.frame.event_type in AFFECTED):  # the arrest of a Turkish actor, a raid on tourists
            return [self._take(p, citizens=True) for p in behind]
        if self.sentence.words.has(slot, "foregoing"):
            behind += [p for p in self.clause.phrases if p.prep == slot and p.last < phrase.first]
        return [p.actors for p in behind]

    def _take(self, phrase: Phrase, *, citizens: bool) -> Sides:
        """Return whom a phrase names; of one that acts for no state, who is hit: the arrest of a Turkish journalist."""
        affected = citizens and self.frame.event_type in AFFECTED and phrase.kind == "none"
        return phrase.actors or ([(one, phrase) for one in (phrase.names or phrase.adjectives)] if affected else [])


def fill_noun(frame: Frame, phrase: Phrase, clause: Clause, s: Sentence, stop: int) -> Roles:
    """Fill the slots of a noun of an act from what hangs on it; nothing past the token `stop` belongs to it."""
    roles, slots = Roles(), NounSlots(s, frame, phrase, clause, stop)
    between = s.words.listed("reciprocal") if frame.mutual else ()
    sources = frame.source
    if "gen" in frame.source and "gen" in frame.target and not slots.fixed_order:
        other = [name for name in frame.target if name != "gen"]
        if not any(one for name in other for one in slots.find(name)):  # Unterstützung des Iran: he receives it
            sources = tuple(name for name in frame.source if name != "gen")
    for name in (*between, *sources):
        found = next((one for one in slots.find(name) if one and (name not in between or len(one) > 1)), [])
        if found:
            roles.source, roles.how["source"] = found, as_how(name)
            break
    for name in frame.target if not (between and len(roles.source) > 1) else ():
        if name in ("gen", "adj") and roles.source and name in frame.source:
            taken = [one for one, _ in roles.source]
            found = next((one for one in slots.find(name) if one and one[0][0] not in taken), [])
        else:
            found = next((one for one in slots.find(name) if one and one != roles.source), [])
        if found:
            roles.target, roles.how["target"] = found, as_how(name)
            break
    if frame.event_type == "ASSAULT" and not roles.target and any(p.kind == "object" for _, p in roles.source):
        roles.source, roles.target = [], roles.source  # der Beschuss von Stellungen der YPG
        roles.how["target"] = roles.how.pop("source")
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    acting = ids_of(roles.source)
    if frame.event_type == "PROTEST" and acting == ids_of(roles.target):
        roles.source = []  # bei Protesten gegen die Regierung in Togo: it does not protest itself
    used = {one for _, one in (*roles.source, *roles.target)}
    roles.phrases = [p for p in slots.after if used & {one for _, one in p.actors} or p in used]
    return roles


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
