"""Two wordings, word by word: what both have, and what only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def compare_words(told: str, claimed: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of both wordings in order, each after ``same``, ``del`` (not in `claimed`) or ``ins``."""
    before, after = PIECE.findall(told), PIECE.findall(claimed)
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[i:j])
            continue
        if j > i:
            yield "del", "".join(before[i:j])
        if m > k:
            yield "ins", "".join(after[k:m])
