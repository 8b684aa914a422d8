"""Whether whatever a case and its judgements name is there: actors, events and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from lagebild.core.case import Case
from lagebild.core.judgements import Entry, Judgements
from lagebild.core.paths import Paths
from lagebild.core.reference import Reference
from lagebild.core.tables import read_case, records
from lagebild.dataset.dataset import Dataset


class _Known(NamedTuple):
    """The ids of what an entry may name: actors, events and conditions (`reported`), sources, scenarios in force."""

    actors: Set[str]
    reported: Set[str]
    sources: Set[str]
    scenarios: Set[str]


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
    events, conditions = (read_case(paths, name, case.draft) for name in ("events", "conditions"))
    reported = set(events["event_id"]) | set(conditions["condition_id"])
    sources = set(read_case(paths, "sources")["source_id"])
    known = _Known(actors, reported, sources, {scenario.entry_id for scenario in judgements.scenarios})
    folder = f"data/cases/{paths.case}"
    for name in sorted(sources & reported):  # each is a place in the report
        yield f"{folder}/sources.csv: an event or condition has the id {name} too; give the source another."
    for actor in sorted({a for lane in case.lanes for dyad in lane.dyads for a in dyad} - actors):
        yield f"{folder}/case.yml: there is no actor {actor!r}; add it to actors.csv of the case."
    for entry in judgements.entries():
        where = f"{folder}/judgements.yml, entry {entry.entry_id}"
        yield from (f"{where}: {fault}" for fault in _check_entry(entry, known, case.draft))
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
