"""What the method knows: the tables of `data/reference`, read from one root and passed on as a value."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from lagebild.core.characters import show
from lagebild.core.csv_files import list_rows, read_columns
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths, read_languages
from lagebild.core.schema import ADDED, NOTES, TABLES, reference_tables

if TYPE_CHECKING:
    import pandas as pd

    from lagebild.core.overlay import Overlay


P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Reference:
    """The reference tables of one folder; those of a language lie in `lang/LANGUAGE` below it.

    A table is read and checked when it is first asked for, and kept here with whatever is worked out from it (see
    `derived`): two roots never share anything, and nothing outlives the value.

    What a `case` says of actors lies over the tables of the `plain` reference: whoever asks for `actors`, `names` or
    `offices` sees one table.
    """

    folder: Path
    case: Overlay | None = None
    plain: Reference | None = None
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose tables lie here."""
        return read_languages(self.folder)

    def place(self, language: str = "") -> Path:
        """Return the folder of the tables of all languages, or of one."""
        return self.folder / "lang" / language if language else self.folder

    def table(self, name: str, language: str = "") -> pd.DataFrame:
        """Return a table, such as ``actors``, or ``frames`` of a language; columns as in the schema ``reference/NAME``.

        Raises
        ------
        InputError
            If the table is missing or does not fit its schema.
        """
        from lagebild.core.tables import tabulate

        def make() -> pd.DataFrame:
            if self.case and self.plain:
                return self.case.merge(name, language, self.plain.table)
            return tabulate(self._columns(name, language), TABLES[f"reference/{name}"])

        return self._once(("table", name, language), make)

    def _columns(self, name: str, language: str) -> Mapping[str, Sequence[Any]]:
        """Return the columns of a table as it lies on the disk."""
        file = self.place(language) / f"{name}.csv"
        return self._once(("columns", name, language), lambda: read_columns(file, f"reference/{name}"))

    def rows(self, name: str, language: str = "") -> list[dict[str, Any]]:
        """Return the rows of a table, each as a mapping of column names to plain values.

        A language that has no folder has none: a model reads its texts, and no rule.
        """
        if language and not self.place(language).is_dir():
            return []

        def make() -> list[dict[str, Any]]:
            if not self.case:
                return list_rows(self._columns(name, language))
            from lagebild.core.tables import records

            return records(self.table(name, language))

        return self._once(("rows", name, language), make)

    def rows_for(self, name: str, *languages: str) -> list[dict[str, Any]]:
        """Return the rows for all languages of a table that has both, such as ``names``, then those of `languages`."""
        rows: list[dict[str, Any]] = []
        for language in ("", *languages):
            rows += self.rows(name, language)
        return rows

    def tables(self, language: str = "") -> dict[str, pd.DataFrame]:
        """Return all tables that lie in one place, see `place`, by their names in the schema; notes may be missing."""
        return {
            name: self.table(name.partition("/")[2], language)
            for name in reference_tables(spoken=bool(language))
            if name not in NOTES or (self.place(language) / TABLES[name].file).is_file()
        }

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, and make it if it is not."""
        if key not in self._kept:
            self._kept[key] = make()
        value: T = self._kept[key]
        return value


def list_reference_files(folder: Path) -> list[Path]:
    """Return the files of a reference: its tables, and the instructions and examples of the reader."""
    return sorted(file for file in folder.rglob("*.*") if file.suffix in (".csv", ".txt", ".jsonl"))


def read_reference(paths: Paths, known: Reference | None = None) -> Reference:
    """Return what the method knows in a run, and over it what its case says of actors.

    Its tables are those below the root of the run, or of the project if that has none; or those that are `known`.

    Raises
    ------
    InputError
        If a row of the case does not fit, with its file.
    """
    known = known or Reference(paths.reference)
    plain = known.plain or known
    if not any((paths.inputs / TABLES[f"case/{name}"].file).is_file() for name in ADDED):
        return plain
    from lagebild.core.overlay import read_overlay

    overlay = read_overlay(paths, plain.languages, plain.table)
    return Reference(plain.folder, overlay, plain) if overlay else plain


def derived(make: Callable[Concatenate[Reference, P], T]) -> Callable[Concatenate[Reference, P], T]:
    """Make something from the tables once per reference and arguments, and keep it with that reference."""

    @wraps(make)
    def once(reference: Reference, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (make, args, *sorted(kwargs.items()))
        return reference._once(key, lambda: make(reference, *args, **kwargs))

    return once


@derived
def read_sets(reference: Reference, kind: str, language: str) -> dict[str, str]:
    """Return the words of each value of a class of the table `sets`, as they stand there: parted by "|"."""
    return {row["value"]: row["words"] for row in reference.rows("sets", language) if row["class"] == kind}


@derived
def join_names(reference: Reference, language: str) -> dict[str, str]:
    """Return all names of each actor in a language, sorted and joined by blanks: what a search looks through."""
    names: dict[str, list[str]] = {}
    for row in sorted(reference.rows_for("names", language), key=lambda row: row["name"]):
        names.setdefault(row["actor_id"], []).append(row["name"])
    return {actor: " ".join(called) for actor, called in names.items()}


class UnknownActor(InputError):
    """Nobody is called so."""


def look_up_actor(reference: Reference, text: str) -> str:
    """Return the id of the actor that has this id, or is called so in German or English.

    Raises
    ------
    UnknownActor
        If there is none, with the nearest one.
    """
    known: dict[str, str] = {}
    for column in ("name_en", "name_de", "actor_id"):
        known |= {row[column].casefold(): row["actor_id"] for row in reference.rows("actors")}
    wanted = " ".join(text.split()).casefold()
    if wanted in known:
        return known[wanted]
    near = "".join(f"the nearest known one is {known[name]} ({name}); " for name in get_close_matches(wanted, known, 1))
    raise UnknownActor(f"no actor is called {show(text)}: {near}actors.csv of the reference lists all.")
