"""Matrices and options: what stands in a cell, what the words beside them say, that names fit."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from drawings import as_json, plain, width
from examples import build_tables, relations, tiny
from lagebild.case import Entry, Judgements, read_case_file, read_judgements
from lagebild.charts import TEXT, WIDTH, Chart, rank_actors, wrap
from lagebild.labels import Labels, read_labels
from lagebild.matrices import draw_matrices, draw_relations, draw_sayings, order_actors
from lagebild.options import draw_options
from lagebild.paths import locate
from lagebild.schema import TABLES
from runs import copy_tiny

EDITIONS = read_case_file(locate("russia-iran", "2025-06-16")).editions
NO_JUDGEMENTS = Judgements({}, "", (), (), (), ())


def sayings(*rows: tuple[str, str, float, int, int, str]) -> pd.DataFrame:
    """Return a matrix of sayings in long form."""
    return pd.DataFrame(rows, columns=list(TABLES["sayings"].columns))


def options(*rows: tuple[str, str, str, str, str, str]) -> pd.DataFrame:
    """Return a table of options."""
    return pd.DataFrame(rows, columns=list(TABLES["options"].columns))


def cells(figure: go.Figure) -> dict[tuple[str, str], str]:
    """Return the texts of a matrix by the words of its row and column."""
    rows, columns = (
        {value: plain(text.replace("<br>", " ")) for value, text in zip(axis.tickvals, axis.ticktext, strict=True)}
        for axis in (figure.layout.yaxis, figure.layout.xaxis)
    )
    return {(rows[n.y], columns[n.x]): n.text for n in figure.layout.annotations if n.xref != "paper"}


Drawn = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, Judgements]


def _draw(drawn: Drawn, language: str) -> list[Chart]:
    relations, sayings, options, judgements = drawn
    return draw_matrices(relations, sayings, options, judgements, "RUS", read_labels(language))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawn]:
    """Return relations, sayings, options and judgements of each edition of the real case."""
    made = {}
    for edition in EDITIONS:
        paths = locate("russia-iran", edition, output=str(tmp_path_factory.mktemp(edition)))
        tables = build_tables(paths)
        made[edition] = (tables["relations"], tables["sayings"], tables["options"], read_judgements(paths))
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
        ({"sign": "+", "n_events": 1}, "+ 1"),
        ({"sign": "+", "n_events": 12}, "+ 12"),
        ({"sign": "-", "n_events": 3, "net": -28.5}, "− 3"),
        ({"sign": "0", "n_events": 2, "net": 0.0}, "± 2"),
        ({"sign": "+", "n_events": 2, "n_contested": 1}, "+ 2*"),
        ({"sign": "0", "n_events": 0, "n_contested": 1, "net": 0.0}, "?*"),
    ],
)
def test_a_cell_of_the_relation_matrix_tells_sign_and_number(cells_of_row: dict[str, Any], text: str) -> None:
    figure = draw_relations(relations(cells_of_row), "RUS", read_labels("en")).figure
    assert cells(figure) == {("Russia", "Iran"): text}


@pytest.mark.parametrize(
    ("tone", "n", "contested", "text"),
    [(3.5, 1, 0, "+ 1"), (-9.5, 2, 0, "− 2"), (0.0, 4, 0, "4"), (-0.1, 3, 2, "− 3*")],
)
def test_a_cell_of_the_saying_matrix_tells_tone_and_number(tone: float, n: int, contested: int, text: str) -> None:
    figure = draw_sayings(sayings(("RUS", "IRN", tone, n, contested, "E1")), read_labels("en")).figure
    assert cells(figure) == {("Russia", "Iran"): text}


def test_a_pair_of_which_nothing_is_known_has_a_blank_cell() -> None:
    figure = draw_relations(
        relations({}, {"source_actor": "IRN", "target_actor": "ISR"}), "RUS", read_labels("en")
    ).figure
    assert set(cells(figure)) == {("Russia", "Iran"), ("Iran", "Israel")}


def test_the_row_acts_and_the_column_is_acted_upon(words: Labels) -> None:
    figure = draw_relations(relations({"source_actor": "ISR", "target_actor": "IRN"}), "RUS", words).figure
    assert set(cells(figure)) == {("Israel", "Iran")}
    (corner,) = [note.text for note in figure.layout.annotations if note.xref == "paper"]
    assert corner == f"{words('matrix.acts')} ↓   {words('matrix.acted')} →"


def test_the_subject_stands_first_and_then_whoever_most_is_known_about() -> None:
    table = relations(
        {"source_actor": "IRN", "target_actor": "ISR", "n_events": 5},
        {"source_actor": "RUS", "target_actor": "IRN", "n_events": 1},
        {"source_actor": "USA", "target_actor": "ISR", "n_events": 1},
    )
    assert order_actors(table, "RUS") == ["RUS", "IRN", "ISR", "USA"]


def test_actors_of_equal_weight_stand_in_the_order_of_their_ids() -> None:
    assert rank_actors(pd.Series({"C": 1, "A": 1, "B": 2})) == ["B", "A", "C"]


@pytest.mark.parametrize("net", [-50.0, -9.5, 0.0, 0.3, 9.5, 20.0, 300.0])
def test_a_cell_is_readable_on_its_colour(net: float) -> None:
    sign = "+" if net > 0 else "-" if net < 0 else "0"
    figure = draw_relations(relations({"net": net, "sign": sign}), "RUS", read_labels("en")).figure
    (shape,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    red, green, blue = (int(float(part)) for part in re.findall(r"[\d.]+", shape.fillcolor)[:3])
    (note,) = [note for note in figure.layout.annotations if note.xref != "paper"]
    assert _contrast((red, green, blue), (255, 255, 255) if note.font.color == "white" else (34, 34, 34)) >= 4.5


def _contrast(one: tuple[int, int, int], two: tuple[int, int, int]) -> float:
    """Return the contrast of two colours (WCAG 2.1)."""

    def light(colour: tuple[int, int, int]) -> float:
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(two)))
    return (bright + 0.05) / (dark + 0.05)


def test_a_click_on_a_cell_leads_to_its_row_in_the_table() -> None:
    for chart, anchor in (
        (draw_relations(relations({}), "RUS", read_labels("en")), "rel-RUS-IRN"),
        (draw_sayings(sayings(("RUS", "IRN", 1.0, 1, 0, "E1")), read_labels("en")), "say-RUS-IRN"),
    ):
        (trace,) = chart.figure.data
        assert [list(data) for data in trace.customdata] == [[anchor]]


def test_the_alternative_text_of_the_relation_matrix_counts_and_names_the_extremes(words: Labels) -> None:
    table = relations(
        {"net": 9.0},
        {"source_actor": "IRN", "target_actor": "RUS", "net": 2.0},
        {"source_actor": "ISR", "target_actor": "IRN", "net": -28.5, "sign": "-"},
        {"source_actor": "USA", "target_actor": "IRN", "net": 0.0, "sign": "0"},
    )
    alt = draw_relations(table, "RUS", words).alt
    assert [int(number) for number in re.findall(r"(?<![\d.,+−])\d+(?![\d.,]*\))", alt)] == [4, 12, 2, 1]
    assert f"{words.actor('RUS')} → {words.actor('IRN')} (+9)" in alt
    assert f"{words.actor('ISR')} → {words.actor('IRN')} (−28{',' if words.language == 'de' else '.'}5)" in alt


def test_the_alternative_text_of_the_saying_matrix_counts_and_names_the_loudest(words: Labels) -> None:
    table = sayings(("IRN", "ISR", -9.5, 3, 1, "E1"), ("RUS", "ISR", -2.0, 1, 0, "E2"), ("RUS", "USA", 1.0, 1, 0, "E3"))
    alt = draw_sayings(table, words).alt
    assert sorted(int(number) for number in re.findall(r"\d+", alt)) == [1, 2, 2, 3]
    assert words.actor("IRN") in alt


def test_empty_tables_draw_empty_matrices_that_say_so(words: Labels) -> None:
    charts = draw_matrices(relations(), sayings(), options(), NO_JUDGEMENTS, "RUS", words)
    assert [chart.name for chart in charts] == ["relation-matrix", "saying-matrix"]
    for chart in charts:
        assert cells(chart.figure) == {}
        assert chart.figure.layout.width > 0
        assert chart.figure.layout.height > 0
        assert re.search(r"\b0\b", chart.alt)


def _option(name: str, *changes: tuple[str, str]) -> Entry:
    heading = {"de": f"Weg {name}", "en": f"Way {name}"}
    return Entry(
        name, "2025-01-31", {}, (), heading=heading, actor="RUS", changes=tuple((t, c, ()) for t, c in changes)
    )


@pytest.mark.parametrize(
    ("today", "change", "symbol", "sign"),
    [
        ("+", "+", "triangle-up", "+"),
        ("+", "-", "triangle-down", "+"),
        ("-", "+", "triangle-up", "−"),
        ("0", "-", "triangle-down", "±"),
        ("", "-", "triangle-down", "?"),
    ],
)
def test_an_option_shows_the_sign_today_and_which_way_it_would_move(
    today: str, change: str, symbol: str, sign: str, words: Labels
) -> None:
    judged = Judgements({}, "", (), (), (_option("O1", ("IRN", change)),), ())
    chart = draw_options(options(("O1", "RUS", "IRN", today, change, "E1")), judged, words)
    (trace,) = chart.figure.data
    assert trace.marker.symbol == symbol
    assert sign in [note.text for note in chart.figure.layout.annotations]
    assert words.actor("IRN") in chart.alt
    assert words(f"sign.{today or 'unknown'}") in chart.alt


def test_the_alternative_text_of_the_options_counts_and_names_them(words: Labels) -> None:
    judged = Judgements({}, "", (), (), (_option("O1", ("IRN", "+")), _option("O2", ("IRN", "-"), ("USA", "+"))), ())
    table = options(
        ("O1", "RUS", "IRN", "+", "+", "E1"), ("O2", "RUS", "IRN", "+", "-", "E1"), ("O2", "RUS", "USA", "", "+", "E1")
    )
    alt = draw_options(table, judged, words).alt
    assert re.match(r"2 [Oo]ption", alt)
    assert all(entry.heading[words.language] in alt for entry in judged.options)


def test_an_option_leads_to_its_text_when_clicked() -> None:
    judged = Judgements({}, "", (), (), (_option("O1", ("IRN", "+")),), ())
    (trace,) = draw_options(options(("O1", "RUS", "IRN", "+", "+", "E1")), judged, read_labels("en")).figure.data
    assert trace.customdata[0][0] == "O1"


def test_every_matrix_of_the_real_case_fits_the_page(charts: dict[str, Chart]) -> None:
    assert set(charts) == {"relation-matrix", "saying-matrix", "options"}
    for chart in charts.values():
        assert chart.figure.layout.width <= WIDTH, chart.name


@pytest.mark.parametrize("name", ["relation-matrix", "saying-matrix"])
def test_no_name_beside_a_matrix_is_cut(charts: dict[str, Chart], name: str) -> None:
    layout = charts[name].figure.layout
    for text in layout.yaxis.ticktext:
        for line in text.split("<br>"):
            assert width(line) <= layout.margin.l - 4, line
    for text in layout.xaxis.ticktext:
        for line in text.split("<br>"):
            assert width(line) <= layout.margin.t - 4, line


@pytest.mark.parametrize("name", ["relation-matrix", "saying-matrix"])
def test_no_name_beside_a_matrix_runs_into_the_next(charts: dict[str, Chart], name: str) -> None:
    layout = charts[name].figure.layout
    row = (layout.height - layout.margin.t - layout.margin.b) / len(layout.yaxis.ticktext)
    column = (layout.width - layout.margin.l - layout.margin.r) / len(layout.xaxis.ticktext)
    for room, texts in ((row, layout.yaxis.ticktext), (column, layout.xaxis.ticktext)):
        for text in texts:
            assert TEXT + text.count("<br>") * TEXT * 1.3 <= room, text


@pytest.mark.parametrize("name", ["relation-matrix", "saying-matrix"])
def test_no_text_of_a_cell_runs_into_the_next_cell(charts: dict[str, Chart], name: str) -> None:
    layout = charts[name].figure.layout
    column = (layout.width - layout.margin.l - layout.margin.r) / len(layout.xaxis.ticktext)
    assert cells(charts[name].figure)
    for text in cells(charts[name].figure).values():
        assert width(text) <= column, text


def test_no_word_beside_the_options_is_cut(charts: dict[str, Chart]) -> None:
    layout = charts["options"].figure.layout
    for note in layout.annotations:
        for line in note.text.split("<br>"):
            assert width(line) <= layout.margin.l - 12, line
    column = (layout.width - layout.margin.l - layout.margin.r) / len(layout.xaxis.tickvals)
    for text in layout.xaxis.ticktext:
        assert (text.count("<br>") + 1) * TEXT * 1.3 <= layout.margin.t, text
        for line in text.split("<br>"):
            assert width(line) <= column, line


def test_every_matrix_of_the_real_case_is_described_with_its_number_of_pairs(charts: dict[str, Chart]) -> None:
    for name in ("relation-matrix", "saying-matrix"):
        assert charts[name].title
        assert re.search(rf"\b{len(charts[name].frame)}\b", charts[name].alt)


def test_the_words_of_a_matrix_are_those_of_its_language(real: dict[str, Drawn]) -> None:
    german, english = ([c.alt + c.title for c in _draw(real[EDITIONS[0]], w)] for w in ("de", "en"))
    assert not set(german) & set(english)


def test_drawing_twice_gives_the_same_and_changes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    paths = tiny(copy_tiny(tmp_path_factory.mktemp("matrices")))
    tables = build_tables(paths)
    inputs = [tables[name] for name in ("relations", "sayings", "options")]
    copies = [frame.copy() for frame in inputs]
    judged, words = read_judgements(paths), read_labels("de")
    once, twice = (draw_matrices(inputs[0], inputs[1], inputs[2], judged, "RUS", words) for _ in range(2))
    assert [as_json(chart.figure) for chart in once] == [as_json(chart.figure) for chart in twice]
    assert [chart.alt for chart in once] == [chart.alt for chart in twice]
    for frame, copy in zip(inputs, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.parametrize(
    ("text", "width_", "lines"),
    [
        ("", 10, ""),
        ("Iran", 10, "Iran"),
        ("Russland und Iran", 10, "Russland<br>und Iran"),
        ("Wirtschaftskommission", 10, "Wirtschaftskommission"),
        ("a b c d e f", 3, "a b<br>c d<br>e f"),
    ],
)
def test_a_long_name_is_broken_between_words(text: str, width_: int, lines: str) -> None:
    assert wrap(text, width_) == lines


def test_markup_in_the_name_of_an_actor_is_drawn_as_text() -> None:
    words = read_labels("en")
    hostile = Labels("en", words.words, words.actors | {"RUS": "<b>R</b> & <a href='javascript:x'>u</a>"}, words.types)
    judged = Judgements({}, "", (), (), (_option("O1", ("RUS", "+")),), ())
    charts = draw_matrices(
        relations({}, {"source_actor": "IRN", "target_actor": "RUS"}),
        sayings(("RUS", "IRN", 1.0, 1, 0, "E1")),
        options(("O1", "IRN", "RUS", "+", "+", "E1")),
        judged,
        "RUS",
        hostile,
    )
    for chart in charts:
        assert not re.search(r"(<|\\u003c)(b(>|\\u003e)R|a href=)", as_json(chart.figure)), chart.name
