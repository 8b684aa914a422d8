"""What a user names, files and folders, to the files that are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lagebild.corpus.formats import LISTS, find_kind
from lagebild.corpus.plaintext import line

COMPANIONS = ("_files", "-Dateien", "_fichiers", "-filer")  # in such a folder browsers keep what a saved page shows
ATTACHED = "files"  # in such a folder Zotero puts what the items of a list refer to
KINDS_SHOWN = 6


def list_files(names: Iterable[str]) -> tuple[dict[str, bool], list[str]]:
    """Return the files that are named (True), and those of kinds that can be read in the folders that are (False).

    Hidden files, and what belongs to a saved page or a list of articles, are passed over. Such lists come first: they
    know more of a text than its file. The second value holds a sentence on each folder with files of other kinds.
    """
    files, notes = dict[str, bool](), list[str]()
    for name in names:
        folder = Path(name)
        if not _is_folder(folder):
            files[name] = True
            continue
        found = sorted(_walk(folder), key=str)
        for file in found:
            if find_kind(file.name):
                files.setdefault(str(file), False)
        kinds = Counter(file.suffix.lower() or "without an ending" for file in found if not find_kind(file.name))
        if others := sorted(kinds):
            count = sum(kinds.values())
            shown = ", ".join(map(line, others[:KINDS_SHOWN])) + ", …" * (len(others) > KINDS_SHOWN)
            notes.append(f"{line(name)}: {count} file{'s' * (count != 1)} of other kinds passed over ({shown}).")
    return dict(sorted(files.items(), key=lambda one: Path(one[0]).suffix.lower() not in LISTS)), notes


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif not path.is_symlink() and not _is_companion(path):
            yield from _walk(path)


def _is_companion(folder: Path) -> bool:
    """Whether a folder holds the parts of a saved page, or the texts of a list of sources, that lies beside it."""
    if folder.name == ATTACHED:
        return any(find_kind(path.name) in LISTS for path in folder.parent.iterdir())
    stems = [folder.name.removesuffix(ending) for ending in COMPANIONS if folder.name.endswith(ending)]
    return any((folder.parent / f"{stem}{kind}").is_file() for stem in stems for kind in (".html", ".htm"))
