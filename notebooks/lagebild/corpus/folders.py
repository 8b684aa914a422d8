"""What a user names, files and folders, to the files that are read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lagebild.core.paths import is_folder
from lagebild.corpus.formats import LISTS, find_kind
from lagebild.corpus.plaintext import line

COMPANIONS = ("_files", "-Dateien", "_fichiers", "-filer")  # in such a folder browsers keep what a saved page shows
ATTACHED = "files"  # in such a folder Zotero puts what the items of a list refer to
KINDS_SHOWN = 6


def list_files(names: Iterable[str]) -> tuple[dict[str, bool], list[str], list[str]]:
    """Return the files that are named (True), and those of kinds that can be read in the folders that are (False).

    Hidden files, and what belongs to a saved page or a list of articles, are passed over. Such lists come first: they
    know more of a text than its file. The second value holds a sentence on each folder with files of other kinds, the
    third one on each folder that cannot be read.
    """
    files, notes, closed = dict[str, bool](), list[str](), list[OSError]()
    for name in names:
        folder = Path(name)
        if not is_folder(folder):
            files[name] = True
            continue
        kinds = Counter[str]()
        for file in sorted(_walk(folder, closed), key=str):
            if find_kind(file.name):
                files.setdefault(str(file), False)
            else:
                kinds[file.suffix.lower() or "without an ending"] += 1
        if others := sorted(kinds):
            count = kinds.total()
            shown = ", ".join(map(line, others[:KINDS_SHOWN])) + ", …" * (len(others) > KINDS_SHOWN)
            notes.append(f"{line(name)}: {count} file{'s' * (count != 1)} of other kinds passed over ({shown}).")
    left = [f"{line(str(one.filename))}: it cannot be read ({one.strerror}); check its rights." for one in closed]
    return dict(sorted(files.items(), key=lambda one: find_kind(one[0]) not in LISTS)), notes, left


def _walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files in a folder and those below it; what cannot be read goes to `closed`."""
    for place, folders, files in os.walk(folder, onerror=closed.append):
        inside = Path(place)
        folders[:] = [one for one in folders if not one.startswith(".") and not _is_companion(inside / one)]
        yield from (inside / one for one in files if not one.startswith("."))


def _is_companion(folder: Path) -> bool:
    """Whether a folder holds the parts of a saved page, or the texts of a list of sources, that lies beside it."""
    if folder.name == ATTACHED:
        return any(find_kind(path.name) in LISTS for path in folder.parent.iterdir())
    stems = [folder.name.removesuffix(ending) for ending in COMPANIONS if folder.name.endswith(ending)]
    return any((folder.parent / f"{stem}{kind}").is_file() for stem in stems for kind in (".html", ".htm"))
