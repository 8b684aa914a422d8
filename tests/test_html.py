"""The HTML report: complete without a network, every link leads somewhere, usable by keyboard and screen reader."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from checkers import check_html
from known import ANNEXED, MAIN, REFERENCE
from lagebild.charts.style import NARROW
from lagebild.core.folders import ANNEX, TEMPLATES, Paths
from lagebild.core.labels import LOCALES, read_labels
from lagebild.report.edition import Edition, count_key_figures, gather_edition
from lagebild.report.html_page import SCRIPT, fingerprint
from long import sample
from pages import Page, keep_part, text_of

REPORTS = [
    *(
        pytest.param(("tiny", edition, language), marks=pytest.mark.slow)
        for edition in ("2025-01-31", "2025-06-16")
        for language in ("de", "en")
    ),
    pytest.param(("russia-iran", "2025-06-16", "de"), marks=pytest.mark.slow),
    pytest.param(("russia-iran", "2026-06-30", "en"), marks=pytest.mark.slow),
]


@pytest.fixture(scope="module", params=sample(REPORTS, 3, 5), ids="-".join)
def paths(request: pytest.FixtureRequest) -> Paths:
    """Return where each report lies: those of the tiny case as a run made them, the real ones as tests made them."""
    case, edition, language = request.param
    if case == "tiny":
        return Paths(case, edition, language, str(request.getfixturevalue("tiny_run")))
    return Paths(case, edition, language, output=str(request.getfixturevalue("real_pages")))


@pytest.fixture(scope="module")
def edition(paths: Paths, real_tables: Path) -> Edition:
    """Return what the report is made from."""
    return gather_edition(REFERENCE, paths if paths.case == "tiny" else replace(paths, output=str(real_tables)))


@pytest.fixture(scope="module")
def page(paths: Paths) -> Page:
    """Return the HTML report."""
    return Page(paths.report("html").read_text(encoding="utf-8"))


def test_every_figure_stands_in_the_page_as_drawing(paths: Paths, edition: Edition, page: Page) -> None:
    assert {"timeline", f"timeline{NARROW}", "relation-matrix", "parties"} <= set(edition.charts)
    wide = [name for name in edition.charts if not name.endswith(NARROW)]
    assert {file.stem for file in paths.figures.glob("*.svg")} >= set(wide)
    assert sorted(e.get("id") for e in page.all("figure", class_="chart")) == sorted(f"fig-{name}" for name in wide)
    drawn = page.all("div", class_="plot")
    assert len(drawn) == len(edition.charts)
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
    assert not page.all("link", "base", "iframe", "object", "embed", "img", "audio", "video")
    assert [meta.get("http-equiv") for meta in page.all("meta") if meta.get("http-equiv")] == [
        "Content-Security-Policy"
    ]
    for style in page.all("style"):
        assert not re.search(r"@import|url\((?!#)", "".join(style.text))


def test_links_lead_within_the_page_to_the_address_of_a_source_or_to_another_report_of_the_case(
    paths: Paths, page: Page
) -> None:
    ids = {element.get("id") for element in page.elements}
    for link in page.all("a"):
        target = link.get("href")
        if target.startswith("#"):
            assert target[1:] in ids, target
        elif link.get("rel") in ("alternate", "prev", "index"):
            kept = not target.endswith(".docx") or paths.case == "tiny"
            assert not kept or (paths.reports / target).is_file()
        elif "download" in link.attributes:
            assert (paths.reports / target).is_file()
            assert link.get("title").endswith(target.removeprefix("../../"))
        else:
            assert re.match(r"https?://", target)
            (policy,) = page.all("meta", name="referrer")  # no link tells where its reader comes from
            assert policy.get("content") == "no-referrer"


def test_the_report_in_the_other_language_is_one_link_away(paths: Paths, page: Page) -> None:
    others = [link for link in page.all("a", rel="alternate") if not link.get("type")]
    assert len(others) == 2  # above the title, and in the bar, which is at hand everywhere
    for other in others:
        assert other.get("hreflang") == other.get("lang") != paths.language
        assert other.get("href") == f"{paths.case}-{paths.as_of}-{other.get('lang')}.html"


def test_every_file_of_the_report_is_two_clicks_away(paths: Paths, page: Page) -> None:
    stem = f"{paths.case}-{paths.as_of}-{paths.language}"
    offered = [link.get("href") for link in page.all("a") if "details" in link.inside and link.get("rel")]
    assert offered == [f"{stem}.pdf", f"{stem}-annex.pdf", f"{stem}.docx", "index.html"]


def test_each_figure_offers_its_data_and_its_drawing(paths: Paths, page: Page) -> None:
    named = f"{paths.case}-{paths.as_of}-{paths.language}"
    figures = [figure.get("id").removeprefix("fig-") for figure in page.all("figure", class_="chart")]
    offered = [button.get("data-file") for button in page.all("button") if button.get("data-file")]
    assert offered == [f"{named}-{name}.{kind}" for name in figures for kind in ("csv", "svg")]
    held = [data.text for data in page.all("div", class_="csv")]
    assert ["".join(text) for text in held] == [
        (paths.figures / f"{name}.csv").read_text(encoding="utf-8") for name in figures
    ]


def test_the_policy_of_the_page_lets_nothing_in_but_its_own_style_and_script(page: Page) -> None:
    (policy,) = [meta.get("content") for meta in page.all("meta") if meta.get("http-equiv")]
    (style,), (script,) = page.all("style"), page.all("script")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'{fingerprint(''.join(style.text))}'",
        "script-src": f"'{fingerprint(''.join(script.text))}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not [element for element in page.elements if element.get("style")]
    assert not [name for element in page.elements for name in element.attributes if name.startswith("on")]


def test_every_table_and_figure_has_a_number_and_stands_in_the_list(paths: Paths, page: Page) -> None:
    words = read_labels(REFERENCE, paths.language)
    captions = [text_of(caption) for caption in page.all("caption")]
    assert [caption.partition(". ")[0] + "." for caption in captions] == [
        words("table.number", n=n) for n in range(1, len(captions) + 1)
    ]
    figures = [text_of(caption) for caption in page.all("figcaption")]
    assert all(text.startswith(words("figure.number", n=n)) for n, text in enumerate(figures, start=1))
    annexed = Page(keep_part(paths.report("html").read_text(encoding="utf-8"), ANNEX))
    listed = [text_of(link) for link in page.all("a") if link.inside[-4:] == ("nav", "details", "ul", "li")]
    drawn = [text_of(caption) for caption in annexed.all("figcaption")]
    frames = [one for one in annexed.all("div", class_="scroll") if one.get("role") and one.inside[-1] == "figure"]
    named = zip(listed[: len(drawn)], drawn, frames, strict=True)
    assert listed[len(drawn) :] == [text_of(caption) for caption in annexed.all("caption")]
    assert all(name.endswith(f" {frame.get('aria-label')}") and name[:9] == text[:9] for name, text, frame in named)


def test_a_reference_names_the_number_of_what_it_leads_to(paths: Paths, page: Page) -> None:
    named = {f"#{caption.get('id')}": text_of(caption).partition(". ")[0] for caption in page.all("caption")}
    figures = zip(page.all("figure"), page.all("figcaption"), strict=True)
    named |= {f"#{figure.get('id')}": text_of(caption).partition(". ")[0] for figure, caption in figures}
    text = paths.report("html").read_text(encoding="utf-8")
    references = re.findall(r'<span class="see">\((.*?)\)</span>', text)
    assert len(references) > 3
    for target, words in re.findall(r'<a href="(.*?)">(.*?)</a>', "".join(references)):
        assert words == named[target]


def test_the_first_page_stands_alone(paths: Paths, page: Page, edition: Edition) -> None:
    (header,) = page.all("header", class_="title")
    text, words = text_of(header), edition.labels
    assert edition.case.question[paths.language] in text
    assert words.day(paths.as_of) in text
    assert words("title.edition", n=edition.number) in text
    assert str(count_key_figures(edition)["publishers"]) in text
    for answer in edition.judgements.answers:
        assert answer.text[paths.language] in text
        assert words(f"likelihood.{answer.likelihood}") in text
        assert words(f"confidence.{answer.confidence}") in text
    pictures = [figure for figure in page.all("figure") if "header" in figure.inside]
    tied = not edition.tables["ties"].empty  # without a tie there is nothing to draw
    assert tied or paths.case == "tiny"
    assert [figure.get("id") for figure in pictures] == ["fig-ladder"] * ("ladder" in edition.charts)
    assert tied == ("ladder" in edition.charts) or paths.case == "tiny"


def test_the_page_says_how_to_build_it_again(paths: Paths, page: Page) -> None:
    (command,) = [one for one in page.all("pre") if "main" in one.inside]
    assert text_of(command) == (f"lagebild run {paths.case} --as-of {paths.as_of} --language {paths.language}")
    (body,) = page.all("body")  # which versions made it stands in the executed notebooks: a new one changes no report
    assert not re.search(r"(?i)\b(?:lagebild|plotly|typst|fontpkg-inter) \d+\.\d", text_of(body))


def test_every_entry_of_the_annex_names_the_address_and_what_became_of_the_draft(page: Page, edition: Edition) -> None:
    links = {link.get("href") for link in page.all("a") if "article" in link.inside}
    entries = {item.get("id"): text_of(item) for item in page.all("article", class_="item")}
    for name, item in edition.citable.items():
        for mention in item["mentions"]:
            assert not mention["source"]["url"] or mention["source"]["url"] in links
            assert f"{mention['source']['reliability']}{mention['credibility']}" in entries[name]
            accepted = mention["origin"] == "drafted" and mention["reviewed"] == "yes"
            assert edition.labels(f"annex.{'accepted' if accepted else mention['origin']}") in entries[name]
            # the code of a rule is nothing for a reader; a decision is named with its reason
            assert not re.match("[a-z]{2}-", mention["rule"]) or mention["rule"] not in entries[name]


def test_the_quality_section_tells_what_was_reviewed_left_out_and_overlooked(page: Page, edition: Edition) -> None:
    (section,) = [one for one in page.all("section") if one.get("aria-labelledby") == "quality-h"]
    text, counts = text_of(section), count_key_figures(edition)
    for name in ("accepted", "edited", "open", "added", "rejected", "candidates"):
        assert f"{edition.labels(f'fate.{name}')}{counts[name]}" in text
    tables = {caption.get("id") for caption in page.all("caption")}
    assert {"tab-quality", "tab-drafts"} <= tables
    if edition.paths.case != "tiny":  # the copy of the project that runs it holds no gold
        assert all(edition.labels(f"measure.{name}") in text for name in ("precision", "recall", "f1"))
        assert {"tab-coder", "tab-blind"} <= tables


def test_an_id_stands_once_in_a_page(page: Page) -> None:
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_one_script_stands_in_the_page(page: Page) -> None:
    (script,) = page.all("script")
    assert "".join(script.text) == (TEMPLATES / SCRIPT).read_text(encoding="utf-8").rstrip()
    assert [file.name for file in TEMPLATES.glob("*.js")] == [SCRIPT]


def test_a_link_in_a_drawing_leads_to_an_event_or_a_row(page: Page) -> None:
    ids = {element.get("id") for element in page.elements}
    marks = [link for link in page.all("a") if "svg" in link.inside]
    assert len(marks) > 20
    assert all(link.get("href")[1:] in ids and link.get("tabindex") == "-1" for link in marks)


def test_the_page_says_what_it_is(paths: Paths, page: Page, edition: Edition) -> None:
    assert page.all("html")[0].get("lang") == paths.language
    assert text_of(page.all("title")[0]) == f"{edition.case.title[paths.language]} – {paths.as_of}"
    assert text_of(page.all("h1")[0]) == edition.case.title[paths.language]
    assert edition.labels.day(paths.as_of) in text_of(page.all("p", class_="asof")[0])
    assert [meta.get("content") for meta in page.all("meta", name="lagebild-data")] == [edition.hash]
    told = {meta.get("property"): meta.get("content") for meta in page.all("meta") if meta.get("property")}
    assert told == {
        "og:type": "article",
        "og:title": edition.case.title[paths.language],
        "og:description": edition.case.question[paths.language],
        "og:locale": LOCALES[paths.language],
        "og:locale:alternate": LOCALES["en" if paths.language == "de" else "de"],
        "og:site_name": "Lagebild",
    }


def test_the_page_tells_how_to_cite_it(paths: Paths, page: Page, edition: Edition) -> None:
    cited = [text_of(one) for one in page.all("pre") if "header" in one.inside]
    assert len(cited) == 2
    for text in cited:
        assert edition.case.title[paths.language] in text
        assert edition.hash[:12] in text
        assert edition.labels("title.edition", n=edition.number) in text
        assert edition.judgements.written[:4] in text
        assert edition.judgements.by[paths.language] in text


def test_every_section_stands_in_the_page_and_in_its_contents(paths: Paths, page: Page) -> None:
    words = read_labels(REFERENCE, paths.language)
    headings = {heading.get("id").removesuffix("-h"): text_of(heading) for heading in page.all("h2")}
    shown = [name for name in (*MAIN, *ANNEXED) if name in headings]
    assert {"judgements", "timeline", "relations", "basis", "opening", "ties", "annex"} <= set(shown)
    assert [name for name in headings if name in shown] == shown
    assert {name: headings[name] for name in shown} == {name: words(f"section.{name}") for name in shown}
    listed = [e for e in page.all("a") if e.inside[-5:] == ("header", "details", "nav", "ol", "li")]
    assert [(e.get("href"), text_of(e)) for e in listed] == [(f"#{name}-h", headings[name]) for name in shown]
    # each part lists its own sections, what is said the annex, too
    main = [name for name in shown if name in MAIN]
    own = [e for e in page.all("a") if e.inside[-3:] == ("nav", "ol", "li") and e not in listed]
    assert [e.get("href") for e in own] == [f"#{name}-h" for name in (*main, "opening", *shown[len(main) + 1 :])]


def test_headings_skip_no_level_and_there_is_one_title(page: Page) -> None:
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_everything_that_a_screen_reader_meets_has_a_name(page: Page) -> None:
    ids = {element.get("id") for element in page.elements}
    for element in page.elements:
        if element.get("role") in ("img", "region", "group", "search"):
            assert element.get("aria-label").strip() or element.get("aria-labelledby") in ids, element.get("id")
        if element.get("aria-labelledby"):
            assert element.get("aria-labelledby") in ids
    captioned = sum(caption.inside[-1] == "table" for caption in page.all("caption"))
    assert captioned + len(page.all("table", class_="chronicle")) == len(page.all("table"))
    for head in page.all("th"):
        assert head.get("scope") in ("col", "row")


def test_what_can_be_scrolled_can_be_reached_by_keyboard(page: Page) -> None:
    assert page.all(class_="scroll")
    assert all(element.get("tabindex") == "0" for element in page.all(class_="scroll"))


def test_the_first_stops_of_the_keyboard_lead_past_the_bar(page: Page) -> None:
    ids = {element.get("id") for element in page.elements}
    skips = [link.get("href") for link in page.all("a")][:3]
    assert skips[:2] == ["#top", "#contents"]
    assert len(skips) == 3
    assert all(skip[1:] in ids for skip in skips)
    (items, *_) = page.all("article", class_="item")
    assert skips[2] == "#annex-h"
    assert "section" in items.inside


def test_a_blank_parts_a_claim_from_its_evidence(page: Page) -> None:
    claims = [text_of(claim) for claim in page.all(class_="claim")]
    assert not [claim for claim in claims if re.search(r"\S\[[A-Z]+\d", claim)]
    assert not page.all("span", class_="footnote")


def test_every_claim_of_the_page_is_followed_by_its_evidence(page: Page, edition: Edition) -> None:
    claims = page.all(class_="claim")
    known = set(edition.citable)
    assert len(claims) > 3
    for claim in claims:
        cited = set(re.findall(r"[\w.-]+", text_of(claim)))
        assert cited & known, text_of(claim)


def test_every_event_and_condition_stands_in_the_annex_with_its_sentences(page: Page, edition: Edition) -> None:
    entries = {item.get("id"): text_of(item) for item in page.all("article", class_="item")}
    assert set(entries) == set(edition.citable)
    for name, item in edition.citable.items():
        for mention in item["mentions"]:
            assert " ".join(mention["evidence"].split()) in entries[name]


def test_the_page_carries_no_code_of_the_notebook(paths: Paths) -> None:
    text = paths.report("html").read_text(encoding="utf-8")
    assert "report.title_block" not in text
    assert "gather_edition" not in text


@pytest.mark.slow
def test_the_nu_html_checker_finds_no_error_and_no_warning(tiny_run: Path, real_pages: Path) -> None:
    pages = sorted(Paths("tiny", "2025-06-16", root=str(tiny_run)).reports.glob("*.html"))
    pages += sorted(Paths("russia-iran", "2025-06-16", output=str(real_pages)).reports.glob("*.html"))
    assert len(pages) == 10
    found = [one for one in check_html(*pages) if one.get("subType") == "warning" or one["type"] != "info"]
    assert [(Path(one["url"]).name, one["message"]) for one in found] == []
