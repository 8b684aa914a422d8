"""The report as a text file for Word and LibreOffice: real headings, tables and footnotes, drawings with their words.

Pandoc writes it from its own tree of the document (https://hackage.haskell.org/package/pandoc-types), not from any
markup: so no word of a source can be read as such.
"""

from __future__ import annotations

import io
import json
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

from lagebild.core.paths import TEMPLATES, InputError
from lagebild.report.paper import Node, words_of

API = [1, 23, 1]  # of pandoc's tree
PROPERTIES = {"title": "title", "author": "by", "subject": "question", "lang": "language"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
WIDTH = 6.85  # inches between the margins of A4
PLAIN: tuple[str, list[str], list[list[str]]] = ("", [], [])
STYLES = {"h1": "Title", "question": "Subtitle"}
STYLES |= dict.fromkeys(("by", "edition", "facts", "grade", "kind", "rests", "signed"), "Note")
LEVELS = {"h2": 1, "h3": 2, "h4": 3}
Blocks = list[dict[str, Any]]


def write_docx(nodes: Sequence[Node], pictures: Sequence[bytes], facts: Mapping[str, str]) -> bytes:
    """Return the text file of a report: `nodes` as `read_paper` gives them, `pictures` its drawings as png.

    The same input gives the same bytes; the file says that it was written on the as-of date.

    Raises
    ------
    InputError
        If pandoc cannot write it.
    """
    tree = {
        "pandoc-api-version": API,
        "meta": {name: {"t": "MetaString", "c": facts[key]} for name, key in PROPERTIES.items() if facts[key]},
        "blocks": _write_blocks(nodes),
    }
    with tempfile.TemporaryDirectory() as folder:
        for number, picture in enumerate(pictures):
            (Path(folder) / f"drawing-{number}.png").write_bytes(picture)
        (Path(folder) / "reference.docx").write_bytes(_make_reference(facts["standing"]))
        words = ["--from=json", "--to=docx", f"--template={TEMPLATES / 'docx.openxml'}"]
        words += ["--reference-doc=reference.docx", "--output=-"]
        return _call_pandoc(words, json.dumps(tree).encode(), folder, facts["as_of"])


def _call_pandoc(words: list[str], given: bytes = b"", folder: str | None = None, day: str = "1980-01-01") -> bytes:
    epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *words],
        input=given,
        cwd=folder,
        env={"SOURCE_DATE_EPOCH": str(epoch), "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise InputError(f"The text file cannot be written: {done.stderr.decode(errors='replace').strip()}.")
    return done.stdout


def _make_reference(standing: str) -> bytes:
    """Return the document whose styles, paper and footer a report gets: pandoc's own, with ours in their place."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_call_pandoc(["--print-default-data-file=reference.docx"]))) as given,
        zipfile.ZipFile(made, "w") as reference,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name == "word/styles.xml":
                content = (TEMPLATES / "docx-styles.xml").read_bytes()
            elif name == "word/document.xml":
                document = etree.fromstring(content)
                (section,) = document.iter(f"{W}sectPr")
                section.getparent().replace(section, etree.fromstring((TEMPLATES / "docx-section.xml").read_bytes()))
                content = etree.tostring(document)
            elif name in ADDED:
                content = content.replace(*ADDED[name])
            reference.writestr(name, content)
        footer = etree.fromstring((TEMPLATES / "docx-footer.xml").read_bytes())
        next(footer.iter(f"{W}t")).text = standing
        reference.writestr("word/footer1.xml", etree.tostring(footer))
    return made.getvalue()


def _write_blocks(nodes: Sequence[Node], loose_as: str = "Para") -> Blocks:
    """Return nodes as blocks of pandoc's tree; words that stand beside blocks become paragraphs of their own."""
    blocks: Blocks = []
    loose: list[Node] = []
    for node in [*nodes, None]:
        if isinstance(node, str) or (node is not None and node["t"] in INLINES):
            loose.append(node)
            continue
        if loose:
            blocks.append({"t": loose_as, "c": _write_inlines(loose)})
            loose = []
        if node is not None:
            blocks += BLOCKS.get(node["t"], _write_group)(node)
    return blocks


def _write_inlines(nodes: Sequence[Node]) -> Blocks:
    inlines: Blocks = []
    for node in nodes:
        if isinstance(node, str):
            inlines += _write_words(node)
        else:
            inlines += INLINES.get(node["t"], _write_span)(node)
    return inlines


def _write_words(text: str) -> Blocks:
    """Return words and the blanks between them; each of pandoc's strings is one word."""
    parts = re.split("( +)", text)
    return [{"t": "Space"} if part.isspace() else {"t": "Str", "c": part} for part in parts if part]


def _attributes(node: dict[str, Any]) -> list[Any]:
    return [node.get("id", ""), [], [["lang", node["lang"]]] if "lang" in node else []]


def _write_span(node: dict[str, Any]) -> Blocks:
    inside = _write_inlines(node["c"])
    if "footnote" in node.get("k", ()):
        return [{"t": "Note", "c": [{"t": "Para", "c": inside}]}]
    return [{"t": "Span", "c": [_attributes(node), inside]}] if "id" in node or "lang" in node else inside


def _write_link(node: dict[str, Any]) -> Blocks:
    inside = _write_inlines(node["c"])
    return [{"t": "Link", "c": [_attributes(node), inside, [node["href"], ""]]}] if "href" in node else inside


def _wrap(kind: str) -> Callable[[dict[str, Any]], Blocks]:
    return lambda node: [{"t": kind, "c": _write_span(node)}]


def _write_quote(node: dict[str, Any]) -> Blocks:
    opening, closing = ("„", "“") if node.get("lang") == "de" else ("“", "”")
    return [{"t": "Str", "c": opening}, *_write_span(node), {"t": "Str", "c": closing}]


def _write_marked(node: dict[str, Any]) -> Blocks:
    return [{"t": "Span", "c": [["", ["mark"], []], _write_inlines(node["c"])]}]


def _write_code(node: dict[str, Any]) -> Blocks:
    return [{"t": "Code", "c": [PLAIN, words_of(node)]}]


def _write_heading(node: dict[str, Any]) -> Blocks:
    return [{"t": "Header", "c": [LEVELS[node["t"]], _attributes(node), _write_inlines(node["c"])]}]


def _write_paragraph(node: dict[str, Any]) -> Blocks:
    inside = _write_inlines(node["c"])
    if "id" in node or "lang" in node:
        inside = [{"t": "Span", "c": [_attributes(node), inside]}]
    styles = [STYLES[kind] for kind in (node["t"], *node.get("k", ())) if kind in STYLES]
    paragraph = {"t": "Para", "c": inside}
    return [{"t": "Div", "c": [["", [], [["custom-style", styles[0]]]], [paragraph]]}] if styles else [paragraph]


def _write_strong(node: dict[str, Any]) -> Blocks:
    words = {"t": "Span", "c": [_attributes(node), _write_inlines(node["c"])]}
    return [{"t": "Para", "c": [{"t": "Strong", "c": [words]}]}]


def _write_list(node: dict[str, Any]) -> Blocks:
    items = [_write_blocks(_mark_place(item)) for item in node["c"] if isinstance(item, dict)]
    if node["t"] == "ul":
        return [{"t": "BulletList", "c": items}]
    return [{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}]


def _mark_place(item: dict[str, Any]) -> Sequence[Node]:
    """Return what an item or a cell holds, with its id, if it has one, at the beginning."""
    if "id" not in item:
        return list(item["c"])
    first, *others = item["c"] or [""]
    if isinstance(first, dict) and first["t"] == "p":
        return [{"id": item["id"], **first}, *others]
    return [{"t": "span", "c": [], "id": item["id"]}, first, *others]


def _write_group(node: dict[str, Any]) -> Blocks:
    return _write_blocks(node["c"])


def _write_code_block(node: dict[str, Any]) -> Blocks:
    return [{"t": "CodeBlock", "c": [PLAIN, "".join(map(words_of, node["c"]))]}]


def _write_figure(node: dict[str, Any]) -> Blocks:
    caption = [part for part in node["c"] if isinstance(part, dict) and part["t"] == "figcaption"]
    others = [part for part in node["c"] if part not in caption]
    said = [{"t": "Plain", "c": _write_inlines(_mark_place(caption[0]))}] if caption else []
    return [{"t": "Figure", "c": [PLAIN, [None, said], _write_blocks(others)]}]


def _write_drawing(node: dict[str, Any]) -> Blocks:
    size = [["width", f"{min(WIDTH, WIDTH * node['wide'] / 720):.2f}in"]]
    picture = {"t": "Image", "c": [["", [], size], _write_words(node["alt"]), [f"drawing-{node['n']}.png", ""]]}
    return [{"t": "Plain", "c": [picture]}]


def _write_table(node: dict[str, Any]) -> Blocks:
    rows = [[_write_cell(cell) for cell in row["c"]] for row in node["c"]]
    heads = [[_write_cell(cell) for cell in row["c"]] for row in node["head"]]
    caption = [_mark_place(part) for part in node["caption"]]
    said = [{"t": "Plain", "c": _write_inlines(caption[0])}] if caption else []
    plain: Any = PLAIN
    kinds = [(cells[0], cells[1]) for cells in zip(_sides(node), _widths(node["cols"]), strict=True)]
    table = [
        plain,
        [None, said],
        [[{"t": side}, {"t": "ColWidth", "c": width}] for side, width in kinds],
        [plain, [[plain, row] for row in heads]],
        [[plain, 1, [], [[plain, row] for row in rows]]],
        [plain, []],
    ]
    return [{"t": "Table", "c": table}]


def _write_cell(cell: dict[str, Any]) -> list[Any]:
    return [PLAIN, {"t": "AlignDefault"}, 1, cell.get("span", 1), _write_blocks(_mark_place(cell), "Plain")]


def _sides(node: dict[str, Any]) -> list[str]:
    """Return on which side the words of each column stand."""
    cells = node["c"][-1]["c"] if node["c"] else [{}] * len(node["cols"])
    kinds = [cell.get("k", ()) for cell in cells for _ in range(cell.get("span", 1))]
    return ["AlignRight" if "n" in kind else "AlignCenter" if "mark" in kind else "AlignLeft" for kind in kinds]


def _widths(cols: Sequence[float]) -> list[float]:
    """Return the share of the width of each column, from shares of the room and, below zero, characters of 1/105."""
    fixed = [(1 - col) / 105 if col < 0 else 0.0 for col in cols]
    room, shares = max(1 - sum(fixed), 0.2), sum(col for col in cols if col > 0)
    return [round(width or room * col / shares, 4) for width, col in zip(fixed, cols, strict=True)]


INLINES: dict[str, Callable[[dict[str, Any]], Blocks]] = {
    "a": _write_link,
    "b": _wrap("Strong"),
    "cite": _wrap("Emph"),
    "code": _write_code,
    "mark": _write_marked,
    "q": _write_quote,
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
