"""Which of many articles are copies: by signatures of their texts, without comparing each with each.

A signature is a MinHash (Broder 1997) of the runs of words that `corpus` compares, made by rensa. Two texts share a
share of its numbers that is, on average, their resemblance: shared runs by all runs. Only texts with the same three
numbers in one of 42 bands are compared at all (locality-sensitive hashing: Indyk and Motwani 1998, "Approximate nearest
neighbors"): 68 % of the pairs with a resemblance of 0.3, 99.6 % of those with 0.5, five in a million of those with
0.005, as texts have that have nothing to do with each other.

From the resemblance and the number of runs of both follows how many they share, and then the thresholds of `corpus`
hold: a copy shares 35 % of the runs of the shorter text, and 20. The texts themselves are not read again: the share is
right to 0.04 (standard deviation).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lagebild.corpus import COPIED, FEWEST, list_shingles

ROWS, BANDS = 3, 42
LEAST = ROWS * BANDS  # numbers of a MinHash
WIDTH = LEAST + 1  # numbers of a signature: how many runs there are comes last
SEED = 20251116
MIX = 0x9E3779B97F4A7C15  # an odd number whose product with a key spreads its bits (Knuth's multiplicative hashing)
RESEMBLANCE = 0.2  # below it what is estimated of two texts of very different length is chance

Counts = NDArray[np.uint32]
Places = NDArray[np.int64]
Near = tuple[Places, Places, NDArray[np.float32]]


def sign(text: str) -> bytes:
    """Return the signature of a text: its MinHash and the number of its runs, each 4 bytes, little-endian."""
    from rensa import RMinHash

    runs = list_shingles(text)
    sketch = RMinHash(num_perm=LEAST, seed=SEED)
    sketch.update([" ".join(run) for run in runs])
    return np.array([*sketch.digest(), len(runs)], "<u4").tobytes()


def name_algorithm() -> str:
    """Return which signatures these are: those of two algorithms cannot be compared."""
    from rensa import RMinHash

    return f"R-MinHash {RMinHash.ALGORITHM_VERSION}, {LEAST}, {SEED}"


def find_near(read_row: Callable[[int], Counts], number: int) -> Near:
    """Return which texts are copies of an earlier one.

    Parameters
    ----------
    read_row
        Gives a row of the signatures, of `WIDTH`: one number of each text, in the order in which the first one of two
        is the original. Only a few rows are held at a time, for there may be millions of texts.
    number
        How many texts there are.

    Returns
    -------
    tuple
        The places of the copies, ascending; of the first text that each is a copy of, itself or by way of others; and
        the share of the runs of the shorter text that the longer one holds, with the earliest text that it is like.
    """
    runs = read_row(LEAST)
    later, earlier = _pair_up(read_row, runs)
    shares = _estimate(read_row, runs, later, earlier)
    kept = np.flatnonzero(shares >= COPIED)
    order = kept[np.lexsort((earlier[kept], later[kept]))]
    copies, places = np.unique(later[order], return_index=True)
    first = order[places]
    root = np.arange(number)
    root[copies] = earlier[first]
    while not np.array_equal(root, root[root]):
        root = root[root]
    return copies, root[copies], shares[first].astype(np.float32)


def _pair_up(read_row: Callable[[int], Counts], runs: Counts) -> tuple[Places, Places]:
    """Return pairs that may be copies: the places of the later texts, and of the earlier ones.

    In a band each text is paired with the first one that has the same hashes there: a report printed by 200 outlets
    makes 199 pairs, not 19,900.
    """
    able, number = np.flatnonzero(runs >= FEWEST), np.uint64(max(len(runs), 1))
    pairs = np.empty(0, np.uint64)  # later · number + earlier
    for band in range(0, LEAST, ROWS):
        keys = np.zeros(len(able), np.uint64)
        for row in range(band, band + ROWS):
            keys = (keys ^ read_row(row)[able]) * np.uint64(MIX)
            keys ^= keys >> np.uint64(32)
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=~keys[order[:1]]))
        first = np.repeat(order[starts], np.diff(starts, append=len(order)))
        later = order != first
        pairs = np.union1d(pairs, able[order[later]].astype(np.uint64) * number + able[first[later]].astype(np.uint64))
    return (pairs // number).astype(np.int64), (pairs % number).astype(np.int64)


def _estimate(read_row: Callable[[int], Counts], runs: Counts, later: Places, earlier: Places) -> NDArray[np.float64]:
    """Return for each pair the share of the runs of the shorter text that the longer one holds; 0 if it is chance."""
    same = np.zeros(len(later), np.uint8)
    for number in range(LEAST):
        row = read_row(number)
        same += row[later] == row[earlier]
    alike, n_later, n_earlier = same / LEAST, runs[later].astype(np.float64), runs[earlier].astype(np.float64)
    shared = alike / (1 + alike) * (n_later + n_earlier)
    likely = (alike >= RESEMBLANCE) & (shared >= FEWEST - 0.5)  # half a run, for what is estimated is no whole one
    return np.where(likely, np.minimum(shared / np.minimum(n_later, n_earlier), 1), 0)
