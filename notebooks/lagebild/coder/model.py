"""What a sentence is read as: names, words with the frames that they fit, tokens, phrases, clauses, predicates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its place, whom it names, and its kind as in the table `names`; `genitive` if marked so."""

    start: int
    end: int
    actor_id: str
    kind: str
    genitive: bool = False
    type: str = ""  # of the actor, as in the table `actors`: state, person, organisation or group


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Words that describe an act, and where its sides stand; a row of the table `frames`."""

    frame_id: str
    lemma: str
    particles: tuple[str, ...]
    object: WordSearch | None
    blocked: WordSearch | None
    event_type: str
    type_alt: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    both_sides: bool
    exact: bool  # its objects have no synonyms
    organisation: bool  # only if the target is an organisation: to leave ECOWAS
    mutual: bool
    reflexive: bool
    mode: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a verb form."""

    lemma: str
    form: str  # pres, past, subj1, subj2 (the German subjunctives), part, inf, ing or attr (participle before its noun)
    particle: str = ""  # the separable part that has to follow in the clause
    zu: bool = False  # whether the infinitive holds its zu


Cues = tuple[str, "WordSearch | None"]  # a particle, and other words; empty if it needs none


@dataclass(frozen=True, slots=True)
class Word:
    """All that the tables know of a written word."""

    low: str
    verbs: tuple[Analysis, ...] = ()
    nouns: tuple[Frame, ...] = ()
    head: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)  # class of the table `grammar` -> value
    forms: frozenset[str] = frozenset()  # those in which it may be a verb
    cues: tuple[Cues, ...] = ()  # what has to stand with it where it describes an act, or what lasts
    reports: bool = False  # whether it says by its mood alone that others say so
    helps: bool = False  # whether it is a verb that helps others: to be, shall


NEVER = Word("")


@dataclass(slots=True)
class Token:
    """A word or mark of a sentence; a name of several words is one token."""

    start: int
    end: int
    text: str
    word: Word
    names: tuple[Name, ...] = ()  # those that it holds: two in Iran-Israel-Konflikt
    tail: Word = NEVER  # what the tables know of the last part of such a compound
    loose: bool = False  # whether the name only colours a word that the tables do not know
    speech: str = ""  # OPENS or CLOSES for a mark of quoted speech: what stands within has clauses of its own
    low: str = field(init=False)  # the token in small letters

    def __post_init__(self) -> None:
        """Keep the word in small letters at hand."""
        self.low = self.word.low

    @property
    def acts(self) -> tuple[Frame, ...]:
        """The acts that it may name as a noun, by itself or by the last part of a compound."""
        return (*self.word.nouns, *self.tail.nouns)

    def has(self, *classes: str) -> bool:
        """Whether the word belongs to one of the classes of the table `grammar`."""
        own = self.word.classes
        return bool(own) and not own.keys().isdisjoint(classes)


Span = tuple[int, int]  # a place in the text: where it starts, and where it ends
OFFICES = ("office", "body", "force")  # kinds of heads that belong to a state
PEOPLE = ("office", "force")  # kinds of heads that may belong to an armed group


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

    def _find_membership(self) -> list[Name]:  # Syrian rebels are not Syria, fighters of Hamas are Hamas
        owned = [(name, owner.kind) for owner in self.owners for name, _ in owner.actors]
        named = [*((name, "") for name in (*self.names, *self.adjectives)), *owned]
        # a group of Turkish soldiers acts for Turkey
        return [name for name, kind in named if kind in OFFICES or name.type in ("organisation", "group")]

    def _read_adjectives(self) -> list[Name]:
        if self.kind in PEOPLE:
            groups = [name for name in self.adjectives if name.type == "group"]
            if groups := groups or [name for p in self.owners for name, _ in p.actors if name.type == "group"]:
                return groups  # a Libyan leader of al-Shabaab is no Libyan side
        states = [name for name in self.adjectives if name.type == "state"]
        return states if states and self.kind == "office" else self.adjectives  # the Israeli UN envoy is Israel's

    @property
    def actors(self) -> Sides:
        """The names that the phrase and those joined to it stand for, with the phrase of each."""
        if not self.joined:
            return [(name, self) for name in self.own]
        return [(name, phrase) for phrase in (self, *self.joined) for name in phrase.own]


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
    """A verb as it stands in its clause: the lemma, its tokens, voice and what its helpers say of its truth."""

    lemma: str
    token: int
    voice: str  # active, passive, attr (participle before its noun)
    clause: Clause
    marks: frozenset[str]  # future, shall, want, modal, subj1, subj2, perfect, negator, and the like
    particle: int = -1
    form: str = ""  # fin, inf, part, attr, or `apposed` (what is said beside the clause: backed by …)


class Cue(NamedTuple):
    """A row of the table `speech`: its words in small letters; of a verb those that stand with it."""

    cue_id: str
    kind: str
    effect: str
    words: tuple[str, ...]


class Aside(NamedTuple):
    """A phrase that says according to whom: the places of its first and last token, of the source, and of the cue."""

    cue: Cue
    first: int
    last: int
    source: Span
    mark: Span


T = TypeVar("T")


class WordSearch:
    """Words of the tables to search a text for, in which * stands for any letters.

    Few texts hold one of its words in any form, which is seen fast by the cores: of each word the longest part without
    * and blanks. All is made when it is first needed: a text meets few of some thousand frames.
    """

    __slots__ = ("_cores", "_search", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._cores: Sequence[str] = ()
        self._search: Callable[[str], re.Match[str] | None] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """Return where a text holds one of the words; None if nowhere."""
        if not self.may_find(text.lower()):
            return None
        if self._search is None:
            words = (map(re.escape, word.split()) for word in self._words)
            any_of = "|".join(r"\s+".join(word).replace(r"\*", r"[\w-]*") for word in words)
            self._search = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE).search
        return self._search(text)

    @property
    def has_kinds(self) -> bool:
        """Whether it also asks for what is no word of the text: @person."""
        return any(word.startswith("@") for word in self._words)

    def may_find(self, low: str) -> bool:
        """Whether a text in small letters may hold one of the words; it does not if this is false."""
        if not self._cores:
            self._cores = [max(re.split(r"[*\s]+", word), key=len).lower() for word in self._words]
        return any(core in low for core in self._cores)

    def __eq__(self, other: object) -> bool:
        """Return whether the other finds the same."""
        return isinstance(other, WordSearch) and self._words == other._words

    def __hash__(self) -> int:
        """Return what equal ones share."""
        return hash(self._words)


def widen(words: list[str], sets: Iterable[Mapping[str, None]]) -> list[str]:
    """Return the words with those of every set of synonyms (troops, arms, sanctions …) that two of them belong to."""
    if len(words) < 2:
        return words
    return list(dict.fromkeys([*words, *(word for s in sets if len(s.keys() & words) > 1 for word in s)]))


def find_any(words: list[str]) -> WordSearch | None:
    """Return the pattern of any of some words; None if there are none."""
    return WordSearch(words) if words else None


def part_endings(forms: Mapping[str, T]) -> tuple[dict[str, T], dict[str, T]]:
    """Return the forms that may stand alone, and those that may end a compound."""
    ends = {form[1:]: value for form, value in forms.items() if form.startswith("*")}
    return ends | dict(forms), ends


def find_ending(low: str, ends: Mapping[str, T], none: T) -> T:
    """Return what the longest form says that ends a word."""
    for begin in range(1, len(low)) if ends else ():
        if (value := ends.get(low[begin:])) is not None:
            return value
    return none
