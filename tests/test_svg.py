"""The drawing of a chart as SVG and PNG: the same each time, safe whatever its words are, linked, in one font."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
import typst
from drawings import width
from hostile import HOSTILE
from known import REFERENCE
from lagebild.charts.chart import Chart
from lagebild.charts.drawing import Drawing, Mark, Picture, Shape, Text
from lagebild.charts.style import (
    CLEAR,
    COLOURS,
    INK,
    NARROW,
    OTHER,
    RULE,
    WHITE,
    find_letters,
    has_letters,
    measure_text,
)
from lagebild.charts.svg import draw_images, encode_svg, write_svg
from lagebild.core.labels import read_labels
from lagebild.run.steps import STEPS
from nbconvert import HTMLExporter
from PIL import Image

TAGS = {"svg", "title", "g", "a", "path", "circle", "text", "tspan"}
ATTRIBUTES = {"class", "width", "height", "viewBox", "font-family", "font-size", "font-weight", "text-anchor"}
ATTRIBUTES |= {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "pointer-events"}
ATTRIBUTES |= {"d", "cx", "cy", "r", "x", "y", "transform", "href", "tabindex"}
BOX = ((1.0, 2.0), (41.126, 20.0))


def parse(svg: str) -> list[ElementTree.Element]:
    """Return the elements of an svg in order, their tags without the namespace."""
    elements = list(ElementTree.fromstring(svg).iter())
    for element in elements:
        element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return elements


def draw(*parts: Shape | Mark | Text, small: bool = False) -> str:
    """Return the svg of some shapes, marks and words."""
    shapes = tuple(one for one in parts if isinstance(one, Shape))
    marks = tuple(one for one in parts if isinstance(one, Mark))
    words = tuple(one for one in parts if isinstance(one, Text))
    return write_svg(Picture(Drawing(shapes, marks, words), 300, 200), "Some words", small)


def label(**more: Any) -> Text:
    """Return a label."""
    return Text(10, 20, ("Iran",), 11)._replace(**more)


def mark(**more: Any) -> Mark:
    """Return a mark."""
    return Mark(10, 20, "circle", COLOURS[1], 9, "E1", "A & B\n17 January")._replace(**more)


def links(svg: str) -> list[tuple[str, list[str], str]]:
    """Return the links of an svg: target, what is linked, what it tells on hovering."""
    return [
        (one.get("href", ""), [child.tag for child in one if child.tag != "title"], one.findtext("title") or "")
        for one in parse(svg)
        if one.tag == "a"
    ]


@pytest.mark.parametrize("text", [*HOSTILE.values(), "a\"b'c", "nul \x00 bell \x07 half \ud800", "]]>", "&#0;"])
def test_no_text_gets_out_of_its_place(text: str) -> None:
    parts = (
        Shape("rect", BOX, WHITE, RULE, name=text, hover=text),
        mark(name=text, hover=f"{text}\nmore"),
        label(lines=(text, text), name=text, hover=text),
    )
    svg = write_svg(Picture(Drawing(parts[:1], parts[1:2], parts[2:]), 300, 200), text)
    elements = parse(svg)
    assert {element.tag for element in elements} <= TAGS
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
    assert all(element.get("href", "#").startswith("#") for element in elements)
    known = re.sub("[\x00-\x08\ud800]", "", text)
    assert elements[1].text == known
    assert [element.text for element in elements if element.tag == "tspan"] == [known] * 2


def test_numbers_are_short_and_colours_hexadecimal_and_nothing_styles_itself_or_has_an_id() -> None:
    chance = random.Random(1)
    shapes = [
        Shape("line", tuple((chance.random() * 300, chance.random() * 200) for _ in range(4)), "", INK, 0.5)
        for _ in range(9)
    ]
    svg = draw(*shapes, mark(x=1 / 3, y=2 / 3, symbol="triangle-up"), label(x=1e-9))
    assert not re.search(r"\d\.\d{3}|\de-|rgb|style=|\bid=", svg)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {"#222", "#fff", "#0072b2", "none"}


def effective(svg: str) -> list[dict[str, str]]:
    """Return what each path is said to look like by itself and the groups round it."""
    found: list[dict[str, str]] = []

    def descend(element: ElementTree.Element, said: dict[str, str]) -> None:
        said = said | {name: value for name, value in element.attrib.items() if name.startswith(("fill", "stroke"))}
        if element.tag.endswith("path"):
            found.append(said)
        for child in element:
            descend(child, said)

    descend(ElementTree.fromstring(svg), {})
    return found[1:]  # the first is the paper


@pytest.mark.parametrize("seed", range(10))
def test_what_groups_say_of_shapes_is_what_each_of_them_looks_like(seed: int) -> None:
    chance = random.Random(seed)
    shapes = [
        Shape(
            "rect",
            BOX,
            chance.choice(["#aabbcd", "#123456"]),
            chance.choice(["", "#654321"]),
            chance.choice([1, 2]),
            chance.choice(["", "3,2"]),
            chance.choice([1, 0.5]),
        )
        for _ in range(30)
    ]
    for shape, said in zip(shapes, effective(draw(*shapes)), strict=True):
        assert said["fill"] == shape.fill
        assert float(said.get("fill-opacity", 1)) == shape.opacity
        assert said.get("stroke", "") == shape.stroke
        if shape.stroke:
            assert float(said.get("stroke-width", 1)) == shape.width
            assert said.get("stroke-dasharray", "") == shape.dash


def test_a_mark_and_its_label_lead_to_the_same_and_one_of_them_tells_it() -> None:
    named = label(name="E1", hover=mark().hover)
    assert links(draw(mark(), named)) == [("#E1", ["circle"], "A & B\n17 January"), ("#E1", ["text"], "")]
    other = named._replace(hover="another")
    assert [told for *_, told in links(draw(mark(), other))] == ["A & B\n17 January", "another"]


def test_a_cell_is_a_link_and_the_number_on_it_lets_the_pointer_through() -> None:
    svg = draw(Shape("rect", BOX, WHITE, RULE, name="rel-RUS-IRN", hover="tells"), label(anchor="center"))
    assert links(svg) == [("#rel-RUS-IRN", ["path"], "tells")]
    (number,) = [one for one in parse(svg) if one.tag == "text"]
    assert (number.get("pointer-events"), number.get("text-anchor")) == ("none", "middle")


def test_what_leads_nowhere_is_no_link_but_tells() -> None:
    svg = draw(mark(name="", colour=CLEAR))
    assert not links(svg)
    (spot,) = [one for one in parse(svg) if one.tag == "circle"]
    assert spot.get("fill-opacity") == "0"
    assert "17 January" in svg


def test_on_a_small_screen_the_labels_are_the_links_and_nothing_is_told_on_hovering() -> None:
    svg = draw(mark(), mark(colour=CLEAR), label(name="E1", hover="tells"), small=True)
    assert links(svg) == [("#E1", ["text"], "")]
    assert len([one for one in parse(svg) if one.tag == "circle"]) == 1
    assert svg.count("<title>") == 1
    chart = Chart(f"x{NARROW}", Picture(Drawing(marks=(mark(),)), 9, 9), pd.DataFrame(), "", "")
    assert "<a" not in chart.svg


@pytest.mark.parametrize("symbol", ["circle", "circle-open", "triangle-up", "triangle-down-open", "x-thin-open"])
def test_a_mark_reaches_as_far_as_its_size_and_a_hollow_one_lets_its_ground_through(symbol: str) -> None:
    (image,) = draw_images([draw(mark(x=100, y=100, size=80, symbol=symbol))])
    seen = Image.open(io.BytesIO(image)).convert("L").point(lambda light: 255 if light < 200 else 0)
    left, top, right, bottom = seen.getbbox() or (0, 0, 0, 0)
    assert 70 * 1.25 <= right - left <= 98 * 1.25
    assert 58 * 1.25 <= bottom - top <= 86 * 1.25
    assert (seen.getpixel((125, 125)) == 0) is (symbol in ("circle-open", "triangle-down-open"))


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("angle", [0, -90])
def test_an_image_has_the_size_of_the_drawing_and_its_words_are_as_wide_as_reckoned(angle: int, bold: bool) -> None:
    text = "Großmächte Hm"
    svg = draw(Text(20, 180, (text,), 18, bold=bold, angle=angle))
    once, twice = draw_images([svg, svg])
    assert once == twice
    image = Image.open(io.BytesIO(once)).convert("L")
    assert image.size == (375, 250)
    left, top, right, bottom = image.point(lambda light: 255 if light < 128 else 0).getbbox() or (0, 0, 0, 0)
    long, short = (bottom - top, right - left) if angle else (right - left, bottom - top)
    assert short < 25 * 1.25
    assert measure_text(text, 18, bold) * 1.25 - 6 <= long <= measure_text(text, 18, bold) * 1.25 + 1


@pytest.mark.parametrize(("text", "asked"), [("Größe → ½ − 5 €", False), ("伊朗", True)])
def test_only_letters_that_inter_lacks_are_looked_for_on_the_machine(
    text: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def note(**options: Any) -> Any:
        given.append(options["include_system_fonts"])
        return fonts(**options)

    fonts = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", note)
    assert draw_images([draw(label(lines=(text,)))])
    assert given == [asked]
    assert has_letters(text) is not asked
    assert draw_images([]) == []


@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_is_as_wide_as_the_font_has_it(bold: bool) -> None:
    for code in find_letters():
        if 32 <= code < 0x2300 and not unicodedata.combining(chr(code)):
            letter = chr(code)
            set_ = width(letter, 100, bold)
            assert measure_text(letter, 100, bold) == pytest.approx(set_, abs=1), letter
    assert measure_text("伊朗", 10, bold) == 20 * OTHER


def test_widths_add_up_to_the_same_in_every_python() -> None:
    unit = measure_text("Iran – Russland", 2048)
    assert unit == int(unit)  # whole units of the font
    assert measure_text("", 11) == 0
    assert all(measure_text("Iran – Russland" * n, 9.5) == round(n * int(unit) * 9.5 / 2048, 2) for n in range(50))


def test_a_chart_shows_itself_as_a_drawing_with_its_alternative_text() -> None:
    chart = Chart("x", Picture(Drawing(marks=(mark(),), words=(label(),)), 300, 200), pd.DataFrame(), "", "An alt.")
    bundle = chart._repr_mimebundle_()
    assert bundle["text/html"] == f'<img src="{encode_svg(chart.svg)}" alt="An alt.">'
    assert bundle["text/plain"] == "An alt."


@pytest.mark.slow
def test_the_stock_exporter_shows_every_chart_with_its_alternative_text(by_papermill: Path) -> None:
    unseen = escape(read_labels(REFERENCE, "en")("plot.unseen"), quote=False)
    for step in STEPS:
        notebook = nbformat.read(by_papermill / "executed" / step.notebook, as_version=4)  # type: ignore[no-untyped-call]
        bundles = [output["data"] for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
        drawn = [one for one in bundles if one.get("text/html", "").startswith("<img ")]
        figures = [one for one in bundles if "application/vnd.plotly.v1+json" in one]
        page, _ = HTMLExporter().from_notebook_node(notebook)  # type: ignore[no-untyped-call]
        assert page.count('src="data:image/svg+xml;base64,') >= len(drawn) > 0
        assert page.count(unseen) == len(figures)  # each says how to see it
        assert "No description has been provided" not in page
