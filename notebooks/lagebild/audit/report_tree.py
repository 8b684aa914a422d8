"""A report in any kind of file as one tree of HTML: where it says what, and what it says of itself."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from lxml import etree, html
from lxml.html import HtmlElement, builder
from pypdf.generic import DictionaryObject

from lagebild.core import UNWANTED, InputError, Reference
from lagebild.corpus import (
    BULLET,
    CHARSET,
    LIGATURE,
    UNREAD,
    address,
    clean,
    clean_line,
    decode,
    drop_scripts,
    find_marked_day,
    find_months,
    fix_mojibake,
    is_box,
    make_alternation,
    paragraphs,
    read_data,
    read_markdown,
    read_pdf,
    read_text,
    read_word,
)

if TYPE_CHECKING:
    from pypdf import PdfReader


# --- Tagged PDF ---
# Its own structure says what is a paragraph, a note, a drawing, or no text at all. Word, LibreOffice, Typst and
# browsers write such structure (ISO 32000-1, 14.7 and 14.8); `read_pdf` reads any other PDF.


UNFIT = re.compile(f"[{UNWANTED}]")  # what no tree can hold either
DEEPEST = 60  # a file can be made to nest without end
# What an element of the structure is in HTML; those that are not listed run on in a line.
TAGS = {
    **{f"/H{level}": f"h{level}" for level in range(1, 7)},
    **dict.fromkeys(("/Document", "/Part", "/Sect", "/Art"), "section"),
    **dict.fromkeys(("/TOC", "/Index"), "nav"),
    **{"/Title": "h1", "/H": "h2", "/P": "p", "/L": "ul", "/LI": "li", "/BlockQuote": "blockquote", "/Link": "a"},
    **{"/Table": "table", "/THead": "thead", "/TBody": "tbody", "/TR": "tr", "/TH": "th", "/TD": "td"},
    **{"/Figure": "figure", "/Caption": "caption", "/Div": "div", "/Aside": "aside", "/Lbl": "sup", "/Em": "em"},
}
NOTES = ("/Note", "/FENote")
LOOSE = "//section/*[self::span or self::em or self::a or self::sup]"  # no paragraph: a caption, a line above a title
Texts = Mapping[tuple[int, int], str]


def read_tagged(reader: PdfReader) -> HtmlElement | None:
    """Return the body of a tagged PDF as HTML, notes as `aside` with their number behind all else; None if it is not.

    A line of the page ends in a line break.
    """
    root: Any = reader.trailer["/Root"]
    structure = root.get("/StructTreeRoot")
    if structure is None:
        return None
    body, notes = builder.BODY(), list[HtmlElement]()
    _Writer(_read_marked(reader), structure.get_object().get("/RoleMap", {}), notes).write(structure, body, "", 0)
    for number, note in enumerate(notes):
        note.set("id", f"note-{number}")
    for loose in body.xpath(LOOSE):
        loose.drop_tree()
    for section in body.iter("section"):
        section.text = None
    body.extend(notes)
    return body if any(True for _ in body.iter("p", "li")) else None


def _read_marked(reader: PdfReader) -> Texts:
    """Return the text of each marked content by the number of its page's object and its own."""
    texts: dict[tuple[int, int], str] = {}
    for page in reader.pages:
        stack: list[int] = []  # -1 is no content of the structure
        number = page.indirect_reference.idnum if page.indirect_reference else 0

        def begin(operator: bytes, operands: list[Any], *_: Any, stack: list[int] = stack) -> None:
            if operator in (b"BDC", b"BMC"):
                said = operands[1] if len(operands) > 1 and hasattr(operands[1], "get") else {}
                mark = said.get("/MCID")
                stack.append(mark if isinstance(mark, int) else stack[-1] if stack else -1)
            elif operator == b"EMC" and stack:
                stack.pop()

        def show(text: str, *_: Any, stack: list[int] = stack, number: int = number) -> None:
            if stack:
                texts[number, stack[-1]] = texts.get((number, stack[-1]), "") + text

        page.extract_text(visitor_operand_before=begin, visitor_text=show)
    return texts


class _Writer:
    """Writes the elements of a structure as HTML."""

    def __init__(self, texts: Texts, roles: Any, notes: list[HtmlElement]) -> None:
        self.texts, self.roles, self.notes = texts, roles, notes
        self.seen = set[Any]()  # each element stands in the structure once

    def write(self, node: Any, into: HtmlElement, page: str, depth: int) -> None:
        """Append to an element what a node of the structure holds."""
        place = getattr(node, "idnum", None)
        if depth > DEEPEST or place in self.seen:
            return
        self.seen |= {place} - {None}
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, int):
            _say(into, self.texts.get((_number(page), node), ""))
        elif isinstance(node, list):
            for one in node:
                self.write(one, into, page, depth + 1)
        elif isinstance(node, DictionaryObject):
            self._write_element(node, into, node.raw_get("/Pg") if "/Pg" in node else page, depth)

    def _write_element(self, node: Any, into: HtmlElement, page: Any, depth: int) -> None:
        kind = node.get("/Type")
        if kind == "/MCR":
            self.write(node.get("/MCID"), into, page, depth + 1)
        elif kind == "/OBJR":
            _link(into, node.get("/Obj"))
        elif "/S" not in node:
            self.write(node.get("/K", []), into, page, depth + 1)
        else:
            role = node["/S"]
            role = role if role in TAGS or role in NOTES else self.roles.get(role, role)
            if role in NOTES:
                self._write_note(node, page, depth)
                return
            element = builder.E(TAGS.get(role, "span"))
            self.write(node.get("/K", []), element, page, depth + 1)
            if element.tag == "li":
                _number_item(element)
            into.append(element)

    def _write_note(self, node: Any, page: Any, depth: int) -> None:
        note = builder.E("aside")
        self.write(node.get("/K", []), note, page, depth + 1)
        label = next(note.iter("sup"), None)
        if label is not None:
            note.set("data-number", label.text_content().strip())
            label.drop_tree()
        self.notes.append(note)


def _number_item(item: HtmlElement) -> None:
    """Make the label before an item its value, as it is in HTML, or leave it out if it is no number."""
    label = item.find("sup")
    if label is not None:
        if found := re.search(r"\d+", label.text_content()):
            item.set("value", found[0])
        label.drop_tree()


def _number(page: Any) -> int:
    return int(getattr(page, "idnum", 0))


def _say(into: HtmlElement, text: str) -> None:
    """Append a text to what an element holds."""
    text = LIGATURE.sub(lambda match: normalize("NFKC", match[0]), normalize("NFC", UNFIT.sub("", text)))
    if len(into):
        into[-1].tail = (into[-1].tail or "") + text
    else:
        into.text = (into.text or "") + text


def _link(into: HtmlElement, annotation: Any) -> None:
    """Set the address of a link: that of its annotation, or that it stays in the file."""
    found = annotation.get_object() if annotation is not None else {}
    action = found.get("/A", {}) if hasattr(found, "get") else {}
    target = action.get_object().get("/URI", "") if hasattr(action, "get_object") else ""
    into.set("href", address(str(target)) or "#")


def list_links(reader: PdfReader) -> list[str]:
    """Return the addresses to which the pages of a PDF link, in their order."""
    links = dict[str, None]()
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            holder = builder.A()
            _link(holder, annotation)
            links[holder.get("href", "")] = None
    return [one for one in links if address(one)]


# --- HTML ---
# What stands round the text of a page is dropped: menus, banners, drawings, what is hidden.

AT, LINES = "data-at", "data-lines"  # where a text begins in its file; that a line break is one of the page
BOX = 0.1  # share of the text of a page that a box beside it has at most
ROLES = "alert|banner|complementary|contentinfo|dialog|doc-backlink|doc-endnotes|doc-footnote|doc-toc|navigation|search"
FURNITURE = " | ".join(
    (
        "//nav | //aside | //footer | //form | //dialog | //del | //s | //pre | //caption | //figcaption",
        "//header[not(ancestor::main or ancestor::article)] | //figure[not(.//blockquote or .//table)]",
        "//*[@hidden] | //*[@aria-hidden='true'] | //*[contains(translate(@style, ' ', ''), 'display:none')]",
        "//details[not(.//p or .//li)]/summary",
        *(f"//*[@role='{role}']" for role in ROLES.split("|")),
    )
)


def parse_html(text: str) -> HtmlElement:
    """Return a page as a tree, whatever stands in it.

    A piece without any element becomes a paragraph.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        page = html.document_fromstring(clean(text).encode() or b"<p></p>", parser=parser)
    except etree.LxmlError:  # nothing in it
        return html.document_fromstring("<p></p>")
    drop_scripts(page)
    return page


def drop_furniture(page: HtmlElement) -> None:
    """Take out of a page what is no part of its text; this changes the page that it is given."""
    for node in page.xpath(FURNITURE):
        _drop(node)
    for node in [one for one in page.iter(etree.Element) if UNREAD.fullmatch(str(one.tag)) and one.tag != "head"]:
        _drop(node)
    total = len(page.text_content())
    for node in [one for one in page.iter("div", "section", "ul", "ol", "p", "span") if is_box(one)]:
        if len(node.text_content()) <= BOX * total:
            _drop(node)


def _drop(node: HtmlElement) -> None:
    if node.getparent() is not None:
        node.drop_tree()


# --- Word and Markdown ---
# Pandoc reads them, with notes and links at their places.

PANDOC_SECONDS = 60  # seconds; a report takes less than one
HEAP = "-M1g"  # what a file may make pandoc use


def read_with_pandoc(content: bytes, form: str) -> HtmlElement:
    """Return what a file of a `form` of pandoc's holds, as the tree of a page.

    It can neither read another file nor fetch anything, and no filter runs.

    Raises
    ------
    InputError
        If it cannot be read; the sentence does not name it.
    """
    import pypandoc

    words = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={form}", "--to=html", "--wrap=none"]
    try:
        done = subprocess.run(
            [*words, "+RTS", HEAP, "-RTS"], input=content, capture_output=True, check=False, timeout=PANDOC_SECONDS
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise InputError("this file is broken or nested too deep; save its text as .txt.")
    return parse_html(done.stdout.decode("utf-8", "replace"))


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
    text = fix_mojibake(decode(content, declared[1].decode("ascii") if declared else ""))
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
    # A day is an item of a list to CommonMark.
    day = rf"(?im)^([ \t]*\d{{1,2}}\.) (?=(?:{make_alternation(list_months(reference))})\b)"
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
        heading = next((clean_line(one.text_content()) for one in tagged.iter("h1")), "")
        return Tree(body, tagged, heading or page.title)
    body = _list_paragraphs(page.text)
    return Tree(body, body, page.title, links=tuple(links))


def read_text_tree(reference: Reference, content: bytes, today: str) -> Tree:
    """Read plain text, or Markdown that was saved as such."""
    text = decode(content)
    if MARKED.search(text):
        return read_markdown_tree(reference, content, today)
    _check_length(text)
    item = rf"(?m)^(?=[ \t]*{ITEM}(?!(?i:{make_alternation(list_months(reference))})\b){OPENING})"
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
