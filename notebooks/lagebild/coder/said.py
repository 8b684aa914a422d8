"""A verb of saying where it stands: who says it, and what the candidates for a message are."""

from __future__ import annotations

from typing import NamedTuple

from lagebild.coder.part import Saying
from lagebild.coder.passage import Passage
from lagebild.coder.syntax import OBJECT, Phrase, Span, find_antecedent, find_bare

MUTE = ("nature", "object")  # kinds of heads that say nothing


class Found(NamedTuple):
    """A candidate; of those that overlap, the one of the lowest rank is kept."""

    rank: int
    source: Span | None
    cue: Span | None
    start: int
    end: int
    rule: str


class Said:
    """A verb of saying where it stands: in part `n` of a passage."""

    def __init__(self, u: Passage, n: int, saying: Saying) -> None:
        self.u, self.n, self.saying, self.cue = u, n, saying, saying.cue
        self.part = u.parts[n]
        self.parse, self.clause = self.part.parse, self.part.clause
        self.tokens, self.words = self.parse.tokens, self.parse.words
        self.passive = saying.predicate.voice == "passive"
        who = self._find_source()
        self.source = self.part.span_of(who) if who is not None else self._find_circle()

    def found(self, rank: int, start: int, end: int, way: str, source: Span | None = None) -> Found:
        """Return a candidate."""
        span = self.part.chars(self.saying.tokens[0], self.saying.tokens[-1])
        return Found(rank, source or self.source, span, start, end, f"{self.cue.cue_id}:{way}")

    @property
    def last(self) -> int:
        """Where the verb ends in the text."""
        return self.tokens[self.saying.tokens[-1]].end

    @property
    def opens(self) -> bool:
        """Whether its clause begins with the finite verb."""
        return self.clause.finite == self.part.inside[0]

    def is_a(self, kind: str) -> bool:
        """Whether the table puts the verb into a kind, or has none of that kind."""
        known = self.parse.cues.classes.get(kind)
        return known is None or self.saying.predicate.lemma in known

    def _find_source(self) -> Phrase | None:
        """Return who says it: the subject, of the passive who acts, of hearsay where it is heard."""
        clause, subject = self.clause, self.clause.subject
        own = subject is not None and subject.first in self.saying.tokens  # war die Rede: no speaker
        if self.passive or own or self.cue.effect == "hearsay":
            return self._find_origin()
        first = self.tokens[self.part.inside[0]]
        if subject is None:  # as the ministry said
            return (
                next((p for p in clause.phrases if p.prep == first.low), None) if first.has("parenthetical") else None
            )
        if subject.pronoun == "rel" and clause.parent is not None:
            return find_antecedent(clause)
        neuter = self.tokens[subject.first].has("neuter") and not self.words.language.fixed_order  # hält es für …
        if neuter or self.u.in_quotes(self.tokens[subject.first].start):
            return self._find_beside(subject, neuter)
        return self._find_behind(subject) or subject

    def _find_beside(self, subject: Phrase, neuter: bool) -> Phrase | None:
        """Return who stands, unquoted, beside what need not be the subject; a neuter may be it after all."""
        bare = (p for p in find_bare(self.clause) if not self.u.in_quotes(self.tokens[p.first].start))
        return next((p for p in bare if p is not subject and p.case not in OBJECT), subject if neuter else None)

    def _find_behind(self, subject: Phrase) -> Phrase | None:
        """Return who stands behind the verb where what stands before it says nothing: Die Reise nannte X falsch."""
        fixed, verb = self.words.language.fixed_order, self.clause.finite
        act = subject.head is not None and bool(subject.head.word.nouns)
        mute = not subject.actors and (subject.kind in MUTE or (act and not subject.kind))
        if fixed or subject.first > verb or subject.case == "nom" or not mute:
            return None
        behind = (p for p in find_bare(self.clause) if p.first == verb + 1 and p.case not in OBJECT)
        return next((p for p in behind if p.actors or p.kind not in ("", *MUTE)), None)

    def _find_origin(self) -> Phrase | None:
        """Return who acts in the passive, or where something is heard or read."""
        limit = self.u.parts[self.n + 1].start if self.n + 1 < len(self.u.parts) else self.u.end
        near = [p for p in self.clause.phrases if p.prep and self.tokens[p.first].start < limit]
        near = [p for p in near if not (p.head is not None and p.head.has("time"))]
        agents = [p for p in near if self.passive and p.prep in self.words.language.agents]
        heard = [p for p in near if self.words.has(p.prep, "origin") and not (self.passive and p.names)]
        return next(iter(agents or heard), None)

    def _find_circle(self) -> Span | None:
        """Return who is named in an aside of the clause: hieß es aus Kreisen der Regierung."""
        asides = self.clause.asides if self.cue.effect == "hearsay" else ()
        return next((self.part.chars(*one.source) for one in asides), None)
