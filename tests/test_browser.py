"""The reports in a browser: no request leaves, marks lead to their events and show their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from checkers import AXE
from lab import PATIENCE
from lagebild.core.folders import Paths
from long import sample
from pages import read_sheets
from playwright.sync_api import Browser, Dialog, Page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module", params=sample(["tiny", "russia-iran"], 0))
def report(request: pytest.FixtureRequest) -> Path:
    """Return a report of the tiny case, and one of the real one."""
    if request.param == "tiny":
        return Paths("tiny", "2025-06-16", "en", str(request.getfixturevalue("tiny_run"))).report("html")
    real = str(request.getfixturevalue("real_pages"))
    return Paths("russia-iran", "2025-06-16", "de", output=real).report("html")


class Visit:
    """A page that was opened, with what it asked for and complained of."""

    def __init__(self, browser: Browser, file: Path, fragment: str = "", **context: Any) -> None:
        usual = {"viewport": {"width": 1200, "height": 900}, "reduced_motion": "reduce"}  # then scrolling takes no time
        self.page: Page = browser.new_context(**(usual | context)).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.goto(file.as_uri() + fragment)

    def close(self) -> None:
        """Close the page."""
        self.page.context.close()

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="module")
def visit(browser: Browser, report: Path) -> Iterator[Visit]:
    """Return the report, opened."""
    opened = Visit(browser, report)
    opened.page.locator("#unfold").click()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def still(browser: Browser, report: Path) -> Iterator[Page]:
    """Return the report, opened by a browser that runs no scripts."""
    opened = Visit(browser, report, java_script_enabled=False)
    yield opened.page
    opened.close()


@pytest.fixture
def small(visit: Visit) -> Iterator[Page]:
    """Return the report on a small screen."""
    _leave(visit.page)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    yield visit.page
    visit.page.set_viewport_size({"width": 1200, "height": 900})


def test_every_chart_is_drawn_and_its_marks_are_links(visit: Visit) -> None:
    charts = visit.page.locator("figure.chart")
    assert charts.count() >= 5
    for number in range(charts.count()):
        assert charts.nth(number).locator("a").count() > 0, charts.nth(number).get_attribute("id")


def test_the_annex_is_folded_and_what_leads_into_it_opens_it(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report)
    page, unfolded = opened.page, "[...document.querySelectorAll('details.fold[open]')].length"
    assert page.evaluate(unfolded) == 0
    assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= 25
    page.locator("#contents li.annex a").nth(2).click()
    _wait(page, f"{unfolded} === 1")
    event = page.locator("article.item").first
    assert not event.is_visible()
    page.evaluate(f"location.hash = '#{event.get_attribute('id')}'")
    _wait(page, f"{unfolded} === 2")
    assert event.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelector('details.fold:not([open])')") is None
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(unfolded) == 2
    assert opened.complaints == []
    opened.close()


def test_a_page_handed_on_alone_saves_its_figures_and_shows_no_link_that_leads_nowhere(
    browser: Browser, report: Path, tmp_path: Path
) -> None:
    alone = tmp_path / report.name
    alone.write_bytes(report.read_bytes())
    opened = Visit(browser, alone)
    page = opened.page
    page.locator("#more summary").first.click()
    for link in page.locator("a[href]:not([href^='#']):not([href^='http'])").all():
        assert not link.is_visible(), link.get_attribute("href")
    figure = page.locator("figure.chart").first
    for kind, begins in (("csv", figure.locator(".csv").inner_text()[:20]), ("svg", "<svg")):
        with page.expect_download() as saved:
            figure.locator(f".files [name={kind}]").click()
        assert saved.value.suggested_filename.endswith(f".{kind}")
        assert Path(saved.value.path()).read_text(encoding="utf-8").startswith(begins)
    opened.close()


def test_marks_are_reached_by_keys(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    marks = page.locator("figure.chart .plot:not(.narrow) svg").first.locator("a[href]")
    assert marks.first.get_attribute("tabindex") == "0"
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    assert marks.nth(1).evaluate("one => one === document.activeElement")
    assert (marks.first.get_attribute("tabindex"), marks.nth(1).get_attribute("tabindex")) == ("-1", "0")


def test_no_request_leaves_the_machine(visit: Visit) -> None:
    assert visit.requests
    assert not [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert len([url for url in visit.requests if url.startswith("file:")]) == 1


def test_the_page_complains_of_nothing(visit: Visit) -> None:
    assert visit.complaints == []


def _wait(page: Page, condition: str) -> None:
    """Wait until an expression holds; `wait_for_function` would need eval, which the policy of a report forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {condition}")


def _leave(page: Page) -> None:
    """Close the panel, if it is open, forget the place, and point at nothing."""
    page.mouse.move(0, 0)
    page.evaluate("document.getElementById('evidence').close('place'); document.activeElement.blur()")
    page.evaluate("history.replaceState(null, '', location.pathname); scrollTo(0, 0)")


def test_a_click_on_a_mark_opens_its_evidence_and_going_back_returns(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    mark = page.locator("#fig-timeline .wide svg a").nth(2)
    mark.scroll_into_view_if_needed()
    stood, target = page.evaluate("scrollY"), mark.get_attribute("href")
    mark.click()
    panel = page.locator("dialog#evidence")
    panel.wait_for(state="visible")
    assert page.evaluate("location.hash") == target
    entry = page.locator(f"article{target}")
    assert str(entry.locator("li > [lang]").first.text_content()) in str(panel.text_content())
    assert entry.locator(".address a").first.get_attribute("href") == panel.locator(".address a").first.get_attribute(
        "href"
    )
    page.go_back()
    panel.wait_for(state="hidden")
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("scrollY") == pytest.approx(stood, abs=1)


def test_a_click_on_a_cell_opens_the_evidence_of_all_its_events(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    page.locator("#fig-relation-matrix svg a").first.click()
    _wait(page, "location.hash.startsWith('#rel-')")
    row = page.locator(f"tr{page.evaluate('location.hash')}")
    cited = row.locator(".ids a").all_text_contents()
    shown = page.locator("dialog#evidence .id").all_text_contents()
    assert cited == shown != []
    page.keyboard.press("Escape")
    page.locator("dialog#evidence").wait_for(state="hidden")
    _wait(page, "location.hash === ''")


def test_a_number_and_a_note_open_their_evidence_by_keyboard_and_the_panel_leads_on_to_the_place(visit: Visit) -> None:
    page = visit.page
    for link in ("table.relations td.n a", "#judgements-h ~ * .cite a"):
        _leave(page)
        page.locator(link).first.focus()
        page.keyboard.press("Enter")
        page.locator("dialog#evidence article").first.wait_for(state="visible")
        target = page.evaluate("location.hash")
        page.locator("#evidence-place").click()
        page.locator("dialog#evidence").wait_for(state="hidden")
        assert page.evaluate("location.hash") == target
        _wait(
            page,
            f"(() => {{ const box = document.querySelector('[id=\"{target[1:]}\"]').getBoundingClientRect();"
            " return box.bottom > 0 && box.top < innerHeight; })()",
        )


def test_an_address_with_a_place_leads_there(browser: Browser, report: Path, visit: Visit) -> None:
    target = visit.page.locator("article.item").nth(3).get_attribute("id")
    opened = Visit(browser, report, fragment=f"#{target}")
    _wait(opened.page, f"document.getElementById('{target}').getBoundingClientRect().top < innerHeight && scrollY > 0")
    opened.close()


def test_searching_and_filtering_shows_what_fits_and_the_address_keeps_it(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report)
    page, items = opened.page, opened.page.locator("article.item")
    everything = items.count()
    chosen = page.locator("article.item[data-type]").first.get_attribute("data-type")
    page.click("#filter-menu > summary")
    page.select_option("#filter select[name=type]", chosen)
    fits = page.locator(f"article.item[data-type='{chosen}']").count()
    assert page.locator("article.item:not([hidden])").count() == fits
    assert str(fits) in page.locator("#filter output").inner_text()
    again = Visit(browser, report, fragment=page.evaluate("location.hash"))
    assert again.page.locator("article.item:not([hidden])").count() == fits < everything
    again.page.click("#filter-menu > summary")
    again.page.fill("#filter input[name=text]", "no such word anywhere")
    assert again.page.locator("article.item:not([hidden])").count() == 0
    again.page.click("#filter button[type=reset]")
    _wait(again.page, f"document.querySelectorAll('article.item:not([hidden])').length === {everything}")
    assert opened.complaints == again.complaints == []
    opened.close()
    again.close()


def test_a_filter_makes_pale_what_does_not_fit_in_every_chart_and_says_so_in_the_bar(
    browser: Browser, report: Path
) -> None:
    opened = Visit(browser, report)
    page = opened.page
    chosen = page.locator("article.item[data-type]").first.get_attribute("data-type")
    assert not page.locator("#filtered").is_visible()
    page.click("#filter-menu > summary")
    page.select_option("#filter select[name=type]", chosen)
    page.keyboard.press("Escape")
    assert page.locator("#filtered").is_visible()
    judged = page.evaluate("""() => {
      const find = (link) => document.getElementById(link.getAttribute("href").slice(1));
      const cited = (place) => place.matches("article") ? [place] : [...place.querySelectorAll(".ids a")].map(find);
      const gone = (place) => cited(place).every((one) => one.hidden);
      return [...document.querySelectorAll(".plot svg a")].map((link) => [link.matches(".dim"), gone(find(link))]);
    }""")
    assert {tuple(pair) for pair in judged} == {(True, True), (False, False)}
    numbers = page.locator("#fig-relation-matrix svg text.dim")
    assert numbers.count() == page.locator("#fig-relation-matrix svg a.dim").count() > 0
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    assert page.locator("#filtered").is_visible()  # also far down
    page.click("#filtered button")
    _wait(page, "!document.querySelector('svg .dim, article.item[hidden]')")
    assert not page.locator("#filtered").is_visible()
    assert page.evaluate("location.hash") == ""
    assert opened.complaints == []
    opened.close()


NO_HIGHLIGHTS = "delete CSS.highlights"  # as a browser of 2022


@pytest.mark.parametrize("script", ["", NO_HIGHLIGHTS], ids=["highlights", "marks"])
def test_the_search_finds_every_place_counts_them_and_goes_from_one_to_the_next(
    browser: Browser, report: Path, script: str
) -> None:
    opened = Visit(browser, report)
    page = opened.page
    page.add_init_script(script)
    page.reload()
    before = page.evaluate("document.querySelector('main').textContent.replace(/\\s+/g, ' ')")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    word = "RUSS"  # in both languages, whatever its case
    page.fill("#find input", word)
    _wait(page, "document.querySelector('#find output').value !== ''")
    (first, count) = [int(part) for part in page.locator("#find output").inner_text().split() if part.isdigit()]
    held = page.evaluate("""() => {
      const copy = document.querySelector("main").cloneNode(true);
      for (const one of copy.querySelectorAll("svg, [hidden], .unseen, .files, .zoom, mark.hit")) {
        one.replaceWith(one.matches("mark") ? one.textContent : "");
      }
      for (const one of copy.querySelectorAll("td, th, p, li, dt, dd, caption, h2, h3, h4")) one.append(" ");
      return copy.textContent.match(/russ/gi).length;
    }""")
    assert (first, count) == (1, held)  # it goes to the first one at once
    marked = "document.querySelectorAll('mark.hit').length"
    assert page.evaluate(f"CSS.highlights?.get('found').size ?? {marked}") == count
    seen = []
    for key in ("Enter", "Enter", "Shift+Enter", "Shift+Enter", "Shift+Enter"):
        page.press("#find input", key)
        seen.append(next(int(part) for part in page.locator("#find output").inner_text().split() if part.isdigit()))
        assert page.evaluate("""() => {
          const here = CSS.highlights ? [...CSS.highlights.get("current")][0] : document.querySelector("mark.hit-now");
          const { top, bottom } = here.getBoundingClientRect();
          const text = here.textContent ?? here.toString();
          return /^russ$/i.test(text) && 40 < top && top < bottom && bottom < innerHeight;
        }""")
    assert seen == [2, 3, 2, 1, count]
    assert page.evaluate("document.querySelector('main').textContent.replace(/\\s+/g, ' ')") == before
    assert page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)") == ids
    page.press("#find input", "Escape")
    assert page.input_value("#find input") == page.locator("#find output").inner_text() == ""
    assert page.evaluate(f"CSS.highlights?.size ?? {marked}") == 0
    assert opened.complaints == []
    opened.close()


def test_an_address_with_a_search_leads_to_the_first_place_that_holds_it(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, fragment="#find?search=russ")
    page = opened.page
    assert page.input_value("#find input") == "russ"
    assert page.locator("#find output").inner_text().startswith("1 ")
    page.fill("#find input", "a_word_that.no+text(has")
    _wait(page, "document.querySelector('#find button[name=next]').hidden")
    assert "search=a_word" in page.evaluate("location.hash")
    assert opened.complaints == []
    opened.close()


def test_below_the_chart_the_panel_leaves_it_in_use(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    marks = page.locator("#fig-timeline .wide svg a")
    marks.nth(2).scroll_into_view_if_needed()
    marks.nth(2).click()
    panel = page.locator("dialog#evidence")
    panel.wait_for(state="visible")
    assert not page.evaluate("document.querySelector('dialog').matches(':modal')")
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    below, mark = panel.bounding_box(), marks.nth(2).bounding_box()
    assert below
    assert mark
    assert 0 <= mark["y"] < mark["y"] + mark["height"] <= below["y"]
    other = marks.nth(5)
    other.click()  # it can be clicked: nothing lies over it
    assert page.evaluate("location.hash") == other.get_attribute("href")
    page.set_viewport_size({"width": 700, "height": 900})
    _wait(page, "document.querySelector('dialog').matches(':modal')")
    page.set_viewport_size({"width": 1200, "height": 900})
    _wait(page, "document.querySelector('dialog:not(:modal)').open")
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    _wait(page, "location.hash === ''")
    _wait(page, "document.activeElement.matches('svg a')")


def test_a_source_that_the_panel_names_is_one_click_away_and_back_leads_to_the_evidence(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    mark = page.locator("#fig-timeline .wide svg a").nth(2)
    mark.scroll_into_view_if_needed()
    mark.click()
    evidence, stood = page.evaluate("location.hash"), page.evaluate("scrollY")
    link = page.locator("#evidence-rows a[href^='#']").first
    source = str(link.get_attribute("href"))[1:]
    link.click()
    page.locator("dialog#evidence").wait_for(state="hidden")
    _wait(page, f"scrollY !== {stood} && document.getElementById('{source}').getBoundingClientRect().top < innerHeight")
    page.go_back()
    page.locator("dialog#evidence").wait_for(state="visible")
    assert page.evaluate("location.hash") == evidence


def test_closing_the_panel_and_going_back_leave_the_reader_where_they_read(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = opened.page
    page.locator("#contents > summary").tap()
    page.locator("#contents .drop a").nth(1).tap()  # the address names a heading from now on
    link = page.locator("main .cite a:visible").nth(3)
    link.evaluate("(it) => { it.scrollIntoView({block: 'center'}); document.activeElement.blur(); }")
    page.wait_for_timeout(100)
    stood = page.evaluate("scrollY")
    link.tap()
    page.locator("dialog#evidence").wait_for(state="visible")
    page.locator("#evidence-rows a[href^='#']").first.tap()  # on to the source, far below
    page.locator("dialog#evidence").wait_for(state="hidden")
    _wait(page, f"Math.abs(scrollY - {stood}) > 900")
    page.go_back()
    page.locator("dialog#evidence").wait_for(state="visible")
    _wait(page, f"Math.abs(scrollY - {stood}) < 3")
    page.locator("dialog#evidence button").tap()
    page.locator("dialog#evidence").wait_for(state="hidden")
    page.wait_for_timeout(200)
    assert abs(page.evaluate("scrollY") - stood) < 3
    assert not page.locator(".card").is_visible()  # nothing hangs over the text that nobody asked for
    assert opened.complaints == []
    opened.close()


def test_the_filter_lists_the_days_that_certainly_fit_and_leads_to_their_sentences(
    browser: Browser, report: Path
) -> None:
    opened = Visit(browser, report)
    page = opened.page
    first, last = "2025-01-01", "2025-06-13"
    page.click("#filter-menu > summary")
    page.fill("#filter input[name=from]", first)
    page.fill("#filter input[name=to]", last)
    within = f"""[...document.querySelectorAll('article.item:not([hidden])')].filter(
      ({{dataset}}) => /^[A-Z]/.test(dataset.type) && dataset.from >= '{first}' && dataset.to
        && dataset.to <= '{last}').length"""
    n = page.evaluate(within)
    assert n > 0
    assert page.locator("#fitting li").first.inner_text().endswith(f": {n}")
    link = page.locator("#fitting a").first
    assert "2025" in link.inner_text()
    link.click()
    page.locator("dialog#evidence").wait_for(state="visible")
    assert opened.complaints == []
    opened.close()


def test_of_many_ids_behind_a_sentence_a_button_shows_the_rest(browser: Browser, report: Path) -> None:
    page = Visit(browser, report).page
    for cite in page.query_selector_all(".cite:has(button)")[:2]:
        links, button = cite.query_selector_all("a"), cite.query_selector("button")
        assert button
        assert button.inner_text() == f"+{sum(not link.is_visible() for link in links)}"
        button.click()
        assert all(link.is_visible() for link in links)
    left = page.evaluate("document.querySelectorAll('.cite:not(:has(button)) [hidden]').length")
    assert left == 0
    page.context.close()


def test_a_small_screen_has_the_panel_over_the_text(small: Page) -> None:
    small.locator(".cite a").first.click()
    small.locator("dialog#evidence").wait_for(state="visible")
    assert small.evaluate("document.querySelector('dialog').matches(':modal')")
    small.keyboard.press("Escape")
    small.locator("dialog#evidence").wait_for(state="hidden")


def test_a_timeline_is_enlarged_within_its_frame_by_buttons_and_keys(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    frame, tools = page.locator("#fig-timeline .scroll"), page.locator("#fig-timeline .zoom")

    room, whole = (one.evaluate("one => one.clientWidth") for one in (frame, frame.locator("svg")))
    letter = frame.locator(".plot:not(.narrow) svg text").first
    wide = letter.evaluate("one => one.getBoundingClientRect().width")  # time is stretched, not its letters
    tools.locator("[name=in]").click()
    frame.focus()
    for key, factor in (("", 1.5), ("+", 2.25), ("-", 1.5), ("+", 2.25), ("+", 3.375), ("+", 4), ("0", 1)):
        if key:
            page.keyboard.press(key)
        assert frame.locator("svg").evaluate("one => one.clientWidth") == pytest.approx(factor * whole, abs=20)
        assert frame.evaluate("one => one.clientWidth") == room
        assert letter.evaluate("one => one.getBoundingClientRect().width") == pytest.approx(wide, rel=0.02)
    assert tools.locator("output").inner_text() == "100 %"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visit.complaints == []


def test_the_bar_stays_and_marks_the_section_that_is_read(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    for link in (page.locator("#contents a").nth(3), page.locator("#contents a").last):
        link.click()
        _wait(page, "document.querySelector('#contents [aria-current]') !== null")
        _wait(page, f"document.querySelector('#contents [aria-current]').hash === '{link.get_attribute('href')}'")
        box = page.locator(".bar").bounding_box()
        assert box
        assert box["y"] == 0
        heading = page.locator(str(link.get_attribute("href"))).bounding_box()
        assert heading
        assert heading["y"] >= box["height"] - 1  # the bar hides no heading
    page.click(".bar .home")
    _wait(page, "scrollY < 100")


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_tall_stands_before_the_title_on_a_small_screen(browser: Browser, report: Path, scripts: bool) -> None:
    opened = Visit(browser, report, viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    box = opened.page.locator("h1").bounding_box()
    assert box
    assert box["y"] < 200
    opened.close()


def test_the_arrows_go_through_the_evidence_of_a_table_that_is_one_stop_of_the_keyboard(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    table = page.locator("table.relations").first
    links = table.locator("a")
    assert [int(one.get_attribute("tabindex") or 0) for one in links.all()].count(0) == 1
    links.first.focus()
    for key, expected in (("ArrowRight", 1), ("ArrowLeft", 0), ("End", links.count() - 1), ("Home", 0)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent") == links.nth(expected).inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    stops = page.evaluate("""[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
      .filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length""")
    assert stops < 600


def test_what_goes_on_beyond_the_edge_of_a_small_screen_fades_there(small: Page) -> None:
    frame = small.locator("#fig-relation-matrix .scroll")
    _wait(small, "document.querySelector('#fig-relation-matrix .scroll').classList.contains('after')")
    frame.evaluate("one => one.scrollTo({left: one.scrollWidth, behavior: 'instant'})")
    _wait(small, "document.querySelector('#fig-relation-matrix .scroll').className.includes('before')")
    assert not frame.evaluate("one => one.classList.contains('after')")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_letter_outside_the_drawings_is_smaller_than_twelve_pixels(
    browser: Browser, report: Path, width: int
) -> None:
    opened = Visit(browser, report, viewport={"width": width, "height": 900})
    sizes = opened.page.evaluate("""[...document.querySelectorAll('body *')]
      .filter((one) => !one.closest('svg, script, style'))
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .map((one) => parseFloat(getComputedStyle(one).fontSize))""")
    assert min(sizes) >= 12
    opened.close()


def test_no_letter_of_a_drawing_is_smaller_than_twelve_pixels_on_a_wide_screen(visit: Visit) -> None:
    sizes = visit.page.evaluate("""[...document.querySelectorAll('.plot:not(.narrow) text')].map((one) => {
      const svg = one.ownerSVGElement;
      return parseFloat(getComputedStyle(one).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    })""")
    assert min(sizes) >= 12


def test_a_citation_can_be_copied(browser: Browser, report: Path) -> None:
    opened = Visit(browser, report, permissions=["clipboard-read", "clipboard-write"])
    page = opened.page
    page.click("#more > summary")
    page.locator(".citation summary").first.click()
    page.locator(".citation button").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation pre").first.inner_text()
    assert opened.complaints == []
    opened.close()


def test_the_other_language_opens_at_the_same_place(browser: Browser, tiny_run: Path) -> None:
    opened = Visit(browser, Paths("tiny", "2025-06-16", "en", str(tiny_run)).report("html"), fragment="#options-h")
    opened.page.click(".bar a[rel=alternate][hreflang]")
    opened.page.wait_for_url("**/tiny-2025-06-16-de.html#options-h")
    opened.close()


def test_axe_finds_no_violation(browser: Browser, report: Path) -> None:
    """Two of the four screens on each of two reports: any two of report, width and colours meet once."""
    opened = Visit(browser, report, bypass_csp=True)
    page = opened.page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    schemes = SCHEMES if report.name.startswith("tiny") else SCHEMES[::-1]
    for width, scheme in zip((1280, 390), schemes, strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        _leave(page)
        assert _violations(page, "document") == []
        page.locator(".cite a").first.click()
        assert _violations(page, "'#evidence'") == []
    opened.close()


def _violations(page: Page, part: str) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(
        f"axe.run({part}, {{resultTypes: ['violations']}})"
        ".then((done) => done.violations.map((one) => [one.id, one.nodes[0].html]))"
    )
    return found


def test_printed_from_the_browser_the_page_has_numbers_and_no_controls(
    browser: Browser, tiny_run: Path, tmp_path: Path
) -> None:
    opened = Visit(browser, Paths("tiny", "2025-06-16", "en", str(tiny_run)).report("html"))
    file = tmp_path / "printed.pdf"
    file.write_bytes(opened.page.pdf(prefer_css_page_size=True, outline=False))
    sheets = read_sheets(file)
    assert len(sheets) > 4
    assert all(f"{number} / {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1))
    controls = "#filter button, .bar summary, .bar button, .zoom button, .files a, #filtered, .skip, .languages a"
    words = {str(text).strip() for text in opened.page.locator(controls).all_text_contents()}
    words = {text for text in words if len(text) > 3 and text not in ("More", "Search", "Filter", "Contents")}
    assert len(words) > 10
    assert not [(word, sheet) for word in words for sheet in sheets if word in sheet]
    opened.close()


def test_hovering_over_a_mark_shows_the_sentences_behind_it(visit: Visit) -> None:
    page = visit.page
    _leave(page)
    mark = page.locator("#fig-timeline .wide svg a").nth(2)
    entry = page.locator(f"article{mark.get_attribute('href')} li > [lang]").first.inner_text()
    mark.evaluate("mark => mark.scrollIntoView({behavior: 'instant', block: 'center'})")
    page.wait_for_timeout(200)  # scrolling hides the card
    mark.hover()
    card = page.locator(".card")
    card.wait_for(state="visible")
    assert entry in card.inner_text()
    page.mouse.move(0, 0)
    card.wait_for(state="hidden")


@pytest.mark.parametrize("width", [390, 320])
def test_a_small_screen_needs_no_sideways_scrolling(small: Page, width: int) -> None:
    small.set_viewport_size({"width": width, "height": 844})
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_a_small_screen_has_a_timeline_of_its_own(small: Page) -> None:
    box = small.locator("#fig-timeline .narrow > svg").bounding_box()
    assert box
    assert 300 < box["width"] <= 390
    assert not small.locator("#fig-timeline .wide").is_visible()


def test_without_scripts_every_drawing_is_there(still: Page) -> None:
    drawings = still.locator("figure.chart .plot:not(.narrow) > svg")
    assert drawings.count() == still.locator("figure.chart").count() >= 5
    for box in drawings.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())"):
        assert box["width"] > 100
        assert box["height"] > 50


def test_the_page_follows_the_colours_of_the_reader(still: Page) -> None:
    seen = []
    for scheme in SCHEMES:
        still.emulate_media(color_scheme=scheme)
        seen.append(still.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(set(seen)) == 2


def test_the_keyboard_reaches_the_contents_first(still: Page) -> None:
    still.keyboard.press("Tab")
    assert still.evaluate("document.activeElement.matches('a[href^=\"#\"]')")


def test_hostile_text_does_nothing_in_a_browser(browser: Browser, poisoned: Paths) -> None:
    opened = Visit(browser, poisoned.report("html"))
    assert opened.complaints == []
    assert (
        opened.page.evaluate("document.querySelectorAll('a[href^=\"javascript\"], [onerror], [onclick], img').length")
        == 0
    )
    opened.close()
