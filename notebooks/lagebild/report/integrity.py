"""Whether a report may be built: all that a case and its judgements name is there, and the prose keeps its rules."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from lagebild.core import (
    LANGUAGES,
    Case,
    Entry,
    Judgements,
    Labels,
    Paths,
    Reference,
    judgements as written,
    read_case,
    read_labels,
    records,
)
from lagebild.corpus import find_stops, split_sentences
from lagebild.dataset import Dataset

# --- The Rules of Estimative Language ---
# The analyst's prose is checked in German and in English. ICD 203 (2015), D.6.e.2: an estimate uses one of seven terms
# for how likely something is, does not mix the rows of terms, and never says in one sentence how likely it is and how
# confident the analyst is. What a sentence claims to be certain must not go beyond its evidence. The words are the
# table `estimates`; of two that fit, the longer one counts.


PROSE = ("text", "basis", "heading", "answer", "changed", "gist")
NAMES = {"de": "German", "en": "English"}


@dataclass(frozen=True)
class Support:
    """What an entry rests on: how many rows, how many of them uncontested and stated as fact, by how many outlets."""

    rows: int
    facts: int
    outlets: int

    @property
    def is_firm(self) -> bool:
        """Whether all of it is stated as fact, uncontested, and not by one outlet alone."""
        return 0 < self.rows == self.facts and self.outlets > 1


def check_prose(reference: Reference, paths: Paths, judgements: Judgements, data: Dataset) -> Iterator[str]:
    """Yield one sentence for each place in `judgements.yml` that breaks a rule: entry, language, words and remedy."""
    for entry in judgements.entries():
        for fault in check_entry(reference, entry, find_support(entry, data)):
            yield f"data/cases/{paths.case}/judgements.yml, entry {entry.entry_id}, {fault}"


def find_support(entry: Entry, data: Dataset) -> Support:
    """Return what an entry rests on: the rows it cites, and of an answered question those that answer it."""
    cited = {*entry.evidence, *entry.answered_by}
    reported = data.mentions[data.mentions["event_id"].isin(cited) | data.mentions["condition_id"].isin(cited)]
    outlets = reported[["source_id"]].merge(data.sources, on="source_id")["reporter"].nunique()
    events = data.events[data.events["event_id"].isin(cited)]
    conditions = data.conditions[data.conditions["condition_id"].isin(cited)]
    facts = 0
    for rows in (events, conditions):
        facts += int(((rows["status"] == "asserted") & (rows["contested"] == "no")).sum())
    return Support(len(events) + len(conditions), facts, int(outlets))


def check_entry(reference: Reference, entry: Entry, support: Support) -> Iterator[str]:
    """Yield what is wrong with an entry; `support` is what it rests on."""
    if entry.answer and not entry.answered_by:
        yield "answer: it cites nothing; name in answered_by the events that answer the question."
    if entry.confidence == "high" and (support.outlets < 2 or not support.facts):
        yield "confidence: high goes beyond its evidence; cite facts of two independent outlets, or say moderate."
    for language in LANGUAGES:
        in_text: list[written.Estimate] = []
        for part in PROSE:
            prose = getattr(entry, part).get(language, "")
            for start, end in split_sentences(prose, find_stops(reference, language)):
                sentence = prose[start:end]
                estimates = written.find_estimates(reference, sentence, language)
                where = f"{part} in {NAMES[language]}"
                in_text += estimates if part == "text" else []
                for fault in check_sentence(estimates, support):
                    yield f"{where}: {fault}: {sentence}"
        for fault in _compare(entry, in_text, read_labels(reference, language)):
            yield f"text in {NAMES[language]}: {fault}"


def check_sentence(estimates: list[written.Estimate], support: Support) -> Iterator[str]:
    """Yield what is wrong with the estimative words of one sentence."""
    likely = [estimate for estimate in estimates if estimate.kind == "likelihood"]
    if len({estimate.value for estimate in likely}) > 1 or len({estimate.row for estimate in likely}) > 1:
        named = " and ".join(repr(estimate.words) for estimate in likely)
        yield f"{named} mix two estimates or two rows of terms; state one in a sentence"
    sure = [estimate for estimate in estimates if estimate.kind == "confidence"]
    if likely and sure:
        yield f"{likely[0].words!r} and {sure[0].words!r} join likelihood and confidence; give each its own sentence"
    for estimate in estimates:
        if estimate.kind == "vague":
            yield f"{estimate.words!r} says likelihood without a band; take a term of ICD 203, or leave it out"
        if estimate.kind == "certainty" and not support.is_firm:
            yield (
                f"{estimate.words!r} claims more certainty than its evidence bears ({support.facts} of {support.rows} "
                f"cited rows are uncontested facts, outlets: {support.outlets}); weaken it, or cite what bears it"
            )


def _compare(entry: Entry, estimates: list[written.Estimate], words: Labels) -> Iterator[str]:
    """Yield where the prose of an entry says another likelihood than its field."""
    stated = {estimate.value for estimate in estimates if estimate.kind == "likelihood"}
    term = words(f"likelihood.{entry.likelihood}") if entry.likelihood else ""
    for estimate in estimates:
        if estimate.kind == "likelihood" and estimate.value != entry.likelihood:
            given = f"likelihood is {entry.likelihood!r}" if entry.likelihood else "the entry has no likelihood"
            yield f"it says {estimate.words!r}, but {given}; make them agree."
    if entry.likelihood and not stated:
        yield f"it never says how likely it is; write {term!r}, as its likelihood does, where the estimate stands."


# --- What a Case and Its Judgements Name ---


class _Known(NamedTuple):
    """The ids of what an entry may name: actors, events and conditions (`reported`), sources, scenarios in force."""

    actors: Set[str]
    reported: Set[str]
    sources: Set[str]
    scenarios: Set[str]


def find_misnamed(
    reference: Reference, paths: Paths, case: Case, judgements: Judgements, data: Dataset
) -> Iterator[str]:
    """Yield one sentence for each name that leads nowhere, and each rating that is missing; `data` is the edition's."""
    yield from find_strangers(reference, paths, case, judgements)
    yield from find_unknown(paths, judgements, data)
    yield from find_unrated(paths, judgements, data)


def find_unknown(paths: Paths, judgements: Judgements, data: Dataset) -> Iterator[str]:
    """Yield one sentence for each id that a judgement cites and the edition does not know."""
    known = set(data.events["event_id"]) | set(data.conditions["condition_id"])
    for entry in judgements.entries():
        for name in sorted(entry.cited):
            if name not in known:
                yield (
                    f"data/cases/{paths.case}/judgements.yml, entry {entry.entry_id}: {name} is not known on "
                    f"{paths.as_of}; cite an event or condition that is, or give the entry a later as_of."
                )


def find_unrated(paths: Paths, judgements: Judgements, data: Dataset) -> Iterator[str]:
    """Yield one sentence for each hypothesis in force that evidence of the edition is not rated against.

    What nobody rated has nothing against it, and would rank first.
    """
    known = set(data.events["event_id"]) | set(data.conditions["condition_id"])
    folder, in_force = f"data/cases/{paths.case}", [entry.entry_id for entry in judgements.hypotheses]
    rated = dict[str, dict[str, int]]()  # by piece of evidence: against which hypotheses, in which row
    for number, row in enumerate(records(judgements.consistency), start=2):
        if row["evidence"] in known and row["hypothesis"] in in_force:
            rated.setdefault(row["evidence"], {})[row["hypothesis"]] = number
    for hypothesis in in_force:
        if not any(hypothesis in rows for rows in rated.values()):
            yield (
                f"{folder}/judgements.yml, entry {hypothesis}: no evidence known on {paths.as_of} is rated against it; "
                "rate some in consistency.csv, for without any it would rank first."
            )
            continue
        for evidence, rows in rated.items():
            if hypothesis not in rows:
                yield (
                    f"{folder}/consistency.csv, row {min(rows.values())}: {evidence} is not rated against "
                    f"{hypothesis}, which is in force on {paths.as_of}; add a row that does."
                )


def find_strangers(reference: Reference, paths: Paths, case: Case, judgements: Judgements) -> Iterator[str]:
    """Yield one sentence for each name in `case.yml` and `judgements.yml` that stands in no table at all."""
    actors = {row["actor_id"] for row in reference.rows("actors")}
    reported = set(read_case(paths, "events", case.draft)["event_id"])
    reported |= set(read_case(paths, "conditions", case.draft)["condition_id"])
    sources = set(read_case(paths, "sources")["source_id"])
    known = _Known(actors, reported, sources, {scenario.entry_id for scenario in judgements.scenarios})
    folder = f"data/cases/{paths.case}"
    for name in sorted(sources & reported):  # each is a place in the report
        yield f"{folder}/sources.csv: an event or condition has the id {name} too; give the source another."
    for actor in sorted(case.lane_actors - actors):
        yield f"{folder}/case.yml: there is no actor {actor!r}; add it to actors.csv of the case."
    for entry in judgements.entries():
        where = f"{folder}/judgements.yml, entry {entry.entry_id}"
        for fault in _check_entry(entry, known, case.draft):
            yield f"{where}: {fault}"
    for row, name in enumerate(judgements.consistency["evidence"], start=2):
        if not case.draft and name not in reported:
            where = f"{folder}/consistency.csv, row {row}"
            yield f"{where}: {name} is neither an event nor a condition of the case; correct it."


def _check_entry(entry: Entry, known: _Known, draft: bool) -> Iterator[str]:
    """Yield what an entry of the prose names that is not known; of a draft nobody has said which events it has."""
    for actor in sorted({entry.actor} - known.actors - {""}):
        yield f"there is no actor {actor!r}; add it to actors.csv of the case."
    if entry.entry_id in known.reported | known.sources:
        yield "an event, condition or source of the case has this id too; give the entry another."
    for name in sorted(set() if draft else set(entry.answered_by) - known.reported):
        yield f"{name} is neither an event nor a condition of the case; correct answered_by."
    for name in sorted({*entry.signals, *entry.otherwise} - known.scenarios):
        yield f"{name} is no scenario that is in force with it; correct signals or otherwise."
