"""Fits the weights of the draft coder's probabilities: `python tests/fit_confidence.py FOLDER [--write]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `lagebild.coder.quality`. The weights are those of a
logistic regression with a ridge penalty, by Newton's method (iteratively reweighted least squares), over all drafts and
candidates; what is printed is cross-validated: no draft is judged by weights that saw its document.
"""

from __future__ import annotations

import argparse
from hashlib import sha1
from pathlib import Path

import numpy as np
import pandas as pd
from known import REFERENCE
from lagebild.coder.drafts import BANDS
from lagebild.coder.quality import compare, read_news, read_texts
from lagebild.core.tables import write_reference
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
GOLD = Path(__file__).parent / "gold"
FOLDS, RIDGE, STEPS = 5, 3.0, 40


def fit(features: Numbers, right: Numbers) -> Numbers:
    """Return the weights; the first column of the features is 1 and its weight is not penalised."""
    weights = np.zeros(features.shape[1])
    penalty = np.eye(len(weights)) * RIDGE
    penalty[0, 0] = 0
    for _ in range(STEPS):
        p = predict(features, weights)
        curvature = (features * (p * (1 - p))[:, None]).T @ features + penalty
        weights = weights + np.linalg.solve(curvature, features.T @ (right - p) - penalty @ weights)
    return weights


def predict(features: Numbers, weights: Numbers) -> Numbers:
    """Return the probabilities."""
    found: Numbers = 1 / (1 + np.exp(-features @ weights))
    return found


def main() -> None:
    """Print how far the probabilities hold, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write weights.csv and reliability.csv in data/reference")
    asked = parser.parse_args()
    table = REFERENCE.table("weights")
    names = list(table["feature"])
    drafts = [
        (one.item, set(draft.features), right)
        for one in compare(REFERENCE, read_news(GOLD), read_texts(asked.folder))
        for draft, right in one.judged
    ]
    features = np.array([[1.0, *(float(name in held) for name in names[1:])] for _, held, _ in drafts])
    right = np.array([float(one) for *_, one in drafts])
    folds = np.array([int(sha1(item["document"].encode()).hexdigest()[:6], 16) % FOLDS for item, *_ in drafts])
    p = np.zeros(len(right))
    for k in range(FOLDS):
        p[folds == k] = predict(features[folds == k], fit(features[folds != k], right[folds != k]))
    reliability = pd.concat(
        [_bin(half, p, right, np.array([item["half"] == half for item, *_ in drafts])) for half in ("read", "unread")]
    )
    print(reliability.to_string(index=False))  # noqa: T201
    table["weight"] = [f"{weight:.2f}" for weight in fit(features, right)]
    table["drafts"] = features.sum(axis=0).astype(int)
    table["right"] = (features * right[:, None]).sum(axis=0).astype(int)
    print(table[["feature", "weight", "drafts", "right"]].to_string(index=False))  # noqa: T201
    if asked.write:
        write_reference(REFERENCE.folder, "weights", table)
        write_reference(REFERENCE.folder, "reliability", reliability)


def _bin(half: str, p: Numbers, right: Numbers, chosen: NDArray[np.bool_]) -> pd.DataFrame:
    """Print the Brier score of a half and how much of each band is right; return the table `reliability` of it."""
    brier, share = ((p - right)[chosen] ** 2).mean(), right[chosen].mean()
    alone = share * (1 - share)
    print(f"{half}: {chosen.sum()} drafts, {share:.3f} right; Brier {brier:.3f}, by the share alone {alone:.3f}")  # noqa: T201
    for name, begin in BANDS:
        band = chosen & (p >= begin)
        print(f"  from {begin} ({name}): {band.sum()} drafts, {right[band].mean():.3f} right")  # noqa: T201
    tenths = np.floor(p * 10 + 1e-9) / 10
    rows = [
        (half, f"{begin:.1f}", int(inside.sum()), f"{p[inside].mean():.2f}", int(right[inside].sum()))
        for begin in sorted(set(tenths[chosen]))
        if (inside := chosen & (tenths == begin)).any()
    ]
    return pd.DataFrame(rows, columns=["half", "begins", "drafts", "expected", "right"])


if __name__ == "__main__":
    main()
