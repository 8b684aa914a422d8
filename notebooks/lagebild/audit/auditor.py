"""A report against the evidence of an edition, in one go: claims, sentences, what was measured, verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from lagebild.audit.acts import pair_same
from lagebild.audit.comparison import Comparison, compare
from lagebild.audit.finding import CLAIMLESS, Audit, Difference, Finding, Witness
from lagebild.audit.items import is_name
from lagebild.audit.judging import Judgement, admit, ask_claim, read_judgement
from lagebild.audit.reading import Reading, read_claims
from lagebild.audit.report_text import ReportText
from lagebild.audit.retrieval import EvidenceIndex, EvidenceSentence, Follow, may_meet
from lagebild.audit.signals import Signals, measure
from lagebild.audit.verdicts import ASKED, Verdict, decide, find_unfit
from lagebild.audit.vocabulary import list_concepts
from lagebild.core import Answer, InputError, Reference, records
from lagebild.dataset import Dataset
from lagebild.reader import Request

MOST = 6  # sentences shown for a claim
BORNE_OUT, SHOWN = ("supported", "contested"), ("supported", "differs")


@dataclass(frozen=True, eq=False)
class CaseEvidence:
    """The evidence that reports are held against.

    Attributes
    ----------
    reference
        The tables of words, names, offices and rules, with what the case adds.
    data
        The dataset of the edition.
    case, as_of
        Which it is; nothing that a report dates later can be told there.
    index
        Its sentences as an audit reads them, by `read_evidence`.
    """

    reference: Reference
    data: Dataset
    case: str
    as_of: str
    index: EvidenceIndex


class Weighed(NamedTuple):
    """A claim with the nearest sentences and how each stands to it; or why it cannot be checked."""

    claim: Reading
    unfit: str
    seen: Sequence[Comparison]
    measured: Sequence[Signals]


def weigh_claims(evidence: CaseEvidence, report: ReportText, follow: Follow = iter) -> list[Weighed]:
    """Return the claims of a report, each with the nearest sentences of the evidence.

    Parameters
    ----------
    evidence
        What the report is held against.
    report
        The report as it was read; its relative dates count from its day, or from the as-of date if it gives none.
    follow
        Is given the claims, to show how far the work is.
    """
    reference, index, as_of = evidence.reference, evidence.index, evidence.as_of
    weighed = []
    for claim in follow(read_claims(reference, report.text, report.language, _find_day(evidence, report))):
        unfit = find_unfit(index, claim, as_of)
        seen = compare(index, claim) if unfit in ("", *ASKED) else []
        weighed.append(Weighed(claim, unfit, seen, [measure(reference, index, claim, one) for one in seen]))
    return weighed


def list_claim_requests(
    evidence: CaseEvidence, report: ReportText, weighed: Iterable[Weighed], model: str
) -> list[Request | None]:
    """Return for each claim of a report the request to judge it; None for those that no sentence can tell of."""
    sources, day = _list_sources(evidence), _find_day(evidence, report)
    return [
        ask_claim(evidence.reference, one.claim, day, one.seen, sources, model) if one.seen else None for one in weighed
    ]


def audit_text(
    report: ReportText,
    evidence: CaseEvidence,
    weighed: Sequence[Weighed] = (),
    model: str = "",
    answers: Mapping[str, Answer] | None = None,
) -> Audit:
    """Return what the evidence says of each claim of a report.

    Parameters
    ----------
    report, evidence
        The report, and what it is held against.
    weighed
        Its claims as `weigh_claims` has them, if that was done before.
    model, answers
        The language model that judges, if one does, and what it answered, by the digests of the requests; where it
        gave no answer, the rules judge.
    """
    weighed = weighed or weigh_claims(evidence, report)
    witnesses = _Witnesses(evidence)
    asked = list_claim_requests(evidence, report, weighed, model) if model else [None] * len(weighed)
    findings = []
    for n, (one, request) in enumerate(zip(weighed, asked, strict=True), start=1):
        answer = (answers or {}).get(request.digest) if request else None
        findings.append(witnesses.find(f"c{n}", one, _read_answer(answer), model))
    about = sum(_names_any(evidence.index, one.claim) for one in weighed)
    return Audit(report.text, report.language, evidence.case, evidence.as_of, findings, witnesses.coded, model, about)


def _names_any(index: EvidenceIndex, claim: Reading) -> bool:
    """Whether a sentence names anybody whom the evidence names."""
    return any(index.find(one, claim.language) for one in claim.items if is_name(one))


def _read_answer(answer: Answer | None) -> Judgement | None:
    try:
        return read_judgement(answer.text) if answer else None
    except InputError:
        return None


def _find_day(evidence: CaseEvidence, report: ReportText) -> str:
    return min(report.day or evidence.as_of, evidence.as_of)


def _list_sources(evidence: CaseEvidence) -> dict[str, dict[str, Any]]:
    return {row["source_id"]: row for row in records(evidence.data.sources)}


class _Witnesses:
    """What of an edition findings are written from: its sources, events and sentences by their places."""

    def __init__(self, evidence: CaseEvidence) -> None:
        data = evidence.data
        self.reference, self.sources = evidence.reference, _list_sources(evidence)
        self.coded = bool(len(data.mentions) and (data.mentions["reviewed"] == "yes").all())  # by people, to the last
        self.events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in records(data.mentions.drop_duplicates("mention_id")):
            self.events[row["event_id"]].append(row)
        self.parts = {(row["mention_id"], row["language"]): str(row["evidence"]) for row in records(data.mentions)}
        self.told: dict[tuple[str, int], list[EvidenceSentence]] = defaultdict(list)
        for one in evidence.index.told:
            self.told[one.source_id, one.sentence_no].append(one)

    def find(self, name: str, one: Weighed, judgement: Judgement | None, model: str) -> Finding:
        """Return the finding on a claim, as the model judges it if its verdict is admitted, else as the rules do."""
        claim, rules = one.claim, Verdict("not-checked", one.unfit) if one.unfit else decide(one.measured)
        verdict = _judge(judgement, claim, one.seen) if judgement else rules
        verdict, witnesses = self._rest(claim, verdict, one.seen)
        voices = {self.sources[each.source_id]["reporter"] for each in witnesses if each.stance == "supports"}
        publishers = len(voices) if verdict.verdict in BORNE_OUT else 0
        return Finding(
            name,
            claim.start,
            claim.end,
            claim.text,
            verdict.verdict,
            verdict.reason,
            {"n": publishers},
            publishers,
            tuple(_order(witnesses)[:MOST]),
            verdict.difference,
            near=self._show_nearest(claim, verdict, one.seen),
            judge=model if judgement else "",
            why=judgement.why if judgement else "",
            remark=_remark(rules, verdict) if judgement else None,
        )

    def _rest(self, claim: Reading, verdict: Verdict, seen: Sequence[Comparison]) -> tuple[Verdict, list[Witness]]:
        """Return the verdict as it stands with all who tell the same event or deny it, and these."""
        if verdict.verdict not in SHOWN:
            return verdict, []
        stance = "differs" if verdict.verdict == "differs" else "supports"
        told = [(seen[k], self._relate(claim, seen[k], stance)) for k in verdict.places]
        witnesses = [self.show(one.told, claim.language, stance, rows, one.share) for one, rows in told]
        if stance == "differs":
            return verdict, witnesses
        events = {row["event_id"] for _, rows in told for row in rows if row["event_id"]}
        here = {(one.told.source_id, one.told.sentence_no) for one, _ in told}
        beside, disputed = self._add_others(claim, events, here)
        if disputed:
            verdict = verdict._replace(verdict="contested", reason="doubted" if disputed <= here else "contested")
        elif not self.coded:
            verdict = verdict._replace(verdict="contested", reason="unreviewed")
        return verdict, [*witnesses, *beside]

    def _show_nearest(self, claim: Reading, verdict: Verdict, seen: Sequence[Comparison]) -> Witness | None:
        """Return the sentence that comes closest, if no verdict rests on any."""
        if verdict.verdict not in ("not-checked", "not-found") or verdict.reason in CLAIMLESS or not seen:
            return None
        close = seen[verdict.places[0] if verdict.places else 0]
        return self.show(close.told, claim.language, "near", (), close.share)

    def show(
        self,
        told: EvidenceSentence,
        language: str,
        stance: str,
        rows: Iterable[Mapping[str, Any]] = (),
        share: float = 0.0,
    ) -> Witness:
        """Return a sentence as a witness, in a language if it is held in that, with what people coded in it."""
        held = self.told[told.source_id, told.sentence_no]
        shown = next((one for one in held if one.language == language), told)
        source = self.sources[told.source_id]
        coded = list(rows)
        return Witness(
            shown.source_id,
            shown.language,
            shown.sentence_no,
            shown.text,
            source["publisher"],
            source["published"],
            source["reliability"],
            str(coded[0]["status"]) if coded else "",
            stance,
            tuple(sorted(row["mention_id"] for row in coded)),
            round(min(share, 1.0), 2),
        )

    def _relate(self, claim: Reading, seen: Comparison, stance: str) -> list[Mapping[str, Any]]:
        """Return the mentions coded in a sentence that tell the act of a claim, or the only event there."""
        rows = {row["mention_id"]: row for row in seen.told.mentions}
        events = {row["event_id"] for row in rows.values() if row["event_id"]}
        pairs = pair_same(self.reference, claim.acts, seen.told.acts)
        same = {other.mention_id for _, other in pairs if other.mention_id} or (rows if len(events) == 1 else ())
        told = [row for name, row in sorted(rows.items()) if name in same and row["event_id"]]
        return [row for row in told if stance == "differs" or row["stance"] == "supports"]

    def _add_others(
        self, claim: Reading, events: set[str], here: set[tuple[str, int]]
    ) -> tuple[list[Witness], set[tuple[str, int]]]:
        """Return who else tells some events, or denies them, and the places at which they are disputed.

        What a claim tells itself as denied is no dispute of it, and who tells the same event need not say all of it.
        """
        witnesses, disputed = [], set()
        denies = _tells_denial(self.reference, claim)
        for row in (row for event in sorted(events) for row in self.events[event]):
            place = row["source_id"], row["sentence_no"]
            if not (beside := self.told[place]):
                continue
            disputes = _disputes(row, claim) and not denies
            witness = self.show(beside[0], claim.language, row["stance"] if disputes else "related", [row])
            if place in here:  # of the same sentence only what denies it; all of it denies nothing that it bears out
                part = self.parts.get((row["mention_id"], witness.language), witness.text)
                if not disputes or row["stance"] != "denies" or part in (witness.text, witness.text.rstrip(".")):
                    continue
                witness = replace(witness, text=f"… {part} …")
            witnesses.append(witness)
            if disputes:
                disputed.add(place)
        return witnesses, disputed


def _judge(judgement: Judgement, claim: Reading, seen: Sequence[Comparison]) -> Verdict:
    """Return the verdict of a model as far as it is admitted."""
    places = tuple(n for n in judgement.evidence if 0 <= n < len(seen))
    if refused := admit(judgement, claim, seen):
        return Verdict("not-checked", refused, places[:1])
    if judgement.verdict == "not-settled":
        return Verdict("not-checked", "unsettled" if places else "opinion", places[:1])
    reason = {"supported": "supported", "differs": "judged", "not-found": "not-found"}[judgement.verdict]
    return Verdict(judgement.verdict, reason, () if judgement.verdict == "not-found" else places)


def _remark(rules: Verdict, verdict: Verdict) -> Difference | None:
    """Return what the rules read otherwise, where a model calls a claim supported: who did it, or whether it was."""
    return rules.difference if verdict.verdict in BORNE_OUT and rules.reason in ("sides", "denied") else None


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
    once = {(one.name, one.stance): one for one in reversed(witnesses)}
    ranked = sorted(
        (one for one in dict.fromkeys(witnesses) if once[one.name, one.stance] is one),
        key=lambda one: (one.stance != "denies" and not one.share, one.stance == "denies", -one.share),
    )
    first = {one.publisher: one for one in reversed(ranked) if one.stance == "supports"}
    return sorted(ranked, key=lambda one: one.stance == "supports" and first[one.publisher] is not one)
