"""Words for the reader: names, numbers, enumerations, properties of sources."""

from __future__ import annotations

import numpy as np
import pytest
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.core.labels import read_labels


@pytest.mark.parametrize(
    ("value", "signed", "de", "en"),
    [
        (0.0, False, "0", "0"),
        (0.0, True, "0", "0"),
        (7.0, False, "7", "7"),
        (7.0, True, "+7", "+7"),
        (-3.5, False, "−3,5", "−3.5"),
        (-3.5, True, "−3,5", "−3.5"),
        (1234.56, False, "1.234,6", "1,234.6"),
        (-0.04, False, "0", "0"),
        (-0.04, True, "0", "0"),
        (0.04, True, "0", "0"),
    ],
)
def test_a_number_has_one_decimal_at_most_and_a_true_minus(value: float, signed: bool, de: str, en: str) -> None:
    assert read_labels(REFERENCE, "de").number(value, signed) == de
    assert read_labels(REFERENCE, "en").number(value, signed) == en


@pytest.mark.parametrize(
    ("items", "de", "en"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A und B", "A and B"),
        (["A", "B", "C"], "A, B und C", "A, B and C"),
    ],
)
def test_items_become_one_enumeration(items: list[str], de: str, en: str) -> None:
    assert (read_labels(REFERENCE, "de").enumerate(items), read_labels(REFERENCE, "en").enumerate(items)) == (de, en)


@pytest.mark.parametrize(
    ("code", "de", "en"), [("de", "Deutsch", "German"), ("en", "Englisch", "English"), ("xx", "xx", "xx")]
)
def test_a_language_has_a_name_in_each(code: str, de: str, en: str) -> None:
    assert (read_labels(REFERENCE, "de").tongue(code), read_labels(REFERENCE, "en").tongue(code)) == (de, en)


@pytest.mark.parametrize(
    ("cell", "de", "en"),
    [
        ("IRN", "Iran", "Iran"),
        ("RUS;USA", "Russland und USA", "Russia and United States"),
        ("putin;araghchi", "Wladimir Putin und Abbas Araghtschi", "Vladimir Putin and Abbas Araghchi"),
        ("nobody", "nobody", "nobody"),
        ("", "", ""),
    ],
)
def test_actors_are_called_by_their_names(cell: str, de: str, en: str) -> None:
    assert (read_labels(REFERENCE, "de").names(cell), read_labels(REFERENCE, "en").names(cell)) == (de, en)


@pytest.mark.parametrize(
    ("by", "value", "de", "en"),
    [
        ("country", "DEU", "Deutschland", "Germany"),
        ("country", "GBR", "Großbritannien", "United Kingdom"),
        ("country", "IRN", "Iran", "Iran"),
        ("reliability", "B", "B", "B"),
    ],
)
def test_the_property_of_a_source_is_named(by: str, value: str, de: str, en: str) -> None:
    assert (read_labels(REFERENCE, "de").voice(by, value), read_labels(REFERENCE, "en").voice(by, value)) == (de, en)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("by", ["country", "standing"])
def test_an_unknown_property_is_called_unknown(by: str, language: str) -> None:
    words = read_labels(REFERENCE, language)
    assert words.voice(by, "") == words("standing.unknown") != ""


def test_a_day_is_written_out() -> None:
    assert (read_labels(REFERENCE, "de").day("2025-06-16"), read_labels(REFERENCE, "en").day("2025-06-16")) == (
        "16. Juni 2025",
        "16 June 2025",
    )


@pytest.mark.parametrize(
    ("n", "de", "en"),
    [
        (1, "ein neues Ereignis", "one new event"),
        (2, "zwei neue Ereignisse", "two new events"),
        (12, "zwölf neue Ereignisse", "twelve new events"),
        (13, "13 neue Ereignisse", "13 new events"),
    ],
)
def test_one_has_words_of_its_own(n: int, de: str, en: str) -> None:
    assert tuple(read_labels(REFERENCE, language)("changes.events", n=n) for language in ("de", "en")) == (de, en)


@pytest.mark.parametrize(
    ("n", "de", "en"),
    [
        (0, "Kein datiertes Ereignis.", "No dated events."),
        (1, "Ein datiertes Ereignis.", "One dated event."),
        (7, "Sieben datierte Ereignisse.", "Seven dated events."),
        (np.int64(7), "Sieben datierte Ereignisse.", "Seven dated events."),
        (75, "75 datierte Ereignisse.", "75 dated events."),
    ],
)
def test_a_sentence_begins_with_a_number_in_words(n: int, de: str, en: str) -> None:
    assert tuple(read_labels(REFERENCE, language)("alt.no_events", n=n) for language in ("de", "en")) == (de, en)


def test_words_are_filled_in_without_reading_what_is_filled_in_as_a_pattern() -> None:
    assert read_labels(REFERENCE, "en")("date.since", start="{end} & <b>") == "since {end} & <b>"


@pytest.mark.parametrize(("key", "words"), [("no.such.key", "has no row no.such.key"), ("date.since", "holds 'start'")])
def test_words_that_are_missing_or_not_filled_are_named_with_their_file(key: str, words: str) -> None:
    with pytest.raises(InputError, match=f"data/reference/words.csv.* {words}"):
        read_labels(REFERENCE, "en")(key)
