"""The rows of a table by what they belong to: a table for each of many small groups costs more than what is in it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.core.tables import records


def group_rows(frame: pd.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each group as `records` gives them, in their order, by its name in the column `key`.

    The groups are sorted by their names. What has no name there belongs to none.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in records(frame[frame[key] != ""]):
        groups.setdefault(row[key], []).append(row)
    return dict(sorted(groups.items()))
