"""Files of many articles: feeds (RSS and Atom), every entry an article, and web archives (WARC)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from email.utils import parseaddr
from io import BytesIO, StringIO
from typing import Any

from lagebild.core import InputError
from lagebild.corpus.page import Page, address, find_read_language, parse_written_day, silence_loggers
from lagebild.corpus.plaintext import clean_line, paragraphs
from lagebild.corpus.readers.column import strip_html
from lagebild.corpus.readers.webpage import read_webpage

LONGEST = 2_000  # characters of a word; the library looks for an address in it, in time by the square of its length
LONG_WORD = re.compile(rb"(?<![\w.+-])[\w.+-]{%d}" % LONGEST)


def read_feed(content: bytes, today: str) -> list[Page]:
    """Read a feed that was saved; an entry without text is given back without, so that it can be named."""
    import feedparser

    if LONG_WORD.search(content):
        raise InputError(f"a word in it has more than {LONGEST:,} characters; save the pages themselves.")
    silence_loggers("feedparser")
    try:  # as a stream: what the library is given as a text it may take for an address or the name of a file
        feed: Any = feedparser.parse(BytesIO(content))
    except Exception:  # a broken file can make the library fail in any way
        feed = {}
    if not feed.get("version") and not feed.get("entries"):
        raise InputError("this is no RSS or Atom feed; other XML is not read, save the article as .html or .txt.")
    if not feed["entries"]:
        raise InputError("this feed has no entry; save it again, or save the pages themselves.")
    return [_read_entry(feed, entry, f"item {number}", today) for number, entry in enumerate(feed["entries"], start=1)]


def _read_entry(feed: Any, entry: Any, place: str, today: str) -> Page:
    channel = feed["feed"]
    marked = _get(entry, "published") or (_get(entry, "updated") if feed["version"].startswith("rss") else "")
    published = parse_written_day(marked, today)
    author = _get(entry, "author")
    return Page(
        _read_text(entry),
        title=strip_html(_get(entry, "title")).replace("\n", " "),
        # A feed of many outlets names that of each entry.
        publisher=strip_html(_get(entry.get("source") or {}, "title") or _get(channel, "title")).replace("\n", " "),
        author=clean_line(parseaddr(author)[0] if "@" in author else author),
        published=published,
        reason="day given in the feed" if published else "",
        url=address(_get(entry, "link")),
        language=find_read_language(_get(channel, "language")),
        hint="" if published else clean_line(marked or _get(entry, "updated"))[:40],
        place=place,
    )


def _read_text(entry: Any) -> str:
    """Return the longest content of an entry, else its summary."""
    for parts in (entry.get("content") or [], [entry.get("summary_detail") or {}]):
        readers = [(paragraphs if part.get("type") == "text/plain" else strip_html, part) for part in parts]
        if text := max((read(_get(part, "value")) for read, part in readers), key=len, default=""):
            return text
    return ""


def _get(values: Any, name: str) -> str:
    """Return what stands under a name itself; the library would answer from names that once stood for it."""
    value = dict.get(values, name)
    return value if isinstance(value, str) else ""


# --- Web Archives ---

SHORTEST = 300  # characters; what has less is a frame, a notice or a list of links
LARGEST_PAGE = 10_000_000  # bytes, unpacked
LARGEST = 2_000_000_000  # bytes of all records, unpacked
CHARSET = re.compile(r"(?i);\s*charset\s*=\s*[\"']?([\w-]+)")
HTML = ("text/html", "application/xhtml+xml")


def read_warc(content: bytes, today: str) -> list[Page]:
    """Read a web archive; the day on which a page was fetched is not that of its publication."""
    pages: dict[str, Page] = {}
    whole = False
    try:
        for url, page, charset in _list_records(content):
            whole = True
            if page and url not in pages and (article := _read_article(page, url, charset, today)):
                pages[url] = article
    except Exception:  # a cut or broken archive can make the library fail in any way; what came before stands
        whole = False
    if not pages and not whole:
        raise InputError("this is no web archive (WARC) that can be read; save the pages again.")
    if not pages:
        raise InputError("there is no article among the pages of this web archive; save the pages of the articles.")
    return [replace(page, place=f"page {number}") for number, page in enumerate(pages.values(), start=1)]


def _list_records(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Yield address, HTML and encoding of every record; all are empty for what is no page that was fetched whole."""
    from warcio.archiveiterator import ArchiveIterator

    size = 0
    with redirect_stderr(StringIO()):  # where the library writes its remarks
        for record in ArchiveIterator(BytesIO(content)):
            size += max(0, record.length or 0)
            if record.format != "warc" or size > LARGEST:  # the library takes any line of five words for an older form
                return
            url = address(record.rec_headers.get_header("WARC-Target-URI") or "")
            page = _unpack(record) if url and _is_page(record) else b""
            charset = CHARSET.search(_get_content_type(record)) if page else None
            yield (url, page, charset[1] if charset else "") if len(page) <= LARGEST_PAGE else ("", b"", "")


def _is_page(record: Any) -> bool:
    head = record.http_headers
    if record.rec_type != "response" or head is None or head.get_statuscode() != "200":
        return False
    return _get_content_type(record).split(";")[0].strip().lower() in HTML


def _get_content_type(record: Any) -> str:
    return record.http_headers.get_header("Content-Type") or ""


def _unpack(record: Any) -> bytes:
    """Return what a record holds, as far as it is not larger than a page may be by more than a byte."""
    import brotli

    head = record.http_headers
    packed = (head.get_header("Content-Encoding") or "").lower() == "br"
    if packed:  # the library knows an older brotli and fails with this one
        head.remove_header("Content-Encoding")
    page: bytes = record.content_stream().read(LARGEST_PAGE + 1)
    return brotli.Decompressor().process(page, output_buffer_limit=LARGEST_PAGE + 1) if packed else page


def _read_article(page: bytes, url: str, charset: str, today: str) -> Page | None:
    try:
        (article,) = read_webpage(page, today, charset)
    except Exception:  # one page that cannot be read does not stop the others
        return None
    return replace(article, url=url) if len(article.text) >= SHORTEST else None
