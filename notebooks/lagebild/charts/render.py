"""Charts to files: each figure as svg, png and html, beside the csv that it draws.

Every file carries the hash of the csv, so that a figure that no longer fits its data can be told.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from html import escape, unescape
from pathlib import Path
from xml.etree import ElementTree

import kaleido
import plotly.io
from choreographer.browsers.chromium import Chromium
from PIL import Image

from lagebild.charts.chart import FONT, INK, NARROW, Chart
from lagebild.charts.plotlyjs import core_bundle
from lagebild.core.csv_form import data_hash, to_csv
from lagebild.core.files import short_path, write_bytes
from lagebild.core.paths import InputError, Paths

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = "rgb({}, {}, {})".format(*(int(INK[at : at + 2], 16) for at in (1, 3, 5)))
FAMILY = FONT.replace('"', "'")
PNG_SCALE = 1.25
RGB = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")
# Styles that say no more than the default, and those that the whole drawing says once.
DEFAULTS = {(name, "1") for name in ("opacity", "fill-opacity", "stroke-opacity")}
DEFAULTS |= {("stroke-opacity", "0"), ("stroke-width", "0px"), ("fill", PLAIN)}
INHERITED = ("fill", "fill-opacity", "font-size", "font-weight", "stroke", "stroke-width", "text-anchor")
SAID = ("font-family", "white-space")
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
    """Return a png with a palette of 24 colours: the charts use a dozen, the rest is smoothing."""
    buffer = io.BytesIO()
    Image.open(file).convert("RGB").quantize(24, dither=Image.Dither.NONE).save(buffer, "png", optimize=True)
    return buffer.getvalue()


def tidy_svg(svg: str, chart: Chart) -> str:
    """Return an svg with links, its alternative text as its title, ids from the name of the chart, and no styles.

    plotly draws its ids at random on every render; a page that holds several charts needs them apart, too. Words of
    the chart are never touched: only attributes are.
    """
    root = ElementTree.fromstring(svg)
    drawn = re.search(r'id="defs-([0-9a-f]{6})"', svg)
    for element in root.iter():
        element.attrib = tidy_attributes(element.attrib, drawn[1] if drawn else "", chart.name)
        if element.get("class") == "shape-group":
            element.attrib.pop("clip-path", None)  # no shape reaches beyond its chart
    drop_empty(root)
    lift_attributes(root)
    root.attrib |= {"font-family": FAMILY, "fill": PLAIN}  # what nearly every text has, said once for all
    link_marks(root, chart)
    title = ElementTree.Element(f"{SVG}title")
    title.text = chart.alt
    root.insert(0, title)
    ElementTree.register_namespace("", SVG[1:-1])  # here: the register is one for all, and other libraries write to it
    return ElementTree.tostring(root, encoding="unicode")


def tidy_attributes(given: dict[str, str], drawn: str, name: str) -> dict[str, str]:
    """Return the attributes of an element of an svg, with its style among them.

    The content security policy of a report lets no element style itself (CSP 3, `style-src-attr`). What says no more
    than the default is left out, numbers keep two decimals, and `drawn`, the id of the drawing, becomes `name`.
    """
    rules = (rule.partition(":") for rule in given.get("style", "").split(";"))
    style = {key.strip(): value.strip() for key, _, value in rules if value.strip()}
    if style.get("stroke-opacity") == "0":
        style.pop("stroke", None)
    style = {key: value for key, value in style.items() if (key, value) not in DEFAULTS and key not in SAID}
    made = {key: value for key, value in (given | style).items() if key not in ("style", "data-index", "fill-rule")}
    made = {key: re.sub(r"(\d+\.\d\d)\d+", r"\1", value) for key, value in made.items()}
    made = {key: RGB.sub(to_hex, value) for key, value in made.items()}
    if "class" in made:
        made["class"] = re.sub(r"^(trace scatter trace)[0-9a-f]{6}", r"\1", made["class"])
    return {key: value.replace(drawn, name) if drawn else value for key, value in made.items()}


def to_hex(colour: re.Match[str]) -> str:
    """Return a colour that plotly wrote as rgb(…) in the shorter form."""
    return "#{:02x}{:02x}{:02x}".format(*map(int, colour.groups()))


def drop_empty(element: ElementTree.Element) -> None:
    """Take groups in which nothing is drawn out of an svg, but for the layers of traces and their parts."""
    for child in list(element):
        drop_empty(child)
        if child.tag == f"{SVG}g" and not len(child) and not (child.get("class") or "").startswith("trace "):
            element.remove(child)


def lift_attributes(element: ElementTree.Element) -> None:
    """Say once, of the group, what all that is drawn in it says of itself and what is passed on by a group."""
    for child in element:
        lift_attributes(child)
    drawn = [child for child in element if child.tag not in (f"{SVG}title", f"{SVG}defs")]
    for name in INHERITED if drawn and element.tag != f"{SVG}svg" else ():
        values = {child.get(name) for child in drawn}
        (value,) = values if len(values) == 1 else (None,)
        if value is not None and name not in element.attrib:
            element.set(name, value)
            for child in drawn:
                del child.attrib[name]


def link_marks(root: ElementTree.Element, chart: Chart) -> None:
    """Link each mark and each label of an svg to what it stands for, and let it tell that on hovering.

    The id in `customdata` is the target: so the chart needs no script to lead to its sentences. The links are left out
    of the order of the tabulator key, since the table beside the chart holds the same ones. What a mark tells, the
    label of the same event need not tell again, and a small screen has no pointer to hover with.
    """
    reported_before: set[tuple[str, str]] = set()
    layers = [one for one in root.iter(f"{SVG}g") if (one.get("class") or "").startswith("trace ")]
    drawn = [trace for trace in chart.figure.data if trace.x is not None and len(trace.x)]  # an empty one has no layer
    for layer, trace in zip(layers, drawn, strict=True):
        if trace.customdata is None:
            continue
        named = [row[0] for row in trace.customdata]
        for spots in (one for one in layer if one.get("class") in ("points", "text") and len(one)):
            for number, (name, reported) in enumerate(zip(named, trace.hovertext or [], strict=True)):
                text = spots.get("class") == "text"
                place, at = (spots[number], 0) if text else (spots, number)
                way = {"class": "mark", "href": f"#{name}", "tabindex": "-1"} if name else {}
                link = ElementTree.Element(f"{SVG}a" if name else f"{SVG}g", way)
                if reported and (name, reported) not in reported_before and not chart.name.endswith(NARROW):
                    reported_before.add((name, reported))
                    title = ElementTree.SubElement(link, f"{SVG}title")
                    title.text = unescape(re.sub(r"</?b>", "", reported.replace("<br>", "\n")))
                link.append(place[at])
                place[at] = link


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
