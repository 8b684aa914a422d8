"""The phrases that may fill the slots of a verb's frame: subject, object, genitive, adjective, preposition."""

from __future__ import annotations

from lagebild.coder.lexicon import Frame
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import OFFICES, Phrase, Predicate, find_shared

PLAIN = ("subj", "obj", "gen", "adj")  # slots that are no preposition
PLACES = ("seat", "place")  # kinds of names of cities


class Slots:
    """The phrases of the clause of a verb, by slot."""

    def __init__(self, s: Sentence, predicate: Predicate, frame: Frame) -> None:
        self.sentence, self.predicate, self.language = s, predicate, s.words.language
        self.subject = predicate.clause.subject
        self.acts = predicate.voice == "active" and "subj" in frame.source  # whether the subject is who acts
        self.phrases = [p for p in predicate.clause.phrases if predicate.voice == "attr" or not p.inner]
        if predicate.form == "apposed":
            self.phrases = [p for p in predicate.clause.phrases if p.first == predicate.token + 2 or p is self.subject]
        if self.language.fixed_order:
            self.phrases += find_shared(s.clauses, predicate, self.language.agents)
        hanging = {one for phrase in self.phrases for one in phrase.joined}
        compared = self._find_compared()
        self.roots = [p for p in self.phrases if p not in hanging and not (p.prep and p.first in compared)]
        self.others = [p for p in self.roots if p is not self.subject]

    def _find_compared(self) -> set[int]:
        """Return where those begin who are named for comparison, and have no part in it: in contrast to Poland."""
        heads = ((p.last + 2, p.head) for p in self.phrases if p.head is not None)
        return {first for first, head in heads if self.sentence.words.has(head.low, "contrast")}

    def find(self, slot: str) -> list[Phrase]:
        """Return the phrases that may fill a slot, the likeliest first."""
        if slot == "subj":
            return self._find_agents() if self.predicate.voice != "active" else self._present(self.subject)
        if slot == "obj" and self.predicate.voice != "attr":
            return self._find_objects()
        if self.predicate.voice == "attr":  # von der Türkei belieferte Rebellen: no other word belongs to it
            return [p for p in self.phrases if slot == "obj" and p.first <= self.predicate.token <= p.last]
        if slot == "gen":
            return self._find_genitives()
        if slot == "adj":
            among = self.roots if self.predicate.voice == "passive" else self.others
            return [p for p in among if p.adjectives and not p.prep and p not in self.find_own()]
        return self._find_behind(slot)

    def _find_genitives(self) -> list[Phrase]:
        """Return what says whose something is, then what it is said of."""
        whose, wishes = self.sentence.is_genitive, self.find_wishes()
        own = [*self.find_own(), *wishes]
        # wegen des Angriffs: that is no genitive of anything
        genitives = [p for p in self.phrases if whose(p) and not (p.case == "gen" and p.prep) and p not in own]
        return genitives + [p for p in self.others if p.owners and p not in wishes]

    def _find_behind(self, prep: str) -> list[Phrase]:
        """Return the phrases that a preposition ties to the verb."""
        words = self.sentence.words
        found = [p for p in self.roots if p.prep == prep and not self.hangs(p)]
        if words.has(prep, "location"):  # killed in Israeli air strikes: an act is no place
            found = [p for p in found if p.head is None or not (p.head.word.nouns or p.head.tail.nouns)]
        if words.has(prep, "direction"):  # to a place or a state, not to its people
            found = [p for p in found if not p.names or any(one.kind != "inhabitant" for one in p.names)]
        if self.language.fixed_order and not words.has(prep, "fronted"):
            found = [p for p in found if p.first > self.predicate.token]
        return found

    def _present(self, phrase: Phrase | None) -> list[Phrase]:
        return [phrase] if phrase is not None else []

    def _find_agents(self) -> list[Phrase]:
        """Return who acts in the passive, or by a participle before its noun: von der Türkei gelieferte Drohnen."""
        agents = [p for p in self.roots if p.prep in self.language.agents]
        if self.predicate.voice == "attr":
            return [p for p in agents if p.last < self.predicate.token]
        if self.language.fixed_order:  # the attack by X was condemned by Y
            return [p for p in agents if p.first > self.predicate.token and not self.hangs(p)]
        tokens = self.sentence.tokens
        follows = [(p, tokens[min(p.last + 1, len(tokens) - 1)].word.verbs) for p in agents]
        # von der Türkei gelieferte Drohnen wurden …: that von belongs to the participle
        return [p for p, verbs in follows if not any(one.form == "attr" for one in verbs) and not self.hangs(p)]

    def is_addressing(self, slot: str) -> bool:
        """Whether who stands in a slot is the other side, and nobody else: a preposition that names no place."""
        words = self.sentence.words
        vague = ("location", "genitive", "origin", "direction")
        return slot not in PLAIN and slot not in self.language.agents and not words.has(slot, *vague)

    def is_somebody(self, phrase: Phrase) -> bool:
        """Whether a phrase means people, though nobody whom the tables know, nor what hangs on it: a suspect."""
        crowd = phrase.head is not None and phrase.head.has("crowd")
        hanging = any(p.actors for p in self.phrases if phrase.last < p.first <= phrase.last + 3)
        return (crowd or phrase.kind in ("office", "body", "member")) and not hanging

    def is_done_by_strangers(self) -> bool:
        """Whether a passive says who acts, but nobody whom the tables know: von Unbekannten, von einem Arzt."""
        agents = self.find("subj")
        return any(p.head is not None and not p.actors and p.kind not in OFFICES for p in agents)

    def find_own(self) -> list[Phrase]:
        """Return the subject with the genitives that hang on it: der Bericht des Büros der OSZE."""
        head = self.subject.head if self.subject is not None else None
        own = self._present(self.subject) if self.acts and (head is None or not head.word.nouns) else []
        own += [p for p in own[0].owners if not p.prep or self.sentence.is_genitive(p)] if own else []
        for p in self.phrases:
            if own and p.first in (own[-1].last + 1, own[-1].last + 2) and self.sentence.is_genitive(p):
                own.append(p)
        return own

    def find_wishes(self) -> list[Phrase]:
        """Return the phrases that say whose wish an act follows: nach dem Vorschlag Omans."""
        led = [p for p in self.phrases if p.head is not None and self.sentence.words.has(p.prep, "topic")]
        asked = [p for p in led if p.head and any(one.event_type in ("AGREE", "REQUEST") for one in p.head.word.nouns)]
        return [one for p in asked for one in (p, *p.owners)]

    def hangs(self, phrase: Phrase) -> bool:
        """Whether what looks like an agent belongs to the noun before it: Läden von Chinesen, Täter von Paris."""
        before = next((p for p in self.phrases if p.head is not None and p.last == phrase.first - 2), None)
        if before is None or before.head is None or phrase.prep not in self.language.agents:
            return False
        if self.language.fixed_order:  # freed after its occupation by X
            return bool(before.head.word.nouns) and "sequence" in self.sentence.words.word(before.prep).classes
        seats = bool(phrase.names) and all(one.kind in PLACES for one in phrase.names) and not phrase.head
        return (before is self.subject and self._stands_first(phrase, before)) or seats

    def _stands_first(self, phrase: Phrase, before: Phrase) -> bool:
        """Whether a phrase stands before the verb of a main clause; of one without a verb, whether it owns another."""
        place = self.predicate.clause.finite
        first = phrase.last < place if place >= 0 else phrase in before.owners and not before.adjectives
        return self.predicate.clause.kind == "main" and first

    def _find_objects(self) -> list[Phrase]:
        if self.predicate.voice == "passive":  # dem Minister wird Bestechung vorgeworfen: the dative stays one
            return self._present(self.subject) + [p for p in self.others if not p.prep and p.case == "dat"]
        bare = [p for p in self.others if not p.prep and p.case != "gen"]
        if self.language.fixed_order:
            bare = [p for p in bare if p.first > self.predicate.token or p.pronoun == "rel"]
        return bare
