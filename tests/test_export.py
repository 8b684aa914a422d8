"""The reports: complete without a network, readable by everybody, the same for the same data; nothing runs in them."""

from __future__ import annotations

import base64
import csv
import gzip
import html
import importlib.metadata
import io
import json
import re
import unicodedata
from dataclasses import replace as replace_
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pdfua
import pypdf
import pytest
from conftest import Shared
from drawings import plain
from examples import PROJECT, edit, replace
from lagebild.edition import Edition, open_edition
from lagebild.export import HtmlReport, PdfReport, export_report, read_outputs, refuse
from lagebild.labels import read_labels
from lagebild.paths import Fault, Paths
from lagebild.report import SECTIONS
from lagebild.steps import STEPS
from pages import Page, text_of, words_of
from runs import copy_project, lagebild

EDITIONS = ("2025-01-31", "2025-06-16")
TINY = [("tiny", edition, language) for edition in EDITIONS for language in ("de", "en")]
REAL = [("russia-iran", "2025-06-16", "de"), ("russia-iran", "2026-06-30", "en")]


@pytest.fixture(scope="module", params=TINY + REAL, ids="-".join)
def paths(request: pytest.FixtureRequest) -> Paths:
    """Return where each report lies: all of the tiny case, as a run made them, and two of the committed ones."""
    case, edition, language = request.param
    return Paths(case, edition, language, str(request.getfixturevalue("tiny_run")) if case == "tiny" else "")


@pytest.fixture(scope="module")
def edition(paths: Paths, real_tables: Path) -> Edition:
    """Return what the report is made from."""
    return open_edition(paths if paths.case == "tiny" else replace_(paths, output=str(real_tables)))


@pytest.fixture(scope="module")
def page(paths: Paths) -> Page:
    """Return the HTML report."""
    return Page(paths.report("html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pdf(paths: Paths) -> pypdf.PdfReader:
    """Return the PDF report."""
    return pypdf.PdfReader(paths.report("pdf"))


def sheets_of(file: Path, shared: Shared) -> list[str]:
    """Return the text of each page of a PDF; reading it takes seconds, so the workers share it."""

    def make(folder: Path) -> None:
        sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(file).pages]
        (folder / "sheets.json").write_text(json.dumps(sheets), encoding="utf-8")

    sheets: list[str] = json.loads((shared(f"sheets-{file.stem}", make) / "sheets.json").read_text(encoding="utf-8"))
    return sheets


@pytest.fixture(scope="module")
def sheets(paths: Paths, shared: Shared) -> list[str]:
    """Return the text of each page of the PDF report."""
    return sheets_of(paths.report("pdf"), shared)


def squeeze(text: str) -> str:
    """Return text without blanks and hyphens: a line break in a PDF leaves either."""
    return re.sub(r"[\s‐‑\u00ad-]", "", unicodedata.normalize("NFKC", text))


def charts(paths: Paths) -> list[str]:
    """Return the names of the figures of an edition."""
    names = sorted(file.stem for file in paths.figures.glob("*.svg"))
    assert {"timeline", "timeline-1", "relation-matrix", "saying-matrix", "options"} <= set(names)
    return names


# --- HTML ---


def test_every_figure_stands_in_the_page_as_drawing_and_as_data(paths: Paths, page: Page) -> None:
    assert sorted(e.get("id") for e in page.all("figure", class_="chart")) == [f"fig-{name}" for name in charts(paths)]
    drawn = {e.get("id") for e in page.all("div", class_="plot")}
    assert drawn == {f"plot-{name}" for name in charts(paths)} == set(page.figures())
    assert len([e for e in page.all("svg", class_="main-svg") if "figure" in e.inside]) >= len(drawn)


def test_every_drawing_shows_the_words_of_its_figure(paths: Paths, page: Page) -> None:
    text = paths.report("html").read_text(encoding="utf-8")
    for place, figure in page.figures().items():
        drawing = re.search(rf'(?s)id="{place}".*?(<svg.*?</svg>)</div>', text)
        assert drawing
        shown = squeeze(html.unescape(re.sub(r"<[^>]+>", "", drawing.group(1))))
        for text in words_of(figure):
            assert all(squeeze(plain(line)) in shown for line in text.split("<br>")), (place, text)


def test_the_page_loads_nothing_from_anywhere(page: Page) -> None:
    loading = (
        "src",
        "srcset",
        "data",
        "poster",
        "action",
        "formaction",
        "background",
        "manifest",
        "ping",
        "xlink:href",
    )
    for element in page.elements:
        for name in loading:
            assert not element.get(name) or element.get(name).startswith("#"), element
        if element.tag != "a":
            assert not element.get("href") or element.get("href").startswith("#"), element
        assert "url(" not in element.get("style").replace("url(#", ""), element
    assert not page.all("link", "base", "iframe", "object", "embed", "img", "form", "audio", "video")
    assert not [meta for meta in page.all("meta") if meta.get("http-equiv")]
    for style in page.all("style"):
        assert not re.search(r"@import|url\((?!#)", "".join(style.text))


def test_links_lead_within_the_page_or_to_the_address_of_a_source(page: Page) -> None:
    ids = {element.get("id") for element in page.elements}
    for link in page.all("a"):
        target = link.get("href")
        if target.startswith("#"):
            assert target[1:] in ids, target
        else:
            assert re.match(r"https?://", target)
            assert link.get("rel") == "noreferrer"


def test_an_id_stands_once_in_a_page(page: Page) -> None:
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_plotly_stands_once_in_the_page_and_is_complete(page: Page) -> None:
    (packed,) = page.all("script", id="plotly")
    code = gzip.decompress(base64.b64decode("".join(packed.text))).decode()
    assert "newPlot" in code
    assert len([script for script in page.all("script") if len("".join(script.text)) > 300_000]) == 1


def test_no_script_stands_in_the_page_but_those_of_the_project(paths: Paths, page: Page) -> None:
    kinds = sorted(script.get("type") for script in page.all("script"))
    assert kinds == sorted(["", "text/plain", *["application/json"] * len(charts(paths))])


def test_the_page_says_what_it_is(paths: Paths, page: Page, edition: Edition) -> None:
    assert page.all("html")[0].get("lang") == paths.language
    assert text_of(page.all("title")[0]) == f"{edition.case.title[paths.language]} – {paths.as_of}"
    assert text_of(page.all("h1")[0]) == edition.case.title[paths.language]
    assert edition.labels.day(paths.as_of) in text_of(page.all("p", class_="asof")[0])
    assert [meta.get("content") for meta in page.all("meta", name="lagebild-data")] == [edition.hash]


def test_every_section_stands_in_the_page_and_in_its_contents(paths: Paths, page: Page) -> None:
    words = read_labels(paths.language)
    headings = {heading.get("id"): text_of(heading) for heading in page.all("h2")}
    (contents,) = page.all("nav")
    for name in SECTIONS:
        assert headings[f"{name}-h"] == words(f"section.{name}")
        assert words(f"section.{name}") in text_of(contents)
    assert [e.get("href") for e in page.all("a") if e.inside[-3:] == ("nav", "ol", "li")] == [
        f"#{n}-h" for n in SECTIONS
    ]


def test_headings_skip_no_level_and_there_is_one_title(page: Page) -> None:
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_everything_that_a_screen_reader_meets_has_a_name(page: Page) -> None:
    ids = {element.get("id") for element in page.elements}
    for element in page.elements:
        if element.get("role") in ("img", "region"):
            assert element.get("aria-label").strip(), element.get("id")
        if element.get("aria-labelledby"):
            assert element.get("aria-labelledby") in ids
    captioned = sum(caption.inside[-1] == "table" for caption in page.all("caption"))
    labelled = sum(bool(table.get("aria-label")) or "region" in table.get("role") for table in page.all("table"))
    assert captioned + labelled + len(page.all("table", class_="chronicle")) == len(page.all("table"))
    for head in page.all("th"):
        assert head.get("scope") in ("col", "row")


def test_what_can_be_scrolled_can_be_reached_by_keyboard(page: Page) -> None:
    assert page.all(class_="scroll")
    assert all(element.get("tabindex") == "0" for element in page.all(class_="scroll"))


def test_every_claim_of_the_page_is_followed_by_its_evidence(page: Page, edition: Edition) -> None:
    claims = page.all(class_="claim")
    known = set(edition.told)
    assert len(claims) > 5
    for claim in claims:
        cited = set(re.findall(r"[\w.-]+", text_of(claim)))
        assert cited & known, text_of(claim)


def test_every_event_and_condition_stands_in_the_annex_with_its_sentences(page: Page, edition: Edition) -> None:
    entries = {item.get("id"): text_of(item) for item in page.all("article", class_="item")}
    assert set(entries) == set(edition.told)
    for name, item in edition.told.items():
        for mention in item["told"]:
            assert " ".join(mention["evidence"].split()) in entries[name]


def test_the_page_carries_no_code_of_the_notebook(paths: Paths) -> None:
    text = paths.report("html").read_text(encoding="utf-8")
    assert "report.title_block" not in text
    assert "open_edition" not in text


# --- PDF ---


def test_the_pdf_says_what_it_is(paths: Paths, page: Page, pdf: pypdf.PdfReader) -> None:
    assert pdf.metadata
    assert pdf.metadata.title == text_of(page.all("title")[0])
    assert str(pdf.root_object["/Lang"]) == paths.language
    assert str(pdf.metadata["/CreationDate"]).startswith("D:" + paths.as_of.replace("-", ""))


def test_the_pdf_is_tagged(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_check_for_pdf_ua_finds_nothing(paths: Paths) -> None:
    # UA-15-003 asks that header cells carry /Scope or /Headers; WeasyPrint gives the data cells /Headers, see below
    found = [one for one in pdfua.validate(str(paths.report("pdf"))).findings if one.rule_id != "UA-15-003"]
    assert not sorted({f"{one.rule_id} {one.message}" for one in found})


def test_every_cell_of_a_table_in_the_pdf_names_its_headers(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.root_object
    waiting, cells = [root["/StructTreeRoot"]], 0
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if node.get("/S") == "/TD":
                cells += 1
                assert node["/A"].get_object()["/Headers"]
            if "/K" in node:
                waiting.append(node["/K"])
    assert cells > 50


def _bookmarks(outline: Any) -> list[str]:
    titles: list[str] = []
    for one in outline:
        titles += _bookmarks(one) if isinstance(one, list) else [str(one.title)]
    return titles


def test_the_bookmarks_of_the_pdf_are_its_sections(paths: Paths, pdf: pypdf.PdfReader) -> None:
    words, titles = read_labels(paths.language), _bookmarks(pdf.outline)
    assert [title for title in titles if title in {words(f"section.{n}") for n in SECTIONS}] == [
        words(f"section.{name}") for name in SECTIONS
    ]


def test_every_page_of_the_pdf_tells_its_number_of_how_many_and_the_as_of_date(paths: Paths, sheets: list[str]) -> None:
    day = read_labels(paths.language).day(paths.as_of)
    assert len(sheets) > 4
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number} / {len(sheets)}" in sheet
        assert day in sheet


def test_every_page_of_the_pdf_but_the_first_is_headed_by_its_title_and_section(
    paths: Paths, edition: Edition, sheets: list[str]
) -> None:
    title = edition.case.title[paths.language]
    words = [read_labels(paths.language)(f"section.{name}") for name in (*SECTIONS, "contents")]
    for sheet in sheets[1:]:
        heads = [line for line in sheet.splitlines() if squeeze(line).startswith(squeeze(title))]
        assert any(squeeze(line).endswith(squeeze(word)) for line in heads for word in words), sheet[-300:]


def test_the_contents_of_the_pdf_name_the_page_of_each_section(
    paths: Paths, pdf: pypdf.PdfReader, sheets: list[str]
) -> None:
    words = read_labels(paths.language)
    first = squeeze("".join(sheets[:2]))
    for name in SECTIONS:
        where = next(one for one in _flat(pdf.outline) if one.title == words(f"section.{name}"))
        number = pdf.get_destination_page_number(where)
        assert number is not None
        assert squeeze(words(f"section.{name}")) + str(number + 1) in first, name


def _flat(outline: Any) -> list[Any]:
    return [two for one in outline for two in (_flat(one) if isinstance(one, list) else [one])]


def test_every_figure_stands_in_the_pdf_with_its_words(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    for place, figure in page.figures().items():
        for words in words_of(figure):
            for line in words.split("<br>"):
                assert squeeze(plain(line)) in text, (place, line)


def test_every_caption_stands_in_the_pdf(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    assert page.all("figcaption")
    for caption in page.all("figcaption"):
        assert squeeze(text_of(caption)) in text


def test_the_claims_of_the_pdf_have_footnotes_that_name_their_sources(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    notes = page.all("span", class_="footnote")
    assert len(notes) > 5
    short = [note for note in notes if len(text_of(note)) < 200]  # a long one may go on on the next page
    assert short
    for note in short:
        publishers = re.findall(r"[\w.-]+: (.+?), ", text_of(note))
        assert publishers
        for publisher in publishers:
            assert squeeze(publisher) in text


def test_no_word_of_the_pdf_lies_outside_its_page(pdf: pypdf.PdfReader) -> None:
    for number, sheet in enumerate(pdf.pages):
        width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)
        found: list[tuple[float, float, str]] = []

        def visit(text: str, cm: Any, tm: Any, *_: Any, into: list[tuple[float, float, str]] = found) -> None:
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            into.append((x, y, text))

        sheet.extract_text(visitor_text=visit)
        assert found
        for x, y, text in found:
            assert not text.strip() or (0 <= x <= width and 0 <= y <= height), (number, text)


# --- the same data, the same bytes ---


@pytest.fixture(scope="module")
def executed(tiny_run: Path) -> dict[str, Any]:
    """Return the executed report notebooks of the tiny case by edition, in English."""
    name = STEPS[-1].notebook
    return {
        edition: nbformat.read(Paths("tiny", edition, "en", str(tiny_run)).executed(name), as_version=4)  # type: ignore[no-untyped-call]
        for edition in EDITIONS
    }


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_exporting_again_gives_the_same_bytes(
    executed: dict[str, Any], tiny_run: Path, tmp_path: Path, kind: str, edition: str
) -> None:
    before = Paths("tiny", edition, "en", str(tiny_run)).report(kind)
    again = Paths("tiny", edition, "en", output=str(tmp_path))
    for other in EDITIONS:  # whatever was exported before in the same process
        export_report(Paths("tiny", other, "en", output=str(tmp_path / "other")), executed[other], kind)
    export_report(again, executed[edition], kind)
    assert again.report(kind).read_bytes() == before.read_bytes()


def test_exporting_leaves_the_environment_as_it_was(
    executed: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = dict(os.environ)
    export_report(Paths("tiny", EDITIONS[0], output=str(tmp_path)), executed[EDITIONS[0]], "pdf")
    assert dict(os.environ) == before


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "html"])
def test_drawing_again_gives_the_same_bytes(by_papermill: Path, tiny_run: Path, kind: str) -> None:
    one, two = (
        {
            file.name: file.read_bytes()
            for file in Paths("tiny", "2025-06-16", "en", str(root)).figures.glob(f"*.{kind}")
        }
        for root in (by_papermill, tiny_run)
    )
    assert len(one) >= 6
    assert one == two


# --- exporters ---


@pytest.mark.parametrize(("name", "exporter"), [("lagebild_html", HtmlReport), ("lagebild_pdf", PdfReport)])
def test_nbconvert_and_jupyterlab_find_the_exporters(name: str, exporter: type) -> None:
    (entry,) = importlib.metadata.entry_points(group="nbconvert.exporters", name=name)
    assert entry.load() is exporter
    assert exporter.export_from_notebook.startswith("Lagebild ")


@pytest.mark.parametrize("exporter", [HtmlReport, PdfReport])
def test_a_notebook_that_was_not_run_is_not_exported(exporter: Any) -> None:
    notebook = nbformat.read(PROJECT / "notebooks" / STEPS[-1].notebook, as_version=4)  # type: ignore[no-untyped-call]
    with pytest.raises(Fault, match=r"holds no report: run notebooks/05-report\.ipynb first"):
        exporter().from_notebook_node(notebook)


def test_only_cells_tagged_report_go_into_the_report(executed: dict[str, Any]) -> None:
    sections, facts = read_outputs(executed[EDITIONS[0]])
    assert len(sections) == 12
    assert facts["case"] == "tiny"
    assert set(facts) == {"title", "language", "as_of", "case", "data", "by"}


@pytest.mark.parametrize("address", ["https://example.org/x.css", "file:///etc/passwd", "http://localhost/"])
def test_the_pdf_fetches_nothing(address: str) -> None:
    with pytest.raises(ValueError, match="a report fetches nothing"):
        refuse(address)


# --- hostile text ---

SCRIPT = "<script>alert(1)</script>"
LINK = "<a href='javascript:alert(2)'>x</a>"
EVENT = '"><img src=x onerror=alert(3)>'
FORMULA = '=HYPERLINK("http://evil.example")'


def _poison(project: Path) -> None:
    inputs = project / "data" / "cases" / "tiny"
    edit(inputs / "events.csv", "E5", summary_en=f"{SCRIPT} & %{{x}}", summary_de=SCRIPT)
    edit(inputs / "events.csv", "E6", summary_en=FORMULA, summary_de=FORMULA)
    edit(inputs / "events.csv", "E1", summary_en=f"'single' {EVENT}", summary_de=EVENT)
    edit(inputs / "conditions.csv", "C1", summary_en=LINK, summary_de=LINK)
    edit(
        inputs / "sources.csv",
        "T1",
        title=SCRIPT,
        publisher=EVENT,
        reporter=LINK,
        url='https://e.org/"onclick="alert(4)',
    )
    edit(inputs / "mentions.csv", "t08", reason=FORMULA, quote_en=SCRIPT)
    replace(inputs / "texts" / "T2.en.txt", "Israel hit", f"Israel {SCRIPT} hit")
    replace(inputs / "judgements.yml", "Help would bring thanks and trouble.", f'"{SCRIPT} {LINK}"')
    replace(inputs / "judgements.yml", "en: Help for Iran}", f'en: "{LINK}"}}')
    replace(inputs / "case.yml", "  en: Tiny case\n", f"  en: '{EVENT} {SCRIPT}'\n")
    replace(inputs / "case.yml", "en: Iran – Israel}", f'en: "{LINK}"}}')
    edit(project / "data" / "reference" / "actors.csv", "IRN", name_en=f"Iran {SCRIPT} {LINK}")


@pytest.fixture(scope="session")
def poisoned(shared: Shared) -> Paths:
    """Return a run of the tiny case in which texts, names and summaries try to get out of their place."""

    def make(folder: Path) -> None:
        _poison(copy_project(folder))
        done = lagebild("run", "tiny", "--as-of", "2025-06-16", "--language", "en", project=folder)
        assert done.returncode == 0, done.stderr

    return Paths("tiny", "2025-06-16", "en", str(shared("poisoned", make)))


def _harmless(page: Page) -> None:
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on")], element
        assert not re.match(r"\s*(javascript|data|vbscript):", element.get("href") + element.get("src")), element
    for script in page.all("script"):
        assert not re.search(r"</?script|alert\(\d\)</", "".join(script.text).replace("\\u003c", "")), script


def test_hostile_text_runs_nowhere_in_the_page(poisoned: Paths) -> None:
    page = Page(poisoned.report("html").read_text(encoding="utf-8"))
    _harmless(page)
    assert not page.all("img")
    assert len([s for s in page.all("script") if not s.get("type")]) == 1


@pytest.mark.parametrize("text", [SCRIPT, LINK, EVENT, FORMULA])
def test_hostile_text_is_shown_as_it_was_written(poisoned: Paths, text: str) -> None:
    assert text in text_of(Page(poisoned.report("html").read_text(encoding="utf-8")).all("body")[0])


def test_hostile_text_runs_nowhere_in_the_pages_of_the_figures(poisoned: Paths) -> None:
    files = sorted(poisoned.figures.glob("*.html"))
    assert files
    for file in files:
        page = Page(file.read_text(encoding="utf-8"))
        _harmless(page)
        assert [script.get("src") for script in page.all("script") if script.get("src")] == ["../../plotly.min.js"]
        assert [image.get("src") for image in page.all("img")] == [f"{file.stem}.svg"]


def test_hostile_text_runs_nowhere_in_the_drawings(poisoned: Paths) -> None:
    files = sorted(poisoned.figures.glob("*.svg"))
    assert files
    for file in files:
        for element in ElementTree.fromstring(file.read_text(encoding="utf-8")).iter():
            assert element.tag.rpartition("}")[2] not in ("script", "a", "image", "foreignObject"), file.name
            assert not [name for name in element.attrib if name.startswith("on")], file.name


def test_hostile_text_is_drawn_as_it_was_written(poisoned: Paths) -> None:
    drawn = {
        file.stem: squeeze("".join(ElementTree.fromstring(file.read_text(encoding="utf-8")).itertext()))
        for file in poisoned.figures.glob("*.svg")
    }
    assert squeeze(SCRIPT) in "".join(drawn[name] for name in drawn if name.startswith("timeline-"))
    assert squeeze(LINK) in drawn["timeline"]
    assert squeeze(SCRIPT) in drawn["relation-matrix"]
    assert squeeze(LINK) in drawn["options"]


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


def test_hostile_text_is_printed_as_it_was_written(poisoned: Paths, shared: Shared) -> None:
    text = squeeze("".join(sheets_of(poisoned.report("pdf"), shared)))
    for part in (SCRIPT, LINK, EVENT, FORMULA):
        assert squeeze(part) in text


def test_the_pdf_has_no_action_but_links(poisoned: Paths) -> None:
    pdf = pypdf.PdfReader(poisoned.report("pdf"))
    root: Any = pdf.root_object
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert "/JavaScript" not in root.get("/Names", {})
    for sheet in pdf.pages:
        for note in sheet.get("/Annots") or []:
            action = note.get_object().get("/A")
            assert action is None or re.match(r"https?://", str(action["/URI"]))
