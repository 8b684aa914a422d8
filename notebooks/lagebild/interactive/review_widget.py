"""The widget in which people review: it shows the desk, and appends each decision at once.

The browser keeps every decision until the kernel has said that it is on the disk, and sends it again to the next
kernel otherwise; see `widgets/review.js`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import traitlets

from lagebild.core.paths import InputError
from lagebild.interactive.desk import LONGEST, Desk
from lagebild.interactive.event_desk import list_doubts, list_titles, list_twins, name_event
from lagebild.interactive.ledger import Ledger
from lagebild.interactive.meeting import find_meetings, know_titles
from lagebild.interactive.new_actor import add_actor
from lagebild.interactive.new_name import add_name
from lagebild.interactive.offers import offer_choices
from lagebild.interactive.overlooked import offer_overlooked
from lagebild.interactive.review_queue import (
    ReviewQueue,
    admit,
    describe_date,
    lay_out,
    list_acts,
    show_rows,
)

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
    - ``{"ask": "doubts"}``: suggestions to merge and to split, `doubts`;
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
        others, told = self._read_others(self._queue.labels)
        return {"whole": True} | told if others else {}

    def _show_all(self) -> dict[str, Any]:
        return {
            "whole": True,
            "rows": show_rows(self._queue, self._decisions),
            "taken": list_acts(self._decisions, LONGEST),
            "titles": list_titles(self._queue, self._decisions),
        }

    def _show_in(self, language: str) -> dict[str, Any]:
        self._queue = replace(self._queue, labels=self._speak(self._queue.inputs.reference, language))
        self.queue = prepare(self._queue)
        told = {"language": language, "words": self.words, "queue": self.queue}
        return self._refresh() | self._show_all() | told

    def _add_actor(self, add: Adding, name: str, what: str) -> dict[str, Any]:
        try:
            self._queue, actor = add(self._queue, name, what)
        except InputError as fault:
            return {"fault": str(fault)}
        return {"actor": actor}

    def _decide(self, act: Any, seen: Any) -> dict[str, Any]:
        others, seen = dict[str, Any](), know_titles(self._decisions, seen)
        while True:
            others |= self._refresh()
            try:
                new = admit(self._queue, self._decisions, act)
            except InputError as fault:
                return {"fault": str(fault)} | (others and others | self._show_all())
            met = find_meetings(self._decisions, new, seen, self._queue.labels)
            if met:
                return {"met": met} | others | self._show_all()
            if new.empty:  # it is there already
                break
            if self._ledger.append(new):
                break
            # somebody else came in between: read it first
        if others:
            return others | self._show_all()
        names = {row["row"] for row in act}
        titles = list_titles(self._queue, self._decisions)
        return {"rows": show_rows(self._queue, self._decisions, names), "names": sorted(names), "titles": titles}


def prepare(queue: ReviewQueue) -> dict[str, Any]:
    """Return all that the browser is given once: what there is to choose from, what is offered, twins."""
    return lay_out(queue) | offer_choices(queue) | {"twins": list_twins(queue)}
