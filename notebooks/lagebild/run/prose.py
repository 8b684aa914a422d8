"""The explanations of the notebooks, in the language of a run.

The notebooks are written in English, once: two sets of notebooks would drift apart in their code. The table `prose`
holds their cells of text in German, and a run puts these in place before it executes a notebook, so that the copy that
it leaves speaks one language throughout.
"""

from __future__ import annotations

import hashlib
from typing import Any

from lagebild.core.reference import Reference

DIGITS = 12  # of the hash


def hash_prose(text: str) -> str:
    """Return the hash by which the table `prose` knows the English text of a cell."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def translate_prose(notebook: Any, name: str, reference: Reference, language: str) -> Any:
    """Return a notebook whose cells of text are in a language; `name` is that of its file, without its ending.

    A cell that has changed since it was translated keeps its English: words that are true before words that are read
    with ease.
    """
    import nbformat

    texts = {
        (row["cell"], row["hash"]): row[language]
        for row in reference.rows("prose")
        if row["notebook"] == name and language in row
    }
    cells = [
        cell | {"source": texts.get((cell["id"], hash_prose(cell["source"])), cell["source"])}
        if cell["cell_type"] == "markdown"
        else cell
        for cell in notebook["cells"]
    ]
    return nbformat.from_dict(notebook | {"cells": cells})  # type: ignore[no-untyped-call]
