"""The tables of an edition as a Data Package: what lies in each file, for programs that do not know this project.

The form is the Data Package standard, version 2 (https://datapackage.org), in the part of it that tools for version 1
read as well; the Table Schema of each file is that of `schema`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd

from lagebild.core import TABLES, Case, Paths, Table, csv_files, records

_ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"  # what an address holds as it stands, RFC 3986; the per cent sign is its escape


def escape_address(address: str) -> str:
    """Return an address that leads to the same place, with all in per cent that no address may hold."""
    return quote(address, safe=_ADDRESS)


LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}  # of what holds no words of others
FIELD = ("name", "type", "description", "constraints")  # what the standard knows of a field


def describe_package(
    paths: Paths, case: Case, sources: pd.DataFrame, written: Mapping[str, str], without: Collection[str] = ()
) -> str:
    """Return the descriptor of the tables of an edition, `datapackage.json`; the files lie beside it.

    `written` holds every table as CSV text. The id is that of all of them, also of those `without` whose files the
    package is handed on.
    """
    held = {name: text for name, text in sorted(written.items()) if name not in without}
    pages = []
    for page in records(sources):
        cited = {"title": f"{page['publisher']}: {page['title']} ({page['published']})"}
        if page["url"]:
            cited["path"] = page["url"]
        pages.append(cited)
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": f"lagebild-{paths.case}-{paths.as_of}",
        "id": csv_files.hash_texts(written),
        "title": f"{case.title['en']} ({paths.as_of})",
        "description": f"{case.question['en']} As known on {paths.as_of}; built by Lagebild.",
        "version": paths.as_of,
        **({"licenses": [LICENCE]} if is_own_wording(sources) else {}),
        "sources": pages,
        "resources": [_describe_file(TABLES[name], text, set(held)) for name, text in held.items()],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def is_own_wording(sources: pd.DataFrame) -> bool:
    """Whether all texts are notes of our own, which may be passed on; the wording of a page is its publisher's."""
    return bool(sources["wording"].eq("note").all())


def describe_table(table: Table, there: set[str]) -> dict[str, Any]:
    """Return the Table Schema of a table; `there` are the tables of the same package."""
    fields = []
    for field in table.fields:
        fields.append({name: field[name] for name in FIELD})
    described = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    keys = []
    for key in table.foreign_keys:
        if key.table in there and not key.is_list:  # the standard knows no references from a list in one cell
            reference = {"resource": key.table, "fields": list(key.referred)}
            keys.append({"fields": list(key.columns), "reference": reference})
    return described | ({"foreignKeys": keys} if keys else {})


def _describe_file(table: Table, text: str, there: set[str]) -> dict[str, Any]:
    content = text.encode()
    return {
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": table.file,
        "title": f"A row is {table.row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": describe_table(table, there),
    }
