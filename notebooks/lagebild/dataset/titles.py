"""Titles of events that reviewers gave: decisions of their own, which say why and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Set

import pandas as pd

from lagebild.core.paths import LANGUAGES
from lagebild.core.tables import records
from lagebild.dataset.decisions import in_force

TITLES = tuple(f"summary_{language}" for language in LANGUAGES)
LONGEST = 120  # characters: more is no label


def read_titles(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the titles in force, by event and then by column; of several for one column the last."""
    titles: dict[str, dict[str, str]] = {}
    for row in records(in_force(decisions)):
        if row["action"] == "title":
            titles.setdefault(row["row"], {})[row["field"]] = row["value"]
    return titles


def entitle(names: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the names of events (columns as in `case/events`) with the titles that reviewers gave in their place."""
    titles = read_titles(decisions)
    rows = [row | titles.get(row["event_id"], {}) for row in records(names)]
    return pd.DataFrame(rows, columns=list(names.columns))


def find_faulty_title(event: str, field: str, value: str, events: Set[str]) -> Iterator[str]:
    """Yield what is wrong with the title of an event; `events` are those that there are."""
    if event not in events:
        yield f"there is no event {event!r} to give a title; correct the id."
    if field not in TITLES:
        yield f"{field!r} is no title of an event; choose one of {', '.join(TITLES)}."
    if not value.strip() or len(value) > LONGEST or "\n" in value:
        yield f"a title is one line of up to {LONGEST} characters; shorten it, or undo the title to be rid of it."
