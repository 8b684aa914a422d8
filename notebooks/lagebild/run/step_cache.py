"""What steps of earlier runs made, kept by what they read: a step that reads the same is taken, not made again.

Each entry lies whole or not at all, so a run that is killed leaves what it has finished, and the next one goes on
there. An entry holds the files of its step and `entry.json`: what it read, and the SHA-256 of what it wrote.

No library was found that does this for papermill: jupyter-cache knows a notebook by its code cells alone, and asks that
it read no files that change; Ploomber by its source and parameters; doit compares files with those of the last run,
but cannot take what an earlier one made, and would have to write into a folder that is thrown away if a run fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lagebild.core import ANSWERS, REFERENCE, TABLES, InputError, Paths, disk, folders, list_reference_files, schema
from lagebild.run.steps import Step

# --- What a Step Reads, as Digests ---

Digests = dict[str, str]


@dataclass(frozen=True)
class Reads:
    """What the steps of one run read; what several steps read is digested once.

    `paths` are those of one edition of the run, with the outputs as the user gave them.
    """

    paths: Paths
    _kept: Digests = field(default_factory=dict, repr=False)

    @cached_property
    def program(self) -> str:
        """Digest of all code of the program, and of modules of others such as `lagebild_lang_xx`, as it is now.

        Which of it a step uses is not asked: a change of the program makes every step anew, and users change none.
        """
        places = [
            folders.PACKAGE,
            *(module for place in sys.path for module in Path(place or ".").glob(f"{folders.PACKAGE.name}_*")),
        ]
        files = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
        return disk.hash_files(
            sorted({file for file in files if file.is_file() and file.suffix not in (".pyc", ".so")})
        )

    def of_step(self, step: Step, paths: Paths, given: dict[str, str]) -> Digests:
        """Return what a step reads by name: its parameters as `given`, its code, files of the case, tables as built.

        `paths` are those into which the run writes: the tables and figures of the steps before lie there.
        """
        file = folders.NOTEBOOKS / step.notebook
        common = {
            "parameters": digest(given),
            "notebook": disk.hash_files([file, REFERENCE / "prose.csv"]),
            "program": self.program,
            "libraries": self._libraries,
            "reference": self._once("reference", self._digest_reference),
            "case.yml": self._once("case.yml", lambda: disk.hash_files([paths.inputs / "case.yml"])),
        }
        return common | {name: self._digest(name, paths) for name in step.reads}

    def of_reports(self, executed: Path, papers: Iterable[str]) -> Digests:
        """Return what the exporters of a report read: its executed notebook, and the sizes of paper."""
        return {
            "parameters": digest(list(papers)),
            "notebook": disk.hash_files([executed]),
            "program": self.program,
            "libraries": self._libraries,
            "reference": self._once("words", lambda: disk.hash_files([REFERENCE / "words.csv"])),
        }

    @cached_property
    def _libraries(self) -> str:
        """Digest of the Python and of all that is installed, by name and version."""
        installed = {file.name for place in sys.path for file in Path(place or ".").glob("*.dist-info")}
        return digest([sys.version, *sorted(installed)])

    def _digest_reference(self) -> str:
        own = (self.paths.inputs / f"{name}.csv" for name in schema.ADDED)
        return disk.hash_files([*list_reference_files(self.paths.reference), *own])

    def _digest(self, name: str, paths: Paths) -> str:
        if name == "every table":
            return disk.hash_files(
                file for file in sorted(paths.built.glob("*.csv")) if file.stem not in schema.ABOUT_THE_RUN
            )
        if name == "every figure":
            return disk.hash_files(sorted(paths.figures.glob("*.*")))
        if name == "texts":
            return self._once(name, lambda: disk.hash_files(sorted(paths.texts.glob("*.txt"))))
        if name == "answers":
            return self._once(name, lambda: disk.hash_files([paths.inputs / ANSWERS]))
        if name == "case/judgements":
            return self._once(name, lambda: disk.hash_files([paths.inputs / "judgements.yml"]))
        if name.startswith("case/"):
            return self._once(name, lambda: disk.hash_files([paths.inputs / TABLES[name].file]))
        return disk.hash_files([paths.built / TABLES[name].file])

    def _once(self, name: str, make: Callable[[], str]) -> str:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]


def digest(value: Any) -> str:
    """Return a SHA-256 over a plain value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


# --- The Entries ---

ENTRY = "entry.json"
LETTERS = 16  # of the digest that names an entry
MOST = 3  # entries of one step, so that going back to what was before costs nothing either


@dataclass(frozen=True)
class StepCache:
    """The entries of one case, a folder for each step, edition and language."""

    folder: Path

    def restore(self, name: str, reads: Digests, into: Path) -> list[Path]:
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
            disk.write_bytes(into / file, content)
        return [into / file for file in contents]

    def store(self, name: str, reads: Digests, files: Iterable[Path], base: Path) -> None:
        """Keep the files of a step that lie below `base`; a disk that is full or not to be written keeps nothing."""
        place = self._place(name, reads)
        for left in (place, *place.parent.glob(".run-*")):  # what a run that was killed did not finish
            shutil.rmtree(left, ignore_errors=True)
        with suppress(InputError, OSError), disk.make_folder(place) as beside:
            writes = {}
            for file in files:
                path, content = file.relative_to(base).as_posix(), file.read_bytes()
                writes[path] = hashlib.sha256(content).hexdigest()
                disk.write_bytes(beside / path, content)
            disk.write_bytes(beside / ENTRY, json.dumps({"reads": reads, "writes": writes}, indent=1).encode())
        for old in self._entries(name)[MOST:]:
            shutil.rmtree(old, ignore_errors=True)

    def discard(self, name: str, reads: Digests) -> None:
        """Forget what a step made that read this."""
        shutil.rmtree(self._place(name, reads), ignore_errors=True)

    def explain(self, name: str, reads: Digests) -> list[str]:
        """Return what a step reads that differs from the last time; nothing if it is the first."""
        for place in self._entries(name):
            with suppress(OSError, ValueError, KeyError, TypeError):
                before = json.loads((place / ENTRY).read_bytes())["reads"]
                return [key for key in sorted({*reads, *before}) if reads.get(key) != before.get(key)]
        return []

    def _place(self, name: str, reads: Digests) -> Path:
        return self.folder / name / digest(reads)[:LETTERS]

    def _entries(self, name: str) -> list[Path]:
        """Return the entries of a step, the one last used first."""
        entries = [place for place in (self.folder / name).glob("[0-9a-f]*") if (place / ENTRY).is_file()]
        return sorted(entries, key=lambda place: place.stat().st_mtime_ns, reverse=True)
