"""Events packed into rows: every mark, bar and label has a place of its own, and no two of them meet.

Each event takes the first row that has room for it, from the top, its label right of the mark, or left of it, or broken
into lines on the wider side. Where a bar leaves no room beside it, the label stands by the mark all the same, in a gap
of the bar: no text lies on a bar, and no label stands a line away from its mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lagebild.charts.axis import Axis
from lagebild.charts.text_metrics import break_lines, measure_text, measure_word
from lagebild.charts.timeline.periods import last_day
from lagebild.core.edtf import parse

GAP = 9.0  # between what stands side by side in a row, in pixels
NEAR = 4.0  # between a mark and its label
MARK = 9.0  # size of a mark
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


class Place(NamedTuple):
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
    span = parse(event["date"])
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


def pack(events: Sequence[dict[str, Any]], axis: Axis, size: float, end: float) -> tuple[list[Place], int]:
    """Return where each event stands, and how many rows that takes.

    `size` is the font size of the labels, `end` the pixel behind which none of them reaches.
    """
    rows: list[list[tuple[float, float]]] = []
    places = []
    extents = [(measure_extent(event, axis), event) for event in events]
    for extent, event in sorted(extents, key=lambda one: (one[0].first, one[0].last, one[1]["event_id"])):
        boxes = list(_boxes(event, extent, axis, size, end))
        row, box = next(
            (row, box)
            for row in range(len(rows) + 1)
            for box in boxes
            if all(_free(rows[at : at + 1], box) for at in range(row, row + _height(box)))
        )
        rows += [[] for _ in range(row + _height(box) - len(rows))]
        for at in range(row, row + _height(box)):
            rows[at].append((box.left, box.right))
        places.append(Place(event, extent, row, box.lines, box.x, box.anchor, box.gap))
    return places, len(rows)


def _boxes(event: dict[str, Any], extent: Extent, axis: Axis, size: float, end: float) -> Iterator[_Box]:
    """Yield the ways to set a label, the best first: the last one always fits."""
    label, bold = event["label"], event.get("bold", False)
    first, last = min(extent.first, extent.mark - MARK / 2), max(extent.last, extent.mark + MARK / 2)
    width = measure_text(label, size, bold)
    room = extent.last - extent.first - 2 * (STUB + NEAR)
    beside = list(_beside(label, (axis.left, first), (last, end), size, bold))
    if not event["event_type"] and (width <= room or not beside):  # in its band, which has no mark
        lines = tuple(break_lines(label, room, size, bold))
        wide, x = max(measure_text(line, size, bold) for line in lines), extent.first + STUB + NEAR
        yield _Box(extent.first, extent.last, lines, x, "left", (x - NEAR, x + wide + NEAR))
        return
    yield from beside
    if not beside:
        before, behind = (first + STUB, extent.mark - MARK / 2), (extent.mark + MARK / 2, last - STUB)
        for box in _beside(label, before, behind, size, bold, 0):
            gap = (behind[0], box.right + NEAR) if box.anchor == "left" else (box.left - NEAR, before[1])
            yield box._replace(left=min(box.left, first), right=max(box.right, last), gap=gap)


def _beside(
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
        wide = max(measure_text(line, size, bold) for line in lines)
        if right >= left:
            yield _Box(first, last + NEAR + wide, lines, last + NEAR, "left")
        else:
            yield _Box(first - NEAR - wide, last, lines, first - NEAR, "right")


def _height(box: _Box) -> int:
    return len(box.lines)


def _free(row: Sequence[list[tuple[float, float]]], box: _Box) -> bool:
    return all(box.right + GAP <= left or right + GAP <= box.left for taken in row for left, right in taken)
