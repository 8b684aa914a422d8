"""The audit trail of a run: each notebook as it was executed, ready to be executed again, in the language of the run.

The notebooks are written in English, once: two sets of notebooks would drift apart in their code. The table `prose`
holds their cells of text in German, and a run puts these in place before it executes a notebook, so that the copy that
it leaves speaks one language throughout.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lagebild import __version__
from lagebild.core import REFERENCE, InputError, Parameters, Paths, Reference, folders
from lagebild.run.kernels import ENGINE, LOST, NAME
from lagebild.run.steps import Step, choose_parameters

DIGITS = 12  # of the hash
# Whose versions decide on the bytes of a report: the executed notebooks name them. No report does, so that a report
# that is committed changes only where its content does.
LIBRARIES = ("Babel", "fontpkg-inter", "networkx", "pandas", "pikepdf", "plotly", "pypandoc-binary", "typst")


def hash_prose(text: str) -> str:
    """Return the hash by which the table `prose` knows the English text of a cell."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def translate_prose(notebook: Any, name: str, reference: Reference, language: str) -> Any:
    """Return a notebook whose cells of text are in a language; `name` is that of its file, without its ending.

    A cell that has changed since it was translated keeps its English: words that are true before words that are read
    with ease.
    """
    import nbformat

    texts = {
        (row["cell"], row["hash"]): row[language]
        for row in reference.rows("prose")
        if row["notebook"] == name and language in row
    }
    cells = [
        cell | {"source": texts.get((cell["id"], hash_prose(cell["source"])), cell["source"])}
        if cell["cell_type"] == "markdown"
        else cell
        for cell in notebook["cells"]
    ]
    return nbformat.from_dict(notebook | {"cells": cells})  # type: ignore[no-untyped-call]


INJECTED = "injected-parameters"  # papermill's tag of the cell that it adds
TIMES = ("execution", "papermill")  # what papermill and nbclient note of each cell: when it ran, and for how long
ADDRESS = re.compile(r" at 0x[0-9a-f]+(?=>)")


def execute_notebook(step: Step, paths: Paths, parameters: Parameters, output: str) -> None:
    """Execute a notebook in the kernel of the run, and keep it as the one that writes into `output`.

    Raises
    ------
    InputError
        If it stops, with its name and what to do.
    """
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        executed = papermill.execute_notebook(
            _open(step, paths.language),
            None,
            choose_parameters(step, paths, parameters),
            engine_name=ENGINE,
            kernel_name=NAME,
            progress_bar=False,
        )
    except DeadKernelError:
        raise InputError(f"{step.notebook}: {LOST}") from None
    except PapermillExecutionError as error:
        if error.ename == "InputError":
            raise InputError(f"{step.notebook}: {error.evalue}") from None
        raise InputError(
            f"{step.notebook}, cell {error.exec_count}: {error.ename}: {error.evalue} "
            "(a fault of the program; please report it with the case)."
        ) from None
    _keep(executed, choose_parameters(step, replace(paths, output=output), parameters), paths.executed(step.notebook))


def _keep(executed: Any, given: dict[str, str], file: Path) -> None:
    """Write an executed notebook as the user would run it: the staging folder in which it wrote is soon gone.

    What differs from run to run goes too: times, the random id of the added cell, where an object lay in memory. So the
    same run gives the same bytes.
    """
    import nbformat
    from papermill.translators import translate_parameters

    executed.metadata["papermill"] = {"parameters": given}
    executed.metadata["lagebild"] = {"lagebild": __version__} | {name: version(name) for name in LIBRARIES}
    for cell in executed.cells:
        for name in TIMES:
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", ()):
            if plain := output.get("data", {}).get("text/plain"):
                output.data["text/plain"] = ADDRESS.sub("", plain)
        if INJECTED in cell.metadata.get("tags", ()):
            cell.id = INJECTED
            cell.source = translate_parameters(NAME, "python", given, "Parameters")
    file.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(executed, file)  # type: ignore[no-untyped-call]


def _open(step: Step, language: str) -> Any:
    """Return the notebook of a step with its explanations in a language; these come with it, whatever root is given."""
    import nbformat

    file = folders.NOTEBOOKS / step.notebook
    notebook = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    return translate_prose(notebook, file.stem, Reference(REFERENCE), language)
