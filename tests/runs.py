"""Copies of the project that tests may spoil, and runs of its command line."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from examples import PROJECT, TINY

Call = Callable[..., tuple[int, str, str]]  # of the command line in this process: its exit code, output and complaints


def copy_tiny(root: Path) -> Path:
    """Copy the tiny case below `root`."""
    shutil.copytree(TINY, root / "data" / "cases" / "tiny")
    return root


def copy_project(root: Path) -> Path:
    """Copy what a run reads below `root`, with the tiny case as its only one: a project that tests may spoil."""
    shutil.copytree(
        PROJECT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    )
    shutil.copytree(PROJECT / "data" / "reference", root / "data" / "reference")
    return copy_tiny(root)


def lagebild(
    *words: str, project: Path = PROJECT, cwd: Path | None = None, timeout: int = 240, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line of the copy of the package in `project`."""
    return subprocess.run(
        [sys.executable, "-m", "lagebild", *words],
        cwd=cwd or project,
        env=os.environ | {"PYTHONPATH": str(project / "notebooks")} | environment,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def execute(notebook: str, root: Path, executed: Path, **parameters: str) -> None:
    """Run a notebook on the tiny case by stock papermill, as anybody would."""
    import papermill

    papermill.execute_notebook(
        PROJECT / "notebooks" / notebook,
        executed / notebook,
        {"case": "tiny", "as_of": "2025-06-16", "root": str(root)} | parameters,
        cwd=executed,
        progress_bar=False,
        request_save_on_cell_execute=False,  # once, at its end: writing it takes a second if each cell does
    )


def run_cells(name: str, **parameters: str) -> None:
    """Run the code cells of a notebook here, in one namespace."""
    notebook = json.loads((PROJECT / "notebooks" / name).read_text(encoding="utf-8"))
    space: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space |= parameters


def fingerprint(folder: Path, *leave_out: str) -> dict[str, str]:
    """Return the hash of every file below a folder, apart from names that are left out."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not set(leave_out) & set(file.relative_to(folder).parts)
    }
