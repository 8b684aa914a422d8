"""The forms of English verbs, and a sentence with its parts of speech: which words are verbs, and which are finite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lagebild.coder.lang.en.tagger import FINITE, GENITIVES, skip_adverbs, tag
from lagebild.coder.lexicon import Lexicon, split_cell
from lagebild.coder.model import Analysis, Clause, Token
from lagebild.coder.tokens import BREAK


def verb_forms(lemma: str, parts: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, Analysis]]:
    """Yield the forms of a verb."""
    lemma = lemma.split()[0]
    own = parts.get(lemma, {})
    consonant_y, hissing = re.search(r"[^aeiou]y$", lemma), re.search(r"(s|x|z|ch|sh)$", lemma)
    regular = lemma[:-1] + "ied" if consonant_y else lemma + ("d" if lemma.endswith("e") else "ed")
    third = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if hissing else "s")
    pasts = split_cell(own.get("past", "")) or [regular]
    yield lemma, Analysis(lemma, "inf")
    yield lemma, Analysis(lemma, "pres")
    for form in split_cell(own.get("present", "")) or [third]:
        yield form, Analysis(lemma, "pres")
    for form in pasts:
        yield form, Analysis(lemma, "past")
    for form in split_cell(own.get("participle", "")) or pasts:
        yield form, Analysis(lemma, "part")
    for form in _ing_forms(lemma, pasts):
        yield form, Analysis(lemma, "ing")


def _ing_forms(lemma: str, pasts: Iterable[str]) -> Iterable[str]:
    """Yield the -ing forms; a consonant doubles as in the past (admitted), or in a short irregular verb (hitting)."""
    if lemma.endswith("ie"):
        yield lemma[:-2] + "ying"
    elif re.search(r"[^eoy]e$", lemma):
        yield lemma[:-1] + "ing"
    else:
        doubled = lemma + lemma[-1]
        short = not any(form.endswith("ed") for form in pasts) and re.search(r"[^aeiou][aeiou][bdgmnpt]$", lemma)
        if doubled + "ed" in pasts or short:
            yield doubled + "ing"
        if pasts != [doubled + "ed"]:
            yield lemma + "ing"


def name_forms(name: str, kind: str) -> Iterable[tuple[str, bool]]:
    """Yield the only form of a name: the genitive is a word of its own."""
    yield name, False


AUXILIARY = frozenset(("do", "does", "did"))
FORMS: dict[str, tuple[str, ...]] = {  # the forms that a word may have as a part of speech, the first that it has
    "F": ("past", "pres"),
    "X": ("past", "pres"),
    "H": ("past", "pres"),
    "I": ("inf",),
    "R": ("part",),
    "M": ("part",),
    "G": ("ing",),
    "Y": ("ing", "inf", "part"),
}


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """The words of a sentence as verbs."""

    tokens: Sequence[Token]
    words: Lexicon
    tags: Sequence[str]  # the parts of speech of `tagger`
    forms: Sequence[str]  # inf, pres, past, part, ing or attr (participle before its noun); empty for no full verb
    finite: Sequence[bool]  # which are finite verbs or auxiliaries

    @property
    def is_headline(self) -> bool:
        """Whether no mark ends it: in a headline the past is told in the present tense."""
        return self.tokens[-1].text[-1].isalnum()

    def find_finite(self, i: int) -> int:
        """Return the next finite verb before a mark or a conjunction that opens a clause."""
        for k in range(i, len(self.tokens)):
            if self.tokens[k].text in BREAK or (k > i and self.tags[k] == "O"):
                return -1
            if self.finite[k]:
                return k
        return -1

    def find_subject(self, i: int, first: int) -> int:
        """Return where the subject of the verb at `i` begins, at `first` or later; `i` if it has none there."""
        tags, begin = self.tags, i
        for k in range(i - 1, first - 1, -1):
            if tags[k] not in "NJDSMPA":
                break
            before = next((tags[j] for j in range(k - 1, -1, -1) if tags[j] != "A"), "B")
            if self._begins_phrase(k, before):
                begin = k
                counted = self.tokens[k].has("number") and tags[k - 2] == "D"  # the top three
                if tags[k] == "S" or (tags[k] == "D" and not counted):
                    break
        return begin

    def _begins_phrase(self, k: int, before: str) -> bool:  # an article, a pronoun, a name
        tag = self.tags[k]
        if tag not in "NJDSM" or before in "PDJMC" or self.tokens[k].low in GENITIVES:
            return False
        return tag in "DS" or bool(self.tokens[k].names) or before in "FXHEYIRG"

    def find_group_end(self, i: int) -> int:
        """Return the place after the verb group that begins at `i`: has never been."""
        k = i + 1
        while k < len(self.tokens) and self.tags[k] in "AXHEY":
            k += 1
        return k

    def is_question(self, clause: Clause) -> bool:
        """Whether a form of to be or to have opens a clause, before its subject."""
        first = clause.finite
        if first < 0 or clause.tokens[0] != first or self.tags[first] not in "HE":
            return False
        return not first or self.tags[first - 1] in "ABO"

    def has_helper(self, i: int) -> bool:
        """Whether a verb has an auxiliary before it, or is joined to one that has."""
        k = skip_adverbs(self.tokens, i - 1, -1)
        if k < 0:
            return False
        if self.tokens[k].has("be", "have") or self.tokens[k].low in ("been", "being", "got"):
            return True
        return self.tokens[k].has("coordinator") and self.forms[i] == "part"


def read(tokens: Sequence[Token], words: Lexicon) -> TaggedSentence:
    """Decide which words of a sentence are verbs, and in which form."""
    tags = tag(tokens, words)
    for i in range(2, len(tokens)):
        verb, _ = find_inserted(tokens, tags, i)
        if verb:
            tags[verb] = "F"
    forms = [_form(tokens, tags, i) if tag in FORMS else "" for i, tag in enumerate(tags)]
    finite, start = [], True
    for token, label in zip(tokens, tags, strict=True):
        finite.append(label in FINITE or (start and label == "I"))  # an order
        start = label == "B" and token.text != ","
    return TaggedSentence(tokens, words, tags, forms, finite)


def find_inserted(tokens: Sequence[Token], tags: Sequence[str], i: int) -> tuple[int, int]:
    """Return the verb and the end of a clause from `i` on that says who says it: The port, the mayor said, is shut.

    (0, 0) if none begins there: it stands between a subject and its verb, in commas, with a verb of saying.
    """
    if tokens[i - 1].text != ",":
        return 0, 0
    verb = next((k for k in range(i, len(tags)) if tags[k] not in "NJDSP"), i)
    if verb == i or not tokens[verb].has("says"):
        return 0, 0
    end = next((k for k in range(verb + 1, len(tags)) if tags[k] not in "NJDPA"), len(tags))
    after = skip_adverbs(tokens, end + 1)
    if after >= len(tags) or tokens[end].text != ",":
        return 0, 0
    return (verb, end) if tags[after] in FINITE else (0, 0)


def _form(tokens: Sequence[Token], tags: Sequence[str], i: int) -> str:
    """Return the form in which a word is a full verb; empty if it is none."""
    if tags[i] == "X":  # did business with Iran
        ahead = "".join(tags[i + 1 :]).partition("B")[0]
        if not tokens[i].low.startswith("d") or "I" in ahead or "Y" in ahead:
            return ""
    known = tokens[i].word.forms or (FORMS[tags[i]] if tags[i] in "GR" else ())  # of a verb that no table knows
    return next(("attr" if tags[i] == "M" else form for form in FORMS[tags[i]] if form in known), "")
