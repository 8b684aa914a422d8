"""The course of dyads: a panel for each, a line of steps for each direction, what turned them named, the phases."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Any

import pandas as pd
import pytest
from drawings import width
from examples import events
from known import EDITIONS, REFERENCE
from lagebild.analysis.findings import PANELS, find_start
from lagebild.analysis.relations import trace_relations, weigh_ties
from lagebild.charts.callouts import FAR, Box, Callout, draw_callouts, find_obstacles
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Axis, Mark, Shape, Text
from lagebild.charts.relation_series import BAND, LEAST, LOOKS, NAME, NAMED, SAMPLE, SHEETS, draw_phases, draw_series
from lagebild.charts.style import TEXT, WHITE, WIDTH
from lagebild.core.case import Case, Turn, read_case_file
from lagebild.core.labels import Labels, read_labels
from lagebild.core.offices import read_offices
from lagebild.core.paths import locate
from lagebild.core.tables import records

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
START, AS_OF = "2024-01-01", "2025-06-16"
SHEET = SHEETS[NAME]
LEFT, RIGHT = SHEET.left, SHEET.width - SHEET.right
TURNS = (
    Turn("2025-02-01", {"de": "Erste Zeit", "en": "First time"}),
    Turn("2025-04-01", {"de": "Danach", "en": "Then"}),
)


def draw_both(
    *rows: dict[str, Any],
    dyads: tuple[tuple[str, str], ...] = (("RUS", "IRN"),),
    language: str = "en",
    turns: tuple[Turn, ...] = (),
) -> list[Chart]:
    """Return the courses of dyads that events make, for the page and for a small screen."""
    reported, case = events(*rows), Case({}, {}, "RUS", (), START, (), (), turns=turns)
    series = trace_relations(weigh_ties(reported, OFFICES, TYPES), reported, list(dyads))
    return draw_series(series, reported, case, AS_OF, read_labels(REFERENCE, language))


def draw(*rows: dict[str, Any], **how: Any) -> Chart:
    """Return the chart for the page."""
    return draw_both(*rows, **how)[0]


def steps_of(chart: Chart) -> list[Shape]:
    """Return the lines of steps, that of the actor named first before the other."""
    lines = [one for one in chart.picture.drawing.shapes if one.form == "line" and len(one.points) > 2]
    return sorted(lines, key=lambda line: [look.width for look in LOOKS].index(line.width))


def marks_of(chart: Chart) -> list[Mark]:
    """Return the marks of a chart, from the left to the right."""
    return sorted(chart.picture.drawing.marks, key=lambda mark: mark.x)


def ends_of(chart: Chart) -> list[Text]:
    """Return the words at the ends of lines."""
    return [one for one in chart.picture.drawing.words if one.x == RIGHT + 6 + SAMPLE + 5]


def zeros_of(chart: Chart) -> list[float]:
    """Return the heights of the lines of zero, without the line of the axis below them all."""
    return [one.points[0][1] for one in chart.picture.drawing.shapes if one.width == 0.7][:-1]


def names_of(chart: Chart) -> list[Text]:
    """Return the names of events."""
    return [one for one in chart.picture.drawing.words if one.name]


def nets_of(chart: Chart) -> list[list[tuple[float, float]]]:
    """Return the course of each line of the first panel: pixel from the left, and net by the numbers beside it."""
    (zero,) = zeros_of(chart)
    scale = {
        one.y: float(one.lines[0].replace("−", "-").replace(",", "."))
        for one in chart.picture.drawing.words
        if one.x == LEFT - 4
    }
    (y, net) = next((y, net) for y, net in scale.items() if net)
    return [[(x, round((one - zero) / (y - zero) * net, 1)) for x, one in line.points] for line in steps_of(chart)]


def at(day: str, chart: Chart) -> float:
    """Return the pixel of a day."""
    return Axis(find_start(chart.frame, START), AS_OF, LEFT, RIGHT).at(day)


def on(day: str, **cells: str) -> dict[str, Any]:
    """Return an event of a day."""
    return {"date": day, "earliest": day, "latest": day} | cells


BACK = {"source_actors": "IRN", "target_actors": "RUS"}


def test_a_line_steps_at_each_event_and_ends_at_the_net_on_the_last_day() -> None:
    chart = draw(on("2025-01-17"), on("2025-03-01", event_type="ASSAULT"))
    ((*course,),) = nets_of(chart)
    first, second = at("2025-01-17", chart), at("2025-03-01", chart)
    assert course == [(LEFT, 0.0), (first, 0.0), (first, 3.5), (second, 3.5), (second, -6.0), (RIGHT, -6.0)]


def test_what_happened_before_the_first_day_is_brought_along_without_a_mark_and_said_so(words: Labels) -> None:
    chart = draw(on("2023-01-17"), on("2025-03-01"), on("2025-04-01"), language=words.language)
    ((*course,),) = nets_of(chart)
    assert course[0][1] == 3.5
    assert [mark.name for mark in marks_of(chart)] == ["E2", "E3"]
    said = " ".join(line for one in chart.picture.drawing.words for line in one.lines)
    assert " ".join(words("series.note", day=words.day("2025-01-01")).split()) in said


def test_the_two_directions_are_told_apart_without_colour_where_they_coincide_too() -> None:
    chart = draw(on("2025-01-17"), on("2025-01-17", **BACK), on("2025-02-18", **BACK))
    first, other = steps_of(chart)
    assert first.points[:3] == other.points[:3]
    shapes = chart.picture.drawing.shapes
    assert shapes.index(other) < shapes.index(first)  # the fine line lies on the broad one
    assert other.width > 2 * first.width
    assert [course[-1][1] for course in nets_of(chart)] == [3.5, 7.0]
    samples = [one for one in shapes if one.form == "line" and one.points[0][0] == RIGHT + 6]
    assert {(one.stroke, one.width) for one in samples} == {(one.stroke, one.width) for one in (first, other)}


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
    chart = draw(cells)
    (mark,) = marks_of(chart)
    assert mark.x == at(day, chart)
    assert (mark.colour == WHITE) is hollow
    assert mark.edge != WHITE
    assert read_labels(REFERENCE, "en").date(cells["date"]) in mark.hover


def test_every_dyad_has_a_panel_of_its_own_with_a_zero_line_on_one_axis_of_time() -> None:
    pairs = (("IRN", "ISR"), ("RUS", "IRN"), ("RUS", "USA"))
    chart = draw(*(on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs), dyads=pairs)
    zeros = zeros_of(chart)
    assert len(zeros) == 3
    assert all(other - one >= SHEET.panel for one, other in pairwise(zeros))
    assert {mark.x for mark in marks_of(chart)} == {at("2025-01-17", chart)}
    assert sorted(one.y for one in chart.picture.drawing.words if one.lines == ("0",)) == zeros
    titles = [one.lines[0] for one in chart.picture.drawing.words if one.bold]
    assert titles == ["Russia – Iran", "Russia – United States", "Iran – Israel"]  # those of the subject first


def test_small_steps_look_small() -> None:
    (line,) = steps_of(draw(on("2025-01-17", event_type="CONSULT")))
    heights = [y for _, y in line.points]
    assert max(heights) - min(heights) == pytest.approx(SHEET.panel / LEAST, abs=0.05)


def test_as_many_panels_as_there_can_be_fit_the_room_that_the_report_gives_them() -> None:
    pairs = [(f"A{n}", f"B{n}") for n in range(PANELS)]
    rows = [on("2025-01-17", source_actors=a, target_actors=b) for a, b in pairs]
    page, phone = draw_both(*rows, dyads=tuple(pairs), turns=TURNS)
    assert (page.picture.width, phone.picture.width) == (WIDTH, 344)
    assert page.picture.height * 174 / WIDTH <= 140  # millimetres


@pytest.mark.parametrize(("a", "b"), [("SUPPORT", "SUPPORT"), ("SUPPORT", "ASSAULT"), ("AGREE", "SUPPORT")])
@pytest.mark.parametrize("other", ["IRN", "ARE", "BIH"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_who_acts_is_named_where_a_line_ends_uncut_and_apart(a: str, b: str, other: str, language: str) -> None:
    there, back = {"target_actors": other}, {"source_actors": other, "target_actors": "RUS"}
    rows = on("2025-01-17", event_type=a, **there), on("2025-02-17", event_type=b, **back)
    page, phone = draw_both(*rows, dyads=(("RUS", other),), language=language)
    labels = read_labels(REFERENCE, language)
    one, two = sorted(ends_of(page), key=lambda end: end.y)
    assert {" ".join(end.lines).partition(":")[0] for end in (one, two)} == {labels.actor("RUS"), labels.actor(other)}
    assert two.y - one.y >= one.size * (len(one.lines) + len(two.lines)) / 2
    for end in (one, two):
        assert end.x + max(width(line) for line in end.lines) * end.size / TEXT <= WIDTH, end
    for text in phone.picture.drawing.words:
        assert text.anchor != "left" or text.x + max(width(line, 12) for line in text.lines) <= 344, text


def test_named_are_the_events_that_turned_a_sign_or_else_the_largest_steps() -> None:
    chart = draw(
        on("2025-01-17", summary_en="Talk", event_type="CONSULT"),
        on("2025-02-17", summary_en="Treaty"),
        on("2025-03-17", summary_en="Attack", event_type="ASSAULT"),
        on("2025-03-17", summary_en="Another attack", event_type="ASSAULT"),
    )
    assert [(one.lines, one.name) for one in names_of(chart)] == [(("Attack",), "E3"), (("Treaty",), "E2")]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_no_name_of_an_event_overlaps_a_line_a_mark_or_another_name(
    edition: str, language: str, name: str, real: dict[str, dict[str, pd.DataFrame]]
) -> None:
    tables, case = real[edition], read_case_file(locate("russia-iran", edition))
    labels = read_labels(REFERENCE, language)
    charts = draw_series(tables["relation_series"], tables["events"], case, edition, labels)
    chart = next(one for one in charts if one.name == name)
    named, drawing = names_of(chart), chart.picture.drawing
    assert PANELS - 1 <= len(named) <= PANELS * NAMED
    lines = [one for one in drawing.shapes if one.form == "line" and one.width > 0.6 and one.stroke != "#E8E8E8"]
    strokes = [box for line in lines for box in find_obstacles([line.points], line.width)]
    dots = [Box(m.x - m.size / 2, m.y - m.size / 2, m.x + m.size / 2, m.y + m.size / 2) for m in drawing.marks]
    others = [_surround(one) for one in drawing.words if not one.name and not one.angle]
    for one in named:
        box = _surround(one)
        assert not any(box.meets(other) for other in (*strokes, *dots, *others)), one
        assert 0 <= box.left <= box.right <= chart.picture.width
    assert not any(_surround(one).meets(_surround(other)) for one, other in combinations(named, 2))


def _surround(text: Text) -> Box:
    """Return what the letters of a text take up."""
    wide = max(width(line, round(text.size)) for line in text.lines) * text.size / round(text.size)
    left = text.x - {"left": 0.0, "right": wide, "center": wide / 2}[text.anchor]
    high = text.size * (1.3 * (len(text.lines) - 1) + 0.8)
    return Box(left, text.y - high / 2, left + wide, text.y + high / 2)


FRAME = Box(0, 0, 200, 60)


@pytest.mark.parametrize(
    ("obstacles", "points", "named"),
    [
        ([], [(100.0, 30.0)], 1),
        ([FRAME], [(100.0, 30.0)], 0),  # no room
        (find_obstacles([[(0.0, 30.0), (200.0, 30.0)]], 2), [(100.0, 30.0)], 1),  # above or below the line
        ([Box(0, 0, 200, 21), Box(0, 39, 200, 60)], [(100.0, 30.0)], 1),  # a gap as high as a line of text
        ([Box(0, 0, 200, 25), Box(0, 35, 200, 60)], [(100.0, 30.0)], 0),
        ([], [(100.0, 30.0), (102.0, 30.0), (104.0, 30.0)], 2),  # no more than two
        ([], [(100.0, 30.0 + FAR + 60)], 0),  # too far from the frame
    ],
)
def test_a_point_is_named_where_there_is_room_or_not_at_all(
    obstacles: list[Box], points: list[tuple[float, float]], named: int
) -> None:
    wanted = [Callout(point, f"Event {n}", f"E{n}") for n, point in enumerate(points)]
    drawing = draw_callouts(wanted, obstacles, FRAME, (100.0,), 10, 2)
    assert [one.name for one in drawing.words] == [f"E{n}" for n in range(named)]
    for one in drawing.words:
        assert not any(_surround(one).meets(other) for other in obstacles)


def test_a_name_further_back_does_not_take_the_room_of_one_in_front() -> None:
    gap = [Box(0, 0, 200, 21), Box(0, 39, 200, 60)]
    wanted = [Callout((100.0, 30.0), "A rather long name", "E1"), Callout((90.0, 30.0), "Another long name", "E2")]
    assert [one.name for one in draw_callouts(wanted, gap, FRAME, (180.0,), 10, 2).words] == ["E1"]


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
    boxes = [_surround(one) for one in drawing.words]
    assert all(box.left >= 0 and box.right <= wide for box in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_the_alternative_text_tells_where_each_direction_ends(words: Labels) -> None:
    chart = draw(on("2025-01-17"), on("2025-02-17", event_type="ASSAULT", **BACK), language=words.language)
    assert f"{words.actor('RUS')} → {words.actor('IRN')} (+3" in chart.alt
    assert f"{words.actor('IRN')} → {words.actor('RUS')} (−9" in chart.alt
    assert re.search(r"\b1\b", chart.alt)
    assert list(chart.frame["event_id"]) == [row["event_id"] for row in records(chart.frame)]


def test_drawing_changes_nothing() -> None:
    reported, case = events(on("2025-01-17"), on("2024-01-17")), Case({}, {}, "RUS", (), "", (), ())
    series = trace_relations(weigh_ties(reported, OFFICES, TYPES), reported, [("RUS", "IRN")])
    copies = [reported.copy(), series.copy()]
    draw_series(series, reported, case, AS_OF, read_labels(REFERENCE, "en"))
    for frame, copy in zip((reported, series), copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_without_a_course_there_is_no_chart() -> None:
    assert draw_both() == []
