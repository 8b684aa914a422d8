"""Rival explanations against the evidence: what counts, what tells them apart, which is least contradicted."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import conditions, events, mentions, sources
from known import REFERENCE
from lagebild.analysis.explanations import find_counting, list_stakes, rank_hypotheses, rate_evidence
from lagebild.analysis.relations import EditionTables
from lagebild.core.folders import Paths, locate
from lagebild.core.judgements import Entry, Judgements, Stake, read_judgements
from lagebild.core.offices import read_offices
from lagebild.core.schema import TABLES
from lagebild.core.tables import read_case, records
from lagebild.dataset.matching import _kappa
from lagebild.report.edition import gather_edition
from lagebild.report.sections import explanations

WORDS = {"de": "Wort", "en": "Word"}
OFFICES = read_offices(REFERENCE)
NO_CLAIMS = pd.DataFrame(columns=list(TABLES["claims"].columns), dtype=str)


def judge(*rated: tuple[str, str, str]) -> Judgements:
    """Return two explanations, H1 and H2, and the ratings of evidence against them."""
    entries = tuple(Entry(name, "2025-06-16", WORDS, ("E1",)) for name in ("H1", "H2"))
    rows = [(evidence, hypothesis, rating, "Grund", "reason") for evidence, hypothesis, rating in rated]
    table = pd.DataFrame(rows, columns=list(TABLES["case/consistency"].columns), dtype=str)
    return replace(Judgements({}, ""), hypotheses=entries, consistency=table)


def rated(judgements: Judgements, claims: pd.DataFrame = NO_CLAIMS, **changed: Any) -> pd.DataFrame:
    """Return the ratings of an edition with the events E1 and E2 and the condition C1; `changed` are cells of E1."""
    grade, cells = changed.pop("grade", "B"), changed
    by = mentions({"event_id": "E1"}, {"event_id": "E2", "source_id": "S2"}, {"event_id": "", "condition_id": "C1"})
    pages = sources({"reliability": grade}, {"reliability": "B"})
    known = events(cells, {}), conditions()
    return rate_evidence(judgements, *known, find_counting(EditionTables(pages, by, *known), claims, OFFICES))


def test_evidence_that_an_edition_does_not_know_is_left_out() -> None:
    made = rated(judge(("E1", "H1", "consistent"), ("E9", "H1", "inconsistent"), ("C1", "H2", "neutral")))
    assert list(made["evidence"]) == ["C1", "E1"]


def test_ratings_of_an_explanation_that_is_not_in_force_are_left_out() -> None:
    assert rated(judge(("E1", "H7", "inconsistent"))).empty


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({}, "yes"),
        ({"grade": "C"}, "yes"),
        ({"grade": "D"}, "no"),  # only a weak page carries it
        ({"grade": "F"}, "no"),  # a grade that cannot be judged is no good grade
        ({"contested": "particulars"}, "yes"),
        ({"contested": "occurrence"}, "no"),
    ],
)
def test_what_is_weak_or_contested_does_not_count(changed: dict[str, Any], counts: str) -> None:
    (row,) = records(rated(judge(("E1", "H1", "inconsistent")), **changed))
    assert row["counts"] == counts


@pytest.mark.parametrize(("asserted", "counts"), [("no", "no"), ("yes", "yes")])
def test_what_nobody_but_its_parties_tells_does_not_count(asserted: str, counts: str) -> None:
    claim = dict.fromkeys(NO_CLAIMS.columns, "") | {"event_id": "E1", "only_parties": "yes", "asserted": asserted}
    (row,) = records(rated(judge(("E1", "H1", "inconsistent")), pd.DataFrame([claim])))
    assert row["counts"] == counts


@pytest.mark.parametrize(
    ("speaker", "actors", "counts"),
    [
        ("", "RUS", "yes"),  # told as fact
        ("putin", "RUS", "no"),  # Putin on Russia
        ("syrskyi", "RUS", "yes"),  # somebody else on Russia
        ("putin", "RUS;IRN", "no"),
        ("putin;syrskyi", "RUS", "yes"),
    ],
)
def test_what_a_party_alone_says_of_itself_does_not_count(speaker: str, actors: str, counts: str) -> None:
    by = mentions({"event_id": "", "condition_id": "C1", "speaker": speaker, "source_actors": actors})
    judgements = judge(("C1", "H1", "inconsistent"))
    known = events(), conditions()
    made = rate_evidence(judgements, *known, find_counting(EditionTables(sources({}), by, *known), NO_CLAIMS, OFFICES))
    assert list(made["counts"]) == [counts]


@pytest.mark.parametrize(
    ("evidence", "counting", "counts"),
    [
        (("E1", "E2"), {"E2"}, "yes"),  # one piece that counts is enough
        (("E1", "E2"), {"E3"}, "no"),
        ((), {"E1"}, "no"),
    ],
)
def test_a_stake_counts_if_a_piece_of_its_evidence_does(
    evidence: tuple[str, ...], counting: set[str], counts: str
) -> None:
    option = Entry("O1", "2025-06-16", WORDS, ("E1",), stakes=(Stake("law", "-", WORDS, evidence),))
    assert list(list_stakes((option,), counting)["counts"]) == [counts]


@pytest.mark.parametrize(
    ("one", "other", "diagnostic"),
    [
        ("inconsistent", "consistent", "yes"),
        ("neutral", "inconsistent", "yes"),
        ("inconsistent", "inconsistent", "no"),  # it speaks against all alike
        ("consistent", "neutral", "no"),  # it speaks against none
    ],
)
def test_evidence_is_diagnostic_if_it_speaks_against_some_and_not_against_others(
    one: str, other: str, diagnostic: str
) -> None:
    made = rated(judge(("E1", "H1", one), ("E1", "H2", other)))
    assert list(made["diagnostic"]) == [diagnostic] * 2


def rank(judgements: Judgements, *outlets: str, **changed: Any) -> list[dict[str, Any]]:
    """Return the explanations, ranked; the outlets that tell E1, E2, … each once, else one for each."""
    told = [{"event_id": f"E{n}", "source_id": f"S{n}"} for n in range(1, 5)]
    pages = [{"source_id": f"S{n}", "reporter": outlets[n - 1] if outlets else f"P{n}"} for n in range(1, 5)]
    return records(rank_hypotheses(judgements, rated(judgements, **changed), mentions(*told), sources(*pages)))


def test_what_stands_on_a_weak_page_speaks_against_nothing() -> None:
    made = rank(judge(("E1", "H1", "inconsistent"), ("E2", "H2", "inconsistent"), ("E2", "H1", "neutral")), grade="D")
    assert {row["hypothesis"]: (row["n_inconsistent"], row["n_counted"]) for row in made} == {
        "H1": (1, 0),
        "H2": (1, 1),
    }


@pytest.mark.parametrize(
    ("ratings", "outlets", "role"),
    [
        ("++", "AB", "necessary"),
        ("++", "AA", "marginal"),  # one outlet tells both
        ("+", "A", "marginal"),
        ("++-", "ABC", "contributing"),
        ("++--", "ABCD", "contributing"),  # as much against as for
        ("+---", "ABCD", "marginal"),
        ("", "", "marginal"),  # nothing bears on it: that nothing speaks against it says nothing
    ],
)
def test_one_test_tells_which_part_an_explanation_has(ratings: str, outlets: str, role: str) -> None:
    signs = {"+": ("consistent", "inconsistent"), "-": ("inconsistent", "neutral")}
    pieces = [
        (f"E{n}", name, kind)
        for n, sign in enumerate(ratings, 1)
        for name, kind in zip(("H1", "H2"), signs[sign], strict=False)
    ]
    judgements = judge(*pieces)
    known = events(*[{"event_id": f"E{n}"} for n in range(1, 5)]), conditions()
    made = rate_evidence(judgements, *known, {"E1", "E2", "E3", "E4"})
    told = mentions(*[{"event_id": f"E{n}", "source_id": f"S{n}"} for n in range(1, 5)])
    pages = sources(*[{"source_id": f"S{n}", "reporter": name} for n, name in enumerate(outlets, 1)])
    roles = {row["hypothesis"]: row["role"] for row in records(rank_hypotheses(judgements, made, told, pages))}
    assert roles["H1"] == role


def test_explanations_with_the_same_part_and_as_much_on_both_sides_share_a_rank() -> None:
    judgements = judge(("E1", "H1", "inconsistent"), ("E2", "H2", "inconsistent"))
    assert [row["rank"] for row in rank(judgements)] == [1, 1]


def test_a_case_without_explanations_has_empty_tables_with_all_columns() -> None:
    nobody = Judgements({}, "")
    ranked = rank_hypotheses(nobody, rated(nobody), mentions(), sources())
    for name, made in (("consistency", rated(nobody)), ("hypotheses", ranked)):
        assert made.empty
        assert list(made.columns) == list(TABLES[name].columns)


@pytest.mark.parametrize("as_of", ["2025-06-16", "2026-06-30"])
def test_the_report_lists_the_least_contradicted_explanation_first(real_tables: Path, as_of: str) -> None:
    edition = gather_edition(REFERENCE, Paths("russia-iran", as_of, "en", output=str(real_tables)))
    rank = dict(zip(edition.findings.hypotheses["hypothesis"], edition.findings.hypotheses["rank"], strict=True))
    shown = re.findall(r'<tr id="(H\d+)"', explanations(edition).html)
    assert len(shown) == len(rank) > 4
    assert [rank[name] for name in shown] == sorted(rank.values())


def test_the_report_says_how_far_a_second_rating_agrees() -> None:
    paths = locate("russia-iran", "2026-06-30")
    with (Path(__file__).parent / "gold" / "ratings.csv").open(encoding="utf-8") as file:
        second = {
            (row["evidence"], name): row[name] for row in csv.DictReader(file) for name in row if name != "evidence"
        }
    signs = {"consistent": "+", "neutral": "0", "inconsistent": "-"}
    rows = records(read_case(paths, "consistency"))
    pairs = [(signs[row["rating"]], second[row["evidence"], row["hypothesis"]]) for row in rows]
    assert len(pairs) == len(second)
    assert ("+", "-") not in pairs and ("-", "+") not in pairs
    kappa = f"{_kappa(pairs):.2f}"
    said = read_judgements(paths).second_rating
    assert f"κ = {kappa}" in said["en"] and f"κ = {kappa.replace('.', ',')}" in said["de"]
