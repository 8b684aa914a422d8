"""With which parameters the steps of a run made their tables: noted by each, checked by those that follow."""

from __future__ import annotations

import pandas as pd

from lagebild.core.characters import show
from lagebild.core.paths import InputError, Paths
from lagebild.core.schema import TABLES
from lagebild.core.tables import load, save

# Where the step that a parameter first shapes notes it: each step writes its own tables alone, so that steps can run
# side by side.
NOTED = {"since": "inputs", "lanes": "timeline_run", "actors": "relations_run", "compare": "relations_run"}


def note_parameters(paths: Paths, **values: str) -> dict[str, pd.DataFrame]:
    """Save the tables of the parameters of steps, `timeline_run` and `relations_run`, and return them by name."""
    noted = {}
    for table in sorted({NOTED[name] for name in values}):
        rows = [(name, value) for name, value in values.items() if NOTED[name] == table]
        noted[table] = save(paths, table, pd.DataFrame(rows, columns=list(TABLES[table].columns)))
    return noted


def check_parameters(paths: Paths, **values: str) -> None:
    """Refuse parameters that differ from those with which a step before made the tables of this edition.

    Raises
    ------
    InputError
        On the first one that differs, with the step that has to run again.
    """
    noted: dict[str, str] = {}
    for table in dict.fromkeys(NOTED[name] for name in values):
        frame = load(paths, table)
        noted |= dict(zip(frame["name"], frame["value"], strict=True))
    for name, value in values.items():
        if noted[name] != value:
            raise InputError(
                f"The parameter {name} is {show(value)}, but the tables were made with {show(noted[name])}: "
                f"run step {TABLES[NOTED[name]].step} with it first, or leave it as it was."
            )
