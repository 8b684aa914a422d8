"""Makes the small tables that tests start from, and reads tables of examples."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import pickle
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace as with_
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd
from filelock import FileLock
from known import REFERENCE
from lagebild.analysis.changes import build_changes, list_inputs
from lagebild.analysis.findings import READ, analyse, note_parameters
from lagebild.analysis.relations import EditionTables
from lagebild.charts.render import save_figures
from lagebild.core.case import Parameters
from lagebild.core.csv_files import hash_tables
from lagebild.core.disk import write_bytes
from lagebild.core.folders import Paths, locate
from lagebild.core.judgements import read_judgements
from lagebild.core.labels import read_labels
from lagebild.core.schema import TABLES
from lagebild.core.tables import save
from lagebild.corpus.inputs import Inputs, read_inputs
from lagebild.dataset.case_drafts import draft_case
from lagebild.dataset.dataset import Dataset, build
from lagebild.dataset.faults import find_faults
from lagebild.dataset.unknown_actors import suggest_actors
from lagebild.report import details, details as appendix, details as digest, edition, sections as report
from lagebild.report.exporters import UNKNOWN, HtmlReport, Report
from lagebild.run.pipeline import build_dataset

DATA = Path(__file__).parent / "data"
PROJECT = Path(__file__).resolve().parents[1]
TINY = DATA / "tiny"

_FEW = {"de": ("kein(?:e[mnrs]?)?", "ein(?:e[mnrs]?)?"), "en": ("no|none", "one")}


def read_counts(text: str, language: str) -> list[int]:
    """Return the numbers that a text counts with, in digits or in words, in their order; none and one by their forms.

    What follows a minus or a decimal mark is no count, nor are digits before a closing bracket.
    """
    spelt = [*_FEW[language], *read_labels(REFERENCE, language).words["number.words"].split()[2:]]
    words = "|".join(f"({word})" for word in spelt)
    found = re.finditer(rf"(?<![\w.,−])(?:(\d+)(?![\w)])|(?:{words})\b)", text, re.IGNORECASE)
    return [int(one[0]) if one[1] else (one.lastindex or 0) - 2 for one in found]


# One plain row of each table that functions take; a test names only what it is about.
_EVENT = {
    "event_id": "E1",
    "event_type": "SUPPORT",
    "mode": "",
    "context": "",
    "source_actors": "RUS",
    "target_actors": "IRN",
    "mutual": "no",
    "date": "2025-01-17",
    "earliest": "2025-01-17",
    "latest": "2025-01-17",
    "date_basis": "stated",
    "status": "asserted",
    "credibility": "2",
    "n_mentions": 1,
    "n_publishers": 1,
    "contested": "no",
    "contested_by": "",
    "density": "medium",
    "known_from": "2025-01-18",
    "mention_ids": "m1",
    "summary_de": "Ein Ereignis",
    "summary_en": "An event",
    "process": "",
    "type_alt": "",
}
_CONDITION = {
    "condition_id": "C1",
    "kind": "condition",
    "theme": "treaty",
    "actors": "RUS",
    "date": "2025-01-20/..",
    "earliest": "2025-01-20",
    "latest": "2025-06-16",
    "status": "asserted",
    "credibility": "2",
    "speaker": "",
    "n_mentions": 1,
    "n_publishers": 1,
    "contested": "no",
    "contested_by": "",
    "known_from": "2025-01-21",
    "mention_ids": "m2",
    "summary_de": "Eine Bedingung",
    "summary_en": "A condition",
}
_MENTION = {
    "mention_id": "m1",
    "language": "en",
    "event_id": "E1",
    "condition_id": "",
    "source_id": "S1",
    "sentence_no": 1,
    "start": 0,
    "end": 5,
    "evidence": "Words",
    "event_type": "SUPPORT",
    "mode": "",
    "context": "",
    "source_actors": "RUS",
    "target_actors": "IRN",
    "mutual": "no",
    "date": "2025-01-17",
    "date_basis": "stated",
    "status": "asserted",
    "speaker": "",
    "cue": "",
    "stance": "supports",
    "credibility": "2",
    "rule": "coded by hand",
    "origin": "added",
    "reviewed": "yes",
    "reason": "made up",
}
_SOURCE = {
    "source_id": "S1",
    "reporter": "Agency A",
    "reliability": "B",
    "country": "RUS",
    "kind": "article",
    "standing": "state",
    "known_from": "2025-01-18",
}
_RELATION = {
    "as_of": "2025-06-16",
    "source_actor": "RUS",
    "target_actor": "IRN",
    "cooperation": 3.5,
    "conflict": 0.0,
    "net": 3.5,
    "sign": "+",
    "n_events": 1,
    "n_contested": 0,
    "n_publishers": 1,
    "event_ids": "E1",
    "contested_ids": "",
}


def events(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of events, numbered E1, E2, … unless named."""
    return _frame(_EVENT, "event_id", "E", rows)


def mentions(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of mentions, numbered m1, m2, … unless named."""
    return _frame(_MENTION, "mention_id", "m", rows)


def conditions(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return conditions; cells that a row does not name are plain."""
    return _frame(_CONDITION, "condition_id", "C", rows or ({},))


def sources(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a table of sources, numbered S1, S2, … unless named."""
    return _frame(_SOURCE, "source_id", "S", rows)


def relations(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a relation matrix in long form."""
    return pd.DataFrame([_RELATION | row for row in rows], columns=list(_RELATION))


def names(table: str, *keys: str) -> pd.DataFrame:
    """Return the table that gives events or conditions their summaries."""
    columns = list(TABLES[f"case/{table}"].columns)
    plain = dict.fromkeys(columns, "condition") | dict.fromkeys(("process", "type_alt", "note"), "")
    return pd.DataFrame([plain | {columns[0]: key} for key in keys], columns=columns, dtype=str)


def _frame(row: dict[str, Any], key: str, letter: str, rows: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    made = [row | {key: f"{letter}{number}"} | changes for number, changes in enumerate(rows, start=1)]
    return pd.DataFrame(made, columns=list(row))


def table(name: str) -> list[list[str]]:
    """Return the rows of a table of examples, `tests/data/NAME.tsv`, without its heading and its remarks."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]


def tiny(root: Path, as_of: str = "2025-06-16", language: str = "en") -> Paths:
    """Return the paths of a run of the tiny case that was copied below `root`."""
    return locate("tiny", as_of, language, str(root))


def read_rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as they stand."""
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def edit(file: Path, key: str, **cells: str) -> None:
    """Change cells of the row of a CSV file whose first cell is `key`."""
    rows = read_rows(file)
    first = next(iter(rows[0]))
    assert [row[first] for row in rows].count(key) == 1
    _write(file, [row | cells if row[first] == key else row for row in rows])


def append(file: Path, **cells: str) -> None:
    """Add a row to a CSV file; what is not given is taken from its first row."""
    rows = read_rows(file)
    _write(file, [*rows, rows[0] | cells])


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(buffer.getvalue(), encoding="utf-8")


def replace(file: Path, old: str, new: str) -> None:
    """Change text that stands once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def visible(page: str) -> str:
    """Return the text of an HTML page without scripts, styles and tags, blanks drawn together."""
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", " ", page)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def open_case(paths: Paths) -> Inputs:
    """Return a case as it lies on the disk now, with the one reference of all tests: it takes a second to prepare."""
    return read_inputs(paths, REFERENCE)


Made = TypeVar("Made")
_MADE: dict[str, Any] = {}
SHARED: list[Path] = []  # the folder of what all workers of pytest-xdist share, once they are at work


def _once(make: Callable[..., Made], paths: Paths, *asked: str) -> Made:
    """Make something of a case once for all workers, and return a copy that a test may spoil.

    The key is all that it depends on: what people wrote for the case, byte by byte, and what was asked.
    """
    files = sorted(file for file in paths.inputs.rglob("*") if file.is_file())
    written = tuple((str(file.relative_to(paths.inputs)), file.read_bytes()) for file in files)
    asked_for = make.__name__, with_(paths, root="", output=""), asked, written
    key = hashlib.sha256(repr(asked_for).encode()).hexdigest()
    if key not in _MADE:
        _MADE[key] = _share(key, partial(make, paths, *asked)) if SHARED else make(paths, *asked)
    return deepcopy(cast("Made", _MADE[key]))


def _share(key: str, make: Callable[[], Made]) -> Made:
    """Take from the disk what another worker has made, or make it while the others wait; a failure is not kept."""
    file = SHARED[0] / f"{key}.pickle"
    with FileLock(file.with_suffix(".lock")):
        if not file.is_file():
            file.write_bytes(pickle.dumps(make()))
    return cast("Made", pickle.loads(file.read_bytes()))


def edition_of(paths: Paths) -> dict[str, pd.DataFrame]:
    """Build and save every table of an edition."""
    made, files = _once(_build_edition, paths)
    for name, content in files.items():
        write_bytes(paths.built / name, content)
    return made


def build_edition(inputs: Inputs, parameters: Parameters | None = None) -> dict[str, pd.DataFrame]:
    """Build and save every table of an edition as the notebooks do, and return them by name, as saved.

    Raises
    ------
    InputError
        On the first row of the case that does not fit.
    """
    asked, paths = parameters or Parameters(), inputs.paths
    drafts, judgements = draft_case(inputs), read_judgements(paths)
    data = build(inputs, drafts, inputs.known(paths.as_of), paths.as_of, asked.since)
    changes = build_changes(data, inputs, drafts, inputs.case.previous(paths.as_of), judgements.questions, asked.since)
    made = {"changes": changes, "inputs": list_inputs(paths, asked.since)}
    made["suggestions"] = suggest_actors(inputs, inputs.known(paths.as_of))
    tables = save_all(paths, data.tables() | made)
    known = EditionTables(*(tables[name] for name in READ))
    derived = save_all(paths, analyse(known, inputs.reference, inputs.case, judgements, paths.as_of, asked).tables())
    return tables | derived | note_parameters(paths, lanes=asked.lanes, actors=asked.actors, compare=asked.compare)


def save_all(paths: Paths, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Save tables of an edition, and return them as saved, by name."""
    return {name: save(paths, name, frame) for name, frame in tables.items()}


def _build_edition(paths: Paths) -> tuple[dict[str, pd.DataFrame], dict[str, bytes]]:
    made = build_edition(open_case(paths))
    return made, {file.name: file.read_bytes() for file in paths.built.iterdir()}


def dataset_of(paths: Paths, since: str = "") -> Dataset:
    """Return the dataset of an edition, as notebooks 01 and 02 make it."""
    return _once(_build_dataset, paths, since)


def _build_dataset(paths: Paths, since: str) -> Dataset:
    return build_dataset(open_case(paths), since)


def faults_in(paths: Paths) -> list[str]:
    """Return what does not fit in a case."""
    inputs = open_case(paths)
    return list(find_faults(inputs, draft_case(inputs)))


def findings_of(paths: Paths) -> dict[str, pd.DataFrame]:
    """Return the events of an edition, and the tables that notebook 04 makes of them."""
    return _once(_build_findings, paths)


def _build_findings(paths: Paths) -> dict[str, pd.DataFrame]:
    inputs, data = open_case(paths), dataset_of(paths)
    known = EditionTables(data.sources, data.mentions, data.events, data.conditions, data.drafts)
    asked = inputs.case, read_judgements(paths), paths.as_of, Parameters()
    return {"events": data.events} | analyse(known, inputs.reference, *asked).tables()


def changes_of(paths: Paths, previous: str, since: str = "") -> pd.DataFrame:
    """Return what is new in an edition since the day `previous`."""
    return _once(_build_changes, paths, previous, since)


def _build_changes(paths: Paths, previous: str, since: str) -> pd.DataFrame:
    inputs = open_case(paths)
    drafts, questions = draft_case(inputs), read_judgements(paths).questions
    now = build(inputs, drafts, inputs.known(paths.as_of), paths.as_of, since)
    return build_changes(now, inputs, drafts, previous, questions, since)


def render(paths: Paths) -> dict[str, str]:
    """Return the sections of the report of an edition whose tables are built, in order, without the drawings."""
    return render_edition(edition.gather_edition(REFERENCE, paths))


def render_edition(opened: edition.Edition, drawn: Path | None = None) -> dict[str, str]:
    """Return the same of an edition that is open: its charts are laid out once.

    It has the drawings that lie in the folder `drawn`: those of the real case are committed, but for small screens.
    """
    for chart in opened.charts.values():
        name, data = f"{chart.name}.svg", hash_tables({chart.name: chart.frame})
        svg = f"<!-- data {data} -->\n<svg></svg>".encode()
        if drawn and (drawn / name).exists():
            svg = (drawn / name).read_bytes()
        write_bytes(opened.paths.figures / name, svg)
    notebook = json.loads((PROJECT / "notebooks" / "05-report.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if "report" in cell["metadata"].get("tags", [])]
    calls = [cell.removesuffix("(edition)").split(".") for cell in cells]
    modules = {"sections": report, "digest": digest, "details": details, "appendix": appendix}
    return {name: getattr(modules[module], name)(opened).html for module, name in calls}


def report_of(opened: edition.Edition, drawn: Path | None = None) -> Report:
    """Return the report of an open edition as its executed notebook would hold it, but for the attached tables."""
    sections = list(render_edition(opened, drawn).values())
    return Report(sections, UNKNOWN | (report.title_block(opened).facts or {}), {})


def write_report_page(paths: Paths, built: Path) -> None:
    """Draw the figures of an edition and write its report as HTML, from tables that lie below `built`."""
    opened = edition.gather_edition(REFERENCE, with_(paths, output=str(built)))
    opened = with_(opened, paths=paths)
    save_figures(paths, opened.charts.values(), opened.case, opened.labels)
    exporter: Any = HtmlReport
    page = exporter().render(report_of(opened, paths.figures))
    write_bytes(paths.report("html"), page.encode())
