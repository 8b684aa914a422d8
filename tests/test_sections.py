"""Sections of the report: how a notebook shows them; what is wrong with a template is said in one sentence."""

from __future__ import annotations

import base64
from pathlib import Path
from traceback import extract_tb

import pytest
from examples import edit, edition_of, read_rows, render, tiny, visible
from hostile import SCRIPT
from known import REFERENCE
from lagebild import core
from lagebild.core.errors import InputError
from lagebild.core.folders import FACTS, SECTION
from lagebild.core.labels import UNKNOWN_PUBLISHER
from lagebild.report import document as section
from lagebild.report.edition import Edition, gather_edition
from markupsafe import escape
from pages import Page

WRONG = [
    ("{{ t('no.such.key') }}", "data/reference/words.csv has no row no.such.key: add it"),
    ("{{ find_figure('tone') }}", "There is no chart 'tone': let lagebild/charts draw it, or take one of"),
    ("\n{{ nothing.there }}", "report/templates/x.html.j2, line 2: UndefinedError: 'nothing' is undefined; correct"),
    ("\n\n{% if %}", "report/templates/x.html.j2, line 3: TemplateSyntaxError: Expected an expression"),
    ("{{ 1 // 0 }}", "report/templates/x.html.j2, line 1: ZeroDivisionError: "),
]


@pytest.fixture
def edition(root: Path) -> Edition:
    paths = tiny(root)
    edition_of(paths)
    return gather_edition(REFERENCE, paths)


def test_a_mistake_in_a_template_gets_a_sentence_that_no_notebook_loses(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core.folders, "TEMPLATES", tmp_path)
    for wrong, sentence in WRONG:
        (tmp_path / "x.html.j2").write_text(wrong, encoding="utf-8")
        with pytest.raises(InputError) as raised:
            section.render(edition, "x")
        assert sentence in str(raised.value)
        # IPython formats no traceback that leads through a template: it would print no error at all
        assert raised.value.__suppress_context__
        assert not [frame for frame in extract_tb(raised.value.__traceback__) if frame.filename.endswith(".j2")]


@pytest.mark.parametrize(("language", "words"), [("de", "Herausgeber unbekannt"), ("en", "publisher unknown")])
def test_a_publisher_whom_nobody_knows_is_called_so_in_the_language_of_the_report(
    root: Path, language: str, words: str
) -> None:
    paths = tiny(root, language=language)
    file = paths.inputs / "sources.csv"
    for row in read_rows(file):
        edit(file, row["source_id"], publisher=UNKNOWN_PUBLISHER, reporter=UNKNOWN_PUBLISHER)
    edition_of(paths)
    shown = render(paths)
    assert not [name for name, page in shown.items() if UNKNOWN_PUBLISHER in page]
    assert visible(shown["sources"]).count(words) == len(read_rows(file))
    assert sum(words in visible(page) for page in shown.values()) > 2


DRAWING = f'<svg viewBox="0 0 9 9"><title>{escape(SCRIPT)}</title><a href="#E1"><path d="M0 0h9"/></a></svg>'
WRITTEN = f"""<section class="annex" aria-labelledby="x-h"><h2 id="x-h">Who?</h2>
<p>It is so<span class="footnote">, p. <a href="#E1"></a></span> <span class="cite">[<a href="#E1">E1</a>]</span>.</p>
<figure class="chart"><div class="plot" aria-hidden="true">{DRAWING}</div><div class="plot narrow">{DRAWING}</div>
<figcaption>A chart. <span class="unseen">In words</span></figcaption></figure>
<table><tr><th>Why</th><td class="n">1</td><td class="mark">+</td></tr></table></section>"""


def test_a_notebook_shows_a_section_without_what_it_cannot_show() -> None:
    shown = section.show_section(WRITTEN)
    page = Page(shown)
    (image,) = page.all("img")
    assert image.get("alt") == SCRIPT
    assert base64.b64decode(image.get("src").removeprefix("data:image/svg+xml;base64,")).decode() == DRAWING
    assert [link.get("href") for link in page.all("a")] == ["#E1"]
    for gone in ("<svg", "<script", ", p.", "In words", "aria-hidden"):
        assert gone not in shown
    assert [cell.get("style").partition(";")[0].split()[1] for tag in ("th", "td") for cell in page.all(tag)] == [
        "left",
        "right",
        "center",
    ]


def test_a_section_of_the_annex_is_closed_under_its_one_heading() -> None:
    shown = section.show_section(WRITTEN)
    assert shown.startswith(
        '<details class="annex" aria-labelledby="x-h"><summary><h3 id="x-h" style="display: inline">Who?'
    )
    assert shown.count("Who?") == 1
    assert section.show_section(WRITTEN.replace(' class="annex"', "")).startswith('<section aria-labelledby="x-h"><h3')


def test_a_section_carries_for_the_exporters_what_it_is_made_of() -> None:
    bundle = section.Section(WRITTEN, facts={"case": "x"})._repr_mimebundle_()
    assert bundle[SECTION] == WRITTEN
    assert bundle["text/html"] == section.show_section(WRITTEN)
    assert set(bundle) == {"text/plain", "text/html", SECTION, FACTS}
    assert section.NOTHING._repr_mimebundle_() == {"text/plain": ""}
