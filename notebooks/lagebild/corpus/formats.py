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
from dataclasses import fields, replace
from pathlib import Path, PureWindowsPath

from lagebild.core import InputError, is_folder, show
from lagebild.corpus.page import Page
from lagebild.corpus.plaintext import clean_line, decode, paragraphs
from lagebild.corpus.readers.citation_files import ListItem, read_bibtex, read_csl, read_ris
from lagebild.corpus.readers.collections import read_feed, read_warc
from lagebild.corpus.readers.documents import read_markdown, read_pdf, read_word
from lagebild.corpus.readers.mail import read_mail
from lagebild.corpus.readers.webpage import read_webpage


def find_attachment(folder: Path, name: str) -> Path:
    """Return the file that a list of sources in a folder names: a stranger's word, which may point anywhere.

    Raises
    ------
    InputError
        If it is no file below that folder, also by a link that leads out of it.
    """
    path = PureWindowsPath(name)  # it takes both strokes for what parts folders
    if path.anchor or "://" in name or name.startswith(("~", "file:")) or ".." in path.parts:
        raise InputError("it does not lie beside the list; export the list together with its files.")
    try:
        file, within = (folder / path.as_posix()).resolve(strict=True), folder.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # not there, a name that no file can have, or links in a circle
        raise InputError("there is no such file; export the list together with its files.") from None
    if not file.is_relative_to(within):
        raise InputError("a link leads out of the folder of the list; put the file itself there.")
    return file


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
LISTS: dict[str, Callable[[bytes, str], list[ListItem]]] = {
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
    return [_read_item(item, Path(file).parent, today) for item in LISTS[kind](content, today)]


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


def _read_item(item: ListItem, folder: Path, today: str) -> Page:
    """Return the article of an item: the first of its files that has a text, else what the list itself holds of it.

    What the list says of an article was put in order by people, so it comes before what the file says of itself.
    """
    faults = []
    for name in item.files:
        try:
            kind, content = open_kind(str(find_attachment(folder, name)), list(READERS))
            page = next(page for page in READERS[kind](content, today) if page.text)
        except InputError as fault:
            faults.append(f"its file {show(clean_line(name))}: {fault}")
        except StopIteration:
            faults.append(f"its file {show(clean_line(name))}: there is no text in it.")
        else:
            listed = {field.name: value for field in fields(Page) if (value := getattr(item.page, field.name))}
            return replace(page, **{"place": "", **listed, "text": page.text, "hint": item.page.hint or page.hint})
    return replace(item.page, fault=" ".join(faults) or item.page.fault)


COMPANIONS = ("_files", "-Dateien", "_fichiers", "-filer")  # in such a folder browsers keep what a saved page shows
ATTACHED = "files"  # in such a folder Zotero puts what the items of a list refer to
KINDS_SHOWN = 6


def list_files(names: Iterable[str]) -> tuple[dict[str, bool], list[str], list[str]]:
    """Return the files that are named (True), and those of kinds that can be read in the folders that are (False).

    Hidden files, and what belongs to a saved page or a list of articles, are passed over. Such lists come first: they
    know more of a text than its file. The second value holds a sentence on each folder with files of other kinds, the
    third one on each folder that cannot be read.
    """
    files, notes, closed = dict[str, bool](), list[str](), list[OSError]()
    for name in names:
        folder = Path(name)
        if not is_folder(folder):
            files[name] = True
            continue
        kinds = Counter[str]()
        for file in sorted(_walk(folder, closed), key=str):
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
    return dict(sorted(files.items(), key=lambda item: find_kind(item[0]) not in LISTS)), notes, left


def _walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files in a folder and those below it; what cannot be read goes to `closed`."""
    for place, folders, files in os.walk(folder, onerror=closed.append):
        inside = Path(place)
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_companion(inside / name)]
        yield from (inside / name for name in files if not name.startswith("."))


def _is_companion(folder: Path) -> bool:
    """Whether a folder holds the parts of a saved page, or the texts of a list of sources, that lies beside it."""
    if folder.name == ATTACHED:
        return any(find_kind(path.name) in LISTS for path in folder.parent.iterdir())
    stems = [folder.name.removesuffix(ending) for ending in COMPANIONS if folder.name.endswith(ending)]
    return any((folder.parent / f"{stem}{kind}").is_file() for stem in stems for kind in (".html", ".htm"))
