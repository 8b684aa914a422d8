"""Shards to their parts: in this process, in several, or on a Dask cluster; nothing but counts comes back.

Each of the three takes the next shard from the stream when somebody is free to make it, so that few of them are held,
and yields them as they are done: with what came of them, or with None if they ended their worker as often as `TRIES`.

Processes are started by hand, each with a pipe of its own. What is ready shares queues between them, and a worker that
is killed at the wrong moment takes the others along: concurrent.futures and loky give up the whole pool and cannot say
whose shard it was (and before Python 3.12 may wait for ever, python/cpython#94777), pebble may wait for ever for a lock
that the dead worker holds (noxdafox/pebble#163).
"""

from __future__ import annotations

import gc
import signal
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock

from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.stream import Shard
from lagebild.dataset.parts import Made, code_rows, write_parts

TRIES = 3
STARTS = 30  # of processes that end without having been given a shard
_ONE_AT_A_TIME = Lock()  # a worker of Dask may have several threads; one reference serves one


@dataclass(frozen=True)
class Job:
    """What all shards of a corpus have in common: where their parts go, and where that lies which the method knows."""

    folder: Path
    reference: Path


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be made, by its name."""

    name: str
    shard: Shard


Done = Generator[tuple[Task, Made | None]]


def make_shard(job: Job, name: str, lines: list[bytes]) -> Made:
    """Draft the articles of a shard and write its parts."""
    with _ONE_AT_A_TIME:
        reference = _prepare(job.reference)
        rows, made = code_rows(reference, name, lines)
        write_parts(job.folder, name, rows, made)
        _settle()
        return made


@lru_cache(1)
def _prepare(folder: Path) -> Reference:
    """Return what the method knows, read once in the life of a worker."""
    return Reference(folder)


@lru_cache(1)
def _settle() -> None:
    """Spare the garbage collector, after its first shard, what a worker keeps: words, patterns, tables."""
    gc.collect()
    gc.freeze()


def work_here(tasks: Iterator[Task], job: Job) -> Done:
    """Make the shards in this process."""
    for task in tasks:
        yield task, make_shard(job, task.name, task.shard.lines)


def work_in_processes(tasks: Iterator[Task], job: Job, count: int) -> Done:
    """Make the shards in so many processes; one that was killed is replaced, and its shard given out again.

    Raises
    ------
    InputError
        If processes end again and again before they have been given anything.
    """
    workers, waiting, lost = list[_Worker](), deque[Task](), Counter[str]()
    try:
        while True:
            working = sum(one.task is not None for one in workers)
            waiting += islice(tasks, max(count - working - len(waiting), 0))
            if not working and not waiting:
                return
            workers += [_Worker(job) for _ in range(working + len(waiting) - len(workers))]
            _give_out(waiting, workers)
            heard = wait([one.pipe for one in workers])
            for worker in [one for one in workers if one.pipe in heard]:
                task, worker.task = worker.task, None
                try:
                    made = worker.hear()
                except EOFError:
                    workers.remove(worker)
                    worker.stop()
                    _count_loss(lost, task.name if task else "")
                    if task and lost[task.name] < TRIES:
                        waiting.append(task)
                        continue
                    made = None
                if task:
                    yield task, made
    finally:
        for worker in workers:
            worker.stop()


def _give_out(waiting: deque[Task], workers: Sequence[_Worker]) -> None:
    """Give what waits to those who listen and have nothing to do."""
    for worker in workers:
        if worker.listens and not worker.task and waiting:
            worker.give(waiting.popleft())


def _count_loss(lost: Counter[str], name: str) -> None:
    """Count a process that ended at a shard, or before it had any; that must not happen again and again."""
    lost[name] += 1
    if lost[""] == STARTS:
        raise InputError("Processes end as they begin: see above, or do without: --workers 0.") from None


class _Worker:
    """A process that makes shards, the pipe to it, whether it has begun to listen, and the shard that it is making."""

    def __init__(self, job: Job) -> None:
        context = get_context("spawn")  # a fork would take over half of the threads of libraries
        self.pipe, theirs = context.Pipe()
        self.listens = False
        self.task: Task | None = None
        self._process = context.Process(target=_serve, args=(theirs, job), daemon=True)
        self._process.start()
        theirs.close()  # held here, it would stay open when the process has ended

    def give(self, task: Task) -> None:
        """Send a shard; if the process is dead, `hear` will say so."""
        self.task = task
        with suppress(OSError):
            self.pipe.send((task.name, task.shard.lines))

    def hear(self) -> Made | None:
        """Return what came of the shard; None from one that begins to listen.

        Raises
        ------
        EOFError
            If the process is dead.
        OSError
            If it could not write what it had made.
        """
        try:
            said = self.pipe.recv()
        except OSError:  # such as a connection that was reset
            raise EOFError from None
        if isinstance(said, OSError):
            raise said
        self.listens = True
        found: Made | None = said
        return found

    def stop(self) -> None:
        """End the process, in the middle of a shard, too: what is not whole is not there."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, job: Job) -> None:
    """Say that one listens, and make shards until nobody asks any more; Ctrl-C is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):
        pipe.send(None)
        while True:
            name, lines = pipe.recv()
            try:
                pipe.send(make_shard(job, name, lines))
            except OSError as fault:
                pipe.send(fault)
