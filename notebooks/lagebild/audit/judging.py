"""A language model as judge of claims: what it is asked, and which of its verdicts are admitted.

It is given a claim and the sentences that the search puts first, and answers with a verdict and the numbers of those on
which it rests. The gate asks what can be checked without understanding: these must be among them, and whom and what a
supported claim names, counts, dates and quotes must stand there as our tables compare it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from lagebild.audit.days import complete_date, may_meet
from lagebild.audit.items import Item, Reading
from lagebild.audit.search import Comparison
from lagebild.core import InputError, Reference, derived, edtf
from lagebild.reader import Request, find_json, make_request

LOGGER = logging.getLogger(__name__)
Judged = Literal["supported", "differs", "not-settled", "not-found"]
VERDICTS: tuple[Judged, ...] = get_args(Judged)
LONGEST_REASON = 300  # characters that are kept
LATE = 31  # days after an act within which a page may tell of it without its day
SMALL = 10  # below it a number may be put in other words


class Judgement(NamedTuple):
    """What a model says of a claim: its verdict, the places of the sentences among those asked about, and why."""

    verdict: Judged
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
    said = find_json(answer, "verdict") or {}
    verdict, numbers, why = said.get("verdict"), said.get("evidence") or [], said.get("why")
    if verdict not in VERDICTS or not isinstance(numbers, list):
        raise InputError(f"The model answers no JSON object with a verdict of {', '.join(VERDICTS)}: ask one that can.")
    evidence = dict.fromkeys(n - 1 for n in numbers if type(n) is int)
    told = " ".join(why.split())[:LONGEST_REASON] if isinstance(why, str) else ""
    return Judgement(verdict, tuple(evidence), "".join(filter(str.isprintable, told)))


def admit(judgement: Judgement, claim: Reading, seen: Sequence[Comparison]) -> Literal["evidence", "unheld"] | None:
    """Return why a verdict is not admitted; None if it is.

    ``evidence``: it rests on no sentence that was asked about. ``unheld``: it calls a claim supported, but not all that
    this names, counts, dates and quotes stands there.
    """
    if judgement.verdict not in ("supported", "differs"):
        return None
    named = [n for n in judgement.evidence if 0 <= n < len(seen)]
    if not named or len(named) < len(judgement.evidence):
        return "evidence"
    if judgement.verdict == "supported":
        unheld = find_unheld(claim, [seen[n] for n in named], seen)
        if unheld:
            LOGGER.debug("in none of the sentences: %s", ", ".join(map(claim.quote, unheld)))
            return "unheld"
    return None


def find_unheld(claim: Reading, cited: Sequence[Comparison], asked: Sequence[Comparison]) -> list[Item]:
    """Return what of a claim stands not where it should.

    Numbers, days and quotations must stand in the sentences that are `cited`, or beside them; names in any that was
    asked about, or on its page. A number below ten in words, and a name that no table knows in another language, can be
    put otherwise.
    """
    held = _list_held(cited) | {key for key in _list_held(asked) if key[0] in ("name", "proper")}
    told = " ".join(one.told.text for one in asked).casefold()
    alike = any(one.told.language == claim.language for one in cited)
    unheld = []
    for item in claim.items:
        if _key(item) in held or _is_quoted(item, claim):
            continue
        elsewhere = item.kind == "word" and not alike
        elsewhere = elsewhere or (item.kind == "date" and any(_may_be(item, one) for one in cited))
        if not elsewhere and _is_certain(claim, item, told):
            unheld.append(item)
    return unheld


def _list_held(seen: Sequence[Comparison]) -> set[tuple[str, int]]:
    """Return what of a claim stands in some sentences, near them or on their pages."""
    held = set[tuple[str, int]]()
    for one in seen:
        held.update(_key(match.item) for match in one.matches if match.where)
    return held


def _key(item: Item) -> tuple[str, int]:
    return "proper" if item.proper else item.kind, item.start


def _is_quoted(item: Item, claim: Reading) -> bool:
    return any(quote.start < item.start < quote.end for quote in claim.of("quote"))


def _may_be(item: Item, seen: Comparison) -> bool:
    """Whether the page of a sentence came out on a day of a claim or soon after, or the sentence allows that day."""
    day = seen.told.day
    dates = [f"{edtf.shift_day(day, -LATE)}/{day}"]
    dates += [one.key for one in seen.told.reading.of("date")]
    dates += [str(row["date"]) for row in seen.told.mentions if row["date"]]
    return any(may_meet(complete_date(item.key, item.rough, one), one) for one in dates)


def _is_certain(claim: Reading, item: Item, told: str) -> bool:
    """Whether a thing of a claim is one that texts can be searched for, and that these do not have in other words."""
    words = claim.quote(item)
    if item.kind == "number":
        return item.value >= SMALL or words[:1].isdigit()
    if item.kind == "word":
        return item.proper and item.start > claim.start and item.key not in told and words.casefold() not in told
    return item.end > item.start
