"""All charts that step 04 draws; and charts to files: svg and png, beside the csv that each draws.

Every svg carries the hash of the csv, so that a figure that no longer fits its data is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from lagebild.analysis import choose_parties
from lagebild.charts.bars import draw_reliability
from lagebild.charts.chart import Chart
from lagebild.charts.heading import name_source, stand_alone
from lagebild.charts.matrix import draw_relations
from lagebild.charts.net_bars import draw_parties
from lagebild.charts.own import draw_own
from lagebild.charts.relation_series import draw_series
from lagebild.charts.style import NARROW
from lagebild.charts.svg import draw_images
from lagebild.core import Case, InputError, Labels, Paths, csv_files, disk


def draw_charts(tables: Mapping[str, pd.DataFrame], case: Case, as_of: str, labels: Labels) -> list[Chart]:
    """Draw all charts of relations, and how far the draft coder's probabilities hold.

    `tables` holds events, relations, ties and relation_series, reliability of the reference, and what charts of one's
    own draw. The last chart is always drawn, the others if there is anything in them.
    """
    relations, ties = tables["relations"], tables["ties"]
    parties = choose_parties(relations, ties, case.subject)
    return [
        *draw_parties(relations, ties, parties, labels),
        *([draw_relations(relations, case.subject, labels, ties)] if len(relations) else []),
        *draw_series(tables["relation_series"], tables["events"], case, as_of, labels),
        *draw_own(tables, case, as_of, labels),
        draw_reliability(tables["reliability"], labels),
    ]


# --- Files ---


def save_figures(paths: Paths, charts: Iterable[Chart], case: Case, labels: Labels) -> list[Path]:
    """Write each chart as svg, png and csv, and return the files; earlier figures of the same step are replaced.

    In the files it stands alone: with its finding, what it counts, and its source (`heading.stand_alone`).
    Of a chart for small screens there is the svg alone: it shows what the one for the page shows.
    """
    source = name_source(case, paths.as_of, labels)
    charts = [stand_alone(chart, source) for chart in charts]
    wide = [chart for chart in charts if not chart.name.endswith(NARROW)]
    images = draw_images([chart.svg for chart in wide])
    contents: dict[str, bytes] = {}
    for chart in charts:
        data = csv_files.hash_texts({chart.name: csv_files.to_csv(chart.frame)})
        contents[f"{chart.name}.svg"] = f"<!-- data {data} -->\n{chart.svg}".encode()
    for chart, image in zip(wide, images, strict=True):
        contents[f"{chart.name}.csv"] = csv_files.to_csv(chart.frame).encode()
        contents[f"{chart.name}.png"] = image
    for name, content in contents.items():
        disk.write_bytes(paths.figures / name, content)
    return [paths.figures / name for name in contents]


def read_svg(file: Path, data: str) -> str:
    """Return a figure as svg that fits its data.

    Raises
    ------
    InputError
        If the figure is missing, or was drawn from other data than `data` (a hash).
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if f"<!-- data {data} -->" not in text:
        raise InputError(f"{disk.short_path(file)} is missing or older than its data: run steps 03 and 04 again.")
    return text.partition("-->\n")[2]
