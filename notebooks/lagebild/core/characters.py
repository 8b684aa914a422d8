"""Which characters and words a text may hold, and how a text that may hold any others is shown in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import combining, normalize

LONGEST_WORD = 500  # characters; no language has a longer one, and a page cannot be set with it
LONGEST_ADDRESS = 2_000
LONGEST_SENTENCE = 20_000
MARKS = "„“”\"»«‚‘’›‹'\u00ad"  # of quotations, and where a word may be parted
DASHES = "‐‑‒–—−-"
HALF = re.compile("[\ud800-\udfff]")  # of a character: JSON can hold one, UTF-8 cannot
SHOWN = 80  # characters of a text that a message repeats

# What no text needs, as it cannot be seen and stops programs or deceives readers: controls but tab and line breaks,
# halves of a character, code points that are none, tags, and marks that embed, override or isolate a direction.
UNWANTED = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
)
# What cannot be seen either but stands in honest texts: soft hyphens, joiners, plain marks of direction, fillers, signs
# for private use or for none.
HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ue000-\uf8ff\ufeff\uffa0"
    "\ufff0-\ufffd\U000f0000-\U0010ffff"
)

_UNWANTED = re.compile(f"[{UNWANTED}]")
_BREAK = re.compile(r"\r\n?|\n")


def find_unfit(text: str, longest: int = LONGEST_WORD) -> tuple[int, str] | None:
    """Return where a text holds what none may hold, and what that is with the remedy; None if all of it is fit.

    A word ends at a blank or at ``|``, which parts the words of a list; `longest` is 0 where words may have any length.
    """
    # Whole files are looked at: what Python knows to be printable, or to hold no long word, need not be searched.
    plain = text.replace("\n", "").replace("\xa0", "").isprintable()
    if not plain and (match := _UNWANTED.search(text)):
        return match.start(), f"holds U+{ord(match[0]):04X}, a character that cannot be seen or misleads; delete it"
    lengths = map(len, text.replace("|", " ").split()) if longest else ()
    if max(lengths, default=0) > longest and (match := re.search(rf"(?<![^\s|])[^\s|]{{{longest + 1}}}", text)):
        return match.start(), f"holds a word of more than {longest:,} characters, {show(match[0], 20)}; shorten it"
    return None


def line_number(text: str, place: int) -> int:
    """Return the line of a text, from 1, on which a place lies."""
    return len(_BREAK.findall(text, 0, place)) + 1


def fold_typography(text: str) -> tuple[str, list[int]]:
    """Return a text without what only typesetting adds, and the place in the text of each of its characters.

    Quotation marks and soft hyphens go, dashes and blanks of all kinds become one, ligatures their letters (NFKD).
    """
    folded, places = list[str](), list[int]()
    for place, sign in enumerate(text):
        for letter in sign if sign.isascii() else normalize("NFKD", sign):
            plain = letter
            if letter in DASHES:
                plain = "-"
            elif letter.isspace():
                plain = " "
            elif letter in MARKS:
                continue
            if not (plain == " " and folded[-1:] in ([], [" "])):
                folded.append(plain)
                places.append(place)
    return "".join(folded), places


def strip_marks(text: str) -> str:
    """Return a text without the marks of its letters: Demirtas for Demirtaş."""
    return "".join(letter for letter in normalize("NFKD", text) if not combining(letter))


def show(text: str, longest: int = SHOWN) -> str:
    """Return a text in quotation marks as a message shows it: on one line, cut, and with nothing in it unseen."""
    return repr(text if len(text) <= longest else f"{text[:longest]} …")


def name_nearest(word: str, known: Iterable[str]) -> str:
    """Return the end of a message about a word that is none of those known: the nearest of these, if any is near."""
    near = get_close_matches(word, [*known], 1)
    return f"; the nearest is {near[0]}" if near else ""


def make_printable(text: str, longest: int = 1_000) -> str:
    """Return a message on one line in which every character can be seen, written out where it could not."""
    cut = text if len(text) <= longest else f"{text[:longest]} …"
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in cut)
