"""The report as one tree, of which the page, the paper and the text file are written: numbered, referred to and listed.

Sections are written once, as HTML, which a notebook shows as it stands. What hangs on the whole report is done here:
the numbers of tables, the references to figures and tables, the contents, and the list of figures and tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from lxml import html
from lxml.html import builder

from lagebild.core.labels import Labels
from lagebild.core.paths import ANNEX, FOLD

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
NUMBER = "b[@class='number']"
PLACE = re.compile(r'<span data-drawing="(\d+)"></span>')


@dataclass(frozen=True)
class Document:
    """The sections of a report as the children of `body`; where one holds a drawing, a span names its number."""

    body: html.HtmlElement
    drawings: tuple[str, ...]

    def write(self) -> str:
        """Return the sections as HTML, drawings in their places; what only paper shows is gone from them after that."""
        for note in self.body.find_class("footnote"):
            note.drop_tree()
        page = escape(self.body.text or "", quote=False)
        page += "".join(html.tostring(section, encoding="unicode") for section in self.body)
        return PLACE.sub(lambda match: self.drawings[int(match[1])], page)


@dataclass(frozen=True)
class Heading:
    """A section of the report: the id of its heading, its words, and whether it stands in the annex."""

    anchor: str
    words: str
    annex: bool


def read_document(sections: Iterable[str], labels: Labels) -> Document:
    """Return the report whose sections these are, its tables numbered, its references filled in, both listed.

    What is closed in the notebook is opened. Drawings stay as they are beside the tree: an HTML parser would write the
    names of their attributes small. A reference to what an edition does not have is left out.
    """
    drawings: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        drawings.append(match[0])
        return f'<span data-drawing="{len(drawings) - 1}"></span>'

    body = html.fragment_fromstring(SVG.sub(put_aside, "".join(sections)), create_parent="main")
    for fold in list(body.find_class(FOLD)):
        fold.find("summary").drop_tree()
        fold.drop_tag()
    for small in body.find_class("narrow"):
        small.attrib.pop("hidden", None)  # only a notebook needs it: the page has a style for it
    listed = _name_figures(body) + _number_tables(body, labels)
    for place in body.find_class("see"):
        _refer(place, {anchor: name for anchor, name, _ in listed})
    for place in body.find_class("contents"):
        _list_sections(place, body)
    places = {one.get("id"): one for one in body.iter("figure", "caption")}
    annexed = [named for named in listed if _is_annexed(places[named[0]])]
    for place in body.find_class("lists"):
        _list(place, annexed, labels)
    return Document(body, tuple(drawings))


def read_headings(body: html.HtmlElement) -> list[Heading]:
    """Return the headings of the sections of a report, in order; one of class `plain` heads no section."""
    return [
        Heading(heading.get("id"), " ".join(heading.text_content().split()), _is_annexed(heading))
        for heading in body.iter("h2")
        if heading.get("id") and "plain" not in (heading.get("class") or "").split()
    ]


def _name_figures(body: html.HtmlElement) -> list[tuple[str, str, str]]:
    """Return anchor, name and title of each figure; its number is the one that it has in the whole edition."""
    captions = [(figure.get("id"), figure.find(f".//figcaption/{NUMBER}")) for figure in body.iter("figure")]
    return [
        (anchor, number.text or "", (number.tail or "").strip().rstrip("."))
        for anchor, number in captions
        if anchor and number is not None
    ]


def _number_tables(body: html.HtmlElement, labels: Labels) -> list[tuple[str, str, str]]:
    """Give a number to each table whose caption has a place for it, and return anchor, name and title of each."""
    captions = [caption for caption in body.iter("caption") if caption.get("id") and caption.find(NUMBER) is not None]
    named = []
    for n, caption in enumerate(captions, start=1):
        number = caption.find(NUMBER)
        number.text = labels("table.number", n=n)
        named.append((caption.get("id"), number.text, (number.tail or "").strip()))
    return named


def _refer(place: html.HtmlElement, names: dict[str, str]) -> None:
    """Fill in a reference: the figures and tables that there are, in brackets."""
    anchors = [anchor for anchor in place.attrib.pop("data-see").split() if anchor in names]
    if not anchors:
        place.drop_tree()
        return
    place.text = "("
    for anchor in anchors:
        link = builder.A(names[anchor].rstrip("."), href=f"#{anchor}")
        link.tail = ", "
        place.append(link)
    link.tail = ")"


def _list_sections(place: html.HtmlElement, body: html.HtmlElement) -> None:
    """List the sections of the part that the contents stand in; those of what is said end with the annex."""
    heads = read_headings(body)
    said, annexed = ([head for head in heads if head.annex == far] for far in (False, True))
    shown = annexed[1:] if _is_annexed(place) else said + annexed[:1]
    links = [builder.LI(builder.A(head.words, href=f"#{head.anchor}")) for head in shown]
    place.insert(1, builder.OL(*links))


def _list(place: html.HtmlElement, listed: list[tuple[str, str, str]], labels: Labels) -> None:
    """Put the figures and tables of the annex below its contents: closed on a screen."""
    links = [builder.LI(builder.A(f"{name} {title}", href=f"#{anchor}")) for anchor, name, title in listed]
    if links:
        summary = html.Element("summary")
        summary.text = labels("contents.lists")
        lists = html.Element("details", {"class": "lists"})
        lists.extend([summary, builder.UL(*links)])
        place.addnext(lists)
    place.drop_tree()


def _is_annexed(element: html.HtmlElement) -> bool:
    return any(ANNEX in (one.get("class") or "").split() for one in element.iterancestors())
