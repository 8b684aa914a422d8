"""What was worked out before, by the word that it is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class ByWord(dict[str, T]):
    """What is made of words, each made once; looked up in half the time that an `lru_cache` takes.

    All is forgotten where there would be more than `most`, so that memory stays flat over any number of texts.
    """

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        self._make, self._most = make, most

    def __missing__(self, word: str) -> T:
        """Make what belongs to a word."""
        if len(self) >= self._most:
            self.clear()
        self[word] = made = self._make(word)
        return made
