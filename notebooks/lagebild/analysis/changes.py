"""What is new since the previous edition, and what a run changed in an edition that was built before, and why.

The previous edition is rebuilt from today's files as of its own day. So no decision and no rule can make a difference
between the two editions, only a page published since, or the as-of date itself. What another source, decision or rule
changed in an edition that was built before is told by `revise`. No report shows it: a report depends on its case, the
program and the reference tables, never on what was built before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set as AbstractSet
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from lagebild import __version__
from lagebild.analysis.relations import relate
from lagebild.core import (
    ANSWERS,
    TABLES,
    Entry,
    InputError,
    Paths,
    Reference,
    disk,
    edtf,
    folders,
    ids,
    list_reference_files,
    load,
    read_offices,
    records,
    schema,
)
from lagebild.corpus import Inputs
from lagebild.dataset import Dataset, Drafts, assemble

COMPARED = (
    "event_type",
    "source_actors",
    "target_actors",
    "date",
    "status",
    "credibility",
    "contested",
    "density",
    "n_publishers",
)
Row = Mapping[str, Any]
Cells = Mapping[tuple[str, str], Row]  # actor and target to their row of the relation matrix


class Change(NamedTuple):
    """One difference; fields as in the table `changes`, which adds the day of the previous edition."""

    table: str
    row: str
    change: str
    field: str
    before: str
    after: str
    reason: str
    cause: str


def build_changes(
    now: Dataset, inputs: Inputs, drafts: Drafts, previous: str, questions: Iterable[Entry], since: str = ""
) -> pd.DataFrame:
    """Return what differs from the edition of the day `previous`; columns as in the table `changes`.

    `questions` are those that are open today. There is no row if there is no previous edition.
    """
    changes: list[Change] = []
    if previous:
        before = assemble(inputs, drafts, inputs.known(previous), previous, since)
        fresh, known = find_fresh(now.sources, previous), set(before.mentions["mention_id"])
        pages = dict(zip(now.mentions["mention_id"], now.mentions["source_id"], strict=True))
        explain = partial(_explain_change, pages=pages, known=known, fresh=fresh)
        changes += compare(now.tables(), before.tables(), explain)
        causes = {change.row: change.cause for change in changes}
        changes += compare_relations(_relate(inputs.reference, now), _relate(inputs.reference, before), causes)
        cited = {*now.events["event_id"], *now.conditions["condition_id"]}
        was_cited = {*before.events["event_id"], *before.conditions["condition_id"]}
        changes += find_answered(questions, cited, was_cited, causes)
    return pd.DataFrame([(previous, *change) for change in changes], columns=list(TABLES["changes"].columns))


def compare(
    now: Mapping[str, pd.DataFrame],
    before: Mapping[str, pd.DataFrame],
    blame: Callable[[Row | None, Row | None], str],
) -> list[Change]:
    """Return how the tables `events` and `conditions` differ from those before, field by field.

    `blame` says why a row differs, from the row as it is and as it was; None stands for a row that is not there.
    """
    changes = []
    for table, key in (("events", "event_id"), ("conditions", "condition_id")):
        new = {row[key]: row for row in records(now[table])}
        old = {row[key]: row for row in records(before[table])}
        for name in sorted(new.keys() | old.keys()):
            has, had = new.get(name), old.get(name)
            if has is None:
                changes.append(Change(table, name, "gone", "", "", "", "", blame(has, had)))
            elif had is None:
                changes.append(Change(table, name, "new", "", "", "", has["mention_ids"], blame(has, had)))
            else:
                added = ";".join(sorted(set(ids(has["mention_ids"])) - set(ids(had["mention_ids"]))))
                fields = [field for field in COMPARED if field in has and has[field] != had[field]]
                for field in fields:
                    was, is_ = str(had[field]), str(has[field])
                    changes.append(Change(table, name, "changed", field, was, is_, added, blame(has, had)))
    return changes


def find_fresh(sources: pd.DataFrame, previous: str) -> dict[str, str]:
    """Return the pages that were not known on the day `previous`, and for each why it is known now.

    The cause is `source` if the page was certainly published later, and `time` if it may have been published before,
    but its day is only known as an interval that ends later.
    """
    return {
        page["source_id"]: "source" if edtf.parse(page["published"]).earliest > previous else "time"
        for page in records(sources)
        if page["known_from"] > previous
    }


def compare_relations(now: Cells, before: Cells, causes: Mapping[str, str]) -> list[Change]:
    """Return the cells of the relation matrix that appeared, vanished or have another sign: sign and net of each.

    A cell in which no event weighs counts as none. The reason is the events that came into a cell or left it; `causes`
    says why an event differs.
    """
    changes = []
    for pair in sorted(now.keys() | before.keys()):
        has, had = now.get(pair, {}), before.get(pair, {})
        if has.get("sign") != had.get("sign"):
            moved = sorted(set(ids(has.get("event_ids", ""))) ^ set(ids(had.get("event_ids", ""))))
            cause = _combine_causes(causes.get(event, "time") for event in moved)
            change = "changed" if has and had else "new" if has else "gone"
            for field in ("sign", "net"):
                was, is_ = str(had.get(field, "")), str(has.get(field, ""))
                changes.append(Change("relations", ";".join(pair), change, field, was, is_, ";".join(moved), cause))
    return changes


def find_answered(
    questions: Iterable[Entry], known: set[str], was_known: set[str], causes: Mapping[str, str]
) -> list[Change]:
    """Return the questions that this edition can answer and the previous one could not.

    A question is answered once every event and condition that answers it is known.
    """
    changes = []
    for entry in questions:
        answers = set(entry.answered_by)
        if answers and answers <= known and not answers <= was_known:
            cause = _combine_causes(causes.get(name, "time") for name in answers - was_known)
            reason = ";".join(entry.answered_by)
            changes.append(Change("questions", entry.entry_id, "answered", "", "", "", reason, cause))
    return changes


def _relate(reference: Reference, data: Dataset) -> dict[tuple[str, str], Row]:
    offices, types = read_offices(reference), reference.table("event_types")
    table = relate(data.events, data.mentions, data.sources, offices, types, "")
    return {(row["source_actor"], row["target_actor"]): row for row in records(table) if row["n_events"]}


def _explain_change(
    has: Row | None, had: Row | None, pages: Mapping[str, str], known: AbstractSet[str], fresh: Mapping[str, str]
) -> str:
    """Return why an event or condition differs: pages that are new in it, mentions that moved, or the date alone.

    `pages` says which page makes each mention of today, `known` are the mentions of the previous edition.
    """
    mentions = set(ids(has["mention_ids"])) if has else set[str]()
    told_by = {pages[mention] for mention in mentions & pages.keys()}
    if causes := [fresh[page] for page in sorted(told_by & fresh.keys())]:
        return _combine_causes(causes)
    if had:  # without new pages only a merger with something that has one moves mentions
        return "source" if mentions != set(ids(had["mention_ids"])) else "time"
    return "source" if mentions & known else "time"


def _combine_causes(causes: Iterable[str]) -> str:
    """Return `source` if a page published since has a part in it."""
    return "source" if "source" in set(causes) else "time"


# --- What a run changed in an edition that was built before ---

READING = (*(f"{name}.csv" for name in schema.ADDED), ANSWERS)  # of a case: rules how its texts are read
DECIDED = ("case.yml", "sources.csv", "mentions.csv", "events.csv", "conditions.csv", "decisions.csv")
# What makes a mention another one; `rule` and `origin` only say how it came about, `start` and `end` where it stands.
REPORTING = (
    "event_id",
    "condition_id",
    "event_type",
    "source_actors",
    "target_actors",
    "mutual",
    "date",
    "status",
    "speaker",
    "stance",
    "credibility",
    "reviewed",
)


class _Built(NamedTuple):
    """The tables of one run."""

    tables: dict[str, pd.DataFrame]
    mentions: dict[str, dict[str, Any]]
    pages: dict[str, str]
    inputs: dict[str, list[Any]]

    @property
    def since(self) -> str:
        """The parameter that narrows the tables of a run."""
        return next((str(row["value"]) for row in self.inputs["run"] if row["name"] == "since"), "")


def list_inputs(paths: Paths, since: str = "") -> pd.DataFrame:
    """Return what a run starts from beside the texts, each with its SHA-256; columns as in the table `inputs`."""
    rows = [("run", "since", since), ("rule", "version", __version__)]
    rows += [("decision", name, disk.hash_files([paths.inputs / name])) for name in DECIDED]
    rows += [("rule", name, digest) for name in READING if (digest := disk.hash_files([paths.inputs / name]))]
    rows += [
        ("rule", f"reference/{file.relative_to(paths.reference).as_posix()}", disk.hash_files([file]))
        for file in list_reference_files(paths.reference)
        if file.stem != "quality"
    ]
    program: list[Path] = []
    for room in folders.MAKERS:
        program += (folders.PACKAGE / room).rglob("*.py")
    rows.append(("rule", "program", disk.hash_files(sorted(program))))
    return pd.DataFrame(rows, columns=list(TABLES["inputs"].columns))


def revise(before: Paths, now: Paths) -> pd.DataFrame:
    """Return how an edition differs from what was built before; columns as in the table `revisions`.

    There is no row if nothing comparable was built before: no run, a run of an earlier version with other columns, or
    one that was narrowed otherwise (`since`).

    A difference is due to a *source* if a page behind the row is another one or has another text. Otherwise it is due
    to a *decision* if only what people coded or decided has changed, to a *rule* if only the program or its reference
    tables have; if both, to a decision where a reviewed mention differs.
    """
    new, old = _load_run(now), _load_run(before)
    revisions = []
    if new and old and new.since == old.since:
        for change in compare(new.tables, old.tables, lambda has, had: _explain_revision(has, had, new, old)):
            key = f"{change.table[:-1]}_id"
            mentions = set[str]()
            for run in (old, new):
                mentions.update(name for name, row in run.mentions.items() if row[key] == change.row)
            revisions.append(change._replace(reason=";".join(sorted(_find_differing(mentions, new, old)))))
    return pd.DataFrame(revisions, columns=list(TABLES["revisions"].columns))


def describe_revisions(revisions: pd.DataFrame) -> str:
    """Return revisions in one line, such as "3 events, 1 condition (2 decision, 2 rule)"; empty if there is none."""
    rows = revisions.drop_duplicates(["table", "row"])
    tables, causes = Counter(rows["table"]), Counter(rows["cause"])
    counted = [f"{n} {table if n != 1 else table[:-1]}" for table, n in sorted(tables.items(), reverse=True)]
    caused = [f"{n} {cause}" for cause, n in sorted(causes.items())]
    return f"{', '.join(counted)} ({', '.join(caused)})" if counted else ""


def last_revisions(paths: Paths) -> str:
    """Return in one line what the last run revised in an edition; empty if nothing, or if there was no run."""
    try:
        return describe_revisions(load(paths, "revisions"))
    except InputError:
        return ""


def _load_run(paths: Paths) -> _Built | None:
    try:
        tables = {name: load(paths, name) for name in schema.REVISED}
    except InputError:  # not built before, or by a version with other columns
        return None
    inputs = {kind: records(tables["inputs"][tables["inputs"]["kind"] == kind]) for kind in schema.INPUTS}
    mentions = {row["mention_id"]: row for row in records(tables["mentions"].drop_duplicates("mention_id"))}
    pages = dict(zip(tables["sources"]["source_id"], tables["sources"]["sha256"], strict=True))
    return _Built(tables, mentions, pages, inputs)


def _explain_revision(has: Row | None, had: Row | None, new: _Built, old: _Built) -> str:
    mentions = set[str]()
    for row in (has, had):
        mentions.update(ids(row["mention_ids"]) if row else ())
    differing, reviewed = _find_differing(mentions, new, old), False
    for run in (new, old):
        for name in mentions & run.mentions.keys():
            mention = run.mentions[name]
            page = mention["source_id"]
            if new.pages.get(page) != old.pages.get(page):
                return "source"
            reviewed |= name in differing and mention["reviewed"] == "yes"
    decided = new.inputs["decision"] != old.inputs["decision"]
    ruled = new.inputs["rule"] != old.inputs["rule"]
    return "decision" if decided and (reviewed or not ruled) else "rule"


def _find_differing(mentions: set[str], new: _Built, old: _Built) -> set[str]:
    """Return the mentions that only one of two runs has, or that tell something else."""
    apart = mentions & (new.mentions.keys() ^ old.mentions.keys())
    both = mentions & new.mentions.keys() & old.mentions.keys()
    report = itemgetter(*REPORTING)
    return apart | {name for name in both if report(new.mentions[name]) != report(old.mentions[name])}
