"""From mentions and reviewers' decisions to the dataset of an edition.

A case in which one row does not fit gives no dataset at all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from lagebild.core import InputError, Paths, load, read_offices
from lagebild.corpus import Corpus, Inputs
from lagebild.dataset.case_drafts import Drafts
from lagebild.dataset.coreference import describe_actors, grade_mentions, merge_conditions, merge_events
from lagebild.dataset.decisions import apply_titles, decide, propose_case
from lagebild.dataset.faults import find_faults
from lagebild.dataset.matching import apply_reviews, match_drafts, measure_agreement
from lagebild.dataset.proposals import name_events
from lagebild.dataset.quotes import locate_evidence


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of one edition; columns as in `schema`."""

    sources: pd.DataFrame
    sentences: pd.DataFrame
    drafts: pd.DataFrame
    statements: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    actors: pd.DataFrame
    agreement: pd.DataFrame
    refused: pd.DataFrame
    matters: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return dict(vars(self))


def load_dataset(paths: Paths) -> Dataset:
    """Load the tables of an edition that a run has built.

    Raises
    ------
    InputError
        If it has not, with the command that builds them.
    """
    return Dataset(**{field.name: load(paths, field.name) for field in fields(Dataset)})


def build(inputs: Inputs, drafts: Drafts, corpus: Corpus, as_of: str, since: str = "") -> Dataset:
    """Build the dataset of an edition: what was known on the as-of date, and of that what touches `since` or later.

    `drafts` are those of the whole case, `corpus` holds the pages that are known on the day.

    Raises
    ------
    InputError
        On the first row of the case that does not fit.
    """
    fault = next(find_faults(inputs, drafts), None)
    if fault:
        raise InputError(fault)
    return assemble(inputs, drafts, corpus, as_of, since)


def assemble(inputs: Inputs, drafts: Drafts, corpus: Corpus, as_of: str, since: str = "") -> Dataset:
    """Build the dataset of an edition from a case that is known to be without faults; see `build`."""
    reference, sources = inputs.reference, corpus.sources
    known = drafts.known(corpus)
    proposed = propose_case(inputs, inputs.mentions, known.events, corpus)
    coded = inputs.mentions[inputs.mentions["source_id"].isin(set(sources["source_id"]))]
    recoded = inputs.recoding[inputs.recoding["mention_id"].isin(set(coded["mention_id"]))]
    decided = decide(inputs.mentions, inputs.decisions, proposed)
    mentions = locate_evidence(decided[decided["source_id"].isin(set(sources["source_id"]))], corpus.sentences)
    if inputs.case.draft:
        drafted = apply_reviews(known.events, mentions)
    else:
        drafted, mentions = match_drafts(reference, known.events, mentions, sources)
    graded = grade_mentions(mentions, sources)
    names = apply_titles(name_events(reference, graded, inputs.events), inputs.decisions)
    events = merge_events(graded, names, as_of)
    conditions = merge_conditions(graded, inputs.conditions, as_of)
    events, conditions = (frame[~frame["latest"].between("0", since, "left")] for frame in (events, conditions))
    kept = set(events["event_id"]) | set(conditions["condition_id"])
    mentions = mentions[(mentions["event_id"] + mentions["condition_id"]).isin(kept)]
    drafted = drafted[drafted["event_id"].isin(kept | {""})]
    return Dataset(
        sources=sources,
        sentences=corpus.sentences,
        drafts=drafted.reset_index(drop=True),
        statements=known.statements,
        mentions=mentions,
        events=events.reset_index(drop=True),
        conditions=conditions.reset_index(drop=True),
        actors=describe_actors(reference, events, conditions, mentions, as_of),
        agreement=measure_agreement(recoded, coded, read_offices(reference)),
        refused=known.refused,
        matters=known.matters,
    )
