"""The course of dyads: what each side did in each quarter, on one scale, and the phases behind."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pandas as pd
import pytest
from drawings import width
from examples import events
from known import EDITIONS, REFERENCE
from lagebild.analysis.findings import PANELS
from lagebild.analysis.relations import trace_relations, weigh_ties
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Axis, Shape, Text
from lagebild.charts.relation_series import BAND, FILLS, NAME, SHEETS, add_up, draw_phases, draw_series
from lagebild.charts.style import WIDTH
from lagebild.core.case import Case, Turn, read_case_file
from lagebild.core.folders import locate
from lagebild.core.labels import Labels, read_labels
from lagebild.core.offices import read_offices
from lagebild.core.tables import records

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
START, AS_OF = "2024-01-01", "2025-06-16"
SHEET = SHEETS[NAME]
LEFT, RIGHT = SHEET.left, SHEET.width - SHEET.right
TURNS = (
    Turn("2025-02-01", {"de": "Erste Zeit", "en": "First time"}),
    Turn("2025-04-01", {"de": "Danach", "en": "Then"}),
)
BACK = {"source_actors": "IRN", "target_actors": "RUS"}


def on(day: str, **cells: str) -> dict[str, Any]:
    """Return an event of a day."""
    return {"date": day, "earliest": day, "latest": day} | cells


def trace(*rows: dict[str, Any], dyads: tuple[tuple[str, str], ...] = (("RUS", "IRN"),)) -> pd.DataFrame:
    """Return the course of dyads that events make, event by event."""
    reported = events(*rows)
    return trace_relations(weigh_ties(reported, OFFICES, TYPES), reported, list(dyads))


def draw_both(
    *rows: dict[str, Any],
    dyads: tuple[tuple[str, str], ...] = (("RUS", "IRN"),),
    language: str = "en",
    turns: tuple[Turn, ...] = (),
) -> list[Chart]:
    """Return the courses of dyads that events make, for the page and for a small screen."""
    reported, case = events(*rows), Case({}, {}, "RUS", (), START, (), (), turns=turns)
    return draw_series(trace(*rows, dyads=dyads), reported, case, AS_OF, read_labels(REFERENCE, language))


def draw(*rows: dict[str, Any], **how: Any) -> Chart:
    """Return the chart for the page."""
    return draw_both(*rows, **how)[0]


def bars_of(chart: Chart) -> list[Shape]:
    """Return the bars of a chart, from the left to the right."""
    return sorted((one for one in chart.picture.drawing.shapes if one.name), key=lambda bar: bar.points[0][0])


def height(bar: Shape) -> float:
    """Return how high a bar is."""
    return abs(bar.points[1][1] - bar.points[0][1])


def test_what_a_side_did_is_added_up_by_quarter_and_only_since_the_picture_begins() -> None:
    series = trace(
        on("2024-03-01", event_type="ASSAULT"),
        on("2025-01-17"),
        on("2025-03-01", event_type="ASSAULT"),
        on("2025-04-02", **BACK),
    )
    made = [
        (row["source_actor"], row["start"], row["sum"]) for row in records(add_up(series, "2025-01-01", "2026-12-31"))
    ]
    assert made == [("IRN", "2025-04-01", 3.5), ("RUS", "2025-01-01", -6.0)]
    (row,) = records(add_up(series, "2025-01-01", "2026-12-31").query("source_actor == 'RUS'"))
    assert (row["n_events"], row["event_ids"]) == (2, "E3;E2")  # the weightiest first


def test_a_quarter_is_cut_where_a_phase_begins_and_a_short_rest_goes_with_the_next() -> None:
    days = ("2025-06-12", "2025-06-13", "2025-06-24", "2025-06-25", "2025-07-02", "2025-10-01")
    sums = add_up(trace(*map(on, days)), "2025-01-01", "2026-12-31", ["2025-06-13", "2025-06-25"])
    assert [(row["start"], row["end"], row["n_events"]) for row in records(sums)] == [
        ("2025-04-01", "2025-06-12", 1),
        ("2025-06-13", "2025-06-24", 2),
        ("2025-06-25", "2025-09-30", 2),
        ("2025-10-01", "2025-12-31", 1),
    ]


@pytest.mark.parametrize(
    ("end", "start"), [("2026-12-31", "2025-01-01"), ("2025-06-16", "2025-01-01"), ("2025-02-01", "2025-01-13")]
)
def test_a_short_time_is_cut_into_months_or_weeks(end: str, start: str) -> None:
    assert list(add_up(trace(on("2025-01-17")), "2025-01-01", end)["start"]) == [start]


def test_all_panels_have_one_scale() -> None:
    pairs = (("RUS", "IRN"), ("RUS", "USA"))
    rows = [
        on("2025-01-17", event_type=kind, target_actors=other)
        for kind, (_, other) in zip(("AID", "SUPPORT"), pairs, strict=True)
    ]
    more, less = sorted(bars_of(draw(*rows, dyads=pairs)), key=height, reverse=True)
    assert height(more) / height(less) == pytest.approx(7.0 / 3.5, rel=0.01)
    assert {more.name, less.name} == {"E1", "E2"}


def test_cooperation_stands_above_the_line_and_conflict_below() -> None:
    chart = draw(on("2025-01-17"), on("2025-01-17", event_type="ASSAULT", **BACK))
    first, other = bars_of(chart)
    assert (first.fill, other.fill) == FILLS
    assert first.points[1][1] == other.points[0][1]  # the line of zero
    assert first.points[0][0] < other.points[0][0]
    numbers = {one.lines[0] for one in chart.picture.drawing.words}
    assert {"+3.5", "−9.5"} <= numbers


def test_a_bar_leads_to_its_weightiest_event_and_tells_who_did_how_much_when() -> None:
    (bar,) = bars_of(draw(on("2025-01-17", summary_en="Help & more"), on("2025-01-20", event_type="CONSULT")))
    assert bar.name == "E1"
    for told in ("Help & more", "Russia → Iran: +4.5", "two events"):
        assert told in bar.hover


def test_the_dyads_of_the_subject_stand_first() -> None:
    pairs = (("IRN", "ISR"), ("RUS", "IRN"), ("RUS", "USA"))
    chart = draw(*(on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs), dyads=pairs)
    titles = [one.lines[0] for one in chart.picture.drawing.words if one.bold]
    assert titles == ["Russia – Iran", "Russia – United States", "Iran – Israel"]


def test_as_many_panels_as_there_can_be_fit_the_room_that_the_report_gives_them() -> None:
    pairs = [(f"A{n}", f"B{n}") for n in range(PANELS)]
    rows = [on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs]
    page, phone = draw_both(*rows, dyads=tuple(pairs), turns=TURNS)
    assert (page.picture.width, phone.picture.width) == (WIDTH, 344)
    assert page.picture.height * 174 / WIDTH <= 140  # millimetres


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_no_word_touches_another_or_leaves_the_paper(
    edition: str, language: str, name: str, real: dict[str, dict[str, pd.DataFrame]]
) -> None:
    tables, case = real[edition], read_case_file(locate("russia-iran", edition))
    labels = read_labels(REFERENCE, language)
    charts = draw_series(tables["relation_series"], tables["events"], case, edition, labels)
    chart = next(one for one in charts if one.name == name)
    boxes = [_surround(one) for one in chart.picture.drawing.words]
    assert all(0 <= left <= right <= chart.picture.width + 0.5 for left, _, right, _ in boxes)
    for (a, b, c, d), (e, f, g, h) in combinations(boxes, 2):
        assert c <= e or g <= a or d <= f or h <= b
    for one in bars_of(chart):
        assert all(LEFT <= x <= SHEETS[name].width for x, _ in one.points)


def _surround(text: Text) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower edge of what the letters of a text take up."""
    wide = max(width(line, round(text.size)) for line in text.lines) * text.size / round(text.size)
    left = text.x - {"left": 0.0, "right": wide, "center": wide / 2}[text.anchor]
    high = text.size * (1.3 * (len(text.lines) - 1) + 0.8)
    return left, text.y - high / 2, left + wide, text.y + high / 2


def test_phases_are_shaded_in_turn_and_named_once(words: Labels) -> None:
    chart = draw(on("2025-01-17"), on("2025-05-17"), turns=TURNS, language=words.language)
    (band,) = [one for one in chart.picture.drawing.shapes if one.fill == BAND]
    first, then = (Axis("2025-01-01", AS_OF, LEFT, RIGHT).at(turn.day, 0) for turn in TURNS)
    assert (band.points[0][0], band.points[1][0]) == (first, then)
    for turn in TURNS:
        assert [one.lines for one in chart.picture.drawing.words].count((turn.name[words.language],)) == 1


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ((), []),
        (("2026-01-01",), []),  # after the as-of date
        (("2024-01-01",), ["0"]),  # it goes on in the picture
        (("2024-01-01", "2024-06-01"), ["1"]),  # the first is over before it begins
        (("2025-06-13", "2025-06-14", "2025-06-15"), ["0", "1", "2"]),
    ],
)
@pytest.mark.parametrize("wide", [344, 720])
def test_phases_that_the_picture_shows_are_named_apart_and_on_the_paper(
    days: tuple[str, ...], named: list[str], wide: int
) -> None:
    turns = [Turn(day, {"de": "", "en": f"A phase that is number {n}"}) for n, day in enumerate(days)]
    axis = Axis("2025-01-01", AS_OF, 30, wide - 4)
    drawing, top = draw_phases(turns, axis, wide, 300, 12, read_labels(REFERENCE, "en"))
    assert [" ".join(one.lines)[-1] for one in drawing.words] == named
    assert (top > 12) is bool(named)
    spans = sorted((left, right) for left, _, right, _ in map(_surround, drawing.words))
    assert all(left >= 0 and right <= wide for left, right in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_alternative_text_tells_what_each_direction_did_last(words: Labels) -> None:
    chart = draw(on("2025-01-17"), on("2025-05-17", event_type="ASSAULT", **BACK), language=words.language)
    assert f"{words.actor('RUS')} → {words.actor('IRN')} (+3" in chart.alt
    assert f"{words.actor('IRN')} → {words.actor('RUS')} (−9" in chart.alt
    assert list(chart.frame["sum"]) == [-9.5, 3.5]


def test_drawing_changes_nothing() -> None:
    reported, case = events(on("2025-01-17"), on("2024-01-17")), Case({}, {}, "RUS", (), "", (), ())
    series = trace_relations(weigh_ties(reported, OFFICES, TYPES), reported, [("RUS", "IRN")])
    copies = [reported.copy(), series.copy()]
    draw_series(series, reported, case, AS_OF, read_labels(REFERENCE, "en"))
    for frame, copy in zip((reported, series), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_without_a_course_there_is_no_chart() -> None:
    assert draw_both() == []
