"""Where a paragraph cites: marks such as [1], ¹ or (reuters.com) are cut from its words, links round words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lagebild.corpus.page import address
from lagebild.corpus.prose import Block, Letter
from lagebild.corpus.references import Follow, Work, find_addresses

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
class Mark:
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


def find_marks(block: Block, numbered: Numbered, notes: Numbered, follow: Follow) -> list[Mark]:
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
    found, taken = list[Mark](), bytearray(len(block.letters))
    for mark in _list_marks(block, {**notes, **numbered}, {**numbered, **notes}, follow):
        if not any(taken[mark.start : mark.end]):
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            found.append(mark)
    return sorted(found, key=lambda one: one.start)


def _list_marks(block: Block, numbered: Numbered, notes: Numbered, follow: Follow) -> Iterator[Mark]:
    """Yield all that may be one, the surest first."""
    masked = "".join(LINK if one.link else RAISED if one.raised else one.sign for one in block.letters)
    yield from _list_brackets(block, masked, numbered, follow)
    for hit in RUN.finditer(masked):
        for run in _list_links(block.letters, *hit.span()) or [(0, *hit.span())]:
            yield from _read_run(block, run, notes, follow)
    for start, end, url in find_addresses(masked):
        held = f"{masked[start - 1 : start]}{masked[end : end + 1]}" in ("()", "[]", "<>")
        yield Mark(_begin(block.text, start - held), end + held, True, "", (Work(url),))
    yield from _list_numbers(block.text, masked, notes)


def _list_brackets(block: Block, masked: str, numbered: Numbered, follow: Follow) -> Iterator[Mark]:
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
                yield Mark(hit.start(), hit.end(), True, said, (*inside, *named), links)


def _list_numbers(text: str, masked: str, notes: Numbered) -> Iterator[Mark]:
    """Yield the numbers of notes that are raised digits, or lost their place above the line, but for units (km²)."""
    for form in (DIGITS, BEHIND):
        for hit in form.finditer(masked):
            level = _level(hit[0])
            known = all(number in notes for number in NUMBER.findall(level))
            if known and hit.start() and not UNIT.search(text[max(0, hit.start() - 5) : hit.start()]):
                yield Mark(hit.start(), hit.end(), True, level, tuple(_resolve(level, notes)))


def _read_run(block: Block, run: tuple[int, int, int], numbered: Numbered, follow: Follow) -> Iterator[Mark]:
    """Yield what a link, or a run of raised letters, cites; it is a mark by its form, else words."""
    text, (number, start, end) = block.text, run
    said = text[start:end].strip()
    links = (block.links[number],) if number else ()
    cited = [one for link in links for one in follow(link)]
    if not (MARK.fullmatch(said) or (links and _is_raised(block.letters[start:end]))):
        if links and address(links[0]):
            yield Mark(start, end, False, said, tuple(cited))
        return
    digits = NUMBERS.fullmatch(said.strip("[]()"))
    cited = cited or _resolve(said, numbered)
    if links or cited or (digits and not UNIT.search(text[max(0, start - 5) : start].rstrip())):
        label = said.strip("[]()^") if digits else said
        yield Mark(_begin(text, start), end, True, label, tuple(cited), links)


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
