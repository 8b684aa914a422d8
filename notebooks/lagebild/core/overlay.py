"""What a case says of actors: the tables `actors`, `names` and `offices` that lie over those of the reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lagebild.core.characters import show
from lagebild.core.edtf import parse
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.schema import OWN, TABLES
from lagebild.core.tables import find_broken_keys, read_case, records

STATE, SLUG = re.compile("[A-Z]{3}"), re.compile("[a-z0-9]+(-[a-z0-9]+)*")

ReadTable = Callable[[str, str], pd.DataFrame]  # a table of the reference as it lies on the disk, by name and language


@dataclass(frozen=True, eq=False)
class Overlay:
    """The tables of one case, columns as in ``case/actors``, ``case/names`` and ``case/offices``.

    Messages say with `place` where they lie. `unknown` are the actors whom a model names and no table knows; columns as
    in ``case/unknown``: they have no names, so that only what the model reads is about them.
    """

    place: str
    actors: pd.DataFrame
    names: pd.DataFrame
    offices: pd.DataFrame
    unknown: pd.DataFrame

    def merge(self, name: str, language: str, read: ReadTable) -> pd.DataFrame:
        """Return a table of the reference as the case sees it: its own rows first, then those that it leaves alone."""
        known = read(name, language)
        if name == "names":
            given = self.names[self.names["language"].eq(language) & self.names["actor_id"].ne("")]
            return _join(given, self._select_kept_names(known, language, read))
        if name == "blocklist":
            nobody = self.names[self._applies_to(language) & self.names["actor_id"].eq("")]
            blocked = nobody.drop_duplicates("name").rename(columns={"name": "words", "reason": "why"})
            kept = known[~known["words"].isin(self.names.loc[self._applies_to(language), "name"])]
            return _join(blocked[list(known.columns)], kept)
        if name in OWN:
            own: pd.DataFrame = getattr(self, name)
            key = own.columns[0]
            joined = _join(own[list(known.columns)], known[~known[key].isin(own[key])])
            return self._add_unknown(joined) if name == "actors" else joined
        return known

    def _add_unknown(self, actors: pd.DataFrame) -> pd.DataFrame:
        """Return the actors with those whom a model alone names; who has been added to the case is known."""
        persons = set(actors.loc[actors["type"] == "person", "name_en"])
        met = self.unknown[~self.unknown["actor_id"].isin(actors["actor_id"]) & ~self.unknown["name"].isin(persons)]
        added = met.assign(name_de=met["name"], name_en=met["name"]).reindex(columns=actors.columns, fill_value="")
        return pd.concat([actors, added], ignore_index=True)

    def _applies_to(self, language: str) -> pd.Series:
        return self.names["language"].isin(("", language))

    def _select_kept_names(self, known: pd.DataFrame, language: str, read: ReadTable) -> pd.DataFrame:
        """Return the names of the reference that the case leaves alone.

        One that stands for all languages, and is replaced in one of them, stands in each of the others.
        """
        if not language:
            return known[~known["name"].isin(self.names["name"])]
        replaced, everywhere = self.names.loc[self._applies_to(language), "name"], read("names", "")
        moved = everywhere[everywhere["name"].isin(self.names["name"])]
        both = pd.concat([known, moved], ignore_index=True)
        return both[~both["name"].isin(replaced)]


def _join(own: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([own[list(kept.columns)], kept], ignore_index=True)


def read_overlay(
    paths: Paths, languages: tuple[str, ...], read: ReadTable, added: Mapping[str, pd.DataFrame] | None = None
) -> Overlay | None:
    """Return what a case says of actors, and would say with rows that are `added` to its tables; None if nothing.

    Raises
    ------
    InputError
        On the first row that does not fit, by itself or with the reference.
    """
    own = {name: read_case(paths, name) for name in OWN}
    own |= {name: pd.concat([own[name], frame], ignore_index=True) for name, frame in (added or {}).items()}
    unknown = read_case(paths, "unknown")
    if all(frame.empty for frame in (*own.values(), unknown)):
        return None
    overlay = Overlay(f"data/cases/{paths.case}", **own, unknown=unknown)
    if fault := next(find_faults(overlay, languages, read), ""):
        raise InputError(fault)
    return overlay


def find_faults(overlay: Overlay, languages: tuple[str, ...], read: ReadTable) -> Iterator[str]:
    """Yield a sentence for each row of a case that does not fit, by itself or with the reference."""
    for name, column in (("actors", "actor_id"), ("offices", "office_id")):
        keys = set(read(name, "")[column])
        for row, cells in enumerate(records(getattr(overlay, name)), start=2):
            key = cells[column]
            yield from _locate(overlay, name, row, _check_reason(cells["reason"], key, key in keys, name))
    actors = overlay.merge("actors", "", read)
    for row, cells in enumerate(records(overlay.actors), start=2):
        yield from _locate(overlay, "actors", row, _check_actor(cells, actors))
    known = {language: _list_names(language, read) for language in languages}
    for row, cells in enumerate(records(overlay.names), start=2):
        taken = any(cells["name"] in known[language] for language in languages if cells["language"] in ("", language))
        yield from _locate(overlay, "names", row, _check_name(cells, taken))
    ours = {f"case/{name}": getattr(overlay, name) for name in ("names", "offices")}
    for broken in find_broken_keys(ours, {"reference/actors": actors}):
        fault = broken.message.replace("add it there", "add it to actors.csv beside this")
        yield from _locate(overlay, broken.table.partition("/")[2], broken.row, iter([fault]))
    held = overlay.merge("offices", "", read)
    for row, cells in enumerate(records(overlay.offices), start=2):
        yield from _locate(overlay, "offices", row, _check_office(cells, held))


def _locate(overlay: Overlay, name: str, row: int, faults: Iterator[str]) -> Iterator[str]:
    yield from (f"{overlay.place}/{TABLES[f'case/{name}'].file}, row {row}: {fault}" for fault in faults)


def _list_names(language: str, read: ReadTable) -> set[str]:
    """Return what the reference knows in a language: names, and expressions in which a name means nobody."""
    return {*read("names", "")["name"], *read("names", language)["name"], *read("blocklist", language)["words"]}


def _check_reason(reason: str, key: str, replaces: bool, name: str) -> Iterator[str]:
    file = f"{name}.csv of the reference"
    if replaces and not reason:
        yield f"{show(key)} stands in {file}, too: say in the column reason why this row replaces it, or change it."
    if reason and not replaces:
        yield f"{show(key)} does not stand in {file}: correct it, or leave the reason empty, for nothing is replaced."


def _check_actor(row: Mapping[str, Any], actors: pd.DataFrame) -> Iterator[str]:
    form, rule = (STATE, "three capital letters") if row["type"] == "state" else (SLUG, "small letters, digits and -")
    if not form.fullmatch(row["actor_id"]):
        yield f"the actor_id of a {row['type']} is of {rule}, and {show(row['actor_id'])} is not."
    persons = actors[actors["type"].eq("person") & actors["actor_id"].ne(row["actor_id"])]
    if row["type"] == "person" and row["name_en"] in set(persons["name_en"]):  # drafts tell persons apart by it
        namesake = persons.loc[persons["name_en"].eq(row["name_en"]), "actor_id"].iloc[0]
        yield f"{show(row['name_en'])} is the name_en of {namesake}, too: use that actor, or tell the two apart."


def _check_name(row: Mapping[str, str], replaces: bool) -> Iterator[str]:
    if not row["actor_id"]:
        if not row["reason"]:
            yield f"{show(row['name'])} names nobody: give its actor_id, or the reason why it means nobody here."
        return
    if not row["kind"]:
        yield f"{show(row['name'])} has no kind: most are name, of persons also surname."
    yield from _check_reason(row["reason"], row["name"], replaces, "names")


def _check_office(row: Mapping[str, str], held: pd.DataFrame) -> Iterator[str]:
    for column in ("from", "to"):
        try:
            parse(row[column] or "2000")  # empty: it does not matter, or lasts
        except InputError as fault:
            yield f"{column}: {fault}"
    above: dict[str, set[str]] = {}
    for office in records(held):
        above.setdefault(office["actor_id"], set()).add(office["acts_for"])
    seen, queue = set[str](), [row["acts_for"]]
    while queue:
        if (actor := queue.pop()) not in seen:
            seen.add(actor)
            queue += sorted(above.get(actor, ()))
    if row["actor_id"] in seen:
        yield f"{row['actor_id']} would act for itself, by way of {row['acts_for']}: correct one of them."
