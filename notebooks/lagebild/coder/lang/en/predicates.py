"""The verbs of an English clause, with their helpers."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.coder.lang.en.parts import is_adverb, skip_adverbs
from lagebild.coder.lang.en.reading import AUXILIARY, Reading
from lagebild.coder.lexicon import Analysis
from lagebild.coder.syntax import Clause, Predicate
from lagebild.coder.tokens import Token

TRUTH = ("negator", "hearsay", "maybe", "modal")  # classes of words that say how true a verb is


def find_predicates(r: Reading, clause: Clause) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    found = []
    for i in clause.tokens:
        form = r.forms[i]
        analysis = _reading(r.tokens[i], form) if form else None
        if analysis is None or (r.tags[i] == "H" and _helps(r, i)):
            continue
        marks, passive = read_group(r, clause, i, form)
        voice = "passive" if passive else "attr" if form == "attr" else "active"
        if form == "part" and not marks & {"perfect", "be", "been"}:
            voice = "passive"  # weapons supplied by Russia
        if form == "past" and r.is_headline and _lacks_helper(r, i, analysis.lemma):
            voice = "passive"  # Two Killed in Israeli Strike
        found.append(Predicate(analysis.lemma, i, voice, clause, frozenset(marks), form=form))
    return found or [*_copula(r, clause)]


def _copula(r: Reading, clause: Clause) -> Iterator[Predicate]:
    """Yield the form of to be that is the only verb of a clause; a headline leaves it out: Modi in Tokyo for talks."""
    place = clause.finite if clause.finite >= 0 else clause.tokens[0] if clause.tokens else -1
    bare = clause.finite < 0 and clause.kind == "main" and r.is_headline
    if place >= 0 and (bare or r.tokens[place].has("be")):
        form = next((one for one in ("past", "pres") if one in r.tokens[place].word.forms), "pres")
        marks, _ = read_group(r, clause, place, form)
        yield Predicate("be", place, "active", clause, frozenset(marks), form=form)


def _lacks_helper(r: Reading, i: int, lemma: str) -> bool:
    """Whether the past tense of a headline is a participle: no object follows, nor a preposition of the verb's own."""
    frames, after = r.words.frames.get(lemma, ()), r.tokens[i + 1].low if i + 1 < len(r.tokens) else ""
    own = any(frame.particles[:1] == (after,) or (after == "with" and after in frame.target) for frame in frames)
    takes = any(frame.target[:1] == ("obj",) for frame in frames if not frame.particles) and not own
    return takes and "part" in r.tokens[i].word.forms and (not after or (i > 0 and r.tags[i + 1] in "PTBO"))


def _helps(r: Reading, i: int) -> bool:
    """Whether a form of to have is a helper: has called the talks useful; not has talks."""
    k = skip_adverbs(r.tokens, i + 1)
    return k < len(r.tokens) and (r.forms[k] == "part" or r.tokens[k].low == "been")


def _reading(token: Token, form: str) -> Analysis | None:
    analyses = {analysis.form: analysis for analysis in token.word.verbs}
    wanted = ("part", "past") if form == "attr" else (form, "part", "pres")
    return next((analyses[one] for one in wanted if one in analyses), None)


def read_group(r: Reading, clause: Clause, i: int, form: str) -> tuple[set[str], bool]:
    """Return the marks of a verb group and whether it is passive."""
    marks: set[str] = set()
    k, shared = i - 1, False
    while k >= 0:
        mark = _find_mark(r, k, i, form)
        if mark is None:
            k = -1 if shared else _find_shared_group(r, clause, k, i, form)
            shared = True
        elif mark:
            marks.add(mark)
        k -= 1
    passive = form == "part" and not marks.isdisjoint(("be", "been"))
    if any(r.tokens[k].low == "neither" for k in clause.tokens if k < i):
        marks.add("negator")  # neither Norway nor Iceland paid
    if "be" in marks and form == "inf":
        marks.add("modal")  # is to meet, were to close
    if form == "inf" and i == clause.finite and r.tags[i - 1] == "T":
        marks.add("future")  # Chad to Send Troops
    return marks, passive


def _find_mark(r: Reading, k: int, i: int, form: str) -> str | None:
    """Return what a word says of the verb at `i` that stands behind it; None if it does not belong to it."""
    token, classes = r.tokens[k], r.tokens[k].word.classes
    if known := next((one for one in TRUTH if one in classes), ""):
        return known
    if token.has("be") or token.low == "been":
        return "been" if token.low == "been" else "be"
    if token.has("have") and not (form == "part" and r.tokens[k + 1].has("determiner")):
        return "perfect"
    if token.low == "yet" and k + 1 < i and r.tokens[k + 1].low == "to":
        return "negator"
    return "" if token.low in AUXILIARY or token.low == "to" or is_adverb(token) else None


def _find_shared_group(r: Reading, clause: Clause, k: int, i: int, form: str) -> int:
    """Return the place of the word at which a group goes on further up that is cut at `k`; -1 if nowhere."""
    if r.is_inverted(clause, i) or (clause.after and 0 <= clause.finite < k < clause.tokens[0]):
        return clause.finite + 1
    joined = r.tokens[k].has("coordinator") and form in ("inf", "part") and k + 1 in clause.tokens
    return _joined_to(r, clause, k, form) if joined else -1  # will send police and hold talks


def _joined_to(r: Reading, clause: Clause, k: int, form: str) -> int:
    """Return the place of the verb of the same form before a conjunction, else that of the conjunction."""
    return next((j for j in reversed(clause.tokens) if j < k and r.forms[j] == form), k)
