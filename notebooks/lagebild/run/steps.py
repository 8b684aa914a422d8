"""The run as a table: which notebook reads what and writes what, in the order of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lagebild.core import InputError, Paths, schema, show

if TYPE_CHECKING:  # reading it would make `lagebild --help` wait
    from lagebild.core import Parameters


@dataclass(frozen=True)
class Step:
    """One notebook of a run.

    `parameters` are those that the notebook lists, in its order, and obeys or checks: a run passes exactly these.
    `reads` is what the notebook reads beside `case.yml` and the reference.
    `localised` notebooks make figures or prose, so they run once per language; the others make tables, once per
    edition.
    """

    notebook: str
    question: str
    parameters: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    localised: bool = False

    @property
    def name(self) -> str:
        """Short name for the command line, such as ``03``."""
        return self.notebook[:2]


EDITION, FOLDERS = ("case", "as_of", "language"), ("root", "output")
CODED = ("mentions", "events", "conditions", "decisions", "recoding")
CITED = ("sources", "events", "conditions")  # also rows that no edition knows yet
RATED = "case/consistency"  # the hypotheses stand in `judgements.yml`, their ratings here
LEAVING = ("exchange", "datapackage")  # for other programs
STEPS = (
    Step(
        "01-sources.ipynb",
        "Who reports, and who is silent?",
        (*EDITION, *FOLDERS),
        ("case/sources", "texts"),
        schema.built_tables("01"),
    ),
    Step(
        "02-dataset.ipynb",
        "Who did what to whom, when, according to whom?",
        (*EDITION, "since", *FOLDERS),
        (
            *("sources", "sentences", "case/sources", "texts", "answers"),
            *(f"case/{name}" for name in (*CODED, *schema.ADDED)),
            *("case/judgements", RATED),
        ),
        schema.built_tables("02"),
    ),
    Step(
        "03-timeline.ipynb",
        "What happened, in which order?",
        (*EDITION, "since", "lanes", *FOLDERS),
        ("events", "conditions", "mentions", "sources", "sentences"),
        (*schema.built_tables("03"), "week", "timeline"),
        localised=True,
    ),
    Step(
        "04-relations.ipynb",
        "Who stands how to whom, and where does it pull apart?",
        (*EDITION, "since", "actors", "compare", *FOLDERS),
        (
            "events",
            "mentions",
            "sources",
            "sentences",
            "conditions",
            "drafts",
            "case/judgements",
            RATED,
            "case/searches",
        ),
        (
            *schema.built_tables("04"),
            "ladder",
            "parties",
            "relation-matrix",
            "relation-series",
            "own",
            "reliability",
        ),
        localised=True,
    ),
    Step(
        "05-report.ipynb",
        "What is the situation?",
        (*EDITION, "since", "lanes", "actors", "compare", *FOLDERS),
        (
            "every table",
            "every figure",
            *(f"case/{name}" for name in CITED),
            "case/decisions",
            "case/judgements",
            RATED,
            "case/agreement",
            "case/searches",
        ),
        (*schema.built_tables("05"), *LEAVING, *(f"CASE-AS_OF-LANGUAGE.{kind}" for kind in ("html", "pdf", "docx"))),
        localised=True,
    ),
)


def choose_parameters(step: Step, paths: Paths, parameters: Parameters) -> dict[str, str]:
    """Return what a run passes to a step: the parameters that its notebook lists."""
    values = {
        "case": paths.case,
        "as_of": paths.as_of,
        "language": paths.language,
        **vars(parameters),
        "root": paths.root,
        "output": paths.output,
    }
    return {name: values[name] for name in step.parameters}


def steps_from(name: str) -> tuple[Step, ...]:
    """Return the steps from `name` on; an empty name means all of them.

    Raises
    ------
    InputError
        If no step is called so.
    """
    for number, step in enumerate(STEPS):
        if name in ("", step.name, step.notebook):
            return STEPS[number:]
    raise InputError(f"There is no step {show(name)}: choose one of {', '.join(step.name for step in STEPS)}.")
