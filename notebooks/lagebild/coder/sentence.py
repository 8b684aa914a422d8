"""A sentence as acts are read in it: what was parsed of it, with what is attributed to somebody in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from lagebild.coder.lexicon import Grammar
from lagebild.coder.model import Clause, Frame, Phrase
from lagebild.coder.parse import Parse
from lagebild.coder.speech import Attribution

# The frames of the verbs that describe an act in the clauses read so far, by clause: what hangs on such a clause, or
# stands in it as a noun, is read in that light.
Fired = Mapping[Clause, Sequence[Frame]]
NONE_FIRED: Fired = {}


def deal_attributions(parses: Sequence[Parse], attributions: Iterable[Attribution]) -> list[list[Attribution]]:
    """Return for each sentence of a text the attributions that touch it, without those that are acts of their own."""
    starts = [parse.start for parse in parses]
    ends = [parse.end for parse in parses]
    dealt: list[list[Attribution]] = [[] for _ in parses]
    for attribution in attributions:
        if parses[0].cues.effects.get(attribution.rule.partition(":")[0]) == "act":
            continue
        touched: set[int] = set()
        for span in (attribution.source, attribution.cue, attribution.content):
            if span:
                touched.update(range(bisect_right(ends, span[0]), bisect_left(starts, span[1])))
        for n in sorted(touched):
            dealt[n].append(attribution)
    return dealt


class Sentence:
    """One sentence of an article.

    `clauses` is empty if no word of it can describe an act.
    """

    def __init__(self, parse: Parse, attributions: Sequence[Attribution], published: str) -> None:
        self.parse, self.attributions, self.published = parse, attributions, published
        self.reference, self.words, self.text, self.dates = parse.reference, parse.words, parse.text, parse.dates
        self.tokens = parse.tokens
        self.question = self.text[parse.start : parse.end].rstrip("”“\"'»« ").endswith("?")
        self._texts: dict[Clause, str] = {}
        acts = any(token.word.cues or token.tail.cues for token in self.tokens)
        self.clauses: Sequence[Clause] = parse.clauses if acts else ()

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

    def is_beside(self, clause: Clause) -> bool:
        """Whether a participle says what goes on beside the clause before it: denied it, accusing Norway."""
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
        for i in clause.tokens:
            if outlook := self.tokens[i].word.classes.get("outlook"):
                return outlook
        return ""
