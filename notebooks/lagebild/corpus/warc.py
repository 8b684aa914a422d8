"""Web archives (WARC): the articles among the pages that were fetched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import BytesIO, StringIO

from lagebild.core.paths import InputError
from lagebild.corpus.page import Page, address
from lagebild.corpus.webpage import read_webpage

SHORTEST = 300  # characters; what has less is a frame, a notice or a list of links
LARGEST_PAGE = 10_000_000  # bytes, unpacked
LARGEST = 2_000_000_000  # bytes of all records, unpacked
HTML = ("text/html", "application/xhtml+xml")


def read_warc(content: bytes, today: str) -> list[Page]:
    """Read a web archive; the day on which a page was fetched is not that of its publication."""
    pages: dict[str, Page] = {}
    broken = False
    try:
        for url, page in _list_pages(content):
            if url not in pages and (article := _read_article(page, url, today)):
                pages[url] = article
    except Exception:  # a cut or broken archive can make the library fail in any way; what came before stands
        broken = True
    if not pages and broken:
        raise InputError("this is no web archive (WARC) that can be read; save the pages again.")
    if not pages:
        raise InputError("there is no article among the pages of this web archive; save the pages of the articles.")
    return [replace(page, place=f"page {number}") for number, page in enumerate(pages.values(), start=1)]


def _list_pages(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield address and HTML of every page that was fetched whole."""
    from warcio.archiveiterator import ArchiveIterator

    size = 0
    with redirect_stderr(StringIO()):  # where the library writes its remarks
        for record in ArchiveIterator(BytesIO(content)):
            size += max(0, record.length or 0)
            if size > LARGEST:
                return
            head = record.http_headers
            if record.rec_type != "response" or head is None or head.get_statuscode() != "200":
                continue
            if (head.get_header("Content-Type") or "").split(";")[0].strip().lower() not in HTML:
                continue
            url = address(record.rec_headers.get_header("WARC-Target-URI") or "")
            page = record.content_stream().read(LARGEST_PAGE + 1)
            if url and len(page) <= LARGEST_PAGE:
                yield url, page


def _read_article(page: bytes, url: str, today: str) -> Page | None:
    try:
        (article,) = read_webpage(page, today)
    except Exception:  # one page that cannot be read does not stop the others
        return None
    return replace(article, url=url) if len(article.text) >= SHORTEST else None
