"""What the desk knows of events: which rows are twins, which events may be one, what each is called."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lagebild.core.labels import Labels
from lagebild.core.paths import LANGUAGES
from lagebild.core.tables import records
from lagebild.dataset.coreference import grade
from lagebild.dataset.decisions import in_force
from lagebild.dataset.doubts import Doubt, Reason, suggest_merges, suggest_splits
from lagebild.dataset.proposals import name_events
from lagebild.dataset.review import MOVES
from lagebild.dataset.titles import entitle, read_titles
from lagebild.dataset.twins import pair_twins
from lagebild.interactive.review_queue import SHOWN, ReviewQueue, show_rows

WORDS = 4  # words in common that a reason tells


def list_twins(queue: ReviewQueue) -> dict[str, str]:
    """Return the drafts that follow one in another language of their page, each with the one that leads it."""
    drafts = queue.drafts[queue.drafts["draft_id"].isin(set(queue.proposed["mention_id"]))]
    return pair_twins(queue.inputs.reference, drafts, _list_days(queue), queue.labels.language)


def list_doubts(queue: ReviewQueue, decisions: pd.DataFrame, followers: Iterable[str]) -> list[dict[str, str]]:
    """Return suggestions to merge and to split, as the decisions leave the rows: `row`, `other` (or none), `why`.

    A row that somebody moved is where a person wants it, and one of the `followers` (`list_twins`) goes with its twin:
    nothing is suggested about them.
    """
    moved = in_force(decisions[decisions["action"].isin((*MOVES, "undo"))])
    settled = {*followers, *moved["row"]}
    rows = (dict(zip(SHOWN, cells, strict=True)) for cells in show_rows(queue, decisions))
    told = [row for row in rows if row["state"] != "rejected" and row["mention_id"] not in settled]
    given = queue.inputs.reference, told, queue.corpus.sentences, _list_days(queue)
    return [_tell(doubt, queue.labels) for doubt in (*suggest_merges(*given), *suggest_splits(*given))]


def name_event(queue: ReviewQueue, decisions: pd.DataFrame, event_id: str, mentions: Iterable[str]) -> dict[str, str]:
    """Return what an event is called in each language of the report, by a reviewer or the words of its mentions."""
    rows = pd.DataFrame(show_rows(queue, decisions, mentions), columns=SHOWN)
    graded = grade(rows[rows["event_id"] == event_id], queue.corpus.sources)
    named = entitle(name_events(queue.inputs.reference, graded, queue.inputs.events), decisions)
    found = [row for row in records(named) if row["event_id"] == event_id]
    return {language: row[f"summary_{language}"] for row in found for language in LANGUAGES}


def list_titles(queue: ReviewQueue, decisions: pd.DataFrame) -> dict[str, str]:
    """Return the titles that reviewers gave, in the language of the desk, or in that in which they are given."""
    own = f"summary_{queue.labels.language}"
    return {event: told.get(own, next(iter(told.values()))) for event, told in read_titles(decisions).items()}


def _list_days(queue: ReviewQueue) -> dict[str, str]:
    return dict(zip(queue.corpus.sources["source_id"], queue.corpus.sources["known_from"], strict=True))


def _tell(doubt: Doubt, labels: Labels) -> dict[str, str]:
    why = "; ".join(_put(reason, labels) for reason in doubt.reasons if reason.kind != "words" or reason.n)
    return {"row": doubt.row, "other": doubt.other, "why": why}


def _put(reason: Reason, labels: Labels) -> str:
    """Return a reason in words."""
    words = ", ".join([*reason.words[:WORDS], *(["…"] if reason.n > WORDS else [])])
    return labels(f"doubt.{reason.kind}", n=reason.n, words=words)
