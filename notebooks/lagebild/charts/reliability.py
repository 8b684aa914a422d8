"""The reliability diagram: how often a draft of a probability is right (Murphy and Winkler 1977)."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.chart import COLOURS, INK, RULE, WIDTH, Chart, style
from lagebild.core.labels import Labels
from lagebild.core.tables import records

SIDE, LEFT, TOP, BOTTOM = 220, 52, 12, 44  # pixels: a square at the left, where a phone shows it whole
AREA = 1.4  # of the diameter of a circle in pixels, per root of drafts: its area counts the drafts


def draw_reliability(reliability: pd.DataFrame, labels: Labels) -> Chart:
    """Draw the share of drafts that is right against their mean probability, for the half that nobody read.

    The frame of the chart has the columns of the table, `expected` and `right` as whole per cent.

    Parameters
    ----------
    reliability
        The reference table: half, begins, drafts, expected, right.
    """
    unread = reliability[reliability["half"] == "unread"].reset_index(drop=True)
    drafts = unread["drafts"].astype(int)
    expected = (100 * unread["expected"].astype(float)).round().astype(int)
    right = (100 * unread["right"].astype(int) / drafts).round().astype(int)
    frame = pd.DataFrame({"begins": unread["begins"], "drafts": drafts, "expected": expected, "right": right})
    figure = go.Figure()
    figure.add_shape(type="line", x0=0, y0=0, x1=100, y1=100, line={"color": RULE, "width": 1.2, "dash": "dash"})
    figure.add_trace(
        go.Scatter(
            x=list(expected),
            y=list(right),
            mode="markers",
            marker={"size": list(AREA * drafts**0.5), "color": COLOURS[1], "line": {"color": INK, "width": 0.8}},
            customdata=[[f"reliability-{begins}"] for begins in frame["begins"]],
            hovertext=[labels("hover.reliability", **row) for row in records(frame)],
            hoverinfo="text",
            showlegend=False,
        )
    )
    marks = [0, 25, 50, 75, 100]
    words = [labels.percent(mark / 100) for mark in marks]
    axis = {"range": [0, 100], "tickvals": marks, "ticktext": words, "showgrid": False, "zeroline": False}
    style(figure, WIDTH, SIDE + TOP + BOTTOM, left=LEFT, right=WIDTH - LEFT - SIDE, top=TOP, bottom=BOTTOM)
    figure.update_xaxes(**axis, showline=True, linecolor=RULE, title=labels("column.expected"))
    figure.update_yaxes(**axis, showline=True, linecolor=RULE, title=labels("column.right"))
    said = labels.enumerate([labels("alt.reliability_row", **row) for row in records(frame)])
    alt = labels("alt.reliability", drafts=sum(drafts), n=len(frame), rows=said)
    return Chart("reliability", figure, frame, labels("figure.reliability"), alt)
