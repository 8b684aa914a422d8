"""The run: notebooks executed in one kernel, the reports exported beside it, all moved into place once it is whole."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from lagebild.core.case import Parameters
from lagebild.core.characters import show
from lagebild.core.paths import NOTEBOOKS, PAPERS, PROJECT, InputError, Paths
from lagebild.core.tables import save
from lagebild.run.steps import STEPS, Step

KERNEL = "python3"


def run_steps(
    editions: Sequence[Paths], steps: Sequence[Step], parameters: Parameters, papers: Sequence[str] = PAPERS[:1]
) -> None:
    """Run steps for editions of one case, each in one language, and export their reports, as PDF on each of `papers`.

    Nothing of what was there before is touched until all is made. Steps that are not localised run once for an edition,
    with its first language. A run that leaves out the first steps starts with the tables and figures built before.

    Raises
    ------
    InputError
        If a notebook stops, with its name and what to do.
    """
    target = editions[0].outputs
    with _stage(target) as staging:
        staged = [replace(paths, output=staging) for paths in editions]
        if steps[0] is not STEPS[0]:
            for before, paths in zip(editions, staged, strict=True):
                _seed(before, paths, steps)
        first = {paths.as_of: paths for paths in reversed(staged)}
        _execute(
            [(step, paths) for paths in staged for step in steps if step.localised or paths is first[paths.as_of]],
            parameters,
            papers,
        )
        if any("events" in step.writes for step in steps):
            note_revisions({paths.as_of: paths for paths in reversed(editions)}, first)
        _move(Path(staging), target, editions[0].case)


def _stage(target: Path) -> tempfile.TemporaryDirectory[str]:
    """Make the folder in which a run is made before it is moved into place."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=".run-", dir=target)
    except OSError as error:
        raise InputError(
            f"The folder {show(str(target))} cannot be written ({error.strerror}): give another one with --output."
        ) from None


def _execute(runs: list[tuple[Step, Paths]], parameters: Parameters, papers: Sequence[str]) -> None:
    """Execute notebooks one after the other in one kernel, whose memory is wiped in between.

    Starting a kernel and importing pandas and plotly is most of the cost of a notebook, so a run pays it once; each
    notebook still starts with an empty namespace, as after a restart.
    """
    from jupyter_client.manager import KernelManager

    # The kernel is talked to over local sockets, not over TCP; on Windows there are none. They lie in a folder of their
    # own: by default they would lie in the working folder, and kernel and client need not have the same.
    sockets = tempfile.TemporaryDirectory(prefix="lagebild-")
    local = {"transport": "ipc", "ip": f"{sockets.name}/kernel"} if os.name == "posix" else {}
    kernel = KernelManager(kernel_name=KERNEL, **local)
    kernel.start_kernel(extra_arguments=["--IPKernelApp.capture_fd_output=False"], cwd=str(PROJECT))
    # Ctrl-C reaches every process of the run: only this one answers it.
    exports = ProcessPoolExecutor(max_workers=2, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    pending = [exports.submit(_warm_up)]
    if any(step.writes != STEPS[-1].writes and step.localised for step, _ in runs):
        _describe(kernel, "import lagebild.charts.render; lagebild.charts.render.start_browser()", wait=False)

    # The kernel and Chromium start while this process loads papermill.
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from tqdm import tqdm

    class SharedKernel(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            PapermillNotebookClient(nb_man, km=kernel, timeout=600, startup_timeout=120).execute()

    papermill_engines.register("shared-kernel", SharedKernel)
    asked: list[int] = []  # a KeyboardInterrupt alone can be lost, if it strikes inside a callback of a library

    def stop(number: int, _: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    usual = signal.signal(signal.SIGINT, stop)
    try:
        for step, paths in tqdm(runs, desc="Lagebild", unit="notebook", disable=None, file=sys.stderr):
            if asked:
                raise KeyboardInterrupt
            _describe(kernel, "get_ipython().reset(new_session=True)")
            _execute_notebook(step, paths, parameters)
            if step is STEPS[-1]:
                kinds = [*(("pdf", paper) for paper in papers), ("html", "")]
                pending += [exports.submit(_export, paths, *kind) for kind in kinds]
        for export in pending:
            export.result()
        if asked:
            raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGINT, usual)
        kernel.shutdown_kernel(now=True)
        exports.shutdown(cancel_futures=True)
        sockets.cleanup()


def _execute_notebook(step: Step, paths: Paths, parameters: Parameters) -> None:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    executed = paths.executed(step.notebook)
    executed.parent.mkdir(parents=True, exist_ok=True)
    given = {
        "case": paths.case,
        "as_of": paths.as_of,
        "language": paths.language,
        **vars(parameters),
        "root": paths.root,
        "output": paths.output,
    }
    try:
        papermill.execute_notebook(
            _as_given(NOTEBOOKS / step.notebook),
            _as_given(executed),
            given,
            engine_name="shared-kernel",
            kernel_name=KERNEL,
            progress_bar=False,
        )
    except PapermillExecutionError as error:
        if error.ename == "InputError":
            raise InputError(f"{step.notebook}: {error.evalue}") from None
        raise InputError(
            f"{step.notebook}, cell {error.exec_count}: {error.ename}: {error.evalue} "
            "(a fault of the program; please report it with the case)."
        ) from None


def _as_given(file: Path) -> str:
    """Return a path as papermill takes it, which fills in parameters between braces."""
    return str(file).replace("{", "{{").replace("}", "}}")


def _warm_up() -> None:
    """Load the exporters while the first notebooks run."""
    import lagebild.report.exporters  # noqa: F401


def _export(paths: Paths, kind: str, paper: str) -> None:
    import nbformat

    from lagebild.report.exporters import export_report

    notebook = nbformat.read(paths.executed(STEPS[-1].notebook), as_version=4)  # type: ignore[no-untyped-call]
    export_report(paths, notebook, kind, paper)


def _describe(kernel: Any, code: str, wait: bool = True) -> None:
    """Run a line in the kernel that belongs to no notebook."""
    client = kernel.blocking_client()
    client.start_channels(stdin=False, hb=False)
    if wait:
        client.wait_for_ready(timeout=120)
        client.execute_interactive(code, silent=True, store_history=False, timeout=120)
    else:
        client.execute(code, silent=True, store_history=False)
    client.stop_channels()


def note_revisions(before: dict[str, Paths], made: dict[str, Paths]) -> None:
    """Write and say how each edition differs from what was built before, which is about to be replaced."""
    from lagebild.analysis.revisions import revise, sum_up  # here: loading it would delay the kernel

    for as_of, paths in made.items():
        revised = sum_up(save(paths, "revisions", revise(before[as_of], paths)))
        if revised:
            click.echo(f"{as_of}: revised {revised}", err=True)


def _seed(before: Paths, paths: Paths, steps: Sequence[Step]) -> None:
    """Copy what the steps that are left out built into the staging folder, so that a run can start in the middle."""
    if before.built.is_dir() and not paths.built.is_dir():
        shutil.copytree(before.built, paths.built)
    families = {name.split("-")[0] for step in STEPS if step not in steps for name in step.writes}
    for figure in sorted(before.figures.glob("*.*")):
        if figure.stem.split("-")[0] in families or figure.stem in families:
            paths.figures.mkdir(parents=True, exist_ok=True)
            shutil.copy(figure, paths.figures)


def _move(staging: Path, target: Path, case: str) -> None:
    """Move finished outputs into place: whole folders of tables and figures, single files of reports."""
    for made in _finished(staging, case):
        place = target / made.relative_to(staging)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            shutil.rmtree(place)
        made.replace(place)


def _finished(staging: Path, case: str) -> Iterator[Path]:
    yield from sorted((staging / "data" / "built" / case).glob("*"))
    yield from sorted((staging / "figures" / case).glob("*.js"))
    yield from sorted((staging / "figures" / case).glob("*/*"))
    yield from sorted((staging / "reports" / case / "runs").glob("*"))
    yield from sorted(file for file in (staging / "reports" / case).glob("*") if file.is_file())
