"""The matrix of relations: what stands in a cell, what the words beside them say, that names fit."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from colours import contrast, read_colour
from drawings import cells_of, columns_of, corners_of, rows_of, turned, width
from examples import read_counts, relations
from known import EDITIONS, REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Picture
from lagebild.charts.matrix import HEIGHT, LEFT, LINE, MOST, draw_relations, order_blocs, rank_actors
from lagebild.charts.style import TEXT, WIDTH
from lagebild.core.case import read_case_file
from lagebild.core.folders import locate
from lagebild.core.labels import Labels, read_labels

Drawn = dict[str, pd.DataFrame]


def cells(picture: Picture) -> dict[tuple[str, str], str]:
    """Return the texts of a matrix by the words of its row and column."""
    rows, columns, found = rows_of(picture), columns_of(picture), cells_of(picture)
    texts = {(rows[words.y], columns[words.x]): words.lines[0] for _, words in found}
    assert len(texts) == len(found)
    return texts


def _draw(drawn: Drawn, as_of: str, language: str) -> Chart:
    case = read_case_file(locate("russia-iran", as_of))
    return draw_relations(drawn["relations"], case.subject, read_labels(REFERENCE, language), drawn["ties"])


@pytest.fixture(
    scope="module", params=[(edition, language) for edition in EDITIONS for language in ("de", "en")], ids="-".join
)
def chart(request: pytest.FixtureRequest, real: dict[str, Drawn]) -> Chart:
    """Return the matrix of each edition of the real case in each language."""
    edition, language = request.param
    return _draw(real[edition], edition, language)


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
    assert corner.lines == (first, *words("matrix.numbers").splitlines())


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
    chart = draw_relations(relations({}), "RUS", read_labels(REFERENCE, "en"))
    ((shape, _),) = cells_of(chart.picture)
    assert shape.name == "rel-RUS-IRN"
    assert '<a href="#rel-RUS-IRN" tabindex="-1">' in chart.svg


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


def test_no_name_beside_a_matrix_is_cut(chart: Chart) -> None:
    picture = chart.picture
    (corner,) = corners_of(picture)
    for words in picture.drawing.words:
        for line in words.lines:
            wide = width(line, round(words.size))
            assert words.anchor != "right" or words.x - wide >= 4, line
            assert not words.angle or words.y - wide >= 4, line
    assert corner.y - TEXT * 0.65 * len(corner.lines) >= 4
    assert corner.y + TEXT * 0.65 * len(corner.lines) <= min(rows_of(picture)) - LINE / 2


def test_no_name_beside_a_matrix_runs_into_the_next(chart: Chart) -> None:
    picture = chart.picture
    named = [one for one in picture.drawing.words if one.y in rows_of(picture) and one.anchor == "right"]
    assert len(named) == len(rows_of(picture))
    for room, texts in ((LINE, named), (_find_step(picture), turned(picture))):
        for text in texts:
            assert TEXT + (len(text.lines) - 1) * TEXT * 1.3 <= room, text


def test_no_text_of_a_cell_runs_into_the_next_cell(chart: Chart) -> None:
    assert cells(chart.picture)
    for _, words in cells_of(chart.picture):
        assert width(words.lines[0]) <= _find_step(chart.picture) * 0.92, words  # the frame of a cell leaves a gap


def _find_step(picture: Picture) -> float:
    """Return how wide a column is."""
    return (picture.width - LEFT - 12) / len(columns_of(picture))


def test_an_empty_table_draws_an_empty_matrix_that_says_so(words: Labels) -> None:
    chart = draw_relations(relations(), "RUS", words)
    assert cells(chart.picture) == {}
    assert chart.picture.width > 0
    assert chart.picture.height > 0
    assert read_counts(chart.alt, words.language)[0] == 0


def test_the_matrix_of_the_real_case_fits_the_page_and_tells_its_number_of_pairs(chart: Chart) -> None:
    assert chart.picture.width <= WIDTH
    assert chart.picture.height <= HEIGHT
    assert chart.title
    assert re.search(rf"\b{len(chart.frame)}\b", chart.alt)
