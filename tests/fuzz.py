"""Made-up inputs for the intake and for the files of a case: bytes, words and edits that nobody thought of.

Whatever comes in, the program ends in a result or in one sentence, and never leaves half a case behind.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from examples import TINY, build_edition
from hypothesis import strategies as st
from known import REFERENCE
from lagebild.core.errors import InputError
from lagebild.core.folders import Paths
from lagebild.core.tables import read_table
from lagebild.corpus.formats import READERS
from lagebild.corpus.inputs import read_inputs
from lagebild.corpus.intake import Given
from lagebild.corpus.newcase import make_case
from lagebild.dataset.case_drafts import draft_case
from lagebild.run.checks import check_case

GIVEN = Given("2025-06-16", "en")
FOUND = ("sources.csv", "mentions.csv", "events.csv", "conditions.csv", "decisions.csv")
MARKS = [*"<>&\"'\\{}[]()=:;,|#*-_`~!?.\n\r\t\0\ufeff\u202e\u00ad\ud7ff\U0001f4a5", "\r\n", "--", "---\n", "]]>", "=("]
WORDS = [
    *("Russia", "Iran", "attacked", "condemned", "on Monday", "2025-06-13", "12 June 2025", "99.99.9999"),
    *("title:", "date:", "published:", "&a [*a]", "!!python/object", "null", "true", "{{ 1 }}", "$(id)", "../../x"),
    *("From: a@b.example", "Subject: x", "Date: Thu, 12 Jun 2025 25:61:00 +9999", "TY  - NEWS", "ER  - "),
    *("(Reuters) –", "@article{a,"),
    *("file = {:x.html:text/html}", "WARC/1.0", "Content-Type: text/html; charset=x", "<item>", "<![CDATA[", "&#x0;"),
]
TAGS = ["html", "head", "article", "p", "h1", "script", "time datetime='x'", "meta charset=utf-7", "rss", "entry"]

Words = st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.text(max_size=12))
Elements = st.builds("<{}>{}</{}>".format, st.sampled_from(TAGS), Words, st.sampled_from(TAGS))
Texts = st.lists(st.one_of(Words, Elements), max_size=30).map(" ".join)


def edited(samples: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Return samples in which some pieces are gone, doubled or replaced."""
    piece = st.one_of(st.binary(max_size=8), Words.map(lambda text: text.encode("utf-8", "surrogatepass")))
    edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), piece), min_size=1, max_size=6)
    return st.builds(_edit, samples, edits)


def _edit(sample: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, piece in edits:
        start = int(where * len(sample))
        sample = sample[:start] + piece + sample[start + length :]
    return sample


def files(samples: dict[str, list[bytes]]) -> st.SearchStrategy[tuple[str, bytes]]:
    """Return endings of files with contents: noise, words of all formats, or `samples` of that kind with edits."""

    def fill(ending: str) -> st.SearchStrategy[tuple[str, bytes]]:
        noise = [st.binary(max_size=200), Texts.map(lambda text: text.encode("utf-8", "surrogatepass"))]
        known = [edited(st.sampled_from(samples[ending]))] * 2 if samples.get(ending) else []
        return st.tuples(st.just(ending), st.one_of(*noise, *known))

    return st.sampled_from(sorted(READERS)).flatmap(fill)


def take_in(folder: Path, ending: str, content: bytes) -> str:
    """Make a case of one file below an empty folder, read it and draft it; return what was wrong with the file.

    The folder is empty again afterwards.
    """
    file = folder / f"article{ending}"
    file.write_bytes(content)
    try:
        make_case("fuzz", [str(file)], GIVEN, root=str(folder))
    except InputError as fault:
        _demand_a_sentence(str(fault))
        assert not list(folder.glob("data/cases/fuzz*")) + list(folder.glob("data/cases/.*"))
        return str(fault)
    else:
        inputs = read_inputs(Paths("fuzz", "2025-06-16", root=str(folder)), REFERENCE)
        assert len(inputs.corpus.sources)
        draft_case(inputs)
        return ""
    finally:
        file.unlink()
        shutil.rmtree(folder / "data" / "cases" / "fuzz", ignore_errors=True)


def read_once() -> Callable[[Path, str], pd.DataFrame]:
    """Return `read_table` with a memory: of the tables of a case, an edit changes one."""
    known: dict[tuple[str, bytes], pd.DataFrame] = {}

    def read(file: Path, name: str) -> pd.DataFrame:
        key = (name, file.read_bytes()) if file.is_file() else ("", b"")
        if key not in known:
            found = read_table(file, name)
            if not key[0]:
                return found
            known[key] = found
        return known[key].copy()

    return read


def _demand_a_sentence(message: str) -> None:
    assert message.endswith((".", ".)")), message
    assert len(message) < 5_000


Edit = tuple[str, Callable[[bytes], bytes]]


def case_files() -> st.SearchStrategy[tuple[str, bytes]]:
    """Return files of the tiny case with edits: of their bytes, or of single cells."""
    names = sorted(str(file.relative_to(TINY)) for file in TINY.rglob("*") if file.is_file())
    contents = {name: (TINY / name).read_bytes() for name in names}

    def spoil(name: str) -> st.SearchStrategy[tuple[str, bytes]]:
        kinds = [edited(st.just(contents[name]))]
        if name.endswith(".csv"):
            cells = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), Words), min_size=1, max_size=3)
            kinds.append(st.builds(_change_cells, st.just(contents[name]), cells))
        return st.tuples(st.just(name), st.one_of(*kinds))

    return st.sampled_from(names).flatmap(spoil)


def _change_cells(table: bytes, changes: list[tuple[int, int, str]]) -> bytes:
    rows = list(csv.reader(io.StringIO(table.decode(), newline="")))
    for row, column, text in changes:
        cells = rows[row % len(rows)]
        cells[column % len(cells)] = text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def look_at_case(folder: Path, name: str, content: bytes, builds: Iterator[object] | None = None) -> list[str]:
    """Check the tiny case below a folder with one file replaced, and return the faults.

    If nothing is wrong it is built, too: each time, or as often as `builds` has an item left.
    """
    place = folder / "data" / "cases" / "tiny" / name
    place.write_bytes(content)
    try:
        paths = Paths("tiny", "2025-06-16", "en", str(folder))
        faults = [line.text for line in check_case(paths) if line.is_fault]
        for fault in faults:
            assert fault
        if not faults and (builds is None or next(builds, None) is not None):
            build_edition(read_inputs(paths, REFERENCE))
        return faults
    except InputError as fault:
        _demand_a_sentence(str(fault))
        return [str(fault)]
    finally:
        shutil.copy(TINY / name, place)
        shutil.rmtree(folder / "data" / "built", ignore_errors=True)


def samples() -> dict[str, list[bytes]]:
    """Return small files that can be read, by their ending."""
    text = "Kyiv, 12 June 2025 (Reuters) – Russia attacked Ukraine with drones on Thursday. Iran condemned the attack."
    paragraphs = "".join(f"<p>{text} Paragraph {n} says what both sides said on day {n}.</p>" for n in range(4))
    head = '<meta property="article:published_time" content="2025-06-13T21:00:00+02:00"><title>A | B</title>'
    data = '{"@type": "NewsArticle", "headline": "A", "datePublished": "2025-06-13", "author": [{"name": "E"}]}'
    page = f'<html lang="en"><head>{head}<script type="application/ld+json">{data}</script></head><body><article>'
    page += f"<h1>A</h1>{paragraphs}</article></body></html>"
    mail = f"From: A <a@b.example>\nSubject: Re: A\nDate: Thu, 12 Jun 2025 10:00:00 +0200\n\n{text}\n"
    item = "<item><title>A</title><link>https://a.example/1</link><pubDate>Thu, 12 Jun 2025 10:00:00 GMT</pubDate>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{item}<description>{text}</description>'
    feed += "</item></channel></rss>"
    items = '[{"id": "1", "type": "article-newspaper", "title": "A", "issued": {"date-parts": [[2025, 6, 12]]}, '
    items += f'"abstract": "{text}"}}]'
    texts = {
        ".txt": text,
        ".md": f"---\ntitle: A\npublisher: B\ndate: 2025-06-13\n---\n# A\n\n{text}\n\n1. one\n2. two\n",
        ".html": page,
        ".htm": page,
        ".eml": mail,
        ".xml": feed,
        ".rss": feed,
        ".atom": feed,
        ".json": items,
        ".warc": f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: "
        f"{len(page.encode()) + 44}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}\r\n\r\n",
    }
    made: dict[str, list[bytes]] = {ending: [content.encode()] for ending, content in texts.items()}
    return made | {".docx": [_make_word(text)], ".pdf": [_make_pdf()]}


def _make_word(text: str) -> bytes:
    import docx

    document: Any = docx.Document()
    document.add_heading("A", 1)
    document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _make_pdf() -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()
