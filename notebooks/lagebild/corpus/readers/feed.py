"""RSS and Atom files: every entry an article."""

from __future__ import annotations

import re
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from lagebild.core.paths import InputError
from lagebild.corpus.page import Page, address, find_read_language, find_written_day, hush
from lagebild.corpus.plaintext import line, paragraphs
from lagebild.corpus.readers.blocks import strip_html

LONGEST = 2_000  # characters of a word; the library looks for an address in it, in time by the square of its length
LONG_WORD = re.compile(rb"(?<![\w.+-])[\w.+-]{%d}" % LONGEST)


def read_feed(content: bytes, today: str) -> list[Page]:
    """Read a feed that was saved; an entry without text is given back without, so that it can be named."""
    import feedparser

    if LONG_WORD.search(content):
        raise InputError(f"a word in it has more than {LONGEST:,} characters; save the pages themselves.")
    hush("feedparser")
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
    published = find_written_day(marked, today)
    author = _get(entry, "author")
    return Page(
        _read_text(entry),
        strip_html(_get(entry, "title")).replace("\n", " "),
        # A feed of many outlets names that of each entry.
        strip_html(_get(entry.get("source") or {}, "title") or _get(channel, "title")).replace("\n", " "),
        line(parseaddr(author)[0] if "@" in author else author),
        published,
        "day given in the feed" if published else "",
        address(_get(entry, "link")),
        find_read_language(_get(channel, "language")),
        "" if published else line(marked or _get(entry, "updated"))[:40],
        place,
    )


def _read_text(entry: Any) -> str:
    """Return the longest content of an entry, else its summary."""
    for parts in (entry.get("content") or [], [entry.get("summary_detail") or {}]):
        texts = [_plain(part) for part in parts]
        if text := max(texts, key=len, default=""):
            return text
    return ""


def _plain(part: Any) -> str:
    value = _get(part, "value")
    return paragraphs(value) if part.get("type") == "text/plain" else strip_html(value)


def _get(values: Any, name: str) -> str:
    """Return what stands under a name itself; the library would answer from names that once stood for it."""
    found = dict.get(values, name)
    return found if isinstance(found, str) else ""
