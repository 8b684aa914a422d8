"""What of a report goes on paper, as plain nodes that name no markup: the PDFs and the text file are written from them.

On paper a report has two parts, each a document of its own: what it says, and the annex of what that rests on.

A node is a string, or a dict: `t` the HTML element that it was, `c` what it holds; `k` its classes, `id`, `href`,
`lang` and `span` (columns of a cell) only where it has them. A drawing has its number as `n`, its size in pixels as
`wide` and `high`, and its words as `alt`, a figure its `name`. A table has `caption`, `head` and `cols`, the share of
the room that each of its columns gets. What leads to a place in the other part has `far`, the id of that place.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from math import fsum, sqrt
from typing import Any, NamedTuple

from lxml import html

from lagebild.charts import BLANKS, measure_text
from lagebild.core import folders
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


def split_table(table: dict[str, Any], narrow: bool) -> dict[str, Any]:
    """Return a table whose caption, head and rows stand apart, short rows filled up, with the shares of its columns.

    A `narrow` table has a third of the column of the page. A cell that is too long for a page is marked as `tall`.
    """
    caption: list[Node] = []
    head: list[dict[str, Any]] = []
    body: list[dict[str, Any]] = []
    for part in table["c"]:
        if not isinstance(part, dict):
            continue
        if part["t"] == "caption":
            caption.append(part)
        elif part["t"] == "thead":
            head += _find_rows(part)
        else:
            body += _find_rows(part)
    wide = max(map(_count_columns, head + body), default=1)
    head = [_fill_row(row, wide) for row in head]
    body = [_fill_row(row, wide) for row in body]
    room = COLUMN / 3 if narrow else COLUMN
    if "signs" in table.get("k", ()) and wide > 1:
        columns = [EVEN] + [(1 - EVEN) / (wide - 1)] * (wide - 1)
    else:
        columns = _share_width(head + body, wide, room)
    for row in body:
        for cell, share in zip(row["c"], columns, strict=False):
            if measure_text(words_of(cell), LETTERS) > LINES * room * share:
                cell["tall"] = True
    return table | {"caption": caption, "head": head, "c": body, "cols": columns}


def _fill_row(row: dict[str, Any], wide: int) -> dict[str, Any]:
    missing = wide - _count_columns(row)
    return row | {"c": row["c"] + [{"t": "td", "c": []} for _ in range(missing)]}


def _count_columns(row: dict[str, Any]) -> int:
    return sum(cell.get("span", 1) for cell in row["c"])


def _find_rows(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row, or the rows of a part of a table, each with its cells alone."""
    inside = [child for child in part["c"] if isinstance(child, dict)]
    if part["t"] == "tr":
        return [part | {"c": inside}]
    rows: list[dict[str, Any]] = []
    for child in inside:
        if child["t"] == "tr":
            rows += _find_rows(child)
    return rows


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
    measured = [_measure_column(cells) for cells in columns]
    needed, wanted = fsum(need for need, _ in measured), max(fsum(want for _, want in measured), 1.0)
    spare = max(room - GUTTER * (wide - 1) - needed, 0.0)
    shares = [need + spare * want / wanted for need, want in measured]
    whole = fsum(shares)
    if not whole:
        return [round(1 / wide, 4)] * wide
    return [round(share / whole, 4) for share in shares]


def _measure_column(cells: list[dict[str, Any]]) -> tuple[float, float]:
    """Return how wide a column, head first, has to be, and how much wider it would be with all that it says."""
    if not cells:
        return 0.0, 1.0
    head, *rest = cells
    fixed = not FIXED.isdisjoint(cells[-1].get("k", ()))
    need, widths = 0.0, []
    for word in BLANKS.split(words_of(head)):
        need = max(need, measure_text(word, LETTERS, bold=True))
    for cell in rest:
        text = words_of(cell)
        if fixed:  # set in figures of one width, that of 4
            need = max(need, measure_text(DIGIT.sub("4", text), LETTERS))
            continue
        widths.append(measure_text(text, LETTERS))
        for word in BLANKS.split(text):
            need = max(need, measure_text(word, LETTERS))
    need = min(need, LONGEST)
    if fixed:
        return need, 0.0
    usual = _find_usual(widths)
    return need, max(min(usual, MUCH) + max(usual - MUCH, 0) / 3 - need, 1.0)


def _find_usual(widths: list[float]) -> float:
    """Return the width that decides on a column: of a few long cells and many short ones, that of the long ones."""
    if not widths:
        return 0.0
    usual = sqrt(fsum(width * width for width in widths) / len(widths))
    return max(usual, min(sorted(widths)[len(widths) * 9 // 10], NAMES))


# --- The Tree of the Report as Nodes ---

LOGGER = logging.getLogger(__name__)
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
    parts: dict[str, list[Node]] = {"": [], folders.ANNEX: []}
    for node in nodes:
        parts[_find_part(node)].append(node)
    homes: dict[str, str] = {}
    for part, held in parts.items():
        for inner in walk(held):
            if inner.get("id") in homes:
                del inner["id"]  # the first one of a name is the place
            elif "id" in inner:
                homes[inner["id"]] = part
    return {part: _print(held, part, homes, document.drawings) for part, held in parts.items()}


def _find_part(node: Node) -> str:
    return folders.ANNEX if isinstance(node, dict) and folders.ANNEX in node.get("k", ()) else ""


def _print(nodes: list[Node], part: str, homes: dict[str, str], drawings: Sequence[str]) -> Printed:
    """Return a part with its own drawings; what leads to a place that paper does not have is mere words."""
    shown = []
    for node in walk(nodes):
        place = node.get("href", "").removeprefix("#")
        if "#" + place == node.get("href") and homes.get(place) != part:
            del node["href"]
            if place in homes:
                node["far"] = place
            else:
                LOGGER.debug("A link to %s becomes mere words: paper has no such place.", place)
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
    if element.tag == "pre":
        return [element.text_content().strip("\n")]
    nodes: list[Node] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            nodes += _convert_child(child)
        nodes.append(child.tail or "")
    merged: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            node = HTML_BLANKS.sub(" ", UNSEEN.sub("", node))
            if merged and isinstance(merged[-1], str):
                node = HTML_BLANKS.sub(" ", str(merged.pop()) + node)
            if element.tag != "a":
                node = break_words(node)
        if node != "":
            merged.append(node)
    return _trim(merged) if element.tag in BLOCKS else merged


def _trim(nodes: list[Node]) -> list[Node]:
    """Take blanks away that stand at the edge of a block: beside another one, at its beginning or its end."""
    kept: list[Node] = []
    framed = ["", *nodes, ""]
    for at, node in enumerate(nodes):
        before, after = framed[at], framed[at + 2]
        if isinstance(node, str) and _ends_block(before):
            node = node.lstrip(" ")
        if isinstance(node, str) and _ends_block(after):
            node = node.rstrip(" ")
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
        name, place = node.pop("id", ""), _find_place(node["c"])
        if name and place is not None:
            place.setdefault("id", name)  # the place to lead to is the first heading, or the first words
    if element.tag == "table":
        node = split_table(node, bool(element.xpath("ancestor::div[@class='columns']")))
    return node["c"] if node.keys() == {"t", "c"} and element.tag in SPLICED else [node]


def _is_left_out(element: html.HtmlElement, kinds: set[str]) -> bool:
    """Whether paper does without an element: one for screens, one that is folded up, a heading without words."""
    closed = element.tag == "details" and "lists" not in kinds
    empty = element.tag in HEADINGS and not element.text_content().strip()
    return element.tag in SCREEN or bool(kinds & SCREENS) or closed or empty


def _describe(element: html.HtmlElement, kinds: set[str]) -> dict[str, Any]:
    """Return what is known of an element beside what it holds: classes, id, address, language, columns."""
    name, href, columns = element.get("id") or "", element.get("href") or "", element.get("colspan") or ""
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


def _find_place(nodes: list[Node]) -> dict[str, Any] | None:
    """Return the first heading in what a container holds, or else the first words."""
    inside = list(walk(nodes))
    for kinds in (HEADINGS, NAMED):
        for node in inside:
            if node["t"] in kinds:
                return node
    return None
