"""The workers of a run, each with a kernel of its own: started together, warm, and ended with the run."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import active_children, get_all_start_methods, get_context
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, TypeVar

from lagebild.core.paths import InputError
from lagebild.run.follow import follow_parent
from lagebild.run.kernel import NUMBER, share, start_kernel, wipe

T = TypeVar("T")
PATIENCE = 60  # twentieths of a second until a kernel is left to its fate
WARM = "lagebild.run.warm"
STARTED: list[Any] = []  # the kernel of this worker


class Workers:
    """Workers for notebooks in the folder of a project, started when the first of them is needed."""

    def __init__(self, number: int, home: Path) -> None:
        self._number, self._home = number, home
        self._started: ProcessPoolExecutor | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Workers:
        """Return the workers."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        """End the workers: at once if a fault ends the run, whatever they are at."""
        if self._started and fault:
            self._started.shutdown(wait=False, cancel_futures=True)
            for child in active_children():
                child.kill()
            _end_kernels(self._sockets)
        if self._started:
            self._started.shutdown()
        self._stack.close()

    def submit(self, work: Callable[..., T], *given: Any) -> Future[T]:
        """Let a worker do some work; see `wait_for`."""
        self._started = self._started or self._start()
        with _explain_loss():
            return self._started.submit(work, *given)

    def ask(self, name: str, *given: Any) -> Any:
        """Return what a function returns that only workers have imported; `name` is MODULE:FUNCTION."""
        return wait_for(self.submit(_call, name, *given))

    def _start(self) -> ProcessPoolExecutor:
        """Start the workers: where the system can, as copies of a server that has imported everything (`warm`)."""
        folder = tempfile.TemporaryDirectory(prefix="lagebild-", ignore_cleanup_errors=True)
        self._sockets = Path(self._stack.enter_context(folder))
        context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
        context.set_forkserver_preload([WARM])
        return ProcessPoolExecutor(self._number, context, _begin, (self._home, self._sockets))


def _end_kernels(sockets: Path) -> None:
    """End the kernels of workers that were ended: until they notice, they might write where a run clears up."""
    for number in [int(file.read_text() or 0) for file in sockets.glob(f"*/{NUMBER}")]:
        with suppress(OSError):  # it is gone
            os.kill(number, getattr(signal, "SIGKILL", signal.SIGTERM))
            for _ in range(PATIENCE):
                os.kill(number, 0)
                time.sleep(0.05)


def wait_for(future: Future[T]) -> T:
    """Return what a worker returns.

    Raises
    ------
    InputError
        If a worker was ended from outside.
    """
    with _explain_loss():
        return future.result()


@contextmanager
def _explain_loss() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise InputError(
            "A process of the run was ended from outside, perhaps for want of memory: run again with --workers 1; "
            "what was finished is taken from there."
        ) from None


def _call(name: str, *given: Any) -> Any:
    return resolve_name(name)(*given)


def count_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def prepare_kernel() -> None:
    """Empty the memory of the kernel of this worker; papermill executes in it (`kernel.ENGINE`)."""
    wipe(STARTED[0])


def _begin(home: Path, sockets: Path) -> None:
    """Start the kernel of a worker, before it has any thread that a copy would lack."""
    own = sockets / str(os.getpid())
    own.mkdir()
    STARTED.append(start_kernel(home, own))
    follow_parent()
    share(STARTED[0])
