"""How fast the desk is to review at: `python tests/benchmark_desk.py FOLDER [--half read|unread] [--old CHECKOUT]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `lagebild.coder.realnews`. They become a case in a
temporary folder. Printed are the share of missing sides whose right actor is among the first offered, and the keys and
the widget's own time per row of a perfect reviewer, who makes each of 60 drafted rows what gold says in the shortest
way that the desk has. With `--old` the desk of another checkout is measured by the same reviewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from known import REFERENCE
from lagebild.coder.evaluation import match
from lagebild.coder.realnews import UNDATED, read_news, read_texts
from lagebild.core.labels import read_labels
from lagebild.core.paths import LANGUAGES, Paths
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import complete
from lagebild.corpus.inputs import read_inputs
from lagebild.dataset.codes import find_actor
from lagebild.dataset.review import NOTHING
from lagebild.interactive.review_queue import SHOWN, ReviewQueue, open_queue, show_rows

GOLD = Path(__file__).parent / "gold"
AS_OF, EARLIEST = "2027-01-01", "1600"
FIRST = (1, 3, 5)


@dataclass(frozen=True)
class Row:
    """A drafted row as `match` sees it; the sides are ids of actors."""

    row: dict[str, Any]
    event_type: str
    source_actors: tuple[str, ...]
    target_actors: tuple[str, ...]
    status: str
    date: str
    start: int
    end: int


@dataclass(frozen=True)
class Judged:
    """A row of the desk and what gold says: the event that it tells, or none, which is to be rejected."""

    row: dict[str, Any]
    event: dict[str, Any] | None
    dated: bool  # whether it is known when the text was published


def read_items(half: str) -> list[dict[str, Any]]:
    """Return the coded sentences of the texts of a half; titles are no part of a text."""
    items = [one for one in read_news(GOLD) if one["half"] == half and one["part"] == "text"]
    return [one | {"published": one["published"] * (one["published"] > EARLIEST)} for one in items]


def make_queue(items: Sequence[dict[str, Any]], folder: Path, root: Path) -> tuple[ReviewQueue, list[str]]:
    """Write the coded texts as a draft case below `root`; return its desk, and the text of each coded sentence."""
    texts, names, rows = read_texts(folder), dict[tuple[str, str], str](), []
    place = root / "data" / "cases" / "news"
    (place / "texts").mkdir(parents=True)
    for item in items:
        key = item["source"], item["document"]
        if key in names:
            continue
        names[key] = name = f"S{len(names) + 1:03}"
        title, text = texts[key]
        (place / "texts" / f"{name}.{item['lang']}.txt").write_bytes(text.encode())
        told = {"source_id": name, "title": " ".join(title.split()) or name, "published": item["published"] or UNDATED}
        told |= dict.fromkeys(("publisher", "reporter"), "News") | {"title_basis": "stated", "kind": "article"}
        told |= {"published_basis": "stated", "published_reason": "coded", "language": item["lang"], "reliability": "F"}
        told |= {"retrieved": AS_OF, "wording": "original", "reliability_reason_de": "-", "reliability_reason_en": "-"}
        rows.append(told)
    table = complete(pd.DataFrame(rows, dtype=str), TABLES["case/sources"])
    table.to_csv(place / "sources.csv", index=False, lineterminator="\n")
    both = (dict.fromkeys(LANGUAGES, "News") for _ in range(2))
    case = dict(zip(("title", "question"), both, strict=True)) | {"editions": [AS_OF], "draft": True}
    (place / "case.yml").write_text(yaml.safe_dump(case), encoding="utf-8")
    inputs = read_inputs(Paths("news", AS_OF, "en", str(root)), REFERENCE)
    return open_queue(inputs, read_labels(REFERENCE, "en")), [names[one["source"], one["document"]] for one in items]


def judge_rows(queue: ReviewQueue, items: Sequence[dict[str, Any]], names: Sequence[str]) -> Iterator[Judged]:
    """Yield every row of a coded sentence with the event of gold that it tells; optional ones count as well."""
    every: dict[str, list[Row]] = {}
    for cells in show_rows(queue, NOTHING):
        row = dict(zip(SHOWN, cells, strict=True))
        sides = (tuple(ids(row[side])) for side in ("source_actors", "target_actors"))
        one = Row(row, row["event_type"], *sides, row["status"], row["date"], row["start"], row["end"])
        every.setdefault(row["source_id"], []).append(one)
    for item, name in zip(items, names, strict=True):
        events = [_to_ids(event) for event in item["events"]]
        mine = [one for one in every.get(name, []) if item["start"] <= one.start < item["end"]]
        pairs, rest = match(events, mine, item["start"])  # type: ignore[arg-type]
        told = [(one.row, event) for event, one, _ in pairs if one is not None]  # type: ignore[attr-defined]
        for row, event in [*told, *((one.row, None) for one in rest)]:  # type: ignore[attr-defined]
            yield Judged(row, event, bool(item["published"]))


def _to_ids(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event of gold with ids for the codes of its actors; a code that no table knows stays."""

    def to_id(code: str) -> str:
        try:
            return find_actor(REFERENCE, code)
        except KeyError:
            return code

    sides = {side: [to_id(code) for code in event[side]] for side in ("source", "target")}
    other = {
        name: [[to_id(code) for code in side] for side in event.get(name, ())] for name in ("source_alt", "target_alt")
    }
    return event | sides | other | {"optional": False}


def list_missing(judged: Sequence[Judged]) -> list[tuple[Judged, str, set[str]]]:
    """Return the empty sides of rows whose type and place fit an event of which gold names that side, with its actors.

    Sides that may also stay empty in gold count; actors of its other readings are right, too.
    """
    found = []
    for one in judged:
        for side in ("source", "target"):
            if one.event and not one.row[f"{side}_actors"] and one.event[side] and one.row["mutual"] == "no":
                right = {actor for names in (one.event[side], *one.event[f"{side}_alt"]) for actor in names}
                found.append((one, f"{side}_actors", right))
    return found


def measure_offers(queue: ReviewQueue, judged: Sequence[Judged]) -> None:
    """Print which share of the missing sides has its right actor among the first offered."""
    from lagebild.interactive.offers import offer

    rows = [dict(zip(SHOWN, cells, strict=True)) for cells in show_rows(queue, NOTHING)]
    offers, missing = offer(queue, rows), list_missing(judged)
    hits: Counter[tuple[str, int]] = Counter()
    for one, side, right in missing:
        place = next((n for n, (actor, _) in enumerate(offers[one.row["mention_id"]][side]) if actor in right), 99)
        hits.update((name, n) for name in (side, "all") for n in FIRST if place < n)
    for name in ("all", "source_actors", "target_actors"):
        total = sum(name in ("all", side) for _, side, _ in missing)
        shares = ", ".join(f"first {n}: {hits[name, n] / max(total, 1):.3f}" for n in FIRST)
        print(f"missing {name}: {total} sides; right actor among the {shares}")  # noqa: T201
