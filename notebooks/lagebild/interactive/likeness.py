"""How likely a sentence without a draft reports an event all the same, and of which types.

What speaks for it is how like it is to the examples of the frames, and what the tables know of its words; what speaks
against it is how like it is to sentences that only seem to tell an act. The sentences that a reviewer decided on
join both. Likeness is the cosine of TF-IDF vectors over parts of words; the types come from naive Bayes over the same
vectors (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, chapters 6 and 13). Names are left
out, or a sentence on Iran would be like every example with Iran. The weights stand in the table `overlooked`
(`tests/benchmark_overlooked.py` fits them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagebild.coder.gazetteer import Name, find_names
from lagebild.coder.lexicon import Lexicon, Word, lexicon
from lagebild.core.reference import Reference, derived
from lagebild.core.tables import records
from lagebild.dataset.codes import find_principal

FEATURES = ("likeness", "unlikeness", "one", "two", "verbs", "noun", "length")
NAMED = " X "  # stands for a name
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
PART = re.compile(r"[,;:–—()]")  # what parts a sentence, for an act fills a clause and seldom a sentence
SHORT = 3  # words of the shortest part that is looked at
LETTERS = (3, 4)  # of the parts of words; a blank begins and ends each word
NEAREST = 5  # examples to which likeness is reckoned
OFFERED = 3  # types
MANY = 4  # verbs; more say no more
SMOOTH = 5.0  # drafts of a type that are taken to be there before any is counted
SHARP = 0.1  # how little a part of a word counts that no example of a type holds
DAY = "2025-01-01"  # on which the examples are read: whom a surname means does not matter, it is left out
BEST = 2  # the column that says how like the nearest example is
AT_ONCE = 100  # parts of sentences that are compared at once: memory stays flat
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Taught:
    """What a case teaches beside the tables.

    `told` has language, text and event_type of sentences that report an event, `empty` language and text of sentences
    that report none, and `drafted` how many drafts of each type there are.
    """

    told: pd.DataFrame
    empty: pd.DataFrame
    drafted: Mapping[str, int]


NOTHING = Taught(
    pd.DataFrame(columns=["language", "text", "event_type"]), pd.DataFrame(columns=["language", "text"]), {}
)


def rate_sentences(reference: Reference, sentences: pd.DataFrame, taught: Taught = NOTHING) -> pd.DataFrame:
    """Return how likely each sentence reports an event, of which types, and who may stand on its sides.

    Parameters
    ----------
    reference
        The tables of frames, words and names.
    sentences
        Columns text, language and published (EDTF).
    taught
        What the case teaches.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, with its index: `probability`, 0 to 1; `types`, the three likeliest, the likeliest first;
        `actors`, those that it names, in its order; `frame`, the one whose example is the most alike; and what holds of
        it, by the names of the table `overlooked`.
    """
    columns = ["probability", "types", "actors", "frame", *FEATURES]
    parts = [
        _rate(reference, str(language), rows, taught) for language, rows in sentences.groupby("language", sort=True)
    ]
    rated = pd.concat(parts) if parts else pd.DataFrame(columns=columns[1:], index=sentences.index)
    weights = {row["feature"]: float(row["weight"]) for row in reference.rows("overlooked")}
    odds = weights["intercept"] + sum(rated[name].astype(float) * weights[name] for name in FEATURES)
    return rated.assign(probability=1 / (1 + np.exp(-odds)))[columns].reindex(sentences.index)


def _rate(reference: Reference, language: str, sentences: pd.DataFrame, taught: Taught) -> pd.DataFrame:
    """Return types, actors and features of sentences in one language."""
    words, rows = lexicon(reference, language), records(sentences)
    names = [find_named(reference, row["text"], language, row["published"]) for row in rows]
    plain = [_leave_out(row["text"], found) for row, found in zip(rows, names, strict=True)]
    read = [[words.word(word) for word in WORD.findall(text)] for text in plain]
    types, frames, likeness, unlikeness = _compare(reference, language, plain, taught)
    actors = [find_actors(reference, found, row["published"]) for row, found in zip(rows, names, strict=True)]
    held = [_describe(words, inside, len(who)) for inside, who in zip(read, actors, strict=True)]
    found = pd.DataFrame(held, index=sentences.index)
    found = found.assign(likeness=likeness, unlikeness=unlikeness, types=types, frame=frames)
    return found.assign(actors=[";".join(one) for one in actors])


def find_named(reference: Reference, text: str, language: str, published: str) -> list[Name]:
    """Return the names in a sentence, without surnames that may be common words."""
    return [one for one in find_names(reference, text, language, published) if one.kind != "unsure"]


def find_actors(reference: Reference, names: Sequence[Name], published: str) -> list[str]:
    """Return for whom names stand on the day of publication, each once, in their order."""
    return list(dict.fromkeys(find_principal(reference, one.actor_id, published) for one in names))


def _leave_out(text: str, names: Sequence[Name]) -> str:
    """Return a text with a letter in the place of each name."""
    ends = [0, *(one.end for one in names)]
    starts = [*(one.start for one in names), len(text)]
    return NAMED.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _describe(words: Lexicon, read: Sequence[Word], actors: int) -> dict[str, float]:
    """Return what the tables know of the words of a sentence."""
    verbs = sum(any(one.lemma in words.frames for one in word.verbs) and not word.helps for word in read)
    return {
        "one": float(actors > 0),
        "two": float(actors > 1),
        "verbs": float(min(verbs, MANY)),
        "noun": float(any(word.nouns for word in read)),
        "length": log(1 + len(read)),
    }


def _compare(
    reference: Reference, language: str, plain: Sequence[str], taught: Taught
) -> tuple[list[str], list[str], Numbers, Numbers]:
    """Return the likeliest types of sentences, the nearest frames, and how like what tells and what only seems to."""
    told, empty = _collect(reference, language, taught)
    if told.empty:  # a language whose frames have no examples yet
        return [""] * len(plain), [""] * len(plain), np.zeros(len(plain)), np.zeros(len(plain))
    near = min(NEAREST, len(told))
    spelt = Spelling([*told["plain"], *empty])
    kinds = sorted(set(told["event_type"]))
    prior = np.sqrt([taught.drafted.get(one, 0) + SMOOTH for one in kinds])
    bayes = spelt.learn([kinds.index(one) for one in told["event_type"]], prior / prior.sum())
    starts, parts = _part(plain)
    found = []
    for k in range(0, len(parts), AT_ONCE):
        looked = spelt.weigh(parts[k : k + AT_ONCE])
        alike = spelt.liken(looked)
        examples, others = alike[:, : len(told)], alike[:, len(told) :]
        nearest = np.partition(examples, -near, axis=1)[:, -near:].mean(axis=1)
        first = examples.argmax(axis=1)
        best, unlike = examples.max(axis=1), others.max(axis=1, initial=0.0)
        found.append(np.column_stack([nearest, unlike, best, first, bayes(looked)]))
    of_part = np.concatenate(found)
    of_whole = np.maximum.reduceat(of_part, starts, axis=0)
    whose = np.repeat(np.arange(len(starts)), np.diff([*starts, len(parts)]))
    likest = np.lexsort((-of_part[:, BEST], whose))[starts]  # the part of each sentence that is most like an example
    frames = list(told["frame_id"].to_numpy()[of_part[likest, BEST + 1].astype(int)])
    likely = np.argsort(-of_whole[:, BEST + 2 :], axis=1, kind="stable")[:, :OFFERED]
    return [";".join(kinds[k] for k in row) for row in likely], frames, of_whole[:, 0], of_whole[:, 1]


@dataclass(frozen=True)
class Vectors:
    """Vectors of texts, of each text the weights that are not zero: in which row and column which stands."""

    rows: Places
    columns: Places
    weights: Numbers
    number: int


class Spelling:
    """The parts of words that some texts hold, and how much each says: the fewer texts hold it, the more."""

    def __init__(self, texts: Sequence[str]) -> None:
        held = Counter(part for text in texts for part in {*_spell(text)})
        self.columns = {part: column for column, part in enumerate(sorted(held))}
        self.rarity = 1 + np.log((1 + len(texts)) / (1 + np.array([held[part] for part in self.columns])))
        self.known = self.weigh(texts)
        self.order = np.argsort(self.known.columns, kind="stable")  # of the weights, by column
        self.ends = np.cumsum(np.bincount(self.known.columns, minlength=len(held)))  # of the columns, in that order

    def weigh(self, texts: Sequence[str]) -> Vectors:
        """Return texts as TF-IDF vectors of length one; parts of words that the texts here lack are left out."""
        counts = [Counter(part for part in _spell(text) if part in self.columns) for text in texts]
        told = [(row, self.columns[part], n) for row, one in enumerate(counts) for part, n in sorted(one.items())]
        rows, columns, often = np.array(told, dtype=np.int64).reshape(-1, 3).T
        weights = (1 + np.log(often)) * self.rarity[columns]
        lengths = np.sqrt(np.bincount(rows, weights**2, len(texts)))
        return Vectors(rows, columns, weights / lengths[rows], len(texts))

    def liken(self, looked: Vectors) -> Numbers:
        """Return the cosine of each vector (rows) with that of each text here (columns)."""
        known = self.known
        often = np.diff(self.ends, prepend=0)[looked.columns]  # texts here that hold what a weight is of
        mine = np.repeat(np.arange(len(often)), often)
        theirs = self.order[np.arange(len(mine)) + (self.ends[looked.columns] - np.cumsum(often))[mine]]
        places = looked.rows[mine] * known.number + known.rows[theirs]
        products = looked.weights[mine] * known.weights[theirs]
        alike = np.bincount(places, products, looked.number * known.number)
        return np.asarray(alike, dtype=float).reshape(looked.number, known.number)

    def learn(self, kinds: Sequence[int], prior: Numbers) -> Callable[[Vectors], Numbers]:
        """Return what says how likely vectors are of each kind, by naive Bayes; the first texts here are of `kinds`."""
        first = self.known.rows < len(kinds)
        places = np.array(kinds)[self.known.rows[first]] * len(self.columns) + self.known.columns[first]
        size = len(prior), len(self.columns)
        held = SHARP + np.bincount(places, self.known.weights[first], size[0] * size[1]).reshape(size)
        spoken = np.log(held / held.sum(axis=1, keepdims=True)).T

        def rate(looked: Vectors) -> Numbers:
            odds = np.tile(np.log(prior), (looked.number, 1))
            np.add.at(odds, looked.rows, looked.weights[:, None] * spoken[looked.columns])
            odds = np.exp(odds - odds.max(axis=1, keepdims=True))
            return np.asarray(odds / odds.sum(axis=1, keepdims=True))

        return rate


def _spell(text: str) -> Iterator[str]:
    """Yield the parts of the words of a text."""
    for word in text.lower().split():
        for n in LETTERS:
            yield from (f" {word} "[k : k + n] for k in range(len(word) + 3 - n))


def _collect(reference: Reference, language: str, taught: Taught) -> tuple[pd.DataFrame, list[str]]:
    """Return what tells an act, `plain` with its `event_type` and `frame_id`, and what only seems to."""
    told, empty = _read_examples(reference, language)
    mine = [(row["text"], row["event_type"], "") for row in records(taught.told) if row["language"] == language]
    none = [row["text"] for row in records(taught.empty) if row["language"] == language]
    more = [(_clear(reference, text, language), *rest) for text, *rest in mine]
    columns = ["plain", "event_type", "frame_id"]
    return pd.DataFrame([*told, *more], columns=columns), [*empty, *(_clear(reference, one, language) for one in none)]


@derived
def _read_examples(reference: Reference, language: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return the examples of the frames with type and id, and their counterexamples."""
    frames = reference.rows("frames", language)
    told = [
        (_clear(reference, row["example"], language), row["event_type"], row["frame_id"])
        for row in frames
        if row["example"]
    ]
    return told, [_clear(reference, row["counterexample"], language) for row in frames if row["counterexample"]]


def _clear(reference: Reference, text: str, language: str) -> str:
    return _leave_out(text, find_named(reference, text, language, DAY))


def _part(plain: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return where the parts of each sentence begin, and all parts; one without a longer part is its own part."""
    starts, parts = list[int](), list[str]()
    for text in plain:
        starts.append(len(parts))
        parts += [one for one in PART.split(text) if len(one.split()) >= SHORT] or [text]
    return starts, parts
