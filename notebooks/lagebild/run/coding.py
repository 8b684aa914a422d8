"""A corpus: many articles to the parts of their shards, what has been made before taken as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from filelock import FileLock, Timeout
from tqdm import tqdm

from lagebild.core.characters import show
from lagebild.core.files import LOCK
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.holdings import MANIFEST
from lagebild.corpus.stream import Fault, Input, cut_shards, list_inputs
from lagebild.dataset.manifest import (
    hash_program,
    mark_copies,
    name_shard,
    remove_others,
    write_faults,
    write_manifest,
)
from lagebild.dataset.parts import TABLES, Made, read_made
from lagebild.run.cluster import work_on_cluster
from lagebild.run.workers import TRIES, Job, Task, work_here, work_in_processes

LOST = "shard {} of {} rows from here on ended its worker {} times and was left out; look for what is no text in it."


@dataclass(frozen=True)
class Coded:
    """What a corpus holds now: its counts, the shards that were made for it, and those that were left out."""

    articles: int
    events: int
    copies: int
    faults: int
    made: int
    kept: int
    lost: tuple[str, ...]


def code_corpus(
    names: Sequence[str], folder: Path, reference: Path, workers: int, scheduler: str = "", quiet: bool = False
) -> Coded:
    """Draft the articles of files into the parts of a folder, in so many processes or on a Dask cluster.

    Without `workers` this process does it: it starts sooner, and dies of what would kill a worker.

    Raises
    ------
    InputError
        If a file cannot be used at all, the folder cannot be written, or somebody else writes there.
    """
    inputs = list_inputs(names)
    inside = [one.name for one in inputs if Path(one.name).resolve().is_relative_to(folder.resolve())]
    if inside:
        raise InputError(f"{show(inside[0])} lies in the folder that is written, {show(str(folder))}: name another.")
    try:
        for table in TABLES:
            (folder / table).mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            return _code(inputs, folder.absolute(), reference.absolute(), workers, scheduler, quiet)
    except Timeout:
        raise InputError(f"Another run is writing to {show(str(folder))}: wait for it, or name another.") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"{show(str(folder))} cannot be written ({why}): check rights and free space.") from None


def _code(inputs: Sequence[Input], folder: Path, reference: Path, workers: int, scheduler: str, quiet: bool) -> Coded:
    job, rules = Job(folder, reference), hash_program(Reference(reference))
    total = sum(one.size for one in inputs)
    with tqdm(total=total, desc="Lagebild", unit="B", unit_scale=True, disable=quiet or None, file=sys.stderr) as bar:
        ledger = _Ledger(folder, rules, inputs, bar)
        tasks = ledger.list_tasks()
        if scheduler:
            done = work_on_cluster(tasks, job, scheduler)
        else:
            done = work_in_processes(tasks, job, workers) if workers else work_here(tasks, job)
        with closing(done):  # workers end at once if this process is stopped
            for task, made in done:
                ledger.made += 1
                ledger.note(task, made)
    return ledger.close()


class _Ledger:
    """What is known of the shards of a corpus so far: counts, and the rows that were left out."""

    def __init__(self, folder: Path, rules: str, inputs: Sequence[Input], bar: tqdm[NoReturn]) -> None:
        self.folder, self.rules, self.inputs, self.bar = folder, rules, inputs, bar
        self.shards, self.lost, self.faults = list[str](), list[str](), list[Fault]()
        self.articles = self.events = self.made = 0

    def list_tasks(self) -> Iterator[Task]:
        """Yield the shards that are still to be made, and note the others."""
        for shard in cut_shards(self.inputs, self.faults.append):
            task = Task(name_shard(shard.digest, self.rules), shard)
            if made := read_made(self.folder, task.name):
                self.note(task, made)
            else:
                (self.folder / MANIFEST).unlink(missing_ok=True)  # from here on, the folder is not whole
                yield task

    def note(self, task: Task, made: Made | None) -> None:
        """Note what came of a shard; None: it ended its worker too often."""
        places = task.shard.places
        if made is None:
            self.lost.append(task.name)
            self.faults.append(Fault(*places[0], LOST.format(task.name, len(places), TRIES)))
        else:
            self.shards.append(task.name)
            self.faults += (Fault(*places[place], why) for place, why in made.faults)
            self.articles, self.events = self.articles + made.articles, self.events + made.events
        self.bar.update(task.shard.read)
        self.bar.set_postfix(articles=self.articles, events=self.events)

    def close(self) -> Coded:
        """Mark the copies, remove what is of other shards, and write faults and manifest."""
        copies = mark_copies(self.folder, self.shards)
        write_faults(self.folder, self.inputs, self.faults)
        remove_others(self.folder, self.shards)
        counts = {"articles": self.articles, "events": self.events, "faults": len(self.faults)}
        write_manifest(self.folder, self.rules, self.inputs, len(self.shards), counts)
        kept = len(self.shards) + len(self.lost) - self.made
        return Coded(self.articles, self.events, copies, len(self.faults), self.made, kept, tuple(sorted(self.lost)))
