"""The relation matrix as a signed graph: which triads pull apart, and what an option would do to them.

Structural balance (Heider 1946; Cartwright and Harary 1956): a triad is balanced if the product of its three signs is
positive. This is the strict theory; the weak one (Davis 1967) also calls three negative ties balanced. Balance
describes a tension, it predicts nothing: it held among states in some periods and failed in others (Oishi and Sakuwa
2020).
"""

from __future__ import annotations

from itertools import combinations
from typing import TypeAlias

import networkx as nx
import pandas as pd

from lagebild.case import Entry
from lagebild.schema import TABLES, ids
from lagebild.store import records

Graph: TypeAlias = "nx.Graph[str]"  # quoted: only the stubs of networkx know of the type of a node


def signed_graph(relations: pd.DataFrame) -> Graph:
    """Return the undirected signed graph: a tie has the sign of both directions together; net zero is no tie.

    Edge attributes: sign (1 or -1), net, event_ids (tuple).
    """
    graph: Graph = nx.Graph()
    for relation in records(relations):
        a, b = sorted((relation["source_actor"], relation["target_actor"]))
        tie = graph.get_edge_data(a, b, {"net": 0.0, "event_ids": ()})
        told = tuple(sorted({*tie["event_ids"], *ids(relation["event_ids"])}))
        graph.add_edge(a, b, net=tie["net"] + relation["net"], event_ids=told)
    undecided = [(a, b) for a, b, tie in graph.edges(data=True) if round(tie["net"], 1) == 0]
    graph.remove_edges_from(undecided)
    for _, _, tie in graph.edges(data=True):
        tie["sign"] = 1 if tie["net"] > 0 else -1
    return graph


def find_triads(graph: Graph) -> pd.DataFrame:
    """Return every triad of actors that are all tied to each other; columns as in the table `triads`."""
    rows = []
    for a in sorted(graph):
        for b, c in combinations(sorted(n for n in graph[a] if n > a), 2):
            if graph.has_edge(b, c):
                ties = [graph.edges[pair] for pair in ((a, b), (a, c), (b, c))]
                signs = [tie["sign"] for tie in ties]
                balanced = "yes" if signs[0] * signs[1] * signs[2] > 0 else "no"
                told = sorted({event for tie in ties for event in tie["event_ids"]})
                weakest = min(len(tie["event_ids"]) for tie in ties)
                rows.append((a, b, c, *("+" if s > 0 else "-" for s in signs), balanced, weakest, ";".join(told)))
    return pd.DataFrame(rows, columns=list(TABLES["triads"].columns))


def weigh_options(options: tuple[Entry, ...], graph: Graph) -> pd.DataFrame:
    """Return the relations that each option would change beside their sign today; columns as in the table `options`."""
    rows = []
    for option in options:
        for target, change, evidence in option.changes:
            tie = graph.get_edge_data(option.actor, target)
            today = "" if tie is None else "+" if tie["sign"] > 0 else "-"
            rows.append((option.entry_id, option.actor, target, today, change, ";".join(evidence)))
    return pd.DataFrame(rows, columns=list(TABLES["options"].columns))


def count_unbalanced(graph: Graph, actor: str, flips: dict[str, int]) -> int:
    """Return how many triads around `actor` are unbalanced once its ties in `flips` (actor to sign) have that sign."""
    changed = graph.copy()
    for target, sign in flips.items():
        changed.add_edge(actor, target, sign=sign, event_ids=())
    triads = find_triads(changed)
    around = (triads[["a", "b", "c"]] == actor).any(axis=1)
    return int((around & (triads["balanced"] == "no")).sum())
