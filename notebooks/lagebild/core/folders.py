"""Where every file lies, as functions of the case, the as-of date and the language of a run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from lagebild.core.characters import name_nearest, show, strip_marks
from lagebild.core.errors import InputError

PACKAGE = Path(__file__).resolve().parents[1]
# What comes with the program, laid out as a project: a wheel holds it in the package, a checkout is one.
CHECKOUT = PACKAGE.parents[1]
SHIPPED = PACKAGE / "shipped" if (PACKAGE / "shipped").is_dir() else CHECKOUT
REFERENCE = SHIPPED / "data" / "reference"
NOTEBOOKS = SHIPPED / "notebooks"
EXAMPLE = SHIPPED / "data" / "cases" / "russia-iran"
TEMPLATES = PACKAGE / "report" / "templates"
WIDGETS = PACKAGE / "interactive" / "widgets"
LANGUAGES = ("de", "en")  # of the report and of what people write for it; see `read_languages` for those that are read
MAKERS = ("core", "corpus", "coder", "dataset")  # rooms that make mentions, events and conditions
PAPERS = ("A4", "Letter")  # sizes of the PDF; the first one is meant where none is named
ANNEX = "annex"  # ends the name of the PDF of what the report rests on, and marks the sections that stand in it

# What a section of a report carries for the exporters: its HTML; the first one also facts and tables of the edition.
SECTION = "application/vnd.lagebild.section"
FACTS, FILES = "application/vnd.lagebild+json", "application/vnd.lagebild.files+json"

# A case names folders and files: letters, digits and single hyphens keep it inside `data/cases`, whatever is passed.
LONGEST_NAME = 60
CASE_NAME = re.compile(rf"(?=.{{1,{LONGEST_NAME}}}\Z)[a-z0-9]+(-[a-z0-9]+)*")
CASE_FORM = f"up to {LONGEST_NAME} small letters a-z, digits and single hyphens"


def find_project() -> Path | None:
    """Return the project: the next folder from the working one upwards that holds `data/cases`; None if none does."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if is_folder(folder / "data" / "cases")), None)


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that nobody can have, or that may not be looked into, is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def choose_project(root: str = "") -> str:
    """Return where a new case belongs: the root, the project, or else the working folder, which becomes one."""
    return root or str(find_project() or Path.cwd())


@cache
def read_languages(reference: Path = REFERENCE) -> tuple[str, ...]:
    """Return the languages whose texts are read: those that have a folder of tables among those of the reference."""
    return tuple(sorted(folder.name for folder in (reference / "lang").glob("[a-z]*") if folder.is_dir()))


@dataclass(frozen=True)
class Paths:
    """The files of one run.

    Parameters
    ----------
    case
        Folder name under ``data/cases``.
    as_of
        Last day of knowledge, ISO 8601.
    language
        Language of figures and report, ``de`` or ``en``.
    root
        Folder that holds ``data/cases``; empty for the project, see `home`.
    output
        Folder that receives ``data/built``, ``figures`` and ``reports``; empty for `root`.
    """

    case: str
    as_of: str
    language: str = "en"
    root: str = ""
    output: str = ""

    @property
    def home(self) -> Path:
        """Folder that holds `data/cases`: the root, the project, or the checkout if the program runs from one."""
        if self.root:
            return Path(self.root)
        return find_project() or (CHECKOUT if SHIPPED == CHECKOUT else Path.cwd())

    @property
    def inputs(self) -> Path:
        """Folder of what people write about this case."""
        return self.home / "data" / "cases" / self.case

    @property
    def texts(self) -> Path:
        """Folder of the texts, ``SOURCE_ID.LANGUAGE.txt``."""
        return self.inputs / "texts"

    @property
    def reference(self) -> Path:
        """Folder of what the method knows: that of the project, or what comes with the program if it has none."""
        own = self.home / "data" / "reference"
        return own if own.is_dir() else REFERENCE

    @property
    def outputs(self) -> Path:
        """Folder that holds all that a run makes."""
        return Path(self.output) if self.output else self.home

    @property
    def built(self) -> Path:
        """Folder of the tables of this edition."""
        return self.outputs / "data" / "built" / self.case / self.as_of

    @property
    def steps(self) -> Path:
        """Folder of the steps of earlier runs of this case, from which a run takes what has not changed."""
        return self.built.with_name("steps")

    @property
    def figures(self) -> Path:
        """Folder of the figures of this edition and language."""
        return self.outputs / "figures" / self.case / self.as_of / self.language

    @property
    def reports(self) -> Path:
        """Folder of the reports of this case."""
        return self.outputs / "reports" / self.case

    def report(self, kind: str, paper: str = "", part: str = "") -> Path:
        """Return the report of this edition and language, or its part `ANNEX`.

        `kind` ends its name, `paper` is one of `PAPERS`.
        """
        return self.reports / name_report(self.case, self.as_of, self.language, paper, part, kind)

    def audit(self, report: str, kind: str, part: str = "", mark: str = "") -> Path:
        """Return a file of the audit of a report against this edition, in this language.

        `report` is the name of its file, a stranger's word: what is no letter a-z or digit becomes a hyphen. `mark`
        tells it from another file whose name then reads the same.
        """
        words = (Path(report).stem, Path(report).suffix)
        slugs = (re.sub("[^a-z0-9]+", "-", strip_marks(word).lower()) for word in words)
        stem, suffix = (slug[:LONGEST_NAME].strip("-") for slug in slugs)
        parts = (stem or "report", suffix, mark, self.as_of, self.language, part)
        return self.reports / "audits" / ("-".join(filter(None, parts)) + f".{kind}")

    def executed(self, notebook: str) -> Path:
        """Return the executed copy of a notebook: the audit trail of a run."""
        return self.reports / "runs" / f"{self.as_of}-{self.language}-{notebook}"


def name_report(case: str, as_of: str, language: str, paper: str = "", part: str = "", kind: str = "pdf") -> str:
    """Return the name of a file of a report; see `Paths.report`."""
    size = "" if paper in ("", PAPERS[0]) else paper.lower()
    return "-".join(name for name in (case, as_of, language, size, part) if name) + f".{kind}"


def list_cases(root: str = "") -> list[str]:
    """Return the names of the cases below a root, or of the project."""
    names = (file.parent.name for file in Paths("", "", root=root).inputs.glob("*/case.yml"))
    return sorted(name for name in names if CASE_NAME.fullmatch(name))


def locate(case: str, as_of: str, language: str = "en", root: str = "", output: str = "") -> Paths:
    """Check the parameters of a run and return where its files lie.

    Raises
    ------
    InputError
        If the case does not exist, the as-of date is no day, or the language is unknown.
    """
    fits = CASE_NAME.fullmatch(case)
    if not fits or not (Paths(case, as_of, root=root).inputs / "case.yml").is_file():
        known = list_cases(root)
        why = f"data/cases/{case}/case.yml is missing" if fits else f"a name is {CASE_FORM}"
        cases = f"{', '.join(known) or 'none'}{name_nearest(case, known)}"
        raise InputError(f"There is no case {show(case)}: {why}; cases here: {cases}.")
    try:
        day = date.fromisoformat(as_of)
    except (ValueError, TypeError):
        raise InputError(
            f"The as-of date {show(str(as_of))} is no day: write it as YYYY-MM-DD, for example 2025-06-16."
        ) from None
    return Paths(case, day.isoformat(), check_language(language), root, output)


def check_language(language: str) -> str:
    """Return a language of the report.

    Raises
    ------
    InputError
        If it is none.
    """
    if language not in LANGUAGES:
        raise InputError(f"The language {show(language)} is unknown: choose one of {', '.join(LANGUAGES)}.")
    return language
