"""How a report and its pages are cited: every form holds what a title is, and no day is more exact than it is known."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pandas as pd
import pypandoc
import pytest
from examples import DATA
from hostile import HOSTILE
from known import REFERENCE
from lagebild.core.labels import Labels, read_labels
from lagebild.report.bibliography import cite_report, date_csl, split_authors, write_csl_json
from lagebild.report.datapackage import escape_address

ENGLISH = read_labels(REFERENCE, "en")
SCHEMA = json.loads((DATA / "csl-data.schema.json").read_text(encoding="utf-8"))
PAGE = {
    "source_id": "S1",
    "title": "A treaty",
    "title_basis": "stated",
    "publisher": "Paper",
    "reporter": "Paper",
    "author": "",
    "published": "2025-01-18",
    "published_basis": "stated",
    "published_reason": "",
    "retrieved": "2026-11-24",
    "url": "https://example.org/a",
    "language": "en",
    "kind": "article",
    "reliability": "B",
    "reliability_reason_de": "erfunden",
    "reliability_reason_en": "made up",
}


def pages(*rows: dict[str, str]) -> pd.DataFrame:
    """Return a table of pages, numbered S1, S2, … unless named."""
    return pd.DataFrame([PAGE | {"source_id": f"S{number}"} | row for number, row in enumerate(rows, 1)])


def items(*rows: dict[str, str]) -> list[dict[str, Any]]:
    """Return pages as CSL-JSON that fits its schema."""
    made: list[dict[str, Any]] = json.loads(write_csl_json(pages(*rows), ENGLISH))
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    return made


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("", []),
        ("Anna Fratsyvir", [{"literal": "Anna Fratsyvir"}]),  # which of the two is the family, the words do not say
        ("Xi Jinping", [{"literal": "Xi Jinping"}]),
        ("Lucy Papachristou; Ron Popeski", [{"literal": "Lucy Papachristou"}, {"literal": "Ron Popeski"}]),
        ("Andrew Osborn, Dmitry Antonov", [{"literal": "Andrew Osborn"}, {"literal": "Dmitry Antonov"}]),
        ("Osborn, Andrew", [{"family": "Osborn", "given": "Andrew"}]),
        ("Osborn, Andrew; Reuters", [{"family": "Osborn", "given": "Andrew"}, {"literal": "Reuters"}]),
        ("A, B, C", [{"literal": "A, B, C"}]),
        ("Osborn,", [{"literal": "Osborn,"}]),
        (" ; ", []),
    ],
)
def test_a_name_is_split_only_where_its_author_split_it(author: str, expected: list[dict[str, str]]) -> None:
    assert split_authors(author) == expected


@pytest.mark.parametrize(
    ("edtf", "csl"),
    [
        ("", {}),
        ("2025-06-13", {"date-parts": [[2025, 6, 13]]}),
        ("2025-06", {"date-parts": [[2025, 6]]}),
        ("2025", {"date-parts": [[2025]]}),
        ("2025-06~", {"date-parts": [[2025, 6]], "circa": True}),
        ("2025?", {"date-parts": [[2025]], "circa": True}),
        ("2025-22", {"date-parts": [[2025]], "season": 2}),
        ("2025-33", {"raw": "2025-33"}),
        ("199X", {"raw": "199X"}),
        ("2025-06-11/2025-06-12", {"date-parts": [[2025, 6, 11], [2025, 6, 12]], "circa": True}),
        ("2025-06/2025-07-02", {"date-parts": [[2025, 6], [2025, 7, 2]], "circa": True}),
        ("2025-06~/2025-07", {"date-parts": [[2025, 6], [2025, 7]], "circa": True}),
        ("2025/..", {"raw": "2025/.."}),
    ],
)
def test_a_page_is_dated_as_exactly_as_its_day_is_known(edtf: str, csl: dict[str, Any]) -> None:
    assert date_csl(edtf) == csl


@pytest.mark.parametrize(
    ("kind", "csl"),
    [("article", "article-newspaper"), ("official", "webpage"), ("analysis", "webpage"), ("note", "document")],
)
def test_a_kind_of_page_is_a_type_of_reference(kind: str, csl: str) -> None:
    (item,) = items({"kind": kind})
    assert (item["type"], item["container-title"]) == (csl, "Paper")


def test_a_reference_says_what_is_known_and_nothing_else() -> None:
    agency = {"reporter": "Agency", "title_basis": "described", "published_basis": "estimated"}
    (first, second) = items({}, agency | {"published_reason": "names Sunday", "url": "", "language": "de"})
    assert first["accessed"] == {"date-parts": [[2026, 11, 24]]}
    assert first["note"] == "Admiralty grade B: made up"
    assert "author" not in first
    assert second["note"] == (
        "Admiralty grade B: made up; report by Agency; content, as we describe it; "
        "day of publication estimated, 18 January 2025: names Sunday"
    )
    assert "URL" not in second


@pytest.mark.slow
def test_pandoc_reads_csl_json_and_cites_it() -> None:
    made = json.dumps(items({"published": "2024-06-04/2024-06-11", "author": "Osborn, Andrew"}, {"title": "A & B"}))
    cited = pypandoc.convert_text(made, "plain", format="csljson", extra_args=["--citeproc", "--wrap=none"])
    assert "Osborn, Andrew" in cited
    assert "A & B" in cited


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://e.org/a_b%20c?x=1&y=2#f", "https://e.org/a_b%20c?x=1&y=2#f"),
        ("https://e.org/~x/{y}", "https://e.org/~x/%7By%7D"),
        ('https://e.org/"onclick="alert(4)', "https://e.org/%22onclick=%22alert(4)"),
        ("https://e.org/ä", "https://e.org/%C3%A4"),
        ("https://e.org/a\\b", "https://e.org/a%5Cb"),
    ],
)
def test_an_address_leads_where_it_did_and_ends_nothing(address: str, expected: str) -> None:
    assert escape_address(address) == expected
    assert items({"url": address})[0]["URL"] == expected


# --- the report itself ---

FACTS = {
    "title": "Russland und Iran",
    "question": "Warum?",
    "as_of": "2025-06-16",
    "case": "russia-iran",
    "data": "0123456789abcdef" * 4,
    "edition": "1",
    "by": "Redaktion",
    "written": "2026-11-26",
    "draft": "",
}


def cite(words: Labels, **facts: str) -> list[str]:
    """Return the citations of a report: as text and as CSL-JSON."""
    return list(cite_report(FACTS | {"language": words.language} | facts, words).values())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {},
            "Redaktion (2026): Russland und Iran. Lagebericht, Stand: 16. Juni 2025, Ausgabe 1, "
            "Datenstand 0123456789ab.",
        ),
        (
            {"by": "", "written": "", "edition": ""},
            "Russland und Iran. Lagebericht, Stand: 16. Juni 2025, Datenstand 0123456789ab. 2025.",
        ),
    ],
)
def test_a_citation_in_words_names_who_what_and_which_edition(
    words: Labels, facts: dict[str, str], expected: str
) -> None:
    if words.language == "de":
        assert cite(words, **facts)[0] == expected
    else:
        assert "16 June 2025" in cite(words, **facts)[0]


def test_csl_json_has_the_fields_that_programs_read(words: Labels) -> None:
    (item,) = json.loads(cite(words)[1])
    assert item["id"] == f"lagebild-russia-iran-2025-06-16-{words.language}"
    assert item["type"] == "report"
    assert item["author"] == [{"literal": "Redaktion"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 26]]}
    assert item["version"] == "0123456789ab"
    assert "author" not in json.loads(cite(words, by="")[1])[0]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_title_gets_out_of_no_form(words: Labels, text: str) -> None:
    _, csl = cite(words, title=text, by=text)
    item: dict[str, Any] = json.loads(csl)[0]
    assert (item["title"], item["author"]) == (text, [{"literal": text}])
