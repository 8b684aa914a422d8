"""The words of the report: each is asked for somewhere, and what is asked for is there in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from examples import PROJECT
from known import REFERENCE, SECTIONS
from lagebild.analysis.changes import COMPARED
from lagebild.analysis.ladder import STANDINGS
from lagebild.audit.finding import REASONS, VERDICTS
from lagebild.charts.ladder_chart import REPORTED
from lagebild.charts.timeline.lanes import NOTED
from lagebild.core.edtf import parse
from lagebild.core.errors import InputError
from lagebild.core.judgements import CONFIDENCES, LIKELIHOODS
from lagebild.core.labels import read_labels
from lagebild.core.schema import STANCES, STATUSES, TABLES

PACKAGE = PROJECT / "notebooks" / "lagebild"
FILES = [*(file for kind in ("py", "j2", "js") for file in PACKAGE.rglob(f"*.{kind}")), *PACKAGE.parent.glob("*.ipynb")]
TEXTS = [file.read_text(encoding="utf-8").replace('\\"', '"') for file in FILES]  # a notebook is JSON
WORDS = read_labels(REFERENCE, "en").words
QUOTED = {literal for text in TEXTS for literal in re.findall(r"""["']([\w.+-]+)["']""", text)}
# Keys that are put together: f"status.{…}" in Python, `status.${…}` in a widget, "status." ~ … in a template.
PREFIXES = {
    one or two
    for text in TEXTS
    for one, two in re.findall(r"""(?:f["']|`)([a-z_.]+\.)\$?\{|["']([a-z_.]+\.)["'] ~""", text)
}


def _values(table: str, column: str) -> list[str]:
    """Return the values that a column allows."""
    values: list[str] = TABLES[table].columns[column]["constraints"]["enum"]
    return values


PUT_TOGETHER: dict[str, Iterable[str]] = {
    "ladder.only.": REPORTED,
    "actor.": _values("reference/actors", "type"),
    "annex.": [*_values("mentions", "origin"), "original"],
    "desk.readers.": [value.replace(";", "_") for value in _values("drafts", "readers")],
    "audit.answer.": [*VERDICTS[:-1], "none"],
    "audit.case.": _values("reference/audit_quality", "case"),
    "audit.by.": ["rules", "model"],
    "audit.judge.": ["rules", "model"],
    "audit.half.": _values("reference/audit_quality", "half"),
    "audit.meaning.": VERDICTS,
    "audit.measured.": _values("reference/audit_quality", "kind"),
    "audit.reason.": REASONS,
    "audit.sign.": VERDICTS,
    "audit.truth.": _values("reference/audit_quality", "truth"),
    "audit.verdict.": VERDICTS,
    "cause.": _values("changes", "cause"),
    "change.": ["gone"],
    "column.": ["country", "standing", "reliability"],
    "condition.": _values("case/conditions", "kind"),
    "matter.": [
        "history",
        "other",
        *(row["value"] for row in REFERENCE.rows("sets", "en") if row["class"] == "matter"),
    ],
    "confidence.": CONFIDENCES,
    "contested.": ["particulars", "occurrence"],
    "desk.basis.": _values("mentions", "date_basis"),
    "field.": COMPARED,
    "finding.": ["+", "-"],
    "likelihood.": LIKELIHOODS,
    "limits.": ["original"],
    "mark.": [*NOTED, "contested"],
    "rung.": [*STANDINGS.values(), "none"],
    "section.": [*SECTIONS, "contents"],
    "sign.": ["+", "-", "0", "unknown"],
    "stance.": STANCES,
    "standing.": [*_values("case/sources", "standing"), "unknown", "other"],
    "status.": STATUSES,
    "theme.": TABLES["conditions"].columns["theme"]["constraints"]["enum"],
    "voices.": ["country", "standing", "reliability"],
}


@pytest.mark.parametrize(("prefix", "values"), PUT_TOGETHER.items(), ids=list(PUT_TOGETHER))
def test_every_value_of_the_schema_has_its_word(prefix: str, values: Iterable[str]) -> None:
    assert prefix in PREFIXES
    assert not [value for value in values if prefix + value not in WORDS]


@pytest.mark.parametrize("number", [key.removeprefix("date.part.") for key in WORDS if key.startswith("date.part.")])
def test_every_part_of_a_year_that_has_a_word_is_a_date(number: str) -> None:
    try:
        parse(f"2025-{number}")
    except InputError:
        pytest.fail(f"date.part.{number} is never asked for: 2025-{number} is refused")


def test_every_key_that_is_asked_for_has_its_words() -> None:
    roots = {key.split(".")[0] for key in WORDS}
    asked = {text for text in QUOTED if re.fullmatch(r"[a-z]+(\.(?!yml$|csv$|css$|js$|txt$)[a-z_]+)+", text)}
    asked = {key for key in asked if key.split(".")[0] in roots}
    assert len(asked) > 80
    assert not asked - set(WORDS)


def test_every_word_is_asked_for() -> None:
    endings = QUOTED | {str(value) for values in PUT_TOGETHER.values() for value in values} | {"+", "-", "0"}
    put_together = {
        key
        for key in WORDS
        for prefix in PREFIXES
        if key.startswith(prefix) and key.removeprefix(prefix).removesuffix(".mark") in endings
    }
    put_together |= {key for key in WORDS if key.endswith("_one") and key.removesuffix("_one") in QUOTED}
    seasons = {key for key in WORDS if key.startswith("date.part.")}  # numbers of EDTF, see above
    assert not set(WORDS) - QUOTED - put_together - seasons


def test_every_key_has_a_word_in_each_language_and_they_differ_where_they_are_sentences() -> None:
    german = read_labels(REFERENCE, "de").words
    assert set(german) == set(WORDS)
    assert not [key for key in WORDS if len(WORDS[key].split()) > 3 and WORDS[key] == german[key]]


def test_the_words_name_no_actor_of_a_case() -> None:
    names = {name for language in ("de", "en") for name in read_labels(REFERENCE, language).actors.values()}
    names |= {"Moskau", "Moscow", "Teheran", "Tehran", "Washington", "Kreml", "Kremlin"}
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    assert not [
        (key, text)
        for language in ("de", "en")
        for key, text in read_labels(REFERENCE, language).words.items()
        if pattern.search(text)
    ]
