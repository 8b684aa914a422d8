"""Web archives (WARC): the articles among the pages that were fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

from lagebild.core.paths import InputError
from lagebild.corpus.page import Page, address
from lagebild.corpus.readers.webpage import read_webpage

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
            charset = CHARSET.search(_name_type(record)) if page else None
            yield (url, page, charset[1] if charset else "") if len(page) <= LARGEST_PAGE else ("", b"", "")


def _is_page(record: Any) -> bool:
    head = record.http_headers
    if record.rec_type != "response" or head is None or head.get_statuscode() != "200":
        return False
    return _name_type(record).split(";")[0].strip().lower() in HTML


def _name_type(record: Any) -> str:
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
