"""German verbs: what is finite, which particle belongs to it, what its helpers say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.coder.lexicon import Analysis, Lexicon, Word
from lagebild.coder.syntax import BREAK, Clause, Predicate, Token

FINITE = ("pres", "past", "subj1", "subj2")
FINITES, NONFINITES = frozenset(FINITE), frozenset(("part", "inf"))
INDICATIVE, KONJUNKTIV = ("ind", "pres", "past"), ("subj1", "subj2")
KONJ_FORM = re.compile(
    r"(?:be|er|ver|ent|zer|über|unter|wider)[a-zäöüß]{2,}(?<!t)(?<!nd)(?<!en)(?<!er)(?<!weis)e|[a-zäöüß]+iere"
)
PAST = re.compile(r"[a-zäöüß]{2,}(?:t|te|ten)")
HELPERS = ("have", "be", "become")
AUXILIARIES = (*HELPERS, "modal")


def is_finite(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a token can be the finite verb of its stretch."""
    token = tokens[i]
    if token.names or (token.text[0].isupper() and i != piece[0]) or (i and tokens[i - 1].low == "zu"):
        return False
    if token.has("preposition", "determiner") and not token.has(*AUXILIARIES):
        return False  # zufolge, meine
    for name in AUXILIARIES:
        value = token.word.classes.get(name)
        if value:
            return not (name == "be" and value == "inf")
    forms = token.word.forms
    if token.text[0].isupper():  # what opens a sentence has its particle behind it: Angaben is no verb
        forms = frozenset(one.form for one in token.word.verbs if one.particle or "|" not in one.lemma)
    if token.text[0].isupper() and (
        token.low.endswith("en") or (forms <= {"subj1", "inf", "pres"} and token.low[-1] != "t")
    ):
        forms = forms - {"pres", "subj1"}  # Ende, Folgen, Bitte open a sentence as nouns
    if forms.isdisjoint(FINITES):
        return False
    return not ("attr" in forms and before_noun(tokens, i, piece))


def find_mood(word: Word) -> str:
    """Return subj1 or subj2 if a word is a verb in the Konjunktiv and cannot be an indicative; else nothing."""
    forms = {value for name in HELPERS if (value := word.classes.get(name))} or word.forms
    if not forms.isdisjoint(INDICATIVE):
        return ""
    return next((one for one in KONJUNKTIV if one in forms), "")


def is_reporting(word: Word) -> bool:
    """Whether a word can be a verb in the Konjunktiv I, which says that others say so."""
    if word.verbs or word.classes:
        return find_mood(word) == "subj1"
    return KONJ_FORM.fullmatch(word.low) is not None


def read_mood(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> str:
    """Return the mood of a token as the finite verb of its stretch: ind, subj1 or subj2; nothing if it is none.

    That of a word that the tables do not know is told by its ending.
    """
    token = tokens[i]
    colours = i < piece[-1] and tokens[i + 1].text[0].isupper()  # a noun follows
    if not token.word.verbs and not token.word.classes:
        unknown = "" if token.names else token.text
        if KONJ_FORM.fullmatch(unknown):
            return "" if colours else "subj1"
        return "ind" if PAST.fullmatch(unknown) else ""
    if not is_finite(tokens, i, piece):
        return ""
    mood = find_mood(token.word)
    if mood == "subj1" and colours and not token.has(*AUXILIARIES):
        opens = i == piece[0] or tokens[i - 1].has("determiner", "preposition", "fused", "coordinator")
        return "" if opens else mood  # weite Teile, für weite Teile
    return mood or "ind"


def before_noun(tokens: Sequence[Token], i: int, piece: Sequence[int]) -> bool:
    """Whether a participle stands before its noun: die verhängten Sanktionen, neu verhängte Sanktionen."""
    if i + 1 >= len(tokens) or i == piece[0]:
        return False
    after, before = tokens[i + 1], tokens[i - 1]
    noun = (after.text[0].isupper() and not after.names) or (bool(after.names) and after.names[0].kind == "adjective")
    if not noun:
        return False
    if before.has("determiner") or before.text.isdigit():
        return True
    others = [
        k
        for k in piece
        if k != i
        and not tokens[k].text[0].isupper()
        and (tokens[k].has(*AUXILIARIES) or not tokens[k].word.forms.isdisjoint(FINITES))
    ]
    return bool(others)


def nonfinite(token: Token) -> bool:
    """Whether a word can also be a participle or an infinitive."""
    if token.has("modal"):
        return False
    return not token.word.forms.isdisjoint(NONFINITES) or token.low in ("haben", "werden", "sein")


def find_predicates(tokens: Sequence[Token], clause: Clause, words: Lexicon) -> list[Predicate]:
    """Return the verbs of a clause that a table knows as acts or operators."""
    inside = clause.tokens
    helper = tokens[clause.finite] if clause.finite >= 0 else None
    auxiliary = helper is not None and helper.has(*AUXILIARIES)
    has_become = any(
        tokens[i].has("become", "worden") for i in [*inside, *([clause.finite] if clause.finite >= 0 else [])]
    )
    has_have = any(tokens[i].has("have") for i in [*inside, *([clause.finite] if clause.finite >= 0 else [])])
    has_be = any(tokens[i].has("be") for i in [*inside, *([clause.finite] if clause.finite >= 0 else [])])
    marks = read_marks(tokens, clause)
    found = []
    for i in inside:
        token = tokens[i]
        if (
            not token.word.verbs
            or token.names
            or (token.text[0].isupper() and i != inside[0])
            or token.has(*AUXILIARIES)
        ):
            continue
        if i == clause.finite and not auxiliary:
            analysis, particle = _with_particle(tokens, clause, token)
            if analysis:
                found.append(Predicate(analysis.lemma, i, "active", clause, marks | {analysis.form}, particle, "fin"))
            continue
        forms = {analysis.form: analysis for analysis in reversed(token.word.verbs) if not analysis.particle}
        if "attr" in forms and before_noun(tokens, i, inside):
            found.append(Predicate(forms["attr"].lemma, i, "attr", clause, marks, form="attr"))
        elif "part" in forms and (has_become or has_have or has_be or "inf" not in forms):
            plain = forms["part"].lemma.replace("|", "")
            moving = words.word(plain).classes.get("move") is not None
            passive = (
                ("worden" in [tokens[k].low for k in inside])
                or (has_become and not (has_have and not (helper is not None and helper.has("become"))))
                or (has_be and not has_have and not has_become and not moving)
            )
            perfect = marks | {"perfect"}
            found.append(
                Predicate(forms["part"].lemma, i, "passive" if passive else "active", clause, perfect, form="part")
            )
        elif "inf" in forms:
            found.append(Predicate(forms["inf"].lemma, i, "active", clause, marks, form="inf"))
        elif forms and clause.finite >= 0 and any(f in forms for f in FINITE) and clause.kind != "main":
            lemma = next(forms[f].lemma for f in FINITE if f in forms)
            found.append(Predicate(lemma, i, "active", clause, marks, form="fin"))
    return found


def _with_particle(tokens: Sequence[Token], clause: Clause, token: Token) -> tuple[Analysis | None, int]:
    """Return the reading of a finite verb whose particle, if it has one, ends the clause."""
    inside = clause.tokens
    for analysis in sorted(token.word.verbs, key=lambda one: -len(one.particle)):
        if not analysis.particle or analysis.form not in FINITE:
            continue
        for i in inside:
            if (
                i > clause.finite
                and tokens[i].low == analysis.particle
                and (
                    i == inside[-1]
                    or i + 1 >= len(tokens)
                    or tokens[i + 1].text in BREAK
                    or tokens[i + 1].text == "."
                    or tokens[i + 1].has("coordinator")
                )
            ):
                return analysis, i
    plain = next((r for r in token.word.verbs if not r.particle and r.form in FINITE), None)
    end = tokens[inside[-1]]
    if (
        plain is not None
        and inside[-1] > clause.finite
        and end.has("prefix")
        and not end.names
        and end.text[0].islower()
    ):
        return Analysis(f"{end.low}|{plain.lemma}", plain.form), inside[-1]  # dringt … vor is not dringen
    return plain, -1


def read_marks(tokens: Sequence[Token], clause: Clause) -> frozenset[str]:
    """Return what the helpers and adverbs of a clause say of its truth: future, shall, subj1, negator and the like."""
    marks = set()
    inside = clause.tokens
    helper = tokens[clause.finite] if clause.finite >= 0 else None
    if helper is not None:
        classes = helper.word.classes
        nonfinite = frozenset[str]().union(*(tokens[i].word.forms for i in inside if i != clause.finite))
        for name in AUXILIARIES:
            value = classes.get(name)
            if (
                name == "become"
                and value in ("ind", "subj1", "subj2")
                and "inf" in nonfinite
                and not (nonfinite & {"part"} and _ends_in_participle(tokens, clause))
            ):
                marks.add("future")
            if name == "modal" and value:
                marks.add(value)
        if "modal" not in classes and (mood := find_mood(helper.word)):
            marks.add(mood)
    if any(tokens[i].low in ("haben", "sein") for i in inside[-2:]) and helper is not None and helper.has("modal"):
        marks.add("perfect")
    for i in inside:
        for name in ("negator", "hearsay", "maybe"):
            if name in tokens[i].word.classes:
                marks.add(name)
    return frozenset(marks)


def _ends_in_participle(tokens: Sequence[Token], clause: Clause) -> bool:
    rest = [i for i in clause.tokens if tokens[i].word.verbs and i != clause.finite and not tokens[i].text[0].isupper()]
    return bool(rest) and "part" in tokens[rest[-1]].word.forms and "inf" not in tokens[rest[-1]].word.forms
