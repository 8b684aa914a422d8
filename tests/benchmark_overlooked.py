"""How well overlooked sentences are found: `tests/benchmark_overlooked.py FOLDER [--half read|unread]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `news.py`. Only sentences that were
taken as leads are looked at, for only they were coded whether a draft stands there or not, and of them those without a
draft or a candidate. A sentence *reports* something if one of two readers coded an event in it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
from known import REFERENCE
from lagebild.interactive.missed_sentences import OFFERED, score_sentence
from news import UNDATED, compare, read_news, read_texts

GOLD = Path(__file__).parent / "gold"
FIRST = (20, 50)


def main() -> None:
    """Print how many of the first sentences report something, and how often the right type is offered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("read", "unread"), default="unread")
    asked = parser.parse_args()
    rows = []
    for one in compare(REFERENCE, read_news(GOLD), read_texts(asked.folder)):
        item = one.item
        if (item["half"], item["sample"]) != (asked.half, "lead") or one.judged:
            continue
        score, types, _ = score_sentence(REFERENCE, one.text, item["lang"], item["published"] or UNDATED)
        right = {kind for event in item["events"] for kind in (event["type"], *(event.get("type_alt") or ()))}
        rows.append((item["lang"], score, bool(right), bool(right.intersection(types[:OFFERED]))))
    table = pd.DataFrame(rows, columns=["language", "score", "reports", "offered"])
    for language, part in table.groupby("language"):
        ranked = part.sort_values("score", ascending=False, kind="stable")
        firsts = ", ".join(f"{ranked['reports'].head(n).sum()} of the first {n}" for n in FIRST)
        offered = part.loc[part["reports"], "offered"].mean()
        print(f"{language}: {part['reports'].mean():.2f} of {len(part)} report something; {firsts}")  # noqa: T201
        print(f"  the right type is among the first {OFFERED} of its words for {offered:.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
