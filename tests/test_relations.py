"""Events become relations: folded on the day, both ways if mutual, and only what happened weighs."""

from __future__ import annotations

import time
from itertools import product
from typing import Any

import pandas as pd
import pytest
from benchmark import Tables, make_events
from examples import events, mentions, sources
from known import REFERENCE
from lagebild.analysis.relations import (
    PAIR,
    change_relations,
    dyads,
    find_earlier,
    part_cells,
    relate,
    trace_relations,
    weigh_ties,
)
from lagebild.core.errors import InputError
from lagebild.core.offices import read_offices, resolve_actor
from lagebild.core.schema import STATUSES, TABLES, ids
from lagebild.core.tables import records

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")


def related(*rows: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the relations that events make, each told by one mention, by pair."""
    reported = events(*rows)
    by = mentions(*({"event_id": event["event_id"], "source_id": "S1"} for event in records(reported)))
    frame = relate(reported, by, sources({}), OFFICES, TYPES, "2025-06-16")
    return {(row["source_actor"], row["target_actor"]): row for row in records(frame)}


TOGETHER = {("RUS", "CHN"), ("CHN", "RUS")}  # whoever acts together is tied to each other


def pairs(**cells: str) -> set[tuple[str, str]]:
    """Return the directed pairs that one event ties."""
    frame = dyads(events(cells), OFFICES)
    return set(zip(frame["source_actor"], frame["target_actor"], strict=True))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"source_actors": "RUS", "target_actors": "IRN"}, {("RUS", "IRN")}),
        ({"source_actors": "RUS", "target_actors": "IRN;ISR"}, {("RUS", "IRN"), ("RUS", "ISR")}),
        ({"source_actors": "RUS;CHN", "target_actors": "IRN"}, {("RUS", "IRN"), ("CHN", "IRN"), *TOGETHER}),
        # a day decides for whom a person stands
        (
            {"source_actors": "putin", "target_actors": "trump", "latest": "2024-11-07"},
            set(),  # not yet in office
        ),
        ({"source_actors": "putin", "target_actors": "trump", "latest": "2025-02-12"}, {("RUS", "USA")}),
        # of a span of days its last counts, of an undated event the day on which it was first told
        (
            {"source_actors": "trump", "target_actors": "RUS", "earliest": "2025-01-10", "latest": "2025-01-20"},
            {("USA", "RUS")},
        ),
        (
            {
                "source_actors": "trump",
                "target_actors": "RUS",
                "earliest": "",
                "latest": "",
                "known_from": "2024-12-01",
            },
            set(),
        ),
        # mutual: both ways between all, however the sides are written
        ({"source_actors": "RUS;IRN", "target_actors": "RUS;IRN", "mutual": "yes"}, {("RUS", "IRN"), ("IRN", "RUS")}),
        ({"source_actors": "RUS", "target_actors": "IRN", "mutual": "yes"}, {("RUS", "IRN"), ("IRN", "RUS")}),
        (
            {"source_actors": "RUS;IRN;CHN", "target_actors": "", "mutual": "yes"},
            {("RUS", "IRN"), ("IRN", "RUS"), ("RUS", "CHN"), ("CHN", "RUS"), ("IRN", "CHN"), ("CHN", "IRN")},
        ),
        # nobody is tied to himself, nor to anybody who is not named
        ({"source_actors": "putin", "target_actors": "lavrov"}, set()),
        ({"source_actors": "RUS;IRN", "target_actors": "IRN;RUS"}, {("RUS", "IRN"), ("IRN", "RUS")}),
        ({"source_actors": "RUS", "target_actors": ""}, set()),
        ({"source_actors": "", "target_actors": "IRN"}, set()),
    ],
)
def test_an_event_ties_the_states_behind_its_actors(cells: dict[str, str], expected: set[tuple[str, str]]) -> None:
    assert pairs(**cells) == expected


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("contested", ["no", "particulars", "occurrence"])
def test_only_what_happened_or_is_said_to_have_happened_weighs(status: str, contested: str) -> None:
    made = related({"status": status, "contested": contested})
    if status not in ("asserted", "reported"):
        assert made == {}
    elif contested == "occurrence":
        row = made["RUS", "IRN"]
        assert (row["net"], row["sign"], row["n_events"], row["event_ids"]) == (0, "0", 0, "")
        assert (row["n_contested"], row["contested_ids"]) == (1, "E1")
    else:
        row = made["RUS", "IRN"]
        assert (row["net"], row["sign"], row["n_events"], row["event_ids"]) == (3.5, "+", 1, "E1")
        assert (row["n_contested"], row["contested_ids"]) == (0, "")


@pytest.mark.parametrize(
    ("types", "cooperation", "conflict", "net", "sign"),
    [
        (["SUPPORT"], 3.5, 0.0, 3.5, "+"),
        (["ASSAULT"], 0.0, -9.5, -9.5, "-"),
        (["SUPPORT", "SUPPORT"], 7.0, 0.0, 7.0, "+"),
        (["AID", "ASSAULT"], 7.0, -9.5, -2.5, "-"),
        (["AID", "COERCE"], 7.0, -7.0, 0.0, "0"),
        (["AGREE", "REJECT"], 1.0, -4.0, -3.0, "-"),  # an offer that nobody has taken up
        (["REQUEST"], 0.0, 0.0, 0.0, "0"),
        (["ACCUSE"], 0.0, -2.0, -2.0, "-"),  # not the +3 that the manual prints
    ],
)
def test_events_add_the_intensities_of_their_types(
    types: list[str], cooperation: float, conflict: float, net: float, sign: str
) -> None:
    row = related(*({"event_type": name} for name in types))["RUS", "IRN"]
    assert (row["cooperation"], row["conflict"], row["net"], row["sign"]) == (cooperation, conflict, net, sign)
    assert row["n_events"] == len(types)


def test_many_small_numbers_add_up_to_the_decimal() -> None:
    row = related(*({"event_type": "SUPPORT"} for _ in range(3)), *({"event_type": "MOBILIZE"} for _ in range(3)))
    assert row["RUS", "IRN"]["net"] == round(3 * 3.5 - 3 * 7.2, 1)


def test_a_pair_of_which_nothing_is_known_has_no_row() -> None:
    assert set(related({}, {"source_actors": "IRN", "target_actors": "ISR"})) == {("RUS", "IRN"), ("IRN", "ISR")}


def test_one_direction_says_nothing_about_the_other() -> None:
    assert ("IRN", "RUS") not in related({})


def test_a_call_before_the_office_ties_no_states() -> None:
    call = {"event_type": "CONSULT", "source_actors": "putin;trump", "target_actors": "putin;trump", "mutual": "yes"}
    assert related(call | {"latest": "2024-11-07"}) == {}
    assert set(related(call | {"latest": "2025-02-12"})) == {("RUS", "USA"), ("USA", "RUS")}


def test_publishers_of_a_relation_are_counted_once_and_without_those_who_deny() -> None:
    reported = events({}, {})
    pages = sources({"reporter": "A"}, {"reporter": "A"}, {"reporter": "B"}, {"reporter": "C"})
    by = mentions(
        {"event_id": "E1", "source_id": "S1"},
        {"event_id": "E1", "source_id": "S1", "mention_id": "m1", "language": "de"},
        {"event_id": "E2", "source_id": "S2"},
        {"event_id": "E2", "source_id": "S3", "stance": "differs"},
        {"event_id": "E2", "source_id": "S4", "stance": "denies"},
    )
    (row,) = records(relate(reported, by, pages, OFFICES, TYPES, "2025-06-16"))
    assert row["n_publishers"] == 2


def test_no_events_make_empty_tables_with_all_columns() -> None:
    for name, made in (
        ("relations", relate(events(), mentions(), sources(), OFFICES, TYPES, "2025-06-16")),
        ("relation_changes", change_relations(weigh_ties(events(), OFFICES, TYPES), TYPES, "2025-01-01")),
        ("relation_series", trace_relations(weigh_ties(events(), OFFICES, TYPES), events(), [("RUS", "IRN")])),
    ):
        assert made.empty
        assert list(made.columns) == list(TABLES[name].columns)


def test_relating_changes_none_of_its_tables() -> None:
    inputs = [events({}, {"mutual": "yes"}), mentions({"speaker": "IRN"}), sources({}), TYPES]
    copies = [frame.copy() for frame in inputs]
    relate(inputs[0], inputs[1], inputs[2], OFFICES, inputs[3], "2025-06-16")
    change_relations(weigh_ties(inputs[0], OFFICES, inputs[3]), inputs[3], "2025-01-01")
    trace_relations(weigh_ties(inputs[0], OFFICES, inputs[3]), inputs[0], [("RUS", "IRN")])
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def _row_by_row(tables: Tables, as_of: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return dyads and relations as they were first written: event by event, with `fold` for each actor."""
    scale = TYPES.set_index("event_type")
    reported = tables.mentions[tables.mentions["stance"] != "denies"].merge(tables.sources, on="source_id")
    publishers = reported.groupby("event_id")["reporter"].agg(set)
    rows = []
    for event in records(tables.events):
        day = event["latest"] or event["known_from"]
        sides = [
            [
                folded
                for actor in ids(event[f"{side}_actors"])
                if (folded := resolve_actor(OFFICES.held, actor, day)) not in OFFICES.persons
            ]
            for side in ("source", "target")
        ]
        pairs = {(a, b): False for a, b in product(*sides) if a != b}
        if event["mutual"] == "yes":
            pairs |= {(a, b): False for a, b in product(sides[0] + sides[1], repeat=2) if a != b}
        else:
            pairs = {(a, b): True for a, b in product(sides[0], repeat=2) if a != b} | pairs
        rows += [
            event | {"source_actor": a, "target_actor": b, "joint": joint} for (a, b), joint in sorted(pairs.items())
        ]
    acts = pd.DataFrame(rows, columns=[*tables.events.columns, "source_actor", "target_actor", "joint"])
    ties = []
    weighed = acts[acts["status"].isin(("asserted", "reported"))]
    for (source, target), of_pair in weighed.groupby(["source_actor", "target_actor"], sort=True):
        weighing, contested = (of_pair[of_pair["contested"].eq("occurrence") == one] for one in (False, True))
        strongest = dict[str, float]()
        for event in sorted(
            records(weighing), key=lambda event: (event["latest"] or event["known_from"], event["event_id"])
        ):
            kind = scale["joint"][event["event_type"]] if event["joint"] else event["event_type"]
            score = float(scale["intensity"][kind])
            if kind == "AGREE" and event["mutual"] != "yes" and not event["joint"]:
                score = 1.0
            act = event["process"] or event["event_id"]
            strongest[act] = max(strongest.get(act, 0.0), score, key=abs)
        scores = pd.Series(strongest, dtype=float)
        net = round(float(scores.sum()), 1)
        reporters = set().union(*(publishers.get(event, set()) for event in weighing["event_id"]))
        ties.append(
            (
                as_of,
                source,
                target,
                round(float(scores[scores > 0].sum()), 1),
                round(float(scores[scores < 0].sum()), 1),
                net,
                "+" if net > 0 else "-" if net < 0 else "0",
                len(scores),
                len(contested),
                len(reporters),
                ";".join(sorted(weighing["event_id"])),
                ";".join(sorted(contested["event_id"])),
            )
        )
    return acts, pd.DataFrame(ties, columns=list(TABLES["relations"].columns))


@pytest.mark.parametrize("n", [1, 40, 200])
def test_whole_columns_give_the_rows_that_event_by_event_gives(n: int) -> None:
    tables = make_events(n)
    tables.events.loc[tables.events.index % 7 == 3, ["date", "earliest", "latest"]] = ""  # some days are not known
    acts, ties = _row_by_row(tables, "2026-01-01")
    assert n < 40 or len(ties) > n // 2
    pd.testing.assert_frame_equal(dyads(tables.events, OFFICES), acts, check_dtype=False)
    made = relate(tables.events, tables.mentions, tables.sources, OFFICES, TYPES, "2026-01-01")
    pd.testing.assert_frame_equal(made, ties, check_dtype=False)


def test_many_rows_are_related_in_seconds() -> None:
    tables = make_events(20_000)
    start = time.process_time()
    relate(tables.events, tables.mentions, tables.sources, OFFICES, TYPES, "2026-01-01")
    assert time.process_time() - start < 5  # event by event takes minutes


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ("folded", {("RUS", "IRN")}),
        ("persons", {("putin", "mohammad-sadr"), ("putin", "araghchi")}),
        ("states", {("RUS", "IRN")}),
    ],
)
def test_a_parameter_says_who_counts_for_whom(actors: str, expected: set[tuple[str, str]]) -> None:
    reported = events({"source_actors": "putin", "target_actors": "mohammad-sadr;araghchi"})
    frame = dyads(reported, OFFICES, actors)
    assert set(zip(frame["source_actor"], frame["target_actor"], strict=True)) == expected
    ties = relate(reported, mentions({}), sources({}), OFFICES, TYPES, "2025-06-16", actors)
    assert set(zip(ties["source_actor"], ties["target_actor"], strict=True)) == expected


def test_persons_of_one_state_are_tied_to_each_other_if_nobody_is_folded() -> None:
    frame = dyads(events({"source_actors": "putin", "target_actors": "lavrov"}), OFFICES, "persons")
    assert list(zip(frame["source_actor"], frame["target_actor"], strict=True)) == [("putin", "lavrov")]


def test_an_unknown_way_to_count_actors_is_refused() -> None:
    with pytest.raises(InputError, match=r"'people'.*folded, persons, states\.$"):
        dyads(events({}), OFFICES, "people")


def changed(since: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """Return what events changed in the relation of Russia to Iran since a day."""
    (row,) = records(change_relations(weigh_ties(events(*rows), OFFICES, TYPES), TYPES, since))
    return row


@pytest.mark.parametrize(
    ("since", "before", "n_since", "flipped"),
    [
        ("2024-12-31", ("", None), 2, "no"),
        ("2025-01-16", ("", None), 2, "no"),
        ("2025-01-17", ("+", 3.5), 1, "yes"),  # what ends on the day itself belongs to the time by then
        ("2025-02-01", ("-", -6.0), 0, "no"),
    ],
)
def test_a_change_parts_the_events_at_a_day(
    since: str, before: tuple[str, float | None], n_since: int, flipped: str
) -> None:
    row = changed(since, {}, {"event_type": "ASSAULT", "latest": "2025-02-01"})
    assert row["sign_before"] == before[0]
    assert pd.isna(row["net_before"]) if before[1] is None else row["net_before"] == before[1]
    assert (row["n_since"], row["n_before"]) == (n_since, 2 - n_since)
    assert (row["sign_now"], row["net_now"], row["flipped"]) == ("-", -6.0, flipped)


def test_a_sign_that_only_talks_gave_does_not_turn_round() -> None:
    row = changed("2025-01-17", {"event_type": "CONSULT"}, {"event_type": "ASSAULT", "latest": "2025-02-01"})
    assert (row["sign_before"], row["sign_now"], row["flipped"]) == ("+", "-", "no")


def test_a_vague_event_counts_since_a_day_if_it_may_have_ended_after_it() -> None:
    row = changed("2025-01-15", {"date": "2025-01", "earliest": "2025-01-01", "latest": "2025-01-31"})
    assert (row["n_before"], row["n_since"]) == (0, 1)


def test_an_undated_event_counts_since_it_was_told() -> None:
    undated = {"date": "", "earliest": "", "latest": "", "known_from": "2025-03-01"}
    assert changed("2025-02-28", undated)["n_since"] == 1
    assert changed("2025-03-01", undated)["n_since"] == 0


def test_what_is_contested_or_never_happened_changes_nothing() -> None:
    reported = events(
        {"contested": "occurrence"}, *({"status": status} for status in ("hypothetical", "negated", "open"))
    )
    assert change_relations(weigh_ties(reported, OFFICES, TYPES), TYPES, "2024-01-01").empty


def test_both_halves_of_a_change_make_the_relation() -> None:
    tables = make_events(300)
    ties = relate(tables.events, tables.mentions, tables.sources, OFFICES, TYPES, "2026-01-01")
    both = change_relations(weigh_ties(tables.events, OFFICES, TYPES), TYPES, "2020-06-30").merge(ties, on=PAIR)
    assert len(both) == (ties["n_events"] > 0).sum()
    assert (both["net_now"] == both["net"]).all()
    assert ((both["net_before"].fillna(0) + both["net_since"] - both["net"]).abs() < 0.05).all()
    assert (both["n_before"] + both["n_since"] == both["n_events"]).all()


@pytest.mark.parametrize(
    ("compare", "previous", "as_of", "day"),
    [
        ("", "2025-06-16", "2026-06-30", "2025-06-16"),
        ("", "", "2025-06-16", "2024-06-16"),
        ("", "", "2024-02-29", "2023-02-28"),
        ("2025-12-31", "2025-06-16", "2026-06-30", "2025-12-31"),
    ],
)
def test_today_is_compared_with_the_previous_edition_or_a_year_ago(
    compare: str, previous: str, as_of: str, day: str
) -> None:
    assert find_earlier(compare, previous, as_of) == day


@pytest.mark.parametrize("compare", ["2026-06-30", "2027-01-01", "last year"])
def test_a_day_of_comparison_that_is_none_or_not_earlier_is_refused(compare: str) -> None:
    with pytest.raises(InputError, match="compare"):
        find_earlier(compare, "", "2026-06-30")


def test_a_course_adds_up_each_direction_in_the_order_of_time() -> None:
    reported = events(
        {"event_type": "ASSAULT", "latest": "2025-03-01", "earliest": "2025-03-01"},
        {},
        {"event_type": "AID", "date": "2025-02", "earliest": "2025-02-01", "latest": "2025-02-28"},
        {"source_actors": "IRN", "target_actors": "RUS"},
        {"target_actors": "ISR"},
        {"contested": "occurrence"},
    )
    course = trace_relations(weigh_ties(reported, OFFICES, TYPES), reported, [("RUS", "IRN")])
    out = course[course["source_actor"] == "RUS"]
    assert list(out["event_id"]) == ["E2", "E3", "E1"]
    assert list(out["net"]) == [3.5, 10.5, 1.0]
    assert list(out["vague"]) == ["no", "yes", "no"]
    assert list(out["day"]) == ["2025-01-17", "2025-02-28", "2025-03-01"]
    assert list(course.loc[course["source_actor"] == "IRN", "event_id"]) == ["E4"]
    assert set(course["dyad"]) == {"RUS;IRN"}


def test_an_undated_event_enters_a_course_on_the_day_it_was_told_and_is_vague() -> None:
    reported = events({"date": "", "earliest": "", "latest": "", "known_from": "2025-03-01"})
    (row,) = records(trace_relations(weigh_ties(reported, OFFICES, TYPES), reported, [("IRN", "RUS")]))
    assert (row["day"], row["vague"], row["date"]) == ("2025-03-01", "yes", "")


def test_cells_of_a_list_column_are_parted_in_their_order() -> None:
    parted = part_cells(pd.Series(["RUS;IRN", "", "ISR", "RUS;IRN"], index=[7, 7, 8, 9]))
    assert list(parted.items()) == [(0, "RUS"), (0, "IRN"), (2, "ISR"), (3, "RUS"), (3, "IRN")]
    assert part_cells(pd.Series([], dtype=str)).empty
    assert part_cells(pd.Series(["", ""])).empty


def test_who_holds_no_office_stands_for_himself() -> None:
    actors, days = pd.Series(["putin", "RUS", "putin"], index=[3, 3, 4]), pd.Series(["2025-06-01", "", "1900-01-01"])
    stood = read_offices(REFERENCE).fold(actors, days)
    assert list(stood.items()) == [(3, "RUS"), (3, "RUS"), (4, "putin")]
    assert read_offices(REFERENCE).fold(actors[:0], days[:0]).empty
