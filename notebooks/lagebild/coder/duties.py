"""What somebody says that others must do is a demand: Chad must leave, Niger's president said."""

from __future__ import annotations

from lagebild.coder.confidence import Mention
from lagebild.coder.drafts import Draft, draft_event
from lagebild.coder.factuality import Standing
from lagebild.coder.pronouns import find_speaker_at
from lagebild.coder.roles import Roles
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause


def draft_duty(s: Sentence, clause: Clause) -> list[Draft]:
    """Return the demand that a clause with a modal verb of the table `frames` is; it says who is to act, not that."""
    subject, verb = clause.subject, clause.finite
    frames = s.words.frames.get(s.tokens[verb].low, ()) if verb >= 0 and s.tokens[verb].has("modal") else ()
    if not frames or subject is None or not subject.actors or subject.last > verb or s.question:
        return []
    if "perfect" in s.grammar.read_marks(clause) | {mark for p in clause.predicates for mark in p.marks}:
        return []  # should have been warned
    asking = find_speaker_at(s, s.tokens[verb].start)
    own = {name.actor_id for name, _ in subject.actors}
    if not asking or own & {name.actor_id for name, _ in asking}:
        return []
    s.fired.setdefault(clause, []).append(frames[0])
    roles = Roles(asking, subject.actors, {"source": "prep", "target": "subj"})
    at = Mention(clause, verb, "active")
    return draft_event(s, frames[0], roles, s.span_of(clause), Standing("asserted"), None, at)
