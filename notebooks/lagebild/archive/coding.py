"""A corpus: many articles to the parts of their shards, what has been made before taken as it is.

Shards are made in this process, in several, or on a Dask cluster; nothing but counts comes back.
"""

from __future__ import annotations

import gc
import json
import logging
import signal
import socket
import sys
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NoReturn

from filelock import FileLock, Timeout
from tqdm import tqdm

from lagebild.archive.parquet import (
    TABLES,
    ShardResult,
    code_rows,
    hash_program,
    mark_copies,
    name_shard,
    read_made,
    remove_others,
    write_faults,
    write_manifest,
    write_parts,
)
from lagebild.archive.query import MANIFEST
from lagebild.archive.shards import Fault, Input, Shard, cut_shards, list_inputs
from lagebild.core import (
    EXAMPLE,
    LOCK,
    PACKAGE,
    REFERENCE,
    InputError,
    Paths,
    Reference,
    hash_files,
    records,
    show,
    write_bytes,
)
from lagebild.corpus import read_inputs

if TYPE_CHECKING:
    from distributed import Client


# --- Shards on This Machine ---
# Each way to work takes the next shard from the stream when somebody is free to make it, so that few of them are held,
# and yields them as they are done: with what came of them, or with None if they ended their worker as often as `TRIES`.
# Processes are started by hand, each with a pipe of its own. What is ready shares queues between them, and a worker
# that is killed at the wrong moment takes the others along: concurrent.futures and loky give up the whole pool and
# cannot say whose shard it was (and before Python 3.12 may wait for ever, python/cpython#94777), pebble may wait for
# ever for a lock that the dead worker holds (noxdafox/pebble#163).


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


Done = Generator[tuple[Task, ShardResult | None]]


def make_shard(job: Job, name: str, lines: list[bytes]) -> ShardResult:
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
            working = sum(worker.task is not None for worker in workers)
            waiting += islice(tasks, max(count - working - len(waiting), 0))
            if not working and not waiting:
                return
            workers += [_Worker(job) for _ in range(working + len(waiting) - len(workers))]
            _hand_out(waiting, workers)
            ready = wait([worker.pipe for worker in workers])
            for worker in [worker for worker in workers if worker.pipe in ready]:
                task, worker.task = worker.task, None
                try:
                    made = worker.receive()
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


def _hand_out(waiting: deque[Task], workers: Sequence[_Worker]) -> None:
    """Give what waits to those who listen and have nothing to do."""
    for worker in workers:
        if worker.listens and not worker.task and waiting:
            worker.send(waiting.popleft())


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

    def send(self, task: Task) -> None:
        """Send a shard; if the process is dead, `receive` will say so."""
        self.task = task
        with suppress(OSError):
            self.pipe.send((task.name, task.shard.lines))

    def receive(self) -> ShardResult | None:
        """Return what came of the shard; None from one that begins to listen.

        Raises
        ------
        EOFError
            If the process is dead.
        OSError
            If it could not write what it had made.
        """
        try:
            reply = self.pipe.recv()
        except OSError:  # such as a connection that was reset
            raise EOFError from None
        if isinstance(reply, OSError):
            raise reply
        self.listens = True
        result: ShardResult | None = reply
        return result

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


# --- Shards on a Dask Cluster ---
# Its workers share a file system with this process.

PATIENCE = 10  # seconds until an address is given up
OTHER = "The cluster has another program or other tables in data/reference: install the same everywhere."
AHEAD = 2  # shards a thread of a worker: one that it makes, one that waits for it


def work_on_cluster(tasks: Iterator[Task], job: Job, address: str) -> Done:
    """Make the shards on the workers of a scheduler; Dask gives those of a worker that is lost to another one.

    Raises
    ------
    InputError
        If Dask is not installed, nobody answers at the address, or the scheduler is lost.
    """
    client = _connect(address)
    from distributed import KilledWorker, as_completed
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    program, given = hash_installed(job.reference), dict[str, Task]()
    try:
        running = as_completed(loop=client.loop)
        while True:
            room = AHEAD * sum(client.nthreads().values()) - len(given)
            for task in islice(tasks, max(room, 0)):
                future = client.submit(_make, job, program, task.name, task.shard.lines, key=task.name, pure=False)
                given[task.name] = task
                running.add(future)
            if not given:
                return
            done = next(running)
            task = given.pop(str(done.key))
            error = done.exception()
            if isinstance(error, RuntimeError | ImportError):  # so Dask says that a module is missing there
                raise InputError(OTHER) from None
            if error is not None and not isinstance(error, KilledWorker):
                raise error
            yield task, None if error else done.result()
            done.release()
    except (CommClosedError, FutureCancelledError):
        raise InputError(f"The scheduler at {show(address)} is gone: start it again, and run this again.") from None
    finally:
        client.close()


def _make(job: Job, program: str, name: str, lines: list[bytes]) -> ShardResult:
    """Make a shard as `make_shard` does, with the tables of the job or, if they are not here, those installed here.

    Raises
    ------
    InputError
        If the program or the tables are others here.
    """
    reference = job.reference if job.reference.is_dir() else REFERENCE
    if hash_installed(reference) != program:
        raise InputError(OTHER)
    return make_shard(replace(job, reference=reference), name, lines)


@lru_cache(1)
def hash_installed(reference: Path) -> str:
    """Return the fingerprint of the program and of all that it knows, as they lie on this machine."""
    return hash_files(sorted((*PACKAGE.rglob("*.py"), *reference.rglob("*.csv"))))


def _connect(address: str) -> Client:
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
    except ImportError:
        raise InputError('--scheduler needs Dask: pip install "lagebild[corpus]", here and on the cluster.') from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said here, in one line
    try:
        socket.create_connection(parse_host_port(parse_address(address)[1]), PATIENCE).close()  # a client would cling
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise InputError(
            f"No Dask scheduler answers at {show(address)}: start one with `dask scheduler`, and name its address."
        ) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise InputError(
            f"The scheduler at {show(address)} has no workers: start some with `dask worker {show(address)}`."
        ) from None
    return client


# --- The Whole Corpus ---

LOST = "shard {} of {} rows from here on ended its worker {} times and was left out; look for what is no text in it."


@dataclass(frozen=True)
class ArchiveState:
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
) -> ArchiveState:
    """Draft the articles of files into the parts of a folder, in so many processes or on a Dask cluster.

    Parameters
    ----------
    names
        Files of articles, or folders of them.
    folder
        Where the parts go; what lies there already is not made again.
    reference
        Folder of what the method knows.
    workers
        How many processes; with 0 this process does it: it starts sooner, and dies of what would kill a worker.
    scheduler
        Address of a Dask cluster that does it instead.
    quiet
        Show no progress.

    Raises
    ------
    InputError
        If a file cannot be used at all, the folder cannot be written, or somebody else writes there.
    """
    inputs = list_inputs(names)
    inside = [file.name for file in inputs if Path(file.name).resolve().is_relative_to(folder.resolve())]
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


SMALL = "2025-01-01"  # first day of the small corpus: with single pages of earlier years, no week could be told


def code_example(paths: Paths) -> str:
    """Code the texts of the example case as a small corpus, in the language of `paths`, and return its folder.

    The folder lies in the project, below `data/built`, and is given as `query.open_archive` takes it. It holds what the
    last edition knows; what was coded by the same rules before is taken as it is.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    inputs = read_inputs(Paths(EXAMPLE.name, "", paths.language, str(EXAMPLE.parents[2])))
    known = inputs.known(max(inputs.case.editions)).sources
    rows = [
        {"id": row["source_id"], "text": text, "published": row["known_from"], "language": paths.language}
        | {name: row[name] for name in ("title", "publisher", "url", "author")}
        for row in records(known[known["known_from"] >= SMALL])
        if (text := inputs.texts.get((row["source_id"], paths.language)))
    ]
    place = Path("data", "built", EXAMPLE.name, "corpus")
    articles = paths.home / place / f"{paths.language}.jsonl"
    try:
        write_bytes(articles, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    except OSError as error:
        raise InputError(f"{place.as_posix()} cannot be written ({error.strerror}): name a corpus.") from None
    folder = place / paths.language
    code_corpus([str(articles)], paths.home / folder, paths.reference, 0, quiet=True)
    return folder.as_posix()


def _code(
    inputs: Sequence[Input], folder: Path, reference: Path, workers: int, scheduler: str, quiet: bool
) -> ArchiveState:
    job, rules = Job(folder, reference), hash_program(Reference(reference))
    total = sum(file.size for file in inputs)
    with tqdm(total=total, desc="Lagebild", unit="B", unit_scale=True, disable=quiet or None, file=sys.stderr) as bar:
        ledger = _Ledger(folder, rules, inputs, bar)
        tasks = ledger.list_tasks()
        done: Done = ((task, make_shard(job, task.name, task.shard.lines)) for task in tasks)
        if scheduler:
            done = work_on_cluster(tasks, job, scheduler)
        elif workers:
            done = work_in_processes(tasks, job, workers)
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

    def note(self, task: Task, made: ShardResult | None) -> None:
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

    def close(self) -> ArchiveState:
        """Mark the copies, remove what is of other shards, and write faults and manifest."""
        copies = mark_copies(self.folder, self.shards)
        write_faults(self.folder, self.inputs, self.faults)
        remove_others(self.folder, self.shards)
        counts = {"articles": self.articles, "events": self.events, "faults": len(self.faults)}
        write_manifest(self.folder, self.rules, self.inputs, len(self.shards), counts)
        kept = len(self.shards) + len(self.lost) - self.made
        return ArchiveState(
            self.articles, self.events, copies, len(self.faults), self.made, kept, tuple(sorted(self.lost))
        )
