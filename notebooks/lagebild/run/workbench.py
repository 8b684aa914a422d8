"""The notebooks in a project of the user, who may have no checkout: copied into it, with the case filled in.

None is modified by being looked at. JupyterLab writes into the metadata of a notebook which Python its kernel is, as
soon as the kernel has said so, and calls the notebook modified if something else stood there. Ours say of their
language only that it is Python, whichever it is; so what the kernel is going to say is put in while the notebook is
read. The file stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from lagebild.core import InputError, Paths, disk, folders
from lagebild.run.executed import INJECTED
from lagebild.run.kernels import load_nbformat

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


@dataclass(frozen=True)
class Bench:
    """The notebook to open, those that were copied, and those in the project that are not of this version."""

    notebook: Path
    copied: list[str]
    other: list[str]


def copy_notebooks(paths: Paths, name: str) -> Bench:
    """Copy the notebooks that the project lacks, and make one of `name`, such as ``review``, for an edition.

    What lies there is never replaced, for it may hold the work of somebody; of a notebook that was made for another
    edition, the cell that says so is changed.

    Raises
    ------
    InputError
        If nothing can be written there.
    """
    folder, copied, other = paths.home / "notebooks", list[str](), list[str]()
    try:
        for notebook in sorted(folders.NOTEBOOKS.glob("*.ipynb")):
            if notebook.stem.startswith(("audit-", "explore-", "review-")):
                continue
            content, place = notebook.read_bytes(), folder / notebook.name
            if not place.exists():
                disk.write_bytes(place, content)
                copied.append(place.name)
            elif place.read_bytes() != content:
                other.append(place.name)
        made = folder / f"{name}-{paths.case}.ipynb"
        if not made.exists():
            disk.write_bytes(made, _inject_parameters(folders.NOTEBOOKS / f"{name}.ipynb", paths))
        elif (updated := _update_parameters(held := made.read_bytes(), paths)) != held:
            disk.write_bytes(made, updated)
    except OSError as error:
        raise InputError(f"{folder.name} cannot be written ({error.strerror}): check rights and free space.") from None
    return Bench(made, copied, other)


def _list_parameters(paths: Paths) -> dict[str, str]:
    return {"case": paths.case, "as_of": paths.as_of, "language": paths.language}


def _update_parameters(content: bytes, paths: Paths) -> bytes:
    """Return a notebook of somebody with this edition in its cell of parameters; all else as it is."""
    load_nbformat()
    import nbformat

    try:
        notebook = nbformat.reads(content.decode(), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
        cell = next(cell for cell in notebook.cells if INJECTED in cell.metadata.get("tags", ()))
    except Exception:  # no notebook any more, or without that cell
        return content
    before = cell.source
    for name, value in _list_parameters(paths).items():
        cell.source = re.sub(rf"(?m)^{name} = .*$", f'{name} = "{value}"', cell.source)
    return content if cell.source == before else str(nbformat.writes(notebook)).encode()  # type: ignore[no-untyped-call]


def _inject_parameters(notebook: Path, paths: Paths) -> bytes:
    """Return a notebook with a cell behind its parameters that says which edition it is about."""
    load_nbformat()
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    filled = parameterize_notebook(load_notebook_node(str(notebook)), _list_parameters(paths))
    filled.metadata.pop("papermill", None)
    for cell in filled.cells:
        cell.metadata.pop("papermill", None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell.id = INJECTED
        elif not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
    return str(nbformat.writes(filled)).encode()  # type: ignore[no-untyped-call]
