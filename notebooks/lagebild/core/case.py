"""What people decide about a case (`case.yml`): its question, its editions, and how its pictures divide it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, ValidationInfo

from lagebild.core.characters import show
from lagebild.core.edtf import day, parse
from lagebild.core.errors import InputError
from lagebild.core.folders import LANGUAGES, Paths
from lagebild.core.yaml_files import Name, SomeNames, Strict, fit, read_yaml


def _in_all_languages(texts: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    """Return the same text in each language of the report, without line breaks."""
    plain = {language: " ".join(texts.get(language, "").split()) for language in LANGUAGES}
    if missing := [language for language, text in plain.items() if not text]:
        raise InputError(f"{info.field_name!r} has no text in {', '.join(missing)}; write it.")
    return plain


def _is_closed(period: str) -> str:
    span = parse(period)
    if not (span.earliest and span.latest):
        raise InputError(f"the focus period {show(period)} is open; give it a first and a last day.")
    return period


Texts = Annotated[dict[str, str], AfterValidator(_in_all_languages)]  # the same text in each language of the report
Day = Annotated[str, AfterValidator(lambda text, info: day(text, info.field_name))]
Days = Annotated[SomeNames, AfterValidator(lambda days: tuple(sorted({day(text, "edition") for text in days})))]


@dataclass(frozen=True)
class Parameters:
    """How a run looks at a case: since when, in which lanes, who counts for whom, and with which day it compares.

    The names are those of the notebooks' parameters. `lanes` is explained at `lanes.place_events`, `actors` at
    `relations.dyads`, `compare` at `relations.find_earlier`.
    """

    since: str = ""
    lanes: str = "dyad"
    actors: str = "folded"
    compare: str = ""


@dataclass(frozen=True)
class Lane(Strict):
    """A lane of the timeline: the events between these pairs of actors."""

    name: Texts
    dyads: Annotated[tuple[frozenset[Name], ...], Field(min_length=1)]


@dataclass(frozen=True)
class Turn(Strict):
    """A day with which another stretch of time begins in the picture of the first page, and what that is called."""

    day: Day
    name: Texts


@dataclass(frozen=True)
class ModelReader(Strict):
    """The language model that reads a case beside the rules: its name, and where its server answers.

    `kept` is a file of answers beside `answers.jsonl` of the case, `remote` says that the server is on another machine:
    a run asks it only if it is allowed anew (`--remote`), for whoever sends a case shall not send its texts anywhere.
    """

    model: Name
    endpoint: str = ""
    kept: str = ""
    remote: StrictBool = False


@dataclass(frozen=True)
class Case(Strict):
    """The content of `case.yml`; `draft` says that the draft coder's mentions stand for a review still to come.

    `elsewhere` are events of the subject towards those who attack its partner, or in bodies, that are not about the
    partner: they stand on no rung of the ladder.
    """

    title: Texts
    question: Texts
    subject: str
    editions: Days
    start: Day
    lanes: tuple[Lane, ...]
    focus: tuple[Annotated[Name, AfterValidator(_is_closed)], ...]
    draft: StrictBool = False
    turns: tuple[Turn, ...] = ()
    elsewhere: tuple[str, ...] = ()
    reader: ModelReader | None = None

    @property
    def model(self) -> str:
        """Name of the model that reads the case beside the rules; empty if none does."""
        return self.reader.model if self.reader else ""

    @property
    def lane_actors(self) -> set[str]:
        """The actors between which the lanes lie."""
        return set().union(*chain.from_iterable(lane.dyads for lane in self.lanes))

    def previous(self, as_of: str) -> str:
        """Return the last edition before a date; empty if it is the first."""
        return max((edition for edition in self.editions if edition < as_of), default="")


def read_case_file(paths: Paths) -> Case:
    """Return the content of `case.yml`; `subject`, `start`, `lanes` and `focus` may be missing there.

    Raises
    ------
    InputError
        If something is missing or malformed, with its name.
    """
    may_lack = {"subject": "", "start": "", "lanes": [], "focus": []}
    return fit(Case, may_lack | read_yaml(paths.inputs / "case.yml"), f"data/cases/{paths.case}/case.yml")
