"""Files of many articles to shards of rows, as a stream: nothing of a file is held but the shard that is being cut.

Shards end where their content says so (content-defined chunking: Muthitacharoen, Chen and Mazières 2001, "A
low-bandwidth network file system"): a row that is added, changed or removed makes its own shard another one, and leaves
the others what they were.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from lagebild.core import InputError, Reference, edtf, show
from lagebild.corpus import find_language

# --- A Row to an Article ---

REQUIRED, OPTIONAL = ("id", "text", "published"), ("language", "title", "publisher", "url", "author")
FIELDS = (*REQUIRED, *OPTIONAL)
NO_ARTICLE = f"a JSON object with {', '.join(REQUIRED)} belongs here."


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
    language = cells.pop("language") or find_language(reference, cells["text"])
    if language not in reference.languages:
        known = ", ".join(reference.languages)
        if language:
            raise InputError(f"the language {show(language)} is not read; choose one of {known}.")
        raise InputError(f"the language of the text is none of {known}, or not clear; name it.")
    return Row(**cells | {"language": language, "published": edtf.day_of_print(cells["published"])})


def find_id(content: bytes) -> bytes | None:
    """Return the id of a row, in UTF-8; None if it has none."""
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


# --- Files to Shards ---

LINES, PARQUET = (".jsonl", ".jsonl.gz"), ".parquet"
KINDS = (*LINES, PARQUET)
LONGEST_LINE = 2**19  # bytes of a row: no article has more, and the coder needs a hundred times as much to read it
LEAST, USUAL, MOST = 125, 375, 1_000  # rows of a shard: at least, on average beyond that, at most
LARGEST = 2**22  # bytes after which a shard ends, however few rows it has
BATCH = 500  # rows of a parquet file that are read at once
TOO_LONG = "the row has more than {:,} bytes; leave out what is no text."
TWICE = "the id stands in an earlier row, too; give each article its own."
BROKEN = (OSError, EOFError, zlib.error)


class Fault(NamedTuple):
    """Why a row was left out, in one sentence; the number of its file, from 0, and its own in it, from 1."""

    file: int
    row: int
    fault: str


class JsonLine(NamedTuple):
    """A row as JSON, its number in its file, and how many bytes of the file have been read by then."""

    row: int
    content: bytes
    read: int


@dataclass(frozen=True)
class Input:
    """A file of articles, by the name under which the user knows it."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows that are coded together.

    Attributes
    ----------
    digest
        SHA-256 of the rows.
    lines
        The rows, each a JSON object as it stands in its file.
    places
        Number of the file and of the row, for each of them.
    read
        How many bytes of the files were read for it.
    """

    digest: str
    lines: list[bytes] = field(repr=False)
    places: list[tuple[int, int]] = field(repr=False)
    read: int


def list_inputs(names: Iterable[str]) -> list[Input]:
    """Return the files that a user names, and those in the folders among them, each once.

    Raises
    ------
    InputError
        If a name is no file or folder, a file is of another kind, or a folder holds none.
    """
    inputs = dict[str, Input]()
    for name in names:
        place = Path(name)
        files = sorted(_walk(place), key=str) if place.is_dir() else [place]
        if not files:
            raise InputError(f"{show(name)} holds no file whose name ends in {', '.join(KINDS)}: name another folder.")
        for file in files:
            if not file.is_file():
                raise InputError(f"{show(str(file))} is no file or folder: check its name.")
            if not file.name.endswith(KINDS):
                raise InputError(f"{show(str(file))} is of another kind: articles are read from {', '.join(KINDS)}.")
            inputs.setdefault(str(file.resolve()), Input(file.as_posix(), file.stat().st_size))
    for given in inputs.values():
        if given.name.endswith(PARQUET):
            _check_columns(given.name)
    return list(inputs.values())


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files of articles in a folder and those below it; hidden ones are passed over."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in files if name.endswith(KINDS) and not name.startswith("."))


def _check_columns(name: str) -> None:
    """Refuse a parquet file that cannot be read, or lacks a column without which no row can be used."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        lacking = [column for column in REQUIRED if column not in parquet.read_schema(name).names]
    except (pa.ArrowException, *BROKEN):
        raise InputError(f"{show(name)} cannot be read as parquet: write it again.") from None
    if lacking:
        raise InputError(f"{show(name)} has no column {', '.join(lacking)}: add what is missing.")


def cut_shards(inputs: Sequence[Input], refuse: Callable[[Fault], None]) -> Iterator[Shard]:
    """Yield the rows of all files, in their order, as shards; `refuse` is told of each row that is left out here.

    The second of two rows with one id is such a row. Only the hash of an id is kept, 8 bytes: among a million ids, one
    is taken for another with a probability of 3 in a hundred million.
    """
    known = set[int]()
    digest, lines, places, size = hashlib.sha256(), list[bytes](), list[tuple[int, int]](), 0
    before = reported = read = 0
    for number, given in enumerate(inputs):
        for row, content, at in _read(number, given.name, refuse):
            name = find_id(content)
            if not name:
                refuse(Fault(number, row, NO_ARTICLE))
                continue
            if hash(name) in known:
                refuse(Fault(number, row, TWICE))
                continue
            known.add(hash(name))
            own = hashlib.sha256(content).digest()
            digest.update(own)
            lines.append(content)
            places.append((number, row))
            size, read = size + len(content), before + at
            ends = len(lines) >= LEAST and int.from_bytes(own[:4]) % USUAL == 0
            if ends or len(lines) == MOST or size >= LARGEST:
                yield Shard(digest.hexdigest(), lines, places, read - reported)
                reported = read
                digest, lines, places, size = hashlib.sha256(), [], [], 0
        before += given.size
    if lines:
        yield Shard(digest.hexdigest(), lines, places, before - reported)


def _read(number: int, name: str, refuse: Callable[[Fault], None]) -> Iterator[JsonLine]:
    """Yield the rows of a file; where it cannot be read on, the rest of it is left out."""
    import pyarrow as pa

    row, read = 0, _read_parquet if name.endswith(PARQUET) else _read_lines
    try:
        for line in read(number, name, refuse):
            row = line.row
            yield line
    except (pa.ArrowException, *BROKEN) as error:
        why = re.sub(r"\s+", " ", str(getattr(error, "strerror", None) or error)).rstrip(".")
        refuse(Fault(number, row + 1, f"the file cannot be read from here on ({why}); save it again."))


def _read_lines(number: int, name: str, refuse: Callable[[Fault], None]) -> Iterator[JsonLine]:
    with Path(name).open("rb") as raw, gzip.open(raw) if name.endswith(".gz") else raw as opened:
        for row in count(1):
            line = opened.readline(LONGEST_LINE)
            if not line:
                return
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                refuse(Fault(number, row, TOO_LONG.format(LONGEST_LINE)))
                while (rest := opened.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
            elif stripped := line.strip():
                yield JsonLine(row, stripped, raw.tell())


def _read_parquet(number: int, name: str, refuse: Callable[[Fault], None]) -> Iterator[JsonLine]:
    """Yield the rows of a parquet file as the JSON that a file of lines would hold."""
    from pyarrow import parquet

    size = Path(name).stat().st_size
    with parquet.ParquetFile(name, buffer_size=2**20, pre_buffer=False) as opened:
        columns = [column for column in FIELDS if column in opened.schema_arrow.names]
        total, rows = opened.metadata.num_rows, count(1)
        for batch in opened.iter_batches(BATCH, columns=columns, use_threads=False):
            for item, row in zip(batch.to_pylist(), rows, strict=False):
                try:
                    content = json.dumps(item, ensure_ascii=False, default=_write_day).encode()
                except TypeError:
                    refuse(Fault(number, row, "a cell is neither text nor number nor day; write it as text."))
                    continue
                if len(content) > LONGEST_LINE:
                    refuse(Fault(number, row, TOO_LONG.format(LONGEST_LINE)))
                else:
                    yield JsonLine(row, content, size * row // total)


def _write_day(value: Any) -> str:
    if isinstance(value, date):  # or a time of day
        return value.isoformat()[:10]
    raise TypeError
