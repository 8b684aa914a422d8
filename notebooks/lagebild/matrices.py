"""Charts of relations: who does what to whom, and who says what about whom, as matrices.

A cell is blank where nothing is known: unknown is not zero. Its sign and number are printed in it, so that colour only
repeats what the text says.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from lagebild.case import Judgements
from lagebild.charts import COLOURS, INK, RULE, SIGNS, TEXT, WIDTH, Chart, escape, rank_actors, style, wrap
from lagebild.labels import Labels
from lagebild.options import draw_options
from lagebild.store import records

SCALE = [[0, COLOURS[-1]], [0.5, "#FFFFFF"], [1, COLOURS[1]]]
SATURATION = 20.0  # a net this strong has the full colour; about two attacks or six acts of support
CELL, ROW_HEIGHT = 44, 27


class Cell(NamedTuple):
    """What one cell of a matrix shows: its value as colour, its text, its words on hovering, the id behind it."""

    value: float
    text: str
    hover: str
    anchor: str


def draw_matrices(
    relations: pd.DataFrame,
    sayings: pd.DataFrame,
    options: pd.DataFrame,
    judgements: Judgements,
    subject: str,
    labels: Labels,
) -> list[Chart]:
    """Draw the relation matrix, the matrix of sayings, and the options if the case has any."""
    charts = [draw_relations(relations, subject, labels), draw_sayings(sayings, labels)]
    return charts if options.empty else [*charts, draw_options(options, judgements, labels)]


def order_actors(relations: pd.DataFrame, subject: str) -> list[str]:
    """Return the states of the matrix: the subject first, then by how much is known about them."""
    ends = pd.concat([relations["source_actor"], relations["target_actor"]])
    weight = pd.concat([relations["n_events"], relations["n_events"]]).groupby(ends.to_numpy()).sum()
    return rank_actors(weight, subject)


def draw_relations(relations: pd.DataFrame, subject: str, labels: Labels) -> Chart:
    """Draw the directed, signed relation matrix: row acts, column is acted upon."""
    actors = order_actors(relations, subject)
    rows, columns = ([a for a in actors if a in set(relations[f"{end}_actor"])] for end in ("source", "target"))
    cells = {}
    for relation in records(relations):
        source, target, n, contested = (
            relation[c] for c in ("source_actor", "target_actor", "n_events", "n_contested")
        )
        text = (f"{SIGNS[relation['sign']]} {n}" if n else "?") + ("*" if contested else "")
        hover = labels(
            "hover.relation",
            source=escape(labels.actor(source)),
            target=escape(labels.actor(target)),
            net=labels.number(relation["net"], signed=True),
            n=n,
            publishers=relation["n_publishers"],
            contested=contested,
        )
        cells[source, target] = Cell(relation["net"], text, hover, f"rel-{source}-{target}")
    figure = _matrix(cells, rows, columns, f"{labels('matrix.acts')} ↓   {labels('matrix.acted')} →", labels)
    ranked = records(relations.sort_values("net", kind="stable"))
    worst, best = (_relation_words(ranked[end], labels) if ranked else "–" for end in (0, -1))
    alt = labels(
        "alt.relations",
        n=len(relations),
        possible=len(actors) * (len(actors) - 1),
        positive=(relations["sign"] == "+").sum(),
        negative=(relations["sign"] == "-").sum(),
        best=best,
        worst=worst,
    )
    return Chart("relation-matrix", figure, relations, labels("figure.relations"), alt)


def draw_sayings(sayings: pd.DataFrame, labels: Labels) -> Chart:
    """Draw who says what about whom: row speaks, column is spoken of, the number counts events."""
    speakers, actors = (rank_actors(sayings.groupby(column)["n_claims"].sum()) for column in ("speaker", "actor"))
    cells = {}
    for saying in records(sayings):
        speaker, actor, tone, n, contested = (
            saying[c] for c in ("speaker", "actor", "tone", "n_claims", "n_contested")
        )
        sign = "+" if tone > 0 else "-" if tone < 0 else "0"
        hover = labels(
            "hover.saying",
            speaker=escape(labels.actor(speaker)),
            actor=escape(labels.actor(actor)),
            tone=labels.number(tone, signed=True),
            n=n,
            contested=contested,
        )
        text = (f"{SIGNS[sign]} {n}" if tone else f"{n}") + ("*" if contested else "")
        cells[speaker, actor] = Cell(tone * 2, text, hover, f"say-{speaker}-{actor}")
    figure = _matrix(cells, speakers, actors, f"{labels('matrix.says')} ↓   {labels('matrix.said')} →", labels)
    alt = labels(
        "alt.sayings",
        n=len(sayings),
        speakers=len(speakers),
        actors=len(actors),
        loudest=labels.actor(next(iter(speakers), "")),
        contested=int((sayings["n_contested"] > 0).sum()),
    )
    return Chart("saying-matrix", figure, sayings, labels("figure.sayings"), alt)


def _matrix(
    cells: dict[tuple[str, str], Cell], rows: list[str], columns: list[str], corner: str, labels: Labels
) -> go.Figure:
    """Draw cells as shapes, so that they stay vectors in the PDF, under markers that carry hover and anchor."""
    figure = go.Figure()
    spots = [
        (x, y, cells[row, column])
        for y, row in enumerate(rows)
        for x, column in enumerate(columns)
        if (row, column) in cells
    ]
    for x, y, cell in spots:
        strength = min(abs(cell.value) / SATURATION, 1.0)
        fill = sample_colorscale(SCALE, [0.5 + 0.5 * strength * (1 if cell.value > 0 else -1)])[0]
        _draw_shape(figure, "rect", (x, y), (0.46, 0.44), fillcolor=fill, layer="below")
        colour = "white" if strength > 0.55 else INK
        figure.add_annotation(x=x, y=y, text=cell.text, showarrow=False, font={"size": TEXT, "color": colour})
    for y, row in enumerate(rows):
        if row in columns:
            _draw_shape(figure, "line", (columns.index(row), y), (0.4, 0.4))
    figure.add_trace(
        go.Scatter(
            x=[x for x, _, _ in spots],
            y=[y for _, y, _ in spots],
            mode="markers",
            showlegend=False,
            marker={"symbol": "square", "size": 26, "opacity": 0},
            hovertext=[cell.hover for _, _, cell in spots],
            customdata=[[cell.anchor] for _, _, cell in spots],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    names = [wrap(labels.actor(column), 24) for column in columns]
    left, top = 168, 16 + round(6.4 * max((len(line) for name in names for line in name.split("<br>")), default=1))
    width = left + 12 + min(CELL, (WIDTH - left - 12) // max(len(columns), 1)) * len(columns)
    style(figure, width, top + 8 + ROW_HEIGHT * len(rows), left=left, right=12, top=top, bottom=8)
    figure.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=names,
        side="top",
        tickangle=-90,
        showgrid=False,
        zeroline=False,
        range=[-0.5, len(columns) - 0.5],
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[wrap(labels.actor(row), 26) for row in rows],
        showgrid=False,
        zeroline=False,
        range=[len(rows) - 0.5, -0.5],
        fixedrange=True,
    )
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        xshift=-8,
        yshift=6,
        text=corner,
        showarrow=False,
        font={"size": TEXT - 1},
    )
    return figure


def _draw_shape(figure: go.Figure, kind: str, at: tuple[int, int], reach: tuple[float, float], **look: Any) -> None:
    """Draw a rectangle or a diagonal line round the middle of a cell."""
    (x, y), (wide, high) = at, reach
    line = {"color": RULE, "width": 1}
    figure.add_shape(type=kind, x0=x - wide, x1=x + wide, y0=y - high, y1=y + high, line=line, **look)


def _relation_words(relation: dict[str, Any], labels: Labels) -> str:
    net = labels.number(relation["net"], signed=True)
    return f"{labels.actor(relation['source_actor'])} → {labels.actor(relation['target_actor'])} ({net})"
