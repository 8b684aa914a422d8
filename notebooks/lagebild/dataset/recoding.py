"""A second pair of eyes: how far mentions that somebody else coded anew, without looking, agree with the first coding.

Agreement is given as a share, on a category as Cohen's kappa (1960) too, which takes off what chance would give. The
coding is compared as it first stood; what was settled afterwards stands in `decisions.csv`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from lagebild.core.edtf import parse
from lagebild.core.offices import Offices
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import records

Pairs = list[tuple[str, str]]
CATEGORIES = ("kind", "event_type", "status")  # of which kappa means something


def measure_agreement(recoded: pd.DataFrame, mentions: pd.DataFrame, offices: Offices) -> pd.DataFrame:
    """Return how often the second coding agrees with the first; columns as in the table `agreement`.

    `recoded` is the table `case/recoding`, `mentions` the table `case/mentions`. Type and sides are compared where both
    see an event, sides as the states behind the actors, those of a mutual act together; dates where both give one: they
    agree if they share a day.
    """
    pairs: dict[str, Pairs] = {name: [] for name in ("kind", "event_type", "sides", "date", "status", "speaker")}
    first = {row["mention_id"]: row for row in records(mentions)}
    for second in records(recoded):
        one = first[second["mention_id"]]
        kinds = "event" if one["event_id"] else "condition", second["kind"]
        pairs["kind"].append(kinds)
        pairs["speaker"].append((_fold(one, ("speaker",), offices), _fold(second, ("speaker",), offices)))
        note_pair(pairs, one, second, offices, is_act=kinds == ("event", "event"))
    rows = tally(pairs, CATEGORIES)
    return pd.DataFrame(rows if len(recoded) else [], columns=list(TABLES["agreement"].columns))


def note_pair(
    pairs: Mapping[str, Pairs], one: Mapping[str, str], other: Mapping[str, str], offices: Offices, is_act: bool
) -> None:
    """Add what two people say of one mention: status; dates, where both give one; of an act its type and sides."""
    pairs["status"].append((one["status"], other["status"]))
    if one["date"] and other["date"]:
        pairs["date"].append(("", "" if parse(one["date"]).meets(parse(other["date"])) else "apart"))
    if is_act:
        pairs["event_type"].append((one["event_type"], other["event_type"]))
        pairs["sides"].append((_fold_sides(one, offices), _fold_sides(other, offices)))


def tally(pairs: Mapping[str, Pairs], categories: Collection[str]) -> list[tuple[str, int, int, float]]:
    """Return field, pairs compared, pairs alike, and kappa of those fields that are `categories`, else NaN."""
    return [
        (name, len(found), _agree(found), _kappa(found) if name in categories else np.nan)
        for name, found in pairs.items()
    ]


def _fold_sides(row: Mapping[str, str], offices: Offices) -> str:
    """Return the states behind the actors of a row: who to whom, or those of a mutual act together."""
    if row["mutual"] == "yes":
        return _fold(row, ("source_actors", "target_actors"), offices)
    return " > ".join(_fold(row, (side,), offices) for side in ("source_actors", "target_actors"))


def _fold(row: Mapping[str, str], sides: tuple[str, ...], offices: Offices) -> str:
    """Return the states behind the actors of a row; an office counts whenever it was held, for the day may be vague."""
    named = pd.Series([actor for side in sides for actor in ids(row[side])], dtype=str)
    return ";".join(sorted(set(offices.fold(named, pd.Series("", index=named.index)))))


def _agree(pairs: Pairs) -> int:
    return sum(one == other for one, other in pairs)


def _kappa(pairs: Pairs) -> float:
    """Return Cohen's kappa of two codings; 1 if both use one and the same category throughout, NaN without any."""
    if not pairs:
        return np.nan
    ones, others = (pd.Series([pair[k] for pair in pairs], dtype=str).value_counts(normalize=True) for k in (0, 1))
    chance = float(ones.mul(others, fill_value=0.0).sum())
    return 1.0 if chance == 1 else round((_agree(pairs) / len(pairs) - chance) / (1 - chance), 2)
