"""How tables are shown: whole and to work with in JupyterLab, in a run as on paper."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import plotly.io
import pytest
from hostile import HOSTILE
from known import REFERENCE
from lagebild.charts.bars import draw_reliability
from lagebild.core.labels import Labels, read_labels
from lagebild.interactive import display as screen
from lagebild.run.steps import STEPS


def test_a_run_shows_tables_as_on_paper(by_papermill: Path) -> None:
    for step in STEPS:
        executed = (by_papermill / "executed" / step.notebook).read_text(encoding="utf-8")
        assert not re.search(r"itables|dt-container|DataTable", executed)
    notebook = nbformat.read(by_papermill / "executed" / STEPS[0].notebook, as_version=4)  # type: ignore[no-untyped-call]
    (cell,) = [one for one in notebook.cells if one.id == "cd65728e"]
    assert cell.outputs[0].data["text/html"].count("<tr>") == 6
    assert cell.outputs[0].data["text/html"].count("<td>en</td>") == 6  # first what the reader reads


def test_who_runs_a_cell_decides_how_much_of_a_table_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"kind": ["a", "a", "b"], "n": [1, 2, 3]})
    assert list(screen.first(frame, 2)["n"]) == [1, 2]
    assert list(screen.first(frame, 1, "kind")["n"]) == [1, 3]
    for request, watched in (({}, False), ({"metadata": {}}, False), ({"metadata": {"cellId": "x"}}, True)):
        monkeypatch.setattr(screen, "get_ipython", lambda request=request: SimpleNamespace(get_parent=lambda: request))
        assert screen.is_watched() is watched
    assert screen.first(frame, 1) is screen.first(frame, 1, "kind") is frame


def test_an_empty_table_says_why_it_is_empty() -> None:
    frame = pd.DataFrame({"n": [1]})
    assert screen.show_rows(frame, "None.") is frame
    assert str(screen.show_rows(frame[frame["n"] > 1], "None.").data) == "None."


@pytest.mark.parametrize("watched", [True, False])
def test_who_works_in_the_notebook_sees_how_far_it_is(
    watched: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screen, "is_watched", lambda: watched)
    assert list(screen.follow(range(3))) == [0, 1, 2]
    shown = capsys.readouterr()
    assert ("Lagebild" in shown.out) is watched
    assert shown.err == ""


def test_charts_follow_the_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, str]] = []
    formatter = SimpleNamespace(for_type=lambda *_: None)
    shell = SimpleNamespace(
        get_parent=lambda: {"metadata": {"cellId": "x"}},
        display_pub=SimpleNamespace(publish=shown.append),
        display_formatter=SimpleNamespace(formatters={"text/html": formatter}, ipython_display_formatter=formatter),
    )
    monkeypatch.setattr(screen, "get_ipython", lambda: shell)
    screen.make_interactive(REFERENCE, "en")
    assert re.search(
        r"<style>[^<]*theme-light=\"false\"] :is\(.js-plotly-plot, img\[[^<]*\) \{ filter: [^<]*</style>",
        shown[0]["text/html"],
    )


@pytest.mark.parametrize(("kaleido", "renderer"), [(None, "lagebild"), (object(), "lagebild+png")])
def test_a_figure_of_plotly_says_how_to_see_it_unless_a_picture_stands_beside_it(
    kaleido: object, renderer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "find_spec", lambda _: kaleido)
    monkeypatch.setattr(screen, "get_ipython", lambda: SimpleNamespace(get_parent=dict))
    monkeypatch.setattr(plotly.io.renderers, "default", plotly.io.renderers.default)
    screen.make_interactive(REFERENCE, "de")
    assert plotly.io.renderers.default == renderer
    bundle = screen.FigureRenderer("How to see it.").to_mimebundle(px.bar(x=["a"], y=[1]).to_dict())
    assert bundle["application/vnd.plotly.v1+json"]["data"][0]["type"] == "bar"
    assert bundle["text/plain"] == "How to see it."


def test_words_of_texts_bring_no_markup_into_a_figure() -> None:
    link = "<a href='https://example.org'>Reuters</a> & <b>more</b>"
    bars = go.Bar(x=[1], y=[link], orientation="h", customdata=[[link]], hovertext=[link], name=link)
    bundle = screen.FigureRenderer("").to_mimebundle(go.Figure(bars).to_dict())
    (trace,) = bundle["application/vnd.plotly.v1+json"]["data"]
    clean = "&lt;a href='https://example.org'&gt;Reuters&lt;/a&gt; &amp; <b>more</b>"
    assert (trace["y"], trace["hovertext"], trace["customdata"], trace["name"]) == ([clean], [clean], [[clean]], clean)


def test_a_finding_is_text_and_its_picture_the_first_that_is_not_for_small_screens(
    monkeypatch: pytest.MonkeyPatch, words: Labels
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(screen, "display", lambda one, **_: shown.append(one))
    chart = draw_reliability(REFERENCE.table("reliability"), words)
    small, wide = replace(chart, name="a-narrow"), replace(chart, title=HOSTILE["script"])
    screen.show_finding(HOSTILE["handler"], [small, wide])
    assert shown[1:] == [wide]
    assert Tags(shown[0]["text/html"]).found == {"p": 2}
    assert shown[0]["text/plain"] == HOSTILE["handler"]
    shown.clear()
    screen.show_finding("Nothing is known.", [small])
    assert [Tags(one["text/html"]).found for one in shown] == [{"p": 1}]


class Tags(HTMLParser):
    """Counts the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = Counter[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1


def test_a_table_is_drawn_whole_and_escaped(words: Labels) -> None:
    odd = list(HOSTILE.values())
    hostile, harmless = (
        pd.DataFrame([texts] * 300, columns=texts, index=pd.Index([texts[0]] * 300, name=texts[1]))
        for texts in (odd, [f"text {n}" for n in range(len(odd))])
    )
    html = screen.draw_table(hostile, words)
    assert html.count("EVIL.EXAMPLE".lower()) > 300
    tags = [Tags(screen.draw_table(table, words)).found for table in (hostile, harmless)]
    assert tags[0] == tags[1]
    assert tags[0]["script"] == 2


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (pd.DataFrame({"a": [1]}), ["a"]),
        (pd.DataFrame({"a": [1]}, index=[7]), ["a"]),
        (pd.DataFrame({"a": [1]}, index=["x"]), ["name", "a"]),
        (pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="a")), ["a", "a"]),
        (pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([("x", 1)], names=["k", None])), ["k", "name", "a"]),
        (pd.Series([1], name="n"), ["n"]),
        (pd.Series({"x": 1}), ["name", "value"]),
        (pd.Series([], name="n", dtype=str), ["n"]),
        (pd.crosstab(pd.Series(["u"], name="one"), pd.Series(["v"], name="two")), ["one", "v"]),
    ],
)
def test_every_column_has_a_heading(table: pd.DataFrame | pd.Series, columns: list[str]) -> None:
    labels = read_labels(REFERENCE, "en")
    assert list(screen.lay_flat(table, labels).columns) == columns
    assert screen.draw_table(table, labels)
