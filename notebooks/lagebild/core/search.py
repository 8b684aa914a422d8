"""How words are looked for in texts: all of them, whatever their case and accents.

A word fits the beginning of a word (``sanction`` finds *sanctions*), with an asterisk before it any part of one
(``*drohnen`` finds *Kampfdrohnen*); in quotation marks, words fit whole and in a row. `widgets/explore-words.js` does
the same in the browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

QUOTES = str.maketrans(dict.fromkeys("„“”‟«»＂", '"'))
TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
BETWEEN = re.compile(r"(?:[^\w\n]|_)+")  # between words; a line break stands between texts


@dataclass(frozen=True)
class Field:
    """Folded texts, each once, and what they stand in: `rows` are positions of events, `texts` those of their texts."""

    folded: list[str]
    rows: np.ndarray
    texts: np.ndarray


def fold(text: str) -> str:
    """Return text as small letters without accents and digits, words parted by one blank.

    To large letters and back is the one way to fold that Python and JavaScript share (``ß`` becomes ``ss``, and so
    does ``ẞ``, which is small before).
    """
    bare = unicodedata.normalize("NFKD", text)
    marks = {ord(sign): None for sign in set(bare) if unicodedata.category(sign).startswith("M")}
    small = (bare.translate(marks) if marks else bare).lower().upper().lower().replace("ς", "σ")
    return BETWEEN.sub(" ", small)


def fold_all(texts: Iterable[str]) -> list[str]:
    """Return texts folded, each between two blanks."""
    lines = [text.replace("\n", " ") for text in texts]  # of all at once it is twenty times as fast
    return [f" {line.strip(' ')} " for line in fold("\n".join(lines)).split("\n")] if lines else []


def read_terms(words: str) -> list[str]:
    """Return what a folded text must hold, all of it; nothing if no word has a letter or digit."""
    terms = []
    for phrase, word in TERM.findall(words.translate(QUOTES)):
        folded = fold((phrase or word).replace("\n", " ")).strip(" ")
        if folded:
            terms.append(f" {folded} " if phrase else folded if word.startswith("*") else f" {folded}")
    return terms


def find_rows(fields: Sequence[Field], words: str, n: int) -> np.ndarray:
    """Return for each of `n` events whether its texts hold all words, each in any of the fields."""
    stays = np.ones(n, dtype=bool)
    for term in read_terms(words):
        hit = np.zeros(n, dtype=bool)
        for field in fields:
            holds = np.fromiter((term in text for text in field.folded), dtype=bool, count=len(field.folded))
            hit[field.rows[holds[field.texts]]] = True
        stays &= hit
    return stays
