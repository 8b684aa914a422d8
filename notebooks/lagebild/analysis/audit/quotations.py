"""Quotations letter by letter, whatever their typography; and in what two of them differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from lagebild.core.characters import fold_typography

ALIKE = 0.5  # share of its words from which on a stretch of a text is another wording of a quotation
OMITTED = re.compile(r"\s*(?:\[[^\]]*\]|\(\s*(?:\.\.\.|…)\s*\)|…|\.\.\.)\s*")


@lru_cache(2**12)
def fold_quotation(text: str) -> str:
    """Return the words of a quotation without its typography: marks, dashes, white space, the dot at its end."""
    return normalize("NFC", fold_typography(text)[0].strip(" ,.;:!?-").casefold())


def split_quotation(text: str) -> list[str]:
    """Return the parts of a quotation between what it leaves out, folded."""
    return [part for part in map(fold_quotation, OMITTED.split(text)) if part]


def overlap(quotation: str, text: str) -> float:
    """Return how many of the words of a quotation stand in a text, 0 to 1."""
    words = fold_quotation(quotation).split()
    held = set(fold_quotation(text).split())
    return sum(word in held for word in words) / len(words) if words else 0.0


def find_nearest(quotation: str, text: str, quoted: Iterable[str]) -> str:
    """Return what comes nearest to a quotation: of what a text quotes, else of its words; empty if they share none."""
    best = max(quoted, key=lambda one: overlap(quotation, one), default="")
    if overlap(quotation, best):
        return best
    words, long = text.split(), len(quotation.split())
    parts = [" ".join(words[n : n + long]) for n in range(max(len(words) - long, 0) + 1)]
    best = max(parts, key=lambda one: overlap(quotation, one))
    return best if overlap(quotation, best) >= ALIKE else ""
