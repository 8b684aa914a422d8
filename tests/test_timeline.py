"""Charts of time: each event in one period, dates drawn as meant, no label cut or covered."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any, TypeAlias

import pandas as pd
import pytest
from drawings import bars, marks, min_max, width
from examples import conditions, dataset_of, events, mentions, read_counts
from known import EDITIONS, REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.style import COLOURS, FAINT, NARROW, WIDTH, break_lines, measure_text
from lagebild.charts.timeline.counts import choose_unit, count_events
from lagebild.charts.timeline.lanes import add_evidence, find_focus, halve_period, place_events, split_periods
from lagebild.charts.timeline.pages import KEY, LEGIBLE, PAGE, draw_timeline
from lagebild.charts.timeline.panels import GUTTER
from lagebild.core.case import Case, Lane, read_case_file
from lagebild.core.edtf import bounds, parse
from lagebild.core.errors import InputError
from lagebild.core.folders import locate
from lagebild.core.labels import read_labels
from lagebild.core.offices import read_offices
from lagebild.core.schema import STATUSES
from lagebild.core.tables import records
from long import sample
from playwright.sync_api import Browser, Page

OFFICES, TYPES = read_offices(REFERENCE), REFERENCE.table("event_types")
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
CASE_OF_ONE = replace(CASE, focus=())
AS_OF = "2025-06-16"
Real: TypeAlias = dict[str, tuple[Case, pd.DataFrame, pd.DataFrame]]


def dated(date: str, **cells: str) -> dict[str, Any]:
    """Return the cells of an event with this date."""
    earliest, latest = bounds(date, AS_OF)
    return {"date": date, "earliest": earliest, "latest": latest, **cells}


def drawn(*rows: dict[str, Any], case: Case = CASE, language: str = "en") -> list[Chart]:
    """Draw events of the made-up case."""
    none = conditions().head(0)
    return draw_timeline(events(*rows), none, case, OFFICES, TYPES, AS_OF, read_labels(REFERENCE, language))


DRAFT = replace(CASE, draft=True, focus=())
UNDATED = dated("") | {"known_from": "2025-03-04"}


def test_what_a_draft_does_not_date_stands_pale_on_the_day_of_its_report() -> None:
    rows: tuple[dict[str, Any], ...] = ({}, UNDATED | {"summary_en": "Told"})
    page, small = drawn(*rows, case=DRAFT)
    for chart in (page, small):
        colours = {mark.name: mark.colour for mark in chart.picture.drawing.marks if mark.name}
        assert (colours["E1"], colours["E2"]) == (COLOURS[1], FAINT[1])
        told = next(mark for mark in chart.picture.drawing.marks if mark.name == "E2")
        assert "undated, reported on 4 March 2025" in told.hover
        assert "undated: day first reported" in {" ".join(text.lines) for text in chart.picture.drawing.words}
        assert list(chart.frame.set_index("event_id").loc["E2", ["date", "earliest", "latest"]]) == ["", "", ""]
    assert "One dated event" in page.alt
    assert "One undated event stands pale on the day of the first report." in page.alt


def test_the_days_of_reports_are_in_no_count_of_a_time() -> None:
    bare = drawn(UNDATED, UNDATED, case=DRAFT)[0]
    assert "Events per day" not in {" ".join(text.lines) for text in bare.picture.drawing.words}
    many = drawn({}, *[UNDATED] * LEGIBLE, case=DRAFT)[0].frame
    assert many.loc[many["start"] != "", "n"].sum() == 1
    assert many["n"].sum() == LEGIBLE + 1


def test_of_a_case_that_people_coded_what_nobody_dates_is_not_drawn() -> None:
    page = drawn({}, UNDATED)[0]
    assert list(page.frame["event_id"]) == ["E1"]
    assert not set(FAINT.values()) & {mark.colour for mark in page.picture.drawing.marks}


@pytest.fixture(scope="module")
def real() -> Real:
    """Return the real case with the events and conditions of each of its editions."""
    found = {}
    for where in (locate("russia-iran", edition) for edition in EDITIONS):
        dataset = dataset_of(where)
        found[where.as_of] = read_case_file(where), dataset.events, dataset.conditions
    return found


@pytest.fixture(
    scope="module", params=[(edition, language) for edition in EDITIONS for language in ("de", "en")], ids="-".join
)
def charts(request: pytest.FixtureRequest, real: Real) -> list[Chart]:
    """Return the timeline of each edition of the real case in each language."""
    edition, language = request.param
    case, reported, standing = real[edition]
    return draw_timeline(reported, standing, case, OFFICES, TYPES, edition, read_labels(REFERENCE, language))


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


@pytest.mark.parametrize("seed", sample(range(20), *range(4)))
def test_each_dated_event_stands_in_exactly_one_period(seed: int) -> None:
    reported = random_events(seed)
    focus = [(), ("2025-01-10/2025-01-31",), ("2024-07/2024-09", "2024-09-01/2025-03-01", "2025-06-10/2025-06-30")]
    for periods in focus:
        case = replace(CASE, focus=periods)
        placed = place_events(reported, case, OFFICES, TYPES, read_labels(REFERENCE, "en"))
        split = split_periods(placed, case, AS_OF)
        found = [event for period in split for event in period.events["event_id"]]
        assert sorted(found) == sorted(reported.loc[reported["date"] != "", "event_id"])


@pytest.mark.parametrize("seed", sample(range(20), *range(4)))
def test_periods_follow_each_other_without_overlap(seed: int) -> None:
    placed = place_events(random_events(seed), CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"))
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
    reported = events(dated("2024-06-01"), dated(date), dated("2025-06-16"))
    placed = place_events(reported, CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"))
    home = {event: (p.start, p.end) for p in split_periods(placed, CASE, AS_OF) for event in p.events["event_id"]}
    assert home["E2"] == period


def test_an_event_without_a_date_is_drawn_nowhere() -> None:
    for chart in drawn(dated("2025-01-17"), dated("")):
        assert set(marks(chart.picture)) == {"E1"}
        assert list(chart.frame["event_id"]) == ["E1"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("rows", [[], [dated("")]])
def test_a_case_without_dated_events_has_an_empty_chart(rows: list[dict[str, Any]], language: str) -> None:
    for chart in drawn(*rows, language=language):
        assert not marks(chart.picture)
        assert chart.frame.empty
        assert read_counts(chart.alt, language) == [0]


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
    words = read_labels(REFERENCE, "en")
    (name,) = place_events(events(cells), CASE, OFFICES, TYPES, words)["lane_name"]
    assert name == (words("lane.other") if lane == "Other" else lane)


@pytest.mark.parametrize(
    ("lanes", "names"),
    [
        ("actor", ["Iran", "Israel", "Russia"]),
        ("type", ["Aid", "Assault"]),
        ("dyad", ["Russia – Iran", "Iran – Israel"]),
    ],
)
def test_lanes_are_pairs_acting_sides_or_types(lanes: str, names: list[str]) -> None:
    reported = events(
        dated("2025-01-17", source_actors="RUS", target_actors="IRN", event_type="AID"),
        dated("2025-01-18", source_actors="majlis", target_actors="RUS", event_type="AID"),
        dated("2025-01-19", source_actors="ISR", target_actors="IRN", event_type="ASSAULT"),
    )
    placed = place_events(reported, CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"), lanes)
    assert sorted(set(placed["lane_name"])) == sorted(
        names if lanes != "type" else [read_labels(REFERENCE, "en").types[name.upper()] for name in names]
    )


def test_a_lane_that_is_none_of_them_is_refused_in_a_sentence() -> None:
    with pytest.raises(InputError, match=r"lanes is 'colour', but must be one of dyad, actor, type"):
        place_events(events(dated("2025-01-17")), CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"), "colour")


def test_a_case_without_lanes_has_those_of_its_busiest_pairs() -> None:
    reported = events(*[dated("2025-01-17", target_actors=target) for target in ("IRN", "IRN", "USA")])
    placed = place_events(reported, replace(CASE, lanes=()), OFFICES, TYPES, read_labels(REFERENCE, "en"))
    assert list(placed["lane_name"]) == ["Iran – Russia", "Iran – Russia", "Russia – United States"]


@pytest.mark.parametrize("event_type", sorted(TYPES["event_type"]))
def test_a_mark_points_up_for_cooperation_and_down_for_conflict(event_type: str) -> None:
    (intensity,) = TYPES.loc[TYPES["event_type"] == event_type, "intensity"].tolist()
    symbol = marks(drawn(dated("2025-01-17", event_type=event_type))[0].picture)["E1"][2]
    assert symbol.startswith("triangle-up" if intensity > 0 else "triangle-down" if intensity < 0 else "circle")


def test_the_form_of_a_mark_tells_its_status() -> None:
    rows = [dated(f"2025-01-{day}", status=status) for day, status in enumerate(STATUSES, start=11)]
    symbols = [symbol for _, _, symbol in marks(drawn(*rows)[0].picture).values()]
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
    words = read_labels(REFERENCE, language)
    (label,) = place_events(events(dated("2025-01-17", **cells)), CASE, OFFICES, TYPES, words)["label"]
    summary = {"de": "Ein Ereignis", "en": "An event"}[language]
    assert label == summary + "".join(f" ({words(note)})" for note in notes)


def test_a_day_is_a_mark_on_its_day_and_has_no_bar() -> None:
    picture = drawn(dated("2025-01-10"), dated("2025-01-20"), dated("2025-01-31"))[0].picture
    first, middle, last = (marks(picture)[event][0] for event in ("E1", "E2", "E3"))
    assert (middle - first) / (last - first) == pytest.approx(10 / 21, abs=0.01)
    assert not bars(picture)


@pytest.mark.parametrize(
    ("date", "first", "last", "vague"),
    [
        ("2025-01-15/2025-01-19", 15, 20, False),
        ("2025-01-15~/2025-01-19~", 15, 20, True),
        ("2025-01", 9, 32, False),
        ("2025-01~", 9, 32, True),
    ],
)
def test_a_vaguer_date_is_a_bar_over_all_its_days(date: str, first: int, last: int, vague: bool) -> None:
    picture = drawn(dated("2025-01-10"), dated(date), dated("2025-01-31"))[0].picture
    (bar,) = bars(picture)
    one, two = marks(picture)["E1"][0], marks(picture)["E3"][0]
    day = (two - one) / 21
    assert bar[0] == pytest.approx(max(one + (first - 10.5) * day, GUTTER), abs=1.5)
    assert bar[1] == pytest.approx(min(one + (last - 10.5) * day, WIDTH - 4), abs=1.5)
    assert (bar[3] < 0.1) == vague
    assert marks(picture)["E2"][0] == pytest.approx((bar[0] + bar[1]) / 2, abs=6)


@pytest.mark.parametrize("date", ["../2025-01-20", "../2025-01-20~"])
def test_a_bar_by_a_day_ends_with_its_mark_and_starts_nowhere_in_particular(date: str) -> None:
    picture = drawn(dated("2025-01-12"), dated(date), dated("2025-01-28"))[0].picture
    (bar,) = bars(picture)
    assert bar[3] < 0.1
    assert 0 <= bar[1] - marks(picture)["E2"][0] < 20


def test_what_is_open_reaches_the_as_of_line_and_does_not_fade_there() -> None:
    case = replace(CASE, focus=())
    picture = drawn(dated("2025-01-12"), dated("2025-02-20/.."), case=case)[0].picture
    shapes = [shape for shape in picture.drawing.shapes if min_max(shape, 1)[1] < picture.height - KEY]
    layers = [min_max(shape, 0) for shape in shapes if shape.form == "rect" and shape.opacity == 0.12]
    lines = {shape.points[0][0] for shape in picture.drawing.shapes if shape.form == "line" and shape.dash}
    assert len({right for _, right in layers}) == 1
    assert {right for _, right in layers} <= lines
    assert len({left for left, _ in layers}) == 3


def test_an_event_that_is_planned_stands_inside_its_chart() -> None:
    later = dated("2025-07", status="hypothetical"), dated("2026-01-01", status="hypothetical")
    for chart in drawn(dated("2025-06-13"), *later):
        assert {"E1", "E2", "E3"} == set(marks(chart.picture))
        assert all(0 < x < chart.picture.width for x, _, _ in marks(chart.picture).values())


def test_conditions_that_last_are_bands_without_a_mark() -> None:
    standing = conditions(
        {"condition_id": "C1", "date": "2025-01-20/..", "earliest": "2025-01-20", "latest": AS_OF},
        {"condition_id": "C2", "kind": "assessment", "date": "2025"},
        {"condition_id": "C3", "date": "", "earliest": "", "latest": ""},
    )
    words = read_labels(REFERENCE, "en")
    for chart in draw_timeline(events(dated("2025-01-17")), standing, CASE, OFFICES, TYPES, AS_OF, words):
        assert set(marks(chart.picture)) == {"E1"}
        assert list(chart.frame["event_id"]) == ["E1", "C1"]
        assert len(bars(chart.picture)) == 1


@pytest.mark.parametrize("width", ["page", "phone"])
@pytest.mark.slow
def test_every_event_of_the_real_case_is_drawn_once_with_its_label(charts: list[Chart], width: str) -> None:
    shown = [chart for chart in charts if chart.name.endswith(NARROW) == (width == "phone")]
    drawn_events = [event for chart in shown for event in marks(chart.picture)]
    rows = pd.concat([chart.frame for chart in shown])
    assert sorted(drawn_events) == sorted(rows.loc[rows["event_type"] != "", "event_id"])
    assert rows["event_id"].is_unique
    words = " ".join(" ".join(text.lines) for chart in shown for text in chart.picture.drawing.words)
    for label in rows["label"]:
        assert label in words


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return a page for one drawing after the other: a new one costs more than to draw."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("n", "language"), sample([(10, "en"), (40, "de"), (80, "en"), (150, "de"), (300, "en")], 1, 3, several=True)
)
def test_no_label_covers_another_or_is_cut(page: Page, real: Real, n: int, language: str) -> None:
    """Draw events with the labels of the real case, and measure every text in the svg as a browser sets it."""
    case, reported, _ = real[EDITIONS[-1]]
    case = case if n < 300 else replace(case, focus=())  # no period that somebody chose: it finds and halves its own
    crowd = _resample(reported, n)
    drawn_charts = draw_timeline(
        crowd, conditions().head(0), case, OFFICES, TYPES, EDITIONS[-1], read_labels(REFERENCE, language)
    )
    labelled = 0
    for chart in drawn_charts:
        assert chart.picture.height <= PAGE or chart.name.endswith(NARROW)
        boxes = _measure(page, chart.svg)
        labelled += 0 if chart.name.endswith(NARROW) else len(chart.frame)
        for text, left, top, right, bottom in boxes:
            assert left >= -0.5 and right <= chart.picture.width + 0.5, (chart.name, text)
            assert top >= -0.5 and bottom <= chart.picture.height + 0.5, (chart.name, text)
        for one, two in combinations(boxes, 2):
            apart = one[3] <= two[1] + 0.5 or two[3] <= one[1] + 0.5 or one[4] <= two[2] + 1 or two[4] <= one[2] + 1
            assert apart or (one[0] == two[0] == "?"), (chart.name, one, two)
    assert labelled == n


def test_a_chart_that_one_page_holds_is_one_page(real: Real) -> None:
    case, reported, _ = real[EDITIONS[-1]]
    for n in (10, 30):
        charts = draw_timeline(
            _resample(reported, n),
            conditions().head(0),
            replace(case, focus=case.focus[-1:]),
            OFFICES,
            TYPES,
            EDITIONS[-1],
            read_labels(REFERENCE, "de"),
        )
        assert [chart.name for chart in charts] == ["timeline", f"timeline{NARROW}"]


def test_letters_are_at_least_six_and_a_half_points_high_in_print(charts: list[Chart]) -> None:
    """A page of A4 sets the 720 pixels of a chart on 174 mm, and leaves 228 mm of height for it."""
    for chart in (chart for chart in charts if not chart.name.endswith(NARROW)):
        scale = min(174 / WIDTH, (199 if chart.name == "timeline" else 228) / chart.picture.height) * 72 / 25.4
        assert min(text.size for text in chart.picture.drawing.words) * scale >= 6.49, chart.name


def test_a_period_is_halved_where_half_of_its_events_are_over() -> None:
    days = ["2025-01-01"] * 3 + ["2025-01-05", "2025-01-06", "2025-01-09"]
    (whole,) = split_periods(placed := _place(*days), CASE_OF_ONE, "2025-01-09")
    assert [(one.start, one.end, len(one.events)) for one in halve_period(whole)] == [
        ("2025-01-01", "2025-01-04", 3),
        ("2025-01-05", "2025-01-09", 3),
    ]
    assert len(placed) == 6
    (day,) = split_periods(_place("2025-01-01", "2025-01-01"), CASE_OF_ONE, "2025-01-01")
    assert halve_period(day) == [day]


def _place(*days: str) -> pd.DataFrame:
    return place_events(events(*map(dated, days)), CASE_OF_ONE, OFFICES, TYPES, read_labels(REFERENCE, "en"))


def _resample(reported: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return `n` events with labels and sides of the real ones: two fifths of them in June 2025, some dated vaguely."""
    chance = random.Random(n)
    rows = []
    for number in range(n):
        row = reported.iloc[chance.randrange(len(reported))].to_dict() | {"event_id": f"E{number:03}"}
        crowded = chance.random() < 0.4
        day = pd.Timestamp("2025-06-09" if crowded else "2022-01-01") + pd.Timedelta(
            days=chance.randrange(19 if crowded else 1600)
        )
        iso = f"{day:%Y-%m-%d}"
        date = chance.choice([iso] * 8 + [iso[:7], f"{iso[:7]}~", f"../{iso}", f"{iso}/.."])
        earliest, latest = bounds(date, EDITIONS[-1])
        rows.append(row | {"date": date, "earliest": earliest, "latest": latest})
    return pd.DataFrame(rows, columns=reported.columns)


def _measure(page: Page, svg: str) -> list[tuple[str, float, float, float, float]]:
    """Return every line of text of an svg with its box, as the browser sets it."""
    page.set_content(f"<body style='margin:0'>{svg}</body>")
    boxes = page.evaluate("""() => [...document.querySelectorAll('svg text')].flatMap((text) => {
        const lines = text.querySelectorAll('tspan');
        return [...(lines.length ? lines : [text])].map((line) => {
            const box = line.getBoundingClientRect();
            return [line.textContent, box.left, box.top, box.right, box.bottom];
        });
    })""")
    return [tuple(box) for box in boxes]


def test_reckoned_widths_are_never_less_than_the_measured_ones(real: Real) -> None:
    _, reported, _ = real[EDITIONS[-1]]
    for label in [*reported["summary_de"], *reported["summary_en"]]:
        for size in (9, 11):
            rounded = max(0.5, len(label) / 64)  # the library that measures rounds each letter to a 64th of a pixel
            assert measure_text(label, size) >= width(label, size) - rounded, label


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 50, [""]),
        ("Iran", 50, ["Iran"]),
        ("Russland und Iran", 60, ["Russland", "und Iran"]),
        ("Wirtschaftskommission", 60, ["Wirtschafts", "kommission"]),
    ],
)
def test_a_label_is_broken_between_words_and_a_long_word_where_the_room_ends(
    text: str, room: float, lines: list[str]
) -> None:
    broken = break_lines(text, room, 10)
    assert "".join(broken).replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(measure_text(line, 10) <= room for line in broken)
    assert len(broken) == len(lines)


def test_more_events_than_a_page_holds_are_counted_and_their_peaks_named() -> None:
    rows = [dated(f"2025-0{1 + i % 5}-{1 + i % 28:02}") for i in range(LEGIBLE)]
    peak = [dated("2025-06-13", event_type="ASSAULT", source_actors="ISR", target_actors="IRN")] * 40
    charts = drawn(*rows, *peak, dated("2025"), dated(""))
    assert [chart.name for chart in charts] == ["timeline", f"timeline{NARROW}"]
    words = read_labels(REFERENCE, "en")
    for chart in charts:
        assert chart.frame["n"].sum() == LEGIBLE + 41
        assert chart.frame.loc[chart.frame["start"] == "", "n"].sum() == 1  # a year fits into no week
        assert "Israel → Iran" in chart.alt
        assert words.types["ASSAULT"] in chart.alt
        assert re.search(r"\b1 of them are dated too coarsely", chart.alt)


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [
        ("2025-06-01", "2025-06-30", "D"),
        ("2025-01-01", "2025-12-31", "W-SUN"),
        ("2022-01-01", "2026-06-30", "M"),
        ("2010-01-01", "2025-12-31", "Q-DEC"),
        ("1900-01-01", "2025-12-31", "Y-DEC"),
    ],
)
def test_the_unit_of_counting_grows_with_the_time(start: str, end: str, unit: str) -> None:
    assert choose_unit(start, end) == unit


@pytest.mark.parametrize("seed", sample(range(10), 0, 1))
def test_counts_are_those_of_counting_one_by_one(seed: int) -> None:
    placed = place_events(random_events(seed), CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"))
    counts = count_events(placed, "M")
    expected: Counter[tuple[str, int]] = Counter()
    for event in records(placed):
        exact = event["earliest"] and event["earliest"][:7] == event["latest"][:7]
        expected[event["earliest"][:7] if exact else "", event["side"]] += 1
    found = counts.groupby([counts["start"].str[:7], "side"])["n"].sum()
    assert {key: int(n) for key, n in found.items()} == expected


def test_a_crowded_stretch_is_a_focus_where_the_case_names_none() -> None:
    quiet = [dated(f"20{year}-03-01") for year in range(15, 25)]
    crowd = [dated(f"2025-06-{day:02}") for day in range(1, 11)]
    placed = place_events(events(*quiet, *crowd), CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"))
    (focus,) = find_focus(placed)
    assert "2025-06-01" <= focus[:10] <= focus[11:] <= "2025-06-10"
    spread = place_events(events(*quiet), CASE, OFFICES, TYPES, read_labels(REFERENCE, "en"))
    assert find_focus(spread) == ()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_alternative_text_counts_events_by_side_and_lane(language: str) -> None:
    rows = [
        dated("2025-01-17"),
        dated("2025-01-18", event_type="ASSAULT"),
        dated("2025-01-19", event_type="ASSAULT", source_actors="ISR"),
        dated("2025-01-19", event_type="REQUEST", source_actors="ISR"),
    ]
    alt = drawn(*rows, language=language)[0].alt
    assert re.match(r"(Vier datierte Ereignisse|Four dated events) ", alt)
    assert read_counts(alt.rpartition(": ")[0], language)[-3:] == [4, 1, 2]
    assert f"{LANES[0].name[language]} (2)" in alt
    assert f"{LANES[1].name[language]} (2)" in alt


def test_the_evidence_shows_on_hovering_in_the_language_of_the_report() -> None:
    reported = mentions({"language": "de", "evidence": "Worte"}, {"language": "en", "evidence": "<i>Words</i>"})
    quoted = add_evidence(events(dated("2025-01-17")), reported, "en")
    assert list(quoted["evidence"]) == ["<i>Words</i>"]
    chart = draw_timeline(quoted, conditions().head(0), CASE, OFFICES, TYPES, AS_OF, read_labels(REFERENCE, "en"))[0]
    assert any("<i>Words</i>" in mark.hover for mark in chart.picture.drawing.marks)
    assert "&lt;i&gt;Words&lt;/i&gt;" in chart.svg


def test_a_mark_and_a_label_link_to_their_event_in_the_drawing() -> None:
    chart = drawn(dated("2025-01-17", summary_en="A & <b>B</b>"))[0]
    svg = chart.svg
    assert len(re.findall(r'<a href="#E1" tabindex="-1">', svg)) == 2
    assert len(re.findall(r'href="#E1" tabindex="-1"><title>A &amp; &lt;b&gt;B&lt;/b&gt;\n', svg)) == 1


def test_drawing_twice_gives_the_same_and_changes_nothing(real: Real) -> None:
    case, reported, standing = real[EDITIONS[0]]
    inputs = reported, standing, TYPES
    copies = [frame.copy() for frame in inputs]
    once, twice = (
        draw_timeline(reported, standing, case, OFFICES, TYPES, AS_OF, read_labels(REFERENCE, "de")) for _ in range(2)
    )
    assert [chart.picture for chart in once] == [chart.picture for chart in twice]
    assert [(chart.name, chart.title, chart.alt) for chart in once] == [(c.name, c.title, c.alt) for c in twice]
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_markup_in_a_summary_is_drawn_as_text() -> None:
    for chart in drawn(dated("2025-01-17", summary_en="<b>5 > 4 & <a href='javascript:x'>y</a></b>")):
        assert "&lt;b&gt;5" in chart.svg
        assert "<b>5" not in chart.svg
        assert "<a href='javascript" not in chart.svg


def test_dates_of_focus_periods_are_read_as_edtf() -> None:
    case = replace(CASE, focus=("2025-01",))
    placed = place_events(
        events(dated("2024-12-31"), dated("2025-01-31"), dated("2025-02-01")),
        case,
        OFFICES,
        TYPES,
        read_labels(REFERENCE, "en"),
    )
    assert [(p.start, p.end) for p in split_periods(placed, case, AS_OF)] == [
        ("2024-12-31", "2024-12-31"),
        (parse("2025-01").earliest, "2025-01-31"),
        ("2025-02-01", "2025-06-16"),
    ]
