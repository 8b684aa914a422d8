"""All charts of step 04 together: which there are, that they fit, that they are drawn alike and say what is theirs."""

from __future__ import annotations

import pandas as pd
import pytest
from examples import events, findings_of, relations, tiny
from known import EDITIONS, REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.matrix import HEIGHT
from lagebild.charts.render import draw_charts
from lagebild.charts.style import NARROW, PHONE, WIDTH
from lagebild.core.case import Case, read_case_file
from lagebild.core.folders import locate
from lagebild.core.labels import Labels, read_labels
from lagebild.core.schema import TABLES
from runs import copy_tiny

CASE = Case({}, {}, "RUS", (), "2024-01-01", (), ())
PRINT, SCREEN = 9.5, 12.0  # pixels of the smallest letters: 6.5 points on A4, and what a phone needs
PARTIES, SERIES = f"parties{NARROW}", f"relation-series{NARROW}"
RELIABILITY = REFERENCE.table("reliability")
Drawn = dict[str, pd.DataFrame]


def empty(**tables: pd.DataFrame) -> Drawn:
    """Return the tables that the charts draw, empty but for those given."""
    made = {
        name: pd.DataFrame(columns=list(TABLES[name].columns), dtype=str).astype(numbers)
        for name, numbers in (("relation_series", {"net": float}), ("ties", {"net": float, "n_events": int}))
    }
    return made | {"events": events(), "relations": relations(), "reliability": RELIABILITY} | tables


def _draw(tables: Drawn, as_of: str, language: str) -> list[Chart]:
    case = read_case_file(locate("russia-iran", as_of))
    return draw_charts(tables | {"reliability": RELIABILITY}, case, as_of, read_labels(REFERENCE, language))


@pytest.fixture(
    scope="module", params=[(edition, language) for edition in EDITIONS for language in ("de", "en")], ids="-".join
)
def charts(request: pytest.FixtureRequest, real: dict[str, Drawn]) -> list[Chart]:
    """Return the charts of each edition of the real case in each language."""
    edition, language = request.param
    return _draw(real[edition], edition, language)


def test_the_parties_come_before_everybody_and_the_course_after(charts: list[Chart]) -> None:
    names = [chart.name for chart in charts]
    assert names == ["parties", PARTIES, "relation-matrix", "relation-series", SERIES, "reliability"]


def test_every_chart_fits_its_paper_and_can_be_read_there(charts: list[Chart]) -> None:
    for chart in charts:
        small = chart.name.endswith(NARROW)
        assert chart.picture.width <= (PHONE if small else WIDTH), chart.name
        assert chart.picture.height <= HEIGHT * (1.2 if small else 1), chart.name
        assert min(text.size for text in chart.picture.drawing.words) >= (SCREEN if small else PRINT), chart.name


def test_without_any_tie_there_is_only_the_draft_coder(words: Labels) -> None:
    charts = draw_charts(empty(), CASE, "2025-06-16", words)
    assert [chart.name for chart in charts] == ["reliability"]


def test_the_words_of_a_chart_are_those_of_its_language(real: dict[str, Drawn]) -> None:
    german, english = ([c.alt + c.title for c in _draw(real[EDITIONS[0]], EDITIONS[0], w)] for w in ("de", "en"))
    assert not set(german) & set(english)


def test_drawing_twice_gives_the_same_and_changes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    paths = tiny(copy_tiny(tmp_path_factory.mktemp("charts")))
    tables = findings_of(paths) | {"reliability": RELIABILITY}
    copies = {name: frame.copy() for name, frame in tables.items()}
    case, words = read_case_file(paths), read_labels(REFERENCE, "de")
    once, twice = (draw_charts(tables, case, paths.as_of, words) for _ in range(2))
    for one, other in zip(once, twice, strict=True):
        assert (one.svg, one.alt, one.picture) == (other.svg, other.alt, other.picture)
    for name, copy in copies.items():
        pd.testing.assert_frame_equal(tables[name], copy)


def test_markup_in_the_name_of_an_actor_or_an_event_is_drawn_as_text() -> None:
    words = read_labels(REFERENCE, "en")
    hostile = Labels("en", words.words, words.actors | {"RUS": "<b>R</b> & <a href='javascript:x'>u</a>"}, words.types)
    step = {"dyad": "RUS;IRN", "source_actor": "RUS", "target_actor": "IRN", "date": "2025-01-17", "day": "2025-01-17"}
    tie = {"one": "IRN", "other": "RUS", "sign": "+", "strength": "firm", "net": 7.0, "n_events": 2, "event_ids": "E1"}
    tables = empty(
        events=events({"summary_en": "<b>R</b>"}),
        relations=relations({}, {"source_actor": "IRN", "target_actor": "RUS"}),
        ties=pd.DataFrame([tie | {"n_publishers": 2, "turned_by": ""}]),
        relation_series=pd.DataFrame([step | {"vague": "no", "event_id": "E1", "intensity": 3.5, "net": 3.5}]),
    )
    charts = draw_charts(tables, CASE, "2025-06-16", hostile)
    assert len(charts) == 6
    for chart in charts:
        assert "<b>R" not in chart.svg
        assert "javascript:x'>u</a>" not in chart.svg
