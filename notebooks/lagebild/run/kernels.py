"""The workers of a run, each with a kernel of its own: started together, warm, and ended with the run."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, TypeVar

from lagebild.core import InputError, log


def end_with_parent() -> None:
    """End with the parent, and leave Ctrl-C, which reaches every process of a run, to the one that runs it.

    The workers of a pool wait for ever for a parent that was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


IRI = "rfc3987_syntax"


def load_nbformat() -> None:
    """Import nbformat, before papermill or nbconvert do.

    It imports jsonschema, which builds a whole grammar of addresses in other alphabets (RFC 3987) if that module is
    there: 1.2 seconds in each process, for a format that no notebook uses. jsonschema does without it otherwise.
    """
    if "nbformat" in sys.modules or IRI in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    modules[IRI] = None
    try:
        import nbformat  # noqa: F401
    finally:
        del modules[IRI]


# --- The Kernel of a Worker ---
# A worker executes notebooks in one kernel, one after the other, each with an empty memory.

NAME = "python3"
RESET = "get_ipython().reset(new_session=True)"
NUMBER = "pid"  # file beside the sockets of a kernel: the number of its process
LOST = "its kernel was ended from outside, perhaps for want of memory; run again with --workers 1."
ENGINE = "shared-kernel"  # of papermill
ARGUMENTS = (
    "--IPKernelApp.capture_fd_output=False",
    "--HistoryManager.hist_file=:memory:",  # what a run executes is no history of the user's
)


def start_kernel(home: Path, sockets: Path) -> Any:
    """Start a kernel for a worker in the folder of the project, and return its manager; it ends with the worker.

    It is a copy of this process, where the system can make one, with all that is imported here: starting Python and
    importing pandas again would be most of the cost of a notebook. `sockets` is a folder for this kernel alone.
    """
    from jupyter_client.manager import KernelManager

    class StartedKernel(KernelManager):
        """A kernel that runs already: who executes a notebook neither starts nor ends it."""

        has_kernel = True

        def is_alive(self) -> bool:
            return bool(process.is_alive())

        async def _async_is_alive(self) -> bool:  # which the client of a kernel asks
            return self.is_alive()

        def interrupt_kernel(self) -> None:
            os.kill(process.pid or 0, signal.SIGINT)

    # The kernel is talked to over local sockets, not over TCP; on Windows there are none. They lie in a folder of their
    # own: by default they would lie in the working folder, and kernel and client need not have the same.
    local = {"transport": "ipc", "ip": f"{sockets}/kernel"} if os.name == "posix" else {}
    kernel: Any = StartedKernel(kernel_name=NAME, connection_file=f"{sockets}/kernel.json", **local)
    kernel.write_connection_file()
    context: Any = get_context("fork" if "fork" in get_all_start_methods() else "spawn")
    process = context.Process(target=_serve, args=(kernel.connection_file, home), daemon=True)
    process.start()
    return kernel


def _serve(connection: str, home: Path) -> None:
    """Be a kernel, apart from the terminal: Ctrl-C there ends the run, not the cell."""
    from ipykernel.kernelapp import IPKernelApp

    Path(connection).with_name(NUMBER).write_text(str(os.getpid()))
    if hasattr(os, "setsid"):
        os.setsid()
    end_with_parent()
    os.chdir(home)
    # With the parent named, it does not explain on the terminal how to connect to it.
    IPKernelApp.launch_instance(["-f", connection, f"--IPKernelApp.parent_handle={os.getppid()}", *ARGUMENTS])


def register_engine(kernel: Any) -> None:
    """Let papermill execute notebooks in this kernel, as its engine `ENGINE`."""
    load_nbformat()
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines

    class SharedKernel(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            PapermillNotebookClient(nb_man, km=kernel, timeout=600, startup_timeout=120).execute()

    papermill_engines.register(ENGINE, SharedKernel)


def reset_memory(kernel: Any) -> None:
    """Empty the memory of the kernel, as a restart does: the next notebook starts with no name defined.

    Raises
    ------
    InputError
        If there is no kernel any more.
    """
    client = kernel.blocking_client()
    client.start_channels(stdin=False, hb=False)
    try:
        client.wait_for_ready(timeout=120)
        client.execute_interactive(RESET, silent=True, store_history=False, timeout=30)
    except (RuntimeError, TimeoutError):
        raise InputError(f"A notebook cannot be run: {LOST}") from None
    finally:
        client.stop_channels()


# --- The Workers ---

T = TypeVar("T")
PATIENCE = 60  # twentieths of a second until a kernel is left to its fate
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
        context.set_forkserver_preload(["lagebild.run.warm"])
        return ProcessPoolExecutor(self._number, context, _begin, (self._home, self._sockets, log.read_log_level()))


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


def prepare_kernel() -> None:
    """Empty the memory of the kernel of this worker; papermill executes in it (`ENGINE`)."""
    reset_memory(STARTED[0])


def _begin(home: Path, sockets: Path, log_level: int) -> None:
    """Start the kernel of a worker, before it has any thread that a copy would lack; it logs as this process does."""
    log.show_log(log_level)
    own = sockets / str(os.getpid())
    own.mkdir()
    STARTED.append(start_kernel(home, own))
    end_with_parent()
    register_engine(STARTED[0])
