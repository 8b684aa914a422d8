"""JupyterLab's own menu exports the report: a real JupyterLab, in the Chromium of the system."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from examples import PROJECT
from lab import Lab
from lagebild.core.paths import Paths
from lagebild.run.steps import STEPS
from playwright.sync_api import Download

pytestmark = pytest.mark.xdist_group("lab")


def test_the_menu_of_jupyterlab_exports_the_report_as_the_run_does(lab: Lab, tiny_run: Path) -> None:
    executed = Paths("tiny", "2025-06-16", "en", str(tiny_run)).executed(STEPS[-1].notebook)
    shutil.copy(executed, lab.folder / STEPS[-1].notebook)
    page, downloads = lab.context.new_page(), list[Download]()
    page.on("download", lambda found: downloads.append(found))
    page.on("popup", lambda opened: opened.on("download", lambda found: downloads.append(found)))
    with page.expect_response(re.compile("/api/nbconvert"), timeout=90_000):  # then JupyterLab knows the formats
        page.goto(f"{lab.address}/lab/tree/{STEPS[-1].notebook}?reset")
    page.locator(".jp-NotebookPanel .jp-Notebook").wait_for(timeout=60_000)
    formats, menu = page.locator(".lm-Menu-itemLabel", has_text="Lagebild_"), page.locator(".lm-MenuBar-itemLabel")
    for kind in ("html", "pdf"):
        downloads.clear()
        menu.get_by_text("File", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").click()
        formats.first.wait_for()
        assert formats.all_text_contents() == ["Lagebild_html", "Lagebild_pdf"]
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
