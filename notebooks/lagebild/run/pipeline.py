"""A case to the dataset of an edition, and what ends a run: how editions differ from before, and who is missing.

A worker does the latter, which has imported what it takes.
"""

from __future__ import annotations

import os

from lagebild.analysis import describe_revisions as sum_up_revisions, revise
from lagebild.coder import ACTS
from lagebild.core import Paths, load, read_case_file, tables
from lagebild.corpus import Inputs
from lagebild.dataset import Dataset, build, describe_suggestions as sum_up_suggestions, draft_case


def note_revisions(before: Paths, made: Paths) -> str:
    """Save how an edition differs from what was built before, which is about to be replaced, and sum it up."""
    return sum_up_revisions(tables.save(made, "revisions", revise(before, made)))


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
