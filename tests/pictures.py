"""The pictures of the notebooks for JupyterLab in the guide, taken in a real one: `python tests/pictures.py`.

A person takes them after a change that a reader would see; the size of a window and the quiet of colours keep them
small enough to be committed.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from examples import PROJECT, edition_of
from lab import find_browser, open_notebook, place_notebook, run_all, serve
from lagebild.core.disk import write_bytes
from lagebild.core.folders import Paths, locate
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright
from runs import copy_project

WIDTH, LONGEST = 1240, 1500  # pixels
CASE, AS_OF = "russia-iran", "2026-06-30"


def make_drafts(root: Path) -> Paths:
    """Make a case of drafts from notes of the case russia-iran, as if they were one text that nobody had coded."""
    notes = sorted((PROJECT / "data" / "cases" / CASE / "texts").glob("S*.en.txt"))
    text = root / "notes.txt"
    text.write_text("\n".join(note.read_text(encoding="utf-8").strip() for note in notes), encoding="utf-8")
    make_case("drafts", [str(text)], Given("2025-06-18", "en", "Lagebild"), "Drafts", str(root))
    return Paths("drafts", "2025-06-18", "en", str(root))


def show(page: Page, address: str, name: str, widget: str) -> Locator:
    """Open a notebook, run it, and return its widget."""
    open_notebook(page, address, name)
    page.keyboard.press("Control+b")  # without JupyterLab's side bar
    run_all(page)
    found = page.locator(widget)
    found.wait_for(timeout=120_000)
    found.scroll_into_view_if_needed()
    return found


def seek(page: Page) -> None:
    """Go to a row that shows what the desk can: a cue that decided the status, and more than one reading."""
    for _ in range(200):
        reported = page.locator(".review [data-field=status]").input_value()
        readings = page.locator(".review .alternatives > div").count()
        if reported == "reported" and readings > 1 and page.locator(".review .cue").count():
            return
        page.locator(".review .card").press("n")


def take(found: Locator, name: str) -> None:
    """Write the picture of a widget, of a long one its first part, in 128 colours."""
    whole = Image.open(io.BytesIO(found.screenshot(animations="disabled")))
    shot = whole.crop((0, 0, whole.width, min(whole.height, LONGEST)))
    small, held = shot.convert("RGB").quantize(128, dither=Image.Dither.NONE), io.BytesIO()
    small.save(held, "PNG", optimize=True)
    write_bytes(PROJECT / "figures" / f"{name}.png", held.getvalue())
    sys.stdout.write(f"figures/{name}.png: {shot.width} × {shot.height}, {len(held.getvalue()):,} bytes\n")


def main() -> None:
    """Take both pictures."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_project(Path(folder) / "project")
        drafts, lab = make_drafts(root), Path(folder) / "lab"
        lab.mkdir()
        place_notebook(
            "review.ipynb", lab, case=drafts.case, as_of=drafts.as_of, root=drafts.root, reviewer="A. Editor"
        )
        edition_of(locate(CASE, AS_OF, output=f"{folder}/built"))
        place_notebook("explore.ipynb", lab, case=CASE, as_of=AS_OF, output=f"{folder}/built")
        with serve(lab) as address, sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
            page = opened.new_page(viewport={"width": WIDTH, "height": 2600})
            queue = show(page, address, "review.ipynb", ".review")
            seek(page)
            take(queue, "review")
            take(show(page, address, "explore.ipynb", ".explore[data-found]"), "explore")
            opened.close()


if __name__ == "__main__":
    main()
