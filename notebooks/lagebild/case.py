"""What people decide about a case: its question and editions (`case.yml`) and the analyst's prose (`judgements.yml`).

The prose is dated: an edition shows what was judged for its as-of date, unless a later judgement in force replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lagebild.dates import day, parse
from lagebild.paths import LANGUAGES, Fault, Paths
from lagebild.schema import EVENT_TYPES, LIKELY
from lagebild.store import is_draft, read_yaml

Words = dict[str, str]  # the same words in each language

# ICD 203 (2015), D.6.e.2.a: seven bands; the first row of terms, and the probability in per cent that each stands for.
BANDS = ((1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99))
LIKELIHOODS = dict(zip(LIKELY, BANDS, strict=True))
CONFIDENCES = ("low", "moderate", "high")


@dataclass(frozen=True)
class View:
    """How a run looks at a case: since when, in which lanes, who counts for whom, and with which day it compares.

    The names are those of the notebooks' parameters. `lanes` is explained at `periods.place_events`, `actors` at
    `relations.dyads`, `compare` at `relations.find_earlier`.
    """

    since: str = ""
    lanes: str = "dyad"
    actors: str = "folded"
    compare: str = ""


@dataclass(frozen=True)
class Lane:
    """A lane of the timeline: the events between these pairs of actors."""

    name: Words
    dyads: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Case:
    """The content of `case.yml`; `draft` says that the draft coder's mentions stand for a review still to come."""

    title: Words
    question: Words
    subject: str
    editions: tuple[str, ...]
    start: str
    lanes: tuple[Lane, ...]
    focus: tuple[str, ...]
    draft: bool = False

    def previous(self, as_of: str) -> str:
        """Return the last edition before a date; empty if it is the first."""
        return max((edition for edition in self.editions if edition < as_of), default="")


@dataclass(frozen=True)
class Entry:
    """One dated piece of the analyst's prose: a key judgement, an option, an answer or a question.

    An option has an `actor`, may have a `choice`, the act that it is, as ``AID:RUS>IRN``, and is `current` if it is
    the present course. Its `changes` are what the analyst infers: target, sign and evidence of each.
    """

    entry_id: str
    as_of: str
    text: Words
    evidence: tuple[str, ...]
    against: tuple[str, ...] = ()
    heading: Words = field(default_factory=dict)
    likelihood: str = ""
    confidence: str = ""
    basis: Words = field(default_factory=dict)
    actor: str = ""
    choice: str = ""
    current: bool = False
    changes: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    constraints: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    answer: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Judgements:
    """The entries of `judgements.yml` that are in force on an as-of date, and who signs them when."""

    by: Words
    written: str
    answers: tuple[Entry, ...]
    key_judgements: tuple[Entry, ...]
    options: tuple[Entry, ...]
    questions: tuple[Entry, ...]

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in force."""
        return self.answers + self.key_judgements + self.options + self.questions


def read_case_file(paths: Paths) -> Case:
    """Read `case.yml`.

    Raises
    ------
    Fault
        If something is missing or malformed, with its name.
    """
    file = f"data/cases/{paths.case}/case.yml"
    content = read_yaml(paths.inputs / "case.yml")
    editions = tuple(sorted(str(edition) for edition in _need(content, "editions", list, file)))
    lanes = tuple(
        Lane(_words(lane, "name", file), tuple(frozenset(map(str, dyad)) for dyad in _need(lane, "dyads", list, file)))
        for lane in content.get("lanes", [])
    )
    focus = tuple(str(period) for period in content.get("focus", []))
    for edition in editions:
        _in_file(file, lambda text: day(text, "edition"), edition)
    for period in focus:
        span = _in_file(file, parse, period)
        if not (span.earliest and span.latest):
            raise Fault(f"{file}: the focus period {period!r} is open; give it a first and a last day.")
    return Case(
        _words(content, "title", file),
        _words(content, "question", file),
        str(content.get("subject", "")),
        editions,
        _in_file(file, lambda text: day(text, "start"), str(content.get("start", ""))),
        lanes,
        focus,
        is_draft(paths),
    )


def read_judgements(paths: Paths) -> Judgements:
    """Read `judgements.yml` as it stands on the as-of date; a case without one has no judgements.

    Raises
    ------
    Fault
        If an entry lacks a part, or uses a word outside ICD 203, with the id of the entry.
    """
    if not (paths.inputs / "judgements.yml").is_file():
        return Judgements({}, "", (), (), (), ())
    file = f"data/cases/{paths.case}/judgements.yml"
    content = read_yaml(paths.inputs / "judgements.yml")
    parts = []
    for part in ("answers", "key_judgements", "options", "questions"):
        rows = [(_name(row, file), row) for row in content.get(part) or []]
        raw = [row for name, row in rows if _day(row, "as_of", f"{file}, entry {name}") <= paths.as_of]
        replaced = {str(old) for row in raw for old in row.get("replaces", [])}
        for name, row in rows:
            for old in set(map(str, row.get("replaces", []))) - {other for other, _ in rows}:
                raise Fault(f"{file}, entry {name}: it replaces {old!r}, which is no entry of {part}; correct the id.")
        parts.append(tuple(_entry(row, file) for row in raw if str(row.get("id")) not in replaced))
    return Judgements(_words(content, "by", file), _day(content, "written", file), *parts)


def _entry(row: dict[str, Any], file: str) -> Entry:
    name = _name(row, file)
    where = f"{file}, entry {name}"
    likelihood, confidence = str(row.get("likelihood", "")), str(row.get("confidence", ""))
    for value, allowed in ((likelihood, tuple(LIKELIHOODS)), (confidence, CONFIDENCES)):
        if value and value not in allowed:
            raise Fault(f"{where}: {value!r} is no term of ICD 203; choose one of {', '.join(allowed)}.")
    return Entry(
        name,
        str(row["as_of"]),
        _words(row, "text", where),
        tuple(map(str, _need(row, "evidence", list, where))),
        tuple(map(str, row.get("against", []))),
        _words(row, "heading", where) if "heading" in row else {},
        likelihood,
        confidence,
        _words(row, "basis", where) if "basis" in row else {},
        str(row.get("actor", "")),
        _choice(row, where) if "act" in row else "",
        _current(row, where),
        tuple(
            (str(change["target"]), _sign(change, where), tuple(map(str, change.get("evidence", []))))
            for change in row.get("changes", [])
        ),
        tuple(map(str, row.get("constraints", []))),
        tuple(map(str, row.get("answered_by", []))),
        _words(row, "answer", where) if "answer" in row else {},
    )


def _name(row: dict[str, Any], file: str) -> str:
    return str(_need(row, "id", object, file))


def _day(content: dict[str, Any], name: str, where: str) -> str:
    return str(_in_file(where, lambda text: day(text, name), str(_need(content, name, object, where))))


def _sign(change: dict[str, Any], where: str) -> str:
    if change.get("change") not in ("+", "-"):
        raise Fault(f"{where}: change must be '+' or '-' in quotation marks.")
    return str(change["change"])


def _choice(row: dict[str, Any], where: str) -> str:
    actor, act = str(_need(row, "actor", object, where)), _need(row, "act", dict, where)
    event_type, target = (str(_need(act, part, object, where)) for part in ("type", "target"))
    if event_type not in EVENT_TYPES:
        raise Fault(f"{where}: {event_type!r} is no PLOVER root type; choose one of {', '.join(EVENT_TYPES)}.")
    return f"{event_type}:{actor}>{target}"


def _current(row: dict[str, Any], where: str) -> bool:
    value = row.get("current", False)
    if not isinstance(value, bool):
        raise Fault(f"{where}: current is {str(value)[:40]!r}, but must be true or false.")
    return value


def _need(content: Any, name: str, kind: type, where: str) -> Any:
    value = content.get(name) if isinstance(content, dict) else None
    if value == []:
        raise Fault(f"{where}: {name!r} is empty; give it at least one entry.")
    if value is None or not isinstance(value, kind):
        raise Fault(f"{where}: {name!r} is missing or of the wrong form; see README.md, how to add a case.")
    return value


def _words(content: Any, name: str, where: str) -> Words:
    value = _need(content, name, dict, where)
    missing = [language for language in LANGUAGES if not str(value.get(language, "")).strip()]
    if missing:
        raise Fault(f"{where}: {name!r} has no text in {', '.join(missing)}; write it.")
    return {language: " ".join(str(value[language]).split()) for language in LANGUAGES}


def _in_file(file: str, check: Any, value: str) -> Any:
    try:
        return check(value)
    except Fault as fault:
        raise Fault(f"{file}: {fault}") from None
