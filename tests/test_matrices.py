"""Matrices: what stands in a cell, what the words beside them say, that names fit."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from colours import contrast, read_colour
from drawings import as_json, cells_of, columns_of, corners_of, rows_of, turned, width
from examples import events, findings_of, read_counts, relations, tiny
from known import REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Picture
from lagebild.charts.look import TEXT, WIDTH
from lagebild.charts.matrix import HEIGHT, LEFT, LINE, MOST, rank_actors
from lagebild.charts.relations import draw_changes, draw_relation_charts, draw_relations, order_blocs
from lagebild.charts.sayings import draw_saying_charts, draw_sayings
from lagebild.core.case import Case, read_case_file
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import locate
from lagebild.core.schema import TABLES
from runs import copy_tiny

EDITIONS = read_case_file(locate("russia-iran", "2025-06-16")).editions


CASE = Case({}, {}, "RUS", (), "2024-01-01", (), ())
NAMES = ("relation-matrix", "relation-change", "saying-matrix")
SAYING = {
    "speaker": "RUS",
    "actor": "IRN",
    "n_claims": 1,
    "tone_claims": 3.5,
    "n_denials": 0,
    "n_words": 0,
    "tone_words": None,
    "tone": 3.5,
    "happened": None,
    "difference": None,
    "n_contested": 0,
    "event_ids": "E1",
}
CHANGE = {
    "since": "2025-01-31",
    "source_actor": "RUS",
    "target_actor": "IRN",
    "sign_before": "+",
    "net_before": 3.5,
    "n_before": 1,
    "net_since": 4.0,
    "n_since": 1,
    "sign_now": "+",
    "net_now": 7.5,
    "flipped": "no",
    "event_ids": "E2",
}


def sayings(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a matrix of sayings in long form."""
    numbers = dict.fromkeys(("tone_claims", "tone_words", "tone", "happened", "difference"), float)
    return pd.DataFrame([SAYING | row for row in rows], columns=list(SAYING)).astype(numbers)


def changes(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return changes of relations."""
    return pd.DataFrame([CHANGE | row for row in rows], columns=list(CHANGE)).astype({"net_before": float})


def empty(**tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables that the charts draw, empty but for those given."""
    made = {
        name: pd.DataFrame(columns=list(TABLES[name].columns), dtype=str)
        for name in ("relation_series", "claims", "ties")
    }
    return (
        made
        | {"events": events(), "relations": relations(), "relation_changes": changes(), "sayings": sayings()}
        | tables
    )


def cells(picture: Picture) -> dict[tuple[str, str], str]:
    """Return the texts of a matrix by the words of its row and column."""
    rows, columns, found = rows_of(picture), columns_of(picture), cells_of(picture)
    texts = {(rows[words.y], columns[words.x]): words.lines[0] for _, words in found}
    assert len(texts) == len(found)
    return texts


Drawn = dict[str, pd.DataFrame]


def draw_matrices(tables: Drawn, case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Return the charts of relations and of sayings, in the order of the report."""
    return draw_relation_charts(tables, case, as_of, labels) + draw_saying_charts(tables, labels)


def _draw(drawn: Drawn, language: str) -> list[Chart]:
    case = read_case_file(locate("russia-iran", EDITIONS[0]))
    return draw_matrices(drawn, case, EDITIONS[-1], read_labels(REFERENCE, language))


@pytest.fixture(scope="module")
def real() -> dict[str, Drawn]:
    """Return the tables of each edition of the real case."""
    made = {}
    for edition in EDITIONS:
        paths = locate("russia-iran", edition)
        made[edition] = findings_of(paths)
    return made


@pytest.fixture(
    scope="module", params=[(edition, language) for edition in EDITIONS for language in ("de", "en")], ids="-".join
)
def charts(request: pytest.FixtureRequest, real: dict[str, Drawn]) -> dict[str, Chart]:
    """Return the matrices of each edition of the real case in each language."""
    edition, language = request.param
    return {chart.name: chart for chart in _draw(real[edition], language)}


@pytest.mark.parametrize(
    ("cells_of_row", "text"),
    [
        ({"sign": "+", "net": 12.0, "n_events": 11, "n_publishers": 9}, "+12"),
        ({"sign": "-", "net": -28.5, "n_events": 3}, "−28.5"),
        ({"sign": "0", "net": 0.0, "n_events": 2}, "0"),
        ({"sign": "+", "net": 3.5, "n_events": 2, "n_contested": 1}, "+3.5*"),
        ({"sign": "0", "n_events": 0, "n_contested": 1, "net": 0.0}, "?*"),
    ],
)
def test_a_cell_of_the_relation_matrix_tells_the_net_of_its_table_and_nothing_else(
    cells_of_row: dict[str, Any], text: str
) -> None:
    picture = draw_relations(relations(cells_of_row), "RUS", read_labels(REFERENCE, "en")).picture
    assert cells(picture) == {("Russia", "Iran"): text}


def test_events_and_publishers_of_a_relation_are_counted_on_hovering_and_in_words(words: Labels) -> None:
    chart = draw_relations(relations({"net": 9.0, "n_events": 23, "n_publishers": 17}), "RUS", words)
    (hover,) = [shape.hover for shape in chart.picture.drawing.shapes if shape.hover]
    for told in (hover, chart.alt):
        assert re.search(r"\b23\b", told)
        assert re.search(r"\b17\b", told)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({}, "+3.5"),
        ({"tone": -9.5, "n_claims": 1, "n_words": 1}, "−9.5"),
        ({"tone": 0.0, "n_words": 3}, "0"),
        ({"tone": None, "n_claims": 0, "n_denials": 2}, "?"),  # only denied: no tone
        ({"tone": -0.1, "n_denials": 2, "n_contested": 2}, "−0.1*"),
        ({"tone": None, "n_claims": 0, "n_contested": 1}, "?*"),
    ],
)
def test_a_cell_of_the_saying_matrix_tells_the_tone_of_its_table_and_nothing_else(
    row: dict[str, Any], text: str
) -> None:
    assert cells(draw_sayings(sayings(row), read_labels(REFERENCE, "en")).picture) == {("Russia", "Iran"): text}


def test_a_cell_of_the_saying_matrix_tells_the_difference_on_hovering() -> None:
    words = read_labels(REFERENCE, "en")
    chart = draw_sayings(sayings({"happened": -1.5, "difference": 5.0}, {"speaker": "ISR"}), words)
    unknown, known = [shape.hover for shape in chart.picture.drawing.shapes if shape.hover]
    assert "+5" in known
    assert "−1.5" in known
    assert words("number.unknown") in unknown


@pytest.mark.parametrize(
    ("row", "text", "frame"),
    [
        ({}, "+4", ("", 1)),
        ({"net_since": -4.0, "n_since": 2, "net_now": 0.0, "sign_now": "0"}, "−4", ("", 1)),
        (
            {"net_since": -9.5, "n_since": 1, "sign_now": "-", "net_now": -6.0, "flipped": "yes"},
            "−9.5",
            ("", 2.5),
        ),
        ({"sign_before": "", "net_before": None, "n_before": 0, "net_since": -2.0, "n_since": 3}, "−2", ("3,3", 1)),
        ({"net_since": 0.0, "n_since": 1}, "0", ("", 1)),
    ],
)
def test_a_cell_of_the_change_matrix_tells_what_was_added_and_what_turned(
    row: dict[str, Any], text: str, frame: tuple[str, float]
) -> None:
    picture = draw_changes(changes(row), relations({}), "RUS", read_labels(REFERENCE, "en")).picture
    assert cells(picture) == {("Russia", "Iran"): text}
    ((shape, words),) = cells_of(picture)
    assert (shape.dash, shape.width) == frame
    assert words.bold is (frame[1] > 1)


def test_a_relation_without_a_new_event_is_blank_in_the_change_matrix(words: Labels) -> None:
    table = changes(
        {"n_since": 0, "net_since": 0.0, "event_ids": ""},
        {"source_actor": "ISR"},
        {"source_actor": "USA", "flipped": "yes"},
    )
    chart = draw_changes(table, relations({}, {"source_actor": "ISR"}, {"source_actor": "USA"}), "RUS", words)
    assert {row for row, _ in cells(chart.picture)} == {words.actor("ISR"), words.actor("USA")}
    assert words.actor("USA") in chart.alt
    assert words.actor("ISR") not in chart.alt


def test_a_later_stage_of_an_act_begun_before_is_an_event_since_then(words: Labels) -> None:
    chart = draw_changes(changes({"n_since": 0}), relations({}), "RUS", words)
    assert list(cells(chart.picture).values()) == ["+4"]
    assert read_counts(chart.alt.partition("2025")[2], words.language)[0] == 1
    (hover,) = [shape.hover for shape in chart.picture.drawing.shapes if shape.hover]
    assert hover == words(
        "hover.change",
        source=words.actor("RUS"),
        target=words.actor("IRN"),
        day=words.day("2025-01-31"),
        before=words.number(3.5, signed=True),
        n_before=1,
        since=words.number(4.0, signed=True),
        n_since=1,
        now=words.number(7.5, signed=True),
    )


def test_a_pair_of_which_nothing_is_known_has_a_blank_cell() -> None:
    picture = draw_relations(
        relations({}, {"source_actor": "IRN", "target_actor": "ISR"}), "RUS", read_labels(REFERENCE, "en")
    ).picture
    assert set(cells(picture)) == {("Russia", "Iran"), ("Iran", "Israel")}


def test_the_row_acts_and_the_column_is_acted_upon(words: Labels) -> None:
    picture = draw_relations(relations({"source_actor": "ISR", "target_actor": "IRN"}), "RUS", words).picture
    assert set(cells(picture)) == {("Israel", "Iran")}
    (corner,) = corners_of(picture)
    first = f"{words('matrix.acts')} ↓\N{EM SPACE}{words('matrix.acted')} →"
    assert corner.lines == (first, *words("matrix.numbers").split("<br>"))


def _net(source: str, target: str, net: float, n: int = 1) -> dict[str, Any]:
    sign = "+" if net > 0 else "-" if net < 0 else "0"
    return {"source_actor": source, "target_actor": target, "net": net, "sign": sign, "n_events": n}


def test_actors_stand_in_blocs_that_of_the_subject_first_and_the_subject_first_in_it() -> None:
    table = relations(
        _net("ISR", "USA", 7, 9),
        _net("IRN", "ISR", -9, 5),
        _net("RUS", "IRN", 3, 2),
        _net("CHN", "IRN", 3, 4),
        _net("QAT", "IRN", 0, 8),
    )
    assert order_blocs(table, "RUS") == [["RUS", "IRN", "CHN"], ["ISR", "USA"], ["QAT"]]
    assert order_blocs(table, "ISR") == [["ISR", "USA"], ["IRN", "CHN", "RUS"], ["QAT"]]


def test_rows_and_columns_follow_the_blocs_with_a_line_between_them_and_words_for_each(words: Labels) -> None:
    table = relations(_net("ISR", "USA", 7), _net("USA", "IRN", -9), _net("IRN", "RUS", 3), _net("RUS", "IRN", 3))
    chart = draw_relations(table, "RUS", words)
    assert list(rows_of(chart.picture).values()) == [words.actor(a) for a in ("RUS", "IRN", "USA", "ISR")]
    assert list(columns_of(chart.picture).values()) == [words.actor(a) for a in ("RUS", "IRN", "USA")]
    lines = [shape.points for shape in chart.picture.drawing.shapes if shape.form == "line" and shape.width == 0.8]
    (upright,) = [one[0] for one, two in lines if one[0] == two[0]]
    (level,) = [one[1] for one, two in lines if one[1] == two[1]]
    for at, names in ((upright, columns_of(chart.picture)), (level, rows_of(chart.picture))):
        second, third = list(names)[1:3]
        assert at == (second + third) / 2
    assert f"(1) {words.names(['RUS', 'IRN'])}; (2) {words.names(['USA', 'ISR'])}" in chart.alt


def test_a_case_of_many_actors_shows_as_many_as_fit_and_says_how_many_more_there_are(words: Labels) -> None:
    letters = [chr(ord("A") + number) for number in range(26)]
    table = relations(*(_net(f"S{one}", f"T{one}", 1.0, 9 if one == "Z" else 1) for one in letters))
    chart = draw_relations(table, "RUS", words)
    rows, columns = rows_of(chart.picture), columns_of(chart.picture)
    assert len(columns) == MOST
    assert chart.picture.width <= WIDTH
    assert chart.picture.height <= HEIGHT
    assert "SZ" in rows.values()
    shown = len(rows) + len(columns)
    assert chart.alt.endswith(words("alt.more", n=52 - shown))


def test_actors_of_equal_weight_stand_in_the_order_of_their_ids() -> None:
    assert rank_actors(pd.Series({"C": 1, "A": 1, "B": 2})) == ["B", "A", "C"]


@pytest.mark.parametrize("net", [-50.0, -9.5, 0.0, 0.3, 9.5, 20.0, 300.0])
def test_a_cell_is_readable_on_its_colour(net: float) -> None:
    sign = "+" if net > 0 else "-" if net < 0 else "0"
    picture = draw_relations(relations({"net": net, "sign": sign}), "RUS", read_labels(REFERENCE, "en")).picture
    ((shape, words),) = cells_of(picture)
    assert contrast(read_colour(shape.fill)[0], read_colour(words.colour)[0]) >= 4.5


def test_a_click_on_a_cell_leads_to_its_row_in_the_table() -> None:
    for chart, anchor in (
        (draw_relations(relations({}), "RUS", read_labels(REFERENCE, "en")), "rel-RUS-IRN"),
        (draw_changes(changes({}), relations({}), "RUS", read_labels(REFERENCE, "en")), "rel-RUS-IRN"),
        (draw_sayings(sayings({}), read_labels(REFERENCE, "en")), "say-RUS-IRN"),
    ):
        ((shape, _),) = cells_of(chart.picture)
        assert shape.name == anchor
        (trace,) = [trace for trace in chart.figure.data if trace.mode == "markers"]
        assert [list(data) for data in trace.customdata] == [[anchor]]


def test_the_alternative_text_of_the_relation_matrix_counts_and_names_the_extremes(words: Labels) -> None:
    table = relations(
        {"net": 9.0},
        {"source_actor": "IRN", "target_actor": "RUS", "net": 2.0},
        {"source_actor": "ISR", "target_actor": "IRN", "net": -28.5, "sign": "-"},
        {"source_actor": "USA", "target_actor": "IRN", "net": 0.0, "sign": "0"},
    )
    alt = draw_relations(table, "RUS", words).alt
    extremes = [
        words("alt.relation", pair=f"{words.actor(one)} → {words.actor('IRN')}", net=net, n=1, publishers=1)
        for one, net in (("RUS", "+9"), ("ISR", f"−28{',' if words.language == 'de' else '.'}5"))
    ]
    for extreme in extremes:
        assert extreme in alt
        alt = alt.replace(extreme, "")
    assert sorted(read_counts(alt, words.language)) == [1, 2, 4, 12]


def test_the_alternative_text_of_the_saying_matrix_counts_and_names_the_loudest(words: Labels) -> None:
    table = sayings(
        {"speaker": "IRN", "actor": "ISR", "n_claims": 3, "n_contested": 1, "difference": -7.5},
        {"actor": "ISR", "difference": 2.0},
        {"actor": "USA"},
    )
    alt = draw_sayings(table, words).alt
    assert read_counts(alt, words.language) == [3, 2, 2, 1]
    assert words.actor("IRN") in alt
    assert f"{words.actor('IRN')} – {words.actor('ISR')} (−7{',' if words.language == 'de' else '.'}5)" in alt


def test_empty_tables_draw_empty_matrices_that_say_so(words: Labels) -> None:
    charts = draw_matrices(empty(), CASE, "2025-06-16", words)
    assert [chart.name for chart in charts] == ["relation-matrix", "saying-matrix"]
    for chart in charts:
        assert cells(chart.picture) == {}
        assert chart.picture.width > 0
        assert chart.picture.height > 0
        assert read_counts(chart.alt, words.language)[0] == 0


@pytest.mark.slow
def test_every_matrix_of_the_real_case_fits_the_page(charts: dict[str, Chart]) -> None:
    assert {*NAMES, "relation-series", "saying-claims"} == set(charts)
    for chart in charts.values():
        assert chart.picture.width <= WIDTH, chart.name
        assert chart.picture.height <= HEIGHT, chart.name


@pytest.mark.parametrize("name", NAMES)
def test_no_name_beside_a_matrix_is_cut(charts: dict[str, Chart], name: str) -> None:
    picture = charts[name].picture
    (corner,) = corners_of(picture)
    for words in picture.drawing.words:
        for line in words.lines:
            wide = width(line, round(words.size))
            assert words.anchor != "right" or words.x - wide >= 4, line
            assert not words.angle or words.y - wide >= 4, line
    assert corner.y - TEXT * 0.65 * len(corner.lines) >= 4
    assert corner.y + TEXT * 0.65 * len(corner.lines) <= min(rows_of(picture)) - LINE / 2


@pytest.mark.parametrize("name", NAMES)
def test_no_name_beside_a_matrix_runs_into_the_next(charts: dict[str, Chart], name: str) -> None:
    picture = charts[name].picture
    named = [one for one in picture.drawing.words if one.y in rows_of(picture) and one.anchor == "right"]
    assert len(named) == len(rows_of(picture))
    for room, texts in ((LINE, named), (_find_step(picture), turned(picture))):
        for text in texts:
            assert TEXT + (len(text.lines) - 1) * TEXT * 1.3 <= room, text


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_cell_runs_into_the_next_cell(charts: dict[str, Chart], name: str) -> None:
    assert cells(charts[name].picture)
    for _, words in cells_of(charts[name].picture):
        text = f"<b>{words.lines[0]}</b>" if words.bold else words.lines[0]
        assert width(text) <= _find_step(charts[name].picture) * 0.92, text  # the frame of a cell leaves a gap


def _find_step(picture: Picture) -> float:
    """Return how wide a column is."""
    return (picture.width - LEFT - 12) / len(columns_of(picture))


def test_every_matrix_of_the_real_case_is_described_with_its_number_of_pairs(charts: dict[str, Chart]) -> None:
    for name in NAMES:
        assert charts[name].title
        frame = charts[name].frame
        pairs = len(frame) if name != "relation-change" else (frame["event_ids"] != "").sum()
        assert re.search(rf"\b{pairs}\b", charts[name].alt)


def test_the_words_of_a_matrix_are_those_of_its_language(real: dict[str, Drawn]) -> None:
    german, english = ([c.alt + c.title for c in _draw(real[EDITIONS[0]], w)] for w in ("de", "en"))
    assert not set(german) & set(english)


def test_drawing_twice_gives_the_same_and_changes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    paths = tiny(copy_tiny(tmp_path_factory.mktemp("matrices")))
    tables = findings_of(paths)
    inputs = list(tables.values())
    copies = [frame.copy() for frame in inputs]
    case, words = read_case_file(paths), read_labels(REFERENCE, "de")
    once, twice = (draw_matrices(tables, case, paths.as_of, words) for _ in range(2))
    assert [as_json(chart.figure) for chart in once] == [as_json(chart.figure) for chart in twice]
    assert [chart.alt for chart in once] == [chart.alt for chart in twice]
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_markup_in_the_name_of_an_actor_is_drawn_as_text() -> None:
    words = read_labels(REFERENCE, "en")
    hostile = Labels("en", words.words, words.actors | {"RUS": "<b>R</b> & <a href='javascript:x'>u</a>"}, words.types)
    claim = dict.fromkeys(TABLES["claims"].columns, "") | {"event_id": "E1", "contested": "occurrence"}
    step = {"dyad": "RUS;IRN", "source_actor": "RUS", "target_actor": "IRN", "date": "2025-01-17", "day": "2025-01-17"}
    numbers = {"intensity": 3.5, "net": 3.5}
    tables = empty(
        events=events({"summary_en": "<b>R</b>"}),
        relations=relations({}, {"source_actor": "IRN", "target_actor": "RUS"}),
        relation_changes=changes({}),
        relation_series=pd.DataFrame([step | {"vague": "no", "event_id": "E1"} | numbers]),
        sayings=sayings({}),
        claims=pd.DataFrame([claim | {"claimed_by": "RUS", "denied_publishers": "<b>R</b>"}]),
    )
    charts = draw_matrices(tables, CASE, "2025-06-16", hostile)
    assert len(charts) == 5
    for chart in charts:
        assert not re.search(r"(<|\\u003c)(b(>|\\u003e)R|a href=)", as_json(chart.figure)), chart.name
