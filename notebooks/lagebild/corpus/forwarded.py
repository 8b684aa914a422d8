"""The mail in a mail: what somebody passed on below a line or two of their own, with its head as plain lines."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from lagebild.core.paths import read_languages
from lagebild.corpus.page import Page, find_day, find_written_day
from lagebild.corpus.plaintext import line

# The lines of such a head as Outlook, Gmail, Thunderbird and Apple Mail write them in German and English.
NAMES = {
    "from": "from", "von": "from",
    "sent": "date", "date": "date", "gesendet": "date", "datum": "date",
    "subject": "subject", "betreff": "subject",
    "to": "to", "an": "to", "cc": "to", "kopie": "to",
    "reply-to": "to", "antwort an": "to", "importance": "to", "wichtigkeit": "to",
}  # fmt: skip
HEAD = re.compile(r"(?:>\s*)*\*?([A-Za-z][A-Za-z -]{1,11}?)\s*:\*?\s*(.*)")
NEEDED = {"from", "date", "subject"}
RULE = re.compile(
    r"(?:>\s*)*[-_*\s]{3,}.*[-_*\s]{3,}|.{3,60}:"
)  # ---- Forwarded message ----; Begin forwarded message:
LONGEST = 10  # lines of a head
COVER = 300  # characters; below more than these stands an answer to a mail, which is no article passed on
DEEPEST = 20


def read_forwarded(page: Page, today: str) -> Page:
    """Return the mail that a mail passes on, however often; the mail itself if it passes on none."""
    for _ in range(DEEPEST):
        inner = _unfold(page, today)
        if inner is None:
            break
        page = inner
    return page


def _unfold(page: Page, today: str) -> Page | None:
    rows = page.text.split("\n")
    before = 0
    for start, row in enumerate(rows):
        if before > COVER:
            return None
        heads, end = _read_head(rows, start)
        if heads.keys() >= NEEDED:
            break
        before += 0 if RULE.fullmatch(row) else len(row)
    else:
        return None
    name, sender = parseaddr(re.sub(r"\[mailto:.*?\]", "", heads["from"]))
    day = _find_day(heads["date"], today)
    return replace(
        page,
        text="\n".join(re.sub(r"^(?:>\s*)+", "", row) for row in rows[end:]),
        title=heads["subject"] or page.title,
        publisher=line(name) or sender or line(heads["from"]),
        author="",
        published=day,
        reason="day on which the mail was first sent" if day else "",
        hint="" if day else line(heads["date"])[:40],
    )


def _read_head(rows: list[str], start: int) -> tuple[dict[str, str], int]:
    """Return the lines of a head that begins on a row, and the row after it."""
    heads: dict[str, str] = {}
    for end in range(start, min(start + LONGEST, len(rows))):
        found = HEAD.fullmatch(rows[end])
        name = NAMES.get(found[1].lower(), "") if found else ""
        if not found or not name:
            return heads, end
        heads.setdefault(name, found[2].strip(" *"))
    return heads, min(start + LONGEST, len(rows))


def _find_day(text: str, today: str) -> str:
    """Return the day of a date in words, German or English; one like 5/6/2025 is two days and gives none."""
    if found := find_written_day(text, today):
        return found
    from dateutil import parser

    try:
        read = parser.parse(text[:100], _calendar(), ignoretz=True) if "/" not in text else None
    except (ValueError, OverflowError, TypeError):
        read = None
    return find_day(read.date().isoformat(), today) if read else ""


def _calendar() -> Any:
    """Return the names of days and months in the languages that are read, for the library that reads dates."""
    from babel import Locale
    from dateutil.parser import parserinfo

    def list_names(kind: str, count: int, first: int) -> list[tuple[str, ...]]:
        calendars = [getattr(Locale(one), kind)["format"] for one in read_languages()]
        shown = [
            [one[width][first + k] for one in calendars for width in ("wide", "abbreviated")] for k in range(count)
        ]
        return [tuple(dict.fromkeys(name.strip(".").lower() for name in names)) for names in shown]

    words = {
        "JUMP": [*parserinfo.JUMP, "um", "uhr"],
        "WEEKDAYS": list_names("days", 7, 0),
        "MONTHS": list_names("months", 12, 1),
    }
    return type("Calendar", (parserinfo,), words)(dayfirst=True)
