"""Dates: what EDTF allows, and that no step makes a date more exact than its text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from edtf import parse_edtf
from examples import table
from known import REFERENCE
from lagebild.core.edtf import bounds, day, ends, parse
from lagebild.core.errors import InputError
from lagebild.core.labels import read_labels

ABOUT = re.compile(r"\b(etwa|Anfang|Mitte|Ende|about|early|mid|late)\b")


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "approximate"), [row[:4] for row in table("dates")], ids=lambda cell: cell
)
def test_a_date_allows_the_days_from_its_earliest_to_its_latest(
    edtf: str, earliest: str, latest: str, approximate: str
) -> None:
    span = parse(edtf)
    assert (span.earliest, span.latest, span.approximate) == (earliest, latest, approximate == "yes")


@pytest.mark.parametrize(
    "edtf",
    [
        *("2025", "2024-02", "2025-02", "2025-06-13", "2024-02-29", "199X", "19XX", "2025-06~", "2025?", "2025-06-13%"),
        *("2025-21", "2025-22~", "2025-23", "2025-33", "2025-34", "2025-35", "2025-36"),
    ],
)  # not 2025-24: the library ends a winter on New Year's Eve
def test_the_library_for_edtf_says_the_same(edtf: str) -> None:
    found = parse_edtf(edtf.rstrip("~?%"))
    first, last = (date(*bound[:3]).isoformat() for bound in (found.lower_strict(), found.upper_strict()))
    assert (parse(edtf).earliest, parse(edtf).latest) == ends(edtf) == (first, last)


@pytest.mark.parametrize(("edtf", "why"), table("dates_refused"), ids=lambda cell: cell)
def test_what_is_no_edtf_of_level_0_or_1_is_refused(edtf: str, why: str) -> None:
    with pytest.raises(InputError, match=re.escape(repr(edtf))):
        parse(edtf)


def test_an_empty_date_is_refused_but_has_empty_bounds() -> None:
    assert bounds("", "2025-06-16") == ("", "")
    with pytest.raises(InputError):
        parse("")


@pytest.mark.parametrize(("edtf", "as_of", "earliest", "latest"), table("bounds"), ids=lambda cell: cell)
def test_an_act_lies_between_its_earliest_day_and_the_as_of_date(
    edtf: str, as_of: str, earliest: str, latest: str
) -> None:
    assert bounds(edtf, as_of) == (earliest, latest)


@pytest.mark.parametrize("edtf", ["2025-07-03/..", "2025-07/..", "2026/.."])
def test_an_act_planned_with_an_open_end_does_not_end_before_it_starts(edtf: str) -> None:
    earliest, latest = bounds(edtf, "2025-06-16")
    assert earliest <= latest


@pytest.mark.parametrize("edtf", sorted({row[0] for row in table("bounds")}))
def test_only_a_date_that_states_one_day_has_bounds_on_one_day(edtf: str) -> None:
    earliest, latest = bounds(edtf, "2025-06-16")
    assert (earliest == latest) == (re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) is not None)


@pytest.mark.parametrize(("edtf", "de", "en"), [(row[0], row[4], row[5]) for row in table("dates")])
def test_a_date_is_put_in_words_of_both_languages(edtf: str, de: str, en: str) -> None:
    assert (read_labels(REFERENCE, "de").date(edtf), read_labels(REFERENCE, "en").date(edtf)) == (de, en)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "edtf",
    [
        *(row[0] for row in table("dates") if row[3] == "yes"),
        "2025?",
        "2025-06%",
        "2025-06-13~/2025-06-24",
        "2025-06-13/2025-06-24~",
        "2025-06-13?/2025-06-24",
        "2025-06-13~/..",
        "../2025-06-13~",
    ],
)
def test_the_words_for_a_vague_date_say_that_it_is_vague(edtf: str, language: str) -> None:
    assert ABOUT.search(read_labels(REFERENCE, language).date(edtf))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("edtf", [row[0] for row in table("dates")])
def test_the_words_for_a_date_name_no_day_that_it_does_not_state(edtf: str, language: str) -> None:
    stated = {int(number) for number in re.findall(r"\d{4}-\d{2}-(\d{2})", edtf)}
    assert {
        int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", read_labels(REFERENCE, language).date(edtf))
    } <= stated


@pytest.mark.parametrize(
    ("edtf", "german", "english"),
    [
        ("2025-05~/2025-08~", "Mitte 2025", "mid-2025"),
        ("../2025-08~", "bis Mitte 2025", "by mid-2025"),
        ("2025-10~/..", "seit Ende 2025", "since late 2025"),
        ("2025-01~/2025-03~", "Anfang 2025", "early 2025"),
        ("../2025-07~", "bis etwa Juli 2025", "by about July 2025"),
        ("2025-05/2025-08", "Mai 2025 bis August 2025", "May 2025 to August 2025"),
        ("2025-06-11~/2025-06-20~", "Mitte Juni 2025", "mid-June 2025"),
    ],
)
def test_a_part_of_a_year_is_called_so(edtf: str, german: str, english: str) -> None:
    assert [read_labels(REFERENCE, language).date(edtf) for language in ("de", "en")] == [german, english]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("edtf", ["201X", "2025-XX", "2025-06-XX", "2025-06-XX/2025-07-03", "2025-24", "2025-33"])
def test_a_date_that_is_not_refused_can_be_put_in_words(edtf: str, language: str) -> None:
    try:
        parse(edtf)
    except InputError:
        return
    words = read_labels(REFERENCE, language).date(edtf)
    assert re.search(r"\b20[12]\d(s|er)?\b", words)
    assert "X" not in words


@pytest.mark.parametrize("text", ["2025-06", "2025-02-30", "today", "2025-06-16T00:00:00"])
def test_a_day_that_is_no_day_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(InputError, match=rf"The since date '{re.escape(text)}' is no day"):
        day(text, "since")


def test_a_day_written_the_german_way_is_said_how_to_write() -> None:
    with pytest.raises(InputError, match=r"'31\.12\.2025' is a day written the German way: write 2025-12-31\."):
        day("31.12.2025", "retrieved")
    with pytest.raises(InputError, match=r"'31\.02\.2026' is no day"):
        day("31.02.2026", "retrieved")


@pytest.mark.parametrize("text", ["2025-06-16", "2024-02-29", ""])
def test_a_day_or_no_day_is_taken_as_it_is(text: str) -> None:
    assert day(text, "since") == text
