"""One edition of a case: every table, judgement and chart that its report is made from, its key figures, its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import pandas as pd

from lagebild import core
from lagebild.analysis import Findings, affirm_own_acts, build_ladder, centre_case
from lagebild.charts import (
    NARROW,
    Chart,
    add_evidence,
    draw_charts,
    draw_ladder,
    draw_timeline,
    draw_week,
    note_status,
)
from lagebild.dataset import Dataset, choose_wording, load_dataset
from lagebild.report.bibliography import HASH
from lagebild.report.integrity import find_misnamed

BODY_CHARTS = (
    "ladder",
    "week",
    "relation-series",
)  # charts of what a report says; the others are of the annex


@dataclass(frozen=True, kw_only=True)
class Edition:
    """All that one report is made from."""

    reference: core.Reference
    paths: core.Paths
    case: core.Case
    judgements: core.Judgements
    labels: core.Labels
    parameters: core.Parameters
    data: Dataset
    changes: pd.DataFrame
    findings: Findings

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table that the report is made from, by name."""
        return self.data.tables() | {"changes": self.changes} | self.findings.tables()

    @cached_property
    def written(self) -> dict[str, str]:
        """Every table that the report is made from as CSV text, by name."""
        return {name: core.csv_files.to_csv(frame) for name, frame in self.tables.items()}

    @cached_property
    def hash(self) -> str:
        """Fingerprint of the dataset."""
        return core.csv_files.hash_texts(self.written)

    @property
    def short_hash(self) -> str:
        """As much of the fingerprint as a reader needs to tell two datasets apart."""
        return self.hash[:HASH]

    @property
    def number(self) -> int:
        """Which edition of the case this is, from 1; 0 for a day between editions."""
        editions = sorted(self.case.editions)
        return editions.index(self.paths.as_of) + 1 if self.paths.as_of in editions else 0

    @property
    def command(self) -> str:
        """The one command that builds this edition again."""
        words = f"lagebild run {self.paths.case} --as-of {self.paths.as_of} --language {self.paths.language}"
        for name, value in vars(self.parameters).items():
            if value != getattr(core.Parameters(), name):
                words += f" --{name} {value}"
        return words

    @property
    def unreviewed(self) -> bool:
        """Whether this is a machine draft of which people have not reviewed every mention."""
        return bool(self.banner)

    @property
    def banner(self) -> str:
        """How much of a machine draft people have reviewed, in a few words; empty for what they coded or finished."""
        return say_reviewed(self.data.mentions, self.labels) if self.case.draft else ""

    @property
    def has_times(self) -> bool:
        """Whether there is an order of time to show: not if all that a draft tells is undated and of one day."""
        events = self.data.events
        return not self.case.draft or bool((events["date"] != "").any()) or len(set(events["known_from"])) > 1

    @property
    def wordings(self) -> list[str]:
        """What the texts are: our own notes, the wording of the pages, or both."""
        return sorted(set(self.data.sources["wording"]))

    @cached_property
    def searches(self) -> pd.DataFrame:
        """The searches on file for what an edition can know; columns as in the table `case/searches`."""
        searches = core.read_case(self.paths, "searches")
        return searches[searches["end"] <= self.paths.as_of]

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """The charts of the report, by name, in the order in which they stand in it."""
        offices, types = core.read_offices(self.reference), self.reference.table("event_types")
        as_of, lanes, ties = self.paths.as_of, self.parameters.lanes, self.findings.ties
        reported = add_evidence(self.data.events, self.data.mentions, self.paths.language)
        rungs = self.reference.table("rungs")
        known = affirm_own_acts(self.data.events, self.data.mentions, offices, types)
        ladder = build_ladder(known, ties, self.case, offices, types, rungs, self.searches, as_of)
        drawn = draw_ladder(ladder, known, rungs, self.labels)
        drawn += draw_week(reported, self.case, offices, types, as_of, self.labels, lanes)
        if self.has_times:
            drawn += draw_timeline(reported, self.data.conditions, self.case, offices, types, as_of, self.labels, lanes)
        reliability = {"reliability": self.reference.table("reliability")}
        drawn += draw_charts(self.tables | reliability, self.case, as_of, self.labels)
        in_body = {*BODY_CHARTS}
        if self.case.draft:
            in_body |= {"timeline", "parties"}
        drawn.sort(key=lambda chart: chart.name.removesuffix(NARROW) not in in_body)
        return {chart.name: chart for chart in drawn}

    @cached_property
    def citable(self) -> dict[str, dict[str, Any]]:
        """Every event and condition with its mentions, ready to be shown, by id."""
        return dict(_describe(self))


def gather_edition(reference: core.Reference, paths: core.Paths, parameters: core.Parameters | None = None) -> Edition:
    """Load everything that the report of an edition is made from; `parameters` are those of the steps before.

    Raises
    ------
    InputError
        If a step before has not run, or a judgement cites what this edition does not know.
    """
    data = load_dataset(paths)
    findings = Findings(**{field.name: core.load(paths, field.name) for field in fields(Findings)})
    judgements = core.read_judgements(paths)
    case = centre_case(core.read_case_file(paths), data.events, core.read_offices(reference))
    for fault in find_misnamed(reference, paths, case, judgements, data):
        raise core.InputError(fault)
    return Edition(
        reference=reference,
        paths=paths,
        case=case,
        judgements=judgements,
        labels=core.read_labels(reference, paths.language),
        parameters=parameters or core.Parameters(),
        data=data,
        changes=core.load(paths, "changes"),
        findings=findings,
    )


def say_reviewed(mentions: pd.DataFrame, labels: core.Labels) -> str:
    """Return how much of a machine draft people have reviewed, in a few words; nothing if they have reviewed all."""
    once = mentions.drop_duplicates("mention_id")
    reviewed = int((once["reviewed"] == "yes").sum())
    if len(once) == reviewed > 0:
        return ""
    return labels("draft.banner" if len(once) else "draft.empty", reviewed=reviewed, n=len(once))


def _describe(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the id of every event and condition, and its row with its mentions, each in one language of its text."""
    language, data, labels = edition.paths.language, edition.data, edition.labels
    sources = data.sources.set_index("source_id", drop=False).to_dict("index")
    texts = data.sentences.set_index(["source_id", "language", "sentence_no"]).to_dict("index")
    shown = choose_wording(data.mentions, language)
    for table, key in ((data.events, "event_id"), (data.conditions, "condition_id")):
        by_row = core.group_rows(shown, key)
        for row in core.records(table):
            mentions = []
            for mention in by_row[row[key]]:
                sentence = texts[mention["source_id"], mention["language"], mention["sentence_no"]]
                around = {
                    "before": sentence["text"][: mention["start"] - sentence["start"]],
                    "after": sentence["text"][mention["end"] - sentence["start"] :],
                    "source": sources[mention["source_id"]],
                }
                mentions.append(mention | around)
            mentions.sort(key=lambda it: (it["stance"] == "denies", it["source"]["known_from"], it["mention_id"]))
            notes = note_status(row, labels) if table is data.events else ""
            assessed = row["status"] == "asserted" and row.get("kind", "condition") != "condition"
            summary, tongue = row[f"summary_{language}"], language
            for mention in mentions:
                if summary.endswith(f"[{mention['language']}]"):
                    tongue = mention["language"]
            shown_row = {
                "id": row[key],
                "summary": summary + notes,
                "tongue": tongue,
                "when": labels.date(row["date"]),
                "standing": labels(f"condition.{row['kind']}" if assessed else f"status.{row['status']}"),
                "mentions": mentions,
                "lead": min(mentions, key=_rate_lead),
            }
            yield row[key], row | shown_row


def _rate_lead(mention: dict[str, Any]) -> tuple[bool, str, bool]:
    """Return what sorts first the mention to be cited for the row: no denial, of the best page, with the row's view."""
    return mention["stance"] == "denies", mention["source"]["reliability"], mention["stance"] != "supports"


def count_key_figures(edition: Edition) -> dict[str, int]:
    """Return how many events, mentions, sources and so on the dataset of an edition holds, by name."""
    events, mentions, sentences = edition.data.events, edition.data.mentions, edition.data.sentences
    place = ["source_id", "sentence_no"]
    reported = mentions[place].drop_duplicates()
    both = mentions.groupby("mention_id")["language"].nunique()
    once = mentions.drop_duplicates("mention_id")
    decided, proposed = once[once["event_id"] != ""], edition.data.drafts["decision"]
    by_draft, reviewed = decided["origin"] == "drafted", decided["reviewed"] == "yes"
    return {
        "events": len(events),
        "conditions": len(edition.data.conditions),
        "mentions": len(once),
        "reported": len(decided),
        "accepted": int((by_draft & reviewed).sum()),
        "edited": int(((decided["origin"] == "edited") & reviewed).sum()),
        "added": int((decided["origin"] == "added").sum()),
        "open": int((~reviewed).sum()),
        "drafts": int((proposed != "candidate").sum()),
        "candidates": int((proposed == "candidate").sum()),
        "rejected": int((proposed == "rejected").sum()),
        "sources": len(edition.data.sources),
        "publishers": edition.data.sources["reporter"].nunique(),
        "countries": edition.data.sources["country"].replace("", pd.NA).nunique(),
        "sentences": len(sentences[place].drop_duplicates()),
        "sentences_coded": len(reported),
        "bilingual": int((both > 1).sum()),
        "reviewed": int((once["reviewed"] == "yes").sum()),
        "drafted": int((once["reviewed"] == "no").sum()),
        "several_publishers": int((events["n_publishers"] > 1).sum()),
        "exact": int((events["earliest"].ne("") & (events["earliest"] == events["latest"])).sum()),
        "contested": int((events["contested"] != "no").sum()),
        "unknown_day": int((edition.data.sources["published_basis"] == "estimated").sum()),
    }


def state_answer(edition: Edition) -> str:
    """Return the answer of the edition with its likelihood; of a case without one, what it rests on and what it is."""
    labels, language = edition.labels, edition.paths.language
    if not edition.judgements.answers:
        measured = count_key_figures(edition)
        counts = labels("title.counts", **{name: measured[name] for name in ("events", "sources", "publishers")})
        return f"{edition.banner}. {counts}" if edition.unreviewed else counts
    parts = []
    for entry in edition.judgements.answers:
        parts.append(entry.text[language])
        if entry.likelihood:
            low, high = core.judgements.LIKELIHOODS[entry.likelihood]
            band = labels("judgement.band", low=low, high=high, word=labels(f"likelihood.{entry.likelihood}"))
            parts.append(f"{labels('judgement.likelihood')} {band}.")
    return " ".join(parts)
