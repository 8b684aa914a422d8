"""The kernel in which a worker executes notebooks, one after the other, each with an empty memory."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lagebild.core.paths import InputError
from lagebild.run.follow import follow_parent
from lagebild.run.notebooks import load_nbformat

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
    from multiprocessing import get_all_start_methods, get_context

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
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    context: Any = get_context(method)
    process = context.Process(target=_serve, args=(kernel.connection_file, home), daemon=True)
    process.start()
    return kernel


def _serve(connection: str, home: Path) -> None:
    """Be a kernel, apart from the terminal: Ctrl-C there ends the run, not the cell."""
    from ipykernel.kernelapp import IPKernelApp

    Path(connection).with_name(NUMBER).write_text(str(os.getpid()))
    if hasattr(os, "setsid"):
        os.setsid()
    follow_parent()
    os.chdir(home)
    # With the parent named, it does not explain on the terminal how to connect to it.
    IPKernelApp.launch_instance(["-f", connection, f"--IPKernelApp.parent_handle={os.getppid()}", *ARGUMENTS])


def share(kernel: Any) -> None:
    """Let papermill execute notebooks in this kernel, as its engine `ENGINE`."""
    load_nbformat()
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines

    class SharedKernel(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            PapermillNotebookClient(nb_man, km=kernel, timeout=600, startup_timeout=120).execute()

    papermill_engines.register(ENGINE, SharedKernel)


def wipe(kernel: Any) -> None:
    """Empty the memory of the kernel, as a restart does: the next notebook starts with no name defined.

    Raises
    ------
    InputError
        If there is no kernel any more.
    """
    with _client(kernel) as client:
        try:
            client.wait_for_ready(timeout=120)
            client.execute_interactive(RESET, silent=True, store_history=False, timeout=30)
        except (RuntimeError, TimeoutError):
            raise InputError(f"A notebook cannot be run: {LOST}") from None


@contextmanager
def _client(kernel: Any) -> Iterator[Any]:
    client = kernel.blocking_client()
    client.start_channels(stdin=False, hb=False)
    try:
        yield client
    finally:
        client.stop_channels()
