"""The relation matrix as a signed graph: which triads pull apart, and how far it all is from balance.

Structural balance (Heider 1946; Cartwright and Harary 1956): a triad is balanced if the product of its three signs is
positive. This is the strict theory; the weak one (Davis 1967) also calls three negative ties balanced. Balance
describes a tension, it predicts nothing: it held among states in some periods and failed in others (Oishi and Sakuwa
2020).

A signed graph is balanced if its actors fall into two factions with only positive ties inside and only negative ties
between them (Cartwright and Harary 1956). The line index of balance, or frustration index, is the fewest ties that must
go, or change their sign, until that holds (Abelson and Rosenberg 1958; Harary 1959). It is NP-hard in general and quick
for graphs of this size (Aref and Wilson 2018, 2019).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import networkx as nx
import numpy as np
import pandas as pd

from lagebild.core import TABLES, ids, records

# --- The frustration index, and the blocs that come closest to balance ---

Graph: TypeAlias = "nx.Graph[str]"  # quoted: only the stubs of networkx know of the type of a node
Tie: TypeAlias = tuple[str, str]
Triad: TypeAlias = tuple[str, ...]
Sides: TypeAlias = dict[str, int]  # actor to its faction, 0 or 1

EXACT = 20  # actors of one block whose partitions are all counted: 2 to the power of 19


@dataclass(frozen=True)
class Frustration:
    """The fewest ties that keep a signed graph from balance, and the blocs that are left once these are gone.

    `exact` is false if a part of the graph was too large to count out: then `index` is an upper bound.
    """

    index: int
    exact: bool
    frustrated: tuple[Tie, ...]
    blocs: tuple[tuple[str, ...], ...]


def frustration(graph: Graph) -> Frustration:
    """Return the frustration index of a signed graph, its frustrated ties and its blocs.

    Edge attributes: sign (1 or -1), net (weight of the tie; the sign if it is missing). Ties that lie on no circle
    never frustrate, so each biconnected block is solved for itself, by counting out all partitions of up to 20 actors
    and by local search beyond. Among partitions with equally few frustrated ties the one counts whose frustrated ties
    weigh least, then the first in the order of the actors' names. Actors without a tie are blocs of their own.
    """
    blocks = sorted(sorted(map(str, block)) for block in nx.biconnected_components(graph))
    exact = all(len(block) <= EXACT for block in blocks)
    factions = [_try_all(graph, block) if len(block) <= EXACT else _search(graph, block) for block in blocks]
    sides = _join_blocks(graph, factions)
    ties = sorted(map(_sort_tie, graph.edges))
    frustrated = tuple((a, b) for a, b in ties if (sides[a] == sides[b]) != (graph.edges[a, b]["sign"] > 0))
    blocs = []
    for component in nx.connected_components(graph):
        for side in (0, 1):
            bloc = tuple(sorted(actor for actor in component if sides[actor] == side))
            if bloc:
                blocs.append(bloc)
    blocs.sort(key=lambda bloc: (-len(bloc), bloc))
    return Frustration(len(frustrated), exact, frustrated, tuple(blocs))


def find_blocs(graph: Graph) -> list[tuple[str, ...]]:
    """Return the blocs of a signed graph, the biggest first: per component the two factions with least frustration."""
    return list(frustration(graph).blocs)


def _try_all(graph: Graph, block: list[str]) -> Sides:
    """Return the best partition of a block: the number of a partition is the factions of its actors, bit by bit."""
    bit = {actor: len(block) - 1 - place for place, actor in enumerate(block)}  # the first actor is in faction 0
    partitions = np.arange(2 ** (len(block) - 1), dtype=np.int64)
    cost = np.zeros_like(partitions)
    for (a, b), price in _list_costs(graph, block).items():
        apart = (partitions >> bit[a] ^ partitions >> bit[b]) & 1
        cost += (apart if graph.edges[a, b]["sign"] > 0 else 1 - apart) * price
    best = int(cost.argmin())  # of equal costs the first
    return {actor: best >> bit[actor] & 1 for actor in block}


def _search(graph: Graph, block: list[str]) -> Sides:
    """Return a good partition: from each actor's tree of ties, change sides one by one as long as that gains."""
    part, price = graph.subgraph(block), _list_costs(graph, block)
    place = {actor: number for number, actor in enumerate(block)}
    pull = np.zeros((len(block), len(block)), dtype=np.int64)  # what a tie gains if its ends are on one side
    for (a, b), cost in price.items():
        pull[place[a], place[b]] = pull[place[b], place[a]] = cost * part.edges[a, b]["sign"]
    partitions = []
    for root in block:
        sides = np.ones(len(block), dtype=np.int64)
        for a, b in nx.bfs_edges(part, root, sort_neighbors=sorted):
            sides[place[b]] = sides[place[a]] * part.edges[a, b]["sign"]
        while (gains := -sides * (pull @ sides)).max() > 0:
            sides[gains.argmax()] *= -1  # of equal gains the first
        partitions.append((int(-(sides @ pull @ sides)), [int(side != sides[0]) for side in sides]))
    return dict(zip(block, min(partitions)[1], strict=True))


def _join_blocks(graph: Graph, factions: list[Sides]) -> Sides:
    """Return the factions of all actors: blocks meet in one actor, and a block may be turned round as a whole."""
    sides: Sides = {}
    for root in sorted(graph):
        sides.setdefault(root, 0)
        while near := [block for block in factions if not sides.keys().isdisjoint(block)]:
            for block in near:
                shared = next(actor for actor in block if actor in sides)
                turned = sides[shared] ^ block[shared]
                sides |= {actor: side ^ turned for actor, side in block.items()}
            factions = [block for block in factions if block not in near]
    return sides


def _list_costs(graph: Graph, block: list[str]) -> dict[Tie, int]:
    """Return the cost of each tie of a block if it is frustrated: all its weights together are less than one tie."""
    ties = sorted(_sort_tie(tie) for tie in graph.subgraph(block).edges)
    weights = {tie: round(10 * abs(graph.edges[tie].get("net", 1.0))) for tie in ties}
    tie_cost = 1 + sum(weights.values())
    return {tie: tie_cost + weight for tie, weight in weights.items()}


def _sort_tie(tie: Tie) -> Tie:
    a, b = sorted(tie)
    return a, b


# --- The graph and its triads ---


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
        counts = {name: tie[name] for name in ("net", "n_events", "n_publishers", "strength")}
        graph.add_edge(tie["one"], tie["other"], sign=sign, event_ids=tuple(ids(tie["event_ids"])), **counts)
    return graph


def keep_firm(graph: Graph) -> Graph:
    """Return a graph of ties with all its actors and the firm ties alone."""
    firm = nx.Graph(graph)
    firm.remove_edges_from([(a, b) for a, b, tie in graph.edges(data=True) if tie["strength"] != "firm"])
    return firm


def find_triads(graph: Graph) -> pd.DataFrame:
    """Return every triad of actors that are all tied to each other.

    Columns: those of the table `triads` without the history of a triad, which `date_triads` adds;
    `balanced` follows the strict theory, `weak` the weak one.
    """
    rows = []
    for a in sorted(graph):
        for b, c in combinations(sorted(n for n in graph[a] if n > a), 2):
            if graph.has_edge(b, c):
                ties = [graph.edges[pair] for pair in ((a, b), (a, c), (b, c))]
                signs = ["+" if tie["sign"] > 0 else "-" for tie in ties]
                strict = "yes" if is_balanced(signs) else "no"
                weak = "yes" if is_balanced(signs, weak=True) else "no"
                event_ids = sorted(set().union(*(tie["event_ids"] for tie in ties)))
                weakest = min(len(tie["event_ids"]) for tie in ties)
                rows.append((a, b, c, *signs, strict, weak, weakest, ";".join(event_ids)))
    return pd.DataFrame(rows, columns=list(TABLES["triads"].columns))


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
    strict = int((triads["balanced"] == "no").sum())
    weak = int((triads["weak"] == "no").sum())
    return Balance(len(triads), strict, weak, frustration(graph))


def is_balanced(signs: Iterable[str], weak: bool = False) -> bool:
    """Return whether a triad of such signs is balanced: an even number of negative ties; three are, too, if `weak`."""
    negative = list(signs).count("-")
    return negative != 1 if weak else negative % 2 == 0


def keep_triads_of(triads: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Return the triads of which an actor is part."""
    return triads[(triads[["a", "b", "c"]] == actor).any(axis=1)]
