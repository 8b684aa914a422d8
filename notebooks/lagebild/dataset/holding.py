"""The folder of a corpus as a whole: which program made it, what was left out, which articles are copies.

Its manifest is written last: a folder without one is not whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import pandas as pd

from lagebild.coder.quality import hash_rules
from lagebild.core.csv_form import to_csv
from lagebild.core.files import hash_files, write_bytes
from lagebild.core.paths import PACKAGE
from lagebild.core.reference import Reference
from lagebild.corpus.signatures import WIDTH, find_near
from lagebild.corpus.stream import Fault, Input
from lagebild.dataset.arrays import describe_tables
from lagebild.dataset.parts import ARTICLES, TABLES, name_part

MANIFEST, FAULTS, COPIES = "manifest.json", "faults.csv", "copies.parquet"
OURS = re.compile(r"\.?[0-9a-f]{16}\.parquet(\.[0-9a-f]{16})?")  # a part, or what was left beside it by who was killed
ROOMS = ("core", "corpus", "dataset")  # whose code decides, beside that of the coder, what stands in a part
CODE = (".py", ".yml")
DIGITS = 16


def hash_program(reference: Reference) -> str:
    """Return the fingerprint of all that decides what is made of a row: tables and source, of the coder and beside."""
    code = hash_files(file for room in ROOMS for file in sorted((PACKAGE / room).rglob("*.*")) if file.suffix in CODE)
    return f"{hash_rules(reference)}{code[:DIGITS]}"


def name_shard(digest: str, rules: str) -> str:
    """Return the name of a shard, by its rows and by what is made of them."""
    return hashlib.sha256(f"{digest} {rules}".encode()).hexdigest()[:DIGITS]


def write_faults(folder: Path, inputs: Sequence[Input], faults: Iterable[Fault]) -> None:
    """Write which rows were left out, in the order in which they stand in the files."""
    rows = [(inputs[one.file].name, one.row, one.fault) for one in sorted(faults)]
    write_bytes(folder / FAULTS, to_csv(pd.DataFrame(rows, columns=["file", "row", "fault"])).encode())


def remove_others(folder: Path, shards: Iterable[str]) -> None:
    """Remove the parts of other shards, and what was left beside parts; files that are not ours stay."""
    kept = {f"{one}.parquet" for one in shards}
    for table in TABLES:
        for file in os.scandir(folder / table):
            if OURS.fullmatch(file.name) and file.name not in kept:
                Path(file.path).unlink()


def write_manifest(
    folder: Path, rules: str, inputs: Sequence[Input], shards: int, counts: Mapping[str, int]
) -> dict[str, Any]:
    """Write what the folder holds, and of what it was made; and return it."""
    manifest = {
        "lagebild": version("lagebild"),
        "rules": rules,
        "inputs": [{"name": one.name, "size": one.size} for one in inputs],
        "shards": shards,
        **counts,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    write_bytes(folder / MANIFEST, text.encode(), lasting=True)
    return manifest


def mark_copies(folder: Path, shards: Sequence[str]) -> int:
    """Write which articles are near-duplicates of an earlier one, and return how many are.

    The earlier one of two is that which was published first, or has the smaller id. The signatures lie in a file
    meanwhile, 500 MB a million, of which a few rows are in use at a time.
    """
    import pyarrow as pa
    from pyarrow import compute, parquet

    files = [str(name_part(folder, ARTICLES, one)) for one in sorted(shards)]
    named = pa.concat_tables(
        [parquet.read_table(one, columns=["article_id", "published"], partitioning=None) for one in files]
        or [describe_tables()[ARTICLES].empty_table()]
    )
    order = compute.sort_indices(named, [("published", "ascending"), ("article_id", "ascending")])
    ids = named["article_id"].take(order)
    place = np.empty(len(ids), np.int64)
    place[order.to_numpy()] = np.arange(len(ids))
    with TemporaryFile(dir=folder) as opened:
        signatures = np.memmap(opened, "<u4", "w+", shape=(WIDTH, max(len(ids), 1)))
        begin = 0
        for some in _read_signatures(files):
            signatures[:, place[begin : begin + len(some)]] = some.T
            begin += len(some)
        copies, firsts, shares = find_near(signatures[:, : len(ids)])
        del signatures
    columns = [ids.take(pa.array(copies)), ids.take(pa.array(firsts)), pa.array(shares)]
    found = pa.table(columns, schema=describe_tables()["copies"]).sort_by("article_id")
    beside = folder / f".{COPIES}.{os.getpid()}"
    parquet.write_table(found, beside, compression="zstd")
    beside.replace(folder / COPIES)
    return len(found)


def _read_signatures(files: Iterable[str]) -> Iterator[np.ndarray]:
    from pyarrow import parquet

    for file in files:
        column = parquet.read_table(file, columns=["signature"], partitioning=None)["signature"].combine_chunks()
        yield np.frombuffer(b"".join(column.to_pylist()), "<u4").reshape(-1, WIDTH)
