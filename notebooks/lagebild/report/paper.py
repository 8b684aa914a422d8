"""What of a report goes on paper, as plain nodes that name no markup: the PDF and the text file are written from them.

A node is a string, or a dict: `t` the HTML element that it was, `c` what it holds; `k` its classes, `id`, `href`,
`lang` and `span` (columns of a cell) only where it has them. A drawing has its number as `n`, its size in pixels as
`wide` and `high`, and its words as `alt`, a figure its `name`. A table has `cols`, the share of the room that each of
its columns gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import fsum
from typing import Any

from lxml import html

from lagebild.charts.text_metrics import measure_text
from lagebild.report.document import Document

Node = dict[str, Any] | str

SCREEN = {"button", "dialog", "form", "script", "style"}  # elements that paper does without …
SCREENS = {"address", "cite", "filter", "languages", "narrow", "rule", "skip", "unseen"}  # … and classes
FRAMES = {"plot", "scroll", "wide"}  # classes that say nothing of what they hold
SPLICED = {"article", "div", "header", "nav", "section", "span", "tbody"}  # if nothing is known of them, what they hold
INLINE = {"a", "b", "cite", "code", "mark", "q", "span"}  # all else are blocks
HEADINGS = ("h1", "h2", "h3", "h4")
NAMED = (*HEADINGS, "p", "li", "dt", "th", "td", "caption", "figcaption")  # what can hold the place of an id
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
BLANKS = re.compile(r"[ \t\r\n]+")
FIXED = {"n", "mark"}  # classes of columns that are as wide as what stands in them
COLUMN, GUTTER, LETTERS = 493.0, 5.7, 8.0  # points: between the margins of A4, between columns of a table, of its words
LONGEST = 90.0  # points: a word that is longer is hyphenated
MUCH = 200.0  # points: what a cell says beyond it counts less
NAMES = 110.0  # points: a column most of whose cells are shorter should hold these on one line


def read_paper(document: Document) -> tuple[list[Node], list[str]]:
    """Return the nodes of a report on paper, and the drawings that they show; its document is used up."""
    _describe_drawings(document)
    nodes = _convert(document.body)
    every = list(_walk(nodes))
    anchors = {node["id"] for node in every if "id" in node}
    drawings = []
    for node in every:
        if node.get("href", "").startswith("#") and node["href"][1:] not in anchors:
            del node["href"]  # what leads to a place that paper does not have is mere words
        if node["t"] == "drawing":
            drawings.append(document.drawings[node["n"]])
            node["n"] = len(drawings) - 1
    return nodes, drawings


def _walk(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if isinstance(node, dict):
            yield node
            yield from _walk([*node["c"], *node.get("head", []), *node.get("caption", [])])


def words_of(node: Node) -> str:
    """Return the words of a node, without those of its notes."""
    if isinstance(node, str):
        return node
    return "" if "footnote" in node.get("k", ()) else "".join(map(words_of, node["c"]))


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
        return [_join(nodes)]
    merged: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            node = BLANKS.sub(" ", node)
            if merged and isinstance(merged[-1], str):
                node = BLANKS.sub(" ", str(merged.pop()) + node)
        if node != "":
            merged.append(node)
    return merged if element.tag in INLINE else _trim(merged)


def _join(nodes: list[Node]) -> str:
    return "".join(map(words_of, nodes)).strip("\n")


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
    return node == "" or (isinstance(node, dict) and node["t"] not in INLINE)


def _convert_child(element: html.HtmlElement) -> list[Node]:
    kinds = set((element.get("class") or "").split())
    if number := element.get("data-drawing"):
        size = {name: float(element.get(name)) for name in ("wide", "high")}
        return [{"t": "drawing", "c": [], "n": int(number), "alt": element.get("alt", ""), **size}]
    closed = element.tag == "details" and "lists" not in kinds
    if element.tag in SCREEN or kinds & SCREENS or closed:
        return []
    node: dict[str, Any] = {"t": element.tag, "c": _convert(element)}
    node |= {"k": sorted(kinds - FRAMES)} if kinds - FRAMES else {}
    node |= {name: element.get(name) for name in ("id", "href", "lang") if element.get(name)}
    node |= {"span": int(element.get("colspan"))} if element.get("colspan") else {}
    node |= {"name": element.get("id").removeprefix("fig-")} if element.tag == "figure" else {}
    if element.tag not in NAMED and element.tag not in INLINE:
        _hand_down(node)
    if element.tag == "table":
        _part_table(node, COLUMN / 3 if element.xpath("ancestor::div[@class='columns']") else COLUMN)
    return node["c"] if node.keys() == {"t", "c"} and element.tag in SPLICED else [node]


def _hand_down(node: dict[str, Any]) -> None:
    """Let the id of a container be that of the first heading or words in it: that is the place to lead to."""
    name = node.pop("id", "")
    first = _find_first(node, HEADINGS) or _find_first(node, NAMED)
    if name and first:
        first.setdefault("id", name)


def _find_first(node: dict[str, Any], kinds: tuple[str, ...]) -> dict[str, Any] | None:
    for child in node["c"]:
        if isinstance(child, dict):
            found = child if child["t"] in kinds else _find_first(child, kinds)
            if found:
                return found
    return None


def _part_table(table: dict[str, Any], room: float) -> None:
    """Keep caption, head and rows of a table apart, and say how it shares the `room` that it has."""
    parts = [part for part in table["c"] if isinstance(part, dict)]
    table["caption"] = [part for part in parts if part["t"] == "caption"]
    table["head"] = [row for part in parts if part["t"] == "thead" for row in part["c"]]
    table["c"] = [part for part in parts if part["t"] == "tr"]
    table["cols"] = _share(table["head"] + table["c"], room)


def _share(rows: list[Any], room: float) -> list[float]:
    """Return the share of the width that each column gets: its longest word fits, the rest goes by how much it says.

    A column of numbers or marks gets what stands in it on one line, and no more.
    """
    columns: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        at = 0
        for cell in row["c"]:
            columns.setdefault(at, []).append(cell)
            at += cell.get("span", 1)
    needs, wants = [], []
    for head, *cells in columns.values():
        texts = [words_of(cell) for cell in cells]
        widths = [measure_text(text, LETTERS) for text in texts]
        words = [measure_text(word, LETTERS, bold=True) for word in words_of(head).split()]
        fixed = bool(cells) and bool(FIXED & set(cells[-1].get("k", ())))
        words += widths if fixed else [measure_text(word, LETTERS) for text in texts for word in text.split()]
        needs.append(min(max(words, default=0.0), LONGEST))
        usual = (
            fsum(width**2 for width in widths) / max(len(widths), 1)
        ) ** 0.5  # of few long cells and many short ones
        usual = max(usual, min(sorted(widths)[len(widths) * 9 // 10], NAMES)) if widths else 0.0
        wants.append(0.0 if fixed else max(min(usual, MUCH) + max(usual - MUCH, 0) / 3 - needs[-1], 1.0))
    spare = max(room - GUTTER * (len(needs) - 1) - fsum(needs), 0.0)
    shares = [need + spare * want / max(fsum(wants), 1.0) for need, want in zip(needs, wants, strict=True)]
    return [round(share / max(fsum(shares), 1.0), 4) for share in shares]
