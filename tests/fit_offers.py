"""Fits the weights by which the desk ranks the actors it offers: `python tests/fit_offers.py FOLDER [--write]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `news.py`. Fitted on the missing sides
of the read half: a conditional logistic regression (who of those named is right?) with a ridge penalty, by gradient
descent. What is printed is cross-validated: no side is ranked by weights that saw its text.
"""

from __future__ import annotations

import argparse
import tempfile
from hashlib import sha1
from pathlib import Path

import numpy as np
from benchmark_desk import FIRST, judge_rows, list_missing, make_queue, read_items
from known import REFERENCE
from lagebild.core.tables import write_reference
from lagebild.dataset.decisions import NOTHING
from lagebild.interactive.review_queue import SHOWN, show_rows
from lagebild.interactive.row_suggestions import find_features, read_texts
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Choice = tuple[str, Numbers, NDArray[np.bool_]]  # text, features of each actor, which are right
FOLDS, RIDGE, STEPS, PACE = 8, 1.0, 500, 0.01
BY_HAND = ("main", "text")  # gold knows no case, and all whom it names stand in the text


def read_choices(folder: Path, names: list[str]) -> list[Choice]:
    """Return the missing sides of the read half, each with all who may stand there."""
    items, found = read_items("read"), []
    with tempfile.TemporaryDirectory() as root:
        queue, texts = make_queue(items, folder, Path(root))
        rows = [dict(zip(SHOWN, cells, strict=True)) for cells in show_rows(queue, NOTHING)]
        told = {row["mention_id"]: one for one in read_texts(queue, rows) for row in one.rows}
        for one, side, right in list_missing(list(judge_rows(queue, items, texts))):
            features = find_features(told[one.row["mention_id"]], one.row, side)
            held = np.array([[float(name in features[actor]) for name in names] for actor in features])
            found.append((one.row["source_id"], held, np.array([actor in right for actor in features])))
    return found


def fit(choices: list[Choice]) -> Numbers:
    """Return the weights under which the right actors are likeliest."""
    known = [(held, right) for _, held, right in choices if right.any()]
    weights = np.zeros(known[0][0].shape[1])
    for _ in range(STEPS):
        slope = -RIDGE * weights
        for held, right in known:
            p = _share(held @ weights)
            slope += held.T @ (_share(held @ weights, right) - p)
        weights = weights + PACE * slope
    return weights


def _share(scores: Numbers, among: NDArray[np.bool_] | None = None) -> Numbers:
    odds = np.exp(scores - scores.max()) * (1.0 if among is None else among)
    found: Numbers = odds / odds.sum()
    return found


def main() -> None:
    """Print how often the right actor is among the first, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write offers.csv in data/reference")
    asked = parser.parse_args()
    table = REFERENCE.table("offers")
    choices = read_choices(asked.folder, list(table["feature"]))
    folds = [int(sha1(text.encode()).hexdigest()[:6], 16) % FOLDS for text, *_ in choices]
    places = []
    for k in range(FOLDS):
        weights = fit([one for one, fold in zip(choices, folds, strict=True) if fold != k])
        for _, held, right in (one for one, fold in zip(choices, folds, strict=True) if fold == k):
            ranked = right[np.argsort(-(held @ weights), kind="stable")]
            places.append(int(ranked.argmax()) if ranked.any() else 99)
    for n in FIRST:
        print(f"among the first {n}: {np.mean([place < n for place in places]):.3f} of {len(places)}")  # noqa: T201
    fitted = fit(choices)
    by_hand = table["feature"].isin(BY_HAND)
    table["weight"] = table["weight"].where(by_hand, [f"{weight:.2f}" for weight in fitted])
    print(table[["feature", "weight"]].to_string(index=False))  # noqa: T201
    if asked.write:
        write_reference(REFERENCE.folder, "offers", table)


if __name__ == "__main__":
    main()
