"""Twins: the drafts of one sentence in two languages of its page that report the same, to be decided together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Any

import pandas as pd

from lagebild.core.grouping import group_rows
from lagebild.core.reference import Reference
from lagebild.core.schema import ids
from lagebild.dataset.matching import list_differences, list_sides


def pair_twins(reference: Reference, drafts: pd.DataFrame, days: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the drafts that follow a twin, each with the one that leads it.

    Twins stand in the same sentence of a page (sentences bear the same number in each language), in two languages, with
    a type that one holds and the other holds or takes for defensible, and share an actor on a side. Each has one twin,
    the most alike first. The surer leads, of two alike the one in `language`.

    Parameters
    ----------
    drafts
        Columns as in the table `drafts`.
    days
        For each page the day on which it was known.
    """
    pairs = []
    at = [f"{page}:{number}" for page, number in zip(drafts["source_id"], drafts["sentence_no"], strict=True)]
    for rows in group_rows(drafts.assign(place=at), "place").values():
        for one, other in permutations(rows, 2):
            if one["language"] >= other["language"]:
                continue
            day = one["date"] or other["date"] or days[one["source_id"]]
            if _report_same(reference, one, other, day):
                differences = list_differences(reference, one, other, day)
                pairs.append((len(differences), one["draft_id"], other["draft_id"], one, other))
    pairs.sort(key=lambda pair: pair[:3])
    leads, paired = dict[str, str](), set[str]()
    for _, name, twin, one, other in pairs:
        if paired.isdisjoint((name, twin)):
            paired |= {name, twin}
            lead, follower = sorted((one, other), key=lambda row: (row["confidence"], row["language"] != language))
            leads[follower["draft_id"]] = lead["draft_id"]
    return leads


def _report_same(reference: Reference, one: dict[str, Any], other: dict[str, Any], day: str) -> bool:
    """Whether two drafts of a sentence in two languages report one act."""
    mine, theirs = ({row["event_type"], *ids(row["type_alt"])} for row in (one, other))
    if one["event_type"] not in theirs and other["event_type"] not in mine:
        return False
    sides = (list_sides(reference, row, day) for row in (one, other))
    return any(a & b for a, b in zip(*sides, strict=True))
