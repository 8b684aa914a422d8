"""A made-up language: the verb stands behind who acts, its ending is its tense, and prepositions say the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lagebild.coder.lexicon import Language, Lexicon
from lagebild.coder.model import Analysis, Clause, Phrase, Predicate, Token
from lagebild.coder.syntax import find_bare

ENDINGS = {"an": "pres", "at": "past", "ut": "future"}


class ToyGrammar:
    """What the language makes of the tokens of one sentence; see `lagebild.coder.lang.Grammar`."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens, self.words = tokens, words

    def split_clauses(self) -> list[Clause]:
        """Return the main clause, and the one that a conjunction opens."""
        clauses = [Clause("main")]
        for i, token in enumerate(self.tokens):
            if token.has("complementizer", "whether"):
                clauses.append(Clause("sub", [], clauses[0], token.low))
            elif token.text[0].isalnum():
                clauses[-1].tokens.append(i)
        for clause in clauses:
            clause.finite = next((i for i in clause.tokens if self.tokens[i].word.verbs), -1)
        return [clause for clause in clauses if clause.tokens]

    def find_phrases(self, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
        """Return a phrase for each name and noun, with the preposition right before it."""
        found: list[Phrase] = []
        prep, joined = "", False
        for i in clause.tokens:
            token = self.tokens[i]
            if token.names or token.word.nouns or token.word.head:
                one = Phrase(i, i, prep, names=list(token.names), kind=token.word.head)
                one.head = None if token.names else token
                if joined and found:
                    one.root, one.prep = found[-1], found[-1].prep
                    found[-1].joined.append(one)
                if i not in skip:
                    found.append(one)
            prep = token.low if token.has("preposition") else ""
            joined = token.has("coordinator")
        return found

    def find_predicates(self, clause: Clause) -> list[Predicate]:
        """Return the verb of a clause."""
        if clause.finite < 0:
            return []
        reading = self.tokens[clause.finite].word.verbs[0]
        marks = self.read_marks(clause)
        return [Predicate(reading.lemma, clause.finite, "active", clause, marks, form=reading.form)]

    def find_subject(self, clause: Clause, object_at: Callable[[Phrase], bool]) -> Phrase | None:
        """Return the first phrase before the verb."""
        return next((p for p in find_bare(clause) if p.last < clause.finite), None)

    def read_marks(self, clause: Clause) -> frozenset[str]:
        """Return whether a clause is about the future, or says that something did not happen."""
        tokens = [self.tokens[i] for i in clause.tokens]
        future = any(one.form == "future" for token in tokens for one in token.word.verbs)
        negated = any(token.has("negator") for token in tokens)
        return frozenset([*(["future"] if future else []), *(["negator"] if negated else [])])

    def verb_form(self, i: int) -> str:
        """Return nothing: no noun is a verb too."""
        return ""

    def find_mood(self, i: int) -> str:
        """Return that a verb is in the indicative: there is no other mood."""
        return "ind" if self.tokens[i].word.verbs else ""

    def is_adverb(self, i: int) -> bool:
        """Return false: verbs have no particles."""
        return False


def verb_forms(lemma: str, parts: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, Analysis]]:
    """Yield the forms of a verb, which are all regular."""
    return [(lemma + ending, Analysis(lemma, form)) for ending, form in ENDINGS.items()]


def name_forms(name: str, kind: str) -> Iterable[tuple[str, bool]]:
    """Yield the only form of a name."""
    return [(name, False)]


LANGUAGE = Language(
    code="qaa",
    grammar=ToyGrammar,
    verb_forms=verb_forms,
    name_forms=name_forms,
    agents=(),
    given="al",
    whether="cu",
    fixed_order=True,
    capital_nouns=False,
    reports=lambda _: False,
)
