"""How wide a text is drawn, so that labels can be placed before anything is drawn.

The widths are those of Inter 4.0 (SIL Open Font License), the font of the charts, rounded up to a fiftieth of the font
size: a label may be a little narrower than reckoned, never wider. Measuring with the font itself would make the layout
depend on the machine.
"""

from __future__ import annotations

from functools import cache

WIDTHS = {  # in font sizes
    0.26: "ijlíıł‚",
    0.28: "I‘’",
    0.30: "!',.: ·\N{NO-BREAK SPACE}",
    0.34: "t`|;",
    0.38: "fr()/[\\]",
    0.42: "1",
    0.44: "{}„",
    0.46: "-_“”°",
    0.50: '–"^',
    0.52: "*?",
    0.54: "sšş",
    0.56: "kxzž",
    0.58: "7acvyJLäáçčå•§",
    0.60: "5ehnouFöüéèóúñøńő«»",
    0.62: "238bdgpqEßğÉ",
    0.64: "069PZ#",
    0.66: "4BRST$&",
    0.68: "KY+<=>~±−×€",
    0.70: "AVXÄÁ",
    0.74: "CD",
    0.76: "GHNUÜ",
    0.78: "OQÖ",
    0.82: "w",
    0.88: "m…↓↑½",
    0.92: "M✓✗",
    1.00: "W%—@→←",
}
OTHER = 1.0  # no letter of the Latin alphabet is wider
BOLD = 1.06  # Inter Bold against Regular, the widest text of a sample


@cache
def _widths() -> dict[str, float]:
    return {letter: width for width, letters in WIDTHS.items() for letter in letters}


def measure_text(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line of text is at most, in pixels; `size` is the font size in pixels."""
    widths = _widths()
    width = sum(widths.get(letter, OTHER) for letter in text) * size * (BOLD if bold else 1.0)
    return round(width, 2)  # Python 3.12 and later sum floats more exactly than 3.11: the same bytes from both


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
    return max((measure_text(word, size, bold) for word in text.split()), default=0.0)


def _fill(text: str, room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        for part in _parts(word, room, size, bold):
            if lines and measure_text(f"{lines[-1]} {part}", size, bold) <= room:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return lines or [""]


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Return a word whole if it fits, otherwise broken wherever the room ends."""
    parts = [""]
    for letter in word:
        if parts[-1] and measure_text(parts[-1] + letter, size, bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts
