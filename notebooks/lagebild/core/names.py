"""How actors are called in a language."""

from __future__ import annotations

from difflib import get_close_matches

from lagebild.core.characters import show
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference, derived


@derived
def join_names(reference: Reference, language: str) -> dict[str, str]:
    """Return all names of each actor in a language, sorted and joined by blanks: what a search looks through."""
    found: dict[str, list[str]] = {}
    for row in sorted(reference.rows_for("names", language), key=lambda row: row["name"]):
        found.setdefault(row["actor_id"], []).append(row["name"])
    return {actor: " ".join(names) for actor, names in found.items()}


class UnknownActor(InputError):
    """Nobody is called so."""


def look_up_actor(reference: Reference, text: str) -> str:
    """Return the id of the actor that has this id, or is called so in German or English.

    Raises
    ------
    UnknownActor
        If there is none, with the nearest one.
    """
    rows = reference.rows("actors")
    known = {row[column].casefold(): row["actor_id"] for column in ("name_en", "name_de", "actor_id") for row in rows}
    wanted = " ".join(text.split()).casefold()
    if wanted in known:
        return str(known[wanted])
    near = "".join(f"the nearest known one is {known[one]} ({one}); " for one in get_close_matches(wanted, known, 1))
    raise UnknownActor(f"no actor is called {show(text)}: {near}actors.csv of the reference lists all.")
