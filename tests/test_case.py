"""What people decide about a case: question, editions, and judgements that are dated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import replace, tiny
from lagebild.core.case import read_case_file
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths, locate
from lagebild.core.judgements import read_judgements


def _names(paths: Paths) -> list[str]:
    return [entry.entry_id for entry in read_judgements(paths).entries()]


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        ("2025-01-30", []),
        ("2025-01-31", ["A1", "J1", "O1", "Q1"]),
        ("2025-06-15", ["A1", "J1", "O1", "Q1"]),
        ("2025-06-16", ["A2", "J1", "O1", "Q1"]),
    ],
)
def test_an_edition_shows_what_was_judged_by_its_day_and_not_replaced(root: Path, as_of: str, names: list[str]) -> None:
    assert _names(tiny(root, as_of)) == names


def test_a_case_without_judgements_has_none(root: Path) -> None:
    (tiny(root).inputs / "judgements.yml").unlink()
    assert _names(tiny(root)) == []


@pytest.mark.parametrize(
    ("as_of", "previous"),
    [("2025-01-31", ""), ("2025-06-16", "2025-01-31"), ("2025-03-01", "2025-01-31"), ("2030-01-01", "2025-06-16")],
)
def test_the_previous_edition_is_the_last_one_before(root: Path, as_of: str, previous: str) -> None:
    assert read_case_file(tiny(root)).previous(as_of) == previous


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("question:", "Question:", "data/cases/tiny/case.yml: 'question' is missing"),
        ("  en: Tiny case\n", "", "data/cases/tiny/case.yml: 'title' has no text in en"),
        ('editions: ["2025-01-31", "2025-06-16"]', "editions: 2025-01-31", "data/cases/tiny/case.yml: 'editions'"),
        ('"2025-06-16"]', '"16 June 2025"]', "data/cases/tiny/case.yml: "),
        ('"2025-06-16"]', '"2025-06"]', "data/cases/tiny/case.yml: "),
        ("start: 2024-01-01", "start: 2024", "data/cases/tiny/case.yml: The start date '2024' is no day"),
        ("2025-01-15/2025-01-25", "2025-01-25/2025-01-15", "data/cases/tiny/case.yml: "),
        ("2025-01-15/2025-01-25", "2025-01-15/..", "data/cases/tiny/case.yml: "),
        ("subject: RUS", "Subject: RUS", "data/cases/tiny/case.yml: 'Subject' is no name that belongs here"),
        (
            "dyads: [[RUS, IRN]]",
            "dyads: [[RUS, IRN]]\n    x: y",
            "data/cases/tiny/case.yml, lanes: 'x' is no name that",
        ),
        ("dyads: [[RUS, IRN]]", "dyads: RUS", "data/cases/tiny/case.yml, lanes: 'dyads' is no list"),
    ],
)
def test_a_case_file_that_does_not_fit_names_the_file_and_what_is_wrong(
    root: Path, old: str, new: str, fault: str
) -> None:
    replace(tiny(root).inputs / "case.yml", old, new)
    with pytest.raises(InputError, match=re.escape(fault)):
        read_case_file(tiny(root))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    likelihood: unlikely\n", "    likelihood: probable\n", "entry J1: 'probable' is no term of ICD 203"),
        ("moderate", "medium", "entry A2: 'medium' is no term of ICD 203"),
        (
            '{criterion: means, effect: "-",',
            "{criterion: means, effect: down,",
            "entry O1: the effect of a stake must be '+'",
        ),
        ('{criterion: means, effect: "-",', "{criterion: means,", "entry O1, stakes: 'effect' is missing"),
        ("{criterion: means, effect", "{criterion: gain, effect", "entry O1: 'gain' is no criterion; list it"),
        ("    evidence: [E3]\n", "", "entry J1: 'evidence' is missing"),
        ("    evidence: [E3]\n", "    evidence: E3\n", "entry J1: 'evidence' is no list"),
        (", en: A delivery stays unlikely.", "", "entry J1: 'text' has no text in en"),
        ("de: Drei Seiten sagen es., ", "", "entry A2: 'basis' has no text in de"),
        ("  - id: Q1\n    as_of", "  - as_of", "judgements.yml: 'id' is missing"),
    ],
)
def test_a_judgement_that_does_not_fit_names_file_and_entry(root: Path, old: str, new: str, fault: str) -> None:
    replace(tiny(root).inputs / "judgements.yml", old, new)
    with pytest.raises(InputError, match=re.escape(fault)) as raised:
        read_judgements(tiny(root))
    assert str(raised.value).startswith("data/cases/tiny/judgements.yml")


@pytest.mark.parametrize("day", ["31.01.2025", "2025-02-30", "January"])
def test_a_judgement_without_a_proper_day_names_file_and_entry(root: Path, day: str) -> None:
    file = tiny(root).inputs / "judgements.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('id: J1\n    as_of: "2025-01-31"', f'id: J1\n    as_of: "{day}"'), encoding="utf-8")
    with pytest.raises(InputError, match=r"^data/cases/tiny/judgements\.yml, entry J1: "):
        read_judgements(tiny(root))


def test_a_day_of_signing_that_is_none_names_the_file(root: Path) -> None:
    replace(tiny(root).inputs / "judgements.yml", 'written: "2025-06-16"', "written: in June")
    with pytest.raises(InputError, match=r"^data/cases/tiny/judgements\.yml"):
        read_judgements(tiny(root))


@pytest.mark.parametrize("case", ["tiny", "russia-iran"])
def test_a_case_that_exists_is_found(root: Path, case: str) -> None:
    assert locate(case, "2025-06-16", root=str(root) if case == "tiny" else "").case == case


@pytest.mark.parametrize("case", ["nowhere", "", "Tiny", "../tiny", "tiny/", "tiny/../tiny", "a--b", ".", "/etc"])
def test_a_case_that_does_not_exist_is_refused_and_the_others_are_named(root: Path, case: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"There is no case {case!r}") + ".*cases here: tiny"):
        locate(case, "2025-06-16", root=str(root))


@pytest.mark.parametrize("as_of", ["", "2025-06", "2025-02-30", "16.06.2025", "today", "20250616T10"])
def test_an_as_of_date_that_is_no_day_is_refused(root: Path, as_of: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"The as-of date {as_of!r} is no day")):
        locate("tiny", as_of, root=str(root))


@pytest.mark.parametrize("language", ["fr", "", "DE", "all", "de;en"])
def test_a_language_that_no_report_has_is_refused(root: Path, language: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"The language {language!r} is unknown: choose one of de, en")):
        locate("tiny", "2025-06-16", language, root=str(root))


def test_outputs_of_cases_editions_and_languages_never_share_a_file() -> None:
    runs = [Paths(c, d, w, "r") for c in ("a", "b") for d in ("2025-01-01", "2026-01-01") for w in ("de", "en")]
    reports = {run.report(kind) for run in runs for kind in ("html", "pdf")}
    assert len(reports) == 16
    assert len({run.figures for run in runs}) == 8
    assert len({run.executed("01.ipynb") for run in runs} | {run.executed("02.ipynb") for run in runs}) == 16
    assert len({run.built for run in runs}) == 4
