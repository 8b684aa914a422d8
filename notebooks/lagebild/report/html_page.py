"""The pages for a screen: a report, with what a reader needs to find, filter, save and cite; and the list of editions.

An edition knows of no later one, so it cannot say that it is out of date: it leads to the page that lists all editions
of a case, the newest first, which each run writes anew from the reports that lie in the folder.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
from lxml.html import HtmlElement, builder
from markupsafe import Markup

from lagebild import core
from lagebild.report.bibliography import cite_report
from lagebild.report.document import Document, read_headings

STYLES = ("page.css", "bar.css", "print.css")
SCRIPT = "page.js"  # put together by `make widgets`
PDF, WORD = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a run writes beside the page: its part, kind and type, the words for it, and those that say where it lies.
BESIDE = (
    ("", "pdf", PDF, "page.pdf", "page.beside"),
    (core.folders.ANNEX, "pdf", PDF, "page.annex", "page.beside"),
    ("", "docx", WORD, "page.docx", "page.made"),
)
Beside = tuple[str, str, str, str]  # a file with its type, the words for it, and those that say where it lies
EVENTS = "(//article[@class='item'])[1]/ancestor::section[1]//h2[@id]/@id"  # of the heading above their entries
CARDS = {"claims", "consistency", "entries", "grid", "indicators", "signs", "sources", "stakes"}  # kinds of tables
KEPT = (("csv", "page.data"), ("svg", "page.drawing"))  # of each figure


def write_page(
    document: Document, facts: Mapping[str, str], labels: core.Labels, beside: Sequence[Beside] | None = None
) -> str:
    """Return the page of a report, with its styles and its scripts; `facts` are those of its notebook.

    What lies `beside` it is what a run makes, if nothing else is named.
    The content security policy names styles and scripts by their hash: nothing else runs, and nothing is fetched.
    """
    templates = open_templates()
    templates.filters["css"] = quote_css
    style = "\n".join(templates.get_template(name).render(facts) for name in STYLES)
    script = (core.folders.TEMPLATES / SCRIPT).read_text(encoding="utf-8").rstrip()
    if facts["case"]:
        offer_figures(document.body, facts, labels)
    fold_annex(document.body, labels)
    make_cards(document.body)
    hold_captions(document.body)
    return templates.get_template("page.html.j2").render(
        headings=read_headings(document.body),
        events=next(iter(document.body.xpath(EVENTS)), ""),
        sections=Markup(document.write()),
        style=Markup(style),
        style_hash=fingerprint(style),
        script=Markup(script),
        script_hash=fingerprint(script),
        others=[language for language in core.LANGUAGES if language != facts["language"]],
        beside=_list_beside(facts) if beside is None else beside,
        citations=cite_report(facts, labels),
        locales=core.LOCALES,
        t=labels,
        **facts,
    )


def _list_beside(facts: Mapping[str, str]) -> list[Beside]:
    """Return the files that a run writes beside the page of a case."""
    listed: list[Beside] = []
    for part, kind, form, words, place in BESIDE if facts["case"] else ():
        name = core.folders.name_report(facts["case"], facts["as_of"], facts["language"], part=part, kind=kind)
        listed.append((name, form, words, place))
    return listed


def open_templates() -> jinja2.Environment:
    """Return the templates of pages with their styles and scripts; what a page is filled with is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(core.folders.TEMPLATES),
        autoescape=jinja2.select_autoescape(("html.j2",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


def fold_annex(body: HtmlElement, labels: core.Labels) -> None:
    """Fold the sections of the annex under their headings, and say where what is said ends.

    A link into a folded section opens it, by the browser itself or by the script of the page; so does a search.
    """
    sections = body.xpath(f"//section[contains(concat(' ', @class, ' '), ' {core.folders.ANNEX} ')]")
    openings = [section for section in sections if "opening" in section.get("class")]
    folded = [section for section in sections if section not in openings]
    for section in folded:
        heading, *rest = section
        section.append(builder.DETAILS({"class": "fold"}, builder.SUMMARY(heading), *rest))
    for opening in openings if folded else ():
        ends = builder.P({"class": "ends"}, labels("page.ends", n=len(folded)), " ")
        ends.append(builder.BUTTON({"type": "button", "id": "unfold", "hidden": ""}, labels("page.unfold")))
        opening.insert(0, ends)


def make_cards(body: HtmlElement) -> None:
    """Tell each cell of a table of sentences what its column is called: on a small screen each row is a card."""
    for table in body.xpath("//div[@class='scroll']/table[thead]"):
        if CARDS.isdisjoint(table.get("class", "").split()):
            continue
        heads = [cell.text_content().strip() for cell in table.xpath("thead/tr[last()]/*")]
        for row in table.xpath("tbody/tr"):
            for cell, head in zip(row, heads, strict=False):
                if cell.tag == "td" and head and not cell.get("data-of"):
                    cell.set("data-of", head)
        table.set("class", f"{table.get('class')} cards")


def hold_captions(body: HtmlElement) -> None:
    """Hold the caption of each table in sight while the table moves sideways in its frame."""
    for caption in body.xpath("//div[@class='scroll']/table/caption"):
        held = builder.SPAN({"class": "held"}, caption.text or "", *caption)
        caption.text = None
        caption.append(held)


def offer_figures(body: HtmlElement, facts: Mapping[str, str], labels: core.Labels) -> None:
    """Put buttons that save the data and the drawing of each figure below its caption: both are in the page.

    Without the script of the page they would do nothing, so they are hidden.
    """
    named = "-".join((facts["case"], facts["as_of"], facts["language"]))
    for figure in body.iter("figure"):
        name = f"{named}-{figure.get('id', '').removeprefix('fig-')}"
        buttons = [
            builder.BUTTON({"type": "button", "name": end, "data-file": f"{name}.{end}"}, labels(words))
            for end, words in KEPT
        ]
        figure.find(".//figcaption").append(builder.SMALL({"class": "files", "hidden": ""}, *buttons))


def fingerprint(text: str) -> str:
    """Return the hash by which a content security policy names an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def quote_css(text: str) -> str:
    """Return text as a string of CSS in which no character can end it."""
    return '"' + re.sub(r"[^\w .,;:()/–-]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'


# --- The List of Editions ---

# The file to go on writing in is not listed: it is not kept with the others, see .gitignore.
FORMS = (
    ("", "html", "editions.html"),
    ("", "pdf", "page.pdf"),
    (core.folders.ANNEX, "pdf", "page.annex"),
)  # part, kind, words


@dataclass(frozen=True)
class ListedEdition:
    """An edition in one language: its day, and its files with the key of the words for each."""

    as_of: str
    files: tuple[tuple[str, str], ...]


def write_editions(paths: core.Paths) -> Path:
    """Write `index.html` beside the reports of a case, in all languages, and return where it lies.

    Raises
    ------
    InputError
        If `case.yml` cannot be read.
    """
    case, reference = core.read_case_file(paths), core.read_reference(paths)
    tongues, titles = [], []
    for language in core.LANGUAGES:
        if listed := list_editions(paths, language):
            tongues.append((core.read_labels(reference, language), listed))
            titles.append(case.title[language])
    environment = open_templates()
    style = environment.get_template("editions.css").render()
    page = environment.get_template("editions.html.j2").render(
        case=case,
        title=" · ".join(titles),
        tongues=tongues,
        style=Markup(style),
        style_hash=fingerprint(style),
    )
    file = paths.reports / "index.html"
    core.disk.write_bytes(file, page.encode())
    return file


def list_editions(paths: core.Paths, language: str) -> list[ListedEdition]:
    """Return the editions whose page lies in the folder of the reports of a case, the newest first."""
    named = re.compile(rf"{re.escape(paths.case)}-(\d{{4}}-\d\d-\d\d)-{language}\.html")
    listed = []
    for file in sorted(paths.reports.glob("*.html"), reverse=True):
        if page := named.fullmatch(file.name):
            at, files = replace(paths, as_of=page[1], language=language), []
            for part, kind, words in FORMS:
                report = at.report(kind, part=part)
                if report.is_file():
                    files.append((report.name, words))
            listed.append(ListedEdition(page[1], tuple(files)))
    return listed
