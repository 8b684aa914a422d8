"""The tense of a clause as the time of what it tells: past, future, or neither."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import Clause, Token

PAST, FUTURE, OPEN = "past", "future", ""


def find_tense(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return past, future, or nothing for the present and where nothing shows."""
    marks = {mark for one in clause.predicates for mark in one.marks}
    forms = {one.form for one in clause.predicates}
    if clause.finite < 0:
        return _find_infinite(tokens, clause, words, marks, forms)
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
    done = any(tokens[i].has("worden") for i in clause.tokens)
    if helper.has("be") and (done or active):
        return PAST
    return FUTURE if any(one.lemma in words.scheduled for one in clause.predicates) else OPEN


def _find_infinite(
    tokens: Sequence[Token],
    clause: Clause,
    words: Lexicon,
    marks: Collection[str],
    forms: Collection[str],
) -> str:
    """Return the tense of a clause without a finite verb: that of what it hangs on, or what that makes of it."""
    above = clause.parent
    if clause.kind == "rel" and "part" in forms:
        return PAST  # weapons supplied on Monday
    if above is None:
        return OPEN
    if clause.kind == "inf":
        if "perfect" in marks:
            return PAST
        if not any(words.operators.get(one.lemma) == "transparent" for one in above.predicates):
            return FUTURE
    return find_tense(tokens, above, words)
