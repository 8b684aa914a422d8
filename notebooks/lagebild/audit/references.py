"""What a report cites: its notes and its list of references, by the numbers under which it names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from lagebild.audit.report_tree import AT, LINES
from lagebild.core import Reference, derived
from lagebild.corpus import INLINE, SHARED, UNSEEN, address, normalize

# --- A Tree of HTML to Its Blocks of Text ---
# Each block has the links in it, and its places in the file if those are known.


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
    drafts = [draft for draft in _Walk(root).list_blocks() if any(letter.sign.strip() for letter in draft.letters)]
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


class _Walk:
    """A way through a tree: what was read since the last block, what stands around, and how the letters here are set.

    A link is known by its number; one that breaks over a line goes on with the same.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.root, self.numbers = root, _number_items(root)
        self.letters: list[Letter] = []
        self.links: dict[int, str] = {}
        self.holders: list[HtmlElement] = []
        self.link = self.raised = self.titled = 0

    def list_blocks(self) -> Iterator[Block]:
        """Yield the blocks with their blanks as they stand."""
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if self.letters and element.tag != "br" and not INLINE.fullmatch(element.tag):
                yield self._close()
            self._set(element, event == "start")
            if event == "start":
                self.holders.append(element)
                self._say(BREAK if element.tag == "br" else element.text, _place(element))
            else:
                self.holders.pop()
                self._say(element.tail if element is not self.root else "", -1)
        if self.letters:
            yield self._close()

    def _set(self, element: HtmlElement, begins: bool) -> None:
        """Set what follows as an element says that begins or ends: as a link, above the line, as a title, quoted."""
        step = 1 if begins else -1
        if element.tag == "a" and element.get("href"):
            self._follow(element.get("href", "").strip(), begins)
        self.raised += step * (element.tag == "sup")
        self.titled += step * (element.tag in ("em", "i", "cite"))
        if element.tag == "q":
            self._say(QUOTE, -1)

    def _follow(self, href: str, begins: bool) -> None:
        """Set what follows as a link to an address, or no longer."""
        last = len(self.links)
        goes_on = bool(self.letters) and self.letters[-1].link == last and self.links.get(last) == href
        number = last + (begins and not goes_on)
        self.link = number if begins else 0
        self.links[number] = href

    def _say(self, text: str | None, at: int) -> None:
        for k, sign in enumerate(text or ""):
            if not UNSEEN.match(sign):
                placed = at + k if at >= 0 else -1
                self.letters.append(Letter(sign, self.link, self.raised > 0, self.titled > 0, placed))

    def _close(self) -> Block:
        """Return what was read as a block."""
        around = [one for one in self.holders if not INLINE.fullmatch(one.tag)] or [self.root]
        element = next((one for one in around if one.tag in CELLS), around[-1])
        named = (name for one in [self.root, *self.holders] for name in (one.get("id"), one.get("name")) if name)
        number = next((self.numbers[one] for one in reversed(self.holders) if one in self.numbers), "")
        own = {one: self.links[one] for one in dict.fromkeys(letter.link for letter in self.letters) if one}
        found = Block(tuple(self.letters), str(element.tag), number, frozenset(named), own)
        self.letters = []
        return found


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


NUMBERED = re.compile(r"\s*(?:\[\^?(\d{1,3})\][:.]?|\((\d{1,3})\)|(\d{1,3})[.)]?)\s+")
BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"'»«“”„\\\]\ue000\ue001]{1,2000}", re.IGNORECASE)
ENTRY = re.compile(r"(?<=\s)\[\d{1,3}\]\s")
TRAILING = ".,;:!?’"
QUOTED = re.compile(r"[\"„“»«”‘’](.+?)[\"“”»«’‘](?!\w)")
EDGES = " \t.,;:–—-|()[]<>\"'„“”»«’‘↩︎↑^"
BACK = re.compile(r"[↩↑^]\ufe0e?")
TITLE = 3  # words that a title has at least, where nothing but its form says that it is one
MOST = 40  # that one mark cites
LONGEST = 300  # characters of a title
NOTE = 3_000  # characters of a note; what has more is a section to which a report refers
HEAD = 60  # characters of a heading
LEAD = re.compile(r"^[\dIVX]{1,4}[.)]?\s+")  # its number
HEADING = re.compile("h[1-6]")


@dataclass(frozen=True)
class Work:
    """What is cited: its address in the web, its title, or both."""

    url: str = ""
    title: str = ""


Follow = Callable[[str], list[Work]]


def find_addresses(text: str) -> list[tuple[int, int, str]]:
    """Return where addresses of the web stand in a text, and each as it can be kept."""
    found = []
    for hit in BARE.finditer(text):
        kept = hit[0]
        while kept[-1] in TRAILING or (kept[-1] == ")" and kept.count("(") < kept.count(")")):
            kept = kept[:-1]
        if url := address(kept if "://" in kept else f"http://{kept}"):
            found.append((hit.start(), hit.start() + len(kept), url))
    return found


def list_cited(block: Block) -> list[Work]:
    """Return what a note or an entry of a list cites: its addresses, its titles, or else all of its words."""
    text = BACK.sub(" ", block.text)
    links = list(_list_links(block))
    unlinked = "".join(" " if one.link else one.sign for one in block.letters)
    links += [(url, "") for _, _, url in find_addresses(unlinked)]
    titles = [one for one in _list_titled(block) or QUOTED.findall(text) if len(one.split()) >= TITLE]
    if not titles and len(links) < 2:
        number = NUMBERED.match(text)
        rest = " ".join(BARE.sub(" ", text[number.end() if number else 0 :]).split()).strip(EDGES)
        titles = [rest] if len(rest.split()) >= TITLE else []
    if len(links) == len(titles):
        cited = [Work(url, title[:LONGEST]) for (url, _), title in zip(links, titles, strict=True)]
    elif links:
        cited = [Work(url, said[:LONGEST]) for url, said in links]
    else:
        cited = [Work("", title[:LONGEST]) for title in titles]
    return cited[:MOST]


def _list_links(block: Block) -> Iterable[tuple[str, str]]:
    """Yield the addresses of the web to which a block links, and the words of the link if they can be a title."""
    for number, href in block.links.items():
        words = "".join(letter.sign for letter in block.letters if letter.link == number).strip()
        if words and (url := address(href)):
            yield url, words if len(words.split()) >= TITLE and not BARE.match(words) else ""


def _list_titled(block: Block) -> list[str]:
    """Return the runs of a block that are set apart as titles are."""
    runs = [""]
    for letter in block.letters:
        if letter.titled:
            runs[-1] += letter.sign
        elif runs[-1]:
            runs.append("")
    return [one.strip(EDGES) for one in runs if one.strip(EDGES)]


@derived
def find_endings(reference: Reference) -> dict[str, frozenset[str]]:
    """Return the headings that end the prose of a report, folded, by what stands below them."""
    rows = [row for one in reference.languages for row in reference.rows("sets", one) if row["class"] == "heading"]
    kinds = {row["value"] for row in rows}
    return {
        kind: frozenset(normalize(word) for row in rows if row["value"] == kind for word in row["words"].split("|"))
        for kind in kinds
    }


def split_references(reference: Reference, blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return the prose of a report, and the entries of its lists of references; what an annex holds is neither.

    A list of references stands below a heading that says so, up to the next one, and most of its lines are numbered or
    have an address; or it ends the report: numbered lines, each with an address.
    """
    endings = find_endings(reference)
    heads = [_fold_heading(block) for block in blocks]
    annex = next((k for k, head in enumerate(heads) if k and head in endings.get("annex", ())), len(blocks))
    entries, listed = list[Block](), set[int]()
    for k in range(annex):
        if heads[k] in endings.get("references", ()):
            end = next((n for n in range(k + 1, annex) if HEADING.fullmatch(blocks[n].tag)), annex)
            lines = [one for block in blocks[k + 1 : end] for one in _split_entries(block)]
            if sum(map(_is_listed, lines)) > len(lines) / 2:
                entries += lines
                listed |= set(range(k, end))
    prose = [block for k, block in enumerate(blocks[:annex]) if k not in listed]
    while prose and _is_entry(prose[-1]):
        entries.insert(0, prose.pop())
    return prose, entries


def _split_entries(block: Block) -> list[Block]:
    """Return the entries that a PDF without structure ran together."""
    starts = [0, *(found.start() for found in ENTRY.finditer(block.text)), len(block.letters)]
    return [replace(block, letters=block.letters[a:b]) for a, b in pairwise(starts)] if starts[1:-1] else [block]


def _fold_heading(block: Block) -> str:
    text = block.text
    return normalize(LEAD.sub("", text)) if len(text) <= HEAD and block.tag not in CELLS else ""


def _is_listed(block: Block) -> bool:
    """Whether a block is numbered, or has an address."""
    return bool(block.number or NUMBERED.match(block.text) or _is_addressed(block))


def _is_entry(block: Block) -> bool:
    """Whether a block is a numbered line with an address."""
    numbered = block.number or NUMBERED.match(block.text)
    return bool(numbered and _is_addressed(block) and len(block.text) <= NOTE and not HEADING.fullmatch(block.tag))


def _is_addressed(block: Block) -> bool:
    return bool(find_addresses(block.text) or any(address(url) for url in block.links.values()))


def number_entries(entries: Iterable[Block]) -> dict[str, list[Work]]:
    """Return what each entry of a list cites, by its number; those without a number stand together."""
    numbered: dict[str, list[Work]] = {}
    for block in entries:
        found = NUMBERED.match(block.text)
        number = next(filter(None, found.groups()), "") if found else block.number
        numbered.setdefault(number, []).extend(list_cited(block))
    return numbered
