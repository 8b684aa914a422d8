"""The report as one tree, of which the page, the paper and the text file are written: numbered, referred to and listed.

A section is HTML that a template makes from an edition, with the figures that the template asks for; a notebook shows
it in a form of its own. What hangs on the whole report is done afterwards, on the tree of all sections: the numbers of
tables, the references to figures and tables, the contents, and the list of figures and tables.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from pathlib import Path
from traceback import extract_tb
from typing import Any
from urllib.parse import urlsplit

import jinja2
import pandas as pd
from lxml import html
from lxml.html import builder
from markupsafe import Markup

from lagebild import core
from lagebild.charts import NARROW, Chart, encode_svg, read_svg
from lagebild.report.edition import Edition, count_key_figures

# --- A Section from Its Template ---


@dataclass(frozen=True)
class Section:
    """A part of the report: HTML for people; the first one also holds facts and files for the exporters.

    The facts say which edition this is, the files are its tables, by name: with them and with the HTML of the sections,
    an executed notebook is all that an exporter needs. A person sees the section as `show_section` has it.
    """

    html: str
    facts: dict[str, str] | None = None
    files: dict[str, str] | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        shown = show_section(self.html) if self.html else ""
        bundle = {
            "text/html": shown,
            core.folders.SECTION: self.html,
            core.folders.FACTS: self.facts,
            core.folders.FILES: self.files,
        }
        # without words of its own, a notebook would keep the whole section once more, as Python writes it
        return {"text/plain": ""} | {kind: content for kind, content in bundle.items() if content}


LOGGER = logging.getLogger(__name__)
NAMED = 3  # texts that a note names; of more it tells the pages
NOTHING = Section("")  # what has no content does not appear


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates for the sections that come: most of them import the same macros."""

    kept: dict[str, bytes] = {}  # noqa: RUF012 - one for the process: what a template says hangs on no edition

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take a template that was compiled before; jinja compiles it anew if its file has changed."""
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a compiled template."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


def render(edition: Edition, name: str, **values: Any) -> Section:
    """Return a section made from its template, with these values beside those of the edition.

    Raises
    ------
    InputError
        If the template cannot be read, or asks for a value, a word or a chart that is not there.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(core.folders.TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
        finalize=edition.labels.outlet,  # wherever a template shows the name of a publisher
    )
    environment.filters["host"] = lambda url: urlsplit(url).hostname or ""
    environment.filters["outlet"] = edition.labels.outlet
    environment.globals.update(
        edition=edition,
        paths=edition.paths,
        data=edition.data,
        labels=edition.labels,
        t=edition.labels,
        lang=edition.paths.language,
        citable=edition.citable,
        ids=core.ids,
        count=partial(count_key_figures, edition),
        bands=core.judgements.LIKELIHOODS,
        find_figure=partial(find_figure, edition),
        find_texts=partial(find_texts, edition),
        most=NAMED,
    )
    try:
        return Section(environment.get_template(f"{name}.html.j2").render(**values))
    except core.InputError as error:
        raise core.InputError(str(error)) from None  # IPython loses an error whose traceback leads through a template
    except Exception as error:
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
        place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else f"{name}.html.j2"
        fault = f"{type(error).__name__}: {error}"
        raise core.InputError(f"report/templates/{place}: {fault}; correct the template.") from None


def find_figure(edition: Edition, name: str) -> dict[str, Any]:
    """Return a chart with its number in the report, its svg for page and phone, and its data as csv.

    Raises
    ------
    InputError
        If the edition has no such chart, or its file is missing or older than its data.
    """
    wide = [chart_name for chart_name in edition.charts if not chart_name.endswith(NARROW)]
    if name not in wide:
        there = ", ".join(wide)
        raise core.InputError(f"There is no chart {name!r}: let lagebild/charts draw it, or take one of {there}.")
    chart, narrow = edition.charts[name], edition.charts.get(name + NARROW)
    return {
        "chart": chart,
        "number": wide.index(name) + 1,
        "svg": _read_drawing(edition, chart),
        "narrow": _read_drawing(edition, narrow) if narrow else "",
        "csv": core.csv_files.to_csv(chart.frame),
    }


def _read_drawing(edition: Edition, chart: Chart) -> Markup:
    return Markup(
        read_svg(edition.paths.figures / f"{chart.name}.svg", core.csv_files.hash_tables({chart.name: chart.frame}))
    )


def find_texts(edition: Edition, names: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return the texts that carry events and conditions best, each with the id of one of these.

    The most reliable come first; from the `NAMED`th on they stand in the order of the annex.
    """
    texts: dict[str, tuple[str, dict[str, Any]]] = {}
    for name in names:
        source = edition.citable[name]["lead"]["source"]
        texts.setdefault(source["source_id"], (name, source))
    ranked = sorted(texts.values(), key=lambda text: text[1]["reliability"])
    events = set(edition.data.events["event_id"])
    rest = sorted(ranked[NAMED:], key=lambda text: (text[0] not in events, in_time(edition, text[0])))
    return ranked[:NAMED] + rest


def known_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table with None where a number is unknown."""
    return core.records(frame.astype(object).where(frame.notna(), None))


def in_time(edition: Edition, name: str) -> tuple[str, str, str]:
    """Return what sorts an event or condition by time; what has no date comes last."""
    row = edition.citable[name]
    return row["earliest"] or row["latest"] or "9999", row["latest"], name


# --- A Section in a Notebook ---

# What is for paper, for phones or for screen readers; what leads to files beside the report; what lists all of it.
ELSEWHERE = ("footnote", "narrow", "unseen", "languages", "contents", "csv")
ALIGNED = {"n": "right", "mark": "center"}  # classes of cells; a notebook would set all flush right
WORDS = re.compile("<title>(.*?)</title>", re.DOTALL)  # of a drawing: the first one is the alternative text
HEADS = ("h1", "h2", "h3", "h4")
ANNEXED = f".//section[starts-with(@class, '{core.folders.ANNEX}')]/h3[1]"


def show_section(section: str) -> str:
    """Return a section as a notebook shows it, also before its reader trusts it; a section of the annex is closed.

    JupyterLab fails on a link in a drawing, and of what nobody trusts yet it strips drawings, styles and the mark of
    what is hidden. So a drawing is an image, what is hidden is left out, and cells say themselves how they are set.
    The title of the notebook is its one heading of the first level.
    """
    body, drawings = _read_tree(section)
    for kind in ELSEWHERE:
        for part in body.find_class(kind):
            part.drop_tree()
    for place in body.xpath(".//span[@data-drawing]"):
        drawing = drawings[int(place.get("data-drawing"))]
        frame, words = place.getparent(), WORDS.search(drawing)
        frame.replace(place, builder.IMG(src=encode_svg(drawing), alt=unescape(words[1]) if words else ""))
        frame.attrib.pop("aria-hidden", None)  # the image has the words that stood beside the drawing
    for cell in body.iter("caption", "td", "th"):
        cell.set("style", f"text-align: {ALIGNED.get(cell.get('class', ''), 'left')}; vertical-align: top")
    for head in list(body.iter(*HEADS)):
        head.tag = f"h{HEADS.index(head.tag) + 2}"
    for head in body.xpath(ANNEXED):
        annexed = head.getparent()
        annexed.tag = "details"
        head.set("style", "display: inline")
        annexed.insert(0, builder.SUMMARY(head))
    return _write_tree(body)


# --- The Sections as One Tree ---

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
        return PLACE.sub(lambda match: self.drawings[int(match[1])], _write_tree(self.body))


@dataclass(frozen=True)
class Heading:
    """A section of the report: the id of its heading, its words, and whether it stands in the annex."""

    anchor: str
    words: str
    annex: bool


def read_document(sections: Iterable[str], labels: core.Labels) -> Document:
    """Return the report whose sections these are, its tables numbered, its references filled in, both listed.

    A reference to what an edition does not have is left out.
    """
    body, drawings = _read_tree("".join(sections))
    listed = _name_figures(body) + _number_tables(body, labels)
    names = {anchor: name for anchor, name, _ in listed}
    for place in body.find_class("see"):
        _fill_reference(place, names)
    for place in body.find_class("contents"):
        place.insert(1, _list_sections(body, _is_annexed(place)))
    annexed = []
    for anchor, name, title in listed:
        if _is_annexed(body.get_element_by_id(anchor)):
            annexed.append((anchor, name, title))
    for place in body.find_class("lists"):
        _list_figures(place, annexed, labels)
    return Document(body, drawings)


def _read_tree(sections: str) -> tuple[html.HtmlElement, tuple[str, ...]]:
    """Return sections as a tree, and the drawings that stood in it: a span has the number of each.

    An HTML parser would write the names of their attributes small.
    """
    drawings: list[str] = []

    def stash(match: re.Match[str]) -> str:
        drawings.append(match[0])
        return f'<span data-drawing="{len(drawings) - 1}"></span>'

    return html.fragment_fromstring(SVG.sub(stash, sections), create_parent="main"), tuple(drawings)


def _write_tree(body: html.HtmlElement) -> str:
    """Return what a tree holds as HTML."""
    return escape(body.text or "", quote=False) + "".join(html.tostring(child, encoding="unicode") for child in body)


def read_headings(body: html.HtmlElement) -> list[Heading]:
    """Return the headings of the sections of a report, in order; one of class `plain` heads no section."""
    headings = []
    for heading in body.iter("h2"):
        if heading.get("id") and "plain" not in (heading.get("class") or "").split():
            words = " ".join(heading.text_content().split())
            headings.append(Heading(heading.get("id"), words, _is_annexed(heading)))
    return headings


def _name_figures(body: html.HtmlElement) -> list[tuple[str, str, str]]:
    """Return anchor, name and title of each figure; its number is the one that it has in the whole edition.

    The title is what its frame is called: the drawing has it, the caption has not.
    """
    named = []
    for figure in body.iter("figure"):
        number = figure.find(f".//figcaption/{NUMBER}")
        if figure.get("id") and number is not None:
            title = figure.find('.//div[@role="group"]').get("aria-label")
            named.append((figure.get("id"), number.text or "", title))
    return named


def _number_tables(body: html.HtmlElement, labels: core.Labels) -> list[tuple[str, str, str]]:
    """Give a number to each table whose caption has a place for it, and return anchor, name and title of each."""
    named: list[tuple[str, str, str]] = []
    for caption in body.iter("caption"):
        number = caption.find(NUMBER)
        if caption.get("id") and number is not None:
            number.text = labels("table.number", n=len(named) + 1)
            named.append((caption.get("id"), number.text, (number.tail or "").strip()))
    return named


def _fill_reference(place: html.HtmlElement, names: dict[str, str]) -> None:
    """Fill in a reference: the figures and tables that there are, in brackets."""
    for anchor in place.attrib.pop("data-see").split():
        if anchor not in names:
            LOGGER.debug("A reference to %s is left out: this edition has no such figure or table.", anchor)
        else:
            link = builder.A(names[anchor].rstrip("."), href=f"#{anchor}")
            link.tail = ", "
            place.append(link)
    if not len(place):
        place.drop_tree()
        return
    place.text = "("
    place[-1].tail = ")"


def _list_sections(body: html.HtmlElement, of_annex: bool) -> html.HtmlElement:
    """Return the list of the sections of the annex, or of what is said; that one ends with the annex itself."""
    heads = read_headings(body)
    main = [head for head in heads if not head.annex]
    annexed = [head for head in heads if head.annex]
    links = builder.OL()
    for head in annexed[1:] if of_annex else main + annexed[:1]:
        links.append(builder.LI(builder.A(head.words, href=f"#{head.anchor}")))
    return links


def _list_figures(place: html.HtmlElement, listed: list[tuple[str, str, str]], labels: core.Labels) -> None:
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
    return any(core.folders.ANNEX in (ancestor.get("class") or "").split() for ancestor in element.iterancestors())
