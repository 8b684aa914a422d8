"""Checks the analyst's prose against the rules of estimative language, in German and in English.

ICD 203 (2015), D.6.e.2: an estimate uses one of seven terms for how likely something is, does not mix the rows of
terms, and never says in one sentence how likely it is and how confident the analyst is. What a sentence claims to be
certain must not go beyond its evidence. The words are the table `estimates`; of two that fit, the longer one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.core.estimates import Estimate, find_estimates
from lagebild.core.judgements import Entry, Judgements
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import LANGUAGES, Paths
from lagebild.core.reference import Reference
from lagebild.corpus.sentences import find_stops, split_sentences
from lagebild.dataset.dataset import Dataset

PROSE = ("text", "basis", "heading", "answer")
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
    facts = sum(
        int(((rows["status"] == "asserted") & (rows["contested"] == "no")).sum()) for rows in (events, conditions)
    )
    return Support(len(events) + len(conditions), facts, int(outlets))


def check_entry(reference: Reference, entry: Entry, support: Support) -> Iterator[str]:
    """Yield what is wrong with an entry; `support` is what it rests on."""
    if entry.answer and not entry.answered_by:
        yield "answer: it cites nothing; name in answered_by the events that answer the question."
    if entry.confidence == "high" and (support.outlets < 2 or not support.facts):
        yield "confidence: high goes beyond its evidence; cite facts of two independent outlets, or say moderate."
    for language in LANGUAGES:
        said: list[Estimate] = []
        for part in PROSE:
            for sentence in split_prose(reference, getattr(entry, part).get(language, ""), language):
                found = find_estimates(reference, sentence, language)
                where = f"{part} in {NAMES[language]}"
                said += found if part == "text" else []
                yield from (f"{where}: {fault}: {sentence}" for fault in check_sentence(found, support))
        words = read_labels(reference, language)
        yield from (f"text in {NAMES[language]}: {fault}" for fault in _compare(entry, said, words))


def check_sentence(found: list[Estimate], support: Support) -> Iterator[str]:
    """Yield what is wrong with the estimative words of one sentence."""
    likely = [one for one in found if one.kind == "likelihood"]
    if len({one.value for one in likely}) > 1 or len({one.row for one in likely}) > 1:
        named = " and ".join(repr(one.words) for one in likely)
        yield f"{named} mix two estimates or two rows of terms; state one in a sentence"
    sure = [one for one in found if one.kind == "confidence"]
    if likely and sure:
        yield f"{likely[0].words!r} and {sure[0].words!r} join likelihood and confidence; give each its own sentence"
    for one in found:
        if one.kind == "vague":
            yield f"{one.words!r} says likelihood without a band; take a term of ICD 203, or leave it out"
        if one.kind == "certainty" and not support.is_firm:
            yield (
                f"{one.words!r} claims more certainty than its evidence bears ({support.facts} of {support.rows} cited "
                f"rows are uncontested facts, outlets: {support.outlets}); weaken it, or cite what bears it"
            )


def _compare(entry: Entry, said: list[Estimate], words: Labels) -> Iterator[str]:
    """Yield where the prose of an entry says another likelihood than its field."""
    stated = {one.value for one in said if one.kind == "likelihood"}
    term = words(f"likelihood.{entry.likelihood}") if entry.likelihood else ""
    for one in said:
        if one.kind == "likelihood" and one.value != entry.likelihood:
            given = f"likelihood is {entry.likelihood!r}" if entry.likelihood else "the entry has no likelihood"
            yield f"it says {one.words!r}, but {given}; make them agree."
    if entry.likelihood and not stated:
        yield f"it never says how likely it is; write {term!r}, as its likelihood does, where the estimate stands."


def split_prose(reference: Reference, text: str, language: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in split_sentences(text, find_stops(reference, language))]
