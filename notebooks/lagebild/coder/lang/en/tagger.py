"""English words as parts of speech: the reading of a whole sentence that costs least.

English marks hardly anything by its endings: `strikes` is a noun or a verb, `seized` a past tense or a participle. A
word alone decides little, its neighbours and one rule of grammar decide most: a clause has one finite verb. So each
reading of a word has a cost (`parts`), each step from one to the next has one, and a clause that ends without its verb,
or gets a second one, costs too. The cheapest path is found by a beam search (Viterbi's, with the clauses as state).

The costs are set by hand, in tenths: 0 is what grammar expects, 10 happens, 60 is all but excluded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from lagebild.coder.lang.en.parts import find_parts
from lagebild.coder.lexicon import Lexicon
from lagebild.coder.syntax import Token

BEAM = 6  # readings of the words so far that are followed up
# What it costs to go on from one part of speech (row, ^ is the beginning) to the next (column).
STEPS = """
   N  J  D  S  F  X  H  E  Y  I  R  M  G  T  P  O  C  B
^  2  2  0  0 20  8 10  8 12 15 15  8  8  4  2  2 10  0
N  4 12 12 10  3  2  2  2 10 50 12 18 10  2  0  2  0  0
J  0  3 20 30 25 25 25 25 60 60 30  2 20 20 15 10  5  8
D  0  0 30 40 60 40 50 50 60 60 60  0 25 60 50 40 40 40
S 30 30 20 20  0  0  0  0 20 40 45 30 15  4  3  4  3  2
F  3  3  0  6 50 50 50 50 12 30 14  5  6  2  1  2  5  2
X 20 20  8  2 60 40 30 50  0  0 50 40 45 30 12 10 12  8
H  4  4  2  6 60 50 50 50  0 50  0 22 25  4 12 15 10  8
E  5  4  3  8 60 50 50 40  0 50  0 14  0  4  3  5  8  6
Y  5  4  3  8 60 50 50 50  0 50  0 14  2  4  3  5  8  6
I  3  3  0  5 50 40 40 40 12 40 14  5  6  2  1  3  3  2
R  6  6  5 12 40 35 35 35 20 40 30 12 10  1  0  3  2  1
M  0  0 60 60 60 60 60 60 60 60 60  5 40 60 40 40  8 30
G  2  2  0  5 40 25 25 25  8 40 10  8 10  3  1  3  3  3
T 60 60 60 60 60 60 60 60  0  0 60 60 60 60 60 60 40 40
P  0  0  0 10 60 50 50 50  2 60 50  3  0 30  6 10 30 20
O  2  2  0  0  0  1  1  1 20 45  9 10 12  5  4  5 20 12
C  2  2  1  3  5  5  5  5  6  6  6  8  7  3  2  3 30  8
B  2  2  1  2  4  4  4  4  6 15  9  8  5  4  1  2  1  5
"""
COLUMNS, *ROWS = (line.split() for line in STEPS.strip().splitlines())
COSTS = {(row[0], part): int(cost) for row in ROWS for part, cost in zip(COLUMNS, row[1:], strict=True)}
FINITE = frozenset("FXHE")
ENDS = frozenset(";:?!")  # marks at which a clause must have its verb
OPEN, DONE, MAYBE = 0, 1, 2  # a clause lacks its verb; has it; may begin here, or not
NEEDED, POSSIBLE = 1, 2  # a clause around this one lacks its verb; may follow
UNFINISHED = 25  # a clause ends without its verb
SAID, FRESH, CONTACT = 4, 6, 22  # a second verb: of what was said; with a subject of its own; without
LONE, AGAIN = 8, 12  # a verb without subject; right after a comma
BARE = 4  # an infinitive without to: did the army attack, helped free them
JOINED = 10  # the verb of a clause whose subject is another one
ALIKE, UNLIKE = -4, 6  # a verb that a conjunction joins has the form of the one before, or not
LAST = {"D": 40, "M": 40, "T": 40, "P": 10, "J": 8}  # parts of speech that do not end a sentence


class State(NamedTuple):
    """What the reading of the words so far means for the next word."""

    last: str = "^"  # the part of speech of the last word
    clause: int = OPEN
    outer: int = 0  # whether a clause around this one is NEEDED or POSSIBLE
    verb: str = ""  # the last verb, by which a conjunction measures the next
    says: bool = False  # that verb may be followed by what was said, without that
    fresh: bool = False  # a noun phrase began where none was due: the subject of another clause
    subject: bool = False  # the clause has something that can be its subject


def tag(tokens: Sequence[Token], words: Lexicon) -> list[str]:
    """Return the part of speech of each word."""
    paths: dict[State, tuple[int, Any]] = {
        State(): (0, None)
    }  # of each state the cheapest path: its cost, and its parts
    for i, token in enumerate(tokens):
        parts = find_parts(tokens, i, words)
        kind = (token.has("says"), token.has("lets"), token.text in ENDS, bool(token.names))
        best: dict[State, tuple[int, Any]] = {}
        for state, (cost, found) in paths.items():
            for part, own in parts:
                after, step = _step(state, part, *kind)
                total = cost + own + step
                if after not in best or total < best[after][0]:
                    best[after] = total, (part, found)
        if len(best) > BEAM:
            best = dict(sorted(best.items(), key=_cost)[:BEAM])
        paths = best
    (_, (_, rest)), tags = min(paths.items(), key=_end_cost), list[str]()
    while rest is not None:
        tags.append(rest[0])
        rest = rest[1]
    return tags[::-1]


def _cost(path: tuple[State, tuple[int, Any]]) -> int:
    return path[1][0]


def _end_cost(path: tuple[State, tuple[int, Any]]) -> int:
    state, (cost, _) = path
    missing = (state.clause == OPEN) + (state.outer == NEEDED)
    return cost + LAST.get(state.last, 0) + UNFINISHED * missing


@cache  # of a few hundred states that occur
def _step(state: State, part: str, saying: bool, letting: bool, ends: bool, named: bool) -> tuple[State, int]:
    """Return the state after a word, and what it costs to go on with it.

    `saying` is whether it is a verb of saying, `letting` whether an infinitive without to may follow (let, help, make),
    `ends` whether it is a mark that ends a clause, `named` whether a name.
    """
    if part == "A":
        return state, 0
    last, clause, outer, verb, says, fresh, subject = state
    bare = part == "I" and ((verb == "X" and last in "NS") or (verb == "L" and last in "NSFIRG"))
    joined = part in FINITE and last in FINITE and outer  # what they say is true
    cost = BARE if bare else JOINED if joined else COSTS[last, part]
    if part in FINITE:
        if part == "X" and last == "O":
            outer = POSSIBLE if outer else 0  # what do they want: no clause need follow
        if clause != OPEN and outer:
            outer = 0
        elif clause == DONE:
            cost += SAID if says and (subject or fresh) else FRESH if fresh else CONTACT
        elif not subject and last != "O" and not saying:
            cost += LONE + (AGAIN if clause == MAYBE and last == "B" else 0)
        clause, fresh, says, subject = DONE, False, saying, False
    elif part == "O":
        outer = outer or (NEEDED if clause == OPEN else POSSIBLE if clause == MAYBE else 0)
        clause, fresh, subject = OPEN, False, False
    elif part in "CB":
        if ends:
            cost += UNFINISHED * ((clause == OPEN) + (outer == NEEDED))
            clause, outer, subject = MAYBE, 0, False
        elif clause == DONE:
            clause, subject = MAYBE, part == "C"
        fresh = False
    elif part in "NJDS":
        subject = subject or last in "^BCOGFRIY"
        fresh = fresh or (clause == DONE and last == "N" and (part in "SD" or named))
    elif part in "RG" and last == "O":  # as expected, if attacked: a clause without a finite verb
        clause, outer = (OPEN, 0) if outer == NEEDED else (MAYBE, 0)
    if part in "FIRGX":
        if last == "C" and part != "X" and verb in "FIRG":
            cost += ALIKE if part == verb else UNLIKE
        verb = "L" if letting else part
    elif part in "HE":
        verb = "F"
    return State(part, clause, outer, verb, says, fresh, subject), cost
