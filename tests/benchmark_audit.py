"""Measures the audit on claims whose truth is known: `python tests/benchmark_audit.py SHARED [--write]`.

SHARED is the folder that holds `gold/news-*.jsonl`. The claims are those of `tests/gold/claims.jsonl`: of the first
case, audited against its last edition, and of real articles, audited against a case that is drafted from them. Rules
judge all; a large language model those to which `tests/gold/judgements.jsonl` holds its recorded answer. Beside each
figure stands how well the wording of the claims alone tells true from false. `--write` writes what was measured into
`data/reference/audit_quality.csv`, which stands in every audit. With `--fit` it prints what each choice of the
thresholds of the rules gives on the half that was read; with `--own` it audits the reports of the first case as they
lie in `reports/`, which must raise no alarm.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import click
import numpy as np
import pandas as pd
from lagebild.audit.auditor import CaseEvidence, Weighed, audit_text, list_claim_requests, weigh_claims
from lagebild.audit.differences import Thresholds, decide
from lagebild.audit.report_text import ReportText, read_report
from lagebild.audit.search import read_evidence
from lagebild.core.answers import Answer
from lagebild.core.folders import CHECKOUT, REFERENCE, Paths, locate
from lagebild.core.reference import Reference
from lagebild.core.tables import records, write_reference
from lagebild.corpus.inputs import read_inputs
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.run.pipeline import build_dataset
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_union

EDITION = "2026-06-30"
# Sets of claims on real articles: their language, publisher, and the day of those that give none.
NEWS = {"wikinews-de": ("de", "Wikinews", ""), "re3d-en": ("en", "re3d", "2016-12-31")}
CLAIMS, JUDGEMENTS = (CHECKOUT / "tests" / "gold" / f"{name}.jsonl" for name in ("claims", "judgements"))
MODEL = "recorded"
VERDICTS = {"supported": "supported", "differs": "differs", "contested": "contested"}
VERDICTS |= {"not-found": "not_found", "not-checked": "not_checked"}
FLAGGED, BORNE_OUT = ["differs", "not-found"], ["supported", "contested"]


def read_news(shared: Path, name: str, names: set[str], folder: Path) -> Paths:
    """Return the case that is drafted from some articles of a set, each as of its own day."""
    language, publisher, day = NEWS[name]
    lines = (shared / "gold" / f"news-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    items = []
    for article in (json.loads(line) for line in lines):
        if article["id"] in names:
            published = article["published"] or day
            told = format_datetime(datetime.fromisoformat(published).replace(tzinfo=UTC, hour=12))
            text = "".join(f"<p>{escape(one)}</p>" for one in article["text"].split("\n"))
            items.append(
                f"<item><title>{escape(article['title'])}</title><pubDate>{told}</pubDate>"
                f"<link>https://news.example/{article['id']}</link><description>{escape(text)}</description></item>"
            )
    feed = folder / f"{name}.xml"
    channel = f"<title>{publisher}</title><link>https://news.example</link><description>.</description>"
    feed.write_text(f"<rss version='2.0'><channel>{channel}{''.join(items)}</channel></rss>", encoding="utf-8")
    make_case(name, [str(feed)], Given("", language, publisher), root=str(folder))
    return locate(name, EDITION, root=str(folder))


def open_sets(shared: Path, claims: Sequence[Mapping[str, Any]], folder: Path) -> Iterator[tuple[str, Paths]]:
    """Yield each set of claims with the case that it is about."""
    yield "russia-iran", locate("russia-iran", EDITION)
    for name in NEWS:
        pages = {page for one in claims if one["set"] == name for page, *_ in one["evidence"]}
        yield name, read_news(shared, name, pages, folder)


def read_judgements() -> dict[str, Answer]:
    """Return the recorded answers of a large language model, by the digests of the requests."""
    lines = JUDGEMENTS.read_text(encoding="utf-8").splitlines()
    return {one["digest"]: Answer(json.dumps(one), MODEL, one["day"]) for one in map(json.loads, lines)}


def open_evidence(paths: Paths) -> CaseEvidence:
    """Return the evidence of an edition as an audit reads it."""
    inputs = read_inputs(paths)
    data = build_dataset(inputs)
    return CaseEvidence(inputs.reference, data, paths.case, paths.as_of, read_evidence(inputs.reference, data))


def audit_claims(
    paths: Paths, claims: Iterable[dict[str, Any]], answers: dict[str, Answer]
) -> Iterator[dict[str, Any]]:
    """Yield claims with the verdict of each judge, each as a report of its own; of two sentences, the worse verdict.

    `nearest` is whether the text shown for one that was not checked is one of those that decide it.
    """
    evidence = open_evidence(paths)
    urls = {row["source_id"]: row["url"].rpartition("/")[2] for row in records(evidence.data.sources)}
    order = ["differs", "not-found", "contested", "not-checked", "supported"]
    for one in claims:
        report = ReportText(text=one["claim"], language=one["language"])
        weighed = weigh_claims(evidence, report)
        requests = list_claim_requests(evidence, report, weighed, MODEL)
        for judge in ("rules", "model"):
            if judge == "model" and not any(request and request.digest in answers for request in requests):
                continue
            found = audit_text(report, evidence, weighed, MODEL if judge == "model" else "", answers).findings
            worst = min(found, key=lambda finding: order.index(finding.verdict))
            pages = {finding.near.source_id for finding in found if finding.near}
            named = pages | {urls[page] for page in pages}
            nearest = worst.verdict == "not-checked" and not named.isdisjoint(name for name, *_ in one["evidence"])
            yield one | {"judge": judge, "verdict": worst.verdict, "reason": worst.reason, "nearest": nearest}


def guess(claims: pd.DataFrame) -> float:
    """Return how well the wording of claims alone tells true from false: area under the curve, by tenths of the pages.

    Words, pairs of words and letters, logistic regression; no claim is judged by what was learnt from its own page.
    """
    told = claims[claims["truth"] != "none"].drop_duplicates("id")
    truth, texts = (told["truth"] == "true").to_numpy(), (told["language"] + " " + told["claim"]).to_numpy()
    pages = [
        str(evidence[0][0]) if evidence else name for evidence, name in zip(told["evidence"], told["id"], strict=True)
    ]
    rated = np.zeros(len(told))
    for learnt, judged in GroupKFold(10).split(texts, truth, pages):
        words = make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
        )
        model = LogisticRegression(C=10, max_iter=2000).fit(words.fit_transform(texts[learnt]), truth[learnt])
        rated[judged] = model.predict_proba(words.transform(texts[judged]))[:, 1]
    return float(roc_auc_score(truth, rated))


def count(judged: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims of each judge, half, case, language, truth and kind have which verdict: `audit_quality`.

    And of how many that were not checked the nearest text is one that decides them.
    """
    cases = {name: "drafted" if name in NEWS else "coded" for name in judged["set"].unique()}
    judged = judged.assign(case=judged["set"].map(cases))
    both = pd.concat([judged, judged.assign(language="all")])
    kinds = pd.concat([both, both.assign(kind="all")])
    keys = ["judge", "half", "case", "language", "truth", "kind"]
    counted = kinds.assign(n=1).pivot_table(index=keys, columns="verdict", values="n", aggfunc="sum", fill_value=0)
    counted = counted.reindex(columns=list(VERDICTS), fill_value=0).rename(columns=VERDICTS)
    counted.insert(0, "claims", counted.sum(axis=1))
    counted["nearest"] = kinds.groupby(keys)["nearest"].sum()
    guessed = {key: round(guess(rows), 2) for key, rows in judged.groupby(["judge", "half"])}
    counted["guess"] = [guessed[key[:2]] for key in counted.index]
    return counted.reset_index()


def summarise(judged: pd.DataFrame) -> str:
    """Return the figures that matter: true claims borne out and flagged, false ones flagged and borne out.

    In a case that nobody reviewed, what the texts bear out is called contested: of false ones that counts as borne out.
    """
    true, false = judged[judged["truth"] == "true"], judged[judged["truth"] == "false"]
    told = {
        "true": len(true),
        "supported": true["verdict"].isin(BORNE_OUT).mean(),
        "false alarms": true["verdict"].isin(FLAGGED).mean(),
        "false": len(false),
        "flagged": false["verdict"].isin(FLAGGED).mean(),
        "wrongly supported": false["verdict"].isin(BORNE_OUT).mean(),
        "nearest right": true.loc[true["verdict"] == "not-checked", "nearest"].mean(),
        "undecided": (judged.loc[judged["truth"] != "none", "verdict"] == "not-checked").mean(),
    }
    return ", ".join(f"{name} {value:.3f}".removesuffix(".000") for name, value in told.items())


def fit(shared: Path, claims: Sequence[dict[str, Any]], folder: Path) -> Iterator[tuple[Thresholds, str]]:
    """Yield choices of the thresholds, each with what the rules make of the claims that were read."""
    weighed: list[tuple[dict[str, Any], CaseEvidence, list[Weighed]]] = []
    for name, paths in open_sets(shared, claims, folder):
        evidence = open_evidence(paths)
        for one in claims:
            if (one["set"], one["half"]) == (name, "read"):
                report = ReportText(text=one["claim"], language=one["language"])
                weighed.append((one, evidence, weigh_claims(evidence, report)))
    for number, day, held in product((0.3, 0.4, 0.5, 0.6), (0.4, 0.5, 0.6, 0.7), (0.3, 0.42, 0.6)):
        limits = Thresholds(number, day, held)
        rows = []
        for one, evidence, parts in weighed:
            found = [decide(evidence.index, each.claim, each.seen, limits).verdict for each in parts if each.seen]
            rows.append(one | {"verdict": min(found, default="not-checked"), "nearest": False})
        yield limits, summarise(pd.DataFrame(rows))


def audit_own(paths: Paths) -> None:
    """Print what the audit of each report of the first case finds, and how long it takes."""
    for file in sorted(paths.reports.glob(f"{paths.case}-*.html")):
        as_of = "-".join(file.stem.split("-")[2:5])
        begun = time.perf_counter()
        evidence = open_evidence(locate(paths.case, as_of))
        audit = audit_text(read_report(file, as_of, evidence.reference), evidence)
        click.echo(f"{file.name}: {audit.count()} in {time.perf_counter() - begun:.1f} s")
        for one in audit.findings:
            if one.verdict in FLAGGED:
                told = " ".join(witness.text for witness in one.witnesses[:1])
                click.echo(f"    {one.verdict}, {one.reason} | {one.claim} | {told}")


def main() -> None:
    """Print, and write if asked, how the audit judged the claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--own", action="store_true")
    asked = parser.parse_args()
    first = locate("russia-iran", EDITION)
    if asked.own:
        audit_own(first)
        return
    claims = [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
    answers = read_judgements()
    if asked.fit:
        with tempfile.TemporaryDirectory() as folder:
            for limits, told in fit(asked.shared, claims, Path(folder)):
                click.echo(f"{limits}: {told}")
        return
    with tempfile.TemporaryDirectory() as folder:
        judged = [
            row
            for name, paths in open_sets(asked.shared, claims, Path(folder))
            for row in audit_claims(paths, [one for one in claims if one["set"] == name], answers)
        ]
    table = pd.DataFrame(judged)
    for (judge, half), part in table.groupby(["judge", "half"]):
        click.echo(f"{judge}, {half}: {summarise(part)}, wording alone {guess(part):.2f}")
        for columns in (["style"], ["set"], ["language"], ["style", "set"]):
            for group, rows in part.groupby(columns):
                click.echo(f"  {', '.join(map(str, group))}: {summarise(rows)}")
        click.echo(pd.crosstab(part["truth"] + " " + part["kind"], part["verdict"]).to_string())
    control = [one for one in map(json.loads, JUDGEMENTS.open(encoding="utf-8")) if one["id"].startswith("control")]
    settled = sum(one["verdict"] in ("supported", "differs") for one in control)
    click.echo(f"control, with the evidence of another claim: {settled} of {len(control)} are settled")
    if asked.write:
        write_reference(Reference(REFERENCE).folder, "audit_quality", count(table))


if __name__ == "__main__":
    main()
