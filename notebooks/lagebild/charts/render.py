"""All charts that step 04 draws; and charts to files: svg, png and html, beside the csv that each draws, and plotly.js.

Every file carries the hash of the csv, so that a figure that no longer fits its data is found.

plotly.py ships the whole library (4.8 MB: maps, 3D, WebGL …). plotly's partial bundles exist on npm only, and a fresh
machine has no npm. The published bundle is a list of modules that load each other by name, and one module that
registers the trace types; without the traces that we never draw, most modules are reached by nobody and can be left
out. It then weighs 1.3 MB. Scatter, shapes and annotations belong to the core and always stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path

import pandas as pd
from plotly.offline import get_plotlyjs

from lagebild.analysis import choose_parties
from lagebild.charts.bars import draw_reliability
from lagebild.charts.chart import Chart, assemble
from lagebild.charts.heading import name_source, stand_alone
from lagebild.charts.matrix import draw_relations
from lagebild.charts.net_bars import draw_parties
from lagebild.charts.own import draw_own
from lagebild.charts.relation_series import draw_series
from lagebild.charts.style import NARROW
from lagebild.charts.svg import draw_images
from lagebild.core import Case, InputError, Labels, Paths, hash_texts, short_path, to_csv, write_bytes


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

START = re.compile(r"(?<=;)var [\w$]+=W\(\(")  # a module at top level; W is the bundler's wrapper
DEFINED = re.compile(r"(?:var |,)([\w$]+)=(?:W|Ea)\(")
REGISTERED = re.compile(r"\.register\(\[([\w$]+\(\),?)+\]\)")
NAME = re.compile(r"[A-Za-z_$][\w$]*")


@cache
def core_bundle() -> str:
    """Return plotly.js without the trace types that are not in its core.

    Whatever the reading of the bundle is unsure of stays in; a bundle that is not built as expected comes back whole.
    """
    whole = str(get_plotlyjs())
    starts = [match.start() for match in START.finditer(whole)]
    if not starts or not REGISTERED.search(whole, starts[-1]):
        return whole
    parts = [
        REGISTERED.sub(".register([])", whole[a:b]) for a, b in zip(starts, [*starts[1:], len(whole)], strict=True)
    ]
    defines = {name: number for number, part in enumerate(parts) for name in DEFINED.findall(part)}
    certain = {number for number, part in enumerate(parts) if not part.endswith("});")} | {len(parts) - 1}
    kept, waiting = set(certain), [whole[: starts[0]], *(parts[number] for number in certain)]
    while waiting:
        for name in set(NAME.findall(waiting.pop())):
            number = defines.get(name)
            if number is not None and number not in kept:
                kept.add(number)
                waiting.append(parts[number])
    return whole[: starts[0]] + "".join(parts[number] for number in sorted(kept))


PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="lagebild-data" content="{data}">
<title>{title}</title>
<style>body {{ font-family: Inter, sans-serif; margin: 1rem; color: #222; }} \
figure {{ margin: 0; overflow-x: auto; }}</style>
</head>
<body>
<h1>{title}</h1>
<figure>
<div id="chart"><img src="{name}.svg" alt="{alt}"></div>
<figcaption>{alt}</figcaption>
</figure>
<p><a href="{name}.csv">{name}.csv</a></p>
<script type="application/json" id="figure">{figure}</script>
<script src="../../plotly.min.js"></script>
<script>
if (window.Plotly) {{
  const figure = JSON.parse(document.getElementById("figure").textContent);
  document.getElementById("chart").replaceChildren();
  Plotly.newPlot("chart", figure.data, figure.layout, {{displayModeBar: false}});
}}
</script>
</body>
</html>
"""


def save_figures(paths: Paths, charts: Iterable[Chart], case: Case, labels: Labels) -> list[Path]:
    """Write each chart as svg, png, html and csv, and return the files; earlier figures of the same step are replaced.

    In the files it stands alone: with its finding, what it counts, and its source (`heading.stand_alone`).
    Of a chart for small screens there is the svg alone: it shows what the one for the page shows.
    """
    source = name_source(case, paths.as_of, labels)
    charts = [stand_alone(chart, source) for chart in charts]
    wide = [chart for chart in charts if not chart.name.endswith(NARROW)]
    images = {chart.name: image for chart, image in zip(wide, draw_images([chart.svg for chart in wide]), strict=True)}
    written = []
    for chart in charts:
        table = to_csv(chart.frame)
        data = hash_texts({chart.name: table})
        contents = {"svg": f"<!-- data {data} -->\n{chart.svg}".encode()}
        if chart.name in images:
            figure = json.dumps(assemble(chart.picture), ensure_ascii=False, separators=(",", ":"))
            for sign in "<>&":  # safe inside a script element
                figure = figure.replace(sign, f"\\u{ord(sign):04x}")
            page = PAGE.format(
                language=paths.language,
                name=chart.name,
                title=escape(chart.title),
                alt=escape(chart.alt),
                data=data,
                figure=figure,
            )
            contents |= {"csv": table.encode(), "png": images[chart.name], "html": page.encode()}
        for kind, content in contents.items():
            written.append(paths.figures / f"{chart.name}.{kind}")
            write_bytes(written[-1], content)
    library, script = paths.figures.parents[1] / "plotly.min.js", core_bundle().encode()
    if not library.is_file() or library.read_bytes() != script:  # notebooks that run side by side share it
        write_bytes(library, script)
    return written


def read_svg(file: Path, data: str) -> str:
    """Return a figure as svg that fits its data.

    Raises
    ------
    InputError
        If the figure is missing, or was drawn from other data than `data` (a hash).
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if f"<!-- data {data} -->" not in text:
        raise InputError(f"{short_path(file)} is missing or older than its data: run steps 03 and 04 again.")
    return text.partition("-->\n")[2]
