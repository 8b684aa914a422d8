"""Measures the audit on claims whose truth is known: `python tests/benchmark_audit.py SHARED [--write]`.

SHARED is the folder that holds `gold/news-wikinews-de.jsonl`. The claims are those of `tests/gold/claims.jsonl`: of the
first case, audited against its last edition, and of German Wikinews, audited against a case that is drafted from the 40
articles. `--write` writes what was measured into `data/reference/audit_quality.csv`, which stands in every audit. With
`--own` it audits the reports of the first case as they lie in `reports/`, which must raise no alarm.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import click
import pandas as pd
from lagebild.audit.auditor import Auditor, audit_text
from lagebild.audit.report_text import read_report
from lagebild.core.paths import CHECKOUT, REFERENCE, Paths, locate
from lagebild.core.reference import Reference
from lagebild.core.tables import write_reference
from lagebild.corpus.inputs import read_inputs
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.run.pipeline import build_dataset

EDITION, NEWS = "2026-06-30", "wikinews-de"
CLAIMS = CHECKOUT / "tests" / "gold" / "claims.jsonl"
VERDICTS = {"supported": "supported", "differs": "differs", "contested": "contested"}
VERDICTS |= {"not-found": "not_found", "not-checked": "not_checked"}
FLAGGED, BORNE_OUT = ["differs", "not-found"], ["supported", "contested"]


def read_news(shared: Path, names: set[str], folder: Path) -> Paths:
    """Return the case that is drafted from some articles of Wikinews, each as of its own day."""
    lines = (shared / "gold" / "news-wikinews-de.jsonl").read_text(encoding="utf-8").splitlines()
    items = []
    for article in (json.loads(line) for line in lines):
        if article["id"] in names:
            day = format_datetime(datetime.fromisoformat(article["published"]).replace(tzinfo=UTC, hour=12))
            text = "".join(f"<p>{escape(one)}</p>" for one in article["text"].split("\n"))
            items.append(
                f"<item><title>{escape(article['title'])}</title><pubDate>{day}</pubDate>"
                f"<link>https://de.wikinews.org/{article['id']}</link><description>{escape(text)}</description></item>"
            )
    feed = folder / "news.xml"
    channel = "<title>Wikinews</title><link>https://de.wikinews.org</link><description>.</description>"
    feed.write_text(f"<rss version='2.0'><channel>{channel}{''.join(items)}</channel></rss>", encoding="utf-8")
    make_case("news", [str(feed)], Given("", "de", "Wikinews"), root=str(folder))
    return locate("news", "2026-06-30", root=str(folder))


def audit_claims(paths: Paths, claims: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield claims with the verdict of the audit, each as a report of its own; of two sentences, the worse verdict.

    `nearest` is whether the text shown for one that was not checked is one of those that decide it.
    """
    inputs = read_inputs(paths)
    auditor = Auditor(inputs.reference, build_dataset(inputs), paths.case, paths.as_of)
    order = ["differs", "not-found", "contested", "not-checked", "supported"]
    for one in claims:
        found = auditor.audit(one["claim"], one["language"]).findings
        verdict = min((finding.verdict for finding in found), key=order.index)
        pages = {finding.near.source_id for finding in found if finding.near and verdict == "not-checked"}
        named = pages | {auditor.sources[page]["url"].rpartition("/")[2] for page in pages}
        yield one | {"verdict": verdict, "nearest": not named.isdisjoint(name for name, *_ in one["evidence"])}


def count(judged: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims of each half, case, language, truth and kind have which verdict: `audit_quality`.

    And of how many that were not checked the nearest text is one that decides them.
    """
    judged = judged.assign(case=judged["set"].map({"russia-iran": "coded", NEWS: "drafted"}))
    both = pd.concat([judged, judged.assign(language="all")])
    kinds = pd.concat([both, both.assign(kind="all")])
    keys = ["half", "case", "language", "truth", "kind"]
    counted = kinds.assign(n=1).pivot_table(index=keys, columns="verdict", values="n", aggfunc="sum", fill_value=0)
    counted = counted.reindex(columns=list(VERDICTS), fill_value=0).rename(columns=VERDICTS)
    counted.insert(0, "claims", counted.sum(axis=1))
    counted["nearest"] = kinds.groupby(keys)["nearest"].sum()
    return counted.reset_index()


def summarise(judged: pd.DataFrame) -> str:
    """Return the figures that matter: true claims borne out and flagged, false ones flagged and borne out."""
    true, false = judged[judged["truth"] == "true"], judged[judged["truth"] == "false"]
    told = {
        "true": len(true),
        "supported": true["verdict"].isin(BORNE_OUT).mean(),
        "false alarms": true["verdict"].isin(FLAGGED).mean(),
        "false": len(false),
        "flagged": false["verdict"].isin(FLAGGED).mean(),
        "wrongly supported": (false["verdict"] == "supported").mean(),
        "nearest right": true.loc[true["verdict"] == "not-checked", "nearest"].mean(),
        "not checked": (judged.loc[judged["truth"] != "none", "verdict"] == "not-checked").mean(),
    }
    return ", ".join(f"{name} {value:.3f}".removesuffix(".000") for name, value in told.items())


def audit_own(paths: Paths) -> None:
    """Print what the audit of each report of the first case finds, and how long it takes."""
    for file in sorted(paths.reports.glob(f"{paths.case}-*.html")):
        as_of = "-".join(file.stem.split("-")[2:5])
        begun = time.perf_counter()
        inputs = read_inputs(locate(paths.case, as_of))
        report = read_report(file, as_of, inputs.reference)
        data = build_dataset(inputs)
        audit = audit_text(inputs.reference, data, paths.case, as_of, report.text, report.language, report.day)
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
    parser.add_argument("--own", action="store_true")
    asked = parser.parse_args()
    first = locate("russia-iran", EDITION)
    if asked.own:
        audit_own(first)
        return
    claims = [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        names = {name for one in claims if one["set"] == NEWS for name, _, _ in one["evidence"]}
        news = read_news(asked.shared, names, Path(folder))
        judged = [
            row
            for paths, told in ((first, "russia-iran"), (news, NEWS))
            for row in audit_claims(paths, [one for one in claims if one["set"] == told])
        ]
    table = pd.DataFrame(judged)
    for half, part in table.groupby("half"):
        click.echo(f"{half}: {summarise(part)}")
        for columns in (["style"], ["set"], ["language"], ["style", "set"], ["style", "language"]):
            for group, rows in part.groupby(columns):
                click.echo(f"  {', '.join(map(str, group))}: {summarise(rows)}")
        click.echo(pd.crosstab(part["truth"] + " " + part["kind"], part["verdict"]).to_string())
    if asked.write:
        write_reference(Reference(REFERENCE).folder, "audit_quality", count(table))


if __name__ == "__main__":
    main()
