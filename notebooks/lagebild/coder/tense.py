"""The tense of a clause as the time of what it tells: past, future, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import Clause
from lagebild.coder.tokens import Token

PAST, FUTURE, PRESENT, OPEN = "past", "future", "present", ""


def find_tense(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return past, future, present (which may tell what comes), or nothing where nothing shows."""
    while clause.finite < 0:
        found = _find_infinite(clause, words)
        if found is not None or clause.parent is None:
            return found or OPEN
        clause = clause.parent
    marks = {mark for one in clause.predicates for mark in one.marks}
    forms = {one.form for one in clause.predicates}
    helper = tokens[clause.finite]
    own = next((one for one in clause.predicates if one.token == clause.finite), None)
    written = helper.word.forms if own is None else {own.form, *own.marks}
    active = any(one.form == "part" and one.voice == "active" for one in clause.predicates)
    modal = helper.word.classes.get("modal")
    if modal is not None or "modal" in marks:
        completed = "perfect" in marks and any(tokens[i].has("have", "be") for i in clause.tokens) and active
        return PAST if modal == "done" or completed else FUTURE
    if "future" in marks or ("subj2" in written and helper.has("become")):
        return FUTURE
    planned = any(one.lemma in words.scheduled and one.voice == "passive" for one in clause.predicates)
    if (planned and helper.has("be")) or any(tokens[i].has("outlook") for i in clause.tokens):
        return FUTURE  # was scheduled for Monday, is due on Monday
    if "past" in written and "pres" not in written:
        return PAST
    if helper.has("become"):
        return FUTURE  # wird am Freitag unterzeichnet
    if helper.has("have") and "part" in forms:
        return PAST
    done = any(tokens[i].has("undergone") for i in clause.tokens)
    if helper.has("be") and (done or active):
        return PAST
    if any(one.lemma in words.scheduled for one in clause.predicates):
        return FUTURE
    here = (helper.has("be") and "part" not in forms) or "pres" in written
    return PRESENT if here else OPEN


def lasts(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> bool:
    """Return whether a clause tells in the present what lasts: is a member, lives there, rather than what happens."""
    if clause.finite < 0 or find_tense(tokens, clause, words) in (PAST, FUTURE):
        return False
    helper = tokens[clause.finite]
    told = [one for one in clause.predicates if one.form != "attr"]
    if helper.has("be", "have") and not any(one.form in ("part", "inf", "ing") for one in told):
        return "past" not in helper.word.forms
    return bool(told) and all(words.has(one.lemma, "lasting") for one in told)


def _find_infinite(clause: Clause, words: Lexicon) -> str | None:
    """Return the tense of a clause without a finite verb; None if that is the one of the clause that it hangs on."""
    if clause.kind == "rel" and any(one.form == "part" for one in clause.predicates):
        return PAST  # weapons supplied on Monday
    if clause.kind != "inf" or clause.parent is None:
        return None
    if any("perfect" in one.marks for one in clause.predicates):
        return PAST
    goes_on = any(words.operators.get(one.lemma) in ("transparent", "attempted") for one in clause.parent.predicates)
    return None if goes_on else FUTURE
