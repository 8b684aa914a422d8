"""The chart of options: which tie each option of an actor would change, and in which direction."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.case import Judgements
from lagebild.charts import COLOURS, MARKS, SIGNS, TEXT, WIDTH, Chart, escape, rank_actors, style, wrap
from lagebild.labels import Labels
from lagebild.store import records


def draw_options(options: pd.DataFrame, judgements: Judgements, labels: Labels) -> Chart:
    """Draw which tie each option would change: the sign today, and the direction of the change."""
    by_option = {name: records(rows) for name, rows in options.groupby("option_id")}
    entries = [entry for entry in judgements.options if entry.entry_id in by_option]
    columns = {target: number for number, target in enumerate(rank_actors(options["target"].value_counts()))}
    figure = go.Figure()
    told = []
    for row, entry in enumerate(entries):
        heading, changes = entry.heading.get(labels.language, entry.entry_id), by_option[entry.entry_id]
        figure.add_annotation(
            x=0,
            xref="paper",
            xshift=-12,
            y=-row,
            text=wrap(heading, 30),
            showarrow=False,
            xanchor="right",
            align="right",
            font={"size": TEXT},
        )
        for option in changes:
            x, way = columns[option["target"]], 1 if option["change"] == "+" else -1
            figure.add_trace(
                go.Scatter(
                    x=[x],
                    y=[-row],
                    mode="markers",
                    showlegend=False,
                    customdata=[[entry.entry_id]],
                    marker={"symbol": MARKS[way], "size": 17, "color": COLOURS[way]},
                    hovertext=[escape(_option_words(option, labels))],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )
            today = SIGNS[option["today"]]
            figure.add_annotation(x=x, y=-row, xshift=19, text=today, showarrow=False, font={"size": TEXT + 2})
        told.append(f"{heading}: {'; '.join(_option_words(option, labels) for option in changes)}.")
    style(figure, WIDTH, len(entries) * 46 + 50, left=220, right=10, top=40, bottom=6)
    figure.update_xaxes(
        tickvals=list(columns.values()),
        ticktext=[wrap(labels.actor(target), 11) for target in columns],
        side="top",
        range=[-0.6, len(columns) - 0.4],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[-len(entries) + 0.5, 0.5], fixedrange=True)
    for y in (0.5 - row for row in range(1, len(entries))):
        figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line={"color": "#E0E0E0", "width": 1})
    alt = " ".join([labels("alt.options", n=len(entries)), *told])
    return Chart("options", figure, options, labels("figure.options"), alt)


def _option_words(option: dict[str, Any], labels: Labels) -> str:
    return labels(
        f"option.change.{'up' if option['change'] == '+' else 'down'}",
        a=labels.actor(option["actor"]),
        b=labels.actor(option["target"]),
        today=labels(f"sign.{option['today'] or 'unknown'}"),
    )
