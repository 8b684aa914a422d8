"""How the draft coder does on real news: `python tests/benchmark_news.py FOLDER [--half read|unread]`.

`tests/gold/news.jsonl` holds the codings (document, offsets, SHA-1, codes) of sentences from real articles, by two
readers who did not see each other's work; none of the texts is kept here. FOLDER holds them: `gold/NAME.jsonl` with id,
title and text, and `pages/truth.jsonl` with page, title and paragraphs. What only one reader coded is optional;
sides, dates and status that either coded are right. Half of the documents was never read while rules were written.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha1
from pathlib import Path
from typing import Any

from known import REFERENCE
from lagebild.coder.coder import draft_text
from lagebild.coder.evaluation import Matched, match, tally
from lagebild.coder.quality import ALL, rate_counts

GOLD = Path(__file__).parent / "gold" / "news.jsonl"
UNDATED = "2016-01-01"  # where the day of publication is not known: dates are not compared then
Texts = Mapping[tuple[str, str], tuple[str, str]]


def read_texts(folder: Path) -> Texts:
    """Return title and text of every document by the name of its file and its id."""
    found = {}
    for file in sorted((folder / "gold").glob("news-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            found[file.stem, one["id"]] = one.get("title") or "", one["text"]
    for line in (folder / "pages" / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found["pages", one["page"].removesuffix(".html.gz")] = one["title"], "\n\n".join(one["paragraphs"])
    return found


def compare(items: list[dict[str, Any]], texts: Texts) -> Iterator[tuple[dict[str, Any], Matched]]:
    """Yield every coded sentence with its events, each with its draft or None, and the drafts that fit none."""
    documents = defaultdict(list)
    for item in items:
        documents[item["source"], item["document"], item["part"]].append(item)
    for (source, document, part), inside in documents.items():
        title, text = texts[source, document]
        text = title if part == "title" else text[: max(one["end"] for one in inside)]
        drafts = draft_text(REFERENCE, text, inside[0]["lang"], inside[0]["published"] or UNDATED).events
        for item in inside:
            if sha1(text[item["start"] : item["end"]].encode(), usedforsecurity=False).hexdigest() != item["sha1"]:
                raise SystemExit(f"{source}, {document}: the text is not the one that was coded.")
            mine = [one for one in drafts if item["start"] <= one.start < item["end"]]
            yield item, match(item["events"], mine, item["start"])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("read", "unread"), help="only the documents of one half")
    parser.add_argument("--show", action="store_true", help="list what is missed or drafted too much, of the read half")
    asked = parser.parse_args()
    items = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    texts = read_texts(asked.folder)
    places = defaultdict(list)
    for item, matched in compare(items, texts):
        places[item["lang"], item["half"]].append((item, matched))
        if asked.show and item["half"] == "read":
            _show(item, *matched, texts)
    for (language, half), inside in sorted(places.items()):
        if asked.half not in (None, half):
            continue
        n = tally((item["events"], matched) for item, matched in inside)[ALL]
        dated = tally((item["events"], matched) for item, matched in inside if item["published"])[ALL]
        rates = rate_counts(n)
        date = f"{rate_counts(dated)['date']:.3f}" if dated["found"] else "–"  # no day to compare
        print(  # noqa: T201
            f"{language} {half:6} sentences {n['sentences']:3} events {n['events']:3}"
            f"  type P {rates['precision']:.3f} R {rates['recall']:.3f}"
            f"  pair P {n['roles'] / max(1, n['found'] + n['extra']):.3f} R {n['roles'] / n['events']:.3f}"
            f"  status {rates['status']:.3f}  date {date}"
        )


def _show(item: dict[str, Any], pairs: list[Any], extra: list[Any], texts: Texts) -> None:
    title, text = texts[item["source"], item["document"]]
    shown = (title if item["part"] == "title" else text)[item["start"] : item["end"]]
    lines = [f"  missed {e['type']} {e['source']} > {e['target']}" for e, found, _ in pairs if found is None]
    lines += [
        f"  sides {e['type']} {e['source']} > {e['target']}, drafted {f.source_actors} > {f.target_actors} {f.rule}"
        for e, f, right in pairs
        if f is not None and "roles" not in right
    ]
    lines += [f"  too much {f.event_type} {f.source_actors} > {f.target_actors} {f.rule}" for f in extra]
    if lines:
        print(f"{item['document']} {item['part']}: {shown}", *lines, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
