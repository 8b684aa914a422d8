"""Bytes in any encoding that German or English news come in to text, and raw text to clean paragraphs, one a line."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lagebild.core import InputError, characters

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
UNSEEN = re.compile(f"[{characters.UNWANTED}{characters.HIDDEN}]")
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


# Lines that were wrapped by hand fill a width, whatever it is; most break off within a sentence, and many go on with a
# small letter (in German about six of ten). Verses, lists and headlines fail one of these. The texts of 40 pages,
# wrapped at 60 to 130 characters with blank lines between paragraphs and one line too long, were joined right to 97 %.
NARROWEST = 40  # characters of a full line
NEARLY = 0.85  # share of the width that a full line has at least, with the word that was left for the next line
OVERLONG = 1.2  # times the width: such a line was not wrapped with the others
ITEM = re.compile("[-•*▪●·] ")


def paragraphs(text: str) -> str:
    """Return plain text with one paragraph a line; lines that were wrapped by hand are joined."""
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", clean(text).strip("\n"))]
    width = _find_wrapping(blocks)
    return "\n".join(unwrap(blocks, width) if width else (row for block in blocks for row in block))


def unwrap(blocks: list[list[str]], width: int = 0) -> Iterator[str]:
    """Yield the paragraphs of lines that were wrapped at a width; it is that of nine of ten lines if none is given.

    A new one begins where a line ends although the first word of the next one would have fitted into it, behind a line
    that is far longer than those around it, and with each item of a list.
    """
    lengths = sorted(len(row) for block in blocks for row in block)
    width = width or (lengths[int(0.9 * len(lengths))] if lengths else 0)
    compounds = {word.lower() for block in blocks for row in block for word in HYPHENATED.findall(row)}
    for block in blocks:
        marks = Counter(row[0] for row in block if ITEM.match(row))
        paragraph: list[str] = []
        for before, row, after in zip(["", *block], block, [*block[1:], ""], strict=False):
            paragraph.append(row)
            is_item = bool(ITEM.match(after)) and marks[after[0]] > 1
            if not after or is_item or _is_end(before, row, after, width):
                yield _join_lines(paragraph, compounds)
                paragraph = []


def _is_end(before: str, row: str, after: str, width: int) -> bool:
    """Whether a paragraph ends with a line between two others."""
    alone = len(row) > OVERLONG * width >= max(len(before), len(after))
    fits = row[-1] not in HYPHENS and (alone or not _is_full(row, after, width))
    return fits and bool(CLOSED.search(row) or not after[0].islower())


def _find_wrapping(blocks: list[list[str]]) -> int:
    """Return the width at which a text was wrapped by hand; 0 if it was not.

    It is what nine of ten of the lines that break off within a sentence keep to: single ones may be far longer.
    """
    breaks = [(row, after) for block in blocks for row, after in pairwise(block) if not CLOSED.search(row)]
    lengths = sorted(len(row) for row, _ in breaks)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    full = sum(_is_full(row, after, width) for row, after in breaks)
    running = sum(after[0].islower() or row[-1] in HYPHENS for row, after in breaks)
    inner = sum(len(block) - 1 for block in blocks)
    is_broken = inner >= 2 and len(breaks) >= 0.5 * inner and running >= 0.25 * len(breaks)
    is_wrapped = is_broken and full >= 0.8 * len(breaks)
    return width if is_wrapped and width >= NARROWEST else 0


def _is_full(row: str, after: str, width: int) -> bool:
    return len(row) + 1 + len(after.split(" ")[0]) > NEARLY * width


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
