"""Events packed into rows: every mark, bar and label has a place of its own, and no two of them meet.

Each event takes the first row that has room for it, from the top, its label right of the mark, or left of it, or broken
into lines on the wider side. Where a bar leaves no room beside it, the label stands by the mark all the same, in a gap
of the bar: no text lies on a bar, and no label stands a line away from its mark.

The form of a mark shows the status, its direction cooperation or conflict, so that the chart also reads in greyscale. A
day is a mark; every vaguer date is a bar from its earliest to its latest day, whose ends fade because nobody knows them
exactly. The mark on a bar shows the status only, no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Any, NamedTuple

from lagebild.charts.drawing import Axis, Drawing, Mark, Shape, Text, make_box
from lagebild.charts.style import CLEAR, COLOURS, FAINT, MARKS, break_lines, measure_lines, measure_text, measure_word
from lagebild.charts.timeline.lanes import last_day
from lagebild.core import Labels, edtf

# --- Marks and bars ---

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
    drawing = Drawing()
    for layer in range(3):
        low, up = x0 + soft[0] * step * layer, x1 - soft[1] * step * layer
        drawing += make_box(low, y - high / 2, up, y + high / 2, colour, opacity)
    return drawing


def find_direction(event: dict[str, Any]) -> int:
    """Return the direction that is drawn: none for what did not happen, or may not have."""
    return 0 if event["status"] in AIMLESS else int(event["side"])


def draw_mark(event: dict[str, Any], x: float, y: float, size: float, hover: str) -> Drawing:
    """Draw the mark of an event: its form shows status and direction, its colour repeats the direction.

    It is small if words are all there is (`verbal`), so that a refusal does not look like a bomb, and pale if nobody
    dates the event, so that it stands on the day of its first report.
    """
    status, side = event["status"], find_direction(event)
    if status not in AIMLESS:
        size *= {"yes": WORDS, "no": DEEDS}.get(event.get("verbal", ""), 1.0)
    symbol, name = AIMLESS.get(status) or MARKS[side] + FORMS[status], event["event_id"]
    colour = (FAINT if event.get("told") == "yes" else COLOURS)[side]
    if status == "open":
        question = Text(x, y, ("?",), round(size * 1.06, 2), "center", True, colour, name, hover)
        return Drawing(marks=(Mark(x, y, symbol, colour, size * 1.25, name, hover),), words=(question,))
    if status != "hypothetical":
        return Drawing(marks=(Mark(x, y, symbol, colour, size, name, hover),))
    # a dashed outline is a shape, and an invisible mark in it carries the hover and the link
    reach = size * 0.58
    corners = tuple((round(x + dx * reach, 2), round(y + dy * reach, 2)) for dx, dy in OUTLINES[side])
    outline = Shape("area" if side else "circle", corners, "", colour, 1.3, "2,1.5")
    return Drawing((outline,), (Mark(x, y, "circle", CLEAR, size, name, hover),))


def describe_event(event: dict[str, Any], labels: Labels) -> str:
    """Return what shows on hovering over an event: name, date, sides, status, publishers and the evidence."""
    day = labels.date(event["date"])
    text = labels(
        "hover.event",
        label=event["label"],
        date=labels("date.told", day=day) if event.get("told") == "yes" else day,
        who=_name_parties(event, labels),
        status=labels(f"status.{event['status']}"),
        publishers=event["n_publishers"],
    )
    quote = event.get("evidence", "")
    return f"{text}\n{labels('hover.evidence', text=quote)}" if quote else text


def _name_parties(event: dict[str, Any], labels: Labels) -> str:
    source = labels.names(event["source_actors"])
    return source if event["mutual"] == "yes" else f"{source or '–'} → {labels.names(event['target_actors']) or '–'}"


# --- Places in rows ---

GAP = 9.0  # between what stands side by side in a row, in pixels
NEAR = 4.0  # between a mark and its label
MARK = 9.0  # size of a mark
WORDS, DEEDS = 0.75, 1.1  # of it, that a mark of words and one of deeds is large
DAY = len("2025-06-16")
NARROW = 96.0  # a column less wide than this holds no label
STUB = 12.0  # of a bar or band that stays on either side of its gap
LOOSE = 0.1  # share of the axis that a bar takes whose beginning nobody reports


class Extent(NamedTuple):
    """Where an event lies on an axis, in pixels, and which ends of its bar are soft; a day has no bar."""

    first: float
    last: float
    mark: float
    bar: bool
    soft: tuple[bool, bool]
    about: bool


class Placement(NamedTuple):
    """Where an event stands: its row, the lines of its label, and the pixel and edge at which the label is set."""

    event: dict[str, Any]
    extent: Extent
    row: int
    lines: tuple[str, ...]
    x: float
    anchor: str
    gap: tuple[float, float]  # where the bar leaves room for the label; the same pixel twice if nowhere


class _Box(NamedTuple):
    left: float
    right: float
    lines: tuple[str, ...]
    x: float
    anchor: str
    gap: tuple[float, float] = (0.0, 0.0)


def measure_extent(event: dict[str, Any], axis: Axis) -> Extent:
    """Return where an event lies on an axis.

    "By 10 September" says before when, but not since when: a tenth of the axis is enough for that. What lasts reaches
    the last day that is known.
    """
    span = edtf.parse(event["date"])
    if event["earliest"] == event["latest"]:
        at = axis.at(event["latest"])
        return Extent(at - MARK / 2, at + MARK / 2, at, not event["event_type"], (False, False), False)
    last = axis.at(event["latest"], 1)
    first = axis.at(event["earliest"], 0) if event["earliest"] else last - (axis.right - axis.left) * LOOSE
    first = max(axis.left, min(first, last - MARK))
    if event["earliest"]:  # the middle of the days it may have been, or of its beginning if its end is open
        middle = (first + max(first, min(axis.at(last_day(event), 1), last))) / 2
    else:
        middle = axis.at(event["latest"])
    middle = min(max(middle, first + MARK / 2), last - MARK / 2)
    # an end that is open runs hard against the as-of line, and so do the days between which a condition lasts
    lasts = not event["event_type"]
    soft = (not (lasts and len(span.start) == DAY), bool(span.latest) and not (lasts and len(span.end) == DAY))
    return Extent(first, last, middle, True, soft, span.approximate or not event["earliest"])


def pack(events: Sequence[dict[str, Any]], axis: Axis, size: float, end: float) -> tuple[list[Placement], int]:
    """Return where each event stands, and how many rows that takes.

    `size` is the font size of the labels, `end` the pixel behind which none of them reaches.
    """
    rows: list[list[tuple[float, float]]] = []
    places = []
    extents = [(measure_extent(event, axis), event) for event in events]
    for extent, event in sorted(extents, key=lambda pair: (pair[0].first, pair[0].last, pair[1]["event_id"])):
        boxes = list(_list_boxes(event, extent, axis, size, end))
        row, box = next(spot for spot in product(range(len(rows) + 1), boxes) if _is_free(rows, *spot))
        while len(rows) < row + len(box.lines):
            rows.append([])
        for taken in rows[row : row + len(box.lines)]:
            taken.append((box.left, box.right))
        places.append(Placement(event, extent, row, box.lines, box.x, box.anchor, box.gap))
    return places, len(rows)


def _list_boxes(event: dict[str, Any], extent: Extent, axis: Axis, size: float, end: float) -> Iterator[_Box]:
    """Yield the ways to set a label, the best first: the last one always fits."""
    label, bold = event["label"], event.get("bold", False)
    first, last = min(extent.first, extent.mark - MARK / 2), max(extent.last, extent.mark + MARK / 2)
    width = measure_text(label, size, bold)
    room = extent.last - extent.first - 2 * (STUB + NEAR)
    beside = list(_list_beside(label, (axis.left, first), (last, end), size, bold))
    if not event["event_type"] and (width <= room or not beside):  # in its band, which has no mark
        lines = tuple(break_lines(label, room, size, bold))
        wide, x = measure_lines(lines, size, bold), extent.first + STUB + NEAR
        yield _Box(extent.first, extent.last, lines, x, "left", (x - NEAR, x + wide + NEAR))
        return
    yield from beside
    if not beside:
        before, behind = (first + STUB, extent.mark - MARK / 2), (extent.mark + MARK / 2, last - STUB)
        for box in _list_beside(label, before, behind, size, bold, 0):
            gap = (behind[0], box.right + NEAR) if box.anchor == "left" else (box.left - NEAR, before[1])
            yield box._replace(left=min(box.left, first), right=max(box.right, last), gap=gap)


def _list_beside(
    label: str,
    before: tuple[float, float],
    behind: tuple[float, float],
    size: float,
    bold: bool,
    narrowest: float = NARROW,
) -> Iterator[_Box]:
    """Yield the ways to set a label behind or before what lies between two stretches of free pixels.

    A column narrower than `narrowest`, or than the longest word, is none.
    """
    first, last = before[1], behind[0]
    left, right = first - NEAR - before[0], behind[1] - last - NEAR
    width = measure_text(label, size, bold)
    if width <= right:
        yield _Box(first, last + NEAR + width, (label,), last + NEAR, "left")
    if width <= left:
        yield _Box(first - NEAR - width, last, (label,), first - NEAR, "right")
    if not narrowest or max(right, left) >= max(narrowest, measure_word(label, size, bold)):
        lines = tuple(break_lines(label, max(right, left, MARK), size, bold))
        wide = measure_lines(lines, size, bold)
        if right >= left:
            yield _Box(first, last + NEAR + wide, lines, last + NEAR, "left")
        else:
            yield _Box(first - NEAR - wide, last, lines, first - NEAR, "right")


def _is_free(rows: Sequence[list[tuple[float, float]]], row: int, box: _Box) -> bool:
    taken = chain(*rows[row : row + len(box.lines)])
    return all(box.right + GAP <= left or right + GAP <= box.left for left, right in taken)
