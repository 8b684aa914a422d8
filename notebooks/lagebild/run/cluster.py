"""Shards to their parts on the workers of a Dask cluster, which share a file system with this process."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lagebild.core.characters import show
from lagebild.core.files import hash_files
from lagebild.core.paths import PACKAGE, REFERENCE, InputError
from lagebild.dataset.parts import Made
from lagebild.run.workers import Done, Job, Task, make_shard

if TYPE_CHECKING:
    from distributed import Client

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


def _make(job: Job, program: str, name: str, lines: list[bytes]) -> Made:
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
