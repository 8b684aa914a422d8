"""The blocks of text in a web page: what a browser sets as paragraphs, headings and items, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lagebild.corpus.plaintext import line

# Elements that run on in a line (HTML 4.01, "inline", and those that came later); every other one is a block.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
# Elements that hold no text of a page, or none that a reader sees beside others.
UNREAD = frozenset(
    "audio button canvas datalist embed fencedframe head iframe map math noscript object option script select style svg "
    "template textarea title video".split()
)
Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Block:
    """A run of text with nothing but inline elements in it.

    Parameters
    ----------
    text
        The text as one clean line.
    linked
        Characters of it that are links.
    element
        The element that it stands in.
    holders
        That element and all around it, the outermost first.
    """

    text: str
    linked: int
    element: Any
    holders: tuple[Any, ...]

    @property
    def place(self) -> Place:
        """Tags and classes of what is around the element: alike for all paragraphs of a column."""
        return tuple((holder.tag, holder.get("class", "")) for holder in self.holders[:-1])


def list_blocks(tree: Any) -> list[Block]:
    """Return the blocks of a page in their order; `tree` is its root as lxml read it."""
    blocks, held, linked = list[Block](), list[str](), 0
    holders: list[Any] = []
    breaks, links = 0, 0

    def close() -> None:
        nonlocal linked, breaks
        text = line("".join(held))
        if text and holders:
            blocks.append(Block(text, linked, holders[-1], tuple(holders)))
        held.clear()
        linked = breaks = 0

    def add(text: str | None) -> None:
        nonlocal linked, breaks
        if text:
            held.append(text)
            if text.strip():
                breaks = 0
            if links:
                linked += len(" ".join(text.split()))

    for event, element in _walk(tree):
        tag = element.tag
        if event == "skip":
            add(element.tail)
        elif tag == "br":
            if event == "start":
                breaks += 1
                held.append(" ")
                if breaks == 2:
                    close()
                add(element.tail)
        elif event == "start":
            if tag not in INLINE:
                close()
                holders.append(element)
            links += tag == "a"
            add(element.text)
        else:
            links -= tag == "a"
            if tag not in INLINE:
                close()
                holders.pop()
            add(element.tail)
    close()
    return blocks


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the start and the end of each element that is read, and of the others that they are skipped."""
    stack: list[tuple[str, Any]] = [("start", tree)]
    while stack:
        event, element = stack.pop()
        if event == "start" and (not isinstance(element.tag, str) or element.tag in UNREAD):
            yield "skip", element
            continue
        yield event, element
        if event == "start":
            stack.append(("end", element))
            stack += [("start", child) for child in reversed(element)]


def is_linked(block: Block) -> bool:
    """Whether a block is a link as a whole, or nearly so."""
    return block.linked > 0.8 * len(re.sub(r"^\W+|\W+$", "", block.text))
