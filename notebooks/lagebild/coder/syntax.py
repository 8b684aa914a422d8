"""Relations between clauses and phrases in any language, and the tense of a clause as the time of what it tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from lagebild.coder.lexicon import Lexicon
from lagebild.coder.model import Clause, Frame, Phrase, Predicate, Sides, Token

OBJECT = ("acc", "dat")  # cases that no subject has


def ancestors(clause: Clause | None) -> Iterator[Clause]:
    """Yield a clause, and those that it hangs on."""
    while clause is not None:
        yield clause
        clause = clause.parent


def ids_of(side: Sides) -> set[str]:
    """Return the ids of who stands on a side."""
    return {name.actor_id for name, _ in side}


def frames_of(words: Lexicon, clause: Clause, *voices: str) -> list[Frame]:
    """Return the frames of the verbs of a clause, of all or of those in some voices, whether they fit or not."""
    predicates = (p for p in clause.predicates if not voices or p.voice in voices)
    return [frame for p in predicates for frame in words.frames.get(p.lemma, ())]


def find_bare(clause: Clause) -> list[Phrase]:
    """Return the phrases of a clause without preposition or genitive that hang on no other."""
    hanging = {p for phrase in clause.phrases for p in (*phrase.joined, *phrase.owners)}
    return [p for p in clause.phrases if not p.prep and p.case != "gen" and p not in hanging]


def find_antecedent(clause: Clause) -> Phrase | None:
    """Return the phrase that a relative clause says more of: the last one before it."""
    if clause.kind != "rel" or clause.parent is None:
        return None
    first = clause.tokens[0] if clause.tokens else -1
    last = clause.antecedent if clause.antecedent >= 0 else first - 1
    before = [p for p in clause.parent.phrases if p.last <= last]
    return before[-1] if before else None


def find_shared(clauses: Sequence[Clause], predicate: Predicate, agents: Sequence[str]) -> list[Phrase]:
    """Return what is said only behind the next verb, and meant of both: condemned and rejected the proposal of Chad."""
    after = _find_joined(clauses, predicate)
    if after is None or not any(p.voice == predicate.voice and p.token == after.tokens[0] for p in after.predicates):
        return []
    if predicate.voice == "passive":  # was captured and killed by …
        return [phrase for phrase in after.phrases if phrase.prep in agents]
    bare = any(phrase.first == after.tokens[0] + 1 and not phrase.prep for phrase in after.phrases)
    return after.phrases if bare and predicate.voice == "active" else []


def _find_joined(clauses: Sequence[Clause], predicate: Predicate) -> Clause | None:
    """Return the clause of the verb that a conjunction joins to the one before it, if the subject is the same."""
    clause = predicate.clause
    if not clause.tokens or clause.tokens[-1] != predicate.token:
        return None
    after = next((c for c in clauses if c.after and c.tokens and c.tokens[0] == predicate.token + 2), None)
    return after if after is not None and after.subject is clause.subject else None


def opens_with_verb(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether a clause begins with its finite verb, or with a conjunction and it: …, und reiste ab."""
    return clause.finite == next((i for i in clause.tokens if not tokens[i].has("coordinator")), -1)


def stands_for_others(tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return `own` for sein Land, their government, `both` for beide Seiten, both countries; else nothing."""
    if phrase.head is None or phrase.actors:
        return "him" if _is_demonstrative(tokens, phrase) else ""
    if phrase.head.has("own") and tokens[phrase.first].has("possessive"):
        return "own"
    inside = range(phrase.first, phrase.last)  # both sides, the two sides; not two sides
    two = any(tokens[i].has("both") and (i > phrase.first or not tokens[i].has("number")) for i in inside)
    return "both" if two and phrase.head.has("parties") and not phrase.owners else ""


def _is_demonstrative(tokens: Sequence[Token], phrase: Phrase) -> bool:  # dieser
    token = tokens[phrase.first]
    alone = phrase.first == phrase.last and not phrase.own and not phrase.pronoun
    return alone and token.has("this") and token.has("pronoun")


# --- The tense of a clause ---

PAST, FUTURE, PRESENT, OPEN = "past", "future", "present", ""


def find_tense(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return past, future, present (which may tell what comes), or nothing where nothing shows."""
    while clause.finite < 0:
        tense = _find_infinite_tense(clause, words)
        if tense is not None or clause.parent is None:
            return tense or OPEN
        clause = clause.parent
    return (
        _find_modal_tense(tokens, clause)
        or _find_future(tokens, clause, words)
        or _find_finite_tense(tokens, clause, words)
    )


def _find_modal_tense(
    tokens: Sequence[Token], clause: Clause
) -> str:  # must have sold is past, must sell is yet to come
    marks = {mark for predicate in clause.predicates for mark in predicate.marks}
    modal = tokens[clause.finite].word.classes.get("modal")
    if modal is None and "modal" not in marks:
        return OPEN
    completed = "perfect" in marks and any(tokens[i].has("have", "be") for i in clause.tokens)
    return PAST if modal == "done" or (completed and _is_done(clause)) else FUTURE


def _find_future(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return the future, if a clause says that something is to come: will meet, würde liefern, is due on Monday."""
    helper = tokens[clause.finite]
    if any("future" in predicate.marks for predicate in clause.predicates):
        return FUTURE
    if helper.has("become") and "subj2" in _find_forms(tokens, clause):
        return FUTURE
    planned = any(p.lemma in words.scheduled and p.voice == "passive" for p in clause.predicates)
    if (planned and helper.has("be")) or any(tokens[i].has("outlook") for i in clause.tokens):
        return FUTURE  # was scheduled for Monday, is due on Monday
    return OPEN


def _find_finite_tense(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> str:
    """Return the tense that the finite verb shows, by its form and by what it helps: met, has met, meets."""
    helper, written = tokens[clause.finite], _find_forms(tokens, clause)
    if "past" in written and "pres" not in written:
        return PAST
    if helper.has("become"):
        return FUTURE  # wird am Freitag unterzeichnet
    if _is_perfect(tokens, clause):
        return PAST
    if any(predicate.lemma in words.scheduled for predicate in clause.predicates):
        return FUTURE
    lasting = helper.has("be") and all(predicate.form != "part" for predicate in clause.predicates)
    return PRESENT if lasting or "pres" in written else OPEN


def _is_perfect(tokens: Sequence[Token], clause: Clause) -> bool:  # has met, ist gereist, ist geliefert worden
    helper = tokens[clause.finite]
    if helper.has("have") and any(predicate.form == "part" for predicate in clause.predicates):
        return True
    return helper.has("be") and (_is_done(clause) or any(tokens[i].has("undergone") for i in clause.tokens))


def _is_done(clause: Clause) -> bool:  # ist gereist
    return any(predicate.form == "part" and predicate.voice == "active" for predicate in clause.predicates)


def _find_forms(tokens: Sequence[Token], clause: Clause) -> Collection[str]:
    """Return the forms that the finite verb may be: as its clause reads it, else as it is written."""
    own = next((predicate for predicate in clause.predicates if predicate.token == clause.finite), None)
    return tokens[clause.finite].word.forms if own is None else {own.form, *own.marks}


def lasts(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> bool:
    """Return whether a clause tells in the present what lasts: is a member, lives there, rather than what happens."""
    if clause.finite < 0 or find_tense(tokens, clause, words) in (PAST, FUTURE):
        return False
    helper = tokens[clause.finite]
    predicates = [predicate for predicate in clause.predicates if predicate.form != "attr"]
    if helper.has("be", "have") and not any(predicate.form in ("part", "inf", "ing") for predicate in predicates):
        return "past" not in helper.word.forms
    return bool(predicates) and all(words.has(predicate.lemma, "lasting") for predicate in predicates)


def _find_infinite_tense(clause: Clause, words: Lexicon) -> str | None:
    """Return the tense of a clause without a finite verb; None if that is the one of the clause that it hangs on."""
    if clause.kind == "rel" and any(predicate.form == "part" for predicate in clause.predicates):
        return PAST  # weapons supplied on Monday
    if clause.kind != "inf" or clause.parent is None:
        return None
    if any("perfect" in predicate.marks for predicate in clause.predicates):
        return PAST
    goes_on = any(words.operators.get(p.lemma) in ("transparent", "attempted") for p in clause.parent.predicates)
    return None if goes_on else FUTURE
