"""The options of an actor by the criteria of the case: what each would do to its actor, and on which evidence."""

from __future__ import annotations

import pandas as pd

from lagebild.core.judgements import Entry
from lagebild.core.schema import TABLES


def list_stakes(options: tuple[Entry, ...], counting: set[str]) -> pd.DataFrame:
    """Return what each option does by each criterion that its entry weighs; columns as in the table `stakes`.

    `counting` holds the events and conditions that count as evidence (`hypotheses.find_counting`).
    """
    rows = [
        (
            *(option.entry_id, option.actor, stake.criterion, stake.effect, ";".join(stake.evidence)),
            "yes" if counting.intersection(stake.evidence) else "no",
        )
        for option in options
        for stake in option.stakes
    ]
    return pd.DataFrame(rows, columns=list(TABLES["stakes"].columns), dtype=str)
