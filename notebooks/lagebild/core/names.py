"""How actors are called in a language."""

from __future__ import annotations

from lagebild.core.reference import Reference, derived


@derived
def join_names(reference: Reference, language: str) -> dict[str, str]:
    """Return all names of each actor in a language, sorted and joined by blanks: what a search looks through."""
    found: dict[str, list[str]] = {}
    for row in sorted(reference.rows_for("names", language), key=lambda row: row["name"]):
        found.setdefault(row["actor_id"], []).append(row["name"])
    return {actor: " ".join(names) for actor, names in found.items()}
