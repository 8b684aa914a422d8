"""Raw text to clean paragraphs, one a line; and the language of a text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lagebild.core.characters import HIDDEN, UNWANTED

BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
BLANK = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# What a reader does not see, be it harmless or not.
UNSEEN = re.compile(f"[{UNWANTED}{HIDDEN}]")
LIGATURE = re.compile("[\ufb00-\ufb06]")

HYPHENS = "-\u2010"
HYPHENATED = re.compile(rf"(?<![^\W\d_])[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+")
SHARED = {"und", "oder", "sowie", "bis", "bzw", "beziehungsweise", "wie", "and", "or", "to"}  # Innen- und Außenminister
CLOSED = re.compile(r"[.!?:][\"'»«”“’)\]]*$")
PAGE_NUMBER = re.compile(r"(?i)\W*(?:(?:seite|page|s\.|p\.)\s*)?\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?\W*")

# Frequent words that are little used in the other language and its neighbours.
GERMAN = """der die das und den dem des ein eine einen einem einer eines ist sind nicht mit von für auf zu im sich auch
nach wird wurde wurden werden hat haben hatte dass aus bei über als sie es vom zum zur durch sei seien um wie noch
nur vor gegen sein seine ihre ihr kein keine unter zwischen"""
ENGLISH = """the of and to that with by from it he she his her has have had were be been are its not which this
these they their but after who would will could said than into about against between because"""
FREQUENT = {"de": frozenset(GERMAN.split()), "en": frozenset(ENGLISH.split())}
ENOUGH = 0.15  # share of frequent words; German and English news have about 0.35, their neighbours below 0.1


def clean(text: str) -> str:
    r"""Return a text in NFC, with \n as line break, plain blanks, and nothing in it that cannot be seen."""
    text = BREAK.sub("\n", text)
    text = re.sub("\u00ad[ \t]*\n[ \t]*", "", text)
    text = LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), UNSEEN.sub("", text))
    rows = BLANK.sub(" ", unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(row.strip() for row in rows)


def line(text: str) -> str:
    """Return a text as one clean line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> str:
    """Return plain text with one paragraph a line; lines that were wrapped by hand are joined."""
    text = clean(text).strip("\n")
    if _is_wrapped(text.split("\n")):
        blocks = [block.split("\n") for block in re.split(r"\n{2,}", text)]
        return "\n".join(_unwrap(blocks))
    return "\n".join(row for row in text.split("\n") if row)


def pdf_paragraphs(pages: Sequence[str]) -> str:
    """Return the text of PDF pages with one paragraph a line, without page numbers and running heads."""
    rows = [[row for row in clean(page).split("\n") if row] for page in pages]
    edges = Counter(mark for page in rows for mark in {_mask(page[i]) for i in _edges(page)})
    kept = []
    for page in rows:
        drop = {i for i in _edges(page) if edges[_mask(page[i])] > 1 or PAGE_NUMBER.fullmatch(page[i])}
        kept += [row for i, row in enumerate(page) if i not in drop]
    return "\n".join(_unwrap([kept] if kept else []))


def find_language(text: str) -> str:
    """Return ``de`` or ``en`` by the frequent words of a text; empty if it is clearly neither."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in frequent for word in words) for language, frequent in FREQUENT.items()}
    first, second = sorted(counts, key=lambda language: -counts[language])
    most = counts[first]
    enough = ENOUGH if counts[second] else 0.6 * ENOUGH  # a text of two sentences, all names, has few of them
    return first if most >= max(2, enough * len(words), 2 * counts[second]) else ""


def _edges(page: list[str]) -> set[int]:
    """Return which lines of a page may be a running head or foot: the first two and the last two."""
    return {i for i in range(len(page)) if i < 2 or i >= len(page) - 2}


def _mask(row: str) -> str:
    return re.sub(r"\d+", "#", row)


def _is_wrapped(rows: list[str]) -> bool:
    """Say whether a text was wrapped by hand: no long line, and most lines break off within a sentence."""
    inner = [row for row, after in pairwise(rows) if row and after]
    if len(inner) < 2 or max(map(len, rows)) > 100:
        return False
    return sum(len(row) >= 40 for row in inner) >= 0.6 * len(inner) and sum(
        not CLOSED.search(row) for row in inner
    ) >= 0.5 * len(inner)


def _unwrap(blocks: list[list[str]]) -> Iterator[str]:
    """Yield the paragraphs of wrapped lines.

    A new one begins where a line ends although the first word of the next one would have fitted into it.
    """
    lengths = sorted(len(row) for block in blocks for row in block)
    width = lengths[int(0.9 * len(lengths))] if lengths else 0
    compounds = {word.lower() for block in blocks for row in block for word in HYPHENATED.findall(row)}
    for block in blocks:
        held: list[str] = []
        for row, after in zip(block, [*block[1:], ""], strict=True):
            held.append(row)
            fits = row[-1] not in HYPHENS and len(row) + 1 + len(after.split(" ")[0]) <= 0.85 * width
            if not after or (fits and (CLOSED.search(row) or not after[0].islower())):
                yield _join(held, compounds)
                held = []


def _join(rows: list[str], compounds: set[str]) -> str:
    """Join the lines of a paragraph; a word that was divided becomes whole again."""
    parts = [rows[0]]
    for before, row in pairwise(rows):
        cut = re.search(rf"(?<![^\W_])([^\W_]+)[{HYPHENS}]$", before)
        follows = re.match(r"[^\W_]+", row)
        if not cut or not follows or follows[0] in SHARED:
            parts.append(" " + row)
            continue
        divided = follows[0][0].islower() and not cut[1][-1].isdigit()
        if divided and f"{cut[1]}-{follows[0]}".lower() not in compounds:
            parts[-1] = parts[-1][:-1]
        else:
            parts[-1] = parts[-1][:-1] + "-"
        parts.append(row)
    return "".join(parts)
