"""The course of dyads: a panel for each, a line of steps for each direction, a mark for each event."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from drawings import width
from examples import events
from known import REFERENCE
from lagebild.analysis.relations import PANELS, trace_relations
from lagebild.charts.axis import Axis
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Mark, Shape, Text
from lagebild.charts.look import WHITE, WIDTH
from lagebild.charts.series import APART, LEFT, PANEL, RIGHT, draw_series
from lagebild.core.labels import Labels, read_labels
from lagebild.core.offices import read_offices
from lagebild.core.tables import records

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
DAYS = ("2024-01-01", "2025-06-16")


def draw(*rows: dict[str, Any], dyads: tuple[tuple[str, str], ...] = (("RUS", "IRN"),), language: str = "en") -> Chart:
    """Return the courses of dyads that events make."""
    reported = events(*rows)
    return draw_series(
        trace_relations(reported, OFFICES, TYPES, list(dyads)), reported, DAYS, read_labels(REFERENCE, language)
    )


def steps_of(chart: Chart) -> list[Shape]:
    """Return the lines of steps, in the order in which they are drawn."""
    return [one for one in chart.picture.drawing.shapes if one.form == "line" and len(one.points) > 2]


def marks_of(chart: Chart) -> list[Mark]:
    """Return the marks of a chart."""
    return list(chart.picture.drawing.marks)


def ends_of(chart: Chart) -> list[Text]:
    """Return the words at the ends of lines."""
    return [one for one in chart.picture.drawing.words if one.x == WIDTH - RIGHT + 8]


def zeros_of(chart: Chart) -> list[float]:
    """Return the heights of the lines of zero."""
    return [one.points[0][1] for one in chart.picture.drawing.shapes if one.width == 0.7]


def nets_of(chart: Chart) -> list[list[tuple[float, float]]]:
    """Return the course of each line of the first panel: pixel from the left, and net by the marks beside the panel."""
    (zero,) = zeros_of(chart)
    scale = {one.y: float(one.lines[0].replace("−", "-")) for one in chart.picture.drawing.words if one.x == LEFT - 4}
    (y, net) = next((y, net) for y, net in scale.items() if net)
    return [[(x, round((one - zero) / (y - zero) * net, 1)) for x, one in line.points] for line in steps_of(chart)]


def at(day: str) -> float:
    """Return the pixel of a day."""
    return Axis(*DAYS, LEFT, WIDTH - RIGHT).at(day)


def on(day: str, **cells: str) -> dict[str, Any]:
    """Return an event of a day."""
    return {"date": day, "earliest": day, "latest": day} | cells


BACK = {"source_actors": "IRN", "target_actors": "RUS"}


def test_a_line_steps_at_each_event_and_ends_at_the_net_on_the_last_day() -> None:
    ((*course,),) = nets_of(draw(on("2025-01-17"), on("2025-03-01", event_type="ASSAULT")))
    first, second = at("2025-01-17"), at("2025-03-01")
    assert course == [
        (LEFT, 0.0),
        (first, 0.0),
        (first, 3.5),
        (second, 3.5),
        (second, -6.0),
        (WIDTH - RIGHT, -6.0),
    ]


def test_what_happened_before_the_first_day_is_brought_along_without_a_mark() -> None:
    chart = draw(on("2023-01-17"), on("2025-03-01"))
    ((*course,),) = nets_of(chart)
    assert [net for _, net in course] == [3.5, 3.5, 7.0, 7.0]
    assert [mark.x for mark in marks_of(chart)] == [at("2025-03-01")]


def test_the_two_directions_are_told_apart_without_colour() -> None:
    chart = draw(on("2025-01-17"), on("2025-02-17", **BACK), on("2025-02-18", **BACK))
    first, other = steps_of(chart)
    assert (first.dash, other.dash) == ("", "5,2")
    assert [course[-1][1] for course in nets_of(chart)] == [3.5, 7.0]


def test_each_event_has_a_mark_that_leads_to_it_and_names_it() -> None:
    first, other = marks_of(draw(on("2025-01-17", summary_en="Help & more"), on("2025-03-01")))
    assert (first.name, other.name) == ("E1", "E2")
    assert "Help &amp; more" in first.hover
    assert "17 January 2025" in first.hover


@pytest.mark.parametrize(
    ("cells", "day", "hollow"),
    [
        (on("2025-03-01"), "2025-03-01", False),
        ({"date": "2025-02", "earliest": "2025-02-01", "latest": "2025-02-28"}, "2025-02-28", True),
        ({"date": "", "earliest": "", "latest": "", "known_from": "2025-04-01"}, "2025-04-01", True),
        ({"date": "../2025-03-04", "earliest": "", "latest": "2025-03-04"}, "2025-03-04", True),
    ],
)
def test_a_vague_date_enters_on_its_last_day_and_is_hollow_and_its_words_stay_vague(
    cells: dict[str, str], day: str, hollow: bool
) -> None:
    (mark,) = marks_of(draw(cells))
    assert mark.x == at(day)
    assert (mark.colour == WHITE) is hollow
    assert mark.edge != WHITE
    assert read_labels(REFERENCE, "en").date(cells["date"]) in mark.hover


def test_every_dyad_has_a_panel_of_its_own_with_a_zero_line_on_one_axis_of_time() -> None:
    pairs = (("RUS", "IRN"), ("RUS", "USA"), ("IRN", "ISR"))
    chart = draw(*(on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs), dyads=pairs)
    zeros = zeros_of(chart)
    assert len(zeros) == 3
    assert all(other - one >= PANEL for one, other in pairwise(zeros))
    assert {mark.x for mark in marks_of(chart)} == {at("2025-01-17")}
    assert [one.y for one in chart.picture.drawing.words if one.lines == ("0",)] == zeros
    for line, zero in zip(steps_of(chart), zeros, strict=True):
        assert all(abs(y - zero) <= PANEL for _, y in line.points)


def test_as_many_panels_as_there_can_be_fit_a_page() -> None:
    pairs = [(f"A{n}", f"B{n}") for n in range(PANELS)]
    rows = [on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs]
    picture = draw(*rows, dyads=tuple(pairs)).picture
    assert picture.width <= WIDTH
    assert picture.height <= 900


@pytest.mark.parametrize(("a", "b"), [("SUPPORT", "SUPPORT"), ("SUPPORT", "ASSAULT"), ("AGREE", "SUPPORT")])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_at_the_ends_of_the_lines_are_not_cut_and_stand_apart(a: str, b: str, language: str) -> None:
    chart = draw(on("2025-01-17", event_type=a), on("2025-02-17", event_type=b, **BACK), language=language)
    one, other = ends_of(chart)
    for end in (one, other):
        assert end.x + width(end.lines[0]) <= WIDTH, end
    assert abs(one.y - other.y) >= APART - 0.02


def test_the_alternative_text_tells_where_each_direction_ends(words: Labels) -> None:
    chart = draw(on("2025-01-17"), on("2025-02-17", event_type="ASSAULT", **BACK), language=words.language)
    assert f"{words.actor('RUS')} → {words.actor('IRN')} (+3" in chart.alt
    assert f"{words.actor('IRN')} → {words.actor('RUS')} (−9" in chart.alt
    assert re.search(r"\b1\b", chart.alt)
    assert list(chart.frame["event_id"]) == [row["event_id"] for row in records(chart.frame)]


def test_drawing_changes_nothing() -> None:
    reported = events(on("2025-01-17"), on("2024-01-17"))
    series = trace_relations(reported, OFFICES, TYPES, [("RUS", "IRN")])
    copies = [reported.copy(), series.copy()]
    draw_series(series, reported, ("", "2025-06-16"), read_labels(REFERENCE, "en"))
    for frame, copy in zip((reported, series), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
