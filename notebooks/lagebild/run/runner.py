"""The run: each step taken from before or made by a worker, side by side, and all moved into place once it is whole."""

from __future__ import annotations

import errno
import filecmp
import logging
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from filelock import FileLock, Timeout

from lagebild.core import (
    LANGUAGES,
    TABLES,
    InputError,
    Parameters,
    Paths,
    disk,
    folders as places,
    make_printable,
    schema,
    show,
)
from lagebild.run.kernels import Workers, wait_for
from lagebild.run.options import announce, count_cores, forecast_run, show_progress
from lagebild.run.step_cache import Digests, Reads, StepCache, digest
from lagebild.run.steps import STEPS, Step, choose_parameters

LOGGER = logging.getLogger(__name__)

# --- The Parts of a Run ---
# A part is a notebook for an edition and language, or the export of its report.

REPORTS = "reports"
WAITS_FOR = {"02": ("01",), "03": ("02",), "04": ("02",), "05": ("03", "04")}  # steps, by the tables that they read


@dataclass(frozen=True)
class RunPart:
    """One part of a run: a step, or the export of the report if there is none; `after` names the parts before it."""

    name: str
    step: Step | None
    paths: Paths
    after: tuple[str, ...] = ()


def list_parts(staged: Sequence[Paths], steps: Sequence[Step]) -> list[RunPart]:
    """Return the parts of a run in an order in which they can be made.

    A step that is not localised is there once for an edition, in its first language.
    """
    first = {paths.as_of: paths for paths in reversed(staged)}
    parts: list[RunPart] = []
    for paths in staged:
        here = {step.name: paths if step.localised else first[paths.as_of] for step in steps}
        for step in steps:
            if here[step.name] is not paths:
                continue
            after = (_name(here[name], name) for name in WAITS_FOR.get(step.name, ()) if name in here)
            parts.append(RunPart(_name(paths, step.name), step, paths, tuple(after)))
        parts.append(RunPart(_name(paths, REPORTS), None, paths, (_name(paths, STEPS[-1].name),)))
    return parts


def _name(paths: Paths, step: str) -> str:
    return f"{paths.as_of}-{paths.language}-{step}"


@dataclass(frozen=True)
class RunRequest:
    """What a run was asked for: where, with which parameters, on which papers."""

    given: Paths
    parameters: Parameters
    papers: tuple[str, ...]
    force: bool = False

    def read(self, part: RunPart, reads: Reads) -> Digests:
        """Return what a part reads."""
        if part.step is None:
            return reads.of_reports(part.paths.executed(STEPS[-1].notebook), self.papers)
        as_given = replace(part.paths, output=self.given.output)
        return reads.of_step(part.step, part.paths, choose_parameters(part.step, as_given, self.parameters))

    def make(self, part: RunPart, read: Digests, staging: Path) -> list[Path]:
        """Make a part in a worker, keep it for the runs to come, and return its files."""
        files = self._execute(part.step, part.paths) if part.step else self._export(part.paths, read)
        StepCache(self.given.steps).store(part.name, read, files, staging)
        return files

    def _execute(self, step: Step, paths: Paths) -> list[Path]:
        from lagebild.run.executed import execute_notebook
        from lagebild.run.kernels import prepare_kernel  # here: whoever takes everything needs no worker

        prepare_kernel()
        execute_notebook(step, paths, self.parameters, self.given.output)
        return list_written(step, paths)

    def _export(self, paths: Paths, read: Digests) -> list[Path]:
        import nbformat

        from lagebild.report import export_reports

        notebook = nbformat.read(paths.executed(STEPS[-1].notebook), as_version=4)  # type: ignore[no-untyped-call]
        return export_reports(paths, notebook, self.papers, partial(self._remember, paths, read))

    def _remember(self, paths: Paths, report: Digests, given: str, make: Callable[[], bytes]) -> bytes:
        """Return an annex as Typst set it when it was given the same, or make it and keep it."""
        kept, name = StepCache(self.given.steps), _name(paths, "annex")
        read = {"given": digest(given), "program": report["program"], "libraries": report["libraries"]}
        with TemporaryDirectory() as folder:
            if not self.force and (taken := kept.restore(name, read, Path(folder))):
                return taken[0].read_bytes()
            file, made = Path(folder) / "annex", make()
            disk.write_bytes(file, made)
            kept.store(name, read, [file], Path(folder))
        return made


def list_written(step: Step, paths: Paths) -> list[Path]:
    """Return the files that a step has written: its executed notebook, tables, figures, files for other programs."""
    files = [paths.executed(step.notebook)]
    files += [paths.built / TABLES[name].file for name in step.writes if name in TABLES]
    drawn = {name.split("-")[0] for name in step.writes if name not in TABLES}
    files += [file for file in sorted(paths.figures.glob("*.*")) if file.stem.split("-")[0] in drawn]
    if "exchange" in step.writes:
        other_timelines = {f"timeline-{language}.json" for language in LANGUAGES if language != paths.language}
        left = (*sorted((paths.built / "exchange").glob("*")), paths.built / "datapackage.json")
        files += [file for file in left if file.name not in other_timelines and file.name[0] != "."]  # half-written
    return files


# --- The Staging Folder ---
# A run is made in it and moves into place from it; it is locked meanwhile, and cleared if the run was killed.

PREFIX = ".run-"
REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EXDEV)


@contextmanager
def stage(target: Path, case: str) -> Iterator[Path]:
    """Give a run an empty folder beside its outputs, which is gone when it ends.

    Another run of the case into the same outputs waits, and says so: the two would replace each other's files, and
    whoever starts a second one wants its result, not an error. Runs of other cases do not meet.

    Raises
    ------
    InputError
        If `target` cannot be written.
    """
    staging = target / f"{PREFIX}{case}"
    lock = FileLock(_lock_of(staging))
    try:
        target.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            click.echo(f"Another run of {case} is at work in {show(str(target))}: waiting until it is done.", err=True)
            lock.acquire()
    except OSError as error:
        raise _refuse(target, error) from None
    try:
        _remove_leftovers(target, staging)
        staging.mkdir()
        yield staging
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        raise _refuse(target, error) from None
    finally:
        _discard(staging, lock)


def _refuse(target: Path, error: OSError) -> InputError:
    return InputError(
        f"The folder {show(str(target))} cannot be written ({error.strerror}): give another one with --output."
    )


def seed(before: Paths, paths: Paths, steps: Sequence[Step]) -> None:
    """Copy what the steps that are left out built into the staging folder, so that a run can start in the middle."""
    if before.built.is_dir() and not paths.built.is_dir():
        shutil.copytree(before.built, paths.built)
    again = {name.split("-")[0] for step in steps for name in step.writes}
    for figure in sorted(before.figures.glob("*.*")):
        if figure.stem.split("-")[0] not in again:
            paths.figures.mkdir(parents=True, exist_ok=True)
            shutil.copy(figure, paths.figures)


def move(staging: Path, target: Path, case: str) -> None:
    """Move finished outputs into place: whole folders of tables and figures, single files of reports.

    A folder that is replaced is moved aside first, not deleted: a run that is killed leaves the old one or the new one.
    """
    tables, figures, reports = (staging / part / case for part in ("data/built", "figures", "reports"))
    folders = [*tables.glob("*"), *figures.glob("*/*"), *(reports / "runs").glob("*")]
    files = [*figures.glob("*.js"), *(file for file in reports.glob("*") if file.is_file())]
    for made in (*sorted(folders), *sorted(files)):
        place = target / made.relative_to(staging)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            place.rename(Path(tempfile.mkdtemp(dir=staging)) / place.name)
        made.replace(place)


def _lock_of(staging: Path) -> Path:
    return staging.with_name(f"{staging.name}.lock")


def _remove_leftovers(target: Path, own: Path) -> None:
    """Remove what killed runs left behind: no other process holds the lock of such a folder."""
    shutil.rmtree(own, ignore_errors=True)
    for staging in sorted({found.with_suffix("") for found in target.glob(f"{PREFIX}*")} - {own}):
        lock = FileLock(_lock_of(staging))
        with suppress(OSError):  # among them a Timeout: that run is alive
            lock.acquire(blocking=False)
            _discard(staging, lock)


def _discard(staging: Path, lock: FileLock) -> None:
    """Remove a folder and its lock, which is held meanwhile: who waits for it sees that, and makes it anew."""
    shutil.rmtree(staging, ignore_errors=True)
    with suppress(OSError):  # Windows deletes no open file; there the library does it
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


# --- The Run ---

REVISIONS = TABLES["revisions"].file
SIDE_BY_SIDE = 2  # workers that one report can use: its timeline and its relations do not wait for each other
CLOSING = "lagebild.run.pipeline"
NAMED = 4  # parts of a run of which a line says why they are made again


def run_steps(
    editions: Sequence[Paths],
    steps: Sequence[Step],
    parameters: Parameters,
    papers: Sequence[str] = places.PAPERS[:1],
    quiet: bool = False,
    *,
    workers: int = 0,
    force: bool = False,
) -> list[Path]:
    """Run steps for editions of one case, each in one language; export their reports, and return their files.

    A PDF is made on each of `papers`; a `quiet` run shows no progress, and nothing that is not wrong. There are as many
    `workers` as processors, unless a number is given; `force` makes also what has not changed.

    Nothing of what was there before is touched until all is made. Steps that are not localised run once for an edition,
    with its first language. A run that leaves out the first steps starts with the tables and figures built before.

    Raises
    ------
    InputError
        If a notebook stops, with its name and what to do.
    """
    given = editions[0]
    number = min(workers or count_cores(), SIDE_BY_SIDE * len(editions))
    with stage(given.outputs, given.case) as staging, Workers(number, given.home) as pool:
        staged = [replace(paths, output=str(staging)) for paths in editions]
        if steps[0] is not STEPS[0]:
            for before, paths in zip(editions, staged, strict=True):
                seed(before, paths, steps)
        run = _Run(RunRequest(given, parameters, tuple(papers), force), staging, list_parts(staged, steps))
        try:
            run.make(pool, number, quiet)
        finally:
            run.forget_changed()
        first = {paths.as_of: paths for paths in reversed(staged)}
        messages = list(_revise({paths.as_of: paths for paths in reversed(editions)}, first, pool))
        with _heed_interrupts(at_once=False):
            move(staging, given.outputs, given.case)
        if run.remade or not (given.reports / "index.html").is_file():
            pool.ask("lagebild.report.html_page:write_editions", given)
        messages += run.sum_up()
        if any("suggestions" in part.step.writes for part in run.remade if part.step):
            last = max(editions, key=lambda paths: paths.as_of)
            messages += [pool.ask(f"{CLOSING}:{name}", last) for name in ("count_reports", "name_missing")]
    for line in () if quiet else filter(None, messages):
        click.echo(make_printable(line, 300), err=True)
    return [given.outputs / file.relative_to(staging) for file in run.reports]


def _revise(before: dict[str, Paths], made: dict[str, Paths], pool: Workers) -> Iterator[str]:
    """Note and say how each edition differs from before; if it does not, what was noted when it last did stays."""
    for as_of, paths in made.items():
        earlier, compared = before[as_of].built, [TABLES[name].file for name in schema.REVISED]
        _, differing, missing = filecmp.cmpfiles(earlier, paths.built, compared, shallow=False)
        if not (differing or missing) and (earlier / REVISIONS).is_file():
            shutil.copy(earlier / REVISIONS, paths.built)
        elif revised := pool.ask(f"{CLOSING}:note_revisions", before[as_of], paths):
            yield f"{as_of}: revised {revised}"


class _Run:
    """The parts of a run under way, each as soon as those before it are there."""

    def __init__(self, request: RunRequest, staging: Path, parts: list[RunPart]) -> None:
        self.request, self.staging, self.parts = request, staging, parts
        self.kept, self.reads = StepCache(request.given.steps), Reads(request.given)
        _ = self.reads.program  # digested before workers load it
        self.keyed: dict[RunPart, Digests] = {}
        self.made: dict[str, list[Path]] = {}
        self.remade: dict[RunPart, list[str]] = {}  # and what each reads that it did not read before

    @property
    def reports(self) -> list[Path]:
        """The files of the reports, in the order of the parts."""
        return [file for part in self.parts if not part.step for file in self.made[part.name]]

    def make(self, pool: Workers, workers: int, quiet: bool) -> None:
        """Take every part, or let a worker make it."""
        under_way: dict[Future[list[Path]], RunPart] = {}
        waiting = list(self.parts)
        with (
            _heed_interrupts() as raise_interrupt,
            show_progress(len(waiting), "Lagebild", "part", quiet) as tell,
        ):
            while waiting or under_way:
                raise_interrupt()
                for part in [part for part in waiting if self.made.keys() >= set(part.after)]:
                    waiting.remove(part)
                    reads = self.request.read(part, self.reads)
                    taken = [] if self.request.force else self.kept.restore(part.name, reads, self.staging)
                    if taken:
                        LOGGER.debug("%s is taken as it was made before", part.name)
                        self.made[part.name] = taken
                        tell(1)
                        break  # what waited for it may be there, too
                    if not self.remade:
                        left = [each.step for each in (part, *waiting)]
                        announce(forecast_run(self.request.given, left, workers), quiet)
                    self.remade[part], self.keyed[part] = self.kept.explain(part.name, reads), reads
                    LOGGER.debug("%s is made, for what changed: %s", part.name, self.remade[part] or "all is new")
                    under_way[pool.submit(self.request.make, part, reads, self.staging)] = part
                else:
                    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                        self.made[under_way.pop(future).name] = wait_for(future)
                        tell(1)

    def forget_changed(self) -> None:
        """Forget what was made while something that it read was being changed: nobody knows what it rests on."""
        fresh = Reads(self.request.given)
        for part, read in self.keyed.items():
            if self.request.read(part, fresh) != read:
                self.kept.discard(part.name, read)

    def sum_up(self) -> Iterator[str]:
        """Say what was taken from before, and why the rest was not; nothing of a run that made everything."""
        taken = len(self.parts) - len(self.remade)
        if taken == len(self.parts):
            yield f"Nothing has changed: all {taken} parts are as before (--force makes them anew)."
        elif taken:
            named = [f"{part.name} ({', '.join(why)})" if why else part.name for part, why in self.remade.items()]
            more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
            yield f"{taken} of {len(self.parts)} parts are as before; made: {', '.join(named[:NAMED])}{more}."


@contextmanager
def _heed_interrupts(at_once: bool = True) -> Iterator[Callable[[], None]]:
    """Give a function that stops the run if the user has asked for it; at the end it is stopped in any case.

    A KeyboardInterrupt alone can be lost, if it strikes inside a callback of a library. What must not be left half-done
    is not interrupted `at_once`.
    """
    interrupts: list[int] = []

    def stop(number: int, _: object) -> None:
        interrupts.append(number)
        if at_once:
            raise KeyboardInterrupt

    def raise_interrupt() -> None:
        if interrupts:
            raise KeyboardInterrupt

    usual = signal.signal(signal.SIGINT, stop)
    try:
        yield raise_interrupt
    finally:
        signal.signal(signal.SIGINT, usual)
    raise_interrupt()
