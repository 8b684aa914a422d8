"""From the verbs and nouns of a sentence to drafted events, and to statements of what is no act."""

from __future__ import annotations

from lagebild.coder.days import find_day
from lagebild.coder.drafts import Draft, Statement, to_codes
from lagebild.coder.duties import draft_duty
from lagebild.coder.factuality import assess
from lagebild.coder.nominal import draft_nouns
from lagebild.coder.pronouns import find_spoken
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Predicate
from lagebild.coder.verbal import draft_verb, find_evidence


def find_events(s: Sentence) -> list[Draft]:
    """Return the events that a sentence describes, and remember what the next one may refer to."""
    found: list[Draft] = []
    for clause in s.clauses:
        duty = draft_duty(s, clause)
        found += duty
        for predicate in clause.predicates if not duty else ():
            found += draft_verb(s, predicate)
    for clause in s.clauses:
        found += draft_nouns(s, clause, found)
    s.memory.note_clauses(s.parse.clauses, bool(s.sides))
    s.memory.speaker = find_spoken(s) or s.memory.speaker
    s.memory.note_names(s.reference, s.tokens, s.published)
    return found


def find_statements(s: Sentence) -> list[Statement]:
    """Return what a sentence says of what lasts or would follow; to be called after `find_events`."""
    found = []
    for clause in s.clauses:
        for predicate in clause.predicates:
            for rule, verbs, words, sign in s.words.effects if predicate.lemma in s.words.effect_verbs else ():
                if predicate.lemma in verbs and words is not None and words.search(s.text_of(clause)):
                    found.append(_state(s, predicate, rule, sign))
                    break
    return found


def _state(s: Sentence, predicate: Predicate, rule: str, sign: str) -> Statement:
    clause = predicate.clause
    status, speaker, _ = assess(s, clause, predicate)
    phrase = find_day(s, clause)
    day = phrase.edtf if phrase else ""
    actors = to_codes(s, [(name, p) for p in clause.phrases for name in (*p.names, *p.adjectives)], day)
    kind = "option" if status == "hypothetical" else "condition"
    return Statement(kind, sign, actors, day, status, speaker, *find_evidence(s, clause), rule)
