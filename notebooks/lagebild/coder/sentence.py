"""A sentence between its tokens and the acts that it mentions: its clauses with their phrases, verbs and subjects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lagebild.coder.attribution import Attribution
from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.lang import Grammar
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.memory import Memory
from lagebild.coder.parse import Parse
from lagebild.coder.syntax import Clause, Phrase, Span, Token
from lagebild.core.reference import Reference, derived

ASKING = ("REQUEST", "COERCE", "THREATEN")  # acts whose other side is to do what the infinitive says


@dataclass(frozen=True)
class Article:
    """A text, and what is found in it before its sentences are read."""

    reference: Reference
    text: str
    published: str
    words: Lexicon
    dates: Sequence[DatePhrase]
    attributions: Sequence[Attribution]

    @cached_property
    def reaches(self) -> list[Span]:
        """From where to where each attribution reaches."""
        spans = [[span for span in (one.source, one.cue, one.content) if span] for one in self.attributions]
        return [(min(a for a, _ in one), max(b for _, b in one)) for one in spans]


class Sentence:
    """One sentence of an article, with the memory of those before it.

    `clauses` is empty if no word of it can describe an act.
    """

    def __init__(self, article: Article, parse: Parse, memory: Memory) -> None:
        start, end = parse.start, parse.end
        self.parse, self.reference, self.words = parse, article.reference, article.words
        self.text, self.published, self.memory = article.text, article.published, memory
        self.dates = [d for d in article.dates if d.start < end and d.end > start]
        self.attributions = [
            one
            for (first, last), one in zip(article.reaches, article.attributions, strict=True)
            if first < end and last > start and _touches(one, start, end) and self._cue_of(one)[1] != "act"
        ]
        self.tokens = parse.tokens
        self.question = self.text[start:end].rstrip("”“\"'»« ").endswith("?")
        self.clauses: list[Clause] = []
        if any(map(self._can_describe, self.tokens)):
            self._read()

    @property
    def grammar(self) -> Grammar:
        """What its language makes of the sentence."""
        return self.parse.grammar

    def words_of(self, phrase: Phrase) -> str:
        """Return the words of a phrase as they are written."""
        return self.text[self.tokens[phrase.first].start : self.tokens[phrase.last].end]

    def text_of(self, clause: Clause) -> str:
        """Return the words of a clause."""
        return " ".join(self.tokens[i].text for i in clause.tokens)

    def subject_of(self, clause: Clause) -> str:
        """Return the subject of a clause as it is written; empty if it has none."""
        return self.words_of(clause.subject) if clause.subject is not None else ""

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

    def _cue_of(self, one: Attribution) -> tuple[str, str]:
        return find_cue(self.reference, self.words.language.code, one.rule)

    def _can_describe(self, token: Token) -> bool:
        words = self.words
        return bool(
            token.word.nouns
            or token.tail.nouns
            or any(one.lemma in words.frames or one.lemma in words.effect_verbs for one in token.word.verbs)
        )

    def _read(self) -> None:
        """Cut the sentence into clauses with their phrases, verbs and subjects."""
        self.clauses += self.grammar.split_clauses()
        skip = frozenset(self._find_asides())
        for clause in self.clauses:
            clause.phrases = self.grammar.find_phrases(clause, skip)
            clause.predicates = self.grammar.find_predicates(clause)
        spoken = [one.cue for one in self.attributions if one.cue]
        for number, clause in enumerate(self.clauses):
            before = self.clauses[:number]
            clause.after = clause.after or self._goes_on(clause, before, spoken)
            clause.subject = self._find_subject(clause, before)

    def _find_asides(self) -> Iterator[int]:
        """Yield the places of tokens that belong to a date, or to an attribution without verb: laut …, according to."""
        aside = [
            span
            for one in self.attributions
            if self._cue_of(one)[0] not in ("verb", "noun")
            for span in (one.source, one.cue)
            if span
        ]
        if not aside and not self.dates:
            return
        for i, token in enumerate(self.tokens):
            dated = any(
                d.start <= token.start and token.end <= d.end and (not token.names or "birthday" in d.rule)
                for d in self.dates
            )
            if dated or any(start <= token.start and token.end <= end for start, end in aside):
                yield i

    def _goes_on(self, clause: Clause, before: Sequence[Clause], spoken: Sequence[Span]) -> bool:
        """Whether a clause shares its subject: telefonierte mit X, verurteilte Y und bot an: one subject for all."""
        verb = self.tokens[clause.finite].start if clause.finite >= 0 else -1
        return (
            clause.kind == "main"
            and bool(clause.tokens)
            and clause.tokens[0] == clause.finite
            and any(one.kind == "main" and one.finite >= 0 for one in before)
            and not any(start <= verb < end for start, end in spoken)
        )

    def _find_subject(self, clause: Clause, before: Sequence[Clause]) -> Phrase | None:
        """Return the subject of a clause: its own, that of the clause it is joined to, or of the one it hangs on."""
        objects = [
            frame.object
            for predicate in clause.predicates
            for frame in self.words.frames.get(predicate.lemma, ())
            if frame.object is not None
        ]
        subject = self.grammar.find_subject(clause, lambda p: any(one.search(self.words_of(p)) for one in objects))
        if subject is None and clause.after:
            like = (c for c in reversed(before) if (c.kind, c.parent) == (clause.kind, clause.parent))
            joined = next(like, before[-1] if before else None)
            subject = joined.subject if joined is not None else None
        above = clause.parent
        dependent = clause.kind in ("inf", "ing") or self.words.has(clause.opener, "whether")
        while subject is None and above is not None and dependent:
            subject, above = self._controller(clause, above), above.parent
        return subject

    def _controller(self, clause: Clause, above: Clause) -> Phrase | None:
        """Return who is to act in an infinitive: the one asked (bat Trump, …), else the subject of the clause above."""
        frames = (frame for p in above.predicates for frame in self.words.frames.get(p.lemma, ()))
        asked = any(frame.event_type in ASKING for frame in frames)
        if clause.kind == "inf" and (asked or above.kind == "inf"):
            others = [p for p in above.phrases if p.actors and p is not above.subject and p.root is None]
            if len(others) == 1:
                return others[0]
        return above.subject


@derived
def _cues(reference: Reference, language: str) -> dict[str, tuple[str, str]]:
    return {row["cue_id"]: (row["kind"], row["effect"]) for row in reference.rows("speech", language)}


def find_cue(reference: Reference, language: str, rule: str) -> tuple[str, str]:
    """Return kind and effect of the cue by which an attribution was found; empty for one found by a sign."""
    return _cues(reference, language).get(rule.partition(":")[0], ("", ""))


def _touches(one: Attribution, start: int, end: int) -> bool:
    return any(span and span[0] < end and span[1] > start for span in (one.source, one.cue, one.content))
