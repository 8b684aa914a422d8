"""The run: notebooks executed in one kernel, the reports exported beside it, all moved into place once it is whole."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import parent_process
from pathlib import Path

import click

from lagebild.core.case import Parameters
from lagebild.core.characters import spell
from lagebild.core.paths import PAPERS, Paths
from lagebild.core.tables import load, save
from lagebild.run.kernel import share, start_kernel, wipe
from lagebild.run.notebooks import load_nbformat
from lagebild.run.staging import move, seed, stage
from lagebild.run.steps import STEPS, Step
from lagebild.run.trail import execute_notebook


def run_steps(
    editions: Sequence[Paths],
    steps: Sequence[Step],
    parameters: Parameters,
    papers: Sequence[str] = PAPERS[:1],
    quiet: bool = False,
) -> list[Path]:
    """Run steps for editions of one case, each in one language; export their reports, and return their files.

    A PDF is made on each of `papers`; a `quiet` run shows no progress, and nothing that is not wrong.

    Nothing of what was there before is touched until all is made. Steps that are not localised run once for an edition,
    with its first language. A run that leaves out the first steps starts with the tables and figures built before.

    Raises
    ------
    InputError
        If a notebook stops, with its name and what to do.
    """
    given = editions[0]
    with stage(given.outputs, given.case) as staging:
        staged = [replace(paths, output=str(staging)) for paths in editions]
        if steps[0] is not STEPS[0]:
            for before, paths in zip(editions, staged, strict=True):
                seed(before, paths, steps)
        first = {paths.as_of: paths for paths in reversed(staged)}
        made = _execute(
            [(step, paths) for paths in staged for step in steps if step.localised or paths is first[paths.as_of]],
            parameters,
            papers,
            given,
            quiet,
        )
        if any("events" in step.writes for step in steps):
            note_revisions({paths.as_of: paths for paths in reversed(editions)}, first, quiet)
        move(staging, given.outputs, given.case)
        list_reports(given)
    if not quiet and any("suggestions" in step.writes for step in steps):
        tell_suggestions(max(editions, key=lambda paths: paths.as_of))
    return [given.outputs / file.relative_to(staging) for file in made]


def _execute(
    runs: list[tuple[Step, Paths]], parameters: Parameters, papers: Sequence[str], given: Paths, quiet: bool
) -> list[Path]:
    """Execute notebooks one after the other, export each report while the next ones run, and return its files."""
    with start_kernel(given.home) as kernel, _start_exporters() as exporters, _heed_interrupts() as heed:
        exporters.submit(_warm_up)
        share(kernel)  # the kernel starts while this process loads papermill
        from tqdm import tqdm

        exports: list[Future[list[Path]]] = []
        total = len(runs) + sum(step is STEPS[-1] for step, _ in runs)
        with tqdm(total=total, desc="Lagebild", unit="part", disable=quiet or None, file=sys.stderr) as progress:
            for step, paths in runs:
                heed()
                wipe(kernel)
                execute_notebook(step, paths, parameters, given.output)
                progress.update()
                if step is STEPS[-1]:
                    exports.append(exporters.submit(_export, paths, papers))
            for export in as_completed(exports):
                export.result()
                progress.update()
        heed()
    return [file for export in exports for file in export.result()]


@contextmanager
def _start_exporters() -> Iterator[ProcessPoolExecutor]:
    exporters = ProcessPoolExecutor(max_workers=2, initializer=_follow_parent)
    try:
        yield exporters
    finally:
        exporters.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """Leave Ctrl-C, which reaches every process of the run, to the parent; and end with it.

    The workers of a pool wait for ever for a parent that was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _heed_interrupts() -> Iterator[Callable[[], None]]:
    """Give a function that stops the run if the user has asked for it.

    A KeyboardInterrupt alone can be lost, if it strikes inside a callback of a library.
    """
    asked: list[int] = []

    def stop(number: int, _: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    def heed() -> None:
        if asked:
            raise KeyboardInterrupt

    usual = signal.signal(signal.SIGINT, stop)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, usual)


def _warm_up() -> None:
    """Load the exporters while the first notebooks run."""
    load_nbformat()
    import lagebild.report.exporters  # noqa: F401


def _export(paths: Paths, papers: Sequence[str]) -> list[Path]:
    load_nbformat()
    import nbformat

    from lagebild.report.exporters import export_reports

    notebook = nbformat.read(paths.executed(STEPS[-1].notebook), as_version=4)  # type: ignore[no-untyped-call]
    return export_reports(paths, notebook, papers)


def list_reports(paths: Paths) -> None:
    """Write the page that lists the reports of a case: also those that this run did not make."""
    from lagebild.report.editions import write_editions  # here: loading it would delay the kernel

    write_editions(paths)


def note_revisions(before: dict[str, Paths], made: dict[str, Paths], quiet: bool = False) -> None:
    """Write and say how each edition differs from what was built before, which is about to be replaced."""
    from lagebild.analysis.revisions import revise, sum_up  # here: loading it would delay the kernel

    for as_of, paths in made.items():
        revised = sum_up(save(paths, "revisions", revise(before[as_of], paths)))
        if revised and not quiet:
            click.echo(f"{as_of}: revised {revised}", err=True)


def tell_suggestions(paths: Paths) -> None:
    """Say who acts often in an edition of a drafted case and is nobody's."""
    from lagebild.dataset.suggestions import sum_up  # here: loading it would delay the kernel

    if line := sum_up(load(paths, name := "suggestions"), paths.case, os.path.relpath(paths.built / f"{name}.csv")):
        click.echo(spell(line), err=True)
