"""The svg that plotly draws, made fit for a report: small, without styles of its own, with links to the evidence."""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby
from xml.etree import ElementTree

from lagebild.charts.chart import FONT, INK, NARROW, Chart

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = "rgb({}, {}, {})".format(*(int(INK[at : at + 2], 16) for at in (1, 3, 5)))
FAMILY = FONT.replace('"', "'")
CIRCLE = re.compile(r"M([\d.]+),0A\1,\1 0 1,1 0,-\1A\1,\1 0 0,1 \1,0Z")
PLACE = re.compile(r"translate\((-?[\d.]+), ?(-?[\d.]+)\)")
RGB = re.compile(r"rgb\((\d+), (\d+), (\d+)\)")
# Styles that say no more than the default, and those that the whole drawing says once.
DEFAULTS = {(name, "1") for name in ("opacity", "fill-opacity", "stroke-opacity")}
DEFAULTS |= {("stroke-opacity", "0"), ("stroke-width", "0px"), ("fill", PLAIN)}
INHERITED = ("fill", "fill-opacity", "font-size", "font-weight", "stroke", "stroke-width", "text-anchor")
SAID = ("font-family", "white-space")
CLASSES = ("annotation", "main-svg")  # those by which style sheets and checks of a report find their parts


def tidy_svg(svg: str, chart: Chart) -> str:
    """Return an svg with links, its alternative text as its title, ids from the name of the chart, and no styles.

    plotly draws its ids at random on every render; a page that holds several charts needs them apart, too. Words of
    the chart are never touched: only attributes are.
    """
    root = ElementTree.fromstring(svg)
    drawn = re.search(r'id="defs-([0-9a-f]{6})"', svg)
    for element in root.iter():
        element.attrib = tidy_attributes(element.attrib, drawn[1] if drawn else "", chart.name)
        draw_circle(element)
        if element.get("class") == "shape-group":
            element.attrib.pop("clip-path", None)  # no shape reaches beyond its chart
    drop_empty(root)
    lift_attributes(root)
    root.attrib |= {"font-family": FAMILY, "fill": PLAIN}  # what nearly every text has, said once for all
    link_marks(root, chart)
    for element in root.iter():
        if element.get("class") not in CLASSES:  # the other names of plotly's parts are a fifth of the file
            element.attrib.pop("class", None)
    unwrap_groups(root)
    group_alike(root)
    title = ElementTree.Element(f"{SVG}title")
    title.text = chart.alt
    root.insert(0, title)
    ElementTree.register_namespace("", SVG[1:-1])  # here: the register is one for all, and other libraries write to it
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")  # ">" in words is written &gt;


def tidy_attributes(given: dict[str, str], drawn: str, name: str) -> dict[str, str]:
    """Return the attributes of an element of an svg, with its style among them.

    The content security policy of a report lets no element style itself (CSP 3, `style-src-attr`). What says no more
    than the default is left out, numbers keep two decimals, and `drawn`, the id of the drawing, becomes `name`.
    """
    rules = (rule.partition(":") for rule in given.get("style", "").split(";"))
    style = {key.strip(): value.strip() for key, _, value in rules if value.strip()}
    if style.get("stroke-opacity") == "0":
        style.pop("stroke", None)
    if style.get("fill-opacity") == "0" and "stroke" in style:  # an outline
        style = {key: value for key, value in style.items() if key != "fill-opacity"} | {"fill": "none"}
    style = {key: value for key, value in style.items() if (key, value) not in DEFAULTS and key not in SAID}
    if "stroke" not in style and "fill" in style and "opacity" in style:  # which makes a picture of its own in a PDF
        style["fill-opacity"] = f"{float(style.pop('opacity')) * float(style.get('fill-opacity', 1)):g}"
    made = {key: value for key, value in (given | style).items() if key not in ("style", "data-index", "fill-rule")}
    if made.get("transform", "").startswith("rotate(0,"):  # of every annotation
        del made["transform"]
    made = {key: re.sub(r"(\d+\.\d\d)\d+", r"\1", value) for key, value in made.items()}
    made = {key: RGB.sub(to_hex, value) for key, value in made.items()}
    return {key: value.replace(drawn, name) if drawn else value for key, value in made.items()}


def to_hex(colour: re.Match[str]) -> str:
    """Return a colour that plotly wrote as rgb(…) in the shorter form."""
    return "#{:02x}{:02x}{:02x}".format(*map(int, colour.groups()))


def draw_circle(element: ElementTree.Element) -> None:
    """Make a circle of a path of arcs round a place, which is how plotly draws one."""
    arcs, place = CIRCLE.fullmatch(element.get("d", "")), PLACE.fullmatch(element.get("transform", ""))
    if arcs and place:
        element.tag = f"{SVG}circle"
        del element.attrib["d"], element.attrib["transform"]
        element.attrib |= {"cx": place[1], "cy": place[2], "r": arcs[1]}


def drop_empty(element: ElementTree.Element) -> None:
    """Take groups in which nothing is drawn out of an svg, but for layers of traces, and grounds that nobody sees."""
    for child in list(element):
        drop_empty(child)
        empty = child.tag == f"{SVG}g" and not len(child) and not (child.get("class") or "").startswith("trace ")
        unseen = child.tag == f"{SVG}rect" and child.get("fill-opacity") == "0" and "stroke" not in child.attrib
        if empty or unseen:
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


def unwrap_groups(element: ElementTree.Element) -> None:
    """Put what stands alone in a group into its place, with what the group says of it."""
    for at, child in enumerate(element):
        unwrap_groups(child)
        if child.tag == f"{SVG}g" and len(child) == 1 and not child.attrib.keys() & {"class", "id", "clip-path"}:
            (only,) = child
            twice = child.attrib.keys() & only.attrib.keys() & {"transform", "opacity"}  # these add up
            if only.tag != f"{SVG}a" and not twice:  # on paper a link is a bare group
                only.attrib = child.attrib | only.attrib
                element[at] = only


def group_alike(element: ElementTree.Element) -> None:
    """Say once of neighbours, such as the layers of a bar or labels, what each of them says of itself."""
    for child in element:
        group_alike(child)
    parts: list[ElementTree.Element] = []
    for look, neighbours in groupby(element, key=_look):
        alike = list(neighbours)
        if look and len(alike) > 1 and alike[0].tag == f"{SVG}g":
            for one in alike[1:]:
                alike[0].extend(one)
            alike = alike[:1]
        elif look and len(alike) > 1:
            for one in alike:
                one.attrib = {name: value for name, value in one.items() if (name, value) not in look}
            group = ElementTree.Element(f"{SVG}g", dict(look))
            group.extend(alike)
            alike = [group]
        parts += alike
    element[:] = parts


def _look(element: ElementTree.Element) -> tuple[tuple[str, str], ...]:
    """Return what a path says of itself that a group could say for it, or all that a group says: that it is moved."""
    if element.tag == f"{SVG}g":
        return tuple(element.items()) if set(element.attrib) == {"transform"} else ()
    return tuple((name, value) for name, value in element.items() if name in INHERITED and element.tag == f"{SVG}path")


def link_marks(root: ElementTree.Element, chart: Chart) -> None:
    """Link each mark and each label of an svg to what it stands for, and let it say that on hovering.

    The id in `customdata` is the target: so the chart needs no script to lead to its sentences. The links are left out
    of the order of the tabulator key, since the table beside the chart holds the same ones. What a mark says, the
    label of the same event need not say again. A small screen has no pointer to hover with, and its links are the
    labels: a mark is smaller than a finger.
    """
    small = chart.name.endswith(NARROW)
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
                if small and not text:
                    continue
                place, at = (spots[number], 0) if text else (spots, number)
                way = {"href": f"#{name}", "tabindex": "-1"} if name else {}
                link = ElementTree.Element(f"{SVG}a" if name else f"{SVG}g", way)
                if reported and (name, reported) not in reported_before and not small:
                    reported_before.add((name, reported))
                    title = ElementTree.SubElement(link, f"{SVG}title")
                    title.text = unescape(re.sub(r"</?b>", "", reported.replace("<br>", "\n")))
                link.append(place[at])
                place[at] = link
