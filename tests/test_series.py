"""The course of dyads: a panel for each, a line of steps for each direction, a mark for each event."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from drawings import plain, width
from examples import events
from known import REFERENCE
from lagebild.analysis.relations import PANELS, trace_relations
from lagebild.charts.chart import WIDTH, Chart
from lagebild.charts.series import RIGHT, draw_series
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


def drawn(figure: go.Figure, mode: str) -> list[go.Scatter]:
    """Return the lines or the marks of a figure."""
    return [trace for trace in figure.data if trace.mode == mode]


def on(day: str, **cells: str) -> dict[str, Any]:
    """Return an event of a day."""
    return {"date": day, "earliest": day, "latest": day} | cells


BACK = {"source_actors": "IRN", "target_actors": "RUS"}


def test_a_line_steps_at_each_event_and_ends_at_the_net_on_the_last_day() -> None:
    figure = draw(on("2025-01-17"), on("2025-03-01", event_type="ASSAULT")).figure
    (line,) = drawn(figure, "lines")
    assert list(zip(line.x, line.y, strict=True)) == [
        ("2024-01-01", 0.0),
        ("2025-01-17", 3.5),
        ("2025-03-01", -6.0),
        ("2025-06-16", -6.0),
    ]
    assert line.line.shape == "hv"


def test_what_happened_before_the_first_day_is_brought_along_without_a_mark() -> None:
    figure = draw(on("2023-01-17"), on("2025-03-01")).figure
    (line,), (marks,) = drawn(figure, "lines"), drawn(figure, "markers")
    assert list(line.y) == [3.5, 7.0, 7.0]
    assert list(marks.x) == ["2025-03-01"]


def test_the_two_directions_are_told_apart_without_colour() -> None:
    figure = draw(on("2025-01-17"), on("2025-02-17", **BACK), on("2025-02-18", **BACK)).figure
    first, other = drawn(figure, "lines")
    assert (first.line.dash, other.line.dash) == ("solid", "5px,2px")
    assert (first.y[-1], other.y[-1]) == (3.5, 7.0)


def test_each_event_has_a_mark_that_leads_to_it_and_names_it() -> None:
    (marks,) = drawn(draw(on("2025-01-17", summary_en="Help & more"), on("2025-03-01")).figure, "markers")
    assert [list(data) for data in marks.customdata] == [["E1"], ["E2"]]
    assert "Help &amp; more" in marks.hovertext[0]
    assert "17 January 2025" in marks.hovertext[0]


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
    (marks,) = drawn(draw(cells).figure, "markers")
    assert list(marks.x) == [day]
    assert (marks.marker.color[0] == "white") is hollow
    assert read_labels(REFERENCE, "en").date(cells["date"]) in marks.hovertext[0]


def test_every_dyad_has_a_panel_of_its_own_with_a_zero_line_on_one_axis_of_time() -> None:
    pairs = (("RUS", "IRN"), ("RUS", "USA"), ("IRN", "ISR"))
    figure = draw(*(on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs), dyads=pairs).figure
    axes = [figure.layout[name] for name in ("yaxis", "yaxis2", "yaxis3")]
    ends = sorted(tuple(axis.domain) for axis in axes)
    assert all(high < low for (_, high), (low, _) in pairwise(ends))
    assert {trace.xaxis for trace in figure.data} == {None}
    zero = [shape for shape in figure.layout.shapes if shape.yref != "paper" and shape.y0 == shape.y1 == 0]
    assert {shape.yref for shape in zero} == {"y", "y2", "y3"}
    assert all(0.0 in axis.tickvals for axis in axes)


def test_as_many_panels_as_there_can_be_fit_a_page() -> None:
    pairs = [(f"A{n}", f"B{n}") for n in range(PANELS)]
    rows = [on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs]
    layout = draw(*rows, dyads=tuple(pairs)).figure.layout
    assert layout.width <= WIDTH
    assert layout.height <= 900


@pytest.mark.parametrize(("a", "b"), [("SUPPORT", "SUPPORT"), ("SUPPORT", "ASSAULT"), ("AGREE", "SUPPORT")])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_at_the_ends_of_the_lines_are_not_cut_and_stand_apart(a: str, b: str, language: str) -> None:
    chart = draw(on("2025-01-17", event_type=a), on("2025-02-17", event_type=b, **BACK), language=language)
    notes = [note for note in chart.figure.layout.annotations if note.xshift]
    assert len(notes) == 2
    for note in notes:
        assert width(plain(note.text)) + note.xshift <= RIGHT, note.text
    axis = chart.figure.layout.yaxis
    pixel = 92 / (axis.range[1] - axis.range[0])
    assert abs(notes[0].y - notes[1].y) * pixel >= 14


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
