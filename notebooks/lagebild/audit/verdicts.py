"""A claim to its verdict: supported, differs, contested, not found, or not checked; each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from lagebild.audit.acts import pair_same
from lagebild.audit.comparison import LONG, NEAR, Comparison, Match, compare
from lagebild.audit.finding import Difference
from lagebild.audit.items import agree, find_nearest, fold_quotation, is_name, is_person
from lagebild.audit.reading import Reading, split_claim
from lagebild.audit.retrieval import EvidenceIndex, fits, in_year, lies_ahead, may_meet
from lagebild.audit.same_act import (
    WEAKER,
    check_names,
    check_standing,
    find_same,
    is_anchored,
    is_literal,
    is_turned,
    is_unsettled,
    lacks_object,
    list_open,
    tells_act,
)
from lagebild.audit.sides import (
    check_acts,
    check_sequence,
    check_sides,
    check_stances,
    is_of_others,
    lacks_sequence,
    misses_party,
)
from lagebild.audit.vocabulary import SAME
from lagebild.coder import PAST
from lagebild.core import Reference, ends, find_estimates, is_day

# --- In What a Claim Differs from a Sentence That Tells the Same ---

MANY = 3  # quotations in one sentence that nobody said: the report's own names for what it weighs


def find_differences(
    reference: Reference, evidence: EvidenceIndex, claim: Reading, seen: Comparison
) -> list[Difference]:
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


def _check_quotations(evidence: EvidenceIndex, claim: Reading, seen: Comparison) -> Iterator[Difference]:
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


def _check_days(evidence: EvidenceIndex, claim: Reading, seen: Comparison) -> Iterator[Difference]:
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


# --- What Cannot Be Checked, and What Speaks against Calling a Claim Wrong ---

LEAST = 3  # things that a sentence must say to be known again, a light noun half: accepted the offer does not


def find_unfit(evidence: EvidenceIndex, claim: Reading, as_of: str) -> str:
    """Return why a sentence cannot be checked; empty if it can."""
    named = [one for one in claim.items if is_name(one)]
    if not named and not claim.of("number", "date", "quote"):
        return "nothing-to-check"
    if not claim.tense and not claim.acts:
        return "heading"
    if claim.text.rstrip(" ”“\"'»«").endswith("?"):
        return "question"
    said = {(one.kind, one.key): 0.5 if one.light and not one.verb else 1.0 for one in claim.items}
    if sum(said.values()) < LEAST:
        return "short"
    days = [ends(one.key)[0] for one in claim.of("date") if not one.rough]
    if days and all(day > as_of for day in days):
        return "later"
    if named and not any(evidence.find(one, claim.language) for one in named):
        return "strangers"
    return ""


def find_doubt(
    reference: Reference, claim: Reading, verdict: str, reason: str, kinds: Set[str], *, literal: bool
) -> str:
    """Return why a claim that the evidence does not bear out is no false one either; empty if it is.

    What was said, counted or dated can be wrong in any sentence, and what differs from a sentence that says nearly the
    same. That nothing is told of it speaks only against a claim that somebody named did something; and an analyst's own
    estimate is no report of an act.

    Parameters
    ----------
    reference, claim
        The tables, and the claim.
    verdict, reason, kinds
        What was found: ``differs`` or ``not-found``, why, and in what kinds of differences.
    literal
        Whether the sentence says nearly the same, word by word.
    """
    if "quotation" in (*kinds, reason):
        return ""
    if not kinds & {"number", "day"} and find_estimates(reference, claim.text, claim.language):
        return "estimate"
    if literal and claim.tense and kinds & {"act", "day", "number", "sides"}:
        return ""
    if _is_outlook(claim) and not kinds & {"day", "number"}:
        return "outlook"
    exact = bool(kinds & {"day", "number"}) or reason in ("no-number", "no-date")
    if claim.tense != PAST and not exact:
        return "present"
    mains = [one for one in claim.items if one.clause in claim.mains]
    if any(one.status == "negated" and (one.verb or one.denied) for one in mains) and "number" not in kinds:
        return "negated"
    if verdict == "not-found" and len(claim.mains) > 1 and len(split_claim(claim)) == 1:
        return "partly"
    if verdict == "differs" or exact:
        return ""
    if any(one.status == "negated" for one in mains) or any(one.denied for one in claim.items):
        return "negated"
    acting = any(one.acting and is_name(one) for one in mains)
    told = any(one.verb and not one.light for one in claim.items) or bool(claim.of("number", "date"))
    return "" if acting and told else "nobody"


def _is_outlook(claim: Reading) -> bool:
    """Whether a sentence says only what may be or is to come."""
    mains = [one for one in claim.items if one.clause in claim.mains]
    verbs = [one.status for one in mains if one.verb]
    return any(status in WEAKER for status in verbs) or (bool(mains) and all(one.status in WEAKER for one in mains))


UNTOLD = ("near", "open", "other-act", "partly", "unsure")  # reasons of what may stand nowhere
TOLD = 0.42  # share of a claim from which on a sentence may tell the same
SAID = 0.45  # from which on it says it, if nothing differs
FOREIGN = 0.06  # how much less it takes across languages, whose words are found less often
MUCH = 0.55  # from which on it does, whatever is done in it
ELSEWHERE = 0.3  # share below which a claim is found nowhere, whatever it lacks
UNHEARD = 0.25  # share of its words that must be missing on the page for a claim to be found nowhere
FAINT, STRANGER = 0.45, 0.4  # share below which, and known words nowhere on the page from which on no page tells it
COUNTABLE = 0.3  # from which on it may do so where it has another number
CLOSE = 0.5  # from which on it is about the same, though it names nobody
WORDED = 0.3  # share of its words from which on a sentence may say them otherwise
SPOKEN = 0.2  # share of its words that a sentence must say
EASE = 0.1  # how much less it takes where a number, a day or a quotation is the same
NOWHERE = 0.4  # below which no page tells it
RIVAL = 0.15  # how much less likely another sentence may be the one that tells a claim, and bear it out
EQUAL = 0.05  # below which it is as likely
CONTRADICTED = 0.1  # and make it unsure, where the likeliest contradicts it
COUNTED = 0.1  # how much likelier a number of the same unit makes it
BORNE, STRANGE = 0.15, 0.1  # how much likelier a number, a day or a quotation makes it; how much less a name it lacks


@dataclass(frozen=True, eq=False)
class Judged:
    """A verdict with the key of its reason and what fills it, the sentences it rests on, in what they differ."""

    verdict: str
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)
    seen: Sequence[Comparison] = ()
    differences: Sequence[Difference] = ()


def judge(reference: Reference, evidence: EvidenceIndex, claim: Reading, as_of: str) -> Judged:
    """Return what the evidence says of a claim; nothing that it dates after `as_of` can be told there."""
    if reason := find_unfit(evidence, claim, as_of):
        return Judged("not-checked", reason)
    seen, parts = compare(evidence, claim), split_claim(claim)
    whole = _judge_part(reference, evidence, claim, seen)
    if whole.verdict != "supported" and whole.reason != "sides" and len(parts) > 1 and whole.seen:
        pages = frozenset(one.told.source_id for one in seen)
        whole = _join([_judge_part(reference, evidence, part, compare(evidence, part, pages)) for part in parts])
    if whole.verdict == "not-checked" and whole.reason in UNTOLD and _is_untold(reference, evidence, claim):
        whole = Judged("not-found", "untold", seen=whole.seen)
    if whole.verdict in ("differs", "not-found") and (reason := _find_doubt(reference, claim, whole)):
        return Judged("not-checked", reason, seen=whole.seen)
    return whole


def _is_untold(reference: Reference, evidence: EvidenceIndex, claim: Reading) -> bool:
    """Whether all acts of a claim are read with both sides, and no text of the case tells any of these."""
    acts = [one for one in claim.acts if one.source and one.target and one.source != one.target]
    words = [claim.find_word(one.start) for one in acts]
    plain = all(word is not None and word.clause in claim.mains for word in words)
    if not acts or len(acts) != len(claim.acts) or not plain or len(claim.mains) != 1:
        return False
    return not any(pair_same(reference, acts, told.acts) for told in evidence.told)


def _find_doubt(reference: Reference, claim: Reading, judged: Judged) -> str:
    kinds, literal = {one.kind for one in judged.differences}, bool(judged.seen) and is_literal(judged.seen[0])
    return find_doubt(reference, claim, judged.verdict, judged.reason, kinds, literal=literal)


def _join(parts: Sequence[Judged]) -> Judged:
    """Return the verdict on a claim of several statements: supported if all are, different if one is."""
    if all(one.verdict == "supported" for one in parts):
        return Judged("supported", "supported", seen=list(dict.fromkeys(found for one in parts for found in one.seen)))
    if all(one.verdict == "not-found" for one in parts):
        return parts[0]
    certain = all(one.verdict in ("supported", "differs") for one in parts)
    differing = [one for one in parts if one.verdict == "differs" and (certain or one.reason != "status")]
    differing += [one for one in parts if one.reason == "quotation" and one not in differing]
    seen = list(dict.fromkeys(found for one in parts for found in one.seen))
    return next(iter(differing), Judged("not-checked", "partly", seen=seen))


def _judge_part(reference: Reference, evidence: EvidenceIndex, claim: Reading, seen: Sequence[Comparison]) -> Judged:
    if not seen:
        return Judged("not-found", "not-found")
    judged = [_judge(reference, evidence, claim, one) for one in seen]
    places = [(one.told.source_id, one.told.sentence_no) for one in seen]
    own = {
        place: verdict
        for place, one, verdict in zip(places, seen, judged, strict=True)
        if verdict.verdict == "differs" and one.told.language == claim.language
    }
    judged = [own.get(place, one) for place, one in zip(places, judged, strict=True)]  # as the claim's language has it
    worth = [_rate(one) for one in seen]
    best = max(range(len(seen)), key=lambda k: (round(worth[k], 3), judged[k].verdict == "supported", -k))
    supported = [k for k in range(len(seen)) if judged[k].verdict == "supported"]
    first = max(supported, key=lambda k: (worth[k], -k), default=best)
    behind = worth[best] - worth[first]
    if judged[best].verdict == "differs" and judged[best].reason in ("number", "day") and _is_held(seen):
        return Judged("not-checked", "unsure", seen=[seen[best]])
    if not supported or behind > (CONTRADICTED if judged[best].verdict == "differs" else RIVAL):
        return judged[best]
    outvoted = behind <= EQUAL and judged[best].reason in ("denied", "status")  # or not, as others say
    outvoted |= judged[best].reason == "sides"  # others did so, too
    if judged[best].verdict == "differs" and not outvoted:  # which of the two tells the claim cannot be told, unless …
        if seen[first].here < seen[best].here:  # … the other one says less of it
            return judged[best]
        return Judged("not-checked", "unsure", seen=[seen[best]])
    near = [k for k in supported if worth[first] - worth[k] <= RIVAL]
    near.sort(key=lambda k: -worth[k])
    return Judged("supported", "supported", seen=[found for k in near for found in judged[k].seen])


def _is_held(seen: Sequence[Comparison]) -> bool:
    """Whether a sentence that may tell a claim holds all its numbers and days, if it has any."""
    exact = [one.of("number", "date") for one in seen if one.share >= TOLD]
    return any(found and all(map(_is_same, found)) for found in exact)


def _is_same(one: Match) -> bool:
    """Whether a sentence holds a day, or a number that counts the same."""
    return one.where == "here" and (one.item.kind == "date" or not one.item.also or one.counts_same)


def _rate(seen: Comparison) -> float:
    """Return how likely a sentence is the one that tells a claim: by its share, its names, its numbers and its days."""
    exact = seen.of("number", "date", "quote")
    borne = sum(1.0 if one.where == "here" else NEAR if one.where == "near" else 0.0 for one in exact)
    strange = [one for one in (*seen.of("name"), *seen.of("word")) if is_name(one.item)]
    strange = [one for one in strange if one.where not in ("here", "near") and (one.item.acting or not one.where)]
    units = {unit for one in seen.of("number") for unit in one.item.also if unit.startswith("unit:")}
    counted = any(units & one.also for one in seen.told.reading.of("number"))  # the sum that the claim has wrong
    return seen.share + BORNE * borne + COUNTED * counted - STRANGE * len(strange)


def _judge(reference: Reference, evidence: EvidenceIndex, claim: Reading, best: Comparison) -> Judged:
    """Return what one sentence says of a claim."""
    share = best.share + (FOREIGN if best.told.language != claim.language else 0.0)
    anchored, told = is_anchored(best), tells_act(reference, claim, best)
    if share < NOWHERE and not anchored and (best.missing >= UNHEARD or share < ELSEWHERE):
        return Judged("not-found", "not-found", seen=[best])
    differences = find_differences(reference, evidence, claim, best)
    same = bool(pair_same(reference, claim.acts, best.told.acts))
    strange = [one for one in best.of("name") if not one.where or (one.item.acting and one.where == "page")]
    strange += [one for one in best.of("word") if one.item.proper and one.item.acting and not one.where]
    grave = [one for one in differences if one.kind in ("quotation", "number", "sides") or same or not strange]
    grave = [one for one in grave if one.kind in ("quotation", "number") or same or best.words >= WORDED]
    if any(one.kind == "denied" for one in grave):
        grave = [one for one in grave if one.kind != "day"]  # what did not happen has no day
    kinds = {"act" if one.kind in ("denied", "status") else one.kind for one in grave}
    if len(kinds) > 1 and "quotation" not in kinds and not is_literal(best):
        grave = []  # what differs in two respects is another event
    if not best.names_any and not is_literal(best):
        close = told and best.words >= CLOSE and any(one.where for one in best.of("name"))
        grave = [one for one in grave if one.kind == "quotation" or close]  # of whom nobody is named there
    left = list_open(best)
    if {one.item.kind for one in left} - {"date", *kinds} and not kinds & {"number", "quotation", "day"}:
        grave = []  # a sentence that lacks the number is about something else
    least = COUNTABLE if kinds == {"number"} and not strange else TOLD
    people = [one for one in best.of("name") if one.item.acting and is_person(one.item)]
    if people and not any(one.where == "here" and one.other and one.other.key == one.item.key for one in people):
        grave = [one for one in grave if one.kind != "day"]  # what another of his state did that day
    if grave and share >= least and (told or anchored or not strange or share >= MUCH):
        unworded = {one.kind for one in grave} == {"quotation"} and not any(one.told for one in grave)
        if unworded and not best.told.reading.of("quote"):
            return Judged("not-found", "quotation", seen=[best])
        return Judged("differs", grave[0].kind, seen=[best], differences=grave)
    quoted = any(one.where == "here" and len(one.item.key.split()) >= LONG for one in best.of("quote"))
    if quoted and not strange and not left and not differences:
        return Judged("supported", "supported", seen=[best])
    if not is_literal(best) and find_estimates(reference, claim.text, claim.language):
        return Judged("not-checked", "estimate", seen=[best])
    enough = share >= SAID - (EASE if anchored else 0.0) and (anchored or best.words >= SPOKEN)
    if enough and not strange and not left and not differences and _bears_out(reference, claim, best):
        return Judged("supported", "supported", seen=[best])
    return _give_up(evidence, claim, best, left, differences, told=told)


def _bears_out(reference: Reference, claim: Reading, best: Comparison) -> bool:
    """Whether a sentence tells just what a claim says is done: not of others, not denied, not elsewhere."""
    if not tells_act(reference, claim, best, strict=True):
        return False
    if lacks_object(claim, best) or misses_party(reference, claim, best) or lacks_sequence(reference, claim, best):
        return False
    same = find_same(reference, claim, best, strict=True) & claim.mains
    return bool(same) or not any(check(reference, claim, best) for check in (is_turned, is_unsettled, is_of_others))


def _give_up(
    evidence: EvidenceIndex,
    claim: Reading,
    best: Comparison,
    left: Sequence[Match],
    differences: Sequence[Difference],
    *,
    told: bool,
) -> Judged:
    """Return why it cannot be told whether a claim stands there; if its page lacks a number or day, it does not.

    Who retells a page exchanges its words, but seldom a number or a day.
    """
    borne = {one.item.kind for one in best.of("number", "date") if one.where}
    exact = [one for one in left if one.item.kind not in borne] if best.names_any else []
    about = told or best.share >= TOLD
    lacking = [one for one in exact if about and _is_lacking(evidence, best, one, past=claim.tense == PAST)]
    for one in (*lacking, *left):
        what = claim.text[one.item.start - claim.start : one.item.end - claim.start]
        if lacking and not differences:
            return Judged("not-found", f"no-{one.item.kind}", {"what": what}, [best])
        return Judged("not-checked", "open", {"what": what}, [best])
    if differences:
        return Judged("not-checked", "unsure", seen=[best])
    if not told and best.share < FAINT and best.missing >= STRANGER and not is_anchored(best):
        return Judged("not-found", "not-found", seen=[best])
    return Judged("not-checked", "near" if told else "other-act", seen=[best])


def _is_lacking(evidence: EvidenceIndex, best: Comparison, one: Match, *, past: bool) -> bool:
    """Whether a number or a day of a claim, told as an exact one, stands nowhere on the page of a sentence.

    What is to come after a page, unless a claim tells it as `past`, is lacking only where the page tells of plans.
    """
    item = one.item
    counted = item.value >= 10 or any(unit.startswith("unit:") for unit in item.also)
    if item.kind == "quote" or item.rough == "weekday" or (item.kind == "number" and not (counted and item.value >= 2)):
        return False
    page = [evidence.told[k] for k in evidence.sources[best.told.source_id, best.told.language]]
    others = [other for told in page for other in evidence.list_exact(told, item.kind)]
    if item.kind == "date" and not past and lies_ahead(item, best.told.day):
        others = [other for other in others if lies_ahead(other, best.told.day)]
    return bool(others) and not any(fits(item, other) for other in others)
