"""Marks, bars and words of a chart of time, reckoned in pixels, and the figure that they make.

The form of a mark shows the status, its direction cooperation or conflict, so that the chart also reads in greyscale. A
day is a mark; every vaguer date is a bar from its earliest to its latest day, whose ends fade because nobody knows them
exactly. The mark on a bar shows the status only, no day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import plotly.graph_objects as go

from lagebild.charts.chart import COLOURS, FONT, INK, MARKS, escape, style
from lagebild.core.labels import Labels

FORMS = {"asserted": "", "reported": "-open", "hypothetical": "-open"}  # a plan also has a dashed outline
AIMLESS = {"negated": "x-thin-open", "open": "circle-open"}  # what did not happen, or may not have, has no direction
FADE, FADE_ABOUT = (
    5.0,
    10.0,
)  # pixels by which each of three layers of a bar is shorter at a soft end; "about" is softer
SIDES = {"left": "middle right", "right": "middle left", "center": "middle center"}  # plotly names the other side
OUTLINES = {1: ((-1, 0.75), (1, 0.75), (0, -1)), -1: ((-1, -0.75), (1, -0.75), (0, 1))}


class Mark(NamedTuple):
    """A mark at a pixel, the id of what it stands for, and its particulars on hovering."""

    x: float
    y: float
    symbol: str
    colour: str
    size: float
    name: str
    hover: str


class Text(NamedTuple):
    """Lines of text round a pixel; `anchor` is the edge of the text that lies there: left, right or center."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    anchor: str = "left"
    bold: bool = False
    colour: str = INK
    name: str = ""
    hover: str = ""


@dataclass(frozen=True)
class Drawing:
    """What is drawn: shapes as plotly describes them, marks and words."""

    shapes: tuple[dict[str, Any], ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Text, ...] = ()

    def __add__(self, other: Drawing) -> Drawing:
        """Return both together, `other` on top."""
        return Drawing(self.shapes + other.shapes, self.marks + other.marks, self.words + other.words)


@dataclass(frozen=True)
class Axis:
    """An axis of time: its first and last day, and the pixels at which the one begins and the other ends."""

    start: str
    end: str
    left: float
    right: float

    def at(self, day: str, part: float = 0.5) -> float:
        """Return the pixel of a day, in its middle unless `part` says otherwise; one outside stands at the edge."""
        first = date.fromisoformat(self.start).toordinal()
        days = date.fromisoformat(self.end).toordinal() - first + 1
        share = (date.fromisoformat(day).toordinal() - first + part) / days
        return round(self.left + (self.right - self.left) * min(max(share, 0.0), 1.0), 2)


def draw_bar(x0: float, x1: float, y: float, high: float, colour: str, soft: tuple[bool, bool], about: bool) -> Drawing:
    """Draw a bar of three layers, each shorter at the soft ends, so that these fade; a vague one fades more."""
    step = min(FADE_ABOUT if about else FADE, (x1 - x0) / (8 if about else 12))
    layers = [(x0 + soft[0] * step * layer, x1 - soft[1] * step * layer) for layer in range(3)]
    return Drawing(
        tuple(
            {
                "type": "rect",
                "x0": round(low, 2),
                "x1": round(up, 2),
                "y0": y - high / 2,
                "y1": y + high / 2,
                "layer": "below",
                "fillcolor": colour,
                "opacity": 0.07 if about else 0.12,
                "line": {"width": 0},
            }
            for low, up in layers
        )
    )


def draw_line(
    x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 1, dash: str = "solid"
) -> Drawing:
    """Draw a straight line under the marks."""
    line = {"color": colour, "width": width, "dash": dash}
    return Drawing(({"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below", "line": line},))


def aim(event: dict[str, Any]) -> int:
    """Return the direction that is drawn: none for what did not happen, or may not have."""
    return 0 if event["status"] in AIMLESS else int(event["side"])


def draw_mark(event: dict[str, Any], x: float, y: float, size: float, hover: str) -> Drawing:
    """Draw the mark of an event: its form shows status and direction, its colour repeats the direction."""
    status, side = event["status"], aim(event)
    symbol, colour, name = AIMLESS.get(status) or MARKS[side] + FORMS[status], COLOURS[side], event["event_id"]
    if status == "open":
        question = Text(x, y, ("?",), round(size * 1.06, 2), "center", True, colour, name, hover)
        return Drawing(marks=(Mark(x, y, symbol, colour, size * 1.25, name, hover),), words=(question,))
    if status != "hypothetical":
        return Drawing(marks=(Mark(x, y, symbol, colour, size, name, hover),))
    # plotly dashes no outline of a mark: it is drawn as a shape, and an invisible mark carries the hover and the link
    reach = size * 0.58
    line = {"color": colour, "width": 1.3, "dash": "2px,1.5px"}
    if side:
        corners = [f"{round(x + dx * reach, 2)},{round(y + dy * reach, 2)}" for dx, dy in OUTLINES[side]]
        outline: dict[str, Any] = {"type": "path", "path": f"M{' L'.join(corners)} Z", "line": line}
    else:
        box = {"x0": x - reach, "x1": x + reach, "y0": y - reach, "y1": y + reach}
        outline = {"type": "circle", **box, "line": line}
    return Drawing((outline,), (Mark(x, y, "circle", "rgba(0,0,0,0)", size, name, hover),))


def describe(event: dict[str, Any], labels: Labels) -> str:
    """Return what shows on hovering over an event: name, date, sides, status, publishers and the evidence."""
    reported = labels(
        "hover.event",
        label=escape(event["label"]),
        date=labels.date(event["date"]),
        who=escape(_name_parties(event, labels)),
        status=labels(f"status.{event['status']}"),
        publishers=event["n_publishers"],
    )
    quote = event.get("evidence", "")
    return f"{reported}<br>{escape(labels('hover.evidence', text=quote))}" if quote else reported


def assemble(drawing: Drawing, width: float, height: float) -> go.Figure:
    """Return the figure of a drawing; its axes are pixels, from the top left corner."""
    figure = go.Figure()
    if drawing.marks:
        figure.add_trace(_scatter(drawing.marks, "markers"))
    for (anchor, size, colour, named), group in groupby(sorted(drawing.words, key=_look), key=_look):
        words = list(group)
        trace = _scatter(words, "text") if named else go.Scatter(mode="text", hoverinfo="skip")
        trace.update(
            x=[one.x for one in words],
            y=[one.y for one in words],
            text=[_mark_up(one) for one in words],
            textposition=SIDES[anchor],
            textfont={"size": size, "color": colour},
            showlegend=False,
            cliponaxis=False,
        )
        figure.add_trace(trace)
    style(figure, round(width), round(height), left=0, right=0, top=0, bottom=0, shapes=list(drawing.shapes))
    figure.update_layout(hovermode="closest", hoverlabel={"font": {"family": FONT}})
    figure.update_xaxes(visible=False, range=[0, round(width)], fixedrange=True)
    figure.update_yaxes(visible=False, range=[round(height), 0], fixedrange=True)
    return figure


def _look(words: Text) -> tuple[str, float, str, bool]:
    return words.anchor, words.size, words.colour, bool(words.name)


def _scatter(named: Iterable[Mark | Text], mode: str) -> go.Scatter:
    rows = list(named)
    trace = go.Scatter(
        x=[row.x for row in rows],
        y=[row.y for row in rows],
        mode=mode,
        customdata=[[row.name] for row in rows],
        hovertext=[row.hover for row in rows],
        hovertemplate=["%{hovertext}<extra></extra>" if row.hover else "<extra></extra>" for row in rows],
        showlegend=False,
        cliponaxis=False,
    )
    marks = [row for row in rows if isinstance(row, Mark)]
    if marks:
        colours = [mark.colour for mark in marks]
        trace.update(
            marker={
                "symbol": [mark.symbol for mark in marks],
                "size": [mark.size for mark in marks],
                "color": colours,
                "line": {"width": 1.5, "color": colours},
                "opacity": 1,  # plotly makes marks of several sizes translucent
            }
        )
    return trace


def _mark_up(words: Text) -> str:
    text = "<br>".join(escape(line) for line in words.lines)
    return f"<b>{text}</b>" if words.bold else text


def _name_parties(event: dict[str, Any], labels: Labels) -> str:
    source = labels.names(event["source_actors"])
    return source if event["mutual"] == "yes" else f"{source or '–'} → {labels.names(event['target_actors']) or '–'}"
