"""What a file holds and says of itself, before it becomes an article."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from lagebild.core.characters import LONGEST_ADDRESS
from lagebild.corpus.plaintext import line

EARLIEST = "1980-01-01"  # a page that claims to be older has a fault in its date
LONGEST_HOST = 253  # characters (RFC 1035)


@dataclass(frozen=True)
class Page:
    """A file as its reader understood it; what it does not say is empty.

    Parameters
    ----------
    text
        One paragraph a line.
    published, reason
        Day of publication, ISO 8601, and where it stands.
    created
        Day that the file's metadata give as that of its making, ISO 8601.
    hint
        A day that stands in the file but is not marked as that of its publication.
    place
        Where in a file of many it stands, such as ``item 3``; empty in a file of one article.
    furnished
        Whether lines that are no part of the report may stand between its own, as on a page of the web.
    beside
        Lines next to the text that may say whose it is.
    """

    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    reason: str = ""
    url: str = ""
    language: str = ""
    hint: str = ""
    place: str = ""
    created: str = ""
    furnished: bool = False
    beside: tuple[str, ...] = ()


def find_day(text: str, today: str) -> str:
    """Return the day with which a text begins if something can have been published on it; else the empty string."""
    try:
        found = date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""
    return found if EARLIEST <= found <= today else ""


def address(text: str) -> str:
    """Return an address of the web if a text is one that can be kept; else the empty string."""
    text = text.strip()
    fits = len(text) <= LONGEST_ADDRESS and re.fullmatch(r"https?://[^\s\"'<>\\]+", text)
    return text if fits and host(text) and line(text) == text else ""


def host(url: str) -> str:
    """Return the host of an address, without its ``www.``; the empty string if it has none."""
    try:
        found = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return found if len(found) <= LONGEST_HOST else ""


def hush(*libraries: str) -> None:
    """Keep libraries from writing their remarks between our lines."""
    for name in libraries:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
