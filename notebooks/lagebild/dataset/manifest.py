"""The folder of a corpus as a whole: which program made it, what was left out, which articles are copies.

Its manifest is written last: a folder without one is not whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagebild import __version__
from lagebild.coder.quality import hash_rules
from lagebild.core.characters import spell
from lagebild.core.csv_form import to_csv
from lagebild.core.files import hash_files, write_bytes
from lagebild.core.paths import PACKAGE
from lagebild.core.reference import Reference
from lagebild.corpus.holdings import COPIES, MANIFEST
from lagebild.corpus.signatures import WIDTH, Counts, Near, find_near
from lagebild.corpus.stream import Fault, Input
from lagebild.dataset.arrays import describe_tables
from lagebild.dataset.parts import ARTICLES, NOTE, TABLES, name_part

if TYPE_CHECKING:
    import pyarrow as pa

FAULTS = "faults.csv"
OURS = re.compile(r"\.?[0-9a-f]{16}\.parquet(\.[0-9a-f]{16})?")  # a part, or what was left beside it by who was killed
ROOMS = ("core", "corpus", "coder", "dataset")  # whose code decides what stands in a part
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
    rows = [(spell(inputs[one.file].name), one.row, one.fault) for one in sorted(faults)]
    write_bytes(folder / FAULTS, to_csv(pd.DataFrame(rows, columns=["file", "row", "fault"])).encode())


def remove_others(folder: Path, shards: Iterable[str]) -> None:
    """Remove the parts of other shards, and what was left beside parts; files that are not ours stay."""
    kept = {f"{one}.parquet" for one in shards}
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
        "inputs": [{"name": spell(one.name), "size": one.size} for one in inputs],
        "shards": shards,
        **counts,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    write_bytes(folder / MANIFEST, text.encode(), lasting=True)


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
    files = [name_part(folder, ARTICLES, one) for one in names]
    ids, order = _put_in_order(files)
    copies, firsts, shares = _find_copies(folder, files, order)
    columns = [ids.take(pa.array(copies)), ids.take(pa.array(firsts)), pa.array(shares)]
    found = pa.Table.from_arrays(columns, schema=describe_tables()["copies"].with_metadata(note)).sort_by("article_id")
    beside = folder / f".{COPIES}"
    parquet.write_table(found, beside, compression="zstd")
    beside.replace(folder / COPIES)
    return len(found)


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
    size, begin = 4 * len(order), 0
    with TemporaryFile(dir=folder, buffering=0) as opened:

        def read_row(number: int) -> Counts:
            opened.seek(number * size)
            return np.frombuffer(opened.read(size), "<u4")[order]

        for file in files:
            column = b"".join(_read_columns(file, "signature")["signature"].to_pylist())
            for number, row in enumerate(np.frombuffer(column, "<u4").reshape(-1, WIDTH).T):
                opened.seek(number * size + begin)
                opened.write(row.tobytes())
            begin += len(column) // WIDTH
        return find_near(read_row, len(order))


def _read_columns(file: Path, *names: str) -> pa.Table:
    """Return some columns of a part; `parquet.read_table` would load what it takes to read whole folders."""
    from pyarrow import parquet

    with parquet.ParquetFile(file) as opened:
        return opened.read(columns=list(names), use_threads=False)
