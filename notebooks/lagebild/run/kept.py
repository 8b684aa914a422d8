"""What steps of earlier runs made, kept by what they read: a step that reads the same is taken, not made again.

Each entry lies whole or not at all, so a run that is killed leaves what it has finished, and the next one goes on
there. An entry holds the files of its step and `entry.json`: what it read, and the SHA-256 of what it wrote.

No library was found that does this for papermill: jupyter-cache knows a notebook by its code cells alone, and asks that
it read no files that change; Ploomber by its source and parameters; doit compares files with those of the last run,
but cannot take what an earlier one made, nor a part of a file such as the ids of judgements, and would have to write
into a folder that is thrown away if a run fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lagebild.core.files import make_folder, write_bytes
from lagebild.core.paths import InputError
from lagebild.run.reads import Digests, digest

ENTRY = "entry.json"
LETTERS = 16  # of the digest that names an entry
MOST = 3  # entries of one step, so that going back to what was before costs nothing either


@dataclass(frozen=True)
class Kept:
    """The entries of one case, a folder for each step, edition and language."""

    folder: Path

    def take(self, name: str, reads: Digests, into: Path) -> list[Path]:
        """Copy what a step made that read the same below a folder, and return its files; none if there is no such step.

        An entry that is not as it was written counts for nothing, and goes.
        """
        place = self._place(name, reads)
        try:
            entry = json.loads((place / ENTRY).read_bytes())
            if any(not (into / file).resolve().is_relative_to(into.resolve()) for file in entry["writes"]):
                raise ValueError  # whoever made it, nothing is written elsewhere
            contents = {file: (place / file).read_bytes() for file in entry["writes"]}
            if any(hashlib.sha256(contents[file]).hexdigest() != known for file, known in entry["writes"].items()):
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError):
            shutil.rmtree(place, ignore_errors=True)
            return []
        with suppress(OSError):  # somebody else's, perhaps
            os.utime(place)
        for file, content in contents.items():
            write_bytes(into / file, content)
        return [into / file for file in contents]

    def keep(self, name: str, reads: Digests, files: Iterable[Path], base: Path) -> None:
        """Keep the files of a step that lie below `base`; a disk that is full or not to be written keeps nothing."""
        place = self._place(name, reads)
        for left in (place, *place.parent.glob(".run-*")):  # what a run that was killed did not finish
            shutil.rmtree(left, ignore_errors=True)
        with suppress(InputError, OSError), make_folder(place) as beside:
            writes = {}
            for file in files:
                path, content = file.relative_to(base).as_posix(), file.read_bytes()
                writes[path] = hashlib.sha256(content).hexdigest()
                write_bytes(beside / path, content)
            write_bytes(beside / ENTRY, json.dumps({"reads": reads, "writes": writes}, indent=1).encode())
        for old in self._entries(name)[MOST:]:
            shutil.rmtree(old, ignore_errors=True)

    def drop(self, name: str, reads: Digests) -> None:
        """Forget what a step made that read this."""
        shutil.rmtree(self._place(name, reads), ignore_errors=True)

    def explain(self, name: str, reads: Digests) -> list[str]:
        """Return what a step reads that differs from the last time; nothing if it is the first."""
        for place in self._entries(name):
            with suppress(OSError, ValueError, KeyError, TypeError):
                before = json.loads((place / ENTRY).read_bytes())["reads"]
                return [one for one in sorted({*reads, *before}) if reads.get(one) != before.get(one)]
        return []

    def _place(self, name: str, reads: Digests) -> Path:
        return self.folder / name / digest(reads)[:LETTERS]

    def _entries(self, name: str) -> list[Path]:
        """Return the entries of a step, the one last used first."""
        found = [place for place in (self.folder / name).glob("[0-9a-f]*") if (place / ENTRY).is_file()]
        return sorted(found, key=lambda place: place.stat().st_mtime_ns, reverse=True)
