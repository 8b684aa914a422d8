"""The folder of a corpus: what is drafted from each shard, as parquet; what was left out; which articles are copies.

Its manifest is written last: a folder without one is not whole.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagebild import __version__
from lagebild.archive.query import COPIES, MANIFEST
from lagebild.archive.shards import Fault, Input, Row, read_row
from lagebild.archive.signatures import WIDTH, Near, find_near, name_algorithm, sign
from lagebild.coder import RECURRING, Draft, draft_text, hash_rules
from lagebild.core import InputError, Reference, csv_files, disk, edtf, folders, make_printable, schema, show
from lagebild.dataset import find_actor

if TYPE_CHECKING:
    import pyarrow as pa

LOGGER = logging.getLogger(__name__)


@cache
def describe_tables() -> dict[str, pa.Schema]:
    """Return the tables of a corpus as parquet has them."""
    import pyarrow as pa

    types = {"text": pa.string(), "texts": pa.list_(pa.string()), "count": pa.int32(), "number": pa.float32()}
    types |= {"day": pa.date32(), "flag": pa.bool_(), "bytes": pa.binary()}
    schemas = dict[str, pa.Schema]()
    for part in schema.read_parts().values():
        schemas[part.name] = pa.schema([(column.name, types[column.type]) for column in part.columns])
    return schemas


# --- The Parts of a Shard, a File for Each Table ---

ARTICLES = "articles"  # the table that is written last: where it lies, the shard is whole
TABLES = ("events", "attributions", "dates", ARTICLES)
NOTE = b"lagebild"  # what the part of the articles says of its shard besides

Rows = dict[str, list[dict[str, Any]]]  # of each table


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What came of a shard.

    Attributes
    ----------
    articles, events
        How many; candidates are no events.
    faults
        The rows that were left out, by their places in the shard from 0, each with the reason in one sentence.
    """

    articles: int
    events: int
    faults: tuple[tuple[int, str], ...]


def code_rows(reference: Reference, shard: str, lines: Sequence[bytes]) -> tuple[Rows, ShardResult]:
    """Draft the articles of a shard.

    Returns
    -------
    tuple
        The rows of each table, sorted by article and place, and what came of it all.
    """
    articles, faults = list[Row](), dict[int, str]()
    places = dict[str, int]()
    for place, line in enumerate(lines):
        try:
            row = read_row(reference, line)
        except InputError as fault:
            LOGGER.debug("Row %d of shard %s is left out: %s", place, shard, fault)
            faults[place] = str(fault)
        else:
            articles.append(row)
            places[row.id] = place
    rows: Rows = {name: [] for name in TABLES}
    for row in sorted(articles, key=lambda article: article.id):
        try:
            coded = _code(reference, shard, row)
        except Exception as error:  # one text among a million must not end the work
            why = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
            faults[places[row.id]] = f"the draft coder fails on this text ({show(why)}); leave it out, and report it."
        else:
            for name, made in coded.items():
                rows[name] += made
    events = sum(not row["candidate"] for row in rows["events"])
    return rows, ShardResult(len(rows[ARTICLES]), events, tuple(sorted(faults.items())))


def _code(reference: Reference, shard: str, row: Row) -> Rows:
    """Return the rows of each table that one article makes."""
    drafted = draft_text(reference, row.text, row.language, row.published)
    key = {"article_id": row.id, "shard": shard}
    shared = {"language": row.language, "published": date.fromisoformat(row.published), "publisher": row.publisher}
    article = {
        **{name: getattr(row, name) for name in ("title", "url", "author", "text")},
        "sha256": hashlib.sha256(row.text.encode()).hexdigest(),
        "n_sentences": len(drafted.sentences),
        "signature": sign(row.text),
    }
    drafts = sorted((*drafted.events, *drafted.candidates), key=lambda draft: (draft.start, draft.end, draft.rule))
    events = [{"n": n, **shared, **_describe(reference, row.text, draft)} for n, draft in enumerate(drafts, start=1)]
    attributions = [
        _span("source", quoted.source) | _span("cue", quoted.cue) | _span("message", quoted.content)
        for quoted in drafted.attributions
    ]
    dates = [{"start": day.start, "end": day.end, "edtf": day.edtf} for day in drafted.dates if day.rule != RECURRING]
    tables = {ARTICLES: [{**shared, **article}], "events": events, "attributions": attributions, "dates": dates}
    return {name: [{**key, **row} for row in rows] for name, rows in tables.items()}


def _describe(reference: Reference, text: str, draft: Draft) -> dict[str, Any]:
    """Return the columns of an event that are its own; the actors are those that a case would have."""
    source, target = (
        list(dict.fromkeys(find_actor(reference, code) for code in codes))
        for codes in (draft.source_actors, draft.target_actors)
    )
    if draft.mutual:
        source = target = list(dict.fromkeys([*source, *target]))
    span = edtf.parse(draft.date) if draft.date else None
    names = ("event_type", "mode", "mutual", "date", "status", "speaker", "cue", "rule", "confidence", "probability")
    return {
        **{name: getattr(draft, name) for name in (*names, "start", "end")},
        "type_alt": list(draft.type_alt),
        "source_actors": source,
        "target_actors": target,
        "earliest": date.fromisoformat(span.earliest) if span and span.earliest else None,
        "latest": date.fromisoformat(span.latest) if span and span.latest else None,
        "evidence": text[draft.start : draft.end],
        "candidate": draft.confidence == "C",
    }


def _span(part: str, span: tuple[int, int] | None) -> dict[str, int | None]:
    start, end = span or (None, None)
    return {f"{part}_start": start, f"{part}_end": end}


def name_part(folder: Path, table: str, shard: str) -> Path:
    """Return the file of a table of a shard."""
    return folder / table / f"{shard}.parquet"


def write_parts(folder: Path, shard: str, rows: Mapping[str, Sequence[Mapping[str, Any]]], made: ShardResult) -> None:
    """Write the tables of a shard, each beside its place and moved there: nobody ever reads half of one.

    That of the articles comes last, and notes what else came of the shard.
    """
    import pyarrow as pa
    from pyarrow import parquet

    for name in TABLES:
        table = pa.Table.from_pylist(rows[name], schema=describe_tables()[name])
        if name == ARTICLES:
            note = {"events": made.events, "faults": made.faults}
            table = table.replace_schema_metadata({NOTE: json.dumps(note, ensure_ascii=False)})
        file = name_part(folder, name, shard)
        beside = file.with_name(f".{file.name}.{os.urandom(8).hex()}")  # two machines may have one number of a process
        parquet.write_table(table, beside, compression="zstd")
        with beside.open("rb+") as written:
            os.fsync(written.fileno())  # so that not even after a power cut a part is there, and empty
        beside.replace(file)


def read_made(folder: Path, shard: str) -> ShardResult | None:
    """Return what came of a shard, from its parts; None if it has not all of them."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        if not all(name_part(folder, name, shard).is_file() for name in TABLES):
            return None
        noted = parquet.read_metadata(name_part(folder, ARTICLES, shard))
        note = json.loads(noted.metadata[NOTE])
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None
    return ShardResult(noted.num_rows, note["events"], tuple((place, why) for place, why in note["faults"]))


# --- The Folder as a Whole ---

FAULTS = "faults.csv"
OURS = re.compile(r"\.?[0-9a-f]{16}\.parquet(\.[0-9a-f]{16})?")  # a part, or what was left beside it by who was killed
ROOMS = ("core", "corpus", "coder", "dataset")  # whose code decides what stands in a part
CODE = (".py", ".yml")
DIGITS = 16


def hash_program(reference: Reference) -> str:
    """Return the fingerprint of all that decides what is made of a row: tables, source and kind of signature."""
    code = disk.hash_files(
        file for room in ROOMS for file in sorted((folders.PACKAGE / room).rglob("*.*")) if file.suffix in CODE
    )
    return f"{hash_rules(reference)}{code[:DIGITS]} {name_algorithm()}"


def name_shard(digest: str, rules: str) -> str:
    """Return the name of a shard, by its rows and by what is made of them."""
    return hashlib.sha256(f"{digest} {rules}".encode()).hexdigest()[:DIGITS]


def write_faults(folder: Path, inputs: Sequence[Input], faults: Iterable[Fault]) -> None:
    """Write which rows were left out, in the order in which they stand in the files."""
    rows = [(make_printable(inputs[fault.file].name), fault.row, fault.fault) for fault in sorted(faults)]
    disk.write_bytes(folder / FAULTS, csv_files.to_csv(pd.DataFrame(rows, columns=["file", "row", "fault"])).encode())


def remove_others(folder: Path, shards: Iterable[str]) -> None:
    """Remove the parts of other shards, and what was left beside parts; files that are not ours stay."""
    kept = {f"{shard}.parquet" for shard in shards}
    for table in TABLES:
        for file in os.scandir(folder / table):
            if OURS.fullmatch(file.name) and file.name not in kept:
                (folder / MANIFEST).unlink(missing_ok=True)  # it may speak of this part
                Path(file.path).unlink()


def write_manifest(folder: Path, rules: str, inputs: Sequence[Input], shards: int, counts: Mapping[str, int]) -> None:
    """Write what the folder holds, and of what it was made."""
    manifest = {
        "lagebild": __version__,
        "rules": rules,
        "inputs": [{"name": make_printable(file.name), "size": file.size} for file in inputs],
        "shards": shards,
        **counts,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    disk.write_bytes(folder / MANIFEST, text.encode(), lasting=True)


def mark_copies(folder: Path, shards: Iterable[str]) -> int:
    """Write which articles are near-duplicates of an earlier one, and return how many are.

    The earlier one of two is that which was published first, or has the smaller id. A file that was written of the same
    shards stays.
    """
    import pyarrow as pa
    from pyarrow import parquet

    names = sorted(shards)
    note = {NOTE: hashlib.sha256("\n".join(names).encode()).hexdigest()}
    if (known := _count_copies(folder / COPIES, note)) is not None:
        return known
    files = [name_part(folder, ARTICLES, name) for name in names]
    ids, order = _put_in_order(files)
    copies, firsts, shares = _find_copies(folder, files, order)
    columns = [ids.take(pa.array(copies)), ids.take(pa.array(firsts)), pa.array(shares)]
    table = pa.Table.from_arrays(columns, schema=describe_tables()["copies"].with_metadata(note)).sort_by("article_id")
    beside = folder / f".{COPIES}"
    parquet.write_table(table, beside, compression="zstd")
    beside.replace(folder / COPIES)
    return len(table)


def _count_copies(file: Path, note: Mapping[bytes, str]) -> int | None:
    """Return how many copies a file names; None if it was written of other shards, or not at all."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        known = parquet.read_metadata(file)
    except (OSError, pa.ArrowException):
        return None
    number: int = known.num_rows
    return number if (known.metadata or {}).get(NOTE) == note[NOTE].encode() else None


def _put_in_order(files: Sequence[Path]) -> tuple[pa.Array, NDArray[np.int64]]:
    """Return the ids of all articles, the earliest first, and where each stood in the files."""
    import pyarrow as pa
    from pyarrow import compute

    empty = describe_tables()[ARTICLES].empty_table().select(["article_id", "published"])
    named = pa.concat_tables([empty, *(_read_columns(file, *empty.column_names) for file in files)]).combine_chunks()
    order = compute.sort_indices(named, [("published", "ascending"), ("article_id", "ascending")])
    return named["article_id"].combine_chunks().take(order), order.to_numpy().astype(np.int64)


def _find_copies(folder: Path, files: Iterable[Path], order: NDArray[np.int64]) -> Near:
    """Return what `find_near` does.

    The signatures lie in a file meanwhile, 500 MB a million, by their rows: one row is held at a time.
    """
    if not len(order):
        return find_near(lambda number: np.empty(0, np.uint32), 0)
    begin = 0
    with TemporaryFile(dir=folder) as opened:
        signatures = np.memmap(opened, "<u4", "w+", shape=(WIDTH, len(order)))
        for file in files:
            column = b"".join(_read_columns(file, "signature")["signature"].to_pylist())
            of_shard = np.frombuffer(column, "<u4").reshape(-1, WIDTH)
            signatures[:, begin : begin + len(of_shard)] = of_shard.T
            begin += len(of_shard)
        return find_near(lambda number: signatures[number][order], len(order))


def _read_columns(file: Path, *names: str) -> pa.Table:
    """Return some columns of a part; `parquet.read_table` would load what it takes to read whole folders."""
    from pyarrow import parquet

    with parquet.ParquetFile(file) as opened:
        return opened.read(columns=list(names), use_threads=False)
