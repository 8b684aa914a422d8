"""What reviewers decided on mentions, titles and verdicts: read, applied, checked, and merged from two copies.

Decisions are rows that are only ever appended, and taken back by other rows. One on a mention replaces what was coded
or drafted; one on the title of an event says why it was given. Verdicts on the claims of audited reports are alike: a
report of somebody else is no part of the case, so it and its claims are told by their digests, and held nowhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from lagebild.core import LANGUAGES, TABLES, InputError, records, schema, show
from lagebild.corpus import Corpus, Inputs
from lagebild.dataset.proposals import group_events, propose, propose_rest
from lagebild.dataset.quotes import CODED, add_quotes, locate_evidence, quotes

COLUMNS = list(TABLES["case/decisions"].columns)
KEEPS = ("mine", "theirs", "neither")
MERGER = "merge of two copies"  # who takes a decision back that lost against another


class EvidencePlace(NamedTuple):
    """Where the evidence of an added mention stands: sentence, and first character in the text file."""

    source_id: str
    language: str
    sentence_no: int
    start: int


class Conflict(NamedTuple):
    """A mention of which two copies make something else, in words, and the mentions that are settled with it."""

    row: str
    says: str
    rows: tuple[str, ...]


def in_force(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions that nobody took back, in the order in which they were taken."""
    undone = set(decisions.loc[decisions["action"] == "undo", "value"])
    return decisions[(decisions["action"] != "undo") & ~decisions["decision_id"].isin(undone)]


def in_force_on_mentions(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return those in force that are about mentions; a title is about an event, and reviews none."""
    return in_force(decisions[decisions["action"] != "title"])


def read_place(value: str) -> EvidencePlace | None:
    """Return the place that the value of an `add` names; nothing if it names none."""
    match = re.fullmatch(schema.PLACE, value)
    return EvidencePlace(match[1], match[2], int(match[3]), int(match[4])) if match else None


def find_conflicts(
    mine: pd.DataFrame, theirs: pd.DataFrame, events: Mapping[str, str] = MappingProxyType({})
) -> list[Conflict]:
    """Return the mentions on which both copies decided since they parted, with another outcome.

    Accepting a mention as it stands is an outcome, too: it differs from editing one field of it; so is taking back what
    both had decided. Two mentions of one type that both added to the same sentence are a conflict as well: they
    probably are one. So are two merges of which one empties the event into which the other moves a mention; `events`
    says to which event each mention belonged before.

    Raises
    ------
    InputError
        If one decision reads differently in the two copies.
    """
    _refuse_changed(mine, theirs)
    common = set(mine["decision_id"]) & set(theirs["decision_id"])
    here, there = (_find_outcomes(copy, common) for copy in (mine, theirs))
    conflicts = []
    for name, my in here.items():
        if name in there and my.fields != there[name].fields:
            conflicts.append(Conflict(name, my.differ(there[name]), (name,)))
        twins = [twin for twin, their in there.items() if my.added and their.added == my.added and twin != name]
        if twins:
            by = there[twins[0]].by
            says = f"added {my.by}, and as {', '.join(twins)} {by}: the same type in the same sentence"
            conflicts.append(Conflict(name, says, (name, *twins)))
        crossed = [
            other for other, their in there.items() if other != name and _is_crossed(name, my, other, their, events)
        ]
        if crossed:
            their = there[crossed[0]]
            says = f"merged into {my.into} {my.by}, but {', '.join(crossed)} of it into {their.into} {their.by}"
            conflicts.append(Conflict(name, says, (name, *crossed)))
    return conflicts


def list_parted(decisions: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Return the mentions that two copies decided differently and nobody has settled, each with what was decided.

    These are the mentions of which a merge took back the decisions of two people or more (``--keep neither``), with
    those decisions in their order.
    """
    lost = set(decisions.loc[(decisions["action"] == "undo") & (decisions["by"] == MERGER), "value"])
    settled = set(in_force(decisions)["row"])
    taken_back = decisions[decisions["decision_id"].isin(lost) & ~decisions["row"].isin(settled)]
    return {str(name): records(rows) for name, rows in taken_back.groupby("row") if len(set(rows["by"])) > 1}


def merge_decisions(
    mine: pd.DataFrame, theirs: pd.DataFrame, keep: str, events: Mapping[str, str] = MappingProxyType({})
) -> pd.DataFrame:
    """Return the decisions of both copies; on mentions in conflict, those of one copy end up in force.

    `keep` is ``mine``, ``theirs``, or ``neither``, which leaves what both copies share. Nothing is deleted: rows take
    back what is not kept, and state anew what the other copy had taken back.

    Raises
    ------
    InputError
        If `keep` is none of the three, or one decision reads differently in the two copies.
    """
    if keep not in KEEPS:
        raise InputError(f"--keep is {show(keep)}, but must be one of {', '.join(KEEPS)}.")
    both = pd.concat([mine, theirs[~theirs["decision_id"].isin(mine["decision_id"])]], ignore_index=True)
    kept = in_force(theirs if keep == "theirs" else mine)
    if keep == "neither":
        kept = kept[kept["decision_id"].isin(in_force(theirs)["decision_id"])]
    standing, new = in_force(both), list[dict[str, Any]]()
    for name in sorted({row for conflict in find_conflicts(mine, theirs, events) for row in conflict.rows}):
        stands, wanted = (records(rows[rows["row"] == name]) for rows in (standing, kept))
        left = [row for row in stands if row in wanted]
        while left != wanted[: len(left)]:  # they stand in another order
            left.pop()
        new += [_undo(row, max(both["date"])) for row in reversed(stands) if row not in left]
        new += [_rename(row, "again") for row in wanted[len(left) :]]
    return pd.concat([both, pd.DataFrame(new, columns=COLUMNS, dtype=str)], ignore_index=True)


def _undo(row: dict[str, Any], day: str) -> dict[str, Any]:
    undo = {"row": row["row"], "action": "undo", "field": "", "value": row["decision_id"], "date": day}
    return _rename({"decision_id": row["decision_id"], "reason": "conflict of two copies", "by": MERGER} | undo, "undo")


def _rename(row: dict[str, Any], verb: str) -> dict[str, Any]:
    """Return a decision under a name that says what it does, and that no other one has that reads differently."""
    digest = hashlib.sha256("\x1f".join(row[column] for column in COLUMNS).encode()).hexdigest()[:8]
    return row | {"decision_id": f"{verb}-{row['decision_id']}-{digest}"}


class _Outcome(NamedTuple):
    """What one copy makes of a mention: its fields as decided, by whom, into which event, and what it added."""

    fields: dict[str, str]
    by: str
    into: str
    added: tuple[str, int, str] | None

    def get(self, key: str) -> str:
        """Return an aspect in words."""
        return show(self.fields[key]) if key in self.fields else "as it stood"

    def differ(self, other: _Outcome) -> str:
        """Return in words where another outcome differs."""
        aspects = [
            key for key in sorted({*self.fields, *other.fields}) if self.fields.get(key) != other.fields.get(key)
        ]
        return "; ".join(f"{key} is {self.get(key)} {self.by}, {other.get(key)} {other.by}" for key in aspects)


def _find_outcomes(decisions: pd.DataFrame, common: set[str]) -> dict[str, _Outcome]:
    """Return what a copy makes of the mentions on which its decisions are not those of when the copies parted."""
    before, now = (
        {str(name): records(rows) for name, rows in in_force(part).groupby("row")}
        for part in (decisions[decisions["decision_id"].isin(common)], decisions)
    )
    outcomes = {}
    for name in sorted(name for name in {*before, *now} if before.get(name) != now.get(name)):
        rows = now.get(name, [])
        fields, into = _sum_up(rows)
        place = next((read_place(row["value"]) for row in rows if row["action"] == "add"), None)
        added = (place.source_id, place.sentence_no, fields.get("event_type", "")) if place else None
        deciders = rows or [
            row for row in records(decisions) if row["row"] == name and row["decision_id"] not in common
        ]
        by = ", ".join(dict.fromkeys(row["by"] for row in deciders))
        outcomes[str(name)] = _Outcome(fields if rows else {"review": "open"}, f"by {by}", into, added)
    return outcomes


def _sum_up(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, str], str]:
    """Return what decisions on a mention make of its fields, and into which event they merge it."""
    fields, into = dict[str, str](), ""
    for row in rows:
        if row["action"] in ("merge", "split"):
            fields["event_id"], into = row["value"], row["value"] * (row["action"] == "merge")
        elif row["action"] != "title":
            fields["review"] = "reject" if row["action"] == "reject" else "accept"
        if row["action"] in ("edit", "title"):
            fields[row["field"]] = row["value"]
    return fields, into


def _is_crossed(name: str, my: _Outcome, other: str, their: _Outcome, events: Mapping[str, str]) -> bool:
    """Whether one copy merges a mention into an event out of which the other merges one, or the other way round."""
    if not (my.into and their.into) or my.into == their.into:
        return False
    return events.get(other) == my.into or events.get(name) == their.into


def _refuse_changed(mine: pd.DataFrame, theirs: pd.DataFrame) -> None:
    known = {row["decision_id"]: row for row in records(mine)}
    for row in records(theirs):
        if known.get(row["decision_id"], row) != row:
            raise InputError(
                f"The decision {row['decision_id']} reads differently in the two copies: decisions are only appended, "
                "so give it back its old wording, or the newer one an id of its own."
            )


def name_undone(decisions: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield the number of each row that takes back what cannot be taken back, from 2, and a sentence that says why."""
    before: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(records(decisions), start=2):
        if row["action"] == "undo":
            undone = before.get(row["value"])
            if undone is None or undone["action"] == "undo":
                yield number, f"there is no decision {show(row['value'])} before it that it could undo; correct the id."
            elif undone["row"] != row["row"]:
                yield number, f"it undoes a decision on {undone['row']}, not on {row['row']}; correct one of the ids."
        before[row["decision_id"]] = row


# --- Titles of events ---

TITLES = tuple(f"summary_{language}" for language in LANGUAGES)
LONGEST = 120  # characters: more is no label


def read_titles(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the titles in force, by event and then by column; of several for one column the last."""
    titles: dict[str, dict[str, str]] = {}
    for row in records(in_force(decisions)):
        if row["action"] == "title":
            titles.setdefault(row["row"], {})[row["field"]] = row["value"]
    return titles


def apply_titles(names: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the names of events (columns as in `case/events`) with the titles that reviewers gave in their place."""
    titles = read_titles(decisions)
    rows = [row | titles.get(row["event_id"], {}) for row in records(names)]
    return pd.DataFrame(rows, columns=list(names.columns))


def find_faulty_title(event: str, field: str, value: str, events: Set[str]) -> Iterator[str]:
    """Yield what is wrong with the title of an event; `events` are those that there are."""
    if event not in events:
        yield f"there is no event {event!r} to give a title; correct the id."
    if field not in TITLES:
        yield f"{field!r} is no title of an event; choose one of {', '.join(TITLES)}."
    if not value.strip() or len(value) > LONGEST or "\n" in value:
        yield f"a title is one line of up to {LONGEST} characters; shorten it, or undo the title to be rid of it."


# --- Verdicts on the claims of audited reports ---

DIGITS = 12  # of a digest; the schema asks for as many


def hash_report(text: str) -> str:
    """Return by which digits a report is known again: those of its text as it was read."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def hash_claim(sentence: str) -> str:
    """Return by which digits a claim is known again, wherever its lines broke."""
    return hash_report(" ".join(sentence.split()))


def as_decisions(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return verdicts in the columns of decisions: `row` is the claim, `action` the verdict, `value` what it undoes."""
    return verdicts.assign(
        row=verdicts["claim"], action=verdicts["verdict"], field="", value=verdicts["undoes"]
    ).reset_index(drop=True)


def as_edits(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return verdicts as decisions that edit a field of a row, the claim of a report: so two copies can be merged."""
    undone = verdicts["verdict"] == "undo"
    return as_decisions(verdicts).assign(
        row=verdicts["report"] + "." + verdicts["claim"],
        action=verdicts["verdict"].where(undone, "edit"),
        field=undone.map({True: "", False: "verdict"}),
        value=verdicts["undoes"].where(undone, verdicts["verdict"]),
    )[COLUMNS]


def read_edits(edits: pd.DataFrame) -> pd.DataFrame:
    """Return decisions of the kind that `as_edits` returns as verdicts."""
    undone = edits["action"] == "undo"
    return edits.assign(
        report=edits["row"].str[:DIGITS],
        claim=edits["row"].str[DIGITS + 1 :],
        verdict=edits["value"].mask(undone, "undo"),
        undoes=edits["value"].where(undone, ""),
    )[list(TABLES["case/verdicts"].columns)]


def verdicts_in_force(verdicts: pd.DataFrame, report: str) -> pd.DataFrame:
    """Return the verdicts on the claims of a report that nobody took back, the last one of each claim."""
    standing = in_force(as_decisions(verdicts[verdicts["report"] == report]))
    return standing.drop_duplicates("claim", keep="last")[list(verdicts.columns)].reset_index(drop=True)


def find_faulty_verdicts(verdicts: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Yield row, id and a sentence for each verdict that does not fit, with what to do."""
    taken_back = dict(name_undone(as_decisions(verdicts.assign(claim=verdicts["report"] + "." + verdicts["claim"]))))
    for number, row in enumerate(records(verdicts), start=2):
        if number in taken_back:
            yield number, row["decision_id"], taken_back[number]
        elif row["undoes"] and row["verdict"] != "undo":
            fault = f"the verdict {row['verdict']} undoes nothing; leave undoes empty, or make the verdict undo."
            yield number, row["decision_id"], fault


# --- Decisions applied to mentions ---

# What a reviewer may change in a mention; where it stands and who added it stay as they are.
DECIDABLE = [column for column in CODED if column not in ("mention_id", "source_id", "sentence_no", "by", "added")]
# What an added mention is until edits say more.
BLANK = dict.fromkeys(CODED, "") | {"mutual": "no", "status": "asserted", "stance": "supports", "credibility": "6"}
MOVES = ("merge", "split")
NOTHING = pd.DataFrame(columns=COLUMNS, dtype=str)


def propose_case(inputs: Inputs, coded: pd.DataFrame, drafts: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the drafts as rows to review: in a draft case all, else those that no coded mention takes up."""
    if inputs.case.draft:
        return propose(drafts, corpus.sources)
    mentions = locate_evidence(decide(coded, NOTHING), corpus.sentences)
    return propose_rest(inputs.reference, drafts, mentions, corpus.sources)


def decide(
    coded: pd.DataFrame, decisions: pd.DataFrame, proposed: pd.DataFrame | None = None, *, whole: bool = False
) -> pd.DataFrame:
    """Apply the reviewers' decisions to the mentions, in the order in which they were taken.

    `coded` are the mentions that people coded, `proposed` those of the draft coder; a candidate of the draft coder
    counts only once a reviewer has taken it up. A decision that was taken back never was. To merge or split an event
    moves its mentions, read or not: that reviews none of them, takes no candidate up, and brings none back. Drafts that
    nobody moved are grouped to events by what was decided on them. Of the `whole`, nothing is left out, neither what
    was rejected nor a candidate.
    """
    frame = _list_undecided(coded, proposed)
    rows = {row["mention_id"]: row for row in records(frame)}
    drafted = set(frame.loc[frame["candidate"] != "", "mention_id"])
    rejected = set(frame.loc[frame["candidate"] == "yes", "mention_id"])
    decided: dict[str, set[str]] = {}  # the fields of each mention that a reviewer put in
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
            decided.setdefault(name, set()).add(field_of(decision))
            if name not in added:
                rows[name] |= {"origin": "edited", "rule": decision["decision_id"]}
    for name, found in _regroup(rows, drafted, rejected, decided, decisions).items():
        rows[name] |= found
    left = [row for name, row in rows.items() if whole or name not in rejected]
    return pd.DataFrame(left, columns=[column for column in frame if column != "candidate"])


def _list_undecided(coded: pd.DataFrame, proposed: pd.DataFrame | None) -> pd.DataFrame:
    """Return the mentions before any decision; `candidate` is yes or no of a draft, and empty of what people coded."""
    by_hand = add_quotes(coded).assign(
        rule="coded by hand: " + coded["by"] + " " + coded["added"], origin="added", reviewed="yes", language="", at=0
    )
    by_hand["candidate"] = ""
    if proposed is None:
        return by_hand
    frame = pd.concat([by_hand, proposed], ignore_index=True)
    return frame.fillna({column: "" for column in frame if column not in by_hand})  # quotations in other languages


def _regroup(
    rows: Mapping[str, dict[str, Any]],
    drafted: Set[str],
    rejected: Set[str],
    decided: Mapping[str, Set[str]],
    decisions: pd.DataFrame,
) -> dict[str, dict[str, str]]:
    """Return event and stance of those drafts that nobody moved, as far as no reviewer put them in."""
    standing = in_force(decisions)
    merged = standing.loc[standing["action"] == "merge", "value"]
    referred = {*merged, *standing.loc[standing["action"] == "title", "row"]}
    left = []
    for name, row in rows.items():
        if name in drafted and "event_id" not in decided.get(name, ()):
            left.append(row | {"candidate": "yes" if name in rejected else "no"})
    found = group_events(left, referred)
    for name, fields in found.items():
        if "stance" in decided.get(name, ()):
            del fields["stance"]
    return found


def add_mention(decision: dict[str, Any]) -> dict[str, Any]:
    """Return the mention that an `add` begins, with its place; edits of the same mention say what it tells."""
    place = read_place(decision["value"])
    if place is None:
        raise InputError(f"The decision {decision['decision_id']} adds at {decision['value']!r}, which is no place.")
    return (
        dict.fromkeys(quotes(), "")
        | BLANK
        | {"mention_id": decision["row"], "at": place.start}
        | {"source_id": place.source_id, "sentence_no": place.sentence_no, "language": place.language}
        | {"reason": decision["reason"], "by": decision["by"], "added": decision["date"]}
        | {"rule": decision["decision_id"], "origin": "added", "reviewed": "yes", "candidate": "no"}
    )


def field_of(decision: dict[str, Any]) -> str:
    """Return the field that an edit, a merge or a split changes."""
    return str(decision["field"]) if decision["action"] == "edit" else "event_id"
