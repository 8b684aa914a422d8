"""A sentence between its tokens and the acts it tells: clauses, subjects, and what its pronouns stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from lagebild.coder.attribution import Attribution
from lagebild.coder.dates.tagger import DatePhrase
from lagebild.coder.gazetteer import Name
from lagebild.coder.lexicon import Lexicon, Pattern
from lagebild.coder.roles import Context
from lagebild.coder.syntax import Clause, Phrase, Predicate, Token, tokenize
from lagebild.core.offices import stands_for
from lagebild.core.reference import Reference, derived

Sides = list[tuple[Name, Phrase]]


@dataclass(slots=True)
class Memory:
    """What a text has told so far: for pronouns, definite nouns and the topic."""

    subject: list[tuple[Name, Phrase]] = field(default_factory=list)
    subject_state: list[tuple[Name, Phrase]] = field(default_factory=list)
    pair: list[tuple[Name, Phrase]] = field(default_factory=list)  # the sides of the last event that had two
    dealing: tuple[list[tuple[Name, Phrase]], list[tuple[Name, Phrase]]] = field(default_factory=lambda: ([], []))
    topic: Counter[str] = field(default_factory=Counter)  # how often each actor was named
    named: dict[str, tuple[Name, Phrase]] = field(default_factory=dict)


class Sentence:
    """One sentence, with the memory of those before it."""

    def __init__(
        self,
        reference: Reference,
        text: str,
        start: int,
        end: int,
        names: Sequence[Name],
        words: Lexicon,
        dates: Sequence[DatePhrase],
        attributions: Sequence[Attribution],
        published: str,
        memory: Memory,
    ) -> None:
        self.reference, self.text, self.words = reference, text, words
        self.published, self.memory = published, memory
        self.dates = [d for d in dates if d.start < end and d.end > start]
        self.attributions = [a for a in attributions if _touches(a, start, end) and _cue(reference, a.rule)[1] != "act"]
        self.tokens = tokenize(reference, text, start, end, names, words)
        self.question = text[start:end].rstrip("”“\"'»« ").endswith("?")

    def read(self) -> bool:
        """Cut the sentence into clauses with their phrases, verbs and subjects; False if it can tell no act."""
        tokens, words = self.tokens, self.words
        self.clauses: list[Clause] = []
        if not any(self._may_report(token) for token in tokens):
            self._remember_names()
            return False
        self.grammar = words.language.grammar(tokens, words)
        self.clauses += self.grammar.split_clauses()
        aside = [
            span
            for a in self.attributions
            if _cue(self.reference, a.rule)[0] not in ("verb", "noun")
            for span in (a.source, a.cue)
            if span
        ]
        skip = frozenset(
            i
            for i, token in enumerate(tokens)
            if any(
                d.start <= token.start and token.end <= d.end and (not token.names or "birthday" in d.rule)
                for d in self.dates
            )
            or any(start <= token.start and token.end <= end for start, end in aside)  # laut …, according to …
        )
        context = Context(
            words.language,
            tokens,
            {},
            lambda prep: words.word(prep).classes.get("topic") is not None,
            lambda prep: words.word(prep).classes.get("place") is not None,
            self._pronoun,
        )
        self.fired: dict[int, list[str]] = {}  # id of a clause -> frames
        self.acting: dict[int, tuple[list[tuple[Name, Phrase]], list[tuple[Name, Phrase]]]] = {}
        self.predicates: dict[int, list[Predicate]] = {}
        previous: Clause | None = None
        for clause in self.clauses:
            clause.phrases = self.grammar.find_phrases(clause, skip)
            self.predicates[id(clause)] = self.grammar.find_predicates(clause)
        spoken = [a.cue for a in self.attributions if a.cue]
        for number, clause in enumerate(self.clauses):
            verb = tokens[clause.finite].start if clause.finite >= 0 else -1
            if (
                clause.kind == "main"
                and clause.tokens
                and clause.tokens[0] == clause.finite
                and any(c.kind == "main" and c.finite >= 0 for c in self.clauses[:number])
                and not any(start <= verb < end for start, end in spoken)
            ):
                clause.after = True  # telefonierte mit X, verurteilte Y und bot an: one subject for all
            subject = self.grammar.find_subject(clause, partial(self._is_object, self._object_patterns(clause)))
            if subject is None and clause.after:  # shares the subject of the clause that it is joined to
                like = (
                    c for c in reversed(self.clauses[:number]) if (c.kind, c.parent) == (clause.kind, clause.parent)
                )
                joined = next(like, previous)
                subject = context.subjects.get(id(joined))
            above = clause.parent
            while (
                subject is None
                and above is not None
                and (clause.kind in ("inf", "ing") or clause.opener in ("whether", "ob"))
            ):
                subject, above = self._controller(clause, above, context), above.parent
            context.subjects[id(clause)] = subject
            previous = clause
        self.context = context
        return True

    def _controller(self, clause: Clause, above: Clause, context: Context) -> Phrase | None:
        """Return who is to act in an infinitive: the one asked (bat Trump, …), else the subject of the clause above."""
        asked = any(
            frame.event_type in ("REQUEST", "COERCE", "THREATEN")
            for p in self.predicates[id(above)]
            for frame in self.words.frames.get(p.lemma, ())
        )
        subject = context.subjects.get(id(above))
        if clause.kind == "inf" and (asked or above.kind == "inf"):
            others = [p for p in above.phrases if p.actors and p is not subject and p.root is None]
            if len(others) == 1:
                return others[0]
        return subject

    def _may_report(self, token: Token) -> bool:
        word = token.word
        words = self.words
        return bool(
            word.nouns
            or token.tail.nouns
            or any(r.lemma in words.frames or r.lemma in words.effect_verbs for r in word.verbs)
        )

    def _words(self, phrase: Phrase) -> str:
        return self.text[self.tokens[phrase.first].start : self.tokens[phrase.last].end]

    def _clause_text(self, clause: Clause) -> str:
        return " ".join(self.tokens[i].text for i in clause.tokens)

    def _object_patterns(self, clause: Clause) -> list[Pattern]:
        return [
            frame.object
            for predicate in self.predicates[id(clause)]
            for frame in self.words.frames.get(predicate.lemma, ())
            if frame.object is not None
        ]

    def _is_object(self, objects: Sequence[Pattern], phrase: Phrase) -> bool:
        return any(one.search(self._words(phrase)) for one in objects)

    def _operator(self, clause: Clause) -> str:
        """Return what the verb of a clause does to the truth of an act that hangs on it."""
        for predicate in self.predicates.get(id(clause), ()):
            effect = self.words.operators.get(predicate.lemma)
            if effect:
                return effect
        return next(
            (t.word.classes["outlook"] for t in map(self.tokens.__getitem__, clause.tokens) if t.has("outlook")), ""
        )

    def _subject_text(self, clause: Clause) -> str:
        subject = self.context.subjects.get(id(clause))
        return self._words(subject) if subject is not None else ""

    def _antecedent(self, clause: Clause) -> Phrase | None:
        parent = clause.parent
        if parent is None:
            return None
        before = [
            p for p in parent.phrases if p.last <= clause.antecedent or (clause.tokens and p.last < clause.tokens[0])
        ]
        return before[-1] if before else None

    def _pronoun(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        if phrase.pronoun == "rel":
            clause = next((c for c in self.clauses if any(p is phrase for p in c.phrases)), None)
            found = self._antecedent(clause) if clause is not None else None
            if found is None:
                return []
            if found.case == "gen" or found.prep == "of":
                return found.actors
            return found.actors or [pair for owner in found.owners for pair in owner.actors]
        if phrase.pronoun == "other" and self.tokens[phrase.first].has("us"):
            return self._speaker_names(phrase)  # „Wir werden antworten“, sagte …
        if phrase.pronoun == "both":
            return self.memory.pair
        if phrase.pronoun == "own":
            return self._speaker_names(phrase) or self._earlier(phrase) or self.memory.subject
        if phrase.pronoun == "him":
            return self._other(phrase)
        if phrase.pronoun == "he":
            low = self.tokens[phrase.first].low
            if low in ("es", "it"):
                return self._earlier(phrase) or self.memory.subject_state
            return self._earlier(phrase) or self.memory.subject
        return []

    def _other(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        """Return the last one named before who is not the subject: wies Putins Angebot zurück und forderte ihn auf."""
        clause = next((c for c in self.clauses if any(p is phrase for p in c.phrases)), None)
        subject = self.context.subjects.get(id(clause)) if clause is not None else None
        own = {name.actor_id for name, _ in subject.actors} if subject is not None else set()
        before = [p for c in self.clauses for p in c.phrases if p.last < phrase.first and p.actors and p.root is None]
        for p in sorted(before, key=lambda p: -p.last):
            found = [pair for pair in p.actors if pair[0].actor_id not in own]
            if found:
                return found
        return []

    def _speaker_names(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        """Return the names of who says what a phrase is part of."""
        place = self.tokens[phrase.first].start
        for one in self.attributions:
            if one.source and one.content and one.content[0] <= place < one.content[1]:
                for clause in self.clauses:
                    for p in clause.phrases:
                        actors: Sides = p.actors
                        if actors and one.source[0] <= self.tokens[p.first].start < one.source[1]:
                            return actors
        return []

    def _earlier(self, phrase: Phrase) -> list[tuple[Name, Phrase]]:
        """Return the subject of an earlier clause of this sentence."""
        best: list[tuple[Name, Phrase]] = []
        for clause in self.clauses:
            subject = self.context.subjects.get(id(clause))
            if subject is not None and subject.last < phrase.first and not subject.pronoun and subject.actors:
                best = subject.actors
        return best

    def _remember_names(self) -> None:
        """Count who is named: the topic of the text is who is named most."""
        for token in self.tokens:
            for name in token.names:
                if name.kind not in ("unsure", "place", "adjective") and not token.loose:
                    code = stands_for(self.reference, name.actor_id, self.published)
                    self.memory.topic[code] += 1
                    self.memory.named.setdefault(code, (name, Phrase(0, 0, names=[name])))

    def _remember(self) -> None:
        for clause in self.clauses:
            subject = self.context.subjects.get(id(clause))
            if clause.kind == "main" and subject is not None and subject.actors and not subject.pronoun:
                self.memory.subject = subject.actors
                if any(name.kind in ("name", "seat", "body") for name, _ in subject.actors):
                    self.memory.subject_state = subject.actors
        self._remember_names()
        pairs = [p for clause in self.clauses for p in clause.phrases if len(p.actors) == 2 and p.root is None]
        if pairs and not self.acting:
            self.memory.pair = pairs[-1].actors


@derived
def _cues(reference: Reference) -> dict[str, tuple[str, str]]:
    return {row["cue_id"]: (row["kind"], row["effect"]) for row in reference.rows("speech")}


def _cue(reference: Reference, rule: str) -> tuple[str, str]:
    """Return kind and effect of the cue by which an attribution was found; empty for one found by a sign."""
    return _cues(reference).get(rule.partition(":")[0], ("", ""))


def _touches(one: Attribution, start: int, end: int) -> bool:
    return any(span and span[0] < end and span[1] > start for span in (one.source, one.cue, one.content))
