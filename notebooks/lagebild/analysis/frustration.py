"""How far a signed graph is from balance: its line index, and the two-faction blocs that come closest to it.

A signed graph is balanced if its actors fall into two factions with only positive ties inside and only negative ties
between them (Cartwright and Harary 1956). The line index of balance, or frustration index, is the fewest ties that
must go, or change their sign, until that holds (Abelson and Rosenberg 1958; Harary 1959). It is NP-hard in general
and quick for graphs of this size (Aref and Wilson 2018, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np

Graph: TypeAlias = "nx.Graph[str]"  # quoted: only the stubs of networkx know of the type of a node
Tie: TypeAlias = tuple[str, str]
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
    factions = [_count_out(graph, block) if len(block) <= EXACT else _search(graph, block) for block in blocks]
    sides = _join(graph, factions)
    frustrated = tuple(sorted(tie for tie in map(_sorted, graph.edges) if _frustrates(graph, tie, sides)))
    blocs = {
        tuple(sorted(actor for actor in component if sides[actor] == side))
        for component in nx.connected_components(graph)
        for side in (0, 1)
    }
    order = tuple(sorted((bloc for bloc in blocs if bloc), key=lambda bloc: (-len(bloc), bloc)))
    return Frustration(len(frustrated), exact, frustrated, order)


def find_blocs(graph: Graph) -> list[tuple[str, ...]]:
    """Return the blocs of a signed graph, the biggest first: per component the two factions with least frustration."""
    return list(frustration(graph).blocs)


def _count_out(graph: Graph, block: list[str]) -> Sides:
    """Return the best partition of a block: the number of a partition is the factions of its actors, bit by bit."""
    bit = {actor: len(block) - 1 - place for place, actor in enumerate(block)}  # the first actor is in faction 0
    partitions = np.arange(2 ** (len(block) - 1), dtype=np.int64)
    cost = np.zeros_like(partitions)
    for (a, b), price in _prices(graph, block).items():
        apart = (partitions >> bit[a] ^ partitions >> bit[b]) & 1
        cost += (apart if graph.edges[a, b]["sign"] > 0 else 1 - apart) * price
    best = int(cost.argmin())  # of equal costs the first
    return {actor: best >> bit[actor] & 1 for actor in block}


def _search(graph: Graph, block: list[str]) -> Sides:
    """Return a good partition: from each actor's tree of ties, change sides one by one as long as that gains."""
    part, price = graph.subgraph(block), _prices(graph, block)
    place = {actor: number for number, actor in enumerate(block)}
    pull = np.zeros((len(block), len(block)), dtype=np.int64)  # what a tie gains if its ends are on one side
    for (a, b), cost in price.items():
        pull[place[a], place[b]] = pull[place[b], place[a]] = cost * part.edges[a, b]["sign"]
    found = []
    for root in block:
        sides = np.ones(len(block), dtype=np.int64)
        for a, b in nx.bfs_edges(part, root, sort_neighbors=sorted):
            sides[place[b]] = sides[place[a]] * part.edges[a, b]["sign"]
        while (gains := -sides * (pull @ sides)).max() > 0:
            sides[gains.argmax()] *= -1  # of equal gains the first
        found.append((int(-(sides @ pull @ sides)), [int(side != sides[0]) for side in sides]))
    return dict(zip(block, min(found)[1], strict=True))


def _join(graph: Graph, factions: list[Sides]) -> Sides:
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


def _prices(graph: Graph, block: list[str]) -> dict[Tie, int]:
    """Return the cost of each tie of a block if it is frustrated: all its weights together are less than one tie."""
    ties = sorted(_sorted(tie) for tie in graph.subgraph(block).edges)
    weights = {tie: round(10 * abs(graph.edges[tie].get("net", 1.0))) for tie in ties}
    one = 1 + sum(weights.values())
    return {tie: one + weight for tie, weight in weights.items()}


def _frustrates(graph: Graph, tie: Tie, sides: Sides) -> bool:
    return (sides[tie[0]] == sides[tie[1]]) is not bool(graph.edges[tie]["sign"] > 0)


def _sorted(tie: Tie) -> Tie:
    a, b = sorted(tie)
    return a, b
