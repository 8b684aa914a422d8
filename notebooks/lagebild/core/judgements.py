"""The analyst's prose (`judgements.yml`): entries that rest on events and conditions, and by what options are weighed.

The prose is dated: an edition shows what was judged for its as-of date, unless a later judgement in force replaces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Annotated, Any

import pandas as pd
from pydantic import AfterValidator, Field, InstanceOf, StrictBool

from lagebild.core.case import Day, Texts
from lagebild.core.characters import show
from lagebild.core.forms import Name, Names, SomeNames, fit, fit_rows
from lagebild.core.paths import InputError, Paths
from lagebild.core.schema import ID, TABLES
from lagebild.core.tables import read_case
from lagebild.core.yaml_files import read_yaml

# ICD 203 (2015), D.6.e.2.a: seven bands; the first row of terms, and the probability in per cent that each stands for.
LIKELIHOODS = {
    "almost-no-chance": (1, 5),
    "very-unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly-even": (45, 55),
    "likely": (55, 80),
    "very-likely": (80, 95),
    "almost-certain": (95, 99),
}
CONFIDENCES = ("low", "moderate", "high")
PARTS = (
    "answers",
    "key_judgements",
    "hypotheses",
    "options",
    "scenarios",
    "indicators",
    "questions",
    "consequences",
)
EFFECTS = ("+", "-", "0", "?")  # speaks for the option, against it, neither; not documented


def _one_of(*terms: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and value not in terms:
            raise InputError(f"{show(value)} is no term of ICD 203; choose one of {', '.join(terms)}.")
        return value

    return AfterValidator(check)


def _is_id(name: str) -> str:
    if not re.fullmatch(ID, name):
        raise InputError(f"the id {show(name)} of an entry must be an id of letters, digits and . _ -, a letter first.")
    return name


def _is_effect(effect: str) -> str:
    if effect not in EFFECTS:
        raise InputError("the effect of a stake must be '+', '-', '0' or '?' in quotation marks.")
    return effect


@dataclass(frozen=True)
class Stake:
    """What an option does to its actor by one criterion; where nothing is documented, the effect is ``?``."""

    criterion: Name
    effect: Annotated[Name, AfterValidator(_is_effect)]
    text: Texts
    evidence: Names = ()


@dataclass(frozen=True)
class Criterion:
    """By what the options of a case are weighed, such as law or means."""

    criterion_id: Annotated[str, Field(alias="id"), AfterValidator(_is_id)]
    name: Texts


@dataclass(frozen=True)
class Entry:
    """One dated piece of the analyst's prose; the parts of `judgements.yml` say which.

    An option has an `actor`, is `current` if it is the present course, and its `stakes` say what it
    does by each criterion. `refuted_by` says what would refute a hypothesis; an indicator has the `threshold` from
    which it speaks, `where` to watch it, and the scenarios that it `signals`. Scenarios, indicators and questions may
    be answered, in a later edition, by events and conditions.
    """

    entry_id: Annotated[str, Field(alias="id"), AfterValidator(_is_id)]
    as_of: Day
    text: Texts
    evidence: SomeNames
    against: Names = ()
    heading: Texts = field(default_factory=dict)
    likelihood: Annotated[str, _one_of(*LIKELIHOODS)] = ""
    confidence: Annotated[str, _one_of(*CONFIDENCES)] = ""
    basis: Texts = field(default_factory=dict)
    actor: str = ""
    current: StrictBool = False
    stakes: tuple[Stake, ...] = ()
    refuted_by: Texts = field(default_factory=dict)
    threshold: Texts = field(default_factory=dict)
    where: Texts = field(default_factory=dict)
    signals: Names = ()
    answered_by: Names = ()
    answer: Texts = field(default_factory=dict)
    replaces: Names = ()

    @property
    def cited(self) -> frozenset[str]:
        """The ids on which the entry rests or that it names against itself; not those that answer it later."""
        return frozenset((*self.evidence, *self.against, *(name for stake in self.stakes for name in stake.evidence)))


def empty_ratings() -> pd.DataFrame:
    """Return a table `case/consistency` without rows."""
    return pd.DataFrame(columns=list(TABLES["case/consistency"].columns), dtype=str)


@dataclass(frozen=True, eq=False)
class Judgements:
    """The entries of `judgements.yml` that are in force on an as-of date, and who signs them when.

    `consistency` rates evidence against the hypotheses, whatever its day; columns as in the table `case/consistency`.
    """

    by: Texts
    written: Day
    criteria: tuple[Criterion, ...] = ()
    answers: tuple[Entry, ...] = ()
    key_judgements: tuple[Entry, ...] = ()
    hypotheses: tuple[Entry, ...] = ()
    options: tuple[Entry, ...] = ()
    scenarios: tuple[Entry, ...] = ()
    indicators: tuple[Entry, ...] = ()
    questions: tuple[Entry, ...] = ()
    consequences: tuple[Entry, ...] = ()
    consistency: InstanceOf[pd.DataFrame] = field(default_factory=empty_ratings)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in force."""
        return tuple(entry for part in PARTS for entry in getattr(self, part))


def read_judgements(paths: Paths) -> Judgements:
    """Read `judgements.yml` as it stands on the as-of date; a case without one has no judgements.

    Raises
    ------
    InputError
        If an entry lacks a part, or uses a word outside ICD 203, with the id of the entry.
    """
    if not (paths.inputs / "judgements.yml").is_file():
        return Judgements({}, "")
    file = f"data/cases/{paths.case}/judgements.yml"
    content = read_yaml(paths.inputs / "judgements.yml")
    written = {part: _read_entries(content.get(part), part, file) for part in PARTS}
    names = [entry.entry_id for entries in written.values() for entry in entries]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{file}, entry {name}: another entry has this id too; give each its own.")
    signed = fit(Judgements, {"criteria": []} | content | dict.fromkeys(PARTS, ()), file)
    known = [criterion.criterion_id for criterion in signed.criteria]
    for entry in written["options"]:
        for name in sorted({stake.criterion for stake in entry.stakes} - set(known)):
            raise InputError(f"{file}, entry {entry.entry_id}: {show(name)} is no criterion; list it under criteria.")
    in_force = {part: _in_force(entries, paths.as_of) for part, entries in written.items()}
    return Judgements(
        signed.by, signed.written, signed.criteria, **in_force, consistency=read_case(paths, "consistency")
    )


def _read_entries(rows: Any, part: str, file: str) -> tuple[Entry, ...]:
    """Return the entries of a part of the file, whatever their day."""
    entries = []
    for row in fit_rows([] if rows is None else rows, part, file):
        name = row.get("id")
        where = f"{file}, entry {name}" if isinstance(name, str) and re.fullmatch(ID, name) else file
        entries.append(fit(Entry, row, where))
    known = {entry.entry_id for entry in entries}
    for entry in entries:
        for old in sorted(set(entry.replaces) - known):
            where = f"{file}, entry {entry.entry_id}"
            raise InputError(f"{where}: it replaces {show(old)}, which is no entry of {part}; correct the id.")
    return tuple(entries)


def _in_force(entries: tuple[Entry, ...], as_of: str) -> tuple[Entry, ...]:
    known = [entry for entry in entries if entry.as_of <= as_of]
    replaced = {old for entry in known for old in entry.replaces}
    return tuple(entry for entry in known if entry.entry_id not in replaced)
