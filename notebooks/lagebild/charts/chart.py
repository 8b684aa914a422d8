"""What all charts share: the figure with its title, words and table; its colours and fonts; ticks and lines of text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel.dates import format_date

from lagebild.core.labels import LOCALES, Labels

WIDTH = 720  # pixels; fills the text column of an A4 page
FONT = "Inter, DejaVu Sans, sans-serif"
TEXT = 11
NARROW = "-narrow"  # ends the name of the chart for a small screen beside the one for the page
COLOURS = {1: "#0072B2", -1: "#C04A00", 0: "#5F5F5F"}  # Okabe and Ito (2008), the orange darkened for contrast
INK, RULE, PALE = "#222222", "#C9C9C9", "#F4F1EA"
MARKS = {1: "triangle-up", -1: "triangle-down", 0: "circle"}  # direction shown by form, so that greyscale is enough


@dataclass(frozen=True)
class Chart:
    """A figure with what one needs to read it without eyes or colour: title, alternative text, the table it draws."""

    name: str
    figure: go.Figure
    frame: pd.DataFrame
    title: str
    alt: str


def style(
    figure: go.Figure, width: int, height: int, *, left: int, right: int, top: int, bottom: int, **layout: Any
) -> None:
    """Give a figure its size, its margins in pixels and the look that all charts have; `layout` adds to it."""
    figure.update_layout(
        width=width,
        height=height,
        margin={"l": left, "r": right, "t": top, "b": bottom},
        font={"family": FONT, "size": TEXT, "color": INK},
        plot_bgcolor="white",
        paper_bgcolor="white",
        **layout,
        dragmode=False,
        template="none",
    )


def ticks(start: str, end: str, labels: Labels) -> tuple[list[str], list[str]]:
    """Return about eight tick positions and their words: days, months or years, whichever fits."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = (last - first).days
    if days <= 70:
        step = max(1, round(days / 8))
        marks = [first + timedelta(days=i) for i in range(0, days + 1, step)]
        pattern = {"de": "d. MMM", "en": "d MMM"}[labels.language]
    else:
        month = first.year * 12 + first.month - 1
        months = last.year * 12 + last.month - 1 - month
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / s <= 9), 12_000)
        marks = [date(m // 12, m % 12 + 1, 1) for m in range(-(-month // step) * step, month + months + 1, step)]
        pattern = "yyyy" if step >= 12 else "MMM yyyy"
    kept = [mark for mark in marks if (first - mark).days <= 20]  # one further out would stand off the axis
    words = [format_date(mark, pattern, locale=LOCALES[labels.language]) for mark in kept]
    return [mark.isoformat() for mark in kept], words


def rank_actors(weight: pd.Series, first: str = "") -> list[str]:
    """Return the actors in the index of `weight`, the heaviest first; before them all the one called `first`."""
    return sorted(map(str, weight.index), key=lambda actor: (actor != first, -weight[actor], actor))


def escape(text: str) -> str:
    """Return text in which plotly finds no markup: it reads a small set of HTML in labels."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrap(text: str, width: int) -> str:
    """Return text, escaped, in lines of at most `width` letters, as plotly breaks lines; a long word stays whole."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(map(escape, lines))
