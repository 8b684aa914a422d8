"""Lists of sources to what is known of an article: BibTeX and BibLaTeX, CSL-JSON and RIS.

Zotero, Better BibTeX and JabRef export BibTeX, with files; Zotero, Mendeley and Pandoc exchange CSL-JSON, which has no
files, so that the text is that of note or abstract; Zotero, EndNote and the archives of newspapers export RIS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lagebild.core import InputError
from lagebild.corpus.page import Page, address, find_read_language, parse_day, silence_loggers
from lagebild.corpus.plaintext import clean_line, decode, paragraphs
from lagebild.corpus.readers.column import strip_html

if TYPE_CHECKING:
    from bibtexparser.model import Block


TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
URL = re.compile(r"https?://(?:(?!;\s*https?:)[^\s{}])+")
DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:[T ].*|/\D*)?")
SHORTEST = 120  # characters; a note that has less says something about the article, such as its section


@dataclass(frozen=True)
class ListItem:
    """One item of a list: what the list says of an article, and the files that may hold its text."""

    page: Page
    files: tuple[str, ...] = ()


def make_item(
    number: int,
    today: str,
    *,
    title: str = "",
    publishers: Sequence[str] = (),
    authors: Sequence[str] = (),
    dates: Sequence[str] = (),
    urls: Sequence[str] = (),
    language: str = "",
    note: str = "",
    abstract: str = "",
    files: Sequence[str] = (),
) -> ListItem:
    """Return an item from the words that a list has for it; of several of a kind the first that will do counts."""
    iso_dates = [iso for date in dates if (iso := _write_date(date))]
    published = next((day for date in iso_dates if len(date) == 10 and (day := parse_day(date, today))), "")
    noted = _to_paragraphs(note)
    page = Page(
        noted if len(noted) >= SHORTEST else _to_paragraphs(abstract),
        _strip_tags(title),
        next((name for text in publishers if (name := _strip_tags(text)) and not address(name)), ""),
        "; ".join(name for author in authors if (name := _strip_tags(author))),
        published,
        "day given in the list of sources" if published else "",
        next((url for text in urls for match in URL.findall(text) if (url := address(match))), ""),
        find_read_language(language),
        "" if published else max(iso_dates, key=len, default="")[:40],
        f"item {number}",
    )
    return ListItem(page, tuple(name for file in files if (name := file.strip())))


def _write_date(text: str) -> str:
    """Return a date as ISO 8601 writes it, as exact as it is; any other text as it stands."""
    date = DATE.fullmatch(clean_line(text))
    return "-".join(f"{int(part):02}" for part in date.groups() if part) if date else clean_line(text)


def _strip_tags(text: str) -> str:
    return clean_line(TAG.sub("", text))


def _to_paragraphs(text: str) -> str:
    return strip_html(text) if TAG.search(text) else paragraphs(text)


# --- BibTeX and BibLaTeX ---

PUBLISHERS = ("journaltitle", "journal", "organization", "publisher", "howpublished", "institution", "titleaddon")
LONGEST_FIELD = 200_000  # characters of a field in which LaTeX is read; it takes more time than the text is worth
PERSON = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*([^,]*)")  # BibLaTeX can name the parts
PART = re.compile(r"(?:[^\\;:]|\\.)+|[;:]", re.DOTALL)


def read_bibtex(content: bytes, today: str) -> list[ListItem]:
    """Read a list of sources in BibTeX."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ParsingFailedBlock

    silence_loggers("bibtexparser", "pylatexenc")
    try:
        blocks = parse_string(decode(content)).blocks
    except InputError:
        raise
    except Exception:  # a broken file can make the library fail in any way
        blocks = []
    items = [block for block in blocks if isinstance(block, (Entry, ParsingFailedBlock))]
    if not items:
        raise InputError("this is no list of sources in BibTeX; export it from Zotero in that format.")
    return [_read_bibtex_item(block, number, today) for number, block in enumerate(items, start=1)]


def _read_bibtex_item(block: Block, number: int, today: str) -> ListItem:
    """Read one item; one whose key or field stands twice the library sets aside as it was written."""
    from bibtexparser.library import Library
    from bibtexparser.middlewares import RemoveEnclosingMiddleware
    from bibtexparser.model import Entry

    entry = getattr(block, "ignore_error_block", None) or block
    if entry is not block and isinstance(entry, Entry):
        entry = RemoveEnclosingMiddleware().transform_entry(entry, Library())
    if not isinstance(entry, Entry):
        return ListItem(Page("", place=f"item {number}", fault="this item cannot be read; look for a missing bracket."))
    raw = {field.key.lower(): str(field.value) for field in reversed(entry.fields)}
    fields = {name: _decode(value) for name, value in raw.items() if name != "file"}
    return make_item(
        number,
        today,
        title=fields.get("title", ""),
        publishers=[fields.get(name, "") for name in PUBLISHERS],
        authors=_split_names(raw.get("author", "")),
        dates=[fields.get("date", ""), _read_bibtex_date(fields)],
        urls=[_unescape(raw.get(name, "")) for name in ("url", "howpublished")],
        language=fields.get("language") or fields.get("langid", ""),
        note=fields.get("note") or fields.get("annotation") or fields.get("annote", ""),
        abstract=fields.get("abstract", ""),
        files=_split_files(raw.get("file", "")),
    )


def _decode(text: str) -> str:
    r"""Return what LaTeX prints for a text: *Müller* for ``M{\"u}ller``; a ``%`` that nobody escaped is one."""
    from bibtexparser.library import Library
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from bibtexparser.model import Entry, Field

    if len(text) > LONGEST_FIELD or not re.search(r"[\\{}$~]|--", text):
        return text
    entry = Entry("misc", "", [Field("title", re.sub(r"(?<!\\)%", r"\\%", text))])
    block = LatexDecodingMiddleware().transform_entry(entry, Library())
    return str(block["title"]) if isinstance(block, Entry) else re.sub(r"[{}]", "", text)


def _split_names(text: str) -> list[str]:
    """Return the persons of a field, first name first; a name in braces is that of an office and stays whole."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    names = []
    try:
        for name in split_multiple_persons_names(text[:LONGEST_FIELD]):
            parts = dict(PERSON.findall(name))
            given = [parts[part] for part in ("given", "prefix", "family", "suffix") if part in parts]
            names.append(_decode(" ".join(given) or parse_single_name_into_parts(name).merge_first_name_first))
    except Exception:  # names of any form
        return [_decode(text)]
    return names


def _read_bibtex_date(fields: dict[str, str]) -> str:
    """Return the date of an item that gives year, month and perhaps day apart."""
    from bibtexparser.middlewares import MonthIntMiddleware
    from bibtexparser.model import Field

    month, _ = MonthIntMiddleware().resolve_month_field_val(Field("month", fields.get("month", "")))
    return "-".join(filter(None, [fields.get("year", ""), str(month), fields.get("day", "")]))


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


# --- CSL-JSON ---


def read_csl(content: bytes, today: str) -> list[ListItem]:
    """Read a list of sources in CSL-JSON."""
    try:
        data = json.loads(decode(content))
    except (ValueError, RecursionError):  # no JSON, a number without end, or nested without end
        raise InputError("this is no JSON that can be read; export the list as CSL-JSON again.") from None
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list) or not any(isinstance(item, dict) and "title" in item for item in items):
        raise InputError("this is no list of sources in CSL-JSON; export it from Zotero in that format.")
    return [_read_csl_item(item, number, today) for number, item in enumerate(items, start=1)]


def _read_csl_item(item: Any, number: int, today: str) -> ListItem:
    if not isinstance(item, dict):
        return ListItem(Page("", place=f"item {number}", fault="this item is no source; leave it out."))
    authors = item.get("author")
    return make_item(
        number,
        today,
        title=_text(item.get("title")),
        publishers=[_text(item.get(name)) for name in ("container-title", "publisher")],
        authors=[_join_name(author) for author in authors] if isinstance(authors, list) else [],
        dates=[_read_csl_date(item.get("issued"))],
        urls=[_text(item.get("URL"))],
        language=_text(item.get("language")),
        note=_text(item.get("note")),
        abstract=_text(item.get("abstract")),
    )


def _text(value: Any) -> str:
    """Return a word or a number as text; nothing for what is no word."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _join_name(person: Any) -> str:
    if not isinstance(person, dict):
        return ""
    parts = [_text(person.get(name)) for name in ("given", "non-dropping-particle", "family", "suffix")]
    return _text(person.get("literal")) or " ".join(filter(None, parts))


def _read_csl_date(issued: Any) -> str:
    """Return a date as it is written in parts or as a text; of a stretch of time the whole, which is no day."""
    if not isinstance(issued, dict):
        return ""
    ends = issued.get("date-parts")
    if not isinstance(ends, list) or not ends:
        return _text(issued.get("raw")) or _text(issued.get("literal"))
    return "/".join("-".join(map(_text, end)) for end in ends if isinstance(end, list))


# --- RIS ---

START = re.compile(r"(?m)^TY  - ")
LONGEST_RECORD = 500_000  # characters of an item; the library adds line to line, which takes time by their square
MANY = ["A1", "AB", "AU", "L1", "L2", "L4", "N1", "N2", "UR"]  # tags that stand more than once, or over several lines


def read_ris(content: bytes, today: str) -> list[ListItem]:
    """Read a list of sources in RIS."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in START.finditer(text)]
    if not starts:
        raise InputError("this is no list of sources in RIS; export it from Zotero in that format.")
    parts = [
        text[start : min(end, start + LONGEST_RECORD)]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    return [_read_ris_item(part, number, today) for number, part in enumerate(parts, start=1)]


def _read_ris_item(text: str, number: int, today: str) -> ListItem:
    """Read one item: each alone, so that a broken one does not stop the others, and an end may be missing."""
    import rispy

    try:
        (item, *_) = rispy.loads(f"{text}\nER  - ", list_tags=MANY, delimiter_tags_mapping={}, skip_unknown_tags=True)
    except Exception:  # the library takes lines by their form, and files write them in any
        return ListItem(Page("", place=f"item {number}", fault="this item cannot be read; export it again."))
    files = _get_all(item, "file_attachments1", "file_attachments2", "figure")
    return make_item(
        number,
        today,
        title=next(iter(_get_all(item, "title", "primary_title", "translated_title")), ""),
        publishers=_get_all(
            item, "alternate_title3", "journal_name", "secondary_title", "publisher", "alternate_title2"
        ),
        authors=[_put_first_name_first(name) for name in _get_all(item, "authors") or _get_all(item, "first_authors")],
        dates=_get_all(item, "date", "publication_year", "year"),
        urls=_get_all(item, "urls"),
        language=next(iter(_get_all(item, "language")), ""),
        note="\n".join(_get_all(item, "notes")),
        abstract="\n".join(_get_all(item, "abstract") or _get_all(item, "notes_abstract")),
        files=[file for file in files if not address(file)],  # some exports give the page's address there
    )


def _get_all(item: Any, *names: str) -> list[str]:
    """Return all texts that stand under some names."""
    values = [item[name] for name in names if name in item]
    return [text for value in values for text in (value if isinstance(value, list) else [value]) if text]


def _put_first_name_first(name: str) -> str:
    """Return *Eva Muster* for *Muster, Eva*."""
    return " ".join(reversed([part.strip() for part in name.split(",", 1)]))
