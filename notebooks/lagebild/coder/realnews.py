"""Measures the draft coder on real news, and how far its probabilities hold there.

`news.jsonl` in the folder of gold holds the codings (document, offsets, SHA-1, codes) of sentences from real articles,
by two readers who did not see each other's work; none of the texts is kept. What only one reader coded is optional;
sides, dates and status that either coded are right, and an empty side where the sentence does not name who stands
there. Sentences are *leads* (headline and first sentences) or were taken because something was drafted from them
(*draft*): those say how far drafts are right, not how much is missed. The documents of the unread half were never
looked at while rules were written.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha1
from pathlib import Path
from typing import Any

import pandas as pd

from lagebild.coder.coder import draft_text
from lagebild.coder.drafts import Draft
from lagebild.coder.evaluation import Matched, find_right, match, tally
from lagebild.coder.quality import DIGITS, NEWS, hash_rules
from lagebild.core.files import hash_files, read_lines
from lagebild.core.paths import InputError
from lagebild.core.reference import Reference
from lagebild.core.schema import TABLES

UNDATED = "2016-01-01"  # where the day of publication is not known: days that need it are left open then
YEAR = re.compile(r"\d{4}")
Texts = Mapping[tuple[str, str], tuple[str, str]]  # title and text by file and document


@dataclass(frozen=True)
class Coded:
    """A coded sentence: its row of `news.jsonl`, what `match` makes of the drafts that count, and which are right.

    `judged` holds all drafts, candidates too; one is right if its type is admissible and both its sides are.
    """

    item: dict[str, Any]
    matched: Matched
    judged: tuple[tuple[Draft, bool], ...]
    text: str


def measure_news(reference: Reference, gold: Path, folder: Path) -> pd.DataFrame:
    """Return how the draft coder does on the leads of the unread half; columns as in the table `quality`."""
    coded = list(compare(reference, read_news(gold), read_texts(folder)))
    marks: dict[str, Any] = {"rules": hash_rules(reference), "gold": hash_files([gold / "news.jsonl"])[:DIGITS]}
    rows = []
    for language in reference.languages:
        leads = [
            one
            for one in coded
            if (one.item["lang"], one.item["half"], one.item["sample"]) == (language, "unread", "lead")
        ]
        for event_type, counts in tally((one.item["events"], one.matched) for one in leads).items():
            rows.append({"split": NEWS, "language": language, "event_type": event_type} | counts | marks)
    return pd.DataFrame(rows, columns=list(TABLES["reference/quality"].columns))


def read_news(gold: Path) -> list[dict[str, Any]]:
    """Return the coded sentences of real news."""
    return [json.loads(line) for line in read_lines(gold / "news.jsonl")]


def read_texts(folder: Path) -> Texts:
    """Return title and text of every document, from `gold/NAME.jsonl` and `pages/truth.jsonl` of a folder.

    Raises
    ------
    InputError
        If the folder does not hold them.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    files = [*sorted((folder / "gold").glob("news-*.jsonl")), folder / "gold" / "quotations-de.jsonl"]
    if missing := next((one for one in [*files, folder / "pages" / "truth.jsonl"] if not one.is_file()), None):
        raise InputError(f"{missing}: the texts of real news are not here; name the folder that holds gold and pages.")
    for file in files:
        for one in map(json.loads, read_lines(file)):
            name, _, title = one["id"].partition(" - ")  # 1212 - headline (day)
            found[file.stem, name] = one.get("title") or title.rpartition(" (")[0], one["text"]
    for one in map(json.loads, read_lines(folder / "pages" / "truth.jsonl")):
        found["pages", one["page"].removesuffix(".html.gz")] = one["title"], "\n\n".join(one["paragraphs"])
    return found


def compare(reference: Reference, items: Iterable[dict[str, Any]], texts: Texts) -> Iterator[Coded]:
    """Yield every coded sentence with its drafts.

    Raises
    ------
    InputError
        If a text is not the one that was coded.
    """
    documents = defaultdict(list)
    for item in items:
        documents[item["source"], item["document"], item["part"]].append(item)
    for (source, document, part), inside in documents.items():
        title, text = texts[source, document]
        text = title if part == "title" else text[: max(one["end"] for one in inside)]
        published = inside[0]["published"]
        drafted = draft_text(reference, text, inside[0]["lang"], published or UNDATED)
        every = [one if published else _without_day(one) for one in (*drafted.events, *drafted.candidates)]
        for item in inside:
            sentence = text[item["start"] : item["end"]]
            if sha1(sentence.encode(), usedforsecurity=False).hexdigest() != item["sha1"]:
                raise InputError(f"{source}, {document}: the text is not the one that was coded; its hash differs.")
            mine = [one for one in every if item["start"] <= one.start < item["end"]]
            counted = [one for one in mine if one.confidence != "C"]
            judged = tuple(zip(mine, judge(item["events"], mine, item["start"]), strict=True))
            yield Coded(item, match(item["events"], counted, item["start"]), judged, sentence)


def _without_day(draft: Draft) -> Draft:
    """Return a draft without a day that was reckoned from a day of publication that nobody knows."""
    if not draft.date or YEAR.search(draft.date_text):
        return draft
    ahead = draft.status == "hypothetical" and draft.cue == draft.date_text  # for it lies behind that day
    return replace(draft, date="", status="asserted" if ahead else draft.status)


def judge(events: Sequence[dict[str, Any]], drafts: Sequence[Draft], begin: int) -> list[bool]:
    """Return which drafts have an admissible type and both sides right; every event takes one, an optional one too."""
    pairs = sorted(
        (
            (*fit, -n, -k)
            for n, event in enumerate(events)
            for k, draft in enumerate(drafts)
            if (fit := find_right(event, draft, begin))[1]
        ),
        reverse=True,
    )
    taken: dict[int, bool] = {}
    used: set[int] = set()
    for right, _, n, k in pairs:
        if -n not in used and -k not in taken:
            taken[-k] = right
            used.add(-n)
    return [taken.get(k, False) for k in range(len(drafts))]
