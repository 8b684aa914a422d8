"""What a user names, files and folders, to the pages in them: the kinds of file that can be read, each by its reader.

To read another kind, write a reader and add it to `READERS`. What a file says of itself is a stranger's word: it
becomes a cell of a table or a line of text, never a path. Of the files that a list of sources names, only those below
the folder of the list are opened.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from lagebild.core import InputError, folders as places
from lagebild.corpus.page import Page
from lagebild.corpus.plaintext import clean_line, decode, paragraphs
from lagebild.corpus.readers.collections import read_feed, read_warc
from lagebild.corpus.readers.documents import read_markdown, read_pdf, read_word
from lagebild.corpus.readers.mail import read_mail
from lagebild.corpus.readers.source_lists import read_csl
from lagebild.corpus.readers.webpage import read_webpage

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
    ".json": read_csl,
}
# What to do with files of other kinds.
REMEDIES = {
    ".zip": "unpack it, and give its folder",
    ".7z": "unpack it, and give its folder",
    ".rar": "unpack it, and give its folder",
    ".gz": "unpack it, and give its folder",
    ".bib": "export the list as CSL-JSON (.json), or give the folder with its files",
    ".ris": "export the list as CSL-JSON (.json), or give the folder with its files",
    ".msg": "save it as .eml",
}


def find_kind(name: str) -> str:
    """Return of which kind that can be read a file is by the end of its name; empty if of none."""
    return next((kind for kind in READERS if name.lower().endswith(kind)), "")


def read_pages(file: str, today: str) -> list[Page]:
    """Read the articles in a file by the reader of its suffix.

    Of an item of a list that has no text a page without text comes back, so that it can be named.

    Raises
    ------
    InputError
        If there is no such file, or none that can be read; the sentence does not name it.
    """
    kind, content = open_kind(file, list(READERS))
    return READERS[kind](content, today)


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
        remedy = REMEDIES.get(path.suffix.lower(), f"save it as {', '.join(kinds)}")
        raise InputError(f"files of this kind cannot be read; {remedy}.")
    largest = LARGEST_ARCHIVE if kind.startswith(".warc") else LARGEST
    if size > largest:
        raise InputError(f"it has more than {largest // 1_000_000} MB; save the article alone.")
    try:
        return kind, path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read ({error.strerror}); check its rights.") from None


COMPANIONS = ("_files", "-Dateien", "_fichiers", "-filer")  # in such a folder browsers keep what a saved page shows
KINDS_SHOWN = 6


def list_files(names: Iterable[str]) -> tuple[dict[str, bool], list[str], list[str]]:
    """Return the files that are named (True), and those of kinds that can be read in the folders that are (False).

    Hidden files, and what belongs to a saved page, are passed over. The second value holds a sentence on each folder
    with files of other kinds and on each without any file, the third one on each folder that cannot be read.
    """
    files, notes, closed = dict[str, bool](), list[str](), list[OSError]()
    for name in names:
        folder = Path(name)
        if not places.is_folder(folder):
            files[name] = True
            continue
        kinds, inside = Counter[str](), sorted(_walk(folder, closed), key=str)
        if not inside:
            notes.append(f"{clean_line(name)}: this folder holds no file; name another one.")
        for file in inside:
            if find_kind(file.name):
                files.setdefault(str(file), False)
            else:
                kinds[file.suffix.lower() or "without an ending"] += 1
        if kinds:
            count = kinds.total()
            shown = ", ".join(map(clean_line, sorted(kinds)[:KINDS_SHOWN])) + ", …" * (len(kinds) > KINDS_SHOWN)
            notes.append(f"{clean_line(name)}: {count} file{'s' * (count != 1)} of other kinds passed over ({shown}).")
    left = [
        f"{clean_line(str(error.filename))}: it cannot be read ({error.strerror}); check its rights."
        for error in closed
    ]
    return files, notes, left


def _walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files in a folder and those below it; what cannot be read goes to `closed`."""
    for place, folders, files in os.walk(folder, onerror=closed.append):
        inside = Path(place)
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_companion(inside / name)]
        yield from (inside / name for name in files if not name.startswith("."))


def _is_companion(folder: Path) -> bool:
    """Whether a folder holds the parts of a saved page that lies beside it."""
    stems = [folder.name.removesuffix(ending) for ending in COMPANIONS if folder.name.endswith(ending)]
    return any((folder.parent / f"{stem}{kind}").is_file() for stem in stems for kind in (".html", ".htm"))
