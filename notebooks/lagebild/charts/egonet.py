"""Ties to one picture: the actor in question in the middle, those around it, and where firm ties pull apart.

The picture is an ego network of the signed graph: both directions of a tie together. It shows signs only: how much two
sides did to each other does not measure how close they are. A firm tie is a bold line, a thin one a fine line, an
undecided one has a question mark. Triangles of firm ties that are unbalanced by the strict theory and hold the middle
are shaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain, permutations
from math import cos, dist, pi, sin
from typing import Any, NamedTuple

import pandas as pd

from lagebild.analysis import Graph, UnbalancedTriad, find_unbalanced, keep_firm, tie_graph
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture, Point, Shape, Text, draw_line, make_box
from lagebild.charts.style import (
    COLOURS,
    INK,
    NARROW,
    PALE,
    PHONE,
    WHITE,
    WIDTH,
    break_lines,
    measure_lines,
    measure_text,
)
from lagebild.core import Labels, records

NAME = "egonet"
AROUND = 6  # actors round the one in the middle; their order is tried out, which 6! is few enough for
SIGNS = {1: "+", -1: "-", 0: "?"}
DASHES = {"+": "", "-": "6,3", "?": "2,3"}
NEAR = 12.0  # pixels between the sign of a tie and a line that crosses it
BOLD, FINE = 2.2, 0.9  # of a line whose tie is firm or undecided, and of a thin one
SIZE, SMALL, LINE = 11.0, 10.0, 13.0
TRIADS_IN_WORDS = 4  # triangles that are put into words


class NetSheet(NamedTuple):
    """Pixels: of the net its width, height and widest name, of what is written beside or below it the corner."""

    room: float
    high: float
    wide: float
    left: float
    top: float


SHEETS = {WIDTH: NetSheet(430.0, 262.0, 96.0, 452.0, 16.0), PHONE: NetSheet(PHONE, 290.0, 80.0, 0.0, 298.0)}


class LabelBox(NamedTuple):
    """The name of an actor in a frame: its middle, width and height, and the lines in it."""

    actor: str
    x: float
    y: float
    wide: float
    high: float
    lines: tuple[str, ...]


def draw_egonet(ties: pd.DataFrame, subject: str, labels: Labels) -> list[Chart]:
    """Draw who stands how to the actor in question, for the page and for a small screen; nothing if no tie is known.

    `ties` are those of `firmness.tie_states`. The middle is the subject of the case, or without one whoever has most
    acts on its ties. Around it stand, at most six, those with whom it forms unbalanced triangles of firm ties, then
    those with most acts between them; who has but thin ties to the middle only if there is nobody else.
    """
    graph = tie_graph(ties)
    middle = _find_middle(graph, subject)
    if not middle:
        return []
    chosen = [middle, *_choose_actors(graph, middle)]
    shown: Graph = graph.subgraph(chosen)
    triads = find_unbalanced(keep_firm(shown), middle)
    frame = _tabulate(shown)
    alt = _describe(shown, middle, triads, labels)
    title = labels("figure.egonet", actor=labels.actor(middle))
    firm = [tie["sign"] for tie in graph[middle].values() if tie["strength"] == "firm"]
    counts = {"good": firm.count(1), "bad": firm.count(-1)}
    finding = labels("egonet.finding", actor=labels.actor(middle), **counts)
    return [
        Chart(name, partial(_draw_net, shown, chosen, triads, width, labels), frame, title, alt, finding)
        for name, width in ((NAME, WIDTH), (NAME + NARROW, PHONE))
    ]


def _find_middle(graph: Graph, subject: str) -> str:
    if subject in graph:
        return subject
    weight = dict(graph.degree(weight="n_events"))
    return min(weight, key=lambda actor: (-weight[actor], actor), default="")


def _choose_actors(graph: Graph, middle: str) -> list[str]:
    """Return who stands around the middle, in an order that keeps those who are tied beside each other."""
    torn = chain(*(triad.actors for triad in find_unbalanced(keep_firm(graph), middle)))
    near = {actor: (-tie["n_events"], -tie["n_publishers"], actor) for actor, tie in graph[middle].items()}
    solid = [actor for actor in near if graph.edges[middle, actor]["strength"] != "thin"]
    ranked = sorted(solid or near, key=lambda actor: near[actor])
    chosen = [actor for actor in dict.fromkeys([*torn, *ranked]) if actor != middle][:AROUND]
    if len(chosen) < 3:
        return chosen
    first, *rest = sorted(chosen, key=lambda actor: near[actor])
    ties = list(graph.subgraph(chosen).edges)
    return [first, *min(permutations(sorted(rest)), key=lambda order: _measure_stretch([first, *order], ties))]


def _measure_stretch(order: list[str], ties: list[tuple[str, str]]) -> int:
    """Return how long the ties between those around are, counted in places along the circle."""
    stretch = 0
    for one, other in ties:
        steps = abs(order.index(one) - order.index(other))
        stretch += min(steps, len(order) - steps) ** 2
    return stretch


def _tabulate(graph: Graph) -> pd.DataFrame:
    columns = ["actor", "other_actor", "sign", "strength", "net", "n_events", "event_ids"]
    rows = []
    for one, other, tie in graph.edges(data=True):
        strength, net, n, event_ids = (tie[name] for name in columns[3:])
        rows.append((*sorted((one, other)), SIGNS[tie["sign"]], strength, net, n, ";".join(event_ids)))
    return pd.DataFrame(sorted(rows), columns=columns)


def _draw_net(graph: Graph, chosen: list[str], triads: list[UnbalancedTriad], width: int, labels: Labels) -> Picture:
    """Return the picture: the ties, and beside or below them how to read it and what pulls apart."""
    sheet = SHEETS[width]
    label_boxes = _place_boxes(chosen, sheet, labels)
    at = {actor: (box.x, box.y) for actor, box in label_boxes.items()}
    ground, lines, names, frames = Drawing(), Drawing(), Drawing(), Drawing()
    for triad in triads:
        ground += Shape("area", tuple(at[actor] for actor in triad.actors), PALE)
    rows = records(_tabulate(graph))
    ways = [(at[row["actor"]], at[row["other_actor"]]) for row in rows]
    for row, (start, end) in zip(rows, ways, strict=True):
        wide = FINE if row["strength"] == "thin" else BOLD
        lines += draw_line(*start, *end, _find_colour(row["sign"]), wide, DASHES[row["sign"]])
        crossed = [way for way in ways if start not in way and end not in way]
        names += _name_tie(row, label_boxes, names.words, crossed, labels)
    for label_box in label_boxes.values():
        frames += _draw_box(label_box, label_box.actor == chosen[0])
    notes, bottom = _write_notes(triads, sheet.left, sheet.top, width - sheet.left - 4, labels)
    return Picture(ground + lines + names + frames + notes, width, round(max(sheet.high, bottom)))


def _place_boxes(chosen: list[str], sheet: NetSheet, labels: Labels) -> dict[str, LabelBox]:
    """Return the box of each actor: the first in the middle, the others on an ellipse round it."""
    middle, *around = chosen
    label_boxes = {}
    for number, actor in enumerate([middle, *around]):
        lines = tuple(break_lines(labels.actor(actor), sheet.wide, SIZE, number == 0))
        across = measure_lines(lines, SIZE, number == 0) + 14
        tall = LINE * len(lines) + 8
        angle = pi * (2 * (number - 1) / max(len(around), 1) - 1)  # from the left, clockwise
        x, y = sheet.room / 2, sheet.high / 2
        if number:
            x += (sheet.room / 2 - sheet.wide / 2 - 12) * cos(angle)
            y += (sheet.high / 2 - 22) * sin(angle)
        label_boxes[actor] = LabelBox(actor, round(x, 1), round(y, 1), round(across, 1), tall, lines)
    return label_boxes


def _draw_box(label_box: LabelBox, bold: bool) -> Drawing:
    across, down = label_box.wide / 2, label_box.high / 2
    box = make_box(label_box.x - across, label_box.y - down, label_box.x + across, label_box.y + down, WHITE)
    words = Text(label_box.x, label_box.y, label_box.lines, SIZE, "center", bold)
    return Drawing((box._replace(stroke=INK, width=2 if bold else 1),), words=(words,))


def _name_tie(
    row: dict[str, Any],
    label_boxes: dict[str, LabelBox],
    taken: Sequence[Text],
    crossed: list[tuple[Point, Point]],
    labels: Labels,
) -> Drawing:
    """Return the sign of a tie at the freest place on its line: off boxes, signs and lines that are there already."""
    first, second = label_boxes[row["actor"]], label_boxes[row["other_actor"]]
    sign, net = row["sign"].replace("-", "−"), labels.number(row["net"], signed=True)
    half = measure_text(sign, SMALL, True) / 2 + 3
    spots = []
    for step in range(15):  # from the middle outwards, on either side in turn
        part = 0.5 + 0.035 * (step // 2 + step % 2) * (1 if step % 2 else -1)
        spots.append((round(first.x + (second.x - first.x) * part, 1), round(first.y + (second.y - first.y) * part, 1)))
    walls = [(box.x, box.y, box.wide / 2 + half, box.high / 2 + 9) for box in label_boxes.values()]
    walls += [(text.x, text.y, 2 * half + 4, 20.0) for text in taken]

    def crowding(spot: Point) -> float:
        apart = [min(w - abs(spot[0] - x), h - abs(spot[1] - y)) for x, y, w, h in walls]
        apart += [NEAR - _measure_distance(spot, *way) for way in crossed]
        return sum(max(0.0, depth) for depth in apart)

    x, y = min(spots, key=crowding)
    pair = {"actor": labels.actor(row["actor"]), "other": labels.actor(row["other_actor"])}
    hover = labels("hover.tie", **pair, net=net, n=row["n_events"])
    target = f"tie-{row['actor']}-{row['other_actor']}"
    words = Text(x, y, (sign,), SMALL, "center", True, _find_colour(row["sign"]), target, hover)
    return Drawing((make_box(x - half, y - 8, x + half, y + 8, WHITE),), words=(words,))


def _measure_distance(spot: Point, start: Point, end: Point) -> float:
    """Return how far a place lies from a line between two others."""
    wide, high = end[0] - start[0], end[1] - start[1]
    part = ((spot[0] - start[0]) * wide + (spot[1] - start[1]) * high) / (wide**2 + high**2 or 1)
    part = min(max(part, 0.0), 1.0)
    return dist(spot, (start[0] + part * wide, start[1] + part * high))


def _find_colour(sign: str) -> str:
    return COLOURS[{"+": 1, "-": -1}.get(sign, 0)]


def _write_notes(
    triads: list[UnbalancedTriad], left: float, top: float, room: float, labels: Labels
) -> tuple[Drawing, float]:
    """Return how to read the picture and what pulls apart, from `top` down, and where that ends."""
    drawing, y = Drawing(), top
    for sign, dash in DASHES.items():
        words = Text(left + 34, y, (labels(f"egonet.{sign}"),), SMALL)
        drawing += draw_line(left, y, left + 28, y, _find_colour(sign), BOLD, dash) + words
        y += 17
    texts = [(labels("egonet.numbers"), False)]
    if triads:
        heading = labels("egonet.pulls", n=len(triads))
        texts += [(heading, True), *((describe_triad(triad, labels), False) for triad in triads[:TRIADS_IN_WORDS])]
        if len(triads) > TRIADS_IN_WORDS:
            texts.append((labels("egonet.more", n=len(triads) - TRIADS_IN_WORDS), False))
    for text, bold in texts:
        if bold:
            y += 6
        for line in break_lines(text, room, SMALL, bold):
            drawing += Text(left, y, (line,), SMALL, "left", bold)
            y += LINE
        y += 5
    return drawing, y + 4


def describe_triad(triad: UnbalancedTriad, labels: Labels) -> str:
    """Return in words what pulls apart in a triangle."""
    if triad.hostile:
        return labels("egonet.hostile", actors=labels.names(triad.actors))
    between, one, other = map(labels.actor, triad.actors)
    return labels("egonet.between", actor=between, one=one, other=other)


def _describe(graph: Graph, middle: str, triads: list[UnbalancedTriad], labels: Labels) -> str:
    between, named = [], {}
    for row in records(_tabulate(graph)):
        if middle not in (row["actor"], row["other_actor"]):
            pair = f"{labels.actor(row['actor'])}–{labels.actor(row['other_actor'])}"
            sign = row["sign"]
            between.append(f"{pair} {labels(f'egonet.alt.{sign}')}")
    for key, sign in (("friends", 1), ("foes", -1), ("undecided", 0)):
        named[key] = labels.names(sorted(actor for actor, tie in graph[middle].items() if tie["sign"] == sign)) or "–"
    alt = labels("alt.egonet", actor=labels.actor(middle), n=graph.number_of_edges(), **named)
    alt += " " + labels("alt.egonet_others", ties=labels.enumerate(between)) if between else ""
    alt += "".join(f" {describe_triad(triad, labels)}." for triad in triads[:TRIADS_IN_WORDS])
    return alt
