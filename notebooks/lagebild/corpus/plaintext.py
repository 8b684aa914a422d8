"""Raw text to clean paragraphs, one a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from lagebild.core.characters import HIDDEN, UNWANTED

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


def line(text: str) -> str:
    """Return a text as one clean line."""
    return " ".join(clean(text).split())


def plain(text: str) -> str:
    """Return the letters and digits of a text, by which two spellings of it are compared."""
    return re.sub(r"[\W_]+", "", text.casefold())


def list_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return the runs of so many words of a text, by which two texts are compared."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[k:] for k in range(length)), strict=False))


def paragraphs(text: str) -> str:
    """Return plain text with one paragraph a line; lines that were wrapped by hand are joined."""
    text = clean(text).strip("\n")
    if _is_wrapped(text.split("\n")):
        blocks = [block.split("\n") for block in re.split(r"\n{2,}", text)]
        return "\n".join(unwrap(blocks))
    return "\n".join(row for row in text.split("\n") if row)


def unwrap(blocks: list[list[str]]) -> Iterator[str]:
    """Yield the paragraphs of wrapped lines.

    A new one begins where a line ends although the first word of the next one would have fitted into it.
    """
    lengths = sorted(len(row) for block in blocks for row in block)
    width = lengths[int(0.9 * len(lengths))] if lengths else 0
    compounds = {word.lower() for block in blocks for row in block for word in HYPHENATED.findall(row)}
    for block in blocks:
        held: list[str] = []
        for row, after in zip(block, [*block[1:], ""], strict=True):
            held.append(row)
            fits = row[-1] not in HYPHENS and len(row) + 1 + len(after.split(" ")[0]) <= 0.85 * width
            if not after or (fits and (CLOSED.search(row) or not after[0].islower())):
                yield _join(held, compounds)
                held = []


def _is_wrapped(rows: list[str]) -> bool:
    """Say whether a text was wrapped by hand: no long line, and most lines break off within a sentence."""
    inner = [row for row, after in pairwise(rows) if row and after]
    if len(inner) < 2 or max(map(len, rows)) > 100:
        return False
    return sum(len(row) >= 40 for row in inner) >= 0.6 * len(inner) and sum(
        not CLOSED.search(row) for row in inner
    ) >= 0.5 * len(inner)


def _join(rows: list[str], compounds: set[str]) -> str:
    """Join the lines of a paragraph; a word that was divided becomes whole again."""
    parts = [rows[0]]
    for before, row in pairwise(rows):
        cut = re.search(rf"(?<![^\W_])([^\W_]+)[{HYPHENS}]$", before)
        follows = re.match(r"[^\W_]+", row)
        if not cut or not follows or follows[0] in SHARED:
            parts.append(" " + row)
            continue
        divided = follows[0][0].islower() and not cut[1][-1].isdigit()
        if divided and f"{cut[1]}-{follows[0]}".lower() not in compounds:
            parts[-1] = parts[-1][:-1]
        else:
            parts[-1] = parts[-1][:-1] + "-"
        parts.append(row)
    return "".join(parts)
