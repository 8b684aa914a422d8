"""PDF files: their pages to paragraphs, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from lagebild.core.paths import InputError
from lagebild.corpus.page import Page, find_day, find_own_title, hush
from lagebild.corpus.plaintext import clean, unwrap

if TYPE_CHECKING:
    from pypdf import PdfReader

PAGE_NUMBER = re.compile(r"(?i)\W*(?:(?:seite|page|s\.|p\.)\s*)?\d{1,4}(?:\s*(?:/|von|of)\s*\d{1,4})?\W*")


def read_pdf(content: bytes, today: str) -> list[Page]:
    """Read a PDF that holds text."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    hush("pypdf")
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
    return [Page(text, find_own_title(title), created=_created(reader, today))]


def pdf_paragraphs(pages: Sequence[str]) -> str:
    """Return the text of PDF pages with one paragraph a line, without page numbers and running heads."""
    rows = [[row for row in clean(page).split("\n") if row] for page in pages]
    edges = Counter(mark for page in rows for mark in {_mask(page[i]) for i in _edges(page)})
    kept = []
    for page in rows:
        drop = {i for i in _edges(page) if edges[_mask(page[i])] > 1 or PAGE_NUMBER.fullmatch(page[i])}
        kept += [row for i, row in enumerate(page) if i not in drop]
    return "\n".join(unwrap([kept] if kept else []))


def _created(reader: PdfReader, today: str) -> str:
    """Return the day on which a PDF says that it was made."""
    try:
        made = reader.metadata and reader.metadata.creation_date
    except Exception:  # the library takes dates by their form, and files write them in any
        made = None
    return find_day(made.isoformat(), today) if made else ""


def _edges(page: list[str]) -> set[int]:
    """Return which lines of a page may be a running head or foot: the first two and the last two."""
    return {i for i in range(len(page)) if i < 2 or i >= len(page) - 2}


def _mask(row: str) -> str:
    return re.sub(r"\d+", "#", row)
