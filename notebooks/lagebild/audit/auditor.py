"""A report against the evidence of an edition, in one go: claims, the nearest sentences, verdicts, findings."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from lagebild.audit.days import may_meet
from lagebild.audit.differences import ASKED, Ruling, decide, find_unfit
from lagebild.audit.finding import CLAIMLESS, Audit, Finding, Reason, Stance, Verdict, Witness
from lagebild.audit.items import Reading, is_name, read_claims, share_words
from lagebild.audit.judging import Judgement, admit, ask_claim, read_judgement
from lagebild.audit.report_text import ReportText
from lagebild.audit.search import Comparison, EvidenceIndex, EvidenceSentence, Follow
from lagebild.core import Answer, InputError, Reference, records
from lagebild.dataset import Dataset
from lagebild.reader import Request

LOGGER = logging.getLogger(__name__)
MOST = 6  # sentences shown for a claim
Row = Mapping[str, Any]
Place = tuple[str, int]  # a source and a sentence of it


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

    @cached_property
    def sources(self) -> dict[str, Row]:
        """The rows of its sources, by their ids."""
        return {row["source_id"]: row for row in records(self.data.sources)}

    @cached_property
    def coded(self) -> bool:
        """Whether people coded or reviewed all of its mentions, to the last."""
        mentions = self.data.mentions
        return bool(len(mentions) and (mentions["reviewed"] == "yes").all())

    @cached_property
    def events(self) -> dict[str, list[Row]]:
        """The mentions of each event, by its id."""
        events: dict[str, list[Row]] = defaultdict(list)
        for row in records(self.data.mentions.drop_duplicates("mention_id")):
            events[row["event_id"]].append(row)
        return events

    @cached_property
    def parts(self) -> dict[tuple[str, str], str]:
        """The words in which a mention is coded, by its id and their language."""
        return {(row["mention_id"], row["language"]): str(row["evidence"]) for row in records(self.data.mentions)}

    @cached_property
    def told(self) -> dict[Place, list[EvidenceSentence]]:
        """The sentences at each place, one for each language in which it is held."""
        told: dict[Place, list[EvidenceSentence]] = defaultdict(list)
        for one in self.index.told:
            told[one.source_id, one.sentence_no].append(one)
        return told


class Weighed(NamedTuple):
    """A claim with the sentences that say most of it; or why it cannot be checked."""

    claim: Reading
    unfit: Reason | None
    seen: Sequence[Comparison]


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
    weighed = []
    claims = read_claims(evidence.reference, report.text, report.language, _find_day(evidence, report))
    for claim in follow(claims):
        unfit = find_unfit(evidence.index, claim, evidence.as_of)
        seen = evidence.index.compare(claim) if unfit is None or unfit in ASKED else []
        weighed.append(Weighed(claim, unfit, seen))
    return weighed


def list_claim_requests(
    evidence: CaseEvidence, report: ReportText, weighed: Iterable[Weighed], model: str
) -> list[Request | None]:
    """Return for each claim of a report the request to judge it; None for those that no sentence can tell of."""
    requests: list[Request | None] = []
    day = _find_day(evidence, report)
    for one in weighed:
        asked = None
        if one.seen:
            asked = ask_claim(evidence.reference, one.claim, day, one.seen, evidence.sources, model)
        requests.append(asked)
    return requests


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
        gave no answer, the rules tell what they can.
    """
    weighed = weighed or weigh_claims(evidence, report)
    asked: Sequence[Request | None] = [None] * len(weighed)
    if model:
        asked = list_claim_requests(evidence, report, weighed, model)
    findings, about = [], 0
    for n, (one, request) in enumerate(zip(weighed, asked, strict=True), start=1):
        judgement = _read_answer(request, answers or {})
        findings.append(_find(f"c{n}", evidence, one, judgement, model))
        names = [item for item in one.claim.items if is_name(item)]
        about += any(evidence.index.find(item, one.claim.language) for item in names)
    return Audit(
        text=report.text,
        language=report.language,
        case=evidence.case,
        as_of=evidence.as_of,
        findings=findings,
        coded=evidence.coded,
        model=model,
        about=about,
    )


def _find_day(evidence: CaseEvidence, report: ReportText) -> str:
    return min(report.day or evidence.as_of, evidence.as_of)


def _read_answer(request: Request | None, answers: Mapping[str, Answer]) -> Judgement | None:
    """Return what a model answered to a request, if it did."""
    if request is None or request.digest not in answers:
        return None
    try:
        return read_judgement(answers[request.digest].text)
    except InputError:
        LOGGER.debug("the answer %s holds no verdict", request.digest)
        return None


# --- From a Ruling to a Finding ---


def _find(name: str, evidence: CaseEvidence, one: Weighed, judgement: Judgement | None, model: str) -> Finding:
    """Return the finding on a claim: as the model judges it if its verdict is admitted, else what rules can tell."""
    claim = one.claim
    if judgement:
        ruling = _admit(judgement, claim, one.seen)
    elif one.unfit:
        ruling = Ruling("not-checked", one.unfit)
    else:
        ruling = decide(evidence.index, claim, one.seen)
    witnesses: list[Witness] = []
    verdict, reason = ruling.verdict, ruling.reason
    if verdict == "differs":
        witnesses = [_show(evidence, one.seen[k], claim.language, "differs") for k in ruling.places]
    elif verdict == "supported":
        verdict, reason, witnesses = _hold_against(evidence, claim, [one.seen[k] for k in ruling.places])
    reporters = {evidence.sources[each.source_id]["reporter"] for each in witnesses if each.stance == "supports"}
    return Finding(
        claim_id=name,
        start=claim.start,
        end=claim.end,
        claim=claim.text,
        verdict=verdict,
        reason=reason,
        publishers=len(reporters),
        witnesses=tuple(_order(witnesses)[:MOST]),
        difference=ruling.difference,
        near=_show_nearest(evidence, one, ruling),
        judge=model if judgement else "",
        why=judgement.why if judgement else "",
    )


def _admit(judgement: Judgement, claim: Reading, seen: Sequence[Comparison]) -> Ruling:
    """Return the verdict of a model as far as it is admitted."""
    places = tuple(n for n in judgement.evidence if 0 <= n < len(seen))
    refused = admit(judgement, claim, seen)
    if refused:
        LOGGER.debug("a verdict of the model is not admitted (%s): %.80s", refused, claim.text)
        return Ruling("not-checked", refused, places[:1])
    match judgement.verdict:
        case "supported":
            return Ruling("supported", "supported", places)
        case "differs":
            return Ruling("differs", "judged", places)
        case "not-found":
            return Ruling("not-found", "not-found")
        case "not-settled":
            return Ruling("not-checked", "unsettled" if places else "opinion", places[:1])


def _show_nearest(evidence: CaseEvidence, one: Weighed, ruling: Ruling) -> Witness | None:
    """Return the sentence that comes closest, if no verdict rests on any."""
    if ruling.verdict not in ("not-checked", "not-found") or ruling.reason in CLAIMLESS or not one.seen:
        return None
    close = one.seen[ruling.places[0] if ruling.places else 0]
    return _show(evidence, close, one.claim.language, "near")


def _show(evidence: CaseEvidence, one: Comparison, language: str, stance: Stance, rows: Sequence[Row] = ()) -> Witness:
    """Return a sentence that was compared as a witness, with what people coded in it of the claim."""
    place = one.told.source_id, one.told.sentence_no
    return _make_witness(evidence, place, language, stance, rows, one.share)


def _make_witness(
    evidence: CaseEvidence, place: Place, language: str, stance: Stance, rows: Sequence[Row], share: float = 0.0
) -> Witness:
    """Return the sentence at a place as a witness, in a language if it is held in that."""
    held = evidence.told[place]
    shown = next((one for one in held if one.language == language), held[0])
    source = evidence.sources[shown.source_id]
    return Witness(
        source_id=shown.source_id,
        language=shown.language,
        sentence_no=shown.sentence_no,
        text=shown.text,
        publisher=source["publisher"],
        published=source["published"],
        reliability=source["reliability"],
        status=str(rows[0]["status"]) if rows else "",
        stance=stance,
        mentions=tuple(sorted(row["mention_id"] for row in rows)),
        share=round(min(share, 1.0), 2),
    )


# --- Who Tells the Same Event, or Denies It ---


def _hold_against(
    evidence: CaseEvidence, claim: Reading, cited: Sequence[Comparison]
) -> tuple[Verdict, Reason, list[Witness]]:
    """Return how a claim that sentences bear out stands with all who tell the same event, and these.

    In a case that nobody reviewed to the end it is contested at best; in a reviewed one if somebody denies the event.
    Who tells the same event need not say all of the claim.
    """
    witnesses, disputed = [], set[Place]()
    events, here = dict[str, None](), set[Place]()
    for one in cited:
        rows = _list_coded(evidence, claim, one)
        witnesses.append(_show(evidence, one, claim.language, "supports", rows))
        here.add((one.told.source_id, one.told.sentence_no))
        events |= dict.fromkeys(row["event_id"] for row in rows)
    rows_of_events: list[Row] = []
    for event in sorted(events):
        rows_of_events += evidence.events[event]
    for row in rows_of_events:
        place = row["source_id"], row["sentence_no"]
        if place not in evidence.told:
            continue
        disputes = _disputes(row, claim)
        if place not in here:
            stance: Stance = row["stance"] if disputes else "related"
            witnesses.append(_make_witness(evidence, place, claim.language, stance, [row]))
        elif disputes and (denial := _show_denial(evidence, row, claim.language)):
            witnesses.append(denial)
        else:
            continue
        if disputes:
            disputed.add(place)
    if disputed:
        return "contested", "doubted" if disputed <= here else "contested", witnesses
    if not evidence.coded:
        return "contested", "unreviewed", witnesses
    return "supported", "supported", witnesses


def _list_coded(evidence: CaseEvidence, claim: Reading, one: Comparison) -> list[Row]:
    """Return the mentions of the event that people coded in a sentence; of several, that of which a claim says most."""
    rows = [row for row in one.told.mentions if row["event_id"] and row["stance"] == "supports"]
    shares: dict[str, float] = defaultdict(float)
    for row in rows:
        part = evidence.parts.get((row["mention_id"], claim.language), one.told.text)
        shares[row["event_id"]] = max(shares[row["event_id"]], share_words(part, claim.text))
    most = max(shares.values(), default=0.0)
    return [row for row in rows if shares[row["event_id"]] == most]


def _disputes(row: Row, claim: Reading) -> bool:
    """Whether a mention denies the event that a claim tells, or gives it none of the days that the claim gives."""
    days = [one.key for one in claim.of("date")]
    elsewhere = bool(row["date"] and days) and not any(may_meet(day, row["date"]) for day in days)
    return row["stance"] == "denies" or (row["stance"] == "differs" and elsewhere)


def _show_denial(evidence: CaseEvidence, row: Row, language: str) -> Witness | None:
    """Return the part of a sentence that denies what the rest of it says; nothing if it is all of the sentence."""
    shown = _make_witness(evidence, (row["source_id"], row["sentence_no"]), language, "denies", [row])
    part = evidence.parts.get((row["mention_id"], shown.language), shown.text)
    if row["stance"] != "denies" or part in (shown.text, shown.text.rstrip(".")):
        return None
    return replace(shown, text=f"… {part} …")


def _order(witnesses: Iterable[Witness]) -> list[Witness]:
    """Return witnesses, each once: who supports before who denies, and a second sentence of a publisher last."""
    once: dict[tuple[str, Stance], Witness] = {}
    for one in witnesses:
        once.setdefault((one.name, one.stance), one)
    ranked = sorted(
        once.values(), key=lambda one: (one.stance != "denies" and not one.share, one.stance == "denies", -one.share)
    )
    first, again, publishers = list[Witness](), list[Witness](), set[str]()
    for one in ranked:
        if one.stance == "supports" and one.publisher in publishers:
            again.append(one)
            continue
        first.append(one)
        if one.stance == "supports":
            publishers.add(one.publisher)
    return first + again
