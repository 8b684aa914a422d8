"""A language model as judge of claims: what it is asked, and which of its verdicts are admitted.

It is given a claim and the sentences that the search puts first, and answers with a verdict and the numbers of those on
which it rests. The gate asks what can be checked without understanding: these must be among them, and whom and what a
supported claim names, counts, dates and quotes must stand there as our tables compare it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lagebild.audit.comparison import Comparison
from lagebild.audit.items import Item, is_name
from lagebild.audit.reading import Reading
from lagebild.audit.retrieval import in_year, may_meet
from lagebild.core import HALF, InputError, Reference, derived, shift_day
from lagebild.reader import Request, make_request

VERDICTS = ("supported", "differs", "not-settled", "not-found")
LONGEST = 300  # characters of a reason that are kept
LATE = 31  # days after an act within which a page may tell of it without its day
SMALL = 10


class Judgement(NamedTuple):
    """What a model says of a claim: its verdict, the places of the sentences among those asked about, and why."""

    verdict: str
    evidence: tuple[int, ...]
    why: str


def ask_claim(
    reference: Reference,
    claim: Reading,
    day: str,
    seen: Sequence[Comparison],
    sources: Mapping[str, Mapping[str, Any]],
    model: str,
) -> Request:
    """Return the request to judge a claim of a report of a day by some sentences."""
    evidence = []
    for no, one in enumerate(seen, start=1):
        source = sources[one.told.source_id]
        evidence.append({"no": no, "text": one.told.text, "published": source["publisher"], "on": source["published"]})
    instructions, form = instruct(reference)
    asked = {"claim": claim.text, "day": day, "evidence": evidence}
    return make_request(claim.language, (claim.start, claim.end), model, instructions, asked, "verdict", form)


@derived
def instruct(reference: Reference) -> tuple[str, dict[str, Any]]:
    """Return the instructions for a judge, and the JSON schema of an answer."""
    lines = (reference.place() / "claims.txt").read_text(encoding="utf-8").splitlines()
    fields: dict[str, Any] = {
        "verdict": {"enum": list(VERDICTS)},
        "evidence": {"type": "array", "items": {"type": "integer"}},
        "why": {"type": "string"},
    }
    form = {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}
    return "\n".join(line for line in lines if not line.startswith("#")), form


def read_judgement(answer: str) -> Judgement:
    """Return a verdict from an answer: a JSON object; what stands around it is left out.

    Raises
    ------
    InputError
        If it is none, or its verdict is another.
    """
    try:
        said = json.loads(HALF.sub("?", answer[answer.index("{") : answer.rindex("}") + 1]))
        verdict, numbers, why = said["verdict"], said.get("evidence", []), said.get("why", "")
        evidence = tuple(dict.fromkeys(n - 1 for n in numbers if type(n) is int))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        verdict, evidence, why = "", (), ""
    if verdict not in VERDICTS:
        raise InputError(f"The model answers no JSON object with a verdict of {', '.join(VERDICTS)}: ask one that can.")
    told = " ".join(why.split())[:LONGEST] if isinstance(why, str) else ""
    return Judgement(verdict, evidence, "".join(filter(str.isprintable, told)))


def admit(judgement: Judgement, claim: Reading, seen: Sequence[Comparison]) -> str:
    """Return why a verdict is not admitted; empty if it is.

    ``evidence``: it rests on no sentence that was asked about. ``unheld``: it calls a claim supported, but not all that
    this names, counts, dates and quotes stands there.
    """
    if judgement.verdict in ("supported", "differs"):
        named = [n for n in judgement.evidence if 0 <= n < len(seen)]
        if not named or len(named) < len(judgement.evidence):
            return "evidence"
        if judgement.verdict == "supported" and find_unheld(claim, [seen[n] for n in named], seen):
            return "unheld"
    return ""


def find_unheld(claim: Reading, cited: Sequence[Comparison], asked: Sequence[Comparison]) -> list[Item]:
    """Return what of a claim stands not where it should.

    Numbers, days and quotations must stand in the sentences that are `cited`, or beside them; names in any that was
    asked about, or on its page. A number below ten in words, and a name that no table knows in another language, can be
    put otherwise.
    """
    held = {_key(match.item) for one in cited for match in one.matches if match.where}
    held |= {_key(item) for one in cited for item in claim.of("date") if _may_be(item, one)}
    held |= {_key(match.item) for one in asked for match in one.matches if match.where and is_name(match.item)}
    held |= {_key(item) for item in claim.items for one in claim.of("quote") if one.start < item.start < one.end}
    told = " ".join(one.told.text for one in asked).casefold()
    return [one for one in claim.items if _key(one) not in held and _is_certain(claim, one, cited, told)]


def _key(item: Item) -> tuple[str, int]:
    return item.kind, item.start


def _may_be(item: Item, seen: Comparison) -> bool:
    """Whether the page of a sentence came out on a day of a claim or soon after, or the sentence allows that day."""
    day = seen.told.day
    dates = [one.key for one in seen.told.reading.of("date")] + [str(row["date"]) for row in seen.told.mentions]
    dates.append(f"{shift_day(day, -LATE)}/{day}")
    return any(one and may_meet(in_year(item, one), one) for one in dates)


def _is_certain(claim: Reading, item: Item, cited: Sequence[Comparison], told: str) -> bool:
    """Whether a thing of a claim is one that texts can be searched for."""
    words = claim.quote(item)
    if item.kind == "number":
        return item.value >= SMALL or words[:1].isdigit()
    if item.kind in ("date", "quote", "name"):
        return item.end > item.start
    alike = any(one.told.language == claim.language for one in cited)
    return item.proper and alike and item.start > claim.start and item.key not in told and words.casefold() not in told
