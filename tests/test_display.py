"""How tables are shown: whole and to work with in JupyterLab, in a run as on paper."""

from __future__ import annotations

import base64
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


def test_charts_follow_the_theme_and_no_bar_covers_them(monkeypatch: pytest.MonkeyPatch, words: Labels) -> None:
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
        r"<style>[^<]*theme-light=\"false\"] :is\(.js-plotly-plot, figure.chart img\) \{ filter: [^<]*</style>",
        shown[0]["text/html"],
    )
    chart = draw_reliability(REFERENCE.table("reliability"), words)
    layout = chart._repr_mimebundle_()["application/vnd.plotly.v1+json"]["layout"]
    assert layout["height"] - layout["margin"]["t"] == chart.picture.height == layout["yaxis"]["range"][0]
    assert layout["margin"]["t"] >= 28  # as high as plotly's bar


def test_beside_a_figure_of_plotly_stands_a_drawing_for_what_runs_no_script(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(screen, "display", lambda one, **_: shown.append(one))
    figure = go.Figure(layout={"title": {"text": "<b>Two</b>"}})
    figure.add_bar(x=[HOSTILE["script"], "b"], y=[1, 2], name="n")
    figure.add_scatter(x=[1], y=[1], hoverinfo="skip")
    screen.show_figure(figure)
    (bundle,) = shown
    assert bundle["application/vnd.plotly.v1+json"]["data"][0]["type"] == "bar"
    assert bundle["text/plain"] == "Two: n"
    image = re.fullmatch(r'<img src="data:image/svg\+xml;base64,(.+)" alt="Two: n">', bundle["text/html"])
    assert image
    drawing = base64.b64decode(image[1]).decode()
    assert len(re.findall(r"<text[^>]*>b</text>", drawing)) == 1
    assert HOSTILE["script"] not in drawing


def test_a_figure_that_is_not_drawn_for_paper_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(screen, "display", lambda one, **_: shown.append(one))
    screen.show_figure(go.Figure(go.Pie(labels=["a"], values=[1])))
    assert [set(bundle) for bundle in shown] == [{"application/vnd.plotly.v1+json", "text/plain"}]


def test_words_of_texts_bring_no_markup_into_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(screen, "display", lambda one, **_: shown.append(one))
    link = "<a href='https://example.org'>Reuters</a> & <b>more</b>"
    bars = go.Bar(x=[1], y=[link], orientation="h", customdata=[[link]], hovertext=[link], name=link)
    screen.show_figure(go.Figure(bars))
    (trace,) = shown[0]["application/vnd.plotly.v1+json"]["data"]
    clean = "&lt;a href='https://example.org'&gt;Reuters&lt;/a&gt; &amp; <b>more</b>"
    assert (trace["y"], trace["hovertext"], trace["customdata"], trace["name"]) == ([clean], [clean], [[clean]], clean)


def test_the_alternative_text_of_a_figure_says_what_its_axes_say() -> None:
    figure = px.imshow(pd.DataFrame({"x": [1]}, index=pd.Index(["a"], name="type")))
    assert screen.describe_figure(figure) == "type"
    assert (
        screen.describe_figure(px.bar(x=["a"], y=[1], color=["One"], title="T", labels={"y": "n"})) == "T / n / x: One"
    )


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
