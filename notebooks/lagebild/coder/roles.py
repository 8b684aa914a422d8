"""Who acts on whom: the slots of a frame filled from the phrases of a clause.

Two readings are compared, as the measurements in the method notes advise: the rule (case, preposition, voice) and the
plain order of the names. Where both agree, the roles are sure; where they differ, both are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lagebild.coder.gazetteer import Name
from lagebild.coder.lang import Language
from lagebild.coder.lexicon import Frame
from lagebild.coder.syntax import Clause, Phrase, Predicate, Token

AFFECTED = ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID")  # acts whose victim may be any citizen or company


@dataclass(slots=True)
class Roles:
    """The two sides of an act. `inferred` names the sides that no slot held: source, target."""

    source: list[tuple[Name, Phrase]] = field(default_factory=list)
    target: list[tuple[Name, Phrase]] = field(default_factory=list)
    inferred: set[str] = field(default_factory=set)
    mutual: bool = False
    addressed: bool = False  # the other side is named, but is no actor that the tables know
    phrases: list[Phrase] = field(default_factory=list)  # those that filled a slot


@dataclass(slots=True)
class Context:
    """What roles need of the sentence around a clause."""

    language: Language
    tokens: Sequence[Token]
    subjects: dict[int, Phrase | None]  # id of a clause -> its subject
    topic: Callable[[str], bool]  # a preposition that names a topic or a cause
    place: Callable[[str], bool]
    pronoun: Callable[[Phrase], list[tuple[Name, Phrase]]]


def fill(frame: Frame, predicate: Predicate, context: Context) -> Roles:
    """Fill the slots of a verb's frame."""
    clause = predicate.clause
    roles = Roles()
    subject = context.subjects.get(id(clause))
    phrases = list(clause.phrases)
    joined = {id(one) for phrase in phrases for one in phrase.joined}
    roots = [p for p in phrases if id(p) not in joined]
    passive = predicate.voice == "passive"

    def actors(phrase: Phrase | None) -> list[tuple[Name, Phrase]]:
        if phrase is None:
            return []
        if phrase.pronoun:
            found = context.pronoun(phrase)
            return found
        return phrase.actors

    def slot(name: str) -> list[Phrase]:
        if name == "subj":
            if predicate.voice == "attr":  # von der Türkei gelieferte Drohnen
                return [p for p in roots if p.prep in context.language.agents and p.last < predicate.token]
            if passive:  # von der Türkei gelieferte Drohnen wurden …: that von belongs to the participle
                return [
                    p
                    for p in roots
                    if p.prep in context.language.agents
                    and not any(
                        r.form == "attr" for r in context.tokens[min(p.last + 1, len(context.tokens) - 1)].word.verbs
                    )
                ]
            return [subject] if subject is not None else []
        if name == "obj":
            if predicate.voice == "attr":
                return []
            if passive:
                return [subject] if subject is not None else []
            bare = [p for p in roots if not p.prep and p is not subject and p.case != "gen"]
            if context.language.fixed_order:
                bare = [p for p in bare if p.first > predicate.token or p.pronoun == "rel"]
            return bare
        if name == "gen":
            return [p for p in phrases if (p.case == "gen" or p.prep == "of") and p is not subject] + [
                p for p in roots if p.owners and p is not subject
            ]
        if name == "adj":
            return [p for p in roots if p.adjectives and p is not subject and not p.prep]
        towards = name in ("nach", "to", "in", "into")  # a place or a state, not its people
        return [
            p
            for p in roots
            if p.prep == name
            and not (towards and p.names and all(one.kind == "inhabitant" for one in p.names) and name != "to")
            and (not context.language.fixed_order or p.first > predicate.token or name in ("against", "in"))
        ]

    def pick(
        names: Sequence[str], other: Sequence[tuple[Name, Phrase]] | None
    ) -> tuple[list[tuple[Name, Phrase]], bool]:
        taken = {id(phrase) for _, phrase in other or ()}
        taken |= {id(name) for name, _ in other or ()}
        for name in names:
            phrases_here = slot(name)
            for phrase in phrases_here:
                found = actors(phrase)
                if not found and other is not None and frame.event_type in AFFECTED and phrase.kind == "none":
                    found = [(one, phrase) for one in (phrase.names or phrase.adjectives)]  # arrested a German reporter
                if name == "gen" and not found:
                    found = [pair for owner in phrase.owners for pair in owner.actors]
                found = [pair for pair in found if id(pair[1]) not in taken and id(pair[0]) not in taken]
                if found:
                    roles.phrases.append(phrase)
                    return found, True
            if name == "subj" and not passive and phrases_here:
                return [], True
        return [], False

    roles.source, reported = pick(frame.source, None)
    given = context.language.given
    slots = frame.target
    if slots[:1] == ("obj",) and given in slots and any(p.prep == given and p.actors for p in roots):
        slots = (given, *(one for one in slots if one != given))  # gab die Inseln an Mauritius zurück
    roles.target, _ = pick(slots, roles.source)
    roles.addressed = bool(roles.source) and any(
        phrase.first > predicate.token or not context.language.fixed_order
        for name in slots
        if name not in ("gen", "adj")
        for phrase in slot(name)
    )
    if roles.target and not roles.source and frame.event_type in ("ASSAULT", "COERCE", "PROTEST"):
        crowd = [p for name in frame.source for p in slot(name) if p.head is not None and p.head.has("crowd")]
        roles.addressed = roles.addressed or bool(crowd)  # protesters: they act, but for no state
    used = {id(phrase) for _, phrase in (*roles.source, *roles.target)}
    left = [
        p
        for p in roots
        if p.actors
        and id(p) not in used
        and not used & {id(one) for _, one in p.actors}
        and not context.topic(p.prep)
        and not context.place(p.prep)
        and p is not subject
    ]
    if predicate.voice == "attr":
        left = []
    if frame.event_type == "ASSAULT":
        left = [p for p in left if p.prep]  # sent Russia drones: no act against it
    if not roles.target and frame.target and len(left) == 1 and roles.source and not frame.mutual:
        roles.target = left[0].actors
        roles.inferred.add("target")
        roles.phrases.append(left[0])
    elif (
        not roles.source
        and not reported
        and not passive
        and frame.source == ("subj",)
        and len(left) == 1
        and subject is None
    ):
        roles.source = left[0].actors
        roles.inferred.add("source")
        roles.phrases.append(left[0])
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    return roles


def fill_noun(frame: Frame, phrase: Phrase, clause: Clause, context: Context, stop: int) -> Roles:
    """Fill the slots of a noun of an act from what hangs on it; nothing past the token `stop` belongs to it."""
    roles = Roles()
    joined = {id(one) for one in clause.phrases for one in one.joined}
    near = _hanging(phrase, clause)
    after = [p for p in clause.phrases if p in near and p.first < stop and id(p) not in joined]

    def slot(name: str) -> list[list[tuple[Name, Phrase]]]:
        if name == "adj":
            return [[(one, phrase) for one in (phrase.adjectives or phrase.names)]]
        if name == "gen" and context.language.fixed_order:
            return slot("adj")  # Russia's invasion; what follows of has a slot of its own
        if name == "gen":
            return [p.actors for p in (*phrase.owners, *(p for p in after if p.prep == "of" or p.case == "gen"))]
        if name == "of" and frame.event_type in AFFECTED:  # the arrest of a Turkish journalist
            return [
                p.actors or ([(one, p) for one in (p.names or p.adjectives)] if p.kind == "none" else [])
                for p in after
                if p.prep == name
            ]
        return [p.actors for p in after if p.prep == name] + (
            [p.actors for p in clause.phrases if p.prep == name and p.last < phrase.first and name in ("von", "by")]
        )

    between = ("zwischen", "between", "among") if frame.mutual else ()
    sources = frame.source
    if "gen" in frame.source and "gen" in frame.target and not context.language.fixed_order:
        other = [name for name in frame.target if name != "gen"]
        if not any(one for name in other for one in slot(name)):  # Unterstützung des Iran: he receives it
            sources = tuple(name for name in frame.source if name != "gen")
    for name in (*between, *sources):
        found = next((one for one in slot(name) if one and (name not in between or len(one) > 1)), [])
        if found:
            roles.source = found
            break
    for name in frame.target if not (between and len(roles.source) > 1) else ():
        if name in ("gen", "adj") and roles.source and name in frame.source:
            found = next((one for one in slot(name) if one and one[0][0] not in [n for n, _ in roles.source]), [])
        else:
            found = next((one for one in slot(name) if one and one != roles.source), [])
        if found:
            roles.target = found
            break
    if frame.mutual and not roles.target and len(roles.source) > 1:
        roles.mutual = True
    used = {id(one) for _, one in (*roles.source, *roles.target)}
    roles.phrases = [p for p in after if used & {id(one) for _, one in p.actors} or id(p) in used]
    return roles


def _hanging(phrase: Phrase, clause: Clause) -> list[Phrase]:
    """Return the phrases that follow a noun phrase without a gap."""
    found: list[Phrase] = []
    last = phrase.last
    for one in clause.phrases:
        if (
            one.first > phrase.first
            and one.first <= last + 4
            and (one.prep or one.case == "gen" or one.root is not None)
        ):
            found.append(one)
            last = max(last, one.last)
        elif one.first > phrase.last:
            break
    return found
