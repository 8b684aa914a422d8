"""The run: each step taken from before or made by a worker, side by side, and all moved into place once it is whole."""

from __future__ import annotations

import filecmp
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from lagebild.core.case import Parameters
from lagebild.core.characters import spell
from lagebild.core.paths import PAPERS, Paths
from lagebild.core.schema import REVISED, TABLES
from lagebild.run.kept import Kept
from lagebild.run.parts import Asked, Part, list_parts
from lagebild.run.pool import Workers, count_cores, wait_for
from lagebild.run.reads import Digests, Reads
from lagebild.run.staging import move, seed, stage
from lagebild.run.steps import STEPS, Step

REVISIONS = TABLES["revisions"].file
SIDE_BY_SIDE = 2  # workers that one report can use: its timeline and its relations do not wait for each other
CLOSING = "lagebild.run.closing"
NAMED = 4  # parts of a run of which a line says why they are made again


def run_steps(
    editions: Sequence[Paths],
    steps: Sequence[Step],
    parameters: Parameters,
    papers: Sequence[str] = PAPERS[:1],
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
    with stage(given.outputs, given.case) as staging, Workers(number, given.home) as crew:
        staged = [replace(paths, output=str(staging)) for paths in editions]
        if steps[0] is not STEPS[0]:
            for before, paths in zip(editions, staged, strict=True):
                seed(before, paths, steps)
        run = _Run(Asked(given, parameters, tuple(papers), force), staging, list_parts(staged, steps))
        try:
            run.make(crew, quiet)
        finally:
            run.forget_changed()
        first = {paths.as_of: paths for paths in reversed(staged)}
        says = list(_revise({paths.as_of: paths for paths in reversed(editions)}, first, crew))
        with _heed_interrupts(at_once=False):
            move(staging, given.outputs, given.case)
        if run.remade or not (given.reports / "index.html").is_file():
            crew.ask("lagebild.report.editions:write_editions", given)
        says += run.sum_up()
        if any("suggestions" in part.step.writes for part in run.remade if part.step):
            says.append(crew.ask(f"{CLOSING}:name_missing", max(editions, key=lambda paths: paths.as_of)))
    for line in () if quiet else filter(None, says):
        click.echo(spell(line, 300), err=True)
    return [given.outputs / file.relative_to(staging) for file in run.reports]


def _revise(before: dict[str, Paths], made: dict[str, Paths], crew: Workers) -> Iterator[str]:
    """Note and say how each edition differs from before; if it does not, what was noted when it last did stays."""
    for as_of, paths in made.items():
        earlier = before[as_of].built
        compared = (TABLES[name].file for name in REVISED)
        same = all(_is_same(earlier / file, paths.built / file) for file in compared)
        if same and (earlier / REVISIONS).is_file():
            shutil.copy(earlier / REVISIONS, paths.built)
        elif revised := crew.ask(f"{CLOSING}:note_revisions", before[as_of], paths):
            yield f"{as_of}: revised {revised}"


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and filecmp.cmp(one, other, shallow=False)


class _Run:
    """The parts of a run under way, each as soon as those before it are there."""

    def __init__(self, asked: Asked, staging: Path, parts: list[Part]) -> None:
        self.asked, self.staging, self.parts = asked, staging, parts
        self.kept, self.reads = Kept(asked.given.steps), Reads(asked.given)
        _ = self.reads.program  # digested before workers load it
        self.keyed: dict[Part, Digests] = {}
        self.made: dict[str, list[Path]] = {}
        self.remade: dict[Part, list[str]] = {}  # and what each reads that it did not read before

    @property
    def reports(self) -> list[Path]:
        """The files of the reports, in the order of the parts."""
        return [file for part in self.parts if not part.step for file in self.made[part.name]]

    def make(self, crew: Workers, quiet: bool) -> None:
        """Take every part, or let a worker make it."""
        from tqdm import tqdm

        under_way: dict[Future[list[Path]], Part] = {}
        waiting = list(self.parts)
        with (
            _heed_interrupts() as heed,
            tqdm(total=len(waiting), desc="Lagebild", unit="part", disable=quiet or None, file=sys.stderr) as progress,
        ):
            while waiting or under_way:
                heed()
                for part in [part for part in waiting if self.made.keys() >= set(part.after)]:
                    waiting.remove(part)
                    reads = self.asked.read(part, self.reads)
                    taken = [] if self.asked.force else self.kept.take(part.name, reads, self.staging)
                    if taken:
                        self.made[part.name] = taken
                        progress.update()
                        break  # what waited for it may be there, too
                    self.remade[part], self.keyed[part] = self.kept.explain(part.name, reads), reads
                    under_way[crew.submit(self.asked.make, part, reads, self.staging)] = part
                else:
                    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                        self.made[under_way.pop(future).name] = wait_for(future)
                        progress.update()

    def forget_changed(self) -> None:
        """Forget what was made while something that it read was being changed: nobody knows what it rests on."""
        fresh = Reads(self.asked.given)
        for part, read in self.keyed.items():
            if self.asked.read(part, fresh) != read:
                self.kept.drop(part.name, read)

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
    asked: list[int] = []

    def stop(number: int, _: object) -> None:
        asked.append(number)
        if at_once:
            raise KeyboardInterrupt

    def heed() -> None:
        if asked:
            raise KeyboardInterrupt

    usual = signal.signal(signal.SIGINT, stop)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, usual)
    heed()
