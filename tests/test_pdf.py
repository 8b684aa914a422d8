"""The PDF report: numbered, headed, bookmarked, tagged, and nothing of it is cut."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfua
import pypdf
import pytest
from conftest import Shared
from lagebild.edition import Edition, open_edition
from lagebild.labels import read_labels
from lagebild.paths import Paths
from lagebild.report import SECTIONS
from pages import Page, read_sheets, squeeze, text_of

REPORTS = [
    *(("tiny", edition, language) for edition in ("2025-01-31", "2025-06-16") for language in ("de", "en")),
    ("russia-iran", "2025-06-16", "de"),
]


@pytest.fixture(scope="module", params=REPORTS, ids="-".join)
def paths(request: pytest.FixtureRequest) -> Paths:
    """Return where each report lies: those of the tiny case as a run made them, the real ones as they are committed."""
    case, edition, language = request.param
    return Paths(case, edition, language, str(request.getfixturevalue("tiny_run")) if case == "tiny" else "")


@pytest.fixture(scope="module")
def edition(paths: Paths, real_tables: Path) -> Edition:
    """Return what the report is made from."""
    return open_edition(paths if paths.case == "tiny" else replace(paths, output=str(real_tables)))


@pytest.fixture(scope="module")
def page(paths: Paths) -> Page:
    """Return the HTML report."""
    return Page(paths.report("html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pdf(paths: Paths) -> pypdf.PdfReader:
    """Return the PDF report."""
    return pypdf.PdfReader(paths.report("pdf"))


@pytest.fixture(scope="module")
def sheets(paths: Paths, shared: Shared) -> list[str]:
    """Return the text of each page of the PDF report."""
    return read_sheets(paths.report("pdf"), shared)


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
    words, numbers = read_labels(paths.language), []
    for name in SECTIONS:
        where = next(one for one in _flat(pdf.outline) if one.title == words(f"section.{name}"))
        numbers.append(pdf.get_destination_page_number(where))
    told = "".join(str(number + 1) for number in numbers if number is not None)
    assert told in squeeze("".join(sheets[:2]))


def _flat(outline: Any) -> list[Any]:
    return [two for one in outline for two in (_flat(one) if isinstance(one, list) else [one])]


def test_every_figure_stands_in_the_pdf_with_its_words(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    assert page.drawings()
    for place, lines in page.drawings().items():
        for line in lines:
            assert squeeze(line) in text, (place, line)


def test_every_caption_stands_in_the_pdf(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    assert page.all("figcaption")
    for caption in page.all("figcaption"):
        assert squeeze(text_of(caption)) in text


def test_the_claims_of_the_pdf_have_footnotes_that_name_their_sources(
    paths: Paths, page: Page, sheets: list[str]
) -> None:
    text, page_of = squeeze("".join(sheets)), read_labels(paths.language)("cite.page")
    notes = page.all("span", class_="footnote")
    assert len(notes) > 5
    for note in notes:
        first, _, _ = text_of(note).partition(f"({page_of})")
        assert re.match(r"[\w.-]+: .+\d{4}", first)
        # only on paper the note goes on with the page on which the evidence stands
        assert re.search(re.escape(squeeze(f"{first}({page_of}")) + r"(S\.|p\.)\d+\)", text), first


@pytest.mark.parametrize("paths", REPORTS[:1], indirect=True, ids="-".join)  # finding where words stand takes long
def test_no_word_of_the_pdf_lies_outside_its_page(pdf: pypdf.PdfReader) -> None:
    for number, sheet in enumerate(pdf.pages):
        width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)
        found: list[tuple[str, list[float], list[float]]] = []

        def visit(
            text: str, cm: Any, tm: Any, *_: Any, into: list[tuple[str, list[float], list[float]]] = found
        ) -> None:
            into.append((text, list(cm), list(tm)))

        sheet.extract_text(visitor_text=visit)
        assert found
        matrices = [cm for _, cm, _ in found]
        for at, (text, _, tm) in enumerate(found):
            # pypdf hands out some words of a drawing before or after its matrix: then the next or the last word has it
            near = matrices[max(at - 1, 0) : at + 2]
            places = [(tm[4] * m[0] + tm[5] * m[2] + m[4], tm[4] * m[1] + tm[5] * m[3] + m[5]) for m in near]
            assert not text.strip() or any(0 <= x <= width and 0 <= y <= height for x, y in places), (number, text)
