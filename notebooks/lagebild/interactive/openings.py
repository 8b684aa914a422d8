"""What each notebook says first: its finding, computed from the tables, in the reader's language.

What notebook 05 says first is the answer of its report (`report.key_figures`), and what the notebook of a corpus says
first stands beside its charts (`charts.tellings`).
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lagebild.charts.timeline.week import find_week, say_week
from lagebild.core.case import Case
from lagebild.core.labels import Labels
from lagebild.core.tables import records
from lagebild.corpus.sources import find_unheard

STRENGTHS = ("firm", "thin", "undecided")


def say_sources(sources: pd.DataFrame, states: Collection[str], labels: Labels) -> str:
    """Return how many texts of how many outlets are known, and which states of the case speak for themselves alone.

    `sources` has reporter, country and standing, `states` are those between which the case plays. Of these are named
    the ones without an outlet, and those whose outlets are all close to the state.
    """
    countries = sources["country"].replace("", pd.NA).nunique()
    said = [labels("finding.sources", n=len(sources), outlets=sources["reporter"].nunique(), countries=countries)]
    close = sources.loc[sources["standing"] == "state", "country"]
    official = sorted((set(states) & set(close)) - set(sources.loc[sources["standing"] != "state", "country"]))
    for key, named in (("finding.unheard", find_unheard(sources, states)), ("finding.official", official)):
        if named:
            said.append(labels(key, n=len(named), names=labels.names(named)))
    return " ".join(said)


def say_dataset(mentions: pd.DataFrame, events: pd.DataFrame, labels: Labels) -> str:
    """Return how many events how many mentions tell, how many of these people saw, and how many events are contested.

    `mentions` has mention_id, event_id and reviewed, `events` has contested.
    """
    told = mentions[mentions["event_id"] != ""].drop_duplicates("mention_id")
    reviewed, contested = int((told["reviewed"] == "yes").sum()), int((events["contested"] != "no").sum())
    counts = {"mentions": len(told), "n": len(events), "contested": contested}
    if 0 < len(told) == reviewed:
        return labels("finding.dataset_reviewed", **counts)
    return labels("finding.dataset", reviewed=reviewed, **counts)


def say_timeline(events: pd.DataFrame, case: Case, as_of: str, labels: Labels) -> str:
    """Return which week leads; of too few events for that, how many have a date, and which days they span.

    `events` has date, earliest and latest.
    """
    dated, week = events[events["date"] != ""], find_week(events, case, as_of)
    if week:
        return say_week(week, len(dated), case.previous(as_of), labels)
    days = sorted({*dated["earliest"], *dated["latest"]} - {""})
    if not days:
        return labels("alt.no_events", n=0)
    span = labels("finding.span", span=labels.date(f"{days[0]}/{days[-1]}"))
    return f"{labels('finding.timeline', dated=len(dated), n=len(events))} {span}"


def say_relations(ties: pd.DataFrame, labels: Labels) -> str:
    """Return how many ties are firm, and of these the one of cooperation and the one of conflict that most acts carry.

    `ties` is the table of that name. Acts are counted, as the net does not compare between pairs.
    """
    if ties.empty:
        return labels("finding.no_ties")
    count = {strength: int((ties["strength"] == strength).sum()) for strength in STRENGTHS}
    said = labels("ties.lead", n=len(ties), **count)
    firm = ties[ties["strength"] == "firm"].sort_values("n_events", ascending=False, kind="stable")
    best = records(firm.drop_duplicates("sign").sort_values("sign"))
    named = [
        labels(
            f"finding.{tie['sign']}", one=labels.actor(tie["one"]), other=labels.actor(tie["other"]), n=tie["n_events"]
        )
        for tie in best
    ]
    return f"{said} {labels('finding.firm', ties=labels.enumerate(named))}" if named else said
