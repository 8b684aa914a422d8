"""Which of two acts comes first, as a claim and a sentence of the evidence tell it: before, after, only after."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.analysis.audit.comparison import Comparison
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import read_orders
from lagebild.core.reference import Reference


def check_sequence(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare the order of two acts: signed before the council had agreed is not signed after it had."""
    mine, theirs = (_find_order(reference, one) for one in (claim, seen.told.reading))
    pairs = [(one.item, one.other) for one in seen.of("word") if one.other is not None and not one.item.light]
    mains = [other.clause in seen.told.reading.mains for one, other in pairs if one.clause in claim.mains]
    others = [other.clause not in seen.told.reading.mains for one, other in pairs if one.clause not in claim.mains]
    turned = sorted((*mine, *theirs)) == ["after", "before"] and bool(mine and theirs)
    if turned and mains and others and all(mains) and all(others):
        yield Difference("day", *mine.values(), *theirs.values())


def lacks_sequence(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence tells no order of two acts where a claim does: before, or only after."""
    mine, theirs = (_find_order(reference, one) for one in (claim, seen.told.reading))
    return ("before" in mine and not theirs) or ("only" in mine and "after" not in theirs)


def _find_order(reference: Reference, reading: Reading) -> dict[str, str]:
    """Return the words of a sentence that tell an order, by what they tell."""
    found = {name: one.search(reading.text) for name, one in read_orders(reference, reading.language).items()}
    return {name: match[0] for name, match in found.items() if match}
