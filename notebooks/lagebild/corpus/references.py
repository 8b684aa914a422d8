"""What a report cites: its notes and its list of references, by the numbers under which it names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lagebild.core.reference import Reference, derived
from lagebild.corpus.page import address
from lagebild.corpus.plaintext import plain
from lagebild.corpus.prose import CELLS, Block

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
        kind: frozenset(plain(word) for row in rows if row["value"] == kind for word in row["words"].split("|"))
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
    return plain(LEAD.sub("", text)) if len(text) <= HEAD and block.tag not in CELLS else ""


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
