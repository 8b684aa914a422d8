"""A tie is firm if its sign outlives every single change: an act, a publisher or all talks less, or another type."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
import pytest
from benchmark import make_events
from examples import events, mentions, sources
from lagebild.analysis.balance import find_triads, keep_firm, tie_graph
from lagebild.analysis.firmness import TALKS, find_shifts, leave_out, tie_states
from lagebild.analysis.relations import EditionTables, relate, weigh_ties
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import records
from long import sample
from told import AS_OF, OFFICES, TYPES, Cells, Reported, Written, by, random_edition

AID, ASSAULT, ACCUSE, REJECT = ({"event_type": name} for name in ("AID", "ASSAULT", "ACCUSE", "REJECT"))
REQUEST, CONSULT, COERCE = ({"event_type": name} for name in ("REQUEST", "CONSULT", "COERCE"))
BACK = {"source_actors": "IRN", "target_actors": "RUS"}


def tie(*reported: Cells, written: Written | None = None) -> dict[str, Any]:
    """Return the one tie of an edition that is told so."""
    (row,) = records(by(*reported, written=written).ties)
    assert (row["one"], row["other"]) == ("IRN", "RUS")
    return row


@pytest.mark.parametrize(
    ("reported", "written", "net", "strength", "turned_by"),
    [
        # two acts that two publishers tell each
        ([("A", "E1", {}), ("B", "E1", {}), ("A", "E2", {}), ("B", "E2", {})], {}, 7.0, "firm", ()),
        # two acts of which each publisher tells one: without either the sign stays
        ([("A", "E1", {}), ("B", "E2", {})], {}, 7.0, "firm", ()),
        # one act, however many tell it
        ([("A", "E1", {}), ("B", "E1", {}), ("C", "E1", {})], {}, 3.5, "thin", ("E1",)),
        # the stages of a process are one act
        (
            [("A", "E1", {}), ("B", "E1", {}), ("A", "E2", AID), ("B", "E2", AID)],
            {"E1": {"process": "treaty"}, "E2": {"process": "treaty"}},
            7.0,
            "thin",
            ("treaty",),
        ),
        # also if the stages lead there and back
        (
            [("A", "E1", {}), ("B", "E1", {}), ("A", "E2", BACK), ("B", "E2", BACK)],
            {"E1": {"process": "treaty"}, "E2": {"process": "treaty"}},
            7.0,
            "thin",
            ("treaty",),
        ),
        # one publisher, however many acts it tells
        ([("A", "E1", {}), ("A", "E2", {})], {}, 7.0, "thin", ("publisher-S1",)),
        # somebody else only denies one of them, which then does not weigh
        (
            [("A", "E1", {}), ("A", "E2", {}), ("A", "E3", {}), ("B", "E3", {"stance": "denies", "status": "negated"})],
            {},
            7.0,
            "thin",
            ("publisher-S1",),
        ),
        # nothing weighs more than its opposite
        (
            [("A", "E1", REJECT), ("B", "E2", {"event_type": "AGREE", "mutual": "yes"}), ("B", "E3", REJECT | BACK)],
            {},
            0.0,
            "undecided",
            (),
        ),
        # talks, however many, make no firm tie
        ([(one, event, CONSULT) for one in "AB" for event in ("E1", "E2", "E3")], {}, 3.0, "undecided", (TALKS,)),
        # nor do they stand in the way of one that rests on more
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", CONSULT), ("E2", {}), ("E3", {}))],
            {},
            8.0,
            "firm",
            (),
        ),
        # a talk that is a stage of more is no talk alone
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", CONSULT), ("E2", {}), ("E3", {}))],
            {"E1": {"process": "p"}, "E2": {"process": "p"}},
            7.0,
            "firm",
            (),
        ),
        # a process may bear any name, also that of a type
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", {}), ("E2", CONSULT), ("E3", CONSULT))],
            {"E1": {"process": "CONSULT"}},
            5.5,
            "firm",
            (),
        ),
        # an act less turns it
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", AID), ("E2", ACCUSE), ("E3", ACCUSE))],
            {},
            3.0,
            "undecided",
            ("E1",),
        ),
        # an act less cancels it: the other two are as strong as each other
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", {}), ("E2", AID), ("E3", COERCE))],
            {},
            3.5,
            "undecided",
            ("E1", "E2"),
        ),
        # a demand weighs nothing: what stands beside it stands alone
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", AID), ("E2", REQUEST))],
            {},
            7.0,
            "thin",
            ("E1",),
        ),
        # a publisher less turns it, though no act does
        (
            [
                *(("A", f"E{n}", AID) for n in (1, 2)),
                *(("B", f"E{n}", REJECT) for n in (3,)),
                *(("C", f"E{n}", ACCUSE) for n in (4,)),
            ],
            {},
            8.0,
            "undecided",
            ("publisher-S1",),
        ),
        # another type of one event turns it
        (
            [(one, event, {}) for one in "AB" for event in ("E1", "E2", "E3")],
            {"E2": {"type_alt": "ACCUSE;ASSAULT"}},
            10.5,
            "undecided",
            ("E2:ASSAULT",),
        ),
        # another type that only weakens it does not
        (
            [(one, event, {}) for one in "AB" for event in ("E1", "E2", "E3")],
            {"E2": {"type_alt": "AGREE;ACCUSE"}},
            10.5,
            "firm",
            (),
        ),
        # each may be another type, and both together would turn it: one at a time is tried
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", AID), ("E2", AID), ("E3", AID))],
            {"E1": {"type_alt": "REJECT"}, "E2": {"type_alt": "REJECT"}},
            21.0,
            "firm",
            (),
        ),
        # the other type of a stage counts only if it becomes the strongest of its process
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", {}), ("E2", AID), ("E3", {}))],
            {"E1": {"process": "p", "type_alt": "REJECT"}, "E2": {"process": "p"}},
            10.5,
            "firm",
            (),
        ),
        (
            [(one, event, kind) for one in "AB" for event, kind in (("E1", {}), ("E2", AID), ("E3", {}))],
            {"E1": {"process": "p", "type_alt": "ASSAULT"}, "E2": {"process": "p"}},
            10.5,
            "undecided",
            ("E1:ASSAULT",),
        ),
        # both directions together: one way each is an act, and they make one sign
        ([("A", "E1", AID), ("B", "E1", AID), ("A", "E2", BACK), ("B", "E2", BACK)], {}, 10.5, "firm", ()),
        (
            [("A", "E1", AID), ("B", "E1", AID), ("A", "E2", ASSAULT | BACK), ("B", "E2", ASSAULT | BACK)],
            {},
            -2.5,
            "undecided",
            ("E2",),
        ),
    ],
)
def test_a_tie_is_as_firm_as_its_sign_outlives_a_single_change(
    reported: list[Cells], written: Written, net: float, strength: str, turned_by: tuple[str, ...]
) -> None:
    row = tie(*reported, written=written)
    assert (row["net"], row["strength"]) == (net, strength)
    assert ids(row["turned_by"]) == turned_by


def test_an_act_of_both_ways_is_one_act_with_the_weight_of_both() -> None:
    row = tie(("A", "E1", {"mutual": "yes"}), ("B", "E1", {"mutual": "yes"}))
    assert (row["net"], row["n_events"], row["n_publishers"], row["event_ids"]) == (7.0, 1, 2, "E1")
    assert row["strength"] == "thin"


def test_demands_alone_make_no_tie() -> None:
    assert by(*((one, event, REQUEST) for one in "AB" for event in ("E1", "E2"))).ties.empty


def test_what_nobody_tells_to_have_happened_or_is_contested_makes_no_tie() -> None:
    denied = {"stance": "denies", "status": "negated"}
    assert by(("A", "E1", {"status": "hypothetical"}), ("A", "E2", {}), ("B", "E2", denied)).ties.empty


def test_a_tie_stands_between_states_not_between_a_state_and_a_body() -> None:
    vote = {"event_type": "REJECT", "source_actors": "RUS", "target_actors": "iaea"}
    made = by(*((one, event, vote) for one in "AB" for event in ("E1", "E2")))
    assert not made.relations.empty
    assert made.ties.empty
    assert not keep_firm(tie_graph(made.ties))


def test_no_events_make_an_empty_table_with_all_columns() -> None:
    none = pd.DataFrame(columns=list(TABLES["conditions"].columns), dtype=str)
    left = leave_out(EditionTables(sources({}), mentions(), events(), none), OFFICES, TYPES, AS_OF)
    made = Reported(mentions(), sources({}))
    assert (len(left.replicates), len(made.ties)) == (3, 0)
    assert list(made.ties.columns) == list(TABLES["ties"].columns)


@pytest.mark.parametrize("strength", ["firm", "thin", "undecided"])
def test_the_graph_rests_on_firm_ties_alone(strength: str) -> None:
    made = by(*((one, event, {}) for one in "AB" for event in ("E1", "E2")))
    graph = keep_firm(tie_graph(made.ties.assign(strength=strength)))
    assert list(graph.edges) == ([("IRN", "RUS")] if strength == "firm" else [])


SEEDS = (0, 5, 6, 7)  # of 0 to 7 those that between them hold every kind: see below


def nets(relations: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the net of each two sides, both directions together."""
    found: dict[tuple[str, str], float] = {}
    for row in records(relations[relations["n_events"] > 0]):
        ends = row["source_actor"], row["target_actor"]
        if not OFFICES.bodies.intersection(ends):
            pair = min(ends), max(ends)
            found[pair] = round(found.get(pair, 0.0) + row["net"], 1)
    return found


def rebuild(made: Reported, reported: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return the nets of other events of the same edition."""
    return nets(relate(reported, made.mentions, made.sources, OFFICES, TYPES, AS_OF))


def every_change(made: Reported) -> dict[str, dict[tuple[str, str], float]]:
    """Return the nets without each act, each publisher and all talks, and with each other type of each event: anew."""
    table, quiet = made.events, TYPES.assign(intensity=TYPES["intensity"].where(TYPES["talk"] == "no", 0.0))
    changed = {TALKS: nets(relate(table, made.mentions, made.sources, OFFICES, quiet, AS_OF))}
    acts = table["process"].where(table["process"] != "", table["event_id"])
    for act in sorted(set(acts)):
        changed[act] = rebuild(made, table[acts != act].reset_index(drop=True))
    for event in records(table):
        for other in ids(event["type_alt"]):
            retyped = table["event_type"].where(table["event_id"] != event["event_id"], other)
            changed[f"{event['event_id']}:{other}"] = rebuild(made, table.assign(event_type=retyped))
    for reporter, pages in made.sources.groupby("reporter"):
        changed[f"publisher-{min(pages['source_id'])}"] = nets(made.without("reporter", str(reporter)).relations)
    return changed


@pytest.mark.slow  # every change builds the edition anew
@pytest.mark.parametrize("seed", sample(SEEDS, 0, 1))
def test_a_tie_is_firm_exactly_if_every_edition_built_with_one_change_keeps_its_sign(seed: int) -> None:
    made = random_edition(seed, agreed=True)
    whole, changed = nets(made.relations), every_change(made)
    tied = {(row["one"], row["other"]): row["net"] for row in records(made.ties)}
    assert tied == {pair: net for pair, net in whole.items() if net or pair in tied}  # demands alone tie nobody
    for row in records(made.ties):
        pair = row["one"], row["other"]
        turning = {change for change, now in changed.items() if now.get(pair, 0.0) * whole[pair] <= 0}
        assert set(ids(row["turned_by"])) == (turning if whole[pair] else set())
        assert (row["strength"] == "firm") == (not turning)


def test_the_random_editions_have_ties_of_every_kind_and_every_kind_of_change() -> None:
    rows = [row for seed in SEEDS for row in records(random_edition(seed, agreed=True).ties)]
    assert {row["strength"] for row in rows} == {"firm", "thin", "undecided"}
    turning = {change for row in rows for change in ids(row["turned_by"])}
    assert {":" in change for change in turning} == {True, False}
    assert turning & {"treaty", "war"}
    assert TALKS in turning
    assert any(change.startswith("publisher-") for change in turning)
    graphs = [keep_firm(tie_graph(random_edition(seed, agreed=True).ties)) for seed in SEEDS]
    assert any(len(find_triads(graph)) for graph in graphs)


@pytest.mark.parametrize("seed", sample(SEEDS, 0, 1))
def test_no_single_publisher_changes_a_triad_of_firm_ties(seed: int) -> None:
    made = random_edition(seed, agreed=True)
    made.triads = find_triads(keep_firm(tie_graph(made.ties)))
    for row in made.rate().values():
        if row["kind"] == "triad":
            assert not [change for change in ids(row["changes"]) if change.startswith("publisher-")]


def test_cells_of_a_matrix_are_rated_like_ties_in_one_direction() -> None:
    rated = by(*((one, event, cells) for one in "AB" for event, cells in (("E1", {}), ("E2", {}), ("E3", BACK)))).rate()
    assert (rated["RUS>IRN"]["strength"], rated["IRN>RUS"]["strength"]) == ("firm", "thin")


@pytest.mark.parametrize(
    ("reported", "strength"),
    [
        ([("A", "E1", AID), ("B", "E1", AID), ("A", "E2", REQUEST), ("B", "E2", REQUEST)], "thin"),
        ([("A", "E1", AID), ("A", "E2", AID), ("B", "E3", REQUEST)], "thin"),
        ([("A", "E1", REQUEST), ("B", "E2", REQUEST)], ""),
    ],
)
def test_a_demand_carries_a_cell_no_more_than_a_tie(reported: list[Cells], strength: str) -> None:
    made = by(*reported)
    assert made.rate()["RUS>IRN"]["strength"] == strength
    assert list(made.ties["strength"]) == ([strength] if strength else [])


def test_what_another_type_would_do_costs_no_more_for_a_stage_of_a_long_process_than_for_an_event() -> None:
    told = make_events(6000).events.assign(type_alt="AGREE")
    none = pd.DataFrame(columns=list(TABLES["conditions"].columns), dtype=str)
    left = leave_out(EditionTables(sources({}), mentions(), events(), none), OFFICES, TYPES, AS_OF)
    start = time.process_time()
    shifts = find_shifts(told, weigh_ties(told, OFFICES, TYPES), left, OFFICES, TYPES)
    assert time.process_time() - start < 5  # a stage with all others of its process takes minutes, and gigabytes
    assert shifts["change"].str.endswith(":AGREE").sum() < 2 * len(told)


def test_asking_how_firm_a_tie_is_changes_none_of_its_tables() -> None:
    made = random_edition(1, agreed=True)
    tables = made.weighed, made.mentions, made.sources, made.shifts
    copies = [frame.copy() for frame in tables]
    tie_states(made.weighed, made.mentions, made.sources, made.shifts, OFFICES)
    for frame, copy in zip(tables, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
