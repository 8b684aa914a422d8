"""The data dictionary: every table and column in the words of the schema, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.core.parts import Part, read_parts
from lagebild.core.schema import FOLDERS, TABLES, Table, describe_rule

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
        lines += _describe_part(part)
    return "\n".join(lines) + "\n"


def _describe(table: Table) -> Iterator[str]:
    yield from (
        "",
        f"### {table.file}",
        "",
        f"A row is {table.row}. Key: {', '.join(table.key)}.{_refer(table)}{_place(table)}",
        "",
    )
    yield from ("| column | meaning | allowed |", "| --- | --- | --- |")
    for field in table.fields:
        rule = describe_rule(field).replace("|", r"\|")
        yield f"| {field['name']} | {field['description']} | {rule}{_fill(table, field['name'])} |"


def _describe_part(part: Part) -> Iterator[str]:
    yield from ("", f"### {part.file}", "", f"A row is {part.row}.", "")
    yield from ("| column | meaning | type |", "| --- | --- | --- |")
    yield from (f"| {column.name} | {column.meaning} | {column.type} |" for column in part.columns)


def _place(table: Table) -> str:
    """Say where the rows of one language lie, if those of all lie elsewhere."""
    return f" The rows of one language lie in `{FOLDERS['language']}/`." if table.of == "both" else ""


def _fill(table: Table, column: str) -> str:
    """Say what a column is that a file may lack: "; without: no"; nothing if it is empty then."""
    default = table.defaults.get(column, "")
    said = f"as {default[1:-1]}" if default.startswith("<") else default
    return f"; without: {said}" if said else ""


def _refer(table: Table) -> str:
    """Say to which tables the columns refer: " Refers to events (event_id), reference/actors (actor, target)."."""
    columns: dict[str, list[str]] = {}
    for key in table.foreign_keys:
        columns.setdefault(key.table or table.name, []).append(" with ".join(key.columns))
    named = ", ".join(f"{other} ({', '.join(names)})" for other, names in columns.items())
    return f" Refers to {named}." if named else ""
