"""Somebody else's report: its prose in every kind of file, and how the places in its text are those in the file."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pypandoc
import pytest
import typst
from known import REFERENCE
from lagebild.audit.report_text import ReportText, is_prose, read_report
from lagebild.core.errors import InputError
from lagebild.corpus.sentences import find_stops, split_sentences
from pypdf import PdfWriter

TODAY = "2026-11-27"
BODY = """# Drohnen und Gespräche

Stand: 20. Juni 2025

[Was geschah](#was-geschah) · [Quellen](#quellen)

## Was geschah

Am **13. Juni 2025** griff Israel Anlagen in Iran an.[^1] Russland verurteilte den Angriff
([Reuters](https://www.reuters.com/a?utm_source=x)), und Putin
bot an zu vermitteln [1]. Laut [dem Kreml](https://kremlin.ru/e/1) sagte er: „Wir sind bereit.“ Am
14. Juni widersprach Teheran, siehe https://apnews.com/x_(y).

- Iran *bat* um Flugzeuge [2, 3].
- China mahnte zur Ruhe.

| Tag | Was |
|-----|-----|
| 13. Juni | Israel griff drei Anlagen in Iran an. |
| 14. Juni | 12 |

> Moskau sagte: „Wir schicken keine Truppen.“

```
Russland griff Iran an.
```

## Quellen

[1] AP, „Putin bietet Israel und Iran Vermittlung an“, https://apnews.com/article/1

[2] https://tass.com/politics/1

[3] Iran bittet Russland um Kampfflugzeuge, Tehran Times

[^1]: *Israel greift Irans Atomanlagen an*, BBC, <https://bbc.com/news/1>.
"""


def convert(form: str) -> bytes:
    words = [
        pypandoc.get_pandoc_path(),
        "--from=gfm",
        f"--to={form}",
        "--standalone",
        "--output=-",
        "--metadata=lang:de",
    ]
    return subprocess.run(words, input=BODY.encode(), capture_output=True, check=True).stdout


def make(kind: str) -> bytes:
    if kind == "pdf":
        return bytes(typst.compile(convert("typst")))
    return BODY.encode() if kind == "md" else convert(kind)


def read(folder: Path, name: str, content: bytes | str) -> ReportText:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_report(file, TODAY, REFERENCE)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["md", "html", "docx", "pdf"])
def test_a_report_is_read_as_prose_in_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    report = read(tmp_path, f"report.{kind}", make(kind))
    assert "Am 13. Juni 2025 griff Israel Anlagen in Iran an. Russland verurteilte den Angriff" in report.text
    assert "Moskau sagte: „Wir schicken keine Truppen.“" in report.text
    if kind != "html":  # of a page of a few lines the library drops short lists and the heading of the sources
        assert "China mahnte zur Ruhe." in report.text
        assert not re.search(r"\[\d|tass\.com|article/1|Tehran Times", report.text)
    assert (report.language, report.day) == ("de", "2025-06-20")


NOTED = """Report of 3 July 2025

Russia condemned the attack on Iran.¹ It offered to mediate between the two,² and maps of 5 km² to Iran.[3]

It wants to talk. [2–3] The offer is open.

Sources

1. Russia condemns the attack, TASS, https://tass.com/1
2. https://tass.com/2
3. https://tass.com/3
"""


def test_marks_of_a_text_are_no_words_and_places_are_those_of_the_file(tmp_path: Path) -> None:
    file = "\ufeff" + NOTED.replace("\n", "\r\n")
    report = read(tmp_path, "report.txt", file)
    assert report.text.split("\n") == [
        "Report of 3 July 2025",
        "Russia condemned the attack on Iran. It offered to mediate between the two, and maps of 5 km² to Iran.",
        "It wants to talk. The offer is open.",
    ]
    assert report.day == "2025-07-03"
    raw = file.removeprefix("\ufeff")
    places = [report.place(span) for span in split_sentences(report.text, find_stops(REFERENCE, "en"))]
    told = "It offered to mediate between the two,² and maps of 5 km² to Iran."
    assert raw[slice(*places[2])] == told
    assert raw[slice(*places[4])] == "The offer is open."


def test_places_of_markdown_are_those_of_the_file(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Iran and Russia\ndate: 2025-06-20\n---\r\n\r\n# Head and more\n\n"
        "- Iran **asked** for the aircraft.[1]\n\n"
        "Russia [did](https://a.de/b) not answer to that 😀.\n"
    )
    report = read(tmp_path, "report.md", text)
    rows = ["Head and more", "Iran asked for the aircraft.", "Russia did not answer to that 😀."]
    assert report.text.split("\n") == rows
    assert (report.title, report.day) == ("Iran and Russia", "2025-06-20")
    starts = [report.text.index(row) for row in rows]
    found = [text[slice(*report.place((start, start + len(row))))] for start, row in zip(starts, rows, strict=True)]
    told = ["Iran **asked** for the aircraft.", "Russia [did](https://a.de/b) not answer to that 😀."]
    assert found == ["Head and more", *told]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (
            "# Iran\n\nIran said that it would answer to the attack. [1]\n\n[2]\n\nSources:\n[1] https://a.de/1\n",
            "Iran said that it would answer to the attack.",
        ),
        (
            "Sources\n\nThe government of Iran has said that it was not asked.\n\nIt is of the same mind now.",
            "The government of Iran has said that it was not asked.\nIt is of the same mind now.",
        ),
        (
            "The government of Iran has said so.\n\nAnnex\n\nThe table of it was added.",
            "The government of Iran has said so.",
        ),
    ],
)
def test_references_and_an_annex_are_no_prose(text: str, prose: str, tmp_path: Path) -> None:
    assert read(tmp_path, "report.txt", text).text == prose


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Israel griff drei Anlagen in Iran an.", True),
        ("What has changed since then", True),
        ("1–5%", False),
        ("Ambassadors 2025 17", False),
        ("Home", False),
        ("Said.", False),
    ],
)
def test_cells_and_items_of_a_menu_are_no_prose(line: str, *, expected: bool) -> None:
    assert is_prose(line) is expected


# --- Refusals -------------------------------------------------------------------------------------------------------


def lock() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("a.xls", b"x", "cannot be read"),
        ("a.txt", b" \n", "empty"),
        ("a.txt", b"* * *\n\n1 2 3\n", "no prose"),
        ("a.txt", b"***\n", "no prose"),
        ("a.txt", "Il governo ha detto che non è stato firmato nulla a Roma.".encode(), "language"),
        ("a.html", b"<p></p>", "no article"),
        ("a.docx", b"PK\x03\x04 broken", "Word"),
        ("a.pdf", b"%PDF-1.7 broken", "PDF"),
        ("a.pdf", lock(), "encrypted"),
        ("a.txt", b"This is the text. " * 60_000, "characters"),
    ],
)
def test_what_is_no_report_is_refused_in_one_sentence(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as fault:
        read(tmp_path, name, content)
    message = str(fault.value)
    assert said in message
    assert message.startswith(f"'{name}': ")
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_our_own_reports_are_read(kind: str, real_pages: Path) -> None:
    report = read_report(real_pages / "reports" / "russia-iran" / f"russia-iran-2025-06-16-de.{kind}", TODAY, REFERENCE)
    assert (report.language, report.day) == ("de", "2025-06-16")
    assert 8_000 < len(report.text) < 45_000
