"""Bytes to text: any encoding that German or English news come in."""

from __future__ import annotations

import codecs
import re

from lagebild.core.paths import InputError

# What German and English news are made of in Windows 1252; other signs, or quotes inside words, speak for another code.
WESTERN = re.compile("[\\x00-\\x7fäöüÄÖÜßàáâãåæçèéêëíîïñóôõøúûýÅÆÇÉØ€‚„…‘’“”•–—«»‹›§°·´½²³£©®\u00a0\u00ad]*")
INSIDE = re.compile(r"[^\W\d_][„‚“”…][^\W\d_]")
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
        text = _guess(content)
    if "\0" in text or len(UNREADABLE.findall(text)) > len(text) / 100:
        raise InputError("this is no text that can be read; save the article as plain text in UTF-8.")
    return text


def _guess(content: bytes) -> str:
    text = content.decode("cp1252", "replace")
    if WESTERN.fullmatch(text) and not INSIDE.search(text):
        return text
    from charset_normalizer import from_bytes

    return str(from_bytes(content, cp_isolation=["cp1252", "mac_roman", "cp850"]).best() or text)
