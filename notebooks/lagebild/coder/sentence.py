"""A sentence between its tokens and the acts that it mentions: its clauses with their phrases, verbs and subjects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from lagebild.coder.lang import Grammar
from lagebild.coder.lexicon import Frame
from lagebild.coder.memory import Memory
from lagebild.coder.parse import Parse
from lagebild.coder.speech import Attribution
from lagebild.coder.syntax import Clause, Phrase, Sides


def deal(parses: Sequence[Parse], attributions: Iterable[Attribution]) -> list[list[Attribution]]:
    """Return for each sentence of a text the attributions that touch it, without those that are acts of their own."""
    starts, ends = [one.start for one in parses], [one.end for one in parses]
    dealt: list[list[Attribution]] = [[] for _ in parses]
    for one in attributions:
        if parses[0].cues.effects.get(one.rule.partition(":")[0]) == "act":
            continue
        touched: set[int] = set()
        for start, end in (span for span in (one.source, one.cue, one.content) if span):
            touched.update(range(bisect_right(ends, start), bisect_left(starts, end)))
        for n in sorted(touched):
            dealt[n].append(one)
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
        self.clauses: Sequence[Clause] = (
            parse.clauses if any(token.word.acts or token.tail.acts for token in self.tokens) else ()
        )

    @cached_property
    def ordinary(self) -> bool:
        """Whether it tells of an accident, or of a crime that is no matter of state."""
        return any(self.words.has(token.low, "crime") for token in self.tokens)

    @property
    def grammar(self) -> Grammar:
        """What its language makes of the sentence."""
        return self.parse.grammar

    def text_of(self, clause: Clause) -> str:
        """Return the words of a clause."""
        if clause not in self._texts:
            self._texts[clause] = " ".join([self.tokens[i].text for i in clause.tokens])
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

    def is_beside(self, clause: Clause) -> bool:
        """Whether a participle tells what goes on beside the clause before it: denied it, accusing Norway."""
        first = clause.tokens[0] if clause.tokens else 0
        return clause.kind == "ing" and not clause.opener and first > 0 and self.tokens[first - 1].text == ","

    def is_cause(self, clause: Clause) -> bool:
        """Whether the verb of a clause makes somebody act: prompted Spain to leave."""
        return any(self.words.has(one.lemma, "causative") for one in clause.predicates)

    def operator(self, clause: Clause) -> str:
        """Return what the verb of a clause does to the truth of an act that hangs on it."""
        for predicate in clause.predicates:
            if effect := self.words.operators.get(predicate.lemma):
                return effect
        classes = (self.tokens[i].word.classes for i in clause.tokens)
        return next((one["outlook"] for one in classes if "outlook" in one), "")
