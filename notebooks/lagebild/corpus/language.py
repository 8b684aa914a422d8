"""The language of a text, by its frequent words; the words are those of the tables `language`.

py3langid was tried: on the texts of the cases and the coded sentences these few words are right more often, as they
refuse what is half in one language and half in the other without refusing a short sentence full of names.
"""

from __future__ import annotations

import re
from typing import Any

from lagebild.core import InputError, Reference

ENOUGH = 0.15  # share of frequent words; German and English news have about 0.35, their neighbours below 0.1


def describe_language(reference: Reference, language: str) -> dict[str, Any]:
    """Return the one row of the table `language`."""
    rows = reference.rows("language", language)
    if len(rows) != 1:
        raise InputError(f"data/reference/lang/{language}/language.csv must have one row, but has {len(rows)}.")
    return rows[0]


def find_language(reference: Reference, text: str) -> str:
    """Return the language of a text, such as ``de``, by its frequent words; empty if clearly none that is read."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = dict[str, int]()
    for language in reference.languages:
        frequent = set(describe_language(reference, language)["frequent"].split("|"))
        counts[language] = sum(word in frequent for word in words)
    first = max(counts, key=lambda language: counts[language])
    most, next_most = [*sorted(counts.values(), reverse=True), 0][:2]
    enough = ENOUGH if next_most else 0.6 * ENOUGH  # a text of two sentences, all names, has few of them
    return first if most >= max(2, enough * len(words), 2 * next_most) else ""
