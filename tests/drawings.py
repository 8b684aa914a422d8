"""Reads what plotly will draw: where marks, bars and labels of a figure come to stand, in pixels."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import plotly.io
from lagebild.charts import TEXT
from PIL import ImageFont


class Box(NamedTuple):
    """A line of text in a figure: its words, its left and right edge in pixels, and its row."""

    text: str
    left: float
    right: float
    row: float


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


def pixel(figure: go.Figure, x: Any) -> float:
    """Return where a day stands, in pixels from the left edge of the figure."""
    margin, (low, high) = figure.layout.margin, map(pd.Timestamp, figure.layout.xaxis.range)
    inner = figure.layout.width - margin.l - margin.r
    return float(margin.l + (pd.Timestamp(x) - low) / (high - low) * inner)


def marks(figure: go.Figure) -> dict[str, tuple[str, float, str]]:
    """Return the marks of a timeline by event: day, row and symbol."""
    return {
        trace.customdata[0][0]: (str(trace.x[0])[:10], float(trace.y[0]), trace.marker.symbol) for trace in figure.data
    }


def bars(figure: go.Figure) -> dict[float, tuple[str, str, float]]:
    """Return the bars of a timeline by row: first day, first day after it, and opacity."""
    return {
        round((shape.y0 + shape.y1) / 2, 3): (str(shape.x0)[:10], str(shape.x1)[:10], shape.opacity)
        for shape in figure.layout.shapes
        if shape.yref != "y domain" and shape.y0 != shape.y1
    }


def labels_of(figure: go.Figure) -> list[Box]:
    """Return the labels of a period chart: one beside each mark, and one for each lane."""
    boxes = []
    for note in figure.layout.annotations:
        size, shift = note.font.size or TEXT, note.xshift or 0
        at = figure.layout.margin.l if note.xref == "paper" else pixel(figure, note.x)
        wide = width(note.text, size)
        left = at + shift if note.xanchor == "left" else at + shift - wide
        boxes.append(Box(note.text, left, left + wide, float(note.y)))
    return boxes
