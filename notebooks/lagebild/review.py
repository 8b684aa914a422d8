"""From coded mentions and reviewers' decisions to events, conditions and actors.

A mention is an event as one source tells it; an event happens once, however often it is told. Counting mentions as events
is the classic fault of this field, so the two are never mixed: mentions are merged here, and only here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from lagebild.dates import bounds, parse
from lagebild.names import acts_for
from lagebild.paths import LANGUAGES, Fault, Paths
from lagebild.schema import RELIABILITY, STATUSES, TABLES, ids
from lagebild.sources import known_sources, read_sentences, read_sources
from lagebild.store import read_case, read_reference

COMPARED = (
    "event_type",
    "source_actors",
    "target_actors",
    "date",
    "status",
    "credibility",
    "contested",
    "n_publishers",
)


@dataclass(frozen=True)
class Dataset:
    """The tables of one edition; columns as in `schema`."""

    sources: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    conditions: pd.DataFrame
    actors: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return dict(vars(self))


def build(paths: Paths, since: str = "") -> Dataset:
    """Build the dataset of an edition: what was known on the as-of date, and of that what touches `since` or later.

    Raises
    ------
    Fault
        On the first row of the case that does not fit.
    """
    fault = next(find_faults(paths), None)
    if fault:
        raise Fault(fault)
    sources = known_sources(read_sources(paths), paths.as_of)
    sentences = read_sentences(paths, sources)
    coded = decide(read_case(paths, "mentions"), read_case(paths, "decisions"))
    mentions = locate_evidence(coded[coded["source_id"].isin(set(sources["source_id"]))], sentences)
    graded = grade(mentions, sources)
    events = merge_events(graded, read_case(paths, "events"), paths.as_of)
    conditions = merge_conditions(graded, read_case(paths, "conditions"), paths.as_of)
    events, conditions = (frame[~frame["latest"].between("0", since, "left")] for frame in (events, conditions))
    told = set(events["event_id"]) | set(conditions["condition_id"])
    mentions = mentions[(mentions["event_id"] + mentions["condition_id"]).isin(told)]
    actors = describe_actors(events, conditions, mentions, paths.as_of)
    return Dataset(
        sources, sentences, mentions, events.reset_index(drop=True), conditions.reset_index(drop=True), actors
    )


def decide(coded: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Apply the reviewers' decisions to the coded mentions, in the order in which they were taken."""
    frame = coded.assign(rule="coded by hand: " + coded["by"] + " " + coded["added"], origin="added", reviewed="yes")
    frame = frame.set_index("mention_id", drop=False)
    for decision in decisions.itertuples():
        if decision.action == "reject":
            frame = frame.drop(index=str(decision.row))
            continue
        field = {"edit": str(decision.field), "merge": "event_id", "split": "event_id"}.get(str(decision.action))
        if field:
            frame.loc[str(decision.row), [field, "origin", "rule"]] = [decision.value, "edited", decision.decision_id]
    return frame.reset_index(drop=True)


def locate_evidence(coded: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return one row per mention and language, with the evidence as offsets into the text file."""
    parts = []
    for language in LANGUAGES:
        here = sentences[sentences["language"] == language].drop(columns="language")
        part = coded.merge(here, on=["source_id", "sentence_no"], how="inner")
        quote = part[f"quote_{language}"]
        part["evidence"] = quote.where(quote != "", part["text"])
        offset = [text.find(evidence) for text, evidence in zip(part["text"], part["evidence"], strict=True)]
        part["start"] = part["start"] + offset
        part["end"] = part["start"] + part["evidence"].str.len()
        parts.append(part.assign(language=language, cue=part[f"cue_{language}"]))
    return pd.concat(parts)[list(TABLES["mentions"].columns)].reset_index(drop=True)


def grade(mentions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return each mention once, the best told first: support, plain status, credibility, reliability, early publication."""
    once = mentions.drop_duplicates("mention_id").merge(
        sources[["source_id", "reporter", "reliability", "known_from"]],
        on="source_id",
    )
    order = once.assign(
        _stance=once["stance"].map({"supports": 0, "differs": 1, "denies": 2}),
        _status=once["status"].map({status: rank for rank, status in enumerate(STATUSES)}),
        _grade=once["reliability"].map({grade: rank for rank, grade in enumerate(RELIABILITY)}),
    )
    keys = ["_stance", "_status", "credibility", "_grade", "known_from", "mention_id"]
    return order.sort_values(keys, kind="stable").drop(columns=["_stance", "_status", "_grade"]).reset_index(drop=True)


def merge_events(graded: pd.DataFrame, names: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Merge the mentions of each event into one row; columns as in the table `events`.

    The best told mention gives type, actors and status; the narrowest date that a supporting mention states is the date.
    """
    rows = []
    for event_id, told in graded[graded["event_id"] != ""].groupby("event_id", sort=True):
        first = told.iloc[0]
        rows.append({"event_id": event_id, **first[list(_EVENT)].to_dict(), **_merged(told, as_of)})
    return _named(rows, names, "events")


def merge_conditions(graded: pd.DataFrame, names: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Merge the mentions of each condition into one row; columns as in the table `conditions`."""
    rows = []
    for condition_id, told in graded[graded["condition_id"] != ""].groupby("condition_id", sort=True):
        first = told.iloc[0]
        merged = _merged(told, as_of)
        rows.append(
            {"condition_id": condition_id, "actors": first["source_actors"], "speaker": first["speaker"], **merged}
        )
    return _named(rows, names, "conditions")


def describe_actors(events: pd.DataFrame, conditions: pd.DataFrame, mentions: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the actors that occur in the tables, with the office that each holds on the as-of date."""
    offices = read_reference("offices")
    spoken = mentions.drop_duplicates("mention_id")["speaker"]
    counts = {
        "n_source": _count(events["source_actors"]),
        "n_target": _count(events["target_actors"]),
        "n_speaker": _count(spoken),
    }
    seen = set().union(*counts.values()) | set(_count(conditions["actors"]))
    rows = []
    for actor in read_reference("actors").to_dict("records"):
        if actor["actor_id"] in seen:
            office = acts_for(offices, actor["actor_id"], as_of)
            held = {} if office is None else office.to_dict()
            rows.append(
                actor
                | {name: held.get(name, "") for name in ("acts_for", "office_de", "office_en", "from", "to")}
                | {name: count.get(actor["actor_id"], 0) for name, count in counts.items()}
            )
    return pd.DataFrame(rows, columns=list(TABLES["actors"].columns))


def compare(now: Dataset, before: Dataset, previous: str) -> pd.DataFrame:
    """Return what differs from the dataset of the previous edition; columns as in the table `changes`."""
    rows = []
    for table, key in (("events", "event_id"), ("conditions", "condition_id")):
        new, old = (getattr(dataset, table).set_index(key) for dataset in (now, before))
        for row in sorted(set(new.index) | set(old.index)):
            if row not in old.index:
                rows.append((table, row, "new", "", "", "", new.at[row, "mention_ids"]))
            elif row not in new.index:
                rows.append((table, row, "gone", "", "", "", ""))
            else:
                added = [m for m in ids(new.at[row, "mention_ids"]) if m not in ids(old.at[row, "mention_ids"])]
                for field in COMPARED:
                    if field in new and str(new.at[row, field]) != str(old.at[row, field]):
                        values = str(old.at[row, field]), str(new.at[row, field])
                        rows.append((table, row, "changed", field, *values, ";".join(added)))
    columns = list(TABLES["changes"].columns)
    return pd.DataFrame([(previous, *row) for row in rows], columns=columns)


def build_changes(now: Dataset, paths: Paths, previous: str, since: str = "") -> pd.DataFrame:
    """Return what differs from the edition of the day `previous`; no row if there is none."""
    if not previous:
        return pd.DataFrame(columns=list(TABLES["changes"].columns), dtype=str)
    return compare(now, build(replace(paths, as_of=previous), since), previous)


def find_faults(paths: Paths) -> Iterator[str]:
    """Yield one sentence for each row of the case that does not fit: ids that do not resolve, evidence that is not there."""
    sources = read_sources(paths)
    sentences = read_sentences(paths, sources)
    text = {(s.source_id, s.sentence_no, s.language): s.text for s in sentences.itertuples()}
    mentions, decisions = read_case(paths, "mentions"), read_case(paths, "decisions")
    named = {"event_id": set(read_case(paths, "events")["event_id"])}
    named["condition_id"] = set(read_case(paths, "conditions")["condition_id"])
    actors = set(read_reference("actors")["actor_id"])
    for row, mention in enumerate(mentions.to_dict("records"), start=2):
        where = f"data/cases/{paths.case}/mentions.csv, row {row} ({mention['mention_id']})"
        yield from (f"{where}: {fault}" for fault in _faults(mention, text, named, actors))
    known = set(mentions["mention_id"])
    for row, decision in enumerate(decisions.to_dict("records"), start=2):
        where = f"data/cases/{paths.case}/decisions.csv, row {row} ({decision['decision_id']})"
        if decision["row"] not in known:
            yield f"{where}: there is no mention {decision['row']!r}; correct the id."
        if decision["action"] == "edit" and decision["field"] not in mentions.columns:
            yield f"{where}: {decision['field']!r} is no field of a mention; choose a column of mentions.csv."
        if decision["action"] in ("merge", "split") and decision["value"] not in named["event_id"]:
            yield f"{where}: there is no event {decision['value']!r}; add it to events.csv."


_EVENT = ("event_type", "mode", "context", "source_actors", "target_actors", "mutual")


def _faults(
    mention: dict[str, str], text: dict[tuple[str, str, str], str], named: dict[str, set[str]], actors: set[str]
) -> Iterator[str]:
    if bool(mention["event_id"]) == bool(mention["condition_id"]):
        yield "it must tell either an event or a condition; fill exactly one of event_id and condition_id."
    if mention["event_id"] and not mention["event_type"]:
        yield "an event needs an event_type; choose a PLOVER root type."
    for column, known in named.items():
        if mention[column] and mention[column] not in known:
            yield f"there is no {column} {mention[column]!r}; add it to {column[:-3]}s.csv."
    for column in ("source_actors", "target_actors", "speaker"):
        for actor in ids(mention[column]):
            if actor not in actors:
                yield f"{column} names the unknown actor {actor!r}; add it to data/reference/actors.csv."
    try:
        parse(mention["date"]) if mention["date"] else None
    except Fault as fault:
        yield str(fault)
    held = [language for language in LANGUAGES if (mention["source_id"], mention["sentence_no"], language) in text]
    if not held:
        yield f"the texts of source {mention['source_id']!r} have no sentence {mention['sentence_no']}; correct the number."
    for language in held:
        sentence = text[mention["source_id"], mention["sentence_no"], language]
        for column, what in ((f"quote_{language}", "evidence"), (f"cue_{language}", "cue")):
            if sentence.count(mention[column]) != 1 and mention[column]:
                yield (
                    f"the {what} {mention[column][:60]!r} does not stand once in sentence {mention['sentence_no']} of "
                    f"texts/{mention['source_id']}.{language}.txt; copy it from there."
                )


def _merged(told: pd.DataFrame, as_of: str) -> dict[str, object]:
    """Return the fields that events and conditions share, from mentions of which the best told stands first."""
    first, supporting = told.iloc[0], told[told["stance"] != "denies"]
    dated = [row for row in told[told["stance"] == first["stance"]].to_dict("records") if row["date"]]
    best = min(dated, key=lambda row: _width(row["date"]), default={"date": "", "date_basis": ""})
    earliest, latest = bounds(best["date"], as_of)
    contested = "no"
    if len(told) > 1 and "differs" in set(told["stance"]):
        contested = "particulars"
    if len(supporting) not in (0, len(told)):
        contested = "occurrence"
    by = told.loc[(told["stance"] != "supports") if contested != "no" else told.index < 0, "mention_id"]
    counted = supporting if len(supporting) else told
    return {
        "date": best["date"],
        "date_basis": best["date_basis"],
        "earliest": earliest,
        "latest": latest,
        "status": first["status"],
        "credibility": first["credibility"],
        "n_mentions": len(told.drop_duplicates(["source_id", "sentence_no"])),
        "n_publishers": counted["reporter"].nunique(),
        "contested": contested,
        "contested_by": ";".join(sorted(by)),
        "known_from": told["known_from"].min(),
        "mention_ids": ";".join(sorted(told["mention_id"])),
    }


def _width(edtf: str) -> int:
    """Return how many days a date spans; an open end counts as endless."""
    span = parse(edtf)
    if not (span.earliest and span.latest):
        return 10**6
    return (pd.Timestamp(span.latest) - pd.Timestamp(span.earliest)).days


def _named(rows: list[dict[str, object]], names: pd.DataFrame, table: str) -> pd.DataFrame:
    columns = list(TABLES[table].columns)
    key = columns[0]
    return pd.DataFrame(rows, columns=[c for c in columns if c not in names or c == key]).merge(names, on=key)[columns]


def _count(cells: pd.Series) -> dict[str, int]:
    return pd.Series([one for cell in cells for one in ids(cell)], dtype=str).value_counts().to_dict()
