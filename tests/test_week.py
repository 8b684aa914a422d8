"""The week that leads: which it is, what is bold in it, what it holds, and that nothing in it covers anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pandas as pd
import pytest
from drawings import marks
from examples import dataset_of, events
from known import REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Shape, Text
from lagebild.charts.style import LEADING, NARROW, PHONE, SOFT, WIDTH, measure_text
from lagebild.charts.timeline.counts import count_events, draw_counts
from lagebild.charts.timeline.lanes import Period, mark_weightiest, place_events
from lagebild.charts.timeline.pages import SIZE, PanelPart, draw_legend, draw_phases, draw_timeline, fill_pages
from lagebild.charts.timeline.panels import Layout, Panel, make_axis
from lagebild.charts.timeline.week import HIGHEST, describe_week, draw_week, find_week
from lagebild.core.case import Case, Turn, read_case_file
from lagebild.core.edtf import bounds
from lagebild.core.folders import locate
from lagebild.core.labels import read_labels
from lagebild.core.offices import read_offices

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
NAME = {"de": "Fall", "en": "Case"}
AS_OF = "2025-06-16"
CASE = Case(
    title=NAME, question=NAME, subject="RUS", editions=(AS_OF,), start="2024-01-01", lanes=(), focus=(), turns=()
)
SECOND = replace(CASE, editions=("2025-03-01", AS_OF))
EDITIONS = {"2025-06-16": ("2025-06-10", "2025-06-16"), "2026-06-30": ("2026-02-28", "2026-03-06")}
JANUARY = [f"2025-01-{day}" for day in (10, 11, 12, 13, 14, 16)]
MAY = [f"2025-05-0{day}" for day in (1, 2, 3, 4, 7)]


def dated(date: str, **cells: Any) -> dict[str, Any]:
    """Return the cells of an event with this date."""
    earliest, latest = bounds(date, AS_OF)
    return {"date": date, "earliest": earliest, "latest": latest, **cells}


def placed(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return events in their lanes."""
    return place_events(events(*rows), CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"))


@pytest.mark.parametrize(
    ("case", "dates", "week"),
    [
        (CASE, [*JANUARY, *MAY], ("2025-01-10", "2025-01-16", 6)),
        (SECOND, [*JANUARY, *MAY], ("2025-05-01", "2025-05-07", 5)),  # since the edition before
        (CASE, [*JANUARY[1:], *MAY], ("2025-05-01", "2025-05-07", 5)),  # of equals the last
        (CASE, [*MAY, "../2025-05-03", "2024"], ("2025-05-01", "2025-05-07", 6)),  # "by" a day belongs to the week …
        (CASE, [*MAY, *["../2025-02-03"] * 9], ("2025-05-01", "2025-05-07", 5)),  # … but makes none the busiest
        (CASE, [*MAY, "2025-05-07/..", "2024"], ("2025-05-01", "2025-05-07", 6)),  # begins in it
        (CASE, [*MAY, "2025-05", "2025-05-06/2025-05-09"], ("2025-05-01", "2025-05-07", 5)),  # may lie outside
        (CASE, [f"2025-06-{day}" for day in range(12, 17)] + ["2024"], ("2025-06-10", "2025-06-16", 5)),
        (CASE, [*["2025-06-20"] * 9, *MAY], ("2025-05-01", "2025-05-07", 5)),  # what is planned is no news
        (CASE, [*MAY, ""], None),  # it would show all that is dated: the timeline does, too
        (CASE, [*MAY[1:], "2024"], None),  # too few
        (CASE, ["", ""], None),
        (CASE, [], None),
    ],
)
def test_the_week_is_the_seven_days_in_which_most_certainly_happened(
    case: Case, dates: list[str], week: tuple[str, str, int] | None
) -> None:
    found = find_week(events(*map(dated, dates)), case, AS_OF)
    assert (found and (found.start, found.end, len(found.events))) == week


@pytest.mark.parametrize(
    ("rows", "bold"),
    [
        ([{}, {"n_publishers": 2}, {}], ["E2"]),  # outlets
        ([{"n_publishers": 2}, {"event_type": "ASSAULT"}, {}], ["E2"]),  # an attack, of whatever sign, before a talk
        ([{"n_publishers": 9, "source_actors": "dmitry-vasilenko"}, {}, {"n_publishers": 2}], ["E3"]),  # a senator
        ([{"n_publishers": 9, "source_actors": "lavrov"}, {}, {"n_publishers": 2}], ["E1"]),  # a minister
        ([{}, {}, {}], ["E1"]),  # then time
        ([{"n_publishers": 9, "contested": "occurrence"}, {}, {}], ["E2"]),
        ([{"n_publishers": 9, "contested": "particulars"}, {}, {}], ["E1"]),
        ([{"n_publishers": 9, "status": "negated"}, {}, {}], ["E2"]),
        ([{"n_publishers": 9, "status": "hypothetical"}, {}, {}], ["E2"]),
        ([{"n_publishers": 9, "status": "open"}, {}, {}], ["E2"]),
        ([{"n_publishers": 9, "status": "reported"}, {}, {}], ["E1"]),
        ([{"process": "treaty"}] * 6, ["E1"]),  # an act counts once
        ([{"status": "open"}] * 3, []),
        ([{"n_publishers": n} for n in range(1, 31)], ["E26", "E27", "E28", "E29", "E30"]),  # five at most
        ([], []),
    ],
)
def test_bold_is_what_weighs_most_by_effect_outlets_and_office(rows: list[dict[str, Any]], bold: list[str]) -> None:
    marked = mark_weightiest(placed(*[dated("2025-05-01", **row) for row in rows]))
    assert list(marked.loc[marked["bold"], "event_id"]) == bold


@pytest.fixture(
    scope="module", params=[(edition, language) for edition in EDITIONS for language in ("de", "en")], ids="-".join
)
def charts(request: pytest.FixtureRequest) -> list[Chart]:
    """Return the week and the timeline of each edition of the real case in each language."""
    edition, language = request.param
    where = locate("russia-iran", edition)
    dataset, case, words = dataset_of(where), read_case_file(where), read_labels(REFERENCE, language)
    week = find_week(dataset.events, case, edition)
    assert week and (week.start, week.end) == EDITIONS[edition]
    leading = draw_week(dataset.events, case, OFFICES, TYPES, edition, words)
    return leading + draw_timeline(dataset.events, dataset.conditions, case, OFFICES, TYPES, edition, words)


def test_the_week_of_the_real_case_fits_a_page_and_shows_every_event_five_in_bold(charts: list[Chart]) -> None:
    page, phone = charts[:2]
    assert (page.name, phone.name) == ("week", f"week{NARROW}")
    assert page.picture.width == WIDTH and page.picture.height <= HIGHEST
    assert phone.picture.width == PHONE
    for chart in (page, phone):
        assert sorted(marks(chart.picture)) == sorted(chart.frame["event_id"])
        labels = [one for one in chart.picture.drawing.words if one.name and one.lines != ("?",)]
        assert len(labels) == len(chart.frame)
        assert sum(one.bold for one in labels) == 5
        assert {one.colour for one in labels if not one.bold} == {SOFT}
        assert {one.size for one in labels} == {11.0 if chart is page else 12.0}


def test_no_text_touches_another_a_mark_or_the_bar_of_an_event(charts: list[Chart]) -> None:
    for chart in charts:
        drawing = chart.picture.drawing
        words = [(one, _box(one)) for one in drawing.words if one.lines != ("?",)]
        for (one, box), (two, other) in combinations(words, 2):
            assert _apart(box, other), (chart.name, one.lines, two.lines)
        shapes = [one for one in drawing.shapes if one.form == "rect" and one.opacity in (0.07, 0.12, 0.3)]
        hard = [_edges(one) for one in shapes]
        hard += [(one.x - 4, one.y - 4, one.x + 4, one.y + 4) for one in drawing.marks if one.name]
        for one, box in words:
            for other in hard:
                assert _apart(box, other), (chart.name, one.lines, other)


def test_a_label_stands_level_with_its_mark(charts: list[Chart]) -> None:
    for chart in charts:
        heights = {name: y for name, (_, y, _) in marks(chart.picture).items()}
        for one in chart.picture.drawing.words:
            if one.name in heights and one.lines != ("?",):
                first = one.y - (len(one.lines) - 1) / 2 * one.size * LEADING
                assert first == pytest.approx(heights[one.name], abs=0.1), (chart.name, one.lines)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_key_has_seven_items_on_one_line_of_the_page(language: str) -> None:
    statuses = ("asserted", "reported", "hypothetical", "negated", "open")
    rows = placed(
        *[dated("2025-05-01", status=status) for status in statuses],
        *[dated("2025-05", event_type=kind) for kind in ("ACCUSE", "ASSAULT", "REQUEST")],
    )
    band = rows.head(1).assign(event_type="")
    layout = Layout(AS_OF, read_labels(REFERENCE, language), WIDTH, SIZE)
    key = draw_legend(pd.concat([rows, band]), layout)
    said = [one for one in key.drawing.words if one.lines != ("?",)]
    assert len(said) == 7
    assert len({one.y for one in key.drawing.words}) == 1
    assert max(_box(one)[2] for one in said) <= WIDTH
    few = draw_legend(rows.head(1), layout)
    assert len(few.drawing.words) == 1  # only what occurs


def test_the_lightest_are_left_out_of_a_week_that_no_page_holds_and_the_chart_says_how_many() -> None:
    rows = [dated(f"2025-05-0{1 + n % 7}", n_publishers=1 + n // 10, summary_en="An event " * 5) for n in range(200)]
    page, phone = draw_week(events(*rows, dated("2024")), CASE, OFFICES, TYPES, AS_OF, read_labels(REFERENCE, "en"))
    assert page.picture.height <= HIGHEST
    assert 20 < len(page.frame) < 200
    assert list(page.frame["event_id"]) == list(phone.frame["event_id"])
    assert page.frame["n_publishers"].min() >= 20 - len(page.frame) // 10
    words = " ".join(line for one in page.picture.drawing.words for line in one.lines)
    assert f"200 events; the {200 - len(page.frame)} lightest are not drawn" in words


@pytest.mark.parametrize(
    ("case", "dates", "said"),
    [
        (
            CASE,
            MAY,
            "No week is busier than that of 1–7 May 2025: 5 of the 9 dated events certainly fall or begin in it.",
        ),
        (
            SECOND,
            [*MAY, "../2025-05-02"],
            "No week since the previous edition (1 March 2025) is busier than that of 1–7 May 2025: 5 of the 9 dated "
            "events certainly fall or begin in it; of one more "
            "it is known only that it happened on one of these days at the latest.",
        ),
    ],
)
def test_a_sentence_says_which_week_it_is_and_what_it_holds(case: Case, dates: list[str], said: str) -> None:
    week = find_week(events(*map(dated, [*dates, "2024"])), case, AS_OF)
    assert week
    assert describe_week(week, 9, case.previous(AS_OF), read_labels(REFERENCE, "en")) == said


@pytest.mark.parametrize(
    ("up", "down", "numbers"),
    [
        (1, 0, ["0", "1"]),
        (3, 2, ["0", "1", "1", "2", "2", "3"]),
        (27, 20, ["0", "10", "10", "20", "20"]),
        (0, 0, ["0"]),
    ],
)
def test_the_counts_have_a_scale_of_round_numbers(up: int, down: int, numbers: list[str]) -> None:
    rows = [dated("2025-05-01")] * up + [dated("2025-05-02", event_type="ASSAULT")] * down
    axis = make_axis("2025-04-01", "2025-06-16", WIDTH)
    counts = count_events(placed(*rows), "M")
    drawing = draw_counts(counts, axis, 0, read_labels(REFERENCE, "en"), [])
    assert sorted(one.lines[0] for one in drawing.words) == numbers
    heights = sorted({one.y for one in drawing.words})
    assert all(two - one >= 13 for one, two in pairwise(heights))


@pytest.mark.parametrize("width", [WIDTH, PHONE])
@pytest.mark.parametrize(
    "days",
    [
        [],
        ["2024-06-01"],
        ["2025-06-01", "2025-06-03", "2025-06-05"],
        ["2024-02-01", "2024-02-20", "2025-05-30", "2025-06-10"],
    ],
)
def test_the_name_of_a_turn_stands_on_no_line_and_on_no_other_name(days: list[str], width: int) -> None:
    case = replace(CASE, turns=tuple(Turn(day, {"de": "Krieg danach", "en": "War and after"}) for day in days))
    week = Period("2025-05-01", "2025-05-07", placed(dated("2025-05-01")))
    rows = placed(dated("2024-01-01"), dated("2025-05-01"))
    layout = Layout(AS_OF, read_labels(REFERENCE, "en"), width, SIZE)
    drawing = draw_phases(rows, week, case, layout).drawing
    names = [_box(one) for one in drawing.words if one.lines == ("War and after",)]
    assert len(names) == len(days)
    assert all(_apart(one, two) for one, two in combinations(names, 2))
    for line in [one for one in drawing.shapes if one.form == "line" and one.stroke == SOFT]:
        assert all(_apart(_edges(line), name) for name in names)


def test_a_panel_that_does_not_fit_goes_on_with_its_next_lane_overleaf() -> None:
    def part(*lanes: str) -> PanelPart:
        rows = pd.DataFrame({"event_id": [f"{lane}{n}" for n, lane in enumerate(lanes)], "lane_name": lanes})
        return PanelPart(rows, lambda some, again: Panel(Drawing(), 10 * len(some) + (5 if again else 0)))

    pages = fill_pages([part("a", "a", "b"), part("c", "c", "d", "e", "e", "e")], [60, 100])
    assert [[list(rows["lane_name"]) for rows in page] for _, page in pages] == [
        [["a", "a", "b"], ["c", "c", "d"]],
        [["e", "e", "e"]],
    ]
    assert [panel.height for panels, _ in pages for panel in panels] == [30, 30, 35]
    # what little room is left is left, and what no page holds stands on one by itself
    pages = fill_pages([part(*"a" * 9), part("b", "c"), part(*"d" * 12)], [100])
    assert [len(page) for _, page in pages] == [1, 1, 1]


def _box(text: Text) -> tuple[float, float, float, float]:
    """Return the box of the letters of a text, from the tops of capitals to the baseline of the last line."""
    wide = max(measure_text(line, text.size, text.bold) for line in text.lines)
    left = text.x - {"left": 0, "center": wide / 2, "right": wide}[text.anchor]
    high = text.size * (0.72 + 1.3 * (len(text.lines) - 1))
    return left, text.y - high / 2, left + wide, text.y + high / 2


def _edges(shape: Shape) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = shape.points
    return left, top, right, bottom


def _apart(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    near = 0.5
    across = one[2] <= two[0] + near or two[2] <= one[0] + near
    return across or one[3] <= two[1] + near or two[3] <= one[1] + near
