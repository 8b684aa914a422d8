"""The report as a text file for Word and LibreOffice: real headings, tables and footnotes, drawings with their words.

Pandoc writes it from a tree of the document, not from any markup: so no word of a source can be read as such.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pypandoc
from lxml import etree

from lagebild.core.labels import LOCALES
from lagebild.core.paths import TEMPLATES, InputError
from lagebild.report.pandoc_tree import write_blocks
from lagebild.report.paper import Node

API = [1, 23, 1]  # of pandoc's tree
PROPERTIES = {"title": "title", "author": "by", "subject": "question", "lang": "language"}
DOCUMENT = "word/document.xml"
COLUMN = 9866  # twentieths of a point between the margins of docx-section.xml
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WIDE = f"{W}w"
# What says in a package that it has a footer (ECMA-376, part 2).
ADDED = {
    "[Content_Types].xml": (
        b"</Types>",
        b'<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.wordprocessingml.footer+xml"/></Types>',
    ),
    "word/_rels/document.xml.rels": (
        b"</Relationships>",
        b'<Relationship Id="rIdFooter" Target="footer1.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
        b'2006/relationships/footer"/></Relationships>',
    ),
}


def write_docx(nodes: Sequence[Node], pictures: Sequence[bytes], facts: Mapping[str, str]) -> bytes:
    """Return the text file of a report: `nodes` as `read_paper` gives them, `pictures` its drawings as png.

    The same input gives the same bytes; the file says that it was written on the as-of date.

    Raises
    ------
    InputError
        If pandoc cannot write it.
    """
    said = {**facts, "language": LOCALES.get(facts["language"], "en_GB").replace("_", "-")}
    tree = {
        "pandoc-api-version": API,
        "meta": {name: {"t": "MetaString", "c": said[key]} for name, key in PROPERTIES.items() if said[key]},
        "blocks": write_blocks(nodes),
    }
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in enumerate(pictures):
            (Path(folder) / f"drawing-{number}.png").write_bytes(picture)
        (Path(folder) / "reference.docx").write_bytes(_make_reference(facts["standing"], facts["draft"]))
        words = ["--from=json", "--to=docx", f"--template={TEMPLATES / 'docx.openxml'}"]
        words += ["--reference-doc=reference.docx", "--output=-"]
        return _finish(_call_pandoc(words, json.dumps(tree).encode(), folder, facts["as_of"]))


def _call_pandoc(words: list[str], given: bytes = b"", folder: str | None = None, day: str = "1980-01-01") -> bytes:
    """Return what pandoc prints; it takes `day` for today.

    Raises
    ------
    InputError
        If it cannot do what it is asked to.
    """
    epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *words],
        input=given,
        cwd=folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch)},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise InputError(f"The text file cannot be written: {done.stderr.decode(errors='replace').strip()}.")
    return done.stdout


def _make_reference(standing: str, draft: str) -> bytes:
    """Return the document whose styles, paper and footer a report gets: pandoc's own, with ours in their place."""
    parts = _unpack(_call_pandoc(["--print-default-data-file=reference.docx"]))
    for name, mark in ADDED.items():
        parts[name] = parts[name].replace(*mark)
    document = etree.fromstring(parts[DOCUMENT])
    footer = etree.fromstring((TEMPLATES / "docx-footer.xml").read_bytes())
    (section,) = document.iter(f"{W}sectPr")
    section.getparent().replace(section, etree.fromstring((TEMPLATES / "docx-section.xml").read_bytes()))
    for place, text in zip(footer.iter(f"{W}t"), (standing, f" · {draft}" if draft else ""), strict=False):
        place.text = text
    styles = (TEMPLATES / "docx-styles.xml").read_bytes()
    added = {DOCUMENT: etree.tostring(document), "word/styles.xml": styles, "word/footer1.xml": etree.tostring(footer)}
    return _pack(parts | added)


def _finish(made: bytes) -> bytes:
    """Return a text file in which no row of a table breaks over pages, and tables are as wide as the column."""
    parts = _unpack(made)
    document = etree.fromstring(parts[DOCUMENT])
    for table in document.iter(f"{W}tbl"):
        columns = list(table.iter(f"{W}gridCol"))
        whole = sum(int(column.get(WIDE)) for column in columns)
        for column in columns:
            column.set(WIDE, str(round(int(column.get(WIDE)) * COLUMN / max(whole, 1))))
        for row in table.iter(f"{W}tr"):
            look = row.find(f"{W}trPr")
            if look is None:
                look = etree.Element(f"{W}trPr")
                row.insert(0, look)
            look.insert(0, etree.Element(f"{W}cantSplit"))
    return _pack(parts | {DOCUMENT: etree.tostring(document, xml_declaration=True, encoding="UTF-8")})


def _unpack(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _pack(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name)  # whose date is always the same
            entry.create_system = 3  # also on Windows
            package.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
