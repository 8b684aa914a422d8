"""The tables and their data dictionary: every column with its type, its allowed values and what it means.

`schema.yml` beside this describes the tables that are CSV, and `tables` checks each against it on reading and on
writing. A list of ids is one cell, joined by ``;``. An empty cell means "not known" or "does not apply", never zero.
`parts.yml` describes the tables of a corpus, which are too large for CSV. The dictionary says both in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from lagebild.core.folders import read_languages


@dataclass(frozen=True)
class Column:
    """A column of a table of a corpus: its type is one of text, texts (a list), count, number, day, flag and bytes."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class ArchiveTable:
    """A table of a corpus: its file, in which SHARD is the name of a shard, what a row is, and its columns."""

    file: str
    row: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.file.split("/")[0].removesuffix(".parquet")


@cache
def read_parts() -> dict[str, ArchiveTable]:
    """Return the tables of a corpus by name."""
    content = yaml.safe_load(Path(__file__).with_name("parts.yml").read_text(encoding="utf-8"))
    tables: dict[str, ArchiveTable] = {}
    for file, about in content.items():
        table = ArchiveTable(file, about["row"], tuple(Column(**column) for column in about["columns"]))
        tables[table.name] = table
    return tables


FOLDERS = {
    "case": "data/cases/CASE",
    "reference": "data/reference",
    "language": "data/reference/lang/LANGUAGE",
    "": "data/built/CASE/AS_OF",
    "audit": "reports/CASE/audits",
}
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values stand in columns of another table; in a `list`, every id of the cell does."""

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """One table: its columns as Table Schema fields, its keys, what a row is, and the step of a run that writes it.

    `of` says of a reference table whether its rows lie in the folders of languages: all of them (``language``), those
    of one language beside those of all (``both``), or none (empty).
    """

    name: str
    row: str
    fields: tuple[dict[str, Any], ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    step: str = ""
    of: str = ""

    @property
    def folder(self) -> str:
        """Where the table lies."""
        return FOLDERS["language" if self.of == "language" else self.name.rpartition("/")[0]]

    @property
    def file(self) -> str:
        """File name of the table."""
        return self.name.split("/")[-1] + ".csv"

    @cached_property
    def defaults(self) -> dict[str, str]:
        """What the columns say that the file of a table may lack, by name; ``<name>`` means: the same as another.

        Only tables that people write for a case may lack any: those that may be empty, and those with a default.
        """
        if not self.name.startswith("case/"):
            return {}
        optional = (field for field in self.fields if "default" in field or not field["constraints"].get("required"))
        return {field["name"]: field.get("default", "") for field in optional}

    @cached_property
    def columns(self) -> dict[str, Mapping[str, Any]]:
        """The fields by the names of their columns."""
        return {field["name"]: field for field in self.fields}


def read_schema(file: Path) -> dict[str, Table]:
    """Return the tables that a file describes, by name; `schema.yml` says in which form."""
    # the reader in C: this is read whenever the package is imported
    content = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {table["name"]: _table(table, content["patterns"]) for table in content["tables"]}


def _table(content: Mapping[str, Any], patterns: Mapping[str, Any]) -> Table:
    fields: list[dict[str, Any]] = []
    for part in content["fields"]:  # some fields stand in groups
        fields += part if isinstance(part, list) else [part]
    return Table(
        content["name"],
        content["row"],
        tuple(_resolve(field, patterns) for field in fields),
        tuple(content["primaryKey"]),
        tuple(
            ForeignKey(
                tuple(key["fields"]),
                key["reference"]["resource"],
                tuple(key["reference"]["fields"]),
                key.get("list", False),
            )
            for key in content.get("foreignKeys", ())
        ),
        content.get("step", ""),
        content.get("of", ""),
    )


def _resolve(field: dict[str, Any], patterns: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field whose pattern names no other, and whose values are listed."""
    limits = field["constraints"]
    if limits.get("enum") == "languages":
        return field | {"constraints": limits | {"enum": list(read_languages())}}
    if "pattern" not in limits:
        return field
    return field | {"constraints": limits | {"pattern": _expand(limits["pattern"], patterns)}}


def _expand(pattern: str | list[str], patterns: Mapping[str, Any]) -> str:
    if isinstance(pattern, list):
        return f"({'|'.join(pattern)})"
    return re.sub(r"<(\w+)>", lambda name: _expand(patterns[name[1]], patterns), pattern)


def write_form(field: Mapping[str, Any]) -> str:
    """Return the pattern that a cell of a column must match; empty if any text will do."""
    limits = field["constraints"]
    pattern = DAY if field["type"] == "date" else limits.get("pattern")
    return rf"({pattern}){'' if limits.get('required') else '?'}\Z" if pattern else ""


def describe_rule(field: Mapping[str, Any]) -> str:
    """Say what a column allows, in the words of dictionary and messages: "one of yes, no", "a number, or empty"."""
    limits = field["constraints"]
    if "enum" in limits:
        rule = f"one of {', '.join(limits['enum'])}"
    elif "pattern" in limits:
        rule = field.get("form", f"of the form {limits['pattern']}")
    else:
        rule = {"string": "text", "date": "a day, YYYY-MM-DD", "integer": "zero or more", "number": "a number"}[
            field["type"]
        ]
    return rule if limits.get("required") else f"{rule}, or empty"


def ids(cell: str) -> tuple[str, ...]:
    """Return the ids in a list cell."""
    return tuple(cell.split(";")) if cell else ()


def built_tables(step: str = "") -> tuple[str, ...]:
    """Return the names of the tables that a run builds, or only those that one of its steps (such as ``02``) writes."""
    return tuple(table.name for table in TABLES.values() if (table.step == step if step else table.step))


def reference_tables(spoken: bool) -> tuple[str, ...]:
    """Return the names of the reference tables in `data/reference` itself, or of those in the folder of a language."""
    reference = [table for name, table in TABLES.items() if name.startswith("reference/")]
    return tuple(table.name for table in reference if (table.of != "" if spoken else table.of != "language"))


def _limit(table: str, column: str, name: str) -> Any:
    """Return what a constraint of a column says, such as its ``enum``."""
    return next(field["constraints"][name] for field in TABLES[table].fields if field["name"] == column)


TABLES = read_schema(Path(__file__).with_suffix(".yml"))

EVENT_TYPES: list[str] = _limit("events", "event_type", "enum")
STATUSES: list[str] = _limit("events", "status", "enum")
DATE_BASES: list[str] = _limit("events", "date_basis", "enum")
DENSITY: list[str] = _limit("events", "density", "enum")
CREDIBILITY: list[str] = _limit("mentions", "credibility", "enum")
STANCES: list[str] = _limit("mentions", "stance", "enum")
RELIABILITY: list[str] = _limit("sources", "reliability", "enum")
LEFT_OUT: list[str] = _limit("jackknife", "kind", "enum")
EFFECTS: list[str] = _limit("stakes", "effect", "enum")
INPUTS: list[str] = _limit("inputs", "kind", "enum")

# Notes on the method, which only a test reads: a wheel comes without them.
NOTES = ("reference/settled",)

# Tables that a case may lay over those of the reference.
OWN = tuple(name[5:] for name in TABLES if name.startswith("case/") and f"reference/{name[5:]}" in TABLES)
ADDED = (*OWN, "unknown")  # what a case adds to the reference: by people, and whom a model met

# Built tables about a run and the work on a case, not about the edition: no report and no other program is given them.
ABOUT_THE_RUN = ("inputs", "timeline_run", "relations_run", "revisions", "suggestions")

# Built tables in which a run is compared with what was built before.
REVISED = ("inputs", "sources", "mentions", "events", "conditions")

# Statuses of what is told to have happened: plans, denials and open questions tie nobody to anybody.
HAPPENED = ("asserted", "reported")

ID: str = _limit("events", "event_id", "pattern")
COUNTRY: str = _limit("sources", "country", "pattern")
LANGUAGE_TAG = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"  # BCP 47, as texts are named by it
PLACE = rf"({ID}):({LANGUAGE_TAG}):([1-9][0-9]{{0,8}}):(0|[1-9][0-9]{{0,8}})"


def is_language_tag(text: str) -> bool:
    """Whether a text is the code of a language, BCP 47, with tables or without."""
    return bool(re.fullmatch(LANGUAGE_TAG, text))


# --- The Data Dictionary ---

HEAD = """\
# Data dictionary

Printed from `notebooks/lagebild/core/schema.yml` and `parts.yml` by `lagebild dictionary`; a test compares the two.
All tables but those of a corpus are CSV in UTF-8, sorted by their key. A list of ids is one cell, joined by `;`. \
An empty cell means *not known* or *does not apply*, never zero. A table that people write for a case may lack \
columns: those that may be empty, and those of which the last column here says what they are *without*. It is read \
with semicolons between the cells, too, and with days as 16.06.2025, as a German spreadsheet saves it, and stays so."""

TITLES = {
    "case": "What people write",
    "reference": "What the method knows",
    "language": "What it knows of one language",
    "": "What a run makes",
    "audit": "What `lagebild audit` makes",
}


def dictionary() -> str:
    """Return the data dictionary, `data/README.md`."""
    lines = [HEAD]
    for kind, folder in FOLDERS.items():
        lines += ["", f"## {TITLES[kind]}: `{folder}/`"]
        for table in TABLES.values():
            if table.folder == folder:
                lines += _describe(table)
    lines += ["", "## What `lagebild corpus` makes: `OUT/`"]
    for part in read_parts().values():
        lines += ["", f"### {part.file}", "", f"A row is {part.row}.", ""]
        lines += ["| column | meaning | type |", "| --- | --- | --- |"]
        lines += (f"| {column.name} | {column.meaning} | {column.type} |" for column in part.columns)
    return "\n".join(lines) + "\n"


def _describe(table: Table) -> Iterator[str]:
    place = f" The rows of one language lie in `{FOLDERS['language']}/`." if table.of == "both" else ""
    about = f"A row is {table.row}. Key: {', '.join(table.key)}.{_describe_references(table)}{place}"
    yield from ("", f"### {table.file}", "", about, "")
    yield from ("| column | meaning | allowed |", "| --- | --- | --- |")
    for field in table.fields:
        rule = describe_rule(field).replace("|", r"\|")
        yield f"| {field['name']} | {field['description']} | {rule}{_describe_default(table, field['name'])} |"


def _describe_default(table: Table, column: str) -> str:
    """Say what a column is that a file may lack: "; without: no"; nothing if it is empty then."""
    default = table.defaults.get(column, "")
    words = f"as {default[1:-1]}" if default.startswith("<") else default
    return f"; without: {words}" if words else ""


def _describe_references(table: Table) -> str:
    """Say to which tables the columns refer: " Refers to events (event_id), reference/actors (actor, target)."."""
    columns: dict[str, list[str]] = {}
    for key in table.foreign_keys:
        columns.setdefault(key.table or table.name, []).append(" with ".join(key.columns))
    targets = ", ".join(f"{target} ({', '.join(names)})" for target, names in columns.items())
    return f" Refers to {targets}." if targets else ""
