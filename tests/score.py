"""Scores any coder of events on the coded articles of real news; the page `gold/README.md` says how.

    python tests/score.py input FOLDER > in.jsonl          texts, one JSON object a line: id, text, language, published
    python tests/score.py score out.jsonl FOLDER           … of what a coder made of them: id, events

FOLDER holds the texts, which are not ours to hand on. An event has event_type (PLOVER root type), source_actors and
target_actors (ISO 3166-1 alpha-3, ORG:NAME, PER:Name), start and end (offsets into the text); mutual, date (EDTF) and
status count if they are given.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from lagebild.coder import Draft, match, rate, tally
from news import UNDATED
from recorded import Document, list_gold

GOLD = Path(__file__).parent / "gold"
SAMPLE = "lead"
OLDEST = "1600-01-01"  # before it no day of publication lies: one article bears the first day of all


def write_input(folder: Path) -> None:
    """Print the texts."""
    for document in list_gold(GOLD, folder):
        article = document.article
        published = max(article.published, UNDATED) if article.published < OLDEST else article.published
        line = {"id": name(document), "text": article.text, "language": article.language, "published": published}
        print(json.dumps(line, ensure_ascii=False))  # noqa: T201


def name(document: Document) -> str:
    """Return the id of an article."""
    return f"{document.source}/{document.name}"


def read_event(event: dict[str, Any]) -> Draft:
    """Return an event of a coder in our form."""
    return Draft(
        event_type=event["event_type"],
        type_alt=(),
        source_actors=tuple(event.get("source_actors") or ()),
        target_actors=tuple(event.get("target_actors") or ()),
        mutual=bool(event.get("mutual")),
        date=event.get("date") or "",
        date_text="",
        date_basis="",
        status=event.get("status") or "asserted",
        speaker="",
        cue="",
        start=event["start"],
        end=event["end"],
        rule="",
        confidence="A",
    )


def score(out: Path, folder: Path) -> pd.DataFrame:
    """Return the figures of a coder, by half and language, as `lagebild quality` has them."""
    lines = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    coded = {line["id"]: [read_event(event) for event in line["events"]] for line in lines}
    found: dict[tuple[str, str], list[Any]] = {}
    for document in list_gold(GOLD, folder):
        for item in document.items:
            begin = document.begins[item["part"]]
            start, end = begin + item["start"], begin + item["end"]
            inside = [one for one in coded.get(name(document), []) if start <= one.start < end]
            if item["sample"] == SAMPLE:
                matched = item["events"], match(item["events"], inside, start)
                found.setdefault((item["half"], item["lang"]), []).append(matched)
    rows = [
        {"split": half, "language": language, "event_type": "all"} | tally(sentences)["all"]
        for (half, language), sentences in sorted(found.items())
    ]
    return rate(pd.DataFrame(rows))


if __name__ == "__main__":
    if sys.argv[1] == "input":
        write_input(Path(sys.argv[2]))
    else:
        figures = score(Path(sys.argv[2]), Path(sys.argv[3]))
        print(figures.to_string(index=False, float_format=lambda value: f"{value:.3f}"))  # noqa: T201
