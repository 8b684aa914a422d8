"""The tables of a corpus, which are too large for CSV, with their columns, as `parts.yml` beside this says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Column:
    """A column: its type is one of text, texts (a list), count, number, day, flag and bytes."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Part:
    """A table: its file, in which SHARD stands for the name of a shard, what a row is, and its columns."""

    file: str
    row: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.file.split("/")[0].removesuffix(".parquet")


@cache
def read_parts() -> dict[str, Part]:
    """Return the tables of a corpus by name."""
    content = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    parts = (Part(file, one["row"], tuple(Column(**c) for c in one["columns"])) for file, one in content.items())
    return {part.name: part for part in parts}
