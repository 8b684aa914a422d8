"""Somebody else's report as a text: its prose, one paragraph a line, what it cites where, its places in the file."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from lagebild.core.characters import show
from lagebild.core.paths import REFERENCE, InputError
from lagebild.core.reference import Reference
from lagebild.corpus.formats import open_kind
from lagebild.corpus.language import find_language
from lagebild.corpus.library import Library
from lagebild.corpus.marks import Mark, find_marks
from lagebild.corpus.page import address
from lagebild.corpus.plaintext import ENDED, line
from lagebild.corpus.prose import CELLS, Block, Letter, list_blocks
from lagebild.corpus.readers.reporttree import TREES, Tree, list_months
from lagebild.corpus.references import Work, number_entries, split_references
from lagebild.corpus.writtendays import find_written

ALL_LINKS = 0.8  # share of a block that is links if it is a menu or a table of contents
SENTENCE = 3  # words that a cell has at least if it is prose
HEAD, STAMP = 8, 4  # blocks at the beginning among which the day of a report stands, and words of such a one beside it
NOWHERE = -1
Span = tuple[int, int]


@dataclass(frozen=True)
class Citation:
    """Where a report cites, and what.

    Attributes
    ----------
    start, end
        The place in its text: the words that are the link, or the point at which a mark stood, with `start` = `end`.
        Both are -1 for what only its list of references names.
    url
        The address; empty if only a title is named.
    title
        The title as the report gives it; empty if only an address is.
    label
        The mark or the words of the link.
    """

    start: int
    end: int
    url: str
    title: str
    label: str


@dataclass(frozen=True)
class ReportText:
    """A report as it is read.

    Attributes
    ----------
    text
        Its prose, one paragraph a line; without its lists of references, its notes and marks.
    language
        Of its words.
    title, day
        As the report says itself; empty if it does not. The day is ISO 8601.
    citations
        In the order of the text, then what is cited nowhere in it.
    places
        For plain text and Markdown: where runs of `text` stand in the file, as pairs of offsets; else empty.
    sha256
        Of the file, byte by byte.
    """

    text: str
    language: str
    title: str
    day: str
    citations: tuple[Citation, ...]
    places: tuple[Span, ...] = ()
    sha256: str = ""

    def place(self, span: Span) -> Span:
        """Return where a part of the text stands in the file: the decoded text of .txt and .md, else the same part."""
        start, end = span
        if not self.places:
            return span
        return self._find(start), self._find(max(start, end - 1)) + (end > start)

    def _find(self, offset: int) -> int:
        own, there = self.places[max(0, bisect_right(self.places, offset, key=itemgetter(0)) - 1)]
        return there + offset - own


def read_report(path: Path, today: str, reference: Reference | None = None) -> ReportText:
    """Return the text of a report, and what it cites.

    Parameters
    ----------
    path
        A file of one of the kinds .md, .html, .docx, .pdf and .txt.
    today
        The day of reading, ISO 8601; no report is of a later day.
    reference
        The tables by whose words a language, a day and a list of references are known; those of the program if none.

    Raises
    ------
    InputError
        If the file is of another kind, too large, broken, encrypted, a scan, empty, or not in a language that is read.
    """
    reference = reference or Reference(REFERENCE)
    try:
        kind, content = open_kind(str(path), tuple(TREES))
        if not content.strip():
            raise InputError("the file is empty; give the file of the report.")
        read = _read_tree(reference, TREES[kind](reference, content, today), today)
        return replace(read, sha256=hashlib.sha256(content).hexdigest())
    except InputError as fault:
        raise InputError(f"{show(line(path.name or str(path)))}: {fault}") from None


def _read_tree(reference: Reference, tree: Tree, today: str) -> ReportText:
    """Return the text of a report from its tree."""
    months = list_months(reference)
    blocks = [_restore_day(block, months) for block in list_blocks(tree.body)]
    prose, entries = split_references(reference, blocks)
    library = Library(tree.whole, number_entries(entries))
    marked = [(block, find_marks(block, library.numbered, library.notes, library.follow)) for block in prose]
    links = {link for _, marks in marked for mark in marks if mark.numbers for link in mark.links}
    notes = {link.removeprefix("#") for link in links if library.is_note(link)}
    kept = [(block, marks) for block, marks in marked if _is_prose(block) and notes.isdisjoint(block.names)]
    text, citations, places = _write(kept)
    if not text:
        raise InputError("there is no prose in it; give the report itself, with its paragraphs.")
    if not (language := find_language(reference, text)):
        only = " and ".join(reference.languages)
        raise InputError(f"its text is not clearly in one language that is read ({only}); give the report in one.")
    day = tree.day or _find_day(reference, language, prose, today)
    title = line(tree.title) or next((block.text for block in prose if block.tag == "h1"), "")
    citations += _list_unnamed(library, citations, tree.links)
    return ReportText(text, language, title, day, tuple(citations), places if tree.placed else ())


def _list_unnamed(library: Library, citations: Sequence[Citation], links: Sequence[str]) -> list[Citation]:
    """Return what the lists of references have beside what is cited in the text, and links without a place in it."""
    named = {Work(one.url, one.title) for one in citations}
    rest = {work: number for number, works in library.numbered.items() for work in works if work not in named}
    known = {work.url for work in (*named, *rest)}
    rest |= {Work(url): "" for url in links if url not in known}
    return [Citation(NOWHERE, NOWHERE, one.url, one.title, number) for one, number in rest.items()]


def _restore_day(block: Block, months: set[str]) -> Block:
    """Return an item of a list with its number if that is the day before a month: 16. Juni."""
    first = block.text.partition(" ")[0].rstrip(".,:").casefold()
    lead = tuple(Letter(sign) for sign in f"{block.number}. ")
    return replace(block, letters=(*lead, *block.letters)) if block.number and first in months else block


def _is_prose(block: Block) -> bool:
    """Whether a block is no menu, no table of contents, and no cell of names and numbers."""
    text = block.text
    ended = bool(ENDED.search(text))
    if block.tag in (*CELLS, "tr", "table"):
        return ended and len(text.split()) >= SENTENCE
    outside = all(address(href) for href in block.links.values())
    return block.linked() <= ALL_LINKS or (ended and outside)


def _write(blocks: Sequence[tuple[Block, list[Mark]]]) -> tuple[str, list[Citation], tuple[Span, ...]]:
    """Return the text of blocks without the marks in it, what is cited where, and the runs of places in the file."""
    letters, citations = list[Letter](), list[Citation]()
    for block, marks in blocks:
        own, held = _cut(block, marks)
        base = len(letters) + bool(letters)
        if _is_empty(own, held):  # its marks belong to what stands above
            held = [(-bool(letters), -bool(letters), mark) for _, _, mark in held]
        else:
            letters += [Letter("\n")] * bool(letters) + own
        for start, end, mark in held:
            cited = mark.cited or ((Work(),) if mark.numbers and mark.cut else ())
            citations += [Citation(base + start, base + end, one.url, one.title, mark.label) for one in cited]
    runs = list[Span]()
    for k, letter in enumerate(letters):
        if letter.at >= 0 and not (runs and letter.at - k == runs[-1][1] - runs[-1][0]):
            runs.append((k, letter.at))
    return "".join(one.sign for one in letters), citations, tuple(runs)


def _is_empty(own: Sequence[Letter], held: Sequence[tuple[int, int, Mark]]) -> bool:
    """Whether nothing but a lead is left of a block without its marks: Source:."""
    text = "".join(one.sign for one in own)
    lead = text.endswith(":") and len(text.split()) < SENTENCE and any(mark.cut for _, _, mark in held)
    return lead or not any(map(str.isalnum, text))


def _cut(block: Block, marks: Sequence[Mark]) -> tuple[list[Letter], list[tuple[int, int, Mark]]]:
    """Return the letters of a block without its marks, and where in them each mark stood."""
    own, held, at = list[Letter](), list[tuple[int, int, Mark]](), 0
    for mark in marks:
        own += block.letters[at : mark.start]
        start = len(own)
        own += () if mark.cut else block.letters[mark.start : mark.end]
        held.append((start, len(own), mark))
        at = mark.end
    own += block.letters[at:]
    lead = next((k for k, one in enumerate(own) if one.sign != " "), 0)
    while own and own[-1].sign == " ":
        own.pop()
    return own[lead:], [(max(0, a - lead), max(0, min(b - lead, len(own) - lead)), mark) for a, b, mark in held]


def _find_day(reference: Reference, language: str, blocks: Sequence[Block], today: str) -> str:
    """Return the day that the first lines of a report name, one that says little else; empty if they name several."""
    days = set[tuple[str, ...]]()
    for text in (block.text for block in blocks[:HEAD]):
        written = list(find_written(reference, language, text, today))
        if len(written) == 1 and len(f"{text[: written[0].start]}{text[written[0].end :]}".split()) <= STAMP:
            days.add(written[0].days)
    return "".join(*days) if len(days) == 1 and len(min(days)) == 1 else ""
