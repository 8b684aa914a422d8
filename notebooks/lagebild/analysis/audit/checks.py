"""In what a claim differs from a sentence that tells the same: quotation, number, day, standing, act, sides."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.analysis.audit.comparison import Comparison
from lagebild.analysis.audit.days import in_year, lies_ahead, may_meet
from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.finding import Difference
from lagebild.analysis.audit.literal import check_names
from lagebild.analysis.audit.numbers import agree
from lagebild.analysis.audit.quotations import find_nearest, fold_quotation
from lagebild.analysis.audit.reading import Reading
from lagebild.analysis.audit.sequence import check_sequence
from lagebild.analysis.audit.sides import check_acts, check_sides, check_stances
from lagebild.analysis.audit.standing import check_standing
from lagebild.analysis.audit.telling import is_literal
from lagebild.analysis.audit.vocabulary import SAME
from lagebild.coder.tense import PAST
from lagebild.core.edtf import is_day
from lagebild.core.reference import Reference

MANY = 3  # quotations in one sentence that nobody said: the report's own names for what it weighs


def find_differences(reference: Reference, evidence: Evidence, claim: Reading, seen: Comparison) -> list[Difference]:
    """Return in what a claim differs from a sentence, the gravest first."""
    checks = (
        _check_quotations(evidence, claim, seen),
        _check_numbers(claim, seen),
        _check_days(evidence, claim, seen),
        check_sequence(reference, claim, seen),
        check_standing(reference, evidence, claim, seen),
        check_acts(reference, claim, seen),
        check_stances(reference, claim, seen),
        check_sides(reference, claim, seen),
        check_names(reference, claim, seen),
    )
    return [difference for check in checks for difference in check]


def _check_quotations(evidence: Evidence, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    """Compare quotations to the letter; one in another language than the sentence, by what its words mean."""
    told = seen.told.reading
    unheld = [one for one in seen.of("quote") if not one.where and not evidence.hold(one.item)]
    for match in unheld if len(unheld) < MANY else ():
        if len(fold_quotation(match.item.key).split()) == 1 and not told.of("quote"):
            continue  # a word of the author in quotation marks
        if told.language != claim.language:
            words = [
                one for one in claim.of("word") if match.item.start <= one.start < match.item.end and not one.light
            ]
            strange = [one for one in words if evidence.pair(one, told, claim.language) is None]
            unknown = not strange or len(strange) == len(words) or not all(one.also for one in strange)
            if unknown or not told.of("quote"):
                continue  # what no table knows may well stand there
        near = find_nearest(match.item.key, told.text, [one.key for one in told.of("quote")])
        yield Difference("quotation", match.item.key, near)


def _check_numbers(claim: Reading, seen: Comparison) -> Iterator[Difference]:
    told = seen.told.reading.of("number")
    used = {id(match.other) for match in seen.of("number")}
    for match in seen.of("number"):
        same = match.counts_same  # else it counts something else
        if match.where == "here" or (
            match.where and (same or not match.item.also) and (match.fit == SAME or not is_literal(seen))
        ):
            continue
        units = {unit for unit in match.item.also if unit.startswith("unit:")}
        for other in told:
            theirs = {unit for unit in other.also if unit.startswith("unit:")}
            alike = units == theirs if units or theirs else bool(match.item.also & other.also)
            if alike and id(other) not in used and not agree(match.item.value, "about", other.value):
                yield Difference("number", claim.quote(match.item), seen.told.reading.quote(other))
                break


def _check_days(evidence: Evidence, claim: Reading, seen: Comparison) -> Iterator[Difference]:
    own = evidence.list_exact(seen.told, "date")
    dates = seen.of("date")
    shared = [one.item for one in seen.of("word") if one.where == "here" and not one.item.light]
    telling = {one.clause for one in claim.of("word") if not one.light and one.key not in claim.speakers}
    if len(claim.mains & telling) > 1:  # a day is that of the act beside it; of what a year may be can hardly be told
        shared, dates = [one for one in shared if one.verb], [one for one in dates if is_day(one.item.key)]
    roots = {claim.roots[one.clause] for one in shared if 0 <= one.clause < len(claim.roots)}
    dates = [one for one in dates if claim.roots and claim.roots[max(one.item.clause, 0)] in roots]
    if claim.tense != PAST and not any(lies_ahead(one, seen.told.day) for one in own):
        # a sentence that tells of no plan is no other plan
        dates = [one for one in dates if one.item.rough == "weekday" or not lies_ahead(one.item, seen.told.day)]
    for match in () if any(one.where == "here" for one in dates) else dates:
        if match.where == "here" or not own or any(may_meet(in_year(match.item, one.key), one.key) for one in own):
            continue
        claimed = claim.quote(match.item) if match.item.rough == "weekday" else match.item.key
        yield Difference("day", claimed, ";".join(dict.fromkeys(one.key for one in own)))
