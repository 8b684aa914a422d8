"""What ends a run: how its editions differ from before, who is missing among the actors.

A worker does it, which has imported what it takes.
"""

from __future__ import annotations

import os

from lagebild.analysis.revisions import revise
from lagebild.analysis.revisions import sum_up as sum_up_revisions
from lagebild.core.paths import Paths
from lagebild.core.tables import load, save
from lagebild.dataset.suggestions import sum_up as sum_up_suggestions


def note_revisions(before: Paths, made: Paths) -> str:
    """Save how an edition differs from what was built before, which is about to be replaced, and sum it up."""
    return sum_up_revisions(save(made, "revisions", revise(before, made)))


def name_missing(paths: Paths) -> str:
    """Return in one line who acts often in an edition of a drafted case and is nobody's; empty if nobody is."""
    place = os.path.relpath(paths.built / "suggestions.csv")
    return sum_up_suggestions(load(paths, "suggestions"), paths.case, place)
