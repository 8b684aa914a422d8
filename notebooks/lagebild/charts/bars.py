"""Counts as bars in parts, likelihoods as bands on a scale, and how often a draft of a probability is right.

Bars show outlets by country and standing, events by type and status, charts of one's own. Their parts get lighter from
the first to the last, and an outline, so that they also part in greyscale. A band is the probability that a term of ICD
203 stands for, with how sure that is beside it. The reliability diagram is that of Murphy and Winkler (1977).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Shape, Text, draw_line, make_box
from lagebild.charts.style import COLOURS, GRID, INK, RULE, SOFT, TEXT, WHITE, WIDTH, break_lines, measure_text
from lagebild.core import STATUSES, Judgements, Labels, judgements as prose, records

# --- Likelihoods ---

NAME, BLUE = "likelihoods", COLOURS[1]
SCALE_LEFT, SCALE_END, SCALE_SIZE, SCALE_LINE, SCALE_BAR, SCALE_TOP = 300.0, 590.0, 11.0, 14.0, 12.0, 34.0  # pixels


def draw_likelihoods(judgements: Judgements, known: Collection[str], labels: Labels) -> list[Chart]:
    """Draw the likelihood of the answer, the key judgements and the open scenarios; nothing if nobody stated one.

    A scenario that events or conditions among `known` have answered is no longer open. The chart's frame has entry,
    heading, low, high (per cent) and confidence.
    """
    stated = [
        {
            "entry": entry.entry_id,
            "heading": f"{entry.entry_id} {entry.heading.get(labels.language) or labels('column.answer')}",
            "low": prose.LIKELIHOODS[entry.likelihood][0],
            "high": prose.LIKELIHOODS[entry.likelihood][1],
            "confidence": entry.confidence,
        }
        for entry in (*judgements.answers, *judgements.key_judgements, *judgements.scenarios)
        if entry.likelihood and not (entry.answered_by and set(entry.answered_by) <= set(known))
    ]
    if not stated:
        return []
    frame = pd.DataFrame(stated)
    bands = [f"{row['heading']} ({labels('band', low=row['low'], high=row['high'])})" for row in stated]
    title = labels("figure.likelihoods")
    return [Chart(NAME, _draw_scale(stated, labels), frame, title, f"{title}: {'; '.join(bands)}.")]


def _draw_scale(rows: Sequence[dict[str, Any]], labels: Labels) -> Picture:
    rules, drawing, y = Drawing(), Drawing(), SCALE_TOP
    for row in rows:
        lines = tuple(break_lines(row["heading"], SCALE_LEFT - 12, SCALE_SIZE))
        high = max(22.0, 8 + SCALE_LINE * len(lines))
        rules += draw_line(0, y, WIDTH, y, GRID, 0.8)
        drawing += _draw_band(row["low"], row["high"], y + high / 2, labels)
        sure = labels(f"confidence.{row['confidence']}") if row["confidence"] else ""
        drawing += Drawing(
            words=(Text(0, y + high / 2, lines, SCALE_SIZE), Text(SCALE_END + 24, y + high / 2, (sure,), SCALE_SIZE))
        )
        y += high
    for mark in (0, 25, 50, 75, 100):
        rules += draw_line(
            _find_x(mark), SCALE_TOP, _find_x(mark), y, INK if mark == 50 else SOFT, 0.6, "" if mark == 50 else "2,3"
        )
        drawing += Text(_find_x(mark), SCALE_TOP - 9, (labels.percent(mark / 100),), TEXT - 1, "center")
    for x, key in ((SCALE_LEFT, "column.likelihood"), (SCALE_END + 24, "column.confidence")):
        drawing += Text(x, 8, (labels(key),), TEXT, bold=True)
    return Picture(rules + drawing, WIDTH, round(y + 6))


def _draw_band(low: int, high: int, y: float, labels: Labels) -> Drawing:
    """Draw a band and, on white beside it, its numbers: at the right, or where there is no room, at the left."""
    words, start, end = labels("band", low=low, high=high), _find_x(low), _find_x(high)
    wide = measure_text(words, SCALE_SIZE)
    left = end + 5 if end + 5 + wide < SCALE_END else start - 5 - wide
    shapes = (
        make_box(left - 2, y - 7, left + wide + 2, y + 7, WHITE),
        make_box(start, y - SCALE_BAR / 2, end, y + SCALE_BAR / 2, BLUE),
    )
    return Drawing(shapes, words=(Text(round(left, 2), y, (words,), SCALE_SIZE),))


def _find_x(percent: float) -> float:
    """Return the pixel of a probability in per cent."""
    return round(SCALE_LEFT + (SCALE_END - SCALE_LEFT) * percent / 100, 2)


# --- The reliability diagram ---

SIDE, PLOT_LEFT, PLOT_TOP, BOTTOM = 220, 52, 12, 44  # pixels: a square at the left, where a phone shows it whole
AREA = 1.4  # of the diameter of a circle in pixels, per root of drafts: its area counts the drafts


def draw_reliability(reliability: pd.DataFrame, labels: Labels) -> Chart:
    """Draw in how many drafts nothing is false against their mean probability, for judged ones that nobody read.

    The frame of the chart has the columns of the table, `expected` and `right` as whole per cent.

    Parameters
    ----------
    reliability
        The reference table: gold, half, begins, drafts, expected, right.
    """
    unread = reliability[(reliability["half"] == "unread") & (reliability["gold"] == "judged")].reset_index(drop=True)
    drafts = unread["drafts"].astype(int)
    expected = (100 * unread["expected"].astype(float)).round().astype(int)
    right = (100 * unread["right"].astype(int) / drafts).round().astype(int)
    frame = pd.DataFrame({"begins": unread["begins"], "drafts": drafts, "expected": expected, "right": right})
    base, end = PLOT_TOP + SIDE, PLOT_LEFT + SIDE
    drawing = draw_line(PLOT_LEFT, base, end, PLOT_TOP, RULE, 1.2, "9,9")
    drawing += draw_line(PLOT_LEFT, base, end, base, RULE) + draw_line(PLOT_LEFT, base, PLOT_LEFT, PLOT_TOP, RULE)
    for mark in (0, 25, 50, 75, 100):
        word, part = labels.percent(mark / 100), SIDE * mark / 100
        drawing += Text(PLOT_LEFT + part, base + 10, (word,), TEXT, "center")
        drawing += Text(PLOT_LEFT - 4, base - part, (word,), TEXT, "right")
    middle = Text(PLOT_LEFT + SIDE / 2, base + 32, (labels("column.expected"),), TEXT + 2, "center")
    upright = Text(8, PLOT_TOP + SIDE / 2, (labels("column.right"),), TEXT + 2, "center", angle=-90)
    marks = [
        Mark(
            round(PLOT_LEFT + SIDE * row["expected"] / 100, 2),
            round(base - SIDE * row["right"] / 100, 2),
            "circle",
            COLOURS[1],
            round(AREA * row["drafts"] ** 0.5, 2),
            f"reliability-{row['begins']}",
            labels("hover.reliability", **row),
            INK,
            0.8,
        )
        for row in records(frame)
    ]
    picture = Picture(drawing + Drawing(marks=tuple(marks), words=(middle, upright)), WIDTH, base + BOTTOM)
    shares = labels.enumerate([labels("alt.reliability_row", **row) for row in records(frame)])
    alt = labels("alt.reliability", drafts=sum(drafts), n=len(frame), rows=shares)
    share = labels.percent(unread["right"].astype(int).sum() / drafts.sum())
    finding = labels("reliability.finding", share=share, n=drafts.sum())
    return Chart("reliability", picture, frame, labels("figure.reliability"), alt, finding)


# --- Bars in parts ---

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
    pages; countries beyond the first twelve share a bar, and so do outlets that nobody can place. `unheard` are ids of
    states.
    """
    marked = sources.assign(standing=sources["standing"].where(sources["standing"].isin(MARKED), OTHER))
    pages = marked.groupby(["reporter", "country", "standing"]).size().rename("pages").reset_index()
    outlets = pages.sort_values("pages", ascending=False, kind="stable").drop_duplicates("reporter")
    counts = pd.crosstab(outlets["country"], outlets["standing"]).reindex(columns=[*MARKED, OTHER], fill_value=0)
    placed = counts[counts.index != ""]
    order = placed.sum(axis=1).sort_values(ascending=False, kind="stable").index
    rows = {labels.voice("country", str(country)): placed.loc[country] for country in order[:COUNTRIES]}
    if rest := list(order[COUNTRIES:]):
        rows[labels("voices.rest", n=len(rest))] = placed.loc[rest].sum()
    if "" in counts.index:
        rows[labels.voice("country", "")] = counts.loc[""]
    rows |= {labels.actor(state): 0 * counts.sum() for state in unheard}
    words = {standing: labels(f"standing.{standing}") for standing in (*MARKED, OTHER)}
    return draw_bars(VOICES, rows, words, labels("figure.voices"), labels)


def draw_types(events: pd.DataFrame, types: pd.DataFrame, labels: Labels) -> Chart:
    """Draw how many events of each type there are, by status, from the most cooperative type to the most hostile.

    `events` has event_type and status, `types` event_type and intensity.
    """
    counts = pd.crosstab(events["event_type"], events["status"]).reindex(columns=STATUSES, fill_value=0)
    order = types.sort_values("intensity", ascending=False, kind="stable")["event_type"]
    rows = {labels.types[name]: counts.loc[name] for name in order if name in counts.index}
    words = {status: labels(f"status.{status}") for status in STATUSES}
    return draw_bars(TYPES, rows, words, labels("figure.types"), labels)


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
        drawing += Text(LEFT - 8, y + high / 2, lines, SIZE, "right")
        end = LEFT
        for number, part in enumerate(shown):
            start, end = end, round(end + scale * int(counts[part]), 2)
            if end > start:
                drawing += _make_bar(start, y + high / 2, end, number)
        total = str(int(counts.sum()))
        drawing += Text(end + 5, y + high / 2, (total,), SIZE, bold=total == "0")
        y += high
    totals = labels.enumerate([f"{row} {int(counts.sum())}" for row, counts in rows.items()])
    return Chart(name, Picture(drawing, WIDTH, round(y + 6)), frame, title, f"{title}: {totals}.")


def _draw_key(words: Sequence[str]) -> tuple[Drawing, float]:
    """Draw which shade means what, and return how far down that goes."""
    drawing, x, y = Drawing(), LEFT, 10.0
    for number, word in enumerate(words):
        wide = BAR + 5 + measure_text(word, TEXT)
        if x > LEFT and x + wide > WIDTH:
            x, y = LEFT, y + ROW
        drawing += Drawing((_make_bar(x, y, x + BAR, number),), words=(Text(round(x + BAR + 5, 2), y, (word,), TEXT),))
        x += wide + 16
    return drawing, y + ROW


def _make_bar(x0: float, middle: float, x1: float, number: int) -> Shape:
    box = make_box(x0, middle - BAR / 2, x1, middle + BAR / 2, SHADES[number])
    return box._replace(stroke=SOFT, width=0.8, dash=DASHES[number])
