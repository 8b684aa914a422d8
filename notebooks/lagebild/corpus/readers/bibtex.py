"""BibTeX and BibLaTeX, as Zotero, Better BibTeX and JabRef export them, with their files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import Page, hush
from lagebild.corpus.readers.bibliography import Item, make_item

if TYPE_CHECKING:
    from bibtexparser.model import Block

PUBLISHERS = ("journaltitle", "journal", "organization", "publisher", "howpublished", "institution", "titleaddon")
LONGEST = 200_000  # characters of a field in which LaTeX is read; it takes more time than the text is worth
PERSON = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*([^,]*)")  # BibLaTeX can name the parts
PART = re.compile(r"(?:[^\\;:]|\\.)+|[;:]", re.DOTALL)


def read_bibtex(content: bytes, today: str) -> list[Item]:
    """Read a list of sources in BibTeX."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ParsingFailedBlock

    hush("bibtexparser", "pylatexenc")
    try:
        blocks = parse_string(decode(content)).blocks
    except InputError:
        raise
    except Exception:  # a broken file can make the library fail in any way
        blocks = []
    items = [block for block in blocks if isinstance(block, (Entry, ParsingFailedBlock))]
    if not items:
        raise InputError("this is no list of sources in BibTeX; export it from Zotero in that format.")
    return [_read(block, number, today) for number, block in enumerate(items, start=1)]


def _read(block: Block, number: int, today: str) -> Item:
    """Read one item; one whose key or field stands twice the library sets aside as it was written."""
    from bibtexparser.library import Library
    from bibtexparser.middlewares import RemoveEnclosingMiddleware
    from bibtexparser.model import Entry

    entry = getattr(block, "ignore_error_block", None) or block
    if entry is not block and isinstance(entry, Entry):
        entry = RemoveEnclosingMiddleware().transform_entry(entry, Library())
    if not isinstance(entry, Entry):
        return Item(Page("", place=f"item {number}", fault="this item cannot be read; look for a missing bracket."))
    raw = {field.key.lower(): str(field.value) for field in reversed(entry.fields)}
    said = {name: _decode(value) for name, value in raw.items() if name != "file"}
    return make_item(
        number,
        today,
        title=said.get("title", ""),
        publishers=[said.get(name, "") for name in PUBLISHERS],
        authors=_split_names(raw.get("author", "")),
        dates=[said.get("date", ""), _date(said)],
        urls=[_unescape(raw.get(name, "")) for name in ("url", "howpublished")],
        language=said.get("language") or said.get("langid", ""),
        note=said.get("note") or said.get("annotation") or said.get("annote", ""),
        abstract=said.get("abstract", ""),
        files=_split_files(raw.get("file", "")),
    )


def _decode(text: str) -> str:
    r"""Return what LaTeX prints for a text: *Müller* for ``M{\"u}ller``; a ``%`` that nobody escaped is one."""
    from bibtexparser.library import Library
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from bibtexparser.model import Entry, Field

    if len(text) > LONGEST or not re.search(r"[\\{}$~]|--", text):
        return text
    entry = Entry("misc", "", [Field("title", re.sub(r"(?<!\\)%", r"\\%", text))])
    block = LatexDecodingMiddleware().transform_entry(entry, Library())
    return str(block["title"]) if isinstance(block, Entry) else re.sub(r"[{}]", "", text)


def _split_names(text: str) -> list[str]:
    """Return the persons of a field, first name first; a name in braces is that of an office and stays whole."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    names = []
    try:
        for name in split_multiple_persons_names(text[:LONGEST]):
            parts = dict(PERSON.findall(name))
            said = [parts[part] for part in ("given", "prefix", "family", "suffix") if part in parts]
            names.append(_decode(" ".join(said) or parse_single_name_into_parts(name).merge_first_name_first))
    except Exception:  # names of any form
        return [_decode(text)]
    return names


def _date(said: dict[str, str]) -> str:
    """Return the date of an item that gives year, month and perhaps day apart."""
    from bibtexparser.middlewares import MonthIntMiddleware
    from bibtexparser.model import Field

    month, _ = MonthIntMiddleware().resolve_month_field_val(Field("month", said.get("month", "")))
    return "-".join(filter(None, [said.get("year", ""), str(month), said.get("day", "")]))


def _split_files(text: str) -> list[str]:
    """Return the files of an item: ``name:path:kind``, several parted by ``;``, or a path alone."""
    groups: list[list[str]] = [[""]]
    for part in PART.findall(text):
        if part == ";":
            groups.append([""])
        elif part == ":":
            groups[-1].append("")
        else:
            groups[-1][-1] += _unescape(part)
    return [":".join(group[1:-1]) if len(group) > 2 else group[-1] for group in groups]


def _unescape(text: str) -> str:
    """Return a path or an address without the strokes before its signs; one before a letter parts folders."""
    return re.sub(r"\\([^\w\s]|_)", r"\1", text)
