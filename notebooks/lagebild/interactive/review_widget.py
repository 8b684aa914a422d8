"""The widget in which people review: it shows the desk, appends each decision at once, and adds actors and their names.

The browser keeps every decision until the kernel has said that it is on the disk, and sends it again to the next
kernel otherwise; see `widgets/src/desk/queue.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

import pandas as pd
import traitlets

from lagebild.core import (
    LANGUAGES,
    TABLES,
    InputError,
    Labels,
    characters,
    read_case,
    read_overlay,
    read_reference,
    records,
    show,
    tables,
)
from lagebild.dataset import (
    MOVES,
    apply_titles,
    grade_mentions,
    in_force,
    name_events,
    pair_twins,
    read_titles,
    suggest_merges,
)
from lagebild.interactive.missed_sentences import offer_overlooked
from lagebild.interactive.review_queue import (
    SHOWN,
    ReviewQueue,
    admit,
    describe_date,
    describe_desk,
    list_actor,
    list_acts,
    list_parted_rows,
    show_rows,
)
from lagebild.interactive.row_suggestions import offer_choices
from lagebild.interactive.widget import LONGEST, Desk, Ledger, find_meetings, know_titles

# --- Twins, Doubts and Titles ---

SHARED_WORDS = 4  # words in common that a reason tells


def list_twins(queue: ReviewQueue) -> dict[str, str]:
    """Return the drafts that follow one in another language of their page, each with the one that leads it."""
    drafts = queue.drafts[queue.drafts["draft_id"].isin(set(queue.proposed["mention_id"]))]
    return pair_twins(queue.inputs.reference, drafts, _list_days(queue), queue.labels.language)


def list_doubts(queue: ReviewQueue, decisions: pd.DataFrame, followers: Iterable[str]) -> list[dict[str, str]]:
    """Return suggestions to merge the events of two rows, as the decisions leave them: `row`, `other`, `why`.

    A row that somebody moved is where a person wants it, and one of the `followers` (`list_twins`) goes with its twin:
    nothing is suggested about them.
    """
    moved = in_force(decisions[decisions["action"].isin((*MOVES, "undo"))])
    settled = {*followers, *moved["row"]}
    shown = pd.DataFrame(show_rows(queue, decisions), columns=SHOWN)
    standing = shown[(shown["state"] != "rejected") & ~shown["mention_id"].isin(settled)]
    found = suggest_merges(queue.inputs.reference, records(standing), queue.corpus.sentences, _list_days(queue))
    return [{"row": one.row, "other": one.other, "why": _tell_why(one.words, queue.labels)} for one in found]


def name_event(queue: ReviewQueue, decisions: pd.DataFrame, event_id: str, mentions: Iterable[str]) -> dict[str, str]:
    """Return what an event is called in each language of the report, by a reviewer or the words of its mentions."""
    rows = pd.DataFrame(show_rows(queue, decisions, mentions), columns=SHOWN)
    graded = grade_mentions(rows[rows["event_id"] == event_id], queue.corpus.sources)
    named = apply_titles(name_events(queue.inputs.reference, graded, queue.inputs.events), decisions)
    matching = [row for row in records(named) if row["event_id"] == event_id]
    return {language: row[f"summary_{language}"] for row in matching for language in LANGUAGES}


def list_titles(queue: ReviewQueue, decisions: pd.DataFrame) -> dict[str, str]:
    """Return the titles that reviewers gave, in the language of the desk, or in that in which they are given."""
    own = f"summary_{queue.labels.language}"
    return {event: titles.get(own, next(iter(titles.values()))) for event, titles in read_titles(decisions).items()}


def _list_days(queue: ReviewQueue) -> dict[str, str]:
    return dict(zip(queue.corpus.sources["source_id"], queue.corpus.sources["known_from"], strict=True))


def _tell_why(words: Sequence[str], labels: Labels) -> str:
    """Return in words why two events may be one."""
    if not words:
        return labels("doubt.day")
    more = ["…"] if len(words) > SHARED_WORDS else []
    return labels("doubt.words", words=", ".join([*words[:SHARED_WORDS], *more]))


# --- Actors and Names That a Reviewer Adds ---

KINDS = ("person", "organisation", "group")  # a state has a code of its own
LONGEST_NAME = 120  # characters of a name


def add_actor(queue: ReviewQueue, name: str, kind: str) -> tuple[ReviewQueue, list[str]]:
    """Append an actor and its name to `actors.csv` and `names.csv` of the case.

    Returns
    -------
    tuple
        The queue that knows the actor, and the actor as the browser knows it (`list_actor`). The texts are read with
        the new name when the queue is opened again.

    Raises
    ------
    InputError
        If the name is empty, too long or in a table already, also of what names nobody, or if the tables cannot be
        written.
    """
    if kind not in KINDS:
        raise InputError(f"An actor is one of {', '.join(KINDS)}.")
    name = check_name(queue, name)
    held = read_case(queue.paths, "actors")["actor_id"]  # somebody else may have added to them
    actor = _make_id({*queue.inputs.reference.table("actors")["actor_id"], *held}, name)
    row = {"actor_id": actor, "type": kind, "name_de": name, "name_en": name}
    queue = append_rows(queue, {"actors": row, "names": {"name": name, "kind": "name", "actor_id": actor}})
    return replace(queue, known=replace(queue.known, actors=queue.known.actors | {actor})), list_actor(queue, row)


def check_name(queue: ReviewQueue, name: str) -> str:
    """Return a name with plain blanks, if it is nobody's yet.

    Raises
    ------
    InputError
        If it is empty, too long or in a table already, also of what names nobody.
    """
    name, reference = " ".join(name.split()), queue.inputs.reference
    if not name or len(name) > LONGEST_NAME:
        raise InputError(f"An actor needs a name of up to {LONGEST_NAME} characters.")
    named = (row for row in reference.rows_for("names", *reference.languages) if row["name"] == name)
    if taken := next(named, None):
        raise InputError(f"{show(name)} is a name of {taken['actor_id']} already: choose that actor.")
    if name in set(read_case(queue.paths, "names")["name"]):
        raise InputError(f"{show(name)} stands in names.csv of the case already: correct it there.")
    return name


def append_rows(queue: ReviewQueue, rows: Mapping[str, Mapping[str, str]]) -> ReviewQueue:
    """Append a row to each of some tables of the case, and return the queue that knows them."""
    reference = queue.inputs.reference
    added = {
        table: tables.complete(pd.DataFrame([row], dtype=str), TABLES[f"case/{table}"]) for table, row in rows.items()
    }
    plain = reference.plain or reference
    read_overlay(queue.paths, plain.languages, plain.table, added)  # a row that does not fit would stop every run
    for table, frame in added.items():
        tables.append_case(queue.paths, table, frame)
    return replace(queue, inputs=replace(queue.inputs, reference=read_reference(queue.paths, reference)))


def _make_id(taken: Set[str], name: str) -> str:
    """Return an id made of the letters and digits of a name, and none that is `taken`."""
    slug = re.sub("[^a-z0-9]+", "-", characters.strip_marks(name).lower()).strip("-") or "actor"
    candidates = (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)


def add_name(queue: ReviewQueue, name: str, actor_id: str) -> tuple[ReviewQueue, list[str]]:
    """Append a name of an actor to `names.csv` of the case, a form in which the draft coder did not know it.

    What is returned and raised is as in `add_actor`.
    """
    actor = next((row for row in queue.inputs.reference.rows("actors") if row["actor_id"] == actor_id), None)
    if actor is None:
        raise InputError("Choose whom the words name, from the list of actors.")
    name = check_name(queue, name)
    queue = append_rows(queue, {"names": {"name": name, "kind": "name", "actor_id": actor_id}})
    return queue, list_actor(queue, actor)


# --- The Widget ---

WORDS = ("actor.", "desk.", "status.", "stance.")
Adding = Callable[[ReviewQueue, str, str], tuple[ReviewQueue, list[str]]]


class ReviewWidget(Desk):
    """One drafted row at a time beside its text.

    Messages from the browser, each with a `number` that its answer repeats:

    - ``{"ask": "rows"}``, when a page shows the desk: all `rows`, and the decisions that can be `taken` back;
    - ``{"ask": "decide", "act": [decision, …], "seen": {row: decision_id}}``: answered once all of the act are on the
      disk, with the rows as they are now and their `names`; with `met`, if somebody else decided on one of the rows
      since the reviewer saw it, so that nothing was written; with `fault`, if a decision does not fit; or with `wait`,
      if it could not be written, so that the browser keeps it and tries again;
    - ``{"ask": "date", "text": edtf}``: its `words`, or a `fault`;
    - ``{"ask": "language", "language": code}``: all rows in the other language, and its `words` and `queue`;
    - ``{"ask": "actor", "name": words, "type": type}``: the `actor` once it is in the tables of the case, or a `fault`;
    - ``{"ask": "name", "name": words, "actor": id}``: the same, once a name of it is there;
    - ``{"ask": "overlooked"}``: the sentences without a row, see `offer_overlooked`;
    - ``{"ask": "doubts"}``: suggestions to merge, `doubts`;
    - ``{"ask": "title", "event": id, "rows": [id, …]}``: what the event of the rows is called, `named`.

    If somebody else wrote decisions meanwhile, an answer holds all rows.
    """

    queue = traitlets.Dict().tag(sync=True)  # as the browser draws it

    def __init__(self, queue: ReviewQueue, reviewer: str = "") -> None:
        self._queue = queue
        ledger = Ledger(queue.paths, "decisions")
        super().__init__("review", queue.labels, WORDS, ledger, reviewer, queue=prepare(queue))

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        match message.get("ask"):
            case "date":
                return describe_date(self._queue, str(message.get("text", "")))
            case "actor":
                return self._add_actor(add_actor, str(message.get("name", "")), str(message.get("type", "")))
            case "name":
                return self._add_actor(add_name, str(message.get("name", "")), str(message.get("actor", "")))
            case "language":
                return self._show_in(str(message.get("language", "")))
            case "overlooked":
                return offer_overlooked(self._queue, self._decisions)
            case "doubts":
                return {"doubts": list_doubts(self._queue, self._decisions, self.queue["twins"])}
            case "title":
                rows = [str(row) for row in message.get("rows", [])]
                return {"named": name_event(self._queue, self._decisions, str(message.get("event", "")), rows)}
            case "rows":
                return self._refresh() | self._show_all()
            case _:
                return self._decide(message.get("act"), message.get("seen"))

    @property
    def _decisions(self) -> pd.DataFrame:
        return self._ledger.rows

    def _refresh(self) -> dict[str, Any]:
        """Read what others wrote meanwhile, and return what to say of it; nothing if nobody wrote."""
        changed, note = self._read_others(self._queue.labels)
        return {"whole": True} | note if changed else {}

    def _show_all(self) -> dict[str, Any]:
        return {
            "whole": True,
            "rows": show_rows(self._queue, self._decisions),
            "taken": list_acts(self._decisions, LONGEST),
            "titles": list_titles(self._queue, self._decisions),
            "parted": list_parted_rows(self._decisions),
        }

    def _show_in(self, language: str) -> dict[str, Any]:
        self._queue = replace(self._queue, labels=self._speak(self._queue.inputs.reference, language))
        self.queue = prepare(self._queue)
        values = {"language": language, "words": self.words, "queue": self.queue}
        return self._refresh() | self._show_all() | values

    def _add_actor(self, add: Adding, name: str, what: str) -> dict[str, Any]:
        try:
            self._queue, actor = add(self._queue, name, what)
        except InputError as fault:
            return {"fault": str(fault)}
        return {"actor": actor}

    def _decide(self, act: Any, seen: Any) -> dict[str, Any]:
        changes, seen = dict[str, Any](), know_titles(self._decisions, seen)
        while True:
            changes |= self._refresh()
            try:
                new = admit(self._queue, self._decisions, act)
            except InputError as fault:
                return {"fault": str(fault)} | (changes and changes | self._show_all())
            met = find_meetings(self._decisions, new, seen, self._queue.labels)
            if met:
                return {"met": met} | changes | self._show_all()
            if new.empty:  # it is there already
                break
            if self._ledger.append(new):
                break
            # somebody else came in between: read it first
        if changes:
            return changes | self._show_all()
        names = {row["row"] for row in act}
        titles = list_titles(self._queue, self._decisions)
        return {"rows": show_rows(self._queue, self._decisions, names), "names": sorted(names), "titles": titles}


def prepare(queue: ReviewQueue) -> dict[str, Any]:
    """Return all that the browser is given once: what there is to choose from, what is offered, twins."""
    return describe_desk(queue) | offer_choices(queue) | {"twins": list_twins(queue)}
