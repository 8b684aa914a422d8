"""Mails (.eml): newsletters, sent articles, and what was forwarded; attachments are neither run nor written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr

from lagebild.core.paths import InputError
from lagebild.corpus.encoding import decode
from lagebild.corpus.page import Page, find_written_day
from lagebild.corpus.plaintext import line, paragraphs
from lagebild.corpus.readers.blocks import strip_html
from lagebild.corpus.readers.forwarded import read_forwarded, strip_prefix
from lagebild.corpus.readers.webpage import read_webpage

ANSWER = re.compile(r"(?i)(?:re|aw|antw|sv)\b.*:")
NEWSLETTER = ("List-Id", "List-Unsubscribe", "List-Post")  # what only mails to many have (RFC 2369, RFC 2919)
QUOTED = re.compile(r"(?m)^(?:>[ \t]?)+")
COVER = 300  # characters; a mail around an attached mail that has less is a note to the addressee
LONGEST_HEAD = 2_000  # characters; to read longer ones takes the library time by their square
MOST = 1_000  # mails in a mail


def read_mail(content: bytes, today: str) -> list[Page]:
    """Read a mail and the mails attached to it; a mail that only passes one on is left out."""
    try:
        pages = [_read_one(one, today) for one in _list_mails(content)]
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
    mail = message_from_bytes(content, policy=_make_policy())
    if any(name in mail for name in ("From", "Date", "Subject")):
        yield mail
        mails = [part for part in mail.walk() if part.get_content_type() == "message/rfc822"][:MOST]
        yield from (inner for part in mails for inner in part.iter_parts() if isinstance(inner, EmailMessage))


def _read_one(mail: EmailMessage, today: str) -> Page:
    text, article = _read_body(mail, today)
    name, sender = parseaddr(_head(mail, "From"))
    subject, date = _head(mail, "Subject"), _head(mail, "Date")
    who = line(name) or sender
    many = any(head in mail for head in NEWSLETTER)
    published = find_written_day(date, today)
    page = Page(
        text,
        strip_prefix(subject),
        who if many else "",
        "" if many else who,
        published,
        "day on which the mail was sent" if published else "",
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


def _head(mail: EmailMessage, name: str) -> str:
    """Return a line of the head of a mail, decoded; empty if there is none or it cannot be read."""
    try:
        return line(str(mail[name] or ""))
    except Exception:  # the library takes heads by their form, and programs write them in any
        return ""


def _make_policy() -> EmailPolicy[EmailMessage]:
    """Return how a mail is read: no line of its head further than to a length that none in use has."""
    read = policy.default.header_factory
    return policy.default.clone(header_factory=lambda name, value: read(name, value[:LONGEST_HEAD]))
