"""What a file holds and says of itself, before it becomes an article."""

from __future__ import annotations

import logging
import re
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from lagebild.core import characters, folders
from lagebild.corpus.plaintext import clean_line

EARLIEST = "1980-01-01"  # a page that claims to be older has a fault in its date
LONGEST_HOST = 253  # characters (RFC 1035)
NO_TITLE = re.compile(
    r"(?i)microsoft \w+ - .*|(?:untitled|unbenannt).*|(?:dokument|document|powerpoint-präsentation)\s*\d*|"
    r"(?:powerpoint presentation|word[- ]dokument|word document)|.*\.(?:docx?|odt|pdf|indd|qxd|html?|tmp)"
)


@dataclass(frozen=True)
class Page:
    """A file as its reader understood it; what it does not say is empty.

    Parameters
    ----------
    text
        One paragraph a line.
    published, reason
        Day of publication, ISO 8601, and where it stands.
    changed
        Last day on which it was changed, ISO 8601, as it says itself.
    created
        Day that the file's metadata give as that of its making, ISO 8601.
    hint
        A day that stands in the file but is not marked as that of its publication.
    place
        Where in a file of many it stands, such as ``item 3``; empty in a file of one article.
    has_boilerplate
        Whether lines that are no part of the report may stand between its own, as on a page of the web.
    beside
        Lines next to the text that may say whose it is.
    fault
        What of it could not be read, in a sentence with the remedy; the text may be empty then, or only an abstract.
    """

    text: str
    _: KW_ONLY
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
    changed: str = ""
    has_boilerplate: bool = False
    beside: tuple[str, ...] = ()
    fault: str = ""


def parse_day(text: str, today: str) -> str:
    """Return the day with which a text begins if something can have been published on it; else the empty string."""
    try:
        day = date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""
    return day if EARLIEST <= day <= today else ""


def parse_written_day(text: str, today: str) -> str:
    """Return the day of a date as mails and feeds write it (ISO 8601, RFC 5322), in the offset that it names."""
    from email.utils import parsedate_to_datetime

    text = text.strip()[:100]
    try:
        return parse_day(text, today) or parse_day(parsedate_to_datetime(text).date().isoformat(), today)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def parse_clear_day(text: str, words: Any = None) -> date | None:
    """Return the day of a date in any form; nothing if a part of it is missing, or it can be another one: 5/6/2024.

    `words` are the names of months and the like (a `parserinfo` of dateutil); without them, those of English.
    """
    from dateutil.parser import parse

    days = set()
    for missing in (datetime(2000, 1, 1), datetime(2001, 2, 2)):  # what lacks a part of its day gives two
        for first in (True, "." in text):
            try:
                days.add(parse(text, words, default=missing, dayfirst=first, ignoretz=True).date())
            except (ValueError, OverflowError, TypeError):
                return None
    return days.pop() if len(days) == 1 else None


def find_own_title(text: str) -> str:
    """Return the title that a file gives itself; empty if a program gave it."""
    title = clean_line(text)
    return "" if NO_TITLE.fullmatch(title) else title


def find_read_language(text: str) -> str:
    """Return the language of a tag such as ``de-AT`` if it is read; else the empty string, and the text decides."""
    language = re.split(r"[-_]", text.strip().lower())[0]
    return language if language in folders.read_languages() else ""


def address(text: str) -> str:
    """Return an address of the web if a text is one that can be kept; else the empty string."""
    text = text.strip()
    fits = len(text) <= characters.LONGEST_ADDRESS and re.fullmatch(r"https?://[^\s\"'<>\\]+", text)
    return text if fits and host(text) and clean_line(text) == text else ""


def host(url: str) -> str:
    """Return the host of an address, without its ``www.``; the empty string if it has none."""
    try:
        name = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return name if len(name) <= LONGEST_HOST else ""


def silence_loggers(*libraries: str) -> None:
    """Keep libraries from writing their remarks between our lines."""
    for name in libraries:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
