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
from known import ANNEXED, MAIN, REFERENCE
from lagebild.core.folders import ANNEX, PAPERS, Paths
from lagebild.core.labels import read_labels
from lagebild.report.edition import gather_edition
from lagebild.report.exporters import read_outputs
from lagebild.run.steps import STEPS
from long import sample
from pages import Page, keep_part, read_sheets, squeeze, text_of

REPORTS = [
    *(
        pytest.param(("tiny", edition, language, part), marks=pytest.mark.slow)
        for edition in ("2025-01-31", "2025-06-16")
        for language in ("de", "en")
        for part in ("", ANNEX)
    ),
    pytest.param(("russia-iran", "2025-06-16", "de", ""), marks=pytest.mark.slow),
    pytest.param(("russia-iran", "2025-06-16", "de", ANNEX), marks=pytest.mark.slow),
]


@pytest.fixture(scope="module", params=sample(REPORTS, 6, 7, 8), ids=lambda report: "-".join(filter(None, report)))
def report(request: pytest.FixtureRequest) -> tuple[Paths, str]:
    """Return where each part of a report lies: of the tiny case as a run made it, of the real one as committed."""
    case, edition, language, part = request.param
    return Paths(case, edition, language, str(request.getfixturevalue("tiny_run")) if case == "tiny" else ""), part


@pytest.fixture(scope="module")
def paths(report: tuple[Paths, str]) -> Paths:
    """Return where the report lies."""
    return report[0]


@pytest.fixture(scope="module")
def part(report: tuple[Paths, str]) -> str:
    """Return which of its parts it is."""
    return report[1]


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest, paths: Paths, part: str) -> Page:
    """Return the same part of the HTML report."""
    if paths.case != "tiny":  # its PDF is committed, its page is not
        paths = replace(paths, output=str(request.getfixturevalue("real_pages")))
    return Page(keep_part(paths.report("html").read_text(encoding="utf-8"), part))


@pytest.fixture(scope="module")
def headings(page: Page) -> list[str]:
    """Return the headings of the sections of the part."""
    return [
        text_of(one) for one in page.all("h2") if one.get("id") and "nav" not in one.inside and "main" in one.inside
    ]


@pytest.fixture(scope="module")
def pdf(paths: Paths, part: str) -> pypdf.PdfReader:
    """Return the part as PDF."""
    return pypdf.PdfReader(paths.report("pdf", part=part))


@pytest.fixture(scope="module")
def other(paths: Paths, part: str) -> pypdf.PdfReader:
    """Return the other part as PDF."""
    return pypdf.PdfReader(paths.report("pdf", part="" if part else ANNEX))


@pytest.fixture(scope="module")
def sheets(paths: Paths, part: str) -> list[str]:
    """Return the text of each page of the PDF."""
    return read_sheets(paths.report("pdf", part=part))


@pytest.fixture(scope="module")
def elements(pdf: pypdf.PdfReader) -> list[Any]:
    """Return the elements of the structure of the PDF in reading order."""
    return list(_walk(pdf))


def test_the_pdf_says_what_it_is(paths: Paths, part: str, page: Page, pdf: pypdf.PdfReader) -> None:
    title, _, day = text_of(page.all("title")[0]).rpartition(" – ")
    named = [read_labels(REFERENCE, paths.language)("cite.page")] if part else []
    assert pdf.metadata
    assert pdf.metadata.title == " – ".join([title, *named, day])
    assert str(pdf.root_object["/Lang"]) == paths.language
    assert str(pdf.metadata["/CreationDate"]).startswith("D:" + paths.as_of.replace("-", ""))


def test_the_pdf_is_tagged(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_check_for_pdf_ua_finds_nothing(paths: Paths, part: str) -> None:
    found = pdfua.validate(str(paths.report("pdf", part=part))).findings
    assert not sorted({f"{one.rule_id} {one.message}" for one in found})


def test_the_pdf_claims_to_be_accessible_and_fit_for_archives(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.root_object
    claims = root["/Metadata"].get_data().decode()
    for claim in ("<pdfuaid:part>1<", "<pdfaid:part>3<", "<pdfaid:conformance>A<"):
        assert claim in claims


def test_every_cell_of_a_table_in_the_pdf_names_its_headers(elements: list[Any], page: Page) -> None:
    cells = [element for element in elements if element["/S"] == "/TD"]
    assert len(cells) >= len(page.all("caption"))
    assert all(cell["/A"].get_object()["/Headers"] for cell in cells)


def test_the_bookmarks_of_the_pdf_are_its_sections(
    paths: Paths, part: str, headings: list[str], pdf: pypdf.PdfReader
) -> None:
    words = read_labels(REFERENCE, paths.language)
    order = [words(f"section.{name}") for name in (ANNEXED if part else MAIN)]
    assert headings == [name for name in order if name in headings]
    assert len(headings) > 2
    assert [one.title for one in _flat(pdf.outline) if one.title in order] == headings


def test_every_page_of_the_pdf_tells_its_number_of_how_many_and_the_as_of_date(paths: Paths, sheets: list[str]) -> None:
    day = read_labels(REFERENCE, paths.language).day(paths.as_of)
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number} / {len(sheets)}" in sheet
        assert day in sheet


def test_every_page_of_the_pdf_but_the_first_is_headed_by_its_title_and_section(
    page: Page, headings: list[str], sheets: list[str]
) -> None:
    title = text_of(page.all("title")[0]).rpartition(" – ")[0]
    for sheet in sheets[1:]:
        heads = [line for line in sheet.splitlines() if squeeze(line).startswith(squeeze(title))]
        assert any(squeeze(line).endswith(squeeze(word)) for line in heads for word in headings), sheet[-300:]


def test_the_contents_of_the_pdf_name_the_page_of_each_section(
    part: str, headings: list[str], pdf: pypdf.PdfReader, sheets: list[str]
) -> None:
    contents = squeeze("".join(sheets[:2] if part else sheets[:1]))
    for name in headings[1:] if part else headings:  # the contents of the annex stand in its first section
        where = next(one for one in _flat(pdf.outline) if one.title == name)
        number = pdf.get_destination_page_number(where)
        assert number is not None
        assert re.search(rf"{re.escape(squeeze(name))}[ .(]*{number + 1}(?!\d)", contents), name


def _number_sheets(pdf: pypdf.PdfReader) -> dict[int, int]:
    """Return the number of each page, from 0, by that of its object."""
    return {sheet.indirect_reference.idnum: number for number, sheet in enumerate(pdf.pages)}  # type: ignore[union-attr]


def _flat(outline: Any) -> list[Any]:
    return [two for one in outline for two in (_flat(one) if isinstance(one, list) else [one])]


def test_every_figure_stands_in_the_pdf_with_its_words(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    for place, lines in page.drawings().items():
        for line in lines:
            assert squeeze(line) in text, (place, line)


def test_every_caption_stands_in_the_pdf(page: Page, sheets: list[str]) -> None:
    text = squeeze("".join(sheets))
    assert page.all("figcaption", "caption")
    left = [*page.all("span", class_="unseen"), *page.all("small", class_="files")]  # a screen's own
    unseen = "|".join(re.escape(squeeze(text_of(one))) for one in left)
    for caption in page.all("figcaption", "caption"):
        assert re.sub(unseen, "", squeeze(text_of(caption))) in text


def test_a_drawing_has_its_words_as_alternative_text(page: Page, elements: list[Any]) -> None:
    words = [text_of(one) for one in page.all("span") if "figcaption" in one.inside and one.get("class")]
    assert len(words) == len(page.all("figcaption"))
    assert [" ".join(str(one["/Alt"]).split()) for one in elements if one["/S"] == "/Figure"] == words


def test_the_structure_of_the_pdf_runs_from_the_first_page_to_the_last(
    pdf: pypdf.PdfReader, leaves: list[Leaf]
) -> None:
    order = _number_sheets(pdf)
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
def paper(paths: Paths, part: str, real_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Return the sections that the PDF is made from; on a screen they have no footnotes."""
    if paths.case == "tiny":
        executed = paths.executed(STEPS[-1].notebook)
        sections = read_outputs(nbformat.read(executed, as_version=4)).sections  # type: ignore[no-untyped-call]
    else:  # the notebooks of the real case are not committed, its drawings are
        opened = gather_edition(REFERENCE, replace(paths, output=str(real_tables)))
        opened = replace(opened, paths=replace(paths, output=str(tmp_path_factory.mktemp("drawn"))))
        sections = list(render_edition(opened, paths.figures).values())
    return Page(keep_part(f"<main>{''.join(sections)}</main>", part))


def test_the_claims_of_the_pdf_have_footnotes_that_name_title_publisher_and_day_of_their_texts(
    paths: Paths, part: str, paper: Page, sheets: list[str]
) -> None:
    text, words = squeeze("".join(sheets)), read_labels(REFERENCE, paths.language)
    notes = paper.all("span", class_="footnote")
    assert part or len(notes) > 3
    for note in notes:
        first, _, _ = text_of(note).partition(f" ({words('cite.page')})")
        assert re.fullmatch(r".+, .+, .*\d{4}(–\d{4})?", first)
        # only on paper the note goes on with the page on which the evidence stands
        place = "" if part else words("cite.page")
        assert re.search(re.escape(squeeze(f"{first}({place}")) + r"(S\.|p\.)\d+\)", text), first


def test_a_note_and_a_reference_name_the_page_of_what_they_lead_to(
    paths: Paths, part: str, page: Page, paper: Page, pdf: pypdf.PdfReader, other: pypdf.PdfReader, sheets: list[str]
) -> None:
    text, words = squeeze("".join(sheets)), read_labels(REFERENCE, paths.language)
    annex, short = words("cite.page"), {"de": "S.", "en": "p."}[paths.language]
    here, there = _find_places(pdf), _find_places(other)
    for note in paper.all("span", class_="footnote"):
        first = text_of(note).partition(f" ({annex})")[0]
        place = next(one.get("href") for one in paper.elements[paper.elements.index(note) :] if one.tag == "a")[1:]
        said = f"{here[place]}" if part else f"{there[place]}"
        assert squeeze(f"{first}({'' if part else annex}{short}{said})") in text, first
    captions = {squeeze(text_of(one).partition(". ")[0]): squeeze(text_of(one))[:30] for one in page.all("caption")}
    for name, said in re.findall(rf"(?<=[(,])((?:Tabelle|Table)\d+),{re.escape(short)}(\d+)", text):
        assert captions[name] in squeeze(sheets[int(said) - 1]), name
    far = re.findall(rf"(?<=[(,])((?:Tabelle|Table|Abbildung|Figure)\d+),{annex}{re.escape(short)}(\d+)", text)
    assert bool(far) != bool(part)
    assert {int(said) for _, said in far} <= set(there.values())


def _find_places(pdf: pypdf.PdfReader) -> dict[str, int]:
    """Return the number of the page of each named place."""
    found = {name: pdf.get_destination_page_number(place) for name, place in pdf.named_destinations.items()}
    return {name: number + 1 for name, number in found.items() if number is not None}


def test_what_leads_to_the_other_part_leads_to_a_place_in_it(
    paths: Paths, part: str, pdf: pypdf.PdfReader, other: pypdf.PdfReader
) -> None:
    notes = [note.get_object() for sheet in pdf.pages for note in sheet.get("/Annots") or []]
    far = [note["/A"] for note in notes if note.get("/A", {}).get("/S") == "/GoToR"]
    assert far
    assert {action["/F"]["/F"] for action in far} == {paths.report("pdf", part="" if part else ANNEX).name}
    assert {str(action["/D"]) for action in far} <= set(other.named_destinations)
    assert not [note for note in notes if not re.match("https?://", str(note.get("/A", {}).get("/URI", "https://")))]


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
    assert len(leaves) > 100
    for sheet, above in leaves:
        last[sheet] = above
        for element in above:
            if element["/S"] in WHOLE:
                where.setdefault(id(element), set()).add(sheet)
    assert len(where) > 10
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
    assert len(seen) > 1


def test_a_table_has_its_head_on_every_page(
    pdf: pypdf.PdfReader, page: Page, leaves: list[Leaf], sheets: list[str]
) -> None:
    order = _number_sheets(pdf)
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


def test_a_passage_in_another_language_says_so(paths: Paths, part: str, page: Page, pdf: pypdf.PdfReader) -> None:
    spoken = {one.get("lang") for one in page.all("q", "span", "cite") if one.get("lang")}
    written = b"".join(sheet.get_contents().get_data() for sheet in pdf.pages)  # type: ignore[union-attr]
    named = {match.decode() for match in re.findall(rb"/Lang ?\(([\w-]+)\)", written)}
    assert len(spoken) > 1 or paths.case == "tiny" or not part  # what is said quotes in its notes alone
    assert spoken <= named | {paths.language}


def test_no_word_of_the_pdf_lies_outside_its_page(paths: Paths, part: str) -> None:
    for number, sheet in enumerate(pypdfium2.PdfDocument(paths.report("pdf", part=part)), start=1):
        (width, height), words = sheet.get_size(), sheet.get_textpage()
        boxes = [words.get_rect(place) for place in range(words.count_rects())]
        assert boxes
        for left, bottom, right, top in boxes:
            assert 0 <= left <= right <= width and 0 <= bottom <= top <= height, (
                number,
                words.get_text_bounded(left, bottom, right, top),
            )
