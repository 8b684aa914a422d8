"""The ladder from words to force: how far an actor went for an attacked partner, before and after a turn."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import Any

import pandas as pd

from lagebild.analysis import DOUBTFUL, Ladder
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Text, draw_line
from lagebild.charts.style import COLOURS, LEADING, NARROW, PHONE, RULE, TEXT, WIDTH, break_lines, measure_text
from lagebild.core import Labels, edtf, records

NAME = "ladder"
LEFT, SIGN = 132.0, 21.0  # pixels: the names of rungs, the room of a mark
SIZES = {WIDTH: 9.5, PHONE: 12.0}  # pixels of the words of a cell: 6.5 points on A4, what a small screen needs
HIGHEST = 3  # rungs of a stretch that its description names: words are always reached
DAY = 17  # letters of the longest date that stays on one line
# Different in form, so that greyscale is enough; a sign of one letter is written, the others are marks.
SIGNS = {
    **{"done": "circle", "said": "circle-open", "disputed": "triangle-up-open", "doubted": "triangle-down-open"},
    **{"denied": "x-thin-open"},
    **{"floated": "?", "none": "–", "unsearched": "·"},
}
REPORTED = ("said", "disputed", "doubted")
TINTS = {"done": COLOURS[1], "said": COLOURS[1], "disputed": COLOURS[-1], "doubted": COLOURS[0], "denied": COLOURS[-1]}


def draw_ladder(ladder: Ladder | None, events: pd.DataFrame, rungs: pd.DataFrame, labels: Labels) -> list[Chart]:
    """Draw the ladder for the page and for a small screen; nothing if there is none.

    Force stands at the top, words at the bottom. Each rung says for each stretch of time whether somebody reached it,
    is said to have reached it, or not on record; the event named is the one that says it best. Both show the last three
    stretches, of more the letters would be too small to read: a page beside one another, a small screen below one
    another under numbers.
    """
    if ladder is None:
        return []
    named = dict(zip(rungs["rung_id"], rungs[f"name_{labels.language}"], strict=True))
    summary = {row["event_id"]: _describe_event(row, labels) for row in records(events)}
    names = {"helper": labels.actor(ladder.helper), "partner": labels.actor(ladder.partner)}
    heads, parts = dict[str, list[str]](), list[str]()
    for end, rows in ladder.rungs.groupby("end", sort=False):
        heads[str(end)] = _describe_stretch(ladder, rows["start"].iloc[0], str(end), labels)
        parts.append(f"{heads[str(end)][0]}: {_describe_rungs(rows, named, labels)}")
    ends = list(heads)
    alt = labels("alt.ladder", n=len(parts), parts=". ".join(parts), **names)
    title = labels("figure.ladder", **names)
    last = ladder.rungs[ladder.rungs["end"] == ends[-1]]
    finding = _find_highest(last, heads[ends[-1]][0], named, labels)
    shown = ladder.rungs[ladder.rungs["end"].isin(ends[-3:])]
    return [
        Chart(name, partial(draw, shown, named, summary, heads, labels), ladder.rungs, title, alt, finding)
        for name, draw in ((NAME, _draw_columns), (NAME + NARROW, _draw_stack))
    ]


def _find_highest(rungs: pd.DataFrame, when: str, named: dict[str, str], labels: Labels) -> str:
    """Return up to which rung of a stretch help is documented, and how the highest stands that is reported above it."""
    order = list(dict.fromkeys(rungs["rung_id"]))
    done = [rung for rung in order if (rungs.loc[rungs["rung_id"] == rung, "standing"] == "done").any()]
    if not done:
        return ""
    above = rungs[rungs["rung_id"].isin(order[order.index(done[-1]) + 1 :]) & rungs["standing"].isin(REPORTED)]
    if above.empty:
        return labels("ladder.highest", when=when, rung=named[done[-1]])
    highest = max(above["rung_id"], key=order.index)
    told = set(above.loc[above["rung_id"] == highest, "standing"])
    standing = labels.enumerate([labels(f"ladder.only.{one}") for one in REPORTED if one in told])
    return labels("ladder.reported", when=when, rung=named[done[-1]], standing=standing)


def _describe_event(event: dict[str, Any], labels: Labels) -> str:
    """Return what an event was, and when: the day, or no more than the years of a longer time."""
    summary, span = event[f"summary_{labels.language}"], edtf.parse(event["date"]) if event["date"] else None
    vague = span and span.earliest and span.latest and span.earliest != span.latest
    years = dict.fromkeys((event["earliest"][:4], event["latest"][:4]))
    when = "–".join(years) if vague else labels.date(event["date"])
    caveat = f"{labels(f'ladder.{told}')} " if (told := _find_caveat(event)) else ""
    tied = when.replace(" ", "\N{NO-BREAK SPACE}") if len(when) <= DAY else when
    return f"{caveat}{summary}" + ("" if not event["date"] or when in summary else f" ({tied})")


def _find_caveat(event: dict[str, Any]) -> str:
    """Return how sure it is that an event happened, in a word of the chart; empty for what is documented."""
    if event["contested"] == "occurrence":
        return "disputed"
    if event["status"] == "reported":
        return "doubted" if event["credibility"] in DOUBTFUL else "said"
    return ""


def _describe_rungs(stretch: pd.DataFrame, named: dict[str, str], labels: Labels) -> str:
    """Return the highest rungs that are reached in a stretch of time, from the top down."""
    reached = [row for row in reversed(records(stretch)) if row["n_acts"]][:HIGHEST]
    standings = [(named[row["rung_id"]], labels(f"rung.{row['standing']}"), row["n_acts"]) for row in reached]
    return "; ".join(f"{rung} – {standing} ({n})" for rung, standing, n in standings) or "–"


def _describe_stretch(ladder: Ladder, start: str, end: str, labels: Labels) -> list[str]:
    """Return what a stretch of time is called, if it has a name, and when it was."""
    name = ladder.names.get(start, {}).get(labels.language, "")
    when = labels.date(f"{start}/{end}") if start else labels("ladder.until", day=labels.day(end))
    return [name, when] if name else [when]


def _draw_columns(
    shown: pd.DataFrame, named: dict[str, str], summary: dict[str, str], heads: dict[str, list[str]], labels: Labels
) -> Picture:
    """Draw a column for each stretch of time."""
    ends, order = list(dict.fromkeys(shown["end"])), list(dict.fromkeys(shown["rung_id"]))[::-1]
    size, wide = SIZES[WIDTH], (WIDTH - LEFT - 2) / len(ends)
    letters = max(size, TEXT)  # of the names of rungs
    cells = {
        (row["end"], row["rung_id"]): break_lines(summary[row["shown"]], wide - SIGN - 8, size) if row["shown"] else []
        for row in records(shown)
    }
    words, y = _draw_heads([heads[end] for end in ends], LEFT, wide, size)
    for rung in order:
        lines = break_lines(named[rung], LEFT - 12, letters, bold=True)
        tall = letters * LEADING * len(lines)
        high = max(size * LEADING * max(len(cells[end, rung]) for end in ends), tall, 16.0) + 4
        words += draw_line(0, y, WIDTH, y, RULE, 0.6)
        words += Text(4, y + high / 2, tuple(lines), letters, "left", True)
        for row in records(shown[shown["rung_id"] == rung]):
            x = LEFT + wide * ends.index(row["end"])
            words += _draw_rung(row, cells[row["end"], rung], x, y + high / 2, size, labels)
        y = round(y + high, 2)
    words += draw_line(0, y, WIDTH, y, RULE, 0.6)
    key, y = _draw_key(list(dict.fromkeys(shown["standing"])), y + 6, WIDTH, labels)
    return Picture(words + key, WIDTH, round(y + 4))


def _draw_stack(
    shown: pd.DataFrame, named: dict[str, str], summary: dict[str, str], heads: dict[str, list[str]], labels: Labels
) -> Picture:
    """Draw the stretches of time one below the other in each rung, by numbers that stand above the rungs."""
    ends, order = list(dict.fromkeys(shown["end"])), list(dict.fromkeys(shown["rung_id"]))[::-1]
    size, y, words = SIZES[PHONE], 4.0, Drawing()
    line = size * LEADING

    def write(number: str, lines: list[str], top: float, left: float, bold: bool = False) -> Drawing:
        head = Text(4, top + line / 2, (number,), size, "left", True) if number else Drawing()
        return Drawing() + head + Text(left, top + line * len(lines) / 2, tuple(lines), size, "left", bold)

    for number, end in enumerate(ends, start=1):
        name, *when = heads[end]
        lines = break_lines(f"{name} ({when[0]})" if when else name, PHONE - SIGN - 8, size)
        words += write(str(number), lines, y, SIGN)
        y += line * len(lines) + 2
    for rung in order:
        y += 3
        words += draw_line(0, y, PHONE, y, RULE, 0.6)
        lines = break_lines(named[rung], PHONE - 8, size, bold=True)
        words += write("", lines, y + 3, 4, bold=True)
        y += line * len(lines) + 5
        for row in records(shown[shown["rung_id"] == rung]):
            told = break_lines(summary[row["shown"]], PHONE - 2 * SIGN - 8, size) if row["shown"] else []
            high = max(line * len(told), 17.0) + 2
            words += Text(4, y + high / 2, (str(ends.index(row["end"]) + 1),), size, "left", True)
            words += _draw_rung(row, told, SIGN, y + high / 2, size, labels)
            y = round(y + high, 2)
    words += draw_line(0, y + 2, PHONE, y + 2, RULE, 0.6)
    key, y = _draw_key(list(dict.fromkeys(shown["standing"])), y + 8, PHONE, labels)
    return Picture(words + key, PHONE, round(y + 4))


def _draw_heads(heads: list[list[str]], left: float, wide: float, size: float) -> tuple[Drawing, float]:
    """Draw above each column what its stretch of time is called and when it was; return it with its lower edge."""
    line = size * LEADING
    titles = []
    for name, *when in heads:
        below = [break_lines(part, wide - 8, size + 1) for part in when]
        titles.append((break_lines(name, wide - 8, size + 1, bold=True), list(chain(*below))))
    y = line * max(len(title) + len(when) for title, when in titles) + 6
    words = Drawing()
    for number, (title, when) in enumerate(titles):
        x, top = left + wide * number + 4, y - 3 - line * (len(title) + len(when))
        words += Text(x, top + line * len(title) / 2, tuple(title), size + 1, "left", True)
        if when:
            words += Text(x, y - 3 - line * len(when) / 2, tuple(when), size)
    return words, y


def _draw_rung(row: dict[str, Any], lines: list[str], x: float, y: float, size: float, labels: Labels) -> Drawing:
    word = labels(f"rung.{row['standing']}")
    if not lines:
        sign = _draw_sign(row["standing"], x + 11, y, "", "")
        return sign + Text(x + SIGN, y, (word,), size, colour=COLOURS[0])
    hover = f"{word}: {' '.join(lines)}"
    text = Text(x + SIGN, y, tuple(lines), size, name=row["shown"])
    return _draw_sign(row["standing"], x + 11, y, row["shown"], hover) + text


def _draw_sign(standing: str, x: float, y: float, name: str, hover: str) -> Drawing:
    sign = SIGNS[standing]
    if len(sign) == 1:
        return Drawing(words=(Text(x, y, (sign,), TEXT + 2, "center", True, COLOURS[0], name, hover),))
    return Drawing(marks=(Mark(x, y, sign, TINTS[standing], 10, name, hover, width=2.0),))


def _draw_key(standings: list[str], y: float, width: int, labels: Labels) -> tuple[Drawing, float]:
    """Draw what the signs mean that occur, and return it with its lower edge."""
    size = SIZES[width]
    line = size * LEADING
    drawing, x, y = Drawing(), 4.0, y + line / 2
    for standing in [sign for sign in SIGNS if sign in standings]:
        word = labels(f"rung.{standing}")
        room = SIGN + measure_text(word, size) + 14
        if x > 4 and x + room > width:
            x, y = 4.0, y + line + 2
        drawing += _draw_sign(standing, x + 6, y, "", "")
        drawing += Text(x + SIGN - 6, y, (word,), size)
        x += room
    note = break_lines(labels("ladder.key"), width - 8, size)
    y += line / 2 + 3
    drawing += Text(4, y + line * len(note) / 2, tuple(note), size)
    return drawing, y + line * len(note)
