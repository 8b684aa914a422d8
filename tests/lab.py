"""A real JupyterLab for tests: started on a free port, with an empty home, and its notebooks driven in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from examples import PROJECT
from playwright.sync_api import BrowserContext, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 90_000  # milliseconds


class Lab(NamedTuple):
    """A JupyterLab at work: the folder that it serves, its address, and the context in which its pages are opened."""

    folder: Path
    address: str
    context: BrowserContext

    def open(self, name: str) -> Page:
        """Open a notebook in a page of its own; all pages share what the browser has loaded of JupyterLab."""
        page = self.context.new_page()
        open_notebook(page, self.address, name)
        return page


def find_browser() -> str | None:
    """Return the Chromium of the system."""
    return os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder by JupyterLab, and yield the address."""
    from lagebild.run.workbench import OPTION  # here: it imports all of the server, and most workers serve nothing

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1"]
    command += [OPTION, "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None"]
    home = {"HOME": str(folder / "home"), "JUPYTER_CONFIG_DIR": str(folder / "home" / "config")}
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | home, stdout=log, stderr=log, cwd=folder)
        try:
            for _ in range(PATIENCE // 250):
                try:
                    with urllib.request.urlopen(f"{address}/api", timeout=5):
                        break
                except OSError:
                    time.sleep(0.25)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def place_notebook(name: str, folder: Path, **parameters: str) -> None:
    """Copy a notebook of the project into a folder, with values for its parameters."""
    notebook = json.loads((PROJECT / "notebooks" / name).read_text(encoding="utf-8"))
    (cell,) = [one for one in notebook["cells"] if "parameters" in one["metadata"].get("tags", [])]
    lines = "".join(cell["source"]).splitlines(keepends=True)
    assert set(parameters) <= {line.partition(":")[0] for line in lines}
    cell["source"] = [
        f"{key}: str = {parameters[key]!r}\n" if (key := line.partition(":")[0]) in parameters else line
        for line in lines
    ]
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open a notebook in JupyterLab and wait until its kernel is there."""
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.locator(".jp-NotebookPanel .jp-Notebook").wait_for(timeout=PATIENCE)
    page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=PATIENCE)


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds, however busy the machine is, and let the page go on meanwhile."""
    until = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        page.wait_for_timeout(50)


def run_all(page: Page) -> None:
    """Run all cells of the open notebook by the menu, as its user would."""
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Run", exact=True).click()
    page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()


def kill_kernels(address: str, name: str) -> int:
    """Kill every kernel of a notebook in a JupyterLab as the system would; return how many there were."""
    with urllib.request.urlopen(f"{address}/api/sessions", timeout=10) as answer:
        ids = [session["kernel"]["id"] for session in json.load(answer) if session["path"] == name]
    killed = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().decode(errors="replace")
            except OSError:  # it ended meanwhile
                continue
            if "ipykernel_launcher" in words and any(one in words for one in ids):
                os.kill(int(process.name), 9)
                killed += 1
    return killed
