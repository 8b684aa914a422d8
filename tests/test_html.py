"""The HTML report: complete without a network, every link leads somewhere, usable by keyboard and screen reader."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lagebild.charts import NARROW
from lagebild.edition import Edition, open_edition
from lagebild.labels import read_labels
from lagebild.paths import Paths
from lagebild.report import SECTIONS
from pages import Page, text_of

REPORTS = [
    *(("tiny", edition, language) for edition in ("2025-01-31", "2025-06-16") for language in ("de", "en")),
    ("russia-iran", "2025-06-16", "de"),
    ("russia-iran", "2026-06-30", "en"),
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


def charts(paths: Paths) -> list[str]:
    """Return the names of the figures of an edition."""
    names = sorted(file.stem for file in paths.figures.glob("*.svg"))
    assert {"timeline", f"timeline{NARROW}", "relation-matrix", "saying-matrix", "options"} <= set(names)
    return names


def test_every_figure_stands_in_the_page_as_drawing(paths: Paths, page: Page) -> None:
    wide = [name for name in charts(paths) if not name.endswith(NARROW)]
    assert sorted(e.get("id") for e in page.all("figure", class_="chart")) == [f"fig-{name}" for name in wide]
    drawn = page.all("div", class_="plot")
    assert len(drawn) == len(charts(paths))
    assert len([e for e in page.all("svg", class_="main-svg") if "figure" in e.inside]) == len(drawn)


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


def test_one_script_stands_in_the_page_and_it_is_short(page: Page) -> None:
    (script,) = page.all("script")
    assert len("".join(script.text)) < 5_000


def test_a_link_in_a_drawing_leads_to_an_event_or_a_row(page: Page) -> None:
    ids = {element.get("id") for element in page.elements}
    marks = [link for link in page.all("a") if "mark" in link.get("class").split()]
    assert len(marks) > 20
    assert all(link.get("href")[1:] in ids and link.get("tabindex") == "-1" for link in marks)


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
