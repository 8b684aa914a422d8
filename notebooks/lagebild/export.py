"""From the executed report notebook to its two files: one self-contained HTML page, and a PDF made from the same page.

Both formats are nbconvert exporters, so that JupyterLab's own menu lists them too. They take the outputs of the cells
tagged `report` and nothing else: code and explanations of the notebook stay in the notebook.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import Any

import jinja2
import nbformat
import weasyprint
from nbconvert.exporters import Exporter

from lagebild.paths import TEMPLATES, Fault, Paths
from lagebild.store import write_bytes

FACTS = "application/vnd.lagebild+json"
UNKNOWN = {"title": "Lagebild", "language": "en", "as_of": "1980-01-01", "case": "", "data": "", "by": "", "draft": ""}


class HtmlReport(Exporter):
    """Report as one HTML file: complete without network, readable without JavaScript."""

    export_from_notebook = "Lagebild HTML"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return the page.

        Raises
        ------
        Fault
            If the notebook has no report in it, because it was not run.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        sections, facts = read_outputs(nb)
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, trim_blocks=True
        )
        style, script = (environment.get_template(name).render() for name in ("page.css", "page.js"))
        page = environment.get_template("page.html.j2").render(
            sections=[self.adapt(section) for section in sections], page_css=style, page_js=script, **facts
        )
        return page, resources

    def adapt(self, section: str) -> str:
        """Return a section as this format needs it: a page takes it as it is."""
        return section


class PdfReport(HtmlReport):
    """Report as PDF, typeset by WeasyPrint: page numbers, running header, footnotes, bookmarks, tags (PDF/UA-1)."""

    export_from_notebook = "Lagebild PDF"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return the PDF; the same notebook gives the same bytes, its date is the as-of date."""
        page, resources = super().from_notebook_node(nb, resources, **kwargs)
        facts = read_outputs(nb)[1]
        epoch = int(datetime.fromisoformat(facts["as_of"]).replace(tzinfo=UTC).timestamp())
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = before or str(epoch)  # fontTools stamps it into the subsets
        try:
            document = weasyprint.HTML(string=page, url_fetcher=refuse)
            identifier = facts["data"][:32].encode() or None
            pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier, uncompressed_pdf=False)
        finally:
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
        return pdf, resources

    def adapt(self, section: str) -> str:
        """Return a section without what only screens show: charts for small ones, and links inside charts.

        WeasyPrint takes a link inside an svg for text, and would draw no mark in it.
        """
        section = re.sub(r'<div class="plot narrow".*?</svg></div>', "", section, flags=re.DOTALL)
        return re.sub(r'<a class="mark"[^>]*>(.*?)</a>', r"<g>\1</g>", section, flags=re.DOTALL)


def export_report(paths: Paths, notebook: nbformat.NotebookNode, kind: str) -> None:
    """Write the report of an executed report notebook; `kind` is ``html`` or ``pdf``."""
    exporters: dict[str, type[HtmlReport]] = {"html": HtmlReport, "pdf": PdfReport}
    content, _ = exporters[kind]().from_notebook_node(notebook)
    write_bytes(paths.report(kind), content.encode() if isinstance(content, str) else content)


def read_outputs(notebook: Any) -> tuple[list[str], dict[str, str]]:
    """Return the sections of an executed report notebook and the facts about its edition.

    Raises
    ------
    Fault
        If the notebook was not run.
    """
    cells = [cell for cell in notebook.cells if "report" in cell.get("metadata", {}).get("tags", [])]
    data = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    sections = [bundle["text/html"] for bundle in data if "text/html" in bundle]
    if not sections:
        raise Fault("The notebook holds no report: run notebooks/05-report.ipynb first, then export it.")
    facts: dict[str, str] = next((bundle[FACTS] for bundle in data if FACTS in bundle), {})
    return sections, UNKNOWN | facts


def refuse(url: str, *_: Any, **__: Any) -> Any:
    """Refuse to fetch anything: a report holds all it needs, and no address in it may make the exporter call out."""
    raise ValueError(f"a report fetches nothing, and this asks for {url[:80]}")
