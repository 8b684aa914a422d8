"""What an edition says beyond its dataset: relations, ties, triads, explanations, stakes, and how robust it is."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from lagebild.analysis.balance import find_triads, keep_firm, tie_graph
from lagebild.analysis.coverage import find_coverage_gaps
from lagebild.analysis.digest import centre_case
from lagebild.analysis.firmness import cell_states, find_shifts, tie_states
from lagebild.analysis.hypotheses import find_counting, rank_hypotheses, rate_evidence
from lagebild.analysis.jackknife import leave_out
from lagebild.analysis.options import list_stakes
from lagebild.analysis.parties import choose_dyads
from lagebild.analysis.relations import (
    change_relations,
    find_earlier,
    tabulate_ties,
    trace_relations,
    weigh_ties,
)
from lagebild.analysis.robustness import count_changes, rate_findings
from lagebild.analysis.sayings import collect_claims, collect_sayings
from lagebild.analysis.support import find_supported, keep_pairs
from lagebild.analysis.transitions import date_triads, find_transitions
from lagebild.core.case import Case, Parameters
from lagebild.core.judgements import Judgements
from lagebild.core.offices import read_offices
from lagebild.core.reference import Reference


@dataclass(frozen=True, eq=False)
class Known:
    """What an edition knows, as the steps after its dataset read it; columns as in the tables of these names."""

    sources: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    drafts: pd.DataFrame


READ = tuple(field.name for field in fields(Known))  # tables


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
    data: Known, reference: Reference, case: Case, judgements: Judgements, as_of: str, parameters: Parameters
) -> Findings:
    """Return who stands how to whom in an edition, and what that hangs on. Triads rest on firm ties.

    Of a machine draft only pairs count that more than a guess supports (see `support`).

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
    left = leave_out(data.sources, data.mentions, data.events, data.conditions, offices, types, as_of, actors)
    shifts = find_shifts(data.events, weighed, left, offices, types, actors)
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
    rated = rate_findings(left, data.conditions, relations, cells, triads, judgements)
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
        count_changes(left, rated),
        find_coverage_gaps(case, data.sources, data.mentions, data.events, relations, offices, as_of),
    )
