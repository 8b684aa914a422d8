"""The words of speech: cues that attribute, phrases that say according to whom, and the marks of quotations."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lagebild.coder.lexicon import Lexicon, read_lexicon, split_cell
from lagebild.coder.model import Aside, Clause, Cue, Phrase, Predicate, Span, Token
from lagebild.coder.tokens import BREAK
from lagebild.core import Reference, derived

QUOTATION = re.compile(  # each begins with its mark: what holds none of them is passed over fast
    r"„(?:[^„“”\n]|\n\s*„){1,3000}[“”]|“(?:[^“”\n]|\n\s*“){1,3000}”|»[^»«\n]{1,1500}«|”[^“”\n]{1,1500}”|«[^»«\n]{1,1500}»|"
    r"\"(?<!\w\")(?!\s)[^\"\n]{1,1500}(?<!\s)\"(?!\w)|"
    r"‚[^‘\n]{1,1500}‘|‘(?<!\w‘)[^‘\n]{3,1500}?’(?!\w)"
)


@dataclass(frozen=True)
class Attribution:
    """One message with who says it.

    `kind` is ``direct``, ``indirect``, ``reported`` (by a preposition, an adverb or a modal verb, and acts that name
    what was said) or ``free`` (Konjunktiv carried over). `rule` is the row of the table that fired, or the sign
    (``colon``, ``quote``, ``konjunktiv``), and how it did; ``:act`` marks speech that is an event of its own, and
    ``:pronoun`` a source that is *er*, *sie*, *he*, whose `antecedent` is the one speaker of the sentence before.
    """

    source: Span | None
    cue: Span | None
    content: Span
    kind: str
    rule: str
    antecedent: Span | None = None


@dataclass(frozen=True)
class Cues:
    """The cues of one language."""

    verbs: Mapping[str, Sequence[Cue]]  # those of verbs by lemma, those of most words first
    others: Mapping[str, Sequence[Cue]]  # by their last word; those of the passive (said to) by their participle
    modals: Mapping[str, Cue]  # by what a modal verb says of truth: shall, want
    classes: Mapping[str, frozenset[str]]  # lemmas by what the table says of verbs beside that they attribute
    effects: Mapping[str, str]  # what each does by the id of the row
    # By a written word that may be part of a cue: the sets of words of which one must be there in full.
    written: Mapping[str, Sequence[frozenset[str]]]

    def find(self, predicate: Predicate, tokens: Sequence[Token]) -> Sequence[Cue]:
        """Return the cues of a verb; of one with an adverb for a particle (sagte X weiter) those of the bare verb."""
        lemma, particle = predicate.lemma, predicate.particle
        if lemma not in self.verbs and particle >= 0 and tokens[particle].has("adverb", "neutral"):
            lemma = lemma.rpartition("|")[2]
        return self.verbs.get(lemma, ())


@derived
def read_cues(reference: Reference, language: str) -> Cues:
    """Return the cues of a language, from the table `speech`."""
    words = read_lexicon(reference, language)
    verbs: dict[str, list[Cue]] = {}
    others: dict[str, list[Cue]] = {}
    modals, classes, effects = {}, {}, {}
    for row in reference.rows("speech", language):
        effects[row["cue_id"]] = row["effect"]
        if row["effect"] == "none":
            classes[row["kind"]] = frozenset(split_cell(row["words"]))
            continue
        for form in split_cell(row["words"]):
            low = tuple(form.lower().split())
            cue = Cue(row["cue_id"], row["kind"], row["effect"], low[1:] if row["kind"] == "verb" else low)
            if row["kind"] == "modal":
                modals[form] = cue
            elif row["kind"] == "verb":
                verbs.setdefault(form.split()[0].replace("/", "|"), []).append(cue)
            else:
                others.setdefault(low[0 if row["kind"] == "passive" else -1], []).append(cue)
    for cues in verbs.values():
        cues.sort(key=lambda cue: -len(cue.words))
    return Cues(verbs, others, modals, classes, effects, _read_forms(words, verbs, others, modals))


def _read_forms(
    words: Lexicon, verbs: Mapping[str, Sequence[Cue]], others: Mapping[str, Sequence[Cue]], modals: Collection[str]
) -> dict[str, list[frozenset[str]]]:
    """Return by which written words a cue is found, each with those that must be there too."""
    forms: dict[str, list[frozenset[str]]] = {}
    for form, analyses in words.verbs.items():
        for analysis in analyses:
            for cue in verbs.get(analysis.lemma, ()):
                particle = [analysis.particle] if analysis.particle else []
                forms.setdefault(form, []).append(frozenset((*cue.words, *particle)))
    for last, cues in others.items():
        words_of = (cue.words[:1] if cue.kind == "ascription" else cue.words for cue in cues)
        forms.setdefault(last, []).extend(map(frozenset, words_of))
    for word in words.listed("modal"):
        if words.word(word).classes["modal"] in modals:
            forms.setdefault(word, []).append(frozenset())
    return forms


def find_asides(tokens: Sequence[Token], clause: Clause, cues: Cues, cued: Sequence[int]) -> list[Aside]:
    """Return the phrases of a clause that say according to whom: laut X, nach Angaben von X, X zufolge, so X.

    `cued` are the places of words that may end a cue which is no verb.
    """
    asides = []
    for i in (i for i in clause.tokens if i in cued):
        for cue in (*cues.others.get(tokens[i].low, ()), *cues.others.get(tokens[i].tail.low, ())):
            first = i - len(cue.words) + 1
            whole = tuple(token.low for token in tokens[max(first, 0) : i + 1]) == cue.words
            read = ASIDES.get(cue.kind) if whole or cue.kind == "ascription" else None
            if read is not None and (aside := read(tokens, clause, first, i, cue)):
                asides.append(aside)
                break
    return asides


def _read_ascription(tokens: Sequence[Token], clause: Clause, _: int, i: int, cue: Cue) -> Aside | None:
    """Return the phrase of a noun of saying that a preposition ties to the clause: nach Angaben von X."""
    phrase = next((p for p in clause.phrases if p.first <= i <= p.last), None)
    if phrase is None:
        return None
    own = tokens[i].low != cue.words[-1]  # nach UN-Angaben: nothing else says whose they are
    before, last = phrase.first - 1, phrase.last if own else find_end(tokens, clause, phrase)
    before -= before > 0 and tokens[before].has("relative") and not tokens[before].has("determiner")  # nach deren …
    if before >= 0 and tokens[before].low == cue.words[0]:
        return Aside(cue, before, last, (before + 1, last), (before, before))
    if i + 1 < len(tokens) and tokens[i + 1].low == cue.words[0]:
        return Aside(cue, phrase.first, i + 1, (phrase.first, i), (i + 1, i + 1))
    return None


def _read_postposition(tokens: Sequence[Token], clause: Clause, first: int, i: int, cue: Cue) -> Aside | None:
    """Return the phrase before a cue, the tokens `first` to `i`: X zufolge."""
    ends = ((p.first, find_end(tokens, clause, p)) for p in clause.phrases if p.last < i)
    begin = next((begin for begin, end in ends if end == first - 1), i)
    if clause.kind == "main" and i < clause.finite and any(p.first == clause.tokens[0] for p in clause.phrases):
        begin = min(begin, clause.tokens[0])  # ersten Angaben vom Mittwoch zufolge war …
    return Aside(cue, begin, i, (begin, first - 1), (first, i)) if begin < i else None


def _read_preposition(tokens: Sequence[Token], clause: Clause, first: int, i: int, cue: Cue) -> Aside | None:
    """Return the phrase behind a cue, the tokens `first` to `i`: laut X; …, so X."""
    inserted = cue.kind == "insertion"
    phrase = next((p for p in clause.phrases if p.first == i + 1 and not p.pronoun), None)
    if phrase is None:
        named = i + 1 < len(tokens) and not tokens[i + 1].text.isalpha() and tokens[i + 1].text[0].isalpha()
        return Aside(cue, first, i + 1, (i + 1, i + 1), (first, i)) if named else None  # laut example.org
    last = find_end(tokens, clause, phrase, inserted)  # according to officials, Russia and Ukraine …
    if inserted and not (first and tokens[first - 1].text in BREAK and _is_closed(tokens, clause, last)):
        return None
    return Aside(cue, first, last, (i + 1, last), (first, i))


ASIDES = {  # how the phrase of each kind of cue is read that attributes with one
    "ascription": _read_ascription,
    "postposition": _read_postposition,
    **dict.fromkeys(("preposition", "insertion"), _read_preposition),
}


def _is_closed(tokens: Sequence[Token], clause: Clause, last: int) -> bool:  # not …, so X am Montag in Rom weiter
    rest = range(last + 1, next((k for k in range(last + 1, len(tokens)) if tokens[k].text in BREAK), len(tokens)))
    if any(tokens[k].word.verbs and tokens[k].text.islower() for k in rest):
        return False
    return not any(p.first in rest for p in clause.phrases if not p.prep)


def find_end(tokens: Sequence[Token], clause: Clause, phrase: Phrase, commas: bool = True) -> int:
    """Return the last token of a phrase with what hangs on it: genitives, places, members (past `commas` too)."""
    last = phrase.last
    for other in clause.phrases if not phrase.pronoun else ():
        if other.first <= last:
            continue
        between = tokens[last + 1 : other.first]
        first, named = tokens[other.first], bool(phrase.names or other.names)
        part = other.case == "gen" or other in phrase.owners or first.has("genitive")
        part = part or (named and first.text[0].isupper())
        if len(between) > 1 or not (_is_listed(tokens, other, between[0], commas) if between else part):
            break
        last = other.last
    return last


def _is_listed(tokens: Sequence[Token], other: Phrase, mark: Token, commas: bool) -> bool:  # a further member, a place
    if other.root is not None and (mark.has("coordinator") or (mark.text == "," and commas)):
        return True
    return (mark.has("inside") and not tokens[other.first].has("number")) or mark.text == "."  # Lt. Col. Smith
