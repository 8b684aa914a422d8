"""Somebody else's report as a text: its prose, one paragraph a line, what it cites where, its places in the file."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from lxml.html import HtmlElement

from lagebild.audit.references import (
    CELLS,
    MOST,
    NOTE,
    Block,
    Follow,
    Letter,
    Work,
    find_addresses,
    list_blocks,
    list_cited,
    number_entries,
    split_references,
)
from lagebild.audit.report_tree import TREES, Tree, list_months
from lagebild.core import REFERENCE, InputError, Reference, show
from lagebild.corpus import ENDED, address, clean_line, find_language, find_written_dates, open_kind

# --- What Notes and Lists Cite ---
# A note is found by its number, or by the place in the file at which a link points.


NOTES = ("li", "p", "div", "aside", "dd", "td")  # what a note is; anything else may name addresses, but is no title
BACK = ".//a[starts-with(@href, '#')]/@href"


class Library:
    """What the notes and lists of a report cite, found by number or by the id at which a link points."""

    def __init__(self, whole: HtmlElement, numbered: dict[str, list[Work]]) -> None:
        self.ids = {name: one for one in whole.iter() for name in (one.get("id"), one.get("name")) if name}
        self.numbered, self.notes = numbered, _number_notes(whole)
        self._known: dict[str, list[Work]] = {}

    def follow(self, href: str) -> list[Work]:
        """Return what a link cites: the address of the web, or what the note in the file does at which it points."""
        if url := address(href):
            return [Work(url)]
        name = href.removeprefix("#") if href.startswith("#") else ""
        if name not in self._known:
            self._known[name] = self._read_note(name)
        return self._known[name]

    def is_note(self, href: str) -> bool:
        """Whether a link points at a note: a short text from which a link leads back to where it stands."""
        note = self._find(href.removeprefix("#"))
        if note is None or note.tag not in NOTES:
            return False
        marks = [mark for back in note.xpath(BACK) if (mark := self._find(back.removeprefix("#"))) is not None]
        return any(href in mark.xpath("descendant-or-self::a/@href") for mark in marks)

    def _find(self, name: str) -> HtmlElement | None:
        """Return the short text at a place."""
        found = self.ids.get(name)
        if found is not None and found.tag in ("a", "span", "sup") and found.getparent() is not None:
            found = found.getparent()  # of an empty place at its beginning
        return found if found is not None and len(found.text_content()) <= NOTE else None

    def _read_note(self, name: str) -> list[Work]:
        found = self._find(name)
        if found is None or found.tag in ("h1", "h2", "h3", "h4"):
            return []
        cited = [cited for block in list_blocks(found) for cited in list_cited(block)][:MOST]
        return cited if found.tag in NOTES else [Work(one.url) for one in cited if one.url]


def _number_notes(whole: HtmlElement) -> dict[str, list[Work]]:
    """Return what the notes of a tagged PDF cite, by their numbers."""
    notes = [(note.get("data-number"), note) for note in whole.iter("aside") if note.get("data-number")]
    return {number: [cited for block in list_blocks(note) for cited in list_cited(block)] for number, note in notes}


# --- Where a Paragraph Cites ---
# Marks such as [1], ¹ or (reuters.com) are cut from its words, links round words stay.


LINK, RAISED = "\ue000", "\ue001"  # stand for the letters of a link, and for raised ones, while marks are looked for
BRACKETS = re.compile(
    rf"\s*(?:\[(?:\^?\d{{1,3}}(?=[\s,;–\]-])|[{LINK}{RAISED}\s,;/&|·–-])+\]|\((?:[{LINK}\s,;/&|·–-])+\)|【\d+[^】]{{0,40}}】)"
)
RUN = re.compile(rf"\s*(?:{RAISED}+|{LINK}+)")
DIGITS = re.compile(r"[¹²³⁰⁴-⁹]+(?:[,˒ ]{1,2}[¹²³⁰⁴-⁹]+)*")
# A number that lost its place above the line: behind the stop of a word, not of a single letter.
BEHIND = re.compile(r"(?<=[^\W\d_][.!?,;])(?<!\b[^\W\d_][.,;])\d{1,3}(?:,\d{1,3})*(?=\s|$)")
UNIT = re.compile(r"\b[kcm]?m$")
NUMBER, NUMBERS = re.compile(r"\d{1,3}"), re.compile(r"[\s\d,;/^–-]+|\d+[†:].*")
SPAN = re.compile(r"(\d{1,3})\s?[–-]\s?(\d{1,3})")
MARK = re.compile(
    r"[\[(]?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*[\])]?|[*†‡§]{1,3}|(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\s?\+\s?\d+|/\S*)?|\+\d{1,2}"
    r"|(?:source|quelle|link|ref)\s?\d{0,3}",
    re.IGNORECASE,
)
Numbered = Mapping[str, Sequence[Work]]
SHORT = 6  # words that a link in brackets has at most, if it is a mark
WIDEST = 30  # numbers from the first to the last of a span


@dataclass(frozen=True)
class CitationMark:
    """A place in the letters of a block that cites; a mark that is `cut` is none of its words.

    The `links` in it lead from a number to its note, or from words to what they name.
    """

    start: int
    end: int
    cut: bool
    label: str
    cited: tuple[Work, ...]
    links: tuple[str, ...] = ()

    @property
    def numbers(self) -> bool:
        """Whether it is one or more numbers."""
        return bool(NUMBERS.fullmatch(self.label))


def find_marks(block: Block, numbered: Numbered, notes: Numbered, follow: Follow) -> list[CitationMark]:
    """Return the places of a block that cite, in their order; none lies in another one.

    Parameters
    ----------
    block
        A paragraph.
    numbered
        What the numbers of the report's list of references cite.
    notes
        What its notes do; where a report has both, a raised number is that of a note.
    follow
        Says what stands at the address of a link: an address of the web, or a place in the file.
    """
    found, taken = list[CitationMark](), bytearray(len(block.letters))
    for mark in _list_marks(block, {**notes, **numbered}, {**numbered, **notes}, follow):
        if not any(taken[mark.start : mark.end]):
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            found.append(mark)
    return sorted(found, key=lambda one: one.start)


def _list_marks(block: Block, numbered: Numbered, notes: Numbered, follow: Follow) -> Iterator[CitationMark]:
    """Yield all that may be one, the surest first."""
    masked = "".join(LINK if one.link else RAISED if one.raised else one.sign for one in block.letters)
    yield from _list_brackets(block, masked, numbered, follow)
    for hit in RUN.finditer(masked):
        for run in _list_links(block.letters, *hit.span()) or [(0, *hit.span())]:
            yield from _read_run(block, run, notes, follow)
    for start, end, url in find_addresses(masked):
        held = f"{masked[start - 1 : start]}{masked[end : end + 1]}" in ("()", "[]", "<>")
        yield CitationMark(_begin(block.text, start - held), end + held, True, "", (Work(url),))
    yield from _list_numbers(block.text, masked, notes)


def _list_brackets(block: Block, masked: str, numbered: Numbered, follow: Follow) -> Iterator[CitationMark]:
    """Yield the numbers and links that stand in brackets, if these hold little else."""
    text = block.text
    for hit in BRACKETS.finditer(masked):
        linked = _list_links(block.letters, *hit.span())
        if LINK not in hit[0] or all(len(text[a:b].split()) <= SHORT for _, a, b in linked):
            inside = [one for number, a, b in linked for one in follow(block.links[number])]
            said = text[hit.start() : hit.end()].strip(" []()【】")
            named = _resolve(said, numbered) if NUMBERS.fullmatch(said) and not inside else []
            if RAISED not in hit[0] or NUMBER.search(said):
                links = tuple(block.links[number] for number, _, _ in linked)
                yield CitationMark(hit.start(), hit.end(), True, said, (*inside, *named), links)


def _list_numbers(text: str, masked: str, notes: Numbered) -> Iterator[CitationMark]:
    """Yield the numbers of notes that are raised digits, or lost their place above the line, but for units (km²)."""
    for form in (DIGITS, BEHIND):
        for hit in form.finditer(masked):
            level = _level(hit[0])
            known = all(number in notes for number in NUMBER.findall(level))
            if known and hit.start() and not UNIT.search(text[max(0, hit.start() - 5) : hit.start()]):
                yield CitationMark(hit.start(), hit.end(), True, level, tuple(_resolve(level, notes)))


def _read_run(block: Block, run: tuple[int, int, int], numbered: Numbered, follow: Follow) -> Iterator[CitationMark]:
    """Yield what a link, or a run of raised letters, cites; it is a mark by its form, else words."""
    text, (number, start, end) = block.text, run
    said = text[start:end].strip()
    links = (block.links[number],) if number else ()
    cited = [one for link in links for one in follow(link)]
    if not (MARK.fullmatch(said) or (links and _is_raised(block.letters[start:end]))):
        if links and address(links[0]):
            yield CitationMark(start, end, False, said, tuple(cited))
        return
    digits = NUMBERS.fullmatch(said.strip("[]()"))
    cited = cited or _resolve(said, numbered)
    if links or cited or (digits and not UNIT.search(text[max(0, start - 5) : start].rstrip())):
        label = said.strip("[]()^") if digits else said
        yield CitationMark(_begin(text, start), end, True, label, tuple(cited), links)


def _is_raised(letters: Sequence[Letter]) -> bool:
    return all(one.raised or one.sign == " " for one in letters)


def _begin(text: str, start: int) -> int:
    """Return where the blank before a place begins."""
    return start - (text[start - 1 : start] == " ")


def _list_links(letters: Sequence[Letter], start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the numbers of the links in a part of a block, each with where it begins and ends."""
    groups = groupby(range(start, end), key=lambda k: letters[k].link)
    return [(number, found[0], found[-1] + 1) for number, group in groups if number and (found := list(group))]


def _resolve(said: str, numbered: Numbered) -> list[Work]:
    """Return what the numbers in a mark cite; 1–3 is three of them."""
    spans = {number for a, b in SPAN.findall(said) for number in range(int(a), min(int(b), int(a) + WIDEST) + 1)}
    numbers = dict.fromkeys([*map(int, NUMBER.findall(said.partition("†")[0])), *sorted(spans)])
    return [one for number in numbers for one in numbered.get(str(number), ())]


def _level(raised: str) -> str:
    """Return raised digits as plain ones."""
    return raised.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


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
        raise InputError(f"{show(clean_line(path.name or str(path)))}: {fault}") from None


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
    title = clean_line(tree.title) or next((block.text for block in prose if block.tag == "h1"), "")
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


def _write(blocks: Sequence[tuple[Block, list[CitationMark]]]) -> tuple[str, list[Citation], tuple[Span, ...]]:
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


def _is_empty(own: Sequence[Letter], held: Sequence[tuple[int, int, CitationMark]]) -> bool:
    """Whether nothing but a lead is left of a block without its marks: Source:."""
    text = "".join(one.sign for one in own)
    lead = text.endswith(":") and len(text.split()) < SENTENCE and any(mark.cut for _, _, mark in held)
    return lead or not any(map(str.isalnum, text))


def _cut(block: Block, marks: Sequence[CitationMark]) -> tuple[list[Letter], list[tuple[int, int, CitationMark]]]:
    """Return the letters of a block without its marks, and where in them each mark stood."""
    own, held, at = list[Letter](), list[tuple[int, int, CitationMark]](), 0
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
        written = list(find_written_dates(reference, language, text, today))
        if len(written) == 1 and len(f"{text[: written[0].start]}{text[written[0].end :]}".split()) <= STAMP:
            days.add(written[0].days)
    return "".join(*days) if len(days) == 1 and len(min(days)) == 1 else ""
