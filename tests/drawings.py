"""Reads what plotly will draw: where marks, bars and labels of a figure come to stand, in pixels."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io
from lagebild.charts.chart import TEXT
from PIL import ImageFont


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont | None:
    """Return Inter if the machine has it, as the charts ask for it."""
    if not shutil.which("fc-match"):
        return None
    wanted = f"Inter:style={'Bold' if bold else 'Regular'}"
    found = subprocess.run(["fc-match", "-f", "%{family}|%{file}", wanted], capture_output=True, text=True, check=True)
    family, _, file = found.stdout.partition("|")
    return ImageFont.truetype(file, size) if family.startswith("Inter") else None


def plain(text: str) -> str:
    """Return the words of a label of plotly, without its markup."""
    return html.unescape(re.sub(r"</?b>", "", text))


def width(text: str, size: int = TEXT) -> float:
    """Return how wide a label is: measured if the font is there, estimated otherwise."""
    font = _font(size, "<b>" in text)
    return font.getlength(plain(text)) if font else 0.57 * size * len(plain(text))


def as_json(figure: go.Figure) -> str:
    """Return a figure as JSON, to compare it."""
    return str(plotly.io.to_json(figure, remove_uids=True))


def marks(figure: go.Figure) -> dict[str, tuple[float, float, str]]:
    """Return the marks of a timeline by event: pixel, height and symbol (dashed ones are drawn as shapes)."""
    trace = next((one for one in figure.data if one.mode == "markers"), None)
    if trace is None:
        return {}
    dashed = {round((box[0] + box[2]) / 2, 1) for box in map(_outline, figure.layout.shapes) if box}
    return {
        name: (float(x), float(y), "dashed" if round(float(x), 1) in dashed and symbol == "circle" else symbol)
        for [name], x, y, symbol in zip(trace.customdata, trace.x, trace.y, trace.marker.symbol, strict=True)
        if name
    }


def bars(figure: go.Figure) -> list[tuple[float, float, float, float]]:
    """Return the bars of a timeline: left, right, middle, opacity; one for each bar, its widest layer."""
    found: dict[tuple[float, float], tuple[float, float, float]] = {}
    for shape in figure.layout.shapes:
        if shape.type == "rect" and shape.opacity in (0.07, 0.12):
            found.setdefault((shape.x0, (shape.y0 + shape.y1) / 2), (shape.x0, shape.x1, shape.opacity))
    firsts: dict[float, tuple[float, float, float]] = {}
    for (_, y), bar in found.items():
        old = firsts.get(y)
        if old is None or bar[0] < old[0]:
            firsts[y] = bar
    return [(left, right, y, opacity) for y, (left, right, opacity) in firsts.items()]


def _outline(shape: Any) -> tuple[float, float, float] | None:
    if shape.type == "path" and shape.line.dash:
        xs = [float(point) for point in re.findall(r"(-?[\d.]+),", shape.path)]
        return min(xs), 0.0, max(xs)
    return (shape.x0, 0.0, shape.x1) if shape.type == "circle" else None
