"""The report as a text file for Word and LibreOffice: real headings, tables and footnotes, drawings with their words.

Pandoc writes it from its own tree of a document, described at https://hackage.haskell.org/package/pandoc-types, not
from any markup: words stand in the tree as words, so no word of a source can be read as markup.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypandoc
from lxml import etree

from lagebild.core import LOCALES, InputError, folders
from lagebild.report.paper import Node, words_of

# --- The Nodes of a Report as Pandoc's Tree ---

WIDTH = 6.85  # inches between the margins of A4
PLAIN: Any = ("", [], [])  # no id, no classes, no attributes
STYLES = {"h1": "Title", "question": "Subtitle", "drafted": "Drafted"}
STYLES |= dict.fromkeys(("edition", "grade", "kind", "rests"), "Note")
STYLES |= dict.fromkeys(("by", "facts"), "Label")  # stands with what follows
BREAK = {"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}  # after the first page
LEVELS = {"h2": 1, "h3": 2, "h4": 3}
Blocks = list[dict[str, Any]]


def write_blocks(nodes: Sequence[Node], loose_as: str = "Para") -> Blocks:
    """Return nodes as blocks of pandoc's tree; words that stand beside blocks become paragraphs of their own."""
    blocks: Blocks = []
    loose: list[Node] = []
    for node in [*nodes, None]:
        if isinstance(node, str) or (node is not None and node["t"] in INLINES):
            loose.append(node)
            continue
        if loose:
            blocks.append({"t": loose_as, "c": write_inlines(loose)})
            loose = []
        if node is not None:
            blocks += BLOCKS.get(node["t"], _write_group)(node)
    return blocks


def write_inlines(nodes: Sequence[Node]) -> Blocks:
    """Return nodes that stand in a line as inlines of pandoc's tree."""
    inlines: Blocks = []
    for node in nodes:
        if isinstance(node, str):
            inlines += _write_words(node)
        else:
            inlines += INLINES.get(node["t"], _write_span)(node)
    return inlines


def _write_words(text: str) -> Blocks:
    """Return words and the blanks between them; each of pandoc's strings is one word."""
    words: Blocks = []
    for part in re.split("( +)", text):
        if part.startswith(" "):
            words.append({"t": "Space"})
        elif part:
            words.append({"t": "Str", "c": part})
    return words


def _attributes(node: dict[str, Any]) -> list[Any]:
    return [node.get("id", ""), [], [["lang", node["lang"]]] if "lang" in node else []]


def _write_span(node: dict[str, Any]) -> Blocks:
    inside = write_inlines(node["c"])
    if "footnote" in node.get("k", ()):
        return [{"t": "Note", "c": [{"t": "Para", "c": inside}]}]
    attributes = _attributes(node)
    return [{"t": "Span", "c": [attributes, inside]}] if any(attributes) else inside


def _write_link(node: dict[str, Any]) -> Blocks:
    inside = write_inlines(node["c"])
    return [{"t": "Link", "c": [_attributes(node), inside, [node["href"], ""]]}] if "href" in node else inside


def _wrap(kind: str) -> Callable[[dict[str, Any]], Blocks]:
    return lambda node: [{"t": kind, "c": _write_span(node)}]


def _write_marked(node: dict[str, Any]) -> Blocks:
    return [{"t": "Span", "c": [["", [], [["custom-style", "Marked"]]], write_inlines(node["c"])]}]


def _write_code(node: dict[str, Any]) -> Blocks:
    return [{"t": "Code", "c": [PLAIN, words_of(node)]}]


def _write_heading(node: dict[str, Any]) -> Blocks:
    return [{"t": "Header", "c": [LEVELS[node["t"]], _attributes(node), write_inlines(node["c"])]}]


def _style(name: str, paragraph: dict[str, Any]) -> Blocks:
    return [{"t": "Div", "c": [["", [], [["custom-style", name]]], [paragraph]]}]


def _write_paragraph(node: dict[str, Any]) -> Blocks:
    inside = write_inlines(node["c"])
    if "id" in node or "lang" in node:
        inside = [{"t": "Span", "c": [_attributes(node), inside]}]
    styles = [STYLES[kind] for kind in (node["t"], *node.get("k", ())) if kind in STYLES]
    paragraph = {"t": "Para", "c": inside}
    return _style(styles[0], paragraph) if styles else [paragraph]


def _write_strong(node: dict[str, Any]) -> Blocks:
    words = {"t": "Span", "c": [_attributes(node), write_inlines(node["c"])]}
    return _style("Question", {"t": "Para", "c": [{"t": "Strong", "c": [words]}]})


def _write_list(node: dict[str, Any]) -> Blocks:
    items = [write_blocks(_mark_place(item)) for item in node["c"] if isinstance(item, dict)]
    if node["t"] == "ul":
        return [{"t": "BulletList", "c": items}]
    return [{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}]


def _mark_place(item: dict[str, Any]) -> Sequence[Node]:
    """Return what an item or a cell holds, with its id, if it has one, at the beginning."""
    if "id" not in item:
        return list(item["c"])
    first, *rest = item["c"] or [""]
    if isinstance(first, dict) and first["t"] == "p":
        return [{"id": item["id"], **first}, *rest]
    return [{"t": "span", "c": [], "id": item["id"]}, first, *rest]


def _write_group(node: dict[str, Any]) -> Blocks:
    if "contents" in node.get("k", ()):
        return []  # a text to go on writing in gets its contents from its headings, when it is done
    return write_blocks(node["c"]) + ([BREAK] if "title" in node.get("k", ()) else [])


def _write_code_block(node: dict[str, Any]) -> Blocks:
    return [{"t": "CodeBlock", "c": [PLAIN, "".join(map(words_of, node["c"]))]}]


def _write_figure(node: dict[str, Any]) -> Blocks:
    caption, body = [], []
    for part in node["c"]:
        if isinstance(part, dict) and part["t"] == "figcaption":
            caption.append({"t": "Plain", "c": write_inlines(_mark_place(part))})
        else:
            body.append(part)
    return [{"t": "Figure", "c": [PLAIN, [None, caption[:1]], write_blocks(body)]}]


def _write_drawing(node: dict[str, Any]) -> Blocks:
    size = [["width", f"{min(WIDTH, WIDTH * node['wide'] / 720):.2f}in"]]
    picture = {"t": "Image", "c": [["", [], size], _write_words(node["alt"]), [f"drawing-{node['n']}.png", ""]]}
    return [{"t": "Plain", "c": [picture]}]


def _write_table(node: dict[str, Any]) -> Blocks:
    caption = [{"t": "Plain", "c": write_inlines(_mark_place(part))} for part in node["caption"][:1]]
    columns = []
    for side, width in zip(_sides(node), node["cols"], strict=True):
        columns.append([{"t": side}, {"t": "ColWidth", "c": width}])
    head = [_write_row(row) for row in node["head"]]
    rows = [_write_row(row) for row in node["c"]]
    table = [PLAIN, [None, caption], columns, [PLAIN, head], [[PLAIN, 1, [], rows]], [PLAIN, []]]
    return [{"t": "Table", "c": table}]


def _write_row(row: dict[str, Any]) -> list[Any]:
    return [PLAIN, [_write_cell(cell) for cell in row["c"]]]


def _write_cell(cell: dict[str, Any]) -> list[Any]:
    return [PLAIN, {"t": "AlignDefault"}, 1, cell.get("span", 1), write_blocks(_mark_place(cell), "Plain")]


def _sides(node: dict[str, Any]) -> list[str]:
    if not node["c"]:
        return ["AlignLeft"] * len(node["cols"])
    sides = []
    for cell in node["c"][-1]["c"]:
        kinds = cell.get("k", ())
        side = "AlignRight" if "n" in kinds else "AlignCenter" if "mark" in kinds else "AlignLeft"
        sides += [side] * cell.get("span", 1)
    return sides


INLINES: dict[str, Callable[[dict[str, Any]], Blocks]] = {
    "a": _write_link,
    "b": _wrap("Strong"),
    "cite": _wrap("Emph"),
    "code": _write_code,
    "mark": _write_marked,
    "span": _write_span,
}
BLOCKS: dict[str, Callable[[dict[str, Any]], Blocks]] = {
    "drawing": _write_drawing,
    "dt": _write_strong,
    "figure": _write_figure,
    "h1": _write_paragraph,
    "h2": _write_heading,
    "h3": _write_heading,
    "h4": _write_heading,
    "ol": _write_list,
    "p": _write_paragraph,
    "pre": _write_code_block,
    "summary": _write_strong,
    "table": _write_table,
    "ul": _write_list,
}


# --- The Tree as a File ---

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
    values = {**facts, "language": LOCALES.get(facts["language"], "en_GB").replace("_", "-")}
    meta = {}
    for name, key in PROPERTIES.items():
        if values[key]:
            meta[name] = {"t": "MetaString", "c": values[key]}
    tree = {"pandoc-api-version": API, "meta": meta, "blocks": write_blocks(nodes)}
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in enumerate(pictures):
            (Path(folder) / f"drawing-{number}.png").write_bytes(picture)
        (Path(folder) / "reference.docx").write_bytes(_make_reference(facts["standing"], facts["draft"]))
        words = ["--from=json", "--to=docx", f"--template={folders.TEMPLATES / 'docx.openxml'}"]
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
    footer = etree.fromstring((folders.TEMPLATES / "docx-footer.xml").read_bytes())
    (section,) = document.iter(f"{W}sectPr")
    section.getparent().replace(section, etree.fromstring((folders.TEMPLATES / "docx-section.xml").read_bytes()))
    for place, text in zip(footer.iter(f"{W}t"), (standing, f" · {draft}" if draft else ""), strict=False):
        place.text = text
    styles = (folders.TEMPLATES / "docx-styles.xml").read_bytes()
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
            properties = row.find(f"{W}trPr")
            if properties is None:
                properties = etree.Element(f"{W}trPr")
                row.insert(0, properties)
            properties.insert(0, etree.Element(f"{W}cantSplit"))
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
