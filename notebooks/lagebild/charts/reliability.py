"""The reliability diagram: how often a draft of a probability is right (Murphy and Winkler 1977)."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.chart import COLOURS, INK, RULE, WIDTH, Chart, style
from lagebild.core.labels import Labels
from lagebild.core.tables import records

SIDE, LEFT, TOP, BOTTOM = 220, 250, 12, 44  # pixels: a square, so that the diagonal is the line of the best
AREA = 1.4  # of the diameter of a circle in pixels, per root of drafts: its area counts the drafts


def draw_reliability(reliability: pd.DataFrame, labels: Labels) -> Chart:
    """Draw the share of drafts that is right against their mean probability, for the half that nobody read.

    Parameters
    ----------
    reliability
        The reference table: half, begins, drafts, expected, right.
    """
    frame = reliability[reliability["half"] == "unread"].drop(columns="half").reset_index(drop=True)
    rows = [row | {"share": int(row["right"]) / int(row["drafts"])} for row in records(frame)]
    figure = go.Figure()
    figure.add_shape(type="line", x0=0, y0=0, x1=1, y1=1, line={"color": RULE, "width": 1.2, "dash": "dash"})
    figure.add_trace(
        go.Scatter(
            x=[float(row["expected"]) for row in rows],
            y=[row["share"] for row in rows],
            mode="markers",
            marker={
                "size": [AREA * int(row["drafts"]) ** 0.5 for row in rows],
                "color": COLOURS[1],
                "line": {"color": INK, "width": 0.8},
            },
            hovertext=[labels("hover.reliability", **_say(row, labels)) for row in rows],
            hoverinfo="text",
            showlegend=False,
        )
    )
    marks = [0, 0.25, 0.5, 0.75, 1]
    axis = {
        "range": [0, 1],
        "tickvals": marks,
        "ticktext": [labels.percent(mark) for mark in marks],
        "showline": True,
        "linecolor": RULE,
        "showgrid": False,
        "zeroline": False,
    }
    style(figure, WIDTH, SIDE + TOP + BOTTOM, left=LEFT, right=WIDTH - LEFT - SIDE, top=TOP, bottom=BOTTOM)
    figure.update_xaxes(**axis, title=labels("column.expected"))
    figure.update_yaxes(**axis, title=labels("column.right"))
    said = labels.enumerate([labels("alt.reliability_row", **_say(row, labels)) for row in rows])
    alt = labels("alt.reliability", drafts=sum(int(row["drafts"]) for row in rows), rows=said)
    return Chart("reliability", figure, frame, labels("figure.reliability"), alt)


def _say(row: dict[str, object], labels: Labels) -> dict[str, object]:
    """Return what is said of one circle: its drafts, their mean probability, and the share that is right."""
    expected, share = float(str(row["expected"])), float(str(row["share"]))
    return {"n": row["drafts"], "expected": labels.percent(expected), "share": labels.percent(share)}
