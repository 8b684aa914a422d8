"""The first page of a case that nobody has judged yet: what its articles say, in their own sentences."""

from __future__ import annotations

from functools import partial

from lagebild.analysis.digest import KEY, choose_sayings, choose_sentences, count_actors, list_told
from lagebild.coder.lexicon import lexicon
from lagebild.core.case import read_case_file
from lagebild.core.offices import read_offices
from lagebild.core.tables import records
from lagebild.report.edition import Edition
from lagebild.report.section import NOTHING, Section, render

# Shares of one event or two make nobody a key actor among many; of few events all actors are named.
FEW = 2


def digest(edition: Edition) -> Section:
    """Return what happened, who the key actors are, and who says what; of a case that people coded, nothing."""
    if not edition.case.draft:
        return NOTHING
    data, reference = edition.data, edition.reference
    told = list_told(data.events, data.mentions, data.drafts, data.sources, data.sentences, partial(lexicon, reference))
    subject, offices = read_case_file(edition.paths).subject, read_offices(reference)
    held = offices.table
    around = {subject, *held.loc[held["acts_for"] == subject, "actor_id"]} if subject else set[str]()
    chosen = choose_sentences(told, around)
    types = reference.table("event_types")
    verbal = set(types.loc[types["quad"] == "verbal conflict", "event_type"])
    counted = count_actors(data.events, offices).head(KEY)
    several = counted[counted["n_events"] >= FEW]
    kinds = dict(zip(data.actors["actor_id"], data.actors["type"], strict=True))
    return render(
        edition,
        "digest",
        chosen=records(chosen),
        actors=records(several if len(several) > FEW else counted),
        kinds=kinds,
        sayings=records(choose_sayings(told, verbal, chosen["place"])),
        outlets=data.sources["reporter"].nunique(),
        subject=subject,
    )
