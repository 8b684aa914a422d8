"""How well overlooked sentences are found: `tests/benchmark_overlooked.py FOLDER [--half read|unread] [--write]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `news.py`. Only sentences that were
taken as leads are looked at, for only they were coded whether a draft stands there or not, and of them those without a
draft or a candidate. A sentence *reports* something if one of two readers coded an event in it, *surely* if both did.
The weights of the read half are cross-validated: no sentence is judged by weights that saw its document. `--write`
fits them on the whole read half and writes `overlooked.csv` in data/reference.
"""

from __future__ import annotations

import argparse
from collections import Counter
from hashlib import sha1
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
from known import REFERENCE
from lagebild.core.tables import write_reference
from lagebild.interactive.missed_sentences import FEATURES, NOTHING, Taught, rate_sentences
from news import UNDATED, CodedSentence, compare, read_news, read_texts
from numpy.typing import NDArray

GOLD = Path(__file__).parent / "gold"
FOLDS, LOOSE = 5, 10.0  # parts of the documents, and how loosely the weights are held
STEPS = 25  # of Newton's method; a handful suffices
FIRST = (20, 50)
NAMES = list(FEATURES)


def main() -> None:
    """Print the figures, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("read", "unread"), default="read")
    parser.add_argument("--write", action="store_true", help="fit the weights on the read half, and write them")
    asked = parser.parse_args()
    found = list(compare(REFERENCE, read_news(GOLD), read_texts(asked.folder)))
    frames = {
        row["frame_id"]: row["event_type"] for one in REFERENCE.languages for row in REFERENCE.rows("frames", one)
    }
    drafted = Counter(frames[draft.rule] for one in found for draft, _ in one.judged if draft.rule in frames)
    taught = Taught(NOTHING.reporting, NOTHING.empty, drafted)
    half = [one for one in found if (one.item["half"], one.item["sample"]) == (asked.half, "lead") and not one.judged]
    sentences = pd.DataFrame([(one.text, one.item["lang"], one.item["published"] or UNDATED) for one in half])
    sentences.columns = pd.Index(["text", "language", "published"])
    started = process_time()
    rated = rate_sentences(REFERENCE, sentences, taught)
    print(f"{len(rated)} sentences without a draft, {process_time() - started:.2f} s")  # noqa: T201
    told = np.array([bool(one.item["events"]) for one in half])
    if asked.half == "read":
        rated["probability"] = _validate(rated, told, half)
    for language in REFERENCE.languages:
        _show(language, rated, half, np.array(sentences["language"] == language))
    if asked.write and asked.half == "read":
        _write(rated, told)


def _fit(features: NDArray[Any], told: NDArray[Any]) -> NDArray[Any]:
    """Return the weights of a logistic regression, that of the intercept first, which alone is not held."""
    given = np.column_stack([np.ones(len(features)), features])
    weights, held = np.zeros(given.shape[1]), np.diag([0.0, *[1 / LOOSE] * features.shape[1]])
    for _ in range(STEPS):
        likely = _rate(features, weights)
        slope = given.T @ (likely - told) + held @ weights
        weights -= np.linalg.solve((given.T * (likely * (1 - likely))) @ given + held, slope)
    return weights


def _rate(features: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(1 / (1 + np.exp(-weights[0] - features @ weights[1:])))


def _validate(rated: pd.DataFrame, told: NDArray[Any], half: list[CodedSentence]) -> NDArray[Any]:
    """Return the probability of each sentence by weights that did not see its document."""
    features, found = rated[NAMES].to_numpy(float), np.zeros(len(told))
    folds = np.array([int(sha1(one.item["document"].encode()).hexdigest()[:6], 16) % FOLDS for one in half])
    for k in range(FOLDS):
        found[folds == k] = _rate(features[folds == k], _fit(features[folds != k], told[folds != k]))
    return found


def _show(language: str, rated: pd.DataFrame, half: list[CodedSentence], chosen: NDArray[Any]) -> None:
    """Print how many of the first sentences report something, in our order and in two others."""
    rated, coded = rated[chosen], [one for one, mine in zip(half, chosen, strict=True) if mine]
    told = np.array([bool(one.item["events"]) for one in coded])
    surely = np.array([any(not event.get("optional") for event in one.item["events"]) for one in coded])
    expected = rated["probability"].sum()
    print(f"{language}: {told.sum()} of {len(told)} report something, expected {expected:.0f}; {surely.sum()} surely")  # noqa: T201
    two = rated["two"].to_numpy() > 0
    probability = rated["probability"].to_numpy()
    for n in FIRST:
        best = np.argsort(-probability, kind="stable")[:n]
        print(  # noqa: T201
            f"  first {n}: {told[best].mean():.2f}, surely {surely[best].mean():.2f};"
            f" at random {told.mean():.2f}, surely {surely.mean():.2f};"
            f" names two actors {_expect(two, told, n):.2f}, surely {_expect(two, surely, n):.2f}"
        )
    types = [({event["type"], *(event.get("type_alt") or [])} for event in one.item["events"]) for one in coded]
    pairs = [(set().union(*kinds), row.split(";")) for kinds, row in zip(types, rated["types"], strict=True)]
    pairs = [(right, offered) for right, offered in pairs if right]
    one, three = (np.mean([bool(right & {*row[:n]}) for right, row in pairs]) for n in (1, 3))
    print(f"  the right type is the first offered {one:.2f}, among three {three:.2f}")  # noqa: T201
    for begin in np.arange(0, 1, 0.2):
        inside = (probability >= begin) & (probability < begin + 0.2)
        if inside.any():
            mean = probability[inside].mean()
            print(f"  from {begin:.1f} on: {inside.sum():3}, expected {mean:.2f}, found {told[inside].mean():.2f}")  # noqa: T201


def _expect(chosen: NDArray[Any], told: NDArray[Any], n: int) -> float:
    """Return which share of n sentences reports something if those chosen come first, else in any order."""
    first = min(n, int(chosen.sum()))
    rest = told[~chosen].mean() if first < n else 0.0
    return float((first * told[chosen].mean() + (n - first) * rest) / n)


def _write(rated: pd.DataFrame, told: NDArray[Any]) -> None:
    """Write the weights, and what holds on the average of sentences that report something and of others."""
    weights = dict(zip(["intercept", *NAMES], _fit(rated[NAMES].to_numpy(float), told), strict=True))
    held = rated.assign(intercept=1.0)
    table = REFERENCE.table("overlooked")
    table["weight"] = [f"{weights[name]:.2f}" for name in table["feature"]]
    for column, mine in (("empty", ~told), ("told", told)):
        table[column] = [f"{held[name][mine].mean():.2f}" for name in table["feature"]]
    print(table[["feature", "weight", "empty", "told"]].to_string(index=False))  # noqa: T201
    write_reference(REFERENCE.folder, "overlooked", table)


if __name__ == "__main__":
    main()
