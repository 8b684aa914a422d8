"""A corpus: many articles to the parts of their shards, what has been made before taken as it is.

Shards are made in this process or on workers of Dask, of this machine or of many; nothing but counts comes back.
"""

from __future__ import annotations

import gc
import json
import logging
import socket
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import active_children
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn

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
from lagebild.archive.query import MANIFEST, check_extra
from lagebild.archive.shards import Fault, Input, Shard, cut_shards, list_inputs
from lagebild.core import REFERENCE, InputError, Paths, Reference, disk, folders, log, records, show
from lagebild.corpus import read_inputs

if TYPE_CHECKING:
    from distributed import Client

LOGGER = logging.getLogger(__name__)


# --- A Shard ---

_ONE_AT_A_TIME = Lock()  # a worker of Dask may have several threads; one reference serves one


@dataclass(frozen=True)
class Job:
    """What all shards of a corpus have in common.

    Attributes
    ----------
    folder
        Where their parts go.
    reference
        Where that lies which the method knows.
    log_level
        From which level on a worker shows what it logs.
    """

    folder: Path
    reference: Path
    log_level: int = logging.NOTSET


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be made, by its name."""

    name: str
    shard: Shard


Done = Generator[tuple[Task, ShardResult | None]]


def make_shard(job: Job, name: str, lines: list[bytes]) -> ShardResult:
    """Draft the articles of a shard and write its parts."""
    with _ONE_AT_A_TIME:
        reference = _prepare(job)
        rows, made = code_rows(reference, name, lines)
        write_parts(job.folder, name, rows, made)
        _settle()
        return made


@lru_cache(1)
def _prepare(job: Job) -> Reference:
    """Return what the method knows, read once in the life of a worker."""
    log.show_log(job.log_level)
    return Reference(job.reference)


@lru_cache(1)
def _settle() -> None:
    """Spare the garbage collector, after its first shard, what a worker keeps: words, patterns, tables."""
    gc.collect()
    gc.freeze()


# --- The Shards on Workers of Dask ---
# They are processes of this machine, or those of a scheduler with which one shares a file system. Shards are handed out
# as workers become free, so that few of them are held. Dask gives the shard of a worker that died to another one; a
# shard on which several died may have had a deadly neighbour, so it is tried once more, alone, before it is given up.

PATIENCE = 10  # seconds until an address is given up
OTHER = "The cluster has another program or other tables in data/reference: install the same everywhere."
AHEAD = 2  # shards a thread of a worker: one that it makes, one that waits for it


def make_on_workers(tasks: Iterator[Task], job: Job, workers: int, scheduler: str) -> Done:
    """Make shards on so many processes, or on the workers of a scheduler, and yield each with what came of it.

    That is None of a shard that ended its workers again and again.

    Raises
    ------
    InputError
        If nobody answers at the address, or the scheduler is lost.
    """
    first = next(tasks, None)
    if first is None:
        return
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    suspects = list[Task]()
    with _connect(scheduler) if scheduler else _start(workers) as client:
        room = AHEAD * sum(client.nthreads().values())
        try:
            for task, future in _submit(client, chain([first], tasks), job, room):
                if isinstance(future.exception(), KilledWorker):
                    suspects.append(task)
                else:
                    yield task, _read_result(future)
            for task, future in _submit(client, iter(suspects), job, 1, "alone"):
                if isinstance(future.exception(), KilledWorker):
                    LOGGER.debug("Shard %s ended its workers: it is left out", task.name)
                    yield task, None
                else:
                    yield task, _read_result(future)
        except (CommClosedError, FutureCancelledError):
            raise InputError(
                f"The scheduler at {show(scheduler)} is gone: start it again, and run this again."
            ) from None


def _submit(client: Client, tasks: Iterator[Task], job: Job, room: int, how: str = "") -> Iterator[tuple[Task, Any]]:
    """Have shards made, at most so many at a time, and yield each as it is done, with its future."""
    from distributed import as_completed

    program, given = hash_installed(job.reference), dict[str, Task]()
    running = as_completed(loop=client.loop)
    while True:
        for task in islice(tasks, room - len(given)):
            key = f"{task.name}{how}"
            given[key] = task
            running.add(client.submit(_make, job, program, task.name, task.shard.lines, key=key, pure=False))
        if not given:
            return
        future = next(running)
        yield given.pop(str(future.key)), future
        future.release()


def _read_result(future: Any) -> ShardResult:
    """Return what came of a shard.

    Raises
    ------
    InputError
        If a worker has another program.
    OSError
        If it could not write what it had made.
    """
    error = future.exception()
    if isinstance(error, RuntimeError | ImportError):  # so Dask says that a module is missing there
        raise InputError(OTHER) from None
    if error is not None:
        raise error
    result: ShardResult = future.result()
    return result


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
    return disk.hash_files(sorted((*folders.PACKAGE.rglob("*.py"), *reference.rglob("*.csv"))))


@contextmanager
def _start(workers: int) -> Iterator[Client]:
    """Start so many processes of this machine; they end at once if this one is stopped.

    Raises
    ------
    InputError
        If they cannot be started.
    """
    from dask import config
    from distributed import Client, LocalCluster

    try:
        with config.set({"distributed.scheduler.allowed-failures": 1}):  # of workers at one shard, see above
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                memory_limit=None,  # a worker takes what the longest article needs, and no more
                dashboard_address="127.0.0.1:0",  # any port, so that two runs do not meet
                silence_logs=logging.CRITICAL,
            )
    except RuntimeError:
        raise InputError("Processes end as they begin: run this again, or do without: --workers 0.") from None
    with cluster, Client(cluster, set_as_default=False) as client:
        try:
            yield client
        except (KeyboardInterrupt, GeneratorExit):
            for child in active_children():  # each in the middle of a shard; what is not whole is not there
                child.kill()
            raise


@contextmanager
def _connect(address: str) -> Iterator[Client]:
    """Reach the scheduler at an address.

    Raises
    ------
    InputError
        If there is none, or it has no workers.
    """
    from distributed import Client
    from distributed.comm.addressing import parse_address, parse_host_port

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said here, in one line
    try:
        socket.create_connection(parse_host_port(parse_address(address)[1]), PATIENCE).close()  # a client would cling
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise InputError(
            f"No Dask scheduler answers at {show(address)}: start one with `dask scheduler`, and name its address."
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise InputError(
                f"The scheduler at {show(address)} has no workers: start some with `dask worker {show(address)}`."
            ) from None
        yield client


# --- The Whole Corpus ---

LOST = "shard {} of {} rows from here on ended its workers and was left out; look for what is no text in it."


@dataclass(frozen=True, kw_only=True)
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
    """Draft the articles of files into the parts of a folder, on so many workers or on a cluster of Dask.

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
        If a file cannot be used at all, the folder cannot be written, somebody else writes there, or what is needed
        is not installed.
    """
    check_extra()
    inputs = list_inputs(names)
    inside = [file.name for file in inputs if Path(file.name).resolve().is_relative_to(folder.resolve())]
    if inside:
        raise InputError(f"{show(inside[0])} lies in the folder that is written, {show(str(folder))}: name another.")
    try:
        for table in TABLES:
            (folder / table).mkdir(parents=True, exist_ok=True)
        with FileLock(folder / disk.LOCK, timeout=0):
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
    inputs = read_inputs(Paths(folders.EXAMPLE.name, "", paths.language, str(folders.EXAMPLE.parents[2])))
    known = inputs.known(max(inputs.case.editions)).sources
    rows = [
        {"id": row["source_id"], "text": text, "published": row["known_from"], "language": paths.language}
        | {name: row[name] for name in ("title", "publisher", "url", "author")}
        for row in records(known[known["known_from"] >= SMALL])
        if (text := inputs.texts.get((row["source_id"], paths.language)))
    ]
    place = Path("data", "built", folders.EXAMPLE.name, "corpus")
    articles = paths.home / place / f"{paths.language}.jsonl"
    try:
        disk.write_bytes(articles, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    except OSError as error:
        raise InputError(f"{place.as_posix()} cannot be written ({error.strerror}): name a corpus.") from None
    folder = place / paths.language
    code_corpus([str(articles)], paths.home / folder, paths.reference, 0, quiet=True)
    return folder.as_posix()


def _code(
    inputs: Sequence[Input], folder: Path, reference: Path, workers: int, scheduler: str, quiet: bool
) -> ArchiveState:
    job, rules = Job(folder, reference, log.read_log_level()), hash_program(Reference(reference))
    total = sum(file.size for file in inputs)
    with tqdm(total=total, desc="Lagebild", unit="B", unit_scale=True, disable=quiet or None, file=sys.stderr) as bar:
        ledger = _Ledger(folder, rules, inputs, bar)
        tasks = ledger.list_tasks()
        done: Done = ((task, make_shard(job, task.name, task.shard.lines)) for task in tasks)
        if workers or scheduler:
            done = make_on_workers(tasks, job, workers, scheduler)
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
            self.faults.append(Fault(*places[0], LOST.format(task.name, len(places))))
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
            articles=self.articles,
            events=self.events,
            copies=copies,
            faults=len(self.faults),
            made=self.made,
            kept=kept,
            lost=tuple(sorted(self.lost)),
        )
