"""The modules that a piece of code uses: those that it imports, those that these import, and the files beside them.

They are found in the source, without running it. So a step of a run is made again if its code has changed, and only
then.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from lagebild.core.paths import PACKAGE

NAME = PACKAGE.name
IMPORT = re.compile(
    rf"^[ \t]*(?:from ({NAME}[\w.]*) import (\([^)]*\)|.+)|import ({NAME}[\w.]*))", re.MULTILINE
)  # a line of a text that reads like one adds a module, which does no harm
BY_NAME = re.compile(r"\bimport_module\(")  # in a package that looks for its modules itself
CODE = {".py", ".pyc"}


class Modules:
    """The modules of the package by their names, as they lie on the disk."""

    @cached_property
    def files(self) -> dict[str, Path]:
        """The file of each module and package."""
        named = ((file.relative_to(PACKAGE.parent).with_suffix(""), file) for file in PACKAGE.rglob("*.py"))
        return {".".join(path.parts).removesuffix(".__init__"): file for path, file in named}

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """What each module imports itself."""
        return {name: self.read(file.read_text(encoding="utf-8"), name) for name, file in self.files.items()}

    def read(self, source: str, within: str = "") -> set[str]:
        """Return the modules that a source imports; `within` names the package that it belongs to, if any."""
        found = set[str]()
        for package, names, module in IMPORT.findall(source):
            found |= {module or package, *(f"{package}.{name}" for name in re.findall(r"\w+", names))}
        if BY_NAME.search(source):
            found |= {name for name in self.files if name.startswith(f"{within}.")}
        return found & self.files.keys()

    def find(self, sources: Iterable[str], rooms: Iterable[str] = ()) -> list[Path]:
        """Return the files on which sources rest, sorted: modules, and what lies beside them such as templates.

        Every module of the `rooms` counts, whether it is imported or not.
        """
        whole = tuple(f"{NAME}.{room}." for room in rooms)
        open_, found = set().union(*map(self.read, sources)), set[str]()
        open_ |= {name for name in self.files if whole and f"{name}.".startswith(whole)}
        while open_:
            name = open_.pop()
            found.add(name)
            parents = {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
            open_ |= (self.imports[name] | parents) - found
        return sorted({*(self.files[name] for name in found), *self._beside(found), *_find_extensions()})

    def _beside(self, names: Iterable[str]) -> Iterator[Path]:
        for folder in {self.files[name].parent for name in names}:
            yield from filter(_is_data, folder.iterdir())
            for inner in folder.iterdir():
                if inner.is_dir() and not (inner / "__init__.py").exists():
                    yield from filter(_is_data, inner.rglob("*"))


def _find_extensions() -> Iterator[Path]:
    """Yield the modules of others, such as `lagebild_lang_xx`, which are imported by their names alone."""
    for place in sys.path:
        for found in Path(place or ".").glob(f"{NAME}_*"):
            yield from sorted(found.rglob("*.py")) if found.is_dir() else [found] * (found.suffix == ".py")


def _is_data(file: Path) -> bool:
    return file.is_file() and file.suffix not in CODE
