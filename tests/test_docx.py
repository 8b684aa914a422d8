"""The text file of the report: real headings, tables, footnotes and pictures with words, in a package that is whole."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from hostile import HOSTILE, TYPST
from known import MAIN, REFERENCE
from lagebild.core.folders import Paths
from lagebild.core.labels import read_labels
from lagebild.report.docx import write_docx
from lagebild.report.exporters import UNKNOWN
from lxml import etree
from pages import Page, keep_part, squeeze, text_of

pytestmark = pytest.mark.slow
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TONGUES = {"de": "de-DE", "en": "en-GB"}
FACTS = UNKNOWN | {"standing": "x"}


class Text:
    """The parts of a text file."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.testzip() is None
            self.parts = {name: package.read(name) for name in package.namelist()}
        read = (name for name in self.parts if name.endswith((".xml", ".rels")))
        self.trees = {name: etree.fromstring(self.parts[name]) for name in read}

    def find(self, tag: str, part: str = "word/document.xml") -> list[Any]:
        """Return the elements of this tag, such as ``w:tbl``, in a part."""
        return list(self.trees[part].iter(W + tag.removeprefix("w:")))

    def styled(self, style: str) -> list[str]:
        """Return the words of the paragraphs of a style."""
        return [
            words_of(paragraph)
            for paragraph in self.find("w:p")
            if [one.get(f"{W}val") for one in paragraph.iterfind(f"{W}pPr/{W}pStyle")] == [style]
        ]


def words_of(element: Any) -> str:
    """Return the words of an element."""
    return "".join(element.itertext(f"{W}t"))


@pytest.fixture(scope="module", params=["de", "en"])
def paths(request: pytest.FixtureRequest, tiny_run: Any) -> Paths:
    """Return where the reports of the tiny case lie."""
    return Paths("tiny", "2025-06-16", request.param, str(tiny_run))


@pytest.fixture(scope="module")
def text(paths: Paths) -> Text:
    """Return the text file."""
    return Text(paths.report("docx").read_bytes())


@pytest.fixture(scope="module")
def page(paths: Paths) -> Page:
    """Return the same part of the report as page."""
    return Page(keep_part(paths.report("html").read_text(encoding="utf-8"), ""))


def test_its_headings_are_the_sections(paths: Paths, text: Text, page: Page) -> None:
    words, headings = read_labels(REFERENCE, paths.language), text.styled("Heading1")
    order = [words(f"section.{name}") for name in MAIN]
    shown = [text_of(one) for one in page.all("h2")]
    assert len(shown) > 5
    assert [one for one in headings if one in order] == [one for one in order if one in shown]
    assert text.styled("Title") == [text_of(page.all("h1")[0])]


def test_its_tables_are_tables_with_heads_that_repeat(text: Text, page: Page) -> None:
    captions = [squeeze(text_of(one)) for one in page.all("caption")]
    assert list(map(squeeze, text.styled("TableCaption"))) == captions
    tables = text.find("w:tbl")
    assert len(tables) == len(captions)
    for table in tables:
        assert len(list(table.iter(f"{W}tblHeader"))) == 1
    widths = [sum(int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol")) for table in tables]
    assert all(9860 < width < 9872 for width in widths)  # from margin to margin
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for table in tables for row in table.iter(f"{W}tr"))


def test_its_figures_are_numbered_and_have_their_words(text: Text, page: Page) -> None:
    captions = text.styled("ImageCaption")
    assert len(captions) == len(page.all("figcaption"))
    words = [text_of(one) for one in page.all("span") if "figcaption" in one.inside and one.get("class")]
    described = [one.get("descr") for one in text.trees["word/document.xml"].iter("{*}docPr") if one.get("descr")]
    assert described == words
    assert all(part.startswith(b"\x89PNG") for name, part in text.parts.items() if name.startswith("word/media/"))


def test_its_notes_are_footnotes_that_name_title_publisher_and_day(text: Text) -> None:
    notes = [words_of(note) for note in text.find("w:footnote", "word/footnotes.xml") if words_of(note)]
    assert len(notes) == len(text.find("w:footnoteReference")) > 3
    for note in notes:
        assert re.match(r"\s*.+, .+, .*\d{4} \(", note)


def test_it_says_what_it_is(paths: Paths, text: Text, page: Page) -> None:
    core = text.parts["docProps/core.xml"].decode()
    assert text_of(page.all("h1")[0]) in core
    assert f"<dc:language>{TONGUES[paths.language]}</dc:language>" in core
    assert paths.as_of in core
    assert f'w:val="{TONGUES[paths.language]}"' in text.parts["word/styles.xml"].decode()
    assert read_labels(REFERENCE, paths.language).day(paths.as_of) in words_of(text.trees["word/footer1.xml"])


def test_every_link_inside_it_leads_to_a_place_in_it(text: Text) -> None:
    marks = {mark.get(f"{W}name") for mark in text.find("w:bookmarkStart")}
    found = [link for part in ("document", "footnotes") for link in text.find("w:hyperlink", f"word/{part}.xml")]
    links = [link.get(f"{W}anchor") for link in found if link.get(f"{W}anchor")]
    assert links
    assert set(links) <= marks


def test_every_part_that_it_names_is_in_it(text: Text) -> None:
    for name, tree in text.trees.items():
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            for one in tree:
                target = one.get("Target")
                inside = target.lstrip("/") if target.startswith("/") else folder + target
                assert one.get("TargetMode") == "External" or inside in text.parts, (name, target)


@pytest.mark.parametrize("place", ["paragraph", "cell", "note"])
def test_hostile_words_stay_words(place: str) -> None:
    texts = [*HOSTILE.values(), *TYPST.values()]
    rows = [{"t": "tr", "c": [{"t": "td", "c": [one]}] * 2} for one in texts]
    head = [{"t": "tr", "c": [{"t": "th", "c": ["a"]}, {"t": "th", "c": ["b"]}]}]
    nodes: dict[str, dict[str, Any]] = {
        "paragraph": {"t": "ul", "c": [{"t": "li", "c": [one]} for one in texts]},
        "cell": {"t": "table", "c": rows, "head": head, "caption": [], "cols": [1, 1]},
        "note": {"t": "p", "c": ["x", *({"t": "span", "k": ["footnote"], "c": [one]} for one in texts)]},
    }
    made = Text(write_docx([nodes[place]], [], FACTS))
    shown = squeeze("".join(words_of(made.trees[f"word/{part}.xml"]) for part in ("document", "footnotes")))
    for one in texts:
        assert squeeze(one) in shown
    named = [one.get("Target") for name in made.trees if name.endswith(".rels") for one in made.trees[name]]
    assert not [target for target in named if "evil" in target or "alert" in target]
