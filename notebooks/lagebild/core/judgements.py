"""The analyst's prose (`judgements.yml`): entries that rest on events and conditions, and by what options are weighed.

The prose is dated: an edition shows what was judged for its as-of date, unless a later judgement in force replaces it.
How likely and how sure is said in words of estimative language (ICD 203); the words are the table `estimates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Annotated, Any, NamedTuple

import pandas as pd
from pydantic import AfterValidator, Field, StrictBool

from lagebild.core.case import Day, Texts
from lagebild.core.characters import show
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.reference import Reference, derived
from lagebild.core.schema import EFFECTS, ID, TABLES
from lagebild.core.tables import read_case
from lagebild.core.yaml_files import Name, Names, SomeNames, Strict, fit, fit_rows, read_yaml


class Estimate(NamedTuple):
    """A word of estimative language in a sentence: as it stands there, its kind, its value and its row of terms."""

    words: str
    kind: str
    value: str
    row: str


def find_estimates(reference: Reference, sentence: str, language: str) -> list[Estimate]:
    """Return the estimative words of a sentence, in order."""
    pattern, rows = _read_estimates(reference, language)
    text = " ".join(sentence.replace("’", "'").split())
    estimates = []
    for match in pattern.finditer(text):
        row = rows[match[0].lower()]
        if row["value"] or row["kind"] != "likelihood":
            suffix = re.search(r"-\d$", row["estimate_id"])
            estimates.append(Estimate(match[0], row["kind"], row["value"], suffix[0] if suffix else ""))
    return estimates


@derived
def _read_estimates(reference: Reference, language: str) -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    rows: dict[str, dict[str, Any]] = {}
    for row in reference.rows("estimates"):
        if row["language"] == language:
            rows |= dict.fromkeys(row["words"].split("|"), row)
    longest = sorted(rows, key=lambda words: (-len(words), words))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE), rows


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
    *("answers", "key_judgements", "hypotheses", "options"),
    *("scenarios", "indicators", "questions", "consequences"),
    *("comparisons", "interests"),
)
NEEDED = {  # what each entry of a part has, beside what every entry has
    "hypotheses": ("heading", "refuted_by"),
    "options": ("heading", "actor"),
    "scenarios": ("heading",),
    "indicators": ("heading", "threshold", "where", "otherwise"),
    "consequences": ("heading",),
    "comparisons": ("heading", "columns", "rows"),
    "interests": ("heading", "columns", "rows"),
}


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
class Stake(Strict):
    """What an option does to its actor by one criterion; where nothing is documented, the effect is ``?`` alone."""

    criterion: Name
    effect: Annotated[Name, AfterValidator(_is_effect)]
    text: Texts = field(default_factory=dict)
    evidence: Names = ()


@dataclass(frozen=True)
class Criterion(Strict):
    """By what the options of a case are weighed, such as law or means."""

    criterion_id: Annotated[str, Field(alias="id"), AfterValidator(_is_id)]
    name: Texts


@dataclass(frozen=True)
class GridRow(Strict):
    """A row of a comparison or of interests: whom it is about, what stands in which column, and on what it rests."""

    name: Texts
    cells: dict[str, Texts]
    evidence: SomeNames


@dataclass(frozen=True)
class Entry(Strict):
    """One dated piece of the analyst's prose; the parts of `judgements.yml` say which.

    An option has an `actor`, is `current` if it is the present course, and its `stakes` say what it
    does by each criterion. `refuted_by` says what would refute a hypothesis; an indicator has the `threshold` from
    which it speaks, `where` to watch it, the scenarios that it `signals` if it is crossed, and those to which it points
    `otherwise`; `likelihood_of` says of what an answer states the likelihood. Scenarios, indicators and questions may
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
    otherwise: Names = ()
    likelihood_of: Texts = field(default_factory=dict)
    changed: Texts = field(default_factory=dict)
    gist: Texts = field(default_factory=dict)
    answered_by: Names = ()
    answer: Texts = field(default_factory=dict)
    replaces: Names = ()
    columns: tuple[Criterion, ...] = ()
    rows: tuple[GridRow, ...] = ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The ids on which the entry and its rows rest, each once."""
        cited = list(self.evidence)
        for row in self.rows:
            cited += row.evidence
        return tuple(dict.fromkeys(cited))

    @property
    def cited(self) -> frozenset[str]:
        """The ids on which the entry rests or that it names against itself; not those that answer it later."""
        stakes = chain.from_iterable(stake.evidence for stake in self.stakes)
        return frozenset((*self.rests_on, *self.against, *stakes))


def empty_ratings() -> pd.DataFrame:
    """Return a table `case/consistency` without rows."""
    return pd.DataFrame(columns=list(TABLES["case/consistency"].columns), dtype=str)


@dataclass(frozen=True, eq=False)
class Judgements:
    """The entries of `judgements.yml` that are in force on an as-of date, and who signs them when.

    `consistency` rates evidence against the hypotheses, whatever its day; columns as in the table `case/consistency`;
    `rating` says what the raters agreed upon, `second_rating` how a second rater differs.
    """

    by: Texts
    written: Day
    criteria: tuple[Criterion, ...] = ()
    rating: Texts = field(default_factory=dict)
    second_rating: Texts = field(default_factory=dict)
    answers: tuple[Entry, ...] = ()
    key_judgements: tuple[Entry, ...] = ()
    hypotheses: tuple[Entry, ...] = ()
    options: tuple[Entry, ...] = ()
    scenarios: tuple[Entry, ...] = ()
    indicators: tuple[Entry, ...] = ()
    questions: tuple[Entry, ...] = ()
    consequences: tuple[Entry, ...] = ()
    comparisons: tuple[Entry, ...] = ()
    interests: tuple[Entry, ...] = ()
    consistency: pd.DataFrame = field(default_factory=empty_ratings)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in force."""
        return tuple(chain.from_iterable(getattr(self, part) for part in PARTS))


@dataclass(frozen=True)
class _Head(Strict):
    """What `judgements.yml` says beside its entries."""

    by: Texts
    written: Day
    criteria: tuple[Criterion, ...] = ()
    rating: Texts = field(default_factory=dict)
    second_rating: Texts = field(default_factory=dict)


def read_judgements(paths: Paths) -> Judgements:
    """Read `judgements.yml` as it stands on the as-of date; a case without one has no judgements.

    Raises
    ------
    InputError
        If an entry lacks a part, has one that no entry has, or uses a word outside ICD 203, with the id of the entry;
        or if `consistency.csv` rates a hypothesis that nobody wrote, with its row.
    """
    if not (paths.inputs / "judgements.yml").is_file():
        return Judgements({}, "", consistency=_read_ratings(paths, ()))
    file = f"data/cases/{paths.case}/judgements.yml"
    content = read_yaml(paths.inputs / "judgements.yml")
    written = {part: _read_entries(content.get(part), part, file) for part in PARTS}
    if twice := _find_repeated([entry.entry_id for entry in chain.from_iterable(written.values())]):
        raise InputError(f"{file}, entry {twice}: another entry has this id too; give each its own.")
    head = fit(_Head, {name: value for name, value in content.items() if name not in PARTS}, file)
    criteria = [criterion.criterion_id for criterion in head.criteria]
    if twice := _find_repeated(criteria):
        raise InputError(f"{file}, criteria: another criterion has the id {twice} too; give each its own.")
    for entry in written["options"]:
        for name in sorted({stake.criterion for stake in entry.stakes} - set(criteria)):
            raise InputError(f"{file}, entry {entry.entry_id}: {show(name)} is no criterion; list it under criteria.")
    in_force = {part: _in_force(entries, paths.as_of) for part, entries in written.items()}
    ratings = _read_ratings(paths, written["hypotheses"])
    return Judgements(
        head.by, head.written, head.criteria, head.rating, head.second_rating, **in_force, consistency=ratings
    )


def _read_ratings(paths: Paths, hypotheses: tuple[Entry, ...]) -> pd.DataFrame:
    """Return the table `case/consistency`, which may rate every hypothesis that was written, whatever its day."""
    ratings = read_case(paths, "consistency")
    written = {entry.entry_id for entry in hypotheses}
    for row, name in enumerate(ratings["hypothesis"], start=2):
        if name not in written:
            raise InputError(
                f"data/cases/{paths.case}/consistency.csv, row {row}: {show(name)} is no entry under hypotheses in "
                "judgements.yml; correct the id, or write the entry."
            )
    return ratings


def _read_entries(rows: Any, part: str, file: str) -> tuple[Entry, ...]:
    """Return the entries of a part of the file, whatever their day."""
    entries = []
    for row in fit_rows([] if rows is None else rows, part, file):
        name = row.get("id")
        where = f"{file}, entry {name}" if isinstance(name, str) and re.fullmatch(ID, name) else file
        entries.append(fit(Entry, row, where))
        for lack in _find_lacks(entries[-1], part):
            raise InputError(f"{where}: {lack}")
    known = {entry.entry_id for entry in entries}
    for entry in entries:
        for old in sorted(set(entry.replaces) - known):
            where = f"{file}, entry {entry.entry_id}"
            raise InputError(f"{where}: it replaces {show(old)}, which is no entry of {part}; correct the id.")
    return tuple(entries)


def _find_lacks(entry: Entry, part: str) -> Iterator[str]:
    """Yield a sentence for whatever an entry of this part of the file lacks, or has twice."""
    for name in NEEDED.get(part, ()):
        if not getattr(entry, name):
            yield f"{name!r} is missing, which each entry under {part} has; write it."
    if entry.answered_by and not entry.answer:
        yield "'answer' is missing, though answered_by names what answers it; write it."
    named = {column.criterion_id for column in entry.columns}
    for row in entry.rows:
        for name in sorted(set(row.cells) ^ named):
            yield f"a row has {show(name)} where the columns have not, or lacks it; give it a cell for each column."
    weighed = [stake.criterion for stake in entry.stakes]
    for stake in entry.stakes:
        where = f"the stake by the criterion {show(stake.criterion)}"
        if weighed.count(stake.criterion) > 1:
            yield f"{where} stands there twice; keep one."
        for name in ("text", "evidence"):
            if stake.effect != "?" and not getattr(stake, name):
                yield f"{where} has no {name}; write it, or make the effect '?' if nothing is documented."


def _find_repeated(names: list[str]) -> str:
    """Return the first name that stands in a list more than once; empty if none does."""
    return next((name for name in names if names.count(name) > 1), "")


def _in_force(entries: tuple[Entry, ...], as_of: str) -> tuple[Entry, ...]:
    known = [entry for entry in entries if entry.as_of <= as_of]
    replaced = set().union(*(entry.replaces for entry in known))
    return tuple(entry for entry in known if entry.entry_id not in replaced)
