"""Mails (.eml): newsletters, sent articles, and what was forwarded; attachments are neither run nor written.

What somebody passed on stands as a mail in the mail, below a line or two of their own, with its head as plain lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from lagebild.core import InputError, folders
from lagebild.corpus.page import Page, parse_clear_day, parse_day, parse_written_day
from lagebild.corpus.plaintext import clean_line, decode, paragraphs
from lagebild.corpus.readers.column import strip_html
from lagebild.corpus.readers.webpage import read_webpage

# --- The Mail in a Mail ---

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
LONGEST_FORWARDED_HEAD = 12  # lines of a head
WRAPPED = 2  # lines of it that go on the one above, such as a list of addressees
ANSWER_COVER = 300  # characters; below more than these stands an answer to a mail, which is no article passed on
DEEPEST = 20


def read_forwarded(page: Page, today: str) -> Page:
    """Return the mail that a mail passes on, however often; the mail itself if it passes on none."""
    for _ in range(DEEPEST):
        inner = _read_inner(page, today)
        if inner is None:
            break
        page = inner
    return page


def strip_prefix(subject: str) -> str:
    """Return the subject of a mail without what its ways through mail programs have put before it."""
    prefix = PREFIX.match(subject)
    return subject[prefix.end() :] if prefix else subject


def _read_inner(page: Page, today: str) -> Page | None:
    rows = page.text.split("\n")
    before = 0
    for start, row in enumerate(rows):
        if before > ANSWER_COVER:
            return None
        heads, end = _read_head(rows, start)
        if heads.keys() >= NEEDED:
            break
        before += 0 if RULE.fullmatch(row) else len(row)
    else:
        return None
    who = SENDER.split(ADDRESS.sub("", heads["from"]))[-1].strip(" \"'*,;")
    day = _parse_any_day(heads["date"], today)
    return replace(
        page,
        text="\n".join(rows[end:]),
        title=strip_prefix(heads["subject"]) or page.title,
        publisher=clean_line(who or heads["from"]),
        author="",
        published=day,
        reason="day on which the mail was first sent" if day else "",
        hint="" if day else clean_line(heads["date"])[:40],
    )


def _read_head(rows: list[str], start: int) -> tuple[dict[str, str], int]:
    """Return the lines of a head that begins on a row, and the row after it."""
    heads: dict[str, str] = {}
    wrapped, last = 0, min(start + LONGEST_FORWARDED_HEAD, len(rows))
    for end in range(start, last):
        match = HEAD.fullmatch(rows[end])
        name = NAMES.get(match[1].lower(), "") if match else ""
        if match and name:
            heads.setdefault(name, match[2].strip(" *"))
        elif not heads or heads.keys() >= NEEDED or wrapped == WRAPPED:
            return heads, end
        else:
            wrapped += 1
    return heads, last


def _parse_any_day(text: str, today: str) -> str:
    """Return the day of a date in words, German or English; one like 5/6/2025, or without a year, gives none."""
    if written := parse_written_day(text, today):
        return written
    day = parse_clear_day(text[:100], _make_calendar())
    return parse_day(day.isoformat(), today) if day else ""


def _make_calendar() -> Any:
    """Return the names of days and months in the languages that are read, for the library that reads dates."""
    from babel import Locale
    from dateutil.parser import parserinfo

    def list_names(kind: str, count: int, first: int) -> list[tuple[str, ...]]:
        forms = [getattr(Locale(code), kind)["format"] for code in folders.read_languages()]
        widths = [form[width] for form in forms for width in ("wide", "abbreviated")]
        return [tuple(dict.fromkeys(names[first + k].strip(".").lower() for names in widths)) for k in range(count)]

    words = {
        "JUMP": [*parserinfo.JUMP, "um", "uhr"],
        "WEEKDAYS": list_names("days", 7, 0),
        "MONTHS": list_names("months", 12, 1),
    }
    return type("Calendar", (parserinfo,), words)()


# --- The Mail Itself ---

ANSWER = re.compile(r"(?i)(?:re|aw|antw|sv)\b.*:")
NEWSLETTER = ("List-Id", "List-Unsubscribe", "List-Post")  # what only mails to many have (RFC 2369, RFC 2919)
QUOTED = re.compile(r"(?m)^(?:>[ \t]?)+")
COVER = 300  # characters; a mail around an attached mail that has less is a note to the addressee
LONGEST_HEAD = 2_000  # characters of a line of a head, longer than any in use; longer ones take time by their square
MOST = 1_000  # mails in a mail


def read_mail(content: bytes, today: str) -> list[Page]:
    """Read a mail and the mails attached to it; a mail that only passes one on is left out."""
    try:
        pages = [_read_message(mail, today) for mail in _list_mails(content)]
    except Exception:  # a broken file can make the library fail in any way, also by its depth
        raise InputError("this mail cannot be read; save it again, or its text as .txt.") from None
    if not pages:
        raise InputError("this is no mail; save it from the mail program as .eml.")
    if len(pages) > 1 and len(pages[0].text) < COVER:
        del pages[0]
    if not any(page.text for page in pages):
        raise InputError("there is no text in this mail; save what is attached to it, and give that.")
    if len(pages) == 1:
        return pages
    return [replace(page, place=f"mail {number}") for number, page in enumerate(pages, start=1)]


def _list_mails(content: bytes) -> Iterator[EmailMessage]:
    """Yield a mail and the mails attached to it; nothing if it has no head of a mail."""
    make = policy.default.header_factory
    cut = policy.default.clone(header_factory=lambda name, value: make(name, value[:LONGEST_HEAD]))
    mail = message_from_bytes(content, policy=cut)
    if any(name in mail for name in ("From", "Date", "Subject")):
        yield mail
        mails = [part for part in mail.walk() if part.get_content_type() == "message/rfc822"][:MOST]
        yield from (inner for part in mails for inner in part.iter_parts() if isinstance(inner, EmailMessage))


def _read_message(mail: EmailMessage, today: str) -> Page:
    text, article = _read_body(mail, today)
    name, sender = parseaddr(_get_header(mail, "From"))
    subject, date = _get_header(mail, "Subject"), _get_header(mail, "Date")
    who = clean_line(name) or sender
    many = any(head in mail for head in NEWSLETTER)
    published = parse_written_day(date, today)
    page = Page(
        text,
        title=strip_prefix(subject),
        publisher=who if many else "",
        author="" if many else who,
        published=published,
        reason="day on which the mail was sent" if published else "",
        hint="" if published else date[:40],
    )
    passed_on = page if ANSWER.match(subject) else read_forwarded(page, today)
    return replace(page, text=article or text) if passed_on is page else passed_on


def _read_body(mail: EmailMessage, today: str) -> tuple[str, str]:
    """Return the text of a mail, and the article in it if its HTML holds one.

    Its HTML comes first: the plain text beside it is mostly made from it by a program, with addresses between words.
    """
    bodies = {part.get_content_subtype(): _decode(part) for part in _list_bodies(mail)}
    html = bodies.get("html", "")
    if text := strip_html(html) if html else "":
        try:
            (page,) = read_webpage(html.encode(), today)
        except Exception:  # no article: a mail may be anything
            page = Page("")
        return text, page.text if 2 * len(page.text) > len(text) else ""
    return paragraphs(QUOTED.sub("", bodies.get("plain", ""))), ""


def _list_bodies(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts of a mail that a mail program shows as its text."""
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        if isinstance(part, EmailMessage) and part.get_content_disposition() != "attachment":
            yield part


def _decode(part: EmailMessage) -> str:
    """Return the text of a part; empty if its bytes are none, which stops no other mail in the file."""
    content = part.get_payload(decode=True)
    try:
        return decode(content, part.get_content_charset() or "") if isinstance(content, bytes) else ""
    except InputError:
        return ""


def _get_header(mail: EmailMessage, name: str) -> str:
    """Return a line of the head of a mail, decoded; empty if there is none or it cannot be read."""
    try:
        return clean_line(str(mail[name] or ""))
    except Exception:  # the library takes heads by their form, and programs write them in any
        return ""
