"""What nobody reports is listed: pairs, voices, states and days; nothing that is reported is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from examples import events, mentions, relations, sources
from known import REFERENCE
from lagebild.analysis.explanations import count_days, find_coverage_gaps, find_main_actors
from lagebild.analysis.relations import EditionTables
from lagebild.core.case import Case
from lagebild.core.offices import read_offices
from lagebild.core.schema import TABLES
from lagebild.core.tables import records

OFFICES = read_offices(REFERENCE)
WORDS = {"de": "Fall", "en": "Case"}
AS_OF = "2025-06-16"
PAGE = {"published": "2025-06-10", "known_from": "2025-06-10"}


def asked(*focus: str, start: str = "2025-06-01", subject: str = "RUS") -> Case:
    """Return a case with these dense periods."""
    return Case(WORDS, WORDS, subject, (AS_OF,), start, (), focus)


def found(case: Case, **tables: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Return what is silent, by kind; what a test does not name is one page, one event and one relation."""
    plain = {
        "sources": sources({}).assign(published=PAGE["published"]),
        "mentions": mentions({}),
        "events": events({"earliest": "2025-06-12", "latest": "2025-06-12"}),
        "relations": relations({}),
    }
    tables = plain | tables
    pages, said, reported, ties = (tables[name] for name in ("sources", "mentions", "events", "relations"))
    frame = find_coverage_gaps(case, EditionTables(pages, said, reported, pd.DataFrame()), ties, OFFICES, AS_OF)
    assert list(frame.columns) == list(TABLES["coverage_gaps"].columns)
    result: dict[str, list[tuple[Any, ...]]] = {}
    for row in records(frame):
        cells = (row["first"], row["second"]) if row["first"] else (row["start"], row["end"], row["n_days"])
        result.setdefault(row["kind"], []).append(cells)
    return result


def pages(*published: str) -> Any:
    """Return pages that were published so."""
    return sources(*({} for _ in published)).assign(published=list(published))


@pytest.mark.parametrize(
    ("rows", "silent"),
    [
        ([{}], []),
        ([{}, {"source_actor": "ISR", "target_actor": "IRN"}], [("ISR", "RUS")]),
        # one direction is enough
        ([{"source_actor": "IRN", "target_actor": "RUS"}], []),
        # what is contested does not break a silence
        (
            [{}, {"source_actor": "ISR", "n_events": 0, "n_contested": 1, "event_ids": ""}],
            [("IRN", "ISR"), ("ISR", "RUS")],
        ),
    ],
)
def test_pairs_of_main_actors_that_no_event_ties_are_silent(rows: list[dict[str, Any]], silent: list[Any]) -> None:
    assert found(asked(), relations=relations(*rows)).get("pair", []) == silent


def test_main_actors_are_the_ten_with_most_events_and_the_subject() -> None:
    rows = [
        {"source_actor": f"A{n:02}", "target_actor": "IRN", "event_ids": ";".join(f"E{n}-{i}" for i in range(n))}
        for n in range(1, 15)
    ]
    main = find_main_actors(relations(*rows), "RUS")
    assert main == sorted(["IRN", "RUS", *(f"A{n:02}" for n in range(6, 15))])
    assert find_main_actors(relations(), "") == []


@pytest.mark.parametrize(
    ("said", "silent"),
    [
        ([{}], ["IRN", "RUS"]),
        ([{"speaker": "RUS"}], ["IRN"]),
        ([{"speaker": "putin"}], ["IRN"]),  # a person speaks for whom he acts
        ([{"speaker": "RUS;IRN"}], []),
        ([{"speaker": "RUS", "stance": "denies"}], ["IRN", "RUS"]),
    ],
)
def test_main_actors_whom_no_page_quotes_are_silent(said: list[dict[str, str]], silent: list[str]) -> None:
    voices = found(asked(), mentions=mentions(*said)).get("voice", [])
    assert [actor for actor, _ in voices] == silent


def test_states_without_a_publisher_are_silent_and_organisations_are_not_asked() -> None:
    tied = relations({}, {"source_actor": "iaea"})
    assert found(asked(), relations=tied)["press"] == [("IRN", "")]


@pytest.mark.parametrize(
    ("focus", "published", "event", "silent"),
    [
        (["2025-06-09/2025-06-13"], ["2025-06-10"], "2025-06-12", ["09-09", "11-11", "13-13"]),
        (["2025-06-09/2025-06-13"], ["2025-06-10/2025-06-12"], "2025-06-12", ["09-09", "13-13"]),
        (["2025-06-09/2025-06-13"], ["2025-06"], "", []),  # one of its days: no day is silent for certain
        (["2025-06-09/2025-06-13"], ["2025"], "", ["09-13"]),  # vaguer than a month: it tells no day
        (["2025-06-15/2025-06-27"], ["2025-01-01"], "", ["15-16"]),  # not beyond the as-of date
        (["2025-06-09/2025-06-10", "2026-01-01/2026-02-01"], ["2025-06-10"], "", ["09-09"]),
    ],
)
def test_days_without_a_page_or_an_event_are_silent(
    focus: list[str], published: list[str], event: str, silent: list[str]
) -> None:
    reported = events({"earliest": event, "latest": event})
    days = found(asked(*focus), sources=pages(*published), events=reported).get("days", [])
    assert [f"{start[8:]}-{end[8:]}" for start, end, _ in days] == silent
    assert all(n == int(end[8:]) - int(start[8:]) + 1 for start, end, n in days)


def test_a_case_without_periods_asks_for_the_last_thirty_days() -> None:
    days = found(asked(), sources=pages("2024-01-01"), events=events())["days"]
    assert days == [("2025-05-18", "2025-06-16", 30)]
    assert count_days(asked(), AS_OF) == 30
    assert count_days(asked("2025-06-01/2025-06-05", "2025-06-04/2025-06-08"), AS_OF) == 8


def test_the_longest_gap_lies_between_dated_events() -> None:
    reported = events(*({"earliest": day, "latest": day} for day in ("2025-06-03", "2025-06-09", "2025-06-12")))
    assert found(asked(), events=reported)["gap"] == [("2025-06-04", "2025-06-08", 5)]
    assert "gap" not in found(asked(), events=events())
