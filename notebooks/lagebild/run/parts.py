"""The parts of a run: a notebook for an edition and language, or the export of its report, and what it waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from lagebild.core.case import Parameters
from lagebild.core.files import write_bytes
from lagebild.core.paths import LANGUAGES, Paths
from lagebild.core.schema import TABLES
from lagebild.run.kept import Kept
from lagebild.run.reads import Digests, Reads, digest
from lagebild.run.steps import STEPS, Step, choose_parameters

REPORTS = "reports"
WAITS_FOR = {"02": ("01",), "03": ("02",), "04": ("02",), "05": ("03", "04")}  # steps, by the tables that they read


@dataclass(frozen=True)
class Part:
    """One part of a run: a step, or the export of the report if there is none; `after` names the parts before it."""

    name: str
    step: Step | None
    paths: Paths
    after: tuple[str, ...] = ()


def list_parts(staged: Sequence[Paths], steps: Sequence[Step]) -> list[Part]:
    """Return the parts of a run in an order in which they can be made.

    A step that is not localised is there once for an edition, in its first language.
    """
    first = {paths.as_of: paths for paths in reversed(staged)}
    parts: list[Part] = []
    for paths in staged:
        here = {step.name: paths if step.localised else first[paths.as_of] for step in steps}
        for step in steps:
            if here[step.name] is not paths:
                continue
            after = (_name(here[name], name) for name in WAITS_FOR.get(step.name, ()) if name in here)
            parts.append(Part(_name(paths, step.name), step, paths, tuple(after)))
        parts.append(Part(_name(paths, REPORTS), None, paths, (_name(paths, STEPS[-1].name),)))
    return parts


def _name(paths: Paths, step: str) -> str:
    return f"{paths.as_of}-{paths.language}-{step}"


@dataclass(frozen=True)
class Asked:
    """What a run was asked for: where, with which parameters, on which papers."""

    given: Paths
    parameters: Parameters
    papers: tuple[str, ...]
    force: bool = False

    def read(self, part: Part, reads: Reads) -> Digests:
        """Return what a part reads."""
        if part.step is None:
            return reads.of_reports(part.paths.executed(STEPS[-1].notebook), self.papers)
        as_given = replace(part.paths, output=self.given.output)
        return reads.of_step(part.step, part.paths, choose_parameters(part.step, as_given, self.parameters))

    def make(self, part: Part, read: Digests, staging: Path) -> list[Path]:
        """Make a part in a worker, keep it for the runs to come, and return its files."""
        files = self._execute(part.step, part.paths) if part.step else self._export(part.paths, read)
        Kept(self.given.steps).keep(part.name, read, files, staging)
        return files

    def _execute(self, step: Step, paths: Paths) -> list[Path]:
        from lagebild.run.pool import prepare_kernel  # here: whoever takes everything needs no worker
        from lagebild.run.trail import execute_notebook

        prepare_kernel()
        execute_notebook(step, paths, self.parameters, self.given.output)
        return list_written(step, paths)

    def _export(self, paths: Paths, read: Digests) -> list[Path]:
        import nbformat

        from lagebild.report.exporters import export_reports

        notebook = nbformat.read(paths.executed(STEPS[-1].notebook), as_version=4)  # type: ignore[no-untyped-call]
        return export_reports(paths, notebook, self.papers, partial(self._remember, paths, read))

    def _remember(self, paths: Paths, report: Digests, given: str, make: Callable[[], bytes]) -> bytes:
        """Return an annex as Typst set it when it was given the same, or make it and keep it."""
        kept, name = Kept(self.given.steps), _name(paths, "annex")
        read = {"given": digest(given), "program": report["program"], "libraries": report["libraries"]}
        with TemporaryDirectory() as folder:
            if not self.force and (taken := kept.take(name, read, Path(folder))):
                return taken[0].read_bytes()
            file, made = Path(folder) / "annex", make()
            write_bytes(file, made)
            kept.keep(name, read, [file], Path(folder))
        return made


def list_written(step: Step, paths: Paths) -> list[Path]:
    """Return the files that a step has written: its executed notebook, tables, figures, files for other programs."""
    files = [paths.executed(step.notebook)]
    files += [paths.built / TABLES[name].file for name in step.writes if name in TABLES]
    drawn = {name.split("-")[0] for name in step.writes if name not in TABLES}
    figures = [file for file in sorted(paths.figures.glob("*.*")) if file.stem.split("-")[0] in drawn]
    files += [*figures, paths.figures.parents[1] / "plotly.min.js"] if figures else []
    if "exchange" in step.writes:
        others = {f"timeline-{language}.json" for language in LANGUAGES if language != paths.language}
        left = (*sorted((paths.built / "exchange").glob("*")), paths.built / "datapackage.json")
        files += [file for file in left if file.name not in others and not file.name.startswith(".")]  # half-written
    return files
