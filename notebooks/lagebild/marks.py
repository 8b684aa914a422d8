"""Events on an axis of time, with EDTF drawn as meant.

A day is a mark; every vaguer date is a bar from its earliest to its latest day, paler if the text says "about". The
form of a mark tells the status, its direction cooperation or conflict, so that the chart also reads in greyscale.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lagebild.charts import COLOURS, MARKS, TEXT, WIDTH, escape
from lagebild.labels import Labels
from lagebild.periods import last_day

LETTER = 0.52 * TEXT  # mean width of a letter of Inter, for placing labels
FORMS = {"asserted": "", "reported": "-open", "hypothetical": "-open-dot"}
AIMLESS = {"negated": "x-thin-open", "open": "diamond-open"}  # what did not happen, or may not have, has no direction


def draw_event(figure: go.Figure, event: dict[str, Any], y: int, limits: tuple[str, str], labels: Labels) -> None:
    """Draw an event into row `y` of a figure of full width: its bar if the day is not exact, its mark and its label.

    The label stands right of it, or left of it if there is no room, or beside the mark if there is none on either side.
    """
    low, high = (pd.Timestamp(limit) for limit in limits)
    scale = WIDTH / (high - low).days
    last = min(pd.Timestamp(event["latest"]), high)
    # "by 10 September": the bar says "before", but not since when; a tenth of the panel is enough for that
    since = pd.Timestamp(event["earliest"]) if event["earliest"] else last - (high - low) / 10
    first = max(since, low)
    exact = event["earliest"] == event["latest"]
    if exact or not event["earliest"]:
        mark = last
    else:  # the middle of the days it may have been, or of its beginning if its end is open
        mark = first + (max(first, min(pd.Timestamp(last_day(event)), last)) - first) / 2
    if not exact:
        vague = "~" in event["date"] or ".." in event["date"] or not event["earliest"]
        end = last + pd.Timedelta(days=1)
        figure.add_shape(
            type="rect",
            x0=first,
            x1=end,
            y0=y - 0.3,
            y1=y + 0.3,
            layer="below",
            fillcolor=COLOURS[event["side"]],
            opacity=0.16 if vague else 0.32,
            line={"width": 0},
        )
        last = end
    figure.add_trace(draw_mark(event, mark.isoformat()[:10], y, 9, labels))
    width, size = len(event["label"]) * LETTER, float(TEXT)
    left, right = (first - low).days * scale, (last - low).days * scale
    if right + width + 14 < WIDTH:
        at, anchor, gap = last, "left", 8
    elif left - width - 14 > 0:
        at, anchor, gap = first, "right", -8
    else:  # over its own bar, on the side with more room, and smaller if even that is too little
        place = (mark - low).days * scale
        room = max(place, WIDTH - place) - 14
        at, anchor, gap = (mark, "right", -8) if place > WIDTH / 2 else (mark, "left", 8)
        size = min(TEXT, round(TEXT * room / width, 1))
    figure.add_annotation(
        x=at.isoformat()[:10],
        y=y,
        text=escape(event["label"]),
        showarrow=False,
        xanchor=anchor,
        xshift=gap,
        font={"size": size},
    )


def draw_mark(event: dict[str, Any], x: str, y: float, size: int, labels: Labels) -> go.Scatter:
    """Return the mark of an event at a day `x`; its id goes with it, and its particulars show on hovering."""
    status, colour = event["status"], COLOURS[event["side"]]
    symbol = AIMLESS.get(status) or MARKS[event["side"]] + FORMS[status]
    hover = labels(
        "hover.event",
        label=escape(event["label"]),
        date=labels.date(event["date"]),
        who=escape(_name_parties(event, labels)),
        status=labels(f"status.{status}"),
        publishers=event["n_publishers"],
    )
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        customdata=[[event["event_id"]]],
        hovertext=[hover],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
        marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 1.6, "color": colour}},
        cliponaxis=False,
    )


def _name_parties(event: dict[str, Any], labels: Labels) -> str:
    source = labels.names(event["source_actors"])
    return source if event["mutual"] == "yes" else f"{source or '–'} → {labels.names(event['target_actors']) or '–'}"
