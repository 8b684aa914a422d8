"""What was published by the as-of date, and its texts as sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import pandas as pd

from lagebild.dates import parse
from lagebild.paths import LANGUAGES, Fault, Paths
from lagebild.store import read_case

# A sentence ends at . ! ? before white space and a capital, a digit or a quotation mark.
END = re.compile(r"[.!?]['\"»«“”’)]*(?=\s+[\"„“»«'‘(]?[A-ZÄÖÜ0-9])")
# ... but not after an abbreviation, a single letter, or a German ordinal such as "16." before its month ...
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NO_END = re.compile(
    r"(\b(Dr|Prof|Mr|Mrs|Ms|St|Gen|Lt|Col|Sen|Rep|No|vs|ca|bzw|Nr|Abs|Art|Mio|Mrd|bspw|usw|etc|"
    r"Jan|Feb|Apr|Aug|Sep|Sept|Oct|Okt|Nov|Dec|Dez|[A-Za-zÄÖÜäöü])|(?<![\d.,])\d{1,2})\.$"
)
# ... whereas an English date such as "June 13." may well end one.
DAY_END = re.compile(rf"\b{MONTH} \d{{1,2}}\.$")


def read_sources(paths: Paths) -> pd.DataFrame:
    """Return every source of the case with `known_from`, `languages` and `sha256`, whatever the as-of date.

    Raises
    ------
    Fault
        If a publication date is no EDTF, or a source has no text.
    """
    frame = read_case(paths, "sources")
    known, languages, hashes = [], [], []
    for row, source in enumerate(frame.itertuples(), start=2):
        try:
            latest = parse(str(source.published)).latest
        except Fault as fault:
            raise Fault(f"data/cases/{paths.case}/sources.csv, row {row} ({source.source_id}): {fault}") from None
        held = {language: read_text(paths, str(source.source_id), language) for language in LANGUAGES}
        if not any(held.values()):
            raise Fault(
                f"data/cases/{paths.case}/sources.csv, row {row}: {source.source_id} has no text; "
                f"write texts/{source.source_id}.de.txt or .en.txt."
            )
        known.append(latest or str(source.retrieved))
        languages.append(";".join(language for language, text in held.items() if text))
        hashes.append(hashlib.sha256("\0".join(held.values()).encode()).hexdigest())
    return frame.assign(known_from=known, languages=languages, sha256=hashes)


def known_sources(sources: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the sources certainly published on or before `as_of`; a source of doubtful day waits for its last."""
    return sources[sources["known_from"] <= as_of].reset_index(drop=True)


def read_text(paths: Paths, source_id: str, language: str) -> str:
    """Return the text of a source in a language; empty if there is none.

    Raises
    ------
    Fault
        If the text is not UTF-8.
    """
    file = paths.texts / f"{source_id}.{language}.txt"
    if not file.is_file():
        return ""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Fault(
            f"data/cases/{paths.case}/texts/{file.name} is not UTF-8: save it as plain text in UTF-8."
        ) from None


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as character offsets; a line break always ends a sentence."""
    spans = []
    for line in re.finditer(r"[^\r\n]+", text):
        start = line.start()
        for stop in END.finditer(line.group()):
            end = line.start() + stop.end()
            if not NO_END.search(text[start:end]) or DAY_END.search(text[start:end]):
                spans.append((start, end))
                start = end
        spans.append((start, line.end()))
    return [
        (a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()))
        for a, b in spans
        if text[a:b].strip()
    ]


def read_sentences(paths: Paths, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of every text of `sources`; columns as in the table `sentences`.

    Raises
    ------
    Fault
        If the texts of one source differ in their number of sentences: they must run in parallel.
    """
    rows = []
    for source in sources.itertuples():
        counts = {}
        for language in str(source.languages).split(";"):
            text = read_text(paths, str(source.source_id), language)
            spans = split_sentences(text)
            counts[language] = len(spans)
            for number, (start, end) in enumerate(spans, start=1):
                rows.append((source.source_id, language, number, start, end, text[start:end]))
        if len(set(counts.values())) > 1:
            told = " and ".join(f"{n} in {language}" for language, n in counts.items())
            raise Fault(
                f"data/cases/{paths.case}/texts/{source.source_id}.*.txt: {told} sentences; "
                "the texts of one source must have the same sentences in the same order."
            )
    return pd.DataFrame(rows, columns=["source_id", "language", "sentence_no", "start", "end", "text"])


def find_silent(sources: pd.DataFrame, states: Iterable[str]) -> list[str]:
    """Return the states of which no publisher is among the sources: their silence is ours, not theirs."""
    return sorted(set(states) - set(sources["country"]))


def voices(sources: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return how many pages and independent publishers report, per value of the column `by`, such as country."""
    groups = sources.groupby(by, sort=True)
    table = pd.DataFrame({"pages": groups.size(), "publishers": groups["reporter"].nunique()})
    return table.sort_values(["pages"], ascending=False, kind="stable").reset_index()
