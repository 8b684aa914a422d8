"""From the executed report notebook to its files: one self-contained HTML page, two PDFs, and a text file (docx).

The formats are nbconvert exporters, so that JupyterLab's own menu lists them too. They take the outputs of the cells
tagged `report` and nothing else: code and explanations of the notebook stay in the notebook.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from traitlets import Enum

from lagebild import core
from lagebild.charts import draw_images, shrink_images
from lagebild.report.document import read_document
from lagebild.report.docx import write_docx
from lagebild.report.html_page import PDF, WORD, write_page
from lagebild.report.paper import Printed, read_paper
from lagebild.report.pdf import Remember, make_anew, set_parts

PICTURES = 1.9  # pixels for one of a drawing: 200 to the inch, where it is as wide as the column
UNKNOWN = {"title": "Lagebild", "language": "en", "as_of": "1980-01-01"}
UNKNOWN |= dict.fromkeys(("question", "case", "data", "edition", "by", "written", "draft"), "")


@dataclass(frozen=True)
class Report:
    """What an executed report notebook holds: sections as HTML, facts about the edition, its tables by file name."""

    sections: list[str]
    facts: dict[str, str]
    files: dict[str, str]
    remember: Remember = make_anew
    _made: dict[str, dict[str, bytes]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def labels(self) -> core.Labels:
        """The words of the language that the report is written in."""
        return core.read_labels(core.Reference(core.REFERENCE), self.facts["language"])

    @cached_property
    def printed(self) -> dict[str, Printed]:
        """What goes on paper, as `read_paper` has it."""
        return read_paper(read_document(self.sections, self.labels))

    @cached_property
    def words(self) -> str:
        """The SHA-256 of all that the sections say but for the drawings: whether a report still says it."""
        said = re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", " ".join(self.sections))
        return hashlib.sha256(" ".join(said.split()).encode()).hexdigest()

    @property
    def print_facts(self) -> dict[str, str]:
        """The facts, the as-of date in words as `standing`, and `words`."""
        standing = self.labels("title.as_of", day=self.labels.day(self.facts["as_of"]))
        return self.facts | {"standing": standing, "words": self.words}

    def set_part(self, part: str, paper: str) -> bytes:
        """Return a part as PDF; both are set at once."""
        if paper not in self._made:
            facts = self.print_facts | {"format": paper, "annex": self.labels("cite.page")}
            self._made[paper] = set_parts(self.printed, facts, self.files, self.remember)
        return self._made[paper][part]


class HtmlReport(Exporter):
    """Report as one HTML file: complete without network, readable without JavaScript."""

    export_from_notebook = "Lagebild HTML"
    output_mimetype = "text/html"
    kind, part, paper = "html", "", False

    def _file_extension_default(self) -> str:
        return f".{self.kind}"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[Any, Any]:
        """Return the report in this form.

        Raises
        ------
        InputError
            If the notebook has no report in it, because it was not run.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        return self.render(read_outputs(nb)), resources

    def render(self, report: Report) -> Any:
        """Return the page of a report, with its styles and its scripts."""
        return write_page(read_document(report.sections, report.labels), report.facts, report.labels)


class PdfReport(HtmlReport):
    """What a report says as PDF, set by Typst, with the tables of the edition and their Data Package attached."""

    export_from_notebook = "Lagebild PDF"
    output_mimetype = PDF
    kind, paper = "pdf", True
    format = Enum(core.folders.PAPERS, default_value=core.folders.PAPERS[0], help="Size of the paper.").tag(config=True)

    def render(self, report: Report) -> Any:
        """Return the PDF of a report; the same notebook gives the same bytes, its date is the as-of date."""
        return report.set_part(self.part, self.format)


class AnnexReport(PdfReport):
    """What a report rests on as PDF: every event with its sentences, all tables, how it was made, how good it is."""

    export_from_notebook = "Lagebild PDF, annex"
    part = core.folders.ANNEX


class DocxReport(HtmlReport):
    """What a report says as a text file for Word and LibreOffice, to go on writing in, by pandoc."""

    export_from_notebook = "Lagebild DOCX"
    output_mimetype = WORD
    kind = "docx"

    def render(self, report: Report) -> Any:
        """Return the text file of a report; the same notebook gives the same bytes."""
        nodes, drawings = report.printed[""]
        return write_docx(nodes, shrink_images(draw_images(drawings, PICTURES)), report.print_facts)


# The reports that a run writes; one for paper is written for each size of it.
EXPORTERS: tuple[type[HtmlReport], ...] = (HtmlReport, PdfReport, AnnexReport, DocxReport)


def export_reports(
    paths: core.Paths,
    notebook: nbformat.NotebookNode,
    papers: Sequence[str] = core.folders.PAPERS[:1],
    remember: Remember = make_anew,
) -> list[Path]:
    """Write the report of an executed notebook in every form, and return its files; see `pdf.set_parts`."""
    files, report = [], replace(read_outputs(notebook), remember=remember)
    for exporter in EXPORTERS:
        for paper in papers if exporter.paper else ("",):
            content = exporter(**{"format": paper} if paper else {}).render(report)
            files.append(paths.report(exporter.kind, paper, exporter.part))
            core.disk.write_bytes(files[-1], content.encode() if isinstance(content, str) else content)
    return files


def read_outputs(notebook: Any) -> Report:
    """Return the report in an executed report notebook.

    Raises
    ------
    InputError
        If the notebook was not run.
    """
    sections, facts, files = [], dict(UNKNOWN), dict[str, str]()
    for cell in notebook.cells:
        if "report" not in cell.get("metadata", {}).get("tags", []):
            continue
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            if core.folders.SECTION in bundle:
                sections.append(bundle[core.folders.SECTION])
            facts |= bundle.get(core.folders.FACTS, {})
            files |= bundle.get(core.folders.FILES, {})
    if not sections:
        raise core.InputError("The notebook holds no report: run notebooks/05-report.ipynb first, then export it.")
    return Report(sections, facts, files)
