"""The coded articles of real news as a model is asked about them, and what a large model answered, as offsets."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagebild.core import Answer
from lagebild.reader import AskedText, Request
from news import UNDATED, read_news, read_texts


@dataclass(frozen=True)
class Document:
    """A coded article: where it is from, its text as a model is asked about it, and its coded sentences.

    If the headline is coded, too, it is the first line; `begins` says where the text of each part begins.
    """

    source: str
    name: str
    article: AskedText
    items: tuple[dict[str, Any], ...]
    begins: dict[str, int]


def list_gold(gold: Path, shared: Path) -> Iterator[Document]:
    """Yield the coded articles; `shared` is the folder of their texts."""
    texts, documents = read_texts(shared), defaultdict(list)
    for item in read_news(gold):
        documents[item["source"], item["document"]].append(item)
    for (source, name), items in documents.items():
        title, text = texts[source, name]
        body = text[: max((item["end"] for item in items if item["part"] == "text"), default=0)]
        titled = any(item["part"] == "title" for item in items)
        joint = f"{title}\n{body}" if titled else body
        article = AskedText(joint, items[0]["lang"], items[0]["published"] or UNDATED, "" if titled else title)
        begins = {"title": 0, "text": len(title) + 1 if titled else 0}
        yield Document(source, name, article, tuple(items), begins)


WORDS = ("quote", "date_text", "speaker")  # of an act, kept as offsets; so are its names
NAMES = ("source", "target", "persons")


def read_recorded(gold: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the recorded answers by source and document."""
    rows = defaultdict(list)
    for line in (gold / "answers.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["source"], row["document"]].append(row)
    return rows


def restore_answers(text: str, requests: Sequence[Request], rows: Sequence[dict[str, Any]]) -> dict[str, Answer]:
    """Return the answers to the requests about a text by their digests, with the words that the offsets stand for.

    An act belongs to the first request that shows the words it quotes: the pieces of a text may have been cut elsewhere
    when it was asked about.
    """
    shown = [one.body["messages"][1]["content"] for one in requests]
    acts = list[list[dict[str, Any]]]([] for _ in requests)
    for row in rows:
        for act in row["acts"]:
            told = dict(act)
            for name in WORDS:
                told[name] = "" if act[name] is None else text[slice(*act[name])]
            for name in NAMES:
                told[name] = [text[slice(*place)] for place in act[name] if place]
            quote = json.dumps(told["quote"], ensure_ascii=False)[1:-1]
            chosen = next((number for number, user in enumerate(shown) if quote in user), 0)
            acts[chosen].append(told)
    restored = {}
    for request, mine in zip(requests, acts, strict=True):
        restored[request.digest] = Answer(json.dumps({"acts": mine}, ensure_ascii=False), day=rows[0]["day"])
    return restored
