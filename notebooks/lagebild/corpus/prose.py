"""A tree of HTML to its blocks of text, each with the links in it, and with its places in the file if they are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from lagebild.corpus.plaintext import SHARED
from lagebild.corpus.readers.pageblocks import INLINE

AT, LINES = "data-at", "data-lines"  # where a text begins in its file; that a line break is one of the page
WEB = re.compile(r"https?://", re.IGNORECASE)
DIVIDED = re.compile(r"([^\W_]+)[-\u2010]\n(?=([^\W\d_]+))")
QUOTE = '"'


@dataclass(frozen=True)
class Letter:
    """A character of a text: the number of the link that it stands in (0: none), whether it is raised or set apart as a
    title is, and its place in the file (-1: not known).
    """

    sign: str
    link: int = 0
    raised: bool = False
    titled: bool = False
    at: int = -1


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or cell: its letters, its element's tag, its number in a list, and the ids around it."""

    letters: tuple[Letter, ...]
    tag: str
    number: str = ""
    names: frozenset[str] = frozenset()
    links: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(letter.sign for letter in self.letters)

    def linked(self) -> float:
        """Return the share of it that is links."""
        return sum(letter.link > 0 for letter in self.letters) / max(1, len(self.letters))


def list_blocks(root: HtmlElement) -> list[Block]:
    """Return the blocks of a tree in their order; every blank in them is one plain blank.

    If the tree is made of lines of a page, a word that was divided at the end of a line becomes whole.
    """
    drafts = [draft for draft in _walk(root) if any(letter.sign.strip() for letter in draft.letters)]
    compounds = set[str]()
    if root.get(LINES) is not None:
        compounds = {word.lower() for one in drafts for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", one.text)}
    blocks = []
    for one in drafts:
        letters = _join(one.letters, compounds) if root.get(LINES) is not None else one.letters
        if folded := _fold(letters):
            blocks.append(Block(folded, one.tag, one.number, one.names, one.links))
    return blocks


def _walk(root: HtmlElement) -> Iterator[Block]:
    """Yield the blocks with their blanks as they stand."""
    letters: list[Letter] = []
    links: dict[int, str] = {}
    numbers = _number_items(root)
    holders: list[HtmlElement] = []
    link = raised = titled = counted = 0

    def say(text: str | None, at: int) -> None:
        for k, sign in enumerate(text or ""):
            letters.append(Letter(sign, link, raised > 0, titled > 0, at + k if at >= 0 else -1))

    def close() -> Block:
        nonlocal letters
        element = next((one for one in reversed(holders) if not INLINE.fullmatch(one.tag)), root)
        names = frozenset(name for one in [root, *holders] for name in (one.get("id"), one.get("name")) if name)
        found = Block(tuple(letters), str(element.tag), next((numbers[one] for one in reversed(holders) if one in numbers), ""), names, links)
        letters = []
        return found

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        breaks = not INLINE.fullmatch(element.tag) and element.tag != "br"
        step = 1 if event == "start" else -1
        if breaks and letters:
            yield close()
        if element.tag == "a" and element.get("href"):
            counted += event == "start"
            link = counted if event == "start" else 0
            links[counted] = element.get("href", "").strip()
        raised += step * (element.tag == "sup")
        titled += step * (element.tag in ("em", "i", "cite"))
        if element.tag == "q":
            say(QUOTE, -1)
        if event == "start":
            holders.append(element)
            say(" " * (element.tag == "br") + (element.text or ""), _place(element))
        else:
            holders.pop()
            say(element.tail if element is not root else "", -1)
    if letters:
        yield close()


def _place(element: HtmlElement) -> int:
    return int(element.get(AT, -1))


def _number_items(root: HtmlElement) -> dict[HtmlElement, str]:
    """Return the number of each item of a list; that of one without any is empty."""
    numbers = {item: item.get("value", "") for item in root.iter("li")}
    for above in root.iter("ol"):
        first = above.get("start", "1")
        for number, item in enumerate(above.iterchildren("li"), int(first) if re.fullmatch("[0-9]{1,6}", first) else 1):
            numbers[item] = numbers[item] or str(number)
    return numbers


def _join(letters: tuple[Letter, ...], compounds: set[str]) -> tuple[Letter, ...]:
    """Return letters without the hyphens that only divide a word, and without the line breaks behind hyphens."""
    text = "".join(letter.sign for letter in letters)
    cut = set[int]()
    for found in DIVIDED.finditer(text):
        if found[2] not in SHARED:
            whole = found[2][0].isupper() or found[1][-1].isdigit() or f"{found[1]}-{found[2]}".lower() in compounds
            cut |= set(range(found.end(1) + whole, found.start(2)))
    return tuple(letter for k, letter in enumerate(letters) if k not in cut)


def _fold(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Return letters with every run of blanks as one, and none at their ends."""
    kept = list[Letter]()
    for letter in letters:
        if not letter.sign.isspace():
            kept.append(letter)
        elif kept and kept[-1].sign != " ":
            kept.append(Letter(" ", letter.link, letter.raised, letter.titled, letter.at))
    return tuple(kept[:-1] if kept and kept[-1].sign == " " else kept)
