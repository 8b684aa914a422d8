"""Counts as bars in parts: outlets by country and standing, events by type and status, charts of one's own.

The parts get lighter from the first to the last, and an outline, so that they also part in greyscale.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Picture, Shape, Text, make_box
from lagebild.charts.look import SOFT, TEXT, WHITE, WIDTH
from lagebild.charts.text_metrics import break_lines, measure_text
from lagebild.core.labels import Labels
from lagebild.core.schema import STATUSES

VOICES, TYPES = "voices", "types"
SHADES = ("#123B5D", "#6D9DC5", "#CFE0EE", WHITE, WHITE)
DASHES = ("", "", "", "", "2,2")
LEFT, RIGHT, ROW, BAR, SIZE = 190.0, 44.0, 18.0, 12.0, 11.0  # pixels
COUNTRIES = 12  # that get a bar of their own
MARKED = ("state", "exile")  # standings that a reader must know; all others are shown as one
OTHER = "other"


def draw_voices(sources: pd.DataFrame, unheard: Collection[str], labels: Labels) -> Chart:
    """Draw how many independent outlets speak from each country, and below them the states without one.

    `sources` has reporter, country and standing. An outlet counts once, with the country and standing of most of its
    pages; countries beyond the first twelve share a bar,
    and so do outlets that nobody can place. `unheard` are ids of states.
    """
    outlets = _take_most(sources.assign(standing=sources["standing"].where(sources["standing"].isin(MARKED), OTHER)))
    counts = pd.crosstab(outlets["country"], outlets["standing"]).reindex(columns=[*MARKED, OTHER], fill_value=0)
    placed = counts[counts.index != ""]
    order = placed.sum(axis=1).sort_values(ascending=False, kind="stable").index
    rows = {labels.voice("country", str(country)): placed.loc[country] for country in order[:COUNTRIES]}
    if rest := list(order[COUNTRIES:]):
        rows[labels("voices.rest", n=len(rest))] = placed.loc[rest].sum()
    if "" in counts.index:
        rows[labels.voice("country", "")] = counts.loc[""]
    rows |= {labels.actor(state): 0 * counts.sum() for state in unheard}
    words = {one: labels(f"standing.{one}") for one in (*MARKED, OTHER)}
    return draw_bars(VOICES, rows, words, labels("figure.voices"), labels)


def draw_types(events: pd.DataFrame, types: pd.DataFrame, labels: Labels) -> Chart:
    """Draw how many events of each type there are, by status, from the most cooperative type to the most hostile.

    `events` has event_type and status, `types` event_type and intensity.
    """
    counts = pd.crosstab(events["event_type"], events["status"]).reindex(columns=STATUSES, fill_value=0)
    order = types.sort_values("intensity", ascending=False, kind="stable")["event_type"]
    rows = {labels.types[name]: counts.loc[name] for name in order if name in counts.index}
    return draw_bars(TYPES, rows, {one: labels(f"status.{one}") for one in STATUSES}, labels("figure.types"), labels)


def _take_most(sources: pd.DataFrame) -> pd.DataFrame:
    """Return each outlet once, with the country and standing under which most of its pages stand."""
    groups = sources.groupby(["reporter", "country", "standing"]).size().rename("pages").reset_index()
    return groups.sort_values("pages", ascending=False, kind="stable").drop_duplicates("reporter")


def draw_bars(name: str, rows: Mapping[str, pd.Series], words: Mapping[str, str], title: str, labels: Labels) -> Chart:
    """Draw a bar for each row, from the top, and its total behind it; its parts have a key above if any is drawn.

    `rows` holds counts by part under the words for the row, `words` those for each part, in the order of drawing.
    """
    frame = pd.DataFrame(list(rows.values()), columns=list(words)).astype(int).reset_index(drop=True)
    frame.insert(0, "row", list(rows))
    shown = [part for part in words if frame[part].sum()]
    drawing, y = _draw_key([words[part] for part in shown])
    longest = max([1, *frame[list(words)].sum(axis=1)])
    scale = (WIDTH - LEFT - RIGHT) / longest
    for row, counts in rows.items():
        lines = tuple(break_lines(row, LEFT - 8, SIZE))
        high = max(ROW, 4 + len(lines) * SIZE * 1.25)
        drawing += Drawing(words=(Text(LEFT - 8, y + high / 2, lines, SIZE, "right"),))
        end = LEFT
        for number, part in enumerate(shown):
            start, end = end, round(end + scale * int(counts[part]), 2)
            if end > start:
                drawing += Drawing((_box(start, y + high / 2, end, number),))
        total = str(int(counts.sum()))
        drawing += Drawing(words=(Text(end + 5, y + high / 2, (total,), SIZE, bold=total == "0"),))
        y += high
    said = labels.enumerate([f"{row} {int(counts.sum())}" for row, counts in rows.items()])
    return Chart(name, Picture(drawing, WIDTH, round(y + 6)), frame, title, f"{title}: {said}.")


def _draw_key(words: Sequence[str]) -> tuple[Drawing, float]:
    """Draw which shade means what, and return how far down that goes."""
    drawing, x, y = Drawing(), LEFT, 10.0
    for number, word in enumerate(words):
        wide = BAR + 5 + measure_text(word, TEXT)
        if x > LEFT and x + wide > WIDTH:
            x, y = LEFT, y + ROW
        drawing += Drawing((_box(x, y, x + BAR, number),), words=(Text(round(x + BAR + 5, 2), y, (word,), TEXT),))
        x += wide + 16
    return drawing, y + ROW


def _box(x0: float, middle: float, x1: float, number: int) -> Shape:
    box = make_box(x0, middle - BAR / 2, x1, middle + BAR / 2, SHADES[number])
    return box._replace(stroke=SOFT, width=0.8, dash=DASHES[number])
