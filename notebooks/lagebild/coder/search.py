"""Words of the tables to search a text for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping


class Pattern:
    """Words of the tables to search a text for, in which * stands for any letters.

    It is written and compiled at first use: a text meets few of some thousand frames.
    """

    __slots__ = ("_words", "search")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self.search: Callable[[str], re.Match[str] | None] = self._compile

    def _compile(self, text: str) -> re.Match[str] | None:
        words = (
            r"\s+".join(re.escape(part).replace(r"\*", r"[\w-]*") for part in word.split()) for word in self._words
        )
        self.search = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE).search
        return self.search(text)

    def __eq__(self, other: object) -> bool:
        """Return whether the other finds the same."""
        return isinstance(other, Pattern) and self._words == other._words

    def __hash__(self) -> int:
        """Return what equal ones share."""
        return hash(self._words)


def widen(words: list[str], sets: Iterable[Mapping[str, None]]) -> list[str]:
    """Return the words with those of every set of synonyms (troops, arms, sanctions …) that two of them belong to."""
    if len(words) < 2:
        return words
    return list(dict.fromkeys([*words, *(one for s in sets if len(s.keys() & words) > 1 for one in s)]))


def find_any(words: list[str]) -> Pattern | None:
    """Return the pattern of any of some words; None if there are none."""
    return Pattern(words) if words else None
