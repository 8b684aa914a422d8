"""What a text has mentioned so far, for the pronouns and definite nouns of the next sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lagebild.coder.gazetteer import Name
from lagebild.coder.syntax import Clause, Phrase, Sides
from lagebild.coder.tokens import Token
from lagebild.core.offices import stands_for
from lagebild.core.reference import Reference

STATES = ("name", "seat", "body")  # kinds of names for which *it* can stand
STATE = 3  # letters of the code of a state
NAMELESS = ("unsure", "place", "adjective")  # kinds of names that do not make a topic


@dataclass(slots=True)
class Memory:
    """Who was named, and how, in the sentences read so far.

    `subject` are the last subject, `subject_state` the last one that is a state or its organ, `speaker` who spoke last,
    `pair` the two named together last, `dealing` the sides of the last act that had two. `topic` counts how often each
    code was named as an actor, `states` how often each state was, also as a place or by an adjective; `named` has the
    first name of each. `latest` are by their type those named in the last sentence that named one of it.
    """

    subject: Sides = field(default_factory=list)
    subject_state: Sides = field(default_factory=list)
    pair: Sides = field(default_factory=list)
    speaker: Sides = field(default_factory=list)
    dealing: tuple[Sides, Sides] = field(default_factory=lambda: ([], []))
    topic: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    named: dict[str, tuple[Name, Phrase]] = field(default_factory=dict)
    latest: dict[str, dict[str, tuple[Name, Phrase]]] = field(default_factory=dict)

    def note_names(self, reference: Reference, tokens: Iterable[Token], published: str) -> None:
        """Count who is named: the topic of the text is who is named most."""
        fresh: dict[str, dict[str, tuple[Name, Phrase]]] = {}
        for token in tokens:
            if token.names:
                self.note_places(reference, token.names, published)
            for name in token.names:
                if name.kind not in NAMELESS and not token.loose:
                    self.topic[stands_for(reference, name.actor_id, published)] += 1
                    fresh.setdefault(name.type, {})[name.actor_id] = name, Phrase(0, 0, names=[name])
        self.latest |= fresh

    def note_places(self, reference: Reference, names: Iterable[Name], published: str) -> None:
        """Count which states are named, in whatever way: in a dateline, too."""
        for name in names:
            code = stands_for(reference, name.actor_id, published)
            if code not in self.named:
                self.named[code] = name, Phrase(0, 0, names=[name])
            if len(code) == STATE and name.kind != "unsure":
                self.states[code] += 1

    def find_home(self, reference: Reference, before: Iterable[Name], published: str, others: Iterable[Name]) -> Sides:
        """Return the state that an office belongs to: the only one named `before` it, else the one named most.

        None of the `others`.
        """
        here = Memory(states=Counter(self.states), named=dict(self.named))
        own = Memory()
        own.note_places(reference, before, published)
        here.note_places(reference, before, published)
        for name in others:
            code = stands_for(reference, name.actor_id, published)
            del own.states[code], here.states[code]
        known = own.states if len(own.states) == 1 else here.states
        (first, times), (_, second) = (*known.most_common(2), ("", 0), ("", 0))[:2]
        return [here.named[first]] if times > second else []

    def note_clauses(self, clauses: Sequence[Clause], acted: bool) -> None:
        """Keep the last subject, and the last two that were named together, in a sentence that describes no act."""
        for clause in clauses:
            subject = clause.subject
            if clause.kind == "main" and subject is not None and not subject.pronoun:
                self.subject = subject.actors
                if any(name.kind in STATES for name, _ in subject.actors):
                    self.subject_state = subject.actors
        if acted:
            return
        for phrase in (phrase for clause in clauses for phrase in clause.phrases if phrase.root is None):
            if len(actors := phrase.actors) == 2:
                self.pair = actors
