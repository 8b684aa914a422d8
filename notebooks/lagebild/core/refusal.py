"""Checks a table with pandera, and says in which row of which file what does not fit: asked where `fit` has doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from lagebild.core.characters import show
from lagebild.core.files import short_path
from lagebild.core.paths import InputError
from lagebild.core.schema import Table, describe_rule, write_form


def check_cells_slowly(cells: Mapping[str, Sequence[str]], table: Table, file: Path) -> dict[str, list[Any]]:
    """Check the columns of a table as it is written, and return them with the cells of its numbers as numbers.

    Raises
    ------
    InputError
        On the first cell that does not fit.
    """
    frame = pd.DataFrame(cells, dtype=str)
    numbers = [name for name, column in list_columns(table).items() if column.nullable]
    checked = check_slowly(frame.assign(**{name: frame[name].replace("", None) for name in numbers}), table, file)
    return {str(name): checked[name].tolist() for name in checked}


def check_slowly(frame: pd.DataFrame, table: Table, file: Path) -> pd.DataFrame:
    """Check a table against its schema.

    Raises
    ------
    InputError
        On the first cell that does not fit.
    """
    if frame.empty:  # without a row, pandas knows no types
        frame = frame.astype({name: str(column.dtype) for name, column in list_columns(table).items()})
    try:
        return pd.DataFrame(_schema(table).validate(frame, lazy=True))
    except pandera.errors.SchemaErrors as errors:
        case = errors.failure_cases.sort_values("index", kind="stable").iloc[0]
    place = f"{short_path(file)}, row {int(case['index']) + 2}" if pd.notna(case["index"]) else short_path(file)
    if "unique" in str(case["check"]):
        raise InputError(f"{place}: {', '.join(table.key)} must be unique, and this row repeats one; give it its own.")
    raise InputError(f"{place}: {case['column']} is {show(str(case['failure_case']))}, but must be {case['check']}.")


@cache
def _schema(table: Table) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        list_columns(table), unique=list(table.key), strict=True, ordered=True, report_duplicates="exclude_first"
    )


@cache
def list_columns(table: Table) -> dict[str, pa.Column]:
    """Return the columns of a table as pandera checks them, by name."""
    return {name: _column(field) for name, field in table.columns.items()}


def _column(field: Mapping[str, Any]) -> pa.Column:
    """Return a field as pandera checks it; the error of its check says what is allowed."""
    kind, limits = field["type"], field["constraints"]
    required, rule = limits.get("required", False), describe_rule(field)
    if kind == "number":
        return pa.Column(float, nullable=not required, coerce=True)
    if kind == "integer":
        return pa.Column(int, pa.Check.ge(limits["minimum"], error=rule), coerce=True)
    if "enum" in limits:
        check = pa.Check.isin([*limits["enum"], *([] if required else [""])], error=rule)
    elif form := write_form(field):
        check = pa.Check.str_matches(form, error=rule)
    else:
        check = pa.Check.str_length(min_value=1 if required else 0, error=rule)
    return pa.Column(str, check)
