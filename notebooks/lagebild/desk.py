"""The reviewer's desk: every row that a case lets one decide on, in its text, with what was decided on it so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.decisions import COLUMNS, KEEPS, Conflict, find_conflicts, in_force, merge_decisions
from lagebild.labels import Labels
from lagebild.paths import Fault, Paths
from lagebild.proposals import draft_case
from lagebild.review import Known, decide, find_faulty_decisions, locate_evidence, propose_case, read_known
from lagebild.schema import CREDIBILITY, DATE_BASES, EVENT_TYPES, STANCES, STATUSES, TABLES
from lagebild.sources import known_sources, read_sentences, read_sources, read_text
from lagebild.store import append_case, is_draft, read_case, read_reference, read_table, records

TOLD = [column for column in TABLES["mentions"].columns if column not in ("rule", "origin", "reviewed")]
DRAFTED = ["confidence", "type_alt", "inferred", "date_text", "speaker_text", "rule"]  # only drafts have them
SHOWN = [*TOLD, *DRAFTED, "state", "decided"]


@dataclass(frozen=True)
class Desk:
    """What lies on the desk: the rows as coded and drafted, their texts, and all that a decision may refer to."""

    paths: Paths
    labels: Labels
    sources: pd.DataFrame
    sentences: pd.DataFrame
    coded: pd.DataFrame
    drafts: pd.DataFrame
    proposed: pd.DataFrame
    known: Known


def open_desk(paths: Paths, labels: Labels) -> Desk:
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
    return Desk(paths, labels, sources, sentences, coded, drafts, proposed, known)


def read_decisions(desk: Desk) -> pd.DataFrame:
    """Return all decisions that were taken on the case so far."""
    return read_case(desk.paths, "decisions")


def show_rows(desk: Desk, decisions: pd.DataFrame, names: Iterable[str] = ()) -> list[list[Any]]:
    """Return rows as the decisions leave them, in the order of the texts; rejected ones too, for they may come back.

    A row is a list of the columns `SHOWN`: those of the table `mentions` in the language of the labels if the page is
    held in it, what the draft coder says of a draft, `state` (open, accepted, edited, rejected, added) and `decided`
    (who and why, of the last decision). `names` narrows it to some mentions.
    """
    chosen = set(names)
    coded, proposed = desk.coded, desk.proposed.assign(candidate="no")
    if chosen:
        coded, proposed = coded[coded["mention_id"].isin(chosen)], proposed[proposed["mention_id"].isin(chosen)]
        decisions = decisions[decisions["row"].isin(chosen)]
    decided = decide(coded, decisions[decisions["action"] != "reject"], proposed)
    pages = set(decided["source_id"])
    told = locate_evidence(decided, desk.sentences[desk.sentences["source_id"].isin(pages)])
    order = told["language"].ne(desk.labels.language)
    told = told.assign(order=order).sort_values(["order"], kind="stable").drop_duplicates("mention_id")
    drafted = desk.drafts[desk.drafts["draft_id"].isin(set(told["mention_id"]))]
    extra = {row["draft_id"]: {name: row[name] for name in DRAFTED} for row in records(drafted)}
    taken = _sum_up(decisions)
    blank, untouched = dict.fromkeys(DRAFTED, ""), {"state": "open", "decided": ""}
    told = told.sort_values(["source_id", "language", "start", "mention_id"], kind="stable")
    rows = (
        row | extra.get(row["mention_id"], blank) | taken.get(row["mention_id"], untouched) for row in records(told)
    )
    return [[row[name] for name in SHOWN] for row in rows]


def _sum_up(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the state of each mention that somebody decided on, with the last decision in words."""
    found: dict[str, dict[str, str]] = {}
    for row in records(in_force(decisions)):
        before = found.get(row["row"], {"state": ""})["state"]
        if row["action"] == "reject":
            state = "rejected"
        elif row["action"] == "add" or before == "added":
            state = "added"
        else:
            state = "accepted" if row["action"] == "accept" and before != "edited" else "edited"
        found[row["row"]] = {"state": state, "decided": f"{row['by']}, {row['date']}: {row['reason']}"}
    return found


def record(desk: Desk, decisions: pd.DataFrame, act: list[dict[str, str]]) -> pd.DataFrame:
    """Append the decisions of one act, all or none, and return all decisions of the case.

    What was appended before is not appended again: whoever does not know whether an act arrived may send it again.

    Raises
    ------
    Fault
        If a decision does not fit; then none of the act is appended.
    """
    if not all(isinstance(row, dict) and all(isinstance(value, str) for value in row.values()) for row in act):
        raise Fault("A decision must be a row of texts; reload the page and decide again.")
    wanted = pd.DataFrame([{name: row.get(name, "").strip() for name in COLUMNS} for row in act], columns=COLUMNS)
    new = wanted[~wanted["decision_id"].isin(decisions["decision_id"])]
    if new.empty:
        return decisions
    touched = decisions[decisions["row"].isin(new["row"])]
    # Events that other decisions split off are there, too.
    events = desk.known.events | set(decisions.loc[decisions["action"] == "split", "value"])
    known = Known(desk.known.texts, desk.known.mentions, events, desk.known.conditions, desk.known.actors)
    for number, _, fault in find_faulty_decisions(pd.concat([touched, new], ignore_index=True), known):
        if number - 2 >= len(touched):
            raise Fault(fault)
    append_case(desk.paths, "decisions", new)
    return pd.concat([decisions, new], ignore_index=True)


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
    mine, theirs = read_case(paths, "decisions"), read_table(file, "case/decisions")
    conflicts = find_conflicts(mine, theirs)
    merged = merge_decisions(mine, theirs, keep or KEEPS[0])
    for number, name, fault in find_faulty_decisions(merged, read_known(paths)):
        raise Fault(f"{file.name}, decision {name} (row {number} of the merged table): {fault}")
    new = merged[~merged["decision_id"].isin(mine["decision_id"])]
    if keep or not conflicts:
        append_case(paths, "decisions", new)
    return Merged(conflicts, bool(keep or not conflicts), int(new["decision_id"].isin(theirs["decision_id"]).sum()))


def lay_out(desk: Desk) -> dict[str, Any]:
    """Return what the reviewer's choices are: texts, sources, actors with all their names, types with definitions."""
    language = desk.labels.language
    other = {"de": "en", "en": "de"}[language]
    names = read_reference("names")
    forms = names[names["language"].isin(["", language])].groupby("actor_id")["name"].agg(" ".join)
    actors = read_reference("actors")
    types = read_reference("event_types").set_index("event_type")
    texts = {
        f"{source_id}:{spoken}": list(_line_up(records(rows), read_text(desk.paths, str(source_id), str(spoken))))
        for (source_id, spoken), rows in desk.sentences.groupby(["source_id", "language"])
    }
    return {
        "columns": SHOWN,
        "texts": texts,
        "sources": {
            row["source_id"]: [row["title"], row["publisher"], desk.labels.date(row["published"])]
            for row in records(desk.sources)
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
            [kind, desk.labels.types[kind], str(types.loc[kind, f"definition_{language}"])] for kind in EVENT_TYPES
        ],
        "choices": {"status": STATUSES, "stance": STANCES, "credibility": CREDIBILITY, "date_basis": ["", *DATE_BASES]},
        "names": {
            row[f"{kind}_id"]: row[f"summary_{language}"]
            for kind in ("event", "condition")
            for row in records(read_case(desk.paths, f"{kind}s"))
        },
        "place": hashlib.sha256(str(desk.paths.inputs.resolve()).encode()).hexdigest()[:16],
    }


def _line_up(sentences: list[dict[str, Any]], text: str) -> Iterator[list[Any]]:
    """Yield the number, place and words of each sentence, and whether it begins a line."""
    end = 0
    for row in sentences:
        yield [row["sentence_no"], row["start"], row["text"], "\n" in text[end : row["start"]]]
        end = row["end"]


def tell_date(desk: Desk, edtf: str) -> dict[str, str]:
    """Return an EDTF date in words that are as vague as it is, or the fault in it."""
    try:
        return {"words": desk.labels.date(edtf.strip()), "fault": ""}
    except Fault as fault:
        return {"words": "", "fault": str(fault)}
