"""What a run changed in an edition that was built before, and why: another source, another decision, another rule.

No report shows it: a report depends on its case, the program and the reference tables, never on what was built before.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

from lagebild import __version__
from lagebild.analysis.changes import Row, compare
from lagebild.core.files import hash_files
from lagebild.core.paths import MAKERS, PACKAGE, InputError, Paths
from lagebild.core.schema import INPUTS, OWN, REVISED, TABLES, ids
from lagebild.core.tables import load, records

READING = tuple(f"{name}.csv" for name in OWN)  # of a case: rules how its texts are read
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
    rows += [("decision", name, hash_files([paths.inputs / name])) for name in DECIDED]
    rows += [("rule", name, found) for name in READING if (found := hash_files([paths.inputs / name]))]
    rows += [
        ("rule", f"reference/{file.relative_to(paths.reference).as_posix()}", hash_files([file]))
        for file in sorted(paths.reference.rglob("*.csv"))
        if file.stem != "quality"
    ]
    program = (file for room in MAKERS for file in (PACKAGE / room).rglob("*.py"))
    rows.append(("rule", "program", hash_files(sorted(program))))
    return pd.DataFrame(rows, columns=list(TABLES["inputs"].columns))


def revise(before: Paths, now: Paths) -> pd.DataFrame:
    """Return how an edition differs from what was built before; columns as in the table `revisions`.

    There is no row if nothing comparable was built before: no run, a run of an earlier version with other columns, or
    one that was narrowed otherwise (`since`).

    A difference is due to a *source* if a page behind the row is another one or has another text. Otherwise it is due
    to a *decision* if only what people coded or decided has changed, to a *rule* if only the program or its reference
    tables have; if both, to a decision where a reviewed mention differs.
    """
    new, old = _open(now), _open(before)
    found = []
    if new and old and new.since == old.since:
        for change in compare(new.tables, old.tables, lambda has, had: _blame(has, had, new, old)):
            key = f"{change.table[:-1]}_id"
            reported = {name for run in (old, new) for name, row in run.mentions.items() if row[key] == change.row}
            found.append(change._replace(reason=";".join(sorted(_differing(reported, new, old)))))
    return pd.DataFrame(found, columns=list(TABLES["revisions"].columns))


def sum_up(revisions: pd.DataFrame) -> str:
    """Return revisions in one line, such as "3 events, 1 condition (2 decision, 2 rule)"; empty if there is none."""
    rows = revisions.drop_duplicates(["table", "row"])
    tables, causes = Counter(rows["table"]), Counter(rows["cause"])
    counted = [f"{n} {table if n != 1 else table[:-1]}" for table, n in sorted(tables.items(), reverse=True)]
    return (
        f"{', '.join(counted)} ({', '.join(f'{n} {cause}' for cause, n in sorted(causes.items()))})" if counted else ""
    )


def last_revisions(paths: Paths) -> str:
    """Return in one line what the last run revised in an edition; empty if nothing, or if there was no run."""
    try:
        return sum_up(load(paths, "revisions"))
    except InputError:
        return ""


def _open(paths: Paths) -> _Built | None:
    try:
        tables = {name: load(paths, name) for name in REVISED}
    except InputError:  # not built before, or by a version with other columns
        return None
    inputs = {kind: records(tables["inputs"][tables["inputs"]["kind"] == kind]) for kind in INPUTS}
    mentions = {row["mention_id"]: row for row in records(tables["mentions"].drop_duplicates("mention_id"))}
    pages = dict(zip(tables["sources"]["source_id"], tables["sources"]["sha256"], strict=True))
    return _Built(tables, mentions, pages, inputs)


def _blame(has: Row | None, had: Row | None, new: _Built, old: _Built) -> str:
    reported = {name for row in (has, had) if row for name in ids(row["mention_ids"])}
    pages = {run.mentions[name]["source_id"] for run in (new, old) for name in reported & run.mentions.keys()}
    if any(new.pages.get(page) != old.pages.get(page) for page in pages):
        return "source"
    decided, ruled = (new.inputs[kind] != old.inputs[kind] for kind in ("decision", "rule"))
    reviewed = any(
        run.mentions[name]["reviewed"] == "yes"
        for run in (new, old)
        for name in _differing(reported, new, old) & run.mentions.keys()
    )
    return "decision" if decided and (reviewed or not ruled) else "rule"


def _differing(reported: set[str], new: _Built, old: _Built) -> set[str]:
    """Return the mentions that only one of two runs has, or that tell something else."""
    apart = reported & (new.mentions.keys() ^ old.mentions.keys())
    both = reported & new.mentions.keys() & old.mentions.keys()
    return apart | {name for name in both if any(new.mentions[name][f] != old.mentions[name][f] for f in REPORTING)}
