"""The notebooks at work: in JupyterLab tables sort, search and page, and charts zoom; a run leaves them as on paper."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from checkers import AXE
from examples import PROJECT
from hostile import EVENT, HOSTILE, LINK, SCRIPT
from known import REFERENCE
from lab import PATIENCE, Lab, open_notebook, place_notebook, run_all
from lagebild.core.labels import Labels, read_labels
from lagebild.core.paths import Paths
from lagebild.interactive import display as screen
from lagebild.run.steps import STEPS, Step
from playwright.sync_api import Locator, Page

SOURCES, TIMELINE = STEPS[0], STEPS[2]
RANGES = "(node) => JSON.stringify([node._fullLayout.xaxis.range, node._fullLayout.yaxis.range])"
POINT = """(node) => {
  const trace = node._fullData.find((one) => one.mode === "markers" && one.hovertext?.length);
  const {xaxis, yaxis} = node._fullLayout;
  return {x: xaxis.l2p(xaxis.d2l(trace.x[0])), y: yaxis.l2p(yaxis.d2l(trace.y[0]))};
}"""
SORTED = """([table, place, sign]) => {
  const ends = Array.from(table.querySelectorAll("tbody tr"), (row) => sign * row.cells[place].textContent);
  return ends.length > 1 && ends.every((end, n) => n === 0 || ends[n - 1] <= end);
}"""
in_lab = pytest.mark.xdist_group("lab")
ROWS = "(nodes) => nodes.map((row) => Array.from(row.cells, (cell) => cell.textContent))"


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Return the list of addresses that the pages asked for."""
    return []


@pytest.fixture(scope="module")
def page(lab: Lab, poisoned: Paths, asked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return a page for notebooks on a case full of hostile text; its dialogs and faults fail the test."""
    output = shutil.copytree(poisoned.outputs, tmp_path_factory.mktemp("tables") / "outputs")
    given = {"case": "tiny", "as_of": poisoned.as_of, "root": poisoned.root, "output": str(output)}
    place_notebook(SOURCES.notebook, lab.folder, **given)
    place_notebook(TIMELINE.notebook, lab.folder, since="2025-01-16", **given)  # as the tables were made
    page, faults = lab.context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else faults.append(dialog.message)
    )
    page.on("request", lambda request: asked.append(request.url))
    yield page
    page.close()
    assert not faults


@pytest.fixture(scope="module")
def sources(page: Page, lab: Lab) -> Page:
    """Return the page with notebook 01 after Run All."""
    open_notebook(page, lab.address, SOURCES.notebook)
    run_all(page)
    page.locator(".dt-container").nth(7).wait_for(timeout=PATIENCE)
    return page


def place(name: str, cell: str) -> int:
    """Return the place of a cell in a notebook."""
    notebook = nbformat.read(PROJECT / "notebooks" / name, as_version=4)  # type: ignore[no-untyped-call]
    return [one.id for one in notebook.cells].index(cell)


def find(page: Page, step: Step, cell: str) -> Locator:
    """Return a cell of the notebook that is open, in view."""
    found = page.locator(
        f".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index='{place(step.notebook, cell)}']"
    )
    found.scroll_into_view_if_needed()
    return found


def rows(shown: Locator) -> list[list[str]]:
    """Return the cells of the rows on the page of a table."""
    return shown.locator("tbody tr").evaluate_all(ROWS)  # type: ignore[no-any-return]


@in_lab
def test_every_table_is_there_to_work_with(sources: Page) -> None:
    cells = ("c7df8820", "d6eba8bc", "02633ae9", "cd65728e", "0cc3545c", "3315e751", "3c230f0b", "a995c643", "aeffb93d")
    for cell in cells:
        assert find(sources, SOURCES, cell).locator(".dt-container").count() == 1, cell
    assert sources.locator(".dt-container").count() == len(cells)


@in_lab
def test_a_table_is_whole_sorts_searches_and_pages(sources: Page) -> None:
    shown = find(sources, SOURCES, "cd65728e").locator(".dt-container")
    info, search = shown.locator(".dt-info"), shown.locator(".dt-search input")
    whole = re.fullmatch(r"Rows 1 to 10 of (\d+)", info.inner_text())
    assert whole
    assert int(whole[1]) > 10
    first = rows(shown)
    shown.get_by_role("link", name="Next page").click()
    shown.locator(".dt-info", has_text="Rows 11 to ").wait_for()
    assert rows(shown)[0] not in first
    for sign in (1, -1):
        shown.get_by_role("button", name=re.compile("^end: activate")).click()
        sources.wait_for_function(SORTED, arg=[shown.element_handle(), 4, sign])
    search.fill("Israel")
    shown.locator(".dt-info", has_text=f"(out of {whole[1]})").wait_for()
    assert all("Israel" in "".join(row) for row in rows(shown))
    search.fill("")
    shown.locator(".dt-info", has_text=re.compile(r"of \d+$")).wait_for()
    shown.get_by_role("button", name="Search this column").nth(1).click()
    sources.locator(".dtcc-dropdown input").fill("de")
    shown.locator(".dt-info", has_text=f"(out of {whole[1]})").wait_for()
    assert {row[1] for row in rows(shown)} == {"de"}
    sources.locator(".dtcc-dropdown input").fill("")
    shown.locator(".dt-info", has_text=re.compile(r"of \d+$")).wait_for()
    sources.keyboard.press("Escape")


@in_lab
def test_hostile_text_in_a_table_stays_text(sources: Page) -> None:
    pages = rows(find(sources, SOURCES, "d6eba8bc").locator(".dt-container"))
    assert pages[0][1:3] == [EVENT, LINK]
    sentences = find(sources, SOURCES, "cd65728e").locator(".dt-container")
    sentences.locator(".dt-search input").fill("alert(1)")
    sentences.locator(".dt-info", has_text="(out of").wait_for()
    assert f"Israel {SCRIPT} hit a target" in rows(sentences)[0][-1]
    sentences.locator(".dt-search input").fill("")
    assert sources.locator(".dt-container").locator("script, a, img, iframe, object, base, meta").count() == 0


@in_lab
def test_a_table_can_be_used_without_eyes_or_mouse(sources: Page) -> None:
    shown = find(sources, SOURCES, "cd65728e").locator(".dt-container")
    shown.get_by_role("button", name="Search this column").first.press("Enter")
    sources.locator(".dtcc-dropdown").wait_for()
    sources.evaluate(AXE.read_text(encoding="utf-8"))
    found = shown.evaluate("async (node) => (await axe.run(node)).violations.map((one) => [one.id, one.nodes[0].html])")
    assert found == []


@in_lab
def test_charts_show_what_they_know_and_zoom(page: Page, lab: Lab) -> None:
    open_notebook(page, lab.address, TIMELINE.notebook)
    run_all(page)
    find(page, TIMELINE, "999cdd53").locator(".dt-container").wait_for(timeout=PATIENCE)  # below the charts
    chart = find(page, TIMELINE, "c3bee903").locator(".js-plotly-plot").first
    area = chart.locator(".nsewdrag").first
    area.hover(position=chart.evaluate(POINT))
    chart.locator(".hoverlayer .hovertext").wait_for()
    before = chart.evaluate(RANGES)
    area.hover(position={"x": 100, "y": 20})
    box = area.bounding_box()
    assert box
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 120, steps=4)
    page.mouse.up()
    page.wait_for_function(f"([node, before]) => ({RANGES})(node) !== before", arg=[chart.element_handle(), before])
    chart.locator(".modebar-btn[data-title='Reset axes']").click()  # a double click could come too slowly here
    page.wait_for_function(f"([node, before]) => ({RANGES})(node) === before", arg=[chart.element_handle(), before])


@in_lab
def test_alternative_texts_are_shown_whole_and_as_text(page: Page) -> None:
    shown = find(page, TIMELINE, "999cdd53").locator(".dt-container")
    shown.wait_for(timeout=PATIENCE)
    assert {row[0] for row in rows(shown)} >= {"timeline", "timeline-narrow"}
    assert all(len(row[1]) > 60 for row in rows(shown))


@in_lab
def test_nothing_was_asked_of_another_machine(lab: Lab, asked: list[str]) -> None:
    assert asked
    assert not [url for url in asked if not url.startswith((lab.address, "data:", f"blob:{lab.address}"))]


# --- without a browser ---


def test_a_run_shows_tables_as_on_paper(by_papermill: Path) -> None:
    for step in STEPS:
        executed = (by_papermill / "executed" / step.notebook).read_text(encoding="utf-8")
        assert not re.search(r"itables|dt-container|DataTable", executed)
    notebook = nbformat.read(by_papermill / "executed" / SOURCES.notebook, as_version=4)  # type: ignore[no-untyped-call]
    (cell,) = [one for one in notebook.cells if one.source == "display.first(corpus.sentences, 6)"]
    assert cell.outputs[0].data["text/html"].count("<tr>") == 6


def test_who_runs_a_cell_decides_how_much_of_a_table_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"kind": ["a", "a", "b"], "n": [1, 2, 3]})
    assert list(screen.first(frame, 2)["n"]) == [1, 2]
    assert list(screen.first(frame, 1, "kind")["n"]) == [1, 3]
    assert list(screen.last(frame, 1)["n"]) == [3]
    for request, watched in (({}, False), ({"metadata": {}}, False), ({"metadata": {"cellId": "x"}}, True)):
        monkeypatch.setattr(screen, "get_ipython", lambda request=request: SimpleNamespace(get_parent=lambda: request))
        assert screen.is_watched() is watched
    assert screen.first(frame, 1) is screen.last(frame, 1) is screen.first(frame, 1, "kind") is frame


class Tags(HTMLParser):
    """Counts the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = Counter[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1


def test_a_table_is_drawn_whole_and_escaped(words: Labels) -> None:
    odd = list(HOSTILE.values())
    hostile, harmless = (
        pd.DataFrame([texts] * 300, columns=texts, index=pd.Index([texts[0]] * 300, name=texts[1]))
        for texts in (odd, [f"text {n}" for n in range(len(odd))])
    )
    html = screen.draw_table(hostile, words)
    assert html.count("EVIL.EXAMPLE".lower()) > 300
    tags = [Tags(screen.draw_table(table, words)).found for table in (hostile, harmless)]
    assert tags[0] == tags[1]
    assert tags[0]["script"] == 2


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (pd.DataFrame({"a": [1]}), ["a"]),
        (pd.DataFrame({"a": [1]}, index=[7]), ["a"]),
        (pd.DataFrame({"a": [1]}, index=["x"]), ["name", "a"]),
        (pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="a")), ["a", "a"]),
        (pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([("x", 1)], names=["k", None])), ["k", "name", "a"]),
        (pd.Series([1], name="n"), ["n"]),
        (pd.Series({"x": 1}), ["name", "value"]),
        (pd.Series([], name="n", dtype=str), ["n"]),
        (pd.crosstab(pd.Series(["u"], name="one"), pd.Series(["v"], name="two")), ["one", "v"]),
    ],
)
def test_every_column_has_a_heading(table: pd.DataFrame | pd.Series, columns: list[str]) -> None:
    labels = read_labels(REFERENCE, "en")
    assert list(screen.lay_flat(table, labels).columns) == columns
    assert screen.draw_table(table, labels)
