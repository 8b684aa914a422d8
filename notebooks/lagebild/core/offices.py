"""Who acts for whom, and when: a person stands for a state only while in office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lagebild.core.edtf import parse
from lagebild.core.reference import Reference, derived

if TYPE_CHECKING:  # the draft coder asks for whom one stands, and need not wait for pandas
    import pandas as pd

OfficesByActor = Mapping[str, Sequence[Mapping[str, str]]]  # the offices of each actor, rows of the table `offices`


def group_offices(offices: pd.DataFrame) -> OfficesByActor:
    """Return the offices of each actor that holds any, in the order of the table."""
    from lagebild.core.tables import records

    held: dict[str, list[Mapping[str, str]]] = {}
    for office in records(offices):
        held.setdefault(office["actor_id"], []).append(office)
    return held


def _read_term(office: Mapping[str, str]) -> tuple[str, str]:
    """Return the first and the last day of a row of the table `offices`; an open end lies before or after all days."""
    first = parse(office["from"]).earliest if office["from"] else ""
    return first, parse(office["to"]).latest if office["to"] else "9999"


def acts_for(held: OfficesByActor, actor_id: str, day: str) -> Mapping[str, str] | None:
    """Return the office that an actor holds on a day, or None; `day` empty asks for any office.

    A chain is not followed here: the State Duma acts for Russia, its speaker for the Duma.
    """
    for office in held.get(actor_id, ()):
        first, last = _read_term(office)
        if not day or first <= day <= last:
            return office
    return None


def resolve_actor(held: OfficesByActor, actor_id: str, day: str) -> str:
    """Return the state or organisation that an actor stood for on `day`; the actor itself if for none."""
    seen = {actor_id}
    while (office := acts_for(held, actor_id, day)) is not None and office["acts_for"] not in seen:
        actor_id = office["acts_for"]
        seen.add(actor_id)
    return actor_id


@dataclass(frozen=True, eq=False)
class Offices:
    """Who acts for whom, as a table of offices; which actors are persons, which organisations; whose acts weigh less.

    `ranks` has the weight of each first word of an office that weighs less than one, and under "" that of a person
    without an office.
    """

    table: pd.DataFrame
    persons: frozenset[str]
    bodies: frozenset[str]
    ranks: Mapping[str, float]

    @cached_property
    def held(self) -> OfficesByActor:
        """The offices of each actor that holds any."""
        return group_offices(self.table)

    def weigh(self, actor: str, day: str) -> float:
        """Return how much what an actor does on a day weighs: 1 but for persons of lesser office or none (`ranks`)."""
        if actor not in self.persons:
            return 1.0
        office = acts_for(self.held, actor, day)
        first = office["office_de"].split(" ", 1)[0] if office else ""
        return self.ranks.get(first, 1.0)

    def fold(self, actors: pd.Series, days: pd.Series) -> pd.Series:
        """Return for whom each actor stood on the day beside it (see `resolve_actor`); each pair is looked up once."""
        import pandas as pd

        stands = actors.isin([*self.held]).to_numpy()
        asked = list(zip(actors[stands].tolist(), days[stands].tolist(), strict=True))
        stood = {(actor, day): resolve_actor(self.held, actor, day) for actor, day in set(asked)}
        named = actors.to_numpy(dtype=object, copy=True)
        named[stands] = [stood[pair] for pair in asked]
        return pd.Series(named, index=actors.index, dtype=str)


@derived
def read_offices(reference: Reference) -> Offices:
    """Return the offices of a reference, with its persons and organisations."""
    actors = reference.rows("actors")
    ranks: dict[str, float] = {}
    for row in reference.rows("ranks"):
        ranks |= dict.fromkeys(row["words"].split("|"), float(row["weight"]))
    return Offices(
        table=reference.table("offices"),
        persons=frozenset(row["actor_id"] for row in actors if row["type"] == "person"),
        bodies=frozenset(row["actor_id"] for row in actors if row["type"] == "organisation"),
        ranks=ranks,
    )


def stands_for(reference: Reference, actor_id: str, day: str, state: str = "", former: bool = False) -> str:
    """Return whom a named actor stands for on the day of an act, as the draft coder writes it.

    Parameters
    ----------
    reference
        The tables that name the actors and their offices.
    actor_id
        The actor that was named.
    day
        EDTF of the act, or the day of publication.
    state
        The state whose adjective stands with the name (der iranische Außenminister …): it decides.
    former
        The text calls the person a former office holder: then nobody is stood for.

    Returns
    -------
    str
        ISO 3166-1 alpha-3 code, ``ORG:NATO``, or ``PER:Name`` for a person who acts for nobody on that day.
    """
    return _terms(reference).stands_for(actor_id, day, state, former)


def is_organisation(reference: Reference, actor_id: str) -> bool:
    """Whether an actor is an organisation, not a state, a person or a loose group."""
    return _terms(reference).types[actor_id][0] == "organisation"


@derived
def birthdays(reference: Reference) -> dict[str, str]:
    """Return the birthday (MM-DD) of each person whose surname is safe alone, by surname."""
    born = {row["actor_id"]: row["born"] for row in reference.rows("actors") if row["born"]}
    return {
        row["name"]: born[row["actor_id"]][5:]
        for row in reference.rows_for("names", *reference.languages)
        if row["kind"] == "surname" and row["actor_id"] in born
    }


class _Terms:
    """Type and name of every actor, and the terms of every office: first day, last day, for whom."""

    def __init__(self, reference: Reference) -> None:
        self.types: dict[str, tuple[str, str]] = {
            row["actor_id"]: (row["type"], row["name_en"]) for row in reference.rows("actors")
        }
        self.held: dict[str, list[tuple[str, str, str]]] = {}
        for row in reference.rows("offices"):
            self.held.setdefault(row["actor_id"], []).append((*_read_term(row), row["acts_for"]))
        self.stands_for = lru_cache(2**14)(self._stands_for)

    def _stands_for(self, actor_id: str, day: str, state: str, former: bool) -> str:
        kind, name = self.types[actor_id]
        if kind == "person":
            if former:
                return f"PER:{name}"
            if state:
                return self.stands_for(state, day, "", False)
        seen = {""}
        latest = parse(day).latest or parse(day).earliest if day else ""
        principal = actor_id
        while principal not in seen:  # the speaker acts for the Duma, and that for Russia
            actor_id = principal
            seen.add(actor_id)
            principal = self._find_principal(actor_id, latest)
        kind, name = self.types[actor_id]
        if kind == "person":
            return f"PER:{name}"
        return actor_id if kind == "state" else f"ORG:{actor_id.upper()}"

    def _find_principal(self, actor_id: str, day: str) -> str:
        for first, last, principal in self.held.get(actor_id, ()):
            if first <= day <= last:
                return principal
        return ""


_terms = derived(_Terms)
