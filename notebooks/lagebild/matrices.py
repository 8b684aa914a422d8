"""Charts of relations: matrices and options to plotly figures.

A cell is blank where nothing is known: unknown is not zero. Its sign and number are printed in it, so that colour only
repeats what the text says.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from lagebild.case import Judgements
from lagebild.labels import Labels
from lagebild.timeline import COLOURS, FONT, INK, RULE, TEXT, WIDTH, Chart

SCALE = [[0, COLOURS[-1]], [0.5, "#FFFFFF"], [1, COLOURS[1]]]
SATURATION = 20.0  # a net this strong has the full colour; about two attacks or six acts of support
CELL, ROW_HEIGHT = 44, 27


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
    ranked = sorted(weight.index, key=lambda actor: (actor != subject, -weight[actor], actor))
    return ranked


def draw_relations(relations: pd.DataFrame, subject: str, labels: Labels) -> Chart:
    """Draw the directed, signed relation matrix: row acts, column is acted upon."""
    actors = order_actors(relations, subject)
    rows, columns = ([a for a in actors if a in set(relations[f"{end}_actor"])] for end in ("source", "target"))
    cells = {}
    for relation in relations.to_dict("records"):
        sign = {"+": "+", "-": "−", "0": "±"}[relation["sign"]]
        text = f"{sign} {relation['n_events']}" if relation["n_events"] else "?"
        text += "*" if relation["n_contested"] else ""
        hover = labels(
            "hover.relation",
            source=labels.actor(relation["source_actor"]),
            target=labels.actor(relation["target_actor"]),
            net=labels.number(relation["net"], signed=True),
            n=relation["n_events"],
            publishers=relation["n_publishers"],
            contested=relation["n_contested"],
        )
        pair = relation["source_actor"], relation["target_actor"]
        cells[pair] = (relation["net"], text, hover, f"rel-{pair[0]}-{pair[1]}")
    figure = _matrix(cells, rows, columns, labels("matrix.acts"), labels("matrix.acted"), labels)
    negative, positive = (relations["sign"] == "-").sum(), (relations["sign"] == "+").sum()
    worst, best = (relations.sort_values("net", kind="stable").iloc[i] if len(relations) else None for i in (0, -1))
    alt = labels(
        "alt.relations",
        n=len(relations),
        possible=len(actors) * (len(actors) - 1),
        positive=positive,
        negative=negative,
        best=_pair(best, labels),
        worst=_pair(worst, labels),
    )
    return Chart("relation-matrix", figure, relations, labels("figure.relations"), alt)


def draw_sayings(sayings: pd.DataFrame, labels: Labels) -> Chart:
    """Draw who says what about whom: row speaks, column is spoken of, the number counts events."""
    speakers, actors = (_by_weight(sayings, column) for column in ("speaker", "actor"))
    cells = {}
    for saying in sayings.to_dict("records"):
        sign = "+" if saying["tone"] > 0 else "−" if saying["tone"] < 0 else "±"
        text = f"{sign} {saying['n_claims']}" + ("*" if saying["n_contested"] else "")
        hover = labels(
            "hover.saying",
            speaker=labels.actor(saying["speaker"]),
            actor=labels.actor(saying["actor"]),
            tone=labels.number(saying["tone"], signed=True),
            n=saying["n_claims"],
            contested=saying["n_contested"],
        )
        cells[saying["speaker"], saying["actor"]] = (
            saying["tone"] * 2,
            text,
            hover,
            f"say-{saying['speaker']}-{saying['actor']}",
        )
    figure = _matrix(cells, speakers, actors, labels("matrix.says"), labels("matrix.said"), labels)
    disputed = int((sayings["n_contested"] > 0).sum())
    loudest = sayings.groupby("speaker")["n_claims"].sum().idxmax() if len(sayings) else ""
    alt = labels(
        "alt.sayings",
        n=len(sayings),
        speakers=len(speakers),
        actors=len(actors),
        loudest=labels.actor(loudest),
        contested=disputed,
    )
    return Chart("saying-matrix", figure, sayings, labels("figure.sayings"), alt)


def draw_options(options: pd.DataFrame, judgements: Judgements, labels: Labels) -> Chart:
    """Draw which tie each option would change: the sign today, and the direction of the change."""
    entries = [entry for entry in judgements.options if entry.entry_id in set(options["option_id"])]
    targets = _by_count(options["target"])
    figure = go.Figure()
    columns = {target: i for i, target in enumerate(targets)}
    for row, entry in enumerate(entries):
        figure.add_annotation(
            x=0,
            xref="paper",
            xshift=-12,
            y=-row,
            text=_wrap(entry.heading.get(labels.language, entry.entry_id), 30),
            showarrow=False,
            xanchor="right",
            align="right",
            font={"size": TEXT},
        )
        for option in options[options["option_id"] == entry.entry_id].to_dict("records"):
            up = option["change"] == "+"
            figure.add_trace(
                go.Scatter(
                    x=[columns[option["target"]]],
                    y=[-row],
                    mode="markers",
                    showlegend=False,
                    customdata=[[entry.entry_id]],
                    marker={
                        "symbol": "triangle-up" if up else "triangle-down",
                        "size": 17,
                        "color": COLOURS[1 if up else -1],
                    },
                    hovertemplate=_option_words(option, labels) + "<extra></extra>",
                )
            )
            today = {"+": "+", "-": "−", "0": "±", "": "?"}[option["today"]]
            figure.add_annotation(
                x=columns[option["target"]], y=-row, xshift=19, text=today, showarrow=False, font={"size": TEXT + 2}
            )
    figure.update_layout(
        width=WIDTH,
        height=len(entries) * 46 + 50,
        margin={"l": 220, "r": 10, "t": 40, "b": 6},
        font={"family": FONT, "size": TEXT, "color": INK},
        plot_bgcolor="white",
        paper_bgcolor="white",
        dragmode=False,
        template="none",
    )
    figure.update_xaxes(
        tickvals=list(columns.values()),
        ticktext=[_wrap(labels.actor(t), 11) for t in targets],
        side="top",
        range=[-0.6, len(targets) - 0.4],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[-len(entries) + 0.5, 0.5], fixedrange=True)
    for row in range(1, len(entries)):
        figure.add_shape(
            type="line", x0=0, x1=1, xref="paper", y0=-row + 0.5, y1=-row + 0.5, line={"color": "#E0E0E0", "width": 1}
        )
    told = {entry.entry_id: [] for entry in entries}
    for option in options.to_dict("records"):
        told[option["option_id"]].append(_option_words(option, labels))
    alt = " ".join(f"{entry.heading[labels.language]}: {'; '.join(told[entry.entry_id])}." for entry in entries)
    return Chart(
        "options", figure, options, labels("figure.options"), labels("alt.options", n=len(entries)) + " " + alt
    )


def _option_words(option: dict[str, str], labels: Labels) -> str:
    return labels(
        f"option.change.{'up' if option['change'] == '+' else 'down'}",
        a=labels.actor(option["actor"]),
        b=labels.actor(option["target"]),
        today=labels(f"sign.{option['today'] or 'unknown'}"),
    )


def _matrix(
    cells: dict[tuple[str, str], tuple[float, str, str, str]],
    rows: list[str],
    columns: list[str],
    row_title: str,
    column_title: str,
    labels: Labels,
) -> go.Figure:
    """Draw cells as shapes, so that they stay vectors in the PDF, under markers that carry hover and anchor."""
    figure = go.Figure()
    spots = [
        (j, i, *cells[row, column])
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        if (row, column) in cells
    ]
    for j, i, value, text, _, _ in spots:
        strength = min(abs(value) / SATURATION, 1.0)
        fill = sample_colorscale(SCALE, [0.5 + 0.5 * strength * (1 if value > 0 else -1)])[0]
        figure.add_shape(
            type="rect",
            x0=j - 0.46,
            x1=j + 0.46,
            y0=i - 0.44,
            y1=i + 0.44,
            fillcolor=fill,
            line={"color": RULE, "width": 1},
            layer="below",
        )
        colour = "white" if strength > 0.55 else INK
        figure.add_annotation(x=j, y=i, text=text, showarrow=False, font={"size": TEXT, "color": colour})
    for i, row in enumerate(rows):
        if row in columns:
            j = columns.index(row)
            figure.add_shape(
                type="line", x0=j - 0.4, x1=j + 0.4, y0=i - 0.4, y1=i + 0.4, line={"color": RULE, "width": 1}
            )
    figure.add_trace(
        go.Scatter(
            x=[spot[0] for spot in spots],
            y=[spot[1] for spot in spots],
            mode="markers",
            showlegend=False,
            marker={"symbol": "square", "size": 26, "opacity": 0},
            hovertext=[spot[4] for spot in spots],
            customdata=[[spot[5]] for spot in spots],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    names = [_wrap(labels.actor(column), 24) for column in columns]
    left, top = 168, 16 + round(6.4 * max((len(line) for name in names for line in name.split("<br>")), default=1))
    cell = min(CELL, (WIDTH - left - 12) // max(len(columns), 1))
    figure.update_layout(
        width=left + 12 + cell * len(columns),
        height=top + 8 + ROW_HEIGHT * len(rows),
        margin={"l": left, "r": 12, "t": top, "b": 8},
        font={"family": FONT, "size": TEXT, "color": INK},
        plot_bgcolor="white",
        paper_bgcolor="white",
        dragmode=False,
        template="none",
    )
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
        ticktext=[_wrap(labels.actor(r), 26) for r in rows],
        showgrid=False,
        zeroline=False,
        range=[len(rows) - 0.5, -0.5],
        fixedrange=True,
    )
    corner = f"{row_title} ↓   {column_title} →"
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


def _pair(relation: pd.Series | None, labels: Labels) -> str:
    if relation is None:
        return "–"
    net = labels.number(relation["net"], signed=True)
    return f"{labels.actor(relation['source_actor'])} → {labels.actor(relation['target_actor'])} ({net})"


def _by_weight(sayings: pd.DataFrame, column: str) -> list[str]:
    weight = sayings.groupby(column)["n_claims"].sum()
    return sorted(weight.index, key=lambda actor: (-weight[actor], actor))


def _by_count(values: pd.Series) -> list[str]:
    counts = values.value_counts()
    return sorted(counts.index, key=lambda value: (-counts[value], value))


def _wrap(text: str, width: int) -> str:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "<br>".join(lines)
