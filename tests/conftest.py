"""What many tests share: copies of the tiny case, and runs that are made once for all workers of pytest-xdist."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from examples import PROJECT, edition_of, findings_of, write_report_page
from filelock import FileLock
from hostile import poison
from known import EDITIONS, REFERENCE
from lab import find_browser
from lagebild import __main__ as command_line
from lagebild.coder.coder import draft_text
from lagebild.core import case, labels
from lagebild.core.folders import LANGUAGES, Paths, locate
from lagebild.core.labels import Labels
from lagebild.core.reference import Reference, read_reference
from lagebild.report.html_page import write_editions
from lagebild.run.kernels import load_nbformat
from lagebild.run.steps import STEPS
from playwright.sync_api import Browser, sync_playwright
from runs import Call, copy_project, copy_tiny, execute, fingerprint, lagebild

load_nbformat()  # before any module of tests imports papermill
# Many processes import the program, most of them from a copy: it is compiled once for all of one place.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ELSEWHERE = {"shared", "browser"}  # the fixtures that wait for runs, kernels and browsers, and those made from them
QUICK = {"git", "pandoc"}  # programs that answer at once
LONGEST = (  # the files that take longest, as workers begin them: the first make runs that others wait for
    "test_jupyterlab.py",
    "test_display.py",
    "test_installed.py",
    "test_as_of.py",
    "test_run.py",
    "test_notebooks.py",
    "test_steps.py",
    "test_recipes.py",
    "test_fuzz.py",
    "test_reader.py",
    "test_model_case.py",
    "test_lab_review.py",
    "test_lab_audit.py",
    "test_colours.py",
    "test_browser.py",
    "test_exchange.py",
    "test_proposals.py",
    "test_repository.py",
    "test_changes.py",
    "test_html.py",
    "test_timeline.py",
    "test_firmness.py",
    "test_jackknife.py",
    "test_pdf.py",
    "test_hostile_inputs.py",
    "test_decisions.py",
    "test_case_actors.py",
    "test_lab_explore.py",
    "test_charts.py",
    "test_series.py",
    "test_pipeline.py",
    "test_matrices.py",
    "test_review.py",
    "test_schema.py",
    "test_add.py",
    "test_draft.py",
    "test_holdings.py",
    "test_corpus.py",
    "test_parallel.py",
)

Make = Callable[[Path], None]
Shared = Callable[[str, Make], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what waits for another process, which `make check` leaves out; begin with what takes longest.

    A worker is given whole files: their fixtures are made once, and no long one is left for the end.
    """
    for item in items:
        if isinstance(item, pytest.Function) and ELSEWHERE & set(item.fixturenames):
            item.add_marker("slow")
        if os.name != "posix" and item.get_closest_marker("posix"):
            item.add_marker(pytest.mark.skip(reason="the system is no POSIX"))
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives as long as the process: libraries and 5,000 tests; a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Refuse to start another process for a test that is not marked as slow: so `make check` stays quick."""
    if item.get_closest_marker("slow"):
        return (yield)
    start = subprocess.Popen.__init__

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("This test starts another process: mark it with @pytest.mark.slow.")

    def start_quick(process: Any, words: Any, *rest: Any, **more: Any) -> None:
        if Path(words[0]).stem not in QUICK:
            refuse()
        start(process, words, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", start_quick)
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def prepared_once(base: Path) -> Iterator[None]:
    """Draft a text once per process, and prepare what the method knows once, also for copies of its tables.

    Both are pure functions, and most of what it costs to build a case. What was built of one is there for all workers.
    """
    known = fingerprint(REFERENCE.folder)

    def read(paths: Paths, given: Reference | None = None) -> Reference:
        same = paths.reference == REFERENCE.folder or fingerprint(paths.reference) == known
        return read_reference(paths, given or (REFERENCE if same else None))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("lagebild.reader.fusion.draft_text", lru_cache(2**12)(draft_text))
        patched.setattr("lagebild.corpus.inputs.read_reference", read)
        patched.setattr("lagebild.corpus.newcase.read_reference", read)
        patched.setattr("examples.SHARED", [base])
        yield


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test happen on 1 July 2025."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1751371200")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder that holds the tiny case, for `root` of the notebooks and of `Paths`."""
    return copy_tiny(tmp_path)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project with the tiny case."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that calls the command line in this process; `project` is the one that it works on."""

    def main(*words: str, project: Path = PROJECT) -> tuple[int, str, str]:
        monkeypatch.chdir(project)
        monkeypatch.setattr("sys.argv", ["lagebild", *words])
        with pytest.raises(SystemExit) as stopped:
            command_line.main()
            raise SystemExit(0)
        shown = capsys.readouterr()
        return int(stopped.value.code or 0), shown.out, shown.err

    return main


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for what all workers share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def shared(base: Path) -> Shared:
    """Return a function that makes a folder once, also when several workers ask for it, and fails soon if it cannot."""

    def once(name: str, make: Make) -> Path:
        folder, done = base / name, base / f"{name}.done"
        with FileLock(base / f"{name}.lock"):
            if folder.exists() and not done.exists():
                pytest.fail(f"{name} could not be made, see the first test that asked for it")
            if not done.exists():
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def tiny_run(shared: Shared) -> Path:
    """Return a copy of the project with all reports of the tiny case: editions and languages, on A4."""

    def make(folder: Path) -> None:
        done = lagebild("run", "tiny", project=copy_project(folder))
        assert done.returncode == 0, done.stderr

    return shared("tiny-run", make)


@pytest.fixture(scope="session")
def run_again(shared: Shared, tiny_run: Path) -> Path:
    """Return a copy of the tiny run in which one report was spoilt, and made again on both papers from step 04.

    So the tables of earlier steps and the figures of one of them are taken over, and nothing else is (`--force`).
    """

    def make(folder: Path) -> None:
        shutil.copytree(tiny_run, folder, dirs_exist_ok=True)
        paths = Paths("tiny", "2025-06-16", "en", str(folder))
        for made in (paths.report("html"), paths.report("pdf"), paths.executed(STEPS[-1].notebook)):
            made.write_bytes(b"spoilt")
        words = ("--as-of", "2025-06-16", "--language", "en", "--from", "04", "--paper", "all", "--force")
        done = lagebild("run", "tiny", *words, project=folder)
        assert done.returncode == 0, done.stderr

    return shared("run-again", make)


@pytest.fixture(scope="session")
def real_tables(shared: Shared) -> Path:
    """Return a folder with the tables of every edition of the real case, built from today's data."""

    def make(folder: Path) -> None:
        for edition in case.read_case_file(locate("russia-iran", "2025-06-16")).editions:
            edition_of(locate("russia-iran", edition, output=str(folder)))

    return shared("real-tables", make)


@pytest.fixture(scope="session")
def real_pages(shared: Shared, real_tables: Path) -> Path:
    """Return a folder with the reports of the real case: its HTML as it is made today, beside the PDFs as committed."""

    def make(folder: Path) -> None:
        committed = locate("russia-iran", EDITIONS[0]).reports
        shutil.copytree(committed, folder / "reports" / "russia-iran")
        for edition in EDITIONS:
            for language in LANGUAGES:
                write_report_page(Paths("russia-iran", edition, language, output=str(folder)), real_tables)
        write_editions(Paths("russia-iran", EDITIONS[0], output=str(folder)))

    return shared("real-pages", make)


@pytest.fixture(scope="session")
def poisoned(shared: Shared) -> Paths:
    """Return a run of one edition in one language, in which texts and names try to get out of their place.

    What the run printed lies beside its outputs, in `out.txt` and `err.txt`.
    """

    def make(folder: Path) -> None:
        project = copy_project(folder / "project")
        poison(project)
        narrowed = ("--as-of", "2025-06-16", "--language", "en", "--since", "2025-01-16", "--output", "elsewhere")
        done = lagebild("run", "tiny", *narrowed, project=project)
        assert done.returncode == 0, done.stderr
        (folder / "out.txt").write_text(done.stdout, encoding="utf-8")
        (folder / "err.txt").write_text(done.stderr, encoding="utf-8")

    project = shared("poisoned", make) / "project"
    return Paths("tiny", "2025-06-16", "en", str(project), str(project / "elsewhere"))


@pytest.fixture(scope="session")
def by_papermill(shared: Shared) -> Path:
    """Return a folder in which stock papermill ran the notebooks on the tiny case, one after the other."""

    def make(folder: Path) -> None:
        copy_tiny(folder)
        (folder / "executed").mkdir()
        for step in STEPS:
            execute(step.notebook, folder, folder / "executed")

    return shared("by-papermill", make)


@pytest.fixture(params=["de", "en"])
def words(request: pytest.FixtureRequest) -> Labels:
    """Return the labels of each language."""
    return labels.read_labels(REFERENCE, request.param)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium of the system."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def real() -> dict[str, dict[str, pd.DataFrame]]:
    """Return the tables of each edition of the real case."""
    return {edition: findings_of(locate("russia-iran", edition)) for edition in EDITIONS}
