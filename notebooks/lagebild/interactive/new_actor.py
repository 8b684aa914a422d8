"""An actor that a reviewer adds to the case, where the desk knows none of that name."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from lagebild.core.appending import append_case
from lagebild.core.characters import show, strip_marks
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference, read_reference
from lagebild.core.schema import TABLES
from lagebild.interactive.review_queue import ReviewQueue, list_actor

KINDS = ("person", "organisation", "group")  # a state has a code of its own
LONGEST = 120  # characters of a name


def add_actor(queue: ReviewQueue, name: str, kind: str) -> tuple[ReviewQueue, list[str]]:
    """Append an actor and its name to `actors.csv` and `names.csv` of the case.

    Returns
    -------
    tuple
        The queue that knows the actor, and the actor as the browser knows it (`list_actor`). The texts are read with
        the new name when the queue is opened again.

    Raises
    ------
    InputError
        If the name is empty, too long or somebody's already, or the tables cannot be written.
    """
    name, reference = " ".join(name.split()), queue.inputs.reference
    if not name or len(name) > LONGEST or kind not in KINDS:
        raise InputError(f"An actor needs a name of up to {LONGEST} characters and is one of {', '.join(KINDS)}.")
    named = (row for row in reference.rows_for("names", *reference.languages) if row["name"] == name)
    if taken := next(named, None):
        raise InputError(f"{show(name)} is a name of {taken['actor_id']} already: choose that actor.")
    actor = _make_id(reference, name)
    rows = {
        "actors": {"actor_id": actor, "type": kind, "name_de": name, "name_en": name},
        "names": {"name": name, "kind": "name", "actor_id": actor},
    }
    for table, row in rows.items():
        columns = list(TABLES[f"case/{table}"].columns)
        append_case(queue.paths, table, pd.DataFrame([dict.fromkeys(columns, "") | row]))
    inputs = replace(queue.inputs, reference=read_reference(queue.paths, reference))
    known = replace(queue.known, actors=queue.known.actors | {actor})
    queue = replace(queue, inputs=inputs, known=known)
    return queue, list_actor(queue, rows["actors"])


def _make_id(reference: Reference, name: str) -> str:
    """Return an id made of the letters and digits of a name that no actor has."""
    slug = re.sub("[^a-z0-9]+", "-", strip_marks(name).lower()).strip("-") or "actor"
    taken = set(reference.table("actors")["actor_id"])
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
