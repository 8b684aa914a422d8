"""Charts of relations as matrices: who does what to whom, what changed since a day, who says what about whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagebild.analysis.balance import signed_graph
from lagebild.analysis.frustration import find_blocs
from lagebild.charts.chart import SIGNS, Chart, escape, rank_actors
from lagebild.charts.claims import draw_claims
from lagebild.charts.matrix import Cell, Cells, draw_cells, limit_actors
from lagebild.charts.options import draw_options
from lagebild.charts.series import draw_series
from lagebild.core.case import Case, Judgements
from lagebild.core.labels import Labels
from lagebild.core.tables import records


def draw_matrices(
    tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, labels: Labels, judgements: Judgements | None = None
) -> list[Chart]:
    """Draw all charts of relations, sayings and, with `judgements`, options, in the order of the report.

    `tables` holds events, relations, relation_changes, relation_series, sayings and claims, and for the options also
    options and outcomes. The two matrices are always drawn, the other charts only if there is something to draw.
    """
    events, relations, changes = (tables[name] for name in ("events", "relations", "relation_changes"))
    series, sayings, claims = (tables[name] for name in ("relation_series", "sayings", "claims"))
    charts = [draw_relations(relations, case.subject, labels)]
    if not changes.empty:
        charts.append(draw_changes(changes, relations, case.subject, labels))
    if not series.empty:
        charts.append(draw_series(series, events, (case.start, as_of), labels))
    charts.append(draw_sayings(sayings, labels))
    if not claims.empty:
        charts.append(draw_claims(claims, events, labels))
    if judgements and not tables["outcomes"].empty:
        charts.append(draw_options(tables["options"], tables["outcomes"], judgements, labels))
    return charts


def order_blocs(relations: pd.DataFrame, subject: str) -> list[list[str]]:
    """Return the actors by blocs found in the data, the bloc of the subject first and the subject first in it.

    A bloc is a faction of the signed graph (`frustration`); inside one the actors stand by how much is known about
    them. Who has no tie with a sign stands last.
    """
    graph, weight = signed_graph(relations), _weigh(relations, "n_events", ("source_actor", "target_actor"))
    known = rank_actors(weight, subject)
    signed = [bloc for bloc in find_blocs(graph) if any(graph.degree(actor) for actor in bloc)]
    signed.sort(key=lambda bloc: subject not in bloc)
    homeless = [actor for actor in known if not graph.degree(actor)]
    blocs = [*([actor for actor in known if actor in bloc] for bloc in signed), homeless]
    return [bloc for bloc in blocs if bloc]


def draw_relations(relations: pd.DataFrame, subject: str, labels: Labels) -> Chart:
    """Draw the directed, signed relation matrix: row acts, column is acted upon."""
    cells: Cells = {}
    for row in records(relations):
        n = row["n_events"]
        text = (f"{SIGNS[row['sign']]} {n}" if n else "?") + ("*" if row["n_contested"] else "")
        hover = labels(
            "hover.relation",
            **_name(row, labels),
            net=labels.number(row["net"], signed=True),
            n=n,
            publishers=row["n_publishers"],
            contested=row["n_contested"],
        )
        below = str(row["n_publishers"]) if n else ""
        cells[_pair(row)] = Cell(row["net"], text, hover, _anchor(row), below)
    blocs = order_blocs(relations, subject)
    shown, more = limit_actors(cells, _weigh(relations, "n_events", ("source_actor", "target_actor")))
    figure = draw_cells(shown, blocs, f"{_corner(labels)}<br>{labels('matrix.numbers')}", labels)
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
    return Chart("relation-matrix", figure, relations, labels("figure.relations"), _add_more(alt, more, labels))


def draw_changes(changes: pd.DataFrame, relations: pd.DataFrame, subject: str, labels: Labels) -> Chart:
    """Draw what the events since an earlier day did to each relation; a pair without such an event stays blank."""
    changed = changes[changes["n_since"] > 0]
    cells: Cells = {}
    for row in records(changed):
        before, now, since = (SIGNS[sign] for sign in (row["sign_before"], row["sign_now"], _sign(row["net_since"])))
        turned = row["sign_before"] not in ("", row["sign_now"])
        text = f"{before}→{now}" if turned else f"{since} {row['n_since']}"
        hover = labels(
            "hover.change",
            **_name(row, labels),
            day=labels.day(row["since"]),
            before=_number(row["net_before"], labels),
            n_before=row["n_before"],
            since=labels.number(row["net_since"], signed=True),
            n_since=row["n_since"],
            now=labels.number(row["net_now"], signed=True),
        )
        frame = "bold" if row["flipped"] == "yes" else "" if row["sign_before"] else "dot"
        text = f"<b>{text}</b>" if frame == "bold" else text
        cells[_pair(row)] = Cell(row["net_since"], text, hover, _anchor(row), frame=frame)
    shown, more = limit_actors(cells, _weigh(changed, "n_since", ("source_actor", "target_actor")))
    figure = draw_cells(shown, order_blocs(relations, subject), _corner(labels), labels)
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
    return Chart("relation-change", figure, changes, title, _add_more(alt, more, labels))


def draw_sayings(sayings: pd.DataFrame, labels: Labels) -> Chart:
    """Draw who says what about whom: row speaks, column is spoken of, the number counts events."""
    counts = ["n_claims", "n_denials", "n_words"]
    sayings_, cells = sayings.assign(n=sayings[counts].sum(axis=1)), {}
    for row in records(sayings_):
        known = pd.notna(row["tone"])
        hover = labels(
            "hover.saying",
            speaker=escape(labels.actor(row["speaker"])),
            actor=escape(labels.actor(row["actor"])),
            tone=_number(row["tone"], labels),
            happened=_number(row["happened"], labels),
            difference=_number(row["difference"], labels),
            contested=row["n_contested"],
            **{name: row[name] for name in counts},
        )
        text = f"{SIGNS[_sign(row['tone'])]} {row['n']}" if known else str(row["n"] or "?")
        anchor = f"say-{row['speaker']}-{row['actor']}"
        value = row["tone"] * 2 if known else 0.0
        cells[row["speaker"], row["actor"]] = Cell(value, text + ("*" if row["n_contested"] else ""), hover, anchor)
    speakers, spoken_of = (_weigh(sayings_, "n", (end,)) for end in ("speaker", "actor"))
    weight = speakers.add(spoken_of, fill_value=0)
    shown, more = limit_actors(cells, weight)
    corner = f"{labels('matrix.says')} ↓   {labels('matrix.said')} →<br>{labels('matrix.tone')}"
    figure = draw_cells(shown, [rank_actors(weight)], corner, labels)
    apart = records(sayings_.assign(size=sayings_["difference"].abs()).dropna(subset="size").sort_values("size"))
    alt = labels(
        "alt.sayings",
        n=len(sayings),
        speakers=len(speakers),
        actors=len(spoken_of),
        loudest=labels.actor(next(iter(rank_actors(speakers)), "–")),
        contested=int((sayings["n_contested"] > 0).sum()),
        widest=_difference_words(apart[-1], labels) if apart else "–",
    )
    return Chart("saying-matrix", figure, sayings, labels("figure.sayings"), _add_more(alt, more, labels))


def _weigh(frame: pd.DataFrame, count: str, ends: tuple[str, ...]) -> pd.Series:
    """Return how much is counted for each actor at one of these ends of a row."""
    weight = pd.concat([frame.groupby(end)[count].sum() for end in ends])
    return pd.Series(weight.groupby(level=0).sum())


def _add_more(alt: str, more: int, labels: Labels) -> str:
    return f"{alt} {labels('alt.more', n=more)}" if more else alt


def _corner(labels: Labels) -> str:
    return f"{labels('matrix.acts')} ↓   {labels('matrix.acted')} →"


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    return row["source_actor"], row["target_actor"]


def _anchor(row: dict[str, Any]) -> str:
    return f"rel-{row['source_actor']}-{row['target_actor']}"


def _name(row: dict[str, Any], labels: Labels) -> dict[str, str]:
    return {end: escape(labels.actor(row[f"{end}_actor"])) for end in ("source", "target")}


def _number(value: float, labels: Labels) -> str:
    return labels.number(value, signed=True) if pd.notna(value) else labels("number.unknown")


def _sign(value: float) -> str:
    return "+" if value > 0 else "-" if value < 0 else "0"


def _relation_words(row: dict[str, Any], labels: Labels) -> str:
    return f"{_ends(row, labels)} ({labels.number(row['net'], signed=True)})"


def _flip_words(row: dict[str, Any], labels: Labels) -> str:
    now = labels.number(row["net_now"], signed=True)
    return f"{_ends(row, labels)}, {labels.number(row['net_before'], signed=True)} → {now}"


def _ends(row: dict[str, Any], labels: Labels) -> str:
    return f"{labels.actor(row['source_actor'])} → {labels.actor(row['target_actor'])}"


def _difference_words(row: dict[str, Any], labels: Labels) -> str:
    difference = labels.number(row["difference"], signed=True)
    return f"{labels.actor(row['speaker'])} – {labels.actor(row['actor'])} ({difference})"
