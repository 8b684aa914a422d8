"""Reads a page as a browser does: its elements, their attributes, its text."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from lxml import html

EMPTY = {"meta", "link", "br", "img", "hr", "input", "base", "source", "embed", "wbr", "area", "col"}


class Element(NamedTuple):
    """An element with its attributes, the text inside it, and the tags that it stands in."""

    tag: str
    attributes: dict[str, str]
    text: list[str]
    inside: tuple[str, ...]

    def get(self, name: str) -> str:
        """Return an attribute; empty if there is none."""
        return self.attributes.get(name, "")


def keep_part(page: str, part: str) -> str:
    """Return a page with what is said alone, or with the annex alone."""
    tree = html.document_fromstring(page)
    (main,) = tree.iter("main")
    for section in main:
        if ("annex" in (section.get("class") or "").split()) != bool(part):
            main.remove(section)
    return str(html.tostring(tree, encoding="unicode"))


class Page(HTMLParser):
    """The elements of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [], tuple(e.tag for e in self._open))
        self.elements.append(element)
        if tag not in EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.tag for element in self._open]:
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Return the elements of these tags that have these attributes; `class_` stands for one of the classes."""
        wanted = attributes.pop("class_", "")
        return [
            element
            for element in self.elements
            if (not tags or element.tag in tags)
            and (not wanted or wanted in element.get("class").split())
            and all(element.get(name.replace("_", "-")) == value for name, value in attributes.items())
        ]

    def drawings(self) -> dict[str, list[str]]:
        """Return the lines of text in each drawing for the page, by the id of its figure."""
        lines: dict[str, list[str]] = {}
        figure, narrow = "", False
        for number, element in enumerate(self.elements):
            if element.tag == "figure":
                figure = element.get("id")
            elif element.tag == "div" and "plot" in element.get("class").split():
                narrow = "narrow" in element.get("class").split()
            elif "figure" in element.inside and not narrow:
                after = self.elements[number + 1] if number + 1 < len(self.elements) else element
                broken = element.tag == "text" and after.tag == "tspan" and "line" in after.get("class").split()
                line = element.tag == "tspan" and "line" in element.get("class").split()
                if line or (element.tag == "text" and not broken):
                    lines.setdefault(figure, []).append("".join(element.text))
        return lines


def text_of(element: Element) -> str:
    """Return the text of an element, blanks drawn together."""
    return " ".join("".join(element.text).split())


def squeeze(text: str) -> str:
    """Return text without blanks, hyphens and what lets lines break or not: a line break in a PDF leaves them."""
    return re.sub(r"[\s‐‑\u00ad\u200b\u2060-]", "", unicodedata.normalize("NFKC", text))


def read_sheets(file: Path | bytes) -> list[str]:
    """Return the text of each page of a PDF, as a reader copies it; U+FFFE is a hyphen that ends a line."""
    sheets = [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(file)]
    return [sheet.replace("\r\n", "\n").replace("\ufffe", "-") for sheet in sheets]
