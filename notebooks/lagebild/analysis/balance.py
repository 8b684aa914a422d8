"""The relation matrix as a signed graph: which triads pull apart.

Structural balance (Heider 1946; Cartwright and Harary 1956): a triad is balanced if the product of its three signs is
positive. This is the strict theory; the weak one (Davis 1967) also calls three negative ties balanced. Balance
describes a tension, it predicts nothing: it held among states in some periods and failed in others (Oishi and Sakuwa
2020).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import networkx as nx
import pandas as pd

from lagebild.analysis.frustration import Frustration, Graph, frustration
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import records


def signed_graph(relations: pd.DataFrame) -> Graph:
    """Return the undirected signed graph: a tie has the sign of both directions together; net zero is no tie.

    Edge attributes: sign (1 or -1), net, event_ids (tuple).
    """
    graph: Graph = nx.Graph()
    for relation in records(relations):
        a, b = sorted((relation["source_actor"], relation["target_actor"]))
        tie = graph.get_edge_data(a, b, {"net": 0.0, "event_ids": ()})
        event_ids = tuple(sorted({*tie["event_ids"], *ids(relation["event_ids"])}))
        graph.add_edge(a, b, net=tie["net"] + relation["net"], event_ids=event_ids)
    undecided = [(a, b) for a, b, tie in graph.edges(data=True) if round(tie["net"], 1) == 0]
    graph.remove_edges_from(undecided)
    for _, _, tie in graph.edges(data=True):
        tie["sign"] = 1 if tie["net"] > 0 else -1
    return graph


def tie_graph(ties: pd.DataFrame) -> Graph:
    """Return the ties of `firmness.tie_states` as a graph.

    Edge attributes: sign (1, -1, or 0 if undecided), net, n_events, n_publishers, strength, event_ids (tuple).
    """
    graph: Graph = nx.Graph()
    for tie in records(ties):
        sign = 0 if tie["strength"] == "undecided" else 1 if tie["net"] > 0 else -1
        told = {name: tie[name] for name in ("net", "n_events", "n_publishers", "strength")}
        graph.add_edge(tie["one"], tie["other"], sign=sign, event_ids=tuple(ids(tie["event_ids"])), **told)
    return graph


def keep_firm(graph: Graph) -> Graph:
    """Return a graph of ties with all its actors and the firm ties alone."""
    firm = nx.Graph(graph)
    firm.remove_edges_from([(a, b) for a, b, tie in graph.edges(data=True) if tie["strength"] != "firm"])
    return firm


def find_triads(graph: Graph) -> pd.DataFrame:
    """Return every triad of actors that are all tied to each other.

    Columns: those of the table `triads` without the history of a triad, which `transitions.date_triads` adds;
    `balanced` follows the strict theory, `weak` the weak one.
    """
    rows = []
    for a in sorted(graph):
        for b, c in combinations(sorted(n for n in graph[a] if n > a), 2):
            if graph.has_edge(b, c):
                ties = [graph.edges[pair] for pair in ((a, b), (a, c), (b, c))]
                signs = ["+" if tie["sign"] > 0 else "-" for tie in ties]
                verdicts = ("yes" if holds else "no" for holds in (is_balanced(signs), is_balanced(signs, weak=True)))
                event_ids = sorted({event for tie in ties for event in tie["event_ids"]})
                weakest = min(len(tie["event_ids"]) for tie in ties)
                rows.append((a, b, c, *signs, *verdicts, weakest, ";".join(event_ids)))
    return pd.DataFrame(rows, columns=list(TABLES["triads"].columns)[:10])


class UnbalancedTriad(NamedTuple):
    """An unbalanced triangle: who stands well with two that stand against each other; `hostile`: each against each."""

    between: str
    one: str
    other: str
    hostile: bool

    @property
    def actors(self) -> tuple[str, str, str]:
        """The corners."""
        return self.between, self.one, self.other


def find_unbalanced(graph: Graph, middle: str) -> list[UnbalancedTriad]:
    """Return the unbalanced triangles that hold an actor, those first whose weakest tie has most events."""
    found = []
    for a, b in combinations(sorted(graph[middle]), 2):
        if graph.has_edge(a, b):
            three = [(middle, a, b), (a, middle, b), (b, middle, a)]
            hostile = [corners for corners in three if graph.edges[corners[1:]]["sign"] < 0]
            if len(hostile) % 2:
                weakest = min(len(graph.edges[corners[1:]]["event_ids"]) for corners in three)
                found.append((-weakest, UnbalancedTriad(*hostile[0], len(hostile) == 3)))
    return [triad for _, triad in sorted(found)]


@dataclass(frozen=True)
class Balance:
    """How far a signed graph is from balance: triads, those unbalanced by each theory, and ties that must go."""

    n: int
    strict: int
    weak: int
    frustration: Frustration


def measure_balance(graph: Graph) -> Balance:
    """Return how many triads a signed graph has, how many are unbalanced by each theory, and its frustration."""
    triads = find_triads(graph)
    strict, weak = (int((triads[theory] == "no").sum()) for theory in ("balanced", "weak"))
    return Balance(len(triads), strict, weak, frustration(graph))


def is_balanced(signs: Iterable[str], weak: bool = False) -> bool:
    """Return whether a triad of such signs is balanced: an even number of negative ties; three are, too, if `weak`."""
    negative = list(signs).count("-")
    return negative != 1 if weak else negative % 2 == 0


def around(triads: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Return the triads of which an actor is part."""
    return triads[(triads[["a", "b", "c"]] == actor).any(axis=1)]
