"""What a step of a run reads, each as a digest: who reads the same, makes the same."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lagebild.core.csv_form import parse_csv
from lagebild.core.files import hash_files
from lagebild.core.paths import LANGUAGES, NOTEBOOKS, PACKAGE, REFERENCE, InputError, Paths
from lagebild.core.schema import ABOUT_THE_RUN, OWN, TABLES
from lagebild.core.yaml_files import read_yaml
from lagebild.run.steps import DECIDED, OUTLINE, Step

COMPILED = {".pyc", ".so"}
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
        places = [PACKAGE, *(found for place in sys.path for found in Path(place or ".").glob(f"{PACKAGE.name}_*"))]
        files = (file for place in places for file in ([place] if place.is_file() else place.rglob("*")))
        return hash_files(sorted({file for file in files if file.is_file() and file.suffix not in COMPILED}))

    def of_step(self, step: Step, paths: Paths, given: dict[str, str]) -> Digests:
        """Return what a step reads by name: its parameters as `given`, its code, files of the case, tables as built.

        `paths` are those into which the run writes: the tables and figures of the steps before lie there.
        """
        file = NOTEBOOKS / step.notebook
        common = {
            "parameters": digest(given),
            "notebook": hash_files([file, REFERENCE / "prose.csv"]),
            "program": self.program,
            "libraries": self._libraries,
            "reference": self._once("reference", self._digest_reference),
            "case.yml": self._once("case.yml", lambda: hash_files([paths.inputs / "case.yml"])),
        }
        return common | {name: self._digest(name, paths) for name in step.reads}

    def of_reports(self, executed: Path, papers: Iterable[str]) -> Digests:
        """Return what the exporters of a report read: its executed notebook, and the sizes of paper."""
        return {
            "parameters": digest(list(papers)),
            "notebook": hash_files([executed]),
            "program": self.program,
            "libraries": self._libraries,
            "reference": self._once("words", lambda: hash_files([REFERENCE / "words.csv"])),
        }

    @cached_property
    def _libraries(self) -> str:
        """Digest of the Python and of all that is installed, by name and version."""
        installed = {file.name for place in sys.path for file in Path(place or ".").glob("*.dist-info")}
        return digest([sys.version, *sorted(installed)])

    def _digest_reference(self) -> str:
        own = (self.paths.inputs / f"{name}.csv" for name in OWN)
        return hash_files([*sorted(self.paths.reference.rglob("*.csv")), *own])

    def _digest(self, name: str, paths: Paths) -> str:
        if name == "every table":
            return hash_files(f for f in sorted(paths.built.glob("*.csv")) if f.stem not in ABOUT_THE_RUN)
        if name == "every figure":
            return hash_files(sorted(paths.figures.glob("*.*")))
        if name == "texts":
            return self._once(name, lambda: hash_files(sorted(paths.texts.glob("*.txt"))))
        if name == OUTLINE:
            return self._once(name, lambda: _digest_outline(paths.inputs / "judgements.yml"))
        if name == DECIDED:
            return _digest_decisions(paths)
        if name == "case/judgements":
            return self._once(name, lambda: hash_files([paths.inputs / "judgements.yml"]))
        if name.startswith("case/"):
            return self._once(name, lambda: hash_files([paths.inputs / TABLES[name].file]))
        return hash_files([paths.built / TABLES[name].file])

    def _once(self, name: str, make: Callable[[], str]) -> str:
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]


def digest(value: Any) -> str:
    """Return a SHA-256 over a plain value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _digest_outline(file: Path) -> str:
    """Return a digest of judgements without their prose: who only reads ids and ratings need not heed a word."""
    try:
        return digest(_leave_prose(read_yaml(file)))
    except InputError:  # whoever reads it says what is wrong
        return hash_files([file])


def _digest_decisions(paths: Paths) -> str:
    """Return a digest of the decisions on the mentions of an edition, of titles, and of what takes others back."""
    try:
        mentions = {row["mention_id"] for row in _read_rows(paths.built / "mentions.csv")}
        rows = _read_rows(paths.inputs / "decisions.csv")
        return digest([row for row in rows if row["row"] in mentions or row["action"] in ("title", "undo")])
    except (InputError, OSError, ValueError, KeyError):  # whoever reads it says what is wrong
        return hash_files([paths.inputs / "decisions.csv"])


def _read_rows(file: Path) -> list[dict[str, str]]:
    header, *rows = parse_csv(file.read_text(encoding="utf-8-sig"), file)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _leave_prose(value: Any) -> Any:
    if isinstance(value, list):
        return [_leave_prose(one) for one in value]
    if not isinstance(value, dict):
        return value
    return "" if value.keys() <= set(LANGUAGES) else {name: _leave_prose(one) for name, one in value.items()}
