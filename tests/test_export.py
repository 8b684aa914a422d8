"""Exporting: the same data give the same bytes, nothing is fetched, and no text gets out of its place."""

from __future__ import annotations

import csv
import importlib.metadata
import io
import json
import os
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pypdf
import pytest
from examples import PROJECT
from hostile import FORMULA, FORMULAS, HOSTILE, LINK, SCRIPT, TYPST
from lagebild.core.errors import InputError
from lagebild.core.folders import ANNEX, Paths
from lagebild.core.tables import load
from lagebild.report.exporters import EXPORTERS, UNKNOWN, export_reports, read_outputs
from lagebild.report.pdf import set_pdf
from lagebild.run.steps import STEPS
from pages import Page, read_sheets, squeeze, text_of

EDITIONS = ("2025-01-31", "2025-06-16")
FACTS_OF_A_REPORT = UNKNOWN | {"format": "A4", "standing": "x"}


@pytest.fixture(scope="module")
def executed(tiny_run: Path) -> dict[str, Any]:
    """Return the executed report notebooks of the tiny case by edition, in English."""
    name = STEPS[-1].notebook
    return {
        edition: nbformat.read(Paths("tiny", edition, "en", str(tiny_run)).executed(name), as_version=4)  # type: ignore[no-untyped-call]
        for edition in EDITIONS
    }


@pytest.fixture(scope="module")
def exported(
    executed: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str], dict[str, str]]:
    """Export an edition in this process, and return where, and the environment before and after."""
    folder = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("SOURCE_DATE_EPOCH", raising=False)
        before = dict(os.environ)
        export_reports(Paths("tiny", EDITIONS[0], "en", output=str(folder)), executed[EDITIONS[0]])
        return folder, before, dict(os.environ)


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_exporting_again_gives_the_same_bytes(
    exported: tuple[Path, dict[str, str], dict[str, str]], tiny_run: Path, kind: str
) -> None:
    roots = exported[0], tiny_run
    again, before = (Paths("tiny", EDITIONS[0], "en", output=str(root)).report(kind) for root in roots)
    assert again.read_bytes() == before.read_bytes()


def test_exporting_leaves_the_environment_as_it_was(exported: tuple[Path, dict[str, str], dict[str, str]]) -> None:
    _, before, after = exported
    assert after == before


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_drawing_again_gives_the_same_bytes(by_papermill: Path, tiny_run: Path, kind: str) -> None:
    one, two = (
        {
            file.name: file.read_bytes()
            for file in Paths("tiny", "2025-06-16", "en", str(root)).figures.glob(f"*.{kind}")
        }
        for root in (by_papermill, tiny_run)
    )
    assert len(one) >= 5
    assert one == two


# --- exporters ---


NAMED = {"html": "Lagebild HTML", "pdf": "Lagebild PDF", "annex": "Lagebild PDF, annex", "docx": "Lagebild DOCX"}


@pytest.mark.parametrize(("kind", "exporter"), [*zip(NAMED, EXPORTERS, strict=True)])
def test_nbconvert_and_jupyterlab_find_the_exporters(kind: str, exporter: type) -> None:
    (entry,) = importlib.metadata.entry_points(group="nbconvert.exporters", name=f"lagebild_{kind}")
    assert entry.load() is exporter
    assert exporter.export_from_notebook == NAMED[kind]


@pytest.mark.parametrize("exporter", EXPORTERS)
def test_a_notebook_that_was_not_run_is_not_exported(exporter: Any) -> None:
    notebook = nbformat.read(PROJECT / "notebooks" / STEPS[-1].notebook, as_version=4)  # type: ignore[no-untyped-call]
    with pytest.raises(InputError, match=r"holds no report: run notebooks/05-report\.ipynb first"):
        exporter().from_notebook_node(notebook)


def test_only_cells_tagged_report_go_into_the_report(executed: dict[str, Any]) -> None:
    report = read_outputs(executed[EDITIONS[0]])
    assert len(report.sections) == 20
    assert report.facts["case"] == "tiny"
    assert set(report.facts) == set(UNKNOWN)
    assert {"datapackage.json", "events.csv", "mentions.csv", "sources.csv"} <= set(report.files)


@pytest.mark.parametrize("address", ["https://example.org/x.png", "file:///etc/passwd", "/etc/passwd", "../x.png"])
def test_the_pdf_fetches_nothing(address: str) -> None:
    size = 'xmlns="http://www.w3.org/2000/svg" width="9" height="9"'
    drawing = f'<svg {size}><image width="9" height="9" href="{address}"/></svg>'
    node = {"t": "drawing", "c": [], "n": 0, "alt": "x", "wide": 9.0, "high": 9.0}
    with pytest.raises(InputError, match="The PDF cannot be set"):
        set_pdf([node], [drawing], FACTS_OF_A_REPORT, {})


@pytest.mark.parametrize(("text", "held"), [("before → after", True), ("before \U0010fffd after", False)])
def test_a_letter_that_no_font_has_is_set_all_the_same_but_breaks_the_standards(
    text: str, held: bool, caplog: pytest.LogCaptureFixture
) -> None:
    made, _ = set_pdf([{"t": "p", "c": [text]}], [], FACTS_OF_A_REPORT, {})
    assert ("claims neither PDF/UA nor PDF/A" in caplog.text) is not held
    assert "before" in read_sheets(made)[0]
    assert "after" in read_sheets(made)[0]
    root: Any = pypdf.PdfReader(io.BytesIO(made)).root_object
    claims = root["/Metadata"].get_data().decode()
    assert ("pdfuaid:part" in claims, "pdfaid:part" in claims) == (held, held)


@pytest.mark.parametrize("place", ["paragraph", "cell", "note"])
def test_the_language_of_typst_stays_text(place: str) -> None:
    cells = [{"t": "td", "c": [text]} for text in TYPST.values()]
    rows = [{"t": "tr", "c": [cell, cell]} for cell in cells]
    head = [{"t": "tr", "c": [{"t": "th", "c": ["a"]}, {"t": "th", "c": ["b"]}]}]
    nodes: dict[str, dict[str, Any]] = {
        "paragraph": {"t": "p", "c": list(TYPST.values())},
        "cell": {"t": "table", "c": rows, "head": head, "caption": [], "cols": [1, 1]},
        "note": {"t": "p", "c": ["x", *({"t": "span", "k": ["footnote"], "c": [t]} for t in TYPST.values())]},
    }
    shown = squeeze("".join(read_sheets(set_pdf([nodes[place]], [], FACTS_OF_A_REPORT, {})[0])))
    for name, text in TYPST.items():
        assert squeeze(text) in shown, name


# --- hostile text ---


def _harmless(page: Page) -> None:
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"], element
        assert not re.match(r"\s*(javascript|data|vbscript):", element.get("href") + element.get("src")), element
    for script in page.all("script"):
        assert not re.search(r"</?script|alert\(\d\)</", "".join(script.text).replace("\\u003c", "")), script


def test_hostile_text_runs_nowhere_in_the_page(poisoned: Paths) -> None:
    page = Page(poisoned.report("html").read_text(encoding="utf-8"))
    _harmless(page)
    assert not page.all("img", "iframe", "object", "embed", "math", "base", "animate")
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert [form.get("id") for form in page.all("form") if form.get("id")] == ["find", "filter"]


@pytest.fixture(scope="module")
def shown(poisoned: Paths) -> str:
    """Return what a reader of the poisoned page sees."""
    return text_of(Page(poisoned.report("html").read_text(encoding="utf-8")).all("body")[0])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_text_is_shown_as_it_was_written(shown: str, text: str) -> None:
    assert shown.count(" ".join(text.split())) >= 3  # in a question, in a title, in a reason for a grade


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_text_stands_in_the_tables_as_it_was_written(poisoned: Paths, text: str) -> None:
    sources = load(poisoned, "sources").set_index("source_id")
    assert text in str(sources.loc["T2", "title"])
    package = json.loads((poisoned.built / "datapackage.json").read_text(encoding="utf-8"))
    assert any(text in source["title"] for source in package["sources"])


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_as_a_formula_and_reading_gives_the_text_back(poisoned: Paths, text: str) -> None:
    assert f"'{text}" in (poisoned.built / "mentions.csv").read_text(encoding="utf-8").replace('""', '"')
    assert text in set(load(poisoned, "mentions")["reason"])


def test_hostile_text_runs_nowhere_in_the_drawings(poisoned: Paths) -> None:
    files = sorted(poisoned.figures.glob("*.svg"))
    assert files
    for file in files:
        for element in ElementTree.fromstring(file.read_text(encoding="utf-8")).iter():
            assert element.tag.rpartition("}")[2] not in ("script", "image", "foreignObject"), file.name
            assert all(re.fullmatch(r"#[\w.-]+", element.attrib[n]) for n in element.attrib if n.endswith("href")), file
            assert not [name for name in element.attrib if name.startswith("on")], file.name


def test_hostile_text_is_drawn_as_it_was_written(poisoned: Paths) -> None:
    drawn = {
        file.stem: squeeze("".join(ElementTree.fromstring(file.read_text(encoding="utf-8")).itertext()))
        for file in poisoned.figures.glob("*.svg")
    }
    assert squeeze(SCRIPT) in "".join(drawn[name] for name in drawn if name.startswith("timeline-"))
    assert squeeze(LINK) in drawn["timeline"]
    assert squeeze(SCRIPT) in drawn["relation-matrix"]


def test_no_table_of_a_run_holds_a_formula(poisoned: Paths) -> None:
    files = [*poisoned.built.glob("*.csv"), *poisoned.figures.glob("*.csv")]
    cells = [
        cell
        for file in files
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
        for cell in row
    ]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if re.match(r"[=@\t]|[+-](?!\d+(\.\d+)?$).", cell)]


def test_hostile_text_is_printed_as_it_was_written(poisoned: Paths) -> None:
    text = squeeze("".join(sheet for part in ("", ANNEX) for sheet in read_sheets(poisoned.report("pdf", part=part))))
    for name, part in HOSTILE.items():
        assert text.count(squeeze(part)) >= 2, name


@pytest.mark.parametrize("part", ["", ANNEX])
def test_the_pdf_has_no_action_but_links(poisoned: Paths, part: str) -> None:
    pdf = pypdf.PdfReader(poisoned.report("pdf", part=part))
    root: Any = pdf.root_object
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert "/JavaScript" not in root.get("/Names", {})
    for sheet in pdf.pages:
        for note in sheet.get("/Annots") or []:
            action = note.get_object().get("/A")
            if action is not None and action["/S"] == "/GoToR":
                assert action["/F"]["/F"] == poisoned.report("pdf", part="" if part else ANNEX).name
            elif action is not None:
                assert re.match(r"https?://", str(action["/URI"]))
