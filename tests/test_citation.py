"""How to cite a report: every form names edition, day and data, and holds whatever the title is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hostile import HOSTILE
from lagebild.core.labels import Labels
from lagebild.report.bibliography import cite_report

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
