"""Somebody else's report as a text: its prose, one paragraph a line, read as an article is."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lagebild.core import REFERENCE, InputError, Reference, derived, show
from lagebild.corpus import (
    READERS,
    Page,
    clean_line,
    decode,
    find_language,
    find_written_dates,
    normalize,
    open_kind,
)

LOGGER = logging.getLogger(__name__)
KINDS = (".md", ".html", ".htm", ".docx", ".pdf", ".txt")
IN_ORDER = (".md", ".txt")  # kinds of which a claim has its place in the file
LONGEST = 1_000_000  # characters; ten pages have 40,000
SENTENCE = 3  # words that a line has at least if it is prose
HEAD, STAMP = 8, 4  # lines at the beginning among which the day of a report stands, and words of such a one beside it
GAP = 500  # characters between two words of a sentence in the file: the address of a link
HEADING = 60  # characters that one has at most
LEAD = re.compile(r"^(?:[\dIVX]{1,4}[.)]?\s+)?")  # the number of a heading
# What cites: [1], [^2], [C048, E140], ¹, and a number behind the stop of a word that lost its place above the line.
MARK = re.compile(
    r"\s?\[\^?[A-Z]?\d{1,3}[a-z]?(?:[\s,;–-]+[A-Z]?\d{1,3}[a-z]?)*\]|(?<!m)[¹²³⁰⁴-⁹]+|(?<=[^\W\d_]{2}[.!?])\d{1,3}(?=\s|$)"
)
NUMBERED, ADDRESS = r"\[?\^?\d{1,3}[\].)].*", r".*(?:https?://|www\.).*"
LISTED = re.compile(f"{NUMBERED}|{ADDRESS}")  # a line below the heading of a list of references
ENTRY = re.compile(rf"\[\^?\d{{1,3}}\] .*|(?={ADDRESS}){NUMBERED}")  # a line of such a list at the end
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class ReportText:
    """A report as it is read.

    Attributes
    ----------
    text
        Its prose, one paragraph a line, without its lists of references and the marks that lead to them.
    language
        Of its words.
    title, day
        As the report says itself; empty if it does not. The day is ISO 8601.
    raw
        For plain text and Markdown the text of the file, in which each claim has its place; else empty.
    sha256
        Of the file, byte by byte.
    """

    text: str
    language: str
    title: str = ""
    day: str = ""
    raw: str = ""
    sha256: str = ""

    def place(self, span: Span) -> Span:
        """Return where a part of the text stands in the file: the decoded text of .txt and .md, else the same part.

        Between its words the file may have marks, addresses of links and ends of lines.
        """
        words = self.text[slice(*span)].split()
        if not self.raw or not words:
            return span
        before = len("".join(self.text[: span[0]].split()))  # at least so much of the file stands before it
        place, first = span, words[0][0]
        start = self.raw.find(first, before)
        while start >= 0:
            end = _follow_words(self.raw, start, words)
            if end and end != place[1] and place != span:
                break
            if end:
                place = start, end  # the last of those from which its words lead to the same end
            start = self.raw.find(first, start + 1)
        return place


def _follow_words(raw: str, start: int, words: Sequence[str]) -> int:
    """Return where the last of some words ends that follow each other from a place on; 0 if they do not.

    A word may be divided at the end of a line.
    """
    at, reach = start, 0
    for word in words:
        form = re.compile(r"(?:[-\u00ad\u2010]\s*)?".join(map(re.escape, word)))
        found = form.search(raw, at, at + reach + 2 * len(word))
        if found is None or (not reach and found.start() != start):
            return 0
        at, reach = found.end(), GAP
    return at


def read_report(path: Path, today: str, reference: Reference | None = None) -> ReportText:
    """Return the text of a report.

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
        kind, content = open_kind(str(path), KINDS)
        if not content.strip():
            raise InputError("the file is empty; give the file of the report.")
        (page,) = READERS[kind](content, today)
        raw = decode(content) if kind in IN_ORDER else ""
        return _read_page(reference, page, today, raw, hashlib.sha256(content).hexdigest())
    except InputError as fault:
        raise InputError(f"{show(clean_line(path.name or str(path)))}: {fault}") from None


def _read_page(reference: Reference, page: Page, today: str, raw: str, sha256: str) -> ReportText:
    """Return the text of a report from what a reader made of its file."""
    if len(page.text) > LONGEST:
        raise InputError(f"it has more than {LONGEST:,} characters of text; give its parts one by one.")
    lines = [" ".join(MARK.sub("", line).split()) for line in _drop_references(reference, page.text.split("\n"))]
    prose = [line for line in lines if is_prose(line)]
    LOGGER.debug("%d of %d lines are no prose", len(lines) - len(prose), len(lines))
    text = "\n".join(prose)
    if not text:
        raise InputError("there is no prose in it; give the report itself, with its paragraphs.")
    language = find_language(reference, text)
    if not language:
        only = " and ".join(reference.languages)
        raise InputError(f"its text is not clearly in one language that is read ({only}); give the report in one.")
    day = page.published or _find_day(reference, language, lines, today)
    return ReportText(text=text, language=language, title=page.title, day=day, raw=raw, sha256=sha256)


def is_prose(line: str) -> bool:
    """Whether a line is a sentence or a heading; no cell of names and numbers, no item of a menu or of a contents."""
    words = line.split()
    spelled = [word for word in words if word.strip("(„“”\"'»«‚‘’")[:1].isalpha()]
    return len(words) >= SENTENCE and 2 * len(spelled) >= len(words)


@derived
def list_endings(reference: Reference, kind: str) -> frozenset[str]:
    """Return the headings above which the prose of a report ends, folded: those of annexes, or of references."""
    endings = set[str]()
    for language in reference.languages:
        for row in reference.rows("sets", language):
            if row["class"] == "heading" and row["value"] == kind:
                endings |= {normalize(word) for word in row["words"].split("|")}
    return frozenset(endings)


def _drop_references(reference: Reference, lines: Sequence[str]) -> list[str]:
    """Return the lines of a report without its annex and its lists of references.

    Such a list is what stands below a heading that says so, as far as its lines are numbered or have an address; or
    such lines at the end.
    """
    kept, listed = list[str](), False
    for n, line in enumerate(lines):
        heading = normalize(LEAD.sub("", line)) if len(line) <= HEADING else ""
        if n and heading in list_endings(reference, "annex"):
            break
        if heading in list_endings(reference, "references"):
            listed = True
        elif not (listed and LISTED.match(line)):
            listed = False
            kept.append(line)
    while kept and ENTRY.fullmatch(kept[-1]):
        kept.pop()
    return kept


def _find_day(reference: Reference, language: str, lines: Sequence[str], today: str) -> str:
    """Return the day that the first lines of a report name, one that says little else; empty if they name several."""
    days = set[str]()
    for line in lines[:HEAD]:
        written = list(find_written_dates(reference, language, line, today))
        if len(written) == 1 and len(f"{line[: written[0].start]}{line[written[0].end :]}".split()) <= STAMP:
            days.update(written[0].days)
    return days.pop() if len(days) == 1 else ""
