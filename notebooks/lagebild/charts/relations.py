"""Charts of relations: who does what to whom, what changed since a day, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
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
    write_number,
    write_value,
)
from lagebild.charts.series import draw_series
from lagebild.core.case import Case
from lagebild.core.labels import Labels
from lagebild.core.tables import records


def draw_relation_charts(tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Draw the charts of `relations`, `relation_changes` and `relation_series`, by the blocs of the `ties`.

    The first is always drawn, the others if there is anything in them.
    """
    relations, changes, series = (tables[name] for name in ("relations", "relation_changes", "relation_series"))
    charts = [draw_relations(relations, case.subject, labels, tables["ties"])]
    if not changes.empty:
        charts.append(draw_changes(changes, relations, case.subject, labels, tables["ties"]))
    if not series.empty:
        charts.append(draw_series(series, tables["events"], (case.start, as_of), labels))
    return charts


def order_blocs(relations: pd.DataFrame, subject: str, ties: pd.DataFrame | None = None) -> list[list[str]]:
    """Return the actors by blocs found in the data, the bloc of the subject first and the subject first in it.

    A bloc is a faction of the signed graph (`frustration`), of firm ties alone if `ties` say which are; inside one the
    actors stand by how much is known about them. Who has no such tie with a sign stands last.
    """
    graph = signed_graph(relations) if ties is None else keep_firm(tie_graph(ties))
    graph.add_nodes_from({*relations["source_actor"], *relations["target_actor"]})
    weight = weigh_actors(relations, "n_events", ("source_actor", "target_actor"))
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
        n = row["n_events"]
        text = write_value(row["net"], n > 0, row["n_contested"], labels)
        hover = labels(
            "hover.relation",
            **_name(row, labels),
            net=labels.number(row["net"], signed=True),
            n=n,
            publishers=row["n_publishers"],
            contested=row["n_contested"],
        )
        cells[_pair(row)] = Cell(row["net"], text, hover, _anchor(row))
    blocs = order_blocs(relations, subject, ties)
    shown, more = limit_actors(cells, weigh_actors(relations, "n_events", ("source_actor", "target_actor")))
    picture = draw_cells(shown, blocs, f"{_corner(labels)}<br>{labels('matrix.numbers')}", labels)
    ranked = records(relations.sort_values("net", kind="stable"))
    worst, best = (_relation_words(ranked[end], labels) if ranked else "–" for end in (0, -1))
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


def draw_changes(
    changes: pd.DataFrame, relations: pd.DataFrame, subject: str, labels: Labels, ties: pd.DataFrame | None = None
) -> Chart:
    """Draw what the events since an earlier day did to each relation; a pair without such an event stays blank."""
    # events, not acts: a later stage is an event since, though its act began before
    changes = changes.assign(n_since=changes["event_ids"].str.count(r"[^;]+").astype(int))
    changed = changes[changes["event_ids"] != ""]
    cells: Cells = {}
    for row in records(changed):
        text = write_value(row["net_since"], True, 0, labels)
        hover = labels(
            "hover.change",
            **_name(row, labels),
            day=labels.day(row["since"]),
            before=write_number(row["net_before"], labels),
            n_before=row["n_before"],
            since=labels.number(row["net_since"], signed=True),
            n_since=row["n_since"],
            now=labels.number(row["net_now"], signed=True),
        )
        frame = "bold" if row["flipped"] == "yes" else "" if row["sign_before"] else "dot"
        cells[_pair(row)] = Cell(row["net_since"], text, hover, _anchor(row), frame=frame)
    shown, more = limit_actors(cells, weigh_actors(changed, "n_since", ("source_actor", "target_actor")))
    corner = f"{_corner(labels)}<br>{labels('matrix.since')}"
    picture = draw_cells(shown, order_blocs(relations, subject, ties), corner, labels)
    day = labels.day(next(iter(changes["since"]))) if len(changes) else "–"
    flips = [_flip_words(row, labels) for row in records(changed[changed["flipped"] == "yes"])]
    alt = labels(
        "alt.changes",
        day=day,
        n=len(changed),
        new=(changed["sign_before"] == "").sum(),
        flipped=len(flips),
        flips=f" ({'; '.join(flips)})" if flips else "",
    )
    title = labels("figure.changes", day=day)
    return Chart("relation-change", picture, changes, title, add_more(alt, more, labels))


def _corner(labels: Labels) -> str:
    return f"{labels('matrix.acts')} ↓\N{EM SPACE}{labels('matrix.acted')} →"


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    return row["source_actor"], row["target_actor"]


def _anchor(row: dict[str, Any]) -> str:
    return f"rel-{row['source_actor']}-{row['target_actor']}"


def _name(row: dict[str, Any], labels: Labels) -> dict[str, str]:
    return {end: escape(labels.actor(row[f"{end}_actor"])) for end in ("source", "target")}


def _relation_words(row: dict[str, Any], labels: Labels) -> str:
    net, counts = labels.number(row["net"], signed=True), {"n": row["n_events"], "publishers": row["n_publishers"]}
    return labels("alt.relation", pair=_ends(row, labels), net=net, **counts)


def _flip_words(row: dict[str, Any], labels: Labels) -> str:
    now = labels.number(row["net_now"], signed=True)
    return f"{_ends(row, labels)}, {labels.number(row['net_before'], signed=True)} → {now}"


def _ends(row: dict[str, Any], labels: Labels) -> str:
    return f"{labels.actor(row['source_actor'])} → {labels.actor(row['target_actor'])}"
