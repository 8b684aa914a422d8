"""The reports in a browser: no request leaves, charts come alive, marks lead to their events, small screens do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lagebild.paths import Paths, locate
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the Chromium of the system, which also draws the figures."""
    path = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


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

    def wait_for_charts(self) -> int:
        """Wait until every chart is interactive, and return how many there are."""
        count = self.page.locator("figure.chart").count()
        self.page.wait_for_function(
            f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {count}", timeout=60_000
        )
        return count


@pytest.fixture(scope="module")
def visit(browser: Browser, report: Path) -> Visit:
    """Return the report, opened and come alive."""
    opened = Visit(browser, report)
    opened.wait_for_charts()
    return opened


def test_every_chart_comes_alive(visit: Visit) -> None:
    charts = visit.page.locator("figure.chart").count()
    assert charts >= 7
    assert visit.page.locator("figure.chart .js-plotly-plot").count() == charts


def test_no_request_leaves_the_machine(visit: Visit) -> None:
    assert visit.requests
    assert not [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert len([url for url in visit.requests if url.startswith("file:")]) == 1


def test_the_page_complains_of_nothing(visit: Visit) -> None:
    assert visit.complaints == []


@pytest.mark.parametrize("chart", ["timeline", "timeline-1"])
def test_a_click_on_a_mark_leads_to_the_entry_of_its_event(visit: Visit, chart: str) -> None:
    page = visit.page
    page.evaluate("history.replaceState(null, '', location.pathname); scrollTo(0, 0)")
    mark = page.locator(f"#plot-{chart} .scatterlayer .trace .points path").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(f"#plot-{chart} .hoverlayer .hovertext")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("location.hash !== ''")
    event = page.evaluate(f"document.getElementById('plot-{chart}').data[0].customdata[0][0]")
    assert page.evaluate("location.hash") == f"#{event}"
    entry = page.locator(f"article#{event}")
    page.wait_for_function(
        f"(() => {{ const box = document.getElementById('{event}').getBoundingClientRect();"
        " return box.top >= -5 && box.top < innerHeight; })()"
    )
    assert entry.is_visible()


def test_a_click_on_a_cell_leads_to_its_row(visit: Visit) -> None:
    page = visit.page
    page.evaluate("history.replaceState(null, '', location.pathname)")
    cell = page.locator("#plot-relation-matrix .scatterlayer .points path").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#plot-relation-matrix .hoverlayer .hovertext")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("location.hash.startsWith('#rel-')")
    assert page.locator(f"tr{page.evaluate('location.hash')}").is_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_a_small_screen_needs_no_sideways_scrolling(browser: Browser, report: Path, width: int) -> None:
    opened = Visit(browser, report, viewport={"width": width, "height": 844})
    opened.wait_for_charts()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    opened.page.context.close()


def test_without_scripts_every_drawing_is_there(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, java_script_enabled=False)
    drawings = opened.page.locator("figure.chart .plot > svg")
    assert drawings.count() == opened.page.locator("figure.chart").count() >= 7
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
    opened.wait_for_charts()
    assert opened.complaints == []
    assert (
        opened.page.evaluate("document.querySelectorAll('a[href^=\"javascript\"], [onerror], [onclick], img').length")
        == 0
    )
    opened.page.context.close()
