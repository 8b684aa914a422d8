"""What all charts share: their sizes, fonts and colours, and how wide a text is drawn.

The font of charts and reports is Inter (SIL Open Font License); a package brings it, so that no machine decides. The
widths are those of the font itself: so labels can be placed before anything is drawn, and the layout is the same on
every machine. Pairs of letters that stand closer than others are left out of account: a label may be a little narrower
than reckoned.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from fontpkg_inter import ROOT
from fontTools.ttLib import TTFont

FONTS = Path(ROOT) / "files"


@cache
def open_font() -> TTFont:
    """Return the upright font, whose weight and optical size vary.

    It is read from memory: an open file would have one position for all copies of a process, each moving the others'.
    """
    return TTFont(io.BytesIO((FONTS / "Inter[opsz,wght].ttf").read_bytes()), lazy=True)


@cache
def find_letters() -> dict[int, str]:
    """Return the names of the glyphs of the font by the letters that they stand for."""
    return dict(open_font().getBestCmap())


def has_letters(text: str) -> bool:
    """Return whether the font has all letters of a text; line breaks are none."""
    return set(map(ord, text)) - {10} <= find_letters().keys()


# --- The width of a text ---

OTHER = 1.25  # font sizes that a letter of another font takes at most, such as a Chinese one or an emoji
BOLD, REGULAR = 700, 400
BLANKS = re.compile("[ \t\n]+")  # where a line may break: at no blank that is meant to hold


def measure_text(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line of text is at most, in pixels; `size` is the font size in pixels."""
    return _scale(_count_units(text, bold), size)


def measure_lines(lines: Iterable[str], size: float, bold: bool = False) -> float:
    """Return how wide the longest of some lines is; 0 if there is none."""
    return max((measure_text(line, size, bold) for line in lines), default=0.0)


def _scale(units: int, size: float) -> float:
    return round(units * size / _find_unit(), 2)


def _count_units(text: str, bold: bool) -> int:
    """Return how wide a text is in units of the font: whole numbers, which every Python adds up to the same."""
    return sum(_measure_letter(letter, bold) for letter in text)


@cache
def _measure_letter(letter: str, bold: bool) -> int:
    glyph = find_letters().get(ord(letter))
    return ceil(_load_glyphs(bold)[glyph].width if glyph else OTHER * _find_unit())


@cache
def _find_unit() -> int:
    """Return how many units of the font the font size has."""
    return int(open_font()["head"].unitsPerEm)


@cache
def _load_glyphs(bold: bool) -> Any:
    return open_font().getGlyphSet(location={"wght": BOLD if bold else REGULAR, "opsz": 14})


def break_lines(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return a text in as few lines as `room` pixels allow, about equally long; a word that is too long is broken."""
    words = [(word, _count_units(word, bold)) for word in BLANKS.split(text.strip())]
    lines = _fill_lines(words, room, size, bold)
    if len(lines) == 1:
        return lines
    low, high = min(max(room / 2, max(_scale(units, size) for _, units in words)), room), room
    while high - low > 4:  # the narrowest column that takes no more lines
        middle = (low + high) / 2
        if len(_fill_lines(words, middle, size, bold)) > len(lines):
            low = middle
        else:
            high = middle
    return _fill_lines(words, high, size, bold)


def measure_word(text: str, size: float, bold: bool = False) -> float:
    """Return how wide the widest word of a text is, in pixels."""
    return max((measure_text(word, size, bold) for word in BLANKS.split(text)), default=0.0)


def _fill_lines(words: list[tuple[str, int]], room: float, size: float, bold: bool) -> list[str]:
    """Return words, each with its width in units, in lines that `room` pixels hold."""
    blank, lines, filled = _count_units(" ", bold), list[list[str]](), 0
    for word in words:
        for part, units in _break_word(word, room, size, bold):
            if lines and _scale(filled + blank + units, size) <= room:
                lines[-1].append(part)
                filled += blank + units
            else:
                lines.append([part])
                filled = units
    return [" ".join(parts) for parts in lines] or [""]


def _break_word(word: tuple[str, int], room: float, size: float, bold: bool) -> list[tuple[str, int]]:
    """Return a word whole if it fits, otherwise broken wherever the room ends; each part with its width in units."""
    if _scale(word[1], size) <= room:
        return [word]
    parts = [("", 0)]
    for letter in word[0]:
        text, units = parts[-1]
        wide = _count_units(letter, bold)
        if text and _scale(units + wide, size) > room:
            parts.append((letter, wide))
        else:
            parts[-1] = text + letter, units + wide
    return parts


# --- Sizes and colours ---

WIDTH = 720  # pixels; fills the text column of an A4 page
FONT = "Inter, DejaVu Sans, sans-serif"
PHONE = 344  # pixels that a small screen has for a picture of the first page
TEXT = 11
LEADING = 1.26  # from line to line, in font sizes; the boxes of Inter are 1.21 high
NARROW = "-narrow"  # ends the name of the chart for a small screen beside the one for the page
COLOURS = {1: "#0072B2", -1: "#C04A00", 0: "#5F5F5F"}  # Okabe and Ito (2008), the orange darkened for contrast
FAINT = {1: "#5B9BC8", -1: "#D17A45", 0: "#949494"}  # the same, of what nobody dates: three to one on white
INK, SOFT, RULE, GRID, PALE, WHITE = "#222222", "#555555", "#C9C9C9", "#E8E8E8", "#F4F1EA", "#FFFFFF"
CLEAR = "rgba(0,0,0,0)"  # of a mark that shows nothing, but tells on hovering
MARKS = {1: "triangle-up", -1: "triangle-down", 0: "circle"}  # direction shown by form, so that greyscale is enough


@dataclass(frozen=True)
class Style:
    """How charts look that other rooms draw: sizes in pixels, and inks."""

    width: int = WIDTH
    phone: int = PHONE
    text: int = TEXT
    leading: float = LEADING
    ink: str = INK
    soft: str = SOFT
    white: str = WHITE
    cooperation: str = COLOURS[1]
    conflict: str = COLOURS[-1]


STYLE = Style()


def split_colour(colour: str) -> list[int]:
    """Return red, green and blue of a colour ``#rrggbb``."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def mix_colours(scale: Sequence[tuple[float, str]], share: float) -> str:
    """Return the colour at a share of a scale, which has a colour ``#rrggbb`` at each of some places from 0 to 1."""
    places, colours = zip(*scale, strict=True)
    parts = zip(*map(split_colour, colours), strict=True)
    return "#" + "".join(f"{round(float(np.interp(share, places, part))):02x}" for part in parts)


def find_ink(fill: str) -> str:
    """Return black or white, whichever stands out more from a colour (WCAG 2.1, 1.4.3)."""
    parts = [part / 255 for part in split_colour(fill)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else WHITE
