"""Options: which ties each would move and on whose word, and what that would do to triads and frustration."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from examples import dataset_of, edit, relations, tiny
from examples import replace as replace_text
from known import REFERENCE
from lagebild.analysis.balance import signed_graph
from lagebild.analysis.options import weigh_options, weigh_outcomes
from lagebild.core.case import Act, Change, Entry, read_case_file, read_judgements
from lagebild.core.paths import InputError, Paths, locate
from lagebild.core.schema import BEARINGS, TABLES, ids
from lagebild.core.tables import read_case, records, validate
from lagebild.report.integrity import find_strangers
from test_balance import relation

TYPES = REFERENCE.table("event_types")
TIES = relations(
    relation("RUS", "IRN", 9),
    relation("RUS", "ISR", 2),
    relation("IRN", "ISR", -9),
    relation("RUS", "USA", 3),
    relation("IRN", "USA", -3),
    relation("RUS", "BLR", 1),
    relation("IRN", "BLR", 1),
)
GRAPH = signed_graph(TIES)
HELP = Entry("O1", "2025-01-31", {}, (), actor="RUS", act=Act("AID", "IRN"))


def conditions(*rows: dict[str, str]) -> pd.DataFrame:
    """Return a table of conditions, numbered C1, C2, …"""
    plain = {"status": "hypothetical", "contested": "no", "choice": "AID:RUS>IRN", "bearing": "costs", "ties": ""}
    made = [{"condition_id": f"C{number}"} | plain | row for number, row in enumerate(rows, start=1)]
    return pd.DataFrame(made, columns=["condition_id", *plain])


def weigh(option: Entry, *reported: dict[str, str]) -> list[tuple[str, ...]]:
    """Return target, today, change, flips, basis and evidence of each tie that an option would move."""
    return [tuple(row.values())[2:] for row in records(weigh_options((option,), conditions(*reported), GRAPH, TYPES))]


def outcome(option: Entry, *reported: dict[str, str]) -> dict[str, Any]:
    """Return what an option would do."""
    weighed = weigh_options((option,), conditions(*reported), GRAPH, TYPES)
    (row,) = records(weigh_outcomes((option,), weighed, conditions(*reported), GRAPH))
    return row


@pytest.mark.parametrize(
    ("kind", "change", "flips"),
    [("AID", "+", "no"), ("SUPPORT", "+", "no"), ("REJECT", "-", "yes"), ("ASSAULT", "-", "yes"), ("REQUEST", "", "")],
)
def test_the_act_itself_moves_the_tie_to_its_target_by_the_sign_of_its_intensity(
    kind: str, change: str, flips: str
) -> None:
    reported = weigh(replace(HELP, act=Act(kind, "IRN")))
    assert reported == ([("IRN", "+", change, flips, "act", "")] if change else [])


def test_what_a_condition_states_of_the_choice_is_told_by_a_text() -> None:
    assert weigh(HELP, {"ties": "RUS-USA:-;RUS-BLR:+"}) == [
        ("IRN", "+", "+", "no", "act", ""),
        ("USA", "+", "-", "yes", "text", "C1"),
        ("BLR", "+", "+", "no", "text", "C1"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"choice": "REJECT:RUS>IRN"},
        {"choice": "AID:IRN>RUS"},
        {"choice": ""},
        {"contested": "occurrence"},
        {"status": "negated"},
        {"status": "open"},
        {"ties": "IRN-USA:-"},
    ],
)
def test_a_condition_moves_no_tie_if_it_bears_on_another_choice_or_side_or_does_not_stand(
    other: dict[str, str],
) -> None:
    assert [row[0] for row in weigh(HELP, {"ties": "RUS-USA:-"} | other)] == ["IRN"]


def test_one_of_several_choices_is_enough_and_a_name_with_hyphens_is_read_whole() -> None:
    reported = weigh(HELP, {"choice": "REJECT:RUS>IRN;AID:RUS>IRN", "ties": "RUS-un-security-council:-"})
    assert reported[1] == ("un-security-council", "", "-", "no", "text", "C1")


def test_where_grounds_agree_the_first_is_the_basis_and_all_evidence_is_joined() -> None:
    changes = (Change("USA", "-", ("E1", "C1")), Change("IRN", "+", ("E2",)), Change("ISR", "-", ("E3",)))
    assert weigh(replace(HELP, changes=changes), {"ties": "RUS-USA:-"}) == [
        ("IRN", "+", "+", "no", "act", "E2"),
        ("USA", "+", "-", "yes", "text", "C1;E1"),
        ("ISR", "+", "-", "yes", "analyst", "E3"),
    ]


def test_a_tie_that_is_told_to_move_both_ways_flips_neither_way() -> None:
    reported = weigh(HELP, {"ties": "RUS-IRN:-"})
    assert reported == [("IRN", "+", "+", "no", "act", ""), ("IRN", "+", "-", "no", "text", "C1")]


def test_an_unknown_tie_cannot_flip_and_makes_no_triad() -> None:
    option = Entry("O1", "2025-01-31", {}, (), actor="RUS", changes=(Change("PRK", "-", ("E1",)),))
    assert weigh(option) == [("PRK", "", "-", "no", "analyst", "E1")]
    made = outcome(option)
    assert (made["flips"], made["settles"], made["upsets"]) == ("", "", "")
    assert made["unbalanced_before"] == made["unbalanced_after"] == 2


def test_an_option_settles_and_upsets_triads_and_moves_the_frustration() -> None:
    cool = outcome(HELP, {"ties": "RUS-USA:-;RUS-ISR:-"})
    assert (cool["flips"], cool["settles"], cool["upsets"]) == ("ISR;USA", "IRN~ISR~RUS;IRN~RUS~USA", "")
    assert (cool["unbalanced_before"], cool["unbalanced_after"]) == (2, 0)
    assert (cool["frustration_before"], cool["frustration_after"], cool["exact"]) == (2, 0, "yes")
    drop = outcome(replace(HELP, act=Act("REJECT", "IRN")))
    assert (drop["settles"], drop["upsets"]) == ("IRN~ISR~RUS;IRN~RUS~USA", "BLR~IRN~RUS")
    assert (drop["unbalanced_after"], drop["frustration_after"]) == (1, 1)


def test_what_the_texts_say_of_a_choice_is_sorted_by_how_it_bears_on_it() -> None:
    rows = [{"bearing": bearing} for bearing in (*BEARINGS, "binds")]
    made = outcome(HELP, *rows, {"choice": "REJECT:RUS>IRN"})
    assert {name: made[name] for name in BEARINGS} == {
        "costs": "C1",
        "gains": "C2",
        "binds": "C3;C6",
        "asks": "C4",
        "frees": "C5",
    }


def test_without_options_there_is_nothing_to_weigh() -> None:
    weighed = weigh_options((), conditions(), GRAPH, TYPES)
    assert weighed.empty
    assert weigh_outcomes((), weighed, conditions(), GRAPH).empty
    alone = weigh_options((HELP,), conditions(), signed_graph(relations()), TYPES)
    assert records(weigh_outcomes((HELP,), alone, conditions(), signed_graph(relations())))[0]["exact"] == "yes"


@pytest.fixture(scope="module")
def reported() -> pd.DataFrame:
    """Return the conditions of the real case as they were known on 16 June 2025."""
    return dataset_of(locate("russia-iran", "2025-06-16")).conditions


def test_the_three_strands_of_the_article_come_out_of_the_coded_conditions(reported: pd.DataFrame) -> None:
    """Open help strains Washington; a break costs trust elsewhere; army and plants are tied down: nothing typed in."""
    options = read_judgements(locate("russia-iran", "2025-06-16")).options
    bare = tuple(replace(option, changes=(), constraints=(), evidence=()) for option in options)
    weighed = weigh_options(bare, reported, GRAPH, TYPES)
    texts = {(row["option_id"], row["target"], row["change"]) for row in records(weighed) if row["basis"] == "text"}
    assert texts == {("O1", "USA", "-"), ("O2", "BLR", "-"), ("O2", "PRK", "-")}
    results = {row["option_id"]: row for row in records(weigh_outcomes(bare, weighed, reported, GRAPH))}
    theme = reported.set_index("condition_id")["theme"]
    assert {"troops", "exports"} <= {theme[name] for name in ids(results["O1"]["binds"])}
    assert results["O1"]["costs"]
    assert results["O2"]["costs"]
    assert not results["O3"]["binds"]


@pytest.mark.parametrize("edition", read_case_file(locate("russia-iran", "2025-06-16")).editions)
def test_the_choices_of_the_real_case_resolve_and_its_tables_fit_their_schema(edition: str) -> None:
    paths = locate("russia-iran", edition)
    coded = read_case(paths, "conditions")
    assert not list(find_strangers(REFERENCE, paths, read_case_file(paths), read_judgements(paths)))
    options = read_judgements(paths).options
    stands = coded.assign(status="asserted", contested="no")
    weighed = weigh_options(options, stands, GRAPH, TYPES)
    for name, frame in (("options", weighed), ("outcomes", weigh_outcomes(options, weighed, stands, GRAPH))):
        assert len(frame) == len(validate(frame, TABLES[name], paths.built / TABLES[name].file))
        assert len(frame)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("act: {type: HELP, target: IRN}", "entry O1: 'HELP' is no PLOVER root type"),
        ("act: {type: AID}", "entry O1, act: 'target' is missing"),
        ("act: AID", "entry O1: 'act' is no mapping"),
        ("current: perhaps", "entry O1: current is 'perhaps', but must be true or false"),
    ],
)
def test_an_act_that_does_not_fit_names_the_option(root: Any, line: str, fault: str) -> None:
    replace_text(tiny(root).inputs / "judgements.yml", "    actor: RUS\n", f"    actor: RUS\n    {line}\n")
    with pytest.raises(InputError, match=fault):
        read_judgements(tiny(root))


def test_an_act_is_read_as_a_choice_of_its_actor(root: Any) -> None:
    paths: Paths = tiny(root)
    line = "    act: {type: AID, target: IRN}\n    current: true\n"
    replace_text(paths.inputs / "judgements.yml", "    actor: RUS\n", f"    actor: RUS\n{line}")
    (option,) = read_judgements(paths).options
    assert (option.choice, option.current) == ("AID:RUS>IRN", True)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"choice": "AID:RUS>ATLANTIS"}, "C1: there is no actor 'ATLANTIS'"),
        (
            {"choice": "AID:RUS>IRN", "ties": "RUS-ATLANTIS:-"},
            "C1: the tie 'RUS-ATLANTIS:-' must go",
        ),
        ({"choice": "AID:RUS>IRN", "ties": "USA-RUS:-"}, "C1: the tie 'USA-RUS:-' must go from whoever chooses"),
        ({"choice": "", "ties": "RUS-USA:-"}, "C1: the tie 'RUS-USA:-' must go from whoever chooses"),
        ({"choice": "", "ties": ""}, "C1: fill both choice and bearing"),
    ],
)
def test_a_choice_that_does_not_resolve_names_the_condition(root: Any, cells: dict[str, str], fault: str) -> None:
    paths: Paths = tiny(root)
    assert not list(find_strangers(REFERENCE, paths, read_case_file(paths), read_judgements(paths)))
    edit(paths.inputs / "conditions.csv", "C1", **cells)
    assert any(
        fault in reported
        for reported in find_strangers(REFERENCE, paths, read_case_file(paths), read_judgements(paths))
    )
