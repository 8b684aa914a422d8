"""What people decide about a case: its question and editions (`case.yml`) and the analyst's prose (`judgements.yml`).

The prose is dated: an edition shows what was judged for its as-of date, unless a later judgement in force replaces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lagebild.core.characters import show
from lagebild.core.edtf import day, parse
from lagebild.core.paths import LANGUAGES, InputError, Paths
from lagebild.core.schema import EVENT_TYPES, ID
from lagebild.core.tables import is_draft
from lagebild.core.yaml_files import read_yaml

Words = dict[str, str]  # the same words in each language

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
    _need(content, "editions", list, file)
    editions = {
        _in_file(file, lambda text: day(text, "edition"), edition) for edition in _texts(content, "editions", file)
    }
    lanes = tuple(_lane(lane, file) for lane in _list(content, "lanes", dict, file))
    focus = _texts(content, "focus", file)
    for period in focus:
        span = _in_file(file, parse, period)
        if not (span.earliest and span.latest):
            raise InputError(f"{file}: the focus period {show(period)} is open; give it a first and a last day.")
    return Case(
        _words(content, "title", file),
        _words(content, "question", file),
        _text(content, "subject", file),
        tuple(sorted(editions)),
        _in_file(file, lambda text: day(text, "start"), _text(content, "start", file)),
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
    parts, seen = [], set[str]()
    for part in ("answers", "key_judgements", "options", "questions"):
        rows = {}
        for row in [] if content.get(part) is None else _list(content, part, dict, file):
            name = _name(row, file)
            if name in seen:
                raise InputError(f"{file}, entry {name}: another entry has this id too; give each its own.")
            seen.add(name)
            rows[name] = row
        replaces = {name: _texts(row, "replaces", f"{file}, entry {name}") for name, row in rows.items()}
        for name, old in [(name, old) for name, olds in replaces.items() for old in olds if old not in rows]:
            raise InputError(
                f"{file}, entry {name}: it replaces {show(old)}, which is no entry of {part}; correct the id."
            )
        known = [name for name, row in rows.items() if _day(row, "as_of", f"{file}, entry {name}") <= paths.as_of]
        replaced = {old for name in known for old in replaces[name]}
        parts.append(tuple(_entry(name, rows[name], file) for name in known if name not in replaced))
    return Judgements(_words(content, "by", file), _day(content, "written", file), *parts)


def _lane(content: dict[str, Any], where: str) -> Lane:
    name = _words(content, "name", where)
    dyads = _need(content, "dyads", list, where)
    return Lane(name, tuple(frozenset(_texts({"dyads": dyad}, "dyads", where)) for dyad in dyads))


def _entry(name: str, row: dict[str, Any], file: str) -> Entry:
    where = f"{file}, entry {name}"
    likelihood, confidence = _text(row, "likelihood", where), _text(row, "confidence", where)
    for value, allowed in ((likelihood, tuple(LIKELIHOODS)), (confidence, CONFIDENCES)):
        if value and value not in allowed:
            raise InputError(f"{where}: {show(value)} is no term of ICD 203; choose one of {', '.join(allowed)}.")
    _need(row, "evidence", list, where)
    return Entry(
        name,
        _day(row, "as_of", where),
        _words(row, "text", where),
        _texts(row, "evidence", where),
        _texts(row, "against", where),
        _words(row, "heading", where) if "heading" in row else {},
        likelihood,
        confidence,
        _words(row, "basis", where) if "basis" in row else {},
        _text(row, "actor", where),
        _choice(row, where) if "act" in row else "",
        _current(row, where),
        tuple(
            (str(_need(change, "target", str, where)), _sign(change, where), _texts(change, "evidence", where))
            for change in _list(row, "changes", dict, where)
        ),
        _texts(row, "constraints", where),
        _texts(row, "answered_by", where),
        _words(row, "answer", where) if "answer" in row else {},
    )


def _name(row: dict[str, Any], file: str) -> str:
    name = str(_need(row, "id", str, file))
    if not re.fullmatch(ID, name):
        raise InputError(
            f"{file}: the id {show(name)} of an entry must be an id of letters, digits and . _ -, a letter first."
        )
    return name


def _day(content: dict[str, Any], name: str, where: str) -> str:
    return str(_in_file(where, lambda text: day(text, name), _need(content, name, str, where)))


def _sign(change: dict[str, Any], where: str) -> str:
    if change.get("change") not in ("+", "-"):
        raise InputError(f"{where}: change must be '+' or '-' in quotation marks.")
    return str(change["change"])


def _choice(row: dict[str, Any], where: str) -> str:
    actor, act = _need(row, "actor", str, where), _need(row, "act", dict, where)
    event_type, target = (_need(act, part, str, where) for part in ("type", "target"))
    if event_type not in EVENT_TYPES:
        raise InputError(f"{where}: {show(event_type)} is no PLOVER root type; choose one of {', '.join(EVENT_TYPES)}.")
    return f"{event_type}:{actor}>{target}"


def _current(row: dict[str, Any], where: str) -> bool:
    value = row.get("current", False)
    if not isinstance(value, bool):
        raise InputError(f"{where}: current is {show(str(value), 40)}, but must be true or false.")
    return value


def _need(content: Any, name: str, kind: type, where: str) -> Any:
    value = content.get(name) if isinstance(content, dict) else None
    if value == []:
        raise InputError(f"{where}: {name!r} is empty; give it at least one entry.")
    if value in (None, "") or not isinstance(value, kind):
        raise InputError(f"{where}: {name!r} is missing or of the wrong form; see README.md, how to add a case.")
    return value


def _list(content: dict[str, Any], name: str, kind: type, where: str) -> list[Any]:
    """Return a list whose entries are of one kind; empty if there is none."""
    value = content.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, kind) and one for one in value):
        form = "[a, b]" if kind is str else "a row of '- name: value'"
        raise InputError(f"{where}: {name!r} is no list, or holds what belongs in none; write it as {form}.")
    return value


def _texts(content: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    return tuple(_list(content, name, str, where))


def _text(content: dict[str, Any], name: str, where: str) -> str:
    value = content.get(name, "")
    if not isinstance(value, str):
        raise InputError(f"{where}: {name!r} is no text; write one, in quotation marks, or leave it out.")
    return value


def _words(content: Any, name: str, where: str) -> Words:
    value = _need(content, name, dict, where)
    texts = {language: " ".join(_text(value, language, f"{where}, {name}").split()) for language in LANGUAGES}
    missing = [language for language, text in texts.items() if not text]
    if missing:
        raise InputError(f"{where}: {name!r} has no text in {', '.join(missing)}; write it.")
    return texts


def _in_file(file: str, check: Any, value: str) -> Any:
    try:
        return check(value)
    except InputError as fault:
        raise InputError(f"{file}: {fault}") from None
