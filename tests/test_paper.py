"""What goes on paper: every word, no link of another kind, one place for a name, columns that hold what they say."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from known import REFERENCE
from lagebild.charts.svg import draw_images
from lagebild.core.errors import InputError
from lagebild.core.folders import ANNEX, Paths
from lagebild.core.labels import read_labels
from lagebild.report.document import read_document
from lagebild.report.docx import write_docx
from lagebild.report.exporters import UNKNOWN
from lagebild.report.paper import Node, read_paper, words_of
from lagebild.report.pdf import set_pdf
from pages import read_sheets, squeeze

FACTS = UNKNOWN | {"format": "A4", "standing": "x"}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'


def read(*sections: str) -> list[Node]:
    """Return the nodes of sections."""
    return read_paper(read_document(sections, read_labels(REFERENCE, "en")))[""].nodes


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("<p>one <em>two</em> three <strong>four</strong> five<br>six</p>", "one two three four five six"),
        ("<p>one\n <b>two</b>\n three </p>", "one two three"),
        ("Hello <p>x</p>", "Hellox"),
        ("<p>a\x01b\x7fc\ufffed</p>", "abcd"),
        ('<q lang="de-AT">x</q>', "„x“"),
        ('<q lang="en-GB">x</q>', "“x”"),
        ('<p>x<span class="cite">[E1]</span></p><form>y</form><details>z</details>', "x"),
        ("<pre><code>a\n  b</code></pre>", "a\n  b"),
        ("<h2> </h2><p>x</p>", "x"),
    ],
)
def test_the_words_of_a_section_are_on_paper_and_nothing_else(section: str, words: str) -> None:
    assert "".join(map(words_of, read(section))) == words


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://e.org", True),
        ("#here", True),
        ("#gone", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("//e.org", False),
    ],
)
def test_a_link_leads_to_the_web_or_to_a_place_on_paper(href: str, kept: bool) -> None:
    _, link = read(f'<p id="here">x</p><a href="{href}">y</a>')
    assert isinstance(link, dict)
    assert link.get("href") == (href if kept else None)


def test_a_name_given_twice_is_that_of_the_first_place() -> None:
    nodes: list[Any] = read('<p id="T2">x</p>', '<p id="T2">y</p>', '<a href="#T2">z</a>')
    assert [node.get("id") for node in nodes] == ["T2", None, None]


@pytest.mark.parametrize(("tag", "language"), [("en-GB", "en"), ("zh-Hans", "zh"), ("DE", "de"), ("x-klingon", None)])
def test_a_language_is_what_typst_and_word_know(tag: str, language: str | None) -> None:
    (node,) = read(f'<p lang="{tag}">x</p>')
    assert isinstance(node, dict)
    assert node.get("lang") == language
    assert set_pdf([node], [], FACTS, {})


ROWS = "<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"
TABLES = [
    f"<table><thead><tr><th>x</th><th>y</th></tr></thead><tbody>{ROWS}</tbody></table>",
    f'<table><thead><tr><th>x</th><th>y</th></tr></thead><tbody class="z">{ROWS}</tbody></table>',
    f"<table><thead><tr><th colspan='2'>xy</th></tr></thead><tfoot>{ROWS}</tfoot></table>",
    f"<table><thead><tr><th colspan='0'>x</th><th>y</th></tr></thead>{ROWS}</table>",
    f"<table><caption>own</caption><thead><tr><th>x</th><th>y</th></tr></thead><tbody>{ROWS}</tbody></table>",
]


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_any_form_has_all_its_rows_in_both_forms(table: str) -> None:
    nodes: list[Any] = read(table)
    (made,) = nodes
    assert [len(row["c"]) for row in made["c"]] == [2, 2]
    assert sum(made["cols"]) == pytest.approx(1)
    text = squeeze("".join(read_sheets(set_pdf(nodes, [], FACTS, {})[0])))
    assert "ab" in text
    assert "c" in text
    assert write_docx(nodes, [], FACTS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "section", ["<figure><figcaption>x</figcaption></figure>", f"<figure>{PICTURE}</figure>", "<table></table>"]
)
def test_a_figure_or_table_of_ones_own_is_shown_without_a_number(section: str) -> None:
    document = read_document([section], read_labels(REFERENCE, "en"))
    nodes, drawings = read_paper(document)[""]
    assert set_pdf(nodes, drawings, FACTS, {})
    assert section in read_document([section], read_labels(REFERENCE, "en")).write()


LONG = "x" * 400
ENDLESS = {
    "paragraph": f"<p>{LONG}</p>",
    "cell": f"<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td>{LONG}</td><td>b</td></tr></table>",
    "item": f"<ul><li>{LONG}</li></ul>",
    "heading": f"<h1>{LONG}</h1>",
    "address": f'<a class="url" href="https://e.org/{LONG}">https://e.org/{LONG}</a>',
    "high row": f"<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>{'word ' * 9000}</td></tr></tbody></table>",
    "high figure": f'<figure id="fig-x">{PICTURE}<figcaption>{"word " * 2000}</figcaption></figure>',
    "high answer": f'<div class="answer"><p>{"word " * 3000}</p></div>',
}


@pytest.mark.parametrize("section", ENDLESS.values(), ids=ENDLESS)
def test_no_word_runs_off_the_page(section: str) -> None:
    nodes, drawings = read_paper(read_document([section], read_labels(REFERENCE, "en")))[""]
    made = pypdfium2.PdfDocument(set_pdf(nodes, drawings, FACTS | {"title": LONG}, {})[0])
    words = 0
    for sheet in made:
        (width, height), text = sheet.get_size(), sheet.get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            assert 0 <= left <= right <= width and 0 <= bottom <= top <= height
        words += text.get_text_range().count("word")
    assert words == section.count("word")


@pytest.mark.parametrize(("edition", "language"), [("2025-06-16", "de"), ("2026-06-30", "en")])
def test_a_number_stands_on_one_line(edition: str, language: str) -> None:
    of = read_labels(REFERENCE, language)("quality.of")
    sheets = read_sheets(Paths("russia-iran", edition, language).report("pdf", part=ANNEX))
    lines = [line for sheet in sheets for line in sheet.splitlines()]
    assert sum(bool(re.search(rf"\d {of} \d", line)) for line in lines) > 20
    assert not [
        two for one, two in pairwise(lines) if re.search(rf"(^| )\d+ {of}$", one) and re.match(r"\d+( |$)", two)
    ]


def test_a_file_of_the_folder_is_no_part_of_a_drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.png").write_bytes(draw_images([PICTURE])[0])
    for href in ("secret.png", str(tmp_path / "secret.png")):
        drawing = PICTURE.replace("></svg>", f'><image width="9" height="9" href="{href}"/></svg>')
        with pytest.raises(InputError, match="cannot be made a picture"):
            draw_images([drawing])
