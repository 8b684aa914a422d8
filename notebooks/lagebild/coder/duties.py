"""What somebody says that others must do is a demand: Chad must leave, Niger's president said."""

from __future__ import annotations

from lagebild.coder.confidence import Mention
from lagebild.coder.drafts import Draft, draft_event
from lagebild.coder.factuality import Standing
from lagebild.coder.lexicon import Frame
from lagebild.coder.pronouns import find_speaker_at
from lagebild.coder.roles import Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, ids_of


def draft_duty(s: Sentence, clause: Clause) -> list[Draft]:
    """Return the demand that a clause with a modal verb of the table `frames` is; it says who is to act, not that."""
    subject, verb = clause.subject, clause.finite
    frames = _find_duties(s, verb) if verb >= 0 and s.tokens[verb].has("modal") else []
    if not frames or subject is None or not subject.actors or s.question:
        return []
    if subject.last > verb and s.words.language.fixed_order:
        return []
    if frames[0].blocked is not None and frames[0].blocked.search(s.text_of(clause)):
        return []  # müsse mit Angriffen rechnen
    if _is_done(s, clause):
        return []  # should have been warned
    asking = find_speaker_at(s, s.tokens[verb].start)
    own = ids_of(subject.actors)
    if not asking or own & ids_of(asking):
        return []
    s.fired.setdefault(clause, []).append(frames[0])
    roles = Roles(asking, subject.actors, {"source": "prep", "target": "subj"})
    at = Mention(clause, verb, "active")
    return draft_event(s, frames[0], roles, s.span_of(clause), Standing("asserted"), None, at)


def _is_done(s: Sentence, clause: Clause) -> bool:
    """Whether a clause tells what is over: should have left."""
    return "perfect" in s.grammar.read_marks(clause) | {mark for p in clause.predicates for mark in p.marks}


def _find_duties(s: Sentence, verb: int) -> list[Frame]:
    """Return the frames of a modal verb as it is written, or of one that it is a present or quoted form of: müsse."""
    token = s.tokens[verb]
    now = (one.lemma for one in token.word.verbs if one.form in ("pres", "subj1"))
    return [frame for lemma in (token.low, *now) for frame in s.words.frames.get(lemma, ())]
