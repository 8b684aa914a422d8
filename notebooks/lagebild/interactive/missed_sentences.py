"""The sentences of a case from which nothing was drafted or coded, those first that likely report an event.

A sentence likely reports one if it names two actors, and verbs and nouns that the frames know. On sentences of real
news this one score finds as much among the first as models that were fitted to them (`tests/benchmark_overlooked.py`).
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from lagebild.coder import Lexicon, Word, find_names, read_lexicon
from lagebild.core import Reference, records
from lagebild.dataset import decide, find_principal
from lagebild.interactive.review_queue import ReviewQueue

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TWO, ONE, VERB, NOUN = 2.0, 1.0, 0.5, 0.5  # what two actors, one, a verb and a noun of an act add to the score
MANY = 4  # verbs; more say no more
OFFERED = 3  # types; a digit takes one
SHOWN = 1000  # sentences that the desk is sent; what it marked as empty it leaves out
PLACE = ["source_id", "sentence_no"]
SENT = ["source_id", "language", "sentence_no", "start", "end", "types", "actors"]  # to the browser


def score_sentence(
    reference: Reference, text: str, language: str, published: str
) -> tuple[float, list[str], list[str]]:
    """Return how likely a sentence reports an event (a score), types of its words, and the actors that it names.

    Parameters
    ----------
    reference
        The tables of frames, words and names.
    text
        The sentence, in a language that has tables.
    published
        The day on which it is read (EDTF): it says for whom a person stands.

    Returns
    -------
    tuple
        The score, from 0; the types that frames of its verbs and nouns have, those that most words say first; and the
        actors in its order.
    """
    words = read_lexicon(reference, language)
    names = [name for name in find_names(reference, text, language, published) if name.kind != "unsure"]
    actors = list(dict.fromkeys(find_principal(reference, name.actor_id, published) for name in names))
    verbs, nouns, types = 0, 0, dict[str, float]()
    for match in WORD.finditer(text):
        if any(name.start < match.end() and match.start() < name.end for name in names):
            continue
        word = words.word(match[0])
        of_verb = _list_verb_types(words, word)
        verbs += bool(of_verb)
        nouns += bool(word.nouns)
        of_word = [*of_verb, *(frame.event_type for frame in word.nouns)]
        for kind in of_word:
            types[kind] = types.get(kind, 0) + 1 / len(of_word)  # a word of many frames says little
    score = ONE * (len(actors) > 0) + TWO * (len(actors) > 1) + VERB * min(verbs, MANY) + NOUN * (nouns > 0)
    return score, sorted(types, key=lambda kind: -types[kind]), actors


def _list_verb_types(words: Lexicon, word: Word) -> list[str]:
    """Return the types of the frames of a word that may be a verb; of a helper, none."""
    found = list[str]()
    if not word.helps:
        for verb in word.verbs:
            found += [frame.event_type for frame in words.frames.get(verb.lemma, ())]
    return found


def find_overlooked(queue: ReviewQueue, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences from which nothing was drafted, coded or added, the likeliest to report an event first.

    Of a sentence that is held in several languages one is left, that of the labels if it is among them; a row in one
    of them covers it in all. Columns: source_id, language, sentence_no, start, end and text of the sentence; its score;
    types, three that it may have; and actors that it names.
    """
    covered = set[tuple[str, int]]()
    for frame in (queue.coded, queue.proposed, queue.drafts, decide(queue.coded, decisions, queue.proposed)):
        covered.update(zip(frame["source_id"], frame["sentence_no"], strict=True))
    sentences = queue.corpus.sentences
    sentences = sentences.assign(other=sentences["language"] != queue.labels.language)
    sentences = sentences.sort_values([*PLACE, "other", "language"], kind="stable").drop_duplicates(PLACE)
    days = dict(zip(queue.corpus.sources["source_id"], queue.corpus.sources["known_from"], strict=True))
    usual = list(queue.drafts["event_type"].value_counts().index)
    rows = []
    for row in records(sentences):
        if (row["source_id"], row["sentence_no"]) not in covered:
            score, types, actors = 0.0, list[str](), list[str]()
            if row["language"] in queue.inputs.reference.languages:
                day = days[row["source_id"]]
                score, types, actors = score_sentence(queue.inputs.reference, row["text"], row["language"], day)
            offered = list(dict.fromkeys([*types, *usual]))[:OFFERED]
            rows.append(row | {"score": score, "types": ";".join(offered), "actors": ";".join(actors)})
    columns = ["source_id", "language", "sentence_no", "start", "end", "text", "score", "types", "actors"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values("score", ascending=False, kind="stable").reset_index(drop=True)


def offer_overlooked(queue: ReviewQueue, decisions: pd.DataFrame) -> dict[str, Any]:
    """Return the first `SHOWN` overlooked sentences for the desk, and how many there are.

    What several pages say in the same words is offered once.
    """
    overlooked = find_overlooked(queue, decisions)
    first = overlooked.drop_duplicates("text").head(SHOWN)
    return {"overlooked": first[SENT].to_numpy().tolist(), "n": len(overlooked)}
