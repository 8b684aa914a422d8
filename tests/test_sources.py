"""Sources and sentences: what was known when, and where a sentence ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import PROJECT, edit, open_case, sources, table, tiny
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.corpus.inputs import find_states_without_publisher, known_sources, voices
from lagebild.corpus.sentences import find_stops, split_sentences


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, find_stops(REFERENCE, language))]


@pytest.mark.parametrize("language", REFERENCE.languages)
@pytest.mark.parametrize("marked", [row[0] for row in table("sentences")])
def test_a_text_falls_into_its_sentences(marked: str, language: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One line\nanother line", ["One line", "another line"]),
        ("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
        ("  Blanks  inside.   After. ", ["Blanks  inside.", "After."]),
        ("On 5.\nMay came.", ["On 5.", "May came."]),
        ("It was denied. Élysée officials left.", ["It was denied.", "Élysée officials left."]),
    ],
)
def test_a_line_break_ends_a_sentence_and_blanks_belong_to_none(text: str, expected: list[str]) -> None:
    assert split(text, "en") == expected


def test_no_letter_of_the_real_texts_stands_outside_a_sentence() -> None:
    texts = sorted((PROJECT / "data" / "cases").glob("*/texts/*.txt"))
    for file in texts:
        text, last = file.read_bytes().decode(), 0
        for start, end in split_sentences(text, find_stops(REFERENCE, file.suffixes[0][1:])):
            assert not text[last:start].strip(), file.name
            last = end
        assert not text[last:].strip(), file.name
    assert texts


@pytest.mark.parametrize(
    ("known_from", "as_of", "known"),
    [
        ("2025-01-18", "2025-01-17", False),
        ("2025-01-18", "2025-01-18", True),
        ("2025-01-18", "2026-01-01", True),
        ("2025-12-31", "2025-06-16", False),
    ],
)
def test_a_run_knows_a_source_from_its_day_on(known_from: str, as_of: str, known: bool) -> None:
    assert len(known_sources(sources({"known_from": known_from}), as_of)) == known


@pytest.mark.parametrize(
    ("published", "known_from"),
    [
        ("2025-01-18", "2025-01-18"),
        ("2025-01", "2025-01-31"),
        ("2025", "2025-12-31"),
        ("2025-01-23/2025-01-26", "2025-01-26"),
        ("2025-01~", "2025-01-31"),
        ("2025-01-23/..", "2026-11-24"),  # retrieved that day, so published by then
    ],
)
def test_a_source_of_doubtful_day_waits_for_the_last_day_it_may_have(
    root: Path, published: str, known_from: str
) -> None:
    edit(tiny(root).inputs / "sources.csv", "T1", published=published)
    assert open_case(tiny(root)).corpus.sources.set_index("source_id").at["T1", "known_from"] == known_from


@pytest.mark.parametrize(("source_id", "languages"), [("T1", "de;en"), ("T2", "en"), ("T3", "de")])
def test_a_source_knows_the_languages_of_its_texts(root: Path, source_id: str, languages: str) -> None:
    assert open_case(tiny(root)).corpus.sources.set_index("source_id").at[source_id, "languages"] == languages


def test_the_hash_of_a_source_changes_with_its_text(root: Path) -> None:
    before = open_case(tiny(root)).corpus.sources["sha256"]
    (tiny(root).texts / "T2.en.txt").write_text("Another text.\n", encoding="utf-8")
    assert list(before == open_case(tiny(root)).corpus.sources["sha256"]) == [True, False, True]


def test_a_publication_date_that_is_none_names_file_and_row(root: Path) -> None:
    edit(tiny(root).inputs / "sources.csv", "T2", published="23 January 2025")
    with pytest.raises(
        InputError, match=r"data/cases/tiny/sources\.csv, row 3 \(T2\): The date '23 January 2025' is no EDTF"
    ):
        open_case(tiny(root))


def test_a_source_without_text_names_file_and_row(root: Path) -> None:
    (tiny(root).texts / "T2.en.txt").unlink()
    with pytest.raises(InputError, match=r"data/cases/tiny/sources\.csv, row 3: T2 has no text"):
        open_case(tiny(root))


def test_a_text_that_is_not_utf_8_names_the_file(root: Path) -> None:
    (tiny(root).texts / "T2.en.txt").write_bytes("Größe.".encode("latin-1"))
    with pytest.raises(InputError, match=r"data/cases/tiny/texts/T2\.en\.txt is not UTF-8"):
        open_case(tiny(root))


def test_texts_of_one_source_that_do_not_run_in_parallel_name_the_file_and_the_counts(root: Path) -> None:
    file = tiny(root).texts / "T1.en.txt"
    file.write_text(file.read_text(encoding="utf-8") + "One more.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"data/cases/tiny/texts/T1\.\*\.txt: 5 in de and 6 in en sentences"):
        open_case(tiny(root))


def test_every_sentence_stands_in_its_text_where_the_table_says(root: Path) -> None:
    paths = tiny(root)
    sentences = open_case(paths).corpus.sentences
    assert len(sentences) == 5 + 5 + 3 + 4
    for row in sentences.itertuples():
        text = (paths.texts / f"{row.source_id}.{row.language}.txt").read_bytes().decode()
        assert text[int(str(row.start)) : int(str(row.end))] == row.text


def test_a_state_of_which_no_publisher_is_heard_is_silent() -> None:
    heard = sources({"country": "RUS"}, {"country": "DEU"}, {"country": ""})
    assert find_states_without_publisher(heard, ["RUS", "IRN", "ISR"]) == ["IRN", "ISR"]


def test_pages_that_relay_one_agency_are_one_publisher() -> None:
    heard = sources({"reporter": "TASS"}, {"reporter": "TASS"}, {"reporter": "TASS", "country": "DEU"})
    counted = voices(heard, "country").set_index("country")
    assert (counted.at["RUS", "pages"], counted.at["RUS", "publishers"]) == (2, 1)
    assert (counted.at["DEU", "pages"], counted.at["DEU", "publishers"]) == (1, 1)
