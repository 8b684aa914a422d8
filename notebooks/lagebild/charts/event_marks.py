"""Marks and bars of events in time.

The form of a mark shows the status, its direction cooperation or conflict, so that the chart also reads in greyscale. A
day is a mark; every vaguer date is a bar from its earliest to its latest day, whose ends fade because nobody knows them
exactly. The mark on a bar shows the status only, no day.
"""

from __future__ import annotations

from typing import Any

from lagebild.charts.drawing import Drawing, Mark, Shape, Text, escape, make_box
from lagebild.charts.look import CLEAR, COLOURS, FAINT, MARKS
from lagebild.core.labels import Labels

FORMS = {"asserted": "", "reported": "-open", "hypothetical": "-open"}  # a plan also has a dashed outline
AIMLESS = {"negated": "x-thin-open", "open": "circle-open"}  # what did not happen, or may not have, has no direction
# Pixels by which each of three layers of a bar is shorter at a soft end; "about" is softer.
FADE, FADE_ABOUT = 5.0, 10.0
SLIM = 4.0  # pixels of height of a band
OUTLINES = {1: ((-1, 0.75), (1, 0.75), (0, -1)), -1: ((-1, -0.75), (1, -0.75), (0, 1)), 0: ((-1, -1), (1, 1))}


def draw_band(x0: float, x1: float, y: float, soft: tuple[bool, bool], about: bool) -> Drawing:
    """Draw the band of a condition that lasts: slim and dark, where the bar of a vague date is high and pale."""
    return _draw_layers(x0, x1, y, SLIM, COLOURS[0], soft, about, 0.3)


def draw_bar(x0: float, x1: float, y: float, high: float, colour: str, soft: tuple[bool, bool], about: bool) -> Drawing:
    """Draw a bar of three layers, each shorter at the soft ends, so that these fade; a vague one fades more."""
    return _draw_layers(x0, x1, y, high, colour, soft, about, 0.07 if about else 0.12)


def _draw_layers(
    x0: float, x1: float, y: float, high: float, colour: str, soft: tuple[bool, bool], about: bool, opacity: float
) -> Drawing:
    step = min(FADE_ABOUT if about else FADE, (x1 - x0) / (8 if about else 12))
    layers = [(x0 + soft[0] * step * layer, x1 - soft[1] * step * layer) for layer in range(3)]
    return Drawing(tuple(make_box(low, y - high / 2, up, y + high / 2, colour, opacity) for low, up in layers))


def aim(event: dict[str, Any]) -> int:
    """Return the direction that is drawn: none for what did not happen, or may not have."""
    return 0 if event["status"] in AIMLESS else int(event["side"])


def draw_mark(event: dict[str, Any], x: float, y: float, size: float, hover: str) -> Drawing:
    """Draw the mark of an event: its form shows status and direction, its colour repeats the direction.

    It is pale if nobody dates the event, so that it stands on the day of its first report.
    """
    status, side = event["status"], aim(event)
    symbol, name = AIMLESS.get(status) or MARKS[side] + FORMS[status], event["event_id"]
    colour = (FAINT if event.get("told") == "yes" else COLOURS)[side]
    if status == "open":
        question = Text(x, y, ("?",), round(size * 1.06, 2), "center", True, colour, name, hover)
        return Drawing(marks=(Mark(x, y, symbol, colour, size * 1.25, name, hover),), words=(question,))
    if status != "hypothetical":
        return Drawing(marks=(Mark(x, y, symbol, colour, size, name, hover),))
    # plotly dashes no outline of a mark: it is drawn as a shape, and an invisible mark carries the hover and the link
    reach = size * 0.58
    corners = tuple((round(x + dx * reach, 2), round(y + dy * reach, 2)) for dx, dy in OUTLINES[side])
    outline = Shape("area" if side else "circle", corners, "", colour, 1.3, "2,1.5")
    return Drawing((outline,), (Mark(x, y, "circle", CLEAR, size, name, hover),))


def describe(event: dict[str, Any], labels: Labels) -> str:
    """Return what shows on hovering over an event: name, date, sides, status, publishers and the evidence."""
    day = labels.date(event["date"])
    reported = labels(
        "hover.event",
        label=escape(event["label"]),
        date=labels("date.told", day=day) if event.get("told") == "yes" else day,
        who=escape(_name_parties(event, labels)),
        status=labels(f"status.{event['status']}"),
        publishers=event["n_publishers"],
    )
    quote = event.get("evidence", "")
    return f"{reported}<br>{escape(labels('hover.evidence', text=quote))}" if quote else reported


def _name_parties(event: dict[str, Any], labels: Labels) -> str:
    source = labels.names(event["source_actors"])
    return source if event["mutual"] == "yes" else f"{source or '–'} → {labels.names(event['target_actors']) or '–'}"
