"""What rules can tell of a claim without understanding it: another quotation, number or day in the nearest text.

They never say that a claim is supported. A difference counts only where the sentence shares enough with the claim
otherwise, and where no other sentence says what the claim does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lagebild.audit.days import complete_date, may_meet
from lagebild.audit.finding import Difference, Reason, Verdict
from lagebild.audit.items import Item, Kind, Reading, find_wording, fold_quotation, is_name
from lagebild.audit.numbers import agree
from lagebild.audit.search import Comparison, EvidenceIndex, Match
from lagebild.core import edtf

LOGGER = logging.getLogger(__name__)
LEAST = 3  # things that a sentence must say to be known again, a light one half: accepted the offer does not
FEWEST = 2  # names and words that a sentence shares with a claim from which it differs
ASKED = ("nothing-to-check", "short")  # why rules cannot check what a model may: it mentions port calls


@dataclass(frozen=True)
class Thresholds:
    """What decides where a share does; see ``benchmark_audit.py --fit``, on claims that were read.

    Attributes
    ----------
    number, day
        Share of the words of a claim that a sentence must say to be about the same where it has another number or day.
    held
        Share from which on a sentence with the same number or day speaks against a difference in it.
    """

    number: float = 0.4
    day: float = 0.6
    held: float = 0.42


class Ruling(NamedTuple):
    """A verdict, the key of its reason, the places of the sentences it rests on, and in what these differ."""

    verdict: Verdict
    reason: Reason
    places: tuple[int, ...] = ()
    difference: Difference | None = None


def find_unfit(evidence: EvidenceIndex, claim: Reading, as_of: str) -> Reason | None:
    """Return why a sentence cannot be checked; nothing if it can."""
    reason = _find_unfit(evidence, claim, as_of)
    if reason:
        LOGGER.debug("not checked (%s): %.80s", reason, claim.text)
    return reason


def _find_unfit(evidence: EvidenceIndex, claim: Reading, as_of: str) -> Reason | None:
    named = [one for one in claim.items if is_name(one)]
    if not claim.has_verb:
        return "heading"
    if claim.text.rstrip(" ”“\"'»«").endswith("?"):
        return "question"
    if not named and not claim.of("number", "date", "quote"):
        return "nothing-to-check"
    if _count_things(claim) < LEAST:
        return "short"
    days = [edtf.ends(one.key)[0] for one in claim.of("date") if not one.rough]
    if days and min(days) > as_of:
        return "later"
    if named and not any(evidence.find(one, claim.language) for one in named):
        return "strangers"
    return None


def _count_things(claim: Reading) -> float:
    """Return how much a sentence says: its things, each once, a light one half."""
    said = {(one.kind, one.key): 0.5 if one.light else 1.0 for one in claim.items}
    return sum(said.values())


def decide(
    evidence: EvidenceIndex, claim: Reading, seen: Sequence[Comparison], limits: Thresholds = Thresholds()
) -> Ruling:
    """Return in what the nearest sentence differs from a claim, or else that it is the nearest.

    Parameters
    ----------
    evidence
        All sentences.
    claim, seen
        The claim, and the sentences that say most of it.
    limits
        The shares from which on a difference counts.
    """
    if not seen:
        return Ruling("not-checked", "short")
    nearest = max(range(len(seen)), key=lambda k: (round(seen[k].rank, 3), -k))
    one = seen[nearest]
    if quotation := find_other_quotation(evidence, claim, one):
        return Ruling("differs", "quotation", (nearest,), quotation)
    number, day = find_other_number(claim, one), find_other_day(claim, one)
    alike = len({match.item.key for match in one.of("name", "word") if match.where == "here"}) >= FEWEST
    if number and not day and alike and one.words >= limits.number and not _is_held("number", seen, limits):
        return Ruling("differs", "number", (nearest,), number)
    alike = alike and one.words >= limits.day and _holds_names(one)
    if day and not number and alike and not _is_held("date", seen, limits):
        return Ruling("differs", "day", (nearest,), day)
    LOGGER.debug("not checked, nearest %s.%s: %.80s", one.told.source_id, one.told.sentence_no, claim.text)
    return Ruling("not-checked", "nearest", (nearest,))


def _is_held(kind: Kind, seen: Iterable[Comparison], limits: Thresholds) -> bool:
    """Whether another sentence that is about the same has all numbers or days of a claim."""
    about_the_same = [other.of(kind) for other in seen if other.share >= limits.held]
    return any(map(_are_here, about_the_same))


def _are_here(matches: Iterable[Match]) -> bool:
    return all(match.where == "here" for match in matches)


def _holds_names(one: Comparison) -> bool:
    """Whether a sentence names all whom a claim does."""
    return _are_here(match for match in one.matches if is_name(match.item))


def find_other_quotation(evidence: EvidenceIndex, claim: Reading, one: Comparison) -> Difference | None:
    """Return what a sentence has in the place of a quotation of more than a word that no text of the case has."""
    told = one.told.reading
    if told.language != claim.language:
        return None  # no case holds its words in another language
    for match in one.of("quote"):
        words = match.item.key
        if match.where or len(fold_quotation(words).split()) == 1 or evidence.hold(match.item):
            continue
        if near := find_wording(words, told.text, [other.key for other in told.of("quote")]):
            return Difference("quotation", words, near)
    return None


def find_other_number(claim: Reading, one: Comparison) -> Difference | None:
    """Return a number of a sentence that counts the same as one of a claim which it lacks."""
    told, numbers = one.told.reading, one.of("number")
    used = {match.other for match in numbers}
    for match in numbers:
        if match.where == "here":
            continue
        for other in told.of("number"):
            if other in used or not _count_same(match.item, other):
                continue
            if not agree(match.item.value, "about", other.value):
                return Difference("number", claim.quote(match.item), told.quote(other))
    return None


def _count_same(one: Item, other: Item) -> bool:
    """Whether two numbers count the same: by their units if one has any."""
    units, others = _list_units(one), _list_units(other)
    if units or others:
        return units == others
    return bool(one.also & other.also)


def _list_units(item: Item) -> set[str]:
    return {unit for unit in item.also if unit.startswith("unit:")}


def find_other_day(claim: Reading, one: Comparison) -> Difference | None:
    """Return the days of a sentence if they exclude one of a claim, and bear out none."""
    dates, own = one.of("date"), one.told.list_exact("date")
    stated = list(dict.fromkeys(other.key for other in own if not other.rough))
    if not stated or any(match.where == "here" for match in dates):
        return None
    for match in dates:
        item = match.item
        meets = [other for other in own if may_meet(complete_date(item.key, item.rough, other.key), other.key)]
        if not meets:
            return Difference("day", claim.quote(item) if item.rough else item.key, ";".join(stated))
    return None
