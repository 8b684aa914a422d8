"""Documents to plain paragraphs, and what they say of themselves: Markdown, PDF and Word files.

Of Markdown the front matter is read; PDFs lose page numbers and running heads, Word files (.docx) footnotes, comments,
heads and what was struck out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from lagebild.core import InputError, characters, folders, show, yaml_files
from lagebild.corpus.page import EARLIEST, Page, find_own_title, find_read_language, parse_day, silence_loggers
from lagebild.corpus.plaintext import clean, clean_line, decode, paragraphs, unwrap
from lagebild.corpus.readers.column import drop_scripts, list_lines

if TYPE_CHECKING:
    from pypdf import PdfReader


# --- Markdown ---

UNFIT = re.compile(f"[{characters.UNWANTED}]")  # what no page of HTML can hold either
NUMBER = "data-number"
DEEPEST = 100  # what is nested deeper is left out; CommonMark's own limit here is 20


def read_markdown(content: bytes, today: str) -> list[Page]:
    """Return the one article of a file of Markdown, with or without front matter.

    Raises
    ------
    InputError
        If its front matter cannot be read, or its bytes are no text.
    """
    head, text = _split_front_matter(re.sub(r"\r\n?", "\n", UNFIT.sub("", decode(content))))
    paragraphs, heading = strip_markdown(text)
    page = Page(
        paragraphs,
        title=head.get("title", "") or heading,
        publisher=head.get("publisher", ""),
        author=head.get("author", ""),
        published=_front_day(head.get("published") or head.get("date") or "", today),
        reason="day given in the front matter",
        url=head.get("url", ""),
        language=_front_language(head.get("language", "")),
    )
    return [page]


def strip_markdown(text: str) -> tuple[str, str]:
    """Return the paragraphs of a text in Markdown, one a line, and its first heading.

    A line may begin with a date such as "16. Juni": to CommonMark that is an item of a list, whose number HTML counts
    anew, and the first of a month would end a paragraph. Here every item keeps the number that stands in the text, and
    a list with numbers begins after a blank line.
    """
    from lxml import html
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock, list_block

    def begin_list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        ends_paragraph = silent and state.src[state.bMarks[first] + state.tShift[first]].isdigit()
        return not ends_paragraph and list_block(state, first, last, silent)

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.block.ruler.at("list", begin_list, {"alt": ["paragraph", "reference", "blockquote"]})
    tokens = parser.parse(text)
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet(NUMBER, f"{token.info}{token.markup} ")
    page = html.fragment_fromstring(
        parser.renderer.render(tokens, parser.options, {}), "div", parser=html.HTMLParser(huge_tree=True)
    )
    drop_scripts(page)
    for item in page.iter("li"):
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        first.text = item.get(NUMBER, "") + (first.text or "")
    headings = page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    return "\n".join(list_lines(page)), clean_line(headings[0].text_content()) if headings else ""


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return what the front matter says, and the text below it."""
    if not re.match(r"---[ \t]*\n", text):
        return {}, text
    parts = re.split(r"(?m)^(?:---|\.\.\.)[ \t]*$", text, maxsplit=2)
    if len(parts) < 3:
        raise InputError("the front matter has no end; close it with a line ---.")
    return _read_front_matter(parts[1]), parts[2]


def _read_front_matter(text: str) -> dict[str, str]:
    try:
        head = yaml_files.parse_yaml(text)
    except InputError as fault:
        raise InputError(f"the front matter, {fault}") from None
    if head is None:
        return {}
    lines = {str(key).lower(): value for key, value in head.items()} if isinstance(head, dict) else {"": head}
    plain = {}
    for name, value in lines.items():
        values = value if isinstance(value, list) else [value]
        if not name or any(isinstance(part, (dict, list)) for part in values):
            raise InputError("the front matter must be lines of the form 'title: words'; rewrite it so.")
        plain[name] = "; ".join(str(part) for part in values if part is not None)
    return plain


def _front_day(text: str, today: str) -> str:
    try:
        day = date.fromisoformat(re.split(r"[T ]", text)[0]).isoformat() if text else ""
    except ValueError:
        day = "?"
    if day and not EARLIEST <= day <= today:
        raise InputError(
            f"the date {show(clean_line(text))} in the front matter is no past day or no day; write it as YYYY-MM-DD."
        )
    return day


def _front_language(text: str) -> str:
    language, known = re.split(r"[-_]", text.strip().lower())[0], folders.read_languages()
    if language and language not in known:
        only = " and ".join(known)
        raise InputError(f"the language {show(clean_line(text))} in the front matter cannot be read; only {only} can.")
    return language


# --- PDF ---

PAGE_NUMBER = re.compile(r"(?i)\W*(?:(?:seite|page|s\.|p\.)\s*)?\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?\W*")


def read_pdf(content: bytes, today: str) -> list[Page]:
    """Return the one article of a PDF.

    Raises
    ------
    InputError
        If it cannot be read, is encrypted, or holds no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    silence_loggers("pypdf")
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [page.extract_text() for page in reader.pages]
        title = "" if locked else (reader.metadata and reader.metadata.title) or ""
    except DependencyError:  # a cipher that pypdf leaves to another library
        locked = True
    except Exception:  # a broken file can make the library fail in any way
        raise InputError("this is no PDF that can be read; open it in a viewer and print it to PDF again.") from None
    if locked:
        raise InputError("this PDF is encrypted; save it without a password.")
    text = pdf_paragraphs(pages)
    if not text:
        raise InputError("this PDF is a scan without text; have its text recognised (OCR) and save it again.")
    return [Page(text, title=find_own_title(title), created=_read_creation_day(reader, today))]


def pdf_paragraphs(pages: Sequence[str]) -> str:
    """Return the text of PDF pages with one paragraph a line, without page numbers and running heads."""
    rows = [[row for row in clean(page).split("\n") if row] for page in pages]
    edges = Counter[str]()
    for page in rows:
        edges.update({_mask(page[i]) for i in _edges(page)})
    kept = []
    for page in rows:
        edge = _edges(page)
        for i, row in enumerate(page):
            if i not in edge or not (edges[_mask(row)] > 1 or PAGE_NUMBER.fullmatch(row)):
                kept.append(row)
    return "\n".join(unwrap([kept] if kept else []))


def _read_creation_day(reader: PdfReader, today: str) -> str:
    """Return the day on which a PDF says that it was made."""
    try:
        made = reader.metadata and reader.metadata.creation_date
    except Exception:  # the library takes dates by their form, and files write them in any
        made = None
    return parse_day(made.isoformat(), today) if made else ""


def _edges(page: list[str]) -> set[int]:
    """Return which lines of a page may be a running head or foot: the first two and the last two."""
    return {i for i in range(len(page)) if i < 2 or i >= len(page) - 2}


def _mask(row: str) -> str:
    return re.sub(r"\d+", "#", row)


# --- Word ---

LARGEST = 100_000_000  # bytes, unpacked; a file of some kB can be made to unpack without end
HEADINGS = ("Title", "Heading 1")  # Word stores the names of its styles in English, whatever it shows
TEMPLATE = "python-docx"  # the author in the template of that library, whose files all have its day
NOBODY = re.compile(rf"(?i){TEMPLATE}|(?:microsoft office|windows)[- ](?:user|benutzer)|unknown|unbekannt")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box, told a second time
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_word(content: bytes, today: str) -> list[Page]:
    """Return the one article of a Word file; the paragraphs of tables and text boxes stand where those are anchored.

    Raises
    ------
    InputError
        If it cannot be read, unpacks to more than `LARGEST`, or holds no text.
    """
    from docx import Document

    try:
        with ZipFile(BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked <= LARGEST:
            document = Document(BytesIO(content))
            blocks = [node for node in document.element.body.iter(f"{W}p") if _is_shown(node)]
            text = paragraphs("\n".join(_text(block) for block in blocks))
            properties = document.core_properties
            title = find_own_title(properties.title) or _find_heading(document, blocks)
            author = clean_line(properties.author)
            made = properties.created
            created = parse_day(made.isoformat(), today) if made and author != TEMPLATE else ""
            language = find_read_language(properties.language)
    except Exception:  # a broken file can make the libraries fail in any way
        raise InputError(
            "this is no Word file that can be read; open it in a word processor and save it as .docx again."
        ) from None
    if unpacked > LARGEST:
        raise InputError(f"it unpacks to more than {LARGEST // 1_000_000} MB; save the article alone.")
    if not text:
        raise InputError("there is no text in this Word file, pictures at most; give a file with the article's text.")
    return [
        Page(text, title=title, author="" if NOBODY.fullmatch(author) else author, language=language, created=created)
    ]


def _is_shown(node: Any) -> bool:
    """Say whether a part of the text is valid: not moved elsewhere, and not told a second time for old programs."""
    return next(node.iterancestors(FALLBACK, f"{W}moveFrom"), None) is None


def _text(block: Any) -> str:
    """Return the text of a paragraph, without that of the text boxes in it; a deletion is another element."""
    parts = []
    for node in block.iter(f"{W}t", *SIGNS):
        inside = node.getparent().tag == f"{W}r" and next(node.iterancestors(f"{W}p")) is block
        if inside and _is_shown(node):
            parts.append(SIGNS.get(node.tag) or node.text or "")
    return "".join(parts)


def _find_heading(document: Any, blocks: Sequence[Any]) -> str:
    """Return the text of the first paragraph in a style of titles."""
    styles = {style.style_id for style in document.styles if style.name in HEADINGS}
    return next((text for block in blocks if block.style in styles and (text := clean_line(_text(block)))), "")
