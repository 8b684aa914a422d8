"""Clauses, phrases and predicates: what the grammars of all languages make of the tokens of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lagebild.coder.gazetteer import Name
from lagebild.coder.tokens import Token

if TYPE_CHECKING:  # a cue is found in clauses, and a lexicon is asked for what they hold
    from lagebild.coder.lexicon import Frame, Lexicon
    from lagebild.coder.speech import Aside

Span = tuple[int, int]  # a place in the text: where it starts, and where it ends
OFFICES = ("office", "body", "force")  # kinds of heads that belong to a state
PEOPLE = ("office", "force")  # kinds of heads that may belong to an armed group
OBJECT = ("acc", "dat")  # cases that no subject has


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase, with its preposition and the phrases that hang on it.

    `case` is nom, acc, dat, gen, or empty if its form allows several; `pronoun` is `he` (er, she, it …), `him`, `rel`,
    `other`, `own` (sein Land), `both` (beide Seiten), or empty. `root` is the first of those that it is joined to. An
    `inner` one belongs to a participle before a noun: ein in Rom gesuchter Mann.
    """

    first: int
    last: int
    prep: str = ""
    case: str = ""
    names: list[Name] = field(default_factory=list)
    adjectives: list[Name] = field(default_factory=list)
    head: Token | None = None
    kind: str = ""
    pronoun: str = ""
    former: bool = False
    owners: list[Phrase] = field(default_factory=list)
    joined: list[Phrase] = field(default_factory=list)
    number: str = ""
    root: Phrase | None = None
    inner: bool = False

    @property
    def own(self) -> list[Name]:
        """The names that the phrase itself stands for: its own, else those of its owner."""
        if self.kind in ("none", "nature") or (self.former and not self.names):
            return []
        if self.kind == "member":
            return self._find_membership()
        if self.names:
            return self.names
        if self.adjectives:
            return self._read_adjectives()
        return [name for owner in self.owners for name, _ in owner.actors] if self.kind else []

    def _find_membership(self) -> list[Name]:
        """Return for whom members act: Syrian rebels are not Syria, fighters of Hamas are Hamas."""
        owned = [(name, owner.kind) for owner in self.owners for name, _ in owner.actors]
        named = [*((name, "") for name in (*self.names, *self.adjectives)), *owned]
        # a group of Turkish soldiers acts for Turkey
        return [name for name, kind in named if kind in OFFICES or name.type in ("organisation", "group")]

    def _read_adjectives(self) -> list[Name]:
        """Return the names that the adjectives of a phrase without a name of its own stand for."""
        if self.kind in PEOPLE:
            groups = [name for name in self.adjectives if name.type == "group"]
            if groups := groups or [name for one in self.owners for name, _ in one.actors if name.type == "group"]:
                return groups  # a Libyan leader of al-Shabaab is no Libyan side
        states = [name for name in self.adjectives if name.type == "state"]
        return states if states and self.kind == "office" else self.adjectives  # the Israeli UN envoy is Israel's

    @property
    def actors(self) -> Sides:
        """The names that the phrase and those joined to it stand for, with the phrase of each."""
        if not self.joined:
            return [(name, self) for name in self.own]
        return [(name, one) for one in (self, *self.joined) for name in one.own]


Sides = list[tuple[Name, Phrase]]  # who stands on one side of an act, each with the phrase that names him


@dataclass(slots=True, eq=False)
class Clause:
    """A clause: the places of its tokens, how it hangs on its parent, and its finite verb.

    `kind` is main, sub (with a conjunction), rel, inf or ing; `opener` the word that opens it. It is put together while
    its sentence is analysed (`parse`), and not changed after that.
    """

    kind: str
    tokens: list[int] = field(default_factory=list)
    parent: Clause | None = None
    opener: str = ""
    finite: int = -1
    after: bool = False  # coordinated with the clause before: may share its subject
    antecedent: int = -1  # of a relative clause: the token before it
    phrases: list[Phrase] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)  # laut der Polizei: are no phrases
    subject: Phrase | None = None


@dataclass(slots=True, eq=False)
class Predicate:
    """A verb as it stands in its clause: the lemma, its tokens, voice and what its helpers say of its truth.

    `voice` is active, passive, attr (participle before its noun); `form` fin, inf, part, attr, or `apposed` (what is
    said beside the clause: backed by …). `marks` holds future, shall, want, modal, subj1, subj2, perfect, negator, and
    the like.
    """

    lemma: str
    token: int
    voice: str
    clause: Clause
    marks: frozenset[str]
    particle: int = -1
    form: str = ""


def upwards(clause: Clause | None) -> Iterator[Clause]:
    """Yield a clause, and those that it hangs on."""
    while clause is not None:
        yield clause
        clause = clause.parent


def ids_of(side: Sides) -> set[str]:
    """Return the ids of who stands on a side."""
    return {name.actor_id for name, _ in side}


def frames_of(words: Lexicon, clause: Clause, *voices: str) -> list[Frame]:
    """Return the frames of the verbs of a clause, of all or of those in some voices, whether they fit or not."""
    told = (p for p in clause.predicates if not voices or p.voice in voices)
    return [frame for p in told for frame in words.frames.get(p.lemma, ())]


def find_bare(clause: Clause) -> list[Phrase]:
    """Return the phrases of a clause without preposition or genitive that hang on no other."""
    hanging = {one for phrase in clause.phrases for one in (*phrase.joined, *phrase.owners)}
    return [p for p in clause.phrases if not p.prep and p.case != "gen" and p not in hanging]


def find_antecedent(clause: Clause) -> Phrase | None:
    """Return the phrase that a relative clause says more of: the last one before it."""
    if clause.kind != "rel" or clause.parent is None:
        return None
    first = clause.tokens[0] if clause.tokens else -1
    last = clause.antecedent if clause.antecedent >= 0 else first - 1
    before = [p for p in clause.parent.phrases if p.last <= last]
    return before[-1] if before else None


def find_shared(clauses: Sequence[Clause], predicate: Predicate, agents: Sequence[str]) -> list[Phrase]:
    """Return what is said only behind the next verb, and meant of both: condemned and rejected the proposal of Chad.

    Was captured and killed by `agents`.
    """
    after = _find_joined(clauses, predicate)
    if after is None or not any(p.voice == predicate.voice and p.token == after.tokens[0] for p in after.predicates):
        return []
    if predicate.voice == "passive":
        return [p for p in after.phrases if p.prep in agents]
    bare = any(p.first == after.tokens[0] + 1 and not p.prep for p in after.phrases)
    return after.phrases if bare and predicate.voice == "active" else []


def _find_joined(clauses: Sequence[Clause], predicate: Predicate) -> Clause | None:
    """Return the clause of the verb that a conjunction joins to the one before it, if the subject is the same."""
    clause = predicate.clause
    if not clause.tokens or clause.tokens[-1] != predicate.token:
        return None
    after = next((c for c in clauses if c.after and c.tokens and c.tokens[0] == predicate.token + 2), None)
    return after if after is not None and after.subject is clause.subject else None


def opens_with_verb(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause begins with its finite verb, or with a conjunction and it: …, und reiste ab."""
    return clause.finite == next((i for i in clause.tokens if not tokens[i].has("coordinator")), -1)


def stands_for_others(tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return `own` for sein Land, their government, `both` for beide Seiten, both countries; else nothing."""
    if phrase.head is None or phrase.actors:
        return "him" if _is_demonstrative(tokens, phrase) else ""
    if phrase.head.has("own") and tokens[phrase.first].has("possessive"):
        return "own"
    return "both" if phrase.head.has("parties") and not phrase.owners and _is_of_two(tokens, phrase) else ""


def _is_demonstrative(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase is nothing but a pronoun that points: dieser."""
    one = tokens[phrase.first]
    alone = phrase.first == phrase.last and not phrase.own and not phrase.pronoun
    return alone and one.has("this") and one.has("pronoun")


def _is_of_two(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a phrase means a known two: both sides, the two sides; not two sides."""
    inside = range(phrase.first, phrase.last)
    return any(tokens[i].has("both") and (i > phrase.first or not tokens[i].has("number")) for i in inside)
