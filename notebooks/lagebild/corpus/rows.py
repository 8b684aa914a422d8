"""A row of a file of articles, as JSON, to an article."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from lagebild.core.characters import show
from lagebild.core.edtf import day_of_print
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.corpus.language import find_language

REQUIRED, OPTIONAL = ("id", "text", "published"), ("language", "title", "publisher", "url", "author")
FIELDS = (*REQUIRED, *OPTIONAL)
NO_ARTICLE = f"a JSON object with {', '.join(REQUIRED)} belongs here."
ID = re.compile(rb'\{\s*"id"\s*:\s*"([^"\\]*)"')  # where most rows have it, so that they need not be parsed for it


@dataclass(frozen=True, slots=True)
class Row:
    """An article of a corpus; what is not known of it is empty. `published` is an ISO day."""

    id: str
    text: str
    published: str
    language: str
    title: str
    publisher: str
    url: str
    author: str


def read_row(reference: Reference, content: bytes) -> Row:
    """Return the article of a row.

    Raises
    ------
    InputError
        If the row is no article, in a sentence that says what belongs there but not where it stands.
    """
    item = _parse(content)
    if item is None:
        raise InputError(NO_ARTICLE)
    cells = {name: _read_cell(name, item.get(name)) for name in FIELDS}
    for name in REQUIRED:
        if not cells[name].strip():
            raise InputError(f"{name} is missing; each article has its {', '.join(REQUIRED)}.")
    if find_id(content) != cells["id"].encode():
        raise InputError("the row has two ids; leave one.")
    language = cells.pop("language") or find_language(reference, cells["text"])
    if language not in reference.languages:
        known = ", ".join(reference.languages)
        if language:
            raise InputError(f"the language {show(language)} is not read; choose one of {known}.")
        raise InputError(f"the language of the text is none of {known}, or not clear; name it.")
    return Row(**cells | {"language": language, "published": day_of_print(cells["published"])})


def find_id(content: bytes) -> bytes | None:
    """Return the id of a row, in UTF-8; None if it has none."""
    if found := ID.match(content):
        return found[1]
    item = _parse(content)
    name = item.get("id") if item else None
    return str(name).encode("utf-8", "surrogatepass") if isinstance(name, str | int | float) else None


def _parse(content: bytes) -> dict[str, Any] | None:
    try:
        item = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return item if isinstance(item, dict) else None


def _read_cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise InputError(f"{name} is no text; write it in quotation marks.")
    try:
        return str(value).encode().decode()
    except UnicodeEncodeError as error:
        half = show(str(value)[error.start])
        raise InputError(f"{name} holds half a character, {half}; delete it.") from None
