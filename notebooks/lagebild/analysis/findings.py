"""What an edition says beyond its dataset: relations, ties, triads, explanations, stakes, and how robust it is.

With which parameters a step made its tables is noted by each, and checked by those that follow.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from lagebild.analysis.balance import date_triads, find_transitions, find_triads, keep_firm, tie_graph
from lagebild.analysis.digest import centre_case, find_supported, keep_pairs
from lagebild.analysis.explanations import (
    find_counting,
    find_coverage_gaps,
    list_stakes,
    rank_hypotheses,
    rate_evidence,
)
from lagebild.analysis.firmness import cell_states, find_shifts, leave_out, tie_states
from lagebild.analysis.parties import choose_dyads
from lagebild.analysis.relations import change_relations, find_earlier, tabulate_ties, trace_relations, weigh_ties
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
    save,
    show,
)

# The table of the step that a parameter first shapes: each step writes its own tables alone, so that steps can run side
# by side.
NOTED = {"since": "inputs", "lanes": "timeline_run", "actors": "relations_run", "compare": "relations_run"}


def note_parameters(paths: Paths, **values: str) -> dict[str, pd.DataFrame]:
    """Save the tables of the parameters of steps, `timeline_run` and `relations_run`, and return them by name."""
    noted = {}
    for table in sorted({NOTED[name] for name in values}):
        rows = [(name, value) for name, value in values.items() if NOTED[name] == table]
        noted[table] = save(paths, table, pd.DataFrame(rows, columns=list(TABLES[table].columns)))
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


@dataclass(frozen=True, eq=False)
class EditionTables:
    """What an edition knows, as the steps after its dataset read it; columns as in the tables of these names."""

    sources: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    drafts: pd.DataFrame


READ = tuple(field.name for field in fields(EditionTables))  # tables


@dataclass(frozen=True, eq=False)
class Findings:
    """Who stands how to whom, what that hangs on, and what nobody reports; columns as in the tables of these names."""

    relations: pd.DataFrame
    ties: pd.DataFrame
    relation_changes: pd.DataFrame
    relation_series: pd.DataFrame
    sayings: pd.DataFrame
    claims: pd.DataFrame
    triads: pd.DataFrame
    transitions: pd.DataFrame
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
    jackknife = leave_out(data.sources, data.mentions, data.events, data.conditions, offices, types, as_of, actors)
    shifts = find_shifts(data.events, weighed, jackknife, offices, types, actors)
    ties = tie_states(weighed, data.mentions, data.sources, shifts, offices)
    cells = cell_states(weighed, data.mentions, data.sources, shifts)
    changes = change_relations(weighed, types, earlier)
    if case.draft:
        pairs = find_supported(weighed, data.mentions, data.drafts)
        relations, ties, cells, changes = (keep_pairs(table, pairs) for table in (relations, ties, cells, changes))
    graph = keep_firm(tie_graph(ties))
    transitions = find_transitions(weighed, data.events)
    triads = date_triads(find_triads(graph), transitions)
    claims = collect_claims(data.events, data.mentions, data.sources, offices, actors)
    counting = find_counting(data.mentions, data.sources, data.events, data.conditions, claims, offices)
    ratings = rate_evidence(judgements, data.events, data.conditions, counting)
    rated = rate_findings(jackknife, data.conditions, relations, cells, triads, judgements)
    return Findings(
        relations,
        ties,
        changes,
        trace_relations(weighed, data.events, choose_dyads(ties, case.subject)),
        collect_sayings(data.events, data.mentions, offices, types, actors),
        claims,
        triads,
        transitions,
        list_stakes(judgements.options, counting),
        ratings,
        rank_hypotheses(judgements, ratings),
        rated,
        count_changes(jackknife, rated),
        find_coverage_gaps(case, data.sources, data.mentions, data.events, relations, offices, as_of),
    )
