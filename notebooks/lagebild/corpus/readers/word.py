"""Word files (.docx): their paragraphs, without footnotes, comments, heads and what was struck out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lagebild.core.paths import InputError
from lagebild.corpus.page import Page, find_day, find_own_title, find_read_language
from lagebild.corpus.plaintext import line, paragraphs

LARGEST = 100_000_000  # bytes, unpacked; a file of some kB can be made to unpack without end
HEADINGS = ("Title", "Heading 1")  # Word stores the names of its styles in English, whatever it shows
TEMPLATE = "python-docx"  # the author in the template of that library, whose files all have its day
NOBODY = re.compile(rf"(?i){TEMPLATE}|(?:microsoft office|windows)[- ](?:user|benutzer)|unknown|unbekannt")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box, told a second time
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_word(content: bytes, today: str) -> list[Page]:
    """Read a Word file; the paragraphs of tables and text boxes stand where those are anchored."""
    from docx import Document

    try:
        with ZipFile(BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked <= LARGEST:
            document = Document(BytesIO(content))
            blocks = [node for node in document.element.body.iter(f"{W}p") if _stands(node)]
            text = paragraphs("\n".join(_text(block) for block in blocks))
            said = document.core_properties
            title = find_own_title(said.title) or _find_heading(document, blocks)
            author = line(said.author)
            created = find_day(said.created.isoformat(), today) if said.created and author != TEMPLATE else ""
            language = find_read_language(said.language)
    except Exception:  # a broken file can make the libraries fail in any way
        raise InputError(
            "this is no Word file that can be read; open it in a word processor and save it as .docx again."
        ) from None
    if unpacked > LARGEST:
        raise InputError(f"it unpacks to more than {LARGEST // 1_000_000} MB; save the article alone.")
    if not text:
        raise InputError("there is no text in this Word file, pictures at most; give a file with the article's text.")
    return [Page(text, title, author="" if NOBODY.fullmatch(author) else author, language=language, created=created)]


def _stands(node: Any) -> bool:
    """Say whether a part of the text is valid: not moved elsewhere, and not told a second time for old programs."""
    return next(node.iterancestors(FALLBACK, f"{W}moveFrom"), None) is None


def _text(block: Any) -> str:
    """Return the text of a paragraph, without that of the text boxes in it; a deletion is another element."""
    parts = []
    for node in block.iter(f"{W}t", *SIGNS):
        inside = node.getparent().tag == f"{W}r" and next(node.iterancestors(f"{W}p")) is block
        if inside and _stands(node):
            parts.append(SIGNS.get(node.tag) or node.text or "")
    return "".join(parts)


def _find_heading(document: Any, blocks: Sequence[Any]) -> str:
    """Return the text of the first paragraph in a style of titles."""
    styles = {style.style_id for style in document.styles if style.name in HEADINGS}
    return next((text for block in blocks if block.style in styles and (text := line(_text(block)))), "")
