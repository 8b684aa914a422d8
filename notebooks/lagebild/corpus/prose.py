"""A tree of HTML to its blocks of text, with the links in them, and their places in the file if those are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from lagebild.corpus.plaintext import SHARED, UNSEEN
from lagebild.corpus.readers.pageblocks import INLINE
from lagebild.corpus.readers.webtree import AT, LINES

WEB = re.compile(r"https?://", re.IGNORECASE)
DIVIDED = re.compile(r"([^\W_]+)[-\u2010]\n(?=([^\W\d_]+))")
QUOTE = '"'
CELLS = ("td", "th")
BREAK = "\u2028"  # stands for the end of a line that its author wanted


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a text.

    Attributes
    ----------
    link
        The number of the link that it stands in, or 0.
    raised, titled
        Whether it stands above the line, or is set apart as a title is.
    at
        Its place in the file, or -1.
    """

    sign: str
    link: int = 0
    raised: bool = False
    titled: bool = False
    at: int = -1


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or cell.

    Attributes
    ----------
    tag
        Of its element, or of the cell around it.
    number
        Of the item of a list; empty if it is none, or has none.
    names
        The ids of the elements around it.
    links
        Their addresses by their numbers.
    """

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
        words = [letter for letter in self.letters if letter.sign.isalnum()]
        return sum(letter.link > 0 for letter in words) / max(1, len(words))


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
        for part in _split_lines(letters):
            if folded := _fold(part):
                blocks.append(replace(one, letters=folded))
    return blocks


def _walk(root: HtmlElement) -> Iterator[Block]:
    """Yield the blocks with their blanks as they stand."""
    letters: list[Letter] = []
    links: dict[int, str] = {}
    numbers = _number_items(root)
    holders: list[HtmlElement] = []
    link = raised = titled = counted = 0  # of links; one that breaks over a line goes on

    def say(text: str | None, at: int) -> None:
        for k, sign in enumerate(text or ""):
            if not UNSEEN.match(sign):
                letters.append(Letter(sign, link, raised > 0, titled > 0, at + k if at >= 0 else -1))

    def close() -> Block:
        nonlocal letters
        around = [one for one in holders if not INLINE.fullmatch(one.tag)] or [root]
        element = next((one for one in around if one.tag in CELLS), around[-1])
        names = frozenset(name for one in [root, *holders] for name in (one.get("id"), one.get("name")) if name)
        number = next((numbers[one] for one in reversed(holders) if one in numbers), "")
        own = {one: links[one] for one in dict.fromkeys(letter.link for letter in letters) if one}
        found = Block(tuple(letters), str(element.tag), number, names, own)
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
            href = element.get("href", "").strip()
            goes_on = bool(letters) and letters[-1].link == counted and links.get(counted) == href
            counted += event == "start" and not goes_on
            link = counted if event == "start" else 0
            links[counted] = href
        raised += step * (element.tag == "sup")
        titled += step * (element.tag in ("em", "i", "cite"))
        if element.tag == "q":
            say(QUOTE, -1)
        if event == "start":
            holders.append(element)
            say(BREAK if element.tag == "br" else element.text, _place(element))
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


def _split_lines(letters: tuple[Letter, ...]) -> list[tuple[Letter, ...]]:
    """Return the parts of a block: a new one begins on a new line, but with a small letter the old one goes on."""
    text = "".join(letter.sign for letter in letters)
    ends = [k for k, sign in enumerate(text) if sign == BREAK and not text[k:].lstrip()[:1].islower()]
    return [letters[a:b] for a, b in pairwise([0, *ends, len(letters)])]


def _fold(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Return letters with every run of blanks as one, and none at their ends."""
    kept = list[Letter]()
    for letter in letters:
        if not letter.sign.isspace():
            kept.append(letter)
        elif kept and kept[-1].sign != " ":
            kept.append(Letter(" ", letter.link, letter.raised, letter.titled, letter.at))
    return tuple(kept[:-1] if kept and kept[-1].sign == " " else kept)
