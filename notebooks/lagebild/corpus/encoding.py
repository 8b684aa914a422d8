"""Bytes to text: any encoding that German or English news come in."""

from __future__ import annotations

import codecs
import re

from lagebild.core.paths import InputError

# What German and English news are made of in Windows 1252; other signs, or quotes inside words, speak for another code.
WESTERN = re.compile("[\\x00-\\x7fäöüÄÖÜßàáâãåæçèéêëíîïñóôõøúûýÅÆÇÉØ€‚„…‘’“”•–—«»‹›§°·´½²³£©®\u00a0\u00ad]*")
INSIDE = re.compile(r"[^\W\d_][„‚“”…][^\W\d_]")
# Bytes of UTF-8 as Windows 1252 shows them: the first of a sign, and those that go on with it.
FOLLOWS = r"[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
MISREAD = re.compile(rf"[\xc2-\xdf]{FOLLOWS}|[\xe0-\xef]{FOLLOWS}{{2}}|[\xf0-\xf4]{FOLLOWS}{{3}}")
BROKEN = 0.2  # share of the signs beyond ASCII that may be broken in a text in UTF-8; in another code nearly all are
UNREADABLE = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\ufffd]")


def decode(content: bytes, declared: str = "") -> str:
    """Return the text that bytes stand for; `declared` is the encoding that they name themselves.

    Raises
    ------
    InputError
        If they are no text.
    """
    names = ["utf-8-sig"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names = ["utf-16"]
    elif declared:
        name = declared.lower()
        names.append("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)  # as browsers do
    for name in names:
        try:
            text = content.decode(name)
            break
        except (UnicodeError, LookupError, ValueError):
            continue
    else:
        text = _skip_broken(content) or _guess(content)
    if "\0" in text or len(UNREADABLE.findall(text)) > len(text) / 100:
        raise InputError("this is no text that can be read; save the article as plain text in UTF-8.")
    return text


def _skip_broken(content: bytes) -> str:
    """Return a text in UTF-8 without the few signs in it that are broken; the empty string if it is in another code."""
    text = content.decode("utf-8", "replace")
    broken, others = text.count("\ufffd"), sum(sign > "\x7f" for sign in text)
    return text.replace("\ufffd", "") if broken <= BROKEN * others else ""


def _guess(content: bytes) -> str:
    text = content.decode("cp1252", "replace")
    if WESTERN.fullmatch(text) and not INSIDE.search(text):
        return text
    from charset_normalizer import from_bytes

    return str(from_bytes(content, cp_isolation=["cp1252", "mac_roman", "cp850"]).best() or text)


def mend(text: str) -> str:
    """Return a text with the signs whole that were written in UTF-8 and once read as Windows 1252, such as Ã¤."""
    return MISREAD.sub(_reread, text) if len(MISREAD.findall(text)) > 1 else text


def _reread(found: re.Match[str]) -> str:
    codes = bytes(ord(sign) if ord(sign) < 0x100 else sign.encode("cp1252")[0] for sign in found[0])
    try:
        return codes.decode("utf-8")
    except UnicodeError:
        return found[0]
