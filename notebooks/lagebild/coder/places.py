"""Who is hit by an act, or arrests somebody, where only the place or the text tells it."""

from __future__ import annotations

from lagebild.coder.lexicon import Frame
from lagebild.coder.noun_roles import fill_noun
from lagebild.coder.roles import Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Phrase, Sides, ids_of

HEADINGS = ("name", "seat", "place")  # kinds of names of states
BEYOND = 4  # tokens: the border with Jordan


def take_hit(s: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Take who is hit from what hangs on a clause that tells only the place: in Syria, … using jets against IS."""
    below = (
        p for c in s.clauses if c.parent is clause and c.kind in ("ing", "rel") and c.finite < 0 for p in c.phrases
    )
    for p in below:
        if p.actors and p.prep in frame.target and not s.words.has(p.prep, "location"):
            roles.target, roles.how["target"] = p.actors, "prep"
            return


def take_unrest(s: Sentence, clause: Clause, roles: Roles) -> None:
    """Take the state of the place for whom a crowd protests against, if nobody else is named: unrest in Dublin."""
    if roles.source and s.words.has(roles.source[0][1].prep, "location"):
        roles.target, roles.how["target"] = roles.source, "place"
        roles.source = []
        del roles.how["source"]
    elif not roles.source:
        take_place(s, clause, roles)


def take_protested(s: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Take for whom a protest is against whose act or policy it is against: gegen den Krieg Russlands."""
    for phrase in clause.phrases:
        if phrase.head is not None and phrase.prep in frame.target and not s.words.has(phrase.prep, "location"):
            acts = [fill_noun(act, phrase, clause, s, len(s.tokens)).source for act in phrase.head.word.nouns[:1]]
            whose = acts[0] if acts else [pair for owner in phrase.owners for pair in owner.actors]
            if whose:
                roles.target, roles.how["target"] = whose, "gen"


def take_home(s: Sentence, roles: Roles, side: str) -> None:
    """Take the state that the text is about for who is hit (gunmen stormed the hotel), or arrests somebody."""
    if s.ordinary:
        return  # the police arrested a thief: no act of a state
    names = [name for token in s.tokens for name in token.names]
    others = [name for name, _ in (*roles.source, *roles.target)]
    borders = [i for i, token in enumerate(s.tokens) if s.words.has(token.low, "border")]
    beyond = {name.actor_id for i in borders for token in s.tokens[i : i + BEYOND] for name in token.names}
    found = s.memory.find_home(s.reference, names, s.published, others)
    if found and not beyond & ids_of(found):
        setattr(roles, side, found)
        roles.how[side] = "context"


def take_place(s: Sentence, clause: Clause, roles: Roles, *, state_is_hit: bool = True) -> None:
    """Take the place for who is hit, if it is all that is said of it: positions in Pakistan, an attack in Iraq.

    Who is arrested or executed somewhere is so by the state of the place.
    """
    places = [p for p in clause.phrases if s.words.has(p.prep, "location") and not _is_border(s, p)]
    found = [p.actors or [(name, p) for name in p.names] for p in places]
    hit = [one for one in found if one] or [one for one in (find_heading(s, clause),) if one]
    states = {name.actor_id for one in hit for name, _ in one}
    side, other = ("target", roles.source) if state_is_hit else ("source", roles.target)
    if len(states) == 1 and not states & ids_of(other):
        setattr(roles, side, hit[0])
        roles.how[side] = "place"


def find_heading(s: Sentence, clause: Clause) -> Sides:
    """Return the state that stands alone before the colon of a headline: Nepal: Ausländer festgenommen."""
    first = clause.tokens[0]
    if clause.kind != "main" or first < 2 or s.tokens[first - 1].text != ":":
        return []
    before = next((c for c in s.clauses if c.tokens and c.tokens[-1] == first - 2 and c.finite < 0), None)
    phrase = before.phrases[0] if before is not None and len(before.phrases) == 1 else None
    alone = phrase is not None and not phrase.prep and phrase.first == first - 2
    return [one for one in phrase.actors if one[0].kind in HEADINGS] if phrase is not None and alone else []


def take_sender(s: Sentence, clause: Clause, roles: Roles) -> None:
    """Take for who expelled somebody the state of a heading, or from where: Nepal: Botschafter ausgewiesen."""
    hit = ids_of(roles.target)
    left = [p for p in clause.phrases if s.words.has(p.prep, "origin") and not s.words.has(p.prep, "location")]
    sides = (find_heading(s, clause), *(p.actors for p in left))
    if found := next((one for one in sides if one and not hit & ids_of(one)), None):
        roles.source, roles.how["source"] = found, "place"


def _is_border(s: Sentence, phrase: Phrase) -> bool:
    """Whether a place lies at a state, not in it: on the border with Jordan."""
    return phrase.head is not None and s.words.has(phrase.head.low, "border")
