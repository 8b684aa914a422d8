"""The queue of review: every row that a case lets one decide on, in its text, with what was decided on it so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lagebild.core import (
    STATUSES,
    TABLES,
    InputError,
    Labels,
    Paths,
    csv_files,
    join_names,
    read_case,
    records,
    schema,
    tables,
)
from lagebild.corpus import Corpus, Inputs
from lagebild.dataset import (
    COLUMNS,
    MOVES,
    KnownIds,
    choose_wording,
    decide,
    draft_case,
    find_faulty_decisions,
    in_force,
    in_force_on_mentions,
    list_known,
    list_parted,
    locate_evidence,
    propose_case,
)
from lagebild.interactive.widget import name_folder

REPORTED = [column for column in TABLES["mentions"].columns if column not in ("rule", "origin", "reviewed")]
DRAFTED = [  # only drafts have them
    *("confidence", "type_alt", "inferred", "date_text", "speaker_text", "rule"),
    *("readers", "mapped", "other_source", "other_target"),
]
SHOWN = [*REPORTED, *DRAFTED, "state", "decided", "latest"]
FOR_TWO = 10  # one row of so many is for both of two reviewers, so that their agreement is measured by design


@dataclass(frozen=True)
class ReviewQueue:
    """The rows to review as coded and drafted, their texts, and all that a decision may refer to."""

    inputs: Inputs
    labels: Labels
    corpus: Corpus
    coded: pd.DataFrame
    drafts: pd.DataFrame
    proposed: pd.DataFrame
    known: KnownIds

    @property
    def paths(self) -> Paths:
        """Where the case lies."""
        return self.inputs.paths


def open_queue(inputs: Inputs, labels: Labels) -> ReviewQueue:
    """Return the rows to review of the pages that are known on the as-of date.

    In a draft case these are its drafts, candidates included; in a case that people coded, the coded mentions and the
    drafts that none of them takes up.
    """
    drafts, corpus = draft_case(inputs), inputs.known(inputs.paths.as_of)
    known, drafted = list_known(inputs, drafts), drafts.known(corpus).events
    coded = inputs.mentions[inputs.mentions["source_id"].isin(set(corpus.sources["source_id"]))]
    proposed = propose_case(inputs, coded, drafted, corpus)
    return ReviewQueue(inputs, labels, corpus, coded, drafted, proposed, known)


def read_decisions(queue: ReviewQueue) -> pd.DataFrame:
    """Return all decisions that were taken on the case so far, also since the queue was opened."""
    return read_case(queue.paths, "decisions")


def show_rows(queue: ReviewQueue, decisions: pd.DataFrame, names: Iterable[str] = ()) -> list[list[Any]]:
    """Return rows as the decisions leave them, in the order of the texts; rejected ones too, for they may come back.

    A row is a list of the columns `SHOWN`: those of the table `mentions` in the language of the labels if the page is
    held in it, what the draft coder says of a draft, `state` (open, accepted, edited, rejected, added), `decided` (who
    and why, of the last decision) and `latest` (its id, also if it takes another one back). `names` narrows it to some
    mentions, and those that tell the same events: to decide on one may part it from them.
    """
    decided = decide(queue.coded, decisions, queue.proposed, whole=True)
    chosen = set(names)
    if chosen:
        before = queue.proposed[queue.proposed["mention_id"].isin(chosen)]
        events = {*before["event_id"], *decided.loc[decided["mention_id"].isin(chosen), "event_id"]} - {""}
        chosen |= set(queue.proposed.loc[queue.proposed["event_id"].isin(events), "mention_id"])
        decided = decided[decided["event_id"].isin(events) | decided["mention_id"].isin(chosen)]
        decisions = decisions[decisions["row"].isin(set(decided["mention_id"]))]
    pages = set(decided["source_id"])
    shown = locate_evidence(decided, queue.corpus.sentences[queue.corpus.sentences["source_id"].isin(pages)])
    shown = choose_wording(shown, queue.labels.language)
    drafted = queue.drafts[queue.drafts["draft_id"].isin(set(shown["mention_id"]))]
    extra = {row["draft_id"]: {name: row[name] for name in DRAFTED} for row in records(drafted)}
    taken, latest = _sum_up(decisions), dict(zip(decisions["row"], decisions["decision_id"], strict=True))
    blank, untouched = dict.fromkeys(DRAFTED, ""), {"state": "open", "decided": ""}
    shown = shown.sort_values(["source_id", "language", "start", "mention_id"], kind="stable")
    rows = (
        row
        | extra.get(row["mention_id"], blank)
        | taken.get(row["mention_id"], untouched)
        | {"latest": latest.get(row["mention_id"], "")}
        for row in records(shown)
    )
    return [[row[name] for name in SHOWN] for row in rows]


def _sum_up(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the state of each mention that somebody decided on, with the last decision in words.

    To move a mention to another event decides nothing about it.
    """
    summaries: dict[str, dict[str, str]] = {}
    level: dict[str, int] = {}
    for row in records(in_force_on_mentions(decisions)):
        name, action = row["row"], row["action"]
        state = summaries.get(name, {"state": "open"})["state"]
        if action not in MOVES:
            level[name] = max(level.get(name, 0), LEVELS.index(action))
            state = "rejected" if action == "reject" else STATES[level[name]]
        summaries[name] = {"state": state, "decided": f"{row['by']}, {row['date']}: {row['reason']}"}
    return summaries


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
    InputError
        If a decision of the act does not fit, or makes an earlier one on the same mention unfit.
    """
    rows = act if isinstance(act, list) else [act]
    if not all(isinstance(row, dict) and all(isinstance(row.get(name, ""), str) for name in COLUMNS) for row in rows):
        raise InputError("A decision must be a row of texts; reload the page and decide again.")
    sent = [{name: row.get(name, "").strip() for name in COLUMNS} for row in rows]
    wanted = tables.check_rows(sent, TABLES["case/decisions"], queue.paths.inputs / TABLES["case/decisions"].file)
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


def describe_desk(queue: ReviewQueue) -> dict[str, Any]:
    """Return what the reviewer's choices are: texts, sources, actors with all their names, types with definitions."""
    language = queue.labels.language
    types = queue.inputs.reference.table("event_types").set_index("event_type")
    texts = {
        f"{source_id}:{spoken}": list(_list_sentences(records(rows), queue.inputs.texts[str(source_id), str(spoken)]))
        for (source_id, spoken), rows in queue.corpus.sentences.groupby(["source_id", "language"])
    }
    return {
        "columns": SHOWN,
        "texts": texts,
        "sources": {
            row["source_id"]: [row["title"], queue.labels.outlet(row["publisher"]), queue.labels.date(row["published"])]
            for row in records(queue.corpus.sources)
        },
        "actors": [list_actor(queue, row) for row in queue.inputs.reference.rows("actors")],
        "types": [
            [kind, queue.labels.types[kind], str(types.loc[kind, f"definition_{language}"])]
            for kind in schema.EVENT_TYPES
        ],
        "choices": {
            "status": STATUSES,
            "stance": schema.STANCES,
            "credibility": schema.CREDIBILITY,
            "date_basis": ["", *schema.DATE_BASES],
        },
        "names": {
            row[f"{kind}_id"]: row[f"summary_{language}"]
            for kind, table in (("event", queue.inputs.events), ("condition", queue.inputs.conditions))
            for row in records(table)
        },
        "place": name_folder(queue.paths),
        "two": [name for name in (*queue.coded["mention_id"], *queue.proposed["mention_id"]) if _is_for_two(name)],
        "agreement": _tell_agreement(queue),
        "content": csv_files.hash_tables(
            {"sentences": queue.corpus.sentences, "coded": queue.coded, "drafts": queue.drafts}
        )[:16],
    }


def _is_for_two(mention_id: str) -> bool:
    """Whether a row is among those that both of two reviewers decide, each blind to the other; so in every copy."""
    return int(hashlib.sha256(mention_id.encode()).hexdigest(), 16) % FOR_TWO == 0


def _tell_agreement(queue: ReviewQueue) -> str:
    """Return how far the last two reviewers agree whose copies were merged; empty if nobody's were."""
    verdicts = [row for row in records(read_case(queue.paths, "agreement")) if row["field"] == "verdict"]
    if not verdicts:
        return ""
    last = sorted(verdicts, key=lambda row: row["day"])[-1]  # of one day, the row that was written last
    kappa = queue.labels.number(round(float(last["kappa"]), 2)) if last["kappa"] else queue.labels("desk.none")
    return queue.labels("desk.agreement", **{**last, "kappa": kappa})


def list_parted_rows(decisions: pd.DataFrame) -> dict[str, list[list[Any]]]:
    """Return the rows that two copies decided differently, each with a list of who decided what and why.

    What was decided is an action (``accept``, ``reject``, ``edit``) and a list of pairs, fields and values.
    """
    told: dict[str, list[list[Any]]] = {}
    for name, taken in list_parted(decisions).items():
        for by in dict.fromkeys(row["by"] for row in taken):
            own = [row for row in taken if row["by"] == by]
            action = next((row["action"] for row in own if row["action"] in ("reject", "accept")), "edit")
            edits = [[row["field"], row["value"]] for row in own if row["action"] == "edit"]
            told.setdefault(name, []).append([by, own[-1]["date"], own[-1]["reason"], action, edits])
    return told


def list_actor(queue: ReviewQueue, actor: Mapping[str, str]) -> list[str]:
    """Return an actor as the browser knows it: id, name, type, and the other names that find it."""
    language = queue.labels.language
    other_language = {"de": "en", "en": "de"}[language]
    forms = join_names(queue.inputs.reference, language).get(actor["actor_id"], "")
    return [actor["actor_id"], actor[f"name_{language}"], actor["type"], f"{actor[f'name_{other_language}']} {forms}"]


def _list_sentences(sentences: list[dict[str, Any]], text: str) -> Iterator[list[Any]]:
    """Yield the number, place and words of each sentence, and whether it begins a line."""
    end = 0
    for row in sentences:
        yield [row["sentence_no"], row["start"], row["text"], "\n" in text[end : row["start"]]]
        end = row["end"]


def describe_date(queue: ReviewQueue, edtf: str) -> dict[str, str]:
    """Return an EDTF date in words that are as vague as it is, or the fault in it."""
    try:
        return {"words": queue.labels.date(edtf.strip()), "fault": ""}
    except InputError:
        return {"words": "", "fault": queue.labels("desk.fault_date", date=edtf.strip())}
