"""Notebooks as JupyterLab opens them: none is modified by being looked at.

JupyterLab writes into the metadata of a notebook which Python its kernel is, as soon as the kernel has said so, and
calls the notebook modified if something else stood there. Ours say of their language only that it is Python, whichever
it is; so what the kernel is going to say is put in while the notebook is read. The file stays as it is.
"""

from __future__ import annotations

from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

OPTION = f"--ServerApp.contents_manager_class={__name__}.Contents"  # of the command that starts JupyterLab


class Contents(AsyncLargeFileManager):
    """The files that JupyterLab shows."""

    async def get(self, *words: Any, **more: Any) -> dict[str, Any]:
        """Return a file or folder as the one above does; a notebook with the language of the kernel that it will have.

        Which it will be is known of a notebook for Python whose kernel is that of this environment.
        """
        model: dict[str, Any] = await super().get(*words, **more)  # type: ignore[no-untyped-call]
        if model["type"] == "notebook" and model["content"]:
            metadata = model["content"]["metadata"]
            if metadata.get("kernelspec", {}).get("name") == "python3" and "language_info" in metadata:
                metadata["language_info"] = {**IPythonKernel.language_info}
        return model
