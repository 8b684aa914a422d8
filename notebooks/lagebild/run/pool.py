"""The workers of a run, each with a kernel of its own: started together, warm, and ended with the run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_all_start_methods, get_context
from pathlib import Path
from typing import Any

from lagebild.run.follow import follow_parent

WARM = "lagebild.run.warm"
STARTED: list[Any] = []  # the kernel of this worker


@contextmanager
def start_workers(number: int, home: Path) -> Iterator[ProcessPoolExecutor]:
    """Start workers for notebooks in the folder of a project; whatever ends the run ends them at once.

    Where the system can, they are copies of a server that has imported everything (`warm`).
    """
    with tempfile.TemporaryDirectory(prefix="lagebild-", ignore_cleanup_errors=True) as sockets:
        method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
        context = get_context(method)
        context.set_forkserver_preload([WARM])
        workers = ProcessPoolExecutor(number, context, _begin, (home, Path(sockets)))
        before = set(active_children())
        try:
            yield workers
        except BaseException:
            workers.shutdown(wait=False, cancel_futures=True)
            for child in set(active_children()) - before:
                child.kill()
            raise
        finally:
            workers.shutdown()


def count_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare_kernel() -> None:
    """Empty the memory of the kernel of this worker; papermill executes in it (`kernel.ENGINE`)."""
    from lagebild.run.kernel import wipe

    wipe(STARTED[0])


def _begin(home: Path, sockets: Path) -> None:
    """Start the kernel of a worker, before it has any thread that a copy would lack."""
    from lagebild.run.kernel import share, start_kernel

    own = sockets / str(os.getpid())
    own.mkdir()
    STARTED.append(start_kernel(home, own))
    follow_parent()
    share(STARTED[0])
