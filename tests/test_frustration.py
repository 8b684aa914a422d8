"""The frustration index and the blocs of a signed graph, against brute force."""

from __future__ import annotations

import itertools
import math
import random

import networkx as nx
import pytest
from lagebild.analysis import balance as module
from lagebild.analysis.balance import find_blocs, frustration

SEEDS = range(60)


def random_graph(seed: int, actors: int) -> nx.Graph[str]:
    """Return a random signed graph with weights, the same for the same seed; some fall into several components."""
    chance = random.Random(seed)
    graph: nx.Graph[str] = nx.Graph()
    names = [f"A{number}" for number in range(chance.randint(2, actors))]
    chance.shuffle(names)
    graph.add_nodes_from(names)
    density = chance.choice([0.2, 0.5, 0.9])
    for a, b in itertools.combinations(names, 2):
        if chance.random() < density:
            net = chance.choice([-9.0, -2.5, -0.1, 0.1, 3.0, 7.4])
            graph.add_edge(a, b, net=net, sign=1 if net > 0 else -1)
    return graph


def is_balanced(graph: nx.Graph[str]) -> bool:
    """Return whether the positive ties join no two actors whom a negative tie parts and the rest has two colours."""
    friends: nx.Graph[str] = nx.Graph()
    friends.add_nodes_from(graph)
    friends.add_edges_from((a, b) for a, b, tie in graph.edges(data=True) if tie["sign"] > 0)
    group = {actor: number for number, members in enumerate(nx.connected_components(friends)) for actor in members}
    hostile: nx.Graph[int] = nx.Graph()
    hostile.add_edges_from((group[a], group[b]) for a, b, tie in graph.edges(data=True) if tie["sign"] < 0)
    return nx.number_of_selfloops(hostile) == 0 and nx.is_bipartite(hostile)


def fewest(graph: nx.Graph[str]) -> tuple[int, float]:
    """Return the fewest ties whose loss leaves balance, and the least weight of that many, by trying every set."""
    for size in range(graph.number_of_edges() + 1):
        weights = []
        for ties in itertools.combinations(graph.edges, size):
            rest = graph.copy()
            rest.remove_edges_from(ties)
            if is_balanced(rest):
                weights.append(sum(abs(graph.edges[tie]["net"]) for tie in ties))
        if weights:
            return size, min(weights)
    raise AssertionError("a graph without ties is balanced")


def test_the_random_graphs_are_frustrated_more_or_less() -> None:
    indices = [frustration(random_graph(seed, 6)).index for seed in SEEDS]
    assert all(indices.count(index) >= 3 for index in (0, 1, 2, 3))


def test_the_index_is_the_fewest_ties_that_brute_force_must_take_away() -> None:
    for seed in SEEDS:
        graph = random_graph(seed, 6)
        found = frustration(graph)
        weight = sum(abs(graph.edges[tie]["net"]) for tie in found.frustrated)
        assert found.exact, seed
        assert (len(found.frustrated), pytest.approx(weight)) == fewest(graph), seed  # type: ignore[comparison-overlap]
        assert found.index == len(found.frustrated), seed


def test_without_the_frustrated_ties_the_blocs_are_friends_inside_and_foes_outside() -> None:
    for seed in SEEDS:
        graph = random_graph(seed, 12)
        found = frustration(graph)
        bloc = {actor: number for number, members in enumerate(found.blocs) for actor in members}
        assert sorted(bloc) == sorted(graph), seed
        for a, b, tie in graph.edges(data=True):
            fits = (bloc[a] == bloc[b]) == (tie["sign"] > 0)
            assert fits != (tuple(sorted((a, b))) in found.frustrated), (seed, a, b)


def test_one_triad_is_frustrated_once_if_the_product_of_its_signs_is_negative() -> None:
    for signs in itertools.product((1, -1), repeat=3):
        triad: nx.Graph[str] = nx.Graph()
        for (a, b), sign in zip(itertools.combinations("ABC", 2), signs, strict=True):
            triad.add_edge(a, b, sign=sign)
        assert frustration(triad).index == (math.prod(signs) < 0), signs


def test_the_search_beyond_what_can_be_counted_out_is_an_upper_bound_and_mostly_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graphs = [random_graph(seed, 12) for seed in SEEDS]
    exact = [frustration(graph).index for graph in graphs]
    monkeypatch.setattr(module, "EXACT", 2)
    for seed, (graph, index) in enumerate(zip(graphs, exact, strict=True)):
        searched = frustration(graph)
        assert searched.exact == all(len(block) <= 2 for block in nx.biconnected_components(graph)), seed
        assert searched.index >= index, seed
        rest = graph.copy()
        rest.remove_edges_from(searched.frustrated)
        assert is_balanced(rest), seed
    assert sum(frustration(graph).index == index for graph, index in zip(graphs, exact, strict=True)) >= 55


def test_twenty_actors_are_counted_out_and_more_are_not() -> None:
    for actors, exact in ((20, True), (21, False)):
        ring: nx.Graph[str] = nx.Graph()
        names = [f"A{number:02}" for number in range(actors)]
        for a, b in itertools.pairwise([*names, names[0]]):
            ring.add_edge(a, b, sign=-1 if (a, b) == (names[-1], names[0]) else 1, net=1.0)
        ring.add_edge("A00", "leaf", sign=-1, net=-1.0)  # lies on no circle, so it does not count
        found = frustration(ring)
        assert (found.index, found.exact) == (1, exact)


def test_of_equally_few_ties_the_lightest_then_the_first_by_name_is_frustrated() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("A", "B", sign=1, net=5.0)
    graph.add_edge("A", "C", sign=1, net=0.2)
    graph.add_edge("B", "C", sign=-1, net=-3.0)
    assert frustration(graph).frustrated == (("A", "C"),)
    assert find_blocs(graph) == [("A", "B"), ("C",)]
    equal = graph.copy()
    for _, _, tie in equal.edges(data=True):
        tie["net"] = 1.0
    reverse: nx.Graph[str] = nx.Graph()
    reverse.add_edges_from(reversed(list(equal.edges(data=True))))
    assert frustration(equal) == frustration(reverse)
    assert find_blocs(equal) == [("A", "B", "C")]


def test_blocs_come_biggest_first_and_an_actor_without_a_tie_is_one_of_its_own() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("Z")
    graph.add_edges_from([("B", "A"), ("C", "A")], sign=1)
    graph.add_edge("A", "D", sign=-1)
    assert find_blocs(graph) == [("A", "B", "C"), ("D",), ("Z",)]
    assert find_blocs(nx.Graph()) == []
