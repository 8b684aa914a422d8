"""Events packed into rows: every mark, bar and label has a place of its own, and no two of them meet.

Each event takes the first row that has room for it, from the top, its label right of the mark, or left of it, or broken
into lines on the wider side. Where a bar leaves no room beside it, the label stands by the mark all the same, and the
bar, now slim, runs below both: no text lies on a bar, and no label stands a line away from its mark.
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
    """Where an event stands: its row, the lines of its label, and the pixel and edge at which the label is set.

    Rows are counted in halves of a line: a slim bar below its label takes half a line more.
    """

    event: dict[str, Any]
    extent: Extent
    row: int
    lines: tuple[str, ...]
    x: float
    anchor: str
    under: bool  # whether the bar runs below the label


class _Box(NamedTuple):
    left: float
    right: float
    lines: tuple[str, ...]
    x: float
    anchor: str
    under: bool


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
    """Return where each event stands, and how many rows of half a line that takes.

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
        places.append(Place(event, extent, row, box.lines, box.x, box.anchor, box.under))
    return places, len(rows)


def _boxes(event: dict[str, Any], extent: Extent, axis: Axis, size: float, end: float) -> Iterator[_Box]:
    """Yield the ways to set a label, the best first: the last one always fits."""
    label, bold = event["label"], event.get("bold", False)
    first, last = min(extent.first, extent.mark - MARK / 2), max(extent.last, extent.mark + MARK / 2)
    width = measure_text(label, size, bold)
    if not event["event_type"] and width + NEAR <= extent.last - extent.first:  # above its band, which has no mark
        yield _Box(extent.first, extent.last, (label,), extent.first, "left", True)
        return
    beside = list(_beside(label, first, last, axis, size, end, bold))
    yield from beside
    if not beside and not event["event_type"]:  # a long label and a long band: both have the whole width
        lines = tuple(break_lines(label, end - axis.left, size, bold))
        yield _Box(axis.left, max(last, end), lines, axis.left, "left", True)
    elif not beside:
        for box in _beside(label, extent.mark - MARK / 2, extent.mark + MARK / 2, axis, size, end, bold, narrow=True):
            yield box._replace(left=min(box.left, first), right=max(box.right, last), under=True)


def _beside(
    label: str, first: float, last: float, axis: Axis, size: float, end: float, bold: bool, narrow: bool = False
) -> Iterator[_Box]:
    """Yield the ways to set a label right or left of what lies between two pixels; `narrow` takes any column."""
    right, left = end - last - NEAR, first - NEAR - axis.left
    width = measure_text(label, size, bold)
    if width <= right:
        yield _Box(first, last + NEAR + width, (label,), last + NEAR, "left", False)
    if width <= left:
        yield _Box(first - NEAR - width, last, (label,), first - NEAR, "right", False)
    if narrow or max(right, left) >= max(NARROW, measure_word(label, size, bold)):
        lines = tuple(break_lines(label, max(right, left), size, bold))
        wide = max(measure_text(line, size, bold) for line in lines)
        if right >= left:
            yield _Box(first, last + NEAR + wide, lines, last + NEAR, "left", False)
        else:
            yield _Box(first - NEAR - wide, last, lines, first - NEAR, "right", False)


def _height(box: _Box) -> int:
    return 2 * len(box.lines) + box.under


def _free(row: Sequence[list[tuple[float, float]]], box: _Box) -> bool:
    return all(box.right + GAP <= left or right + GAP <= box.left for taken in row for left, right in taken)
