"""Bytes in any encoding that German or English news come in to text, and raw text to clean paragraphs, one a line."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from lagebild.core import HIDDEN, UNWANTED, InputError

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
    broken, foreign = text.count("\ufffd"), sum(sign > "\x7f" for sign in text)  # signs beyond ASCII
    return text.replace("\ufffd", "") if broken <= BROKEN * foreign else ""


def _guess(content: bytes) -> str:
    text = content.decode("cp1252", "replace")
    if WESTERN.fullmatch(text) and not INSIDE.search(text):
        return text
    from charset_normalizer import from_bytes

    return str(from_bytes(content, cp_isolation=["cp1252", "mac_roman", "cp850"]).best() or text)


def fix_mojibake(text: str) -> str:
    """Return a text with the signs whole that were written in UTF-8 and once read as Windows 1252, such as Ã¤."""
    return MISREAD.sub(_reread, text) if len(MISREAD.findall(text)) > 1 else text


def _reread(match: re.Match[str]) -> str:
    codes = bytes(ord(sign) if ord(sign) < 0x100 else sign.encode("cp1252")[0] for sign in match[0])
    try:
        return codes.decode("utf-8")
    except UnicodeError:
        return match[0]


BLANK = re.compile(r"[^\S\n]+")
# What a reader does not see, be it harmless or not.
UNSEEN = re.compile(f"[{UNWANTED}{HIDDEN}]")
LIGATURE = re.compile("[\ufb00-\ufb06]")

HYPHENS = "-\u2010"
HYPHENATED = re.compile(rf"(?<![^\W\d_])[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+")
SHARED = {"und", "oder", "sowie", "bis", "bzw", "beziehungsweise", "wie", "and", "or", "to"}  # Innen- und Außenminister
ENDED = re.compile(r"[.!?…][\"'»«”“’)\]]*$")  # like a sentence
CLOSED = re.compile(r"[.!?:][\"'»«”“’)\]]*$")


def clean(text: str) -> str:
    r"""Return a text in NFC, with \n as line break, plain blanks, and nothing in it that cannot be seen."""
    text = "\n".join(text.splitlines())
    text = re.sub("\u00ad[ \t]*\n[ \t]*", "", text)
    text = LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), UNSEEN.sub("", text))
    rows = BLANK.sub(" ", unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(row.strip() for row in rows)


def clean_line(text: str) -> str:
    """Return a text as one clean line."""
    return " ".join(clean(text).split())


def normalize(text: str) -> str:
    """Return the letters and digits of a text, by which two spellings of it are compared."""
    return re.sub(r"[\W_]+", "", text.casefold())


def list_ngrams(text: str, length: int) -> set[tuple[str, ...]]:
    """Return the runs of `length` words of a text, by which two texts are compared."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[k:] for k in range(length)), strict=False))


def paragraphs(text: str) -> str:
    """Return plain text with one paragraph a line; lines that were wrapped by hand are joined."""
    text = clean(text).strip("\n")
    if _is_wrapped(text.split("\n")):
        return "\n".join(unwrap([block.split("\n") for block in re.split(r"\n{2,}", text)]))
    return "\n".join(row for row in text.split("\n") if row)


def unwrap(blocks: list[list[str]]) -> Iterator[str]:
    """Yield the paragraphs of wrapped lines.

    A new one begins where a line ends although the first word of the next one would have fitted into it.
    """
    lengths = sorted(len(row) for block in blocks for row in block)
    width = lengths[int(0.9 * len(lengths))] if lengths else 0
    compounds = {word.lower() for block in blocks for row in block for word in HYPHENATED.findall(row)}
    for block in blocks:
        paragraph: list[str] = []
        for row, after in zip(block, [*block[1:], ""], strict=True):
            paragraph.append(row)
            fits = row[-1] not in HYPHENS and len(row) + 1 + len(after.split(" ")[0]) <= 0.85 * width
            if not after or (fits and (CLOSED.search(row) or not after[0].islower())):
                yield _join_lines(paragraph, compounds)
                paragraph = []


def _is_wrapped(rows: list[str]) -> bool:
    """Say whether a text was wrapped by hand: no long line, and most lines break off within a sentence."""
    inner = [row for row, after in pairwise(rows) if row and after]
    if len(inner) < 2 or max(map(len, rows)) > 100:
        return False
    wide, open_ended = sum(len(row) >= 40 for row in inner), sum(not CLOSED.search(row) for row in inner)
    return wide >= 0.6 * len(inner) and open_ended >= 0.5 * len(inner)


def _join_lines(rows: list[str], compounds: set[str]) -> str:
    """Join the lines of a paragraph; a word that was divided becomes whole again."""
    parts = [rows[0]]
    for before, row in pairwise(rows):
        cut = re.search(rf"(?<![^\W_])([^\W_]+)[{HYPHENS}]$", before)
        follows = re.match(r"[^\W_]+", row)
        if not cut or not follows or follows[0] in SHARED:
            parts.append(" " + row)
            continue
        divided = follows[0][0].islower() and not cut[1][-1].isdigit()
        is_whole = divided and f"{cut[1]}-{follows[0]}".lower() not in compounds
        parts[-1] = parts[-1][:-1] + ("" if is_whole else "-")
        parts.append(row)
    return "".join(parts)
