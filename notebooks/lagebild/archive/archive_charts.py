"""What a corpus tells, in a sentence and as pictures: its course and peaks, who acts how towards whom, who tells it."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lagebild.archive.coverage import Totals
from lagebild.charts import (
    HIGH,
    STYLE,
    Axis,
    Cell,
    Cells,
    Chart,
    Drawing,
    Picture,
    Text,
    add_more,
    break_lines,
    choose_unit,
    draw_bars,
    draw_cells,
    draw_counts,
    draw_line,
    draw_ticks,
    limit_actors,
    name_span,
    rank_actors,
    weigh_actors,
)
from lagebild.core import Labels, ids, records

BARS = 160  # at most: a bar is then four pixels wide
LEFT, TITLE, FOOT = 46.0, 23.0, 24.0  # pixels: the numbers of a scale, the name of a panel, the words of the axis
FULL = 2.0  # what a mean intensity of 10, the greatest there is, is multiplied by to have the full colour of a matrix
FEW = 5  # events below which a mean says nothing
TELLERS = 15  # publishers that have a bar
LONGEST = 60  # characters of the name of a publisher


def find_unit(totals: Totals) -> str:
    """Return the unit of time of which a chart has room for all."""
    return choose_unit(totals.start, totals.end, BARS)


def name_pair(pair: str, labels: Labels) -> str:
    """Return a pair, two ids joined by ``;``, in words."""
    return " – ".join(map(labels.actor, ids(pair)))


def draw_course(course: pd.DataFrame, peaks: pd.DataFrame, totals: Totals, labels: Labels) -> Chart:
    """Draw the mentions of each unit of time: of all, and of each pair, with the numbers of the peaks.

    Parameters
    ----------
    course
        What `coverage.follow_pairs` returns.
    peaks
        What `coverage.find_peaks` returns.
    totals
        What `coverage.count_selected` returns.
    labels
        The words of a language.
    """
    axis, per = Axis(totals.start, totals.end, LEFT, STYLE.width - 4.0), labels(f"corpus.per.{find_unit(totals)}")
    sums = course.groupby("pair")["n"].sum()
    pairs = ["", *sums.drop("", errors="ignore").sort_values(ascending=False, kind="stable").index]
    drawing, y = Drawing(), 0.0
    for pair in pairs:
        inside = course[course["pair"] == pair]
        name = name_pair(pair, labels) if pair else labels("corpus.all")
        title = f"{name} ({labels.number(float(inside['n'].sum()))})"
        numbers = _draw_numbers(peaks[peaks["pair"] == pair], inside, axis, y + TITLE, labels)
        drawing += draw_ticks(axis, y + TITLE + 2 * HIGH + 20, y + TITLE + 10, y + TITLE + 2 * HIGH + 12, labels)
        drawing += numbers + draw_counts(inside, axis, y + TITLE + 12, labels, [], counted="hover.mentions")
        drawing += Drawing(words=(Text(0, y + 9, (title,), STYLE.text, bold=True),))
        y += TITLE + 12 + 2 * HIGH + FOOT
    for line in break_lines(f"{per} {labels('corpus.note')}", STYLE.width - 8, STYLE.text - 1):
        drawing += Drawing(words=(Text(0, y + STYLE.text / 2, (line,), STYLE.text - 1),))
        y += STYLE.text * STYLE.leading
    alt = labels(
        "alt.corpus",
        per=per,
        span=labels.date(f"{axis.start}/{axis.end}"),
        pairs="; ".join(f"{name_pair(pair, labels)} {labels.number(float(sums[pair]))}" for pair in pairs[1:]) or "–",
        peaks="; ".join(name_peak(row, labels) for row in records(peaks)) or "–",
    )
    return Chart("corpus-course", Picture(drawing, STYLE.width, round(y + 6)), course, labels("figure.corpus"), alt)


def name_peak(peak: dict[str, object], labels: Labels) -> str:
    """Return a row of `coverage.find_peaks` in words: which pair, when, and how many mentions instead of how many."""
    return labels(
        "corpus.peak",
        number=peak["number"],
        pair=name_pair(str(peak["pair"]), labels),
        span=name_span(str(peak["start"]), str(peak["end"]), labels),
        top=labels.number(float(str(peak["n"]))),
        usual=labels.number(float(str(peak["usual"]))),
    )


def _draw_numbers(peaks: pd.DataFrame, inside: pd.DataFrame, axis: Axis, top: float, labels: Labels) -> Drawing:
    """Draw the number of each peak in the row above the bars, and a line from it to its highest bar."""
    ends, drawing = dict(zip(inside["start"], inside["end"], strict=True)), Drawing()
    for peak in records(peaks):
        x = round((axis.at(peak["top"], 0) + axis.at(min(ends[peak["top"]], axis.end), 1)) / 2, 2)
        drawing += draw_line(x, top + 9, x, top + 12 + HIGH, STYLE.soft, 0.6)
        number = Text(
            x, top + 3, (str(peak["number"]),), STYLE.text, "center", True, STYLE.ink, "", name_peak(peak, labels)
        )
        drawing += Drawing(words=(number,))
    return drawing


def draw_tones(table: pd.DataFrame, labels: Labels) -> Chart:
    """Draw how who (row) acts towards whom (column) on average; of many actors those with most events.

    A pair of fewer than `FEW` events has a dot and no colour.

    `table` is what `coverage.relate_mentions` returns.
    """
    cells: Cells = {}
    for row in records(table):
        hover = labels(
            "hover.tone",
            source=labels.actor(row["source_actor"]),
            target=labels.actor(row["target_actor"]),
            tone=labels.number(row["tone"], signed=True),
            **{name: labels.number(float(row[name])) for name in ("n_events", "n_mentions", "n_publishers")},
        )
        value, text = (FULL * row["tone"], labels.number(row["tone"], signed=True))
        known = row["n_events"] >= FEW
        ends = row["source_actor"], row["target_actor"]
        cells[ends] = Cell(value if known else 0.0, text if known else "·", hover, "")
    weight = weigh_actors(table)
    shown, more = limit_actors(cells, weight)
    corner = f"{labels('matrix.acts')} ↓\N{EM SPACE}{labels('matrix.acted')} →\n{labels('corpus.tone', few=FEW)}"
    picture = draw_cells(shown, [rank_actors(weight)], corner, labels)
    most = "; ".join(
        f"{labels.actor(row['source_actor'])} → {labels.actor(row['target_actor'])} "
        f"{labels.number(row['tone'], signed=True)}"
        for row in records(table.head(6))
    )
    alt = labels("alt.tones", n=len(table), most=most or "–")
    return Chart("corpus-tones", picture, table, labels("figure.tones"), add_more(alt, more, labels))


def draw_publishers(publishers: pd.DataFrame, labels: Labels) -> Chart:
    """Draw how many articles the publishers with most of them have, and how many of these only repeat others.

    `publishers` is what `coverage.list_publishers` returns.
    """
    most = publishers.head(TELLERS)
    counts = pd.DataFrame({"own": most["n_articles"] - most["n_copies"], "copied": most["n_copies"]})
    named = [name if len(name) <= LONGEST else f"{name[:LONGEST]} …" for name in most["publisher"]]
    unlike = [f"{name} ({place})" if named.count(name) > 1 else name for place, name in enumerate(named, start=1)]
    rows = {name: counts.iloc[place] for place, name in enumerate(unlike)}
    words = {"own": labels("corpus.own"), "copied": labels("corpus.copied")}
    title = labels("figure.tellers", shown=labels.number(len(most)), n=labels.number(len(publishers)))
    return draw_bars("corpus-tellers", rows, words, title, labels)


def say_corpus(totals: Totals, articles: int, pairs: Collection[str], labels: Labels) -> str:
    """Return how much of a corpus of so many articles fits, how many events that is, and who is named most often.

    `pairs` are two ids each, joined by ``;``.
    """
    counts = {name: getattr(totals, name) for name in ("copies", "events", "happened", "publishers")}
    written = {name: labels.number(value) for name, value in counts.items()}
    span = labels.date(f"{totals.start}/{totals.end}")
    selected, total = labels.number(totals.articles), labels.number(articles)
    sentence = labels("finding.corpus", found=selected, articles=total, span=span, **written)
    named = labels.enumerate([name_pair(pair, labels) for pair in pairs])
    return f"{sentence} {labels('finding.corpus_pairs', pairs=named)}" if named else sentence
