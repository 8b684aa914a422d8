"""What no page reports: pairs, voices and days; that nothing is told does not mean that nothing was.

Who is absent from news is absent for reasons of reporting as much as of the world (Galtung and Ruge 1965); so what is
missing is counted beside what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pandas as pd

from lagebild.analysis.relations import PAIR, part_actors
from lagebild.core.case import Case
from lagebild.core.edtf import parse
from lagebild.core.offices import Offices
from lagebild.core.schema import COUNTRY, TABLES, ids
from lagebild.core.tables import records
from lagebild.corpus.sources import find_unheard

MAIN = 10  # actors with most events
LAST = 30  # days before the as-of date, for a case that names no period
VAGUE = 31  # a date that allows more days than this tells no day

Row = tuple[str, str, str, str, str, int]


def find_coverage_gaps(
    case: Case,
    sources: pd.DataFrame,
    mentions: pd.DataFrame,
    events: pd.DataFrame,
    relations: pd.DataFrame,
    offices: Offices,
    as_of: str,
) -> pd.DataFrame:
    """Return which pairs, voices, states and days no page reports; columns as in the table `coverage_gaps`.

    Persons count for whom they act. A day is reported if a page may have appeared on it or an event may have taken
    place on it, unless the date is vaguer than a month; so a silent day is silent for certain.
    """
    main = find_main_actors(relations, case.subject)
    weighing = relations[relations["n_events"] > 0]
    tied = {frozenset(pair) for pair in zip(weighing[PAIR[0]], weighing[PAIR[1]], strict=True)}
    said = mentions[mentions["stance"] != "denies"].merge(sources[["source_id", "known_from"]], on="source_id")
    speakers = set(part_actors(said.assign(latest=""), "speaker", offices, "folded")["actor"])
    states = [actor for actor in main if pd.Series([actor]).str.fullmatch(COUNTRY).all()]
    rows: list[Row] = [("pair", a, b, "", "", 0) for a, b in combinations(main, 2) if frozenset((a, b)) not in tied]
    rows += [("voice", actor, "", "", "", 0) for actor in main if actor not in speakers]
    rows += [("press", state, "", "", "", 0) for state in find_unheard(sources, states)]
    dated = _days(zip(events["earliest"], events["latest"], strict=True))
    seen = dated | _days((parse(published).earliest, parse(published).latest) for published in sources["published"])
    for start, end in _periods(case, as_of):
        rows += [("days", "", "", *run) for run in _runs(start, end, seen)]
    if dated:
        gaps = _runs(case.start or min(dated), as_of, dated)
        rows += [("gap", "", "", *max(gaps, key=lambda run: run[2]))] if gaps else []
    return pd.DataFrame(rows, columns=list(TABLES["coverage_gaps"].columns))


def find_main_actors(relations: pd.DataFrame, subject: str) -> list[str]:
    """Return the ten actors that take part in most events that weigh, and the subject of the case, in order of id."""
    events_of: dict[str, set[str]] = {}
    for row in records(relations):
        for end in PAIR:
            events_of.setdefault(row[end], set()).update(ids(row["event_ids"]))
    ranked = sorted(events_of, key=lambda actor: (-len(events_of[actor]), actor))
    return sorted({*ranked[:MAIN], subject} - {""})


def count_days(case: Case, as_of: str) -> int:
    """Return how many days lie in the periods in which silent days are sought."""
    return len(_days_between(_periods(case, as_of)))


def _days_between(spans: Iterable[tuple[str, str]]) -> set[str]:
    return {day for start, end in spans for day in pd.date_range(start, end).strftime("%Y-%m-%d")}


def _periods(case: Case, as_of: str) -> list[tuple[str, str]]:
    """Return the first and last day of each focus period, cut off at the as-of date; without one, the last 30 days."""
    spans = [parse(period) for period in case.focus]
    known = [(span.earliest, min(span.latest, as_of)) for span in spans if span.earliest <= as_of]
    return known or [((pd.Timestamp(as_of) - pd.Timedelta(days=LAST - 1)).date().isoformat(), as_of)]


def _days(spans: Iterable[tuple[str, str]]) -> set[str]:
    """Return every day of the spans that have two ends and are no vaguer than a month."""
    closed = [(pd.Timestamp(first), pd.Timestamp(last)) for first, last in set(spans) if first and last]
    return _days_between((str(a), str(b)) for a, b in closed if (b - a).days < VAGUE)


def _runs(start: str, end: str, seen: set[str]) -> list[tuple[str, str, int]]:
    """Return each unbroken run of days between two days that are not in `seen`: first day, last day, number of days."""
    days = pd.Series(pd.date_range(start, end).strftime("%Y-%m-%d"))
    silent = days[~days.isin(seen)]
    runs = silent.groupby(silent.index.to_series().diff().ne(1).cumsum())
    return [(str(run.iloc[0]), str(run.iloc[-1]), len(run)) for _, run in runs]
