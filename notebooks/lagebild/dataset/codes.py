"""The codes by which the draft coder names actors, to their ids."""

from __future__ import annotations

from lagebild.core.offices import stands_for
from lagebild.core.reference import Reference, derived


def find_actor(reference: Reference, code: str) -> str:
    """Return the id of the actor behind a code of the draft coder: ``IRN``, ``ORG:NATO`` or ``PER:Name``."""
    kind, _, name = code.partition(":")
    return _codes(reference)[kind][name] if name else code


def find_principal(reference: Reference, actor_id: str, day: str) -> str:
    """Return the id of the actor for whom somebody stands on a day: who holds no office, for himself."""
    return find_actor(reference, stands_for(reference, actor_id, day))


@derived
def _codes(reference: Reference) -> dict[str, dict[str, str]]:
    codes: dict[str, dict[str, str]] = {"ORG": {}, "PER": {}}
    for row in reference.rows("actors"):
        kind, name = ("PER", row["name_en"]) if row["type"] == "person" else ("ORG", row["actor_id"].upper())
        codes[kind].setdefault(name, row["actor_id"])
    return codes
