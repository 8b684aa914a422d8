"""The language of a text, by its frequent words.

py3langid was tried: on the texts of the cases and the coded sentences these few words are right more often, as they
refuse what is half in one language and half in the other without refusing a short sentence full of names.
"""

from __future__ import annotations

import re

# Frequent words that are little used in the other language and its neighbours.
GERMAN = """der die das und den dem des ein eine einen einem einer eines ist sind nicht mit von für auf zu im sich auch
nach wird wurde wurden werden hat haben hatte dass aus bei über als sie es vom zum zur durch sei seien um wie noch
nur vor gegen sein seine ihre ihr kein keine unter zwischen"""
ENGLISH = """the of and to that with by from it he she his her has have had were be been are its not which this
these they their but after who would will could said than into about against between because"""
FREQUENT = {"de": frozenset(GERMAN.split()), "en": frozenset(ENGLISH.split())}
ENOUGH = 0.15  # share of frequent words; German and English news have about 0.35, their neighbours below 0.1


def find_language(text: str) -> str:
    """Return ``de`` or ``en`` by the frequent words of a text; empty if it is clearly neither."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in frequent for word in words) for language, frequent in FREQUENT.items()}
    first, second = sorted(counts, key=lambda language: -counts[language])
    most = counts[first]
    enough = ENOUGH if counts[second] else 0.6 * ENOUGH  # a text of two sentences, all names, has few of them
    return first if most >= max(2, enough * len(words), 2 * counts[second]) else ""
