"""How fast the desk is to review at: `python tests/benchmark_desk.py FOLDER [--half read|unread] [--old CHECKOUT]`.

FOLDER holds the texts that `tests/gold/news.jsonl` codes; see `news.py`. They become a case in a
temporary folder. Printed are the share of missing sides whose right actor is among the first offered, and the keys and
the widget's own time per row of a perfect reviewer, who makes each of 60 drafted rows what gold says in the shortest
way that the desk has. With `--old` the desk of another checkout is measured by the same reviewer.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import pandas as pd
import yaml
from known import REFERENCE
from lab import find_browser
from lagebild.coder import match
from lagebild.core.folders import LANGUAGES, Paths
from lagebild.core.labels import read_labels
from lagebild.core.schema import TABLES, ids
from lagebild.core.tables import complete
from lagebild.corpus.inputs import read_inputs
from lagebild.dataset.case_drafts import find_actor
from lagebild.dataset.decisions import NOTHING
from lagebild.interactive.review_queue import SHOWN, ReviewQueue, open_queue, read_decisions, show_rows
from lagebild.interactive.review_widget import ReviewWidget
from news import UNDATED, read_news, read_texts
from playwright.sync_api import sync_playwright
from reviewer import SIDES, Desk, Judged, make_plan

GOLD = Path(__file__).parent / "gold"
AS_OF, EARLIEST = "2027-01-01", "1600"
FIRST = (1, 3, 5)
SHOWN_FROM = 3  # keys of a row


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
        source, target = (tuple(ids(row[side])) for side in SIDES)
        one = Row(row, row["event_type"], source, target, row["status"], row["date"], row["start"], row["end"])
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
    from lagebild.interactive.row_suggestions import offer

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


def measure_keys(queue: ReviewQueue, judged: Sequence[Judged], n: int, *, show: bool = False) -> None:
    """Print the keys and the widget's time per row of a perfect reviewer over `n` rows, evenly taken from all."""
    chosen = {one.row["mention_id"]: one for one in judged[:: max(len(judged) // n, 1)][:n]}
    widget = ReviewWidget(queue, "A. Reader")
    kinds: dict[str, list[int]] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser())
        desk = Desk(browser.new_page(), widget)
        desk.show(chosen)
        for _ in chosen:
            one = chosen[desk.chosen]
            took = desk.review(one)
            kinds.setdefault(_describe(one), []).append(took)
            if show and took > SHOWN_FROM:
                plan = make_plan(one, widget.queue.get("offers", {}).get(one.row["mention_id"]))
                print(f"{took} {plan} {[one.row[side] for side in SIDES]} {one.row['evidence']}")  # noqa: T201
        decided = {row[0]: dict(zip(SHOWN, row, strict=True)) for row in show_rows(queue, read_decisions(queue))}
        left = [name for name, one in chosen.items() if not _is_right(decided[name], one)]
        browser.close()
    for kind, keys in sorted(kinds.items()):
        print(f"{kind}: {len(keys)} rows, {sum(keys)} keys")  # noqa: T201
    total = [n for keys in kinds.values() for n in keys]
    print(f"all: {len(total)} rows, {sum(total)} keys, {sum(total) / len(total):.2f} a row; not as gold says: {left}")  # noqa: T201
    print(f"widget's time per key: median {median(desk.took):.1f} ms, longest {max(desk.took):.1f} ms")  # noqa: T201


def _is_right(row: dict[str, Any], one: Judged) -> bool:
    """Whether a decided row is what gold says."""
    if one.event is None:
        return bool(row["state"] == "rejected")
    plan = make_plan(replace(one, row=row), None)
    return row["state"] in ("accepted", "edited") and not plan.keys and not plan.fields


def _describe(one: Judged) -> str:
    """Return what has to be done with a row."""
    if one.event is None:
        return "to reject"
    plan = make_plan(one, None)
    if not plan.keys and not plan.fields:
        return "right"
    lacks = any(side in dict(plan.fields) and not one.row[side] for side in SIDES)
    return "lacks a side" if lacks else "to correct"


def measure_time(queue: ReviewQueue, times: int = 60) -> None:
    """Print the widget's time per decision with all rows of the case on the desk, and how long it takes to open."""
    began = process_time()
    widget = ReviewWidget(queue, "A. Reader")
    opened = process_time() - began
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser())
        desk = Desk(browser.new_page(), widget)
        desk.show()
        for _ in range(times):
            desk.press("a")
            desk.page.locator(".review[data-waiting='0']").wait_for()
        took = desk.page.evaluate("() => window.took.splice(0)")
        browser.close()
    n = len(show_rows(queue, NOTHING))
    spent = f"{median(took):.1f} ms a decision, at most {max(took):.1f} ms"
    print(f"{n} rows: prepared in {opened:.1f} s of processor time; {spent}")  # noqa: T201


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("read", "unread"), default="unread", help="the texts of which half")
    parser.add_argument("--rows", type=int, default=60, help="how many rows the reviewer decides on")
    parser.add_argument("--show", action="store_true", help="list the rows that take many keys, of the read half")
    parser.add_argument("--old", type=Path, help="a checkout whose desk is measured instead")
    parser.add_argument("--what", choices=("offers", "keys", "time"), nargs="*", default=["offers", "keys", "time"])
    asked = parser.parse_args()
    if asked.old:
        rest = [one for one in sys.argv[1:] if one not in ("--old", str(asked.old))]
        os.execve(
            sys.executable,
            [sys.executable, __file__, *rest, "--what", "keys", "time"],
            os.environ | {"PYTHONPATH": str(asked.old / "notebooks")},
        )
    items = read_items(asked.half)
    with tempfile.TemporaryDirectory() as root:
        queue, names = make_queue(items, asked.folder, Path(root))
        judged = list(judge_rows(queue, items, names))
        if "offers" in asked.what:
            measure_offers(queue, judged)
        if "keys" in asked.what:
            measure_keys(queue, judged, asked.rows, show=asked.show and asked.half == "read")
        if "time" in asked.what:
            measure_time(queue)


if __name__ == "__main__":
    main()
