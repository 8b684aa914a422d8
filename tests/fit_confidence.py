"""Fits the weights of the draft coder's probabilities: `python tests/fit_confidence.py FOLDER [--write]`.

FOLDER holds the texts of `tests/gold/news.jsonl`, which people coded, and of `verdicts.jsonl`, whose drafts a large
model judged once as a strict reader: `gold`, `pages` and `pages-2`. A draft is right if nothing in it is false. The
weights are those of a logistic regression with a ridge penalty, by Newton's method (iteratively reweighted least
squares), over all drafts of which a side is named, judged ones of the read half alone. What is printed of what took
part is cross-validated: no draft is judged by weights that saw its document.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha1
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from known import REFERENCE
from lagebild.coder import ACTS, Draft, draft_text
from lagebild.coder.drafts import find_band, lower
from lagebild.core import InputError
from lagebild.core.tables import write_reference
from lagebild.corpus.intake import Given, read_articles
from news import Texts, compare, read_news, read_texts
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
GOLD = Path(__file__).parent / "gold"
FOLDS, RIDGE, STEPS = 5, 4.0, 40
TRUE = ("RIGHT", "PARTLY")  # verdicts on a draft in which nothing is false
LAUGHED = "EMBARRASSING"
SAVED = "pages-2"  # the folder of saved pages that the intake reads
DAY = "2020-01-01"  # of a page that names none


@dataclass(frozen=True)
class Judged:
    """A draft with its document, the half and the kind of gold that it belongs to, and what was said of it."""

    draft: Draft
    document: str
    half: str
    gold: str  # coded or judged
    right: bool
    laughed: bool = False
    matter: str = ACTS
    language: str = ""

    @property
    def known(self) -> bool:
        """Whether it may count: of the others no probability is asked."""
        return self.draft.is_safe

    @property
    def fold(self) -> int:
        """The part of the documents that it belongs to."""
        return int(sha1(self.document.encode()).hexdigest()[:6], 16) % FOLDS


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


def read_saved(folder: Path) -> Texts:
    """Return title and text of saved pages, as the intake reads them."""
    texts = {}
    with tempfile.TemporaryDirectory() as place:
        for file in sorted((folder / SAVED).glob("*.html.gz")):
            page = Path(place) / file.stem
            page.write_bytes(gzip.decompress(file.read_bytes()))
            try:
                articles = read_articles(REFERENCE, [str(page)], Given(DAY, "", "", False), DAY).articles
            except InputError:
                continue  # another language, or no article
            texts[SAVED, page.stem] = articles[0].title, articles[0].text
    return texts


def list_judged(texts: Texts) -> Iterator[Judged]:
    """Yield the drafts that a large model judged, as far as they are drafted still."""
    verdicts: Mapping[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in map(json.loads, (GOLD / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()):
        verdicts[row["source"], row["document"], row["lang"], row["published"]].append(row)
    for (source, document, language, published), rows in verdicts.items():
        _, text = texts.get((source, document), ("", ""))
        said = {
            (row["sha1"], row["event_type"], *map(tuple, (row["source_actors"], row["target_actors"]))): row
            for row in rows
        }
        drafted = draft_text(REFERENCE, text, language, published)
        for draft in (*drafted.events, *drafted.candidates):
            start, end = next(span for span in reversed(drafted.sentences) if span[0] <= draft.start)
            digest = sha1(text[start:end].encode()).hexdigest()
            if row := said.get((digest, draft.event_type, draft.source_actors, draft.target_actors)):
                right, laughed = row["verdict"] in TRUE, row["verdict"] == LAUGHED
                matter = drafted.matter.kind
                yield Judged(draft, document, rows[0]["half"], "judged", right, laughed, matter, language)


def main() -> None:
    """Print how far the probabilities hold, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write weights.csv and reliability.csv in data/reference")
    asked = parser.parse_args()
    table = REFERENCE.table("weights")
    names = list(table["feature"])
    texts = read_texts(asked.folder)
    every = [
        Judged(draft, one.item["document"], one.item["half"], "coded", right)
        for one in compare(REFERENCE, read_news(GOLD), texts)
        for draft, right in one.judged
    ]
    every += list_judged({**texts, **read_saved(asked.folder)})
    drafts = [one for one in every if one.known]
    features = np.array([[1.0, *(float(name in one.draft.features) for name in names[1:])] for one in drafts])
    right = np.array([float(one.right) for one in drafts])
    folds = np.array([one.fold for one in drafts])
    fitted = np.array([one.gold == "coded" or one.half == "read" for one in drafts])
    p = np.zeros(len(right))
    for k in range(FOLDS):
        learnt = fitted & (folds != k)
        p[folds == k] = predict(features[folds == k], fit(features[learnt], right[learnt]))
    parts = []
    for gold in ("coded", "judged"):
        for half in ("read", "unread"):
            chosen = np.array([(one.gold, one.half) == (gold, half) for one in drafts])
            parts.append(_bin(gold, half, p, drafts, chosen))
    reliability = pd.concat(parts)
    print(reliability.to_string(index=False))  # noqa: T201
    table["weight"] = [f"{weight:.2f}" for weight in fit(features[fitted], right[fitted])]
    table["drafts"] = features[fitted].sum(axis=0).astype(int)
    table["right"] = (features * right[:, None])[fitted].sum(axis=0).astype(int)
    print(table[["feature", "weight", "drafts", "right"]].to_string(index=False))  # noqa: T201
    accuracy = count_sound(drafts, predict(features, fit(features[fitted], right[fitted])))
    print(accuracy.to_string(index=False))  # noqa: T201
    if asked.write:
        write_reference(REFERENCE.folder, "weights", table)
        write_reference(REFERENCE.folder, "reliability", reliability)
        write_reference(REFERENCE.folder, "accuracy", accuracy)


def count_sound(drafts: list[Judged], p: Numbers) -> pd.DataFrame:
    """Return the table `accuracy`: what was said of the judged drafts of the unread half that count."""
    rows = []
    for one, probability in zip(drafts, p, strict=True):
        band, acts = _find_band(one, probability), one.matter == ACTS
        if one.gold == "judged" and one.half == "unread" and band != "C":
            rows.append((ACTS if acts else "other", one.language, band, 1, int(one.right), int(one.laughed)))
    table = pd.DataFrame(rows, columns=["matter", "language", "confidence", "drafts", "sound", "laughed"])
    return table.groupby(["matter", "language", "confidence"], as_index=False).sum()


def _find_band(one: Judged, probability: float) -> str:
    """Return the band of a draft in its text, if this is how likely nothing in it is false."""
    both = bool(one.draft.source_actors and (one.draft.target_actors or one.draft.mutual))
    draft = replace(one.draft, confidence=find_band(probability, both=both))
    return (draft if one.matter == ACTS else lower(draft)).confidence


def _bin(gold: str, half: str, p: Numbers, drafts: list[Judged], chosen: NDArray[np.bool_]) -> pd.DataFrame:
    """Print the Brier score of a part and what is true of its bands; return the table `reliability` of it."""
    right = np.array([float(one.right) for one in drafts])
    laughed = np.array([float(one.laughed) for one in drafts])
    band = np.array([_find_band(one, probability) for one, probability in zip(drafts, p, strict=True)])
    brier, share = ((p - right)[chosen] ** 2).mean(), right[chosen].mean()
    alone = share * (1 - share)
    print(f"{gold} {half}: {chosen.sum()} drafts, {share:.3f} right; Brier {brier:.3f}, by the share alone {alone:.3f}")  # noqa: T201
    for name, bands in (("A", "A"), ("B", "B"), ("C", "C"), ("counts", "AB")):
        inside = chosen & np.isin(band, list(bands))
        if inside.any():
            shares = f"{right[inside].mean():.3f} right, {laughed[inside].mean():.3f} laughed at"
            print(f"  {name}: {inside.sum()} drafts, {shares}")  # noqa: T201
    tenths = np.floor(p * 10 + 1e-9) / 10
    rows = [
        (gold, half, f"{begin:.1f}", int(inside.sum()), f"{p[inside].mean():.2f}", int(right[inside].sum()))
        for begin in sorted(set(tenths[chosen]))
        if (inside := chosen & (tenths == begin)).any()
    ]
    return pd.DataFrame(rows, columns=["gold", "half", "begins", "drafts", "expected", "right"])


if __name__ == "__main__":
    main()
