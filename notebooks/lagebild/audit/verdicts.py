"""From what was measured to a verdict: a table that one reads from top to bottom.

Without understanding a text it says little: that a sentence says the same, where all that was measured agrees; that it
says otherwise, where one thing alone differs; else only which text comes closest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lagebild.audit.finding import Difference
from lagebild.audit.items import is_name
from lagebild.audit.reading import Reading
from lagebild.audit.retrieval import EvidenceIndex
from lagebild.audit.signals import BESIDE, OTHER, SAME, UNSAID, WEAKER, Signals
from lagebild.core import ends

HELD = (SAME, UNSAID)
NEAR = (*HELD, BESIDE)
# What each signal is where a sentence says the same, in the order in which a difference counts.
AGREES = {
    "quotation": HELD,
    "number": NEAR,
    "day": NEAR,
    "polarity": (SAME,),
    "standing": (SAME, "reported"),
    "act": (SAME,),
    "sides": HELD,
    "names": HELD,
    "order": HELD,
}


@dataclass(frozen=True)
class Thresholds:
    """What decides where a share does; see ``benchmark_audit.py --fit``, on claims that were read.

    Attributes
    ----------
    words
        Share of the words of a claim that a sentence must say to bear it out.
    alike
        … to be about the same where it has another number, day or act, or other sides.
    held
        Share from which on a sentence with the same number or day speaks against a difference in it.
    """

    words: float = 0.6
    alike: float = 0.4
    held: float = 0.42


class Test(NamedTuple):
    """A row of the table: a signal with a value, the words shared, how many others may be open, and the reason."""

    signal: str
    value: str
    words: str
    open: int
    reason: str


TABLE = (
    Test("quotation", OTHER, "", 9, "quotation"),  # no text of the case has its words
    Test("number", OTHER, "alike", 1, "number"),
    Test("day", OTHER, "alike", 0, "day"),
    Test("polarity", OTHER, "words", 0, "denied"),
    Test("standing", WEAKER, "words", 1, "status"),
    Test("act", OTHER, "alike", 0, "act"),
    Test("sides", OTHER, "alike", 0, "sides"),
    Test("names", OTHER, "words", 0, "sides"),
)


class Verdict(NamedTuple):
    """A verdict, the key of its reason, the places of the sentences it rests on, and in what these differ."""

    verdict: str
    reason: str
    places: tuple[int, ...] = ()
    difference: Difference | None = None


def decide(measured: Sequence[Signals], limits: Thresholds = Thresholds()) -> Verdict:
    """Return what the nearest sentences say of a claim.

    Parameters
    ----------
    measured
        How each of them stands to it.
    limits
        The shares from which on it counts.
    """
    if not measured:
        return Verdict("not-found", "not-found")
    ranked = sorted(range(len(measured)), key=lambda k: (-round(measured[k].rank, 3), k))
    supporting = tuple(k for k in ranked if says_same(measured[k], limits))
    first = measured[ranked[0]]
    row = next((row for row in TABLE if first.told and _holds(row, first, measured, limits)), None)
    if row and supporting:
        return Verdict("not-checked", "unsure", (ranked[0],))
    if supporting:
        return Verdict("supported", "supported", supporting)
    if row:
        return Verdict("differs", row.reason, (ranked[0],), first.differ(row.reason))
    return Verdict("not-checked", "nearest", (ranked[0],))


def says_same(one: Signals, limits: Thresholds = Thresholds()) -> bool:
    """Whether a sentence bears a claim out: all that was measured agrees."""
    return one.words >= limits.words and not _list_open(one)


def _holds(row: Test, one: Signals, measured: Sequence[Signals], limits: Thresholds) -> bool:
    """Whether a row is true of the likeliest sentence; not if another one has the same number or day."""
    if getattr(one, row.signal) != row.value or (row.words and one.words < getattr(limits, row.words)):
        return False
    if row.signal in ("number", "day") and any(
        getattr(other, row.signal) == SAME and other.share >= limits.held for other in measured
    ):
        return False
    return len([name for name in _list_open(one) if name != row.signal]) <= row.open


def _list_open(one: Signals) -> list[str]:
    """Return the signals in which a sentence does not say the same."""
    return [name for name, values in AGREES.items() if getattr(one, name) not in values]


# --- What Cannot Be Checked ---

LEAST = 3  # things that a sentence must say to be known again, a light noun half: accepted the offer does not
ASKED = ("nothing-to-check", "short")  # why rules cannot check what a model may: it mentions port calls


def find_unfit(evidence: EvidenceIndex, claim: Reading, as_of: str) -> str:
    """Return why a sentence cannot be checked; empty if it can."""
    named = [one for one in claim.items if is_name(one)]
    if not claim.tense and not claim.acts:
        return "heading"
    if claim.text.rstrip(" ”“\"'»«").endswith("?"):
        return "question"
    if not named and not claim.of("number", "date", "quote"):
        return "nothing-to-check"
    said = {(one.kind, one.key): 0.5 if one.light and not one.verb else 1.0 for one in claim.items}
    if sum(said.values()) < LEAST:
        return "short"
    days = [ends(one.key)[0] for one in claim.of("date") if not one.rough]
    if days and all(day > as_of for day in days):
        return "later"
    if named and not any(evidence.find(one, claim.language) for one in named):
        return "strangers"
    return ""
