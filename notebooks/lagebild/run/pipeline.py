"""The path of the data in one place: a case to the tables of an edition, as the notebooks make and save them.

The notebooks walk it step by step and show what each step finds; here it is walked without them, by the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lagebild.analysis.changes import build_changes
from lagebild.analysis.findings import READ, Known, analyse
from lagebild.analysis.parameters import note_parameters
from lagebild.analysis.revisions import list_inputs
from lagebild.core.case import Parameters
from lagebild.core.judgements import read_judgements
from lagebild.core.paths import Paths
from lagebild.core.tables import save
from lagebild.corpus.inputs import Inputs
from lagebild.dataset.dataset import Dataset, build
from lagebild.dataset.drafts import code
from lagebild.dataset.suggestions import suggest_actors


def build_dataset(inputs: Inputs, since: str = "") -> Dataset:
    """Return the dataset of an edition: texts to drafts to mentions to events.

    Raises
    ------
    InputError
        On the first row of the case that does not fit.
    """
    as_of = inputs.paths.as_of
    return build(inputs, code(inputs), inputs.known(as_of), as_of, since)


def build_edition(inputs: Inputs, parameters: Parameters | None = None) -> dict[str, pd.DataFrame]:
    """Build and save every table of an edition, and return them by name, as saved.

    Raises
    ------
    InputError
        On the first row of the case that does not fit.
    """
    asked, paths = parameters or Parameters(), inputs.paths
    drafts, judgements = code(inputs), read_judgements(paths)
    data = build(inputs, drafts, inputs.known(paths.as_of), paths.as_of, asked.since)
    changes = build_changes(data, inputs, drafts, inputs.case.previous(paths.as_of), judgements.questions, asked.since)
    made = {"changes": changes, "inputs": list_inputs(paths, asked.since)}
    made["suggestions"] = suggest_actors(inputs, inputs.known(paths.as_of))
    tables = save_all(paths, data.tables() | made)
    known = Known(*(tables[name] for name in READ))
    found = save_all(paths, analyse(known, inputs.reference, inputs.case, judgements, paths.as_of, asked).tables())
    return tables | found | note_parameters(paths, lanes=asked.lanes, actors=asked.actors, compare=asked.compare)


def save_all(paths: Paths, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Save tables of an edition, and return them as saved, by name."""
    return {name: save(paths, name, frame) for name, frame in tables.items()}
