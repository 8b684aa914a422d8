"""The blocks of text in a web page: what a browser sets as paragraphs, headings and items, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lagebild.corpus.plaintext import line

# Elements that run on in a line (HTML 4.01, "inline", and those that came later); every other one is a block.
INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|o:p|q|s|samp|small|span|strike|"
    "strong|sub|sup|time|tt|u|var|wbr"
)
# Elements that hold no text of a page, or none that a reader sees beside others.
UNREAD = re.compile(
    "amp-[a-z-]+|audio|button|canvas|datalist|embed|fencedframe|head|iframe|map|math|noscript|object|option|script|select|style|svg|"
    "template|textarea|title|video"
)
WHOLE = 0.8  # share of a block that is links if it is one
BLANKS = re.compile(r"\s+")
# Where a paragraph ends at line breaks: at two of them, or at one behind the end of a sentence.
PARAGRAPH = re.compile(r" *\n *\n[ \n]*|(?<=[.!?…:\"'»«”“’)]) *\n")
Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Block:
    """A run of text with nothing but inline elements in it.

    Parameters
    ----------
    text
        The text as one clean line.
    linked
        Share of it that is links.
    element
        The element that it stands in.
    holders
        That element and all around it, the outermost first.
    """

    text: str
    linked: float
    element: Any
    holders: tuple[Any, ...]

    @property
    def place(self) -> Place:
        """Tags and classes of what is around the element: alike for all paragraphs of a column."""
        return tuple((holder.tag, holder.get("class", "")) for holder in self.holders[:-1])


def list_blocks(tree: Any) -> list[Block]:
    """Return the blocks of a page in their order; `tree` is its root as lxml read it."""
    blocks = []
    for _, group in groupby(_list_pieces(tree), key=lambda piece: piece.number):
        pieces = list(group)
        holders, whole = pieces[0].holders, "".join(piece.text for piece in pieces)
        share = sum(len(piece.text) for piece in pieces if piece.linked) / max(1, len(whole))
        for part in PARAGRAPH.split(whole):
            if holders and (text := line(part)):
                blocks.append(Block(text, share, holders[-1], holders))
    return blocks


@dataclass(frozen=True)
class _Piece:
    """A text as it stands between two tags, with the number of its block."""

    number: int
    text: str
    linked: bool
    holders: tuple[Any, ...]


def _list_pieces(tree: Any) -> Iterator[_Piece]:
    """Yield the texts of a page; a block ends where one begins or ends. A line break is a text, too."""
    holders: tuple[Any, ...] = ()
    number = links = 0
    for event, element in _walk(tree):
        tag = element.tag if event in ("start", "end") else ""
        links += (tag == "a") * (1 if event == "start" else -1)
        if tag == "br" and event == "start":
            yield _Piece(number, "\n", False, holders)
        elif tag and tag != "br" and not INLINE.fullmatch(tag):
            holders = (*holders, element) if event == "start" else holders[:-1]
            number += 1
        text = (element.text if event == "start" else element.tail) or ""
        yield _Piece(number, BLANKS.sub(" ", text), links > 0, holders)


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the start and the end of each element that is read, and of the others that they are skipped."""
    stack: list[tuple[str, Any]] = [("start", tree)]
    while stack:
        event, element = stack.pop()
        if event == "start" and (not isinstance(element.tag, str) or UNREAD.fullmatch(element.tag)):
            event = "skip"
        yield event, element
        if event == "start":
            stack.append(("end", element))
            stack += [("start", child) for child in reversed(element)]


def is_linked(block: Block) -> bool:
    """Whether a block is a link as a whole, or nearly so."""
    return block.linked > WHOLE
