"""Charts of sayings: who says what about whom, and who contests which event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.claims import draw_claims
from lagebild.charts.drawing import escape
from lagebild.charts.matrix import (
    Cell,
    add_more,
    draw_cells,
    limit_actors,
    rank_actors,
    weigh_actors,
    write_number,
    write_value,
)
from lagebild.core.labels import Labels
from lagebild.core.tables import records


def draw_saying_charts(tables: Mapping[str, pd.DataFrame], labels: Labels) -> list[Chart]:
    """Draw the charts of `sayings` and `claims`; the matrix always, the claims only if there are some."""
    charts = [draw_sayings(tables["sayings"], labels)]
    if not tables["claims"].empty:
        charts.append(draw_claims(tables["claims"], tables["events"], labels))
    return charts


def draw_sayings(sayings: pd.DataFrame, labels: Labels) -> Chart:
    """Draw who says what about whom: row speaks, column is spoken of, the number is the tone."""
    counts = ["n_claims", "n_denials", "n_words"]
    sayings_, cells = sayings.assign(n=sayings[counts].sum(axis=1)), {}
    for row in records(sayings_):
        known = pd.notna(row["tone"])
        hover = labels(
            "hover.saying",
            speaker=escape(labels.actor(row["speaker"])),
            actor=escape(labels.actor(row["actor"])),
            tone=write_number(row["tone"], labels),
            happened=write_number(row["happened"], labels),
            difference=write_number(row["difference"], labels),
            contested=row["n_contested"],
            **{name: row[name] for name in counts},
        )
        text = write_value(row["tone"], known, row["n_contested"], labels)
        anchor = f"say-{row['speaker']}-{row['actor']}"
        value = row["tone"] * 2 if known else 0.0
        cells[row["speaker"], row["actor"]] = Cell(value, text, hover, anchor)
    speakers, spoken_of = (weigh_actors(sayings_, "n", (end,)) for end in ("speaker", "actor"))
    weight = speakers.add(spoken_of, fill_value=0)
    shown, more = limit_actors(cells, weight)
    corner = f"{labels('matrix.says')} ↓\N{EM SPACE}{labels('matrix.said')} →<br>{labels('matrix.tone')}"
    picture = draw_cells(shown, [rank_actors(weight)], corner, labels)
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
    return Chart("saying-matrix", picture, sayings, labels("figure.sayings"), add_more(alt, more, labels))


def _difference_words(row: dict[str, Any], labels: Labels) -> str:
    difference = labels.number(row["difference"], signed=True)
    return f"{labels.actor(row['speaker'])} – {labels.actor(row['actor'])} ({difference})"
