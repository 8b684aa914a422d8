"""The PDF report: numbered, headed, bookmarked, tagged, and nothing of it is cut."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pdfua
import pypdf
import pypdfium2
import pytest
from examples import render_edition
from known import REFERENCE
from lagebild.core.labels import read_labels
from lagebild.core.paths import PAPERS, Paths
from lagebild.report.edition import open_edition
from lagebild.report.exporters import read_outputs
from lagebild.report.sections import SECTIONS
from lagebild.run.steps import STEPS
from pages import Page, read_sheets, squeeze, text_of

PARTS = ("title_block", "contents", "key_judgements", *SECTIONS[1:])
REPORTS = [
    *(
        pytest.param(("tiny", edition, language), marks=pytest.mark.slow)
        for edition in ("2025-01-31", "2025-06-16")
        for language in ("de", "en")
    ),
    ("russia-iran", "2025-06-16", "de"),
]


@pytest.fixture(scope="module", params=REPORTS, ids="-".join)
def paths(request: pytest.FixtureRequest) -> Paths:
    """Return where each report lies: those of the tiny case as a run made them, the real ones as they are committed."""
    case, edition, language = request.param
    return Paths(case, edition, language, str(request.getfixturevalue("tiny_run")) if case == "tiny" else "")


@pytest.fixture(scope="module")
def page(paths: Paths) -> Page:
    """Return the HTML report."""
    return Page(paths.report("html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pdf(paths: Paths) -> pypdf.PdfReader:
    """Return the PDF report."""
    return pypdf.PdfReader(paths.report("pdf"))


@pytest.fixture(scope="module")
def sheets(paths: Paths) -> list[str]:
    """Return the text of each page of the PDF report."""
    return read_sheets(paths.report("pdf"))


@pytest.fixture(scope="module")
def elements(pdf: pypdf.PdfReader) -> list[Any]:
    """Return the elements of the structure of the PDF in reading order."""
    return list(_walk(pdf))


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
    found = pdfua.validate(str(paths.report("pdf"))).findings
    assert not sorted({f"{one.rule_id} {one.message}" for one in found})


def test_the_pdf_claims_to_be_accessible_and_fit_for_archives(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.root_object
    claims = root["/Metadata"].get_data().decode()
    for claim in ("<pdfuaid:part>1<", "<pdfaid:part>3<", "<pdfaid:conformance>A<"):
        assert claim in claims


def test_every_cell_of_a_table_in_the_pdf_names_its_headers(elements: list[Any]) -> None:
    cells = [element for element in elements if element["/S"] == "/TD"]
    assert len(cells) > 50
    assert all(cell["/A"].get_object()["/Headers"] for cell in cells)


def _bookmarks(outline: Any) -> list[str]:
    titles: list[str] = []
    for one in outline:
        titles += _bookmarks(one) if isinstance(one, list) else [str(one.title)]
    return titles


def test_the_bookmarks_of_the_pdf_are_its_sections(paths: Paths, pdf: pypdf.PdfReader) -> None:
    words, titles = read_labels(REFERENCE, paths.language), _bookmarks(pdf.outline)
    assert [title for title in titles if title in {words(f"section.{n}") for n in SECTIONS}] == [
        words(f"section.{name}") for name in SECTIONS
    ]


def test_every_page_of_the_pdf_tells_its_number_of_how_many_and_the_as_of_date(paths: Paths, sheets: list[str]) -> None:
    day = read_labels(REFERENCE, paths.language).day(paths.as_of)
    assert len(sheets) > 4
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number} / {len(sheets)}" in sheet
        assert day in sheet


def test_every_page_of_the_pdf_but_the_first_is_headed_by_its_title_and_section(
    paths: Paths, page: Page, sheets: list[str]
) -> None:
    title = text_of(page.all("h1")[0])
    words = [read_labels(REFERENCE, paths.language)(f"section.{name}") for name in (*SECTIONS, "contents")]
    for sheet in sheets[1:]:
        heads = [line for line in sheet.splitlines() if squeeze(line).startswith(squeeze(title))]
        assert any(squeeze(line).endswith(squeeze(word)) for line in heads for word in words), sheet[-300:]


def test_the_contents_of_the_pdf_name_the_page_of_each_section(
    paths: Paths, pdf: pypdf.PdfReader, sheets: list[str]
) -> None:
    words, numbers = read_labels(REFERENCE, paths.language), []
    for name in SECTIONS:
        where = next(one for one in _flat(pdf.outline) if one.title == words(f"section.{name}"))
        numbers.append(pdf.get_destination_page_number(where))
    contents = squeeze("".join(sheets[:3]))
    for name, number in zip(SECTIONS, numbers, strict=True):
        assert number is not None
        assert re.search(rf"{re.escape(squeeze(words(f'section.{name}')))}[ .]*{number + 1}(?!\d)", contents), name


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
    unseen = "|".join(re.escape(squeeze(text_of(one))) for one in page.all("span", class_="unseen"))
    for caption in page.all("figcaption", "caption"):
        assert re.sub(unseen, "", squeeze(text_of(caption))) in text


def test_a_drawing_has_its_words_as_alternative_text(page: Page, elements: list[Any]) -> None:
    words = [text_of(one) for one in page.all("span") if "figcaption" in one.inside and one.get("class")]
    assert len(words) == len(page.all("figcaption")) > 4
    assert [" ".join(str(one["/Alt"]).split()) for one in elements if one["/S"] == "/Figure"] == words


def test_the_structure_of_the_pdf_runs_from_the_first_page_to_the_last(
    pdf: pypdf.PdfReader, leaves: list[Leaf]
) -> None:
    order = {sheet.indirect_reference.idnum: number for number, sheet in enumerate(pdf.pages)}  # type: ignore[union-attr]
    numbers = [order[leaf.sheet] for leaf in leaves]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(order.values())


def test_every_item_of_a_list_has_a_body_and_every_header_cell_a_scope(elements: list[Any]) -> None:
    for item in (one for one in elements if one["/S"] == "/LI"):
        assert "/LBody" in [kid.get_object()["/S"] for kid in item["/K"]]
    scopes = [one["/A"]["/Scope"] for one in elements if one["/S"] == "/TH"]
    assert set(scopes) == {"/Column", "/Row"}


class Leaf(NamedTuple):
    """A piece of the content of a PDF: the number of the object of its page, and the elements that it stands in."""

    sheet: int
    above: tuple[Any, ...]


@pytest.fixture(scope="module")
def leaves(pdf: pypdf.PdfReader) -> list[Leaf]:
    """Return the content of the PDF in reading order, without the notes: they stand at the foot of a page."""
    root: Any = pdf.root_object
    return list(_leaves(root["/StructTreeRoot"]["/K"]))


def _leaves(node: Any, above: tuple[Any, ...] = (), sheet: int = 0) -> Iterator[Leaf]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            yield from _leaves(kid, above, sheet)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        sheet = node.raw_get("/Pg").idnum if "/Pg" in node else sheet
        if "/S" not in node:
            yield Leaf(sheet, above)
        elif str(node["/S"]) != "/Note":
            yield from _leaves(node.get("/K", []), (*above, node), sheet)
    elif isinstance(node, int):
        yield Leaf(sheet, above)


def _walk(pdf: pypdf.PdfReader) -> Iterator[Any]:
    """Yield the elements of the structure of a PDF in reading order."""
    root: Any = pdf.root_object
    waiting = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop().get_object() if not isinstance(waiting[-1], int) else waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict) and "/S" in node:
            yield node
            waiting.append(node.get("/K", []))


@pytest.fixture(scope="module")
def paper(paths: Paths, real_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Return the sections that the PDF is made from; on a screen they have no footnotes."""
    if paths.case == "tiny":
        executed = paths.executed(STEPS[-1].notebook)
        return Page("".join(read_outputs(nbformat.read(executed, as_version=4)).sections))  # type: ignore[no-untyped-call]
    # the notebooks of the real case are not committed, its drawings are
    opened = open_edition(REFERENCE, replace(paths, output=str(real_tables)))
    opened = replace(opened, paths=replace(paths, output=str(tmp_path_factory.mktemp("drawn"))))
    return Page("".join(part for name, part in render_edition(opened, paths.figures).items() if name in PARTS))


def test_the_claims_of_the_pdf_have_footnotes_that_name_their_sources(
    paths: Paths, paper: Page, sheets: list[str]
) -> None:
    text, page_of = squeeze("".join(sheets)), read_labels(REFERENCE, paths.language)("cite.page")
    notes = paper.all("span", class_="footnote")
    assert len(notes) == len(paper.all("span", class_="cite")) > 4
    for note in notes:
        first, _, _ = text_of(note).partition(f"({page_of})")
        assert re.match(r"[\w.-]+: .+\d{4}", first)
        # only on paper the note goes on with the page on which the evidence stands
        assert re.search(re.escape(squeeze(f"{first}({page_of}")) + r"(S\.|p\.)\d+\)", text), first


def test_a_note_and_a_reference_name_the_page_of_what_they_lead_to(
    paths: Paths, page: Page, paper: Page, pdf: pypdf.PdfReader, sheets: list[str]
) -> None:
    text, words = squeeze("".join(sheets)), read_labels(REFERENCE, paths.language)
    found = {name: pdf.get_destination_page_number(place) for name, place in pdf.named_destinations.items()}
    places = {name: number + 1 for name, number in found.items() if number is not None}
    short = {"de": "S.", "en": "p."}[paths.language]
    notes = referred = 0
    for note in paper.all("span", class_="footnote"):
        for name in re.findall(r"([\w.-]+): ", text_of(note)):
            if name in places:
                notes += 1
                pattern = rf"{re.escape(squeeze(name))}:[^;]*?\({words('cite.page')}{re.escape(short)}(\d+)\)"
                assert str(places[name]) in re.findall(pattern, text), name
    assert notes > 3
    begin = next(one for one in _flat(pdf.outline) if one.title == words(f"section.{SECTIONS[0]}"))
    listed = range(1, pdf.get_destination_page_number(begin) or 0)  # the sheets of the contents name all captions
    for caption in page.all("figcaption", "caption"):
        name, _, title = text_of(caption).partition(". ")
        begins = squeeze(f"{name}. {title[:15]}")
        (number,) = [n for n, sheet in enumerate(sheets) if begins in squeeze(sheet) and n not in listed]
        for said in re.findall(rf"(?<=[(,]){re.escape(squeeze(name))},{re.escape(short)}(\d+)", text):
            assert int(said) == number + 1, name
            referred += 1
    assert referred > 4


def test_the_tables_of_the_edition_are_attached_and_described(page: Page, pdf: pypdf.PdfReader) -> None:
    held = {name: content for name, (content, *_) in pdf.attachments.items()}
    package = json.loads(held["datapackage.json"])
    assert [package["id"]] == [meta.get("content") for meta in page.all("meta", name="lagebild-data")]
    assert {one["path"] for one in package["resources"]} | {"datapackage.json"} == set(held)
    assert {"events.csv", "mentions.csv", "sources.csv", "relations.csv"} <= set(held)
    for one in package["resources"]:
        assert one["hash"] == f"sha256:{hashlib.sha256(held[one['path']]).hexdigest()}"


def test_on_letter_paper_the_pdf_says_the_same(run_again: Path) -> None:
    paths = Paths("tiny", "2025-06-16", "en", str(run_again))
    both = [pypdf.PdfReader(paths.report("pdf", paper)) for paper in PAPERS]
    sizes = [(round(float(pdf.pages[0].mediabox.width)), round(float(pdf.pages[0].mediabox.height))) for pdf in both]
    assert sizes == [(595, 842), (612, 792)]
    assert not pdfua.validate(str(paths.report("pdf", "Letter"))).findings
    titles = [[one.title for one in _flat(pdf.outline)] for pdf in both]
    assert titles[0] == titles[1]


WHOLE = ("/TR", "/Figure", "/H1", "/H2", "/H3", "/H4")


def test_no_heading_stands_alone_and_no_row_or_chart_is_cut(leaves: list[Leaf]) -> None:
    where: dict[int, set[int]] = {}
    last: dict[int, tuple[Any, ...]] = {}
    assert len(leaves) > 300
    for sheet, above in leaves:
        last[sheet] = above
        for element in above:
            if element["/S"] in WHOLE:
                where.setdefault(id(element), set()).add(sheet)
    assert len(where) > 50
    assert {len(sheets) for sheets in where.values()} == {1}
    for above in last.values():
        assert not [element for element in above if str(element["/S"]).startswith("/H")], [e["/S"] for e in above]


def test_a_caption_stands_on_the_page_on_which_its_table_begins(leaves: list[Leaf]) -> None:
    seen, before = set[int](), 0
    for sheet, above in leaves:
        table = next((element for element in above if element["/S"] == "/Table"), None)
        if table is None:
            before = sheet
        elif id(table) not in seen:
            seen.add(id(table))
            assert sheet == before
    assert len(seen) > 4


def test_a_table_has_its_head_on_every_page(
    pdf: pypdf.PdfReader, page: Page, leaves: list[Leaf], sheets: list[str]
) -> None:
    order = {sheet.indirect_reference.idnum: number for number, sheet in enumerate(pdf.pages)}  # type: ignore[union-attr]
    lies: dict[int, list[int]] = {}
    for sheet, above in leaves:
        for element in above:
            if element["/S"] == "/Table":
                lies.setdefault(id(element), []).append(order[sheet])
    captioned = [at for at, one in enumerate(page.elements) if one.tag == "caption"]
    assert len(lies) == len(captioned)
    for numbers, at in zip(lies.values(), captioned, strict=True):
        heads = [one for one in page.elements[at:] if one.tag == "th" and one.get("scope") == "col"]
        for number in set(numbers):
            assert squeeze(text_of(heads[0])) in squeeze(sheets[number])


def test_a_passage_in_another_language_says_so(paths: Paths, page: Page, pdf: pypdf.PdfReader) -> None:
    spoken = {one.get("lang") for one in page.all("q", "span", "cite") if one.get("lang")}
    written = b"".join(sheet.get_contents().get_data() for sheet in pdf.pages)  # type: ignore[union-attr]
    named = {match.decode() for match in re.findall(rb"/Lang ?\(([\w-]+)\)", written)}
    assert len(spoken) > 1 or paths.case == "tiny"
    assert spoken <= named | {paths.language}


def test_no_word_of_the_pdf_lies_outside_its_page(paths: Paths) -> None:
    for number, sheet in enumerate(pypdfium2.PdfDocument(paths.report("pdf")), start=1):
        (width, height), words = sheet.get_size(), sheet.get_textpage()
        boxes = [words.get_rect(place) for place in range(words.count_rects())]
        assert boxes
        for left, bottom, right, top in boxes:
            assert 0 <= left <= right <= width and 0 <= bottom <= top <= height, (
                number,
                words.get_text_bounded(left, bottom, right, top),
            )
