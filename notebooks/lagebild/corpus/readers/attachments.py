"""The files beside a list of sources: only what lies below the folder of the list is opened."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from lagebild.core.paths import InputError


def find_attachment(folder: Path, name: str) -> Path:
    """Return the file that a list of sources names.

    Parameters
    ----------
    folder
        The folder in which the list lies.
    name
        The path as the list has it: a stranger's word, which may point anywhere.

    Raises
    ------
    InputError
        If it is no file below that folder, also by a link that leads out of it.
    """
    path = PureWindowsPath(name)  # it takes both strokes for what parts folders
    if path.anchor or "://" in name or name.startswith(("~", "file:")) or ".." in path.parts:
        raise InputError("it does not lie beside the list; export the list together with its files.")
    try:
        found, within = (folder / path.as_posix()).resolve(strict=True), folder.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # not there, a name that no file can have, or links in a circle
        raise InputError("there is no such file; export the list together with its files.") from None
    if not found.is_relative_to(within):
        raise InputError("a link leads out of the folder of the list; put the file itself there.")
    return found
