"""From graded mentions to events, conditions and actors, and how densely each event is attested.

A mention is an event as one source tells it; an event happens once, however often it is told. Counting mentions as
events is the classic fault of this field, so the two are never mixed: mentions are merged here, and only here.

Density is a word that a printed rule (`density.rule.*` in the report) gives from the mentions alone. It says how much
of our collection tells the event, not how likely it took place: a war that one page of ours tells is thinly attested
here. Reliability is the letter of the Admiralty code (NATO AJP-2.1): A and B are sources that can be relied on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lagebild.core import (
    HAPPENED,
    STATUSES,
    TABLES,
    Reference,
    acts_for,
    edtf as dates,
    group_offices,
    group_rows,
    ids,
    schema,
)

RELIABLE = ("A", "B")
MANY, SEVERAL = 3, 2  # independent publishers
TAKEN = ("event_type", "mode", "context", "source_actors", "target_actors", "mutual")  # from the best mention
OFFICE = ("acts_for", "office_de", "office_en", "from", "to")
Row = dict[str, Any]


def rate_density(mentions: Sequence[Mapping[str, str]], contested: str) -> str:
    """Return how densely an event is attested; empty if nobody tells that it took place.

    Parameters
    ----------
    mentions
        The graded mentions of one event, the best told first: stance, status, reporter, reliability.
    contested
        Whether its particulars or its occurrence are contested, as in the table `events`.

    Returns
    -------
    str
        *dense*: at least three independent publishers tell it as fact, one of them of reliability A or B, and nothing
        about it is contested. *medium*: two publishers tell it, as fact or attributed, or one of reliability A or B
        tells it as fact; its occurrence is not contested. *sparse*: the rest of what is told to have happened. Plans,
        denials and open questions get no word, for there is nothing that could have happened as told.
    """
    if mentions[0]["status"] not in HAPPENED:
        return ""
    affirming = [row for row in mentions if row["stance"] != "denies" and row["status"] in HAPPENED]
    facts = [row for row in affirming if row["status"] == "asserted"]
    reliable = any(row["reliability"] in RELIABLE for row in facts)
    if contested == "no" and reliable and _count_publishers(facts) >= MANY:
        return "dense"
    if contested != "occurrence" and (reliable or _count_publishers(affirming) >= SEVERAL):
        return "medium"
    return "sparse"


def _count_publishers(mentions: Sequence[Mapping[str, str]]) -> int:
    return len({row["reporter"] for row in mentions})


def grade_mentions(mentions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return each mention once, with reporter, reliability and known_from of its source, the best told first.

    Best told is: support, plain status, high credibility, a reliable source, early publication, in this order.
    """
    once = mentions.drop_duplicates("mention_id").merge(
        sources[["source_id", "reporter", "reliability", "known_from"]],
        on="source_id",
    )
    ranks = {
        f"_{column}": once[column].map({value: rank for rank, value in enumerate(values)})
        for column, values in (("stance", schema.STANCES), ("status", STATUSES), ("reliability", schema.RELIABILITY))
    }
    keys = ["_stance", "_status", "credibility", "_reliability", "known_from", "mention_id"]
    return once.assign(**ranks).sort_values(keys, kind="stable").drop(columns=list(ranks)).reset_index(drop=True)


def merge_events(graded: pd.DataFrame, names: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Merge the mentions of each event into one row; columns as in the table `events`.

    The best told mention gives type, actors and status; the date is the narrowest that a mention of its stance states.
    `names` holds the summaries, as in the table `case/events`.
    """
    rows = []
    for event_id, mentions in group_rows(graded, "event_id").items():
        first, merged = mentions[0], _merge_mentions(mentions, as_of)
        merged["density"] = rate_density(mentions, merged["contested"])
        rows.append({"event_id": event_id} | {name: first[name] for name in TAKEN} | merged)
    return _add_names(rows, names, "events")


def merge_conditions(graded: pd.DataFrame, names: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Merge the mentions of each condition into one row; columns as in the table `conditions`."""
    rows = []
    for condition_id, mentions in group_rows(graded, "condition_id").items():
        first = mentions[0]
        about = {"condition_id": condition_id, "actors": first["source_actors"], "speaker": first["speaker"]}
        rows.append(about | _merge_mentions(mentions, as_of))
    return _add_names(rows, names, "conditions")


def count_span(edtf: str) -> int:
    """Return how many days a date spans; an open end counts as endless."""
    span = dates.parse(edtf)
    if not (span.earliest and span.latest):
        return 10**6
    return (date.fromisoformat(span.latest) - date.fromisoformat(span.earliest)).days


def describe_actors(
    reference: Reference, events: pd.DataFrame, conditions: pd.DataFrame, mentions: pd.DataFrame, as_of: str
) -> pd.DataFrame:
    """Return the actors that occur in the tables, with the office that each holds on the as-of date.

    Columns as in the table `actors`.
    """
    offices = group_offices(reference.table("offices"))
    counts = {
        "n_source": _count_actors(events["source_actors"]),
        "n_target": _count_actors(events["target_actors"]),
        "n_speaker": _count_actors(mentions.drop_duplicates("mention_id")["speaker"]),
    }
    occurring = set(_count_actors(conditions["actors"])).union(*counts.values())
    rows = []
    for actor in reference.rows("actors"):
        if actor["actor_id"] in occurring:
            office = acts_for(offices, actor["actor_id"], as_of)
            office_held = {name: "" if office is None else office[name] for name in OFFICE}
            if office_held["to"] and dates.parse(office_held["to"]).latest > as_of:
                office_held["to"] = ""  # that it ended is not known yet
            rows.append(actor | office_held | {name: count[actor["actor_id"]] for name, count in counts.items()})
    return pd.DataFrame(rows, columns=list(TABLES["actors"].columns))


def _merge_mentions(mentions: Sequence[Row], as_of: str) -> Row:
    """Return the fields that events and conditions share, from mentions of which the best told stands first."""
    first, supporting = mentions[0], [row for row in mentions if row["stance"] != "denies"]
    dated = [row for row in mentions if row["stance"] == first["stance"] and row["date"]]
    best = min(dated, key=lambda row: count_span(row["date"]), default={"date": "", "date_basis": ""})
    earliest, latest = dates.bounds(best["date"], as_of)
    contested = "no"
    if len(mentions) > 1 and any(row["stance"] == "differs" for row in mentions):
        contested = "particulars"
    if len(supporting) not in (0, len(mentions)):
        contested = "occurrence"
    against = [row["mention_id"] for row in mentions if row["stance"] != "supports"]
    return {
        "date": best["date"],
        "date_basis": best["date_basis"],
        "earliest": earliest,
        "latest": latest,
        "status": first["status"],
        "credibility": first["credibility"],
        "n_mentions": len({(row["source_id"], row["sentence_no"]) for row in mentions}),
        "n_publishers": len({row["reporter"] for row in supporting or mentions}),
        "contested": contested,
        "contested_by": "" if contested == "no" else ";".join(sorted(against)),
        "known_from": min(row["known_from"] for row in mentions),
        "mention_ids": ";".join(sorted(row["mention_id"] for row in mentions)),
    }


def _add_names(rows: list[Row], names: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return merged rows with what people wrote about each: its summaries, the kind of a condition."""
    columns = list(TABLES[table].columns)
    key = columns[0]
    return pd.DataFrame(rows, columns=[name for name in columns if name not in names or name == key]).merge(
        names, on=key
    )[columns]


def _count_actors(cells: Iterable[str]) -> Counter[str]:
    return Counter(actor for cell in cells for actor in ids(cell))
