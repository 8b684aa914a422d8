"""The picture of the dilemma: what an arrow tells, what the words beside it say, that nothing overlaps or is cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
import pytest
from drawings import as_json, plain, width
from examples import relations
from known import REFERENCE
from lagebild.analysis.balance import signed_graph
from lagebild.analysis.options import weigh_options, weigh_outcomes
from lagebild.charts.chart import WIDTH, Chart
from lagebild.charts.options import draw_options
from lagebild.core.case import Change, Entry, Judgements, read_judgements
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import locate
from lagebild.core.schema import BEARINGS, TABLES
from lagebild.core.tables import read_case

EDITIONS = ("2025-06-16", "2026-06-30")
LONG = {"de": "Verteidigungsministerium der Vereinigten Staaten", "en": "Department of Defence of the United States"}


class Box(NamedTuple):
    """A text or mark of a picture, with its edges in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def boxes(figure: go.Figure) -> list[Box]:
    """Return everything that a picture reckoned in pixels holds."""
    found = []
    for trace in figure.data:
        for number, (x, y) in enumerate(zip(trace.x, trace.y, strict=True)):
            if trace.mode == "markers":
                half = trace.marker.size[number] / 2
                found.append(Box(trace.marker.symbol[number], x - half, y - half, x + half, y + half))
                continue
            size, lines = trace.textfont.size, trace.text[number].split("<br>")
            bold = trace.text[number].startswith("<b>")
            wide = max(width(f"<b>{plain(line)}</b>" if bold else line, round(size)) for line in lines)
            left = {"middle right": x, "middle left": x - wide, "middle center": x - wide / 2}[trace.textposition]
            high = size * (1.3 * (len(lines) - 1) + 0.9)
            found.append(Box(plain(trace.text[number]), left, y - high / 2, left + wide, y + high / 2))
    return found


def draw(option: Entry, rows: Sequence[tuple[str, ...]], labels: Labels, **facts: object) -> Chart:
    """Draw one option."""
    options = pd.DataFrame(rows, columns=list(TABLES["options"].columns))
    plain_facts = dict.fromkeys(("choice", "flips", "settles", "upsets", *BEARINGS), "") | dict.fromkeys(
        (f"{what}_{when}" for what in ("unbalanced", "frustration") for when in ("before", "after")), 0
    )
    fact = {"option_id": option.entry_id} | plain_facts | {"exact": "yes"} | facts
    outcomes = pd.DataFrame([fact], columns=list(TABLES["outcomes"].columns))
    return draw_options(options, outcomes, Judgements({}, "", (), (), (option,), ()), labels)


OPTION = Entry("O1", "2025-01-31", {}, (), heading={"de": "Ein Weg", "en": "A way"}, actor="RUS")


def arrows(chart: Chart) -> list[str]:
    """Return the forms of the arrows in the cells; those of the legend stand for nothing and have no name."""
    (trace,) = [trace for trace in chart.figure.data if trace.mode == "markers"]
    return [symbol for symbol, data in zip(trace.marker.symbol, trace.customdata, strict=True) if data[0]]


@pytest.mark.parametrize(
    ("today", "change", "flips", "symbol", "signs"),
    [
        ("+", "+", "no", "triangle-up-open", "+ → +"),
        ("+", "-", "yes", "triangle-down", "+ → −"),
        ("-", "+", "yes", "triangle-up", "− → +"),
        ("-", "-", "no", "triangle-down-open", "− → −"),
        ("", "-", "no", "triangle-down-open", "?"),
    ],
)
def test_an_arrow_tells_by_its_form_which_way_a_tie_moves_and_whether_it_flips(
    today: str, change: str, flips: str, symbol: str, signs: str, words: Labels
) -> None:
    chart = draw(OPTION, [("O1", "RUS", "IRN", today, change, flips, "act", "")], words)
    assert arrows(chart) == [symbol]
    assert signs in [box.text for box in boxes(chart.figure)]
    assert words.actor("IRN") in chart.alt
    assert words(f"sign.{today or 'unknown'}") in chart.alt


@pytest.mark.parametrize("basis", ["act", "text", "analyst"])
def test_a_letter_tells_on_whose_word_and_the_legend_says_what_it_means(basis: str, words: Labels) -> None:
    chart = draw(OPTION, [("O1", "RUS", "IRN", "+", "-", "yes", basis, "E1")], words)
    texts = [box.text for box in boxes(chart.figure)]
    assert texts.count(words(f"basis.{basis}.mark")) == 1
    assert any(f"{words(f'basis.{basis}.mark')}: {words(f'basis.{basis}')}" in text for text in texts)
    assert f"({words(f'basis.{basis}')})" in chart.alt


def test_the_letters_of_the_bases_differ(words: Labels) -> None:
    assert len({words(f"basis.{basis}.mark") for basis in ("act", "text", "analyst")}) == 3


def test_a_tie_that_is_told_to_move_both_ways_has_two_arrows(words: Labels) -> None:
    rows = [("O1", "RUS", "IRN", "+", change, "no", "text", "C1") for change in "+-"]
    assert arrows(draw(OPTION, rows, words)) == ["triangle-up-open", "triangle-down-open"]


@pytest.mark.parametrize(("current", "mood"), [(True, "current"), (False, "change")])
def test_the_present_course_is_told_in_the_present_tense(current: bool, mood: str, words: Labels) -> None:
    move = ("O1", "RUS", "IRN", "+", "-", "yes", "act", "")
    alt = draw(replace(OPTION, current=current), [move], words).alt
    reported = words(f"option.{mood}.down", a=words.actor("RUS"), b=words.actor("IRN"), today="+")
    assert reported in alt
    assert ("würde" in alt or "would" in alt) == (not current)


def test_the_columns_at_the_right_count_triads_and_constraints_and_say_where_a_number_is_a_bound() -> None:
    facts = {"settles": "A~B~C;A~B~D", "upsets": "A~C~D", "binds": "C1;C2;C3;C4", "frustration_before": 7}
    texts = [box.text for box in boxes(draw(OPTION, [], read_labels(REFERENCE, "en"), **facts).figure)]
    assert {"2", "1", "4", "7 → 0"} <= set(texts)
    bound = draw(OPTION, [], read_labels(REFERENCE, "en"), **facts, exact="no")
    assert "≤ 7 → ≤ 0" in [box.text for box in boxes(bound.figure)]


def test_every_arrow_leads_to_the_text_of_its_option() -> None:
    chart = draw(OPTION, [("O1", "RUS", "IRN", "+", "+", "no", "act", "")], read_labels(REFERENCE, "en"))
    (trace,) = [trace for trace in chart.figure.data if trace.mode == "markers"]
    assert {data[0] for data in trace.customdata} == {"O1", ""}


def test_markup_in_names_is_drawn_as_text() -> None:
    words = read_labels(REFERENCE, "en")
    evil = "<b>R</b> & <a href='javascript:x'>u</a>"
    hostile = Labels("en", words.words, words.actors | {"IRN": evil}, words.types)
    option = replace(OPTION, heading={"de": evil, "en": evil})
    chart = draw(option, [("O1", "RUS", "IRN", "+", "+", "no", "act", "")], hostile)
    assert not re.search(r"(<|\\u003c)(b(>|\\u003e)R|a href=)", as_json(chart.figure))


def _real(edition: str, language: str) -> Chart:
    """Draw the options of the real case over ties with the signs that it has."""
    paths = locate("russia-iran", edition)
    stands = read_case(paths, "conditions").assign(status="asserted", contested="no")
    judged, types = read_judgements(paths), REFERENCE.table("event_types")
    ties = [("RUS", other, 5.0) for other in ("IRN", "ISR", "USA", "BLR", "PRK")] + [
        ("IRN", "ISR", -9.0),
        ("IRN", "USA", -9.0),
    ]
    graph = signed_graph(relations(*({"source_actor": a, "target_actor": b, "net": net} for a, b, net in ties)))
    weighed = weigh_options(judged.options, stands, graph, types)
    results = weigh_outcomes(judged.options, weighed, stands, graph)
    return draw_options(weighed, results, judged, read_labels(REFERENCE, language))


def _crowded(language: str) -> Chart:
    """Draw an option with a long name, ties to many actors with long names, and one without a tie."""
    words = read_labels(REFERENCE, language)
    names = [f"X{number}" for number in range(14)]
    labels = Labels(language, words.words, words.actors | dict.fromkeys(names, LONG[language]), words.types)
    option = replace(OPTION, heading=dict.fromkeys(("de", "en"), 3 * f"{LONG[language]} "))
    changes = tuple(Change(name, "-", ("E1",)) for name in names)
    options = (replace(option, changes=changes), Entry("O2", "2025-01-31", {}, (), heading=LONG, actor="RUS"))
    empty = read_case(locate("russia-iran", EDITIONS[0]), "conditions").assign(status="open", contested="no")
    weighed = weigh_options(options, empty, signed_graph(relations()), REFERENCE.table("event_types"))
    results = weigh_outcomes(options, weighed, empty, signed_graph(relations()))
    return draw_options(weighed, results, Judgements({}, "", (), (), options, ()), labels)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("which", [*EDITIONS, "crowded"])
def test_nothing_in_the_picture_overlaps_or_is_cut(which: str, language: str) -> None:
    chart = _crowded(language) if which == "crowded" else _real(which, language)
    layout = chart.figure.layout
    assert layout.width == WIDTH
    found = boxes(chart.figure)
    assert len(found) > 20
    for box in found:
        assert box.left >= 0, box
        assert box.right <= WIDTH, box
        assert box.top >= 0, box
        assert box.bottom <= layout.height, box
    for one, other in combinations(found, 2):
        apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
        assert apart, (one, other)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_picture_of_the_real_case_names_every_option_and_its_table_has_a_row_per_move(edition: str) -> None:
    options = read_judgements(locate("russia-iran", edition)).options
    german, english = (_real(edition, language) for language in ("de", "en"))
    for entry in options:
        assert entry.heading["de"] in german.alt
        assert entry.heading["en"] in english.alt
    assert re.match(rf"{len(options)} ", german.alt)
    assert set(german.frame["option_id"]) == {entry.entry_id for entry in options}
    assert german.alt != english.alt
    assert as_json(german.figure) == as_json(_real(edition, "de").figure)
