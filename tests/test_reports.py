"""Somebody else's report: its prose, what it cites where, and how the places in its text are those in the file."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pandas as pd
import pikepdf
import pypandoc
import pytest
import typst
from known import REFERENCE
from lagebild.audit.citations import check_citations, cited_at
from lagebild.audit.report_text import Citation, ReportText, read_report
from lagebild.core.errors import InputError
from lagebild.core.paths import CHECKOUT
from lagebild.core.tables import read_table
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
TEXT = """Drohnen und Gespräche
Stand: 20. Juni 2025
Was geschah
Am 13. Juni 2025 griff Israel Anlagen in Iran an. Russland verurteilte den Angriff, und Putin bot an zu vermitteln. \
Laut dem Kreml sagte er: „Wir sind bereit.“ Am 14. Juni widersprach Teheran, siehe.
Iran bat um Flugzeuge.
China mahnte zur Ruhe.
Israel griff drei Anlagen in Iran an.
Moskau sagte: „Wir schicken keine Truppen.“"""
CITED = [
    ("an.|", "https://bbc.com/news/1", "Israel greift Irans Atomanlagen an", "1"),
    ("Angriff|", "https://www.reuters.com/a?utm_source=x", "", "Reuters"),
    ("vermitteln|", "https://apnews.com/article/1", "Putin bietet Israel und Iran Vermittlung an", "1"),
    ("Laut|dem Kreml", "https://kremlin.ru/e/1", "", "dem Kreml"),
    ("siehe|", "https://apnews.com/x_(y)", "", "https://apnews.com/x_(y)"),
    ("Flugzeuge|", "https://tass.com/politics/1", "", "2, 3"),
    ("Flugzeuge|", "", "Iran bittet Russland um Kampfflugzeuge, Tehran Times", "2, 3"),
]


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


def show(report: ReportText) -> list[tuple[str, str, str, str]]:
    shown = []
    for one in report.citations:
        before = report.text[: max(0, one.start)].split()[-1:]
        shown.append(("".join(before) + "|" + report.text[one.start : one.end], one.url, one.title, one.label))
    return shown


# --- One report in every kind of file -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["md", "html", "docx", "pdf"])
def test_a_report_is_the_same_prose_with_the_same_citations_in_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    report = read(tmp_path, f"report.{kind}", make(kind))
    assert report.text == TEXT
    assert report.language == "de"
    assert report.title == "Drohnen und Gespräche"
    assert report.day == "2025-06-20"
    assert show(report) == CITED


@pytest.mark.slow
def test_a_pdf_without_structure_is_read_by_its_lines(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(make("pdf"))) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(tmp_path / "plain.pdf")
    report = read_report(tmp_path / "plain.pdf", TODAY, REFERENCE)
    assert "Russland verurteilte den Angriff (Reuters), und Putin bot an zu vermitteln. Laut dem Kreml" in report.text
    assert "tass.com" not in report.text
    assert {one.url for one in report.citations if one.start < 0} >= {"https://www.reuters.com/a?utm_source=x"}


# --- Text -----------------------------------------------------------------------------------------------------------

NOTED = """Report of 3 July 2025

Russia condemned the attack on Iran.¹ It of-
fered to mediate between the two,² and sent
maps of 5 km² to the government of Iran.[3]

It wants to talk. [2–3] The offer is open.

Sources

1. Russia condemns the attack, TASS, https://tass.com/1
2. https://tass.com/2
3. https://tass.com/3
"""


def test_marks_of_a_text_are_no_words_and_places_are_those_of_the_file(tmp_path: Path) -> None:
    file = "\ufeff" + NOTED.replace("\n", "\r\n").replace("open", "o\u0308pen")
    report = read(tmp_path, "report.txt", file)
    assert report.text.split("\n") == [
        "Report of 3 July 2025",
        "Russia condemned the attack on Iran. It offered to mediate between the two, "
        "and sent maps of 5 km² to the government of Iran.",
        "It wants to talk. The offer is öpen.",
    ]
    assert report.day == "2025-07-03"
    assert [(one.label, one.url[-1]) for one in report.citations] == [
        ("1", "1"), ("2", "2"), ("3", "3"), ("2–3", "2"), ("2–3", "3"),
    ]  # fmt: skip
    spans = split_sentences(report.text, find_stops(REFERENCE, "en"))
    assert [[one.url[-1] for one in cited_at(report.citations, *span)] for span in spans] == [
        [], ["1"], ["2", "3"], ["2", "3"], [],
    ]  # fmt: skip
    raw = file.removeprefix("\ufeff")
    places = [report.place(span) for span in spans]
    found = raw[slice(*places[2])].replace("\r\n", "\n")
    assert found == ("It of-\nfered to mediate between the two,² and sent\nmaps of 5 km² to the government of Iran.")
    assert raw[slice(*places[4])] == "The offer is o\u0308pen."


@pytest.mark.slow
def test_places_of_markdown_are_those_of_the_file(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Iran and Russia\ndate: 2025-06-20\n---\r\n\r\n# Head &amp; more\n\n"
        "-\tIran **asked** for <b>the</b> aircraft.<sup>1</sup>\n\n"
        "\tRussia [did](https://a.de/b) not answer to that 😀.\n"
    )
    report = read(tmp_path, "report.md", text)
    rows = ["Head & more", "Iran asked for the aircraft.", "Russia did not answer to that 😀."]
    assert report.text.split("\n") == rows
    assert (report.title, report.day) == ("Iran and Russia", "2025-06-20")
    starts = [report.text.index(row) for row in rows]
    found = [text[slice(*report.place((start, start + len(row))))] for start, row in zip(starts, rows, strict=True)]
    assert found == [
        "Head &amp; more",
        "Iran **asked** for <b>the</b> aircraft.",
        "Russia [did](https://a.de/b) not answer to that 😀.",
    ]


@pytest.mark.slow
def test_a_list_of_sources_may_follow_its_heading_at_once(tmp_path: Path) -> None:
    """As language models write them: in a file of text that is Markdown, too."""
    text = "# Iran\n\nIran said that it would answer to the attack. [1]\n\n[2]\n\nSources:\n[1] https://a.de/1\n[2] https://a.de/2\n"
    report = read(tmp_path, "report.txt", text)
    assert report.text == "Iran\nIran said that it would answer to the attack."
    assert [(one.start, one.url) for one in report.citations] == [(50, "https://a.de/1"), (50, "https://a.de/2")]


@pytest.mark.parametrize(
    "inside, text, cited",
    [
        ("Iran asked<sup>2</sup> for it.", "Iran asked for it.", ["2"]),
        ("An area of 5 km<sup>2</sup> of it.", "An area of 5 km2 of it.", []),
        ("It is so.<a href='https://a.de/x'><sup>[4]</sup></a> And", "It is so. And", ["4"]),
        ("It is so. <a href='https://a.de/x'>a.de+1</a>", "It is so.", ["a.de+1"]),
        ("It is <a href='javascript:x()'>so</a>, <a href='/y'>is it</a>?", "It is so, is it?", []),
        ("It [is] so (see (b)).", "It [is] so (see (b)).", []),
        ("So it is (<a href='https://a.de/x'>A</a>; <a href='https://a.de/y'>B</a>).", "So it is.", ["A; B", "A; B"]),
        ("It is so.<br>Then it was not, as<br>they say.", "It is so.\nThen it was not, as they say.", []),
        (
            "See paragraph <a href='#p1'>1</a>, they say.<p id=p1>One <a href='#p2'>is</a> it.",
            "See paragraph, they say.\nOne is it.",
            ["1"],
        ),
        (
            "It was so.<sup>2,3</sup></p><p>More: <a href='https://a.de/x'>https://a.de/x</a>",
            "It was so.",
            ["2,3", "https://a.de/x"],
        ),
        ("He said <q>no</q>&shy; <del>yes</del><script>x</script> to it.", 'He said "no" to it.', []),
    ],
)
def test_marks_in_a_page(inside: str, text: str, cited: list[str], tmp_path: Path) -> None:
    page = f"<body><p>The government of Iran and that of Russia have said so to the world.</p><p>{inside}</p></body>"
    report = read(tmp_path, "report.html", page)
    assert report.text.partition("\n")[2] == text
    assert [one.label for one in report.citations] == cited


def test_what_stands_round_a_page_and_behind_it_is_no_prose(tmp_path: Path) -> None:
    page = """<title>x</title><header><p>Our site has the news.</p></header><nav><p>This is a menu of it.</p></nav>
    <main><h1>Title</h1><p>Iran and Russia have signed the treaty, and it is in force.</p>
    <div class="newsletter"><p>Subscribe.</p></div>
    <figure><svg><text>0 5 10</text></svg><figcaption>This is a figure.</figcaption></figure>
    <p hidden>The government has said that it is not.</p><h2>Annex</h2><p>It has been added to the report.</p></main>"""
    report = read(tmp_path, "report.html", page)
    assert report.text == "Title\nIran and Russia have signed the treaty, and it is in force."


def test_a_heading_that_is_called_sources_may_stand_above_prose(tmp_path: Path) -> None:
    text = "Sources\n\nThe government of Iran has said that it was not asked.\n\nIt is of the same mind now."
    assert read(tmp_path, "report.txt", text).text.count("\n") == 2


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
        ("a.txt", b"* * *\n\n1 2 3\n", "language"),
        ("a.txt", b"***\n", "no prose"),
        ("a.txt", "Il governo ha detto che non è stato firmato nulla a Roma.".encode(), "language"),
        ("a.html", b"<p></p>", "no prose"),
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


def test_a_structure_that_goes_in_circles_is_left_alone(tmp_path: Path) -> None:
    said = b"The government of Iran has said that it was not asked to do so."
    with pikepdf.open(BytesIO(typst.compile(said))) as pdf:
        root = pdf.Root.StructTreeRoot
        root.K = pikepdf.Array([root, root, *root.K])
        pdf.save(tmp_path / "circle.pdf")
    assert read_report(tmp_path / "circle.pdf", TODAY, REFERENCE).text == said.decode()


@pytest.mark.slow
def test_a_file_that_keeps_pandoc_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagebild.audit.report_tree.PANDOC_SECONDS", 0.001)
    with pytest.raises(InputError, match="nested too deep"):
        read(tmp_path, "a.md", "The government has said so.")


# --- Citations against a case ---------------------------------------------------------------------------------------

ROWS = [
    ("S1", "Putin offers to mediate between Israel and Iran", "AP", "https://apnews.com/article/putin-1"),
    ("S2", "Russia condemns attack on Iran", "Reuters", "https://www.reuters.com/world/a/?id=7&utm_source=x"),
    ("S3", "Russia condemns attack on Iran", "TASS", "http://tass.com:80/politics/1#top"),
    ("S4", "Statement", "Kremlin", "http://en.kremlin.ru/events/president/news/77174"),
    ("S5", "Iran asks Russia for 24 fighter jets, officials say", "Tehran Times", ""),
]
SOURCES = pd.DataFrame(ROWS, columns=["source_id", "title", "publisher", "url"])


@pytest.mark.parametrize(
    "url, title, held",
    [
        ("http://apnews.com/article/putin-1/", "", "S1"),
        ("https://www.apnews.com/article/putin-1?utm_medium=a&fbclid=b#:~:text=Iran", "", "S1"),
        ("https://amp.apnews.com/article/putin-1", "", "S1"),
        ("https://www.google.com/amp/s/apnews.com/article/putin-1/amp", "", "S1"),
        ("https://web.archive.org/web/20250620101010/https://apnews.com/article/putin-1", "", "S1"),
        ("https://apnews.com/article/putin-10", "", ""),
        ("https://apnews.com/article/Putin-1", "", ""),
        ("https://m.reuters.com/world/a?id=7", "", "S2"),
        ("https://www.reuters.com/world/a?id=8", "", ""),
        ("https://tass.com/politics/1", "", "S3"),
        ("https://kremlin.ru/events/president/news/77174", "", ""),
        ("https://[broken", "", ""),
        ("", "“Putin offers to mediate between Israel and Iran”", "S1"),
        ("", "Putin offers to mediate between Isräel and Iran, AP, 13 June 2025", "S1"),
        ("", "AP: Putin offers to mediate between Israel and Iran (June 2025)", "S1"),
        ("", "Putin offers to mediate between Israel and Iran, Die Zeit", ""),
        ("", "Putin offers to mediate between Israel and …", "S1"),
        ("", "Putin offers to mediate between Israel and Iran and Turkey", ""),
        ("", "Putin ofers to mediate between Israel and Iran", ""),
        ("", "Putin offers to mediatte between Israel and Iran", "S1"),
        ("", "Russia condemns attack on Iran", "S2;S3"),
        ("", "Russia welcomes attack on Iran", ""),
        ("", "Iran asks Russia for 42 fighter jets, officials say", ""),
        ("", "Statement", ""),
        ("https://example.org/1", "Putin offers to mediate between Israel and Iran", ""),
        ("https://apnews.com/other", "Putin offers to mediate between Israel and Iran", "S1"),
        ("", "", ""),
    ],
)
def test_which_source_a_citation_means(url: str, title: str, held: str) -> None:
    (found,) = check_citations([Citation(0, 0, url, title, "1")], SOURCES)
    assert ";".join(found.source_ids) == held
    assert found.verdict == ("held" if held else "not-held")


def test_a_citation_belongs_to_the_sentence_that_it_stands_in_or_behind() -> None:
    cited = [Citation(a, b, f"https://a.de/{a}", "", "") for a, b in [(9, 9), (10, 12), (21, 21), (-1, -1)]]
    assert [one.start for one in cited_at(cited, 0, 9)] == [9]
    assert [one.start for one in cited_at(cited, 10, 21)] == [10, 21]


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_our_own_reports_are_read_and_cite_what_their_case_holds(kind: str) -> None:
    report = read_report(CHECKOUT / "reports" / "russia-iran" / f"russia-iran-2025-06-16-de.{kind}", TODAY, REFERENCE)
    sources = read_table(CHECKOUT / "data" / "cases" / "russia-iran" / "sources.csv", "case/sources")
    assert {one.verdict for one in check_citations(report.citations, sources)} == {"held"}
    assert (report.language, report.day) == ("de", "2025-06-16")
    assert len(report.citations) > 50
    assert 12_000 < len(report.text) < 25_000
    assert not re.search(r"\[|https?:|\b[EC]\d{3}|\w\.\d\b(?!\d)", report.text)
