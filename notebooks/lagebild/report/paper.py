"""What of a report goes on paper, as plain nodes that name no markup: the PDFs and the text file are written from them.

On paper a report has two parts, each a document of its own: what it says, and the annex of what that rests on.

A node is a string, or a dict: `t` the HTML element that it was, `c` what it holds; `k` its classes, `id`, `href`,
`lang` and `span` (columns of a cell) only where it has them. A drawing has its number as `n`, its size in pixels as
`wide` and `high`, and its words as `alt`, a figure its `name`. A table has `caption`, `head` and `cols`, the share of
the room that each of its columns gets. What leads to a place in the other part has `far`, the id of that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import fsum, sqrt
from typing import Any, NamedTuple

from lxml import html

from lagebild.charts import BLANKS, measure_text
from lagebild.core import ANNEX
from lagebild.report.document import Document

# --- Tables ---

COLUMN, GUTTER, LETTERS = 493.0, 5.7, 8.0  # points: between the margins of A4, between columns of a table, of its words
LONGEST = 90.0  # points: a word that is longer is hyphenated
MUCH = 200.0  # points: what a cell says beyond it counts less
NAMES = 110.0  # points: a column most of whose cells are shorter should hold these on one line
FIXED = {"n", "mark"}  # classes of columns that are as wide as what stands in them
EVEN = 0.24  # of the room: the first column of a table whose others are to be alike
LINES = 40  # a cell with more lines may break over pages
DIGIT = re.compile(r"\d")


def words_of(node: Any) -> str:
    """Return the words of a node, without those of its notes."""
    if isinstance(node, str):
        return node
    return "" if "footnote" in node.get("k", ()) else "".join(map(words_of, node["c"]))


def split_table(table: dict[str, Any], narrow: bool) -> None:
    """Keep caption, head and rows of a table apart, fill up short rows, and say how the columns share the room.

    A `narrow` table has a third of the column of the page. A cell that is too long for a page is marked as `tall`.
    """
    parts = [part for part in table["c"] if isinstance(part, dict)]
    table["caption"] = [part for part in parts if part["t"] == "caption"]
    table["head"] = [row for part in parts if part["t"] == "thead" for row in _find_rows(part)]
    table["c"] = [row for part in parts if part["t"] != "thead" for row in _find_rows(part)]
    rows = table["head"] + table["c"]
    wide = max(map(_count_columns, rows), default=1)
    for row in rows:
        row["c"] += [{"t": "td", "c": []} for _ in range(wide - _count_columns(row))]
    room = COLUMN / 3 if narrow else COLUMN
    even = "signs" in table.get("k", ()) and wide > 1
    table["cols"] = [EVEN, *[(1 - EVEN) / (wide - 1)] * (wide - 1)] if even else _share_width(rows, wide, room)
    for row in table["c"]:
        for cell, share in zip(row["c"], table["cols"], strict=False):
            if measure_text(words_of(cell), LETTERS) > LINES * room * share:
                cell["tall"] = True


def _count_columns(row: dict[str, Any]) -> int:
    return sum(cell.get("span", 1) for cell in row["c"])


def _find_rows(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row, or the rows of a part of a table, each with its cells alone."""
    if part["t"] == "tr":
        return [part | {"c": [cell for cell in part["c"] if isinstance(cell, dict)]}]
    return [row for child in part["c"] if isinstance(child, dict) and child["t"] == "tr" for row in _find_rows(child)]


def _share_width(rows: list[dict[str, Any]], wide: int, room: float) -> list[float]:
    """Return the share of the width that each column gets: its longest word fits, the rest goes by how much it says.

    A column of numbers or marks gets what stands in it on one line, and no more.
    """
    columns: list[list[dict[str, Any]]] = [[] for _ in range(wide)]
    for row in rows:
        at = 0
        for cell in row["c"]:
            columns[at].append(cell)
            at += cell.get("span", 1)
    measured = [*map(_measure_column, columns)]
    spare = max(room - GUTTER * (wide - 1) - fsum(need for need, _ in measured), 0.0)
    wanted = max(fsum(want for _, want in measured), 1.0)
    shares = [need + spare * want / wanted for need, want in measured]
    whole = fsum(shares)
    return [round(share / whole, 4) if whole else round(1 / wide, 4) for share in shares]


def _measure_column(cells: list[dict[str, Any]]) -> tuple[float, float]:
    """Return how wide a column, head first, has to be, and how much wider it would be with all that it says."""
    fixed = bool(cells) and bool(FIXED & set(cells[-1].get("k", ())))
    texts = [words_of(cell) for cell in cells[1:]]
    texts = [DIGIT.sub("4", text) for text in texts] if fixed else texts  # set in figures of one width, that of 4
    widths = [measure_text(text, LETTERS) for text in texts]
    words = [measure_text(word, LETTERS, bold=True) for cell in cells[:1] for word in BLANKS.split(words_of(cell))]
    words += widths if fixed else [measure_text(word, LETTERS) for text in texts for word in BLANKS.split(text)]
    need = min(max(words, default=0.0), LONGEST)
    if fixed:
        return need, 0.0
    # of a few long cells and many short ones, the long ones decide
    usual = sqrt(fsum(width * width for width in widths) / len(widths)) if widths else 0.0
    usual = max(usual, min(sorted(widths)[len(widths) * 9 // 10], NAMES)) if widths else usual
    return need, max(min(usual, MUCH) + max(usual - MUCH, 0) / 3 - need, 1.0)


# --- The Tree of the Report as Nodes ---

Node = dict[str, Any] | str

SCREEN = {"button", "dialog", "form", "script", "style"}  # elements that paper does without …
SCREENS = {"address", "cite", "csv", "languages", "narrow", "rule", "unseen"}  # … and classes
FRAMES = {"plot", "scroll", "wide"}  # classes that say nothing of what they hold
SPLICED = {"article", "div", "header", "nav", "span", "tbody"}  # if nothing is known of them, what they hold
HEADINGS = ("h1", "h2", "h3", "h4")
NAMED = (*HEADINGS, "p", "li", "dt", "th", "td", "caption", "figcaption")  # what can hold the place of an id
BLOCKS = {*NAMED, "article", "aside", "blockquote", "dd", "details", "div", "dl", "drawing", "figure", "header", "hr"}
BLOCKS |= {"main", "nav", "ol", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
LIKE = {"em": "cite", "i": "cite", "strong": "b"}  # elements that no template has, but a cell of one's own may
QUOTES = {"de": ("„", "“")}
WEB = ("#", "http://", "https://")  # what a link on paper may lead to
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
HTML_BLANKS = re.compile(r"[ \t\r\n]+")
TONGUE, SPAN = re.compile("[a-z]{2,3}"), re.compile("[1-9][0-9]?")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # no font has them, no XML holds them
ENDLESS = re.compile(r"\S{28}(?=\S{12})")  # a piece of a word so long that no line holds it
BREAK = "\N{ZERO WIDTH SPACE}"


class Printed(NamedTuple):
    """A part of a report on paper: its nodes, and the drawings that they show."""

    nodes: list[Node]
    drawings: list[str]


def read_paper(document: Document) -> dict[str, Printed]:
    """Return the parts of a report on paper: "" is what it says, `ANNEX` the rest; its document is used up."""
    _describe_drawings(document)
    nodes = _convert(document.body)
    parts = {part: [node for node in nodes if _find_part(node) == part] for part in ("", ANNEX)}
    homes: dict[str, str] = {}
    for part, held in parts.items():
        for node in walk(held):
            if node.get("id") in homes:
                del node["id"]  # the first one of a name is the place
            elif "id" in node:
                homes[node["id"]] = part
    return {part: _print(held, part, homes, document.drawings) for part, held in parts.items()}


def _find_part(node: Node) -> str:
    return ANNEX if isinstance(node, dict) and ANNEX in node.get("k", ()) else ""


def _print(nodes: list[Node], part: str, homes: dict[str, str], drawings: Sequence[str]) -> Printed:
    """Return a part with its own drawings; what leads to a place that paper does not have is mere words."""
    shown = []
    for node in walk(nodes):
        if node.get("href", "").startswith("#"):
            place = node["href"][1:]
            if homes.get(place, "gone") != part:
                del node["href"]
                node |= {"far": place} if place in homes else {}
        if node["t"] == "drawing":
            shown.append(drawings[node["n"]])
            node["n"] = len(shown) - 1
    return Printed(nodes, shown)


def break_words(text: str) -> str:
    """Return text in which a word that no line would hold can be broken."""
    return ENDLESS.sub(rf"\g<0>{BREAK}", text)


def walk(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    """Yield every node that is no string, from the first to the last, each before what it holds."""
    waiting = nodes[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += [*node["c"], *node.get("head", []), *node.get("caption", [])][::-1]


def _describe_drawings(document: Document) -> None:
    """Give each drawing the words that stand for it, which its figure has for people who see none."""
    for figure in document.body.iter("figure"):
        for words in figure.xpath('.//figcaption//span[@class="alt" or @class="unseen"]'):
            for place in figure.xpath(".//span[@data-drawing]"):
                place.set("alt", " ".join(words.text_content().split()))
    for place in document.body.xpath("//span[@data-drawing]"):
        size = SIZE.search(document.drawings[int(place.get("data-drawing"))])
        place.set("wide", size[1] if size else "720")
        place.set("high", size[2] if size else "405")


def _convert(element: html.HtmlElement) -> list[Node]:
    """Return what an element holds: blanks drawn together, none between blocks or at their edges."""
    nodes: list[Node] = [element.text or ""]
    for child in element:
        nodes += _convert_child(child) if isinstance(child.tag, str) else []
        nodes.append(child.tail or "")
    if element.tag == "pre":
        return [element.text_content().strip("\n")]
    merged: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            node = HTML_BLANKS.sub(" ", UNSEEN.sub("", node))
            if merged and isinstance(merged[-1], str):
                node = HTML_BLANKS.sub(" ", str(merged.pop()) + node)
            node = node if element.tag == "a" else break_words(node)
        if node != "":
            merged.append(node)
    return _trim(merged) if element.tag in BLOCKS else merged


def _trim(nodes: list[Node]) -> list[Node]:
    """Take blanks away that stand at the edge of a block: beside another one, at its beginning or its end."""
    kept: list[Node] = []
    for at, node in enumerate(nodes):
        before, after = nodes[at - 1] if at else "", nodes[at + 1] if at + 1 < len(nodes) else ""
        if isinstance(node, str):
            node = node.lstrip(" ") if _ends_block(before) else node
            node = node.rstrip(" ") if _ends_block(after) else node
        if node != "":
            kept.append(node)
    return kept


def _ends_block(node: Node) -> bool:
    return node == "" or (isinstance(node, dict) and node["t"] in BLOCKS)


def _convert_child(element: html.HtmlElement) -> list[Node]:
    """Return what stands on paper for an element in another one."""
    kinds = set((element.get("class") or "").split())
    if number := element.get("data-drawing"):
        size = {name: float(element.get(name)) for name in ("wide", "high")}
        return [{"t": "drawing", "c": [], "n": int(number), "alt": element.get("alt") or "–", **size}]
    if _is_left_out(element, kinds):
        return []
    if element.tag == "br":
        return [" "]
    node: dict[str, Any] = {"t": LIKE.get(element.tag, element.tag), "c": _convert(element)} | _describe(element, kinds)
    if element.tag == "q":
        opening, closing = QUOTES.get(node.get("lang", ""), ("“", "”"))
        node |= {"t": "span", "c": [opening, *node["c"], closing]}
    if element.tag in BLOCKS and element.tag not in NAMED:
        _move_id_inward(node)
    if element.tag == "table":
        split_table(node, bool(element.xpath("ancestor::div[@class='columns']")))
    return node["c"] if node.keys() == {"t", "c"} and element.tag in SPLICED else [node]


def _is_left_out(element: html.HtmlElement, kinds: set[str]) -> bool:
    """Whether paper does without an element: one for screens, one that is folded up, a heading without words."""
    closed = element.tag == "details" and "lists" not in kinds
    empty = element.tag in HEADINGS and not element.text_content().strip()
    return element.tag in SCREEN or bool(kinds & SCREENS) or closed or empty


def _describe(element: html.HtmlElement, kinds: set[str]) -> dict[str, Any]:
    """Return what is known of an element beside what it holds: classes, id, address, language, columns."""
    name, href, columns = (element.get(key) or "" for key in ("id", "href", "colspan"))
    tongue = (element.get("lang") or "").partition("-")[0].lower()
    known = {
        "k": sorted(kinds - FRAMES),
        "id": name,
        "href": href if href.startswith(WEB) else "",
        "lang": tongue if TONGUE.fullmatch(tongue) else "",
        "span": int(columns) if SPAN.fullmatch(columns) else 0,
    }
    figure = {"name": name.removeprefix("fig-")} if element.tag == "figure" else {}
    return {key: value for key, value in known.items() if value} | figure


def _move_id_inward(node: dict[str, Any]) -> None:
    """Let the id of a container be that of the first heading or words in it: that is the place to lead to."""
    name, inside = node.pop("id", ""), list(walk(node["c"]))
    first = next((inner for kinds in (HEADINGS, NAMED) for inner in inside if inner["t"] in kinds), None)
    if name and first:
        first.setdefault("id", name)
