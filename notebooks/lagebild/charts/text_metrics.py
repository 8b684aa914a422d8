"""How wide a text is drawn, so that labels can be placed before anything is drawn.

The widths are those of the font itself, which comes with the package: the layout is the same on every machine. Pairs of
letters that stand closer than others are left out of account: a label may be a little narrower than reckoned.
"""

from __future__ import annotations

import re
from functools import cache
from math import ceil
from typing import Any

from lagebild.charts.fonts import find_letters, open_font

OTHER = 1.25  # font sizes that a letter of another font takes at most, such as a Chinese one or an emoji
BOLD, REGULAR = 700, 400
BLANKS = re.compile("[ \t\n]+")  # where a line may break: at no blank that is meant to hold


def measure_text(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line of text is at most, in pixels; `size` is the font size in pixels."""
    units = sum(_advance(letter, bold) for letter in text)  # whole numbers: every Python adds them up to the same
    return round(units * size / _find_unit(), 2)


@cache
def _advance(letter: str, bold: bool) -> int:
    """Return the width of a letter in units of the font."""
    glyph = find_letters().get(ord(letter))
    return ceil(_glyphs(bold)[glyph].width if glyph else OTHER * _find_unit())


@cache
def _find_unit() -> int:
    """Return how many units of the font the font size has."""
    return int(open_font()["head"].unitsPerEm)


@cache
def _glyphs(bold: bool) -> Any:
    return open_font().getGlyphSet(location={"wght": BOLD if bold else REGULAR, "opsz": 14})


def break_lines(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return a text in as few lines as `room` pixels allow, about equally long; a word that is too long is broken."""
    lines = _fill(text, room, size, bold)
    low, high = min(max(room / 2, measure_word(text, size, bold)), room), room
    while high - low > 4:  # the narrowest column that takes no more lines
        middle = (low + high) / 2
        if len(_fill(text, middle, size, bold)) > len(lines):
            low = middle
        else:
            high = middle
    return _fill(text, high, size, bold)


def measure_word(text: str, size: float, bold: bool = False) -> float:
    """Return how wide the widest word of a text is, in pixels."""
    return max((measure_text(word, size, bold) for word in BLANKS.split(text)), default=0.0)


def _fill(text: str, room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in BLANKS.split(text.strip()):
        for part in _parts(word, room, size, bold):
            if lines and measure_text(f"{lines[-1]} {part}", size, bold) <= room:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return lines or [""]


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Return a word whole if it fits, otherwise broken wherever the room ends."""
    if measure_text(word, size, bold) <= room:
        return [word]
    parts = [""]
    for letter in word:
        if parts[-1] and measure_text(parts[-1] + letter, size, bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts
