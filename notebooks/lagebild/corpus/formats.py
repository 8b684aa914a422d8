"""The kinds of file that can be read, each by its reader; to read another, write one and add it to `READERS`.

What a file says of itself is a stranger's word: it becomes a cell of a table or a line of text, never a path.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.markdown import read_markdown
from lagebild.corpus.page import Page
from lagebild.corpus.pdf import read_pdf
from lagebild.corpus.plaintext import paragraphs
from lagebild.corpus.webpage import read_webpage

LARGEST = 50_000_000  # bytes; an article has a thousandth of it
WEB = re.compile(r"(?i)[a-z][a-z0-9+.-]*://|www\.")


def read_text(content: bytes, today: str) -> list[Page]:
    """Read a file of plain text."""
    return [Page(paragraphs(decode(content)))]


# A reader takes the bytes of a file and the day of reading, as nothing was published later, and returns the articles in
# it. It raises an `InputError` for what is none, in a sentence that begins after the name of the file.
READERS: dict[str, Callable[[bytes, str], list[Page]]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".pdf": read_pdf,
}
LISTS = (".bib", ".ris", ".json")  # kinds that say of many articles what they are, and where their texts lie


def read_pages(file: str, today: str) -> list[Page]:
    """Read the articles in a file by the reader of its suffix.

    Raises
    ------
    InputError
        If there is no such file, or none that can be read; the sentence does not name it.
    """
    path = Path(file)
    try:
        is_file, size = path.is_file(), path.stat().st_size
    except (OSError, ValueError):  # not there, or a name that no file can have
        if WEB.match(file):
            raise InputError(
                "this is an address; open it in a browser, save the page and give the saved file."
            ) from None
        raise InputError("there is no such file; check its name.") from None
    if not is_file:
        raise InputError("this is no plain file; copy its content into one.")
    if path.suffix.lower() not in READERS:
        raise InputError(f"files of this kind cannot be read; save it as {', '.join(READERS)}.")
    if size > LARGEST:
        raise InputError(f"it has more than {LARGEST // 1_000_000} MB; save the article alone.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read ({error.strerror}); check its rights.") from None
    return READERS[path.suffix.lower()](content, today)
