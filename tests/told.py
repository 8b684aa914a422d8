"""Makes small editions from what pages tell: their events, relations and ties, and the same without some pages."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import pandas as pd
from examples import mentions, names, sources
from known import REFERENCE
from lagebild.analysis.balance import find_triads, signed_graph
from lagebild.analysis.firmness import Jackknife, cell_states, find_shifts, leave_out, tie_states
from lagebild.analysis.relations import EditionTables, relate, weigh_ties
from lagebild.analysis.robustness import rate_findings
from lagebild.core.judgements import Judgements
from lagebild.core.offices import read_offices
from lagebild.core.tables import records
from lagebild.dataset.coreference import grade_mentions, merge_conditions, merge_events

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
AS_OF = "2025-06-16"
NOBODY = Judgements({}, "")
Written = Mapping[str, Mapping[str, str]]  # what people wrote about an event: its process and other types, by its id
Cells = tuple[str, str, dict[str, str]]  # publisher, event, and what is not plain


class Reported:
    """The tables of one small edition, merged from its mentions and pages."""

    def __init__(self, by: pd.DataFrame, pages: pd.DataFrame, written: Written | None = None) -> None:
        graded = grade_mentions(by, pages)
        self.mentions, self.sources, self.written = by, pages, written or {}
        plain = names("events", *sorted({*by["event_id"]} - {""}))
        cells = [row | dict(self.written.get(row["event_id"], {})) for row in records(plain)]
        self.events = merge_events(graded, pd.DataFrame(cells, columns=plain.columns, dtype=str), AS_OF)
        about = names("conditions", *sorted({*by["condition_id"]} - {""})).assign(kind="hypothesis")
        self.conditions = merge_conditions(graded, about, AS_OF)
        self.relations = relate(self.events, by, pages, OFFICES, TYPES, AS_OF)
        self.triads = find_triads(signed_graph(self.relations))

    def without(self, column: str, name: str) -> Reported:
        """Return the same, built without some pages."""
        gone = self.sources.loc[self.sources[column] == name, "source_id"]
        return Reported(self.mentions[~self.mentions["source_id"].isin(gone)], self.sources, self.written)

    @cached_property
    def jackknife(self) -> Jackknife:
        """What leaving out does to it."""
        return leave_out(
            EditionTables(self.sources, self.mentions, self.events, self.conditions), OFFICES, TYPES, AS_OF
        )

    @cached_property
    def weighed(self) -> pd.DataFrame:
        """What its events weigh."""
        return weigh_ties(self.events, OFFICES, TYPES)

    @cached_property
    def shifts(self) -> pd.DataFrame:
        """What each single change would do to it."""
        return find_shifts(self.events, self.weighed, self.jackknife, OFFICES, TYPES)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """How each two stand to each other, and how firm that is."""
        return tie_states(self.weighed, self.mentions, self.sources, self.shifts, OFFICES)

    def rated(self, judgements: Judgements = NOBODY) -> pd.DataFrame:
        """Return how robust each of its findings is."""
        cells = cell_states(self.weighed, self.mentions, self.sources, self.shifts)
        return rate_findings(self.jackknife, self.conditions, self.relations, cells, self.triads, judgements)

    def rate(self, judgements: Judgements = NOBODY) -> dict[str, dict[str, Any]]:
        """Return how robust each of its findings is, by its id."""
        return {row["finding"]: row for row in records(self.rated(judgements))}


def by(*reported: Cells, written: Written | None = None) -> Reported:
    """Return an edition in which each publisher has one page; a row is publisher, event and what is not plain."""
    publishers = list(dict.fromkeys(publisher for publisher, _, _ in reported))
    pages = sources(*({"reporter": name, "country": f"{name}{name}{name}"} for name in publishers))
    rows = (
        {"source_id": f"S{publishers.index(publisher) + 1}", "event_id": event} | cells
        for publisher, event, cells in reported
    )
    return Reported(mentions(*rows), pages, written)


@cache
def random_edition(seed: int, agreed: bool = False) -> Reported:
    """Return an edition with random pages, publishers, countries and mentions, the same for the same seed.

    Its events are stages of processes, or may be of another type; two act together in some, and a body in others.
    With `agreed` there are more of them, and most pages tell that they happened: so firm ties come about.
    """
    chance = random.Random(seed)
    n_mentions, n_events = (70, 24) if agreed else (25, 9)
    kinds = ["AID"] * (4 if agreed else 1) + ["AGREE", "ACCUSE", "REQUEST", "ASSAULT", "CONSULT"]
    stances = ["supports"] * (20 if agreed else 2) + ["differs", "denies"]
    statuses = ["asserted"] * (20 if agreed else 2) + ["reported", "hypothetical", "negated"]
    pages = [{"reporter": chance.choice("PQR"), "country": chance.choice(["RUS", "USA", ""])} for _ in range(6)]
    rows = []
    for _ in range(n_mentions):
        source, target = (";".join(one) for one in _sides(chance))
        reported = {"event_id": f"E{chance.randint(1, n_events)}"}
        if chance.random() < 0.2:
            reported = {"event_id": "", "condition_id": f"C{chance.randint(1, 3)}"}
        cells = {
            "source_id": f"S{chance.randint(1, 6)}",
            "source_actors": source,
            "target_actors": target,
            "event_type": chance.choice(kinds),
            "date": chance.choice(["2025-01-17", "2025-02", "2024-12-01", ""]),
            "status": chance.choice(statuses),
            "stance": chance.choice(stances),
            "mutual": chance.choice(["yes", "no"]),
        }
        rows.append(reported | cells)
    written = {
        f"E{number}": {
            "process": chance.choice(["", "", "treaty", "war"]),
            "type_alt": chance.choice(["", "", "AGREE", "ACCUSE;AID"]),
        }
        for number in range(1, n_events + 1)
    }
    return Reported(mentions(*rows), sources(*pages), written)


def _sides(chance: random.Random) -> tuple[list[str], list[str]]:
    """Return who does something and to whom: now and then two together, a person, or a body."""
    actors = chance.sample(["RUS", "IRN", "ISR", "putin", "iaea"], 3)
    return (actors[:2], actors[2:]) if chance.random() < 0.3 else (actors[:1], actors[1:2])
