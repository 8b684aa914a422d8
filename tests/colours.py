"""How colours look to eyes that see fewer of them, and on grey paper; how far apart they are, and their contrast.

A colour is red, green and blue from 0 to 1.
"""

from __future__ import annotations

import colorsys
from functools import cache
from typing import Any

from coloraide import Color

Colour = tuple[float, float, float]

# What Machado, Oliveira and Fernandes (2009) say of those who lack one kind of cone, and the luminance alone.
FILTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "protanopia": ("protan", {"method": "machado"}),
    "deuteranopia": ("deutan", {"method": "machado"}),
    "tritanopia": ("tritan", {"method": "machado"}),
    "greyscale": ("grayscale", {"space": "srgb-linear"}),
}
SIGHTS = tuple(FILTERS)
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
APART = 10.0  # CIEDE2000; about 1 is the least that one sees side by side, and marks stand far from their key


@cache
def read_colour(text: str) -> tuple[Colour, float]:
    """Return a colour of CSS, and its opacity."""
    found = Color(text)
    return _channels(found), found.alpha()


@cache
def name_colour(colour: Colour) -> str:
    """Return a colour as #rrggbb."""
    return Color("srgb", colour).to_string(hex=True)


def blend(colour: Colour, opacity: float, ground: Colour) -> Colour:
    """Return what is seen of a colour that lets its ground through."""
    red, green, blue = (part * opacity + below * (1 - opacity) for part, below in zip(colour, ground, strict=True))
    return red, green, blue


@cache
def simulate(colour: Colour, sight: str) -> Colour:
    """Return a colour as one sees it with a kind of sight, one of `SIGHTS`."""
    name, how = FILTERS[sight]
    return _channels(Color("srgb", colour).filter(name, 1, **how))


@cache
def contrast(one: Colour, two: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.1)."""
    return Color("srgb", one).contrast(Color("srgb", two), method="wcag21")


@cache
def confused(one: Colour, two: Colour) -> list[str]:
    """Return the kinds of sight to which two colours look alike."""
    seen = {sight: [Color("srgb", simulate(colour, sight)) for colour in (one, two)] for sight in SIGHTS}
    return [sight for sight, (first, second) in seen.items() if first.delta_e(second, method="2000") < APART]


def is_grey(colour: Colour) -> bool:
    """Return whether a colour is black, white or between them."""
    return colorsys.rgb_to_hsv(*colour)[1] < 0.03


def is_paper(colour: Colour) -> bool:
    """Return whether a colour is white or nearly so: it shades the paper and tells nothing."""
    return contrast(colour, WHITE) < 1.2


def same_hue(one: Colour, two: Colour) -> bool:
    """Return whether two colours are tints of one: steps of a scale, which mean more or less of the same."""
    hue1, hue2 = (colorsys.rgb_to_hsv(*colour)[0] for colour in (one, two))
    return is_grey(one) == is_grey(two) and (is_grey(one) or abs((hue1 - hue2 + 0.5) % 1 - 0.5) < 20 / 360)


def _channels(colour: Color) -> Colour:
    red, green, blue = colour.convert("srgb").clip()[:3]
    return red, green, blue
