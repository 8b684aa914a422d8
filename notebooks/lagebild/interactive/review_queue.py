"""The reviewer's desk: every row that a case lets one decide on, in its text, with what was decided on it so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.core.appending import append_case, check_rows
from lagebild.core.csv_form import data_hash
from lagebild.core.labels import Labels
from lagebild.core.paths import InputError, Paths
from lagebild.core.schema import CREDIBILITY, DATE_BASES, EVENT_TYPES, STANCES, STATUSES, TABLES
from lagebild.core.tables import is_draft, read_case, read_reference, read_table, records
from lagebild.corpus.sources import known_sources, read_sentences, read_sources, read_text
from lagebild.dataset.dataset import (
    MOVES,
    Known,
    decide,
    find_faulty_decisions,
    locate_evidence,
    propose_case,
    read_known,
)
from lagebild.dataset.decisions import COLUMNS, KEEPS, Conflict, find_conflicts, in_force, merge_decisions
from lagebild.dataset.matching import draft_case

REPORTED = [column for column in TABLES["mentions"].columns if column not in ("rule", "origin", "reviewed")]
DRAFTED = ["confidence", "type_alt", "inferred", "date_text", "speaker_text", "rule"]  # only drafts have them
SHOWN = [*REPORTED, *DRAFTED, "state", "decided"]


@dataclass(frozen=True)
class ReviewQueue:
    """What lies on the desk: the rows as coded and drafted, their texts, and all that a decision may refer to."""

    paths: Paths
    labels: Labels
    sources: pd.DataFrame
    sentences: pd.DataFrame
    coded: pd.DataFrame
    drafts: pd.DataFrame
    proposed: pd.DataFrame
    known: Known


def open_queue(paths: Paths, labels: Labels) -> ReviewQueue:
    """Return the rows to review of the pages that are known on the as-of date.

    In a draft case these are its drafts, candidates included; in a case that people coded, the coded mentions and the
    drafts that none of them takes up.
    """
    known = read_known(paths)
    sources = known_sources(read_sources(paths), paths.as_of)
    sentences = read_sentences(paths, sources)
    drafts, coded = draft_case(paths, sources, sentences), read_case(paths, "mentions")
    coded = coded[coded["source_id"].isin(set(sources["source_id"]))]
    proposed = propose_case(coded, drafts, sources, sentences, is_draft(paths))
    return ReviewQueue(paths, labels, sources, sentences, coded, drafts, proposed, known)


def read_decisions(queue: ReviewQueue) -> pd.DataFrame:
    """Return all decisions that were taken on the case so far."""
    return read_case(queue.paths, "decisions")


def show_rows(queue: ReviewQueue, decisions: pd.DataFrame, names: Iterable[str] = ()) -> list[list[Any]]:
    """Return rows as the decisions leave them, in the order of the texts; rejected ones too, for they may come back.

    A row is a list of the columns `SHOWN`: those of the table `mentions` in the language of the labels if the page is
    held in it, what the draft coder says of a draft, `state` (open, accepted, edited, rejected, added) and `decided`
    (who and why, of the last decision). `names` narrows it to some mentions.
    """
    chosen = set(names)
    coded, proposed = queue.coded, queue.proposed.assign(candidate="no")
    if chosen:
        coded, proposed = coded[coded["mention_id"].isin(chosen)], proposed[proposed["mention_id"].isin(chosen)]
        decisions = decisions[decisions["row"].isin(chosen)]
    decided = decide(coded, decisions[decisions["action"] != "reject"], proposed)
    pages = set(decided["source_id"])
    reported = locate_evidence(decided, queue.sentences[queue.sentences["source_id"].isin(pages)])
    order = reported["language"].ne(queue.labels.language)
    reported = reported.assign(order=order).sort_values(["order"], kind="stable").drop_duplicates("mention_id")
    drafted = queue.drafts[queue.drafts["draft_id"].isin(set(reported["mention_id"]))]
    extra = {row["draft_id"]: {name: row[name] for name in DRAFTED} for row in records(drafted)}
    taken = _sum_up(decisions)
    blank, untouched = dict.fromkeys(DRAFTED, ""), {"state": "open", "decided": ""}
    reported = reported.sort_values(["source_id", "language", "start", "mention_id"], kind="stable")
    rows = (
        row | extra.get(row["mention_id"], blank) | taken.get(row["mention_id"], untouched) for row in records(reported)
    )
    return [[row[name] for name in SHOWN] for row in rows]


def _sum_up(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the state of each mention that somebody decided on, with the last decision in words.

    To move a mention to another event decides nothing about it.
    """
    found: dict[str, dict[str, str]] = {}
    level: dict[str, int] = {}
    for row in records(in_force(decisions)):
        name, action = row["row"], row["action"]
        state = found.get(name, {"state": "open"})["state"]
        if action not in MOVES:
            level[name] = max(level.get(name, 0), LEVELS.index(action))
            state = "rejected" if action == "reject" else STATES[level[name]]
        found[name] = {"state": state, "decided": f"{row['by']}, {row['date']}: {row['reason']}"}
    return found


LEVELS = ("reject", "accept", "edit", "add")  # what was edited stays so when it is accepted, too
STATES = ("rejected", "accepted", "edited", "added")


def list_acts(decisions: pd.DataFrame, longest: int) -> list[dict[str, Any]]:
    """Return the decisions that can be taken back, the latest `longest` and what was decided in one act with them.

    An act is what the reviewer did at once; its decisions are called after it, ``ACT.1``, ``ACT.2``.
    """
    standing = in_force(decisions)
    act = standing["decision_id"].str.replace(r"\.\d+$", "", regex=True)
    latest = set(act.tail(longest))
    return records(standing.assign(act=act)[act.isin(latest)])


def admit(queue: ReviewQueue, decisions: pd.DataFrame, act: Any) -> pd.DataFrame:
    """Return those decisions of one act that are not among `decisions`, if all of the act fit.

    Whoever does not know whether an act arrived may send it again.

    Raises
    ------
    Fault
        If a decision of the act does not fit, or makes an earlier one on the same mention unfit.
    """
    rows = act if isinstance(act, list) else [act]
    if not all(isinstance(row, dict) and all(isinstance(row.get(name, ""), str) for name in COLUMNS) for row in rows):
        raise InputError("A decision must be a row of texts; reload the page and decide again.")
    reported = [{name: row.get(name, "").strip() for name in COLUMNS} for row in rows]
    wanted = check_rows(reported, TABLES["case/decisions"], queue.paths.inputs / TABLES["case/decisions"].file)
    new = wanted[~wanted["decision_id"].isin(decisions["decision_id"])]
    if new.empty:
        return new
    touched = decisions[decisions["row"].isin(new["row"])]
    # Events that other decisions split off are there, too.
    events = queue.known.events | set(decisions.loc[decisions["action"] == "split", "value"])
    known = replace(queue.known, events=events)
    before = {(name, fault) for _, name, fault in find_faulty_decisions(touched, known)}
    for _, name, fault in find_faulty_decisions(pd.concat([touched, new], ignore_index=True), known):
        if (name, fault) not in before:
            raise InputError(fault)
    return new


@dataclass(frozen=True)
class Merged:
    """What became of a merge of two copies: the conflicts, whether it was written, how many decisions are new here."""

    conflicts: list[Conflict]
    written: bool
    n_new: int


def merge_copies(paths: Paths, file: Path, keep: str = "") -> Merged:
    """Merge the decisions in `file` into those of the case; without `keep`, a conflict lets nothing be written.

    Raises
    ------
    Fault
        If a decision of the other copy does not fit this case, or reads differently here.
    """
    mine, theirs, known = read_case(paths, "decisions"), read_table(file, "case/decisions"), read_known(paths)
    for number, name, fault in find_faulty_decisions(mine, known):
        raise InputError(f"data/cases/{paths.case}/decisions.csv, row {number} ({name}): {fault}")
    events = {name: str(row["event_id"]) for name, row in known.mentions.items()}
    conflicts = find_conflicts(mine, theirs, events)
    merged = merge_decisions(mine, theirs, keep or KEEPS[0], events)
    for number, name, fault in find_faulty_decisions(merged, known):
        raise InputError(f"{file.name}, decision {name} (row {number} of the merged table): {fault}")
    new = merged[~merged["decision_id"].isin(mine["decision_id"])]
    if keep or not conflicts:
        append_case(paths, "decisions", new)
    return Merged(conflicts, bool(keep or not conflicts), int(new["decision_id"].isin(theirs["decision_id"]).sum()))


def lay_out(queue: ReviewQueue) -> dict[str, Any]:
    """Return what the reviewer's choices are: texts, sources, actors with all their names, types with definitions."""
    language = queue.labels.language
    other = {"de": "en", "en": "de"}[language]
    names = read_reference("names")
    forms = names[names["language"].isin(["", language])].groupby("actor_id")["name"].agg(" ".join)
    actors = read_reference("actors")
    types = read_reference("event_types").set_index("event_type")
    texts = {
        f"{source_id}:{spoken}": list(_line_up(records(rows), read_text(queue.paths, str(source_id), str(spoken))))
        for (source_id, spoken), rows in queue.sentences.groupby(["source_id", "language"])
    }
    return {
        "columns": SHOWN,
        "texts": texts,
        "sources": {
            row["source_id"]: [row["title"], row["publisher"], queue.labels.date(row["published"])]
            for row in records(queue.sources)
        },
        "actors": [
            [
                row["actor_id"],
                row[f"name_{language}"],
                row["type"],
                f"{row[f'name_{other}']} {forms.get(row['actor_id'], '')}",
            ]
            for row in records(actors)
        ],
        "types": [
            [kind, queue.labels.types[kind], str(types.loc[kind, f"definition_{language}"])] for kind in EVENT_TYPES
        ],
        "choices": {"status": STATUSES, "stance": STANCES, "credibility": CREDIBILITY, "date_basis": ["", *DATE_BASES]},
        "names": {
            row[f"{kind}_id"]: row[f"summary_{language}"]
            for kind in ("event", "condition")
            for row in records(read_case(queue.paths, f"{kind}s"))
        },
        "place": hashlib.sha256(str(queue.paths.inputs.resolve()).encode()).hexdigest()[:16],
        "content": data_hash({"sentences": queue.sentences, "coded": queue.coded, "drafts": queue.drafts})[:16],
    }


def _line_up(sentences: list[dict[str, Any]], text: str) -> Iterator[list[Any]]:
    """Yield the number, place and words of each sentence, and whether it begins a line."""
    end = 0
    for row in sentences:
        yield [row["sentence_no"], row["start"], row["text"], "\n" in text[end : row["start"]]]
        end = row["end"]


def describe_date(queue: ReviewQueue, edtf: str) -> dict[str, str]:
    """Return an EDTF date in words that are as vague as it is, or the fault in it."""
    try:
        return {"words": queue.labels.date(edtf.strip()), "fault": ""}
    except InputError as fault:
        return {"words": "", "fault": str(fault)}
