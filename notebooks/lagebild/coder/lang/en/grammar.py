"""The grammar of an English sentence: its verbs are decided once, and everything else rests on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagebild.coder.lang.en.clauses import split_clauses
from lagebild.coder.lang.en.phrases import find_phrases
from lagebild.coder.lang.en.predicates import find_predicates, read_group
from lagebild.coder.lang.en.reading import is_adverb
from lagebild.coder.lang.en.verbs import read
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import Clause, Phrase, Predicate, Token, find_bare


class EnglishGrammar:
    """What English makes of the tokens of one sentence; see `lagebild.coder.lang.Grammar`."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.reading = read(tokens, words)

    def split_clauses(self) -> list[Clause]:
        """Return the clauses in the order in which they begin."""
        return split_clauses(self.reading)

    def find_phrases(self, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
        """Return the noun phrases of a clause from left to right."""
        return find_phrases(self.reading, clause, skip)

    def find_predicates(self, clause: Clause) -> list[Predicate]:
        """Return the verbs of a clause that a table knows."""
        return find_predicates(self.reading, clause)

    def find_subject(self, clause: Clause, object_at: Callable[[Phrase], bool]) -> Phrase | None:
        """Return the last phrase without preposition before the verb."""
        if clause.kind in ("inf", "ing"):
            return None
        verb = clause.finite if clause.finite >= 0 else (clause.tokens[0] if clause.tokens else 0)
        before = [p for p in find_bare(clause) if p.last < verb]
        aside = len(before) > 1 and not before[-1].actors and not before[-1].pronoun and before[-2].actors
        if aside and self.tokens[before[-1].first - 1].text == ",":
            return before[-2]  # the president, a former general, said
        return before[-1] if before else None

    def read_marks(self, clause: Clause) -> set[str]:
        """Return what the helpers at the end of a clause say of its truth."""
        return read_group(self.reading, clause, clause.tokens[-1] + 1, "")[0]

    def verb_form(self, i: int) -> str:
        """Return the form in which a word is a verb here: many English nouns are verbs too."""
        return self.reading.forms[i]

    def is_adverb(self, i: int) -> bool:
        """Whether a word may stand between a verb and its particle."""
        return is_adverb(self.tokens[i])
