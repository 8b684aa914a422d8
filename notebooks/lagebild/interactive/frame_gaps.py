"""What the table of frames lacks: the verbs and nouns of overlooked sentences, and why no frame drafted from them.

For those who write frames: the word that would have caught most sentences comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

import pandas as pd

from lagebild.coder.lexicon import Frame, Lexicon, Word, lexicon, split
from lagebild.core.reference import Reference, derived
from lagebild.core.tables import records
from lagebild.interactive.likeness import WORD

COLUMNS = ["language", "lemma", "lacks", "frame", "event_type", "sentences", "expected", "text"]
LACKS = ("sides", "not", "object", "frame")  # the nearest miss first


def list_gaps(reference: Reference, overlooked: pd.DataFrame) -> pd.DataFrame:
    """Return the words of overlooked sentences that can tell an act, and what kept a frame from drafting from them.

    Parameters
    ----------
    reference
        The tables of frames, verbs and words of saying.
    overlooked
        Columns language, text, probability and frame, as in `overlooked.find_overlooked`.

    Returns
    -------
    pandas.DataFrame
        Columns: language and lemma; `lacks`: ``frame`` if there is none for the lemma, ``object`` if none of its words
        stands in the sentence, ``not`` if one that blocks it does, ``sides`` if it fits in words but nobody acts there;
        the nearest frame and its type, which without a frame for the lemma is that of the likest example; the number
        of sentences; how many of them are expected to report an event; and the text of the likeliest. Those come first
        whose sentences report more than as many others would.
    """
    groups: dict[tuple[str, str, str], list[tuple[dict[str, Any], str]]] = {}
    for row in records(overlooked):
        for lemma, (lacks, frame) in _look(reference, row).items():
            groups.setdefault((row["language"], lemma, lacks), []).append((row, frame))
    mean = overlooked["probability"].mean() if len(overlooked) else 0.0
    gaps = []
    for key, rows in groups.items():
        best, frame = max(rows, key=lambda pair: float(pair[0]["probability"]))
        expected = float(sum(row["probability"] for row, _ in rows))
        kind = _types(reference, key[0]).get(frame, "")
        gaps.append((*key, frame, kind, len(rows), round(expected, 1), best["text"], expected - mean * len(rows)))
    table = pd.DataFrame(gaps, columns=[*COLUMNS, "gain"])
    order = ["gain", *COLUMNS[:3]]
    return table.sort_values(order, ascending=[False, True, True, True])[COLUMNS].reset_index(drop=True)


def _look(reference: Reference, row: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return for each word of a sentence that can tell an act what it lacks, and the frame nearest to it."""
    words, text, found = lexicon(reference, row["language"]), row["text"], dict[str, tuple[str, str]]()
    plain = WORD.findall(text)
    there = {word.lower() for word in plain}
    for at, token in enumerate(plain):
        word = words.word(token)
        if word.classes:  # a function word
            continue
        frames = list(word.nouns)
        if not (at and words.language.capital_nouns and token[0].isupper()):
            lemmas = _read_lemmas(word, there)
            frames += [frame for lemma in lemmas for frame in words.frames.get(lemma, ())]
            if lemmas and not frames and not _is_common(reference, row["language"], words, lemmas):
                found.setdefault(lemmas[0].replace("|", ""), ("frame", row["frame"]))
        for frame in frames:
            if there.issuperset(frame.particles):
                lemma, lacks = frame.lemma.replace("|", ""), _find_lack(frame, text)
                if LACKS.index(lacks) < LACKS.index(found.get(lemma, ("frame", ""))[0]):
                    found[lemma] = lacks, frame.frame_id
    return found


def _read_lemmas(word: Word, there: Set[str]) -> list[str]:
    """Return the verbs that a word may be a form of; those whose separable part stands in the sentence, if any."""
    parted = [one.lemma for one in word.verbs if one.particle in there]
    return list(dict.fromkeys(parted or [one.lemma for one in word.verbs if not one.particle]))


def _find_lack(frame: Frame, text: str) -> str:
    """Return what kept a frame from drafting from a sentence that holds its verb or noun."""
    if frame.blocked is not None and frame.blocked.search(text):
        return "not"
    return "object" if frame.object is not None and not frame.object.search(text) else "sides"


def _is_common(reference: Reference, language: str, words: Lexicon, lemmas: Iterable[str]) -> bool:
    """Whether verbs only carry a noun or tell who says something: then it is not they that lack a frame."""
    return not _sayings(reference, language).isdisjoint(lemmas) or not words.light.isdisjoint(lemmas)


@derived
def _sayings(reference: Reference, language: str) -> frozenset[str]:
    said = (row["words"] for row in reference.rows("speech", language) if row["kind"] == "verb")
    return frozenset(words.split()[0].replace("/", "|") for cell in said for words in split(cell))


@derived
def _types(reference: Reference, language: str) -> dict[str, str]:
    return {row["frame_id"]: row["event_type"] for row in reference.rows("frames", language)}
