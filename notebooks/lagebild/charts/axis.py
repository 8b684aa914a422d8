"""Axes of time: at which pixel a day stands, and the words below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from lagebild.charts.drawing import Drawing, Text, draw_line
from lagebild.charts.look import GRID, TEXT
from lagebild.charts.text_metrics import measure_text
from lagebild.core.labels import LOCALES, Labels

WIDE = 36.0  # pixels from which on a day has room for a word


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


def draw_ticks(
    axis: Axis, y: float, top: float, bottom: float, labels: Labels, free: float = 4, size: float = TEXT - 1
) -> Drawing:
    """Draw words for days, months or years at the height `y`, as many as fit, and a line under each.

    `free` are the pixels beside the axis into which a word may reach, `size` is that of their letters. Where days are
    wide, each has its word in its middle, between two lines: under a line, it would read as the name of the night.
    """
    drawing, taken = Drawing(), axis.left - free
    for day, word in zip(*ticks(axis.start, axis.end, labels), strict=True):
        if not axis.start <= day <= axis.end:
            continue
        x, half = axis.at(day, 0), measure_text(word, size) / 2
        drawing += draw_line(x, top, x, bottom, GRID)
        if axis.at(day, 1) - x >= WIDE:
            x = axis.at(day)
        if x - half > taken and x + half <= axis.right + free:
            drawing += Drawing(words=(Text(x, y, (word,), size, "center"),))
            taken = x + half + 8
    return drawing
