"""The tense of a clause as the time of what it tells: past, future, or neither."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
    return _find_modal(tokens, clause) or _find_ahead(tokens, clause, words) or _find_told(tokens, clause, words)


def _find_modal(tokens: Sequence[Token], clause: Clause) -> str:
    """Return the tense of a clause with a modal verb: must have sold is past, must sell is yet to come."""
    marks = {mark for one in clause.predicates for mark in one.marks}
    modal = tokens[clause.finite].word.classes.get("modal")
    if modal is None and "modal" not in marks:
        return OPEN
    completed = "perfect" in marks and any(tokens[i].has("have", "be") for i in clause.tokens)
    return PAST if modal == "done" or (completed and _is_done(clause)) else FUTURE


def _find_ahead(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return the future, if a clause says that something is to come: will meet, würde liefern, is due on Monday."""
    helper = tokens[clause.finite]
    if any("future" in one.marks for one in clause.predicates):
        return FUTURE
    if helper.has("become") and "subj2" in _find_forms(tokens, clause):
        return FUTURE
    planned = any(one.lemma in words.scheduled and one.voice == "passive" for one in clause.predicates)
    if (planned and helper.has("be")) or any(tokens[i].has("outlook") for i in clause.tokens):
        return FUTURE  # was scheduled for Monday, is due on Monday
    return OPEN


def _find_told(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return the tense that the finite verb shows, by its form and by what it helps: met, has met, meets."""
    helper, written = tokens[clause.finite], _find_forms(tokens, clause)
    if "past" in written and "pres" not in written:
        return PAST
    if helper.has("become"):
        return FUTURE  # wird am Freitag unterzeichnet
    if _is_perfect(tokens, clause):
        return PAST
    if any(one.lemma in words.scheduled for one in clause.predicates):
        return FUTURE
    lasting = helper.has("be") and all(one.form != "part" for one in clause.predicates)
    return PRESENT if lasting or "pres" in written else OPEN


def _is_perfect(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause tells what is done, by its helper and participle: has met, ist gereist, ist geliefert worden."""
    helper = tokens[clause.finite]
    if helper.has("have") and any(one.form == "part" for one in clause.predicates):
        return True
    return helper.has("be") and (_is_done(clause) or any(tokens[i].has("undergone") for i in clause.tokens))


def _is_done(clause: Clause) -> bool:
    """Whether a clause holds the participle of what its subject has done: ist gereist."""
    return any(one.form == "part" and one.voice == "active" for one in clause.predicates)


def _find_forms(tokens: Sequence[Token], clause: Clause) -> Collection[str]:
    """Return the forms that the finite verb may be: as its clause reads it, else as it is written."""
    own = next((one for one in clause.predicates if one.token == clause.finite), None)
    return tokens[clause.finite].word.forms if own is None else {own.form, *own.marks}


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
