"""How what leaves an edition is named: UUIDs that are the same in every run, addresses that all accept, who to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from lagebild.core.labels import Labels

NAMESPACE = UUID("60a4d96c-4b24-4d3b-9a0c-6f0f2f0fb1c7")  # our own, drawn once: to change it would rename everything
_ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"  # what an address holds as it stands, RFC 3986; the per cent sign is its escape


def make_uuid(*names: str) -> str:
    """Return the UUID (version 5) of what is called by these names, the kind of thing first."""
    return str(uuid5(NAMESPACE, "\n".join(names)))


def escape_address(address: str) -> str:
    """Return an address that leads to the same place, with all in per cent that no address may hold."""
    return quote(address, safe=_ADDRESS)


def name_sides(row: Mapping[str, Any], labels: Labels) -> str:
    """Return who does it to whom in an event or a mention of one, or who does it with whom."""
    acting, affected = labels.names(row["source_actors"]), labels.names(row["target_actors"])
    if row["mutual"] == "yes" or not affected:
        return acting
    return f"{acting or '–'} → {affected}"
