"""Which of two acts comes first, as a claim and a sentence of the evidence tell it: before, after, only after."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lagebild.analysis.audit.comparison import Comparison
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.items import Item
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.vocabulary import read_orders
from lagebild.core.reference import Reference

NEXT = 2  # things behind a word that tells an order, of which one is put in order


def check_sequence(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare the order of two acts: signed before the council had agreed is not signed after it had."""
    told = seen.told.reading
    mine, theirs = (_find_order(reference, one, _opens_clause) for one in (claim, told))
    pairs = [(one.item, one.other) for one in seen.of("word") if one.other is not None and not one.item.light]
    mains = [other.clause in told.mains for one, other in pairs if one.clause in claim.mains]
    others = [other.clause not in told.mains for one, other in pairs if one.clause not in claim.mains]
    turned = sorted((*mine, *theirs)) == ["after", "before"] and bool(mine and theirs)
    if turned and mains and others and all(mains) and all(others):
        yield Difference("day", *mine.values(), *theirs.values())


def lacks_sequence(reference: Reference, claim: Reading, seen: Comparison) -> bool:
    """Whether a sentence tells no order of two acts where a claim does (before, only after), or before for after."""
    mine = _find_order(reference, claim, lambda told, one, place: _is_act(one) or _opens_clause(told, one, place))
    theirs = [name for name, one in read_orders(reference, seen.told.language).items() if one.search(seen.told.text)]
    turned = "after" in mine and theirs == ["before"]
    return turned or ("before" in mine and not theirs) or ("only" in mine and "after" not in theirs)


def _find_order(reference: Reference, reading: Reading, fits: Callable[..., bool]) -> dict[str, str]:
    """Return the words of a sentence that tell an order, by what they tell, if what stands next behind them fits."""
    found: dict[str, str] = {}
    for name, pattern in read_orders(reference, reading.language).items():
        for match in pattern.finditer(reading.text):
            place = reading.start + match.end()
            behind = sorted((one for one in reading.items if one.start >= place), key=lambda one: one.start)[:NEXT]
            if len(behind) == NEXT and behind[0].kind == "name" and behind[1].start <= behind[0].end + 1:
                del behind[0]  # after the Iranian attack
            if behind and fits(reading, behind[0], place):
                found.setdefault(name, match[0])
    return found


def _is_act(one: Item) -> bool:
    """Whether a thing may be an act: after the war, not after Moscow, nor in German according to him (nach Angaben)."""
    return one.kind == "word" and not (one.light or one.proper)


def _opens_clause(reading: Reading, item: Item, place: int) -> bool:
    """Whether a clause, and no main one, begins at a place with a thing."""
    inside = [one for one in reading.items if one.clause == item.clause and one.end > one.start]
    return item.clause not in reading.mains and all(one.start >= place for one in inside)
