"""Columns of plain values to arrays of Arrow, from their bytes.

Arrow does this by itself, but loads pandas to see whether it is given a series: 50 MB more in each worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from lagebild.core.parts import read_parts

if TYPE_CHECKING:
    import pyarrow as pa

EPOCH = date(1970, 1, 1).toordinal()


@cache
def describe_tables() -> dict[str, pa.Schema]:
    """Return the tables of a corpus as parquet has them."""
    import pyarrow as pa

    types = {"text": pa.string(), "texts": pa.list_(pa.string()), "count": pa.int32(), "number": pa.float32()}
    types |= {"day": pa.date32(), "flag": pa.bool_(), "bytes": pa.binary()}
    return {part.name: pa.schema([(c.name, types[c.type]) for c in part.columns]) for part in read_parts().values()}


def tabulate(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return rows as a table of a corpus; every column is in every row."""
    import pyarrow as pa

    schema, columns = describe_tables()[table], read_parts()[table].columns
    filled = (
        _WAYS[column.type](kind, [row[column.name] for row in rows])
        for column, kind in zip(columns, schema.types, strict=True)
    )
    return pa.Table.from_arrays(list(filled), schema=schema)


def _fill_bytes(kind: pa.DataType, values: Sequence[bytes]) -> pa.Array:
    import pyarrow as pa

    return pa.Array.from_buffers(kind, len(values), [None, _count_up(values), pa.py_buffer(b"".join(values))])


def _fill_text(kind: pa.DataType, values: Sequence[str]) -> pa.Array:
    return _fill_bytes(kind, [value.encode() for value in values])


def _fill_texts(kind: pa.DataType, values: Sequence[Sequence[str]]) -> pa.Array:
    import pyarrow as pa

    inside = _fill_text(kind.value_type, [one for some in values for one in some])
    return pa.Array.from_buffers(kind, len(values), [None, _count_up(values)], children=[inside])


def _fill_flags(kind: pa.DataType, values: Sequence[bool]) -> pa.Array:
    import pyarrow as pa

    return pa.Array.from_buffers(kind, len(values), [None, _pack(values)])


def _fill_days(kind: pa.DataType, values: Sequence[date | None]) -> pa.Array:
    return _fill_numbers(kind, [None if day is None else day.toordinal() - EPOCH for day in values])


def _fill_numbers(kind: pa.DataType, values: Sequence[float | None]) -> pa.Array:
    import pyarrow as pa

    held = np.array([value or 0 for value in values], "<f4" if pa.types.is_floating(kind) else "<i4")
    valid = _pack(value is not None for value in values)
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(held)])


def _count_up(values: Iterable[bytes | Sequence[str]]) -> pa.Buffer:
    """Return where each value begins, and where the last one ends."""
    import pyarrow as pa

    return pa.py_buffer(np.cumsum([0, *map(len, values)], dtype="<i4"))


def _pack(flags: Iterable[bool]) -> pa.Buffer:
    import pyarrow as pa

    return pa.py_buffer(np.packbits(np.fromiter(flags, bool), bitorder="little"))


_WAYS: Mapping[str, Callable[[pa.DataType, Sequence[Any]], pa.Array]] = {
    "text": _fill_text,
    "texts": _fill_texts,
    "count": _fill_numbers,
    "number": _fill_numbers,
    "day": _fill_days,
    "flag": _fill_flags,
    "bytes": _fill_bytes,
}
