"""Which names have been seen before, of millions."""

from __future__ import annotations

import numpy as np

FRESH = 2**16  # of them a set is kept, which takes ten times as much room


class Seen:
    """The names seen so far, each as 8 bytes of its hash: 8 MB a million, where a set of the names takes 150 MB."""

    def __init__(self) -> None:
        self._known = np.empty(0, np.uint64)  # sorted
        self._fresh: set[int] = set()

    def add(self, name: bytes) -> bool:
        """Note a name, and return whether it is new."""
        key = hash(name) % 2**64  # another one in each process, which is no matter here
        if key in self._fresh or self._holds(np.uint64(key)):
            return False
        self._fresh.add(key)
        if len(self._fresh) == FRESH:
            self._known = np.union1d(self._known, np.fromiter(self._fresh, np.uint64, FRESH))
            self._fresh.clear()
        return True

    def _holds(self, key: np.uint64) -> bool:
        place = int(self._known.searchsorted(key))
        return place < len(self._known) and bool(self._known[place] == key)
