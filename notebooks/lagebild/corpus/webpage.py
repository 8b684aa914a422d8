"""Saved web pages: the article in one, and what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import Page, address, find_day, hush
from lagebild.corpus.plaintext import clean, line

# The names under which the head of a page gives its day of publication.
PUBLISHED = re.compile(
    r"(?i)article:published_time|(?:og:)?pub(?:lish)?_?date|datePublished|"
    r"dc(?:terms)?[.:](?:date(?:\.issued)?|created|issued)|date"
)
PUBLISHED_JSON = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]*)")
PUBLISHED_URL = re.compile(r"/(\d{4})[/-](\d\d)[/-](\d\d)(?=[/-]|$)")
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
CHARSET = re.compile(rb"(?i)<meta[^<>]*charset\s*=\s*[\"']?([\w-]+)")


def read_webpage(content: bytes, today: str) -> list[Page]:
    """Read a web page that was saved."""
    from trafilatura import bare_extraction, load_html

    hush("trafilatura", "htmldate", "courlan", "justext")
    declared = CHARSET.search(content)
    page = decode(content, declared[1].decode("ascii") if declared else "")
    found: Any = bare_extraction(page, with_metadata=True, include_comments=False)
    text = clean(found.text or "") if found else ""
    if not text.strip():
        raise InputError("there is no article in this page; save the page of the article itself, or its text as .txt.")
    saved = SAVED_FROM.search(page)
    url = address(found.url or "") or address(saved[1] if saved else "")
    published, reason = _marked_day(page, load_html(page), url, today)
    article = Page(
        "\n".join(re.sub(r"^[-•*] (?=\S)", "", row.strip()) for row in text.split("\n") if row.strip()),
        found.title or "",
        found.sitename or "",
        found.author or "",
        published,
        reason,
        url,
        hint=line(found.date or ""),
    )
    return [article]


def _marked_day(page: str, tree: Any, url: str, today: str) -> tuple[str, str]:
    """Return the day that a web page marks as that of its publication, and where; not one that merely stands in it."""
    marks = [meta for meta in tree.iter("meta") if any(map(PUBLISHED.fullmatch, meta.attrib.values()))]
    for reason, dates in (
        ("day marked in the head of the page", [meta.get("content", "") for meta in marks]),
        ("day marked in the data of the page", PUBLISHED_JSON.findall(page)),
        ("day given in the address", ["-".join(parts) for parts in PUBLISHED_URL.findall(url)]),
        ("day marked below the headline", tree.xpath("(//h1)[1]/following::time/@datetime")[:1]),
    ):
        for text in dates:
            if day := find_day(text, today):
                return day, reason
    return "", ""
