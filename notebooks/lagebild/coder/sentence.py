"""A sentence between its tokens and the acts that it mentions: its clauses with their phrases, verbs and subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lagebild.coder.lang import Grammar
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.memory import Memory
from lagebild.coder.parse import Parse
from lagebild.coder.speech import Attribution
from lagebild.coder.syntax import Clause, Phrase, Sides, Span
from lagebild.core.reference import Reference


@dataclass(frozen=True)
class Article:
    """A text, and what is found in it before its sentences are read."""

    reference: Reference
    text: str
    published: str
    words: Lexicon
    attributions: Sequence[Attribution]

    @cached_property
    def reaches(self) -> list[Span]:
        """From where to where each attribution reaches."""
        spans = [[span for span in (one.source, one.cue, one.content) if span] for one in self.attributions]
        return [(min(a for a, _ in one), max(b for _, b in one)) for one in spans]


class Sentence:
    """One sentence of an article, with the memory of those before it.

    `clauses` is empty if no word of it can describe an act. `fired` are the frames that described one, by clause, and
    `sides` who acted on whom there.
    """

    def __init__(self, article: Article, parse: Parse, memory: Memory) -> None:
        start, end = parse.start, parse.end
        self.parse, self.reference, self.words = parse, article.reference, article.words
        self.text, self.published, self.memory = article.text, article.published, memory
        self.dates = parse.dates
        self.attributions = [
            one
            for (first, last), one in zip(article.reaches, article.attributions, strict=True)
            if first < end
            and last > start
            and _touches(one, start, end)
            and parse.cues.effects.get(one.rule.partition(":")[0], ("", ""))[1] != "act"
        ]
        self.tokens = parse.tokens
        self.question = self.text[start:end].rstrip("”“\"'»« ").endswith("?")
        self.fired: dict[Clause, list[str]] = {}
        self.sides: dict[Clause, tuple[Sides, Sides]] = {}
        self.clauses: Sequence[Clause] = (
            parse.clauses if any(token.word.acts or token.tail.acts for token in self.tokens) else ()
        )

    @property
    def grammar(self) -> Grammar:
        """What its language makes of the sentence."""
        return self.parse.grammar

    def text_of(self, clause: Clause) -> str:
        """Return the words of a clause."""
        return " ".join(self.tokens[i].text for i in clause.tokens)

    def subject_of(self, clause: Clause) -> str:
        """Return the subject of a clause as it is written; empty if it has none."""
        return self.parse.words_of(clause.subject) if clause.subject is not None else ""

    def span_of(self, clause: Clause) -> tuple[int, int]:
        """Return the place of a clause in the text."""
        return self.tokens[min(clause.tokens)].start, self.tokens[max(clause.tokens)].end

    def is_genitive(self, phrase: Phrase) -> bool:
        """Whether a phrase says whose something is: by its case, or by a preposition (of)."""
        return phrase.case == "gen" or self.words.has(phrase.prep, "genitive")

    def operator(self, clause: Clause) -> str:
        """Return what the verb of a clause does to the truth of an act that hangs on it."""
        for predicate in clause.predicates:
            if effect := self.words.operators.get(predicate.lemma):
                return effect
        classes = (self.tokens[i].word.classes for i in clause.tokens)
        return next((one["outlook"] for one in classes if "outlook" in one), "")


def _touches(one: Attribution, start: int, end: int) -> bool:
    return any(span and span[0] < end and span[1] > start for span in (one.source, one.cue, one.content))
