"""A report against the evidence of an edition, in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lagebild.audit.acts import pair_same
from lagebild.audit.comparison import Comparison
from lagebild.audit.finding import NEAR, Audit, Finding, Witness
from lagebild.audit.reading import Reading, read_claims
from lagebild.audit.retrieval import EvidenceSentence, Follow, may_meet, read_evidence
from lagebild.audit.verdicts import TOLD, Judged, judge
from lagebild.audit.vocabulary import list_concepts
from lagebild.core import Labels, Reference, read_labels, records
from lagebild.dataset import Dataset

MOST = 6  # sentences shown for a claim


def audit_text(
    reference: Reference,
    data: Dataset,
    case: str,
    as_of: str,
    text: str,
    language: str,
    day: str = "",
    follow: Follow = iter,
) -> Audit:
    """Return what the evidence of an edition says of each claim of a report; see `Auditor`."""
    return Auditor(reference, data, case, as_of, follow).audit(text, language, day)


class Auditor:
    """The evidence of an edition, read once, to audit reports against it.

    Parameters
    ----------
    reference
        The tables of words, names, offices and rules, with what the case adds.
    data
        The dataset of the edition.
    case, as_of
        Which it is; nothing that a report dates later can be told there.
    follow
        Is given the pages of the evidence, and then the claims, to show how far the work is.
    """

    def __init__(self, reference: Reference, data: Dataset, case: str, as_of: str, follow: Follow = iter) -> None:
        self.reference, self.case, self.as_of, self.follow = reference, case, as_of, follow
        self.evidence = read_evidence(reference, data, follow)
        self.coded = bool(len(data.mentions) and (data.mentions["reviewed"] == "yes").all())  # by people, to the last
        self.sources = {row["source_id"]: row for row in records(data.sources)}
        self.events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in records(data.mentions.drop_duplicates("mention_id")):
            self.events[row["event_id"]].append(row)
        self.parts = {(row["mention_id"], row["language"]): str(row["evidence"]) for row in records(data.mentions)}
        self.told: dict[tuple[str, int], list[EvidenceSentence]] = defaultdict(list)
        for one in self.evidence.told:
            self.told[one.source_id, one.sentence_no].append(one)

    def audit(self, text: str, language: str, day: str = "") -> Audit:
        """Return what the evidence says of each claim of a report.

        Parameters
        ----------
        text, language
            The report as it was read, one paragraph a line, and its language.
        day
            The day of the report, from which its relative dates are counted; empty for the as-of date.
        """
        claims = read_claims(self.reference, text, language, min(day or self.as_of, self.as_of))
        judged = [judge(self.reference, self.evidence, claim, self.as_of) for claim in self.follow(claims)]
        labels = read_labels(self.reference, language)
        findings = [
            _find(self, f"c{n}", claim, one, labels)
            for n, (claim, one) in enumerate(zip(claims, judged, strict=True), start=1)
        ]
        return Audit(text, language, self.case, self.as_of, findings, self.coded)

    def show(
        self,
        told: EvidenceSentence,
        language: str,
        stance: str,
        status: str,
        mentions: Iterable[str],
        share: float = 0.0,
    ) -> Witness:
        """Return a sentence as a witness, in a language if it is held in that."""
        held = self.told[told.source_id, told.sentence_no]
        shown = next((one for one in held if one.language == language), told)
        source = self.sources[told.source_id]
        return Witness(
            shown.source_id,
            shown.language,
            shown.sentence_no,
            shown.text,
            source["publisher"],
            source["published"],
            source["reliability"],
            status,
            stance,
            tuple(sorted(mentions)),
            round(min(share, 1.0), 2),
        )


def _find(shelf: Auditor, name: str, claim: Reading, judged: Judged, labels: Labels) -> Finding:
    """Return the finding on a claim: the verdict, with all who tell the same event, and who denies it."""
    stance = "differs" if judged.verdict == "differs" else "supports"
    shown = judged.seen if judged.verdict in ("supported", "differs") else ()
    told = [(one, _find_related(shelf.reference, claim, one)) for one in shown]
    witnesses = [
        shelf.show(
            one.told,
            claim.language,
            stance,
            _tell_status(one, rows),
            [row["mention_id"] for row in rows if stance == "differs" or row["stance"] == "supports"],
            one.share,
        )
        for one, rows in told
    ]
    verdict, reason = judged.verdict, judged.reason
    if judged.verdict == "supported":
        events = {row["event_id"] for _, rows in told for row in rows if row["event_id"]}
        here = {(one.told.source_id, one.told.sentence_no) for one in shown}
        coded = [row for event in sorted(events) for row in shelf.events[event]]
        for row in coded:
            place = row["source_id"], row["sentence_no"]
            if (beside := shelf.told[place]) and (place not in here or row["stance"] == "denies"):
                witness = shelf.show(beside[0], claim.language, row["stance"], row["status"], [row["mention_id"]])
                part = shelf.parts.get((row["mention_id"], witness.language), witness.text)
                if place in here and part not in (witness.text, witness.text.rstrip(".")):
                    witness = replace(witness, text=f"… {part} …")  # of the same sentence only what denies it
                witnesses.append(witness)
        disputed = [(row["source_id"], row["sentence_no"]) for row in coded if _disputes(row, claim)]
        if disputed and not _tells_denial(shelf.reference, claim):
            verdict, reason = "contested", "doubted" if set(disputed) <= here else "contested"
    witnesses = list({(one.name, one.stance): one for one in reversed(witnesses)}.values())[::-1]
    voices = {shelf.sources[one.source_id]["reporter"] for one in witnesses if one.stance == "supports"}
    publishers = len(voices) if verdict in ("supported", "contested") else 0
    values: Mapping[str, str | int] = {**judged.values, "n": publishers}
    near = None
    close = judged.seen[0] if judged.seen else None
    if not shown and close and (reason in NEAR or (verdict == "not-checked" and close.share >= TOLD)):
        near = shelf.show(close.told, claim.language, "near", _tell_status(close, ()), (), close.share)
    return Finding(
        name,
        claim.start,
        claim.end,
        claim.text,
        verdict,
        reason,
        dict(values),
        publishers,
        tuple(_order(witnesses)[:MOST]),
        tuple(judged.differences),
        _read(claim, labels),
        near=near,
    )


def _tells_denial(reference: Reference, claim: Reading) -> bool:
    """Whether a claim says itself that somebody denies it."""
    contrary = list_concepts(reference, "turns", "contrary")
    return any(one.verb and (one.status == "negated" or one.also & contrary) for one in claim.of("word"))


def _disputes(row: Mapping[str, Any], claim: Reading) -> bool:
    """Whether a mention denies the event that a claim tells, or gives it none of the days that the claim gives."""
    days = [one.key for one in claim.of("date")]
    elsewhere = bool(row["date"] and days) and not any(may_meet(day, row["date"]) for day in days)
    return row["stance"] == "denies" or (row["stance"] == "differs" and elsewhere)


def _order(witnesses: Sequence[Witness]) -> list[Witness]:
    """Sort what differs or denies after what supports, and a second sentence of a publisher after all of these."""
    ranked = sorted(witnesses, key=_rank)
    first = {one.publisher: one for one in reversed(ranked) if one.stance == "supports"}
    return sorted(ranked, key=lambda one: one.stance == "supports" and first[one.publisher] is not one)


def _rank(one: Witness) -> tuple[bool, bool, float]:
    """Sort what differs or denies after what supports, but before what adds nothing but another voice."""
    return one.stance != "denies" and not one.share, one.stance == "denies", -one.share


def _find_related(reference: Reference, claim: Reading, seen: Comparison) -> list[Mapping[str, Any]]:
    """Return the mentions coded in a sentence that tell the act of a claim; where there is but one event, its own."""
    rows = {row["mention_id"]: row for row in seen.told.mentions}
    pairs = pair_same(reference, claim.acts, seen.told.acts)
    same = {other.mention_id for _, other in pairs if other.mention_id}
    events = {row["event_id"] for row in rows.values() if row["event_id"]}
    if not same and len(events) == 1:
        same = {name for name, row in rows.items() if row["event_id"]}
    return [row for name, row in sorted(rows.items()) if name in same]


def _tell_status(seen: Comparison, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return how a sentence tells what a claim says: as it is coded, else as most of what both share stands there."""
    if rows:
        return str(rows[0]["status"])
    told = [one.other.status for one in seen.of("word") if one.other is not None]
    return max(sorted(set(told)), key=told.count) if told else "asserted"


def _read(claim: Reading, labels: Labels) -> str:
    """Return the first act of a claim in words: who, what, whom."""
    for act in claim.acts:
        if act.source and act.target and act.source != act.target:
            return f"{labels.names(sorted(act.source))} → {labels.names(sorted(act.target))}: " + (
                labels.types.get(act.kind, act.kind)
            )
    return ""
