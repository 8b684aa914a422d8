"""German verbs as they stand in a clause: their lemma with the particle that belongs to it, their voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.coder.lang.de.verbs import AGENTS, FINITE, HELPERS, before_noun, is_apposed, read_marks
from lagebild.coder.lexicon import Analysis, Lexicon, Word
from lagebild.coder.syntax import Clause, Predicate
from lagebild.coder.tokens import BREAK, Token


def find_predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    marks, found = read_marks(tokens, clause), []
    for i in clause.tokens:
        token = tokens[i]
        if not token.word.verbs or token.names or token.word.helps:
            continue
        if token.text[0].isupper() and (i != clause.tokens[0] or token.has("crowd")):
            continue  # Bewaffnete überfielen …
        if i == clause.finite:
            analysis, particle = _with_particle(tokens, clause, token)
            if analysis:
                found.append(Predicate(analysis.lemma, i, "active", clause, marks | {analysis.form}, particle, "fin"))
        elif (predicate := _read_other_verb(tokens, clause, i, marks, words)) is not None:
            found.append(predicate)
    known = (p for p in found if p.lemma in words.frames or p.lemma in words.operators)
    return found if any(known) else [*found, *_copula(tokens, clause, marks)]


def _read_other_verb(
    tokens: Sequence[Token], clause: Clause, i: int, marks: frozenset[str], words: Lexicon
) -> Predicate | None:
    """Return what a verb is that is not the finite one of its clause: a participle, an infinitive, or a second one."""
    forms = {one.form: one.lemma for one in reversed(tokens[i].word.verbs) if not one.particle}
    if "attr" in forms and before_noun(tokens, i, clause.tokens):
        return Predicate(forms["attr"], i, "attr", clause, marks, form="attr")
    if "part" in forms and ("inf" not in forms or _helpers(tokens, clause)):
        beside = is_apposed(tokens, i)
        voice = "passive" if beside else _voice(tokens, clause, words.word(forms["part"].replace("|", "")))
        form = "apposed" if beside else "part"
        return Predicate(forms["part"], i, voice, clause, marks | {"perfect"}, form=form)
    if "inf" in forms:
        return Predicate(forms["inf"], i, "active", clause, marks, form="inf")
    finite = next((form for form in FINITE if form in forms), "") if clause.finite >= 0 else ""
    return (
        Predicate(forms[finite], i, "active", clause, marks, form="fin") if finite and clause.kind != "main" else None
    )


def _copula(tokens: Sequence[Token], clause: Clause, marks: frozenset[str]) -> Iterator[Predicate]:
    """Yield the form of sein that is the only verb of a clause; a headline leaves it out: Scholz zu Besuch in Paris."""
    place = clause.finite if clause.finite >= 0 else clause.tokens[0]
    if tokens[place].has("be"):
        yield Predicate("sein", place, "active", clause, marks | tokens[place].word.forms, form="fin")
    elif clause.finite < 0 and clause.kind == "main":
        yield Predicate("sein", place, "active", clause, marks, form="fin")


def _helpers(tokens: Sequence[Token], clause: Clause) -> set[str]:
    """Return the kinds of helpers that a clause has."""
    found = {name for i in clause.tokens for name in tokens[i].word.classes}
    if clause.finite >= 0:
        found |= tokens[clause.finite].word.classes.keys()
    return found & {*HELPERS, "undergone"}


def _voice(tokens: Sequence[Token], clause: Clause, verb: Word) -> str:
    """Return the voice of a participle: wurde beschossen, ist beschossen; but wird beschossen haben, ist gereist."""
    helpers = _helpers(tokens, clause)
    if "undergone" in helpers:
        return "passive"
    if "have" in helpers:
        passive = clause.finite >= 0 and tokens[clause.finite].has("become")
    else:
        bare = clause.finite < 0 and clause.kind == "main"  # a headline: Minister von Demonstranten bedrängt
        low = {tokens[i].low for i in clause.tokens if not helpers}
        felt = "sich" in low and not low.isdisjoint(AGENTS)  # sieht sich von X bedroht
        passive = "become" in helpers or (("be" in helpers or bare or felt) and "move" not in verb.classes)
    return "passive" if passive else "active"


def _with_particle(tokens: Sequence[Token], clause: Clause, token: Token) -> tuple[Analysis | None, int]:
    """Return the reading of a finite verb whose particle, if it has one, ends the clause."""
    behind = [i for i in clause.tokens if i > clause.finite]
    finite = [one for one in token.word.verbs if one.form in FINITE]
    for analysis in sorted((one for one in finite if one.particle), key=lambda one: -len(one.particle)):
        for i in behind:
            if tokens[i].low == analysis.particle and _ends(tokens, i, behind[-1]):
                return analysis, i
    plain = next((one for one in finite if not one.particle), None)
    if plain is not None and behind and _is_prefix(tokens[behind[-1]]):
        # dringt … vor is not dringen
        return Analysis(f"{tokens[behind[-1]].low}|{plain.lemma}", plain.form), behind[-1]
    return plain, -1


def _is_prefix(end: Token) -> bool:
    """Whether the last word of a clause is the particle of a verb that no table knows with it."""
    return end.has("prefix") and not (end.has("outlook") or end.names or end.text[0].isupper())


def _ends(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether a token stands at the end of its clause, or before a mark or a conjunction."""
    after = tokens[i + 1] if i != last and i + 1 < len(tokens) else None
    return after is None or after.text in BREAK or after.text == "." or after.has("coordinator", "infinitive")
