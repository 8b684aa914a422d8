"""Words of the tables to search a text for, and to know a compound by its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class WordSearch:
    """Words of the tables to search a text for, in which * stands for any letters.

    Few texts hold one of its words in any form, which is seen fast by the cores: of each word the longest part without
    * and blanks. All is made when it is first needed: a text meets few of some thousand frames.
    """

    __slots__ = ("_cores", "_search", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._cores: Sequence[str] = ()
        self._search: Callable[[str], re.Match[str] | None] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """Return where a text holds one of the words; None if nowhere."""
        if not self._cores:
            self._cores = [max(re.split(r"[*\s]+", word), key=len).lower() for word in self._words]
        low = text.lower()
        for core in self._cores:
            if core in low:
                if self._search is None:
                    words = (map(re.escape, word.split()) for word in self._words)
                    any_of = "|".join(r"\s+".join(word).replace(r"\*", r"[\w-]*") for word in words)
                    self._search = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE).search
                return self._search(text)
        return None

    def __eq__(self, other: object) -> bool:
        """Return whether the other finds the same."""
        return isinstance(other, WordSearch) and self._words == other._words

    def __hash__(self) -> int:
        """Return what equal ones share."""
        return hash(self._words)


def widen(words: list[str], sets: Iterable[Mapping[str, None]]) -> list[str]:
    """Return the words with those of every set of synonyms (troops, arms, sanctions …) that two of them belong to."""
    if len(words) < 2:
        return words
    return list(dict.fromkeys([*words, *(word for s in sets if len(s.keys() & words) > 1 for word in s)]))


def find_any(words: list[str]) -> WordSearch | None:
    """Return the pattern of any of some words; None if there are none."""
    return WordSearch(words) if words else None


def part_endings(forms: Mapping[str, T]) -> tuple[dict[str, T], dict[str, T]]:
    """Return the forms that may stand alone, and those that may end a compound."""
    ends = {form[1:]: value for form, value in forms.items() if form.startswith("*")}
    return ends | dict(forms), ends


def find_ending(low: str, ends: Mapping[str, T], none: T) -> T:
    """Return what the longest form says that ends a word."""
    for begin in range(1, len(low)) if ends else ():
        if (value := ends.get(low[begin:])) is not None:
            return value
    return none
