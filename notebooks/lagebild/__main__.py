"""The command line: `python -m lagebild run CASE` and its companions."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click

from lagebild.case import read_case_file
from lagebild.dates import day
from lagebild.paths import LANGUAGES, NOTEBOOKS, PROJECT, Fault, Paths, locate
from lagebild.schema import dictionary
from lagebild.steps import STEPS, Step, steps_from

LOCAL_KERNEL = {"transport": "ipc"}  # kernels of a run are talked to over local sockets, not over TCP


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Turn news texts into a situation report that a reader can audit."""


@cli.command()
@click.argument("case")
@click.option("--as-of", default="", help="Last day of knowledge, YYYY-MM-DD; without it, every edition of the case.")
@click.option("--since", default="", help="Leave out events that ended before this day, YYYY-MM-DD.")
@click.option("--language", default="all", help="de, en or all.")
@click.option(
    "--from", "start", default="", metavar="STEP", help="Start at a step, such as 03, with the tables built before."
)
@click.option("--output", default="", help="Folder for data/built, figures and reports; without it, the project.")
def run(case: str, as_of: str, since: str, language: str, start: str, output: str) -> None:
    """Run the notebooks of CASE and export its reports."""
    languages = LANGUAGES if language == "all" else (language,)
    first = locate(case, as_of or "1980-01-01", languages[0])
    editions = (as_of,) if as_of else read_case_file(first).editions
    since, steps = day(since, "since"), steps_from(start)
    target = Path(output).absolute() if output else PROJECT
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".run-", dir=target) as staging:
        runs = [
            (step, locate(case, edition, spoken, output=staging))
            for edition in editions
            for spoken in languages
            for step in steps
            if step.localised or spoken == languages[0]
        ]
        if start:
            for _, paths in runs:
                _seed(paths, target)
        _execute(runs, since)
        _move(Path(staging), target, case)
    for edition in editions:
        for spoken in languages:
            for kind in ("html", "pdf"):
                click.echo(os.path.relpath(locate(case, edition, spoken, output=str(target)).report(kind)))


@cli.command()
@click.argument("case")
def check(case: str) -> None:
    """Check every table, id, evidence span and report of CASE; name each fault by file and row."""
    from lagebild import audit

    found = 0
    for line in audit.audit(locate(case, "1980-01-01")):
        found += line.is_fault
        click.echo(line.text, err=line.is_fault)
    if found:
        raise Fault(f"{found} faults in the case {case}.")


@cli.command(name="dictionary")
def print_dictionary() -> None:
    """Print the data dictionary, data/README.md."""
    click.echo(dictionary(), nl=False)


def _execute(runs: list[tuple[Step, Paths]], since: str) -> None:
    """Execute notebooks one after the other in one kernel, whose memory is wiped in between.

    Starting a kernel and importing pandas and plotly is most of the cost of a notebook, so a run pays it once; each notebook
    still starts with an empty namespace, as after a restart.
    """
    import papermill
    from jupyter_client.manager import KernelManager
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from tqdm import tqdm

    # On Windows there are no local sockets for kernels.
    kernel = KernelManager(kernel_name="python3", **(LOCAL_KERNEL if os.name == "posix" else {}))

    class SharedKernel(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            PapermillNotebookClient(nb_man, km=kernel, timeout=600, startup_timeout=120).execute()

    papermill_engines.register("shared-kernel", SharedKernel)
    exports = ProcessPoolExecutor(max_workers=2)
    pending = [exports.submit(_warm_up)]
    kernel.start_kernel(extra_arguments=["--IPKernelApp.capture_fd_output=False"], cwd=str(PROJECT))
    try:
        for step, paths in tqdm(runs, desc="Lagebild", unit="notebook", disable=None, file=sys.stderr):
            parameters = {
                "case": paths.case,
                "as_of": paths.as_of,
                "language": paths.language,
                "since": since,
                "root": "",
                "output": paths.output,
            }
            executed = paths.executed(step.notebook)
            executed.parent.mkdir(parents=True, exist_ok=True)
            _wipe(kernel)
            try:
                papermill.execute_notebook(
                    NOTEBOOKS / step.notebook,
                    executed,
                    parameters,
                    engine_name="shared-kernel",
                    kernel_name="python3",
                    progress_bar=False,
                )
            except PapermillExecutionError as error:
                raise Fault(
                    f"{step.notebook}: {error.evalue}" if error.ename == "Fault" else _unexpected(step, error)
                ) from None
            if step is STEPS[-1]:
                pending += [exports.submit(_export, paths, kind) for kind in ("pdf", "html")]
        for export in pending:
            export.result()
    finally:
        kernel.shutdown_kernel(now=True)
        exports.shutdown(cancel_futures=True)


def _warm_up() -> None:
    """Load the exporters while the first notebooks run."""
    import lagebild.export  # noqa: F401


def _export(paths: Paths, kind: str) -> None:
    import nbformat

    from lagebild.export import export_report

    export_report(paths, nbformat.read(paths.executed(STEPS[-1].notebook), as_version=4), kind)


def _wipe(kernel: Any) -> None:
    client = kernel.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    client.execute_interactive("get_ipython().reset(new_session=True)", silent=True, store_history=False, timeout=60)
    client.stop_channels()


def _unexpected(step: Step, error: Any) -> str:
    return (
        f"{step.notebook}, cell {error.exec_count}: {error.ename}: {error.evalue} "
        "(a fault of the program; please report it with the case)."
    )


def _seed(paths: Paths, target: Path) -> None:
    """Copy what earlier steps built into the staging folder, so that a run can start in the middle."""
    before = Paths(paths.case, paths.as_of, paths.language, output=str(target))
    for old, new in ((before.built, paths.built), (before.figures, paths.figures)):
        if old.is_dir() and not new.is_dir():
            shutil.copytree(old, new)


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


def main() -> None:
    """Run the command line; a fault is one line on standard error and exit code 1."""
    try:
        cli(standalone_mode=False)
    except Fault as fault:
        sys.exit(f"lagebild: {fault}")
    except click.ClickException as error:
        sys.exit(f"lagebild: {error.format_message()}")
    except (click.Abort, KeyboardInterrupt):
        sys.exit("lagebild: stopped; earlier outputs are as they were.")


if __name__ == "__main__":
    main()
