"""Charts of time: each event in one period, dates drawn as meant, no label cut or covered."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from drawings import Box, as_json, bars, labels_of, marks, pixel
from examples import events
from lagebild.case import Case, Lane, read_case_file
from lagebild.charts import WIDTH, Chart
from lagebild.dates import bounds, parse
from lagebild.labels import Labels, read_labels
from lagebild.paths import locate
from lagebild.periods import place_events, split_periods
from lagebild.review import build
from lagebild.schema import STATUSES
from lagebild.store import read_reference
from lagebild.timeline import draw_timeline

OFFICES, TYPES = read_reference("offices"), read_reference("event_types")
LANES = (
    Lane({"de": "Russland – Iran", "en": "Russia – Iran"}, (frozenset({"RUS", "IRN"}),)),
    Lane({"de": "Iran – Israel", "en": "Iran – Israel"}, (frozenset({"IRN", "ISR"}),)),
)
NAME = {"de": "Fall", "en": "Case"}
CASE = Case(
    title=NAME,
    question=NAME,
    subject="RUS",
    editions=("2025-06-16",),
    start="2024-01-01",
    lanes=LANES,
    focus=("2025-01-10/2025-01-31",),
)
AS_OF = "2025-06-16"
EDITIONS = read_case_file(locate("russia-iran", AS_OF)).editions


def dated(date: str, **cells: str) -> dict[str, Any]:
    """Return the cells of an event with this date."""
    earliest, latest = bounds(date, AS_OF)
    return {"date": date, "earliest": earliest, "latest": latest, **cells}


def drawn(*rows: dict[str, Any], case: Case = CASE, language: str = "en") -> list[Chart]:
    """Draw events of the made-up case."""
    return draw_timeline(events(*rows), case, OFFICES, TYPES, AS_OF, read_labels(language))


@pytest.fixture(scope="module")
def real() -> dict[str, tuple[Case, pd.DataFrame]]:
    """Return the real case and the events of each of its editions."""
    paths = [locate("russia-iran", edition) for edition in EDITIONS]
    return {where.as_of: (read_case_file(where), build(where).events) for where in paths}


@pytest.fixture(
    scope="module", params=[(edition, language) for edition in EDITIONS for language in ("de", "en")], ids="-".join
)
def charts(request: pytest.FixtureRequest, real: dict[str, tuple[Case, pd.DataFrame]]) -> list[Chart]:
    """Return the timeline of each edition of the real case in each language."""
    edition, language = request.param
    case, told = real[edition]
    return draw_timeline(told, case, OFFICES, TYPES, edition, read_labels(language))


def random_events(seed: int) -> pd.DataFrame:
    """Return events with dates of every kind, the same for the same seed."""
    chance = random.Random(seed)
    days = [str(day.date()) for day in pd.date_range("2024-06-01", AS_OF)]
    rows = []
    for _ in range(chance.randint(1, 40)):
        first, last = sorted(chance.sample(days, 2))
        date = chance.choice(
            [first, first[:7], first[:4], f"{first}/{last}", f"../{last}", f"{first}/..", f"{first[:7]}~", ""]
        )
        rows.append(dated(date, target_actors=chance.choice(["IRN", "USA"])))
    return events(*rows)


@pytest.mark.parametrize("seed", range(20))
def test_each_dated_event_stands_in_exactly_one_period(seed: int) -> None:
    told = random_events(seed)
    focus = [(), ("2025-01-10/2025-01-31",), ("2024-07/2024-09", "2024-09-01/2025-03-01", "2025-06-10/2025-06-30")]
    for periods in focus:
        case = replace(CASE, focus=periods)
        placed = place_events(told, case, OFFICES, TYPES, read_labels("en"))
        split = split_periods(placed, case, AS_OF)
        found = [event for period in split for event in period.events["event_id"]]
        assert sorted(found) == sorted(told.loc[told["date"] != "", "event_id"])


@pytest.mark.parametrize("seed", range(20))
def test_periods_follow_each_other_without_overlap(seed: int) -> None:
    placed = place_events(random_events(seed), CASE, OFFICES, TYPES, read_labels("en"))
    split = split_periods(placed, CASE, AS_OF)
    days = [day for period in split for day in (period.start, period.end)]
    assert days == sorted(days)
    assert all(one.end < two.start for one, two in pairwise(split))


@pytest.mark.parametrize(
    ("date", "period"),
    [
        ("2025-01-09", ("2024-06-01", "2025-01-09")),
        ("2025-01-10", ("2025-01-10", "2025-01-31")),
        ("2025-01-31", ("2025-01-10", "2025-01-31")),
        ("2025-02-01", ("2025-02-01", "2025-06-16")),
        ("2025-01", ("2025-01-10", "2025-01-31")),  # 22 of its 31 days
        ("2025-01-30/2025-02-10", ("2025-02-01", "2025-06-16")),
        ("../2025-01-15", ("2025-01-10", "2025-01-31")),
        ("2025", ("2025-02-01", "2025-06-16")),
    ],
)
def test_an_event_belongs_to_the_period_that_its_date_covers_most(date: str, period: tuple[str, str]) -> None:
    told = events(dated("2024-06-01"), dated(date), dated("2025-06-16"))
    placed = place_events(told, CASE, OFFICES, TYPES, read_labels("en"))
    home = {event: (p.start, p.end) for p in split_periods(placed, CASE, AS_OF) for event in p.events["event_id"]}
    assert home["E2"] == period


def test_a_period_without_events_is_left_out() -> None:
    charts = drawn(dated("2024-06-01"), dated("2025-05-05"))
    assert [chart.name for chart in charts] == ["timeline", "timeline-1", "timeline-2"]


def test_an_event_without_a_date_is_drawn_nowhere() -> None:
    for chart in drawn(dated("2025-01-17"), dated("")):
        assert set(marks(chart.figure)) == {"E1"}
        assert list(chart.frame["event_id"]) == ["E1"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rows", [[], [dated("")]])
def test_a_case_without_dated_events_has_an_empty_overview(rows: list[dict[str, Any]], language: str) -> None:
    (chart,) = drawn(*rows, language=language)
    assert chart.name == "timeline"
    assert not chart.figure.data
    assert re.search(r"\b0\b", chart.alt)


@pytest.mark.parametrize(
    ("cells", "lane"),
    [
        ({"source_actors": "RUS", "target_actors": "IRN"}, "Russia – Iran"),
        ({"source_actors": "majlis", "target_actors": "RUS"}, "Russia – Iran"),
        ({"source_actors": "ISR", "target_actors": "IRN"}, "Iran – Israel"),
        ({"source_actors": "RUS", "target_actors": "IRN;ISR"}, "Russia – Iran"),
        ({"source_actors": "IRN", "target_actors": "ISR;RUS"}, "Russia – Iran"),
        ({"source_actors": "USA", "target_actors": "IRN"}, "Other"),
        ({"source_actors": "RUS", "target_actors": ""}, "Other"),
    ],
)
def test_an_event_stands_in_the_first_lane_that_names_one_of_its_pairs(cells: dict[str, str], lane: str) -> None:
    words = read_labels("en")
    (name,) = place_events(events(cells), CASE, OFFICES, TYPES, words)["lane_name"]
    assert name == (words("lane.other") if lane == "Other" else lane)


@pytest.mark.parametrize("event_type", sorted(TYPES["event_type"]))
def test_a_mark_points_up_for_cooperation_and_down_for_conflict(event_type: str) -> None:
    (intensity,) = TYPES.loc[TYPES["event_type"] == event_type, "intensity"].tolist()
    symbol = marks(drawn(dated("2025-01-17", event_type=event_type))[1].figure)["E1"][2]
    assert symbol.startswith("triangle-up" if intensity > 0 else "triangle-down" if intensity < 0 else "circle")


def test_the_form_of_a_mark_tells_its_status() -> None:
    rows = [dated("2025-01-17", status=status) for status in STATUSES]
    symbols = [symbol for _, _, symbol in marks(drawn(*rows)[1].figure).values()]
    assert len(set(symbols)) == len(STATUSES)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("cells", "notes"),
    [
        ({}, []),
        ({"status": "reported", "contested": "particulars"}, []),
        ({"status": "negated"}, ["mark.negated"]),
        ({"status": "hypothetical"}, ["mark.hypothetical"]),
        ({"status": "open"}, ["mark.open"]),
        ({"contested": "occurrence"}, ["mark.contested"]),
        ({"status": "negated", "contested": "occurrence"}, ["mark.negated", "mark.contested"]),
    ],
)
def test_the_label_says_what_a_reader_might_miss_in_the_mark(
    cells: dict[str, str], notes: list[str], language: str
) -> None:
    words = read_labels(language)
    (label,) = place_events(events(dated("2025-01-17", **cells)), CASE, OFFICES, TYPES, words)["label"]
    summary = {"de": "Ein Ereignis", "en": "An event"}[language]
    assert label == summary + "".join(f" ({words(note)})" for note in notes)


@pytest.mark.parametrize(
    ("date", "bar", "pale"),
    [
        ("2025-01-17", None, False),
        ("2025-01-17~", None, False),
        ("2025-01-15/2025-01-19", ("2025-01-15", "2025-01-20"), False),
        ("2025-01-15~/2025-01-19~", ("2025-01-15", "2025-01-20"), True),
        ("2025-01-15/2025-01-19~", ("2025-01-15", "2025-01-20"), True),
    ],
)
def test_a_day_is_a_mark_and_a_vaguer_date_a_bar_over_all_its_days(
    date: str, bar: tuple[str, str] | None, pale: bool
) -> None:
    figure = drawn(dated("2025-01-12"), dated(date), dated("2025-01-28"))[1].figure
    row = marks(figure)["E2"][1]
    if bar is None:
        assert row not in bars(figure)
    else:
        first, after, opacity = bars(figure)[row]
        assert ((first, after), opacity < 0.25) == (bar, pale)


@pytest.mark.parametrize("date", ["../2025-01-20", "../2025-01-20~"])
def test_a_bar_by_a_day_ends_on_that_day_with_its_mark_and_starts_nowhere_in_particular(date: str) -> None:
    figure = drawn(dated("2025-01-12"), dated(date), dated("2025-01-28"))[1].figure
    day, row, _ = marks(figure)["E2"]
    first, after, opacity = bars(figure)[row]
    assert first < "2025-01-20"
    assert after == "2025-01-21"
    assert opacity < 0.25
    assert day == "2025-01-20"


def test_the_mark_of_a_vague_date_stands_in_the_middle_of_its_bar() -> None:
    figure = drawn(dated("2025-01-12"), dated("2025-01-16/2025-01-20"), dated("2025-01-28"))[1].figure
    assert marks(figure)["E2"][0] == "2025-01-18"


def test_an_event_that_is_planned_stands_inside_its_chart() -> None:
    for chart in drawn(
        dated("2025-06-13"), dated("2025-07", status="hypothetical"), dated("2026-01-01", status="hypothetical")
    ):
        low, high = chart.figure.layout.xaxis.range
        for event, (day, _, _) in marks(chart.figure).items():
            assert low <= day <= high, (chart.name, event)


def test_every_mark_of_the_real_case_stands_inside_its_chart(charts: list[Chart]) -> None:
    for chart in charts:
        low, high = chart.figure.layout.xaxis.range
        for event, (day, _, _) in marks(chart.figure).items():
            assert low <= day <= high, (chart.name, event)


def test_every_event_of_the_real_case_is_drawn_with_its_day_where_it_is_known(charts: list[Chart]) -> None:
    for chart in charts[1:]:
        drawn_at = marks(chart.figure)
        assert sorted(drawn_at) == sorted(chart.frame["event_id"])
        for event, earliest, latest in zip(*(chart.frame[c] for c in ("event_id", "earliest", "latest")), strict=True):
            if earliest == latest:
                assert drawn_at[event][0] == earliest


def rows_of(boxes: list[Box]) -> list[float]:
    """Return the rows of labels, in order."""
    return sorted(box.row for box in boxes)


def test_no_two_labels_of_the_real_case_share_a_row(charts: list[Chart]) -> None:
    for chart in charts[1:]:
        rows = rows_of(labels_of(chart.figure))
        assert len(rows) == len(set(rows)) > 0
        inner = chart.figure.layout.height - chart.figure.layout.margin.t - chart.figure.layout.margin.b
        low, high = chart.figure.layout.yaxis.range
        assert inner / (high - low) >= 14, "rows are closer than a line of text is high"
        assert low < rows[0]
        assert rows[-1] < high


def test_no_label_of_the_real_case_is_cut_by_the_edge(charts: list[Chart]) -> None:
    for chart in charts[1:]:
        for box in labels_of(chart.figure):
            assert box.left >= 0, box
            assert box.right <= WIDTH, box


def test_no_label_of_the_real_case_covers_its_own_mark(charts: list[Chart]) -> None:
    for chart in charts[1:]:
        by_row = {box.row: box for box in labels_of(chart.figure)}
        for day, row, _ in marks(chart.figure).values():
            at = pixel(chart.figure, day)
            assert by_row[row].right <= at - 3 or at + 3 <= by_row[row].left, by_row[row]


LONG = "Moskaus Außenministerium verurteilt Israels Angriff"  # the longest summary of the real case


@pytest.mark.parametrize(
    "cells", [{}, {"status": "hypothetical"}, {"status": "hypothetical", "contested": "occurrence"}]
)
def test_a_long_label_is_cut_on_no_day_of_a_period(cells: dict[str, str]) -> None:
    days = [dated(f"2025-01-{day:02}", summary_de=LONG, **cells) for day in range(10, 32)]
    spans = [dated(f"2025-01-{day:02}/2025-01-{day + 9:02}", summary_de=LONG, **cells) for day in range(10, 22)]
    chart = drawn(*days, *spans, language="de")[1]
    for box in labels_of(chart.figure):
        assert 0 <= box.left < box.right <= WIDTH, box


def test_the_words_of_the_lanes_in_the_overview_fit_beside_it(charts: list[Chart]) -> None:
    from drawings import width

    figure = charts[0].figure
    for text in figure.layout.yaxis.ticktext:
        assert width(text) <= figure.layout.margin.l - 4, text


def test_ticks_of_time_do_not_run_into_each_other(charts: list[Chart]) -> None:
    from drawings import width

    for chart in charts:
        axis = chart.figure.layout.xaxis
        assert 2 <= len(axis.tickvals) <= 13
        ends = 0.0
        for value, text in zip(axis.tickvals, axis.ticktext, strict=True):
            middle, wide = pixel(chart.figure, value), width(text)
            assert middle - wide / 2 >= ends, (chart.name, text)
            ends = middle + wide / 2 + 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_alternative_text_of_the_overview_counts_its_events(language: str) -> None:
    rows = [dated("2025-01-17"), dated("2025-01-18"), dated("2025-06-13"), dated("2023-05-05"), dated("")]
    alt = drawn(*rows, language=language)[0].alt
    assert re.search(r"^3 ", alt)
    assert re.search(r"(Davor|Earlier).+: 1\.$", alt)


def test_the_alternative_text_of_a_period_counts_its_events_by_side_and_lane(words: Labels) -> None:
    rows = [
        dated("2025-01-17"),
        dated("2025-01-18", event_type="ASSAULT"),
        dated("2025-01-19", event_type="ASSAULT", source_actors="ISR"),
        dated("2025-01-19", event_type="REQUEST", source_actors="ISR"),
    ]
    alt = drawn(*rows, language=words.language)[1].alt
    assert re.match(r"4 (Ereignisse, davon 1|events, 1) .+ 2 .+: ", alt)
    assert f"{LANES[0].name[words.language]} (2)" in alt
    assert f"{LANES[1].name[words.language]} (2)" in alt


def test_every_chart_of_the_real_case_says_in_words_how_many_events_it_shows(charts: list[Chart]) -> None:
    for chart in charts:
        assert chart.title
        assert re.search(rf"\b{len(marks(chart.figure))}\b", chart.alt), chart.alt


def test_the_table_of_a_chart_holds_the_events_that_it_draws(charts: list[Chart]) -> None:
    for chart in charts:
        assert set(chart.frame["event_id"]) == set(marks(chart.figure))


def test_drawing_twice_gives_the_same_and_changes_nothing(real: dict[str, tuple[Case, pd.DataFrame]]) -> None:
    case, told = real[EDITIONS[0]]
    inputs = told, OFFICES, TYPES
    copies = [frame.copy() for frame in inputs]
    once, twice = (draw_timeline(told, case, OFFICES, TYPES, AS_OF, read_labels("de")) for _ in range(2))
    assert [as_json(chart.figure) for chart in once] == [as_json(chart.figure) for chart in twice]
    assert [(chart.name, chart.title, chart.alt) for chart in once] == [(c.name, c.title, c.alt) for c in twice]
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_markup_in_a_summary_is_drawn_as_text() -> None:
    for chart in drawn(dated("2025-01-17", summary_en="<b>5 > 4 & <a href='javascript:x'>y</a></b>")):
        told = as_json(chart.figure)
        assert "\\u003cb\\u003e5" not in told
        assert "<b>5" not in told
        assert "<a href" not in told


def test_a_percent_sign_in_a_summary_is_no_pattern_of_the_hover_text() -> None:
    (trace,) = drawn(dated("2025-01-17", summary_en="Up %{x} by 5 %"))[1].figure.data
    assert "%{x}" not in trace.hovertemplate


def test_the_start_of_the_overview_is_the_start_of_the_case() -> None:
    overview = drawn(dated("2023-05-05"), dated("2024-06-01"), dated("2025-01-17"))[0]
    assert set(marks(overview.figure)) == {"E2", "E3"}


def test_dates_of_focus_periods_are_read_as_edtf() -> None:
    case = replace(CASE, focus=("2025-01",))
    placed = place_events(
        events(dated("2024-12-31"), dated("2025-01-31"), dated("2025-02-01")), case, OFFICES, TYPES, read_labels("en")
    )
    assert [(p.start, p.end) for p in split_periods(placed, case, AS_OF)] == [
        ("2024-12-31", "2024-12-31"),
        (parse("2025-01").earliest, "2025-01-31"),
        ("2025-02-01", "2025-06-16"),
    ]
