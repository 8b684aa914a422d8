"""The kernel that the notebooks of a run share, one after the other, each with an empty memory."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lagebild.run.notebooks import load_nbformat

NAME = "python3"
ENGINE = "shared-kernel"  # of papermill


@contextmanager
def start_kernel(home: Path) -> Iterator[Any]:
    """Start a kernel for a run in the folder of the project, and end it with the run.

    Starting one and importing pandas and plotly is most of the cost of a notebook, so a run pays it once.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import KernelManager

    # The kernel is talked to over local sockets, not over TCP; on Windows there are none. They lie in a folder of their
    # own: by default they would lie in the working folder, and kernel and client need not have the same.
    with tempfile.TemporaryDirectory(prefix="lagebild-") as sockets:
        local = {"transport": "ipc", "ip": f"{sockets}/kernel"} if os.name == "posix" else {}
        # Without folders to look in, the kernel is that of this Python: one of the user's, of the same name, may be of
        # another Python, without this package.
        specs = KernelSpecManager(kernel_dirs=[])
        kernel: Any = KernelManager(kernel_name=NAME, kernel_spec_manager=specs, **local)
        try:
            with _undisturbed():
                kernel.start_kernel(extra_arguments=["--IPKernelApp.capture_fd_output=False"], cwd=str(home))
            yield kernel
        finally:
            # At once and by hand: to shut it down in due form takes the loop in which Ctrl-C may have left a task that
            # waits for ever for the kernel's answer.
            if kernel.has_kernel:
                kernel.provisioner.process.kill()
                kernel.provisioner.process.wait()
            kernel.cleanup_connection_file()
            kernel.context.destroy(linger=0)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait until something is done: a start that it breaks off would leave a kernel that nobody ends."""
    asked: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if asked:
        raise KeyboardInterrupt


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
    """Empty the memory of the kernel, as a restart does: the next notebook starts with no name defined."""
    with _client(kernel) as client:
        client.wait_for_ready(timeout=120)
        code = "get_ipython().reset(new_session=True)"
        client.execute_interactive(code, silent=True, store_history=False, timeout=120)


@contextmanager
def _client(kernel: Any) -> Iterator[Any]:
    client = kernel.blocking_client()
    client.start_channels(stdin=False, hb=False)
    try:
        yield client
    finally:
        client.stop_channels()
