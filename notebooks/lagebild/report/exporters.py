"""From the executed report notebook to its files: one self-contained HTML page, and a PDF made from the same page.

Both formats are nbconvert exporters, so that JupyterLab's own menu lists them too. They take the outputs of the cells
tagged `report` and nothing else: code and explanations of the notebook stay in the notebook.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jinja2
import nbformat
import weasyprint
from nbconvert.exporters import Exporter
from traitlets import Enum

from lagebild.core.files import write_bytes
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import FACTS, FILES, PAPERS, REFERENCE, TEMPLATES, InputError, Paths
from lagebild.core.reference import Reference
from lagebild.report.pdf_finish import VARIANT, finish, lay_out

UNKNOWN = {"title": "Lagebild", "language": "en", "as_of": "1980-01-01"}
UNKNOWN |= dict.fromkeys(("question", "case", "data", "by", "draft"), "")
CAPTION = re.compile(r'<caption id="([\w-]+)"><b class="number"></b>(.*?)</caption>', re.DOTALL)
FIGURE = re.compile(
    r'<figure class="chart[^"]*" id="([\w-]+)">.*?<figcaption><b class="number">(.*?)</b>(.*?)<span', re.DOTALL
)
SEE = re.compile(r'<span class="see" data-see="([^"]*)"></span>')
LISTS = '<div class="lists"></div>'


@dataclass(frozen=True)
class Report:
    """What an executed report notebook holds: sections as HTML, facts about the edition, its tables by file name."""

    sections: list[str]
    facts: dict[str, str]
    files: dict[str, str]


class HtmlReport(Exporter):
    """Report as one HTML file: complete without network, readable without JavaScript."""

    export_from_notebook = "Lagebild HTML"
    output_mimetype = "text/html"
    styles: tuple[str, ...] = ("page.css", "print.css")
    paper = False

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return the page.

        Raises
        ------
        InputError
            If the notebook has no report in it, because it was not run.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        return self.render(read_outputs(nb)), resources

    def render(self, report: Report) -> str:
        """Return the page of a report: its sections with figures and tables numbered, styles and, on screens, a script.

        The content security policy names styles and script by their hash: nothing else runs, and nothing is fetched.
        """
        templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, trim_blocks=True
        )
        templates.filters["css"] = quote_css
        labels = read_labels(Reference(REFERENCE), report.facts["language"])
        sections = [self.adapt(section) for section in report.sections]
        style = "\n".join(templates.get_template(name).render(**report.facts) for name in self.styles)
        script = "" if self.paper else templates.get_template("page.js").render()
        page: str = templates.get_template("page.html.j2").render(
            sections=number_parts(sections, labels, templates, self.paper),
            style=style,
            style_hash=fingerprint(style),
            script=script,
            script_hash=fingerprint(script),
            t=labels,
            paper=self.paper,
            **report.facts,
        )
        return page

    def adapt(self, section: str) -> str:
        """Return a section as this format needs it: without the footnotes of paper."""
        return re.sub(r'<span class="footnote" hidden>.*?</span>', "", section, flags=re.DOTALL)


class PdfReport(HtmlReport):
    """Report as PDF, typeset by WeasyPrint: page numbers, running header, footnotes, bookmarks, tags (PDF/UA-1).

    The tables of the edition are attached, with the Data Package that describes them.
    """

    export_from_notebook = "Lagebild PDF"
    output_mimetype = "application/pdf"
    styles = ("page.css", "print.css", "pdf.css")
    paper = True
    format = Enum(PAPERS, default_value=PAPERS[0], help="Size of the paper.").tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return the PDF; the same notebook gives the same bytes, its date is the as-of date."""
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)
        report = read_outputs(nb)
        report.facts["format"] = self.format
        day = datetime.fromisoformat(report.facts["as_of"]).replace(tzinfo=UTC)
        with dated(int(day.timestamp())):
            document = lay_out(weasyprint.HTML(string=self.render(report), url_fetcher=refuse))
            document.metadata.attachments = [
                weasyprint.Attachment(
                    string=content,
                    name=name,
                    description=name,
                    created=day,
                    modified=day,
                    relationship="Data",
                    url_fetcher=refuse,
                )
                for name, content in report.files.items()
            ]
            identifier = report.facts["data"][:32].encode() or None
            pdf = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=finish)
        return pdf, resources

    def adapt(self, section: str) -> str:
        """Return a section without what only screens show: charts for small ones, and links inside charts.

        WeasyPrint takes a link inside an svg for text, and would draw no mark in it.
        """
        section = re.sub(r'<div class="plot narrow".*?</svg></div>', "", section, flags=re.DOTALL)
        section = re.sub(r'<p class="languages">.*?</p>', "", section, flags=re.DOTALL)
        return re.sub(r'<a href="#[^"]*" tabindex="-1">(.*?)</a>', r"<g>\1</g>", section, flags=re.DOTALL)


# The reports that a run writes, by the ending of their names; one for paper is written for each size of it.
EXPORTERS: dict[str, type[HtmlReport]] = {"html": HtmlReport, "pdf": PdfReport}


def export_reports(paths: Paths, notebook: nbformat.NotebookNode, papers: Sequence[str] = PAPERS[:1]) -> list[Path]:
    """Write the report of an executed notebook in every form, and return its files."""
    files = []
    for kind, exporter in EXPORTERS.items():
        for paper in papers if exporter.paper else ("",):
            content, _ = exporter(**{"format": paper} if paper else {}).from_notebook_node(notebook)
            files.append(paths.report(kind, paper))
            write_bytes(files[-1], content.encode() if isinstance(content, str) else content)
    return files


def read_outputs(notebook: Any) -> Report:
    """Return the report in an executed report notebook.

    Raises
    ------
    InputError
        If the notebook was not run.
    """
    cells = [cell for cell in notebook.cells if "report" in cell.get("metadata", {}).get("tags", [])]
    data = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    sections = [bundle["text/html"] for bundle in data if "text/html" in bundle]
    if not sections:
        raise InputError("The notebook holds no report: run notebooks/05-report.ipynb first, then export it.")
    facts, files = (
        {name: text for bundle in data for name, text in bundle.get(kind, {}).items()} for kind in (FACTS, FILES)
    )
    return Report(sections, UNKNOWN | facts, files)


def number_parts(sections: Iterable[str], labels: Labels, templates: jinja2.Environment, paper: bool) -> Iterator[str]:
    """Yield the sections with their tables numbered, references to figures and tables filled in, and both listed.

    A reference to what an edition does not have is left out.
    """
    whole = list(sections)
    named = {match[1]: (match[2], match[3]) for section in whole for match in FIGURE.finditer(section)}
    figures = [(anchor, *words) for anchor, words in named.items()]
    captions = [match for section in whole for match in CAPTION.finditer(section)]
    tables = [(m[1], labels("table.number", n=n), m[2].strip()) for n, m in enumerate(captions, start=1)]
    names = {anchor: name for anchor, name, _ in figures + tables}
    lists = templates.get_template("lists.html.j2").render(figures=figures, tables=tables, paper=paper, t=labels)

    def refer(match: re.Match[str]) -> str:
        links = [f'<a href="#{a}">{names[a].rstrip(".")}</a>' for a in match[1].split() if a in names]
        return f'<span class="see">({", ".join(links)})</span>' if links else ""

    def name(match: re.Match[str]) -> str:
        return f'<caption id="{match[1]}"><b class="number">{names[match[1]]}</b>{match[2]}</caption>'

    for section in whole:
        yield SEE.sub(refer, CAPTION.sub(name, section)).replace(LISTS, lists)


def fingerprint(text: str) -> str:
    """Return the hash by which a content security policy names an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def quote_css(text: str) -> str:
    """Return text as a string of CSS in which no character can end it."""
    return '"' + re.sub(r"[^\w .,;:()/–-]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'


@contextmanager
def dated(epoch: int) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH, unless it is set, while something runs: fontTools stamps it into the subsets of fonts."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = before or str(epoch)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]


def refuse(url: str, *_: Any, **__: Any) -> Any:
    """Refuse to fetch anything: a report holds all it needs, and no address in it may make the exporter call out."""
    raise ValueError(f"a report fetches nothing, and this asks for {url[:80]}")
