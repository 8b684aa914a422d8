"""How fast one reviews in a real JupyterLab, and what a dead kernel costs: `python tests/benchmark_lab.py`.

`python tests/benchmark_lab.py deaths 50` kills the kernel 50 times in the middle of a review.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from lab import find_browser, kill_kernels, open_notebook, place_notebook, run_all, serve
from lagebild.core.folders import Paths
from lagebild.core.tables import read_case
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from playwright.sync_api import Page, sync_playwright

STATES = ("Israel", "Iran", "Russia", "China", "France", "Germany", "Turkey", "Poland", "Ukraine", "Belarus", "India")
ACTS = (
    "attacked {} on Friday",
    "condemned {} on Monday",
    "supplied {} with weapons in May",
    "imposed sanctions on {}",
    "signed a treaty with {} in June 2025",
    "threatened {} with war",
    "could deliver drones to {} in July",
)
PRESS = """async ([key, field]) => {
  const card = document.querySelector(".review .card");
  const target = field ? document.querySelector(`.review [data-field=${field}]`) : card;
  const start = performance.now();
  if (field) { target.value = key; target.dispatchEvent(new Event("change", {bubbles: true})); }
  else target.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  const handled = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const drawn = performance.now() - start;
  while (document.querySelector(".review").dataset.waiting !== "0") await new Promise((done) => setTimeout(done, 2));
  return [handled, drawn, performance.now() - start];
}"""


ACCEPT = """document.querySelector(".review .card").dispatchEvent(
  new KeyboardEvent("keydown", {key: "a", bubbles: true}))"""


EDIT = ["e", "ArrowDown", "Control+Enter"]
NEXT = "before => document.querySelector('.review .card h3 + .facts').innerText !== before"


def describe(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def make_drafts(root: Path, texts: int) -> Paths:
    """Make a case of so many texts of twenty sentences, each an event."""
    random.seed(1)
    files = []
    root.mkdir()
    for number in range(texts):
        reported = []
        for _ in range(20):
            one, other = random.sample(STATES, 2)
            reported.append(f"{one} {random.choice(ACTS).format(other)}.")
        files.append(root / f"{number}.txt")
        files[-1].write_text(" ".join(reported), encoding="utf-8")
    (root / "data" / "cases").mkdir(parents=True)
    make_case("probe", map(str, files), Given("2025-06-18", "en"), "", str(root))
    return Paths("probe", "2025-06-18", "en", str(root))


def start(page: Page, address: str) -> None:
    """Open the notebook and run it until the first row is on the desk."""
    open_notebook(page, address, "review.ipynb")
    run_all(page)
    page.locator(".review .card form").wait_for(state="attached", timeout=120_000)


def measure_decisions(page: Page, address: str) -> None:
    """Print the time of a decision: handled by the script, drawn, and on the disk."""
    start(page, address)
    describe(page.locator(".review .counts").inner_text())
    accepted = [page.evaluate(PRESS, ["a", ""]) for _ in range(200)]
    edited = []
    for _ in range(100):
        change = page.evaluate(PRESS, ["open", "status"])
        edited.append([a + b for a, b in zip(change, page.evaluate(PRESS, ["a", ""]), strict=True)])
    for what, times in (("accept", accepted), ("edit one field", edited)):
        for name, column in zip(("handled", "drawn", "on the disk"), zip(*times, strict=True), strict=True):
            spread = sorted(column)
            middle, late = statistics.median(spread), spread[int(len(spread) * 0.95)]
            describe(f"{what}, {name}: median {middle:.0f} ms, 95 % below {late:.0f} ms")


def measure_rows(page: Page, rows: int) -> None:
    """Print the seconds a row of a reviewer who never hesitates, by real keys: until the next row stands there."""
    card = page.locator(".review .card h3 + .facts")
    page.locator(".review .card").focus()
    for what, keys in (("accept: a", ["a"]), ("edit the type: e, ArrowDown, Control+Enter", EDIT)):
        began = time.perf_counter()
        for _ in range(rows):
            before = card.inner_text()
            for key in keys:
                page.keyboard.press(key)
            page.wait_for_function(NEXT, arg=before)
        describe(f"{what}: {(time.perf_counter() - began) / rows:.3f} s a row by keys, over {rows} rows")


def measure_deaths(page: Page, address: str, paths: Paths, deaths: int) -> None:
    """Kill the kernel in the middle of a review so many times, and print how many decisions were lost or doubled."""
    pressed, page_loads = 0, 0
    for number in range(deaths):
        if number % 2 == 0:  # every other time the page is loaded anew, too
            page_loads += 1
            start(page, address)
        else:
            dialog = page.locator(".jp-Dialog .jp-mod-accept")
            dialog.wait_for(timeout=60_000)
            dialog.click()
            page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=60_000)
            page.evaluate("document.querySelector('.review')?.remove()")
            run_all(page)
            page.locator(".review .card form").wait_for(state="attached", timeout=120_000)
        for key in range(6):
            page.evaluate(ACCEPT)
            pressed += 1
            if key == 2:
                page.wait_for_timeout(random.uniform(0, 120))
                assert kill_kernels(address, "review.ipynb") == 1
        page.wait_for_timeout(300)
    start(page, address)
    page.locator(".review[data-waiting='0']").wait_for(state="attached", timeout=60_000)
    found = read_case(paths, "decisions")
    describe(f"{deaths} deaths, {page_loads} page loads, {pressed} decisions made")
    describe(f"{len(found)} decisions in the file, on {found['row'].nunique()} rows")


def main(words: list[str]) -> None:
    """Measure."""
    deaths = int(words[1]) if words[:1] == ["deaths"] else 0
    folder = Path(tempfile.mkdtemp())
    try:
        paths = make_drafts(folder / "case", 40 if deaths else 250)
        (folder / "lab").mkdir()
        place_notebook(
            "review.ipynb", folder / "lab", case=paths.case, as_of=paths.as_of, root=paths.root, reviewer="A"
        )
        with serve(folder / "lab") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            if deaths:
                measure_deaths(page, address, paths, deaths)
            else:
                measure_decisions(page, address)
                measure_rows(page, 50)
            browser.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
