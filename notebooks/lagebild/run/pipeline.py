"""The path of the data in one place: a case to the tables of an edition, as the notebooks make and save them.

The notebooks walk it step by step and show what each step finds; here it is walked without them, by the same functions.
What ends a run stands here too: how its editions differ from before, how many texts are reports, and who is missing. A
worker does that, which has imported what it takes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pandas as pd

from lagebild.analysis import (
    READ,
    EditionTables,
    analyse,
    build_changes,
    describe_revisions as sum_up_revisions,
    list_inputs,
    note_parameters,
    revise,
)
from lagebild.coder import ACTS
from lagebild.core import Parameters, Paths, load, read_case_file, read_judgements, save
from lagebild.corpus import Inputs
from lagebild.dataset import Dataset, build, describe_suggestions as sum_up_suggestions, draft_case, suggest_actors


def note_revisions(before: Paths, made: Paths) -> str:
    """Save how an edition differs from what was built before, which is about to be replaced, and sum it up."""
    return sum_up_revisions(save(made, "revisions", revise(before, made)))


def name_missing(paths: Paths) -> str:
    """Return in one line who acts often in an edition of a drafted case and is nobody's; empty if nobody is."""
    place = os.path.relpath(paths.built / "suggestions.csv")
    return sum_up_suggestions(load(paths, "suggestions"), paths.case, place)


def count_reports(paths: Paths) -> str:
    """Return in one line how many texts of a drafted case report acts, and what the others are about."""
    if not read_case_file(paths).draft:
        return ""
    kinds = load(paths, "matters")["matter"].value_counts(sort=False).to_dict()
    n, acts = sum(kinds.values()), kinds.pop(ACTS, 0)
    rest = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0])))
    file = os.path.relpath(paths.built / "matters.csv")
    says = f"{acts} of {n} texts report{'s' * (acts == 1)} acts between states, organisations or their officers"
    return f"{says}; the others: {rest}, see {file}" if rest else says


def build_dataset(inputs: Inputs, since: str = "") -> Dataset:
    """Return the dataset of an edition: texts to drafts to mentions to events.

    Raises
    ------
    InputError
        On the first row of the case that does not fit.
    """
    as_of = inputs.paths.as_of
    return build(inputs, draft_case(inputs), inputs.known(as_of), as_of, since)


def build_edition(inputs: Inputs, parameters: Parameters | None = None) -> dict[str, pd.DataFrame]:
    """Build and save every table of an edition, and return them by name, as saved.

    Raises
    ------
    InputError
        On the first row of the case that does not fit.
    """
    asked, paths = parameters or Parameters(), inputs.paths
    drafts, judgements = draft_case(inputs), read_judgements(paths)
    data = build(inputs, drafts, inputs.known(paths.as_of), paths.as_of, asked.since)
    changes = build_changes(data, inputs, drafts, inputs.case.previous(paths.as_of), judgements.questions, asked.since)
    made = {"changes": changes, "inputs": list_inputs(paths, asked.since)}
    made["suggestions"] = suggest_actors(inputs, inputs.known(paths.as_of))
    tables = save_all(paths, data.tables() | made)
    known = EditionTables(*(tables[name] for name in READ))
    derived = save_all(paths, analyse(known, inputs.reference, inputs.case, judgements, paths.as_of, asked).tables())
    return tables | derived | note_parameters(paths, lanes=asked.lanes, actors=asked.actors, compare=asked.compare)


def save_all(paths: Paths, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Save tables of an edition, and return them as saved, by name."""
    return {name: save(paths, name, frame) for name, frame in tables.items()}
