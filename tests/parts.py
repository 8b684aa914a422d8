"""Makes the parts of a corpus as `lagebild corpus` writes them: from a few rows by hand, or of any size, made up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from lagebild.core.schema import EVENT_TYPES, STATUSES

LISTED = pa.list_(pa.string())
ENDS = {"start": pa.int32(), "end": pa.int32()}
FIELDS: dict[str, dict[str, pa.DataType]] = {
    "articles": dict.fromkeys(("article_id", "shard", "title", "publisher", "url", "author", "language"), pa.string())
    | {"published": pa.date32(), "text": pa.string(), "sha256": pa.string(), "n_sentences": pa.int32()}
    | {"signature": pa.binary()},
    "events": {"article_id": pa.string(), "shard": pa.string(), "n": pa.int32(), "language": pa.string()}
    | {"published": pa.date32(), "publisher": pa.string(), "event_type": pa.string(), "type_alt": LISTED}
    | {"mode": pa.string(), "source_actors": LISTED, "target_actors": LISTED, "mutual": pa.bool_()}
    | {"date": pa.string(), "earliest": pa.date32(), "latest": pa.date32()}
    | dict.fromkeys(("status", "speaker", "cue", "rule", "confidence"), pa.string())
    | {"probability": pa.float32(), **ENDS, "evidence": pa.string(), "candidate": pa.bool_()},
    "attributions": {"article_id": pa.string(), "shard": pa.string()}
    | {f"{part}_{end}": pa.int32() for part in ("source", "cue", "message") for end in ("start", "end")},
    "dates": {"article_id": pa.string(), "shard": pa.string(), **ENDS, "edtf": pa.string()},
    "copies": {"article_id": pa.string(), "first_id": pa.string(), "similarity": pa.float32()},
}
PLAIN: dict[str, dict[str, Any]] = {
    "articles": {"title": "A headline", "publisher": "Blatt", "url": "", "author": "", "language": "en"}
    | {"published": date(2025, 6, 16), "text": "Nothing happened.", "n_sentences": 1, "signature": b""},
    "events": {"event_type": "ASSAULT", "type_alt": [], "mode": "", "source_actors": ["ISR"]}
    | {"target_actors": ["IRN"], "mutual": False, "date": "", "earliest": None, "latest": None}
    | {"status": "asserted", "speaker": "", "cue": "", "rule": "made up", "confidence": "A", "probability": 0.9}
    | {"start": 0, "end": 7, "candidate": False},
}


def write_parts(
    folder: Path,
    articles: Sequence[Mapping[str, Any]],
    events: Sequence[Mapping[str, Any]] = (),
    copies: Mapping[str, str] | None = None,
    shards: int = 2,
) -> Path:
    """Write parts of a few articles and events by hand; each row names what it is about, the rest is plain.

    Articles are called a1, a2, … unless named, and go to the shards in turn; `copies` name the first one of each copy.
    """
    rows, mentions = list[dict[str, Any]](), list[dict[str, Any]]()
    for number, given in enumerate(articles, start=1):
        row = {**PLAIN["articles"], "article_id": f"a{number}", "shard": f"{number % shards:016x}", **given}
        rows.append(row | {"sha256": hashlib.sha256(row["text"].encode()).hexdigest()})
    known = {row["article_id"]: row for row in rows}
    for given in events:
        article = known[given["article_id"]]
        shared = {name: article[name] for name in ("shard", "language", "published", "publisher")}
        n = 1 + sum(one["article_id"] == given["article_id"] for one in mentions)
        row = {**PLAIN["events"], **shared, "n": n, **given}
        mentions.append({"evidence": article["text"][row["start"] : row["end"]]} | row)
    for shard in sorted({row["shard"] for row in rows}):
        for name, some in (("articles", rows), ("events", mentions), ("attributions", []), ("dates", [])):
            _write(folder / name / f"{shard}.parquet", name, [row for row in some if row["shard"] == shard])
    found = [
        {"article_id": copy, "first_id": first, "similarity": 0.9} for copy, first in sorted((copies or {}).items())
    ]
    _write(folder / "copies.parquet", "copies", found)
    return _close(folder, shards, len(rows), sum(not row["candidate"] for row in mentions))


def _write(file: Path, name: str, rows: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(FIELDS[name])), file, compression="zstd")


def _close(folder: Path, shards: int, articles: int, events: int) -> Path:
    (folder / "faults.csv").write_text("file,row,fault\n", encoding="utf-8")
    counts = {"shards": shards, "articles": articles, "events": events, "faults": 0}
    manifest = {"lagebild": "0.1.0", "rules": "0" * 64, "inputs": [{"name": "made-up.jsonl", "size": 1}], **counts}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return folder


START, DAYS = date(2023, 7, 1), 1_096
STATES = (
    *("RUS", "IRN", "ISR", "USA", "UKR", "CHN", "DEU", "FRA", "GBR", "TUR"),
    *("SAU", "IRQ", "SYR", "LBN", "YEM", "PSE", "BLR", "PRK", "IND", "PAK"),
)
SENTENCES, SHARD = 20_000, 500


def make_parts(folder: Path, n: int, seed: int = 1) -> Path:
    """Write the parts of `n` made-up articles of three years: few outlets and pairs tell most, some weeks far more.

    Each has 14 sentences, out of 20,000 at most, and on average three mentions; one in eight is a copy of one before.
    """
    draw = np.random.default_rng(seed)
    pool = np.array([_make_sentence(draw, number) for number in range(min(SENTENCES, n))], dtype=object)
    outlets = np.array([f"Outlet {number:04}" for number in range(3_000)], dtype=object)
    heavy = 1 / np.arange(1, 3_001)
    daily = draw.gamma(20, 1, DAYS)
    daily[draw.choice(DAYS - 10, 12, replace=False)[:, None] + np.arange(10)] *= 4  # weeks of which all tell
    share, weight, count = daily / daily.sum(), heavy / heavy.sum(), 0
    copies: list[tuple[str, str, float]] = []
    for shard, first in enumerate(range(0, n, SHARD)):
        ids = [f"a{number:07}" for number in range(first, min(first + SHARD, n))]
        published = [START + timedelta(days=int(day)) for day in np.sort(draw.choice(DAYS, len(ids), p=share))]
        publisher = outlets[draw.choice(3_000, len(ids), p=weight)]
        sentences = pool[draw.integers(len(pool), size=(len(ids), 14))]
        texts = [" ".join(row) for row in sentences]
        name = f"{shard:016x}"
        articles = {"article_id": ids, "shard": [name] * len(ids), "title": sentences[:, 0], "publisher": publisher}
        articles |= {"url": [f"https://example.org/{one}" for one in ids], "author": [""] * len(ids)}
        articles |= {"language": ["en"] * len(ids), "published": published, "text": texts}
        articles |= {"sha256": [hashlib.sha256(text.encode()).hexdigest() for text in texts]}
        articles |= {"n_sentences": [14] * len(ids), "signature": [draw.bytes(256) for _ in ids]}
        events = _make_events(draw, articles, sentences)
        count += int((~events["candidate"]).sum())
        for part, columns in (("articles", articles), ("events", events)):
            table = pa.table({key: pa.array(columns[key], kind) for key, kind in FIELDS[part].items()})
            (folder / part).mkdir(parents=True, exist_ok=True)
            pq.write_table(table, folder / part / f"{name}.parquet", compression="zstd")
        copies += [
            (ids[k], ids[int(draw.integers(k))], 0.8) for k in np.flatnonzero(draw.random(len(ids)) < 0.125) if k
        ]
    rows = [dict(zip(FIELDS["copies"], row, strict=True)) for row in sorted(copies)]
    _write(folder / "copies.parquet", "copies", rows)
    return _close(folder, -(-n // SHARD), n, count)


def _make_sentence(draw: np.random.Generator, number: int) -> str:
    one, other = draw.choice(STATES, 2, replace=False)
    words = " ".join(f"w{word:x}" for word in draw.integers(5_000, size=14))
    return f"{one} met {other} over the {('nuclear', 'grain', 'border')[number % 3]} question {number}: {words}."


def _make_events(draw: np.random.Generator, articles: dict[str, Any], sentences: Any) -> dict[str, Any]:
    """Return about three mentions of each article; most are between few pairs, some have no target or two sources."""
    at = np.repeat(np.arange(len(sentences)), draw.poisson(3.3, len(sentences)))
    size, first = len(at), np.searchsorted(at, at)
    likely = 1 / np.arange(1, len(STATES) + 1)
    sides = draw.choice(STATES, (size, 3), p=likely / likely.sum())
    target = np.where(sides[:, 1] == sides[:, 0], "", sides[:, 1])
    published = np.array(articles["published"], dtype="datetime64[D]")[at]
    exact, back = draw.random(size) < 0.55, draw.integers(0, 4, size)
    day = np.where(exact, published - back, np.datetime64("NaT"))
    chosen = sentences[at, draw.integers(14, size=size)]
    found = {
        name: np.array(articles[name], dtype=object)[at] for name in ("article_id", "shard", "language", "publisher")
    }
    third = draw.random(size) < 0.05
    return found | {
        "n": np.arange(size) - first + 1,
        "published": published,
        "event_type": draw.choice(EVENT_TYPES, size),
        "type_alt": [[]] * size,
        "mode": [""] * size,
        "source_actors": [[a, c] if two and a != c else [a] for (a, _, c), two in zip(sides, third, strict=True)],
        "target_actors": [[one] if one else [] for one in target],
        "mutual": draw.random(size) < 0.15,
        "date": np.where(exact, np.datetime_as_string(day), ""),
        "earliest": day,
        "latest": day,
        "status": draw.choice(STATUSES, size, p=[0.55, 0.25, 0.1, 0.05, 0.05]),
        "speaker": [""] * size,
        "cue": [""] * size,
        "rule": [f"rule {number}" for number in draw.integers(200, size=size)],
        "confidence": draw.choice(["A", "B", "C"], size),
        "probability": draw.random(size).astype("float32"),
        "start": np.zeros(size, dtype="int32"),
        "end": [len(one) for one in chosen],
        "evidence": chosen,
        "candidate": draw.random(size) < 0.15,
    }
