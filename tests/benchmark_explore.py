"""How fast one explores in a real JupyterLab, and in a page alone: `python tests/benchmark_explore.py [EVENTS …]`.

Without a number, it measures the built tables of russia-iran (run notebooks 01 and 02 first) and 100,000 made-up
events: from Run All, or from opening the page, to the first picture, and from a change of a control until all parts are
painted anew.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from benchmark import make_events
from examples import PROJECT, mentions, sources
from known import REFERENCE
from lab import find_browser, open_notebook, place_notebook, run_all, serve
from lagebild.core.filters import Filters
from lagebild.core.folders import Paths, locate
from lagebild.core.schema import TABLES
from lagebild.interactive.evidence import open_evidence
from lagebild.interactive.explorer import write_handout
from playwright.sync_api import Page, sync_playwright

AS_OF = "2026-06-30"
SENTENCES = 5_000  # of the made-up pages, each told by many mentions
# Sets a control of the widget, or clicks; returns how long the script took, and when the next picture was painted.
CHANGE = """async ([selector, value]) => {
  const target = document.querySelector(`.explore ${selector}`);
  const start = performance.now();
  if (value === null) target.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  else { target.value = value; target.dispatchEvent(new Event("change", {bubbles: true})); }
  const handled = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [handled, performance.now() - start, document.querySelector(".explore .found").textContent];
}"""
CHANGES = (
    ("since", "[name=since]", "2020-01-01"),
    ("until", "[name=until]", "2024-12-31"),
    ("a type", "[name=types][value=ASSAULT]", None),
    ("a status", "[name=status][value=asserted]", None),
    ("a publisher", "[name=publishers]", None),
    ("a cell", ".matrix td.full", None),
    ("undo", ".undo", None),
    ("a node", ".graph .node", None),
    ("sorting", ".table th button[data-sort=type]", None),
    ("reset", ".reset", None),
)


def describe(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def make_tables(n: int, root: Path) -> Paths:
    """Write the built tables of a made-up case of `n` events, each told by one mention or two."""
    paths = Paths("probe", AS_OF, "en", str(root))
    paths.inputs.mkdir(parents=True)
    shutil.copy(PROJECT / "tests" / "data" / "tiny" / "case.yml", paths.inputs)
    made = make_events(n)
    reported = made.mentions.assign(sentence_no=np.arange(len(made.mentions)) % (SENTENCES // 200) + 1)
    reported_by = reported.groupby("event_id")["mention_id"].agg(";".join)
    (row,) = sources({}).to_dict("records")
    words = {
        "title": "A page",
        "title_basis": "stated",
        "author": "",
        "published_basis": "stated",
        "published_reason": "",
        "url": "",
    }
    words |= {"published": "2025-01-18", "retrieved": AS_OF, "language": "en", "wording": "note", "languages": "en"}
    words |= {"sha256": "0" * 64, "reliability_reason_de": "erfunden", "reliability_reason_en": "made up"}
    pages = made.sources.assign(
        **{str(name): value for name, value in row.items() if name not in made.sources}, **words
    )
    pages["publisher"] = pages["reporter"]
    events = made.events.assign(
        mode="", context="", date_basis="stated", credibility="2", n_mentions=1, contested_by="", density="",
        type_alt="", mention_ids=made.events["event_id"].map(reported_by),
    )  # fmt: skip
    (blank,) = mentions({}).to_dict("records")
    reported = reported.assign(**{str(name): value for name, value in blank.items() if name not in reported})
    numbers = range(1, SENTENCES // 200 + 1)
    texts = pd.DataFrame(
        [(page, "en", number, 0, 22, "Words of a sentence.") for page in pages["source_id"] for number in numbers],
        columns=list(TABLES["sentences"].columns),
    )
    people = REFERENCE.table("actors").rename(columns={"born": "from"})
    named = {part for cell in (*events["source_actors"], *events["target_actors"]) for part in cell.split(";")}
    people = people[people["actor_id"].isin(named)].reindex(columns=list(TABLES["actors"].columns), fill_value="")
    people = people.assign(n_source=1, n_target=1, n_speaker=0)
    tables = {"events": events, "mentions": reported, "sources": pages, "sentences": texts, "actors": people}
    paths.built.mkdir(parents=True)
    for name, frame in tables.items():
        columns = list(TABLES[name].columns)
        key = list(TABLES[name].key)
        frame[columns].sort_values(key).to_csv(paths.built / TABLES[name].file, index=False)
    return paths


def measure_notebook(page: Page, address: str) -> None:
    """Print the time from Run All to the first picture, and that of each change."""
    open_notebook(page, address, "explore.ipynb")
    start = time.perf_counter()
    run_all(page)
    describe(f"from Run All to the first picture: {wait_for_picture(page) - start:.1f} s")
    wait_for_kernel(page)
    describe(f"until the kernel has run all, and answers: {time.perf_counter() - start:.0f} s")
    measure_changes(page)


def measure_page(page: Page, paths: Paths, file: Path) -> None:
    """Print how long a page alone takes to be written and opened, its size, and the time of each change."""
    start = time.perf_counter()
    file.write_text(write_handout(open_evidence(REFERENCE, paths), Filters()), encoding="utf-8")
    written = time.perf_counter()
    page.goto(file.as_uri(), wait_until="commit")
    describe(
        f"a page alone: {file.stat().st_size / 1e6:.1f} MB, written in {written - start:.1f} s, "
        f"from opening it to the first picture: {wait_for_picture(page) - written:.1f} s"
    )
    measure_changes(page)


def wait_for_kernel(page: Page) -> None:
    """Wait until the kernel is idle, and not only between two cells."""
    status, idle = page.locator("#jp-main-statusbar"), 0
    while idle < 3:
        page.wait_for_timeout(500)
        idle = idle + 1 if "| Idle" in status.inner_text() else 0


def wait_for_picture(page: Page) -> float:
    """Return when the first picture was painted."""
    page.locator(".explore[data-found]").wait_for(state="attached", timeout=120_000)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return time.perf_counter()


def measure_changes(page: Page) -> None:
    """Print the time of each change: handled, and painted."""
    page.evaluate("document.querySelector('.explore').scrollIntoView()")
    painted = []
    for what, selector, value in CHANGES:
        handled, until_painted, found = page.evaluate(CHANGE, [selector, value])
        painted.append(until_painted)
        describe(f"{what:>12}: handled in {handled:4.0f} ms, painted after {until_painted:4.0f} ms ({found})")
    start = time.perf_counter()
    page.locator(".explore .table .row").first.click()
    page.locator(".explore .sentences mark").first.wait_for(timeout=60_000)
    describe(f"from a click on an event to its sentences: {time.perf_counter() - start:.2f} s")
    page.keyboard.press("Escape")
    for words in ("attack", "words sentence"):
        start = time.perf_counter()
        _, until_painted, _ = page.evaluate(CHANGE, ["[name=words]", words])
        page.locator(".explore .lacking").wait_for(state="hidden", timeout=60_000)
        whole = time.perf_counter() - start
        found = page.locator(".explore .found").text_content()
        describe(
            f"search for {words!r}: painted after {until_painted:.0f} ms, with sentences after {whole:.2f} s ({found})"
        )
    describe(f"painted: median {statistics.median(painted):.0f} ms, at most {max(painted):.0f} ms")


def main(sizes: tuple[int, ...]) -> None:
    """Measure the first case and made-up events, or made-up events alone."""
    folder = Path(tempfile.mkdtemp())
    try:
        for size in sizes or (0, 100_000):
            describe(f"\n{size:,} made-up events" if size else "russia-iran")
            paths = make_tables(size, folder / str(size)) if size else locate("russia-iran", AS_OF)
            lab = folder / f"lab-{size}"
            lab.mkdir()
            place_notebook("explore.ipynb", lab, case=paths.case, as_of=AS_OF, root=paths.root)
            with serve(lab) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
                measure_notebook(browser.new_page(viewport={"width": 1400, "height": 1000}), address)
                measure_page(browser.new_page(viewport={"width": 1400, "height": 1000}), paths, lab / "alone.html")
                browser.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])))
