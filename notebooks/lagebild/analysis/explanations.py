"""Rival explanations against the evidence, what an actor's options would do to it, and what no page reports.

The analysis of competing hypotheses, after Heuer (1999, Psychology of Intelligence Analysis, ch. 8): each piece of
evidence is rated against each explanation by whether one would expect it if that explanation were at work. What counts
is the evidence *against*: an explanation is held as long as little contradicts it, for what fits one often fits all. A
piece that speaks against some explanations and not against others is *diagnostic*. The ratings are people's, with
reasons (`consistency.csv`); the rest is counting, by one test for all: a cause is necessary if nothing speaks against
it, contributing if independent outlets tell what fits it and no more speaks against it, else marginal (after the hoop
and the smoking-gun test of Van Evera 1997, Guide to Methods for Students of Political Science, pp. 31 f.).

That nothing is told does not mean that nothing was. Who is absent from news is absent for reasons of reporting as much
as of the world (Galtung and Ruge 1965); so what is missing is counted beside what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from lagebild.analysis.relations import PAIR, EditionTables, list_actors_of
from lagebild.core import TABLES, Case, Entry, Judgements, Offices, edtf, ids, records, resolve_actor, schema
from lagebild.corpus import find_states_without_publisher


def list_stakes(options: tuple[Entry, ...], counting: set[str]) -> pd.DataFrame:
    """Return what each option does by each criterion that its entry weighs; columns as in the table `stakes`.

    `counting` holds the events and conditions that count as evidence (`find_counting`).
    """
    rows = []
    for option in options:
        for stake in option.stakes:
            counts = "yes" if counting.intersection(stake.evidence) else "no"
            evidence = ";".join(stake.evidence)
            rows.append((option.entry_id, option.actor, stake.criterion, stake.effect, evidence, counts))
    return pd.DataFrame(rows, columns=list(TABLES["stakes"].columns), dtype=str)


# --- What no page reports: pairs, voices and days ---

MAIN = 10  # actors with most events
LAST = 30  # days before the as-of date, for a case that names no period
VAGUE = 31  # a date that allows more days than this tells no day

Row = tuple[str, str, str, str, str, int]


def find_coverage_gaps(
    case: Case, data: EditionTables, relations: pd.DataFrame, offices: Offices, as_of: str
) -> pd.DataFrame:
    """Return which pairs, voices, states and days no page reports; columns as in the table `coverage_gaps`.

    Persons count for whom they act. A day is reported if a page may have appeared on it or an event may have taken
    place on it, unless the date is vaguer than a month; so a silent day is silent for certain.
    """
    sources, mentions, events = data.sources, data.mentions, data.events
    main = find_main_actors(relations, case.subject)
    weighing = relations[relations["n_events"] > 0]
    tied = {frozenset(pair) for pair in zip(weighing[PAIR[0]], weighing[PAIR[1]], strict=True)}
    affirmed = mentions[mentions["stance"] != "denies"].merge(sources[["source_id", "known_from"]], on="source_id")
    speakers = set(list_actors_of(affirmed.assign(latest=""), "speaker", offices, "folded")["actor"])
    states = [actor for actor in main if pd.Series([actor]).str.fullmatch(schema.COUNTRY).all()]
    rows: list[Row] = [("pair", a, b, "", "", 0) for a, b in combinations(main, 2) if frozenset((a, b)) not in tied]
    rows += [("voice", actor, "", "", "", 0) for actor in main if actor not in speakers]
    rows += [("press", state, "", "", "", 0) for state in find_states_without_publisher(sources, states)]
    dated = _list_days(zip(events["earliest"], events["latest"], strict=True))
    published = map(edtf.parse, sources["published"])
    reported = dated | _list_days((span.earliest, span.latest) for span in published)
    for start, end in _list_periods(case, as_of):
        rows += [("days", "", "", *run) for run in _find_runs(start, end, reported)]
    if dated:
        gaps = _find_runs(case.start or min(dated), as_of, dated)
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
    return len(_days_between(_list_periods(case, as_of)))


def _days_between(spans: Iterable[tuple[str, str]]) -> set[str]:
    days = set[str]()
    for start, end in spans:
        days.update(pd.date_range(start, end).strftime("%Y-%m-%d"))
    return days


def _list_periods(case: Case, as_of: str) -> list[tuple[str, str]]:
    """Return the first and last day of each focus period, cut off at the as-of date; without one, the last 30 days."""
    spans = [edtf.parse(period) for period in case.focus]
    known = [(span.earliest, min(span.latest, as_of)) for span in spans if span.earliest <= as_of]
    return known or [((pd.Timestamp(as_of) - pd.Timedelta(days=LAST - 1)).date().isoformat(), as_of)]


def _list_days(spans: Iterable[tuple[str, str]]) -> set[str]:
    """Return every day of the spans that have two ends and are no vaguer than a month."""
    closed = [(pd.Timestamp(first), pd.Timestamp(last)) for first, last in set(spans) if first and last]
    return _days_between((str(a), str(b)) for a, b in closed if (b - a).days < VAGUE)


def _find_runs(start: str, end: str, reported: set[str]) -> list[tuple[str, str, int]]:
    """Return the unbroken runs of days that are not `reported`, from `start` to `end`: first and last day, how many."""
    days = pd.Series(pd.date_range(start, end).strftime("%Y-%m-%d"))
    silent = days[~days.isin(reported)]
    runs = silent.groupby(silent.index.to_series().diff().ne(1).cumsum())
    return [(str(run.iloc[0]), str(run.iloc[-1]), len(run)) for _, run in runs]


# --- Rival explanations ---

WEAK = schema.RELIABILITY[
    schema.RELIABILITY.index("D") :
]  # Admiralty: not usually reliable or worse, or not to be judged
AGAINST = "inconsistent"


def find_counting(data: EditionTables, claims: pd.DataFrame, offices: Offices) -> set[str]:
    """Return the ids of the events and conditions that count as evidence.

    A piece counts unless its occurrence is contested, nobody but its parties tells it (an event in `claims`, or what
    only those say whom it is about), or no page that supports it has a better grade than D: what only a weak page
    carries decides nothing.
    """
    mentions, events, conditions = data.mentions, data.events, data.conditions
    graded = mentions.merge(data.sources[["source_id", "reliability"]], on="source_id")
    affirmed = graded[graded["stance"] != "denies"]
    good = affirmed[~affirmed["reliability"].isin(WEAK)]
    alone = set(claims.loc[(claims["only_parties"] == "yes") & (claims["asserted"] == "no"), "event_id"])
    alone |= _find_self_serving(mentions, offices)
    undisputed = {
        *events.loc[events["contested"] != "occurrence", "event_id"],
        *conditions.loc[conditions["contested"] != "occurrence", "condition_id"],
    }
    return ({*good["event_id"], *good["condition_id"]} & undisputed) - alone


def rate_evidence(
    judgements: Judgements, events: pd.DataFrame, conditions: pd.DataFrame, counting: set[str]
) -> pd.DataFrame:
    """Return the ratings of the evidence that an edition knows; columns as in the table `consistency`.

    `counting` is what `find_counting` returns.
    """
    rated = judgements.consistency
    known, explained = {*events["event_id"], *conditions["condition_id"]}, {e.entry_id for e in judgements.hypotheses}
    rated = rated[rated["evidence"].isin(known) & rated["hypothesis"].isin(explained)]
    against = (rated["rating"] == AGAINST).groupby(rated["evidence"])
    diagnostic, counts = against.transform("any") & ~against.transform("all"), rated["evidence"].isin(counting)
    flags = {name: np.where(flag, "yes", "no") for name, flag in (("counts", counts), ("diagnostic", diagnostic))}
    return rated.assign(**flags).sort_values(["evidence", "hypothesis"])[list(TABLES["consistency"].columns)]


def _find_self_serving(mentions: pd.DataFrame, offices: Offices) -> set[str]:
    """Return the events and conditions that nobody tells but speakers of those whom they are about.

    It matters not which office a speaker holds, nor whether he tells it as done, planned or open.
    """
    affirmed = mentions[mentions["stance"] != "denies"]
    about = affirmed["source_actors"] + ";" + affirmed["target_actors"].fillna("")
    alone = [_is_about_itself(*row, offices) for row in zip(affirmed["speaker"], about, strict=True)]
    piece = affirmed["event_id"].where(affirmed["event_id"] != "", affirmed["condition_id"])
    by_piece = pd.Series(alone, index=piece, dtype=bool).groupby(level=0).all()
    return set(by_piece.index[by_piece])


def _is_about_itself(speaker: str, actors: str, offices: Offices) -> bool:
    speakers = {resolve_actor(offices.held, name, "") for name in ids(speaker)}
    about = {resolve_actor(offices.held, name, "") for name in ids(actors)}
    return bool(speakers) and speakers <= about


ROLES = ("necessary", "contributing", "marginal")
VOICES = 2  # independent outlets that must tell what fits an explanation


def rank_hypotheses(
    judgements: Judgements, consistency: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the explanations, that with the best role first; columns as in the table `hypotheses`.

    `consistency` is what `rate_evidence` returns. What decides is the evidence that counts and is not rated alike for
    all. Within a role those come first of whose telling evidence the least speaks against them.
    """
    apart = consistency.groupby("evidence")["rating"].transform("nunique") > 1
    telling = consistency[(consistency["counts"] == "yes") & apart]
    rows = []
    for entry in judgements.hypotheses:
        ratings = consistency[consistency["hypothesis"] == entry.entry_id]
        weighing = telling[telling["hypothesis"] == entry.entry_id]
        number = ratings["rating"].value_counts()
        numbers = [int(number.get(rating, 0)) for rating in ("consistent", "neutral", AGAINST)]
        fitting = set(weighing.loc[weighing["rating"] == "consistent", "evidence"])
        against = int((weighing["rating"] == AGAINST).sum())
        voices = _count_voices(fitting, mentions, sources)
        role = _name_role(len(fitting), against, voices)
        contrary = sorted(ratings.loc[ratings["rating"] == AGAINST, "evidence"])
        rows.append((entry.entry_id, *numbers, against, len(fitting), voices, role, ";".join(contrary)))
    columns = [name for name in TABLES["hypotheses"].columns if name != "rank"]
    table = pd.DataFrame(rows, columns=columns)
    order = [(ROLES.index(row["role"]), _share_against(row), -row["n_for"]) for row in records(table)]
    ranks = [1 + sorted(order).index(mine) for mine in order]
    ranked = table.assign(rank=np.array(ranks, dtype=int)).sort_values(["rank", "hypothesis"], ignore_index=True)
    return ranked[list(TABLES["hypotheses"].columns)]


def _share_against(row: Mapping[str, Any]) -> float:
    """Return how much of the evidence that counts speaks against an explanation; all of it if none does."""
    telling = row["n_counted"] + row["n_for"]
    return row["n_counted"] / telling if telling else 1.0


def _count_voices(pieces: set[str], mentions: pd.DataFrame, sources: pd.DataFrame) -> int:
    """Return how many independent outlets tell some events and conditions."""
    affirmed = mentions[mentions["stance"] != "denies"]
    told = affirmed[affirmed["event_id"].isin(pieces) | affirmed["condition_id"].isin(pieces)]
    return int(sources.loc[sources["source_id"].isin(set(told["source_id"])), "reporter"].nunique())


def _name_role(fitting: int, against: int, voices: int) -> str:
    """Return which part an explanation has; what hardly any evidence bears on is marginal, not necessary."""
    if voices < VOICES or against > fitting:
        return "marginal"
    return "contributing" if against else "necessary"
