"""Acts as people or the draft coder read them: who does what to whom; and how two of them stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lagebild.coder import draft_text, take_offers
from lagebild.core import Reference, derived, ids
from lagebild.dataset import find_actor, find_principal, list_sides

SAME, SWAPPED, OPPOSED = "same", "swapped", "opposed"


@dataclass(frozen=True)
class Act:
    """Who does what to whom: its PLOVER type and all that are defensible, whom both sides stand for, how it is told."""

    kind: str
    types: frozenset[str]
    source: frozenset[str]
    target: frozenset[str]
    status: str
    start: int = 0
    mention_id: str = ""
    event_id: str = ""
    stance: str = "supports"
    voices: frozenset[str] = frozenset()  # whom those stand for who say so


def read_acts(reference: Reference, text: str, language: str, day: str) -> list[Act]:
    """Return the acts that the draft coder reads in a text, whether they count or not; `start` is the place of each."""
    drafted = draft_text(reference, text, language, day)
    acts = []
    for one in map(take_offers, (*drafted.events, *drafted.candidates)):
        on = one.date or day
        source, target = (
            frozenset(find_principal(reference, find_actor(reference, code), on) for code in codes)
            for codes in (one.source_actors, one.target_actors)
        )
        if one.mutual:
            source = target = source | target
        types = frozenset([one.event_type, *one.type_alt])
        acts.append(Act(one.event_type, types, source, target, one.status, one.trigger[0] or one.start))
    return acts


def list_acts(reference: Reference, rows: Iterable[Mapping[str, Any]], day: str) -> list[Act]:
    """Return the acts of mentions or drafts of a sentence; `day` is that of the page."""
    acts = []
    for row in rows:
        if row["event_type"]:
            source, target = list_sides(reference, dict(row), row["date"] or day)
            types = frozenset([row["event_type"], *ids(row.get("type_alt", ""))])
            named = row.get("mention_id", ""), row.get("event_id", ""), row.get("stance") or "supports"
            acts.append(Act(row["event_type"], types, source, target, row["status"], row["start"], *named))
    return acts


def relate(reference: Reference, one: Act, other: Act) -> str:
    """Return how an act of a claim stands to one of a sentence: same, swapped, opposed, or nothing of these.

    The same type between the same sides is the same act, with the sides exchanged it is swapped; a type of the other
    kind (cooperation, conflict) between the same sides is opposed.
    """
    along = bool(one.source & other.source) and (bool(one.target & other.target) or not one.target or not other.target)
    across = bool(one.source & other.target) and bool(one.target & other.source)
    alike = bool(one.types & other.types)
    if alike and along:
        return SAME
    if alike and across and not one.source & other.source and not one.target & other.target:
        return SWAPPED
    quads = _quads(reference)
    mine, theirs = ({quads[kind] for kind in act.types} for act in (one, other))
    if along and one.target & other.target and not mine & theirs and len(mine) == len(theirs) == 1:
        return OPPOSED
    return ""


def pair_same(reference: Reference, some: Iterable[Act], others: Sequence[Act]) -> list[tuple[Act, Act]]:
    """Return the acts of a claim that are the same as one of a sentence, each with that."""
    return [(one, other) for one in some for other in others if relate(reference, one, other) == SAME]


@derived
def _quads(reference: Reference) -> dict[str, str]:
    """Return for each PLOVER type whether it is cooperation or conflict."""
    return {row["event_type"]: row["quad"].split()[-1] for row in reference.rows("event_types")}
