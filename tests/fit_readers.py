"""Counts how often drafts are right by who reads them: `python tests/fit_readers.py SHARED [--answers KEPT] [--write]`.

SHARED holds the texts that `tests/gold/news.jsonl` codes; the answers of a large model are those of `answers.jsonl`, or
newly recorded ones in the file KEPT (`record.py`). Printed are the figures of the rules, the model and both, on the
leads of both halves. Written are `readers.csv` of the reference, counted on the half that was read, its rows of
`quality.csv`, on the half that was not, and in `tests/gold` one row for each draft (`readings.csv`), from which a test
counts the table again, and newly recorded answers without the text (`answers.jsonl`: offsets).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha1
from pathlib import Path
from typing import Any

import pandas as pd
from known import REFERENCE
from lagebild.coder import NEWS, READ_TOO, Draft, draft_text, drop_unknown, hash_rules, match, rate, tally
from lagebild.coder.quality import DIGITS
from lagebild.core import TABLES, Answer, Answers, locate
from lagebild.core.csv_files import to_csv
from lagebild.core.disk import hash_files
from lagebild.core.tables import write_reference
from lagebild.corpus import read_inputs
from lagebild.reader import AskedText, list_articles, list_requests, read_article
from lagebild.reader.fusion import classify, count_known
from lagebild.reader.gate import find_words
from lagebild.reader.request import read_acts
from news import judge, without_day
from record import MODEL
from recorded import NAMES, WORDS, Document, list_gold, read_recorded, restore_answers

GOLD = Path(__file__).parent / "gold"
READERS = ("rules", "model", "both")


@dataclass(frozen=True)
class Coded:
    """A coded sentence with the drafts of each reading that stand in it, candidates too, as offsets into it."""

    item: dict[str, Any]
    drafts: dict[str, tuple[Draft, ...]]


def list_answers(documents: Sequence[Document]) -> dict[str, Answer]:
    """Return the answers of `answers.jsonl` by the digests of today's requests."""
    answers, recorded = dict[str, Answer](), read_recorded(GOLD)
    for one in documents:
        requests = list(list_requests(REFERENCE, one.article, MODEL))
        answers |= restore_answers(one.article.text, requests, recorded[one.source, one.name])
    return answers


def read_document(document: Document, answers: Mapping[str, Answer]) -> Iterator[Coded]:
    """Yield the coded sentences of an article with what is drafted from them."""
    article, dated = document.article, bool(document.items[0]["published"])
    alone = draft_text(REFERENCE, article.text, article.language, article.published)
    both = read_article(REFERENCE, article, MODEL, answers)
    every = {
        "rules": (*alone.events, *alone.candidates),
        "model": both.gated.admitted,
        "both": (*both.drafted.events, *both.drafted.candidates),
    }
    for item in document.items:
        start, end = (document.begins[item["part"]] + item[place] for place in ("start", "end"))
        inside = {
            name: tuple(
                replace(drop_unknown(draft), start=draft.start - start, end=draft.end - start)
                for draft in (drafts if dated else map(without_day, drafts))
                if start <= draft.start < end
            )
            for name, drafts in every.items()
        }
        yield Coded(item, inside)


def measure(coded: Sequence[Coded]) -> pd.DataFrame:
    """Return the figures of each reading on the leads, by half and language."""
    rows = list[dict[str, Any]]()
    for half in ("read", "unread"):
        for language in (*REFERENCE.languages, "all"):
            chosen = [
                one
                for one in coded
                if (one.item["half"], one.item["sample"]) == (half, "lead") and language in (one.item["lang"], "all")
            ]
            for name in READERS:
                counting = [[d for d in one.drafts[name] if name == "model" or d.confidence != "C"] for one in chosen]
                found = [
                    (one.item["events"], match(one.item["events"], drafts))
                    for one, drafts in zip(chosen, counting, strict=True)
                ]
                counts = tally(found)["all"]
                rows.append({"split": f"{half} {name}", "language": language, "event_type": "all"} | counts)
    table = rate(pd.DataFrame(rows))
    counted = pd.DataFrame(rows)
    return table.assign(pair_recall=counted["roles"] / counted["events"].clip(lower=1))


def tabulate_quality(coded: Sequence[Coded]) -> pd.DataFrame:
    """Return the rows of the table `quality` of what both readers find on the leads of the unread half."""
    marks: dict[str, Any] = {
        "rules": hash_rules(REFERENCE),
        "gold": hash_files([GOLD / "news.jsonl", GOLD / "readings.csv"])[:DIGITS],
    }
    rows = []
    for language in REFERENCE.languages:
        place = {"half": "unread", "sample": "lead", "lang": language}
        leads = [one for one in coded if place.items() <= one.item.items()]
        drafts = ([draft for draft in one.drafts["both"] if draft.confidence != "C"] for one in leads)
        found = [(one.item["events"], match(one.item["events"], mine)) for one, mine in zip(leads, drafts, strict=True)]
        for event_type, counts in tally(found).items():
            rows.append({"split": READ_TOO, "language": language, "event_type": event_type} | counts | marks)
    return pd.DataFrame(rows, columns=list(TABLES["reference/quality"].columns))


def list_readings(coded: Sequence[Coded]) -> pd.DataFrame:
    """Return one row for each draft of both readers: where it stands, who reads it, and whether it is right."""
    rows = []
    for one in coded:
        drafts = one.drafts["both"]
        for draft, right in zip(drafts, judge(one.item["events"], drafts, 0), strict=True):
            place = {name: one.item[name] for name in ("source", "document", "part", "half", "sample", "lang")}
            told = {"start": one.item["start"] + draft.start, "end": one.item["start"] + draft.end}
            told |= {"event_type": draft.event_type, "status": draft.status, "reading": classify(draft)}
            told |= {"sides": count_known(draft), "unknown": len(draft.unknown), "inferred": len(draft.inferred)}
            told |= {"confidence": draft.confidence}
            rows.append(place | told | {"right": "yes" if right else "no"})
    return pd.DataFrame(rows)


def count_right(readings: pd.DataFrame, gold: str) -> pd.DataFrame:
    """Return the table `readers`: drafts and right ones of the half that was read, by reading and language."""
    known = readings[(readings["half"] == "read") & readings["reading"].ne("rules") & readings["sides"].gt(0)]
    groups = known.assign(right=known["right"].eq("yes")).groupby(["reading", "sides", "lang"])["right"]
    counted = groups.agg(["size", "sum"]).reset_index()
    counted.columns = pd.Index(["reading", "sides", "language", "drafts", "right"])
    return counted.sort_values(["reading", "sides", "language"]).assign(gold=gold)


def hide_text(place: dict[str, str], article: AskedText, answers: Answers) -> Iterator[dict[str, Any]]:
    """Yield the answers about an article without its words: offsets into its text, null for what is not there."""
    for request in list_requests(REFERENCE, article, MODEL):
        answer = answers.kept.get(request.digest)
        if answer is None:
            continue
        acts = []
        for act in read_acts(answer.text):
            kept = dict(act) | {name: find_words(article.text, act.get(name, "")) for name in WORDS}
            kept |= {name: [find_words(article.text, word) for word in act.get(name, ())] for name in NAMES}
            acts.append(kept)
        about = {"digest": request.digest, "model": "a large model, its answer recorded", "day": answer.day}
        yield place | about | {"sha1": sha1(article.text.encode(), usedforsecurity=False).hexdigest(), "acts": acts}


def hide_all(documents: Sequence[Document], answers: Answers, pages: str) -> Iterator[dict[str, Any]]:
    """Yield the answers about the coded articles, and about those of a case in a folder, without their words."""
    for document in documents:
        place = {"source": document.source, "document": document.name}
        yield from hide_text(place, document.article, answers)
    if pages:
        inputs = read_inputs(locate("pages2", "1980-01-01", root=pages))
        for name, _, article in list_articles(inputs):
            yield from hide_text({"source": "pages-2", "document": name}, article, answers)


def main() -> None:
    """Print the figures, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--answers", type=Path, metavar="KEPT", help="newly recorded answers")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--pages", default="", metavar="ROOT", help="also keep answers about the case pages2 there")
    asked = parser.parse_args()
    documents = list(list_gold(GOLD, asked.shared))
    kept = Answers(asked.answers) if asked.answers else None
    answers = kept.kept if kept else list_answers(documents)
    coded = [one for document in documents for one in read_document(document, answers)]
    print(measure(coded).to_string(index=False, float_format=lambda value: f"{value:.3f}"))  # noqa: T201
    readings = list_readings(coded)
    shown = readings.assign(right=readings["right"].eq("yes")).groupby(["half", "sample", "reading", "sides", "lang"])[
        "right"
    ]
    print(shown.agg(["size", "sum", "mean"]).round(3).to_string())  # noqa: T201
    bands = readings.assign(right=readings["right"].eq("yes")).groupby(["half", "sample", "confidence"])["right"]
    print(bands.agg(["size", "sum", "mean"]).round(3).to_string())  # noqa: T201
    refused = Counter(
        why for d in documents for _, why in read_article(REFERENCE, d.article, MODEL, answers).gated.refused
    )
    print(refused)  # noqa: T201
    if asked.write:
        if kept:
            lines = [json.dumps(row, ensure_ascii=False) for row in hide_all(documents, kept, asked.pages)]
            (GOLD / "answers.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (GOLD / "readings.csv").write_text(to_csv(readings), encoding="utf-8")
        mark = hash_files([GOLD / "news.jsonl", GOLD / "readings.csv"])[:DIGITS]
        write_reference(REFERENCE.folder, "readers", count_right(readings, mark))
        known = REFERENCE.table("quality")
        news, others = (known[known["split"].eq(NEWS) == is_news] for is_news in (True, False))
        others = others[others["split"] != READ_TOO]
        write_reference(REFERENCE.folder, "quality", pd.concat([news, tabulate_quality(coded), others]))


if __name__ == "__main__":
    main()
