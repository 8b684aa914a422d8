"""The mail in a mail: what somebody passed on below a line or two of their own, with its head as plain lines."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lagebild.core.paths import read_languages
from lagebild.corpus.page import Page, find_clear_day, find_day, find_written_day
from lagebild.corpus.plaintext import line

# The lines of such a head as Outlook, Gmail, Thunderbird and Apple Mail write them in German and English.
NAMES = {
    "from": "from", "von": "from",
    "sent": "date", "date": "date", "gesendet": "date", "datum": "date",
    "subject": "subject", "betreff": "subject",
    "to": "to", "an": "to", "cc": "to", "kopie": "to",
    "reply-to": "to", "antwort an": "to", "importance": "to", "wichtigkeit": "to",
}  # fmt: skip
HEAD = re.compile(r"\*?([A-Za-z][A-Za-z -]{1,11}?)\s*:\*?\s*(.*)")
NEEDED = {"from", "date", "subject"}
RULE = re.compile(r"[-_* ]{3,}.*|.{3,60}:")  # ---- Forwarded message ----; Begin forwarded message:
PREFIX = re.compile(r"(?i)(?:(?:re|aw|antw|sv|fwd?|wg|wtr)(?:\[\d+\])?\s*:\s*)+")
ADDRESS = re.compile(r"<[^<>]*>|\[mailto:[^\[\]]*\]")
SENDER = re.compile(r"(?i)\b(?:im auftrag von|on behalf of)\b")
LONGEST = 12  # lines of a head
WRAPPED = 2  # lines of it that go on the one above, such as a list of addressees
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


def strip_prefix(subject: str) -> str:
    """Return the subject of a mail without what its ways through mail programs have put before it."""
    found = PREFIX.match(subject)
    return subject[found.end() :] if found else subject


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
    who = SENDER.split(ADDRESS.sub("", heads["from"]))[-1].strip(" \"'*,;")
    day = _find_day(heads["date"], today)
    return replace(
        page,
        text="\n".join(rows[end:]),
        title=strip_prefix(heads["subject"]) or page.title,
        publisher=line(who or heads["from"]),
        author="",
        published=day,
        reason="day on which the mail was first sent" if day else "",
        hint="" if day else line(heads["date"])[:40],
    )


def _read_head(rows: list[str], start: int) -> tuple[dict[str, str], int]:
    """Return the lines of a head that begins on a row, and the row after it."""
    heads: dict[str, str] = {}
    wrapped, last = 0, min(start + LONGEST, len(rows))
    for end in range(start, last):
        found = HEAD.fullmatch(rows[end])
        name = NAMES.get(found[1].lower(), "") if found else ""
        if found and name:
            heads.setdefault(name, found[2].strip(" *"))
        elif not heads or heads.keys() >= NEEDED or wrapped == WRAPPED:
            return heads, end
        else:
            wrapped += 1
    return heads, last


def _find_day(text: str, today: str) -> str:
    """Return the day of a date in words, German or English; one like 5/6/2025, or without a year, gives none."""
    if found := find_written_day(text, today):
        return found
    read = find_clear_day(text[:100], _calendar())
    return find_day(read.isoformat(), today) if read else ""


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
    return type("Calendar", (parserinfo,), words)()
