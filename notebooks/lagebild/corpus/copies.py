"""Whose report an article is: that of the agency it names, or of the article that it copies.

Outlets that print one report of an agency are one voice, not many (independent publishers are counted by `reporter`).
Copies are found by shingles (Broder 1997, "On the resemblance and containment of documents"): runs of words that both
texts hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagebild.core.reference import Reference, derived

HEAD = 300  # characters of a text in which it says whose it is
SHINGLE = 5  # words
COPIED = 0.6  # share of the runs of the shorter text that the longer one holds
SHORTEST = 20  # runs that a text must have to be compared

WORD = re.compile(r"\w+")


@derived
def _agencies(reference: Reference) -> re.Pattern[str]:
    names = sorted((row["agency"] for row in reference.rows("agencies")), key=lambda one: (-len(one), one))
    one = "|".join(map(re.escape, names))
    return re.compile(rf"[(\[](?i:({one}))(?:[/,;] ?[\w.-]{{1,20}}| [a-z]{{2,4}} [\w.-]{{1,20}}){{0,3}}[)\]]\s*[–—.:-]")


def find_agency(reference: Reference, text: str) -> str:
    """Return the name of the agency whose short form stands in brackets in the dateline of a text; empty if none."""
    found = _agencies(reference).search(text, 0, HEAD)
    short = found[1].casefold() if found is not None else ""
    return next((row["name"] for row in reference.rows("agencies") if row["agency"].casefold() == short), "")


def find_copied(texts: Sequence[str]) -> list[int]:
    """Return for each text the place of the first text that it is a copy of: its own, if it is none."""
    runs = [_shingles(text) for text in texts]
    first: list[int] = []
    for k, mine in enumerate(runs):
        own = next((n for n in range(k) if first[n] == n and _is_copy(mine, runs[n])), k)
        first.append(own)
    return first


def _is_copy(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= SHORTEST and len(one & other) >= COPIED * shorter


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of a text."""
    words = [word.casefold() for word in WORD.findall(text)]
    return frozenset(zip(*(words[k:] for k in range(SHINGLE)), strict=False))
