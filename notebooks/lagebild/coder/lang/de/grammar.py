"""The grammar of a German sentence: marks, capitals, articles and the place of the finite verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from lagebild.coder.lang.de.agreement import find_agreeing, is_plural
from lagebild.coder.lang.de.clauses import split_clauses
from lagebild.coder.lang.de.phrases import find_phrases
from lagebild.coder.lang.de.pieces import Stretch, find_stretches
from lagebild.coder.lang.de.predicates import find_predicates
from lagebild.coder.lang.de.verbs import read_marks, read_mood
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import OBJECT, Clause, Phrase, Predicate, find_bare, opens_with_verb
from lagebild.coder.tokens import Token

PLURAL = re.compile(r"^sind$|(?:en|eln|ern)$")  # how verbs of more than one subject end


class GermanGrammar:
    """What German makes of the tokens of one sentence; see `lagebild.coder.lang.Grammar`."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens, self.words = tokens, words

    def split_clauses(self) -> list[Clause]:
        """Return the clauses in the order in which they begin."""
        return split_clauses(self.tokens, self._stretches)

    def find_phrases(self, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
        """Return the noun phrases of a clause from left to right."""
        if clause.kind == "rel":
            clause.antecedent = find_agreeing(self.tokens, clause)
        found = find_phrases(self.tokens, clause, skip)
        return [p for p in found if not self._announces(clause, p, found[0])]

    def find_predicates(self, clause: Clause) -> list[Predicate]:
        """Return the verbs of a clause that a table knows."""
        return find_predicates(self.tokens, clause, self.words)

    def find_subject(self, clause: Clause, object_at: Callable[[Phrase], bool]) -> Phrase | None:
        """Return the first phrase that can be a nominative; what is done to it if another one follows the verb."""
        if clause.kind == "inf":
            return None
        bare = [p for p in find_bare(clause) if not (p.head is not None and p.head.has("time"))]
        sure = next((p for p in bare if p.pronoun not in ("", "rel") and p.case == "nom"), None)
        if sure is not None:
            return sure  # Den Hafen darf man nicht betreten
        if clause.kind == "main" and clause.finite >= 0:
            ends = {p.last + 1 for p in clause.phrases}  # zum Hintergrund der Gewalt: one phrase stands before the verb
            front = [p for p in bare if p.last < clause.finite and p.first not in ends]
            after = next((p for p in bare if p.first == clause.finite + 1 and p.pronoun == "he"), None)
            state = bool(front) and bool(front[0].names) and front[0].head is None  # Peru lehnte es ab, …
            object_it = state and after is not None and self.tokens[after.first].has("neuter")
            if (
                after is not None
                and front
                and not object_it
                and (front[0].case != "nom" or self._gives(clause, front[0]))
            ):
                return after  # 49 Soldaten hält es fest, ein Haus gibt es
            rest = [p for p in bare if p.first > clause.finite and p.case not in OBJECT]
            if front and rest and self.tokens[front[0].first].low == "es" and self._presents(clause):
                return rest[0]
            if front and front[0].case not in OBJECT:
                others = any((p.actors and p.kind != "object") or p.pronoun == "he" for p in rest)
                if not (others and not front[0].actors and object_at(front[0])):
                    return front[0]
            shares = clause.finite < min(clause.tokens, default=0)
            if clause.after and shares and rest and any(p.voice == "passive" for p in clause.predicates):
                return rest[0]  # wurden drei getötet und zwei Soldaten verletzt: a passive has no object
            if clause.after and (shares or opens_with_verb(self.tokens, clause)):
                return None
        else:
            rest = [p for p in bare if p.case not in OBJECT]
            several = clause.finite >= 0 and PLURAL.search(self.tokens[clause.finite].low)  # die ihr Schiff verkauften
            nominative = [p for p in rest if p.case == "nom" and (p.joined or not several)]
            if rest and rest[0].pronoun == "rel" and rest[0].case != "nom" and nominative:
                return nominative[0]
            named = next((p for p in rest[1:] if p.actors and p.kind != "object" and p.root is None), None)
            agrees = named is not None and (not several or named.joined or named.number == "die")
            told = agrees and rest[0].pronoun == "rel" and not rest[0].case
            if told and (object_at(rest[0]) or is_plural(self.tokens, clause) is (not several)):
                return named  # die Waffen, die Iran lieferte; not die Raketen, die Israel trafen
            if clause.kind == "rel" and clause.after:
                return nominative[0] if nominative else None  # die Häfen bauten und Waren verkauften
        return rest[0] if rest else None

    def read_marks(self, clause: Clause) -> frozenset[str]:
        """Return what the helpers and adverbs of a clause say of its truth."""
        return read_marks(self.tokens, clause)

    def verb_form(self, i: int) -> str:
        """Return nothing: a capital letter parts nouns from verbs."""
        return ""

    def _announces(self, clause: Clause, phrase: Phrase, front: Phrase) -> bool:
        """Whether es only says that a clause follows: Peru lehnt es ab, über Zölle zu reden."""
        before = clause.finite if clause.kind == "main" else front.last
        if self.tokens[phrase.first].low != "es" or phrase.first != before + 1 or front.prep:
            return False
        last = clause.tokens[-1] + 1
        named = front.actors or front.pronoun
        return bool(named) and last < len(self.tokens) and self.tokens[last].text == ","

    def _gives(self, clause: Clause, front: Phrase) -> bool:
        """Whether a clause says with es what there is, and by no article that it is a nominative: ein Haus gibt es."""
        verb, after = self.tokens[clause.finite].word.verbs, self.tokens[clause.finite + 1]
        return after.low == "es" and front.number != "der" and any(one.lemma == "geben" for one in verb)

    def _presents(self, clause: Clause) -> bool:
        """Whether the subject of a clause that begins with es may stand behind its verb: es herrscht Streit."""
        told = (one.lemma.replace("|", "") for one in clause.predicates if one.lemma != "sein")
        return any(self.words.has(lemma, "move", "there") for lemma in told)

    def find_mood(self, i: int) -> str:
        """Return the mood of a finite verb."""
        piece = self._piece_of.get(i)
        return read_mood(self.tokens, i, piece) if piece else ""

    @cached_property
    def _stretches(self) -> list[Stretch]:
        return [*find_stretches(self.tokens)]

    @cached_property
    def _piece_of(self) -> dict[int, Sequence[int]]:
        """The tokens between the marks around each."""
        return {i: piece for _, piece in self._stretches for i in piece}

    def is_adverb(self, i: int) -> bool:
        """Return false: the particle of a verb ends its clause."""
        return False
