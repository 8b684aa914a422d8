"""What a run needs, tried one by one: what is there, what is missing, and the remedy."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shlex import quote

from lagebild.core import InputError, Paths, Reference, folders, records, show
from lagebild.run.options import HOW_TO_BEGIN

AGAIN = "install the program again: pipx reinstall lagebild, or pip install --force-reinstall lagebild"
OLDEST = (3, 11)
SHOWN = 5  # models of a server that are named


@dataclass(frozen=True)
class Diagnosis:
    """One thing that a run needs: what it is, what was found, and the remedy, empty if all is well."""

    thing: str
    says: str
    remedy: str = ""


def examine(root: str = "") -> Iterator[Diagnosis]:
    """Yield a finding for each thing that a run needs, in the order in which it needs them."""
    paths = Paths("", "", root=root)
    for thing, look, remedy in (
        ("Python", _find_python, "install Python 3.11 or newer"),
        ("folder", lambda: _find_folder(paths), "go to a folder in which you may write, or name one with --root"),
        ("cases", lambda: _find_cases(root), "check who may read data/cases"),
        ("languages", lambda: _find_languages(Reference(paths.reference)), "correct what is named, or " + AGAIN),
        ("notebooks", _find_notebooks, AGAIN),
        ("kernel", lambda: _find_kernel(paths.home), AGAIN),
        ("fonts", _find_fonts, "pip install fontpkg-inter"),
        ("PDF", _find_typst, "pip install typst"),
        ("DOCX", _find_pandoc, "pip install pypandoc-binary"),
        ("JupyterLab", lambda: version("jupyterlab"), "pip install jupyterlab"),
        ("corpus", _find_corpus, "nothing, unless you code a corpus"),
        ("model", _find_models, "nothing: the rules read alone"),
    ):
        yield _try(thing, look, remedy)


def _try(thing: str, look: Callable[[], str], remedy: str) -> Diagnosis:
    try:
        return Diagnosis(thing, look())
    except Exception as error:  # whatever is wrong with a machine is what is asked for here
        why = str(error).strip().split("\n")[0] or type(error).__name__
        return Diagnosis(thing, f"missing or broken: {why}", remedy)


def _find_python() -> str:
    if sys.version_info < OLDEST:
        raise RuntimeError(platform.python_version())
    return f"{platform.python_version()} on {platform.system()}"


def _find_folder(paths: Paths) -> str:
    """Write a file where a run would; a project may not be there yet."""
    home = paths.home
    with tempfile.NamedTemporaryFile(dir=home, prefix=".run-doctor-"):
        pass
    free = os.statvfs(home) if hasattr(os, "statvfs") else None
    room = f", {free.f_bavail * free.f_frsize / 1e9:.0f} GB free" if free else ""
    return f"{show(str(home))} can be written{room}"


def _find_cases(root: str) -> str:
    return ", ".join(folders.list_cases(root)) or f"none yet: {HOW_TO_BEGIN}"


def _find_languages(reference: Reference) -> str:
    reference.tables()
    tables = [reference.tables(language)["reference/language"] for language in reference.languages]
    names = [str(records(table)[0]["name"]) for table in tables]
    if not names:
        raise FileNotFoundError("no language has tables")
    return f"{', '.join(names)} are read; reports are written in German and English"


def _find_notebooks() -> str:
    names = sorted(file.stem for file in folders.NOTEBOOKS.glob("0*.ipynb"))
    if not names:
        raise FileNotFoundError("no notebook came with the program")
    return ", ".join(names)


def _find_kernel(home: Path) -> str:
    from lagebild.run.kernels import Workers, prepare_kernel, wait_for

    with Workers(1, home) as workers:
        wait_for(workers.submit(prepare_kernel))
    return f"ipykernel {version('ipykernel')} starts"


def _find_fonts() -> str:
    from lagebild.charts import find_letters

    return f"Inter, {len(find_letters())} letters"


def _find_typst() -> str:
    import typst

    made = typst.compile(b"Lagebild")
    assert made is not None
    return f"Typst {version('typst')} sets a page"


def _find_pandoc() -> str:
    import pypandoc

    return f"pandoc {pypandoc.get_pandoc_version()}"


def _find_corpus() -> str:
    """Say whether a corpus can be coded and asked here; that is an extra, and need not be."""
    from lagebild.archive import check_extra

    try:
        check_extra()
    except InputError as fault:
        return f"cannot be coded or asked here: {fault}"
    return f"Dask {version('distributed')} and DuckDB {version('duckdb')} code it and ask it"


def _find_models() -> str:
    """Say which language models answer on this machine; none need be there."""
    from lagebild.reader import EXTRA, find_servers, look_up
    from lagebild.run.asking import AMPLE

    servers = find_servers()
    named = "; ".join(f"{name} has {', '.join(models[:SHOWN])}" for name, (_, models) in servers.items())
    first = next((models[0] for _, models in servers.values()), "")
    if not first:
        file = "--model FILE.gguf reads with a model in a file"
        file += "" if find_spec("xllamacpp") else f" after {EXTRA}"
        return f"no server of a language model answers on this machine, so the rules read alone; {file}"
    address = next(address for address, _ in servers.values())
    host = look_up(address, first)
    small = (
        f" (it has {host.context:,} tokens at once, which is little: {host.remedy})" if 0 < host.context < AMPLE else ""
    )
    return f"{named}: lagebild run CASE --model {quote(first)}{small}"
