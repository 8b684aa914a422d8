"""Words of the tables to search a text for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


class Pattern:
    """Words of the tables to search a text for: compiled at first use, for a text meets few of some thousand frames."""

    __slots__ = ("_written", "search")

    def __init__(self, written: str) -> None:
        self._written = written
        self.search: Callable[[str], re.Match[str] | None] = self._compile

    def _compile(self, text: str) -> re.Match[str] | None:
        self.search = re.compile(self._written, re.IGNORECASE).search
        return self.search(text)

    def __eq__(self, other: object) -> bool:
        """Return whether the other finds the same."""
        return isinstance(other, Pattern) and self._written == other._written

    def __hash__(self) -> int:
        """Return what equal ones share."""
        return hash(self._written)


def widen(words: list[str], sets: Iterable[list[str]]) -> list[str]:
    """Return the words with those of every set of synonyms (troops, arms, sanctions …) that two of them belong to."""
    return list(dict.fromkeys([*words, *(one for s in sets if len(set(words) & set(s)) > 1 for one in s)]))


def find_any(words: list[str]) -> Pattern | None:
    """Return the pattern of any of some words, in which * stands for any letters; None if there are none."""
    if not words:
        return None
    parts = (r"\s+".join(re.escape(part).replace(r"\*", r"[\w-]*") for part in word.split()) for word in words)
    return Pattern(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
