"""Charts to files: each figure as svg, png and html, beside the csv that it draws.

Every file carries the hash of the csv, so that a figure that no longer fits its data is found.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

import kaleido
import plotly.io
from choreographer.browsers.chromium import Chromium
from PIL import Image

from lagebild.charts.chart import NARROW, Chart
from lagebild.charts.plotlyjs import core_bundle
from lagebild.charts.svg import tidy_svg
from lagebild.core.csv_form import data_hash, to_csv
from lagebild.core.files import short_path, write_bytes
from lagebild.core.paths import InputError, Paths

PNG_SCALE = 1.25
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


def save_figures(paths: Paths, charts: Iterable[Chart]) -> list[Path]:
    """Write each chart as svg, png, html and csv, and return the files; earlier figures of the same step are replaced.

    Of a chart for small screens there is the svg alone: it shows what the one for the page shows.

    Raises
    ------
    InputError
        If no Chromium can be started for the static images.
    """
    charts = list(charts)
    written = []
    with tempfile.TemporaryDirectory() as folder:
        images = render(charts, Path(folder))
    for chart in charts:
        data = data_hash({chart.name: chart.frame})
        page = PAGE.format(
            language=paths.language,
            name=chart.name,
            title=escape(chart.title),
            alt=escape(chart.alt),
            data=data,
            figure=figure_json(chart),
        )
        contents = {
            "csv": to_csv(chart.frame).encode(),
            "svg": f"<!-- data {data} -->\n".encode() + images[chart.name]["svg"],
            "png": images[chart.name]["png"],
            "html": page.encode(),
        }
        for kind, content in contents.items():
            if chart.name.endswith(NARROW) and kind != "svg":
                continue
            file = paths.figures / f"{chart.name}.{kind}"
            write_bytes(file, content)
            written.append(file)
    write_bytes(paths.figures.parents[1] / "plotly.min.js", core_bundle().encode())
    return written


def start_browser() -> None:
    """Start the one Chromium that renders all charts of this process, without waiting for it; once is enough.

    Raises
    ------
    InputError
        If there is none: kaleido's server would never answer.
    """
    if not _find_browser():
        raise InputError(
            "No Chromium was found for the static figures: install it, on Debian `apt-get install chromium`."
        )
    kaleido.start_sync_server(silence_warnings=True, mathjax=False)


def _find_browser() -> str:
    found = Chromium.find_browser(skip_local=False)
    return str(found) if found and Path(found).is_file() else ""


@cache
def find_browser_version() -> str:
    """Return name and version of the Chromium that draws the charts; empty without one."""
    found = _find_browser()
    if not found:
        return ""
    reported = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=60).stdout
    number = re.search(r"\d+(\.\d+)+", reported)
    return f"Chromium {number[0]}" if number else ""


def render(charts: list[Chart], folder: Path) -> dict[str, dict[str, bytes]]:
    """Return svg and png of each chart; one Chromium serves all calls of a process."""
    jobs = []
    for chart in charts:
        for kind, scale in (("svg", 1.0), ("png", PNG_SCALE)):
            size = {"width": chart.figure.layout.width, "height": chart.figure.layout.height}
            options = {"format": kind, "scale": scale, **size}
            jobs.append({"fig": chart.figure.to_dict(), "path": folder / f"{chart.name}.{kind}", "opts": options})
    start_browser()
    kaleido.write_fig_from_object_sync(jobs)
    return {
        chart.name: {
            "svg": tidy_svg((folder / f"{chart.name}.svg").read_text(encoding="utf-8"), chart).encode(),
            "png": shrink(folder / f"{chart.name}.png"),
        }
        for chart in charts
    }


def shrink(file: Path) -> bytes:
    """Return a png with a palette: with fewer colours the cells of a matrix would take on those of others."""
    buffer = io.BytesIO()
    Image.open(file).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(buffer, "png", optimize=True)
    return buffer.getvalue()


def figure_json(chart: Chart) -> str:
    """Return the figure as JSON that is safe inside a script element, the same for the same data."""
    return (
        str(plotly.io.to_json(chart.figure, remove_uids=True))
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )


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
