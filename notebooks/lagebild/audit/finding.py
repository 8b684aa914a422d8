"""What an audit finds of each claim of a report, or a reviewer instead: its verdict, why, and on which sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import pandas as pd

from lagebild.core import records
from lagebild.dataset import hash_claim, hash_report, verdicts_in_force

Verdict = Literal["supported", "differs", "contested", "not-found", "not-checked"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
DifferenceKind = Literal["day", "number", "quotation"]  # in what rules can tell that a report differs from a text
Claimless = Literal["heading", "question", "nothing-to-check", "opinion"]  # why a sentence claims nothing to check
# Why a claim has its verdict; the words of each stand below ``audit.reason.`` in words.csv. `Judged` are those
# of a language model: what it says differs, what it leaves open, and why the gate does not admit that it is supported.
Judged = Literal["judged", "unsettled", "unheld", "evidence"]
Rest = Literal["supported", "unreviewed", "contested", "doubted", "not-found", "strangers", "later", "short", "nearest"]
Reason = Literal[DifferenceKind, Claimless, Rest, Judged]
CLAIMLESS: tuple[Claimless, ...] = get_args(Claimless)
REASONS: tuple[Reason, ...] = get_args(Reason)
Stance = Literal["supports", "differs", "denies", "related", "near"]


@dataclass(frozen=True)
class Difference:
    """In what a claim differs from a sentence of the evidence: of which kind, what it says, and what is told there."""

    kind: DifferenceKind
    claimed: str
    told: str


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A sentence of the evidence, and how it stands to a claim.

    Attributes
    ----------
    source_id, language, sentence_no
        Its place in the case; `language` is that of `text`.
    text
        The sentence, or the part of it that denies what the rest says.
    publisher, published, reliability
        Who published it, when (EDTF), and the grade of the source (Admiralty code, A to F).
    status
        How people coded that it tells what the claim says: asserted, reported, hypothetical, negated or open; or empty.
    stance
        `supports`, `differs` or `denies`; `related` if it tells of the same event; `near` if it only comes closest.
    mentions
        Ids of the mentions that people coded in it, of what the claim says.
    share
        How much of what the claim says is said there, 0 to 1.
    """

    source_id: str
    language: str
    sentence_no: int
    text: str
    publisher: str
    published: str
    reliability: str
    status: str
    stance: Stance
    mentions: tuple[str, ...] = ()
    share: float = 0.0

    @property
    def name(self) -> str:
        """Its id: source and number of the sentence."""
        return f"{self.source_id}.{self.sentence_no}"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What an audit finds of one claim.

    Attributes
    ----------
    claim_id
        ``c1``, ``c2`` … in the order of the report.
    start, end
        Its place in the text of the report.
    claim
        The sentence, as it stands.
    verdict
        One of `VERDICTS`.
    reason
        One of `REASONS`, the key of the words that say why.
    publishers
        How many independent publishers support it.
    witnesses
        The sentences on which the verdict rests, the nearest first.
    difference
        In what it differs from the first of them, if that can be told without understanding it.
    near
        The sentence that comes nearest, if none bears the claim out or excludes it.
    judge
        The language model that judged; empty if the rules did.
    why
        What it says of the sentences, in its own words.
    overruled
        Who overruled the verdict of the audit, why, and what it was; empty if nobody did.
    """

    claim_id: str
    start: int
    end: int
    claim: str
    verdict: Verdict
    reason: Reason
    publishers: int = 0
    witnesses: tuple[Witness, ...] = ()
    difference: Difference | None = None
    near: Witness | None = None
    judge: str = ""
    why: str = ""
    overruled: tuple[str, str, str] = ("", "", "")

    @property
    def sentences(self) -> list[Witness]:
        """The sentences on which the verdict rests; each once for what it says of the claim."""
        once: dict[tuple[str, str], Witness] = {}
        for witness in self.witnesses:
            once.setdefault((witness.name, witness.stance), witness)
        return list(once.values())

    @property
    def shown(self) -> list[Witness]:
        """The sentences to read: those on which the verdict rests, or else the nearest one."""
        borne = self.verdict not in ("not-checked", "not-found")
        return self.sentences or ([] if borne or self.near is None else [self.near])

    @property
    def is_claim(self) -> bool:
        """Whether the sentence claims what could be checked, whether or not that was possible."""
        return self.verdict != "not-checked" or self.reason not in CLAIMLESS


@dataclass(frozen=True, kw_only=True)
class Audit:
    """A report against the evidence of an edition: its text, the language it is written in, and all findings.

    `coded` is whether people coded or reviewed all mentions of the evidence, or the draft coder made some alone;
    `model` the language model that judged, if one did; `about` how many sentences name anybody of the evidence.
    """

    text: str
    language: str
    case: str
    as_of: str
    findings: Sequence[Finding]
    coded: bool = False
    model: str = ""
    about: int = 0

    @property
    def judged(self) -> str:
        """Who judged: ``model`` or ``rules``."""
        return "model" if self.model else "rules"

    def count(self) -> dict[str, int]:
        """Return how many claims have each verdict."""
        counted = Counter[str](one.verdict for one in self.findings)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    def count_unchecked(self) -> tuple[int, int]:
        """Return how many claims were not checked, and how many there are; sentences without a claim count in none."""
        claimless = self.count_claimless()
        return self.count()["not-checked"] - claimless, len(self.findings) - claimless

    def count_claimless(self) -> int:
        """Return how many of the sentences that were not checked claim nothing that could be."""
        return sum(not one.is_claim for one in self.findings)


def apply_verdicts(audit: Audit, verdicts: pd.DataFrame) -> Audit:
    """Return an audit with the verdicts of reviewers in the place of its own.

    Parameters
    ----------
    audit
        What the audit itself said.
    verdicts
        Columns as in the table `case/verdicts`; those on other reports, and those that somebody took back, change
        nothing. A sentence that stands in the report twice is overruled twice.

    Returns
    -------
    Audit
        Its findings carry in `overruled` who decided, why, and what the audit itself had said, also where the reviewer
        says the same: then somebody has looked.
    """
    standing = verdicts_in_force(verdicts, hash_report(audit.text))
    decided = {row["claim"]: row for row in records(standing)}
    if not decided:
        return audit

    def overrule(finding: Finding) -> Finding:
        row = decided.get(hash_claim(finding.claim))
        if row is None:
            return finding
        return replace(finding, verdict=row["verdict"], overruled=(row["by"], row["reason"], finding.verdict))

    return replace(audit, findings=[overrule(finding) for finding in audit.findings])
