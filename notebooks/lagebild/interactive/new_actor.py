"""An actor that a reviewer adds to the case, where the desk knows none of that name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import replace

import pandas as pd

from lagebild.core.appending import append_case
from lagebild.core.characters import show, strip_marks
from lagebild.core.overlay import read_overlay
from lagebild.core.paths import InputError
from lagebild.core.reference import read_reference
from lagebild.core.schema import TABLES
from lagebild.core.tables import complete, read_case
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
        If the name is empty, too long or in a table already, also of what names nobody, or if the tables cannot be
        written.
    """
    if kind not in KINDS:
        raise InputError(f"An actor is one of {', '.join(KINDS)}.")
    name = check_name(queue, name)
    held = read_case(queue.paths, "actors")["actor_id"]  # somebody else may have added to them
    actor = _make_id({*queue.inputs.reference.table("actors")["actor_id"], *held}, name)
    row = {"actor_id": actor, "type": kind, "name_de": name, "name_en": name}
    queue = append_rows(queue, {"actors": row, "names": {"name": name, "kind": "name", "actor_id": actor}})
    return replace(queue, known=replace(queue.known, actors=queue.known.actors | {actor})), list_actor(queue, row)


def check_name(queue: ReviewQueue, name: str) -> str:
    """Return a name with plain blanks, if it is nobody's yet.

    Raises
    ------
    InputError
        If it is empty, too long or in a table already, also of what names nobody.
    """
    name, reference = " ".join(name.split()), queue.inputs.reference
    if not name or len(name) > LONGEST:
        raise InputError(f"An actor needs a name of up to {LONGEST} characters.")
    named = (row for row in reference.rows_for("names", *reference.languages) if row["name"] == name)
    if taken := next(named, None):
        raise InputError(f"{show(name)} is a name of {taken['actor_id']} already: choose that actor.")
    if name in set(read_case(queue.paths, "names")["name"]):
        raise InputError(f"{show(name)} stands in names.csv of the case already: correct it there.")
    return name


def append_rows(queue: ReviewQueue, rows: Mapping[str, Mapping[str, str]]) -> ReviewQueue:
    """Append a row to each of some tables of the case, and return the queue that knows them."""
    reference = queue.inputs.reference
    added = {table: complete(pd.DataFrame([row], dtype=str), TABLES[f"case/{table}"]) for table, row in rows.items()}
    plain = reference.plain or reference
    read_overlay(queue.paths, plain.languages, plain.table, added)  # a row that does not fit would stop every run
    for table, frame in added.items():
        append_case(queue.paths, table, frame)
    return replace(queue, inputs=replace(queue.inputs, reference=read_reference(queue.paths, reference)))


def _make_id(taken: Set[str], name: str) -> str:
    """Return an id made of the letters and digits of a name, and none that is `taken`."""
    slug = re.sub("[^a-z0-9]+", "-", strip_marks(name).lower()).strip("-") or "actor"
    return next(one for one in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
