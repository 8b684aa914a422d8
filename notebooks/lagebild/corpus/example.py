"""The example: the case that comes with the program, Russia and Iran 2025 and 2026, coded by hand."""

from __future__ import annotations

import os
import shutil

from lagebild.core.paths import EXAMPLE, InputError, Paths, choose_project


def copy_example(root: str = "") -> Paths:
    """Copy the example below a root, or into the project, and return where it lies; a fault leaves nothing behind.

    Raises
    ------
    InputError
        If there is such a case, or nothing can be written.
    """
    paths = Paths(EXAMPLE.name, "", root=choose_project(root))
    place = f"data/cases/{EXAMPLE.name}"
    if os.path.lexists(paths.inputs):
        raise InputError(f"{place} is there already: run it with `lagebild run {EXAMPLE.name}`.")
    beside = paths.inputs.with_name(f".run-{EXAMPLE.name}-{os.getpid()}")
    try:
        shutil.copytree(EXAMPLE, beside, ignore=shutil.ignore_patterns(".*", "local"))
        beside.rename(paths.inputs)
    except OSError as error:
        raise InputError(f"{place} cannot be written ({error.strerror}): check rights and free space.") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return paths
