"""The grammar of an English sentence: its verbs are decided once, and everything else rests on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagebild.coder.lang.en.clauses import split_clauses
from lagebild.coder.lang.en.parts import is_adverb
from lagebild.coder.lang.en.phrases import find_phrases
from lagebild.coder.lang.en.predicates import find_predicates, read_group
from lagebild.coder.lang.en.reading import read
from lagebild.coder.lang.en.tagger import FINITE
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import Clause, Phrase, Predicate, find_bare
from lagebild.coder.tokens import BREAK, Token

APPOSED = {",": (",",), "(": (")",), "–": ("–",), "—": ("—",)}  # marks around an apposition


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
        """Return the last phrase without preposition before the verb, or the one that an apposition describes."""
        if clause.kind in ("inf", "ing"):
            return self._find_for(clause)
        verb = clause.finite if clause.finite >= 0 else (clause.tokens[0] if clause.tokens else 0)
        bare = find_bare(clause)
        before = [p for p in bare if p.last < verb]
        if not before:
            inverted = self._precedes_subject(clause, verb)
            return next((p for p in bare if inverted and p.first == verb + 1), None)
        if len(before) > 1 and self._is_excluded(before[-1]):
            before.pop()
        while len(before) > 1 and self._is_apposition(before[-1], before[-2]):
            later = before.pop()
            if later.actors and not before[-1].actors:
                return later  # the president, Vladimir Putin, said
        return before[-1]

    def _find_for(self, clause: Clause) -> Phrase | None:
        """Return the phrase with for that does what an infinitive says: a treaty for both states to work together."""
        if clause.kind != "inf" or clause.parent is None or not clause.tokens:
            return None
        return next((p for p in clause.parent.phrases if p.prep == "for" and p.last == clause.tokens[0] - 2), None)

    def _precedes_subject(self, clause: Clause, verb: int) -> bool:
        """Whether the verb of a clause stands right before its subject: in a question, or …, said X."""
        if self.reading.tags[verb] == "X" or self.reading.is_question(clause):
            return True
        token = self.tokens[verb]
        return verb > 0 and self.tokens[verb - 1].text in BREAK and token.has("says") and not token.has("told")

    def _is_apposition(self, phrase: Phrase, before: Phrase) -> bool:
        """Whether a phrase between marks says more of the one before it: Iran, a former ally, said."""
        opens, closes = self.tokens[phrase.first - 1].text, [t.text for t in self.tokens[phrase.last + 1 :]]
        return opens in APPOSED and any(mark in closes[:6] for mark in APPOSED[opens]) and not before.joined

    def _is_excluded(self, phrase: Phrase) -> bool:
        """Whether a phrase says who does not act: Chad, not Sudan, left."""
        return (
            phrase.first > 1
            and self.tokens[phrase.first - 1].has("negator")
            and self.tokens[phrase.first - 2].text == ","
        )

    def read_marks(self, clause: Clause) -> set[str]:
        """Return what the helpers at the end of a clause say of its truth."""
        return read_group(self.reading, clause, clause.tokens[-1] + 1, "")[0]

    def verb_form(self, i: int) -> str:
        """Return the form in which a word is a verb here: many English nouns are verbs too."""
        return self.reading.forms[i]

    def find_mood(self, i: int) -> str:
        """Return that a finite verb is in the indicative: English has no other mood for what others say."""
        return "ind" if self.reading.tags[i] in FINITE else ""

    def is_adverb(self, i: int) -> bool:
        """Whether a word may stand between a verb and its particle."""
        return is_adverb(self.tokens[i])
