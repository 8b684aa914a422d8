"""What an edition says beyond its dataset: relations, ties, triads, explanations, stakes, and how robust it is.

With which parameters a step made its tables is noted by each, and checked by those that follow.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from lagebild.analysis.balance import find_triads, keep_firm, tie_graph
from lagebild.analysis.digest import centre_case, find_supported, keep_pairs
from lagebild.analysis.explanations import (
    find_counting,
    find_coverage_gaps,
    list_stakes,
    rank_hypotheses,
    rate_evidence,
)
from lagebild.analysis.firmness import cell_states, find_shifts, leave_out, tie_states, undirected
from lagebild.analysis.relations import (
    EditionTables,
    change_relations,
    find_earlier,
    tabulate_ties,
    trace_relations,
    weigh_ties,
)
from lagebild.analysis.robustness import count_changes, rate_findings
from lagebild.analysis.statements_by_actor import collect_claims, collect_sayings
from lagebild.core import (
    TABLES,
    Case,
    InputError,
    Judgements,
    Parameters,
    Paths,
    Reference,
    load,
    read_offices,
    records,
    show,
    tables,
)

# The table of the step that a parameter first shapes: each step writes its own tables alone, so that steps can run side
# by side.
NOTED = {"since": "inputs", "lanes": "timeline_run", "actors": "relations_run", "compare": "relations_run"}


def note_parameters(paths: Paths, **values: str) -> dict[str, pd.DataFrame]:
    """Save the tables of the parameters of steps, `timeline_run` and `relations_run`, and return them by name."""
    noted = {}
    for table in sorted({NOTED[name] for name in values}):
        rows = [(name, value) for name, value in values.items() if NOTED[name] == table]
        noted[table] = tables.save(paths, table, pd.DataFrame(rows, columns=list(TABLES[table].columns)))
    return noted


def check_parameters(paths: Paths, step: str, **values: str) -> None:
    """Refuse parameters that differ from those with which steps before `step` made the tables of this edition.

    Raises
    ------
    InputError
        On the first one that differs, with the step that has to run again.
    """
    earlier = {name: value for name, value in values.items() if name in NOTED and TABLES[NOTED[name]].step < step}
    noted: dict[str, str] = {}
    for table in dict.fromkeys(NOTED[name] for name in earlier):
        frame = load(paths, table)
        noted |= dict(zip(frame["name"], frame["value"], strict=True))
    for name, value in earlier.items():
        if noted[name] != value:
            raise InputError(
                f"The parameter {name} is {show(value)}, but the tables were made with {show(noted[name])}: "
                f"run step {TABLES[NOTED[name]].step} with it first, or leave it as it was."
            )


READ = tuple(field.name for field in fields(EditionTables))  # tables


@dataclass(frozen=True, eq=False, kw_only=True)
class Findings:
    """Who stands how to whom, what that hangs on, and what nobody reports; columns as in the tables of these names."""

    relations: pd.DataFrame
    ties: pd.DataFrame
    relation_changes: pd.DataFrame
    relation_series: pd.DataFrame
    sayings: pd.DataFrame
    claims: pd.DataFrame
    triads: pd.DataFrame
    stakes: pd.DataFrame
    consistency: pd.DataFrame
    hypotheses: pd.DataFrame
    robustness: pd.DataFrame
    jackknife: pd.DataFrame
    coverage_gaps: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return dict(vars(self))


def analyse(
    data: EditionTables, reference: Reference, case: Case, judgements: Judgements, as_of: str, parameters: Parameters
) -> Findings:
    """Return who stands how to whom in an edition, and what that hangs on. Triads rest on firm ties.

    Of a machine draft only pairs count that more than a guess supports (see `digest.find_supported`).

    Raises
    ------
    InputError
        If `actors` or `compare` of the parameters is none that there is.
    """
    offices, types, actors = read_offices(reference), reference.table("event_types"), parameters.actors
    case = centre_case(case, data.events, offices)
    earlier = find_earlier(parameters.compare, case.previous(as_of), as_of)
    weighed = weigh_ties(data.events, offices, types, actors)
    relations = tabulate_ties(weighed, data.mentions, data.sources, as_of)
    jackknife = leave_out(data, offices, types, as_of, actors)
    shifts = find_shifts(data.events, weighed, jackknife, offices, types, actors)
    ties = tie_states(weighed, data.mentions, data.sources, shifts, offices)
    cells = cell_states(weighed, data.mentions, data.sources, shifts)
    changes = change_relations(weighed, types, earlier)
    if case.draft:
        pairs = find_supported(weighed, data.mentions, data.drafts)
        relations, ties, cells, changes = (keep_pairs(table, pairs) for table in (relations, ties, cells, changes))
    graph = keep_firm(tie_graph(ties))
    triads = find_triads(graph)
    claims = collect_claims(data.events, data.mentions, data.sources, offices, actors)
    counting = find_counting(data, claims, offices)
    ratings = rate_evidence(judgements, data.events, data.conditions, counting)
    rated = rate_findings(jackknife, data.conditions, relations, cells, triads, judgements)
    return Findings(
        relations=relations,
        ties=ties,
        relation_changes=changes,
        relation_series=trace_relations(weighed, data.events, choose_dyads(ties, case.subject)),
        sayings=collect_sayings(data.events, data.mentions, offices, types, actors),
        claims=claims,
        triads=triads,
        stakes=list_stakes(judgements.options, counting),
        consistency=ratings,
        hypotheses=rank_hypotheses(judgements, ratings, data.mentions, data.sources),
        robustness=rated,
        jackknife=count_changes(jackknife, rated),
        coverage_gaps=find_coverage_gaps(case, data, relations, offices, as_of),
    )


# --- Who and What to Show ---

PARTIES = 7  # as many columns as hold a bar and its number on a page, and rows on a small screen
PANELS = 6  # dyads whose course is traced
EARLIER = 1 / 3  # of the events of all courses at most, that lie before their picture begins


def choose_parties(relations: pd.DataFrame, ties: pd.DataFrame, subject: str) -> list[str]:
    """Return at most seven parties that matter, the heaviest first; before them all the subject, if it has a tie.

    Those who have a solid tie with the subject stand before all others: the dilemma is its own. A party weighs the
    sum of what is done to and by it on its solid ties: all intensities, of cooperation and of conflict alike, so
    that the enemy in a war weighs more than a partner in talks, though of a war there may be few acts on record.
    Solid is a tie that more than one act and more than one outlet carry; thin ones make no party, but where there
    are no others. Bodies have no ties (see `firmness.tie_states`), so they are no parties either, and persons are
    only where they are not counted for their state.
    """
    chosen = _keep_solid(ties)
    force = relations["cooperation"] - relations["conflict"]
    by_pair = force.groupby([undirected(relations)[end] for end in ("one", "other")]).sum()
    weight: dict[str, float] = {}
    near = set[str]()
    for one, other in zip(chosen["one"], chosen["other"], strict=True):
        if subject in (one, other):
            near.update((one, other))
        for party in (one, other):
            weight[party] = weight.get(party, 0.0) + float(by_pair.get((one, other), 0.0))
    ranked = sorted(weight, key=lambda party: (party not in near, -round(weight[party], 1), party))
    first = [subject] if subject in {*ties["one"], *ties["other"]} else []
    return list(dict.fromkeys([*first, *ranked]))[:PARTIES]


def choose_dyads(ties: pd.DataFrame, subject: str) -> list[tuple[str, str]]:
    """Return at most six dyads whose course is worth a picture, the subject first in its own.

    A course needs steps: they are the ties on which most acts lie, and of equally many those that weigh more; a thin
    tie has no course, and is taken only where there is no other.
    """
    heavy = sorted(
        records(_keep_solid(ties)),
        key=lambda tie: (-tie["n_events"], -abs(tie["net"]), tie["one"], tie["other"]),
    )[:PANELS]
    pairs = [sorted((tie["one"], tie["other"]), key=lambda actor: (actor != subject, actor)) for tie in heavy]
    return [(one, other) for one, other in pairs]


def _keep_solid(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that are not thin, or all if there are no others."""
    solid = ties[ties["strength"] != "thin"]
    return ties if solid.empty else solid


def find_start(series: pd.DataFrame, earliest: str) -> str:
    """Return the day with which the picture of courses begins: a new year, or the month of the first event.

    It is the last new year before which no more than a third of the events lie, so that those that count are not
    crowded into the edge; but no day before the month of the first event, nor before `earliest`.
    """
    days = sorted(series.drop_duplicates("event_id")["day"])
    if not days:
        return earliest
    return max(f"{days[int(len(days) * EARLIER)][:4]}-01-01", f"{days[0][:7]}-01", earliest)
