"""Reviewers' decisions applied to mentions: what a person decided replaces what was coded or drafted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.core.paths import InputError
from lagebild.core.schema import TABLES
from lagebild.core.tables import records
from lagebild.corpus.inputs import Corpus, Inputs
from lagebild.dataset.decisions import in_force_on_mentions, read_place
from lagebild.dataset.evidence import CODED, add_quotes, locate_evidence, quotes
from lagebild.dataset.proposals import propose, propose_rest

# What a reviewer may change in a mention; where it stands and who added it stay as they are.
DECIDABLE = [column for column in CODED if column not in ("mention_id", "source_id", "sentence_no", "by", "added")]
# What an added mention is until edits say more.
BLANK = dict.fromkeys(CODED, "") | {"mutual": "no", "status": "asserted", "stance": "supports", "credibility": "6"}
MOVES = ("merge", "split")
NOTHING = pd.DataFrame(columns=list(TABLES["case/decisions"].columns), dtype=str)


def propose_case(inputs: Inputs, coded: pd.DataFrame, drafts: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the drafts as rows to review: in a draft case all, else those that no coded mention takes up."""
    if inputs.case.draft:
        return propose(drafts, corpus.sources)
    mentions = locate_evidence(decide(coded, NOTHING), corpus.sentences)
    return propose_rest(inputs.reference, drafts, mentions, corpus.sources)


def decide(coded: pd.DataFrame, decisions: pd.DataFrame, proposed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Apply the reviewers' decisions to the mentions, in the order in which they were taken.

    `coded` are the mentions that people coded, `proposed` those of the draft coder; a candidate of the draft coder
    counts only once a reviewer has taken it up. A decision that was taken back never was. To merge or split an event
    moves its mentions, read or not: that reviews none of them, takes no candidate up, and brings none back.
    """
    by_hand = add_quotes(coded).assign(
        rule="coded by hand: " + coded["by"] + " " + coded["added"], origin="added", reviewed="yes", language="", at=0
    )
    frame = by_hand if proposed is None else pd.concat([by_hand, proposed], ignore_index=True)
    rows = {row["mention_id"]: row for row in records(frame)}
    rejected = set() if proposed is None else set(proposed.loc[proposed["candidate"] == "yes", "mention_id"])
    added = set[str]()
    for decision in records(in_force_on_mentions(decisions)):
        name, action = decision["row"], decision["action"]
        if action == "add":
            rows[name] = add_mention(decision)
            added.add(name)
        if name not in rows:
            continue  # a draft of a page that this edition does not know yet
        if action not in MOVES:
            rejected.discard(name)  # the last decision counts
            rows[name]["reviewed"] = "yes"
        if action == "reject":
            rejected.add(name)
        elif action in ("edit", *MOVES):
            rows[name][field_of(decision)] = decision["value"]
            if name not in added:
                rows[name] |= {"origin": "edited", "rule": decision["decision_id"]}
    return pd.DataFrame([row for name, row in rows.items() if name not in rejected], columns=by_hand.columns)


def add_mention(decision: dict[str, Any]) -> dict[str, Any]:
    """Return the mention that an `add` begins, with its place; edits of the same mention say what it tells."""
    place = read_place(decision["value"])
    if place is None:
        raise InputError(f"The decision {decision['decision_id']} adds at {decision['value']!r}, which is no place.")
    said = {"reason": decision["reason"], "by": decision["by"], "added": decision["date"]}
    trace = {"rule": decision["decision_id"], "origin": "added", "reviewed": "yes", "candidate": "no"}
    where = {"source_id": place.source_id, "sentence_no": place.sentence_no, "language": place.language}
    return (
        dict.fromkeys(quotes(), "") | BLANK | {"mention_id": decision["row"], "at": place.start} | where | said | trace
    )


def field_of(decision: dict[str, Any]) -> str:
    """Return the field that an edit, a merge or a split changes."""
    return str(decision["field"]) if decision["action"] == "edit" else "event_id"
