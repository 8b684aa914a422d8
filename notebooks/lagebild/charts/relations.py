"""The whole matrix of relations: who does what to whom, in blocs that the signs make."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from lagebild.analysis.balance import keep_firm, signed_graph, tie_graph
from lagebild.analysis.frustration import find_blocs
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import escape
from lagebild.charts.matrix import (
    Cell,
    Cells,
    add_more,
    draw_cells,
    limit_actors,
    rank_actors,
    weigh_actors,
    write_value,
)
from lagebild.core.labels import Labels
from lagebild.core.tables import records


def order_blocs(relations: pd.DataFrame, subject: str, ties: pd.DataFrame | None = None) -> list[list[str]]:
    """Return the actors by blocs found in the data, the bloc of the subject first and the subject first in it.

    A bloc is a faction of the signed graph (`frustration`), of firm ties alone if `ties` say which are; inside one the
    actors stand by how much is known about them. Who has no such tie with a sign stands last.
    """
    graph = signed_graph(relations) if ties is None else keep_firm(tie_graph(ties))
    graph.add_nodes_from({*relations["source_actor"], *relations["target_actor"]})
    weight = weigh_actors(relations)
    known = rank_actors(weight, subject)
    signed = [bloc for bloc in find_blocs(graph) if any(graph.degree(actor) for actor in bloc)]
    signed.sort(key=lambda bloc: subject not in bloc)
    homeless = [actor for actor in known if not graph.degree(actor)]
    blocs = [*([actor for actor in known if actor in bloc] for bloc in signed), homeless]
    return [bloc for bloc in blocs if bloc]


def draw_relations(relations: pd.DataFrame, subject: str, labels: Labels, ties: pd.DataFrame | None = None) -> Chart:
    """Draw the directed, signed relation matrix: row acts, column is acted upon; `ties` as in `order_blocs`."""
    cells: Cells = {}
    for row in records(relations):
        text = write_value(row["net"], row["n_events"] > 0, row["n_contested"], labels)
        ends = row["source_actor"], row["target_actor"]
        cells[ends] = Cell(row["net"], text, hover_relation(row, labels), find_row(row))
    blocs = order_blocs(relations, subject, ties)
    shown, more = limit_actors(cells, weigh_actors(relations))
    corner = f"{labels('matrix.acts')} ↓\N{EM SPACE}{labels('matrix.acted')} →<br>{labels('matrix.numbers')}"
    picture = partial(draw_cells, shown, blocs, corner, labels)
    ranked = records(relations.sort_values("net", kind="stable"))
    worst, best = (describe_pair(ranked[end], labels) if ranked else "–" for end in (0, -1))
    actors = sum(map(len, blocs))
    alt = labels(
        "alt.relations",
        n=len(relations),
        possible=actors * (actors - 1),
        positive=(relations["sign"] == "+").sum(),
        negative=(relations["sign"] == "-").sum(),
        best=best,
        worst=worst,
    )
    named = [f"({number}) {labels.names(bloc)}" for number, bloc in enumerate(blocs, start=1)]
    alt += " " + labels("alt.blocs", blocs="; ".join(named)) if named else ""
    return Chart("relation-matrix", picture, relations, labels("figure.relations"), add_more(alt, more, labels))


def find_row(row: dict[str, Any]) -> str:
    """Return the id of the row of a relation in the report."""
    return f"rel-{row['source_actor']}-{row['target_actor']}"


def hover_relation(row: dict[str, Any], labels: Labels) -> str:
    """Return what a cell tells on hovering of a row of `relations`."""
    return labels(
        "hover.relation",
        source=escape(labels.actor(row["source_actor"])),
        target=escape(labels.actor(row["target_actor"])),
        net=labels.number(row["net"], signed=True),
        n=row["n_events"],
        publishers=row["n_publishers"],
        contested=row["n_contested"],
    )


def describe_pair(row: dict[str, Any], labels: Labels) -> str:
    """Return a row of `relations` in words: who acts towards whom, the net, and how many events and outlets."""
    pair = f"{labels.actor(row['source_actor'])} → {labels.actor(row['target_actor'])}"
    net, counts = labels.number(row["net"], signed=True), {"n": row["n_events"], "publishers": row["n_publishers"]}
    return labels("alt.relation", pair=pair, net=net, **counts)
