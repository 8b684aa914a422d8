"""Leaving out: the same as building the edition without the page, and each finding counted against each trial."""

from __future__ import annotations

import time
from functools import cache

import pandas as pd
import pytest
from examples import events, mentions, relations, sources
from lagebild.analysis.balance import find_triads, signed_graph
from lagebild.analysis.firmness import cell_states, find_shifts, leave_out
from lagebild.analysis.relations import PAIR, EditionTables, weigh_ties
from lagebild.analysis.robustness import count_changes, rate_findings
from lagebild.core.judgements import Entry, Judgements
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import records
from long import sample
from told import AS_OF, NOBODY, OFFICES, TYPES, Reported, by, random_edition

COLUMN = {"page": "source_id", "publisher": "reporter", "country": "country"}
WEIGHT = ["net", "n_events", "n_contested"]
NONE = pd.DataFrame(columns=list(TABLES["conditions"].columns), dtype=str)
SEEDS = range(6)


def judge(*evidence: str) -> Judgements:
    """Return one judgement that rests on this evidence."""
    words = {"de": "Urteil", "en": "Judgement"}
    return Judgements({}, "", key_judgements=(Entry("J1", AS_OF, words, evidence, confidence="low"),))


@cache
def rebuilt(seed: int, column: str, name: str) -> Reported:
    """Return a random edition built without some of its pages."""
    return random_edition(seed).without(column, name)


def cells(table: pd.DataFrame) -> dict[tuple[str, str], tuple[float, int, int]]:
    """Return what weighs in each cell in which anything is told."""
    rows = table[(table["n_events"] + table["n_contested"]) > 0]
    return {
        (str(a), str(b)): (float(net), int(n), int(m))
        for a, b, net, n, m in rows[[*PAIR, *WEIGHT]].itertuples(index=False)
    }


@pytest.mark.parametrize("seed", sample(SEEDS, 0, 1))
def test_leaving_out_is_the_same_as_building_without(seed: int) -> None:
    whole = random_edition(seed)
    jackknife = whole.jackknife
    for replicate in records(jackknife.replicates):
        rest = rebuilt(seed, COLUMN[replicate["kind"]], replicate["name"])
        touched = jackknife.ties[jackknife.ties["replicate_id"] == replicate["replicate_id"]]
        pairs = set(zip(touched[PAIR[0]], touched[PAIR[1]], strict=True))
        kept = {pair: cell for pair, cell in cells(whole.relations).items() if pair not in pairs}
        assert kept | cells(touched) == cells(rest.relations)
        left = set(rest.events["event_id"]) | set(rest.conditions["condition_id"])
        before = set(whole.events["event_id"]) | set(whole.conditions["condition_id"])
        assert replicate["n_lost"] == len(before - left)
        assert before - left <= set(
            jackknife.lost.loc[jackknife.lost["replicate_id"] == replicate["replicate_id"], "row"]
        )


@pytest.mark.parametrize("seed", sample(SEEDS, 0, 1))
def test_a_triad_changes_when_the_one_built_without_differs(seed: int) -> None:
    whole = random_edition(seed)
    rated, state = whole.rate(), {"yes": "balanced", "no": "unbalanced"}
    for replicate in records(whole.jackknife.replicates):
        rest = rebuilt(seed, COLUMN[replicate["kind"]], replicate["name"])
        now = {"~".join((row["a"], row["b"], row["c"])): state[row["balanced"]] for row in records(rest.triads)}
        for row in (row for row in rated.values() if row["kind"] == "triad"):
            changes = replicate["replicate_id"] in ids(row["changes"])
            assert changes == (now.get(row["finding"]) != row["value"])


@pytest.mark.parametrize("seed", sample(SEEDS, 0, 1))
def test_trials_are_counted_and_shares_lie_between_nothing_and_all(seed: int) -> None:
    whole = random_edition(seed)
    replicates = set(whole.jackknife.replicates["replicate_id"])
    for row in whole.rate(judge("E1", "C1")).values():
        assert row["n_replicates"] == len(replicates)
        assert row["n_holds"] + row["n_changes"] == row["n_replicates"]
        assert set(ids(row["turns"])) <= set(ids(row["changes"])) <= replicates
        assert len(ids(row["changes"])) == row["n_changes"]
        assert 0 <= row["share_left"] <= 1
        assert bool(row["weakest_link"]) == (row["share_left"] < 1)


def test_a_cell_that_one_publisher_tells_hangs_on_it() -> None:
    row = by(("A", "E1", {}), ("B", "E2", {"source_actors": "ISR"})).rate()["RUS>IRN"]
    assert (row["value"], row["share_left"], row["weakest_link"]) == ("+", 0, "publisher-S1")
    assert ids(row["changes"]) == ("country-AAA", "page-S1", "publisher-S1")
    assert (row["n_holds"], row["turns"], row["strength"], row["confidence"]) == (3, "", "thin", "")


def test_a_cell_keeps_the_share_of_its_net_that_remains() -> None:
    aid = {"event_type": "AID"}
    row = by(("A", "E1", aid), ("B", "E2", aid), ("B", "E3", aid), ("C", "E4", aid)).rate()["RUS>IRN"]
    assert (row["share_left"], row["weakest_link"], row["n_changes"]) == (0.5, "publisher-S2", 0)
    assert row["strength"] == "firm"


def test_what_two_publishers_tell_loses_nothing_without_either() -> None:
    row = by(("A", "E1", {}), ("B", "E1", {})).rate(judge("E1"))
    assert all((one["share_left"], one["weakest_link"], one["n_changes"]) == (1, "", 0) for one in row.values())


def test_a_sign_that_turns_is_told_from_a_cell_that_empties() -> None:
    row = by(("A", "E1", {"event_type": "AID"}), ("B", "E2", {"event_type": "ACCUSE"})).rate()["RUS>IRN"]
    assert row["value"] == "+"
    assert ids(row["turns"]) == ids(row["changes"]) == ("country-AAA", "page-S1", "publisher-S1")
    assert (row["share_left"], row["strength"]) == (0, "undecided")


def test_a_contested_cell_is_read_as_such_until_its_denial_is_left_out() -> None:
    denied = {"stance": "denies", "status": "negated"}
    row = by(("A", "E1", {}), ("B", "E1", denied)).rate()["RUS>IRN"]
    assert (row["value"], row["strength"], row["turns"]) == ("?", "", "")
    assert set(ids(row["changes"])) >= {"publisher-S1", "publisher-S2"}


def test_pages_of_one_publisher_fall_together() -> None:
    pages = sources({"reporter": "A"}, {"reporter": "A"}, {"reporter": "B"})
    reported = Reported(mentions({"source_id": "S1", "event_id": "E1"}, {"source_id": "S2", "event_id": "E1"}), pages)
    row = reported.rate()["RUS>IRN"]
    assert ids(row["changes"]) == ("country-RUS", "publisher-S1")
    assert not [name for name in reported.jackknife.replicates["replicate_id"] if name == "publisher-S2"]


@pytest.mark.parametrize(
    ("reported", "evidence", "share_left", "single"),
    [
        ([("A", "E1", {}), ("B", "E2", {})], ["E1", "E2"], 0.5, "E1;E2"),
        ([("A", "E1", {}), ("A", "E2", {})], ["E1", "E2"], 0.0, "E1;E2"),
        ([("A", "E1", {}), ("B", "E1", {}), ("A", "E2", {})], ["E1", "E2"], 0.5, "E2"),
        # without the one who tells it as fact, only somebody who thinks of it is left
        ([("A", "E1", {}), ("B", "E1", {"status": "hypothetical"})], ["E1"], 0.0, "E1"),
        # without the one who supports it, only a denial is left
        ([("A", "E1", {}), ("B", "E1", {"stance": "denies", "status": "negated"})], ["E1"], 0.0, "E1"),
        # attributed is as good as told as fact
        ([("A", "E1", {}), ("B", "E1", {"status": "reported"})], ["E1"], 1.0, ""),
        # a plan that two tell stays a plan
        ([("A", "E1", {"status": "hypothetical"}), ("B", "E1", {"status": "hypothetical"})], ["E1"], 1.0, ""),
    ],
)
def test_a_judgement_keeps_the_share_of_its_evidence_that_is_still_supported(
    reported: list[tuple[str, str, dict[str, str]]], evidence: list[str], share_left: float, single: str
) -> None:
    row = by(*reported).rate(judge(*evidence))["J1"]
    assert (row["kind"], row["value"], row["confidence"]) == ("judgement", str(len(evidence)), "low")
    assert (row["share_left"], row["single"]) == (share_left, single)


@pytest.mark.parametrize(("second", "outlook"), [("A", "publisher-S1"), ("B", "")])
def test_hypotheses_that_one_publisher_alone_supports_are_named(second: str, outlook: str) -> None:
    thought = {"event_id": "", "status": "hypothetical"}
    reported = by(
        ("A", "", thought | {"condition_id": "C1"}),
        (second, "", thought | {"condition_id": "C2"}),
        ("B", "E1", {}),
        ("C", "E2", {}),
    )
    row = reported.rate(judge("C1", "C2", "E1", "E2"))["J1"]
    assert row["outlook"] == outlook
    assert reported.rate(judge("E1", "E2"))["J1"]["outlook"] == ""


def test_a_page_that_tells_nothing_changes_nothing() -> None:
    reported = by(("A", "E1", {}))
    reported.sources = sources({"reporter": "A", "country": "AAA"}, {"reporter": "Z", "country": "ZZZ"})
    left_out = count_changes(reported.jackknife, reported.rated()).set_index("replicate_id")
    idle = left_out.loc[["page-S2", "publisher-S2", "country-ZZZ"]]
    assert (idle[["n_mentions", "n_lost", "n_changed"]] == 0).all(axis=None)


def test_a_stage_that_is_told_as_before_is_not_merged_anew() -> None:
    pages = sources(*({"reporter": f"P{n}"} for n in range(20)))
    told = mentions(*({"source_id": f"S{n % 20 + 1}", "event_id": f"E{n}"} for n in range(200)))
    made = Reported(told, pages, {f"E{n}": {"process": "war"} for n in range(200)})
    start = time.process_time()
    assert len(made.jackknife.ties) == 41
    assert time.process_time() - start < 3  # every page with every stage of the process takes many times that


def test_an_edition_without_anything_told_has_trials_and_no_findings() -> None:
    pages, none = sources({}), relations()
    jackknife = leave_out(EditionTables(pages, mentions(), events(), NONE), OFFICES, TYPES, AS_OF)
    assert len(jackknife.replicates) == 3
    weighed = weigh_ties(events(), OFFICES, TYPES)
    shifts = find_shifts(events(), weighed, jackknife, OFFICES, TYPES)
    assert shifts.empty
    cells = cell_states(weighed, mentions(), pages, shifts)
    assert rate_findings(jackknife, NONE, none, cells, find_triads(signed_graph(none)), NOBODY).empty


def test_omissions_and_findings_name_each_other() -> None:
    reported = random_edition(1)
    firm = reported.rated(judge("E1", "C1"))
    left_out = count_changes(reported.jackknife, firm)
    forth = {(replicate, row["finding"]) for row in records(firm) for replicate in ids(row["changes"])}
    back = {(row["replicate_id"], finding) for row in records(left_out) for finding in ids(row["changed"])}
    assert forth == back != set()
    assert set(firm["weakest_link"]) - {""} <= set(left_out["replicate_id"])
    assert list(firm.columns) == list(TABLES["robustness"].columns)
    assert list(left_out.columns) == list(TABLES["jackknife"].columns)


def test_leaving_out_changes_none_of_its_tables() -> None:
    reported = random_edition(1)
    tables = reported.sources, reported.mentions, reported.events, reported.conditions
    before = [frame.copy() for frame in tables]
    reported.rate()
    for frame, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
