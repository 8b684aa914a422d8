"""The draft coder against coded sentences of real news, whose texts belong to others and lie in a folder of their own.

`news.jsonl` holds the codings (document, offsets, SHA-1, codes) of sentences from real articles, by two readers who did
not see each other's work; none of the texts is kept. What only one reader coded is optional; sides, dates and status
that either coded are right, and an empty side where the sentence does not name who stands there. Sentences are *leads*
(headline and first sentences) or were taken because something was drafted from them (*draft*): those say how far drafts
are right, not how much is missed. The documents of the unread half were never looked at while rules were written.
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
from lagebild.coder import NEWS, Draft, draft_text, hash_rules, match, tally
from lagebild.coder.quality import DIGITS, Matched, find_right, overlap
from lagebild.core import TABLES, InputError, Reference, disk

UNDATED = "2016-01-01"  # where the day of publication is not known: days that need it are left open then
YEAR = re.compile(r"\d{4}")
Texts = Mapping[tuple[str, str], tuple[str, str]]  # title and text by file and document


@dataclass(frozen=True)
class CodedSentence:
    """A coded sentence: its row of `news.jsonl`, what `match` makes of the drafts that count, and which are right."""

    item: dict[str, Any]
    matched: Matched
    # All drafts, candidates too; nothing is false in one if its type is admissible, and each side that it does not
    # leave open.
    judged: tuple[tuple[Draft, bool], ...]
    text: str


def measure_news(reference: Reference, gold: Path, folder: Path) -> pd.DataFrame:
    """Return how the draft coder does on the leads of the unread half; columns as in the table `quality`."""
    coded = list(compare(reference, read_news(gold), read_texts(folder)))
    marks: dict[str, Any] = {"rules": hash_rules(reference), "gold": disk.hash_files([gold / "news.jsonl"])[:DIGITS]}
    rows = []
    for language in reference.languages:
        sample = {"lang": language, "half": "unread", "sample": "lead"}
        leads = [sentence for sentence in coded if sample.items() <= sentence.item.items()]
        for event_type, counts in tally((sentence.item["events"], sentence.matched) for sentence in leads).items():
            rows.append({"split": NEWS, "language": language, "event_type": event_type} | counts | marks)
    return pd.DataFrame(rows, columns=list(TABLES["reference/quality"].columns))


def read_news(gold: Path) -> list[dict[str, Any]]:
    """Return the coded sentences of real news."""
    return [json.loads(line) for line in disk.read_lines(gold / "news.jsonl")]


def read_texts(folder: Path) -> Texts:
    """Return title and text of every document, from `gold/NAME.jsonl` and `pages/truth.jsonl` of a folder.

    Raises
    ------
    InputError
        If the folder does not hold them.
    """
    texts: dict[tuple[str, str], tuple[str, str]] = {}
    files = [*sorted((folder / "gold").glob("news-*.jsonl")), folder / "gold" / "quotations-de.jsonl"]
    if missing := next((one for one in [*files, folder / "pages" / "truth.jsonl"] if not one.is_file()), None):
        raise InputError(f"{missing}: the texts of real news are not here; name the folder that holds gold and pages.")
    for file in files:
        for one in map(json.loads, disk.read_lines(file)):
            name, _, title = one["id"].partition(" - ")  # 1212 - headline (day)
            texts[file.stem, name] = one.get("title") or title.rpartition(" (")[0], one["text"]
    for row in map(json.loads, disk.read_lines(folder / "pages" / "truth.jsonl")):
        texts["pages", row["page"].removesuffix(".html.gz")] = row["title"], "\n\n".join(row["paragraphs"])
    return texts


def compare(reference: Reference, items: Iterable[dict[str, Any]], texts: Texts) -> Iterator[CodedSentence]:
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
        text = title if part == "title" else text[: max(item["end"] for item in inside)]
        published = inside[0]["published"]
        drafted = draft_text(reference, text, inside[0]["lang"], published or UNDATED)
        every = [draft if published else without_day(draft) for draft in (*drafted.events, *drafted.candidates)]
        for item in inside:
            sentence = text[item["start"] : item["end"]]
            if sha1(sentence.encode(), usedforsecurity=False).hexdigest() != item["sha1"]:
                raise InputError(f"{source}, {document}: the text is not the one that was coded; its hash differs.")
            mine = [draft for draft in every if item["start"] <= draft.start < item["end"]]
            counted = [draft for draft in mine if draft.confidence != "C"]
            judged = tuple(zip(mine, judge(item["events"], mine, item["start"]), strict=True))
            yield CodedSentence(item, match(item["events"], counted, item["start"]), judged, sentence)


def without_day(draft: Draft) -> Draft:
    """Return a draft without a day that was reckoned from a day of publication that nobody knows."""
    if not draft.date or YEAR.search(draft.date_text):
        return draft
    ahead = draft.status == "hypothetical" and draft.cue == draft.date_text  # for it lies behind that day
    return replace(draft, date="", status="asserted" if ahead else draft.status)


def judge(events: Sequence[dict[str, Any]], drafts: Sequence[Draft], begin: int) -> list[bool]:
    """Return in which drafts nothing is false; every event takes one, an optional one too."""
    pairs = sorted(
        (
            (*fit, -n, -k)
            for n, event in enumerate(events)
            for k, draft in enumerate(drafts)
            if (fit := (_is_free_of_error(event, draft), overlap(event, draft, begin)))[1]
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


def _is_free_of_error(event: dict[str, Any], draft: Draft) -> bool:
    """Whether each side of a draft is right, or left open."""
    left = {"source": event["source"], "target": event["target"]}
    blank = {f"{side}_alt": [*event.get(f"{side}_alt", ()), []] for side in left}
    return "roles" in find_right(event | blank, draft)
