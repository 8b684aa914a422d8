"""A sentence as acts are read in it, and what its text has mentioned so far: whom pronouns and nouns may mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lagebild.coder.lexicon import Grammar
from lagebild.coder.model import Clause, Frame, Name, Phrase, Sides, Token
from lagebild.coder.parse import Parse
from lagebild.coder.speech import Attribution
from lagebild.core import Reference, stands_for

STATES = ("name", "seat", "body")  # kinds of names for which *it* can stand
STATE = 3  # letters of the code of a state
NAMELESS = ("unsure", "place", "adjective")  # kinds of names that do not make a topic


@dataclass(slots=True)
class Memory:
    """Who was named, and how, in the sentences so far; their clauses are read when somebody asks who that was."""

    _subject: Sides = field(default_factory=list)
    _subject_state: Sides = field(default_factory=list)
    _pair: Sides = field(default_factory=list)
    passed: list[tuple[Parse, bool]] = field(default_factory=list)  # sentences not yet asked about; whether one acted
    speaker: Sides = field(default_factory=list)  # who spoke last
    dealing: tuple[Sides, Sides] = field(default_factory=lambda: ([], []))  # sides of the last act that had two
    topic: Counter[str] = field(default_factory=Counter)  # how often each code was named as an actor
    states: Counter[str] = field(default_factory=Counter)  # … each state was, also as a place or by an adjective
    named: dict[str, tuple[Name, Phrase]] = field(default_factory=dict)  # the first name of each
    # By their type, those named in the last sentence that named one of it.
    latest: dict[str, dict[str, tuple[Name, Phrase]]] = field(default_factory=dict)

    @property
    def subject(self) -> Sides:
        """The last subject."""
        self._catch_up()
        return self._subject

    @property
    def subject_state(self) -> Sides:
        """The last subject that is a state or its organ."""
        self._catch_up()
        return self._subject_state

    @property
    def pair(self) -> Sides:
        """The two that were named together last."""
        self._catch_up()
        return self._pair

    @pair.setter
    def pair(self, sides: Sides) -> None:
        self.passed = [(parse, True) for parse, _ in self.passed]  # none of them tells of others any more
        self._pair = sides

    def _catch_up(self) -> None:
        for parse, acted in self.passed:
            self._note_clauses(parse.clauses, acted)
        self.passed.clear()

    def note_names(self, reference: Reference, tokens: Iterable[Token], published: str) -> None:
        """Count who is named: the topic of the text is who is named most."""
        fresh: dict[str, dict[str, tuple[Name, Phrase]]] = {}
        for token in tokens:
            if token.names:
                self.note_places(reference, token.names, published)
            for name in token.names:
                if name.kind not in NAMELESS and not token.loose:
                    self.topic[stands_for(reference, name.actor_id, published)] += 1
                    fresh.setdefault(name.type, {})[name.actor_id] = name, Phrase(0, 0, names=[name])
        self.latest |= fresh

    def note_places(self, reference: Reference, names: Iterable[Name], published: str) -> None:
        """Count which states are named, in whatever way: in a dateline, too."""
        for name in names:
            code = stands_for(reference, name.actor_id, published)
            if code not in self.named:
                self.named[code] = name, Phrase(0, 0, names=[name])
            if len(code) == STATE and name.kind != "unsure":
                self.states[code] += 1

    def find_home(self, reference: Reference, before: Iterable[Name], published: str, others: Iterable[Name]) -> Sides:
        """Return the state that an office belongs to: the only one named `before` it, else the one named most.

        None of the `others`.
        """
        here = Memory(states=Counter(self.states), named=dict(self.named))
        own = Memory()
        own.note_places(reference, before, published)
        here.note_places(reference, before, published)
        for name in others:
            code = stands_for(reference, name.actor_id, published)
            del own.states[code], here.states[code]
        known = own.states if len(own.states) == 1 else here.states
        (first, times), (_, second) = (*known.most_common(2), ("", 0), ("", 0))[:2]
        return [here.named[first]] if times > second else []

    def _note_clauses(self, clauses: Sequence[Clause], acted: bool) -> None:
        """Keep the last subject, and the last two that were named together, in a sentence that describes no act."""
        for clause in clauses:
            subject = clause.subject
            if clause.kind == "main" and subject is not None and not subject.pronoun:
                self._subject = subject.actors
                if any(name.kind in STATES for name, _ in subject.actors):
                    self._subject_state = subject.actors
        if acted:
            return
        for phrase in (phrase for clause in clauses for phrase in clause.phrases if phrase.root is None):
            if len(actors := phrase.actors) == 2:
                self._pair = actors

    def pass_over(self, parse: Parse, published: str) -> None:
        """Note a sentence from which nothing is drafted."""
        self.note_places(parse.reference, parse.dateline, published)
        if parse.names:
            self.note_names(parse.reference, parse.tokens, published)
        self.passed.append((parse, False))


def deal(parses: Sequence[Parse], attributions: Iterable[Attribution]) -> list[list[Attribution]]:
    """Return for each sentence of a text the attributions that touch it, without those that are acts of their own."""
    starts, ends = [parse.start for parse in parses], [parse.end for parse in parses]
    dealt: list[list[Attribution]] = [[] for _ in parses]
    for attribution in attributions:
        if parses[0].cues.effects.get(attribution.rule.partition(":")[0]) == "act":
            continue
        touched: set[int] = set()
        for start, end in (span for span in (attribution.source, attribution.cue, attribution.content) if span):
            touched.update(range(bisect_right(ends, start), bisect_left(starts, end)))
        for n in sorted(touched):
            dealt[n].append(attribution)
    return dealt


class Sentence:
    """One sentence of an article, with the memory of those before it.

    `clauses` is empty if no word of it can describe an act. `fired` are the frames that described one, by clause, and
    `sides` who acted on whom there.
    """

    def __init__(self, parse: Parse, attributions: Sequence[Attribution], published: str, memory: Memory) -> None:
        self.parse, self.attributions, self.published, self.memory = parse, attributions, published, memory
        self.reference, self.words, self.text, self.dates = parse.reference, parse.words, parse.text, parse.dates
        self.tokens = parse.tokens
        memory.note_places(parse.reference, parse.dateline, published)
        self.question = self.text[parse.start : parse.end].rstrip("”“\"'»« ").endswith("?")
        self.fired: dict[Clause, list[Frame]] = {}
        self.sides: dict[Clause, tuple[Sides, Sides]] = {}
        self._texts: dict[Clause, str] = {}
        acts = any(token.word.cues or token.tail.cues for token in self.tokens)
        self.clauses: Sequence[Clause] = parse.clauses if acts else ()

    @cached_property
    def ordinary(self) -> bool:
        """Whether it tells of an accident, or of a crime that is no matter of state."""
        return any(self.words.has(token.low, "crime") for token in self.tokens)

    @property
    def grammar(self) -> Grammar:
        """What its language makes of the sentence."""
        return self.parse.grammar

    def text_of(self, clause: Clause) -> str:
        """Return the words of a clause without its dates: March 30 is no march."""
        if clause not in self._texts:
            dated = self.parse.dated
            self._texts[clause] = " ".join([self.tokens[i].text for i in clause.tokens if i not in dated])
        return self._texts[clause]

    def subject_of(self, clause: Clause) -> str:
        """Return the subject of a clause as it is written; empty if it has none."""
        return self.parse.words_of(clause.subject) if clause.subject is not None else ""

    def span_of(self, clause: Clause) -> tuple[int, int]:
        """Return the place of a clause in the text."""
        return self.tokens[min(clause.tokens)].start, self.tokens[max(clause.tokens)].end

    def is_genitive(self, phrase: Phrase) -> bool:
        """Whether a phrase says whose something is: by its case, or by a preposition (of)."""
        return phrase.case == "gen" or self.words.has(phrase.prep, "genitive")

    def below(self, clause: Clause, *kinds: str) -> list[Clause]:
        """Return the clauses, of all or of some kinds, that hang on one."""
        return [c for c in self.clauses if c.parent is clause and (not kinds or c.kind in kinds)]

    def is_border(self, phrase: Phrase) -> bool:
        """Whether a phrase means a border: what lies there lies at a state, not in it."""
        return phrase.head is not None and self.words.has(phrase.head.low, "border")

    def is_beside(self, clause: Clause) -> bool:
        """Whether a participle tells what goes on beside the clause before it: denied it, accusing Norway."""
        first = clause.tokens[0] if clause.tokens else 0
        return clause.kind == "ing" and not clause.opener and first > 0 and self.tokens[first - 1].text == ","

    def is_cause(self, clause: Clause) -> bool:
        """Whether the verb of a clause makes somebody act: prompted Spain to leave."""
        return any(self.words.has(predicate.lemma, "causative") for predicate in clause.predicates)

    def operator(self, clause: Clause) -> str:
        """Return what the verb of a clause does to the truth of an act that hangs on it."""
        for predicate in clause.predicates:
            if effect := self.words.operators.get(predicate.lemma):
                return effect
        classes = (self.tokens[i].word.classes for i in clause.tokens)
        return next((known["outlook"] for known in classes if "outlook" in known), "")
