"""The tables of an edition as a Data Package: what lies in each file, for programs that do not know this project.

The form is the Data Package standard, version 2 (https://datapackage.org), in the part of it that tools for version 1
read as well; the Table Schema of each file is generated from `schema`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lagebild import __version__
from lagebild.core.case import Case
from lagebild.core.paths import Paths
from lagebild.core.schema import DAY, TABLES, Table
from lagebild.core.tables import data_hash, records, to_csv

REFERRED = ("sources", "sentences", "events", "conditions", "actors")  # tables to whose keys others refer
TYPES = {"int64": "integer", "float64": "number"}


def describe_package(paths: Paths, case: Case, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the descriptor of the tables of an edition, `datapackage.json`; the files lie beside it."""
    resources = [_describe_file(TABLES[name], frame, set(tables)) for name, frame in sorted(tables.items())]
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": f"lagebild-{paths.case}-{paths.as_of}",
        "id": data_hash(tables),
        "title": f"{case.title['en']} ({paths.as_of})",
        "description": f"{case.question['en']} As known on {paths.as_of}; built by Lagebild {__version__}.",
        "version": paths.as_of,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [_describe_source(page) for page in records(tables["sources"])],
        "resources": resources,
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def describe_table(table: Table, there: set[str]) -> dict[str, Any]:
    """Return the Table Schema of a table; `there` are the tables of the same package."""
    fields = [_describe_column(name, column) for name, column in table.columns.items()]
    required = {field["name"] for field in fields if field["constraints"].get("required")}
    keys = [
        {"fields": list(key), "reference": {"resource": other, "fields": list(key)}}
        for other in REFERRED
        for key in [TABLES[other].key]
        if other in there and other != table.name and set(key) <= set(table.columns)
        # several columns refer only together: where one of them may be empty, they do not always
        if len(key) == 1 or set(key) <= required
    ]
    return {
        "fields": fields,
        "primaryKey": list(table.key),
        "missingValues": [""],
    } | ({"foreignKeys": keys} if keys else {})


def _describe_file(table: Table, frame: pd.DataFrame, there: set[str]) -> dict[str, Any]:
    content = to_csv(frame).encode()
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


def _describe_column(name: str, column: Any) -> dict[str, Any]:
    """Return a field with the constraints that `schema` checks."""
    rules = {key: value for check in column.checks for key, value in (check.statistics or {}).items()}
    kind, limits = TYPES.get(str(column.dtype), "string"), dict[str, Any]()
    if "allowed_values" in rules:
        limits["enum"] = [value for value in rules["allowed_values"] if value]
        required = "" not in rules["allowed_values"]
    elif "pattern" in rules:
        pattern = getattr(rules["pattern"], "pattern", rules["pattern"]).removesuffix(r"\Z")
        required = not pattern.endswith("?")
        if pattern.removesuffix("?") == f"({DAY})":
            kind = "date"
        else:
            limits["pattern"] = pattern.removesuffix("?")
    else:
        required = not column.nullable and (kind != "string" or rules.get("min_value") == 1)
        if kind == "integer":
            limits["minimum"] = 0
    limits |= {"required": True} if required else {}
    return {"name": name, "type": kind, "description": column.description, "constraints": limits}


def _describe_source(page: Mapping[str, Any]) -> dict[str, str]:
    title = f"{page['publisher']}: {page['title']} ({page['published']})"
    return {"title": title} | ({"path": page["url"]} if page["url"] else {})
