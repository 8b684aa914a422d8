"""Panels on pages, so that no page stays half empty: a panel that does not fit goes on with its next lane overleaf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from lagebild.charts.timeline.panels import Panel

EMPTY = 0.2  # share of a page that may stay empty before a panel is split


class Part(NamedTuple):
    """What a panel draws, and what draws some of it; whether it goes on from the page before is told as well."""

    rows: pd.DataFrame
    draw: Callable[[pd.DataFrame, bool], Panel]


def fill_pages(parts: Sequence[Part], rooms: Sequence[float]) -> list[tuple[list[Panel], list[pd.DataFrame]]]:
    """Return the panels of each page, and the rows that each of them draws.

    `rooms` are the pixels of height of the first page, the second and so on; the last holds for all that follow. A
    panel that does not fit stands on the next page, or, if too much would stay empty, is split between two lanes.
    """
    pages: list[tuple[list[Panel], list[pd.DataFrame]]] = [([], [])]
    for part in parts:
        rest, again = part.rows, False
        while True:
            whole = rooms[min(len(pages), len(rooms)) - 1]
            room = whole - sum(panel.height for panel in pages[-1][0])
            some, panel = rest, part.draw(rest, again)
            if panel.height > room and pages[-1][0]:
                some, panel = (
                    _take_lanes(part, rest, again, room, panel) if room > EMPTY * whole else (rest.head(0), panel)
                )
            if len(some) or panel.height <= room:
                pages[-1][0].append(panel)
                pages[-1][1].append(some)
                rest, again = rest[~rest["event_id"].isin(set(some["event_id"]))], True
            if rest.empty:
                break
            pages.append(([], []))
    return pages


def _take_lanes(part: Part, rows: pd.DataFrame, again: bool, room: float, panel: Panel) -> tuple[pd.DataFrame, Panel]:
    """Return the rows of as many lanes as there is room for, and the panel that draws them; `panel` draws all."""
    lanes = list(rows["lane_name"].unique())
    best = rows.head(0), panel
    for n in range(1, len(lanes)):
        some = rows[rows["lane_name"].isin(lanes[:n])]
        panel = part.draw(some, again)
        if panel.height > room:
            break
        best = some, panel
    return best
