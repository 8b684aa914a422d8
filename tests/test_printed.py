"""A figure of plotly as a plain picture: every value is in it, or there is no picture at all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest
from lagebild.charts.drawing import Picture
from lagebild.charts.printed import NotDrawn, print_figure
from lagebild.charts.svg import write_svg

DAYS = pd.to_datetime(["2025-06-13", "2025-06-24", "2025-07-01"])
FRAME = pd.DataFrame(
    {"day": DAYS, "n": [1, 2, 4], "who": ["A", "B & C", "a very long name of somebody who acts for many"]}
)


def boxes(picture: Picture, *fills: str) -> list[tuple[float, float, float, float]]:
    """Return the boxes of these colours: left, top, right, bottom; those of a legend are small, and left out."""
    found = [shape for shape in picture.drawing.shapes if shape.form == "rect" and (not fills or shape.fill in fills)]
    corners = [(*shape.points[0], *shape.points[1]) for shape in found]
    return [box for box in corners if (round(box[2] - box[0]), round(box[3] - box[1])) != (11, 11)]


def test_bars_are_as_high_as_their_values_and_stand_on_each_other() -> None:
    figure = go.Figure(layout={"barmode": "relative"})
    figure.add_bar(x=["a", "b"], y=[2, 4], marker_color="#111111", name="one")
    figure.add_bar(x=["a", "b"], y=[1, -4], marker_color="#222222", name="two")
    picture = print_figure(figure)
    low, high = boxes(picture, "#111111")
    above, below = boxes(picture, "#222222")
    assert (high[3] - high[1]) / (low[3] - low[1]) == pytest.approx(2, abs=0.01)
    assert above[3] == pytest.approx(low[1], abs=0.01)
    assert below[1] == pytest.approx(high[3], abs=0.01)
    assert below[3] - below[1] == pytest.approx(high[3] - high[1], abs=0.02)


def test_marks_stand_where_their_days_and_numbers_are() -> None:
    marks = print_figure(px.scatter(FRAME, x="day", y="n")).drawing.marks
    across, up = [mark.x for mark in marks], [mark.y for mark in marks]
    assert (across[1] - across[0]) / (across[2] - across[1]) == pytest.approx(11 / 7, abs=0.01)
    assert (up[0] - up[1]) / (up[1] - up[2]) == pytest.approx(1 / 2, abs=0.01)


def test_a_cell_is_there_for_each_number_and_for_no_gap() -> None:
    picture = print_figure(px.imshow(pd.DataFrame({"x": [1.0, np.nan], "y": [3.0, 4.0]}, ["a", "b"]), text_auto=True))
    assert len(boxes(picture)) == 3
    assert [words.lines[0] for words in picture.drawing.words][-3:] == ["1", "3", "4"]


def test_what_is_escaped_for_plotly_is_read_as_it_was_written() -> None:
    figure = go.Figure(go.Bar(x=[1], y=["B &amp; C <b>d</b>"], orientation="h", name="R&amp;D"))
    svg = write_svg(print_figure(figure.add_scatter(x=[2], y=["e"], name="f")), "alt")
    assert "B &amp; C d" in svg
    assert "R&amp;D" in svg
    assert "amp;amp;" not in svg


def test_a_name_that_is_too_long_says_so() -> None:
    words = [text.lines[0] for text in print_figure(px.bar(FRAME, x="n", y="who")).drawing.words]
    assert "a very long name of somebody who …" in words


DRAWN: list[Any] = [
    go.Figure(),
    px.bar(FRAME, x="day", y="n", color="who"),
    px.bar(FRAME.head(0), x="n", y="who"),
    px.bar(FRAME, x="n", y="who", hover_data="day"),
    px.scatter(FRAME, x="n", y="n", size="n", symbol="who"),
    px.scatter(FRAME, x="day", y="who", text="who"),
    px.scatter(pd.DataFrame({"x": range(1200), "y": range(1200)}), x="x", y="y"),
    px.line(FRAME, x="day", y="n", markers=True),
    px.area(FRAME, x="day", y="n", line_shape="hv"),
    px.imshow([[1, 2], [3, 4]]),
    go.Figure(go.Heatmap(z=[[1, None]])),
    go.Figure(go.Heatmap(x=[], y=[], z=[])),
    px.imshow(pd.DataFrame()),
    go.Figure(go.Bar(x=["a", None], y=[1, None])),
    go.Figure(go.Bar(y=[1, 2])),
    go.Figure(go.Scatter(y=[1, 2], marker_symbol=5, mode="markers")),
    go.Figure(go.Scatter(x=[1], y=[2], mode="text")),
    go.Figure(go.Scatter(x=[1], y=[2]), {"yaxis": {"tickvals": [2], "range": [0, None]}}),
]


@pytest.mark.parametrize("figure", DRAWN)
def test_what_is_drawn_here_never_fails(figure: go.Figure) -> None:
    svg = write_svg(print_figure(figure), "alt")
    assert "nan" not in svg


OTHERS = [
    px.histogram(FRAME, x="n"),
    px.pie(FRAME, values="n", names="who"),
    px.bar(FRAME, x="who", y="n", color="who", barmode="group"),
    px.scatter(FRAME, x="n", y="n", log_x=True),
    px.scatter(FRAME, x="n", y="n", facet_col="who"),
    px.timeline(FRAME.assign(end=FRAME["day"] + pd.Timedelta(days=2)), x_start="day", x_end="end", y="who"),
]


@pytest.mark.parametrize("figure", OTHERS)
def test_no_picture_is_better_than_a_wrong_one(figure: go.Figure) -> None:
    with pytest.raises(NotDrawn):
        print_figure(figure)


def test_what_only_the_legend_knows_is_not_drawn() -> None:
    figure = go.Figure(go.Scatter(x=[1], y=[1], mode="markers", visible="legendonly"))
    assert not print_figure(figure).drawing.marks
