"""How the draft coder does on real news: `python tests/benchmark_news.py FOLDER [--half HALF] [--show] [--write]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `news.py`. `--show` lists what is
missed or drafted too much, of the half that may be read.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import pandas as pd
from known import REFERENCE
from lagebild.coder.quality import ALL, NEWS, PAIR, rate_counts, tally
from lagebild.core.tables import write_reference
from news import CodedSentence, compare, measure_news, read_news, read_texts

GOLD = Path(__file__).parent / "gold"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("read", "unread"), help="only the documents of one half")
    parser.add_argument("--show", action="store_true", help="list what is missed or drafted too much, of the read half")
    parser.add_argument("--write", action="store_true", help="write the rows of real news of the table `quality`")
    asked = parser.parse_args()
    if asked.write:
        table = REFERENCE.table("quality")
        news = measure_news(REFERENCE, GOLD, asked.folder)
        write_reference(REFERENCE.folder, "quality", pd.concat([news, table[table["split"] != NEWS]]))
    places: dict[tuple[str, str, str], list[CodedSentence]] = defaultdict(list)
    for one in compare(REFERENCE, read_news(GOLD), read_texts(asked.folder)):
        places[one.item["lang"], one.item["half"], one.item["sample"]].append(one)
        if asked.show and one.item["half"] == "read":
            _show(one)
    for (language, half, sample), inside in sorted(places.items()):
        if asked.half not in (None, half):
            continue
        n = tally((one.item["events"], one.matched) for one in inside)[ALL]
        rates = rate_counts(n)
        print(  # noqa: T201
            f"{language} {half:6} {sample:5} sentences {n['sentences']:3} events {n['events']:3}"
            f"  type P {rates['precision']:.3f} R {rates['recall']:.3f}"
            f"  pair P {rates[PAIR]:.3f} R {n['roles'] / n['events']:.3f}"
            f"  status {rates['status']:.3f}  date {rates['date']:.3f}"
        )


def _show(one: CodedSentence) -> None:
    pairs, extra = one.matched
    lines = [f"  missed {e['type']} {e['source']} > {e['target']}" for e, found, _ in pairs if found is None]
    lines += [
        f"  sides {e['type']} {e['source']} > {e['target']}, drafted {f.source_actors} > {f.target_actors} {f.rule}"
        for e, f, right in pairs
        if f is not None and "roles" not in right
    ]
    lines += [f"  too much {f.event_type} {f.source_actors} > {f.target_actors} {f.rule}" for f in extra]
    if lines:
        print(f"{one.item['document']} {one.item['part']}: {one.text}", *lines, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
