"""Shards to their parts: in this process, in several, or on a Dask cluster; nothing but counts comes back.

Each of the three takes the next shard from the stream when somebody is free to make it, so that few of them are held,
and yields them as they are done: with what came of them, or with None if they ended their worker as often as `TRIES`.

Processes are started by hand, each with a pipe of its own. What is ready shares queues between them, and a worker that
is killed at the wrong moment takes the others along: concurrent.futures and loky give up the whole pool and cannot say
whose shard it was (and before Python 3.12 may wait for ever, python/cpython#94777), pebble may wait for ever for a lock
that the dead worker holds (noxdafox/pebble#163).
"""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from lagebild.core.reference import Reference
from lagebild.corpus.stream import Shard
from lagebild.dataset.parts import Made, code_rows, write_parts

TRIES = 3
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
        return made


@lru_cache(1)
def _prepare(folder: Path) -> Reference:
    """Return what the method knows, read once in the life of a worker."""
    return Reference(folder)


def work_here(tasks: Iterator[Task], job: Job) -> Done:
    """Make the shards in this process."""
    for task in tasks:
        yield task, make_shard(job, task.name, task.shard.lines)


def work_in_processes(tasks: Iterator[Task], job: Job, count: int) -> Done:
    """Make the shards in so many processes; one that was killed is replaced, and its shard given out again."""
    again = deque(islice(tasks, count))
    processes = dict(_start(job) for _ in again)
    free, busy, lost = list(processes), dict[Connection, Task](), Counter[str]()
    try:
        while True:
            while (free or len(processes) < count) and (task := again.popleft() if again else next(tasks, None)):
                if not free:
                    pipe, process = _start(job)
                    processes[pipe] = process
                    free.append(pipe)
                busy[pipe := free.pop()] = task
                with suppress(OSError):  # it may be dead: its pipe says so below
                    pipe.send((task.name, task.shard.lines))
            if not busy:
                return
            heard = wait(list(busy))
            for pipe in [one for one in busy if one in heard]:
                task = busy.pop(pipe)
                try:
                    made = pipe.recv()
                except (EOFError, OSError):
                    _stop(pipe, processes.pop(pipe))
                    lost[task.name] += 1
                    if lost[task.name] < TRIES:
                        again.append(task)
                    else:
                        yield task, None
                else:
                    if isinstance(made, OSError):
                        raise made
                    free.append(pipe)
                    yield task, made
    finally:
        for pipe, process in processes.items():
            _stop(pipe, process)


def _start(job: Job) -> tuple[Connection, BaseProcess]:
    """Start a process that makes the shards that it is sent."""
    context = get_context("spawn")  # a fork would take over half of the threads of libraries
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()  # held here, it would stay open when the process has ended
    return ours, process


def _stop(pipe: Connection, process: BaseProcess) -> None:
    pipe.close()
    process.kill()  # in the middle of a shard, too: what is not whole is not there
    process.join()


def _serve(pipe: Connection, job: Job) -> None:
    """Make shards until nobody asks for one any more; Ctrl-C, which reaches all processes, is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):
        while True:
            name, lines = pipe.recv()
            try:
                pipe.send(make_shard(job, name, lines))
            except OSError as fault:
                pipe.send(fault)
