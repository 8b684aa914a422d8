"""The coded articles of real news as a model is asked about them, and what a large model answered, as offsets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagebild.reader import AskedText
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
