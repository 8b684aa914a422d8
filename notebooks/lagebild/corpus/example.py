"""The example: the case that comes with the program, Russia and Iran 2025 and 2026, coded by hand."""

from __future__ import annotations

import os
import shutil

from lagebild.core.files import make_folder
from lagebild.core.paths import EXAMPLE, InputError, Paths, choose_project


def copy_example(root: str = "") -> Paths:
    """Copy the example below a root, or into the project, and return where it lies; a fault leaves nothing behind.

    Raises
    ------
    InputError
        If there is such a case, or nothing can be written.
    """
    paths = Paths(EXAMPLE.name, "", root=choose_project(root))
    if os.path.lexists(paths.inputs):
        raise InputError(f"data/cases/{EXAMPLE.name} is there already: run it with `lagebild run {EXAMPLE.name}`.")
    with make_folder(paths.inputs) as beside:
        shutil.copytree(EXAMPLE, beside, ignore=shutil.ignore_patterns(".*", "local"))
    return paths
