"""The sentences of a case from which nothing was drafted or coded, those first that likely report an event.

For those who write frames, the words of such sentences are listed too: the one that would have caught most comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagebild.coder import Frame, Lexicon, Name, Word, find_names, read_lexicon, split_cell
from lagebild.core import Reference, derived, records
from lagebild.dataset import decide, find_principal, in_force
from lagebild.interactive.review_queue import ReviewQueue

# --- How Likely a Sentence Reports an Event, and of Which Types ---
# What speaks for it is how like it is to the examples of the frames, and what the tables know of its words; what speaks
# against it is how like it is to sentences that only seem to tell an act. The sentences that a reviewer decided on join
# both. Likeness is the cosine of TF-IDF vectors over parts of words; the types come from naive Bayes over the same
# vectors (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, chapters 6 and 13). Names are
# left out, or a sentence on Iran would be like every example with Iran. The weights stand in the table `overlooked`
# (`tests/benchmark_overlooked.py` fits them).


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

    `reporting` has language, text and event_type of sentences that report an event, `empty` language and text of
    sentences that report none, and `drafted` how many drafts of each type there are.
    """

    reporting: pd.DataFrame
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
        _rate_language(reference, str(language), rows, taught)
        for language, rows in sentences.groupby("language", sort=True)
        if language in reference.languages
    ]
    rated = pd.concat(parts) if parts else pd.DataFrame(columns=columns[1:], index=sentences.index)
    weights = {row["feature"]: float(row["weight"]) for row in reference.rows("overlooked")}
    odds = weights["intercept"] + sum(rated[name].astype(float) * weights[name] for name in FEATURES)
    told = rated.assign(probability=1 / (1 + np.exp(-odds)))[columns].reindex(sentences.index)
    blank = {name: "" if name in columns[1:4] else 0.0 for name in columns}  # in a language without tables
    return told.fillna(blank)


def _rate_language(reference: Reference, language: str, sentences: pd.DataFrame, taught: Taught) -> pd.DataFrame:
    """Return types, actors and features of sentences in one language."""
    words, rows = read_lexicon(reference, language), records(sentences)
    names = [find_named(reference, row["text"], language, row["published"]) for row in rows]
    plain = [_mask_names(row["text"], named) for row, named in zip(rows, names, strict=True)]
    read = [[words.word(word) for word in WORD.findall(text)] for text in plain]
    types, frames, likeness, unlikeness = _compare(reference, language, plain, taught)
    actors = [find_actors(reference, named, row["published"]) for row, named in zip(rows, names, strict=True)]
    held = [_describe(words, inside, len(who)) for inside, who in zip(read, actors, strict=True)]
    features = pd.DataFrame(held, index=sentences.index)
    features = features.assign(likeness=likeness, unlikeness=unlikeness, types=types, frame=frames)
    return features.assign(actors=[";".join(actor_ids) for actor_ids in actors])


def find_named(reference: Reference, text: str, language: str, published: str) -> list[Name]:
    """Return the names in a sentence, without surnames that may be common words."""
    return [name for name in find_names(reference, text, language, published) if name.kind != "unsure"]


def find_actors(reference: Reference, names: Sequence[Name], published: str) -> list[str]:
    """Return for whom names stand on the day of publication, each once, in their order."""
    return list(dict.fromkeys(find_principal(reference, name.actor_id, published) for name in names))


def _mask_names(text: str, names: Sequence[Name]) -> str:
    """Return a text with a letter in the place of each name."""
    ends = [0, *(name.end for name in names)]
    starts = [*(name.start for name in names), len(text)]
    return NAMED.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _describe(words: Lexicon, read: Sequence[Word], actors: int) -> dict[str, float]:
    """Return what the tables know of the words of a sentence."""
    verbs = sum(any(verb.lemma in words.frames for verb in word.verbs) and not word.helps for word in read)
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
    labelled, empty = _collect(reference, language, taught)
    if labelled.empty:  # a language whose frames have no examples yet
        return [""] * len(plain), [""] * len(plain), np.zeros(len(plain)), np.zeros(len(plain))
    near = min(NEAREST, len(labelled))
    vectorizer = Vectorizer([*labelled["plain"], *empty])
    kinds = sorted(set(labelled["event_type"]))
    prior = np.sqrt([taught.drafted.get(kind, 0) + SMOOTH for kind in kinds])
    bayes = vectorizer.fit([kinds.index(kind) for kind in labelled["event_type"]], prior / prior.sum())
    starts, parts = _split_parts(plain)
    batches = []
    for k in range(0, len(parts), AT_ONCE):
        vectors = vectorizer.vectorize(parts[k : k + AT_ONCE])
        similarities = vectorizer.compare(vectors)
        examples, counterexamples = similarities[:, : len(labelled)], similarities[:, len(labelled) :]
        nearest = np.partition(examples, -near, axis=1)[:, -near:].mean(axis=1)
        first = examples.argmax(axis=1)
        best, unlike = examples.max(axis=1), counterexamples.max(axis=1, initial=0.0)
        batches.append(np.column_stack([nearest, unlike, best, first, bayes(vectors)]))
    of_part = np.concatenate(batches)
    of_whole = np.maximum.reduceat(of_part, starts, axis=0)
    whose = np.repeat(np.arange(len(starts)), np.diff([*starts, len(parts)]))
    likest = np.lexsort((-of_part[:, BEST], whose))[starts]  # the part of each sentence that is most like an example
    frames = list(labelled["frame_id"].to_numpy()[of_part[likest, BEST + 1].astype(int)])
    likely = np.argsort(-of_whole[:, BEST + 2 :], axis=1, kind="stable")[:, :OFFERED]
    return [";".join(kinds[k] for k in row) for row in likely], frames, of_whole[:, 0], of_whole[:, 1]


@dataclass(frozen=True)
class Vectors:
    """Vectors of texts, of each text the weights that are not zero: in which row and column which stands."""

    rows: Places
    columns: Places
    weights: Numbers
    number: int


class Vectorizer:
    """The parts of words that some texts hold, and how much each says: the fewer texts hold it, the more."""

    def __init__(self, texts: Sequence[str]) -> None:
        held = Counter(part for text in texts for part in {*_list_ngrams(text)})
        self.columns = {part: column for column, part in enumerate(sorted(held))}
        self.rarity = 1 + np.log((1 + len(texts)) / (1 + np.array([held[part] for part in self.columns])))
        self.known = self.vectorize(texts)
        self.order = np.argsort(self.known.columns, kind="stable")  # of the weights, by column
        self.ends = np.cumsum(np.bincount(self.known.columns, minlength=len(held)))  # of the columns, in that order

    def vectorize(self, texts: Sequence[str]) -> Vectors:
        """Return texts as TF-IDF vectors of length one; parts of words that the texts here lack are left out."""
        counts = [Counter(part for part in _list_ngrams(text) if part in self.columns) for text in texts]
        cells = [(row, self.columns[part], n) for row, count in enumerate(counts) for part, n in sorted(count.items())]
        rows, columns, often = np.array(cells, dtype=np.int64).reshape(-1, 3).T
        weights = (1 + np.log(often)) * self.rarity[columns]
        lengths = np.sqrt(np.bincount(rows, weights**2, len(texts)))
        return Vectors(rows, columns, weights / lengths[rows], len(texts))

    def compare(self, vectors: Vectors) -> Numbers:
        """Return the cosine of each vector (rows) with that of each text here (columns)."""
        known = self.known
        often = np.diff(self.ends, prepend=0)[vectors.columns]  # texts here that hold what a weight is of
        mine = np.repeat(np.arange(len(often)), often)
        theirs = self.order[np.arange(len(mine)) + (self.ends[vectors.columns] - np.cumsum(often))[mine]]
        places = vectors.rows[mine] * known.number + known.rows[theirs]
        products = vectors.weights[mine] * known.weights[theirs]
        alike = np.bincount(places, products, vectors.number * known.number)
        return np.asarray(alike, dtype=float).reshape(vectors.number, known.number)

    def fit(self, kinds: Sequence[int], prior: Numbers) -> Callable[[Vectors], Numbers]:
        """Return what says how likely vectors are of each kind, by naive Bayes; the first texts here are of `kinds`."""
        first = self.known.rows < len(kinds)
        places = np.array(kinds)[self.known.rows[first]] * len(self.columns) + self.known.columns[first]
        size = len(prior), len(self.columns)
        held = SHARP + np.bincount(places, self.known.weights[first], size[0] * size[1]).reshape(size)
        spoken = np.log(held / held.sum(axis=1, keepdims=True)).T

        def rate(vectors: Vectors) -> Numbers:
            odds = np.tile(np.log(prior), (vectors.number, 1))
            np.add.at(odds, vectors.rows, vectors.weights[:, None] * spoken[vectors.columns])
            odds = np.exp(odds - odds.max(axis=1, keepdims=True))
            return np.asarray(odds / odds.sum(axis=1, keepdims=True))

        return rate


def _list_ngrams(text: str) -> Iterator[str]:
    for word in text.lower().split():
        for n in LETTERS:
            yield from (f" {word} "[k : k + n] for k in range(len(word) + 3 - n))


def _collect(reference: Reference, language: str, taught: Taught) -> tuple[pd.DataFrame, list[str]]:
    """Return what tells an act, `plain` with its `event_type` and `frame_id`, and what only seems to."""
    examples, counterexamples = _read_examples(reference, language)
    telling, empty = (rows[rows["language"] == language] for rows in (taught.reporting, taught.empty))
    taught_rows = [(_mask_example(reference, row["text"], language), row["event_type"], "") for row in records(telling)]
    taught_empty = [_mask_example(reference, text, language) for text in empty["text"]]
    columns = ["plain", "event_type", "frame_id"]
    return pd.DataFrame([*examples, *taught_rows], columns=columns), [*counterexamples, *taught_empty]


@derived
def _read_examples(reference: Reference, language: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return the examples of the frames with type and id, and their counterexamples."""
    frames = reference.rows("frames", language)
    examples = [
        (_mask_example(reference, row["example"], language), row["event_type"], row["frame_id"])
        for row in frames
        if row["example"]
    ]
    return examples, [
        _mask_example(reference, row["counterexample"], language) for row in frames if row["counterexample"]
    ]


def _mask_example(reference: Reference, text: str, language: str) -> str:
    return _mask_names(text, find_named(reference, text, language, DAY))


def _split_parts(plain: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return where the parts of each sentence begin, and all parts; one without a longer part is its own part."""
    starts, parts = list[int](), list[str]()
    for text in plain:
        starts.append(len(parts))
        parts += [part for part in PART.split(text) if len(part.split()) >= SHORT] or [text]
    return starts, parts


# --- What the Table of Frames Lacks ---

COLUMNS = ["language", "lemma", "lacks", "frame", "event_type", "sentences", "expected", "text"]
LACKS = ("sides", "not", "object", "frame")  # the nearest miss first


def list_gaps(reference: Reference, overlooked: pd.DataFrame) -> pd.DataFrame:
    """Return the words of overlooked sentences that can tell an act, and what kept a frame from drafting from them.

    Parameters
    ----------
    reference
        The tables of frames, verbs and words of saying.
    overlooked
        Columns language, text, probability and frame, as in `find_overlooked`.

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
        for lemma, (lacks, frame) in _find_lacks(reference, row).items():
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


def _find_lacks(reference: Reference, row: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return for each word of a sentence that can tell an act what it lacks, and the frame nearest to it."""
    words, text, lacking = read_lexicon(reference, row["language"]), row["text"], dict[str, tuple[str, str]]()
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
                lacking.setdefault(lemmas[0].replace("|", ""), ("frame", row["frame"]))
        for frame in frames:
            if there.issuperset(frame.particles):
                lemma, lacks = frame.lemma.replace("|", ""), _find_lack(frame, text)
                if LACKS.index(lacks) < LACKS.index(lacking.get(lemma, ("frame", ""))[0]):
                    lacking[lemma] = lacks, frame.frame_id
    return lacking


def _read_lemmas(word: Word, there: Set[str]) -> list[str]:
    """Return the verbs that a word may be a form of; those whose separable part stands in the sentence, if any."""
    parted = [verb.lemma for verb in word.verbs if verb.particle in there]
    return list(dict.fromkeys(parted or [verb.lemma for verb in word.verbs if not verb.particle]))


def _find_lack(frame: Frame, text: str) -> str:
    if frame.blocked is not None and frame.blocked.search(text):
        return "not"
    return "object" if frame.object is not None and not frame.object.search(text) else "sides"


def _is_common(reference: Reference, language: str, words: Lexicon, lemmas: Iterable[str]) -> bool:
    """Whether verbs only carry a noun or tell who says something: then it is not they that lack a frame."""
    return not _sayings(reference, language).isdisjoint(lemmas) or not words.light.isdisjoint(lemmas)


@derived
def _sayings(reference: Reference, language: str) -> frozenset[str]:
    cells = (row["words"] for row in reference.rows("speech", language) if row["kind"] == "verb")
    return frozenset(words.split()[0].replace("/", "|") for cell in cells for words in split_cell(cell))


@derived
def _types(reference: Reference, language: str) -> dict[str, str]:
    return {row["frame_id"]: row["event_type"] for row in reference.rows("frames", language)}


# --- What the Desk Offers ---

SHOWN = 1000  # sentences that the desk is told of; what it marked as empty it leaves out
PLACE = ["source_id", "sentence_no"]
TOLD = ["source_id", "language", "sentence_no", "start", "end", "probability", "types", "actors"]  # to the browser


def find_overlooked(queue: ReviewQueue, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences from which nothing was drafted, coded or added, the likeliest to report an event first.

    Of a sentence that is held in several languages one is left, that of the labels if it is among them; a row in one
    of them covers it in all. Columns: source_id, language, sentence_no, start, end and text of the sentence;
    probability (0 to 1) that at least one of two readers would code an event in it; types, the three likeliest; actors
    that it names; and frame, whose example is the most alike. What was decided on other rows of the case is taken into
    account: see `Taught`.
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
    overlooked = sentences[["source_id", "language", "sentence_no", "start", "end", "text"]].join(
        rated[["probability", "types", "actors", "frame"]]
    )
    return overlooked.sort_values("probability", ascending=False, kind="stable").reset_index(drop=True)


def learn(queue: ReviewQueue, decisions: pd.DataFrame, decided: pd.DataFrame) -> Taught:
    """Return what the rows of a case teach: sentences that people coded, accepted or added, and those left empty.

    `decided` are the mentions as the decisions leave them.
    """
    read = decided[(decided["reviewed"] == "yes") & (decided["event_type"] != "")]
    reporting = _read(queue, read)
    rejected = set(in_force(decisions).query("action == 'reject'")["row"]) - set(decided["mention_id"])
    empty = _read(queue, queue.proposed[queue.proposed["mention_id"].isin(rejected)])
    kept = {*_places(decided)}
    empty = empty.loc[[place not in kept for place in _places(empty)]]
    empty = empty.drop_duplicates([*PLACE, "language"])
    return Taught(reporting, empty, dict(queue.drafts["event_type"].value_counts()))


def _read(queue: ReviewQueue, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return mentions with language and text of their sentence; one that people coded, in every language."""
    held = mentions[[*PLACE, "language", "event_type"]].rename(columns={"language": "only"})
    sentences = held.merge(queue.corpus.sentences, on=PLACE, how="inner")
    return sentences[sentences["only"].isin([""]) | sentences["only"].eq(sentences["language"])]


def _places(rows: pd.DataFrame) -> list[tuple[Any, Any]]:
    return [*zip(rows["source_id"], rows["sentence_no"], strict=True)]


def offer_overlooked(queue: ReviewQueue, decisions: pd.DataFrame) -> dict[str, Any]:
    """Return the first `SHOWN` overlooked sentences for the desk, how many there are, and how many likely report.

    What several pages say in the same words is offered once.
    """
    overlooked = find_overlooked(queue, decisions)
    first = overlooked.assign(probability=overlooked["probability"].round(2)).drop_duplicates("text").head(SHOWN)
    rows = [[row[name] for name in TOLD] for row in records(first)]
    return {"overlooked": rows, "n": len(overlooked), "expected": round(float(overlooked["probability"].sum()))}
