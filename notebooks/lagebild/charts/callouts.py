"""Short names beside points of a chart: where they overlap no line, no mark and no other name, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise, permutations
from math import dist, hypot
from typing import NamedTuple

from lagebild.charts.drawing import Drawing, Point, Text, draw_line
from lagebild.charts.style import COLOURS, LEADING, break_lines, measure_text

FREE = 2.0  # pixels between a name and whatever else is drawn; the line of text brings some more
FAR = 120.0  # pixels from a point to its name at most
CROSSING = 60.0  # pixels of detour that are better than to cross a line
NEAR = 8.0  # pixels round a point in which its own line may lie
SPLIT = 4.0  # pixels of detour that are better than another line of text
SHIFTS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128)  # pixels to the side that are tried
STEP = 2.0  # pixels from one place that is tried to the next
BETWEEN = 12.0  # pixels between two names in one line
BESIDE = 7.0  # pixels from a point to a name beside it, past its mark
STOPS = 16  # places on the way from a point to its name that are looked at


class Box(NamedTuple):
    """What something takes up, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether the two have a pixel in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def nearest(self, point: Point) -> Point:
        """Return the place in it that is nearest to a point."""
        return min(max(point[0], self.left), self.right), min(max(point[1], self.top), self.bottom)


class Callout(NamedTuple):
    """A point, the text that names it, and the id of what it stands for."""

    point: Point
    text: str
    name: str


class Placed(NamedTuple):
    """A point with its name in place: how bad the place is, what the name takes up, and its lines."""

    callout: Callout
    cost: float
    box: Box
    lines: tuple[str, ...]


def find_obstacles(lines: Sequence[Sequence[Point]], width: float) -> list[Box]:
    """Return what lines of level and upright strokes, so many pixels wide, take up."""
    half = width / 2
    return [
        Box(min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half)
        for line in lines
        for (x0, y0), (x1, y1) in pairwise(line)
    ]


def draw_callouts(
    wanted: Sequence[Callout], obstacles: Sequence[Box], frame: Box, rooms: Sequence[float], size: float, most: int
) -> Drawing:
    """Name points inside a frame without overlapping an obstacle: the first `most` of them that find room.

    A name is broken into lines that fit one of the `rooms`, and a fine line leads to it where it stands off. The first
    are placed in whichever order leaves more of them a good place, and one further back only if one of them has none.
    """

    @cache
    def list_options(callout: Callout) -> list[list[Placed]]:
        return _list_options(callout, frame, rooms, size)

    orders = [(*first, *wanted[most:]) for first in permutations(wanted[:most])]
    tried = [_place_callouts(order, obstacles, list_options, most) for order in orders]
    placed = min(tried, key=lambda places: _rate_places(wanted, places), default=[])
    drawing = Drawing()
    for callout, _, box, lines in sorted(placed, key=lambda place: wanted.index(place.callout)):
        end = box.nearest(callout.point)
        if dist(callout.point, end) > BESIDE + 1:
            drawing += draw_line(*callout.point, *end, COLOURS[0], 0.6)
        left = callout.point[0] <= (box.left + box.right) / 2
        x, middle = box.left if left else box.right, (box.top + box.bottom) / 2
        anchor = "left" if left else "right"
        drawing += Text(round(x, 2), round(middle, 2), lines, size, anchor, name=callout.name)
    return drawing


def _rate_places(wanted: Sequence[Callout], places: Sequence[Placed]) -> tuple[list[bool], float]:
    """Return how bad places are: who is left out, which matters the more the further in front, then what they cost."""
    named = [place.callout for place in places]
    return [callout not in named for callout in wanted], sum(place.cost for place in places)


def _place_callouts(
    order: Sequence[Callout], obstacles: Sequence[Box], list_options: Callable[[Callout], list[list[Placed]]], most: int
) -> list[Placed]:
    """Return the places of the first names, `most` of them, that find one, each in turn as good as it can be."""
    taken, placed = list(obstacles), list[Placed]()
    for callout in order:
        best = _find_place(list_options(callout), taken) if len(placed) < most else None
        if best:
            placed.append(best)
            way = _sample_way(callout.point, best.box.nearest(callout.point))
            taken.append(best.box._replace(left=best.box.left - BETWEEN, right=best.box.right + BETWEEN))
            taken += [Box(x - 0.5, y - 0.5, x + 0.5, y + 0.5) for x, y in way]
    return placed


def _find_place(options: Sequence[Sequence[Placed]], taken: Sequence[Box]) -> Placed | None:
    """Return the best free place for a name, if there is one, of those that it may have: with no line in between."""
    best: Placed | None = None
    columns: dict[tuple[float, float], list[Box]] = {}  # what is taken between the sides of a place
    for nearest_first in options:
        for option in nearest_first:
            callout, cost, box, _ = option
            if best and cost >= best.cost:
                break
            around = Box(box.left - FREE, box.top - FREE, box.right + FREE, box.bottom + FREE)
            sides = around.left, around.right
            if sides not in columns:
                columns[sides] = [other for other in taken if around.left < other.right and other.left < around.right]
            if any(around.meets(other) for other in columns[sides]):
                continue
            cost += CROSSING * _count_crossings(callout.point, box.nearest(callout.point), taken)
            if best is None or cost < best.cost:
                best = option._replace(cost=round(cost, 2))
    return best


def _list_options(callout: Callout, frame: Box, rooms: Sequence[float], size: float) -> list[list[Placed]]:
    """Return the places that a name may have in as many lines as a room takes, as if nothing else were drawn."""
    return [
        [
            Placed(callout, apart + SPLIT * len(lines), box, lines)
            for box, apart in _list_places(callout, lines, frame, size)
        ]
        for lines in dict.fromkeys(tuple(break_lines(callout.text, room, size)) for room in rooms)
    ]


def _list_places(callout: Callout, lines: tuple[str, ...], frame: Box, size: float) -> list[tuple[Box, float]]:
    """Return the places in a frame where lines of text may stand with how far each is, the nearest to a point first."""
    wide, high = max(measure_text(line, size) for line in lines), size * LEADING * len(lines)
    x, y = callout.point
    lefts = [x + BESIDE + shift for shift in SHIFTS]
    lefts += [x - BESIDE - shift - wide for shift in SHIFTS]
    lefts += [x - wide * part for part in (0.25, 0.5, 0.75)]
    tops = [frame.top + STEP * n for n in range(int((frame.bottom - frame.top - high) / STEP) + 1)]
    across = [_span(left, wide, x) for left in lefts if frame.left <= left and left + wide <= frame.right]
    down = [_span(top, high, y) for top in tops]
    places = [
        (Box(left, top, right, bottom), apart)
        for left, right, aside in across
        for top, bottom, above in down
        if (apart := hypot(aside, above)) <= FAR
    ]
    return sorted(places, key=lambda place: (round(place[1], 2), place[0]))


def _span(start: float, size: float, at: float) -> tuple[float, float, float]:
    """Return where something begins and ends in one direction, and how far it is from a pixel."""
    end = round(start + size, 2)
    start = round(start, 2)
    return start, end, at - min(max(at, start), end)


def _count_crossings(start: Point, end: Point, taken: Sequence[Box]) -> int:
    """Return through how many things the way from a point to its name runs, other than right beside the point."""
    way = [place for place in _sample_way(start, end) if dist(place, start) > NEAR]
    if not way:
        return 0
    return sum(any(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in way) for box in taken)


def _sample_way(start: Point, end: Point) -> list[Point]:
    """Return places on the way from one point to another, the last of them that other."""
    parts = [n / STOPS for n in range(1, STOPS + 1)]
    return [(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part) for part in parts]
