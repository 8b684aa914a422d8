"""The grammar of a German sentence: marks, capitals, articles and the place of the finite verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from lagebild.coder.lang.de.clauses import Stretch, find_stretches, split_clauses
from lagebild.coder.lang.de.phrases import find_agreeing, find_phrases, is_plural
from lagebild.coder.lang.de.verbs import find_predicates, read_marks, read_mood
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.model import Clause, Phrase, Predicate, Token
from lagebild.coder.syntax import OBJECT, find_bare, opens_with_verb

ObjectAt = Callable[[Phrase], bool]  # whether a phrase is what the verb of a clause is done to
PLURAL = re.compile(r"^sind$|(?:en|eln|ern)$")  # how verbs of more than one subject end


class GermanGrammar:
    """What German makes of the tokens of one sentence; see `lagebild.coder.lexicon.Grammar`."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens, self.words = tokens, words

    def split_clauses(self) -> list[Clause]:
        """Return the clauses in the order in which they begin."""
        return split_clauses(self.tokens, self._stretches)

    def find_phrases(self, clause: Clause, skip: frozenset[int]) -> list[Phrase]:
        """Return the noun phrases of a clause from left to right."""
        if clause.kind == "rel":
            clause.antecedent = find_agreeing(self.tokens, clause)
        phrases = find_phrases(self.tokens, clause, skip)
        return [p for p in phrases if not self._announces(clause, p, phrases[0])]

    def find_predicates(self, clause: Clause) -> list[Predicate]:
        """Return the verbs of a clause that a table knows."""
        return find_predicates(self.tokens, clause, self.words)

    def find_subject(self, clause: Clause, object_at: ObjectAt) -> Phrase | None:
        """Return the first phrase that can be a nominative; what is done to it if another one follows the verb."""
        if clause.kind == "inf":
            return None
        bare = [p for p in find_bare(clause) if not (p.head is not None and p.head.has("time"))]
        sure = next((p for p in bare if p.pronoun not in ("", "rel") and p.case == "nom"), None)
        if sure is not None:
            return sure  # Den Hafen darf man nicht betreten
        if clause.kind == "main" and clause.finite >= 0:
            return self._read_verb_second(clause, bare, object_at)
        return self._read_verb_final(clause, bare, object_at)

    def _read_verb_second(self, clause: Clause, bare: Sequence[Phrase], object_at: ObjectAt) -> Phrase | None:
        """Return the subject of a clause whose verb stands second: before the verb, or behind it."""
        front = self._find_forefield(clause, bare)
        rest = [phrase for phrase in bare if phrase.first > clause.finite and phrase.case not in OBJECT]
        if front is not None:
            after = next((p for p in bare if p.first == clause.finite + 1 and p.pronoun == "he"), None)
            if after is not None and self._leaves(clause, front, after):
                return after
            if rest and self._presents(clause, front):
                return rest[0]
            if front.case not in OBJECT and not self._yields(front, rest, object_at):
                return front
        if clause.after and self._lacks_subject(clause):
            return None
        return rest[0] if rest else None

    def _find_forefield(self, clause: Clause, bare: Sequence[Phrase]) -> Phrase | None:
        """Return the phrase before the verb that may be the subject; zum Hintergrund der Gewalt is one phrase."""
        ends = {p.last + 1 for p in clause.phrases}
        return next((p for p in bare if p.last < clause.finite and p.first not in ends), None)

    def _leaves(self, clause: Clause, front: Phrase, after: Phrase) -> bool:
        """Whether what stands before the verb leaves it to a pronoun behind it to be the subject."""
        state = bool(front.names) and front.head is None
        if state and self.tokens[after.first].has("neuter"):
            return False  # Peru lehnte es ab, …
        verbs, es = self.tokens[clause.finite].word.verbs, self.tokens[clause.finite + 1].low == "es"
        gives = es and front.number != "der" and any(analysis.lemma == "geben" for analysis in verbs)
        return front.case != "nom" or gives  # 49 Soldaten hält es fest, ein Haus gibt es

    def _yields(self, front: Phrase, rest: Sequence[Phrase], object_at: ObjectAt) -> bool:  # Waffen liefert Iran
        others = any(p.actors and p.kind != "object" for p in rest)
        return others and not front.actors and object_at(front)

    def _lacks_subject(self, clause: Clause) -> bool:
        """Whether a clause that is joined to another one has its subject there, for it has its verb there or first."""
        if clause.finite < min(clause.tokens, default=0):
            # wurden drei getötet und zwei Soldaten verletzt: a passive has no object
            return not any(p.voice == "passive" for p in clause.predicates)
        return opens_with_verb(self.tokens, clause)

    def _read_verb_final(self, clause: Clause, bare: Sequence[Phrase], object_at: ObjectAt) -> Phrase | None:
        rest = [phrase for phrase in bare if phrase.case not in OBJECT]
        # die ihr Schiff verkauften: the ship is no subject of several
        several = clause.finite >= 0 and bool(PLURAL.search(self.tokens[clause.finite].low))
        nominative = next((phrase for phrase in rest if phrase.case == "nom" and (phrase.joined or not several)), None)
        if rest and rest[0].pronoun == "rel":
            if rest[0].case != "nom" and nominative is not None:
                return nominative
            if (named := self._find_named(clause, rest, several, object_at)) is not None:
                return named
        if clause.kind == "rel" and clause.after:
            return nominative  # die Häfen bauten und Waren verkauften
        return rest[0] if rest else None

    def _find_named(self, clause: Clause, rest: Sequence[Phrase], several: bool, object_at: ObjectAt) -> Phrase | None:
        """Return the name to which a relative pronoun leaves it to be the subject: die Waffen, die Iran lieferte."""
        named = next((p for p in rest[1:] if p.actors and p.kind != "object" and p.root is None), None)
        if named is None or (several and not named.joined and named.number != "die"):
            return None
        left = object_at(rest[0]) or is_plural(self.tokens, clause) is (not several)
        return named if left else None  # not die Raketen, die Israel trafen

    def read_marks(self, clause: Clause) -> frozenset[str]:
        """Return what the helpers and adverbs of a clause say of its truth."""
        return read_marks(self.tokens, clause)

    def verb_form(self, i: int) -> str:
        """Return nothing: a capital letter parts nouns from verbs."""
        return ""

    def _announces(self, clause: Clause, phrase: Phrase, front: Phrase) -> bool:
        """Whether es only says that a clause follows: Peru lehnt es ab, über Zölle zu reden."""
        before = clause.finite if clause.kind == "main" else front.last
        if self.tokens[phrase.first].low != "es" or phrase.first != before + 1:
            return False
        last = clause.tokens[-1] + 1
        named = front.actors or front.pronoun
        return bool(named) and last < len(self.tokens) and self.tokens[last].text == ","

    def _presents(self, clause: Clause, front: Phrase) -> bool:  # es herrscht Streit
        if self.tokens[front.first].low != "es":
            return False
        lemmas = (predicate.lemma.replace("|", "") for predicate in clause.predicates if predicate.lemma != "sein")
        return any(self.words.has(lemma, "move", "there") for lemma in lemmas)

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
