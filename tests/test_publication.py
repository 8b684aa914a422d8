"""When an article was published: dateline, first lines, name of the file, metadata; a wrong day is worse than none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples import PROJECT
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.page import Page
from lagebild.corpus.plaintext import paragraphs
from lagebild.corpus.publication import GIVEN, find_days_in_name, find_publication, find_written_dates
from test_shared_words import literals

TODAY = "2025-07-01"
PROSE = {
    "de": "Die Armee des Landes hat am Montag mit Drohnen eine Stadt angegriffen. Der Nachbar drohte mit Vergeltung.",
    "en": "The army of the country attacked a town with drones on Monday. The neighbour said that it would respond.",
}
SETS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (PROJECT / "tests" / "data" / "publications.yml").read_text(encoding="utf-8")
)


def date(
    language: str, *rows: str, file: str = "a.txt", given: str = "", reference: Reference = REFERENCE, **known: Any
) -> tuple[str, str, str]:
    page = Page(paragraphs("\n".join(rows)), **known)
    return find_publication(reference, page, language, file, given, TODAY)


@pytest.mark.parametrize("row", SETS["made"], ids=lambda row: str(row["file"]))
def test_a_text_that_people_saved_has_its_day(row: dict[str, Any]) -> None:
    known = {"created": row["created"]} if "created" in row else {}
    assert date(row["language"], row["text"], file=row["file"], **known)[0] == row["published"]


def test_texts_of_forms_that_were_not_known_have_their_day_or_none() -> None:
    found = {row["file"]: date(row["language"], row["text"], file=row["file"])[0] for row in SETS["fresh"]}
    right = [row["file"] for row in SETS["fresh"] if found[row["file"]] == row["published"]]
    wrong = [file for file in found if file not in right and found[file]]
    assert len(right) >= 13
    assert wrong == ["Iran Condemns New Sanctions.txt"]  # the day on which the page was saved stands above its headline


@pytest.mark.parametrize(
    ("language", "line", "published"),
    [
        ("de", "15. Juni 2023", "2023-06-15"),
        ("de", "Stand: 15.06.2023, 14:30 Uhr", "2023-06-15"),
        ("de", "Mittwoch, 14. Juni 2023", "2023-06-14"),
        ("de", "Mittwoch, der 14. Juni 2023", "2023-06-14"),
        ("de", "Berlin, den 15. Juni 2023", "2023-06-15"),
        ("de", "Do., 15. Jun. 2023, 7.30 Uhr", "2023-06-15"),
        ("de", "Von Eva Muster und Max Beispiel, 15.6.23", "2023-06-15"),
        ("de", "Veröffentlicht am 15.06.2023 um 19.40 Uhr", "2023-06-15"),
        ("de", "15.06.2023 (aktualisiert: 17.06.2023)", "2023-06-15"),
        ("de", "Quelle: dpa | 15.06.2023 | Lesezeit: 3 Min.", "2023-06-15"),
        ("en", "15 June 2023", "2023-06-15"),
        ("en", "Published June 15, 2023 4:05 pm", "2023-06-15"),
        ("en", "Updated 9:12 a.m. EDT, June 15, 2023", "2023-06-15"),
        ("en", "Jane Doe · Jun 15th, 2023 · 4 min read", "2023-06-15"),
        ("en", "By Jane Doe in Kyiv, Thursday 15 June 2023", "2023-06-15"),
        ("en", "2023-06-15T10:00:00Z", "2023-06-15"),
        ("en", "06/15/2023", "2023-06-15"),
        ("en", "Tue 06/07/2023", ""),  # neither 7 June nor 6 July was a Tuesday
        ("en", "Thu 06/07/2023", "2023-07-06"),
        ("en", "06/07/2023", ""),  # the day or the month may come first
        ("en", "07/08/2025", ""),  # both are to come
        ("en", "June 2023", ""),
        ("en", "31 June 2023", ""),
        ("en", "15 June 1923", ""),
        ("en", "On 12 March 2022", ""),
        ("en", "The 15 June 2023", ""),
        ("en", "Sanctions in force, June 15, 2023", ""),
        ("en", "The minister, June 15, 2023. REUTERS/Stringer/File Photo", ""),
        ("en", "Minister Doe, June 15, 2023. Photo: A. Smith", ""),
        ("en", "Born: 15 June 1983", ""),
        ("en", "Version 3.15.06.2023", ""),
        ("de", "Am 15. Juni 2023", ""),
        ("de", "Am 15. Juni 2023 unterzeichneten die Länder den Vertrag.", ""),
        ("de", "Kiew, 24. Februar 2022: Um fünf Uhr fallen die ersten Bomben.", ""),
        ("de", "Montag, 14. Juni 2023", ""),  # it was a Wednesday
        ("de", "Der 15. Juni 2023", ""),
        ("de", "Chronik: 24. Februar 2022", ""),
        ("de", "Gedenken 24. Februar 2022", ""),
        ("de", "Frist: 15.06.2023", ""),
        ("de", "Telefon 030/15062023", ""),
        ("de", "Drucksache 19/12345", ""),
    ],
)
def test_a_line_dates_a_text_if_it_is_no_sentence(language: str, line: str, published: str) -> None:
    assert date(language, "Angriff", line, PROSE[language])[0] == published


@pytest.mark.parametrize(
    ("language", "line", "published"),
    [
        ("de", "(dpa, 15.06.2023)", "2023-06-15"),
        ("de", "Erschienen am 15. Juni 2023", "2023-06-15"),
        ("de", "Wien, 15. Juni 2023", ""),
        ("de", "Die nächste Runde war am 15. Juni 2023.", ""),
        ("en", "© AFP 2023-06-15", "2023-06-15"),
        ("en", "First published on 15 June 2023", "2023-06-15"),
        ("en", "First published by the ministry on 15 June 2023, the list was long.", ""),
        ("en", "© 2023 The Associated Press", ""),
    ],
)
def test_the_last_lines_date_a_text_if_they_say_so(language: str, line: str, published: str) -> None:
    found, _, reason = date(language, "Angriff", *[PROSE[language]] * 9, line)
    assert (found, reason) == (published, "day in the last lines of the text" if published else "")
    if published:
        assert date(language, "Angriff", "Kurz.", "Knapp.", line)[::2] == (found, reason)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("2023-06-15", "2023-06-15"),
        ("bericht_20230615", "2023-06-15"),
        ("IMG_20230615_143000", "2023-06-15"),
        ("15.06.2023", "2023-06-15"),
        ("2023_06_15", "2023-06-15"),
        ("Artikel-15-Juni-2023", "2023-06-15"),
        ("3. März 2022", "2022-03-03"),
        ("3. Ma\u0308rz 2022", "2022-03-03"),
        ("jun15_2023", "2023-06-15"),
        ("15jun2023", "2023-06-15"),
        ("15-06-2023", "2023-06-15"),
        ("06-07-2023", "2023-06-07 2023-07-06"),
        ("2023-06-15 to 2023-06-16", ""),
        ("2023-06-15 2023-06-16", ""),
        ("2023-06", ""),
        ("2026-06-15", ""),  # to come
        ("+4920230615", ""),
        ("+49 20230615", ""),
        ("0221-20230615", ""),
        ("v2.10.2023", ""),
        ("report 1.15.06.2023", ""),
        ("120230615", ""),
        ("S20230615", ""),
        ("20221231-20230102", ""),
        ("2023-06-15-2023-06-20", ""),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_name_of_a_file_dates_it_if_it_is_no_number(language: str, name: str, days: str) -> None:
    assert find_days_in_name(REFERENCE, language, name, TODAY) == tuple(days.split())


LINES = ["Attack", "15 June 2023"]
BYLINE = "day in the first lines of the text"
NAMED = "day in the name of the file"
HEAD = "day in the dateline of the text"


@pytest.mark.parametrize(
    ("rows", "known", "published", "reason"),
    [
        (LINES, {"published": "2023-06-01", "reason": "marked"}, "2023-06-01", "marked"),
        (["KYIV, June 14, 2023 (Reuters) - Drones struck.", *LINES], {}, "2023-06-14", HEAD),
        (
            [*LINES, "KYIV, June 14 (Reuters) - Drones struck."],
            {},
            "2023-06-14",
            f"{HEAD}, its year in the first lines",
        ),
        (["KYIV, June 14 (AP) — Drones struck."], {}, "", ""),
        (
            ["KYIV, June 14 (AP) — Drones struck."],
            {"file": "un-2023.txt"},
            "2023-06-14",
            f"{HEAD}, its year in the name",
        ),
        (
            ["KYIV, June 14 (AP) — Drones struck."],
            {"created": "2023-06-20"},
            "2023-06-14",
            f"{HEAD}, its year in the meta",
        ),
        (["KYIV, June 14 (AP) — Drones struck."], {"created": "2024-02-20"}, "2024-02-20", "day in the metadata"),
        (["MOSCOW, June 14. /TASS/. Drones struck."], {"given": "2023-07-01"}, "2023-06-14", f"{HEAD}, its year given"),
        (LINES, {"file": "2023-06-14.txt", "created": "2023-06-13", "given": "2023-06-12"}, "2023-06-15", BYLINE),
        (["Attack"], {"file": "2023-06-14.txt", "created": "2023-06-13", "given": "2023-06-12"}, "2023-06-14", NAMED),
        (
            ["Attack"],
            {"file": "2023-06-14/a.txt", "created": "2023-06-13"},
            "2023-06-13",
            "day in the metadata of the file",
        ),
        (["Attack"], {"file": "2023-06-14.txt", "place": "item 3"}, "", ""),
        (["Attack"], {"created": "2023-06-13", "given": "2023-06-12"}, "2023-06-13", "day in the metadata of the file"),
        (["Attack"], {"created": "2026-06-13", "given": "2023-06-12"}, "2023-06-12", GIVEN),
        (["Attack"], {}, "", ""),
        # two days that contradict each other date nothing, unless another witness settles which it is
        ([*LINES, "17 June 2023"], {"created": "2024-01-01"}, "", "2023-06-15, 2023-06-17, 2024-01-01 contradict"),
        ([*LINES, "17 June 2023"], {"file": "2023-06-17.txt"}, "2023-06-17", BYLINE),
        (["Attack", "06/07/2023"], {"created": "2023-06-07"}, "2023-06-07", BYLINE),
        (["Attack", "06/07/2023", "June 7, 2023"], {}, "2023-06-07", BYLINE),
        ([*LINES, PROSE["en"], PROSE["en"], "17 June 2023", PROSE["en"]], {}, "", "2023-06-15, 2023"),  # a chronicle
        # what is said to be of publication goes before what is not, and a change is the worst witness but the last day
        ([*LINES, "Published 17 June 2023"], {}, "2023-06-17", BYLINE),
        ([*LINES, "Updated 17 June 2023"], {}, "2023-06-15", BYLINE),
        (["Attack", "Updated 17 June 2023"], {"file": "2023-06-15.txt"}, "2023-06-15", NAMED),
        (["Attack", "Updated 17 June 2023"], {"file": "2023-06-18.txt"}, "2023-06-17", f"{BYLINE}, of its last change"),
    ],
)
def test_witnesses_are_heard_in_the_order_of_trust(
    rows: list[str], known: dict[str, Any], published: str, reason: str
) -> None:
    found, basis, why = date("en", *rows, **known)
    assert (found, basis) == (published, "stated" if why == "marked" else "estimated")
    assert why.startswith(reason)
    assert bool(why) == bool(reason)


@pytest.mark.parametrize(
    ("hint", "published", "reason"),
    [
        ("2020-01-19", "2020-01-19", "the only day found in it"),
        ("Thu 06/07/2023", "2023-07-06", "the only day found in it"),
        ("06/07/2023", "", "2023-06-07, 2023-07-06 contradict each other"),
        ("some day", "", "some day is no clear day"),
        ("2099-01-19", "", "2099-01-19 is no clear day"),
    ],
)
def test_a_hint_dates_a_text_if_it_is_one_day_and_the_user_takes_it(hint: str, published: str, reason: str) -> None:
    found = find_publication(REFERENCE, Page(PROSE["en"], hint=hint), "en", "a.txt", "", TODAY, days_found=True)
    assert found[:2] == (published, "estimated")
    assert found[2].startswith(reason)


def test_a_day_that_is_given_and_none_is_refused() -> None:
    with pytest.raises(InputError, match="--published"):
        date("en", "Attack", given="16.6.2023")


@pytest.mark.parametrize("name", ["boilerplate", "publication"])
def test_what_reads_dates_and_agencies_knows_no_word_of_a_language(name: str) -> None:
    tables = [REFERENCE.rows(table, one) for table in ("calendar", "imprint") for one in REFERENCE.languages]
    rows = [row for table in tables for row in table]
    words = {word.strip(" .").lower() for row in rows for part in row["words"].split("|") for word in part.split()}
    terms = {row["kind"] for row in rows} | {
        "agency",
        "at",
        "credit",
        "end",
        "published",
        "start",
        "tags",
        "week",
        "year",
    }
    code = (PROJECT / "notebooks" / "lagebild" / "corpus" / f"{name}.py").read_text(encoding="utf-8")
    plain = (re.sub(r"\\[a-zA-Z]", " ", text).lower() for text in literals(code) if " " not in text)  # no message
    assert not {word for text in plain for word in re.findall(r"[^\W\d_]{2,}", text)} & words - terms


def test_a_language_from_elsewhere_dates_its_texts_by_its_tables(toy: Reference) -> None:
    assert date("qaa", "Rusol brakat", "Aperit 14 yuni 2023", reference=toy)[0] == "2023-06-14"
    assert date("qaa", "Rusol brakat", "Da Ano Bel, 14 yuni 2023", reference=toy)[0] == "2023-06-14"
    assert date("qaa", "Rusol brakat en 14 yuni 2023", reference=toy)[0] == ""


@pytest.fixture
def toy(tmp_path: Path) -> Reference:
    """Return the tables of the project with a made-up language."""
    folder = shutil.copytree(REFERENCE.folder, tmp_path / "reference")
    shutil.copytree(Path(__file__).parent / "toy" / "qaa", folder / "lang" / "qaa")
    return Reference(folder)


@pytest.mark.parametrize("row", ["15." * 40, "A " * 60, "By" + " x" * 58, "1/1/" * 30, "| " * 59 + "x"])
def test_a_hostile_line_is_read_at_once(row: str) -> None:
    assert date("en", *[row] * 500)[0] == ""
    assert list(find_written_dates(REFERENCE, "en", "", TODAY)) == []
