"""In a real JupyterLab: read notebooks, export the report, sort and search tables, zoom charts, review, audit, explore.

These tests stand in one file, because a worker is given whole files: so one JupyterLab serves them all.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from audited import REPORT
from checkers import AXE
from examples import PROJECT, dataset_of, tiny
from hostile import EVENT, LINK, SCRIPT
from lab import PATIENCE, Lab, find_browser, kill_kernels, open_notebook, place_notebook, run_all, serve, wait_until
from lagebild.core.folders import Paths
from lagebild.core.tables import read_case, records
from lagebild.run.steps import STEPS, Step
from long import sample
from playwright.sync_api import Browser, Download, Locator, Page
from runs import copy_tiny
from test_lab_review import make_probe

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
ROWS = "(nodes) => nodes.map((row) => Array.from(row.cells, (cell) => cell.textContent))"
OUTPUT = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-child > :is(.jp-OutputArea-output, .jp-RenderedText)"
# Whether every cell has run; of one that is folded away it is not told.
DONE = """() => Array.from(document.querySelectorAll(".jp-CodeCell:not(:has(.jp-Placeholder)) .jp-InputPrompt"),
  (prompt) => prompt.textContent).every((count) => /\\d/.test(count))"""
# What is wrong with the outputs of a notebook: errors, nothing to see, drawings in pieces, what only paper shows.
WRONG = r"""(output) => {
  const whole = output.cloneNode(true), scripts = whole.querySelectorAll("script, style");
  scripts.forEach((script) => script.remove());
  const words = whole.textContent.trim(), images = Array.from(output.querySelectorAll("img:not(.js-plotly-plot img)"));
  const empty = !words && !scripts.length && !whole.querySelector("img, svg, canvas");
  const faults = {
    error: output.matches("[data-mime-type$='stderr']") || words.includes("Javascript Error"),
    nothing: empty && output.classList.contains("jp-RenderedHTMLCommon"),
    image: images.some((image) => !image.naturalWidth),
    drawing: whole.querySelector("figure.chart svg, figure.chart .plot:not(:has(img[alt]:not([alt=''])))"),
    hidden: /(, ){2}/.test(words) || whole.querySelector(".footnote, .unseen, .narrow"),
  };
  return Object.keys(faults).filter((name) => faults[name]).map((name) => `${name}: ${words.slice(-200)}`);
}"""
AT_THE_DESK = """() => {
  const { top } = document.querySelector(".review").getBoundingClientRect();
  return top >= 0 && top < 500 && document.activeElement.closest(".review") !== null;
}"""


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return the JupyterLab."""
    folder = tmp_path_factory.mktemp("lab")
    with serve(folder) as address:
        # With a profile, the browser keeps what it compiled of JupyterLab from page to page.
        context = browser.browser_type.launch_persistent_context(
            folder / "home" / "profile",
            executable_path=find_browser(),
            args=["--no-sandbox"],
            viewport={"width": 1400, "height": 1000},
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        yield Lab(folder, address, context)
        context.close()


# --- reading


def find_wrong(page: Page, outputs: int = 0) -> list[str]:
    """Return what is wrong with the notebook in view, once so many outputs are there."""
    shown = page.locator(OUTPUT)
    shown.nth(outputs - 1).wait_for(state="attached", timeout=PATIENCE)
    page.wait_for_function("() => Array.from(document.images).every((image) => image.complete)")
    return shown.evaluate_all(f"(outputs) => outputs.flatMap({WRONG})")  # type: ignore[no-any-return]


def test_the_executed_copies_can_be_read_before_anybody_trusts_them(lab: Lab, tiny_run: Path) -> None:
    runs, copies = Paths("tiny", "2025-06-16", "en", str(tiny_run)).reports / "runs", lab.folder / "copies"
    copies.mkdir()
    for step in STEPS:
        shutil.copy(next(runs.glob(f"2025-06-16-*-{step.notebook}")), copies / step.notebook)
    page, faults = lab.context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{lab.address}/lab/tree/copies/{STEPS[-1].notebook}?reset")
    for step in reversed(STEPS):
        notebook = nbformat.read(copies / step.notebook, as_version=4)  # type: ignore[no-untyped-call]
        page.locator(".jp-DirListing-item", has_text=step.notebook).dblclick(timeout=PATIENCE)
        page.locator(".lm-TabBar-tab.lm-mod-current", has_text=step.notebook).wait_for()
        faults += find_wrong(page, sum(len(cell.get("outputs", ())) for cell in notebook.cells))
        trusted = page.locator(".jp-StatusItem-trust").get_attribute("title") or ""
        assert trusted.startswith("Notebook not trusted: 0 of "), trusted
    page.close()
    assert faults == []


@pytest.mark.long
def test_the_report_notebook_can_be_read_after_run_all(lab: Lab, tiny_run: Path, tmp_path: Path) -> None:
    for folder in ("data/built", "figures"):
        shutil.copytree(tiny_run / folder, tmp_path / folder)
    given = {"case": "tiny", "as_of": "2025-06-16", "root": str(tiny_run), "output": str(tmp_path)}
    (lab.folder / "run").mkdir()
    place_notebook(STEPS[-1].notebook, lab.folder / "run", **given)
    page, faults = lab.context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_notebook(page, lab.address, f"run/{STEPS[-1].notebook}")
    run_all(page)
    page.wait_for_function(DONE, timeout=PATIENCE)
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=PATIENCE)
    assert find_wrong(page) + faults == []
    assert page.locator("figure.chart img").count() > 2
    heads = page.locator(f":is(.jp-MarkdownOutput, {OUTPUT}) :is(h1, h2, h3)").all_text_contents()
    assert len(heads) == len(set(heads)) > 20
    page.close()


# --- exporting


@pytest.mark.long
def test_the_menu_of_jupyterlab_exports_the_report_as_the_run_does(lab: Lab, tiny_run: Path) -> None:
    executed = Paths("tiny", "2025-06-16", "en", str(tiny_run)).executed(STEPS[-1].notebook)
    shutil.copy(executed, lab.folder / STEPS[-1].notebook)
    page, downloads = lab.context.new_page(), list[Download]()
    page.on("download", lambda found: downloads.append(found))
    page.on("popup", lambda opened: opened.on("download", lambda found: downloads.append(found)))
    with page.expect_response(re.compile("/api/nbconvert"), timeout=PATIENCE):  # then JupyterLab knows the formats
        page.goto(f"{lab.address}/lab/tree/{STEPS[-1].notebook}?reset")
    page.locator(".jp-NotebookPanel .jp-Notebook").wait_for(timeout=PATIENCE)
    formats, menu = page.locator(".lm-Menu-itemLabel", has_text="Lagebild_"), page.locator(".lm-MenuBar-itemLabel")
    for kind in ("html", "pdf", "docx"):
        downloads.clear()
        menu.get_by_text("File", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").click()
        formats.first.wait_for()
        assert formats.all_text_contents() == ["Lagebild_annex", "Lagebild_docx", "Lagebild_html", "Lagebild_pdf"]
        page.locator(".lm-Menu-itemLabel", has_text=f"Lagebild_{kind}").click()
        for _ in range(600):
            if downloads:
                break
            page.wait_for_timeout(100)
        made = Paths("tiny", "2025-06-16", "en", str(tiny_run)).report(kind)
        assert downloads[-1].suggested_filename == f"{STEPS[-1].notebook.removesuffix('.ipynb')}.{kind}"
        assert downloads[-1].path().read_bytes() == made.read_bytes()
    page.close()


def test_a_notebook_that_was_not_run_says_so_in_one_sentence(lab: Lab) -> None:
    shutil.copy(PROJECT / "notebooks" / STEPS[-1].notebook, lab.folder / "not-run.ipynb")
    found = lab.context.request.get(
        f"{lab.address}/nbconvert/lagebild_html/not-run.ipynb", headers={"referer": f"{lab.address}/lab"}
    )
    assert found.status == 500
    assert "The notebook holds no report: run notebooks/05-report.ipynb first, then export it." in found.text()


# --- tables and charts


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


def test_every_table_is_there_to_work_with(sources: Page) -> None:
    cells = ["c7df8820", "d6eba8bc", "02633ae9", "cd65728e", "0cc3545c", "voices-2", "3315e751", "3c230f0b"]
    cells += ["a995c643", "aeffb93d"]
    for cell in cells:
        assert find(sources, SOURCES, cell).locator(".dt-container").count() == 1, cell
    assert sources.locator(".dt-container").count() == len(cells)


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


def test_hostile_text_in_a_table_stays_text(sources: Page) -> None:
    pages = rows(find(sources, SOURCES, "d6eba8bc").locator(".dt-container"))
    assert pages[0][1:3] == [EVENT, LINK]
    sentences = find(sources, SOURCES, "cd65728e").locator(".dt-container")
    sentences.locator(".dt-search input").fill("alert(1)")
    sentences.locator(".dt-info", has_text="(out of").wait_for()
    assert f"Israel {SCRIPT} hit a target" in rows(sentences)[0][-1]
    sentences.locator(".dt-search input").fill("")
    assert sources.locator(".dt-container").locator("script, a, img, iframe, object, base, meta").count() == 0


def test_a_table_can_be_used_without_eyes_or_mouse(sources: Page) -> None:
    shown = find(sources, SOURCES, "cd65728e").locator(".dt-container")
    shown.get_by_role("button", name="Search this column").first.press("Enter")
    sources.locator(".dtcc-dropdown").wait_for()
    sources.evaluate(AXE.read_text(encoding="utf-8"))
    found = shown.evaluate("async (node) => (await axe.run(node)).violations.map((one) => [one.id, one.nodes[0].html])")
    assert found == []


def test_charts_show_what_they_know_and_zoom(page: Page, lab: Lab) -> None:
    open_notebook(page, lab.address, TIMELINE.notebook)
    run_all(page)
    find(page, TIMELINE, "999cdd53").locator(".dt-container").wait_for(timeout=PATIENCE)  # below the charts
    chart = find(page, TIMELINE, "finding-3").locator(".js-plotly-plot").first
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


def test_alternative_texts_are_shown_whole_and_as_text(page: Page) -> None:
    shown = find(page, TIMELINE, "999cdd53").locator(".dt-container")
    shown.wait_for(timeout=PATIENCE)
    assert {row[0] for row in rows(shown)} >= {"timeline", "timeline-narrow"}
    assert all(len(row[1]) > 60 for row in rows(shown))


def test_nothing_was_asked_of_another_machine(lab: Lab, asked: list[str]) -> None:
    assert asked
    assert not [url for url in asked if not url.startswith((lab.address, "data:", f"blob:{lab.address}"))]


# --- the widgets


@pytest.mark.parametrize("name", sample([SOURCES.notebook, "review.ipynb"], 0))
def test_a_notebook_opens_unmodified(lab: Lab, name: str) -> None:
    shutil.copy(PROJECT / "notebooks" / name, lab.folder / f"plain-{name}")
    page = lab.open(f"plain-{name}")  # its kernel has said by now which Python it is
    page.wait_for_timeout(500)
    assert page.locator(".lm-TabBar-tab.jp-mod-current, .lm-TabBar-tab.lm-mod-current").count()
    assert page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0
    page.close()


@pytest.mark.posix
def test_ten_rows_by_keyboard_and_a_kernel_killed_in_the_middle(lab: Lab, tmp_path: Path) -> None:
    probe = make_probe(tmp_path)
    place_notebook("review.ipynb", lab.folder, case="probe", as_of=probe.as_of, root=probe.root, reviewer="A. Editor")
    page = lab.open("review.ipynb")
    card = page.locator(".review .card form")
    run_all(page)
    card.wait_for(state="attached", timeout=PATIENCE)
    page.wait_for_function(AT_THE_DESK)  # Run All ends there, and keys go there
    cells = page.locator(".jp-Cell").count()
    for _ in range(5):
        page.keyboard.press("a")
    wait_until(page, lambda: len(read_case(probe, "decisions")) == 5)
    page.locator(".review[data-waiting='0']").wait_for()
    assert kill_kernels(lab.address, "review.ipynb") == 1
    for _ in range(5):
        page.keyboard.press("r")
    assert len(read_case(probe, "decisions")) == 5
    assert page.locator(".jp-Cell").count() == cells, "a key reached JupyterLab"
    page.locator(".jp-Dialog .jp-mod-accept").click(timeout=PATIENCE)  # it says that the kernel died
    open_notebook(page, lab.address, "review.ipynb")
    run_all(page)
    card.wait_for(state="attached", timeout=PATIENCE)
    wait_until(page, lambda: len(read_case(probe, "decisions")) == 10)
    page.locator(".review[data-waiting='0']").wait_for()
    decided = records(read_case(probe, "decisions"))
    assert [row["action"] for row in decided] == ["accept"] * 5 + ["reject"] * 5
    assert len({row["row"] for row in decided}) == 10
    assert "10 of" in page.locator(".review .counts").inner_text()
    reviewed = dataset_of(probe).mentions.set_index("mention_id")["reviewed"]
    assert {reviewed.get(row["row"], "gone") for row in decided} == {"yes", "gone"}
    page.keyboard.press("Control+s")
    page.locator(".lm-TabBar-tab.jp-mod-dirty").wait_for(state="detached")
    shutil.copy(lab.folder / "review.ipynb", lab.folder / "again.ipynb")  # opened with a kernel that ran nothing
    open_notebook(page, lab.address, "again.ipynb")
    page.get_by_text("The desk is not running: choose Run, Run All Cells.").wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0
    page.close()


@pytest.mark.long
def test_an_audit_by_keyboard_in_jupyterlab(lab: Lab, tiny_run: Path, tmp_path: Path) -> None:
    root = copy_tiny(tmp_path)
    given = {"case": "tiny", "as_of": "2025-06-16", "root": str(root), "output": str(tiny_run), "report": str(REPORT)}
    place_notebook("audit.ipynb", lab.folder, **given, reviewer="A. Editor")
    page = lab.open("audit.ipynb")
    cells = page.locator(".jp-Cell").count()
    run_all(page)
    page.locator(".audit[data-waiting='0'] .card h3").wait_for(state="attached", timeout=PATIENCE)
    page.wait_for_function(AT_THE_DESK.replace(".review", ".audit"))
    for key in ("n", "2", "2", "n", "1", "Enter"):
        page.keyboard.press(key)
    wait_until(page, lambda: len(read_case(tiny(root), "verdicts")) == 2)
    assert [row["verdict"] for row in records(read_case(tiny(root), "verdicts"))] == ["differs", "supported"]
    assert page.locator(".jp-Cell").count() == cells, "a key reached JupyterLab"
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = page.evaluate("axe.run('.audit').then((done) => done.violations.map((one) => one.id))")
    assert found == []
    page.close()


@pytest.mark.long
@pytest.mark.posix
def test_exploring_in_jupyterlab_goes_on_when_the_kernel_dies(lab: Lab, tiny_run: Path) -> None:
    given = {"case": "tiny", "as_of": "2025-06-16", "root": str(tiny_run), "types": "ASSAULT;AID"}
    place_notebook("explore.ipynb", lab.folder, **given)
    page = lab.open("explore.ipynb")
    run_all(page)
    root = page.locator(".explore[data-found='4']")
    root.wait_for(state="attached", timeout=PATIENCE)
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=PATIENCE)
    page.locator(".explore .chip", has_text="Assault").click()
    page.locator(".explore .chip", has_text="Aid").click()
    assert page.locator(".explore .table .row").count() == 8
    cells = page.locator(".jp-Cell").count()
    page.locator(".explore .lanes .mark").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".explore .sentences mark").count() > 0
    page.keyboard.press("Escape")
    page.locator(".explore .matrix td[data-key='ISR>IRN']").click()
    page.locator(".explore[data-found='2']").wait_for(state="attached")
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = page.evaluate("axe.run('.explore').then((done) => done.violations.map((one) => one.id))")
    assert found == []
    assert kill_kernels(lab.address, "explore.ipynb") == 1
    page.locator(".jp-Dialog .jp-mod-accept").click(timeout=PATIENCE)  # it says that the kernel died
    page.locator(".explore .undo").click()
    page.locator(".explore .graph .edge[data-key='IRN~RUS']").dispatch_event("click")
    page.locator(".explore[data-found='4']").wait_for(state="attached")
    assert (page.locator(".explore .line code").text_content() or "").endswith("-p actors 'IRN~RUS'")
    assert page.locator(".explore .lanes .mark").count() == 3
    page.locator(".explore .table .row").first.click()
    assert page.locator(".explore .sentences mark").count() > 0
    page.keyboard.press("d")
    page.keyboard.press("d")
    assert page.locator(".jp-Cell").count() == cells, "a key reached JupyterLab"
    page.close()
