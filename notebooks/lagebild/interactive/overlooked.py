"""The sentences of a case from which nothing was drafted or coded, those first that likely report an event."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagebild.core.tables import records
from lagebild.dataset.decisions import in_force
from lagebild.dataset.review import decide
from lagebild.interactive.likeness import Taught, rate_sentences
from lagebild.interactive.review_queue import ReviewQueue

SHOWN = 1000  # sentences that the desk is told of; what it marked as empty it leaves out
PLACE = ["source_id", "sentence_no"]
TOLD = ["source_id", "language", "sentence_no", "start", "end", "probability", "types", "actors"]  # to the browser


def find_overlooked(queue: ReviewQueue, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences from which nothing was drafted, coded or added, the likeliest to report an event first.

    Of a sentence that is held in several languages one is left, that of the labels if it is among them; a row in one
    of them covers it in all. Columns: source_id, language, sentence_no, start, end and text of the sentence;
    probability (0 to 1) that at least one of two readers would code an event in it; types, the three likeliest; actors
    that it names; and frame, whose example is the most alike. What was decided on other rows of the case is taken into
    account: see `likeness.Taught`.
    """
    decided = decide(queue.coded, decisions, queue.proposed)
    seen = [queue.coded, queue.proposed, queue.drafts, decided]
    covered = {place for frame in seen for place in zip(frame["source_id"], frame["sentence_no"], strict=True)}
    free = [place not in covered for place in _places(queue.corpus.sentences)]
    sentences = queue.corpus.sentences[free]
    other = sentences["language"].ne(queue.labels.language)
    sentences = sentences.assign(other=other).sort_values([*PLACE, "other", "language"], kind="stable")
    days = dict(zip(queue.corpus.sources["source_id"], queue.corpus.sources["known_from"], strict=True))
    sentences = sentences.drop_duplicates(PLACE).assign(published=lambda rows: rows["source_id"].map(days))
    rated = rate_sentences(queue.inputs.reference, sentences, learn(queue, decisions, decided))
    found = sentences[["source_id", "language", "sentence_no", "start", "end", "text"]].join(
        rated[["probability", "types", "actors", "frame"]]
    )
    return found.sort_values("probability", ascending=False, kind="stable").reset_index(drop=True)


def learn(queue: ReviewQueue, decisions: pd.DataFrame, decided: pd.DataFrame) -> Taught:
    """Return what the rows of a case teach: sentences that people coded, accepted or added, and those left empty.

    `decided` are the mentions as the decisions leave them.
    """
    read = decided[(decided["reviewed"] == "yes") & (decided["event_type"] != "")]
    told = _read(queue, read)
    rejected = set(in_force(decisions).query("action == 'reject'")["row"]) - set(decided["mention_id"])
    empty = _read(queue, queue.proposed[queue.proposed["mention_id"].isin(rejected)])
    kept = {*_places(decided)}
    empty = empty[[place not in kept for place in _places(empty)]]
    return Taught(told, empty.drop_duplicates([*PLACE, "language"]), dict(queue.drafts["event_type"].value_counts()))


def _read(queue: ReviewQueue, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return mentions with language and text of their sentence; one that people coded, in every language."""
    held = mentions[[*PLACE, "language", "event_type"]].rename(columns={"language": "only"})
    found = held.merge(queue.corpus.sentences, on=PLACE, how="inner")
    return found[found["only"].isin([""]) | found["only"].eq(found["language"])]


def _places(rows: pd.DataFrame) -> list[tuple[Any, Any]]:
    return [*zip(rows["source_id"], rows["sentence_no"], strict=True)]


def offer_overlooked(queue: ReviewQueue, decisions: pd.DataFrame) -> dict[str, Any]:
    """Return the first `SHOWN` overlooked sentences for the desk, how many there are, and how many likely report.

    What several pages say in the same words is offered once.
    """
    found = find_overlooked(queue, decisions)
    first = found.assign(probability=found["probability"].round(2)).drop_duplicates("text").head(SHOWN)
    rows = [[row[name] for name in TOLD] for row in records(first)]
    return {"overlooked": rows, "n": len(found), "expected": round(float(found["probability"].sum()))}
