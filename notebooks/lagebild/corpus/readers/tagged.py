"""A tagged PDF as a tree of HTML: its own structure says what is a paragraph, a note, a drawing, or no text at all.

Word, LibreOffice, Typst and browsers write such structure (ISO 32000-1, 14.7 and 14.8); `read_pdf` reads any other PDF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from lxml.html import HtmlElement, builder
from pypdf.generic import DictionaryObject

from lagebild.core.characters import UNWANTED
from lagebild.corpus.page import address
from lagebild.corpus.plaintext import LIGATURE

if TYPE_CHECKING:
    from pypdf import PdfReader

UNFIT = re.compile(f"[{UNWANTED}]")  # what no tree can hold either
DEEPEST = 60  # a file can be made to nest without end
# What an element of the structure is in HTML; those that are not listed run on in a line.
TAGS = {
    **{f"/H{level}": f"h{level}" for level in range(1, 7)},
    **dict.fromkeys(("/Document", "/Part", "/Sect", "/Art"), "section"),
    **dict.fromkeys(("/TOC", "/Index"), "nav"),
    **{"/Title": "h1", "/H": "h2", "/P": "p", "/L": "ul", "/LI": "li", "/BlockQuote": "blockquote", "/Link": "a"},
    **{"/Table": "table", "/THead": "thead", "/TBody": "tbody", "/TR": "tr", "/TH": "th", "/TD": "td"},
    **{"/Figure": "figure", "/Caption": "caption", "/Div": "div", "/Aside": "aside", "/Lbl": "sup", "/Em": "em"},
}
NOTES = ("/Note", "/FENote")
LOOSE = "//section/*[self::span or self::em or self::a or self::sup]"  # no paragraph: a caption, a line above a title
Texts = Mapping[tuple[int, int], str]


def read_tagged(reader: PdfReader) -> HtmlElement | None:
    """Return the body of a tagged PDF as HTML, notes as `aside` with their number behind all else; None if it is not.

    A line of the page ends in a line break.
    """
    root: Any = reader.trailer["/Root"]
    structure = root.get("/StructTreeRoot")
    if structure is None:
        return None
    body, notes = builder.BODY(), list[HtmlElement]()
    _Writer(_read_marked(reader), structure.get_object().get("/RoleMap", {}), notes).write(structure, body, "", 0)
    for number, note in enumerate(notes):
        note.set("id", f"note-{number}")
    for loose in body.xpath(LOOSE):
        loose.drop_tree()
    for section in body.iter("section"):
        section.text = None
    body.extend(notes)
    return body if any(True for _ in body.iter("p", "li")) else None


def _read_marked(reader: PdfReader) -> Texts:
    """Return the text of each marked content by the number of its page's object and its own."""
    texts: dict[tuple[int, int], str] = {}
    for page in reader.pages:
        stack: list[int] = []  # -1 is no content of the structure
        number = page.indirect_reference.idnum if page.indirect_reference else 0

        def begin(operator: bytes, operands: list[Any], *_: Any, stack: list[int] = stack) -> None:
            if operator in (b"BDC", b"BMC"):
                said = operands[1] if len(operands) > 1 and hasattr(operands[1], "get") else {}
                mark = said.get("/MCID")
                stack.append(mark if isinstance(mark, int) else stack[-1] if stack else -1)
            elif operator == b"EMC" and stack:
                stack.pop()

        def show(text: str, *_: Any, stack: list[int] = stack, number: int = number) -> None:
            if stack:
                texts[number, stack[-1]] = texts.get((number, stack[-1]), "") + text

        page.extract_text(visitor_operand_before=begin, visitor_text=show)
    return texts


class _Writer:
    """Writes the elements of a structure as HTML."""

    def __init__(self, texts: Texts, roles: Any, notes: list[HtmlElement]) -> None:
        self.texts, self.roles, self.notes = texts, roles, notes
        self.seen = set[Any]()  # each element stands in the structure once

    def write(self, node: Any, into: HtmlElement, page: str, depth: int) -> None:
        """Append to an element what a node of the structure holds."""
        place = getattr(node, "idnum", None)
        if depth > DEEPEST or place in self.seen:
            return
        self.seen |= {place} - {None}
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, int):
            _say(into, self.texts.get((_number(page), node), ""))
        elif isinstance(node, list):
            for one in node:
                self.write(one, into, page, depth + 1)
        elif isinstance(node, DictionaryObject):
            self._write_element(node, into, node.raw_get("/Pg") if "/Pg" in node else page, depth)

    def _write_element(self, node: Any, into: HtmlElement, page: Any, depth: int) -> None:
        kind = node.get("/Type")
        if kind == "/MCR":
            self.write(node.get("/MCID"), into, page, depth + 1)
        elif kind == "/OBJR":
            _link(into, node.get("/Obj"))
        elif "/S" not in node:
            self.write(node.get("/K", []), into, page, depth + 1)
        else:
            role = node["/S"]
            role = role if role in TAGS or role in NOTES else self.roles.get(role, role)
            if role in NOTES:
                self._write_note(node, page, depth)
                return
            element = builder.E(TAGS.get(role, "span"))
            self.write(node.get("/K", []), element, page, depth + 1)
            if element.tag == "li":
                _number_item(element)
            into.append(element)

    def _write_note(self, node: Any, page: Any, depth: int) -> None:
        note = builder.E("aside")
        self.write(node.get("/K", []), note, page, depth + 1)
        label = next(note.iter("sup"), None)
        if label is not None:
            note.set("data-number", label.text_content().strip())
            label.drop_tree()
        self.notes.append(note)


def _number_item(item: HtmlElement) -> None:
    """Make the label before an item its value, as it is in HTML, or leave it out if it is no number."""
    label = item.find("sup")
    if label is not None:
        if found := re.search(r"\d+", label.text_content()):
            item.set("value", found[0])
        label.drop_tree()


def _number(page: Any) -> int:
    return int(getattr(page, "idnum", 0))


def _say(into: HtmlElement, text: str) -> None:
    """Append a text to what an element holds."""
    text = LIGATURE.sub(lambda match: normalize("NFKC", match[0]), normalize("NFC", UNFIT.sub("", text)))
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


def _link(into: HtmlElement, annotation: Any) -> None:
    """Set the address of a link: that of its annotation, or that it stays in the file."""
    found = annotation.get_object() if annotation is not None else {}
    action = found.get("/A", {}) if hasattr(found, "get") else {}
    target = action.get_object().get("/URI", "") if hasattr(action, "get_object") else ""
    into.set("href", address(str(target)) or "#")


def list_links(reader: PdfReader) -> list[str]:
    """Return the addresses to which the pages of a PDF link, in their order."""
    links = dict[str, None]()
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            holder = builder.A()
            _link(holder, annotation)
            links[holder.get("href", "")] = None
    return [one for one in links if address(one)]
