"""In what a claim differs from a sentence that tells the same: quotation, number, day, standing, act, sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lagebild.analysis.audit.comparison import Comparison, Match
from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.numbers import agree
from lagebild.analysis.audit.reading import Item, Reading
from lagebild.analysis.audit.vocabulary import list_acts, read_opposites
from lagebild.core.edtf import parse
from lagebild.core.reference import Reference

SURE = 0.85  # fit from which on two words say the same
DONE = ("asserted", "reported")
WEAKER = ("hypothetical", "open")


def find_differences(reference: Reference, evidence: Evidence, claim: Reading, seen: Comparison) -> list[Difference]:
    """Return in what a claim differs from a sentence, the gravest first."""
    checks = (
        _check_quotations(evidence, claim, seen),
        _check_numbers(claim, seen),
        _check_days(evidence, seen),
        _check_standing(reference, claim, seen),
        _check_acts(reference, claim, seen),
        _check_sides(claim, seen),
    )
    return [difference for check in checks for difference in check]


def list_open(seen: Comparison) -> list[Match]:
    """Return the numbers, dates and quotations of a claim that nothing near a sentence bears out."""
    return [one for one in seen.of("number", "quote", "date") if not one.where]


def _check_quotations(evidence: Evidence, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    for match in seen.of("quote"):
        if match.where or evidence.hold(match.item):
            continue
        words = [one for one in seen.of("word", "name") if match.item.start <= one.item.start < match.item.end]
        strange = [one for one in words if one.fit < SURE or one.where not in ("here", "near")]
        if seen.told.language == claim.language or strange:
            yield Difference("quotation", match.item.key, seen.told.reading.text)


def _check_numbers(claim: Reading, seen: Comparison) -> Iterator[Difference]:
    told = seen.told.reading.of("number")
    used = {id(match.other) for match in seen.of("number")}
    for match in seen.of("number"):
        if match.where:
            continue
        units = {unit for unit in match.item.also if unit.startswith("unit:")}
        for other in told:
            theirs = {unit for unit in other.also if unit.startswith("unit:")}
            alike = units == theirs if units or theirs else bool(match.item.also & other.also)
            if alike and id(other) not in used and not agree(match.item.value, "about", other.value, ""):
                yield Difference("number", _words(claim, match.item), _words(seen.told.reading, other))
                break
        else:
            free = [other for other in told if id(other) not in used]
            if len(free) == 1 and len(seen.of("number")) == 1 and not units:
                yield Difference("number", _words(claim, match.item), _words(seen.told.reading, free[0]))


def _check_days(evidence: Evidence, seen: Comparison) -> Iterator[Difference]:
    own = evidence.list_exact(seen.told, "date")
    for match in seen.of("date"):
        if match.where == "here" or not own:
            continue
        yield Difference("day", match.item.key, ";".join(dict.fromkeys(one.key for one in own)))


def _check_standing(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    acts = list_acts(reference)
    pairs = [one for one in seen.of("word") if one.other is not None and one.fit >= SURE and one.item.also & acts]
    statuses = [(one.item.status, one.other.status) for one in pairs if one.other is not None]
    if not statuses:
        return
    if any(mine in DONE and theirs == "negated" for mine, theirs in statuses):
        yield Difference("denied", "asserted", "negated")
    elif any(mine == "negated" and theirs in DONE for mine, theirs in statuses):
        yield Difference("denied", "negated", "asserted")
    elif all(mine == "asserted" and theirs in WEAKER for mine, theirs in statuses):
        yield Difference("status", "asserted", statuses[0][1])
    elif not claim.speaker and all(mine == "asserted" and theirs != "asserted" for mine, theirs in statuses):
        yield Difference("status", "asserted", statuses[0][1])


def _check_acts(reference: Reference, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    against = read_opposites(reference)
    told = seen.told.reading.of("word")
    for match in seen.of("word"):
        if match.where == "here" and match.fit >= SURE:
            continue
        opposed = {concept for one in match.item.also for concept in against.get(one, ())}
        for other in told:
            if other.also & opposed:
                same = (match.item.status == "negated") == (other.status == "negated")
                if same:
                    yield Difference("act", _words(claim, match.item), _words(seen.told.reading, other))
                    return


def _check_sides(claim: Reading, seen: Comparison) -> Iterator[Difference]:
    names = [one for one in seen.of("name") if one.other is not None]
    acting = {one.item.key for one in names if one.item.subject}
    theirs = {one.item.key for one in names if one.other is not None and one.other.subject}
    if acting and theirs and not acting & theirs and len({*acting, *theirs}) > 1:
        yield Difference("sides", ";".join(sorted(acting)), ";".join(sorted(theirs)))


def _words(reading: Reading, item: Item) -> str:
    """Return the words of a thing as they stand."""
    start = item.start - reading.start
    return reading.text[start : item.end - reading.start]
