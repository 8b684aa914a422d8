"""The kinds of file that can be read, each by its reader; to read another, write one and add it to `READERS`.

What a file says of itself is a stranger's word: it becomes a cell of a table or a line of text, never a path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

from lagebild.core.characters import show
from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import Page
from lagebild.corpus.plaintext import line, paragraphs
from lagebild.corpus.readers.attachments import find_attachment
from lagebild.corpus.readers.bibliography import Item
from lagebild.corpus.readers.bibtex import read_bibtex
from lagebild.corpus.readers.csl import read_csl
from lagebild.corpus.readers.feed import read_feed
from lagebild.corpus.readers.mail import read_mail
from lagebild.corpus.readers.markdown import read_markdown
from lagebild.corpus.readers.pdf import read_pdf
from lagebild.corpus.readers.ris import read_ris
from lagebild.corpus.readers.warc import read_warc
from lagebild.corpus.readers.webpage import read_webpage
from lagebild.corpus.readers.word import read_word

LARGEST = 50_000_000  # bytes; an article has a thousandth of it
LARGEST_ARCHIVE = 500_000_000  # bytes; an archive of pages holds their pictures, too
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
    ".docx": read_word,
    ".eml": read_mail,
    ".warc": read_warc,
    ".warc.gz": read_warc,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
}

# The reader of a list of sources does the same, but returns its items with the names of the files that hold the texts.
LISTS: dict[str, Callable[[bytes, str], list[Item]]] = {
    ".json": read_csl,
    ".ris": read_ris,
    ".bib": read_bibtex,
}


def find_kind(name: str) -> str:
    """Return of which kind that can be read a file is by the end of its name; empty if of none."""
    return next((kind for kind in (*READERS, *LISTS) if name.lower().endswith(kind)), "")


def read_pages(file: str, today: str) -> list[Page]:
    """Read the articles in a file by the reader of its suffix.

    Of an item of a list that has no text a page without text comes back, so that it can be named.

    Raises
    ------
    InputError
        If there is no such file, or none that can be read; the sentence does not name it.
    """
    kind, content = open_kind(file, [*READERS, *LISTS])
    if kind in READERS:
        return READERS[kind](content, today)
    return [_complete(item, Path(file).parent, today) for item in LISTS[kind](content, today)]


def open_kind(file: str, kinds: Sequence[str]) -> tuple[str, bytes]:
    """Return of which of some kinds a file is, and its content.

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
    if path.is_dir():
        raise InputError("this is a folder; give a file that lies in it.")
    if not is_file:
        raise InputError("this is no plain file; copy its content into one.")
    kind = find_kind(path.name)
    if kind not in kinds:
        raise InputError(f"files of this kind cannot be read; save it as {', '.join(kinds)}.")
    largest = LARGEST_ARCHIVE if kind.startswith(".warc") else LARGEST
    if size > largest:
        raise InputError(f"it has more than {largest // 1_000_000} MB; save the article alone.")
    try:
        return kind, path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read ({error.strerror}); check its rights.") from None


def _complete(item: Item, folder: Path, today: str) -> Page:
    """Return the article of an item: the first of its files that has a text, else what the list itself holds of it.

    What the list says of an article was put in order by people, so it comes before what the file says of itself.
    """
    faults = []
    for name in item.files:
        try:
            kind, content = open_kind(str(find_attachment(folder, name)), list(READERS))
            read = next(page for page in READERS[kind](content, today) if page.text)
        except InputError as fault:
            faults.append(f"its file {show(line(name))}: {fault}")
        except StopIteration:
            faults.append(f"its file {show(line(name))}: there is no text in it.")
        else:
            said = {one.name: value for one in fields(Page) if (value := getattr(item.page, one.name))}
            return replace(read, **{"place": "", **said, "text": read.text, "hint": item.page.hint or read.hint})
    return replace(item.page, fault=" ".join(faults) or item.page.fault)
