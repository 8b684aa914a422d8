"""Figures of an edition for analysts: plotly's own, with axes of time and number, each from a frame of `open_edition`.

Each is made of the rows that it is given, so that what was filtered before is all that it shows; pointing at a mark
tells the sentence and the page behind it. They speak the language of the edition; a frame that was merged has lost
that, and is told by ``language``. A figure is to be changed: ``figure.update_layout(title="…")``,
``figure.update_traces(…)``, ``figure.add_vline(…)``. The charts of the report, laid out for paper, are not these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from heapq import heappop, heappush
from html import escape
from textwrap import shorten, wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lagebild.charts.style import COLOURS, FAINT, FONT, GRID, INK, MARKS, RULE, SOFT, WHITE
from lagebild.core import REFERENCE, InputError, Labels, Reference, characters, folders, read_labels, show

STATUS = {"asserted": "", "reported": "-open", "hypothetical": "-open-dot", "negated": "-x", "open": "-open"}
STRENGTHS = {"firm": "solid", "thin": "dash", "undecided": "dot"}  # of a tie, and the line that it has
QUADS = {  # PLOVER's four classes: words are pale, deeds are full
    "material cooperation": COLOURS[1],
    "verbal cooperation": FAINT[1],
    "material conflict": COLOURS[-1],
    "verbal conflict": FAINT[-1],
}
# Qualitative colours that colour-blind readers tell apart (Okabe and Ito 2008), for figures of one's own.
TEMPLATE = go.layout.Template(
    layout={
        "colorway": ["#0072B2", "#C04A00", "#009E73", "#CC79A7", "#56B4E9", "#8A6D00", "#5F5F5F"],
        "font": {"family": FONT, "color": INK},
        "margin": {"l": 10, "r": 10, "t": 60, "b": 10},
    }
)
DIVERGING = [(0.0, COLOURS[-1]), (0.5, WHITE), (1.0, COLOURS[1])]
TELLING = {"hovertemplate": "%{hovertext}<extra></extra>", "showlegend": False}
SILENT = {"hoverinfo": "skip", "showlegend": False}
ROW, LANE = 13, 26  # pixels that a mark, and a lane with one, is high
# Days and months as numbers: plotly has English names of months alone.
TICKS = [
    {"dtickrange": [None, "M1"], "value": "%Y-%m-%d"},
    {"dtickrange": ["M1", "M12"], "value": "%Y-%m"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]
MARK = 70  # marks that fit beside each other over the width
LEAD = 0.03  # share of the width that a bar without a known beginning takes
EARLY = 0.05  # share of the events that may lie left of what a timeline shows first
TOLD = 3  # events that a bar tells of when pointed at
WIDE = 0.85  # share of its stretch of time that a bar fills
TOLD_OF = ("summary", "sentence", "publisher")  # what pointing tells
ENDS = ("source_actor", "target_actor", "source_name", "target_name")
ACT = ("event_id", "date", "day", "status", "quad", "adds", "weighs", *ENDS)
QUOTED, LINE = 260, 66  # characters of a sentence that are told, and of a line


def timeline(events: pd.DataFrame, lane: str = "type", language: str = "") -> go.Figure:
    """Draw events in time, each date as exactly as it is known: a day is a mark, a vaguer date a bar.

    A bar that ends in its mark says "by that day": nobody knows since when. Marks point up for cooperation and down
    for conflict; they are filled if told as fact, hollow if attributed or only thought of, crossed if they did not
    happen, pale if no source dates them. What lies far before all else is left of the picture: a double click shows it.

    Parameters
    ----------
    events
        Rows of ``edition.events``; what has no date is left out.
    lane
        Column by which the events are parted, such as ``type``, ``quad`` or ``source_names``; of a list, an event
        stands in the lane of each. With ``summary`` each event has a lane of its own, with its name. The lane with
        most events comes first, of equal ones the earliest; or the first category of a ``Categorical``.
    language
        Language of legend and hover, ``de`` or ``en``; empty for that of the edition, which a merged frame has lost.

    Returns
    -------
    plotly.graph_objects.Figure
        x is time, y the lanes.

    Examples
    --------
    >>> war = edition.events.query("'2025-06-13' <= latest <= '2025-06-24'")
    >>> lagebild.plots.timeline(war, lane="source_names").update_layout(title="Twelve days")
    """
    words = _check(events, language, lane, "event_id", "date", "earliest", "latest", "intensity", "status", *TOLD_OF)
    placed = events.explode(lane).dropna(subset=["earliest", "latest"], how="all")
    if not isinstance(placed[lane].dtype, pd.CategoricalDtype):
        quads = {quad: words(f"plot.{quad.replace(' ', '_')}") for quad in QUADS}
        placed = placed.assign(**{lane: placed[lane].fillna(words("plot.nobody")).astype(str).replace(quads)})
    placed = placed.assign(start=placed["earliest"], end=placed["latest"].fillna(placed["earliest"]))
    shown = _find_window(placed["end"])
    since = placed["end"] - (shown[1] - shown[0]) * LEAD
    placed = placed.assign(start=placed["start"].fillna(since), at=placed["end"].where(placed["start"].isna()))
    placed = placed.assign(at=placed["at"].fillna(placed["start"] + (placed["end"] - placed["start"]) / 2))
    placed = _stack(placed.sort_values(["start", "end", "event_id"], kind="stable"), lane, (shown[1] - shown[0]) / MARK)
    lanes = placed.groupby(lane, observed=True)["y"].agg(["min", "max"]).sort_values("min")
    figure = _lay_out(max(220, 120 + ROW * int(placed["y"].max() if len(placed) else 0) + LANE))
    for side, name in ((1, "column.cooperation"), (-1, "column.conflict"), (0, "plot.neither")):
        part = placed[np.sign(placed["intensity"].fillna(0)) == side]
        _add_spans(figure, part[part["start"] < part["end"]], COLOURS[side])
        figure.add_scatter(
            x=part["at"],
            y=part["y"],
            mode="markers",
            name=words(name),
            marker={
                "symbol": _choose_symbols(part["status"], side),
                "color": COLOURS[side],
                "size": 10,
                "opacity": part["date"].ne("").map({True: 1.0, False: 0.4}),
            },
            hovertext=_tell_events(part, words),
            **TELLING,
        )
    _explain_signs(figure, placed, words)
    _show_window(figure, shown, placed.drop_duplicates("event_id")["end"], words)
    centres = (lanes["min"] + lanes["max"]) / 2
    figure.update_yaxes(
        tickvals=centres.tolist(), ticktext=[escape(str(name)) for name in lanes.index], autorange="reversed"
    )
    return figure


def matrix(relations: pd.DataFrame, value: str = "net", most: int = 14, language: str = "") -> go.Figure:
    """Draw who does what to whom: the row acts, the column is acted upon; blank is nothing known, not peace.

    Parameters
    ----------
    relations
        Rows of ``edition.relations``.
    value
        Column that a cell shows: ``net``, ``cooperation``, ``conflict``, ``n_events`` or ``n_publishers``.
    most
        Actors that are shown at most, those with most events.
    language
        As in `timeline`.

    Returns
    -------
    plotly.graph_objects.Figure
        A heatmap; blue is cooperation, orange conflict.

    Examples
    --------
    >>> lagebild.plots.matrix(edition.relations, "n_events", most=8)
    """
    words = _check(relations, language, value, "source_name", "target_name", "n_events", "net", *TOLD_OF)
    ends = [relations[["n_events"]].assign(actor=relations[side]) for side in ("source_name", "target_name")]
    busiest = pd.concat(ends).groupby("actor")["n_events"].sum().sort_values(ascending=False, kind="stable")
    actors = list(busiest.index[:most])
    drawn = relations[relations["source_name"].isin(actors) & relations["target_name"].isin(actors)]
    told = drawn.assign(told=[_tell_pair(row, words) for row in drawn.to_dict("records")])
    grids = [
        told.pivot_table(column, "source_name", "target_name", aggfunc="first").reindex(actors, columns=actors)
        for column in (value, "told")
    ]
    most_far = float(drawn[value].abs().max()) if len(drawn) else 1.0
    figure = _lay_out(170 + LANE * len(actors))
    figure.add_heatmap(
        x=[*map(escape, actors)],
        y=[*map(escape, actors)],
        z=grids[0].to_numpy(float),
        zmin=-most_far,
        zmax=most_far,
        colorscale=DIVERGING,
        customdata=grids[1].astype(object).where(grids[1].notna(), "").to_numpy(),
        texttemplate="%{z:+.3~g}" if value in ("net", "cooperation", "conflict") else "%{z:.3~g}",
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        xgap=1,
        ygap=1,
        colorbar={"title": words(f"plot.{value}"), "thickness": 12, "outlinewidth": 0},
    )
    figure.update_xaxes(side="top", tickangle=-40, title=words("plot.target"), showgrid=False)
    figure.update_yaxes(autorange="reversed", title=words("plot.source"), showgrid=False)
    return figure


def course(acts: pd.DataFrame, source: str = "", target: str = "", months: int = 1, language: str = "") -> go.Figure:
    """Draw what one side did to another in each stretch of time, words and deeds apart; nothing is summed up over time.

    An act stands in the stretch of the last day that its date allows: what is dated "2022" in December.

    Parameters
    ----------
    acts
        Rows of ``edition.acts``; of these, what does not weigh is left out.
    source, target
        Id or name of who acts, and to whom; empty for everybody in the frame.
    months
        How many months a bar stands for.
    language
        As in `timeline`.

    Returns
    -------
    plotly.graph_objects.Figure
        x is time, y the sum of the intensities: cooperation upwards, conflict downwards.

    Raises
    ------
    InputError
        If the frame lacks a column that is needed, or nobody in it is called so, with the nearest.

    Examples
    --------
    >>> lagebild.plots.course(edition.acts, "ISR", "RUS", months=3)
    """
    words = _check(acts, language, *ACT, *TOLD_OF)
    chosen = acts["weighs"] & (acts["adds"] != 0) & acts["day"].notna()
    for side, name in (("source", source), ("target", target)):
        chosen &= _find_actor(acts, side, name) if name else True
    drawn = _cut_time(acts[chosen], months)
    figure = _lay_out(380)
    for quad, colour in QUADS.items():
        bars = [group for _, group in drawn[drawn["quad"] == quad].groupby("start")]
        spans = [(bar["start"].iloc[0], bar["end"].iloc[0]) for bar in bars]
        figure.add_bar(
            x=[start + (end - start) / 2 for start, end in spans],
            y=[round(float(bar["adds"].sum()), 1) for bar in bars],
            width=[(end - start) / pd.Timedelta(milliseconds=1) * WIDE for start, end in spans],
            name=words(f"plot.{quad.replace(' ', '_')}"),
            marker={"color": colour},
            hovertext=[_tell_acts(bar, words) for bar in bars],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    if source and target and len(drawn):
        title = f"{drawn['source_name'].iloc[0]} → {drawn['target_name'].iloc[0]}"
        figure.update_layout(title=escape(title))
    figure.update_layout(barmode="relative")
    _show_window(figure, _find_window(drawn["start"], drawn["end"]), drawn.drop_duplicates("event_id")["start"], words)
    figure.update_yaxes(title=words("plot.intensity"), zeroline=True, zerolinecolor=SOFT, gridcolor=GRID)
    return figure


def network(ties: pd.DataFrame, most: int = 30, language: str = "") -> go.Figure:
    """Draw who is tied to whom on a circle, from one end of the dispute to the other.

    Blue is cooperation, orange conflict; the larger the net, the wider the line. Solid is a firm tie, dashed a thin
    one, dotted one that is undecided; the dot in the middle of a line tells of it when pointed at.

    Parameters
    ----------
    ties
        Rows of ``edition.ties``.
    most
        Ties that are shown at most, those with most events.
    language
        As in `timeline`.

    Returns
    -------
    plotly.graph_objects.Figure
        The order round the circle is that of the signed Laplacian (Kunegis and others 2010), which parts friends from
        foes as far as one order can; distances mean nothing by themselves.

    Examples
    --------
    >>> lagebild.plots.network(edition.ties.query("strength == 'firm'"))
    """
    words = _check(ties, language, "one_name", "other_name", "net", "strength", "n_events", *TOLD_OF)
    drawn = ties.sort_values(["n_events", "one_name", "other_name"], ascending=[False, True, True]).head(most)
    rows = drawn.to_dict("records")
    places = _arrange(rows)
    figure = _lay_out(480)
    for row in rows:
        figure.add_scatter(**_draw_edge(row, places), mode="lines", **SILENT)
    middles = np.array([(places[row["one_name"]] + places[row["other_name"]]) / 2 for row in rows]).reshape(-1, 2)
    figure.add_scatter(
        x=middles[:, 0],
        y=middles[:, 1],
        mode="markers",
        marker={"size": 8, "color": [_colour(row["net"]) for row in rows]},
        hovertext=[_tell_pair(row, words) for row in rows],
        **TELLING,
    )
    spots = np.array([*places.values()]).reshape(-1, 2)
    figure.add_scatter(
        x=spots[:, 0],
        y=spots[:, 1],
        mode="markers+text",
        text=[f" {escape(name)} " for name in places],
        textposition=[f"middle {'right' if x >= 0 else 'left'}" for x, _ in spots],
        marker={"size": 13, "color": INK},
        **SILENT,
    )
    for strength, dash in STRENGTHS.items():
        _explain(figure, words(f"plot.{strength}"), mode="lines", line={"color": SOFT, "dash": dash})
    figure.update_xaxes(visible=False, range=[-2, 2])
    figure.update_yaxes(visible=False, range=[-1.15, 1.15])
    return figure


# --- What All Share ---


def _check(frame: pd.DataFrame, language: str, *columns: str) -> Labels:
    """Return the words of a language, or of that of the frame; refuse a frame that lacks one of these columns."""
    for column in columns:
        if column not in frame:
            near = characters.name_nearest(column, map(str, frame))
            raise InputError(f"The frame has no column {column!r}{near}: give rows of a frame of `open_edition`.")
    return _read_words(folders.check_language(language or str(frame.attrs.get("language", "en"))))


@cache
def _read_words(language: str) -> Labels:
    return read_labels(Reference(REFERENCE), language)


def _lay_out(height: int) -> go.Figure:
    return go.Figure(
        layout={
            "template": "none",
            "height": height,
            "showlegend": True,
            "font": {"family": FONT, "size": 12, "color": INK},
            "margin": {"l": 10, "r": 10, "t": 40, "b": 10},
            "hoverlabel": {"align": "left", "bgcolor": WHITE, "bordercolor": RULE, "font": {"color": INK}},
            "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
            "xaxis": {"automargin": True},
            "yaxis": {"automargin": True, "zeroline": False},
        }
    )


def _colour(net: float) -> str:
    return COLOURS[int(np.sign(net))]


def _find_window(days: pd.Series, ends: pd.Series | None = None) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the time that is shown first: without the few days that lie far before all others."""
    if days.empty:
        return pd.Timestamp(0), pd.Timestamp(0)
    first, last = days.sort_values().iloc[int(EARLY * len(days))], (days if ends is None else ends).max()
    edge = max((last - first) * 0.04, pd.Timedelta(days=1))
    return first - edge, last + edge


def _cut_time(acts: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return acts with the first day of the stretch of months in which each lies, and that of the next one."""
    if months < 1:
        raise InputError(f"A bar cannot stand for {months} months: give 1 or more.")
    month = acts["day"].dt.to_period("M")
    start = (month - (acts["day"].dt.year * 12 + acts["day"].dt.month - 1) % months).astype("period[M]")
    return acts.assign(start=start.dt.to_timestamp(), end=(start + months).dt.to_timestamp())


def _show_window(figure: go.Figure, shown: tuple[pd.Timestamp, pd.Timestamp], days: pd.Series, words: Labels) -> None:
    """Show some of the time first, and say how much lies left of it."""
    figure.update_xaxes(range=shown if len(days) else None, showgrid=True, gridcolor=GRID, tickformatstops=TICKS)
    if earlier := int((days < shown[0]).sum()):
        place = {"xref": "paper", "yref": "paper", "x": 1, "y": 1, "xanchor": "right", "yanchor": "bottom"}
        figure.add_annotation(text=words("plot.earlier", n=earlier), showarrow=False, font={"color": SOFT}, **place)


def _stack(placed: pd.DataFrame, lane: str, gap: pd.Timedelta) -> pd.DataFrame:
    """Return events in their order of time with a row each, y, in which none covers another; the fullest lane first."""
    lanes, top = placed.groupby(lane, observed=True)["end"].agg(["size", "min"]), 0
    is_ordered = isinstance(placed[lane].dtype, pd.CategoricalDtype)
    order = (
        lanes.index if is_ordered else lanes.sort_values(["size", "min"], ascending=[False, True], kind="stable").index
    )
    parts = []
    for name in order:
        part, rows = placed[placed[lane] == name], list[int]()
        busy, free = list[tuple[pd.Timestamp, int]](), list[int]()  # rows with the end of what stands there, and others
        for start, end in zip(part["start"], part["end"], strict=True):
            while busy and busy[0][0] + gap < start:
                heappush(free, heappop(busy)[1])
            rows.append(heappop(free) if free else len(busy))
            heappush(busy, (end, rows[-1]))
        parts.append(part.assign(y=[top + row for row in rows]))
        top += len(busy) + len(free) + 1
    return pd.concat(parts) if parts else placed.assign(y=[])


def _explain_signs(figure: go.Figure, placed: pd.DataFrame, words: Labels) -> None:
    """Add to the legend what the signs say, those alone that are there."""
    for side, name in ((1, "column.cooperation"), (-1, "column.conflict"), (0, "plot.neither")):
        if (np.sign(placed["intensity"].fillna(0)) == side).any():
            look = {"symbol": MARKS[side], "color": COLOURS[side], "size": 10}
            _explain(figure, words(name), mode="markers", marker=look)
    if (~placed["status"].isin(["asserted", "negated"])).any():
        look = {"symbol": "circle-open", "color": SOFT, "size": 10}
        _explain(figure, words("plot.hollow"), mode="markers", marker=look)
    if (placed["status"] == "negated").any():
        look = {"symbol": "x-thin-open", "color": SOFT, "size": 10}
        _explain(figure, words("plot.crossed"), mode="markers", marker=look)
    if (placed["start"] < placed["end"]).any():
        _explain(figure, words("plot.bar"), mode="lines", line={"color": RULE, "width": 5})


def _explain(figure: go.Figure, name: str, **look: Any) -> None:
    """Add an entry to the legend without a mark in the figure."""
    figure.add_scatter(x=[None], y=[None], name=name, **look)


def _add_spans(figure: go.Figure, vague: pd.DataFrame, colour: str) -> None:
    """Draw the days that vague dates allow."""
    x, y = list[Any](), list[Any]()
    for start, end, row in zip(vague["start"], vague["end"], vague["y"], strict=True):
        x += [start, end, None]
        y += [row, row, None]
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": 5}, opacity=0.35, **SILENT)


def _choose_symbols(statuses: Iterable[str], side: int) -> list[str]:
    return ["x-thin-open" if STATUS[status] == "-x" else MARKS[side] + STATUS[status] for status in statuses]


def _arrange(rows: Sequence[dict[Any, Any]]) -> dict[str, Any]:
    """Return places on a circle: the smallest eigenvector of the signed Laplacian parts friends from foes."""
    actors = sorted({row["one_name"] for row in rows} | {row["other_name"] for row in rows})
    signs = np.zeros((len(actors), len(actors)))
    for row in rows:
        one, other = actors.index(row["one_name"]), actors.index(row["other_name"])
        signs[one, other] = signs[other, one] = np.sign(row["net"]) * abs(row["net"]) ** 0.5
    vectors = np.linalg.eigh(np.diag(np.abs(signs).sum(axis=1)) - signs)[1] if actors else np.zeros((0, 1))
    leading = vectors[:, 0].round(9) * (-1 if len(actors) and vectors[:, 0].sum() < 0 else 1)
    order = sorted(range(len(actors)), key=lambda n: (leading[n], actors[n]))
    # with a gap at the top: the two ends of the order are farthest apart, and would meet there
    angles = np.pi / 2 + 2 * np.pi * np.arange(1, len(actors) + 1) / (len(actors) + 1)
    return {actors[n]: np.array([np.cos(angle), np.sin(angle)]) for n, angle in zip(order, angles, strict=True)}


def _draw_edge(row: dict[Any, Any], places: dict[str, Any]) -> dict[str, Any]:
    x, y = zip(places[row["one_name"]], places[row["other_name"]], strict=True)
    line = {
        "color": _colour(row["net"]),
        "width": 1 + min(5.0, abs(row["net"]) / 8),
        "dash": STRENGTHS[row["strength"]],
    }
    return {"x": x, "y": y, "line": line}


def _find_actor(acts: pd.DataFrame, side: str, name: str) -> pd.Series:
    """Return which rows have an actor, called by id or name, on a side."""
    found = acts[f"{side}_actor"].eq(name) | acts[f"{side}_name"].eq(name)
    if not found.any():
        known = sorted({*acts[f"{side}_actor"], *acts[f"{side}_name"]})
        near = get_close_matches(name, known, 1) or known[:1] or ["nobody, as it has no row"]
        raise InputError(
            f"Nobody called {show(name)} is the {side} of an act in this frame; the nearest is {near[0]}. "
            "Persons count for the state they acted for, unless the frame is that of list_acts('persons')."
        )
    return found


def _tell(row: dict[Any, Any], words: Labels) -> str:
    """Return the sentence of a row with who published it, as plotly shows it on pointing."""
    told = shorten(str(row.get("sentence", "")), QUOTED, placeholder=" …")
    summary = "<br>".join(map(escape, wrap(str(row["summary"]), LINE)))
    publisher = words.outlet(str(row.get("publisher", "")))
    return "<br>".join([f"<b>{summary}</b>", *map(escape, wrap(f"“{told}”", LINE)), f"<i>{escape(publisher)}</i>"])


def _tell_events(events: pd.DataFrame, words: Labels) -> list[str]:
    told = []
    for row in events.to_dict("records"):
        last = [escape(words.date(row["date"])), words("status." + row["status"])]
        if row.get("contested", "no") != "no":
            last.append(words("column.contested").lower())
        told.append(f"{_tell(row, words)}<br>{' · '.join(last)}")
    return told


def _tell_acts(bar: pd.DataFrame, words: Labels) -> str:
    """Return what a bar stands for: when, how much, and the weightiest of its events, each once."""
    weighty = bar.assign(weight=bar["adds"].abs()).sort_values("weight", ascending=False, kind="stable")
    events = weighty.drop_duplicates("event_id")
    told = []
    for row in events.head(TOLD).to_dict("records"):
        told.append(f"{_tell(row, words)} · {escape(words.date(row['date']))} · {words('status.' + row['status'])}")
    if len(events) > TOLD:
        told.append(words("plot.more", n=len(events) - TOLD))
    last = bar["end"].iloc[0] - pd.Timedelta(days=1)
    head = f"{bar['start'].iloc[0]:%Y-%m-%d} – {last:%Y-%m-%d}: {words.number(float(bar['adds'].sum()), signed=True)}"
    return "<br>".join([head, *told])


def _tell_pair(row: dict[Any, Any], words: Labels) -> str:
    """Return what a relation or a tie stands for: between whom, how much, and what adds most to its sign."""
    if "source_name" in row:
        pair = f"{row['source_name']} → {row['target_name']}"
    else:
        pair = f"{row['one_name']} – {row['other_name']}"
    head = f"{escape(pair)}: {words.number(row['net'], signed=True)} ({words('plot.acts', n=row['n_events'])})"
    return f"{head}<br>{_tell(row, words)}" if isinstance(row.get("summary"), str) else head
