"""Inter (SIL Open Font License), the font of charts and reports: a package brings it, so that no machine decides."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

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
