"""What the clauses of a sentence say of the things in them: who acts, what is done, when, and how it is put."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.analysis.audit.vocabulary import lemmatize
from lagebild.coder.parse import Parse
from lagebild.coder.sentence import Sentence
from lagebild.coder.syntax import Clause, upwards
from lagebild.coder.tense import FUTURE, PAST, PRESENT


def is_denied(s: Sentence, i: int) -> bool:
    """Whether a negation stands before a noun, and no verb between them: without agreement, no compromise."""
    for one in reversed(s.tokens[max(i - 3, 0) : i]):
        if one.has("without", "none", "negator"):
            return True
        if one.word.verbs or not one.text[0].isalpha():
            return False
    return False


def is_cue(s: Sentence, place: int) -> bool:
    """Whether what stands at a place is itself the verb that attributes: she denied, he called him."""
    return any(one.cue and one.cue[0] <= place < one.cue[1] for one in s.attributions)


def find_acting(s: Sentence, clause: Clause) -> set[int]:
    """Return the tokens of who acts in a clause: its subject, in the passive who is named by a preposition."""
    phrases = [clause.subject, *clause.subject.joined] if clause.subject is not None else []
    if is_passive(s, clause):
        phrases = [one for one in clause.phrases if one.prep in s.words.language.agents]
        phrases += [other for one in phrases for other in one.joined]
    return {i for one in phrases for i in range(one.first, one.last + 1)}


def is_passive(s: Sentence, clause: Clause) -> bool:
    """Whether a clause tells what is done to its subject; of a verb that no table knows its helper tells it."""
    if clause.predicates:
        return any(one.voice == "passive" for one in clause.predicates)
    if s.words.language.capital_nouns:
        return any(s.tokens[i].has("become") for i in clause.tokens)
    return any(
        s.tokens[i].has("be") and any(s.tokens[k].low.endswith(("ed", "en")) for k in clause.tokens if i < k <= i + 3)
        for i in clause.tokens
    )


def find_verbs(s: Sentence, clause: Clause) -> set[int]:
    """Return the tokens of a clause that tell what is done: verbs that tables know, and what stands in their place."""
    if not clause.tokens:
        return set()
    words = [i for i in clause.tokens if s.tokens[i].text[0].isalpha()]
    full = [one.token for one in clause.predicates if one.form != "attr"]  # else of enriched uranium what is done to it
    found = {*full} or {one.token for one in clause.predicates}
    found |= {clause.finite} if clause.finite >= 0 else set()
    if s.words.language.capital_nouns:
        end = words[-2:] if s.tokens[words[-1]].word.helps or s.tokens[words[-1]].has("undergone") else words[-1:]
        found |= {i for i in end if s.tokens[i].text.islower() and s.tokens[i].text.isalpha()}
    elif clause.finite >= 0:
        behind = [i for i in words if i > clause.finite and not s.tokens[i].has("adverb", "neutral", "negator")]
        helps = s.tokens[clause.finite].word.helps
        found |= {i for i in behind[:2] if s.tokens[i].word.helps or s.tokens[i - 1].word.helps} if helps else set()
    return found


def find_tense(one: Parse, clauses: Sequence[Clause], language: str) -> str:
    """Return when a sentence plays: past if one of its main clauses tells what happened; empty if it has no verb."""
    mains = [clause for clause in clauses if clause.kind == "main" and clause.finite >= 0]
    told = [clause for clause in mains if clause.subject is not None] or [one for one in clauses if one.finite >= 0]
    found = {_read_tense(one, clause, language) for clause in told}
    return next((tense for tense in (PAST, FUTURE, PRESENT) if tense in found), "")


def _read_tense(one: Parse, clause: Clause, language: str) -> str:
    """Return the tense of a clause; of a verb that no table knows by its form."""
    helper = one.tokens[clause.finite]
    known = one.tense(helper.start, helper.end)
    if helper.has("be", "become") and "past" in helper.word.forms and "pres" not in helper.word.forms:
        return PAST  # was held on Monday
    if known:
        return known
    words = [one.tokens[i].low for i in clause.tokens if one.tokens[i].text[0].isalpha() and i != clause.finite]
    if helper.has("have", "be", "become"):
        ends = ("t", "en") if language == "de" else ("ed", "en", "n", "t")
        last = words[-1:] if language == "de" else words
        done = any(word.endswith(ends) and lemmatize(word, language) != word for word in last)
        return PAST if done or "past" in helper.word.forms else PRESENT
    lemma = lemmatize(helper.low, language)
    if language == "de":
        regular = {f"{lemma.removesuffix('n').removesuffix('e')}{end}" for end in ("t", "et")}
        return PRESENT if helper.low == lemma or helper.low in regular else PAST
    return PRESENT if helper.low in (lemma, f"{lemma}s", f"{lemma}es") else PAST


def find_root(clauses: Sequence[Clause], n: int) -> int:
    """Return the number of the main clause on which a clause hangs; of the last one before it, if it hangs on none."""
    top = [*upwards(clauses[n])][-1]
    if top.kind == "main":
        return next(k for k, one in enumerate(clauses) if one is top)
    before = [k for k, one in enumerate(clauses[: n + 1]) if one.kind == "main"]
    after = [k for k, one in enumerate(clauses) if one.kind == "main"]
    return (before or after or [0])[-1 if before else 0]
