"""The signed graph: its ties, and its triads against brute force."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest
from examples import relations
from lagebild.analysis.balance import find_triads, keep_triads_of, measure_balance, signed_graph
from lagebild.core.schema import ids
from lagebild.core.tables import records


def relation(source: str, target: str, net: float, reported: str = "E1") -> dict[str, object]:
    """Return a directed relation."""
    sign = "+" if net > 0 else "-" if net < 0 else "0"
    return {"source_actor": source, "target_actor": target, "net": net, "sign": sign, "event_ids": reported}


def random_graph(seed: int) -> nx.Graph[str]:
    """Return a random signed graph, the same for the same seed."""
    chance = random.Random(seed)
    graph: nx.Graph[str] = nx.Graph()
    names = [f"A{number}" for number in range(chance.randint(0, 9))]
    chance.shuffle(names)
    graph.add_nodes_from(names)
    for a, b in itertools.combinations(names, 2):
        if chance.random() < 0.6:
            reported = tuple(f"E{number}" for number in sorted(chance.sample(range(20), chance.randint(1, 4))))
            graph.add_edge(a, b, sign=chance.choice([1, -1]), event_ids=reported)
    return graph


@pytest.mark.parametrize("seed", range(30))
def test_triads_are_those_that_brute_force_finds(seed: int) -> None:
    graph = random_graph(seed)
    expected = {}
    for a, b, c in itertools.combinations(sorted(graph), 3):
        pairs = (a, b), (a, c), (b, c)
        if all(graph.has_edge(*pair) for pair in pairs):
            signs = [graph.edges[pair]["sign"] for pair in pairs]
            negative = signs.count(-1)
            weakest = min(len(graph.edges[pair]["event_ids"]) for pair in pairs)
            reported = {event for pair in pairs for event in graph.edges[pair]["event_ids"]}
            expected[a, b, c] = (["-", "", "+"][signs[0] + 1], "yes" if negative % 2 == 0 else "no", weakest, reported)
    found = {
        (row["a"], row["b"], row["c"]): (row["sign_ab"], row["balanced"], row["n_events"], set(ids(row["event_ids"])))
        for row in records(find_triads(graph))
    }
    assert found == expected


def test_the_random_graphs_hold_triads_of_both_kinds() -> None:
    kinds = [row["balanced"] for seed in range(30) for row in records(find_triads(random_graph(seed)))]
    assert kinds.count("yes") > 50
    assert kinds.count("no") > 50


@pytest.mark.parametrize(
    ("signs", "strict", "weak"),
    [((1, 1, 1), "yes", "yes"), ((1, -1, -1), "yes", "yes"), ((1, 1, -1), "no", "no"), ((-1, -1, -1), "no", "yes")],
)
def test_a_triad_is_balanced_if_its_signs_multiply_to_plus_and_weakly_too_if_all_are_hostile(
    signs: tuple[int, int, int], strict: str, weak: str
) -> None:
    for order in set(itertools.permutations(signs)):
        graph = signed_graph(
            relations(
                *(relation(a, b, net) for (a, b), net in zip((("A", "B"), ("A", "C"), ("B", "C")), order, strict=True))
            )
        )
        triads = find_triads(graph)
        assert (list(triads["balanced"]), list(triads["weak"])) == ([strict], [weak])


@pytest.mark.parametrize("seed", range(30))
def test_what_is_unbalanced_by_the_weak_theory_is_so_by_the_strict_one(seed: int) -> None:
    graph = random_graph(seed)
    triads, measured = find_triads(graph), measure_balance(graph)
    assert set(triads.loc[triads["weak"] == "no", "balanced"]) <= {"no"}
    assert (measured.n, measured.strict, measured.weak) == (
        len(triads),
        (triads["balanced"] == "no").sum(),
        (triads["weak"] == "no").sum(),
    )
    assert measured.weak <= measured.strict
    assert (measured.frustration.index == 0) <= (measured.strict == 0)


@pytest.mark.parametrize(
    ("there", "back", "sign"),
    [
        (3.5, None, 1),
        (3.5, 3.5, 1),
        (3.5, -9.5, -1),
        (-2.0, 9.0, 1),
        (4.0, -4.0, None),
        (0.0, None, None),
        (0.3, -0.3, None),
    ],
)
def test_a_tie_has_the_sign_of_both_directions_together(there: float, back: float | None, sign: int | None) -> None:
    rows = [relation("RUS", "IRN", there)] + ([] if back is None else [relation("IRN", "RUS", back)])
    tie = signed_graph(relations(*rows)).get_edge_data("IRN", "RUS")
    assert (tie and tie["sign"]) == sign


def test_a_tie_of_many_small_parts_that_cancel_is_left_out() -> None:
    rows = [relation("RUS", "IRN", 0.1), relation("IRN", "RUS", -0.1)]
    graph = signed_graph(relations(rows[0] | {"net": 0.1 + 0.2}, rows[1] | {"net": -0.3}))
    assert graph.number_of_edges() == 0


def test_a_tie_rests_on_the_events_of_both_directions_each_once() -> None:
    graph = signed_graph(relations(relation("RUS", "IRN", 1, "E2;E1"), relation("IRN", "RUS", 1, "E1;E3")))
    assert graph.edges["RUS", "IRN"]["event_ids"] == ("E1", "E2", "E3")


def test_a_relation_of_contested_events_alone_is_no_tie() -> None:
    assert signed_graph(relations(relation("RUS", "IRN", 0.0, ""))).number_of_edges() == 0


DILEMMA = (relation("RUS", "IRN", 9), relation("RUS", "ISR", 2), relation("IRN", "ISR", -9), relation("RUS", "USA", 3))


@pytest.mark.parametrize(("actor", "unbalanced"), [("RUS", 1), ("ISR", 1), ("USA", 0), ("nobody", 0)])
def test_the_triads_around_an_actor_are_those_it_is_part_of(actor: str, unbalanced: int) -> None:
    triads = keep_triads_of(find_triads(signed_graph(relations(*DILEMMA))), actor)
    assert (triads["balanced"] == "no").sum() == len(triads) == unbalanced
