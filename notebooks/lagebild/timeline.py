"""Charts of time: events and conditions to plotly figures, with EDTF drawn as meant.

A day is a mark; every vaguer date is a bar from its earliest to its latest day, paler if the text says "about"; an event
without a date is listed, never placed. The form of a mark tells the status, its direction cooperation or conflict, so that
the chart also reads in greyscale.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go
from babel.dates import format_date

from lagebild.case import Case
from lagebild.dates import parse
from lagebild.labels import LOCALES, Labels
from lagebild.relations import dyads
import itertools

WIDTH = 720  # pixels; fills the text column of an A4 page
ROW = 17
FONT = "Inter, DejaVu Sans, sans-serif"
TEXT = 11
LETTER = 0.57 * TEXT  # mean width of a letter of Inter, for placing labels
COLOURS = {1: "#0072B2", -1: "#C04A00", 0: "#5F5F5F"}  # Okabe and Ito (2008), the orange darkened for contrast
INK, RULE, PALE = "#222222", "#C9C9C9", "#F4F1EA"
MARKS = {1: "triangle-up", -1: "triangle-down", 0: "circle"}
FORMS = {"asserted": "", "reported": "-open", "hypothetical": "-open-dot", "negated": "-open", "open": "-open"}


@dataclass(frozen=True)
class Chart:
    """A figure with what it needs to be read without eyes or colour: title, alternative text, and the table it draws."""

    name: str
    figure: go.Figure
    frame: pd.DataFrame
    title: str
    alt: str


def draw_timeline(
    events: pd.DataFrame, case: Case, offices: pd.DataFrame, types: pd.DataFrame, as_of: str, labels: Labels
) -> list[Chart]:
    """Draw the whole time, and then each of its periods with every event labelled."""
    placed = place_events(events, case, offices, types, labels)
    periods = split_periods(placed, case, as_of)
    overview = draw_overview(placed, periods, case.start, as_of, labels)
    return [overview, *(draw_period(number, *period, labels) for number, period in enumerate(periods, start=1))]


def place_events(
    events: pd.DataFrame, case: Case, offices: pd.DataFrame, types: pd.DataFrame, labels: Labels
) -> pd.DataFrame:
    """Return the dated events with their lane and their label, in the order in which they are drawn.

    Columns: those of `events`, and lane (number), lane_name, side (1 cooperation, -1 conflict, 0 neither), label.
    """
    pairs = dyads(events, offices)
    found = pairs.assign(pair=[frozenset(p) for p in zip(pairs["source_actor"], pairs["target_actor"], strict=True)])
    told = found.groupby("event_id")["pair"].agg(set)
    intensity = types.set_index("event_type")["intensity"]
    rows = []
    for event in events[events["date"] != ""].to_dict("records"):
        lane = next(
            (i for i, lane in enumerate(case.lanes) if told.get(event["event_id"], set()) & set(lane.dyads)), -1
        )
        name = case.lanes[lane].name[labels.language] if lane >= 0 else labels("lane.other")
        score = intensity[event["event_type"]]
        label = str(event[f"summary_{labels.language}"])
        for note, applies in (
            ("negated", event["status"] == "negated"),
            ("hypothetical", event["status"] == "hypothetical"),
            ("open", event["status"] == "open"),
            ("contested", event["contested"] == "occurrence"),
        ):
            label += f" ({labels(f'mark.{note}')})" if applies else ""
        side = int(score > 0) - int(score < 0)
        rows.append(event | {"lane": lane % 1000, "lane_name": name, "side": side, "label": label})
    columns = [*events.columns, "lane", "lane_name", "side", "label"]
    return pd.DataFrame(rows, columns=columns).sort_values(["lane", "earliest", "latest", "event_id"], kind="stable")


def split_periods(events: pd.DataFrame, case: Case, as_of: str) -> list[tuple[str, str, pd.DataFrame]]:
    """Return the periods of the case that hold events, as first day, last day and events.

    The focus periods of `case.yml` are periods of their own, and so is what lies before, between and after them. An event
    belongs to the period that its date covers most; each event stands in exactly one.
    """
    if events.empty:
        return []
    first = min(day for day in events["earliest"].where(events["earliest"] != "", events["latest"]))
    cuts = [first]
    for focus in case.focus:
        span = parse(focus)
        cuts += [day for day in (span.earliest, _shift(span.latest, 1)) if first < day <= as_of]
    edges = [*cuts, _shift(max(as_of, first), 1)]
    periods = [(start, _shift(end, -1)) for start, end in itertools.pairwise(edges)]
    home = [max(periods, key=lambda period: (_overlap(event, period), period)) for event in events.to_dict("records")]
    result = []
    for period in periods:
        inside = events[[at == period for at in home]]
        if not inside.empty:
            result.append((*period, inside))
    return result


def draw_period(number: int, start: str, end: str, events: pd.DataFrame, labels: Labels) -> Chart:
    """Draw every event of one period on a row of its own, with its label beside it, in lanes."""
    figure = go.Figure()
    low, high = _margin(start, end)
    row = 0
    for lane, inside in events.groupby("lane_name", sort=False):
        row += 1
        figure.add_annotation(
            x=0, xref="paper", y=-row, text=f"<b>{lane}</b>", showarrow=False, xanchor="left", font={"size": TEXT + 1}
        )
        for event in inside.to_dict("records"):
            row += 1
            _draw_event(figure, event, -row, (low, high), labels)
    values, texts = _ticks(start, end, labels)
    _style(figure, WIDTH, (row + 1) * ROW + 46)
    figure.update_xaxes(
        range=[low, high], tickvals=values, ticktext=texts, side="top", showgrid=True, gridcolor="#E8E8E8"
    )
    figure.update_yaxes(range=[-row - 0.8, -0.2], visible=False)
    span = f"{start}/{end}" if start != end else start
    title = labels("figure.period", period=labels.date(span))
    conflict = int((events["side"] < 0).sum())
    alt = labels(
        "alt.period",
        period=labels.date(span),
        n=len(events),
        conflict=conflict,
        cooperation=int((events["side"] > 0).sum()),
        lanes=labels.enumerate(f"{name} ({len(inside)})" for name, inside in events.groupby("lane_name", sort=False)),
    )
    return Chart(f"timeline-{number}", figure, _table(events, labels), title, alt)


def draw_overview(
    placed: pd.DataFrame, periods: list[tuple[str, str, pd.DataFrame]], start: str, as_of: str, labels: Labels
) -> Chart:
    """Draw all events from `start` on as small marks, stacked where they crowd, with the periods numbered and shaded."""
    figure = go.Figure()
    events = placed[placed["latest"] >= start]
    start = max(start, min((first for first, _, _ in periods), default=as_of))
    low, high = _margin(start, as_of)
    scale = (WIDTH - 160) / (pd.Timestamp(high) - pd.Timestamp(low)).days
    base, ticks = 0.0, []
    for name, inside in events.groupby("lane_name", sort=False):
        levels: list[float] = []
        for event in inside.to_dict("records"):
            at = _middle(event)
            x = (pd.Timestamp(at) - pd.Timestamp(low)).days * scale
            level = next((i for i, taken in enumerate(levels) if x - taken >= 9), len(levels))
            levels[level : level + 1] = [x]
            figure.add_trace(_mark(event, at, -base - level, 8, labels))
        height = max(len(levels), 1)
        ticks.append((-base - (height - 1) / 2, f"{name} ({len(inside)})"))
        base += height + 1
    for number, (first, last, _) in enumerate(periods, start=1):
        if last < start:
            continue
        first = max(first, start)
        middle = pd.Timestamp(first) + (pd.Timestamp(last) - pd.Timestamp(first)) / 2
        if number % 2 == 0:
            figure.add_vrect(x0=first, x1=_shift(last, 1), fillcolor=PALE, line_width=0, layer="below")
        figure.add_annotation(
            x=middle.date().isoformat(),
            y=1,
            yref="y domain",
            yanchor="bottom",
            showarrow=False,
            text=f"<b>{number}</b>",
        )
    values, texts = _ticks(start, as_of, labels)
    _style(figure, WIDTH, int(base * 11) + 66, left=160, top=22, bottom=24)
    figure.update_xaxes(range=[low, high], tickvals=values, ticktext=texts, showgrid=True, gridcolor="#E8E8E8")
    figure.update_yaxes(
        range=[-base + 0.2, 1],
        tickvals=[y for y, _ in ticks],
        ticktext=[text for _, text in ticks],
        showgrid=False,
        zeroline=False,
    )
    busiest = max(periods, key=lambda period: len(period[2]) / _days(period[0], period[1]), default=None)
    peak = labels.date(f"{busiest[0]}/{busiest[1]}") if busiest else ""
    dense = len(busiest[2]) if busiest else 0
    alt = labels("alt.overview", n=len(events), start=labels.day(start), end=labels.day(as_of), peak=peak, m=dense)
    if len(events) < len(placed):
        alt += " " + labels("alt.before", n=len(placed) - len(events))
    return Chart("timeline", figure, _table(events, labels), labels("figure.overview"), alt)


def _draw_event(figure: go.Figure, event: dict[str, object], y: int, limits: tuple[str, str], labels: Labels) -> None:
    low, high = (pd.Timestamp(limit) for limit in limits)
    scale = WIDTH / (high - low).days
    last = min(pd.Timestamp(str(event["latest"])), high)
    # "by 10 September": the bar says "before", but not since when; a tenth of the panel is enough for that
    since = str(event["earliest"]) or (last - (high - low) / 10).isoformat()
    first = max(pd.Timestamp(since), low)
    colour = COLOURS[int(str(event["side"]))]
    exact = event["earliest"] == event["latest"]
    if not exact:
        vague = "~" in str(event["date"]) or not event["earliest"] or ".." in str(event["date"])
        end = last + pd.Timedelta(days=1)
        figure.add_shape(
            type="rect",
            x0=first,
            x1=end,
            y0=y - 0.3,
            y1=y + 0.3,
            layer="below",
            fillcolor=colour,
            opacity=0.16 if vague else 0.32,
            line={"width": 0},
        )
        last = end
    mark = first if exact else last if not event["earliest"] else first + (last - first) / 2
    figure.add_trace(_mark(event, mark.isoformat()[:10], y, 9, labels))
    width = len(str(event["label"])) * LETTER
    left, right = (first - low).days * scale, (last - low).days * scale
    if right + width + 14 < WIDTH:
        at, anchor, shift = last, "left", 8
    elif left - width - 14 > 0:
        at, anchor, shift = first, "right", -8
    else:
        at, anchor, shift = mark, "left" if (mark - low).days * scale + width + 14 < WIDTH else "right", 8
        shift = shift if anchor == "left" else -8
    figure.add_annotation(
        x=at.isoformat()[:10],
        y=y,
        text=_escape(str(event["label"])),
        showarrow=False,
        xanchor=anchor,
        xshift=shift,
        font={"size": TEXT},
    )


def _mark(event: dict[str, object], x: str, y: float, size: int, labels: Labels) -> go.Scatter:
    side, status = int(str(event["side"])), str(event["status"])
    symbol = {"negated": "x-thin-open", "open": "diamond-open"}.get(status, MARKS[side] + FORMS[status])
    hover = labels(
        "hover.event",
        label=_escape(str(event["label"])),
        date=labels.date(str(event["date"])),
        source=labels.names(str(event["source_actors"])),
        target=labels.names(str(event["target_actors"])) or "–",
        status=labels(f"status.{status}"),
        publishers=event["n_publishers"],
    )
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        customdata=[[event["event_id"]]],
        hovertemplate=hover + "<extra></extra>",
        showlegend=False,
        marker={"symbol": symbol, "size": size, "color": COLOURS[side], "line": {"width": 1.6, "color": COLOURS[side]}},
        cliponaxis=False,
    )


def _table(events: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    columns = [
        "event_id",
        "date",
        "earliest",
        "latest",
        "lane_name",
        "event_type",
        "source_actors",
        "target_actors",
        "status",
        "contested",
    ]
    return events.sort_values(["earliest", "latest", "event_id"])[[*columns, "n_publishers", "label"]].reset_index(
        drop=True
    )


def _style(figure: go.Figure, width: int, height: int, left: int = 0, top: int = 40, bottom: int = 4) -> None:
    figure.update_layout(
        width=width,
        height=height,
        margin={"l": left, "r": 2, "t": top, "b": bottom},
        font={"family": FONT, "size": TEXT, "color": INK},
        plot_bgcolor="white",
        paper_bgcolor="white",
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
        template="none",
    )
    figure.update_xaxes(ticks="", showline=False, zeroline=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True)


def _ticks(start: str, end: str, labels: Labels) -> tuple[list[str], list[str]]:
    """Return about eight tick positions and their words: days, months or years, whichever fits."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = (last - first).days
    if days <= 70:
        step = max(1, round(days / 8))
        marks = [first + timedelta(days=i) for i in range(0, days + 1, step)]
        pattern = {"de": "d. MMM", "en": "d MMM"}[labels.language]
    else:
        months = (last.year - first.year) * 12 + last.month - first.month
        step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / s <= 9)
        start_month = first.year * 12 + first.month - 1
        marks = [
            date(m // 12, m % 12 + 1, 1) for m in range(-(-start_month // step) * step, start_month + months + 1, step)
        ]
        pattern = "yyyy" if step >= 12 else "MMM yyyy"
    locale = LOCALES[labels.language]
    kept = [mark for mark in marks if mark >= first - timedelta(days=20)]
    return [mark.isoformat() for mark in kept], [format_date(mark, pattern, locale=locale) for mark in kept]


def _margin(start: str, end: str) -> tuple[str, str]:
    pad = max(1, round(_days(start, end) * 0.02))
    return _shift(start, -pad), _shift(end, pad + 1)


def _middle(event: dict[str, object]) -> str:
    first, last = str(event["earliest"] or event["latest"]), str(event["latest"])
    return (pd.Timestamp(first) + (pd.Timestamp(last) - pd.Timestamp(first)) / 2).date().isoformat()


def _overlap(event: dict[str, object], period: tuple[str, str]) -> int:
    first, last = str(event["earliest"] or event["latest"]), str(event["latest"])
    return max(0, _days(max(first, period[0]), min(last, period[1])))


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _escape(text: str) -> str:
    """Return text in which plotly finds no markup: it reads a small set of HTML in labels."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
