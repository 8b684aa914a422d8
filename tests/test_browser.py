"""The reports in a browser: no request leaves, marks lead to their events and show their sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lagebild.paths import Paths, locate
from playwright.sync_api import Browser, Dialog, Page


@pytest.fixture(scope="module", params=["tiny", "russia-iran"])
def report(request: pytest.FixtureRequest) -> Path:
    """Return a report of the tiny case, and the largest of the committed ones."""
    if request.param == "tiny":
        return Paths("tiny", "2025-06-16", "en", str(request.getfixturevalue("tiny_run"))).report("html")
    return locate("russia-iran", "2026-06-30", "de").report("html")


class Visit:
    """A page that was opened, with what it asked for and complained of."""

    def __init__(self, browser: Browser, file: Path, **context: Any) -> None:
        self.page: Page = browser.new_context(**({"viewport": {"width": 1200, "height": 900}} | context)).new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.goto(file.as_uri())

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="module")
def visit(browser: Browser, report: Path) -> Visit:
    """Return the report, opened."""
    return Visit(browser, report)


def test_every_chart_is_drawn_and_its_marks_are_links(visit: Visit) -> None:
    charts = visit.page.locator("figure.chart")
    assert charts.count() >= 5
    for number in range(charts.count()):
        assert charts.nth(number).locator("a.mark").count() > 0, charts.nth(number).get_attribute("id")


def test_no_request_leaves_the_machine(visit: Visit) -> None:
    assert visit.requests
    assert not [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert len([url for url in visit.requests if url.startswith("file:")]) == 1


def test_the_page_complains_of_nothing(visit: Visit) -> None:
    assert visit.complaints == []


def test_a_click_on_a_mark_leads_to_the_entry_of_its_event(visit: Visit) -> None:
    page = visit.page
    page.evaluate("history.replaceState(null, '', location.pathname); scrollTo(0, 0)")
    mark = page.locator("#fig-timeline .wide a.mark").nth(2)
    target = mark.get_attribute("href")
    mark.click()
    page.wait_for_function("location.hash !== ''")
    assert page.evaluate("location.hash") == target
    page.wait_for_function(
        f"(() => {{ const box = document.querySelector('article{target}').getBoundingClientRect();"
        " return box.top >= -5 && box.top < innerHeight; })()"
    )
    page.go_back()
    assert page.evaluate("location.hash") == ""


def test_hovering_over_a_mark_shows_the_sentences_behind_it(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, reduced_motion="reduce")
    page = opened.page
    mark = page.locator("#fig-timeline .wide a.mark").nth(2)
    entry = page.locator(f"article{mark.get_attribute('href')} q").first.inner_text()
    mark.evaluate("mark => mark.scrollIntoView({behavior: 'instant', block: 'center'})")
    page.wait_for_timeout(200)  # scrolling hides the card
    mark.hover()
    card = page.locator(".card")
    card.wait_for(state="visible")
    assert entry in card.inner_text()
    page.mouse.move(0, 0)
    card.wait_for(state="hidden")
    opened.page.context.close()


def test_a_click_on_a_cell_leads_to_its_row(visit: Visit) -> None:
    page = visit.page
    page.evaluate("history.replaceState(null, '', location.pathname)")
    page.locator("#fig-relation-matrix a.mark").first.click()
    page.wait_for_function("location.hash.startsWith('#rel-')")
    assert page.locator(f"tr{page.evaluate('location.hash')}").is_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_a_small_screen_needs_no_sideways_scrolling(browser: Browser, report: Path, width: int) -> None:
    opened = Visit(browser, report, viewport={"width": width, "height": 844})
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    opened.page.context.close()


def test_a_small_screen_has_a_timeline_of_its_own(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, viewport={"width": 390, "height": 844})
    drawing = opened.page.locator("#fig-timeline .narrow > svg")
    box = drawing.bounding_box()
    assert box
    assert 300 < box["width"] <= 390
    assert not opened.page.locator("#fig-timeline .wide").is_visible()
    opened.page.context.close()


def test_without_scripts_every_drawing_is_there(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, java_script_enabled=False)
    drawings = opened.page.locator("figure.chart .plot:not(.narrow) > svg")
    assert drawings.count() == opened.page.locator("figure.chart").count() >= 5
    for number in range(drawings.count()):
        box = drawings.nth(number).bounding_box()
        assert box
        assert box["width"] > 100
        assert box["height"] > 50
    opened.page.context.close()


def test_the_page_follows_the_colours_of_the_reader(browser: Browser, report: Path) -> None:
    seen = []
    for scheme in ("light", "dark"):
        opened = Visit(browser, report, color_scheme=scheme, java_script_enabled=False)
        seen.append(opened.page.evaluate("getComputedStyle(document.body).backgroundColor"))
        opened.page.context.close()
    assert len(set(seen)) == 2


def test_the_keyboard_reaches_the_contents_first(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, java_script_enabled=False)
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.matches('a[href^=\"#\"]')")
    opened.page.context.close()


def test_the_page_of_a_figure_comes_alive_by_itself(browser: Browser, tiny_run: Path) -> None:
    opened = Visit(browser, Paths("tiny", "2025-06-16", "en", str(tiny_run)).figures / "timeline.html")
    opened.page.wait_for_selector(".js-plotly-plot .main-svg")
    assert opened.complaints == []
    assert not [url for url in opened.requests if not url.startswith("file:")]
    opened.page.context.close()


def test_hostile_text_does_nothing_in_a_browser(browser: Browser, poisoned: Paths) -> None:
    opened = Visit(browser, poisoned.report("html"))
    assert opened.complaints == []
    assert (
        opened.page.evaluate("document.querySelectorAll('a[href^=\"javascript\"], [onerror], [onclick], img').length")
        == 0
    )
    opened.page.context.close()
