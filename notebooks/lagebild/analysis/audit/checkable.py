"""Which sentences of a report can be checked at all, and what speaks against calling one wrong."""

from __future__ import annotations

from collections.abc import Set

from lagebild.analysis.audit.evidence import Evidence
from lagebild.analysis.audit.items import is_name
from lagebild.analysis.audit.reading import Reading, split_claim
from lagebild.analysis.audit.standing import WEAKER
from lagebild.coder.tense import PAST
from lagebild.core.edtf import ends
from lagebild.core.estimates import find_estimates
from lagebild.core.reference import Reference

LEAST = 3  # things that a sentence must say to be known again, a light noun half: accepted the offer does not


def find_unfit(evidence: Evidence, claim: Reading, as_of: str) -> str:
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
