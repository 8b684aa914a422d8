"""What the clauses that hang on an act, or stand beside it, say of its sides: vowed to bomb Iran."""

from __future__ import annotations

from dataclasses import replace

from lagebild.coder.frames import find_complements, is_next
from lagebild.coder.lexicon import Frame
from lagebild.coder.pronouns import resolve
from lagebild.coder.roles import Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, Phrase, frames_of, ids_of, opens_with_verb

VAGUE = ("location", "genitive", "origin")  # prepositions behind which who is meant may be no side


def take_asked(s: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Take the other side from what is said of it: demands that Beijing stop, welcomes the news that Libya stopped.

    Mali müsse abziehen, forderte Niger: what is demanded may stand before.
    """
    for other in s.clauses:
        asked = other.subject.actors if other.subject is not None else []
        if (
            asked
            and asked != roles.source
            and (_is_asked(s, frame, clause, other) or _is_wish(s, frame, clause, other))
        ):
            roles.target, roles.how["target"] = asked, "subclause"


def _is_asked(s: Sentence, frame: Frame, clause: Clause, other: Clause) -> bool:
    """Whether a clause with *that* says what is demanded or welcomed; not: agreed that …."""
    below = other.parent is clause and s.words.has(other.opener, "complementizer")
    return below and not (frame.event_type == "SUPPORT" and frame.mutual)


def _is_wish(s: Sentence, frame: Frame, clause: Clause, other: Clause) -> bool:
    """Whether a main clause beside a demand says by its mood what is demanded: Mali müsse abziehen, forderte Niger."""
    if frame.event_type != "REQUEST" or not other.kind == clause.kind == "main" or other.finite < 0:
        return False
    before = other.finite < clause.finite and opens_with_verb(s.tokens, clause)
    follows = before or (other.finite > clause.finite and is_next(clause, other))
    return follows and s.grammar.find_mood(other.finite) == "subj1"


def take_strike(s: Sentence, clause: Clause, roles: Roles) -> None:
    """Take who attacked from when it was: were killed when a Turkish jet bombed the market."""
    for other in s.clauses:
        if other.subject is None or other.parent is not clause or not s.words.has(other.opener, "moment"):
            continue
        if any(one.event_type == "ASSAULT" for one in frames_of(s.words, other, "active")):
            own = ids_of(other.subject.actors)
            roles.source, roles.how["source"] = other.subject.actors, "subclause"
            roles.target = [one for one in roles.target if one[0].actor_id not in own]
            return


def is_attack(phrase: Phrase | None) -> bool:
    """Whether a phrase means an attack."""
    head = phrase.head if phrase is not None else None
    return head is not None and any(one.event_type == "ASSAULT" for one in head.word.nouns)


def take_avowed(s: Sentence, clause: Clause, roles: Roles) -> None:
    """Take who attacked from who says so beside it: the attack in Rome, claimed by Al-Qaeda, killed …."""
    for other in s.clauses:
        below = other.parent is clause and other.kind == "rel"
        if below and any(one.mode == "avowal" for one in frames_of(s.words, other, "passive")):
            agents = [p for p in other.phrases if p.actors and p.prep in s.words.language.agents]
            if agents:
                roles.source, roles.how["source"] = agents[0].actors, "subclause"
                return


def take_committed(s: Sentence, frame: Frame, roles: Roles, clause: Clause) -> None:
    """Take the other side of a promise from its infinitive: vowed to retaliate against Israel, to bomb the country."""
    gerunds = (c for c in s.clauses if c.parent is clause and c.kind == "ing" and s.words.has(c.opener, "argument"))
    for other in (*find_complements(s, clause, "infinitive"), *gerunds):  # apologised for killing
        for p in _find_concerned(s, frame, other):
            found, how = resolve(s, p, roles.source)
            if found and found[0][0].actor_id not in ids_of(roles.source):
                roles.target, roles.how["target"] = found, "subclause"
                return
            if how == "pronoun":
                return


def _find_concerned(s: Sentence, frame: Frame, other: Clause) -> list[Phrase]:
    """Return the phrases of an infinitive that may name the other side: to retaliate against Israel, to bomb Iran."""
    inner = {name for one in frames_of(s.words, other) for name in one.target}
    phrases = [p for p in other.phrases if p.root is None and p.pronoun != "own"]
    return [
        p
        for p in phrases
        if not p.prep or p.prep in frame.target or (p.prep in inner and not s.words.has(p.prep, *VAGUE))
    ]


def take_helped(s: Sentence, frame: Frame, roles: Roles, clause: Clause) -> Frame:
    """Take who is helped from what the help is for: sent soldiers to protect Estonia.

    That is aid, whatever the frame says of soldiers that are sent somewhere (conventions, 16).
    """
    if frame.event_type not in ("AID", "MOBILIZE") or roles.target or not roles.source:
        return frame
    own = ids_of(roles.source)
    for other in (c for c in s.clauses if c.parent is clause and c.kind == "inf"):
        if not any(_helps(one) for one in frames_of(s.words, other)):
            continue
        first = next((p for p in other.phrases if p is not other.subject and p.prep in ("", other.opener)), None)
        found = resolve(s, first, roles.source)[0] if first is not None else []
        if found and not own & ids_of(found):
            roles.target, roles.how["target"] = found, "subclause"
            aid = "AID" in frame.type_alt
            return replace(frame, event_type="AID", type_alt=(frame.event_type,)) if aid else frame
    return frame


def _helps(frame: Frame) -> bool:
    """Whether a frame tells whom somebody helps: to protect Estonia."""
    return frame.event_type in ("AID", "SUPPORT") and frame.target[:1] == ("obj",)
