"""How colours look to eyes that see fewer of them, and on grey paper; how far apart they are, and their contrast.

A colour is red, green and blue from 0 to 1.
"""

from __future__ import annotations

import colorsys
import re

import numpy as np
from numpy.typing import NDArray
from PIL import ImageColor

Colour = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0: they work on linear red, green and blue.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = np.array(  # from linear sRGB, IEC 61966-2-1; the middle row is the luminance Y
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
SIGHTS = {name: np.array(matrix) for name, matrix in BLINDNESS.items()} | {"greyscale": np.tile(XYZ[1], (3, 1))}
APART = 10.0  # CIEDE2000; about 1 is the least that one sees side by side, and marks stand far from their key


def read_colour(text: str) -> tuple[Colour, float]:
    """Return a colour of CSS, and its opacity."""
    parts = re.findall(r"[\d.]+", text) if text.startswith("rgb") else []
    if parts:
        return np.array([float(part) for part in parts[:3]]) / 255, float(parts[3]) if len(parts) > 3 else 1.0
    red, green, blue, *alpha = ImageColor.getrgb(text)
    return np.array([red, green, blue]) / 255, (alpha[0] / 255 if alpha else 1.0)


def name_colour(colour: Colour) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in colour)


def blend(colour: Colour, opacity: float, ground: Colour) -> Colour:
    """Return what is seen of a colour that lets its ground through."""
    return colour * opacity + ground * (1 - opacity)


def simulate(colour: Colour, sight: str) -> Colour:
    """Return a colour as one sees it with a kind of sight, a key of `SIGHTS`."""
    seen = np.clip(SIGHTS[sight] @ _expand(colour), 0, 1)
    return np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055)


def contrast(one: Colour, two: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.1)."""
    dark, light = sorted(float(XYZ[1] @ _expand(colour)) for colour in (one, two))
    return (light + 0.05) / (dark + 0.05)


def difference(one: Colour, two: Colour) -> float:
    """Return how different two colours look."""
    return difference_of_lab(_lab(one), _lab(two))


def difference_of_lab(one: Colour, two: Colour) -> float:
    """Return the CIEDE2000 difference of two colours in CIELAB, as Sharma, Wu and Dalal (2005) write it down."""
    (light1, a1, b1), (light2, a2, b2) = (tuple(map(float, colour)) for colour in (one, two))
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    chroma1, chroma2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    hue1, hue2 = (np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey = chroma1 * chroma2 == 0
    turn = 0.0 if grey else (hue2 - hue1 + 180) % 360 - 180
    hue = hue1 + hue2 if grey else (hue1 + turn / 2) % 360
    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    cosines = ((1, 30, -0.17), (2, 0, 0.24), (3, -6, 0.32), (4, 63, -0.20))
    t = 1 + sum(factor * np.cos(np.radians(times * hue - at)) for times, at, factor in cosines)
    d_light = (light2 - light1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    d_chroma = (chroma2 - chroma1) / (1 + 0.045 * chroma)
    d_hue = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    rotation = (
        2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )
    return float(np.sqrt(d_light**2 + d_chroma**2 + d_hue**2 - rotation * d_chroma * d_hue))


def confused(one: Colour, two: Colour) -> list[str]:
    """Return the kinds of sight to which two colours look alike."""
    return [sight for sight in SIGHTS if difference(simulate(one, sight), simulate(two, sight)) < APART]


def is_grey(colour: Colour) -> bool:
    """Return whether a colour is black, white or between them."""
    return colorsys.rgb_to_hsv(*map(float, colour))[1] < 0.03


def is_paper(colour: Colour) -> bool:
    """Return whether a colour is white or nearly so: it shades the paper and tells nothing."""
    return contrast(colour, np.ones(3)) < 1.2


def same_hue(one: Colour, two: Colour) -> bool:
    """Return whether two colours are tints of one: steps of a scale, which mean more or less of the same."""
    hue1, hue2 = (colorsys.rgb_to_hsv(*map(float, colour))[0] for colour in (one, two))
    return is_grey(one) == is_grey(two) and (is_grey(one) or abs((hue1 - hue2 + 0.5) % 1 - 0.5) < 20 / 360)


def _expand(colour: Colour) -> Colour:
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def _lab(colour: Colour) -> Colour:
    ratio = XYZ @ _expand(colour) / XYZ.sum(axis=1)
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
