"""A report in any kind of file as one tree of HTML: where it says what, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from unicodedata import normalize

from lxml.html import HtmlElement, builder

from lagebild.core.characters import UNWANTED
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.encoding import decode, mend
from lagebild.corpus.plaintext import line, paragraphs
from lagebild.corpus.readers.linked import read_data, read_text
from lagebild.corpus.readers.markdown import read_markdown
from lagebild.corpus.readers.pagedays import find_marked_day
from lagebild.corpus.readers.pandoc import read_with_pandoc
from lagebild.corpus.readers.pdf import read_pdf
from lagebild.corpus.readers.tagged import list_links, read_tagged
from lagebild.corpus.readers.webpage import BULLET, CHARSET
from lagebild.corpus.readers.webtree import AT, LINES, drop_furniture, parse_html
from lagebild.corpus.readers.word import read_word
from lagebild.corpus.writtendays import any_of, find_months

# GitHub's Markdown has notes and tables; what it takes for formulas is money.
MARKDOWN = "gfm+sourcepos-tex_math_dollars-tex_math_gfm-emoji"
HEAD = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
ELEMENT = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--.{0,5000}?-->|<(script|style)\b.{0,50000}?</\1\s*>", re.DOTALL
)
RAISED = re.compile(r"<(/?)sup>", re.IGNORECASE)
# A line that begins another entry of a list; one that begins with a day is none.
ITEM, OPENING = r"(?:\[\d{1,3}\]|\d{1,3}[.)]) +", r"(?=[^\W\d_a-zäöüß]|[\"„“«»‘‚]|https?:)"
MARKED = re.compile(r"(?m)^#{1,6} \S|\*\*\w|\]\(https?://")
POSITION = re.compile(r"(\d+):(\d+)-")
FILLER = "\u200b"  # is dropped with all that cannot be seen
BREAK = re.compile(r"\r\n?|\n")
UNFIT = re.compile(f"[{UNWANTED}]")
TAB = 4
LONGEST = 1_000_000  # characters; ten pages have 40,000
GAP = 200  # signs of the raw text between two of a line
MUCH = 0.3  # share of the text of a PDF that its structure holds, if it is a structure


@dataclass(frozen=True)
class Tree:
    """A report as a tree, and what it says of itself.

    Attributes
    ----------
    body
        Its text alone.
    whole
        All of it, so that notes can be looked up.
    placed
        Whether the places in the file are known.
    links
        Addresses of links whose places are not known.
    """

    body: HtmlElement
    whole: HtmlElement
    title: str = ""
    day: str = ""
    placed: bool = False
    links: tuple[str, ...] = ()


def read_html_tree(reference: Reference, content: bytes, today: str) -> Tree:
    """Read a page."""
    declared = CHARSET.search(content)
    text = mend(decode(content, declared[1].decode("ascii") if declared else ""))
    whole = parse_html(text)
    named = [*whole.iter("h1"), *whole.iter("title")]
    title = next((found for one in named if (found := read_text(one.text_content()))), "")
    day, _ = find_marked_day(text, whole, read_data(whole), "", today)
    body = deepcopy(whole)
    drop_furniture(body)
    _check_length(body.text_content())
    return Tree(body, whole, title, day)


def read_word_tree(reference: Reference, content: bytes, today: str) -> Tree:
    """Read a Word file."""
    page = read_word(content, today)[0]  # refuses what is broken or none
    _check_length(page.text)
    whole = read_with_pandoc(content, "docx")
    body = deepcopy(whole)
    drop_furniture(body)
    return Tree(body, whole, page.title)


def read_markdown_tree(reference: Reference, content: bytes, today: str) -> Tree:
    """Read Markdown; elements of HTML in it are no text, and raised words stand in brackets."""
    page = read_markdown(content, today)[0]
    _check_length(page.text)
    text = decode(content)
    lines = [0, *(found.end() for found in BREAK.finditer(text))]
    plain = HEAD.sub(lambda found: re.sub(r"[^\r\n]", "", found[0]), text)
    plain = RAISED.sub(lambda found: f"{FILLER * 5}]" if found[1] else f"{FILLER * 4}[", plain)
    plain = ELEMENT.sub(lambda found: re.sub(r"[^\r\n]", FILLER, found[0]), plain)
    day = rf"(?im)^([ \t]*\d{{1,2}}\.) (?=(?:{any_of(list_months(reference))})\b)"  # to CommonMark an item of a list
    plain = re.sub(day, "\\1\u00a0", UNFIT.sub(FILLER, plain))
    plain = re.sub(rf"(?m)$(?=\n[ \t]*{ITEM}{OPENING})", "  ", BREAK.sub("\n", plain))  # each entry of a list on a line
    whole = read_with_pandoc(plain.encode(), MARKDOWN)
    for element in whole.iter("span", "a"):
        if found := POSITION.match(element.get("data-pos", "")):
            element.set(AT, str(_place(text, lines, int(found[1]) - 1, int(found[2]) - 1)))
    body = deepcopy(whole)
    drop_furniture(body)
    return Tree(body, whole, page.title, page.published, placed=True)


def read_pdf_tree(reference: Reference, content: bytes, today: str) -> Tree:
    """Read a PDF by its own structure if it has one, else by its lines."""
    from pypdf import PdfReader

    page = read_pdf(content, today)[0]  # refuses what is broken, encrypted or a scan
    _check_length(page.text)
    reader = PdfReader(BytesIO(content))
    try:
        tagged, links = read_tagged(reader), list_links(reader)
    except Exception:  # a structure that is broken can make the library fail in any way
        tagged, links = None, []
    if tagged is not None and len(tagged.text_content()) >= MUCH * len(page.text):
        body = deepcopy(tagged)
        drop_furniture(body)
        body.set(LINES, "")
        heading = next((line(one.text_content()) for one in tagged.iter("h1")), "")
        return Tree(body, tagged, heading or page.title)
    body = _list_paragraphs(page.text)
    return Tree(body, body, page.title, links=tuple(links))


def read_text_tree(reference: Reference, content: bytes, today: str) -> Tree:
    """Read plain text, or Markdown that was saved as such."""
    text = decode(content)
    if MARKED.search(text):
        return read_markdown_tree(reference, content, today)
    _check_length(text)
    item = rf"(?m)^(?=[ \t]*{ITEM}(?!(?i:{any_of(list_months(reference))})\b){OPENING})"
    body = _list_paragraphs(paragraphs(re.sub(item, "\n", text)), text)
    return Tree(body, body, placed=True)


def list_months(reference: Reference) -> set[str]:
    """Return the names of months in all languages that are read, in small letters."""
    return {name for language in reference.languages for name in find_months(reference, language)}


# A reader takes the reference, the bytes of a file and the day of reading; it raises as those of `formats` do.
TREES: dict[str, Callable[[Reference, bytes, str], Tree]] = {
    ".md": read_markdown_tree,
    ".html": read_html_tree,
    ".htm": read_html_tree,
    ".docx": read_word_tree,
    ".pdf": read_pdf_tree,
    ".txt": read_text_tree,
}


def _check_length(text: str) -> None:
    """Refuse a text with which neither a reader nor a machine would come to an end."""
    if len(text) > LONGEST:
        raise InputError(f"it has more than {LONGEST:,} characters of text; give its parts one by one.")


def _list_paragraphs(text: str, raw: str = "") -> HtmlElement:
    """Return paragraphs, one a line, as a tree; with their places in the raw text of which they were made."""
    body = builder.BODY()
    at = 0
    for row in text.split("\n"):
        row = BULLET.sub("", row)
        paragraph = builder.P()
        for piece, place in _align(row, raw, at) if raw else [(row, -1)]:
            paragraph.append(builder.SPAN({AT: str(place)}, piece))
            at = place + len(piece)
        body.append(paragraph)
    return body


def _align(row: str, raw: str, at: int) -> list[tuple[str, int]]:
    """Return a clean line in pieces that stand in the raw text as they are, each with its place, from a place on.

    The raw text has more blanks, hyphens and unseen signs; a letter with a mark may be two signs there.
    """
    starts = list[tuple[int, int]]()
    for k, sign in enumerate(row):
        found = at
        if sign != " " and raw[at : at + 1] != sign:
            stem = normalize("NFKD", sign)[0]
            near = raw[at : at + GAP]
            found = next((at + n for n, one in enumerate(near) if normalize("NFKD", one)[0] == stem), at)
        if not starts or found - k != starts[-1][1] - starts[-1][0]:
            starts.append((k, found))
        at = found + 1
    ends = [k for k, _ in starts[1:]]
    return [(row[k:end], place) for (k, place), end in zip(starts, [*ends, len(row)], strict=True)]


def _place(text: str, lines: list[int], row: int, column: int) -> int:
    """Return the place of a column of a line, both from 0, as pandoc counts: a tab goes on to the next stop."""
    start = lines[row] if row < len(lines) else len(text)
    if text.find("\t", start, start + column) < 0:
        return start + column
    seen, place = 0, start
    while seen < column and place < len(text):
        seen += TAB - seen % TAB if text[place] == "\t" else 1
        place += 1
    return place
