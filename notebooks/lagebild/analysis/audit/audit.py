"""A report against the evidence of an edition, in one go."""

from __future__ import annotations

from lagebild.analysis.audit.finding import Audit, Finding, Witness
from lagebild.core.reference import Reference
from lagebild.core.tables import records
from lagebild.corpus.sentences import find_stops, split_sentences
from lagebild.dataset.dataset import Dataset


def audit_text(reference: Reference, data: Dataset, case: str, as_of: str, text: str, language: str) -> Audit:
    """Return what the evidence of an edition says of each claim of a report.

    Parameters
    ----------
    reference
        The tables of words, names, offices and rules, with what the case adds.
    data
        The dataset of the edition.
    case, as_of
        Which it is; no day in the report is later.
    text, language
        The report as it was read, one paragraph a line, and its language.
    """
    sources = {row["source_id"]: row for row in records(data.sources)}
    told = [row for row in records(data.sentences) if row["language"] == language]
    findings = []
    for n, (start, end) in enumerate(split_sentences(text, find_stops(reference, language)), start=1):
        words = {word for word in text[start:end].lower().split() if len(word) > 4}
        best = max(told, key=lambda row: len(words & set(row["text"].lower().split())))
        share = len(words & set(best["text"].lower().split())) / max(len(words), 1)
        source = sources[best["source_id"]]
        witness = Witness(
            best["source_id"], language, best["sentence_no"], best["text"], source["publisher"], source["published"],
            source["reliability"], "asserted", "supports", (), round(share, 2),
        )  # fmt: skip
        verdict = "supported" if share > 0.5 else "not-found" if share < 0.2 else "not-checked"
        findings.append(Finding(f"c{n}", start, end, text[start:end], verdict, verdict, {"n": 1}, 1, (witness,)))
    return Audit(text, language, case, as_of, findings)
