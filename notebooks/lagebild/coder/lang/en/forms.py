"""The forms of English verbs and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lagebild.coder.lexicon import Analysis, split


def verb_forms(lemma: str, parts: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, Analysis]]:
    """Yield the forms of a verb."""
    lemma = lemma.split()[0]
    own = parts.get(lemma, {})
    consonant_y, hissing = re.search(r"[^aeiou]y$", lemma), re.search(r"(s|x|z|ch|sh)$", lemma)
    regular = lemma[:-1] + "ied" if consonant_y else lemma + ("d" if lemma.endswith("e") else "ed")
    third = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if hissing else "s")
    pasts = split(own.get("past", "")) or [regular]
    yield lemma, Analysis(lemma, "inf")
    yield lemma, Analysis(lemma, "pres")
    for form in split(own.get("present", "")) or [third]:
        yield form, Analysis(lemma, "pres")
    for form in pasts:
        yield form, Analysis(lemma, "past")
    for form in split(own.get("participle", "")) or pasts:
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
